"""The record: a typed document with the statement of its copy, as one canonical JSON text.

The JSON is what the PDF embeds as ``record.json``; its salted digest is what a QR holds wherever
it does not carry a field whole. Members whose value is the default are left out, so that a field
added to a type later leaves the bytes of older records as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Generic, NoReturn, TypeVar, cast

from vncopy.errors import Problem, UsageError
from vncopy.formats.base import Document, Part
from vncopy.formats.copies import CopyStatement
from vncopy.formats.copy_ids import CTI_BYTES, DIGEST_BYTES, copy_id_of, cti_of, read_copy_id
from vncopy.formats.jcs import JSONValue, canonical_json, parse_canonical_json, parse_json
from vncopy.formats.parsing import parse_document

if TYPE_CHECKING:
    from datetime import datetime

    from vncopy.formats.base import DocumentTypes

__all__ = [
    "CTI_BYTES",
    "DIGEST_BYTES",
    "MAX_RECORD_BYTES",
    "SALT_BYTES",
    "SCHEMA_VERSION",
    "CopyRecord",
    "copy_id_of",
    "cti_of",
    "parse_input",
    "parse_record",
    "plain_json",
    "read_copy_id",
]

D = TypeVar("D", bound=Document)

SCHEMA_VERSION = 1
"""Version of the frame around document and statement."""
SALT_BYTES = 16
"""Random bytes that keep the digest of guessable fields from being searched."""
MAX_RECORD_BYTES = 512 * 1024
"""Largest record read: a land certificate with 200 vertices and 100 changes takes 100 KiB."""


def plain_json(part: Part, /) -> dict[str, JSONValue]:
    """Return the JSON object of a document, statement or part: defaults left out."""
    return cast("dict[str, JSONValue]", part.model_dump(mode="json", exclude_defaults=True))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CopyRecord(Generic[D]):
    """One copy: the document, the statement, its id and the salt of its digest."""

    document: D
    """What the original says, verbatim."""
    statement: CopyStatement
    """What the office states about the copy."""
    copy_id: str
    """16 characters, see :func:`copy_id_of`."""
    salt: bytes
    """16 random bytes; they stay in the JSON and never travel in the QR."""

    def __post_init__(self) -> None:
        """Check id and salt.

        Raises:
            UsageError: the id is no copy id, or the salt has not 16 bytes.
        """
        cti_of(self.copy_id)
        if len(self.salt) != SALT_BYTES:
            _refuse(
                "salt",
                "salt.length",
                f"muối phải dài {SALT_BYTES} byte",
                f"the salt has {SALT_BYTES} bytes",
            )

    def __repr__(self) -> str:
        """Return type and copy id: nothing personal."""
        return f"CopyRecord({self.format_id}, {self.copy_id})"

    @property
    def format_id(self) -> str:
        """Type and version of the document."""
        return self.document.format_id

    @property
    def cti(self) -> bytes:
        """The 10 bytes of the copy id."""
        return cti_of(self.copy_id)

    def at(self, moment: datetime, /) -> CopyRecord[D]:
        """Return the record whose statement is issued at ``moment`` (see ``CopyStatement.at``)."""
        return replace(self, statement=self.statement.at(moment))

    def to_json(self) -> bytes:
        """Return the canonical JSON: the bytes of ``record.json``."""
        return canonical_json({**self._content(), "salt": self.salt.hex()})

    def digest(self) -> bytes:
        """Return the first 16 bytes of SHA-256 over salt and the canonical JSON without salt."""
        return sha256(self.salt + canonical_json(self._content())).digest()[:DIGEST_BYTES]

    def _content(self) -> dict[str, JSONValue]:
        """Return what the digest binds."""
        return {
            "schema_version": SCHEMA_VERSION,
            "format_id": self.format_id,
            "copy_id": self.copy_id,
            "document": plain_json(self.document),
            "statement": plain_json(self.statement),
        }


_MEMBERS = ("copy_id", "document", "format_id", "salt", "schema_version", "statement")


def parse_record(data: bytes, /, types: DocumentTypes) -> CopyRecord[Document]:
    """Read ``record.json``; only the bytes that :meth:`CopyRecord.to_json` makes are accepted.

    Args:
        data: the bytes.
        types: the document types that are expected.

    Returns:
        The record.

    Raises:
        UsageError: not canonical JSON, too large, members missing or unknown, an unexpected
            type, or a document or statement that breaks a rule (fields are named in full,
            ``document.mother.birth_date``).
    """
    frame = _frame_of(data)
    format_id, copy_id, salt = frame["format_id"], frame["copy_id"], frame["salt"]
    kind = types.get(format_id) if isinstance(format_id, str) else None
    if kind is None:
        _refuse(
            "format_id",
            "record.format_id",
            "loại giấy tờ không nằm trong danh sách được chấp nhận",
            "the document's type is not among the expected ones",
        )
    if not isinstance(copy_id, str):
        _refuse("copy_id", "copy_id.format", "mã bản sao phải là chuỗi", "a copy id is a text")
    if not isinstance(salt, str) or not re.fullmatch(f"[0-9a-f]{{{SALT_BYTES * 2}}}", salt):
        _refuse(
            "salt",
            "salt.length",
            f"muối phải là {SALT_BYTES * 2} chữ số hex viết thường",
            f"the salt has {SALT_BYTES * 2} lower-case hex digits",
        )
    record = CopyRecord(
        document=_part(kind, frame["document"], "document"),
        statement=_part(CopyStatement, frame["statement"], "statement"),
        copy_id=copy_id,
        salt=bytes.fromhex(salt),
    )
    if record.to_json() != data:
        _refuse(
            "record",
            "json.canonical",
            "bản ghi không ở dạng chuẩn tắc (giá trị mặc định phải được lược bỏ)",
            "the record is not in its canonical form (defaults are left out)",
        )
    return record


def _frame_of(data: bytes) -> dict[str, JSONValue]:
    """Return the members of a record, their version checked."""
    frame = parse_canonical_json(data, max_bytes=MAX_RECORD_BYTES)
    if not isinstance(frame, dict) or tuple(frame) != _MEMBERS:
        _refuse(
            "record",
            "record.members",
            "bản ghi phải có đúng các thành phần: " + ", ".join(_MEMBERS),
            "a record has exactly these members: " + ", ".join(_MEMBERS),
        )
    if frame["schema_version"] != SCHEMA_VERSION or frame["schema_version"] is True:
        _refuse(
            "schema_version",
            "record.schema_version",
            f"chỉ đọc được phiên bản {SCHEMA_VERSION} của khuôn bản ghi",
            f"only version {SCHEMA_VERSION} of the record's frame can be read",
        )
    return frame


def parse_input(data: bytes | Mapping[str, object], /, kind: type[D]) -> tuple[D, CopyStatement]:
    """Read what an issuing system or a person writes: ``{"document": …, "statement": …}``.

    Args:
        data: JSON bytes in any layout, or the same as a mapping.
        kind: the document's type; a member ``format_id``, if there, must name it.

    Returns:
        The document and the statement.

    Raises:
        UsageError: every problem found, with the fields named in full.
    """
    frame = parse_json(data, max_bytes=MAX_RECORD_BYTES) if isinstance(data, bytes) else data
    if not isinstance(frame, Mapping) or set(frame) - {"format_id"} != {"document", "statement"}:
        _refuse(
            "record",
            "record.members",
            "cần đúng hai thành phần: document, statement",
            "exactly two members are needed: document, statement",
        )
    if frame.get("format_id", kind.format_id) != kind.format_id:
        _refuse(
            "format_id",
            "record.format_id",
            "format_id không khớp với loại giấy tờ được yêu cầu",
            "format_id does not name the type that was asked for",
        )
    problems: list[Problem] = []
    parts: list[Part] = []
    for part, name in ((kind, "document"), (CopyStatement, "statement")):
        try:
            parts.append(_part(part, frame[name], name))
        except UsageError as error:
            problems += error.problems
    if problems:
        raise UsageError(*problems)
    document, statement = parts
    return cast("D", document), cast("CopyStatement", statement)


P = TypeVar("P", bound=Part)


def _part(kind: type[P], value: object, name: str) -> P:
    """Parse one part and name the fields of its problems in full."""
    if not isinstance(value, Mapping):
        _refuse(name, "record.members", "phải là một đối tượng JSON", "this is no JSON object")
    try:
        return parse_document(kind, dict(value))
    except UsageError as error:
        problems = [
            each._replace(field=f"{name}.{each.field}" if each.field else name)
            for each in error.problems
        ]
    raise UsageError(*problems)


def _refuse(field: str, rule: str, vi: str, en: str) -> NoReturn:
    """Raise the error of one broken rule."""
    error = UsageError.of(field, rule, vi=vi, en=en)
    raise error
