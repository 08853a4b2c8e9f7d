"""Makes the keys and certificates of a demonstration, from a seed or at random.

Certificates say where their issuer publishes itself and what it revoked, as real ones do. The
addresses lie below ``pki.example.vn``: ``example`` names are for documentation, and nothing here
or in the tests ever asks the network for one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from vncopy.pki.identities import DemoIdentity, KeyKind, PrivateKey
from vncopy.trust import Role

__all__ = ["ADDRESS", "DEMO_START", "LEAF_YEARS", "ROOT_YEARS", "Maker"]

DEMO_START: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Start of all validity periods unless the caller says otherwise: the samples are of 2026."""
ROOT_YEARS: Final = 25
"""Validity of root and issuing authority."""
LEAF_YEARS: Final = 5
"""Validity of offices' certificates."""
RSA_BITS: Final = 2048
"""Length of the RSA variants: the shortest permitted, the most common in Vietnam."""
ADDRESS: Final = "http://pki.example.vn"
"""Where the authorities say that they publish. Plain HTTP, as for all CRLs and OCSP services:
what is fetched is signed, and TLS would need the very evidence that is being fetched."""
DOCUMENT_SIGNING: Final = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
"""id-kp-documentSigning, RFC 9336."""

_Extensions = tuple[tuple[x509.ExtensionType, bool], ...]
"""Extensions of a certificate, each with whether it is critical."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Makes keys and certificates, from a seed or at random."""

    seed: bytes | None
    """Derives every P-256 key and serial number from labels; ``None``: they are random."""
    start: datetime
    """When certificates become valid unless said otherwise."""

    def authority(
        self,
        label: str,
        name: str,
        issuer: DemoIdentity | None,
        *,
        path_length: int,
        kind: KeyKind = "p256",
        start: datetime | None = None,
        years: int = ROOT_YEARS,
    ) -> DemoIdentity:
        """Return an authority below ``issuer``, or a root.

        Args:
            label: names its key, files and addresses; unique.
            name: common name.
            issuer: the authority above; ``None``: it signs itself.
            path_length: authorities that may follow below it.
            kind: kind of its key.
            start: aware time at which it becomes valid.
            years: of 365 days; length of its validity.
        """
        extensions = (
            (x509.BasicConstraints(ca=True, path_length=path_length), True),
            (_usage(authority=True), True),
            *_addresses(issuer, ocsp=False),
        )
        key = self._key(label, kind)
        return self._issue(
            label,
            key,
            _name(name),
            issuer=issuer,
            extensions=extensions,
            start=start or self.start,
            years=years,
        )

    def leaf(
        self,
        label: str,
        name: str,
        issuer: DemoIdentity,
        *,
        kind: KeyKind,
        role: Role = Role.SEAL,
        office: str | None = None,
        start: datetime | None = None,
        years: int = LEAF_YEARS,
    ) -> DemoIdentity:
        """Return an office's, a person's or a service's certificate below ``issuer``.

        Args:
            label: names its key and files; unique.
            name: common name.
            issuer: the authority above.
            kind: kind of its key.
            role: what it is for.
            office: the office that a person serves.
            start: aware time at which it becomes valid.
            years: of 365 days; length of its validity.
        """
        is_tsa = role is Role.TSA
        purpose = ExtendedKeyUsageOID.TIME_STAMPING if is_tsa else DOCUMENT_SIGNING
        extensions = (
            (x509.BasicConstraints(ca=False, path_length=None), True),
            (_usage(authority=False), True),
            (x509.ExtendedKeyUsage([purpose]), is_tsa),
            *_addresses(issuer, ocsp=True),
        )
        key = self._key(label, kind)
        subject = _name(name, office)
        return self._issue(
            label,
            key,
            subject,
            issuer=issuer,
            extensions=extensions,
            start=start or self.start,
            years=years,
        )

    def responder(
        self,
        label: str,
        name: str,
        issuer: DemoIdentity,
        *,
        kind: KeyKind = "p256",
        start: datetime | None = None,
        years: int = LEAF_YEARS,
    ) -> DemoIdentity:
        """Return the service that answers OCSP requests about what ``issuer`` issued.

        Its certificate says that its own revocation is not to be asked for (``nocheck``, RFC 6960
        §4.2.2.2.1).

        Args:
            label: names its key and files; unique.
            name: common name.
            issuer: the authority for which it answers.
            kind: kind of its key.
            start: aware time at which it becomes valid.
            years: of 365 days; length of its validity.
        """
        extensions = (
            (x509.BasicConstraints(ca=False, path_length=None), True),
            (_usage(authority=False), True),
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), False),
            (x509.OCSPNoCheck(), False),
        )
        key = self._key(label, kind)
        return self._issue(
            label,
            key,
            _name(name),
            issuer=issuer,
            extensions=extensions,
            start=start or self.start,
            years=years,
        )

    def _issue(
        self,
        label: str,
        key: PrivateKey,
        subject: x509.Name,
        *,
        issuer: DemoIdentity | None,
        extensions: _Extensions,
        start: datetime,
        years: int,
    ) -> DemoIdentity:
        signing_key = key if issuer is None else issuer.key
        authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key())
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject if issuer is None else issuer.parsed.subject)
            .public_key(key.public_key())
            .serial_number(self._serial(label))
            .not_valid_before(start)
            .not_valid_after(start + timedelta(days=365 * years))
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
            .add_extension(authority, critical=False)
        )
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical=critical)
        is_curve = isinstance(signing_key, ec.EllipticCurvePrivateKey)
        deterministic = True if self.seed is not None and is_curve else None
        certificate = builder.sign(
            signing_key, hashes.SHA256(), ecdsa_deterministic=deterministic
        ).public_bytes(Encoding.DER)
        above = () if issuer is None else issuer.chain
        return DemoIdentity(label=label, key=key, chain=(certificate, *above))

    def _key(self, label: str, kind: KeyKind) -> PrivateKey:
        if kind == "rsa":
            return rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
        if self.seed is None:
            return ec.generate_private_key(ec.SECP256R1())
        # 48 bytes reduced by an order of 32: no visible bias (FIPS 186-5 A.2.1).
        number = int.from_bytes(self._derive(label, "key", 48))
        return ec.derive_private_key(number % (_P256_ORDER - 1) + 1, ec.SECP256R1())

    def _serial(self, label: str) -> int:
        if self.seed is None:
            return x509.random_serial_number()
        return int.from_bytes(self._derive(label, "serial", 16)) >> 1 | 1

    def _derive(self, label: str, use: str, size: int) -> bytes:
        seed = self.seed or b""
        return hashlib.shake_256(b"\0".join((seed, label.encode(), use.encode()))).digest(size)


_P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _addresses(issuer: DemoIdentity | None, *, ocsp: bool) -> _Extensions:
    """Return where ``issuer`` publishes; a root, which signs itself, names no place."""
    if issuer is None:
        return ()
    services = [(AuthorityInformationAccessOID.CA_ISSUERS, f"{ADDRESS}/ca/{issuer.label}.cer")]
    if ocsp:
        services.append((AuthorityInformationAccessOID.OCSP, f"{ADDRESS}/ocsp/{issuer.label}"))
    access = x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(method, x509.UniformResourceIdentifier(place))
            for method, place in services
        ]
    )
    list_place = x509.UniformResourceIdentifier(f"{ADDRESS}/crl/{issuer.label}.crl")
    point = x509.DistributionPoint(
        full_name=[list_place], relative_name=None, reasons=None, crl_issuer=None
    )
    return ((access, False), (x509.CRLDistributionPoints([point]), False))


def _name(common_name: str, organisation: str | None = None) -> x509.Name:
    attributes = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    if organisation is not None:
        attributes.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name([*attributes, x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
