"""What a reader is told beside the pages, changed after somebody signed: not one pixel is another.

Anybody can buy a timestamp over a file, and in files of others sign once more. Lists of what may change
then are written by objects, and some of them know an object by its place alone: whatever hangs from a
field for one more signature may come with it, and what fields are drawn with may be exchanged.
"""

from __future__ import annotations

import io
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import pikepdf
from pyhanko.pdf_utils import generic

from support.forgeries.controls_made import filled
from support.forgeries.kinds import AttackFile
from support.forgeries.plain import FIELD, page, plain, sign
from support.forgeries.prepared import Dormant
from support.forgeries.raw import append, spelled, stream
from support.forgeries.revising import LOOK, annotated, drawn_field, filled_by, new, revise
from support.levels import b_t, later, stamp, stamp_with, validation_data
from vncopy.pdf.validation_data import add_validation_data
from vncopy.policy import CheckId
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.forgeries.kinds import Base

__all__ = ["files", "told", "with_everything"]

Name, Dictionary, Array, String = pikepdf.Name, pikepdf.Dictionary, pikepdf.Array, pikepdf.String
_PUBLISHED = "of our own; what fields for signatures may bring along: Rohlmann et al. 2021"
_SYMBOLS = b"<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats /FirstChar 32 >>"
_OVER = b"/Rect [70 650 370 720] /Border [0 0 0] "
_ELSEWHERE = b"/A << /S /URI /URI (http://false.example) >> "
_SAYS = b"/Rect [0 0 0 0] /F 2 /Contents (pay somebody else) "
METADATA = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    b'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Contract of sale</rdf:li></rdf:Alt></dc:title>'
    b"</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def with_everything(pdf: pikepdf.Pdf) -> None:
    """Give a page everything that is told beside it."""
    only = pdf.pages[0].obj
    pdf.docinfo["/Title"] = "Contract of sale"
    metadata = pdf.make_stream(METADATA)
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    root = pdf.Root
    root.Metadata, root.Lang = metadata, String("vi")
    outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines, Count=1))
    entry = Dictionary(Title="Price", Parent=outlines, Dest=Array([only, Name.Fit]))
    outlines.First = outlines.Last = pdf.make_indirect(entry)
    root.Outlines = outlines
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    element = Dictionary(Type=Name.StructElem, S=Name.P, P=tree, Alt="Pay to: Tran Van Binh")
    tree.K = pdf.make_indirect(element)
    root.StructTreeRoot = tree
    attached = pdf.make_stream(b"terms")
    attached.Type = Name.EmbeddedFile
    entry = Dictionary(Type=Name.Filespec, F="terms.txt", EF=Dictionary(F=attached))
    annex = pdf.make_indirect(entry)
    names = Dictionary(Names=Array([String("terms.txt"), annex]))
    root.Names, root.AF = Dictionary(EmbeddedFiles=names), Array([annex])
    courier = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
    root.AcroForm.DR.Font.Cour = pdf.make_indirect(courier)
    shown = pdf.make_stream(b"BT /F1 14 Tf 2 7 Td (100 000) Tj ET")
    shown.Type, shown.Subtype = Name.XObject, Name.Form
    shown.BBox, shown.Resources = Array([0, 0, 300, 24]), only.Resources
    price = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="price", V="100 000", F=4,
            Rect=Array([72, 500, 372, 524]), DA="/Gap 11 Tf 0 g", AP=Dictionary(N=shown), P=only,
        )
    )  # fmt: skip
    only.Annots.append(price)
    root.AcroForm.Fields.append(price)


@cache
def _base(kind: Base) -> bytes:
    return b_t() if kind == "copy" else sign(page(change=with_everything))


def _number(pdf: bytes, fits: Callable[[Any], bool]) -> int:
    """Return the number of the first object that fits."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for item in opened.objects:
            known = isinstance(item, pikepdf.Dictionary | pikepdf.Stream)
            if known and item.is_indirect and fits(item):
                return int(item.objgen[0])
    raise LookupError


def _root(**entries: Any) -> Callable[[bytes], bytes]:
    """Change entries of the catalog."""

    def change(pdf: bytes) -> bytes:
        def root(item: Any) -> None:
            for name, value in entries.items():
                item[f"/{name}"] = value

        return revise(pdf, {spelled(pdf).root: root})

    return change


def _entry(key: str, value: Any, **like: Any) -> Callable[[bytes], bytes]:
    """Change an entry of the first object that has others."""

    def fits(item: Any) -> bool:
        return all(item.get(f"/{name}") == wanted for name, wanted in like.items())

    def change(pdf: bytes) -> bytes:
        number = _number(pdf, fits)
        return revise(pdf, {number: lambda item: item.__setitem__(f"/{key}", value)})

    return change


def _form(change: Callable[[Any], None], *added: bytes) -> Callable[[bytes], bytes]:
    """Change the form."""

    def changed(pdf: bytes) -> bytes:
        says = spelled(pdf)
        if says.form is not None:
            return revise(pdf, {says.form: change}, added)
        return revise(pdf, {says.root: lambda root: change(root.AcroForm)}, added)

    return changed


def _field(field: str, **entries: Any) -> Callable[[bytes], bytes]:
    """Change entries of a field."""

    def changed(pdf: bytes) -> bytes:
        def change(item: Any) -> None:
            for name, value in entries.items():
                item[f"/{name}"] = value

        return revise(pdf, {spelled(pdf).fields[field]: change})

    return changed


def _comes(kind: bytes, entries: bytes, *, below: bool) -> Callable[[bytes], bytes]:
    """Add a field for one more signature that is something else, or has it below itself."""

    def changed(pdf: bytes) -> bytes:
        says = spelled(pdf)
        own = b"/Type /Annot /Subtype /%s %s/P %d 0 R " % (kind, entries, says.pages[0])
        field = b"/FT /Sig /T (Approval) "
        added = [b"<< %s%s>>" % (field, own)]
        if below:
            added = [b"<< %s/Kids [/NEW1X] >>" % field, b"<< %s/Parent /NEW0X >>" % own]

        def form(item: Any) -> None:
            holder = item if says.form is not None else item.AcroForm
            holder.Fields = Array([*holder.Fields, new(0)])

        holder = says.root if says.form is None else says.form
        return revise(pdf, {holder: form, says.pages[0]: annotated(int(below))}, added)

    return changed


def _font(name: str) -> Callable[[Any], None]:
    def change(form: Any) -> None:
        fonts = Dictionary(form.get("/DR", Dictionary()).get("/Font", Dictionary()))
        fonts[name] = new(0)
        form.DR = Dictionary(Font=fonts)

    return change


def _written(text: bytes, **like: Any) -> Callable[[bytes], bytes]:
    """Write the first stream of a kind anew."""

    def change(pdf: bytes) -> bytes:
        number = _number(pdf, lambda item: all(item.get(f"/{k}") == v for k, v in like.items()))
        keys = b" ".join(b"/%s %s" % (k.encode(), str(v).encode()) for k, v in like.items())
        return append(pdf, {number: stream(text, keys)})

    return change


VARIANTS: dict[str, Callable[[bytes], bytes]] = {
    "link-that-is-a-field": _comes(b"Link", _OVER + _ELSEWHERE, below=False),
    "link-below-a-field": _comes(b"Link", _OVER + _ELSEWHERE, below=True),
    "note-below-a-field": _comes(b"Text", _SAYS, below=True),
    "file-below-a-field": _comes(b"FileAttachment", _SAYS + b"/FS << /F (x) >> ", below=True),
    "popup-below-a-field": _comes(b"Popup", _OVER + b"/Open true /Contents (x) ", below=True),
    "text-field-below-a-field": _comes(b"Widget", _SAYS + b"/FT /Tx /V (x) ", below=True),
    "font-of-the-form-exchanged": _form(_font("/Cour"), _SYMBOLS),
    "font-of-the-form-in-a-gap": _form(_font("/Gap"), _SYMBOLS),
    "how-values-are-written": _form(lambda form: form.__setitem__("/DA", String("/Cour 1 Tf 1 g"))),
    "order-of-calculation": _form(lambda form: form.__setitem__("/CO", Array([]))),
    "language": _root(Lang=String("en")),
    "tagged": _root(MarkInfo=Dictionary(Marked=False, Suspects=True)),
    "page-labels": _root(PageLabels=Dictionary(Nums=Array([0, Dictionary(S=Name.r)]))),
    "view": _root(ViewerPreferences=Dictionary(HideToolbar=True, Direction=Name.R2L)),
    "full-screen": _root(PageMode=Name.FullScreen),
    "opens-elsewhere": _root(OpenAction=Dictionary(S=Name.GoTo, D="x")),
    "associated-files": _root(AF=Array([])),
    "structure-gone": _root(StructTreeRoot=Dictionary(Type=Name.StructTreeRoot)),
    "attached-file": _written(b"other terms", Type=Name.EmbeddedFile),
}
"""On both kinds of files."""

ON_OTHERS: dict[str, Callable[[bytes], bytes]] = {
    "bookmark": _entry("Title", String("Free of charge"), Title=String("Price")),
    "text-for-screen-readers": _entry("Alt", String("Pay to: somebody"), S=Name.P),
    "value-not-printed": _field("price", F=0),
    "value-as-a-password": _field("price", Ff=1 << 13),
    "value-in-another-font": _field("price", DA=String("/Cour 1 Tf 1 g")),
    "value-aligned-otherwise": _field("price", Q=2),
    "name-of-a-field": _field("price", TU=String("discount")),
}

ONLY_OF_COPIES = frozenset(
    {
        "title", "description", "font-of-the-form-exchanged", "font-of-the-form-in-a-gap",
        "how-values-are-written",
    }
)  # fmt: skip
"""Changes that the signature layer alone permits where nothing of the kind was there before."""


def _title(pdf: bytes) -> bytes:
    """Change the title in ``/Info``, or give one."""
    info = spelled(pdf).info
    if info is None:
        number = spelled(pdf).size
        return append(pdf, {number: b"<< /Title (another) >>"}, extra=b"/Info %d 0 R" % number)
    return revise(pdf, {info: lambda item: item.__setitem__("/Title", String("another"))})


def _described(pdf: bytes) -> bytes:
    return _written(METADATA.replace(b"sale", b"gift"), Type=Name.Metadata, Subtype=Name.XML)(pdf)


def _signed_again(pdf: bytes) -> bytes:
    return sign(pdf, field="Signature2")


def _ends(kind: Base) -> dict[str, Callable[[bytes], bytes]]:
    stamped = partial(stamp, plan=later())
    return {"stamped": stamped} | ({"signed": _signed_again} if kind == "plain" else {})


def _file(
    kind: Base, variant: str, change: Callable[[bytes], bytes], end: Callable[[bytes], bytes]
) -> AttackFile:
    # What may change of others' files, after a program that files them, may not of a copy.
    of_a_copy = kind == "copy" and variant.removesuffix("-stamped") in ONLY_OF_COPIES
    return AttackFile(
        family="described-otherwise" if of_a_copy else "beside-the-pages",
        variant=variant,
        base=kind,
        build=lambda: end(change(_base(kind))),
        check=CheckId.REVISIONS,
        reason=Reason.REVISION_FORBIDDEN,
        published=_PUBLISHED,
    )


def _look_of_a_timestamp(pdf: bytes) -> bytes:
    """Let the field of a timestamp show something."""

    def drawn(widget: Any, writer: Any) -> None:
        content = generic.StreamObject(stream_data=LOOK)
        for name, value in (("/Type", "/XObject"), ("/Subtype", "/Form")):
            content[generic.NameObject(name)] = generic.NameObject(value)
        box = generic.ArrayObject(generic.NumberObject(n) for n in (0, 0, 300, 24))
        content[generic.NameObject("/BBox")] = box
        looks = generic.DictionaryObject({generic.NameObject("/N"): writer.add_object(content)})
        widget[generic.NameObject("/AP")] = looks

    return stamp_with(pdf, box=(72, 300, 372, 324), widget=drawn)


def _by_nobody() -> Iterator[AttackFile]:
    """Yield files in which only a timestamp covers what was filled or drawn."""
    place = (72, 300, 372, 324)
    stamped = partial(stamp, plan=later())
    rows: dict[str, Callable[[bytes], bytes]] = {
        "form-filled": lambda pdf: stamped(filled(pdf)),
        "form-filled-then-validation-data": lambda pdf: stamped(_data(filled(pdf))),
        "form-filled-after-a-timestamp": lambda pdf: stamped(filled(stamp(pdf))),
        "picture-in-an-empty-field": lambda pdf: stamped(drawn_field(pdf, place, LOOK)),
        "picture-of-a-timestamp": _look_of_a_timestamp,
    }
    for variant, change in rows.items():
        yield AttackFile(
            family="signed-by-nobody",
            variant=variant,
            base="plain",
            build=(lambda change=change: change(plain())),
            check=CheckId.REVISIONS,
            reason=Reason.REVISION_FORBIDDEN,
            published=_PUBLISHED,
        )


def _data(pdf: bytes) -> bytes:
    return add_validation_data(pdf, validation_data())


def files() -> tuple[AttackFile, ...]:
    """Return the files."""
    own = {"title": _title, "description": _described}
    kinds: dict[Base, dict[str, Callable[[bytes], bytes]]] = {
        "copy": VARIANTS | own,
        "plain": VARIANTS | ON_OTHERS,
    }
    beside = tuple(
        _file(kind, f"{variant}-{word}", change, end)
        for kind, variants in kinds.items()
        for variant, change in variants.items()
        for word, end in _ends(kind).items()
    )
    return (*beside, *_by_nobody())


def told() -> tuple[Dormant, ...]:
    """Return files that stay valid and are remarked upon: some of it may change, and be known."""
    white = b"1 1 1 rg " + LOOK[LOOK.index(b"BT") :].replace(b"0 g ", b"")
    hidden = partial(filled_by, value="another")
    rows: dict[str, tuple[Callable[[bytes], bytes], set[Reason]]] = {
        "title": (_title, {Reason.DESCRIPTION_CHANGED}),
        "description": (_described, {Reason.DESCRIPTION_CHANGED}),
        "filled-without-a-look": (hidden, {Reason.FILLED_UNSEEN}),
        "filled-in-white": (partial(hidden, content=white), {Reason.FILLED_UNSEEN}),
        "filled-and-hidden": (_field(FIELD, V=String("x"), F=2), {Reason.FILLED_UNSEEN}),
        "filled-beside-its-look": (
            partial(hidden, content=b"q Q"), {Reason.FILLED_UNSEEN, Reason.VALUE_NOT_SHOWN},
        ),
    }  # fmt: skip
    return tuple(
        Dormant(
            variant=f"{name}-{word}",
            build=(lambda change=change, end=end: end(change(_base("plain")))),
            warnings=frozenset(warnings),
        )
        for name, (change, warnings) in rows.items()
        for word, end in _ends("plain").items()
        if not (word == "stamped" and name.startswith("filled"))
    )
