"""Which fonts a page is set in: those that the typesetter carries, or a deployer's own.

Layout rules ask for Times New Roman (NĐ 30/2020/NĐ-CP), which nobody may redistribute. A deployer
who has it, or a metric twin with all of Vietnamese, names its folder. Fonts of the machine are
never looked at.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from vncopy.errors import UsageError
from vncopy.pdf.printed import DEFAULT_FONTS

__all__ = ["BUILTIN_FONTS", "PageFonts"]

_SUFFIXES: Final = frozenset({".ttf", ".otf", ".ttc", ".otc"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFonts:
    """Font families of a page and where their files lie."""

    families: tuple[str, ...]
    """Names, first choice first; each with all of Vietnamese."""
    folder: str | None = None
    """Folder of TrueType or OpenType files; ``None``: the families come with the typesetter."""

    def digest(self) -> str | None:
        """Return SHA-256 (hex) over the folder's font files, ``None`` without folder.

        Raises:
            UsageError: the folder holds no font file.
        """
        return None if self.folder is None else _digest(self.folder)


BUILTIN_FONTS: Final = PageFonts(families=DEFAULT_FONTS)
"""The family that the typesetter carries inside."""


@cache
def _digest(folder: str) -> str:
    """Return the digest over the font files of a folder, by name; read once a process."""
    place = Path(folder)
    files = sorted(p for p in place.rglob("*") if p.suffix.lower() in _SUFFIXES and p.is_file())
    if not files:
        raise UsageError.of(
            "fonts.folder",
            "page.font",
            vi="thư mục phông chữ không có tệp phông chữ nào",
            en="the folder of fonts holds no font file",
        )
    total = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        total.update(f"{file.relative_to(place).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()
