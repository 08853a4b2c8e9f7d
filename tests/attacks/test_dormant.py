"""Files prepared for shadow attacks, before anything was triggered.

By every rule of signatures they are in order. Each must be told of nevertheless: a warning of a file
of somebody else, a failure of a copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.forgeries import controls
from support.forgeries.beside import told
from support.forgeries.plain import judged, plain
from support.forgeries.prepared import Dormant, dormant, prepared_copies
from support.pdf_copies import verify
from vncopy.cli.html import html_page
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Verdict

if TYPE_CHECKING:
    from support.forgeries import ControlFile

SEEN_LATER = frozenset({Reason.LATER_FIELD})
"""What several signers who are seen bring about; it is so, and no false alarm."""


@pytest.mark.parametrize("file", dormant(), ids=lambda file: file.variant)
def test_a_prepared_file_is_warned_of_before_it_is_triggered(file: Dormant) -> None:
    report = judged(file.build())
    assert report.verdict is Verdict.VALID
    assert set(report.warnings) >= file.warnings, report.facts
    assert report.check(CheckId.HIDDEN_CONTENT).detail
    for each in file.warnings:
        assert each.text("en") in report.headline().en
        assert f"[{each.value}]" in html_page(report, "vi").decode()


@pytest.mark.parametrize("file", told(), ids=lambda file: file.variant)
def test_what_may_change_beside_the_pages_is_remarked_upon(file: Dormant) -> None:
    report = judged(file.build())
    assert report.verdict is Verdict.VALID
    assert set(report.warnings) >= file.warnings, report.facts
    for each in file.warnings:
        assert each.text("en") in report.headline().en


def test_six_ways_at_least_are_told_apart() -> None:
    assert len({reason for file in dormant() for reason in file.warnings}) >= 6
    assert len({file.variant for file in dormant()}) == len(dormant()) >= 20


@pytest.mark.parametrize("variant", prepared_copies())
def test_a_prepared_copy_is_invalid_although_the_right_office_signed_it(variant: str) -> None:
    report = verify(prepared_copies()[variant]())
    assert report.verdict is Verdict.INVALID
    assert report.reasons == (Reason.HIDDEN_CONTENT,)
    assert report.decisive[0].id is CheckId.HIDDEN_CONTENT


def test_a_page_that_hides_nothing_is_not_warned_of() -> None:
    for permission in (None, 1, 2, 3):
        assert judged(plain(permission)).warnings == ()


@pytest.mark.parametrize("file", controls(), ids=lambda file: file.name)
def test_files_in_order_are_warned_of_only_where_there_is_something(file: ControlFile) -> None:
    report = judged(file.build())
    expected = KNOWN.get(file.name, frozenset())
    assert set(report.warnings) - SEEN_LATER == expected, report.facts


KNOWN: dict[str, frozenset[Reason]] = {}
"""Files in order that do hold what they do not show, and what."""
