"""A short valid land certificate and its statement, to be varied by tests."""

from __future__ import annotations

import copy
from typing import Any

from vncopy.formats.copies import CopyStatement
from vncopy.formats.land import LandCertificate
from vncopy.formats.parsing import parse_document

LAND: dict[str, Any] = {
    "form_generation": "g3_qr_2024",
    "certificate_code": "01.26.004.118273",
    "serial": "AA 09273289",
    "holders": [{"kind": "person", "persons": [{"full_name": "Đặng Thị Ngọc Hân"}]}],
    "parcels": [
        {
            "parcel_no": "87",
            "map_sheet_no": "34",
            "area_m2": "215.5",
            "land_uses": [{"type_text": "Đất ở tại nông thôn", "type_code": "ONT"}],
            "term": "Lâu dài",
            "use_form": {"private_m2": "215.5", "shared_m2": {"state": "dash", "text": "Không"}},
            "address": "Thôn Xâm Dương, xã Hồng Vân, thành phố Hà Nội",
        }
    ],
    "assets": {"state": "dash", "text": "-/-"},
    "issued_date": "2026-04-09",
    "issuing_authority": "Văn phòng Đăng ký đất đai Hà Nội",
    "registry_number": "VP 00731",
}

STATEMENT: dict[str, Any] = {
    "kind": "certified_copy",
    "authority": {
        "name": "Ủy ban nhân dân phường Hoàn Kiếm, thành phố Hà Nội",
        "agency_code": "H26.901",
    },
    "number": "1520, quyển số 03/2026-SCT/BS",
    "place": "Hoàn Kiếm",
    "issued_at": "2026-11-21T10:21:35+07:00",
    "certifier": {"full_name": "Lê Thị Thanh Hà", "position": "Phó Chủ tịch"},
    "source": "paper_original",
}


def changed(base: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return a deep copy with fields replaced; ``a__0__b`` names ``a[0].b``, ``None`` removes."""
    whole = copy.deepcopy(base)
    for path, value in fields.items():
        *steps, last = (int(step) if step.isdigit() else step for step in path.split("__"))
        part: Any = whole
        for step in steps:
            part = part[step]
        if value is None:
            del part[last]
        else:
            part[last] = value
    return whole


def land(**fields: Any) -> LandCertificate:
    """Return the certificate with fields replaced."""
    return parse_document(LandCertificate, changed(LAND, **fields))


def statement(**fields: Any) -> CopyStatement:
    """Return the statement with fields replaced."""
    return parse_document(CopyStatement, changed(STATEMENT, **fields))
