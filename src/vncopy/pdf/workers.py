"""One worker: a process that waits for files to read, and how it is started, asked and ended."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Final, cast

from vncopy.errors import MissingExtra
from vncopy.pdf.codec import FrameError, decode, read_frame
from vncopy.pdf.confinement import WALL
from vncopy.pdf.jobs import ANSWER_BYTES, EXIT_IDLE, TAIL, Ending, Hello

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vncopy.facts.common import Isolation

__all__ = ["Gone", "Outcome", "Plan", "Worker", "WorkerUnavailable"]

MEMORY_BYTES: Final = 368 * 1024 * 1024
"""What a worker may have for itself: with the caller's share it stays below 512 MB. The dearest scan
that the limits let pass needs 330 MB."""
MOST_WORKERS: Final = 4
"""Workers at once; each keeps a core busy and some 70 MB."""
IDLE_SECONDS: Final = 300
"""Time without work after which a worker goes away."""
START_SECONDS: Final = 30.0
"""Time that a worker has to load the engines: one second, more from a cold disk."""
_OVERTIME: Final = 0.5
"""Seconds that a worker gets beyond the time of its job, before its caller ends it."""
_LEAVE_SECONDS: Final = 2.0
"""Seconds that a worker gets to leave by itself when it is told to."""
PYTHON: Final = "VNCOPY_PYTHON"
"""Environment variable that names the interpreter, for programs whose executable is none."""
_BOOT: Final = (
    "import sys, json; options = json.loads(sys.argv[1]); sys.path[:] = options['path']; {prelude}"
    "from vncopy.pdf.worker import main; sys.exit(main(options))"
)
_KEPT: Final = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "TEMP")
"""What a worker gets of the environment: where libraries lie, nothing of the caller's secrets."""
_MARK: Final = b"vncr"


class WorkerUnavailable(Exception):
    """No worker could be started; the text says in a word what failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How workers are started."""

    memory: int = MEMORY_BYTES
    """Bytes that each may have for itself."""
    idle: float = IDLE_SECONDS
    """Seconds without work after which it goes away."""
    fork: bool = True
    """A child for each input, where the system can fork."""
    most: int = MOST_WORKERS
    """Workers at once, never more than there are processors."""
    prelude: str = ""
    """Python statements run before the worker is loaded; for tests."""
    environment: tuple[str, ...] = ()
    """Further names of the environment that are handed over; for tests."""
    files: bool = False
    """Leave it able to write files; where coverage is measured."""
    leave: float = _LEAVE_SECONDS
    """Seconds it gets to leave by itself when it is told to."""

    def command(self) -> list[str]:
        """Return the command line.

        Raises:
            WorkerUnavailable: there is no interpreter to start.
        """
        python = os.environ.get(PYTHON) or ("" if getattr(sys, "frozen", False) else sys.executable)
        if not python:
            raise WorkerUnavailable("no interpreter")
        options = {
            # A worker has no directory of its own to look in, and sees what its caller sees.
            "path": [os.path.abspath(each) for each in sys.path],  # noqa: PTH100 - '' is here
            "memory": self.memory,
            "idle": self.idle,
            "fork": self.fork,
            "files": self.files,
        }
        boot = _BOOT.format(prelude=self.prelude)
        switches = ["-I", *(["-B"] if sys.dont_write_bytecode else [])]
        if sys.pycache_prefix:
            switches += ["-X", f"pycache_prefix={sys.pycache_prefix}"]
        return [python, *switches, "-c", boot, json.dumps(options)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a job ended."""

    ending: Ending
    """In which way."""
    answer: bytes = field(default=b"", repr=False)
    """A frame of :mod:`vncopy.pdf.codec`, or anything else that a taken-over process may send."""
    detail: str = ""
    """A word for engineers, such as the signal."""
    peak_bytes: int = 0
    """Most memory that the process had; 0 where the system does not tell."""
    seconds: float = 0.0
    """Processor time; 0 where the system does not tell."""
    isolation: Isolation = ""
    """How well the worker is shut off."""


class Gone(Exception):
    """The worker had left before it was given anything."""


class Worker:
    """One process, and the two streams to it."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._expired = False
        environment = {
            name: os.environ[name] for name in (*_KEPT, *plan.environment) if name in os.environ
        }
        more: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":  # pragma: no cover - the tests run on Linux
            more = {"creationflags": subprocess.CREATE_NO_WINDOW}
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and statements
                plan.command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                cwd=os.path.abspath(os.sep),  # noqa: PTH100 - it keeps no folder of the caller busy
                env=environment,
                **more,
            )
        except (OSError, ValueError, RuntimeError) as error:
            raise WorkerUnavailable(type(error).__name__) from error
        self._requests = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)
        self.isolation = self._hello()

    def _hello(self) -> Isolation:
        """Wait until the worker is ready."""
        try:
            with self._watched(START_SECONDS):
                hello = decode(Hello, *read_frame(self._read))
        except BaseException as error:
            self.kill()
            if isinstance(error, FrameError | OSError | RuntimeError):
                raise WorkerUnavailable("time" if self._expired else "start") from error
            raise
        if hello.missing:
            self.leave()
            raise MissingExtra(hello.missing)
        return hello.isolation

    def ask(self, request: bytes, seconds: float) -> Outcome:
        """Have a job done.

        Raises:
            Gone: it had left before.
            OSError, RuntimeError: no thread can watch it.
        """
        if self._process.poll() is not None:
            raise Gone
        try:
            with self._watched(seconds * WALL + _OVERTIME):
                self._write(b"\n" + request)
                head = self._read(TAIL.size)
                if len(head) != TAIL.size:
                    return self._broken()
                mark, ending, number, peak, spent, size = TAIL.unpack(head)
                if mark != _MARK or size > ANSWER_BYTES or ending not in set(Ending):
                    return self._broken()
                answer = self._read(size)
                if len(answer) != size:
                    return self._broken()
        except OSError:
            return self._broken()
        return Outcome(
            ending=Ending(ending),
            answer=answer,
            detail=_signal_name(number),
            peak_bytes=peak * 1024,
            seconds=spent / 1000,
        )

    def _broken(self) -> Outcome:
        """Return how a worker ended that said nothing about it, and see that it has.

        Raises:
            Gone: it had left before the job.
        """
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_OVERTIME)  # its stream ends a little before it does
        code = self._process.poll()
        self.kill()
        if self._expired:
            return Outcome(ending=Ending.TIME)
        if code is None:
            return Outcome(ending=Ending.CRASHED, detail="answer")
        if code == EXIT_IDLE:
            raise Gone
        if code == 1 and not self._plan.fork:
            return Outcome(ending=Ending.TIME)  # its own watchdog (see faulthandler)
        return Outcome(ending=Ending.CRASHED, detail=_signal_name(-code))

    @contextlib.contextmanager
    def _watched(self, seconds: float) -> Iterator[None]:
        """End the worker if what is done with it takes longer than that."""
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()

    def _expire(self) -> None:
        self._expired = True
        self._end_processes()

    @property
    def alive(self) -> bool:
        """Whether it may be asked again."""
        return not self._expired and self._process.poll() is None

    def _end_processes(self) -> None:
        """End the worker and its child."""
        with contextlib.suppress(OSError):
            if sys.platform == "win32":  # pragma: no cover - the tests run on Linux
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            self._process.kill()

    def kill(self) -> None:
        """End the worker at once."""
        if self._process.poll() is None:
            self._end_processes()
            self._process.wait()
        self._close()

    def leave(self) -> None:
        """Tell the worker to leave, and end it if it does not."""
        self._close()
        try:
            self._process.wait(self._plan.leave)
        except subprocess.TimeoutExpired:
            self.kill()

    def forget(self) -> None:
        """Let go of a worker that belongs to the process this one was forked from."""
        self._process.returncode = 0  # not a child of this process: nothing to wait for
        self._close()

    def _close(self) -> None:
        for stream in (self._requests, self._answers):
            with contextlib.suppress(OSError):
                stream.close()

    def _read(self, size: int) -> bytes:
        found = bytearray()
        while len(found) < size:
            piece = self._answers.read(min(size - len(found), 1 << 20))
            if not piece:
                break
            found += piece
        return bytes(found)

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[self._requests.write(view) :]


def _signal_name(number: int) -> str:
    """Return the name of a signal, empty for none."""
    try:
        return signal.Signals(number).name if number > 0 else ""
    except ValueError:
        return f"signal {number}"
