"""The parts of a land certificate: holders, parcels, assets, changes, diagrams."""

from __future__ import annotations

from vncopy.formats.base import NOT_ON_FORM, Part, Stated, Travel, item
from vncopy.formats.dates import PartialDate
from vncopy.formats.identifiers import PersonalId
from vncopy.formats.identity_papers import IdDocument
from vncopy.formats.land_values import (
    Area,
    AssetKind,
    ChangeKind,
    Coordinate,
    HolderKind,
    Honorific,
    LandOrigin,
    LandTerm,
    LandUseCode,
    LandUseName,
    OwnershipForm,
    ParcelNumber,
    QrPayload,
    StructureGrade,
)
from vncopy.formats.organisations import Organisation, Signer
from vncopy.formats.people import Nationality
from vncopy.formats.places import Place
from vncopy.formats.text import FreeText, Label, PersonName

__all__ = [
    "Asset",
    "CommuneArea",
    "Diagram",
    "LandChange",
    "LandHolder",
    "LandPerson",
    "LandUse",
    "Parcel",
    "UseForm",
    "Vertex",
]


class LandPerson(Part):
    """One person among the holders (TT 10/2024/TT-BTNMT Art. 32; before: TT 23/2014/TT-BTNMT)."""

    honorific: Stated[Honorific] = item(0, "Ông/Bà", default=NOT_ON_FORM)
    """Ông or Bà, where printed."""
    full_name: PersonName = item(1, "Họ và tên", travel=Travel.REFERENCE)
    """Name, verbatim."""
    also_known_as: Stated[Label] = item(
        7, "Tên gọi khác", default=NOT_ON_FORM, travel=Travel.REFERENCE
    )
    """The words in brackets after the name, as on the paper: "tức Nguyễn Thị B"."""
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
    """Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất: one entry of section 1.

    TT 10/2024/TT-BTNMT Art. 32 and 36; households stand on older forms only.
    """

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
    """Loại đất: one type of land on a parcel (TT 10/2024/TT-BTNMT Art. 8, 33)."""

    type_text: LandUseName = item(0, "Loại đất")
    """The words of the paper: "Đất ở tại đô thị", "T", "thổ cư"."""
    type_code: Stated[LandUseCode] = item(1, "Mã loại đất", default=NOT_ON_FORM)
    """Code, where printed."""
    area_m2: Stated[Area] = item(2, "Diện tích (m²)", default=NOT_ON_FORM)
    """Area of this type, where the parcel has several."""
    term: Stated[LandTerm] = item(3, "Thời hạn sử dụng", default=NOT_ON_FORM)
    """Term of this type, where they differ."""


class UseForm(Part):
    """Hình thức sử dụng: how much is used alone and in common (TT 10/2024/TT-BTNMT Art. 8, 33)."""

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
    origin: Stated[LandOrigin] = item(8, "Nguồn gốc sử dụng đất", default=NOT_ON_FORM)
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
    ownership_form: Stated[OwnershipForm] = item(5, "Hình thức sở hữu", default=NOT_ON_FORM)
    """Owned alone or in common."""
    structure_grade: Stated[StructureGrade] = item(6, "Cấp công trình", default=NOT_ON_FORM)
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
    """One corner of a parcel in VN-2000 (TT 10/2024/TT-BTNMT Art. 39)."""

    no: Label = item(0, "Số hiệu đỉnh")
    """Its number."""
    x: Coordinate = item(1, "X (m)")
    """Northing."""
    y: Coordinate = item(2, "Y (m)")
    """Easting."""
    edge_m: Stated[Area] = item(3, "Chiều dài cạnh (m)", default=NOT_ON_FORM)
    """Length of the edge to the next corner."""


class Diagram(Part):
    """Sơ đồ thửa đất, tài sản gắn liền với đất (TT 10/2024/TT-BTNMT Art. 39); never in the QR."""

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
    north: Stated[Label] = item(5, "Hướng Bắc", default=NOT_ON_FORM)
    """Where north lies on the drawing, in the paper's words."""
