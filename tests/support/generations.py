"""A public key infrastructure over thirty years: what is in force, known and published when.

Two roots of one authority overlap, four issuing authorities and four timestamping services follow
each other, a commune changes its keys and merges into another. A second authority with a service
of its own stands beside them, and has keys of the other kind. Everything is made when it is first
asked for, once per run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Final

from cryptography import x509

from vncopy.facts.evidence import StoredEvidence
from vncopy.formats.profile_parts import OfficeKind
from vncopy.pki.evidence import Revocation, make_crl, make_ocsp
from vncopy.pki.identities import DemoIdentity, KeyKind
from vncopy.pki.maker import Maker
from vncopy.pki.plans import COMMUNE_SCOPES, PLANS
from vncopy.sign import CopySigner
from vncopy.sign.timestamps import LocalTimestamper
from vncopy.trust import (
    CertificateEntry,
    KeyState,
    OfficeEntry,
    OfficeName,
    Role,
    TrustAnchor,
    TrustStore,
)

COMMUNE: Final = PLANS[0]
"""The office of the copies of 2026."""
SUCCESSOR: Final = "H26.904"
SUCCESSOR_NAME: Final = "Ủy ban nhân dân phường Hồ Gươm"
MERGER: Final = datetime(2031, 7, 1, tzinfo=UTC)
"""From this day on the commune is part of its successor."""


def day(year: int, month: int = 1, number: int = 1) -> datetime:
    """Return the first instant of a day, UTC."""
    return datetime(year, month, number, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A certificate to be made."""

    issuer: str | None
    start: datetime
    years: int
    name: str
    role: Role | None = None
    """``None``: an authority."""

    @property
    def end(self) -> datetime:
        """About when it expires; the exact time stands in the certificate."""
        return self.start.replace(year=self.start.year + self.years)


PLAN: Final[Mapping[str, Plan]] = {
    # Authorities: a root lives 25 years, an issuing authority 10.
    "root-1": Plan(issuer=None, start=day(2020), years=25, name="Example Root G1"),
    "root-2": Plan(issuer=None, start=day(2038), years=25, name="Example Root G2"),
    "root-b": Plan(issuer=None, start=day(2024), years=25, name="Other Example Root"),
    "ca-2024": Plan(issuer="root-1", start=day(2024), years=10, name="Example CA 2024"),
    "ca-2031": Plan(issuer="root-1", start=day(2031), years=10, name="Example CA 2031"),
    "ca-2039": Plan(issuer="root-2", start=day(2039), years=10, name="Example CA 2039"),
    "ca-2047": Plan(issuer="root-2", start=day(2047), years=10, name="Example CA 2047"),
    "ca-b": Plan(issuer="root-b", start=day(2024), years=20, name="Other Example CA"),
    # Timestamping services: 8 or 9 years, each begun before the one before it ends.
    "tsa-2025": Plan(issuer="ca-2024", start=day(2025), years=8, name="TSA 1", role=Role.TSA),
    "tsa-2032": Plan(issuer="ca-2031", start=day(2032), years=8, name="TSA 2", role=Role.TSA),
    "tsa-2039": Plan(issuer="ca-2039", start=day(2039), years=9, name="TSA 3", role=Role.TSA),
    "tsa-2047": Plan(issuer="ca-2047", start=day(2047, 7), years=9, name="TSA 4", role=Role.TSA),
    "tsa-b": Plan(issuer="ca-b", start=day(2026), years=10, name="Other TSA", role=Role.TSA),
    # The commune: keys of four years, changed after three and a half; its successor's.
    **{
        f"{role.value}-{year}": Plan(
            issuer=issuer, start=start, years=4, name=f"{name} {year}", role=role
        )
        for year, start, issuer in (
            (2026, day(2026), "ca-2024"),
            (2029, day(2029, 7), "ca-2024"),
            (2031, MERGER, "ca-2031"),
        )
        for role, name in (
            (Role.PERSON, COMMUNE.person),
            (Role.SEAL, "Seal"),
            (Role.QR, "Symbols"),
        )
    },
}
"""Everything that is ever made."""
AUTHORITIES: Final = tuple(label for label, plan in PLAN.items() if plan.role is None)
TSAS: Final = ("tsa-2025", "tsa-2032", "tsa-2039", "tsa-2047")
"""Services in the order in which they follow each other."""
BESIDE: Final = ("root-b", "ca-b", "tsa-b")
"""The second authority."""
OTHER: Final[Mapping[KeyKind, KeyKind]] = {"p256": "rsa", "rsa": "p256"}
KEYS_OF_2026: Final = ("person-2026", "seal-2026", "qr-2026")
KEYS_OF_2029: Final = ("person-2029", "seal-2029", "qr-2029")
KEYS_OF_2031: Final = ("person-2031", "seal-2031", "qr-2031")
RETIRED: Final = {label: day(2029, 10) for label in KEYS_OF_2026} | dict.fromkeys(
    KEYS_OF_2029, MERGER
)
"""When the office stopped signing with a key; it was planned only shortly before."""
TSA_OFFICE: Final = "G99.900"


@cache
def identity(label: str, kind: KeyKind = "p256") -> DemoIdentity:
    """Return the key and certificate of a label; symbols are always signed with P-256.

    Args:
        label: a key of :data:`PLAN`.
        kind: kind of all other keys but those of the second authority.
    """
    plan = PLAN[label]
    maker = Maker(seed=f"generations {kind}".encode(), start=plan.start)
    above = None if plan.issuer is None else identity(plan.issuer, kind)
    own = kind if label not in BESIDE else OTHER[kind]
    if plan.role is None or above is None:
        return maker.authority(
            label, plan.name, above, path_length=int(above is None), kind=own, years=plan.years
        )
    own = "p256" if plan.role is Role.QR else own
    return maker.leaf(label, plan.name, above, kind=own, role=plan.role, years=plan.years)


@cache
def responder(label: str, kind: KeyKind) -> DemoIdentity:
    """Return the OCSP service of an authority; it lives as long as its authority."""
    plan = PLAN[label]
    maker = Maker(seed=f"generations {kind}".encode(), start=plan.start)
    authority = identity(label, kind)
    return maker.responder(
        f"ocsp-{label}", f"{plan.name} OCSP", authority, kind=kind, years=plan.years
    )


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """What a trust folder says of a key, beyond that it exists."""

    state: KeyState
    since: datetime


@dataclass(frozen=True, kw_only=True)
class World:
    """Thirty years with one kind of key, and what went wrong in them."""

    kind: KeyKind = "p256"
    revocations: tuple[Revocation, ...] = ()

    def identity(self, label: str) -> DemoIdentity:
        """Return a key with its certificate."""
        return identity(label, self.kind)

    def signer(self, label: str) -> CopySigner:
        """Return a key that signs."""
        return self.identity(label).signer()

    def revoked(
        self,
        *labels: str,
        at: datetime,
        reason: x509.ReasonFlags = x509.ReasonFlags.unspecified,
        invalid_from: datetime | None = None,
    ) -> World:
        """Return the same where certificates were revoked."""
        new = tuple(
            Revocation(identity=self.identity(e), at=at, reason=reason, invalid_from=invalid_from)
            for e in labels
        )
        return replace(self, revocations=(*self.revocations, *new))

    def in_force(self, at: datetime) -> tuple[str, ...]:
        """Return the authorities whose certificates are valid at a time."""
        return tuple(
            label
            for label in AUTHORITIES
            if PLAN[label].start <= at <= self.identity(label).parsed.not_valid_after_utc
        )

    def tsa_at(self, at: datetime) -> str:
        """Return the newest of the services that follow each other."""
        return max((e for e in TSAS if PLAN[e].start <= at), key=TSAS.index)

    def timestamper(self, at: datetime, label: str | None = None) -> LocalTimestamper:
        """Return a timestamping service whose clock stands still.

        Args:
            at: what its clock says.
            label: which one; ``None``: the newest of the day.
        """
        counter = iter(range(1 << 20))

        def entropy(size: int) -> bytes:
            return next(counter).to_bytes(size)

        return LocalTimestamper(self.signer(label or self.tsa_at(at)), lambda: at, entropy=entropy)

    def evidence(self, at: datetime, *, ocsp: Iterable[str] = ()) -> StoredEvidence:
        """Return what the authorities in force publish at a time.

        Args:
            at: the time.
            ocsp: certificates about which OCSP is asked; the lists of their authorities are
                left out.
        """
        asked = tuple(ocsp)
        answering = {PLAN[label].issuer for label in asked}
        lists = [
            make_crl(self.identity(label), self.revocations, at=at)
            for label in self.in_force(at)
            if label not in answering
        ]
        answers = [
            make_ocsp(
                self.identity(label),
                responder(PLAN[label].issuer or "", self.kind),
                self.revocations,
                at=at,
            )
            for label in asked
        ]
        return StoredEvidence((*lists, *answers))

    def trust(
        self,
        at: datetime,
        knows: Mapping[str, Knowledge] | None = None,
        *,
        without: Iterable[str] = (),
    ) -> TrustStore:
        """Return the trust folder as it would be kept at a time.

        Args:
            at: the time; what begins later is not in it.
            knows: states of keys, by label.
            without: anchors that somebody threw away.
        """
        known = knows or {}
        begun = [label for label in PLAN if PLAN[label].start <= at]
        gone = set(without)
        anchors = tuple(
            TrustAnchor(name=e, certificate=self.identity(e).certificate)
            for e in begun
            if PLAN[e].issuer is None and e not in gone
        )
        intermediates = tuple(
            self.identity(e).certificate for e in begun if PLAN[e].issuer and e in AUTHORITIES
        )

        def entries(labels: Iterable[str]) -> tuple[CertificateEntry, ...]:
            return tuple(self._entry(e, at, known.get(e)) for e in labels if e in begun)

        merged = at >= MERGER
        commune = OfficeEntry(
            agency_code=COMMUNE.code,
            names=tuple(
                OfficeName(
                    name=name,
                    since=day(2025, 7).date(),
                    until=MERGER.date() if merged else None,
                )
                for name in COMMUNE.names
            ),
            kind=COMMUNE.kind.value,
            registers=COMMUNE.registers,
            province_code="01",
            ward_code=COMMUNE.ward,
            successor=SUCCESSOR if merged else None,
            certificates=entries((*KEYS_OF_2026, *KEYS_OF_2029)),
        )
        successor = OfficeEntry(
            agency_code=SUCCESSOR,
            names=(OfficeName(name=SUCCESSOR_NAME, since=MERGER.date()),),
            kind=COMMUNE.kind.value,
            province_code="01",
            ward_code=COMMUNE.ward,
            certificates=entries(KEYS_OF_2031),
        )
        stamps = OfficeEntry(
            agency_code=TSA_OFFICE,
            names=(OfficeName(name="Dịch vụ cấp dấu thời gian ví dụ", since=day(2020).date()),),
            kind=OfficeKind.OTHER.value,
            certificates=entries((*TSAS, "tsa-b")),
        )
        offices = (commune, successor, stamps) if merged else (commune, stamps)
        return TrustStore(anchors=anchors, intermediates=intermediates, offices=offices)

    def _entry(self, label: str, at: datetime, known: Knowledge | None) -> CertificateEntry:
        """Return what the folder says of a certificate at a time."""
        plan = PLAN[label]
        role = plan.role or Role.TSA
        until = RETIRED.get(label)
        over = until is not None and at >= until
        state, since = KeyState.RETIRED if over else KeyState.ACTIVE, None
        if known is not None:
            state, since = known.state, known.since
        return CertificateEntry(
            certificate=self.identity(label).certificate,
            role=role,
            signs_from=plan.start,
            signs_until=until if over else None,
            state=state,
            state_since=since,
            scopes=() if role is Role.TSA else COMMUNE_SCOPES,
        )
