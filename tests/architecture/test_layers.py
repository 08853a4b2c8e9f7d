"""Imports go one way and never in a ring."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from support.sources import ROOT


def test_the_import_contracts_hold() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [str(program), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
