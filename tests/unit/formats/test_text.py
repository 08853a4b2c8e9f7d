"""Texts: which characters, how long, and what a refusal says."""

from __future__ import annotations

import json
import pickle
import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from vncopy.errors import UsageError
from vncopy.formats.normalising import normalise_text
from vncopy.formats.text import (
    FREE_RANGES,
    NAME_RANGES,
    CheckedText,
    FreeText,
    Label,
    PersonName,
    broken,
    within,
)

GOOD_NAMES = [
    "Nguyễn Thị Ánh Nguyệt",
    "H'Hen Niê",
    "Y Wăn",
    "Brưm",
    "Đặng Ỹ",
    "O'Brien, Seán Patrick",
    "Jean-Paul St. Émilion",
    "Trần Linh Müller",
    "A" * 100,
]


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_a_name_is_kept_as_it_is(name: str) -> None:
    made = PersonName(name)
    assert made == name
    assert str(made) == name
    assert type(str(made)) is str


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        ("", "text.empty"),
        (" An", "text.spaces"),
        ("An ", "text.spaces"),
        ("Nguyễn  An", "text.spaces"),
        ("Nguyễn\u00a0An", "name.letters"),
        ("Nguyễn\tAn", "name.letters"),
        (unicodedata.normalize("NFD", "Nguyễn"), "text.nfc"),
        ("Ð\u00e0o", "name.letters"),  # Eth instead of Đ
        ("Nguyen 2", "name.letters"),
        ("Нина", "name.letters"),
        ("Νίκος", "name.letters"),
        ("An\u200b", "name.letters"),
        ("An\u202eB", "name.letters"),
        ("An\ufe0f", "name.letters"),
        ("An\u0000", "name.letters"),
        ("A\U0001f600", "name.letters"),
        ("A(B)", "name.letters"),
        ("A" * 101, "text.length"),
        ("...", "name.no_letter"),
        ("- '", "name.no_letter"),
    ],
)
def test_a_bad_name_is_refused_with_its_rule(raw: str, rule: str) -> None:
    with pytest.raises(UsageError) as refused:
        PersonName(raw)
    problem = refused.value.problems[0]
    assert problem.rule == rule
    assert problem.message.vi
    assert problem.message.en
    assert problem.message.vi != problem.message.en
    assert not raw.strip() or raw not in str(refused.value) or raw in {"...", "- '"}


@pytest.mark.parametrize(
    "text",
    [
        "Số 12 (tầng 3), ngõ 25/4; diện tích 120,5 m² — giá 3.000.000 ₫",
        "QSDĐ № 7: “Lâu dài” … 50% & ±2°",
        "A@B [x] #1 \"q\" 'q' + = < > ? !",
    ],
)
def test_free_text_takes_the_listed_punctuation(text: str) -> None:
    assert FreeText(text) == text


@pytest.mark.parametrize(
    "bad", ["a\nb", "a\\b", "a|b", "a{b}", "a~b", "a`b", "a$b", "a^b", "\ud800"]
)
def test_free_text_refuses_what_is_not_listed(bad: str) -> None:
    with pytest.raises(UsageError) as refused:
        FreeText(bad)
    assert refused.value.problems[0].rule == "text.repertoire"


def test_lengths_are_those_of_the_classes() -> None:
    assert len(FreeText("a" * 2000)) == 2000
    assert len(Label("a" * 200)) == 200
    for kind, most in ((FreeText, 2000), (Label, 200), (PersonName, 100)):
        with pytest.raises(UsageError):
            kind("a" * (most + 1))


@pytest.mark.parametrize("ranges", [NAME_RANGES, FREE_RANGES])
def test_repertoires_are_ascending_and_do_not_overlap(ranges: tuple[tuple[int, int], ...]) -> None:
    ends = [end for pair in ranges for end in pair]
    assert all(first <= last for first, last in ranges)
    assert all(one[1] < other[0] for one, other in pairwise(ranges))
    assert ends == sorted(ends)


@pytest.mark.parametrize("ranges", [NAME_RANGES, FREE_RANGES])
def test_every_text_of_the_repertoire_is_nfc_and_harmless(
    ranges: tuple[tuple[int, int], ...],
) -> None:
    whole = "".join(chr(c) for first, last in ranges for c in range(first, last + 1))
    assert unicodedata.normalize("NFC", whole) == whole
    assert not {unicodedata.category(c) for c in whole} & {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"}


def test_the_repertoire_has_all_vietnamese_letters() -> None:
    bases = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    letters = "".join(unicodedata.normalize("NFC", b + t) for b in bases for t in tones) + "đĐ"
    assert all(len(c) == 1 for c in letters)
    assert within(letters, NAME_RANGES)
    assert within(letters, FREE_RANGES)


@given(st.text(max_size=30))
def test_whatever_the_input_it_is_kept_or_refused_with_both_languages(raw: str) -> None:
    try:
        made = FreeText(raw)
    except UsageError as error:
        refusal = error
    else:
        assert made == raw
        assert unicodedata.normalize("NFC", raw) == raw
        assert FreeText.from_wire(made.to_wire()) == made
        return
    assert all(p.message.vi and p.message.en for p in refusal.problems)


def test_the_json_schema_says_the_same_as_the_check() -> None:
    schema = TypeAdapter(PersonName).json_schema()
    pattern = re.compile(schema["pattern"])
    assert (schema["type"], schema["maxLength"]) == ("string", 100)
    for name in GOOD_NAMES:
        assert pattern.fullmatch(name)
    for bad in ("An1", "An\u200b", "Ð", "A(B)"):
        assert not pattern.fullmatch(bad)


def test_pydantic_takes_strings_and_gives_them_back() -> None:
    adapter = TypeAdapter(PersonName)
    made = adapter.validate_python("An", strict=True)
    assert type(made) is PersonName
    assert type(adapter.validate_python(PersonName("An"), strict=True)) is PersonName
    assert adapter.dump_json(made) == b'"An"'
    assert json.loads(adapter.dump_json(made)) == "An"
    assert type(adapter.dump_python(made, mode="json")) is str


def test_the_repr_shows_nothing() -> None:
    assert repr(PersonName("Nguyễn An")) == "PersonName(…)"
    assert "Nguyễn" not in repr([PersonName("Nguyễn An")])


def test_it_survives_pickling() -> None:
    made = pickle.loads(pickle.dumps(PersonName("An")))  # noqa: S301 - our own bytes
    assert type(made) is PersonName


def test_only_texts_come_from_the_wire() -> None:
    for foreign in (1, b"a", None, ["a"]):
        with pytest.raises(ValueError):
            PersonName.from_wire(foreign)


def test_a_class_of_ones_own_says_why() -> None:
    class Code(CheckedText):
        __slots__ = ()

        @classmethod
        def check(cls, value: str) -> str:
            if value != "x":
                raise broken("code.x", vi="phải là x", en="must be x")
            return value

    with pytest.raises(UsageError) as refused:
        Code("y")
    assert refused.value.text("vi") == "Code: phải là x [code.x]"
    assert Code("x") == "x"


@pytest.mark.parametrize(
    ("raw", "text", "changes"),
    [
        ("Nguyễn An", "Nguyễn An", ()),
        (unicodedata.normalize("NFD", "Nguyễn An"), "Nguyễn An", ("nfc",)),
        (" Nguyễn\u00a0 An\n", "Nguyễn An", ("space",)),
        ("\u00d0\u00e0o", "Đào", ("look_alike",)),
        ("H\u2019Hen", "H'Hen", ("look_alike",)),
        ("An\u200b\ufeff", "An", ("dropped",)),
        ("Hoà", "Hoà", ()),
        ("Hòa", "Hòa", ()),
    ],
)
def test_normalising_says_what_it_changed(raw: str, text: str, changes: tuple[str, ...]) -> None:
    done = normalise_text(raw)
    assert (done.text, done.changes) == (text, changes)


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing_more(raw: str) -> None:
    once = normalise_text(raw).text
    again = normalise_text(once)
    assert again.text == once
    assert again.changes == ()
