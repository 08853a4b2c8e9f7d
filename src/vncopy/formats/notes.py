"""Annotations (Ghi chú): what changed after registration. Every copy carries all of them."""

from __future__ import annotations

from vncopy.formats.base import NOT_ON_FORM, Part, Stated, item
from vncopy.formats.coded import CodedEnum
from vncopy.formats.dates import PartialDate
from vncopy.formats.identifiers import ReferenceNumber
from vncopy.formats.organisations import Organisation
from vncopy.formats.text import FreeText

__all__ = ["Annotation", "AnnotationKind"]


class AnnotationKind(CodedEnum):
    """What an annotation is about; the text says it in full."""

    OTHER = "other", 0, "Ghi chú khác"
    CORRECTION = "correction", 1, "Cải chính hộ tịch"
    CHANGE = "change", 2, "Thay đổi hộ tịch"
    SUPPLEMENT = "supplement", 3, "Bổ sung thông tin hộ tịch"
    ETHNICITY_REDETERMINED = "ethnicity_redetermined", 4, "Xác định lại dân tộc"
    GENDER_REDETERMINED = "gender_redetermined", 5, "Xác định lại giới tính"
    RE_REGISTRATION = "re_registration", 6, "Đăng ký lại"
    LATE_REGISTRATION = "late_registration", 7, "Đăng ký quá hạn"
    ADOPTION = "adoption", 8, "Nuôi con nuôi"
    ADOPTION_ENDED = "adoption_ended", 9, "Chấm dứt nuôi con nuôi"
    PARENT_RECOGNISED = "parent_recognised", 10, "Nhận cha, mẹ, con"
    ABANDONED_CHILD = "abandoned_child", 11, "Trẻ bị bỏ rơi"
    DIVORCE = "divorce", 12, "Ly hôn"
    MARRIAGE_ANNULLED = "marriage_annulled", 13, "Hủy việc kết hôn"
    MARRIAGE_RECOGNISED = "marriage_recognised", 14, "Công nhận việc kết hôn"
    DECLARED_DEAD_ANNULLED = "declared_dead_annulled", 15, "Hủy tuyên bố chết"
    FOREIGN_REGISTRATION = "foreign_registration", 16, "Đã đăng ký tại cơ quan nước ngoài"
    LIMITED_CAPACITY = "limited_capacity", 17, "Mất, hạn chế năng lực hành vi dân sự"
    DECLARED_MISSING = "declared_missing", 18, "Tuyên bố mất tích"
    NATIONALITY_CHANGE = "nationality_change", 19, "Thay đổi quốc tịch"
    REVOKED = "revoked", 20, "Thu hồi, hủy bỏ giấy tờ hộ tịch"


class Annotation(Part):
    """One annotation with its legal basis (Luật Hộ tịch 60/2014/QH13 Art. 28, 30; TT 04/2020/TT-BTP)."""

    kind: AnnotationKind = item(0, "Loại ghi chú")
    """What it is about."""
    text: FreeText = item(1, "Nội dung")
    """Its words, verbatim."""
    basis_number: Stated[ReferenceNumber] = item(2, "Số quyết định, bản án", default=NOT_ON_FORM)
    """Number of the decision or judgment."""
    date: Stated[PartialDate] = item(3, "Ngày, tháng, năm", default=NOT_ON_FORM)
    """Date of the annotation or of its basis."""
    authority: Stated[Organisation] = item(4, "Cơ quan", default=NOT_ON_FORM)
    """Office or court."""
