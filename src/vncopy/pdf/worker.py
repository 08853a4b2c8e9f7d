"""The process that reads strangers' files, so that the caller's own does not.

Started by :mod:`vncopy.pdf.isolated` as a fresh interpreter, it loads the engines once and then
waits. Where the system can fork (Linux), every input gets a child of its own: the process that
waits never looks at a stranger's byte, a child that was ended or taken over is gone with its input,
and memory and time are counted for each input alone. Elsewhere the process reads the inputs itself,
one after the other.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import logging
import os
import select
import signal
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import MissingExtra
from vncopy.facts.common import Step
from vncopy.pdf.codec import FrameError, decode, encode, read_frame
from vncopy.pdf.confinement import WALL, confine, limit_time
from vncopy.pdf.jobs import ANSWER_BYTES, EXIT_IDLE, TAIL, Answer, Ending, Hello, Job
from vncopy.pdf.seccomp import seal
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vncopy.pdf.readings import PDFReading

__all__ = ["main", "run_job"]

MARK: Final = b"vncr"
"""Begins what is told about the end of each job."""
EXIT_MEMORY: Final = 71
"""How a child exits that got no memory."""
EXIT_FAILED: Final = 70
"""How a child exits that met an error which no border caught."""
MOST_JOBS: Final = 300
"""Inputs that a process reads itself before another takes its place."""
_NEARLY: Final = 0.9
"""Share of the permitted memory above which a crash is put down to it."""
_CHUNK: Final = 1 << 16
"""Bytes moved at once."""


def main(options: Mapping[str, Any]) -> int:
    """Load the engines, say hello and do what is asked until the stream ends.

    Args:
        options: ``memory`` (bytes), ``idle`` (seconds), ``fork``, ``files`` (whether files may be
            written; only where coverage is measured).

    Returns:
        The exit code.
    """
    requests, answers = _own_streams()
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the caller's; he ends this process
    logging.disable()  # engines write names of signers into logs
    try:
        import vncopy.pdf.warm  # noqa: F401, PLC0415 - loads every engine
    except MissingExtra as error:
        _send(answers, encode(Hello(isolation="", missing=error.extra)))
        return 0
    forks = bool(options["fork"]) and sys.platform == "linux"
    isolation = confine(
        memory=int(options["memory"]),
        files=bool(options["files"]),
        can_seal=forks and _can_seal(),
    )
    _send(answers, encode(Hello(isolation=isolation)))
    if forks:
        return _serve_by_children(
            requests,
            answers,
            idle=float(options["idle"]),
            memory=int(options["memory"]),
            sealed=isolation == "sandbox",
        )
    return _serve_here(requests, answers)


def _own_streams() -> tuple[int, int]:
    """Keep the two streams of the caller for oneself: engines that print must not reach them."""
    requests, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)
    if sys.platform == "win32":  # pragma: no cover - the tests run on Linux
        import msvcrt  # noqa: PLC0415

        msvcrt.setmode(requests, os.O_BINARY)
        msvcrt.setmode(answers, os.O_BINARY)
    return requests, answers


def run_job(job: Job) -> Answer:
    """Do a job.

    Args:
        job: what is asked.

    Returns:
        What was seen. Raises nothing for any bytes but ``MemoryError``.
    """
    from vncopy.pdf.engine import read_paper, read_pdf  # noqa: PLC0415 - the caller loads no engine

    if job.name == "read_paper":
        paper = read_paper(job.data, limits=job.limits)
        return Answer(paper=replace(paper, step=_memory(paper.step)))
    seen = read_pdf(job.data, foreign=job.foreign, limits=job.limits, fonts=job.fonts)
    return Answer(pdf=_named(seen))


def _named(seen: PDFReading) -> PDFReading:
    """Call what ended for lack of memory by its name."""
    facts = replace(
        seen.facts, reading=_memory(seen.facts.reading), drawing=_memory(seen.facts.drawing)
    )
    return replace(seen, facts=facts)


def _memory(step: Step) -> Step:
    if step.detail == MemoryError.__name__:
        return Step(reason=Reason.LIMITS_EXCEEDED, detail="memory")
    return step


# --- one child for each input ---------------------------------------------------------------------


def _can_seal() -> bool:
    """Try out in a child whether system calls can be given up."""
    child = os.fork()
    if child == 0:
        try:
            seal()
            os.open(os.devnull, os.O_RDONLY)  # not on the list
        except PermissionError:
            os._exit(0)
        except BaseException:  # noqa: BLE001 - it cannot
            os._exit(1)
        os._exit(1)
    return os.wait4(child, 0)[1] == 0


def _serve_by_children(
    requests: int, answers: int, *, idle: float, memory: int, sealed: bool
) -> int:
    """Do every job in a child of its own."""
    gc.collect()
    gc.freeze()  # what is shared with the children stays shared
    while True:
        ready, _, _ = select.select([requests], [], [], idle)
        if not ready:
            return EXIT_IDLE
        if not os.read(requests, 1):
            return 0
        since = _own_time()
        coming, going = os.pipe()
        child = os.fork()
        if child == 0:
            # It keeps no stream to the caller: it could answer for the next input, and read it.
            os.close(coming)
            os.close(answers)
            os._exit(_child(requests, going, sealed=sealed))
        os.close(going)
        _relay(child, coming, answers, memory=memory, since=since)


def _child(requests: int, going: int, *, sealed: bool) -> int:
    """Do one job in a child and return its exit code."""
    try:
        job = decode(Job, *read_frame(reader(requests)))
        os.close(requests)
        limit_time(job.limits.seconds)
        if sealed:
            # The decoder of HEIC is there where the extra is, and starts threads of its own.
            seal(threads=job.name == "read_paper" and "pi_heif" in sys.modules)
        answer = encode(run_job(job))
    except MemoryError:
        return EXIT_MEMORY
    except BaseException:  # noqa: BLE001 - the last border: whatever it was, the caller is told
        return EXIT_FAILED
    _send(going, answer)
    return 0


def _relay(child: int, coming: int, answers: int, *, memory: int, since: float) -> None:
    """Hand the child's answer on, unread, once the child has ended, and tell how it ended."""
    answer = bytearray()
    while len(answer) <= ANSWER_BYTES:
        piece = os.read(coming, _CHUNK)
        if not piece:
            break
        answer += piece
    os.close(coming)
    if len(answer) > ANSWER_BYTES:
        os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    spent = usage.ru_utime + usage.ru_stime + _own_time() - since
    ending, number = _ending(status)
    if len(answer) > ANSWER_BYTES:
        ending = Ending.TOO_LONG
    if ending is Ending.CRASHED and usage.ru_maxrss * 1024 > _NEARLY * memory:
        ending = Ending.MEMORY  # engines that get none end the process, or fail in their own ways
    if ending is not Ending.ANSWERED:
        answer.clear()
    millis = round(spent * 1000)
    tail = TAIL.pack(MARK, ending, number, usage.ru_maxrss, millis, len(answer))
    _send(answers, tail + bytes(answer))


def _own_time() -> float:
    """Return the processor time of this process, its children left out, in seconds."""
    import resource  # noqa: PLC0415 - not on Windows, where nothing is forked

    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime


def _ending(status: int) -> tuple[Ending, int]:
    """Return how a child ended, and by which signal."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number in {signal.SIGALRM, signal.SIGPROF}:
            return Ending.TIME, number
        # The system ends processes in this way when it is out of memory.
        return (Ending.MEMORY if number == signal.SIGKILL else Ending.CRASHED), number
    code = os.WEXITSTATUS(status)
    if code == 0:
        return Ending.ANSWERED, 0
    return (Ending.MEMORY if code == EXIT_MEMORY else Ending.CRASHED), 0


# --- all inputs in this process -------------------------------------------------------------------


def _serve_here(requests: int, answers: int) -> int:
    """Do every job in this process, where there is no fork; a job that takes too long ends it.

    It lives as long as its caller, or until it has done so many that what they left behind may count:
    nothing here waits for a stream and a clock at once.
    """
    read = reader(requests)
    for _ in range(MOST_JOBS):
        if not os.read(requests, 1):
            return 0
        try:
            job = decode(Job, *read_frame(read))
        except FrameError:
            return EXIT_FAILED
        # A watchdog of the interpreter itself, which needs no turn of its own to end the process.
        with open(os.devnull, "w", encoding="ascii") as nowhere:  # noqa: PTH123 - the null device
            faulthandler.dump_traceback_later(job.limits.seconds * WALL, exit=True, file=nowhere)
            try:
                answer, ending = encode(run_job(job)), Ending.ANSWERED
            except MemoryError:
                answer, ending = b"", Ending.MEMORY
            except BaseException:  # noqa: BLE001 - the last border: the caller is told
                answer, ending = b"", Ending.CRASHED
            finally:
                faulthandler.cancel_dump_traceback_later()
        if len(answer) > ANSWER_BYTES:
            answer, ending = b"", Ending.TOO_LONG
        _send(answers, TAIL.pack(MARK, ending, 0, 0, 0, len(answer)) + answer)
    return EXIT_IDLE


# --- streams --------------------------------------------------------------------------------------


def reader(stream: int) -> Callable[[int], bytes]:
    """Return a function that reads exactly so many bytes, fewer at the end of the stream.

    Args:
        stream: number of the open file.
    """

    def read(size: int) -> bytes:
        found = bytearray()
        while len(found) < size:
            piece = os.read(stream, min(size - len(found), 1 << 20))
            if not piece:
                break
            found += piece
        return bytes(found)

    return read


def _send(stream: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(stream, view) :]
