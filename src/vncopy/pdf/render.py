"""Draw the pages: every signed revision must look like the final file, and what does it say?

PDFium draws what a reader sees, whatever the object structure pretends; that catches the two
published attacks that structure checks let pass. PDFium is not thread-safe: every use of it, in
this library, happens under :data:`PDFIUM_LOCK`, and every handle is closed before it is released.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra
from vncopy.facts.common import PASSED, Step
from vncopy.facts.pdf import HiddenFacts, RenderingFacts
from vncopy.pdf.covered import HiddenOnPages
from vncopy.pdf.limits import DEFAULT_LIMITS, ReadingLimits
from vncopy.pdf.masks import area_of, characters_of, compare_with_masks
from vncopy.pdf.picture import Picture
from vncopy.pdf.visibility import count_unseen
from vncopy.reasons import Reason

try:
    import pypdfium2 as pdfium
    import pypdfium2.raw as pdfium_c
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vncopy.pdf.masks import Box
    from vncopy.pdf.readings import DrawnSymbol
    from vncopy.pdf.revisions import ObjectId, SignedRevision

__all__ = ["PDFIUM_LOCK", "Drawing", "Picture", "draw_pages", "draw_pdf"]

PDFIUM_LOCK: Final = threading.Lock()
"""Held around every call of PDFium."""
SCALE: Final = 2.0
"""Pixels per point for comparing revisions and reading symbols: 144 dpi shows a changed comma and
gives the finest symbol of a copy two pixels a module, enough for a sharp drawing."""
SCAN_SCALE: Final = 300 / 72
"""Pixels per point for scans of paper: scanners give 300 dpi."""
_CHANNELS: Final = 3
"""Blue, green, red."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What drawing a file gave."""

    step: Step
    """Whether it could be drawn."""
    renderings: tuple[RenderingFacts, ...] = ()
    """Each signed revision beside the final file."""
    symbols: tuple[DrawnSymbol, ...] = field(default=(), repr=False)
    """What the reader of symbols found on the pages."""
    texts: tuple[str, ...] = field(default=(), repr=False)
    """The text of each page, that of the signature fields at its end; empty: not asked for."""
    invisible: int = 0
    """Pieces of text that cannot be seen, and pictures (:mod:`vncopy.pdf.visibility`)."""
    dormant: tuple[HiddenFacts, ...] = ()
    """What the pages hide, in files of others (:mod:`vncopy.pdf.covered`)."""
    searching: Step = PASSED
    """Whether they could be searched for that."""


def draw_pdf(
    final: bytes,
    revisions: Sequence[SignedRevision] = (),
    *,
    limits: ReadingLimits = DEFAULT_LIMITS,
    read: Callable[[Picture, int, float], Iterable[DrawnSymbol]] | None = None,
    texts: bool = False,
    mask: bool = False,
) -> Drawing:
    """Draw all pages of the final file and of every signed revision, and compare them.

    One page after the other, so that two pictures at most are held at a time.

    Args:
        final: the whole file.
        revisions: the file as it was at each signature that does not end it.
        limits: pages and sizes that are drawn.
        read: reads the symbols of a drawn page, of that number and scale. ``None``: the pages are
            compared only.
        texts: read the text of the pages too.
        mask: leave out the boxes of signature fields that were added or signed later. For files
            of others only: the fields of a copy are drawn beforehand, and masking one would hide
            that its picture was swapped.

    Returns:
        What was seen. Raises nothing for any bytes.
    """
    try:
        with PDFIUM_LOCK:
            return _draw(final, revisions, limits, read=read, texts=texts, mask=mask)
    except _TooLarge as error:
        return Drawing(step=Step(reason=Reason.LIMITS_EXCEEDED, detail=str(error)))
    except Exception as error:  # noqa: BLE001 - the border: any foreign exception is a fact
        return Drawing(step=Step(reason=Reason.RENDERING_FAILED, detail=type(error).__name__))


def draw_pages(data: bytes, *, limits: ReadingLimits = DEFAULT_LIMITS) -> Iterator[Picture]:
    """Draw the pages of a scan at 300 dpi, in colours, one after the other.

    Args:
        data: a PDF, signed or not.
        limits: pages and pixels that are drawn.

    Returns:
        One picture a page, coarser than 300 dpi where there would be too many pixels; none if the
        bytes cannot be drawn or exceed the limits.
    """
    limits = replace(limits, page_points=limits.scanned_page_points)
    try:
        with PDFIUM_LOCK, ExitStack() as stack:
            sizes = [_pixels(page, SCAN_SCALE) for page in _pages(_opened(data, stack), limits)]
        coarser = min(1.0, (limits.scanned_pixels / max(sum(sizes), 1.0)) ** 0.5)
        for number, pixels in enumerate(sizes):
            smaller = min(1.0, (limits.scanned_page_pixels / max(pixels * coarser**2, 1.0)) ** 0.5)
            # Opened anew for each page: nothing stays open while somebody looks at a picture.
            with PDFIUM_LOCK, ExitStack() as stack:
                page = stack.enter_context(closing(_opened(data, stack)[number]))
                picture = _picture(page, SCAN_SCALE * coarser * smaller)
            yield picture
    except Exception:  # noqa: BLE001 - the border: an unreadable scan holds no symbol
        return


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
            _refuse_large(page, limits)
            yield page


def _refuse_large(page: pdfium.PdfPage, limits: ReadingLimits) -> None:
    if max(page.get_size()) > limits.page_points:
        raise _TooLarge("page size")


def _pixels(page: pdfium.PdfPage, scale: float) -> float:
    """Return how many pixels a page has when drawn."""
    width, height = page.get_size()
    return float(width * height * scale * scale)


def _picture(page: pdfium.PdfPage, scale: float, *, grey: bool = False) -> Picture:
    bitmap = page.render(scale=scale, grayscale=grey, may_draw_forms=True, draw_annots=True)
    with closing(bitmap):
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        channels = 1 if grey else _CHANNELS
        pixels = bytes(bitmap.buffer)
    row = width * channels
    if row != stride:
        pixels = b"".join(pixels[y * stride : y * stride + row] for y in range(height))
    return Picture(width=width, height=height, channels=channels, pixels=pixels)


class _Comparison:
    """One revision beside the final file, page by page."""

    def __init__(
        self,
        revision: SignedRevision,
        document: pdfium.PdfDocument,
        limits: ReadingLimits,
        *,
        mask: bool,
    ) -> None:
        self._revision = revision
        self._document = document
        self._limits = limits
        self._mask = mask
        self._differing: list[int] = []
        self._overdrawn: list[int] = []
        self._masked = 0
        self._percent = 0
        self._filled: set[ObjectId | None] = set()

    def look(self, number: int, now: Picture, corner: tuple[float, float]) -> None:
        """Compare one page.

        Args:
            number: index of the page.
            now: the final page.
            corner: its lower left corner in points.
        """
        if number >= len(self._document):
            self._differing.append(number + 1)
            return
        with closing(self._document[number]) as page:
            _refuse_large(page, self._limits)  # it may have been larger before
            then = _picture(page, SCALE)
            moved = page.get_bbox()[:2] != corner
            later = self._revision.later_widgets if self._mask else ()
            fields = [each for each in later if each.page == number]
            painted = [index for index, each in enumerate(fields) if each.painted]
            if then == now and not moved and not painted:
                return
            if moved or not fields or (then.width, then.height) != (now.width, now.height):
                self._differing.append(number + 1)
                return
            areas = [area_of(page, then, each.box, grow=1) for each in fields]
            signed = [area_of(page, then, box) for box in self._characters(page, number)]
        added = [index for index, each in enumerate(fields) if each.added]
        seen = compare_with_masks(then, now, areas, signed, added=added, painted=painted)
        if not seen.same:
            self._differing.append(number + 1)
            return
        if seen.overdrawn:
            self._overdrawn.append(number + 1)
        self._masked += len(seen.touched)
        self._filled |= {fields[index].holder for index in seen.touched}
        # A form may be long; only who adds a field of his own chooses how much it covers.
        own = [areas[index] for index in seen.touched if fields[index].signature]
        covered = sum((right - left) * (lower - upper) for left, upper, right, lower in own)
        share = 100 * covered // (now.width * now.height) + 1 if own else 0
        self._percent = max(self._percent, min(100, share))

    def _characters(self, page: pdfium.PdfPage, number: int) -> tuple[Box, ...]:
        """Return the boxes of what a page said when it was signed, its fields included.

        The page is changed in memory, so it must have been drawn before.
        """
        pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
        with closing(self._document[number]) as flat:
            return characters_of(flat)

    def facts(self, pages: int) -> RenderingFacts:
        """Return what was seen.

        Args:
            pages: of the final file.
        """
        lost = range(pages + 1, len(self._document) + 1)
        return RenderingFacts(
            signature=self._revision.signature,
            pages=len(self._document),
            differing=(*self._differing, *lost),
            masked=self._masked,
            masked_percent=self._percent,
            overdrawn=tuple(self._overdrawn),
            unseen=len(self._revision.filled - self._filled) if self._mask else 0,
        )


@dataclass(slots=True)
class _Hidden:
    """The search for what pages hide, which ends where it is too much and says so."""

    found: HiddenOnPages = field(default_factory=HiddenOnPages)
    step: Step = PASSED

    def look(self, document: pdfium.PdfDocument, number: int, picture: Picture) -> None:
        """Look at one page."""
        if not self.step.passed:
            return
        try:
            self.found.look(document, number, picture, lambda page: _picture(page, SCALE))
        except ValueError as error:
            self.step = Step(reason=Reason.HIDDEN_UNREAD, detail=str(error))


def _draw(
    final: bytes,
    revisions: Sequence[SignedRevision],
    limits: ReadingLimits,
    *,
    read: Callable[[Picture, int, float], Iterable[DrawnSymbol]] | None,
    texts: bool,
    mask: bool,
) -> Drawing:
    symbols: list[DrawnSymbol] = []
    said: list[str] = []
    invisible = 0
    with ExitStack() as stack:
        document = _opened(final, stack)
        earlier = [
            _Comparison(each, _opened(each.data, stack), limits, mask=mask) for each in revisions
        ]
        drawn = 0.0
        hidden = _Hidden()
        for number, page in enumerate(_pages(document, limits)):
            if not earlier and read is None and not mask:
                break
            drawn += _pixels(page, SCALE) * (1 + len(earlier))
            if drawn > limits.drawn_pixels:
                raise _TooLarge("pixels")
            picture = _picture(page, SCALE)
            for comparison in earlier:
                comparison.look(number, picture, page.get_bbox()[:2])
            if mask:
                hidden.look(document, number, picture)
            if read is not None:
                symbols += read(picture, number, SCALE)
            if texts:
                text, unseen = _text(document, page, number)
                said.append(text)
                invisible += unseen
        return Drawing(
            step=PASSED,
            renderings=tuple(comparison.facts(len(document)) for comparison in earlier),
            symbols=tuple(symbols),
            texts=tuple(said),
            invisible=invisible,
            dormant=hidden.found.facts(),
            searching=hidden.step,
        )


def _text(document: pdfium.PdfDocument, drawn: pdfium.PdfPage, number: int) -> tuple[str, int]:
    """Return the text of a page with its fields, and how many pieces of it cannot be seen.

    The text of a widget's appearance is not part of a page's text; flattening puts it at the end.
    The page is changed by that in memory, so it must have been drawn before.
    """
    pdfium_c.FPDFPage_Flatten(drawn.raw, pdfium_c.FLAT_NORMALDISPLAY)
    with closing(document[number]) as page, closing(page.get_textpage()) as text:
        return text.get_text_range(), count_unseen(page)
