"""Attacks on what is proven when: stolen and expired keys, replayed evidence, forged order of time.

The forger has everything that was ever published, whatever key a test gives him, and may put into
a file what he likes. He may not get VALID out of it, and may not stop the verifier either.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.x509.oid import NameOID

from support.chains import NOW, Made, authority, leaf, root
from support.der import tlv
from support.evidence import DAY, Answer, crl, entry, responder, response
from support.generations import World, day
from support.lifetime_copies import BASIC, issued
from support.lifetime_copies import STAMPED as STAMPED_COPY
from support.proofs import (
    AT,
    MINUTE,
    SIGNED,
    STAMPED,
    WORLD,
    b_lta,
    b_t,
    chain_of,
    document,
    evidence,
    file,
    judged,
    signature,
    token,
)
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
from vncopy.verify.certificates import parse_certificate
from vncopy.verify.crl_words import words_of_crl
from vncopy.verify.gather import JoinedEvidence
from vncopy.verify.ocsp_words import words_of_ocsp
from vncopy.verify.pdf import verify_pdf
from vncopy.verify.revocation import KnownEvidence, RevocationResult, check_revocation
from vncopy.verify.signatures import signature_checks
from vncopy.verify.supplied import gather, kept

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from vncopy.facts.pdf import PDFFacts

LONG = VerificationPolicy.long_term()
MOST_WORDS = 3
"""Words that one piece of evidence has about one certificate: every word costs a weighing of its own,
in each question that a file asks, however often the piece repeats it."""


def words(read: Any, piece: bytes) -> int:
    """Return how many words a piece has about the office's certificate."""
    of, by = parse_certificate(OFFICE.der), parse_certificate(ISSUING.der)
    assert of is not None
    assert by is not None
    return len(tuple(read(piece, of, by)))


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
    found = said(("crl", crl(ISSUING)), ("crl", huge))
    assert found.reason is None
    assert 0 < words(words_of_crl, huge) <= MOST_WORDS
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
    said(("crl", crl(ISSUING)), *pieces)
    assert all(0 < words(words_of_ocsp, piece) <= MOST_WORDS for _kind, piece in pieces)


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


@pytest.mark.parametrize("flood", [Flood(30_000, 8), Flood(400, 100_000), Flood(65, 1)])
def test_a_source_that_floods_the_verifier(flood: Flood) -> None:
    pieces, problem = gather((), [(b"leaf", b"anchor")], flood)
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
            tsa=Drifting(STAMPED_COPY, then),
            trust=World().trust(STAMPED_COPY),
            at=STAMPED_COPY,
            evidence=World().evidence(STAMPED_COPY),
        )


# --- what a forger puts into a file --------------------------------------------------------------

LATER = day(2028, 6)
JUNK = tuple(EvidenceFacts(kind="crl", der=b"\x30\x02\x05%c" % n, end=3000) for n in range(65))


def seal_with(*tokens: Any, claimed: datetime = SIGNED, **changes: Any) -> PDFFacts:
    """Return an archived file whose seal has these timestamps, and evidence of its day."""
    person = signature("person-2026", 1000, token(), claimed_at=claimed)
    seal = signature("seal-2026", 2000, *tokens, claimed_at=claimed, **changes)
    return file(person, seal, document(), pieces=evidence(SIGNED))


def made_late(when: datetime, tsa: str, world: World = WORLD) -> PDFFacts:
    """Return what the holder of the keys of 2026 makes later, as if it were of 2026."""
    stamps = (token(when + MINUTE, tsa),)
    return file(
        signature("person-2026", 1000, *stamps),
        signature("seal-2026", 2000, *stamps),
        document(when + 3 * MINUTE, tsa=tsa),
        pieces=evidence(when, world=world),
    )


def with_pieces(facts: PDFFacts, *pieces: EvidenceFacts) -> PDFFacts:
    return replace(facts, evidence=facts.evidence + pieces)


def of_one_authority(facts: PDFFacts, serving: str) -> PDFFacts:
    """Leave only what one authority published."""
    issuer = WORLD.identity(serving).parsed.subject.public_bytes()
    return replace(facts, evidence=tuple(each for each in facts.evidence if issuer in each.der))


KNOWN = World().revoked("seal-2026", at=day(2028), invalid_from=day(2027))
STOLEN_BEFORE = World().revoked("seal-2026", at=day(2028), invalid_from=THEFT)
SERVICE_STOLEN = World().revoked("tsa-2025", at=day(2028))

ATTACKS: dict[str, tuple[PDFFacts, datetime, CheckId, Reason]] = {
    "an expired key signs again, an honest service says when": (
        made_late(day(2030, 6), "tsa-2025"),
        day(2030, 7),
        CheckId.SIGNER_PATHS,
        Reason.PATH_EXPIRED,
    ),
    "a stolen key signs after the theft": (
        made_late(day(2027, 6), "tsa-2025", KNOWN),
        LATER,
        CheckId.TRUSTED_TIME,
        Reason.DELAY_TOO_LONG,
    ),
    "the verifier hears of a theft before the signature": (
        with_pieces(b_lta(), *evidence(LATER, 0, STOLEN_BEFORE)),
        LATER,
        CheckId.SIGNER_PATHS,
        Reason.CERTIFICATE_REVOKED,
    ),
    "the bad word is covered by an archive timestamp": (
        with_pieces(b_lta(), *evidence(LATER, 3500, STOLEN_BEFORE)),
        LATER,
        CheckId.SIGNER_PATHS,
        Reason.CERTIFICATE_REVOKED,
    ),
    "a service that was stolen, and no other one before": (
        with_pieces(b_lta(), *evidence(LATER, 0, SERVICE_STOLEN)),
        LATER,
        CheckId.TRUSTED_TIME,
        Reason.TIMESTAMP_INVALID,
    ),
    "an expired service": (b_lta(), day(2034), CheckId.TRUSTED_TIME, Reason.TIMESTAMP_EXPIRED),
    "the key of the seal as a service": (
        b_t(token(certificates=chain_of("seal-2026"))),
        AT,
        CheckId.TRUSTED_TIME,
        Reason.TIMESTAMP_INVALID,
    ),
    "the key of the symbol as a service": (
        b_t(token(certificates=chain_of("qr-2026"))),
        AT,
        CheckId.TRUSTED_TIME,
        Reason.TIMESTAMP_INVALID,
    ),
    "the key of a service as the seal": (
        file(signature("person-2026", 1000, token()), signature("tsa-2025", 2000, token())),
        AT,
        CheckId.SIGNER_PATHS,
        Reason.PATH_KEY_USAGE,
    ),
    "two timestamps, of which one is broken": (
        seal_with(token(), token(valid=False)),
        AT,
        CheckId.SIGNATURES_INTACT,
        Reason.TIMESTAMP_INVALID,
    ),
    "two timestamps, of which one cannot be read": (
        seal_with(token(), token(problem=Reason.TIMESTAMP_MALFORMED)),
        AT,
        CheckId.SIGNATURES_INTACT,
        Reason.TIMESTAMP_MALFORMED,
    ),
    "an archive timestamp older than what it covers": (
        b_lta(document(STAMPED - 9 * MINUTE)),
        AT,
        CheckId.TRUSTED_TIME,
        Reason.TIMESTAMP_ORDER,
    ),
    "a seal that was there before the person signed": (
        seal_with(token(STAMPED - 9 * MINUTE)),
        AT,
        CheckId.TRUSTED_TIME,
        Reason.TIMESTAMP_ORDER,
    ),
    "a timestamp of any time at all": (
        b_t(token(accuracy=10**9)),
        AT,
        CheckId.TRUSTED_TIME,
        Reason.TIMESTAMP_INVALID,
    ),
    "a timestamp of tomorrow": (
        b_t(token(AT + 2 * DAY)),
        AT,
        CheckId.TRUSTED_TIME,
        Reason.TIMESTAMP_ORDER,
    ),
    "an archive timestamp that leaves something out": (
        b_lta(document(coverage="contiguous")),
        AT,
        CheckId.TRUSTED_TIME,
        Reason.TIMESTAMP_INVALID,
    ),
    "a timestamp by SHA-1": (
        b_t(token(digest_algorithm="sha1")),
        AT,
        CheckId.TRUSTED_TIME,
        Reason.ALGORITHM_OUTDATED,
    ),
    "signed before the time that is claimed": (
        seal_with(token(), claimed=SIGNED + 9 * MINUTE),
        AT,
        CheckId.TRUSTED_TIME,
        Reason.PROVEN_BEFORE_CLAIMED,
    ),
    "signed long after the time that is claimed": (
        seal_with(token(), claimed=SIGNED - 2 * DAY),
        AT,
        CheckId.TRUSTED_TIME,
        Reason.DELAY_TOO_LONG,
    ),
    "lists of long before": (
        replace(b_lta(), evidence=evidence(day(2026, 3))),
        AT,
        CheckId.REVOCATION,
        Reason.REVOCATION_STALE,
    ),
    "lists of long after, when the authority had forgotten": (
        replace(b_lta(), evidence=evidence(day(2030, 6), 0)),
        day(2030, 7),
        CheckId.REVOCATION,
        Reason.REVOCATION_STALE,
    ),
    "lists of another authority": (
        of_one_authority(b_lta(), "ca-b"),
        AT,
        CheckId.REVOCATION,
        Reason.NO_REVOCATION_EVIDENCE,
    ),
    "lists of the authority, none of the one above": (
        of_one_authority(b_lta(), "ca-2024"),
        AT,
        CheckId.REVOCATION,
        Reason.NO_REVOCATION_EVIDENCE,
    ),
    "junk before the bad word": (
        replace(b_lta(), evidence=JUNK + evidence(LATER, 0, STOLEN_BEFORE)),
        LATER,
        CheckId.REVOCATION,
        Reason.LIMITS_EXCEEDED,
    ),
    "back to the seal: no evidence any more": (
        b_t(),
        AT,
        CheckId.REVOCATION,
        Reason.NO_REVOCATION_EVIDENCE,
    ),
    "back to the seal, with evidence of one's own": (
        with_pieces(b_t(), *evidence(AT, 0)),
        AT,
        CheckId.LEVEL,
        Reason.LEVEL_TOO_LOW,
    ),
    "an archive timestamp of a stranger on a copy": (
        b_lta(document(), document(SIGNED + DAY, 6000, certificates=(b"nobody",))),
        AT,
        CheckId.SIGNER_PATHS,
        Reason.CERTIFICATE_MALFORMED,
    ),
}


def checks_of(facts: PDFFacts, at: datetime, policy: VerificationPolicy = LONG) -> Any:
    proofs, signers = judged(facts, at=at, policy=policy)
    return signature_checks(proofs, signers, foreign=False)


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_forger_puts_into_a_file(attack: str) -> None:
    """Each is refused, and for the reason that belongs to it."""
    facts, at, check, reason = ATTACKS[attack]
    assert checks_of(facts, at)[check].reason is reason


def test_what_is_attacked_is_good() -> None:
    waiting = {CheckId.RENDERINGS, CheckId.HIDDEN_CONTENT}
    for facts in (b_lta(), seal_with(token()), b_lta(document(STAMPED))):
        checks = checks_of(facts, AT)
        wrong = {each for each, check in checks.items() if check.verdict is not Verdict.VALID}
        assert wrong == waiting


def test_an_early_timestamp_of_nobody_moves_no_time() -> None:
    early = token(STAMPED - 9 * MINUTE, certificates=(b"nobody",))
    proofs, signers = judged(seal_with(early, token()))
    assert [each.proven_at for each in signers[:2]] == [STAMPED, STAMPED]
    assert [each.reason for each in proofs.stamps.all][1] is Reason.TIMESTAMP_INVALID


def test_what_speaks_against_a_key_counts_where_nothing_is_asked_for() -> None:
    facts = with_pieces(b_lta(), *evidence(LATER, 0, STOLEN_BEFORE))
    found = checks_of(facts, LATER, BASIC)[CheckId.SIGNER_PATHS]
    assert found.reason is Reason.CERTIFICATE_REVOKED


@pytest.mark.parametrize("foreign", [True, False])
def test_the_key_of_a_service_signs_no_document(foreign: bool) -> None:
    """Not a stranger's file either: its certificate says that it is for timestamps alone."""
    facts = file(signature("tsa-2025", 1000, token()), pieces=evidence(SIGNED, 900))
    proofs, signers = judged(facts, policy=BASIC)
    found = signature_checks(proofs, signers, foreign=foreign)[CheckId.SIGNER_PATHS]
    assert found.reason is Reason.PATH_KEY_USAGE


def test_the_key_of_the_seal_makes_no_document_timestamp() -> None:
    facts = b_lta(document(certificates=chain_of("seal-2026")))
    proofs, signers = judged(facts)
    found = signature_checks(proofs, signers, foreign=False)
    assert found[CheckId.SIGNER_PATHS].reason is Reason.PATH_KEY_USAGE
    assert proofs.stamps.all[2].reason is Reason.TIMESTAMP_INVALID


def test_whose_certificates_a_file_holds_shows_in_no_representation() -> None:
    """Facts end up in logs; the certificate of a citizen holds his name and number."""
    facts = with_pieces(b_lta(), *evidence(AT, 0))
    proofs, signers = judged(facts)
    parsed = WORLD.identity("person-2026").parsed.subject
    name = parsed.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    escaped = repr(str(name).encode())[2:-1]
    for each in (facts, proofs.stamps, signers, *facts.evidence, *facts.signatures):
        assert str(name) not in repr(each)
        assert escaped not in repr(each)
        assert "\\x06\\x03U\\x04" not in repr(each)  # nobody's name at all


@dataclass(frozen=True)
class Breaking:
    """A source that keeps to no contract."""

    answer: object = None

    def gather(self, chain: Sequence[bytes], /) -> Any:  # noqa: ARG002 - for all
        if self.answer is None:
            raise OSError
        return self.answer


@pytest.mark.parametrize("broken", [Breaking(), Breaking(b"nothing"), Breaking(((), None))])
def test_a_source_that_breaks_does_not_silence_another(broken: Breaking) -> None:
    stored = StoredEvidence(STOLEN.evidence(ASKED).pieces)
    for sources in ((broken, stored), (stored, broken)):
        report = verify_pdf(
            issued("p256", "B-LT").pdf,
            trust=World().trust(ASKED),
            at=ASKED,
            policy=BASIC,
            evidence=JoinedEvidence(sources),
        )
        assert report.verdict is Verdict.INVALID
        assert report.check(CheckId.SIGNER_PATHS).reason is Reason.CERTIFICATE_REVOKED
