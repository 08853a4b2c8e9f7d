"""Trích lục khai tử, Giấy chứng tử: the death record (Luật Hộ tịch 60/2014/QH13 Art. 32-34)."""

from __future__ import annotations

from typing import ClassVar

from vncopy.formats.base import NOT_ON_FORM, Document, Part, Stated, Travel, item
from vncopy.formats.civil import RegistrationKind
from vncopy.formats.coded import CodedEnum
from vncopy.formats.date_words import DateWords
from vncopy.formats.dates import PartialDate
from vncopy.formats.death_rules import DEATH_RULES
from vncopy.formats.identifiers import (
    BookNumber,
    ExtractNumber,
    PageNumber,
    PersonalId,
    ReferenceNumber,
    RegistrationNumber,
)
from vncopy.formats.identity_papers import IdDocument
from vncopy.formats.notes import Annotation
from vncopy.formats.organisations import Organisation, Signer
from vncopy.formats.people import Declarant, Ethnicity, Gender, Nationality
from vncopy.formats.places import Place
from vncopy.formats.rules import Rule
from vncopy.formats.text import FreeText, Label, PersonName
from vncopy.formats.times import PartialTime

__all__ = ["DeathEvidence", "DeathEvidenceKind", "DeathForm", "DeathRecord"]


class DeathForm(CodedEnum):
    """Which paper the copy shows."""

    EXTRACT = "trich_luc_khai_tu", 0, "TRÍCH LỤC KHAI TỬ"
    CERTIFICATE = "giay_chung_tu", 1, "GIẤY CHỨNG TỬ"


class DeathEvidenceKind(CodedEnum):
    """Loại giấy báo tử, with the codes of the Ministry of Justice."""

    NO_INFORMATION = "no_information", 0, "Không có thông tin"
    DEATH_NOTICE = "death_notice", 1, "Giấy báo tử"
    EXECUTION = "execution", 2, "Giấy xác nhận việc thi hành án tử hình"
    COURT_DECLARATION = "court_declaration", 3, "Bản án, quyết định của Tòa án tuyên bố chết"
    POLICE = "police", 4, "Văn bản của cơ quan Công an, kết quả giám định pháp y"
    HEALTH_OFFICE = "health_office", 5, "Văn bản của cơ quan y tế"
    MINUTES = "minutes", 6, "Biên bản xác nhận việc chết"
    WITNESS = "witness", 7, "Văn bản của người làm chứng"


class DeathEvidence(Part):
    """Giấy báo tử or the paper that stands for it (NĐ 123/2015/NĐ-CP Art. 4)."""

    kind: DeathEvidenceKind = item(0, "Loại")
    """What paper it is."""
    number: Stated[ReferenceNumber] = item(1, "Số", default=NOT_ON_FORM)
    """Its number."""
    date: Stated[PartialDate] = item(2, "Ngày", default=NOT_ON_FORM)
    """Its date."""
    authority: Stated[Organisation] = item(3, "Cơ quan cấp", default=NOT_ON_FORM)
    """Who issued it."""


class DeathRecord(
    Document,
    format_id="vn.death/1",
    title_vi="Khai tử",
    template="vncopy.pdf:templates/death.typ",
):
    """A death record (Luật Hộ tịch 60/2014/QH13 Art. 32-34; TT 04/2020/TT-BTP).

    The original is the extract itself. The cause of death is health data: it never travels in the
    QR.
    """

    rules: ClassVar[tuple[Rule, ...]] = DEATH_RULES

    form: DeathForm = item(0, "Loại giấy", default=DeathForm.EXTRACT, travel=Travel.REFERENCE)
    """Which paper the copy shows."""
    issuing_authority: Stated[Organisation] = item(20, "Cơ quan cấp", default=NOT_ON_FORM)
    """Office in the header of the paper original, where it is not the place of registration."""
    extract_number: Stated[ExtractNumber] = item(21, "Số trích lục", default=NOT_ON_FORM)
    """Header number of the extract that was copied."""
    book_number: Stated[BookNumber] = item(22, "Quyển số", default=NOT_ON_FORM)
    """Quyển số, on old forms."""
    page_number: Stated[PageNumber] = item(23, "Trang số", default=NOT_ON_FORM)
    """Trang số, in the book."""
    full_name: Stated[PersonName] = item(1, "Họ, chữ đệm, tên", travel=Travel.REFERENCE)
    """Họ, chữ đệm, tên; of an unidentified body missing, as ``unknown_stated``."""
    also_known_as: Stated[Label] = item(
        30, "Tên gọi khác", default=NOT_ON_FORM, travel=Travel.REFERENCE
    )
    """The words in brackets after the name, as on the paper: "tức Nguyễn Thị B"."""
    identity_unknown: bool = item(
        2, "Chưa xác định được danh tính", default=False, travel=Travel.REFERENCE
    )
    """Whether the body was not identified."""
    birth_date: Stated[PartialDate] = item(3, "Ngày, tháng, năm sinh", travel=Travel.REFERENCE)
    """Ngày, tháng, năm sinh; very often the year alone."""
    gender: Stated[Gender] = item(4, "Giới tính", travel=Travel.REFERENCE)
    """Giới tính."""
    ethnicity: Stated[Ethnicity] = item(5, "Dân tộc")
    """Dân tộc."""
    nationality: Stated[Nationality] = item(6, "Quốc tịch")
    """Quốc tịch."""
    personal_id: Stated[PersonalId] = item(
        7, "Số định danh cá nhân", default=NOT_ON_FORM, travel=Travel.REFERENCE
    )
    """Số định danh cá nhân."""
    id_document: Stated[IdDocument] = item(8, "Giấy tờ tùy thân", default=NOT_ON_FORM)
    """Giấy tờ tùy thân."""
    last_residence: Stated[Place] = item(9, "Nơi cư trú cuối cùng", default=NOT_ON_FORM)
    """Nơi cư trú cuối cùng; not on every extract."""
    death_time: Stated[PartialTime] = item(10, "Đã chết vào lúc", default=NOT_ON_FORM)
    """Hour and minute; left blank where unknown."""
    death_date: PartialDate = item(11, "Ngày, tháng, năm chết", travel=Travel.REFERENCE)
    """The day, solar calendar."""
    death_date_words: Stated[DateWords] = item(12, "Ghi bằng chữ", default=NOT_ON_FORM)
    """The date in words, as printed."""
    death_place: Stated[Place] = item(13, "Nơi chết")
    """Nơi chết, verbatim."""
    death_cause: Stated[FreeText] = item(
        24, "Nguyên nhân chết", default=NOT_ON_FORM, travel=Travel.NEVER
    )
    """Nguyên nhân chết: sensitive health data, never in the QR."""
    death_evidence: Stated[DeathEvidence] = item(
        14, "Giấy báo tử, giấy tờ thay thế Giấy báo tử", default=NOT_ON_FORM
    )
    """The paper on which the registration rests."""
    registration_place: Organisation = item(15, "Nơi đăng ký khai tử", travel=Travel.REFERENCE)
    """The office that registered, with its name of that time."""
    registration_number: Stated[RegistrationNumber] = item(16, "Số", travel=Travel.REFERENCE)
    """Number in the register; never the extract's."""
    registration_date: Stated[PartialDate] = item(
        17, "Ngày, tháng, năm đăng ký", travel=Travel.REFERENCE
    )
    """When it was registered."""
    declarant: Stated[Declarant] = item(25, "Người đi khai tử", default=NOT_ON_FORM)
    """Who declared the death, on old forms."""
    annotations: tuple[Annotation, ...] = item(18, "Ghi chú", default=(), travel=Travel.REFERENCE)
    """Every annotation of the register; a copy carries all of them."""
    signer: Stated[Signer] = item(19, "Người ký", default=NOT_ON_FORM)
    """Who signed the paper original."""
    issued_date: Stated[PartialDate] = item(26, "Ngày cấp", default=NOT_ON_FORM)
    """Date of the paper original."""
    issued_place: Stated[Label] = item(27, "Địa danh", default=NOT_ON_FORM)
    """Place before that date."""
    registration_kind: Stated[RegistrationKind] = item(28, "Loại đăng ký", default=NOT_ON_FORM)
    """On time, late, again; in the electronic register."""
    registrar: Stated[PersonName] = item(29, "Người thực hiện", default=NOT_ON_FORM)
    """The civil-status officer; in the electronic register."""

    @property
    def record_holder(self) -> Organisation:
        """The office that registered and holds the register, or held it before a successor."""
        return self.registration_place
