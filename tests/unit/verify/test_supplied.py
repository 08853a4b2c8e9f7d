"""The evidence that a verifier brings along: bounded, kept with the facts, never an exception."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes

from support import chains
from support.proofs import AT, b_lta, b_t, evidence
from support.qr_copies import AT as SOON
from support.qr_copies import BASIC, ISSUED, commune, look, pki, record, sign, text
from vncopy.algorithms import DEFAULT_ALGORITHMS, Lifetime
from vncopy.errors import UsageError
from vncopy.facts import facts_from_json
from vncopy.facts.common import NOT_RUN
from vncopy.facts.evidence import (
    MAX_EVIDENCE,
    MAX_EVIDENCE_BYTES,
    EvidenceFacts,
    Gathered,
    StoredEvidence,
)
from vncopy.facts.qr import QRFacts
from vncopy.pki import DemoIdentity
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Verdict, VerificationReport
from vncopy.trust import Role, TrustAnchor, TrustStore
from vncopy.verify.checks import path
from vncopy.verify.judge import judge
from vncopy.verify.qr import verify_qr
from vncopy.verify.supplied import gather, kept, supplied_before

CHAIN = (b"leaf", b"anchor")
OCSP = bytes.fromhex("30030a0100")
LONG_OCSP = bytes.fromhex("3082010a0a0100") + bytes(0x107)
CRL = bytes.fromhex("300430020500")


@dataclass
class Source:
    """A source that remembers what it was asked, and does what a test wants."""

    answer: Callable[[], Any]
    asked: list[tuple[bytes, ...]] = field(default_factory=list)

    def gather(self, chain: Sequence[bytes], /) -> Any:
        self.asked.append(tuple(chain))
        return self.answer()


def giving(*pieces: bytes, problem: Reason | None = None) -> Source:
    return Source(lambda: Gathered(pieces=pieces, problem=problem))


def failing(error: type[BaseException]) -> Source:
    def fail() -> Gathered:
        raise error

    return Source(fail)


def test_each_path_is_asked_about_once() -> None:
    source = giving(OCSP, CRL)
    pieces, problem = gather((), (CHAIN, CHAIN, (b"other",)), source)
    assert source.asked == [CHAIN, (b"other",)]
    assert [(each.kind, each.der, each.end, each.origin) for each in pieces] == [
        ("ocsp", OCSP, 0, "supplied"),
        ("crl", CRL, 0, "supplied"),
    ]
    assert problem is None


def test_the_first_problem_is_told_and_what_came_is_kept() -> None:
    source = giving(CRL, problem=Reason.REVOCATION_UNREACHABLE)
    pieces, problem = gather((), (CHAIN,), source)
    assert len(pieces) == 1
    assert problem is Reason.REVOCATION_UNREACHABLE


@pytest.mark.parametrize("error", [ValueError, RuntimeError, OSError, RecursionError])
def test_a_source_that_raises_could_not_be_reached(error: type[BaseException]) -> None:
    assert gather((), (CHAIN,), failing(error)) == ((), Reason.REVOCATION_UNREACHABLE)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"",
        Gathered(pieces=("text",)),  # type: ignore[arg-type]
        Gathered(pieces=5),  # type: ignore[arg-type]
        Gathered(problem="later"),  # type: ignore[arg-type]
    ],
)
def test_an_answer_that_is_none_is_no_evidence(answer: Any) -> None:
    assert gather((), (CHAIN,), Source(lambda: answer)) == ((), Reason.REVOCATION_UNREACHABLE)


def test_who_wants_to_stop_is_let_through() -> None:
    with pytest.raises(KeyboardInterrupt):
        gather((), (CHAIN,), failing(KeyboardInterrupt))


@pytest.mark.parametrize(
    ("der", "kind"),
    [(OCSP, "ocsp"), (LONG_OCSP, "ocsp"), (CRL, "crl"), (b"", "crl"), (b"0", "crl")],
)
def test_the_kind_is_seen_from_the_first_bytes(der: bytes, kind: str) -> None:
    (piece,), _problem = kept((), (der,))
    assert piece.kind == kind


def test_what_the_file_has_already_is_not_added_again() -> None:
    held = EvidenceFacts(kind="crl", der=CRL, end=100)
    assert kept((held,), (CRL, CRL)) == ((held,), None)


def test_more_than_is_looked_at_leaves_what_the_verifier_brought() -> None:
    held = tuple(EvidenceFacts(kind="crl", der=bytes([n]), end=100) for n in range(40))
    brought = [bytes([n, n]) for n in range(MAX_EVIDENCE - 39)]
    pieces, problem = kept(held, brought)
    assert problem is Reason.LIMITS_EXCEEDED
    assert [each.der for each in pieces] == brought
    pieces, problem = kept((), [bytes([n, n]) for n in range(MAX_EVIDENCE + 9)])
    assert (len(pieces), problem) == (MAX_EVIDENCE, Reason.LIMITS_EXCEEDED)
    large = [bytes([n]) * (MAX_EVIDENCE_BYTES // 2) for n in range(3)]
    pieces, problem = kept((), large)
    assert (len(pieces), problem) == (2, Reason.LIMITS_EXCEEDED)


def test_of_stored_facts_only_the_pieces_of_the_verifier_count() -> None:
    held = EvidenceFacts(kind="crl", der=CRL, end=100)
    forged = EvidenceFacts(kind="certificate", der=OCSP, end=100, origin="supplied")
    assert supplied_before((held, forged)) == (OCSP,)


# --- symbols ---------------------------------------------------------------------------------


def revoked(since: timedelta) -> StoredEvidence:
    """Return what the demo authorities say after the key of the symbols was revoked."""
    made = pki().revoked(commune().qr, at=ISSUED + since)
    return made.evidence(ISSUED + timedelta(days=1))


def verify(**asked: Any) -> VerificationReport[Any]:
    values: dict[str, Any] = {"trust": pki().trust, "at": SOON, "policy": BASIC} | asked
    return verify_qr(text(), **values)


def test_evidence_against_the_key_of_a_symbol_counts_without_being_asked_for() -> None:
    assert verify(evidence=pki().evidence(SOON)).verdict is Verdict.VALID
    later = verify(evidence=revoked(timedelta(hours=1)))
    assert later.verdict is Verdict.UNDETERMINED
    assert later.check(CheckId.KEY_STATE).reason is Reason.REVOKED_LATER
    before = verify(evidence=revoked(-timedelta(hours=1)))
    assert before.verdict is Verdict.INVALID
    assert before.check(CheckId.KEY_STATE).reason is Reason.CERTIFICATE_REVOKED


def test_what_cannot_be_reached_is_no_matter_for_a_symbol() -> None:
    report = verify(evidence=failing(OSError))
    assert report.verdict is Verdict.VALID
    facts = report.facts
    assert isinstance(facts, QRFacts)
    assert facts.evidence_problem is Reason.REVOCATION_UNREACHABLE


def test_more_evidence_than_is_looked_at_leaves_a_symbol_open() -> None:
    source = giving(*(bytes([n, n]) for n in range(MAX_EVIDENCE + 1)))
    check = verify(evidence=source).check(CheckId.KEY_STATE)
    assert check.reason is Reason.LIMITS_EXCEEDED


def test_stored_facts_are_judged_again_with_the_same_evidence() -> None:
    report = verify(evidence=revoked(timedelta(hours=1)))
    assert isinstance(report.facts, QRFacts)
    stored = facts_from_json(report.facts.to_json(), QRFacts)
    asked: dict[str, Any] = {"trust": pki().trust, "at": SOON, "policy": BASIC}
    for carrier in (None, text()):
        again = judge(stored, carrier=carrier, **asked)
        assert again.check(CheckId.KEY_STATE).reason is Reason.REVOKED_LATER
        assert again.check(CheckId.KEY_STATE).detail == "certificate 0"
    bare = verify()
    assert isinstance(bare.facts, QRFacts)
    more = judge(bare.facts, carrier=text(), evidence=revoked(timedelta(hours=1)), **asked)
    assert more.check(CheckId.KEY_STATE).reason is Reason.REVOKED_LATER
    full = replace(stored, evidence_problem=Reason.LIMITS_EXCEEDED, evidence=())
    again = judge(full, carrier=text(), **asked)
    assert again.check(CheckId.KEY_STATE).reason is Reason.LIMITS_EXCEEDED


def test_a_symbol_outlives_no_algorithm() -> None:
    """Whoever breaks it may claim any time; a proven one before its end helps."""
    for name in ("secp256r1", "sha256"):
        end = Lifetime(name=name, bits=256, until=SOON)
        policy = replace(BASIC, algorithms=DEFAULT_ALGORITHMS.with_sunsets(end))
        found = verify(policy=policy, evidence=pki().evidence(SOON))
        assert found.check(CheckId.PATH).reason is Reason.ALGORITHM_OUTDATED
        assert found.check(CheckId.KEY_STATE).reason is None
        proven = look(text(), policy=policy, proven_at=ISSUED)
        assert path(proven).reason is None


def test_the_digest_of_a_symbol_counts_where_those_of_its_path_are_stronger() -> None:
    top = chains.root(hash=hashes.SHA384())
    made = chains.leaf(top, hash=hashes.SHA384())
    identity = DemoIdentity(label="strong", key=made.key, chain=(made.der, top.der))
    old = commune().entry
    entry = next(each for each in old.certificates if each.role is Role.QR)
    office = replace(old, certificates=(replace(entry, certificate=made.der),))
    trust = TrustStore(
        anchors=(TrustAnchor(name="strong", certificate=top.der),), offices=(office,)
    )
    symbol = sign(record(), identity=identity)
    assert path(look(symbol, trust=trust)).reason is None
    end = Lifetime(name="sha256", bits=256, until=SOON)
    policy = replace(BASIC, algorithms=DEFAULT_ALGORITHMS.with_sunsets(end))
    found = path(look(symbol, trust=trust, policy=policy))
    assert (found.reason, found.detail) == (Reason.ALGORITHM_OUTDATED, "digest")


def test_a_text_of_nobody_is_asked_about_nowhere() -> None:
    source = giving(CRL)
    report = verify_qr("nothing", trust=pki().trust, at=SOON, policy=BASIC, evidence=source)
    assert report.verdict is Verdict.INVALID
    assert source.asked == []


def test_a_source_is_something_that_gathers() -> None:
    for wrong in ("crl", b"", (CRL,), 5):
        with pytest.raises(UsageError, match="source of evidence"):
            verify(evidence=wrong)
    with pytest.raises(UsageError, match="source of evidence"):
        judge(
            QRFacts(text_sha256="", framing=NOT_RUN),
            evidence=5,  # type: ignore[arg-type]
            trust=pki().trust,
            at=SOON,
            policy=BASIC,
        )


def test_made_facts_have_evidence() -> None:
    assert len(b_lta().evidence) > len(b_t().evidence) == 0
    assert {each.origin for each in evidence(AT, 0)} == {"supplied"}
