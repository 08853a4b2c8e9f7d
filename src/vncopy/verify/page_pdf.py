"""Do the pages of a copy say what its record says? The evidence for it, strongest last resort.

The text that counts is the one read from the shapes on the pages. Where they cannot be read, since
their fonts or their drawing are unknown, the page is made again from the record if the typesetter
is at hand; a file that begins with exactly these bytes shows what the record says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import UsageError
from vncopy.facts.common import NOT_RUN, PASSED, Step
from vncopy.pdf.page_text import compare, expected, read_template
from vncopy.pdf.printed import printed
from vncopy.pdf.template import load_template
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vncopy.facts.pdf import PageEvidence as Evidence
    from vncopy.formats.record import CopyRecord
    from vncopy.pdf.readings import ShownPage

__all__ = ["PageEvidence", "page_says"]

_NAMED_DIFFERENCES: Final = 4
"""Fields that a detail names; the first ones tell where to look."""
_LIES: Final = frozenset({"glyph", "advance", "pale ink", "small print", "outside"})
"""Flaws that no template explains: what is drawn is not what is claimed, or cannot be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEvidence:
    """Whether the pages say the record, and what showed it."""

    step: Step
    """The outcome."""
    evidence: Evidence = ""
    """``shapes``: every glyph is known by its outline and stands where it belongs."""


def page_says(
    record: CopyRecord[Any] | None,
    shown: Sequence[ShownPage] | None,
    claimed: Sequence[str],
    *,
    template_digest: str,
) -> PageEvidence:
    """Compare the pages with the record.

    Args:
        record: the embedded record, if it could be read.
        shown: the pages as they are seen; ``None``: not looked at.
        claimed: the text of the pages by the file's own claims, where shapes could not be read.
        template_digest: what the file says of the templates it was made with; empty: nothing.
    """
    if record is None or shown is None:
        return PageEvidence(step=NOT_RUN)
    lies = [flaw for page in shown for flaw in page.wrong if flaw in _LIES]
    if lies:
        return _differs("drawn", lies)
    if not record.document.template:
        return _unproven("the type has no template")
    blind = [what for page in shown for what in page.unknown]
    try:
        named = _differences(record, claimed if blind else [page.text for page in shown])
        today = load_template(record.document.template).digest()
    except (UsageError, KeyError) as error:
        # A template that is not at hand, or one of a later version, proves nothing either way.
        return _unproven(type(error).__name__)
    # Made by another version, whose words, order and lines may have been others.
    other = bool(template_digest) and template_digest != today
    misplaced = [flaw for page in shown for flaw in page.wrong]
    if named or misplaced:
        if other:
            return _unproven("made with other templates")
        return _differs("", named) if named else _differs("drawn", misplaced)
    if blind:
        unknown = Reason.FONT_UNKNOWN if "font" in blind else Reason.PAGE_TEXT_UNPROVEN
        return PageEvidence(step=Step(reason=unknown, detail=_list(blind)))
    return PageEvidence(step=PASSED, evidence="shapes")


def _differences(record: CopyRecord[Any], texts: Sequence[str]) -> list[str]:
    """Name the fields at which the text of the pages is not the record's.

    Raises:
        UsageError: the template cannot be read.
        KeyError: it prints what the record does not have.
    """
    content = printed(record)
    stamps = [line for name in content.data["signatures"] for line in content.stamps[name]]
    source = read_template(record.document.template)
    wanted = expected(source, content.data, stamps=stamps)
    return [f"{each.source} {each.kind.value}" for each in compare(texts, wanted)]


def _differs(where: str, found: Sequence[str]) -> PageEvidence:
    detail = f"{where}: {_list(found)}" if where else _list(found)
    return PageEvidence(step=Step(reason=Reason.PAGE_TEXT_DIFFERS, detail=detail))


def _unproven(detail: str) -> PageEvidence:
    return PageEvidence(step=Step(reason=Reason.PAGE_TEXT_UNPROVEN, detail=detail))


def _list(found: Sequence[str]) -> str:
    return ", ".join(list(dict.fromkeys(found))[:_NAMED_DIFFERENCES])
