"""What callers and stored facts may hold: whatever it is, a report or a ``UsageError`` comes out."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from support.qr_copies import AT, BASIC, pki, text
from vncopy.errors import UsageError
from vncopy.facts import facts_from_json
from vncopy.facts.qr import QRFacts
from vncopy.policy import VerificationPolicy
from vncopy.report import Verdict
from vncopy.verify.judge import judge
from vncopy.verify.qr import verify_qr

pytestmark = pytest.mark.qr_path


def verify(**changes: Any) -> Any:
    return verify_qr(text(), **({"trust": pki().trust, "at": AT, "policy": BASIC} | changes))


@pytest.mark.parametrize("purpose", ["\ud800", "x" * 1001, object(), b"x", 5])
def test_a_purpose_that_no_report_could_hold(purpose: object) -> None:
    with pytest.raises(UsageError, match=r"argument\.purpose"):
        verify(purpose=purpose)


def test_a_report_that_is_not_valid_holds_nothing_that_was_read() -> None:
    """Not by any attribute: whoever logs, pickles or walks it finds no personal data."""
    for report in (verify(policy=VerificationPolicy.strict()), verify(at=AT - timedelta(days=9))):
        assert report.verdict is not Verdict.VALID
        assert report.candidate is None
        assert replace(report, purpose="x").candidate is None
    assert verify().candidate is not None


def test_a_purpose() -> None:
    plain = json.loads(verify(purpose="đối chiếu hồ sơ nhập học").to_json())
    assert plain["purpose"] == "đối chiếu hồ sơ nhập học"


@pytest.mark.parametrize(
    "time",
    [
        "9999-12-31T23:59:59+00:00",
        "2026-11-21T03:21:35",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_times_in_stored_facts_that_no_check_could_use(time: str) -> None:
    stored = json.loads(verify().facts.to_json())
    stored["facts"]["claimed_at"] = time
    data = json.dumps(stored, ensure_ascii=False, sort_keys=True, indent=1).encode()
    with pytest.raises(UsageError, match=r"facts\.malformed"):
        facts_from_json(data, QRFacts)


def test_facts_made_by_hand_are_held_to_the_same() -> None:
    facts = verify().facts
    with pytest.raises(UsageError, match=r"facts\.malformed"):
        replace(facts, claimed_at=datetime(2026, 11, 21))  # noqa: DTZ001 - the mistake itself
    old = replace(facts, claimed_at=datetime(1, 1, 1, tzinfo=UTC))
    assert judge(old, trust=pki().trust, at=AT, policy=BASIC).verdict is Verdict.INVALID


def test_any_tolerance_can_be_computed_with() -> None:
    assert verify(policy=replace(BASIC, clock_tolerance=timedelta.max)).verdict is Verdict.VALID
