"""Positions and signing formulas that travel as numbers; any other text travels as text."""

from __future__ import annotations

__all__ = ["ON_BEHALF", "POSITIONS"]

POSITIONS: dict[int, str] = {
    0: "Chủ tịch",
    1: "Phó Chủ tịch",
    2: "Công chức tư pháp - hộ tịch",
    3: "Công chức Tư pháp - Hộ tịch",
    4: "Giám đốc",
    5: "Phó Giám đốc",
    6: "Trưởng phòng",
    7: "Phó Trưởng phòng",
    8: "CHỦ TỊCH",
    9: "PHÓ CHỦ TỊCH",
    10: "GIÁM ĐỐC",
    11: "PHÓ GIÁM ĐỐC",
    12: "Công chứng viên",
    13: "Giám đốc Trung tâm Phục vụ hành chính công",
    14: "Phó Giám đốc Trung tâm Phục vụ hành chính công",
    15: "Giám đốc Chi nhánh Văn phòng đăng ký đất đai",
    16: "Tổng Lãnh sự",
    17: "Lãnh sự",
}
"""Code → the exact text; codes are never reused, texts never changed."""

ON_BEHALF: dict[int, str] = {
    0: "TM. ỦY BAN NHÂN DÂN",
    1: "KT. CHỦ TỊCH",
    2: "TL. CHỦ TỊCH",
    3: "TUQ. CHỦ TỊCH",
    4: "KT. GIÁM ĐỐC",
    5: "TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH",
    6: "TUQ. GIÁM ĐỐC",
}
"""Code → the exact formula by which someone signs for another."""
