"""Times of day as papers have them: an hour, perhaps a minute, no time zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from pydantic_core import core_schema

from vncopy.errors import UsageError
from vncopy.formats.text import broken

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

__all__ = ["PartialTime"]

_HOUR_ONLY = 2000
"""A time of which only the hour is known travels as this plus the hour."""
_TIME = r"(\d{2})(?::(\d{2}))?"
_HOURS, _MINUTES = 24, 60


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PartialTime:
    """A time of day of which the hour, perhaps the minute, is known; JSON ``"14"``, ``"14:05"``.

    Raises:
        UsageError: there is no such time.
    """

    hour: int
    """0 to 23."""
    minute: int | None = None
    """0 to 59, or not known."""

    def __post_init__(self) -> None:
        """Refuse what is no time."""
        if not 0 <= self.hour < _HOURS or not 0 <= (self.minute or 0) < _MINUTES:
            raise UsageError.of(
                "time",
                "time.exists",
                vi="giờ phải từ 0 đến 23, phút từ 0 đến 59",
                en="hours lie from 0 to 23, minutes from 0 to 59",
            )

    def __repr__(self) -> str:
        """Return the class name alone."""
        return "PartialTime(…)"

    def printed(self) -> str:
        """Return the form for a page: ``14 giờ 05 phút``, ``14 giờ``."""
        hour = f"{self.hour:02} giờ"
        return hour if self.minute is None else f"{hour} {self.minute:02} phút"

    def to_json(self) -> str:
        """Return ``14`` or ``14:05``."""
        return f"{self.hour:02}" if self.minute is None else f"{self.hour:02}:{self.minute:02}"

    def to_wire(self) -> int:
        """Return the minute of the day, or 2000 plus the hour."""
        if self.minute is None:
            return _HOUR_ONLY + self.hour
        return self.hour * _MINUTES + self.minute

    @classmethod
    def from_wire(cls, value: object) -> Self:
        """Return the time that :meth:`to_wire` gave.

        Raises:
            ValueError: it is none.
        """
        if isinstance(value, bool) or not isinstance(value, int):
            msg = "time: not a number"
            raise ValueError(msg)  # noqa: TRY004 - the wire protocol says ValueError
        if _HOUR_ONLY <= value < _HOUR_ONLY + _HOURS:
            return cls(hour=value - _HOUR_ONLY)
        if 0 <= value < _HOURS * _MINUTES:
            return cls(hour=value // _MINUTES, minute=value % _MINUTES)
        msg = "time: out of range"
        raise ValueError(msg)

    @classmethod
    def _validate(cls, value: object) -> Self:
        if isinstance(value, cls):
            return value
        match = re.fullmatch(_TIME, value, re.ASCII) if isinstance(value, str) else None
        if match is None:
            raise broken(
                "time.form",
                vi="giờ viết theo dạng 14 hoặc 14:05",
                en="a time is written 14 or 14:05",
            )
        hour, minute = match.groups()
        try:
            return cls(hour=int(hour), minute=int(minute) if minute else None)
        except UsageError as refused:
            problem = refused.problems[0]
            raise broken(problem.rule, vi=problem.message.vi, en=problem.message.en) from None

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Accept the JSON form and instances."""
        return core_schema.no_info_plain_validator_function(
            cls._validate,
            serialization=core_schema.plain_serializer_function_ser_schema(
                cls.to_json, when_used="json"
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema."""
        return {"type": "string", "pattern": r"^\d{2}(:\d{2})?$"}
