"""How a land certificate is printed: the entries of its sections as lines and table rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vncopy.formats.base import Missing
from vncopy.formats.land_values import AssetKind, FormGeneration
from vncopy.pdf.printed_values import (
    id_document,
    long_date,
    missing_text,
    signer_lines,
    text_of,
    with_alias,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vncopy.formats.land_parts import (
        Asset,
        Diagram,
        LandChange,
        LandHolder,
        LandPerson,
        LandUse,
        Parcel,
        UseForm,
    )
    from vncopy.pdf.printed_values import Fields

__all__ = ["NO_DIAGRAM", "TITLES", "land_fields"]

TITLES = {
    FormGeneration.G1_RED_PRE2009: ("GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT"),
    FormGeneration.G2_PINK_2009: (
        "GIẤY CHỨNG NHẬN",
        "QUYỀN SỬ DỤNG ĐẤT",
        "QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT",
    ),
    FormGeneration.G3_QR_2024: (
        "GIẤY CHỨNG NHẬN",
        "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT",
    ),
}
"""Titles by generation of the form."""
NO_DIAGRAM = "(Hình vẽ thể hiện trên bản chính)"
"""Stands for the drawing, which a typed copy does not repeat."""
ADVICE = (
    "Quyền sử dụng đất, tài sản, thế chấp có thể đã thay đổi sau ngày của bản sao: hãy tra cứu tại "
    "cơ quan đăng ký đất đai."
)
"""Printed on every copy of a certificate: owners and mortgages change, a copy does not."""
NONE = "-/-"
"""What a certificate prints where there is nothing (TT 10/2024/TT-BTNMT)."""

_ASSETS = {
    AssetKind.HOUSE: "houses",
    AssetKind.APARTMENT: "houses",
    AssetKind.CONSTRUCTION: "constructions",
    AssetKind.OTHER: "constructions",
    AssetKind.FOREST: "forests",
    AssetKind.PERENNIAL: "perennials",
}
"""Section of the form of 2009 in which an asset stands."""
_HEADINGS = {
    "constructions": AssetKind.CONSTRUCTION.title_vi,
    "forests": AssetKind.FOREST.title_vi,
    "perennials": AssetKind.PERENNIAL.title_vi,
}
"""Kinds that the heading of their section names already."""


def land_fields(document: Any, fields: Fields) -> Fields:  # noqa: ANN401 - LandCertificate, which a third party may extend
    """Return the printed fields of a land certificate.

    Args:
        document: the certificate.
        fields: its values printed one by one; those that stay as they are come from here.

    Returns:
        The fields that ``templates/land.typ`` names.
    """
    generation: FormGeneration = document.form_generation
    own: Fields = {f"g{generation.code}": ""}
    kept = ("serial", "certificate_code", "registry_number", "status", "encumbrances", "barcode")
    own |= {name: fields[name] for name in kept if fields.get(name)}
    own["holders"] = [{"text": _holder(each)} for each in document.holders]
    if getattr(document, "holders_complete", True) is False:
        own["holders"].append({"text": ["(Còn người khác cùng sử dụng đất, cùng sở hữu tài sản)"]})
    several = len(document.parcels) > 1
    own["parcels"] = [
        _parcel(each) | ({"ordinal": str(number)} if several else {})
        for number, each in enumerate(document.parcels, start=1)
    ]
    own |= _assets(document, generation)
    own["notes"] = text_of(document.notes) or NONE
    own |= _diagrams(document)
    own["advice"] = ADVICE
    own["changes"] = [_change(each) for each in document.changes] or [[NONE, NONE]]
    return own


def _stated(value: object) -> str:
    """Return the printed text of a value of one line."""
    return str(text_of(value))


def _square_metres(value: object) -> str:
    """Return ``125,5 m²``; a missing area keeps its words ("Không")."""
    return missing_text(value) if isinstance(value, Missing) else f"{value!s} m²"


def _labelled(*pairs: tuple[str, object], area: Iterable[str] = ()) -> list[str]:
    """Return ``label value`` for every pair whose value is there."""
    texts: list[str] = []
    for label, value in pairs:
        text = _square_metres(value) if label in area else _stated(value)
        if text:
            texts.append(f"{label} {text}")
    return texts


def _person(person: LandPerson) -> str:
    """Return ``Ông NGUYỄN VĂN A, năm sinh 1960, CCCD số …, địa chỉ …``."""
    honorific = _stated(person.honorific)
    parts = [with_alias(f"{honorific} {person.full_name!s}".strip(), text_of(person.also_known_as))]
    parts += _labelled(
        ("năm sinh", person.birth_date), ("số định danh cá nhân", person.personal_id)
    )
    if not isinstance(person.id_document, Missing):
        parts.append(id_document(person.id_document))
    parts += _labelled(("quốc tịch", person.nationality), ("địa chỉ", person.address))
    return ", ".join(parts)


def _told(person: LandPerson, own: str) -> bool:
    """Tell whether the entry's own words already hold everything stated of the person."""
    paper = person.id_document
    values: list[object] = [person.full_name, person.personal_id, person.birth_date]
    values += [person.also_known_as, person.nationality, person.address]
    if not isinstance(paper, Missing):
        values += [paper.number, paper.issued_date, paper.issued_by]
    texts = [_stated(value) for value in values]
    return all(text.casefold() in own.casefold() for text in texts)


def _holder(holder: LandHolder) -> list[str]:
    """Return the lines of one entry; its own words first, then what they do not hold."""
    own = "" if isinstance(holder.printed, Missing) else str(holder.printed)
    lines = [own] if own else []
    name = _stated(holder.name)
    if name and name not in own:
        lines.append(", ".join([name, *_labelled(("giấy tờ pháp nhân:", holder.legal_document))]))
    lines += [_person(person) for person in holder.persons if not _told(person, own)]
    if holder.represents_spouse and "đại diện" not in own:
        lines.append("là đại diện cho vợ và chồng")
    address = _stated(holder.address)
    if address and address not in own:
        lines.append(f"Địa chỉ: {address}")
    return lines


def _land_use(use: LandUse, *, alone: bool) -> str:
    text = str(use.type_text)
    code = _stated(use.type_code)
    if code and code not in text:
        text = f"{text} ({code})"
    if not isinstance(use.area_m2, Missing):
        text = f"{text} {_square_metres(use.area_m2)}"
    term = _stated(use.term)
    return text if alone or not term else f"{text}, thời hạn: {term}"


def _use_form(form: UseForm | Missing) -> str:
    if isinstance(form, Missing):
        return missing_text(form)
    labels = ("Sử dụng riêng:", "sử dụng chung:")
    parts = _labelled((labels[0], form.private_m2), (labels[1], form.shared_m2), area=labels)
    return "; ".join(parts)


def _parcel(parcel: Parcel) -> Fields:
    area = _square_metres(parcel.area_m2)
    if parcel.area_by_commune:
        shares = [
            f"{_square_metres(s.area_m2)} thuộc {s.commune!s}" for s in parcel.area_by_commune
        ]
        area = f"{area}, trong đó: {'; '.join(shares)}"
    alone = len(parcel.land_uses) == 1 and _stated(parcel.land_uses[0].term) in {
        "",
        _stated(parcel.term),
    }
    fields: Fields = {
        "parcel_no": _stated(parcel.parcel_no),
        "map_sheet_no": _stated(parcel.map_sheet_no),
        "area": area,
        "uses": "; ".join(_land_use(use, alone=alone) for use in parcel.land_uses),
        "term": _stated(parcel.term),
        "use_form": _use_form(parcel.use_form),
        "address": _stated(parcel.address),
    }
    if (origin := _stated(parcel.origin)) != "":
        fields["origin"] = origin
    return fields


def _asset(asset: Asset, *, under: str = "") -> str:
    """Return one asset; its kind is said where neither its name nor the heading says it."""
    parts = [str(asset.name)]
    kind, name = asset.kind.title_vi, parts[0].casefold()
    if kind != under and kind.casefold() not in name and name not in kind.casefold():
        parts[0] = f"{kind}: {parts[0]}"
    parts += _labelled(
        ("căn hộ số", asset.apartment_no),
        ("tầng số", asset.floor_no),
        ("diện tích xây dựng", asset.built_area_m2),
        ("diện tích sàn (sử dụng)", asset.floor_area_m2),
        ("công suất", asset.capacity),
        ("kết cấu", asset.structure),
        ("số tầng", asset.floors),
        ("cấp công trình", asset.structure_grade),
        ("hình thức sở hữu", asset.ownership_form),
        ("thời hạn sở hữu", asset.ownership_term),
        ("hạng mục sở hữu chung", asset.shared_parts),
        ("địa chỉ", asset.address),
        area=("diện tích xây dựng", "diện tích sàn (sử dụng)"),
    )
    return "; ".join(parts)


def _assets(document: Any, generation: FormGeneration) -> Fields:  # noqa: ANN401 - see land_fields
    stated: Sequence[Asset] | Missing = document.assets
    assets = () if isinstance(stated, Missing) else tuple(stated)
    none = missing_text(stated) if isinstance(stated, Missing) else ""
    if generation is not FormGeneration.G2_PINK_2009:
        return {"assets": [_asset(each) for each in assets] or (none or NONE)}
    sections: Fields = dict.fromkeys(_ASSETS.values(), none or NONE)
    for asset in assets:
        section = _ASSETS[asset.kind]
        before = sections[section] if isinstance(sections[section], list) else []
        sections[section] = [*before, _asset(asset, under=_HEADINGS.get(section, ""))]
    return sections


def _diagrams(document: Any) -> Fields:  # noqa: ANN401 - see land_fields
    stated: Sequence[Diagram] | Missing = document.diagrams
    diagrams = () if isinstance(stated, Missing) else tuple(stated)
    lines: list[str] = []
    vertices: list[list[str]] = []
    for diagram in diagrams:
        parts = _labelled(
            ("", diagram.title),
            ("tỷ lệ", diagram.scale),
            ("giáp ranh:", diagram.neighbours),
            ("hướng Bắc:", diagram.north),
        )
        lines += ["; ".join(part.strip() for part in parts)] if parts else []
        vertices += [
            [_stated(v.no), _stated(v.x), _stated(v.y), _stated(v.edge_m)] for v in diagram.vertices
        ]
    fields: Fields = {"diagram": [*lines, NO_DIAGRAM]}
    return fields | ({"vertices": vertices} if vertices else {})


def _change(change: LandChange) -> list[str]:
    """Return the two cells of one line of changes."""
    content = str(change.content)
    said = [content]
    for label, value in (("Cơ sở pháp lý:", change.legal_basis), ("Mã hồ sơ:", change.file_code)):
        text = _stated(value)
        if text and text not in content:
            said.append(f"{label} {text}")
    confirmed: list[str] = []
    if isinstance(change.date, Missing):
        confirmed += [missing_text(change.date)]
    else:
        text = long_date(change.date)
        confirmed.append(text[:1].upper() + text[1:])
    confirmed.append(_stated(change.confirming_authority))
    if not isinstance(change.signer, Missing):
        confirmed += [*signer_lines(change.signer), "(Đã ký)", _stated(change.signer)]
    return ["\n".join(said), "\n".join(text for text in confirmed if text)]
