"""Rules of births, marriages and deaths: each is broken once, and says where."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from vncopy.errors import UsageError
from vncopy.formats.base import Document, items
from vncopy.formats.birth import BirthRecord
from vncopy.formats.death import DeathRecord
from vncopy.formats.marriage import MarriageRecord
from vncopy.formats.organisations import Organisation
from vncopy.formats.parsing import parse_document
from vncopy.formats.rules import Rule, findings

SAMPLES = Path(__file__).parents[3] / "samples"
BIRTH = BirthRecord, "birth/extract-two-parents"
CERTIFICATE = BirthRecord, "birth/certificate-2014-with-district"
MARRIAGE = MarriageRecord, "marriage/extract-2019"
AGES = MarriageRecord, "marriage/ages-instead-of-dates-1981"
DEATH = DeathRecord, "death/hospital-2026"
UNKNOWN = DeathRecord, "death/identity-and-time-unknown"
BLANK = {"state": "blank_by_law"}
NOTE = {"kind": "other", "text": "x"}


def changed(base: tuple[type[Document], str], changes: dict[str, Any]) -> dict[str, Any]:
    """Return the sample with the values at dotted paths changed."""
    whole: dict[str, Any] = json.loads((SAMPLES / f"{base[1]}.json").read_bytes())["document"]
    for path, value in changes.items():
        *steps, last = path.split(".")
        inner = whole
        for step in steps:
            inner = inner[step]
        inner[last] = value
    return whole


ERRORS: list[tuple[tuple[type[Document], str], dict[str, Any], str, str]] = [
    (
        BIRTH,
        {"registration_date": "2018-04-03"},
        "birth.registered_before_birth",
        "registration_date",
    ),
    (BIRTH, {"registration_date": "2017"}, "birth.registered_before_birth", "registration_date"),
    (BIRTH, {"birth_date": "1849"}, "birth.year_too_early", "birth_date"),
    (BIRTH, {"extract_number": "1/TLKH"}, "birth.extract_event", "extract_number"),
    (BIRTH, {"issued_date": "2018-04-11"}, "civil.issued_before_registered", "issued_date"),
    (
        MARRIAGE,
        {"wife.birth_date": "2019-11-09"},
        "marriage.registered_before_birth",
        "wife.birth_date",
    ),
    (
        MARRIAGE,
        {"marriage_effective_date": "2020"},
        "marriage.effective_after_registration",
        "marriage_effective_date",
    ),
    (MARRIAGE, {"marital_note": "divorced"}, "marriage.status_without_note", "annotations"),
    (MARRIAGE, {"extract_number": "1/2026/TLKT-BS"}, "marriage.extract_event", "extract_number"),
    (MARRIAGE, {"issued_date": "2019-11-07"}, "civil.issued_before_registered", "issued_date"),
    (DEATH, {"birth_date": "2026-10-20"}, "death.before_birth", "death_date"),
    (
        DEATH,
        {"registration_date": "2026-10-18"},
        "death.registered_before_death",
        "registration_date",
    ),
    (DEATH, {"identity_unknown": True}, "death.identity", "identity_unknown"),
    (
        DEATH,
        {"full_name": {"state": "unknown_stated", "text": "Không rõ"}},
        "death.identity",
        "identity_unknown",
    ),
    (UNKNOWN, {"full_name": "Nguyễn An"}, "death.identity", "identity_unknown"),
    (DEATH, {"extract_number": "1/TLKS"}, "death.extract_event", "extract_number"),
    (DEATH, {"issued_date": "2026-10-20"}, "civil.issued_before_registered", "issued_date"),
]

WARNINGS: list[tuple[tuple[type[Document], str], dict[str, Any], str, str]] = [
    (
        BIRTH,
        {"registration_number": "Q1 số 3"},
        "civil.registration_number_unusual",
        "registration_number",
    ),
    (
        BIRTH,
        {"registration_number": "45/2017"},
        "civil.registration_number_year",
        "registration_number",
    ),
    (
        BIRTH,
        {"extract_number": "1/2019/TLKS", "issued_date": "2020-01-01"},
        "civil.extract_number_year",
        "extract_number",
    ),
    (
        BIRTH,
        {"annotations": [NOTE, NOTE | {"date": "2018-04-11"}]},
        "civil.annotation_before_registration",
        "annotations.1.date",
    ),
    (
        CERTIFICATE,
        {"declarant.id_document.issued_date": "2014-01-21"},
        "civil.date_after_registration",
        "declarant.id_document.issued_date",
    ),
    (
        BIRTH,
        {"birth_place.province_code": "03"},
        "civil.province_code_unknown",
        "birth_place.province_code",
    ),
    (
        BIRTH,
        {"registration_place": {"name": "x", "province_code": "03"}},
        "civil.province_code_unknown",
        "registration_place.province_code",
    ),
    (BIRTH, {"personal_id": "003318004512"}, "civil.personal_id_province", "personal_id"),
    (BIRTH, {"personal_id": "001218004512"}, "civil.personal_id_gender", "personal_id"),
    (BIRTH, {"personal_id": "001319004512"}, "civil.personal_id_year", "personal_id"),
    (
        MARRIAGE,
        {"wife.id_document.number": "034094006218"},
        "civil.personal_id_gender",
        "wife.id_document.number",
    ),
    (
        MARRIAGE,
        {"husband.id_document.number": "034194006218"},
        "civil.personal_id_same",
        "husband.id_document.number",
    ),
    (
        MARRIAGE,
        {"wife.id_document.number": "34194006218"},
        "civil.id_number_form",
        "wife.id_document.number",
    ),
    (BIRTH, {"mother.ethnicity": BLANK}, "civil.ethnicity_missing", "mother.ethnicity"),
    (BIRTH, {"ethnicity": BLANK}, "civil.ethnicity_missing", "ethnicity"),
    (
        BIRTH,
        {"father.ethnicity": "Người nước ngoài"},
        "civil.ethnicity_foreigner",
        "father.ethnicity",
    ),
    (
        BIRTH,
        {"father.residence": BLANK, "father.residence_kind": "permanent"},
        "civil.residence_kind",
        "father.residence_kind",
    ),
    (
        DEATH,
        {"registration_place": "Ủy ban nhân dân quận Hoàn Kiếm, thành phố Hà Nội"},
        "civil.no_district_level",
        "registration_place",
    ),
    (
        MARRIAGE,
        {"husband.nationality": "Hàn Quốc"},
        "civil.foreign_element_office",
        "registration_place",
    ),
    (BIRTH, {"birth_date_words": "Ngày mùng năm"}, "birth.date_words", "birth_date_words"),
    (
        BIRTH,
        {"annotations": [{"kind": "divorce", "text": "x"}]},
        "birth.annotation_kind",
        "annotations.0.kind",
    ),
    (BIRTH, {"mother.birth_date": "2019"}, "birth.parent_not_older", "mother.birth_date"),
    (BIRTH, {"registration_date": "2018-06-04"}, "birth.late", "registration_date"),
    (CERTIFICATE, {"personal_id": "020214000001"}, "birth.personal_id_early", "personal_id"),
    (BIRTH, {"nationality": "Lào"}, "birth.foreign_child_id", "personal_id"),
    (BIRTH, {"father.full_name": BLANK}, "birth.undetermined_parent", "father.full_name"),
    (BIRTH, {"birth_case": "no_father"}, "birth.case", "father"),
    (BIRTH, {"father": BLANK, "birth_case": "both_parents"}, "birth.case", "father"),
    (BIRTH, {"birth_case": "abandoned"}, "birth.abandoned", "hometown"),
    (
        BIRTH,
        {"annotations": [{"kind": "abandoned_child", "text": "x"}], "nationality": "Lào"},
        "birth.abandoned",
        "nationality",
    ),
    (BIRTH, {"father.residence": "Đã mất năm 2019"}, "birth.deceased_note", "father.deceased_note"),
    (BIRTH, {"father.deceased_note": True}, "birth.deceased_note", "father.deceased_note"),
    (BIRTH, {"declarant": {"full_name": "An"}}, "birth.declarant_on_extract", "declarant"),
    (CERTIFICATE, {"signer": {"state": "not_on_form"}}, "birth.unsigned", "signer"),
    (MARRIAGE, {"wife.birth_date": "2001-11-09"}, "marriage.under_age", "wife.birth_date"),
    (MARRIAGE, {"husband.birth_date": "1999-11-09"}, "marriage.under_age", "husband.birth_date"),
    (AGES, {"wife.age_at_marriage": 17}, "marriage.under_age", "wife.age_at_marriage"),
    (AGES, {"wife.age_at_marriage": BLANK}, "marriage.age_missing", "wife.birth_date"),
    (AGES, {"wife.birth_date": "1955"}, "marriage.age_disagrees", "wife.age_at_marriage"),
    (MARRIAGE, {"spouses_signed": True}, "marriage.signatures", "spouses_signed"),
    (AGES, {"spouses_signed": False}, "marriage.signatures", "spouses_signed"),
    (AGES, {"signer": {"state": "unreadable"}}, "marriage.unsigned", "signer"),
    (
        MARRIAGE,
        {"marital_note": "no_information", "annotations": [{"kind": "divorce", "text": "x"}]},
        "marriage.note_without_status",
        "marital_note",
    ),
    (
        MARRIAGE,
        {"annotations": [{"kind": "abandoned_child", "text": "x"}]},
        "marriage.annotation_kind",
        "annotations.0.kind",
    ),
    (DEATH, {"death_date_words": "Ngày mùng năm"}, "death.date_words", "death_date_words"),
    (DEATH, {"registration_date": "2026-11-04"}, "death.late", "registration_date"),
    (DEATH, {"birth_date": "1905"}, "death.very_old", "birth_date"),
    (DEATH, {"death_date": "2026-10"}, "death.time_without_day", "death_time"),
    (UNKNOWN, {"personal_id": "001080000001"}, "death.unknown_with_id", "personal_id"),
    (
        DEATH,
        {
            "declarant": {
                "full_name": "An",
                "id_document": {"kind": "cccd", "number": "001048007316"},
            }
        },
        "death.own_declarant",
        "declarant.id_document.number",
    ),
    (
        DEATH,
        {"annotations": [{"kind": "declared_dead_annulled", "text": "x"}]},
        "death.annulled",
        "annotations.0",
    ),
    (
        DEATH,
        {"signer": {"full_name": "An", "position": "Chủ tịch"}},
        "death.no_extract_number",
        "extract_number",
    ),
    (
        DEATH,
        {"annotations": [{"kind": "divorce", "text": "x"}]},
        "death.annotation_kind",
        "annotations.0.kind",
    ),
]


def _id(case: object) -> str | None:
    return case if isinstance(case, str) and "." in case else None


@pytest.mark.parametrize(("base", "changes", "rule", "field"), ERRORS, ids=_id)
def test_what_is_impossible_cannot_be_built(
    base: tuple[type[Document], str], changes: dict[str, Any], rule: str, field: str
) -> None:
    with pytest.raises(UsageError) as refused:
        parse_document(base[0], changed(base, changes))
    assert (rule, field) in [(p.rule, p.field) for p in refused.value.problems]


@pytest.mark.parametrize(("base", "changes", "rule", "field"), WARNINGS, ids=_id)
def test_what_is_unlikely_only_warns(
    base: tuple[type[Document], str], changes: dict[str, Any], rule: str, field: str
) -> None:
    assert rule not in [
        f.problem.rule for f in findings(parse_document(base[0], changed(base, {})))
    ]
    found = findings(parse_document(base[0], changed(base, changes)))
    assert (rule, field) in [(f.problem.rule, f.problem.field) for f in found]
    assert all(f.level == "warning" and f.source for f in found)


def _all_rules() -> dict[str, Rule]:
    return {r.id: r for kind in (BirthRecord, MarriageRecord, DeathRecord) for r in kind.rules}


def test_every_rule_is_broken_once() -> None:
    assert {rule for _, _, rule, _ in (*ERRORS, *WARNINGS)} == set(_all_rules())
    assert {r for _, _, r, _ in ERRORS} == {r.id for r in _all_rules().values() if r.is_error}


def test_rules_have_their_texts() -> None:
    for kind in (BirthRecord, MarriageRecord, DeathRecord):
        ids = [rule.id for rule in kind.rules]
        assert len(set(ids)) == len(ids)
        for rule in kind.rules:
            assert rule.vi
            assert rule.en
            assert rule.vi != rule.en
            assert rule.source


def _silent(base: tuple[type[Document], str], changes: dict[str, Any], rule: str) -> bool:
    found = findings(parse_document(base[0], changed(base, changes)))
    return rule not in [f.problem.rule for f in found]


def test_lawful_rarities_do_not_warn() -> None:
    late = {
        "registration_date": "2018-06-04",
        "annotations": [{"kind": "late_registration", "text": "x"}],
    }
    assert _silent(BIRTH, late, "birth.late")
    assert _silent(BIRTH, {"registration_date": "2018-06-03"}, "birth.late")
    assert _silent(
        BIRTH, {"registration_date": "2018-06-04", "registration_kind": "late"}, "birth.late"
    )
    assert _silent(BIRTH, {"birth_date": "2018", "registration_date": "2018-12-31"}, "birth.late")
    before_law = {"registration_date": "2015-12-01", "issued_date": "2015-12-01"}
    assert _silent(CERTIFICATE, before_law, "birth.late")
    assert _silent(BIRTH, {"registration_date": {"state": "unreadable"}}, "birth.late")
    assert _silent(MARRIAGE, {"wife.birth_date": "2001-11-08"}, "marriage.under_age")
    assert _silent(MARRIAGE, {"wife.birth_date": "2001"}, "marriage.under_age")
    assert _silent(
        MARRIAGE,
        {"wife.birth_date": "2000-02-29", "registration_date": "2018-03-01"},
        "marriage.under_age",
    )
    assert _silent(
        BIRTH, {"nationality": "Lào", "other_nationality": "Việt Nam"}, "birth.foreign_child_id"
    )
    assert _silent(BIRTH, {"personal_id": "104318004512"}, "civil.personal_id_province")
    assert _silent(BIRTH, {"gender": "undetermined"}, "civil.personal_id_gender")
    district = {"registration_place": "Ủy ban nhân dân quận Hoàn Kiếm, thành phố Hà Nội"}
    assert _silent(MARRIAGE, district, "civil.no_district_level")
    foreign = {"husband.nationality": "Hàn Quốc"}
    assert _silent(MARRIAGE, foreign | district, "civil.foreign_element_office")
    since = {"registration_date": "2025-07-01", "registration_number": "27/2025"}
    assert _silent(MARRIAGE, foreign | since, "civil.foreign_element_office")
    before = {"registration_date": "2015-12-31", "registration_number": "27/2015"}
    assert _silent(MARRIAGE, foreign | before, "civil.foreign_element_office")
    assert _silent(
        DEATH,
        {
            "registration_date": "2026-11-04",
            "annotations": [{"kind": "late_registration", "text": "x"}],
        },
        "death.late",
    )
    court = {"registration_date": "2026-11-04", "death_evidence.kind": "court_declaration"}
    assert _silent(DEATH, court, "death.late")
    assert _silent(DEATH, {"registration_date": "2026-11-03"}, "death.late")
    assert _silent(DEATH, {"declarant": {"full_name": "An"}}, "death.own_declarant")


def test_dates_that_lie_ahead_are_found_when_the_day_is_told() -> None:
    made = parse_document(BirthRecord, changed(BIRTH, {"issued_date": "2026-11-22"}))
    assert findings(made) == ()
    found = findings(made, on=dt.date(2026, 11, 21))
    assert [(f.level, f.problem.field, f.problem.rule) for f in found] == [
        ("error", "issued_date", "document.future_date")
    ]
    assert findings(made, on=dt.date(2026, 11, 22)) == ()


@pytest.mark.parametrize("kind", [BirthRecord, MarriageRecord, DeathRecord])
def test_fields_are_declared_for_the_symbol(kind: type[Document]) -> None:
    declared = items(kind)
    assert len({i.key for i in declared}) == len(declared)
    assert min(i.key for i in declared) == 0
    assert all(i.title_vi for i in declared)
    schema = kind.model_json_schema()
    assert set(schema["properties"]) == set(kind.model_fields)


@pytest.mark.parametrize("base", [BIRTH, MARRIAGE, DEATH])
def test_a_document_names_who_holds_its_record(base: tuple[type[Document], str]) -> None:
    made = parse_document(base[0], changed(base, {}))
    holder = made.record_holder  # type: ignore[attr-defined]
    assert isinstance(holder, Organisation)


def test_the_cause_of_death_never_travels() -> None:
    travels = {i.name: i.travel.value for i in items(DeathRecord)}
    assert travels["death_cause"] == "never"
    assert [name for name, how in travels.items() if how == "never"] == ["death_cause"]
