"""The columns of the frame: where on the page each kind of block stands (templates/frame.typ)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vncopy.pdf.flow import Column
from vncopy.pdf.template_words import Kind

if TYPE_CHECKING:
    from vncopy.pdf.readings import ShownRun

__all__ = ["BOTTOM", "GUTTER", "LEFT", "MM", "RIGHT", "SYMBOL", "Placed", "beside", "column_of"]

MM: Final = 7200 / 25.4
LEFT: Final = round(25 * MM)
"""Hundredths of a point; so are all measures here."""
RIGHT: Final = round(190 * MM)
TOP: Final = round(277 * MM)
BOTTOM: Final = round(20 * MM)
GUTTER: Final = round(3 * MM)
SYMBOL: Final = LEFT + round(60 * MM)
_MOTTO: Final = RIGHT - round(92 * MM)
_SIGNER: Final = RIGHT - round(100 * MM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A run of text that was found where the template puts it."""

    page: int
    """Number of the page, from 0."""
    run: ShownRun
    """The run."""
    kind: Kind
    """The block to which it belongs."""
    starts: bool
    """Whether it is the first one of its block, or of a row."""
    value: bool
    """Whether it is of a value."""
    source: str
    """The field whose text it begins with."""


def column_of(kind: Kind, sizes: tuple[int, int]) -> Column:
    """Return the column of a block of one column.

    Args:
        kind: what it is.
        sizes: of items and title, in hundredths of a point.
    """
    size, title = sizes
    agency = (LEFT, _MOTTO - GUTTER)
    left, right, points, align = {
        Kind.LEGEND: (_MOTTO, RIGHT, 1000, "left"),
        Kind.AGENCY: (*agency, 1200, "centre"),
        Kind.MOTTO: (_MOTTO, RIGHT, 1200, "centre"),
        Kind.MOTTO_ALONE: (LEFT, RIGHT, 1200, "centre"),
        Kind.NUMBER: (*agency, 1200, "centre"),
        Kind.PLACE: (_MOTTO, RIGHT, 1200, "centre"),
        Kind.CORNER: (LEFT, RIGHT, 1200, "right"),
        Kind.TITLE: (LEFT, RIGHT, title, "centre"),
        Kind.SUBTITLE: (LEFT, RIGHT, size, "centre"),
        Kind.ATTESTATION: (LEFT + GUTTER, RIGHT - GUTTER, size, "left"),
        Kind.CAPTION: (LEFT, SYMBOL, 750, "left"),
        Kind.FOOT: (SYMBOL, RIGHT, size, "centre"),
        Kind.HINT: (SYMBOL, RIGHT, 1100, "centre"),
        Kind.LINE: (LEFT, RIGHT, size, "left"),
        Kind.SECTION: (LEFT, RIGHT, size, "left"),
        Kind.CENTRED: (LEFT, RIGHT, size, "centre"),
        Kind.ASIDE: (LEFT, RIGHT, size, "right"),
        Kind.SIGNER: (_SIGNER, RIGHT, size, "centre"),
    }[kind]
    return Column(left=left, right=right, size=points, align=align)


def beside(size: int) -> tuple[Column, Column]:
    """Return two columns that stay two.

    Args:
        size: of items, in hundredths of a point.
    """
    middle = (LEFT + RIGHT) // 2
    return (
        Column(left=LEFT, right=middle - GUTTER, size=size),
        Column(left=middle + GUTTER, right=RIGHT, size=size),
    )
