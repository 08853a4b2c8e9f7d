"""The published JSON Schema: from the declarations, complete, resolvable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from vncopy.formats.base import Document, items
from vncopy.formats.copies import CopyStatement
from vncopy.formats.schema import json_schema, record_schema, statement_schema
from vncopy.formats.types import BUILTIN_TYPES

TYPES = list(BUILTIN_TYPES)


def references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"]
        for value in schema.values():
            yield from references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from references(value)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.format_id)
def test_the_schema_has_every_field_with_label_key_and_travel(kind: type[Document]) -> None:
    schema = json_schema(kind)
    assert schema["$id"] == f"urn:vncopy:{kind.format_id}"
    assert schema["title"] == kind.title_vi
    assert schema["additionalProperties"] is False
    declared = items(kind)
    assert list(schema["properties"]) == [each.name for each in declared]
    for each in declared:
        described = schema["properties"][each.name]
        assert described["title"] == each.title_vi
        assert described["x-vncopy-key"] == each.key
        assert described["x-vncopy-travel"] == each.travel.value
        assert described["description"]
    assert [rule["id"] for rule in schema["x-vncopy-rules"]] == [rule.id for rule in kind.rules]


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.format_id)
def test_all_references_are_inside_the_schema(kind: type[Document]) -> None:
    schema = json_schema(kind)
    for reference in references(schema):
        assert reference.startswith("#/$defs/")
        assert reference.removeprefix("#/$defs/") in schema["$defs"]


def test_the_statement_has_a_schema_of_its_own() -> None:
    assert list(statement_schema()["properties"]) == [each.name for each in items(CopyStatement)]


def test_the_record_s_schema_holds_both_parts() -> None:
    kind = TYPES[0]
    schema = record_schema(kind)
    assert schema["properties"]["document"] == json_schema(kind)
    assert schema["properties"]["statement"] == statement_schema()
    assert set(schema["required"]) == set(schema["properties"])
    assert json.loads(json.dumps(schema)) == schema


def test_a_type_with_an_undeclared_field_has_no_schema() -> None:
    class Bare(Document, format_id="org.example.bare/1"):
        name: str

    with pytest.raises(TypeError, match="item"):
        json_schema(Bare)
