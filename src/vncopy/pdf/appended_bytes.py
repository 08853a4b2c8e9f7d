"""Is every byte that was appended after a signature explained by a cross-reference section?

A reader that follows the last section sees nothing of what no section names. Other readers do: they
rebuild the table from whatever looks like an object, or they take the file for something else, a page
for browsers, an archive. So what was appended to a signed file has to be, without a gap: objects,
each named once and where it stands; a section that continues the one before; its pointer; an end mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from vncopy.pdf.sections import (
    LAST_POINTER,
    POINTER_WINDOW,
    Section,
    differ,
    is_table,
    kind_of,
    packed_numbers,
    read_stream,
    read_table,
)
from vncopy.pdf.spelling import Budget, Spelled, SpellingError, blanks, read_object

__all__ = ["unexplained"]

_POINTER: Final = re.compile(rb"startxref\s{1,4}([0-9]{1,10})\s{1,4}%%EOF(?:\r\n|\n|\r|\Z)")
_COMMENT: Final = re.compile(rb"%[\x20-\x7e]{0,80}(?:\r\n|\n|\r)")
"""One line that some writers leave with their name; not an end mark."""
_MOST_COMMENTS: Final = 3
_HARMFUL: Final = re.compile(rb"obj|xref|trailer|stream|%%EOF|[<>]")


@dataclass(slots=True)
class _Part:
    """What was appended, while it is read."""

    data: bytes
    """The file, up to the end of the part."""
    budget: Budget = field(default_factory=Budget)
    """How many words may still be read."""


def unexplained(data: bytes, start: int, end: int) -> str:
    """Return what is not in order about the bytes of an appended part.

    Args:
        data: the file.
        start: where the part begins: the end of what a signature covers.
        end: where it ends: the end of what the next one covers, or of the file.

    Returns:
        A word for it; empty: every byte is explained.
    """
    if start >= end:
        return ""
    pointers = LAST_POINTER.findall(data, max(0, start - POINTER_WINDOW), start)
    if not pointers:
        return "previous"
    before, at = int(pointers[-1]), start
    part = _Part(data[:end])
    try:
        while blanks(part.data, at) < end:
            at, before = _revision(part, at, before)
    except SpellingError as error:
        return str(error)
    return ""


def _revision(part: _Part, at: int, before: int) -> tuple[int, int]:
    """Read one revision: objects, a section, its pointer, an end mark.

    Args:
        part: what is read.
        at: where the revision begins.
        before: where the section before it stands.

    Returns:
        Where the revision ends, and where its section stands.

    Raises:
        SpellingError: it is not in order.
    """
    data, objects, comments = part.data, dict[int, Spelled](), 0
    table: tuple[int, Section] | None = None
    while True:
        at = blanks(data, at)
        pointer = _POINTER.match(data, at)
        if pointer is not None:
            break
        found = read_object(data, at, part.budget) if table is None else None
        comment = _COMMENT.match(data, at)
        if found is not None:
            objects[found.start] = found
            at = found.end
        elif table is None and is_table(data, at):
            section, end = read_table(data, at, part.budget)
            table, at = (at, section), end
        elif comment is not None and comments < _MOST_COMMENTS and not _HARMFUL.search(comment[0]):
            comments += 1
            at = comment.end()
        else:
            raise SpellingError("bytes")
    where = int(pointer[1])
    _hold(part, _section_of(part, where, table, objects), objects, before)
    return pointer.end(), where


def _section_of(
    part: _Part, where: int, table: tuple[int, Section] | None, objects: dict[int, Spelled]
) -> Section:
    """Return the section that the pointer names: the table, or a stream of this revision."""
    if table is None:
        return _stream_at(part, where, objects)
    if table[0] != where:
        raise SpellingError("pointer")
    section = table[1]
    beside = section.number(b"/XRefStm")
    if beside is not None:
        also = _stream_at(part, beside, objects)
        if differ(section, also):
            raise SpellingError("hybrid")
        section.in_use |= also.in_use
        section.packed |= also.packed
        section.ranks |= also.ranks
    return section


def _stream_at(part: _Part, where: int, objects: dict[int, Spelled]) -> Section:
    """Return the cross-reference stream of this revision that stands at a place."""
    if where not in objects:
        raise SpellingError("pointer")
    section = read_stream(part.data, objects[where], part.budget)
    # A cross-reference stream may name itself or not (ISO 32000-1 §7.5.8.3).
    section.in_use.setdefault(objects[where].number, (where, 0))
    return section


def _hold(part: _Part, section: Section, objects: dict[int, Spelled], before: int) -> None:
    """Compare the rows of a section with the objects of its revision.

    Raises:
        SpellingError: they differ, or it does not continue the section before.
    """
    if section.number(b"/Prev") != before:
        raise SpellingError("previous")
    named = {}
    for number, (offset, generation) in section.in_use.items():
        found = objects.get(blanks(part.data, offset))
        if found is None or (found.number, found.generation) != (number, generation):
            raise SpellingError("row")
        named[found.start] = found
    if named.keys() != objects.keys():
        raise SpellingError("object unnamed")
    holders = [found for found in objects.values() if kind_of(found) == b"/ObjStm"]
    if not set(section.packed.values()) <= {found.number for found in holders}:
        raise SpellingError("row packed")
    for holder in holders:
        # Readers go by the number or by the rank: one that is there twice is two objects.
        inside = {number for number, held_by in section.packed.items() if held_by == holder.number}
        numbers = packed_numbers(part.data, holder)
        ranks = [section.ranks.get(number) for number in numbers]
        if set(numbers) != inside or ranks != list(range(len(numbers))):
            raise SpellingError("row packed")
