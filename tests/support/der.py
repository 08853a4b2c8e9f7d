"""As much DER as a test needs that makes what no library would."""

from __future__ import annotations

from datetime import datetime


def tlv(tag: int, *contents: bytes) -> bytes:
    """Return tag, length and contents."""
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(length)]) + length + content


def oid(dotted: str) -> bytes:
    """Return an OBJECT IDENTIFIER."""
    first, second, *rest = (int(each) for each in dotted.split("."))
    body = bytearray([first * 40 + second])
    for each in rest:
        groups = [each & 0x7F]
        while each := each >> 7:
            groups.append(0x80 | (each & 0x7F))
        body.extend(reversed(groups))
    return tlv(0x06, bytes(body))


def integer(number: int) -> bytes:
    """Return an INTEGER."""
    return tlv(0x02, number.to_bytes(number.bit_length() // 8 + 1, signed=True))


def time(moment: datetime) -> bytes:
    """Return a GeneralizedTime."""
    return tlv(0x18, moment.strftime("%Y%m%d%H%M%SZ").encode())


def parts(der: bytes) -> list[bytes]:
    """Return the elements of which ``der`` is made, each with its tag and length."""
    found, at = [], 0
    while at < len(der):
        head, size = _head(der[at:])
        found.append(der[at : at + head + size])
        at += head + size
    return found


def content(der: bytes) -> bytes:
    """Return what one element holds."""
    head, size = _head(der)
    return der[head : head + size]


def _head(der: bytes) -> tuple[int, int]:
    size = der[1]
    if size < 0x80:
        return 2, size
    more = size & 0x7F
    return 2 + more, int.from_bytes(der[2 : 2 + more])
