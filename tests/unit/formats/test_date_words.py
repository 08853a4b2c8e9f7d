"""A date in words travels as the date it spells, and comes back verbatim."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vncopy.formats.coded import same_wire
from vncopy.formats.date_words import SPELLINGS, DateWords, spelled
from vncopy.formats.dates import PartialDate

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2078, 12, 31))


def number(text: str) -> int:
    return 10000 + (dt.date.fromisoformat(text) - dt.date(1900, 1, 1)).days


@pytest.mark.parametrize(
    ("words", "day", "spelling"),
    [
        ("Ngày mùng bốn tháng tư năm hai nghìn không trăm mười tám", "2018-04-04", 0),
        ("Ngày mười lăm tháng năm năm một nghìn chín trăm tám mươi lăm", "1985-05-15", 0),
        ("Ngày bốn tháng tư năm hai nghìn không trăm mười tám", "2018-04-04", 16),
        ("Ngày mồng bốn tháng bốn năm hai ngàn không trăm lẻ chín", "2009-04-04", 1 + 2 + 4 + 8),
        ("Mười chín tháng bảy năm một nghìn chín trăm năm mươi hai", "1952-07-19", 48),
        ("ngày mười chín tháng bảy năm một ngàn chín trăm năm mươi hai", "1952-07-19", 25),
        ("Ngày ba mươi mốt tháng mười hai năm hai nghìn", "2000-12-31", 0),
    ],
)
def test_usual_spellings_travel_as_numbers(words: str, day: str, spelling: int) -> None:
    wire = DateWords(words).to_wire()
    assert same_wire(wire, [number(day), spelling] if spelling else number(day))
    assert DateWords.from_wire(wire) == words


@pytest.mark.parametrize(
    "words",
    [
        "Năm một nghìn chín trăm năm mươi hai",
        "Ngày hai mươi nhăm tháng giêng năm một nghìn chín trăm tám mươi",
        "Ngày ba mươi mốt tháng tư năm hai nghìn",
        "Ngày mùng bốn tháng tư năm một nghìn tám trăm chín mươi chín",
        "NGÀY MÙNG BỐN THÁNG TƯ NĂM HAI NGHÌN",
        "Ngày mùng bốn tháng tư năm hai nghìn lẻ chín",
        "Ngày mùng mười chín tháng bảy năm hai nghìn",
        "không rõ",
    ],
)
def test_other_words_travel_as_they_are(words: str) -> None:
    assert DateWords(words).to_wire() == words
    assert DateWords.from_wire(words) == words


@given(DAYS, st.integers(0, SPELLINGS - 1))
def test_every_spelling_comes_back_verbatim(day: dt.date, spelling: int) -> None:
    words = DateWords(spelled(PartialDate.of(day), spelling))
    wire = words.to_wire()
    assert not isinstance(wire, str)
    assert DateWords.from_wire(wire) == words
    assert (wire if isinstance(wire, int) else wire[0]) == number(day.isoformat())


@given(st.integers(-5, 80000), st.integers(-2, 80))
def test_one_date_in_words_has_one_form(day: int, spelling: int) -> None:
    for wire in (day, [day, spelling]):
        try:
            words = DateWords.from_wire(wire)
        except ValueError:
            continue
        assert same_wire(words.to_wire(), wire)


@pytest.mark.parametrize(
    "wire",
    [
        True,
        None,
        1952,
        -1,
        75379,
        [number("2018-04-24"), 8],  # no "mùng" in it: the same words as spelling 0
        [number("2018-04-04"), 0],
        [number("2018-04-04"), 72],
        [number("2018-04-04"), True],
        [number("2018-04-04")],
        "Ngày mùng bốn tháng tư năm hai nghìn không trăm mười tám",
        ["x", 1],
        "a\nb",
    ],
)
def test_other_forms_are_refused(wire: object) -> None:
    with pytest.raises(ValueError):
        DateWords.from_wire(wire)
