"""The caller's own mistakes about files, found before anything is read."""

from __future__ import annotations

from vncopy.errors import UsageError

__all__ = ["check_bytes"]


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
