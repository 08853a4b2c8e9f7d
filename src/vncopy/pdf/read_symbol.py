"""Read the symbols on a drawn page or in a picture of paper."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra
from vncopy.pdf.limits import DEFAULT_LIMITS, ReadingLimits
from vncopy.pdf.render import Picture

try:
    import zxingcpp
    from PIL import Image, ImageOps
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "PREFIX",
    "UnreadableImage",
    "open_image",
    "symbols_on_paper",
    "text_digest",
]

PREFIX: Final = "VNC1:"
"""What the text of a copy's symbol begins with."""
COARSE_PIXELS: Final = 9_000_000
"""A picture up to this size (A4 at 300 dpi) is enlarged once if nothing was read in it."""
MOST_ENLARGED: Final = 45_000_000
"""Pixels of a scan's pages that are enlarged in all, before: five pages of A4 at 300 dpi."""
MOST_SIDE: Final = 65_535
"""Pixels of the longest side that the reader of symbols takes; it raises above."""
_FORMATS: Final = ("PNG", "JPEG")
_QR_ONLY: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


class UnreadableImage(Exception):
    """The bytes are no picture that is read here.

    Attributes:
        too_large: it is one, but over a limit.
    """

    def __init__(self, *, too_large: bool) -> None:
        self.too_large = too_large
        super().__init__("too large" if too_large else "unreadable")


def text_digest(text: str) -> str:
    """Return the SHA-256 of a symbol's text, hexadecimal: facts hold no texts."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def symbols_on_paper(pictures: Iterable[Picture]) -> tuple[str, ...]:
    """Return the different texts of the symbols of copies in pictures of paper.

    Other QR codes may lie on the same sheet (a registry's, an advertisement): only texts with the
    prefix of a copy count. Identical ones count once.

    Args:
        pictures: photos or scans, turned and blurred as they are.
    """
    found: dict[str, None] = {}
    coarse: list[Picture] = []
    left = MOST_ENLARGED
    for picture in pictures:
        found |= dict.fromkeys(_copies(picture))
        pixels = picture.width * picture.height
        if picture.channels == 1 and pixels <= min(COARSE_PIXELS, left):
            coarse.append(picture)
            left -= pixels
    if not found:
        for picture in coarse:
            found |= dict.fromkeys(_copies(_enlarged(picture)))
    return tuple(found)


def _copies(picture: Picture) -> list[str]:
    return [text for text in _read(picture, hard=True) if text.startswith(PREFIX)]


def _enlarged(picture: Picture) -> Picture:
    """Return the picture twice as wide and high.

    A slightly turned symbol of two pixels a module can then be read.
    """
    image = Image.frombytes("L", (picture.width, picture.height), picture.pixels)
    large = image.resize((2 * picture.width, 2 * picture.height), Image.Resampling.BICUBIC)
    return Picture(width=large.width, height=large.height, channels=1, pixels=large.tobytes())


def _read(picture: Picture, *, hard: bool) -> list[str]:
    if max(picture.width, picture.height) > MOST_SIDE:
        return []
    shape = [picture.height, picture.width]
    if picture.channels > 1:
        shape.append(picture.channels)
    view = memoryview(picture.pixels).cast("B", shape=shape)
    codes = zxingcpp.read_barcodes(
        view,
        formats=_QR_ONLY,
        try_rotate=hard,
        try_downscale=hard,
        try_invert=hard,
        text_mode=zxingcpp.TextMode.Plain,
    )
    return [str(code.text) for code in codes]


def open_image(data: bytes, *, limits: ReadingLimits = DEFAULT_LIMITS) -> Picture:
    """Decode a PNG or JPEG into shades of grey.

    Args:
        data: the file, any bytes.
        limits: its bytes and pixels; the pixels are counted before they are decoded.

    Raises:
        UnreadableImage: no such picture, damaged, or over a limit.
    """
    if len(data) > limits.image_bytes:
        raise UnreadableImage(too_large=True)
    try:
        return _decoded(data, limits)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, OverflowError):
        raise UnreadableImage(too_large=True) from None
    except Exception as error:
        # The border of Pillow, whose decoders raise what they like.
        if isinstance(error, UnreadableImage):
            raise
        raise UnreadableImage(too_large=False) from error


def _decoded(data: bytes, limits: ReadingLimits) -> Picture:
    with Image.open(BytesIO(data), formats=_FORMATS) as image:
        if image.width * image.height > limits.image_pixels or max(image.size) > MOST_SIDE:
            raise UnreadableImage(too_large=True)
        grey = _on_white(ImageOps.exif_transpose(image)).convert("L")
    return Picture(width=grey.width, height=grey.height, channels=1, pixels=grey.tobytes())


def _on_white(image: Image.Image) -> Image.Image:
    """Put a picture with transparency on white paper: the transparent parts are black else."""
    if image.mode not in {"LA", "PA", "RGBA", "P"}:
        return image
    coloured = image.convert("RGBA")
    paper = Image.new("RGBA", coloured.size, "white")
    paper.alpha_composite(coloured)
    return paper
