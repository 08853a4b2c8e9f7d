"""Revocation evidence as it was seen: the raw answers of authorities, and where they came from.

Evidence is kept whole (DER), because what it proves is computed again whenever facts are judged
again: a stored outcome would be somebody's word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from vncopy.errors import UsageError
from vncopy.facts.pieces import EvidenceFacts, EvidenceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vncopy.reasons import Reason

__all__ = [
    "MAX_EVIDENCE",
    "MAX_EVIDENCE_BYTES",
    "EvidenceFacts",
    "EvidenceKind",
    "EvidenceSource",
    "Gathered",
    "StoredEvidence",
]

MAX_EVIDENCE: Final = 64
"""Pieces of evidence that are looked at: a file renewed every few years for a century has fewer."""
MAX_EVIDENCE_BYTES: Final = 256 * 1024
"""All pieces together, so that stored facts stay within their limit; an authority that covers a
whole country in one CRL should be asked by OCSP."""


class Gathered(NamedTuple):
    """What a source of evidence has to say of one path."""

    pieces: tuple[bytes, ...] = ()
    """OCSP responses and CRLs, DER."""
    problem: Reason | None = None
    """Why something is missing, such as an authority that could not be reached."""


class EvidenceSource(Protocol):
    """Where revocation evidence comes from, besides the file itself."""

    def gather(self, chain: Sequence[bytes], /) -> Gathered:
        """Return what speaks of the certificates of a path.

        Args:
            chain: certificates in DER, the signer's own first, the anchor last.

        Returns:
            Evidence; nothing about it is believed before it is checked. Raises nothing: what
            cannot be reached is named in ``problem``.
        """
        ...


@dataclass(frozen=True, slots=True)
class StoredEvidence:
    """Evidence that the caller has at hand, the same for every path.

    Raises:
        UsageError: more or larger pieces than are looked at.
    """

    pieces: tuple[bytes, ...]
    """OCSP responses and CRLs, DER, in any order."""

    def __post_init__(self) -> None:
        """Refuse more than is looked at: half of the evidence could be the wrong half."""
        total = sum(len(each) for each in self.pieces)
        if len(self.pieces) > MAX_EVIDENCE or total > MAX_EVIDENCE_BYTES:
            raise UsageError.of(
                "evidence",
                "evidence.size",
                vi=f"tối đa {MAX_EVIDENCE} bằng chứng thu hồi và {MAX_EVIDENCE_BYTES // 1024} KB",
                en=f"at most {MAX_EVIDENCE} pieces of evidence and {MAX_EVIDENCE_BYTES // 1024} KB",
            )

    def gather(self, chain: Sequence[bytes], /) -> Gathered:  # noqa: ARG002 - the same for all
        """Return all pieces."""
        return Gathered(pieces=self.pieces)
