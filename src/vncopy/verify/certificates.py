"""Certificates as ``cryptography`` reads them, with one border for everything it raises."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import SignatureAlgorithmOID

from vncopy.verify.names import names_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

E = TypeVar("E", bound=x509.ExtensionType)

__all__ = [
    "UNREADABLE",
    "authority_key",
    "extension_of",
    "issued_by",
    "key_of",
    "parse_certificate",
    "subject_key",
]

_HISTORY: Final = frozenset(
    {SignatureAlgorithmOID.RSA_WITH_SHA1, SignatureAlgorithmOID.ECDSA_WITH_SHA1}
)
MAX_SERIAL_BITS: Final = 159
"""RFC 5280 §4.1.2.2: positive, at most 20 octets. CRLs and OCSP name certificates by it."""
MAX_CERTIFICATE_BYTES: Final = 32 * 1024
"""Larger ones are not read: real ones have 1 to 3 KB, and those read are kept for a while."""
CACHED_SIGNATURES: Final = 1024
"""Certificates and signatures remembered: a verifier sees the same few authorities again and
again. Made to measure, they take 32 MB."""

UNREADABLE: Final = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
    Warning,  # about odd certificates, where the application turns warnings into errors
)
"""What ``cryptography`` raises for a certificate, or evidence, that it cannot read."""


def parse_certificate(der: bytes) -> x509.Certificate | None:
    """Return the certificate of ``der``, or ``None`` if it cannot be read whole.

    One without a serial number by which it could be revoked is none either.
    """
    return _parse(der) if len(der) <= MAX_CERTIFICATE_BYTES else None


@lru_cache(maxsize=CACHED_SIGNATURES)
def _parse(der: bytes) -> x509.Certificate | None:
    """Read a certificate; they are immutable, so that remembering them changes nothing."""
    try:
        certificate = x509.load_der_x509_certificate(der)
        names_of(certificate)
        # All of it is parsed lazily; what cannot be read must show here, not later.
        _ = (certificate.issuer, certificate.signature_algorithm_oid)
        _ = (certificate.not_valid_before_utc, certificate.not_valid_after_utc)
        # What has extensions without being of version 3 was read in two ways by somebody.
        torn = certificate.version is not x509.Version.v3 and len(certificate.extensions) > 0
        serial = certificate.serial_number
    except UNREADABLE:
        return None
    odd = torn or serial <= 0 or serial.bit_length() > MAX_SERIAL_BITS
    return None if odd else certificate


def extension_of(certificate: x509.Certificate, kind: type[E]) -> x509.Extension[E] | None:
    """Return one extension of a certificate, or ``None``."""
    try:
        return certificate.extensions.get_extension_for_class(kind)
    except x509.ExtensionNotFound:
        return None


def key_of(certificate: x509.Certificate) -> CertificatePublicKeyTypes | None:
    """Return the certified key, or ``None`` for a kind of key that nobody here knows."""
    try:
        return certificate.public_key()
    except UNREADABLE:
        return None


@lru_cache(maxsize=CACHED_SIGNATURES)
def issued_by(child: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Tell whether the signature of ``child`` verifies with the key of ``issuer``."""
    try:
        if child.signature_algorithm_oid in _HISTORY:
            _verify_history(child, issuer)
        else:
            child.verify_directly_issued_by(issuer)
    except (InvalidSignature, *UNREADABLE):
        return False
    return True


def _verify_history(child: x509.Certificate, issuer: x509.Certificate) -> None:
    """Verify a signature with SHA-1, for certificates that are proven to be that old.

    ``cryptography`` no longer does so itself. Whether SHA-1 was safe is asked elsewhere.

    Raises:
        InvalidSignature: it does not verify.
        ValueError: another issuer is named, or the key is of another kind.
    """
    key = issuer.public_key()
    tbs, digest = child.tbs_certificate_bytes, hashes.SHA1()  # noqa: S303 - see above
    named = child.issuer == issuer.subject
    by_rsa = child.signature_algorithm_oid == SignatureAlgorithmOID.RSA_WITH_SHA1
    if named and by_rsa and isinstance(key, rsa.RSAPublicKey):
        key.verify(child.signature, tbs, padding.PKCS1v15(), digest)
    elif named and not by_rsa and isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(child.signature, tbs, ec.ECDSA(digest))
    else:
        raise ValueError


def authority_key(certificate: x509.Certificate) -> bytes | None:
    """Return the key identifier of the issuer, if the certificate tells it."""
    extension = extension_of(certificate, x509.AuthorityKeyIdentifier)
    return None if extension is None else extension.value.key_identifier


def subject_key(certificate: x509.Certificate) -> bytes | None:
    """Return the key identifier of the certificate's own key, if it tells it."""
    extension = extension_of(certificate, x509.SubjectKeyIdentifier)
    return None if extension is None else extension.value.digest
