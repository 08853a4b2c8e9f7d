"""How single values are printed on Vietnamese forms: dates, numbers, papers, notes, missing values.

Pure functions from values of a record to strings. Texts of the record are printed verbatim; only
typed values (dates, areas, codes) get their printed form here.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast, get_args

from vncopy.formats.base import FieldState, Missing, Part, items
from vncopy.formats.coded import CodedEnum, TextPart
from vncopy.formats.dates import Calendar, PartialDate
from vncopy.formats.identity_papers import IdDocument
from vncopy.formats.notes import Annotation
from vncopy.formats.organisations import Signer
from vncopy.formats.times import PartialTime

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from vncopy.formats.base import Item

__all__ = [
    "STATE_WORDS",
    "Fields",
    "Printed",
    "fields_of",
    "id_document",
    "join_aliases",
    "long_date",
    "missing_text",
    "number_text",
    "signer_lines",
    "text_of",
    "with_alias",
]

Printed = str | list[str] | list[list[str]] | list["Fields"]
"""A printed value: a line, lines, rows of a table, or a list of parts."""
Fields = dict[str, Any]
"""Printed values by dotted path; see :mod:`vncopy.pdf.printed`."""

STATE_WORDS: Mapping[FieldState, str] = {
    FieldState.BLANK_BY_LAW: "",
    FieldState.NOT_ON_FORM: "",
    FieldState.DASH: "-/-",
    FieldState.UNKNOWN_STATED: "Không rõ",
    FieldState.UNREADABLE: "(không đọc được)",
    FieldState.WITHHELD: "(không thể hiện)",
}
"""What stands in place of a missing value when the original has no words of its own for it."""

_TWO_DIGITS_BELOW = 10
_TWO_DIGIT_MONTHS = 3


def missing_text(value: Missing) -> str:
    """Return the original's own words for a missing value, else the usual ones ("" = blank)."""
    return value.text or STATE_WORDS[value.state]


def long_date(value: PartialDate) -> str:
    """Return ``ngày 05 tháng 3 năm 2019``, ``tháng 3 năm 2019`` or ``năm 2019``.

    Days below 10 and the months 1 and 2 get a zero in front (NĐ 30/2020/NĐ-CP, Phụ lục I). A date
    with words of its own is printed in them.
    """
    if value.original_text is not None:
        return _with_calendar(value)
    parts = [f"năm {value.year:04}"]
    if value.month is not None:
        month = f"{value.month:02}" if value.month < _TWO_DIGIT_MONTHS else f"{value.month}"
        parts.insert(0, f"tháng {month}")
    if value.day is not None:
        day = f"{value.day:02}" if value.day < _TWO_DIGITS_BELOW else f"{value.day}"
        parts.insert(0, f"ngày {day}")
    return " ".join(parts)


def _with_calendar(value: PartialDate) -> str:
    """Return the date as printed, saying so where it is of the lunar calendar."""
    text = value.printed()
    lunar = value.calendar is Calendar.LUNAR and "âm lịch" not in text.casefold()
    return f"{text} (âm lịch)" if lunar else text


def number_text(value: Decimal | int) -> str:
    """Return a number in Vietnamese writing: comma for decimals, no grouping (``1250,5``)."""
    # An int formatted with "f" would get six decimals: an age of 21 is not 21,000000.
    written = str(value) if isinstance(value, int) else format(value, "f")
    return written.replace(".", ",")


def id_document(value: IdDocument) -> str:
    """Return ``Căn cước số 001…, ngày cấp 01/07/2024, nơi cấp Bộ Công an``."""
    own = value.kind_text
    kind = value.kind.title_vi if isinstance(own, Missing) else str(own)
    parts = [f"{kind} số {value.number!s}"]
    for label, part in (("ngày cấp", value.issued_date), ("nơi cấp", value.issued_by)):
        text = _plain(part)
        if text:
            parts.append(f"{label} {text}")
    return ", ".join(parts)


def _annotation(value: Annotation) -> str:
    """Return the words of an annotation, then its basis where that is stated apart."""
    text = str(value.text)
    basis: list[str] = []
    number, day, office = value.basis_number, value.date, value.authority
    if not isinstance(number, Missing) and str(number) not in text:
        basis.append(f"số {number!s}")
    if not isinstance(day, Missing) and long_date(day) not in text and day.printed() not in text:
        basis.append(long_date(day))
    if not isinstance(office, Missing) and str(office.name) not in text:
        basis.append(str(office.name))
    return f"{text} ({', '.join(basis)})" if basis else text


def signer_lines(signer: Signer) -> list[str]:
    """Return the lines above the signer's name: formula and position in capitals.

    A formula of two parts ("TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH") takes two lines, as on paper.
    """
    behalf = [] if signer.on_behalf is None else str(signer.on_behalf).upper().split(", ")
    return [*behalf, str(signer.position).upper()]


def with_alias(name: object, alias: object) -> str:
    """Return a name with the words that follow it in brackets: ``NGUYỄN THỊ A (tức Thị B)``."""
    return f"{name!s} ({alias!s})" if alias else str(name)


def join_aliases(fields: Fields) -> Fields:
    """Return the fields with every ``also_known_as`` printed behind its ``full_name``."""
    joined = dict(fields)
    for path in fields:
        if path.rpartition(".")[2] == "also_known_as":
            name = path.removesuffix("also_known_as") + "full_name"
            joined[name] = with_alias(fields.get(name, ""), joined.pop(path))
    return joined


def _plain(value: object) -> str:
    """Return the printed form of a value that takes one line."""
    for kind, printed in _FORMS:
        if isinstance(value, kind):
            return printed(value)
    return "" if value is None else str(value)


_FORMS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (Missing, missing_text),
    (PartialDate, _with_calendar),
    (PartialTime, PartialTime.printed),
    (CodedEnum, lambda value: value.title_vi),
    (TextPart, lambda value: str(getattr(value, value.text_field))),
    (IdDocument, id_document),
    (Annotation, _annotation),
    (Signer, lambda value: str(value.full_name)),
    (bool, lambda value: "Có" if value else "Không"),
    ((Decimal, int), number_text),
    (dt.date, lambda value: f"{value:%d/%m/%Y}"),
)
"""Printed forms by type, the first that fits."""

_ONE_LINE = (TextPart, IdDocument, Annotation, Signer, Missing)
"""Parts that are printed as one text, not field by field."""


def text_of(value: object) -> Printed:
    """Return the printed form of any value of a record.

    Args:
        value: a field's value; a tuple gives lines, or mappings where it holds parts.
    """
    if not isinstance(value, tuple | list):
        return _plain(value)
    if any(isinstance(each, Part) and not isinstance(each, _ONE_LINE) for each in value):
        return [fields_of(each) for each in value if isinstance(each, Part)]
    return [_plain(each) for each in value]


def fields_of(part: Part, prefix: str = "", *, always: AbstractSet[str] = frozenset()) -> Fields:
    """Return the printed values of a part by dotted path, nested parts included.

    A date is there twice: as ``path`` (``05/03/2019``) and as ``path.long`` (``ngày 05 tháng 3
    năm 2019``). A field that the original's form does not have is left out, unless ``always``
    names it: then the page leaves it blank. A missing part leaves all its fields blank, the
    first one with its words.

    Args:
        part: document or sub-group.
        prefix: put before each path.
        always: paths that today's form has in any case.
    """
    fields: Fields = {}
    for field in items(part):
        path = f"{prefix}{field.name}"
        value = getattr(part, field.name)
        group = _group_of(field)
        if isinstance(value, Missing):
            names = [path] if group is None else [f"{path}.{inner.name}" for inner in items(group)]
            fields |= _blank(names, value, always)
        elif isinstance(value, Part) and not isinstance(value, _ONE_LINE):
            fields |= fields_of(value, f"{path}.", always=always)
        else:
            fields[path] = text_of(value)
            if isinstance(value, PartialDate):
                fields[f"{path}.long"] = long_date(value)
    return fields


def _blank(paths: Sequence[str], value: Missing, always: AbstractSet[str]) -> Fields:
    """Return the fields of a missing value: its words at the first, nothing at the others."""
    text = missing_text(value)
    if value.state is FieldState.NOT_ON_FORM and not text:
        paths = [path for path in paths if path in always]
    texts = {path: text if number == 0 else "" for number, path in enumerate(paths)}
    return texts | {f"{path}.long": text for path, text in texts.items()}


def _group_of(field: Item) -> type[Part] | None:
    """Return the class of parts that a field holds when it is printed field by field."""
    candidates: Sequence[Any] = get_args(field.annotation) or (field.annotation,)
    for candidate in candidates:
        is_part = isinstance(candidate, type) and issubclass(candidate, Part)
        if is_part and not issubclass(candidate, _ONE_LINE):
            return cast("type[Part]", candidate)
    return None
