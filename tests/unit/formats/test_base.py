"""How a document type is declared, and what its author is told when it is declared wrongly."""

from __future__ import annotations

from typing import ClassVar

import pytest

from vncopy.errors import UsageError
from vncopy.formats.base import (
    NOT_ON_FORM,
    STATE_CODES,
    Document,
    DocumentTypes,
    FieldState,
    Missing,
    Part,
    Stated,
    Travel,
    item,
    items,
)
from vncopy.formats.birth import BirthRecord
from vncopy.formats.coded import CodedEnum, TextPart
from vncopy.formats.parsing import parse_document
from vncopy.formats.rules import Rule, findings
from vncopy.formats.text import FreeText, PersonName
from vncopy.formats.types import BUILTIN_TYPES

TWO_WORDS = Rule(
    id="example.two_words",
    level="error",
    vi="họ tên phải có ít nhất hai từ",
    en="a name has at least two words",
    source="an example",
    check=lambda d: () if " " in d.full_name else ("full_name",),
)


class Example(Document, format_id="org.example.thing/1", title_vi="Ví dụ", template="x:y.typ"):
    """A type of one's own."""

    rules: ClassVar[tuple[Rule, ...]] = (TWO_WORDS,)

    full_name: PersonName = item(1, "Họ tên", travel=Travel.REFERENCE)
    note: Stated[FreeText] = item(2, "Ghi chú", default=NOT_ON_FORM)


def test_a_type_of_ones_own_is_one_class() -> None:
    assert (Example.format_id, Example.title_vi) == ("org.example.thing/1", "Ví dụ")
    first, second = items(Example)
    assert (first.key, first.name, first.travel, first.required) == (
        1,
        "full_name",
        Travel.REFERENCE,
        True,
    )
    assert (second.default, second.required) == (NOT_ON_FORM, False)
    made = parse_document(Example, {"full_name": "Lê An"})
    assert made.note == NOT_ON_FORM
    assert findings(made) == ()


def test_its_error_rules_are_obeyed() -> None:
    with pytest.raises(UsageError) as refused:
        Example(full_name=PersonName("An"))
    assert [(p.field, p.rule) for p in refused.value.problems] == [
        ("full_name", "example.two_words")
    ]


def test_a_field_without_item_is_a_mistake_of_the_author() -> None:
    class Bare(Part):
        name: PersonName

    with pytest.raises(TypeError, match="item"):
        items(Bare)


def test_a_key_used_twice_is_a_mistake_of_the_author() -> None:
    class Twice(Part):
        one: PersonName = item(1, "a")
        other: PersonName = item(1, "b")

    with pytest.raises(TypeError, match="second time"):
        items(Twice)


def test_types_are_looked_up_by_their_id() -> None:
    assert BUILTIN_TYPES.get("vn.birth/1") is BirthRecord
    assert BUILTIN_TYPES.get("vn.birth/2") is None
    more = BUILTIN_TYPES.with_type(Example)
    assert "org.example.thing/1" in more
    assert "org.example.thing/1" not in BUILTIN_TYPES
    assert [kind.format_id for kind in more] == [
        *(k.format_id for k in BUILTIN_TYPES),
        Example.format_id,
    ]


def test_two_types_with_one_id_are_refused() -> None:
    with pytest.raises(UsageError):
        BUILTIN_TYPES.with_type(BirthRecord)
    with pytest.raises(UsageError):
        DocumentTypes(Document)


def test_missing_values_say_why_and_hide_their_words() -> None:
    missing = Missing(state=FieldState.UNKNOWN_STATED, text="Không rõ")
    assert repr(missing) == "Missing(unknown_stated)"
    assert set(STATE_CODES) == set(FieldState)
    assert all(code < 0 for code in STATE_CODES.values())
    assert len(set(STATE_CODES.values())) == len(STATE_CODES)


def test_members_of_a_list_are_declared_whole() -> None:
    with pytest.raises(TypeError):

        class Bad(CodedEnum):
            ONE = "one"

    class Good(CodedEnum):
        ONE = "one", 0, "Một"

    assert Good("one") is Good.from_wire(0)


def test_a_plain_string_stands_for_its_field_only() -> None:
    class Thing(TextPart):
        text: FreeText
        code: str | None = None

    assert parse_document(Thing, '"x"') == Thing(text=FreeText("x"))
    assert Thing(text=FreeText("x"), code="1").model_dump(mode="json") == {"text": "x", "code": "1"}
    assert "anyOf" in Thing.model_json_schema()
