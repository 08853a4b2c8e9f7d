"""Signature fields: made from the template's links, tagged, drawn, and all there before signing."""

from __future__ import annotations

import io
from datetime import datetime, timedelta, timezone
from typing import Any

import pikepdf
import pytest

from vncopy.errors import UsageError
from vncopy.pdf.fields import prepare_draft, prepare_fields
from vncopy.pdf.fonts import BUILTIN_FONTS
from vncopy.pdf.metadata import PROPERTIES, describe, read_properties
from vncopy.pdf.signature_fields import FieldName, SignatureField
from vncopy.pdf.template import Template
from vncopy.pdf.typeset import typeset

AT = datetime(2026, 11, 21, 10, 21, 35, tzinfo=timezone(timedelta(hours=7)))
SOURCE = """\
#let data = json(bytes(sys.inputs.data))
#set page(width: 120mm, height: 120mm)
#set text(font: "Libertinus Serif", lang: "vi", region: "VN", fallback: false)
= Tiêu đề
#for name in data.places { link("vncopy-field:" + name, box(width: 46mm, height: 20mm)) }
"""
PERSON = SignatureField(
    name=FieldName.PERSON,
    tooltip="Chữ ký người",
    colour="#1f3a93",
    locks=(FieldName.PERSON,),
    certifies=True,
)
SEAL = SignatureField(
    name=FieldName.SEAL,
    tooltip="Chữ ký cơ quan",
    colour="#b3001b",
    locks=(FieldName.PERSON, FieldName.SEAL),
    certifies=False,
)
LINES = {"person": ("Người ký: Á",), "seal": ("Cơ quan: B",)}


def page(*places: str) -> bytes:
    template = Template(id="tests:t.typ", entry="t.typ", sources=(("t.typ", SOURCE.encode()),))
    return typeset(template, {"places": list(places)}, title="T", author="A", at=AT)


def prepared(*places: str, fields: Any = (PERSON, SEAL), **properties: str) -> bytes:
    return prepare_fields(
        page(*places),
        fields,
        lines=LINES,
        fonts=BUILTIN_FONTS,
        properties=properties,
        at=AT,
    )


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def test_every_field_is_there_empty_tagged_and_drawn() -> None:
    with opened(prepared("seal", "person")) as pdf:
        fields = {str(each.T): each for each in pdf.Root.AcroForm.Fields}
        assert set(fields) == {"person", "seal", "timestamp"}
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        for name, widget in fields.items():
            assert "/V" not in widget
            assert str(widget.Subtype) == "/Widget"
            assert int(widget.F) == 132
            element = parents[int(widget.StructParent)]
            assert str(element.S) == "/Form"
            assert element.K.Obj.objgen == widget.objgen
            assert str(element.Alt) == str(widget.TU)
            if name == "timestamp":
                assert len({float(value) for value in widget.Rect}) == 1
                assert "/AP" not in widget
            else:
                box = [float(value) for value in widget.AP.N.BBox]
                rect = [float(value) for value in widget.Rect]
                assert box[2] == pytest.approx(rect[2] - rect[0], abs=0.01)
                assert [str(each) for each in widget.Lock.Fields] == [
                    lock.value for lock in (PERSON if name == "person" else SEAL).locks
                ]
        assert all("/A" not in annotation for annotation in pdf.pages[0].Annots)
        assert str(pdf.pages[0].Tabs) == "/S"
        assert str(pdf.Root.Extensions.ESIC.BaseVersion) == "/1.7"
        assert "/Version" not in pdf.Root
        assert pdf.pdf_version == "1.7"


def test_the_same_input_gives_the_same_bytes() -> None:
    assert prepared("person", "seal") == prepared("person", "seal")


@pytest.mark.parametrize(
    "places",
    [(), ("person",), ("person", "seal", "seal"), ("person", "seal", "other")],
    ids=["none", "one too few", "twice", "one too many"],
)
def test_a_template_without_exactly_the_places_is_refused(places: tuple[str, ...]) -> None:
    with pytest.raises(UsageError) as caught:
        prepared(*places)
    assert caught.value.problems[0].rule == "template.signature_places"


def test_a_copy_without_person_has_no_such_field() -> None:
    with opened(prepared("seal", fields=(SEAL,))) as pdf:
        assert [str(each.T) for each in pdf.Root.AcroForm.Fields] == ["seal", "timestamp"]


def test_a_draft_has_nothing_to_sign_and_no_link() -> None:
    with opened(prepare_draft(page("seal", "person"))) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert len(pdf.pages[0].Annots) == 0
        assert b"vncopy-field" not in b"".join(
            each.read_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream)
        )


def test_the_file_says_how_it_was_made() -> None:
    stated = {"copyId": "0123456789ABCDEF", "templateId": 'a<b>&"c"'}
    with opened(prepared("person", "seal", **stated)) as pdf:
        found = read_properties(pdf)
    assert {**found, **stated} == found
    assert found["fonts"] == "LibertinusSerif-Bold, LibertinusSerif-Regular"
    assert "qpdf" in found["fileWriter"]
    assert set(found) <= set(PROPERTIES)


def test_unknown_properties_and_strange_packets_are_refused() -> None:
    with opened(page()) as pdf:
        with pytest.raises(ValueError, match="unknown"):
            describe(pdf, {"whatever": "x"})
        pdf.Root.Metadata.write(b"<x:xmpmeta/>")
        with pytest.raises(ValueError, match="shape"):
            describe(pdf, {})


def test_a_file_of_others_says_nothing() -> None:
    with pikepdf.new() as pdf:
        assert read_properties(pdf) == {}
