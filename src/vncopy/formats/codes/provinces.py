"""Provinces by date: 63 units until 30/06/2025, 34 since 01/07/2025, and who succeeded whom.

Before 01/08/2008 there was Hà Tây as well; Thừa Thiên Huế is called Huế since 01/01/2025.

Seven two-digit codes mean another province since the reform (15, 24, 44, 52, 80, 82, 91). A code
without a date therefore names no province: every look-up takes one.
"""

from __future__ import annotations

import datetime as dt

__all__ = [
    "CODES_UNTIL_2025",
    "CODE_LISTS",
    "HA_TAY_MERGED",
    "HUE_RENAMED",
    "PROVINCES_SINCE_2025",
    "PROVINCES_UNTIL_2025",
    "REFORM",
    "REUSED_CODES",
    "SUCCESSORS",
]

REFORM = dt.date(2025, 7, 1)
"""First day of the 34 units and of two-level local government (QĐ 19/2025/QĐ-TTg)."""
CODES_UNTIL_2025 = dt.date(2004, 7, 8)
"""First day of the numeric code list (QĐ 124/2004/QĐ-TTg)."""
HA_TAY_MERGED = dt.date(2008, 8, 1)
"""First day without Hà Tây, which went to Hà Nội (NQ 15/2008/QH12)."""
HUE_RENAMED = dt.date(2025, 1, 1)
"""First day of thành phố Huế (NQ 175/2024/QH15)."""

PROVINCES_UNTIL_2025: dict[str, str] = {
    "01": "Hà Nội", "02": "Hà Giang", "04": "Cao Bằng", "06": "Bắc Kạn", "08": "Tuyên Quang",
    "10": "Lào Cai", "11": "Điện Biên", "12": "Lai Châu", "14": "Sơn La", "15": "Yên Bái",
    "17": "Hòa Bình", "19": "Thái Nguyên", "20": "Lạng Sơn", "22": "Quảng Ninh",
    "24": "Bắc Giang", "25": "Phú Thọ", "26": "Vĩnh Phúc", "27": "Bắc Ninh", "30": "Hải Dương",
    "31": "Hải Phòng", "33": "Hưng Yên", "34": "Thái Bình", "35": "Hà Nam", "36": "Nam Định",
    "37": "Ninh Bình", "38": "Thanh Hóa", "40": "Nghệ An", "42": "Hà Tĩnh", "44": "Quảng Bình",
    "45": "Quảng Trị", "46": "Thừa Thiên Huế", "48": "Đà Nẵng", "49": "Quảng Nam",
    "51": "Quảng Ngãi", "52": "Bình Định", "54": "Phú Yên", "56": "Khánh Hòa",
    "58": "Ninh Thuận", "60": "Bình Thuận", "62": "Kon Tum", "64": "Gia Lai", "66": "Đắk Lắk",
    "67": "Đắk Nông", "68": "Lâm Đồng", "70": "Bình Phước", "72": "Tây Ninh",
    "74": "Bình Dương", "75": "Đồng Nai", "77": "Bà Rịa - Vũng Tàu", "79": "Hồ Chí Minh",
    "80": "Long An", "82": "Tiền Giang", "83": "Bến Tre", "84": "Trà Vinh", "86": "Vĩnh Long",
    "87": "Đồng Tháp", "89": "An Giang", "91": "Kiên Giang", "92": "Cần Thơ",
    "93": "Hậu Giang", "94": "Sóc Trăng", "95": "Bạc Liêu", "96": "Cà Mau",
}  # fmt: skip
"""The 63 units; a personal id begins with "0" and one of these (domain: place of registration)."""

PROVINCES_SINCE_2025: dict[str, str] = {
    "01": "Hà Nội", "04": "Cao Bằng", "08": "Tuyên Quang", "11": "Điện Biên", "12": "Lai Châu",
    "14": "Sơn La", "15": "Lào Cai", "19": "Thái Nguyên", "20": "Lạng Sơn", "22": "Quảng Ninh",
    "24": "Bắc Ninh", "25": "Phú Thọ", "31": "Hải Phòng", "33": "Hưng Yên", "37": "Ninh Bình",
    "38": "Thanh Hóa", "40": "Nghệ An", "42": "Hà Tĩnh", "44": "Quảng Trị", "46": "Huế",
    "48": "Đà Nẵng", "51": "Quảng Ngãi", "52": "Gia Lai", "56": "Khánh Hòa", "66": "Đắk Lắk",
    "68": "Lâm Đồng", "75": "Đồng Nai", "79": "Hồ Chí Minh", "80": "Tây Ninh",
    "82": "Đồng Tháp", "86": "Vĩnh Long", "91": "An Giang", "92": "Cần Thơ", "96": "Cà Mau",
}  # fmt: skip
"""The 34 units."""

CODE_LISTS: tuple[tuple[dt.date, dict[str, str]], ...] = (
    (CODES_UNTIL_2025, PROVINCES_UNTIL_2025 | {"28": "Hà Tây"}),
    (HA_TAY_MERGED, PROVINCES_UNTIL_2025),
    (HUE_RENAMED, PROVINCES_UNTIL_2025 | {"46": "Huế"}),
    (REFORM, PROVINCES_SINCE_2025),
)
"""Each list with its first day, oldest first."""

SUCCESSORS: dict[str, str] = {code: code for code in PROVINCES_UNTIL_2025} | {
    "28": "01",
    "02": "08", "06": "19", "10": "15", "15": "15", "17": "25", "26": "25", "24": "24",
    "27": "24", "30": "31", "34": "33", "35": "37", "36": "37", "44": "44", "45": "44",
    "49": "48", "62": "51", "64": "52", "52": "52", "58": "56", "67": "68", "60": "68",
    "54": "66", "74": "79", "77": "79", "70": "75", "72": "80", "80": "80", "94": "92",
    "93": "92", "83": "86", "84": "86", "87": "82", "82": "82", "89": "91", "91": "91",
    "95": "96",
}  # fmt: skip
"""Code before the reform → code of the province that took it over (NQ 202/2025/QH15; Hà Tây: 2008)."""

REUSED_CODES: frozenset[str] = frozenset({"15", "24", "44", "52", "80", "82", "91"})
"""Codes that mean another province since the reform."""
