"""Which document type a name or a record's JSON means."""

from __future__ import annotations

import vncopy
from vncopy.errors import UsageError
from vncopy.formats.jcs import parse_json
from vncopy.formats.record import MAX_RECORD_BYTES

__all__ = ["short_name", "type_named", "type_of_input"]


def short_name(kind: type[vncopy.Document]) -> str:
    """Return ``birth`` for ``vn.birth/1``."""
    return kind.format_id.rpartition(".")[2].partition("/")[0]


def type_named(name: str, field: str = "TYPE") -> type[vncopy.Document]:
    """Return the built-in type of a short name (``birth``) or ``format_id`` (``vn.birth/1``).

    Args:
        name: what the user wrote.
        field: what the error names.

    Raises:
        UsageError: there is no such type.
    """
    for kind in vncopy.BUILTIN_TYPES:
        if name in {kind.format_id, short_name(kind)}:
            return kind
    known = ", ".join(short_name(kind) for kind in vncopy.BUILTIN_TYPES)
    raise UsageError.of(
        field,
        "cli.type",
        vi=f"không có loại giấy tờ này; có: {known}",
        en=f"there is no such document type; there are: {known}",
    )


def type_of_input(data: bytes, name: str | None) -> type[vncopy.Document]:
    """Return the type that the user named, or that the record's ``format_id`` names.

    Args:
        data: the record's JSON.
        name: from ``--type``, or ``None``.

    Raises:
        UsageError: neither names a built-in type, or the JSON is malformed.
    """
    if name is not None:
        return type_named(name, "--type")
    frame = parse_json(data, max_bytes=MAX_RECORD_BYTES)
    stated = frame.get("format_id") if isinstance(frame, dict) else None
    if not isinstance(stated, str):
        raise UsageError.of(
            "format_id",
            "cli.type",
            vi="bản ghi không ghi format_id; hãy thêm vào hoặc dùng --type",
            en="the record has no format_id; add it, or use --type",
        )
    return type_named(stated, "format_id")
