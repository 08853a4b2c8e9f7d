"""What a drawn page hides: text beneath pictures, text in no colour, fields that lie over text.

Whether something is seen is not reasoned out, it is tried: the page is drawn once more without it.
Where not one pixel changes, nobody saw it. What is suspicious is tried apart from the rest, so that
a false text above does not stand in for the true one beneath.

Files of others only; of a copy :mod:`vncopy.pdf.visibility` permits less.
"""

from __future__ import annotations

import ctypes
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra
from vncopy.facts.pdf import HiddenFacts
from vncopy.pdf.masks import Area, Box, area_of, characters_of, cut
from vncopy.pdf.visibility import Parts, box_of, is_colourless, parts_of_form, parts_of_page

try:
    import pypdfium2.raw as pdfium_c
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pypdfium2 as pdfium

    from vncopy.facts.pdf import HiddenKind
    from vncopy.pdf.picture import Picture

__all__ = ["HiddenOnPages"]

MOST_OBJECTS: Final = 20_000
"""Painted objects of a page that are looked at; a full page of a contract has some thousand."""
MOST_PAIRS: Final = 300_000
"""Comparisons of boxes on a page; beyond, everything is tried as suspicious."""
MOST_TRIES: Final = 12
"""Times that a page is drawn again to try what overlaps, one group after the other."""
MOST_PIXELS: Final = 250_000_000
"""Pixels that are drawn for trying, over all pages: 125 pages of A4, a second."""
MOST_ANNOTATIONS: Final = 2_000
"""Annotations of a page that are looked at."""
_COVERED: Final = 0.5
"""Share of a text or picture that something lies over, from which on it is suspicious."""
_SCAN: Final = 0.8
"""Share of a page that one picture covers, from which on the page is a scan: text that it does not
paint is what a machine read from the picture."""
_FEW: Final = 2
"""Characters that a field may touch by accident."""
_MAX_DEPTH: Final = 8
"""Nested form XObjects that are followed."""
_UNPAINTED: Final = 3
"""Text rendering mode that paints nothing (ISO 32000-1 table 106)."""
_BESIDE_TEXT: Final = frozenset(
    {
        pdfium_c.FPDF_ANNOT_LINK, pdfium_c.FPDF_ANNOT_POPUP, pdfium_c.FPDF_ANNOT_HIGHLIGHT,
        pdfium_c.FPDF_ANNOT_UNDERLINE, pdfium_c.FPDF_ANNOT_SQUIGGLY, pdfium_c.FPDF_ANNOT_STRIKEOUT,
    }
)  # fmt: skip
"""Annotations that lie over text by their nature."""
_TEXTS: Final = frozenset(
    {
        pdfium_c.FPDF_FORMFIELD_TEXTFIELD,
        pdfium_c.FPDF_FORMFIELD_COMBOBOX,
    }
)
"""Fields that show their value as a text."""
_PASSWORD: Final = 1 << 13
"""Flag of a field that shows stars (ISO 32000-1 table 228)."""


@dataclass(slots=True)
class _Painted:
    """One text or picture of a page."""

    item: object
    box: Box
    text: bool
    suspicious: bool = False
    """Something lies over it, or it has no colour."""


@dataclass(slots=True)
class HiddenOnPages:
    """What the pages of a file hide, counted page by page; call it under the lock of PDFium."""

    counts: dict[HiddenKind, int] = field(default_factory=dict)
    pages: dict[HiddenKind, list[int]] = field(default_factory=dict)
    pixels: int = 0

    def look(
        self,
        document: pdfium.PdfDocument,
        number: int,
        picture: Picture,
        draw: Callable[[pdfium.PdfPage], Picture],
    ) -> None:
        """Look at one page.

        Args:
            document: open, its forms ready.
            number: index of the page.
            picture: of the page as it is seen.
            draw: draws a page in the same size.

        Raises:
            ValueError: there is too much to be tried.
        """

        def counted(page: pdfium.PdfPage) -> Picture:
            self.pixels += picture.width * picture.height
            if self.pixels > MOST_PIXELS:
                msg = "pixels"
                raise ValueError(msg)
            return draw(page)

        with closing(document[number]) as page:
            painted = _Look.at(page)
            characters = characters_of(page)
            fields = tuple(_fields(document, page))
            self._add("over_text", number, _over_text(fields, characters))
            painted.suspect([box for kind, box, _, _ in fields if kind not in _BESIDE_TEXT])
            for kind, count in painted.unseen(page, picture, counted).items():
                self._add(kind, number, count)
            values = [(box, value) for _, box, value, form in fields if form in _TEXTS and value]
            if values:
                self._add("value", number, _not_shown(document, page, number, values))

    def _add(self, kind: HiddenKind, number: int, count: int) -> None:
        if count:
            self.counts[kind] = self.counts.get(kind, 0) + count
            self.pages.setdefault(kind, []).append(number + 1)

    def facts(self) -> tuple[HiddenFacts, ...]:
        """Return what was found, with the numbers of the pages."""
        return tuple(
            HiddenFacts(
                kind=kind,
                count=count,
                detail=f"pages {', '.join(str(page) for page in self.pages[kind][:6])}",
            )
            for kind, count in self.counts.items()
        )


@dataclass(slots=True)
class _Look:
    """One pass over what a page paints, in the order of painting."""

    box: Box
    left: int
    painted: list[_Painted] = field(default_factory=list)
    covers: list[tuple[int, Box]] = field(default_factory=list)
    """Boxes of what can cover, each with the number of texts and pictures painted before it."""

    @classmethod
    def at(cls, page: pdfium.PdfPage) -> _Look:
        """Look at a page."""
        look = cls(box=page.get_bbox(), left=MOST_OBJECTS)
        look.through(parts_of_page(page), 0)
        return look

    def through(self, parts: Parts, depth: int) -> None:
        """Look at what is painted.

        Raises:
            ValueError: there are too many, or they are nested too deeply.
        """
        if parts.count > self.left or depth > _MAX_DEPTH:
            msg = "painted objects"
            raise ValueError(msg)
        self.left -= parts.count
        matrix = parts.matrix
        for index in range(parts.count):
            item = parts.get(index)
            kind = pdfium_c.FPDFPageObj_GetType(item)
            if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
                self.through(parts_of_form(item, matrix), depth + 1)
                continue
            where = box_of(item, matrix)
            if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
                self.painted.append(
                    _Painted(item=item, box=where, text=True, suspicious=is_colourless(item))
                )
                continue
            if kind != pdfium_c.FPDF_PAGEOBJ_PATH or _is_filled(item):
                self.covers.append((len(self.painted), where))
            if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                self.painted.append(_Painted(item=item, box=where, text=False))

    def suspect(self, above: Sequence[Box]) -> None:
        """Mark what something lies over.

        Args:
            above: boxes of the annotations, which are drawn last.
        """
        covers = [*self.covers, *((len(self.painted), box) for box in above)]
        if len(covers) * len(self.painted) > MOST_PAIRS:
            for each in self.painted:
                each.suspicious = True
            return
        for number, each in enumerate(self.painted):
            size = _size(each.box)
            each.suspicious |= any(
                place > number and _shared(box, each.box) >= _COVERED * size
                for place, box in covers
                if size > 0
            )

    def unseen(
        self,
        page: pdfium.PdfPage,
        picture: Picture,
        draw: Callable[[pdfium.PdfPage], Picture],
    ) -> dict[HiddenKind, int]:
        """Return how many texts and pictures change no pixel when they are left out."""
        found: dict[HiddenKind, int] = {}
        scan = any(
            not each.text and _shared(each.box, self.box) >= _SCAN * _size(self.box)
            for each in self.painted
        )
        texts = [each for each in self.painted if each.text and not (scan and _unpainted(each))]
        lost = _tried(page, picture, draw, [each for each in texts if not each.suspicious])
        suspicious = [each for each in self.painted if each.suspicious]
        suspicious = [each for each in suspicious if each in texts or not each.text]
        for _ in range(MOST_TRIES):
            if not suspicious:
                break
            # Only what does not overlap is tried together.
            group: list[_Painted] = []
            for each in suspicious:
                if all(_shared(each.box, other.box) <= 0 for other in group[:MOST_TRIES]):
                    group.append(each)
            lost += _tried(page, picture, draw, group)
            suspicious = [each for each in suspicious if each not in group]
        for each in lost:
            kind: HiddenKind = "covered" if self._lies_beneath(each) else "invisible"
            found[kind] = found.get(kind, 0) + 1
        return found

    def _lies_beneath(self, each: _Painted) -> bool:
        return each.suspicious and not (each.text and is_colourless(each.item))


def _tried(
    page: pdfium.PdfPage,
    picture: Picture,
    draw: Callable[[pdfium.PdfPage], Picture],
    group: list[_Painted],
) -> list[_Painted]:
    """Return those of a group that change no pixel when the group is left out."""
    areas = [(each, area_of(page, picture, each.box, grow=1)) for each in group]
    if not any(_has_area(area) for _, area in areas):
        return [each for each, _ in areas if each.text and _has_ink(each)]
    for each in group:
        pdfium_c.FPDFPageObj_SetIsActive(each.item, False)  # noqa: FBT003 - PDFium's own
    without = draw(page)
    for each in group:
        pdfium_c.FPDFPageObj_SetIsActive(each.item, True)  # noqa: FBT003 - PDFium's own
    return [
        each for each, area in areas if _has_ink(each) and cut(picture, area) == cut(without, area)
    ]


def _has_area(area: Area) -> bool:
    return area[2] > area[0] and area[3] > area[1]


def _has_ink(each: _Painted) -> bool:
    """Tell whether something is there to be seen: blanks have no height."""
    return _size(each.box) > 0


def _unpainted(each: _Painted) -> bool:
    return bool(pdfium_c.FPDFTextObj_GetTextRenderMode(each.item) == _UNPAINTED)


def _is_filled(path: object) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(fill.value)


def _size(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _shared(one: Box, other: Box) -> float:
    """Return the area that two boxes have in common."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    along = min(one[3], other[3]) - max(one[1], other[1])
    return across * along if across > 0 and along > 0 else 0.0


def _fields(
    document: pdfium.PdfDocument, page: pdfium.PdfPage
) -> Iterator[tuple[int, Box, str, int]]:
    """Yield the annotations of a page: kind, box, value, kind of field.

    Signatures that were made are left out: what they show was seen when they were made.
    """
    form = None if document.formenv is None else document.formenv.raw
    count = pdfium_c.FPDFPage_GetAnnotCount(page.raw)
    if count > MOST_ANNOTATIONS:
        msg = "annotations"
        raise ValueError(msg)
    for index in range(count):
        item = pdfium_c.FPDFPage_GetAnnot(page.raw, index)
        try:
            edges = pdfium_c.FS_RECTF()
            kind = pdfium_c.FPDFAnnot_GetSubtype(item)
            if not pdfium_c.FPDFAnnot_GetRect(item, ctypes.byref(edges)):
                continue
            box = (edges.left, edges.bottom, edges.right, edges.top)
            field_kind, value = 0, ""
            if kind == pdfium_c.FPDF_ANNOT_WIDGET and form is not None:
                field_kind = pdfium_c.FPDFAnnot_GetFormFieldType(form, item)
                signed = field_kind == pdfium_c.FPDF_FORMFIELD_SIGNATURE
                if signed and pdfium_c.FPDFAnnot_HasKey(item, b"V"):
                    continue
                if field_kind in _TEXTS and _shows_its_value(form, item):
                    value = _value(form, item)
            yield kind, box, value, field_kind
        finally:
            pdfium_c.FPDFPage_CloseAnnot(item)


def _shows_its_value(form: object, item: object) -> bool:
    """Tell whether a field is meant to be read: it is not hidden, and holds no password."""
    flags = pdfium_c.FPDFAnnot_GetFlags(item)
    unseen = pdfium_c.FPDF_ANNOT_FLAG_HIDDEN | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW
    return not flags & unseen and not (pdfium_c.FPDFAnnot_GetFormFieldFlags(form, item) & _PASSWORD)


def _value(form: object, item: object) -> str:
    """Return the value of a field."""
    size = pdfium_c.FPDFAnnot_GetFormFieldValue(form, item, None, 0)
    room = ctypes.create_string_buffer(size)
    pdfium_c.FPDFAnnot_GetFormFieldValue(
        form, item, ctypes.cast(room, ctypes.POINTER(pdfium_c.FPDF_WCHAR)), size
    )
    return room.raw.decode("utf-16-le", "replace").rstrip("\0")


def _over_text(fields: Sequence[tuple[int, Box, str, int]], characters: Sequence[Box]) -> int:
    """Return how many fields and notes lie over what the page says."""
    count = 0
    for kind, box, _, _ in fields:
        if kind in _BESIDE_TEXT or _size(box) <= 0:
            continue
        touched = 0
        for each in characters:
            touched += _shared(box, each) > _COVERED * _size(each) > 0
            if touched > _FEW:
                count += 1
                break
    return count


def _not_shown(
    document: pdfium.PdfDocument,
    page: pdfium.PdfPage,
    number: int,
    values: Sequence[tuple[Box, str]],
) -> int:
    """Return how many fields show something else than their value.

    The page is changed in memory; it is the last thing that is asked of it.
    """
    with closing(page.get_textpage()) as text:
        own = text.count_chars()
    pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
    with closing(document[number]) as flat, closing(flat.get_textpage()) as text:
        shown = [""] * len(values)
        x, y = ctypes.c_double(), ctypes.c_double()
        for index in range(own, text.count_chars()):
            pdfium_c.FPDFText_GetCharOrigin(text.raw, index, ctypes.byref(x), ctypes.byref(y))
            for place, (box, _) in enumerate(values):
                if box[0] <= x.value <= box[2] and box[1] <= y.value <= box[3]:
                    shown[place] += chr(pdfium_c.FPDFText_GetUnicode(text.raw, index))
    return sum(
        _plain(said) != _plain(value) for said, (_, value) in zip(shown, values, strict=True)
    )


def _plain(words: str) -> str:
    """Return letters and digits alone: programs write numbers and dates with other separators."""
    return "".join(filter(str.isalnum, words.casefold()))
