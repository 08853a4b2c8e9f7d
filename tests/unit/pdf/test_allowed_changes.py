"""What may be appended after a signature: the lists, the fields and the forms of it, one by one.

Attacks on whole copies are in ``tests/attacks``; here are the single rules of the allow-list.
"""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pyhanko.pdf_utils import generic

from support.levels import b_lt, b_lta, b_t, later, sign_field, stamp, stamp_with
from support.pdf_copies import appended, issued, rewritten, typeset_copy
from support.raw_revisions import raw_revision
from vncopy.pdf.allowed_changes import compare_revisions
from vncopy.pdf.inspect import inspect_pdf
from vncopy.pdf.limits import DEFAULT_LIMITS
from vncopy.pdf.revisions import read_snapshot
from vncopy.pdf.validation_facts import MAX_LISTED
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from vncopy.facts.pdf import RevisionFacts

NAME = generic.pdf_name


def rows(pdf: bytes) -> tuple[RevisionFacts, ...]:
    return inspect_pdf(pdf, diff=False).facts.revisions


def own(item: Any, writer: Any) -> Any:
    """Return a reference to a new widget, which the form names last."""
    reference = writer.root["/AcroForm"]["/Fields"].raw_get(-1)
    assert reference.get_object() is item
    return reference


def listed_twice(item: Any, writer: Any) -> None:
    writer.root["/AcroForm"]["/Fields"].append(own(item, writer))


def not_in_the_form(_: Any, writer: Any) -> None:
    del writer.root["/AcroForm"]["/Fields"][-1]


def not_on_the_page(item: Any, writer: Any) -> None:
    del item["/P"].get_object()["/Annots"][-1]
    writer.update_container(item["/P"].get_object())


def before_the_others(item: Any, writer: Any) -> None:
    reference = own(item, writer)
    del writer.root["/AcroForm"]["/Fields"][-1]
    writer.root["/AcroForm"]["/Fields"].insert(0, reference)


def in_place_of_another(item: Any, writer: Any) -> None:
    reference = own(item, writer)
    fields = writer.root["/AcroForm"]["/Fields"]
    del fields[-1]
    fields[0] = reference


def form_with_more(_: Any, writer: Any) -> None:
    writer.root["/AcroForm"][NAME("/DA")] = generic.TextStringObject("/Helv 0 Tf")


def page_with_more(item: Any, writer: Any) -> None:
    page = item["/P"].get_object()
    page[NAME("/Rotate")] = generic.NumberObject(90)
    writer.update_container(page)


def on_no_page(item: Any, writer: Any) -> None:
    item[NAME("/P")] = writer.root.raw_get("/Pages")


@pytest.mark.parametrize(
    "change",
    [
        listed_twice,
        not_in_the_form,
        not_on_the_page,
        before_the_others,
        in_place_of_another,
        form_with_more,
        page_with_more,
        on_no_page,
    ],
)
def test_a_new_field_is_named_once_at_the_end_of_its_lists(
    change: Callable[[Any, Any], None],
) -> None:
    assert not rows(stamp_with(b_t()))[1].forbidden
    assert any(row.forbidden for row in rows(stamp_with(b_t(), widget=change)))


def more_pages(pdf: pikepdf.Pdf) -> None:
    for _ in range(2):
        pdf.add_blank_page(page_size=(595, 842))


@pytest.mark.parametrize("apart", [False, True])
def test_a_new_field_in_a_file_of_several_pages(apart: bool) -> None:
    """The other pages have no part in it, whether or not the lists are objects of their own."""

    def change(pdf: pikepdf.Pdf) -> None:
        more_pages(pdf)
        if apart:
            pdf.Root.AcroForm.Fields = pdf.make_indirect(pdf.Root.AcroForm.Fields)
            pdf.pages[0].obj.Annots = pdf.make_indirect(pdf.pages[0].obj.Annots)

    page = rewritten(typeset_copy().pdf, change)
    signed = sign_field(sign_field(page, "person"), "seal")
    renewed = stamp(stamp(signed), later())
    assert [row.forbidden for row in rows(renewed)] == [()] * 4


def test_a_file_with_plain_values_as_objects_may_be_added_to() -> None:
    """Writers of others give streams a length that is an object of its own."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.PieceInfo = pikepdf.Dictionary(More=pdf.make_indirect(pikepdf.Dictionary()))

    page = rewritten(typeset_copy().pdf, change)
    found = re.search(rb"(\d+) 0 obj\s+<< >>", page)
    assert found is not None
    plain = page.replace(found[0], found[0].replace(b"<< >>", b"12345"))
    stamped = stamp(sign_field(sign_field(plain, "person"), "seal"))
    assert [row.forbidden for row in rows(stamped)] == [()] * 3


def another_value(writer: Any) -> None:
    """Let the seal's field hold the person's signature."""
    fields = {
        str(each.get_object()["/T"]): each.get_object()
        for each in writer.root["/AcroForm"]["/Fields"]
    }
    fields["seal"][NAME("/V")] = fields["person"].raw_get("/V")
    writer.update_container(fields["seal"])


def test_a_signature_is_never_exchanged() -> None:
    # Two fields show one byte range now: neither is believed, and nothing is explained.
    facts = inspect_pdf(appended(b_t(), another_value), diff=False).facts
    assert [each.problem for each in facts.signatures] == [Reason.BYTE_RANGE] * 2
    assert facts.revisions == ()


def reference(**entries: Any) -> Callable[[Any], None]:
    """Give a signature one reference; ``Params`` are its parameters."""

    def change(dictionary: Any) -> None:
        parameters = entries.pop("Params", {"Type": NAME("/TransformParams")})
        row = {NAME(f"/{name}"): value for name, value in entries.items()}
        row[NAME("/TransformParams")] = generic.DictionaryObject(
            {NAME(f"/{name}"): value for name, value in parameters.items()}
        )
        dictionary[NAME("/Reference")] = generic.ArrayObject([generic.DictionaryObject(row)])

    return change


def entry(name: str, value: Any) -> Callable[[Any], None]:
    def change(dictionary: Any) -> None:
        dictionary[NAME(name)] = value

    return change


TEXT = generic.TextStringObject("x")


def sealed_with(change: Callable[[Any], None]) -> tuple[str, ...]:
    attested = sign_field(typeset_copy().pdf, "person")
    return rows(sign_field(attested, "seal", dictionary=change))[0].forbidden


@pytest.mark.parametrize(
    "change",
    [
        reference(TransformMethod=NAME("/FieldMDP")),
        reference(TransformMethod=NAME("/DocMDP"), Params={"P": generic.NumberObject(2)}),
        reference(
            TransformMethod=NAME("/FieldMDP"), Params={"Fields": generic.ArrayObject([TEXT])}
        ),
        entry("/Reason", TEXT),
        entry("/Name", TEXT),
    ],
)
def test_what_a_signature_may_say(change: Callable[[Any], None]) -> None:
    assert sealed_with(change) == ()


@pytest.mark.parametrize(
    "change",
    [
        reference(TransformMethod=NAME("/UR3")),
        reference(TransformMethod=NAME("/FieldMDP"), More=TEXT),
        reference(TransformMethod=NAME("/FieldMDP"), Data=TEXT),
        reference(TransformMethod=NAME("/FieldMDP"), Params={"More": TEXT}),
        reference(
            TransformMethod=NAME("/FieldMDP"), Params={"Fields": generic.ArrayObject([NAME("/X")])}
        ),
        entry("/Reference", TEXT),
        entry("/Reference", generic.ArrayObject([TEXT])),
        entry("/Reason", generic.ArrayObject([TEXT])),
        entry("/Cert", TEXT),
        entry("/Changes", generic.ArrayObject()),
        entry("/R", generic.NumberObject(1)),
    ],
)
def test_what_a_signature_may_not_say(change: Callable[[Any], None]) -> None:
    forbidden = sealed_with(change)
    assert any("object" in each or "annotation" in each for each in forbidden)


def entries_that_are_the_store(writer: Any) -> None:
    store = writer.root["/DSS"]
    store[NAME("/VRI")] = writer.root.raw_get("/DSS")
    writer.update_container(store)


def lists_without_end(writer: Any) -> None:
    store = writer.root["/DSS"]
    one = store["/Certs"].raw_get(0)
    more = generic.IndirectObject(one.idnum, one.generation, writer)
    store["/Certs"] = generic.ArrayObject([more] * (MAX_LISTED + 1))
    writer.update_container(store)


def one_list_for_two(writer: Any) -> None:
    """One array for two lists is odd, and does nothing."""
    store = writer.root["/DSS"]
    shared = writer.add_object(store["/Certs"])
    store["/Certs"] = shared
    store[NAME("/OCSPs")] = shared
    writer.update_container(store)


@pytest.mark.parametrize(
    ("change", "permitted"),
    [
        (entries_that_are_the_store, False),
        (lists_without_end, False),
        (one_list_for_two, True),
    ],
)
def test_the_uses_of_an_object_in_the_store(change: Callable[[Any], None], permitted: bool) -> None:
    assert (not rows(appended(b_lta(), change))[-1].forbidden) is permitted


def test_a_store_written_into_the_catalog_itself() -> None:
    def change(writer: Any) -> None:
        piece = writer.add_object(generic.StreamObject(stream_data=b"\x30\x03\x02\x01\x07"))
        writer.root["/DSS"] = generic.DictionaryObject(
            {NAME("/CRLs"): generic.ArrayObject([piece])}
        )
        writer.update_root()

    row = rows(appended(b_t(), change))[-1]
    assert row.dss
    assert not row.forbidden


def test_validation_data_that_was_odd_from_the_start_is_not_added_to() -> None:
    """Whoever issued it may have what he signed; nobody may build on it."""

    def odd(pdf: pikepdf.Pdf) -> None:
        pdf.Root.DSS = pdf.make_indirect(pikepdf.Dictionary(More=1))

    page = rewritten(typeset_copy().pdf, odd)
    signed = sign_field(sign_field(page, "person"), "seal")
    assert not rows(signed)[0].forbidden

    def more(writer: Any) -> None:
        store = writer.root["/DSS"]
        del store["/More"]
        writer.update_container(store)

    assert rows(appended(signed, more))[-1].forbidden


def test_what_cannot_be_compared_is_not_explained() -> None:
    snapshot = read_snapshot(b_lt(), DEFAULT_LIMITS)
    spoiled = replace(snapshot, texts={(1, 0): b""}, objects={})
    (row,) = compare_revisions([snapshot, spoiled], [7], 9)
    snapshot.pdf.close()
    assert (row.after, row.size, row.forbidden) == (0, 2, ("unreadable",))


def test_every_kind_of_copy_is_explained() -> None:
    for name in ("birth", "marriage", "death", "land"):
        assert [row.forbidden for row in rows(issued(name).pdf)] == [(), ()]


def annotations_that_are_no_list(item: Any, writer: Any) -> None:
    page = item["/P"].get_object()
    page[NAME("/Annots")] = generic.DictionaryObject()
    writer.update_container(page)


def another_page(item: Any, writer: Any) -> None:
    tree = writer.root["/Pages"]
    page = generic.DictionaryObject(item["/P"].get_object())
    page[NAME("/Annots")] = generic.ArrayObject()
    tree["/Kids"].append(writer.add_object(page))
    tree[NAME("/Count")] = generic.NumberObject(tree["/Count"] + 1)
    writer.update_container(tree)


def page_exchanged(item: Any, writer: Any) -> None:
    """Let another object be the page that the new field is on."""
    tree = writer.root["/Pages"]
    page = writer.add_object(generic.DictionaryObject(item["/P"].get_object()))
    tree["/Kids"][0] = page
    item[NAME("/P")] = page
    writer.update_container(tree)


def form_exchanged(_: Any, writer: Any) -> None:
    """Let another object be the form."""
    writer.root["/AcroForm"] = writer.add_object(generic.DictionaryObject(writer.root["/AcroForm"]))
    writer.update_root()


@pytest.mark.parametrize(
    "change", [annotations_that_are_no_list, another_page, page_exchanged, form_exchanged]
)
def test_a_new_field_changes_no_page_and_no_form(change: Callable[[Any, Any], None]) -> None:
    facts = inspect_pdf(stamp_with(b_t(), widget=change), diff=False).facts
    assert any(row.forbidden for row in facts.revisions) or not facts.reading.passed


def test_a_field_is_not_signed_again() -> None:
    """A copy of the seal's signature under a new number, in the seal's field."""
    with pikepdf.open(BytesIO(b_t())) as pdf:
        field = next(each for each in pdf.Root.AcroForm.Fields if str(each.T) == "seal")
        signature = field.V.unparse(resolved=True)
        spelling = field.unparse(resolved=True)
        old = b"/V %d 0 R" % field.V.objgen[0]
        number = field.objgen[0]
    assert old in spelling
    pdf_again = raw_revision(
        b_t(), {number: spelling.replace(old, b"/V 4000 0 R"), 4_000: signature}
    )
    assert rows(pdf_again)[-1].forbidden
