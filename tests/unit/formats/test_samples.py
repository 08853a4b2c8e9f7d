"""The published samples: readable, lawful, and back again without a change."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from vncopy.formats.base import Document
from vncopy.formats.birth import BirthRecord
from vncopy.formats.death import DeathRecord
from vncopy.formats.marriage import MarriageRecord
from vncopy.formats.parsing import parse_document
from vncopy.formats.record import parse_input
from vncopy.formats.rules import findings

SAMPLES = Path(__file__).parents[3] / "samples"
TYPES: dict[str, type[Document]] = {
    "birth": BirthRecord,
    "marriage": MarriageRecord,
    "death": DeathRecord,
}
FILES = sorted(path for name in TYPES for path in (SAMPLES / name).glob("*.json"))
WARNED = {
    "personal-id-disagrees": {
        "civil.personal_id_gender",
        "civil.personal_id_year",
        "birth.personal_id_early",
    },
    "declared-dead-returned": {"death.annulled"},
}
"""Samples that are about a warning; no other has one."""


def test_there_are_samples_of_each_type() -> None:
    assert {path.parent.name for path in FILES} == set(TYPES)
    assert all(sum(p.parent.name == name for p in FILES) >= 5 for name in TYPES)


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_sample_is_read_and_written_back(path: Path) -> None:
    kind = TYPES[path.parent.name]
    document, statement = parse_input(path.read_bytes(), kind)
    written = document.model_dump_json(exclude_defaults=True)
    assert parse_document(kind, written) == document
    assert json.loads(written) == json.loads(path.read_bytes())["document"]
    assert statement.issued_at is not None


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_sample_has_only_the_warnings_it_is_about(path: Path) -> None:
    document, _ = parse_input(path.read_bytes(), TYPES[path.parent.name])
    found = findings(document, on=dt.date(2026, 11, 21))
    assert {f.problem.rule for f in found} == WARNED.get(path.stem, set())
    assert {f.level for f in found} <= {"warning"}
