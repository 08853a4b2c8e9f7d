"""Build the preset dictionary of VNC1, or check that the committed one is in step (``--check``).

The dictionary is part of the format: it is fixed when 1.0 is tagged, and another one is another
format. It is made of official labels and phrases, of units and provinces, of syllables that are
common in names of persons and places, and of pieces of CBOR that nearly every copy has. The groups
stand from the rare to the frequent: the nearer to the end, the shorter DEFLATE can point to them.
``python -m benchmarks.sizes --pieces`` says what each piece saves.
"""

from __future__ import annotations

import argparse
import re
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent
MODULE = ROOT / "src" / "vncopy" / "wire" / "dictionary.py"
MAX_SIZE = 2048

SYLLABLES = (
    "Diễm Đại Lý Liên Hoài Như Hiền Thắng Phước Lương Trọng Ngân Nhung Hồng Phong Quỳnh Thủy "
    "Tiên Lộc Tân Linh Yến Trường Phùng Đức Khang Nhật Nghĩa Đình Trịnh Quốc Oanh Việt "
    "Thượng Đặng Cẩm Mạnh Thảo Hiệp Hữu Duy Tú Đông Anh Xuân Quang Thuận Viết Dũng Ngô Đoàn "
    "Chu Triệu Ngọc Tô Bảo Hậu Trang Ân Thạnh Phương Lạc Long Tuyết "
)
PROVINCES = (
    "Thái Bình",
    ", tỉnh Đồng Tháp",
    "Lâm Đồng",
    "Vĩnh Phúc",
    "Hải Dương",
    "Thừa Thiên Huế",
    "Thái Nguyên",
    "Lạng Sơn",
    ", tỉnh Cao Bằng",
    "Tuyên Quang",
    "Điện Biên",
    ", tỉnh Lai Châu",
    "Đắk Lắk",
    "Sơn La",
    "Cà Mau",
    ", tỉnh Nam Định",
    "Lào Cai",
    ", tỉnh Quảng Ngãi",
    "Tây Ninh",
    "Khánh Hòa",
    "Gia Lai",
    "Hưng Yên",
    "Bắc Ninh",
    ", tỉnh Phú Thọ",
    "An Giang",
    ", tỉnh Nghệ An",
    "Thanh Hóa",
    ", tỉnh Hà Giang",
)
"""Of today and of former times; with the words before them where they are frequent."""

PIECES: tuple[str, ...] = (
    # Annotations, changes and the papers of organisations: rare.
    "Chưa xác định",
    "Thay đổi ",
    "Thế chấp ",
    "quyền sử dụng đất ",
    "Bà ",
    "sinh năm ",
    "khu đô thị mới ",
    " theo hồ sơ số ",
    "Chi nhánh ",
    "tòa nhà ",
    "Giấy báo tử",
    # Where people are born and live.
    "Bệnh viện Phụ sản ",
    "Trạm Y tế xã ",
    "xóm ",
    "Trung tâm Y tế ",
    "Thôn ",
    "Bệnh viện Đa khoa ",
    "khu vực ",
    "Buôn ",
    SYLLABLES,
    *PROVINCES,
    # Land: assets, terms, offices; parcels and holders as they begin in CBOR.
    "<05 04 0e 82 22 63>-/-<11 68>VP ",
    "<08 00 08 82 22 63>-/-<0a 19 db>",
    "<03 1b 00 00 00>",
    "<04 81 a1 00 01 05 00 06 a2 00 65>",
    "Nhà ở riêng lẻ",
    "<07 81 a7 00 63>",
    "Đến ngày ",
    "Văn phòng đăng ký đất đai ",
    "trích đo ",
    ", quyển số 01/2026-SCT/BS<04>",
    "BS-VPĐK",
    "Căn hộ chung cư ",
    "lâu dài",
    "Công nhận QSDĐ như ",
    "<01 82 22 66>Không<07 78>",
    "<05 81 a2 00 01 01 82 a3 00 00 01>",
    "<03 78 21>",
    "<05 00 06 01 07 1a 00 01>",
    "<04 6b>AA ",
    "<05 81 a2 00 00 01 81 a3 00 01 01>",
    "<0e 63>-/-<11 68>VP ",
    "Đất ở",
    "<04 81 a1 00 00 05 00 06 a2 00 65>",
    "<07 81 a8 00 63>",
    "<11 68>CH 0",
    "<04 82 a4 00 00 01 00 02 65>",
    "<01 82 22 66>không<07 78>",
    # Identity papers.
    "<07 a4 00 02 01 1a>",
    "<03 01 02 a6 00 78 1a>",
    "<03 01 03 78>",
    # Statements: certifier, source, relation and ground, then the first keys of the document; the
    # bodies of three types; the status.
    "<01 01 07 01 09 00 0a 00 03 a5 01 a6 00>",
    "<01 01 07 00 09 00 0a 00 03>",
    "<01 01 07 02 09 05 0a 00 03 aa 00 03 02 6a>",
    "<01 01 07 01 09 00 0a 00 03 ad 01 78>",
    "/2026/TLKH-BS<04>",
    "<07 01 08 19 dc>",
    "<19 ff ff a1 6b>status_list<a2 63>idx<19 63>uri<78>https://",
    "/2026/TLKT-BS<04>",
    "<3a 00 01 11 70 a4 00 69>vn.land/1<01 00 02 a8 00 02 02 78>",
    "<3a 00 01 11 70 a4 00 6d>vn.marriage/1<01 00 02 a8 00 00 02 78>",
    "<3a 00 01 11 70 a4 00 6a>vn.death/1<01 00 02 a8 00 00 02 78>",
    # Units and the most frequent surnames.
    ", thị trấn ",
    "Phan ",
    "Võ ",
    ", thành phố Hải Phòng",
    "g, thành phố Đà Nẵng",
    ", quận ",
    "Hoàng ",
    "Số ",
    ", huyện ",
    "Bùi ",
    "Lê ",
    ", thành phố Cần Thơ",
    " ngõ ",
    "Vũ ",
    "Ủy ban nhân dân xã ",
    "Phạm ",
    "Văn ",
    "Nguyễn ",
    "Trần ",
    "Thị ",
    # Sex, ethnicity Kinh, nationality Việt Nam and what follows them; numbers of copies.
    "<04 69>Hà Nội<06 83>",
    "<04 02 05 01 06 19 02 c0 07 1a>",
    "<03 01 04 19 02 c0 05 78>",
    "<04 01 05 01 06 19 02 c0 08 78>",
    "<04 02 05 01 06 19 02 c0 08 78>",
    ", phường ",
    "<0b a5 00>",
    "<0c a5 00>",
    ", Thành phố Hồ Chí Minh",
    "<01 19 07 c4>",
    "<02 01 03 19 02 c0 04 78>",
    ", thành phố Hà Nội",
    ", xã ",
    "/2026/TLKS-BS<04>",
    # The head of the claims, the body of a birth, the office.
    "<06 1a 6b>",
    "<a4 01 67>H26.",
    "<3a 00 01 11 70 a4 00 6a>vn.birth/1<01 00 02 a8 00 00 02 78 42>",
    "Ủy ban nhân dân phường ",
    "<a4 01 66>H26.12<06 1a 6a>",
)
"""The dictionary's pieces: UTF-8, and bytes in hexadecimal between ``<`` and ``>``."""

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


def piece_bytes(piece: str) -> bytes:
    """Return the bytes of a piece."""
    parts = re.split("<([0-9a-f ]+)>", piece)
    return b"".join(
        bytes.fromhex(part) if at % 2 else part.encode() for at, part in enumerate(parts)
    )


def build() -> bytes:
    """Return the dictionary.

    Raises:
        SystemExit: it is larger than the format allows.
    """
    built = b"".join(piece_bytes(piece) for piece in PIECES)
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
