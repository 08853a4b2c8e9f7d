"""The JSON Schema of a document type, of the copy statement and of the record (2020-12)."""

from __future__ import annotations

from typing import Any

from vncopy.formats.base import Document, Part, items
from vncopy.formats.copies import CopyStatement
from vncopy.formats.record import CTI_BYTES, SALT_BYTES, SCHEMA_VERSION

__all__ = ["json_schema", "record_schema", "statement_schema"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""The dialect in which pydantic writes schemas."""


def json_schema(kind: type[Document], /) -> dict[str, Any]:
    """Return the JSON Schema of a document type, for ``"document"`` of a record.

    Fields are in the order of the form, with the official label as ``title``, the key in the QR
    as ``x-vncopy-key`` and the way of travelling as ``x-vncopy-travel``. Rules over several
    fields are listed by id under ``x-vncopy-rules``; a schema cannot check them.

    Args:
        kind: the document type.

    Returns:
        The schema.

    Raises:
        TypeError: a field of the type is not declared with ``item()``.
    """
    items(kind)
    return {
        "$schema": DIALECT,
        "$id": f"urn:vncopy:{kind.format_id}",
        **_described(kind),
        "title": kind.title_vi or kind.__name__,
        "x-vncopy-format-id": kind.format_id,
        "x-vncopy-rules": [
            {"id": rule.id, "level": rule.level, "vi": rule.vi, "en": rule.en}
            for rule in kind.rules
        ],
    }


def statement_schema() -> dict[str, Any]:
    """Return the JSON Schema of the copy statement, for ``"statement"`` of a record."""
    return {"$schema": DIALECT, "$id": "urn:vncopy:statement/1", **_described(CopyStatement)}


def record_schema(kind: type[Document], /) -> dict[str, Any]:
    """Return the JSON Schema of ``record.json`` for one document type.

    Args:
        kind: the document type.

    Returns:
        The schema; besides, the bytes are in the canonical form of RFC 8785 with defaults left
        out, which a schema cannot say.
    """
    return {
        "$schema": DIALECT,
        "$id": f"urn:vncopy:record:{kind.format_id}",
        "title": f"record.json: {kind.title_vi or kind.__name__}",
        "type": "object",
        "additionalProperties": False,
        "required": ["copy_id", "document", "format_id", "salt", "schema_version", "statement"],
        "properties": {
            "schema_version": {"const": SCHEMA_VERSION},
            "format_id": {"const": kind.format_id},
            "copy_id": {
                "type": "string",
                "pattern": f"^[0-9A-HJKMNP-TV-Z]{{{CTI_BYTES * 8 // 5}}}$",
            },
            "salt": {"type": "string", "pattern": f"^[0-9a-f]{{{SALT_BYTES * 2}}}$"},
            "document": {**json_schema(kind)},
            "statement": {**statement_schema()},
        },
    }


def _described(kind: type[Part]) -> dict[str, Any]:
    """Return pydantic's schema of what may be written, which is more than what is written back."""
    return kind.model_json_schema(mode="validation")
