"""The frame of a signature field: the one thing that is drawn in it besides text.

A stroke across the text of a field makes other letters of it, or strikes a name out. A frame is a
rectangle along the edges of its field with round corners.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vncopy.pdf.layout import PEN

if TYPE_CHECKING:
    from vncopy.pdf.drawing_language import Point, Stroke

__all__ = ["is_frame"]

WIDEST_CORNER: Final = 4.0
"""Points by which corners may be rounded; those of our fields are rounded by 2.5."""
_HANDLE: Final = 0.552285
"""Share of the radius by which the handles of a quarter circle lie from its ends."""
_NEAR: Final = 0.02
"""Points; sizes are written with five digits."""


def is_frame(stroke: Stroke, width: float, height: float) -> bool:
    """Tell whether a stroke is the frame of its field.

    Any four points of a frame that follow one another lie within a corner's radius of one edge, so
    that nothing crosses the field, whichever of them are ends of curves and which handles.

    Args:
        stroke: as it was drawn, from the lower left corner of the field.
        width: of the field, in points.
        height: of the field, in points.
    """
    if stroke.dotted or stroke.width > PEN or not stroke.points:
        return False
    radius = stroke.points[0][0]
    if not 0 < radius <= min(WIDEST_CORNER, width / 2, height / 2):
        return False
    frame = _rounded(width, height, radius)
    return len(stroke.points) == len(frame) and all(
        abs(x - a) <= _NEAR and abs(y - b) <= _NEAR
        for (x, y), (a, b) in zip(stroke.points, frame, strict=True)
    )


def _rounded(width: float, height: float, radius: float) -> list[Point]:
    """Return a rectangle from its upper left corner on, as the typesetter draws it."""
    far = radius * (1 - _HANDLE)
    corner = [(radius, 0.0), (far, 0.0), (0.0, far), (0.0, radius)]
    return [
        (radius, height),
        *((width - x, height - y) for x, y in corner),
        *((width - x, y) for x, y in reversed(corner)),
        *((x, y) for x, y in corner),
        *((x, height - y) for x, y in reversed(corner)),
    ]
