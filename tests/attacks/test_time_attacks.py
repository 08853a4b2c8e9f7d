"""Attacks on what is proven when: stolen and expired keys, replayed evidence, forged order of time.

The forger has everything that was ever published, whatever key a test gives him, and may put into
a file what he likes. He may not get VALID out of it, and may not stop the verifier either.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from support.chains import NOW, Made, authority, leaf, root
from support.der import tlv
from support.evidence import DAY, Answer, crl, entry, responder, response
from support.generations import World, day
from support.lifetime_copies import BASIC, STAMPED, issued
from vncopy.errors import SigningError
from vncopy.facts.evidence import EvidenceFacts, Gathered, StoredEvidence
from vncopy.issue.lasting import timestamp
from vncopy.issue.renewal import renew
from vncopy.pdf.archive import add_document_timestamp
from vncopy.pdf.validation_data import ValidationData, add_validation_data
from vncopy.policy import CheckId, VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import Verdict
from vncopy.trust import TrustAnchor, TrustStore
from vncopy.verify.pdf import verify_pdf
from vncopy.verify.revocation import KnownEvidence, RevocationResult, check_revocation
from vncopy.verify.supplied import gather, kept

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

LONG = VerificationPolicy.long_term()
SECONDS = 5
"""No evidence may keep the verifier busy for longer."""

# --- words of authorities ------------------------------------------------------------------------

TOP = root()
ISSUING = authority(TOP)
OFFICE = leaf(ISSUING)
TRUST = TrustStore(anchors=(TrustAnchor(name="top", certificate=TOP.der),))
ABOUT_ISSUING = ("crl", crl(TOP))


def said(*pieces: tuple[Any, bytes], at: datetime = NOW + 30 * DAY) -> RevocationResult:
    """Ask about a signature that is proven for NOW, at a later time."""
    return check_revocation(
        tuple(each.der for each in (OFFICE, ISSUING, TOP)),
        [KnownEvidence(der=der, kind=kind, seen=at) for kind, der in (ABOUT_ISSUING, *pieces)],
        relevant=NOW,
        proven=True,
        at=at,
        max_age=LONG.max_revocation_age,
        trust=TRUST,
    )


def generalized(when: datetime) -> bytes:
    return tlv(0x18, when.strftime("%Y%m%d%H%M%SZ").encode())


def revoked_by_ocsp(since: datetime, invalid: datetime | None, reason: str | None) -> bytes:
    """Return an answer that dates the revocation, and in an extension since when it is no good."""
    more = () if invalid is None else (("2.5.29.24", False, generalized(invalid)),)
    answer = Answer(
        certificate=OFFICE,
        issuer=ISSUING,
        status="revoked",
        revoked_at=since,
        at=NOW + 10 * DAY,
        reason=reason,
        more=more,
    )
    return response(answer)


@pytest.mark.parametrize("reason", [None, "key_compromise", "hold"])
def test_an_ocsp_answer_says_since_when_the_key_was_stolen(reason: str | None) -> None:
    """RFC 6960 §4.4.5: answers have the extensions that entries of CRLs have."""
    good = ("crl", crl(ISSUING))
    later = NOW + 5 * DAY
    assert said(good, ("ocsp", revoked_by_ocsp(later, None, reason))).reason is None
    assert said(good, ("ocsp", revoked_by_ocsp(later, NOW + DAY, reason))).reason is None
    stolen = said(good, ("ocsp", revoked_by_ocsp(later, NOW - DAY, reason))).reason
    held = Reason.CERTIFICATE_ON_HOLD if reason == "hold" else Reason.CERTIFICATE_REVOKED
    assert stolen is held


def named_often(count: int) -> bytes:
    """Return a list that names one certificate very often, the earliest time in the middle."""
    times = [NOW + DAY * (1 + abs(number - count // 2)) for number in range(count)]
    return crl(ISSUING, *(entry(OFFICE, each) for each in times), at=NOW + 9999 * DAY)


def test_a_list_that_names_one_certificate_thousands_of_times() -> None:
    huge = named_often(7000)
    began = time.perf_counter()
    found = said(("crl", crl(ISSUING)), ("crl", huge))
    assert found.reason is None
    assert time.perf_counter() - began < SECONDS / 2
    bad = crl(ISSUING, *(entry(OFFICE, NOW + DAY - n * DAY) for n in range(3)), at=NOW + 2 * DAY)
    assert said(("crl", crl(ISSUING)), ("crl", bad)).reason is Reason.CERTIFICATE_REVOKED


def many_answers(by: Made, count: int, pieces: int) -> list[tuple[str, bytes]]:
    """Return responses that speak of one certificate again and again."""
    return [
        (
            "ocsp",
            response(
                *(
                    Answer(
                        certificate=OFFICE,
                        issuer=ISSUING,
                        status="revoked",
                        revoked_at=NOW + DAY * (1 + number),
                        at=NOW + DAY + timedelta(seconds=piece),
                    )
                    for number in range(count)
                ),
                responder=by,
            ),
        )
        for piece in range(pieces)
    ]


def test_responses_that_repeat_themselves() -> None:
    pieces = many_answers(responder(ISSUING, no_check=False), 25, 60)
    began = time.perf_counter()
    said(("crl", crl(ISSUING)), *pieces)
    assert time.perf_counter() - began < SECONDS / 5


def test_of_several_answers_the_worst_counts_wherever_it_stands() -> None:
    def answers(*since: datetime) -> tuple[str, bytes]:
        rows = [
            Answer(certificate=OFFICE, issuer=ISSUING, status="revoked", revoked_at=each, at=NOW)
            for each in since
        ]
        return "ocsp", response(*rows, Answer(certificate=OFFICE, issuer=ISSUING))

    late, early = NOW + DAY, NOW - DAY
    for order in ((late, early, late), (early, late), (late, late, early)):
        assert said(("crl", crl(ISSUING)), answers(*order)).reason is Reason.CERTIFICATE_REVOKED
    assert said(("crl", crl(ISSUING)), answers(late, late)).reason is None


# --- what the verifier brings along --------------------------------------------------------------

THEFT = day(2026, 11, 1)
"""Before the copy was issued."""
STOLEN = World().revoked("seal-2026", at=day(2027), invalid_from=THEFT)
ASKED = day(2027, 6)


def listed_as(piece: bytes, kind: str) -> bytes:
    """Return a file of the thief that lists the bad word about his key as something harmless."""
    data = ValidationData(
        certificates=(piece,) if kind == "certificate" else (),
        ocsps=(piece,) if kind == "ocsp" else (),
    )
    service = World().timestamper(day(2026, 12))
    pdf = add_validation_data(issued("p256", "B-LT").pdf, data)
    return add_document_timestamp(pdf, measured_source(service))


def measured_source(service: Any) -> Any:
    from vncopy.issue.stamping import measured

    return measured(service).source


@pytest.mark.parametrize("kind", ["certificate", "ocsp"])
@pytest.mark.parametrize("policy", [BASIC, LONG])
def test_a_bad_word_that_the_file_lists_as_something_else(
    kind: str, policy: VerificationPolicy
) -> None:
    """What the verifier supplies is heard, though the file has the same bytes already."""
    word = STOLEN.evidence(ASKED).pieces
    pdf = issued("p256", "B-LT").pdf
    trust = World().trust(ASKED)
    assert verify_pdf(pdf, trust=trust, at=ASKED, policy=policy).verdict is Verdict.VALID
    for each in word:
        pdf = listed_as(each, kind) if kind else pdf
        report = verify_pdf(
            pdf, trust=trust, at=ASKED, policy=policy, evidence=StoredEvidence(word)
        )
        assert report.verdict is Verdict.INVALID
        assert report.check(CheckId.SIGNER_PATHS).reason is Reason.CERTIFICATE_REVOKED


def test_the_same_bytes_as_another_kind_are_another_piece() -> None:
    word = crl(ISSUING)
    (known, added), problem = kept((EvidenceFacts(kind="certificate", der=word, end=9),), [word])
    assert (known.origin, added.kind, added.origin, problem) == ("file", "crl", "supplied", None)
    as_it_is = (EvidenceFacts(kind="crl", der=word, end=9),)
    assert kept(as_it_is, [word]) == (as_it_is, None)


@dataclass(frozen=True)
class Flood:
    """A source that answers with far more than is looked at."""

    count: int
    size: int

    def gather(self, chain: Sequence[bytes], /) -> Gathered:  # noqa: ARG002 - for all
        return Gathered(pieces=tuple(b"%0*d" % (self.size, each) for each in range(self.count)))


@pytest.mark.parametrize("flood", [Flood(300_000, 8), Flood(400, 100_000), Flood(65, 1)])
def test_a_source_that_floods_the_verifier(flood: Flood) -> None:
    began = time.perf_counter()
    pieces, problem = gather((), [(b"leaf", b"anchor")], flood)
    assert time.perf_counter() - began < SECONDS
    assert problem is Reason.LIMITS_EXCEEDED
    assert len(pieces) <= 64


# --- services that go wrong ----------------------------------------------------------------------


@dataclass
class Drifting:
    """A service whose clock is right when it is tried, and wrong when it matters."""

    at: datetime
    then: timedelta
    label: str | None = None
    asked: int = 0

    def timestamp(self, digest: bytes, /) -> bytes:
        self.asked += 1
        clock = self.at if self.asked == 1 else self.at + self.then
        return World().timestamper(clock, self.label).timestamp(digest)


@pytest.mark.parametrize("then", [timedelta(days=3), timedelta(minutes=-20)])
def test_a_service_that_tells_another_time_once_it_was_tried(then: timedelta) -> None:
    """A file that holds in three days and not today is not handed out."""
    at = day(2032, 6)
    with pytest.raises(SigningError) as caught:
        renew(
            issued("p256", "B-LTA").pdf,
            tsa=Drifting(at, then),
            trust=World().trust(at),
            at=at,
            evidence=World().evidence(at),
        )
    early = then < timedelta(0)
    wanted = Reason.REVOCATION_STALE if early else Reason.DELAY_TOO_LONG
    assert caught.value.reason is wanted


@pytest.mark.parametrize("then", [timedelta(days=3), timedelta(hours=-1)])
def test_a_service_that_goes_wrong_between_seal_and_archive(then: timedelta) -> None:
    raised = issued("p256", "B-T")
    with pytest.raises(SigningError):
        timestamp(
            raised,
            tsa=Drifting(STAMPED, then),
            trust=World().trust(STAMPED),
            at=STAMPED,
            evidence=World().evidence(STAMPED),
        )
