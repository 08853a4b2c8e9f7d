"""A complete public key infrastructure for demonstrations and tests; never for real copies.

Two fictional communes and a land registration office of Hanoi, each with certificates for a
person, its seal and its symbols, a timestamping service, an issuing authority and a root; and the
trust folder that a verifier needs. Everything is a value; :func:`write_demo_pki` writes files.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from vncopy.formats.copies import CopyKind
from vncopy.formats.profile_parts import OfficeKind
from vncopy.sign import LocalSigner, load_pem
from vncopy.trust import (
    CertificateEntry,
    OfficeEntry,
    OfficeName,
    Role,
    Scope,
    TrustAnchor,
    TrustStore,
)
from vncopy.trust_folder.offices import offices_to_json

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DEMO_START", "DemoIdentity", "DemoOffice", "DemoPki", "make_demo_pki", "write_demo_pki"]

KeyKind = Literal["p256", "rsa"]
"""Kinds of key of persons and seals; symbols are always signed with P-256."""
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

DEMO_START: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Start of all validity periods unless the caller says otherwise: the samples are of 2026."""
ROOT_YEARS: Final = 25
"""Validity of root and issuing authority."""
LEAF_YEARS: Final = 5
"""Validity of offices' certificates."""
RSA_BITS: Final = 2048
"""Length of the RSA variants: the shortest permitted, the most common in Vietnam."""
DOCUMENT_SIGNING: Final = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
"""id-kp-documentSigning, RFC 9336."""

_CIVIL_STATUS: Final = frozenset({"vn.birth/1", "vn.marriage/1", "vn.death/1"})
_LAND: Final = frozenset({"vn.land/1"})
_EXAMPLES: Final = frozenset({"org.example.residence/1"})
_OWN_KINDS: Final = frozenset(
    {
        CopyKind.REGISTER_COPY.value,
        CopyKind.DIGITISED_RESULT.value,
        CopyKind.ELECTRONIC_ORIGINAL.value,
    }
)
_COMMUNE_SCOPES: Final = (
    Scope(
        types=_CIVIL_STATUS,
        kinds=_OWN_KINDS | {CopyKind.REGISTER_EXTRACT_COPY.value},
    ),
    Scope(
        types=_CIVIL_STATUS | _LAND | _EXAMPLES,
        kinds=frozenset({CopyKind.CERTIFIED_COPY.value, CopyKind.OFFICE_COPY.value}),
    ),
    Scope(types=_EXAMPLES, kinds=_OWN_KINDS),
)
_LAND_SCOPES: Final = (Scope(types=_LAND, kinds=_OWN_KINDS | {CopyKind.OFFICE_COPY.value}),)


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfficePlan:
    """What is known of a demo office before it has keys."""

    label: str
    code: str
    names: tuple[str, ...]
    kind: OfficeKind
    ward: str | None
    person: str
    registers: frozenset[str] = frozenset()
    scopes: tuple[Scope, ...] = _COMMUNE_SCOPES


_PLANS: Final = (
    _OfficePlan(
        label="commune-1",
        code="H26.901",
        names=(
            "Ủy ban nhân dân phường Hoàn Kiếm",
            "Ủy ban nhân dân phường Hoàn Kiếm, thành phố Hà Nội",
        ),
        kind=OfficeKind.COMMUNE_COMMITTEE,
        ward="00070",
        person="Nguyễn Văn Mẫu",
    ),
    _OfficePlan(
        label="commune-2",
        code="H26.902",
        names=(
            "Ủy ban nhân dân xã Sóc Sơn",
            "Ủy ban nhân dân xã Sóc Sơn, thành phố Hà Nội",
        ),
        kind=OfficeKind.COMMUNE_COMMITTEE,
        ward="00376",
        person="Trần Thị Thử",
    ),
    _OfficePlan(
        label="land-office",
        code="H26.903",
        names=("Văn phòng đăng ký đất đai Hà Nội",),
        kind=OfficeKind.LAND_OFFICE,
        ward=None,
        person="Lê Minh Ví Dụ",
        registers=frozenset({"vn.land"}),
        scopes=_LAND_SCOPES,
    ),
)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOffice:
    """An office with its keys."""

    entry: OfficeEntry
    """How the trust folder names it."""
    qr: DemoIdentity
    """The key of its symbols, P-256."""
    persons: dict[KeyKind, DemoIdentity]
    """A person who may sign, one per kind of key."""
    seals: dict[KeyKind, DemoIdentity]
    """The seal, one per kind of key."""

    @property
    def name(self) -> str:
        """Its name."""
        return self.entry.names[0].name


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPki:
    """All keys and certificates of the demonstration."""

    root: DemoIdentity
    """The root."""
    issuing: DemoIdentity
    """The issuing authority below it."""
    tsa: DemoIdentity
    """The timestamping service, for later levels of signature."""
    offices: tuple[DemoOffice, ...]
    """Two communes and a land registration office."""
    trust: TrustStore
    """What a verifier trusts."""

    def office(self, agency_code: str) -> DemoOffice:
        """Return the office with that agency id.

        Raises:
            KeyError: there is none.
        """
        for office in self.offices:
            if office.entry.agency_code == agency_code:
                return office
        raise KeyError(agency_code)


def make_demo_pki(
    *,
    seed: bytes | None = None,
    start: datetime = DEMO_START,
    kinds: tuple[KeyKind, ...] = ("p256", "rsa"),
) -> DemoPki:
    """Return a new infrastructure.

    Args:
        seed: derives every P-256 key, serial number and signature, so that the same seed gives
            the same certificates; RSA keys are always random. ``None``: everything is random.
        start: aware time at which everything becomes valid.
        kinds: kinds of key of persons and seals; RSA keys take a tenth of a second each.
    """
    maker = _Maker(seed=seed, start=start)
    root = maker.authority("root", "Vncopy Demo Root CA", None, path_length=1)
    issuing = maker.authority("issuing", "Vncopy Demo Issuing CA", root, path_length=0)
    offices = tuple(_office(maker, plan, issuing, kinds) for plan in _PLANS)
    tsa = maker.leaf("tsa", "Vncopy Demo Timestamps", issuing, role=Role.TSA, kind="p256")
    tsa_entry = OfficeEntry(
        agency_code="G99.900",
        names=(OfficeName(name="Dịch vụ cấp dấu thời gian minh họa", since=start.date()),),
        kind=OfficeKind.OTHER.value,
        certificates=(_entry(tsa, Role.TSA, start, ()),),
    )
    trust = TrustStore(
        anchors=(TrustAnchor(name="demo-root", certificate=root.certificate),),
        intermediates=(issuing.certificate,),
        offices=(*(each.entry for each in offices), tsa_entry),
    )
    return DemoPki(root=root, issuing=issuing, tsa=tsa, offices=offices, trust=trust)


def _office(
    maker: _Maker, plan: _OfficePlan, issuing: DemoIdentity, kinds: tuple[KeyKind, ...]
) -> DemoOffice:
    """Return one office with its keys and its entry in the trust folder."""
    name = plan.names[0]
    persons: dict[KeyKind, DemoIdentity] = {}
    seals: dict[KeyKind, DemoIdentity] = {}
    for kind in kinds:
        persons[kind] = maker.leaf(
            f"{plan.label}.person.{kind}", plan.person, issuing, kind=kind, office=name
        )
        seals[kind] = maker.leaf(f"{plan.label}.seal.{kind}", name, issuing, kind=kind)
    qr = maker.leaf(f"{plan.label}.qr", f"{name} - QR", issuing, kind="p256", role=Role.QR)
    start = maker.start
    certificates = (
        *(_entry(each, Role.PERSON, start, plan.scopes) for each in persons.values()),
        *(_entry(each, Role.SEAL, start, plan.scopes) for each in seals.values()),
        _entry(qr, Role.QR, start, plan.scopes),
    )
    entry = OfficeEntry(
        agency_code=plan.code,
        names=tuple(OfficeName(name=each, since=date(2025, 7, 1)) for each in plan.names),
        kind=plan.kind.value,
        registers=plan.registers,
        province_code="01",
        ward_code=plan.ward,
        certificates=certificates,
    )
    return DemoOffice(entry=entry, qr=qr, persons=persons, seals=seals)


def _entry(
    identity: DemoIdentity, role: Role, start: datetime, scopes: tuple[Scope, ...]
) -> CertificateEntry:
    return CertificateEntry(
        certificate=identity.certificate, role=role, signs_from=start, scopes=scopes
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """Makes keys and certificates, from a seed or at random."""

    seed: bytes | None
    start: datetime

    def authority(
        self, label: str, name: str, issuer: DemoIdentity | None, *, path_length: int
    ) -> DemoIdentity:
        """Return an authority below ``issuer``, or a root."""
        key = self._key(label, "p256")
        subject = _name(name)
        usage = _usage(authority=True)
        extensions = [
            (x509.BasicConstraints(ca=True, path_length=path_length), True),
            (usage, True),
        ]
        return self._issue(
            label, key, subject, issuer=issuer, extensions=extensions, years=ROOT_YEARS
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
    ) -> DemoIdentity:
        """Return an office's, a person's or a service's certificate below ``issuer``."""
        is_tsa = role is Role.TSA
        purpose = ExtendedKeyUsageOID.TIME_STAMPING if is_tsa else DOCUMENT_SIGNING
        extensions = [
            (x509.BasicConstraints(ca=False, path_length=None), True),
            (_usage(authority=False), True),
            (x509.ExtendedKeyUsage([purpose]), is_tsa),
        ]
        key = self._key(label, kind)
        return self._issue(
            label,
            key,
            _name(name, office),
            issuer=issuer,
            extensions=extensions,
            years=LEAF_YEARS,
        )

    def _issue(
        self,
        label: str,
        key: PrivateKey,
        subject: x509.Name,
        *,
        issuer: DemoIdentity | None,
        extensions: list[tuple[x509.ExtensionType, bool]],
        years: int,
    ) -> DemoIdentity:
        signing_key = key if issuer is None else issuer.key
        authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key())
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject if issuer is None else _subject_of(issuer))
            .public_key(key.public_key())
            .serial_number(self._serial(label))
            .not_valid_before(self.start)
            .not_valid_after(self.start + timedelta(days=365 * years))
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
            .add_extension(authority, critical=False)
        )
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical=critical)
        deterministic = True if self.seed is not None else None
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


def _name(common_name: str, organisation: str | None = None) -> x509.Name:
    attributes = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    if organisation is not None:
        attributes.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name([*attributes, x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _subject_of(identity: DemoIdentity) -> x509.Name:
    return x509.load_der_x509_certificate(identity.certificate).subject


def write_demo_pki(pki: DemoPki, folder: Path) -> None:
    """Write ``folder/pki`` (keys and chains) and ``folder/trust`` (what a verifier needs).

    Args:
        pki: the values.
        folder: an existing or new folder; files of the same names are replaced.
    """
    keys = folder / "pki"
    keys.mkdir(parents=True, exist_ok=True)
    for identity in _identities(pki):
        _write(keys / f"{identity.label}.key.pem", identity.key_pem(), private=True)
        _write(keys / f"{identity.label}.chain.pem", identity.chain_pem())
    trust = folder / "trust"
    for name, certificates in (
        ("anchors", {each.name: each.certificate for each in pki.trust.anchors}),
        ("intermediates", {"issuing": pki.issuing.certificate}),
    ):
        (trust / name).mkdir(parents=True, exist_ok=True)
        for stem, der in certificates.items():
            pem = x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)
            _write(trust / name / f"{stem}.pem", pem)
    _write(trust / "offices.json", offices_to_json(pki.trust.offices))


def _identities(pki: DemoPki) -> tuple[DemoIdentity, ...]:
    offices = (
        identity
        for office in pki.offices
        for identity in (office.qr, *office.persons.values(), *office.seals.values())
    )
    return (pki.root, pki.issuing, pki.tsa, *offices)


def _write(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write beside the target and rename: whole or not at all.

    Args:
        path: the target.
        data: the bytes.
        private: only the owner may read it, where the system knows owners.
    """
    beside = path.with_name(f".{path.name}.part")
    beside.unlink(missing_ok=True)
    beside.touch(mode=0o600 if private else 0o644)
    beside.write_bytes(data)
    beside.replace(path)
