"""The statement of a copy: kinds, numbers, times."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.land_records import STATEMENT, changed, statement
from vncopy.errors import UsageError
from vncopy.formats.base import Missing, Travel, items
from vncopy.formats.coded import CodedEnum
from vncopy.formats.copies import (
    VIETNAM_TIME,
    CopyKind,
    CopyStatement,
    LegalGround,
    OfficeCopyForm,
    RequesterRelation,
    SourceOfCopy,
    issued_at_from_seconds,
)
from vncopy.formats.identifiers import (
    CertificationNumber,
    ExtractNumber,
    OfficeCopyNumber,
    RegisterCopyNumber,
)
from vncopy.formats.parsing import parse_document

LISTS: list[type[CodedEnum]] = [
    CopyKind,
    OfficeCopyForm,
    RequesterRelation,
    LegalGround,
    SourceOfCopy,
]


def test_there_are_seven_kinds_of_copy() -> None:
    assert len(CopyKind) == 7


@pytest.mark.parametrize("kinds", LISTS)
def test_codes_of_a_list_are_unique_and_small(kinds: type[CodedEnum]) -> None:
    codes = [member.code for member in kinds]
    assert sorted(codes) == list(range(len(codes)))
    assert all(kinds.from_wire(member.to_wire()) is member for member in kinds)
    assert all(member.title_vi for member in kinds)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("470/2026/TLKS-BS", ExtractNumber),
        ("24/TLKT-BS", ExtractNumber),
        ("1520, quyển số 03/2026-SCT/BS", CertificationNumber),
        ("15/SY-UBND", OfficeCopyNumber),
        ("118/2026/BS-VPĐK", RegisterCopyNumber),
        ("12/SYT-BS", RegisterCopyNumber),
        ("45/2026", RegisterCopyNumber),
        ("1520/SCT-BS", CertificationNumber),
    ],
)
def test_a_number_becomes_the_type_that_its_symbol_speaks_of(number: str, kind: type) -> None:
    assert type(statement(number=number).number) is kind


@pytest.mark.parametrize(
    ("number", "rule"),
    [
        ("470/TLXX-BS", "extract_number.form"),
        ("x/TLKS-BS", "extract_number.form"),
        ("SCT/BS", "certification_number.form"),
        ("BS", "register_copy_number.form"),
        ("15/SY UBND", "office_copy_number.form"),
        ("12 BS", "register_copy_number.form"),
    ],
)
def test_a_wrong_number_is_one_problem(number: str, rule: str) -> None:
    with pytest.raises(UsageError) as error:
        statement(number=number)
    assert [(p.field, p.rule) for p in error.value.problems] == [("number", rule)]


@pytest.mark.parametrize(
    "time",
    [
        "2026-11-21T03:21:35Z",
        "2026-11-21T10:21:35",
        "2026-11-21T10:21:35+08:00",
        "2026-11-21T10:21:35.5+07:00",
    ],
)
def test_times_of_another_form_are_refused(time: str) -> None:
    with pytest.raises(UsageError) as error:
        statement(issued_at=time)
    assert error.value.problems[0].field == "issued_at"


@given(
    st.datetimes(
        min_value=dt.datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis wants it naive
        max_value=dt.datetime(2200, 1, 1),  # noqa: DTZ001 - hypothesis wants it naive
        timezones=st.sampled_from([dt.UTC, VIETNAM_TIME, dt.timezone(dt.timedelta(hours=-5))]),
    )
)
def test_any_instant_is_stated_at_plus_seven(moment: dt.datetime) -> None:
    whole = moment.replace(microsecond=0)
    made = statement().at(whole).issued_at
    assert made == whole
    assert made is not None
    assert made.isoformat().endswith("+07:00")
    assert issued_at_from_seconds(int(whole.timestamp())) == made


@pytest.mark.parametrize(
    "moment",
    [
        dt.datetime(2026, 11, 21, 10),  # noqa: DTZ001 - the point of the test
        dt.datetime(2026, 11, 21, 10, 0, 0, 1, tzinfo=dt.UTC),
    ],
)
def test_a_moment_without_offset_or_with_fractions_is_refused(moment: dt.datetime) -> None:
    with pytest.raises(ValueError, match="whole seconds"):
        statement().at(moment)


@pytest.mark.parametrize("seconds", [10**15, -(10**15), 2**63])
def test_times_out_of_range_are_refused(seconds: int) -> None:
    with pytest.raises(ValueError, match=r"out of range|year"):
        issued_at_from_seconds(seconds)


def test_a_draft_has_no_time() -> None:
    assert statement(issued_at=None).issued_at is None


def test_what_the_copy_is_for_never_travels() -> None:
    never = {each.name for each in items(CopyStatement) if each.travel is Travel.NEVER}
    assert never == {"purpose"}


def test_what_is_not_stated_is_said_to_be_missing() -> None:
    made = statement()
    assert isinstance(made.as_of, Missing)
    assert isinstance(made.office_form, Missing)


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(UsageError):
        parse_document(CopyStatement, {**changed(STATEMENT), "seal": "x"})
