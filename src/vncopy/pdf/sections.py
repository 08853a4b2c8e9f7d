"""Cross-reference sections, read from the bytes: which objects a file names, and where.

Tables (ISO 32000-1 §7.5.4) and streams (§7.5.8), one at a time and nothing repaired. A library reads
the same; here two of them can be held against each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import MissingExtra
from vncopy.pdf.spelling import (
    Budget,
    Spelled,
    SpellingError,
    blanks,
    entry,
    read_object,
    read_value,
    whole_number,
)

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "LAST_POINTER",
    "POINTER_WINDOW",
    "Section",
    "differ",
    "hybrid_differs",
    "is_table",
    "kind_of",
    "packed_numbers",
    "read_stream",
    "read_table",
]

LAST_POINTER: Final = re.compile(rb"startxref\s{1,8}([0-9]{1,10})\s")
_TABLE: Final = re.compile(rb"xref[\x00\t\f ]*(?:\r\n|\n|\r)")
_PART: Final = re.compile(rb"\s*([0-9]{1,10}) ([0-9]{1,10})[\x00\t\f ]*(?:\r\n|\n|\r)")
_ROW: Final = re.compile(rb"([0-9]{10}) ([0-9]{5}) ([nf])(?: \r| \n|\r\n)")
_ROW_BYTES: Final = 20
_REFERENCE: Final = re.compile(rb"[0-9]{1,10}\s+[0-9]{1,5}\s+R(?![A-Za-z0-9])")
"""No entry that tells how to read a cross-reference stream is an object of its own."""
_TRAILER: Final = re.compile(rb"\s*trailer\s*")
POINTER_WINDOW: Final = 2_048
_MAX_WIDTH: Final = 8
MAX_SECTIONS: Final = 200
"""Cross-reference sections that are followed; a file saved a hundred times has a hundred."""
_IN_USE: Final = 1
_PACKED: Final = 2


@dataclass(slots=True)
class Section:
    """One cross-reference section."""

    in_use: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Where objects stand, and their generations."""
    packed: dict[int, int] = field(default_factory=dict)
    """Objects inside of object streams, by the stream's number."""
    ranks: dict[int, int] = field(default_factory=dict)
    """Which object of its stream each of those is, from 0."""
    free: set[int] = field(default_factory=set)
    """Objects that are none any more."""
    words: tuple[bytes, ...] = ()
    """Of the trailer."""

    def add(self, number: int, kind: int, second: int, third: int) -> None:
        """Take a row in.

        Raises:
            SpellingError: there is one for this number already, or the kind is unknown.
        """
        if number in self.in_use or number in self.packed or number in self.free:
            raise SpellingError("row twice")
        if kind == _IN_USE:
            self.in_use[number] = (second, third)
        elif kind == _PACKED:
            self.packed[number], self.ranks[number] = second, third
        elif kind == 0:
            self.free.add(number)
        else:
            raise SpellingError("row")

    def number(self, name: bytes) -> int | None:
        """Return a whole number of the trailer, ``None`` if it is not there.

        Raises:
            SpellingError: it is no whole number.
        """
        return whole_number(entry(self.words, name))


def is_table(data: bytes, at: int) -> bool:
    """Tell whether a table begins at a place.

    Args:
        data: the file.
        at: a place in it.
    """
    return _TABLE.match(data, at) is not None


def kind_of(found: Spelled) -> bytes:
    """Return the ``/Type`` of an object, empty if it has none.

    Args:
        found: the object.
    """
    return b"".join(entry(found.words, b"/Type"))


def differ(table: Section, stream: Section) -> bool:
    """Tell whether a table and the stream beside it name one object in different places.

    Args:
        table: what readers without cross-reference streams see.
        stream: what the others see besides.
    """
    placed = any(table.in_use.get(number, row) != row for number, row in stream.in_use.items())
    return placed or bool(table.in_use.keys() & stream.packed.keys())


def read_table(data: bytes, at: int, budget: Budget) -> tuple[Section, int]:
    """Read a cross-reference table with its trailer.

    Args:
        data: the file.
        at: where it stands.
        budget: how many words may still be read.

    Returns:
        The section, and the byte after its trailer.

    Raises:
        SpellingError: it is none.
    """
    section = Section()
    for number, row in _rows(data, at):
        budget.spend()
        section.add(number, int(row[3] == b"n"), int(row[1]), int(row[2]))
    section.words, end = read_value(data, _trailer(data, at), budget)
    return section, end


def _rows(data: bytes, at: int) -> Iterator[tuple[int, re.Match[bytes]]]:
    """Yield the rows of a table with the numbers of their objects."""
    head = _TABLE.match(data, at)
    if head is None:
        raise SpellingError("table")
    at = head.end()
    while (part := _PART.match(data, at)) is not None:
        at = part.end()
        for place in range(int(part[2])):
            row = _ROW.match(data, at)
            if row is None:
                raise SpellingError("row")
            yield int(part[1]) + place, row
            at += _ROW_BYTES


def _trailer(data: bytes, at: int) -> int:
    """Return where the dictionary of a table's trailer begins."""
    head = _TABLE.match(data, at)
    at = at if head is None else head.end()
    while (part := _PART.match(data, at)) is not None:
        at = part.end() + _ROW_BYTES * int(part[2])
    word = _TRAILER.match(data, at)
    if word is None or not data.startswith(b"<<", word.end()):
        raise SpellingError("trailer")
    return word.end()


def read_stream(data: bytes, found: Spelled, budget: Budget) -> Section:
    """Read a cross-reference stream.

    Args:
        data: the file.
        found: the stream.
        budget: how many words may still be read.

    Raises:
        SpellingError: it is none.
    """
    if found.data is None or kind_of(found) != b"/XRef":
        raise SpellingError("pointer")
    content, index, widths = _unpacked(data, found, found.data)
    section = Section(words=found.words)
    at, width = 0, sum(widths)
    for first, count in zip(index[::2], index[1::2], strict=True):
        for number in range(first, first + count):
            budget.spend()
            row = content[at : at + width]
            if len(row) != width:
                raise SpellingError("rows")
            section.add(number, *_fields(row, widths))
            at += width
    if at != len(content):
        raise SpellingError("rows")
    return section


def _fields(row: bytes, widths: list[int]) -> tuple[int, int, int]:
    """Return the three numbers of a row; the first is 1 where it is not written."""
    first, second, _ = widths
    kind = int.from_bytes(row[:first], "big") if first else _IN_USE
    middle = int.from_bytes(row[first : first + second], "big")
    return kind, middle, int.from_bytes(row[first + second :], "big")


def packed_numbers(data: bytes, found: Spelled) -> list[int]:
    """Return the numbers of the objects inside of an object stream, as its head lists them.

    Args:
        data: the file.
        found: the stream.

    Raises:
        SpellingError: it has no such head.
    """
    if found.data is None:
        raise SpellingError("stream")
    content, says = _decoded(data, found, found.data)
    try:
        head = [int(number) for number in content[: int(says["/First"])].split()]
        count = int(says["/N"])
    except (ValueError, TypeError, KeyError):
        raise SpellingError("packed") from None
    if len(head) != 2 * count:
        raise SpellingError("packed")
    return head[::2]


def _decoded(data: bytes, found: Spelled, place: tuple[int, int]) -> tuple[bytes, Any]:
    """Return what a stream holds, unpacked, and its dictionary without references."""
    try:
        with pikepdf.new() as pdf:
            text = _REFERENCE.sub(b"null", data[found.value[0] : found.value[1]])
            says: Any = pikepdf.Object.parse(text)
            packed = pikepdf.Stream(pdf, data[place[0] : place[1]])
            for name in ("/Filter", "/DecodeParms"):
                if name in says:
                    packed[name] = says[name]
            return packed.read_bytes(), says
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError):
        raise SpellingError("stream") from None


def _unpacked(
    data: bytes, found: Spelled, place: tuple[int, int]
) -> tuple[bytes, list[int], list[int]]:
    """Return the rows of a cross-reference stream, its ``/Index`` and its ``/W``."""
    content, says = _decoded(data, found, place)
    try:
        widths = [int(number) for number in says["/W"]]
        listed: Any = says.get("/Index", [0, says["/Size"]])
        index = [int(number) for number in listed]
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError):
        raise SpellingError("stream") from None
    if len(widths) != 3 or not sum(widths) or not all(0 <= n <= _MAX_WIDTH for n in widths):  # noqa: PLR2004 - of the format
        raise SpellingError("widths")
    if len(index) % 2 or not all(number >= 0 for number in index):
        raise SpellingError("index")
    return content, index, widths


def hybrid_differs(data: bytes, end: int) -> bool:
    """Tell whether readers that know cross-reference streams see other objects than the rest.

    A hybrid file has a table and, named by ``/XRefStm``, a stream that adds what the table hides
    (ISO 32000-1 §7.5.8.4). Where both name one object in different places, readers choose as they
    like.

    Args:
        data: the file.
        end: where the part ends whose sections are followed.
    """
    if b"/XRefStm" not in data[:end]:
        return False
    pointers = LAST_POINTER.findall(data, max(0, end - POINTER_WINDOW), end)
    where = int(pointers[-1]) if pointers else -1
    seen: set[int] = set()
    budget = Budget()
    try:
        while where >= 0:
            if where in seen or len(seen) > MAX_SECTIONS:
                return True
            seen.add(where)
            section = _at(data, where, budget)
            beside = section.number(b"/XRefStm")
            if beside is not None and differ(section, _at(data, beside, budget)):
                return True
            previous = section.number(b"/Prev")
            where = -1 if previous is None else previous
    except SpellingError:
        return True
    return False


def _at(data: bytes, where: int, budget: Budget) -> Section:
    """Read the section at a place."""
    at = blanks(data, where)
    if is_table(data, at):
        return read_table(data, at, budget)[0]
    found = read_object(data, at, budget)
    if found is None:
        raise SpellingError("pointer")
    return read_stream(data, found, budget)
