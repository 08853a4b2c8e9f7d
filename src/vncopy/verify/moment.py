"""The circumstances in which evidence is judged, the same for symbols and for files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vncopy.verify.revocation import KnownEvidence, RevocationResult, check_revocation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from vncopy.facts.evidence import EvidenceFacts
    from vncopy.policy import VerificationPolicy
    from vncopy.trust import TrustStore
    from vncopy.verify.chain import PathResult

__all__ = ["Moment", "at_hand"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The circumstances in which everything is judged."""

    trust: TrustStore
    """Whom the verifier trusts."""
    at: datetime
    """The time asked for."""
    policy: VerificationPolicy
    """What is asked for."""

    def revocation(
        self,
        path: PathResult,
        evidence: tuple[KnownEvidence, ...],
        *,
        proven_at: datetime | None,
        claimed: datetime | None,
    ) -> RevocationResult:
        """Return what evidence says of the certificates of a path.

        Args:
            path: a path that was found.
            evidence: what is known.
            proven_at: a time at which what was signed provably existed, if any.
            claimed: the time that the signer claims.
        """
        # A signer who claims a time after the proven one (within the tolerance for clocks) is taken
        # at his word: by the same word his symbol alone is INVALID, so the file cannot be VALID.
        relevant = self.at if proven_at is None else max(proven_at, claimed or proven_at)
        return check_revocation(
            path.chain,
            evidence,
            relevant=relevant,
            proven=proven_at is not None,
            at=self.at,
            max_age=self.policy.max_revocation_age,
            trust=self.trust,
            claimed=claimed,
            algorithms=self.policy.algorithms,
        )


def at_hand(pieces: Iterable[EvidenceFacts], at: datetime) -> tuple[KnownEvidence, ...]:
    """Return revocation evidence that nothing proves to be older than ``at``.

    Args:
        pieces: of the file or of the verifier.
        at: the time asked for.
    """
    return tuple(
        KnownEvidence(der=piece.der, kind=piece.kind, seen=at)
        for piece in pieces
        if piece.kind != "certificate"
    )
