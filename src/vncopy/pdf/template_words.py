"""Which words and values a template prints, in which order: read from its source.

Templates are written in a little language inside typst (see ``templates/frame.typ``): every fixed
word is a string literal, every value is named by a path, and both stand in the order of the page.
So the source itself says what the page must say, thirty years later and without typst.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = [
    "BLANK",
    "Block",
    "Call",
    "Cell",
    "Kind",
    "Piece",
    "Row",
    "blocks_of",
    "body_of",
    "is_plain",
    "parse_template",
]

BLANK: Final = "\t"
"""Stands before a piece where a value is empty: the dotted line of the frame, of any length."""

_TOKEN = re.compile(
    r'(?P<string>"(?:[^"\\]|\\.)*")'
    r"|(?P<comment>//[^\n]*|/\*.*?\*/)"
    r"|(?P<named>[A-Za-z_][\w-]*\s*:\s*(?!:))"
    r"|(?P<call>#?[A-Za-z_][\w-]*)\("
    r"|(?P<keyword>#(?:import|show|set)\b[^\n]*)"
    r"|(?P<open>\()"
    r"|(?P<close>\))"
    r"|(?P<other>.)",
    re.DOTALL,
)
_ESCAPES = {"\\n": "\n", "\\t": "\t", '\\"': '"', "\\\\": "\\"}
_PRINTING = frozenset(
    {"line", "beside", "centred", "aside", "section", "each", "rows", "original-signer"}
)
"""Functions of the frame that print; any other call may arrange, not speak."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the frame's language, or a bracketed array (``name`` is empty)."""

    name: str
    """Function, ``""`` for an array."""
    parts: tuple[str | Call, ...]
    """Literals and nested arrays, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text that the page must show."""

    source: str
    """Path of the field (``mother.full_name``), or ``words`` for a fixed word."""
    text: str
    """The text as printed."""
    before: str = " "
    """What the frame puts between it and the piece before in its cell: a space, nothing, a new line
    or :data:`BLANK`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Cells beside each other: each runs on by itself where the row crosses to the next page."""

    cells: tuple[tuple[Piece, ...], ...]
    """The cells from left to right."""
    header: tuple[Piece, ...] = ()
    """Words that are repeated on top of a page that begins inside this table."""


class Kind(StrEnum):
    """Where on the page a block stands; the frame's own blocks, then those of its language."""

    LEGEND = "legend"
    AGENCY = "agency"
    MOTTO = "motto"
    MOTTO_ALONE = "motto_alone"
    NUMBER = "number"
    PLACE = "place"
    CORNER = "corner"
    TITLE = "title"
    SUBTITLE = "subtitle"
    ATTESTATION = "attestation"
    CAPTION = "caption"
    FOOT = "foot"
    HINT = "hint"
    LINE = "line"
    BESIDE = "beside"
    CENTRED = "centred"
    ASIDE = "aside"
    SECTION = "section"
    TABLE = "table"
    SIGNER = "signer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Text that flows by itself, line below line."""

    pieces: tuple[Piece, ...]
    """What it says."""
    blank: bool = False
    """Whether a dotted line runs on from its last word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What stands below everything before it, in one or several cells."""

    kind: Kind
    """Where its columns are."""
    cells: tuple[Cell, ...]
    """Its cells from left to right; the head of a table."""
    rows: tuple[tuple[Cell, ...], ...] = ()
    """Rows of a table."""

    def units(self) -> Iterator[Piece | Row]:
        """Iterate over what it prints, in order."""
        cells = tuple(cell.pieces for cell in self.cells)
        if self.kind is Kind.BESIDE:
            yield Row(cells=cells)
            return
        header = tuple(piece for cell in cells for piece in cell)
        yield from header
        for row in self.rows:
            yield Row(cells=tuple(cell.pieces for cell in row), header=header)


_FRAME: Final = re.compile(
    r"#import \"frame\.typ\": \*|#show: copy-page|#?(?:line|beside|centred|aside|section|each|rows"
    r"|original-signer)(?=\()|level: \d|[\d.]+fr\b|[\s(),]|\"(?:[^\"\\]|\\.)*\"|//[^\n]*|/\*.*?\*/",
    re.DOTALL,
)


def is_plain(source: str, /) -> bool:
    """Tell whether a template has nothing but the frame's language, so that it moves nothing.

    Args:
        source: text of the ``.typ`` file.
    """
    return not _FRAME.sub("", source)


def parse_template(source: str, /) -> tuple[Call, ...]:
    """Return the printing calls of a template, in the order of its source.

    Args:
        source: text of the ``.typ`` file.

    Raises:
        UsageError: brackets do not match, or a word stands outside the frame's functions.
    """
    root: list[str | Call] = []
    stack: list[tuple[str, list[str | Call]]] = [("", root)]
    skip_string = False
    for match in _TOKEN.finditer(source):
        kind, text = match.lastgroup, match.group()
        if kind == "string":
            if not skip_string:
                stack[-1][1].append(re.sub(r"\\.", lambda m: _ESCAPES.get(m[0], m[0]), text[1:-1]))
        elif kind in {"call", "open"}:
            stack.append(((match["call"] or "").lstrip("#"), []))
        elif kind == "close" and len(stack) > 1:
            name, parts = stack.pop()
            stack[-1][1].append(Call(name, tuple(parts)))
        skip_string = kind == "named"
    if len(stack) != 1:
        raise _broken("brackets do not match")
    return tuple(_top_level(root))


def _top_level(parts: Sequence[str | Call]) -> Iterator[Call]:
    """Yield the printing calls; refuse words anywhere else."""
    for part in parts:
        if isinstance(part, str):
            raise _broken("a word outside of the frame's functions")
        if part.name in _PRINTING:
            yield part
        elif tuple(_literals(part)):
            raise _broken(f"the function {part.name or '(…)'} prints words unknown to the check")


def _literals(call: Call) -> Iterator[str]:
    for part in call.parts:
        if isinstance(part, str):
            yield part
        else:
            yield from _literals(part)


def _broken(what: str) -> UsageError:
    return UsageError.of(
        "template",
        "template.words",
        vi="không đọc được mẫu trình bày: chữ cố định phải nằm trong các hàm của khung chung",
        en=f"cannot read the template: {what}",
    )


def body_of(
    calls: Sequence[Call], fields: Mapping[str, Any], signer: Mapping[str, Any] | None
) -> tuple[Piece | Row, ...]:
    """Return what the body of the page prints for these values.

    Args:
        calls: from :func:`parse_template`.
        fields: the printed values by path, ``PrintedCopy.data["fields"]``.
        signer: ``PrintedCopy.data["original_signer"]``.

    Returns:
        Pieces and rows in the order of the page.
    """
    return tuple(unit for block in blocks_of(calls, fields, signer) for unit in block.units())


def blocks_of(
    calls: Sequence[Call], fields: Mapping[str, Any], signer: Mapping[str, Any] | None
) -> tuple[Block, ...]:
    """Return what the body of the page prints, block by block.

    Args:
        calls: from :func:`parse_template`.
        fields: the printed values by path, ``PrintedCopy.data["fields"]``.
        signer: ``PrintedCopy.data["original_signer"]``.
    """
    return tuple(block for call in calls for block in _call(call, fields, signer))


def _call(
    call: Call, fields: Mapping[str, Any], signer: Mapping[str, Any] | None
) -> Iterator[Block]:
    if call.name == "original-signer":
        yield from _signer(signer)
    elif call.name == "each":
        path, *specs = call.parts
        key = str(path)[1:]
        for number, scope in enumerate(fields.get(key) or ()):
            for spec in specs:
                if isinstance(spec, Call):
                    yield from _line(spec, scope, f"{key}.{number}.", fields)
    elif call.name == "rows":
        yield from _rows(call, fields)
    elif call.name == "beside":
        cells = [part for part in call.parts if isinstance(part, Call)]
        if all(_shown(cell, fields, fields) for cell in cells):
            yield Block(
                kind=Kind.BESIDE, cells=tuple(_cell(cell, fields, "", fields) for cell in cells)
            )
    else:
        yield from _line(call, fields, "", fields)


def _line(
    spec: Call, scope: Mapping[str, Any], prefix: str, fields: Mapping[str, Any]
) -> Iterator[Block]:
    kind = Kind(spec.name) if spec.name in _KINDS else Kind.LINE
    found = [part for part in spec.parts if isinstance(part, Call)]
    cells = tuple(
        _cell(cell, scope, prefix, fields)
        for cell in found or [spec]
        if _shown(cell, scope, fields)
    )
    if cells:
        yield Block(kind=kind, cells=cells)


_KINDS: Final = frozenset({Kind.CENTRED, Kind.ASIDE, Kind.SECTION})


def _lookup(path: str, scope: Mapping[str, Any], fields: Mapping[str, Any]) -> Any:  # noqa: ANN401
    name = path[1:]
    return scope.get(name[1:]) if name.startswith(".") else fields.get(name)


def _shown(cell: Call, scope: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    return all(
        _lookup(part, scope, fields) is not None
        for part in cell.parts
        if isinstance(part, str) and part[:1] in {"@", "?"}
    )


def _cell(cell: Call, scope: Mapping[str, Any], prefix: str, fields: Mapping[str, Any]) -> Cell:
    parts = [part for part in cell.parts if isinstance(part, str) and not part.startswith("?")]
    pieces: list[Piece] = []
    gap = " "
    for part in parts:
        before = gap if gap == BLANK or part[:1] not in _CLOSING else ""
        gap = " "
        if not part.startswith("@"):
            pieces.append(Piece(source="words", text=part, before=before))
            continue
        value = _lookup(part, scope, fields)
        name = prefix + part[2:] if part.startswith("@.") else part[1:]
        texts = [str(text) for text in (value if isinstance(value, list) else [value]) if text]
        for number, text in enumerate(texts):
            pieces.append(Piece(source=name, text=text, before="\n" if number else before))
        if not texts:
            gap = BLANK
    return Cell(pieces=tuple(pieces), blank=bool(parts) and parts[-1].startswith("@"))


_CLOSING: Final = frozenset("[,;.)]")
"""Beginnings of parts that the frame puts no space before; the bracket stands in its expression."""


def _rows(call: Call, fields: Mapping[str, Any]) -> Iterator[Block]:
    path, *headers = call.parts
    key = str(path)[1:]
    if (found := fields.get(key)) is None:
        return
    header = tuple(
        Cell(
            pieces=tuple(
                Piece(source="words", text=text) for text in cell.parts if isinstance(text, str)
            )
        )
        for cell in headers
        if isinstance(cell, Call)
    )
    rows = tuple(
        tuple(
            Cell(pieces=(Piece(source=f"{key}.{number}.{column}", text=str(text)),) if text else ())
            for column, text in enumerate(row)
        )
        for number, row in enumerate(found)
    )
    yield Block(kind=Kind.TABLE, cells=header, rows=rows)


def _signer(signer: Mapping[str, Any] | None) -> Iterator[Block]:
    if signer is None:
        return
    lines = [
        ("signer.place_date", signer["place_date"]),
        *(("signer.position", text) for text in signer["heading"]),
        ("words", signer["done"]),
        ("signer.full_name", signer["name"]),
    ]
    for source, text in lines:
        if text:
            piece = Piece(source=source, text=str(text))
            yield Block(kind=Kind.SIGNER, cells=(Cell(pieces=(piece,)),))
