"""Signature fields: made, tagged and drawn before the first signature.

A later revision may not add a visible field to a certified file (good verifiers refuse it), and a
library that signs would draw its own appearance with a font that is not embedded. So everything
that can be seen is in the file before anybody signs: this module turns the links that the template
left (``vncopy-field:person``) into signature widgets with finished vector appearances.

Turning a link into a widget keeps its rectangle, its place in the reading order and its entry in
the structure tree; only the roles change (Link → Form), so the file stays PDF/UA-1.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra, UsageError
from vncopy.pdf.metadata import describe
from vncopy.pdf.signature_fields import TIMESTAMP_TOOLTIP, FieldName, SignatureField
from vncopy.pdf.typeset import Stamp, typeset_stamps

try:
    import pikepdf
    from pikepdf import Array, Dictionary, Name, String
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from vncopy.pdf.fonts import PageFonts

__all__ = ["prepare_draft", "prepare_fields"]

SCHEME: Final = "vncopy-field:"
"""Scheme of the links that mark the place of a signature."""
WIDGET_FLAGS: Final = 4 | 128
"""Print and Locked (ISO 32000-1 table 165): PDF/A wants Print, nobody should move the field."""
SIGNATURES_EXIST: Final = 1 | 2
"""SignaturesExist and AppendOnly (ISO 32000-1 table 219); set beforehand so that the form's
dictionary is not touched by the first signature."""
OUTSIDE: Final = -1
"""A zero-size rectangle at (-1, -1) lies outside the page: PDF/A and PDF/UA exempt it from
appearance and alternative text, and nothing can be drawn there."""


def prepare_fields(
    page: bytes,
    fields: Sequence[SignatureField],
    *,
    lines: Mapping[str, Sequence[str]],
    fonts: PageFonts,
    properties: Mapping[str, str],
    at: datetime,
) -> bytes:
    """Return the file with its signature fields, ready for the first signature.

    Args:
        page: the typeset PDF.
        fields: the visible fields, one for each link of the template.
        lines: what is drawn in each field, by its name.
        fonts: fonts of the appearances.
        properties: what the file records about its making, see :mod:`vncopy.pdf.metadata`.
        at: the time of the document, aware.

    Returns:
        A PDF 1.7 of one revision; the same bytes for the same arguments.

    Raises:
        UsageError: the template left no place or two places for a field, or one nobody asked for.
    """
    with pikepdf.open(io.BytesIO(page)) as pdf:
        places = _places(pdf)
        _check_places(places, fields)
        chosen = [_only(places[field.name]) for field in fields]
        stamps = [
            Stamp(
                lines=tuple(lines[field.name]),
                colour=field.colour,
                fonts=fonts.families,
                **_size(place.annotation),
            )
            for field, place in zip(fields, chosen, strict=True)
        ]
        drawings = _appearances(pdf, typeset_stamps(stamps, at=at, font_folder=fonts.folder))
        widgets = [
            _widget(pdf, place, field, appearance=drawing)
            for field, place, drawing in zip(fields, chosen, drawings, strict=True)
        ]
        widgets.append(_timestamp_widget(pdf))
        pdf.Root.AcroForm = pdf.make_indirect(
            Dictionary(Fields=Array(widgets), SigFlags=SIGNATURES_EXIST)
        )
        # PAdES in a 1.7 file (ISO 32000-1 Annex E; ETSI EN 319 142-1 Annex): declared, once.
        pdf.Root.Extensions = Dictionary(
            ESIC=Dictionary(BaseVersion=Name("/1.7"), ExtensionLevel=1)
        )
        describe(pdf, properties)
        return _saved(pdf)


def prepare_draft(page: bytes) -> bytes:
    """Return a draft: the places for signatures are emptied, so that nobody can sign it."""
    with pikepdf.open(io.BytesIO(page)) as pdf:
        for found in _places(pdf).values():
            for place in found:
                element = _element(pdf, place.annotation)
                element.S = Name.NonStruct
                element.K = Array()
                _unparent(pdf, place.annotation)
                place.page.Annots = Array(
                    [a for a in _annotations(place.page) if a.objgen != place.annotation.objgen]
                )
        return _saved(pdf)


@dataclass(frozen=True, slots=True)
class _Place:
    """A link of the template."""

    page: pikepdf.Object
    annotation: pikepdf.Object


def _places(pdf: pikepdf.Pdf) -> dict[str, list[_Place]]:
    """Return the links of the template by field name."""
    found: dict[str, list[_Place]] = {}
    for page in pdf.pages:
        for annotation in _annotations(page.obj):
            action = annotation.get("/A")
            uri = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
            if uri.startswith(SCHEME):
                name = uri.removeprefix(SCHEME)
                found.setdefault(name, []).append(_Place(page.obj, annotation))
    return found


def _annotations(page: pikepdf.Object) -> list[pikepdf.Object]:
    """Return the annotations of a page."""
    listed = page.get("/Annots")
    return list(listed) if isinstance(listed, Array) else []


def _check_places(places: Mapping[str, Sequence[_Place]], fields: Sequence[SignatureField]) -> None:
    """Require exactly one place for every field."""
    wanted = {field.name.value for field in fields}
    if set(places) != wanted or any(len(found) != 1 for found in places.values()):
        raise UsageError.of(
            "template",
            "template.signature_places",
            vi="mẫu trình bày phải có đúng một chỗ cho mỗi chữ ký: " + ", ".join(sorted(wanted)),
            en="the template needs exactly one place for each signature: "
            + ", ".join(sorted(wanted)),
        )


def _only(places: Sequence[_Place]) -> _Place:
    """Return the one place."""
    (place,) = places
    return place


def _size(annotation: pikepdf.Object) -> dict[str, float]:
    """Return width and height of an annotation in points."""
    left, bottom, right, top = (float(value) for value in annotation.Rect)
    return {"width": right - left, "height": top - bottom}


def _widget(
    pdf: pikepdf.Pdf, place: _Place, field: SignatureField, *, appearance: pikepdf.Object
) -> pikepdf.Object:
    """Turn a link into a signature widget with its appearance."""
    widget = place.annotation
    for key in ("/A", "/Border", "/Contents"):
        if key in widget:
            del widget[key]
    widget.Subtype = Name.Widget
    widget.FT = Name.Sig
    widget.T = String(field.name.value)
    widget.TU = String(field.tooltip)
    widget.F = WIDGET_FLAGS
    widget.P = place.page
    widget.AP = Dictionary(N=appearance)
    widget.Lock = pdf.make_indirect(
        Dictionary(
            Type=Name.SigFieldLock,
            Action=Name.Include,
            Fields=Array([String(name.value) for name in field.locks]),
        )
    )
    element = _element(pdf, widget)
    element.S = Name.Form
    element.Alt = String(field.tooltip)
    # The one kid stands alone, not in an array: verifiers look for Form.K.Obj when they decide
    # that filling this field explains the change of its widget.
    (element.K,) = element.K
    return widget


def _appearances(pdf: pikepdf.Pdf, drawings: bytes) -> list[pikepdf.Object]:
    """Return drawings as form XObjects: vector, fonts embedded, never drawn again by a signer."""
    with pikepdf.open(io.BytesIO(drawings)) as source:
        forms = [page.as_form_xobject() for page in source.pages]
        return [pdf.copy_foreign(form) for form in forms]


def _timestamp_widget(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Add the empty, invisible field for the document timestamp, tagged like the others."""
    page = pdf.pages[0].obj
    root = pdf.Root.StructTreeRoot
    key = int(root.ParentTreeNextKey)
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(FieldName.TIMESTAMP.value),
            TU=String(TIMESTAMP_TOOLTIP),
            F=WIDGET_FLAGS,
            Rect=Array([OUTSIDE, OUTSIDE, OUTSIDE, OUTSIDE]),
            P=page,
            StructParent=key,
        )
    )
    document = root.K[0] if isinstance(root.K, Array) else root.K
    element = pdf.make_indirect(
        Dictionary(
            Type=Name.StructElem,
            S=Name.Form,
            P=document,
            Alt=String(TIMESTAMP_TOOLTIP),
            K=Dictionary(Type=Name.OBJR, Obj=widget, Pg=page),
        )
    )
    document.K = Array([*document.K, element])
    pikepdf.NumberTree(root.ParentTree)[key] = element
    root.ParentTreeNextKey = key + 1
    page.Annots = Array([*_annotations(page), widget])
    return widget


def _element(pdf: pikepdf.Pdf, annotation: pikepdf.Object) -> pikepdf.Object:
    """Return the structure element of an annotation."""
    return pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(annotation.StructParent)]


def _unparent(pdf: pikepdf.Pdf, annotation: pikepdf.Object) -> None:
    """Remove an annotation's entry from the parent tree."""
    del pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(annotation.StructParent)]


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """Return the file's bytes; nothing of them depends on time, machine or chance."""
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        linearize=False,
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return out.getvalue()
