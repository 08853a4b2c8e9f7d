"""The one exact COSE_Sign1 frame of VNC1 (RFC 9052 §4.2), and low-S ECDSA signatures.

Only these bytes are a message; every length has its shortest head and nothing may follow::

    d2 84                     tag 18, array of four
    53 a3 01 26 04 48 KID     protected header {1: -7, 4: kid, 16: "vnc1"} as byte string
       10 64 76 6e 63 31
    a0                        no unprotected header
    BSTR                      payload
    58 40 SIGNATURE           r ‖ s, each 32 bytes, s in the lower half

So nothing of a message is parsed by a general decoder before its signature has been verified, and
nothing outside the signature can be varied.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from vncopy.errors import MalformedCopy, Reason
from vncopy.wire import base45

PREFIX: Final = "VNC1:"
"""What the text of a symbol begins with; the format itself is signed as ``typ`` (RFC 9596)."""

KID_SIZE: Final = 8
"""First bytes of the SHA-256 of the signing certificate's DER."""
SIGNATURE_SIZE: Final = 64
MAX_MESSAGE_SIZE: Final = 602
"""Bytes that a version 19-M symbol holds as base45: the last with 4 printer dots a module at 35 mm."""
MAX_TEXT_LENGTH: Final = len(PREFIX) + MAX_MESSAGE_SIZE // 2 * 3
"""Characters of the longest text that can be valid (908); longer input is not decoded at all."""

_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order of P-256 (FIPS 186-5, SP 800-186 §3.2.1.3)."""

_HEAD: Final = bytes.fromhex("d284")
_PROTECTED_START: Final = bytes.fromhex("a301260448")
_PROTECTED_END: Final = bytes.fromhex("1064") + b"vnc1"
_NO_UNPROTECTED: Final = b"\xa0"
_SIGNATURE_HEAD: Final = bytes((0x58, SIGNATURE_SIZE))
_SIG_CONTEXT: Final = bytes((0x84, 0x6A)) + b"Signature1"


class CoseSign1(NamedTuple):
    """A well-framed message; nothing of it is verified yet, and ``repr`` shows no payload."""

    kid: bytes
    """Which certificate is said to have signed."""
    payload: bytes
    """The signed (still compressed) bytes."""
    signature: bytes
    """r ‖ s, with s in the lower half."""
    to_be_signed: bytes
    """What the signature covers: the Sig_structure of RFC 9052 §4.4."""

    def __repr__(self) -> str:
        """Return the kid alone: the payload only looks unreadable."""
        return f"CoseSign1({self.kid.hex()})"


def _byte_string(data: bytes) -> bytes:
    """Return ``data`` as CBOR byte string with the shortest head (RFC 8949 §3)."""
    size = len(data)
    if size < 24:  # noqa: PLR2004 - RFC 8949 §3: lengths to 23 sit in the first byte
        return bytes((0x40 + size,)) + data
    if size <= 0xFF:  # noqa: PLR2004 - one byte of length
        return bytes((0x58, size)) + data
    return b"\x59" + size.to_bytes(2, "big") + data


def _protected(kid: bytes) -> bytes:
    return _PROTECTED_START + kid + _PROTECTED_END


def to_be_signed(kid: bytes, payload: bytes) -> bytes:
    """Return the Sig_structure of RFC 9052 §4.4, with no external data.

    Args:
        kid: the 8 bytes that name the signing certificate.
        payload: the compressed claims.
    """
    return _SIG_CONTEXT + _byte_string(_protected(kid)) + b"\x40" + _byte_string(payload)


def frame(kid: bytes, payload: bytes, signature: bytes) -> bytes:
    """Return the COSE message of its three variable parts.

    Args:
        kid: the 8 bytes that name the signing certificate.
        payload: the compressed claims.
        signature: r ‖ s in low-S form, see :func:`normalise_low_s`.

    Raises:
        ValueError: a part has an impossible size.
    """
    if len(kid) != KID_SIZE or len(signature) != SIGNATURE_SIZE or len(payload) > 0xFFFF:  # noqa: PLR2004 - two bytes of length
        msg = "kid, payload or signature has an impossible size"
        raise ValueError(msg)
    return b"".join(
        (
            _HEAD,
            _byte_string(_protected(kid)),
            _NO_UNPROTECTED,
            _byte_string(payload),
            _SIGNATURE_HEAD,
            signature,
        )
    )


def to_text(message: bytes) -> str:
    """Return the text of the symbol for a COSE ``message``."""
    return PREFIX + base45.encode(message)


def parse_message(text: str) -> CoseSign1:
    """Return the parts of the text of a symbol.

    Raises:
        MalformedCopy: it is not exactly the text of one VNC1 message.
    """
    if not text.startswith(PREFIX):
        raise MalformedCopy(Reason.NOT_VNC1)
    if len(text) > MAX_TEXT_LENGTH:
        raise MalformedCopy(Reason.TEXT_TOO_LONG)
    return parse_frame(base45.decode(text[len(PREFIX) :]))


def parse_frame(message: bytes) -> CoseSign1:
    """Return the parts of a COSE message.

    Raises:
        MalformedCopy: it differs from the frame of VNC1 anywhere, or s lies in the upper half.
    """
    if len(message) > MAX_MESSAGE_SIZE:
        raise MalformedCopy(Reason.TEXT_TOO_LONG)
    protected, at = _read_byte_string(message, len(_HEAD))
    payload, end = _read_byte_string(message, at + len(_NO_UNPROTECTED))
    signature = message[end + len(_SIGNATURE_HEAD) :]
    if (
        message[: len(_HEAD)] != _HEAD
        or message[at : at + len(_NO_UNPROTECTED)] != _NO_UNPROTECTED
        or message[end : end + len(_SIGNATURE_HEAD)] != _SIGNATURE_HEAD
        or len(signature) != SIGNATURE_SIZE
    ):
        raise MalformedCopy(Reason.FRAMING)
    kid = _kid_of(protected)
    if not _in_range(signature):
        raise MalformedCopy(Reason.SIGNATURE_RANGE)
    if not is_low_s(signature):
        raise MalformedCopy(Reason.HIGH_S)
    return CoseSign1(
        kid=kid,
        payload=payload,
        signature=signature,
        to_be_signed=to_be_signed(kid, payload),
    )


def _read_byte_string(message: bytes, at: int) -> tuple[bytes, int]:
    """Return the byte string at ``at`` and where it ends.

    Raises:
        MalformedCopy: no byte string of up to 65535 bytes with the shortest head.
    """
    head = message[at : at + 1]
    width = {b"\x58": 1, b"\x59": 2}.get(head, 0)
    start = at + 1 + width
    size = (
        int.from_bytes(message[at + 1 : start], "big") if width else head[0] - 0x40 if head else 0
    )
    data = message[start : start + max(size, 0)]
    if message[at : start + len(data)] != _byte_string(data) or len(data) != size:
        raise MalformedCopy(Reason.FRAMING)
    return data, start + size


def _kid_of(protected: bytes) -> bytes:
    """Return the kid of the protected header.

    Raises:
        MalformedCopy: ``unknown_alg`` or ``header``.
    """
    kid = protected[len(_PROTECTED_START) : -len(_PROTECTED_END)]
    if len(kid) == KID_SIZE and protected == _protected(kid):
        return kid
    if protected[:2] == _PROTECTED_START[:2] and protected[2:3] != _PROTECTED_START[2:3]:
        raise MalformedCopy(Reason.UNKNOWN_ALG)
    raise MalformedCopy(Reason.HEADER)


def _in_range(signature: bytes) -> bool:
    """Tell whether r and s lie between 1 and the group order (FIPS 186-5 §6.4.2)."""
    r = int.from_bytes(signature[:32], "big")
    s = int.from_bytes(signature[32:], "big")
    return 0 < r < _ORDER and 0 < s < _ORDER


def is_low_s(signature: bytes) -> bool:
    """Tell whether s of ``signature`` is in the lower half of the group order.

    For every ECDSA signature (r, s) the pair (r, n - s) verifies as well; one of them is accepted.
    """
    return int.from_bytes(signature[32:], "big") <= _ORDER // 2


def normalise_low_s(signature: bytes) -> bytes:
    """Return the low-S form of ``signature`` (r ‖ s, 64 bytes).

    Raises:
        ValueError: it has another size, or r or s is out of range.
    """
    if len(signature) != SIGNATURE_SIZE or not _in_range(signature):
        msg = "not a P-256 signature of 64 bytes"
        raise ValueError(msg)
    s = int.from_bytes(signature[32:], "big")
    return signature[:32] + min(s, _ORDER - s).to_bytes(32, "big")
