"""Fonts on the command line: tables for receivers, and pages set in a font of one's own."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from support.made_font import FAMILY, write_font
from support.pdf_copies import demo
from vncopy.cli import app
from vncopy.page_trust import FONT_TABLE_HEAD
from vncopy.pdf.metadata import fonts_of
from vncopy.pki import write_demo_pki

RECORD = Path(__file__).parents[3] / "samples" / "death" / "hospital-2026.json"


def run(*words: str | Path) -> int:
    return app.run([str(word) for word in words])


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    return write_font(tmp_path / "fonts")


def test_a_table_is_written_and_found_again(
    fonts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_demo_pki(demo(), tmp_path)
    table = tmp_path / "trust" / "fonts" / "blocks.txt"
    assert run("trust", "fonts", fonts, "--out", table) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["font"] == FAMILY
    assert table.read_text().startswith(FONT_TABLE_HEAD)
    assert run("trust", "check", "--trust", tmp_path / "trust") == 0
    found = json.loads(capsys.readouterr().out)["fonts"]
    assert found == [{"name": "blocks", "sha256": told["sha256"]}]


def test_a_folder_without_fonts_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("trust", "fonts", tmp_path, "--out", tmp_path / "x.txt") == 64
    assert "--font" in capsys.readouterr().err
    assert run("trust", "fonts", tmp_path, "--font", "Times", "--out", tmp_path / "x.txt") == 64
    assert not (tmp_path / "x.txt").exists()


def draft(*words: str | Path) -> int:
    return run("issue", RECORD, "--type", "death", "--draft", *words)


def test_a_page_is_set_in_the_font_that_was_named(fonts: Path, tmp_path: Path) -> None:
    made = {}
    for name, words in {
        "plain": (),
        "folder": ("--fonts", fonts),
        "both": ("--fonts", fonts, "--font", FAMILY),
        "built in": ("--font", "New Computer Modern"),
    }.items():
        out = tmp_path / name
        assert draft("--out", out, *words) == 0
        (made[name],) = (each.read_bytes() for each in out.glob("*.draft.pdf"))
    named = {name: fonts_of_draft(pdf) for name, pdf in made.items()}
    assert "VncopyBlocks" in named["folder"] == named["both"]
    assert "NewCM" in named["built in"]
    assert "Libertinus" in named["plain"]


def fonts_of_draft(pdf: bytes) -> str:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return fonts_of(opened)


def test_a_font_that_is_not_there_is_refused(
    fonts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert draft("--out", tmp_path, "--fonts", fonts, "--font", "Times New Roman") == 64
    assert "page.font" in capsys.readouterr().err
    assert draft("--out", tmp_path, "--font", "Times New Roman") == 64
