"""Attacks on what comes after the seal: timestamps, validation data, and what only looks like them.

Whoever has a copy can append to it and can ask any timestamping service; no key of an office is
needed for that. The tests hold every such file against the allow-list, and against the verdict.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from asn1crypto import cms, core
from pyhanko.pdf_utils import generic

from support.levels import (
    ROOM,
    b_lt,
    b_lta,
    b_t,
    good_token,
    later,
    no_token,
    renewed,
    sign_field,
    signed_twice,
    stamp,
    stamp_with,
    token_row,
    with_unsigned,
)
from support.pdf_copies import appended, demo, issued, rewritten, typeset_copy, verify
from support.raw_revisions import raw_revision
from support.tokens import token_of
from vncopy.pdf.inspect import inspect_pdf
from vncopy.pdf.validation_data import ValidationData, add_validation_data
from vncopy.policy import CheckId, PadesLevel
from vncopy.reasons import Reason
from vncopy.report import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from vncopy.facts.pdf import PDFFacts, RevisionFacts, TimestampFacts

NAME = generic.pdf_name


def facts_of(pdf: bytes) -> PDFFacts:
    return inspect_pdf(pdf, diff=False).facts


def rows(pdf: bytes) -> tuple[RevisionFacts, ...]:
    return facts_of(pdf).revisions


def refused(pdf: bytes, word: str = "") -> None:
    """Hold a file against the allow-list: it is refused, and so is the same file once stamped."""
    for data in (pdf, stamp(pdf)):
        forbidden = [each for row in rows(data) for each in row.forbidden]
        assert forbidden
        assert any(word in each for each in forbidden), forbidden
        report = verify(data)
        assert report.verdict is Verdict.INVALID
        assert report.check(CheckId.REVISIONS).reason is Reason.REVISION_FORBIDDEN


@pytest.mark.parametrize("make", [b_t, b_lt, b_lta, renewed])
def test_what_is_attacked_here_is_valid(make: Callable[[], bytes]) -> None:
    pdf = make()
    facts = facts_of(pdf)
    assert all(not row.forbidden for row in facts.revisions)
    assert all(signature.problem is None for signature in facts.signatures)
    assert verify(pdf).verdict is Verdict.VALID


# --- tokens inside of signatures -----------------------------------------------------------------


def tokens(pdf: bytes) -> list[tuple[TimestampFacts, ...]]:
    return [each.timestamps for each in facts_of(pdf).signatures]


def of_value(pdf: bytes, number: int) -> bytes:
    """Return the value of one of the signatures of a file."""
    signed = cms.ContentInfo.load(contents_of(pdf, number))
    return bytes(signed["content"]["signer_infos"][0]["signature"])


def gap(pdf: bytes, number: int) -> tuple[int, int]:
    """Return where the hexadecimal digits of a signature's ``/Contents`` begin and end."""
    at = -1
    for _ in range(number + 1):
        at = pdf.index(b"/Contents <", at + 1)
    return at + 11, pdf.index(b">", at)


def contents_of(pdf: bytes, number: int) -> bytes:
    start, end = gap(pdf, number)
    return bytes.fromhex(pdf[start:end].decode())


def with_contents(pdf: bytes, number: int, contents: bytes) -> bytes:
    """Replace a signature's ``/Contents``; nothing else of the file moves."""
    start, end = gap(pdf, number)
    digits = contents.hex().encode()
    assert len(digits) <= end - start
    return pdf[:start] + digits.ljust(end - start, b"0") + pdf[end:]


def without_token(pdf: bytes, number: int) -> bytes:
    message = cms.ContentInfo.load(contents_of(pdf, number))
    del message["content"]["signer_infos"][0]["unsigned_attrs"]
    return with_contents(pdf, number, message.dump())


def test_a_token_of_another_signature() -> None:
    """The person's token in the seal: made by the right authority, about something else."""
    person = of_value(b_t(), 0)
    pdf = with_contents(
        b_t(),
        1,
        with_unsigned(contents_of(without_token(b_t(), 1), 1), lambda _: good_token(person)),
    )
    assert of_value(pdf, 1) == of_value(b_t(), 1)
    first, second = tokens(pdf)
    assert first[0].problem is None
    assert second[0].problem is Reason.CMS_DIGEST
    assert verify(pdf).verdict is not Verdict.VALID


def test_tokens_swapped_between_person_and_seal() -> None:
    """Signed by the right keys, with each other's token."""
    values: list[bytes] = []

    def another(value: bytes) -> list[dict[str, Any]]:
        values.append(value)
        return good_token(b"the other one")

    pdf = signed_twice(another, lambda _: good_token(values[0]))
    assert [each[0].problem for each in tokens(pdf)] == [Reason.CMS_DIGEST] * 2
    assert verify(pdf).verdict is not Verdict.VALID


def test_two_tokens_are_read_and_five_are_too_many() -> None:
    def several(count: int) -> Callable[[bytes], list[dict[str, Any]]]:
        return lambda value: good_token(value) * count

    assert [len(each) for each in tokens(signed_twice(seal=several(2)))] == [1, 2]
    facts = facts_of(signed_twice(seal=several(5), room=4 * ROOM))
    assert (facts.reading.reason, facts.reading.detail) == (Reason.LIMITS_EXCEEDED, "timestamps")

    def in_one_attribute(value: bytes) -> list[dict[str, Any]]:
        (row,) = good_token(value)
        return [{"type": row["type"], "values": row["values"] * 5}]

    facts = facts_of(signed_twice(seal=in_one_attribute, room=4 * ROOM))
    assert facts.reading.reason is Reason.LIMITS_EXCEEDED


@pytest.mark.parametrize("number", [0, 1])
def test_a_token_taken_out_of_a_stamped_file(number: int) -> None:
    stripped = without_token(b_lta(), number)
    assert len(stripped) == len(b_lta())
    report = verify(stripped)
    assert report.verdict is Verdict.INVALID
    assert report.check(CheckId.SIGNATURES_INTACT).reason is Reason.CMS_DIGEST


def test_a_token_taken_out_of_the_last_signature_lowers_the_level() -> None:
    stripped = without_token(b_t(), 1)
    assert tokens(stripped)[1] == ()
    report = verify(stripped)
    assert report.signatures[1].level in {None, PadesLevel.B_B}
    assert without_token(b_t(), 0) != b_t()
    assert verify(without_token(b_t(), 0)).verdict is Verdict.INVALID


def test_a_token_of_an_authority_that_nobody_knows() -> None:
    stranger = demo(b"somebody else").tsa

    def made(value: bytes) -> list[dict[str, Any]]:
        return [token_row(token_of(hashlib.sha256(value).digest(), authority=stranger))]

    pdf = signed_twice(seal=made)
    assert tokens(pdf)[1][0].problem is None  # whom to trust is asked later
    assert verify(pdf).signatures[1].level is not PadesLevel.B_T


def test_an_unsigned_attribute_other_than_a_timestamp() -> None:
    def more(value: bytes) -> list[dict[str, Any]]:
        return [*good_token(value), {"type": "1.2.3.4", "values": [core.OctetString(b"hidden")]}]

    report = verify(signed_twice(seal=more))
    assert report.verdict is Verdict.INVALID
    assert report.check(CheckId.COVERAGE).reason is Reason.UNSIGNED_ATTRIBUTES


def test_bytes_behind_a_token_that_is_not_all_there() -> None:
    def cut(value: bytes) -> list[dict[str, Any]]:
        (row,) = good_token(value)
        return [{"type": row["type"], "values": [cms.ContentInfo({"content_type": "data"})]}]

    (facts,) = tokens(signed_twice(seal=cut))[1]
    assert facts.problem is Reason.TIMESTAMP_MALFORMED
    assert verify(signed_twice(seal=cut)).verdict is not Verdict.VALID


@pytest.mark.parametrize("number", [1, 2])
def test_data_hidden_behind_the_cms(number: int) -> None:
    start, end = gap(b_lta(), number)
    hidden = b_lta()[: end - 8] + b"deadbeef" + b_lta()[end:]
    assert end - start > len(contents_of(b_lta(), number).rstrip(b"\0")) * 2 + 8
    report = verify(hidden)
    assert report.verdict is Verdict.INVALID
    assert report.check(CheckId.COVERAGE).reason is Reason.CONTENTS_PADDING


# --- document timestamps -------------------------------------------------------------------------


def entry(name: str, value: Any) -> Callable[[Any, Any], None]:
    def change(item: Any, _: Any) -> None:
        item[NAME(name)] = value

    return change


def indirect(name: str, value: Any) -> Callable[[Any, Any], None]:
    def change(item: Any, writer: Any) -> None:
        item[NAME(name)] = writer.add_object(value)

    return change


def numbers(*values: float) -> generic.ArrayObject:
    return generic.ArrayObject([generic.FloatObject(value) for value in values])


def appearance(item: Any, writer: Any) -> None:
    drawn = generic.StreamObject(
        {
            NAME("/Type"): NAME("/XObject"),
            NAME("/Subtype"): NAME("/Form"),
            NAME("/BBox"): numbers(0, 0, 100, 50),
        },
        stream_data=b"0 0 1 rg 0 0 100 50 re f",
    )
    item[NAME("/AP")] = generic.DictionaryObject({NAME("/N"): writer.add_object(drawn)})


def action(item: Any, _: Any) -> None:
    item[NAME("/A")] = generic.DictionaryObject(
        {NAME("/S"): NAME("/Named"), NAME("/N"): NAME("/X")}
    )


def test_the_helper_makes_what_is_permitted() -> None:
    for pdf in (stamp_with(b_t()), stamp_with(b_t(), field="timestamp", new=False)):
        assert not any(row.forbidden for row in rows(pdf))


TEXT = generic.TextStringObject("x")


@pytest.mark.parametrize(
    "options",
    [
        {"widget": appearance},
        {"widget": action},
        {"widget": entry("/MK", generic.DictionaryObject())},
        {"widget": entry("/Lock", generic.DictionaryObject())},
        {"widget": entry("/Kids", generic.ArrayObject())},
        {"widget": entry("/Contents", TEXT)},
        {"widget": indirect("/TU", TEXT)},
        {"widget": entry("/TU", NAME("/Nothing"))},
        {"widget": entry("/T", generic.TextStringObject("seal"))},
        {"widget": entry("/Rect", numbers(0, 0, 0, 0))},
        {"widget": entry("/Rect", numbers(100, 100, 100, 100))},
        {"widget": entry("/Rect", numbers(-9999, -9999, -9000, -9999))},
        {"widget": entry("/Rect", numbers(-9999, -9999))},
        {"widget": entry("/F", TEXT)},
        {"widget": entry("/Subtype", NAME("/Square"))},
        {"box": (10, 10, 200, 100)},
        {"signature": entry("/Reason", TEXT)},
        {"signature": entry("/M", TEXT)},
        {"signature": entry("/Name", TEXT)},
        {"signature": entry("/Reference", generic.ArrayObject())},
        {"signature": entry("/Prop_Build", generic.DictionaryObject())},
        {"field": "timestamp", "new": False, "widget": appearance},
        {"field": "timestamp", "new": False, "widget": action},
        {"field": "timestamp", "new": False, "widget": entry("/TU", TEXT)},
        {"field": "timestamp", "new": False, "widget": entry("/Rect", numbers(9, 9, 99, 99))},
        {"field": "timestamp", "new": False, "signature": entry("/Location", TEXT)},
    ],
)
def test_a_timestamp_that_brings_more_than_itself(options: dict[str, Any]) -> None:
    pdf = stamp_with(b_t(), **options)
    assert rows(pdf)[1].forbidden
    report = verify(pdf)
    assert report.verdict is Verdict.INVALID
    assert report.check(CheckId.REVISIONS).reason is Reason.REVISION_FORBIDDEN


def test_a_timestamp_whose_handler_is_written_elsewhere() -> None:
    """What a signature's dictionary says stands in itself, or one reader sees something else."""
    report = verify(stamp_with(b_t(), signature=indirect("/Filter", NAME("/Adobe.PPKLite"))))
    assert report.verdict is Verdict.INVALID
    assert report.check(CheckId.SIGNATURES_INTACT).reason is Reason.SIGNATURE_FIELD


def test_a_timestamp_with_a_certification() -> None:
    """DocMDP in a timestamp would say what may still change; nobody may say that after the seal."""

    def certify(item: Any, writer: Any) -> None:
        parameters = generic.DictionaryObject(
            {NAME("/Type"): NAME("/TransformParams"), NAME("/P"): generic.NumberObject(3)}
        )
        item[NAME("/Reference")] = generic.ArrayObject(
            [
                generic.DictionaryObject(
                    {
                        NAME("/Type"): NAME("/SigRef"),
                        NAME("/TransformMethod"): NAME("/DocMDP"),
                        NAME("/TransformParams"): parameters,
                    }
                )
            ]
        )

    assert rows(stamp_with(b_t(), signature=certify))[1].forbidden


def test_a_timestamp_in_the_field_of_the_seal() -> None:
    attested = sign_field(typeset_copy().pdf, "person")
    pdf = stamp_with(attested, field="seal", new=False)
    assert rows(pdf)[0].forbidden
    assert verify(pdf).verdict is Verdict.INVALID


def test_the_timestamp_of_another_file() -> None:
    """Copied whole: right in every way, and about something else."""
    other = stamp(signed_twice(no_token))
    copied = contents_of(other, 2)
    pdf = with_contents(stamp(b_t()), 2, copied.rstrip(b"\0") + b"\0")
    facts = facts_of(pdf).signatures[-1]
    assert (facts.problem, facts.detail) == (Reason.CMS_DIGEST, "imprint")
    assert verify(pdf).verdict is Verdict.INVALID


def test_a_document_timestamp_never_takes_its_time_from_the_file() -> None:
    def claims(item: Any, _: Any) -> None:
        item[NAME("/M")] = generic.TextStringObject("D:20200101000000Z")

    facts = facts_of(stamp_with(b_t(), signature=claims)).signatures[-1]
    assert facts.claimed_at is not None
    assert facts.claimed_at.year == 2026
    broken = facts_of(
        with_contents(stamp_with(b_t(), signature=claims), 2, contents_of(b_t(), 1).rstrip(b"\0"))
    ).signatures[-1]
    assert broken.problem is Reason.CMS_MALFORMED
    assert broken.claimed_at is None


def test_a_document_timestamp_with_a_weak_imprint() -> None:
    from support.tokens import TokenPlan

    def weak(_: bytes) -> bytes:
        return token_of(bytes(20), TokenPlan(digest="sha1"))

    facts = facts_of(stamp_with(b_t(), token=weak)).signatures[-1]
    assert facts.problem is Reason.CMS_ALGORITHM
    assert facts.digest_algorithm == "sha1"


def test_a_signature_of_somebody_after_the_seal() -> None:
    """Into the invisible field, or after a timestamp: nobody signs a finished copy."""
    stranger = demo(b"somebody else").offices[0].seals["p256"]
    attested = sign_field(typeset_copy().pdf, "person")
    pdf = sign_field(stamp(attested), "seal", identity=stranger)
    assert verify(pdf).verdict is Verdict.INVALID
    twice = sign_field(attested, "seal")
    assert not any(row.forbidden for row in rows(twice))


def test_validation_data_before_the_seal() -> None:
    attested = sign_field(typeset_copy().pdf, "person")
    early = add_validation_data(attested, ValidationData(certificates=demo().tsa.chain))
    pdf = sign_field(early, "seal")
    assert rows(pdf)[0].forbidden == ("validation data before a signature",)
    assert verify(pdf).verdict is Verdict.INVALID


def test_a_revision_between_that_is_taken_back() -> None:
    """What nobody sees any more is still there for nobody: only the final objects count."""
    pdf = appended(b_lta(), lambda writer: writer.update_root())
    assert not rows(pdf)[-1].dss
    assert verify(pdf).verdict is Verdict.INVALID


# --- validation data -----------------------------------------------------------------------------


def der_stream(number: int = 7) -> generic.StreamObject:
    return generic.StreamObject(stream_data=b"\x30\x03\x02\x01" + bytes([number]))


def store_of(writer: Any) -> Any:
    return writer.root["/DSS"]


def listing(*references: Any) -> generic.DictionaryObject:
    return generic.DictionaryObject({NAME("/Certs"): generic.ArrayObject(references)})


def existing(path: Callable[[Any], Any]) -> Callable[[Any], None]:
    """Name an object of the signed part as a certificate."""

    def change(writer: Any) -> None:
        reference = path(writer)
        store = listing(generic.IndirectObject(reference.idnum, reference.generation, writer))
        writer.root["/DSS"] = writer.add_object(store)
        writer.update_root()

    return change


def page_of(writer: Any) -> Any:
    return writer.root["/Pages"]["/Kids"][0]


def a_font(writer: Any) -> Any:
    fonts = page_of(writer)["/Resources"]["/Font"]
    font = fonts[next(iter(fonts))]
    descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
    return next(descriptor.raw_get(key) for key in descriptor if key.startswith("/FontFile"))


def a_picture(writer: Any) -> Any:
    return next(
        field.get_object()["/AP"].raw_get("/N")
        for field in writer.root["/AcroForm"]["/Fields"]
        if "/AP" in field.get_object()
    )


def an_attachment(writer: Any) -> Any:
    return writer.root["/AF"][0]["/EF"].raw_get("/F")


@pytest.mark.parametrize(
    "path",
    [
        lambda writer: page_of(writer).raw_get("/Contents"),
        lambda writer: writer.root.raw_get("/Metadata"),
        lambda writer: writer.root["/AcroForm"]["/Fields"].raw_get(0),
        a_font,
        a_picture,
        an_attachment,
    ],
    ids=["page", "metadata", "field", "font", "picture", "attachment"],
)
def test_validation_data_that_points_at_something_else(path: Callable[[Any], Any]) -> None:
    pdf = appended(b_t(), existing(path))
    refused(pdf, "object")
    assert facts_of(pdf).evidence == ()


def with_streams(*streams: Any) -> Callable[[Any], None]:
    def change(writer: Any) -> None:
        references = [writer.add_object(stream) for stream in streams]
        writer.root["/DSS"] = writer.add_object(listing(*references))
        writer.update_root()

    return change


def stream_with(data: bytes, **entries: Any) -> generic.StreamObject:
    keys = {NAME(f"/{name}"): value for name, value in entries.items()}
    return generic.StreamObject(keys, encoded_data=data)


FLATE = NAME("/FlateDecode")


@pytest.mark.parametrize(
    "stream",
    [
        generic.StreamObject(stream_data=b"BT /f0 12 Tf (x) Tj ET"),
        generic.StreamObject(stream_data=b""),
        generic.StreamObject(stream_data=b"\x30\x03\x02\x01\x07 q Q"),
        stream_with(b"300302", Filter=NAME("/ASCIIHexDecode")),
        stream_with(
            zlib.compress(zlib.compress(b"\x30\x00")), Filter=generic.ArrayObject([FLATE] * 2)
        ),
        stream_with(b"no zlib", Filter=FLATE),
        stream_with(
            zlib.compress(b"\x30\x00"), Filter=FLATE, DecodeParms=generic.DictionaryObject()
        ),
        stream_with(b"\x30\x00", Type=NAME("/XObject"), Subtype=NAME("/Form")),
        stream_with(b"\x30\x00", F=generic.TextStringObject("elsewhere")),
    ],
)
def test_streams_that_are_no_evidence(stream: generic.StreamObject) -> None:
    pdf = appended(b_t(), with_streams(stream))
    forbidden = rows(pdf)[-1].forbidden
    assert any("object" in each for each in forbidden)
    assert verify(pdf).verdict is Verdict.INVALID


def test_a_bomb_in_the_validation_data() -> None:
    bomb = stream_with(zlib.compress(bytes(20_000_000), 9), Filter=FLATE)
    pdf = appended(b_t(), with_streams(bomb))
    facts = facts_of(pdf)
    assert facts.evidence == ()
    assert facts.validation_data.reason is Reason.LIMITS_EXCEEDED


def lists_shorter(writer: Any) -> None:
    store = store_of(writer)
    store["/Certs"] = generic.ArrayObject([store["/Certs"].raw_get(0)])
    writer.update_container(store)


def list_gone(writer: Any) -> None:
    store = store_of(writer)
    del store["/Certs"]
    writer.update_container(store)


def store_gone(writer: Any) -> None:
    del writer.root["/DSS"]
    writer.update_root()


def piece_replaced(writer: Any) -> None:
    reference = store_of(writer)["/Certs"].raw_get(0)
    stream = reference.get_object()
    stream._encoded_data = None
    stream._data = b"\x30\x00"
    writer.mark_update(reference)


def piece_in_another_list(writer: Any) -> None:
    """The same stream as a certificate and as the store's own list."""
    store = store_of(writer)
    store[NAME("/OCSPs")] = generic.ArrayObject([writer.root.raw_get("/Pages")])
    writer.update_container(store)


def more_in_the_store(writer: Any) -> None:
    store = store_of(writer)
    store[NAME("/Page")] = generic.NumberObject(1)
    writer.update_container(store)


def other_type(writer: Any) -> None:
    store = store_of(writer)
    store[NAME("/Type")] = NAME("/Page")
    writer.update_container(store)


def entry_for(name: str, value: Callable[[Any], Any]) -> Callable[[Any], None]:
    def change(writer: Any) -> None:
        store = store_of(writer)
        store[NAME("/VRI")] = generic.DictionaryObject({NAME(name): value(writer)})
        writer.update_container(store)

    return change


SHA1 = "/" + "0123456789ABCDEF" * 2 + "01234567"


def entry_dictionary(**values: Any) -> generic.DictionaryObject:
    return generic.DictionaryObject({NAME(f"/{name}"): value for name, value in values.items()})


@pytest.mark.parametrize(
    "change",
    [
        lists_shorter,
        list_gone,
        store_gone,
        piece_replaced,
        piece_in_another_list,
        more_in_the_store,
        other_type,
        entry_for("/00", lambda _: entry_dictionary()),
        entry_for(SHA1, lambda _: generic.ArrayObject()),
        entry_for(SHA1, lambda _: entry_dictionary(TU=NAME("/Nothing"))),
        entry_for(SHA1, lambda _: entry_dictionary(Type=NAME("/Page"))),
        entry_for(SHA1, lambda writer: entry_dictionary(TS=writer.add_object(der_stream()))),
        entry_for(SHA1, lambda _: entry_dictionary(Cert=generic.NumberObject(1))),
        entry_for(
            SHA1,
            lambda writer: entry_dictionary(
                Cert=generic.ArrayObject([writer.root.raw_get("/Pages")])
            ),
        ),
    ],
)
@pytest.mark.parametrize("make", [b_lt, b_lta])
def test_validation_data_that_does_more_than_grow(
    change: Callable[[Any], None], make: Callable[[], bytes]
) -> None:
    pdf = appended(make(), change)
    if make is b_lt:
        pdf = stamp(pdf)  # the seal is followed by both; what is lost in between is lost unseen
        if change in {lists_shorter, list_gone, piece_replaced, other_type}:
            return
        if change is store_gone:
            assert not facts_of(pdf).evidence
            return
    assert any(row.forbidden for row in rows(pdf))
    assert verify(pdf).verdict is Verdict.INVALID


def with_entry(writer: Any) -> None:
    store = store_of(writer)
    one = store["/Certs"].raw_get(0)
    reference = generic.IndirectObject(one.idnum, one.generation, writer)
    entries = store.get("/VRI", generic.DictionaryObject())
    name = SHA1 if SHA1 not in entries else "/" + "F" * 40
    held = generic.ArrayObject([reference, writer.add_object(der_stream(len(entries)))])
    entries[NAME(name)] = writer.add_object(
        entry_dictionary(Type=NAME("/VRI"), Cert=held, TU=generic.TextStringObject("D:2026"))
    )
    store[NAME("/VRI")] = entries
    writer.update_container(store)


def entry_changed(writer: Any) -> None:
    value = store_of(writer)["/VRI"][SHA1]
    value["/Cert"] = generic.ArrayObject([value["/Cert"].raw_get(0)])
    writer.update_container(value)


def test_entries_are_added_and_never_changed() -> None:
    once = stamp(appended(b_lta(), with_entry), later())
    again = stamp(appended(once, with_entry), later())
    assert not any(row.forbidden for row in rows(again))
    assert len(facts_of(again).evidence) == 4
    assert any(row.forbidden for row in rows(stamp(appended(once, entry_changed), later())))


def catalog_with(pdf: bytes, store: int) -> tuple[int, bytes]:
    """Return number and spelling of the catalog with validation data."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root = opened.Root
        spelling = root.unparse(resolved=True)
        return root.objgen[0], spelling[:-2] + b"/DSS %d 0 R >>" % store


def grown_by_hand(pdf: bytes, piece: int, extra: bytes = b"") -> bytes:
    """Append validation data with one piece under a given number."""
    store = 5_000
    root, spelling = catalog_with(pdf, store)
    stream = b"<< /Length 5 >>\nstream\n\x30\x03\x02\x01\x07\nendstream"
    dss = b"<< /Certs [ %d 0 R ] >>" % piece
    return raw_revision(pdf, {root: spelling, piece: stream, store: dss}, extra)


def test_what_is_written_by_hand_is_permitted_where_it_is_new() -> None:
    pdf = stamp(grown_by_hand(b_t(), 4_000))
    assert [row.forbidden for row in rows(pdf)] == [(), (), ()]
    assert verify(pdf).verdict is Verdict.VALID


@pytest.mark.parametrize("spelling", [b"null ", b"12345", b"true "])
def test_a_piece_that_fills_what_was_nothing(spelling: bytes) -> None:
    """The signed part names an object without content; a later part makes evidence of it."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Thumb = pdf.make_indirect(pikepdf.Dictionary())

    page = rewritten(typeset_copy().pdf, change)
    found = re.search(rb"(\d+) 0 obj\s+<< >>", page)
    assert found is not None
    empty = page.replace(found[0], found[0].replace(b"<< >>", spelling))
    sealed = sign_field(sign_field(empty, "person"), "seal")
    pdf = grown_by_hand(sealed, int(found[1]))
    assert "plain value" in rows(pdf)[-1].forbidden
    assert verify(stamp(pdf)).verdict is Verdict.INVALID


def test_an_entry_of_the_trailer() -> None:
    """Its name is not repeated: it may be personal."""
    assert "trailer entry" in rows(grown_by_hand(b_t(), 4_000, b"/NguyenVanA 1"))[-1].forbidden


def test_a_second_table_of_the_same_part() -> None:
    report = verify(grown_by_hand(b_t(), 4_000, b"/XRefStm 7"))
    assert report.verdict is Verdict.INVALID
    assert report.check(CheckId.SIGNATURES_INTACT).reason is Reason.PDF_MALFORMED


def test_the_end_that_nobody_signed_holds_validation_data_alone() -> None:
    assert verify(b_lt()).verdict is Verdict.VALID
    unstamped = add_validation_data(issued().pdf, ValidationData(certificates=demo().tsa.chain))
    report = verify(unstamped)
    assert report.verdict is Verdict.INVALID
    assert report.check(CheckId.REVISIONS).reason is Reason.REVISION_FORBIDDEN
