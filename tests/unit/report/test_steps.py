"""What to do about a copy that is not VALID: something for every reason, and never "accept it"."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest

from vncopy.policy import VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import (
    QR_CHECKS,
    Covers,
    VerificationReport,
    failed,
    next_steps,
    passed,
)
from vncopy.report.steps import STEPS

FOLLOWS = {Reason.NOT_RUN}
"""Comes after another reason, which has a step."""


def report(*reasons: Reason, covers: Covers = Covers.PDF) -> VerificationReport[Any]:
    wrong = {
        check: failed(check, reason) for check, reason in zip(QR_CHECKS, reasons, strict=False)
    }
    return VerificationReport(
        checks=tuple(wrong.get(each) or passed(each) for each in QR_CHECKS),
        expected_checks=QR_CHECKS,
        facts=None,
        at=datetime(2026, 11, 22, tzinfo=UTC),
        policy=VerificationPolicy.strict(),
        covers=covers,
    )


def english(*reasons: Reason, covers: Covers = Covers.PDF) -> str:
    return " ".join(each.en for each in next_steps(report(*reasons, covers=covers)))


def test_what_is_valid_needs_nothing() -> None:
    assert next_steps(report()) == ()


@pytest.mark.parametrize("reason", [r for r in Reason if r.info.outcome == "undetermined"])
def test_whatever_is_missing_has_a_step_of_its_own(reason: Reason) -> None:
    named = [step for step in STEPS if reason in step.reasons and len(step.covers) == len(Covers)]
    assert named or reason in FOLLOWS


@pytest.mark.parametrize("covers", Covers)
@pytest.mark.parametrize("reason", [r for r in Reason if r.info.outcome != "warning"])
def test_nobody_is_left_alone(reason: Reason, covers: Covers) -> None:
    steps = next_steps(report(reason, covers=covers))
    assert steps
    assert len(set(steps)) == len(steps)


def test_what_speaks_against_a_copy_is_kept_and_told() -> None:
    assert "Do not accept it. Keep the file" in english(Reason.PAGE_TEXT_DIFFERS)
    assert "Do not accept it. Keep the file" in english(Reason.CMS_DIGEST)
    assert "Do not accept it. Keep the file" in english(
        Reason.RECORD_MISSING, Reason.REVISION_FORBIDDEN
    )


def test_another_file_is_no_forgery() -> None:
    assert "Keep the file" not in english(Reason.RECORD_MISSING)
    assert "vncopy signatures" in english(Reason.RECORD_MISSING)
    assert "vncopy signatures" not in english(Reason.RECORD_MISSING, covers=Covers.SIGNATURES)
    assert "the very PDF that the office sent" in english(Reason.NO_SIGNATURE)


def test_paper_is_helped_by_the_file() -> None:
    asked = "Ask for the PDF of the copy itself"
    assert asked in english(Reason.NO_PROOF_OF_EXISTENCE, covers=Covers.QR_CONTENT)
    assert asked not in english(Reason.NO_PROOF_OF_EXISTENCE)


def test_several_sheets_in_one_picture_are_taken_apart_and_doubted_all_the_same() -> None:
    both = english(Reason.SEVERAL_SYMBOLS, covers=Covers.QR_CONTENT)
    assert "several sheets" in both
    assert "Keep the file" in both
    assert "several sheets" not in english(Reason.SEVERAL_SYMBOLS)


def test_a_check_that_did_not_run_adds_nothing() -> None:
    both = report(Reason.UNKNOWN_KEY, Reason.NOT_RUN)
    assert next_steps(both) == next_steps(report(Reason.UNKNOWN_KEY))


def test_steps_are_sentences_in_both_languages() -> None:
    for step in STEPS:
        for text in step.message:
            assert unicodedata.is_normalized("NFC", text)
            assert text.endswith(".")
            assert len(text) < 330
        assert step.message.en.isascii()
        assert all(each.info.outcome != "warning" for each in step.reasons)
