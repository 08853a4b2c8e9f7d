"""What is appended to files: tokens in signatures, validation data, document timestamps."""

from __future__ import annotations

import hashlib
import io
from functools import cache
from typing import Any

import pikepdf
import pytest
from asn1crypto import cms, tsp

from support.pdf_copies import ISSUED, demo, issued, rewritten, typeset_copy
from support.timestamping import issued_at, service
from vncopy.errors import SigningError
from vncopy.pdf.appended import TokenSource
from vncopy.pdf.archive import add_document_timestamp
from vncopy.pdf.byte_ranges import contents_are_tight, signed_spans
from vncopy.pdf.seal import seal_field
from vncopy.pdf.validation_data import ValidationData, add_validation_data
from vncopy.sign.signer import signature_for_cms

ONE, TWO, THREE = (f"piece {number} ".encode() * 40 for number in range(3))


def source(space: int = 2_000) -> TokenSource:
    """Return the demo's service."""
    return TokenSource(service().timestamp, space)


@cache
def stamped() -> bytes:
    return add_document_timestamp(issued().pdf, source())


def store_of(pdf: bytes) -> dict[str, list[bytes]]:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        store = file.Root.DSS
        return {
            name: [each.read_bytes() for each in store[name]]
            for name in ("/Certs", "/OCSPs", "/CRLs")
            if name in store
        }


def fields_of(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return [str(each.T) for each in file.Root.AcroForm.Fields if "/V" in each]


# --- tokens in signatures ----------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["p256", "rsa"])
def test_a_signature_carries_one_token_over_its_value_and_nothing_else_unsigned(kind: str) -> None:
    pdf = issued_at("B-T", kind).pdf
    with pikepdf.open(io.BytesIO(pdf)) as file:
        raw = [bytes(each.V.Contents) for each in file.Root.AcroForm.Fields if "/V" in each]
    assert len(raw) == 2
    for contents in raw:
        assert contents_are_tight(contents)
        info = cms.ContentInfo.load(contents)
        (signer,) = info["content"]["signer_infos"]
        (attribute,) = signer["unsigned_attrs"]
        assert attribute["type"].dotted == "1.2.840.113549.1.9.16.2.14"
        (token,) = attribute["values"]
        says = token["content"]["encap_content_info"]["content"].parsed
        assert isinstance(says, tsp.TSTInfo)
        imprint = says["message_imprint"]["hashed_message"].native
        assert imprint == hashlib.sha256(signer["signature"].native).digest()
        # (asn1crypto's dump() of such a nested message takes minutes.)
        rest = len(contents) - len(contents.rstrip(b"\0"))
        assert rest <= 48, "room for the longest token and no more"


def seal(timestamp: TokenSource) -> bytes:
    signer = demo().offices[0].persons["p256"].signer()
    return seal_field(
        typeset_copy().pdf,
        field="person",
        chain=signer.chain,
        sign=lambda message: signature_for_cms(signer.algorithm, signer.sign(message)),
        locks=("person",),
        certify=True,
        at=ISSUED,
        timestamp=timestamp,
    )


def test_a_token_longer_than_its_room_is_refused() -> None:
    exact = len(service().timestamp(bytes(32)))
    assert seal(source(exact + 8)).startswith(typeset_copy().pdf)
    with pytest.raises(SigningError) as caught:
        seal(source(exact - 8))
    assert "longer than the room" in caught.value.message.en
    assert "dài hơn chỗ" in caught.value.message.vi


def test_what_a_service_raises_goes_on() -> None:
    def down(_: bytes) -> bytes:
        raise ValueError("of the service")

    with pytest.raises(ValueError, match="of the service"):
        seal(TokenSource(down, 100))
    with pytest.raises(ValueError, match="of the service"):
        add_document_timestamp(issued().pdf, TokenSource(down, 100))


# --- validation data -----------------------------------------------------------------------------


def test_the_store_is_made_and_grows_without_repeating_itself() -> None:
    first = add_validation_data(
        issued().pdf, ValidationData(certificates=(ONE, TWO, ONE), crls=(THREE,))
    )
    assert store_of(first) == {"/Certs": [ONE, TWO], "/CRLs": [THREE]}
    second = add_validation_data(
        first, ValidationData(certificates=(TWO, THREE), ocsps=(ONE,), crls=(THREE,))
    )
    assert second.startswith(first)
    assert store_of(second) == {"/Certs": [ONE, TWO, THREE], "/OCSPs": [ONE], "/CRLs": [THREE]}
    with (
        pikepdf.open(io.BytesIO(first)) as old,
        pikepdf.open(io.BytesIO(second)) as new,
    ):
        assert [each.objgen for each in new.Root.DSS.Certs][:2] == [
            each.objgen for each in old.Root.DSS.Certs
        ]


def test_nothing_is_appended_where_everything_is_there() -> None:
    data = ValidationData(certificates=(ONE,), ocsps=(TWO,), crls=(THREE,))
    once = add_validation_data(issued().pdf, data)
    assert add_validation_data(once, data) is once
    assert add_validation_data(issued().pdf, ValidationData()) is issued().pdf


def test_the_same_data_give_the_same_file() -> None:
    data = ValidationData(certificates=(ONE, TWO))
    assert add_validation_data(issued().pdf, data) == add_validation_data(issued().pdf, data)


def test_a_store_adds_nothing_but_itself() -> None:
    before = issued().pdf
    after = add_validation_data(before, ValidationData(certificates=(ONE,), crls=(TWO,)))
    with (
        pikepdf.open(io.BytesIO(before)) as old,
        pikepdf.open(io.BytesIO(after)) as new,
    ):
        known = {each.objgen: each.unparse(resolved=True) for each in old.objects}
        changed = [
            each
            for each in new.objects
            if each.objgen not in known or each.unparse(resolved=True) != known[each.objgen]
        ]
        kinds = sorted(str(each.get("/Type", "?")) for each in changed)
        assert kinds == ["/Catalog", "/DSS", "/XRef", "?", "?"]
        assert old.Root.Metadata.read_raw_bytes() == new.Root.Metadata.read_raw_bytes()
        assert str(old.trailer.ID[0]) == str(new.trailer.ID[0])
        streams = [each for each in changed if "/Type" not in each]
        assert all(set(each.keys()) == {"/Length", "/Filter"} for each in streams)


def test_what_others_keep_in_their_store_stays() -> None:
    def theirs(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_indirect(pikepdf.Stream(pdf, ONE))
        vri = pikepdf.Dictionary(AB=pikepdf.Dictionary(Cert=pikepdf.Array([stream])))
        certificates = pdf.make_indirect(pikepdf.Array([stream]))
        pdf.Root.DSS = pikepdf.Dictionary(Certs=certificates, VRI=vri)

    pdf = rewritten(typeset_copy().pdf, theirs)
    grown = add_validation_data(pdf, ValidationData(certificates=(ONE, TWO)))
    assert store_of(grown) == {"/Certs": [ONE, TWO]}
    with pikepdf.open(io.BytesIO(grown)) as file:
        assert [each.read_bytes() for each in file.Root.DSS.VRI.AB.Cert] == [ONE]


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7\n", b"x" * 2_000], ids=["empty", "head", "x"])
def test_a_file_that_cannot_be_continued(junk: bytes) -> None:
    with pytest.raises(SigningError):
        add_validation_data(junk, ValidationData(certificates=(ONE,)))
    with pytest.raises(SigningError):
        add_document_timestamp(junk, source())


@pytest.mark.parametrize("store", [7, [1, 2], {"/Certs": 5}, {"/Certs": [1]}])
def test_a_store_that_is_none(store: Any) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.Root.DSS = store

    pdf = rewritten(typeset_copy().pdf, spoil)
    with pytest.raises(SigningError):
        add_validation_data(pdf, ValidationData(certificates=(ONE,)))


# --- document timestamps -------------------------------------------------------------------------


def test_the_first_one_fills_the_field_made_for_it() -> None:
    assert stamped().startswith(issued().pdf)
    assert fields_of(stamped()) == ["person", "seal", "timestamp"]
    with pikepdf.open(io.BytesIO(stamped())) as file:
        (field,) = (each for each in file.Root.AcroForm.Fields if str(each.T) == "timestamp")
        value = field.V
        assert str(value.Type) == "/DocTimeStamp"
        assert str(value.SubFilter) == "/ETSI.RFC3161"
        assert not {"/M", "/Reference"} & set(value.keys())
        assert contents_are_tight(bytes(value.Contents))
        covered = [int(each) for each in value.ByteRange]
        gap = stamped()[covered[1] : covered[2]]
        token = cms.ContentInfo.load(bytes(value.Contents))
    assert covered[0] == 0
    assert covered[2] + covered[3] == len(stamped())
    assert gap[:1] + gap[-1:] == b"<>"
    says = token["content"]["encap_content_info"]["content"].parsed
    digest = hashlib.sha256(stamped()[: covered[1]] + stamped()[covered[2] :]).digest()
    assert says["message_imprint"]["hashed_message"].native == digest


def test_further_ones_get_fields_of_their_own() -> None:
    second = add_document_timestamp(stamped(), source())
    third = add_document_timestamp(second, source())
    assert third.startswith(second)
    assert fields_of(third)[2:] == ["timestamp", "timestamp-2", "timestamp-3"]
    count, spans = signed_spans(third)
    assert count == len(spans) == 5
    assert all(span.tight for span in spans)


def test_a_visible_field_of_somebody_else_is_not_taken() -> None:
    def drawn(pdf: pikepdf.Pdf) -> None:
        for field in pdf.Root.AcroForm.Fields:
            if str(field.T) == "timestamp":
                field.Rect = pikepdf.Array([10, 10, 90, 40])

    made = add_document_timestamp(rewritten(typeset_copy().pdf, drawn), source())
    assert fields_of(made) == ["timestamp-2"]


def test_a_file_without_form_and_identifier_gets_both() -> None:
    blank = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(blank, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    start = blank.getvalue().index(b"/ID")
    end = blank.getvalue().index(b"]", start) + 1
    pdf_without = blank.getvalue()[:start] + b" " * (end - start) + blank.getvalue()[end:]
    made = add_document_timestamp(pdf_without, source())
    assert made == add_document_timestamp(pdf_without, source())
    assert made.startswith(pdf_without)
    assert fields_of(made) == ["timestamp-2"]
    with pikepdf.open(io.BytesIO(made)) as file:
        assert len(bytes(file.trailer.ID[0])) == 16


def test_a_signature_longer_than_its_room_is_refused() -> None:
    signer = demo().offices[0].persons["p256"].signer()
    with pytest.raises(SigningError) as caught:
        seal_field(
            typeset_copy().pdf,
            field="person",
            chain=signer.chain,
            sign=lambda _: bytes(4_096),
            locks=("person",),
            certify=True,
            at=ISSUED,
        )
    assert "person" in caught.value.message.vi
