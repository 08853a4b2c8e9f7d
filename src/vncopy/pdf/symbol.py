"""The printed QR symbol: level M, smallest version, a given mask, read back before it is used.

The text is alphanumeric by construction (base45), so it is encoded in that mode alone. The
library that draws symbols spends most of its time weighing the eight masks; they differ in
looks, not in meaning, so one is given and the result is read back by an independent reader. Only
when that fails the next mask is tried.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import Final

from vncopy.errors import Message, MissingExtra, SigningError, TooLongForQR

try:
    import qrcode
    import qrcode.constants
    import qrcode.util
    import zxingcpp
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("issue") from error

__all__ = ["MAX_BYTES", "MAX_VERSION", "SIDE_MM", "Symbol", "make_symbol"]

MAX_VERSION: Final = 19
"""The last version with four printer dots a module in 35 mm at 300 dpi (design §4)."""
MAX_BYTES: Final = 602
"""COSE bytes that version 19 at level M holds behind ``VNC1:`` in base45."""
SIDE_MM: Final = 35
"""Side of the square reserved on the page, quiet zone included."""
DPI: Final = 300
"""Printer resolution for which modules get a whole number of dots."""
SCREEN_PIXELS: Final = 8
"""Pixels a module of the picture for screens."""
QUIET_ZONE: Final = 4
"""Modules of quiet zone (ISO/IEC 18004)."""
FIRST_MASK: Final = 2
"""The mask that is tried first; recorded in the file."""
MODE_BITS: Final = 4
"""Bits that name the mode (ISO/IEC 18004, 7.4.2)."""
SECOND_GROUP: Final = 10
"""From this version on the number of characters takes 11 bits instead of 9 (7.4.3)."""
MASKS: Final = 8
"""Masks that the symbology has."""
MM_PER_INCH: Final = 25.4
"""Millimetres."""
_PREFIX_CHARACTERS: Final = 5
"""Length of ``VNC1:``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """A symbol that was read back with success."""

    text: str
    """What it says."""
    version: int
    """1 to 19."""
    mask: int
    """0 to 7."""
    rows: tuple[tuple[bool, ...], ...]
    """Modules from the top, without quiet zone; true is dark."""

    @property
    def modules(self) -> int:
        """Modules a side, quiet zone included."""
        return len(self.rows) + 2 * QUIET_ZONE

    @property
    def dots(self) -> int:
        """Printer dots a module: whole, so that no edge falls between two dots."""
        return int(SIDE_MM / MM_PER_INCH * DPI) // self.modules

    def svg(self) -> str:
        """Return the symbol as one vector path in a white square of 35 mm.

        The square is measured in printer dots and the symbol lies in its middle on whole dots.
        Dark regions are drawn as outlines: rectangles side by side would show hairlines between
        them on screens, and take twice the space.
        """
        square = int(SIDE_MM / MM_PER_INCH * DPI)
        margin = (square - self.modules * self.dots) // 2 + QUIET_ZONE * self.dots
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE_MM}mm" height="{SIDE_MM}mm" '
            f'viewBox="0 0 {square} {square}" shape-rendering="crispEdges">'
            f'<path fill="#fff" d="M0 0h{square}v{square}h-{square}z"/>'
            f'<path fill="#000" fill-rule="evenodd" '
            f'transform="translate({margin} {margin}) scale({self.dots})" '
            f'd="{_outline(self.rows)}"/></svg>'
        )

    def pixels(self, dots: int) -> tuple[int, bytes]:
        """Return side and grey pixels, row by row, at ``dots`` pixels a module."""
        size = self.modules * dots
        white = b"\xff" * (size * dots * QUIET_ZONE)
        margin = b"\xff" * (dots * QUIET_ZONE)
        body = b"".join(
            (margin + b"".join((b"\x00" if dark else b"\xff") * dots for dark in row) + margin)
            * dots
            for row in self.rows
        )
        return size, white + body + white

    def png(self) -> bytes:
        """Return the symbol as PNG for screens, 8 pixels a module."""
        return _png(*self.pixels(SCREEN_PIXELS))


def _png(side: int, grey: bytes) -> bytes:
    """Return grey pixels as PNG (ISO/IEC 15948): three chunks, no ancillary data."""
    rows = b"".join(b"\0" + grey[y * side : (y + 1) * side] for y in range(side))
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def make_symbol(text: str) -> Symbol:
    """Make the symbol of ``text`` and read it back.

    Args:
        text: the QR text, ``VNC1:`` and base45; alphanumeric.

    Returns:
        The symbol.

    Raises:
        TooLongForQR: it needs a version above 19.
        SigningError: no mask gave a symbol that reads back as the same text.
    """
    version = _version(text)
    for step in range(MASKS):
        try:
            symbol = _draw(text, version=version, mask=(FIRST_MASK + step) % MASKS)
        except ValueError:
            # The library divides by zero where a whole block of data is zero (glog(0)).
            break
        if _read(symbol) == text:
            return symbol
    raise SigningError(
        Message(
            "không tạo được mã QR đọc lại đúng nội dung",
            "no symbol could be made that reads back as its text",
        )
    )


def _version(text: str) -> int:
    """Return the smallest version that holds ``text`` in alphanumeric mode at level M.

    Looking it up spares the library its own search, which encodes the text once a try.

    Raises:
        TooLongForQR: it is above 19.
    """
    data = 11 * (len(text) // 2) + 6 * (len(text) % 2)
    limits = qrcode.util.BIT_LIMIT_TABLE[qrcode.constants.ERROR_CORRECT_M]
    for version in range(1, MAX_VERSION + 1):
        head = MODE_BITS + (9 if version < SECOND_GROUP else 11)
        if head + data <= limits[version]:
            return version
    raise _too_long(text)


def _draw(text: str, *, version: int, mask: int) -> Symbol:
    """Return the symbol of that version with that mask, unread."""
    code = qrcode.QRCode(
        version=version,
        error_correction=qrcode.constants.ERROR_CORRECT_M,
        border=0,
        mask_pattern=mask,
    )
    code.add_data(qrcode.util.QRData(text, mode=qrcode.util.MODE_ALPHA_NUM), optimize=0)
    code.make(fit=False)
    rows = tuple(tuple(bool(dark) for dark in row) for row in code.modules)
    return Symbol(text=text, version=version, mask=mask, rows=rows)


def _read(symbol: Symbol) -> str | None:
    """Return what an independent reader sees on the symbol as printed at 300 dpi."""
    side, grey = symbol.pixels(symbol.dots)
    image = memoryview(grey).cast("B", (side, side))
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.barcode_formats_from_str("QRCode"))
    return found[0].text if len(found) == 1 else None


def _outline(rows: tuple[tuple[bool, ...], ...]) -> str:
    """Return the outlines of the dark regions as SVG path, to be filled by the even-odd rule.

    A corner is a grid point around which an odd number of modules is dark. On every grid line the
    corners come in pairs, the ends of its edges; following edges across and down in turn gives
    the outlines. Where two dark modules touch at a point the edges cross straight.
    """
    size = len(rows)
    numbers = [0, *(sum(1 << x for x, dark in enumerate(row) if dark) for row in rows), 0]
    lines: list[list[int]] = []
    columns: list[list[int]] = [[] for _ in range(size + 1)]
    for y in range(size + 1):
        changed = numbers[y] ^ numbers[y + 1]
        corners = changed ^ changed << 1
        lines.append([x for x in range(size + 1) if corners >> x & 1])
        for x in lines[y]:
            columns[x].append(y)
    across = [_partners(line) for line in lines]
    down = [_partners(column) for column in columns]
    loops = (
        _loop(across, down, x, y) for y, line in enumerate(lines) for x in line if x in across[y]
    )
    return "".join(loops)


def _partners(corners: list[int]) -> dict[int, int]:
    """Return for each corner of a grid line the other end of its edge."""
    pairs = list(zip(corners[::2], corners[1::2], strict=True))
    return {**dict(pairs), **{end: start for start, end in pairs}}


def _loop(across: list[dict[int, int]], down: list[dict[int, int]], x: int, y: int) -> str:
    """Follow one outline from its first corner, take its edges out and return it as SVG path."""
    path = [f"M{x} {y}"]
    while x in across[y]:
        there = across[y].pop(x)
        del across[y][there]
        path.append(f"h{there - x}")
        x = there
        there = down[x][y]
        path.append(f"v{there - y}")
        y = there
    path[-1] = "z"  # the last edge is the one that closes
    return "".join(path)


def _too_long(text: str) -> TooLongForQR:
    """Return the error; base45 spends three characters on two bytes."""
    return TooLongForQR(size=(len(text) - _PREFIX_CHARACTERS) * 2 // 3, limit=MAX_BYTES)
