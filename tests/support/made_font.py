"""A TrueType font made of rectangles: what a deployer's own font is to the reading of pages.

Each character has a rectangle of its own size; letters with accents are composed of others, as those
of real faces are. No font has to be installed, and no foreign licence is in the way.
"""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from vncopy.formats.text import FREE_RANGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FAMILY: Final = "Vncopy Blocks"
UNITS: Final = 2048
MORE: Final = "…₫№–—‘’“”•′″$"
STYLES: Final = {"Regular": 0, "Bold": 1, "Italic": 2}


@dataclass
class Glyphs:
    """Outlines and advances by glyph number."""

    outlines: list[bytes] = field(default_factory=list)
    advances: list[int] = field(default_factory=list)

    def add(self, outline: bytes, advance: int) -> int:
        """Add a glyph and return its number."""
        self.outlines.append(outline)
        self.advances.append(advance)
        return len(self.outlines) - 1


def rectangle(left: int, bottom: int, right: int, top: int, instructions: bytes = b"") -> bytes:
    """Return the outline of a rectangle."""
    head = struct.pack(">hhhhh", 1, left, bottom, right, top)
    head += struct.pack(">HH", 3, len(instructions)) + instructions
    across = struct.pack(">hhhh", left, 0, right - left, 0)
    along = struct.pack(">hhhh", bottom, top - bottom, 0, bottom - top)
    outline = head + bytes([1, 1, 1, 1]) + across + along
    return outline + bytes(-len(outline) % 4)


def composed(parts: list[tuple[int, int, int]], box: tuple[int, int, int, int]) -> bytes:
    """Return an outline of other glyphs: number, shift across, shift upwards."""
    outline = struct.pack(">hhhhh", -1, *box)
    for number, (glyph, across, along) in enumerate(parts):
        more = 0x20 if number + 1 < len(parts) else 0
        outline += struct.pack(">HHhh", 0x0003 | more, glyph, across, along)
    return outline + bytes(-len(outline) % 4)


def _glyphs(shift: int) -> tuple[Glyphs, dict[int, int]]:
    """Return outlines, and glyph numbers by character; ``shift`` tells the styles apart."""
    made = Glyphs()
    made.add(rectangle(0, 0, 900, 1200), 1000)
    mapped: dict[int, int] = {}
    characters = [chr(c) for first, last in FREE_RANGES for c in range(first, last + 1)] + [*MORE]
    marks: dict[str, int] = {}
    for each in characters:
        for mark in unicodedata.normalize("NFD", each)[1:]:
            if mark not in marks:
                size = 20 * len(marks)
                marks[mark] = made.add(rectangle(100, 1100, 500 + size, 1180 + shift), 0)
    for number, each in enumerate(characters):
        if len(unicodedata.normalize("NFD", each)) == 1:
            wide, high = 300 + 3 * (number % 150), 900 + 10 * (number // 150)
            advance = {" ": 256}.get(each, 500 if each.isdigit() else wide + 140)
            outline = b"" if each == " " else rectangle(60, 0, wide, high + shift)
            mapped[ord(each)] = made.add(outline, 2 * advance)
    for each in characters:
        base, *accents = unicodedata.normalize("NFD", each)
        if accents and ord(base) in mapped:
            parts = [(mapped[ord(base)], 0, 0)]
            parts += [(marks[mark], 0, 150 * level) for level, mark in enumerate(accents)]
            advance = made.advances[mapped[ord(base)]]
            mapped[ord(each)] = made.add(composed(parts, (0, 0, 1000, 1900)), advance)
    return made, mapped


def _cmap(mapped: Mapping[int, int]) -> bytes:
    groups = b"".join(struct.pack(">III", c, c, g) for c, g in sorted(mapped.items()))
    table = struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(mapped)) + groups
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table


def _name(style: str) -> bytes:
    said = {1: FAMILY, 2: style, 4: f"{FAMILY} {style}", 6: f"{FAMILY}-{style}".replace(" ", "")}
    rows, texts = b"", b""
    for number, text in said.items():
        content = text.encode("utf-16-be")
        rows += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(content), len(texts))
        texts += content
    return struct.pack(">HHH", 0, len(said), 6 + len(rows)) + rows + texts


def _os2(style: str, first: int, last: int) -> bytes:
    weight = 700 if style == "Bold" else 400
    chosen = {"Regular": 0x40, "Bold": 0x20, "Italic": 0x01}[style]
    return (
        struct.pack(">HhHHH", 4, 1000, weight, 5, 0)
        + struct.pack(">hhhhhhhhhhh", *[600] * 8, 80, 500, 0)
        + bytes(10)
        + bytes(16)
        + b"NONE"
        + struct.pack(">HHHhhhHH", chosen, first, min(last, 0xFFFF), 1700, -500, 0, 1900, 500)
        + bytes(8)
        + struct.pack(">hhHHH", 1000, 1400, 0, 32, 1)
    )


def _tables(style: str) -> dict[bytes, bytes]:
    made, mapped = _glyphs(40 * STYLES[style])
    count = len(made.outlines)
    places, place = [], 0
    for outline in made.outlines:
        places.append(place)
        place += len(outline)
    lefts = [struct.unpack_from(">h", each, 2)[0] if each else 0 for each in made.outlines]
    advances = zip(made.advances, lefts, strict=True)
    return {
        b"OS/2": _os2(style, min(mapped), max(mapped)),
        b"cmap": _cmap(mapped),
        b"cvt ": struct.pack(">hh", 100, STYLES[style]),
        b"fpgm": b"\xb0\x00\x2c\x2d",  # PUSHB 0, FDEF, ENDF: one function that does nothing
        b"glyf": b"".join(made.outlines),
        b"head": struct.pack(">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, UNITS, 0, 0,
                             0, -500, 1500, 1900, STYLES[style] & 3, 8, 2, 1, 0),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, 1700, -500, 0, 2000, 0, 0, 1500, 1, 0,
                             0, 0, 0, 0, 0, 0, count),
        b"hmtx": b"".join(struct.pack(">Hh", *pair) for pair in advances),
        b"loca": struct.pack(f">{count + 1}I", *places, place),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, count, 8, 2, 16, 4, 1, 0, 0, 2, 0, 8, 0, 4, 2),
        b"name": _name(style),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 0, 0, 0, 0, 0),
        b"prep": b"\xb0\x00\x1d",  # PUSHB 0, SCVTCI
    }  # fmt: skip


def program(tables: Mapping[bytes, bytes]) -> bytes:
    """Return a font of these tables."""
    kept = {name: tables[name] for name in sorted(tables) if tables[name]}
    head = b"\x00\x01\x00\x00" + struct.pack(">HHHH", len(kept), 128, 3, 16 * len(kept) - 128)
    rows, body, start = b"", b"", 12 + 16 * len(kept)
    for name, content in kept.items():
        rows += struct.pack(">4sIII", name, 0, start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    return head + rows + body


@cache
def made_font(style: str) -> bytes:
    """Return the font file of a style, see :data:`STYLES`."""
    return program(_tables(style))


def write_font(folder: Path) -> Path:
    """Write the three files into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for style in STYLES:
        (folder / f"blocks-{style.lower()}.ttf").write_bytes(made_font(style))
    return folder
