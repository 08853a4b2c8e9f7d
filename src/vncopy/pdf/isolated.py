"""Have a stranger's file read by another process, which may be ended at any time.

The same two functions as in :mod:`vncopy.pdf.engine`, whose work is done by a warm worker
(:mod:`vncopy.pdf.worker`). No engine is loaded here. A worker that dies, takes too long or answers
nonsense gives a reading that says so; where none can be started, nothing is read at all: no file is
ever looked at in the caller's own process instead.

Callable from threads and running event loops. A forked process starts workers of its own.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from vncopy.errors import MissingExtra
from vncopy.facts.common import Step
from vncopy.facts.pdf import PDFFacts
from vncopy.pdf.codec import FrameError, decode, encode, read_frame
from vncopy.pdf.jobs import Answer, Ending, Job
from vncopy.pdf.limits import DEFAULT_LIMITS, ReadingLimits
from vncopy.pdf.pool import shared_pool
from vncopy.pdf.readings import PaperReading, PDFReading
from vncopy.pdf.workers import WorkerUnavailable
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from vncopy.facts.common import Isolation
    from vncopy.page_trust import FontTable
    from vncopy.pdf.pool import Pool
    from vncopy.pdf.workers import Outcome

__all__ = ["read_paper", "read_pdf"]

# The engines are looked for, not loaded: whoever imports this is told what to install.
if any(find_spec(name) is None for name in ("pikepdf", "pyhanko", "pypdfium2", "zxingcpp")):
    raise MissingExtra("pdf")

_ENDINGS = {
    Ending.TIME: Step(reason=Reason.LIMITS_EXCEEDED, detail="time"),
    Ending.MEMORY: Step(reason=Reason.LIMITS_EXCEEDED, detail="memory"),
    Ending.TOO_LONG: Step(reason=Reason.LIMITS_EXCEEDED, detail="answer"),
}
_UNAVAILABLE = Step(reason=Reason.ENGINE_UNAVAILABLE)


def read_pdf(
    data: bytes,
    *,
    foreign: bool = False,
    limits: ReadingLimits = DEFAULT_LIMITS,
    fonts: tuple[FontTable, ...] = (),
    pool: Pool | None = None,
) -> PDFReading:
    """Look at a PDF as :func:`vncopy.pdf.engine.read_pdf` does, in another process.

    Args:
        data: the file, any bytes.
        foreign: a file of somebody else.
        limits: how much is looked at.
        fonts: outlines that the receiver's trust folder knows.
        pool: whose workers do it; ``None``: the one of this process.

    Returns:
        What was seen, or why nothing was.

    Raises:
        MissingExtra: the engines are not installed.
    """
    start = PDFFacts(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    if len(data) > limits.file_bytes:
        step = Step(reason=Reason.LIMITS_EXCEEDED, detail="file size")
        return PDFReading(facts=replace(start, reading=step))
    job = Job(name="read_pdf", data=data, foreign=foreign, limits=limits, fonts=fonts)
    answer, step, isolation = _asked(job, pool or shared_pool())
    seen = None if answer is None else answer.pdf
    if seen is None or (seen.facts.sha256, seen.facts.size) != (start.sha256, start.size):
        return PDFReading(facts=replace(start, reading=step, isolation=isolation))
    return replace(seen, facts=replace(seen.facts, isolation=isolation))


def read_paper(
    data: bytes, *, limits: ReadingLimits = DEFAULT_LIMITS, pool: Pool | None = None
) -> PaperReading:
    """Find the one symbol of a copy as :func:`vncopy.pdf.engine.read_paper` does, elsewhere.

    Args:
        data: a picture, or a PDF whose pages are scans; any bytes.
        limits: how much is looked at.
        pool: whose workers do it; ``None``: the one of this process.

    Returns:
        The text, or why there is not one.

    Raises:
        MissingExtra: the engines are not installed.
    """
    if len(data) > max(limits.file_bytes, limits.image_bytes):
        step = Step(reason=Reason.LIMITS_EXCEEDED, detail="file size")
        return PaperReading(step=step)
    job = Job(name="read_paper", data=data, limits=limits)
    answer, step, isolation = _asked(job, pool or shared_pool())
    seen = PaperReading(step=step) if answer is None or answer.paper is None else answer.paper
    return replace(seen, isolation=isolation)


def _asked(job: Job, pool: Pool) -> tuple[Answer | None, Step, Isolation]:
    """Return what a worker answered, what to say if it did not, and how it was shut off."""
    try:
        outcome = pool.run(encode(job), job.limits.seconds)
    except WorkerUnavailable as error:
        return None, replace(_UNAVAILABLE, detail=str(error)), ""
    return *_read(outcome), outcome.isolation


def _read(outcome: Outcome) -> tuple[Answer | None, Step]:
    """Return the answer of an outcome, believed as far as its form goes."""
    failed = Step(reason=Reason.ENGINE_FAILED, detail=outcome.detail or "answer")
    if outcome.ending is not Ending.ANSWERED:
        return None, _ENDINGS.get(outcome.ending, failed)
    rest = memoryview(outcome.answer)

    def read(size: int) -> bytes:
        nonlocal rest
        piece, rest = bytes(rest[:size]), rest[size:]
        return piece

    try:
        return decode(Answer, *read_frame(read)), failed
    except FrameError:
        return None, failed
