"""Reading what the user names, and writing so that nothing half-written is ever left behind."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Final

__all__ = ["MAX_INPUT_BYTES", "STDIN", "UnreadableFile", "read_input", "write_file"]

STDIN: Final = "-"
"""The file name that stands for standard input."""
MAX_INPUT_BYTES: Final = 64 * 1024 * 1024
"""No more is read into memory; the library's own limits are far below and end in a report."""


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
        super().__init__(f"{path}: cannot be {en} ({why})\n{path}: không {vi} được ({why})")


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
