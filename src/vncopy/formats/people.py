"""People: gender, ethnicity, nationality, residence, parents, declarants."""

from __future__ import annotations

from typing import Any, Self

from pydantic import model_validator

from vncopy.formats.base import NOT_ON_FORM, Part, Stated, item
from vncopy.formats.coded import CodedEnum, TextPart, same_wire
from vncopy.formats.codes.countries import ALPHA2_OF_NUMERIC, COUNTRIES
from vncopy.formats.codes.ethnicities import ALIASES, AMBIGUOUS, ETHNICITIES
from vncopy.formats.dates import PartialDate
from vncopy.formats.identifiers import IdDocument, PersonalId
from vncopy.formats.places import Place
from vncopy.formats.text import Label, PersonName, broken

__all__ = [
    "Declarant",
    "Ethnicity",
    "Gender",
    "Nationality",
    "Parent",
    "ResidenceKind",
    "ethnicity_code",
]

_ETHNICITY_OF_NAME = {name: code for code, name in ETHNICITIES.items() if name not in AMBIGUOUS}
_COUNTRY_OF_NAME = {name: code for code, (_, name) in COUNTRIES.items()}


class Gender(CodedEnum):
    """Giới tính, with the codes of the Ministry of Justice."""

    MALE = "male", 1, "Nam"
    FEMALE = "female", 2, "Nữ"
    UNDETERMINED = "undetermined", 3, "Chưa xác định"


class ResidenceKind(CodedEnum):
    """Loại cư trú, with the codes of the Ministry of Justice."""

    NO_INFORMATION = "no_information", 0, "Không có thông tin"
    PERMANENT = "permanent", 1, "Thường trú"
    TEMPORARY = "temporary", 2, "Tạm trú"
    CURRENT = "current", 3, "Nơi ở hiện tại"


def ethnicity_code(text: str) -> str | None:
    """Return the code of a name or of a known spelling; help for data entry.

    The text of the paper stays authoritative. "Thổ" gives ``None``: it may mean Tày.
    """
    return _ETHNICITY_OF_NAME.get(text) or ALIASES.get(text)


class Ethnicity(TextPart):
    """Dân tộc: the paper's word, and the code of the list of 1979.

    The list's own names have their code by themselves. Other spellings may state one:
    ``{"text": "H'Mông", "code": "08"}``. In the QR a name of the list is its number.
    """

    text: Label
    """The word on the paper."""
    code: str | None = None
    """Two digits of the list, or ``None`` where none is meant."""

    @model_validator(mode="before")
    @classmethod
    def _derive_code(cls, value: Any) -> Any:  # noqa: ANN401 - any input
        if isinstance(value, str):
            value = {"text": value}
        if isinstance(value, dict) and value.get("code") is None:
            derived = _ETHNICITY_OF_NAME.get(str(value.get("text")))
            return {**value, "code": derived} if derived else value
        return value

    @model_validator(mode="after")
    def _code_fits(self) -> Self:
        own = _ETHNICITY_OF_NAME.get(str(self.text))
        if (self.code is not None and self.code not in ETHNICITIES) or (own and own != self.code):
            raise broken(
                "ethnicity.code",
                vi="mã dân tộc không có trong danh mục hoặc không khớp với tên dân tộc",
                en="the code is not in the list of ethnic groups or does not fit the name",
            )
        return self

    def _implied(self) -> frozenset[str]:
        return frozenset({"code"} if str(self.text) in _ETHNICITY_OF_NAME else ())

    def to_wire(self) -> int | str | list[Any]:
        """Return the code for a name of the list, ``[code, text]``, or the text alone."""
        if self.code is None:
            return str(self.text)
        code = int(self.code)
        return code if ETHNICITIES[self.code] == self.text else [code, str(self.text)]

    @classmethod
    def from_wire(cls, value: object) -> Self:
        """Return the ethnicity that :meth:`to_wire` gave.

        Raises:
            ValueError: it is none, or not in its one canonical form.
        """
        made = None
        match value:
            case bool():
                pass
            case int() if f"{value:02}" in ETHNICITIES:
                made = cls(code=f"{value:02}", text=Label(ETHNICITIES[f"{value:02}"]))
            case str():
                made = cls(text=Label(value))
            case [int(code), str(text)] if f"{code:02}" in ETHNICITIES:
                made = cls(code=f"{code:02}", text=Label(text))
        if made is None or not same_wire(made.to_wire(), value):
            msg = "ethnicity: not in canonical form"
            raise ValueError(msg)
        return made


class Nationality(TextPart):
    """Quốc tịch: the paper's word, and the ISO 3166-1 alpha-2 code.

    The list's own names have their code by themselves; other spellings may state one:
    ``{"text": "Hoa Kỳ (Mỹ)", "code": "US"}``. ``XX`` stands for stateless people.
    """

    text: Label
    """The word on the paper."""
    code: str | None = None
    """Alpha-2 code, or ``None`` where none is meant."""

    @model_validator(mode="before")
    @classmethod
    def _derive_code(cls, value: Any) -> Any:  # noqa: ANN401 - any input
        if isinstance(value, str):
            value = {"text": value}
        if isinstance(value, dict) and value.get("code") is None:
            derived = _COUNTRY_OF_NAME.get(str(value.get("text")))
            return {**value, "code": derived} if derived else value
        return value

    @model_validator(mode="after")
    def _code_fits(self) -> Self:
        own = _COUNTRY_OF_NAME.get(str(self.text))
        if (self.code is not None and self.code not in COUNTRIES) or (own and own != self.code):
            raise broken(
                "nationality.code",
                vi="mã quốc gia không có trong danh mục hoặc không khớp với tên quốc tịch",
                en="the code is not in the list of countries or does not fit the name",
            )
        return self

    def _implied(self) -> frozenset[str]:
        return frozenset({"code"} if str(self.text) in _COUNTRY_OF_NAME else ())

    @property
    def is_vietnamese(self) -> bool:
        """Whether it is the Vietnamese nationality."""
        return self.code == "VN"

    def to_wire(self) -> int | str | list[Any]:
        """Return the numeric code for a name of the list, ``[code, text]``, or the text alone."""
        if self.code is None:
            return str(self.text)
        numeric, name = COUNTRIES[self.code]
        return numeric if name == self.text else [numeric, str(self.text)]

    @classmethod
    def from_wire(cls, value: object) -> Self:
        """Return the nationality that :meth:`to_wire` gave.

        Raises:
            ValueError: it is none, or not in its one canonical form.
        """
        made = None
        match value:
            case bool():
                pass
            case int() if value in ALPHA2_OF_NUMERIC:
                code = ALPHA2_OF_NUMERIC[value]
                made = cls(code=code, text=Label(COUNTRIES[code][1]))
            case str():
                made = cls(text=Label(value))
            case [int(number), str(text)] if number in ALPHA2_OF_NUMERIC:
                made = cls(code=ALPHA2_OF_NUMERIC[number], text=Label(text))
        if made is None or not same_wire(made.to_wire(), value):
            msg = "nationality: not in canonical form"
            raise ValueError(msg)
        return made


class Parent(Part):
    """Mother or father on a birth record. An undetermined parent is ``Missing(BLANK_BY_LAW)``."""

    full_name: Stated[PersonName] = item(0, "Họ, chữ đệm, tên")
    """Họ, chữ đệm, tên."""
    birth_date: Stated[PartialDate] = item(1, "Năm sinh")
    """The law asks for the year only; some papers have the whole date."""
    ethnicity: Stated[Ethnicity] = item(2, "Dân tộc")
    """Dân tộc."""
    nationality: Stated[Nationality] = item(3, "Quốc tịch")
    """Quốc tịch."""
    residence: Stated[Place] = item(4, "Nơi cư trú")
    """Nơi cư trú, verbatim; may hold "Đã chết"."""
    residence_kind: Stated[ResidenceKind] = item(5, "Loại cư trú", default=NOT_ON_FORM)
    """Permanent, temporary or current; in the book, not on the paper."""
    deceased_note: bool = item(6, "Ghi đã chết tại nơi cư trú", default=False)
    """Whether the residence says that the parent is dead."""
    personal_id: Stated[PersonalId] = item(7, "Số định danh cá nhân", default=NOT_ON_FORM)
    """Số định danh cá nhân; in the book, not on the paper."""
    id_document: Stated[IdDocument] = item(8, "Giấy tờ tùy thân", default=NOT_ON_FORM)
    """Giấy tờ tùy thân; in the book, not on the paper."""


class Declarant(Part):
    """Who declared the birth or the death."""

    full_name: Stated[PersonName] = item(0, "Họ, chữ đệm, tên")
    """Họ, chữ đệm, tên."""
    relationship: Stated[Label] = item(1, "Quan hệ", default=NOT_ON_FORM)
    """Relation to the person, in the paper's words."""
    id_document: Stated[IdDocument] = item(2, "Giấy tờ tùy thân", default=NOT_ON_FORM)
    """Giấy tờ tùy thân."""
    birth_date: Stated[PartialDate] = item(3, "Năm sinh", default=NOT_ON_FORM)
    """Year of birth, on old forms."""
    residence: Stated[Place] = item(4, "Nơi cư trú", default=NOT_ON_FORM)
    """Nơi cư trú, on old forms."""
