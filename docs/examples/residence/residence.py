"""Giấy xác nhận thông tin về cư trú: a document type that vncopy does not know.

The class is all that is needed for JSON, JSON Schema, QR text, page fields and checks. The
template ``residence.typ`` beside it sets the page. Third parties name their types in reverse DNS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from vncopy.formats.base import NOT_ON_FORM, Document, Part, Stated, Travel, item
from vncopy.formats.coded import CodedEnum
from vncopy.formats.dates import PartialDate
from vncopy.formats.identifiers import PersonalId, ReferenceNumber
from vncopy.formats.organisations import Organisation, Signer
from vncopy.formats.people import Gender
from vncopy.formats.places import Place
from vncopy.formats.rules import Rule, after
from vncopy.formats.text import FreeText, Label, PersonName

if TYPE_CHECKING:
    from collections.abc import Iterator


class ResidenceState(CodedEnum):
    """What is confirmed; each member has its JSON value, its code in the QR and its words."""

    PERMANENT = "permanent", 1, "Đã đăng ký thường trú"
    TEMPORARY = "temporary", 2, "Đã đăng ký tạm trú"
    CURRENT = "current", 3, "Đã khai báo thông tin về cư trú"


class HouseholdMember(Part):
    """One line of the list of people in the household."""

    full_name: PersonName = item(0, "Họ, chữ đệm và tên")
    birth_date: PartialDate = item(1, "Ngày, tháng, năm sinh")
    personal_id: Stated[PersonalId] = item(2, "Số định danh cá nhân")
    relationship: Label = item(3, "Quan hệ với chủ hộ")


def _confirmed_after_its_end(paper: ResidenceConfirmation) -> Iterator[str]:
    if after(paper.confirmed_date, paper.valid_until):
        yield "valid_until"


class ResidenceConfirmation(
    Document,
    format_id="org.example.residence/1",
    title_vi="Xác nhận thông tin về cư trú",
    template="residence:residence.typ",
):
    """Xác nhận thông tin về cư trú, after form CT07 of TT 56/2021/TT-BCA."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            id="residence.valid_until",
            level="error",
            vi="thời hạn của giấy xác nhận kết thúc trước ngày xác nhận",
            en="the confirmation ends before the day on which it was given",
            source="form CT07",
            check=_confirmed_after_its_end,
        ),
    )

    number: ReferenceNumber = item(0, "Số", travel=Travel.REFERENCE)
    full_name: PersonName = item(1, "Họ, chữ đệm và tên", travel=Travel.REFERENCE)
    birth_date: PartialDate = item(2, "Ngày, tháng, năm sinh", travel=Travel.REFERENCE)
    gender: Gender = item(3, "Giới tính")
    personal_id: PersonalId = item(4, "Số định danh cá nhân", travel=Travel.REFERENCE)
    state: ResidenceState = item(5, "Tình trạng cư trú", travel=Travel.REFERENCE)
    permanent_residence: Stated[Place] = item(6, "Nơi thường trú")
    temporary_residence: Stated[Place] = item(7, "Nơi tạm trú")
    current_residence: Stated[Place] = item(8, "Nơi ở hiện tại")
    head_of_household: Stated[PersonName] = item(9, "Họ, chữ đệm và tên chủ hộ")
    relationship: Stated[Label] = item(10, "Quan hệ với chủ hộ", default=NOT_ON_FORM)
    members: tuple[HouseholdMember, ...] = item(11, "Thành viên khác trong hộ", default=())
    confirmed_content: Stated[FreeText] = item(12, "Nội dung xác nhận", default=NOT_ON_FORM)
    confirmed_by: Organisation = item(13, "Cơ quan xác nhận", travel=Travel.REFERENCE)
    confirmed_date: PartialDate = item(14, "Ngày xác nhận", travel=Travel.REFERENCE)
    valid_until: Stated[PartialDate] = item(15, "Có giá trị đến hết ngày", default=NOT_ON_FORM)
    signer: Stated[Signer] = item(16, "Người ký", default=NOT_ON_FORM)
    """Named under the body as who signed the original."""
