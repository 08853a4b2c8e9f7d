"""Does a file hold anything besides what it shows? Of copies a failure, of files of others a warning.

The shadow attacks of 2021 prepare a document before it is signed: what nobody sees at signing is
brought up afterwards. Bringing it up is caught by the checks of later changes; this check tells of
it while it still sleeps, so that somebody can ask for a clean file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Check, failed, passed

if TYPE_CHECKING:
    from vncopy.facts.pdf import HiddenKind, PDFFacts

__all__ = ["HIDDEN_WARNINGS", "hidden_content"]

HIDDEN_WARNINGS: Final[dict[HiddenKind, Reason]] = {
    "unused": Reason.UNUSED_CONTENT,
    "twice": Reason.CONTENT_TWICE,
    "earlier": Reason.EARLIER_CONTENT,
    "covered": Reason.COVERED_TEXT,
    "invisible": Reason.INVISIBLE_TEXT,
    "over_text": Reason.FIELD_OVER_TEXT,
    "hidden_field": Reason.HIDDEN_FIELD,
    "layer": Reason.SWITCHED_LAYER,
    "value": Reason.VALUE_NOT_SHOWN,
    "printed": Reason.OTHER_IN_PRINT,
    "acts": Reason.ACTS_ALONE,
}
"""What each kind of hidden content is called in a report."""


def hidden_content(facts: PDFFacts, *, foreign: bool = False) -> Check:
    """Does the file hold nothing besides what it shows?

    Args:
        facts: what was seen.
        foreign: a file of somebody else: such content is named, and the verdict stays.
    """
    check = CheckId.HIDDEN_CONTENT
    if not facts.reading.passed or not facts.searching.ran:
        return failed(check, Reason.NOT_RUN)
    detail = "; ".join(
        f"{row.kind} {row.count}{f' ({row.detail})' if row.detail else ''}" for row in facts.dormant
    )
    if not foreign:
        if facts.dormant:
            return failed(check, Reason.HIDDEN_CONTENT, detail)
        if facts.searching.reason is not None:
            return failed(check, Reason.HIDDEN_UNREAD, facts.searching.detail)
        return passed(check)
    warnings = tuple(dict.fromkeys(HIDDEN_WARNINGS[row.kind] for row in facts.dormant))
    if facts.searching.reason is not None:
        warnings += (Reason.SEARCH_INCOMPLETE,)
    return passed(check, detail or facts.searching.detail, warnings)
