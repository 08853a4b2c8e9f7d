"""Find symbols by the three squares in their corners, where the usual reader finds none.

That reader gives up on a symbol of which it cannot read size and format at once. Here the three
squares are enough: the size follows from the dotted lines between them, the view from the small
square near the fourth corner. A wrong guess costs time, never truth: what is read at such a place
has to pass error correction, and then the signature.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra

try:
    from PIL import Image, ImageChops, ImageFilter
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vncopy.pdf.planes import Point, Quad

__all__ = ["DARKER", "MOST_SCANNED", "find_symbols"]

MOST_SCANNED: Final = 4_000_000
"""Pixels of the picture that is scanned; a larger one is made smaller by a whole factor. A symbol
that fills a tenth of the width of a page has two pixels a module left."""
MOST_RUNS: Final = 400_000
"""Runs of dark and light that are looked at: a page of text has half of them, noise has millions."""
MOST_FINDERS: Final = 12
"""Squares that are combined, those seen in most rows first: four symbols."""
MOST_SYMBOLS: Final = 6
"""Places that are given back."""
VERSIONS: Final = range(9, 20)
"""Of symbols that are looked for: a signature alone needs the first, copies have at most the last."""
_AROUND: Final = 24
"""Pixels around one whose mean is the measure of dark: more than a finder pattern."""
DARKER: Final = (0.88, 0.7)
"""Parts of the mean below which a pixel is dark: with the first, blank paper has none; with the
second, light ink beside a square is none either."""
_LEAST_CORE: Final = 4
"""Pixels of the dark middle, which is three modules wide."""
_SLANT: Final = 0.5
"""Cosine of the sharpest angle in which two sides of a symbol are seen: 60 degrees."""
_RATIO: Final = 1.5
"""One side seen as so many times the other at most."""
_PAIRED: Final = 4
"""Squares of which two are combined where a third was not seen."""
_LIGHT_RINGS: Final = (2, 4)
"""Modules from the middle of a square to its light rings."""
_DOTTED: Final = 0.45
"""The two dotted lines of a symbol alternate by this part of the picture's contrast at least."""
_SIDES: Final = 4
"""Ways in which two squares have a side of the symbol between them, in the list of ways."""
_MODULES: Final = range(38, 125)
"""Modules a side, as a first guess by the sizes of the squares."""
_RUNS: Final = re.compile(rb"\x00+|\xff+")


@dataclass(frozen=True, slots=True)
class _Finder:
    """A square in a square."""

    x: float
    y: float
    unit: float
    """Pixels a module, along the rows."""
    rows: int
    """In how many rows it was seen."""


def find_symbols(image: Image.Image, *, darker: float = DARKER[0]) -> list[tuple[Quad, int]]:
    """Return where symbols may lie, the likeliest first: corners and version.

    Args:
        image: in shades of grey.
        darker: part of the mean around below which a pixel is dark.
    """
    factor = 1
    while image.width * image.height > MOST_SCANNED * factor * factor:
        factor += 1
    small = image.reduce(factor) if factor > 1 else image
    pixels = _Pixels(small)
    squares = _finders(small, darker)
    rated = [guess for three in _triples(squares) for guess in _rated(pixels, three)]
    if not any(guess.alternates > _DOTTED * pixels.contrast for guess in rated):
        rated += [guess for three in _pairs(pixels, squares) for guess in _rated(pixels, three)]
    rated.sort(key=lambda guess: -guess.alternates)
    found = []
    for guess in rated[:MOST_SYMBOLS]:
        modules = 17 + 4 * guess.version
        view = _with_fourth(pixels, guess.view, modules)
        corners = (view(0, 0), view(modules, 0), view(modules, modules), view(0, modules))
        quad = tuple((factor * x, factor * y) for x, y in corners)
        found.append((quad, guess.version))
    return found  # type: ignore[return-value]


# --- squares -------------------------------------------------------------------------------------


class _Bits:
    """The picture in dark (255) and light (0)."""

    def __init__(self, image: Image.Image, darker: float) -> None:
        around = image.filter(ImageFilter.BoxBlur(_AROUND))
        limit = around.point([int(shade * darker) for shade in range(256)])
        self.bytes = ImageChops.subtract(limit, image).point([0] + [255] * 255).tobytes()
        self.width, self.height = image.size

    def row(self, y: int) -> bytes:
        """Return a row."""
        return self.bytes[y * self.width : (y + 1) * self.width]

    def column(self, x: int) -> bytes:
        """Return a column."""
        return self.bytes[x :: self.width]


def _finders(image: Image.Image, darker: float) -> list[_Finder]:
    """Return the squares whose rows and columns show dark and light as 1 : 1 : 3 : 1 : 1."""
    bits = _Bits(image, darker)
    found: list[_Finder] = []
    left = MOST_RUNS
    for y in range(0, bits.height, 2):
        row = bits.row(y)
        edges = [match.start() for match in _RUNS.finditer(row)]
        left -= len(edges)
        if left < 0:
            break
        edges.append(len(row))
        for place in range(2 if row[0] else 3, len(edges) - 3, 2):
            core = edges[place + 1] - edges[place]
            if core >= _LEAST_CORE and _is_finder(edges[place - 2 : place + 4]):
                square = _crossed(bits, (edges[place] + edges[place + 1]) // 2, y)
                if square is not None:
                    _join(found, square)
    found.sort(key=lambda square: -square.rows / square.unit)
    return found[:MOST_FINDERS]


def _is_finder(edges: Sequence[int]) -> bool:
    """Tell whether six borders enclose runs of 1, 1, 3, 1, 1 modules."""
    unit = (edges[5] - edges[0]) / 7
    slack = 0.55 * unit + 0.7
    widths = (after - before for before, after in pairwise(edges))
    return all(
        abs(width - modules * unit) < slack * (1 + 0.3 * (modules - 1))
        for width, modules in zip(widths, (1, 1, 3, 1, 1), strict=True)
    )


def _crossed(bits: _Bits, x: int, y: int) -> _Finder | None:
    """Look along the column, and along the row through the middle of it."""
    down = _edges_around(bits.column(x), y)
    if down is None or not _is_finder(down):
        return None
    middle = (down[2] + down[3]) / 2
    across = _edges_around(bits.row(int(middle)), x)
    if across is None or not _is_finder(across):
        return None
    unit = (down[5] - down[0] + across[5] - across[0]) / 14
    return _Finder((across[2] + across[3]) / 2, middle, unit, 1)


def _join(found: list[_Finder], new: _Finder) -> None:
    """Add a square, or count it to the one that it is part of."""
    for number, old in enumerate(found):
        if max(abs(old.x - new.x), abs(old.y - new.y)) < 2 * new.unit:
            rows = old.rows + 1
            x, y, unit = (
                (before * old.rows + after) / rows
                for before, after in ((old.x, new.x), (old.y, new.y), (old.unit, new.unit))
            )
            found[number] = _Finder(x, y, unit, rows)
            return
    found.append(new)


def _edges_around(line: bytes, at: int) -> list[int] | None:
    """Return the six borders of the five runs around a dark pixel."""
    if not line[at]:
        return None
    back, forth = [at], [at]
    for other in (b"\0", b"\xff", b"\0"):
        start = line.rfind(other, 0, back[-1])
        end = line.find(other, forth[-1])
        if start < 0 or end < 0:
            return None
        back.append(start + 1)
        forth.append(end)
    return [back[3], back[2], back[1], *forth[1:]]


# --- three squares -------------------------------------------------------------------------------


def _triples(squares: Sequence[_Finder]) -> list[tuple[_Finder, _Finder, _Finder]]:
    """Return three squares that may be the corners of one symbol: upper left, right, low."""
    rated = []
    for three in combinations(squares, 3):
        units = [square.unit for square in three]
        if max(units) > 1.8 * min(units):
            continue
        for corner, right, low in permutations(three):
            ax, ay = right.x - corner.x, right.y - corner.y
            bx, by = low.x - corner.x, low.y - corner.y
            if ax * by - ay * bx <= 0:
                continue
            a, b = math.hypot(ax, ay), math.hypot(bx, by)
            slant = abs(ax * bx + ay * by) / (a * b)
            ratio = max(a, b) / min(a, b)
            modules = int((a + b) / 2 / (sum(units) / 3) + 7)
            if slant < _SLANT and ratio < _RATIO and modules in _MODULES:
                rated.append(
                    (slant + ratio - 1 + max(units) / min(units) - 1, (corner, right, low))
                )
    rated.sort(key=lambda each: each[0])
    return [three for _, three in rated[:MOST_SYMBOLS]]


def _pairs(pixels: _Pixels, squares: Sequence[_Finder]) -> list[tuple[_Finder, _Finder, _Finder]]:
    """Return two squares and where a third may be that was not seen, the likeliest places."""
    rated = []
    for one, other in combinations(squares[:_PAIRED], 2):
        if max(one.unit, other.unit) > _RATIO * min(one.unit, other.unit):
            continue
        apart = math.dist((one.x, one.y), (other.x, other.y)) / (one.unit + other.unit) * 2
        dx, dy = other.x - one.x, other.y - one.y
        half = (dx - dy) / 2, (dx + dy) / 2  # half a diagonal, turned from ``one``
        places = (  # where the third is in the six symbols that have these two squares
            (one.x - dy, one.y + dx),
            (other.x + dy, other.y - dx),
            (other.x - dy, other.y + dx),
            (one.x + dy, one.y - dx),
            (one.x + half[0], one.y + half[1]),
            (other.x - half[0], other.y - half[1]),
        )
        for number, expected in enumerate(places):
            if int(apart / (1 if number < _SIDES else math.sqrt(2)) + 7) not in _MODULES:
                continue
            contrast, third = _third(pixels, one, other, expected)
            three = (
                (one, other, third),
                (other, one, third),
                (other, third, one),
                (one, third, other),
                (third, one, other),
                (third, other, one),
            )[number]
            rated.append((contrast, three))
    rated.sort(key=lambda each: -each[0])
    return [three for _, three in rated[:MOST_SYMBOLS]]


def _third(pixels: _Pixels, one: _Finder, other: _Finder, expected: Point) -> tuple[float, _Finder]:
    """Search the square that is expected at a place: its contrast, and where it is best."""
    unit = (one.unit + other.unit) / 2
    turn = math.atan2(other.y - one.y, other.x - one.x)
    right, up = unit * math.cos(turn), unit * math.sin(turn)
    # The white border belongs to it: modules of data look like a square more often without.
    around = [(x, y) for x in range(-4, 5) for y in range(-4, 5) if (x + y) % 2 == 0]
    rings = [
        (x * right - y * up, x * up + y * right, 1 if max(abs(x), abs(y)) in _LIGHT_RINGS else -1)
        for x, y in around
    ]
    weights = [sum(sign > 0 for _, _, sign in rings), sum(sign < 0 for _, _, sign in rings)]

    def contrast(x: float, y: float) -> float:
        return sum([sign * pixels((x + u, y + v)) / weights[sign < 0] for u, v, sign in rings])

    reach = int(0.1 * math.dist((one.x, one.y), (other.x, other.y)) / unit / 0.7) + 1
    best = (-1e9, expected)
    for step, most in ((0.7 * unit, reach), (0.25 * unit, 2)):
        x, y = best[1]
        places = [
            (x + step * column, y + step * row)
            for row in range(-most, most + 1)
            for column in range(-most, most + 1)
        ]
        best = max([best, *((contrast(*place), place) for place in places)])
    return best[0], _Finder(*best[1], unit, 0)


class _Pixels:
    """Shades of a slightly blurred picture; outside of it there is paper."""

    def __init__(self, image: Image.Image) -> None:
        self._width, self._height = image.size
        soft = image.filter(ImageFilter.BoxBlur(0.6))
        self._bytes = soft.tobytes()
        lowest, highest = soft.getextrema()
        self.contrast = float(highest) - float(lowest)  # type: ignore[arg-type]

    def __call__(self, point: Point) -> int:
        x, y = int(point[0]), int(point[1])
        if 0 <= x < self._width and 0 <= y < self._height:
            return self._bytes[y * self._width + x]
        return 255


class _View:
    """From modules to pixels, by the middles of three squares and the weights of two of them."""

    def __init__(
        self, modules: int, three: Sequence[Point], right: float = 1, low: float = 1
    ) -> None:
        self._modules = modules
        self._three = three
        self._weights = right, low

    def __call__(self, x: float, y: float) -> Point:
        u, v = (x - 3.5) / (self._modules - 7), (y - 3.5) / (self._modules - 7)
        weights = (1 - u - v, u * self._weights[0], v * self._weights[1])
        total = sum(weights)
        px = sum(w * p[0] for w, p in zip(weights, self._three, strict=True)) / total
        py = sum(w * p[1] for w, p in zip(weights, self._three, strict=True)) / total
        return px, py

    def through(self, place: float, point: Point) -> _View:
        """Return the view in which a point of the diagonal lies at ``point``.

        Args:
            place: its column and row, in modules.
            point: in pixels.
        """
        s = (place - 3.5) / (self._modules - 7)
        (x0, y0), (x1, y1), (x2, y2) = ((x - point[0], y - point[1]) for x, y in self._three)
        area = s * (x1 * y2 - x2 * y1)
        if not area:
            return self
        part = 2 * s - 1
        right = part * (x0 * y2 - x2 * y0) / area
        low = part * (x1 * y0 - x0 * y1) / area
        return _View(self._modules, self._three, right, low)


@dataclass(frozen=True, slots=True)
class _Guess:
    """A symbol that may be there."""

    alternates: float
    """How much its dotted lines alternate, in levels."""
    version: int
    view: _View


def _rated(pixels: _Pixels, squares: tuple[_Finder, _Finder, _Finder]) -> list[_Guess]:
    """Return the two likeliest symbols of three squares: upper left, right, low."""
    three = [(square.x, square.y) for square in squares]
    turn = math.atan2(three[1][1] - three[0][1], three[1][0] - three[0][0])
    slant = max(abs(math.cos(turn)), abs(math.sin(turn)))  # a row cuts a turned square longer
    unit = sum(square.unit for square in squares) / 3 * slant
    side = (math.dist(three[0], three[1]) + math.dist(three[0], three[2])) / 2
    middle = (side / unit + 7 - 17) / 4
    guesses = []
    for version in VERSIONS:
        if abs(version - middle) < max(2.5, 0.22 * middle):
            modules = 17 + 4 * version
            across, right = _dotted(pixels, modules, three, across=True)
            along, low = _dotted(pixels, modules, three, across=False)
            guesses.append(_Guess(across + along, version, _View(modules, three, right, low)))
    guesses.sort(key=lambda guess: -guess.alternates)
    return guesses[:2]


def _dotted(
    pixels: _Pixels, modules: int, three: Sequence[Point], *, across: bool
) -> tuple[float, float]:
    """Return how much a dotted line (timing pattern) alternates at best, and for which weight.

    Seen aslant, the nearer half of the line is longer; the weight says by how much.
    """
    best = (-1e9, 1.0)
    for step in range(-9, 10):
        weight = math.exp(0.03 * step)
        view = _View(modules, three, *((weight, 1) if across else (1, weight)))
        value = 0
        for place in range(8, modules - 8):
            shade = pixels(view(place + 0.5, 6.5) if across else view(6.5, place + 0.5))
            value += shade if place % 2 else -shade
        best = max(best, (value / (modules - 16), weight))
    return best


def _with_fourth(pixels: _Pixels, view: _View, modules: int) -> _View:
    """Return the view through the alignment pattern near the fourth corner, if it is seen."""
    ring = [(x, y) for x in range(-2, 3) for y in range(-2, 3)]
    light = [(x, y) for x, y in ring if max(abs(x), abs(y)) == 1]
    dark = [(x, y) for x, y in ring if max(abs(x), abs(y)) != 1]
    place = modules - 6.5
    reach = int(0.05 * modules / 0.5) + 1
    best, where = 0.0, None
    for row in range(-reach, reach + 1):
        for column in range(-reach, reach + 1):
            x, y = place + 0.5 * column, place + 0.5 * row
            value = sum([pixels(view(x + u, y + v)) for u, v in light]) / len(light)
            value -= sum([pixels(view(x + u, y + v)) for u, v in dark]) / len(dark)
            value -= 0.3 * (abs(row) + abs(column))
            if value > best:
                best, where = value, view(x, y)
    return view if where is None else view.through(place, where)
