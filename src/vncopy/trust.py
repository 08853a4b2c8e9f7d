"""Whom a verifier trusts: anchors, offices, their certificates and what each may sign.

Two things are kept apart. A :class:`TrustAnchor` is a root or issuing authority. An
:class:`OfficeEntry` names an office and every certificate it signs or ever signed with, because a
symbol carries only the first bytes of a certificate's digest. All values are frozen and parsed
once, by :func:`vncopy.trust_folder.load_trust`; nothing here reads a file or a clock.

No authority is trusted by default: the deployer puts each one into his folder.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime  # noqa: TC003 - frozen values, their types are public
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from vncopy.errors import UsageError

if TYPE_CHECKING:
    from vncopy.page_trust import FontTable, KeptTemplate

__all__ = [
    "CertificateEntry",
    "KeyState",
    "OfficeEntry",
    "OfficeName",
    "Role",
    "Scope",
    "TrustAnchor",
    "TrustStore",
    "Vouching",
    "area_of",
    "kid_of",
]

KID_SIZE: Final = 8
"""Bytes of SHA-256 that a symbol carries to name its certificate."""
MAX_SUCCESSIONS: Final = 16
"""Offices that are followed from predecessor to successor; a longer chain is a mistake."""


class Role(StrEnum):
    """What a certificate signs."""

    PERSON = "person"
    """A competent person, in the PDF."""
    SEAL = "seal"
    """The office itself, in the PDF."""
    QR = "qr"
    """The symbol."""
    TSA = "tsa"
    """Timestamps."""
    STATUS = "status"
    """Status lists."""
    LIST = "list"
    """Trust lists."""


class KeyState(StrEnum):
    """What is known of a key."""

    ACTIVE = "active"
    """In use."""
    RETIRED = "retired"
    """No longer used; what it signed in its window stays good."""
    REVOKED = "revoked"
    """Withdrawn from ``state_since`` on; what it signed before stays good."""
    COMPROMISED = "compromised"
    """In wrong hands since ``state_since`` at the latest: only a proven time helps."""


class Vouching(StrEnum):
    """Who vouches for a certificate."""

    ANCHOR = "anchor"
    """A path to a trust anchor."""
    LIST = "list"
    """The signed trust list alone (Vietnamese authorities mostly give RSA certificates)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustAnchor:
    """A root or issuing authority that the deployer trusts."""

    name: str
    """What reports call it; two national roots exist side by side."""
    certificate: bytes = field(repr=False)
    """Its certificate, DER."""
    roles: frozenset[Role] = frozenset(Role)
    """The roles for which it vouches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One grant of what a key may sign: every part must hold."""

    types: frozenset[str]
    """``format_id`` of document types."""
    kinds: frozenset[str]
    """Kinds of copy, the values of ``CopyKind``."""
    areas: frozenset[str] = frozenset()
    """Codes of the area: ``01`` (province) or ``01/00070`` (commune); empty: the office's own."""
    since: datetime | None = None
    """First instant of the grant, if limited."""
    until: datetime | None = None
    """First instant after the grant, if limited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateEntry:
    """One certificate of an office, with its role, window, state and scope.

    Raises:
        UsageError: the window is empty, or a state lacks its time.
    """

    certificate: bytes = field(repr=False)
    """DER."""
    role: Role
    """What it signs."""
    signs_from: datetime
    """First instant at which it signs for the office."""
    signs_until: datetime | None = None
    """First instant at which it no longer does, if known."""
    state: KeyState = KeyState.ACTIVE
    """What is known of the key."""
    state_since: datetime | None = None
    """Since when it is revoked or compromised; compulsory for these two."""
    scopes: tuple[Scope, ...] = ()
    """What it may sign: whatever lies within one of them; none: no copies (timestamps, lists)."""
    vouched_by: Vouching = Vouching.ANCHOR
    """Who vouches for it."""
    fingerprint: str = field(init=False)
    """SHA-256 of the certificate, lower-case hex."""
    kid: bytes = field(init=False)
    """The first 8 bytes of that digest: what a symbol carries."""

    def __post_init__(self) -> None:
        """Compute the digests and refuse what cannot be."""
        digest = hashlib.sha256(self.certificate).digest()
        object.__setattr__(self, "fingerprint", digest.hex())
        object.__setattr__(self, "kid", digest[:KID_SIZE])
        times = (self.signs_from, self.signs_until, self.state_since)
        if any(time is not None and time.tzinfo is None for time in times):
            raise UsageError.of(
                "signs_from",
                "trust.time_zone",
                vi="thời điểm phải có múi giờ",
                en="times need a time zone",
            )
        if self.signs_until is not None and self.signs_until <= self.signs_from:
            raise UsageError.of(
                "signs_until",
                "trust.window",
                vi="thời điểm ngừng ký phải sau thời điểm bắt đầu ký",
                en="the signing window must end after it begins",
            )
        needs_time = self.state in {KeyState.REVOKED, KeyState.COMPROMISED}
        if needs_time != (self.state_since is not None):
            raise UsageError.of(
                "state_since",
                "trust.state_since",
                vi="trạng thái thu hồi hoặc bị lộ phải có thời điểm, trạng thái khác thì không",
                en="revoked and compromised need state_since, the other states must not have it",
            )

    def signs_at(self, time: datetime) -> bool:
        """Tell whether ``time`` is inside the signing window."""
        return self.signs_from <= time and (self.signs_until is None or time < self.signs_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeName:
    """A name of an office and when it bore it."""

    name: str
    """The official name, as on its seal."""
    since: date
    """First day."""
    until: date | None = None
    """First day on which it no longer bore the name."""

    def on(self, day: date) -> bool:
        """Tell whether the office bore the name on ``day``."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeEntry:
    """An office: its names through time, its successor and its certificates."""

    agency_code: str
    """Agency id (QĐ 20/2020/QĐ-TTg), the claim ``iss``."""
    names: tuple[OfficeName, ...]
    """Its names, oldest first; it exists only on days on which it has one."""
    kind: str
    """What sort of office it is, a value of ``OfficeKind``: ``commune_committee``, ``notary`` …"""
    registers: frozenset[str] = frozenset()
    """Families of types (``vn.land``) whose original register it keeps for its whole area."""
    province_code: str | None = None
    """The province in which it serves (QĐ 19/2025/QĐ-TTg), 2 digits."""
    ward_code: str | None = None
    """The commune in which it serves, 5 digits."""
    successor: str | None = None
    """Agency id of the office that took over its registers; it never signs with the old key."""
    certificates: tuple[CertificateEntry, ...] = ()
    """Every certificate it signs or signed with."""

    def names_on(self, day: date) -> tuple[str, ...]:
        """Return the names it bore on ``day``; none: it did not exist."""
        return tuple(entry.name for entry in self.names if entry.on(day))

    @property
    def area(self) -> str | None:
        """The code of its area, ``01/00070`` or ``01``."""
        return area_of(self.province_code, self.ward_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustStore:
    """Everything that a verifier trusts.

    Raises:
        UsageError: there is no anchor, two offices have one agency id, an office has one certificate
            twice in one role, successors run in a ring, or ``as_of`` has no time zone.
    """

    anchors: tuple[TrustAnchor, ...]
    """Trusted authorities; at least one."""
    offices: tuple[OfficeEntry, ...] = ()
    """Known offices."""
    intermediates: tuple[bytes, ...] = field(default=(), repr=False)
    """Certificates (DER) between the offices' and the anchors; help to find a path, no more."""
    as_of: datetime | None = None
    """Up to when the offices are known to be as they are written here; ``None``: nobody says. It is the
    deployer's word, and signed by nobody."""
    fonts: tuple[FontTable, ...] = ()
    """Outlines of faces that copies may be set in, beside those that the library knows."""
    templates: tuple[KeptTemplate, ...] = ()
    """Earlier templates of deployers' own types, with whose words older copies are compared."""
    _by_kid: dict[bytes, tuple[tuple[OfficeEntry, CertificateEntry], ...]] = field(
        init=False, repr=False, compare=False
    )
    _by_code: dict[str, OfficeEntry] = field(init=False, repr=False, compare=False)
    _before: dict[str, tuple[OfficeEntry, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the offices and refuse what cannot be."""
        if not self.anchors:
            raise UsageError.of(
                "anchors",
                "trust.no_anchor",
                vi="phải có ít nhất một chứng thư gốc được tin cậy",
                en="at least one trust anchor is needed",
            )
        if self.as_of is not None and self.as_of.tzinfo is None:
            raise UsageError.of(
                "as_of",
                "trust.time_zone",
                vi="thời điểm phải có múi giờ",
                en="times need a time zone",
            )
        by_code = {office.agency_code: office for office in self.offices}
        if len(by_code) != len(self.offices):
            raise UsageError.of(
                "offices",
                "trust.agency_code_twice",
                vi="mỗi mã cơ quan chỉ được xuất hiện một lần",
                en="an agency id may appear only once",
            )
        for office in self.offices:
            # Of two entries with different states the milder one would count.
            keys = {(entry.fingerprint, entry.role) for entry in office.certificates}
            if len(keys) != len(office.certificates):
                raise UsageError.of(
                    f"offices.{office.agency_code}.certificates",
                    "trust.certificate_twice",
                    vi="mỗi chứng thư của một cơ quan chỉ được xuất hiện một lần cho một vai trò",
                    en="a certificate of an office may appear only once in one role",
                )
        by_kid: dict[bytes, tuple[tuple[OfficeEntry, CertificateEntry], ...]] = {}
        for office in self.offices:
            for entry in office.certificates:
                by_kid[entry.kid] = (*by_kid.get(entry.kid, ()), (office, entry))
        object.__setattr__(self, "_by_kid", by_kid)
        object.__setattr__(self, "_by_code", by_code)
        # Counted once: a national folder has thousands of offices, and every copy asks.
        before: dict[str, tuple[OfficeEntry, ...]] = {}
        for office in self.offices:
            for later in self.successors(office.agency_code):
                before[later.agency_code] = (*before.get(later.agency_code, ()), office)
        object.__setattr__(self, "_before", before)

    def candidates(
        self, kid: bytes, role: Role
    ) -> tuple[tuple[OfficeEntry, CertificateEntry], ...]:
        """Return every office and certificate with that key id and role, in the folder's order."""
        return tuple(pair for pair in self._by_kid.get(kid, ()) if pair[1].role is role)

    def roles_of(self, kid: bytes) -> frozenset[Role]:
        """Return the roles of all certificates with that key id; none: it is unknown."""
        return frozenset(entry.role for _office, entry in self._by_kid.get(kid, ()))

    def entries_of(self, certificate: bytes) -> tuple[tuple[OfficeEntry, CertificateEntry], ...]:
        """Return every office and entry that holds exactly this certificate (DER)."""
        kid = kid_of(certificate)
        return tuple(
            pair for pair in self._by_kid.get(kid, ()) if pair[1].certificate == certificate
        )

    def office(self, agency_code: str) -> OfficeEntry | None:
        """Return the office with that agency id, or ``None``."""
        return self._by_code.get(agency_code)

    def successors(self, agency_code: str) -> tuple[OfficeEntry, ...]:
        """Return the offices that took over from ``agency_code``, next one first.

        Raises:
            UsageError: the successors run in a ring.
        """
        found: list[OfficeEntry] = []
        office = self.office(agency_code)
        while office is not None and office.successor is not None:
            office = self.office(office.successor)
            if office is not None:
                found.append(office)
            if len(found) > MAX_SUCCESSIONS:
                raise UsageError.of(
                    "offices.successor",
                    "trust.successor_ring",
                    vi="các cơ quan kế thừa tạo thành vòng lặp hoặc chuỗi quá dài",
                    en="successor offices form a ring or too long a chain",
                )
        return tuple(found)

    def predecessors(self, agency_code: str) -> tuple[OfficeEntry, ...]:
        """Return the offices whose registers ``agency_code`` took over, in the folder's order."""
        return self._before.get(agency_code, ())


def area_of(province_code: str | None, ward_code: str | None) -> str | None:
    """Return the code of an area: ``01/00070``, ``01``, or ``None`` where no province is named.

    Args:
        province_code: 2 digits.
        ward_code: 5 digits.
    """
    if province_code is None:
        return None
    return f"{province_code}/{ward_code}" if ward_code else str(province_code)


def kid_of(certificate: bytes) -> bytes:
    """Return the 8-byte key id of a certificate (DER), as RFC 9360 §2 ``x5t`` shortened."""
    return hashlib.sha256(certificate).digest()[:KID_SIZE]
