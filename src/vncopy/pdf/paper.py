"""Find the symbols of copies on photos and scans of paper, in stages of rising effort.

Each stage is there for what the earlier ones cannot read, and the whole has a budget that is counted
in pixels and attempts, not in time: a picture gets the same answer on every machine.

1. The picture in shades of grey, by the usual reader.
2. Its lightest colour: a red seal or a blue signature over the symbol is then nearly as white as the
   paper, and toner stays black.
3. Symbols that were found but not read: their modules are sampled anew (:mod:`.module_grid`), as
   on flat paper and as on paper that was folded once (:mod:`.creases`).
4. If there is still nothing: squares of symbols are searched (:mod:`.finder_patterns`), and a
   small picture is enlarged.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra
from vncopy.pdf.finder_patterns import DARKER, find_symbols
from vncopy.pdf.module_grid import PLAIN, SAMPLED, module_grids
from vncopy.pdf.read_symbol import PREFIX, codes_in, text_of_drawing

try:
    from PIL import Image, ImageChops
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vncopy.pdf.planes import Quad

__all__ = ["MOST_ENLARGED", "MOST_FOLDED", "MOST_LOOKED", "MOST_SAMPLED", "symbols_on_paper"]

MOST_LOOKED: Final = 60_000_000
"""Pixels that the later stages give to the usual reader, of all pages: five photos or scanned pages."""
MOST_SAMPLED: Final = 24
"""Symbols sampled anew, each in eight ways, of all pages: a twentieth of a second each."""
MOST_FOLDED: Final = 4
"""Of them, symbols that are sampled as if they were folded, too: a third of a second each."""
MOST_ENLARGED: Final = 4_500_000
"""A picture up to this size is enlarged once if nothing was read in it: a page at 200 dpi."""
_DOTS: Final = 3
"""Pixels a module of the drawings that are handed to the reader."""
_COLOURED: Final = 24
"""Levels of 256 by which red and blue differ somewhere in a picture with colours."""
_WHITE: Final = 230
"""The level that this white gets in each colour."""
_LIGHT: Final = 0.9
"""Part of the pixels that are darker than what counts as the white of the paper, by colour."""


@dataclass(slots=True)
class _Search:
    """What was found, and what may still be spent."""

    texts: dict[str, None] = field(default_factory=dict)
    tried: list[tuple[float, float]] = field(default_factory=list)
    pixels: int = field(default_factory=lambda: MOST_LOOKED)
    samples: int = field(default_factory=lambda: MOST_SAMPLED)
    folds: int = field(default_factory=lambda: MOST_FOLDED)

    def spend(self, image: Image.Image, factor: int = 1) -> bool:
        """Take the pixels of a picture from the budget, if they are left."""
        pixels = image.width * image.height * factor
        if pixels > self.pixels:
            return False
        self.pixels -= pixels
        return True

    def look(self, image: Image.Image, shades: Iterable[Image.Image], scale: int = 1) -> None:
        """Read a picture; sample anew what was found in it and not read.

        Args:
            image: which is read.
            shades: the same at its first size, for sampling.
            scale: how many times larger ``image`` is.
        """
        for code in codes_in(image):
            if code.text is not None:
                self._add(code.text)
            elif code.version in SAMPLED:
                quad = tuple((x / scale, y / scale) for x, y in code.corners)
                self.sample(shades, quad, code.version)  # type: ignore[arg-type]

    def sample(self, shades: Iterable[Image.Image], quad: Quad, version: int) -> None:
        """Sample the modules of one symbol anew."""
        if self.samples <= 0:
            return
        self.samples -= 1
        for shade, image in enumerate(shades):
            folded = shade == 0 and self.folds > 0
            for number, grid in enumerate(module_grids(image, quad, version, folded=folded)):
                self.folds -= number == PLAIN
                side = (_DOTS * grid.width, _DOTS * grid.height)
                text = text_of_drawing(grid.resize(side, Image.Resampling.NEAREST))
                if text is not None:
                    self._add(text)
                    return

    def _add(self, text: str) -> None:
        if text.startswith(PREFIX):
            self.texts[text] = None


def symbols_on_paper(pictures: Callable[[], Iterable[Image.Image]]) -> tuple[str, ...]:
    """Return the different texts of the symbols of copies in pictures of paper.

    Other QR codes may lie on the same sheet (a registry's, an advertisement): only texts with the
    prefix of a copy count. Identical ones count once.

    Args:
        pictures: gives photos or scanned pages, ``L`` or ``RGB``; called once more if nothing was
            read, so that one page is held at a time.
    """
    search = _Search()
    for picture in pictures():
        grey, light = _shades(picture)
        shades = [grey] if light is None else [light, grey]
        search.look(grey, shades)
        if light is not None and not search.texts and search.spend(light):
            search.look(light, shades)
    if not search.texts:
        for picture in pictures():
            if search.texts or not search.spend(picture):
                break
            _look_hard(search, picture)
    return tuple(search.texts)


def _look_hard(search: _Search, picture: Image.Image) -> None:
    """Look for what the usual reader does not find."""
    grey, light = _shades(picture)
    best = grey if light is None else light
    for darker in DARKER:
        for quad, version in find_symbols(best, darker=darker):
            search.sample([best], quad, version)
            if search.texts:
                return
    small = best.width * best.height <= MOST_ENLARGED
    if small and search.spend(best, 4):
        size = (2 * best.width, 2 * best.height)
        search.look(best.resize(size, Image.Resampling.BICUBIC), [best], scale=2)


def _shades(picture: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Return the picture in grey, and its lightest colour at each point, if it has colours."""
    if picture.mode == "L":
        return picture, None
    apart = ImageChops.difference(picture.getchannel("R"), picture.getchannel("B"))
    if apart.getextrema()[1] < _COLOURED:  # type: ignore[operator]
        return picture.convert("L"), None
    light = Image.new("L", picture.size)
    for name in "RGB":
        band = picture.getchannel(name)
        white = max(1, _level(band, _LIGHT))
        levels = [min(255, _WHITE * level // white) for level in range(256)]
        light = ImageChops.lighter(light, band.point(levels))
    return picture.convert("L"), light


def _level(band: Image.Image, part: float) -> int:
    """Return the shade below which this part of the pixels lies."""
    counts = band.histogram()
    below, limit = 0, math.ceil(part * sum(counts))
    for level, count in enumerate(counts):
        below += count
        if below >= limit:
            return level
    return 255
