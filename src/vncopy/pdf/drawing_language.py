"""The few phrases in which a page of a copy is drawn, and how they are read.

The typesetter draws everything with four phrases: a run of text, a stroke, the symbol, and marks
of structure, which draw nothing. A page is read phrase by phrase; a byte that belongs to none of
them ends the reading, since then somebody else drew the page. So no operator has to be understood
that could hide, clip, cover, shrink or replace text: there is none.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, replace
from typing import Final

__all__ = ["Phrase", "Stroke", "SymbolDrawing", "TextRun", "UnknownPhrase", "phrases"]

MAX_PHRASES: Final = 20_000
"""Phrases of one page; a full page of a copy has some four hundred."""

_N: Final = rb"[+-]?+(?>\d{1,9}+(?:\.\d{0,20}+)?+|\.\d{1,20}+)"
_S: Final = rb"[ \n]"
_PLAIN: Final = rb"[^()\\\r]|\\(?:[0-3][0-7]{2}|[nrtbf()\\])"
_INNER: Final = rb"\((?:%s|\((?:%s|\((?:%s)*+\))*+\))*+\)" % (_PLAIN, _PLAIN, _PLAIN)
_STRING: Final = rb"(?:\((?:%s|%s)*+\)|<[0-9A-F]*+>)" % (_PLAIN, _INNER)
"""A string; parentheses that balance need no backslash (ISO 32000-1 §7.3.4.2), four deep here."""
_PATH: Final = rb"(?:%s %s [ml]%s|h%s|(?:%s ){6}c%s)++" % (_N, _N, _S, _S, _N, _S)
_MODULES: Final = rb"(?:\d{1,3} \d{1,3} [ml]%s|h%s)++" % (_S, _S)
"""Outlines of dark modules: corners of a grid, whose unit is a module."""
_COLOUR: Final = rb"/(?P<%s_space>\w{1,8}) (?:%s) (?P<%s>(?:%s ){1,3}+)(?:%s)"
_TEXT: Final = (
    rb"(?P<text>q 1 0 0 -1 (?P<tx>%s) (?P<ty>%s) cm" % (_N, _N)
    + _COLOUR % (b"fill", b"cs", b"fill", _N, b"scn")
    + rb"\nBT 0 Tr/(?P<font>\w{1,8}) (?P<size>%s) Tf 1 0 0 -1 0 0 Tm ?" % _N
    + rb"(?:\[(?P<array>(?:%s|%s|%s)*+)\]TJ|(?P<string>%s)Tj)\nET\nQ\n)"
    % (_STRING, _N, _S, _STRING)
)
_SAID: Final = rb"(?:\([!-'*-\[\]-~]{1,4}\)|<FEFF(?:[0-9A-F]{4}){1,8}>)"
"""What a glyph stands for, as text of the file: in letters, or in UTF-16."""
_SHOWN: Final = rb" 0 Tr/\w{1,8} %s Tf 1 0 0 -1 %s 0 Tm ?(?:\[(?:%s|%s|%s)*+\]TJ|%sTj)" % (
    _N,
    _N,
    _STRING,
    _N,
    _S,
    _STRING,
)
_SPELLED: Final = (
    rb"(?P<spelled>q 1 0 0 -1 (?P<px>%s) (?P<py>%s) cm" % (_N, _N)
    + _COLOUR % (b"pen", b"cs", b"pen", _N, b"scn")
    + rb"\nBT(?P<parts>(?:%s|/Span<</ActualText%s>>BDC%s\nEMC)++)\nET\nQ\n)"
    % (_SHOWN, _SAID, _SHOWN)
)
"""A word that may break anywhere: the breaks stand in its text and not on the page, so that the
typesetter says of each glyph what it stands for."""
_PART: Final = re.compile(
    rb"(?:/Span<</ActualText(?P<said>%s)>>BDC)? 0 Tr/(?P<font>\w+) (?P<size>%s) Tf 1 0 0 -1 (?P<x>%s) 0"
    rb" Tm ?(?:\[(?P<array>(?:%s|%s|%s)*+)\]TJ|(?P<string>%s)Tj)(?:\nEMC)?"
    % (_SAID, _N, _N, _STRING, _N, _S, _STRING),
    re.DOTALL,
)
_STROKE: Final = (
    rb"(?P<stroke>q 1 0 0 -1 (?P<sx>%s) (?P<sy>%s) cm" % (_N, _N)
    + _COLOUR % (b"line", b"CS", b"line", _N, b"SCN")
    + rb" (?P<width>%s) w 4 M (?P<dotted>1 J\[0\.4 1\.9\]0 d )?(?P<path>%s)S\nQ\n)" % (_N, _PATH)
)
_SYMBOL: Final = (
    rb"(?P<symbol>q (?P<clip>%s)W\nn\n" % _PATH
    + rb"q (?P<wa>%s) 0 0 (?P<wd>%s) (?P<wx>%s) (?P<wy>%s) cm" % (_N, _N, _N, _N)
    + _COLOUR % (b"white", b"cs", b"white", _N, b"scn")
    + rb" (?P<square>%s)f\nQ\n" % _PATH
    + rb"q (?P<ma>%s) 0 0 (?P<md>%s) (?P<mx>%s) (?P<my>%s) cm" % (_N, _N, _N, _N)
    + _COLOUR % (b"black", b"cs", b"black", _N, b"scn")
    + rb" (?P<modules>%s)f\*?\nQ\nQ\n)" % _MODULES
)
_VALUE: Final = rb"(?:/\w{1,20}|%s|\[[ /\w]{0,80}\]|\([A-Za-z\-]{1,20}\)|<[0-9A-F]{1,600}>)" % _N
_OPEN: Final = (
    rb"(?P<open>/(?:Span|Artifact)<<(?P<entries>(?:/(?:MCID|Lang|Type|Subtype|Attached|Alt) ?%s)*+)>>BDC\n)"
    % _VALUE
)
_CLOSE: Final = rb"(?P<close>EMC\n?)"
_PHRASE: Final = re.compile(
    b"|".join((_OPEN, _CLOSE, _TEXT, _SPELLED, _STROKE, _SYMBOL)), re.DOTALL
)
_PIECE: Final = re.compile(rb"(%s)|(%s)" % (_STRING, _N))
_SKEW: Final = 1e-6
"""Rounding of the two factors by which a module is enlarged."""

Point = tuple[float, float]


class UnknownPhrase(Exception):
    """The page holds something that the typesetter does not write."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """Glyphs in a row, upright, of one size."""

    x: float
    y: float
    font: str
    size: float
    space: str
    colour: tuple[float, ...]
    strings: tuple[tuple[tuple[int, ...], float], ...]
    """Character codes, and what is taken off the advance after them in thousandths of the size."""
    said: str = ""
    """What the file says that it stands for, beside what its font says; empty: nothing."""
    more: tuple[TextRun, ...] = ()
    """Runs that go on from it in the same word, each in its own place."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line or outline drawn with a pen."""

    points: tuple[Point, ...]
    """Corners in page coordinates; curves by their end points and handles."""
    curved: bool
    width: float
    dotted: bool
    space: str
    colour: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SymbolDrawing:
    """A white square with dark modules on it."""

    square: tuple[Point, ...]
    clip: tuple[Point, ...]
    white: tuple[str, tuple[float, ...]]
    black: tuple[str, tuple[float, ...]]
    box: tuple[float, float, float, float]
    """Left, bottom, right, top of the dark modules."""


Phrase = TextRun | Stroke | SymbolDrawing


def phrases(content: bytes) -> list[Phrase]:
    """Read the content of a page, or of a form drawn on it.

    Args:
        content: the decoded stream.

    Raises:
        UnknownPhrase: anything is not one of the phrases.
    """
    found: list[Phrase] = []
    content += b"\n"  # the last one of a form ends without
    at, end = 0, len(content)
    while at < end:
        match = _PHRASE.match(content, at)
        if match is None or len(found) >= MAX_PHRASES:
            if not content[at:].strip(b" \n"):
                break
            raise UnknownPhrase
        at = match.end()
        if match["open"] is None and match["close"] is None:
            found.append(_phrase(match))
    return found


def _phrase(match: re.Match[bytes]) -> Phrase:
    group = match.group
    if match["text"] is not None:
        return TextRun(
            float(group("tx")),
            float(group("ty")),
            group("font").decode(),
            float(group("size")),
            group("fill_space").decode(),
            _numbers(group("fill")),
            _strings(group("string") if group("array") is None else group("array")),
        )
    if match["spelled"] is not None:
        return _spelled(match)
    if match["stroke"] is not None:
        points, curved = _points(group("path"), (1, -1, float(group("sx")), float(group("sy"))))
        return Stroke(
            points,
            curved,
            float(group("width")),
            group("dotted") is not None,
            group("line_space").decode(),
            _numbers(group("line")),
        )
    return _symbol(match)


def _spelled(match: re.Match[bytes]) -> TextRun:
    x, y = float(match["px"]), float(match["py"])
    space, colour = match["pen_space"].decode(), _numbers(match["pen"])
    first, *more = (
        TextRun(
            x + float(part["x"]),
            y,
            part["font"].decode(),
            float(part["size"]),
            space,
            colour,
            _strings(part["string"] if part["array"] is None else part["array"]),
            said=_said(part["said"]),
        )
        for part in _PART.finditer(match["parts"])
    )
    return replace(first, more=tuple(more))


def _said(text: bytes | None) -> str:
    """Return the text that the file gives to a glyph, without the places where a line may break."""
    if text is None:
        return ""
    if text[:1] == b"(":
        return text[1:-1].decode("ascii")
    return bytes.fromhex(text[5:-1].decode()).decode("utf-16-be").replace("\u200b", "") or "\0"


def _symbol(match: re.Match[bytes]) -> SymbolDrawing:
    group = match.group
    clip, first = _points(group("clip"), (1, 1, 0, 0))
    square, second = _points(
        group("square"), _numbers(b" ".join(map(group, ("wa", "wd", "wx", "wy"))))
    )
    if first or second:
        raise UnknownPhrase
    across, down, x, y = _numbers(b" ".join(map(group, ("ma", "md", "mx", "my"))))
    corners = list(map(int, group("modules").translate(None, b"mlh").split()))
    right, low = max(corners[::2]), max(corners[1::2])
    begins = (min(corners[::2]), min(corners[1::2])) == (0, 0)
    if abs(across + down) > _SKEW or not begins or right != low:
        raise UnknownPhrase  # not square, not from its own upper left corner on, or wider than high
    return SymbolDrawing(
        square,
        clip,
        (group("white_space").decode(), _numbers(group("white"))),
        (group("black_space").decode(), _numbers(group("black"))),
        (x, y + down * low, x + across * right, y),
    )


def _numbers(text: bytes) -> tuple[float, ...]:
    return tuple(map(float, text.split()))


def _points(path: bytes, matrix: tuple[float, ...]) -> tuple[tuple[Point, ...], bool]:
    """Return the points of a path in page coordinates, and whether it has curves."""
    a, d, x, y = matrix
    numbers = list(map(float, path.translate(None, b"mlhc").split()))
    across, along = numbers[::2], numbers[1::2]
    points = tuple([(a * one + x, d * other + y) for one, other in zip(across, along, strict=True)])
    return points, b"c" in path


def _strings(text: bytes) -> tuple[tuple[tuple[int, ...], float], ...]:
    """Return the character codes of each string, and what is taken off the advance after it."""
    found: list[tuple[tuple[int, ...], float]] = []
    for string, number in _PIECE.findall(text):
        if string:
            raw = bytes.fromhex(string[1:-1].decode()) if string[:1] == b"<" else _literal(string)
            if not raw or len(raw) % 2:  # an empty one would part one gap into many small ones
                raise UnknownPhrase
            found.append((struct.unpack(f">{len(raw) // 2}H", raw), 0.0))
        elif found:
            codes, before = found[-1]
            found[-1] = codes, before + float(number)
        else:
            raise UnknownPhrase
    return tuple(found)


def _literal(string: bytes) -> bytes:
    """Return what a string in parentheses stands for (ISO 32000-1 table 3).

    Octal numbers and letters are written as Python writes them; the three characters that are not
    become octal numbers, or themselves, first.
    """
    inner = string[1:-1]
    if b"\\" not in inner:
        return inner
    inner = inner.replace(b"\\\\", b"\\134").replace(b"\\(", b"(").replace(b"\\)", b")")
    return inner.decode("unicode_escape").encode("latin-1")
