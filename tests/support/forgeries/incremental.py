"""Incremental saving: something is appended after the last signature, in forms that readers overlook.

The page is replaced by one that says something else. A reader that looks for signed revisions, end
marks or cross-reference sections in the usual form may not see that anything came after the signature.
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

import pikepdf

from support.forgeries.kinds import AttackFile, on_both
from support.forgeries.raw import (
    append,
    base,
    contents,
    edited,
    last_section,
    places,
    spelled,
    spelled_size,
    stream,
    style_of,
)
from vncopy.policy import CheckId
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable


_PUBLISHED = "Mladenov, Mainka, Meyer zu Selhausen, Grothe, Schwenk 2019 (ISA)"
FALSE_PAGE = b"BT /F1 14 Tf 72 760 Td (Pay to: Somebody Else) Tj ET 0 0 m 300 300 l S"


@cache
def false_page(pdf: bytes) -> dict[int, bytes | None]:
    """Return the objects that replace what page 1 shows."""
    number = spelled_size(pdf)
    page = spelled(pdf).pages[0]

    def change(item: Any) -> None:
        item.Contents = pikepdf.Array([])
        item.VncopyMark = 1

    text = edited(pdf, page, change).replace(b"/Contents [ ]", b"/Contents %d 0 R" % number)
    return {page: text.replace(b"/VncopyMark 1", b""), number: stream(FALSE_PAGE)}


def _catalog(pdf: bytes, change: Callable[[Any], None]) -> dict[int, bytes | None]:
    root = spelled(pdf).root
    return {root: edited(pdf, root, change)}


def _swap(**options: Any) -> Callable[[bytes], bytes]:
    return lambda pdf: append(pdf, false_page(pdf), **options)


def _raw(tail: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Append the objects without any section, then ``tail`` of the whole."""

    def build(pdf: bytes) -> bytes:
        body = b"".join(
            b"%d 0 obj\n%s\nendobj\n" % (number, text)
            for number, text in sorted(false_page(pdf).items())
            if text is not None
        )
        return pdf + body + tail(pdf)

    return build


def _old_pointer(pdf: bytes) -> bytes:
    return b"startxref\n%d\n%%%%EOF\n" % last_section(pdf)


def _resaved(pdf: bytes) -> bytes:
    """Append the false page, and the signature's own dictionary once more, as if it were the newest."""
    place = places(pdf)[-1]
    numbers = pdf[place.span[0] : place.span[1]].rstrip()
    copy = b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached "
    copy += numbers + b" /Contents <" + contents(pdf, place).hex().encode() + b"> >>"
    objects = dict(false_page(pdf))
    objects[spelled_size(pdf) + 1] = copy
    return append(pdf, objects)


def _loop(pdf: bytes) -> bytes:
    """Two sections, each the one before the other."""
    first = append(pdf, false_page(pdf), prev=b"0000000000")
    second = append(first, {}, like=pdf)
    return second.replace(b"/Prev 0000000000", b"/Prev %010d" % last_section(second))


def _to_itself(pdf: bytes) -> bytes:
    made = append(pdf, false_page(pdf), prev=b"0000000000")
    return made.replace(b"/Prev 0000000000", b"/Prev %010d" % last_section(made))


def _in_a_comment(pdf: bytes) -> bytes:
    """The section that readers should follow stands in a comment, the old one after it."""
    made = append(pdf, false_page(pdf), end=b"%%startxref\n")
    return made + _old_pointer(pdf)


def _two_pointers(pdf: bytes) -> bytes:
    made = append(pdf, false_page(pdf))
    return made + _old_pointer(pdf)


def _page_added(pdf: bytes) -> bytes:
    says, number = spelled(pdf), spelled_size(pdf)
    tree = int(number_of(pdf, says.root, "/Pages"))

    def change(item: Any) -> None:
        item.Kids.append(item.Kids[0])
        item.Count = len(item.Kids)

    text = edited(pdf, tree, change)
    old = b"%d 0 R ]" % says.pages[-1]
    assert old in text
    kids = text.rindex(old)
    page = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents %d 0 R >>"
    return append(
        pdf,
        {
            tree: text[:kids] + b"%d 0 R ]" % number + text[kids + len(old) :],
            number: page % (tree, number + 1),
            number + 1: stream(FALSE_PAGE),
        },
    )


def number_of(pdf: bytes, number: int, name: str) -> int:
    """Return the number of the object that an entry names."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found: int = opened.get_object((number, 0))[name].objgen[0]
        return found


def _other_tree(pdf: bytes) -> bytes:
    """A catalog that names another page tree."""
    root, number = spelled(pdf).root, spelled_size(pdf)
    tree = b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (number + 1)
    page = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents %d 0 R >>"
    old = b"/Pages %d 0 R" % number_of(pdf, root, "/Pages")
    text = spelled(pdf).objects[root]
    assert old in text
    return append(
        pdf,
        {
            root: text.replace(old, b"/Pages %d 0 R" % number),
            number: tree,
            number + 1: page % (number, number + 2),
            number + 2: stream(FALSE_PAGE),
        },
    )


def _other_catalog(pdf: bytes) -> bytes:
    """A second catalog, which the new trailer names."""
    number = spelled_size(pdf)
    text = spelled(pdf).objects[spelled(pdf).root]
    return append(pdf, {**false_page(pdf), number + 1: text}, root=number + 1)


def _page_entry(entry: bytes) -> Callable[[bytes], bytes]:
    def build(pdf: bytes) -> bytes:
        page = spelled(pdf).pages[0]
        text = spelled(pdf).objects[page]
        return append(pdf, {page: text[: text.rindex(b">>")] + entry + b" >>"})

    return build


def _catalog_entry(entry: bytes) -> Callable[[bytes], bytes]:
    def build(pdf: bytes) -> bytes:
        root = spelled(pdf).root
        text = spelled(pdf).objects[root]
        return append(pdf, {root: text[: text.rindex(b">>")] + entry + b" >>"})

    return build


def _form(change: Callable[[Any, Any], None]) -> Callable[[bytes], bytes]:
    """Change the form, wherever it is written."""

    def build(pdf: bytes) -> bytes:
        says = spelled(pdf)
        if says.form is not None:
            return append(pdf, {says.form: edited(pdf, says.form, lambda form: change(form, None))})
        return append(pdf, _catalog(pdf, lambda root: change(root.AcroForm, root)))

    return build


def _no_form(pdf: bytes) -> bytes:
    def change(root: Any) -> None:
        del root.AcroForm

    return append(pdf, _catalog(pdf, change))


def _null_form(pdf: bytes) -> bytes:
    says = spelled(pdf)
    if says.form is not None:
        return append(pdf, {says.form: b"null"})

    def change(root: Any) -> None:
        root.AcroForm = pikepdf.Dictionary(VncopyMark=1)

    text = edited(pdf, says.root, change)
    return append(pdf, {says.root: text.replace(b"<< /VncopyMark 1 >>", b"null")})


def _set(name: str, value: Any) -> Callable[[Any, Any], None]:
    def change(form: Any, _: Any) -> None:
        form[name] = value

    return change


def _less(name: str) -> Callable[[Any, Any], None]:
    def change(form: Any, _: Any) -> None:
        if name in form:
            del form[name]

    return change


def _last_out(form: Any, _: Any) -> None:
    """Take the field of the last signature out of the list."""
    kept = [each for each in form.Fields if "/V" not in each or str(each.get("/FT", "")) != "/Sig"]
    signed = [each for each in form.Fields if each not in kept]
    form.Fields = pikepdf.Array([*kept, *signed[:-1]])


def _field(change: Callable[[Any], None]) -> Callable[[bytes], bytes]:
    """Change the field of the last signature."""

    def build(pdf: bytes) -> bytes:
        number = field_number(pdf)
        return append(pdf, {number: edited(pdf, number, change)})

    return build


def field_number(pdf: bytes) -> int:
    """Return the number of the field of the last signature."""
    fields = spelled(pdf).fields
    return fields["seal"] if "seal" in fields else list(fields.values())[-1]


def _free_field(pdf: bytes) -> bytes:
    return append(pdf, {field_number(pdf): None})


def _free_signature(pdf: bytes) -> bytes:
    return append(pdf, {number_of(pdf, field_number(pdf), "/V"): None})


def _null_signature(pdf: bytes) -> bytes:
    return append(pdf, {number_of(pdf, field_number(pdf), "/V"): b"null"})


def _no_value(field: Any) -> None:
    del field.V


def _text_field(field: Any) -> None:
    field.FT = pikepdf.Name.Tx


def _no_kind(field: Any) -> None:
    del field.FT


def _moved(field: Any) -> None:
    field.Rect = [0, 0, 600, 800]


def _mixed(pdf: bytes) -> bytes:
    """A section in the other form than the file's."""
    return append(pdf, false_page(pdf), style="stream" if style_of(pdf) == "table" else "table")


def _version(pdf: bytes) -> bytes:
    def change(root: Any) -> None:
        root.Version = pikepdf.Name("/9.9")

    return append(pdf, _catalog(pdf, change))


_BROKEN = CheckId.SIGNATURES_INTACT, Reason.PDF_MALFORMED
_AFTER = CheckId.REVISIONS, Reason.REVISION_FORBIDDEN
_HIDDEN = CheckId.SIGNATURES_INTACT, Reason.BYTE_RANGE
_FIELD = CheckId.SIGNATURES_INTACT, Reason.SIGNATURE_FIELD
_TAIL = CheckId.COVERAGE, Reason.TRAILING_BYTES
_END = b"startxref\n%d\n"

VARIANTS: dict[str, tuple[Callable[[bytes], bytes], tuple[CheckId, Reason]]] = {
    "page-content": (_swap(), _AFTER),
    "object-stream": (_swap(packed=True), _AFTER),
    "other-form-of-section": (_mixed, _AFTER),
    "page-tree": (_other_tree, _AFTER),
    "second-catalog": (_other_catalog, _AFTER),
    "page-added": (_page_added, _AFTER),
    "signature-saved-again": (_resaved, _HIDDEN),
    "no-end-mark": (_swap(end=_END), _TAIL),
    "no-end-mark-old-one-close": (_swap(end=b"startxref\n%d\n%%%%EO"), _TAIL),
    "no-pointer": (_swap(end=b"%%%%EOF\n"), _AFTER),
    "no-section": (_raw(lambda _: b""), _TAIL),
    "no-section-end-mark": (_raw(lambda _: b"%%EOF\n"), _BROKEN),
    "no-section-old-pointer": (_raw(_old_pointer), _AFTER),
    "no-section-trailer-only": (
        _raw(lambda pdf: b"trailer\n<< /Root %d 0 R >>\n%%%%EOF\n" % spelled(pdf).root),
        _BROKEN,
    ),
    "pointer-zero": (_swap(end=b"startxref\n0\n%%%%EOF\n"), _BROKEN),
    "pointer-negative": (_swap(end=b"startxref\n-1\n%%%%EOF\n"), _BROKEN),
    "pointer-outside": (_swap(end=b"startxref\n99999999\n%%%%EOF\n"), _BROKEN),
    "pointer-into-an-object": (_swap(end=b"startxref\n20\n%%%%EOF\n"), _BROKEN),
    "pointer-twice": (_two_pointers, _AFTER),
    "pointer-in-a-comment": (_in_a_comment, _AFTER),
    "offsets-wrong": (_swap(shift=7), _BROKEN),
    "offsets-wrong-by-one": (_swap(shift=-1), _AFTER),
    "no-previous-section": (_swap(prev=b""), _BROKEN),
    "previous-section-zero": (_swap(prev=b"0"), _BROKEN),
    "previous-section-outside": (_swap(prev=b"99999999"), _BROKEN),
    "previous-section-real": (_swap(prev=b"1.5"), _BROKEN),
    "previous-section-itself": (_to_itself, _BROKEN),
    "previous-sections-in-a-loop": (_loop, _BROKEN),
    "bytes-after-the-end": (lambda pdf: pdf + b"false page", _TAIL),
    "form-removed": (_no_form, _HIDDEN),
    "form-null": (_null_form, _HIDDEN),
    "fields-empty": (_form(_set("/Fields", pikepdf.Array())), _HIDDEN),
    "fields-removed": (_form(_less("/Fields")), _HIDDEN),
    "fields-a-name": (_form(_set("/Fields", pikepdf.Name.Any)), _HIDDEN),
    "fields-without-the-last": (_form(_last_out), _HIDDEN),
    "flags-removed": (_form(_less("/SigFlags")), _AFTER),
    "flags-zero": (_form(_set("/SigFlags", 0)), _AFTER),
    "needs-appearances": (_form(_set("/NeedAppearances", True)), _AFTER),
    "field-free": (_free_field, _BROKEN),
    "field-without-value": (_field(_no_value), _HIDDEN),
    "field-of-text": (_field(_text_field), _HIDDEN),
    "field-of-no-kind": (_field(_no_kind), _HIDDEN),
    "field-moved": (_field(_moved), _AFTER),
    "signature-free": (_free_signature, _FIELD),
    "signature-null": (_null_signature, _FIELD),
    "page-turned": (_page_entry(b"/Rotate 180"), _AFTER),
    "page-cut": (_page_entry(b"/CropBox [0 0 300 300]"), _AFTER),
    "page-larger-unit": (_page_entry(b"/UserUnit 2"), _AFTER),
    "page-annotations-gone": (_page_entry(b"/Annots []"), _BROKEN),
    "catalog-version": (_version, _AFTER),
    "catalog-action": (_catalog_entry(b"/OpenAction [0 /Fit]"), _AFTER),
}
"""How the file is changed, and what must catch it."""

OTHERWISE: dict[tuple[str, str], tuple[CheckId, Reason]] = {
    ("needs-appearances", "plain"): (CheckId.REVISIONS, Reason.VALUE_REPLACED),
}
"""Where it is another for one of the two bases."""


def files() -> tuple[AttackFile, ...]:
    """Return the files."""
    return on_both(
        "incremental-saving",
        VARIANTS,
        lambda kind, _: base(kind),
        published=_PUBLISHED,
        otherwise=OTHERWISE,
    )
