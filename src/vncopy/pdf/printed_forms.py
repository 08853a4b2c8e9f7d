"""What the official forms of the four documents are called and which items they have.

A type that is not listed here is printed by :data:`PLAIN`: its own title, all its fields. So a
third party's type needs its class and its template, nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vncopy.formats.copies import CopyKind
from vncopy.formats.profile_parts import family

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vncopy.formats.base import Document

__all__ = ["PLAIN", "Foot", "Form", "foot_of", "form_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """The words above the signatures at the foot."""

    heading: str
    """Who signs."""
    hint: str
    """What he adds, in brackets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One official form."""

    signer_heading: str = ""
    """Who signed the original; empty where the form names his position only."""
    always: frozenset[str] = frozenset()
    """Paths that the form has in any case: blank where the original lacks them."""
    hidden: tuple[str, ...] = ()
    """Paths (with all below them) that the form does not have as items."""
    capitals: frozenset[str] = frozenset()
    """Names written in capitals (TT 04/2020/TT-BTP)."""
    header: bool = True
    """Whether agency and number stand in the header, else the motto alone."""
    extract: bool = False
    """Whether it is an extract from the register."""


_NO_ITEMS = (
    *("form", "extract_number", "issuing_authority", "issued_date", "issued_place", "signer"),
    *("registration_kind", "registrar", "birth_case", "identity_unknown", "spouses_signed"),
)
"""What stands in the header or at the signature, or in the electronic register alone."""

_BIRTH_ITEMS = frozenset(
    {
        *("full_name", "birth_date", "gender", "ethnicity", "nationality"),
        *("birth_place", "hometown", "personal_id"),
        *(
            f"{parent}.{name}"
            for parent in ("mother", "father")
            for name in ("full_name", "birth_date", "ethnicity", "nationality", "residence")
        ),
        *("registration_place", "registration_number", "registration_date", "annotations"),
    }
)
_SPOUSE = ("full_name", "birth_date", "ethnicity", "nationality", "residence", "id_document")
_MARRIAGE_ITEMS = frozenset(
    {
        *(f"{spouse}.{name}" for spouse in ("wife", "husband") for name in _SPOUSE),
        *("registration_place", "registration_number", "registration_date", "annotations"),
    }
)
_DEATH_ITEMS = frozenset(
    {
        *("full_name", "birth_date", "gender", "ethnicity", "nationality", "personal_id"),
        *("id_document", "death_place", "death_cause", "death_evidence"),
        *("registration_place", "registration_number", "registration_date", "annotations"),
    }
)
_PARENT_BOOK = tuple(
    f"{parent}.{name}"
    for parent in ("mother", "father")
    for name in ("residence_kind", "deceased_note", "personal_id", "id_document")
)
_SPOUSE_BOOK = ("wife.residence_kind", "husband.residence_kind")

_FORMS: Mapping[tuple[str, bool], Form] = {
    ("vn.birth", True): Form(
        signer_heading="NGƯỜI KÝ TRÍCH LỤC",
        always=_BIRTH_ITEMS,
        hidden=(*_NO_ITEMS, *_PARENT_BOOK, "declarant", "page_number"),
        capitals=frozenset({"full_name"}),
        extract=True,
    ),
    ("vn.birth", False): Form(
        signer_heading="NGƯỜI KÝ GIẤY KHAI SINH",
        always=_BIRTH_ITEMS,
        hidden=(*_NO_ITEMS, *_PARENT_BOOK),
        capitals=frozenset({"full_name"}),
    ),
    ("vn.marriage", True): Form(
        signer_heading="NGƯỜI KÝ TRÍCH LỤC",
        always=_MARRIAGE_ITEMS,
        hidden=(*_NO_ITEMS, *_SPOUSE_BOOK, "page_number"),
        capitals=frozenset({"wife.full_name", "husband.full_name"}),
        extract=True,
    ),
    ("vn.marriage", False): Form(
        signer_heading="NGƯỜI KÝ GIẤY CHỨNG NHẬN KẾT HÔN",
        always=_MARRIAGE_ITEMS,
        hidden=(*_NO_ITEMS, *_SPOUSE_BOOK),
        capitals=frozenset({"wife.full_name", "husband.full_name"}),
    ),
    ("vn.death", True): Form(
        signer_heading="NGƯỜI KÝ TRÍCH LỤC",
        always=_DEATH_ITEMS,
        hidden=(*_NO_ITEMS, "declarant", "page_number"),
        capitals=frozenset({"full_name"}),
        extract=True,
    ),
    ("vn.death", False): Form(
        signer_heading="NGƯỜI KÝ GIẤY CHỨNG TỬ",
        hidden=_NO_ITEMS,
        capitals=frozenset({"full_name"}),
    ),
    ("vn.land", False): Form(header=False),
}
"""By family of types, and whether the paper is an extract from the register."""

PLAIN = Form()
"""A type without an official form known here."""

_EXTRACT_FOOT = Foot(
    heading="NGƯỜI KÝ TRÍCH LỤC", hint="(Ký, ghi rõ họ, chữ đệm, tên, chức vụ và đóng dấu)"
)
_FEET: Mapping[CopyKind, Foot] = {
    CopyKind.CERTIFIED_COPY: Foot(
        heading="NGƯỜI THỰC HIỆN CHỨNG THỰC", hint="(Ký, ghi rõ họ tên, chức vụ và đóng dấu)"
    ),
    CopyKind.ELECTRONIC_ORIGINAL: Foot(
        heading="NGƯỜI KÝ", hint="(Ký, ghi rõ họ tên, chức vụ và đóng dấu)"
    ),
}
_FOOT = Foot(heading="NGƯỜI KÝ BẢN SAO", hint="(Ký, ghi rõ họ tên, chức vụ và đóng dấu)")
_SEALED_HINT = "(Chữ ký số của cơ quan, tổ chức)"
_SEALED_FEET: Mapping[CopyKind, Foot] = {
    CopyKind.DIGITISED_RESULT: Foot(heading="CƠ QUAN SỐ HÓA", hint=_SEALED_HINT),
    CopyKind.ELECTRONIC_ORIGINAL: Foot(heading="CƠ QUAN CẤP", hint=_SEALED_HINT),
}
"""Kinds that are no bản sao and may do without a person."""
_SEALED_FOOT = Foot(heading="CƠ QUAN CẤP BẢN SAO", hint=_SEALED_HINT)


def form_of(document: Document) -> Form:
    """Return the official form that the pages follow: that of the paper that the record shows."""
    paper = getattr(document, "form", None)
    extract = getattr(paper, "name", "") == "EXTRACT"
    return _FORMS.get((family(document.format_id), extract), PLAIN)


def foot_of(kind: CopyKind, *, person: bool, extract: bool) -> Foot:
    """Return the words above the signatures.

    Args:
        kind: the kind of copy.
        person: whether a person signs beside the seal.
        extract: whether the paper is an extract from the register.
    """
    if not person:
        return _SEALED_FEET.get(kind, _SEALED_FOOT)
    if kind in _FEET:
        return _FEET[kind]
    return _EXTRACT_FOOT if kind is CopyKind.REGISTER_EXTRACT_COPY and extract else _FOOT
