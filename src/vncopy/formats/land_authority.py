"""Which offices signed land certificates when."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vncopy.formats.dates import PartialDate

__all__ = ["AuthorityPeriod", "land_authorities", "may_have_issued"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityPeriod:
    """Which offices signed land certificates in a period."""

    first: dt.date
    """First day."""
    last: dt.date
    """Last day."""
    beginnings: tuple[str, ...]
    """First words of the offices' names, in small letters."""
    unknown: bool
    """Whether the law of the period is not known."""

    def holds(self, date: PartialDate) -> bool:
        """Tell whether the date lies in the period, wholly or in part."""
        return self.first <= date.latest() and date.earliest() <= self.last


@cache
def land_authorities() -> tuple[AuthorityPeriod, ...]:
    """Return the periods of the table ``profiles/land_authority.toml``."""
    import tomllib  # noqa: PLC0415 - only when warnings are asked for
    from importlib.resources import files  # noqa: PLC0415 - loads tempfile, zipfile and more

    file = files("vncopy").joinpath("formats").joinpath("profiles").joinpath("land_authority.toml")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return tuple(
        AuthorityPeriod(
            first=period.get("from", dt.date.min),
            last=period.get("until", dt.date.max),
            beginnings=tuple(
                words for kind in period.get("offices", ()) for words in table["kind"][kind]
            ),
            unknown=period.get("unknown", False),
        )
        for period in table["period"]
    )


def _spelled_out(name: str) -> str:
    """Return an office's name in small letters, with one spelling of "ủy" and no abbreviation."""
    folded = name.casefold().replace("uỷ", "ủy").removeprefix("chủ tịch ")
    return re.sub(r"\bubnd\b", "ủy ban nhân dân", folded)


def may_have_issued(name: str, date: PartialDate) -> bool | None:
    """Tell whether an office of this name is one of those that issued certificates on that day.

    Args:
        name: the office as the certificate names it.
        date: the day of issue, or what is known of it.

    Returns:
        ``None``: the law of that day is not known.
    """
    periods = [period for period in land_authorities() if period.holds(date)]
    if any(period.unknown for period in periods):
        return None
    beginnings = tuple(words for period in periods for words in period.beginnings)
    return _spelled_out(name).startswith(beginnings)
