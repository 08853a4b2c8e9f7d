"""The outlines in an embedded TrueType program: which bytes draw each glyph, and nothing else can.

Faces such as Times New Roman hold their outlines in this way (Apple's TrueType Reference Manual;
ISO/IEC 14496-22 §5.3). A glyph is drawn from its own bytes or from those of the glyphs that it is
composed of, may be moved by its instructions, which call programs that the whole face shares, and is
placed by its side bearing. A digest over all of these names what is drawn. Anything else is an
:class:`UnknownProgram`.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from typing import Final

from vncopy.pdf.outlines import DIGEST_BYTES, MAX_GLYPHS, UnknownProgram, demand

__all__ = ["TRUETYPE", "truetype_digests"]

TRUETYPE: Final = b"\x00\x01\x00\x00"
"""First bytes of a program with TrueType outlines."""
_NEEDED: Final = frozenset({b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"})
_TABLES: Final = _NEEDED | {b"cvt ", b"fpgm", b"prep", b"name", b"post"}
"""Tables that the typesetter embeds. Others could bring other outlines, bitmaps or colours."""
_SHARED: Final = (b"cvt ", b"fpgm", b"prep")
"""What instructions of all glyphs use; the typesetter takes them over whole."""
_ENTRY: Final = struct.Struct(">4sIII")
_HEAD_BYTES: Final = 54
_HHEA_BYTES: Final = 36
_MAXP_BYTES: Final = 32
_MAGIC: Final = 0x5F0F3CF5
_WORDS, _SCALE, _MORE, _BOTH, _MATRIX = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080
"""Flags of a part of a composed glyph: arguments are words; a scale, more parts, two scales, a matrix."""
_MAX_DEPTH: Final = 8
"""Levels of composed glyphs; a capital with two accents has two."""
_MAX_PARTS: Final = 64
"""Parts of one composed glyph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Face:
    """The tables of a program that were taken apart."""

    glyphs: tuple[bytes, ...]
    metrics: tuple[bytes, ...]
    """Advance and side bearing of each glyph, as they stand in the file."""
    shared: bytes
    """A digest over everything that the outlines of all glyphs depend on."""


def truetype_digests(program: bytes) -> tuple[bytes, ...]:
    """Return a digest of each glyph's outline, by glyph number, which is the character code.

    Args:
        program: the decoded ``/FontFile2`` of a font with identity for its glyph numbers.

    Raises:
        UnknownProgram: it is not of the plain form.
    """
    try:
        face = _face(program)
        found: dict[int, bytes] = {}
        whole = [_digest(face, number, found, _MAX_DEPTH) for number in range(len(face.glyphs))]
    except (IndexError, struct.error, ValueError, OverflowError) as error:
        raise UnknownProgram from error
    return tuple(each[:DIGEST_BYTES] for each in whole)


def _tables(program: bytes) -> dict[bytes, bytes]:
    """Return the tables by name: each once, in order, inside of the program."""
    demand(program.startswith(TRUETYPE))
    (count,) = struct.unpack_from(">H", program, 4)
    demand(len(_NEEDED) <= count <= len(_TABLES))
    found: dict[bytes, bytes] = {}
    end = 12 + _ENTRY.size * count
    last = b""
    for number in range(count):
        name, _, start, size = _ENTRY.unpack_from(program, 12 + _ENTRY.size * number)
        # Readers that search by halves and readers that search from the front find the same.
        demand(name > last and end <= start and start + size <= len(program))
        found[name], last = program[start : start + size], name
    demand(_NEEDED <= found.keys() <= _TABLES)
    return found


def _face(program: bytes) -> _Face:
    tables = _tables(program)
    head, hhea, maxp = tables[b"head"], tables[b"hhea"], tables[b"maxp"]
    demand((len(head), len(hhea), len(maxp)) == (_HEAD_BYTES, _HHEA_BYTES, _MAXP_BYTES))
    magic, flags, units = struct.unpack_from(">IHH", head, 12)
    long_offsets, glyph_format = struct.unpack_from(">hh", head, 50)
    demand(magic == _MAGIC and long_offsets in {0, 1} and glyph_format == 0)
    (count,) = struct.unpack_from(">H", maxp, 4)
    demand(0 < count <= MAX_GLYPHS)
    shared = hashlib.sha256(b"truetype" + struct.pack(">HH", flags, units))
    for part in (maxp[:4], maxp[6:], *(tables.get(name, b"") for name in _SHARED)):
        shared.update(struct.pack(">I", len(part)) + part)
    return _Face(
        glyphs=_glyphs(tables[b"glyf"], tables[b"loca"], count, long=bool(long_offsets)),
        metrics=_metrics(tables[b"hmtx"], struct.unpack_from(">H", hhea, 34)[0], count),
        shared=shared.digest(),
    )


def _glyphs(glyf: bytes, loca: bytes, count: int, *, long: bool) -> tuple[bytes, ...]:
    """Return the bytes of each glyph; none for a blank one."""
    size = 4 if long else 2
    demand(len(loca) == size * (count + 1))
    places = [place for (place,) in struct.iter_unpack(">I" if long else ">H", loca)]
    if not long:
        places = [2 * place for place in places]
    demand(places == sorted(places) and places[-1] <= len(glyf))
    return tuple(glyf[places[n] : places[n + 1]] for n in range(count))


def _metrics(hmtx: bytes, wide: int, count: int) -> tuple[bytes, ...]:
    """Return advance and side bearing of each glyph; those after the last advance share it."""
    demand(0 < wide <= count and len(hmtx) == 4 * wide + 2 * (count - wide))
    advance = hmtx[4 * wide - 4 : 4 * wide - 2]
    own = [hmtx[at : at + 4] for at in range(0, 4 * wide, 4)]
    return (*own, *(advance + hmtx[at : at + 2] for at in range(4 * wide, len(hmtx), 2)))


def _digest(face: _Face, number: int, found: dict[int, bytes], depth: int) -> bytes:
    """Return the digest of one glyph and of all that it is composed of."""
    if number not in found:
        demand(depth > 0)
        glyph = face.glyphs[number]
        total = hashlib.sha256(face.shared + face.metrics[number])
        if not glyph or struct.unpack_from(">h", glyph)[0] >= 0:
            total.update(b"plain" + glyph)
        else:
            total.update(b"parts" + glyph[:10])
            for own, part in _parts(glyph):
                total.update(struct.pack(">I", len(own)) + own)
                total.update(_digest(face, part, found, depth - 1) if part >= 0 else b"")
        found[number] = total.digest()
    return found[number]


def _parts(glyph: bytes) -> list[tuple[bytes, int]]:
    """Return what a composed glyph says of each part, and its number; at last its instructions."""
    found: list[tuple[bytes, int]] = []
    at, flags = 10, _MORE
    while flags & _MORE:
        demand(len(found) < _MAX_PARTS)
        flags, number = struct.unpack_from(">HH", glyph, at)
        size = 4 if flags & _WORDS else 2
        # A part has one of three kinds of scale; of two that are claimed some readers take the other.
        scales = [more for flag, more in ((_SCALE, 2), (_BOTH, 4), (_MATRIX, 8)) if flags & flag]
        demand(len(scales) <= 1)
        end = at + 4 + size + sum(scales)
        demand(end <= len(glyph))
        found.append((glyph[at : at + 2] + glyph[at + 4 : end], number))
        at = end
    return [*found, (glyph[at:], -1)]
