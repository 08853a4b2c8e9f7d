"""Offices that issue identity papers and travel as numbers; any other text travels as text."""

from __future__ import annotations

__all__ = ["PAPER_ISSUERS"]

PAPER_ISSUERS: dict[int, str] = {
    0: "Bộ Công an",
    1: "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
    2: "Cục trưởng Cục Cảnh sát quản lý hành chính về trật tự xã hội",
    3: "Cục Cảnh sát đăng ký quản lý cư trú và dữ liệu quốc gia về dân cư",
    4: "Cục trưởng Cục Cảnh sát đăng ký quản lý cư trú và dữ liệu quốc gia về dân cư",
    5: "Cục Cảnh sát ĐKQL cư trú và DLQG về dân cư",
    6: "Cục Quản lý xuất nhập cảnh",
    7: "Công an thành phố Hà Nội",
    8: "Công an Thành phố Hồ Chí Minh",
}
"""Number → the exact text; numbers are never reused, texts never changed."""
