"""What stands in brackets behind a reason: which signature, which page, which certificate.

Checks give it as a hint for engineers, in English and with numbers. People get what it names in their
own language; codes, field names and classes of errors stay as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from vncopy.errors import Message

if TYPE_CHECKING:
    from vncopy.errors import Language

__all__ = ["detail_text"]

_PLACES: Final = (
    (
        r"certificate -1\b",
        "chứng thư của bên ký bằng chứng",
        "the certificate that signed evidence",
    ),
    (r"certificate 0\b", "chứng thư của người ký", "the signer's certificate"),
    (r"certificate (\d+)", r"chứng thư cấp trên thứ \1", r"the authority \1 above the signer"),
    (r"signature (\d+)", r"chữ ký thứ \1", r"signature \1"),
    (r"(\d+) signatures\b", r"\1 chữ ký", r"\1 signatures"),
    (r"(\d+) symbols\b", r"\1 mã QR", r"\1 QR codes"),
    (r"(\d+) written, (\d+) found", r"ghi \1, tìm thấy \2", r"\1 written, \2 found"),
    (r"pages ([\d, ]*\d)", r"trang \1", r"pages \1"),
    (r"(\d+) bytes\b", r"\1 byte", r"\1 bytes"),
    (r"(\d+) % of a page", r"\1 % của một trang", r"\1 % of a page"),
    (
        r"(\d+) later fields not compared",
        r"\1 ô thêm sau không được so sánh",
        r"\1 later fields not compared",
    ),
    (
        r"(?:unused|twice|earlier|covered|invisible|over_text|hidden_field|layer|value|printed|acts) (\d+)",
        r"\1 chỗ",
        r"places: \1",
    ),
    (r"(\d+) fields\b", r"\1 trường", r"\1 fields"),
    (r"(\d+) notes\b", r"\1 chú thích", r"\1 notes"),
    (r"(\d+) pictures\b", r"\1 hình", r"\1 pictures"),
    (r"(\d+) programs\b", r"\1 chương trình cho máy in", r"\1 programs for printers"),
    (r"(\d+) functions\b", r"\1 hàm đổi màu khi in", r"\1 functions for printers"),
    (r"(\d+) collection\b", "tệp là một bộ sưu tập", "the file is a collection"),
    (r"(\d+) opening\b", r"\1 khi mở", r"\1 on opening"),
    (r"(\d+) reading\b", r"\1 khi đọc", r"\1 while reading"),
    (
        r"new (?:catalog|page|annotation|object) (\d+)",
        r"đối tượng mới số \1",
        r"new object \1",
    ),
    (r"catalog (\d+)", r"đối tượng danh mục số \1", r"catalog object \1"),
    (r"page (\d+)", r"đối tượng trang số \1", r"page object \1"),
    (
        r"annotation (\d+)",
        r"đối tượng chú thích số \1",
        r"annotation object \1",
    ),
    (r"removed (\d+)", r"xóa đối tượng số \1", r"object \1 removed"),
    (r"object (\d+)", r"đối tượng số \1", r"object \1"),
    (r"words (missing|changed)\b", "chữ của mẫu không đúng", r"words of the form \1"),
    (r"page unexpected\b", "chữ thừa trên trang", "further text on the page"),
    (r"([\w.]+) missing\b", r"\1 thiếu", r"\1 missing"),
    (r"([\w.]+) changed\b", r"\1 khác", r"\1 changed"),
    (r"([\w.]+) unexpected\b", r"\1 thừa", r"\1 unexpected"),
    (r"signature timestamp\b", "dấu thời gian của chữ ký", "timestamp of the signature"),
    (r"document timestamp\b", "dấu thời gian của tệp", "timestamp of the file"),
)
"""Forms of what is named, in Vietnamese and English; the first that fits a place counts."""

_WHOLE: Final = {
    "person": Message("người ký", "the person"),
    "seal": Message("chữ ký số của cơ quan", "the seal"),
    "evidence": Message("bằng chứng thu hồi", "revocation evidence"),
    "no path": Message("không có đường dẫn", "no path"),
    "digest": Message("giá trị băm", "digest"),
    "key": Message("khóa", "key"),
    "path": Message("đường dẫn", "path"),
    "gap": Message("khoảng chừa cho chữ ký", "the gap for the signature"),
    "timestamp": Message("dấu thời gian", "timestamp"),
    "file size": Message("kích thước tệp", "size of the file"),
    "unpacked": Message("dung lượng sau giải nén", "size when unpacked"),
    "revisions": Message("số phiên bản trong tệp", "number of revisions"),
    "signatures": Message("số chữ ký", "number of signatures"),
    "timestamps": Message("số dấu thời gian", "number of timestamps"),
    "time": Message("thời gian xử lý", "time"),
    "memory": Message("bộ nhớ", "memory"),
    "look of a field": Message(
        "cách hiện của một trường thêm hoặc sửa sau",
        "the look of a field that came or changed later",
    ),
    "unreadable": Message(
        "phần thêm sau không so sánh được", "a later part that cannot be compared"
    ),
    "outlines": Message("mục lục", "bookmarks"),
    "page labels": Message("nhãn trang", "page labels"),
    "names": Message("tên và tệp đính kèm", "names and attached files"),
    "associated files": Message("tệp liên kết", "associated files"),
    "language": Message("ngôn ngữ", "language"),
    "structure": Message("cấu trúc nội dung", "structure of the content"),
    "structure of the file": Message("cấu trúc tệp", "structure of the file"),
    "view": Message("cách hiện tệp", "how the file is shown"),
    "action": Message("hành động", "actions"),
    "layers": Message("lớp nội dung", "layers"),
    "format": Message("phiên bản định dạng", "the version of the format"),
    "colours": Message("màu", "colours"),
    "permissions": Message("quyền sửa đổi", "permissions"),
    "collection": Message("bộ sưu tập", "collection"),
    "threads": Message("mạch bài", "threads"),
    "catalog": Message("mục khác của tệp", "another entry of the file"),
    "pages": Message("các trang", "pages"),
    "page": Message("một trang", "a page"),
    "annotations": Message("chú thích hoặc liên kết", "notes or links"),
    "fields": Message("các trường", "fields"),
    "form": Message("biểu mẫu", "the form"),
    "fonts of the form": Message("phông chữ của biểu mẫu", "fonts of the form"),
    "page tree": Message("thứ tự các trang", "the order of the pages"),
    "reference": Message("điều chữ ký cho phép sửa", "what the signature permits"),
    "values": Message("số giá trị của một thuộc tính", "number of values of an attribute"),
    "drawn": Message("phần được vẽ", "drawn"),
    "place": Message("vị trí", "place"),
    "header": Message("đầu tệp", "the beginning of the file"),
    "end": Message("cuối tệp", "the end of the file"),
    "font": Message("phông chữ", "font"),
    "filled, and nobody signed it": Message(
        "được điền hoặc vẽ thêm mà không ai ký", "filled, and nobody signed it"
    ),
    "unsigned end": Message("phần cuối không được ký", "the end, which nobody signed"),
    "signed parts": Message("các phần được ký", "signed parts"),
    "certified twice": Message("hai chữ ký chứng nhận", "two certifying signatures"),
    "certified without changes": Message(
        "chữ ký không cho phép sửa đổi", "certified without changes"
    ),
    "the first signature certifies with P=2": Message(
        "chữ ký đầu phải chứng nhận với P=2", "the first signature has to certify with P=2"
    ),
    "signature after a timestamp": Message(
        "chữ ký đứng sau dấu thời gian của tệp", "a signature after a timestamp of the file"
    ),
    "validation data without a timestamp": Message(
        "dữ liệu xác thực mà không có dấu thời gian", "validation data without a timestamp"
    ),
    "not associated data": Message("không phải tệp đính kèm liên kết", "not associated data"),
    "after the time asked for": Message("sau thời điểm xét", "after the time asked for"),
    "made with other templates": Message("làm bằng mẫu khác", "made with other templates"),
    "the type has no template": Message("loại giấy tờ không có mẫu", "the type has no template"),
    "shapes": Message("theo hình các chữ được vẽ", "by the shapes that are drawn"),
    "made again": Message("dựng lại giống hệt", "made again and found equal"),
}
"""Parts that are a phrase by themselves."""


def detail_text(detail: str, language: Language) -> str:
    """Return the detail of a check for people.

    Args:
        detail: as it stands in the report's JSON.
        language: of the words.
    """
    parts = re.split(r"(; |: |, (?=\D))", detail)
    return "".join(_part(part, language) for part in parts)


def _part(part: str, language: Language) -> str:
    """Return one part of a detail: a phrase, or a text in which places are named."""
    whole = _WHOLE.get(part)
    if whole is not None:
        return whole.text(language)
    for form, vi, en in _PLACES:
        part = re.sub(rf"(?<![\w-]){form}", vi if language == "vi" else en, part, count=1)
    return part
