"""Read the QR symbols of one picture: the reader that everything else here asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra
from vncopy.pdf.readings import text_digest

try:
    import zxingcpp
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from PIL import Image

    from vncopy.pdf.planes import Quad

__all__ = ["MOST_SIDE", "PREFIX", "Code", "codes_in", "text_digest", "text_of_drawing"]

PREFIX: Final = "VNC1:"
"""What the text of a copy's symbol begins with."""
MOST_SIDE: Final = 65_535
"""Pixels of the longest side that the reader of symbols takes; it raises above."""
_QR_ONLY: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A symbol that was found."""

    text: str | None = field(repr=False)
    """What it says; ``None``: too many modules were wrong."""
    corners: Quad
    """Upper left, upper right, lower right, lower left, as the symbol stands; in pixels."""
    version: int
    """Of the symbology; 0: unknown."""


def codes_in(image: Image.Image) -> list[Code]:
    """Return the QR symbols in a picture of paper, turned and dark or light as they are.

    Args:
        image: in shades of grey.
    """
    if max(image.size) > MOST_SIDE:
        return []
    found = zxingcpp.read_barcodes(
        _view(image), formats=_QR_ONLY, text_mode=zxingcpp.TextMode.Plain, return_errors=True
    )
    codes = []
    for each in found:
        place = each.position
        corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        quad = tuple((corner.x + 0.5, corner.y + 0.5) for corner in corners)
        version = _version(each.extra)
        codes.append(
            Code(
                text=str(each.text) if each.valid else None,
                corners=quad,  # type: ignore[arg-type]
                version=version,
            )
        )
    return codes


def _version(extra: object) -> int:
    """Return the version that the reader saw; micro symbols have letters there."""
    text = str(extra.get("Version")) if isinstance(extra, dict) else ""
    return int(text) if text.isdecimal() else 0


def text_of_drawing(image: Image.Image) -> str | None:
    """Return the text of a symbol that was drawn here: upright, sharp, alone.

    Args:
        image: in shades of grey.
    """
    found = zxingcpp.read_barcodes(
        _view(image),
        formats=_QR_ONLY,
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
        text_mode=zxingcpp.TextMode.Plain,
    )
    return str(found[0].text) if len(found) == 1 else None


def _view(image: Image.Image) -> memoryview:
    return memoryview(image.tobytes()).cast("B", shape=[image.height, image.width])
