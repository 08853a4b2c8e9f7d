"""Timestamp tokens (RFC 3161, RFC 5816), checked before they are used.

A token is a CMS SignedData (RFC 5652) around a TSTInfo. What is checked here is whether a token is
worth embedding: that it is about this digest, that its signature is right, and that its certificate
is one for timestamps. Whether the authority is to be trusted is judged by whoever verifies.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from vncopy.errors import SigningError
from vncopy.sign.der import (
    CONTEXT_0,
    CONTEXT_1,
    OCTETS,
    SEQUENCE,
    SET,
    MalformedDER,
    Value,
    der_oid,
    parse,
)
from vncopy.sign.signer import MIN_RSA_BITS
from vncopy.sign.token_info import RSASSA_PSS, algorithm_oid, exactly, read_info, unusable
from vncopy.sign.token_writer import (
    CONTENT_TYPE,
    MESSAGE_DIGEST,
    SHA256_OID,
    SIGNED_DATA,
    SIGNING_CERTIFICATE_V2,
    TST_INFO,
    issuer_and_serial,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

__all__ = [
    "MAX_TOKEN",
    "Token",
    "check_timestamp_certificate",
    "check_token",
    "read_token",
]

MAX_TOKEN: Final = 64 * 1024
"""Bytes of a token: services embed two to four certificates, 4 to 8 kB in all."""
MAX_CERTIFICATES: Final = 16
"""Certificates that a token may bring along."""

_Hash = type[hashes.SHA256] | type[hashes.SHA384] | type[hashes.SHA512]
_HASHES: Final[dict[bytes, _Hash]] = {
    SHA256_OID: hashes.SHA256,
    der_oid("2.16.840.1.101.3.4.2.2"): hashes.SHA384,
    der_oid("2.16.840.1.101.3.4.2.3"): hashes.SHA512,
}
"""Digests within a token; ETSI TS 119 312 recommends no others that are in use."""
_SIGNATURES: Final[dict[bytes, tuple[str, _Hash | None]]] = {
    der_oid("1.2.840.113549.1.1.1"): ("rsa", None),
    RSASSA_PSS: ("pss", None),
    der_oid("1.2.840.113549.1.1.11"): ("rsa", hashes.SHA256),
    der_oid("1.2.840.113549.1.1.12"): ("rsa", hashes.SHA384),
    der_oid("1.2.840.113549.1.1.13"): ("rsa", hashes.SHA512),
    der_oid("1.2.840.10045.4.3.2"): ("ecdsa", hashes.SHA256),
    der_oid("1.2.840.10045.4.3.3"): ("ecdsa", hashes.SHA384),
    der_oid("1.2.840.10045.4.3.4"): ("ecdsa", hashes.SHA512),
}
"""Signature algorithms: their family, and the digest where the identifier fixes it."""
_CURVES: Final = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)
_SUBJECT_KEY_IDENTIFIER: Final = 0x80
_ESS_HASH_AND_ISSUER: Final = 3
"""Most elements of an ESSCertIDv2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What a token that holds together says."""

    time: datetime
    """``genTime``, UTC."""
    nonce: int | None
    """The number that the request carried."""
    certificates: tuple[bytes, ...] = field(repr=False)
    """DER of the authority's certificate, then of the others in the token."""


def check_token(token: bytes, digest: bytes) -> datetime:
    """Check a token before it is embedded.

    Its imprint is ``digest``, exactly one signer signed it with SHA-256, SHA-384 or SHA-512, the
    signed attributes name content, digest and certificate (RFC 5816), the certificate is in the
    token, was valid at its time and is one for timestamps alone (RFC 3161 §2.3).

    Args:
        token: TimeStampToken (CMS ContentInfo) in DER.
        digest: SHA-256 of what was to be stamped.

    Returns:
        Its time (``genTime``), UTC.

    Raises:
        SigningError: any of this does not hold.
    """
    return read_token(token, digest).time


def read_token(token: bytes, digest: bytes) -> Token:
    """Check a token as :func:`check_token` does.

    Args:
        token: TimeStampToken in DER.
        digest: SHA-256 of what was to be stamped.

    Returns:
        What it says.

    Raises:
        SigningError: it does not hold together, or is about something else.
    """
    if len(token) > MAX_TOKEN:
        raise unusable(f"dài hơn {MAX_TOKEN // 1024} KB", f"longer than {MAX_TOKEN // 1024} kB")
    try:
        return _read(token, digest)
    except SigningError:
        raise
    except MalformedDER as error:
        raise unusable(f"sai cấu trúc ({error})", f"wrong structure ({error})") from error
    except Exception as error:
        # The border to bytes of others: whatever a parser raises, nothing is embedded.
        name = type(error).__name__
        raise unusable(f"không đọc được ({name})", f"unreadable ({name})") from error


def check_timestamp_certificate(certificate: x509.Certificate, *, at: datetime) -> None:
    """Check that a certificate is one for timestamps, and valid.

    Args:
        certificate: of a timestamping authority.
        at: the time of the stamp, aware.

    Raises:
        SigningError: not valid at ``at``, a usage other than timestamps or not critical
            (RFC 3161 §2.3), an authority's certificate, or a key that is too weak.
    """
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise unusable(
            "chứng thư của dịch vụ chưa có hiệu lực hoặc đã hết hạn",
            "the certificate of the service is not valid at that time",
        )
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        fit = key.key_size >= MIN_RSA_BITS
    else:
        fit = isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, _CURVES)
    if not fit:
        raise unusable("khóa của dịch vụ quá yếu", "the key of the service is too weak")
    if not _for_timestamps(certificate):
        raise unusable(
            "chứng thư không dành riêng cho dấu thời gian",
            "the certificate is not made for timestamps alone",
        )


def _for_timestamps(certificate: x509.Certificate) -> bool:
    """Tell whether the usages are those of RFC 3161 §2.3."""
    purposes: list[x509.ObjectIdentifier] = []
    for extension in certificate.extensions:
        value = extension.value
        if isinstance(value, x509.ExtendedKeyUsage) and extension.critical:
            purposes = list(value)
        if isinstance(value, x509.BasicConstraints) and value.ca:
            return False
        if isinstance(value, x509.KeyUsage) and not (
            value.digital_signature or value.content_commitment
        ):
            return False
    return purposes == [ExtendedKeyUsageOID.TIME_STAMPING]


def _read(token: bytes, digest: bytes) -> Token:
    """Check a token; foreign exceptions are the caller's business."""
    kind, wrapped = exactly(parse(token, SEQUENCE), 2)
    _same(kind.raw, SIGNED_DATA, "content type")
    (signed,) = exactly(wrapped.expect(CONTEXT_0), 1)
    version, _digests, encapsulated, *others = signed.expect(SEQUENCE).children()
    version.integer()
    info = _content(encapsulated)
    time, nonce = read_info(info, digest)
    certificates: tuple[Value, ...] = ()
    if others and others[0].tag == CONTEXT_0:
        certificates = others.pop(0).children()
    if others and others[0].tag == CONTEXT_1:  # CRLs: allowed, not looked at
        others.pop(0)
    if len(others) != 1 or len(certificates) > MAX_CERTIFICATES:
        raise MalformedDER("signed data")
    (signer,) = exactly(others[0].expect(SET), 1)
    own = _signer(signer, [each.expect(SEQUENCE).raw for each in certificates], info)
    check_timestamp_certificate(x509.load_der_x509_certificate(own), at=time)
    rest = tuple(each.raw for each in certificates if each.raw != own)
    return Token(time=time, nonce=nonce, certificates=(own, *rest))


def _same(found: bytes, wanted: bytes, what: str) -> None:
    if found != wanted:
        raise MalformedDER(what)


def _content(encapsulated: Value) -> bytes:
    """Return the DER of the TSTInfo."""
    kind, wrapped = exactly(encapsulated.expect(SEQUENCE), 2)
    _same(kind.raw, TST_INFO, "not a timestamp")
    (octets,) = exactly(wrapped.expect(CONTEXT_0), 1)
    return octets.expect(OCTETS).content


def _signer(signer: Value, certificates: Sequence[bytes], info: bytes) -> bytes:
    """Return the certificate of the one who signed ``info``, after checking the signature."""
    fields = exactly(signer.expect(SEQUENCE), 6)  # a seventh would not be signed
    version, identifier, digest, attributes, signature, value = fields
    version.integer()
    own = next((each for each in certificates if _is_named(each, identifier)), None)
    if own is None:
        raise unusable(
            "không kèm chứng thư của dịch vụ", "the certificate of the service is not in it"
        )
    kind = _HASHES.get(algorithm_oid(digest))
    family, fixed = _SIGNATURES.get(algorithm_oid(signature), ("", None))
    if kind is None or not family or (fixed is not None and fixed is not kind):
        raise unusable("thuật toán không được phép", "its algorithm is not permitted")
    _check_attributes(attributes.expect(CONTEXT_0), own, kind, info)
    message = bytes((SET,)) + attributes.raw[1:]  # RFC 5652 §5.4: signed as SET OF
    _check_signature(own, value.expect(OCTETS).content, message, family=family, kind=kind)
    return own


def _is_named(certificate: bytes, identifier: Value) -> bool:
    """Tell whether a SignerIdentifier (RFC 5652 §5.3) names a certificate."""
    if identifier.tag == SEQUENCE:
        serial, issuer = issuer_and_serial(certificate)
        return identifier.content == issuer + serial
    if identifier.tag != _SUBJECT_KEY_IDENTIFIER:
        raise MalformedDER("signer identifier")
    extensions = x509.load_der_x509_certificate(certificate).extensions
    return any(
        isinstance(each.value, x509.SubjectKeyIdentifier)
        and each.value.digest == identifier.content
        for each in extensions
    )


def _check_attributes(attributes: Value, own: bytes, kind: _Hash, info: bytes) -> None:
    """Check content type, digest and certificate among the signed attributes."""
    found: dict[bytes, Value] = {}
    for attribute in attributes.children():
        name, values = exactly(attribute.expect(SEQUENCE), 2)
        if name.raw in found:
            raise MalformedDER("attribute twice")
        found[name.raw] = values.expect(SET)
    wanted = (CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_CERTIFICATE_V2)
    if not all(name in found for name in wanted):
        raise unusable(
            "thiếu thuộc tính được ký (RFC 5816)", "a signed attribute is missing (RFC 5816)"
        )
    content_type, digest, reference = (exactly(found[name], 1)[0] for name in wanted)
    _same(content_type.raw, TST_INFO, "content type attribute")
    if digest.expect(OCTETS).content != _digest(kind, info):
        raise unusable("nội dung đã bị thay đổi", "its content was changed")
    first = reference.expect(SEQUENCE).children()[0].expect(SEQUENCE).children()[0]
    parts = first.expect(SEQUENCE).children()
    if not 1 <= len(parts) <= _ESS_HASH_AND_ISSUER:
        raise MalformedDER("certificate reference")
    named: _Hash | None = hashes.SHA256
    if parts[0].tag == SEQUENCE:
        named = _HASHES.get(algorithm_oid(parts[0]))
        parts = parts[1:]
    if named is None or not parts or parts[0].expect(OCTETS).content != _digest(named, own):
        raise unusable("nêu chứng thư khác", "it names another certificate")


def _digest(kind: _Hash, data: bytes) -> bytes:
    digest = hashes.Hash(kind())
    digest.update(data)
    return digest.finalize()


def _check_signature(
    own: bytes, signature: bytes, message: bytes, *, family: str, kind: _Hash
) -> None:
    """Check the signature over the signed attributes."""
    key = x509.load_der_x509_certificate(own).public_key()
    try:
        if family == "ecdsa" and isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, message, ec.ECDSA(kind()))
        elif family == "rsa" and isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, message, padding.PKCS1v15(), kind())
        elif family == "pss" and isinstance(key, rsa.RSAPublicKey):
            scheme = padding.PSS(padding.MGF1(kind()), padding.PSS.AUTO)
            key.verify(signature, message, scheme, kind())
        else:
            raise unusable("thuật toán không hợp với khóa", "its algorithm does not fit its key")
    except InvalidSignature as error:
        raise unusable("chữ ký sai", "its signature is wrong") from error
