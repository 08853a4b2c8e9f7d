"""What receivers will say of the keys, asked before the first signature.

A copy that its receivers would refuse must be refused while it costs nothing: after the QR text
has been signed its id is spent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vncopy.errors import UsageError
from vncopy.reasons import Reason
from vncopy.verify.chain import validate_path
from vncopy.verify.checks import key_state_reason, scope_reason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from vncopy.formats.record import CopyRecord
    from vncopy.trust import CertificateEntry, OfficeEntry, Role, TrustStore

__all__ = ["check_trusted"]


def check_trusted(
    record: CopyRecord[Any],
    chains: Mapping[Role, tuple[bytes, ...]],
    *,
    trust: TrustStore,
    at: datetime,
) -> None:
    """Check that receivers know the keys, in their roles, for this copy, at this time.

    Args:
        record: the record to be issued.
        chains: certificates of each key in DER, its own first.
        trust: what receivers trust.
        at: the time of issue.

    Raises:
        UsageError: a key is not the office's in its role, its grant does not cover the copy, or
            its certificate has no path to an anchor; the rule is the reason's code.
    """
    for role, chain in chains.items():
        reason: Reason | None = Reason.UNKNOWN_KEY
        for office, entry in trust.entries_of(chain[0]):
            if entry.role is role:
                reason = _reason(office, entry, record, at) or _path(chain, role, trust, at)
                if reason is None:
                    break
        if reason is not None:
            raise UsageError.of(
                f"signers.{role.value}",
                f"trust.{reason.value}",
                vi=reason.text("vi"),
                en=reason.text("en"),
            )


def _reason(
    office: OfficeEntry, entry: CertificateEntry, record: CopyRecord[Any], at: datetime
) -> Reason | None:
    """Return why this entry does not cover the copy, or ``None``."""
    statement = record.statement
    if office.agency_code != str(statement.authority.agency_code):
        return Reason.OFFICES_DIFFER
    if not entry.signs_at(at):
        return Reason.CLAIMED_OUTSIDE_WINDOW
    return key_state_reason(entry, at, None) or scope_reason(
        entry,
        office,
        format_id=record.format_id,
        kind=statement.kind.value,
        area=None,
        time=at,
    )


def _path(chain: tuple[bytes, ...], role: Role, trust: TrustStore, at: datetime) -> Reason | None:
    """Return why the certificate has no path to an anchor, or ``None``."""
    return validate_path(chain[0], chain[1:], trust=trust, at=at, role=role).reason
