"""A worker that an input took over cannot speak about the next input, nor read it."""

from __future__ import annotations

import sys

import pytest

from vncopy.pdf.isolated import read_paper
from vncopy.pdf.pool import Pool
from vncopy.pdf.workers import Plan
from vncopy.reasons import Reason

TAKEN_OVER = """
import errno, os, vncopy.pdf.worker as worker
from vncopy.facts.common import Step
from vncopy.pdf.jobs import TAIL, Answer
from vncopy.pdf.readings import PaperReading
plain = worker.run_job

def exchanged(job):
    if job.data != b"hostile":
        return plain(job)
    lie = worker.encode(Answer(paper=PaperReading(text="of another", step=Step())))
    open_ones = 0
    for stream in range(3, 64):
        try:
            os.lseek(stream, 0, os.SEEK_CUR)
        except OSError as error:
            if error.errno == errno.EBADF:
                continue
        open_ones += 1
        try:
            os.write(stream, TAIL.pack(b"vncr", 0, 0, 0, 0, len(lie)) + lie)
        except OSError:
            pass
    if open_ones != 1:
        return Answer(paper=PaperReading(text="of another", step=Step()))
    os._exit(0)

worker.run_job = exchanged
"""
"""Writes an answer into every stream that is open, and stays if there is more than its own."""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives every input its own process")
def test_an_input_cannot_answer_for_the_next_one() -> None:
    pool = Pool(Plan(prelude=f"exec({TAKEN_OVER!r}); ", most=1))
    try:
        first = read_paper(b"hostile", pool=pool)
        assert first.text is None
        assert first.step.reason is Reason.ENGINE_FAILED
        for _ in range(2):
            seen = read_paper(b"no picture", pool=pool)
            assert seen.text is None
            assert seen.step.reason is Reason.IMAGE_MALFORMED
    finally:
        pool.close()
