"""The pages of drafts and copies, and what the issuer should know about them."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from vncopy.errors import Message
from vncopy.formats.copies import VIETNAM_TIME
from vncopy.pdf.face_table import check_shapes
from vncopy.pdf.fields import prepare_draft
from vncopy.pdf.fonts import BUILTIN_FONTS
from vncopy.pdf.making import signable_page
from vncopy.pdf.printed import printed
from vncopy.pdf.template import load_template
from vncopy.pdf.typeset import typeset

if TYPE_CHECKING:
    from vncopy.formats.profile import LegalProfile
    from vncopy.formats.record import CopyRecord
    from vncopy.pdf.fonts import PageFonts

__all__ = ["draft_page", "notices", "signable_page"]


def draft_page(record: CopyRecord[Any], profile: LegalProfile, fonts: PageFonts) -> bytes:
    """Return the page of a draft; every letter of the record has been set once when it returns.

    Args:
        record: without time of issue.
        profile: gives legend and titles.
        fonts: what the page is set in.

    Raises:
        UsageError: a character is in none of the fonts, the font cannot be read by receivers, or the
            template is broken.
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
    if fonts != BUILTIN_FONTS:
        check_shapes(page, fonts)
    return prepare_draft(page)


def notices(profile: LegalProfile, fonts: PageFonts) -> tuple[Message, ...]:
    """Return what the issuer should know about the page."""
    font = profile.legend.font
    found = () if fonts == BUILTIN_FONTS else (_unknown_fonts(),)
    if fonts.families[0] == font:
        return found
    used, basis = fonts.families[0], profile.legend.basis
    vi = (
        f"bản sao dùng phông chữ {used} thay cho {font} ({basis}); "
        "đơn vị triển khai chưa cung cấp phông chữ theo quy định"
    )
    en = f"the copy is set in {used} instead of {font} ({basis}); no font folder was given"
    return (Message(vi, en), *found)


def _unknown_fonts() -> Message:
    """Return what fonts of one's own cost: verifiers know letters by their outlines."""
    return Message(
        "bên kiểm tra chỉ đọc được trang nếu thư mục tin cậy của họ có bảng phông chữ này, lập bằng "
        "`vncopy trust fonts`; nếu không thì không xác định được trang ghi đúng như bản ghi (font_unknown)",
        "verifiers can read the page only if their trust folder has the table of this font, made by "
        "`vncopy trust fonts`; else they cannot tell whether it says what the record says (font_unknown)",
    )
