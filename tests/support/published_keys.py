"""Keys of the test vectors. They are published: nothing that they sign is worth anything.

Private scalars are the SHA-256 of a sentence, signatures are deterministic (RFC 6979) and
certificates have fixed dates, so that everything made with them is the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_ES256 = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """A P-256 key with its self-signed certificate."""

    sentence: str
    """What the private scalar is the hash of."""
    private: ec.EllipticCurvePrivateKey
    certificate: bytes
    """DER."""

    @property
    def kid(self) -> bytes:
        """First 8 bytes of the SHA-256 of the certificate."""
        return sha256(self.certificate).digest()[:8]

    def sign(self, message: bytes) -> bytes:
        """Return r ‖ s, as it comes: s may lie in the upper half."""
        r, s = decode_dss_signature(self.private.sign(message, _ES256))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def published_key(sentence: str) -> PublishedKey:
    """Return the key of ``sentence``."""
    scalar = int.from_bytes(sha256(sentence.encode()).digest(), "big") % _ORDER
    private = ec.derive_private_key(scalar, ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, sentence)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2036, 1, 1, tzinfo=UTC))
    )
    signed = builder.sign(private, hashes.SHA256(), ecdsa_deterministic=True)
    return PublishedKey(sentence, private, signed.public_bytes(serialization.Encoding.DER))


VECTOR_KEY = published_key("vncopy published test key 1")
OTHER_KEY = published_key("vncopy published test key 2")
