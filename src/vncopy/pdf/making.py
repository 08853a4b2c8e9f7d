"""The page of a copy: from record and signed text to a file with empty signature fields.

A pure function of its arguments and of the recorded versions, so that a page can be made again
years later and compared with the one that was signed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vncopy.pdf.attachments import COSE_NAME, RECORD_NAME
from vncopy.pdf.fields import prepare_fields
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

__all__ = ["signable_page"]


def signable_page(
    record: CopyRecord[Any],
    profile: LegalProfile | None,
    fonts: PageFonts,
    *,
    qr_text: str,
    message: bytes,
) -> bytes:
    """Return the file that person and agency sign; same arguments, same bytes.

    Args:
        record: with its time of issue.
        profile: gives legend and titles; ``None``: the one of the record's day.
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


def _attachments(record: CopyRecord[Any], message: bytes) -> tuple[Attachment, Attachment]:
    """Return what travels inside the file."""
    return (
        Attachment(
            name=COSE_NAME,
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
