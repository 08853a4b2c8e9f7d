"""Nothing committed names a download host, a machine's paths, or lets mypy and ruff off unnamed."""

from __future__ import annotations

import re

import pytest

from support.sources import ROOT, committed_files

# written so that this file does not hold them itself
HOSTS = [
    "python" + "hosted.",
    "pypi" + ".org/simple",
    "npm" + "js.",
    "registry." + "npm",
    "repo" + "1?[.]maven[.]",
    "deb" + ".debian.",
    "crates" + ".io",
]
MACHINE = r"(?:^|[^A-Za-z0-9_.])/(?:work|farm|root|home/[a-z]+|tmp/bash_jobs)/"
FORBIDDEN = re.compile("|".join([*HOSTS, MACHINE]), re.IGNORECASE)
BLANKET = re.compile(r"#\s*(?:type:\s*ignore|noqa)\s*$")
TEXT = {".py", ".md", ".toml", ".txt", ".in", ".json", ".typ", ".mjs", ".xml", ".cddl", ".yml", ""}


def test_the_pattern_finds_what_it_looks_for() -> None:
    assert FORBIDDEN.search("https://files." + "python" + "hosted.org/x")
    assert FORBIDDEN.search("cd /" + "work/main")
    assert not FORBIDDEN.search("a/work/b, network/")


def test_no_committed_line_names_a_host_or_a_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in committed_files()
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if FORBIDDEN.search(line)
    ]
    assert found == []


def test_no_blanket_ignores() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in committed_files()
        if path.suffix == ".py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if BLANKET.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("name", ["base", "base-test", "all", "dev", "fuzz"])
def test_every_requirement_has_a_version_and_hashes(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    entries = [line for line in text.splitlines() if line and line[0] not in " #"]
    assert entries
    assert all(re.match(r"[a-z0-9_.\[\],-]+==\S+", line) for line in entries)
    assert text.count("--hash=sha256:") >= len(entries)
    assert "--index" not in text
    assert "--find-links" not in text
