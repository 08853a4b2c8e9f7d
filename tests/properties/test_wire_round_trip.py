"""Any record that can be built comes back from the symbol word for word."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.synthetic import TYPES, Synthetic
from vncopy.errors import UsageError
from vncopy.formats.base import STATE_CODES, Document, DocumentTypes, Missing, Travel, items
from vncopy.wire import claims as cwt
from vncopy.wire import encode, payload
from vncopy.wire.fields import coder_of, may_miss
from vncopy.wire.payload import Carriage

ALL = DocumentTypes(*TYPES.values())
NAMES = st.sampled_from(sorted(TYPES))
MISSING = st.builds(
    Missing,
    state=st.sampled_from(sorted(STATE_CODES)),
    text=st.none() | st.sampled_from(["-/-", "Không rõ", "không xác định"]),
)


def with_gaps(document: Document, gaps: dict[str, Missing]) -> Document | None:
    """Return ``document`` with some values missing, or ``None`` where its rules refuse that."""
    values = {each.name: getattr(document, each.name) for each in items(type(document))}
    try:
        return type(document).model_validate(values | gaps)
    except (UsageError, ValueError):
        return None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NAMES, st.integers(0, 2**32), st.booleans(), st.data())
def test_full_and_reference(name: str, seed: int, long: bool, data: st.DataObject) -> None:
    record: Any = Synthetic(seed, long=long).record(name)
    optional = [
        each.name
        for each in items(TYPES[name])
        if may_miss(each) and each.travel is not Travel.NEVER
    ]
    gaps = data.draw(st.dictionaries(st.sampled_from(optional), MISSING, max_size=4))
    document = with_gaps(record.document, gaps)
    if document is None:
        return
    record = type(record)(
        document=document, statement=record.statement, copy_id=record.copy_id, salt=record.salt
    )
    for carriage in Carriage:
        claims = encode.claims_of(record, carriage)
        back = payload.restore(cwt.unpack(cwt.pack(claims)), ALL)
        # nothing in a synthetic record never travels
        expected = record.digest() if carriage is Carriage.REFERENCE else None
        assert back.digest == expected
        assert back.carriage is carriage
        if carriage is Carriage.REFERENCE:
            keys = {each.name for each in items(TYPES[name]) if each.travel is Travel.REFERENCE}
            assert set(back.carried) == keys
            continue
        for each in items(TYPES[name]):
            if each.travel is not Travel.NEVER:
                assert getattr(back.document, each.name) == getattr(document, each.name), each.name


def test_every_declared_field_of_every_type_can_travel() -> None:
    for kind in ALL:
        for each in items(kind):
            if each.travel is not Travel.NEVER:
                assert coder_of(each.annotation)
