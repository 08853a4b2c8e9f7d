"""Tables of outlines: what the typesetter embeds for a font, written down for receivers."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from support.lent_fonts import FONTS, FontName, own_fonts
from support.made_font import FAMILY, STYLES, made_font, write_font
from vncopy.errors import UsageError
from vncopy.page_trust import font_rows, parse_font_table
from vncopy.pdf import face_table
from vncopy.pdf.face_table import face_rows, families_of, font_table, row_lines
from vncopy.pdf.fonts import PageFonts


def rule_of(fonts: PageFonts) -> str:
    with pytest.raises(UsageError) as caught:
        font_table(fonts)
    (problem,) = caught.value.problems
    assert problem.message.vi != problem.message.en
    return problem.rule


@pytest.mark.parametrize("font", FONTS)
def test_a_table_holds_every_style_once(font: FontName) -> None:
    content = font_table(own_fonts(font))
    rows = [shown for _, _, shown in font_rows(parse_font_table(font, content))]
    for character in "Ặặ19đ ":
        assert sum(character in shown for shown in rows) == len(STYLES), character
    assert len(content) < 50_000
    assert content == font_table(own_fonts(font))


def test_a_table_of_font_files_names_their_digest() -> None:
    fonts = own_fonts("truetype")
    assert f"# fontFilesDigest {fonts.digest()}\n".encode() in font_table(fonts)
    assert b"fontFilesDigest" not in font_table(own_fonts("cff"))


def test_several_families_give_one_table() -> None:
    made = own_fonts("truetype")
    both = PageFonts(families=(FAMILY, "New Computer Modern"), folder=made.folder)
    known = {digest for digest, _, _ in font_rows(parse_font_table("x", font_table(both)))}
    for fonts in (made, own_fonts("cff")):
        rows = font_rows(parse_font_table("x", font_table(fonts)))
        assert known.issuperset(digest for digest, _, _ in rows)


def test_the_table_of_the_library_is_made_in_the_same_way() -> None:

    known = resources.files("vncopy.pdf").joinpath("known_glyphs.txt").read_text("ascii")
    assert set(row_lines(face_rows("Libertinus Serif"))) <= set(known.splitlines())


def test_a_font_must_have_vietnamese_and_be_there() -> None:
    assert rule_of(PageFonts(families=("DejaVu Sans Mono",))) == "page.glyph"
    assert rule_of(PageFonts(families=("No such font",))) == "page.font_form"


def test_a_font_whose_outlines_cannot_be_told_apart_gets_no_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(face_table, "outlines_of", refuse)
    assert rule_of(own_fonts("cff")) == "page.font_form"


def refuse(_: Any) -> Any:
    raise face_table.UnknownProgram


def test_a_font_that_is_too_large_for_one_page_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(face_table, "SOURCE", "#panic()\n")
    assert rule_of(own_fonts("cff")) == "page.font_form"


def test_families_of_a_folder(tmp_path: Path) -> None:
    assert families_of(str(tmp_path)) == []
    assert families_of(str(write_font(tmp_path / "fonts"))) == [FAMILY]
    assert made_font("Bold") != made_font("Regular")
