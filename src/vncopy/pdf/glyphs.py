"""What a font of a page draws for each character code: known outlines by digest, never its claims.

A table that comes with the library names the outlines of the faces that the typesetter brings, each
with the text that it shows and its width. A receiver may lend tables of further faces. What a font
says of itself (``/ToUnicode``, ``/W``) is held against them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra
from vncopy.page_trust import font_lines, font_row
from vncopy.pdf.outlines import UnknownProgram, glyph_digests
from vncopy.pdf.truetype import TRUETYPE, truetype_digests
from vncopy.pdf.unpacking import decoded_stream

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vncopy.page_trust import FontTable

__all__ = [
    "TABLE",
    "Glyph",
    "LentGlyphs",
    "PageFont",
    "claimed_texts",
    "embedded_program",
    "outlines_of",
    "read_font",
]

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
_TRUETYPE_KEYS: Final = _CID_KEYS | {"/CIDToGIDMap"}
_BREAK: Final = "\u200b"
"""Place where a long word may break: it has no shape, so the claim of the letter before has it too."""
_LAST_CODE: Final = 0xFFFF
_WIDTH: Final = 0.5
"""Thousandths of an em by which a width may differ from the face's; rounding alone is 0.0001."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """An outline that is known."""

    width: float
    """Advance in thousandths of an em."""
    texts: tuple[str, ...]
    """What it shows: usually one, some characters look alike."""
    lender: str = ""
    """SHA-256 of the receiver's table that knows it; empty: the library does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFont:
    """One font of a page, as far as it is known."""

    glyphs: dict[int, tuple[str, float]] = field(default_factory=dict)
    """Text and width by character code: what is drawn, not what is claimed."""
    lies: frozenset[int] = frozenset()
    """Codes whose outline, width or claimed text do not belong together."""
    strange: frozenset[int] = frozenset()
    """Codes whose outline no table knows, in a face that a receiver's table knows: another version of
    the face may have them, so that nothing can be said of a text that uses them."""
    known: bool = False
    """Whether this is a face of a table; else nothing can be said of its text."""
    lenders: frozenset[str] = frozenset()
    """SHA-256 of the receiver's tables that were needed."""


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


class LentGlyphs:
    """The outlines that a receiver's tables know; they are read when a font first needs them."""

    def __init__(self, tables: Sequence[FontTable] = ()) -> None:
        """Keep the tables.

        Args:
            tables: of one trust folder, which do not contradict each other.
        """
        self._tables = tables
        self._lines: list[tuple[str, dict[str, str]]] | None = None

    def get(self, digest: bytes) -> Glyph | None:
        """Return what the tables know of an outline.

        Args:
            digest: of the outline.
        """
        if self._lines is None:  # rows are taken apart one by one: a page needs some hundred
            self._lines = [(table.sha256, font_lines(table)) for table in self._tables]
        for lender, lines in self._lines:
            line = lines.get(digest.hex())
            if line is not None:
                width, texts = font_row(line)
                return Glyph(width, texts, lender)
        return None


def read_font(font: pikepdf.Object, lent: LentGlyphs | None = None) -> PageFont:
    """Return what a font of a page draws.

    Args:
        font: an entry of ``/Font`` in a page's resources.
        lent: the outlines that the receiver's tables know.
    """
    try:
        return _read(font, lent or LentGlyphs())
    except (UnknownProgram, ValueError, TypeError, KeyError, AttributeError, pikepdf.PdfError):
        return PageFont()


def _read(font: pikepdf.Object, lent: LentGlyphs) -> PageFont:
    digests, cid = outlines_of(font)
    claims = claimed_texts(font)
    widths = _widths(cid)
    found: dict[int, tuple[str, float]] = {}
    lies, lenders = set(), set()
    own = False
    for code, digest in enumerate(digests):
        # What the library knows of an outline no table of a receiver changes.
        mine = _table().get(digest)
        if code == 0 or (glyph := mine or lent.get(digest)) is None:
            continue
        own = own or mine is not None
        lenders |= {glyph.lender} - {""}
        claim = claims.get(code, "").replace(_BREAK, "")
        found[code] = (claim if claim in glyph.texts else glyph.texts[0], glyph.width)
        if claim not in glyph.texts or abs(widths.get(code, 0.0) - glyph.width) > _WIDTH:
            lies.add(code)
    if not found:
        return PageFont()
    strange = frozenset(code for code in range(1, len(digests)) if code not in found)
    return PageFont(
        glyphs=found,
        # One shape is enough to know a face of the library: a strange one beside it was put there.
        lies=frozenset(lies | strange) if own else frozenset(lies),
        strange=frozenset() if own else strange,
        known=True,
        lenders=frozenset(lenders),
    )


def outlines_of(font: pikepdf.Object) -> tuple[tuple[bytes, ...], pikepdf.Object]:
    """Return the digests of a font's outlines by character code, and its CID font.

    Args:
        font: an entry of ``/Font`` in a page's resources.

    Raises:
        UnknownProgram: a font of another build.
    """
    program, cid = embedded_program(font)
    if program.startswith(TRUETYPE):
        return truetype_digests(program), cid
    return glyph_digests(program), cid


def embedded_program(font: pikepdf.Object) -> tuple[bytes, pikepdf.Object]:
    """Return the font program of a composite font with codes of two bytes, and its CID font.

    Args:
        font: an entry of ``/Font`` in a page's resources.

    Raises:
        UnknownProgram: a font of another build.
    """
    (cid,) = font.DescendantFonts
    descriptor = cid.FontDescriptor
    programs = [key for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor]
    plain = (
        set(font.keys()) <= _FONT_KEYS
        and font.Subtype == pikepdf.Name.Type0
        and font.Encoding == pikepdf.Name("/Identity-H")
        and (_is_cff(cid, programs) or _is_truetype(cid, programs))
    )
    if not plain:
        raise UnknownProgram
    program = _decoded(descriptor[programs[0]])
    if program.startswith(TRUETYPE) != (programs == ["/FontFile2"]):
        raise UnknownProgram  # some readers go by the program, some by what the file calls it
    return program, cid


def _is_cff(cid: pikepdf.Object, programs: Sequence[str]) -> bool:
    return bool(
        programs == ["/FontFile3"]
        and set(cid.keys()) <= _CID_KEYS
        and cid.Subtype == pikepdf.Name.CIDFontType0
        and cid.FontDescriptor.FontFile3.Subtype == pikepdf.Name.CIDFontType0C
    )


def _is_truetype(cid: pikepdf.Object, programs: Sequence[str]) -> bool:
    return bool(
        programs == ["/FontFile2"]
        and set(cid.keys()) <= _TRUETYPE_KEYS
        and cid.Subtype == pikepdf.Name.CIDFontType2
        and cid.CIDToGIDMap == pikepdf.Name.Identity
    )


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
