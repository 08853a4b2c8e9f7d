"""Ethnicity, nationality, places, offices, signers: the text of the paper with codes beside it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import documents as some
from vncopy.errors import UsageError
from vncopy.formats.base import Part
from vncopy.formats.coded import same_wire
from vncopy.formats.codes.countries import COUNTRIES
from vncopy.formats.codes.ethnicities import ALIASES, ETHNICITIES
from vncopy.formats.codes.positions import ON_BEHALF, POSITIONS
from vncopy.formats.codes.provinces import (
    PROVINCES_SINCE_2025,
    PROVINCES_UNTIL_2025,
    REFORM,
    REUSED_CODES,
    SUCCESSORS,
)
from vncopy.formats.organisations import Organisation, Signer
from vncopy.formats.parsing import parse_document
from vncopy.formats.people import Ethnicity, Gender, Nationality, Parent, ethnicity_code
from vncopy.formats.places import (
    Place,
    personal_id_province,
    province_name,
    successor_province,
)
from vncopy.formats.text import FreeText, Label

DAY_BEFORE = REFORM - dt.timedelta(days=1)


def test_the_lists_have_their_sizes() -> None:
    assert len(ETHNICITIES) == 55
    assert len(PROVINCES_UNTIL_2025) == 63
    assert len(PROVINCES_SINCE_2025) == 34
    assert set(ALIASES.values()) <= set(ETHNICITIES)
    assert len(set(ETHNICITIES.values())) == 55
    assert len({n for n, _ in COUNTRIES.values()}) == len(COUNTRIES)
    assert len({name for _, name in COUNTRIES.values()}) == len(COUNTRIES)
    assert not set(ALIASES) & set(ETHNICITIES.values())


def test_every_name_of_the_lists_can_be_written() -> None:
    for name in (*ETHNICITIES.values(), *ALIASES, *(n for _, n in COUNTRIES.values())):
        assert Label(name) == name
    for text in (*POSITIONS.values(), *ON_BEHALF.values()):
        assert Label(text) == text
    assert len(set(POSITIONS.values())) == len(POSITIONS)
    assert len(set(ON_BEHALF.values())) == len(ON_BEHALF)


def test_seven_codes_mean_another_province_since_the_reform() -> None:
    changed = {
        code
        for code, name in PROVINCES_SINCE_2025.items()
        if PROVINCES_UNTIL_2025[code] != name and code != "46"  # 46: renamed, the same province
    }
    assert changed == REUSED_CODES
    assert province_name("52", on=DAY_BEFORE) == "Bình Định"
    assert province_name("52", on=REFORM) == "Gia Lai"
    assert province_name("64", on=DAY_BEFORE) == "Gia Lai"
    assert province_name("64", on=REFORM) is None


def test_every_old_province_has_a_successor() -> None:
    assert set(SUCCESSORS) == {*PROVINCES_UNTIL_2025, "28"}
    assert set(SUCCESSORS.values()) == set(PROVINCES_SINCE_2025)
    assert successor_province("35") == "37"
    assert successor_province("99") is None
    for code, name in PROVINCES_UNTIL_2025.items():
        same = [new for new, other in PROVINCES_SINCE_2025.items() if other == name]
        assert not same or SUCCESSORS[code] == same[0]


@pytest.mark.parametrize(
    ("code", "last", "name", "new"),
    [
        ("28", dt.date(2008, 7, 31), "Hà Tây", None),
        ("46", dt.date(2024, 12, 31), "Thừa Thiên Huế", "Huế"),
        ("91", DAY_BEFORE, "Kiên Giang", "An Giang"),
    ],
)
def test_a_code_is_read_in_the_list_of_its_day(
    code: str, last: dt.date, name: str, new: str | None
) -> None:
    assert province_name(code, on=last) == name
    assert province_name(code, on=last + dt.timedelta(days=1)) == new


def test_a_code_without_a_list_in_force_names_nothing() -> None:
    with pytest.raises(UsageError):
        province_name("01", on=dt.date(1999, 1, 1))
    assert personal_id_province("001") == "Hà Nội"
    assert personal_id_province("003") is None
    assert personal_id_province("104") is None


@pytest.mark.parametrize(
    ("kind", "json", "wire"),
    [
        (Ethnicity, "Kinh", 1),
        (Ethnicity, "Người nước ngoài", 55),
        (Ethnicity, {"text": "Thổ", "code": "24"}, 24),
        (Ethnicity, "Thổ", "Thổ"),
        (Ethnicity, {"text": "Thổ", "code": "02"}, [2, "Thổ"]),
        (Ethnicity, {"text": "H'Mông", "code": "08"}, [8, "H'Mông"]),
        (Ethnicity, "H'Mông", "H'Mông"),
        (Nationality, "Việt Nam", 704),
        (Nationality, "Người không quốc tịch", 999),
        (Nationality, {"text": "Hoa Kỳ (Mỹ)", "code": "US"}, [840, "Hoa Kỳ (Mỹ)"]),
        (Nationality, "Nước Nga Xô viết", "Nước Nga Xô viết"),
        (Place, "Phường Hàng Bạc", "Phường Hàng Bạc"),
        (
            Place,
            {"text": "Hà Nội", "province_code": "01", "code_date": "2025-07-01"},
            ["Hà Nội", "01", "", 9313],
        ),
        (
            Place,
            {"text": "HK", "ward_code": "00070", "code_date": "2000-01-01"},
            None,
        ),
        (Organisation, "Ủy ban nhân dân xã A", "Ủy ban nhân dân xã A"),
        (Organisation, {"name": "UBND", "agency_code": "H26.1"}, ["UBND", "H26.1"]),
        (Organisation, {"name": "UBND", "ward_code": "00070"}, ["UBND", "", "", "00070"]),
    ],
)
def test_json_and_wire_of_a_part(kind: type[Any], json: Any, wire: object) -> None:
    if wire is None:
        with pytest.raises(UsageError):
            parse_document(kind, json if isinstance(json, dict) else {"text": json})
        return
    made = kind.model_validate(json)
    assert same_wire(made.to_wire(), wire)
    assert kind.from_wire(wire) == made
    assert made.model_dump(mode="json") == json
    assert kind.model_validate(made.model_dump(mode="json")) == made


@pytest.mark.parametrize(
    ("kind", "json", "rule"),
    [
        (Ethnicity, {"text": "Kinh", "code": "02"}, "ethnicity.code"),
        (Ethnicity, {"text": "Lạ", "code": "99"}, "ethnicity.code"),
        (Nationality, {"text": "Việt Nam", "code": "US"}, "nationality.code"),
        (Nationality, {"text": "Lạ", "code": "QQ"}, "nationality.code"),
        (Place, {"text": "x", "province_code": "01"}, "place.code_date"),
        (Place, {"text": "x", "code_date": "2025-07-01"}, "place.code_date"),
        (
            Place,
            {"text": "x", "province_code": "01", "code_date": "2000-01-01"},
            "place.code_date_early",
        ),
        (
            Place,
            {"text": "x", "province_code": "1", "code_date": "2025-07-01"},
            "place.province_code_form",
        ),
        (
            Place,
            {"text": "x", "ward_code": "070", "code_date": "2025-07-01"},
            "place.ward_code_form",
        ),
        (Organisation, {"name": "x", "agency_code": "h26"}, "agency_code.form"),
        (Organisation, {"agency_code": "H26"}, "record.missing"),
        (Signer, {"full_name": "An", "position": "x", "rank": "y"}, "record.unknown_field"),
    ],
)
def test_codes_that_do_not_fit_are_refused(kind: type[Part], json: Any, rule: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_document(kind, json)
    assert [p.rule for p in refused.value.problems] == [rule]


@pytest.mark.parametrize(
    ("kind", "wire"),
    [
        (Ethnicity, 0),
        (Ethnicity, 56),
        (Ethnicity, True),
        (Ethnicity, "Kinh"),
        (Ethnicity, [1, "Kinh"]),
        (Ethnicity, [True, "x"]),
        (Ethnicity, [8]),
        (Ethnicity, [99, "x"]),
        (Ethnicity, None),
        (Nationality, 1),
        (Nationality, True),
        (Nationality, "Việt Nam"),
        (Nationality, [704, "Việt Nam"]),
        (Nationality, [704, "Việt Nam", 1]),
        (Nationality, [1, "x"]),
        (Place, 1),
        (Place, ["x"]),
        (Place, ["x", "", "", 9313]),
        (Place, ["x", "01", "", -1]),
        (Place, ["x", "01", "", 10**9]),
        (Place, ["x", "01", "", True]),
        (Organisation, 1),
        (Organisation, ["x"]),
        (Organisation, ["x", ""]),
        (Organisation, ["x", "H26", ""]),
        (Organisation, ["x", "H26", "01", "00070", ""]),
        (Organisation, ["x", 1]),
        (Organisation, []),
        (Signer, "x"),
        (Signer, ["An"]),
        (Signer, ["An", 999]),
        (Signer, ["An", True]),
        (Signer, ["An", "Chủ tịch"]),
        (Signer, ["An", 0, None]),
        (Signer, ["An", 0, 1, 2]),
        (Signer, [1, 0]),
        (Gender, 0),
        (Gender, 4),
        (Gender, True),
        (Gender, "male"),
    ],
)
def test_other_forms_on_the_wire_are_refused(kind: type[Any], wire: object) -> None:
    with pytest.raises(ValueError):
        kind.from_wire(wire)


@given(
    st.one_of(
        some.ethnicities(),
        some.nationalities(),
        some.places(),
        some.organisations(),
        some.signers(),
    )
)
def test_parts_come_back_from_json_and_from_the_wire(part: Any) -> None:
    kind = type(part)
    wire = part.to_wire()
    assert kind.from_wire(wire) == part
    head = wire[0] if isinstance(wire, list) else wire
    assert not isinstance(head, int) or head >= 0
    assert kind.model_validate_json(part.model_dump_json()) == part
    assert kind.model_validate_json(part.model_dump_json(exclude_defaults=True)) == part


@given(some.parents())
def test_parents_come_back_from_json(parent: Parent) -> None:
    assert parse_document(Parent, parent.model_dump_json(exclude_defaults=True)) == parent
    assert parse_document(Parent, parent.model_dump_json()) == parent


@pytest.mark.parametrize("gender", list(Gender))
def test_genders_have_codes_and_words(gender: Gender) -> None:
    assert Gender.from_wire(gender.to_wire()) is gender
    assert gender.title_vi
    assert Gender(gender.value) is gender


def test_spellings_give_a_code_as_a_hint_only() -> None:
    assert ethnicity_code("Kinh") == "01"
    assert ethnicity_code("H'Mông") == "08"
    assert ethnicity_code("Thổ") is None
    assert ethnicity_code("không có") is None
    assert Ethnicity(text=Label("H'Mông")).code is None


def test_parts_show_nothing_in_their_repr() -> None:
    assert repr(Place(text=FreeText("Nhà tôi"))) == "Place(…)"
    assert str(Ethnicity(text=Label("Kinh"))) == "Ethnicity(…)"
    assert Nationality(text=Label("Việt Nam")).is_vietnamese


@pytest.mark.parametrize("kind", [Ethnicity, Nationality, Place, Organisation, Parent])
def test_schemas_say_that_a_plain_string_will_do(kind: type[Part]) -> None:
    schema = kind.model_json_schema()
    assert "anyOf" in schema or kind is Parent or "$defs" in schema
