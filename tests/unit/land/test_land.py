"""The land certificate: three generations, its rules, its samples."""

from __future__ import annotations

import datetime as dt
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from support.land_records import LAND, changed, land
from vncopy.errors import UsageError
from vncopy.formats.base import DocumentTypes, Missing, Travel, items
from vncopy.formats.copies import CopyKind
from vncopy.formats.land import LandCertificate
from vncopy.formats.land_authority import land_authorities
from vncopy.formats.land_parts import Asset, Diagram, LandChange, LandHolder, LandPerson, Parcel
from vncopy.formats.land_rules import LAND_RULES
from vncopy.formats.land_values import ChangeKind, FormGeneration, HolderKind
from vncopy.formats.parsing import parse_document
from vncopy.formats.profile import load_profile
from vncopy.formats.record import CopyRecord, copy_id_of, parse_input, parse_record
from vncopy.formats.rules import findings

SAMPLES = sorted((Path(__file__).parents[3] / "samples" / "land").glob("*.json"))
CHANGE = {
    "date": "2026-10-02",
    "content": "Thế chấp tại Ngân hàng Sông Hồng theo hồ sơ số 000412.TC.001.",
    "confirming_authority": "Văn phòng Đăng ký đất đai Hà Nội",
}
G2: dict[str, Any] = {
    "form_generation": "g2_pink_2009",
    "serial": "BN 531146",
    "certificate_code": None,
    "issued_date": "2013-04-18",
    "issuing_authority": "Ủy ban nhân dân quận Cầu Giấy",
}


def warnings(**fields: Any) -> list[tuple[str, str]]:
    return [(each.problem.field, each.problem.rule) for each in findings(land(**fields))]


def errors(**fields: Any) -> list[tuple[str, str]]:
    with pytest.raises(UsageError) as error:
        land(**fields)
    return [(problem.field, problem.rule) for problem in error.value.problems]


def test_a_good_certificate_breaks_no_rule() -> None:
    assert warnings() == []
    assert warnings(**G2, parcels__0__origin="Nhận thừa kế") == []


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"serial": "AA 092732"}, ("serial", "land.serial_generation")),
        ({"serial": "A 09273289"}, ("serial", "land.serial_generation")),
        ({**G2, "serial": "BN 5311467"}, ("serial", "land.serial_generation")),
        ({"issued_date": "2024-07-31"}, ("issued_date", "land.form_too_early")),
        ({"issued_date": "2023"}, ("issued_date", "land.form_too_early")),
        ({**G2, "issued_date": "2009-09-30"}, ("issued_date", "land.form_too_early")),
        ({"holders": []}, ("holders", "land.holder_missing")),
        ({"holders__0__persons": []}, ("holders.0.persons", "land.holder_unnamed")),
        ({"holders__0__kind": "organisation"}, ("holders.0.name", "land.holder_unnamed")),
        ({"holders__0__kind": "spouses"}, ("holders.0.persons", "land.spouses")),
        ({"parcels": []}, ("parcels", "land.parcel_missing")),
        ({"parcels__0__land_uses": []}, ("parcels.0.land_uses", "land.parcel_missing")),
        ({"assets": []}, ("assets", "land.assets_unstated")),
        ({"change_count": 1}, ("change_count", "land.change_count")),
        ({"changes": [CHANGE], "change_count": 0}, ("change_count", "land.change_count")),
    ],
)
def test_what_no_certificate_can_be(fields: dict[str, Any], problem: tuple[str, str]) -> None:
    assert errors(**fields) == [problem]


@pytest.mark.parametrize(
    ("fields", "finding"),
    [
        ({**G2, "parcels__0__origin": "x", "issued_date": "2026-05-01"}, "land.form_too_late"),
        ({"certificate_code": None}, "land.certificate_code"),
        (G2, "land.origin"),
        ({"registry_number": "10107.2003.QĐUB"}, "land.registry_number"),
        ({"holders__0__kind": "foreign_person"}, "land.foreigner_nationality"),
        ({"parcels__0__land_uses__0__area_m2": "200.0"}, "land.area_of_uses"),
        ({"parcels__0__use_form__private_m2": "200.0"}, "land.area_of_use_forms"),
        (
            {"parcels__0__area_by_commune": [{"area_m2": "1.0", "commune": "xã Hồng Vân"}]},
            "land.area_of_communes",
        ),
        ({"parcels__0__area_m2": "215,50"}, "land.area_decimals"),
        ({"changes": [{**CHANGE, "date": "2020"}]}, "land.change_before_issue"),
        ({"changes": [CHANGE, {**CHANGE, "date": "2026-10-01"}]}, "land.change_order"),
        ({"issuing_authority": "Ủy ban nhân dân quận Cầu Giấy"}, "land.authority"),
        ({"issued_date": "2027-03-01"}, "land.authority_unknown"),
    ],
)
def test_what_deserves_a_second_look(fields: dict[str, Any], finding: str) -> None:
    assert finding in [rule for _, rule in warnings(**fields)]


def test_a_spouse_may_represent_both() -> None:
    fields = {"holders__0__kind": "spouses", "holders__0__represents_spouse": True}
    assert warnings(**fields) == []


def test_rounding_of_areas_is_tolerated() -> None:
    assert warnings(parcels__0__land_uses__0__area_m2="215.6") == []
    assert warnings(parcels__0__land_uses__0__area_m2="215.7") != []


@pytest.mark.parametrize(
    ("day", "office", "usual"),
    [
        ("2013-04-18", "UBND huyện Đông Anh", True),
        ("2013-04-18", "Uỷ ban nhân dân tỉnh Phú Thọ", True),
        ("2013-04-18", "Văn phòng Đăng ký đất đai Hà Nội", False),
        ("2024-02-01", "Chi nhánh Văn phòng đăng ký đất đai Hà Nội quận Tây Hồ", True),
        ("2025-06-30", "Ủy ban nhân dân huyện Đông Anh", True),
        ("2025-07-01", "Ủy ban nhân dân huyện Đông Anh", False),
        ("2025-07-01", "Chủ tịch Ủy ban nhân dân xã Quảng Oai", True),
        ("2026-02-01", "Chi nhánh Văn phòng Đăng ký đất đai Hà Nội", True),
        ("2026-02-01", "Sở Nông nghiệp và Môi trường tỉnh Phú Thọ", True),
        ("2026-01-30", "Ủy ban nhân dân tỉnh Phú Thọ", True),
        ("2026-01-31", "Ủy ban nhân dân tỉnh Phú Thọ", False),
        ("2026-02-01", "Công an thành phố Hà Nội", False),
        # a year alone may lie in either period
        ("2025", "Ủy ban nhân dân huyện Đông Anh", True),
    ],
)
def test_who_issued_when(day: str, office: str, usual: bool) -> None:
    early = {} if day[:4] >= "2025" else {**G2, "parcels__0__origin": "x"}
    found = warnings(**{**early, "issued_date": day, "issuing_authority": office})
    assert (("issuing_authority", "land.authority") not in found) is usual


def test_the_periods_of_authority_follow_each_other() -> None:
    periods = land_authorities()
    assert periods[0].first == dt.date.min
    assert periods[-1].last == dt.date.max
    assert periods[-1].unknown
    for one, other in pairwise(periods):
        assert other.first == one.last + dt.timedelta(days=1)


def test_rules_have_ids_texts_and_sources() -> None:
    assert len({rule.id for rule in LAND_RULES}) == len(LAND_RULES)
    levels = [rule.level for rule in LAND_RULES]
    assert set(levels) == {"error", "warning"}
    for rule in LAND_RULES:
        assert rule.id.startswith("land.")
        assert rule.vi
        assert rule.en
        assert rule.source


# --- shape ------------------------------------------------------------------------------------


def test_the_number_of_changes_is_filled_in_and_travels_in_every_symbol() -> None:
    made = land(changes=[CHANGE, CHANGE])
    assert made.change_count == 2
    assert land(changes=[CHANGE, CHANGE], change_count=2) == made
    assert "change_count" in {
        each.name for each in items(LandCertificate) if each.travel is Travel.REFERENCE
    }


def test_diagrams_and_codes_of_the_original_never_travel() -> None:
    never = {each.name for each in items(LandCertificate) if each.travel is Travel.NEVER}
    assert never == {"diagrams", "qr_payloads"}


@pytest.mark.parametrize(
    "part", [LandCertificate, LandHolder, LandPerson, Parcel, Asset, LandChange, Diagram]
)
def test_every_field_has_its_own_key_and_a_vietnamese_label(part: Any) -> None:
    declared = items(part)
    assert sorted(each.key for each in declared) == list(range(len(declared)))
    assert all(each.title_vi and each.title_vi != each.name for each in declared)


def test_the_certificate_is_frozen_and_strict() -> None:
    made = land()
    with pytest.raises(ValueError, match="frozen"):
        made.serial = made.serial  # type: ignore[misc]
    assert errors(colour="pink")[0] == ("colour", "record.unknown_field")


# --- samples ----------------------------------------------------------------------------------


def sample(path: Path) -> tuple[LandCertificate, Any]:
    return parse_input(path.read_bytes(), LandCertificate)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_a_sample_is_a_lawful_copy_read_back_byte_for_byte(path: Path) -> None:
    document, statement = sample(path)
    record = CopyRecord(
        document=document, statement=statement, copy_id=copy_id_of(bytes(10)), salt=bytes(16)
    )
    data = record.to_json()
    assert parse_record(data, DocumentTypes(LandCertificate)) == record
    assert statement.issued_at is not None
    on = statement.issued_at.date()
    assert load_profile(on).problems(statement.kind, statement, document) == ()
    levels = {each.level for each in findings(document, on=on)}
    assert levels <= {"warning"}
    # what was written by hand survives: nothing is dropped, nothing is rewritten
    written = json.loads(path.read_bytes())["document"]
    kept = json.loads(data)["document"]
    assert kept.keys() <= written.keys() | {"change_count"}
    for key, value in written.items():
        if isinstance(value, str):
            assert kept[key] == value


def test_the_samples_show_what_real_certificates_show() -> None:
    documents = [sample(path)[0] for path in SAMPLES]
    assert {each.form_generation for each in documents} == set(FormGeneration)
    kinds = {holder.kind for each in documents for holder in each.holders}
    assert kinds >= {
        HolderKind.PERSON,
        HolderKind.SPOUSES,
        HolderKind.HOUSEHOLD,
        HolderKind.ORGANISATION,
        HolderKind.FOREIGN_PERSON,
    }
    for generation in FormGeneration:
        of_form = [each for each in documents if each.form_generation is generation]
        assert any(
            len(each.holders) > 1 and each.changes and "-/-" in each.model_dump_json()
            for each in of_form
        )
    assert any(isinstance(each.assets, Missing) and each.assets.text == "-/-" for each in documents)
    changes = {change.kind for each in documents for change in each.changes}
    assert changes >= {ChangeKind.MORTGAGE, ChangeKind.MORTGAGE_DELETED}
    copies = {sample(path)[1].kind for path in SAMPLES}
    assert copies == {CopyKind.CERTIFIED_COPY, CopyKind.REGISTER_COPY}


def test_a_mapping_reads_like_its_json() -> None:
    text = json.dumps(LAND, ensure_ascii=False)
    assert parse_document(LandCertificate, text) == parse_document(LandCertificate, changed(LAND))
