"""The values of a land certificate: lists, areas, terms, codes, coordinates.

Areas, terms and coordinates are kept as the paper writes them; what they mean is derived
(``area.value``, ``term.until``), never stored in their place.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Self

from vncopy.errors import UsageError
from vncopy.formats.coded import CodedEnum
from vncopy.formats.codes import land as lists
from vncopy.formats.dates import PartialDate
from vncopy.formats.listed import NumberedText
from vncopy.formats.text import CheckedText, PatternText, broken

__all__ = [
    "Area",
    "AssetKind",
    "CertificateStatus",
    "ChangeKind",
    "Coordinate",
    "FormGeneration",
    "HolderKind",
    "Honorific",
    "LandOrigin",
    "LandTerm",
    "LandUseCode",
    "LandUseName",
    "OwnershipForm",
    "ParcelNumber",
    "QrPayload",
    "StructureGrade",
    "TermKind",
]


class FormGeneration(CodedEnum):
    """Generation of the certificate's form; it decides titles, order, serial and fields."""

    G1_RED_PRE2009 = "g1_red_pre2009", 1, "Giấy chứng nhận quyền sử dụng đất"
    """Before 10/12/2009: sổ đỏ, sổ hồng 1994."""
    G2_PINK_2009 = (
        "g2_pink_2009",
        2,
        "Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất",
    )
    """TT 17/2009/TT-BTNMT, TT 23/2014/TT-BTNMT."""
    G3_QR_2024 = (
        "g3_qr_2024",
        3,
        "Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất",
    )
    """TT 10/2024/TT-BTNMT, since 01/08/2024."""


class HolderKind(CodedEnum):
    """Who holds the land (TT 10/2024/TT-BTNMT Art. 32; old forms: households)."""

    PERSON = "person", 0, "Cá nhân"
    SPOUSES = "spouses", 1, "Vợ và chồng"
    HOUSEHOLD = "household", 2, "Hộ gia đình"
    ORGANISATION = "organisation", 3, "Tổ chức"
    COMMUNITY = "community", 4, "Cộng đồng dân cư"
    RELIGIOUS = "religious", 5, "Tổ chức tôn giáo"
    FOREIGN_PERSON = "foreign_person", 6, "Cá nhân nước ngoài"
    FOREIGN_ORGANISATION = "foreign_organisation", 7, "Tổ chức nước ngoài"


class Honorific(CodedEnum):
    """Ông or Bà before a holder's name."""

    ONG = "ong", 0, "Ông"
    BA = "ba", 1, "Bà"


class CertificateStatus(CodedEnum):
    """State of the certificate in the land database at the day of the copy; not on paper."""

    VALID = "valid", 0, "Còn hiệu lực"
    REVOKED = "revoked", 1, "Đã thu hồi"
    REPLACED = "replaced", 2, "Đã cấp đổi, cấp lại"
    CORRECTED = "corrected", 3, "Đã đính chính"


class ChangeKind(CodedEnum):
    """What a change after issue is about; its text says it in full."""

    OTHER = "other", 0, "Biến động khác"
    TRANSFER = "transfer", 1, "Chuyển nhượng, tặng cho, thừa kế, góp vốn"
    MORTGAGE = "mortgage", 2, "Đăng ký thế chấp"
    MORTGAGE_DELETED = "mortgage_deleted", 3, "Xóa đăng ký thế chấp"
    MORTGAGE_CHANGED = "mortgage_changed", 4, "Thay đổi nội dung thế chấp"
    LAND_USE_CHANGED = "land_use_changed", 5, "Chuyển mục đích sử dụng đất"
    PARCEL_CHANGED = "parcel_changed", 6, "Tách thửa, hợp thửa, thay đổi diện tích"
    HOLDER_DETAILS = "holder_details", 7, "Thay đổi thông tin người sử dụng đất"
    RESTRICTION = "restriction", 8, "Hạn chế quyền, quyền đối với thửa đất liền kề"
    CORRECTION = "correction", 9, "Đính chính"
    TERM = "term", 10, "Gia hạn, thay đổi thời hạn sử dụng đất"
    ASSET = "asset", 11, "Thay đổi tài sản gắn liền với đất"


class AssetKind(CodedEnum):
    """What stands on the land."""

    HOUSE = "house", 0, "Nhà ở riêng lẻ"
    APARTMENT = "apartment", 1, "Căn hộ chung cư"
    CONSTRUCTION = "construction", 2, "Công trình xây dựng khác"
    FOREST = "forest", 3, "Rừng sản xuất là rừng trồng"
    PERENNIAL = "perennial", 4, "Cây lâu năm"
    OTHER = "other", 5, "Tài sản khác"


class Area(PatternText):
    """An area in square metres as the paper writes it: ``125,5``, ``125.5``, ``1.250``, ``300``.

    A comma separates decimals. A full stop before groups of exactly three digits separates
    thousands; before one or two digits it separates decimals, as some offices print.
    """

    __slots__ = ()
    max_length = 20
    title_vi = "diện tích"
    pattern = r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9})(?:,[0-9]{1,3}|\.[0-9]{1,2})?"
    rule = "land.area_form"
    vi = "diện tích chỉ gồm chữ số, dấu chấm hoặc dấu phẩy, ví dụ 125,5"
    en = "an area has digits with a comma or full stop, such as 125,5"

    @classmethod
    def check(cls, value: str) -> str:
        """Return ``value`` if it is a positive area."""
        value = super().check(value)
        if not value.strip("0.,"):
            raise broken(
                "land.area_positive", vi="diện tích phải lớn hơn 0", en="an area is above 0"
            )
        return value

    @property
    def value(self) -> Decimal:
        """The number of square metres."""
        whole, comma, decimals = str(self).partition(",")
        if not comma:
            head, stop, tail = whole.rpartition(".")
            if stop and len(tail) < 3:  # noqa: PLR2004 - groups of thousands have three digits
                whole, decimals = head, tail
        return Decimal(f"{whole.replace('.', '')}.{decimals or '0'}")

    @property
    def decimals(self) -> int:
        """How many decimals are written."""
        return len(re.split(r",|\.(?=[0-9]{1,2}$)", str(self))[-1]) if self._has_decimals else 0

    @property
    def _has_decimals(self) -> bool:
        return re.search(r",|\.[0-9]{1,2}$", str(self)) is not None


class TermKind(StrEnum):
    """What a term of use says."""

    LONG_TERM = "long_term"
    """Lâu dài."""
    UNTIL = "until"
    """Đến ngày …"""
    MIXED = "mixed"
    """Anything else, in the paper's words."""


class LandTerm(NumberedText):
    """Thời hạn sử dụng đất, verbatim: ``Lâu dài``, ``Đến ngày 15/10/2043``, or mixed text.

    In the QR ``Đến ngày 15/10/2043`` is the number of that day, as in a ``PartialDate``.
    """

    __slots__ = ()
    max_length = 300
    texts = lists.LAND_TERMS
    title_vi = "thời hạn sử dụng"
    _until: ClassVar[re.Pattern[str]] = re.compile(
        r"[Đđ]ến (?:hết )?(?:ngày )?(?:(\d{1,2})(?:/| tháng |-))?"
        r"(?:tháng )?(?:(\d{1,2})(?:/| năm |-))?(?:năm )?(\d{4})",
        re.ASCII,
    )

    @property
    def kind(self) -> TermKind:
        """What the words say."""
        if str(self).casefold() in {"lâu dài", "ổn định lâu dài"}:
            return TermKind.LONG_TERM
        return TermKind.MIXED if self.until is None else TermKind.UNTIL

    @property
    def until(self) -> PartialDate | None:
        """The last day, month or year of use where the whole text is one such date."""
        found = self._until.fullmatch(str(self))
        if found is None:
            return None
        first, second, year = found.groups()
        # "10/2043" fills the first group: a month, not a day.
        day, month = (first, second) if second else (None, first)
        try:
            return PartialDate(
                year=int(year), month=int(month) if month else None, day=int(day) if day else None
            )
        except UsageError:
            return None

    def to_wire(self) -> int | str | list[Any]:
        """Return the number of the text or of the last day of use, else the text."""
        until = self.until
        if until is not None and self == f"Đến ngày {until.printed()}":
            day = until.to_wire()
            if until.day and isinstance(day, int):
                return day
        return super().to_wire()

    @classmethod
    def from_wire(cls, value: object) -> Self:
        """Return the term that :meth:`to_wire` gave.

        Raises:
            ValueError: it is none, or a text that has a number.
        """
        if type(value) is int and value not in cls.texts:
            until = PartialDate.from_wire(value)
            if until.day:
                return cls(f"Đến ngày {until.printed()}")
        return super().from_wire(value)


class LandUseName(NumberedText):
    """Loại đất in the words of the paper: ``Đất ở tại đô thị``, ``T``, ``thổ cư``."""

    __slots__ = ()
    max_length = 2000
    texts = lists.LAND_USES


class LandOrigin(NumberedText):
    """Nguồn gốc sử dụng đất in the words of the paper."""

    __slots__ = ()
    max_length = 2000
    texts = lists.LAND_ORIGINS


class OwnershipForm(NumberedText):
    """Hình thức sở hữu of an asset: ``Sở hữu riêng``."""

    __slots__ = ()
    max_length = 2000
    texts = lists.OWNERSHIP_FORMS


class StructureGrade(NumberedText):
    """Cấp công trình: ``Cấp III``."""

    __slots__ = ()
    max_length = 200
    texts = lists.STRUCTURE_GRADES


class LandUseCode(NumberedText, PatternText):
    """Code of a type of land: ``ODT``, ``CLN``; old papers ``T``, ``TQ``, ``ONT+CLN``."""

    __slots__ = ()
    max_length = 20
    texts = lists.LAND_USE_CODES
    pattern = r"[A-ZĐ]{1,4}(?:[+/][A-ZĐ]{1,4})*"
    rule = "land.use_code_form"
    vi = "mã loại đất gồm 1-4 chữ cái in hoa, ví dụ ODT"
    en = "a land use code has one to four capitals, such as ODT"


class ParcelNumber(CheckedText):
    """Number of a parcel or map sheet: digits, ``00``, letters, ``trích đo số 12-2019``."""

    __slots__ = ()
    max_length = 60


class QrPayload(CheckedText):
    """Content of the certificate's own QR symbol: opaque, its structure is not published."""

    __slots__ = ()
    max_length = 2000


class Coordinate(PatternText):
    """A VN-2000 coordinate in metres, as printed: ``2325412.37``."""

    __slots__ = ()
    max_length = 14
    pattern = r"[0-9]{5,8}(?:[.,][0-9]{1,3})?"
    rule = "land.coordinate"
    vi = "tọa độ VN-2000 tính bằng mét, ví dụ 2325412.37"
    en = "a VN-2000 coordinate is in metres, such as 2325412.37"
