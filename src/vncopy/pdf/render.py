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

from vncopy.errors import MissingExtra
from vncopy.facts.common import PASSED, Step
from vncopy.facts.pdf import RenderingFacts
from vncopy.pdf.limits import DEFAULT_LIMITS, ReadingLimits
from vncopy.reasons import Reason

try:
    import pypdfium2 as pdfium
    import pypdfium2.raw as pdfium_c
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vncopy.pdf.revisions import SignedRevision

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
    revisions: Sequence[SignedRevision] = (),
    *,
    limits: ReadingLimits = DEFAULT_LIMITS,
    content: bool = True,
    mask: bool = False,
) -> Drawing:
    """Draw all pages of the final file and of every signed revision, and compare them.

    Args:
        final: the whole file.
        revisions: the file as it was at each signature that does not end it.
        limits: pages and sizes that are drawn.
        content: draw a finer picture and read the text as well.
        mask: leave out the boxes of signature fields that were added or signed later. For files
            of others only: the fields of a copy are drawn beforehand, and masking one would hide
            that its picture was swapped.

    Returns:
        What was seen. Raises nothing for any bytes.
    """
    try:
        with PDFIUM_LOCK:
            return _draw(final, revisions, limits, content=content, mask=mask)
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


@dataclass(frozen=True, slots=True)
class _Colours:
    """A page drawn in colour, for comparison."""

    width: int
    height: int
    stride: int
    origin: tuple[float, float]
    pixels: bytes

    def without(self, boxes: Sequence[tuple[float, float, float, float]]) -> bytes:
        """Return the pixels with boxes (in points) painted over."""
        pixels = bytearray(self.pixels)
        depth = self.stride // max(self.width, 1)
        left_edge, bottom_edge = self.origin
        for left, bottom, right, top in boxes:
            first = max(0, int((left - left_edge) * COMPARE_SCALE) - 1)
            last = min(self.width, int((right - left_edge) * COMPARE_SCALE) + 2)
            upper = max(0, self.height - int((top - bottom_edge) * COMPARE_SCALE) - 2)
            lower = min(self.height, self.height - int((bottom - bottom_edge) * COMPARE_SCALE) + 1)
            paint = bytes(max(0, last - first) * depth)
            for row in range(upper, lower):
                start = row * self.stride + first * depth
                pixels[start : start + len(paint)] = paint
        return bytes(pixels)


def _colours(page: pdfium.PdfPage) -> _Colours:
    left, bottom, _, _ = page.get_bbox()
    with closing(page.render(scale=COMPARE_SCALE, may_draw_forms=True, draw_annots=True)) as bitmap:
        return _Colours(
            bitmap.width, bitmap.height, bitmap.stride, (left, bottom), bytes(bitmap.buffer)
        )


def _compared(
    revision: SignedRevision, then: list[_Colours], now: list[_Colours], *, mask: bool
) -> RenderingFacts:
    """Compare the pages of one revision with the final ones."""
    differing = []
    masked = percent = 0
    for number in range(max(len(then), len(now))):
        if number < len(then) and number < len(now):
            old, new = then[number], now[number]
            if old == new:
                continue
            boxes = [each.box for each in revision.later_widgets if mask and each.page == number]
            same_size = (old.width, old.height, old.origin) == (new.width, new.height, new.origin)
            if boxes and same_size and old.without(boxes) == new.without(boxes):
                masked += len(boxes)
                percent = max(percent, _share(boxes, old))
                continue
        differing.append(number + 1)
    return RenderingFacts(
        signature=revision.signature,
        pages=len(then),
        differing=tuple(differing),
        masked=masked,
        masked_percent=percent,
    )


def _share(boxes: Sequence[tuple[float, float, float, float]], page: _Colours) -> int:
    """Return the part of a page that boxes cover, in percent, rounded up."""
    area = sum((right - left) * (top - bottom) for left, bottom, right, top in boxes)
    whole = page.width * page.height / COMPARE_SCALE**2
    return min(100, int(100 * area / max(whole, 1.0)) + 1)


def _picture(page: pdfium.PdfPage, scale: float) -> Picture:
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True, draw_annots=True)
    with closing(bitmap):
        # The rows keep their padding: it is white or black, and no symbol reaches into it.
        return Picture(width=bitmap.stride, height=bitmap.height, pixels=bytes(bitmap.buffer))


def _draw(
    final: bytes,
    revisions: Sequence[SignedRevision],
    limits: ReadingLimits,
    *,
    content: bool,
    mask: bool,
) -> Drawing:
    now: list[_Colours] = []
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
    for revision in revisions:
        with ExitStack() as stack:
            document = _opened(revision.data, stack)
            then = [_colours(page) for page in _pages(document, limits)]
        rows.append(_compared(revision, then, now, mask=mask))
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
