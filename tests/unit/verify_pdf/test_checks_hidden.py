"""The check of hidden content and those of later fields: facts in, one verdict or warnings out."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import get_args

import pytest

from support.forgeries import plain
from vncopy.errors import UsageError
from vncopy.facts.common import NOT_RUN, Step, facts_from_json, facts_to_json
from vncopy.facts.pdf import HiddenFacts, HiddenKind, PDFFacts, RenderingFacts, RevisionFacts
from vncopy.reasons import Reason
from vncopy.report import Verdict
from vncopy.verify import checks_pdf
from vncopy.verify.checks_hidden import HIDDEN_WARNINGS, hidden_content

UNREAD = Step(reason=Reason.HIDDEN_UNREAD, detail="pixels")


@cache
def good() -> PDFFacts:
    facts = plain.judged(plain.plain(2)).facts
    assert isinstance(facts, PDFFacts)
    return facts


def holding(*kinds: HiddenKind) -> PDFFacts:
    rows = tuple(HiddenFacts(kind=kind, count=2, detail="pages 1") for kind in kinds)
    return replace(good(), dormant=rows)


def test_every_kind_of_hidden_content_has_its_warning() -> None:
    assert set(HIDDEN_WARNINGS) == set(get_args(HiddenKind))
    assert {each.info.outcome for each in HIDDEN_WARNINGS.values()} == {"warning"}


@pytest.mark.parametrize("kind", get_args(HiddenKind))
def test_hidden_content_warns_of_others_and_fails_a_copy(kind: HiddenKind) -> None:
    other = hidden_content(holding(kind), foreign=True)
    assert (other.verdict, other.reason) == (Verdict.VALID, None)
    assert other.warnings == (HIDDEN_WARNINGS[kind],)
    copy = hidden_content(holding(kind))
    assert (copy.reason, copy.warnings) == (Reason.HIDDEN_CONTENT, ())
    assert copy.detail == other.detail == f"{kind} 2 (pages 1)"


def test_nothing_hidden_is_nothing_to_tell() -> None:
    for foreign in (False, True):
        assert hidden_content(good(), foreign=foreign).warnings == ()
        assert hidden_content(good(), foreign=foreign).verdict is Verdict.VALID


def test_a_kind_is_told_once_and_without_a_detail_where_there_is_none() -> None:
    rows = (
        HiddenFacts(kind="value", count=1),
        HiddenFacts(kind="value", count=3, detail="pages 2"),
    )
    found = hidden_content(replace(good(), dormant=rows), foreign=True)
    assert found.warnings == (Reason.VALUE_NOT_SHOWN,)
    assert found.detail == "value 1; value 3 (pages 2)"


def test_what_was_not_searched_is_never_clean() -> None:
    unread = replace(good(), searching=UNREAD)
    assert hidden_content(unread).reason is Reason.HIDDEN_UNREAD
    assert hidden_content(unread, foreign=True).warnings == (Reason.SEARCH_INCOMPLETE,)
    assert hidden_content(unread, foreign=True).detail == "pixels"
    both = replace(holding("layer"), searching=UNREAD)
    assert hidden_content(both).reason is Reason.HIDDEN_CONTENT
    assert hidden_content(both, foreign=True).warnings == (
        Reason.SWITCHED_LAYER,
        Reason.SEARCH_INCOMPLETE,
    )


def test_nothing_is_said_of_a_file_that_was_not_read_or_searched() -> None:
    unread = replace(good(), reading=Step(reason=Reason.PDF_MALFORMED))
    for facts in (unread, replace(good(), searching=NOT_RUN)):
        assert hidden_content(facts, foreign=True).reason is Reason.NOT_RUN


def test_stored_facts_hold_no_warnings() -> None:
    spoiled = replace(good(), searching=Step(reason=Reason.COVERED_TEXT))
    with pytest.raises(UsageError):
        facts_from_json(facts_to_json(spoiled), PDFFacts)


# --- later fields --------------------------------------------------------------------------------


def filled(**changes: object) -> PDFFacts:
    """Return facts of a certified form that was filled afterwards."""
    signature = replace(good().signatures[0], modification="form_filling", **changes)  # type: ignore[arg-type]
    row = RevisionFacts(after=0, size=10, changed=2, forbidden=("annotation 3",), dss=False)
    return replace(good(), signatures=(signature,), revisions=(row,), size=good().size + 10)


def test_a_form_may_be_filled_where_the_certification_says_so() -> None:
    assert checks_pdf.revisions(filled(), foreign=True).reason is None
    assert checks_pdf.revisions(filled(permission=3), foreign=True).reason is None
    for changes in ({"certifies": False}, {"permission": 1}, {"permission": None}):
        found = checks_pdf.revisions(filled(**changes), foreign=True)
        assert found.reason is Reason.REVISION_FORBIDDEN
    assert checks_pdf.revisions(filled()).reason is Reason.REVISION_FORBIDDEN


def test_a_value_that_was_there_may_not_be_replaced() -> None:
    row = replace(filled().revisions[0], replaced=1)
    facts = replace(filled(), revisions=(row,))
    assert checks_pdf.revisions(facts, foreign=True).reason is Reason.VALUE_REPLACED


def test_a_later_field_over_what_was_signed_is_no_matter_of_its_size() -> None:
    row = RenderingFacts(
        signature=0, pages=1, differing=(), masked=1, masked_percent=1, overdrawn=(1,)
    )
    facts = replace(filled(), renderings=(row,))
    found = checks_pdf.renderings(facts)
    assert (found.reason, found.detail) == (Reason.LATER_FIELD_OVER_TEXT, "pages 1")
    beside = replace(facts, renderings=(replace(row, overdrawn=()),))
    assert checks_pdf.renderings(beside).warnings == (Reason.LATER_FIELD,)


def test_what_changed_beside_the_pages_is_told_or_refused() -> None:
    row = replace(filled().revisions[0], described=2)
    told = checks_pdf.revisions(replace(filled(), revisions=(row,)), foreign=True)
    assert told.verdict is Verdict.VALID
    assert told.warnings == (Reason.LATER_FIELD, Reason.DESCRIPTION_CHANGED)
    row = replace(row, beside=("outlines", "language"))
    found = checks_pdf.revisions(replace(filled(), revisions=(row,)), foreign=True)
    assert (found.reason, found.detail) == (Reason.REVISION_FORBIDDEN, "outlines; language")


def test_what_was_drawn_after_the_last_signature_was_signed_by_nobody() -> None:
    stamp = replace(filled().signatures[0], kind="timestamp", modification="none")
    row = replace(filled().revisions[0], drawn=1)
    end = replace(row, after=1, drawn=0, forbidden=(), size=0)
    stamped = replace(filled(), signatures=(filled().signatures[0], stamp), revisions=(row, end))
    assert checks_pdf.revisions(stamped, foreign=True).reason is None
    plain_one = replace(stamped.signatures[0], certifies=False)
    found = checks_pdf.revisions(replace(stamped, signatures=(plain_one, stamp)), foreign=True)
    assert (found.reason, found.detail) == (
        Reason.REVISION_FORBIDDEN,
        "filled, and nobody signed it",
    )
    # Somebody signed after that: it is his.
    signed = replace(plain_one, modification="none")
    assert (
        checks_pdf.revisions(replace(stamped, signatures=(plain_one, signed)), foreign=True).reason
        is None
    )


@pytest.mark.parametrize("masked", [0, 2])
def test_a_form_that_was_filled_unseen_is_told(masked: int) -> None:
    row = RenderingFacts(
        signature=0, pages=1, differing=(), masked=masked, masked_percent=1, unseen=1
    )
    found = checks_pdf.renderings(replace(filled(), renderings=(row,)))
    assert found.verdict is Verdict.VALID
    seen = (Reason.LATER_FIELD,) if masked else ()
    assert found.warnings == (*seen, Reason.FILLED_UNSEEN)


def test_where_nobody_signed_everything_is_drawn_by_nobody() -> None:
    stamp = replace(filled().signatures[0], kind="timestamp", certifies=False)
    row = replace(filled().revisions[0], drawn=1)
    found = checks_pdf.revisions(
        replace(filled(), signatures=(stamp,), revisions=(row,)), foreign=True
    )
    assert found.reason is Reason.REVISION_FORBIDDEN
