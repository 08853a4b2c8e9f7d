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
_NO_NEW_PRIVILEGES: Final = 38  # PR_SET_NO_NEW_PRIVS
_SET_FILTER: Final = 22  # PR_SET_SECCOMP
_FILTER_MODE: Final = 2


class SystemCallsOpenError(OSError):
    """This process could not be sealed."""


def _program(own: int) -> bytes:
    """Return the filter for this machine.

    Args:
        own: number of this process.

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
    # The end of the program: refuse, the question about tgkill, allow.
    for place, number in enumerate(allowed):
        to_allow = (len(allowed) - place - 1) + 5
        steps.append((_JUMP_IF_EQUAL, to_allow, 0, number))
    steps += [
        (_JUMP_IF_EQUAL, 1, 0, _SIGNAL_TO_A_THREAD[column]),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _AT_FIRST_ARGUMENT),
        (_JUMP_IF_EQUAL, 1, 0, own),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def seal() -> None:
    """Give up all system calls but those of the list, for good.

    Raises:
        SystemCallsOpenError: the system does not offer it; nothing was given up then.
    """
    import ctypes  # noqa: PLC0415 - loaded where it is needed

    program = _program(os.getpid())
    code = ctypes.create_string_buffer(program, len(program))

    class Filter(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))

    rules = Filter(len(program) // 8, ctypes.cast(code, ctypes.c_void_p))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        raise SystemCallsOpenError(ctypes.get_errno(), "no_new_privs")
    if library.prctl(_SET_FILTER, _FILTER_MODE, ctypes.byref(rules)) != 0:
        raise SystemCallsOpenError(ctypes.get_errno(), "seccomp")
