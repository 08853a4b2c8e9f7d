"""DER (X.690) for the few structures of timestamps: written, and read strictly.

Only low tag numbers and definite, shortest lengths exist here. What is not DER is refused: a token
is embedded in a file whose bytes never change again, and readers differ on anything else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

__all__ = [
    "BOOLEAN",
    "CONTEXT_0",
    "CONTEXT_1",
    "GENERALIZED_TIME",
    "INTEGER",
    "NULL",
    "OCTETS",
    "OID",
    "SEQUENCE",
    "SET",
    "MalformedDER",
    "Value",
    "der",
    "der_integer",
    "der_oid",
    "parse",
]

BOOLEAN, INTEGER, OCTETS, NULL, OID = 0x01, 0x02, 0x04, 0x05, 0x06
GENERALIZED_TIME, SEQUENCE, SET = 0x18, 0x30, 0x31
CONTEXT_0, CONTEXT_1 = 0xA0, 0xA1
"""Constructed context tags."""

MAX_LENGTH_BYTES: Final = 3
"""Bytes of a length: 16 MB, more than anything that is read here."""
_LONG_FORM: Final = 0x80
_HIGH_TAG: Final = 0x1F
_CONSTRUCTED: Final = 0x20
_SECOND_ARCS: Final = (range(40), range(40), range(1 << 31))
"""What may stand below each of the three first arcs (X.690 §8.19.4)."""


class MalformedDER(Exception):
    """Bytes that are not DER, or another structure than expected; never leaves ``sign``."""


@dataclass(frozen=True, slots=True)
class Value:
    """One DER value."""

    tag: int
    """Its identifier octet."""
    content: bytes = field(repr=False)
    """What is inside."""
    raw: bytes = field(repr=False)
    """Tag, length and content."""

    def children(self) -> tuple[Value, ...]:
        """Return the values inside a constructed value.

        Raises:
            MalformedDER: it is not constructed, or what is inside is not DER.
        """
        if not self.tag & _CONSTRUCTED:
            raise MalformedDER("primitive")
        found = []
        rest = memoryview(self.content)
        while rest:
            value, rest = _first(rest)
            found.append(value)
        return tuple(found)

    def expect(self, tag: int) -> Value:
        """Return itself.

        Raises:
            MalformedDER: it has another tag.
        """
        if self.tag != tag:
            raise MalformedDER(f"tag {self.tag:02x} instead of {tag:02x}")
        return self

    def integer(self) -> int:
        """Return the number of an INTEGER in its shortest form.

        Raises:
            MalformedDER: it is none.
        """
        content = self.expect(INTEGER).content
        number = int.from_bytes(content, signed=True)
        if der_integer(number) != self.raw:
            raise MalformedDER("integer")
        return number


def parse(data: bytes, tag: int) -> Value:
    """Return the one value that ``data`` is.

    Args:
        data: DER.
        tag: the identifier octet that it must have.

    Raises:
        MalformedDER: not DER, another tag, or bytes after it.
    """
    value, rest = _first(memoryview(data))
    if rest:
        raise MalformedDER("trailing bytes")
    return value.expect(tag)


def _first(data: memoryview) -> tuple[Value, memoryview]:
    """Return the first value and what follows it."""
    if len(data) < 2:  # noqa: PLR2004 - tag and length
        raise MalformedDER("truncated")
    tag, length, start = data[0], data[1], 2
    if tag & _HIGH_TAG == _HIGH_TAG:
        raise MalformedDER("high tag number")
    if length & _LONG_FORM:
        count = length & ~_LONG_FORM
        start += count
        if not 1 <= count <= MAX_LENGTH_BYTES or len(data) < start:
            raise MalformedDER("length")
        length = int.from_bytes(data[2:start])
        if length < _LONG_FORM or length.bit_length() <= 8 * (count - 1):
            raise MalformedDER("length is not the shortest")
    end = start + length
    if len(data) < end:
        raise MalformedDER("truncated")
    return Value(tag, bytes(data[start:end]), bytes(data[:end])), data[end:]


def der(tag: int, *parts: bytes) -> bytes:
    """Return one value: its identifier octet, its length, and ``parts`` one after the other."""
    content = b"".join(parts)
    size = len(content)
    if size < _LONG_FORM:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, _LONG_FORM | len(length))) + length + content


def der_integer(number: int) -> bytes:
    """Return an INTEGER (X.690 §8.3: two's complement, shortest)."""
    size = ((number if number >= 0 else ~number).bit_length() + 8) // 8
    return der(INTEGER, number.to_bytes(size, signed=True))


def der_oid(dotted: str) -> bytes:
    """Return an OBJECT IDENTIFIER (X.690 §8.19).

    Args:
        dotted: at least two numbers with dots, such as ``2.16.840``.

    Raises:
        ValueError: it is not of that form.
    """
    first, second, *others = (int(arc) for arc in dotted.split("."))
    if not 0 <= first < len(_SECOND_ARCS) or second not in _SECOND_ARCS[first]:
        raise ValueError("object identifier")
    if min(others, default=0) < 0:
        raise ValueError("object identifier")
    content = b""
    for arc in (40 * first + second, *others):
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(arc & 0x7F | _LONG_FORM)
        content += bytes(reversed(groups))
    return der(OID, content)
