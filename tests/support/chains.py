"""Certificates made to measure, right and wrong in one respect each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from support.der import content, oid, parts, tlv
from vncopy.trust import TrustAnchor, TrustStore

NOW = datetime(2026, 6, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")


@cache
def key(label: str, kind: str = "p256") -> Any:
    """Return the key of a label, the same one for the whole run."""
    curves: dict[str, ec.EllipticCurve] = {
        "p192": ec.SECP192R1(),
        "p224": ec.SECP224R1(),
        "p256": ec.SECP256R1(),
        "p384": ec.SECP384R1(),
        "p521": ec.SECP521R1(),
        "k1": ec.SECP256K1(),
        "brainpool": ec.BrainpoolP256R1(),
    }
    if kind in curves:
        number = int.from_bytes(hashlib.sha256(f"{label}/{kind}".encode()).digest())
        number >>= 1 + max(0, 256 - curves[kind].key_size)
        return ec.derive_private_key(number + 1, curves[kind])
    if kind == "ed25519":
        seed = hashlib.sha256(label.encode()).digest()
        return ed25519.Ed25519PrivateKey.from_private_bytes(seed)
    if kind == "dsa":
        return dsa.generate_private_key(2048)
    return rsa.generate_private_key(public_exponent=65537, key_size=int(kind.removeprefix("rsa")))


def name(common: str, unit: str | None = None, mail: str | None = None) -> x509.Name:
    """Return the name C=VN, OU, CN, E."""
    attributes = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    if unit:
        attributes.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit))
    attributes.append(x509.NameAttribute(NameOID.COMMON_NAME, common))
    if mail:
        attributes.append(x509.NameAttribute(NameOID.EMAIL_ADDRESS, mail))
    return x509.Name(attributes)


def usage(**true: bool) -> x509.KeyUsage:
    """Return a key usage with the named bits."""
    return x509.KeyUsage(
        digital_signature=true.get("digital_signature", False),
        content_commitment=true.get("content_commitment", False),
        key_encipherment=true.get("key_encipherment", False),
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=true.get("key_cert_sign", False),
        crl_sign=true.get("crl_sign", False),
        encipher_only=False,
        decipher_only=False,
    )


CA_USAGE = usage(key_cert_sign=True, crl_sign=True)
LEAF_USAGE = usage(digital_signature=True, content_commitment=True)


@dataclass(frozen=True, kw_only=True)
class Made:
    """A certificate with its key."""

    key: Any
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a certificate is to be; the defaults are those of a good issuing authority."""

    subject: x509.Name
    label: str
    kind: str = "p256"
    start: datetime = NOW - YEAR
    end: datetime = NOW + 5 * YEAR
    basic: x509.BasicConstraints | None = field(
        default_factory=lambda: x509.BasicConstraints(ca=True, path_length=None)
    )
    usage: x509.KeyUsage | None = CA_USAGE
    extended: x509.ExtendedKeyUsage | None = None
    extended_critical: bool = False
    more: tuple[tuple[x509.ExtensionType, bool], ...] = ()
    hash: hashes.HashAlgorithm | None = field(default_factory=hashes.SHA256)
    authority_key: bool = True
    issuer_name: x509.Name | None = None
    pss: bool = False
    basic_critical: bool = True
    serial: int | None = None
    subject_key: bool = True

    def make(self, issuer: Made | None = None, *, signed_by: Any = None) -> Made:
        """Return the certificate, issued by ``issuer`` or by itself."""
        own = key(self.label, self.kind)
        signing = signed_by or (own if issuer is None else issuer.key)
        above = self.subject if issuer is None else issuer.certificate.subject
        builder = (
            x509.CertificateBuilder()
            .subject_name(self.subject)
            .issuer_name(above if self.issuer_name is None else self.issuer_name)
            .public_key(own.public_key())
            .serial_number(
                self.serial or int.from_bytes(hashlib.sha256(self.label.encode()).digest()[:8]) | 1
            )
            .not_valid_before(self.start)
            .not_valid_after(self.end)
        )
        if self.subject_key:
            builder = builder.add_extension(
                x509.SubjectKeyIdentifier.from_public_key(own.public_key()), False
            )
        if self.authority_key:
            public = (own if issuer is None else issuer.key).public_key()
            builder = builder.add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(public), False
            )
        for extension, critical in (
            (self.basic, self.basic_critical),
            (self.usage, True),
            (self.extended, self.extended_critical),
            *self.more,
        ):
            if extension is not None:
                builder = builder.add_extension(extension, critical)
        digest = None if isinstance(signing, ed25519.Ed25519PrivateKey) else self.hash
        rsa_padding = (
            padding.PSS(mgf=padding.MGF1(self.hash), salt_length=32)
            if self.pss and self.hash
            else None
        )
        # The same plan gives the same bytes, so that mutations can be repeated.
        deterministic = True if isinstance(signing, ec.EllipticCurvePrivateKey) else None
        certificate = builder.sign(
            signing, digest, rsa_padding=rsa_padding, ecdsa_deterministic=deterministic
        )
        return Made(key=own, certificate=certificate)


def root(**changes: Any) -> Made:
    """Return a root authority."""
    return Plan(**{"subject": name("Root"), "label": "root", **changes}).make()


def authority(issuer: Made, **changes: Any) -> Made:
    """Return an issuing authority."""
    signed_by = changes.pop("signed_by", None)
    plan = Plan(**{"subject": name("Issuing"), "label": "issuing", **changes})
    return plan.make(issuer, signed_by=signed_by)


def leaf(issuer: Made, **changes: Any) -> Made:
    """Return a signer's certificate."""
    signed_by = changes.pop("signed_by", None)
    plan = Plan(
        **{
            "subject": name("Office"),
            "label": "leaf",
            "basic": x509.BasicConstraints(ca=False, path_length=None),
            "usage": LEAF_USAGE,
            **changes,
        }
    )
    return plan.make(issuer, signed_by=signed_by)


def tsa(issuer: Made, **changes: Any) -> Made:
    """Return a timestamping certificate."""
    return leaf(
        issuer,
        **{
            "label": "tsa",
            "extended": x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]),
            "extended_critical": True,
            **changes,
        },
    )


def rebuilt(
    made: Made,
    issuer: Made,
    edit: Callable[[list[bytes]], list[bytes]],
    *,
    digest: hashes.HashAlgorithm | None = None,
    scheme: str | None = None,
    outer: str | None = None,
) -> bytes:
    """Return a certificate (DER) of which parts were changed before it was signed again.

    Args:
        made: the certificate.
        issuer: who signs, with an elliptic key or RSA (PKCS #1 v1.5).
        edit: gets version, serial number, algorithm, issuer, validity, subject, key, extensions,
            each with its tag, and returns what shall stand there.
        digest: of the signature.
        scheme: identifier of the algorithm inside; otherwise the old one.
        outer: identifier of the algorithm outside; otherwise the one inside.
    """
    old = parts(content(made.certificate.tbs_certificate_bytes))
    if scheme is not None:
        old[2] = tlv(0x30, oid(scheme), b"" if "10045" in scheme else b"\x05\x00")
    inside = old[2]
    tbs = tlv(0x30, *edit(old))
    digest = digest or hashes.SHA256()
    if isinstance(issuer.key, rsa.RSAPrivateKey):
        signature = issuer.key.sign(tbs, padding.PKCS1v15(), digest)
    else:
        signature = issuer.key.sign(tbs, ec.ECDSA(digest, deterministic_signing=True))
    outside = inside if outer is None else tlv(0x30, oid(outer))
    return tlv(0x30, tbs, outside, tlv(0x03, b"\0" + signature))


def store(*anchors: Made, intermediates: tuple[Made, ...] = ()) -> TrustStore:
    """Return a trust store of anchors and intermediates alone."""
    return TrustStore(
        anchors=tuple(
            TrustAnchor(name=f"anchor-{number}", certificate=each.der)
            for number, each in enumerate(anchors)
        ),
        intermediates=tuple(each.der for each in intermediates),
    )
