"""Dates in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.documents import partial_dates
from vncopy.formats.dates import PartialDate
from vncopy.formats.words import date_in_words, number_in_words, same_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (25, "hai mươi lăm"),
        (31, "ba mươi mốt"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (1905, "một nghìn chín trăm linh năm"),
        (1952, "một nghìn chín trăm năm mươi hai"),
        (2000, "hai nghìn"),
        (2005, "hai nghìn không trăm linh năm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
    ],
)
def test_numbers_are_spelled(number: int, words: str) -> None:
    assert number_in_words(number) == words


@pytest.mark.parametrize("number", [-1, 10000])
def test_other_numbers_are_not(number: int) -> None:
    with pytest.raises(ValueError):
        number_in_words(number)


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (
            "1952-07-19",
            "Ngày mười chín tháng bảy năm một nghìn chín trăm năm mươi hai",
        ),
        ("2018-04-04", "Ngày mùng bốn tháng tư năm hai nghìn không trăm mười tám"),
        ("2018-12", "Tháng mười hai năm hai nghìn không trăm mười tám"),
        ("1952", "Năm một nghìn chín trăm năm mươi hai"),
    ],
)
def test_dates_are_spelled(date: str, words: str) -> None:
    assert date_in_words(PartialDate.parse(date)) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ngày mồng bốn tháng tư năm hai ngàn", "ngày bốn, tháng bốn, năm hai nghìn"),
        ("một nghìn chín trăm lẻ năm", "Một ngàn chín trăm linh năm"),
        ("hai mươi lăm", "hai mươi nhăm"),
        ("tháng giêng", "tháng một"),
        ("tháng chạp", "tháng mười hai"),
        ("hai mươi mốt", "hai mươi một"),
        ("ngày bẩy", "ngày bảy"),
    ],
)
def test_spoken_variants_say_the_same(one: str, other: str) -> None:
    assert same_words(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ngày mười tháng tư", "ngày bốn tháng mười"),
        ("năm hai nghìn không trăm linh năm", "năm hai nghìn không trăm mười lăm"),
        ("ngày một", "ngày hai"),
    ],
)
def test_different_dates_do_not(one: str, other: str) -> None:
    assert not same_words(one, other)


@given(partial_dates(plain=True), partial_dates(plain=True))
def test_two_dates_say_the_same_only_when_they_are(one: PartialDate, other: PartialDate) -> None:
    same = same_words(date_in_words(one), date_in_words(other))
    assert same == (one == other)


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_numbers_have_their_own_words(one: int, other: int) -> None:
    assert same_words(number_in_words(one), number_in_words(other)) == (one == other)
