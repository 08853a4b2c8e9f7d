"""How the states of a copy are stored between two steps: one canonical JSON object each."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import Message, UsageError
from vncopy.formats.jcs import JSONValue, canonical_json, parse_canonical_json
from vncopy.formats.profile import builtin_profiles
from vncopy.formats.record import MAX_RECORD_BYTES, CopyRecord, parse_record

if TYPE_CHECKING:
    from vncopy.formats.base import Document, DocumentTypes
    from vncopy.formats.profile import LegalProfile

__all__ = [
    "bad_state",
    "from_base64",
    "read_certificates",
    "read_frame",
    "read_notices",
    "read_record",
    "read_time",
    "record_members",
    "to_base64",
    "write_frame",
]

STATE_VERSION: Final = 1
"""Version of the stored states."""
MAX_STATE_BYTES: Final = 8 * 1024 * 1024
"""Largest state read: the largest record twice, and a PDF of some 60 pages in base64."""


def write_frame(kind: str, members: dict[str, JSONValue]) -> bytes:
    """Return a state as canonical JSON.

    Args:
        kind: which state it is.
        members: what it holds.
    """
    return canonical_json({"state": kind, "state_version": STATE_VERSION, **members})


def read_frame(kind: str, data: bytes) -> dict[str, Any]:
    """Return what a stored state holds.

    Args:
        kind: the state that is expected.
        data: canonical JSON.

    Raises:
        UsageError: these bytes are no such state.
    """
    frame = parse_canonical_json(data, max_bytes=MAX_STATE_BYTES)
    if not isinstance(frame, dict) or frame.get("state") != kind:
        raise bad_state("state")
    if frame.get("state_version") != STATE_VERSION:
        raise bad_state("state_version")
    return {name: each for name, each in frame.items() if name not in {"state", "state_version"}}


def record_members(record: CopyRecord[Any], profile: LegalProfile) -> dict[str, JSONValue]:
    """Return the members that hold a record and the law it was checked against."""
    return {"profile": profile.id, "record": record.to_json().decode()}


def read_record(
    frame: dict[str, Any], types: DocumentTypes, profiles: tuple[LegalProfile, ...] | None
) -> tuple[CopyRecord[Document], LegalProfile]:
    """Return the record of a stored state and the law it was checked against.

    Args:
        frame: from :func:`read_frame`.
        types: the document types that are expected.
        profiles: profiles to look the name up in; ``None``: those of the library.

    Raises:
        UsageError: it has none, or one that cannot be read.
    """
    text, name = frame.get("record"), frame.get("profile")
    if not isinstance(text, str) or len(text) > MAX_RECORD_BYTES:
        raise bad_state("record")
    known = builtin_profiles() if profiles is None else profiles
    profile = next((p for p in known if p.id == name), None)
    if profile is None:
        raise bad_state("profile")
    return parse_record(text.encode(), types), profile


def to_base64(content: bytes) -> str:
    """Return bytes as text."""
    return base64.b64encode(content).decode()


def from_base64(text: object, field_name: str) -> bytes:
    """Return the bytes of a text.

    Args:
        text: what is stored.
        field_name: where, for the error.

    Raises:
        UsageError: it is no base64.
    """
    try:
        return base64.b64decode(text if isinstance(text, str) else "?", validate=True)
    except (binascii.Error, ValueError):
        raise bad_state(field_name) from None


def read_certificates(frame: dict[str, Any], field_name: str) -> tuple[bytes, ...]:
    """Return the certificates of a stored chain in DER.

    Raises:
        UsageError: they are none.
    """
    texts = frame.get(field_name)
    if not isinstance(texts, list):
        raise bad_state(field_name)
    return tuple(from_base64(text, field_name) for text in texts)


def read_notices(value: object) -> tuple[Message, ...]:
    """Return stored notices.

    Raises:
        UsageError: they are none.
    """
    if not isinstance(value, list):
        raise bad_state("notices")
    found = []
    for row in value:
        if not isinstance(row, dict) or set(row) != {"vi", "en"}:
            raise bad_state("notices")
        found.append(Message(str(row["vi"]), str(row["en"])))
    return tuple(found)


def read_time(value: object, field_name: str) -> datetime | None:
    """Return a stored time; ``None`` where none is stored.

    Raises:
        UsageError: it is no time, or has no offset.
    """
    try:
        time = None if value is None else datetime.fromisoformat(str(value))
    except ValueError:
        raise bad_state(field_name) from None
    if time is not None and time.tzinfo is None:
        raise bad_state(field_name)
    return time


def bad_state(field_name: str) -> UsageError:
    """Return the error for stored bytes that are no state of a copy."""
    return UsageError.of(
        field_name,
        "state.format",
        vi="dữ liệu lưu không phải là trạng thái bản sao do thư viện ghi",
        en="the stored data is not a state of a copy as the library writes it",
    )
