"""Numbers that get mixed up are different types, each with its own form."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from pydantic import TypeAdapter

from support.documents import personal_ids
from vncopy.errors import UsageError
from vncopy.formats.identifiers import (
    AgencyCode,
    BookNumber,
    CertificationNumber,
    ExtractNumber,
    IdNumber,
    LandBarcode,
    LandBookNumber,
    LandCertificateCode,
    LandSerial,
    OfficeCopyNumber,
    PageNumber,
    PersonalId,
    RegisterCopyNumber,
    RegistrationNumber,
)
from vncopy.formats.procedures import ProcedureCode, ResultCode
from vncopy.formats.text import CheckedText

GOOD: list[tuple[type[CheckedText], list[str]]] = [
    (PersonalId, ["001318004512", "096099000001", "123456789012"]),
    (IdNumber, ["012345678", "B1234567", "C4J8Z21KT", "PA 447-1920", "12/QĐ"]),
    (RegistrationNumber, ["45", "45/2019", "01/2014", "007", "12A", "45 / 2019", "số lạ 3"]),
    (
        ExtractNumber,
        ["470/2025/TLKS-BS", "576/2026/TLKT-BS", "24/TLKT-BS", "45/TLKT-BS/2026", "02/TLKT"],
    ),
    (
        CertificationNumber,
        [
            "1520, quyển số 03/2026-SCT/BS",
            "88 quyển số 1-SCT/BS",
            "7 SCT/BS",
            "1520/SCT-BS",
            "1520/2026-SCT/BS",
            "0123; Quyển số: 01/2024 - SCT/BS",
            "0123 Quyển: 02 – SCT/BS",
        ],
    ),
    (OfficeCopyNumber, ["15/SY-UBND", "7/SL", "3/2026/TrS-VP", "15/SY-VPĐKĐĐ", "2/SY-STNMT.VP"]),
    (
        RegisterCopyNumber,
        ["12/2026/BS-VPĐK", "3/BS", "45/UBND-HT", "118/BS-TrTT", "7/SYT", "2026-15/BSSG"],
    ),
    (BookNumber, ["02", "01/2017", "I/1998"]),
    (PageNumber, ["7", "0007"]),
    (LandSerial, ["BN 531146", "AA 09273289", "AA02378604", "Đ 123456", "BĐ 123456"]),
    (LandBookNumber, ["CS 03027", "CH 00120", "CN.5429", "CS23305/DA", "1151"]),
    (ProcedureCode, ["2.000815", "2.000815.000.00.00.H55.02", "1.001193.000.00.00.H26"]),
    (ResultCode, ["KQ.G15.000031"]),
    (LandBarcode, ["0064015002718", "00640.15.002718", "00 01 14 000123"]),
    (LandCertificateCode, ["123ABC", "A.B-1234567"]),
    (AgencyCode, ["H26", "H26.34.12", "G15.A1", "H55.242"]),
]
BAD: list[tuple[type[CheckedText], list[str]]] = [
    (PersonalId, ["12345678901a", "1234567890123", "0013 8004512", "٠٠١٣١٨٠٠٤٥١٢"]),
    (IdNumber, ["-1", "a_b", "12-", "số 3"]),
    (RegistrationNumber, ["470/2025/TLKS-BS", "24/TLKT", "a\nb"]),
    (ExtractNumber, ["45", "470/25/TLKS-BS", "470/TLKX", "TLKS-BS", "470/2025/TLKS-BSS"]),
    (CertificationNumber, ["1520", "SCT/BS", "1520/SCT/CK"]),
    (OfficeCopyNumber, ["SY-UBND", "15/SY UBND", "12/BS"]),
    (RegisterCopyNumber, ["BS", "12/SY-UBND", "12/TLKS-BS", "12/TLKS", "7/SCT-BS", "12/", "12 BS"]),
    (PageNumber, ["", "12345", "I"]),
    (LandSerial, ["ABC 123456", "AA 12345", "AA 123456789", "aa 123456", "\u00d0 123456"]),
    (ProcedureCode, ["2000815", "2.00081", "2.000815.H55"]),
    (ResultCode, ["KQ.G15.31", "G15.000031"]),
    (LandBarcode, ["MV 12", ".1", "1 ", "A"]),
    (LandCertificateCode, ["12345", "abcdef"]),
    (AgencyCode, ["Z26", "H2", "h26", "H26.", "H26.12345678901", "H26.1.2.3.4.5.6.7"]),
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in GOOD for text in texts])
def test_a_number_in_its_form_is_kept(kind: type[CheckedText], text: str) -> None:
    made = kind(text)
    assert made == text
    assert kind.from_wire(made.to_wire()) == made
    adapter = TypeAdapter(kind)
    assert adapter.validate_json(adapter.dump_json(made)) == made
    assert re.search(adapter.json_schema()["pattern"], text)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in BAD for text in texts])
def test_any_other_is_refused(kind: type[CheckedText], text: str) -> None:
    with pytest.raises(UsageError) as refused:
        kind(text)
    assert all(p.message.vi and p.message.en for p in refused.value.problems)
    assert kind is not PersonalId or text not in str(refused.value)


def test_a_lost_zero_is_recognised() -> None:
    with pytest.raises(UsageError) as refused:
        PersonalId("1318004512" + "3")
    assert refused.value.problems[0].rule == "personal_id.lost_zero"


@pytest.mark.parametrize(
    ("text", "province", "year", "female"),
    [
        ("001318004512", "001", 2018, True),
        ("034194006218", "034", 1994, True),
        ("001048007316", "001", 1948, False),
        ("001223017730", "001", 2023, False),
        ("001405000001", "001", 2105, False),
        ("001999000001", "001", 2399, True),
    ],
)
def test_the_parts_of_a_personal_id(text: str, province: str, year: int, female: bool) -> None:
    made = PersonalId(text)
    assert (made.province_code, made.birth_year, made.is_female) == (province, year, female)
    assert repr(made) == "PersonalId(…)"


@given(personal_ids())
def test_personal_ids_travel_as_numbers(made: PersonalId) -> None:
    assert 0 <= made.to_wire() < 10**12
    assert PersonalId.from_wire(made.to_wire()) == made


@pytest.mark.parametrize("wire", [-1, 10**12, True, "001318004512", None])
def test_nothing_else_is_a_personal_id(wire: object) -> None:
    with pytest.raises(ValueError):
        PersonalId.from_wire(wire)


def test_what_the_numbers_say() -> None:
    assert ExtractNumber("470/2025/TLKS-BS").event == "KS"
    assert ExtractNumber("45/TLKT-BS/2026").year == 2026
    assert ExtractNumber("470/2025/TLKS-BS").year == 2025
    assert ExtractNumber("24/TLKH").year is None
    assert ExtractNumber("24/TLKH-BS").is_copy
    assert not ExtractNumber("24/TLKH").is_copy
    assert RegistrationNumber("45/2019").year == 2019
    assert RegistrationNumber("45").year is None
    assert RegistrationNumber("45").is_usual
    assert not RegistrationNumber("Quyển I số 5").is_usual
    assert LandBookNumber("CS 03027").is_usual
    assert LandSerial("AA02378604").canonical == LandSerial("AA 02378604").canonical
    assert LandSerial("Đ 123456").canonical == "Đ 123456"
    assert OfficeCopyNumber("3/2026/TrS-VP").symbol == "TrS"
    assert OfficeCopyNumber("7/SL").symbol == "SL"
    assert not LandBookNumber("sổ cũ").is_usual


def test_the_four_numbers_of_copies_exclude_each_other() -> None:
    kinds = (ExtractNumber, CertificationNumber, OfficeCopyNumber, RegisterCopyNumber)
    for kind, texts in GOOD:
        for text in texts if kind in kinds else ():
            fitting = [k for k in kinds if re.fullmatch(k.pattern, text, re.ASCII)]
            assert fitting == [kind]


@pytest.mark.parametrize(
    ("legacy", "code"),
    [("000.12.34.H26", "H26.34.12"), ("000.00.00.H26", "H26"), ("000.00.12.H55", "H55.12")],
)
def test_legacy_agency_codes_are_turned_round(legacy: str, code: str) -> None:
    assert AgencyCode.from_legacy(legacy) == code
    assert repr(AgencyCode(code)) == f"AgencyCode('{code}')"
