"""The record: canonical JSON, digest, copy id; read back only as it was written."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.land_records import LAND, STATEMENT, changed, land, statement
from vncopy.errors import UsageError
from vncopy.formats.base import Document, DocumentTypes
from vncopy.formats.jcs import canonical_json
from vncopy.formats.land import LandCertificate
from vncopy.formats.record import (
    MAX_RECORD_BYTES,
    CopyRecord,
    copy_id_of,
    cti_of,
    parse_input,
    parse_record,
    read_copy_id,
)

TYPES = DocumentTypes(LandCertificate)
CTI = bytes(range(10))
SALT = bytes(range(16))


def record(**fields: Any) -> CopyRecord[LandCertificate]:
    return CopyRecord(
        document=land(**fields), statement=statement(), copy_id=copy_id_of(CTI), salt=SALT
    )


def refused(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(UsageError) as error:
        parse_record(data, TYPES)
    return [(problem.field, problem.rule) for problem in error.value.problems]


@given(st.binary(min_size=10, max_size=10))
def test_a_copy_id_is_ten_bytes_in_sixteen_characters(cti: bytes) -> None:
    copy_id = copy_id_of(cti)
    assert len(copy_id) == 16
    assert cti_of(copy_id) == cti
    spoken = f"{copy_id[:4]}-{copy_id[4:8]} {copy_id[8:]}".lower().replace("0", "o")
    assert read_copy_id(spoken.replace("1", "l")) == copy_id


def test_the_ends_of_the_copy_id_s_range() -> None:
    assert copy_id_of(bytes(10)) == "0" * 16
    assert copy_id_of(b"\xff" * 10) == "Z" * 16


@pytest.mark.parametrize("text", ["", "0" * 15, "0" * 17, "U" * 16, "o" * 16, "٠" * 16])
def test_no_other_text_is_a_copy_id(text: str) -> None:
    with pytest.raises(UsageError):
        cti_of(text)


def test_bytes_of_another_length_are_no_copy_id() -> None:
    with pytest.raises(ValueError, match="10 bytes"):
        copy_id_of(b"123")


def test_the_json_is_read_back() -> None:
    made = record(changes=[])
    read = parse_record(made.to_json(), TYPES)
    assert read == made
    assert read.format_id == "vn.land/1"
    assert read.cti == CTI


def test_the_digest_is_that_of_salt_and_json_without_salt() -> None:
    made = record()
    frame = json.loads(made.to_json())
    assert frame.pop("salt") == SALT.hex()
    assert made.digest() == hashlib.sha256(SALT + canonical_json(frame)).digest()[:16]


def test_the_digest_changes_with_salt_document_statement_and_id() -> None:
    made = record()
    others = [
        replace(made, salt=bytes(16)),
        record(serial="AA 09273288"),
        replace(made, statement=statement(place="Hà Nội")),
        replace(made, copy_id=copy_id_of(bytes(10))),
    ]
    assert len({each.digest() for each in (made, *others)}) == len(others) + 1


def test_fields_that_never_travel_are_bound_by_the_digest() -> None:
    assert record(qr_payloads=["X"]).digest() != record(qr_payloads=["Y"]).digest()


def test_defaults_are_left_out() -> None:
    frame = json.loads(record().to_json())
    assert "notes" not in frame["document"]
    assert "office_form" not in frame["statement"]
    assert frame["document"]["assets"] == {"state": "dash", "text": "-/-"}


def test_repr_shows_nothing_personal() -> None:
    shown = repr(record()) + repr(record().document) + str(record().statement)
    assert "Hân" not in shown
    assert "Lê Thị" not in shown
    assert copy_id_of(CTI) in shown


def test_a_moment_is_stated_in_vietnamese_time() -> None:
    moment = dt.datetime(2026, 11, 21, 17, 0, 0, tzinfo=dt.UTC)
    made = record().at(moment)
    assert made.statement.issued_at == moment
    assert json.loads(made.to_json())["statement"]["issued_at"] == "2026-11-22T00:00:00+07:00"


def tampered(change: dict[str, Any]) -> bytes:
    return canonical_json({**json.loads(record().to_json()), **change})


@pytest.mark.parametrize(
    ("data", "field", "rule"),
    [
        (b"[]", "record", "record.members"),
        (b"{}", "record", "record.members"),
        (tampered({"more": 1}), "record", "record.members"),
        (tampered({"schema_version": 2}), "schema_version", "record.schema_version"),
        (tampered({"schema_version": True}), "schema_version", "record.schema_version"),
        (tampered({"format_id": "vn.birth/1"}), "format_id", "record.format_id"),
        (tampered({"format_id": 7}), "format_id", "record.format_id"),
        (tampered({"copy_id": "short"}), "copy_id", "copy_id.format"),
        (tampered({"copy_id": None}), "copy_id", "copy_id.format"),
        (tampered({"salt": "00"}), "salt", "salt.length"),
        (tampered({"salt": "FF" * 16}), "salt", "salt.length"),
        (tampered({"document": []}), "document", "record.members"),
        (record().to_json() + b" ", "json", "json.canonical"),
        (b" " * (MAX_RECORD_BYTES + 1), "json", "json.size"),
    ],
)
def test_a_bad_record_is_refused_with_field_and_rule(data: bytes, field: str, rule: str) -> None:
    assert refused(data) == [(field, rule)]


def test_a_stated_default_is_not_canonical() -> None:
    document = changed(LAND, notes={"state": "not_on_form"})
    assert refused(tampered({"document": document})) == [("record", "json.canonical")]


def test_problems_name_the_field_in_full() -> None:
    document = changed(LAND, holders__0__persons__0__full_name="Hân2")
    assert refused(tampered({"document": document})) == [
        ("document.holders.0.persons.0.full_name", "name.letters")
    ]


def test_input_names_all_problems_of_both_parts() -> None:
    with pytest.raises(UsageError) as error:
        parse_input(
            {
                "document": changed(LAND, serial="AA"),
                "statement": changed(STATEMENT, place="", kind="copy"),
            },
            LandCertificate,
        )
    fields = {problem.field for problem in error.value.problems}
    assert fields == {"document.serial", "statement.place", "statement.kind"}
    for problem in error.value.problems:
        assert problem.message.vi
        assert problem.message.en
        assert problem.message.vi != problem.message.en


def test_input_may_name_its_type() -> None:
    both = {"document": LAND, "statement": STATEMENT}
    document, stated = parse_input({**both, "format_id": "vn.land/1"}, LandCertificate)
    assert isinstance(document, LandCertificate)
    assert stated.authority.agency_code == "H26.901"
    with pytest.raises(UsageError, match=r"record\.format_id"):
        parse_input({**both, "format_id": "vn.birth/1"}, LandCertificate)


@pytest.mark.parametrize("data", [b"1", b"{}", b'{"document":{}}', b"\xff", b"["])
def test_bad_input_is_a_usage_error(data: bytes) -> None:
    with pytest.raises(UsageError):
        parse_input(data, LandCertificate)


@given(st.data())
def test_any_change_of_a_byte_is_refused_or_another_record(data: st.DataObject) -> None:
    whole = bytearray(record().to_json())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    try:
        read: CopyRecord[Document] = parse_record(bytes(whole), TYPES)
    except UsageError:
        return
    assert read.to_json() == bytes(whole)
    assert read.digest() != record().digest() or read.salt != SALT
