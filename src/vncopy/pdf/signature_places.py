"""The signature fields of a page: where they stand, and what is written in each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vncopy.pdf.columns import MM, RIGHT, SYMBOL, Placed
from vncopy.pdf.flow import SLACK, Column, Flow, OutOfPlace, first_word
from vncopy.pdf.template_words import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vncopy.pdf.readings import ShownPage, ShownRun
    from vncopy.pdf.template_words import Piece

__all__ = ["check_fields"]

ALONE: Final = round(60 * MM)
SEVERAL: Final = round(46 * MM)
"""Width of a field, and of each of several (templates/frame.typ)."""
APART: Final = round(4 * MM)
HEIGHT: Final = round(24 * MM)
INSET: Final = round(1.5 * MM)
"""Between the frame of a field and its text."""
ABOVE: Final = range(600, 851)
"""From the base line of the position to the fields, 2.5 mm."""
BELOW: Final = range(1300, 1801)
"""From the fields to the base line of the name, 2.5 mm and the height of capitals."""
SIZES: Final = frozenset(range(450, 901, 50))
"""Sizes of the text in a field; the greatest with which all fits."""
_NAME: Final = "statement.certifier.full_name"


def check_fields(
    pages: Sequence[ShownPage], wanted: Sequence[Sequence[Piece]], placed: Sequence[Placed]
) -> None:
    """Require the fields of the frame on the last page, each with its own lines.

    Args:
        pages: as they are seen.
        wanted: the lines of each field.
        placed: the runs of the pages.

    Raises:
        OutOfPlace: a field or its text is elsewhere.
    """
    if any(page.fields for page in pages[:-1]) or len(pages[-1].fields) != len(wanted):
        raise OutOfPlace("statement.signature")
    width = SEVERAL if len(wanted) > 1 else ALONE
    whole = len(wanted) * (width + APART) - APART
    left = (SYMBOL + RIGHT - whole) // 2
    foot = [each for each in placed if each.kind in {Kind.FOOT, Kind.HINT}]
    above = min((each.run.base for each in foot if each.source != _NAME), default=0)
    below = [each.run.base for each in foot if each.source == _NAME][:1]
    for field, runs, pieces in zip(pages[-1].fields, pages[-1].stamps, wanted, strict=True):
        edges = (
            abs(field[0] - left),
            abs(field[2] - left - width),
            abs(field[3] - field[1] - HEIGHT),
        )
        level = above - field[3] in ABOVE and all(field[1] - base in BELOW for base in below)
        if max(edges) > SLACK or not level:
            raise OutOfPlace("statement.signature")
        _check_lines(field, runs, pieces)
        left += width + APART


def _check_lines(
    field: tuple[int, int, int, int], runs: Sequence[ShownRun], pieces: Sequence[Piece]
) -> None:
    """Require that a field says its lines, each from its left edge on."""
    size = runs[0].size if runs else 0
    flow = Flow(pieces, Column(left=field[0] + INSET, right=field[2] - INSET, size=size))
    for number, run in enumerate(runs):
        flow.take(run, turned=False, word=first_word(runs, number))
    flow.close()
    if size not in SIZES or not flow.done():
        raise OutOfPlace("statement.signature")
