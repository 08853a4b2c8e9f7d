"""What a copy says, as people read it and compare it with a sheet."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

import pytest

from support.pdf_copies import AT, BASIC, demo, issued
from vncopy.cli.content import content_lines, statement_lines, statement_title, value_text
from vncopy.formats.base import BLANK_BY_LAW, NOT_ON_FORM
from vncopy.formats.copies import CopyKind
from vncopy.report import CarriedFields, Issuer, VerifiedCopy
from vncopy.verify.qr import verify_qr


def carried(name: Any, carriage: Literal["full", "reference"]) -> VerifiedCopy[Any]:
    """Return what the symbol of a synthetic copy says."""
    text = issued(name, carriage=carriage).qr_text
    return verify_qr(text, trust=demo().trust, at=AT, policy=BASIC).require()


def labels(copy: VerifiedCopy[Any], language: Literal["vi", "en"]) -> list[str]:
    return [label for label, _ in content_lines(copy.content, language)]


@pytest.mark.parametrize("name", ["birth", "marriage", "death", "land"])
@pytest.mark.parametrize("carriage", ["full", "reference"])
def test_every_field_has_the_label_of_the_form(
    name: str, carriage: Literal["full", "reference"]
) -> None:
    copy = carried(name, carriage)
    vietnamese, english = labels(copy, "vi"), labels(copy, "en")
    assert len(vietnamese) == len(english) > 5
    assert not any("_" in label for label in (*vietnamese, *english))
    for label, other in zip(vietnamese, english, strict=True):
        assert other.endswith(f" – {label.rpartition(' / ')[2]}"), label


def test_key_fields_leave_out_what_the_form_does_not_have() -> None:
    fields = {"full_name": "A", "hometown": NOT_ON_FORM, "personal_id": BLANK_BY_LAW}
    known = CarriedFields(format_id="vn.birth/1", fields=fields, digest=b"")
    assert list(content_lines(known, "vi")) == [
        ("Họ, chữ đệm, tên", "A"),
        ("Số định danh cá nhân", "[để trống theo quy định]"),
    ]
    strange = CarriedFields(format_id="org.example.x/1", fields={"full_name": "A"}, digest=b"")
    for language in ("vi", "en"):
        assert list(content_lines(strange, language)) == [("full name", "A")]


def test_words_of_a_list_stand_beside_those_of_the_form() -> None:
    kind = CopyKind.REGISTER_COPY
    assert value_text(kind, "vi") == "bản sao điện tử được cấp từ sổ gốc"
    assert value_text(kind, "en") == "register copy (bản sao điện tử được cấp từ sổ gốc)"
    assert (value_text(True, "vi"), value_text(False, "vi")) == ("Có", "Không")
    assert (value_text(True, "en"), value_text(7, "en")) == ("yes", "7")


def test_the_statement_is_compared_too() -> None:
    copy = carried("birth", "full")
    assert copy.header is not None
    sheet = dict(statement_lines(copy, "qr_content", "vi"))
    assert sheet["Số bản sao"] == str(copy.header.number)
    assert "Người ký bản sao / Họ, chữ đệm, tên người ký" in sheet
    assert "Nguồn của bản sao" not in sheet
    assert "Nguồn của bản sao" in dict(statement_lines(copy, "pdf", "vi"))
    shown = " ".join(f"{label} {text}" for label, text in sheet.items())
    assert "yêu cầu" not in shown
    assert "compare each line" in statement_title("qr_content", "en")
    assert "compare" not in statement_title("pdf", "en")


def test_the_answer_alone_has_no_statement() -> None:
    copy: VerifiedCopy[Any] = VerifiedCopy(
        content=None,
        header=None,
        format_id="vn.birth/1",
        kind="register_extract_copy",
        issuer=Issuer("H26.901", "UBND", "demo-root", "ab" * 32),
        claimed_at=datetime(2026, 11, 22, tzinfo=UTC),
        proven_at=None,
        copy_id="B25HE025ECTE0000",
    )
    assert list(statement_lines(copy, "pdf", "vi")) == []
