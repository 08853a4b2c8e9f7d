"""Giấy khai sinh, Trích lục khai sinh: the birth record (Luật Hộ tịch 60/2014/QH13 Art. 14)."""

from __future__ import annotations

from typing import ClassVar

from vncopy.formats.base import NOT_ON_FORM, Document, Part, Stated, Travel, item
from vncopy.formats.birth_rules import BIRTH_RULES
from vncopy.formats.civil import RegistrationKind
from vncopy.formats.coded import CodedEnum
from vncopy.formats.date_words import DateWords
from vncopy.formats.dates import PartialDate
from vncopy.formats.identifiers import (
    BookNumber,
    ExtractNumber,
    PageNumber,
    PersonalId,
    ReferenceNumber,
    RegistrationNumber,
)
from vncopy.formats.notes import Annotation
from vncopy.formats.organisations import Organisation, Signer
from vncopy.formats.people import Declarant, Ethnicity, Gender, Nationality, Parent
from vncopy.formats.places import Place
from vncopy.formats.rules import Rule
from vncopy.formats.text import FreeText, Label, PersonName

__all__ = ["BirthCase", "BirthForm", "BirthRecord", "ForeignRegistration"]


class BirthForm(CodedEnum):
    """Which paper the copy shows."""

    CERTIFICATE = "giay_khai_sinh", 0, "GIẤY KHAI SINH"
    EXTRACT = "trich_luc_khai_sinh", 1, "TRÍCH LỤC KHAI SINH"


class BirthCase(CodedEnum):
    """Loại khai sinh, with the codes of the Ministry of Justice."""

    BOTH_PARENTS = "both_parents", 1, "Đã xác định được cả cha lẫn mẹ"
    NO_MOTHER = "no_mother", 2, "Chưa xác định được mẹ"
    NO_FATHER = "no_father", 3, "Chưa xác định được cha"
    NO_PARENTS = "no_parents", 4, "Chưa xác định được cả cha lẫn mẹ"
    ABANDONED = "abandoned", 5, "Trẻ bị bỏ rơi"


class ForeignRegistration(Part):
    """The earlier registration by a foreign authority, where the birth was entered afterwards."""

    authority: Stated[FreeText] = item(0, "Cơ quan nước ngoài đã đăng ký")
    """Its name, verbatim."""
    country: Stated[Nationality] = item(1, "Quốc gia")
    """The country."""
    number: Stated[ReferenceNumber] = item(2, "Số đăng ký nước ngoài", default=NOT_ON_FORM)
    """Its number."""
    date: Stated[PartialDate] = item(3, "Ngày đăng ký nước ngoài", default=NOT_ON_FORM)
    """Its date."""


class BirthRecord(
    Document,
    format_id="vn.birth/1",
    title_vi="Khai sinh",
    template="vncopy.pdf:templates/birth.typ",
):
    """A birth record, in the order of the form (Luật Hộ tịch 60/2014/QH13 Art. 14; TT 04/2020/TT-BTP).

    An undetermined parent is ``Missing(BLANK_BY_LAW)`` (NĐ 123/2015/NĐ-CP Art. 15). The number,
    date and signer of the *copy* are in its statement; ``extract_number``, ``issued_date`` and
    ``signer`` here are those of the paper that was copied.
    """

    rules: ClassVar[tuple[Rule, ...]] = BIRTH_RULES

    form: BirthForm = item(0, "Loại giấy", default=BirthForm.EXTRACT, travel=Travel.REFERENCE)
    """Which paper the copy shows."""
    issuing_authority: Stated[Organisation] = item(20, "Cơ quan cấp", default=NOT_ON_FORM)
    """Office in the header of the paper original, where it is not the place of registration."""
    extract_number: Stated[ExtractNumber] = item(21, "Số trích lục", default=NOT_ON_FORM)
    """Header number of an extract that was copied."""
    book_number: Stated[BookNumber] = item(22, "Quyển số", default=NOT_ON_FORM)
    """Quyển số, on old forms."""
    page_number: Stated[PageNumber] = item(23, "Trang số", default=NOT_ON_FORM)
    """Trang số, in the book."""
    full_name: PersonName = item(1, "Họ, chữ đệm, tên", travel=Travel.REFERENCE)
    """Họ, chữ đệm, tên; printed in capitals."""
    also_known_as: Stated[Label] = item(
        29, "Tên gọi khác", default=NOT_ON_FORM, travel=Travel.REFERENCE
    )
    """The words in brackets after the name, as on the paper: "tức Nguyễn Thị B"."""
    birth_date: PartialDate = item(2, "Ngày, tháng, năm sinh", travel=Travel.REFERENCE)
    """Ngày, tháng, năm sinh."""
    birth_date_words: Stated[DateWords] = item(3, "Ghi bằng chữ", default=NOT_ON_FORM)
    """The date in words, as printed."""
    gender: Stated[Gender] = item(4, "Giới tính", travel=Travel.REFERENCE)
    """Giới tính."""
    ethnicity: Stated[Ethnicity] = item(5, "Dân tộc")
    """Dân tộc."""
    nationality: Stated[Nationality] = item(6, "Quốc tịch")
    """Quốc tịch."""
    other_nationality: Stated[Nationality] = item(7, "Quốc tịch khác", default=NOT_ON_FORM)
    """The second nationality of a child with two."""
    birth_place: Stated[Place] = item(8, "Nơi sinh")
    """Nơi sinh: facility and address, verbatim."""
    hometown: Stated[Place] = item(9, "Quê quán")
    """Quê quán, verbatim."""
    personal_id: Stated[PersonalId] = item(
        10, "Số định danh cá nhân", default=NOT_ON_FORM, travel=Travel.REFERENCE
    )
    """Số định danh cá nhân; papers before 2016 and foreign children have none."""
    mother: Stated[Parent] = item(11, "Người mẹ")
    """The mother."""
    father: Stated[Parent] = item(12, "Người cha")
    """The father."""
    declarant: Stated[Declarant] = item(13, "Người đi khai sinh", default=NOT_ON_FORM)
    """Who declared the birth; on the certificate, not on the extract."""
    registration_place: Organisation = item(14, "Nơi đăng ký khai sinh", travel=Travel.REFERENCE)
    """The office that registered, with its name of that time."""
    registration_number: Stated[RegistrationNumber] = item(15, "Số", travel=Travel.REFERENCE)
    """Number in the register; never the extract's."""
    registration_date: Stated[PartialDate] = item(
        16, "Ngày, tháng, năm đăng ký", travel=Travel.REFERENCE
    )
    """When it was registered."""
    annotations: tuple[Annotation, ...] = item(17, "Ghi chú", default=(), travel=Travel.REFERENCE)
    """Every annotation of the register; a copy carries all of them."""
    signer: Stated[Signer] = item(18, "Người ký", default=NOT_ON_FORM)
    """Who signed the paper original."""
    issued_date: Stated[PartialDate] = item(19, "Ngày cấp", default=NOT_ON_FORM)
    """Date of the paper original."""
    issued_place: Stated[Label] = item(24, "Địa danh", default=NOT_ON_FORM)
    """Place before that date."""
    registration_kind: Stated[RegistrationKind] = item(25, "Loại đăng ký", default=NOT_ON_FORM)
    """On time, late, again, from abroad; in the electronic register."""
    birth_case: Stated[BirthCase] = item(26, "Loại khai sinh", default=NOT_ON_FORM)
    """Which parents are determined; in the electronic register."""
    foreign_registration: Stated[ForeignRegistration] = item(
        27, "Đăng ký tại nước ngoài", default=NOT_ON_FORM
    )
    """The earlier foreign registration."""
    registrar: Stated[PersonName] = item(28, "Người thực hiện", default=NOT_ON_FORM)
    """The civil-status officer; in the electronic register."""

    @property
    def record_holder(self) -> Organisation:
        """The office that registered and holds the register, or held it before a successor."""
        return self.registration_place
