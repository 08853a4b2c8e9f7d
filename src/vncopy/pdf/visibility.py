"""Can the text of a drawn page be seen? What is painted in no colour, too small or covered cannot.

The text of a page counts as what the page says only where a reader sees it. These rules catch the
plain ways to have one text in the file and show another; whether glyphs look like the characters
that they stand for is a question for the fonts' digests.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra

try:
    import pypdfium2.raw as pdfium_c
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Callable

    import pypdfium2 as pdfium

__all__ = [
    "Box",
    "Matrix",
    "Parts",
    "box_of",
    "count_unseen",
    "is_colourless",
    "parts_of_form",
    "parts_of_page",
    "product",
]

MAX_OBJECTS: Final = 20_000
"""Painted objects of a page that are looked at; a page of a copy has some hundred."""
MIN_HEIGHT: Final = 3.0
"""Points; the smallest print of a copy is 5 points high, and below 3 nobody reads."""
MAX_LINE: Final = 3.0
"""Points; a thicker line can cover what it crosses."""
_WHITE: Final = 250
"""A red, green or blue value from here on counts as white: such text cannot be seen on paper."""
_MAX_DEPTH: Final = 8
"""Nested form XObjects that are followed; ours have 2."""
_INVISIBLE_MODES: Final = frozenset({3, 7})
"""Text rendering modes that paint nothing (ISO 32000-1 table 106)."""
_TOUCH: Final = 0.5
"""Points by which boxes may touch without one covering the other."""

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_PAGE: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def count_unseen(page: pdfium.PdfPage) -> int:
    """Return how many pieces of text of a page cannot be seen, pictures over it counted too.

    Call it under :data:`vncopy.pdf.render.PDFIUM_LOCK`.

    Args:
        page: with its fields flattened into it.
    """
    look = _Look(box=page.get_bbox())
    look.through(parts_of_page(page), 0)
    return look.unseen


@dataclass(frozen=True, slots=True)
class Parts:
    """What a page paints, or a form inside of it, in the order of painting."""

    count: int
    """How many parts there are."""
    get: Callable[[int], object]
    """Returns PDFium's handle of one."""
    matrix: Matrix
    """Of the form, with those that it is part of."""


def parts_of_page(page: pdfium.PdfPage) -> Parts:
    """Return what a page paints.

    Args:
        page: open; as long as the parts are used.
    """
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    return Parts(count, lambda index: pdfium_c.FPDFPage_GetObject(page.raw, index), _PAGE)


def parts_of_form(item: object, matrix: Matrix) -> Parts:
    """Return what a form paints.

    Args:
        item: PDFium's handle of a form.
        matrix: of the parts that it is one of.
    """
    own = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(item, ctypes.byref(own))
    inner = product((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    count = pdfium_c.FPDFFormObj_CountObjects(item)
    return Parts(count, lambda index: pdfium_c.FPDFFormObj_GetObject(item, index), inner)


@dataclass(slots=True)
class _Look:
    """One pass over what a page paints, in the order of painting."""

    box: Box
    texts: list[Box] = field(default_factory=list)
    unseen: int = 0
    left: int = MAX_OBJECTS

    def through(self, parts: Parts, depth: int) -> None:
        """Look at what is painted; what is too deep or too much counts as unseen."""
        if parts.count > self.left or depth > _MAX_DEPTH:
            self.unseen += 1
            return
        self.left -= parts.count
        matrix = parts.matrix
        for index in range(parts.count):
            item = parts.get(index)
            kind = pdfium_c.FPDFPageObj_GetType(item)
            if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
                self.through(parts_of_form(item, matrix), depth + 1)
            elif kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
                self._text(item, matrix)
            elif kind != pdfium_c.FPDF_PAGEOBJ_PATH:
                self.unseen += 1  # pictures and shadings: no template of a copy has one
            elif _covers(item):
                where = box_of(item, matrix)
                self.unseen += sum(_overlap(where, text) for text in self.texts)

    def _text(self, item: object, matrix: Matrix) -> None:
        where = box_of(item, matrix)
        left, bottom, right, top = where
        outer = self.box
        outside = (
            left < outer[0] - _TOUCH
            or bottom < outer[1] - _TOUCH
            or right > outer[2] + _TOUCH
            or top > outer[3] + _TOUCH
        )
        self.unseen += int(outside or top - bottom < MIN_HEIGHT or is_colourless(item))
        self.texts.append(where)


def is_colourless(item: object) -> bool:
    """Tell whether a text is painted in no colour, or in white.

    Args:
        item: PDFium's handle of a text.
    """
    if pdfium_c.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE_MODES:
        return True
    channels = [ctypes.c_uint() for _ in range(4)]
    pdfium_c.FPDFPageObj_GetFillColor(item, *(ctypes.byref(channel) for channel in channels))
    red, green, blue, alpha = (channel.value for channel in channels)
    return alpha == 0 or min(red, green, blue) >= _WHITE


def _covers(path: object) -> bool:
    """Tell whether a path can cover what was painted before."""
    fill, stroke, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    pdfium_c.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    pdfium_c.FPDFPageObj_GetStrokeWidth(path, ctypes.byref(width))
    return bool(fill.value) or (bool(stroke.value) and width.value > MAX_LINE)


def box_of(item: object, matrix: Matrix) -> Box:
    """Return the box of something painted, on its page.

    Args:
        item: PDFium's handle.
        matrix: of the forms that it is part of.
    """
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium_c.FPDFPageObj_GetBounds(item, *(ctypes.byref(edge) for edge in edges))
    left, bottom, right, top = (edge.value for edge in edges)
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    across = [a * x + c * y + e for x, y in corners]
    along = [b * x + d * y + f for x, y in corners]
    return min(across), min(along), max(across), max(along)


def product(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that applies ``inner`` first (ISO 32000-1 §8.3.4)."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _overlap(one: Box, other: Box) -> bool:
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > _TOUCH
        and min(one[3], other[3]) - max(one[1], other[1]) > _TOUCH
    )
