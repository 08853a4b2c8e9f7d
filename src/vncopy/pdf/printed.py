"""What is printed on a copy: one JSON-able value per copy, which is all that a template reads.

:attr:`PrintedCopy.data` holds (all strings are ready to print, a template computes nothing):

- ``draft``: bool, prints DỰ THẢO across each page; ``font``: list of families; ``size_pt``;
  ``layout``: millimetres of the foot; ``symbol``: "" until the issuer puts the SVG text of the QR
  symbol there (quiet zone included, drawn 35 mm wide), ``symbol_alt``, ``symbol_caption`` (lines);
- ``legend``: lines at the top right (form of copy, agency, time); ``agency``, ``motto``: header
  lines; ``number``, ``place_date``, ``title`` (lines), ``title_pt``, ``subtitle``;
- ``corner``: lines at the right above the title (book and number of old forms), [] if none;
  ``agency`` [] prints the motto alone in the middle (land certificates);
- ``fields``: value by path, a string ("" = blank dotted line), a list of strings (lines), a list
  of rows (tables) or a list of such mappings (``each``); **a path that is absent is not printed,
  label and all**;
- ``original_signer``: None or ``place_date``, ``heading`` (lines), ``done`` ("(Đã ký)"), ``name``;
  ``attestation``: lines of the lời chứng, the first is its heading, or [];
- ``foot``: ``heading``, ``hint``, ``position`` (lines), ``name``; ``signatures``: the fields in
  their order, ``["seal", "person"]`` or ``["seal"]``; ``page_word``, before the page numbers of
  copies with several pages;
- ``document_title``, ``author``: for the file's metadata, nothing personal.

The legend at the top right of page 1 is page text, not the appearance of a field.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vncopy.errors import UsageError
from vncopy.formats.base import Missing
from vncopy.formats.coded import CodedEnum
from vncopy.formats.copies import CopyKind
from vncopy.formats.dates import PartialDate
from vncopy.formats.organisations import Signer
from vncopy.formats.profile import load_profile
from vncopy.formats.profile_parts import family
from vncopy.pdf.printed_civil import (
    SIGNED,
    birth_fields,
    death_fields,
    marriage_fields,
    numbers_in_corner,
)
from vncopy.pdf.printed_forms import Form, foot_of, form_of
from vncopy.pdf.printed_land import TITLES, land_fields
from vncopy.pdf.printed_values import (
    fields_of,
    join_aliases,
    long_date,
    signer_lines,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from vncopy.formats.base import Document
    from vncopy.formats.copies import CopyStatement
    from vncopy.formats.profile import LegalProfile
    from vncopy.formats.record import CopyRecord
    from vncopy.pdf.printed_values import Fields

__all__ = ["DEFAULT_FONTS", "SYMBOL_MM", "PrintedCopy", "printed"]

DEFAULT_FONTS = ("Libertinus Serif",)
"""The family that typst carries inside; all of Vietnamese, nothing to install."""
SIZE_PT = 13
"""Size of the items; NĐ 30/2020/NĐ-CP, Phụ lục I asks for 13 to 14."""
TITLE_PT = 16
"""Size of a title."""
LONG_TITLE, LONG_TITLE_PT = 40, 13.5
"""Titles of more characters are set smaller, so that they keep to their lines."""
SYMBOL_MM = 35
"""Side of the symbol with its quiet zone (design §4)."""
LAYOUT = {
    "symbol_mm": SYMBOL_MM,
    "caption_mm": 13,
    "signature_mm": 24,
    "name_mm": 12,
    "bottom_mm": 20,
}
"""Millimetres of the foot."""
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
"""Quốc hiệu and tiêu ngữ."""
SUBTITLE = "(BẢN SAO)"
"""Under the title of a copy."""
_SUBTITLES = {CopyKind.ELECTRONIC_ORIGINAL: "", CopyKind.DIGITISED_RESULT: "(BẢN SỐ HÓA)"}
"""Kinds that are no bản sao."""
_ELECTRONIC = {
    CopyKind.ELECTRONIC_ORIGINAL: "bản điện tử",
    CopyKind.DIGITISED_RESULT: "bản số hóa",
}
"""What a printout does not replace, where that is no bản sao điện tử."""

_COMMITTEES = ("ỦY BAN NHÂN DÂN ", "UỶ BAN NHÂN DÂN ")
"""Both spellings of the tone mark; the header breaks the line after it."""
_UNITS = (" THÀNH PHỐ ", " TỈNH ")
"""Begin the name of a province within the name of an office."""
LONG_AGENCY = 34
"""Characters of an office's name that the place above a signature takes in one line."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PrintedCopy:
    """What one copy prints."""

    data: dict[str, Any]
    """The template's input, see the module's text."""
    stamps: dict[str, tuple[str, ...]]
    """Lines of the appearance of each signature field: ``seal`` and, with a person, ``person``."""

    @property
    def title(self) -> str:
        """Title of the file; nothing personal."""
        return str(self.data["document_title"])

    @property
    def author(self) -> str:
        """The issuing office, for the file's metadata."""
        return str(self.data["author"])

    def with_symbol(self, svg: str, /) -> PrintedCopy:
        """Return the copy with the SVG text of its QR symbol."""
        return PrintedCopy(data={**self.data, "symbol": svg}, stamps=self.stamps)

    def __repr__(self) -> str:
        """Return nothing personal."""
        return "PrintedCopy(…)"


def printed(
    record: CopyRecord[Document],
    /,
    *,
    draft: bool = False,
    profile: LegalProfile | None = None,
    fonts: Sequence[str] = DEFAULT_FONTS,
) -> PrintedCopy:
    """Return what a copy of ``record`` prints.

    Args:
        record: document, statement and copy id.
        draft: whether DỰ THẢO stands across the pages.
        profile: the legal profile; that of the day of issue if left out.
        fonts: families in order of preference, each with all of Vietnamese.

    Raises:
        UsageError: the statement has no time yet and no profile was given, or no profile covers
            the day.
    """
    statement, document = record.statement, record.document
    if profile is None:
        if statement.issued_at is None:
            raise UsageError.of(
                "statement.issued_at",
                "statement.issued_at",
                vi="bản sao chưa có thời điểm cấp: hãy cho biết bộ quy định (profile)",
                en="the copy has no time of issue yet: give the profile",
            )
        profile = load_profile(statement.issued_at.date())
    form = form_of(document)
    title = _title(document)
    data: dict[str, Any] = {
        "draft": draft,
        "font": list(fonts),
        "size_pt": SIZE_PT,
        "layout": dict(LAYOUT),
        "symbol": "",
        "symbol_alt": "Mã QR chứa nội dung đã ký số của bản sao",
        "symbol_caption": _caption(record),
        "legend": list(profile.legend_lines(statement)),
        "motto": list(MOTTO),
        **_header(document, statement, form),
        "title": list(title),
        "title_pt": TITLE_PT if max(map(len, title)) <= LONG_TITLE else LONG_TITLE_PT,
        "subtitle": _SUBTITLES.get(statement.kind, SUBTITLE),
        "corner": _corner(document, form),
        "fields": _fields(document, form),
        "original_signer": _original_signer(document, statement, form),
        "attestation": _attestation(statement, profile),
        **_foot(statement, form),
        "page_word": f"Mã bản sao {_grouped(record.copy_id)} - Trang",
        "document_title": _file_title(title, statement.kind, record.copy_id),
        "author": str(statement.authority.name),
    }
    return PrintedCopy(data=data, stamps=_stamps(statement))


def _file_title(title: Sequence[str], kind: CopyKind, copy_id: str) -> str:
    """Return the title in the reader's title bar: paper, kind and copy id."""
    subtitle = _SUBTITLES.get(kind, SUBTITLE).lower()
    return " ".join(part for part in (" ".join(title).capitalize(), subtitle, copy_id) if part)


def _title(document: Document) -> tuple[str, ...]:
    """Return the heading of the paper: of its form, or the type's own."""
    generation = getattr(document, "form_generation", None)
    if generation in TITLES:
        stated = text_of(getattr(document, "original_title", None))
        return (str(stated).upper(),) if stated else TITLES[generation]
    paper = getattr(document, "form", None)
    return (paper.title_vi if isinstance(paper, CodedEnum) else document.title_vi.upper(),)


def _agency_lines(name: str) -> list[str]:
    """Return an office's lines in capitals: the name of its kind, then each unit on its line."""
    capitals = name.upper()
    for start in _COMMITTEES:
        if capitals.startswith(start):
            return [start.strip(), *capitals.removeprefix(start).split(", ")]
    return [part for line in capitals.split(", ") for part in _before_unit(line)]


def _before_unit(line: str) -> list[str]:
    """Break a line that is too long before the name of its province, not inside of it."""
    place = max(line.rfind(unit) for unit in _UNITS)
    return [line] if place < 0 or len(line) <= LONG_AGENCY else [line[:place], line[place + 1 :]]


def _place_date(statement: CopyStatement) -> str:
    when = statement.issued_at
    if when is None:
        return f"{statement.place!s}, ngày … tháng … năm …"
    return f"{statement.place!s}, {long_date(PartialDate.of(when.date()))}"


def _header(document: Document, statement: CopyStatement, form: Form) -> dict[str, Any]:
    """Return agency, number, place and date: the copy's own on extracts issued from the register.

    Any other copy repeats the header of the paper (from its ``issuing_authority``, else the motto
    alone); what it says of itself stands in its lời chứng.
    """
    if not form.header:
        return {"agency": [], "number": "", "place_date": ""}
    office = getattr(document, "issuing_authority", None)
    own_header = statement.kind is CopyKind.ELECTRONIC_ORIGINAL and office is None
    if office is None and not own_header:
        return {"agency": [], "number": "", "place_date": ""}
    if statement.kind is CopyKind.REGISTER_EXTRACT_COPY or own_header:
        return {
            "agency": _agency_lines(str(statement.authority.name)),
            "number": _number(statement.number),
            "place_date": _place_date(statement),
        }
    if isinstance(office, Missing):
        office = getattr(document, "registration_place", office)
    own = "extract_number" if form.extract else "registration_number"
    corner = numbers_in_corner(document, form)
    return {
        "agency": _agency_lines(str(text_of(office))),
        "number": "" if corner else _number(getattr(document, own, None)),
        "place_date": _original_date(document) if form.extract else "",
    }


def _number(value: object) -> str:
    text = str(text_of(value))
    return f"Số: {text}" if text else ""


def _original_date(document: Document) -> str:
    """Return place and date of the paper that was copied."""
    place, day = (getattr(document, name, None) for name in ("issued_place", "issued_date"))
    shown = [str(text_of(place)), long_date(day) if isinstance(day, PartialDate) else ""]
    return ", ".join(part for part in shown if part)


def _fields(document: Document, form: Form) -> Fields:
    """Return the items of the form, by path."""
    found = fields_of(document, always=form.always)
    fields = {
        path: text
        for path, text in found.items()
        if not any(path == hidden or path.startswith(f"{hidden}.") for hidden in form.hidden)
    }
    for path in form.capitals & set(fields):
        fields[path] = str(fields[path]).upper()
    fields = join_aliases(fields)
    special = _SPECIAL.get(family(document.format_id))
    return fields if special is None else special(document, fields)


_SPECIAL: Mapping[str, Callable[[Any, Fields], Fields]] = {
    "vn.birth": birth_fields,
    "vn.marriage": marriage_fields,
    "vn.death": death_fields,
    "vn.land": land_fields,
}
"""Families of types whose form joins fields of the record."""


def _original_signer(
    document: Document, statement: CopyStatement, form: Form
) -> dict[str, Any] | None:
    """Return who signed the original, as the copy names him: (Đã ký)."""
    signer = getattr(document, "signer", None)
    own = statement.kind is CopyKind.REGISTER_EXTRACT_COPY and form.extract
    if own or (not isinstance(signer, Signer) and form.header):
        return None
    heading = [form.signer_heading] if form.signer_heading else []
    if not form.header:
        heading = _agency_lines(str(text_of(getattr(document, "issuing_authority", None))))
    lines = signer_lines(signer) if isinstance(signer, Signer) else []
    in_header = form.header and form.extract
    return {
        "place_date": "" if in_header else _original_date(document),
        "heading": [line for line in [*heading, *lines] if line],
        "done": SIGNED if isinstance(signer, Signer) else "",
        "name": str(signer.full_name) if isinstance(signer, Signer) else "",
    }


def _attestation(statement: CopyStatement, profile: LegalProfile) -> list[str]:
    """Return the lời chứng of a certified copy, or what another kind says of itself.

    Number, office, place, day, hour and minute (NĐ 23/2015/NĐ-CP Art. 10, 13, 20). Extracts say
    all this in their header.
    """
    if statement.kind is CopyKind.REGISTER_EXTRACT_COPY:
        return []
    rule = profile.rule(statement.kind)
    number = statement.number
    certified = statement.kind is CopyKind.CERTIFIED_COPY
    lines = [(rule.attestation or profile.legend_lines(statement)[0]).upper()]
    if not isinstance(number, Missing):
        lines.append(f"{'Số chứng thực' if certified else 'Số'}: {number!s}")
    lines.append(f"Tại: {statement.authority.name!s}")
    when = statement.issued_at
    clock = "" if when is None else f", {when:%H} giờ {when:%M} phút"
    lines.append(f"{_place_date(statement)}{clock}")
    return lines


def _foot(statement: CopyStatement, form: Form) -> dict[str, Any]:
    certifier = statement.certifier
    person = not isinstance(certifier, Missing)
    foot = foot_of(statement.kind, person=person, extract=form.extract)
    return {
        "foot": {
            "heading": foot.heading,
            "hint": foot.hint,
            "position": [] if isinstance(certifier, Missing) else signer_lines(certifier),
            "name": "" if isinstance(certifier, Missing) else str(certifier.full_name),
        },
        "signatures": ["seal", "person"] if person else ["seal"],
    }


def _grouped(copy_id: str) -> str:
    """Return the copy id in groups of four."""
    return "-".join(copy_id[start : start + 4] for start in range(0, len(copy_id), 4))


def _caption(record: CopyRecord[Document]) -> list[str]:
    """Return what stands under the symbol; a printout is nowhere called a copy."""
    electronic = _ELECTRONIC.get(record.statement.kind, "bản sao điện tử")
    lines = [
        f"Mã bản sao: {_grouped(record.copy_id)}",
        "Quét mã để kiểm tra nội dung đã ký số.",
        f"Bản in ra giấy không thay thế {electronic}.",
    ]
    as_of = record.statement.as_of
    if not isinstance(as_of, Missing):
        lines.append(f"Dữ liệu tính đến: {as_of.printed()}")
    return lines


def _corner(document: Document, form: Form) -> list[str]:
    """Return what stands at the top right: code of a land certificate, numbers of old forms."""
    lines: list[tuple[str, object]] = []
    if not form.header:
        lines = [("Mã Giấy chứng nhận", getattr(document, "certificate_code", None))]
    elif numbers_in_corner(document, form):
        lines = [
            ("Quyển số", getattr(document, "book_number", None)),
            ("Số", getattr(document, "registration_number", None)),
        ]
    shown = [(label, text_of(value)) for label, value in lines]
    return [f"{label}: {text}" for label, text in shown if text]


def _stamps(statement: CopyStatement) -> dict[str, tuple[str, ...]]:
    time = (
        () if statement.issued_at is None else (f"Thời gian ký: {statement.issued_at.isoformat()}",)
    )
    stamps = {"seal": (f"Cơ quan: {statement.authority.name!s}", *time)}
    certifier = statement.certifier
    if not isinstance(certifier, Missing):
        stamps["person"] = (
            f"Người ký: {certifier.full_name!s}",
            f"Chức vụ: {certifier.position!s}",
            *time,
        )
    return stamps
