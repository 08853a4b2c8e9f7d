"""What a sealed process may do: run in processes of their own, which then can do nothing else."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from vncopy.pdf.seccomp import _program

TRIED = """
import os, sys, threading
from vncopy.pdf.seccomp import seal
threads = sys.argv[1] == "threads"
said = []
seal(threads=threads)
for name, tried in (
    ("thread", lambda: threading.Thread(target=lambda: said.append("ran")).start()),
    ("process", os.fork),
    ("file", lambda: os.open("/dev/null", os.O_RDONLY)),
):
    try:
        tried()
        said.append(name)
    except (OSError, RuntimeError):
        pass
os.write(1, " ".join(sorted(said)).encode())
os._exit(0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such filter")
@pytest.mark.parametrize(("asked", "seen"), [("none", ""), ("threads", "ran thread")])
def test_threads_are_permitted_where_they_are_asked_for_and_nothing_else(
    asked: str, seen: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TRIED, asked], capture_output=True, check=True, timeout=60
    )
    assert done.stdout.decode() == seen


@pytest.mark.parametrize("threads", [False, True])
def test_no_jump_leaves_the_program(threads: bool) -> None:
    program = _program(os.getpid(), threads=threads)
    steps = [program[at : at + 8] for at in range(0, len(program), 8)]
    for number, step in enumerate(steps):
        if step[0] == 0x15:
            assert max(step[2:4]) + number + 1 < len(steps)
    assert steps[-1][0] == 0x06
