"""Does everything on a page stand where text and lines stand? Geometry alone, no words.

Whoever moves true words can make a page say something else than its text read in order: a value
beside another label, two digits on the same spot, a stroke that makes another letter. So each run
of text has to come after all earlier ones, below or to the right of them, and lines have to be
what a form has: the dotted line under a value, rules and the borders of tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vncopy.pdf.drawing_language import Stroke

__all__ = ["JUMP", "Box", "Line", "Words", "flaws_of", "joined", "lines_of"]

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""

CLOSE: Final = 0.08
"""Share of the size by which a run may begin before an earlier one ends; kerning at a change of
face is below."""
LINE_STEP: Final = 0.8
"""Share of the size by which a line has to lie below the one before; the closest ones are set
1.1 apart."""
DROP: Final = 2.4
"""Points by which a dotted line lies below the text's base line (`drop` in templates/frame.typ)."""
DROP_SLACK: Final = 0.15
"""Points; positions are written with five digits."""
PEN: Final = 0.75
"""Points of the thickest pen; the rules of a page have 0.7."""
SHORT: Final = 17.0
"""Points; no rule and no side of a table's cell is shorter, and a letter is lower than that."""
CAPTION: Final = (5.0, 12.0)
"""Points between the symbol's square and the base line of its caption; seen: 7.8."""
WORD_GAP: Final = 0.12
"""Share of the size from which on a gap between two runs is read as a space; a space has 0.25."""
WIDEST_SPACE: Final = 0.6
"""Share of the size of the widest gap between two words of one text; lines are not justified."""
LINE_MOST: Final = 2.4
"""Share of the size by which a line may lie below the one that it goes on from."""
JUMP: Final = "\x1f"
"""Stands between two runs that nobody reads as one text (white space, the unit separator)."""
UNDERLINE: Final = (-0.25, 0.75)
"""Share of the size that dotted lines keep clear of, below and above the base line."""
INK_BESIDE: Final = 0.2
"""Share of the size by which strokes reach beyond their advance: a slanted f."""
INK_HIGH: Final = (-0.35, 1.05)
"""Share of the size that strokes reach below and above the base line: a capital with two accents."""
INK_HIGHEST: Final = 1.2
"""Share of the size that strokes may reach above the base line in faces of deployers: Ẩ of some twins
of Times has 1.12."""
_STRAIGHT: Final = 0.01
_TALLEST: Final = 30.0
"""Points that no letter of a page reaches above or below its base line; titles have 16."""
_AIR: Final = 0.3
"""Points that lines keep from text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A run of text in its place."""

    text: str
    left: float
    right: float
    base: float
    size: float
    first: float = 0.0
    """Where its first word ends."""
    end: float = 0.0
    """Where its last word ends; ``right`` counts the space after it."""

    @property
    def box(self) -> Box:
        """Where its letters are, from the descenders to the ascenders."""
        low, high = UNDERLINE
        return self.left, self.base + low * self.size, self.right, self.base + high * self.size

    @property
    def tall(self) -> Box:
        """Where its letters and all their marks are."""
        low, high = INK_HIGH
        return self.left, self.base + low * self.size, self.right, self.base + high * self.size

    @property
    def ink(self) -> Box:
        """Where its strokes may reach, with stacked accents and slanted letters."""
        wide = INK_BESIDE * self.size
        low, _ = INK_HIGH
        return (
            self.left - wide,
            self.base + low * self.size,
            self.right + wide,
            self.base + INK_HIGHEST * self.size,
        )

    @property
    def body(self) -> Box:
        """Where some of its strokes must be: as high as a small letter, commas and dashes too."""
        return self.left, self.base - 0.2 * self.size, self.right, self.base + 0.7 * self.size

    def moved(self, across: float, along: float) -> Words:
        """Return the same words elsewhere."""
        return Words(
            text=self.text,
            left=self.left + across,
            right=self.right + across,
            base=self.base + along,
            size=self.size,
            first=self.first + across,
            end=self.end + across,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A straight line, or a curve that no page has."""

    left: float
    bottom: float
    right: float
    top: float
    width: float
    dotted: bool
    straight: bool

    @property
    def ink(self) -> Box:
        """Where the pen may reach."""
        half = self.width
        return self.left - half, self.bottom - half, self.right + half, self.top + half


def lines_of(stroke: Stroke) -> list[Line]:
    """Return the straight lines of a stroke.

    Args:
        stroke: as it was drawn; its outline counts as closed.
    """
    points = stroke.points
    closed = (*points, points[0]) if len(points) > 2 else points  # noqa: PLR2004 - a single line
    found = []
    for (x0, y0), (x1, y1) in pairwise(closed):
        straight = abs(x0 - x1) < _STRAIGHT or abs(y0 - y1) < _STRAIGHT
        found.append(
            Line(
                left=min(x0, x1),
                bottom=min(y0, y1),
                right=max(x0, x1),
                top=max(y0, y1),
                width=stroke.width,
                dotted=stroke.dotted,
                straight=straight and not stroke.curved,
            )
        )
    return found


def flaws_of(
    words: Sequence[Words], lines: Sequence[Line], squares: Sequence[Box], page: Box
) -> list[str]:
    """Name what is out of place.

    Args:
        words: the runs of text in the order of drawing.
        lines: all lines.
        squares: the symbols.
        page: the area in which all must be.
    """
    found: list[str] = []
    if not _in_order(words):
        found.append("order")
    if any(not _inside(each.box, page) for each in words):
        found.append("outside")
    if any(_touch(square, each.box) for square in squares for each in words):
        found.append("text over symbol")
    if any(not _inside(square, page) for square in squares):
        found.append("outside")
    if any(not _has_caption(square, words) for square in squares):
        found.append("symbol without caption")
    found += [flaw for line in lines if (flaw := _line_flaw(line, words, squares))]
    return found


def _in_order(words: Sequence[Words]) -> bool:
    """Tell whether each run is below or to the right of all that were drawn before it.

    What earlier runs forbid is a staircase: the further right one reached, the lower it lies that
    matters. Corners behind others are dropped.
    """
    corners: list[tuple[float, float, float]] = []  # right, base, size
    for each in words:
        for right, base, size in corners:
            beside = each.left >= right - CLOSE * size
            below = each.base <= base - LINE_STEP * min(size, each.size)
            if not (beside or below):
                return False
        corners = [
            (right, base, size)
            for right, base, size in corners
            if right > each.right or base < each.base
        ]
        corners.append((each.right, each.base, each.size))
    return True


def _line_flaw(line: Line, words: Sequence[Words], squares: Sequence[Box]) -> str:
    """Return what is wrong with one line, or nothing."""
    flat = line.top - line.bottom < _STRAIGHT
    if not line.straight or line.width > PEN:
        return "stroke"
    if line.dotted:
        if not flat or not any(_lies_under(line, each) for each in words):
            return "dotted line"
    elif max(line.right - line.left, line.top - line.bottom) < SHORT:
        return "short stroke"
    box = (line.left - _AIR, line.bottom - _AIR, line.right + _AIR, line.top + _AIR)
    low, high = box[1] - _TALLEST, box[3] + _TALLEST
    for each in words:
        # Solid lines would hide the marks above and below a letter, which make another of it.
        kept = each.box if line.dotted else each.tall
        if (
            low < each.base < high
            and _touch(box, kept)
            and not (line.dotted and _lies_under(line, each))
        ):
            return "stroke over text"
    if any(_touch(box, square) for square in squares):
        return "stroke over symbol"
    return ""


def _has_caption(square: Box, words: Sequence[Words]) -> bool:
    """Tell whether text begins right below a symbol, at its left edge."""
    low, high = CAPTION
    return any(
        abs(each.left - square[0]) < _AIR and low < square[1] - each.base < high for each in words
    )


def joined(words: Sequence[Words]) -> str:
    """Return the text of runs as it is read: gaps are spaces, lines that go on below are new lines.

    Anything else, far to the right, raised, lowered or of another size, is :data:`JUMP`: there the
    eye begins anew.

    Args:
        words: the runs in the order of drawing.
    """
    parts: list[str] = []
    before: Words | None = None
    for each in words:
        if before is not None:
            parts.append(_between(before, each))
        parts.append(each.text)
        before = each
    return "".join(parts)


def _between(before: Words, each: Words) -> str:
    """Return what the eye finds between two runs."""
    down, gap = before.base - each.base, each.left - before.right
    if abs(before.size - each.size) > _AIR:
        return JUMP
    if abs(down) < _AIR:
        if gap > WIDEST_SPACE * each.size:
            return JUMP
        return "" if gap < WORD_GAP * each.size else " "
    return "\n" if 0 < down < LINE_MOST * each.size and gap < 0 else JUMP


def _lies_under(line: Line, words: Words) -> bool:
    """Tell whether a dotted line is that of the line of text on which the words stand."""
    return abs(words.base - DROP - line.bottom) < DROP_SLACK


def _inside(box: Box, page: Box) -> bool:
    return page[0] <= box[0] and page[1] <= box[1] and box[2] <= page[2] and box[3] <= page[3]


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
