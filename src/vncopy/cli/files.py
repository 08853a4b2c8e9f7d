"""Reading what the user names, and writing so that nothing half-written is ever left behind."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from pathlib import Path
from typing import Final

__all__ = [
    "MAX_INPUT_BYTES",
    "STDIN",
    "UnreadableFile",
    "check_writable",
    "read_input",
    "write_file",
]

STDIN: Final = "-"
"""The file name that stands for standard input."""
MAX_INPUT_BYTES: Final = 64 * 1024 * 1024
"""No more is read into memory; the library's own limits are far below and end in a report."""

_WHY_VI: Final = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.ENOTDIR: "một phần của đường dẫn không phải là thư mục",
    errno.EEXIST: "đã có tệp trùng tên với thư mục",
    errno.EACCES: "không có quyền truy cập",
    errno.EPERM: "không có quyền truy cập",
    errno.EROFS: "ổ đĩa chỉ cho phép đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
}
"""What systems say in English only, by its number; any other stays as the system says it."""


class UnreadableFile(Exception):
    """A file could not be read or written; ends in exit code 74."""

    def __init__(self, path: str, error: OSError, *, writing: bool = False) -> None:
        """Say what happened in both languages.

        Args:
            path: the file, as the user wrote it.
            error: what the system said.
            writing: whether it was to be written.
        """
        vi, en = ("ghi", "written") if writing else ("đọc", "read")
        why = error.strerror or type(error).__name__
        why_vi = _WHY_VI.get(error.errno or 0, why)
        super().__init__(f"{path}: cannot be {en} ({why})\n{path}: không {vi} được ({why_vi})")


def read_input(name: str) -> bytes:
    """Return the bytes of a file, or of standard input for ``-``.

    Args:
        name: the file.

    Returns:
        At most one byte more than :data:`MAX_INPUT_BYTES`, so that limits can be seen to break.

    Raises:
        UnreadableFile: the system does not give them.
    """
    try:
        if name == STDIN:
            return sys.stdin.buffer.read(MAX_INPUT_BYTES + 1)
        with Path(name).open("rb") as stream:
            return stream.read(MAX_INPUT_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(name, error) from error


def check_writable(folder: Path) -> None:
    """Make sure that files can be written into ``folder``, without making or leaving anything.

    Args:
        folder: where files shall go; it need not exist yet.

    Raises:
        UnreadableFile: the folder, or the nearest one above it that exists, takes no file.
    """
    nearest = next((each for each in (folder, *folder.parents) if each.exists()), Path())
    try:
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except OSError as error:
        raise UnreadableFile(str(folder), error, writing=True) from error


def write_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write ``data`` beside ``path`` and rename it into place: whole or not at all.

    Args:
        path: the target; its folder is made if absent.
        data: the bytes.
        private: readable by the owner alone (keys).

    Raises:
        UnreadableFile: the system refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".vncopy-", suffix=".part")
    except OSError as error:
        raise UnreadableFile(str(path), error, writing=True) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(beside).chmod(0o600 if private else 0o644)
        Path(beside).replace(path)
    except OSError as error:
        Path(beside).unlink(missing_ok=True)
        raise UnreadableFile(str(path), error, writing=True) from error
