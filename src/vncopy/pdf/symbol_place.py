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
READ_BESIDE: Final = 300
"""Hundredths of a point between the edges of the modules and what the reader takes for them."""


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
    ((number, (left, top, right, bottom)),) = squares
    if len(pages[number].modules) != 1:  # an honest reader gives one for each square
        return ("modules",)
    (modules,) = pages[number].modules
    flaws = []
    if max(abs(right - left - SIDE), abs(bottom - top - SIDE)) > SLACK:
        flaws.append("size")
    for symbol in found:
        apart = max(abs(a - b) for a, b in zip(symbol.box, modules, strict=True))
        if symbol.page != number or apart > READ_BESIDE:
            flaws.append("place")
    return tuple(flaws)
