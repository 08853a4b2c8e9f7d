"""Partial dates and times: JSON, the symbol, order, and the words of old papers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from support.documents import partial_dates, partial_times
from vncopy.errors import UsageError
from vncopy.formats.dates import Calendar, PartialDate, Precision, read_date
from vncopy.formats.parsing import usage_error_of
from vncopy.formats.times import PartialTime

DATE = TypeAdapter(PartialDate)
TIME = TypeAdapter(PartialTime)


@pytest.mark.parametrize(
    ("text", "precision", "first_and_last", "printed"),
    [
        ("1952", Precision.YEAR, "1952-01-01 1952-12-31", "1952"),
        ("1952-02", Precision.MONTH, "1952-02-01 1952-02-29", "02/1952"),
        ("1952-07-19", Precision.DAY, "1952-07-19 1952-07-19", "19/07/1952"),
        ("2014-01-01", Precision.DAY, "2014-01-01 2014-01-01", "01/01/2014"),
    ],
)
def test_a_date_knows_what_it_does_not_know(
    text: str, precision: Precision, first_and_last: str, printed: str
) -> None:
    date = PartialDate.parse(text)
    assert date.precision is precision
    assert f"{date.earliest()} {date.latest()}" == first_and_last
    assert date.printed() == printed
    assert date.to_json() == text == date.edtf


def test_the_first_of_january_is_not_a_year() -> None:
    assert PartialDate.parse("1952") != PartialDate.parse("1952-01-01")


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        ('"1952-13"', "date.exists"),
        ('"1952-02-30"', "date.exists"),
        ('"1951-02-29"', "date.exists"),
        ('"52"', "date.form"),
        ('"1952-7-19"', "date.form"),
        ('"19/07/1952"', "date.form"),
        ('"1952-07-19T00:00"', "date.form"),
        ('"1952 "', "date.form"),
        ('"\\u0661\\u0669\\u0665\\u0662"', "date.form"),
        ("1952", "date.form"),
        ("null", "date.form"),
        ("[]", "date.form"),
        ('"1799"', "date.year"),
        ('"2201"', "date.year"),
        ('"0000-00-00"', "date.year"),
        ('{"date":"1952","note":"x"}', "date.form"),
        ('{"date":1952}', "date.form"),
        ('{"date":"1952","calendar":"julian"}', "date.form"),
        ('{"date":"1952","calendar":{}}', "date.form"),
        ('{"date":"1952","original_text":1}', "date.form"),
        ('{"date":"1952","original_text":""}', "text.empty"),
        ('{"date":"1952","original_text":"a\\nb"}', "text.repertoire"),
    ],
)
def test_what_is_no_date_is_refused(raw: str, rule: str) -> None:
    with pytest.raises(ValidationError) as refused:
        DATE.validate_json(raw)
    assert [p.rule for p in usage_error_of(refused.value).problems] == [rule]


def test_long_words_are_refused() -> None:
    with pytest.raises(UsageError) as refused:
        PartialDate(year=1950, original_text="a" * 121)
    assert refused.value.problems[0].rule == "date.original_text"
    with pytest.raises(UsageError) as refused:
        PartialDate(year=1950, day=3)
    assert refused.value.problems[0].rule == "date.day_without_month"


@pytest.mark.parametrize(
    ("value", "wire"),
    [
        ("1952", 1952),
        ("1900-01-01", 10000),
        ("1900-01-02", 10001),
        ("2078-12-31", 75378),
        ("1899-12-31", "1899-12-31"),
        ("2079-01-01", "2079-01-01"),
        ("1952-07", "1952-07"),
        ({"date": "1950", "original_text": "khoảng năm 1950"}, [1950, "khoảng năm 1950"]),
        ({"date": "1981-01-30", "calendar": "lunar"}, [39475 - 0, "", 1]),
        (
            {"date": "1981", "original_text": "tháng Chạp", "calendar": "lunar"},
            [1981, "tháng Chạp", 1],
        ),
    ],
)
def test_a_date_travels_in_its_one_form(value: Any, wire: object) -> None:
    date = DATE.validate_python(value)
    if isinstance(wire, list) and wire[0] > 10000:
        wire = [10000 + (dt.date(1981, 1, 30) - dt.date(1900, 1, 1)).days, *wire[1:]]
    assert date.to_wire() == wire
    assert PartialDate.from_wire(wire) == date
    assert DATE.dump_python(date, mode="json") == value


@pytest.mark.parametrize(
    "wire",
    [
        True,
        -1,
        0,
        1799,
        9999,
        75379,
        2**64,
        1.5,
        None,
        b"1952",
        "1952",  # a year is a number
        "1952-07-19",  # a day is a number
        "1952-7",
        "",
        [],
        [1952],
        [1952, ""],  # nothing said: the number alone
        [1952, "", 0],  # solar is not written
        [1952, "x", 0],
        [1952, "x", 2],
        [1952, "x", True],
        [1952, "x", 1, 1],
        [1952, 5],
        [[1952, "x"], "x"],
        ["1952", "x"],
        [1952, "a\nb"],
    ],
)
def test_any_other_form_on_the_wire_is_refused(wire: object) -> None:
    with pytest.raises(ValueError):
        PartialDate.from_wire(wire)


@given(partial_dates())
def test_dates_come_back_from_json_and_from_the_wire(date: PartialDate) -> None:
    assert DATE.validate_json(DATE.dump_json(date)) == date
    wire = date.to_wire()
    assert PartialDate.from_wire(wire) == date
    head = wire[0] if isinstance(wire, list) else wire
    assert not isinstance(head, int) or head >= 0
    assert date.earliest() <= date.latest()


@given(st.one_of(st.integers(), st.text(max_size=12), st.lists(st.integers(), max_size=4)))
def test_the_wire_accepts_only_what_it_would_write(wire: object) -> None:
    try:
        date = PartialDate.from_wire(wire)
    except ValueError:
        return
    assert date.to_wire() == wire


@pytest.mark.parametrize(
    ("written", "json"),
    [
        ("19/07/1952", "1952-07-19"),
        ("17.03.2018", "2018-03-17"),
        ("1-2-1999", "1999-02-01"),
        ("07/1952", "1952-07"),
        ("/ /1952", "1952"),
        ("00/00/1952", "1952"),
        (" 1952 ", "1952"),
    ],
)
def test_written_dates_are_read(written: str, json: str) -> None:
    assert read_date(written).to_json() == json


@pytest.mark.parametrize("written", ["", "Không rõ", "32/01/1952", "1/1/52", "05/00/1952"])
def test_what_cannot_be_read_is_said(written: str) -> None:
    with pytest.raises(UsageError):
        read_date(written)


@pytest.mark.parametrize(
    ("json", "wire", "printed"),
    [
        ("14:05", 845, "14 giờ 05 phút"),
        ("00:00", 0, "00 giờ 00 phút"),
        ("23:59", 1439, "23 giờ 59 phút"),
        ("03", 2003, "03 giờ"),
    ],
)
def test_times_travel_and_are_printed(json: str, wire: int, printed: str) -> None:
    time = TIME.validate_python(json)
    assert (time.to_json(), time.to_wire(), time.printed()) == (json, wire, printed)
    assert PartialTime.from_wire(wire) == time
    assert TIME.dump_python(time, mode="json") == json


@pytest.mark.parametrize("raw", ["24", "12:60", "1", "1:5", "12:5", "", 12, None])
def test_what_is_no_time_is_refused(raw: object) -> None:
    with pytest.raises(ValidationError):
        TIME.validate_python(raw)


@pytest.mark.parametrize("wire", [True, -1, 1440, 1999, 2024, "14:05", None])
def test_no_other_number_is_a_time(wire: object) -> None:
    with pytest.raises(ValueError):
        PartialTime.from_wire(wire)


@given(partial_times())
def test_times_come_back(time: PartialTime) -> None:
    assert PartialTime.from_wire(time.to_wire()) == time
    assert TIME.validate_json(TIME.dump_json(time)) == time


def test_nothing_personal_in_a_repr() -> None:
    assert repr(PartialDate.parse("1952-07-19")) == "PartialDate(day)"
    assert repr(PartialTime(hour=3)) == "PartialTime(…)"


def test_the_original_words_are_printed_as_they_are() -> None:
    assert PartialDate(year=1950, original_text="khoảng năm 1950").printed() == "khoảng năm 1950"


def test_the_calendar_is_solar_unless_said() -> None:
    assert PartialDate.parse("1952").calendar is Calendar.SOLAR
    assert PartialDate.of(dt.date(2026, 11, 21)).to_json() == "2026-11-21"


def test_schemas_exist() -> None:
    assert "anyOf" in DATE.json_schema()
    assert TIME.json_schema()["type"] == "string"
