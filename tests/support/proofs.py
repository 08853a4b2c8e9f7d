"""What is seen of signed files, made by hand: signatures, timestamps and evidence of all times."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from support.generations import World, day
from vncopy.facts.evidence import EvidenceFacts
from vncopy.facts.pdf import PDFFacts, RevisionFacts, SignatureFacts, TimestampFacts
from vncopy.policy import VerificationPolicy
from vncopy.trust import TrustStore
from vncopy.verify.checks_signers import FileSigner, find_signers
from vncopy.verify.moment import Moment
from vncopy.verify.proofs import FileProofs, prove

SIGNED = day(2026, 11, 21)
MINUTE = timedelta(minutes=1)
STAMPED = SIGNED + MINUTE
ARCHIVED = SIGNED + 3 * MINUTE
AT = SIGNED + timedelta(days=1)
LONG = VerificationPolicy.long_term()
BASIC = VerificationPolicy.offline_basic()
WORLD = World()
NOT_THEIRS = "tsa-b"
"""A service under another root."""


def chain_of(label: str) -> tuple[bytes, ...]:
    """Return certificate and issuing authorities of a key, without the root."""
    return WORLD.identity(label).chain[:-1]


def token(time: datetime = STAMPED, tsa: str = "tsa-2025", **changes: Any) -> TimestampFacts:
    """Return a good timestamp of a signature."""
    values: dict[str, Any] = {
        "time": time,
        "problem": None,
        "detail": "",
        "intact": True,
        "valid": True,
        "digest_algorithm": "sha256",
        "signature_algorithm": "ecdsa",
        "certificates": chain_of(tsa),
    }
    return TimestampFacts(**values | changes)


def signature(label: str, end: int, *tokens: TimestampFacts, **changes: Any) -> SignatureFacts:
    """Return a good signature with its timestamps."""
    values: dict[str, Any] = {
        "field": label,
        "kind": "signature",
        "subfilter": "ETSI.CAdES.detached",
        "end": end,
        "coverage": "entire_revision",
        "problem": None,
        "detail": "",
        "intact": True,
        "valid": True,
        "digest_algorithm": "sha256",
        "signature_algorithm": "ecdsa",
        "certificates": chain_of(label),
        "claimed_at": SIGNED,
        "certifies": label.startswith("person"),
        "permission": 2 if label.startswith("person") else None,
        "padding_zero": True,
        "unsigned_attributes": ("1.2.840.113549.1.9.16.2.14",) if tokens else (),
        "has_signing_certificate": True,
        "modification": "",
        "timestamps": tokens,
    }
    return SignatureFacts(**values | changes)


def document(
    time: datetime = ARCHIVED, end: int = 4000, tsa: str = "tsa-2025", **changes: Any
) -> SignatureFacts:
    """Return a good document timestamp."""
    values: dict[str, Any] = {
        "kind": "timestamp",
        "subfilter": "ETSI.RFC3161",
        "claimed_at": time,
        "certificates": chain_of(tsa),
        "field": "timestamp",
        "certifies": False,
    }
    return signature("person-2026", end, **values | changes)


def evidence(at: datetime, end: int = 3000, world: World = WORLD) -> tuple[EvidenceFacts, ...]:
    """Return what the authorities published, and their certificates, as a file holds them.

    Args:
        at: when it was published.
        end: first signed byte after it; 0: the verifier supplied it.
        world: what had gone wrong.
    """
    lists = tuple(
        EvidenceFacts(kind="crl", der=der, end=end, origin="file" if end else "supplied")
        for der in world.evidence(at).pieces
    )
    if not end:
        return lists
    names = ("ca-2024", "ca-b")
    held = (world.identity(name).certificate for name in names)
    return lists + tuple(EvidenceFacts(kind="certificate", der=der, end=end) for der in held)


def file(
    *signatures: SignatureFacts, pieces: tuple[EvidenceFacts, ...] = (), **changes: Any
) -> PDFFacts:
    """Return what is seen of a file."""
    rows = tuple(
        RevisionFacts(after=number, size=0, changed=0, forbidden=(), dss=False)
        for number in range(len(signatures))
    )
    values: dict[str, Any] = {
        "sha256": "00" * 32,
        "size": signatures[-1].end,
        "pages": 1,
        "byte_ranges": len(signatures),
        "signatures": signatures,
        "revisions": rows,
        "evidence": pieces,
    }
    return PDFFacts(**values | changes)


def b_b() -> PDFFacts:
    """Return a file signed by person and seal."""
    return file(signature("person-2026", 1000), signature("seal-2026", 2000))


def b_t(*tokens: TimestampFacts) -> PDFFacts:
    """Return a file whose signatures have a timestamp each."""
    stamps = tokens or (token(),)
    return file(signature("person-2026", 1000, *stamps), signature("seal-2026", 2000, *stamps))


def b_lt() -> PDFFacts:
    """Return a file that also holds its evidence; nothing covers that."""
    pieces = tuple(replace(each, end=4000) for each in evidence(SIGNED))
    return replace(b_t(), evidence=pieces, size=4000)


def b_lta(*documents: SignatureFacts, **changes: Any) -> PDFFacts:
    """Return a file whose evidence is covered by document timestamps."""
    signatures = (*b_t().signatures, *(documents or (document(),)))
    return file(*signatures, pieces=evidence(SIGNED), **changes)


def judged(
    facts: PDFFacts,
    *,
    at: datetime = AT,
    policy: VerificationPolicy = LONG,
    trust: TrustStore | None = None,
) -> tuple[FileProofs, tuple[FileSigner, ...]]:
    """Return what is proven in a file, and its signers."""
    proofs = prove(facts, Moment(trust=trust or WORLD.trust(at), at=at, policy=policy))
    return proofs, find_signers(proofs)
