"""Rules of the death record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vncopy.formats.base import FieldState, Missing
from vncopy.formats.civil import LAW_2014, RegistrationKind, longer_than
from vncopy.formats.civil_rules import (
    SHARED_RULES,
    extract_event,
    foreign_annotations,
    spelled_date,
)
from vncopy.formats.dates import Precision
from vncopy.formats.identity_papers import IdDocument
from vncopy.formats.notes import AnnotationKind
from vncopy.formats.office_rules import OFFICE_RULES
from vncopy.formats.rules import Rule, after, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DEATH_RULES"]

DEADLINE_DAYS = 15
"""Luật Hộ tịch 60/2014/QH13 Art. 33."""
OLDEST = 120
"""Years of age beyond which a typing error is likelier."""


def _dead_before_birth(document: Any) -> Iterator[str]:  # noqa: ANN401 - a DeathRecord
    if after(document.birth_date, document.death_date):
        yield "death_date"


def _registered_first(document: Any) -> Iterator[str]:  # noqa: ANN401
    if after(document.death_date, document.registration_date):
        yield "registration_date"


def _identity(document: Any) -> Iterator[str]:  # noqa: ANN401
    name = document.full_name
    unknown = isinstance(name, Missing) and name.state is FieldState.UNKNOWN_STATED
    if unknown != document.identity_unknown:
        yield "identity_unknown"


def _unknown_with_id(document: Any) -> Iterator[str]:  # noqa: ANN401
    if document.identity_unknown:
        for name in ("personal_id", "id_document"):
            if stated(getattr(document, name)) is not None:
                yield name


def _late(document: Any) -> Iterator[str]:  # noqa: ANN401
    registered = stated(document.registration_date)
    if registered is None or registered.earliest() < LAW_2014:
        return
    explained = {AnnotationKind.LATE_REGISTRATION, AnnotationKind.RE_REGISTRATION}
    if any(note.kind in explained for note in document.annotations):
        return
    evidence = stated(document.death_evidence)
    if evidence is not None and evidence.kind.value == "court_declaration":
        return  # the court's day of death may lie years back
    kind = stated(document.registration_kind)
    if kind in (None, RegistrationKind.ON_TIME) and longer_than(
        DEADLINE_DAYS, document.death_date, registered
    ):
        yield "registration_date"


def _very_old(document: Any) -> Iterator[str]:  # noqa: ANN401
    born = stated(document.birth_date)
    if born is not None and document.death_date.year - born.year > OLDEST:
        yield "birth_date"


def _time_without_day(document: Any) -> Iterator[str]:  # noqa: ANN401
    timed = stated(document.death_time) is not None
    if timed and document.death_date.precision is not Precision.DAY:
        yield "death_time"


def _own_declarant(document: Any) -> Iterator[str]:  # noqa: ANN401
    declarant = stated(document.declarant)
    paper = stated(declarant.id_document) if declarant is not None else None
    if not isinstance(paper, IdDocument):
        return
    own = stated(document.id_document)
    numbers = {str(stated(document.personal_id) or ""), str(own.number) if own else ""}
    if str(paper.number) in numbers:
        yield "declarant.id_document.number"


def _returned(document: Any) -> Iterator[str]:  # noqa: ANN401
    for index, note in enumerate(document.annotations):
        if note.kind is AnnotationKind.DECLARED_DEAD_ANNULLED:
            yield f"annotations.{index}"


def _no_extract_number(document: Any) -> Iterator[str]:  # noqa: ANN401
    """An extract that was itself copied has its signer; then its number should be there too."""
    extract = document.form.value == "trich_luc_khai_tu"
    paper = stated(document.signer) is not None
    if extract and paper and isinstance(document.extract_number, Missing):
        yield "extract_number"


DEATH_RULES: tuple[Rule, ...] = (
    Rule(
        id="death.before_birth",
        level="error",
        vi="ngày chết ở trước ngày sinh",
        en="the death lies before the birth",
        source="Luật Hộ tịch 60/2014/QH13 Art. 32-34",
        check=_dead_before_birth,
    ),
    Rule(
        id="death.registered_before_death",
        level="error",
        vi="ngày đăng ký ở trước ngày chết",
        en="the death was registered before it happened",
        source="Luật Hộ tịch 60/2014/QH13 Art. 33",
        check=_registered_first,
    ),
    Rule(
        id="death.identity",
        level="error",
        vi="chưa xác định danh tính thì họ tên phải ghi là không rõ, và ngược lại",
        en="an unidentified body has its name stated as unknown, and the other way round",
        source="Luật Hộ tịch 60/2014/QH13 Art. 32; NĐ 123/2015/NĐ-CP",
        check=_identity,
    ),
    extract_event("death", "KT"),
    *SHARED_RULES,
    *OFFICE_RULES,
    spelled_date("death", "death_date"),
    foreign_annotations("death", "KT"),
    Rule(
        id="death.unknown_with_id",
        level="warning",
        vi="chưa xác định danh tính nhưng lại có số định danh hoặc giấy tờ tùy thân",
        en="an unidentified body with a personal id or an identity paper",
        source="NĐ 123/2015/NĐ-CP",
        check=_unknown_with_id,
    ),
    Rule(
        id="death.late",
        level="warning",
        vi=f"đăng ký sau {DEADLINE_DAYS} ngày mà không có ghi chú quá hạn hoặc đăng ký lại",
        en=f"registered after more than {DEADLINE_DAYS} days without a note that it was late",
        source="Luật Hộ tịch 60/2014/QH13 Art. 33; late registration is lawful and common",
        check=_late,
    ),
    Rule(
        id="death.very_old",
        level="warning",
        vi=f"thọ hơn {OLDEST} tuổi: hãy kiểm tra năm sinh và năm chết",
        en=f"older than {OLDEST} years: check the years of birth and death",
        source="typing errors",
        check=_very_old,
    ),
    Rule(
        id="death.time_without_day",
        level="warning",
        vi="có giờ chết nhưng không có ngày chết",
        en="an hour of death without its day",
        source="forms of TT 04/2020/TT-BTP",
        check=_time_without_day,
    ),
    Rule(
        id="death.own_declarant",
        level="warning",
        vi="người đi khai tử có cùng số giấy tờ với người chết",
        en="the declarant has the number of the dead person's paper",
        source="typing errors",
        check=_own_declarant,
    ),
    Rule(
        id="death.annulled",
        level="warning",
        vi="việc tuyên bố chết đã bị hủy: mọi bản sao phải thể hiện ghi chú này",
        en="the declaration of death was annulled: every copy must show this note",
        source="Bộ luật Dân sự 91/2015/QH13 Art. 73",
        check=_returned,
    ),
    Rule(
        id="death.no_extract_number",
        level="warning",
        vi="trích lục bản chính có người ký nhưng thiếu số trích lục",
        en="a signed extract without its number",
        source="forms of TT 04/2020/TT-BTP",
        check=_no_extract_number,
    ),
)
"""In the order in which they are reported."""
