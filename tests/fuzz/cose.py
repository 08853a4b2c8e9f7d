"""What lies behind the signature of a symbol: frames, DEFLATE and CBOR that the office itself signed.

The first byte of an input says what follows: claims in CBOR, a payload, a whole message, or a
protected header and a payload. All but the whole message are signed with the key of the demo, so
that no reader is spared by a wrong signature. What is VALID an independent reader must read alike.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import cbor2

from fuzz.harness import Harness, need, one_in, outcome, told
from fuzz.mutations import EDGES, STRANGE, graft, spoil
from fuzz.qr_text import judged_again, signed, verify
from support import spec_reader
from support.qr_copies import commune
from vncopy.report import Verdict
from vncopy.trust import kid_of
from vncopy.wire import cose
from vncopy.wire.deflate import deflate, inflate

if TYPE_CHECKING:
    from random import Random

CLAIMS, PAYLOAD, MESSAGE, HEADER = range(4)
CLOSELY = 32
"""One report in so many is written in every form and its facts are judged again."""
WORDS = ("vn.birth/1", "vn.land/1", "H01.1", "2026-02-30", "00", "Nguyễn", "a\u0301", "\u202e", "ₓ")
"""Texts that are near to what fields take."""


@cache
def parts() -> tuple[cose.CoseSign1, ...]:
    return tuple(cose.parse_message(text) for text in signed())


@cache
def seeds() -> tuple[bytes, ...]:
    claims = tuple(bytes((CLAIMS,)) + inflate(each.payload) for each in parts())
    payloads = tuple(bytes((PAYLOAD,)) + each.payload for each in parts()[::3])
    messages = tuple(
        bytes((MESSAGE,)) + cose.frame(each.kid, each.payload, each.signature)
        for each in parts()[::3]
    )
    header = bytes.fromhex("a301260448") + parts()[0].kid + bytes.fromhex("1064") + b"vnc1"
    headers = tuple(bytes((HEADER, len(header))) + header + each.payload for each in parts()[::3])
    return (*claims, *claims, *payloads, *messages, *headers)


def mutate(data: bytes, dice: Random) -> bytes:
    kind, body = data[:1] or b"\0", data[1:]
    if kind[0] == CLAIMS and dice.random() < 0.8:
        try:
            tree = cbor2.loads(body)
            return kind + _encoded(graft(tree, dice, _strange), dice)
        except Exception:  # noqa: BLE001 - no longer a tree, or one that cannot be written
            return kind + spoil(body, dice)
    if kind[0] == PAYLOAD and dice.random() < 0.3:
        return kind + deflate(spoil(inflate(parts()[0].payload), dice))
    if dice.random() < 0.02:
        kind = bytes((dice.randrange(4),))
    return kind + spoil(body, dice)


def _encoded(tree: Any, dice: Random) -> bytes:
    """Return CBOR, most of the time in the one order that is permitted."""
    if dice.random() < 0.1:
        return cbor2.dumps(tree, canonical=dice.random() < 0.5)
    return cbor2.dumps(_sorted(tree))


def _sorted(value: Any) -> Any:
    if isinstance(value, list):
        return [_sorted(each) for each in value]
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value, key=cbor2.dumps)}
    return value


def _strange(dice: Random, value: Any) -> Any:
    """Return a CBOR value near another one, or far from it."""
    if isinstance(value, str) and value and dice.random() < 0.5:
        letters = list(value)
        letters[dice.randrange(len(letters))] = dice.choice("0129aZđỘ -./\u0301\u00a0")
        return "".join(letters) if dice.random() < 0.7 else value[: dice.randrange(len(value))]
    if isinstance(value, bytes) and dice.random() < 0.7:
        return spoil(value, dice)
    if type(value) is int and dice.random() < 0.7:
        return value + dice.choice((-1, 1, 2, 10, 1000, *EDGES))
    others = (None, True, False, 0.5, dice.choice(EDGES), dice.choice(WORDS), b"", [], {}, [value])
    strange = (
        *others,
        {0: value},
        cbor2.CBORTag(0, "x"),
        dice.choice(STRANGE).replace("\ud800", ""),
    )
    return dice.choice(strange)


def symbol_of(data: bytes) -> str | None:
    """Return the text that an input stands for; ``None``: it does not fit a message."""
    kind, body = data[:1], data[1:]
    key = commune().qr
    kid = kid_of(key.certificate)
    if kind == bytes((MESSAGE,)):
        return cose.to_text(body)
    if kind == bytes((HEADER,)):
        size = body[0] if body else 0
        header, payload = body[1 : 1 + size], body[1 + size :]
        protected = _string(header)
        covered = b"\x84\x6aSignature1" + protected + b"\x40" + _string(payload)
        signature = cose.normalise_low_s(key.signer().sign(covered))
        return cose.to_text(
            b"\xd2\x84" + protected + b"\xa0" + _string(payload) + b"\x58\x40" + signature
        )
    payload = deflate(body) if kind == bytes((CLAIMS,)) else body
    if len(payload) > 0xFFFF:
        return None
    signature = cose.normalise_low_s(key.signer().sign(cose.to_be_signed(kid, payload)))
    return cose.to_text(cose.frame(kid, payload, signature))


def _string(data: bytes) -> bytes:
    return cbor2.dumps(data)


def check(data: bytes) -> str:
    symbol = symbol_of(data)
    if symbol is None:
        return "no message"
    report = verify(symbol)
    if report.verdict is Verdict.VALID:
        copy = report.require()
        again = spec_reader.read(symbol, commune().qr.certificate)
        need(again["copy_id"] == copy.copy_id, "another reader reads another copy id")
        need(again["issuer"] == copy.issuer.agency_code, "another reader reads another issuer")
        need(again["format_id"] == copy.format_id, "another reader reads another type")
        told(report)
    if one_in(data, CLOSELY):
        told(report)
        judged_again(report)
    return outcome(report)


HARNESS = Harness(name="cose", seeds=seeds, mutate=mutate, check=check, largest=1_500)
