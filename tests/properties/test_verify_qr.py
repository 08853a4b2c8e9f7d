"""Whatever text comes in, a report goes out; and nothing whose signed bytes changed is VALID.

30,000 mutated texts over the four documents and both carriages; a tenth of them in `make test`.
"""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.qr_copies import AT, BASIC, commune, pki, text
from vncopy.facts.qr import QRFacts
from vncopy.policy import VerificationPolicy
from vncopy.report import QR_CHECKS, Verdict, VerificationReport
from vncopy.trust import kid_of
from vncopy.verify.qr import verify_qr
from vncopy.wire import base45, cose
from vncopy.wire.deflate import deflate, inflate

pytestmark = pytest.mark.qr_path

DOCUMENTS = (
    ("birth", "auto"),
    ("marriage", "auto"),
    ("death", "auto"),
    ("land", "reference"),
    ("birth", "reference"),
)
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
POLICIES = (BASIC, VerificationPolicy.strict())


def verify(symbol: str, policy: VerificationPolicy = BASIC) -> VerificationReport[Any]:
    report = verify_qr(symbol, trust=pki().trust, at=AT, policy=policy)
    assert tuple(each.id for each in report.checks) == QR_CHECKS
    json.loads(report.to_json())
    return report


def mutated(symbol: str, chance: random.Random) -> str:
    """Return a text that differs in characters, order, length or case."""
    characters = list(symbol)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        place = chance.randrange(len(characters))
        match chance.randrange(7):
            case 0 | 1:
                characters[place] = chance.choice(ALPHABET)
            case 2:
                characters.insert(place, chance.choice(ALPHABET))
            case 3 if len(characters) > 1:
                del characters[place]
            case 4:
                other = chance.randrange(len(characters))
                characters[place], characters[other] = characters[other], characters[place]
            case 5:
                characters[place] = chr(chance.choice((0, 10, 0x1EA1, 0xD800, 0x1F600, 0xFF21)))
            case _:
                characters[place:] = characters[place : place + chance.randrange(40)]
    return "".join(characters) or "V"


def bytes_mutated(symbol: str, chance: random.Random) -> str:
    """Return the text of a message that differs in a few bytes: it gets past base45."""
    message = bytearray(base45.decode(symbol.removeprefix(cose.PREFIX)))
    for _ in range(chance.choice((1, 1, 2, 4))):
        message[chance.randrange(len(message))] ^= 1 << chance.randrange(8)
    return cose.to_text(bytes(message))


def resigned(symbol: str, chance: random.Random) -> str:
    """Return a text whose content was changed and signed again with the right key."""
    message = cose.parse_message(symbol)
    plain = bytearray(inflate(message.payload))
    for _ in range(chance.choice((1, 1, 2, 4))):
        place = chance.randrange(len(plain))
        match chance.randrange(3):
            case 0:
                plain[place] ^= 1 << chance.randrange(8)
            case 1:
                plain[place] = chance.randrange(256)
            case _:
                del plain[place]
    packed = deflate(bytes(plain))
    identity = commune().qr
    kid = kid_of(identity.certificate)
    signature = identity.signer().sign(cose.to_be_signed(kid, packed))
    return cose.to_text(cose.frame(kid, packed, cose.normalise_low_s(signature)))


def run(count: int, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(count):
        name, carriage = DOCUMENTS[number % len(DOCUMENTS)]
        symbol = text(name, carriage)
        make = chance.choice((mutated, mutated, bytes_mutated))
        changed = make(symbol, chance)
        report = verify(changed, POLICIES[number % 2])
        if changed != symbol:
            assert report.verdict is not Verdict.VALID, "a changed text was believed"
        else:
            assert report.verdict is not Verdict.INVALID


def test_three_thousand_mutated_texts_give_reports() -> None:
    run(3_000, seed=1)


@pytest.mark.long
def test_thirty_thousand_mutated_texts_give_reports() -> None:
    run(30_000, seed=2)


def _resigned(count: int, seed: int) -> None:
    """Content that the office itself signed may be VALID, but then it is the canonical one."""
    chance = random.Random(seed)
    for number in range(count):
        name, carriage = DOCUMENTS[number % len(DOCUMENTS)]
        try:
            changed = resigned(text(name, carriage), chance)
        except ValueError:
            continue  # deflated to more than a message holds
        report = verify(changed)
        if report.verdict is Verdict.VALID:
            assert report.require().copy_id


def test_changed_content_signed_by_the_office_gives_reports() -> None:
    _resigned(1_000, seed=3)


@pytest.mark.long
def test_much_changed_content_signed_by_the_office_gives_reports() -> None:
    _resigned(20_000, seed=4)


@pytest.mark.long
@pytest.mark.parametrize(("name", "carriage"), DOCUMENTS)
def test_every_change_of_one_character_is_rejected(name: str, carriage: str) -> None:
    symbol = text(name, carriage)
    for place, old in enumerate(symbol):
        for new in ALPHABET:
            if new != old:
                changed = symbol[:place] + new + symbol[place + 1 :]
                assert verify(changed).verdict is not Verdict.VALID


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_any_text_gives_a_report(anything: str) -> None:
    assert verify(anything).verdict is Verdict.INVALID
    assert verify(cose.PREFIX + anything).verdict is not Verdict.VALID


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=700))
def test_any_bytes_in_the_symbol_give_a_report(anything: bytes) -> None:
    assert verify(cose.PREFIX + base45.encode(anything)).verdict is Verdict.INVALID


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_content_signed_by_the_office_gives_a_report(content: bytes) -> None:
    identity = commune().qr
    kid = kid_of(identity.certificate)
    signature = identity.signer().sign(cose.to_be_signed(kid, content))
    symbol = cose.to_text(cose.frame(kid, content, cose.normalise_low_s(signature)))
    report = verify(symbol)
    assert report.verdict is Verdict.INVALID
    assert isinstance(report.facts, QRFacts)
    assert report.facts.candidates[0].outcome.passed
