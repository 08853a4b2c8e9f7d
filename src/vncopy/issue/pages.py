"""The page of a copy: from record and signed text to a file with empty signature fields."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from vncopy.errors import Message
from vncopy.formats.copies import VIETNAM_TIME
from vncopy.pdf.fields import prepare_draft, prepare_fields
from vncopy.pdf.printed import printed
from vncopy.pdf.signature_fields import signature_fields
from vncopy.pdf.symbol import make_symbol
from vncopy.pdf.template import load_template
from vncopy.pdf.typeset import Attachment, typeset, typst_version

if TYPE_CHECKING:
    from vncopy.formats.profile import LegalProfile
    from vncopy.formats.record import CopyRecord
    from vncopy.pdf.fonts import PageFonts
    from vncopy.pdf.template import Template

__all__ = ["draft_page", "notices", "signable_page"]

MESSAGE_NAME = "copy.vnc1"
"""The COSE message of the QR code."""
RECORD_NAME = "record.json"
"""The canonical JSON of the record."""


def draft_page(record: CopyRecord[Any], profile: LegalProfile, fonts: PageFonts) -> bytes:
    """Return the page of a draft; every letter of the record has been set once when it returns.

    Args:
        record: without time of issue.
        profile: gives legend and titles.
        fonts: what the page is set in.

    Raises:
        UsageError: a character is in none of the fonts, or the template is broken.
    """
    fonts.digest()  # an empty folder is found now, not after the QR text has been signed
    content = printed(record, profile=profile, draft=True, fonts=fonts.families)
    # A draft has no time of its own, and no clock is read: its file bears the profile's first day.
    nominal = datetime.combine(profile.valid_from, time(), VIETNAM_TIME)
    template = load_template(record.document.template)
    page = typeset(
        template,
        content.data,
        title=content.title,
        author=content.author,
        at=nominal,
        font_folder=fonts.folder,
    )
    return prepare_draft(page)


def signable_page(
    record: CopyRecord[Any],
    profile: LegalProfile,
    fonts: PageFonts,
    *,
    qr_text: str,
    message: bytes,
) -> bytes:
    """Return the file that person and agency sign; same arguments, same bytes.

    Args:
        record: with its time of issue.
        profile: gives legend and titles.
        fonts: what the page is set in.
        qr_text: the signed text.
        message: its COSE bytes.

    Raises:
        UsageError: a character is in none of the fonts, or the template is broken.
        TooLongForQR: the symbol would need a version above 19.
        SigningError: the symbol does not read back.
    """
    at = record.statement.issued_at
    if at is None:  # pragma: no cover - sign_qr has set it
        msg = "a record without time has no page"
        raise ValueError(msg)
    symbol = make_symbol(qr_text)
    template = load_template(record.document.template)
    content = printed(record, profile=profile, fonts=fonts.families).with_symbol(symbol.svg())
    page = typeset(
        template,
        content.data,
        title=content.title,
        author=content.author,
        at=at,
        attachments=_attachments(record, message),
        font_folder=fonts.folder,
    )
    return prepare_fields(
        page,
        signature_fields(record.statement),
        lines=content.stamps,
        fonts=fonts,
        properties={
            **_properties(record, template, fonts),
            "symbolVersion": str(symbol.version),
            "symbolMask": str(symbol.mask),
        },
        at=at,
    )


def notices(profile: LegalProfile, fonts: PageFonts) -> tuple[Message, ...]:
    """Return what the issuer should know about the page."""
    font = profile.legend.font
    if fonts.families[0] == font:
        return ()
    used, basis = fonts.families[0], profile.legend.basis
    vi = (
        f"bản sao dùng phông chữ {used} thay cho {font} ({basis}); "
        "đơn vị triển khai chưa cung cấp phông chữ theo quy định"
    )
    en = f"the copy is set in {used} instead of {font} ({basis}); no font folder was given"
    return (Message(vi, en),)


def _attachments(record: CopyRecord[Any], message: bytes) -> tuple[Attachment, Attachment]:
    """Return what travels inside the file."""
    return (
        Attachment(
            name=MESSAGE_NAME,
            content=message,
            mime="application/cose",
            description="Nội dung đã ký của mã QR",
        ),
        Attachment(
            name=RECORD_NAME,
            content=record.to_json(),
            mime="application/json",
            description="Bản ghi của bản sao",
        ),
    )


def _properties(record: CopyRecord[Any], template: Template, fonts: PageFonts) -> dict[str, str]:
    """Return what the file says about its making."""
    digest = fonts.digest()
    return {
        **({} if digest is None else {"fontFilesDigest": digest}),
        "copyId": record.copy_id,
        "formatId": record.format_id,
        "templateId": template.id,
        "templateDigest": template.digest(),
        "typesetter": typst_version(),
    }
