"""Where runs of text and lines stand on a page, as plain values that may come from another process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vncopy.pdf.readings import ShownRun

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vncopy.pdf.layout import Box, Line, Words

__all__ = ["boxes_of", "runs_of"]


def runs_of(words: Iterable[Words], page: Box) -> tuple[ShownRun, ...]:
    """Return runs of text in hundredths of a point.

    Args:
        words: the runs in the order of drawing, in points.
        page: the page's box, from whose lower left corner is counted.
    """
    left, bottom = page[:2]
    return tuple(
        ShownRun(
            text=each.text,
            left=round(100 * (each.left - left)),
            first=round(100 * (each.first - left)),
            end=round(100 * (each.end - left)),
            right=round(100 * (each.right - left)),
            base=round(100 * (each.base - bottom)),
            size=round(100 * each.size),
        )
        for each in words
    )


def boxes_of(found: Iterable[Line | Box], page: Box) -> tuple[tuple[int, int, int, int], ...]:
    """Return lines, or boxes, in hundredths of a point from the lower left corner of the page.

    Args:
        found: lines or boxes, in points.
        page: the page's box.
    """
    return tuple(_box(each, page) for each in found)


def _box(found: Line | Box, page: Box) -> tuple[int, int, int, int]:
    if isinstance(found, tuple):
        left, bottom, right, top = found
    else:
        left, bottom, right, top = found.left, found.bottom, found.right, found.top
    x, y = page[:2]
    edges = (left - x, bottom - y, right - x, top - y)
    first, second, third, fourth = (round(100 * edge) for edge in edges)
    return first, second, third, fourth
