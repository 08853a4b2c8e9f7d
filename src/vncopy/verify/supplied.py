"""The evidence that a verifier supplies: asked for once per path, bounded, kept with the facts.

This is the border to the caller's own source of evidence: whatever it does becomes a fact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vncopy.facts.evidence import MAX_EVIDENCE, MAX_EVIDENCE_BYTES, EvidenceFacts, Gathered
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vncopy.facts.evidence import EvidenceKind, EvidenceSource

__all__ = ["gather", "kept", "supplied_before"]

_ENUMERATED: Final = 0x0A
_LONG_LENGTH: Final = 0x80


def gather(
    known: tuple[EvidenceFacts, ...],
    chains: Iterable[tuple[bytes, ...]],
    source: EvidenceSource,
) -> tuple[tuple[EvidenceFacts, ...], Reason | None]:
    """Ask a source for evidence about paths.

    Args:
        known: evidence that is at hand already.
        chains: paths (DER), leaf first; each is asked about once.
        source: whom to ask; what it raises is put down to it.

    Returns:
        What was known and what came, and why something is missing. Where all together is more than
        is looked at, only what the verifier supplied is kept, up to the limit, and the reason is
        ``limits_exceeded``.
    """
    pieces: list[bytes] = []
    problem: Reason | None = None
    for chain in dict.fromkeys(chains):
        try:
            answer = source.gather(chain)
            came, missing = _checked(answer)
        except Exception:  # noqa: BLE001 - the border: whatever a caller's source raises
            came, missing = (), Reason.REVOCATION_UNREACHABLE
        pieces.extend(came)
        problem = problem or missing
    return kept(known, pieces, problem)


def _checked(answer: object) -> tuple[tuple[bytes, ...], Reason | None]:
    """Return what a source answered, if it keeps to its contract.

    Raises:
        TypeError: it does not.
    """
    if not isinstance(answer, Gathered):
        raise TypeError
    pieces = tuple(answer.pieces)
    if not all(isinstance(each, bytes) for each in pieces):
        raise TypeError
    if answer.problem is not None and not isinstance(answer.problem, Reason):
        raise TypeError
    return pieces, answer.problem


def kept(
    known: tuple[EvidenceFacts, ...], pieces: Iterable[bytes], problem: Reason | None = None
) -> tuple[tuple[EvidenceFacts, ...], Reason | None]:
    """Return evidence with supplied pieces added, within the limits.

    Args:
        known: evidence that is at hand already.
        pieces: OCSP responses and CRLs (DER) that the verifier supplies.
        problem: why something is missing.
    """
    # A file may list anything as anything: the same bytes as another kind are another piece.
    have = {(each.kind, each.der) for each in known}
    added = tuple(
        EvidenceFacts(kind=kind, der=der, origin="supplied")
        for der in dict.fromkeys(pieces)
        if ((kind := _kind(der)), der) not in have
    )
    everything = (*known, *added)
    if _fits(everything):
        return everything, problem
    # What the verifier brings along is worth more to him than what the file says for itself.
    supplied = tuple(each for each in everything if each.origin == "supplied")[:MAX_EVIDENCE]
    while not _fits(supplied):
        supplied = supplied[:-1]
    return supplied, Reason.LIMITS_EXCEEDED


def _fits(pieces: tuple[EvidenceFacts, ...]) -> bool:
    return (
        len(pieces) <= MAX_EVIDENCE and sum(len(each.der) for each in pieces) <= MAX_EVIDENCE_BYTES
    )


def _kind(der: bytes) -> EvidenceKind:
    """Return what a piece is: an OCSP response begins with its status, a CRL does not."""
    size = der[1] if len(der) > 1 else 0
    first = 2 + (size & ~_LONG_LENGTH if size & _LONG_LENGTH else 0)
    return "ocsp" if der[first : first + 1] == bytes([_ENUMERATED]) else "crl"


def supplied_before(pieces: Iterable[EvidenceFacts]) -> tuple[bytes, ...]:
    """Return what the verifier supplied for an earlier report, from its stored facts.

    Args:
        pieces: evidence of stored facts, which are not trusted: only the pieces themselves count.
    """
    return tuple(each.der for each in pieces if each.origin == "supplied")
