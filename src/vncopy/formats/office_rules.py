"""Rules on which office registers what, by the day of registration; warnings only.

Delegations, border communes and old practice differ, and a copy repeats what the paper says.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from vncopy.formats.civil import LAW_2014
from vncopy.formats.codes.provinces import REFORM
from vncopy.formats.people import Nationality
from vncopy.formats.rules import Rule, stated, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["OFFICE_RULES"]

_COMMITTEE = r"(?:[ủu]y|uỷ) ban nhân dân |ubnd "
_COMMUNE = re.compile(rf"(?:{_COMMITTEE})(?:xã|phường|thị trấn) ", re.IGNORECASE)
_DISTRICT = re.compile(rf"(?:{_COMMITTEE})(?:huyện|quận|thị xã) ", re.IGNORECASE)


def _between(document: Any, first: dt.date, end: dt.date) -> bool:  # noqa: ANN401 - any civil-status document
    """Tell whether the registration certainly lies from ``first`` to the day before ``end``."""
    registered = stated(document.registration_date)
    return registered is not None and first <= registered.earliest() and registered.latest() < end


def _district(document: Any) -> Iterator[str]:  # noqa: ANN401
    since = _between(document, REFORM, dt.date.max)
    if since and _DISTRICT.match(document.registration_place.name):
        yield "registration_place"


def _foreign_element(document: Any) -> Iterator[str]:  # noqa: ANN401
    if not _between(document, LAW_2014, REFORM):
        return
    if not _COMMUNE.match(document.registration_place.name):
        return
    nations = [
        value
        for path, value in walk(document)
        if isinstance(value, Nationality) and not path.startswith("foreign_registration")
    ]
    if any(nation.code not in {None, "VN"} for nation in nations):
        yield "registration_place"


OFFICE_RULES: tuple[Rule, ...] = (
    Rule(
        id="civil.no_district_level",
        level="warning",
        vi="từ 01/07/2025 không còn cấp huyện: Ủy ban nhân dân cấp xã đăng ký hộ tịch",
        en="there is no district level since 01/07/2025: commune committees register civil status",
        source="Luật Tổ chức chính quyền địa phương 72/2025/QH15; NĐ 120/2025/NĐ-CP",
        check=_district,
    ),
    Rule(
        id="civil.foreign_element_office",
        level="warning",
        vi="việc hộ tịch có yếu tố nước ngoài trước 01/07/2025 do Ủy ban nhân dân cấp huyện "
        "đăng ký (trừ khu vực biên giới)",
        en="with a foreign element the district committee registered before 01/07/2025 "
        "(border communes excepted)",
        source="Luật Hộ tịch 60/2014/QH13 Art. 7, 35, 37, 51; NĐ 120/2025/NĐ-CP",
        check=_foreign_element,
    ),
)
"""Shared by birth, marriage and death."""
