"""Two writings of one name are the same name; two names are not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from support.documents import names
from vncopy.formats.names import name_key, same_name
from vncopy.formats.text import PersonName


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Thị Hòa", "NGUYỄN THỊ HOÀ"),
        ("Thúy", "Thuý"),
        ("Khỏe", "Khoẻ"),
        ("Đặng Đình Phú", "đặng đình phú"),
        ("H'Hen", "H'HEN"),
        ("Yên  Hoà", "Yên Hòa"),
    ],
)
def test_capitals_and_the_place_of_the_tone_do_not_matter(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(unicodedata.normalize("NFD", one), other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lý", "Lí"),
        ("Hòa", "Hoa"),
        ("Hòa", "Hóa"),
        ("Hoa", "Hoá"),
        ("Đào", "Dào"),
        ("Tân", "Tan"),
        ("Ơn", "Ôn"),
        ("Nguyễn An", "Nguyễn Văn An"),
    ],
)
def test_spelling_does(one: str, other: str) -> None:
    assert not same_name(one, other)


@given(names())
def test_a_name_is_the_same_in_capitals(name: PersonName) -> None:
    assert same_name(name, name.casefold())
    assert name_key(name_key(name)) == name_key(name)
