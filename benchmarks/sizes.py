"""``python -m benchmarks.sizes [--unseen] [--pieces]``: how large symbols of synthetic records are.

Sizes are bytes of the COSE message in full carriage; they follow from the records and the format,
not from the machine. ``--unseen`` takes other units, streets and hospitals than the dictionary was
made with. ``--pieces`` prints instead what each piece of the preset dictionary saves, by
leaving it out: bytes over all samples and over synthetic records of another seed.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import zlib
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "scripts")]

from build_dictionary import PIECES, piece_bytes  # noqa: E402

from support import words_of_records  # noqa: E402
from support.synthetic import TYPES, Synthetic  # noqa: E402
from vncopy.formats.record import CopyRecord, copy_id_of, parse_input  # noqa: E402
from vncopy.wire import claims as cwt  # noqa: E402
from vncopy.wire import cose, deflate  # noqa: E402
from vncopy.wire.encode import claims_of  # noqa: E402
from vncopy.wire.payload import Carriage  # noqa: E402

COUNT = 400
UNSEEN = {
    "WARDS": (
        "phường Việt Hưng|xã Sóc Trăng|phường Hòa Hưng|xã Ba Tơ|phường Kiến An|xã Tiên Lãng|"
        "phường Sa Pa|xã Mường Khương|phường Tam Thanh|xã Hữu Lũng|phường Bồ Đề|xã Đan Phượng|"
        "phường An Hội Tây|xã Nhà Bè|phường Trấn Biên|xã Xuân Lộc|phường Cam Linh|"
        "xã Diên Khánh|phường Quy Nhơn|xã Tuy Phước|phường Vũng Tàu|xã Cái Bè|phường Mỹ Tho|"
        "xã Giồng Trôm|phường Cái Răng|xã Phụng Hiệp|phường Lý Văn Lâm|xã Năm Căn|"
        "phường Đồng Hới|xã Lệ Thủy"
    ),
    "OLD_UNITS": (
        "xã Văn Khê, huyện Mê Linh, thành phố Hà Nội|"
        "phường Dịch Vọng, quận Cầu Giấy, thành phố Hà Nội|"
        "xã Trung Sơn, huyện Đô Lương, tỉnh Nghệ An|"
        "thị trấn Cái Dầu, huyện Châu Phú, tỉnh An Giang|"
        "xã Phú Hữu, huyện Nhơn Trạch, tỉnh Đồng Nai|"
        "phường Thảo Điền, quận 2, Thành phố Hồ Chí Minh|"
        "xã Kim Sơn, huyện Kim Động, tỉnh Hưng Yên|"
        "xã Hòa Tiến, huyện Hòa Vang, thành phố Đà Nẵng|"
        "xã Yên Bình, huyện Bình Lục, tỉnh Hà Nam|xã Bình Nghị, huyện Tây Sơn, tỉnh Bình Định"
    ),
    "HOSPITALS": (
        "Bệnh viện Đa khoa tỉnh Thanh Hóa|Bệnh viện Đa khoa Xanh Pôn|Bệnh viện Nhi đồng 1|"
        "Bệnh viện Phụ sản Hải Phòng|Bệnh viện Phụ sản - Nhi Đà Nẵng|"
        "Bệnh viện Đa khoa Medlatec|Trung tâm Y tế huyện Đô Lương|Trạm Y tế xã Văn Khê|"
        "Bệnh viện 103|Bệnh viện C Đà Nẵng"
    ),
    "STREETS": (
        "Nguyễn Du|Trần Phú|Lê Duẩn|Phạm Ngọc Thạch|Hoàng Hoa Thám|Thái Hà|Tây Sơn|"
        "Nguyễn Văn Cừ|Ngô Gia Tự|Trần Quang Khải|Lý Tự Trọng|Đinh Tiên Hoàng|"
        "Nam Kỳ Khởi Nghĩa|Huỳnh Thúc Kháng"
    ),
    "VILLAGES": (
        "thôn Trung|thôn Nội|xóm Chùa|ấp Phú Hòa|bản Huổi Lóng|tổ 9|khối Vinh Quang|buôn Krông|"
        "khu 2"
    ),
}
"""Units, streets and hospitals on which the dictionary was neither made nor measured before."""


def synthetic(name: str, *, seed: int, long: bool, count: int) -> list[bytes]:
    """Return the claims of synthetic records."""
    source = Synthetic(seed, long=long)
    records = (source.record(name) for _ in range(count))
    return [cwt.to_cbor(claims_of(record, Carriage.FULL)) for record in records]


def of_samples() -> list[bytes]:
    """Return the claims of all samples."""
    found = []
    for name, kind in TYPES.items():
        for sample in sorted((ROOT / "samples" / name).glob("*.json")):
            document, statement = parse_input(sample.read_bytes(), kind)
            record = CopyRecord(
                document=document,
                statement=statement,
                copy_id=copy_id_of(bytes(range(100, 110))),
                salt=bytes(range(16)),
            )
            found.append(cwt.to_cbor(claims_of(record, Carriage.FULL)))
    return found


def message_size(claims: bytes) -> int:
    """Return the size of the COSE message."""
    return len(cose.frame(bytes(8), deflate.deflate(claims), bytes(64)))


def print_sizes() -> None:
    """Print the table of sizes."""
    print("| | typical: median | p95 | long: median | p95 | largest |")
    print("|---|---:|---:|---:|---:|---:|")
    for name in TYPES:
        cells: list[float] = []
        for long in (False, True):
            records = synthetic(name, seed=2026, long=long, count=COUNT)
            sizes = sorted(message_size(claims) for claims in records)
            cells += [statistics.median(sizes), sizes[COUNT * 95 // 100 - 1]]
        print(f"| {name} | " + " | ".join(f"{each:g}" for each in [*cells, sizes[-1]]) + " |")


def total(records: list[bytes], dictionary: bytes) -> int:
    """Return the compressed size of all records with another dictionary."""
    size = 0
    for claims in records:
        sizes = []
        for strategy in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FIXED):
            packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, strategy, zdict=dictionary)
            sizes.append(len(packer.compress(claims) + packer.flush()))
        size += min(sizes)
    return size


def print_pieces() -> None:
    """Print what each piece of the dictionary saves."""
    pieces = [piece_bytes(piece) for piece in PIECES]
    made = [synthetic(n, seed=7, long=long, count=25) for n in TYPES for long in (False, True)]
    corpora = of_samples(), [claims for records in made for claims in records]
    whole = [total(records, b"".join(pieces)) for records in corpora]
    print("| piece | bytes | saved on samples | on synthetic records |")
    print("|---|---:|---:|---:|")
    for at, (text, piece) in enumerate(zip(PIECES, pieces, strict=True)):
        without = b"".join(pieces[:at] + pieces[at + 1 :])
        saved = [
            total(records, without) - all_ for records, all_ in zip(corpora, whole, strict=True)
        ]
        print(f"| `{text}` | {len(piece)} | {saved[0]} | {saved[1]} |")


def main() -> None:
    """Print one of the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pieces", action="store_true", help="what each piece saves")
    parser.add_argument("--unseen", action="store_true", help="with units it was not made with")
    options = parser.parse_args()
    if options.unseen:
        for name, texts in UNSEEN.items():
            setattr(words_of_records, name, texts.split("|"))
    if options.pieces:
        print_pieces()
    else:
        print_sizes()


if __name__ == "__main__":
    main()
