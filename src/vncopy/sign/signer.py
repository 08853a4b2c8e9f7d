"""What a signer is, and which certificates may sign what at a given time.

The checks here run before anything is signed, so that a wrong key is a clear message at the
counter and not an invalid copy in somebody's wallet. They do not replace verification: the chain
up to a trusted root and the office's scope are judged by whoever verifies, and by ``issue`` on its
own result.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal, Protocol, runtime_checkable

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from vncopy.errors import Message, SigningError, UsageError
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from datetime import datetime

__all__ = [
    "CopySigner",
    "SignatureAlgorithm",
    "SignerRole",
    "algorithm_of",
    "check_signer",
    "sign_checked",
    "signature_for_cms",
]

SignerRole = Literal["person", "seal", "qr"]
"""The three keys of a copy; they are different keys."""
MIN_RSA_BITS: Final = 2048
"""TT 15/2025/TT-BKHCN Annex I, ETSI TS 119 312: RSA from 2048 bits."""
P256_BYTES: Final = 32
"""Bytes of r and of s."""
DOCUMENT_USAGES: Final = frozenset(
    {
        "2.5.29.37.0",  # any
        "1.3.6.1.5.5.7.3.36",  # document signing, RFC 9336
        "1.3.6.1.5.5.7.3.4",  # e-mail protection, what most Vietnamese CAs write
        "1.3.6.1.5.5.7.3.2",  # client authentication, beside the former
        "1.3.6.1.4.1.311.10.3.12",  # Microsoft document signing
        "1.2.840.113583.1.1.5",  # Adobe authentic documents
    }
)
"""Extended key usages of which one must be there, if the certificate has the extension."""


class SignatureAlgorithm(StrEnum):
    """Signature algorithms of copies."""

    ES256 = "ES256"
    """ECDSA on P-256 with SHA-256; the signature is r ‖ s, 64 bytes."""
    RS256 = "RS256"
    """RSASSA-PKCS1-v1_5 with SHA-256 and a key of at least 2048 bits."""


@runtime_checkable
class CopySigner(Protocol):
    """A key that can sign: file, PKCS#11 token, HSM or remote service."""

    @property
    def chain(self) -> tuple[bytes, ...]:
        """Certificates in DER, the signer's own first, then its issuers; the root may be left out."""
        ...

    @property
    def algorithm(self) -> SignatureAlgorithm:
        """The algorithm of :meth:`sign`."""
        ...

    def sign(self, message: bytes, /) -> bytes:
        """Return the signature of ``message``; ES256 gives r ‖ s.

        Raises:
            SigningError: key or token did not do it.
        """
        ...


def algorithm_of(certificate: x509.Certificate, *, field: str) -> SignatureAlgorithm:
    """Return the algorithm for a certificate's key.

    Args:
        certificate: of the signer.
        field: the argument to name in the error.

    Raises:
        UsageError: the key is neither P-256 nor RSA of at least 2048 bits.
    """
    key = certificate.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return SignatureAlgorithm.ES256
    if isinstance(key, rsa.RSAPublicKey):
        if key.key_size >= MIN_RSA_BITS:
            return SignatureAlgorithm.RS256
        raise UsageError.of(
            field,
            "signer.weak_rsa",
            vi=f"khóa RSA phải dài ít nhất {MIN_RSA_BITS} bit",
            en=f"an RSA key needs at least {MIN_RSA_BITS} bits",
        )
    raise UsageError.of(
        field,
        "signer.key_type",
        vi="khóa ký phải là ECDSA P-256 hoặc RSA từ 2048 bit",
        en="the signing key must be ECDSA P-256 or RSA of at least 2048 bits",
    )


def check_signer(signer: CopySigner, role: SignerRole, *, at: datetime) -> x509.Certificate:
    """Check that a signer may sign in a role at a time.

    Args:
        signer: the signer.
        role: what it is to sign as.
        at: the time of signing, aware.

    Returns:
        Its certificate.

    Raises:
        UsageError: unreadable certificate, unfit key or algorithm, or a certificate made for
            another use.
        SigningError: the certificate is not valid at ``at``.
    """
    field = f"signers.{role}"
    certificate = _certificate(signer, field)
    algorithm = algorithm_of(certificate, field=field)
    if signer.algorithm is not algorithm:
        raise UsageError.of(
            field,
            "signer.algorithm",
            vi="thuật toán của bộ ký không khớp với chứng thư chữ ký số",
            en="the signer's algorithm is not that of its certificate",
        )
    if role == "qr" and algorithm is not SignatureAlgorithm.ES256:
        raise UsageError.of(
            field,
            "signer.qr_key",
            vi="khóa ký mã QR phải là ECDSA P-256",
            en="the key that signs the QR must be ECDSA P-256",
        )
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        early = at < certificate.not_valid_before_utc
        raise SigningError(
            Message(
                f"chứng thư chữ ký số ({role}) chưa có hiệu lực hoặc đã hết hạn tại thời điểm ký",
                f"the certificate ({role}) is not valid at the time of signing",
            ),
            role=role,
            reason=Reason.PATH_NOT_YET_VALID if early else Reason.PATH_EXPIRED,
        )
    _check_usage(certificate, field)
    return certificate


def sign_checked(
    signer: CopySigner,
    certificate: x509.Certificate,
    message: bytes,
    *,
    role: SignerRole | Literal["tsa"],
) -> bytes:
    """Sign, and verify the signature at once with the signer's own certificate.

    A token with a swapped slot, a service that signed something else or a faulty computation
    shows here, before anything is written.

    Args:
        signer: who signs.
        certificate: its certificate.
        message: what is signed.
        role: named in the error.

    Returns:
        The signature as the signer gives it.

    Raises:
        SigningError: the signer failed, or its signature does not fit its certificate.
    """
    try:
        signature = signer.sign(message)
    except SigningError:
        raise
    except Exception as error:
        # The border to foreign signers: tokens and services raise whatever their drivers raise.
        raise SigningError(
            Message(
                f"bộ ký ({role}) không ký được: {type(error).__name__}",
                f"the signer ({role}) could not sign: {type(error).__name__}",
            )
        ) from error
    if not _fits(certificate, message, signature):
        raise SigningError(
            Message(
                f"chữ ký ({role}) không khớp với chứng thư chữ ký số của nó",
                f"the signature ({role}) does not fit its certificate",
            )
        )
    return signature


def signature_for_cms(algorithm: SignatureAlgorithm, signature: bytes) -> bytes:
    """Return a signature in the form that CMS wants (RFC 5753: DER for ECDSA)."""
    if algorithm is SignatureAlgorithm.RS256:
        return signature
    return _to_der(signature)


def _to_der(signature: bytes) -> bytes:
    """Return r ‖ s as DER."""
    r, s = signature[:P256_BYTES], signature[P256_BYTES:]
    return encode_dss_signature(int.from_bytes(r), int.from_bytes(s))


def _fits(certificate: x509.Certificate, message: bytes, signature: object) -> bool:
    """Tell whether the signature verifies."""
    key = certificate.public_key()
    if not isinstance(signature, bytes):
        return False
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
            return True
        if isinstance(key, ec.EllipticCurvePublicKey) and len(signature) == 2 * P256_BYTES:
            key.verify(_to_der(signature), message, ec.ECDSA(hashes.SHA256()))
            return True
    except InvalidSignature:
        return False
    return False


def _certificate(signer: CopySigner, field: str) -> x509.Certificate:
    """Return the signer's certificate; the whole chain must be readable."""
    try:
        certificates = [x509.load_der_x509_certificate(der) for der in signer.chain]
    except ValueError as error:
        raise UsageError.of(
            field,
            "signer.certificate",
            vi="không đọc được chứng thư chữ ký số",
            en="a certificate cannot be read",
        ) from error
    if not certificates:
        raise UsageError.of(
            field,
            "signer.certificate",
            vi="bộ ký không có chứng thư chữ ký số",
            en="the signer has no certificate",
        )
    return certificates[0]


def _check_usage(certificate: x509.Certificate, field: str) -> None:
    """Refuse certificates of CAs, web servers, timestamp services and the like.

    Raises:
        UsageError: the certificate is made for another use.
    """
    try:
        extensions = {e.oid.dotted_string: e.value for e in certificate.extensions}
    except (ValueError, x509.DuplicateExtension) as error:
        raise _wrong_usage(field) from error
    values = extensions.values()
    for value in values:
        if isinstance(value, x509.BasicConstraints) and value.ca:
            raise _wrong_usage(field)
        if isinstance(value, x509.KeyUsage) and not (
            value.digital_signature or value.content_commitment
        ):
            raise _wrong_usage(field)
        if isinstance(value, x509.ExtendedKeyUsage) and not DOCUMENT_USAGES.intersection(
            usage.dotted_string for usage in value
        ):
            raise _wrong_usage(field)


def _wrong_usage(field: str) -> UsageError:
    """Return the error for a certificate made for another use."""
    return UsageError.of(
        field,
        "signer.usage",
        vi="chứng thư chữ ký số không dùng để ký tài liệu",
        en="the certificate is not made for signing documents",
    )
