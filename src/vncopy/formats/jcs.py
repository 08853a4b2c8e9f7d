"""Canonical JSON after RFC 8785 (JCS), as far as records need it: integers only, no floats.

One value has one byte string, so that a digest over it means something. Numbers are integers
within ±(2^53 - 1), the range in which every JSON reader agrees (RFC 8785 §3.2.2.3, RFC 7493 §2.2).
"""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING

from vncopy.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

__all__ = [
    "MAX_DEPTH",
    "MAX_INTEGER",
    "JSONValue",
    "canonical_json",
    "parse_canonical_json",
    "parse_json",
]

JSONValue = None | bool | int | str | list["JSONValue"] | dict[str, "JSONValue"]
"""What canonical JSON holds here."""

MAX_INTEGER = 2**53 - 1
"""Largest integer that every JSON reader keeps exactly (RFC 7493 §2.2)."""

MAX_DEPTH = 32
"""Nesting allowed: records of ours reach 8; deeper input is an attack on the parser's stack."""


def canonical_json(value: JSONValue, /) -> bytes:
    """Return the canonical UTF-8 bytes of ``value`` (RFC 8785).

    Args:
        value: null, booleans, integers, strings, lists and objects with text keys.

    Returns:
        The bytes: members sorted by UTF-16 code units, no white space, shortest escapes.

    Raises:
        UsageError: a floating-point number, an integer beyond 2^53 - 1, a lone surrogate, a key
            that is no text, nesting deeper than :data:`MAX_DEPTH`, or a foreign type.
    """
    text = json.dumps(_sorted(value, MAX_DEPTH), ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:
        _refuse(
            "json.surrogate",
            "chuỗi chứa nửa cặp thay thế UTF-16, không phải ký tự hợp lệ",
            "a text holds a lone surrogate, which is no character",
        )


def parse_json(data: bytes, /, *, max_bytes: int) -> JSONValue:
    """Read JSON strictly, in any order and with white space.

    Args:
        data: UTF-8 bytes without a byte order mark.
        max_bytes: more than this is refused unread.

    Returns:
        The value.

    Raises:
        UsageError: too large, not UTF-8, not JSON, a member twice in one object, a floating-point
            number, an integer beyond 2^53 - 1, or nesting deeper than :data:`MAX_DEPTH`.
    """
    if len(data) > max_bytes:
        _refuse(
            "json.size",
            f"dữ liệu JSON dài quá {max_bytes} byte",
            f"the JSON is longer than {max_bytes} bytes",
        )
    if not data.strip():
        _refuse("json.empty", "dữ liệu trống", "there is no data")
    if data.startswith(codecs.BOM_UTF8):
        _refuse(
            "json.bom",
            "dữ liệu bắt đầu bằng dấu BOM; hãy lưu dưới dạng UTF-8 không có BOM",
            "the data begins with a byte order mark; save it as UTF-8 without one",
        )
    try:
        value: JSONValue = json.loads(
            data.decode(),
            object_pairs_hook=_object,
            parse_float=_no_float,
            parse_constant=_no_float,
            parse_int=_integer,
        )
    except UnicodeDecodeError:
        _refuse("json.utf8", "dữ liệu không phải UTF-8", "the data is not UTF-8")
    except json.JSONDecodeError as error:
        _refuse(
            "json.syntax",
            f"sai cú pháp JSON ở dòng {error.lineno}, cột {error.colno}",
            f"JSON syntax error at line {error.lineno}, column {error.colno}",
        )
    except RecursionError:
        _too_deep()
    _sorted(value, MAX_DEPTH)
    return value


def parse_canonical_json(data: bytes, /, *, max_bytes: int) -> JSONValue:
    """Read JSON and accept the canonical bytes of the value only.

    Args:
        data: what :func:`canonical_json` made.
        max_bytes: more than this is refused unread.

    Returns:
        The value.

    Raises:
        UsageError: as :func:`parse_json`, or the bytes are not the canonical ones.
    """
    value = parse_json(data, max_bytes=max_bytes)
    if canonical_json(value) != data:
        _refuse(
            "json.canonical",
            "dữ liệu JSON không ở dạng chuẩn tắc RFC 8785",
            "the JSON is not in the canonical form of RFC 8785",
        )
    return value


def _utf16(member: tuple[str, object]) -> bytes:
    """Return the sort key of RFC 8785 §3.2.3 (differs from code points beyond U+FFFF)."""
    return member[0].encode("utf-16-be", "surrogatepass")


def _sorted(value: object, depth: int) -> JSONValue:
    """Return ``value`` with sorted objects, or refuse what canonical JSON cannot hold."""
    if depth < 0:
        _too_deep()
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            _large_integer()
        return value
    if isinstance(value, list):
        return [_sorted(each, depth - 1) for each in value]
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        _refuse(
            "json.type",
            "giá trị không thể ghi thành JSON chuẩn tắc",
            "a value of this type has no place in canonical JSON",
        )
    return {key: _sorted(each, depth - 1) for key, each in sorted(value.items(), key=_utf16)}


def _object(members: Sequence[tuple[str, JSONValue]]) -> dict[str, JSONValue]:
    """Refuse a member that stands twice: readers disagree on which one counts."""
    found = dict(members)
    if len(found) != len(members):
        _refuse(
            "json.duplicate",
            "một đối tượng JSON có hai thành phần trùng tên",
            "a JSON object has two members of the same name",
        )
    return found


def _integer(digits: str) -> int:
    """Refuse long integers before converting them, and the minus zero."""
    if len(digits.lstrip("-")) > len(str(MAX_INTEGER)) or digits == "-0":
        _large_integer()
    return int(digits)


def _no_float(_text: str) -> NoReturn:
    """Refuse floating-point numbers, NaN and infinities."""
    _refuse(
        "json.float",
        "không dùng số thực; hãy ghi diện tích, số đo thành chuỗi ký tự",
        "floating-point numbers do not exist in records; write areas and measures as text",
    )


def _large_integer() -> NoReturn:
    _refuse(
        "json.integer",
        "số nguyên vượt phạm vi 2^53 - 1",
        "an integer is beyond 2^53 - 1 (or is a minus zero)",
    )


def _too_deep() -> NoReturn:
    _refuse(
        "json.depth",
        f"dữ liệu JSON lồng nhau quá {MAX_DEPTH} tầng",
        f"the JSON is nested deeper than {MAX_DEPTH} levels",
    )


def _refuse(rule: str, vi: str, en: str) -> NoReturn:
    """Raise the error of one broken rule; no value is ever repeated."""
    error = UsageError.of("json", rule, vi=vi, en=en)
    raise error from None
