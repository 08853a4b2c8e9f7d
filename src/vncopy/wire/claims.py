"""The CWT claims of a copy (RFC 8392) and their compressed bytes, which are what is signed.

===== ============ =========================================================
claim key          value
===== ============ =========================================================
1     iss          agency id of the issuing office, text
6     iat          claimed time of issue, integer seconds since 1970-01-01 UTC
7     cti          10 random bytes: the identity of the copy
65535 status       ``{"status_list": {"idx": uint, "uri": tstr}}``, optional
70001 body         key -70001: the payload map of :mod:`vncopy.wire.payload`
===== ============ =========================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vncopy.errors import MalformedCopy, Reason
from vncopy.formats.text import FREE_RANGES, within
from vncopy.wire import cbor
from vncopy.wire.deflate import deflate, inflate

if TYPE_CHECKING:
    from vncopy.wire.cbor import Plain, PlainMap

ISS: Final = 1
IAT: Final = 6
CTI: Final = 7
STATUS: Final = 65535
BODY: Final = -70001

CTI_SIZE: Final = 10
"""Random bytes that identify a copy: 80 bits."""
MAX_ISSUER: Final = 35
"""Characters of an agency id (QĐ 20/2020/QĐ-TTg)."""
MAX_IAT: Final = 253402300799
"""9999-12-31T23:59:59Z, the last moment a calendar date can name."""
MAX_STATUS_URI: Final = 120
"""Characters of a status list's address; the symbol's budget leaves no more."""
MAX_STATUS_INDEX: Final = 2**32 - 1
"""Highest index of a status list."""

_COMBINING: Final = ("\u0300", "\u036f")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReference:
    """Where the status of the copy is published (Token Status List: idx, uri)."""

    index: int
    """Index in the list."""
    uri: str
    """Address of the list."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Claims:
    """What the signature vouches for; ``repr`` shows none of it."""

    issuer: str
    """Agency id of the issuing office (``iss``)."""
    issued_at: int
    """Claimed time of issue, seconds since 1970-01-01 UTC (``iat``)."""
    cti: bytes
    """The copy's identity, 10 bytes."""
    body: PlainMap
    """The payload map, key 0 = ``format_id``."""
    status: StatusReference | None = None
    """Where its status is published, if anywhere."""

    def __repr__(self) -> str:
        """Return the class name alone: personal data stays out of logs."""
        return "Claims(…)"


def pack(claims: Claims) -> bytes:
    """Return the bytes to be signed: deterministic CBOR, compressed.

    Raises:
        TypeError: the body holds a type that VNC1 does not use.
        MalformedCopy: a claim or a text is one that :func:`unpack` would refuse.
    """
    plain = to_cbor(claims)
    from_cbor(plain)
    return deflate(plain)


def unpack(payload: bytes) -> Claims:
    """Return the claims of a payload whose signature has been verified.

    Raises:
        MalformedCopy: anything but the one encoding of known claims.
    """
    return from_cbor(inflate(payload))


def to_cbor(claims: Claims) -> bytes:
    """Return the deterministic CBOR of ``claims``, before compression.

    Raises:
        TypeError: the body holds a type that VNC1 does not use.
    """
    fields: PlainMap = {
        ISS: claims.issuer,
        IAT: claims.issued_at,
        CTI: claims.cti,
        BODY: claims.body,
    }
    if claims.status is not None:
        fields[STATUS] = {"status_list": {"idx": claims.status.index, "uri": claims.status.uri}}
    return cbor.encode(fields)


def from_cbor(data: bytes) -> Claims:
    """Return the claims of their deterministic CBOR.

    Raises:
        MalformedCopy: anything but the one encoding of known claims.
    """
    fields = cbor.decode(data)
    if not isinstance(fields, dict):
        raise MalformedCopy(Reason.CBOR_TYPE, "claims are not a map")
    if not fields.keys() <= {ISS, IAT, CTI, STATUS, BODY}:
        raise MalformedCopy(Reason.UNKNOWN_CLAIM)
    if not fields.keys() >= {ISS, IAT, CTI, BODY}:
        raise MalformedCopy(Reason.MISSING_CLAIM)
    _check_texts(fields)
    issuer, issued_at, cti, body = (fields[key] for key in (ISS, IAT, CTI, BODY))
    if not isinstance(issuer, str) or not 0 < len(issuer) <= MAX_ISSUER:
        raise MalformedCopy(Reason.CLAIM_VALUE, "iss")
    if type(issued_at) is not int or not 0 <= issued_at <= MAX_IAT:
        raise MalformedCopy(Reason.CLAIM_VALUE, "iat")
    if not isinstance(cti, bytes) or len(cti) != CTI_SIZE:
        raise MalformedCopy(Reason.CLAIM_VALUE, "cti")
    if not isinstance(body, dict):
        raise MalformedCopy(Reason.CLAIM_VALUE, "body")
    return Claims(
        issuer=issuer,
        issued_at=issued_at,
        cti=cti,
        body=body,
        status=_status(fields[STATUS]) if STATUS in fields else None,
    )


def _status(value: Plain) -> StatusReference:
    """Return the status reference of its claim (Token Status List, "referenced token in CWT")."""
    inner = value.get("status_list") if isinstance(value, dict) and len(value) == 1 else None
    if isinstance(inner, dict) and inner.keys() == {"idx", "uri"}:
        index, uri = inner["idx"], inner["uri"]
        if (
            type(index) is int
            and 0 <= index <= MAX_STATUS_INDEX
            and isinstance(uri, str)
            and 0 < len(uri) <= MAX_STATUS_URI
        ):
            return StatusReference(index=index, uri=uri)
    raise MalformedCopy(Reason.CLAIM_VALUE, "status")


def _check_texts(value: Plain) -> None:
    """Check every text of ``value``: NFC, and within the repertoire of free text.

    Raises:
        MalformedCopy: ``text_repertoire`` or ``text_not_nfc``.
    """
    if isinstance(value, str):
        # The repertoire holds no combining marks, so that whatever is inside it is in NFC by
        # itself and no Unicode table is asked.
        if not within(value, FREE_RANGES):
            loose = any(_COMBINING[0] <= character <= _COMBINING[1] for character in value)
            raise MalformedCopy(Reason.TEXT_NOT_NFC if loose else Reason.TEXT_REPERTOIRE)
    elif isinstance(value, dict):
        for key, entry in value.items():
            _check_texts(key)
            _check_texts(entry)
    elif isinstance(value, list):
        for entry in value:
            _check_texts(entry)
