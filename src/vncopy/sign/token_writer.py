"""Timestamp tokens (RFC 3161, RFC 5816), written with a key at hand."""

from __future__ import annotations

import hashlib
from datetime import UTC
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from vncopy.sign.der import (
    CONTEXT_0,
    GENERALIZED_TIME,
    INTEGER,
    OCTETS,
    SEQUENCE,
    SET,
    der,
    der_integer,
    der_oid,
    parse,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

__all__ = [
    "CONTENT_TYPE",
    "MESSAGE_DIGEST",
    "SHA256_IDENTIFIER",
    "SHA256_OID",
    "SIGNED_DATA",
    "SIGNING_CERTIFICATE_V2",
    "TST_INFO",
    "issuer_and_serial",
    "make_token",
]

ACCURACY_SECONDS: Final = 1
"""Accuracy that a local token states: its time is cut to whole seconds."""

SIGNED_DATA: Final = der_oid("1.2.840.113549.1.7.2")
TST_INFO: Final = der_oid("1.2.840.113549.1.9.16.1.4")
CONTENT_TYPE: Final = der_oid("1.2.840.113549.1.9.3")
MESSAGE_DIGEST: Final = der_oid("1.2.840.113549.1.9.4")
SIGNING_CERTIFICATE_V2: Final = der_oid("1.2.840.113549.1.9.16.2.47")
_NULL: Final = bytes.fromhex("0500")
SHA256_OID: Final = der_oid("2.16.840.1.101.3.4.2.1")
SHA256_IDENTIFIER: Final = der(SEQUENCE, SHA256_OID)
"""AlgorithmIdentifier of SHA-256, without parameters (RFC 5754 §2)."""
_RSA_WITH_SHA256: Final = der(SEQUENCE, der_oid("1.2.840.113549.1.1.11"), _NULL)
_ECDSA_WITH_SHA256: Final = der(SEQUENCE, der_oid("1.2.840.10045.4.3.2"))


def make_token(
    digest: bytes,
    *,
    chain: Sequence[bytes],
    sign: Callable[[bytes], bytes],
    time: datetime,
    serial: int,
    policy: str,
) -> bytes:
    """Return a token.

    Args:
        digest: SHA-256 of what is stamped.
        chain: certificates in DER, the authority's own first; they are embedded.
        sign: returns the signature, with SHA-256 and as CMS wants it, of a message.
        time: aware; cut to whole seconds.
        serial: number of the token, unique for the authority.
        policy: object identifier, with dots, of the policy under which it is issued.

    Returns:
        TimeStampToken (CMS ContentInfo) in DER; the same arguments give the same bytes as far as
        ``sign`` does.
    """
    info = der(
        SEQUENCE,
        der_integer(1),
        der_oid(policy),
        der(SEQUENCE, SHA256_IDENTIFIER, der(OCTETS, digest)),
        der_integer(serial),
        der(GENERALIZED_TIME, time.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode()),
        der(SEQUENCE, der_integer(ACCURACY_SECONDS)),
    )
    content = der(
        SEQUENCE,
        der_integer(3),  # RFC 5652 §5.1: the content is not id-data
        der(SET, SHA256_IDENTIFIER),
        der(SEQUENCE, TST_INFO, der(CONTEXT_0, der(OCTETS, info))),
        der(CONTEXT_0, *sorted(chain)),
        der(SET, _signer_info(info, chain[0], sign)),
    )
    return der(SEQUENCE, SIGNED_DATA, der(CONTEXT_0, content))


def _signer_info(info: bytes, certificate: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """Return the SignerInfo over a TSTInfo, with the attributes that RFC 5816 wants."""
    serial_number, issuer = issuer_and_serial(certificate)
    issuer_serial = der(SEQUENCE, der(SEQUENCE, der(0xA4, issuer)), serial_number)
    # RFC 5035: an ESSCertIDv2 whose hash is SHA-256 leaves its algorithm out.
    reference = der(SEQUENCE, der(OCTETS, hashlib.sha256(certificate).digest()), issuer_serial)
    attributes = b"".join(
        sorted(
            (
                _attribute(CONTENT_TYPE, TST_INFO),
                _attribute(MESSAGE_DIGEST, der(OCTETS, hashlib.sha256(info).digest())),
                _attribute(SIGNING_CERTIFICATE_V2, der(SEQUENCE, der(SEQUENCE, reference))),
            )
        )
    )
    key = x509.load_der_x509_certificate(certificate).public_key()
    return der(
        SEQUENCE,
        der_integer(1),
        der(SEQUENCE, issuer, serial_number),
        SHA256_IDENTIFIER,
        der(CONTEXT_0, attributes),
        _RSA_WITH_SHA256 if isinstance(key, rsa.RSAPublicKey) else _ECDSA_WITH_SHA256,
        der(OCTETS, sign(der(SET, attributes))),
    )


def _attribute(kind: bytes, value: bytes) -> bytes:
    return der(SEQUENCE, kind, der(SET, value))


def issuer_and_serial(certificate: bytes) -> tuple[bytes, bytes]:
    """Return serial number and issuer of a certificate (DER), each as it is written there.

    Raises:
        MalformedDER: it is not DER.
    """
    tbs = parse(certificate, SEQUENCE).children()[0].expect(SEQUENCE).children()
    first = 1 if tbs[0].tag == CONTEXT_0 else 0  # version
    return tbs[first].expect(INTEGER).raw, tbs[first + 2].expect(SEQUENCE).raw
