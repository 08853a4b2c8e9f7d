"""Offices, authorities and trust of the demonstration, all made at once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from cryptography.x509 import ReasonFlags

from vncopy.facts.evidence import StoredEvidence
from vncopy.formats.profile_parts import OfficeKind
from vncopy.pki.evidence import Revocation, make_crl, make_ocsp
from vncopy.pki.maker import ADDRESS, DEMO_START, Maker
from vncopy.pki.plans import PLANS, OfficePlan
from vncopy.trust import (
    CertificateEntry,
    OfficeEntry,
    OfficeName,
    Role,
    Scope,
    TrustAnchor,
    TrustStore,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from vncopy.pki.identities import DemoIdentity, KeyKind
    from vncopy.sign.timestamps import LocalTimestamper

__all__ = ["DemoOffice", "DemoPki", "make_demo_pki"]


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
    responder: DemoIdentity
    """The service that answers OCSP requests for the issuing authority."""
    tsa: DemoIdentity
    """The timestamping service."""
    offices: tuple[DemoOffice, ...]
    """Two communes and a land registration office."""
    trust: TrustStore
    """What a verifier trusts."""
    revocations: tuple[Revocation, ...] = ()
    """What was revoked, or will be: evidence for a time shows what had happened by then."""

    @property
    def identities(self) -> tuple[DemoIdentity, ...]:
        """Everyone with a key."""
        offices = (
            identity
            for office in self.offices
            for identity in (office.qr, *office.persons.values(), *office.seals.values())
        )
        return (self.root, self.issuing, self.responder, self.tsa, *offices)

    def revoked(
        self,
        identity: DemoIdentity,
        *,
        at: datetime,
        reason: ReasonFlags = ReasonFlags.unspecified,
        invalid_from: datetime | None = None,
    ) -> DemoPki:
        """Return the same with one more certificate revoked; the trust folder does not know.

        Args:
            identity: whose certificate.
            at: aware time of revocation.
            reason: why.
            invalid_from: since when its key is in wrong hands, if that is earlier.
        """
        new = Revocation(identity=identity, at=at, reason=reason, invalid_from=invalid_from)
        return replace(self, revocations=(*self.revocations, new))

    def evidence(self, at: datetime, *, ocsp: bool = False) -> StoredEvidence:
        """Return what the authorities say about revocation at a time.

        Args:
            at: aware time; everything is as fresh as can be.
            ocsp: the root's CRL and an OCSP response about each certificate of the issuing
                authority; otherwise one CRL of each, which is a few hundred bytes in all.
        """
        pieces = [make_crl(self.root, self.revocations, at=at)]
        if ocsp:
            pieces += (self._answer(each, at) for each in self.identities if self._asked_for(each))
        else:
            pieces.append(make_crl(self.issuing, self.revocations, at=at))
        return StoredEvidence(tuple(pieces))

    def published(self, at: datetime) -> dict[str, bytes]:
        """Return what lies at the addresses that the certificates name.

        Args:
            at: aware time.

        Returns:
            Certificates and CRLs (DER) by address. OCSP services answer requests:
            :meth:`evidence` has their answers.
        """
        return {
            f"{ADDRESS}/{folder}/{authority.label}.{suffix}": content
            for authority in (self.root, self.issuing)
            for folder, suffix, content in (
                ("ca", "cer", authority.certificate),
                ("crl", "crl", make_crl(authority, self.revocations, at=at)),
            )
        }

    def timestamper(
        self,
        clock: Callable[[], datetime],
        *,
        entropy: Callable[[int], bytes] = secrets.token_bytes,
    ) -> LocalTimestamper:
        """Return the timestamping service.

        Args:
            clock: says what time it is whenever a timestamp is asked for.
            entropy: returns so many bytes for the numbers of its timestamps; the same ones in the
                same order give the same timestamps.
        """
        # Only who asks for timestamps needs what makes them.
        from vncopy.sign.timestamps import LocalTimestamper  # noqa: PLC0415

        return LocalTimestamper(self.tsa.signer(), clock, entropy=entropy)

    def _asked_for(self, identity: DemoIdentity) -> bool:
        """Tell whether a verifier asks the OCSP service about a certificate."""
        return identity.chain[1:] == self.issuing.chain and identity != self.responder

    def _answer(self, identity: DemoIdentity, at: datetime) -> bytes:
        return make_ocsp(identity, self.responder, self.revocations, at=at)

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
    maker = Maker(seed=seed, start=start)
    root = maker.authority("root", "Vncopy Demo Root CA", None, path_length=1)
    issuing = maker.authority("issuing", "Vncopy Demo Issuing CA", root, path_length=0)
    offices = tuple(_office(maker, plan, issuing, kinds) for plan in PLANS)
    tsa = maker.leaf("tsa", "Vncopy Demo Timestamps", issuing, role=Role.TSA, kind="p256")
    responder = maker.responder("ocsp", "Vncopy Demo OCSP", issuing)
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
    return DemoPki(
        root=root, issuing=issuing, responder=responder, tsa=tsa, offices=offices, trust=trust
    )


def _office(
    maker: Maker, plan: OfficePlan, issuing: DemoIdentity, kinds: tuple[KeyKind, ...]
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
