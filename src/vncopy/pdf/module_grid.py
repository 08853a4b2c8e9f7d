"""Read a symbol that was found but not decoded: take every module's shade anew.

A reader of symbols decides dark or light at one point of a module. In a blurred picture of three
pixels a module that is too little: here the area of each module is averaged, where finder and
alignment patterns say that it lies, neighbours are subtracted, and the light nearby is the measure.
What results is drawn as a perfect symbol and given to the same reader, whose error correction has
the last word. Everything is done on a few hundred thousand pixels, whatever the picture has.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush, nsmallest
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra

try:
    from PIL import Image, ImageChops, ImageDraw, ImageFilter
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    _View = Callable[[float, float], tuple[float, float]]

__all__ = ["SAMPLED", "Point", "Quad", "module_grids"]

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
"""Corners of a symbol: upper left, upper right, lower right, lower left, as the symbol stands."""

SAMPLED: Final = range(7, 20)
"""Versions that are sampled: those that copies have, and some smaller ones."""
QUIET: Final = 4
"""Modules of white around the symbol that is drawn (ISO/IEC 18004)."""
_FINE: Final = 5
"""Pixels a module while the patterns are searched."""
_SAMPLES: Final = 4
"""Pixels a module of which a shade is the mean."""
_REACH: Final = 4
"""Pixels that cells may lie off their place between the patterns: less than one module, since the
next one looks alike."""
_WIDE: Final = 8
"""Pixels that a pattern may lie off the place where the one beside it lets expect it."""
_BORDER: Final = 8
"""Modules around the symbol that are looked at while patterns are searched."""
_CELL: Final = 4
"""Modules a side of the cells that are moved."""
_FINDER: Final = 7
"""Modules a side of a finder pattern."""
_ALIGNMENT: Final = 5
"""Modules a side of an alignment pattern."""
_LEAST_CONTRAST: Final = 0.45
"""A pattern counts as seen if light and dark differ by this part of what the best one shows."""
_NEAR: Final = 9
"""Modules a side of the neighbourhood whose lightest and darkest shades are the measure."""
_TRIES: Final = ((0.35, 0.5), (0.7, 0.5), (0.0, 0.5), (0.5, 0.42), (0.5, 0.58), (1.0, 0.5))
"""How much of the neighbours is subtracted, and where between dark and light the border lies."""


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A pattern whose place is known."""

    place: Point
    """Its middle, in modules."""
    size: int
    """Modules a side."""


def module_grids(image: Image.Image, corners: Quad, version: int) -> Iterator[Image.Image]:
    """Return a found symbol as perfect drawings, the likeliest first.

    Args:
        image: in shades of grey.
        corners: where the symbol was found; one and a half modules off at most.
        version: which it has.

    Returns:
        Six drawings of one pixel a module, with quiet zone, that differ in doubtful modules.
    """
    modules = 17 + 4 * version
    shades = _shades(image, corners, modules)
    for share, border in _TRIES:
        yield _decided(shades, version, share=share, border=border)


def _places(version: int) -> list[int]:
    """Return columns and rows of the alignment patterns (ISO/IEC 18004, annex E)."""
    count = version // 7 + 2
    last = 4 * version + 10
    step = -(-(last - 6) // (count - 1))
    step += step % 2
    return [6, *(last - step * number for number in range(count - 2, -1, -1))]


def _alignments(version: int) -> list[tuple[int, int]]:
    """Return the middles of the alignment patterns, column and row."""
    places = _places(version)
    finders = {(6, 6), (6, places[-1]), (places[-1], 6)}
    return [(x, y) for y in places for x in places if (x, y) not in finders]


# --- where the modules lie -----------------------------------------------------------------------


def _shades(image: Image.Image, corners: Quad, modules: int) -> Image.Image:
    """Return one pixel a module: the mean shade of its middle."""
    view = _projection(corners, modules)
    # First the patterns, which may lie modules off their place; then the cells between them.
    patterns = _Patterns(_flattened(image, view, modules), modules)
    bent = _moved(view, patterns)
    field = _Field(_flattened(image, bent, modules), modules)
    cells = []
    for row, (top, bottom) in enumerate(pairwise(field.lines)):
        for column, (left, right) in enumerate(pairwise(field.lines)):
            quad: list[float] = []
            for x, y, u, v in (
                (left, top, 0, 0),
                (left, bottom, 0, 1),
                (right, bottom, 1, 1),
                (right, top, 1, 0),
            ):
                dx, dy = field.at_corner(column + u, row + v)
                quad += bent(x + dx, y + dy)
            cells.append((_box((left, top, right, bottom), _SAMPLES), tuple(quad)))
    side = modules * _SAMPLES
    taken = image.transform(
        (side, side), Image.Transform.MESH, cells, Image.Resampling.BICUBIC, fillcolor=255
    )
    # The inner two by two of four by four samples.
    halves = taken.crop((1, 1, side + 1, side + 1)).reduce(2)
    step = (2, 0, -0.5, 0, 2, -0.5)
    return halves.transform((modules, modules), Image.Transform.AFFINE, step)


def _box(edges: Sequence[int], scale: int) -> tuple[int, int, int, int]:
    left, top, right, bottom = (scale * edge for edge in edges)
    return left, top, right, bottom


def _moved(view: _View, offsets: _View) -> _View:
    """Return the view of places that lie off by what ``offsets`` says of them."""

    def moved(x: float, y: float) -> Point:
        dx, dy = offsets(x, y)
        return view(x + dx, y + dy)

    return moved


class _Projection:
    """The view of a plane: from modules to pixels."""

    def __init__(self, values: Sequence[float]) -> None:
        self._values = values

    def __call__(self, x: float, y: float) -> Point:
        a, b, c, d, e, f, g, h = self._values
        depth = g * x + h * y + 1
        return (a * x + b * y + c) / depth, (d * x + e * y + f) / depth


def _projection(corners: Quad, modules: int) -> _Projection:
    """Return the view that takes the square of the modules to four corners (Heckbert 1989)."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    sx, sy = x0 - x1 + x2 - x3, y0 - y1 + y2 - y3
    ux, uy, vx, vy = x1 - x2, y1 - y2, x3 - x2, y3 - y2
    area = ux * vy - vx * uy or 1e-9
    g = (sx * vy - vx * sy) / area
    h = (ux * sy - sx * uy) / area
    return _Projection(
        (
            (x1 - x0 + g * x1) / modules,
            (x3 - x0 + h * x3) / modules,
            x0,
            (y1 - y0 + g * y1) / modules,
            (y3 - y0 + h * y3) / modules,
            y0,
            g / modules,
            h / modules,
        )
    )


def _flattened(image: Image.Image, view: _View, modules: int) -> Image.Image:
    """Return the symbol upright with a border, each shade the mean of a module's area."""
    steps = [*range(-_BORDER, modules, 8), modules + _BORDER]
    cells = []
    for top, bottom in pairwise(steps):
        for left, right in pairwise(steps):
            quad: list[float] = []
            for x, y in ((left, top), (left, bottom), (right, bottom), (right, top)):
                quad += view(x, y)
            edges = [edge + _BORDER for edge in (left, top, right, bottom)]
            cells.append((_box(edges, _FINE), tuple(quad)))
    side = (modules + 2 * _BORDER) * _FINE
    flat = image.transform(
        (side, side), Image.Transform.MESH, cells, Image.Resampling.BILINEAR, fillcolor=255
    )
    return flat.filter(ImageFilter.BoxBlur((_FINE - 2) / 2))


class _Field:
    """How far modules lie off their place, in cells of four modules.

    It starts at the patterns whose place is known and grows from neighbour to neighbour: where
    samples fall on the middles of modules, they differ most from the mean around.
    """

    def __init__(self, flat: Image.Image, modules: int) -> None:
        self.lines = [*range(0, modules - 1, _CELL), modules]
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
        scale = _FINE * len(cells)
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
        x, y = (min(_CELL * part + 2, self._modules - 1) for part in (column, row))
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
    around = flat.filter(ImageFilter.BoxBlur(_CELL * _FINE / 2))
    differing = ImageChops.difference(flat, around)
    maps = {}
    for dx in range(-_REACH, _REACH + 1):
        for dy in range(-_REACH, _REACH + 1):
            step = (_FINE, 0, _BORDER * _FINE + dx, 0, _FINE, _BORDER * _FINE + dy)
            taken = differing.transform((modules, modules), Image.Transform.AFFINE, step)
            maps[dx, dy] = taken.filter(ImageFilter.BoxBlur(_CELL)).tobytes()
    return maps


class _Patterns:
    """How far the symbol lies off its place, where finder and alignment patterns were seen.

    Each is searched where the one beside it lets expect it, so that a fold or a view that was
    guessed badly can add up to several modules.
    """

    def __init__(self, flat: Image.Image, modules: int) -> None:
        version = (modules - 17) // 4
        self._lines = _places(version)
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

    def _expected(self, x: int, y: int) -> tuple[int, int]:
        """Return the mean of the neighbours that are known."""
        near = [
            self._known[each]
            for each in ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1))
            if each in self._known
        ]
        count = max(1, len(near))
        most = _FINE * (_BORDER - 3) - _WIDE  # no search may leave the picture
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
        dx = sum(self._known[u, v][0] * weight for u, v, weight in weights) / _FINE
        dy = sum(self._known[u, v][1] * weight for u, v, weight in weights) / _FINE
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
    middle = [int((part + _BORDER) * _FINE) for part in anchor.place]
    light: list[int] = []
    dark: list[int] = []
    for y in range(-half, half + 1):
        for x in range(-half, half + 1):
            ring = max(abs(x), abs(y))
            is_light = ring == (1 if anchor.size == _ALIGNMENT else 2)
            (light if is_light else dark).append((y * width + x) * _FINE)
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


# --- dark or light -------------------------------------------------------------------------------


def _decided(shades: Image.Image, version: int, *, share: float, border: float) -> Image.Image:
    """Return the symbol in black and white, its fixed patterns as they must be."""
    # v + share x (v - mean of the neighbours): what blur took, as far as one step can give back;
    # all divided so that it stays between 0 and 255.
    around = shades.filter(ImageFilter.Kernel((3, 3), (1, 2, 1, 2, 0, 2, 1, 2, 1), scale=12))
    part = share / (1 + 2 * share)
    own = [round(level * (1 - part) + 255 * part) for level in range(256)]
    sharp = ImageChops.subtract(
        shades.point(own), around.point([round(level * part) for level in range(256)])
    )
    light = sharp.filter(ImageFilter.MaxFilter(_NEAR)).filter(ImageFilter.BoxBlur(_NEAR // 2))
    dark = sharp.filter(ImageFilter.MinFilter(_NEAR)).filter(ImageFilter.BoxBlur(_NEAR // 2))
    middle = Image.blend(dark, light, border)
    decided = ImageChops.subtract(sharp, middle).point([0] + [255] * 255)
    framed = Image.new("L", (shades.width + 2 * QUIET, shades.height + 2 * QUIET), 255)
    framed.paste(decided, (QUIET, QUIET))
    _draw_fixed(framed, version, shades.width)
    return framed


def _draw_fixed(framed: Image.Image, version: int, modules: int) -> None:
    """Draw finder, timing and alignment patterns over what was seen of them."""
    draw = ImageDraw.Draw(framed)

    def square(x: int, y: int, size: int, shade: int) -> None:
        x, y = x + QUIET, y + QUIET
        draw.rectangle((x, y, x + size - 1, y + size - 1), fill=shade)

    for step in range(modules):
        square(step, 6, 1, 255 * (step % 2))
        square(6, step, 1, 255 * (step % 2))
    for x, y in _alignments(version):
        square(x - 2, y - 2, 5, 0)
        square(x - 1, y - 1, 3, 255)
        square(x, y, 1, 0)
    for x, y in ((0, 0), (modules - 7, 0), (0, modules - 7)):
        square(x - (x > 0), y - (y > 0), 8, 255)
        square(x, y, 7, 0)
        square(x + 1, y + 1, 5, 255)
        square(x + 2, y + 2, 3, 0)
