"""Changed texts and bytes: refused for a reason, never accepted, never an accident."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from support.published_keys import VECTOR_KEY
from vncopy.errors import MalformedCopy
from vncopy.formats.base import DocumentTypes
from vncopy.formats.birth import BirthRecord
from vncopy.formats.death import DeathRecord
from vncopy.formats.land import LandCertificate
from vncopy.formats.marriage import MarriageRecord
from vncopy.wire import base45, cbor, cose, payload
from vncopy.wire import claims as cwt

VECTORS = Path(__file__).parent.parent / "vectors"
TYPES = DocumentTypes(BirthRecord, MarriageRecord, DeathRecord, LandCertificate)
NAMES = ("birth", "marriage", "death", "land")
PUBLIC = VECTOR_KEY.private.public_key()
ES256 = ec.ECDSA(hashes.SHA256())


def first(name: str) -> dict[str, Any]:
    """Return the first valid vector of a type."""
    vectors: list[dict[str, Any]] = json.loads((VECTORS / f"vnc1-{name}.json").read_text("utf-8"))[
        "vectors"
    ]
    return next(each for each in vectors if "text" in each)


def authentic(text: str) -> bool:
    """Tell whether ``text`` is framed and signed by the key of the vectors."""
    try:
        message = cose.parse_message(text)
        r, s = (int.from_bytes(message.signature[i : i + 32], "big") for i in (0, 32))
        PUBLIC.verify(encode_dss_signature(r, s), message.to_be_signed, ES256)
    except (MalformedCopy, InvalidSignature):
        return False
    return message.kid == VECTOR_KEY.kid


@pytest.mark.parametrize("name", NAMES)
def test_every_change_of_one_character_is_refused(name: str) -> None:
    text = first(name)["text"]
    assert authentic(text)
    accepted = [
        (position, letter)
        for position in range(len(text))
        for letter in base45.ALPHABET
        if letter != text[position] and authentic(text[:position] + letter + text[position + 1 :])
    ]
    assert accepted == []


@pytest.mark.parametrize("name", NAMES)
def test_every_character_left_out_or_doubled_or_swapped_is_refused(name: str) -> None:
    text = first(name)["text"]
    for at in range(len(text)):
        assert not authentic(text[:at] + text[at + 1 :])
        assert not authentic(text[:at] + text[at] + text[at:])
        swapped = text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]
        assert swapped == text or not authentic(swapped)


def mutated(data: bytes, source: random.Random) -> bytes:
    """Return ``data`` with a few bytes changed, removed, inserted or copied."""
    changed = bytearray(data)
    for _ in range(source.randint(1, 4)):
        at = source.randrange(len(changed))
        match source.randrange(5):
            case 0:
                changed[at] ^= 1 << source.randrange(8)
            case 1:
                changed[at] = source.randrange(256)
            case 2:
                del changed[at : at + source.randint(1, 4)]
            case 3:
                changed[at:at] = source.randbytes(source.randint(1, 3))
            case _:
                changed[at:at] = changed[at : at + source.randint(1, 12)]
        changed = changed or bytearray(b"\x00")
    return bytes(changed)


@pytest.mark.parametrize("name", NAMES)
def test_mutated_messages_and_claims_are_refused_for_a_reason(name: str) -> None:
    """30,000 in all: half of the messages, half of the CBOR under the signature."""
    source = random.Random(name)
    vector = first(name)
    message, plain = bytes.fromhex(vector["cose"]), bytes.fromhex(vector["cbor"])
    read = 0
    for _ in range(3750):
        try:
            parsed = cose.parse_frame(mutated(message, source))
            payload.restore(cwt.unpack(parsed.payload), TYPES)
        except MalformedCopy:
            continue  # any other exception fails the test
    for _ in range(3750):
        try:
            claims = cwt.from_cbor(mutated(plain, source))
            restored = payload.restore(claims, TYPES)
        except MalformedCopy:
            continue
        # What is read is another, well-formed copy; its encoding is the one that was read.
        read += 1
        assert cbor.decode(cwt.to_cbor(claims))
        assert restored.format_id in TYPES
    assert read > 0
