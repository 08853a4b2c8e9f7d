"""The fictional offices of the demonstration, and what each may sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vncopy.formats.copies import CopyKind
from vncopy.formats.profile_parts import OfficeKind
from vncopy.trust import Scope

__all__ = ["COMMUNE_SCOPES", "LAND_SCOPES", "PLANS", "OfficePlan"]

_CIVIL_STATUS: Final = frozenset({"vn.birth/1", "vn.marriage/1", "vn.death/1"})
_LAND: Final = frozenset({"vn.land/1"})
_EXAMPLES: Final = frozenset({"org.example.residence/1"})
_OWN_KINDS: Final = frozenset(
    {
        CopyKind.REGISTER_COPY.value,
        CopyKind.DIGITISED_RESULT.value,
        CopyKind.ELECTRONIC_ORIGINAL.value,
    }
)
COMMUNE_SCOPES: Final = (
    Scope(
        types=_CIVIL_STATUS,
        kinds=_OWN_KINDS | {CopyKind.REGISTER_EXTRACT_COPY.value},
    ),
    Scope(
        types=_CIVIL_STATUS | _LAND | _EXAMPLES,
        kinds=frozenset({CopyKind.CERTIFIED_COPY.value, CopyKind.OFFICE_COPY.value}),
    ),
    Scope(types=_EXAMPLES, kinds=_OWN_KINDS),
)
LAND_SCOPES: Final = (Scope(types=_LAND, kinds=_OWN_KINDS | {CopyKind.OFFICE_COPY.value}),)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePlan:
    """What is known of a demo office before it has keys."""

    label: str
    code: str
    names: tuple[str, ...]
    kind: OfficeKind
    ward: str | None
    person: str
    registers: frozenset[str] = frozenset()
    scopes: tuple[Scope, ...] = COMMUNE_SCOPES


PLANS: Final = (
    OfficePlan(
        label="commune-1",
        code="H26.901",
        names=(
            "Ủy ban nhân dân phường Hoàn Kiếm",
            "Ủy ban nhân dân phường Hoàn Kiếm, thành phố Hà Nội",
        ),
        kind=OfficeKind.COMMUNE_COMMITTEE,
        ward="00070",
        person="Nguyễn Văn Mẫu",
    ),
    OfficePlan(
        label="commune-2",
        code="H26.902",
        names=(
            "Ủy ban nhân dân xã Sóc Sơn",
            "Ủy ban nhân dân xã Sóc Sơn, thành phố Hà Nội",
        ),
        kind=OfficeKind.COMMUNE_COMMITTEE,
        ward="00376",
        person="Trần Thị Thử",
    ),
    OfficePlan(
        label="land-office",
        code="H26.903",
        names=("Văn phòng đăng ký đất đai Hà Nội",),
        kind=OfficeKind.LAND_OFFICE,
        ward=None,
        person="Lê Minh Ví Dụ",
        registers=frozenset({"vn.land"}),
        scopes=LAND_SCOPES,
    ),
)
