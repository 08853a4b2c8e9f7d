"""As much of JSON Schema as our published schemas use, so that no validator must be installed."""

from __future__ import annotations

import re
from typing import Any

_TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
_HANDLED = frozenset(
    {
        "$schema",
        "$defs",
        "$ref",
        "title",
        "description",
        "default",
        "type",
        "enum",
        "const",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "minItems",
        "maxItems",
        "pattern",
        "minLength",
        "maxLength",
        "minimum",
        "oneOf",
        "anyOf",
        "allOf",
        "if",
        "then",
        "format",
        "x-vncopy-rule",
    }
)


def errors(value: Any, schema: dict[str, Any], root: dict[str, Any] | None = None) -> list[str]:
    """Return what ``value`` breaks of ``schema``; unknown keywords are errors of the test."""
    root = root or schema
    unknown = schema.keys() - _HANDLED
    assert not unknown, f"the small validator does not know {unknown}"
    found: list[str] = []
    if "$ref" in schema:
        target: Any = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        found += errors(value, target, root)
    if "type" in schema:
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        kinds = tuple(_TYPES[each] for each in names)
        if not isinstance(value, kinds) or (isinstance(value, bool) and "boolean" not in names):
            return [*found, f"{value!r} is no {names}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{value!r} is not listed")
    if "const" in schema and value != schema["const"]:
        found.append(f"{value!r} is not {schema['const']!r}")
    found += _string(value, schema) if isinstance(value, str) else []
    if isinstance(value, int) and value < schema.get("minimum", value):
        found.append(f"{value} is too small")
    found += _array(value, schema, root) if isinstance(value, list) else []
    found += _object(value, schema, root) if isinstance(value, dict) else []
    return found + _combined(value, schema, root)


def _string(value: str, schema: dict[str, Any]) -> list[str]:
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return [f"{value!r} does not match {schema['pattern']}"]
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        return [f"{value!r} has a wrong length"]
    return []


def _array(value: list[Any], schema: dict[str, Any], root: dict[str, Any]) -> list[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        return ["wrong number of items"]
    return [each for entry in value for each in errors(entry, schema.get("items", {}), root)]


def _object(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any]) -> list[str]:
    properties = schema.get("properties", {})
    found = [f"{each} is missing" for each in schema.get("required", ()) if each not in value]
    for name, entry in value.items():
        if name in properties:
            found += [f"{name}: {each}" for each in errors(entry, properties[name], root)]
        elif schema.get("additionalProperties") is False:
            found.append(f"{name} is unknown")
    return found


def _combined(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> list[str]:
    found: list[str] = []
    if "oneOf" in schema and sum(not errors(value, each, root) for each in schema["oneOf"]) != 1:
        found.append(f"{value!r} is not exactly one of the forms")
    if "anyOf" in schema and all(errors(value, each, root) for each in schema["anyOf"]):
        found.append(f"{value!r} is none of the forms")
    for each in schema.get("allOf", ()):
        found += errors(value, each, root)
    if "if" in schema and not errors(value, schema["if"], root):
        found += errors(value, schema["then"], root)
    return found
