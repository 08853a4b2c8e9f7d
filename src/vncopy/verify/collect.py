"""From the text of a symbol to facts and content; nothing here judges.

The order is the safety of it: framing with a fixed layout, then the signature, and only what a
known key signed is ever inflated and decoded.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, encode_dss_signature

from vncopy.errors import MalformedCopy
from vncopy.facts.common import NOT_RUN, PASSED, Step
from vncopy.facts.qr import MAX_CANDIDATES, CandidateFacts, QRFacts
from vncopy.formats.copies import VIETNAM_TIME, issued_at_from_seconds
from vncopy.formats.copy_ids import copy_id_of
from vncopy.reasons import Reason
from vncopy.trust import Role, area_of
from vncopy.verify.certificates import key_of, parse_certificate
from vncopy.wire.claims import unpack
from vncopy.wire.cose import parse_message
from vncopy.wire.payload import restore

if TYPE_CHECKING:
    from vncopy.formats.base import DocumentTypes
    from vncopy.trust import TrustStore
    from vncopy.wire.claims import Claims
    from vncopy.wire.cose import CoseSign1
    from vncopy.wire.payload import Restored

__all__ = ["QRContent", "collect_qr", "signature_step", "try_candidates"]

_PAYLOAD_REASONS: Final = frozenset(
    {
        Reason.NOT_CANONICAL,
        Reason.UNKNOWN_CARRIAGE,
        Reason.DIGEST_MISSING,
        Reason.DIGEST_UNEXPECTED,
        Reason.CLAIM_VALUE,
    }
)
"""Reasons of the restoring step that belong to the check of the payload."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class QRContent:
    """What a symbol says; signed by a known key, but not judged yet."""

    claims: Claims
    """The CWT claims."""
    restored: Restored
    """Statement, document or key fields."""

    def __repr__(self) -> str:
        """Return the type alone: nothing personal."""
        return "QRContent(…)"


def collect_qr(
    text: str, *, trust: TrustStore, types: DocumentTypes
) -> tuple[QRFacts, QRContent | None]:
    """Read the text of a symbol as far as its signature allows.

    Args:
        text: any text.
        trust: whose keys are known.
        types: document types that are expected.

    Returns:
        The facts, and the content if every step passed.
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    try:
        message = parse_message(text)
    except MalformedCopy as error:
        return QRFacts(text_sha256=digest, framing=_failed(error)), None
    facts = try_candidates(
        QRFacts(
            text_sha256=digest,
            framing=PASSED,
            kid=message.kid,
            signed_sha256=hashlib.sha256(message.to_be_signed).digest(),
            signature=message.signature,
        ),
        trust,
    )
    if not any(each.outcome.passed for each in facts.candidates):
        return facts, None
    return _read_signed(message, facts, types)


def try_candidates(facts: QRFacts, trust: TrustStore) -> QRFacts:
    """Return the facts with the outcome of every certificate that has their key id.

    The outcomes are computed from the digest, so that stored ones are never believed.

    Args:
        facts: what was seen; the key id decides which certificates are tried, at most four.
        trust: whose keys are known.
    """
    if facts.kid is None or facts.signed_sha256 is None or facts.signature is None:
        return replace(facts, candidates=(), candidates_left_out=0)
    known = trust.candidates(facts.kid, Role.QR)
    candidates = tuple(
        CandidateFacts(
            fingerprint=entry.fingerprint,
            agency_code=office.agency_code,
            outcome=signature_step(entry.certificate, facts.signed_sha256, facts.signature),
        )
        for office, entry in known[:MAX_CANDIDATES]
    )
    left_out = max(0, len(known) - MAX_CANDIDATES)
    return replace(facts, candidates=candidates, candidates_left_out=left_out)


def signature_step(certificate: bytes, signed_sha256: bytes, signature: bytes) -> Step:
    """Verify an ES256 signature with the key of a certificate.

    Args:
        certificate: DER.
        signed_sha256: SHA-256 of what was signed.
        signature: r ‖ s.
    """
    parsed = parse_certificate(certificate)
    if parsed is None:
        return Step(reason=Reason.CERTIFICATE_MALFORMED)
    key = key_of(parsed)
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        return Step(reason=Reason.WRONG_KEY_TYPE)
    half = len(signature) // 2
    r, s = int.from_bytes(signature[:half]), int.from_bytes(signature[half:])
    try:
        # made here, because making it loads the library behind cryptography
        es256 = ec.ECDSA(Prehashed(hashes.SHA256()))
        key.verify(encode_dss_signature(r, s), signed_sha256, es256)
    except (InvalidSignature, ValueError):
        return Step(reason=Reason.BAD_SIGNATURE)
    return PASSED


def _failed(error: MalformedCopy) -> Step:
    return Step(reason=error.reason, detail=error.detail)


def _read_signed(
    message: CoseSign1, facts: QRFacts, types: DocumentTypes
) -> tuple[QRFacts, QRContent | None]:
    """Inflate and decode what a known key signed."""
    try:
        claims = unpack(message.payload)
        claimed_at = issued_at_from_seconds(claims.issued_at)
    except MalformedCopy as error:
        return replace(facts, payload=_failed(error)), None
    except ValueError:
        step = Step(reason=Reason.CLAIM_VALUE, detail="iat")
        return replace(facts, payload=step), None
    facts = replace(
        facts,
        payload=PASSED,
        issuer=claims.issuer,
        claimed_at=claimed_at.astimezone(VIETNAM_TIME),
        copy_id=copy_id_of(claims.cti),
        status_index=None if claims.status is None else claims.status.index,
        status_uri=None if claims.status is None else claims.status.uri,
    )
    try:
        restored = restore(claims, types)
    except MalformedCopy as error:
        return _unrestored(facts, error), None
    authority = restored.statement.authority
    facts = replace(
        facts,
        schema=PASSED,
        rules=PASSED,
        format_id=restored.format_id,
        carriage=restored.carriage.value,
        kind=restored.statement.kind.value,
        authority_code=None if authority.agency_code is None else str(authority.agency_code),
        authority_name=str(authority.name),
        authority_area=area_of(authority.province_code, authority.ward_code),
    )
    return facts, QRContent(claims=claims, restored=restored)


def _unrestored(facts: QRFacts, error: MalformedCopy) -> QRFacts:
    """Put a failure of restoring to the check that asks for it."""
    step = _failed(error)
    if error.reason in _PAYLOAD_REASONS:
        return replace(facts, payload=step)
    if error.reason is Reason.RULE_BROKEN:
        return replace(facts, schema=PASSED, rules=step)
    return replace(facts, schema=step, rules=NOT_RUN)
