"""Places: the paper's own words, with administrative codes only beside them and only with a date."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from pydantic import Field, model_validator

from vncopy.errors import UsageError
from vncopy.formats.coded import TextPart, same_wire
from vncopy.formats.codes.provinces import CODE_LISTS, PROVINCES_UNTIL_2025, SUCCESSORS
from vncopy.formats.identifiers import ProvinceCode, WardCode
from vncopy.formats.text import FreeText, broken

__all__ = [
    "Place",
    "ProvinceCode",
    "WardCode",
    "personal_id_province",
    "province_name",
    "successor_province",
]

_EPOCH = dt.date(2000, 1, 1)


class Place(TextPart):
    """A place or address, verbatim, old districts included; in JSON a plain string or an object."""

    text: FreeText
    """The words of the paper, never rewritten."""
    province_code: ProvinceCode | None = Field(default=None, title="mã tỉnh, thành phố")
    """Code of the province in the list of ``code_date``."""
    ward_code: WardCode | None = Field(default=None, title="mã xã, phường, đặc khu")
    """Code of the commune in the list of ``code_date``."""
    code_date: dt.date | None = Field(default=None, strict=False, title="ngày của danh mục mã")
    """The day whose code lists are meant; required with a code, absent without."""

    @model_validator(mode="after")
    def _codes_have_a_date(self) -> Self:
        if (self.code_date is None) != (self.province_code is None and self.ward_code is None):
            raise broken(
                "place.code_date",
                vi="mã đơn vị hành chính phải đi kèm ngày của danh mục, và ngược lại",
                en="an administrative code needs the date of its list, and the other way round",
            )
        if self.code_date is not None and self.code_date < CODE_LISTS[0][0]:
            raise broken(
                "place.code_date_early",
                vi="trước ngày này chưa có danh mục mã đơn vị hành chính",
                en="there was no list of administrative codes before that day",
            )
        return self

    def to_wire(self) -> str | list[Any]:
        """Return the text, or ``[text, province, ward, days since 2000-01-01]``."""
        if self.code_date is None:
            return str(self.text)
        codes = [str(self.province_code or ""), str(self.ward_code or "")]
        return [str(self.text), *codes, (self.code_date - _EPOCH).days]

    @classmethod
    def from_wire(cls, value: object) -> Self:
        """Return the place that :meth:`to_wire` gave.

        Raises:
            ValueError: it is none.
        """
        if isinstance(value, str):
            return cls(text=FreeText(value))
        match value:
            case [str(text), str(province), str(ward), int(days)] if 0 <= days < 100_000:  # noqa: PLR2004 - 273 years, so that the date exists
                made = cls(
                    text=FreeText(text),
                    province_code=ProvinceCode(province) if province else None,
                    ward_code=WardCode(ward) if ward else None,
                    code_date=_EPOCH + dt.timedelta(days=days),
                )
                if same_wire(made.to_wire(), value):
                    return made
        msg = "place: neither a text nor a text with codes"
        raise ValueError(msg)


def province_name(code: str, *, on: dt.date) -> str | None:
    """Return the name of a province by its two-digit code in the list in force on a day.

    Args:
        code: two digits.
        on: the day; seven codes mean another province since 01/07/2025.

    Returns:
        The name, or ``None`` where the list of that day has no such code.

    Raises:
        UsageError: the day lies before the first list.
    """
    valid = [names for first, names in CODE_LISTS if first <= on]
    if not valid:
        raise UsageError.of(
            "on",
            "place.code_date_early",
            vi="trước ngày này chưa có danh mục mã đơn vị hành chính",
            en="there was no list of administrative codes before that day",
        )
    return valid[-1].get(code)


def successor_province(code: str) -> str | None:
    """Return the code, since 01/07/2025, of the province that took over one of the 63."""
    return SUCCESSORS.get(code)


def personal_id_province(code: str) -> str | None:
    """Return the province of the first three digits of a personal id, by the list of 63.

    Args:
        code: three digits; ``0`` and a province code, or 100 and above for countries.
    """
    return PROVINCES_UNTIL_2025.get(code[1:]) if code.startswith("0") else None
