"""The specification is in step with the code, and the dictionary is the published one."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from vncopy.wire.dictionary import DICTIONARY

ROOT = Path(__file__).parent.parent.parent.parent
SPEC = ROOT / "docs" / "spec"
PUBLISHED = "df2d8d9d46cb69258b3253c57e2dca4eba4597a994ad829ef1fc6e9259d381e0"
"""Another dictionary is another format: vnc2."""


@pytest.mark.parametrize("script", ["build_dictionary.py", "build_wire_spec.py"])
def test_in_step(script: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / script), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_dictionary_is_the_published_one() -> None:
    assert sha256(DICTIONARY).hexdigest() == PUBLISHED
    assert len(DICTIONARY) <= 2048
    assert bytes.fromhex((SPEC / "vnc1-dictionary.hex").read_text("ascii")) == DICTIONARY
    assert PUBLISHED in (SPEC / "vnc1.md").read_text("utf-8")


def test_every_class_of_a_field_is_explained() -> None:
    content = json.loads((SPEC / "vnc1-fields.json").read_text("utf-8"))
    page = (SPEC / "vnc1.md").read_text("utf-8")
    known = {*content["parts"], *content["enums"], *content["texts"], "bool", "int"}
    used = {name for part in content["parts"].values() for each in part for name in each["types"]}
    for name in used - known:
        assert f"| `{name}` | " in page, name
    for name, texts in content["numbered"].items():
        assert name in content["texts"]
        assert f"| `{name}` | 0 {texts['0']}" in page, name
