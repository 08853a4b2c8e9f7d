"""Text of a symbol → ``verify_qr``: a report, and VALID for no text but those that were signed."""

from __future__ import annotations

import struct
from functools import cache
from typing import TYPE_CHECKING, Any

from fuzz.harness import Harness, need, one_in, outcome, told
from fuzz.mutations import spliced, spoil
from support.qr_copies import AT, BASIC, pki, text
from vncopy.facts import facts_from_json
from vncopy.facts.qr import QRFacts
from vncopy.policy import VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import QR_CHECKS, Verdict
from vncopy.verify.judge import judge
from vncopy.verify.qr import verify_qr
from vncopy.wire import base45, cose

if TYPE_CHECKING:
    from random import Random

    from vncopy.report import VerificationReport

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
ODD = (0, 9, 10, 13, 32, 0x61, 0xA0, 0x1EA1, 0xFF21, 0x1F600)
STRICT = VerificationPolicy.strict()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
CLOSELY = 1_024
"""One report in so many is written in every form and its facts are judged again."""


@cache
def signed() -> tuple[str, ...]:
    """Return good texts: every document, whole and by key fields, of several people."""
    whole = [
        text(name, "auto", seed) for name in ("birth", "marriage", "death") for seed in (1, 2, 3)
    ]
    return (*whole, text("land", "reference"), text("land", "auto"), text("birth", "reference"))


@cache
def believed() -> frozenset[str]:
    """Return the texts that may be VALID."""
    return frozenset(signed())


def seeds() -> tuple[bytes, ...]:
    return tuple(each.encode() for each in signed())


def mutate(data: bytes, dice: Random) -> bytes:
    symbol = data.decode("utf-8", "replace")
    choice = dice.random()
    if choice < 0.5:
        return _characters(symbol, dice).encode("utf-8", "replace")
    message = _message(symbol)
    if message is None:
        return spoil(data, dice)
    changed = spoil(message, dice) if choice < 0.8 else _parts(message, dice)
    return _text(changed).encode()


@cache
def _groups() -> tuple[list[str], dict[str, bytes]]:
    """Return the letters of every pair of bytes, and the bytes of every group: ten million texts."""
    letters = [
        ALPHABET[n % 45] + ALPHABET[n // 45 % 45] + ALPHABET[n // 2025] for n in range(65_536)
    ]
    return letters, {group: number.to_bytes(2) for number, group in enumerate(letters)}


def _text(message: bytes) -> str:
    """Return the text of a message, as :func:`vncopy.wire.cose.to_text` does."""
    letters, _ = _groups()
    even = len(message) & ~1
    pairs = struct.unpack(f">{even // 2}H", message[:even])
    return "".join([cose.PREFIX, *map(letters.__getitem__, pairs), base45.encode(message[even:])])


def _message(symbol: str) -> bytes | None:
    """Return the message of a text; ``None``: it has none any more."""
    _, pairs = _groups()
    text = symbol.removeprefix(cose.PREFIX)
    whole = len(text) - len(text) % 3
    try:
        return b"".join([pairs[text[at : at + 3]] for at in range(0, whole, 3)]) + base45.decode(
            text[whole:]
        )
    except Exception:  # noqa: BLE001 - whatever it is, it is no message
        return None


def _characters(symbol: str, dice: Random) -> str:
    """Change letters, their order, their number or their case."""
    letters = list(symbol) or ["V"]
    for _ in range(dice.choice((1, 1, 1, 2, 3, 8))):
        place = dice.randrange(len(letters))
        match dice.randrange(8):
            case 0 | 1 | 2:
                letters[place] = dice.choice(ALPHABET)
            case 3:
                letters.insert(place, dice.choice(ALPHABET))
            case 4 if len(letters) > 1:
                del letters[place]
            case 5:
                other = dice.randrange(len(letters))
                letters[place], letters[other] = letters[other], letters[place]
            case 6:
                letters[place] = chr(dice.choice(ODD))
            case _:
                letters[place:] = letters[place : place + dice.randrange(60)]
                letters = letters or ["V"]
    return "".join(letters)


def _parts(message: bytes, dice: Random) -> bytes:
    """Put parts of another message in, or write the same ones in another way."""
    try:
        here = cose.parse_frame(message)
    except Exception:  # noqa: BLE001 - not framed any more
        return spoil(message, dice)
    other = cose.parse_message(dice.choice(signed()))
    kid, payload, signature = here.kid, here.payload, here.signature
    match dice.randrange(9):
        case 0:
            kid = other.kid[:-1] + dice.randbytes(1)
        case 1:
            payload = other.payload
        case 2:
            signature = other.signature
        case 3:  # the other value that verifies
            s = ORDER - int.from_bytes(signature[32:])
            signature = signature[:32] + s.to_bytes(32)
        case 4:
            edge = dice.choice((0, 1, ORDER - 1, ORDER, ORDER + 1, ORDER // 2, 2**256 - 1))
            half = edge.to_bytes(32)
            signature = dice.choice((half + signature[32:], signature[:32] + half, half + half))
        case 5:  # a longer head than needed
            head, size = message.index(payload) - 2, len(payload)
            return message[:head] + b"\x59" + size.to_bytes(2) + message[head + 2 :]
        case 6:
            return message + dice.randbytes(dice.choice((1, 2, 8)))
        case 7:
            payload = spliced(payload, other.payload, dice)[:400]
        case _:
            place = dice.randrange(16)
            return message[:place] + spoil(message[place:24], dice) + message[24:]
    return cose.frame(kid, payload, signature)


def verify(symbol: str, policy: VerificationPolicy = BASIC) -> VerificationReport[Any]:
    return verify_qr(symbol, trust=pki().trust, at=AT, policy=policy)


def judged_again(report: VerificationReport[Any]) -> None:
    """Facts that are stored, read and judged give the same checks, and never VALID alone."""
    facts = facts_from_json(report.facts.to_json(), QRFacts)  # type: ignore[attr-defined]
    again = judge(facts, trust=pki().trust, at=AT, policy=report.policy)
    need(again.verdict is not Verdict.VALID, "facts without their copy are VALID")
    for before, after in zip(report.checks, again.checks, strict=True):
        if before.verdict is Verdict.INVALID:  # the statement itself is not among the facts
            milder = after.verdict is not Verdict.INVALID
            need(not milder or after.reason is Reason.CARRIER_MISSING, "judged more mildly")


def check(data: bytes) -> str:
    symbol = data.decode("utf-8", "surrogateescape")
    report = verify(symbol, STRICT if one_in(data, 7) else BASIC)
    verdict = report.verdict
    if verdict is Verdict.VALID:
        need(symbol in believed(), "a changed text is VALID")
    if one_in(data, CLOSELY):
        need(tuple(each.id for each in report.checks) == QR_CHECKS, "other checks")
        told(report)
        judged_again(report)
        return outcome(report)
    return " ".join([verdict.value, *(each.value for each in report.reasons[:1])])


HARNESS = Harness(name="qr_text", seeds=seeds, mutate=mutate, check=check, largest=1_200)
