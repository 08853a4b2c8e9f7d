"""What a record prints, field by field, without typesetting."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from support.pages import SAMPLES, sample, sample_names
from vncopy.errors import UsageError
from vncopy.formats.base import FieldState, Missing
from vncopy.formats.copies import CopyKind, SourceOfCopy
from vncopy.formats.dates import Calendar, PartialDate
from vncopy.formats.identifiers import CertificationNumber
from vncopy.formats.profile import load_profile
from vncopy.formats.record import CopyRecord
from vncopy.formats.text import Label
from vncopy.formats.times import PartialTime
from vncopy.pdf.printed import PrintedCopy, printed
from vncopy.pdf.printed_values import STATE_WORDS, fields_of, long_date, number_text, text_of


def data(name: str, **changes: Any) -> dict[str, Any]:
    return printed(sample(name, **changes)).data


def of_kind(record: CopyRecord[Any], kind: CopyKind, **changes: Any) -> CopyRecord[Any]:
    return replace(record, statement=record.statement.model_copy(update={"kind": kind, **changes}))


# --- values --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "long"),
    [
        (PartialDate(year=2026, month=11, day=21), "ngày 21 tháng 11 năm 2026"),
        (PartialDate(year=2019, month=2, day=5), "ngày 05 tháng 02 năm 2019"),
        (PartialDate(year=2019, month=3, day=9), "ngày 09 tháng 3 năm 2019"),
        (PartialDate(year=1952, month=1), "tháng 01 năm 1952"),
        (PartialDate(year=1952), "năm 1952"),
        (PartialDate(year=1950, original_text="khoảng năm 1950"), "khoảng năm 1950"),
    ],
)
def test_dates_are_written_as_in_vietnamese_offices(date: PartialDate, long: str) -> None:
    assert long_date(date) == long


def test_a_lunar_date_says_that_it_is_one() -> None:
    lunar = PartialDate(year=1940, original_text="mồng 3 Tết Canh Thìn", calendar=Calendar.LUNAR)
    assert text_of(lunar) == "mồng 3 Tết Canh Thìn (âm lịch)"
    said = PartialDate(year=1940, original_text="3/1/1940 âm lịch", calendar=Calendar.LUNAR)
    assert text_of(said) == "3/1/1940 âm lịch"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (PartialDate(year=1952, month=7, day=9), "09/07/1952"),
        (PartialTime(hour=9, minute=5), "09 giờ 05 phút"),
        (PartialTime(hour=14), "14 giờ"),
        (Missing(state=FieldState.DASH, text="/"), "/"),
        (True, "Có"),
        (None, ""),
        (Decimal("1250.5"), "1250,5"),
        (("a", "b"), ["a", "b"]),
    ],
)
def test_values_have_one_printed_form(value: object, text: object) -> None:
    assert text_of(value) == text


def test_numbers_never_get_an_exponent() -> None:
    assert number_text(Decimal("1E+3")) == "1000"
    assert number_text(21) == "21"


@pytest.mark.parametrize("state", FieldState)
def test_each_state_has_its_own_words(state: FieldState) -> None:
    assert text_of(Missing(state=state)) == STATE_WORDS[state]
    assert text_of(Missing(state=state, text="(rách)")) == "(rách)"


def test_a_line_that_the_old_form_lacks_is_left_out_unless_todays_form_has_it() -> None:
    document = sample("birth/year-only-registered-again").document
    missing = document.model_copy(
        update={
            "personal_id": Missing(state=FieldState.NOT_ON_FORM),
            "book_number": Missing(state=FieldState.NOT_ON_FORM),
        }
    )
    fields = fields_of(missing, always=frozenset({"personal_id"}))
    assert fields["personal_id"] == ""
    assert "book_number" not in fields


def test_an_undetermined_parent_leaves_every_line_blank() -> None:
    fields = data("birth/father-undetermined")["fields"]
    father = {path: text for path, text in fields.items() if path.startswith("father.")}
    assert len(father) >= 5
    assert set(father.values()) == {""}


# --- the frame -----------------------------------------------------------------------------------


def test_an_extract_has_the_copys_number_office_and_date() -> None:
    found = data("birth/extract-two-parents")
    statement = sample("birth/extract-two-parents").statement
    assert found["title"] == ["TRÍCH LỤC KHAI SINH"]
    assert found["subtitle"] == "(BẢN SAO)"
    assert found["number"] == f"Số: {statement.number!s}"
    assert found["agency"][0] == "ỦY BAN NHÂN DÂN"
    assert found["place_date"].startswith("Hà Nội, ngày ")
    assert found["foot"]["heading"] == "NGƯỜI KÝ TRÍCH LỤC"
    assert found["attestation"] == []
    assert found["original_signer"] is None
    assert "declarant.full_name" not in found["fields"]


def test_the_legend_is_that_of_the_kind_with_the_time_of_the_statement() -> None:
    record = sample("birth/extract-two-parents")
    assert record.statement.issued_at is not None
    form, office, time = printed(record).data["legend"]
    assert form == "Bản sao trích lục hộ tịch"
    assert office == str(record.statement.authority.name)
    assert time == record.statement.issued_at.isoformat()


def test_a_certified_copy_shows_the_paper_and_says_apart_who_certified_it() -> None:
    found = data("birth/certificate-2014-with-district")
    record = sample("birth/certificate-2014-with-district")
    assert found["title"] == ["GIẤY KHAI SINH"]
    assert found["number"] == f"Số: {record.document.registration_number!s}"
    heading, number, office, when = found["attestation"]
    assert heading == "CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH"
    assert number == f"Số chứng thực: {record.statement.number!s}"
    assert office.endswith(str(record.statement.authority.name))
    assert " giờ " in when
    assert found["foot"]["heading"] == "NGƯỜI THỰC HIỆN CHỨNG THỰC"
    assert found["original_signer"]["heading"][0] == "NGƯỜI KÝ GIẤY KHAI SINH"
    assert found["original_signer"]["done"] == "(Đã ký)"


def test_the_marriage_certificate_has_two_columns_and_the_extract_has_not() -> None:
    certificate = data("marriage/certificate-2010-districts")["fields"]
    extract = data("marriage/extract-2019")["fields"]
    assert "left.full_name" in certificate
    assert "right.full_name" in certificate
    assert "wife.full_name" not in certificate
    assert certificate["left.signed"] == "(Đã ký)"
    assert "wife.full_name" in extract


def test_the_old_death_certificate_has_its_numbers_at_the_top_right() -> None:
    found = data("death/certificate-1987")
    assert found["corner"] == ["Quyển số: 01/1987", "Số: 09"]
    assert found["number"] == ""
    assert "registration_number" not in found["fields"]


def test_day_and_hour_of_death_are_one_line() -> None:
    assert data("death/certificate-1987")["fields"]["death_moment"] == (
        "03 giờ, ngày 10 tháng 02 năm 1987"
    )
    assert data("death/identity-and-time-unknown")["fields"]["death_moment"] == "tháng 8 năm 2024"


@pytest.mark.parametrize(
    ("name", "first", "mark"),
    [
        ("land/g1-household-1999", "GIẤY CHỨNG NHẬN", "g1"),
        ("land/g2-many-changes", "GIẤY CHỨNG NHẬN", "g2"),
        ("land/g3-co-owners-2026", "GIẤY CHỨNG NHẬN", "g3"),
    ],
)
def test_each_generation_of_land_certificate_is_marked(name: str, first: str, mark: str) -> None:
    found = data(name)
    assert found["title"][0].startswith(first)
    assert mark in found["fields"]
    assert found["agency"] == []


def test_the_words_after_a_name_are_printed_in_brackets() -> None:
    fields = data("birth/mother-with-alias-1979")["fields"]
    assert fields["mother.full_name"] == "Vũ Thị Nhạn (tức Vũ Thị Én)"
    assert not [path for path in fields if path.endswith("also_known_as")]
    plain = data("birth/certificate-2014-with-district")["fields"]
    assert plain["mother.full_name"] == "Nông Thị Bích"
    document = sample("birth/mother-with-alias-1979").document
    known = document.model_copy(update={"also_known_as": Label("tức Bé")})
    own = printed(replace(sample("birth/mother-with-alias-1979"), document=known)).data["fields"]
    assert own["full_name"] == "PHẠM HỒNG LAM (tức Bé)"


def test_a_co_owner_is_printed_with_the_words_after_his_name() -> None:
    fields = data("land/g1-co-owners-2005")["fields"]
    assert fields["holders"][0]["text"][0].startswith("Bà Tạ Thị Mùi (tức Tạ Thị Mười), năm sinh")


def test_every_copy_of_a_land_certificate_says_that_rights_may_have_changed() -> None:
    for name in sample_names():
        if name.startswith("land/"):
            assert "có thể đã thay đổi" in data(name)["fields"]["advice"]
    assert data("land/g2-co-owners-2015")["fields"]["barcode"] == "0064015002718"


def test_every_change_of_a_land_certificate_is_printed() -> None:
    document = sample("land/g2-many-changes").document
    changes = data("land/g2-many-changes")["fields"]["changes"]
    assert len(changes) == len(document.changes) == document.change_count
    for printed_change, change in zip(changes, document.changes, strict=True):
        assert str(change.content) in printed_change[0]


def test_no_change_and_no_asset_is_a_dash() -> None:
    found = data("land/g3-commune-spouse-2025")["fields"]
    assert found["changes"] == [["-/-", "-/-"]]
    assert found["assets"] == "-/-"


def test_a_person_is_not_repeated_when_the_entrys_own_words_say_all() -> None:
    lines = data("land/g3-commune-spouse-2025")["fields"]["holders"][0]["text"]
    assert len(lines) == 1


@pytest.mark.parametrize("name", sample_names())
def test_every_sample_is_plain_json_without_null_but_the_signer(name: str) -> None:
    found = data(name)
    text = json.dumps({**found, "original_signer": found["original_signer"] or {}})
    assert "null" not in text
    assert json.loads(text)["fields"] == found["fields"]


# --- kinds ---------------------------------------------------------------------------------------


def test_a_copy_that_is_sealed_only_has_one_signature() -> None:
    record = of_kind(
        sample("birth/extract-two-parents"),
        CopyKind.DIGITISED_RESULT,
        certifier=Missing(state=FieldState.NOT_ON_FORM),
        number=Missing(state=FieldState.NOT_ON_FORM),
    )
    content = printed(record)
    assert content.data["signatures"] == ["seal"]
    assert list(content.stamps) == ["seal"]
    assert content.data["foot"]["heading"] == "CƠ QUAN SỐ HÓA"
    assert content.data["symbol_caption"][2] == "Bản in ra giấy không thay thế bản số hóa."
    assert content.data["subtitle"] == "(BẢN SỐ HÓA)"


def test_an_electronic_original_is_not_called_a_copy() -> None:
    record = of_kind(
        sample("birth/certificate-2014-with-district"),
        CopyKind.ELECTRONIC_ORIGINAL,
        source=SourceOfCopy.ELECTRONIC_ORIGINAL,
    )
    content = printed(record)
    assert content.data["subtitle"] == ""
    assert "bản sao" not in content.title
    assert "Bản in ra giấy không thay thế bản điện tử." in content.data["symbol_caption"]


def test_a_printout_is_nowhere_called_a_copy_that_is_valid() -> None:
    words = " ".join(data("birth/extract-two-parents")["symbol_caption"])
    assert "không thay thế" in words


def test_a_draft_without_time_needs_a_profile_and_leaves_the_date_open() -> None:
    record = sample("birth/extract-two-parents")
    record = replace(record, statement=record.statement.model_copy(update={"issued_at": None}))
    with pytest.raises(UsageError, match="profile"):
        printed(record)
    assert sample("birth/extract-two-parents").statement.issued_at is not None
    profile = load_profile(PartialDate(year=2026, month=11, day=21).earliest())
    found = printed(record, draft=True, profile=profile).data
    assert found["draft"] is True
    assert found["place_date"].endswith("ngày … tháng … năm …")
    assert len(found["legend"]) == 2


def test_the_stamps_name_the_signer_the_office_and_the_time() -> None:
    content = printed(sample("birth/extract-two-parents"))
    certifier = sample("birth/extract-two-parents").statement.certifier
    assert any(str(certifier.full_name) in line for line in content.stamps["person"])
    assert content.stamps["seal"][-1] == content.stamps["person"][-1]


def test_a_committee_is_set_in_lines() -> None:
    assert data("birth/extract-two-parents")["agency"] == [
        "ỦY BAN NHÂN DÂN",
        "PHƯỜNG HOÀN KIẾM",
        "THÀNH PHỐ HÀ NỘI",
    ]


def test_fonts_of_the_deployer_come_first() -> None:
    content = printed(sample("birth/extract-two-parents"), fonts=("Tinos", "Libertinus Serif"))
    assert content.data["font"] == ["Tinos", "Libertinus Serif"]


def test_nothing_personal_shows_in_repr_and_title() -> None:
    content = printed(sample("birth/extract-two-parents"))
    name = content.data["fields"]["full_name"]
    assert name not in repr(content)
    assert name.casefold() not in content.title.casefold()
    assert isinstance(content, PrintedCopy)


def test_another_time_gives_another_page() -> None:
    record = sample("birth/extract-two-parents")
    assert record.statement.issued_at is not None
    later = record.at(record.statement.issued_at + timedelta(seconds=1))
    assert printed(later).data["legend"] != printed(record).data["legend"]
    assert CertificationNumber("1520, quyển số 03/2026-SCT/BS")


# --- how offices and signers are broken into lines -----------------------------------------------


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("land/g1-household-1999", ["ỦY BAN NHÂN DÂN", "HUYỆN THẠCH THẤT"]),
        ("land/g2-organisation-2016", ["SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", "THÀNH PHỐ HÀ NỘI"]),
        ("land/g1-damaged-2003", ["UBND THÀNH PHỐ HÀ NỘI"]),
        ("land/g3-co-owners-2026", ["VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI HÀ NỘI"]),
    ],
)
def test_an_office_is_broken_between_its_units(name: str, lines: list[str]) -> None:
    assert data(name)["original_signer"]["heading"][: len(lines)] == lines


def test_a_formula_of_two_parts_takes_two_lines() -> None:
    heading = data("birth/annotated-corrections")["original_signer"]["heading"]
    assert heading[1:] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


# --- assets --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "path", "start"),
    [
        ("land/g1-damaged-2003", "assets", "Nhà ở; "),
        ("land/g2-organisation-2016", "constructions", "Nhà xưởng số 1; "),
        ("land/g3-apartment-foreigner", "assets", "Căn hộ chung cư Sông Xanh; "),
    ],
)
def test_the_kind_of_an_asset_is_not_said_twice(name: str, path: str, start: str) -> None:
    assert data(name)["fields"][path][0].startswith(start)


def test_the_kind_of_an_asset_is_said_where_nothing_else_says_it() -> None:
    raw = json.loads((SAMPLES / "land/g2-organisation-2016.json").read_text(encoding="utf-8"))
    assets = [{**raw["document"]["assets"][0], "kind": "other"}]
    printed_asset = data("land/g2-organisation-2016", assets=assets)["fields"]["constructions"][0]
    assert printed_asset.startswith("Tài sản khác: Nhà xưởng số 1; ")
