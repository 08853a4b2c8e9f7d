"""Where the symbol of a copy is on its drawn pages: read as a scanner would, and located."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra
from vncopy.pdf.readings import DrawnSymbol

try:
    import zxingcpp
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from vncopy.pdf.render import Picture

__all__ = ["symbols_in_drawing"]

_QR_ONLY: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def symbols_in_drawing(picture: Picture, page: int, scale: float) -> list[DrawnSymbol]:
    """Return the QR symbols on a page that this library drew, identical ones each.

    It is upright and sharp, so that the reader need not turn or shrink it.

    Args:
        picture: the page.
        page: its number, from 0.
        scale: pixels of the picture per point.
    """
    shape = [picture.height, picture.width]
    if picture.channels > 1:
        shape.append(picture.channels)
    codes = zxingcpp.read_barcodes(
        memoryview(picture.pixels).cast("B", shape=shape),
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
        across, along = [corner.x for corner in corners], [corner.y for corner in corners]
        edges = (min(across), min(along), max(across), max(along))
        left, top, right, bottom = (round(100 * edge / scale) for edge in edges)
        found.append(DrawnSymbol(text=str(code.text), page=page, box=(left, top, right, bottom)))
    return found
