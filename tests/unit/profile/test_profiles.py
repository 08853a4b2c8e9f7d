"""Legal profiles: what each kind requires, by date, and what is not known."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.land_records import land, statement
from vncopy.errors import UsageError
from vncopy.formats.base import Document, item
from vncopy.formats.copies import CopyKind
from vncopy.formats.organisations import Organisation
from vncopy.formats.profile import (
    IssuingOffice,
    LegalProfile,
    OfficeKind,
    builtin_profiles,
    load_profile,
    parse_profile,
)

TODAY = dt.date(2026, 11, 21)
CLIFF = dt.date(2027, 3, 1)
NOW = load_profile(TODAY)


class Birth(Document, format_id="vn.birth/1"):
    """Stands for the birth record: profiles look at the type's id and at who registered."""

    registration_place: Organisation = item(0, "Nơi đăng ký")


class Foreign(Document, format_id="org.example.thing/1"):
    """A type of a third party."""

    name: str = item(0, "Tên")


BIRTH = Birth(
    registration_place=Organisation.model_validate_json(
        '{"name": "Ủy ban nhân dân phường Hoàn Kiếm, thành phố Hà Nội", "agency_code": "H26.901"}'
    )
)

EXTRACT: dict[str, Any] = {
    "kind": "register_extract_copy",
    "number": "470/2026/TLKS-BS",
    "source": "electronic_register",
    "requester_relation": "subject",
}
REGISTER: dict[str, Any] = {**EXTRACT, "kind": "register_copy", "number": "12/2026/BS-UBND"}
OFFICE: dict[str, Any] = {
    "kind": "office_copy",
    "number": "15/SY-UBND",
    "office_form": "sao_y",
}


def broken(
    document: Document, office: IssuingOffice | None = None, **fields: Any
) -> list[tuple[str, str]]:
    made = statement(**fields)
    return [(p.field, p.rule) for p in NOW.problems(made.kind, made, document, office)]


def open_questions(
    profile: LegalProfile, document: Document, office: IssuingOffice | None = None, **fields: Any
) -> list[str]:
    made = statement(**fields)
    return [each.id for each in profile.questions(made.kind, made, document, office)]


def test_the_profiles_follow_each_other_without_gap_or_overlap() -> None:
    for one, other in pairwise(builtin_profiles()):
        assert one.valid_to is not None
        assert other.valid_from == one.valid_to + dt.timedelta(days=1)
    assert builtin_profiles()[-1].valid_to is None


@given(st.dates(min_value=dt.date(2020, 5, 22), max_value=dt.date(2100, 1, 1)))
def test_every_day_of_electronic_copies_has_one_profile(day: dt.date) -> None:
    assert sum(profile.covers(day) for profile in builtin_profiles()) == 1
    assert load_profile(day).covers(day)


def test_the_profiles_of_today_and_of_after_the_cliff() -> None:
    assert NOW.id == "vn-2026-07"
    assert (NOW.valid_from, NOW.valid_to) == (dt.date(2026, 7, 1), dt.date(2027, 2, 28))
    assert load_profile(CLIFF).id == "vn-2027-03"
    assert load_profile(CLIFF).civil_status_law == "Luật Hộ tịch 03/2026/QH16"
    assert load_profile(CLIFF).register_prevails is None


def test_before_electronic_copies_there_is_no_profile() -> None:
    with pytest.raises(UsageError, match=r"profile\.date"):
        load_profile(dt.date(2020, 5, 21))


@pytest.mark.parametrize("profile", builtin_profiles(), ids=lambda p: p.id)
def test_every_profile_has_a_rule_for_every_kind(profile: LegalProfile) -> None:
    assert set(profile.kind) == set(CopyKind)
    for kind, rule in profile.kind.items():
        assert rule.title_vi
        assert rule.title_en
        assert rule.value_vi
        assert rule.basis or kind is CopyKind.UNCERTIFIED_SCAN
        assert rule.legend or kind is CopyKind.OFFICE_COPY
        texts = (rule.title_vi, rule.legend, profile.copy_term)
        assert not any("bản sao số" in text.lower() for text in texts)


def test_good_statements_break_nothing() -> None:
    assert broken(land()) == []
    assert broken(BIRTH, **EXTRACT) == []
    assert broken(BIRTH, **REGISTER) == []
    assert broken(land(), **OFFICE) == []


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"number": None}, ("statement.number", "number.required")),
        ({"number": "15/SY-UBND"}, ("statement.number", "number.type")),
        ({"number": "470/2026/TLKS-BS"}, ("statement.number", "number.type")),
        ({"certifier": None}, ("statement.certifier", "certifier.required")),
        ({"source": "electronic_register"}, ("statement.source", "kind.source")),
        # an electronic copy is never an original
        ({"source": "office_copy_sao_y"}, ("statement.source", "kind.source")),
        (
            {"requester_relation": "own_initiative"},
            ("statement.requester_relation", "requester.not_entitled"),
        ),
        ({"office_form": "sao_y"}, ("statement.office_form", "office_form.other_kind")),
        (
            {"authority": "Ủy ban nhân dân phường Hoàn Kiếm"},
            ("statement.authority.agency_code", "authority.agency_code"),
        ),
        ({"issued_at": "2027-03-01T00:00:00+07:00"}, ("statement.issued_at", "profile.period")),
        ({"kind": "uncertified_scan"}, ("statement.kind", "kind.not_issuable")),
    ],
)
def test_each_rule_of_a_certified_copy(fields: dict[str, Any], problem: tuple[str, str]) -> None:
    assert problem in broken(land(), **fields)


@pytest.mark.parametrize("profile", builtin_profiles(), ids=lambda each: each.id)
def test_kinds_name_the_procedures_of_the_portal(profile: LegalProfile) -> None:
    codes = {kind: profile.rule(kind).procedures for kind in CopyKind}
    assert {kind: code for kind, code in codes.items() if code} == {
        CopyKind.REGISTER_EXTRACT_COPY: ("2.000635",),
        CopyKind.REGISTER_COPY: ("2.000908",),
        CopyKind.CERTIFIED_COPY: ("2.000815",),
    }
    results = profile.rule(CopyKind.ELECTRONIC_ORIGINAL).results
    assert results == {"vn.birth": "KQ.G15.000031", "vn.marriage": "KQ.G15.000032"}


def test_a_wrong_procedure_code_is_an_error_of_the_profile() -> None:
    text = """
id = "x"
valid_from = 2026-07-01
copy_term = "bản sao điện tử"
civil_status_law = "x"
[signature]
min_rsa_bits = 2048
min_ec_bits = 256
hashes = []
pades_min = "B-B"
pades_recommended = "B-B"
[legend]
font = "x"
size_pt = 10
colour = "#000000"
basis = "x"
[kind.certified_copy]
procedures = ["815"]
"""
    with pytest.raises(UsageError) as error:
        parse_profile(text)
    assert error.value.problems[0].field == "kind.certified_copy.procedures.0"


def test_a_draft_lies_in_no_period() -> None:
    assert broken(land(), issued_at=None) == []


def test_the_kind_asked_for_is_the_kind_stated() -> None:
    made = statement()
    problems = NOW.problems(CopyKind.REGISTER_COPY, made, land())
    assert "kind.other" in {problem.rule for problem in problems}


@pytest.mark.parametrize("number", ["470/2026/TLKH-BS", "470/2026/TLKS"])
def test_the_symbol_of_an_extract_is_that_of_the_event_and_of_a_copy(number: str) -> None:
    assert broken(BIRTH, **{**EXTRACT, "number": number}) == [("statement.number", "number.symbol")]


def test_extracts_are_of_civil_status_only() -> None:
    rules = {rule for _, rule in broken(land(), **EXTRACT)}
    assert rules == {"kind.document", "number.symbol"}


def test_types_of_third_parties_can_be_certified() -> None:
    assert broken(Foreign(name="x")) == []


def test_forms_of_office_copies() -> None:
    assert broken(land(), kind="office_copy", number="15/SY-UBND") == [
        ("statement.office_form", "office_form.required")
    ]


@pytest.mark.parametrize(
    ("form", "number", "source", "good"),
    [
        ("sao_y", "15/SY-UBND", "paper_original", True),
        ("sao_y", "15/SY-UBND", "electronic_original", False),
        ("sao_y", "15/SY-UBND", "office_copy_sao_y", False),
        ("sao_luc", "15/SL-UBND", "office_copy_sao_y", True),
        ("sao_luc", "15/SL-UBND", "paper_original", False),
        ("trich_sao", "15/TrS-UBND", "electronic_original", True),
        ("trich_sao", "15/TrS-UBND", "paper_original", True),
        ("trich_sao", "15/TrS-UBND", "office_copy_sao_y", False),
    ],
)
def test_what_each_form_of_an_electronic_office_copy_is_made_from(
    form: str, number: str, source: str, good: bool
) -> None:
    found = broken(land(), **{**OFFICE, "office_form": form, "number": number, "source": source})
    assert found == ([] if good else [("statement.source", "office_form.source")])


def test_the_symbol_of_an_office_copy_is_that_of_its_form() -> None:
    found = broken(land(), **{**OFFICE, "number": "15/TrS-UBND"})
    assert found == [("statement.number", "office_form.symbol")]


# --- who may issue ----------------------------------------------------------------------------


def office(**fields: Any) -> IssuingOffice:
    return IssuingOffice(**{"agency_code": "H26.901", **fields})


def test_the_office_is_the_one_stated_and_of_an_allowed_kind() -> None:
    assert broken(land(), office(kind=OfficeKind.COMMUNE_COMMITTEE)) == []
    assert broken(land(), office(kind=OfficeKind.LAND_OFFICE)) == [
        ("statement.authority", "authority.kind")
    ]
    assert broken(land(), office(agency_code="H26.1")) == [
        ("statement.authority.agency_code", "authority.other_office")
    ]


def test_only_a_land_office_copies_from_the_land_record() -> None:
    fields: dict[str, Any] = {**REGISTER, "as_of": "2026-11-21", "requester_relation": "subject"}
    commune = office(kind=OfficeKind.COMMUNE_COMMITTEE, holds_record=True)
    assert broken(land(), commune, **fields) == [("statement.authority", "authority.kind")]
    for kind in (OfficeKind.LAND_OFFICE, OfficeKind.LAND_AUTHORITY):
        assert broken(land(), office(kind=kind, holds_record=True), **fields) == []
    assert broken(BIRTH, commune, **REGISTER) == []
    later = load_profile(CLIFF).rule(CopyKind.REGISTER_COPY)
    assert later.office_kinds_of == {}  # not known: see 2027.land_holder


def test_only_the_holder_copies_from_the_original_register() -> None:
    other = {
        **REGISTER,
        "authority": {"name": "Ủy ban nhân dân xã Sóc Sơn", "agency_code": "H26.9"},
    }
    assert broken(BIRTH, **other) == []
    assert open_questions(NOW, BIRTH, **other) == ["holder.unknown"]
    stranger = IssuingOffice(agency_code="H26.9")
    assert broken(BIRTH, stranger, **other) == [("statement.authority", "authority.not_holder")]
    successor = IssuingOffice(agency_code="H26.9", formerly=("H26.901",))
    assert broken(BIRTH, successor, **other) == []
    assert open_questions(NOW, BIRTH, successor, **other) == []


def test_holding_registers_in_general_does_not_reach_the_records_of_another_office() -> None:
    other = {
        **REGISTER,
        "authority": {"name": "Ủy ban nhân dân xã Sóc Sơn", "agency_code": "H26.9"},
    }
    holder = IssuingOffice(agency_code="H26.9", holds_record=True)
    assert broken(BIRTH, holder, **other) == [("statement.authority", "authority.not_holder")]
    merged = IssuingOffice(agency_code="H26.9", holds_record=True, formerly=("H26.901",))
    assert broken(BIRTH, merged, **other) == []
    gone = IssuingOffice(agency_code="H26.9", holds_record=False, formerly=("H26.901",))
    assert broken(BIRTH, gone, **other) == [("statement.authority", "authority.not_holder")]


def test_a_copy_from_the_land_record_says_of_which_day_it_is() -> None:
    assert broken(land(), **REGISTER) == [("statement.as_of", "as_of.required")]
    assert broken(land(), **REGISTER, as_of="2026-11-20") == []


def test_somebody_may_vouch_for_the_holder() -> None:
    fields = {**REGISTER, "as_of": "2026-11-20"}
    assert open_questions(NOW, land(), **fields) == ["holder.unknown"]
    assert open_questions(NOW, land(), office(holds_record=True), **fields) == []
    assert ("statement.authority", "authority.not_holder") in broken(
        land(), office(holds_record=False), **fields
    )


def test_without_codes_the_same_name_is_the_same_office() -> None:
    same = Birth(
        registration_place=Organisation.model_validate_json(
            '"ủy ban nhân dân Phường Hoàn Kiếm, thành phố Hà Nội"'
        )
    )
    other = Birth(registration_place=Organisation.model_validate_json('"UBND xã Vân Nội"'))
    assert open_questions(NOW, same, **REGISTER) == []
    assert open_questions(NOW, other, **REGISTER) == ["holder.unknown"]


# --- what is not known ------------------------------------------------------------------------


def test_after_the_cliff_civil_status_is_not_known_but_certification_is() -> None:
    later = load_profile(CLIFF)
    when = "2027-03-01T08:00:00+07:00"
    assert open_questions(later, BIRTH, **EXTRACT, issued_at=when) == [
        "2027.extract_form",
        "2027.extract_requesters",
        "2027.register_prevails",
    ]
    assert "2027.land_holder" in open_questions(later, land(), **REGISTER, issued_at=when)
    assert open_questions(later, land(), issued_at=when) == []


def test_a_part_of_a_period_can_be_known() -> None:
    first = builtin_profiles()[0]
    early, late = "2021-01-01T08:00:00+07:00", "2023-01-01T08:00:00+07:00"
    assert open_questions(first, BIRTH, **EXTRACT, issued_at=early) == ["2020.extract_signing"]
    assert open_questions(first, BIRTH, **EXTRACT, issued_at=late) == []


def test_what_is_not_known_is_said_in_both_languages() -> None:
    unknowns = [unknown for profile in builtin_profiles() for unknown in profile.unknown]
    assert len({unknown.id for unknown in unknowns}) == len(unknowns)
    for unknown in unknowns:
        assert unknown.message.text("vi") != unknown.message.text("en")


# --- legend and files -------------------------------------------------------------------------


def test_the_legend_names_form_office_and_time() -> None:
    assert NOW.legend_lines(statement()) == (
        "Bản sao điện tử được chứng thực từ bản chính",
        "Ủy ban nhân dân phường Hoàn Kiếm, thành phố Hà Nội",
        "2026-11-21T10:21:35+07:00",
    )
    assert NOW.legend_lines(statement(**OFFICE))[0] == "SAO Y"
    assert len(NOW.legend_lines(statement(issued_at=None))) == 2


GOOD = """
id = "own"
valid_from = 2030-01-01
copy_term = "bản sao điện tử"
civil_status_law = "?"
legend = { font = "x", size_pt = 10, colour = "#000000", basis = "x" }

[signature]
min_rsa_bits = 3072
min_ec_bits = 256
hashes = ["sha256"]
pades_min = "B-T"
pades_recommended = "B-LTA"
"""


def test_a_deployer_s_own_profile() -> None:
    own = parse_profile(GOOD + "\n[kind.certified_copy]\nlegend = 'Riêng'\n")
    assert own.rule(CopyKind.CERTIFIED_COPY).legend == "Riêng"
    assert own.rule(CopyKind.CERTIFIED_COPY).attestation
    assert load_profile(dt.date(2031, 1, 1), (own,)) is own


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("id =", "profile"),
        ("copy_term = 'x'", "id"),
        ("more = 1" + GOOD, "more"),
        ("kind = 1" + GOOD, "kind"),
        (GOOD + "[kind.fax]\n", "kind.fax"),
        (GOOD + "[kind.certified_copy]\nwho = 'me'", "kind.certified_copy.who"),
        (GOOD.replace("2030-01-01", "'soon'"), "valid_from"),
    ],
)
def test_a_bad_profile_is_a_usage_error(text: str, field: str) -> None:
    with pytest.raises(UsageError) as error:
        parse_profile(text)
    assert error.value.problems[0].field.startswith(field)
