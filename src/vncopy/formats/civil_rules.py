"""Rules that all civil-status documents share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vncopy.formats.base import Missing, Part
from vncopy.formats.civil import holders, same_number
from vncopy.formats.codes.provinces import CODE_LISTS
from vncopy.formats.dates import PartialDate
from vncopy.formats.identifiers import PersonalId
from vncopy.formats.identity_papers import IdDocument, IdDocumentKind
from vncopy.formats.notes import AnnotationKind
from vncopy.formats.organisations import Organisation
from vncopy.formats.people import Gender, ResidenceKind
from vncopy.formats.places import Place, personal_id_province, province_name
from vncopy.formats.rules import Rule, after, stated, walk
from vncopy.formats.words import date_in_words, same_words

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SHARED_RULES", "extract_event", "foreign_annotations", "spelled_date"]

_MOJ = "cross-field checks of the Ministry of Justice's electronic register, as hints only"
_ID = "structure of the personal id: NĐ 70/2024/NĐ-CP; numbers are re-established after corrections"


def _issued_first(document: Any) -> Iterator[str]:  # noqa: ANN401 - any civil-status document
    if after(document.registration_date, document.issued_date):
        yield "issued_date"


def _unusual_number(document: Any) -> Iterator[str]:  # noqa: ANN401
    number = stated(document.registration_number)
    if number is not None and not number.is_usual:
        yield "registration_number"


def _number_year(document: Any) -> Iterator[str]:  # noqa: ANN401
    number = stated(document.registration_number)
    registered = stated(document.registration_date)
    if number is not None and registered is not None and number.year not in (None, registered.year):
        yield "registration_number"


def _extract_year(document: Any) -> Iterator[str]:  # noqa: ANN401
    number, issued = stated(document.extract_number), stated(document.issued_date)
    if number is not None and issued is not None and number.year not in (None, issued.year):
        yield "extract_number"


def _annotation_first(document: Any) -> Iterator[str]:  # noqa: ANN401
    for index, note in enumerate(document.annotations):
        if after(document.registration_date, note.date):
            yield f"annotations.{index}.date"


def _later_dates(document: Any) -> Iterator[str]:  # noqa: ANN401
    own = {
        "registration_date",
        "issued_date",
        "birth_date",
        "death_date",
        "marriage_effective_date",
    }
    for path, value in walk(document):
        if path in own or path.startswith("annotations.") or not isinstance(value, PartialDate):
            continue
        if after(value, document.registration_date):
            yield path


def _province_codes(document: Any) -> Iterator[str]:  # noqa: ANN401
    for path, value in walk(document):
        code = value.province_code if isinstance(value, (Place, Organisation)) else None
        if code is None:
            continue
        if isinstance(value, Place) and value.code_date is not None:
            known = province_name(code, on=value.code_date) is not None
        else:
            known = any(code in names for _, names in CODE_LISTS)
        if not known:
            yield f"{path}.province_code"


def _id_province(document: Any) -> Iterator[str]:  # noqa: ANN401
    for path, value in walk(document):
        home = isinstance(value, PersonalId) and value.province_code.startswith("0")
        if home and personal_id_province(value.province_code) is None:
            yield path


def _id_gender(document: Any) -> Iterator[str]:  # noqa: ANN401
    for holder in holders(document):
        if holder.number is None or holder.gender in (None, Gender.UNDETERMINED):
            continue
        if holder.number.is_female != (holder.gender is Gender.FEMALE):
            yield holder.number_path


def _id_year(document: Any) -> Iterator[str]:  # noqa: ANN401
    for holder in holders(document):
        if holder.number is None or holder.birth_date is None:
            continue
        if holder.number.birth_year != holder.birth_date.year:
            yield holder.number_path


_TWELVE = {
    IdDocumentKind.CMND12,
    IdDocumentKind.CCCD,
    IdDocumentKind.CAN_CUOC,
    IdDocumentKind.CAN_CUOC_CERTIFICATE,
}


def _id_form(document: Any) -> Iterator[str]:  # noqa: ANN401
    for path, value in walk(document):
        if not isinstance(value, IdDocument):
            continue
        form = {IdDocumentKind.CMND9: "[0-9]{9}"} | dict.fromkeys(_TWELVE, "[0-9]{12}")
        wanted = form.get(value.kind)
        if wanted and not re.fullmatch(wanted, value.number, re.ASCII):
            yield f"{path}.number"


def _people(document: Any) -> Iterator[tuple[str, Part]]:  # noqa: ANN401
    """Yield the document and each of its parts, with the prefix of their fields."""
    yield "", document
    for path, value in walk(document):
        if isinstance(value, Part):
            yield f"{path}.", value


def _no_ethnicity(document: Any) -> Iterator[str]:  # noqa: ANN401
    for prefix, part in _people(document):
        nationality = stated(getattr(part, "nationality", None))
        missing = isinstance(getattr(part, "ethnicity", None), Missing)
        if missing and nationality is not None and nationality.is_vietnamese:
            yield f"{prefix}ethnicity"


def _foreigner(document: Any) -> Iterator[str]:  # noqa: ANN401
    for prefix, part in _people(document):
        nationality = stated(getattr(part, "nationality", None))
        ethnicity = stated(getattr(part, "ethnicity", None))
        if nationality is None or ethnicity is None or not nationality.is_vietnamese:
            continue
        if ethnicity.code == "55":
            yield f"{prefix}ethnicity"


def _residence_kind(document: Any) -> Iterator[str]:  # noqa: ANN401
    for prefix, part in _people(document):
        kind = stated(getattr(part, "residence_kind", None))
        missing = isinstance(getattr(part, "residence", None), Missing)
        if missing and kind not in (None, ResidenceKind.NO_INFORMATION):
            yield f"{prefix}residence_kind"


SHARED_RULES: tuple[Rule, ...] = (
    Rule(
        id="civil.issued_before_registered",
        level="error",
        vi="ngày cấp giấy ở trước ngày đăng ký",
        en="the paper was issued before the event was registered",
        source="Luật Hộ tịch 60/2014/QH13: papers are issued on registration or later",
        check=_issued_first,
    ),
    Rule(
        id="civil.registration_number_unusual",
        level="warning",
        vi="số đăng ký có dạng lạ (thường là 45 hoặc 45/2019)",
        en="the registration number looks unusual (usually 45 or 45/2019)",
        source="forms of TT 04/2020/TT-BTP; old registers differ",
        check=_unusual_number,
    ),
    Rule(
        id="civil.registration_number_year",
        level="warning",
        vi="năm trong số đăng ký khác năm đăng ký",
        en="the year in the registration number is not the year of registration",
        source="Luật Hộ tịch 60/2014/QH13 Art. 58: numbers start again each year",
        check=_number_year,
    ),
    Rule(
        id="civil.extract_number_year",
        level="warning",
        vi="năm trong số trích lục khác năm cấp",
        en="the year in the extract's number is not the year of issue",
        source="forms of TT 04/2020/TT-BTP",
        check=_extract_year,
    ),
    Rule(
        id="civil.annotation_before_registration",
        level="warning",
        vi="ghi chú có ngày trước ngày đăng ký",
        en="an annotation is dated before the registration",
        source="annotations record what changed after registration",
        check=_annotation_first,
    ),
    Rule(
        id="civil.date_after_registration",
        level="warning",
        vi="ngày này ở sau ngày đăng ký",
        en="this date lies after the registration",
        source=_MOJ,
        check=_later_dates,
    ),
    Rule(
        id="civil.province_code_unknown",
        level="warning",
        vi="mã tỉnh, thành phố không có trong danh mục của ngày đã nêu",
        en="the province code is not in the list of the day stated",
        source="QĐ 124/2004/QĐ-TTg; QĐ 19/2025/QĐ-TTg",
        check=_province_codes,
    ),
    Rule(
        id="civil.personal_id_province",
        level="warning",
        vi="ba số đầu của số định danh không phải mã tỉnh, thành phố nào",
        en="the first three digits of the personal id are no province's code",
        source=_ID,
        check=_id_province,
    ),
    Rule(
        id="civil.personal_id_gender",
        level="warning",
        vi="chữ số thứ tư của số định danh không khớp giới tính",
        en="the fourth digit of the personal id does not fit the gender",
        source=_ID,
        check=_id_gender,
    ),
    Rule(
        id="civil.personal_id_year",
        level="warning",
        vi="năm sinh trong số định danh khác năm sinh trên giấy",
        en="the year of birth in the personal id is not the one on the paper",
        source=_ID,
        check=_id_year,
    ),
    Rule(
        id="civil.personal_id_same",
        level="warning",
        vi="hai người trên giấy có cùng số định danh",
        en="two people on the paper have the same personal id",
        source=_MOJ,
        check=same_number,
    ),
    Rule(
        id="civil.id_number_form",
        level="warning",
        vi="số giấy tờ không đúng số chữ số của loại giấy (CMND 9, CCCD và căn cước 12); "
        "nếu thiếu một số, có thể đã mất số 0 ở đầu",
        en="the number has not the digits of its kind (CMND 9, CCCD and căn cước 12); "
        "if one is short, the leading zero may be lost",
        source="Luật Căn cước 26/2023/QH15 and the laws before it",
        check=_id_form,
    ),
    Rule(
        id="civil.ethnicity_missing",
        level="warning",
        vi="người có quốc tịch Việt Nam nhưng không ghi dân tộc",
        en="a Vietnamese citizen without a stated ethnicity",
        source="Luật Hộ tịch 60/2014/QH13 Art. 14",
        check=_no_ethnicity,
    ),
    Rule(
        id="civil.ethnicity_foreigner",
        level="warning",
        vi='dân tộc "Người nước ngoài" nhưng quốc tịch Việt Nam',
        en='the ethnicity is "Người nước ngoài" but the nationality is Vietnamese',
        source="list of ethnic groups of 1979",
        check=_foreigner,
    ),
    Rule(
        id="civil.residence_kind",
        level="warning",
        vi="không ghi nơi cư trú nhưng lại có loại cư trú",
        en="a kind of residence without a residence",
        source=_MOJ,
        check=_residence_kind,
    ),
)
"""In the order in which they are reported."""

_OF_EVENT: dict[AnnotationKind, str] = {
    AnnotationKind.ABANDONED_CHILD: "KS",
    AnnotationKind.PARENT_RECOGNISED: "KS",
    AnnotationKind.ADOPTION: "KS",
    AnnotationKind.ADOPTION_ENDED: "KS",
    AnnotationKind.DIVORCE: "KH",
    AnnotationKind.MARRIAGE_ANNULLED: "KH",
    AnnotationKind.MARRIAGE_RECOGNISED: "KH",
    AnnotationKind.DECLARED_DEAD_ANNULLED: "KT",
}


def extract_event(prefix: str, event: str) -> Rule:
    """Return the rule that the extract's number belongs to the document's kind of event.

    Args:
        prefix: ``birth``, ``marriage`` or ``death``.
        event: ``KS``, ``KH`` or ``KT``.
    """

    def check(document: Any) -> Iterator[str]:  # noqa: ANN401
        number = stated(document.extract_number)
        if number is not None and number.event != event:
            yield "extract_number"

    return Rule(
        id=f"{prefix}.extract_event",
        level="error",
        vi=f"số trích lục của việc khác; cần ký hiệu TL{event}",
        en=f"the extract's number is of another kind of event; the symbol is TL{event}",
        source="forms of TT 04/2020/TT-BTP",
        check=check,
    )


def foreign_annotations(prefix: str, event: str) -> Rule:
    """Return the rule that warns of annotations that belong to another kind of event.

    Args:
        prefix: ``birth``, ``marriage`` or ``death``.
        event: ``KS``, ``KH`` or ``KT``.
    """

    def check(document: Any) -> Iterator[str]:  # noqa: ANN401
        for index, note in enumerate(document.annotations):
            if _OF_EVENT.get(note.kind, event) != event:
                yield f"annotations.{index}.kind"

    return Rule(
        id=f"{prefix}.annotation_kind",
        level="warning",
        vi="loại ghi chú này thường không có trên loại giấy này",
        en="this kind of annotation does not belong on this kind of paper",
        source="Luật Hộ tịch 60/2014/QH13 Art. 3, 14, 17, 34",
        check=check,
    )


def spelled_date(prefix: str, field: str) -> Rule:
    """Return the rule that warns when a date in words does not say its date in figures.

    Args:
        prefix: ``birth`` or ``death``.
        field: name of the date; the words are ``<field>_words``.
    """

    def check(document: Any) -> Iterator[str]:  # noqa: ANN401
        words, date = stated(getattr(document, f"{field}_words")), stated(getattr(document, field))
        if words is not None and date is not None and not same_words(words, date_in_words(date)):
            yield f"{field}_words"

    return Rule(
        id=f"{prefix}.date_words",
        level="warning",
        vi="ngày ghi bằng chữ không khớp ngày ghi bằng số",
        en="the date in words is not the date in figures",
        source="forms of TT 04/2020/TT-BTP",
        check=check,
    )
