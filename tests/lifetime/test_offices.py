"""Offices that change their keys, merge and are succeeded, and keys that outlive their use."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from cryptography.x509 import ReasonFlags

from support.generations import COMMUNE, SUCCESSOR, SUCCESSOR_NAME, Knowledge, World, day
from support.lifetime_copies import BASIC, draft, issued, long_term
from vncopy.errors import SigningError, UsageError
from vncopy.issue import IssuedCopy, Signers, issue
from vncopy.issue.steps import attest_unchecked, seal_unchecked, sign_qr, typeset
from vncopy.reasons import Reason
from vncopy.report import Verdict, VerificationReport
from vncopy.trust import KeyState
from vncopy.verify.pdf import verify_pdf
from vncopy.verify.qr import verify_qr


def signers(year: int) -> Signers:
    """Return the keys of a year."""
    world = World()
    return Signers(
        person=world.signer(f"person-{year}"),
        seal=world.signer(f"seal-{year}"),
        qr=world.signer(f"qr-{year}"),
    )


def made(year: int, at: datetime, office: tuple[str, str] | None = None) -> IssuedCopy:
    """Sign with the keys of a year at a time, whether they may or not."""
    name, code = office or (COMMUNE.names[0], COMMUNE.code)
    keys = signers(year)
    state = typeset(sign_qr(draft(name, code, at), signer=keys.qr, at=at, carriage="auto"))
    assert keys.person is not None
    return seal_unchecked(attest_unchecked(state, signer=keys.person), signer=keys.seal)


def answers(copy: IssuedCopy, at: datetime, **changes: Any) -> list[VerificationReport[Any]]:
    """Ask file and symbol."""
    asked: dict[str, Any] = {"trust": World().trust(at), "at": at, "policy": BASIC} | changes
    return [verify_pdf(copy.pdf, **asked), verify_qr(copy.qr_text, **asked)]


@pytest.mark.parametrize(
    ("year", "at", "reason"),
    [
        (2026, day(2029, 11), Reason.CLAIMED_OUTSIDE_WINDOW),  # retired, not yet expired
        (2029, day(2031, 12), Reason.CLAIMED_OUTSIDE_WINDOW),  # the office is no more
    ],
)
def test_keys_of_the_past_sign_nothing_new(year: int, at: datetime, reason: Reason) -> None:
    """Neither does ``issue`` let them, nor does anybody believe them who do it all the same."""
    with pytest.raises((SigningError, UsageError)) as caught:
        issue(draft(at=at), signers=signers(year), at=at, trust=World().trust(at), carriage="auto")
    assert getattr(caught.value, "copy_id", None) is None
    for report in answers(made(year, at), at):
        assert report.verdict is Verdict.INVALID
        assert reason in report.reasons


def test_a_successor_cannot_sign_as_its_predecessor_nor_the_other_way_round() -> None:
    at = day(2031, 12)
    for report in answers(made(2031, at), at):
        assert report.verdict is Verdict.INVALID
        assert Reason.OFFICES_DIFFER in report.reasons
    for report in answers(made(2029, at, (SUCCESSOR_NAME, SUCCESSOR)), at):
        assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize(
    ("year", "at", "office"),
    [
        (2029, day(2030), None),
        (2031, day(2032, 3), (SUCCESSOR_NAME, SUCCESSOR)),
    ],
)
def test_later_keys_serve_as_well_and_outlive_their_use_too(
    year: int, at: datetime, office: tuple[str, str] | None
) -> None:
    """Nothing is open but the law: that of these years is not written yet."""
    for report in answers(made(year, at, office), day(2056)):
        assert report.reasons == (Reason.PROFILE_UNKNOWN,)


def test_a_stolen_seal_says_nothing_about_the_symbol() -> None:
    """Person, seal and symbol have keys of their own, so that one loss is not all losses."""
    at = day(2028, 6)
    world = World().revoked(
        "seal-2026", at=day(2028), reason=ReasonFlags.key_compromise, invalid_from=day(2026, 6)
    )
    file, text = answers(issued("p256", "B-LTA"), at, evidence=world.evidence(at))
    assert file.verdict is Verdict.INVALID
    assert text.verdict is Verdict.VALID


@pytest.mark.parametrize("state", [KeyState.REVOKED, KeyState.COMPROMISED])
def test_a_timestamping_service_has_states_too(state: KeyState) -> None:
    at = day(2028, 6)
    trust = World().trust(at, {"tsa-2025": Knowledge(state=state, since=day(2026, 6))})
    policy = long_term("B-LTA")
    file, text = answers(issued("p256", "B-LTA"), at, trust=trust, policy=policy)
    assert file.verdict is Verdict.UNDETERMINED
    assert Reason.TIMESTAMP_INVALID in file.reasons
    assert text.verdict is Verdict.VALID
