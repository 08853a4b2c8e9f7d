"""The projection of a record of any type, full and by reference, and everything refused on the way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import pytest
from pydantic import model_validator
from pydantic_core import core_schema

from vncopy.errors import MalformedCopy, Reason, TooLongForQR, UsageError
from vncopy.formats.base import (
    BLANK_BY_LAW,
    NOT_ON_FORM,
    Document,
    DocumentTypes,
    FieldState,
    Missing,
    Part,
    Stated,
    Travel,
    item,
)
from vncopy.formats.copies import (
    CopyKind,
    CopyStatement,
    LegalGround,
    RequesterRelation,
    SourceOfCopy,
)
from vncopy.formats.dates import PartialDate
from vncopy.formats.identifiers import AgencyCode, ExtractNumber
from vncopy.formats.organisations import Organisation, Signer
from vncopy.formats.people import Gender
from vncopy.formats.record import CopyRecord
from vncopy.formats.text import FreeText, Label, PersonName
from vncopy.wire import claims as cwt
from vncopy.wire import encode, fields, payload
from vncopy.wire.claims import StatusReference
from vncopy.wire.fields import WITHHELD
from vncopy.wire.payload import Carriage

KID = bytes(8)


class Child(Part):
    name: PersonName = item(0, "Tên", travel=Travel.REFERENCE)
    born: Stated[PartialDate] = item(1, "Năm sinh", default=NOT_ON_FORM)
    secret: Stated[FreeText] = item(2, "Riêng", default=NOT_ON_FORM, travel=Travel.NEVER)


class Room(Part):
    number: int = item(0, "Số")


class Count:
    """A class of a careless author: to it True is a number."""

    def __init__(self, number: int) -> None:
        self.number = number

    def to_wire(self) -> int:
        if self.number == 13:
            raise KeyError
        return int(self.number)

    @classmethod
    def from_wire(cls, value: object) -> Count:
        if not isinstance(value, int):
            raise TypeError
        return cls(value)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> Any:
        return core_schema.is_instance_schema(cls)


class Careless(Document, format_id="org.example.careless/1"):
    count: Count = item(1, "Số")


class Card(Document, format_id="org.example.card/1", title_vi="Thẻ"):
    """A type that uses every way in which a field can be declared."""

    name: PersonName = item(1, "Tên", travel=Travel.REFERENCE)
    gender: Stated[Gender] = item(2, "Giới tính", default=NOT_ON_FORM)
    born: Stated[PartialDate] = item(3, "Ngày sinh", travel=Travel.REFERENCE)
    children: tuple[Child, ...] = item(4, "Con", default=(), travel=Travel.REFERENCE)
    first: Stated[Child] = item(5, "Con đầu", default=BLANK_BY_LAW)
    count: int = item(6, "Số tờ", default=1)
    done: bool = item(7, "Xong", default=False)
    raw: bytes | None = item(8, "Mã", default=None)
    plain: str = item(9, "Chữ", default="")
    number: Stated[ExtractNumber | Label] = item(10, "Số hiệu", default=NOT_ON_FORM)
    where: Child | Room | None = item(11, "Ở", default=None)
    note: Annotated[FreeText | None, "x"] = item(12, "Ghi chú", default=None)
    cause: Stated[FreeText] = item(13, "Nguyên nhân", default=NOT_ON_FORM, travel=Travel.NEVER)
    images: tuple[Label, ...] = item(14, "Ảnh", default=(), travel=Travel.NEVER)
    rooms: Stated[tuple[Room, ...]] = item(
        15, "Phòng", default=NOT_ON_FORM, travel=Travel.REFERENCE
    )

    @model_validator(mode="after")
    def _rule(self) -> Card:
        if self.plain == "impossible":
            raise ValueError("impossible")
        return self


TYPES = DocumentTypes(Card)


def statement(**changes: Any) -> CopyStatement:
    """Return the statement of the tests."""
    values: dict[str, Any] = {
        "kind": CopyKind.REGISTER_EXTRACT_COPY,
        "authority": Organisation(
            name=FreeText("Ủy ban nhân dân phường Hoàn Kiếm"), agency_code=AgencyCode("H26.12")
        ),
        "number": ExtractNumber("576/2026/TLKS-BS"),
        "place": Label("Hà Nội"),
        "certifier": Signer(full_name=PersonName("Trần Thị Bình"), position=Label("Chủ tịch")),
        "source": SourceOfCopy.ELECTRONIC_REGISTER,
    }
    return CopyStatement(**values | changes).at(datetime(2026, 11, 21, 3, 21, 35, tzinfo=UTC))


def record(**values: Any) -> CopyRecord[Card]:
    """Return a record of a card."""
    card = Card(**{"name": PersonName("Lê Văn An"), "born": PartialDate.parse("1952")} | values)
    return CopyRecord(
        document=card, statement=statement(), copy_id="0123456789ABCDEF", salt=bytes(16)
    )


EVERYTHING: dict[str, Any] = {
    "gender": Gender.MALE,
    "children": (
        Child(name=PersonName("Lê Thị Bé"), born=PartialDate.parse("2001-02-03")),
        Child(name=PersonName("Lê Văn Tí"), born=Missing(state=FieldState.DASH, text="-/-")),
    ),
    "first": Child(name=PersonName("Lê Thị Bé")),
    "count": 3,
    "done": True,
    "raw": b"\x00\x7f",
    "plain": "chữ",
    "number": ExtractNumber("1/TLKS-BS"),
    "where": Room(number=5),
    "note": FreeText("Ghi chú 1"),
    "rooms": (Room(number=1), Room(number=2)),
}


def claims_for(body: dict[Any, Any]) -> cwt.Claims:
    """Return claims around a body."""
    return cwt.Claims(issuer="H26.12", issued_at=1795231295, cti=bytes(10), body=body)


def restored(value: CopyRecord[Card], carriage: Carriage = Carriage.FULL) -> payload.Restored:
    """Return what arrives of ``value``."""
    claims = encode.claims_of(value, carriage)
    return payload.restore(cwt.unpack(cwt.pack(claims)), TYPES)


@pytest.mark.parametrize(
    "values",
    [
        {},
        EVERYTHING,
        {"gender": Missing(state=FieldState.UNKNOWN_STATED, text="Không rõ")},
        {"born": Missing(state=FieldState.UNREADABLE)},
        {"first": Missing(state=FieldState.WITHHELD)},
        {"where": Child(name=PersonName("Lê"))},
        {"number": Label("không theo mẫu")},
        {"rooms": ()},
    ],
)
def test_full_carriage_brings_the_whole_document(values: dict[str, Any]) -> None:
    value = record(**values)
    back = restored(value)
    assert back.document == value.document
    assert back.statement == value.statement
    assert (back.digest, back.carried, back.withheld) == (None, {}, ())
    assert repr(back) == "Restored(org.example.card/1, full)"


def test_defaults_do_not_travel() -> None:
    body = payload.project(record(), Carriage.FULL)
    assert body[3] == {1: "Lê Văn An", 3: 1952}
    assert body.keys() == {0, 1, 2, 3}


def test_code_and_time_of_the_office_travel_as_claims_only() -> None:
    claims = encode.claims_of(record(), Carriage.FULL)
    assert (claims.issuer, claims.issued_at) == ("H26.12", 1795231295)
    assert claims.body[2] == {
        0: 0,
        2: "Ủy ban nhân dân phường Hoàn Kiếm",
        3: "576/2026/TLKS-BS",
        4: "Hà Nội",
        6: ["Trần Thị Bình", 0],
        7: 1,
    }


@pytest.mark.parametrize(
    ("values", "paths"),
    [
        ({"cause": FreeText("bệnh")}, {"document.cause", "document.images"}),
        ({"images": (Label("a.png"),)}, {"document.cause", "document.images"}),
        (
            {"children": (Child(name=PersonName("Bé"), secret=FreeText("x")),)},
            {"document.cause", "document.images", "document.children.0.secret"},
        ),
    ],
)
def test_what_never_travels_is_bound_by_the_digest(values: dict[str, Any], paths: set[str]) -> None:
    value = record(**values)
    back = restored(value)
    assert back.digest == value.digest()
    assert {each for each in back.withheld if each.startswith("document")} == paths
    assert back.document is not None
    assert getattr(back.document, "cause") == WITHHELD  # noqa: B009 - the type is open here
    assert back.statement.purpose == WITHHELD


def test_the_statement_has_a_field_that_never_travels() -> None:
    value = replace(record(), statement=statement(purpose=FreeText("vay vốn")))
    back = restored(value)
    assert back.digest == value.digest()
    assert back.statement.purpose == WITHHELD
    assert "statement.purpose" in back.withheld


def test_relation_and_ground_travel_as_codes_and_need_no_digest() -> None:
    said = statement(requester_relation=RequesterRelation.SUBJECT, legal_ground=LegalGround.LAW)
    value = replace(record(), statement=said)
    body = payload.project(value, Carriage.FULL)
    assert (body[2][9], body[2][10]) == (0, 0)  # type: ignore[index, call-overload]
    back = restored(value)
    assert back.statement == said
    assert (back.digest, back.withheld) == (None, ())


def test_an_office_may_withhold_the_relation() -> None:
    value = replace(record(), statement=statement(requester_relation=WITHHELD))
    assert restored(value).statement.requester_relation == WITHHELD


def test_reference_carriage_brings_the_key_fields() -> None:
    value = record(**EVERYTHING)
    back = restored(value, Carriage.REFERENCE)
    assert back.document is None
    assert back.digest == value.digest()
    assert dict(back.carried) == {
        "name": PersonName("Lê Văn An"),
        "born": PartialDate.parse("1952"),
        "children": ({"name": PersonName("Lê Thị Bé")}, {"name": PersonName("Lê Văn Tí")}),
        "rooms": ({"number": 1}, {"number": 2}),
    }
    assert back.statement == value.statement.model_copy(update={"purpose": WITHHELD})


def test_reference_carriage_fills_in_defaults() -> None:
    back = restored(record(), Carriage.REFERENCE)
    assert back.carried["rooms"] == NOT_ON_FORM
    assert back.carried["children"] == ()


GOOD = payload.project(record(**EVERYTHING), Carriage.FULL)
KEYS = payload.project(record(**EVERYTHING), Carriage.REFERENCE)


def changed(body: dict[Any, Any], where: int, **changes: Any) -> dict[Any, Any]:
    """Return ``body`` with entries ``k1=…`` of the map at ``where`` changed (``None`` removes)."""
    inner = dict(body[where])
    for name, value in changes.items():
        inner.pop(int(name[1:]), None)
        if value is not None:
            inner[int(name[1:])] = value
    return body | {where: inner}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({k: v for k, v in GOOD.items() if k != 3}, Reason.MISSING_FIELD),
        (GOOD | {5: 1}, Reason.UNKNOWN_FIELD),
        (GOOD | {"x": 1}, Reason.UNKNOWN_FIELD),
        (GOOD | {0: 7}, Reason.UNKNOWN_FORMAT),
        (GOOD | {0: "Card"}, Reason.UNKNOWN_FORMAT),
        (GOOD | {0: "a.b/01"}, Reason.UNKNOWN_FORMAT),
        (GOOD | {0: "a." + "b" * 80 + "/1"}, Reason.UNKNOWN_FORMAT),
        (GOOD | {0: "vn.birth/9"}, Reason.UNEXPECTED_TYPE),
        (GOOD | {1: 2}, Reason.UNKNOWN_CARRIAGE),
        (GOOD | {1: -1}, Reason.UNKNOWN_CARRIAGE),
        (GOOD | {1: False}, Reason.UNKNOWN_CARRIAGE),
        (GOOD | {1: "full"}, Reason.UNKNOWN_CARRIAGE),
        (GOOD | {1: 1}, Reason.DIGEST_MISSING),
        (GOOD | {1: 1, 4: bytes(16)}, Reason.UNKNOWN_FIELD),
        (GOOD | {4: bytes(15)}, Reason.FIELD_VALUE),
        (GOOD | {4: "x" * 16}, Reason.FIELD_VALUE),
        (GOOD | {2: []}, Reason.FIELD_VALUE),
        (GOOD | {3: 5}, Reason.FIELD_VALUE),
        (changed(GOOD, 2, k5=1), Reason.UNKNOWN_FIELD),
        (changed(GOOD, 2, k11="vay vốn"), Reason.UNKNOWN_FIELD),
        (changed(GOOD, 2, k0=None), Reason.MISSING_FIELD),
        (changed(GOOD, 2, k0=99), Reason.FIELD_VALUE),
        (changed(GOOD, 2, k2=None), Reason.MISSING_FIELD),
        (changed(GOOD, 2, k2=["Sở Tư pháp", "H26.13"]), Reason.NOT_CANONICAL),
        (changed(GOOD, 2, k3=-2), Reason.NOT_CANONICAL),
        (changed(GOOD, 3, k99=1), Reason.UNKNOWN_FIELD),
        (changed(GOOD, 3, k13="bệnh"), Reason.UNKNOWN_FIELD),
        (changed(GOOD, 3, k1=None), Reason.MISSING_FIELD),
        (changed(KEYS, 3, k1=None), Reason.MISSING_FIELD),
        (changed(KEYS, 3, k4=[{}]), Reason.MISSING_FIELD),
        (changed(KEYS, 3, k4=[]), Reason.NOT_CANONICAL),
        (changed(KEYS, 3, k15=-2), Reason.NOT_CANONICAL),
        (changed(GOOD, 3, k1=5), Reason.FIELD_VALUE),
        (changed(GOOD, 3, k1="L3"), Reason.FIELD_VALUE),
        (changed(GOOD, 3, k1=-1), Reason.FIELD_VALUE),
        (changed(GOOD, 3, k3=-7), Reason.FIELD_VALUE),
        (changed(GOOD, 3, k3=[-3]), Reason.FIELD_VALUE),
        (changed(GOOD, 3, k3=[-3, ""]), Reason.FIELD_VALUE),
        (changed(GOOD, 3, k3=[-3, 5]), Reason.FIELD_VALUE),
        (changed(GOOD, 3, k3=[-3, "a", "b"]), Reason.FIELD_VALUE),
        (changed(GOOD, 3, k3="1952-07-19"), Reason.FIELD_VALUE),
        (changed(GOOD, 3, k3=[]), Reason.FIELD_VALUE),
        (changed(GOOD, 3, k4=5), Reason.FIELD_VALUE),
        (changed(GOOD, 3, k4=[5]), Reason.FIELD_VALUE),
        (changed(GOOD, 3, k4=[{}]), Reason.MISSING_FIELD),
        (changed(GOOD, 3, k4=[]), Reason.NOT_CANONICAL),
        (changed(GOOD, 3, k6="3"), Reason.FIELD_VALUE),
        (changed(GOOD, 3, k6=1), Reason.NOT_CANONICAL),
        (changed(GOOD, 3, k6=True), Reason.FIELD_VALUE),
        (changed(GOOD, 3, k7=1), Reason.FIELD_VALUE),
        (changed(GOOD, 3, k8="x"), Reason.FIELD_VALUE),
        (changed(GOOD, 3, k9="impossible"), Reason.RULE_BROKEN),
        (changed(GOOD, 3, k11={7: 7}), Reason.UNKNOWN_FIELD),
    ],
)
def test_refused(body: dict[Any, Any], reason: Reason) -> None:
    with pytest.raises(MalformedCopy) as caught:
        payload.restore(claims_for(body), TYPES)
    assert caught.value.reason is reason
    assert "Lê" not in str(caught.value)


@pytest.mark.parametrize("changed", [True, 13])
def test_a_careless_class_cannot_accept_a_second_form(changed: int) -> None:
    types = DocumentTypes(Careless)
    body = {0: "org.example.careless/1", 1: 0, 2: GOOD[2], 3: {1: 1}}
    assert payload.restore(claims_for(body), types).document is not None
    with pytest.raises(MalformedCopy) as caught:
        payload.restore(claims_for(body | {3: {1: changed}}), types)
    assert caught.value.reason is Reason.NOT_CANONICAL


@pytest.mark.parametrize(("issuer", "seconds"), [("", 0), ("h26", 0), ("H26.12", 2**60)])
def test_claims_that_no_statement_can_hold(issuer: str, seconds: int) -> None:
    claims = replace(claims_for(GOOD), issuer=issuer, issued_at=seconds)
    with pytest.raises(MalformedCopy) as caught:
        payload.restore(claims, TYPES)
    assert caught.value.reason is Reason.CLAIM_VALUE


def sign(_message: bytes) -> bytes:
    """Return something that has the form of a signature."""
    return (1).to_bytes(32, "big") + (2).to_bytes(32, "big")


def test_encode() -> None:
    status = StatusReference(index=3, uri="https://status.example.vn/1")
    made = encode.encode(record(), carriage="full", kid=KID, sign=sign, status=status)
    assert made.text.startswith("VNC1:")
    assert made.carriage is Carriage.FULL
    assert repr(made) == f"EncodedCopy({len(made.message)} bytes, full)"


def long_text(size: int) -> str:
    """Return a text that does not compress, the same every time."""
    from hashlib import sha256

    letters = "".join(sha256(bytes((n,))).hexdigest() for n in range(size // 64 + 1))
    return letters[:size]


def test_auto_takes_reference_when_full_does_not_fit() -> None:
    value = record(note=FreeText(long_text(1500)))
    made = encode.encode(value, carriage="auto", kid=KID, sign=sign)
    assert made.carriage is Carriage.REFERENCE
    assert encode.encode(record(), carriage="auto", kid=KID, sign=sign).carriage is Carriage.FULL
    assert (
        encode.encode(record(), carriage="reference", kid=KID, sign=sign).carriage
        is Carriage.REFERENCE
    )
    with pytest.raises(TooLongForQR) as caught:
        encode.encode(value, carriage="full", kid=KID, sign=sign)
    assert caught.value.limit == 602 < caught.value.size


def test_what_inflates_beyond_any_symbol_is_too_long_and_not_malformed() -> None:
    value = record(rooms=tuple(Room(number=7) for _ in range(1500)))
    with pytest.raises(TooLongForQR):
        encode.encode(value, carriage="full", kid=KID, sign=sign)


def test_even_the_key_fields_may_be_too_long() -> None:
    many = record(rooms=tuple(Room(number=n * 7919**3) for n in range(200)))
    with pytest.raises(TooLongForQR):
        encode.encode(many, carriage="auto", kid=KID, sign=sign)


def draft(**office: Any) -> CopyStatement:
    """Return a statement that cannot be signed yet."""
    return statement(authority=Organisation(name=FreeText("UBND"), **office))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"statement": statement().model_copy(update={"issued_at": None})}, "statement.issued_at"),
        ({"statement": draft()}, "statement.authority.agency_code"),
        ({"document": record(plain="a\u0000b").document}, "record"),
        ({"document": record(plain="e\u0302").document}, "record"),
        (
            {"document": record(born=Missing(state=FieldState.DASH, text="\u202e")).document},
            "record",
        ),
    ],
)
def test_the_issuer_is_told_before_anything_is_signed(changes: Any, field: str) -> None:
    def never(_message: bytes) -> bytes:
        raise AssertionError

    with pytest.raises(UsageError) as caught:
        encode.encode(replace(record(), **changes), carriage="full", kid=KID, sign=never)
    assert caught.value.problems[0].field == field


class Odd:
    """A class whose coding collides with that of a missing value."""

    def to_wire(self) -> int:
        return -1

    @classmethod
    def from_wire(cls, value: object) -> Odd:
        raise KeyError(value)


@pytest.mark.parametrize(
    "annotation", [float, dict[str, int], tuple[int, int], list[int], Literal["x"], Any]
)
def test_annotations_that_cannot_travel(annotation: Any) -> None:
    with pytest.raises(TypeError, match="cannot carry"):
        fields.coder_of(annotation)


def test_a_present_value_may_not_look_like_a_missing_one() -> None:
    coder = fields.coder_of(Stated[int])
    with pytest.raises(TypeError, match="missing one"):
        coder.encode(-1, fields.Scope(reference=False))
    with pytest.raises(TypeError, match="declared types"):
        coder.encode("x", fields.Scope(reference=False))
    assert coder.accepts(NOT_ON_FORM)
    assert coder.accepts(3)
    assert not coder.accepts("3")


def test_whatever_a_class_raises_becomes_a_reason() -> None:
    odd = fields.coder_of(Odd | int)
    assert odd.decode(4, fields.Scope(reference=False)) == 4
    assert odd.accepts(Odd())
    assert odd.encode(Odd(), fields.Scope(reference=False)) == -1
