"""What a font of a page draws for each character code: known outlines by digest, never its claims.

A table that comes with the library names the outlines of the page's faces, each with the text that
it shows and its width. What a font says of itself (``/ToUnicode``, ``/W``) is held against it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Final

from vncopy.errors import MissingExtra
from vncopy.pdf.outlines import UnknownProgram, glyph_digests
from vncopy.pdf.unpacking import decoded_stream

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

__all__ = ["TABLE", "Glyph", "PageFont", "claimed_texts", "embedded_program", "read_font"]

TABLE: Final = "known_glyphs.txt"
"""The table of outlines beside this module: digest, width in thousandths, text as code points."""
MAX_PROGRAM: Final = 2_000_000
"""Decoded bytes of a font program or map; a whole face has 0.5 MB, a copy's subset 15 kB."""
_PAIRS: Final = re.compile(rb"(?:\s*+<[0-9A-Fa-f]{4}>\s*+<(?:[0-9A-Fa-f]{4}){1,8}+>)*+\s*+")
_SECTION: Final = re.compile(rb"\d+\s+beginbfchar\s(.*?)endbfchar", re.DOTALL)
_PAIR: Final = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_OTHER_MAPS: Final = re.compile(rb"bfrange|cidchar|cidrange|notdef|usecmap")
_FONT_KEYS: Final = frozenset(
    {"/Type", "/Subtype", "/BaseFont", "/Encoding", "/DescendantFonts", "/ToUnicode"}
)
_CID_KEYS: Final = frozenset(
    {"/Type", "/Subtype", "/BaseFont", "/CIDSystemInfo", "/DW", "/W", "/FontDescriptor"}
)
_LAST_CODE: Final = 0xFFFF
_WIDTH: Final = 0.5
"""Thousandths of an em by which a width may differ from the face's; rounding alone is 0.0001."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """An outline that is known."""

    width: int
    """Advance in thousandths of an em."""
    texts: tuple[str, ...]
    """What it shows: usually one, some characters look alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFont:
    """One font of a page, as far as it is known."""

    glyphs: dict[int, tuple[str, int]] = field(default_factory=dict)
    """Text and width by character code: what is drawn, not what is claimed."""
    lies: frozenset[int] = frozenset()
    """Codes whose outline, width or claimed text do not belong together."""
    known: bool = False
    """Whether this is a face of the table; else nothing can be said of its text."""


@cache
def _table() -> dict[bytes, Glyph]:
    """Return the known outlines by digest; read once a process."""
    text = resources.files("vncopy.pdf").joinpath(TABLE).read_text(encoding="ascii")
    found: dict[bytes, Glyph] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        digest, width, *shown = line.split(" ")
        texts = tuple("".join(chr(int(c, 16)) for c in each.split("+")) for each in shown)
        found[bytes.fromhex(digest)] = Glyph(int(width), texts)
    return found


WARM: Final = (_table,)
"""Called before the process that reads files is shut off (:mod:`vncopy.pdf.warm`)."""


def read_font(font: pikepdf.Object) -> PageFont:
    """Return what a font of a page draws.

    Args:
        font: an entry of ``/Font`` in a page's resources.
    """
    try:
        return _read(font)
    except (UnknownProgram, ValueError, TypeError, KeyError, AttributeError, pikepdf.PdfError):
        return PageFont()


def _read(font: pikepdf.Object) -> PageFont:
    program, cid = embedded_program(font)
    digests = glyph_digests(program)
    claims = claimed_texts(font)
    widths = _widths(cid)
    table = _table()
    found: dict[int, tuple[str, int]] = {}
    lies = set()
    for code, digest in enumerate(digests):
        glyph = table.get(digest)
        if code == 0 or glyph is None:
            continue
        claim = claims.get(code, "")
        found[code] = (claim if claim in glyph.texts else glyph.texts[0], glyph.width)
        if claim not in glyph.texts or abs(widths.get(code, 0.0) - glyph.width) > _WIDTH:
            lies.add(code)
    if not found:
        return PageFont()
    # One shape of a face is enough to know the face: a strange one beside it was put there.
    strange = {code for code in range(1, len(digests)) if code not in found}
    return PageFont(glyphs=found, lies=frozenset(lies | strange), known=True)


def embedded_program(font: pikepdf.Object) -> tuple[bytes, pikepdf.Object]:
    """Return the font program of a composite font with codes of two bytes, and its CID font.

    Args:
        font: an entry of ``/Font`` in a page's resources.

    Raises:
        UnknownProgram: a font of another build.
    """
    (cid,) = font.DescendantFonts
    descriptor = cid.FontDescriptor
    program = descriptor.FontFile3
    plain = (
        set(font.keys()) <= _FONT_KEYS
        and set(cid.keys()) <= _CID_KEYS
        and font.Subtype == pikepdf.Name.Type0
        and font.Encoding == pikepdf.Name("/Identity-H")
        and cid.Subtype == pikepdf.Name.CIDFontType0
        and "/FontFile" not in descriptor
        and "/FontFile2" not in descriptor
        and program.Subtype == pikepdf.Name.CIDFontType0C
    )
    if not plain:
        raise UnknownProgram
    return _decoded(program), cid


def _decoded(stream: pikepdf.Object) -> bytes:
    """Return the content of a font program or map.

    Raises:
        UnknownProgram: there is none, or it is too long.
    """
    content = decoded_stream(stream, MAX_PROGRAM) if isinstance(stream, pikepdf.Stream) else None
    if content is None:
        raise UnknownProgram
    return content


def claimed_texts(font: pikepdf.Object) -> dict[int, str]:
    """Return what a font's ``/ToUnicode`` claims, by character code.

    Args:
        font: an entry of ``/Font`` in a page's resources.

    Raises:
        UnknownProgram: the map is written in another way than one code a line.
    """
    content = _decoded(font.ToUnicode)
    if _OTHER_MAPS.search(content):
        raise UnknownProgram
    found: dict[int, str] = {}
    for section in _SECTION.findall(content):
        if not _PAIRS.fullmatch(section):
            raise UnknownProgram
        for code, text in _PAIR.findall(section):
            number = int(code, 16)
            if number in found:
                raise UnknownProgram
            found[number] = bytes.fromhex(text.decode()).decode("utf-16-be")
    return found


def _widths(cid: pikepdf.Object) -> dict[int, float]:
    """Return the widths that viewers advance by; written as ranges (ISO 32000-1 §9.7.4.3)."""
    words = cid.W.unparse(resolved=True).strip(b"[ ]").split()
    found: dict[int, float] = {}
    for first, last, width in zip(words[::3], words[1::3], words[2::3], strict=True):
        codes = range(int(first), int(last) + 1)
        if not codes or not 0 <= codes[0] <= codes[-1] <= _LAST_CODE:
            raise UnknownProgram
        if not found.keys().isdisjoint(codes):  # of two widths some viewers take the first
            raise UnknownProgram
        found |= dict.fromkeys(codes, float(width))
    return found
