"""The tables of a legal profile file: rules of one kind of copy, of signatures, of the legend."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from vncopy.errors import Message
from vncopy.formats.copies import CopyKind, RequesterRelation, SourceOfCopy
from vncopy.formats.procedures import ProcedureCode, ResultCode

__all__ = [
    "CertifierRule",
    "IssuingOffice",
    "KindRule",
    "LegendRule",
    "NumberType",
    "OfficeKind",
    "ProfileTable",
    "SignatureRule",
    "Unknown",
    "Who",
    "family",
]


def family(format_id: str) -> str:
    """Return ``vn.land`` for ``vn.land/1``."""
    return format_id.partition("/")[0]


class Who(StrEnum):
    """Which office may issue a kind."""

    ANY_COMPETENT = "any_competent"
    """Any office of the listed kinds."""
    RECORD_HOLDER = "record_holder"
    """Only the office that holds the register or record, or its successor."""
    OWN_FILE = "own_file"
    """The agency whose own file it is."""
    ANYONE = "anyone"
    """No competence is needed, and none is given."""


class CertifierRule(StrEnum):
    """Whether a person signs beside the agency's seal."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NONE = "none"


class NumberType(StrEnum):
    """The types of number of a copy."""

    EXTRACT = "extract"
    CERTIFICATION = "certification"
    OFFICE_COPY = "office_copy"
    REGISTER = "register"


class OfficeKind(StrEnum):
    """Kinds of issuing office."""

    COMMUNE_COMMITTEE = "commune_committee"
    """Ủy ban nhân dân xã, phường, đặc khu."""
    DISTRICT_COMMITTEE = "district_committee"
    """Ủy ban nhân dân huyện, quận (until 30/06/2025)."""
    DISTRICT_JUSTICE_DIVISION = "district_justice_division"
    """Phòng Tư pháp (until 30/06/2025)."""
    JUSTICE_DEPARTMENT = "justice_department"
    """Sở Tư pháp."""
    MISSION = "mission"
    """Cơ quan đại diện ở nước ngoài."""
    NOTARY = "notary"
    """Tổ chức hành nghề công chứng."""
    LAND_OFFICE = "land_office"
    """Văn phòng đăng ký đất đai and its branches."""
    LAND_AUTHORITY = "land_authority"
    """Cơ quan quản lý đất đai cấp tỉnh."""
    OTHER = "other"
    """Any other agency."""


class ProfileTable(BaseModel):
    """A table of a profile file: frozen, without unknown entries."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Unknown(ProfileTable):
    """Something that a profile does not know."""

    id: str
    """Stable id, ``2027.extract_form``."""
    vi: str
    """What is not known, in Vietnamese."""
    en: str
    """What is not known, in English."""
    kinds: tuple[CopyKind, ...] = ()
    """Kinds of copy concerned; empty means all."""
    documents: tuple[str, ...] = ()
    """Families of types concerned (``vn.land``); empty means all."""
    until: date | None = None
    """Last day on which it was not known, where a part of the profile's time is known."""

    @property
    def message(self) -> Message:
        """The two sentences."""
        return Message(self.vi, self.en)

    def concerns(self, kind: CopyKind, format_id: str, on: date | None) -> bool:
        """Tell whether a copy of that kind, type and day is concerned."""
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.documents or family(format_id) in self.documents)
            and (self.until is None or on is None or on <= self.until)
        )


class KindRule(ProfileTable):
    """What one kind of copy requires."""

    title_vi: str
    """Legal name of the kind."""
    title_en: str
    """Its English name."""
    legend: str
    """Form of copy in the legend at the top right of page 1."""
    attestation: str = ""
    """First line of the lời chứng, where the kind has one."""
    basis: tuple[str, ...]
    """Legal basis."""
    issuable: bool = True
    """Whether the library issues the kind at all."""
    who: Who
    """Which office may issue."""
    office_kinds: tuple[OfficeKind, ...]
    """Kinds of office that may issue; empty means that the kind does not limit them."""
    office_kinds_of: dict[str, tuple[OfficeKind, ...]] = {}
    """Kinds of office for families of types that differ from the others."""
    certifier: CertifierRule
    """Whether a person signs beside the seal."""
    numbers: tuple[NumberType, ...]
    """Types of number allowed."""
    number_required: bool
    """Whether the copy must have a number."""
    sources: tuple[SourceOfCopy, ...]
    """What the copy may be made from."""
    requesters: tuple[RequesterRelation, ...]
    """Who may ask."""
    documents: tuple[str, ...]
    """Families of document types; ``*`` stands for all."""
    as_of: tuple[str, ...] = ()
    """Families of types whose copy must state up to which day the data were consulted."""
    forms: dict[str, str] = {}
    """Legend per form of an office copy."""
    form_sources: dict[str, tuple[SourceOfCopy, ...]] = {}
    """What each form of an office copy may be made from; the copy itself is electronic."""
    form_symbols: dict[str, str] = {}
    """Symbol in the number of each form of an office copy."""
    procedures: tuple[ProcedureCode, ...] = ()
    """Procedures of the national portal by which the kind is asked for."""
    results: dict[str, ResultCode] = {}
    """Codes of the papers that come out of them, by family of types, as far as published."""
    value_vi: str
    """Legal value in Vietnamese."""
    value_en: str
    """Legal value in English."""

    def allows(self, format_id: str) -> bool:
        """Tell whether documents of that type may be copied in this kind."""
        return "*" in self.documents or family(format_id) in self.documents

    def offices_for(self, format_id: str) -> tuple[OfficeKind, ...]:
        """Return the kinds of office that may copy that type; empty means any."""
        return self.office_kinds_of.get(family(format_id), self.office_kinds)


class SignatureRule(ProfileTable):
    """Least strength of signatures."""

    min_rsa_bits: int
    """Bits of an RSA modulus."""
    min_ec_bits: int
    """Bits of an elliptic curve's order."""
    hashes: tuple[str, ...]
    """Hash functions allowed."""
    pades_min: str
    """PAdES level that the rules ask for."""
    pades_recommended: str
    """PAdES level for records that live for ever."""


class LegendRule(ProfileTable):
    """How the legend is set."""

    font: str
    """Typeface."""
    size_pt: int
    """Size in points."""
    colour: str
    """Colour as ``#rrggbb``."""
    basis: str
    """Legal basis."""


class IssuingOffice(ProfileTable):
    """What is known about the office that issues, beside what the statement says."""

    agency_code: str
    """Mã định danh of the office."""
    kind: OfficeKind | None = None
    """Kind of office, where known."""
    formerly: tuple[str, ...] = ()
    """Agency codes of the offices whose successor it is."""
    holds_record: bool | None = None
    """Whether it holds the record, where somebody vouches for that."""
