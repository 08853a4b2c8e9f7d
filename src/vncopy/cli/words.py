"""The words of the terminal, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

__all__ = ["WORDS"]

WORDS: Final = {
    "vi": {
        "copy_id": "Mã bản sao",
        "kind": "Hình thức",
        "issuer": "Cơ quan cấp",
        "vouched_by": "Bảo đảm bởi",
        "claimed_at": "Thời điểm ghi trên bản sao",
        "proven_at": "Thời điểm được chứng minh",
        "none": "chưa có",
        "content": "Nội dung",
        "compare": "Nội dung mã QR: hãy so từng dòng với tờ giấy",
        "carried": "Chỉ các trường chính, không phải toàn bộ giấy tờ",
        "signature": "Chữ ký",
        "not_required": "không yêu cầu",
    },
    "en": {
        "copy_id": "Copy id",
        "kind": "Kind of copy",
        "issuer": "Issuing office",
        "vouched_by": "Vouched for by",
        "claimed_at": "Time stated by the copy",
        "proven_at": "Proven time",
        "none": "none",
        "content": "Content",
        "compare": "Content of the symbol: compare each line with the sheet",
        "carried": "Key fields only, not the whole document",
        "signature": "Signature",
        "not_required": "not required",
    },
}
"""Labels of what a report shows, by language."""
