"""The statement of a copy: which kind it is, who made it, when, from what, and for whom.

The kind drives everything (title, legend, number, who may issue, who signs). What each kind
requires at a date stands in the legal profiles (:mod:`vncopy.formats.profile`), not here.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, GetCoreSchemaHandler
from pydantic_core import core_schema

from vncopy.formats.base import NOT_ON_FORM, Part, Stated, Travel, item
from vncopy.formats.coded import CodedEnum
from vncopy.formats.dates import PartialDate
from vncopy.formats.identifiers import (
    CertificationNumber,
    ExtractNumber,
    OfficeCopyNumber,
    RegisterCopyNumber,
)
from vncopy.formats.organisations import Organisation, Signer
from vncopy.formats.text import FreeText, Label, broken

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "VIETNAM_TIME",
    "CopyKind",
    "CopyNumber",
    "CopyStatement",
    "IssuedAt",
    "LegalGround",
    "OfficeCopyForm",
    "RequesterRelation",
    "SourceOfCopy",
    "issued_at_from_seconds",
]

VIETNAM_TIME = timezone(timedelta(hours=7))
"""The offset in which a copy states its time (NĐ 30/2020/NĐ-CP, Phụ lục I: giờ Việt Nam, ISO 8601)."""
FIRST_YEAR: Final = 1970
"""The earliest year that may be named or asked about: times of a copy begin there."""
LAST_YEAR: Final = 9998
"""The latest: one less than calendars hold, so that every time zone can write it."""


class CopyKind(CodedEnum):
    """The legal kinds of copy; a file without the right kind has no legal value."""

    REGISTER_EXTRACT_COPY = "register_extract_copy", 0, "bản sao trích lục hộ tịch"
    """Bản sao trích lục hộ tịch, bản sao Giấy khai sinh (Luật Hộ tịch Art. 4(9), 57, 62-64)."""
    REGISTER_COPY = "register_copy", 1, "bản sao điện tử được cấp từ sổ gốc"
    """Bản sao điện tử được cấp từ sổ gốc (NĐ 23/2015 Art. 16-17; NĐ 45/2020 Art. 10)."""
    CERTIFIED_COPY = "certified_copy", 2, "bản sao điện tử được chứng thực từ bản chính"
    """Bản sao điện tử được chứng thực từ bản chính (NĐ 23/2015 Art. 18-22; NĐ 45/2020 Art. 10)."""
    OFFICE_COPY = "office_copy", 3, "bản sao y, sao lục, trích sao"
    """SAO Y, SAO LỤC, TRÍCH SAO (NĐ 30/2020 Art. 25-27); which one is ``office_form``."""
    DIGITISED_RESULT = "digitised_result", 4, "kết quả giải quyết thủ tục hành chính được số hóa"
    """Kết quả giải quyết thủ tục hành chính đã số hóa (NĐ 45/2020 Art. 10, 14; NĐ 118/2025)."""
    ELECTRONIC_ORIGINAL = "electronic_original", 5, "bản điện tử"
    """Bản điện tử, born digital (Luật Giao dịch điện tử 20/2023/QH15 Art. 9-12)."""
    UNCERTIFIED_SCAN = "uncertified_scan", 6, "bản chụp, bản quét chưa được chứng thực"
    """Bản chụp, bản quét without certification: never issued by this library."""


class OfficeCopyForm(CodedEnum):
    """Hình thức sao of an office copy (NĐ 30/2020/NĐ-CP Art. 25)."""

    SAO_Y = "sao_y", 0, "SAO Y"
    """The whole of an original."""
    SAO_LUC = "sao_luc", 1, "SAO LỤC"
    """The whole of a bản sao y."""
    TRICH_SAO = "trich_sao", 2, "TRÍCH SAO"
    """A part of an original."""


class RequesterRelation(CodedEnum):
    """Who asked for the copy, seen from the person whom the document concerns."""

    SUBJECT = "subject", 0, "người có sự kiện hộ tịch; cá nhân, tổ chức được cấp bản chính"
    """The person of the event, or to whom the original was issued."""
    LEGAL_REPRESENTATIVE = "legal_representative", 1, "người đại diện theo pháp luật"
    """Người đại diện theo pháp luật (parent of a minor, guardian)."""
    AUTHORISED_REPRESENTATIVE = "authorised_representative", 2, "người đại diện theo ủy quyền"
    """Người đại diện theo ủy quyền."""
    RELATIVE_OF_DECEASED = (
        "relative_of_deceased",
        3,
        "cha, mẹ, con, vợ, chồng, anh chị em, người thừa kế khác của người đã chết",
    )
    """Parent, child, spouse, sibling or other heir of a dead person (NĐ 23/2015 Art. 16(3))."""
    COMPETENT_BODY = "competent_body", 4, "cơ quan, tổ chức có thẩm quyền"
    """An agency by reasoned written request (Luật Hộ tịch Art. 64(1))."""
    HOLDER_OF_ORIGINAL = "holder_of_original", 5, "người xuất trình bản chính"
    """Whoever shows the original for certification (NĐ 23/2015 Art. 18)."""
    OWN_INITIATIVE = "own_initiative", 6, "cơ quan tự thực hiện"
    """The office itself, e.g. the result of a procedure in electronic form."""


class LegalGround(CodedEnum):
    """Ground for processing the personal data (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15)."""

    LAW = "law", 0, "theo quy định của pháp luật"
    """Activity of a state agency laid down by law."""
    CONSENT = "consent", 1, "theo sự đồng ý"
    """Consent of the person concerned."""
    EMERGENCY = "emergency", 2, "trường hợp khẩn cấp"
    """Protection of life and health."""


class SourceOfCopy(CodedEnum):
    """What the copy was made from."""

    PAPER_REGISTER = "paper_register", 0, "sổ gốc"
    """Sổ gốc, Sổ hộ tịch on paper, which prevails (Luật Hộ tịch 60/2014/QH13 Art. 60(2))."""
    ELECTRONIC_REGISTER = "electronic_register", 1, "cơ sở dữ liệu điện tử"
    """Cơ sở dữ liệu hộ tịch điện tử, cơ sở dữ liệu đất đai."""
    PAPER_ORIGINAL = "paper_original", 2, "bản chính giấy"
    """Bản chính on paper, shown by the requester."""
    ELECTRONIC_ORIGINAL = "electronic_original", 3, "bản gốc điện tử"
    """A born-digital original."""
    OFFICE_COPY_SAO_Y = "office_copy_sao_y", 4, "bản sao y"
    """A bản sao y: the only source of a SAO LỤC, and of nothing else."""


class _NumberUnion:
    """Tells the four types of number apart by their symbol, so that one mistake is one error."""

    def __get_pydantic_core_schema__(
        self, _source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Return the tagged union; tags in brackets stay out of the paths of errors."""
        types = (ExtractNumber, CertificationNumber, RegisterCopyNumber, OfficeCopyNumber)
        return core_schema.tagged_union_schema(
            {f"({each.__name__})": handler.generate_schema(each) for each in types},
            discriminator=_number_tag,
        )


def _number_tag(value: object) -> str:
    """Return the tag of the type that the symbol speaks of."""
    text = value if isinstance(value, str) else ""
    for symbol, kind in _SYMBOLS:
        if re.search(symbol, text):
            return f"({kind.__name__})"
    return f"({RegisterCopyNumber.__name__})"


_SYMBOLS = (
    (r"/TL[A-Z]{2}(?![A-Z])", ExtractNumber),
    ("SCT", CertificationNumber),
    (r"/(?:SY|SL|TrS)(?![0-9A-Za-zĐ])", OfficeCopyNumber),
)
"""Symbols that tell the type; no law fixes the numbers of the fourth, copies from a register."""

CopyNumber: TypeAlias = Annotated[
    ExtractNumber | CertificationNumber | OfficeCopyNumber | RegisterCopyNumber, _NumberUnion()
]
"""Number of the copy; the patterns of the four types exclude each other."""


def _vietnam_seconds(value: datetime) -> datetime:
    """Accept an aware time in whole seconds at +07:00, the form that the legend prints."""
    if value.utcoffset() != VIETNAM_TIME.utcoffset(None) or value.microsecond:
        raise broken(
            "statement.issued_at",
            vi="thời điểm phải có múi giờ +07:00 và tròn giây, ví dụ 2026-11-21T10:21:35+07:00",
            en="the time needs the offset +07:00 and whole seconds, e.g. 2026-11-21T10:21:35+07:00",
        )
    return value.replace(tzinfo=VIETNAM_TIME)


IssuedAt = Annotated[datetime, AfterValidator(_vietnam_seconds)]
"""Aware time, whole seconds, offset +07:00; JSON ``2026-11-21T10:21:35+07:00``."""


def issued_at_from_seconds(seconds: int, /) -> datetime:
    """Return the time of a statement for CWT claim 6.

    Args:
        seconds: since 1970-01-01T00:00:00Z.

    Returns:
        The same instant at +07:00.

    Raises:
        ValueError: outside the years 1 to 9999.
    """
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone(VIETNAM_TIME)
    except (OverflowError, OSError) as error:
        msg = "the time is out of range"
        raise ValueError(msg) from error


class CopyStatement(Part):
    """What the issuing office states about the copy (not about the document's content).

    ``authority.agency_code`` travels as CWT claim 1 and ``issued_at`` as claim 6.
    """

    kind: CopyKind = item(0, "Hình thức bản sao", travel=Travel.REFERENCE)
    """The legal kind."""
    office_form: Stated[OfficeCopyForm] = item(
        1, "Hình thức sao", default=NOT_ON_FORM, travel=Travel.REFERENCE
    )
    """SAO Y, SAO LỤC or TRÍCH SAO; for office copies only."""
    authority: Organisation = item(2, "Cơ quan cấp bản sao", travel=Travel.REFERENCE)
    """The issuing office, name verbatim, with its agency code (mã định danh)."""
    number: Stated[CopyNumber] = item(3, "Số bản sao", default=NOT_ON_FORM, travel=Travel.REFERENCE)
    """Number of the copy, of the type that the kind demands."""
    place: Label = item(4, "Địa danh", travel=Travel.REFERENCE)
    """Place before the date in the header ("Hà Nội")."""
    issued_at: IssuedAt | None = item(5, "Thời gian ký", default=None, travel=Travel.REFERENCE)
    """When the copy is issued; ``None`` in drafts, filled by ``issue``."""
    certifier: Stated[Signer] = item(
        6, "Người ký bản sao", default=NOT_ON_FORM, travel=Travel.REFERENCE
    )
    """The person who signs; kinds that are only sealed have none."""
    source: SourceOfCopy = item(7, "Nguồn của bản sao", travel=Travel.REFERENCE)
    """What the copy was made from."""
    as_of: Stated[PartialDate] = item(
        8, "Dữ liệu tính đến ngày", default=NOT_ON_FORM, travel=Travel.REFERENCE
    )
    """Day up to which the register was consulted; ownership and notes may have changed since."""
    requester_relation: Stated[RequesterRelation] = item(
        9, "Quan hệ của người yêu cầu", default=NOT_ON_FORM, travel=Travel.REFERENCE
    )
    """Who asked for the copy, as a kind that names nobody; ``withheld`` where even that may harm."""
    legal_ground: Stated[LegalGround] = item(
        10, "Căn cứ xử lý dữ liệu cá nhân", default=NOT_ON_FORM, travel=Travel.REFERENCE
    )
    """Ground for processing the personal data."""
    purpose: Stated[FreeText] = item(11, "Mục đích", default=NOT_ON_FORM, travel=Travel.NEVER)
    """Purpose named by the requester; never in the QR, not printed."""

    def at(self, moment: datetime, /) -> CopyStatement:
        """Return the statement issued at ``moment``.

        Args:
            moment: aware time in whole seconds, any offset.

        Returns:
            A statement whose ``issued_at`` is that instant at +07:00.

        Raises:
            ValueError: ``moment`` has no offset or has fractions of a second.
        """
        if moment.utcoffset() is None or moment.microsecond:
            msg = "the time of a copy is aware and in whole seconds"
            raise ValueError(msg)
        return self.model_copy(update={"issued_at": moment.astimezone(VIETNAM_TIME)})
