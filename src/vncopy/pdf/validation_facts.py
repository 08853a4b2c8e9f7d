"""The validation data of a file (``/DSS``, ETSI EN 319 142-1 §5.4.2) as facts.

Certificates, OCSP responses and CRLs are taken as they are, each once, with the end of the first
signed part that holds it: a document timestamp over that part proves that the piece existed then.
Nothing of it is believed here. What cannot be read, or is too much, leaves no evidence at all, and
a fact that says so: half of it could be the wrong half.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import MissingExtra
from vncopy.facts.common import PASSED, Step
from vncopy.facts.evidence import MAX_EVIDENCE, MAX_EVIDENCE_BYTES, EvidenceFacts, EvidenceKind
from vncopy.pdf.byte_ranges import is_one_element
from vncopy.pdf.unpacking import decoded_stream
from vncopy.reasons import Reason

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vncopy.pdf.revisions import Snapshot

__all__ = ["read_evidence"]

MAX_LISTED: Final = 4_096
"""Entries of all lists together: each of 40 signatures may list each of 64 pieces again."""
_STORE: Final[tuple[tuple[str, EvidenceKind], ...]] = (
    ("/Certs", "certificate"),
    ("/OCSPs", "ocsp"),
    ("/CRLs", "crl"),
)
_ENTRY: Final[tuple[tuple[str, EvidenceKind], ...]] = (
    ("/Cert", "certificate"),
    ("/OCSP", "ocsp"),
    ("/CRL", "crl"),
)
_Piece = tuple[EvidenceKind, bytes]


class _TooMuchError(Exception):
    """More than is looked at."""


def read_evidence(
    snapshots: Mapping[int, Snapshot], size: int
) -> tuple[tuple[EvidenceFacts, ...], Step]:
    """Read the validation data of a file.

    Args:
        snapshots: the objects at the end of each signed part, and at the end of the file.
        size: bytes of the file.

    Returns:
        The pieces in the order of the file, and whether all could be read. Raises nothing.
    """
    try:
        pieces = _pieces(snapshots[size].pdf)
    except _TooMuchError:
        return (), Step(reason=Reason.LIMITS_EXCEEDED, detail="evidence")
    except (ValueError, pikepdf.PdfError) as error:
        return (), Step(reason=Reason.REVOCATION_MALFORMED, detail=type(error).__name__)
    except Exception as error:  # noqa: BLE001 - the border: any foreign exception is a fact
        return (), Step(reason=Reason.ENGINE_FAILED, detail=type(error).__name__)
    ends = dict.fromkeys(pieces, size)
    for end in sorted(snapshots, reverse=True) if pieces else ():
        ends |= {piece: end for piece in _held(snapshots[end].pdf) if piece in ends}
    return tuple(
        EvidenceFacts(kind=kind, der=der, end=ends[kind, der]) for kind, der in pieces
    ), PASSED


def _held(pdf: pikepdf.Pdf) -> list[_Piece]:
    """Return what an earlier part holds; of one that cannot be read, nothing is known to be old."""
    try:
        return _pieces(pdf)
    except Exception:  # noqa: BLE001 - the border: what is later is proven later
        return []


def _pieces(pdf: pikepdf.Pdf) -> list[_Piece]:
    """Return the pieces of a file's validation data, each once.

    Raises:
        ValueError: it is not in the form that the standard gives it.
        _TooMuchError: there is too much of it.
    """
    store = pdf.Root.get("/DSS")
    if store is None:
        return []
    found: dict[_Piece, None] = {}
    seen: set[tuple[EvidenceKind, tuple[int, int]]] = set()
    left = MAX_EVIDENCE_BYTES
    for listed, (kind, stream) in enumerate(_listed(store)):
        if listed >= MAX_LISTED:
            raise _TooMuchError
        if (kind, stream.objgen) in seen:
            continue
        seen.add((kind, stream.objgen))
        der = decoded_stream(stream, left)
        if der is None:
            raise _TooMuchError
        if not is_one_element(der):
            raise ValueError("evidence")
        if (kind, der) not in found:
            found[kind, der] = None
            left -= len(der)
        if len(found) > MAX_EVIDENCE:
            raise _TooMuchError
    return list(found)


def _listed(store: Any) -> Iterator[tuple[EvidenceKind, Any]]:  # noqa: ANN401 - pikepdf's
    """Iterate over all streams that a store and its entries for single signatures name."""
    yield from _streams(store, _STORE)
    entries = store.get("/VRI")
    if entries is None:
        return
    _require(entries, pikepdf.Dictionary)
    for name in entries.keys():  # noqa: SIM118 - not a dict
        if name != "/Type":
            yield from _streams(entries.get(name), _ENTRY)


def _streams(
    holder: Any,  # noqa: ANN401 - pikepdf's
    lists: tuple[tuple[str, EvidenceKind], ...],
) -> Iterator[tuple[EvidenceKind, Any]]:
    _require(holder, pikepdf.Dictionary)
    for name, kind in lists:
        listed = holder.get(name)
        if listed is None:
            continue
        _require(listed, pikepdf.Array)
        for item in listed:
            _require(item, pikepdf.Stream)
            yield kind, item


def _require(item: object, kind: type) -> None:
    """Raise ``ValueError`` for an object of another kind: it is a flaw of the file."""
    if not isinstance(item, kind):
        raise ValueError(kind.__name__)  # noqa: TRY004 - not the caller's mistake
