"""Giấy chứng nhận kết hôn, Trích lục kết hôn (Luật Hộ tịch 60/2014/QH13 Art. 17)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from vncopy.formats.base import NOT_ON_FORM, Document, Part, Stated, Travel, item
from vncopy.formats.coded import CodedEnum
from vncopy.formats.dates import PartialDate
from vncopy.formats.identifiers import (
    BookNumber,
    ExtractNumber,
    PageNumber,
    PersonalId,
    RegistrationNumber,
)
from vncopy.formats.identity_papers import IdDocument
from vncopy.formats.marriage_rules import MARRIAGE_RULES
from vncopy.formats.notes import Annotation
from vncopy.formats.organisations import Organisation, Signer
from vncopy.formats.people import Ethnicity, Nationality, ResidenceKind
from vncopy.formats.places import Place
from vncopy.formats.rules import Rule
from vncopy.formats.text import Label, PersonName

__all__ = ["MaritalNote", "MarriageForm", "MarriageRecord", "MarriageRegistration", "Spouse"]

Age = Annotated[int, Field(ge=0, le=150)]
"""Whole years, as old forms state instead of a date of birth."""


class MarriageForm(CodedEnum):
    """Which paper the copy shows."""

    CERTIFICATE = "giay_chung_nhan_ket_hon", 0, "GIẤY CHỨNG NHẬN KẾT HÔN"
    EXTRACT = "trich_luc_ket_hon", 1, "TRÍCH LỤC KẾT HÔN"


class MarriageRegistration(CodedEnum):
    """Loại đăng ký kết hôn, with the codes of the Ministry of Justice."""

    FIRST = "first", 1, "Đăng ký lần đầu"
    AGAIN = "again", 2, "Đăng ký lại"


class MaritalNote(CodedEnum):
    """What became of the marriage, as the electronic register has it."""

    NO_INFORMATION = "no_information", 0, "Không có thông tin"
    DIVORCED = "divorced", 1, "Đã ly hôn"
    ANNULLED = "annulled", 2, "Đã hủy việc kết hôn"
    RECOGNISED = "recognised", 3, "Đã được công nhận việc kết hôn"


class Spouse(Part):
    """Wife or husband (Luật Hộ tịch 60/2014/QH13 Art. 17(2); TT 04/2020/TT-BTP)."""

    full_name: PersonName = item(0, "Họ, chữ đệm, tên", travel=Travel.REFERENCE)
    """Họ, chữ đệm, tên."""
    also_known_as: Stated[Label] = item(
        9, "Tên gọi khác", default=NOT_ON_FORM, travel=Travel.REFERENCE
    )
    """The words in brackets after the name, as on the paper: "tức Nguyễn Thị B"."""
    birth_date: Stated[PartialDate] = item(1, "Ngày, tháng, năm sinh", travel=Travel.REFERENCE)
    """Ngày, tháng, năm sinh; missing on forms that state the age."""
    age_at_marriage: Stated[Age] = item(2, "Tuổi", default=NOT_ON_FORM)
    """Age in years, on old forms."""
    ethnicity: Stated[Ethnicity] = item(3, "Dân tộc")
    """Dân tộc."""
    nationality: Stated[Nationality] = item(4, "Quốc tịch")
    """Quốc tịch."""
    residence: Stated[Place] = item(5, "Nơi cư trú")
    """Nơi cư trú, verbatim; abroad as well."""
    residence_kind: Stated[ResidenceKind] = item(6, "Loại cư trú", default=NOT_ON_FORM)
    """Permanent, temporary or current."""
    id_document: Stated[IdDocument] = item(7, "Giấy tờ tùy thân")
    """Giấy tờ tùy thân: kind, number, date, office."""
    personal_id: Stated[PersonalId] = item(8, "Số định danh cá nhân", default=NOT_ON_FORM)
    """Số định danh cá nhân, where the paper states it apart from the identity paper."""


class MarriageRecord(
    Document,
    format_id="vn.marriage/1",
    title_vi="Kết hôn",
    template="vncopy.pdf:templates/marriage.typ",
):
    """A marriage record, wife first as on the extract (Luật Hộ tịch 60/2014/QH13 Art. 17-18).

    A divorce or annulment in the annotations is part of every copy: one without it misleads.
    """

    rules: ClassVar[tuple[Rule, ...]] = MARRIAGE_RULES

    form: MarriageForm = item(0, "Loại giấy", default=MarriageForm.EXTRACT, travel=Travel.REFERENCE)
    """Which paper the copy shows."""
    issuing_authority: Stated[Organisation] = item(10, "Cơ quan cấp", default=NOT_ON_FORM)
    """Office in the header of the paper original, where it is not the place of registration."""
    extract_number: Stated[ExtractNumber] = item(11, "Số trích lục", default=NOT_ON_FORM)
    """Header number of an extract that was copied."""
    book_number: Stated[BookNumber] = item(12, "Quyển số", default=NOT_ON_FORM)
    """Quyển số, on old forms."""
    page_number: Stated[PageNumber] = item(13, "Trang số", default=NOT_ON_FORM)
    """Trang số, in the book."""
    wife: Spouse = item(1, "Vợ", travel=Travel.REFERENCE)
    """The wife."""
    husband: Spouse = item(2, "Chồng", travel=Travel.REFERENCE)
    """The husband."""
    registration_place: Organisation = item(3, "Nơi đăng ký kết hôn", travel=Travel.REFERENCE)
    """The office that registered, with its name of that time."""
    registration_number: Stated[RegistrationNumber] = item(4, "Số", travel=Travel.REFERENCE)
    """Number in the register; never the extract's."""
    registration_date: Stated[PartialDate] = item(
        5, "Ngày, tháng, năm đăng ký", travel=Travel.REFERENCE
    )
    """When it was registered."""
    marriage_effective_date: Stated[PartialDate] = item(
        6, "Ngày xác lập quan hệ hôn nhân", default=NOT_ON_FORM
    )
    """From when the marriage counts: registration again, marriages in fact before 03/01/1987."""
    spouses_signed: bool = item(7, "Chữ ký hoặc điểm chỉ của vợ, chồng", default=False)
    """Whether both signed or put their fingerprints; on the certificate, not on the extract."""
    annotations: tuple[Annotation, ...] = item(8, "Ghi chú", default=(), travel=Travel.REFERENCE)
    """Every annotation of the register; a copy carries all of them."""
    signer: Stated[Signer] = item(9, "Người ký", default=NOT_ON_FORM)
    """Who signed the paper original."""
    issued_date: Stated[PartialDate] = item(14, "Ngày cấp", default=NOT_ON_FORM)
    """Date of the paper original."""
    issued_place: Stated[Label] = item(15, "Địa danh", default=NOT_ON_FORM)
    """Place before that date."""
    registration_kind: Stated[MarriageRegistration] = item(16, "Loại đăng ký", default=NOT_ON_FORM)
    """First or again; in the electronic register."""
    marital_note: Stated[MaritalNote] = item(17, "Tình trạng hôn nhân", default=NOT_ON_FORM)
    """What became of the marriage; in the electronic register."""
    registrar: Stated[PersonName] = item(18, "Người thực hiện", default=NOT_ON_FORM)
    """The civil-status officer; in the electronic register."""

    @property
    def record_holder(self) -> Organisation:
        """The office that registered and holds the register, or held it before a successor."""
        return self.registration_place
