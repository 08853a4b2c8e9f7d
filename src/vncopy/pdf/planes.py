"""Planes and how they are seen: from places in modules to pixels of a picture."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra

try:
    from PIL import Image, ImageFilter
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    View = Callable[[float, float], tuple[float, float]]

__all__ = [
    "BORDER",
    "FINE",
    "Plane",
    "Point",
    "Quad",
    "View",
    "box",
    "flattened",
    "moved",
    "plane",
    "projection",
]

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
"""Corners of a symbol: upper left, upper right, lower right, lower left, as the symbol stands."""

FINE: Final = 5
"""Pixels a module while the patterns are searched."""
BORDER: Final = 8
"""Modules around the symbol that are looked at while patterns are searched."""


def box(edges: Sequence[int], scale: int) -> tuple[int, int, int, int]:
    """Return edges in modules (left, top, right, bottom) in pixels of which a module has ``scale``."""
    left, top, right, bottom = (scale * edge for edge in edges)
    return left, top, right, bottom


def moved(view: View, offsets: View) -> View:
    """Return the view of places that lie off by what ``offsets`` says of them."""

    def moved(x: float, y: float) -> Point:
        dx, dy = offsets(x, y)
        return view(x + dx, y + dy)

    return moved


class Plane:
    """The view of a plane: from modules to pixels."""

    def __init__(self, values: Sequence[float]) -> None:
        self._values = values

    def __call__(self, x: float, y: float) -> Point:
        """Return the pixel of a place in modules."""
        a, b, c, d, e, f, g, h = self._values
        depth = g * x + h * y + 1
        return (a * x + b * y + c) / depth, (d * x + e * y + f) / depth

    def matrix(self) -> tuple[float, ...]:
        """Return its nine numbers, row by row."""
        return (*self._values, 1.0)


def projection(corners: Quad, modules: int) -> Plane:
    """Return the view that takes the square of the modules to four corners (Heckbert 1989)."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    sx, sy = x0 - x1 + x2 - x3, y0 - y1 + y2 - y3
    ux, uy, vx, vy = x1 - x2, y1 - y2, x3 - x2, y3 - y2
    area = ux * vy - vx * uy or 1e-9
    g = (sx * vy - vx * sy) / area
    h = (ux * sy - sx * uy) / area
    return Plane(
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


def plane(places: Quad, pixels: Quad) -> Plane:
    """Return the view that takes four places, in modules, to four pixels."""
    there = projection(pixels, 1).matrix()
    a, b, c, d, e, f, g, h, i = projection(places, 1).matrix()
    back = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    rows = [
        sum(there[3 * row + k] * back[k][column] for k in range(3))
        for row in range(3)
        for column in range(3)
    ]
    return Plane([value / rows[8] for value in rows[:8]])


def flattened(image: Image.Image, view: View, modules: int) -> Image.Image:
    """Return the symbol upright with a border, each shade the mean of a module's area."""
    steps = [*range(-BORDER, modules, 8), modules + BORDER]
    cells = []
    for top, bottom in pairwise(steps):
        for left, right in pairwise(steps):
            quad: list[float] = []
            for x, y in ((left, top), (left, bottom), (right, bottom), (right, top)):
                quad += view(x, y)
            edges = [edge + BORDER for edge in (left, top, right, bottom)]
            cells.append((box(edges, FINE), tuple(quad)))
    side = (modules + 2 * BORDER) * FINE
    flat = image.transform(
        (side, side), Image.Transform.MESH, cells, Image.Resampling.BILINEAR, fillcolor=255
    )
    return flat.filter(ImageFilter.BoxBlur((FINE - 2) / 2))
