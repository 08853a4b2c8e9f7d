"""What a timestamp token says: TSTInfo of RFC 3161 §2.4.2, read strictly."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from vncopy.errors import Message, SigningError
from vncopy.sign.der import (
    BOOLEAN,
    CONTEXT_0,
    CONTEXT_1,
    GENERALIZED_TIME,
    INTEGER,
    OCTETS,
    OID,
    SEQUENCE,
    MalformedDER,
    Value,
    der_oid,
    parse,
)
from vncopy.sign.token_writer import SHA256_OID

__all__ = ["RSASSA_PSS", "algorithm_oid", "exactly", "read_info", "unusable"]

MAX_ACCURACY_SECONDS: Final = 60
"""A service whose clock may be off by more than a minute proves no time, and verifiers refuse its
tokens: ETSI EN 319 421 wants one second."""

_TIME: Final = re.compile(rb"(\d{14})(?:\.(\d*[1-9]))?Z", re.ASCII)
"""GeneralizedTime in DER (RFC 3161 §2.4.2): UTC, seconds, no trailing zeros in the fraction."""
_MICROSECOND_DIGITS: Final = 6
RSASSA_PSS: Final = der_oid("1.2.840.113549.1.1.10")
"""The one algorithm in use here that has parameters."""
_NULL: Final = bytes.fromhex("0500")
_THOUSAND: Final = 1000
_MILLIS, _MICROS = 0x80, 0x81


def unusable(vi: str, en: str) -> SigningError:
    """Return the error for a timestamp that cannot be used."""
    return SigningError(
        Message(f"không dùng được dấu thời gian: {vi}", f"no usable timestamp: {en}")
    )


def exactly(value: Value, count: int) -> tuple[Value, ...]:
    """Return the values inside, of which there must be ``count``.

    Raises:
        MalformedDER: there are others.
    """
    children = value.children()
    if len(children) != count:
        raise MalformedDER(f"{len(children)} elements instead of {count}")
    return children


def algorithm_oid(identifier: Value) -> bytes:
    """Return the object identifier of an AlgorithmIdentifier, DER.

    Raises:
        MalformedDER: it is none, or has parameters (RFC 5754: none or NULL), RSASSA-PSS excepted.
    """
    children = identifier.expect(SEQUENCE).children()
    if not 1 <= len(children) <= 2:  # noqa: PLR2004 - with or without parameters
        raise MalformedDER("algorithm")
    oid = children[0].expect(OID).raw
    parameters = [each.raw for each in children[1:]]
    if oid != RSASSA_PSS and parameters not in ([], [_NULL]):
        raise MalformedDER("algorithm parameters")
    return oid


def read_info(info: bytes, digest: bytes) -> tuple[datetime, int | None]:
    """Return time and nonce of a TSTInfo about ``digest``.

    Args:
        info: TSTInfo in DER.
        digest: SHA-256 of what was to be stamped.

    Raises:
        SigningError: it is about something else, or not accurate enough.
        MalformedDER: it is none, or says what is not understood.
        ValueError: its time is none of the calendar.
    """
    version, policy, imprint, serial, time, *others = parse(info, SEQUENCE).children()
    policy.expect(OID)
    serial.integer()
    if version.integer() != 1:
        raise MalformedDER("version")
    algorithm, hashed = exactly(imprint.expect(SEQUENCE), 2)
    if (algorithm_oid(algorithm), hashed.expect(OCTETS).content) != (SHA256_OID, digest):
        raise unusable("dành cho nội dung khác", "it is about something else")
    return _time(time.expect(GENERALIZED_TIME).content), _options(others)


def _time(text: bytes) -> datetime:
    """Return ``genTime``."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise MalformedDER("time")
    moment = datetime.strptime(found[1].decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    fraction = (found[2] or b"").decode()[:_MICROSECOND_DIGITS].ljust(_MICROSECOND_DIGITS, "0")
    return moment.replace(microsecond=int(fraction))


def _options(values: list[Value]) -> int | None:
    """Check accuracy, ordering, nonce, name of the service and extensions; return the nonce."""
    nonce = None
    expected = [SEQUENCE, BOOLEAN, INTEGER, CONTEXT_0, CONTEXT_1]
    for value in values:
        if value.tag not in expected:
            raise MalformedDER("order of elements")
        expected = expected[expected.index(value.tag) + 1 :]
        if value.tag == SEQUENCE:
            _check_accuracy(value)
        if value.tag == INTEGER:
            nonce = value.integer()
        if value.tag == CONTEXT_1 and any(
            part.tag == BOOLEAN for each in value.children() for part in each.children()
        ):
            raise MalformedDER("critical extension")
    return nonce


def _check_accuracy(value: Value) -> None:
    """Refuse times that may be off by more than a minute."""
    parts = {INTEGER: 0, _MILLIS: 0, _MICROS: 0}
    for each in value.children():
        if each.tag not in parts:
            raise MalformedDER("accuracy")
        parts[each.tag] = int.from_bytes(each.content, signed=True)
    small = 0 <= parts[_MILLIS] < _THOUSAND and 0 <= parts[_MICROS] < _THOUSAND
    if parts[INTEGER] < 0 or not small:
        raise MalformedDER("accuracy")
    above = bool(parts[_MILLIS] or parts[_MICROS])
    if parts[INTEGER] + above > MAX_ACCURACY_SECONDS:
        raise unusable("độ chính xác kém hơn một phút", "its time may be off by more than a minute")
