"""PAdES baseline B-B and B-T: one signature into one prepared field, in a revision of its own.

The CMS structure (RFC 5652, ETSI EN 319 122-1 and 319 142-1) has exactly the attributes that the
baseline demands and is written here as DER: content type, message digest and the signing
certificate; the time stands in the signature dictionary's /M. Only what is signed leaves the
process, so a token or a remote service signs the same bytes as a key in a file.

At B-T a timestamp of the signature's value (RFC 3161 Appendix A) is the one unsigned attribute. Its
room has to be reserved before it exists, because the signed byte range ends where the room ends.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from vncopy.errors import MissingExtra
from vncopy.pdf.appended import DIGEST, fill_field
from vncopy.pdf.byte_ranges import signed_spans

try:
    from asn1crypto import x509 as asn1_x509
    from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers.cms_embedder import SigMDPSetup
    from pyhanko.sign.signers.pdf_byterange import SignatureObject
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from vncopy.pdf.appended import TokenSource

__all__ = ["is_signed_page", "seal_field", "signed_data"]

MAX_ECDSA_DER: Final = 72
"""Bytes of the longest DER of a P-256 signature; shorter ones leave zeros behind the CMS."""

_SEQUENCE, _SET, _OCTETS = 0x30, 0x31, 0x04
_CONTEXT_0: Final = 0xA0
_CONTEXT_1: Final = 0xA1
_DATA: Final = bytes.fromhex("06092a864886f70d010701")
_SIGNED_DATA: Final = bytes.fromhex("06092a864886f70d010702")
_CONTENT_TYPE: Final = bytes.fromhex("06092a864886f70d010903")
_MESSAGE_DIGEST: Final = bytes.fromhex("06092a864886f70d010904")
_SIGNING_CERTIFICATE_V2: Final = bytes.fromhex("060b2a864886f70d010910022f")
_SIGNATURE_TIMESTAMP: Final = bytes.fromhex("060b2a864886f70d010910020e")
_SHA256: Final = bytes.fromhex("300b0609608648016503040201")
_RSA_WITH_SHA256: Final = bytes.fromhex("300d06092a864886f70d01010b0500")
_ECDSA_WITH_SHA256: Final = bytes.fromhex("300a06082a8648ce3d040302")
_VERSION_1: Final = bytes.fromhex("020101")


def seal_field(
    pdf: bytes,
    *,
    field: str,
    chain: Sequence[bytes],
    sign: Callable[[bytes], bytes],
    locks: Sequence[str],
    certify: bool,
    at: datetime,
    timestamp: TokenSource | None = None,
) -> bytes:
    """Sign a prepared field.

    Args:
        pdf: the file; its fields exist.
        field: name of the field.
        chain: certificates in DER, the signer's own first; they are embedded.
        sign: returns the signature of a message in the form of CMS (DER for ECDSA), SHA-256.
        locks: fields that may not change from now on.
        certify: whether this is the certifying signature (DocMDP, form filling allowed), which
            only the first may be.
        at: the claimed time of signing, aware, whole seconds.
        timestamp: gives the timestamp of the signature (B-T); ``None``: B-B.

    Returns:
        The file with one more revision.

    Raises:
        SigningError: ``sign`` or ``timestamp`` failed, or the file has no such empty field.
    """
    lock = FieldMDPSpec(FieldMDPAction.INCLUDE, list(locks))
    setup = SigMDPSetup(
        md_algorithm=DIGEST,
        certify=certify,
        field_lock=lock,
        docmdp_perms=MDPPerm.FILL_FORMS if certify else None,
    )
    room = None if timestamp is None else bytes(timestamp.space)
    longest = signed_data(
        chain,
        bytes(hashlib.sha256().digest_size),
        _longest(chain[0]),
        None if room is None else lambda _: room,
    )
    placeholder = SignatureObject(
        timestamp=at, subfilter=SigSeedSubFilter.PADES, bytes_reserved=2 * len(longest)
    )
    token = None if timestamp is None else timestamp.token
    return fill_field(
        pdf,
        field=field,
        placeholder=placeholder,
        contents=lambda digest: signed_data(chain, digest, sign, token),
        mdp=setup,
    )


def is_signed_page(pdf: bytes, page: bytes) -> bool:
    """Tell whether ``pdf`` is ``page`` and one signature that covers all of it, and nothing more.

    Args:
        pdf: a file after the first signature.
        page: the file that was signed.
    """
    count, spans = signed_spans(pdf, most=2)
    return (
        pdf.startswith(page)
        and count == len(spans) == 1
        and spans[0].tight
        and len(page) < spans[0].head
        and spans[0].end == len(pdf)
    )


def signed_data(
    chain: Sequence[bytes],
    digest: bytes,
    sign: Callable[[bytes], bytes],
    token: Callable[[bytes], bytes] | None = None,
) -> bytes:
    """Return the CMS SignedData of PAdES B-B or B-T in DER.

    Args:
        chain: certificates in DER, the signer's own first.
        digest: SHA-256 of the signed byte range.
        sign: returns the signature, as CMS wants it, of the DER of the signed attributes.
        token: returns the timestamp token (DER) of the SHA-256 of that signature, for B-T.

    Returns:
        ContentInfo in DER.
    """
    tbs = asn1_x509.Certificate.load(chain[0])["tbs_certificate"]
    issuer: bytes = tbs["issuer"].dump()
    serial: bytes = tbs["serial_number"].dump()
    certificate_hash = hashlib.sha256(chain[0]).digest()
    issuer_serial = _der(_SEQUENCE, _der(_SEQUENCE, _der(0xA4, issuer)), serial)
    # RFC 5035: ESSCertIDv2 whose hash algorithm is the default, SHA-256, and therefore left out.
    reference = _der(
        _SEQUENCE,
        _der(_SEQUENCE, _der(_SEQUENCE, _der(_OCTETS, certificate_hash), issuer_serial)),
    )
    attributes = b"".join(
        sorted(
            (
                _der(_SEQUENCE, _CONTENT_TYPE, _der(_SET, _DATA)),
                _der(_SEQUENCE, _MESSAGE_DIGEST, _der(_SET, _der(_OCTETS, digest))),
                _der(_SEQUENCE, _SIGNING_CERTIFICATE_V2, _der(_SET, reference)),
            )
        )
    )
    signature = sign(_der(_SET, attributes))
    info = _der(
        _SEQUENCE,
        _VERSION_1,
        _der(_SEQUENCE, issuer, serial),
        _SHA256,
        _der(_CONTEXT_0, attributes),
        _algorithm(chain[0]),
        _der(_OCTETS, signature),
        _unsigned(signature, token),
    )
    content = _der(
        _SEQUENCE,
        _VERSION_1,
        _der(_SET, _SHA256),
        _der(_SEQUENCE, _DATA),
        _der(_CONTEXT_0, *sorted(chain)),
        _der(_SET, info),
    )
    return _der(_SEQUENCE, _SIGNED_DATA, _der(_CONTEXT_0, content))


def _unsigned(signature: bytes, token: Callable[[bytes], bytes] | None) -> bytes:
    """Return the unsigned attributes: the timestamp of the signature's value, or nothing."""
    if token is None:
        return b""
    stamped = token(hashlib.sha256(signature).digest())
    return _der(_CONTEXT_1, _der(_SEQUENCE, _SIGNATURE_TIMESTAMP, _der(_SET, stamped)))


def _is_rsa(certificate: bytes) -> bool:
    """Tell whether a certificate's key is RSA; otherwise it is P-256."""
    return isinstance(x509.load_der_x509_certificate(certificate).public_key(), rsa.RSAPublicKey)


def _algorithm(certificate: bytes) -> bytes:
    """Return the DER of the signature's AlgorithmIdentifier (RFC 4055, RFC 5754)."""
    return _RSA_WITH_SHA256 if _is_rsa(certificate) else _ECDSA_WITH_SHA256


def _longest(certificate: bytes) -> Callable[[bytes], bytes]:
    """Return a stand-in that gives the longest signature of a key, to measure the space needed."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    length = key.key_size // 8 if isinstance(key, rsa.RSAPublicKey) else MAX_ECDSA_DER
    return lambda _: bytes(length)


def _der(tag: int, *parts: bytes) -> bytes:
    """Return one DER value (X.690 §10.1: the shortest definite length)."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:  # noqa: PLR2004 - X.690 §8.1.3.4: short form
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(length))) + length + content
