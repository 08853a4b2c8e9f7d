"""Is ink where the page was read to have it, and nowhere else? Two engines about one page.

The page is read from its objects by one engine and drawn by another. Where both see the same file,
nothing dark lies outside of what was read, and something dark lies in each run of text. So a file
that two readers take apart differently is noticed, and so is paint that no phrase accounts for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from vncopy.pdf.layout import Box
    from vncopy.pdf.render import Picture

__all__ = ["Ink", "cut_out", "flaws_of_ink"]

_DARK: Final = re.compile(rb"[\x00-\x9f]")
"""A channel below 160 is ink; thin strokes at 144 dpi are not black all through."""
_WHITE: Final = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """Where ink is on a page, in points from the upper left corner (left, top, right, bottom)."""

    may: tuple[Box, ...]
    """Boxes that may hold ink: text, lines, the symbol, fields."""
    must: tuple[Box, ...]
    """Boxes that must hold some: runs of text."""


def flaws_of_ink(picture: Picture, ink: Ink, scale: float) -> tuple[str, ...]:
    """Name what the drawing has and the reading has not, or the other way round.

    Args:
        picture: the page as it was drawn.
        ink: where ink was read to be.
        scale: pixels of the picture per point.
    """
    flaws = []
    if not all(_any_dark(picture, box, scale) for box in ink.must):
        flaws.append("text not drawn")
    left = bytearray(picture.pixels)
    stride = picture.width * picture.channels
    for box in ink.may:
        first, upper, last, lower = _pixels(box, scale, picture)
        paint = _white((last - first) * picture.channels)
        start = upper * stride + first * picture.channels
        for at in range(start, start + (lower - upper) * stride, stride):
            left[at : at + len(paint)] = paint
    if left != _white(len(left)):
        flaws.append("more drawn than read")
    return tuple(flaws)


def cut_out(picture: Picture, box: Box, scale: float) -> tuple[Picture, int, int]:
    """Return a part of a picture, and where it begins.

    Args:
        picture: the page.
        box: in points from the upper left corner.
        scale: pixels of the picture per point.
    """
    first, upper, last, lower = _pixels(box, scale, picture)
    channels = picture.channels
    stride = picture.width * channels
    rows = [
        picture.pixels[row * stride + first * channels : row * stride + last * channels]
        for row in range(upper, lower)
    ]
    part = type(picture)(
        width=last - first, height=lower - upper, channels=channels, pixels=b"".join(rows)
    )
    return part, first, upper


@lru_cache(maxsize=8)
def _page_of(size: int) -> bytes:
    return bytes([_WHITE]) * size


def _white(size: int) -> bytes:
    """Return white pixels; those of a whole page are kept."""
    return bytes([_WHITE]) * size if size < 1 << 16 else _page_of(size)


def _any_dark(picture: Picture, box: Box, scale: float) -> bool:
    first, upper, last, lower = _pixels(box, scale, picture)
    stride = picture.width * picture.channels
    start, end = first * picture.channels, last * picture.channels
    return any(
        _DARK.search(picture.pixels, row * stride + start, row * stride + end)
        for row in range(upper, lower)
    )


def _pixels(box: Box, scale: float, picture: Picture) -> tuple[int, int, int, int]:
    """Return a box in whole pixels, grown to their edges."""
    left, top, right, bottom = (edge * scale for edge in box)
    return (
        min(max(0, int(left)), picture.width),
        min(max(0, int(top)), picture.height),
        max(0, min(picture.width, int(right) + 1)),
        max(0, min(picture.height, int(bottom) + 1)),
    )
