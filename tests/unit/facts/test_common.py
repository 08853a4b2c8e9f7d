from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.qr_copies import look, text
from vncopy.errors import UsageError
from vncopy.facts.common import (
    MAX_FACTS_BYTES,
    NOT_RUN,
    PASSED,
    Facts,
    Step,
    facts_from_json,
    facts_to_json,
)
from vncopy.facts.qr import CandidateFacts, QRFacts
from vncopy.reasons import Reason

SAMPLE = QRFacts(
    text_sha256="00" * 32,
    framing=PASSED,
    kid=b"12345678",
    signed_sha256=bytes(32),
    signature=bytes(64),
    candidates=(
        CandidateFacts(
            fingerprint="ab",
            agency_code="H26.901",
            outcome=Step(reason=Reason.BAD_SIGNATURE, detail="x"),
        ),
    ),
    candidates_left_out=2,
    claimed_at=datetime(2026, 1, 1, 7, tzinfo=timezone(timedelta(hours=7))),
    status_index=4,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd(Facts):
    """Facts with the types that the facts of a symbol do not have."""

    flag: bool
    choice: Literal["a", "b"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strange(Facts):
    """Facts of a type that JSON has not."""

    value: Any


_Nested = tuple[Any, ...]
for _ in range(20):
    _Nested = tuple[_Nested, ...]  # type: ignore[misc]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deep(Facts):
    """Facts that nest as deeply as they like."""

    value: _Nested  # type: ignore[valid-type]


def test_facts_survive_the_round_trip() -> None:
    for facts in (SAMPLE, look(text()).facts, look("nonsense").facts):
        assert facts_from_json(facts.to_json(), QRFacts) == facts
    odd = Odd(flag=True, choice="b")
    assert facts_from_json(facts_to_json(odd), Odd) == odd


def test_facts_hold_no_value_of_the_document() -> None:
    stored = look(text()).facts.to_json().decode()
    content = look(text()).content
    assert content is not None
    document = content.restored.document
    assert document is not None
    for name in ("full_name", "birth_date"):
        assert str(getattr(document, name)) not in stored


def test_steps() -> None:
    assert PASSED.passed
    assert not NOT_RUN.passed
    assert not Step(reason=Reason.FRAMING).passed


def test_times_are_kept_as_instants() -> None:
    loaded = facts_from_json(SAMPLE.to_json(), QRFacts)
    assert loaded.claimed_at == SAMPLE.claimed_at
    assert loaded.claimed_at is not None
    assert loaded.claimed_at.tzinfo == UTC


def _changed(**changes: Any) -> bytes:
    frame = json.loads(SAMPLE.to_json())
    for path, value in changes.items():
        target = frame
        *steps, last = path.split("__")
        for step in steps:
            target = target[int(step) if step.isdigit() else step]
        if value is ...:
            del target[last]
        else:
            target[int(last) if last.isdigit() else last] = value
    return json.dumps(frame, ensure_ascii=False, sort_keys=True, indent=1).encode()


def test_the_unchanged_frame_is_accepted() -> None:
    assert facts_from_json(_changed(), QRFacts) == SAMPLE


@pytest.mark.parametrize(
    "changes",
    [
        {"schema_version": 2},
        {"carrier": "PDFFacts"},
        {"facts": []},
        {"facts": None},
        {"facts__kid": 5},
        {"facts__kid": "zz"},
        {"facts__kid": "AB"},
        {"facts__framing": "passed"},
        {"facts__framing__ran": 1},
        {"facts__framing__reason": "made up"},
        {"facts__framing__more": 1},
        {"facts__candidates": {}},
        {"facts__candidates__0": 1},
        {"facts__candidates_left_out": "2"},
        {"facts__candidates_left_out": True},
        {"facts__claimed_at": "yesterday"},
        {"facts__claimed_at": "2026-01-01T07:00:00+07:00"},
        {"facts__claimed_at": 5},
        {"facts__text_sha256": ...},
        {"facts__unknown": 1},
        {"unknown": 1},
    ],
)
def test_anything_else_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as caught:
        facts_from_json(_changed(**changes), QRFacts)
    assert [each.rule for each in caught.value.problems] == ["facts.malformed"]


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"null", b"\xff", b"{}", b"[" * 100000, b'{"a":', b" " * (MAX_FACTS_BYTES + 1)],
)
def test_what_is_no_facts_at_all(data: bytes) -> None:
    with pytest.raises(UsageError):
        facts_from_json(data, QRFacts)


def test_the_same_facts_in_another_layout_are_refused() -> None:
    compact = json.dumps(json.loads(SAMPLE.to_json())).encode()
    with pytest.raises(UsageError, match="form in which facts are written"):
        facts_from_json(compact, QRFacts)


def test_an_unlisted_choice_is_refused() -> None:
    stored = facts_to_json(Odd(flag=True, choice="a")).replace(b'"a"', b'"c"')
    with pytest.raises(UsageError):
        facts_from_json(stored, Odd)


def test_values_that_json_has_not_are_a_mistake_of_the_library() -> None:
    with pytest.raises(TypeError, match="complex"):
        facts_to_json(Strange(value=1j))
    with pytest.raises(UsageError):
        facts_from_json(facts_to_json(Strange(value="x")), Strange)


def test_facts_nested_too_deeply_are_refused() -> None:
    nested: Any = "x"
    for _ in range(20):
        nested = [nested]
    frame = {"schema_version": 1, "carrier": "Deep", "facts": {"value": nested}}
    data = json.dumps(frame, sort_keys=True, indent=1).encode()
    with pytest.raises(UsageError):
        facts_from_json(data, Deep)


def test_a_time_that_no_calendar_holds_is_refused() -> None:
    changed = _changed(facts__claimed_at="0001-01-01T00:00:00+23:59")
    with pytest.raises(UsageError):
        facts_from_json(changed, QRFacts)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_mutation_raises_anything_but_usage_errors(data: st.DataObject) -> None:
    raw = bytearray(SAMPLE.to_json())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=5))
    with suppress(UsageError):
        facts_from_json(bytes(raw), QRFacts)
