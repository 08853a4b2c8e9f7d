"""Rules of the marriage record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vncopy.formats.base import Missing
from vncopy.formats.civil import certainly_younger
from vncopy.formats.civil_rules import SHARED_RULES, extract_event, foreign_annotations
from vncopy.formats.notes import AnnotationKind
from vncopy.formats.office_rules import OFFICE_RULES
from vncopy.formats.rules import Rule, after, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MARRIAGE_RULES"]

MIN_AGES = {"wife": 18, "husband": 20}
"""Luật Hôn nhân và gia đình 52/2014/QH13 Art. 8; earlier laws counted otherwise."""
_SPOUSES = ("wife", "husband")
_NOTES = {
    "divorced": AnnotationKind.DIVORCE,
    "annulled": AnnotationKind.MARRIAGE_ANNULLED,
    "recognised": AnnotationKind.MARRIAGE_RECOGNISED,
}


def _registered_first(document: Any) -> Iterator[str]:  # noqa: ANN401 - a MarriageRecord
    for name in _SPOUSES:
        if after(getattr(document, name).birth_date, document.registration_date):
            yield f"{name}.birth_date"


def _effective_later(document: Any) -> Iterator[str]:  # noqa: ANN401
    if after(document.marriage_effective_date, document.registration_date):
        yield "marriage_effective_date"


def _status_without_note(document: Any) -> Iterator[str]:  # noqa: ANN401
    status = stated(document.marital_note)
    wanted = _NOTES.get(status.value) if status is not None else None
    if wanted and not any(note.kind is wanted for note in document.annotations):
        yield "annotations"


def _note_without_status(document: Any) -> Iterator[str]:  # noqa: ANN401
    status = stated(document.marital_note)
    kinds = {note.kind for note in document.annotations}
    noted = {name for name, kind in _NOTES.items() if kind in kinds}
    if status is not None and noted and status.value not in noted:
        yield "marital_note"


def _under_age(document: Any) -> Iterator[str]:  # noqa: ANN401
    for name, years in MIN_AGES.items():
        spouse = getattr(document, name)
        age = stated(spouse.age_at_marriage)
        if certainly_younger(years, spouse.birth_date, document.registration_date):
            yield f"{name}.birth_date"
        elif age is not None and age < years:
            yield f"{name}.age_at_marriage"


def _no_age(document: Any) -> Iterator[str]:  # noqa: ANN401
    for name in _SPOUSES:
        spouse = getattr(document, name)
        if isinstance(spouse.birth_date, Missing) and isinstance(spouse.age_at_marriage, Missing):
            yield f"{name}.birth_date"


def _age_disagrees(document: Any) -> Iterator[str]:  # noqa: ANN401
    registered = stated(document.registration_date)
    for name in _SPOUSES:
        spouse = getattr(document, name)
        age, born = stated(spouse.age_at_marriage), stated(spouse.birth_date)
        if age is None or born is None or registered is None:
            continue
        # one year either way: old papers count the year begun ("tuổi mụ")
        if abs(registered.year - born.year - age) > 1:
            yield f"{name}.age_at_marriage"


def _signatures(document: Any) -> Iterator[str]:  # noqa: ANN401
    certificate = document.form.value == "giay_chung_nhan_ket_hon"
    if certificate != document.spouses_signed:
        yield "spouses_signed"


def _unsigned(document: Any) -> Iterator[str]:  # noqa: ANN401
    certificate = document.form.value == "giay_chung_nhan_ket_hon"
    if certificate and isinstance(document.signer, Missing):
        yield "signer"


MARRIAGE_RULES: tuple[Rule, ...] = (
    Rule(
        id="marriage.registered_before_birth",
        level="error",
        vi="ngày sinh ở sau ngày đăng ký kết hôn",
        en="a spouse was born after the marriage was registered",
        source="Luật Hộ tịch 60/2014/QH13 Art. 17-18",
        check=_registered_first,
    ),
    Rule(
        id="marriage.effective_after_registration",
        level="error",
        vi="ngày xác lập quan hệ hôn nhân ở sau ngày đăng ký",
        en="the marriage counts from a day after its registration",
        source="NĐ 123/2015/NĐ-CP Art. 27; TT 04/2020/TT-BTP",
        check=_effective_later,
    ),
    Rule(
        id="marriage.status_without_note",
        level="error",
        vi="tình trạng hôn nhân đã ghi (ly hôn, hủy, công nhận) nhưng thiếu ghi chú tương ứng",
        en="the status says divorced, annulled or recognised, but the annotation is missing",
        source="Luật Hộ tịch 60/2014/QH13 Art. 30; a copy without the note misleads",
        check=_status_without_note,
    ),
    extract_event("marriage", "KH"),
    *SHARED_RULES,
    *OFFICE_RULES,
    foreign_annotations("marriage", "KH"),
    Rule(
        id="marriage.note_without_status",
        level="warning",
        vi="tình trạng hôn nhân không khớp ghi chú ly hôn, hủy hoặc công nhận kết hôn",
        en="the status does not fit the annotation of divorce, annulment or recognition",
        source="codes of the electronic civil-status register",
        check=_note_without_status,
    ),
    Rule(
        id="marriage.under_age",
        level="warning",
        vi="vợ dưới 18 tuổi hoặc chồng dưới 20 tuổi khi đăng ký",
        en="the wife was under 18 or the husband under 20 at registration",
        source="Luật Hôn nhân và gia đình 52/2014/QH13 Art. 8; earlier laws differ",
        check=_under_age,
    ),
    Rule(
        id="marriage.age_missing",
        level="warning",
        vi="không có ngày sinh và cũng không có tuổi",
        en="neither a date of birth nor an age",
        source="Luật Hộ tịch 60/2014/QH13 Art. 17(2); old forms state the age",
        check=_no_age,
    ),
    Rule(
        id="marriage.age_disagrees",
        level="warning",
        vi="tuổi không khớp năm sinh",
        en="the age does not fit the year of birth",
        source="old papers may count the year begun, so one year either way is let pass",
        check=_age_disagrees,
    ),
    Rule(
        id="marriage.signatures",
        level="warning",
        vi="Giấy chứng nhận kết hôn có chữ ký của vợ, chồng; trích lục thì không",
        en="the certificate has the spouses' signatures, the extract has not",
        source="Luật Hộ tịch 60/2014/QH13 Art. 17(2), 18(2)",
        check=_signatures,
    ),
    Rule(
        id="marriage.unsigned",
        level="warning",
        vi="chưa ghi người ký Giấy chứng nhận kết hôn",
        en="the signer of the certificate is not stated",
        source="Luật Hộ tịch 60/2014/QH13 Art. 17(2)",
        check=_unsigned,
    ),
)
"""In the order in which they are reported."""
