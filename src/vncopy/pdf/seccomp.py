"""Leave a Linux process nothing but computing: no files, no sockets, no programs, no other process.

A filter of system calls (seccomp, in Linux since 3.5) that cannot be taken off again. What is not
on the list fails as not permitted, so that an engine meets an ordinary error. The list is what
reading files was seen to need once everything is loaded, plus what the C library may use instead.
"""

from __future__ import annotations

import errno
import os
import platform
import struct
import sys
from typing import Final

__all__ = ["SystemCallsOpenError", "seal"]

_NUMBERS: Final = {
    # name: number on x86-64, on AArch64 (there is none: -1)
    "read": (0, 63), "readv": (19, 65), "write": (1, 64), "writev": (20, 66),
    "close": (3, 57), "fstat": (5, 80), "lseek": (8, 62),
    "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "mremap": (25, 216),
    "madvise": (28, 233), "brk": (12, 214),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132), "restart_syscall": (219, 128),
    "futex": (202, 98), "set_robust_list": (273, 99), "rseq": (334, 293), "membarrier": (324, 283),
    "sched_yield": (24, 124), "sched_getaffinity": (204, 123),
    "nanosleep": (35, 101), "clock_nanosleep": (230, 115), "clock_gettime": (228, 113),
    "clock_getres": (229, 114), "gettimeofday": (96, 169), "time": (201, -1),
    "times": (100, 153), "getrusage": (98, 165), "getrandom": (318, 278),
    "getpid": (39, 172), "gettid": (186, 178), "getuid": (102, 174), "geteuid": (107, 175),
    "getgid": (104, 176), "getegid": (108, 177), "uname": (63, 160),
    "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip
"""System calls that compute, get memory, tell the time or end the process."""
_SIGNAL_TO_A_THREAD: Final = (234, 131)
"""``tgkill``, by which ``abort`` works: permitted for the process itself."""
_CLONE: Final = (56, 220)
"""``clone``, permitted for threads where a decoder cannot do without them."""
_THREADS: Final = (0x3D0F00, 0x7D0F00)
"""Flags with which the C libraries (glibc, musl) start a thread: in the same process, with the same
rights, under the same filter. Nothing else may be started."""
_CLONE3: Final = 435
"""``clone3``, whose flags a filter cannot see: there is no such call, so that ``clone`` is used."""
_MACHINES: Final = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""Column of the table and what the kernel calls the machine (``AUDIT_ARCH_…``)."""

_LOAD: Final = 0x20  # BPF_LD | BPF_W | BPF_ABS
_JUMP_IF_EQUAL: Final = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_RETURN: Final = 0x06  # BPF_RET | BPF_K
_AT_NUMBER: Final = 0
_AT_MACHINE: Final = 4
_AT_FIRST_ARGUMENT: Final = 16
_ALLOW: Final = 0x7FFF0000
_KILL: Final = 0x80000000
_REFUSE: Final = 0x00050000 | errno.EPERM
_NONE_SUCH: Final = 0x00050000 | errno.ENOSYS
_NO_NEW_PRIVILEGES: Final = 38  # PR_SET_NO_NEW_PRIVS
_SET_FILTER: Final = 22  # PR_SET_SECCOMP
_FILTER_MODE: Final = 2


class SystemCallsOpenError(OSError):
    """This process could not be sealed."""


def _program(own: int, *, threads: bool) -> bytes:
    """Return the filter for this machine.

    Args:
        own: number of this process.
        threads: permit threads.

    Raises:
        SystemCallsOpenError: the machine is not known here.
    """
    if sys.platform != "linux" or platform.machine() not in _MACHINES or sys.maxsize < 1 << 32:
        raise SystemCallsOpenError(errno.ENOSYS, "machine")
    column, machine = _MACHINES[platform.machine()]
    allowed = sorted({row[column] for row in _NUMBERS.values()} - {-1})
    steps = [
        (_LOAD, 0, 0, _AT_MACHINE),
        (_JUMP_IF_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _AT_NUMBER),
    ]
    about_threads = [
        (_JUMP_IF_EQUAL, 0, 4, _CLONE[column]),
        (_LOAD, 0, 0, _AT_FIRST_ARGUMENT),
        (_JUMP_IF_EQUAL, 9, 0, _THREADS[0]),
        (_JUMP_IF_EQUAL, 8, 0, _THREADS[1]),
        (_RETURN, 0, 0, _REFUSE),
        (_JUMP_IF_EQUAL, 0, 1, _CLONE3),
        (_RETURN, 0, 0, _NONE_SUCH),
    ]
    before = about_threads if threads else []
    # The end of the program: refuse, the questions about threads and tgkill, allow.
    for place, number in enumerate(allowed):
        to_allow = (len(allowed) - place - 1) + len(before) + 5
        steps.append((_JUMP_IF_EQUAL, to_allow, 0, number))
    steps += before
    steps += [
        (_JUMP_IF_EQUAL, 1, 0, _SIGNAL_TO_A_THREAD[column]),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _AT_FIRST_ARGUMENT),
        (_JUMP_IF_EQUAL, 1, 0, own),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def seal(*, threads: bool = False) -> None:
    """Give up all system calls but those of the list, for good.

    Args:
        threads: keep the right to start threads of this process: a decoder that is loaded (HEIC)
            starts some whatever it is told, and ends the process where it cannot.

    Raises:
        SystemCallsOpenError: the system does not offer it; nothing was given up then.
    """
    import ctypes  # noqa: PLC0415 - loaded where it is needed

    program = _program(os.getpid(), threads=threads)
    code = ctypes.create_string_buffer(program, len(program))

    class Filter(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))

    rules = Filter(len(program) // 8, ctypes.cast(code, ctypes.c_void_p))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        raise SystemCallsOpenError(ctypes.get_errno(), "no_new_privs")
    if library.prctl(_SET_FILTER, _FILTER_MODE, ctypes.byref(rules)) != 0:
        raise SystemCallsOpenError(ctypes.get_errno(), "seccomp")
