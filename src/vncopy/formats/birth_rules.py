"""Rules of the birth record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vncopy.formats.base import Missing
from vncopy.formats.civil import LAW_2014, RegistrationKind, longer_than
from vncopy.formats.civil_rules import (
    SHARED_RULES,
    extract_event,
    foreign_annotations,
    spelled_date,
)
from vncopy.formats.notes import AnnotationKind
from vncopy.formats.office_rules import OFFICE_RULES
from vncopy.formats.rules import Rule, after, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BIRTH_RULES"]

FIRST_YEAR = 1850
"""No Vietnamese birth paper is older: civil registration began in the south in the 1880s."""
DEADLINE_DAYS = 60
"""Luật Hộ tịch 60/2014/QH13 Art. 15(1)."""
_DEAD = re.compile(r"đã (?:chết|mất)", re.IGNORECASE)
_PARENTS = ("mother", "father")


def _registered_first(document: Any) -> Iterator[str]:  # noqa: ANN401 - a BirthRecord
    if after(document.birth_date, document.registration_date):
        yield "registration_date"


def _too_early(document: Any) -> Iterator[str]:  # noqa: ANN401
    if document.birth_date.year < FIRST_YEAR:
        yield "birth_date"


def _parent_younger(document: Any) -> Iterator[str]:  # noqa: ANN401
    for name in _PARENTS:
        parent = stated(getattr(document, name))
        if parent is not None and after(parent.birth_date, document.birth_date):
            yield f"{name}.birth_date"


def _late(document: Any) -> Iterator[str]:  # noqa: ANN401
    registered = stated(document.registration_date)
    if registered is None or registered.earliest() < LAW_2014:
        return
    explained = {AnnotationKind.LATE_REGISTRATION, AnnotationKind.RE_REGISTRATION}
    if any(note.kind in explained for note in document.annotations):
        return
    kind = stated(document.registration_kind)
    if kind in (None, RegistrationKind.ON_TIME) and longer_than(
        DEADLINE_DAYS, document.birth_date, registered
    ):
        yield "registration_date"


def _early_id(document: Any) -> Iterator[str]:  # noqa: ANN401
    registered = stated(document.registration_date)
    if registered is None or stated(document.personal_id) is None:
        return
    if registered.latest() < LAW_2014:
        yield "personal_id"


def _foreign_child(document: Any) -> Iterator[str]:  # noqa: ANN401
    nations = [stated(n) for n in (document.nationality, document.other_nationality)]
    known = [n for n in nations if n is not None]
    foreign = bool(known) and not any(n.is_vietnamese for n in known)
    if foreign and stated(document.personal_id) is not None:
        yield "personal_id"


def _half_parent(document: Any) -> Iterator[str]:  # noqa: ANN401
    for name in _PARENTS:
        parent = stated(getattr(document, name))
        if parent is None or not isinstance(parent.full_name, Missing):
            continue
        rest = (parent.birth_date, parent.ethnicity, parent.nationality, parent.residence)
        if any(not isinstance(value, Missing) for value in rest):
            yield f"{name}.full_name"


def _case(document: Any) -> Iterator[str]:  # noqa: ANN401
    case = stated(document.birth_case)
    if case is None:
        return
    undetermined = {
        "both_parents": (),
        "no_mother": ("mother",),
        "no_father": ("father",),
        "no_parents": _PARENTS,
        "abandoned": _PARENTS,
    }[case.value]
    for name in _PARENTS:
        if isinstance(getattr(document, name), Missing) != (name in undetermined):
            yield name


def _abandoned(document: Any) -> Iterator[str]:  # noqa: ANN401
    noted = any(note.kind is AnnotationKind.ABANDONED_CHILD for note in document.annotations)
    case = stated(document.birth_case)
    if not noted and (case is None or case.value != "abandoned"):
        return
    place, home = stated(document.birth_place), stated(document.hometown)
    nation = stated(document.nationality)
    if place is not None and home is not None and place.text != home.text:
        yield "hometown"
    if nation is not None and not nation.is_vietnamese:
        yield "nationality"


def _dead_parent(document: Any) -> Iterator[str]:  # noqa: ANN401
    for name in _PARENTS:
        parent = stated(getattr(document, name))
        if parent is None:
            continue
        residence = stated(parent.residence)
        says = residence is not None and _DEAD.search(residence.text) is not None
        if says != parent.deceased_note:
            yield f"{name}.deceased_note"


def _declarant(document: Any) -> Iterator[str]:  # noqa: ANN401
    extract = document.form.value == "trich_luc_khai_sinh"
    if extract and stated(document.declarant) is not None:
        yield "declarant"


def _unsigned(document: Any) -> Iterator[str]:  # noqa: ANN401
    certificate = document.form.value == "giay_khai_sinh"
    if certificate and isinstance(document.signer, Missing):
        yield "signer"


BIRTH_RULES: tuple[Rule, ...] = (
    Rule(
        id="birth.registered_before_birth",
        level="error",
        vi="ngày đăng ký ở trước ngày sinh",
        en="the birth was registered before it happened",
        source="Luật Hộ tịch 60/2014/QH13 Art. 15-16",
        check=_registered_first,
    ),
    Rule(
        id="birth.year_too_early",
        level="error",
        vi=f"năm sinh ở trước năm {FIRST_YEAR}",
        en=f"the year of birth lies before {FIRST_YEAR}",
        source="history of civil registration in Vietnam",
        check=_too_early,
    ),
    extract_event("birth", "KS"),
    *SHARED_RULES,
    *OFFICE_RULES,
    spelled_date("birth", "birth_date"),
    foreign_annotations("birth", "KS"),
    Rule(
        id="birth.parent_not_older",
        level="warning",
        vi="cha hoặc mẹ sinh sau con",
        en="a parent was born after the child",
        source="typing errors; adoption papers are checked elsewhere",
        check=_parent_younger,
    ),
    Rule(
        id="birth.late",
        level="warning",
        vi=f"đăng ký sau {DEADLINE_DAYS} ngày mà không có ghi chú quá hạn hoặc đăng ký lại",
        en=f"registered after more than {DEADLINE_DAYS} days without a note that it was late",
        source="Luật Hộ tịch 60/2014/QH13 Art. 15; late registration is lawful and common",
        check=_late,
    ),
    Rule(
        id="birth.personal_id_early",
        level="warning",
        vi="giấy đăng ký trước năm 2016 thường không có số định danh cá nhân",
        en="papers registered before 2016 usually have no personal id",
        source="Luật Hộ tịch 60/2014/QH13 Art. 14(1), in force since 01/01/2016",
        check=_early_id,
    ),
    Rule(
        id="birth.foreign_child_id",
        level="warning",
        vi="trẻ em có quốc tịch nước ngoài không được cấp số định danh cá nhân",
        en="a child of foreign nationality is given no personal id",
        source="Luật Hộ tịch 60/2014/QH13 Art. 36(2)",
        check=_foreign_child,
    ),
    Rule(
        id="birth.undetermined_parent",
        level="warning",
        vi="không có họ tên cha hoặc mẹ nhưng lại có thông tin khác của người đó",
        en="a parent has no name but other particulars",
        source="NĐ 123/2015/NĐ-CP Art. 15: the part of an undetermined parent is left blank",
        check=_half_parent,
    ),
    Rule(
        id="birth.case",
        level="warning",
        vi="loại khai sinh không khớp phần ghi về cha, mẹ",
        en="the kind of birth registration does not fit the parents stated",
        source="codes of the electronic civil-status register",
        check=_case,
    ),
    Rule(
        id="birth.abandoned",
        level="warning",
        vi="trẻ bị bỏ rơi: quê quán phải là nơi phát hiện (nơi sinh), quốc tịch Việt Nam",
        en="an abandoned child has its place of birth as hometown and Vietnamese nationality",
        source="NĐ 123/2015/NĐ-CP Art. 14",
        check=_abandoned,
    ),
    Rule(
        id="birth.deceased_note",
        level="warning",
        vi='nơi cư trú ghi "đã chết" hoặc "đã mất" không khớp với dấu ghi nhận',
        en='the residence and the mark disagree on "đã chết" or "đã mất"',
        source="practice on birth papers",
        check=_dead_parent,
    ),
    Rule(
        id="birth.declarant_on_extract",
        level="warning",
        vi="trích lục khai sinh không có mục người đi khai sinh",
        en="an extract has no item for the declarant",
        source="forms of TT 04/2020/TT-BTP",
        check=_declarant,
    ),
    Rule(
        id="birth.unsigned",
        level="warning",
        vi="chưa ghi người ký Giấy khai sinh",
        en="the signer of the certificate is not stated",
        source="Luật Hộ tịch 60/2014/QH13 Art. 16(2)",
        check=_unsigned,
    ),
)
"""In the order in which they are reported."""
