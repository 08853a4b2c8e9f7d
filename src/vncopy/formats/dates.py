"""Dates as old papers have them: a year, a month, a day, or the original's own words.

A year alone is never turned into 1 January, and 1 January is never taken for a year alone. Civil
dates carry no time zone.
"""

from __future__ import annotations

import calendar as _calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic_core import PydanticCustomError, core_schema

from vncopy.errors import UsageError
from vncopy.formats.coded import same_wire
from vncopy.formats.text import FreeText, broken

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

__all__ = ["Calendar", "PartialDate", "Precision", "read_date"]

MIN_YEAR, MAX_YEAR = 1800, 2200
"""Years that a Vietnamese civil or land paper can name; a typing error lies outside."""
MAX_ORIGINAL_TEXT = 120
"""Characters of the original's own words for a date."""

_WIRE_BASE = 10000
"""A day travels as this plus the days since 1900-01-01; smaller integers are years."""
_WIRE_EPOCH = dt.date(1900, 1, 1)
_WIRE_END = dt.date(2079, 1, 1)
_EDTF = r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?"


class Precision(StrEnum):
    """How much of a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


class Calendar(StrEnum):
    """The calendar of a date's original words."""

    SOLAR = "solar"
    """Dương lịch."""
    LUNAR = "lunar"
    """Âm lịch; the stated parts are the solar equivalent, or the year alone."""


def _translated(refused: PydanticCustomError, name: str) -> UsageError:
    vi = str((refused.context or {}).get("vi", ""))
    return UsageError.of(name, refused.type, vi=vi, en=refused.message_template)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PartialDate:
    """A date of which the year, the month or the day is known.

    In JSON ``"1952"``, ``"1952-07"``, ``"1952-07-19"`` (EDTF level 0), or
    ``{"date": "1950", "original_text": "khoảng năm 1950", "calendar": "lunar"}``.

    Raises:
        UsageError: there is no such date.
    """

    year: int
    """Four digits."""
    month: int | None = None
    """1 to 12, or not known."""
    day: int | None = None
    """1 to 31, or not known."""
    original_text: str | None = None
    """The original's own words where they say more than the date, verbatim."""
    calendar: Calendar = Calendar.SOLAR
    """Calendar of the original."""

    _CALENDAR_CODES: ClassVar[dict[Calendar, int]] = {Calendar.SOLAR: 0, Calendar.LUNAR: 1}

    def __post_init__(self) -> None:
        """Refuse what is no date."""
        try:
            self._check()
        except PydanticCustomError as refused:
            raise _translated(refused, "date") from None

    def _check(self) -> None:
        if not MIN_YEAR <= self.year <= MAX_YEAR:
            raise broken(
                "date.year",
                vi=f"năm phải từ {MIN_YEAR} đến {MAX_YEAR}",
                en=f"the year must lie from {MIN_YEAR} to {MAX_YEAR}",
            )
        if self.day is not None and self.month is None:
            raise broken(
                "date.day_without_month", vi="có ngày mà không có tháng", en="a day needs its month"
            )
        try:
            dt.date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            raise broken(
                "date.exists", vi="không có ngày này trong lịch", en="there is no such date"
            ) from None
        if self.original_text is not None:
            if len(self.original_text) > MAX_ORIGINAL_TEXT:
                raise broken(
                    "date.original_text",
                    vi=f"nguyên văn ngày tháng không được dài quá {MAX_ORIGINAL_TEXT} ký tự",
                    en=f"a date's own words have at most {MAX_ORIGINAL_TEXT} characters",
                )
            FreeText.check(self.original_text)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``1952``, ``1952-07`` or ``1952-07-19``.

        Raises:
            UsageError: it is none of these.
        """
        try:
            return cls._parse(text)
        except PydanticCustomError as refused:
            raise _translated(refused, "date") from None

    @classmethod
    def _parse(cls, text: str, **more: Any) -> Self:
        match = re.fullmatch(_EDTF, text, re.ASCII)
        if match is None:
            raise broken(
                "date.form",
                vi="ngày phải viết theo dạng 1952, 1952-07 hoặc 1952-07-19",
                en="a date is written 1952, 1952-07 or 1952-07-19",
            )
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None  # noqa: S101 - the first group always matches
        return cls._made(year, month, day, **more)

    @classmethod
    def _made(cls, year: int, month: int | None, day: int | None, **more: Any) -> Self:
        try:
            return cls(year=year, month=month, day=day, **more)
        except UsageError as refused:
            problem = refused.problems[0]
            raise broken(problem.rule, vi=problem.message.vi, en=problem.message.en) from None

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """Return the full date ``day``."""
        return cls(year=day.year, month=day.month, day=day.day)

    @property
    def precision(self) -> Precision:
        """How much is known."""
        if self.day is not None:
            return Precision.DAY
        return Precision.YEAR if self.month is None else Precision.MONTH

    @property
    def edtf(self) -> str:
        """The date as ``1952``, ``1952-07`` or ``1952-07-19``."""
        text = f"{self.year:04}"
        if self.month is not None:
            text += f"-{self.month:02}"
        return text if self.day is None else f"{text}-{self.day:02}"

    def earliest(self) -> dt.date:
        """Return the first day that it can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> dt.date:
        """Return the last day that it can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or _calendar.monthrange(self.year, month)[1])

    def printed(self) -> str:
        """Return the form for a page: the original's own words, else ``19/07/1952``."""
        if self.original_text is not None:
            return self.original_text
        parts = (self.day, self.month)
        return "/".join([*(f"{p:02}" for p in parts if p is not None), f"{self.year:04}"])

    def __repr__(self) -> str:
        """Return the precision alone: dates of birth are personal."""
        return f"PartialDate({self.precision.value})"

    def to_json(self) -> str | dict[str, str]:
        """Return the JSON form: the plain string when it says everything."""
        if self.original_text is None and self.calendar is Calendar.SOLAR:
            return self.edtf
        whole = {"date": self.edtf}
        if self.original_text is not None:
            whole["original_text"] = self.original_text
        if self.calendar is not Calendar.SOLAR:
            whole["calendar"] = self.calendar.value
        return whole

    def _wire_date(self) -> int | str:
        if self.precision is Precision.YEAR:
            return self.year
        if self.precision is Precision.DAY and _WIRE_EPOCH <= self.earliest() < _WIRE_END:
            return _WIRE_BASE + (self.earliest() - _WIRE_EPOCH).days
        return self.edtf

    def to_wire(self) -> int | str | list[Any]:
        """Return the QR form: a day number, a year, a text, or these with the original's words."""
        date = self._wire_date()
        if self.original_text is None and self.calendar is Calendar.SOLAR:
            return date
        whole: list[Any] = [date, self.original_text or ""]
        if self.calendar is not Calendar.SOLAR:
            whole.append(self._CALENDAR_CODES[self.calendar])
        return whole

    @classmethod
    def from_wire(cls, value: object) -> Self:
        """Return the date that :meth:`to_wire` gave.

        Raises:
            ValueError: it is none, or not in its one canonical form.
        """
        calendar, text, date = Calendar.SOLAR, None, value
        if isinstance(value, list):
            if len(value) not in (2, 3) or not isinstance(value[1], str):
                msg = "date: not a list of date, words, calendar"
                raise ValueError(msg)
            date, text = value[0], value[1] or None
            codes = {code: known for known, code in cls._CALENDAR_CODES.items()}
            if len(value) == 3:  # noqa: PLR2004 - the third item is the calendar
                if not isinstance(value[2], int) or value[2] not in codes:
                    msg = "date: unknown calendar"
                    raise ValueError(msg)
                calendar = codes[value[2]]
        year, month, day = cls._wire_parts(date)
        made = cls(year=year, month=month, day=day, original_text=text, calendar=calendar)
        if not same_wire(made.to_wire(), value):
            msg = "date: not in canonical form"
            raise ValueError(msg)
        return made

    @staticmethod
    def _wire_parts(date: object) -> tuple[int, int | None, int | None]:
        if isinstance(date, bool) or not isinstance(date, (int, str)):
            msg = "date: neither number nor text"
            raise ValueError(msg)  # noqa: TRY004 - the wire protocol says ValueError
        if isinstance(date, str):
            parsed = PartialDate.parse(date)
            return parsed.year, parsed.month, parsed.day
        if date < _WIRE_BASE:
            return date, None, None
        if date >= _WIRE_BASE + (_WIRE_END - _WIRE_EPOCH).days:
            msg = "date: day number out of range"
            raise ValueError(msg)
        day = _WIRE_EPOCH + dt.timedelta(days=date - _WIRE_BASE)
        return day.year, day.month, day.day

    @classmethod
    def _validate(cls, value: object) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            return cls._parse(value)
        known = {"date", "original_text", "calendar"}
        if isinstance(value, dict) and isinstance(value.get("date"), str) and set(value) <= known:
            text, calendar = value.get("original_text"), value.get("calendar", "solar")
            calendars = {c.value: c for c in Calendar}
            known_calendar = isinstance(calendar, str) and calendar in calendars
            if (text is None or isinstance(text, str)) and known_calendar:
                return cls._parse(value["date"], original_text=text, calendar=calendars[calendar])
        raise broken(
            "date.form",
            vi="ngày phải viết theo dạng 1952, 1952-07, 1952-07-19 hoặc kèm nguyên văn",
            en="a date is written 1952, 1952-07, 1952-07-19, or an object with its own words",
        )

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Accept the JSON forms and instances."""
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
        """Return the JSON Schema of both forms."""
        edtf = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
        words = {"type": "string", "minLength": 1, "maxLength": MAX_ORIGINAL_TEXT}
        return {
            "anyOf": [
                edtf,
                {
                    "type": "object",
                    "properties": {
                        "date": edtf,
                        "original_text": words,
                        "calendar": {"enum": [c.value for c in Calendar]},
                    },
                    "required": ["date"],
                    "additionalProperties": False,
                },
            ]
        }


_SPOKEN_DATE = r"(?:(\d{0,2})\s*[/.\-]\s*)?(?:(\d{0,2})\s*[/.\-]\s*)?(\d{4})"


def read_date(text: str) -> PartialDate:
    """Read a date as Vietnamese papers and spreadsheets write it.

    Knows ``19/07/1952``, ``17.03.2018``, ``07/1952``, ``1952`` and padded forms such as
    ``00/00/1952`` and ``/ /1952``, which mean a year alone.

    Args:
        text: the written date.

    Raises:
        UsageError: it is no such date.
    """
    match = re.fullmatch(_SPOKEN_DATE, text.strip(), re.ASCII)
    if match is None:
        raise UsageError.of(
            "date",
            "date.written",
            vi="không đọc được ngày; cần dạng 19/07/1952, 07/1952 hoặc 1952",
            en="cannot read the date; write 19/07/1952, 07/1952 or 1952",
        )
    first, second, year = match.groups()
    day, month = (first, second) if second is not None else (None, first)
    month_number, day_number = int(month or 0) or None, int(day or 0) or None
    return PartialDate(year=int(year), month=month_number, day=day_number)
