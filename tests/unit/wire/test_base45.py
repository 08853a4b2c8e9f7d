"""Base45 against RFC 9285 and against everything it forbids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vncopy.errors import MalformedCopy, Reason
from vncopy.wire import base45


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"AB", "BB8"),
        (b"Hello!!", "%69 VD92EX0"),
        (b"base-45", "UJCLQE7W581"),
        (b"ietf!", "QED8WEX0"),
        (b"\xff\xff", "FGW"),
        (b"\x00", "00"),
    ],
)
def test_examples_of_the_rfc(data: bytes, text: str) -> None:
    assert base45.encode(data) == text
    assert base45.decode(text) == data


@pytest.mark.parametrize(
    "text",
    [
        "GGW",  # 65536: RFC 9285 §6
        ":::",
        "V5 ",
        "::",
        "A",
        "ABCD",
        "bb8",
        "BB8\n",
        "BBÉ",
        "BB\u0660",
        "B\x00B",
    ],
)
def test_refused(text: str) -> None:
    with pytest.raises(MalformedCopy) as caught:
        base45.decode(text)
    assert caught.value.reason is Reason.BASE45


def test_alphabet_is_the_alphanumeric_mode() -> None:
    assert len(set(base45.ALPHABET)) == 45


@given(st.binary(max_size=700))
def test_round_trip(data: bytes) -> None:
    assert base45.decode(base45.encode(data)) == data


@given(st.text(alphabet=base45.ALPHABET, max_size=12))
def test_one_text_for_every_value(text: str) -> None:
    try:
        data = base45.decode(text)
    except MalformedCopy:
        return
    assert base45.encode(data) == text
