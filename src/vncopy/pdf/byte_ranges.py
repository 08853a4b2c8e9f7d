"""What the raw bytes of a PDF say about its signatures, read without any PDF library.

A verifier that asks only a PDF library sees the signatures which that library finds. Published
attacks hide a signature (a later revision deletes ``/AcroForm``) or move what it covers. So the
byte ranges are found here by their spelling, and compared with what the library reports.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = [
    "SignedSpan",
    "bytes_after_last_eof",
    "contents_are_tight",
    "has_orderly_end",
    "is_one_element",
    "long_hex_digits",
    "signed_spans",
]

MOST_SIGNATURES = 1_000
"""Byte ranges that are looked for at most where nobody says otherwise."""
_NAME = re.compile(
    rb"/(?:B|#42)(?:y|#79)(?:t|#74)(?:e|#65)(?:R|#52)(?:a|#61)(?:n|#6[eE])(?:g|#67)(?:e|#65)"
)
"""The name ``/ByteRange``, also where letters are written as ``#xx``."""
_ARRAY = re.compile(rb"\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
_EOF = b"%%EOF"
_HEX = re.compile(rb"<[0-9A-Fa-f]*>")
_LONG_HEX = re.compile(rb"<[0-9A-Fa-f\s]{4096,}")
"""Hexadecimal strings that take time to read; shorter ones are names and text."""
_EOF_ENDS = (b"%%EOF", b"%%EOF\n", b"%%EOF\r", b"%%EOF\r\n")
_END_BYTES = 2_048
"""The end mark lies in the last 1,024 bytes (ISO 32000-1 Annex H.3); twice that is searched."""
_POINTER = re.compile(rb"startxref\s{1,8}([0-9]{1,10})\s")
_SECTION = re.compile(rb"\s{0,8}(?:xref\s|[0-9]{1,10}\s{1,8}[0-9]{1,5}\s{1,8}obj)")
_LONG_FORM = 0x80
_SEQUENCE = 0x30
_OPEN_SEQUENCE = b"\x30\x80"
_CONSTRUCTED = 0x20
_LONG_TAG = 0x1F
_MAX_OPEN = 8  # elements of indefinite length inside of each other; a CMS with its content has 5
_MAX_LENGTH_BYTES = 3  # a CMS of 16 MB is none


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedSpan:
    """One ``/ByteRange`` as written in the file."""

    head: int
    """Bytes covered before the ``/Contents`` string."""
    start: int
    """First byte covered after it."""
    end: int
    """Number of the byte after the last one covered."""
    tight: bool
    """Starts at 0, leaves out exactly one hexadecimal string, ends inside the file at an %%EOF."""


def signed_spans(data: bytes, most: int = MOST_SIGNATURES) -> tuple[int, tuple[SignedSpan, ...]]:
    """Find every ``/ByteRange`` of the raw bytes.

    Args:
        data: the whole file.
        most: when more are written than this, the search ends.

    Returns:
        How often the name is written, and the ranges that can be read, by the end of what they
        cover.
    """
    count = 0
    spans: list[SignedSpan] = []
    for match in _NAME.finditer(data):
        count += 1
        if count > most:
            break
        array = _ARRAY.match(data, match.end())
        if array is None:
            continue
        first, head, start, rest = (int(number) for number in array.groups())
        end = start + rest
        tight = (
            first == 0
            and 0 < head < start <= end <= len(data)
            and _HEX.fullmatch(data, head, start) is not None
            and data[max(0, end - 7) : end].endswith(_EOF_ENDS)
        )
        spans.append(SignedSpan(head=head, start=start, end=end, tight=tight))
    return count, tuple(sorted(spans, key=lambda span: (span.end, span.head)))


def contents_are_tight(contents: bytes, *, ber: bool = False) -> bool:
    """Tell whether ``/Contents`` is one DER element followed by nothing but zero bytes.

    The bytes after the element are not signed; whatever they held would be a hiding place, and
    two files that differ there would both look valid.

    Args:
        contents: the decoded bytes of the string, with their padding.
        ber: an element of indefinite length will do. The standards ask for DER, but what Bouncy
            Castle writes unless it is told otherwise is in very many files of others.
    """
    length = _der_length(contents)
    if length is None and ber:
        length = _indefinite_length(contents)
    if length is None or length > len(contents):
        return False
    return not any(contents[length:])


def long_hex_digits(data: bytes) -> int:
    """Return how many digits the long hexadecimal strings of a file have together.

    Args:
        data: the whole file.
    """
    return sum(match.end() - match.start() for match in _LONG_HEX.finditer(data))


def is_one_element(data: bytes) -> bool:
    """Tell whether ``data`` is exactly one DER SEQUENCE, by its length.

    Args:
        data: any bytes.
    """
    return _der_length(data) == len(data)


def _der_length(data: bytes) -> int | None:
    """Return the full length of the DER SEQUENCE that ``data`` begins with."""
    if len(data) < 2 or data[0] != _SEQUENCE:  # noqa: PLR2004 - a tag and a length
        return None
    first = data[1]
    if first < _LONG_FORM:
        return 2 + first
    size = first - _LONG_FORM
    if not 0 < size <= _MAX_LENGTH_BYTES or len(data) < 2 + size:
        return None
    value = int.from_bytes(data[2 : 2 + size], "big")
    minimal = value >= _LONG_FORM and data[2] != 0
    return 2 + size + value if minimal else None


def _indefinite_length(data: bytes) -> int | None:
    """Return the full length of the SEQUENCE of indefinite length that ``data`` begins with.

    X.690 §8.1.3.6: elements follow until two zero bytes stand where the next one would begin.
    """
    if data[:2] != _OPEN_SEQUENCE:
        return None
    place, depth = 2, 1
    while depth and place + 2 <= len(data):
        tag, size = data[place], data[place + 1]
        place += 2
        if tag == 0:
            if size:
                return None
            depth -= 1
        elif size == _LONG_FORM:
            depth += 1
            if depth > _MAX_OPEN or not tag & _CONSTRUCTED:
                return None
        else:
            content = _content_length(tag, size, data[place : place + _MAX_LENGTH_BYTES])
            if content is None:
                return None
            place += content
    return None if depth or place > len(data) else place


def _content_length(tag: int, size: int, following: bytes) -> int | None:
    """Return how many bytes an element has after its first two, if its length is definite."""
    if tag & _LONG_TAG == _LONG_TAG:
        return None  # CMS has no such tag
    if size < _LONG_FORM:
        return size
    digits = size - _LONG_FORM
    if digits > len(following):
        return None
    return digits + int.from_bytes(following[:digits], "big")


def has_orderly_end(data: bytes) -> bool:
    """Tell whether the file ends with a pointer to a cross-reference section that is there.

    Libraries search a file without one from end to end, which takes them half a minute for one
    that was made to be searched.

    Args:
        data: the whole file.
    """
    tail = data[-_END_BYTES:]
    pointers = _POINTER.findall(tail)
    if not pointers or _EOF not in tail:
        return False
    return _SECTION.match(data, int(pointers[-1])) is not None


def bytes_after_last_eof(data: bytes) -> int:
    """Return how many bytes follow the last ``%%EOF`` and its line end; all if there is none."""
    position = data.rfind(_EOF)
    if position < 0:
        return len(data)
    rest = data[position + len(_EOF) :]
    for line_end in (b"\r\n", b"\n", b"\r"):
        if rest.startswith(line_end):
            return len(rest) - len(line_end)
    return len(rest)
