"""People: gender, ethnicity, nationality, residence, parents, declarants."""

from __future__ import annotations

from vncopy.formats.base import NOT_ON_FORM, Part, Stated, item
from vncopy.formats.coded import CodedEnum
from vncopy.formats.codes.countries import COUNTRIES
from vncopy.formats.codes.ethnicities import ALIASES, AMBIGUOUS, ETHNICITIES
from vncopy.formats.dates import PartialDate
from vncopy.formats.identifiers import PersonalId
from vncopy.formats.identity_papers import IdDocument
from vncopy.formats.listed import CodeList, ListedText
from vncopy.formats.places import Place
from vncopy.formats.text import Label, PersonName

__all__ = [
    "Declarant",
    "Ethnicity",
    "Gender",
    "Nationality",
    "Parent",
    "ResidenceKind",
    "ethnicity_code",
]

_ETHNIC_GROUPS = CodeList(
    entries={code: (int(code), name) for code, name in ETHNICITIES.items()},
    ambiguous=frozenset(AMBIGUOUS),
    rule="ethnicity.code",
    vi="mã dân tộc không có trong danh mục hoặc không khớp với tên dân tộc",
    en="the code is not in the list of ethnic groups or does not fit the name",
)
_COUNTRIES = CodeList(
    entries=COUNTRIES,
    rule="nationality.code",
    vi="mã quốc gia không có trong danh mục hoặc không khớp với tên quốc tịch",
    en="the code is not in the list of countries or does not fit the name",
)


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
    return _ETHNIC_GROUPS.code_of_name.get(text) or ALIASES.get(text)


class Ethnicity(ListedText):
    """Dân tộc: the paper's word, and the code of the list of QĐ 121-TCTK/PPCĐ of 1979.

    The list's own names have their code by themselves. Other spellings may state one:
    ``{"text": "H'Mông", "code": "08"}``. In the QR a name of the list is its number.
    """

    code_list = _ETHNIC_GROUPS


class Nationality(ListedText):
    """Quốc tịch: the paper's word, and the ISO 3166-1 alpha-2 code.

    The list's own names have their code by themselves; other spellings may state one:
    ``{"text": "Hoa Kỳ (Mỹ)", "code": "US"}``. ``XX`` stands for stateless people.
    """

    code_list = _COUNTRIES

    @property
    def is_vietnamese(self) -> bool:
        """Whether it is the Vietnamese nationality."""
        return self.code == "VN"


class Parent(Part):
    """Mother or father on a birth record (Luật Hộ tịch 60/2014/QH13 Art. 14; TT 04/2020/TT-BTP).

    An undetermined parent is ``Missing(BLANK_BY_LAW)`` (NĐ 123/2015/NĐ-CP Art. 15).
    """

    full_name: Stated[PersonName] = item(0, "Họ, chữ đệm, tên")
    """Họ, chữ đệm, tên."""
    also_known_as: Stated[Label] = item(9, "Tên gọi khác", default=NOT_ON_FORM)
    """The words in brackets after the name, as on the paper: "tức Nguyễn Thị B"."""
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
    """Who declared the birth or the death (Luật Hộ tịch 60/2014/QH13 Art. 15, 33; TT 04/2020/TT-BTP)."""

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
