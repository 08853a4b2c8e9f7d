"""What may be appended to a copy: validation data and timestamps, and nothing that looks like it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers, timestamps
from pyhanko.sign.validation.dss import DocumentSecurityStore

from support.pdf_copies import (
    AT,
    appended,
    demo,
    issued,
    rewritten,
    signed,
    typeset_copy,
    verify,
)
from vncopy.pdf.inspect import inspect_pdf
from vncopy.pki import DEMO_START
from vncopy.pki.maker import Maker
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Verdict
from vncopy.trust import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from vncopy.facts.pdf import RevisionFacts

NAME = generic.pdf_name


def certificate(der: bytes) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(der)


@cache
def with_dss() -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        DocumentSecurityStore.supply_dss_in_writer(
            writer, b"01", certs=[certificate(demo().root.certificate)], ocsps=[], crls=[]
        )

    return appended(issued().pdf, change)


@cache
def tsa() -> timestamps.DummyTimeStamper:
    # pyHanko's stand-in of a timestamping service signs with RSA only.
    maker = Maker(seed=None, start=DEMO_START)
    identity = maker.leaf("tsa", "Timestamps", demo().issuing, role=Role.TSA, kind="rsa")
    key = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return timestamps.DummyTimeStamper(
        certificate(identity.certificate), asn1_keys.PrivateKeyInfo.load(key), fixed_dt=AT
    )


def stamped(pdf: bytes, *, field: str | None = None) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    writer._update_meta = lambda: None  # type: ignore[method-assign]
    stamper = signers.PdfTimeStamper(
        tsa(),
        field_name=field,
        invis_settings=fields.InvisSigSettings(
            set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True
        ),
    )
    out = stamper.timestamp_pdf(writer, "sha256", bytes_reserved=8192)
    data: bytes = out.getvalue()
    return data


def rows(pdf: bytes) -> tuple[RevisionFacts, ...]:
    return inspect_pdf(pdf, diff=False).facts.revisions


def test_validation_data_at_the_end_needs_a_timestamp() -> None:
    report = verify(with_dss())
    assert report.verdict is Verdict.INVALID
    assert report.reasons == (Reason.REVISION_FORBIDDEN,)
    later = appended(stamped(with_dss(), field="timestamp"), more_validation_data)
    assert verify(later).verdict is Verdict.VALID
    last = rows(with_dss())[-1]
    assert last.dss
    assert last.changed
    assert not last.forbidden


def more_validation_data(writer: IncrementalPdfFileWriter) -> None:
    DocumentSecurityStore.supply_dss_in_writer(
        writer, b"02", certs=[certificate(demo().issuing.certificate)], ocsps=[], crls=[]
    )


def test_more_validation_data_of_the_same_kind() -> None:
    assert not rows(appended(with_dss(), more_validation_data))[-1].forbidden


@pytest.mark.parametrize("field", ["timestamp", None])
def test_a_timestamp_in_the_field_made_for_it_and_in_a_new_one(field: str | None) -> None:
    pdf = stamped(with_dss(), field=field)
    facts = inspect_pdf(pdf, diff=False).facts
    assert [signature.kind for signature in facts.signatures] == ["signature"] * 2 + ["timestamp"]
    assert all(not row.forbidden for row in facts.revisions)
    assert facts.signatures[-1].intact
    assert facts.signatures[-1].valid
    report = verify(pdf)
    assert report.verdict is Verdict.VALID
    assert report.signatures[-1].vouched_by == "demo-root"
    assert report.check(CheckId.REVISIONS).reason is None


def test_timestamps_renewed() -> None:
    pdf = stamped(stamped(with_dss(), field="timestamp"))
    assert all(not row.forbidden for row in rows(pdf))
    assert verify(pdf).verdict is Verdict.VALID


def lists_apart(pdf: pikepdf.Pdf) -> None:
    """Put the lists of fields and annotations into objects of their own."""
    form, page = pdf.Root.AcroForm, pdf.pages[0].obj
    form.Fields = pdf.make_indirect(form.Fields)
    page.Annots = pdf.make_indirect(page.Annots)


def test_a_new_timestamp_field_in_lists_that_are_objects_of_their_own() -> None:
    state = typeset_copy()
    pdf = signed(replace(state, pdf=rewritten(state.pdf, lists_apart)))
    stamped_once = stamped(pdf)
    assert all(not row.forbidden for row in rows(stamped_once))

    def longer(writer: IncrementalPdfFileWriter) -> None:
        """Let another list grow by the new field as well."""
        stamp = writer.root["/AcroForm"]["/Fields"].raw_get(-1)
        reference = generic.IndirectObject(stamp.idnum, stamp.generation, writer)
        listed = writer.root["/StructTreeRoot"]["/K"]
        writer.root["/StructTreeRoot"]["/K"] = generic.ArrayObject([*listed, reference])
        writer.update_container(writer.root["/StructTreeRoot"])

    assert rows(appended(stamped_once, longer))[-1].forbidden


def test_a_timestamp_whose_content_was_changed() -> None:
    pdf = stamped(issued().pdf, field="timestamp")
    at = pdf.rindex(b"/Contents <") + 600
    spoiled = pdf[:at] + (b"0" if pdf[at : at + 1] != b"0" else b"1") + pdf[at + 1 :]
    assert verify(spoiled).verdict is Verdict.INVALID


def test_a_stranger_cannot_stamp_a_copy() -> None:
    stranger = demo(b"somebody else")
    report = verify(stamped(issued().pdf, field="timestamp"), trust=stranger.trust)
    assert report.verdict is not Verdict.VALID


def hidden_in_dss(writer: IncrementalPdfFileWriter) -> None:
    stream = generic.StreamObject(stream_data=b"BT ET")
    writer.root["/DSS"] = generic.DictionaryObject({NAME("/Page"): writer.add_object(stream)})
    writer.update_root()


def dss_over_a_page(writer: IncrementalPdfFileWriter) -> None:
    """Name the page's own content as a certificate, and change it."""
    page = writer.root["/Pages"]["/Kids"][0]
    reference = page.raw_get("/Contents")
    stream = reference.get_object()
    stream._encoded_data = None
    stream._data = b"0 0 m 9 9 l S"
    writer.mark_update(reference)
    certs = generic.ArrayObject([generic.IndirectObject(reference.idnum, 0, writer)])
    writer.root["/DSS"] = generic.DictionaryObject({NAME("/Certs"): certs})
    writer.update_root()


def evidence_with_more(writer: IncrementalPdfFileWriter) -> None:
    stream = generic.StreamObject({NAME("/Subtype"): NAME("/Form")}, stream_data=b"x")
    certs = generic.ArrayObject([writer.add_object(stream)])
    writer.root["/DSS"] = generic.DictionaryObject({NAME("/Certs"): certs})
    writer.update_root()


def broken_vri(writer: IncrementalPdfFileWriter) -> None:
    entry = generic.DictionaryObject({NAME("/Page"): generic.NumberObject(1)})
    vri = generic.DictionaryObject({NAME("/00"): entry})
    writer.root["/DSS"] = generic.DictionaryObject({NAME("/VRI"): vri})
    writer.update_root()


def vri_that_is_none(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/DSS"] = generic.DictionaryObject({NAME("/VRI"): generic.NumberObject(1)})
    writer.update_root()


def list_that_is_none(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/DSS"] = generic.DictionaryObject({NAME("/CRLs"): generic.NumberObject(1)})
    writer.update_root()


def catalog_with_more(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/DSS"] = generic.DictionaryObject()
    writer.root["/PageMode"] = NAME("/FullScreen")
    writer.update_root()


def nothing_but_an_orphan(writer: IncrementalPdfFileWriter) -> None:
    writer.add_object(generic.DictionaryObject({NAME("/Type"): NAME("/Font")}))


def new_information(writer: IncrementalPdfFileWriter) -> None:
    writer.set_info(generic.DictionaryObject({NAME("/Title"): generic.TextStringObject("x")}))


def visible_field(writer: IncrementalPdfFileWriter) -> None:
    fields.append_signature_field(
        writer, fields.SigFieldSpec("More", on_page=0, box=(10, 10, 200, 100))
    )


def field_renamed(writer: IncrementalPdfFileWriter) -> None:
    for entry in writer.root["/AcroForm"]["/Fields"]:
        field = entry.get_object()
        if field["/T"] == "timestamp":
            field["/T"] = generic.TextStringObject("else")
            writer.update_container(field)


@pytest.mark.parametrize(
    "change",
    [
        hidden_in_dss,
        dss_over_a_page,
        evidence_with_more,
        broken_vri,
        vri_that_is_none,
        list_that_is_none,
        catalog_with_more,
        nothing_but_an_orphan,
        new_information,
        visible_field,
        field_renamed,
    ],
)
@pytest.mark.parametrize("covered", [False, True])
def test_what_only_looks_like_validation_data(
    change: Callable[[IncrementalPdfFileWriter], None],
    covered: bool,
) -> None:
    pdf = appended(issued().pdf, change)
    if covered:
        pdf = stamped(pdf, field="else" if change is field_renamed else "timestamp")
    report = verify(pdf)
    assert report.verdict is Verdict.INVALID
    assert report.check(CheckId.REVISIONS).reason is Reason.REVISION_FORBIDDEN


def shadow(number: int, *, listed: bool) -> tuple[bytes, int]:
    """Let the page name object ``number``, sign, and append validation data.

    Returns:
        The file, and the number of the first object of the validation data.
    """
    first = 0

    def name_it(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        reference = generic.IndirectObject(number, 0, writer)
        page["/Thumb"] = generic.ArrayObject([reference]) if listed else reference
        writer.update_container(page)

    def fill_it(writer: IncrementalPdfFileWriter) -> None:
        nonlocal first
        stream = writer.add_object(generic.StreamObject(stream_data=b"0 0 m"))
        first = stream.idnum
        certs = generic.ArrayObject([stream])
        writer.root["/DSS"] = generic.DictionaryObject({NAME("/Certs"): certs})
        writer.update_root()

    state = typeset_copy()
    sealed = signed(replace(state, pdf=appended(state.pdf, name_it)))
    return appended(sealed, fill_it), first


@pytest.mark.parametrize("listed", [False, True])
def test_a_number_that_pointed_nowhere_is_filled_later(listed: bool) -> None:
    """A shadow attack: the signed part names an object that only a later part brings."""
    _, number = shadow(1, listed=listed)
    pdf, same = shadow(number, listed=listed)
    assert same == number
    report = verify(pdf)
    assert report.verdict is Verdict.INVALID
    check = report.check(CheckId.REVISIONS)
    assert check.reason is Reason.REVISION_FORBIDDEN
    assert check.detail.startswith("page")
