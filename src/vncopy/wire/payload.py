"""Record ⇄ body map: the claim -70001, driven by the declared fields of the document type.

=== ============================================================================
key value
=== ============================================================================
0   ``format_id``, text
1   carriage: 0 full, 1 reference
2   map of the statement, always in full; its agency code and time are CWT claims
3   map of the document
4   digest of the record, 16 bytes; only when something is not carried whole
=== ============================================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, cast

from vncopy.errors import MalformedCopy, Reason
from vncopy.formats.base import items
from vncopy.formats.copies import CopyStatement, issued_at_from_seconds
from vncopy.formats.copy_ids import DIGEST_BYTES
from vncopy.formats.identifiers import AgencyCode
from vncopy.wire import cbor
from vncopy.wire.fields import REFUSALS, Scope, build, decode_part, decode_values, encode_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vncopy.formats.base import Document, DocumentTypes
    from vncopy.formats.organisations import Organisation
    from vncopy.formats.record import CopyRecord
    from vncopy.wire.cbor import Plain, PlainMap
    from vncopy.wire.claims import Claims

FORMAT_ID: Final = 0
CARRIAGE: Final = 1
STATEMENT: Final = 2
DOCUMENT: Final = 3
DIGEST: Final = 4

_FORMAT_ID: Final = r"[a-z0-9]+(?:[.-][a-z0-9]+)+/[1-9][0-9]{0,2}"
MAX_FORMAT_ID: Final = 60
"""Characters of a ``format_id``."""


class Carriage(StrEnum):
    """How much of the document the symbol holds; signed with it."""

    FULL = "full"
    """Every field but those that never travel."""
    REFERENCE = "reference"
    """The key fields of the type, and the digest of the record."""


_CLAIMED_KEYS: Final = {each.key for each in items(CopyStatement) if each.name == "issued_at"}
_CARRIAGES: Final = (Carriage.FULL, Carriage.REFERENCE)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Restored:
    """What a payload says, typed; not to be shown before the whole copy is judged."""

    format_id: str
    """Type and version of the document."""
    carriage: Carriage
    """How much of it is here."""
    statement: CopyStatement
    """The statement; fields that never travel are ``Missing(WITHHELD)`` if they may have a value."""
    document: Document | None
    """The document in full carriage, with ``Missing(WITHHELD)`` for what never travels."""
    carried: Mapping[str, object]
    """In reference carriage the key fields by name; groups are mappings again. Else empty."""
    digest: bytes | None
    """First 16 bytes of the record's salted digest, where something is not carried whole."""
    withheld: tuple[str, ...]
    """Dotted paths of the fields that never travel and may have a value in the record."""

    def __repr__(self) -> str:
        """Return format and carriage: nothing personal."""
        return f"Restored({self.format_id}, {self.carriage.value})"


def project(record: CopyRecord[Any], carriage: Carriage) -> PlainMap:
    """Return the body map of a record.

    Args:
        record: the record, its statement with the agency code and the time of issue.
        carriage: how much of the document travels.

    Raises:
        TypeError: the document type holds a value that VNC1 cannot carry.
    """
    document = Scope(reference=carriage is Carriage.REFERENCE)
    statement = Scope(reference=False)
    body: PlainMap = {
        FORMAT_ID: record.format_id,
        CARRIAGE: _CARRIAGES.index(carriage),
        STATEMENT: _encode_statement(record.statement, statement),
        DOCUMENT: encode_values(type(record.document), record.document, document),
    }
    if carriage is Carriage.REFERENCE or not (document.whole and statement.whole):
        body[DIGEST] = record.digest()
    return body


def restore(claims: Claims, types: DocumentTypes) -> Restored:
    """Return the typed content of verified claims.

    Args:
        claims: what :func:`vncopy.wire.claims.unpack` gave.
        types: the document types that are expected.

    Raises:
        MalformedCopy: another type, unknown or missing fields, impossible values, or values that
            :func:`project` would have encoded in another way.
    """
    body = claims.body
    kind = _kind_of(body, types)
    carriage = _carriage_of(body)
    digest = _digest_of(body, carriage)
    for_statement = Scope(reference=False, withheld=digest is not None)
    for_document = Scope(reference=carriage is Carriage.REFERENCE, withheld=digest is not None)
    for_statement.path, for_document.path = ("statement",), ("document",)
    statement = _decode_statement(body[STATEMENT], for_statement, claims)
    document: Document | None = None
    carried: Mapping[str, object] = {}
    if carriage is Carriage.FULL:
        document = decode_part(kind, body[DOCUMENT], for_document)
    else:
        carried = decode_values(kind, body[DOCUMENT], for_document)
    if not _written_alike(body, statement, kind, document or carried, carriage=carriage):
        raise MalformedCopy(Reason.NOT_CANONICAL)
    return Restored(
        format_id=kind.format_id,
        carriage=carriage,
        statement=statement,
        document=document,
        carried=carried,
        digest=digest,
        withheld=(*for_statement.withheld_fields, *for_document.withheld_fields),
    )


def _written_alike(
    body: PlainMap,
    statement: CopyStatement,
    kind: type[Document],
    values: Document | Mapping[str, object],
    *,
    carriage: Carriage,
) -> bool:
    """Tell whether what was read would be written as it was: one record, one payload.

    Compared as bytes, because to Python True and 1 are equal.
    """
    scope = Scope(reference=carriage is Carriage.REFERENCE)
    try:
        again: PlainMap = {
            STATEMENT: _encode_statement(statement, Scope(reference=False)),
            DOCUMENT: encode_values(kind, values, scope),
        }
        return cbor.encode(again) == cbor.encode({key: body[key] for key in again})
    except REFUSALS:  # a class that reads what it cannot write
        return False


def _kind_of(body: PlainMap, types: DocumentTypes) -> type[Document]:
    """Return the class of the body's ``format_id``, having checked the body's keys."""
    if not body.keys() <= {FORMAT_ID, CARRIAGE, STATEMENT, DOCUMENT, DIGEST}:
        raise MalformedCopy(Reason.UNKNOWN_FIELD, "body")
    if not body.keys() >= {FORMAT_ID, CARRIAGE, STATEMENT, DOCUMENT}:
        raise MalformedCopy(Reason.MISSING_FIELD, "body")
    format_id = body[FORMAT_ID]
    if not isinstance(format_id, str) or not re.fullmatch(
        _FORMAT_ID, format_id[: MAX_FORMAT_ID + 1]
    ):
        raise MalformedCopy(Reason.UNKNOWN_FORMAT)
    kind = types.get(format_id)
    if kind is None:
        raise MalformedCopy(Reason.UNEXPECTED_TYPE, format_id)
    return kind


def _carriage_of(body: PlainMap) -> Carriage:
    code = body[CARRIAGE]
    if type(code) is not int or not 0 <= code < len(_CARRIAGES):
        raise MalformedCopy(Reason.UNKNOWN_CARRIAGE)
    return _CARRIAGES[code]


def _digest_of(body: PlainMap, carriage: Carriage) -> bytes | None:
    if DIGEST not in body:
        if carriage is Carriage.REFERENCE:
            raise MalformedCopy(Reason.DIGEST_MISSING)
        return None
    digest = body[DIGEST]
    if not isinstance(digest, bytes) or len(digest) != DIGEST_BYTES:
        raise MalformedCopy(Reason.FIELD_VALUE, "body.digest")
    return digest


def _encode_statement(statement: CopyStatement, scope: Scope) -> PlainMap:
    """Return the statement's map without what travels as CWT claims 1 and 6."""
    office = statement.authority.model_copy(update={"agency_code": None})
    bare = statement.model_copy(update={"authority": office, "issued_at": None})
    return encode_values(CopyStatement, bare, scope)


def _decode_statement(plain: Plain, scope: Scope, claims: Claims) -> CopyStatement:
    """Return the statement of its map and of the claims 1 and 6."""
    if isinstance(plain, dict) and plain.keys() & _CLAIMED_KEYS:
        raise MalformedCopy(Reason.UNKNOWN_FIELD, scope.at("issued_at"))
    values = dict(decode_values(CopyStatement, plain, scope))
    try:
        code = AgencyCode(claims.issuer)
        values["issued_at"] = issued_at_from_seconds(claims.issued_at)
    except ValueError:
        raise MalformedCopy(Reason.CLAIM_VALUE, "iss, iat") from None
    office = cast("Organisation", values["authority"])
    values["authority"] = office.model_copy(update={"agency_code": code})
    return build(CopyStatement, values, scope)
