"""How much the compressed streams of a PDF hold, before a library unpacks them whole.

Cross-reference and object streams are unpacked by every PDF library at once and without a limit: a
file of one megabyte can ask for a gigabyte. Pictures are left out, because drawing has limits of its
own and a scan may be large. Streams packed several times over are not followed here: readers of
strangers' files belong into a process of their own.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

from vncopy.errors import MissingExtra

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

__all__ = ["decoded_stream", "unpacks_beyond"]

_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_WINDOW: Final = 2_048
"""Bytes before a stream in which its dictionary is looked for."""
_FIRST_STEP: Final = 1_024
"""Bytes taken at first: most of what is no zlib stream shows it at once."""
_STEP: Final = 1_000_000
"""Bytes unpacked at a time, and then forgotten."""
_HEAD: Final = re.compile(rb"obj\s*<<")
_NO_PICTURE: Final = re.compile(rb"[()%#]|/First|/W\s*\[")
"""Strings, comments and escapes, which could hide anything, and what only the two kinds have."""


def unpacks_beyond(data: bytes, most: int, streams: int) -> bool:
    """Tell whether the streams of ``data``, other than pictures, are too many or hold too much.

    Args:
        data: the whole file.
        most: bytes of all streams together, packed and unpacked.
        streams: how many there may be.
    """
    left = most
    for number, match in enumerate(_STREAM.finditer(data)):
        if number >= streams:
            return True
        before = data[max(0, match.start() - _WINDOW) : match.start()]
        if not _is_plain_picture(before[max(0, before.rfind(b"obj")) :]):
            left -= _cost(data, match.end(), left)
        if left < 0:
            return True
    return False


def _is_plain_picture(dictionary: bytes) -> bool:
    return (
        _HEAD.match(dictionary) is not None
        and b"/Image" in dictionary
        and _NO_PICTURE.search(dictionary) is None
    )


def _cost(data: bytes, at: int, most: int) -> int:
    """Return how many bytes a zlib stream holds and takes, or a number just above ``most``.

    What it takes counts too, because streams made on purpose may lie inside each other.
    """
    opener = zlib.decompressobj()
    total, step, rest = 0, _FIRST_STEP, b""
    try:
        while not opener.eof and total <= most and (rest or at < len(data)):
            if not rest:
                rest, at = data[at : at + step], at + step
                step = min(4 * step, _STEP)
            taken = len(rest)
            total += len(opener.decompress(rest, _STEP))
            rest = opener.unconsumed_tail
            total += taken - len(rest)
    except zlib.error:
        pass  # what follows is not compressed, or damaged: libraries stop there too
    return min(total, most + 1)


def decoded_stream(stream: pikepdf.Stream, most: int) -> bytes | None:
    """Return the content of a stream that is plain or packed once by Flate.

    Args:
        stream: the stream.
        most: bytes that are unpacked at most.

    Returns:
        The content; ``None`` if there is more.

    Raises:
        ValueError: another filter, damaged, or kept in another file.
    """
    if "/F" in stream:
        raise ValueError("elsewhere")
    raw = stream.read_raw_bytes()
    filters = stream.get("/Filter")
    if isinstance(filters, pikepdf.Array) and len(filters) == 1:
        filters = filters[0]
    if filters is None:
        return raw if len(raw) <= most else None
    if str(filters) != "/FlateDecode" or "/DecodeParms" in stream:
        raise ValueError("filter")
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(raw, most + 1)
    except zlib.error:
        raise ValueError("damaged") from None
    if len(content) > most:
        return None
    if not inflater.eof:
        raise ValueError("cut off")
    return content
