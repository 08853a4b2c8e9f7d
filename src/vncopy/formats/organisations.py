"""Offices and those who sign for them."""

from __future__ import annotations

from typing import Any, Self

from pydantic import Field

from vncopy.formats.base import Part, item
from vncopy.formats.coded import TextPart, same_wire
from vncopy.formats.codes.positions import ON_BEHALF, POSITIONS
from vncopy.formats.identifiers import AgencyCode, ProvinceCode, WardCode
from vncopy.formats.text import FreeText, Label, PersonName

__all__ = ["Organisation", "Signer"]

_POSITION_CODES = {text: code for code, text in POSITIONS.items()}
_ON_BEHALF_CODES = {text: code for code, text in ON_BEHALF.items()}


class Organisation(TextPart):
    """An office, named as on the paper (old units included); a plain string when only named."""

    text_field = "name"

    name: FreeText
    """Its name, verbatim: "Ủy ban nhân dân phường Hoàn Kiếm, thành phố Hà Nội"."""
    agency_code: AgencyCode | None = Field(default=None, title="mã định danh cơ quan")
    """Mã định danh cơ quan."""
    province_code: ProvinceCode | None = Field(default=None, title="mã tỉnh, thành phố")
    """Province, in the code list of the day of the act."""
    ward_code: WardCode | None = Field(default=None, title="mã xã, phường, đặc khu")
    """Commune, in the code list of the day of the act."""

    def to_wire(self) -> str | list[Any]:
        """Return the name, or ``[name, agency, province, ward]`` without empty codes at the end."""
        codes = [str(c or "") for c in (self.agency_code, self.province_code, self.ward_code)]
        while codes and not codes[-1]:
            codes.pop()
        return [str(self.name), *codes] if codes else str(self.name)

    @classmethod
    def from_wire(cls, value: object) -> Self:
        """Return the office that :meth:`to_wire` gave.

        Raises:
            ValueError: it is none, or not in its one canonical form.
        """
        parts = value if isinstance(value, list) else [value]
        if not 1 <= len(parts) <= 4 or not all(isinstance(p, str) for p in parts):  # noqa: PLR2004 - name and three codes
            msg = "office: not a name with up to three codes"
            raise ValueError(msg)
        name, agency, province, ward = [*parts, "", "", ""][:4]
        made = cls(
            name=FreeText(name),
            agency_code=AgencyCode(agency) if agency else None,
            province_code=ProvinceCode(province) if province else None,
            ward_code=WardCode(ward) if ward else None,
        )
        if not same_wire(made.to_wire(), value):
            msg = "office: not in canonical form"
            raise ValueError(msg)
        return made


class Signer(Part):
    """Who signed: name, position, and the formula by which he signs for another."""

    full_name: PersonName = item(0, "Họ, chữ đệm, tên người ký")
    """Name."""
    position: Label = item(1, "Chức vụ")
    """Position: "Phó Chủ tịch"."""
    on_behalf: Label | None = item(2, "Ký thay, ký thừa lệnh", default=None)
    """"TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "TL. CHỦ TỊCH"; ``None`` when he signs for himself."""

    def to_wire(self) -> list[Any]:
        """Return ``[name, position]`` or ``[name, position, formula]``; known words as numbers."""
        whole: list[Any] = [
            str(self.full_name),
            _POSITION_CODES.get(self.position, str(self.position)),
        ]
        if self.on_behalf is not None:
            whole.append(_ON_BEHALF_CODES.get(self.on_behalf, str(self.on_behalf)))
        return whole

    @classmethod
    def from_wire(cls, value: object) -> Self:
        """Return the signer that :meth:`to_wire` gave.

        Raises:
            ValueError: it is none, or not in its one canonical form.
        """
        if not isinstance(value, list) or len(value) not in (2, 3) or not isinstance(value[0], str):
            msg = "signer: not a list of name, position, formula"
            raise ValueError(msg)
        made = cls(
            full_name=PersonName(value[0]),
            position=_words(value[1], POSITIONS),
            on_behalf=_words(value[2], ON_BEHALF) if len(value) == 3 else None,  # noqa: PLR2004 - the formula
        )
        if not same_wire(made.to_wire(), value):
            msg = "signer: not in canonical form"
            raise ValueError(msg)
        return made


def _words(value: object, table: dict[int, str]) -> Label:
    """Return the words of a code, or the words themselves."""
    if isinstance(value, str):
        return Label(value)
    if isinstance(value, int) and not isinstance(value, bool) and value in table:
        return Label(table[value])
    msg = "signer: unknown code"
    raise ValueError(msg)
