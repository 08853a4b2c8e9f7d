"""One piece of revocation evidence as it was seen; where pieces come from is in ``evidence``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

__all__ = ["EvidenceFacts", "EvidenceKind"]

EvidenceKind = Literal["certificate", "ocsp", "crl"]
"""A certificate of a path, an OCSP response (RFC 6960) or a CRL (RFC 5280)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFacts:
    """One piece of evidence."""

    kind: EvidenceKind
    """What it is."""
    der: bytes = field(repr=False)
    """The piece itself."""
    end: int = 0
    """Bytes from the start of the file that hold it first: a document timestamp that covers as
    many proves that it existed. 0: it did not come from the file."""
    origin: Literal["file", "supplied"] = "file"
    """Whether the file brought it along, or the verifier."""
