"""How far blocks stand apart, and where pages end: no empty space that the frame does not leave.

Much white between two items makes a page look like two papers, and an item at the end of a page that
nobody turns is not read. The frame leaves the same little space between all items, and goes to the
next page only with what has no room any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vncopy.pdf.columns import BOTTOM, MM, TOP, Placed
from vncopy.pdf.flow import LEVEL, OutOfPlace
from vncopy.pdf.template_words import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["check_spacing"]

STEP_MOST: Final = 3250
"""Between base lines of two blocks of the body; seen: 26.8 points below the title, 24.9 at tables, and
30.8 in deployers' faces with tall capitals."""
_BODY: Final = frozenset(
    {Kind.LINE, Kind.SECTION, Kind.BESIDE, Kind.CENTRED, Kind.ASIDE, Kind.SIGNER, Kind.TABLE}
)
_ABOVE: Final = {
    **dict.fromkeys(_BODY, STEP_MOST),
    Kind.LEGEND: 1300,
    Kind.AGENCY: 3400,
    Kind.MOTTO_ALONE: 2800,
    Kind.SUBTITLE: 1700,
    Kind.ATTESTATION: 4200,
    Kind.HINT: 1500,
    Kind.CORNER: 5500,
    Kind.TITLE: 7000,
}
"""Greatest distance of a block's first base line from the last one above; seen: some points less. Those
of the foot follow from the symbol and the fields."""
BESIDES: Final = 3200
"""What blocks take at the end of a page besides the distance of their base lines: 4 mm above a
heading, a capital's height, 1.8 mm above the rule of a table."""
TOGETHER: Final = 3
"""Lines of one text that go to the next page together; of a longer one it is two."""
_STICKY: Final = frozenset({Kind.SECTION, Kind.SIGNER})
"""Blocks that do not stand alone at the end of a page."""
_FOOT: Final = frozenset({Kind.ATTESTATION, Kind.CAPTION})
FOOT_BELOW: Final = round(25 * MM)
"""What the foot may take above and below its words: 12 mm for the name, 7 mm above, two lines."""


def check_spacing(placed: Sequence[Placed]) -> None:
    """Require the distances of the frame.

    Args:
        placed: all runs of the pages in their order.

    Raises:
        OutOfPlace: something is further away.
    """
    low: Placed | None = None
    before: Placed | None = None
    for number, each in enumerate(placed):
        if before is not None and each.page != before.page:
            if each.starts:
                _turned(placed, number, low or before)
            low = None
        elif each.starts and low is not None:
            down = low.run.base - each.run.base
            if down > _ABOVE.get(each.kind, down):
                raise OutOfPlace(each.source)
        if each.kind is Kind.PLACE and before is not None and before.kind is Kind.NUMBER:
            _level(before, each)
        if low is None or each.run.base < low.run.base or each.starts:
            low = each
        before = each


def _level(number: Placed, place: Placed) -> None:
    """Require that the number and the place of issue stand on one line."""
    if abs(number.run.base - place.run.base) > LEVEL:
        raise OutOfPlace(place.source)


def _turned(placed: Sequence[Placed], number: int, low: Placed) -> None:
    """Require that what begins a page had no room on the page before."""
    first = placed[number]
    here = [each for each in placed[number:] if each.page == first.page]
    if _goes_on(here):
        return  # the rest of a row, whose lines were looked at one by one
    if first.kind in _FOOT:
        need = TOP - min(each.run.base for each in here) + FOOT_BELOW
    else:
        need = first.run.base - _lowest_kept(here) + BESIDES
    if low.run.base - BOTTOM > need:
        raise OutOfPlace(first.source)


def _goes_on(here: Sequence[Placed]) -> bool:
    """Tell whether a page begins, below a table's head, with the rest of a row."""
    found = next((each for each in here if each.source != "words"), None)
    return found is not None and found.kind is Kind.TABLE and not found.starts


def _lowest_kept(here: Sequence[Placed]) -> int:
    """Return the lowest base line of what goes to the next page together with its first block."""
    starts = [n for n, each in enumerate(here) if each.starts] + [len(here)]
    last = 0
    while here[starts[last]].kind in _STICKY and last + 2 < len(starts):
        last += 1
    if here[starts[last]].kind is Kind.TABLE and last + 2 < len(starts):
        last += 1  # a head goes with its first row, which stays whole
        return min(each.run.base for each in here[: starts[last + 1]])
    begin, end = starts[last], starts[last + 1]
    lines = sorted({each.run.base for each in here[begin:end]}, reverse=True)
    kept = lines[: TOGETHER if len(lines) <= TOGETHER else TOGETHER - 1]
    return min(kept)
