"""Which offices signed land certificates when, and the rules that ask for it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from vncopy.formats.rules import Rule

if TYPE_CHECKING:
    from vncopy.formats.dates import PartialDate
    from vncopy.formats.land import LandCertificate

__all__ = ["AUTHORITY_RULES", "AuthorityPeriod", "land_authorities"]


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


def _periods(land: LandCertificate) -> list[AuthorityPeriod]:
    return [period for period in land_authorities() if period.holds(land.issued_date)]


def _authority(land: LandCertificate) -> Iterator[str]:
    periods = _periods(land)
    name = _spelled_out(str(land.issuing_authority.name))
    beginnings = tuple(words for period in periods for words in period.beginnings)
    if not any(period.unknown for period in periods) and not name.startswith(beginnings):
        yield "issuing_authority"


def _authority_unknown(land: LandCertificate) -> Iterator[str]:
    if any(period.unknown for period in _periods(land)):
        yield "issuing_authority"


AUTHORITY_RULES: tuple[Rule, ...] = (
    Rule(
        id="land.authority",
        level="warning",
        vi="cơ quan cấp không thuộc loại cơ quan cấp Giấy chứng nhận vào ngày đó",
        en="an office of this kind did not usually issue certificates on that day",
        source="Luật Đất đai 31/2024/QH15 Art. 136; NĐ 151/2025/NĐ-CP; NĐ 49/2026/NĐ-CP",
        check=_authority,
    ),
    Rule(
        id="land.authority_unknown",
        level="warning",
        vi="chưa biết quy định về thẩm quyền cấp Giấy chứng nhận vào ngày đó",
        en="which offices issue certificates on that day is not known",
        source="NĐ 49/2026/NĐ-CP ends on 28/02/2027",
        check=_authority_unknown,
    ),
)
"""Warnings, for :data:`vncopy.formats.land_rules.LAND_RULES`."""
