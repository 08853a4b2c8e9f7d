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

from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra
from vncopy.facts.pdf import RevisionFacts

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vncopy.pdf.revisions import ObjectId, Snapshot

__all__ = ["compare_revisions"]

_SIGNATURE_KEYS: Final = frozenset(
    {
        "/Type", "/Filter", "/SubFilter", "/Contents", "/ByteRange", "/M", "/Name", "/Location",
        "/Reason", "/ContactInfo", "/Reference", "/Prop_Build",
    }
)  # fmt: skip
"""Keys of a signature dictionary (ISO 32000-1 table 252) that draw and do nothing."""
_SIGNATURE_TYPES: Final = frozenset({"/Sig", "/DocTimeStamp"})
_DSS_KEYS: Final = frozenset({"/Type", "/VRI", "/Certs", "/OCSPs", "/CRLs"})
_VRI_KEYS: Final = frozenset({"/Type", "/Cert", "/CRL", "/OCSP", "/TU", "/TS"})
_EVIDENCE_KEYS: Final = frozenset({"/Type", "/Length", "/Filter"})
_STRUCTURE_TYPES: Final = frozenset({"/XRef", "/ObjStm"})
_TIMESTAMP_WIDGET_KEYS: Final = frozenset(
    {"/Type", "/Subtype", "/FT", "/T", "/TU", "/F", "/Rect", "/P", "/V", "/Lock", "/Ff"}
)


def compare_revisions(
    snapshots: Sequence[Snapshot], ends: Sequence[int], size: int
) -> tuple[RevisionFacts, ...]:
    """Name what each appended part changed beyond the allow-list.

    Args:
        snapshots: one per signature in the order of what they cover, then one of the whole file
            if the last signature does not end it.
        ends: where the signatures end.
        size: bytes of the whole file.

    Returns:
        One row per signature: what follows it.
    """
    rows = []
    for index, end in enumerate(ends):
        until = ends[index + 1] if index + 1 < len(ends) else size
        if index + 1 < len(snapshots):
            rows.append(_Comparison(snapshots[index], snapshots[index + 1]).row(index, until - end))
        else:
            rows.append(RevisionFacts(after=index, size=0, changed=0, forbidden=(), dss=False))
    return tuple(rows)


class _Comparison:
    """One appended part: what it changed and what of that is explained."""

    def __init__(self, before: Snapshot, after: Snapshot) -> None:
        self._before = before
        self._after = after
        self._changed = {key for key, text in after.texts.items() if before.texts.get(key) != text}
        self._removed = set(before.texts) - set(after.texts)
        self._explained: set[ObjectId] = set()
        self._dss = False

    def row(self, index: int, size: int) -> RevisionFacts:
        """Return what follows signature ``index``: ``size`` bytes."""
        forbidden = [f"removed {number}" for number, _ in sorted(self._removed)]
        self._explain()
        unexplained = sorted(self._changed - self._explained)
        forbidden += [f"{self._kind(key)} {key[0]}" for key in unexplained]
        trailer = self._trailer()
        return RevisionFacts(
            after=index,
            size=size,
            changed=len(self._changed) + len(self._removed),
            forbidden=tuple(forbidden + trailer),
            dss=self._dss,
        )

    def _trailer(self) -> list[str]:
        """Return the entries of the trailer that may not change and did."""
        before, after = self._before.pdf.trailer, self._after.pdf.trailer
        wrong = []
        for key in ("/Root", "/Info", "/Encrypt"):
            old, new = before.get(key), after.get(key)
            if not _same(old, new):
                wrong.append(f"trailer {key[1:]}")
        return wrong

    def _is_new(self, key: ObjectId) -> bool:
        return key not in self._before.texts

    def _kind(self, key: ObjectId) -> str:
        item = self._after.objects[key]
        known = item if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) else None
        name = str(known.get("/Type", known.get("/Subtype", ""))) if known is not None else ""
        word = {"/Catalog": "catalog", "/Page": "page", "/Annot": "annotation"}.get(name, "object")
        return f"{'new ' if self._is_new(key) else ''}{word}"

    # --- what is permitted -------------------------------------------------------------------

    def _explain(self) -> None:
        new_fields: set[ObjectId] = set()
        for key in self._changed:
            item = self._after.objects[key]
            if self._is_structure(key, item):
                self._explained.add(key)
            elif self._is_signed_widget(key, item):
                self._explained |= {key, item["/V"].objgen}
            elif self._is_new_timestamp_widget(key, item):
                self._explained |= {key, item["/V"].objgen}
                new_fields.add(key)
        self._explain_catalog()
        if new_fields:
            self._explain_longer_lists(new_fields)

    def _is_structure(self, key: ObjectId, item: pikepdf.Object) -> bool:
        """A new cross-reference or object stream; the objects in it are looked at themselves."""
        return (
            self._is_new(key)
            and isinstance(item, pikepdf.Stream)
            and str(item.get("/Type", "")) in _STRUCTURE_TYPES
        )

    def _is_signed_widget(self, key: ObjectId, item: pikepdf.Object) -> bool:
        """A signature field made beforehand that got its ``/V`` and nothing else."""
        old = self._before.objects.get(key)
        if not isinstance(item, pikepdf.Dictionary) or not isinstance(old, pikepdf.Dictionary):
            return False
        if str(old.get("/FT", "")) != "/Sig" or "/V" in old:
            return False
        same = set(item.keys()) - {"/V"} == set(old.keys()) and all(
            _same(item.get(name), old.get(name))
            for name in old.keys()  # noqa: SIM118 - not a dict
        )
        return same and self._is_new_signature(item.get("/V"))

    def _is_new_signature(
        self, value: pikepdf.Object | None, types: frozenset[str] = _SIGNATURE_TYPES
    ) -> bool:
        return (
            isinstance(value, pikepdf.Dictionary)
            and value.is_indirect
            and self._is_new(value.objgen)
            and set(value.keys()) <= _SIGNATURE_KEYS
            and str(value.get("/Type", "/Sig")) in types
        )

    def _is_new_timestamp_widget(self, key: ObjectId, item: pikepdf.Object) -> bool:
        """A new field of a document timestamp: without appearance, without area."""
        if not self._is_new(key) or not isinstance(item, pikepdf.Dictionary):
            return False
        return (
            set(item.keys()) <= _TIMESTAMP_WIDGET_KEYS
            and str(item.get("/FT", "")) == "/Sig"
            and str(item.get("/Subtype", "")) == "/Widget"
            and _has_no_area(item.get("/Rect"))
            and self._is_new_signature(item.get("/V"), frozenset({"/DocTimeStamp"}))
        )

    def _explain_catalog(self) -> None:
        """Validation data: the catalog may gain or change ``/DSS`` and nothing else."""
        old, new = self._before.pdf.Root, self._after.pdf.Root
        old_dss, new_dss = old.get("/DSS"), new.get("/DSS")
        if new_dss is None:
            return
        known = _dss_objects(old_dss) if old_dss is not None else ({}, True)
        found = _dss_objects(new_dss)
        if not found[1]:
            return
        for key, role in found[0].items():
            kept = role != "evidence" and known[0].get(key) == role
            if key in self._changed and (self._is_new(key) or kept):
                self._explained.add(key)
                self._dss = True
        key = new.objgen
        if key == old.objgen and key in self._changed:
            names = (set(old.keys()) | set(new.keys())) - {"/DSS"}
            if all(
                name in old and name in new and _same(old.get(name), new.get(name))
                for name in names
            ):
                self._explained.add(key)
                self._dss = True

    def _explain_longer_lists(self, new_fields: set[ObjectId]) -> None:
        """``/Fields`` of the form and ``/Annots`` of a page may grow by the new timestamp fields."""
        for key in self._changed - self._explained:
            old, new = self._before.objects.get(key), self._after.objects[key]
            if old is None:
                continue
            if isinstance(new, pikepdf.Array) and isinstance(old, pikepdf.Array):
                if self._is_field_list(key) and _grew_by(old, new, new_fields):
                    self._explained.add(key)
                continue
            if not isinstance(new, pikepdf.Dictionary) or not isinstance(old, pikepdf.Dictionary):
                continue
            name = "/Annots" if str(new.get("/Type", "")) == "/Page" else "/Fields"
            form = self._after.pdf.Root.get("/AcroForm")
            if name == "/Fields" and (form is None or form.objgen != key):
                continue
            rest = (set(old.keys()) | set(new.keys())) - {name}
            if all(
                part in old and part in new and _same(old.get(part), new.get(part)) for part in rest
            ) and _grew_by(old.get(name), new.get(name), new_fields):
                self._explained.add(key)

    def _is_field_list(self, key: ObjectId) -> bool:
        """An indirect array that is the form's ``/Fields`` or a page's ``/Annots``, before and now."""
        for snapshot in (self._before, self._after):
            form = snapshot.pdf.Root.get("/AcroForm")
            lists = [form.get("/Fields")] if form is not None else []
            lists += [page.obj.get("/Annots") for page in snapshot.pdf.pages]
            if not any(entry is not None and entry.objgen == key for entry in lists):
                return False
        return True


def _same(old: object, new: object) -> bool:
    """Compare two values of a dictionary or array; references as references."""
    if isinstance(old, pikepdf.Object) and isinstance(new, pikepdf.Object):
        return old.unparse() == new.unparse()
    return type(old) is type(new) and old == new  # pikepdf turns numbers into Python's own


def _has_no_area(rect: pikepdf.Object | None) -> bool:
    if not isinstance(rect, pikepdf.Array) or len(rect) != 4:  # noqa: PLR2004 - four corners
        return False
    left, bottom, right, top = (float(value) for value in rect)
    return left == right and bottom == top


def _grew_by(old: pikepdf.Object | None, new: pikepdf.Object | None, added: set[ObjectId]) -> bool:
    """Tell whether ``new`` is ``old`` with references to ``added`` at its end."""
    if not isinstance(new, pikepdf.Array):
        return False
    before = list(old) if isinstance(old, pikepdf.Array) else []
    after = list(new)
    return (
        len(after) >= len(before)
        and all(map(_same, before, after))
        and all(entry.objgen in added for entry in after[len(before) :])
    )


def _dss_objects(dss: pikepdf.Object) -> tuple[dict[ObjectId, str], bool]:
    """Return the indirect objects of a DSS with their roles, and whether it holds nothing else."""
    found: dict[ObjectId, str] = {}
    return found, _walk_dss(dss, found)


def _note(item: pikepdf.Object, role: str, found: dict[ObjectId, str]) -> None:
    if item.is_indirect:
        found[item.objgen] = role


def _walk_dss(dss: pikepdf.Object, found: dict[ObjectId, str]) -> bool:
    if not isinstance(dss, pikepdf.Dictionary) or not set(dss.keys()) <= _DSS_KEYS:
        return False
    _note(dss, "dss", found)
    lists = [dss.get(name) for name in ("/Certs", "/OCSPs", "/CRLs") if name in dss]
    vri = dss.get("/VRI")
    if vri is not None:
        if not isinstance(vri, pikepdf.Dictionary):
            return False
        _note(vri, "vri", found)
        for name in vri.keys():  # noqa: SIM118 - not a dict
            entry = vri.get(name)
            if name == "/Type":
                continue
            if not isinstance(entry, pikepdf.Dictionary) or not set(entry.keys()) <= _VRI_KEYS:
                return False
            _note(entry, "vri entry", found)
            lists += [entry.get(part) for part in ("/Cert", "/CRL", "/OCSP") if part in entry]
            if "/TS" in entry:
                lists.append(pikepdf.Array([entry.get("/TS")]))
    return all(_walk_evidence(item, found) for item in lists)


def _walk_evidence(item: pikepdf.Object | None, found: dict[ObjectId, str]) -> bool:
    if not isinstance(item, pikepdf.Array):
        return False
    _note(item, "list", found)
    for stream in item:
        if not isinstance(stream, pikepdf.Stream) or not set(stream.keys()) <= _EVIDENCE_KEYS:
            return False
        _note(stream, "evidence", found)
    return True
