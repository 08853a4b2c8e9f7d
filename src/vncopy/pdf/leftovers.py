"""Bytes of a file that its tables of objects do not lead to, and states that it had before.

Tables say where each object is; whatever else is written between them sleeps there. A later table
of a few bytes can name it. The search is by spelling, as in :mod:`vncopy.pdf.byte_ranges`: what a
library follows is what the tables name.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import MissingExtra
from vncopy.facts.pdf import HiddenFacts
from vncopy.pdf.attachments import STRING
from vncopy.pdf.revisions import Snapshot, read_snapshot
from vncopy.pdf.sections import (
    LAST_POINTER,
    MAX_SECTIONS,
    POINTER_WINDOW,
    is_table,
    read_stream,
    read_table,
)
from vncopy.pdf.spelling import Budget, SpellingError, blanks, read_object

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vncopy.pdf.limits import ReadingLimits
    from vncopy.pdf.revisions import ObjectId

__all__ = ["EarlierStates", "earlier_states", "reached", "references", "unlisted_objects"]

_REFERENCE: Final = re.compile(rb"(?<![0-9A-Za-z.])([0-9]{1,10}) ([0-9]{1,5}) R(?![0-9A-Za-z])")
_WORD: Final = re.compile(
    STRING.pattern + rb"|(?<![0-9A-Za-z.])([0-9]{1,10}) ([0-9]{1,5}) R(?![0-9A-Za-z])", re.DOTALL
)
"""A string, or a reference."""
_LONG: Final = 200
"""Bytes from which on a spelled object is told by its digest."""
_OBJECT: Final = re.compile(
    rb"(?<![0-9])([0-9]{1,10})[\s]{1,4}([0-9]{1,5})[\s]{1,4}obj(?![A-Za-z])"
)
_TRAILER: Final = re.compile(rb"(?<![A-Za-z])trailer(?![A-Za-z])")
_END: Final = re.compile(rb"%%EOF(?:\r\n|\n|\r)?")
_CONTENT_KEYS: Final = ("/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
"""What a page shows besides its annotations."""
_MOST_STATES: Final = 8
"""Earlier states of a file that are read; more than are read count as one more finding."""


def reached(snapshot: Snapshot) -> set[ObjectId]:
    """Return the objects that the trailer leads to.

    Args:
        snapshot: an open file.
    """
    names = references(snapshot.pdf.trailer.unparse(resolved=True))
    return _closure(snapshot, names)


def _closure(snapshot: Snapshot, start: set[ObjectId]) -> set[ObjectId]:
    """Return ``start`` and everything that it leads to."""
    found: set[ObjectId] = set()
    todo = [key for key in start if key in snapshot.texts]
    while todo:
        key = todo.pop()
        if key in found:
            continue
        found.add(key)
        todo.extend(references(snapshot.texts[key]) & snapshot.texts.keys() - found)
    return found


def references(text: bytes) -> set[ObjectId]:
    """Return the objects that a spelled object names.

    Args:
        text: the object, as a snapshot has it.
    """
    if b" R" not in text:
        return set()
    plain = STRING.sub(b"()", text)
    return {(int(number), int(generation)) for number, generation in _REFERENCE.findall(plain)}


@dataclass(slots=True)
class _Listed:
    """What the cross-reference sections of a file name, followed from the last one backwards."""

    places: set[tuple[int, int, int]] = field(default_factory=set)
    """Number, generation and place of objects."""
    packed: set[tuple[int, int]] = field(default_factory=set)
    """Numbers of objects inside of object streams, with the number of the stream."""
    sections: set[int] = field(default_factory=set)
    """Where the sections stand."""
    tables: int = 0
    """How many of them are tables with a trailer."""

    def follow(self, data: bytes) -> None:
        """Follow the sections.

        Raises:
            SpellingError: one cannot be read.
        """
        budget = Budget(comments=True)
        pointers = LAST_POINTER.findall(data, max(0, len(data) - POINTER_WINDOW))
        todo = [int(pointers[-1])] if pointers else []
        while todo:
            where = todo.pop()
            if where in self.sections or len(self.sections) > MAX_SECTIONS:
                continue
            self.sections.add(where)
            at = blanks(data, where)
            if is_table(data, at):
                section = read_table(data, at, budget)[0]
                self.tables += 1
            else:
                found = read_object(data, at, budget)
                if found is None:
                    raise SpellingError("pointer")
                section = read_stream(data, found, budget)
                self.places.add((found.number, found.generation, at))
            for number, (offset, generation) in section.in_use.items():
                self.places.add((number, generation, blanks(data, offset)))
            self.packed |= set(section.packed.items())
            more = (section.number(b"/Prev"), section.number(b"/XRefStm"))
            todo += [each for each in more if each is not None]


def unlisted_objects(data: bytes, final: Snapshot) -> Iterator[HiddenFacts]:
    """Yield objects that are written where no table names them, and tables that nothing leads to.

    Args:
        data: the whole file.
        final: its objects.
    """
    listed = _Listed()
    listed.follow(data)
    unlisted = sum(
        (int(match[1]), int(match[2]), match.start()) not in listed.places
        for match in _OBJECT.finditer(data)
    )
    trailers = len(_TRAILER.findall(data)) - listed.tables
    packed = 0
    for key, item in final.objects.items():
        if isinstance(item, pikepdf.Stream) and str(item.get("/Type", "")) == "/ObjStm":
            head = item.read_bytes()[: int(item.get("/First", 0))].split()
            numbers = [int(number) for number in head[::2]]
            packed += sum((number, key[0]) not in listed.packed for number in numbers)
            packed += len(numbers) - len(set(numbers))  # one of two is not the one that is named
    words = (("unlisted", unlisted), ("trailers", trailers), ("packed", packed))
    found = [f"{count} {word}" for word, count in words if count > 0]
    if found:
        count = sum(count for _, count in words if count > 0)
        yield HiddenFacts(kind="twice", count=count, detail=", ".join(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierStates:
    """What a file was at the revisions that no signature ends."""

    used: frozenset[ObjectId]
    """The objects that took part in one of them."""
    changed: int
    """What the pages showed before the first signature, besides their fields, and not then."""


def earlier_states(
    data: bytes, earlier: dict[int, Snapshot], ends: Sequence[int], limits: ReadingLimits
) -> EarlierStates:
    """Read what a file was at the revisions that no signature ends.

    Fields that were filled before the signature are no finding: every form that is signed was
    filled. What a page shows besides its fields is.

    Args:
        data: the whole file.
        earlier: the file as it was at the end of each signed part, and the whole.
        ends: where the signatures end.
        limits: how many objects are looked at.
    """
    first = min((end for end in ends if end in earlier), default=0)
    cuts = [match.end() for match in _END.finditer(data) if match.end() not in earlier]
    if not first or not cuts:
        return EarlierStates(used=frozenset(), changed=0)
    signed = _shown(earlier[first])
    used: set[ObjectId] = set()
    changed = max(0, len(cuts) - _MOST_STATES)
    for cut in cuts[:_MOST_STATES]:
        try:
            before = read_snapshot(data[:cut], limits)
        except (pikepdf.PdfError, ValueError):
            continue  # no state of the file: a linearised one has an end mark near its beginning
        try:
            used |= reached(before)
            if cut < first:
                changed += sum(signed.get(name) != text for name, text in _shown(before).items())
        finally:
            before.pdf.close()
    return EarlierStates(used=frozenset(used), changed=changed)


def _shown(snapshot: Snapshot) -> dict[tuple[int, str], bytes]:
    """Return everything that the pages show besides their annotations, by page and entry."""
    spelling = _Spelling(snapshot)
    found: dict[tuple[int, str], bytes] = {}
    for number, page in enumerate(snapshot.pdf.pages):
        for name in _CONTENT_KEYS:
            value: Any = page.obj.get(name)
            if isinstance(value, pikepdf.Object):
                found[number, name] = spelling.of(value.unparse())
    return found


@dataclass(slots=True)
class _Spelling:
    """Objects spelled out without their numbers: programs number them anew, and nest them or not."""

    snapshot: Snapshot
    known: dict[ObjectId, bytes] = field(default_factory=dict)

    def of(self, text: bytes) -> bytes:
        """Return a spelled value with everything that it leads to, by digest where it is long."""
        return _WORD.sub(self._named, text)

    def _named(self, match: re.Match[bytes]) -> bytes:
        if match[1] is None:
            return match[0]  # a string
        key = int(match[1]), int(match[2])
        if key not in self.known:
            self.known[key] = b"loop"
            whole = self.of(self.snapshot.texts.get(key, b"null"))
            long = len(whole) > _LONG
            self.known[key] = hashlib.sha256(whole).hexdigest().encode() if long else whole
        return self.known[key]
