"""Shadow attacks: what a prepared file hid is brought up after somebody signed it.

Hide: what covered the text goes away, or what was seen. Replace: fonts, pictures, forms and fields
say something else. Hide and replace: the whole document gives way to a second one that slept in the
signed bytes. The prepared files themselves are in :mod:`support.forgeries.prepared`.
"""

from __future__ import annotations

import io
import re
from functools import partial
from typing import TYPE_CHECKING, Any

import pikepdf

from support.forgeries import plain
from support.forgeries.controls_made import filled
from support.forgeries.kinds import AttackFile
from support.forgeries.prepared import (
    COVER,
    FALSE,
    form_over_text,
    hidden_second,
    hidden_table,
    image_over_text,
    layer_off,
    page_content,
    page_with,
    same_number,
    transparent_text,
    with_widget,
)
from support.forgeries.raw import append, base, edited, last_section, spelled, spelled_size, stream
from support.forgeries.revising import LOOK, filled_by, look, new, page_of, revise
from vncopy.policy import CheckId
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

PUBLISHED = "Mainka, Mladenov, Rohlmann 2021 (shadow attacks)"
FORBIDDEN = (CheckId.REVISIONS, Reason.REVISION_FORBIDDEN)
OVER = (CheckId.RENDERINGS, Reason.LATER_FIELD_OVER_TEXT)
REPLACED = (CheckId.REVISIONS, Reason.VALUE_REPLACED)
DIFFERS = (CheckId.RENDERINGS, Reason.RENDERING_DIFFERS)


def _signed(change: Callable[[pikepdf.Pdf], None], permission: int | None = None) -> bytes:
    return plain.sign(page_with(change), permission=permission)


def _number(pdf: bytes, find: Callable[[pikepdf.Pdf], Any]) -> int:
    """Return the number of one object of a file."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return int(find(opened).objgen[0])


def _xobject(name: str) -> Callable[[pikepdf.Pdf], Any]:
    return lambda pdf: pdf.pages[0].obj.Resources.XObject[name]


def _written(pdf: bytes, find: Callable[[pikepdf.Pdf], Any], text: bytes | None) -> bytes:
    """Write one object anew, or free it."""
    return revise(pdf, {}, written={_number(pdf, find): text})


# --- hide ----------------------------------------------------------------------------------------

NOTHING = stream(b"", b"/Type /XObject /Subtype /Form /BBox [0 0 1 1]")


def _page_entry(name: str, value: Any) -> Callable[[bytes], bytes]:
    """Change one entry of the page."""

    def change(pdf: bytes) -> bytes:
        def edit(page: Any) -> None:
            page[name] = value

        return revise(pdf, {page_of(pdf): edit})

    return change


def _widget_flag(pdf: bytes, flags: int, field: str = "extra") -> bytes:
    def edit(widget: Any) -> None:
        widget.F = flags

    return revise(pdf, {spelled(pdf).fields[field]: edit})


def _layer_on(pdf: bytes) -> bytes:
    def edit(root: Any) -> None:
        del root.OCProperties.D["/OFF"]

    return revise(pdf, {spelled(pdf).root: edit})


def _state(pdf: bytes) -> bytes:
    """Let transparent text be painted: the state is part of the page's resources."""

    def edit(page: Any) -> None:
        page.Resources.ExtGState.GS0.ca = 1

    return revise(pdf, {page_of(pdf): edit})


def _opaque_field(permission: int | None, value: bytes = b"") -> bytes:
    cover = look(b"1 1 1 rg 0 0 300 70 re f", (300, 70))
    more = b"/F 4 %s /AP << /N /NEW1X >>" % value
    return plain.sign(with_widget(more, COVER, cover), permission=permission)


def _hidden_field(permission: int | None) -> bytes:
    """Return the page with a hidden field that has a look and no value."""
    more = b"/F 6 /AP << /N /NEW1X >>"
    return plain.sign(with_widget(more, (72, 500, 372, 524), look()), permission=permission)


def _without_annotations(pdf: bytes) -> bytes:
    def edit(page: Any) -> None:
        del page["/Annots"]

    return revise(pdf, {page_of(pdf): edit})


def _hide() -> list[Any]:
    return [
        ("picture-emptied", lambda: _written(_signed(image_over_text), _xobject("/Im0"), NOTHING), FORBIDDEN),
        ("picture-freed", lambda: _written(_signed(image_over_text), _xobject("/Im0"), None), FORBIDDEN),
        ("form-emptied", lambda: _written(_signed(form_over_text), _xobject("/Fm0"), NOTHING), FORBIDDEN),
        ("form-emptied-p2",
         lambda: _written(_signed(form_over_text, 2), _xobject("/Fm0"), NOTHING),
         FORBIDDEN),
        ("layer-switched-on", lambda: _layer_on(_signed(layer_off)), FORBIDDEN),
        ("transparency-taken-away", lambda: _state(_signed(transparent_text)), FORBIDDEN),
        ("field-hidden-p2", lambda: _widget_flag(_opaque_field(2), 6), DIFFERS),
        ("hidden-field-shown-p2", lambda: _widget_flag(_hidden_field(2), 4), DIFFERS),
        ("field-hidden-approval", lambda: _widget_flag(_opaque_field(None), 6), FORBIDDEN),
        ("field-emptied-p2",
         lambda: filled_by(_opaque_field(2), content=b"/Tx BMC EMC", field="extra"),
         OVER),
        ("fields-taken-from-the-page", lambda: _without_annotations(_opaque_field(None)), FORBIDDEN),
        ("page-cut",
         lambda: _page_entry("/CropBox", pikepdf.Array([0, 730, 595, 842]))(plain.plain()),
         FORBIDDEN),
        ("page-moved",
         lambda: _page_entry("/MediaBox", pikepdf.Array([0, 60, 595, 902]))(plain.plain()),
         FORBIDDEN),
        ("page-turned", lambda: _page_entry("/Rotate", 180)(plain.plain()), FORBIDDEN),
        ("page-in-other-units", lambda: _page_entry("/UserUnit", 2)(plain.plain()), FORBIDDEN),
    ]  # fmt: skip


# --- replace -------------------------------------------------------------------------------------

DIGITS = b"<< /Type /Encoding /Differences [48 /nine /nine] >>"
TYPE3 = (
    b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 49 "
    b"/LastChar 49 /Widths [1] /Encoding << /Differences [49 /a] >> /CharProcs << /a /NEW0X >> >>"
)


def _font(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj.Resources.Font.F1


def _other_font(pdf: bytes) -> bytes:
    text = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding %s >>" % DIGITS
    return _written(pdf, _font, text)


def _drawn_font(pdf: bytes) -> bytes:
    number = _number(pdf, _font)
    shape = stream(b"1 0 0 0 1 1 d1 0 0 1 1 re f")
    text = TYPE3.replace(b"/NEW0X", b"%d 0 R" % spelled_size(pdf))
    return revise(pdf, {}, [shape], written={number: text})


def _font_of_page(pdf: bytes) -> bytes:
    """Name another font in the page's resources."""

    def edit(page: Any) -> None:
        page.Resources.Font.F1 = new(0)

    text = b"<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>"
    return revise(pdf, {page_of(pdf): edit}, [text])


def _filled_before(permission: int | None) -> bytes:
    return plain.sign(filled(plain.page(), "100"), permission=permission)


def _need_appearances(pdf: bytes) -> bytes:
    says = spelled(pdf)

    def edit(item: Any) -> None:
        holder = item if says.form is not None else item.AcroForm
        holder.NeedAppearances = True

    return revise(pdf, {says.root if says.form is None else says.form: edit})


def _both(pdf: bytes) -> bytes:
    return filled_by(pdf, value="900", content=b"BT /F1 11 Tf 2 7 Td (900) Tj ET")


def _field_moved(permission: int | None, box: tuple[int, int, int, int] = COVER) -> bytes:
    """Move the empty form field over the text, and fill it there."""
    pdf = plain.plain(permission)

    def edit(widget: Any) -> None:
        widget.Rect = pikepdf.Array(list(box))
        widget.V = pikepdf.String("x")
        widget.AP = pikepdf.Dictionary(N=new(0))

    return revise(pdf, {spelled(pdf).fields[plain.FIELD]: edit}, [look()])


def _over_text(permission: int | None) -> bytes:
    """Fill an empty field that lay over the text when it was signed."""
    pdf = plain.sign(with_widget(b"/F 4", COVER), permission=permission)
    return filled_by(pdf, value="Pay to: Somebody Else", content=LOOK, field="extra")


def _look_of_form(pdf: bytes) -> bytes:
    """Let the form that the page draws say something else."""
    return _written(pdf, _xobject("/Fm0"), look(LOOK))


def _contents(pdf: bytes, text: bytes = FALSE) -> bytes:
    return _written(pdf, lambda opened: opened.pages[0].obj.Contents, stream(text))


def _more_contents(pdf: bytes) -> bytes:
    def edit(page: Any) -> None:
        page.Contents = pikepdf.Array([page.Contents, new(0)])

    more = stream(b"1 1 1 rg 70 650 300 70 re f 0 g BT /F1 14 Tf 72 700 Td (Somebody) Tj ET")
    return revise(pdf, {page_of(pdf): edit}, [more])


def _stream_of_look(pdf: bytes) -> bytes:
    """Write the look of a filled field anew under its own number, and leave the field alone."""

    def find(opened: pikepdf.Pdf) -> Any:
        widget = next(each for each in opened.Root.AcroForm.Fields if str(each.T) == plain.FIELD)
        return widget.AP.N

    return _written(pdf, find, look(b"BT /F1 11 Tf 2 7 Td (900) Tj ET"))


def _replace() -> list[Any]:
    rows: list[Any] = [
        ("font-with-other-digits", lambda: _other_font(plain.plain()), FORBIDDEN),
        ("font-with-other-digits-p2", lambda: _other_font(plain.plain(2)), FORBIDDEN),
        ("font-that-is-drawn", lambda: _drawn_font(plain.plain()), FORBIDDEN),
        ("font-of-the-page", lambda: _font_of_page(plain.plain()), FORBIDDEN),
        ("form-of-the-page", lambda: _look_of_form(_signed(form_over_text)), FORBIDDEN),
        ("contents", lambda: _contents(plain.plain()), FORBIDDEN),
        ("contents-p3", lambda: _contents(plain.plain(3)), FORBIDDEN),
        ("contents-and-more", lambda: _more_contents(plain.plain()), FORBIDDEN),
        ("fields-drawn-anew-p2", lambda: _need_appearances(plain.plain(2)), REPLACED),
        ("fields-drawn-anew-approval", lambda: _need_appearances(plain.plain()), REPLACED),
    ]
    for permission in (2, None):
        word = "approval" if permission is None else f"p{permission}"
        rows += [
            (f"value-of-a-field-{word}",
             lambda p=permission: filled_by(_filled_before(p), value="900"), REPLACED),
            (f"look-of-a-field-{word}",
             lambda p=permission: filled_by(_filled_before(p), content=LOOK), DIFFERS),
            (f"look-of-a-field-by-its-stream-{word}",
             lambda p=permission: _stream_of_look(_filled_before(p)), DIFFERS),
            (f"value-and-look-of-a-field-{word}",
             lambda p=permission: _both(_filled_before(p)), REPLACED),
            (f"field-moved-over-the-text-{word}", partial(_field_moved, permission), FORBIDDEN),
            (f"field-filled-over-the-text-{word}", partial(_over_text, permission), OVER),
        ]  # fmt: skip
    return rows


# --- hide and replace ----------------------------------------------------------------------------


def _second(**options: Any) -> bytes:
    """Let the trailer name the second document."""
    first = spelled_size(plain.page())
    return append(plain.sign(hidden_second()), {}, root=first, **options)


def _pages(pdf: bytes) -> bytes:
    """Let the catalog name the second document's pages."""
    first = spelled_size(plain.page())

    def edit(root: Any) -> None:
        root.Pages = pikepdf.Name("/SECOND")

    root = spelled(pdf).root
    text = edited(pdf, root, edit).replace(b"/SECOND", b"%d 0 R" % (first + 1))
    return append(pdf, {root: text})


def _second_content(pdf: bytes) -> bytes:
    """Let the page draw what the second document draws."""
    first = spelled_size(plain.page())

    def edit(page: Any) -> None:
        page.Contents = pikepdf.Name("/SECOND")

    number = page_of(pdf)
    text = edited(pdf, number, edit).replace(b"/SECOND", b"%d 0 R" % (first + 3))
    return append(pdf, {number: text})


def _only_a_table(pdf: bytes) -> bytes:
    """Append nothing but a table that names the second object of one number."""
    number = page_content()
    at = [m.start() for m in re.finditer(rb"(?<!\d)%d 0 obj" % number, pdf)][-1]
    says = spelled(pdf)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /ID %s /Prev %d >>\n" % (
        number, at, says.size, says.root, says.identifier, last_section(pdf),
    )  # fmt: skip
    return pdf + table + b"startxref\n%d\n%%%%EOF\n" % len(pdf)


def _only_a_pointer(pdf: bytes) -> bytes:
    """Append nothing but a pointer to the hidden table."""
    at = [m.start() for m in re.finditer(rb"(?<!start)xref\n", pdf)]
    first = spelled_size(plain.page())
    hidden = next(each for each in at if b"/Root %d 0 R" % first in pdf[each : each + 600])
    return pdf + b"startxref\n%d\n%%%%EOF\n" % hidden


def _hide_and_replace() -> list[Any]:
    malformed = (CheckId.SIGNATURES_INTACT, Reason.BYTE_RANGE)
    return [
        ("catalog", _second, malformed),
        ("catalog-without-previous",
         lambda: _second(prev=b""),
         (CheckId.SIGNATURES_INTACT, Reason.PDF_MALFORMED)),
        ("pages", lambda: _pages(plain.sign(hidden_second())), FORBIDDEN),
        ("pages-p3", lambda: _pages(plain.sign(hidden_second(), permission=3)), FORBIDDEN),
        ("contents", lambda: _second_content(plain.sign(hidden_second())), FORBIDDEN),
        ("table-alone", lambda: _only_a_table(plain.sign(same_number())), FORBIDDEN),
        ("table-into-a-stream", lambda: _only_a_table(plain.sign(same_number(inside=True))), FORBIDDEN),
        ("pointer-alone", lambda: _only_a_pointer(plain.sign(hidden_table())), malformed),
    ]  # fmt: skip


# --- the same with copies ------------------------------------------------------------------------


def _on_copies() -> list[Any]:
    def entry(name: str, value: Any) -> Callable[[], bytes]:
        return lambda: _page_entry(name, value)(base("copy"))

    def seal(name: str, value: Any) -> Callable[[], bytes]:
        def build() -> bytes:
            pdf = base("copy")

            def edit(widget: Any) -> None:
                widget[name] = value

            return revise(pdf, {spelled(pdf).fields[_seal(pdf)]: edit}, [look()])

        return build

    def copy_font(opened: pikepdf.Pdf) -> Any:
        return next(iter(opened.pages[0].obj.Resources.Font.values()))

    return [
        ("contents", lambda: _contents(base("copy")), FORBIDDEN),
        ("contents-and-more", lambda: _more_contents(base("copy")), FORBIDDEN),
        ("font", lambda: _written(base("copy"), copy_font, TYPE3.replace(b"/NEW0X", b"null")), FORBIDDEN),
        ("fields-taken-from-the-page", lambda: _without_annotations(base("copy")), FORBIDDEN),
        ("page-cut", entry("/CropBox", pikepdf.Array([0, 400, 595, 842])), FORBIDDEN),
        ("page-turned", entry("/Rotate", 180), FORBIDDEN),
        ("page-in-other-units", entry("/UserUnit", 2), FORBIDDEN),
        ("seal-hidden", seal("/F", 2), FORBIDDEN),
        ("seal-moved", seal("/Rect", pikepdf.Array([72, 600, 372, 700])), FORBIDDEN),
        ("seal-with-another-look", seal("/AP", pikepdf.Dictionary(N=new(0))), FORBIDDEN),
        ("fields-drawn-anew", lambda: _need_appearances(base("copy")), FORBIDDEN),
    ]  # fmt: skip


def _seal(pdf: bytes) -> str:
    return next(name for name in spelled(pdf).fields if "eal" in name or "CoQuan" in name)


def files() -> tuple[AttackFile, ...]:
    """Return every file."""
    groups: tuple[tuple[str, list[Any], Any], ...] = (
        ("shadow-hide", _hide(), "plain"),
        ("shadow-replace", _replace(), "plain"),
        ("shadow-hide-and-replace", _hide_and_replace(), "plain"),
        ("shadow-on-copies", _on_copies(), "copy"),
    )
    return tuple(
        AttackFile(
            family=family,
            variant=variant,
            base=kind,
            build=build,
            check=found[0],
            reason=found[1],
            published=PUBLISHED,
        )
        for family, rows, kind in groups
        for variant, build, found in rows
    )
