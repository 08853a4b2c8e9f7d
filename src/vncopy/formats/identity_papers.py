"""Identity papers (Giấy tờ tùy thân) that other papers name."""

from __future__ import annotations

from vncopy.formats.base import NOT_ON_FORM, Part, Stated, item
from vncopy.formats.coded import CodedEnum
from vncopy.formats.codes.paper_issuers import PAPER_ISSUERS
from vncopy.formats.dates import PartialDate
from vncopy.formats.identifiers import IdNumber
from vncopy.formats.listed import NumberedText
from vncopy.formats.text import FreeText

__all__ = ["IdDocument", "IdDocumentKind", "PaperIssuer"]


class IdDocumentKind(CodedEnum):
    """Kind of identity paper (Giấy tờ tùy thân)."""

    CMND9 = "cmnd9", 0, "Chứng minh nhân dân"
    CMND12 = "cmnd12", 1, "Chứng minh nhân dân (12 số)"
    CCCD = "cccd", 2, "Căn cước công dân"
    CAN_CUOC = "can_cuoc", 3, "Căn cước"
    CAN_CUOC_CERTIFICATE = "giay_chung_nhan_can_cuoc", 4, "Giấy chứng nhận căn cước"
    PASSPORT = "passport", 5, "Hộ chiếu"
    BIRTH_CERTIFICATE = "birth_certificate", 6, "Giấy khai sinh"
    MILITARY = "military", 7, "Giấy chứng minh quân đội, công an"
    TRAVEL_DOCUMENT = "travel_document", 8, "Giấy thông hành"
    RESIDENCE_CARD = "residence_card", 9, "Thẻ thường trú, thẻ tạm trú"
    OTHER = "other", 10, "Giấy tờ khác"


class PaperIssuer(NumberedText):
    """Nơi cấp of an identity paper, verbatim: ``Bộ Công an``."""

    __slots__ = ()
    max_length = 2000
    texts = PAPER_ISSUERS


class IdDocument(Part):
    """Giấy tờ tùy thân: kind, number, date and office of issue.

    Căn cước by Luật Căn cước 26/2023/QH15, CCCD and CMND by the laws before it.
    """

    kind: IdDocumentKind = item(0, "Loại giấy tờ")
    """What paper it is."""
    number: IdNumber = item(1, "Số")
    """Its number, as printed."""
    issued_date: Stated[PartialDate] = item(2, "Ngày cấp", default=NOT_ON_FORM)
    """When it was issued."""
    issued_by: Stated[PaperIssuer] = item(3, "Nơi cấp", default=NOT_ON_FORM)
    """Who issued it, verbatim."""
    kind_text: Stated[FreeText] = item(4, "Tên loại giấy tờ", default=NOT_ON_FORM)
    """The paper's own name where the kind is other."""
