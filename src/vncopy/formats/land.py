"""The land certificate: Giấy chứng nhận quyền sử dụng đất, in the three generations of its form.

Law: Luật Đất đai 31/2024/QH15; NĐ 101/2024/NĐ-CP; TT 10/2024/TT-BTNMT; before: TT 23/2014 and
TT 17/2009/TT-BTNMT. A certificate of any generation stays valid until it is exchanged.
"""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import model_validator

from vncopy.formats.base import NOT_ON_FORM, Document, Stated, Travel, item
from vncopy.formats.dates import PartialDate
from vncopy.formats.identifiers import (
    LandBarcode,
    LandBookNumber,
    LandCertificateCode,
    LandSerial,
)
from vncopy.formats.land_parts import Asset, Diagram, LandChange, LandHolder, Parcel
from vncopy.formats.land_rules import LAND_RULES
from vncopy.formats.land_values import CertificateStatus, FormGeneration, QrPayload
from vncopy.formats.organisations import Organisation, Signer
from vncopy.formats.rules import Rule
from vncopy.formats.text import FreeText, Label

__all__ = ["LandCertificate"]


class LandCertificate(
    Document,
    format_id="vn.land/1",
    title_vi="Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất",
    template="vncopy.pdf:templates/land.typ",
):
    """Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất.

    All changes after issue belong to it: a copy that omits one is false. ``change_count`` travels
    in every QR, so that a reader of a ``reference`` symbol knows how many changes the file shows.
    """

    rules: ClassVar[tuple[Rule, ...]] = LAND_RULES

    form_generation: FormGeneration = item(0, "Mẫu Giấy chứng nhận", travel=Travel.REFERENCE)
    """Generation of the form."""
    original_title: Stated[FreeText] = item(1, "Tên Giấy chứng nhận", default=NOT_ON_FORM)
    """The heading, verbatim, where it is not the generation's usual one."""
    certificate_code: Stated[LandCertificateCode] = item(
        2, "Mã Giấy chứng nhận", default=NOT_ON_FORM, travel=Travel.REFERENCE
    )
    """Code beside the QR symbol of the form of 2024."""
    qr_payloads: Stated[tuple[QrPayload, ...]] = item(
        3, "Mã QR trên Giấy chứng nhận", default=NOT_ON_FORM, travel=Travel.NEVER
    )
    """Contents of the certificate's own QR symbols, opaque; the latest governs."""
    serial: LandSerial = item(4, "Số phát hành (số seri)", travel=Travel.REFERENCE)
    """Serial number of the form."""
    holders: tuple[LandHolder, ...] = item(
        5, "Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất", travel=Travel.REFERENCE
    )
    """All holders named on the certificate."""
    holders_complete: bool = item(
        6, "Đã ghi đủ người có chung quyền", default=True, travel=Travel.REFERENCE
    )
    """Whether no co-holder is named elsewhere ("cùng sử dụng đất với …")."""
    parcels: tuple[Parcel, ...] = item(7, "Thông tin thửa đất", travel=Travel.REFERENCE)
    """One parcel or several."""
    assets: Stated[tuple[Asset, ...]] = item(8, "Thông tin tài sản gắn liền với đất")
    """Assets, or ``Missing(dash, "-/-")`` where there is none."""
    issued_place: Stated[Label] = item(9, "Địa danh", default=NOT_ON_FORM)
    """Place before the date of issue."""
    issued_date: PartialDate = item(10, "Ngày, tháng, năm cấp", travel=Travel.REFERENCE)
    """Date of issue."""
    issuing_authority: Organisation = item(11, "Cơ quan cấp", travel=Travel.REFERENCE)
    """The office that issued it, verbatim."""
    signer: Stated[Signer] = item(12, "Người ký", default=NOT_ON_FORM)
    """Who signed."""
    diagrams: Stated[tuple[Diagram, ...]] = item(
        13,
        "Sơ đồ thửa đất, tài sản gắn liền với đất",
        default=NOT_ON_FORM,
        travel=Travel.NEVER,
    )
    """Diagrams with their corners."""
    notes: Stated[FreeText] = item(14, "Ghi chú", default=NOT_ON_FORM)
    """Notes: restrictions, financial obligations; "-/-" where none."""
    changes: tuple[LandChange, ...] = item(
        15, "Những thay đổi sau khi cấp Giấy chứng nhận", default=()
    )
    """Every change after issue, in order."""
    change_count: int = item(16, "Số lần thay đổi sau khi cấp", default=0, travel=Travel.REFERENCE)
    """How many changes there are; filled in when a record leaves it out."""
    registry_number: Stated[LandBookNumber] = item(
        17, "Số vào sổ cấp Giấy chứng nhận", travel=Travel.REFERENCE
    )
    """Number in the book of certificates."""
    status: Stated[CertificateStatus] = item(
        18, "Tình trạng", default=NOT_ON_FORM, travel=Travel.REFERENCE
    )
    """State in the land database at the day of the copy (``as_of`` of the statement)."""
    encumbrances: tuple[FreeText, ...] = item(19, "Hạn chế quyền đang có hiệu lực", default=())
    """Restrictions in force by the land database at the day of the copy."""
    barcode: Stated[LandBarcode] = item(20, "Mã vạch", default=NOT_ON_FORM)
    """Digits of the barcode on page 4 of the form of 2009."""

    @model_validator(mode="after")
    def _count_changes(self) -> Self:
        """Fill in the number of changes where the record leaves it out."""
        if "change_count" not in self.model_fields_set and self.changes:
            # the model is frozen once it is made; this is still its making
            object.__setattr__(self, "change_count", len(self.changes))
            self.__pydantic_fields_set__.add("change_count")
        return self
