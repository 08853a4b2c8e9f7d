"""Where the modules of a found symbol lie: from modules to pixels, bent as the paper is.

First the plane through the corners; then finder and alignment patterns, each searched where the one
beside it lets expect it; then cells of four modules between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush, nsmallest
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra
from vncopy.pdf.planes import BORDER, FINE

try:
    from PIL import Image, ImageChops, ImageFilter
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from vncopy.pdf.planes import Point, Quad

__all__ = ["CELL", "Field", "Patterns", "alignments", "pattern_places"]

_REACH: Final = 4
"""Pixels that cells may lie off their place between the patterns: less than one module, since the
next one looks alike."""
_WIDE: Final = 8
"""Pixels that a pattern may lie off the place where the one beside it lets expect it."""
CELL: Final = 4
"""Modules a side of the cells that are moved."""
_FINDER: Final = 7
"""Modules a side of a finder pattern."""
_ALIGNMENT: Final = 5
"""Modules a side of an alignment pattern."""
_LEAST_CONTRAST: Final = 0.45
"""A pattern counts as seen if light and dark differ by this part of what the best one shows."""


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A pattern whose place is known."""

    place: Point
    """Its middle, in modules."""
    size: int
    """Modules a side."""


def pattern_places(version: int) -> list[int]:
    """Return columns and rows of the alignment patterns (ISO/IEC 18004, annex E)."""
    count = version // 7 + 2
    last = 4 * version + 10
    step = -(-(last - 6) // (count - 1))
    step += step % 2
    return [6, *(last - step * number for number in range(count - 2, -1, -1))]


def alignments(version: int) -> list[tuple[int, int]]:
    """Return the middles of the alignment patterns, column and row."""
    places = pattern_places(version)
    finders = {(6, 6), (6, places[-1]), (places[-1], 6)}
    return [(x, y) for y in places for x in places if (x, y) not in finders]


class Field:
    """How far modules lie off their place, in cells of four modules.

    It starts at the patterns whose place is known and grows from neighbour to neighbour: where
    samples fall on the middles of modules, they differ most from the mean around.
    """

    def __init__(self, flat: Image.Image, modules: int) -> None:
        self.lines = [*range(0, modules - 1, CELL), modules]
        self._count = len(self.lines) - 1
        self._known: dict[tuple[int, int], tuple[int, int]] = {}
        self._maps = _contrasts(flat, modules)
        self._modules = modules
        self._grow()

    def at_corner(self, column: int, row: int) -> Point:
        """Return the mean of the cells that meet in a corner, in modules."""
        cells = [
            self._known[x, y]
            for x in (column - 1, column)
            for y in (row - 1, row)
            if 0 <= x < self._count and 0 <= y < self._count
        ]
        scale = FINE * len(cells)
        return sum(x for x, _ in cells) / scale, sum(y for _, y in cells) / scale

    def _grow(self) -> None:
        waiting = [
            (-self._best(column, row, 0, 0)[0], column, row, 0, 0)
            for column in range(self._count)
            for row in range(self._count)
        ]
        # The clearest cells first: they tell their neighbours.
        waiting = nsmallest(max(4, len(waiting) // 8), waiting)
        heapify(waiting)
        while waiting:
            _, column, row, dx, dy = heappop(waiting)
            if (column, row) in self._known:
                continue
            score, dx, dy = self._best(column, row, dx, dy)
            self._known[column, row] = dx, dy
            for x, y in (
                (column - 1, row),
                (column + 1, row),
                (column, row - 1),
                (column, row + 1),
            ):
                if 0 <= x < self._count and 0 <= y < self._count and (x, y) not in self._known:
                    heappush(waiting, (-score, x, y, dx, dy))

    def _best(self, column: int, row: int, dx: int, dy: int) -> tuple[int, int, int]:
        """Return the best of nine places around the neighbour's, and how good it is."""
        x, y = (min(CELL * part + 2, self._modules - 1) for part in (column, row))
        at = y * self._modules + x
        scores = []
        for u in (dx - 1, dx, dx + 1):
            for v in (dy - 1, dy, dy + 1):
                if (u, v) in self._maps:
                    same = (u == dx) + (v == dy)
                    scores.append((2 * self._maps[u, v][at] + same, u, v))
        return max(scores)


def _contrasts(flat: Image.Image, modules: int) -> dict[tuple[int, int], bytes]:
    """Return for each shift how much modules differ from the mean shade around, one byte each."""
    around = flat.filter(ImageFilter.BoxBlur(CELL * FINE / 2))
    differing = ImageChops.difference(flat, around)
    maps = {}
    for dx in range(-_REACH, _REACH + 1):
        for dy in range(-_REACH, _REACH + 1):
            step = (FINE, 0, BORDER * FINE + dx, 0, FINE, BORDER * FINE + dy)
            taken = differing.transform((modules, modules), Image.Transform.AFFINE, step)
            maps[dx, dy] = taken.filter(ImageFilter.BoxBlur(CELL)).tobytes()
    return maps


class Patterns:
    """How far the symbol lies off its place, where finder and alignment patterns were seen.

    Each is searched where the one beside it lets expect it, so that a fold or a view that was
    guessed badly can add up to several modules.
    """

    def __init__(self, flat: Image.Image, modules: int) -> None:
        version = (modules - 17) // 4
        self._lines = pattern_places(version)
        self._known: dict[tuple[int, int], tuple[int, int]] = {}
        last = len(self._lines) - 1
        pixels = flat.tobytes()
        corners = {
            (0, 0): (3.5, 3.5),
            (last, 0): (modules - 3.5, 3.5),
            (0, last): (3.5, modules - 3.5),
        }
        best = 1.0
        for number, place in corners.items():
            contrast, off = _search(pixels, flat.width, _Anchor(place, _FINDER), (0, 0))
            best = max(best, contrast)
            self._known[number] = off if contrast > _LEAST_CONTRAST * best else (0, 0)
        rest = [(x, y) for x in range(last + 1) for y in range(last + 1) if (x, y) not in corners]
        for x, y in sorted(rest, key=lambda number: (sum(number), number)):
            expected = self._expected(x, y)
            anchor = _Anchor((self._lines[x] + 0.5, self._lines[y] + 0.5), _ALIGNMENT)
            contrast, off = _search(pixels, flat.width, anchor, expected)
            self._known[x, y] = off if contrast > _LEAST_CONTRAST * best else expected

    @property
    def anchors(self) -> tuple[Quad, Quad]:
        """Return the outermost patterns, clockwise: where they should be, and where they are."""
        low, high = self._lines[0] - 2.5, self._lines[-1] + 3.5
        last = len(self._lines) - 1
        places = ((low, low), (high, low), (high - 3, high - 3), (low, high))
        offsets = [self._known[number] for number in ((0, 0), (last, 0), (last, last), (0, last))]
        seen = [
            (x + dx / FINE, y + dy / FINE) for (x, y), (dx, dy) in zip(places, offsets, strict=True)
        ]
        return places, tuple(seen)  # type: ignore[return-value]

    def _expected(self, x: int, y: int) -> tuple[int, int]:
        """Return the mean of the neighbours that are known."""
        near = [
            self._known[each]
            for each in ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1))
            if each in self._known
        ]
        count = max(1, len(near))
        most = FINE * (BORDER - 3) - _WIDE  # no search may leave the picture
        return tuple(  # type: ignore[return-value]
            max(-most, min(most, round(sum(off[axis] for off in near) / count))) for axis in (0, 1)
        )

    def __call__(self, x: float, y: float) -> Point:
        """Return the offset of a place in modules, between the patterns around it."""
        column, across = self._cell(x)
        row, along = self._cell(y)
        weights = (
            (column, row, (1 - across) * (1 - along)),
            (column + 1, row, across * (1 - along)),
            (column, row + 1, (1 - across) * along),
            (column + 1, row + 1, across * along),
        )
        dx = sum(self._known[u, v][0] * weight for u, v, weight in weights) / FINE
        dy = sum(self._known[u, v][1] * weight for u, v, weight in weights) / FINE
        return dx, dy

    def _cell(self, place: float) -> tuple[int, float]:
        """Return between which lines a place lies, and where; outside it goes on a little."""
        number = 0
        while number < len(self._lines) - 2 and place > self._lines[number + 1] + 0.5:
            number += 1
        left, right = self._lines[number] + 0.5, self._lines[number + 1] + 0.5
        return number, (place - left) / (right - left)


def _search(
    pixels: bytes, width: int, anchor: _Anchor, near: tuple[int, int]
) -> tuple[float, tuple[int, int]]:
    """Return the contrast of a pattern where it is best, and how far that is off, in pixels."""
    half = anchor.size // 2
    middle = [int((part + BORDER) * FINE) for part in anchor.place]
    light: list[int] = []
    dark: list[int] = []
    for y in range(-half, half + 1):
        for x in range(-half, half + 1):
            ring = max(abs(x), abs(y))
            is_light = ring == (1 if anchor.size == _ALIGNMENT else 2)
            (light if is_light else dark).append((y * width + x) * FINE)
    best, off = -1e9, near
    for dy in range(near[1] - _WIDE, near[1] + _WIDE + 1):
        start = (middle[1] + dy) * width + middle[0]
        for dx in range(near[0] - _WIDE, near[0] + _WIDE + 1):
            at = start + dx
            value = sum([pixels[at + step] for step in light]) / len(light)
            value -= sum([pixels[at + step] for step in dark]) / len(dark)
            value -= 0.5 * (abs(dx - near[0]) + abs(dy - near[1]))  # the nearest of equals
            if value > best:
                best, off = value, (dx, dy)
    return best, off
