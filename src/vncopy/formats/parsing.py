"""The one border where foreign complaints about a document become :class:`UsageError`.

Every problem names the field, the rule and the reason in both languages, and never the value.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from pydantic import ValidationError

from vncopy.errors import Message, Problem, UsageError
from vncopy.formats.base import MISSING_TAG, VALUE_TAG, Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

__all__ = ["MAX_DOCUMENT_BYTES", "RULES_OF_INPUT", "parse_document", "usage_error_of"]

P = TypeVar("P", bound=Part)

MAX_DOCUMENT_BYTES = 512 * 1024
"""Largest document read; the same limit as for whole records."""
_FIELD = re.compile(r"[A-Za-z0-9_]{1,40}", re.ASCII)
"""What a field's name looks like; any other name in the input is not repeated in a message."""
MAX_PROBLEMS = 50
"""Problems reported at most: more do not help, and bound the work on hostile input."""

_MESSAGES: dict[str, tuple[str, str, str]] = {
    "missing": ("record.missing", "thiếu trường bắt buộc", "the field is required"),
    "extra_forbidden": (
        "record.unknown_field",
        "không có trường nào tên như vậy",
        "there is no such field",
    ),
    "json_invalid": ("record.json", "không phải JSON hợp lệ", "not valid JSON"),
    "recursion_loop": ("record.json", "không phải JSON hợp lệ", "not valid JSON"),
    "string_type": ("record.type", "phải là chuỗi ký tự", "must be a text"),
    "string_unicode": ("record.type", "phải là chuỗi Unicode", "must be Unicode text"),
    "int_type": ("record.type", "phải là số nguyên", "must be an integer"),
    "int_from_float": ("record.type", "phải là số nguyên", "must be an integer"),
    "int_parsing_size": ("record.range", "số quá lớn", "the number is too large"),
    "bool_type": ("record.type", "phải là true hoặc false", "must be true or false"),
    "decimal_type": ("record.type", "phải là số thập phân", "must be a decimal number"),
    "decimal_parsing": ("record.type", "phải là số thập phân", "must be a decimal number"),
    "list_type": ("record.type", "phải là danh sách", "must be a list"),
    "tuple_type": ("record.type", "phải là danh sách", "must be a list"),
    "dict_type": ("record.type", "phải là đối tượng", "must be an object"),
    "model_type": ("record.type", "phải là đối tượng", "must be an object"),
    "model_attributes_type": ("record.type", "phải là đối tượng", "must be an object"),
    "enum": ("record.choice", "không có trong danh sách cho phép", "not one of the allowed values"),
    "literal_error": (
        "record.choice",
        "không có trong danh sách cho phép",
        "not one of the allowed values",
    ),
    "too_long": ("record.length", "có quá nhiều phần tử", "has too many items"),
    "too_short": ("record.length", "có quá ít phần tử", "has too few items"),
    "string_too_long": ("record.length", "chuỗi quá dài", "the text is too long"),
    "string_too_short": ("record.length", "chuỗi quá ngắn", "the text is too short"),
    "string_pattern_mismatch": (
        "record.pattern",
        "không đúng dạng",
        "does not have the right form",
    ),
    "greater_than": ("record.range", "số quá nhỏ", "the number is too small"),
    "greater_than_equal": ("record.range", "số quá nhỏ", "the number is too small"),
    "less_than": ("record.range", "số quá lớn", "the number is too large"),
    "less_than_equal": ("record.range", "số quá lớn", "the number is too large"),
    "frozen_instance": ("record.frozen", "không thể thay đổi", "cannot be changed"),
    "none_required": ("record.type", "phải để trống (null)", "must be null"),
}
"""pydantic's error types → rule, Vietnamese, English; the prefixes below catch whole families."""

_FAMILIES: tuple[tuple[str, tuple[str, str, str]], ...] = (
    ("date", ("record.date", "phải là ngày dạng 2026-11-21", "must be a date like 2026-11-21")),
    ("time", ("record.time", "thời điểm không đúng dạng", "the time has not the right form")),
    ("decimal", ("record.range", "số thập phân không đúng dạng", "not the right kind of decimal")),
    ("bytes", ("record.type", "phải là dữ liệu nhị phân", "must be bytes")),
    ("union", ("record.choice", "không đúng dạng nào được phép", "none of the allowed forms")),
)
_OTHER = ("record.value", "giá trị không hợp lệ", "the value is not valid")

RULES_OF_INPUT: tuple[tuple[str, str, str], ...] = (
    *_MESSAGES.values(),
    *(message for _, message in _FAMILIES),
    _OTHER,
)
"""Rule, Vietnamese, English of all that pydantic may refuse; for the page of rules."""


def parse_document(cls: type[P], source: bytes | str | Mapping[str, Any], /) -> P:
    """Read a document, or any part of one, from JSON.

    Args:
        cls: the document type, ``BirthRecord``.
        source: JSON text, or the mapping that such a text decodes to.

    Returns:
        The document; its error rules are obeyed.

    Raises:
        UsageError: with every problem found, field by field.
    """
    text = _as_json(source)
    try:
        return cls.model_validate_json(text)
    except ValidationError as error:
        raise usage_error_of(error) from None


def usage_error_of(error: ValidationError, /, *, prefix: str = "") -> UsageError:
    """Translate pydantic's error.

    Args:
        error: as raised by a part's constructor or validator.
        prefix: dotted path put before each field.
    """
    problems: list[Problem] = []
    details = error.errors(include_url=False, include_input=False)
    for detail in details[:MAX_PROBLEMS]:
        problems.extend(_problems_of(detail, prefix))
    return UsageError(*problems[:MAX_PROBLEMS])


def _as_json(source: bytes | str | Mapping[str, Any]) -> bytes:
    """Return the JSON of ``source``; refuse repeated names, floats and what JSON cannot hold."""
    try:
        if isinstance(source, bytes):
            raw = source
        elif isinstance(source, str):
            raw = source.encode()
        else:
            raw = json.dumps(source, ensure_ascii=False, default=_plain).encode()
        if len(raw) > MAX_DOCUMENT_BYTES:
            _refuse("record.size", "dữ liệu quá lớn", "the data is too large")
        json.loads(raw, object_pairs_hook=_unique, parse_float=_no_float, parse_constant=_no_float)
    except UsageError:
        raise
    except (TypeError, ValueError, RecursionError):
        raise UsageError.of(
            "record", "record.json", vi="không phải JSON hợp lệ", en="not valid JSON"
        ) from None
    return raw


def _plain(value: object) -> Any:  # noqa: ANN401 - json's hook
    """Return the JSON form of the typed values that a mapping may hold."""
    if isinstance(value, Part):
        return value.model_dump(mode="json", exclude_defaults=True)
    if hasattr(value, "to_json"):
        return value.to_json()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    if len(whole) != len(pairs):
        _refuse("record.duplicate", "một trường được ghi hai lần", "a field is written twice")
    return whole


def _no_float(_: str) -> NoReturn:
    _refuse(
        "record.float",
        "không dùng số thực; hãy viết số thập phân thành chuỗi",
        "no floats: write decimals as text",
    )


def _refuse(rule: str, vi: str, en: str) -> NoReturn:
    raise UsageError.of("record", rule, vi=vi, en=en)


def _problems_of(detail: ErrorDetails, prefix: str) -> list[Problem]:
    steps = [str(step) for step in detail["loc"] if step not in (VALUE_TAG, MISSING_TAG)]
    path = [step if _FIELD.fullmatch(step) else "?" for step in steps if "(" not in step]
    field = ".".join(filter(None, (prefix, *path))) or "record"
    context = detail.get("ctx", {})
    inner = context.get("error")
    if isinstance(inner, UsageError):
        return [_below(problem, prefix, path) for problem in inner.problems]
    if "vi" in context:
        message = Message(str(context["vi"]), detail["msg"])
        return [Problem(field=field, rule=detail["type"], message=message)]
    rule, vi, en = _explain(detail["type"])
    return [Problem(field=field, rule=rule, message=Message(vi, en))]


def _below(problem: Problem, prefix: str, path: list[str]) -> Problem:
    """Return a rule's problem with the path of the part in which the rule stands."""
    field = ".".join(filter(None, (prefix, *path, problem.field)))
    return Problem(field=field, rule=problem.rule, message=problem.message)


def _explain(kind: str) -> tuple[str, str, str]:
    if kind in _MESSAGES:
        return _MESSAGES[kind]
    for start, message in _FAMILIES:
        if kind.startswith(start):
            return message
    return _OTHER
