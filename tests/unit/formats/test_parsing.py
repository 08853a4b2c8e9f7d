"""The one border: whatever comes in, a document or a UsageError in both languages comes out."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AnyUrl, Field, TypeAdapter, ValidationError

from vncopy.errors import UsageError
from vncopy.formats.base import Document
from vncopy.formats.birth import BirthRecord
from vncopy.formats.dates import PartialDate
from vncopy.formats.marriage import MarriageRecord, Spouse
from vncopy.formats.parsing import MAX_DOCUMENT_BYTES, parse_document, usage_error_of
from vncopy.formats.people import Parent
from vncopy.formats.places import Place

SAMPLES = Path(__file__).parents[3] / "samples"


def sample(name: str) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_bytes())["document"]
    return whole


def rules(source: object, kind: type[Document] = BirthRecord) -> list[tuple[str, str]]:
    with pytest.raises(UsageError) as refused:
        parse_document(kind, source)  # type: ignore[arg-type]
    problems = refused.value.problems
    assert all(p.message.vi and p.message.en and p.message.vi != p.message.en for p in problems)
    return [(p.field, p.rule) for p in problems]


def changed(**fields: Any) -> dict[str, Any]:
    whole = sample("birth/extract-two-parents")
    for name, value in fields.items():
        if value is None:
            del whole[name]
        else:
            whole[name] = value
    return whole


def test_bytes_text_and_mapping_give_the_same() -> None:
    whole = sample("birth/extract-two-parents")
    text = json.dumps(whole)
    made = parse_document(BirthRecord, whole)
    assert made == parse_document(BirthRecord, text) == parse_document(BirthRecord, text.encode())


def test_typed_values_may_stand_in_a_mapping() -> None:
    whole = sample("birth/extract-two-parents")
    made = parse_document(BirthRecord, whole)
    mixed = changed(birth_date=PartialDate.parse("2018-04-04"), mother=made.mother)
    assert parse_document(BirthRecord, mixed) == made


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"", ("record", "record.json")),
        (b"{", ("record", "record.json")),
        (b"\xff\xfe", ("record", "record.json")),
        ("{}x", ("record", "record.json")),
        ('{"a": NaN}', ("record", "record.float")),
        ('{"a": 1.5}', ("record", "record.float")),
        ('{"a": 1, "a": 2}', ("record", "record.duplicate")),
        ('{"a": {"b": 1, "b": 1}}', ("record", "record.duplicate")),
        ("[" * 100_000, ("record", "record.json")),
        ('"' + "a" * MAX_DOCUMENT_BYTES + '"', ("record", "record.size")),
        ("[]", ("record", "record.type")),
        ("null", ("record", "record.type")),
        ('"\ud800"', ("record", "record.json")),
        ({"a": object()}, ("record", "record.json")),
        ({"a": {1, 2}}, ("record", "record.json")),
        ({"a": float("nan")}, ("record", "record.float")),
        (b"\xef\xbb\xbf{}", ("record", "record.json")),
    ],
)
def test_what_is_no_document_is_refused(source: object, expected: tuple[str, str]) -> None:
    assert rules(source) == [expected]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"full_name": None}, ("full_name", "record.missing")),
        ({"nickname": "Bi"}, ("nickname", "record.unknown_field")),
        ({"Nguyễn Văn A": 1}, ("?", "record.unknown_field")),
        ({"full_name": 5}, ("full_name", "record.type")),
        ({"full_name": {"state": "dash"}}, ("full_name", "record.type")),
        ({"gender": "boy"}, ("gender", "record.choice")),
        ({"gender": {"state": "secret"}}, ("gender.state", "record.choice")),
        ({"gender": {"state": "dash", "why": "x"}}, ("gender.why", "record.unknown_field")),
        (
            {"gender": {"state": "dash", "text": "x" * 61}},
            ("gender.text", "record.length"),
        ),
        ({"gender": {"state": "dash", "text": ""}}, ("gender.text", "record.length")),
        ({"gender": {"state": "dash", "text": 5}}, ("gender.text", "record.type")),
        ({"mother": "Trần Thị Hạnh"}, ("mother", "record.type")),
        ({"mother": {"full_name": "Trần Thị 1"}}, ("mother.full_name", "name.letters")),
        ({"annotations": {}}, ("annotations", "record.type")),
        (
            {"annotations": [{"kind": "other", "text": "a\nb"}]},
            ("annotations.0.text", "text.repertoire"),
        ),
        ({"personal_id": "1318004512"}, ("personal_id", "personal_id.digits")),
        ({"personal_id": "01318004512"}, ("personal_id", "personal_id.lost_zero")),
        ({"birth_date": "04/04/2018"}, ("birth_date", "date.form")),
        (
            {"birth_place": {"text": "x", "province_code": "01", "code_date": "2018"}},
            ("birth_place.code_date", "record.date"),
        ),
        (
            {"registration_number": "470/2026/TLKS-BS"},
            ("registration_number", "registration_number.extract"),
        ),
    ],
)
def test_every_problem_names_field_and_rule(
    fields: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert expected in rules(changed(**fields))


def test_broken_rules_of_a_document_are_named_too() -> None:
    whole = changed(registration_date="2018-04-03", issued_date="2018-04-02")
    assert rules(whole) == [
        ("registration_date", "birth.registered_before_birth"),
        ("issued_date", "civil.issued_before_registered"),
    ]


def test_all_problems_come_at_once() -> None:
    found = rules({"full_name": "1", "gender": "x"})
    assert len(found) > 8
    assert len({field for field, _ in found}) == len(found)


def test_the_number_of_problems_is_bounded() -> None:
    assert len(rules(changed(annotations=[{"kind": "x", "text": 1}] * 500))) == 50


def test_other_types_of_values_are_explained() -> None:
    spouse = sample("marriage/ages-instead-of-dates-1981")["wife"]
    for age, rule in ((151, "record.range"), (-1, "record.range"), ("21", "record.type")):
        with pytest.raises(UsageError) as refused:
            parse_document(Spouse, {**spouse, "age_at_marriage": age})
        assert [p.rule for p in refused.value.problems] == [rule]
    with pytest.raises(UsageError) as refused:
        parse_document(
            MarriageRecord,
            {**sample("marriage/extract-2019"), "spouses_signed": "yes"},
        )
    assert refused.value.problems[0].rule == "record.type"


def test_a_day_may_stand_in_a_mapping() -> None:
    place = {"text": "Hà Nội", "province_code": "01", "code_date": dt.date(2025, 7, 1)}
    assert parse_document(Place, place).code_date == dt.date(2025, 7, 1)


@pytest.mark.parametrize(
    ("kind", "value", "rule"),
    [
        (AnyUrl, "x", "record.value"),
        (dt.datetime, "x", "record.date"),
        (dt.time, "x", "record.time"),
        (Decimal, "x", "record.type"),
        (bytes, 1, "record.type"),
        (int, 1.5, "record.type"),
        (Annotated[tuple[int, ...], Field(max_length=1)], (1, 2), "record.length"),
    ],
)
def test_whatever_pydantic_refuses_has_both_languages(kind: Any, value: Any, rule: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(value)
    (problem,) = usage_error_of(refused.value, prefix="x").problems
    assert problem.rule == rule
    assert problem.field.startswith("x")
    assert problem.message.vi != problem.message.en


def test_a_document_built_in_python_is_checked_alike() -> None:
    with pytest.raises(UsageError) as refused:
        Parent(full_name="1", birth_date="x")  # type: ignore[call-arg, arg-type]
    found = [(p.field, p.rule) for p in refused.value.problems]
    assert ("full_name", "name.letters") in found
    assert ("residence", "record.missing") in found
    with pytest.raises(ValidationError) as raw:
        Parent.model_validate({"full_name": "1"})
    error = usage_error_of(raw.value, prefix="mother")
    assert ("mother.full_name", "name.letters") in [(p.field, p.rule) for p in error.problems]


def test_no_value_appears_in_a_message() -> None:
    with pytest.raises(UsageError) as refused:
        parse_document(BirthRecord, changed(full_name="Bí Mật 7", gender="khác lạ"))
    assert "Bí Mật" not in str(refused.value)
    assert "khác lạ" not in str(refused.value)


def test_documents_are_frozen_and_show_nothing() -> None:
    made = parse_document(BirthRecord, sample("birth/extract-two-parents"))
    assert repr(made) == "BirthRecord(…)"
    with pytest.raises(ValidationError):
        made.full_name = made.full_name


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@given(st.sampled_from(sorted(BirthRecord.model_fields)), JSON)
def test_any_value_in_any_field_is_a_document_or_a_usage_error(field: str, value: Any) -> None:
    try:
        made = parse_document(BirthRecord, changed() | {field: value})
    except UsageError as error:
        problems = error.problems
    else:
        assert isinstance(made, BirthRecord)
        return
    assert problems
    assert all(p.message.vi for p in problems)


@given(st.binary(max_size=60))
def test_any_bytes_are_refused_in_order(raw: bytes) -> None:
    with pytest.raises(UsageError):
        parse_document(BirthRecord, raw)
