"""The preset dictionary of VNC1; a placeholder until scripts/build_dictionary.py has written it."""

from __future__ import annotations

from typing import Final

DICTIONARY: Final = b"vn.birth/1"
"""What DEFLATE may refer back to."""
