"""The solid lines of a page: rules under the header, the box of the lời chứng, the grid of tables.

A line says which words belong together. So each one has to be one that the form has, and a table
has to have all of them: a cell is what stands between two sides and two rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vncopy.pdf.columns import GUTTER, MM, RIGHT, beside
from vncopy.pdf.flow import LEVEL, SLACK, Column, OutOfPlace
from vncopy.pdf.template_words import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vncopy.pdf.columns import Placed
    from vncopy.pdf.readings import ShownRun

__all__ = ["INSET", "Frame", "Grid", "Rule", "all_known", "check_dots"]

Rule = tuple[int, int, int, int]
"""Left, bottom, right, top in hundredths of a point."""

INSET: Final = round(2 * MM)
"""Between the side of a cell and its text, 2 mm."""
TABLE_SIZE: Final = 1100
"""Size of the words in tables."""
THIN: Final = 5
"""Height or width of a straight line."""


@dataclass(slots=True, kw_only=True)
class Frame:
    """What lines may be drawn on a page besides the grids of tables."""

    flat: list[Rule] = field(default_factory=list)
    """Lines in a place of their own: left, lowest height, right, greatest height."""
    box: Rule | None = None
    """Left and right side of a box, and the lowest and highest base line in it."""
    outside: list[int] = field(default_factory=list)
    """Base lines of the words that are not in the box."""


class Grid:
    """The lines of one table on one page."""

    def __init__(self, rules: Sequence[Rule], base: int, columns: int) -> None:
        """Find the sides of the columns.

        Args:
            rules: all solid lines of the page.
            base: base line of words in the table's head.
            columns: how many it must have.

        Raises:
            OutOfPlace: there are others.
        """
        self._sides = sorted(
            (rule for rule in rules if rule[2] - rule[0] <= THIN and rule[1] < base < rule[3]),
        )
        self._rules = rules
        if len(self._sides) != columns + 1:
            raise OutOfPlace("page")
        self._left, self._right = self._sides[0][0], self._sides[-1][0]
        self._known: list[Rule] = []
        self._next: int | None = None  # the height at which the next row begins

    def columns(self, align: str) -> tuple[Column, ...]:
        """Return the columns of its cells."""
        return tuple(
            Column(left=one[0] + INSET, right=other[0] - INSET, size=TABLE_SIZE, align=align)
            for one, other in zip(self._sides, self._sides[1:], strict=False)
        )

    def hold(self, low: int, high: int) -> None:
        """Require that a row's words stand between two rules, right below the row before.

        Args:
            low: lowest base line of the row on this page.
            high: highest one.

        Raises:
            OutOfPlace: they do not.
        """
        flat = [
            rule
            for rule in self._rules
            if rule[3] - rule[1] <= THIN
            and rule[0] <= self._left + SLACK
            and rule[2] >= self._right - SLACK
        ]
        below = max((rule for rule in flat if rule[1] < low), key=_height, default=None)
        above = min((rule for rule in flat if rule[1] > high), key=_height, default=None)
        if below is None or above is None or any(low <= rule[1] <= high for rule in flat):
            raise OutOfPlace("page")
        if self._next is not None and above[1] != self._next:
            raise OutOfPlace("page")
        if any(
            side[1] > below[1] + SLACK + THIN or side[3] < above[1] - SLACK - THIN
            for side in self._sides
        ):
            raise OutOfPlace("page")
        self._known += [above, below]
        self._next = below[1]

    def skip(self) -> None:
        """Go on below a row without words."""
        self._next = None

    def lines(self) -> set[Rule]:
        """Return the lines that belong to it."""
        highest = max((rule[1] for rule in self._known), default=0)
        lowest = min((rule[1] for rule in self._known), default=0)
        return set(self._known) | {
            side
            for side in self._sides
            if side[1] >= lowest - 2 * SLACK and side[3] <= highest + 2 * SLACK
        }


def all_known(rules: Sequence[Rule], grids: Iterable[Grid], frame: Frame) -> bool:
    """Tell whether each line of a page is one of the form's.

    Args:
        rules: all solid lines of the page.
        grids: the tables on it.
        frame: what else it may have.
    """
    known = {rule for grid in grids for rule in grid.lines()}
    left = [rule for rule in rules if rule not in known]
    for place in frame.flat:
        found = [rule for rule in left if _is_in(rule, place)]
        left = [rule for rule in left if rule not in found[:1]]
    return not left or _is_box(left, frame)


def _is_in(rule: Rule, place: Rule) -> bool:
    left, low, right, high = place
    return (
        abs(rule[0] - left) <= SLACK
        and abs(rule[2] - right) <= SLACK
        and rule[3] - rule[1] <= THIN
        and low < rule[1] < high
    )


def _is_box(rules: Sequence[Rule], frame: Frame) -> bool:
    """Tell whether lines are the four sides of the box around its words."""
    if frame.box is None:
        return False
    left, low, right, high = frame.box
    bottom, top = min(rule[1] for rule in rules), max(rule[3] for rule in rules)
    sides = {
        (left, bottom, right, bottom),
        (left, top, right, top),
        (left, bottom, left, top),
        (right, bottom, right, top),
    }
    matched = all(
        any(all(abs(a - b) <= THIN for a, b in zip(rule, side, strict=True)) for rule in rules)
        for side in sides
    )
    around = bottom < low and high < top and not any(bottom < at < top for at in frame.outside)
    return matched and len(rules) == len(sides) and around


DROP: Final = 240
"""How far a dotted line lies below the base line (`drop` in templates/frame.typ)."""
DROP_SLACK: Final = 15
_UNDERLINED: Final = frozenset({Kind.LINE, Kind.BESIDE, Kind.CENTRED, Kind.ASIDE})
"""Blocks whose values have dotted lines."""


def check_dots(dots: Sequence[Rule], placed: Sequence[Placed]) -> None:
    """Require that values, and blanks after them, are dotted from end to end, and nothing else is.

    A single dot below a letter would make another letter of it, or a number another number.

    Args:
        dots: the dotted lines of a page.
        placed: the runs on it.

    Raises:
        OutOfPlace: one is missing, shorter, longer or elsewhere.
    """
    left = list(dots)
    lines = [each for each in placed if each.kind in _UNDERLINED]
    for each in lines:
        if not each.value or each.run.text.isspace():  # a space between a number's box and the edge
            continue
        run = each.run
        own = [
            dot
            for dot in left
            if _below(dot, run)
            and abs(dot[0] - run.left) <= SLACK
            and min(abs(dot[2] - run.end), abs(dot[2] - run.right)) <= SLACK
        ]
        if not own:
            raise OutOfPlace(each.source)
        left.remove(own[0])
    for dot in left:
        if not any(_is_blank(dot, each, lines) for each in lines):
            raise OutOfPlace("page")


def _is_blank(dot: Rule, placed: Placed, lines: Sequence[Placed]) -> bool:
    """Tell whether a dotted line goes on from a run to the end of its column or to the next run."""
    run = placed.run
    if not _below(dot, run) or min(abs(dot[0] - run.end), abs(dot[0] - run.right)) > SLACK:
        return False
    ends = [RIGHT, beside(run.size)[0].right]
    following = [each.run.left for each in lines if abs(each.run.base - run.base) <= LEVEL]
    ends += following
    ends += [left - GUTTER for left in following]
    return any(abs(dot[2] - end) <= SLACK for end in ends)


def _below(dot: Rule, run: ShownRun) -> bool:
    return abs(run.base - DROP - dot[1]) <= DROP_SLACK


def _height(rule: Rule) -> int:
    return rule[1]
