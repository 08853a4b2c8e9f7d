"""Digests of TrueType outlines: they name what is drawn, and nothing is drawn that they leave out."""

from __future__ import annotations

import struct
from contextlib import suppress
from functools import cache
from typing import Final

import pytest

from support.made_font import composed, made_font, program, rectangle
from vncopy.pdf import truetype
from vncopy.pdf.outlines import DIGEST_BYTES, UnknownProgram
from vncopy.pdf.truetype import truetype_digests

KEPT: Final = (
    b"cvt ",
    b"fpgm",
    b"glyf",
    b"head",
    b"hhea",
    b"hmtx",
    b"loca",
    b"maxp",
    b"name",
    b"post",
)
KEEP_LONG, SHORT = 1, 0


@cache
def parts() -> dict[bytes, bytes]:
    """Return the tables of the made font that the typesetter embeds."""
    whole = made_font("Regular")
    (count,) = struct.unpack_from(">H", whole, 4)
    rows = [struct.unpack_from(">4sIII", whole, 12 + 16 * n) for n in range(count)]
    found = {name: whole[start : start + size] for name, _, start, size in rows}
    return {name: found[name] for name in (*KEPT, b"prep")}


def font(
    glyphs: list[bytes],
    metrics: list[tuple[int, int]] | None = None,
    *,
    offsets: int = KEEP_LONG,
    **changes: bytes,
) -> bytes:
    """Return a program of some glyphs; ``changes`` replace tables by name (``cvt`` for ``cvt ``)."""
    places = [0]
    for each in glyphs:
        places.append(places[-1] + len(each))
    form = f">{len(places)}I" if offsets else f">{len(places)}H"
    shown = places if offsets else [place // 2 for place in places]
    head = parts()[b"head"]
    maxp = parts()[b"maxp"]
    measured = metrics or [(1000, 0)] * len(glyphs)
    tables = {
        **parts(),
        b"glyf": b"".join(glyphs) or b"\0",
        b"loca": struct.pack(form, *shown),
        b"head": head[:50] + struct.pack(">h", offsets) + head[52:],
        b"maxp": maxp[:4] + struct.pack(">H", len(glyphs)) + maxp[6:],
        b"hhea": parts()[b"hhea"][:34] + struct.pack(">H", len(glyphs)),
        b"hmtx": b"".join(struct.pack(">Hh", *each) for each in measured),
    }
    tables |= {name.encode().ljust(4): content for name, content in changes.items()}
    return program(tables)


A, B, C = (rectangle(0, 0, 100 * size, 700) for size in (1, 2, 3))


def test_a_glyph_is_named_by_its_outline_wherever_it_stands() -> None:
    one = truetype_digests(font([A, B, C, b""]))
    assert len(set(one)) == 4
    assert all(len(each) == DIGEST_BYTES for each in one)
    assert truetype_digests(font([b"", C, A])) == (one[3], one[2], one[0])
    assert truetype_digests(font([A, B, C, b""], offsets=SHORT)) == one


def test_everything_that_moves_an_outline_is_in_its_digest() -> None:
    before = truetype_digests(font([A]))
    head, maxp = parts()[b"head"], parts()[b"maxp"]
    others = [
        font([rectangle(0, 0, 100, 701)]),
        font([rectangle(0, 0, 100, 700, b"\xb0\x00")]),
        font([A], [(1001, 0)]),
        font([A], [(1000, 1)]),
        font([A], cvt=b"\0\1\0\0"),
        font([A], fpgm=b"\xb0\x00\x2c\x2d\x2d"),
        font([A], prep=b"\xb0\x01\x1d"),
        font([A], head=head[:18] + b"\x04\x00" + head[20:50] + b"\0\1\0\0"),
        font([A], head=head[:16] + b"\0\0" + head[18:50] + b"\0\1\0\0"),
        font([A], maxp=maxp[:4] + b"\0\1\0\1" + maxp[8:]),
    ]
    found = [truetype_digests(each) for each in others]
    assert len({before, *found}) == len(others) + 1


def test_names_and_boxes_of_the_face_do_not_matter() -> None:
    head = bytearray(font([A]))
    assert truetype_digests(font([A], name=b"", post=b"")) == truetype_digests(bytes(head))


def test_a_composed_glyph_is_named_by_its_parts_not_by_their_numbers() -> None:
    box = (0, 0, 200, 900)
    one = truetype_digests(font([A, B, composed([(0, 0, 0), (1, 5, 0)], box)]))
    again = truetype_digests(font([B, composed([(2, 0, 0), (0, 5, 0)], box), A]))
    assert again == (one[1], one[2], one[0])
    for other in (
        font([C, B, composed([(0, 0, 0), (1, 5, 0)], box)]),
        font([A, B, composed([(0, 0, 0), (1, 6, 0)], box)]),
        font([A, B, composed([(1, 0, 0), (0, 5, 0)], box)]),
        font([A, B, composed([(0, 0, 0)], box)]),
        font([A, B, composed([(0, 0, 0), (1, 5, 0)], (0, 0, 200, 901))]),
    ):
        assert truetype_digests(other)[2] != one[2]


def test_advances_that_are_shared_count_for_each_glyph() -> None:
    wide = font([A, B])
    hhea = parts()[b"hhea"][:34] + struct.pack(">H", 1)
    short = font([A, B], hhea=hhea, hmtx=struct.pack(">Hhh", 1000, 0, 0))
    assert truetype_digests(short) == truetype_digests(wide)


def scaled(flags: int, extra: bytes) -> bytes:
    """Return a composed glyph whose one part has these flags and this scale."""
    return struct.pack(">hhhhh", -1, 0, 0, 9, 9) + struct.pack(">HHhh", 1 | flags, 0, 0, 0) + extra


@pytest.mark.parametrize(
    ("flags", "extra"),
    [(0x08, b"\x40\0"), (0x40, b"\x40\0" * 2), (0x80, b"\x40\0" * 4), (0x100, b"\0\1\x4b")],
)
def test_scales_and_instructions_of_parts_count(flags: int, extra: bytes) -> None:
    one = truetype_digests(font([A, scaled(flags, extra)]))
    assert truetype_digests(font([A, scaled(flags, b"\x20" + extra[1:])]))[1] != one[1]


def test_parts_in_a_ring_or_too_deep_are_refused() -> None:
    box = (0, 0, 9, 9)
    with pytest.raises(UnknownProgram):
        truetype_digests(font([composed([(0, 0, 0)], box)]))
    chain = [A, *(composed([(number, 0, 0)], box) for number in range(truetype._MAX_DEPTH))]
    assert len(truetype_digests(font(chain))) == truetype._MAX_DEPTH + 1
    deeper = [*(composed([(n + 1, 0, 0)], box) for n in range(truetype._MAX_DEPTH)), A]
    with pytest.raises(UnknownProgram):
        truetype_digests(font(deeper))
    many = composed([(0, 0, 0)] * (truetype._MAX_PARTS + 1), box)
    with pytest.raises(UnknownProgram):
        truetype_digests(font([A, many]))


def broken() -> dict[str, bytes]:
    """Return programs that are not of the plain form."""
    whole = font([A, B])
    twice = bytearray(whole)
    twice[12:16] = twice[28:32]
    disorder = bytearray(whole)
    disorder[12:28], disorder[28:44] = whole[28:44], whole[12:28]
    inside = bytearray(whole)
    struct.pack_into(">I", inside, 12 + 8, 4)
    outside = bytearray(whole)
    struct.pack_into(">I", outside, 12 + 12, len(whole))
    head, maxp, hhea = parts()[b"head"], parts()[b"maxp"], parts()[b"hhea"]
    return {
        "empty": b"",
        "CFF": b"OTTO" + whole[4:],
        "collection": b"ttcf" + whole[4:],
        "a table twice": bytes(twice),
        "tables in disorder": bytes(disorder),
        "a table over the directory": bytes(inside),
        "a table that ends outside": bytes(outside),
        "colours": font([A, B], COLR=b"\0\0"),
        "bitmaps": font([A, B], EBDT=b"\0\0"),
        "variations": font([A, B], gvar=b"\0\0"),
        "no glyphs": font([A, B], glyf=b""),
        "no number": font([A, B], maxp=maxp[:4] + b"\0\0" + maxp[6:]),
        "another magic": font([A, B], head=head[:12] + b"\0\0\0\0" + head[16:]),
        "another form of glyphs": font([A, B], head=head[:50] + b"\0\1\0\1"),
        "another form of offsets": font([A, B], head=head[:50] + b"\0\2\0\0"),
        "a short head": font([A, B], head=head[:-1]),
        "a short maxp": font([A, B], maxp=maxp[:6]),
        "too few offsets": font([A, B], loca=struct.pack(">II", 0, 4)),
        "offsets backwards": font([A, B], loca=struct.pack(">III", 4, 0, 4)),
        "offsets outside": font([A, B], loca=struct.pack(">III", 0, 4, 9999)),
        "no advance": font([A, B], hhea=hhea[:34] + b"\0\0"),
        "too many advances": font([A, B], hhea=hhea[:34] + b"\0\3"),
        "a part that is not there": font([A, composed([(7, 0, 0)], (0, 0, 9, 9))]),
        "a part that is cut off": font([A, composed([(0, 0, 0)], (0, 0, 9, 9))[:14]]),
        "a part of two scales": font([A, scaled(0x48, b"\x40\0" * 3)]),
        "an outline of one byte": font([A, b"\xff"]),
    }


@pytest.mark.parametrize("name", sorted(broken()))
def test_any_other_form_is_unknown(name: str) -> None:
    with pytest.raises(UnknownProgram):
        truetype_digests(broken()[name])


def test_no_spoiled_byte_of_an_outline_is_overlooked() -> None:
    whole = font([A, B, composed([(0, 0, 0), (1, 5, 0)], (0, 0, 200, 900))])
    before = truetype_digests(whole)
    harmless = set()
    for at in range(len(whole)):
        changed = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        with suppress(UnknownProgram):
            if truetype_digests(changed) == before:
                harmless.add(at)
    (count,) = struct.unpack_from(">H", whole, 4)
    for number in range(count):
        name, _, start, size = struct.unpack_from(">4sIII", whole, 12 + 16 * number)
        if name not in {b"head", b"hhea", b"name", b"post"}:
            assert harmless.isdisjoint(range(start, start + size)), name
