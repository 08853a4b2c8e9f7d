"""Deterministic CBOR: one encoding for every value, nothing else accepted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vncopy.errors import MalformedCopy, Reason
from vncopy.wire import cbor


def nested(depth: int) -> list[object]:
    """Return ``depth`` arrays inside each other."""
    value: list[object] = []
    for _ in range(depth - 1):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (0, "00"),
        (23, "17"),
        (24, "1818"),
        (1000000, "1a000f4240"),
        (2**64 - 1, "1bffffffffffffffff"),
        (-1, "20"),
        (-(2**64), "3bffffffffffffffff"),
        (b"\x01", "4101"),
        ("ữ", "63e1bbaf"),
        ([1, [2]], "82018102"),
        (True, "f5"),
        # RFC 8949 §4.2.1's own order: 10, 100, -1, "z", "aa" (a length-first order differs).
        ({"aa": 1, "z": 2, -1: 3, 100: 4, 10: 5}, "a50a051864042003617a0262616101"),
    ],
)
def test_known_encodings(value: object, code: str) -> None:
    assert cbor.encode(value).hex() == code
    assert cbor.decode(bytes.fromhex(code)) == value


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", Reason.CBOR_MALFORMED),
        ("18", Reason.CBOR_MALFORMED),
        ("1c", Reason.CBOR_MALFORMED),
        ("61ff", Reason.CBOR_MALFORMED),
        ("8201", Reason.CBOR_MALFORMED),
        ("ff", Reason.CBOR_MALFORMED),
        ("1801", Reason.CBOR_NOT_DETERMINISTIC),
        ("a202000100", Reason.CBOR_NOT_DETERMINISTIC),
        ("a201000101", Reason.CBOR_NOT_DETERMINISTIC),
        ("9f01ff", Reason.CBOR_NOT_DETERMINISTIC),
        ("5f4101ff", Reason.CBOR_NOT_DETERMINISTIC),
        ("0000", Reason.TRAILING_DATA),
        ("f6", Reason.CBOR_TYPE),
        ("f7", Reason.CBOR_TYPE),
        ("e0", Reason.CBOR_TYPE),
        ("f93c00", Reason.CBOR_TYPE),
        ("a1410100", Reason.CBOR_TYPE),
        ("a1f500", Reason.CBOR_TYPE),
        ("c249010000000000000000", Reason.CBOR_TYPE),
        ("d81c80", Reason.CBOR_TYPE),
        ("d8238161", Reason.CBOR_MALFORMED),
        ("d9ea6000", Reason.CBOR_TYPE),
        ("c000", Reason.CBOR_TYPE),
        ("81" * 10 + "00", Reason.TOO_DEEP),
        ("81" * 3000 + "00", Reason.TOO_DEEP),
    ],
)
def test_refused(code: str, reason: Reason) -> None:
    with pytest.raises(MalformedCopy) as caught:
        cbor.decode(bytes.fromhex(code))
    assert caught.value.reason is reason


@pytest.mark.parametrize("tag", sorted(cbor._BUILT_IN_TAGS))
@pytest.mark.parametrize("content", ["00", "60", "40", "80", "a0", "820000", "6128"])
def test_no_tag_is_ever_built(tag: int, content: str) -> None:
    head = bytes((0xC0 + tag,)) if tag < 24 else b"\xd9" + tag.to_bytes(2, "big")
    with pytest.raises(MalformedCopy):
        cbor.decode(head + bytes.fromhex(content))


@pytest.mark.parametrize(
    "value", [1.5, None, (1,), {b"x": 1}, {True: 1}, {(1,): 2}, 2**64, -(2**64) - 1, nested(10)]
)
def test_the_issuing_side_cannot_send_what_nobody_accepts(value: object) -> None:
    with pytest.raises(TypeError):
        cbor.encode(value)


def test_deepest_nesting() -> None:
    assert cbor.decode(cbor.encode(nested(9))) == nested(9)


values = st.recursive(
    st.integers(-(2**64), 2**64 - 1) | st.booleans() | st.binary(max_size=9) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.integers(-1000, 1000) | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(values)
def test_round_trip(value: object) -> None:
    try:
        data = cbor.encode(value)
    except TypeError:
        return  # nested too deeply
    assert cbor.decode(data) == value


@given(st.binary(max_size=40))
def test_whatever_is_accepted_is_its_own_encoding(data: bytes) -> None:
    try:
        value = cbor.decode(data)
    except MalformedCopy:
        return
    assert cbor.encode(value) == data
