"""May a later field look as it does? It may draw on blank paper, never on what was signed.

A signature field or a filled form field that came later is left out of the comparison of pages.
What lies beneath it is not: no signed character may be touched, and no ink may be gone. Leaders of
dots and rules, on which forms are filled and people sign, are no content.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra

try:
    import pypdfium2.raw as pdfium_c
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import pypdfium2 as pdfium

    from vncopy.pdf.picture import Picture

__all__ = ["Area", "Box", "Masks", "area_of", "characters_of", "compare_with_masks", "cut"]

LEADERS: Final = frozenset(" \t\r\n.\u2026\u00b7_-\u2013\u2014\u00a0\ufffe\x02")
"""Characters that hold a place to be filled."""
LOST_INK: Final = 12
"""Dark pixels at 144 dpi that may be gone beneath a field: a comma of 10 points has more."""
RULE_SHARE: Final = 0.5
"""A row of pixels that is dark over this share of a field may be a rule."""
RULE_LENGTH: Final = 72
"""Pixels at least that a rule is long: half an inch; a stroke of a digit is shorter."""
RULE_HEIGHT: Final = 6
"""Rows at most that a rule is thick: three points; what is thicker is no line to write on."""
BORDER: Final = 4
"""Pixels at the sides of a field that may be its border."""
BESIDE: Final = 0.75
"""Of the height of a character: what is drawn closer than that beside it is read with it."""
MOST_CHARACTERS: Final = 100_000
"""Characters of a page whose places are asked for; a page full of small print has 10,000."""
_DARK: Final = 128
"""A red, green or blue value below is ink."""
_INK: Final = bytes(1 if value < _DARK else 0 for value in range(256))

Box = tuple[float, float, float, float]
Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Masks:
    """What comparing two pictures beside some boxes gave."""

    same: bool
    """Nothing differs outside of the boxes."""
    touched: tuple[int, ...] = ()
    """Indices of the boxes in which something differs."""
    overdrawn: bool = False
    """In one of them something is gone, or covered, or drawn upon, that was there before."""


def characters_of(page: pdfium.PdfPage) -> tuple[Box, ...]:
    """Return the boxes of the characters of a page, places to be filled left out.

    Call it under :data:`vncopy.pdf.render.PDFIUM_LOCK`, after flattening the page if the text of
    its fields counts.

    Args:
        page: open.

    Raises:
        ValueError: there are too many, so that not all of them could be looked after.
    """
    boxes = []
    text = page.get_textpage()
    try:
        edges = [ctypes.c_double() for _ in range(4)]
        count = text.count_chars()
        if count > MOST_CHARACTERS:
            msg = "characters"
            raise ValueError(msg)
        for index in range(count):
            if chr(pdfium_c.FPDFText_GetUnicode(text.raw, index)) in LEADERS:
                continue
            left, right, bottom, top = edges
            known = pdfium_c.FPDFText_GetCharBox(
                text.raw, index, ctypes.byref(left), ctypes.byref(right),
                ctypes.byref(bottom), ctypes.byref(top),
            )  # fmt: skip
            if known:
                boxes.append((left.value, bottom.value, right.value, top.value))
    finally:
        text.close()
    return tuple(boxes)


def compare_with_masks(
    then: Picture,
    now: Picture,
    areas: Sequence[Area],
    characters: Sequence[Area],
    *,
    added: Collection[int] = (),
    painted: Collection[int] = (),
) -> Masks:
    """Compare a page as it was signed with the page as it is, beside the boxes of later fields.

    Args:
        then: the page as it was signed.
        now: the page as it is, of the same size.
        areas: of the later fields, from :func:`area_of`.
        characters: areas of the signed characters.
        added: indices of the fields that were not there: they may not even come close to what is
            written, or one more digit would be read as part of it.
        painted: indices of the fields whose look paints something: where nothing of it is seen here,
            another engine may show it.
    """
    if _without(then, areas) != _without(now, areas):
        return Masks(same=False)
    touched = tuple(index for index, area in enumerate(areas) if cut(then, area) != cut(now, area))
    unseen = tuple(index for index in painted if index not in touched)
    if any(
        _meet(area, areas[index]) and _is_seen(cut(then, area), then)
        for area in characters
        for index in unseen
    ):
        return Masks(same=True, touched=(*touched, *unseen), overdrawn=True)
    apart = [areas[index] for index in touched if index in added]
    for area in characters:
        room = int(BESIDE * (area[3] - area[1]))
        wide = (max(0, area[0] - room), area[1], min(then.width, area[2] + room), area[3])
        places = [_common(wide, each) for each in apart if _meet(wide, each)]
        if any(_meet(area, areas[index]) for index in touched):
            places.append(area)
        if (
            places
            and _is_seen(cut(then, area), then)
            and any(cut(then, each) != cut(now, each) for each in places)
        ):
            return Masks(same=True, touched=touched, overdrawn=True)
    lost = sum(_lost_ink(then, now, areas[index]) for index in touched)
    return Masks(same=True, touched=(*touched, *unseen), overdrawn=lost > LOST_INK)


def area_of(page: pdfium.PdfPage, picture: Picture, box: Box, *, grow: int = 0) -> Area:
    """Return left, upper, right, lower of a box in the picture of its page; the last two outside.

    Args:
        page: open, as it was drawn; it knows how it is turned and cut.
        picture: of the page.
        box: left, bottom, right, top in points.
        grow: pixels around it.
    """
    across, along = ctypes.c_int(), ctypes.c_int()
    rows, columns = [], []
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        pdfium_c.FPDF_PageToDevice(
            page.raw, 0, 0, picture.width, picture.height, 0, x, y,
            ctypes.byref(across), ctypes.byref(along),
        )  # fmt: skip
        columns.append(min(max(across.value, 0), picture.width))
        rows.append(min(max(along.value, 0), picture.height))
    return (
        max(0, min(columns) - grow),
        max(0, min(rows) - grow),
        min(picture.width, max(columns) + grow),
        min(picture.height, max(rows) + grow),
    )


def _common(one: Area, other: Area) -> Area:
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def _meet(one: Area, other: Area) -> bool:
    return min(one[2], other[2]) > max(one[0], other[0]) and (
        min(one[3], other[3]) > max(one[1], other[1])
    )


def _is_seen(pixels: bytes, picture: Picture) -> bool:
    """Tell whether there is anything in an area: a character may have been clipped away."""
    channels = [pixels[channel :: picture.channels] for channel in range(picture.channels)]
    return any(each and (min(each) != max(each) or max(each) < _DARK) for each in channels)


def cut(picture: Picture, area: Area) -> bytes:
    """Return the pixels of an area.

    Args:
        picture: of a page.
        area: left, upper, right, lower.
    """
    left, upper, right, lower = area
    width, channels = picture.width, picture.channels
    pixels = memoryview(picture.pixels)
    return b"".join(
        pixels[(row * width + left) * channels : (row * width + right) * channels]
        for row in range(upper, lower)
    )


def _without(picture: Picture, areas: Iterable[Area]) -> bytes:
    """Return the pixels with areas painted over."""
    pixels = bytearray(picture.pixels)
    stride = picture.width * picture.channels
    for left, upper, right, lower in areas:
        paint = bytes(max(0, right - left) * picture.channels)
        for row in range(upper, lower):
            start = row * stride + left * picture.channels
            pixels[start : start + len(paint)] = paint
    return bytes(pixels)


def _lost_ink(then: Picture, now: Picture, area: Area) -> int:
    """Return how many dark pixels of an area are no longer dark, rules and borders left out."""
    width, height = area[2] - area[0], area[3] - area[1]
    if width <= 0 or height <= 0:
        return 0
    most = 0
    for channel in range(then.channels):
        before = cut(then, area)[channel :: then.channels].translate(_INK)
        after = cut(now, area)[channel :: now.channels].translate(_INK)
        if before == after:
            continue
        rows = [before[start : start + width] for start in range(0, len(before), width)]
        rules = _rules(rows, width)
        inner = slice(BORDER, width - BORDER) if width >= RULE_LENGTH else slice(0, width)
        lost = 0
        for number, row in enumerate(rows):
            later = after[number * width : (number + 1) * width]
            if number not in rules and row != later:
                lost += sum(
                    one > other for one, other in zip(row[inner], later[inner], strict=True)
                )
        most = max(most, lost)
    return most


def _rules(rows: list[bytes], width: int) -> set[int]:
    """Return the rows that are part of a rule: long, dark and thin."""
    found: set[int] = set()
    if width < RULE_LENGTH:
        return found
    run: list[int] = []
    for number in range(len(rows) + 1):
        if number < len(rows) and sum(rows[number]) >= RULE_SHARE * width:
            run.append(number)
            continue
        if len(run) <= RULE_HEIGHT:
            found.update(run)
        run = []
    return found
