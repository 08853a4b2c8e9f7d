"""What the three civil-status documents share: kinds of registration, holders of numbers, ages."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vncopy.formats.base import Document
from vncopy.formats.coded import CodedEnum
from vncopy.formats.dates import PartialDate
from vncopy.formats.identifiers import PersonalId
from vncopy.formats.identity_papers import IdDocument
from vncopy.formats.people import Gender
from vncopy.formats.rules import stated

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "LAW_2014",
    "Holder",
    "RegistrationKind",
    "certainly_younger",
    "holders",
    "longer_than",
    "same_number",
]

LAW_2014 = dt.date(2016, 1, 1)
"""First day of Luật Hộ tịch 60/2014/QH13: deadlines, extracts, personal ids on birth papers."""


class RegistrationKind(CodedEnum):
    """Loại đăng ký."""

    ON_TIME = "on_time", 0, "Đăng ký đúng hạn"
    LATE = "late", 1, "Đăng ký quá hạn"
    AGAIN = "again", 2, "Đăng ký lại"
    FROM_ABROAD = "from_abroad", 3, "Ghi vào sổ việc đã đăng ký tại cơ quan nước ngoài"
    FIRST = "first", 4, "Đăng ký lần đầu"
    MOBILE = "mobile", 5, "Đăng ký lưu động"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Someone on a document who has, or could have, a personal id."""

    path: str
    """Dotted path of his part; empty for the document's own person."""
    number: PersonalId | None
    """His personal id, or the 12 digits of his identity card."""
    number_path: str
    """Dotted path of that number."""
    gender: Gender | None
    """Male or female as the document says or as his part implies."""
    birth_date: PartialDate | None
    """His date of birth."""


_IMPLIED = {
    "mother": Gender.FEMALE,
    "father": Gender.MALE,
    "wife": Gender.FEMALE,
    "husband": Gender.MALE,
}


def holders(document: Document) -> Iterator[Holder]:
    """Yield the document's own person, the parents or the spouses, where they are stated."""
    if hasattr(document, "gender"):
        yield _holder("", document, stated(document.gender))
    for name, gender in _IMPLIED.items():
        part = stated(getattr(document, name, None))
        if part is not None:
            yield _holder(name, part, gender)


def _holder(path: str, part: Any, gender: Gender | None) -> Holder:  # noqa: ANN401 - any part of a person
    name, number = "personal_id", stated(getattr(part, "personal_id", None))
    paper = stated(getattr(part, "id_document", None))
    if number is None and isinstance(paper, IdDocument):
        digits = str(paper.number)
        if re.fullmatch(r"0[0-9]{11}", digits, re.ASCII):
            name, number = "id_document.number", PersonalId(digits)
    return Holder(
        path=path,
        number=number,
        number_path=f"{path}.{name}" if path else name,
        gender=gender,
        birth_date=stated(part.birth_date),
    )


def same_number(document: Document) -> Iterator[str]:
    """Yield the path of each number that another person on the document has as well."""
    seen: set[PersonalId] = set()
    for holder in holders(document):
        if holder.number is not None:
            if holder.number in seen:
                yield holder.number_path
            seen.add(holder.number)


def certainly_younger(years: int, birth: object, day: object) -> bool:
    """Tell whether someone certainly had not reached ``years`` on a day; both must be stated.

    Args:
        years: whole years of age.
        birth: date of birth; of a year alone its first day is taken, in favour of the person.
        day: the day in question; of a year alone its last day is taken.
    """
    if not isinstance(birth, PartialDate) or not isinstance(day, PartialDate):
        return False
    born = birth.earliest()
    reached_in = born.year + years
    if born.month == 2 and born.day == 29:  # noqa: PLR2004 - 29 February
        born = dt.date(born.year, 3, 1)
    return day.latest() < born.replace(year=reached_in)


def longer_than(days: int, start: PartialDate, end: PartialDate) -> bool:
    """Tell whether certainly more than ``days`` passed from ``start`` to ``end``."""
    return (end.earliest() - start.latest()).days > days
