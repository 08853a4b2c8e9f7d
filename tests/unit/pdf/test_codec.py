"""Values travel between processes as they are, and nothing else is taken for one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.pdf_copies import issued
from vncopy.facts.common import Step
from vncopy.pdf.codec import MOST_BYTES, FrameError, decode, encode, read_frame
from vncopy.pdf.engine import read_pdf
from vncopy.pdf.jobs import Answer, Job
from vncopy.pdf.limits import DEFAULT_LIMITS
from vncopy.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """One field of every kind that travels."""

    raw: bytes | None
    text: str
    number: int
    share: float
    yes: bool
    time: datetime | None
    step: Step
    boxes: tuple[tuple[float, float], ...]
    word: Literal["a", "b"] = "a"


def frame(data: bytes) -> tuple[bytes, bytes]:
    rest = memoryview(data)

    def read(size: int) -> bytes:
        nonlocal rest
        piece, rest = bytes(rest[:size]), rest[size:]
        return piece

    return read_frame(read)


def back(kind: Any, value: object) -> Any:
    return decode(kind, *frame(encode(value)))


@given(
    st.builds(
        Everything,
        raw=st.none() | st.binary(),
        text=st.text(st.characters(codec="utf-8")),
        number=st.integers(-(2**80), 2**80),
        share=st.floats(allow_nan=False, allow_infinity=False),
        yes=st.booleans(),
        time=st.none() | st.datetimes(timezones=st.just(timezone(timedelta(hours=7)))),
        step=st.builds(Step, reason=st.none() | st.sampled_from(Reason), detail=st.text()),
        boxes=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1))).map(tuple),
        word=st.sampled_from(["a", "b"]),
    )
)
def test_values_come_back_as_they_were(value: Everything) -> None:
    assert back(Everything, value) == value


def test_half_a_character_is_refused() -> None:
    """It could be written into no report."""
    with pytest.raises(FrameError):
        back(Step, Step(detail="\ud800"))


def test_a_whole_reading_travels() -> None:
    answer = Answer(pdf=read_pdf(issued().pdf))
    assert back(Answer, answer) == answer


@pytest.mark.parametrize("value", [{"a": 1}, object(), [1], {1}, 1j])
def test_nothing_else_travels(value: object) -> None:
    with pytest.raises(TypeError, match="travels"):
        encode(value)


GOOD: dict[str, Any] = {
    "raw": 0, "text": "t", "number": 1, "share": 0.5, "yes": True,
    "time": datetime(2026, 1, 1, tzinfo=UTC).isoformat(),
    "step": {"ran": True, "reason": None, "detail": ""}, "boxes": [[1.0, 2.0]], "word": "a",
}  # fmt: skip


def test_the_plain_form_is_as_the_next_tests_believe() -> None:
    value = decode(Everything, json.dumps([GOOD, [3]]).encode(), b"abc")
    assert (value.raw, value.boxes) == (b"abc", ((1.0, 2.0),))


@pytest.mark.parametrize(
    "changes",
    [
        {"raw": 1},
        {"raw": -1},
        {"raw": True},
        {"raw": "abc"},
        {"text": 1},
        {"text": None},
        {"number": 1.0},
        {"number": True},
        {"share": 1},
        {"share": float("inf")},
        {"share": float("nan")},
        {"yes": 1},
        {"time": "yesterday"},
        {"time": 5},
        {"step": None},
        {"step": {"ran": True}},
        {"step": {"ran": True, "reason": "no such reason", "detail": ""}},
        {"step": {"ran": True, "reason": None, "detail": "", "more": 1}},
        {"boxes": [[1.0]]},
        {"boxes": {"a": 1}},
        {"word": "c"},
        {"word": ["a"]},
        {"another": 1},
    ],
    ids=str,
)
def test_what_is_of_another_type_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(FrameError):
        decode(Everything, json.dumps([GOOD | changes, [3]]).encode(), b"abc")


@pytest.mark.parametrize(
    ("sizes", "body"),
    [([4], b"abc"), ([2], b"abc"), ([-1, 4], b"abc"), (["3"], b"abc"), (3, b"abc"), ([True], b"a")],
    ids=str,
)
def test_sizes_that_are_not_those_of_the_bytes(sizes: object, body: bytes) -> None:
    with pytest.raises(FrameError):
        decode(Everything, json.dumps([GOOD, sizes]).encode(), body)


@pytest.mark.parametrize(
    "text",
    [b"", b"[", b"{}", b"[1]", b"\xff", b"[" * 100_000, b"[" + b"9" * 5_000 + b",[]]"],
    ids=["nothing", "half", "object", "one", "no text", "deep", "long number"],
)
def test_what_is_no_frame(text: bytes) -> None:
    with pytest.raises(FrameError):
        decode(Step, text, b"")


def test_more_nesting_than_any_value_has() -> None:
    kind: Any = int
    value: object = 1
    for _ in range(20):
        kind, value = tuple[kind, ...], [value]
    with pytest.raises(FrameError):
        decode(kind, json.dumps([value, []]).encode(), b"")


def test_a_field_that_is_of_no_type() -> None:
    with pytest.raises(FrameError):
        decode(Any, b"[1,[]]", b"")


def test_a_stream_that_ends_or_begins_otherwise() -> None:
    whole = encode(Step())
    for cut in (0, 5, 12, len(whole) - 1):
        with pytest.raises(FrameError):
            frame(whole[:cut])
    with pytest.raises(FrameError):
        frame(b"VNCW" + whole[4:])
    with pytest.raises(FrameError):
        frame(whole[:4] + (MOST_BYTES + 1).to_bytes(4) + whole[8:])


def test_the_list_of_jobs_is_closed() -> None:
    text, body = frame(encode(Job(name="read_pdf", data=b"x", limits=DEFAULT_LIMITS)))
    assert decode(Job, text, body).name == "read_pdf"
    with pytest.raises(FrameError):
        decode(Job, text.replace(b"read_pdf", b"run_code"), body)


def test_an_answer_of_very_many_values_is_not_looked_at() -> None:
    """Well formed or not, taking it apart would keep the caller busy for seconds."""
    answer = encode(Answer(pdf=read_pdf(b"no PDF")))
    text, body = frame(answer)
    plain, sizes = json.loads(text)
    plain["pdf"]["symbols"] = [""] * 300_000
    with pytest.raises(FrameError, match="values"):
        decode(Answer, json.dumps([plain, sizes], separators=(",", ":")).encode(), body)
