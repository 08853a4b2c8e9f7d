"""The package runs as a module, where its extra is installed."""

from __future__ import annotations

import subprocess
import sys

from vncopy.cli import app


def test_it_runs_as_a_module() -> None:
    assert app.run
    done = subprocess.run(
        [sys.executable, "-m", "vncopy", "schema", "birth"], capture_output=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout.startswith(b"{")
    assert done.stderr == b""
