"""What receivers will say of the keys, asked before the first signature.

TT 15/2025/TT-BKHCN Art. 5 wants signing software to check a certificate before it signs: its dates,
its state, its scope. A copy that its receivers would refuse must be refused while it costs nothing:
after the QR text has been signed its id is spent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vncopy.errors import UsageError
from vncopy.issue.evidence import find_path, gather_evidence
from vncopy.issue.refusals import refused
from vncopy.reasons import Reason
from vncopy.trust import KeyState, Role
from vncopy.verify.checks import key_state_reason, law_reason, scope_reason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from vncopy.facts.evidence import EvidenceSource
    from vncopy.formats.record import CopyRecord
    from vncopy.trust import CertificateEntry, OfficeEntry, TrustStore

__all__ = ["check_keys", "require_trust"]


def check_keys(
    record: CopyRecord[Any],
    chains: Mapping[Role, tuple[bytes, ...]],
    *,
    trust: TrustStore,
    at: datetime,
    now: datetime | None = None,
    evidence: EvidenceSource | None = None,
) -> None:
    """Check that receivers know the keys, in their roles, for this copy, at this time.

    Args:
        record: the record to be issued.
        chains: certificates of each key in DER, its own first; of the timestamping service too.
        trust: what receivers trust.
        at: the time of issue.
        now: the time of asking, if it is later: nobody can say today what will be known tomorrow,
            but he may ask tomorrow about a copy of today.
        evidence: where to ask whether somebody was revoked; ``None``: it is not asked.

    Raises:
        UsageError: receivers could not tell that the law lets this office issue this copy that day.
        SigningError: a key is not the office's in its role, its grant does not cover the copy, its
            certificate has no path to an anchor, was revoked or is on hold, or what would show
            that it was not cannot be had; role and reason are named.
    """
    _check_law(record, trust=trust, at=at)
    for role, chain in chains.items():
        if role is Role.TSA:
            reason = _service_reason(chain[0], trust, at)
        else:
            reason = _reason(record, chain[0], role, trust=trust, at=at)
        if reason is not None:
            raise refused(role, reason)
    now = at if now is None else max(at, now)
    paths = [find_path(role, chain, trust=trust, at=now) for role, chain in chains.items()]
    if evidence is not None:
        gather_evidence(paths, evidence, trust=trust, at=now)


def _check_law(record: CopyRecord[Any], *, trust: TrustStore, at: datetime) -> None:
    """Ask what receivers will ask of the law, of the office as they know it."""
    statement = record.statement if record.statement.issued_at else record.statement.at(at)
    office = trust.office(str(statement.authority.agency_code))
    if office is None:
        return  # then its keys are unknown, which is said with their role
    reason, _detail = law_reason(statement, record.document, office, trust=trust, time=at)
    if reason is not None:
        raise UsageError.of(
            "statement", f"law.{reason.value}", vi=reason.info.vi, en=reason.info.en
        )


def require_trust(trust: TrustStore | None, evidence: EvidenceSource | None) -> None:
    """Refuse evidence that nobody could judge: it would look as if it had been asked.

    Args:
        trust: what receivers trust, or ``None``.
        evidence: where to ask whether somebody was revoked, or ``None``.

    Raises:
        UsageError: there is evidence and no trust.
    """
    if evidence is not None and trust is None:
        raise UsageError.of(
            "trust",
            "issue.trust",
            vi="bằng chứng thu hồi (evidence) chỉ dùng được khi có danh sách tin cậy (trust)",
            en="evidence is of use only with what receivers trust",
        )


def _reason(
    record: CopyRecord[Any], certificate: bytes, role: Role, *, trust: TrustStore, at: datetime
) -> Reason | None:
    """Return why no entry of the trust store covers this key for this copy, or ``None``."""
    reason: Reason | None = Reason.UNKNOWN_KEY
    for office, entry in trust.entries_of(certificate):
        if entry.role is role:
            reason = _entry_reason(office, entry, record, at)
            if reason is None:
                return None
    return reason


def _service_reason(certificate: bytes, trust: TrustStore, at: datetime) -> Reason | None:
    """Return why receivers would not believe a timestamping service, as far as they know it."""
    for _office, entry in trust.entries_of(certificate):
        if entry.role is Role.TSA:
            reason = _key_reason(entry, at)
            if reason is not None:
                return reason
    return None


def _entry_reason(
    office: OfficeEntry, entry: CertificateEntry, record: CopyRecord[Any], at: datetime
) -> Reason | None:
    """Return why this entry does not cover the copy, or ``None``."""
    statement = record.statement
    if office.agency_code != str(statement.authority.agency_code):
        return Reason.OFFICES_DIFFER
    return _key_reason(entry, at) or scope_reason(
        entry,
        office,
        format_id=record.format_id,
        kind=statement.kind.value,
        area=None,
        time=at,
    )


def _key_reason(entry: CertificateEntry, at: datetime) -> Reason | None:
    """Return why a key does not sign any more, or not yet."""
    if entry.state is KeyState.RETIRED or not entry.signs_at(at):
        return Reason.CLAIMED_OUTSIDE_WINDOW
    return key_state_reason(entry, at, None)
