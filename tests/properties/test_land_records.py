"""Random land certificates survive JSON and the QR's payload word for word."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.land_records import LAND, changed, statement
from vncopy.errors import MalformedCopy
from vncopy.formats.base import DocumentTypes, FieldState, Missing
from vncopy.formats.land import LandCertificate
from vncopy.formats.land_values import AssetKind, ChangeKind
from vncopy.formats.parsing import parse_document
from vncopy.formats.record import CopyRecord, copy_id_of, parse_record
from vncopy.formats.rules import findings
from vncopy.wire import claims as cwt
from vncopy.wire import payload
from vncopy.wire.encode import claims_of

TYPES = DocumentTypes(LandCertificate)

words = st.sampled_from(
    [
        "Nguyễn",
        "Thị",
        "H'Hen",
        "Y-Thịnh",
        "Đắk",
        "Lắk",
        "thửa",
        "số",
        "12/5",
        "(cũ)",
        "38,2",
        "m²",
        "xã;",
        "phường:",
        "Quảng",
        "Oai",
    ]
)
texts = st.lists(words, min_size=1, max_size=8).map(" ".join)
names = st.sampled_from(["Nguyễn Văn An", "Y Thịnh Niê", "Jean-Luc D'Aubigné", "Ơn"])
days = st.dates().map(str) | st.integers(1900, 2026).map(str) | st.just("1998-07")
dates = days.filter(lambda day: "1800" <= day[:4] <= "2026")
areas = (
    st.integers(1, 10**7)
    .map(lambda tenth: f"{tenth // 10},{tenth % 10}")
    .filter(lambda area: area.strip("0,") != "")
)
missing = st.sampled_from(list(FieldState)).map(lambda state: {"state": state.value}) | st.just(
    {"state": "dash", "text": "-/-"}
)


def stated(value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return value | missing


persons = st.fixed_dictionaries(
    {"full_name": names},
    optional={
        "honorific": st.sampled_from(["ong", "ba"]),
        "birth_date": stated(dates),
        "personal_id": stated(st.integers(0, 10**12 - 1).map(lambda n: f"{n:012}")),
        "nationality": stated(st.sampled_from(["Việt Nam", "Pháp", "Hoa Kỳ (Mỹ)"])),
        "address": stated(texts),
    },
)
holders = st.fixed_dictionaries(
    {"kind": st.just("person"), "persons": st.lists(persons, min_size=1, max_size=3)},
    optional={"printed": stated(texts), "represents_spouse": st.booleans()},
)
parcels = st.fixed_dictionaries(
    {
        "parcel_no": texts,
        "map_sheet_no": stated(texts),
        "area_m2": areas,
        "land_uses": st.lists(
            st.fixed_dictionaries(
                {"type_text": texts},
                optional={"type_code": st.sampled_from(["ODT", "ONT+CLN"]), "area_m2": areas},
            ),
            min_size=1,
            max_size=3,
        ),
        "term": stated(st.sampled_from(["Lâu dài", "Đến ngày 15/10/2043", "50 năm"])),
        "use_form": stated(
            st.fixed_dictionaries({"private_m2": stated(areas), "shared_m2": stated(areas)})
        ),
        "address": texts,
    },
    optional={"origin": stated(texts)},
)
assets = st.fixed_dictionaries(
    {"kind": st.sampled_from([kind.value for kind in AssetKind]), "name": texts},
    optional={"floor_area_m2": stated(areas), "ownership_term": stated(texts)},
)
changes = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([kind.value for kind in ChangeKind]),
        "date": stated(dates),
        "content": texts,
        "confirming_authority": stated(texts),
    },
    optional={"qr_payload": stated(texts)},
)
certificates = st.fixed_dictionaries(
    {
        "holders": st.lists(holders, min_size=1, max_size=3),
        "parcels": st.lists(parcels, min_size=1, max_size=2),
        "assets": st.lists(assets, min_size=1, max_size=2) | missing,
        "changes": st.lists(changes, max_size=3),
    },
    optional={
        "notes": stated(texts),
        "qr_payloads": st.lists(texts, max_size=2) | missing,
        "encumbrances": st.lists(texts, max_size=2),
        "status": stated(st.just("valid")),
    },
).map(lambda fields: parse_document(LandCertificate, {**changed(LAND), **fields}))

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def record_of(land: LandCertificate) -> CopyRecord[LandCertificate]:
    return CopyRecord(
        document=land, statement=statement(), copy_id=copy_id_of(bytes(10)), salt=bytes(16)
    )


@QUICK
@given(certificates)
def test_json_keeps_every_certificate(land: LandCertificate) -> None:
    record = record_of(land)
    assert parse_record(record.to_json(), TYPES) == record
    assert {each.level for each in findings(land)} <= {"warning"}


@QUICK
@given(certificates)
def test_the_symbol_keeps_every_certificate_but_what_never_travels(land: LandCertificate) -> None:
    claims = claims_of(record_of(land), payload.Carriage.FULL)
    try:
        read = cwt.unpack(cwt.pack(claims))
    except MalformedCopy:  # larger than a symbol's content may be
        return
    document = payload.restore(read, TYPES).document
    assert isinstance(document, LandCertificate)
    withheld = Missing(state=FieldState.WITHHELD)
    assert document.diagrams in (withheld, land.diagrams)
    plain = land.model_copy(
        update={
            "diagrams": document.diagrams,
            "qr_payloads": document.qr_payloads,
            "changes": tuple(
                kept.model_copy(update={"qr_payload": carried.qr_payload})
                for kept, carried in zip(land.changes, document.changes, strict=True)
            ),
        }
    )
    assert document == plain


@QUICK
@given(certificates)
def test_a_reference_symbol_counts_the_changes_that_it_leaves_behind(land: LandCertificate) -> None:
    claims = claims_of(record_of(land), payload.Carriage.REFERENCE)
    restored = payload.restore(cwt.unpack(cwt.pack(claims)), TYPES)
    assert restored.document is None
    assert restored.digest == record_of(land).digest()
    assert restored.carried is not None
    assert restored.carried.get("change_count", 0) == len(land.changes)
