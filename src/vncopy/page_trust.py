"""What a receiver lends to the reading of pages: outlines of further faces, and earlier templates.

A page is read from its shapes (:mod:`vncopy.pdf.glyphs`). The library knows the faces that the
typesetter brings. A deployer who sets copies in another face gives a table of its outlines, and a
receiver who trusts that table puts it into his trust folder. It holds digests and no outlines, so
that it may be handed on where the font itself may not.

A page is compared with the words of its template. A copy lives longer than a template stays as it is:
earlier ones are kept, those of the library beside its own, those of deployers in the trust folder.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vncopy.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "FONT_TABLE_HEAD",
    "MAX_FONT_BYTES",
    "MAX_FONT_ROWS",
    "MAX_TEMPLATE_BYTES",
    "TEMPLATE_HEAD",
    "FontTable",
    "KeptTemplate",
    "check_font_tables",
    "font_lines",
    "font_row",
    "font_rows",
    "parse_font_table",
    "parse_kept_template",
]

FONT_TABLE_HEAD: Final = "# vncopy font table 1"
"""First line of a table: format and version of its digests."""
MAX_FONT_ROWS: Final = 40_000
"""Rows of all tables together: three faces of a family have 1,200 to 3,000. They travel to the process
that reads the file with each file, and are read there in a twentieth of a second."""
MAX_FONT_BYTES: Final = 4_000_000
"""Bytes of all tables together; a row has 35 to 60."""
TEMPLATE_HEAD: Final = "// vncopy template "
"""How a kept template begins; the template's name follows, as the document class gives it."""
MAX_TEMPLATE_BYTES: Final = 200_000
"""Bytes of one kept template; the longest of the library has 4,000."""
_TEMPLATE_NAME: Final = re.compile(r"[A-Za-z_][\w.]{0,100}:[\w./-]{1,150}\.typ")
_DIGITS: Final = 24
"""Hexadecimal digits of the digest of an outline."""
_ROW: Final = re.compile(
    r"(?P<digest>[0-9a-f]{24}) (?P<width>\d{1,5}(?:\.\d{1,3})?)"
    r"(?P<texts>(?: [0-9A-F]{4,6}(?:\+[0-9A-F]{4,6}){0,7}){1,16})"
)
_NEVER: Final = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})
"""Categories of characters that no glyph shows: controls, marks of direction, unassigned ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FontTable:
    """Outlines of faces that somebody vouches for; made by :func:`parse_font_table`."""

    name: str
    """What reports call it: the name of its file without the suffix."""
    sha256: str
    """SHA-256 of the file, hexadecimal: facts say by it whose word a page was read with."""
    content: bytes = field(repr=False)
    """The file."""


def parse_font_table(name: str, content: bytes, /) -> FontTable:
    """Return a table of outlines.

    Args:
        name: what reports call it.
        content: its file: ASCII, the line :data:`FONT_TABLE_HEAD`, then one row a line: the digest of an
            outline (:mod:`vncopy.pdf.outlines`), its width in thousandths of an em, and what it shows
            as code points, several texts where they look alike. Lines that begin with ``#`` are remarks.

    Raises:
        UsageError: it is written in another way, or names an outline twice.
    """
    if len(content) > MAX_FONT_BYTES:
        raise _too_large()
    try:
        lines = content.decode("ascii").split("\n")
    except UnicodeDecodeError:
        lines = []
    if not lines or lines[0].rstrip("\r") != FONT_TABLE_HEAD:
        raise _malformed("1")
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        row = line.rstrip("\r")
        if not row or row.startswith("#"):
            continue
        found = _ROW.fullmatch(row)
        if found is None or found["digest"] in seen or not _shown(found["texts"]):
            raise _malformed(str(number))
        seen.add(found["digest"])
    if not seen:
        raise _malformed(str(len(lines)))
    if len(seen) > MAX_FONT_ROWS:
        raise _too_large()
    return FontTable(name=name, sha256=hashlib.sha256(content).hexdigest(), content=content)


def _shown(texts: str) -> bool:
    """Tell whether texts consist of characters that a glyph can show."""
    points = [int(point, 16) for point in re.split(r"[ +]", texts.strip())]
    return all(
        point <= 0x10FFFF and unicodedata.category(chr(point)) not in _NEVER  # noqa: PLR2004
        for point in points
    )


def font_rows(table: FontTable, /) -> Iterator[tuple[bytes, float, tuple[str, ...]]]:
    """Iterate over digest, width in thousandths of an em, and texts of each outline of a table.

    Args:
        table: from :func:`parse_font_table`.
    """
    for digest, line in font_lines(table).items():
        yield bytes.fromhex(digest), *font_row(line)


def font_lines(table: FontTable, /) -> dict[str, str]:
    """Return the rows of a table by digest (hexadecimal), each still as it is written.

    Args:
        table: from :func:`parse_font_table`.
    """
    lines = table.content.decode("ascii").splitlines()
    return {line[:_DIGITS]: line for line in lines if line and line[0] != "#"}


def font_row(line: str, /) -> tuple[float, tuple[str, ...]]:
    """Return width in thousandths of an em, and texts of a row.

    Args:
        line: from :func:`font_lines`.
    """
    _, width, *shown = line.split(" ")
    texts = tuple("".join(chr(int(c, 16)) for c in each.split("+")) for each in shown)
    return float(width), texts


def check_font_tables(tables: Sequence[FontTable], /) -> None:
    """Refuse tables that are too large together, or contradict each other.

    Args:
        tables: those of one trust folder.

    Raises:
        UsageError: two of them say different things of one outline, or they are over a limit.
    """
    if sum(len(table.content) for table in tables) > MAX_FONT_BYTES:
        raise _too_large()
    known: dict[bytes, tuple[float, tuple[str, ...]]] = {}
    for table in tables:
        for digest, width, texts in font_rows(table):
            if known.setdefault(digest, (width, texts)) != (width, texts):
                raise UsageError.of(
                    f"fonts/{table.name}.txt",
                    "trust.fonts_conflict",
                    vi="hai bảng phông chữ nói khác nhau về cùng một nét chữ; hãy lập lại cả hai",
                    en="two tables of fonts say different things of one outline; make both anew",
                )
    if len(known) > MAX_FONT_ROWS:
        raise _too_large()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTemplate:
    """The source of an earlier template; made by :func:`parse_kept_template`."""

    template: str
    """Name of the template that it was, ``package:folder/file.typ``."""
    sha256: str
    """SHA-256 of the source, hexadecimal: facts say by it with which words a page was compared."""
    source: str = field(repr=False)
    """The source, without the first line."""


def parse_kept_template(content: bytes, /) -> KeptTemplate:
    """Return an earlier template.

    Args:
        content: its file: the line :data:`TEMPLATE_HEAD` with the template's name, then the source.

    Raises:
        UsageError: it begins in another way, or is too large.
    """
    head, _, source = content.partition(b"\n")
    try:
        name = head.decode("ascii").rstrip("\r").removeprefix(TEMPLATE_HEAD)
        text = source.decode("utf-8")
    except UnicodeDecodeError:
        name, text = "", ""
    if (
        len(content) > MAX_TEMPLATE_BYTES
        or not head.startswith(TEMPLATE_HEAD.encode())
        or _TEMPLATE_NAME.fullmatch(name) is None
    ):
        raise UsageError.of(
            "",
            "trust.template",
            vi=f"mẫu trình bày lưu lại phải bắt đầu bằng dòng `{TEMPLATE_HEAD}gói:tệp.typ`",
            en=f"a kept template begins with the line `{TEMPLATE_HEAD}package:file.typ`",
        )
    return KeptTemplate(template=name, sha256=hashlib.sha256(source).hexdigest(), source=text)


def _malformed(line: str) -> UsageError:
    return UsageError.of(
        "",
        "trust.font_table",
        vi=f"không phải bảng phông chữ do `vncopy trust fonts` lập (dòng {line})",
        en=f"no table of fonts as `vncopy trust fonts` writes it (line {line})",
    )


def _too_large() -> UsageError:
    return UsageError.of(
        "fonts",
        "trust.size",
        vi="các bảng phông chữ quá lớn",
        en="the tables of fonts are too large",
    )
