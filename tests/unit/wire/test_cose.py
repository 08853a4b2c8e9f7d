"""The frame: one message for one triple of kid, payload and signature."""

from __future__ import annotations

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from hypothesis import given
from hypothesis import strategies as st

from vncopy.errors import MalformedCopy, Reason
from vncopy.wire import cose

KID = bytes(range(8))
SIGNATURE = (1).to_bytes(32, "big") + (2).to_bytes(32, "big")
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def refused(message: bytes) -> Reason:
    """Return why ``message`` is refused."""
    with pytest.raises(MalformedCopy) as caught:
        cose.parse_frame(message)
    return caught.value.reason


@pytest.mark.parametrize("size", [0, 1, 23, 24, 255, 256, 500])
def test_a_general_cbor_reader_sees_a_cose_sign1(size: int) -> None:
    message = cose.frame(KID, b"x" * size, SIGNATURE)
    tag = cbor2.loads(message)
    assert tag.tag == 18
    protected, unprotected, payload, signature = tag.value
    assert cbor2.loads(protected) == {1: -7, 4: KID, 16: "vnc1"}
    assert (unprotected, payload, signature) == ({}, b"x" * size, SIGNATURE)
    parsed = cose.parse_message(cose.to_text(message))
    assert (parsed.kid, parsed.payload, parsed.signature) == (KID, payload, SIGNATURE)
    assert cbor2.loads(parsed.to_be_signed) == ["Signature1", protected, b"", payload]


def test_no_payload_in_repr() -> None:
    assert repr(cose.parse_frame(GOOD)) == "CoseSign1(0001020304050607)"


def test_the_budget_is_a_version_19_symbol() -> None:
    head = len(cose.frame(KID, b"x" * 300, SIGNATURE)) - 300
    message = cose.frame(KID, b"x" * (cose.MAX_MESSAGE_SIZE - head), SIGNATURE)
    assert len(message) == 602
    assert len(cose.to_text(message)) == cose.MAX_TEXT_LENGTH == 908
    assert cose.parse_frame(message).kid == KID
    longer = cose.frame(KID, b"x" * (cose.MAX_MESSAGE_SIZE - head + 1), SIGNATURE)
    assert refused(longer) is Reason.TEXT_TOO_LONG


GOOD = cose.frame(KID, b"payload", SIGNATURE)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("d284", "84", Reason.FRAMING),
        ("d284", "d184", Reason.FRAMING),
        ("d28453", "d2845813", Reason.FRAMING),
        ("d28453", "d2847313", Reason.FRAMING),
        ("a04770", "a10000" + "4770", Reason.FRAMING),
        ("a04770", "a0580770", Reason.FRAMING),
        ("a04770", "a059000770", Reason.FRAMING),
        ("a04770", "a05f4770", Reason.FRAMING),
        ("a04770", "f64770", Reason.FRAMING),
        ("5840", "590040", Reason.FRAMING),
        ("5840", "583f", Reason.FRAMING),
        ("a30126", "a30128", Reason.UNKNOWN_ALG),
        ("a30126", "a33822", Reason.HEADER),
        ("766e6331", "766e6332", Reason.HEADER),
        ("53a30126", "55a301260102", Reason.HEADER),
        ("53a3012604480001", "52a30126044701", Reason.HEADER),
    ],
)
def test_any_other_frame_is_refused(old: str, new: str, reason: Reason) -> None:
    assert GOOD.hex().count(old) >= 1
    assert refused(bytes.fromhex(GOOD.hex().replace(old, new, 1))) is reason


@pytest.mark.parametrize("size", range(len(GOOD)))
def test_cut_off(size: int) -> None:
    assert refused(GOOD[:size]) is Reason.FRAMING


def test_nothing_may_follow() -> None:
    assert refused(GOOD + b"\x00") is Reason.FRAMING


@pytest.mark.parametrize(
    ("r", "s", "reason"),
    [
        (0, 1, Reason.SIGNATURE_RANGE),
        (1, 0, Reason.SIGNATURE_RANGE),
        (ORDER, 1, Reason.SIGNATURE_RANGE),
        (1, ORDER, Reason.SIGNATURE_RANGE),
        (1, ORDER - 1, Reason.HIGH_S),
        (1, ORDER // 2 + 1, Reason.HIGH_S),
    ],
)
def test_range_and_half(r: int, s: int, reason: Reason) -> None:
    signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    assert refused(cose.frame(KID, b"payload", signature)) is reason


def test_the_largest_low_s() -> None:
    signature = (ORDER - 1).to_bytes(32, "big") + (ORDER // 2).to_bytes(32, "big")
    assert cose.parse_frame(cose.frame(KID, b"", signature)).signature == signature
    assert cose.normalise_low_s(signature) == signature


def test_the_low_form_of_a_signature_verifies() -> None:
    key = ec.derive_private_key(7, ec.SECP256R1())
    seen = set()
    for n in range(8):
        message = bytes((n,))
        r, s = decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
        seen.add(s > ORDER // 2)
        raw = cose.normalise_low_s(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
        assert cose.is_low_s(raw)
        half = int.from_bytes(raw[32:], "big")
        key.public_key().verify(encode_dss_signature(r, half), message, ec.ECDSA(hashes.SHA256()))


@pytest.mark.parametrize("signature", [b"", b"\x01" * 63, b"\x01" * 65, b"\x00" * 64, b"\xff" * 64])
def test_no_signature_at_all(signature: bytes) -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        cose.normalise_low_s(signature)


@pytest.mark.parametrize(
    ("kid", "payload", "signature"),
    [(b"", b"", SIGNATURE), (KID, b"", b""), (KID, b"x" * 65536, SIGNATURE)],
)
def test_parts_that_cannot_be_framed(kid: bytes, payload: bytes, signature: bytes) -> None:
    with pytest.raises(ValueError, match="size"):
        cose.frame(kid, payload, signature)


def test_text_without_prefix_or_too_long() -> None:
    for text, reason in [
        ("", Reason.NOT_VNC1),
        ("vnc1:00", Reason.NOT_VNC1),
        ("HC1:00", Reason.NOT_VNC1),
        (" VNC1:00", Reason.NOT_VNC1),
        ("VNC1:" + "0" * 904, Reason.TEXT_TOO_LONG),
        ("VNC1:" + "é", Reason.BASE45),
        ("VNC1:", Reason.FRAMING),
    ]:
        with pytest.raises(MalformedCopy) as caught:
            cose.parse_message(text)
        assert caught.value.reason is reason, text


@given(st.binary(max_size=130) | st.binary(max_size=60).map(lambda tail: GOOD[:40] + tail))
def test_whatever_is_accepted_is_framed_the_one_way(message: bytes) -> None:
    try:
        parsed = cose.parse_frame(message)
    except MalformedCopy:
        return
    assert cose.frame(parsed.kid, parsed.payload, parsed.signature) == message
