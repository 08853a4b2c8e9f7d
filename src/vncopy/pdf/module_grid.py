"""Read a symbol that was found but not decoded: take every module's shade anew.

A reader of symbols decides dark or light at one point of a module. In a blurred picture of three
pixels a module that is too little: here the area of each module is averaged, where finder and
alignment patterns say that it lies, neighbours are subtracted, and the light nearby is the measure.
What results is drawn as a perfect symbol and given to the same reader, whose error correction has
the last word. Everything is done on a few hundred thousand pixels, whatever the picture has.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra
from vncopy.pdf.creases import creased
from vncopy.pdf.module_places import Field, Patterns, alignments
from vncopy.pdf.planes import box, flattened, moved, projection

try:
    from PIL import Image, ImageChops, ImageDraw, ImageFilter
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vncopy.pdf.planes import Quad, View

__all__ = ["PLAIN", "SAMPLED", "module_grids"]

SAMPLED: Final = range(7, 20)
"""Versions that are sampled: those that copies have, and some smaller ones."""
QUIET: Final = 4
"""Modules of white around the symbol that is drawn (ISO/IEC 18004)."""
_SAMPLES: Final = 4
"""Pixels a module of which a shade is the mean."""
_NEAR: Final = 9
"""Modules a side of the neighbourhood whose lightest and darkest shades are the measure."""
_TRIES: Final = (
    (0.35, 0.5),
    (0.7, 0.5),
    (0.0, 0.5),
    (0.5, 0.42),
    (0.5, 0.58),
    (1.0, 0.5),
    # Where a module is little more than two pixels, a single light one between dark ones is hardly
    # lighter than they are: far more modules are right with a border nearer to dark.
    (0.7, 0.36),
    (1.5, 0.4),
)
"""How much of the neighbours is subtracted, and where between dark and light the border lies."""
PLAIN: Final = len(_TRIES)
"""Drawings of a symbol on flat paper."""
_MOST_WRONG: Final = 0.3
"""Part of the modules of the fixed patterns that may be seen wrongly where a symbol is: far off the
grid it is half of them."""
_UNKNOWN: Final = 128
"""Shade of what is no fixed pattern."""


def module_grids(
    image: Image.Image, corners: Quad, version: int, *, folded: bool = True
) -> Iterator[Image.Image]:
    """Return a found symbol as perfect drawings, the likeliest first.

    Args:
        image: in shades of grey.
        corners: where the symbol was found; one and a half modules off at most.
        version: which it has.
        folded: take it for folded paper as well, if there is a symbol at all.

    Returns:
        :data:`PLAIN` drawings of one pixel a module, with quiet zone, that differ in doubtful
        modules; then as many of the symbol as if it were folded.
    """
    modules = 17 + 4 * version
    flat = projection(corners, modules)
    # First the patterns, which may lie modules off their place; then the cells between them.
    patterns = Patterns(flattened(image, flat, modules), modules)
    shades = _sampled(image, moved(flat, patterns), modules)
    wrong = 1.0
    for share, border in _TRIES:
        seen = _decided(shades, share=share, border=border)
        drawing = _with_patterns(seen, version)
        wrong = min(wrong, _wrong_patterns(seen, drawing, version))
        yield drawing
    if folded and wrong < _MOST_WRONG:
        places, found = patterns.anchors
        view = creased(image, places, tuple(flat(*place) for place in found), modules)  # type: ignore[arg-type]
        shades = _sampled(image, view, modules)
        for share, border in _TRIES:
            yield _with_patterns(_decided(shades, share=share, border=border), version)


# --- one shade a module --------------------------------------------------------------------------


def _sampled(image: Image.Image, view: View, modules: int) -> Image.Image:
    """Return one pixel a module: the mean shade of its middle."""
    field = Field(flattened(image, view, modules), modules)
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
                quad += view(x + dx, y + dy)
            cells.append((box((left, top, right, bottom), _SAMPLES), tuple(quad)))
    side = modules * _SAMPLES
    taken = image.transform(
        (side, side), Image.Transform.MESH, cells, Image.Resampling.BICUBIC, fillcolor=255
    )
    # The inner two by two of four by four samples.
    halves = taken.crop((1, 1, side + 1, side + 1)).reduce(2)
    step = (2, 0, -0.5, 0, 2, -0.5)
    return halves.transform((modules, modules), Image.Transform.AFFINE, step)


# --- dark or light -------------------------------------------------------------------------------


def _decided(shades: Image.Image, *, share: float, border: float) -> Image.Image:
    """Return the symbol in black and white, with quiet zone."""
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
    return framed


def _with_patterns(seen: Image.Image, version: int) -> Image.Image:
    """Return a symbol with its fixed patterns as they must be."""
    patterns, mask = _patterns(version)
    drawing = seen.copy()
    drawing.paste(patterns, mask=mask)
    return drawing


def _wrong_patterns(seen: Image.Image, drawing: Image.Image, version: int) -> float:
    """Return which part of the modules of the fixed patterns was seen wrongly."""
    wrong = ImageChops.difference(seen, drawing).histogram()[255]
    return wrong / _patterns(version)[1].histogram()[255]


@cache
def _patterns(version: int) -> tuple[Image.Image, Image.Image]:
    """Return finder, timing and alignment patterns, with quiet zone, and where they are."""
    modules = 17 + 4 * version
    patterns = Image.new("L", (modules + 2 * QUIET,) * 2, _UNKNOWN)
    draw = ImageDraw.Draw(patterns)

    def square(x: int, y: int, size: int, shade: int) -> None:
        x, y = x + QUIET, y + QUIET
        draw.rectangle((x, y, x + size - 1, y + size - 1), fill=shade)

    for step in range(modules):
        square(step, 6, 1, 255 * (step % 2))
        square(6, step, 1, 255 * (step % 2))
    for x, y in alignments(version):
        square(x - 2, y - 2, 5, 0)
        square(x - 1, y - 1, 3, 255)
        square(x, y, 1, 0)
    for x, y in ((0, 0), (modules - 7, 0), (0, modules - 7)):
        square(x - (x > 0), y - (y > 0), 8, 255)
        square(x, y, 7, 0)
        square(x + 1, y + 1, 5, 255)
        square(x + 2, y + 2, 3, 0)
    mask = patterns.point([255 * (shade != _UNKNOWN) for shade in range(256)])
    return patterns, mask
