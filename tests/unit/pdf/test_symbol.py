"""The printed symbol: size, dots, limits, and that it is read back."""

from __future__ import annotations

import random
import re

import pytest
import zxingcpp

from vncopy.errors import SigningError, TooLongForQR
from vncopy.pdf import symbol as module
from vncopy.pdf.symbol import MAX_BYTES, Symbol, make_symbol

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def text(size: int, seed: int = 1) -> str:
    """Return a text as a COSE message of ``size`` bytes gives it."""
    chance = random.Random(seed)
    length = size // 2 * 3 + size % 2 * 2
    return "VNC1:" + "".join(chance.choice(ALPHABET) for _ in range(length))


@pytest.mark.parametrize(
    ("size", "version", "dots"),
    [(320, 14, 5), (348, 14, 5), (349, 15, 4), (425, 16, 4), (486, 17, 4), (602, 19, 4)],
)
def test_the_smallest_version_with_whole_dots_inside_35_mm(
    size: int, version: int, dots: int
) -> None:
    made = make_symbol(text(size))
    assert (made.version, made.dots) == (version, dots)
    assert made.modules == 17 + 4 * version + 8
    assert made.modules * made.dots <= 35 / 25.4 * 300


@pytest.mark.parametrize("size", [MAX_BYTES + 1, 700, 3000])
def test_above_version_19_nothing_is_made(size: int) -> None:
    with pytest.raises(TooLongForQR) as caught:
        make_symbol(text(size))
    assert caught.value.size == size
    assert caught.value.limit == MAX_BYTES


def test_another_mask_is_tried_when_one_does_not_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    read = module._read
    seen: list[int] = []

    def deaf_to_two(made: Symbol) -> str | None:
        seen.append(made.mask)
        return None if len(seen) < 3 else read(made)

    monkeypatch.setattr(module, "_read", deaf_to_two)
    assert make_symbol(text(300)).mask == seen[-1] == 4


def test_a_symbol_that_never_reads_back_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_read", lambda _: "VNC1:SOMETHING ELSE")
    with pytest.raises(SigningError):
        make_symbol(text(300))


def test_a_text_on_which_the_drawing_library_stumbles_is_an_error_of_ours() -> None:
    with pytest.raises(SigningError):
        make_symbol("VNC1:" + "0" * 600)


def test_the_same_text_gives_the_same_drawing() -> None:
    assert make_symbol(text(400)).svg() == make_symbol(text(400)).svg()


def corners_of(loop: str) -> list[tuple[int, int]]:
    """Return the corners of an outline written as M, h and v."""
    start, *edges = re.findall(r"[Mhv][-0-9 ]+", loop)
    x, y = map(int, start[1:].split())
    corners = [(x, y)]
    for edge in edges:
        step = int(edge[1:])
        x, y = (x + step, y) if edge[0] == "h" else (x, y + step)
        corners.append((x, y))
    return corners


def test_the_outline_encloses_exactly_the_dark_modules() -> None:
    made = make_symbol(text(200))
    size = len(made.rows)
    # Even-odd rule: a module is dark when a ray to its left crosses an odd number of upright lines.
    crossings = [[0] * size for _ in range(size)]
    for loop in module._outline(made.rows).split("z")[:-1]:
        points = corners_of(loop)
        for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
            assert x1 == x2 or y1 == y2
            for y in range(min(y1, y2), max(y1, y2)):
                for x in range(x1, size):
                    crossings[y][x] += 1
    drawn = tuple(tuple(count % 2 == 1 for count in row) for row in crossings)
    assert drawn == made.rows


def test_the_picture_for_screens_reads_back(tmp_path_factory: pytest.TempPathFactory) -> None:
    import struct
    import zlib

    made = make_symbol(text(320))
    png = made.png()
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    assert width == height == made.modules * 8
    length = struct.unpack(">I", png[33:37])[0]
    rows = zlib.decompress(png[41 : 41 + length])
    grey = b"".join(rows[y * (width + 1) + 1 : (y + 1) * (width + 1)] for y in range(height))
    (found,) = zxingcpp.read_barcodes(memoryview(grey).cast("B", (height, width)))
    assert found.text == made.text
