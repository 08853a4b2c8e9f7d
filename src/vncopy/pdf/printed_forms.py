"""What the official forms of the four documents are called and which items they have.

A type that is not listed here is printed by :data:`PLAIN`: its own title, all its fields. So a
third party's type needs its class and its template, nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vncopy.formats.base import Missing
from vncopy.formats.copies import CopyKind
from vncopy.formats.profile import family

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

    title: tuple[str, ...] = ()
    """Lines of the title; empty: the title of the type."""
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


_EXTRACT_HIDDEN = ("extract_number", "issuing_authority", "issued_date", "issued_place", "signer")
"""What an extract says in its header and foot for the copy itself, not as items."""

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

_EXTRACTS: Mapping[str, Form] = {
    "vn.birth": Form(
        title=("TRÍCH LỤC KHAI SINH",),
        always=_BIRTH_ITEMS,
        hidden=(*_EXTRACT_HIDDEN, *_PARENT_BOOK, "declarant"),
        capitals=frozenset({"full_name"}),
    ),
    "vn.marriage": Form(
        title=("TRÍCH LỤC KẾT HÔN",),
        always=_MARRIAGE_ITEMS,
        hidden=_EXTRACT_HIDDEN,
        capitals=frozenset({"wife.full_name", "husband.full_name"}),
    ),
    "vn.death": Form(
        title=("TRÍCH LỤC KHAI TỬ",),
        always=_DEATH_ITEMS,
        hidden=(*_EXTRACT_HIDDEN, "declarant"),
        capitals=frozenset({"full_name"}),
    ),
}
"""Extracts from the register (TT 04/2020/TT-BTP), by family of types."""

_CERTIFICATES: Mapping[str, Form] = {
    "vn.birth": Form(
        title=("GIẤY KHAI SINH",),
        signer_heading="NGƯỜI KÝ GIẤY KHAI SINH",
        always=_BIRTH_ITEMS,
        hidden=(*_EXTRACT_HIDDEN, *_PARENT_BOOK),
        capitals=frozenset({"full_name"}),
    ),
    "vn.marriage": Form(
        title=("GIẤY CHỨNG NHẬN KẾT HÔN",),
        signer_heading="NGƯỜI KÝ GIẤY CHỨNG NHẬN KẾT HÔN",
        always=_MARRIAGE_ITEMS,
        hidden=_EXTRACT_HIDDEN,
        capitals=frozenset({"wife.full_name", "husband.full_name"}),
    ),
    "vn.death": Form(
        title=("GIẤY CHỨNG TỬ",),
        signer_heading="NGƯỜI KÝ GIẤY CHỨNG TỬ",
        hidden=_EXTRACT_HIDDEN,
        capitals=frozenset({"full_name"}),
    ),
    "vn.land": Form(hidden=("signer", "issued_place", "issued_date"), header=False),
}
"""Copies of the certificates themselves, by family of types."""

_DEATH_EXTRACT_ORIGINAL = Form(
    title=("TRÍCH LỤC KHAI TỬ",),
    signer_heading="NGƯỜI KÝ TRÍCH LỤC",
    always=_DEATH_ITEMS,
    hidden=(*_EXTRACT_HIDDEN, "declarant"),
    capitals=frozenset({"full_name"}),
)
"""Since 2016 the original of a death is itself an extract (Luật Hộ tịch 2014 Art. 34, 62)."""

PLAIN = Form()
"""A type without an official form known here."""

_FEET: Mapping[CopyKind, Foot] = {
    CopyKind.REGISTER_EXTRACT_COPY: Foot(
        heading="NGƯỜI KÝ TRÍCH LỤC",
        hint="(Ký, ghi rõ họ, chữ đệm, tên, chức vụ và đóng dấu)",
    ),
    CopyKind.CERTIFIED_COPY: Foot(
        heading="NGƯỜI THỰC HIỆN CHỨNG THỰC", hint="(Ký, ghi rõ họ tên, chức vụ và đóng dấu)"
    ),
}
_FOOT = Foot(heading="NGƯỜI KÝ BẢN SAO", hint="(Ký, ghi rõ họ tên, chức vụ và đóng dấu)")
_SEALED_FOOT = Foot(heading="CƠ QUAN CẤP BẢN SAO", hint="(Chữ ký số của cơ quan, tổ chức)")


def form_of(document: Document, kind: CopyKind) -> Form:
    """Return the official form that a copy of that kind follows.

    Args:
        document: what is copied.
        kind: the kind of copy.
    """
    name = family(document.format_id)
    if kind is CopyKind.REGISTER_EXTRACT_COPY and name in _EXTRACTS:
        return _EXTRACTS[name]
    number = getattr(document, "extract_number", None)
    if name == "vn.death" and number is not None and not isinstance(number, Missing):
        return _DEATH_EXTRACT_ORIGINAL
    return _CERTIFICATES.get(name, PLAIN)


def foot_of(kind: CopyKind, *, person: bool) -> Foot:
    """Return the words above the signatures.

    Args:
        kind: the kind of copy.
        person: whether a person signs beside the seal.
    """
    return _FEET.get(kind, _FOOT) if person else _SEALED_FOOT
