"""The library's own source text, for the tests that read it."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "src" / "vncopy"

CODE_LISTS = ("formats/codes/", "reasons.py", "wire/dictionary.py", "wire/repertoire.py")
"""Data written as Python: exempt from the size of modules, from nothing else."""


@dataclass(frozen=True, slots=True)
class Source:
    """One module of the library."""

    name: str
    """Path below the package, with slashes."""
    text: str
    tree: ast.Module

    @property
    def is_code_list(self) -> bool:
        return self.name.startswith(CODE_LISTS)


@cache
def sources() -> tuple[Source, ...]:
    """Return every module of the library."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(PACKAGE).as_posix()
        found.append(Source(name, text, ast.parse(text, name)))
    assert found
    return tuple(found)


def committed_files() -> tuple[Path, ...]:
    """Return every file that git tracks and that is there."""
    done = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True
    )
    names = done.stdout.decode().split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())
