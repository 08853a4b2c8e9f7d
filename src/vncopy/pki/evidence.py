"""What the authorities of a demonstration say about revocation: CRLs and OCSP responses.

The same authority, time and revocations always give the same bytes, whatever the kind of key:
ECDSA signatures are deterministic (RFC 6979).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from vncopy.sign import SignatureAlgorithm
from vncopy.sign.der import CONTEXT_0, OCTETS, SEQUENCE, der
from vncopy.sign.signer import signature_for_cms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vncopy.pki.identities import DemoIdentity

__all__ = ["Revocation", "make_crl", "make_ocsp"]

CRL_LIFE: Final = timedelta(days=7)
"""Until the next CRL; authorities in Vietnam publish daily to weekly."""
OCSP_LIFE: Final = timedelta(days=1)
"""Until an OCSP response should be asked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """One certificate that was revoked."""

    identity: DemoIdentity
    """Whose."""
    at: datetime
    """When, aware; entries of CRLs before do not have it."""
    reason: x509.ReasonFlags = x509.ReasonFlags.unspecified
    """Why (RFC 5280 §5.3.1)."""
    invalid_from: datetime | None = None
    """Since when the key is known or suspected to be in wrong hands, if that is earlier; CRLs
    carry it as ``invalidityDate``, OCSP responses of the usual kind do not."""

    def by(self, issuer: DemoIdentity) -> bool:
        """Tell whether ``issuer`` issued the certificate."""
        return self.identity.chain[1:] == issuer.chain


def make_crl(
    issuer: DemoIdentity,
    revocations: Sequence[Revocation] = (),
    *,
    at: datetime,
    life: timedelta = CRL_LIFE,
) -> bytes:
    """Return the CRL that an authority signs at a time.

    Args:
            issuer: the authority.
            revocations: everything that was ever revoked, by whomever; the authority's own that
    had happened at ``at`` are on the list, until it has been told once more after their
                certificate expired (RFC 5280 §3.3): what an authority says later proves nothing.
            at: aware time of issue; its fractions of seconds are dropped.
            life: until the next one.

    Returns:
            DER.
    """
    second = at.replace(microsecond=0)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.parsed.subject)
        .last_update(second)
        .next_update(second + life)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()),
            critical=False,
        )
        .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
    )
    for each in revocations:
        told_until = each.identity.parsed.not_valid_after_utc + life
        if each.by(issuer) and each.at <= at <= told_until:
            builder = builder.add_revoked_certificate(_entry(each))
    deterministic = True if isinstance(issuer.key, ec.EllipticCurvePrivateKey) else None
    made = builder.sign(issuer.key, hashes.SHA256(), ecdsa_deterministic=deterministic)
    return made.public_bytes(Encoding.DER)


def _entry(revocation: Revocation) -> x509.RevokedCertificate:
    builder = (
        x509.RevokedCertificateBuilder()
        .serial_number(revocation.identity.parsed.serial_number)
        .revocation_date(revocation.at)
    )
    if revocation.reason is not x509.ReasonFlags.unspecified:  # absent rather than 0 (RFC 5280)
        builder = builder.add_extension(x509.CRLReason(revocation.reason), critical=False)
    if revocation.invalid_from is not None:
        builder = builder.add_extension(
            x509.InvalidityDate(revocation.invalid_from), critical=False
        )
    return builder.build()


def make_ocsp(
    identity: DemoIdentity,
    responder: DemoIdentity,
    revocations: Sequence[Revocation] = (),
    *,
    at: datetime,
    life: timedelta = OCSP_LIFE,
) -> bytes:
    """Return the OCSP response about one certificate at a time.

    Args:
        identity: whose certificate is asked for; not a root.
        responder: who answers: the issuing authority, or a service that it named.
        revocations: everything that was ever revoked.
        at: aware time of the answer; its fractions of seconds are dropped.
        life: until it should be asked for again.

    Returns:
        DER; the responder's certificate is in it unless it is the authority itself.
    """
    second = at.replace(microsecond=0)
    issuer = x509.load_der_x509_certificate(identity.chain[1])
    revoked = next((r for r in revocations if r.identity == identity and r.at <= at), None)
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=identity.parsed,
        issuer=issuer,
        algorithm=hashes.SHA256(),
        cert_status=ocsp.OCSPCertStatus.GOOD if revoked is None else ocsp.OCSPCertStatus.REVOKED,
        this_update=second,
        next_update=second + life,
        revocation_time=None if revoked is None else revoked.at,
        revocation_reason=_reason(revoked),
    )
    delegate = None if responder.certificate == identity.chain[1] else responder.parsed
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, delegate or issuer)
    unsigned = _stamped(builder.sign(responder.key, hashes.SHA256()), second)
    return _response(unsigned, responder, delegate)


def _reason(revocation: Revocation | None) -> x509.ReasonFlags | None:
    if revocation is None or revocation.reason is x509.ReasonFlags.unspecified:
        return None
    return revocation.reason


def _stamped(made: ocsp.OCSPResponse, at: datetime) -> bytes:
    """Return what is signed of a response with ``producedAt`` set to ``at``.

    The library writes there what its clock says; the next time in the response is
    ``thisUpdate``, so that the first one is it.
    """
    wrong = made.produced_at_utc.strftime(_TIME).encode()
    right = at.astimezone(UTC).strftime(_TIME).encode()
    return made.tbs_response_bytes.replace(wrong, right, 1)


def _response(signed: bytes, responder: DemoIdentity, delegate: x509.Certificate | None) -> bytes:
    """Return an OCSP response (RFC 6960 §4.2.1) with a deterministic signature.

    Args:
        signed: the encoded ``ResponseData``.
        responder: who signs.
        delegate: its certificate, if it goes along.
    """
    signer = responder.signer()
    signature = signature_for_cms(signer.algorithm, signer.sign(signed))
    algorithm = _ALGORITHMS[signer.algorithm]
    parts = [signed, algorithm, der(_BIT_STRING, b"\0" + signature)]
    if delegate is not None:
        parts.append(der(CONTEXT_0, der(SEQUENCE, delegate.public_bytes(Encoding.DER))))
    basic = der(OCTETS, der(SEQUENCE, *parts))
    return der(SEQUENCE, _SUCCESSFUL, der(CONTEXT_0, der(SEQUENCE, _BASIC_RESPONSE, basic)))


_TIME: Final = "%Y%m%d%H%M%SZ"
"""``GeneralizedTime`` as RFC 5280 wants it."""
_BIT_STRING: Final = 0x03
_SUCCESSFUL: Final = bytes.fromhex("0a0100")
_BASIC_RESPONSE: Final = bytes.fromhex("06092b0601050507300101")
"""id-pkix-ocsp-basic."""
_ALGORITHMS: Final = {
    SignatureAlgorithm.ES256: bytes.fromhex("300a06082a8648ce3d040302"),
    SignatureAlgorithm.RS256: bytes.fromhex("300d06092a864886f70d01010b0500"),
}
"""``AlgorithmIdentifier`` (RFC 5758 §3.2, RFC 4055 §5)."""
