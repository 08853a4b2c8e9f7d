"""Build the preset dictionary of VNC1, or check that the committed one is in step (``--check``).

The dictionary is part of the format: it is fixed when 1.0 is tagged, and another one is another
format. It is made of official labels and phrases, of units and provinces, of syllables that are
common in names of persons and places, and of pieces of CBOR that nearly every copy has. The pieces
stand from the rare to the frequent: the nearer to the end, the shorter DEFLATE can point to them.
"""

from __future__ import annotations

import argparse
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent
MODULE = ROOT / "src" / "vncopy" / "wire" / "dictionary.py"
MAX_SIZE = 2048

SYLLABLES = (
    "Lương Tân Linh Trinh Oanh Nhung Yến Hằng Trí Khoa Toàn Ngân Trường Lợi Khương Thùy Loan Hiếu Huyền "
    "Đức Thắng Lý Nhật Nghĩa Đình Quốc Duy Trọng Đạo Tuyết Hữu Phong Tuấn Dũng Việt Thượng Diệu Kiều Bùi "
    "Hưng Bích Cẩm Hùng Thịnh Vinh Hạnh Thảo Bảo Ngọc Châu Gia Đông Quỳnh Tiến Minh Anh Xuân Mỹ Mai Hà "
)
PROVINCES = (
    ", tỉnh Nam Định, tỉnh Hòa Bình, tỉnh Thái Bình, tỉnh Lai Châu, tỉnh Sơn La, tỉnh Cao Bằng"
    ", tỉnh Tuyên Quang, tỉnh Lạng Sơn, tỉnh Quảng Trị, tỉnh Cà Mau, tỉnh Điện Biên, tỉnh Lào Cai"
    ", tỉnh Hà Tĩnh, tỉnh Đắk Lắk, tỉnh Thái Nguyên, tỉnh Quảng Ngãi, tỉnh Khánh Hòa, tỉnh Tây Ninh"
    ", tỉnh Đồng Tháp, tỉnh Lâm Đồng, tỉnh Gia Lai, tỉnh Vĩnh Long, tỉnh Hưng Yên, tỉnh Ninh Bình"
    ", tỉnh Bắc Ninh, tỉnh Phú Thọ, tỉnh Đồng Nai, tỉnh An Giang, tỉnh Nghệ An, tỉnh Thanh Hóa"
)

PIECES: tuple[str | bytes, ...] = (
    # Annotations and changes: rare and long.
    "theo Quyết định số ",
    " của Tòa án nhân dân ",
    "Chi nhánh Văn phòng đăng ký đất đai ",
    " theo hồ sơ số ",
    "Trạm Y tế xã ",
    "Trung tâm Y tế huyện ",
    "Bệnh viện Phụ sản ",
    "Bệnh viện Đa khoa ",
    " tổ dân phố số ",
    SYLLABLES,
    PROVINCES,
    # Land: parcels, terms, origin.
    "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất",
    bytes.fromhex("08 82 22") + b"c-/-",  # origin ends, no assets, issue date follows
    "Đất ở tại đô thị",
    bytes.fromhex("04 81 a1 00 78 1c") + "Đất ở tại nông thôn".encode(),
    bytes.fromhex("05 69") + "Lâu dài".encode() + bytes.fromhex("06 a2 00"),
    bytes.fromhex("01 82 22 66") + "không".encode() + bytes.fromhex("07 78"),
    bytes.fromhex("05 81 a2 00 01 01 82 a3 00 00 01"),  # holders: spouses, two persons
    bytes.fromhex("0e 63") + b"-/-" + bytes.fromhex("11 68") + b"VP ",
    bytes.fromhex("07 81 a8 00 63"),  # one parcel
    bytes.fromhex("02 6a") + "quyển số 01/2026-SCT/BS".encode() + bytes.fromhex("04"),
    # Identity papers of marriage records.
    bytes.fromhex("07 a4 00 02 01 6c") + b"001",
    bytes.fromhex("03 78 44") + "Cục Cảnh sát quản lý hành chính về trật tự xã hội".encode(),
    bytes.fromhex("02 a6 00 78 1a"),
    # Statements: place, signer, source, then the first keys of the document.
    b"-BS" + bytes.fromhex("04 69") + "Hà Nội".encode() + bytes.fromhex("06 83 78 1a"),
    bytes.fromhex("01 07 02 03 aa 00 03"),
    bytes.fromhex("01 01 07 01 03 a5 01 a6 00"),
    bytes.fromhex("01 01 07 01 03 ad 01 78"),
    "/2026/TLKT-BS",
    "/2026/TLKH-BS",
    bytes.fromhex("3a 00 01 11 70 a5 00 69")
    + b"vn.land/1"
    + bytes.fromhex("01 00 02 a6 00 02 02 78"),
    bytes.fromhex("3a 00 01 11 70 a5 00 6a") + b"vn.death/1",
    bytes.fromhex("3a 00 01 11 70 a5 00 6d")
    + b"vn.marriage/1"
    + bytes.fromhex("01 00 02 a6 00 00 02 78"),
    # Status, the office, the time.
    bytes.fromhex("19 ff ff a1 6b")
    + b"status_list"
    + bytes.fromhex("a2 63")
    + b"idx"
    + bytes.fromhex("19 63")
    + b"uri"
    + bytes.fromhex("78")
    + b"https://",
    "Ủy ban nhân dân xã ",
    " ngõ ",
    "g, thành phố Đà Nẵng, thành phố Hải Phòng",
    ", thị trấn ",
    ", quận ",
    ", huyện ",
    "Lê Võ Vũ Phan Đặng Đỗ Hồ Phạm Văn Trần Thị Nguyễn ",
    # Ethnicity Kinh, nationality Việt Nam and what follows in each document.
    bytes.fromhex("03 01 04 19 02 c0 05 78"),
    bytes.fromhex("04 01 05 01 06 19 02 c0 07 1a"),
    bytes.fromhex("02 01 03 19 02 c0 04 78"),
    bytes.fromhex("01 19 07") + b"\xc4" + bytes.fromhex("04 02 05 01 06 19 02 c0 08 78"),
    ", Thành phố Hồ Chí Minh",
    ", thành phố Hà Nội",
    "g, xã ",
    "/2026/TLKS-BS",
    bytes.fromhex("04 6a"),
    bytes.fromhex("a4 01 66") + b"H26.12" + bytes.fromhex("06 1a 6a"),
    bytes.fromhex("3a 00 01 11 70 a5 00 6a")
    + b"vn.birth/1"
    + bytes.fromhex("01 00 02 a6 00 00 02 78 3f"),
    "Ủy ban nhân dân phường ",
)
"""The dictionary's pieces; a text is its UTF-8."""

HEADER = '''"""The preset dictionary of VNC1. Written by scripts/build_dictionary.py: change it there.

It is fixed for the format: SHA-256 {digest}.
"""

from __future__ import annotations

from typing import Final

DICTIONARY: Final = bytes.fromhex(
{lines}
)
"""The {size} bytes to which DEFLATE may point back before the first byte of a payload."""
'''


def build() -> bytes:
    """Return the dictionary.

    Raises:
        SystemExit: it is larger than the format allows.
    """
    built = b"".join(each.encode() if isinstance(each, str) else each for each in PIECES)
    if len(built) > MAX_SIZE:
        raise SystemExit(f"{len(built)} bytes, {MAX_SIZE} are allowed")
    return built


def module(dictionary: bytes) -> str:
    """Return the source of the module that holds ``dictionary``."""
    text = dictionary.hex()
    lines = "\n".join(f'    "{text[at : at + 80]}"' for at in range(0, len(text), 80))
    return HEADER.format(digest=sha256(dictionary).hexdigest(), lines=lines, size=len(dictionary))


def main() -> int:
    """Write or check the module; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    check = parser.parse_args().check
    source = module(build())
    same = MODULE.exists() and MODULE.read_text("utf-8") == source
    if not same and not check:
        MODULE.write_text(source, "utf-8")
    print("the dictionary is in step" if same else "the dictionary is out of step")
    return 1 if check and not same else 0


if __name__ == "__main__":
    raise SystemExit(main())
