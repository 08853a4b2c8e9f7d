"""Which characters a text of VNC1 may hold."""

from __future__ import annotations

from typing import Final

_RANGES: Final = ((0x20, 0x7E), (0xA0, 0x24F), (0x1E00, 0x1EFF), (0x20AB, 0x20AB))


def in_repertoire(text: str) -> bool:
    """Tell whether every character of ``text`` is within the repertoire of free text."""
    return all(any(first <= ord(c) <= last for first, last in _RANGES) for c in text)
