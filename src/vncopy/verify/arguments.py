"""The caller's own mistakes, found before anything is read."""

from __future__ import annotations

from datetime import datetime

from vncopy.errors import UsageError

__all__ = ["check_bytes", "check_time"]


def check_bytes(data: object, name: str) -> bytes:
    """Return ``data`` as bytes.

    Args:
        data: what the caller handed over.
        name: what he calls it.

    Raises:
        UsageError: it is no bytes object; a path is not opened here.
    """
    if isinstance(data, bytes | bytearray | memoryview):
        return bytes(data)
    raise UsageError.of(
        name,
        "arguments.bytes",
        vi="cần nội dung tệp dạng bytes",
        en="the content of the file is needed, as bytes",
    )


def check_time(at: object) -> datetime:
    """Return ``at``.

    Args:
        at: the time for which is asked.

    Raises:
        UsageError: it is no time, or has no time zone.
    """
    if isinstance(at, datetime) and at.utcoffset() is not None:
        return at
    raise UsageError.of(
        "at",
        "arguments.at",
        vi="thời điểm phải có múi giờ",
        en="the time must have a time zone",
    )
