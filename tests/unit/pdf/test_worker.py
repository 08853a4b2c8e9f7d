"""The process that reads files: whatever happens in it, its caller gets an answer and goes on.

The engines are exchanged in the worker, by statements that run before it is loaded.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from support.pdf_copies import AT, BASIC, demo, issued
from vncopy.errors import MissingExtra
from vncopy.facts.common import Isolation
from vncopy.facts.pdf import PDFFacts
from vncopy.pdf import engine
from vncopy.pdf.codec import encode
from vncopy.pdf.isolated import read_paper, read_pdf
from vncopy.pdf.jobs import Ending, Job
from vncopy.pdf.limits import DEFAULT_LIMITS
from vncopy.pdf.pool import Pool
from vncopy.pdf.workers import Outcome, Plan, WorkerUnavailable
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Verdict
from vncopy.verify.image import verify_image
from vncopy.verify.pdf import verify_pdf
from vncopy.verify.signatures import verify_signatures

POOLS: list[Pool] = []
QUICK = replace(DEFAULT_LIMITS, seconds=0.3)
HANG = """
import vncopy.pdf.engine as engine

def exchanged(data, **_):
    if not data.startswith(b"do "):
        return original(data, **_)
    return seen(eval(compile(data[3:], "job", "exec"), {}) or "")

def seen(detail):
    from vncopy.facts.common import Step
    from vncopy.facts.pdf import PDFFacts
    from vncopy.pdf.readings import PDFReading
    return PDFReading(facts=PDFFacts(sha256="", size=0))

original, engine.read_pdf = engine.read_pdf, exchanged
"""
"""An engine that does what a file tells it to: what an engine is that was taken over."""


@pytest.fixture(autouse=True)
def _no_worker_is_left() -> Iterator[None]:
    yield
    while POOLS:
        POOLS.pop().close()


def pool_of(**changes: Any) -> Pool:
    """Return a pool that is closed after the test."""
    POOLS.append(Pool(Plan(**changes)))
    return POOLS[-1]


def obedient(**changes: Any) -> Pool:
    return pool_of(prelude=f"exec({HANG!r}); ", **changes)


def told(pool: Pool, statements: str, **limits: Any) -> Outcome:
    """Have the worker run statements as if a file had taken it over."""
    job = Job(name="read_pdf", data=f"do {statements}".encode(), limits=replace(QUICK, **limits))
    return pool.run(encode(job), job.limits.seconds)


def still_reads(pool: Pool) -> bool:
    seen = read_pdf(issued().pdf, pool=pool)
    return seen.facts.reading.passed and len(seen.facts.signatures) == 2


@pytest.fixture(scope="module")
def forking() -> Iterator[Pool]:
    pool = obedient()
    POOLS.remove(pool)
    yield pool
    pool.close()


@pytest.fixture(scope="module")
def serving() -> Iterator[Pool]:
    """Workers as they are where the system cannot fork."""
    pool = obedient(fork=False)
    POOLS.remove(pool)
    yield pool
    pool.close()


@pytest.fixture(params=["forking", "serving"])
def pool(request: pytest.FixtureRequest) -> Pool:
    found: Pool = request.getfixturevalue(request.param)
    return found


# What is read is the same


def test_a_worker_sees_what_its_caller_would_see(pool: Pool) -> None:
    copy = issued()
    for foreign in (False, True):
        here = engine.read_pdf(copy.pdf, foreign=foreign)
        there = read_pdf(copy.pdf, foreign=foreign, pool=pool)
        assert there.facts.isolation
        assert replace(there, facts=replace(there.facts, isolation="")) == here
    paper = read_paper(copy.qr_png(), pool=pool)
    assert paper.text == copy.qr_text
    assert paper.isolation


def test_how_well_it_is_shut_off_is_told(forking: Pool, serving: Pool) -> None:
    told_by: dict[str, Isolation] = {
        name: read_pdf(b"%PDF-1.7", pool=each).facts.isolation
        for name, each in (("forking", forking), ("serving", serving))
    }
    assert told_by == {"forking": "sandbox", "serving": "process_with_memory_limit"}


def test_a_report_tells_it() -> None:
    asked = {"trust": demo().trust, "at": AT, "policy": BASIC}
    for report in (
        verify_pdf(issued().pdf, **asked),
        verify_signatures(issued().pdf, **asked),
        verify_image(issued().qr_png(), **asked),
    ):
        told_by = report.to_plain()["isolation"]
        assert told_by in get_args(Isolation)[1:]
        assert told_by == report.facts.isolation  # type: ignore[attr-defined]


# What ends a worker does not end its caller


ENDINGS = {
    "abort": ("import os; os.abort()", Ending.CRASHED),
    "a wild pointer": ("import ctypes; ctypes.string_at(8)", Ending.CRASHED),
    "an exit": ("import os; os._exit(3)", Ending.CRASHED),
    "an error of no kind": ("raise KeyboardInterrupt", Ending.CRASHED),
    "an error": ("raise ValueError", Ending.CRASHED),
    "too much memory": ("bytearray(2**30)", Ending.MEMORY),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_whatever_happens_in_a_worker(pool: Pool, name: str) -> None:
    statements, ending = ENDINGS[name]
    outcome = told(pool, statements)
    assert outcome.ending is ending
    assert outcome.answer == b""
    assert still_reads(pool)


@pytest.mark.parametrize("wait", ["while True: pass", "import time; time.sleep(60)"])
def test_a_worker_that_does_not_end(pool: Pool, wait: str) -> None:
    assert told(pool, wait).ending is Ending.TIME
    assert still_reads(pool)


def test_a_worker_that_will_not_be_ended(forking: Pool) -> None:
    """The caller ends it if it takes its own alarm away, and what it left behind with it."""
    quiet = "import signal; [signal.signal(n, signal.SIG_IGN) for n in (14, 27)]\nwhile True: pass"
    assert told(forking, quiet).ending is Ending.TIME
    assert still_reads(forking)


def test_the_name_of_the_signal_is_told(forking: Pool) -> None:
    assert told(forking, "import os; os.abort()").detail == "SIGABRT"
    assert told(forking, "import ctypes; ctypes.string_at(8)").detail == "SIGSEGV"


def test_memory_and_time_are_counted(forking: Pool) -> None:
    outcome = told(forking, "b'x' * 100_000_000")
    assert outcome.ending is Ending.ANSWERED
    assert outcome.peak_bytes > 100_000_000
    assert told(forking, "sum(range(3_000_000))").seconds > 0


# What is answered is taken for what it is


SPEAKS = """
import vncopy.pdf.worker as worker
plain = worker.encode
worker.encode = lambda value: plain(value) if type(value).__name__ == "Hello" else {answer}
"""


@pytest.mark.parametrize("fork", [True, False])
@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        ("b''", "answer"),
        ("b'nonsense'", "answer"),
        ("b'vncw' + bytes(8)", "answer"),
        ("plain(value)[:-1]", "answer"),
        ("plain(value).replace(b'\"facts\"', b'\"fact5\"')", "answer"),
        ("bytes(2**24 + 1)", "answer"),
    ],
)
def test_an_answer_that_is_none(answer: str, detail: str, fork: bool) -> None:
    pool = pool_of(prelude=f"exec({SPEAKS.format(answer=answer)!r}); ", fork=fork)
    step = read_pdf(issued().pdf, pool=pool).facts.reading
    assert step.reason in {Reason.ENGINE_FAILED, Reason.LIMITS_EXCEEDED}
    assert step.detail == detail
    assert read_paper(b"\x89PNG", pool=pool).text is None


def test_facts_of_another_file_are_not_taken(forking: Pool) -> None:
    """An engine that was taken over cannot speak about another file than its own."""
    facts = read_pdf(b"do pass", pool=forking).facts
    assert facts.reading.reason is Reason.ENGINE_FAILED
    assert facts == replace(
        PDFFacts(sha256=facts.sha256, size=7), reading=facts.reading, isolation="sandbox"
    )


# What a worker may do


FORBIDDEN = {
    "read a file": "import os; os.open('/etc/hostname', 0)",
    "write a file": "open('/tmp/vncopy-was-here', 'w')",
    "see a folder": "import os; os.listdir('/')",
    "open a socket": "import socket; socket.socket()",
    "start a program": "import os; os.execv('/bin/true', ['true'])",
    "start a process": "import os; os.fork()",
    "end its caller": "import os; os.kill(os.getppid(), 9)",
    "end its brother": "import os, signal; os.kill(1, signal.SIGTERM)",
    "get more time": "import signal; signal.setitimer(signal.ITIMER_REAL, 0)",
    "get more memory": "import resource; resource.setrlimit(resource.RLIMIT_DATA, (-1, -1))",
    "look at its caller's memory": "import ctypes; c = ctypes.CDLL(None, use_errno=True)\n"
    "if c.ptrace(16, 1, 0, 0) == -1: raise OSError(ctypes.get_errno(), '')",
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_a_worker_may_not_do(forking: Pool, name: str) -> None:
    lines = "\n ".join(FORBIDDEN[name].splitlines())
    attempt = f"try:\n {lines}\nexcept (OSError, ValueError):\n import os; os.abort()"
    assert told(forking, attempt).detail == "SIGABRT"
    assert not Path("/tmp/vncopy-was-here").exists()


def test_a_worker_knows_nothing_of_its_callers_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VNCOPY_SECRET", "the password of a key")
    pool = obedient()
    attempt = "import os\nif 'VNCOPY_SECRET' not in os.environ: os.abort()"
    assert told(pool, attempt).detail == "SIGABRT"


def test_one_input_leaves_nothing_to_the_next(forking: Pool) -> None:
    told(forking, "import vncopy.pdf.engine as e; e.original = lambda *a, **b: None; e.left = 1")
    look = "import os, vncopy.pdf.engine as e\nif not hasattr(e, 'left'): os.abort()"
    assert told(forking, look).detail == "SIGABRT"
    assert still_reads(forking)


# Starting, ending, sharing


def test_no_worker_no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = pool_of()
    for python, detail in (("/no/such/program", "FileNotFoundError"), ("/bin/false", "start")):
        monkeypatch.setenv("VNCOPY_PYTHON", python)
        facts = read_pdf(issued().pdf, pool=pool).facts
        assert facts.reading.reason is Reason.ENGINE_UNAVAILABLE
        assert facts.reading.detail == detail
        assert not facts.signatures
        assert facts.isolation == ""
        assert read_paper(issued().qr_png(), pool=pool).step.reason is Reason.ENGINE_UNAVAILABLE
    assert Reason.ENGINE_UNAVAILABLE.info.outcome == "undetermined"


def test_a_program_whose_executable_is_no_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    facts = read_pdf(issued().pdf, pool=pool_of()).facts
    assert facts.reading.detail == "no interpreter"
    monkeypatch.setenv("VNCOPY_PYTHON", sys.executable)
    pool = pool_of()
    assert still_reads(pool)


def test_a_verification_says_that_it_could_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vncopy.pdf.isolated.shared_pool", pool_of)
    monkeypatch.setenv("VNCOPY_PYTHON", "/no/such/program")
    report = verify_pdf(issued().pdf, trust=demo().trust, at=AT, policy=BASIC)
    assert report.verdict is Verdict.UNDETERMINED
    assert report.check(CheckId.SIGNATURES_INTACT).reason is Reason.ENGINE_UNAVAILABLE
    image = verify_image(issued().qr_png(), trust=demo().trust, at=AT, policy=BASIC)
    assert image.verdict is Verdict.UNDETERMINED


def test_a_missing_extra_is_told() -> None:
    pool = pool_of(prelude="sys.modules['pikepdf'] = None; ")
    for _ in range(2):
        with pytest.raises(MissingExtra) as caught:
            read_pdf(b"%PDF-1.7", pool=pool)
        assert caught.value.extra == "pdf"


def test_a_worker_that_went_away_is_replaced() -> None:
    pool = obedient(idle=0.01)
    assert still_reads(pool)
    (worker,) = pool._idle
    worker._process.wait()  # it was idle for too long
    assert still_reads(pool)
    pool.close()
    pool.close()
    assert still_reads(pool)
    (worker,) = pool._idle
    os.killpg(worker._process.pid, signal.SIGKILL)
    worker._process.wait()
    assert still_reads(pool)


def test_a_worker_that_goes_away_while_it_is_asked() -> None:
    """Between looking whether it lives and asking it, a worker may leave."""
    pool = obedient(idle=0.01)
    assert still_reads(pool)
    (worker,) = pool._idle
    poll, answers = worker._process.poll, iter([None])
    worker._process.poll = lambda: next(answers, poll())  # type: ignore[method-assign]
    os.waitid(os.P_PID, worker._process.pid, os.WEXITED | os.WNOWAIT)
    assert still_reads(pool)


def test_a_worker_that_reads_itself_is_replaced_after_many_files() -> None:
    pool = pool_of(fork=False, prelude="import vncopy.pdf.worker as w; w.MOST_JOBS = 2; ")
    processes = set()
    for _ in range(5):
        assert still_reads(pool)
        processes |= {worker._process.pid for worker in pool._all}
    assert len(processes) == 3


def test_a_worker_that_does_not_leave_is_ended() -> None:
    pool = pool_of(leave=0.0)
    assert still_reads(pool)
    (worker,) = pool._idle
    pool.close()
    assert worker._process.returncode is not None


def run_in_threads(work: Callable[[], None], count: int) -> list[BaseException]:
    errors: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - handed to the test
            errors.append(error)

    threads = [threading.Thread(target=guarded) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_many_threads_share_few_workers() -> None:
    pool = obedient(most=2)

    def work() -> None:
        assert still_reads(pool)
        assert told(pool, "import os; os.abort()").ending is Ending.CRASHED
        assert still_reads(pool)

    assert run_in_threads(work, 6) == []
    assert 1 <= len(pool._all) <= 2


def test_threads_whose_workers_cannot_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VNCOPY_PYTHON", "/no/such/program")
    pool = pool_of(most=1)

    def work() -> None:
        with pytest.raises(WorkerUnavailable):
            pool.run(b"", 1.0)

    assert run_in_threads(work, 4) == []


def test_inside_a_running_event_loop(forking: Pool) -> None:
    async def work() -> bool:
        return still_reads(forking)

    assert asyncio.run(work())


def test_no_thread_can_watch(forking: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        facts = read_pdf(issued().pdf, pool=forking).facts
    assert facts.reading.reason is Reason.ENGINE_UNAVAILABLE
    assert still_reads(forking)


def test_an_interrupted_caller_leaves_no_half_answer(
    forking: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert still_reads(forking)
    (worker,) = forking._idle

    def interrupted(_: int) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(worker, "_read", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_pdf(issued().pdf, pool=forking)
    assert worker._process.returncode is not None
    assert still_reads(forking)


SCRIPT = """
import os, sys
from pathlib import Path
from vncopy.pdf.isolated import read_pdf
from vncopy.pdf.pool import shared_pool

data = Path(sys.argv[1]).read_bytes()
assert read_pdf(data).facts.reading.passed  # no `if __name__ == "__main__"` around it
(worker,) = shared_pool()._idle
if sys.argv[2] == "fork":
    child = os.fork()
    assert read_pdf(data).facts.reading.passed
    (own,) = shared_pool()._idle
    assert (own is worker) == bool(child)
    if child:
        assert os.waitpid(child, 0)[1] == 0
        assert read_pdf(data).facts.reading.passed
        print(worker._process.pid)
elif sys.argv[2] == "killed":
    print(worker._process.pid, flush=True)
    os.kill(os.getpid(), 9)
else:
    print(worker._process.pid)
"""


@pytest.mark.parametrize("way", ["as ever", "fork", "killed"])
def test_a_script_and_its_worker_end_together(tmp_path: Path, way: str) -> None:
    script, file = tmp_path / "script.py", tmp_path / "copy.pdf"
    script.write_text(SCRIPT)
    file.write_bytes(issued().pdf)
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script), str(file), way],
        capture_output=True, text=True, check=False, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.returncode == (-9 if way == "killed" else 0), done.stderr
    assert done.stderr == ""
    assert any(gone(int(done.stdout)) for _ in range(2_000))


def gone(process: int) -> bool:
    """Tell whether a worker has left, which it does when it sees the end of its stream."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    threading.Event().wait(0.01)
    return False


# What is not handed over


def test_a_file_over_the_limit_is_not_handed_over() -> None:
    class NoPool(Pool):
        def run(self, request: bytes, seconds: float) -> Outcome:
            raise AssertionError(len(request), seconds)

    most = DEFAULT_LIMITS.file_bytes
    facts = read_pdf(bytes(most + 1), pool=NoPool()).facts
    assert (facts.reading.reason, facts.reading.detail) == (Reason.LIMITS_EXCEEDED, "file size")
    assert facts.size == most + 1
    step = read_paper(bytes(DEFAULT_LIMITS.image_bytes + 1), pool=NoPool()).step
    assert step.reason is Reason.LIMITS_EXCEEDED
