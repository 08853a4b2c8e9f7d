"""Read a symbol that was found but not decoded: take every module's shade anew.

A reader of symbols decides dark or light at one point of a module. In a blurred picture of three
pixels a module that is too little: here the area of each module is averaged, where finder and
alignment patterns say that it lies, neighbours are subtracted, and the light nearby is the measure.
What results is drawn as a perfect symbol and given to the same reader, whose error correction has
the last word. Everything is done on a few hundred thousand pixels, whatever the picture has.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra

try:
    from PIL import Image, ImageChops, ImageDraw, ImageFilter
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["SAMPLED", "Point", "Quad", "module_grids"]

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
"""Corners of a symbol: upper left, upper right, lower right, lower left, as the symbol stands."""

SAMPLED: Final = range(2, 26)
"""Versions that are sampled. The first has no alignment pattern; copies have at most 19, and the
effort grows with the square."""
QUIET: Final = 4
"""Modules of white around the symbol that is drawn (ISO/IEC 18004)."""
_FINE: Final = 5
"""Pixels a module while the patterns are searched."""
_SAMPLES: Final = 4
"""Pixels a module of which a shade is the mean."""
_REACH: Final = 6
"""Pixels that modules may lie off their place: more than one module."""
_BORDER: Final = 2
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


def _alignments(version: int) -> list[tuple[int, int]]:
    """Return the middles of the alignment patterns, column and row (ISO/IEC 18004, annex E)."""
    count = version // 7 + 2
    last = 4 * version + 10
    step = -(-(last - 6) // (count - 1))
    step += step % 2
    places = [6, *(last - step * number for number in range(count - 2, -1, -1))]
    finders = {(6, 6), (6, last), (last, 6)}
    return [(x, y) for y in places for x in places if (x, y) not in finders]


# --- where the modules lie -----------------------------------------------------------------------


def _shades(image: Image.Image, corners: Quad, modules: int) -> Image.Image:
    """Return one pixel a module: the mean shade of its middle."""
    project = _projection(corners, modules)
    flat = _flattened(image, project, modules)
    field = _Field(flat, modules)
    lines = field.lines
    cells = []
    for row, (top, bottom) in enumerate(pairwise(lines)):
        for column, (left, right) in enumerate(pairwise(lines)):
            quad: list[float] = []
            for x, y, u, v in (
                (left, top, 0, 0),
                (left, bottom, 0, 1),
                (right, bottom, 1, 1),
                (right, top, 1, 0),
            ):
                dx, dy = field.at_corner(column + u, row + v)
                quad += project(x + dx, y + dy)
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


def _flattened(image: Image.Image, project: _Projection, modules: int) -> Image.Image:
    """Return the symbol upright with a border, each shade the mean of a module's area."""
    steps = [*range(-_BORDER, modules, 8), modules + _BORDER]
    cells = []
    for top, bottom in pairwise(steps):
        for left, right in pairwise(steps):
            quad: list[float] = []
            for x, y in ((left, top), (left, bottom), (right, bottom), (right, top)):
                quad += project(x, y)
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
        self._grow(_patterns(flat, modules))

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

    def _grow(self, patterns: Sequence[tuple[Point, tuple[int, int]]]) -> None:
        waiting: list[tuple[int, int, int, int, int]] = []
        for (x, y), (dx, dy) in patterns:
            column, row = (min(int(part) // _CELL, self._count - 1) for part in (x, y))
            heappush(waiting, (-(10**6), column, row, dx, dy))
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
    around = flat.filter(ImageFilter.BoxBlur(_CELL * _FINE))
    differing = ImageChops.difference(flat, around)
    maps = {}
    for dx in range(-_REACH, _REACH + 1):
        for dy in range(-_REACH, _REACH + 1):
            step = (_FINE, 0, _BORDER * _FINE + dx, 0, _FINE, _BORDER * _FINE + dy)
            taken = differing.transform((modules, modules), Image.Transform.AFFINE, step)
            maps[dx, dy] = taken.filter(ImageFilter.BoxBlur(_CELL)).tobytes()
    return maps


def _patterns(flat: Image.Image, modules: int) -> list[tuple[Point, tuple[int, int]]]:
    """Return where finder and alignment patterns were seen: place in modules, shift in pixels."""
    low, high = 3.5, modules - 3.5
    anchors = [_Anchor(place, _FINDER) for place in ((low, low), (high, low), (low, high))]
    for x, y in _alignments((modules - 17) // 4):
        anchors.append(_Anchor((x + 0.5, y + 0.5), _ALIGNMENT))
    pixels = flat.tobytes()
    seen = [(_search(pixels, flat.width, anchor), anchor) for anchor in anchors]
    best = max(contrast for (contrast, _), _ in seen)
    good = [(each.place, off) for (value, off), each in seen if value > _LEAST_CONTRAST * best]
    return good or [(anchors[0].place, (0, 0))]


def _search(pixels: bytes, width: int, anchor: _Anchor) -> tuple[float, tuple[int, int]]:
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
    best, off = -1e9, (0, 0)
    for dy in range(-_REACH, _REACH + 1):
        start = (middle[1] + dy) * width + middle[0]
        for dx in range(-_REACH, _REACH + 1):
            at = start + dx
            value = sum([pixels[at + step] for step in light]) / len(light)
            value -= sum([pixels[at + step] for step in dark]) / len(dark)
            value -= 0.5 * (abs(dx) + abs(dy))  # the nearest of equals
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
