"""How PDF objects are spelled: where one ends, read from the bytes by the rules of the standard alone.

PDF libraries jump to the offsets that a file names and never look at what lies between. Whoever wants
to know that nothing lies between has to read the bytes one after the other (ISO 32000-1 §7.2, §7.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

__all__ = [
    "Budget",
    "Spelled",
    "SpellingError",
    "blanks",
    "entry",
    "read_object",
    "read_value",
    "whole_number",
]

_BLANK: Final = re.compile(rb"[\x00\t\n\f\r ]*")
_BESIDE: Final = re.compile(rb"(?:[\x00\t\n\f\r ]|%[^\n\r]*[\n\r])*")
_TOKEN: Final = re.compile(
    rb"<<|>>|[\[\]]|/[^\x00\t\n\f\r ()<>\[\]{}/%]*|<[0-9A-Fa-f\x00\t\n\f\r ]*>"
    rb"|[+-]?[0-9]*\.?[0-9]+|[+-]?[0-9]+\.|(?:true|false|null|R|endobj|stream)(?![A-Za-z0-9])"
)
_HEAD: Final = re.compile(rb"([0-9]{1,10}) ([0-9]{1,5}) obj(?![A-Za-z0-9])")
_STRING: Final = re.compile(rb"[()\\]")
_LENGTH_OBJECT: Final = re.compile(
    rb"(?<![0-9])([0-9]{1,10}) ([0-9]{1,5}) obj\s{1,2}([0-9]{1,10})\s{1,2}endobj"
)
_STREAM_END: Final = re.compile(rb"(?:\r\n|\r|\n)?endstream\s{1,2}endobj(?![A-Za-z0-9])")
_NUMBER: Final = re.compile(rb"[0-9]{1,10}")
_REFERENCE_TOKENS: Final = 3
MAX_WORDS: Final = 400_000
"""Words and rows of one part that are read, half a second; validation data and timestamps have some
hundred."""


class SpellingError(ValueError):
    """The bytes are no object in the standard's spelling."""


@dataclass(slots=True)
class Budget:
    """How many words may still be read."""

    left: int = MAX_WORDS
    numbers: dict[tuple[bytes, bytes], list[int]] | None = field(default=None)
    """The objects that are a number and nothing else, looked for once."""
    comments: bool = False
    """Comments may stand between words, as ReportLab writes one in its trailer. What is appended to a
    signed file has none."""

    def spend(self) -> None:
        """Count one word.

        Raises:
            SpellingError: there are too many.
        """
        self.left -= 1
        if self.left < 0:
            raise SpellingError("too many")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelled:
    """One object of the file, as it stands there."""

    number: int
    """Its number."""
    generation: int
    """Its generation."""
    start: int
    """Its first byte."""
    end: int
    """The byte after ``endobj``."""
    words: tuple[bytes, ...]
    """The words of its dictionary, what is nested in it by its bracket alone; empty: none."""
    value: tuple[int, int]
    """Where its value is written, without the data of a stream."""
    data: tuple[int, int] | None = None
    """Where the data of a stream are written; ``None``: it is none."""


def blanks(data: bytes, at: int) -> int:
    """Return the place of the first byte from ``at`` on that is no blank (ISO 32000-1 table 1).

    Args:
        data: the file.
        at: a place in it.
    """
    match = _BLANK.match(data, min(at, len(data)))
    return at if match is None else match.end()


def _beside(data: bytes, at: int) -> int:
    """Return the place of the first byte from ``at`` on that is no blank and in no comment."""
    match = _BESIDE.match(data, min(at, len(data)))
    return at if match is None else match.end()


def read_object(data: bytes, at: int, budget: Budget) -> Spelled | None:
    """Read the object that begins at a place.

    Args:
        data: the file, up to the end of the part that is looked at.
        at: a place in it.
        budget: how many words may still be read.

    Returns:
        The object; ``None``: none begins here.

    Raises:
        SpellingError: one begins here and is not in the standard's spelling.
    """
    head = _HEAD.match(data, at)
    if head is None:
        return None
    first = blanks(data, head.end())
    words, last = read_value(data, first, budget)
    at = blanks(data, last)
    found = Spelled(
        number=int(head[1]),
        generation=int(head[2]),
        start=head.start(),
        end=at + len(b"endobj"),
        words=words,
        value=(first, last),
    )
    if data.startswith(b"endobj", at):
        return found
    if not data.startswith(b"stream", at):
        raise SpellingError("values")
    return _stream(data, at + len(b"stream"), found, budget)


def _stream(data: bytes, at: int, found: Spelled, budget: Budget) -> Spelled:
    """Return the object with its stream, which begins after the word."""
    line = 2 if data.startswith(b"\r\n", at) else 1 if data.startswith(b"\n", at) else 0
    if not line:
        raise SpellingError("stream")
    start = at + line
    end = start + _length(data, entry(found.words, b"/Length"), budget)
    closing = _STREAM_END.match(data, end)
    if closing is None:
        raise SpellingError("length")
    return Spelled(
        number=found.number,
        generation=found.generation,
        start=found.start,
        end=closing.end(),
        words=found.words,
        value=found.value,
        data=(start, end),
    )


def _length(data: bytes, written: tuple[bytes, ...], budget: Budget) -> int:
    """Return the length of a stream, which may be an object of its own."""
    if len(written) == 1 and _NUMBER.fullmatch(written[0]) is not None:
        return int(written[0])
    if len(written) == _REFERENCE_TOKENS and all(word.isdigit() for word in written[:2]):
        if budget.numbers is None:
            budget.numbers = {}
            for number, generation, value in _LENGTH_OBJECT.findall(data):
                budget.numbers.setdefault((number, generation), []).append(int(value))
        values = budget.numbers.get((written[0], written[1]), [])
        if len(values) == 1:
            return values[0]
    raise SpellingError("length")


def read_value(data: bytes, at: int, budget: Budget) -> tuple[tuple[bytes, ...], int]:
    """Read one value: what stands up to ``endobj`` or ``stream``, or one dictionary of a trailer.

    Args:
        data: the file.
        at: its first byte.
        budget: how many words may still be read.

    Returns:
        The words of its outermost dictionary, and the byte after it.

    Raises:
        SpellingError: it is none, or there is more than one.
    """
    open_ones: list[bytes] = []
    words: list[bytes] = []
    outer = 0
    while True:
        budget.spend()
        word, after = _word(data, (_beside if budget.comments else blanks)(data, at))
        if not open_ones and word in {b"endobj", b"stream"}:
            if outer not in {1, _REFERENCE_TOKENS}:
                raise SpellingError("values")
            return tuple(words), at
        if word in {b"<<", b"["}:
            _note(words, word, len(open_ones))
            outer += not open_ones
            open_ones.append(word)
        elif word in {b">>", b"]"}:
            if not open_ones or open_ones.pop() != (b"<<" if word == b">>" else b"["):
                raise SpellingError("brackets")
        else:
            _note(words, word, len(open_ones))
            outer += not open_ones
        at = after
        if word == b">>" and not open_ones and not _goes_on(data, at):
            return tuple(words), at


def _goes_on(data: bytes, at: int) -> bool:
    """Tell whether an object goes on after its dictionary; a trailer does not."""
    return data.startswith((b"endobj", b"stream"), blanks(data, at))


def _note(words: list[bytes], word: bytes, depth: int) -> None:
    """Note a word of the outermost dictionary."""
    if depth == 1:
        words.append(word)


def _word(data: bytes, at: int) -> tuple[bytes, int]:
    """Return the word at a place, and the byte after it; of a string in parentheses only ``(``."""
    if data.startswith(b"(", at):
        return b"(", _string_end(data, at + 1)
    match = _TOKEN.match(data, at)
    if match is None:
        raise SpellingError("word")
    return match[0], match.end()


def _string_end(data: bytes, at: int) -> int:
    """Return the byte after a string in parentheses."""
    depth = 1
    while depth:
        match = _STRING.search(data, at)
        if match is None:
            raise SpellingError("string")
        at = match.end()
        if match[0] == b"\\":
            at += 1
        else:
            depth += 1 if match[0] == b"(" else -1
    return at


def whole_number(written: tuple[bytes, ...]) -> int | None:
    """Return the whole number that an entry is, ``None`` if the entry is not there.

    Args:
        written: its words, from :func:`entry`.

    Raises:
        SpellingError: it is anything else.
    """
    if not written:
        return None
    if len(written) != 1 or _NUMBER.fullmatch(written[0]) is None:
        raise SpellingError("number")
    return int(written[0])


def entry(words: tuple[bytes, ...], name: bytes) -> tuple[bytes, ...]:
    """Return the words of an entry of a dictionary, none if it is not there.

    Args:
        words: of the dictionary.
        name: of the entry, with its slash.

    Raises:
        SpellingError: it is there twice.
    """
    found: list[tuple[bytes, ...]] = []
    at = 0
    while at < len(words):
        size = _REFERENCE_TOKENS if words[at + _REFERENCE_TOKENS : at + 4] == (b"R",) else 1
        if words[at] == name:
            found.append(words[at + 1 : at + 1 + size])
        at += 1 + size
    if len(found) > 1:
        raise SpellingError("twice")
    return found[0] if found else ()
