"""Usual texts of land certificates that travel as numbers; any other text travels as text.

Names and codes of land by TT 08/2024/TT-BTNMT and, for papers of their time, TT 27/2018/TT-BTNMT;
origins of the right by TT 23/2014/TT-BTNMT and TT 10/2024/TT-BTNMT.
"""

from __future__ import annotations

__all__ = [
    "LAND_ORIGINS",
    "LAND_TERMS",
    "LAND_USES",
    "LAND_USE_CODES",
    "OWNERSHIP_FORMS",
    "STRUCTURE_GRADES",
]

LAND_USES: dict[int, str] = {
    0: "Đất ở tại nông thôn",
    1: "Đất ở tại đô thị",
    2: "Đất trồng cây lâu năm",
    3: "Đất trồng cây hàng năm khác",
    4: "Đất bằng trồng cây hàng năm khác",
    5: "Đất nương rẫy trồng cây hàng năm khác",
    6: "Đất chuyên trồng lúa",
    7: "Đất chuyên trồng lúa nước",
    8: "Đất trồng lúa còn lại",
    9: "Đất trồng lúa nước còn lại",
    10: "Đất trồng lúa nương",
    11: "Đất nuôi trồng thủy sản",
    12: "Đất rừng sản xuất",
    13: "Đất rừng phòng hộ",
    14: "Đất rừng đặc dụng",
    15: "Đất chăn nuôi tập trung",
    16: "Đất làm muối",
    17: "Đất nông nghiệp khác",
    18: "Đất thương mại, dịch vụ",
    19: "Đất cơ sở sản xuất phi nông nghiệp",
    20: "Đất khu công nghiệp",
    21: "Đất cụm công nghiệp",
    22: "Đất ở",
    23: "Đất vườn",
    24: "Đất cơ sở tôn giáo",
    25: "Đất tôn giáo",
    26: "Đất cơ sở tín ngưỡng",
    27: "Đất tín ngưỡng",
    28: "Đất xây dựng trụ sở cơ quan",
    29: "Đất xây dựng cơ sở giáo dục và đào tạo",
    30: "Đất xây dựng cơ sở y tế",
    31: "Đất sử dụng cho hoạt động khoáng sản",
    32: "Đất quốc phòng",
    33: "Đất an ninh",
}
"""Number → the exact text; numbers are never reused, texts never changed (in all lists here)."""

LAND_USE_CODES: dict[int, str] = {
    0: "ONT",
    1: "ODT",
    2: "CLN",
    3: "HNK",
    4: "BHK",
    5: "NHK",
    6: "LUC",
    7: "LUK",
    8: "LUN",
    9: "NTS",
    10: "RSX",
    11: "RPH",
    12: "RDD",
    13: "CNT",
    14: "LMU",
    15: "NKH",
    16: "TMD",
    17: "SKC",
    18: "SKK",
    19: "SKN",
    20: "TON",
    21: "TIN",
    22: "TSC",
    23: "DGD",
    24: "SKS",
    25: "CQP",
    26: "CAN",
    27: "T",
}
"""Number → the exact code."""

LAND_TERMS: dict[int, str] = {
    0: "Lâu dài",
    1: "lâu dài",
    2: "Ổn định lâu dài",
    3: "ổn định lâu dài",
}
"""Number → the exact text; below 10000, where the days begin."""

_ORIGINS = (
    "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất",
    "Công nhận QSDĐ như giao đất không thu tiền sử dụng đất",
    "Nhà nước giao đất có thu tiền sử dụng đất",
    "Nhà nước giao đất không thu tiền sử dụng đất",
    "Nhà nước cho thuê đất trả tiền một lần",
    "Nhà nước cho thuê đất trả tiền hàng năm",
    "Thuê đất trả tiền một lần của doanh nghiệp đầu tư hạ tầng khu công nghiệp",
    "Thuê đất trả tiền hàng năm của doanh nghiệp đầu tư hạ tầng khu công nghiệp",
)
_RECEIVED = ("Nhận chuyển nhượng", "Nhận thừa kế", "Nhận tặng cho")

LAND_ORIGINS: dict[int, str] = dict(
    enumerate(
        (*_ORIGINS, *(f"{how} đất được {first}" for how in _RECEIVED for first in _ORIGINS[:4]))
    )
)
"""Number → the exact text: the State's own acts, then rights received whose origin is one of them."""

OWNERSHIP_FORMS: dict[int, str] = {0: "Sở hữu riêng", 1: "Sở hữu chung"}
"""Number → the exact text."""

STRUCTURE_GRADES: dict[int, str] = {
    0: "Cấp đặc biệt",
    1: "Cấp I",
    2: "Cấp II",
    3: "Cấp III",
    4: "Cấp IV",
}
"""Number → the exact text."""
