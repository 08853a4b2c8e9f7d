"""The issuing side: a record becomes the text of its symbol, or nothing does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from vncopy.errors import MalformedCopy, Reason, TooLongForQR, UsageError
from vncopy.formats.base import DocumentTypes
from vncopy.wire import claims as cwt
from vncopy.wire import cose, payload
from vncopy.wire.deflate import MAX_INFLATED
from vncopy.wire.payload import Carriage

if TYPE_CHECKING:
    from collections.abc import Callable

    from vncopy.formats.record import CopyRecord
    from vncopy.wire.claims import StatusReference

CarriageChoice = Literal["full", "reference", "auto"]
"""``auto`` takes ``full`` where it fits, else ``reference``."""

_UNSIGNED = bytes(cose.SIGNATURE_SIZE)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class EncodedCopy:
    """A signed symbol."""

    text: str
    """Text of the symbol, ``VNC1:…``."""
    message: bytes
    """The COSE message in it: what the PDF embeds as ``copy.vnc1``."""
    carriage: Carriage
    """How much of the document it holds."""

    def __repr__(self) -> str:
        """Return size and carriage: nothing personal."""
        return f"EncodedCopy({len(self.message)} bytes, {self.carriage.value})"


def claims_of(
    record: CopyRecord[Any], carriage: Carriage, *, status: StatusReference | None = None
) -> cwt.Claims:
    """Return the claims of a record, before they are packed and signed.

    Args:
        record: the record; its statement has the time of issue and the office's agency code.
        carriage: how much of the document travels.
        status: where the copy's status is published.

    Raises:
        UsageError: the time of issue or the agency code is missing.
        TypeError: the document type holds a value that VNC1 cannot carry.
    """
    statement = record.statement
    if statement.issued_at is None:
        raise UsageError.of(
            "statement.issued_at",
            "statement.issued_at",
            vi="chưa có thời gian ký: bản dự thảo không được ký",
            en="there is no time of issue: a draft is not signed",
        )
    if statement.authority.agency_code is None:
        raise UsageError.of(
            "statement.authority.agency_code",
            "statement.agency_code",
            vi="thiếu mã định danh của cơ quan cấp bản sao",
            en="the issuing office has no agency code",
        )
    return cwt.Claims(
        issuer=str(statement.authority.agency_code),
        issued_at=int(statement.issued_at.timestamp()),
        cti=record.cti,
        body=payload.project(record, carriage),
        status=status,
    )


def encode(
    record: CopyRecord[Any],
    *,
    carriage: CarriageChoice,
    kid: bytes,
    sign: Callable[[bytes], bytes],
    status: StatusReference | None = None,
) -> EncodedCopy:
    """Sign the symbol of a record.

    Nothing is shortened and nothing is signed that :func:`vncopy.wire.payload.restore` would not
    give back.

    Args:
        record: the record; its statement has the time of issue and the office's agency code.
        carriage: ``full``, ``reference``, or ``auto`` for the first of them that fits.
        kid: first 8 bytes of the SHA-256 of the signing certificate.
        sign: signs the Sig_structure with ES256 and returns r ‖ s, 64 bytes; called once.
        status: where the copy's status is published.

    Raises:
        TooLongForQR: it does not fit a symbol of version 19-M.
        UsageError: the record cannot travel: no time, no agency code, a text outside the repertoire.
        TypeError: the document type holds a value that VNC1 cannot carry.
        ValueError: ``sign`` did not return 64 bytes, or ``kid`` has not 8.
    """
    chosen = Carriage.REFERENCE if carriage == "reference" else Carriage.FULL
    try:
        packed = _packed(record, chosen, kid, status)
    except TooLongForQR:
        if carriage != "auto":
            raise
        chosen = Carriage.REFERENCE
        packed = _packed(record, chosen, kid, status)
    signature = cose.normalise_low_s(sign(cose.to_be_signed(kid, packed)))
    message = cose.frame(kid, packed, signature)
    return EncodedCopy(text=cose.to_text(message), message=message, carriage=chosen)


def _packed(
    record: CopyRecord[Any], carriage: Carriage, kid: bytes, status: StatusReference | None
) -> bytes:
    """Return the bytes to be signed, having read them back.

    Raises:
        TooLongForQR: they do not fit the symbol, or inflate to more than readers accept.
        UsageError: reading them back fails or gives another document.
    """
    claims = claims_of(record, carriage, status=status)
    try:
        packed = cwt.pack(claims)
        size = len(cose.frame(kid, packed, _UNSIGNED))
        if size > cose.MAX_MESSAGE_SIZE:
            raise TooLongForQR(size=size, limit=cose.MAX_MESSAGE_SIZE)
        payload.restore(cwt.unpack(packed), DocumentTypes(type(record.document)))
    except MalformedCopy as error:
        if error.reason is Reason.TOO_LARGE:
            raise TooLongForQR(size=len(cwt.to_cbor(claims)), limit=MAX_INFLATED) from None
        raise UsageError.of(
            error.detail or "record",
            f"wire.{error.reason.value}",
            vi="bản ghi không thể đưa vào mã QR đúng nguyên văn",
            en="the record cannot travel in the symbol word for word",
        ) from None
    return packed
