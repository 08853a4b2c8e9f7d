"""The comparison of pages with records finds what an attacker would change."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.pages import Page, sample, set_page
from vncopy.errors import UsageError
from vncopy.pdf.page_text import (
    Difference,
    DifferenceKind,
    Expected,
    canonical,
    compare,
    expected,
    read_template,
)
from vncopy.pdf.template_words import Piece, Row

CHANGED, MISSING, UNEXPECTED = (
    DifferenceKind.CHANGED,
    DifferenceKind.MISSING,
    DifferenceKind.UNEXPECTED,
)


@cache
def page(name: str = "birth/extract-two-parents") -> Page:
    return set_page(sample(name))


def value(path: str) -> str:
    return str(page().content.data["fields"][path])


def altered(old: str, new: str) -> tuple[Difference, ...]:
    text = canonical(page().texts[0])
    assert canonical(old) in text
    return compare([text.replace(canonical(old), canonical(new), 1)], page().wanted)


def test_the_honest_page_has_no_difference() -> None:
    assert page().differences == ()


def test_a_changed_digit_is_found_at_its_field() -> None:
    number = value("personal_id")
    digit = "5" if number[-1] != "5" else "6"
    assert altered(number, number[:-1] + digit) == (Difference(source="personal_id", kind=CHANGED),)


def test_a_lost_value_is_found() -> None:
    assert Difference(source="hometown", kind=MISSING) in altered(value("hometown"), "")


def test_an_added_word_is_found() -> None:
    assert [d.kind for d in altered(value("hometown"), value("hometown") + " giả")] == [UNEXPECTED]


def test_two_swapped_values_are_found() -> None:
    mother, father = canonical(value("mother.full_name")), canonical(value("father.full_name"))
    text = canonical(page().texts[0]).replace(mother, "\0").replace(father, mother)
    assert compare([text.replace("\0", father)], page().wanted)


def test_two_swapped_labels_are_found() -> None:
    text = canonical(page().texts[0]).replace("ngườimẹ", "\0").replace("ngườicha", "ngườimẹ")
    assert compare([text.replace("\0", "ngườicha")], page().wanted)


@pytest.mark.parametrize("word", ["(BẢN SAO)", "Giới tính:", "Trang 1/1", "DỰ THẢO", "(Đã ký)"])
def test_words_of_the_template_in_another_place_are_found(word: str) -> None:
    assert compare([page().texts[0] + word], page().wanted)
    assert compare([word + page().texts[0]], page().wanted)


def test_an_added_or_dropped_page_is_found() -> None:
    assert compare([*page().texts, "x"], page().wanted)
    assert compare([*page().texts, ""], page().wanted)
    assert compare([], page().wanted)
    land = page("land/g2-many-changes")
    assert compare(land.texts[:-1], land.wanted)
    assert compare(land.texts[::-1], land.wanted)
    assert compare((land.texts[0], land.texts[2], land.texts[1]), land.wanted)


def test_a_dropped_change_of_a_land_certificate_is_found() -> None:
    land = page("land/g2-many-changes")
    cells = land.content.data["fields"]["changes"][3]
    row = canonical("".join(cells))
    texts = [canonical(text) for text in land.texts]
    assert any(row in text for text in texts)
    assert compare([text.replace(row, "") for text in texts], land.wanted)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_single_change_of_a_character_goes_unseen(data: st.DataObject) -> None:
    text = canonical(page().texts[0])
    at = data.draw(st.integers(0, len(text) - 1))
    new = data.draw(
        st.characters(min_codepoint=33, max_codepoint=0x1EF9, exclude_categories=["Z", "C"])
    )
    changes = {
        text[:at] + text[at + 1 :],
        text[:at] + new + text[at:],
        text[:at] + new + text[at + 1 :],
    }
    for changed in changes - {text}:
        if canonical(changed) != text:
            assert compare([changed], page().wanted)


def test_differences_never_hold_the_text_itself() -> None:
    found = altered(value("full_name"), "TRẦN VĂN GIẢ")
    assert "TRẦN" not in repr(found)
    assert {d.source for d in found} == {"full_name"}


def test_line_breaks_and_their_hyphens_do_not_count() -> None:
    assert canonical("Hà\r\n Nội, Ba\ufffeĐình\x02x") == "HàNội,Ba-Đình-x"


def test_stamps_follow_the_text_of_the_last_page() -> None:
    content = page().content
    stamps = [line for name in content.data["signatures"] for line in content.stamps[name]]
    fields = [content.stamps[name] for name in content.data["signatures"]]
    wanted = expected(read_template("vncopy.pdf:templates/birth.typ"), content.data, fields=fields)
    assert compare([page().texts[0] + "".join(stamps)], wanted) == ()
    assert compare([page().texts[0]], wanted)
    assert compare([page().texts[0] + "".join(reversed(stamps))], wanted)


# --- rows at page breaks -------------------------------------------------------------------------


def row(*cells: str, header: str = "") -> Row:
    head = (Piece(source="words", text=header),) if header else ()
    return Row(cells=tuple((Piece(source="c", text=cell),) for cell in cells), header=head)


def tiled(units: tuple[Piece | Row, ...], *pages: str) -> bool:
    numbered = [f"{text}Trang{n}/{len(pages)}" for n, text in enumerate(pages, start=1)]
    return compare(numbered if len(pages) > 1 else pages, Expected(units=units)) == ()


def test_a_row_may_be_cut_cell_by_cell() -> None:
    units = (Piece(source="a", text="start"), row("abcdef", "uvwxyz"))
    assert tiled(units, "startabcdefuvwxyz")
    assert tiled(units, "startabcuvwx", "defyz")
    assert tiled(units, "startabuv", "cdwx", "efyz")
    assert not tiled(units, "startabcuvwx", "efyz")
    assert not tiled(units, "startabcwx", "defuvyz")


def test_a_repeated_head_is_allowed_on_top_of_a_page_inside_its_table_only() -> None:
    head = Piece(source="words", text="HEAD")
    units = (head, row("one", "two", header="HEAD"), row("red", "blue", header="HEAD"))
    assert tiled(units, "HEADonetwo", "HEADredblue")
    assert tiled(units, "HEADonetwore", "HEADdblue")
    assert not tiled(units, "HEADonetwoHEADredblue")
    assert not tiled(units, "HEADonetwore", "dblue")
    assert not tiled(units, "HEADonetwo", "HEADHEADredblue")


@given(
    st.lists(st.text("-/)", max_size=6), min_size=1, max_size=3),
    st.lists(st.integers(0, 6), min_size=1, max_size=3),
)
def test_every_cut_of_a_row_is_accepted(cells: list[str], cuts: list[int]) -> None:
    """Lines, and so pages, may end between any of these marks; inside of a word they do not."""
    lengths = (cuts * 3)[: len(cells)]
    first = "".join(cell[:n] for cell, n in zip(cells, lengths, strict=True))
    second = "".join(cell[n:] for cell, n in zip(cells, lengths, strict=True))
    assert tiled((row(*cells),), first, second)


def test_a_hostile_page_cannot_keep_the_comparison_busy() -> None:
    units = (row("a" * 2000, "a" * 2000, "a" * 2000),)
    assert not tiled(units, *["a" * 100] * 30 + ["b"])


def test_very_long_texts_are_compared_without_being_aligned() -> None:
    assert compare(["x" * 50_000], page().wanted) == (
        Difference(source="statement.legend", kind=CHANGED),
    )
    assert compare([canonical(page().texts[0]) + "x" * 50_000], page().wanted)


# --- templates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["vncopy.pdf:templates/none.typ", "no.such:x.typ", "", "vncopy.pdf:"]
)
def test_an_unknown_template_is_the_callers_mistake(name: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_template(name)
    assert refused.value.problems[0].rule == "template.unknown"
