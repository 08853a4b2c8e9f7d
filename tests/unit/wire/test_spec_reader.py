"""A reader written from the specification alone reads what the library writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.spec_reader import FIELDS, RefusedError, read

VECTORS = Path(__file__).parent.parent.parent / "vectors"


def load(name: str) -> list[dict[str, Any]]:
    """Return the vectors of a file."""
    vectors: list[dict[str, Any]] = json.loads((VECTORS / f"vnc1-{name}.json").read_text("utf-8"))[
        "vectors"
    ]
    return vectors


CERTIFICATE = bytes.fromhex(
    json.loads((VECTORS / "vnc1-keys.json").read_text("utf-8"))["keys"][0]["certificate"]
)
VALID = [
    each for name in ("birth", "marriage", "death", "land") for each in load(name) if "text" in each
]
NOT_OF_THE_BYTES = {"rule/registered-before-birth", "good"}
"""Rules of a type need not be repeated by every reader (§12)."""


def travelling(value: Any, name: str, *, reference: bool) -> Any:
    """Return the JSON of a part without what does not travel."""
    table = FIELDS["parts"][name]
    if reference and any(each["key_field"] for each in table):
        table = [each for each in table if each["key_field"]]
    kept: dict[str, Any] = {}
    for field in table:
        if field["name"] not in value:
            continue
        inner = value[field["name"]]
        parts = [each for each in field["types"] if each in FIELDS["parts"]]
        if parts and isinstance(inner, list):
            inner = [travelling(each, parts[0], reference=reference) for each in inner]
        elif parts and "state" not in inner:
            inner = travelling(inner, parts[0], reference=reference)
        kept[field["name"]] = inner
    return kept


@pytest.mark.parametrize("vector", VALID, ids=lambda each: each["id"])
def test_the_document_is_read_word_for_word(vector: dict[str, Any]) -> None:
    seen, record = read(vector["text"], CERTIFICATE), vector["record"]
    reference = vector["carriage"] == "reference"
    name = FIELDS["documents"][record["format_id"]]
    assert seen["document"] == travelling(record["document"], name, reference=reference)
    statement = travelling(record["statement"], "CopyStatement", reference=False)
    office = dict(statement["authority"])
    assert seen["issuer"] == office.pop("agency_code")
    statement["authority"] = office["name"] if set(office) == {"name"} else office
    assert seen["statement"] == statement
    assert (seen["copy_id"], seen["carriage"]) == (record["copy_id"], vector["carriage"])
    if seen["digest"] is not None:
        assert seen["digest"] == vector["digest"]


@pytest.mark.parametrize(
    "vector",
    [each for each in load("rejected") if each["id"] not in NOT_OF_THE_BYTES],
    ids=lambda each: each["id"],
)
def test_what_the_library_refuses_is_refused(vector: dict[str, Any]) -> None:
    with pytest.raises(Exception) as caught:
        read(vector["text"], CERTIFICATE)
    assert caught.type is not AssertionError


def test_it_refuses_in_its_own_words() -> None:
    with pytest.raises(RefusedError):
        read("VNC1:", CERTIFICATE)
