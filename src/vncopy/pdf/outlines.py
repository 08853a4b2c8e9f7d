"""The outlines in an embedded font program: which bytes draw each glyph, and nothing else can.

Only the plain form is read that the typesetter writes: a CFF program (Adobe Technical Note 5176)
with identity for its character set, one font dictionary and no subroutines. There a glyph's
outline is fixed by its own bytes and the program's private dictionary, so that a digest over both
names what is drawn. Anything else is an :class:`UnknownProgram`, never a guess.
"""

from __future__ import annotations

import hashlib
import struct
from itertools import pairwise
from typing import Final

__all__ = ["DIGEST_BYTES", "MAX_GLYPHS", "UnknownProgram", "demand", "glyph_digests"]

DIGEST_BYTES: Final = 12
"""Of SHA-256; 96 bits, so that nobody finds an outline with the digest of another."""
MAX_GLYPHS: Final = 4_000
"""Glyphs of one program; a subset of a copy has some hundred."""
_HEADER: Final = b"\x01\x00\x04"
"""Version 1.0 with a header of four bytes; the fourth, the size of offsets, matters nowhere."""
_ROS: Final = 1230
_CHARSET, _CHARSTRINGS, _PRIVATE, _MATRIX = 15, 17, 18, 1207
_FDARRAY: Final = 1236
_FDSELECT: Final = 1237
_LOCAL_SUBROUTINES: Final = 19
_TOP: Final = frozenset(
    {_ROS, 1, 1200, _MATRIX, 5, _CHARSET, _CHARSTRINGS, 1234, _FDARRAY, _FDSELECT}
)
"""Entries of the top dictionary: registry, notice, copyright, matrix, box, tables, number of glyphs."""
_TOP_NEEDED: Final = frozenset({_ROS, _MATRIX, _CHARSET, _CHARSTRINGS, _FDARRAY, _FDSELECT})
_PRIVATE_KNOWN: Final = frozenset({6, 7, 8, 9, 10, 11, 20, 21, *range(1209, 1219)})
"""Zones and stems for hinting, and the two widths from which a glyph's own is counted."""
_TOP_MATRIX: Final = (0.001, 0.0, 0.0, 0.001, 0.0, 0.0)
_FONT_MATRIX: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_NIBBLES: Final = ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "E", "E-", "?", "-", "")
_ESCAPE, _SHORT, _LONG, _REAL = 12, 28, 29, 30
_LAST_OPERATOR: Final = 21


class UnknownProgram(Exception):
    """The program is none of those whose glyphs can be told apart by their bytes."""


def glyph_digests(program: bytes) -> tuple[bytes, ...]:
    """Return a digest of each glyph's outline, by glyph number, which is the character code.

    Args:
        program: the decoded ``/FontFile3`` with ``/Subtype /CIDFontType0C``.

    Raises:
        UnknownProgram: it is not of the plain form.
    """
    try:
        return _digests(program)
    except (IndexError, struct.error, ValueError, OverflowError) as error:
        raise UnknownProgram from error


def _digests(program: bytes) -> tuple[bytes, ...]:
    demand(program.startswith(_HEADER))
    names, at = _index(program, 4)
    tops, at = _index(program, at)
    _, at = _index(program, at)
    global_subroutines, _ = _index(program, at)
    demand(len(names) == 1 and len(tops) == 1 and not global_subroutines)
    top = _dictionary(tops[0])
    demand(_TOP_NEEDED <= top.keys() <= _TOP and tuple(top[_MATRIX]) == _TOP_MATRIX)
    glyphs, _ = _index(program, _offset(top, _CHARSTRINGS))
    demand(0 < len(glyphs) <= MAX_GLYPHS)
    _identity(program, _offset(top, _CHARSET), len(glyphs))
    _one_font(program, _offset(top, _FDSELECT), len(glyphs))
    fonts, _ = _index(program, _offset(top, _FDARRAY))
    demand(len(fonts) == 1)
    font = _dictionary(fonts[0])
    demand(font.keys() == {_MATRIX, _PRIVATE} and tuple(font[_MATRIX]) == _FONT_MATRIX)
    size, start = (_whole(value) for value in font[_PRIVATE])
    private = program[start : start + size]
    demand(len(private) == size and _dictionary(private).keys() <= _PRIVATE_KNOWN)
    begun = hashlib.sha256(struct.pack(">I", size) + private)
    found = []
    for glyph in glyphs:
        total = begun.copy()
        total.update(glyph)
        found.append(total.digest()[:DIGEST_BYTES])
    return tuple(found)


def demand(condition: bool) -> None:  # noqa: FBT001 - a guard, not an option
    """Refuse a program of another form.

    Args:
        condition: what a program of the plain form fulfils.

    Raises:
        UnknownProgram: it does not.
    """
    if not condition:
        raise UnknownProgram


def _index(data: bytes, at: int) -> tuple[list[bytes], int]:
    """Read an INDEX; return its parts and where it ends."""
    (count,) = struct.unpack_from(">H", data, at)
    if not count:
        return [], at + 2
    size = data[at + 2]
    demand(1 <= size <= 4 and count <= MAX_GLYPHS)  # noqa: PLR2004 - bytes of an offset
    first = at + 3
    base = first + (count + 1) * size - 1
    offsets = [
        int.from_bytes(data[first + number * size : first + (number + 1) * size], "big")
        for number in range(count + 1)
    ]
    demand(offsets[0] == 1 and base + offsets[-1] <= len(data) and offsets == sorted(offsets))
    parts = [data[base + start : base + end] for start, end in pairwise(offsets)]
    return parts, base + offsets[-1]


def _dictionary(data: bytes) -> dict[int, list[float]]:
    """Read a DICT; each operator once."""
    found: dict[int, list[float]] = {}
    operands: list[float] = []
    at = 0
    while at < len(data):
        first = data[at]
        at += 1
        if first <= _LAST_OPERATOR:
            operator = first
            if first == _ESCAPE:
                operator = 1200 + data[at]
                at += 1
            demand(operator not in found)
            found[operator], operands = operands, []
        else:
            value, at = _number(data, first, at)
            operands.append(value)
    demand(not operands)
    return found


def _number(data: bytes, first: int, at: int) -> tuple[float, int]:
    """Read one operand whose first byte was read; return it and where it ends."""
    if first == _SHORT:
        return struct.unpack_from(">h", data, at)[0], at + 2
    if first == _LONG:
        return struct.unpack_from(">i", data, at)[0], at + 4
    if first == _REAL:
        text = ""
        while True:
            high, low = data[at] >> 4, data[at] & 15
            at += 1
            text += _NIBBLES[high] + _NIBBLES[low]
            if low == 15:  # noqa: PLR2004 - the end; only after it the half before may be one too
                return float(text), at
            demand(high != 15)  # noqa: PLR2004
    demand(first >= 32 and first != 255)  # noqa: PLR2004 - reserved
    if first <= 246:  # noqa: PLR2004
        return first - 139, at
    if first <= 250:  # noqa: PLR2004
        return (first - 247) * 256 + data[at] + 108, at + 1
    return -(first - 251) * 256 - data[at] - 108, at + 1


def _whole(value: float) -> int:
    demand(value == int(value) and value >= 0)
    return int(value)


def _offset(top: dict[int, list[float]], operator: int) -> int:
    (value,) = top[operator]
    offset = _whole(value)
    demand(offset > len(_HEADER))  # small numbers name predefined tables
    return offset


def _identity(data: bytes, at: int, glyphs: int) -> None:
    """Demand that glyph numbers are character numbers: one range from 1 on (format 2)."""
    kind, first, left = struct.unpack_from(">BHH", data, at)
    demand(kind == 2 and first == 1 and left == glyphs - 2)  # noqa: PLR2004


def _one_font(data: bytes, at: int, glyphs: int) -> None:
    """Demand that all glyphs belong to the one font dictionary (format 3, one range)."""
    kind, ranges, first, font, end = struct.unpack_from(">BHHBH", data, at)
    demand((kind, ranges, first, font, end) == (3, 1, 0, 0, glyphs))
