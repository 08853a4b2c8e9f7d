"""Base45 (RFC 9285), strict: exactly one text for every byte string.

The QR alphanumeric mode carries this alphabet at 5.5 bits a character, and every scanner hands
it on unchanged, which is not so for byte-mode symbols.
"""

from __future__ import annotations

import struct
from typing import Final

from vncopy.errors import MalformedCopy, Reason

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
"""The 45 characters of RFC 9285 §4.2, which are those of the QR alphanumeric mode."""

_FOREIGN: Final = 255
_VALUE_OF: Final = bytes(
    ALPHABET.index(chr(code)) if chr(code) in ALPHABET else _FOREIGN for code in range(256)
)
_MAX_TRIPLE: Final = 0xFFFF
_MAX_PAIR: Final = 0xFF


def encode(data: bytes) -> str:
    """Return ``data`` as base45 text (RFC 9285 §4.1)."""
    even = len(data) - len(data) % 2
    letters: list[str] = []
    for (number,) in struct.iter_unpack(">H", data[:even]):
        rest, low = divmod(number, 45)
        high, middle = divmod(rest, 45)
        letters += ALPHABET[low], ALPHABET[middle], ALPHABET[high]
    if even < len(data):
        middle, low = divmod(data[even], 45)
        letters += ALPHABET[low], ALPHABET[middle]
    return "".join(letters)


def decode(text: str) -> bytes:
    """Return the bytes of base45 ``text``.

    Raises:
        MalformedCopy: a foreign character, an impossible length or a group that is too large
            (RFC 9285 §6 asks decoders to reject these).
    """
    try:
        values = text.encode("ascii").translate(_VALUE_OF)
    except UnicodeEncodeError:
        raise MalformedCopy(Reason.BASE45, "not ASCII") from None
    if _FOREIGN in values:
        raise MalformedCopy(Reason.BASE45, "character outside the alphabet")
    tail = len(values) % 3
    if tail == 1:
        raise MalformedCopy(Reason.BASE45, "impossible length")
    whole = len(values) - tail
    triples = values[:whole]
    numbers = [
        low + 45 * middle + 2025 * high
        for low, middle, high in zip(triples[0::3], triples[1::3], triples[2::3], strict=True)
    ]
    if numbers and max(numbers) > _MAX_TRIPLE:
        raise MalformedCopy(Reason.BASE45, "group of three exceeds two bytes")
    data = struct.pack(f">{len(numbers)}H", *numbers)
    if not tail:
        return data
    last = values[whole] + 45 * values[whole + 1]
    if last > _MAX_PAIR:
        raise MalformedCopy(Reason.BASE45, "group of two exceeds one byte")
    return data + bytes((last,))
