"""Templates are read for what they print, without typst."""

from __future__ import annotations

from typing import Any

import pytest

from vncopy.errors import UsageError
from vncopy.pdf.page_text import read_template
from vncopy.pdf.template_words import Piece, Row, body_of, parse_template


def texts(source: str, fields: dict[str, Any], signer: dict[str, Any] | None = None) -> list[str]:
    found: list[str] = []
    for unit in body_of(parse_template(source), fields, signer):
        if isinstance(unit, Piece):
            found.append(unit.text)
        else:
            found.append("|".join("".join(p.text for p in cell) for cell in unit.cells))
    return found


def test_a_line_prints_its_words_and_its_value() -> None:
    assert texts('#line("Họ tên:", "@name")', {"name": "A"}) == ["Họ tên:", "A"]


def test_a_blank_value_leaves_its_label() -> None:
    assert texts('#line("Họ tên:", "@name")', {"name": ""}) == ["Họ tên:"]


def test_an_absent_path_takes_its_label_along() -> None:
    assert texts('#line(("Số:", "@a"), (2fr, "Quyển:", "@b"))', {"a": "1"}) == ["Số:", "1"]


def test_a_condition_is_asked_and_not_printed() -> None:
    source = '#section("II. Thửa đất", "?g2")#line("?g2", "@x")'
    assert texts(source, {"g2": "", "x": "1"}) == ["II. Thửa đất", "1"]
    assert texts(source, {"x": "1"}) == []


def test_lists_print_each_line() -> None:
    assert texts('#line("Ghi chú:", "@n", ".")', {"n": ["a", "", "b"]}) == [
        "Ghi chú:",
        "a",
        "b",
        ".",
    ]


def test_each_prints_its_lines_for_every_entry() -> None:
    source = '#each("@list", ("a)", "@.x"), (("?g", "b)", "@.y"), ("c)", "@.z")),)'
    fields = {"list": [{"x": "1", "y": "2"}, {"x": "3", "z": "4"}], "g": ""}
    assert texts(source, fields) == ["a)", "1", "b)", "2", "a)", "3", "c)", "4"]
    assert texts(source, {}) == []
    units = body_of(parse_template(source), fields, None)
    assert [u.source for u in units if isinstance(u, Piece)][1] == "list.0.x"


def test_rows_print_head_and_cells() -> None:
    source = '#rows("@t", ("Nội dung", 2fr), ("Xác nhận", 1fr))'
    fields = {"t": [["a", ""], ["b", "c"]]}
    assert texts(source, fields) == ["Nội dung", "Xác nhận", "a|", "b|c"]
    last = body_of(parse_template(source), fields, None)[-1]
    assert isinstance(last, Row)
    assert [piece.text for piece in last.header] == ["Nội dung", "Xác nhận"]


def test_cells_beside_each_other_come_together_or_not_at_all() -> None:
    source = '#beside(("Vợ:", "@l"), ("Chồng:", "@r"))'
    assert texts(source, {"l": "A", "r": "B"}) == ["Vợ:A|Chồng:B"]
    assert texts(source, {"l": "A"}) == []


def test_the_original_signer_is_named_without_empty_lines() -> None:
    signer = {"place_date": "", "heading": ["CHỦ TỊCH"], "done": "(Đã ký)", "name": "A"}
    assert texts("#original-signer()", {}, signer) == ["CHỦ TỊCH", "(Đã ký)", "A"]
    assert texts("#original-signer()", {}, None) == []


def test_comments_names_of_arguments_and_escapes_are_understood() -> None:
    source = r"""
// "not this"
#import "frame.typ": *
#show: copy-page
/* "nor this" */
#section("a // b", level: 3)
#line("nói \"thế\"", "@x") // "nor that"
"""
    assert texts(source, {"x": "1"}) == ["a // b", 'nói "thế"', "1"]


@pytest.mark.parametrize(
    "source", ['#line("a"', '#text("word")', '"loose"', '#box(line-of("a"))', '#v("x")']
)
def test_words_that_the_check_would_not_see_are_refused(source: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_template(source)
    assert refused.value.problems[0].rule == "template.words"


@pytest.mark.parametrize("name", ["birth", "marriage", "death", "land"])
def test_the_builtin_templates_speak_the_language(name: str) -> None:
    calls = parse_template(read_template(f"vncopy.pdf:templates/{name}.typ"))
    assert len(calls) > 10
