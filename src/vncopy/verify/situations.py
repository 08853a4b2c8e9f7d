"""What the checks of a symbol look at: whose key signed it, by which path, and what is known of it."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Final

from vncopy.trust import Role, TrustStore
from vncopy.verify.chain import PathResult, validate_path
from vncopy.verify.checks import Signer, Situation

if TYPE_CHECKING:
    from datetime import datetime

    from vncopy.facts.evidence import EvidenceFacts, EvidenceSource
    from vncopy.facts.qr import QRFacts
    from vncopy.formats.base import DocumentTypes
    from vncopy.policy import VerificationPolicy
    from vncopy.verify.collect import QRContent
    from vncopy.verify.revocation import KnownEvidence, RevocationResult

__all__ = ["chains_of", "find_signer", "situation_of", "with_evidence"]

_DIGEST: Final = ("sha256", 256)
"""What every symbol is signed over: ES256."""


def find_signer(facts: QRFacts, trust: TrustStore) -> Signer | None:
    """Return whose key verified the signature; of several the office that the claims name.

    Args:
        facts: what was seen, with the outcomes of this very trust store.
        trust: whom the verifier trusts.

    Returns:
        The certificate and its office; ``None`` also where the claims name an office that could be
        among the certificates that were not tried.
    """
    if facts.kid is None:
        return None
    verified = [
        Signer(office=office, entry=entry)
        for (office, entry), candidate in zip(
            trust.candidates(facts.kid, Role.QR), facts.candidates, strict=False
        )
        if candidate.outcome.passed
    ]
    for signer in verified:
        if signer.office.agency_code == facts.issuer:
            return signer
    if facts.candidates_left_out and facts.issuer is not None:
        return None  # another office listed the same key first; that is nobody's fault here
    return verified[0] if verified else None


def situation_of(
    facts: QRFacts,
    content: QRContent | None,
    *,
    trust: TrustStore,
    at: datetime,
    policy: VerificationPolicy,
    expect: DocumentTypes,
    proven_at: datetime | None = None,
    evidence: tuple[KnownEvidence, ...] | None = None,
) -> Situation:
    """Return what the checks of a symbol look at.

    Args:
        facts: what was seen, with the outcomes of this very trust store.
        content: what it says, if at hand.
        trust: whom the verifier trusts.
        at: the time for which is asked.
        policy: what is asked for.
        expect: expected document types.
        proven_at: a time before which the copy is proven to exist.
        evidence: revocation evidence with its own proven times; ``None``: that of ``facts``.
    """
    signer = find_signer(facts, trust)
    found = None
    if signer is not None and facts.claimed_at is not None:
        # Chain model: valid when it signed; expiring later changes nothing for old copies. Whoever
        # breaks an algorithm may claim any time, so algorithms are judged at the proven one.
        last = at if proven_at is None else proven_at
        found = validate_path(
            signer.entry.certificate,
            (),
            trust=trust,
            at=facts.claimed_at,
            role=Role.QR,
            algorithms=policy.algorithms,
            algorithms_at=last,
        )
        digest = policy.algorithms.reason(*_DIGEST, last)
        if digest is not None and found.found:
            found = PathResult(reason=digest, detail="digest")
    situation = Situation(
        facts=facts,
        content=content,
        signer=signer,
        found=found,
        trust=trust,
        at=at,
        policy=policy,
        expect=expect,
        proven_at=proven_at,
        evidence_problem=facts.evidence_problem,
    )
    if not (facts.evidence if evidence is None else evidence):
        return situation
    return replace(situation, revocation=_revocation(situation, evidence))


def _revocation(
    situation: Situation, evidence: tuple[KnownEvidence, ...] | None
) -> RevocationResult | None:
    """Return what revocation evidence says of the path of a symbol's key."""
    # Parsers of evidence load only where there is some: most symbols come without.
    moments = import_module("vncopy.verify.moment")
    found, at = situation.found, situation.at
    if found is None or not found.found:
        return None
    known = moments.at_hand(situation.facts.evidence, at) if evidence is None else evidence
    moment = moments.Moment(trust=situation.trust, at=at, policy=situation.policy)
    result: RevocationResult = moment.revocation(
        found, known, proven_at=situation.proven_at, claimed=situation.facts.claimed_at
    )
    return result


def with_evidence(
    facts: QRFacts,
    *,
    trust: TrustStore,
    source: EvidenceSource | None,
    before: tuple[EvidenceFacts, ...] = (),
) -> QRFacts:
    """Return facts with the evidence that the verifier supplies about the path of their key.

    Args:
        facts: what was seen, with the outcomes of this very trust store.
        trust: whom the verifier trusts.
        source: where to ask; ``None``: nowhere.
        before: evidence of stored facts, to be kept.
    """
    if source is None and not before:
        return facts
    supplied = import_module("vncopy.verify.supplied")
    pieces, problem = supplied.kept((), supplied.supplied_before(before), facts.evidence_problem)
    if source is not None:
        pieces, missing = supplied.gather(pieces, chains_of(facts, trust), source)
        problem = missing or problem
    return replace(facts, evidence=pieces, evidence_problem=problem)


def chains_of(facts: QRFacts, trust: TrustStore) -> tuple[tuple[bytes, ...], ...]:
    """Return the path of the key that signed a symbol, if there is one at the claimed time.

    Args:
        facts: what was seen, with the outcomes of this very trust store.
        trust: whom the verifier trusts.
    """
    signer = find_signer(facts, trust)
    if signer is None or facts.claimed_at is None:
        return ()
    path = validate_path(
        signer.entry.certificate, (), trust=trust, at=facts.claimed_at, role=Role.QR
    )
    return (path.chain,) if path.found else ()
