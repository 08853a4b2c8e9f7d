"""Numbers and codes on papers. Those that get mixed up in practice are different types here."""

from __future__ import annotations

import re
from typing import Self

from vncopy.formats.text import CheckedText, PatternText, broken

__all__ = [
    "AgencyCode",
    "BookNumber",
    "CertificationNumber",
    "ExtractNumber",
    "IdNumber",
    "LandBarcode",
    "LandBookNumber",
    "LandCertificateCode",
    "LandSerial",
    "OfficeCopyNumber",
    "PageNumber",
    "PersonalId",
    "ProvinceCode",
    "ReferenceNumber",
    "RegisterCopyNumber",
    "RegistrationNumber",
    "WardCode",
]

_EXTRACT_SYMBOL = r"TL(?:KS|KH|KT)"
_OFFICE = r"(?:-[0-9A-Za-zÂĂĐÊÔƠƯâăđêôơư&.]{1,20})*"
"""Abbreviated names of offices after a symbol, as offices write them (``-VPĐKĐĐ``, ``-STNMT.VP``)."""


class PersonalId(PatternText):
    """Số định danh cá nhân: 12 digits ``PPP G YY RRRRRR`` (Luật Căn cước 26/2023/QH15, NĐ 70/2024).

    Travels as an integer. Its parts are hints, not proof: numbers are re-established after
    corrections, so disagreement with the record is a warning only.
    """

    __slots__ = ()
    max_length = 12
    pattern = r"[0-9]{12}"
    rule = "personal_id.digits"
    vi = "số định danh cá nhân phải có đúng 12 chữ số"
    en = "a personal id has exactly 12 digits"

    @classmethod
    def check(cls, value: str) -> str:
        """Return ``value`` if it has 12 digits; 11 digits are told apart as a lost zero."""
        if re.fullmatch(r"[0-9]{11}", value, re.ASCII):
            raise broken(
                "personal_id.lost_zero",
                vi="chỉ có 11 chữ số: có lẽ đã mất số 0 ở đầu (lỗi bảng tính)",
                en="has 11 digits: the leading zero was probably lost in a spreadsheet",
            )
        return super().check(value)

    @property
    def province_code(self) -> str:
        """The first three digits: province (or country) where the birth was registered."""
        return str(self)[:3]

    @property
    def century(self) -> int:
        """First year of the century of birth: 1900, 2000 and so on."""
        return 1900 + 100 * (int(str(self)[3]) // 2)

    @property
    def birth_year(self) -> int:
        """The year of birth that it states."""
        return self.century + int(str(self)[4:6])

    @property
    def is_female(self) -> bool:
        """Whether it states the female gender."""
        return int(str(self)[3]) % 2 == 1

    def to_wire(self) -> int:
        """Return the number."""
        return int(self)

    @classmethod
    def from_wire(cls, value: object) -> Self:
        """Return the id with that number.

        Raises:
            ValueError: no number below 10^12.
        """
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**12:
            msg = "personal id: not a number of 12 digits"
            raise ValueError(msg)
        return cls(f"{value:012}")


class IdNumber(PatternText):
    """Number of an identity paper, as printed: digits, letters, ``/ . -`` and spaces."""

    __slots__ = ()
    max_length = 40
    pattern = r"[0-9A-ZĐ](?:[0-9A-Za-zĐđ/. -]*[0-9A-Za-zĐđ])?"
    rule = "id_document.number"
    vi = "số giấy tờ chỉ gồm chữ số, chữ cái và các dấu / . -"
    en = "the number of an identity paper has digits, letters and / . - only"

    def to_wire(self) -> int | str:
        """Return the integer of twelve digits (căn cước), else the text."""
        text = str(self)
        return int(text) if re.fullmatch(r"[0-9]{12}", text) else text

    @classmethod
    def from_wire(cls, value: object) -> Self:
        """Return the number that :meth:`to_wire` gave.

        Raises:
            ValueError: it is none.
        """
        if type(value) is int and 0 <= value < 10**12:
            return cls(f"{value:012}")
        return super().from_wire(value)


class RegistrationNumber(CheckedText):
    """Số đăng ký: number in the register (``45``, ``45/2019``); never an extract's number."""

    __slots__ = ()
    max_length = 30

    @classmethod
    def check(cls, value: str) -> str:
        """Return ``value`` unless it is the number of an extract."""
        value = super().check(value)
        if re.search(_EXTRACT_SYMBOL, value):
            raise broken(
                "registration_number.extract",
                vi="đây là số của bản trích lục (TLKS, TLKH, TLKT), không phải số đăng ký",
                en="this is the number of an extract (TLKS, TLKH, TLKT), not of the register",
            )
        return value

    @property
    def is_usual(self) -> bool:
        """Whether it looks as nearly all such numbers do."""
        usual = r"\d{1,5}[A-Za-z]?(?:\s*/\s*(?:19|20)\d{2})?"
        return re.fullmatch(usual, str(self), re.ASCII) is not None

    @property
    def year(self) -> int | None:
        """The year after the slash, if it has one."""
        match = re.search(r"/\s*((?:19|20)\d{2})$", str(self), re.ASCII)
        return int(match[1]) if match else None


class ExtractNumber(PatternText):
    """Số trích lục: ``470/2026/TLKS-BS``; KS birth, KH marriage, KT death, BS for a copy."""

    __slots__ = ()
    max_length = 30
    pattern = r"\d{1,6}(?:/(?:19|20)\d{2})?/TL(?:KS|KH|KT)(?:-BS)?(?:/(?:19|20)\d{2})?"
    rule = "extract_number.form"
    vi = "số trích lục có dạng 470/2026/TLKS-BS"
    en = "the number of an extract is written like 470/2026/TLKS-BS"

    @property
    def event(self) -> str:
        """``KS`` birth, ``KH`` marriage or ``KT`` death."""
        match = re.search(_EXTRACT_SYMBOL, str(self))
        return match[0][2:] if match else ""

    @property
    def is_copy(self) -> bool:
        """Whether it is the number of a copy (``-BS``)."""
        return "-BS" in str(self)

    @property
    def year(self) -> int | None:
        """The year that it names, if any."""
        match = re.search(r"/((?:19|20)\d{2})(?:/|$)", str(self), re.ASCII)
        return int(match[1]) if match else None


class CertificationNumber(PatternText):
    """Số chứng thực: ``1520, quyển số 03/2026-SCT/BS`` (NĐ 23/2015/NĐ-CP Art. 13).

    The sequence number, the book with its year, and the symbol of copies, SCT/BS. Offices write
    the words between in many ways, and SCT-BS as well: only number and symbol are insisted on.
    """

    __slots__ = ()
    max_length = 60
    pattern = (
        r"\d{1,7}(?:[,;.]? ?[Qq]uyển(?: số)?:? ?\d{1,4}(?:[/.]\d{4})?)?"
        r" ?[/–-]? ?(?:\d{4} ?[/–-] ?)?SCT[/-]BS"
    )
    rule = "certification_number.form"
    vi = "số chứng thực có dạng 1520, quyển số 03/2026-SCT/BS"
    en = "a certification number is written like 1520, quyển số 03/2026-SCT/BS"


class OfficeCopyNumber(PatternText):
    """Number of a copy made by an office from its own papers: ``15/SY-UBND``, ``7/SL``.

    The symbols are those of NĐ 30/2020/NĐ-CP: SY (sao y), SL (sao lục), TrS (trích sao).
    """

    __slots__ = ()
    max_length = 40
    pattern = rf"\d{{1,6}}(?:/\d{{4}})?/(?:SY|SL|TrS){_OFFICE}"
    rule = "office_copy_number.form"
    vi = "số bản sao có dạng 15/SY-UBND"
    en = "the number of an office's copy is written like 15/SY-UBND"

    @property
    def symbol(self) -> str:
        """``SY``, ``SL`` or ``TrS``."""
        return str(self).rpartition("/")[2].partition("-")[0]


class RegisterCopyNumber(PatternText):
    """Number of a copy issued from the original register: ``12/2026/BS-VPĐK``, ``45/UBND-HT``.

    No law fixes its form: it is the issuing office's own number. Only the symbols of the other
    three types may not stand in it, so that nobody takes one for the other.
    """

    __slots__ = ()
    max_length = 40
    pattern = (
        r"(?!.*/(?:SY|SL|TrS)(?![0-9A-Za-zĐ]))(?!.*/TL[A-Z]{2}(?![A-Z]))(?!.*SCT)"
        rf"\d{{1,6}}(?:[/.-]\d{{1,6}})*(?:/[0-9A-Za-zÂĂĐÊÔƠƯâăđêôơư&.]{{1,20}}{_OFFICE})*"
    )
    rule = "register_copy_number.form"
    vi = "số bản sao từ sổ gốc bắt đầu bằng chữ số, ví dụ 12/2026/BS-VPĐK"
    en = "the number of a copy from the register begins with digits, like 12/2026/BS-VPĐK"


class BookNumber(CheckedText):
    """Quyển số: ``02``, ``01/2017``, ``I/1998``."""

    __slots__ = ()
    max_length = 30


class PageNumber(PatternText):
    """Trang số: page of the register, one to four digits as written."""

    __slots__ = ()
    max_length = 4
    pattern = r"\d{1,4}"
    rule = "page_number.form"
    vi = "trang số gồm 1-4 chữ số"
    en = "a page number has one to four digits"


class ReferenceNumber(CheckedText):
    """Number of a decision, judgment, notice or foreign paper, as printed."""

    __slots__ = ()
    max_length = 60


class LandSerial(PatternText):
    """Số phát hành: one or two letters and six to eight digits (``AA 09273289``)."""

    __slots__ = ()
    max_length = 11
    pattern = r"[A-ZĐ]{1,2} ?\d{6,8}"
    rule = "land.serial_form"
    vi = "số phát hành gồm 1-2 chữ cái và 6-8 chữ số"
    en = "a serial has one or two letters and six to eight digits"

    @property
    def canonical(self) -> str:
        """Letters, one space, digits: for look-ups; offices print it with and without the space."""
        return re.sub(r"^([A-ZĐ]+) ?", r"\1 ", str(self))


class LandBarcode(PatternText):
    """Mã vạch of the form of 2009: usually 13 digits, ``MX.MN.ST`` (commune, year, file)."""

    __slots__ = ()
    max_length = 20
    pattern = r"[0-9](?:[0-9. ]*[0-9])?"
    rule = "land.barcode_form"
    vi = "mã vạch chỉ gồm chữ số, dấu chấm và dấu cách"
    en = "a barcode has digits, full stops and spaces only"


class LandBookNumber(CheckedText):
    """Số vào sổ cấp Giấy chứng nhận: ``CS 03027``, ``CN.5429``, ``CS23305/DA``."""

    __slots__ = ()
    max_length = 30

    @property
    def is_usual(self) -> bool:
        """Whether it looks as nearly all such numbers do."""
        usual = r"[A-ZĐ]{0,3}[ .]?\d{1,6}(?:/[A-ZĐ0-9]+)?"
        return re.fullmatch(usual, str(self), re.ASCII) is not None


class LandCertificateCode(PatternText):
    """Mã Giấy chứng nhận on the form of 2024; its structure is not published."""

    __slots__ = ()
    max_length = 32
    pattern = r"[0-9A-Z.\-]{6,32}"
    rule = "land.certificate_code_form"
    vi = "mã Giấy chứng nhận gồm 6-32 chữ số, chữ hoa, dấu chấm hoặc gạch"
    en = "a certificate code has 6 to 32 digits, capitals, dots or hyphens"


class AgencyCode(PatternText):
    """Mã định danh cơ quan: ``H26.34.12`` (QĐ 20/2020/QĐ-TTg, amended by QĐ 09/2025/QĐ-TTg)."""

    __slots__ = ()
    max_length = 35
    pattern = r"[A-Y]\d{2}(?:\.[A-Z0-9]{1,10}){0,6}"
    rule = "agency_code.form"
    vi = "mã định danh cơ quan có dạng H26.34.12"
    en = "an agency code is written like H26.34.12"

    @classmethod
    def from_legacy(cls, legacy: str) -> AgencyCode:
        """Return the code for the reversed form of QCVN 102:2016 (``000.12.34.H26``).

        Raises:
            UsageError: it is no such code.
        """
        groups = [group for group in reversed(legacy.split(".")) if group.strip("0")]
        return cls(".".join(groups))

    def __repr__(self) -> str:
        """Return the code: an office is not a person."""
        return f"AgencyCode({str(self)!r})"


class ProvinceCode(PatternText):
    """Two digits of the province list of a date."""

    __slots__ = ()
    max_length = 2
    pattern = r"[0-9]{2}"
    rule = "place.province_code_form"
    vi = "mã tỉnh, thành phố gồm đúng 2 chữ số"
    en = "a province code has exactly two digits"


class WardCode(PatternText):
    """Five digits of the commune list of a date."""

    __slots__ = ()
    max_length = 5
    pattern = r"[0-9]{5}"
    rule = "place.ward_code_form"
    vi = "mã xã, phường, đặc khu gồm đúng 5 chữ số"
    en = "a commune code has exactly five digits"
