"""What a key may sign, and what is known against it: the same for symbols and for signatures."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from vncopy.reasons import Reason
from vncopy.trust import KeyState

if TYPE_CHECKING:
    from datetime import datetime

    from vncopy.trust import CertificateEntry, OfficeEntry, Scope

__all__ = [
    "PROVEN_TOLERANCE",
    "REVOKED",
    "key_state_reason",
    "office_names_match",
    "scope_reason",
]

PROVEN_TOLERANCE: Final = timedelta(minutes=5)
"""By how much a claimed time may lie after the proven one: offices set their clocks by network, and
the timestamp comes seconds after the claim."""
REVOKED: Final = (
    Reason.CERTIFICATE_REVOKED,
    Reason.REVOKED_LATER,
    Reason.CERTIFICATE_ON_HOLD,
)
"""What evidence says against a certificate; everything else is its absence."""


def office_names_match(stated: str, names: tuple[str, ...]) -> bool:
    """Tell whether a stated name is one of ``names``, without regard to case and spaces."""
    return _folded(stated) in {_folded(each) for each in names}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def key_state_reason(
    entry: CertificateEntry, claimed_at: datetime, proven_at: datetime | None
) -> Reason | None:
    """Return why the state of a key speaks against what it signed, or ``None``.

    Args:
        entry: the key's entry; ``state_since`` is set exactly for revoked and compromised keys.
        claimed_at: the time that the signer claims.
        proven_at: a time before which the signature is proven to exist.
    """
    since = entry.state_since
    if since is None:
        return None
    if entry.state is not KeyState.COMPROMISED:
        # Withdrawn in good order: its claims are believed, also where clocks let a proven time
        # before the withdrawal stand beside a claimed one after it.
        return Reason.KEY_REVOKED if claimed_at >= since else None
    if proven_at is not None and proven_at < since:
        return None
    # Whoever has the key can claim any time: only a proven one helps.
    return Reason.NO_PROOF_OF_EXISTENCE


def scope_reason(
    entry: CertificateEntry,
    office: OfficeEntry,
    *,
    format_id: str,
    kind: str,
    area: str | None,
    time: datetime,
) -> Reason | None:
    """Return why none of a key's grants covers a copy, or ``None`` if one does.

    Args:
        entry: the key's entry.
        office: its office.
        format_id: type of the document.
        kind: kind of copy.
        area: the area that the statement names for the office, if any.
        time: time of issue.

    Returns:
        Of several grants' reasons that of the nearest: period before area, kind, type.
    """
    order = (
        Reason.SCOPE_PERIOD,
        Reason.SCOPE_AREA_UNPROVEN,
        Reason.SCOPE_AREA,
        Reason.SCOPE_KIND,
        Reason.SCOPE_TYPE,
    )
    found: list[Reason] = [Reason.SCOPE_TYPE]
    for scope in entry.scopes:
        if format_id not in scope.types:
            reason: Reason | None = Reason.SCOPE_TYPE
        elif kind not in scope.kinds:
            reason = Reason.SCOPE_KIND
        else:
            reason = _area_reason(scope, office, area) or _period_reason(scope, time)
        if reason is None:
            return None
        found.append(reason)
    return min(found, key=order.index)


def _area_reason(scope: Scope, office: OfficeEntry, area: str | None) -> Reason | None:
    """Compare the area that the statement names, else the office's own, with a grant's areas."""
    own = office.area
    granted = scope.areas or ({own} if own is not None else frozenset())
    stated = area or own
    if not granted:
        return None
    if stated is None:
        return Reason.SCOPE_AREA_UNPROVEN
    inside = any(stated == each or stated.startswith(f"{each}/") for each in granted)
    # A statement may name the province alone where the office serves one of its communes.
    vague = any(each.startswith(f"{stated}/") and each == own for each in granted)
    return None if inside or vague else Reason.SCOPE_AREA


def _period_reason(scope: Scope, time: datetime) -> Reason | None:
    early = scope.since is not None and time < scope.since
    late = scope.until is not None and time >= scope.until
    return Reason.SCOPE_PERIOD if early or late else None
