"""The parts of a land certificate: holders, parcels, assets, changes, diagrams.

Areas, terms and coordinates are kept as the paper writes them; what they mean is derived
(``area.value``, ``term.until``), never stored in their place.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from vncopy.errors import UsageError
from vncopy.formats.base import NOT_ON_FORM, Part, Stated, Travel, item
from vncopy.formats.coded import CodedEnum
from vncopy.formats.dates import PartialDate
from vncopy.formats.identifiers import IdDocument, PersonalId
from vncopy.formats.organisations import Organisation, Signer
from vncopy.formats.people import Nationality
from vncopy.formats.places import Place
from vncopy.formats.text import CheckedText, FreeText, Label, PersonName, broken

__all__ = [
    "Area",
    "Asset",
    "AssetKind",
    "CertificateStatus",
    "ChangeKind",
    "CommuneArea",
    "Coordinate",
    "Diagram",
    "FormGeneration",
    "HolderKind",
    "Honorific",
    "LandChange",
    "LandHolder",
    "LandPerson",
    "LandTerm",
    "LandUse",
    "LandUseCode",
    "Parcel",
    "ParcelNumber",
    "QrPayload",
    "TermKind",
    "UseForm",
    "Vertex",
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


class Area(CheckedText):
    """An area in square metres as the paper writes it: ``125,5``, ``125.5``, ``1.250``, ``300``.

    A comma separates decimals. A full stop before groups of exactly three digits separates
    thousands; before one or two digits it separates decimals, as some offices print.
    """

    __slots__ = ()
    max_length = 20
    title_vi = "diện tích"
    json_pattern = r"^(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9})(?:,[0-9]{1,3}|\.[0-9]{1,2})?$"
    _form: ClassVar[re.Pattern[str]] = re.compile(json_pattern[1:-1])

    @classmethod
    def check(cls, value: str) -> str:
        """Return ``value`` if it is a positive area."""
        value = super().check(value)
        if not cls._form.fullmatch(value):
            raise broken(
                "land.area_form",
                vi="diện tích chỉ gồm chữ số, dấu chấm hoặc dấu phẩy, ví dụ 125,5",
                en="an area has digits with a comma or full stop, such as 125,5",
            )
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


class LandTerm(CheckedText):
    """Thời hạn sử dụng đất, verbatim: ``Lâu dài``, ``Đến ngày 15/10/2043``, or mixed text."""

    __slots__ = ()
    max_length = 300
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


class LandUseCode(CheckedText):
    """Code of a type of land: ``ODT``, ``CLN``; old papers ``T``, ``TQ``, ``ONT+CLN``."""

    __slots__ = ()
    max_length = 20
    json_pattern = r"^[A-ZĐ]{1,4}(?:[+/][A-ZĐ]{1,4})*$"
    _form: ClassVar[re.Pattern[str]] = re.compile(json_pattern[1:-1])

    @classmethod
    def check(cls, value: str) -> str:
        """Return ``value`` if it has the form of a code."""
        value = super().check(value)
        if not cls._form.fullmatch(value):
            raise broken(
                "land.use_code_form",
                vi="mã loại đất gồm 1-4 chữ cái in hoa, ví dụ ODT",
                en="a land use code has one to four capitals, such as ODT",
            )
        return value


class ParcelNumber(CheckedText):
    """Number of a parcel or map sheet: digits, ``00``, letters, ``trích đo số 12-2019``."""

    __slots__ = ()
    max_length = 60


class QrPayload(CheckedText):
    """Content of the certificate's own QR symbol: opaque, its structure is not published."""

    __slots__ = ()
    max_length = 2000


class Coordinate(CheckedText):
    """A VN-2000 coordinate in metres, as printed: ``2325412.37``."""

    __slots__ = ()
    max_length = 14
    json_pattern = r"^[0-9]{5,8}(?:[.,][0-9]{1,3})?$"
    _form: ClassVar[re.Pattern[str]] = re.compile(json_pattern[1:-1])

    @classmethod
    def check(cls, value: str) -> str:
        """Return ``value`` if it is a coordinate."""
        value = super().check(value)
        if not cls._form.fullmatch(value):
            raise broken(
                "land.coordinate",
                vi="tọa độ VN-2000 tính bằng mét, ví dụ 2325412.37",
                en="a VN-2000 coordinate is in metres, such as 2325412.37",
            )
        return value


class LandPerson(Part):
    """One person among the holders."""

    honorific: Stated[Honorific] = item(0, "Ông/Bà", default=NOT_ON_FORM)
    """Ông or Bà, where printed."""
    full_name: PersonName = item(1, "Họ và tên", travel=Travel.REFERENCE)
    """Name, verbatim."""
    birth_date: Stated[PartialDate] = item(2, "Năm sinh", default=NOT_ON_FORM)
    """Year of birth, on forms before 2024."""
    personal_id: Stated[PersonalId] = item(3, "Số định danh cá nhân", default=NOT_ON_FORM)
    """12 digits, where the certificate names the căn cước or CCCD by the number alone."""
    id_document: Stated[IdDocument] = item(4, "Giấy tờ nhân thân", default=NOT_ON_FORM)
    """Name and number of the identity paper."""
    nationality: Stated[Nationality] = item(5, "Quốc tịch", default=NOT_ON_FORM)
    """Of foreigners only."""
    address: Stated[Place] = item(6, "Địa chỉ", default=NOT_ON_FORM)
    """Address, on forms before 2024."""


class LandHolder(Part):
    """Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất: one entry of section 1."""

    kind: HolderKind = item(0, "Đối tượng", travel=Travel.REFERENCE)
    """Person, spouses, household, organisation …"""
    persons: tuple[LandPerson, ...] = item(1, "Cá nhân", default=(), travel=Travel.REFERENCE)
    """The persons named: two for spouses, the head of a household."""
    name: Stated[FreeText] = item(2, "Tên tổ chức", default=NOT_ON_FORM, travel=Travel.REFERENCE)
    """Name of an organisation or community, verbatim."""
    legal_document: Stated[FreeText] = item(3, "Giấy tờ pháp nhân", default=NOT_ON_FORM)
    """Paper that proves the organisation: kind, number, date, office."""
    represents_spouse: bool = item(4, "Là đại diện cho vợ và chồng", default=False)
    """Whether the person named stands for both spouses."""
    address: Stated[Place] = item(5, "Địa chỉ", default=NOT_ON_FORM)
    """Address of the holder as a whole."""
    printed: Stated[FreeText] = item(6, "Nguyên văn", default=NOT_ON_FORM)
    """The entry's own words where they say more ("Hộ ông …", "cùng sử dụng đất với …")."""


class CommuneArea(Part):
    """Part of a parcel that lies in one of several communes (TT 10/2024/TT-BTNMT Art. 8)."""

    area_m2: Area = item(0, "Diện tích (m²)")
    """Square metres in that commune."""
    commune: FreeText = item(1, "Xã, phường")
    """The commune, verbatim."""


class LandUse(Part):
    """Loại đất: one type of land on a parcel."""

    type_text: FreeText = item(0, "Loại đất")
    """The words of the paper: "Đất ở tại đô thị", "T", "thổ cư"."""
    type_code: Stated[LandUseCode] = item(1, "Mã loại đất", default=NOT_ON_FORM)
    """Code, where printed."""
    area_m2: Stated[Area] = item(2, "Diện tích (m²)", default=NOT_ON_FORM)
    """Area of this type, where the parcel has several."""
    term: Stated[LandTerm] = item(3, "Thời hạn sử dụng", default=NOT_ON_FORM)
    """Term of this type, where they differ."""


class UseForm(Part):
    """Hình thức sử dụng: how much of the parcel is used alone and in common."""

    private_m2: Stated[Area] = item(0, "Sử dụng riêng (m²)")
    """Area used alone; "Không" is ``Missing(dash, "Không")``."""
    shared_m2: Stated[Area] = item(1, "Sử dụng chung (m²)")
    """Area used in common; "Không" is ``Missing(dash, "Không")``."""


class Parcel(Part):
    """Thửa đất: one parcel (TT 10/2024/TT-BTNMT Art. 33)."""

    parcel_no: ParcelNumber = item(0, "Thửa đất số", travel=Travel.REFERENCE)
    """Number of the parcel."""
    map_sheet_no: Stated[ParcelNumber] = item(1, "Tờ bản đồ số", travel=Travel.REFERENCE)
    """Number of the cadastral map sheet."""
    area_m2: Area = item(2, "Diện tích (m²)", travel=Travel.REFERENCE)
    """Area, verbatim; one decimal since 2024."""
    area_by_commune: tuple[CommuneArea, ...] = item(3, "Trong đó thuộc xã", default=())
    """How it lies in several communes."""
    land_uses: tuple[LandUse, ...] = item(4, "Loại đất")
    """At least one type of land."""
    term: Stated[LandTerm] = item(5, "Thời hạn sử dụng đất")
    """Term of the whole parcel."""
    use_form: Stated[UseForm] = item(6, "Hình thức sử dụng đất")
    """Used alone, in common, or both."""
    address: Place = item(7, "Địa chỉ")
    """Address, old or new units, verbatim."""
    origin: Stated[FreeText] = item(8, "Nguồn gốc sử dụng đất", default=NOT_ON_FORM)
    """Origin of the right; printed until 2024, in the certificate's QR since."""


class Asset(Part):
    """Tài sản gắn liền với đất (TT 10/2024/TT-BTNMT Art. 34)."""

    kind: AssetKind = item(0, "Loại tài sản")
    """What it is."""
    name: FreeText = item(1, "Tên tài sản")
    """Its name, verbatim."""
    built_area_m2: Stated[Area] = item(2, "Diện tích xây dựng (m²)", default=NOT_ON_FORM)
    """Ground that it covers."""
    floor_area_m2: Stated[Area] = item(3, "Diện tích sàn, sử dụng (m²)", default=NOT_ON_FORM)
    """Area of its floors, or the usable area of an apartment."""
    capacity: Stated[FreeText] = item(4, "Công suất", default=NOT_ON_FORM)
    """Capacity, where a construction has one."""
    ownership_form: Stated[FreeText] = item(5, "Hình thức sở hữu", default=NOT_ON_FORM)
    """Owned alone or in common."""
    structure_grade: Stated[Label] = item(6, "Cấp công trình", default=NOT_ON_FORM)
    """Grade of the construction."""
    ownership_term: Stated[LandTerm] = item(7, "Thời hạn sở hữu", default=NOT_ON_FORM)
    """Until when it is owned, or "-/-"."""
    address: Stated[Place] = item(8, "Địa chỉ", default=NOT_ON_FORM)
    """Address of a building."""
    apartment_no: Stated[Label] = item(9, "Căn hộ số", default=NOT_ON_FORM)
    """Number of the apartment."""
    floor_no: Stated[Label] = item(10, "Tầng số", default=NOT_ON_FORM)
    """Storey on which it lies."""
    floors: Stated[Label] = item(11, "Số tầng", default=NOT_ON_FORM)
    """How many storeys there are."""
    structure: Stated[FreeText] = item(12, "Kết cấu", default=NOT_ON_FORM)
    """Structure, on forms before 2024."""
    shared_parts: Stated[FreeText] = item(13, "Hạng mục sở hữu chung", default=NOT_ON_FORM)
    """What is shared with other owners."""


class LandChange(Part):
    """One line of "Những thay đổi sau khi cấp Giấy chứng nhận" (TT 10/2024 Art. 13, 40)."""

    kind: ChangeKind = item(0, "Loại biến động", default=ChangeKind.OTHER)
    """What it is about."""
    date: Stated[PartialDate] = item(1, "Ngày xác nhận")
    """Day of the confirmation."""
    content: FreeText = item(2, "Nội dung thay đổi và cơ sở pháp lý")
    """The words of the line, verbatim."""
    legal_basis: Stated[FreeText] = item(3, "Cơ sở pháp lý", default=NOT_ON_FORM)
    """Legal basis, where it stands apart."""
    file_code: Stated[Label] = item(4, "Mã hồ sơ", default=NOT_ON_FORM)
    """Number of the file, where it stands apart."""
    confirming_authority: Stated[Organisation] = item(5, "Xác nhận của cơ quan có thẩm quyền")
    """The office that confirmed it."""
    signer: Stated[Signer] = item(6, "Người ký xác nhận", default=NOT_ON_FORM)
    """Who signed the confirmation."""
    qr_payload: Stated[QrPayload] = item(
        7, "Mã QR của dòng thay đổi", default=NOT_ON_FORM, travel=Travel.NEVER
    )
    """Content of the QR symbol beside the line, opaque."""


class Vertex(Part):
    """One corner of a parcel in VN-2000."""

    no: Label = item(0, "Số hiệu đỉnh")
    """Its number."""
    x: Coordinate = item(1, "X (m)")
    """Northing."""
    y: Coordinate = item(2, "Y (m)")
    """Easting."""
    edge_m: Stated[Area] = item(3, "Chiều dài cạnh (m)", default=NOT_ON_FORM)
    """Length of the edge to the next corner."""


class Diagram(Part):
    """Sơ đồ thửa đất, tài sản gắn liền với đất; never in the QR of a copy."""

    title: Stated[FreeText] = item(0, "Tên sơ đồ", default=NOT_ON_FORM)
    """What it shows."""
    scale: Stated[Label] = item(1, "Tỷ lệ", default=NOT_ON_FORM)
    """Scale, "1/500"."""
    vertices: tuple[Vertex, ...] = item(2, "Bảng liệt kê tọa độ", default=())
    """Corners in order."""
    neighbours: Stated[FreeText] = item(3, "Thửa đất giáp ranh", default=NOT_ON_FORM)
    """Neighbouring parcels."""
    image_sha256: Stated[Label] = item(4, "Giá trị băm của hình", default=NOT_ON_FORM)
    """SHA-256 of the picture, lower-case hex; the picture itself stays with the office."""
