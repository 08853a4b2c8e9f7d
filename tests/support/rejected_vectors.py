"""One vector, or more, for every reason for which the wire layers refuse a text.

Each is signed by the published key unless its fault lies before the signature.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import cbor2

from support.published_keys import OTHER_KEY, VECTOR_KEY, PublishedKey
from vncopy.errors import MalformedCopy, Reason
from vncopy.wire import base45, cbor, cose
from vncopy.wire import claims as cwt
from vncopy.wire.dictionary import DICTIONARY
from vncopy.wire.encode import claims_of
from vncopy.wire.payload import Carriage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vncopy.formats.record import CopyRecord

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_PROTECTED = {1: -7, 4: VECTOR_KEY.kid, 16: "vnc1"}
_SIMPLE_REMOVED: Any = object()

Case = tuple[str, Reason, bytes | str]
"""Id, reason, and the text or the bytes of the message."""


class Packer:
    """Compresses anything, and keeps committed bytes that say the same (zlib builds differ)."""

    def __init__(self, known: dict[str, dict[str, Any]]) -> None:
        self.memory: dict[bytes, bytes] = {}
        for each in known.values():
            try:
                packed = cose.parse_message(each["text"]).payload
                opener = zlib.decompressobj(-15, zdict=DICTIONARY)
                plain = opener.decompress(packed) + opener.flush()
            except (MalformedCopy, zlib.error):
                continue
            if opener.eof and not opener.unused_data:
                self.memory[plain] = packed

    def __call__(self, plain: bytes) -> bytes:
        """Return ``plain`` compressed, without looking at what it is."""
        if plain not in self.memory:
            packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zdict=DICTIONARY)
            self.memory[plain] = packer.compress(plain) + packer.flush()
        return self.memory[plain]


def message_of(packed: bytes, *, key: PublishedKey = VECTOR_KEY) -> bytes:
    """Return a message, well signed by ``key`` under the kid of the vectors' key."""
    signature = cose.normalise_low_s(key.sign(cose.to_be_signed(VECTOR_KEY.kid, packed)))
    return cose.frame(VECTOR_KEY.kid, packed, signature)


def framed(protected: bytes, unprotected: str, packed: bytes, signature: bytes) -> bytes:
    """Return any array of four under tag 18."""
    return (
        b"\xd2\x84"
        + cbor2.dumps(protected)
        + bytes.fromhex(unprotected)
        + cbor2.dumps(packed)
        + cbor2.dumps(signature)
    )


def text_cases(good: bytes) -> Iterator[Case]:
    """Faults of the text."""
    text = cose.to_text(good)
    yield "text/other-prefix", Reason.NOT_VNC1, "HC1:" + text[5:]
    yield "text/small-letters", Reason.NOT_VNC1, text.lower()
    yield "text/leading-space", Reason.NOT_VNC1, " " + text
    yield "text/empty", Reason.NOT_VNC1, ""
    yield "text/one-group-too-long", Reason.TEXT_TOO_LONG, "VNC1:" + "0" * 906
    yield "text/line-break", Reason.BASE45, text + "\n"
    yield "text/foreign-character", Reason.BASE45, text[:9] + "_" + text[10:]
    yield "text/not-ascii", Reason.BASE45, text[:9] + "Đ" + text[10:]
    yield "text/group-of-three-too-large", Reason.BASE45, "VNC1::::" + text[8:]
    yield "text/group-of-two-too-large", Reason.BASE45, "VNC1:" + base45.encode(b"ab") + "::"
    yield "text/one-character-left", Reason.BASE45, "VNC1:" + base45.encode(b"ab") + "A"


def frame_cases(packed: bytes, good: bytes) -> Iterator[Case]:
    """Faults of the frame."""
    protected = cbor2.dumps(_PROTECTED)
    signature = good[-64:]
    yield "frame/no-tag", Reason.FRAMING, good[1:]
    yield "frame/tag-98", Reason.FRAMING, b"\xd8\x62" + good[1:]
    yield "frame/rest", Reason.FRAMING, good + b"\x00"
    yield "frame/cut", Reason.FRAMING, good[:-1]
    yield "frame/empty", Reason.FRAMING, b""
    yield (
        "frame/long-head-of-protected",
        Reason.FRAMING,
        good[:2] + b"\x58" + bytes((len(protected),)) + good[3:],
    )
    yield (
        "frame/unprotected-kid",
        Reason.FRAMING,
        framed(protected, "a104480000000000000000", packed, signature),
    )
    yield "frame/signature-of-63", Reason.FRAMING, framed(protected, "a0", packed, signature[1:])
    for name, header, reason in (
        ("header/es384", _PROTECTED | {1: -35}, Reason.UNKNOWN_ALG),
        ("header/esp256", _PROTECTED | {1: -9}, Reason.UNKNOWN_ALG),
        ("header/eddsa", _PROTECTED | {1: -8}, Reason.UNKNOWN_ALG),
        ("header/other-typ", _PROTECTED | {16: "vnc2"}, Reason.HEADER),
        ("header/no-typ", {1: -7, 4: VECTOR_KEY.kid}, Reason.HEADER),
        ("header/kid-of-16", _PROTECTED | {4: VECTOR_KEY.kid * 2}, Reason.HEADER),
        ("header/crit", {1: -7, 2: [16], 4: VECTOR_KEY.kid, 16: "vnc1"}, Reason.HEADER),
        ("header/empty", {}, Reason.HEADER),
    ):
        yield name, reason, framed(cbor2.dumps(header), "a0", packed, signature)
    s = int.from_bytes(signature[32:], "big")
    for name, changed, reason in (
        ("signature/high-s", signature[:32] + (_ORDER - s).to_bytes(32, "big"), Reason.HIGH_S),
        ("signature/zero-r", bytes(32) + signature[32:], Reason.SIGNATURE_RANGE),
        ("signature/zero-s", signature[:32] + bytes(32), Reason.SIGNATURE_RANGE),
        (
            "signature/r-is-the-order",
            _ORDER.to_bytes(32, "big") + signature[32:],
            Reason.SIGNATURE_RANGE,
        ),
        (
            "signature/one-bit",
            signature[:31] + bytes((signature[31] ^ 1,)) + signature[32:],
            Reason.BAD_SIGNATURE,
        ),
    ):
        yield name, reason, good[:-64] + changed
    yield "signature/other-key", Reason.BAD_SIGNATURE, message_of(packed, key=OTHER_KEY)
    yield (
        "signature/other-payload",
        Reason.BAD_SIGNATURE,
        cose.frame(VECTOR_KEY.kid, packed[:-1] + bytes((packed[-1] ^ 1,)), signature),
    )


def stream_cases(plain: bytes, packed: bytes, squeeze: Packer) -> Iterator[Case]:
    """Faults of the compressed stream, signed."""
    yield "deflate/cut", Reason.INFLATE, message_of(packed[:-1])
    yield "deflate/none", Reason.INFLATE, message_of(b"")
    yield "deflate/not-compressed", Reason.INFLATE, message_of(b"\xa4" + plain[1:300])
    yield "deflate/zlib-wrapped", Reason.INFLATE, message_of(zlib.compress(plain[:300], 0))
    yield "deflate/rest", Reason.TRAILING_DATA, message_of(packed + b"\x00")
    yield "deflate/bomb", Reason.TOO_LARGE, message_of(squeeze(bytes(300_000)))
    yield "deflate/one-byte-too-many", Reason.TOO_LARGE, message_of(squeeze(bytes(4097)))
    yield "cbor/rest", Reason.TRAILING_DATA, message_of(squeeze(plain + b"\x00"))
    yield "cbor/cut", Reason.CBOR_MALFORMED, message_of(squeeze(plain[:-1]))
    yield "cbor/empty", Reason.CBOR_MALFORMED, message_of(squeeze(b""))
    yield (
        "cbor/long-head",
        Reason.CBOR_NOT_DETERMINISTIC,
        message_of(squeeze(b"\xb8" + bytes((plain[0] - 0xA0,)) + plain[1:])),
    )
    yield (
        "cbor/indefinite-map",
        Reason.CBOR_NOT_DETERMINISTIC,
        message_of(squeeze(b"\xbf" + plain[1:] + b"\xff")),
    )
    fields = cbor2.loads(plain)
    backwards = dict(reversed(list(fields.items())))
    yield (
        "cbor/unsorted",
        Reason.CBOR_NOT_DETERMINISTIC,
        message_of(squeeze(cbor2.dumps(backwards))),
    )
    doubled = bytes((plain[0] + 1,)) + plain[1:] + b"\x01" + cbor2.dumps(fields[1])
    yield "cbor/duplicate-key", Reason.CBOR_NOT_DETERMINISTIC, message_of(squeeze(doubled))
    for name, value in (
        ("null", None),
        ("float", 1.5),
        ("tag", cbor2.CBORTag(1, fields[6])),
        ("undefined", cbor2.undefined),
    ):
        yield (
            f"cbor/{name}",
            Reason.CBOR_TYPE,
            message_of(squeeze(cbor2.dumps(fields | {6: value}))),
        )
    deep: list[Any] = []
    for _ in range(9):
        deep = [deep]
    yield "cbor/too-deep", Reason.TOO_DEEP, message_of(squeeze(cbor2.dumps(deep)))


def claim_cases(fields: dict[Any, Any]) -> Iterator[tuple[str, Reason, dict[Any, Any]]]:
    """Faults of the claims."""
    gone = _SIMPLE_REMOVED
    for name, reason, changes in (
        ("claims/unknown", Reason.UNKNOWN_CLAIM, {4: 1999999999}),
        ("claims/text-key", Reason.UNKNOWN_CLAIM, {"iss": "H26"}),
        ("claims/no-issuer", Reason.MISSING_CLAIM, {1: gone}),
        ("claims/no-time", Reason.MISSING_CLAIM, {6: gone}),
        ("claims/no-identity", Reason.MISSING_CLAIM, {7: gone}),
        ("claims/no-body", Reason.MISSING_CLAIM, {-70001: gone}),
        ("claims/issuer-number", Reason.CLAIM_VALUE, {1: 26}),
        ("claims/issuer-no-agency-code", Reason.CLAIM_VALUE, {1: "Hà Nội"}),
        ("claims/negative-time", Reason.CLAIM_VALUE, {6: -1}),
        ("claims/time-beyond-9999", Reason.CLAIM_VALUE, {6: 253402300800}),
        ("claims/short-identity", Reason.CLAIM_VALUE, {7: bytes(9)}),
        ("claims/status-number", Reason.CLAIM_VALUE, {65535: 1}),
        (
            "claims/status-extra",
            Reason.CLAIM_VALUE,
            {65535: {"status_list": {"idx": 1, "uri": "u", "x": 1}}},
        ),
    ):
        changed = {k: v for k, v in (fields | changes).items() if v is not gone}
        yield name, reason, changed


def body_cases(
    body: dict[Any, Any], keys: dict[Any, Any]
) -> Iterator[tuple[str, Reason, dict[Any, Any]]]:
    """Faults of the body; ``keys`` is the body in reference carriage."""

    def document(**changes: Any) -> dict[Any, Any]:
        inner = body[3] | {int(name[1:]): value for name, value in changes.items()}
        return body | {3: {k: v for k, v in inner.items() if v is not _SIMPLE_REMOVED}}

    gone = _SIMPLE_REMOVED
    yield "body/no-document", Reason.MISSING_FIELD, {k: v for k, v in body.items() if k != 3}
    yield "body/unknown-member", Reason.UNKNOWN_FIELD, body | {5: 1}
    yield "body/format-number", Reason.UNKNOWN_FORMAT, body | {0: 1}
    yield "body/format-malformed", Reason.UNKNOWN_FORMAT, body | {0: "vn.birth"}
    yield "body/other-type", Reason.UNEXPECTED_TYPE, body | {0: "org.example.other/1"}
    yield "body/next-version", Reason.UNEXPECTED_TYPE, body | {0: "vn.birth/2"}
    yield "body/carriage-2", Reason.UNKNOWN_CARRIAGE, body | {1: 2}
    yield "body/carriage-false", Reason.UNKNOWN_CARRIAGE, body | {1: False}
    yield (
        "body/reference-without-digest",
        Reason.DIGEST_MISSING,
        {k: v for k, v in keys.items() if k != 4},
    )
    yield "body/reference-with-other-fields", Reason.UNKNOWN_FIELD, keys | {3: body[3]}
    yield "body/short-digest", Reason.FIELD_VALUE, keys | {4: keys[4][:15]}
    yield "field/unknown", Reason.UNKNOWN_FIELD, document(k99=1)
    yield "field/missing-name", Reason.MISSING_FIELD, document(k1=gone)
    yield "field/name-number", Reason.FIELD_VALUE, document(k1=5)
    yield "field/name-with-digit", Reason.FIELD_VALUE, document(k1="Nguyen 1")
    yield "field/name-missing-not-allowed", Reason.FIELD_VALUE, document(k1=-1)
    yield "field/unknown-state", Reason.FIELD_VALUE, document(k9=-7)
    yield "field/empty-state-text", Reason.FIELD_VALUE, document(k9=[-4, ""])
    yield "field/date-beyond", Reason.FIELD_VALUE, document(k2=999999)
    yield "field/date-as-text", Reason.FIELD_VALUE, document(k2="2019-03-02")
    yield "field/unknown-gender", Reason.FIELD_VALUE, document(k4=9)
    yield "field/unknown-ethnicity", Reason.FIELD_VALUE, document(k5=77)
    yield "field/ethnicity-code-and-its-own-name", Reason.FIELD_VALUE, document(k5=[1, "Kinh"])
    yield "field/ethnicity-name-for-code", Reason.FIELD_VALUE, document(k5="Kinh")
    yield "field/default-written-out", Reason.NOT_CANONICAL, document(k7=-2)
    yield "rule/registered-before-birth", Reason.RULE_BROKEN, document(k16=10000)
    yield "text/decomposed", Reason.TEXT_NOT_NFC, document(k9="Ha\u0300 No\u0323\u0302i")
    yield "text/cyrillic-letter", Reason.TEXT_REPERTOIRE, document(k9="H\u0430 Noi")
    yield "text/eth-for-d", Reason.TEXT_REPERTOIRE, document(k9="\u00d0ông Anh")
    yield "text/right-to-left", Reason.TEXT_REPERTOIRE, document(k9="Hà \u202eNội")
    yield "text/no-break-space", Reason.TEXT_REPERTOIRE, document(k9="Hà\u00a0Nội")
    yield "text/line-feed", Reason.TEXT_REPERTOIRE, document(k9="Hà\nNội")
    yield "text/two-spaces", Reason.FIELD_VALUE, document(k9="Hà  Nội")


def rejected(record: CopyRecord[Any], known: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all rejected vectors.

    Args:
        record: a valid birth record.
        known: the committed vectors by id; their compressed bytes are kept where they say the same.
    """
    plain = cwt.to_cbor(claims_of(record, Carriage.FULL))
    squeeze = Packer(known)
    packed = squeeze(plain)
    good = message_of(packed)
    cases: list[Case] = [
        *text_cases(good),
        *frame_cases(packed, good),
        *stream_cases(plain, packed, squeeze),
    ]
    fields = cbor2.loads(plain)
    keys = claims_of(record, Carriage.REFERENCE).body
    changed = [
        *claim_cases(fields),
        *(
            (name, reason, fields | {-70001: body})
            for name, reason, body in body_cases(fields[-70001], keys)
        ),
    ]
    cases += [
        (name, reason, message_of(squeeze(cbor.encode(each)))) for name, reason, each in changed
    ]
    return [
        {"id": "good", "reason": None, "text": cose.to_text(good)},
        *(
            {
                "id": name,
                "reason": reason.value,
                "text": made if isinstance(made, str) else cose.to_text(made),
            }
            for name, reason, made in cases
        ),
    ]
