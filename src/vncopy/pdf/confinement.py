"""What the process that reads strangers' files may still do: little memory, no time, no files.

Each limit is set where the system has it, and tried out before it is claimed.
"""

from __future__ import annotations

import contextlib
import mmap
import signal
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from vncopy.facts.common import Isolation

__all__ = ["WALL", "confine", "limit_time"]

WALL: Final = 2.0
"""How many times as long as it may compute a process may take, if others compute besides."""

OPEN_FILES: Final = 64
"""Files that the process may have open: its two streams and those of libraries."""


def confine(*, memory: int, files: bool, can_seal: bool) -> Isolation:
    """Give up what waiting for inputs needs not, for good.

    Args:
        memory: bytes that the process may have for itself, beside the code of its libraries.
        files: leave it able to write files.
        can_seal: each input is read by a child that gives up system calls too, as was tried out.

    Returns:
        How well it is shut off.
    """
    if sys.platform == "win32":  # pragma: no cover - the tests run on Linux
        return "process"
    import resource  # noqa: PLC0415 - not on Windows

    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_NOFILE: OPEN_FILES}
    if not files:
        limits[resource.RLIMIT_FSIZE] = 0
    # RLIMIT_DATA counts what was written to; RLIMIT_AS would count libraries and reserved space.
    limits[resource.RLIMIT_DATA] = memory
    for which, most in limits.items():
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(which, (most, most))
    if not _is_limited(memory):
        return "process"
    return "sandbox" if can_seal else "process_with_memory_limit"


def _is_limited(memory: int) -> bool:
    """Try to get more memory than there should be; nothing of it is touched."""
    if sys.platform == "win32":  # pragma: no cover - the tests run on Linux
        return False
    try:
        mmap.mmap(-1, memory, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).close()
    except (OSError, MemoryError, ValueError):
        return True
    return False


def limit_time(seconds: float) -> None:
    """End this process after so many seconds; on systems with signals and timers only.

    Args:
        seconds: of the processor's time; of the clock on the wall it may be :data:`WALL` times as
            many, since a busy machine is no fault of a file.
    """
    if sys.platform == "win32":  # pragma: no cover - the tests run on Linux
        return
    for timer, number, limit in (
        (signal.ITIMER_PROF, signal.SIGPROF, seconds),
        (signal.ITIMER_REAL, signal.SIGALRM, seconds * WALL),
    ):
        signal.signal(number, signal.SIG_DFL)
        signal.setitimer(timer, limit)
