"""Is the one symbol of a copy in its place? What was read on the drawing against what was drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vncopy.pdf.readings import DrawnSymbol, ShownPage

__all__ = ["flaws_of_place"]

SIDE: Final = 9921
"""Hundredths of a point: 35 mm, the side of the square that holds the symbol (design, part 4)."""
SLACK: Final = 100
"""Hundredths of a point by which a symbol on a drawing of 144 dpi may be read beside its place."""
MOST_QUIET: Final = 0.25
"""Share of the square that the quiet zone may take on each side; four modules of 29 are 0.14."""


def flaws_of_place(pages: Sequence[ShownPage], found: Sequence[DrawnSymbol]) -> tuple[str, ...]:
    """Name what is wrong with the place of the symbol; nothing where no page could be read.

    Args:
        pages: the pages as they are seen.
        found: the symbols that were read on the drawn pages.
    """
    if any(page.unknown for page in pages):
        return ()
    squares = [(number, square) for number, page in enumerate(pages) for square in page.squares]
    if len(squares) != 1:
        return (f"{len(squares)} places",)
    if len(found) > 1:
        return (f"{len(found)} symbols",)
    (number, (left, top, right, bottom)) = squares[0]
    flaws = []
    if max(abs(right - left - SIDE), abs(bottom - top - SIDE)) > SLACK:
        flaws.append("size")
    for symbol in found:
        inner = symbol.box
        within = (
            symbol.page == number
            and left - SLACK <= inner[0]
            and top - SLACK <= inner[1]
            and inner[2] <= right + SLACK
            and inner[3] <= bottom + SLACK
        )
        filled = inner[2] - inner[0] >= (1 - 2 * MOST_QUIET) * SIDE
        if not (within and filled):
            flaws.append("place")
    return tuple(flaws)
