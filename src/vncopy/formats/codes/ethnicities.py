"""Ethnic groups of Vietnam: codes of decision 121-TCTK/PPCĐ of 1979 and spellings on papers."""

from __future__ import annotations

__all__ = ["ALIASES", "AMBIGUOUS", "ETHNICITIES"]

ETHNICITIES: dict[str, str] = {
    "01": "Kinh", "02": "Tày", "03": "Thái", "04": "Hoa", "05": "Khmer", "06": "Mường",
    "07": "Nùng", "08": "Mông", "09": "Dao", "10": "Gia-rai", "11": "Ngái", "12": "Ê-đê",
    "13": "Ba-na", "14": "Xơ-đăng", "15": "Sán Chay", "16": "Cơ-ho", "17": "Chăm",
    "18": "Sán Dìu", "19": "Hrê", "20": "Mnông", "21": "Ra-glai", "22": "Xtiêng",
    "23": "Bru-Vân Kiều", "24": "Thổ", "25": "Giáy", "26": "Cơ-tu", "27": "Gié-Triêng",
    "28": "Mạ", "29": "Khơ-mú", "30": "Co", "31": "Ta-ôi", "32": "Chơ-ro", "33": "Kháng",
    "34": "Xinh-mun", "35": "Hà Nhì", "36": "Chu-ru", "37": "Lào", "38": "La Chí", "39": "La Ha",
    "40": "Phù Lá", "41": "La Hủ", "42": "Lự", "43": "Lô Lô", "44": "Chứt", "45": "Mảng",
    "46": "Pà Thẻn", "47": "Cơ Lao", "48": "Cống", "49": "Bố Y", "50": "Si La", "51": "Pu Péo",
    "52": "Brâu", "53": "Ơ Đu", "54": "Rơ-măm", "55": "Người nước ngoài",
}  # fmt: skip
"""Code → name of the list. The QR relies on it: codes are never reused, names never changed."""

AMBIGUOUS: frozenset[str] = frozenset({"Thổ"})
"""Names whose code must be stated: on very old northern papers "Thổ" may mean Tày."""

ALIASES: dict[str, str] = {
    "Việt": "01", "Hán": "04", "Tàu": "04", "Khơ-me": "05", "Khơ me": "05", "Cur": "05",
    "Miên": "05", "H'Mông": "08", "HMông": "08", "Hmông": "08", "H'mông": "08", "Mèo": "08",
    "Mán": "09", "Jrai": "10", "Gia Rai": "10", "Gia rai": "10", "Rađê": "12", "Êđê": "12",
    "Ê Đê": "12", "Ê đê": "12", "Bahnar": "13", "Ba Na": "13", "Xê-đăng": "14", "Sedang": "14",
    "Xơ Đăng": "14", "Cao Lan": "15", "Sán Chí": "15", "K'Ho": "16", "Kơ Ho": "16", "Cơ Ho": "16",
    "Chàm": "17", "M'Nông": "20", "Raglay": "21", "Ra Glai": "21", "S'tiêng": "22",
    "Vân Kiều": "23", "Katu": "26", "Cơ Tu": "26", "Pa Cô": "31", "Tà Ôi": "31",
}  # fmt: skip
"""Other spellings → code; help for data entry only, the text on the paper stays what it is."""
