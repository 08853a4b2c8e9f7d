"""The words that only the HTML page has, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

from vncopy.errors import Message
from vncopy.report import Covers, Verdict

__all__ = ["ABOUT", "LEADS", "MARKS", "PAGE", "PRINTOUT"]

MARKS: Final = {Verdict.VALID: "✓", Verdict.INVALID: "✗", Verdict.UNDETERMINED: "?"}
"""Symbols beside the colours: for paper without colour and people who do not see it."""

PRINTOUT: Final = Message(
    "Bản in ra giấy là bằng chứng có thể kiểm tra, không phải là bản sao có giá trị pháp lý và "
    "không thay thế bản điện tử. Trang này chỉ là kết quả kiểm tra, không phải là bản sao.",
    "A printout is evidence that can be verified; it is not itself a legal copy and does not replace "
    "the electronic one. This page only tells what was verified; it is no copy.",
)
"""Said of every copy, whatever the verdict."""

ABOUT: Final = {
    Covers.QR_CONTENT: Message(
        "Tờ giấy mang mã QR không được kiểm tra; người xem phải tự so.",
        "The sheet that bears the QR code was not verified; whoever holds it has to compare.",
    ),
    Covers.QR_KEY_FIELDS: Message(
        "Tờ giấy mang mã QR không được kiểm tra, và mã chỉ mang các trường chính; người xem phải tự so.",
        "The sheet that bears the QR code was not verified, and the code carries key fields only; "
        "whoever holds it has to compare.",
    ),
    Covers.SIGNATURES: Message(
        "Chỉ xét các chữ ký số của tệp, không xét nội dung của tệp có đúng sự thật không.",
        "Only the signatures of the file were judged, not whether what it says is true.",
    ),
    Covers.STORED_FACTS: Message(
        "Chỉ xét dữ kiện đã lưu; chính bản sao không được xem lại.",
        "Only facts stored earlier were judged; the copy itself was not looked at again.",
    ),
}
"""What an answer leaves open by what it is about; one about a file leaves nothing of it."""

_KEY_FIELDS: Final = Message(
    "Các trường chính trong mã QR còn nguyên như khi được ký, và khóa ký được tin cậy. Điều này không "
    "nói gì về tờ giấy, cũng không nói gì về các mục khác: hãy so từng dòng với tờ giấy.",
    "The key fields in the QR code are as they were signed, by a key that is trusted. That says "
    "nothing of the sheet, nor of any other field: compare each line of the content with it.",
)
_SYMBOL: Final = Message(
    "Nội dung mã QR còn nguyên như khi được ký, và khóa ký được tin cậy. Điều này không nói gì về "
    "tờ giấy: hãy so từng dòng của nội dung với tờ giấy.",
    "The content of the QR code is as it was signed, by a key that is trusted. That says nothing of "
    "the sheet: compare each line of the content with it.",
)
LEADS: Final[dict[Verdict, dict[Covers | None, Message]]] = {
    Verdict.VALID: {
        Covers.PDF: Message(
            "Tệp còn nguyên như khi được ký, và mọi điều được yêu cầu đều đã được chứng minh.",
            "The file is as it was signed, and everything that was required is proven.",
        ),
        Covers.QR_CONTENT: _SYMBOL,
        Covers.QR_KEY_FIELDS: _KEY_FIELDS,
        Covers.SIGNATURES: Message(
            "Các chữ ký số còn nguyên vẹn, và mọi điều được yêu cầu đều đã được chứng minh. Điều này không "
            "nói gì về nội dung của tệp.",
            "The signatures are sound, and everything that was required is proven. That says nothing "
            "of what the file holds.",
        ),
        Covers.STORED_FACTS: Message(
            "Theo dữ kiện đã lưu, mọi điều được yêu cầu đều đã được chứng minh. Chính bản sao không "
            "được xem lại.",
            "By the facts stored earlier, everything that was required is proven. The copy itself "
            "was not looked at again.",
        ),
    },
    Verdict.INVALID: {
        None: Message(
            "Có điều không đúng. Không chấp nhận; lý do và việc nên làm ở dưới.",
            "Something is wrong. Do not accept it; why, and what to do, is below.",
        )
    },
    Verdict.UNDETERMINED: {
        None: Message(
            "Chưa đủ bằng chứng để nói là hợp lệ hay không. Chưa chấp nhận; những gì còn thiếu và việc "
            "nên làm ở dưới.",
            "Evidence is missing, so that nobody can say whether it is valid. Do not accept it yet; "
            "what is missing, and what to do, is below.",
        )
    },
}
"""What the verdict means, by what it covers; ``None``: whatever it covers."""

PAGE: Final = {
    "vi": {
        "report": "kết quả kiểm tra của vncopy",
        "about": "Kết quả này nói về điều gì",
        "waived": "Chính sách không yêu cầu, nên kết quả không bảo đảm",
        "why": "Lý do",
        "warnings": "Cảnh báo",
        "warned": "có cảnh báo",
        "warned_of": "Có cảnh báo: hãy đọc phần bên dưới.",
        "copy": "Bản sao",
        "signatures": "Các chữ ký số",
        "checks": "Mọi bước kiểm tra",
        "check": "Bước kiểm tra",
        "result": "Kết quả",
        "remark": "Ghi chú",
        "valid": "đạt",
        "invalid": "không đạt",
        "undetermined": "chưa rõ",
        "level": "Cấp độ chữ ký",
        "technical": "Bằng chứng kỹ thuật",
        "read": "Tệp được đọc",
        "at": "Xét cho thời điểm",
        "policy": "Chính sách (cấp độ tối thiểu)",
        "indication": "Theo ETSI EN 319 102-1",
        "purpose": "Mục đích kiểm tra",
        "sha256": "Tệp",
        "text_sha256": "Nội dung mã QR",
        "format": "Loại giấy tờ",
        "qr_certificate": "Chứng thư chữ ký số của khóa ký mã QR",
        "certificate": "Chứng thư chữ ký số của người ký",
        "stamp_certificate": "Chứng thư chữ ký số của dấu thời gian",
        "version": "Phần mềm",
    },
    "en": {
        "report": "what vncopy verified",
        "about": "What this answer is about",
        "waived": "Not required by the policy, so that the answer does not vouch for it",
        "why": "Reasons",
        "warnings": "Warnings",
        "warned": "with a warning",
        "warned_of": "There are warnings: read them below.",
        "copy": "The copy",
        "signatures": "Signatures",
        "checks": "All checks",
        "check": "Check",
        "result": "Result",
        "remark": "Remark",
        "valid": "passed",
        "invalid": "failed",
        "undetermined": "unknown",
        "level": "Level of the signature",
        "technical": "Technical evidence",
        "read": "The file was read",
        "at": "Judged for the time",
        "policy": "Policy (lowest level)",
        "indication": "By ETSI EN 319 102-1",
        "purpose": "Purpose",
        "sha256": "File",
        "text_sha256": "Text of the QR code",
        "format": "Document type",
        "qr_certificate": "Certificate of the QR code's key",
        "certificate": "Certificate of the signer",
        "stamp_certificate": "Certificate of the timestamp",
        "version": "Software",
    },
}
"""Headings and labels of the page, by language."""
