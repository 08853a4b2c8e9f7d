"""The one-file verifier is short, uses the public API alone, and answers for every carrier."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from support.sources import ROOT

SCRIPT = ROOT / "scripts" / "verify_copy.py"
MAX_LINES = 60


def call(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_it_is_short_and_imports_the_face_alone() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_LINES
    assert text.startswith("# /// script\n")
    imported = {
        node.module
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("vncopy")
    }
    assert imported == {"vncopy"}


@pytest.mark.parametrize("suffix", ["pdf", "qr.txt", "qr.png"])
def test_it_answers_for_every_carrier(demo_folder: Path, suffix: str) -> None:
    done = call(demo_folder / "copies" / f"death.{suffix}", demo_folder / "trust")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["verdict"] == "valid"


def test_it_says_no_and_it_says_how(demo_folder: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7\nnothing")
    assert call(bad, demo_folder / "trust").returncode == 1
    assert call(tmp_path / "absent.pdf", demo_folder / "trust").returncode == 74
    assert call(bad, tmp_path / "absent").returncode == 64
    assert call().returncode == 64
