"""What facts of every carrier share: the outcome of a step, and a strict JSON round trip.

Stored facts are untrusted input when they are judged again: :func:`facts_from_json` accepts only
what :func:`facts_to_json` writes, and every bad byte of it is the caller's ``UsageError``.
"""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from functools import cache
from typing import Any, Final, Literal, TypeVar

from vncopy.errors import UsageError
from vncopy.reasons import Reason

__all__ = [
    "MAX_FACTS_BYTES",
    "NOT_RUN",
    "PASSED",
    "Facts",
    "Isolation",
    "Step",
    "check_time",
    "facts_from_json",
    "facts_to_json",
]

F = TypeVar("F")

MAX_FACTS_BYTES: Final = 1024 * 1024
"""Largest stored facts that are read: a PDF with 50 signatures takes a tenth of it."""
SCHEMA_VERSION: Final = 1
"""Version of the JSON of facts."""
MAX_FACTS_DEPTH: Final = 16
"""Nesting of the JSON; the facts of a PDF need 6."""

Isolation = Literal["", "process", "process_with_memory_limit", "sandbox"]
"""Where a stranger's file was read: nowhere, in a process of its own that is ended in time, in one
that may not have more than so much memory, or in one that may do nothing but compute besides."""


class Facts:
    """The base of what was observed of a carrier."""

    __slots__ = ()

    def to_json(self) -> bytes:
        """Return the facts as JSON, to be stored beside the report."""
        return facts_to_json(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How one step of reading a carrier ended."""

    ran: bool = True
    """Whether it ran at all."""
    reason: Reason | None = None
    """Why it failed; ``None``: it did not."""
    detail: str = ""
    """A hint for engineers, without any value of a record."""

    @property
    def passed(self) -> bool:
        """Whether the step ran and did not fail."""
        return self.ran and self.reason is None


PASSED: Final = Step()
"""A step that ran and did not fail."""
NOT_RUN: Final = Step(ran=False)
"""A step that an earlier failure kept from running."""


def facts_to_json(facts: object) -> bytes:
    """Return the JSON of ``facts``: UTF-8, sorted members, one object.

    Args:
        facts: a frozen dataclass of this package.
    """
    import json  # noqa: PLC0415 - only where facts are stored

    frame = {
        "schema_version": SCHEMA_VERSION,
        "carrier": type(facts).__name__,
        "facts": _dump(facts),
    }
    return json.dumps(frame, ensure_ascii=False, sort_keys=True, indent=1).encode()


def facts_from_json(data: bytes, kind: type[F]) -> F:
    """Return the facts of stored JSON.

    Args:
        data: the bytes that :func:`facts_to_json` gave.
        kind: the facts' class.

    Raises:
        UsageError: anything else.
    """
    import json  # noqa: PLC0415 - only where facts were stored

    if len(data) > MAX_FACTS_BYTES:
        raise _malformed("too large")
    try:
        frame = json.loads(data)
        if not isinstance(frame, dict) or frame.keys() != {"schema_version", "carrier", "facts"}:
            raise _malformed("members")
        if frame["schema_version"] != SCHEMA_VERSION or frame["carrier"] != kind.__name__:
            raise _malformed("version or carrier")
        value = _load(kind, frame["facts"], MAX_FACTS_DEPTH)
        same = facts_to_json(value) == data
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        if isinstance(error, UsageError):
            raise
        raise _malformed(type(error).__name__) from error
    if not same:
        raise _malformed("not the form in which facts are written")
    return typing.cast("F", value)


_VIETNAM: Final = timezone(timedelta(hours=7))


def check_time(time: datetime | None) -> None:
    """Refuse a time of facts that cannot be compared, or not be written at +07:00.

    Args:
        time: as the facts have it.

    Raises:
        UsageError: it has no time zone, or lies at the very end of the calendar.
    """
    if time is None:
        return
    try:
        fits = time.utcoffset() is not None and time.astimezone(_VIETNAM) is not None
    except OverflowError:
        fits = False
    if not fits:
        raise _malformed("time")


def _malformed(hint: str) -> UsageError:
    return UsageError.of(
        "facts",
        "facts.malformed",
        vi=f"dữ kiện lưu trữ không đúng dạng ({hint})",
        en=f"the stored facts are malformed ({hint})",
    )


def _dump(value: object) -> object:
    """Return ``value`` as plain JSON."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _dump(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_dump(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if value is None or isinstance(value, str | int | bool):
        return value
    msg = f"facts cannot hold a {type(value).__name__}"
    raise TypeError(msg)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _load(kind: Any, value: object, depth: int) -> object:  # noqa: ANN401 - a type annotation
    """Return ``value`` as ``kind``.

    Raises:
        ValueError: it is not of that type.
    """
    if depth < 0:
        raise ValueError
    origin = typing.get_origin(kind)
    if origin in {types.UnionType, typing.Union}:
        (inner,) = (each for each in typing.get_args(kind) if each is not type(None))
        return None if value is None else _load(inner, value, depth)
    if origin is tuple and isinstance(value, list):
        return tuple(_load(typing.get_args(kind)[0], each, depth - 1) for each in value)
    if origin is typing.Literal and value in typing.get_args(kind):
        return value
    if isinstance(kind, type):
        return _load_plain(kind, value, depth)
    raise ValueError


def _known(value: object) -> object:
    """Return a text or a member of a closed list; a warning is a judgement, which facts never hold.

    Raises:
        ValueError: it is a warning.
    """
    if isinstance(value, Reason) and value.info.outcome == "warning":
        raise ValueError
    return value


def _load_plain(kind: type, value: object, depth: int) -> object:
    """Return ``value`` as the class ``kind``.

    Raises:
        ValueError: it is not of that class.
    """
    if is_dataclass(kind) and isinstance(value, dict):
        hints = {each.name: _hints(kind)[each.name] for each in fields(kind)}
        if value.keys() != hints.keys():
            raise ValueError
        return kind(**{name: _load(hint, value[name], depth - 1) for name, hint in hints.items()})
    if issubclass(kind, bool | int) and type(value) is kind:
        return value
    if isinstance(value, str):
        if issubclass(kind, str | Enum):
            return _known(kind(value))
        if kind is bytes:
            return bytes.fromhex(value)
        if kind is datetime:
            return datetime.fromisoformat(value)
    raise ValueError
