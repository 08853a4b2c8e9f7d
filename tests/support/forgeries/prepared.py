"""Pages prepared before somebody signs them: what the shadow attacks of 2021 hide in them.

Each is signed here and nothing is triggered yet. :mod:`support.forgeries.shadow` triggers them.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any
from unittest import mock

import pikepdf
from pyhanko.sign.signers import cms_embedder

from support.forgeries import plain
from support.forgeries.doing import doing
from support.forgeries.raw import append, last_section, spelled, spelled_size, stream, style_of
from support.forgeries.revising import annotated, drawn_field, look, revise, sign_existing
from support.pdf_copies import signed, typeset_copy
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FALSE", "Dormant", "dormant", "prepared_copies"]

FALSE = (
    b"BT /F1 14 Tf 72 760 Td (Contract of sale 12/2026) Tj 0 -40 Td (Pay to: Somebody Else) Tj ET"
)
"""What the page is to say later."""
COVER = (70, 650, 370, 720)
"""Over who is paid, and how much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dormant:
    """One file that is in order by every rule of signatures, and prepared."""

    variant: str
    """What it hides."""
    build: Callable[[], bytes]
    """Makes it."""
    warnings: frozenset[Reason]
    """Each of them must be told."""


def page_with(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Return the page with something more on it, signed by nobody."""
    return plain.page(change=change)


def _picture(pdf: pikepdf.Pdf, pixels: bytes = b"\xff\xff\xff") -> Any:
    """Return a picture of one pixel."""
    image = pdf.make_stream(pixels)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent = 1, 1, 8
    image.ColorSpace = pikepdf.Name.DeviceRGB
    return image


def _more(pdf: pikepdf.Pdf, content: bytes) -> None:
    """Let the first page draw something more."""
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n" + content)


def image_over_text(pdf: pikepdf.Pdf) -> None:
    """Put a white picture over the text."""
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Im0=_picture(pdf))
    _more(pdf, b"q 300 0 0 70 70 650 cm /Im0 Do Q")


def area_over_text(pdf: pikepdf.Pdf) -> None:
    """Paint a white area over the text."""
    _more(pdf, b"1 1 1 rg 70 650 300 70 re f")


def ragged_area_over_text(pdf: pikepdf.Pdf) -> None:
    """Paint a white area of many corners over the text, and a false text over that."""
    _more(
        pdf,
        b"1 1 1 rg 70 650 m 370 650 l 371 690 l 370 720 l 200 721 l 70 720 l 69 700 l f "
        b"0 g BT /F1 14 Tf 72 720 Td (Pay to: Somebody Else) Tj ET",
    )


def form_over_text(pdf: pikepdf.Pdf) -> None:
    """Draw a form with a white area over the text."""
    cover = pdf.make_stream(b"1 1 1 rg 0 0 300 70 re f")
    cover.Type, cover.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    cover.BBox = [0, 0, 300, 70]
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Fm0=cover)
    _more(pdf, b"q 1 0 0 1 70 650 cm /Fm0 Do Q")


def white_text(pdf: pikepdf.Pdf) -> None:
    """Write white on white."""
    _more(pdf, b"1 1 1 rg BT /F1 14 Tf 72 640 Td (Pay to: Somebody Else) Tj ET")


def unpainted_text(pdf: pikepdf.Pdf) -> None:
    """Write without painting."""
    _more(pdf, b"BT 3 Tr /F1 14 Tf 72 640 Td (Pay to: Somebody Else) Tj ET")


def transparent_text(pdf: pikepdf.Pdf) -> None:
    """Write with nothing but transparency."""
    state = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, ca=0, CA=0)
    pdf.pages[0].obj.Resources.ExtGState = pikepdf.Dictionary(GS0=state)
    _more(pdf, b"/GS0 gs BT /F1 14 Tf 72 640 Td (Pay to: Somebody Else) Tj ET")


def clipped_text(pdf: pikepdf.Pdf) -> None:
    """Write where nothing is let through."""
    _more(pdf, b"q 0 0 1 1 re W n BT /F1 14 Tf 72 640 Td (Pay to: Somebody Else) Tj ET Q")


def text_outside(pdf: pikepdf.Pdf) -> None:
    """Write beside the page."""
    _more(pdf, b"BT /F1 14 Tf 72 1640 Td (Pay to: Somebody Else) Tj ET")


def picture_over_picture(pdf: pikepdf.Pdf) -> None:
    """Put a white picture over one that shows something."""
    below = _picture(pdf, b"\x20\x20\x80")
    above = _picture(pdf, b"\xf0\xf0\xf0")
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Im0=below, Im1=above)
    _more(pdf, b"q 200 0 0 90 70 300 cm /Im0 Do Q q 200 0 0 90 70 300 cm /Im1 Do Q")


def layer_off(pdf: pikepdf.Pdf) -> None:
    """Write on a layer that is off."""
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="x"))
    default = pikepdf.Dictionary(Order=[layer], OFF=[layer])
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=default)
    pdf.pages[0].obj.Resources.Properties = pikepdf.Dictionary(MC0=layer)
    _more(pdf, b"/OC /MC0 BDC BT /F1 14 Tf 72 640 Td (Pay to: Somebody Else) Tj ET EMC")


def layer_by_use(pdf: pikepdf.Pdf) -> None:
    """Write on a layer that viewers switch by themselves."""
    layer_off(pdf)
    layer = pdf.Root.OCProperties.OCGs[0]
    use = pikepdf.Dictionary(Event=pikepdf.Name.View, Category=[pikepdf.Name.Zoom], OCGs=[layer])
    pdf.Root.OCProperties.D = pikepdf.Dictionary(Order=[layer], AS=[use])


def widget(name: bytes, box: tuple[int, int, int, int], more: bytes) -> bytes:
    """Return a text field."""
    return b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (%s) /Rect [%d %d %d %d] %s >>" % (
        name, *box, more,
    )  # fmt: skip


def with_widget(more: bytes, box: tuple[int, int, int, int] = COVER, *added: bytes) -> bytes:
    """Return the page with one more field, signed by nobody."""
    page = plain.page()
    says = spelled(page)
    edits: dict[int, Callable[[Any], None]] = {says.pages[0]: annotated(0)}

    def form(item: Any) -> None:
        holder = item if says.form is not None else item.AcroForm
        holder.Fields = pikepdf.Array([*holder.Fields, pikepdf.Name("/NEW0X")])

    edits[says.root if says.form is None else says.form] = form
    made = revise(page, edits, [widget(b"extra", box, more), *added])
    with pikepdf.open(io.BytesIO(made)) as opened:
        out = io.BytesIO()
        opened.save(out, static_id=True)
    return out.getvalue()


def need_appearances(pdf: pikepdf.Pdf) -> None:
    """Tell viewers to draw the fields anew."""
    pdf.Root.AcroForm.NeedAppearances = True


# --- two documents in one file -------------------------------------------------------------------


def second_tree(first: int) -> dict[int, bytes]:
    """Return a second catalog with its pages, as objects from number ``first`` on."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return {
        first: b"<< /Type /Catalog /Pages %d 0 R >>" % (first + 1),
        first + 1: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (first + 2),
        first + 2: b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
        b"/Resources << /Font << /F1 %s >> >> >>" % (first + 1, first + 3, font),
        first + 3: stream(FALSE),
    }


@cache
def hidden_second() -> bytes:
    """Return the page with a second document that nothing names, signed by nobody."""
    page = plain.page()
    return append(page, second_tree(spelled_size(page)))


@cache
def page_content() -> int:
    """Return the number of what the page draws."""
    with pikepdf.open(io.BytesIO(plain.page())) as opened:
        return int(opened.pages[0].obj.Contents.objgen[0])


@cache
def same_number(*, inside: bool = False) -> bytes:
    """Return the page with a second object of the content's number, which no table names.

    Args:
        inside: inside of a stream that nothing draws, instead of between the objects.
    """
    page = plain.page()
    second = b"%d 0 obj\n%s\nendobj\n" % (page_content(), stream(FALSE))
    if inside:
        return append(page, {spelled_size(page): stream(second, b"/Type /Metadata")})
    return append(page, {spelled_size(page): b"<< /Type /Metadata >>"}, between=second)


@cache
def hidden_table() -> bytes:
    """Return the page with a second document, and a table for it that nothing points at."""
    page = plain.page()
    first = spelled_size(page)
    hidden = append(page, second_tree(first), root=first, end=b"\n")
    before = b"%d" % last_section(page)
    more: dict[int, bytes | None] = {first + 4: b"<< /Type /Metadata >>"}
    return append(hidden, more, prev=before, like=page, style=style_of(page))


@cache
def once_false() -> bytes:
    """Return the page that said something else until the last change, signed by nobody."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(FALSE)

    before = page_with(change)
    with pikepdf.open(io.BytesIO(before)) as opened:
        number = int(opened.pages[0].obj.Contents.objgen[0])
    return revise(before, {}, written={number: stream(plain.PAGE)})


@cache
def unused_font() -> bytes:
    """Return the page with a font that nothing uses, signed by nobody."""
    page = plain.page()
    digits = b"<< /Type /Encoding /Differences [49 /nine] >>"
    other = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding %s >>" % digits
    return append(page, {spelled_size(page): other})


def dormant() -> tuple[Dormant, ...]:
    """Return every prepared file, signed."""
    drawn: dict[str, tuple[Callable[[pikepdf.Pdf], None], set[Reason]]] = {
        "picture-over-text": (image_over_text, {Reason.COVERED_TEXT}),
        "area-over-text": (area_over_text, {Reason.COVERED_TEXT}),
        "ragged-area-over-text": (ragged_area_over_text, {Reason.COVERED_TEXT}),
        "form-over-text": (form_over_text, {Reason.COVERED_TEXT}),
        "picture-over-picture": (picture_over_picture, {Reason.COVERED_TEXT}),
        "white-text": (white_text, {Reason.INVISIBLE_TEXT}),
        "unpainted-text": (unpainted_text, {Reason.INVISIBLE_TEXT}),
        "transparent-text": (transparent_text, {Reason.INVISIBLE_TEXT}),
        "clipped-text": (clipped_text, {Reason.INVISIBLE_TEXT}),
        "text-beside-the-page": (text_outside, {Reason.INVISIBLE_TEXT}),
        "layer-off": (layer_off, {Reason.SWITCHED_LAYER}),
        "layer-by-use": (layer_by_use, {Reason.SWITCHED_LAYER}),
    } | {name: (change, {reason}) for name, (change, reason) in doing().items()}
    rows = [
        (name, (lambda change=change: page_with(change)), warnings)
        for name, (change, warnings) in drawn.items()
    ]
    opaque = b"/AP << /N /NEW1X >>"
    shown = look(b"/Tx BMC BT /F1 11 Tf 2 7 Td (100) Tj ET EMC")
    cover = look(b"1 1 1 rg 0 0 300 70 re f", (300, 70))
    rows += [
        ("second-document", hidden_second, {Reason.UNUSED_CONTENT}),
        ("second-object-of-one-number", same_number, {Reason.CONTENT_TWICE}),
        ("second-object-in-a-stream", lambda: same_number(inside=True), {Reason.CONTENT_TWICE}),
        ("table-of-a-second-document", hidden_table, {Reason.CONTENT_TWICE}),
        ("page-that-was-changed", once_false, {Reason.EARLIER_CONTENT}),
        ("font-that-nothing-uses", unused_font, {Reason.UNUSED_CONTENT}),
        ("empty-field-over-text", lambda: with_widget(b"/F 4"), {Reason.FIELD_OVER_TEXT}),
        ("field-that-covers-text", lambda: with_widget(b"/F 4 " + opaque, COVER, cover),
         {Reason.FIELD_OVER_TEXT, Reason.COVERED_TEXT}),
        ("hidden-field",
         lambda: with_widget(b"/F 6 /V (Somebody Else) " + opaque, (72, 500, 372, 524), look()),
         {Reason.HIDDEN_FIELD}),
        ("field-not-for-the-screen", lambda: with_widget(b"/F 36 " + opaque, (72, 500, 372, 524), look()),
         {Reason.HIDDEN_FIELD}),
        ("field-beside-the-page", lambda: with_widget(b"/F 4 " + opaque, (72, 1500, 372, 1524), look()),
         {Reason.HIDDEN_FIELD}),
        ("field-without-area", lambda: with_widget(b"/F 4 /V (Somebody Else)", (72, 500, 72, 500)),
         {Reason.HIDDEN_FIELD}),
        ("value-not-shown", lambda: with_widget(b"/F 4 /V (900) " + opaque, (72, 500, 372, 524), shown),
         {Reason.VALUE_NOT_SHOWN}),
        ("signature-field-over-text",
         lambda: drawn_field(plain.page(), COVER, b""), {Reason.FIELD_OVER_TEXT}),
    ]  # fmt: skip
    return _drawn_anew(), *(
        Dormant(
            variant=name,
            build=(lambda build=build: plain.sign(build())),
            warnings=frozenset(warnings),
        )
        for name, build, warnings in rows
    )


def _drawn_anew() -> Dormant:
    """Return the file whose form is to be drawn anew; the signer's library would take that away."""

    def build() -> bytes:
        page = drawn_field(page_with(need_appearances), (0, 0, 0, 0), b"")
        with mock.patch.object(cms_embedder, "ensure_sig_flags"):
            return sign_existing(page, "Approval")

    return Dormant(
        variant="fields-drawn-anew", build=build, warnings=frozenset({Reason.VALUE_NOT_SHOWN})
    )


# --- copies --------------------------------------------------------------------------------------


def prepared_copies() -> dict[str, Callable[[], bytes]]:
    """Return copies that the right office signed, and that hold what they do not show."""

    def made(change: Callable[[bytes], bytes]) -> Callable[[], bytes]:
        def build() -> bytes:
            state = typeset_copy()
            return signed(replace(state, pdf=change(state.pdf)))

        return build

    def page_anew(pdf: bytes) -> bytes:
        """Write the contents of the page anew, after others."""
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            content = opened.pages[0].obj.Contents
            number, text = int(content.objgen[0]), content.read_bytes()
        other = revise(pdf, {}, written={number: stream(FALSE)})
        return revise(other, {}, written={number: stream(text)})

    def beside(pdf: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            number = int(opened.pages[0].obj.Contents.objgen[0])
        second = b"%d 0 obj\n%s\nendobj\n" % (number, stream(FALSE))
        more: dict[int, bytes | None] = {spelled_size(pdf): b"<< /Type /Metadata >>"}
        return append(pdf, more, between=second)

    other = b"<< /Differences [49 /nine] >>"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding %s >>" % other
    return {
        "second-document": made(lambda pdf: append(pdf, second_tree(spelled_size(pdf)))),
        "font-that-nothing-uses": made(lambda pdf: append(pdf, {spelled_size(pdf): font})),
        "page-that-was-changed": made(page_anew),
        "second-object-of-one-number": made(beside),
        "picture-that-nothing-shows": made(lambda pdf: append(pdf, {spelled_size(pdf): look()})),
    }
