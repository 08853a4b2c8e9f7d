"""What changes after a signature beside the pages: told, or refused, or nothing to say."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from support.forgeries import plain
from vncopy.pdf import beside_pages
from vncopy.pdf.beside_pages import Beside, changes_beside_pages
from vncopy.pdf.limits import DEFAULT_LIMITS
from vncopy.pdf.revisions import Snapshot, read_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

Name, Dictionary, Array, String = pikepdf.Name, pikepdf.Dictionary, pikepdf.Array, pikepdf.String
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" '
    'xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
    '<rdf:Description rdf:about="" pdf:Producer="one" dc:source="shelf 1">'
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Deed</rdf:li></rdf:Alt></dc:title>'
    "<xmp:ModifyDate>2026</xmp:ModifyDate></rdf:Description></rdf:RDF></x:xmpmeta>"
)


AS_IT_IS: dict[str, Any] = {
    "static_id": True,
    "fix_metadata_version": False,
    "compress_streams": False,
    "stream_decode_level": pikepdf.StreamDecodeLevel.none,
}


def _build(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page(page_size=(300, 300))
    pdf.add_blank_page(page_size=(300, 300))
    first = pdf.pages[0].obj
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier, FirstChar=1)
    )
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="name", DA="/Cour 9 Tf",
            Rect=[0, 0, 90, 20], F=4, P=first, TU="the name",
        )
    )  # fmt: skip
    full = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="sum", V="100", F=4, P=first,
            Rect=[0, 30, 90, 50], DA="/Gap 9 Tf",
        )
    )  # fmt: skip
    signed = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T="first", Rect=[0, 0, 0, 0],
            V=pdf.make_indirect(Dictionary(Type=Name.Sig, Contents=b"0")), P=first,
        )
    )  # fmt: skip
    empty = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T="second", P=first)
    )
    link = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Dest=Array([first, Name.Fit]), P=first)
    )
    first.Annots = Array([field, full, signed, empty, link])
    first.Contents = pdf.make_stream(b"BT ET")
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field, full, signed, empty]), DR=Dictionary(Font=Dictionary(Cour=font))
    )
    outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    outlines.First = pdf.make_indirect(
        Dictionary(Title="one", Parent=outlines, Dest=Array([first, Name.Fit]))
    )
    pdf.Root.Outlines = outlines
    pdf.Root.Lang, pdf.Root.Version = String("vi"), Name("/1.6")
    pdf.Root.Extensions = Dictionary(ADBE=Dictionary(ExtensionLevel=3))
    attached = pdf.make_stream(b"attached")
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a"), attached])))
    metadata = pdf.make_stream(XMP.encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = metadata
    pdf.docinfo["/Title"] = "Deed"


@cache
def base() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        _build(pdf)
        pdf.save(out, **AS_IT_IS)
    return out.getvalue()


def changed(change: Callable[[pikepdf.Pdf], None], before: bytes | None = None) -> Beside:
    """Return what is found when a file was changed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(before or base())) as pdf:
        change(pdf)
        pdf.save(out, **AS_IT_IS)
    old = read_snapshot(before or base(), DEFAULT_LIMITS)
    new = read_snapshot(out.getvalue(), DEFAULT_LIMITS)
    with old.pdf, new.pdf:
        return changes_beside_pages(old, new)


def field(pdf: pikepdf.Pdf, place: int) -> Any:
    return pdf.Root.AcroForm.Fields[place]


def _add(pdf: pikepdf.Pdf, entries: dict[str, Any], *, form: bool = True) -> None:
    first = pdf.pages[0].obj
    item = pdf.make_indirect(Dictionary(Type=Name.Annot, P=first, **entries))
    first.Annots.append(item)
    if form:
        pdf.Root.AcroForm.Fields.append(item)


def _font(pdf: pikepdf.Pdf, name: str, **more: Any) -> None:
    made = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats, **more)
    pdf.Root.AcroForm.DR.Font[name] = pdf.make_indirect(made)


def _renumber(pdf: pikepdf.Pdf) -> None:
    copy = pdf.make_indirect(Dictionary(**{k[1:]: v for k, v in pdf.Root.Outlines.items()}))
    copy.First.Parent = copy
    pdf.Root.Outlines = copy


def _kid(pdf: pikepdf.Pdf) -> None:
    parent = pdf.make_indirect(Dictionary(FT=Name.Sig, T="third"))
    kid = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Parent=parent))
    parent.Kids = Array([kid])
    pdf.Root.AcroForm.Fields.append(parent)
    pdf.pages[0].obj.Annots.append(kid)


def _gone(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm.Fields[0]
    del pdf.pages[0].obj.Annots[0]


def _no_form(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm
    pdf.pages[0].obj.Annots = Array([])


def _exchanged(pdf: pikepdf.Pdf) -> None:
    listed = pdf.pages[0].obj.Annots
    listed[0], listed[1] = listed[1], listed[0]


def _metadata(text: str) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.Root.Metadata.write(text.encode())


def _page(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj


FORBIDDEN: dict[str, tuple[Callable[[pikepdf.Pdf], Any], str]] = {
    "language": (lambda p: p.Root.__setitem__("/Lang", String("en")), "language"),
    "bookmark": (lambda p: p.Root.Outlines.First.__setitem__("/Title", String("x")), "outlines"),
    "bookmark-elsewhere": (
        lambda p: p.Root.Outlines.First.__setitem__("/Dest", Array([p.pages[1].obj, Name.Fit])),
        "outlines",
    ),
    "labels": (lambda p: p.Root.__setitem__("/PageLabels", Dictionary(Nums=[])), "page labels"),
    "attached": (lambda p: p.Root.Names.EmbeddedFiles.Names[1].write(b"other"), "names"),
    "attached-by-another": (
        lambda p: p.Root.Names.EmbeddedFiles.Names.__setitem__(1, String("x")), "names",
    ),
    "one-more-attached": (lambda p: p.Root.Names.EmbeddedFiles.Names.append(1), "names"),
    "unknown-entry": (lambda p: p.Root.__setitem__("/Private", 1), "catalog"),
    "tagged": (lambda p: p.Root.__setitem__("/MarkInfo", Dictionary(Marked=True)), "structure"),
    "page": (lambda p: _page(p).__setitem__("/Dur", 1), "page"),
    "contents": (lambda p: _page(p).Contents.write(b"BT  ET"), "page"),
    "tree": (lambda p: p.Root.Pages.__setitem__("/Private", 90), "pages"),
    "page-more": (lambda p: p.add_blank_page(), "pages"),
    "pages-exchanged": (lambda p: p.pages.reverse(), "page"),
    "link": (lambda p: _page(p).Annots[4].__setitem__("/Dest", String("x")), "annotations"),
    "link-more": (lambda p: _add(p, {"Subtype": Name.Link}, form=False), "annotations"),
    "field-that-is-a-link": (
        lambda p: _add(p, {"Subtype": Name.Link, "FT": Name.Sig, "T": "x"}), "annotations",
    ),
    "kid-that-is-a-link": (_kid, "annotations"),
    "link-gone": (lambda p: _page(p).Annots.__delitem__(4), "annotations"),
    "text-field-more": (
        lambda p: _add(p, {"Subtype": Name.Widget, "FT": Name.Tx, "T": "x"}), "fields",
    ),
    "field-gone": (_gone, "fields"),
    "field-told-otherwise": (lambda p: field(p, 0).__setitem__("/TU", String("x")), "fields"),
    "field-of-another-kind": (lambda p: field(p, 0).__setitem__("/Ff", 1 << 13), "fields"),
    "flags-of-no-number": (lambda p: field(p, 0).__setitem__("/Ff", String("x")), "fields"),
    "value-in-another-font": (lambda p: field(p, 1).__setitem__("/DA", String("/Z 1 Tf")), "fields"),
    "value-elsewhere": (lambda p: field(p, 1).__setitem__("/Q", 2), "fields"),
    "value-not-printed": (lambda p: field(p, 1).__setitem__("/F", 0), "fields"),
    "signature-elsewhere": (lambda p: field(p, 2).__setitem__("/F", 2), "fields"),
    "signature-exchanged": (lambda p: field(p, 2).V.__setitem__("/Contents", b"1"), "fields"),
    "calculation": (lambda p: p.Root.AcroForm.__setitem__("/CO", Array([])), "form"),
    "font-exchanged": (lambda p: _font(p, "/Cour"), "fonts of the form"),
    "font-in-a-gap": (lambda p: _font(p, "/Gap", FirstChar=1), "fonts of the form"),
    "fonts-gone": (lambda p: p.Root.AcroForm.__delitem__("/DR"), "fonts of the form"),
    "kind-gone": (lambda p: p.Root.AcroForm.DR.__delitem__("/Font"), "fonts of the form"),
    "form-gone": (_no_form, "form"),
    "fonts-in-no-dictionary": (
        lambda p: p.Root.AcroForm.DR.__setitem__("/Font", Array([])), "fonts of the form",
    ),
    "catalog-in-the-tree": (
        lambda p: p.Root.Outlines.__setitem__("/First", p.pages[1].obj), "outlines",
    ),
    "annotations-exchanged": (_exchanged, "structure of the file"),
    "format-that-is-none": (lambda p: p.Root.__setitem__("/Version", Name("/9.9")), "format"),
    "format-in-no-name": (lambda p: p.Root.__setitem__("/Version", String("/1.7")), "format"),
    "format-older": (lambda p: p.Root.__setitem__("/Version", Name("/1.4")), "format"),
    "extension-changed": (
        lambda p: p.Root.Extensions.ADBE.__setitem__("/ExtensionLevel", 9), "format",
    ),
    "extensions-gone": (lambda p: p.Root.__delitem__("/Extensions"), "format"),
    "extensions-in-no-dictionary": (lambda p: p.Root.__setitem__("/Extensions", 1), "format"),
}  # fmt: skip

PERMITTED: dict[str, Callable[[pikepdf.Pdf], Any]] = {
    "nothing": lambda _: None,
    "filled-in-another-font": lambda p: field(p, 0).__setitem__("/DA", String("/Helv 9 Tf")),
    "may-not-be-written": lambda p: field(p, 1).__setitem__("/Ff", 1),
    "locked": lambda p: field(p, 1).__setitem__("/F", 4 | 128),
    "signed": lambda p: field(p, 3).__setitem__("/V", p.make_indirect(Dictionary(Type=Name.Sig))),
    "validation-data": lambda p: p.Root.__setitem__("/DSS", Dictionary(Type=Name.DSS)),
    "font-that-nothing-named": lambda p: _font(p, "/New", FirstChar=1),
    "plain-font-in-a-gap": lambda p: _font(p, "/Gap"),
    "said-once": lambda p: p.Root.AcroForm.__setitem__("/DA", String("/Cour 9 Tf")),
    "other-numbers": _renumber,
    "later-format": lambda p: p.Root.__setitem__("/Version", Name("/2.0")),
    "extension-more": lambda p: p.Root.Extensions.__setitem__("/ESIC", Dictionary()),
    "program": lambda p: p.docinfo.__setitem__("/Producer", "another"),
}

DESCRIBED: dict[str, tuple[Callable[[pikepdf.Pdf], Any], int]] = {
    "title": (lambda p: p.docinfo.__setitem__("/Title", "x"), 1),
    "author-more": (lambda p: p.docinfo.__setitem__("/Author", "x"), 1),
    "title-gone": (lambda p: p.docinfo.__delitem__("/Title"), 1),
    "own-entry": (lambda p: p.docinfo.__setitem__("/Owner", "x"), 1),
    "xmp-program": (_metadata(XMP.replace('"one"', '"two"')), 0),
    "xmp-time": (_metadata(XMP.replace("2026", "2027")), 0),
    "xmp-title": (_metadata(XMP.replace("Deed", "Gift")), 1),
    "xmp-attribute": (_metadata(XMP.replace("shelf 1", "shelf 2")), 1),
    "xmp-language": (_metadata(XMP.replace("x-default", "vi")), 1),
    "xmp-spelled-otherwise": (
        _metadata(
            XMP.replace(' dc:source="shelf 1"', "").replace(
                "<dc:title>", "<dc:source>shelf 1</dc:source>\n <dc:title>"
            )
        ),
        0,
    ),
    "xmp-with-entities": (_metadata("<!DOCTYPE x [<!ENTITY a 'b'>]>" + XMP), 1),
    "xmp-unreadable": (_metadata("<x:xmpmeta>"), 1),
    "xmp-too-deep": (_metadata("<a>" * 70 + "</a>" * 70), 1),
    "xmp-of-many-elements": (_metadata(f"<a>{'<b/>' * 20_001}</a>"), 1),
    "xmp-in-an-unknown-encoding": (_metadata('<?xml version="1.0" encoding="rot13"?><a/>'), 1),
    "xmp-empty": (_metadata(""), 2),
    "xmp-gone": (lambda p: p.Root.__delitem__("/Metadata"), 2),
    "xmp-no-stream": (lambda p: p.Root.__setitem__("/Metadata", Dictionary()), 1),
    "xmp-elsewhere": (lambda p: p.Root.Metadata.__setitem__("/F", String("x")), 1),
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_is_not_on_the_list_may_not_change(name: str) -> None:
    change, word = FORBIDDEN[name]
    found = changed(change)
    assert word in found.forbidden
    assert found.described == 0


@pytest.mark.parametrize("name", PERMITTED)
def test_what_signing_and_filling_write_is_no_matter(name: str) -> None:
    assert changed(PERMITTED[name]) == Beside()


@pytest.mark.parametrize("name", DESCRIBED)
def test_what_a_file_says_of_itself_is_counted(name: str) -> None:
    change, count = DESCRIBED[name]
    assert changed(change) == Beside(described=count)


def _looks(**looks: Any) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        made = {
            name: pdf.make_stream(b"0 0 9 9 re f") if content is None else content
            for name, content in looks.items()
        }
        field(pdf, 0).AP = Dictionary(**made)

    return change


@pytest.mark.parametrize(
    ("change", "count"),
    [
        (lambda p: field(p, 0).__setitem__("/V", String("x")), 1),
        (lambda p: field(p, 0).__setitem__("/AS", Name.On), 1),
        (_looks(N=None), 1),
        (lambda p: _looks(N=Dictionary(On=p.make_stream(b"0 0 9 9 re f")))(p), 1),
        (_looks(N=1), 0),
        (_looks(N=Dictionary()), 0),
        (lambda p: field(p, 3).__setitem__("/V", Dictionary(Type=Name.DocTimeStamp)), 0),
        (lambda p: field(p, 3).__setitem__("/AS", Name.On), 1),
    ],
)
def test_what_was_filled_or_drawn_without_a_signature_is_counted(
    change: Callable[[pikepdf.Pdf], Any], count: int
) -> None:
    assert changed(change) == Beside(drawn=count)


def test_one_more_signature_in_a_field_of_its_own_is_no_matter() -> None:
    old = read_snapshot(plain.plain(), DEFAULT_LIMITS)
    new = read_snapshot(plain.sign(plain.plain(), field="Second"), DEFAULT_LIMITS)
    with old.pdf, new.pdf:
        assert changes_beside_pages(old, new) == Beside()


def opened(change: Callable[[pikepdf.Pdf], Any], before: bytes | None = None) -> Beside:
    """Return what is found when an open file was changed in memory: no number moves."""
    old = read_snapshot(before or base(), DEFAULT_LIMITS)
    new = read_snapshot(before or base(), DEFAULT_LIMITS)
    with old.pdf, new.pdf:
        change(new.pdf)
        texts = {
            item.objgen: item.unparse(resolved=True)
            for item in new.pdf.objects
            if isinstance(item, pikepdf.Object) and not isinstance(item, pikepdf.Stream)
        }
        seen = Snapshot(new.pdf, new.objects, new.texts | texts)
        return changes_beside_pages(old, seen)


def _inline(pdf: pikepdf.Pdf) -> None:
    """Write the fields into the list of the page, and give the form none."""
    listed = [Dictionary(each) for each in pdf.pages[0].obj.Annots]
    pdf.pages[0].obj.Annots = Array([7, *listed])
    del pdf.Root.AcroForm


@cache
def inline() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(base())) as pdf:
        _inline(pdf)
        with pytest.warns(pikepdf.PageCopyWarning):
            pdf.save(out, **AS_IT_IS)
    return out.getvalue()


ODD: dict[str, tuple[Callable[[pikepdf.Pdf], Any], str]] = {
    "no-tree": (lambda p: p.Root.__setitem__("/Pages", 7), "structure of the file"),
    "tree-written-inside": (
        lambda p: p.Root.__setitem__("/Pages", Dictionary(p.Root.Pages)), "structure of the file",
    ),
    "page-twice": (
        lambda p: p.Root.Pages.Kids.__setitem__(1, p.Root.Pages.Kids[0]), "structure of the file",
    ),
    "page-more": (lambda p: p.Root.Pages.Kids.append(Dictionary()), "pages"),
    "field-below-a-field": (
        lambda p: field(p, 2).__setitem__("/Kids", Array([Dictionary(FT=Name.Sig)])), "fields",
    ),
    "field-in-itself": (
        lambda p: field(p, 3).__setitem__("/Parent", field(p, 3)), "fields",
    ),
    "link-to-another-page": (
        lambda p: p.Root.Outlines.First.Dest.__setitem__(0, p.Root.Pages.Kids[1]), "outlines",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_longer_what_it_was_is_found(name: str) -> None:
    change, word = ODD[name]
    assert word in opened(change).forbidden


def test_fields_that_only_a_page_knows_are_held_together() -> None:
    assert opened(lambda _: None, inline()) == Beside()
    listed = opened(lambda p: p.pages[0].obj.Annots[1].__setitem__("/TU", String("x")), inline())
    assert listed.forbidden
    number = opened(lambda p: p.pages[0].obj.Annots.__setitem__(0, 8), inline())
    assert "annotations" in number.forbidden


def test_fields_inside_of_fields_have_an_end() -> None:
    def nested(pdf: pikepdf.Pdf) -> None:
        item = field(pdf, 3)
        item.Kids = Array([item])

    assert opened(nested).forbidden


def test_what_has_no_end_is_not_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside_pages, "_MOST_STEPS", 5)
    assert "unreadable" in changed(lambda _: None).forbidden
    monkeypatch.undo()
    monkeypatch.setattr(beside_pages, "_MOST_DEPTH", 0)
    assert "unreadable" in changed(lambda _: None).forbidden
