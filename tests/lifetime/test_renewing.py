"""Renewing, and refusing to: what may be added to a file, when, and by whom."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from support.generations import World, day
from support.lifetime import Renewal
from support.lifetime_copies import BASIC, issued, long_term, renewed
from vncopy.errors import SigningError, UsageError
from vncopy.issue.renewal import renew
from vncopy.issue.stamping import measured
from vncopy.pdf.archive import add_document_timestamp
from vncopy.pdf.validation_data import ValidationData, add_validation_data
from vncopy.pki import KeyKind
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Verdict
from vncopy.verify.pdf import verify_pdf

KINDS: tuple[KeyKind, ...] = ("p256", "rsa")
DECADES = (
    Renewal(at=day(2032, 6), tsa="tsa-2032"),
    Renewal(at=day(2039, 6), tsa="tsa-2039"),
    Renewal(at=day(2047, 10), tsa="tsa-2047"),
)
LATE = day(2056, 3)
PAGE = 140_000
"""Bytes of a copy of one page with an archive timestamp, at most."""


def again(pdf: bytes, at: datetime, world: World | None = None, **changes: Any) -> bytes:
    """Renew with the service of the day and what is published on it."""
    world = world or World()
    arguments: dict[str, Any] = {
        "tsa": world.timestamper(at),
        "trust": world.trust(at),
        "at": at,
        "evidence": world.evidence(at),
    }
    return renew(pdf, **(arguments | changes)).pdf


@pytest.mark.parametrize("kind", KINDS)
def test_no_byte_is_touched_in_thirty_years(kind: KeyKind) -> None:
    files = [renewed(kind, "B-LTA", DECADES[:count]) for count in range(len(DECADES) + 1)]
    for before, after in pairwise(files):
        assert after.startswith(before)
        assert len(after) - len(before) < 20_000
    assert len(files[0]) <= PAGE
    assert len(files[-1]) <= PAGE


@pytest.mark.parametrize(("level", "kind"), [("B-T", "rsa"), ("B-LT", "p256")])
def test_a_copy_of_a_lower_level_is_raised_while_its_signers_are_valid(
    level: str, kind: KeyKind
) -> None:
    world, at = World(kind=kind), day(2035, 6)
    early = Renewal(at=day(2027, 6), tsa="tsa-2025")
    raised = renewed(kind, level, (early, DECADES[0]))
    report = verify_pdf(raised, trust=world.trust(at), at=at, policy=long_term("B-LTA"))
    assert report.verdict is Verdict.VALID


def test_a_copy_without_timestamps_cannot_be_raised() -> None:
    with pytest.raises(UsageError, match="timestamp of its own"):
        again(issued("p256", "B-B").pdf, day(2027, 6))


def test_what_was_not_renewed_in_time_cannot_be_renewed() -> None:
    with pytest.raises(SigningError) as caught:
        again(issued("p256", "B-LTA").pdf, day(2034, 6))
    assert caught.value.reason is Reason.TIMESTAMP_EXPIRED
    with pytest.raises(SigningError):
        again(renewed("p256", "B-LTA", DECADES[:1]), day(2048, 6))


def test_a_signer_revoked_unseen_before_the_first_evidence_is_not_sealed_in() -> None:
    """B-T holds no evidence: when it is gathered, years later, it tells what happened."""
    before = World().revoked("seal-2026", at=day(2028), invalid_from=day(2026, 6))
    with pytest.raises(SigningError) as caught:
        again(issued("p256", "B-T").pdf, day(2028, 6), before)
    assert caught.value.reason is Reason.CERTIFICATE_REVOKED
    after = World().revoked("seal-2026", at=day(2028))
    raised = again(issued("p256", "B-T").pdf, day(2028, 6), after)
    report = verify_pdf(raised, trust=after.trust(LATE), at=day(2028, 7), policy=long_term("B-LTA"))
    assert report.verdict is Verdict.VALID


def test_when_the_signers_expired_their_authority_has_forgotten_them() -> None:
    with pytest.raises(SigningError) as caught:
        again(issued("p256", "B-T").pdf, day(2030, 6))
    assert caught.value.reason is Reason.REVOCATION_STALE


@pytest.mark.parametrize(
    ("label", "at"), [("tsa-2025", day(2034)), ("tsa-2032", day(2031)), ("tsa-2047", day(2032, 6))]
)
def test_a_service_that_is_not_in_force_cannot_renew(label: str, at: datetime) -> None:
    world = World()
    pdf = (
        renewed("p256", "B-LTA", DECADES[:1]) if at > DECADES[0].at else issued("p256", "B-LTA").pdf
    )
    with pytest.raises(SigningError):
        again(pdf, at, tsa=world.timestamper(at, label))


def test_a_revoked_service_cannot_renew() -> None:
    world = World().revoked("tsa-2032", at=day(2032, 3))
    with pytest.raises(SigningError) as caught:
        again(issued("p256", "B-LTA").pdf, day(2032, 6), world)
    assert caught.value.reason in {Reason.CERTIFICATE_REVOKED, Reason.REVOKED_LATER}


def test_without_evidence_about_the_last_service_nothing_is_renewed() -> None:
    """Whoever never hears of the last service cannot vouch that it was still good."""
    with pytest.raises(SigningError) as caught:
        again(renewed("p256", "B-LTA", ()), day(2032, 6), evidence=None)
    assert caught.value.reason is not None


@pytest.mark.parametrize("kind", KINDS)
def test_the_day_that_a_copy_names_is_the_last_one(kind: KeyKind) -> None:
    world, copy = World(kind=kind), issued(kind, "B-LTA")
    due = copy.renew_before
    assert due is not None
    verdicts = [
        verify_pdf(copy.pdf, trust=world.trust(at), at=at, policy=long_term("B-LTA")).verdict
        for at in (due, due + timedelta(seconds=1))
    ]
    assert verdicts == [Verdict.VALID, Verdict.UNDETERMINED]


def test_whoever_renews_a_month_before_the_day_named_renews_three_times() -> None:
    world, copy = World(), issued("p256", "B-LTA")
    pdf, due, days = copy.pdf, copy.renew_before, []
    while due is not None and due < LATE:
        days.append(due - timedelta(days=30))
        made = renew(
            pdf,
            tsa=world.timestamper(days[-1]),
            trust=world.trust(days[-1]),
            at=days[-1],
            evidence=world.evidence(days[-1]),
        )
        pdf, due = made.pdf, made.renew_before
    assert [each.year for each in days] == [2032, 2039, 2047]
    report = verify_pdf(pdf, trust=world.trust(LATE), at=LATE, policy=long_term("B-LTA"))
    assert report.verdict is Verdict.VALID


@pytest.mark.long
def test_renewing_often_does_no_harm() -> None:
    pdf = issued("p256", "B-LTA").pdf
    for year in (*range(2028, 2038, 2), *range(2039, 2057, 2)):
        pdf = again(pdf, day(year, 8))
    report = verify_pdf(pdf, trust=World().trust(LATE), at=LATE, policy=long_term("B-LTA"))
    assert report.verdict is Verdict.VALID


def test_a_renewal_without_fresh_word_of_the_service_before_it_proves_nothing() -> None:
    """Who stole the key of an old service makes a copy of 2026 in 2031, with lists of 2026 that
    anybody kept, and has it stamped by an honest service: offline it must not pass for old."""
    world, at, late = World(), day(2032, 6), day(2035, 6)
    forged = issued("p256", "B-LTA").pdf  # no byte tells it from an honest one
    path = world.identity("tsa-2032").chain
    lists = [each for each in world.evidence(at).pieces if named(each) != "Example CA 2024"]
    data = ValidationData(certificates=path, ocsps=(), crls=tuple(lists))
    service = measured(world.timestamper(at))
    stamped = add_document_timestamp(add_validation_data(forged, data), service.source)
    policy = long_term("B-LTA")
    report = verify_pdf(stamped, trust=world.trust(late), at=late, policy=policy)
    assert report.verdict is Verdict.UNDETERMINED
    assert report.check(CheckId.REVOCATION).reason is Reason.REVOCATION_STALE
    honest = again(forged, at)
    report = verify_pdf(honest, trust=world.trust(late), at=late, policy=policy)
    assert report.verdict is Verdict.VALID


def named(crl: bytes) -> str:
    """Return the common name of the authority of a list."""
    issuer = x509.load_der_x509_crl(crl).issuer
    return str(issuer.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def test_files_of_other_days_do_not_lend_each_other_their_timestamps() -> None:
    """An increment made for one copy proves nothing of another."""
    one, other = issued("p256", "B-LTA").pdf, issued("rsa", "B-LTA").pdf
    grown = renewed("p256", "B-LTA", DECADES[:1])
    moved = other + grown[len(one) :]
    report = verify_pdf(moved, trust=World().trust(LATE), at=LATE, policy=BASIC)
    assert report.verdict is not Verdict.VALID
