"""Decode files of pictures: PNG, JPEG, TIFF with several pages, WebP, and HEIC where it is installed.

The pixels of every page are counted before they are decoded. What a camera notes beside them (the
way it was held, where, when) is not read: symbols are found whichever way they are turned.
"""

from __future__ import annotations

from io import BytesIO
from math import isfinite
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra
from vncopy.pdf.limits import DEFAULT_LIMITS, ReadingLimits
from vncopy.pdf.read_symbol import MOST_SIDE
from vncopy.pdf.render import draw_pages

try:
    from PIL import Image
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error
try:
    import pi_heif
except ImportError:  # the extra "heic" is not installed
    pi_heif = None
else:
    pi_heif.register_heif_opener()

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FORMATS", "MOST_KEPT", "UnreadableImage", "open_pages", "open_pictures"]

FORMATS: Final = ("PNG", "JPEG", "TIFF", "WEBP", *(("HEIF",) if pi_heif else ()))
"""What is decoded, whatever else Pillow can do."""
MOST_KEPT: Final = 16_000_000
"""Pixels of a picture that is looked at; a larger one is halved. A page of A4 at 400 dpi, or a
photo of a page with 12 megapixels: its symbol is then 400 pixels wide, and a third of it is enough."""
MOST_DECODED: Final = 150_000_000
"""Bytes of a decoded picture: A4 at 600 dpi in colours. The process that reads has 512 MB."""
_PIXEL_BYTES: Final = 4
"""Bytes that Pillow takes for a pixel in colours, transparent or not."""
_ONE_BYTE: Final = frozenset({"1", "L"})
"""Kinds of picture that take one, whatever the file says of them."""
_LIGHTEST: Final = 255
"""The lightest level of a byte."""
_SMALLEST: Final = 1e-9
"""Width of shades below which a picture is one shade."""


class UnreadableImage(Exception):
    """The bytes are no picture that is read here.

    Attributes:
        too_large: it is one, but over a limit.
    """

    def __init__(self, *, too_large: bool) -> None:
        self.too_large = too_large
        super().__init__("too large" if too_large else "unreadable")


def open_pages(data: bytes, *, limits: ReadingLimits = DEFAULT_LIMITS) -> Iterator[Image.Image]:
    """Draw a PDF whose pages are scans, one page after the other, in ``RGB``.

    Args:
        data: the file, any bytes.
        limits: its pages and pixels.

    Returns:
        None if it cannot be drawn.
    """
    for page in draw_pages(data, limits=limits):
        size = (page.width, page.height)
        picture = Image.frombytes("RGB", size, page.pixels, "raw", "BGR")
        yield picture.reduce(2) if picture.width * picture.height > MOST_KEPT else picture


def open_pictures(data: bytes, *, limits: ReadingLimits = DEFAULT_LIMITS) -> Iterator[Image.Image]:
    """Decode a picture, one page after the other, into ``L`` or ``RGB``.

    Args:
        data: the file, any bytes.
        limits: its bytes, its pages, and the pixels of each and of all.

    Raises:
        UnreadableImage: no such picture, damaged, or over a limit.
    """
    if len(data) > limits.image_bytes:
        raise UnreadableImage(too_large=True)
    try:
        yield from _pages(data, limits)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, OverflowError):
        raise UnreadableImage(too_large=True) from None
    except (UnreadableImage, MemoryError):
        raise
    except Exception as error:
        # The border of Pillow, whose decoders raise what they like.
        raise UnreadableImage(too_large=False) from error


def _pages(data: bytes, limits: ReadingLimits) -> Iterator[Image.Image]:
    with Image.open(BytesIO(data), formats=FORMATS) as image:
        pages = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    if pages > limits.pages:
        raise UnreadableImage(too_large=True)
    left = limits.scanned_pixels
    for number in range(pages):
        picture, pixels = _page(data, number, limits)
        left -= pixels
        if left < 0:
            raise UnreadableImage(too_large=True)
        yield picture


def _page(data: bytes, number: int, limits: ReadingLimits) -> tuple[Image.Image, int]:
    """Return one page and how many pixels it had; nothing else of the file stays in memory."""
    with Image.open(BytesIO(data), formats=FORMATS) as image:
        if number:
            image.seek(number)
        pixels = image.width * image.height
        if pixels > limits.image_pixels or max(image.size) > MOST_SIDE:
            raise UnreadableImage(too_large=True)
        return _decoded(image), pixels


def _decoded(image: Image.Image) -> Image.Image:
    """Return one page in grey or in colours, on white paper, with no more pixels than are of use."""
    if image.width * image.height > MOST_KEPT and image.format == "JPEG":
        image.draft(None, (image.width // 2, image.height // 2))  # the decoder halves it itself
    pixels = image.width * image.height
    if pixels * (1 if image.mode in _ONE_BYTE else _PIXEL_BYTES) > MOST_DECODED:
        raise UnreadableImage(too_large=True)
    large = pixels > MOST_KEPT
    picture = _plain(image)
    if large:
        picture = picture.reduce(2)
    if picture.mode == "RGBA":
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture)
        picture = paper.convert("RGB")
    return picture


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture as ``L``, ``RGB`` or ``RGBA``."""
    if image.mode in {"L", "RGB", "RGBA"} and "transparency" not in image.info:
        image.load()
        return image
    if image.mode in {"LA", "PA"} or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode.startswith(("I", "F")):
        return _from_wide(image.convert("F"))
    return image.convert("L" if image.mode == "1" else "RGB")


def _from_wide(image: Image.Image) -> Image.Image:
    """Return shades that are wider than a byte as ``L``, from the darkest to the lightest there is.

    Scanners write twelve bits of sixteen, or fractions of one: the width says nothing of white.
    """
    lowest, highest = image.getextrema()
    if not isfinite(lowest) or not isfinite(highest):  # type: ignore[arg-type]
        raise UnreadableImage(too_large=False)
    scale = _LIGHTEST / max(highest - lowest, _SMALLEST)  # type: ignore[operator]
    return image.point(lambda level: level * scale - lowest * scale).convert("L")  # type: ignore[operator]
