"""Draw the pages: every signed revision must look like the final file, and what does it say?

PDFium draws what a reader sees, whatever the object structure pretends; that catches the two
published attacks that structure checks let pass. PDFium is not thread-safe: every use of it, in
this library, happens under :data:`PDFIUM_LOCK`, and every handle is closed before it is released.
"""

from __future__ import annotations

import ctypes
import threading
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from vncopy.facts.common import PASSED, Step
from vncopy.facts.pdf import RenderingFacts
from vncopy.pdf.limits import DEFAULT_LIMITS, ReadingLimits
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["PDFIUM_LOCK", "Drawing", "Picture", "draw_pages", "draw_pdf"]

PDFIUM_LOCK: Final = threading.Lock()
"""Held around every call of PDFium."""
COMPARE_SCALE: Final = 1.5
"""Pixels per point for comparing revisions: 108 dpi shows a changed comma."""
READ_SCALE: Final = 2.5
"""Pixels per point for reading symbols: 180 dpi gives the largest one 2.5 pixels a module."""
SCAN_SCALE: Final = 300 / 72
"""Pixels per point for scans of paper: scanners give 300 dpi."""
_WHITE: Final = 250
"""A red, green or blue value from here on counts as white: such text cannot be seen on paper."""
_MAX_DEPTH: Final = 8
"""Nested form XObjects that are followed when looking for invisible text; ours have 2."""
_INVISIBLE_MODES: Final = frozenset({3, 7})
"""Text rendering modes that paint nothing (ISO 32000-1 table 106)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawn page in shades of grey, one byte a pixel."""

    width: int
    """Pixels in a row, with what the drawing engine appends to it."""
    height: int
    """Rows."""
    pixels: bytes = field(repr=False)
    """Rows from top to bottom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What drawing a file gave."""

    step: Step
    """Whether it could be drawn."""
    renderings: tuple[RenderingFacts, ...] = ()
    """Each signed revision beside the final file."""
    pictures: tuple[Picture, ...] = field(default=(), repr=False)
    """The final pages, for reading symbols."""
    texts: tuple[str, ...] = field(default=(), repr=False)
    """The text of each page, that of the signature fields at its end."""
    invisible: int = 0
    """Pieces of text that are painted in no colour, in white or wholly transparent."""


def draw_pdf(
    final: bytes,
    revisions: Sequence[tuple[int, bytes]] = (),
    *,
    limits: ReadingLimits = DEFAULT_LIMITS,
    content: bool = True,
) -> Drawing:
    """Draw all pages of the final file and of every signed revision, and compare them.

    Args:
        final: the whole file.
        revisions: index of a signature, and the file as it was when that signature was made.
        limits: pages and sizes that are drawn.
        content: draw a finer picture and read the text as well.

    Returns:
        What was seen. Raises nothing for any bytes.
    """
    try:
        with PDFIUM_LOCK:
            return _draw(final, revisions, limits, content=content)
    except _TooLarge as error:
        return Drawing(step=Step(reason=Reason.LIMITS_EXCEEDED, detail=str(error)))
    except Exception as error:  # noqa: BLE001 - the border: any foreign exception is a fact
        return Drawing(step=Step(reason=Reason.RENDERING_FAILED, detail=type(error).__name__))


def draw_pages(data: bytes, *, limits: ReadingLimits = DEFAULT_LIMITS) -> tuple[Picture, ...]:
    """Draw the pages of a scan at 300 dpi, in shades of grey.

    Args:
        data: a PDF, signed or not.
        limits: pages and pixels that are drawn.

    Returns:
        One picture a page; none if the bytes cannot be drawn or exceed the limits.
    """
    try:
        with PDFIUM_LOCK, ExitStack() as stack:
            document = _opened(data, stack)
            pictures = []
            for page in _pages(document, limits):
                width, height = page.get_size()
                pixels = width * height * SCAN_SCALE * SCAN_SCALE
                scale = SCAN_SCALE * min(1.0, (limits.image_pixels / max(pixels, 1.0)) ** 0.5)
                pictures.append(_picture(page, scale))
            return tuple(pictures)
    except Exception:  # noqa: BLE001 - the border: an unreadable scan holds no symbol
        return ()


class _TooLarge(Exception):
    """More pages, or larger ones, than are drawn."""


def _opened(data: bytes, stack: ExitStack) -> pdfium.PdfDocument:
    document = pdfium.PdfDocument(data)
    stack.callback(document.close)
    # Without the form environment signature fields are not drawn and a swapped seal looks equal.
    document.init_forms()
    return document


def _pages(document: pdfium.PdfDocument, limits: ReadingLimits) -> Iterator[pdfium.PdfPage]:
    if len(document) > limits.pages:
        raise _TooLarge("pages")
    for number in range(len(document)):
        with closing(document[number]) as page:
            if max(page.get_size()) > limits.page_points:
                raise _TooLarge("page size")
            yield page


def _colours(page: pdfium.PdfPage) -> tuple[int, int, bytes]:
    with closing(page.render(scale=COMPARE_SCALE, may_draw_forms=True, draw_annots=True)) as bitmap:
        return bitmap.width, bitmap.height, bytes(bitmap.buffer)


def _picture(page: pdfium.PdfPage, scale: float) -> Picture:
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True, draw_annots=True)
    with closing(bitmap):
        # The rows keep their padding: it is white or black, and no symbol reaches into it.
        return Picture(width=bitmap.stride, height=bitmap.height, pixels=bytes(bitmap.buffer))


def _draw(
    final: bytes,
    revisions: Sequence[tuple[int, bytes]],
    limits: ReadingLimits,
    *,
    content: bool,
) -> Drawing:
    now: list[tuple[int, int, bytes]] = []
    pictures: list[Picture] = []
    texts: list[str] = []
    invisible = 0
    with ExitStack() as stack:
        document = _opened(final, stack)
        for page in _pages(document, limits):
            if revisions:
                now.append(_colours(page))
            if content:
                pictures.append(_picture(page, READ_SCALE))
        for number in range(len(document)) if content else ():
            text, unseen = _text(document, number)
            texts.append(text)
            invisible += unseen
    rows = []
    for index, data in revisions:
        with ExitStack() as stack:
            document = _opened(data, stack)
            then = [_colours(page) for page in _pages(document, limits)]
        differing = tuple(
            number + 1
            for number in range(max(len(then), len(now)))
            if number >= len(then) or number >= len(now) or then[number] != now[number]
        )
        rows.append(
            RenderingFacts(signature=index, pages=len(then), differing=differing, masked=0)
        )
    return Drawing(
        step=PASSED,
        renderings=tuple(rows),
        pictures=tuple(pictures),
        texts=tuple(texts),
        invisible=invisible,
    )


def _text(document: pdfium.PdfDocument, number: int) -> tuple[str, int]:
    """Return the text of a page with its fields, and how many pieces of it cannot be seen.

    The text of a widget's appearance is not part of a page's text; flattening puts it at the end.
    """
    with closing(document[number]) as page:
        pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
    with closing(document[number]) as page, closing(page.get_textpage()) as text:
        count = pdfium_c.FPDFPage_CountObjects(page.raw)
        objects = (pdfium_c.FPDFPage_GetObject(page.raw, index) for index in range(count))
        unseen = sum(_unseen(item, 0) for item in objects)
        return text.get_text_range(), unseen


def _unseen(item: object, depth: int) -> int:
    """Count the text objects that nobody can see."""
    kind = pdfium_c.FPDFPageObj_GetType(item)
    if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
        if depth >= _MAX_DEPTH:
            return 1
        count = pdfium_c.FPDFFormObj_CountObjects(item)
        return sum(
            _unseen(pdfium_c.FPDFFormObj_GetObject(item, index), depth + 1)
            for index in range(count)
        )
    if kind != pdfium_c.FPDF_PAGEOBJ_TEXT:
        return 0
    if pdfium_c.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE_MODES:
        return 1
    channels = [ctypes.c_uint() for _ in range(4)]
    pdfium_c.FPDFPageObj_GetFillColor(item, *(ctypes.byref(channel) for channel in channels))
    red, green, blue, alpha = (channel.value for channel in channels)
    return int(alpha == 0 or min(red, green, blue) >= _WHITE)
