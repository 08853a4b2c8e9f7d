"""The identity of a copy: 10 random bytes in the symbol, 16 characters for people."""

from __future__ import annotations

import re

from vncopy.errors import UsageError

__all__ = ["CTI_BYTES", "DIGEST_BYTES", "copy_id_of", "cti_of", "read_copy_id"]

CTI_BYTES = 10
"""Random bytes that identify a copy: 80 bits, no collision in practice below 10^11 copies."""
DIGEST_BYTES = 16
"""Bytes of a record's SHA-256 kept: a second preimage of 2^128, the level of P-256."""

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""
_COPY_ID_LENGTH = CTI_BYTES * 8 // 5
_COPY_ID = f"[{_CROCKFORD}]{{{_COPY_ID_LENGTH}}}"
_READ_AS = str.maketrans("OILoil", "011011", "- ")


def copy_id_of(cti: bytes, /) -> str:
    """Return the copy id, 16 characters of Crockford's base 32.

    Args:
        cti: the 10 random bytes of CWT claim 7.

    Returns:
        The id in capitals, without separators.

    Raises:
        ValueError: not 10 bytes.
    """
    if len(cti) != CTI_BYTES:
        msg = f"a copy is identified by {CTI_BYTES} bytes"
        raise ValueError(msg)
    number = int.from_bytes(cti)
    return "".join(_CROCKFORD[number >> shift & 31] for shift in range(75, -1, -5))


def cti_of(copy_id: str, /) -> bytes:
    """Return the 10 bytes of a copy id.

    Args:
        copy_id: exactly as :func:`copy_id_of` gives it.

    Returns:
        The bytes of CWT claim 7.

    Raises:
        UsageError: any other text.
    """
    if not re.fullmatch(_COPY_ID, copy_id):
        raise UsageError.of(
            "copy_id",
            "copy_id.format",
            vi="mã bản sao gồm 16 ký tự 0-9, A-Z, không có I, L, O, U",
            en="a copy id has 16 characters 0-9, A-Z without I, L, O, U",
        )
    number = 0
    for character in copy_id:
        number = number << 5 | _CROCKFORD.index(character)
    return number.to_bytes(CTI_BYTES)


def read_copy_id(typed: str, /) -> str:
    """Return the copy id that a person typed or read aloud.

    Args:
        typed: small letters, hyphens and spaces are allowed; O is read as 0, I and L as 1.

    Returns:
        The id as :func:`copy_id_of` gives it.

    Raises:
        UsageError: it still is no copy id.
    """
    copy_id = typed.translate(_READ_AS).upper()
    cti_of(copy_id)
    return copy_id
