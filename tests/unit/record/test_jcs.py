"""Canonical JSON: one value, one byte string (RFC 8785 without floats)."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vncopy.errors import UsageError
from vncopy.formats.jcs import (
    MAX_DEPTH,
    MAX_INTEGER,
    canonical_json,
    parse_canonical_json,
    parse_json,
)

LIMIT = 100_000

# no lone surrogates: they are no characters and are refused
characters = st.characters(blacklist_categories=("Cs",))
texts = st.text(alphabet=characters, max_size=12)
integers = st.integers(min_value=-MAX_INTEGER, max_value=MAX_INTEGER)
values = st.recursive(
    st.none() | st.booleans() | integers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def rule_of(error: pytest.ExceptionInfo[UsageError]) -> str:
    return error.value.problems[0].rule


def test_the_sorting_example_of_the_rfc() -> None:
    # RFC 8785 §3.2.3: keys sort by UTF-16 code units, so the emoji comes before U+FB33
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    found = json.loads(canonical_json(dict.fromkeys(keys, 0)))
    assert list(found) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_escapes_are_the_shortest_ones() -> None:
    text = '\b\t\n\f\r"\\\x00\x1f\x7f/é€'
    assert canonical_json(text) == rb'"\b\t\n\f\r\"\\\u0000\u001f' + '\x7f/é€"'.encode()


@given(values)
def test_reading_gives_the_value_back(value: object) -> None:
    data = canonical_json(value)  # type: ignore[arg-type]
    assert parse_canonical_json(data, max_bytes=LIMIT) == value


@given(values)
def test_other_writings_of_the_same_value_are_refused(value: object) -> None:
    canonical = canonical_json(value)  # type: ignore[arg-type]
    other = json.dumps(value, indent=1, ensure_ascii=True).encode()
    assert canonical_json(parse_json(other, max_bytes=LIMIT)) == canonical
    if other != canonical:
        with pytest.raises(UsageError) as error:
            parse_canonical_json(other, max_bytes=LIMIT)
        assert rule_of(error) == "json.canonical"


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (1.0, "json.type"),
        (MAX_INTEGER + 1, "json.integer"),
        ({1: "a"}, "json.type"),
        ("\ud800", "json.surrogate"),
        ({"\udfff": 1}, "json.surrogate"),
        (b"bytes", "json.type"),
        ((1, 2), "json.type"),
    ],
)
def test_what_json_cannot_hold_is_refused(value: object, rule: str) -> None:
    with pytest.raises(UsageError) as error:
        canonical_json(value)  # type: ignore[arg-type]
    assert rule_of(error) == rule


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"{", "json.syntax"),
        (b"", "json.empty"),
        (b'{"a":1,"a":1}', "json.duplicate"),
        (b"1.5", "json.float"),
        (b"1e3", "json.float"),
        (b"NaN", "json.float"),
        (b"-Infinity", "json.float"),
        (b"9007199254740992", "json.integer"),
        (b"9" * 5000, "json.integer"),
        (b"-0", "json.integer"),
        (b"\xff", "json.utf8"),
        (b"\xef\xbb\xbf{}", "json.bom"),
        (b"[" * 100 + b"]" * 100, "json.depth"),
        (b"[" * 40_000, "json.depth"),
        (b'"' + b"a" * LIMIT + b'"', "json.size"),
        (b'"\\ud800"', "json.surrogate"),
    ],
)
def test_bad_input_is_named(data: bytes, rule: str) -> None:
    with pytest.raises(UsageError) as error:
        parse_canonical_json(data, max_bytes=LIMIT)
    assert rule_of(error) == rule


def test_nesting_up_to_the_limit_is_read() -> None:
    data = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH
    assert parse_canonical_json(data, max_bytes=LIMIT)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        value = parse_canonical_json(data, max_bytes=LIMIT)
    except UsageError:
        return
    assert canonical_json(value) == data
