"""A date in words, which travels as the date where it is spelled in one of the usual ways.

Civil-status papers repeat a date in words. Spelled out it would take a sixth of a symbol; as the
day it spells and the number of its spelling it takes three to five bytes, and comes back verbatim.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Self

from vncopy.formats.coded import same_wire
from vncopy.formats.dates import PartialDate, Precision
from vncopy.formats.text import FreeText
from vncopy.formats.words import date_in_words, number_in_words

__all__ = ["SPELLINGS", "DateWords", "spelled"]

SPELLINGS = 72
"""Number of spellings: 3 beginnings × 3 words for the first ten days × 2 × 2 × 2 of one word each."""

_BEGINNINGS = ("Ngày ", "ngày ", "")
_FIRST_DAYS = ("mùng ", "mồng ", "")
_PARTS = re.compile(r"(?:ngày )?(?:mùng |mồng )?(.+?) tháng (.+?) năm (.+)")


def spelled(date: PartialDate, spelling: int) -> str:
    """Return a full date in words.

    The digits of ``spelling``, from the lowest: "nghìn" or "ngàn" (2), "linh" or "lẻ" (2),
    "tháng tư" or "tháng bốn" (2), "mùng", "mồng" or nothing before the first ten days (3),
    "Ngày", "ngày" or nothing at the beginning (3).

    Args:
        date: a date with its day.
        spelling: 0 to 71; 0 is the usual one.
    """
    rest, thousand = divmod(spelling, 2)
    rest, zero = divmod(rest, 2)
    rest, april = divmod(rest, 2)
    beginning, first = divmod(rest, 3)
    words = date_in_words(date).removeprefix("Ngày ")
    if thousand:
        words = words.replace(" nghìn", " ngàn")
    if zero:
        words = words.replace(" linh ", " lẻ ")
    if april:
        words = words.replace(" tháng tư ", " tháng bốn ")
    if words.startswith("mùng "):
        words = _FIRST_DAYS[first] + words.removeprefix("mùng ")
    words = _BEGINNINGS[beginning] + words
    return words if _BEGINNINGS[beginning] else words[0].upper() + words[1:]


@cache
def _numbers(first: int, last: int) -> dict[str, int]:
    return {number_in_words(n): n for n in range(first, last + 1)}


def _read(words: str) -> PartialDate | None:
    """Return the date that ``words`` spell in one of the known ways, if they do."""
    plain = words.lower().replace("ngàn", "nghìn").replace(" lẻ ", " linh ")
    match = _PARTS.fullmatch(plain)
    if match is None:
        return None
    day = _numbers(1, 31).get(match[1])
    month = 4 if match[2] == "tư" else _numbers(1, 12).get(match[2])
    year = _numbers(1900, 2078).get(match[3])
    if day is None or month is None or year is None:
        return None
    try:
        return PartialDate(year=year, month=month, day=day)
    except ValueError:  # 31 April
        return None


class DateWords(FreeText):
    """Ngày, tháng, năm ghi bằng chữ, verbatim; in JSON a plain string."""

    __slots__ = ()
    max_length = 200

    def to_wire(self) -> int | str | list[Any]:
        """Return the day's number, ``[number, spelling]``, or the words where they are unusual."""
        words = str(self)
        date = _read(words)
        if date is None:
            return words
        number = date.to_wire()
        if words == spelled(date, 0):
            return number
        for spelling in range(1, SPELLINGS):
            if words == spelled(date, spelling):
                return [number, spelling]
        return words

    @classmethod
    def from_wire(cls, value: object) -> Self:
        """Return the words that :meth:`to_wire` gave.

        Raises:
            ValueError: it is none, or not in its one canonical form.
        """
        made = cls._of(value)
        if made is None or not same_wire(made.to_wire(), value):
            msg = "date in words: not in canonical form"
            raise ValueError(msg)
        return made

    @classmethod
    def _of(cls, value: object) -> Self | None:
        match value:
            case bool():
                return None
            case str():
                return cls(value)
            case int():
                return cls._spelled(value, 0)
            case [int(number), int(spelling)] if 0 < spelling < SPELLINGS:
                return cls._spelled(number, spelling)
        return None

    @classmethod
    def _spelled(cls, number: int, spelling: int) -> Self | None:
        date = PartialDate.from_wire(number)
        return cls(spelled(date, spelling)) if date.precision is Precision.DAY else None
