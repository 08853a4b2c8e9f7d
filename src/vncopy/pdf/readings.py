"""What the engines give back of one input: plain values, which may come from another process.

Every field is of a type that :mod:`vncopy.pdf.codec` carries: bytes, text, numbers, times, enums,
tuples and frozen dataclasses of these. Loading this module loads no engine.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from vncopy.facts.common import PASSED, Isolation, Step
from vncopy.facts.pdf import PDFFacts  # noqa: TC001 - the codec reads the annotations

__all__ = ["DrawnSymbol", "PDFReading", "PaperReading", "ShownPage", "ShownRun", "text_digest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRun:
    """Glyphs in a row, in hundredths of a point from the lower left corner of their page."""

    text: str = field(repr=False)
    """What they show."""
    left: int
    """Where the first one begins."""
    first: int
    """Where the first word ends."""
    end: int
    """Where the last word ends."""
    right: int
    """Where the next glyph would begin."""
    base: int
    """Height of their base line."""
    size: int
    """Size of the font."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPage:
    """One page of a copy as it is seen, read from the shapes that are drawn."""

    text: str = field(default="", repr=False)
    """Its text in the order of drawing, that of its fields at the end, with the spaces that are seen
    and a line feed for every new line."""
    unknown: tuple[str, ...] = ()
    """What could not be read: then the text proves nothing."""
    known_maker: bool = False
    """Whether the file names a typesetter whose way of drawing is known, with that one's own fonts:
    then nothing it drew is unknown."""
    wrong: tuple[str, ...] = ()
    """What no honest page has: shapes that are not what they claim, text out of place."""
    lenders: tuple[str, ...] = ()
    """SHA-256 of the receiver's tables of fonts without which the page could not have been read."""
    squares: tuple[tuple[int, int, int, int], ...] = ()
    """Squares of symbols: left, top, right, bottom in hundredths of a point from the upper left
    corner of the page."""
    modules: tuple[tuple[int, int, int, int], ...] = ()
    """What their dark modules take of these squares, likewise."""
    size: tuple[int, int] = (59528, 84189)
    """Width and height of the page in hundredths of a point; A4 if nothing else is said."""
    runs: tuple[ShownRun, ...] = field(default=(), repr=False)
    """The runs of text of the page itself, in the order of drawing."""
    fields: tuple[tuple[int, int, int, int], ...] = ()
    """Signature fields that draw something: left, bottom, right, top in hundredths of a point from
    the lower left corner."""
    stamps: tuple[tuple[ShownRun, ...], ...] = field(default=(), repr=False)
    """The runs of text of each of these fields."""
    rules: tuple[tuple[int, int, int, int], ...] = ()
    """Solid lines: left, bottom, right, top, likewise."""
    dots: tuple[tuple[int, int, int, int], ...] = ()
    """Dotted lines, likewise."""
    told: tuple[str, ...] = field(default=(), repr=False)
    """What the file tells beside its pages (:mod:`vncopy.pdf.told`); with the first page only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSymbol:
    """One symbol that was read from a drawn page."""

    text: str = field(repr=False)
    """What it says."""
    page: int
    """Number of the page, from 0."""
    box: tuple[int, int, int, int]
    """Left, top, right, bottom in hundredths of a point from the upper left corner of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PDFReading:
    """What was seen in a PDF file."""

    facts: PDFFacts
    """The facts, without those of the record and its symbol."""
    cose: bytes | None = field(default=None, repr=False)
    """The embedded COSE message, if there is exactly one."""
    record: bytes | None = field(default=None, repr=False)
    """The embedded record, if there is exactly one."""
    symbols: tuple[str, ...] | None = field(default=None, repr=False)
    """Texts of the symbols read from the drawn pages; ``None``: not drawn."""
    texts: tuple[str, ...] | None = field(default=None, repr=False)
    """Text of each page as the file claims it, where a page was not read from its shapes; ``None``:
    not drawn."""
    shown: tuple[ShownPage, ...] | None = field(default=None, repr=False)
    """Each page as it is seen; ``None``: not looked at."""
    places: tuple[DrawnSymbol, ...] = field(default=(), repr=False)
    """The symbols where they were read on the drawn pages, identical ones each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReading:
    """What was seen on a photo or scan."""

    text: str | None = field(default=None, repr=False)
    """Text of the one symbol of a copy."""
    step: Step = PASSED
    """Why there is no text."""
    isolation: Isolation = ""
    """Where the picture was read; the caller fills it in."""


def text_digest(text: str) -> str:
    """Return the SHA-256 of a symbol's text, hexadecimal: facts hold no texts."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
