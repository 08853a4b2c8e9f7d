"""Tables of outlines in a trust folder: what is accepted, what is refused, and how it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.qr_copies import pki
from vncopy import page_trust, trust_folder
from vncopy.errors import UsageError
from vncopy.page_trust import FONT_TABLE_HEAD, check_font_tables, font_rows, parse_font_table
from vncopy.pki import write_demo_pki
from vncopy.trust_folder import load_trust

A, B = 24 * "a", 24 * "b"


def table(*rows: str, head: str = FONT_TABLE_HEAD) -> bytes:
    return "\n".join([head, *rows, ""]).encode()


def rule_of(caught: pytest.ExceptionInfo[UsageError]) -> str:
    (problem,) = caught.value.problems
    assert problem.message.vi != problem.message.en
    return problem.rule


def test_rows_are_read_as_they_are_written() -> None:
    read = parse_font_table(
        "times", table("# a remark", f"{A} 722.168 0147", "", f"{B} 0 0066+0069 FB01")
    )
    assert read.name == "times"
    assert list(font_rows(read)) == [
        (bytes.fromhex(A), 722.168, ("\u0147",)),
        (bytes.fromhex(B), 0.0, ("fi", "\ufb01")),
    ]
    check_font_tables([read, read])


def test_line_ends_of_windows_do_not_matter() -> None:
    rows = table(f"{A} 500 0041").replace(b"\n", b"\r\n")
    assert [each[2] for each in font_rows(parse_font_table("x", rows))] == [("A",)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        table(),
        table(f"{A} 500 0041", head="# another file"),
        table(f"{A} 500 0041", f"{A} 500 0042"),
        table(f"{A} 500"),
        table(f"{A[:-1]} 500 0041"),
        table(f"{A.upper()} 500 0041"),
        table(f"{A} -5 0041"),
        table(f"{A} 5e2 0041"),
        table(f"{A} 500 0041 "),
        table(f"{A} 500 41"),
        table(f"{A} 500 202E"),
        table(f"{A} 500 0041+200B"),
        table(f"{A} 500 D800"),
        table(f"{A} 500 FFFFFF"),
        table(f"{A} 500 0041" + "+0041" * 8),
    ],
)
def test_anything_else_is_no_table(content: bytes) -> None:
    with pytest.raises(UsageError) as caught:
        parse_font_table("x", content)
    assert rule_of(caught) == "trust.font_table"


def test_tables_that_contradict_each_other_are_refused() -> None:
    nine = parse_font_table("nine", table(f"{A} 500 0039"))
    three = parse_font_table("three", table(f"{A} 500 0033"))
    wide = parse_font_table("wide", table(f"{A} 600 0039"))
    for other in (three, wide):
        with pytest.raises(UsageError) as caught:
            check_font_tables([nine, other])
        assert rule_of(caught) == "trust.fonts_conflict"


def test_tables_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = (parse_font_table(n, table(f"{d} 500 0041")) for n, d in (("a", A), ("b", B)))
    monkeypatch.setattr(page_trust, "MAX_FONT_ROWS", 1)
    with pytest.raises(UsageError) as caught:
        check_font_tables([one, two])
    assert rule_of(caught) == "trust.size"
    with pytest.raises(UsageError) as caught:
        parse_font_table("c", table(f"{A} 500 0041", f"{B} 500 0041"))
    assert rule_of(caught) == "trust.size"
    monkeypatch.setattr(page_trust, "MAX_FONT_BYTES", 80)
    with pytest.raises(UsageError) as caught:
        parse_font_table("c", table(f"{A} 500 0041", f"{B} 500 0041"))
    assert rule_of(caught) == "trust.size"
    with pytest.raises(UsageError) as caught:
        check_font_tables([one, two])
    assert rule_of(caught) == "trust.size"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_demo_pki(pki(), tmp_path)
    (tmp_path / "trust" / "fonts").mkdir()
    return tmp_path / "trust"


def test_a_trust_folder_lends_its_tables(folder: Path) -> None:
    assert load_trust(folder).fonts == ()
    (folder / "fonts" / "times.txt").write_bytes(table(f"{A} 500 0041"))
    (folder / "fonts" / "arial.txt").write_bytes(table(f"{B} 500 0041"))
    (folder / "fonts" / "licence.md").write_text("no table")
    store = load_trust(folder)
    assert [each.name for each in store.fonts] == ["arial", "times"]
    assert store.fonts[1] == parse_font_table("times", table(f"{A} 500 0041"))
    assert store != pki().trust


def test_what_is_wrong_with_a_table_names_its_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "fonts" / "times.txt").write_bytes(b"no table")
    with pytest.raises(UsageError) as caught:
        load_trust(folder)
    assert rule_of(caught) == "trust.font_table"
    assert caught.value.problems[0].field == "fonts/times.txt: "[:-2]
    (folder / "fonts" / "times.txt").write_bytes(table(f"{A} 500 0041"))
    (folder / "fonts" / "other.txt").write_bytes(table(f"{A} 500 0042"))
    with pytest.raises(UsageError) as caught:
        load_trust(folder)
    assert rule_of(caught) == "trust.fonts_conflict"
    assert caught.value.problems[0].field == "fonts/times.txt"
    monkeypatch.setattr(trust_folder, "MAX_FONT_TABLES", 1)
    with pytest.raises(UsageError) as caught:
        load_trust(folder)
    assert rule_of(caught) == "trust.too_many"


def test_the_name_of_a_table_can_be_printed(folder: Path) -> None:
    (folder / "fonts" / "a\u202eb.txt").write_bytes(table(f"{A} 500 0041"))
    with pytest.raises(UsageError) as caught:
        load_trust(folder)
    assert rule_of(caught) == "trust.file_name"


def test_a_trust_folder_lends_earlier_templates(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load_trust(folder).templates == ()
    inside = folder / "templates"
    inside.mkdir()
    assert load_trust(folder).templates == ()
    (inside / "old.typ").write_bytes(b'// vncopy template mine:a.typ\n#line("x")')
    (kept,) = load_trust(folder).templates
    assert (kept.template, kept.source) == ("mine:a.typ", '#line("x")')
    (inside / "none.typ").write_bytes(b'#line("x")')
    with pytest.raises(UsageError) as caught:
        load_trust(folder)
    assert rule_of(caught) == "trust.template"
    assert caught.value.problems[0].field == "templates/none.typ"
    monkeypatch.setattr(trust_folder, "MAX_TEMPLATES", 1)
    with pytest.raises(UsageError) as caught:
        load_trust(folder)
    assert rule_of(caught) == "trust.too_many"
