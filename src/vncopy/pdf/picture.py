"""A drawn page or a decoded image, as plain pixels."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Picture"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawn page or a decoded image."""

    width: int
    """Pixels in a row."""
    height: int
    """Rows."""
    channels: int
    """Bytes a pixel: 1 grey, 3 blue, green, red."""
    pixels: bytes = field(repr=False)
    """Rows from top to bottom, without padding."""
