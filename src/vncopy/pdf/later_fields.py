"""Which boxes of a page may look different after a signature, in files of others.

Signatures may be added and forms filled after somebody signed, as far as he permitted it. Only what
showed nothing when he signed may be filled: a field that had a value is part of what he saw.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import MissingExtra
from vncopy.pdf.allowed_store import same_value
from vncopy.pdf.revisions import LaterWidget

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vncopy.pdf.revisions import ObjectId, Snapshot

__all__ = [
    "filled_values",
    "has_something",
    "is_signed",
    "later_widgets",
    "paints",
    "replaced_values",
    "spelled_look",
    "unlike_fields",
]

_FILLED: Final = frozenset({"/Tx", "/Ch", "/Btn"})
"""Kinds of fields that are filled; signature fields are signed."""
_MOST_PARENTS: Final = 16
"""Fields inside of fields that are followed."""
_MOST_OBJECTS: Final = 50_000
"""Objects that are compared; a file with more is not read at all."""
_MOST_WIDGETS: Final = 2_000
"""Fields of a file that are looked at; the look of further ones may not change."""
_UNSTEADY: Final = 8 | 16
"""Flags of what keeps its size or its direction on the screen, so that it covers more of the page the
smaller that is shown (ISO 32000-1 table 165: NoZoom, NoRotate)."""
_DOING: Final = ("/A", "/AA", "/OC")
"""What a field does when it is used, and the layer that shows or hides it."""
_COMMENT: Final = re.compile(rb"%[^\r\n]*|(?<![^\s])(?:q|Q|n|EMC|/Tx BMC)(?![^\s])")
"""What a look may hold that paints nothing."""
_MOST_LOOKS: Final = 64
"""Looks of a field that are told apart."""


def later_widgets(before: Snapshot, final: Snapshot) -> tuple[LaterWidget, ...]:
    """Return the fields whose look may have changed since a revision.

    Args:
        before: the file at the revision.
        final: the whole file.
    """
    found = []
    locks, filled = _locks(before), filled_values(before, final)
    for place, (page, item) in enumerate(_widgets(final)):
        box = _box(item)
        if place >= _MOST_WIDGETS:
            break
        if box is None:
            continue
        kind = _inherited(item, "/FT")
        known = item.objgen in before.texts and item.is_indirect
        old: Any = before.objects.get(item.objgen) if known else None
        if str(kind) == "/Sig":
            if old is None or before.texts[item.objgen] != final.texts[item.objgen]:
                known = isinstance(old, pikepdf.Dictionary) and _is_same_place(old, item)
                added = not known
                painted = paints(item) and _look(old, before) != _look(item, final)
                found.append(LaterWidget(page=page, box=box, added=added, painted=painted))
        elif str(kind) in _FILLED and _was_empty(old, item) and not _is_locked(item, locks):
            holder = _holder(item)
            found.append(
                LaterWidget(
                    page=page,
                    box=box,
                    signature=False,
                    added=False,
                    holder=holder if holder in filled else None,
                )
            )
    return tuple(found)


def filled_values(before: Snapshot, final: Snapshot) -> frozenset[ObjectId]:
    """Return the objects of fields that had no value at a revision and have one now.

    Args:
        before: the file at the revision.
        final: the whole file.
    """
    found = set()
    for key, text in final.texts.items():
        if before.texts.get(key) == text or b"/V" not in text:
            continue
        item, old = final.objects[key], before.objects.get(key)
        if not isinstance(item, pikepdf.Dictionary) or str(_inherited(item, "/FT")) not in _FILLED:
            continue
        had = old.get("/V") if isinstance(old, pikepdf.Dictionary) else None
        if _is_blank(had) and not _is_blank(item.get("/V")):
            found.add(key)
    return frozenset(found)


def _holder(item: Any) -> ObjectId | None:  # noqa: ANN401 - pikepdf's
    """Return the object that holds the value of a field: itself, or a field that it is part of."""
    for _ in range(_MOST_PARENTS):
        if not isinstance(item, pikepdf.Dictionary):
            return None
        if "/V" in item:
            return item.objgen
        item = item.get("/Parent")
    return None


def replaced_values(before: Snapshot, final: Snapshot) -> int:
    """Return how many fields had a value at a revision and have another one now.

    That viewers are told to draw all fields anew counts as one more.

    Args:
        before: the file at the revision.
        final: the file later.
    """
    count = int(_drawn_anew(final) and not _drawn_anew(before))
    for place, key in enumerate(key for key in final.texts if key in before.texts):
        if place >= _MOST_OBJECTS:
            return count + 1
        if final.texts[key] == before.texts[key]:
            continue
        old, item = before.objects[key], final.objects[key]
        if not isinstance(old, pikepdf.Dictionary) or "/V" not in old:
            continue
        if not isinstance(item, pikepdf.Dictionary) or ("/FT" not in old and "/T" not in old):
            continue
        count += not _is_blank(old.get("/V")) and not same_value(old.get("/V"), item.get("/V"))
    return count


def has_something(item: Any) -> bool:  # noqa: ANN401 - pikepdf's
    """Tell whether a field has a value, or a look that paints something.

    Args:
        item: the field, as it is in one reading.
    """
    return not _is_blank(_inherited(item, "/V")) or paints(item)


def is_signed(item: Any) -> bool:  # noqa: ANN401 - pikepdf's
    """Tell whether somebody signed in a field; a timestamp is nobody's word.

    Args:
        item: the field, as it is in one reading.
    """
    for _ in range(_MOST_PARENTS):
        if not isinstance(item, pikepdf.Dictionary):
            return False
        value = item.get("/V")
        if isinstance(value, pikepdf.Dictionary):
            return str(value.get("/Type", "/Sig")) == "/Sig"
        item = item.get("/Parent")
    return False


def spelled_look(item: Any, snapshot: Snapshot, name: str) -> bytes:  # noqa: ANN401 - pikepdf's
    """Return what a field says by one of its entries, spelled out, looks with their digests.

    Args:
        item: the field.
        snapshot: the reading that it is part of.
        name: ``/V``, ``/AS`` or ``/AP``.
    """
    value = item.get(name)
    if name != "/AP" or not isinstance(value, pikepdf.Dictionary):
        return _text_of(value, snapshot)
    looks = value.get("/N")
    if isinstance(looks, pikepdf.Stream) or not isinstance(looks, pikepdf.Dictionary):
        return _text_of(looks, snapshot)
    states = sorted(looks.keys())[:_MOST_LOOKS]
    return b"".join(state.encode() + _text_of(looks.get(state), snapshot) for state in states)


def unlike_fields(before: Snapshot, final: Snapshot) -> int:
    """Return how many fields came or changed that may look unlike what one engine draws of them.

    Args:
        before: the file at a revision.
        final: the file later.
    """
    count = 0
    inline = {item.unparse() for _, item in _widgets(before) if not item.is_indirect}
    for place, (_, item) in enumerate(_widgets(final)):
        if place >= _MOST_OBJECTS:
            return count + 1
        if not item.is_indirect and item.unparse() in inline:
            continue
        known = item.is_indirect and item.objgen in before.texts
        old: Any = before.objects.get(item.objgen) if known else None
        old = old if isinstance(old, pikepdf.Dictionary) else pikepdf.Dictionary()
        count += (
            any(_shown_as(old.get(name)) != _shown_as(item.get(name)) for name in _DOING)
            or _other_looks(old, before) != _other_looks(item, final)
            or bool(_flags(item) & _UNSTEADY & ~_flags(old))
            or (_is_left_to_viewers(item) and not _is_left_to_viewers(old))
        )
    return count


def _shown_as(value: Any) -> bytes:  # noqa: ANN401 - pikepdf's
    """Return a value as it is written, empty if it is not there."""
    return value.unparse() if isinstance(value, pikepdf.Object) else b""


def _flags(item: pikepdf.Dictionary) -> int:
    flags: Any = item.get("/F", 0)
    return flags if isinstance(flags, int) else 0


def _other_looks(item: pikepdf.Dictionary, snapshot: Snapshot) -> tuple[bytes, ...]:
    """Return the looks of a field while the pointer is over it, and while it is pressed."""
    looks = item.get("/AP")
    if not isinstance(looks, pikepdf.Dictionary):
        return ()
    found: list[bytes] = []
    for name in ("/D", "/R"):
        look = looks.get(name)
        if isinstance(look, pikepdf.Stream) or not isinstance(look, pikepdf.Dictionary):
            found += [name.encode(), _text_of(look, snapshot)] if look is not None else []
            continue
        for state in sorted(look.keys())[:_MOST_LOOKS]:
            found += [name.encode(), state.encode(), _text_of(look.get(state), snapshot)]
    return tuple(found)


def _text_of(look: Any, snapshot: Snapshot) -> bytes:  # noqa: ANN401 - pikepdf's
    """Return an object spelled out, a stream with its digest."""
    if isinstance(look, pikepdf.Object) and look.is_indirect:
        return snapshot.texts.get(look.objgen, b"")
    return _shown_as(look)


def _is_left_to_viewers(item: pikepdf.Dictionary) -> bool:
    """Tell whether a field has a background, a border or a caption and no look that draws them."""
    marks, looks, box = item.get("/MK"), item.get("/AP"), _box(item)
    if not isinstance(marks, pikepdf.Dictionary) or not marks.keys():
        return False
    if box is not None and (box[0] == box[2] or box[1] == box[3]):
        return False
    normal = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    if isinstance(normal, pikepdf.Stream):
        return False
    state: Any = item.get("/AS")
    if not isinstance(normal, pikepdf.Dictionary) or not isinstance(state, pikepdf.Name):
        return True
    return not isinstance(normal.get(str(state)), pikepdf.Stream)


def _look(item: Any, snapshot: Snapshot) -> bytes:  # noqa: ANN401 - pikepdf's
    """Return the look of a field spelled out, empty if it has none."""
    looks = item.get("/AP") if isinstance(item, pikepdf.Dictionary) else None
    return _text_of(looks.get("/N"), snapshot) if isinstance(looks, pikepdf.Dictionary) else b""


def paints(item: pikepdf.Dictionary) -> bool:
    """Tell whether a field has a look that is more than blanks and comments.

    Args:
        item: the field.
    """
    looks = item.get("/AP")
    normal = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    if not isinstance(normal, pikepdf.Stream):
        return False
    try:
        return bool(_COMMENT.sub(b"", normal.read_bytes()).strip())
    except pikepdf.PdfError:
        return True


def _drawn_anew(snapshot: Snapshot) -> bool:
    """Tell whether viewers are told to draw the fields from their values."""
    form = snapshot.pdf.Root.get("/AcroForm")
    asked: Any = form.get("/NeedAppearances") if isinstance(form, pikepdf.Dictionary) else None
    return bool(asked)


def _is_blank(value: Any) -> bool:  # noqa: ANN401 - pikepdf's
    """Tell whether a value is that of a field that nobody filled."""
    if isinstance(value, pikepdf.String):
        return not bytes(value)
    return value is None or str(value) == "/Off"


def _locks(before: Snapshot) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return which fields the signed fields of a revision lock, as the fields themselves say.

    A signature should repeat it (ISO 32000-1 table 233), and pyHanko asks the signature alone.
    """
    found = []
    for _, item in _widgets(before):
        lock = item.get("/Lock")
        if "/V" in item and isinstance(lock, pikepdf.Dictionary):
            named = lock.get("/Fields")
            names = named if isinstance(named, pikepdf.Array) else ()
            found.append((str(lock.get("/Action", "")), frozenset(map(str, names))))
    return tuple(found)


def _is_locked(item: Any, locks: tuple[tuple[str, frozenset[str]], ...]) -> bool:  # noqa: ANN401 - pikepdf's
    """Tell whether a field is locked by its name, or by that of a field that it is part of."""
    names = _names(item)
    return any(
        action == "/All"
        or (action == "/Include" and bool(names & fields))
        or (action == "/Exclude" and not names & fields)
        for action, fields in locks
    )


def _names(item: Any) -> set[str]:  # noqa: ANN401 - pikepdf's
    """Return the full name of a field, and those of the fields that it is part of."""
    parts: list[str] = []
    for _ in range(_MOST_PARENTS):
        if not isinstance(item, pikepdf.Dictionary):
            break
        if "/T" in item:
            parts.insert(0, str(item.get("/T")))
        item = item.get("/Parent")
    return {".".join(parts[: end + 1]) for end in range(len(parts))}


def _widgets(final: Snapshot) -> Iterator[tuple[int, Any]]:
    """Yield the fields that the pages show, each with the index of its page."""
    for index, page in enumerate(final.pdf.pages):
        listed = page.obj.get("/Annots")
        for item in listed if isinstance(listed, pikepdf.Array) else ():
            if isinstance(item, pikepdf.Dictionary) and str(item.get("/Subtype", "")) == "/Widget":
                yield index, item


def _is_same_place(old: pikepdf.Dictionary, item: pikepdf.Dictionary) -> bool:
    """Tell whether a field is where it was, and as much to be seen as it was."""
    return _box(old) == _box(item) and old.get("/F", 0) == item.get("/F", 0)


def _was_empty(old: Any, item: pikepdf.Dictionary) -> bool:  # noqa: ANN401 - pikepdf's
    """Tell whether a field was there, in the same place, and had no value."""
    if not isinstance(old, pikepdf.Dictionary) or not _is_same_place(old, item):
        return False
    if str(_inherited(old, "/FT")) == "/Btn":
        return str(old.get("/AS", "/Off")) == "/Off"
    return _is_blank(_inherited(old, "/V"))


def _inherited(item: Any, name: str) -> Any:  # noqa: ANN401 - pikepdf's
    """Return an entry of a field, or of the field that it is part of."""
    for _ in range(_MOST_PARENTS):
        if not isinstance(item, pikepdf.Dictionary):
            return None
        if name in item:
            return item.get(name)
        item = item.get("/Parent")
    return None


def _box(item: pikepdf.Dictionary) -> tuple[float, float, float, float] | None:
    """Return left, bottom, right and top of a field, or nothing where they are no numbers."""
    rect = item.get("/Rect")
    if not isinstance(rect, pikepdf.Array) or len(rect) != 4:  # noqa: PLR2004 - four corners
        return None
    try:
        left, bottom, right, top = (float(value) for value in rect)
    except (TypeError, ValueError):
        return None
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
