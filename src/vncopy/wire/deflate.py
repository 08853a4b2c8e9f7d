"""Raw DEFLATE (RFC 1951) with the preset dictionary of VNC1, capped and exact.

Only :func:`inflate` after the signature over the compressed bytes has been verified.
"""

from __future__ import annotations

import zlib
from typing import Final

from vncopy.errors import MalformedCopy, Reason
from vncopy.wire.dictionary import DICTIONARY

MAX_INFLATED: Final = 4096
"""Bytes of CBOR at most; the longest payload of 602 signed bytes that says anything needs less."""

_RAW_WINDOW: Final = -15
_BEST: Final = 9
_MAX_MEMORY: Final = 9


def deflate(data: bytes) -> bytes:
    """Return ``data`` compressed.

    The bytes may differ between builds of zlib; what :func:`inflate` gives back may not. Of the
    strategies that zlib offers the shortest result is taken.
    """
    results: list[bytes] = []
    for strategy in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED, zlib.Z_FIXED):
        packer = zlib.compressobj(
            _BEST, zlib.DEFLATED, _RAW_WINDOW, _MAX_MEMORY, strategy, zdict=DICTIONARY
        )
        results.append(packer.compress(data) + packer.flush())
    return min(results, key=len)


def inflate(data: bytes) -> bytes:
    """Return the original of ``data``.

    Raises:
        MalformedCopy: no DEFLATE stream, one that does not end with the data, or more than
            :data:`MAX_INFLATED` bytes.
    """
    opener = zlib.decompressobj(_RAW_WINDOW, zdict=DICTIONARY)
    try:
        plain = opener.decompress(data, MAX_INFLATED + 1)
    except zlib.error:
        raise MalformedCopy(Reason.INFLATE, "not a DEFLATE stream") from None
    if len(plain) > MAX_INFLATED:
        raise MalformedCopy(Reason.TOO_LARGE)
    if not opener.eof:
        raise MalformedCopy(Reason.INFLATE, "the stream does not end")
    if opener.unused_data:
        raise MalformedCopy(Reason.TRAILING_DATA)
    return plain
