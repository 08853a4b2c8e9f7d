"""What was appended to a PDF after each signature, held against an allow-list.

Two readings of the same file are compared object by object: the bytes that one signature covers,
and the bytes up to the next signature (or the end). Whatever the lists below do not explain is
named as forbidden; nothing is permitted because it was not recognised. A reference to an object
that a part does not have reads as null there, so that filling it later changes whoever names it.

After a signature of a copy only this may come:

- the next signature of a field made beforehand: its ``/V`` and the signature dictionary;
- validation data: ``/DSS`` of the catalog with its certificates, OCSP answers and CRLs;
- a document timestamp, in a field made beforehand or in a new one without any appearance.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra
from vncopy.facts.pdf import RevisionFacts
from vncopy.pdf.allowed_fields import explained_fields
from vncopy.pdf.allowed_store import explained_store, same_value
from vncopy.pdf.beside_pages import changes_beside_pages
from vncopy.pdf.later_fields import replaced_values, unlike_fields

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vncopy.pdf.revisions import ObjectId, Snapshot

__all__ = ["compare_revisions"]

_STRUCTURE_KEYS: Final[dict[str, frozenset[str]]] = {
    "/XRef": frozenset(
        {
            "/Type", "/Size", "/Index", "/Prev", "/W", "/Root", "/Info", "/ID", "/Length",
            "/Filter", "/DecodeParms",
        }
    ),
    "/ObjStm": frozenset({"/Type", "/N", "/First", "/Length", "/Filter", "/DecodeParms"}),
}  # fmt: skip
"""Keys of cross-reference and object streams (ISO 32000-1 tables 16 and 17)."""
_TRAILER_FREE: Final = frozenset(
    {
        "/Size", "/Prev", "/ID", "/Type", "/W", "/Index", "/Length", "/Filter", "/DecodeParms",
    }
)  # fmt: skip
"""Entries of a trailer that each part has anew; of ``/ID`` the first half stays."""

_TRAILER_NAMES: Final = frozenset({"/Root", "/Info", "/Encrypt", "/ID", "/XRefStm"})
"""Other entries that a trailer may have (ISO 32000-1 tables 15 and 19)."""


def compare_revisions(
    snapshots: Sequence[Snapshot], ends: Sequence[int], size: int, *, foreign: bool = False
) -> tuple[RevisionFacts, ...]:
    """Name what each appended part changed beyond the allow-list.

    Args:
        snapshots: one per signature in the order of what they cover, then one of the whole file
            if the last signature does not end it.
        ends: where the signatures end.
        size: bytes of the whole file.
        foreign: a file of somebody else: look at what changed beside the pages, too.

    Returns:
        One row per signature: what follows it.
    """
    rows = []
    for index, end in enumerate(ends):
        until = ends[index + 1] if index + 1 < len(ends) else size
        if index + 1 < len(snapshots):
            signed = index + 1 < len(ends)
            try:
                comparison = _Comparison(snapshots[index], snapshots[index + 1])
                row = comparison.row(index, until - end, signed=signed)
                rows.append(comparison.with_others(row) if foreign else row)
            except Exception:  # noqa: BLE001 - the border: what cannot be compared is not explained
                rows.append(_unread(index, until - end))
        else:
            rows.append(RevisionFacts(after=index, size=0, changed=0, forbidden=(), dss=False))
    return tuple(rows)


def _unread(index: int, size: int) -> RevisionFacts:
    """Return the row of a part that cannot be compared."""
    return RevisionFacts(after=index, size=size, changed=0, forbidden=("unreadable",), dss=False)


class _Comparison:
    """One appended part: what it changed and what of that is explained."""

    def __init__(self, before: Snapshot, after: Snapshot) -> None:
        self._before = before
        self._after = after
        self._changed = {key for key, text in after.texts.items() if before.texts.get(key) != text}
        self._removed = set(before.texts) - set(after.texts)

    def row(self, index: int, size: int, *, signed: bool) -> RevisionFacts:
        """Return what follows signature ``index``.

        Args:
            index: of the signature.
            size: bytes that follow.
            signed: whether a signature ends them.
        """
        structure = {key for key in self._changed if self._is_structure(key)}
        fields = explained_fields(self._before, self._after, self._changed)
        store = explained_store(self._before, self._after, self._changed)
        forbidden = [f"removed {number}" for number, _ in sorted(self._removed)]
        unexplained = sorted(self._changed - structure - fields.objects - store)
        forbidden += [f"{self._kind(key)} {key[0]}" for key in unexplained]
        forbidden += self._trailer()
        if self._fills_a_plain_value():
            forbidden.append("plain value")
        if fields.signatures + fields.timestamps != int(signed):
            forbidden.append("signatures")
        if store and fields.signatures:
            forbidden.append("validation data before a signature")
        return RevisionFacts(
            after=index,
            size=size,
            changed=len(self._changed) + len(self._removed),
            forbidden=tuple(forbidden),
            dss=bool(store),
            replaced=replaced_values(self._before, self._after),
            unlike=unlike_fields(self._before, self._after),
        )

    def with_others(self, row: RevisionFacts) -> RevisionFacts:
        """Return a row with what changed beside the pages, which the lists of others permit or not."""
        found = changes_beside_pages(self._before, self._after)
        return replace(row, described=found.described, drawn=found.drawn, beside=found.forbidden)

    def _fills_a_plain_value(self) -> bool:
        """Tell whether a new object may stand where a number, a boolean or nothing stood.

        Those are known by their place alone (:mod:`vncopy.pdf.revisions`), and whoever named one
        would see what fills it. New objects come after all earlier ones; nothing of ours has a
        plain value as an object of its own, but files of others do.
        """
        if not any(key < (0, 0) for key in self._before.texts.keys() | self._after.texts.keys()):
            return False
        first = int(self._before.pdf.trailer.get("/Size", 0))
        return any(key not in self._before.texts and key[0] < first for key in self._changed)

    def _trailer(self) -> list[str]:
        """Return the entries of the trailer that may not change and did."""
        before, after = self._before.pdf.trailer, self._after.pdf.trailer
        names = (set(before.keys()) | set(after.keys())) - _TRAILER_FREE
        wrong = {
            name
            for name in names
            if (name in before) != (name in after)
            or not same_value(before.get(name), after.get(name))
        }
        old, new = before.get("/ID"), after.get("/ID")
        if isinstance(old, pikepdf.Array) and not (
            isinstance(new, pikepdf.Array) and bytes(old[0]) == bytes(new[0])
        ):
            wrong.add("/ID")
        # A foreign name may be personal: only those of the standard are told.
        return sorted(
            {f"trailer {name[1:] if name in _TRAILER_NAMES else 'entry'}" for name in wrong}
        )

    def _kind(self, key: ObjectId) -> str:
        item = self._after.objects[key]
        known = item if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) else None
        name = str(known.get("/Type", known.get("/Subtype", ""))) if known is not None else ""
        word = {"/Catalog": "catalog", "/Page": "page", "/Annot": "annotation"}.get(name, "object")
        return f"{'' if key in self._before.texts else 'new '}{word}"

    def _is_structure(self, key: ObjectId) -> bool:
        """A new cross-reference or object stream; the objects in it are looked at themselves."""
        item = self._after.objects[key]
        if key in self._before.texts or not isinstance(item, pikepdf.Stream):
            return False
        return set(item.keys()) <= _STRUCTURE_KEYS.get(str(item.get("/Type", "")), frozenset())
