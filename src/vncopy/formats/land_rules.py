"""Cross-field rules of land certificates; errors are what no certificate can be."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from vncopy.formats.base import Missing
from vncopy.formats.land_authority import may_have_issued
from vncopy.formats.land_parts import LandHolder, Parcel
from vncopy.formats.land_values import FormGeneration, HolderKind
from vncopy.formats.rules import Rule, after, stated

if TYPE_CHECKING:
    from vncopy.formats.land import LandCertificate

__all__ = ["LAND_RULES"]

G1, G2, G3 = (
    FormGeneration.G1_RED_PRE2009,
    FormGeneration.G2_PINK_2009,
    FormGeneration.G3_QR_2024,
)

_SERIALS = {
    G1: re.compile(r"[A-ZĐ]{1,2} ?[0-9]{6,7}"),
    G2: re.compile(r"[A-ZĐ]{2} ?[0-9]{6}"),
    G3: re.compile(r"[A-ZĐ]{2} ?[0-9]{8}"),
}
FIRST_DAYS = {G2: dt.date(2009, 10, 1), G3: dt.date(2024, 8, 1)}
"""Before these days the form did not exist (TT 17/2009 with two months' margin; TT 10/2024)."""
USUAL_LAST_DAYS = {G1: dt.date(2010, 12, 31), G2: dt.date(2025, 12, 31)}
"""After these days, stocks of the old forms are hardly in use any more."""
AREA_TOLERANCE = Decimal("0.1")
"""Square metres by which the parts of an area may differ from the whole (rounding)."""
_PERSON_KINDS = {
    HolderKind.PERSON,
    HolderKind.SPOUSES,
    HolderKind.HOUSEHOLD,
    HolderKind.FOREIGN_PERSON,
}
SPOUSES = 2
"""Persons of whom a married couple consists."""


# --- who, when, which form --------------------------------------------------------------------


def _serial(land: LandCertificate) -> Iterator[str]:
    if not _SERIALS[land.form_generation].fullmatch(str(land.serial)):
        yield "serial"


def _form_too_early(land: LandCertificate) -> Iterator[str]:
    first = FIRST_DAYS.get(land.form_generation)
    if first is not None and land.issued_date.latest() < first:
        yield "issued_date"


def _form_too_late(land: LandCertificate) -> Iterator[str]:
    last = USUAL_LAST_DAYS.get(land.form_generation)
    if last is not None and land.issued_date.earliest() > last:
        yield "issued_date"


def _code_on_form(land: LandCertificate) -> Iterator[str]:
    if (land.form_generation is G3) is isinstance(land.certificate_code, Missing):
        yield "certificate_code"


def _origin(land: LandCertificate) -> Iterator[str]:
    if land.form_generation is G2:
        for index, parcel in enumerate(land.parcels):
            if isinstance(parcel.origin, Missing):
                yield f"parcels.{index}.origin"


def _registry_number(land: LandCertificate) -> Iterator[str]:
    number = stated(land.registry_number)
    if number is not None and not number.is_usual:
        yield "registry_number"


# --- holders ----------------------------------------------------------------------------------


def _has_holder(land: LandCertificate) -> Iterator[str]:
    if not land.holders:
        yield "holders"


def _holder_named(land: LandCertificate) -> Iterator[str]:
    for index, holder in enumerate(land.holders):
        if holder.kind in _PERSON_KINDS:
            if not holder.persons:
                yield f"holders.{index}.persons"
        elif isinstance(holder.name, Missing):
            yield f"holders.{index}.name"


def _two_spouses(land: LandCertificate) -> Iterator[str]:
    for index, holder in enumerate(land.holders):
        if holder.kind is HolderKind.SPOUSES and len(holder.persons) != _spouses_named(holder):
            yield f"holders.{index}.persons"


def _spouses_named(holder: LandHolder) -> int:
    """Return how many names a couple's entry has: one may stand for both."""
    return 1 if holder.represents_spouse else SPOUSES


def _foreigner(land: LandCertificate) -> Iterator[str]:
    for index, holder in enumerate(land.holders):
        if holder.kind is HolderKind.FOREIGN_PERSON:
            for number, person in enumerate(holder.persons):
                if isinstance(person.nationality, Missing):
                    yield f"holders.{index}.persons.{number}.nationality"


# --- parcels and assets -----------------------------------------------------------------------


def _has_parcel(land: LandCertificate) -> Iterator[str]:
    if not land.parcels:
        yield "parcels"
    for index, parcel in enumerate(land.parcels):
        if not parcel.land_uses:
            yield f"parcels.{index}.land_uses"


def _assets_stated(land: LandCertificate) -> Iterator[str]:
    if land.assets == ():
        yield "assets"


def _sums_up(parts: list[Decimal], whole: Decimal) -> bool:
    return not parts or abs(sum(parts, Decimal(0)) - whole) <= AREA_TOLERANCE


def _use_areas(parcel: Parcel) -> list[Decimal]:
    areas = [use.area_m2.value for use in parcel.land_uses if not isinstance(use.area_m2, Missing)]
    return areas if len(areas) == len(parcel.land_uses) else []


def _area_of_uses(land: LandCertificate) -> Iterator[str]:
    for index, parcel in enumerate(land.parcels):
        if not _sums_up(_use_areas(parcel), parcel.area_m2.value):
            yield f"parcels.{index}.land_uses"


def _area_of_use_forms(land: LandCertificate) -> Iterator[str]:
    for index, parcel in enumerate(land.parcels):
        if isinstance(parcel.use_form, Missing):
            continue
        both = (parcel.use_form.private_m2, parcel.use_form.shared_m2)
        areas = [area.value for area in both if not isinstance(area, Missing)]
        if not _sums_up(areas, parcel.area_m2.value):
            yield f"parcels.{index}.use_form"


def _area_of_communes(land: LandCertificate) -> Iterator[str]:
    for index, parcel in enumerate(land.parcels):
        areas = [each.area_m2.value for each in parcel.area_by_commune]
        if not _sums_up(areas, parcel.area_m2.value):
            yield f"parcels.{index}.area_by_commune"


def _one_decimal(land: LandCertificate) -> Iterator[str]:
    if land.form_generation is G3:
        for index, parcel in enumerate(land.parcels):
            if parcel.area_m2.decimals != 1:
                yield f"parcels.{index}.area_m2"


# --- changes ----------------------------------------------------------------------------------


def _change_count(land: LandCertificate) -> Iterator[str]:
    # a record that leaves the number out gets it after the rules
    if "change_count" in land.model_fields_set and land.change_count != len(land.changes):
        yield "change_count"


def _change_dates(land: LandCertificate) -> Iterator[str]:
    for index, change in enumerate(land.changes):
        if after(land.issued_date, change.date):
            yield f"changes.{index}.date"


def _change_order(land: LandCertificate) -> Iterator[str]:
    for index, (one, other) in enumerate(pairwise(land.changes), start=1):
        if after(one.date, other.date):
            yield f"changes.{index}.date"


def _authority(land: LandCertificate) -> Iterator[str]:
    if may_have_issued(str(land.issuing_authority.name), land.issued_date) is False:
        yield "issuing_authority"


def _authority_unknown(land: LandCertificate) -> Iterator[str]:
    if may_have_issued(str(land.issuing_authority.name), land.issued_date) is None:
        yield "issuing_authority"


LAND_RULES: tuple[Rule, ...] = (
    Rule(
        id="land.serial_generation",
        level="error",
        vi="số phát hành không đúng với mẫu: mẫu 2009 có 2 chữ và 6 số, mẫu 2024 có 2 chữ và 8 số",
        en="the serial does not fit the form: 2009 has 2 letters and 6 digits, 2024 2 and 8",
        source="TT 23/2014/TT-BTNMT; TT 10/2024/TT-BTNMT Art. 29",
        check=_serial,
    ),
    Rule(
        id="land.form_too_early",
        level="error",
        vi="ngày cấp trước khi có mẫu Giấy chứng nhận này",
        en="issued before this form existed",
        source="TT 17/2009/TT-BTNMT; TT 10/2024/TT-BTNMT",
        check=_form_too_early,
    ),
    Rule(
        id="land.form_too_late",
        level="warning",
        vi="ngày cấp sau khi mẫu này đã được thay thế",
        en="issued after this form was replaced",
        source="TT 17/2009/TT-BTNMT; TT 10/2024/TT-BTNMT",
        check=_form_too_late,
    ),
    Rule(
        id="land.holder_missing",
        level="error",
        vi="phải có ít nhất một người sử dụng đất",
        en="there is at least one holder",
        source="TT 10/2024/TT-BTNMT Art. 32",
        check=_has_holder,
    ),
    Rule(
        id="land.holder_unnamed",
        level="error",
        vi="thiếu tên của người sử dụng đất hoặc tên tổ chức",
        en="a holder has no name",
        source="TT 10/2024/TT-BTNMT Art. 32",
        check=_holder_named,
    ),
    Rule(
        id="land.spouses",
        level="error",
        vi="vợ và chồng phải ghi hai người, hoặc một người là đại diện",
        en="spouses are two persons, or one who represents both",
        source="TT 10/2024/TT-BTNMT Art. 32",
        check=_two_spouses,
    ),
    Rule(
        id="land.foreigner_nationality",
        level="warning",
        vi="cá nhân nước ngoài thường có ghi quốc tịch",
        en="a foreign holder's nationality is usually printed",
        source="TT 10/2024/TT-BTNMT Art. 32",
        check=_foreigner,
    ),
    Rule(
        id="land.parcel_missing",
        level="error",
        vi="phải có ít nhất một thửa đất, mỗi thửa có ít nhất một loại đất",
        en="there is at least one parcel, and each has at least one type of land",
        source="TT 10/2024/TT-BTNMT Art. 33",
        check=_has_parcel,
    ),
    Rule(
        id="land.assets_unstated",
        level="error",
        vi='không có tài sản thì phải ghi trạng thái "-/-", không để danh sách rỗng',
        en='where there is no asset the paper says "-/-"; an empty list says nothing',
        source="TT 10/2024/TT-BTNMT Art. 34",
        check=_assets_stated,
    ),
    Rule(
        id="land.change_count",
        level="error",
        vi="số dòng thay đổi không khớp với danh sách thay đổi",
        en="the number of changes is not that of the list",
        source="a copy that omits a change is false",
        check=_change_count,
    ),
    Rule(
        id="land.certificate_code",
        level="warning",
        vi="mã Giấy chứng nhận chỉ có, và luôn có, trên mẫu năm 2024",
        en="the form of 2024, and no other, has a certificate code",
        source="TT 10/2024/TT-BTNMT Art. 29",
        check=_code_on_form,
    ),
    Rule(
        id="land.origin",
        level="warning",
        vi="mẫu năm 2009 có mục nguồn gốc sử dụng đất",
        en="the form of 2009 states the origin of the right",
        source="TT 23/2014/TT-BTNMT",
        check=_origin,
    ),
    Rule(
        id="land.registry_number",
        level="warning",
        vi="số vào sổ có dạng ít gặp",
        en="the registry number has an unusual form",
        source="numbers seen on certificates: CS 03027, CN.5429, 1151",
        check=_registry_number,
    ),
    Rule(
        id="land.area_of_uses",
        level="warning",
        vi="tổng diện tích các loại đất khác diện tích thửa đất",
        en="the areas of the types of land do not add up to the parcel's",
        source="TT 10/2024/TT-BTNMT Art. 8",
        check=_area_of_uses,
    ),
    Rule(
        id="land.area_of_use_forms",
        level="warning",
        vi="diện tích sử dụng riêng và chung không bằng diện tích thửa đất",
        en="the areas used alone and in common do not add up to the parcel's",
        source="TT 10/2024/TT-BTNMT Art. 8",
        check=_area_of_use_forms,
    ),
    Rule(
        id="land.area_of_communes",
        level="warning",
        vi="tổng diện tích theo từng xã khác diện tích thửa đất",
        en="the areas by commune do not add up to the parcel's",
        source="TT 10/2024/TT-BTNMT Art. 8",
        check=_area_of_communes,
    ),
    Rule(
        id="land.area_decimals",
        level="warning",
        vi="mẫu năm 2024 ghi diện tích với một chữ số thập phân",
        en="the form of 2024 writes areas with one decimal",
        source="TT 10/2024/TT-BTNMT Art. 8(2)",
        check=_one_decimal,
    ),
    Rule(
        id="land.change_before_issue",
        level="warning",
        vi="ngày thay đổi trước ngày cấp Giấy chứng nhận",
        en="a change is dated before the certificate",
        source="TT 10/2024/TT-BTNMT Art. 40",
        check=_change_dates,
    ),
    Rule(
        id="land.change_order",
        level="warning",
        vi="các thay đổi không theo thứ tự thời gian",
        en="the changes are not in order of time",
        source="TT 10/2024/TT-BTNMT Art. 40",
        check=_change_order,
    ),
    Rule(
        id="land.authority",
        level="warning",
        vi="cơ quan cấp không thuộc loại cơ quan cấp Giấy chứng nhận vào ngày đó",
        en="an office of this kind did not usually issue certificates on that day",
        source="Luật Đất đai 31/2024/QH15 Art. 136; NĐ 151/2025/NĐ-CP; NĐ 49/2026/NĐ-CP",
        check=_authority,
    ),
    Rule(
        id="land.authority_unknown",
        level="warning",
        vi="chưa biết quy định về thẩm quyền cấp Giấy chứng nhận vào ngày đó",
        en="which offices issue certificates on that day is not known",
        source="NĐ 49/2026/NĐ-CP ends on 28/02/2027",
        check=_authority_unknown,
    ),
)
"""Errors first, then warnings, in the order of the form."""
