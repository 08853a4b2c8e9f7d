"""Plain values to bytes and back, between a caller and the process that reads files for him.

Not pickle: what comes back was made by a process that had a stranger's file in its hands, so that
nothing of it may become code. The reader knows which class it waits for, and takes values of the
annotated types and nothing else. Bytes travel beside the JSON, not inside of it.
"""

from __future__ import annotations

import json
import math
import struct
import types
import typing
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MOST_BYTES", "FrameError", "decode", "encode", "read_frame"]

V = TypeVar("V")

MOST_BYTES: Final = 64 * 1024 * 1024
"""Longest frame: a file and a picture have at most 30 MB, an answer a tenth of it."""
MOST_DEPTH: Final = 16
"""Nesting of values; those of a PDF need 6."""
MOST_BLOBS: Final = 100_000
"""Pieces of bytes in one frame: an answer names at most some thousand certificates and fonts."""
MOST_COMMAS: Final = 250_000
"""Values in one frame, those in texts counted too: half a second's work. An answer has some hundred."""
_HEAD: Final = struct.Struct(">4sII")
"""Mark, bytes of JSON, bytes of everything after it."""
_MARK: Final = b"vncw"


class FrameError(Exception):
    """The bytes are not what the other process should have sent."""


def encode(value: object) -> bytes:
    """Return a frame that holds ``value``.

    Args:
        value: a frozen dataclass whose fields are plain (see :mod:`vncopy.pdf.readings`).

    Raises:
        TypeError: a field is of another type.
    """
    blobs: list[bytes] = []
    plain = _dump(value, blobs)
    text = json.dumps([plain, [len(each) for each in blobs]], separators=(",", ":")).encode("ascii")
    body = b"".join(blobs)
    return _HEAD.pack(_MARK, len(text), len(body)) + text + body


def read_frame(read: Callable[[int], bytes], *, most: int = MOST_BYTES) -> tuple[bytes, bytes]:
    """Return the two parts of the next frame: its JSON and the bytes beside it.

    Args:
        read: returns exactly as many bytes as asked for; fewer at the end of the stream.
        most: bytes that are taken.

    Raises:
        FrameError: the stream ended, or holds something else or more.
    """
    head = read(_HEAD.size)
    if len(head) != _HEAD.size:
        raise FrameError("end")
    mark, text_size, body_size = _HEAD.unpack(head)
    if mark != _MARK or text_size + body_size > most:
        raise FrameError("head")
    text, body = read(text_size), read(body_size)
    if len(text) != text_size or len(body) != body_size:
        raise FrameError("end")
    return text, body


def decode(kind: type[V], text: bytes, body: bytes) -> V:
    """Return the value of a frame.

    Args:
        kind: the class that is expected.
        text: the JSON of the frame.
        body: the bytes beside it.

    Raises:
        FrameError: anything but a value of this class.
    """
    if text.count(b",") > MOST_COMMAS:
        raise FrameError("values")
    try:
        plain, sizes = json.loads(text)
        value = _load(kind, plain, _cut(sizes, body), MOST_DEPTH)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, LookupError) as error:
        raise FrameError(type(error).__name__) from None
    return typing.cast("V", value)


def _cut(sizes: object, body: bytes) -> list[bytes]:
    """Return the pieces of the bytes beside the JSON.

    Raises:
        ValueError: the sizes are not those of the bytes.
    """
    if not isinstance(sizes, list) or len(sizes) > MOST_BLOBS:
        raise ValueError
    pieces = []
    start = 0
    for size in sizes:
        if type(size) is not int or not 0 <= size <= len(body) - start:
            raise ValueError
        pieces.append(body[start : start + size])
        start += size
    if start != len(body):
        raise ValueError
    return pieces


def _dump(value: object, blobs: list[bytes]) -> object:
    """Return ``value`` as plain JSON; bytes become their number in ``blobs``."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _dump(getattr(value, each.name), blobs) for each in fields(value)}
    if isinstance(value, tuple):
        return [_dump(each, blobs) for each in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        blobs.append(value)
        return len(blobs) - 1
    if isinstance(value, datetime):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float):
        return value
    msg = f"no {type(value).__name__} travels between processes"
    raise TypeError(msg)


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}


def _load(kind: Any, value: object, blobs: list[bytes], depth: int) -> object:  # noqa: ANN401
    """Return ``value`` as the annotated type ``kind``.

    Raises:
        ValueError: it is not of that type.
    """
    if depth < 0:
        raise ValueError
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in {types.UnionType, typing.Union}:
        (only,) = (each for each in inner if each is not type(None))
        return None if value is None else _load(only, value, blobs, depth)
    if origin is tuple and isinstance(value, list):
        if len(inner) == 2 and inner[1] is Ellipsis:  # noqa: PLR2004 - tuple[T, ...]
            inner = (inner[0],) * len(value)
        return tuple(
            _load(each, item, blobs, depth - 1) for each, item in zip(inner, value, strict=True)
        )
    if origin is typing.Literal:
        found = [each for each in inner if type(each) is type(value) and each == value]
        return found[0]
    if isinstance(kind, type):
        return _load_plain(kind, value, blobs, depth)
    raise ValueError


def _load_plain(kind: type, value: object, blobs: list[bytes], depth: int) -> object:
    """Return ``value`` as the class ``kind``.

    Raises:
        ValueError: it is not of that class.
    """
    if is_dataclass(kind) and isinstance(value, dict):
        hints = _hints(kind)
        if value.keys() != hints.keys():
            raise ValueError
        return kind(
            **{name: _load(each, value[name], blobs, depth - 1) for name, each in hints.items()}
        )
    if kind is bytes and type(value) is int and 0 <= value < len(blobs):
        return blobs[value]
    if kind is float and type(value) is float and math.isfinite(value):
        return value
    if kind in {bool, int} and type(value) is kind:
        return value
    if isinstance(value, str):
        if kind is str:
            value.encode()  # half a character could be written into no report
            return value
        if kind is datetime:
            return datetime.fromisoformat(value)
        if issubclass(kind, Enum):
            return kind(value)
    raise ValueError
