"""What the drawing of a page shows besides its text: the symbol, read and located, and all ink."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra
from vncopy.pdf.ink import cut_out, flaws_of_ink
from vncopy.pdf.readings import DrawnSymbol

try:
    import zxingcpp
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vncopy.pdf.layout import Box
    from vncopy.pdf.readings import ShownPage
    from vncopy.pdf.render import Picture
    from vncopy.pdf.shown import ReadPage

__all__ = ["Look", "symbols_in_drawing"]

_QR_ONLY: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


class Look:
    """Looks at the drawn pages of one file, beside what was read of them."""

    def __init__(self, read: Sequence[ReadPage]) -> None:
        self._read = read
        self._pages = [each.page for each in read]

    @property
    def pages(self) -> tuple[ShownPage, ...]:
        """The pages, with what their drawings add."""
        return tuple(self._pages)

    def at(self, picture: Picture, number: int, scale: float) -> list[DrawnSymbol]:
        """Look at one drawn page and return its symbols.

        Where the page could be read and no other ink is on it, a symbol can only be in its square.

        Args:
            picture: the page.
            number: its number, from 0.
            scale: pixels of the picture per point.
        """
        ink = self._read[number].ink if number < len(self._read) else None
        if ink is None:
            return symbols_in_drawing(picture, number, scale)
        page = self._pages[number]
        flaws = flaws_of_ink(picture, ink, scale)
        if flaws:
            self._pages[number] = replace(page, wrong=page.wrong + flaws)
            return symbols_in_drawing(picture, number, scale)
        found = []
        for square in page.squares:
            left, top, right, bottom = (edge / 100 for edge in square)
            found += symbols_in_drawing(picture, number, scale, within=(left, top, right, bottom))
        return found


def symbols_in_drawing(
    picture: Picture, page: int, scale: float, *, within: Box | None = None
) -> list[DrawnSymbol]:
    """Return the QR symbols on a page that this library drew, identical ones each.

    It is upright and sharp, so that the reader need not turn or shrink it.

    Args:
        picture: the page.
        page: its number, from 0.
        scale: pixels of the picture per point.
        within: where to look, in points from the upper left corner; ``None``: everywhere.
    """
    part, first, upper = (picture, 0, 0) if within is None else cut_out(picture, within, scale)
    shape = [part.height, part.width]
    if part.channels > 1:
        shape.append(part.channels)
    codes = zxingcpp.read_barcodes(
        memoryview(part.pixels).cast("B", shape=shape),
        formats=_QR_ONLY,
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
        text_mode=zxingcpp.TextMode.Plain,
    )
    found = []
    for code in codes:
        place = code.position
        corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        across = [corner.x + first for corner in corners]
        along = [corner.y + upper for corner in corners]
        edges = (min(across), min(along), max(across), max(along))
        left, top, right, bottom = (round(100 * edge / scale) for edge in edges)
        found.append(DrawnSymbol(text=str(code.text), page=page, box=(left, top, right, bottom)))
    return found
