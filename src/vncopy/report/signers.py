"""What a report says of each signature: who, at which level, and how its time is proven."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from vncopy.report.verdicts import Indication, etsi_indication

if TYPE_CHECKING:
    from datetime import timedelta

    from vncopy.facts.evidence import EvidenceKind
    from vncopy.policy import PadesLevel
    from vncopy.reasons import Reason

__all__ = ["EvidenceReport", "SignerReport", "SubjectReport", "TimestampReport"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SubjectReport:
    """Whom a signer's certificate names; ``repr`` shows nothing of it."""

    name: str | None
    """Common name: of the person, or of the office."""
    organisation: str | None
    """The organisation that the person belongs to."""
    position: str | None
    """The position of the person there (title)."""

    def __repr__(self) -> str:
        """Return the type alone: nothing personal."""
        return "SubjectReport(…)"

    def to_json(self) -> dict[str, str | None]:
        """Return the names as in the report's JSON."""
        return {
            "name": self.name,
            "organisation": self.organisation,
            "position": self.position,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TimestampReport:
    """One timestamp that proves when a signature existed."""

    kind: Literal["signature", "document"]
    """Of the signature's value, or of all bytes up to it."""
    time: datetime
    """The time that it proves."""
    authority: str
    """Name of the timestamping authority, as its certificate has it."""
    certificate: str
    """SHA-256 of that certificate, hex."""

    def to_json(self) -> dict[str, str]:
        """Return the timestamp as in the report's JSON."""
        return {
            "kind": self.kind,
            "time": _written(self.time),
            "authority": self.authority,
            "certificate": self.certificate,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceReport:
    """One piece of revocation evidence that was relied upon."""

    of: Literal["signer", "signature_timestamp", "document_timestamp"]
    """Whose path it is about."""
    place: int
    """The certificate of that path, 0 for its first; -1: one that signed evidence."""
    kind: EvidenceKind
    """OCSP response or CRL."""
    sha256: str
    """Its digest, hex."""
    this_update: datetime
    """When what it says was known to be so."""
    next_update: datetime | None
    """By when something newer was to be said."""
    age: timedelta
    """How old it was at the time that matters; negative: it was made afterwards."""

    def to_json(self) -> dict[str, str | int | None]:
        """Return the evidence as in the report's JSON; its age in whole seconds."""
        return {
            "of": self.of,
            "place": self.place,
            "kind": self.kind,
            "sha256": self.sha256,
            "this_update": _written(self.this_update),
            "next_update": None if self.next_update is None else _written(self.next_update),
            "age_s": int(self.age.total_seconds()),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerReport:
    """One signature of a PDF."""

    field: str
    """Name of the signature field."""
    kind: Literal["signature", "timestamp"] = "signature"
    """A signature of somebody, or a document timestamp."""
    role: str | None
    """``person``, ``seal`` or ``tsa``; ``None``: unknown certificate."""
    certificate: str | None
    """SHA-256 of the signer's certificate, hex."""
    office: str | None
    """Agency id of the office that the trust folder names for it."""
    office_name: str | None = None
    """The name that this office bore on the day of signing."""
    subject: SubjectReport | None = attribute(default=None, repr=False)
    """Whom the certificate names; ``None``: it does not hold, or only the answer was asked for."""
    vouched_by: str | None
    """Name of the trust anchor at the end of its path."""
    level: PadesLevel | None
    """The level that it reaches."""
    claimed_at: datetime | None
    """The time that it claims."""
    proven_at: datetime | None
    """The time that a timestamp proves."""
    proven_by: tuple[TimestampReport, ...] = ()
    """The timestamps that prove it, earliest first."""
    evidence: tuple[EvidenceReport, ...] = ()
    """Revocation evidence that was relied upon."""
    renew_before: datetime | None = None
    """When the outermost timestamp stops to prove anything: renew the file before."""
    reasons: tuple[Reason, ...] = ()
    """Everything that speaks against it, what the policy waives left out; empty: nothing does."""
    waived: bool = False
    """The policy asks for less than the standard: without reasons it is not ``TOTAL-PASSED``."""

    @property
    def indication(self) -> tuple[Indication, str | None]:
        """Indication and sub-indication of ETSI EN 319 102-1 for this signature."""
        for reason in sorted(self.reasons, key=lambda each: each.info.outcome):
            return etsi_indication(reason)
        if self.waived:
            return Indication.INDETERMINATE, "SIG_CONSTRAINTS_FAILURE"
        return Indication.TOTAL_PASSED, None

    def to_json(self) -> dict[str, Any]:
        """Return the signature as in the report's JSON."""
        indication, sub_indication = self.indication
        return {
            "field": self.field,
            "kind": self.kind,
            "role": self.role,
            "certificate": self.certificate,
            "office": self.office,
            "office_name": self.office_name,
            "subject": None if self.subject is None else self.subject.to_json(),
            "vouched_by": self.vouched_by,
            "level": None if self.level is None else self.level.value,
            "claimed_at": None if self.claimed_at is None else self.claimed_at.isoformat(),
            "proven_at": None if self.proven_at is None else self.proven_at.isoformat(),
            "proven_by": [each.to_json() for each in self.proven_by],
            "evidence": [each.to_json() for each in self.evidence],
            "renew_before": None if self.renew_before is None else _written(self.renew_before),
            "indication": indication.value,
            "sub_indication": sub_indication,
            "reasons": [each.value for each in self.reasons],
        }


def _written(time: datetime) -> str:
    return time.astimezone(UTC).isoformat()
