"""What changed after a signature beside the pages: every part of two readings is held together.

The check of later changes asks whether every object is explained, the drawn pages show what is
seen. Between them lies what a reader is told without seeing it on a page: the title, the order of
reading, embedded files, bookmarks, the fonts that fields are drawn with, where a link leads. Here the
two readings are walked side by side from the trailer, by what each part is for; whatever is not
named below must be the same. A reference to an object that a part does not have reads as null, so
that filling it later is a change of whoever names it.

Files of others only; of a copy :mod:`vncopy.pdf.allowed_changes` permits less.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import MissingExtra
from vncopy.pdf.described import changed_descriptions
from vncopy.pdf.form_fonts import compare_fonts
from vncopy.pdf.later_fields import has_something, is_signed, paints, spelled_look
from vncopy.pdf.leftovers import references

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vncopy.pdf.revisions import ObjectId, Snapshot

__all__ = ["Beside", "changes_beside_pages"]

_FREE_OF_CATALOG: Final = frozenset({"/Version", "/Extensions", "/DSS", "/AcroForm", "/Metadata"})
"""Entries that have rules of their own, and the version of the format that a later part is written in."""
_VERSIONS: Final = frozenset({"/1.3", "/1.4", "/1.5", "/1.6", "/1.7", "/2.0"})
"""Versions of the format with incremental updates that sign."""
_FREE_OF_FORM: Final = frozenset({"/Fields", "/SigFlags", "/NeedAppearances", "/DR"})
"""Entries of a form with rules of their own; :mod:`vncopy.pdf.later_fields` asks of the third."""
_SET_ONCE: Final = frozenset({"/DA", "/Q"})
"""How values are drawn: what was said stays, what was not may be said by who fills the form."""
_FILLED_IN: Final = frozenset({"/V", "/AP", "/AS", "/F", "/Ff", "/Type", "/DA", "/Q"})
"""What filling and signing change of a field; what of it may is asked where it is looked at."""
_LOOK: Final = ("/AS", "/AP")
"""What a field looks like."""
_SAYS: Final = ("/V", *_LOOK)
"""What a form field says."""
_OF_A_SIGNATURE: Final = frozenset({"/Type", "/Ff"})
"""What some programs write anew into fields that are signed already."""
_WHERE_SEEN: Final = 1 | 2 | 4 | 8 | 16 | 32 | 256
"""Flags that say where something is seen: on paper, on the screen, how large (ISO 32000-1 table 165)."""
_HOW_USED: Final = 1 | 2 | 4
"""Flags of a field that do not change its look: may be written, must be, is sent (table 221)."""
_WORDS: Final[Mapping[str, str]] = {
    "/Outlines": "outlines", "/PageLabels": "page labels", "/Names": "names", "/Dests": "names",
    "/AF": "associated files", "/Lang": "language", "/StructTreeRoot": "structure",
    "/MarkInfo": "structure", "/ViewerPreferences": "view", "/PageLayout": "view",
    "/PageMode": "view", "/OpenAction": "action", "/AA": "action", "/OCProperties": "layers",
    "/OutputIntents": "colours", "/Perms": "permissions", "/Collection": "collection",
    "/Threads": "threads", "/URI": "action",
}  # fmt: skip
"""What entries of the catalog are called in facts; a foreign name may be personal."""
_NO_WORDS: Final[Mapping[str, str]] = MappingProxyType({})
_MOST_DEPTH: Final = 64
"""Lists of pages, and fields, inside of each other."""
_MOST_STEPS: Final = 400_000
"""Values that are compared; a file of 50,000 objects has about 300,000."""

_Pair = tuple[Any, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What changed beside the pages."""

    described: int = 0
    """Properties of the document that changed: title, author, and what else it says of itself."""
    drawn: int = 0
    """Fields that were filled, and such for signing that draw something and nobody signed."""
    forbidden: tuple[str, ...] = ()
    """What else changed, and may not."""


def changes_beside_pages(before: Snapshot, after: Snapshot) -> Beside:
    """Return what changed beside the pages.

    Args:
        before: the file at a signature.
        after: the file at the next one, or at the end.

    Returns:
        What changed; ``unreadable`` is among it where not everything could be compared.
    """
    walk = _Walk(before, after)
    try:
        walk.all()
    except (ValueError, TypeError, AttributeError, pikepdf.PdfError):
        walk.found.add("unreadable")
    return Beside(described=walk.described, drawn=walk.drawn, forbidden=tuple(sorted(walk.found)))


@dataclass(slots=True)
class _Walk:
    """Two readings, walked side by side."""

    before: Snapshot
    after: Snapshot
    found: set[str] = field(default_factory=set)
    described: int = 0
    drawn: int = 0
    known: dict[ObjectId, ObjectId] = field(default_factory=dict)
    """Parts that are compared by what they are for, wherever they are named: old and new number."""
    renamed: set[ObjectId] = field(default_factory=set)
    """The new numbers of those."""
    pages: list[_Pair] = field(default_factory=list)
    nodes: list[_Pair] = field(default_factory=list)
    fields: list[_Pair] = field(default_factory=list)
    widgets: list[_Pair] = field(default_factory=list)
    seen: set[tuple[ObjectId, ObjectId]] = field(default_factory=set)
    todo: list[tuple[Any, Any, str]] = field(default_factory=list)
    left: int = field(default_factory=lambda: _MOST_STEPS)

    def all(self) -> None:
        """Walk through everything."""
        old, new = self.before.pdf.Root, self.after.pdf.Root
        self._know(old, new)
        self._nodes(old.get("/Pages"), new.get("/Pages"), 0)
        self._form(old.get("/AcroForm"), new.get("/AcroForm"))
        self._annotations()
        # Only now: whatever is named elsewhere and has a purpose of its own is known.
        self._entries(old, new, "catalog", free=_FREE_OF_CATALOG, words=_WORDS)
        self._format(old, new)
        for one, other in self.nodes:
            self._entries(one, other, "pages", free=frozenset({"/Kids"}))
        for one, other in self.pages:
            self._entries(one, other, "page", free=frozenset({"/Annots"}))
        for one, other in self.fields:
            self._field(one, other)
        self._work()
        self.described = changed_descriptions(self.before, self.after)

    def _format(self, old: pikepdf.Object, new: pikepdf.Object) -> None:
        """Compare which format the file says it is in: later parts may need a later one."""
        versions = [str(each.get("/Version", "")) for each in (old, new)]
        grown = versions[0] <= versions[1] and versions[1] in _VERSIONS
        if versions[0] != versions[1] and not (grown and isinstance(new.Version, pikepdf.Name)):
            self.found.add("format")
        had, has = (each.get("/Extensions") for each in (old, new))
        known = had if isinstance(had, pikepdf.Dictionary) else pikepdf.Dictionary()
        if has is None or not isinstance(has, pikepdf.Dictionary):
            self.todo.append((had, has, "format"))
            return
        for name in known.keys():  # noqa: SIM118 - not a dict
            self.todo.append((known.get(name), has.get(name), "format"))

    def _know(self, old: Any, new: Any) -> bool:  # noqa: ANN401 - pikepdf's
        """Note a part; ``False``: it is known already, or cannot be the same part."""
        if not isinstance(old, pikepdf.Dictionary) or not isinstance(new, pikepdf.Dictionary):
            self.found.add("structure of the file")
            return False
        if old.is_indirect != new.is_indirect:
            self.found.add("structure of the file")
            return False
        if not old.is_indirect:
            return True
        if old.objgen in self.known or new.objgen in self.renamed:
            if self.known.get(old.objgen) != new.objgen:
                self.found.add("structure of the file")
            return False
        self.known[old.objgen] = new.objgen
        self.renamed.add(new.objgen)
        return True

    def _nodes(self, old: Any, new: Any, depth: int) -> None:  # noqa: ANN401 - pikepdf's
        """Go through the tree of pages."""
        if depth > _MOST_DEPTH:
            raise ValueError("pages")
        if not self._know(old, new):
            return
        kids, others = _rows(old.get("/Kids")), _rows(new.get("/Kids"))
        if not kids and not others:
            self.pages.append((old, new))
            return
        self.nodes.append((old, new))
        if len(kids) != len(others):
            self.found.add("pages")
        for one, other in zip(kids, others, strict=False):
            self._nodes(one, other, depth + 1)

    def _form(self, old: Any, new: Any) -> None:  # noqa: ANN401 - pikepdf's
        """Go through the form."""
        if old is None and new is None:
            return  # fields that only the pages know are found there
        if not isinstance(old, pikepdf.Dictionary) or not isinstance(new, pikepdf.Dictionary):
            self.found.add("form")
            return
        self._fields(old.get("/Fields"), new.get("/Fields"), 0)
        free = _FREE_OF_FORM | {name for name in _SET_ONCE if name not in old}
        self._entries(old, new, "form", free=free)
        pairs, filled = compare_fonts(old, new, [one for one, _ in self.fields])
        self.todo += [(one, other, "fonts of the form") for one, other in pairs]
        self.found.update({"fonts of the form"} if filled else ())

    def _fields(self, old: Any, new: Any, depth: int) -> None:  # noqa: ANN401 - pikepdf's
        """Go through a list of fields, each with the fields inside of it."""
        if depth > _MOST_DEPTH:
            raise ValueError("fields")
        pairs, added = self._matched(_rows(old), _rows(new), "fields")
        # What hangs from a field that was there would show one more picture of it.
        if not all(depth == 0 and _is_for_signing(each) for each in added):
            self.found.add("fields")
        for one, other in pairs:
            if self._know(one, other):
                self.fields.append((one, other))
                self._fields(one.get("/Kids"), other.get("/Kids"), depth + 1)

    def _annotations(self) -> None:
        """Go through what lies on the pages."""
        for old, new in self.pages:
            lists = _rows(old.get("/Annots")), _rows(new.get("/Annots"))
            pairs, added = self._matched(*lists, "annotations")
            if not all(_is_widget(each) and _is_for_signing(each) for each in added):
                self.found.add("annotations")
            self.drawn += sum(paints(each) and not is_signed(each) for each in added)
            for one, other in pairs:
                if not _is_widget(one):
                    self.todo.append((one, other, "annotations"))
                elif self._know(one, other) or not one.is_indirect:
                    self.fields.append((one, other))

    def _matched(self, old: list[Any], new: list[Any], word: str) -> tuple[list[_Pair], list[Any]]:
        """Pair the rows of a list that may have grown; return the pairs, and what is new."""
        pairs, added, place = [], [], 0
        for row in new:
            if place < len(old) and _is_same_row(old[place], row):
                pairs.append((old[place], row))
                place += 1
            else:
                added.append(row)
        if place < len(old):
            if len(old) == len(new):  # written anew under other numbers
                return list(zip(old, new, strict=True)), []
            self.found.add(word)
        return pairs, added

    def _entries(
        self,
        old: pikepdf.Object,
        new: pikepdf.Object,
        word: str,
        *,
        free: frozenset[str] = frozenset(),
        words: Mapping[str, str] = _NO_WORDS,
    ) -> None:
        """Put the entries of two dictionaries on the list of what must be the same."""
        for name in (set(old.keys()) | set(new.keys())) - free:
            called = words.get(name, word)
            self.todo.append((old.get(name), new.get(name), called))

    def _field(self, old: Any, new: Any) -> None:  # noqa: ANN401 - pikepdf's
        """Compare a field with what it was, besides what it shows."""
        signature = _inherited(old, "/FT") == "/Sig"
        if signature and "/V" in old:
            self._entries(old, new, "fields", free=_OF_A_SIGNATURE | {"/Kids"})
            return
        shown = has_something(old)
        free = _FILLED_IN - _SET_ONCE if shown else _FILLED_IN
        self._entries(old, new, "fields", free=free | {"/Kids"})
        says = _LOOK if signature else _SAYS
        if any(spelled_look(old, self.before, n) != spelled_look(new, self.after, n) for n in says):
            self.drawn += not is_signed(new)
        changed = _flags(old, "/F") ^ _flags(new, "/F")
        kind = _flags(old, "/Ff") ^ _flags(new, "/Ff")
        if (shown and not signature and changed & _WHERE_SEEN) or kind & ~_HOW_USED:
            self.found.add("fields")

    def _work(self) -> None:
        """Compare what is on the list."""
        while self.todo:
            self.left -= 1
            if self.left < 0:
                raise ValueError("steps")
            old, new, word = self.todo.pop()
            if word not in self.found and not self._same(old, new, word):
                self.found.add(word)

    def _same(self, old: Any, new: Any, word: str) -> bool:  # noqa: ANN401 - pikepdf's
        """Compare two values; what lies in them is put on the list."""
        if not isinstance(old, pikepdf.Object) or not isinstance(new, pikepdf.Object):
            return type(old) is type(new) and old == new
        first, second = _number(old), _number(new)
        if first in self.known or second in self.renamed:
            return first is not None and self.known.get(first) == second
        if first is not None and second is not None:
            if (first, second) in self.seen:
                return True
            self.seen.add((first, second))
            if first == second and self.before.texts.get(first) == self.after.texts.get(second):
                return self._same_references(first, word)
        return self._same_content(old, new, word)

    def _same_references(self, start: ObjectId, word: str) -> bool:
        """Follow what is written alike in both readings, without spelling it out."""
        todo = [start]
        while todo:
            self.left -= 1
            if self.left < 0:
                raise ValueError("steps")
            for key in references(self.before.texts.get(todo.pop(), b"")):
                if key in self.known or key in self.renamed:
                    if self.known.get(key) != key:
                        return False
                    continue
                if (key, key) in self.seen:
                    continue
                old, new = self.before.texts.get(key), self.after.texts.get(key)
                if old is not None and old == new:
                    self.seen.add((key, key))
                    todo.append(key)
                else:
                    pair = self.before.pdf.get_object(key), self.after.pdf.get_object(key)
                    self.todo.append((*pair, word))
        return True

    def _same_content(self, old: pikepdf.Object, new: pikepdf.Object, word: str) -> bool:
        """Compare two values by what is written in them."""
        if isinstance(old, pikepdf.Array):
            if not isinstance(new, pikepdf.Array) or len(old) != len(new):
                return False
            self.todo += [(one, other, word) for one, other in zip(old, new, strict=True)]
            return True
        streams = isinstance(old, pikepdf.Stream), isinstance(new, pikepdf.Stream)
        if any(streams):
            if not all(streams) or old.read_raw_bytes() != new.read_raw_bytes():
                return False
        elif not isinstance(old, pikepdf.Dictionary) or not isinstance(new, pikepdf.Dictionary):
            return old.unparse(resolved=True) == new.unparse(resolved=True)
        self._entries(old, new, word)
        return True


def _rows(value: Any) -> list[Any]:  # noqa: ANN401 - pikepdf's
    return list(value) if isinstance(value, pikepdf.Array) else []


def _number(value: pikepdf.Object) -> ObjectId | None:
    return value.objgen if value.is_indirect else None


def _is_same_row(old: Any, new: Any) -> bool:  # noqa: ANN401 - pikepdf's
    if not isinstance(old, pikepdf.Object) or not isinstance(new, pikepdf.Object):
        return type(old) is type(new) and old == new
    if old.is_indirect or new.is_indirect:
        return _number(old) == _number(new)
    return old.unparse() == new.unparse()


def _is_widget(item: Any) -> bool:  # noqa: ANN401 - pikepdf's
    return isinstance(item, pikepdf.Dictionary) and str(item.get("/Subtype", "")) == "/Widget"


def _is_for_signing(item: Any) -> bool:  # noqa: ANN401 - pikepdf's
    return isinstance(item, pikepdf.Dictionary) and _inherited(item, "/FT") == "/Sig"


def _inherited(item: Any, name: str) -> str:  # noqa: ANN401 - pikepdf's
    """Return a name that a field has, or the field that it is part of."""
    for _ in range(_MOST_DEPTH):
        if not isinstance(item, pikepdf.Dictionary):
            break
        if name in item:
            return str(item.get(name))
        item = item.get("/Parent")
    return ""


def _flags(item: Any, name: str) -> int:  # noqa: ANN401 - pikepdf's
    """Return flags; what is no number counts as all of them."""
    value = item.get(name, 0)
    return value if type(value) is int else -1
