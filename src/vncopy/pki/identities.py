"""A key of the demonstration with its certificate and those above it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from vncopy.sign import LocalSigner, load_pem

__all__ = ["DemoIdentity", "KeyKind", "PrivateKey"]

KeyKind = Literal["p256", "rsa"]
"""Kinds of key of persons and seals; symbols are always signed with P-256."""
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
"""What signs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoIdentity:
    """A key with its certificate."""

    label: str
    """Name of its files, such as ``commune-1.seal.rsa``."""
    key: PrivateKey = field(repr=False)
    """The private key."""
    chain: tuple[bytes, ...] = field(repr=False)
    """Certificates (DER), its own first, the root last."""

    @property
    def certificate(self) -> bytes:
        """Its own certificate, DER."""
        return self.chain[0]

    @property
    def parsed(self) -> x509.Certificate:
        """Its own certificate."""
        return x509.load_der_x509_certificate(self.certificate)

    def key_pem(self, password: bytes | None = None) -> bytes:
        """Return the private key as PKCS#8 in PEM.

        Args:
            password: to encrypt it with; ``None``: it is not encrypted.
        """
        encryption = BestAvailableEncryption(password) if password else NoEncryption()
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)

    def chain_pem(self) -> bytes:
        """Return the certificates in PEM, its own first."""
        return b"".join(
            x509.load_der_x509_certificate(each).public_bytes(Encoding.PEM) for each in self.chain
        )

    def signer(self) -> LocalSigner:
        """Return a signer that holds the key."""
        return load_pem(self.key_pem(), self.chain_pem())
