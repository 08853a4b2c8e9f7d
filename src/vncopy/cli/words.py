"""The words of the terminal, in Vietnamese and English."""

from __future__ import annotations

import re
from typing import Final

from vncopy.errors import Message
from vncopy.formats.base import FieldState

__all__ = ["ISOLATION", "STATES", "WORDS", "usage_text"]

WORDS: Final = {
    "vi": {
        "copy_id": "Mã bản sao",
        "kind": "Hình thức",
        "issuer": "Cơ quan cấp",
        "vouched_by": "Được bảo đảm bởi",
        "claimed_at": "Thời điểm ghi trên bản sao",
        "proven_at": "Thời điểm được chứng minh",
        "none": "chưa có",
        "yes": "Có",
        "no": "Không",
        "content": "Nội dung",
        "stated": "Phần ghi của cơ quan cấp",
        "stated_compare": "Phần ghi của cơ quan cấp: hãy so từng dòng với tờ giấy",
        "compare": "Nội dung mã QR: hãy so từng dòng với tờ giấy",
        "carried": "Chỉ các trường chính, không phải toàn bộ giấy tờ",
        "signature": "Chữ ký số",
        "timestamp": "Dấu thời gian",
        "person": "của người ký",
        "seal": "của cơ quan",
        "tsa": "của dịch vụ cấp dấu thời gian",
        "stamped_file": "của tệp",
        "stranger": "của người chưa được biết",
        "strange_service": "của dịch vụ chưa được biết",
        "valid": "còn nguyên vẹn",
        "signed_by": "Tên trong chứng thư",
        "signed_at": "Thời điểm ký tự khai",
        "stamped_at": "Thời điểm của dấu",
        "office": "Cơ quan",
        "revocation_evidence": "Bằng chứng chưa bị thu hồi",
        "renew_before": "Cần gia hạn trước",
        "not_required": "không yêu cầu",
        "why": "Lý do",
        "steps": "Việc nên làm",
        "warnings": "Cảnh báo",
        "read": "Tệp được đọc",
    },
    "en": {
        "copy_id": "Copy id",
        "kind": "Kind of copy",
        "issuer": "Issuing office",
        "vouched_by": "Vouched for by",
        "claimed_at": "Time stated by the copy",
        "proven_at": "Proven time",
        "none": "none",
        "yes": "yes",
        "no": "no",
        "content": "Content",
        "stated": "What the issuing office states",
        "stated_compare": "What the issuing office states: compare each line with the sheet",
        "compare": "Content of the QR code: compare each line with the sheet",
        "carried": "Key fields only, not the whole document",
        "signature": "Signature",
        "timestamp": "Timestamp",
        "person": "of the person",
        "seal": "of the office (its seal)",
        "tsa": "of the timestamp service",
        "stamped_file": "of the file",
        "stranger": "of somebody unknown",
        "strange_service": "of an unknown service",
        "valid": "sound",
        "signed_by": "Name in the certificate",
        "signed_at": "Claimed time of signing",
        "stamped_at": "Time of the timestamp",
        "office": "Office",
        "revocation_evidence": "Evidence that nothing was revoked",
        "renew_before": "Renew before",
        "not_required": "not required",
        "why": "Reasons",
        "steps": "What to do",
        "warnings": "Warnings",
        "read": "The file was read",
    },
}
"""Labels of what a report shows, by language."""

STATES: Final = {
    FieldState.BLANK_BY_LAW: Message("để trống theo quy định", "left blank as the law says"),
    FieldState.NOT_ON_FORM: Message("mẫu giấy không có mục này", "the form has no such field"),
    FieldState.DASH: Message("gạch ngang", "a dash"),
    FieldState.UNKNOWN_STATED: Message("giấy ghi là không rõ", "stated as unknown"),
    FieldState.UNREADABLE: Message("không đọc được", "unreadable"),
    FieldState.WITHHELD: Message("không có trong mã QR", "not carried by the QR code"),
}
"""Why a field shows no value."""

ISOLATION: Final = {
    "process": Message(
        "trong một tiến trình riêng có giới hạn thời gian; hệ thống này không giới hạn được bộ nhớ",
        "in a process of its own, ended in time; this system sets no limit to its memory",
    ),
    "process_with_memory_limit": Message(
        "trong một tiến trình riêng có giới hạn thời gian và bộ nhớ",
        "in a process of its own with limits of time and memory",
    ),
    "sandbox": Message(
        "trong một tiến trình riêng có giới hạn thời gian và bộ nhớ, chỉ được tính toán",
        "in a process of its own with limits of time and memory that may do nothing but compute",
    ),
}
"""Where a stranger's file was read, by what facts say; where none was read nothing is said."""

_USAGE: Final = (
    (r"Missing option '([^']+)'.*", r"thiếu tùy chọn \1"),
    (r"Missing argument '([^']+)'.*", r"thiếu đối số \1"),
    (r"No such command '([^']+)'.*", r"không có lệnh \1"),
    (r"No such option: (\S+?)\.?(?: .*)?", r"không có tùy chọn \1"),
    (r"Option '([^']+)' requires an argument.*", r"tùy chọn \1 cần một giá trị"),
    (r"Got unexpected extra arguments? ?\((.+)\)", r"thừa đối số: \1"),
    (r"Invalid value for '([^']+)': .* is not one of (.+?)\.?", r"\1 chỉ nhận một trong: \2"),
    (r"Invalid value for '([^']+)'.*", r"giá trị của \1 không hợp lệ"),
)
"""The sentences of the command-line parser, which has them in English only."""


def usage_text(english: str) -> str:
    """Return a parser's complaint in both languages, each on its line.

    Args:
        english: the parser's own sentence.
    """
    text = english.replace("Value error, ", "").replace("argument(s)", "argument")
    found = (re.sub(rf"^{form}$", vi, text, flags=re.DOTALL) for form, vi in _USAGE)
    vietnamese = next((vi for vi in found if vi != text), text)
    return f"usage: {text}\nsai cách dùng: {vietnamese}"
