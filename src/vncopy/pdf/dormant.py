"""What a file holds without showing it: what the shadow attacks prepare before somebody signs.

The signed bytes of a prepared file hold two documents, and a few bytes appended later make readers
take the other one. Where both are, is told here, before anything was appended: objects that
nothing names, two things under one number, earlier states of the pages, fields and layers that are
not shown. What lies under pictures and fields is seen on the drawn page (:mod:`vncopy.pdf.covered`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import MissingExtra
from vncopy.facts.common import PASSED, Step
from vncopy.facts.pdf import HiddenFacts
from vncopy.pdf.acting import acts_alone
from vncopy.pdf.leftovers import EarlierStates, earlier_states, reached, unlisted_objects
from vncopy.pdf.printing import other_in_print
from vncopy.reasons import Reason

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vncopy.pdf.limits import ReadingLimits
    from vncopy.pdf.revisions import ObjectId, Snapshot

__all__ = ["find_dormant"]

_SHOWN: Final = frozenset(
    {"/Catalog", "/Pages", "/Page", "/Font", "/FontDescriptor", "/XObject", "/Annot", "/Pattern"}
)
"""Types of objects that take part in what is seen."""
_SHOWN_SUBTYPES: Final = frozenset({"/Image", "/Form", "/Widget", "/FreeText", "/Stamp"})
_PLAIN_FONT: Final = frozenset({"/Type", "/Subtype", "/BaseFont", "/Encoding", "/Name"})
"""All that a font has which viewers bring along (ISO 32000-1 table 111)."""
_NOT_SHOWN: Final = frozenset(
    {"/XRef", "/ObjStm", "/Metadata", "/EmbeddedFile", "/Filespec", "/Sig", "/DocTimeStamp"}
)
"""Types of streams and dictionaries that nothing draws."""
_HINTS: Final = frozenset(
    {
        "/Length", "/Filter", "/DecodeParms", "/S", "/T", "/O", "/A", "/E", "/V", "/I", "/C", "/L",
        "/R", "/B", "/P",
    }
)  # fmt: skip
"""Keys of the hint stream of a linearised file (ISO 32000-1 annex F.3.1), which nothing names."""
_INVISIBLE, _HIDDEN, _NO_VIEW = 1, 2, 32
"""Flags of annotations that keep them from the screen (ISO 32000-1 table 165)."""
_ALWAYS_UNSEEN: Final = frozenset({"/Popup", "/Link"})
"""Annotations without a look of their own."""
_MOST_WORDS: Final = 4
"""Kinds that a detail names."""
_MOST_FIELDS: Final = 5_000
"""Fields and annotations that are looked at."""


def find_dormant(
    data: bytes, earlier: dict[int, Snapshot], ends: Sequence[int], limits: ReadingLimits
) -> tuple[tuple[HiddenFacts, ...], Step]:
    """Search a file for what it does not show.

    Args:
        data: the whole file.
        earlier: the file as it was at the end of each signed part, and the whole.
        ends: where the signatures end, the first one first.
        limits: how much is looked at.

    Returns:
        What was found, and whether everything could be searched. Raises nothing.
    """
    final = earlier[len(data)]
    signed = [earlier[end] for end in ends if end in earlier]
    searches: tuple[Callable[[], Iterable[HiddenFacts]], ...] = (
        lambda: _unused(final, signed, earlier_states(data, earlier, ends, limits)),
        lambda: unlisted_objects(data, final),
        lambda: _hidden_fields(final),
        lambda: _layers(final),
        lambda: _looks_to_be_made(final),
        lambda: other_in_print(final),
        lambda: acts_alone(final),
    )
    found: list[HiddenFacts] = []
    step = PASSED
    for search in searches:
        try:
            found += search()
        except Exception as error:  # noqa: BLE001 - the border: what cannot be searched is a fact
            step = Step(reason=Reason.HIDDEN_UNREAD, detail=type(error).__name__)
    return tuple(found), step


def _unused(
    final: Snapshot, signed: Sequence[Snapshot], states: EarlierStates
) -> Iterator[HiddenFacts]:
    """Yield what took part in nothing that is seen, ever, and what did before the first signature.

    The look of a field that was filled before the signature is neither.
    """
    if states.changed:
        yield HiddenFacts(kind="earlier", count=states.changed)
    used: set[ObjectId] = reached(final) | states.used
    for snapshot in signed:
        if snapshot is not final:
            used |= reached(snapshot)
    words: dict[str, int] = {}
    linearised = any(b"/Linearized" in text for text in final.texts.values())
    for key, item in final.objects.items():
        if key in used or key[0] < 0:
            continue
        word = _drawn_kind(item)
        if word == "stream" and linearised and set(item.keys()) <= _HINTS and "/S" in item:
            continue
        if word:
            words[word] = words.get(word, 0) + 1
    if words:
        detail = ", ".join(f"{count} {word}" for word, count in sorted(words.items())[:_MOST_WORDS])
        yield HiddenFacts(kind="unused", count=sum(words.values()), detail=detail)


def _drawn_kind(item: Any) -> str:  # noqa: ANN401 - pikepdf's
    """Return a word for an object that takes part in what is seen, else nothing."""
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return ""
    kind, subtype = str(item.get("/Type", "")), str(item.get("/Subtype", ""))
    if kind == "/Font" and set(item.keys()) <= _PLAIN_FONT and _is_name(item.get("/Encoding")):
        return ""  # one of the fonts that every viewer has: it can show nothing else
    if kind in _SHOWN:
        return kind[1:].lower()
    if subtype in _SHOWN_SUBTYPES:
        return subtype[1:].lower()
    if isinstance(item, pikepdf.Stream) and kind not in _NOT_SHOWN:
        return "stream"
    return ""


def _is_name(value: Any) -> bool:  # noqa: ANN401 - pikepdf's
    return value is None or isinstance(value, pikepdf.Name)


def _hidden_fields(final: Snapshot) -> Iterator[HiddenFacts]:
    """Yield the fields and annotations that have a look or a value and are kept from the screen."""
    count = 0
    left = _MOST_FIELDS
    for page in final.pdf.pages:
        shown = [float(number) for number in page.cropbox]
        listed = page.obj.get("/Annots")
        for item in listed if isinstance(listed, pikepdf.Array) else ():
            left -= 1
            if left < 0:
                raise ValueError("annotations")
            if isinstance(item, pikepdf.Dictionary):
                count += _is_kept_unseen(item, shown)
    if count:
        yield HiddenFacts(kind="hidden_field", count=count)


def _is_kept_unseen(item: pikepdf.Dictionary, shown: Sequence[float]) -> bool:
    """Tell whether an annotation has something to show and does not."""
    if str(item.get("/Subtype", "")) in _ALWAYS_UNSEEN or not _has_something(item):
        return False
    flags = item.get("/F", 0)
    if not isinstance(flags, int) or flags & (_INVISIBLE | _HIDDEN | _NO_VIEW):
        return True
    box = item.get("/Rect")
    if not isinstance(box, pikepdf.Array) or len(box) != 4:  # noqa: PLR2004 - four corners
        return True
    left, bottom, right, top = (float(number) for number in box)
    left, right = min(left, right), max(left, right)
    bottom, top = min(bottom, top), max(bottom, top)
    if left == right or bottom == top:
        return True
    return (
        left >= max(shown[0], shown[2])
        or right <= min(shown[0], shown[2])
        or (bottom >= max(shown[1], shown[3]) or top <= min(shown[1], shown[3]))
    )


def _has_something(item: pikepdf.Dictionary) -> bool:
    """Tell whether an annotation has a look that draws, or a value that is a text."""
    looks = item.get("/AP")
    normal = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    if isinstance(normal, pikepdf.Stream) and len(normal.read_raw_bytes()) > 0:
        box = normal.get("/BBox")
        area = list(box) if isinstance(box, pikepdf.Array) else []
        if len(area) == 4 and area[0] != area[2] and area[1] != area[3]:  # noqa: PLR2004 - corners
            return True
    value = item.get("/V")
    return isinstance(value, pikepdf.String) and bool(bytes(value))


def _layers(final: Snapshot) -> Iterator[HiddenFacts]:
    """Yield the layers that are off, or that a viewer switches by itself."""
    properties = final.pdf.Root.get("/OCProperties")
    if not isinstance(properties, pikepdf.Dictionary):
        return
    default = properties.get("/D")
    if not isinstance(default, pikepdf.Dictionary):
        return
    off = default.get("/OFF")
    count = len(off) if isinstance(off, pikepdf.Array) else 0
    switched = str(default.get("/BaseState", "/ON")) != "/ON" or any(
        isinstance(rows, pikepdf.Array) and len(rows)
        for rows in (default.get("/AS"), properties.get("/Configs"))
    )
    if count or switched:
        yield HiddenFacts(kind="layer", count=max(1, count))


def _looks_to_be_made(final: Snapshot) -> Iterator[HiddenFacts]:
    """Yield whether viewers are told to draw the fields anew from their values."""
    form = final.pdf.Root.get("/AcroForm")
    asked: Any = form.get("/NeedAppearances") if isinstance(form, pikepdf.Dictionary) else None
    if asked:
        yield HiddenFacts(kind="value", count=1, detail="NeedAppearances")
