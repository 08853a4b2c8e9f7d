"""Paths and revocation evidence of whoever signs: asked before signing, and embedded afterwards."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vncopy.issue.refusals import refused
from vncopy.pdf.validation_data import ValidationData
from vncopy.policy import VerificationPolicy
from vncopy.reasons import Reason
from vncopy.trust import Role
from vncopy.verify.chain import validate_path
from vncopy.verify.moment import at_hand
from vncopy.verify.revocation import check_revocation
from vncopy.verify.stamps import authority_path
from vncopy.verify.supplied import gather

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from vncopy.facts.evidence import EvidenceKind, EvidenceSource
    from vncopy.trust import TrustStore

__all__ = ["SignerPath", "find_path", "gather_evidence"]

_MISSING: Final = frozenset(
    {Reason.NO_REVOCATION_EVIDENCE, Reason.REVOCATION_STALE, Reason.REVOCATION_MALFORMED}
)
"""Reasons for which the source may have a better explanation: that it could not be reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerPath:
    """The path of one signer."""

    role: Role
    """What the certificate signs."""
    chain: tuple[bytes, ...] = field(repr=False)
    """DER, the signer's own first, the anchor last."""


def find_path(
    role: Role, certificates: Sequence[bytes], *, trust: TrustStore, at: datetime
) -> SignerPath:
    """Return the path of a signer, valid at a time.

    Args:
        role: what the certificate signs.
        certificates: DER, the signer's own first, then any others that may help.
        trust: what receivers trust.
        at: the time, aware.

    Raises:
        SigningError: there is none; role and reason are named.
    """
    leaf, *others = certificates
    if role is Role.TSA:
        found = authority_path(tuple(certificates), (), at=at, trust=trust)
    else:
        found = validate_path(leaf, others, trust=trust, at=at, role=role)
    if found.reason is not None:
        raise refused(role, found.reason, found.detail)
    return SignerPath(role=role, chain=found.chain)


def gather_evidence(
    paths: Iterable[SignerPath], source: EvidenceSource, *, trust: TrustStore, at: datetime
) -> ValidationData:
    """Gather what proves that nobody in the paths was revoked.

    Args:
        paths: of everybody who signs.
        source: where evidence comes from.
        trust: what receivers trust.
        at: the time for which it must hold, aware.

    Returns:
        All certificates of the paths, and of the evidence what decided, each in the order of its
        bytes: whatever the order of asking, the file is the same.

    Raises:
        SigningError: somebody was revoked or is on hold, or evidence is missing; role and reason
            are named.
    """
    certificates: dict[bytes, None] = {}
    pieces: dict[bytes, EvidenceKind] = {}
    for path in paths:
        certificates |= dict.fromkeys(path.chain)
        pieces |= _decisive(path, source, trust=trust, at=at)
    return ValidationData(
        certificates=tuple(sorted(certificates)),
        ocsps=tuple(sorted(each for each, kind in pieces.items() if kind == "ocsp")),
        crls=tuple(sorted(each for each, kind in pieces.items() if kind == "crl")),
    )


def _decisive(
    path: SignerPath, source: EvidenceSource, *, trust: TrustStore, at: datetime
) -> dict[bytes, EvidenceKind]:
    """Return the pieces that prove that nobody in one path was revoked.

    Raises:
        SigningError: none do.
    """
    pieces, problem = gather((), [path.chain], source)
    known = at_hand(pieces, at)
    result = check_revocation(
        path.chain,
        known,
        relevant=at,
        proven=True,
        at=at,
        max_age=VerificationPolicy.long_term().max_revocation_age,
        trust=trust,
    )
    if result.reason is not None:
        missing = result.reason in _MISSING
        raise refused(path.role, (problem if missing else None) or result.reason, result.detail)
    used = {each.sha256 for each in result.used}
    return {each.der: each.kind for each in known if hashlib.sha256(each.der).hexdigest() in used}
