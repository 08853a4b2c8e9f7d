"""What was observed of the text of a symbol."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - the JSON round trip reads the annotations
from typing import Final

from vncopy.facts.common import (
    NOT_RUN,
    Facts,
    Isolation,
    Step,
    check_time,
)
from vncopy.facts.pieces import EvidenceFacts  # noqa: TC001 - the JSON round trip reads the annotations
from vncopy.reasons import Reason  # noqa: TC001 - the JSON round trip reads the annotations

__all__ = ["MAX_CANDIDATES", "CandidateFacts", "QRFacts"]

MAX_CANDIDATES: Final = 4
"""Certificates tried per key id: collisions of 64 bits are accidents, not a way to cost time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateFacts:
    """One certificate that has the key id of the symbol."""

    fingerprint: str
    """SHA-256 of the certificate, hex."""
    agency_code: str
    """The office that the trust folder names for it."""
    outcome: Step
    """Whether the signature verified with its key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QRFacts(Facts):
    """What was seen of the text of a symbol; no value of the document."""

    text_sha256: str
    """SHA-256 of the text, hex: which text these facts are about."""
    framing: Step
    """Prefix, base45 and COSE frame."""
    isolation: Isolation = ""
    """Where the picture of it was read; empty: there was none."""
    kid: bytes | None = None
    """The key id, 8 bytes."""
    signed_sha256: bytes | None = None
    """SHA-256 of what the signature covers."""
    signature: bytes | None = None
    """r ‖ s."""
    candidates: tuple[CandidateFacts, ...] = ()
    """The certificates tried, in the folder's order."""
    candidates_left_out: int = 0
    """Certificates with that key id beyond :data:`MAX_CANDIDATES`."""
    payload: Step = NOT_RUN
    """Inflating, strict CBOR, claims."""
    issuer: str | None = None
    """The claim ``iss``."""
    claimed_at: datetime | None = None
    """The claim ``iat``."""
    copy_id: str | None = None
    """The copy's identity."""
    status_index: int | None = None
    """Index of the copy in its status list."""
    status_uri: str | None = None
    """Address of that list."""
    format_id: str | None = None
    """Type and version of the document."""
    carriage: str | None = None
    """``full`` or ``reference``."""
    schema: Step = NOT_RUN
    """Whether the document has the fields of its type."""
    rules: Step = NOT_RUN
    """Whether it breaks no rule of its type."""
    kind: str | None = None
    """The kind of copy."""
    authority_code: str | None = None
    """Agency id that the statement names."""
    authority_name: str | None = None
    """The office's name as the statement has it."""
    authority_area: str | None = None
    """The area that the statement names for the office, ``01/00070``."""
    evidence: tuple[EvidenceFacts, ...] = ()
    """Revocation evidence that the verifier supplied."""
    evidence_problem: Reason | None = None
    """Why the verifier's source could not give all; ``None``: it was not asked, or gave it."""

    def __post_init__(self) -> None:
        """Refuse a time that no check could use: stored facts are not trusted."""
        check_time(self.claimed_at)
