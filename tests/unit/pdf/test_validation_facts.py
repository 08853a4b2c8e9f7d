"""What is read of a file's validation data, when each piece was first there, and what is refused."""

from __future__ import annotations

import zlib
from contextlib import ExitStack
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from support.levels import b_lt, b_lta, b_t, renewed
from support.pdf_copies import demo, issued
from vncopy.facts.common import PASSED, Step
from vncopy.facts.evidence import MAX_EVIDENCE, MAX_EVIDENCE_BYTES, EvidenceFacts
from vncopy.pdf.inspect import inspect_pdf
from vncopy.pdf.limits import DEFAULT_LIMITS
from vncopy.pdf.revisions import read_snapshot
from vncopy.pdf.validation_facts import MAX_LISTED, read_evidence
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from vncopy.facts.pdf import PDFFacts


def facts_of(pdf: bytes) -> PDFFacts:
    return inspect_pdf(pdf, diff=False).facts


def piece(number: int, size: int = 400) -> bytes:
    """Return a DER SEQUENCE that nothing is known of."""
    content = b"\x04\x82" + (size - 8).to_bytes(2) + number.to_bytes(4) * ((size - 8) // 4)
    return b"\x30\x82" + len(content).to_bytes(2) + content


def file_with(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """Return an unsigned file whose ``/DSS`` is what ``change`` returns."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.DSS = change(pdf)
        out = BytesIO()
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
        return out.getvalue()


def read(*files: bytes) -> tuple[tuple[EvidenceFacts, ...], Step]:
    """Read the last file; the others are what was there before, by their length."""
    with ExitStack() as stack:
        snapshots = {len(data): read_snapshot(data, DEFAULT_LIMITS) for data in files}
        for each in snapshots.values():
            stack.callback(each.pdf.close)
        return read_evidence(snapshots, len(files[-1]))


def test_no_validation_data_is_no_flaw() -> None:
    facts = facts_of(issued().pdf)
    assert facts.evidence == ()
    assert facts.validation_data == PASSED
    assert facts_of(b_t()).evidence == ()


def test_each_piece_has_the_end_of_the_first_signed_part_that_holds_it() -> None:
    """At B-LT nothing covers it: the end is that of the file."""
    plain = facts_of(b_lt())
    assert [each.kind for each in plain.evidence] == ["certificate", "certificate"]
    assert {each.end for each in plain.evidence} == {plain.size}
    assert {each.origin for each in plain.evidence} == {"file"}
    assert [each.der for each in plain.evidence] == [
        demo().issuing.certificate,
        demo().root.certificate,
    ]
    stamped = facts_of(b_lta())
    assert {each.end for each in stamped.evidence} == {stamped.signatures[-1].end}
    again = facts_of(renewed())
    first, second = (each.end for each in again.signatures[-2:])
    assert [each.end for each in again.evidence] == [first, first, second]


def test_all_kinds_in_the_order_of_the_file_each_once() -> None:
    def store(pdf: pikepdf.Pdf) -> Dictionary:
        one, two, three = (pdf.make_stream(piece(each)) for each in (1, 2, 3))
        entry = Dictionary(
            Cert=Array([one, pdf.make_stream(piece(4))]), OCSP=Array([two]), CRL=Array([three])
        )
        return Dictionary(
            Type=Name.DSS,
            Certs=Array([one, one, pdf.make_stream(piece(1))]),
            OCSPs=Array([two]),
            CRLs=Array([three]),
            VRI=Dictionary({"/Type": Name.VRI, "/00": pdf.make_indirect(entry)}),
        )

    found, step = read(file_with(store))
    assert step == PASSED
    assert [(each.kind, each.der) for each in found] == [
        ("certificate", piece(1)),
        ("ocsp", piece(2)),
        ("crl", piece(3)),
        ("certificate", piece(4)),
    ]


def test_a_part_that_cannot_be_read_proves_no_earlier_time() -> None:
    whole = file_with(lambda pdf: Dictionary(Certs=Array([pdf.make_stream(piece(1))])))
    damaged = file_with(lambda pdf: Dictionary(Certs=Array([pdf.make_stream(b"none")])))
    long = whole.replace(b"%%EOF", b"% so that it is longer, and ends later\n%%EOF")
    found, step = read(damaged, whole, long)
    assert step == PASSED
    assert [each.end for each in found] == [len(whole)]


def test_a_piece_that_went_away_and_came_back_is_as_old_as_its_first_time() -> None:
    whole = file_with(lambda pdf: Dictionary(Certs=Array([pdf.make_stream(piece(1))])))
    without = file_with(lambda _: Dictionary(Certs=Array()))
    assert len(without) < len(whole)
    found, _ = read(without, whole)
    assert [each.end for each in found] == [len(whole)]


def streams(pdf: pikepdf.Pdf, count: int, size: int = 400) -> Array:
    return Array([pdf.make_stream(piece(number, size)) for number in range(count)])


def packed(pdf: pikepdf.Pdf, raw: bytes, **entries: Any) -> Dictionary:
    stream = pikepdf.Stream(pdf, raw)
    for name, value in entries.items():
        stream[f"/{name}"] = value
    return Dictionary(Certs=Array([stream]))


def test_as_many_as_are_looked_at() -> None:
    found, step = read(file_with(lambda pdf: Dictionary(CRLs=streams(pdf, MAX_EVIDENCE))))
    assert step == PASSED
    assert len(found) == MAX_EVIDENCE


def test_packed_once_is_read() -> None:
    pdf = file_with(lambda pdf: packed(pdf, zlib.compress(piece(1)), Filter=Name.FlateDecode))
    assert [each.der for each in read(pdf)[0]] == [piece(1)]
    in_array = file_with(
        lambda pdf: packed(pdf, zlib.compress(piece(1)), Filter=Array([Name.FlateDecode]))
    )
    assert [each.der for each in read(in_array)[0]] == [piece(1)]


@pytest.mark.parametrize(
    "change",
    [
        lambda pdf: Dictionary(CRLs=streams(pdf, MAX_EVIDENCE + 1)),
        lambda pdf: Dictionary(CRLs=streams(pdf, 5, 60_000)),
        lambda pdf: packed(pdf, piece(1, 60_000) * 5),
        lambda pdf: packed(pdf, zlib.compress(bytes(50_000_000)), Filter=Name.FlateDecode),
        lambda pdf: Dictionary(OCSPs=Array([pdf.make_stream(piece(1))] * (MAX_LISTED + 1))),
    ],
    ids=["many", "bytes", "one large", "bomb", "listed again and again"],
)
def test_too_much_is_said_and_nothing_is_taken(change: Callable[[pikepdf.Pdf], object]) -> None:
    found, step = read(file_with(change))
    assert found == ()
    assert step == Step(reason=Reason.LIMITS_EXCEEDED, detail="evidence")
    assert MAX_EVIDENCE_BYTES < 5 * 60_000


@pytest.mark.parametrize(
    "change",
    [
        lambda _: Array(),
        lambda _: Name.Nothing,
        lambda _: 7,
        lambda _: Dictionary(Certs=Dictionary()),
        lambda _: Dictionary(Certs=Array([1])),
        lambda _: Dictionary(Certs=Array([Dictionary()])),
        lambda _: Dictionary(VRI=Array()),
        lambda _: Dictionary(VRI=Dictionary({"/00": Array()})),
        lambda _: Dictionary(VRI=Dictionary({"/00": Dictionary(OCSP=Name.Nothing)})),
        lambda pdf: packed(pdf, b""),
        lambda pdf: packed(pdf, b"\x30\x80\x00\x00"),
        lambda pdf: packed(pdf, piece(1) + b"\n"),
        lambda pdf: packed(pdf, piece(1)[:-1]),
        lambda pdf: packed(pdf, b"BT /F1 12 Tf (x) Tj ET"),
        lambda pdf: packed(pdf, b"no zlib", Filter=Name.FlateDecode),
        lambda pdf: packed(pdf, zlib.compress(piece(1))[:-6], Filter=Name.FlateDecode),
        lambda pdf: packed(
            pdf,
            zlib.compress(zlib.compress(piece(1))),
            Filter=Array([Name.FlateDecode, Name.FlateDecode]),
        ),
        lambda pdf: packed(pdf, piece(1).hex().encode() + b">", Filter=Name.ASCIIHexDecode),
        lambda pdf: packed(
            pdf,
            zlib.compress(piece(1)),
            Filter=Name.FlateDecode,
            DecodeParms=Dictionary(Predictor=12),
        ),
    ],
)
def test_what_has_another_form_is_said_and_nothing_is_taken(
    change: Callable[[pikepdf.Pdf], object],
) -> None:
    found, step = read(file_with(change))
    assert found == ()
    assert step.reason is Reason.REVOCATION_MALFORMED


def test_an_engine_that_fails_is_a_fact() -> None:
    found, step = read_evidence({}, 1)
    assert found == ()
    assert step == Step(reason=Reason.ENGINE_FAILED, detail="KeyError")
