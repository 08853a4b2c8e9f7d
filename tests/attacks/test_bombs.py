"""Inputs made to cost minutes or gigabytes: each ends in a reading, and its caller hardly notices.

Counted in bytes and answers, not in seconds: the process that reads counts its own time and ends by
it. What each costs is measured in docs/security/cost.md.
"""

from __future__ import annotations

import json
import resource
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cbor2
import pytest

from support.bombs import Bomb, bombs
from support.pdf_copies import AT, BASIC, demo, issued
from vncopy import judge, load_trust, verify_qr
from vncopy.cli.app import run
from vncopy.errors import MalformedCopy, UsageError
from vncopy.facts.common import MAX_FACTS_BYTES, facts_from_json
from vncopy.facts.pdf import PDFFacts
from vncopy.pdf.isolated import read_paper, read_pdf
from vncopy.pdf.jobs import Ending
from vncopy.pdf.limits import DEFAULT_LIMITS
from vncopy.pdf.pool import Pool
from vncopy.pdf.workers import MEMORY_BYTES, Outcome
from vncopy.reasons import Reason
from vncopy.report import Verdict
from vncopy.verify.pdf import verify_pdf
from vncopy.wire.cbor import decode

ALL_BYTES = 512 * 1024 * 1024
"""What a verification may need, caller and worker together."""
CALLER_BYTES = 96 * 1024 * 1024
"""What a program has that verifies files and does nothing else; none of the engines is in it."""
LIBRARIES = 40 * 1024 * 1024
"""What a worker shares with every other process: code, which no limit counts."""
FAST = replace(DEFAULT_LIMITS, seconds=0.4)
"""Less time than a file gets: these need more than any, and what is tested is how they end."""
PUT_ASIDE = {
    Reason.LIMITS_EXCEEDED,
    Reason.PDF_MALFORMED,
    Reason.IMAGE_MALFORMED,
    Reason.NO_SYMBOL,
    Reason.SEVERAL_SYMBOLS,
    Reason.RENDERING_FAILED,
    None,
}
"""How such a reading may end; ``None``: it was dear, and done. Never by an engine's failure."""


class Watched(Pool):
    """A pool that keeps how the last job ended."""

    last: Outcome | None = None

    def run(self, request: bytes, seconds: float) -> Outcome:
        self.last = super().run(request, seconds)
        return self.last


@pytest.fixture(scope="module")
def pool() -> Iterator[Watched]:
    made = Watched()
    yield made
    made.close()


@pytest.mark.parametrize("bomb", bombs(), ids=lambda bomb: f"{bomb.kind}: {bomb.name}")
def test_a_costly_input(pool: Watched, bomb: Bomb) -> None:
    data = bomb.build()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if bomb.kind == "image":
        step = read_paper(data, limits=FAST, pool=pool).step
    else:
        facts = read_pdf(data, foreign=True, limits=FAST, pool=pool).facts
        step = facts.reading if not facts.reading.passed else facts.drawing
    assert step.reason in PUT_ASIDE, step
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown <= 2 * len(data) + CALLER_BYTES // 8  # the request, and its copy
    if pool.last is not None:
        assert pool.last.ending is not Ending.CRASHED, pool.last
        assert pool.last.peak_bytes <= MEMORY_BYTES + LIBRARIES
    assert MEMORY_BYTES + LIBRARIES + CALLER_BYTES <= ALL_BYTES


def test_an_ordinary_copy_is_read_after_all_of_them(pool: Watched) -> None:
    assert read_pdf(issued().pdf, pool=pool).facts.drawing.passed
    assert pool.last is not None
    assert pool.last.peak_bytes < ALL_BYTES // 4


# What is read in the caller's own process


def test_cbor_of_a_hundred_thousand_levels() -> None:
    for opening in (b"\x81", b"\xa1\x01", b"\xd8\x2a"):
        with pytest.raises(MalformedCopy):
            decode(opening * 100_000 + b"\x00")
    with pytest.raises(MalformedCopy):
        decode(b"\x9b" + b"\xff" * 8)  # 2^64 elements
    with pytest.raises(MalformedCopy):
        decode(cbor2.dumps(list(range(100_000)))[:-1])


@pytest.mark.parametrize("size", [10_000, 10_000_000])
def test_a_text_that_no_symbol_can_hold(size: int) -> None:
    report = verify_qr("VNC1:" + "A" * size, trust=demo().trust, at=AT, policy=BASIC)
    assert report.reasons[0] is Reason.TEXT_TOO_LONG


@pytest.mark.parametrize(
    "data",
    [
        b" " * (MAX_FACTS_BYTES + 1),
        b"[" * MAX_FACTS_BYTES,
        b'{"facts":' * 50_000,
        b'{"schema_version": ' + b"9" * 100_000 + b"}",
        b'"' + b"\\u0000" * 100_000 + b'"',
    ],
    ids=["too long", "arrays", "objects", "a number", "a text"],
)
def test_stored_facts_without_end(data: bytes) -> None:
    with pytest.raises(UsageError):
        facts_from_json(data, PDFFacts)


def test_facts_of_very_many_signatures() -> None:
    report = verify_pdf(issued().pdf, trust=demo().trust, at=AT, policy=BASIC)
    assert isinstance(report.facts, PDFFacts)
    (one, two) = report.facts.signatures
    many = replace(report.facts, signatures=(one, two) * 100)
    again = judge(many, trust=demo().trust, at=AT, policy=BASIC)
    assert again.verdict is Verdict.INVALID


@pytest.mark.parametrize(
    "offices",
    [b"[" * 1_000_000, b'{"a":' * 100_000, b"{" + b" " * 70_000_000 + b"}", b'["' + b"x" * 9_000_000],
    ids=["arrays", "objects", "too long", "a text"],
)  # fmt: skip
def test_a_trust_folder_without_end(tmp_path: Path, offices: bytes) -> None:
    (tmp_path / "anchors").mkdir()
    (tmp_path / "offices.json").write_bytes(offices)
    with pytest.raises(UsageError):
        load_trust(tmp_path)


def test_a_file_of_a_hundred_megabytes_on_the_command_line(
    tmp_path: Path, demo_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = tmp_path / "large.pdf"
    with name.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(100_000_000)
    trust = ["--trust", str(demo_folder / "trust"), "--policy", "offline-basic"]
    assert run(["verify", str(name), *trust, "--format", "json"]) == 2
    told = json.loads(capsys.readouterr().out)
    limits = next(check for check in told["checks"] if check["id"] == "limits")
    assert (limits["reason"], limits["detail"]) == ("limits_exceeded", "file size")
