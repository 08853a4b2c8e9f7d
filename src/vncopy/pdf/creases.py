"""Find the fold across a symbol: two planes that meet in a line.

Opened again, folded paper stays bent. From close by, modules beside the fold lie up to four modules
off the plane through the corners, where no search around an expected place finds them: the grid
looks the same one module further on. Here the line and how far it lies off are searched together, by
how well cells all over the symbol then fall on the middles of their modules.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, replace
from operator import add
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra
from vncopy.pdf.module_places import CELL
from vncopy.pdf.planes import BORDER, FINE, flattened, plane

try:
    from PIL import Image, ImageChops, ImageFilter
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vncopy.pdf.planes import Plane, Point, Quad, View

__all__ = ["creased"]

_ALONG: Final = 22
"""Pixels that the fold may lie off across its line: four modules and a half, at :data:`FINE`."""
_ASIDE: Final = 12
"""Pixels that it may lie off along its line."""
_COARSE: Final = 2
"""Pixels between places that are tried first."""
_NEAREST: Final = 8
"""Modules from the border to where a fold is searched: beyond the finder patterns."""
_SLANT: Final = 0.3
"""Modules that the line may lean to a side, of each that it goes on: 17 degrees."""
_STRAIGHT: Final = 0.0004
"""Part of how well a fold fits that each module costs by which its line leans."""
_UNLIKE: Final = 16
"""Pixels by which the two ends of a fold may lie off differently."""
_CORNER: Final = 3.5
"""Modules from the border to the middle of a finder pattern."""
_STARTS: Final = 2
"""Folds that are moved to where they fit best."""
_STEPS: Final = (4, 2, 1)
"""Pixels and modules by which a fold that was found is moved to where it fits best."""
_ROUNDS: Final = 4
"""Times that each move of a size is tried at most."""
_MOVES: Final = tuple(
    end + kind for kind in (" left", " right", " dx", " dy", "") for end in ("top", "low")
)


@dataclass(frozen=True, slots=True)
class _Fold:
    """A fold from above to below: where it meets the first and the last row, and how far it lies off."""

    top: float
    """Column, in modules."""
    top_dx: float
    """Pixels to the right of the plane."""
    top_dy: float
    low: float
    low_dx: float
    low_dy: float


def creased(image: Image.Image, places: Quad, pixels: Quad, modules: int) -> View:
    """Return the view of a symbol as if it were folded once: across, or from above to below.

    Args:
        image: in shades of grey.
        places: of the outermost patterns, clockwise from the upper left, in modules.
        pixels: where they are seen.
        modules: a side.
    """
    flat = plane(places, pixels)
    combs = _combs(flattened(image, flat, modules))
    upright = _Cells(combs, places, modules)
    turned = _Cells(combs.transpose(Image.Transpose.TRANSPOSE), _transposed(places), modules)
    score, fold = upright.best()
    other_score, other = turned.best()
    if score >= other_score:
        two = upright.planes(fold)
        return lambda x, y: flat(*two(x, y))
    aside = turned.planes(other)

    def view(x: float, y: float) -> Point:
        v, u = aside(y, x)
        return flat(u, v)

    return view


def _transposed(places: Quad) -> Quad:
    upper_left, upper_right, lower_right, lower_left = ((y, x) for x, y in places)
    return upper_left, lower_left, lower_right, upper_right


def _combs(flat: Image.Image) -> Image.Image:
    """Return how much cells of modules differ from the shade around, by where their first one lies."""
    around = flat.filter(ImageFilter.BoxBlur(CELL * FINE / 2))
    sums = ImageChops.difference(flat, around)
    for step, scale in ((1, 1), (2, 2)):
        sums = ImageChops.add(sums, ImageChops.offset(sums, -step * FINE, 0), scale)
    for step in (1, 2):
        sums = ImageChops.add(sums, ImageChops.offset(sums, 0, -step * FINE), 2)
    return sums


class _Cells:
    """The cells of a symbol, and how well they fall on their modules for a fold."""

    def __init__(self, combs: Image.Image, places: Quad, modules: int) -> None:
        self._places = places
        self._bytes = combs.tobytes()
        self._width = combs.width
        self._modules = modules
        self._count = modules // CELL
        self._middles = [CELL * (number + 0.5) for number in range(self._count)]
        self._starts = [
            (BORDER + CELL * number) * FINE + FINE // 2 for number in range(self._count)
        ]
        self._third = self._count // 3

    def best(self) -> tuple[int, _Fold]:
        """Return the likeliest fold and how well the cells then fall on their modules."""
        tops = list(self._likely(range(self._third)))
        lows = list(self._likely(range(self._count - self._third, self._count)))
        reach = _SLANT * self._modules
        pairs = [
            ((top[0] + low[0]) * (1 - _STRAIGHT * abs(top[1] - low[1])), top, low)
            for top in tops
            for low in lows
            if abs(top[1] - low[1]) < reach
            and max(abs(top[2] - low[2]), abs(top[3] - low[3])) <= _UNLIKE
        ]
        pairs.sort(key=lambda pair: -pair[0])
        return max(
            (self._fitted(self._through(top, low)) for _, top, low in pairs[:_STARTS]),
            key=lambda each: each[0],
        )

    def _through(self, top: Sequence[float], low: Sequence[float]) -> _Fold:
        """Return the fold that goes on from the middle of the upper rows and of the lower rows."""
        high, deep = CELL * self._third / 2, self._modules - CELL * self._third / 2
        ends = []
        for row in (_CORNER, self._modules - _CORNER):
            part = (row - high) / (deep - high)
            ends += [a + part * (b - a) for a, b in zip(top[1:], low[1:], strict=True)]
        return _Fold(*ends)

    def _fitted(self, fold: _Fold) -> tuple[int, _Fold]:
        """Move a fold to where the cells fall on their modules best."""
        score = self._score(fold)
        for step in _STEPS:
            for _ in range(_ROUNDS):
                before = score
                for move in _MOVES:
                    for change in (-step, step):
                        moved = self._moved(fold, move, change)
                        rating = self._score(moved)
                        if rating > score:
                            score, fold = rating, moved
                            break
                if score == before:
                    break
        return score, fold

    def _moved(self, fold: _Fold, move: str, change: int) -> _Fold:
        """Return a fold with one end moved, or its line with the slope of one side kept."""
        end, _, kind = move.partition(" ")
        column, dx, dy = (getattr(fold, name) for name in (end, end + "_dx", end + "_dy"))
        if kind == "dx":
            dx += change
        elif kind == "dy":
            dy += change
        else:
            wide = self._modules - _CORNER - column if kind == "right" else _CORNER - column
            part = 0 if kind == "" else -change / (wide or 1)
            column, dx, dy = column + change, dx + part * dx, dy + part * dy
        if not _NEAREST <= column <= self._modules - _NEAREST:
            return fold
        return replace(fold, **{end: column, end + "_dx": dx, end + "_dy": dy})

    def _likely(self, rows: range) -> Iterator[tuple[int, float, int, int]]:
        """Return the best fold through some rows for each column: score, column, dx and dy."""
        tables = [self._table(column, rows) for column in range(self._count)]
        asides = range(-_ASIDE, _ASIDE + 1, _COARSE)
        alongs = range(-_ALONG, _ALONG + 1, _COARSE)
        for place in range(_NEAREST, self._modules - _NEAREST + 1, CELL):
            parts = self._parts(place)
            shifts = [[_ALONG + round(part * dx) for part in parts] for dx in alongs]
            best = (-1, 0, 0)
            for dy in asides:
                lines = [table[round(part * dy)] for table, part in zip(tables, parts, strict=True)]
                for dx, shift in zip(alongs, shifts, strict=True):
                    score = sum([line[at] for line, at in zip(lines, shift, strict=True)])
                    best = max(best, (score, dx, dy))
            yield best[0], place, best[1], best[2]

    def _table(self, column: int, rows: range) -> dict[int, list[int]]:
        """Return the sums of a column of cells for each shift."""
        table = {}
        start = self._starts[column] - _ALONG
        for dy in range(-_ASIDE, _ASIDE + 1):
            line = [0] * (2 * _ALONG + 1)
            for row in rows:
                at = (self._starts[row] + dy) * self._width + start
                line = list(map(add, line, self._bytes[at : at + len(line)]))
            table[dy] = line
        return table

    def _parts(self, place: float) -> list[float]:
        """Return for each column which part of the fold's offset it has: none at the corners."""
        near, far = _CORNER, self._modules - _CORNER
        return [
            (at - near) / (place - near) if at < place else (far - at) / (far - place)
            for at in self._middles
        ]

    def _score(self, fold: _Fold) -> int:
        """Return how well all cells fall on their modules."""
        one, other = self._halves(fold)
        slope = (fold.low - fold.top) / (self._modules - 2 * _CORNER)
        # Pixels of the first module of a cell, by the place of its middle.
        back = (BORDER - CELL / 2 + 0.5) * FINE
        total = 0
        for y in self._middles:
            line = fold.top + slope * (y - _CORNER)
            count = bisect(self._middles, line)
            for half, xs in ((one, self._middles[:count]), (other, self._middles[count:])):
                a, b, c, d, e, f, g, h, _ = half.matrix()
                c, f, h = FINE * (b * y + c), FINE * (e * y + f), h * y + 1
                a, d = FINE * a, FINE * d
                try:
                    total += sum(
                        [
                            self._bytes[
                                int((d * x + f) / (g * x + h) + back) * self._width
                                + int((a * x + c) / (g * x + h) + back)
                            ]
                            for x in xs
                        ]
                    )
                except IndexError:
                    return 0
        return total

    def _halves(self, fold: _Fold) -> tuple[Plane, Plane]:
        """Return the planes to the left and to the right, in modules of the flat one."""
        places = self._places
        start, end = (fold.top, _CORNER), (fold.low, self._modules - _CORNER)
        a = start[0] + fold.top_dx / FINE, start[1] + fold.top_dy / FINE
        b = end[0] + fold.low_dx / FINE, end[1] + fold.low_dy / FINE
        return (
            plane((places[0], start, end, places[3]), (places[0], a, b, places[3])),
            plane((start, places[1], places[2], end), (a, places[1], places[2], b)),
        )

    def planes(self, fold: _Fold) -> View:
        """Return the view of the two planes, in modules of the flat one."""
        one, other = self._halves(fold)
        slope = (fold.low - fold.top) / (self._modules - 2 * _CORNER)

        def view(x: float, y: float) -> Point:
            return (one if x < fold.top + slope * (y - _CORNER) else other)(x, y)

        return view
