"""What a valid copy says, and how it is written as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel

from vncopy.errors import UsageError
from vncopy.formats.base import Document

if TYPE_CHECKING:
    from datetime import datetime

    from pydantic import TypeAdapter

    from vncopy.formats.copies import CopyStatement

D_co = TypeVar("D_co", bound=Document, covariant=True)
"""The type of document that was expected."""


class Issuer(NamedTuple):
    """Which office issued the copy, and who vouches for its key."""

    agency_code: str
    """Agency id."""
    name: str
    """Its name on the day of issue, as the copy states it."""
    vouched_by: str
    """The trust anchor's name, or ``list`` where the signed list alone vouches."""
    certificate: str
    """SHA-256 of the certificate that verified the symbol, hex."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CarriedFields:
    """The key fields of a copy in ``reference`` carriage; nothing else of it was verified."""

    format_id: str
    """Type and version of the document."""
    fields: Mapping[str, object]
    """The key fields by name, typed; groups are mappings again."""
    digest: bytes
    """First 16 bytes of the record's salted digest: what binds the rest."""

    def __repr__(self) -> str:
        """Return the type alone: nothing personal."""
        return f"CarriedFields({self.format_id})"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VerifiedCopy(Generic[D_co]):
    """What a valid copy says; ``repr`` shows the copy id alone."""

    content: D_co | CarriedFields | None
    """The document, or the key fields in ``reference`` carriage; ``None``: only the answer was
    asked for."""
    header: CopyStatement | None
    """The statement; ``None``: only the answer was asked for."""
    format_id: str
    """Type and version of the document."""
    kind: str
    """The kind of copy, a value of ``CopyKind``."""
    issuer: Issuer
    """The office."""
    claimed_at: datetime
    """The time of issue that the copy claims."""
    proven_at: datetime | None
    """The time before which it is proven to exist, if anything proves one."""
    copy_id: str
    """The copy's identity."""

    def __repr__(self) -> str:
        """Return the copy id: nothing personal."""
        return f"VerifiedCopy({self.copy_id})"

    @property
    def document(self) -> D_co:
        """The typed document.

        Raises:
            UsageError: the copy carries key fields only (read :attr:`carried`), or only the
                answer was asked for.
        """
        if isinstance(self.content, CarriedFields):
            raise UsageError.of(
                "document",
                "carriage.reference",
                vi="mã QR này chỉ mang các trường chính; hãy đọc .carried",
                en="this symbol carries key fields only; read .carried",
            )
        if self.content is None:
            raise _answer_only("document")
        return self.content

    @property
    def statement(self) -> CopyStatement:
        """What the issuing office states about the copy.

        Raises:
            UsageError: only the answer was asked for.
        """
        if self.header is None:
            raise _answer_only("statement")
        return self.header

    @property
    def carried(self) -> CarriedFields | None:
        """The key fields of a copy in ``reference`` carriage, else ``None``."""
        return self.content if isinstance(self.content, CarriedFields) else None


def _answer_only(field: str) -> UsageError:
    return UsageError.of(
        field,
        "reveal.answer",
        vi='đã yêu cầu reveal="answer" nên không có nội dung giấy tờ',
        en='reveal="answer" was asked for, so there is no content',
    )


def copy_json(copy: VerifiedCopy[Any]) -> dict[str, Any]:
    """Return kind, issuer, times and copy id: the whole answer where no content is wanted."""
    return {
        "copy_id": copy.copy_id,
        "format_id": copy.format_id,
        "kind": copy.kind,
        "carried_only": copy.carried is not None,
        "issuer": {
            "agency_code": copy.issuer.agency_code,
            "name": copy.issuer.name,
            "vouched_by": copy.issuer.vouched_by,
            "certificate": copy.issuer.certificate,
        },
        "claimed_at": copy.claimed_at.isoformat(),
        "proven_at": None if copy.proven_at is None else copy.proven_at.isoformat(),
    }


def json_value(value: object) -> Any:  # noqa: ANN401 - plain JSON
    """Return a typed value as plain JSON, as in ``record.json``: defaults are left out.

    Args:
        value: a part, carried fields, a scalar of :mod:`vncopy.formats`, or a group of these.
    """
    if isinstance(value, CarriedFields):
        return json_value(value.fields)
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_defaults=True)
    if isinstance(value, Mapping):
        return {str(name): json_value(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [json_value(entry) for entry in value]
    if isinstance(value, str):
        return str.__str__(value)
    if value is None or isinstance(value, bool | int):
        return value
    kind: Any = type(value)
    return _adapter(kind).dump_python(value, mode="json")


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    """Return pydantic's adapter for a scalar class of :mod:`vncopy.formats`."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - only when a report is written

    return TypeAdapter(kind)
