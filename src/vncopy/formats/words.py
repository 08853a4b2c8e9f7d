"""Vietnamese numbers and dates in words, and the tolerant comparison of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vncopy.formats.normalising import normalise_text

if TYPE_CHECKING:
    from vncopy.formats.dates import PartialDate

__all__ = ["date_in_words", "number_in_words", "same_words"]

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_MAX_NUMBER = 9999
_TEN = 10
_HUNDRED = 100
_THOUSAND = 1000

_MONTHS = {1: "một", 4: "tư", 12: "mười hai"}
"""Months are named, not counted: April is "tháng tư"; January and December are given in full."""

_SAME = {
    "ngàn": "nghìn",
    "lẻ": "linh",
    "bốn": "tư",
    "lăm": "năm",
    "nhăm": "năm",
    "mốt": "một",
    "mồng": "mùng",
    "bẩy": "bảy",
    "mươi": "mười",
    "giêng": "một",
    "chạp": "mười hai",
}
"""Spoken variants of one word; the right side is the key that is compared."""

_SILENT = frozenset({"ngày", "mùng", "linh", "và", "dương", "lịch"})
"""Words that do not change the meaning when a date is compared."""


def number_in_words(number: int) -> str:
    """Return a number from 0 to 9999 in Vietnamese words.

    Args:
        number: the number.

    Raises:
        ValueError: outside that range.
    """
    if not 0 <= number <= _MAX_NUMBER:
        msg = "only 0 to 9999 are spelled"
        raise ValueError(msg)
    thousands, rest = divmod(number, _THOUSAND)
    if not thousands:
        return _below_thousand(rest, full=False)
    words = f"{_DIGITS[thousands]} nghìn"
    return f"{words} {_below_thousand(rest, full=True)}" if rest else words


def _below_thousand(number: int, *, full: bool) -> str:
    """Spell 0 to 999; ``full`` names the empty hundreds ("không trăm linh năm")."""
    hundreds, rest = divmod(number, _HUNDRED)
    if not hundreds and not full:
        return _below_hundred(rest)
    words = f"{_DIGITS[hundreds]} trăm"
    if not rest:
        return words
    return f"{words} linh {_DIGITS[rest]}" if rest < _TEN else f"{words} {_below_hundred(rest)}"


def _below_hundred(number: int) -> str:
    """Spell 0 to 99."""
    tens, units = divmod(number, _TEN)
    if not tens:
        return _DIGITS[units]
    words = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if not units:
        return words
    last = _DIGITS[units]
    if units == 5:  # noqa: PLR2004 - the digit five is said "lăm" after a ten
        last = "lăm"
    elif tens > 1 and units == 1:
        last = "mốt"
    return f"{words} {last}"


def date_in_words(date: PartialDate) -> str:
    """Return a date as it is written on civil-status papers: "Ngày mười chín tháng bảy năm …".

    Args:
        date: a partial date; only the known parts are spelled.
    """
    year = f"năm {number_in_words(date.year)}"
    if date.month is None:
        return year[0].upper() + year[1:]
    month = f"tháng {_MONTHS.get(date.month) or number_in_words(date.month)}"
    if date.day is None:
        return f"Tháng{month[5:]} {year}"
    spoken = number_in_words(date.day)
    day = f"mùng {spoken}" if date.day <= _TEN else spoken
    return f"Ngày {day} {month} {year}"


def same_words(one: str, other: str) -> bool:
    """Tell whether two spellings say the same date or number.

    Tolerates nghìn/ngàn, linh/lẻ, tư/bốn, lăm/năm, mốt/một, mồng/mùng, capitals and punctuation.
    """
    return _key(one) == _key(other)


def _key(text: str) -> list[str]:
    plain = normalise_text(text).text.casefold()
    words = "".join(c if c.isalpha() else " " for c in plain).split()
    mapped = " ".join(_SAME.get(word, word) for word in words).split()
    # "hai mươi mốt" and "hai mốt": the ten between two digits may be dropped in speech, not in
    # writing, so it is kept; only silent words go
    return [word for word in mapped if word not in _SILENT]
