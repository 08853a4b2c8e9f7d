"""Claims: known ones only, inside their ranges, in one encoding; inflating with a cap."""

from __future__ import annotations

import zlib
from dataclasses import replace

import pytest

from vncopy.errors import MalformedCopy, Reason
from vncopy.wire import cbor, claims, deflate
from vncopy.wire.claims import Claims, StatusReference
from vncopy.wire.dictionary import DICTIONARY

GOOD = Claims(issuer="H26.12", issued_at=1795231295, cti=b"0123456789", body={0: "vn.birth/1"})
STATUS = StatusReference(index=77, uri="https://status.example.vn/1")


def squeeze(data: bytes) -> bytes:
    """Compress in the plain way, without any check."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=DICTIONARY)
    return packer.compress(data) + packer.flush()


def why(payload: bytes) -> Reason:
    """Return why ``payload`` is refused."""
    with pytest.raises(MalformedCopy) as caught:
        claims.unpack(payload)
    return caught.value.reason


@pytest.mark.parametrize("value", [GOOD, replace(GOOD, status=STATUS)])
def test_round_trip(value: Claims) -> None:
    assert claims.unpack(claims.pack(value)) == value


def test_nothing_personal_in_repr() -> None:
    assert repr(GOOD) == "Claims(…)"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ([], Reason.CBOR_TYPE),
        ({2: "x"}, Reason.UNKNOWN_CLAIM),
        ({"iss": "x"}, Reason.UNKNOWN_CLAIM),
        ({1: None}, Reason.MISSING_CLAIM),
        ({6: None}, Reason.MISSING_CLAIM),
        ({7: None}, Reason.MISSING_CLAIM),
        ({-70001: None}, Reason.MISSING_CLAIM),
        ({1: 5}, Reason.CLAIM_VALUE),
        ({1: ""}, Reason.CLAIM_VALUE),
        ({1: "H" * 36}, Reason.CLAIM_VALUE),
        ({6: -1}, Reason.CLAIM_VALUE),
        ({6: True}, Reason.CLAIM_VALUE),
        ({6: 253402300800}, Reason.CLAIM_VALUE),
        ({6: "1"}, Reason.CLAIM_VALUE),
        ({7: b"short"}, Reason.CLAIM_VALUE),
        ({7: "0123456789"}, Reason.CLAIM_VALUE),
        ({-70001: []}, Reason.CLAIM_VALUE),
        ({65535: {}}, Reason.CLAIM_VALUE),
        ({65535: 1}, Reason.CLAIM_VALUE),
        ({65535: {"status_list": 1}}, Reason.CLAIM_VALUE),
        ({65535: {"status_list": {"idx": 1}}}, Reason.CLAIM_VALUE),
        ({65535: {"status_list": {"idx": -1, "uri": "u"}}}, Reason.CLAIM_VALUE),
        ({65535: {"status_list": {"idx": True, "uri": "u"}}}, Reason.CLAIM_VALUE),
        ({65535: {"status_list": {"idx": 2**32, "uri": "u"}}}, Reason.CLAIM_VALUE),
        ({65535: {"status_list": {"idx": 1, "uri": ""}}}, Reason.CLAIM_VALUE),
        ({65535: {"status_list": {"idx": 1, "uri": 1}}}, Reason.CLAIM_VALUE),
        ({65535: {"status_list": {"idx": 1, "uri": "u" * 121}}}, Reason.CLAIM_VALUE),
        ({65535: {"status_list": {"idx": 1, "uri": "u"}, "x": 1}}, Reason.CLAIM_VALUE),
        ({-70001: {0: "a\u0000"}}, Reason.TEXT_REPERTOIRE),
        ({-70001: {0: ["\u202e"]}}, Reason.TEXT_REPERTOIRE),
        ({-70001: {0: {1: "Nguy\u0435n"}}}, Reason.TEXT_REPERTOIRE),
        ({-70001: {"\u200b": 1}}, Reason.TEXT_REPERTOIRE),
        ({-70001: {0: "e\u0302"}}, Reason.TEXT_NOT_NFC),
    ],
)
def test_refused(fields: object, reason: Reason) -> None:
    if isinstance(fields, dict):
        whole = {1: "H26.12", 6: 1795231295, 7: b"0123456789", -70001: {0: "vn.birth/1"}} | fields
        fields = {key: value for key, value in whole.items() if value is not None}
    assert why(squeeze(cbor.encode(fields))) is reason


def test_the_issuing_side_checks_as_the_other_does() -> None:
    with pytest.raises(MalformedCopy) as caught:
        claims.pack(replace(GOOD, issuer=""))
    assert caught.value.reason is Reason.CLAIM_VALUE


def test_stream_must_end_with_the_data() -> None:
    good = claims.pack(GOOD)
    assert why(good[:-1]) is Reason.INFLATE
    assert why(b"") is Reason.INFLATE
    assert why(good + b"\x00") is Reason.TRAILING_DATA
    assert why(b"\xff" * 9) is Reason.INFLATE


def test_zlib_wrapping_is_refused() -> None:
    assert why(zlib.compress(claims.to_cbor(GOOD))) is Reason.INFLATE


def test_bomb() -> None:
    assert len(deflate.inflate(squeeze(bytes(4096)))) == 4096
    with pytest.raises(MalformedCopy) as caught:
        deflate.inflate(squeeze(bytes(4097)))
    assert caught.value.reason is Reason.TOO_LARGE
    assert why(squeeze(bytes(400_000))) is Reason.TOO_LARGE


def test_deflate_is_never_longer_than_the_default_strategy() -> None:
    data = claims.to_cbor(replace(GOOD, status=STATUS))
    assert len(deflate.deflate(data)) <= len(squeeze(data))
