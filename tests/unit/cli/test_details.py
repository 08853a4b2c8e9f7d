"""What stands in brackets behind a reason, in the language of whoever reads it."""

from __future__ import annotations

import pytest

from vncopy.cli.details import detail_text


@pytest.mark.parametrize(
    ("detail", "vi", "en"),
    [
        ("", "", ""),
        (
            "signature 2; certificate 0: extendedKeyUsage",
            "chữ ký thứ 2; chứng thư của người ký: extendedKeyUsage",
            "signature 2; the signer's certificate: extendedKeyUsage",
        ),
        (
            "signature 1; document timestamp; certificate 1",
            "chữ ký thứ 1; dấu thời gian của tệp; chứng thư cấp trên thứ 1",
            "signature 1; timestamp of the file; the authority 1 above the signer",
        ),
        (
            "certificate -1",
            "chứng thư của bên ký bằng chứng",
            "the certificate that signed evidence",
        ),
        ("3 written, 2 found", "ghi 3, tìm thấy 2", "3 written, 2 found"),
        ("pages 1, 12", "trang 1, 12", "pages 1, 12"),
        (
            "page 61, new object 174, object 9",
            "đối tượng trang số 61, đối tượng mới số 174, đối tượng số 9",
            "page object 61, new object 174, object 9",
        ),
        (
            "annotation 12, catalog 1, removed 4",
            "đối tượng chú thích số 12, đối tượng danh mục số 1, xóa đối tượng số 4",
            "annotation object 12, catalog object 1, object 4 removed",
        ),
        (
            "statement.number missing, words changed, page unexpected",
            "statement.number thiếu, chữ của mẫu không đúng, chữ thừa trên trang",
            "statement.number missing, words of the form changed, further text on the page",
        ),
        ("header", "đầu tệp", "the beginning of the file"),
        ("17 % of a page", "17 % của một trang", "17 % of a page"),
        (
            "covered 1 (pages 1); unused 3",
            "1 chỗ (trang 1); 3 chỗ",
            "places: 1 (pages 1); places: 3",
        ),
        ("seal", "chữ ký số của cơ quan", "the seal"),
        ("sealing", "sealing", "sealing"),
        ("B-B < B-T", "B-B < B-T", "B-B < B-T"),
        ("kind.source, number.type", "kind.source, number.type", "kind.source, number.type"),
        ("mutated-signature 12", "mutated-signature 12", "mutated-signature 12"),
        ("shapes", "theo hình các chữ được vẽ", "by the shapes that are drawn"),
    ],
)
def test_people_are_told_in_their_own_language(detail: str, vi: str, en: str) -> None:
    assert detail_text(detail, "vi") == vi
    assert detail_text(detail, "en") == en
