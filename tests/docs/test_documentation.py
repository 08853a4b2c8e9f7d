"""Every example of the README and the docs is run, and what it claims to print is compared.

A ``print(...)  # → text`` claims its output. The blocks of one file share their names and run
inside the folder that ``vncopy demo`` makes. Blocks that are no ```` ```python ```` are text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.sources import ROOT

FENCE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CLAIM = re.compile(r"# → (.*)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
MAX_SNIPPET = 20
"""Lines of a how-to's snippet: an integrator reads no more."""
MAX_README = 30
PAGES = sorted(
    page
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    if FENCE.search(page.read_text(encoding="utf-8"))
)


@pytest.fixture
def inside_demo(demo_folder: Path) -> Iterator[Path]:
    before = Path.cwd()
    os.chdir(demo_folder)
    yield demo_folder
    os.chdir(before)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> list[str]:
    return FENCE.findall(page.read_text(encoding="utf-8"))


def lines_of(block: str) -> int:
    return sum(1 for line in block.splitlines() if line.strip())


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_examples_run_and_print_what_they_claim(
    page: Path, inside_demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, object] = {"__name__": "__main__"}
    for number, block in enumerate(blocks(page), 1):
        capsys.readouterr()
        exec(compile(block, f"{name_of(page)} block {number}", "exec"), names)  # noqa: S102 - the point
        said = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
        assert said == [claim.rstrip() for claim in CLAIM.findall(block)], f"block {number}"


@pytest.mark.parametrize("page", [p for p in PAGES if "how-to" in p.parts], ids=name_of)
def test_a_how_to_has_short_snippets(page: Path) -> None:
    assert max(lines_of(block) for block in blocks(page)) <= MAX_SNIPPET


def test_the_readme_issues_and_verifies_in_thirty_lines() -> None:
    assert blocks(ROOT / "README.md")
    assert sum(lines_of(block) for block in blocks(ROOT / "README.md")) <= MAX_README


def test_no_link_of_the_docs_is_dead() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    dead = [
        f"{name_of(page)}: {target}"
        for page in pages
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert dead == []
