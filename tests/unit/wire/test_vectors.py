"""The published vectors: every layer of the valid ones, the reason of each rejected one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from support.published_keys import VECTOR_KEY
from vncopy.errors import MalformedCopy, Reason
from vncopy.formats.base import DocumentTypes
from vncopy.formats.birth import BirthRecord
from vncopy.formats.death import DeathRecord
from vncopy.formats.jcs import canonical_json
from vncopy.formats.land import LandCertificate
from vncopy.formats.marriage import MarriageRecord
from vncopy.formats.record import parse_record
from vncopy.wire import claims as cwt
from vncopy.wire import cose, deflate, payload
from vncopy.wire.payload import Carriage

VECTORS = Path(__file__).parent.parent.parent / "vectors"
TYPES = DocumentTypes(BirthRecord, MarriageRecord, DeathRecord, LandCertificate)
BEYOND_THE_WIRE = {Reason.BAD_SIGNATURE}
"""Reasons that are found by whoever has the certificates."""
WIRE_REASONS = {
    Reason.NOT_VNC1,
    Reason.TEXT_TOO_LONG,
    Reason.BASE45,
    Reason.FRAMING,
    Reason.HEADER,
    Reason.UNKNOWN_ALG,
    Reason.HIGH_S,
    Reason.SIGNATURE_RANGE,
    Reason.INFLATE,
    Reason.TOO_LARGE,
    Reason.TRAILING_DATA,
    Reason.CBOR_MALFORMED,
    Reason.CBOR_NOT_DETERMINISTIC,
    Reason.CBOR_TYPE,
    Reason.TOO_DEEP,
    Reason.TEXT_NOT_NFC,
    Reason.TEXT_REPERTOIRE,
    Reason.UNKNOWN_CLAIM,
    Reason.MISSING_CLAIM,
    Reason.CLAIM_VALUE,
    Reason.UNKNOWN_CARRIAGE,
    Reason.NOT_CANONICAL,
    Reason.UNKNOWN_FORMAT,
    Reason.UNEXPECTED_TYPE,
    Reason.UNKNOWN_FIELD,
    Reason.MISSING_FIELD,
    Reason.FIELD_VALUE,
    Reason.DIGEST_MISSING,
    Reason.RULE_BROKEN,
}


def load(name: str) -> list[dict[str, Any]]:
    """Return the vectors of a file."""
    vectors: list[dict[str, Any]] = json.loads((VECTORS / f"{name}.json").read_text("utf-8"))[
        "vectors"
    ]
    return vectors


ALL = [each for name in ("birth", "marriage", "death", "land") for each in load(f"vnc1-{name}")]
VALID = [each for each in ALL if "text" in each]
REJECTED = load("vnc1-rejected")


def verify(message: cose.CoseSign1) -> None:
    """Verify the signature with the key of the vectors."""
    r, s = (int.from_bytes(message.signature[i : i + 32], "big") for i in (0, 32))
    try:
        VECTOR_KEY.private.public_key().verify(
            encode_dss_signature(r, s), message.to_be_signed, ec.ECDSA(hashes.SHA256())
        )
    except InvalidSignature:
        raise MalformedCopy(Reason.BAD_SIGNATURE) from None


def read(text: str) -> payload.Restored:
    """Read a text as a verifier does, with the one key of the vectors."""
    message = cose.parse_message(text)
    verify(message)
    return payload.restore(cwt.unpack(message.payload), TYPES)


@pytest.mark.parametrize("vector", VALID, ids=lambda each: each["id"])
def test_every_layer_of_a_valid_vector(vector: dict[str, Any]) -> None:
    message = cose.parse_message(vector["text"])
    verify(message)
    assert message.kid == VECTOR_KEY.kid
    assert message.payload.hex() == vector["deflated"]
    assert message.to_be_signed.hex() == vector["to_be_signed"]
    assert deflate.inflate(message.payload).hex() == vector["cbor"]
    claims = cwt.unpack(message.payload)
    restored = payload.restore(claims, TYPES)
    record = parse_record(canonical_json(vector["record"]), types=TYPES)
    assert payload.project(record, Carriage(vector["carriage"])) == claims.body
    assert restored.digest == (record.digest() if 4 in claims.body else None)
    assert record.digest().hex() == vector["digest"]
    assert restored.statement.kind == record.statement.kind
    assert restored.statement.issued_at == record.statement.issued_at
    assert restored.statement.authority == record.statement.authority
    if restored.digest is None:
        assert restored.document == record.document


@pytest.mark.parametrize("vector", REJECTED, ids=lambda each: each["id"])
def test_every_rejected_vector(vector: dict[str, Any]) -> None:
    if vector["reason"] is None:
        assert read(vector["text"]).document is not None
        return
    with pytest.raises(MalformedCopy) as caught:
        read(vector["text"])
    assert caught.value.reason == vector["reason"]


def test_every_reason_of_the_wire_has_a_vector() -> None:
    found = {Reason(each["reason"]) for each in REJECTED if each["reason"]}
    assert found == WIRE_REASONS | BEYOND_THE_WIRE


@pytest.mark.parametrize("name", ["vn.birth/1", "vn.marriage/1", "vn.death/1", "vn.land/1"])
@pytest.mark.parametrize("carriage", Carriage)
def test_at_least_three_of_each_kind(name: str, carriage: Carriage) -> None:
    kinds = [(each["format_id"], each["carriage"]) for each in VALID]
    assert kinds.count((name, carriage.value)) >= 3


def test_vectors_are_in_step() -> None:
    done = subprocess.run(
        [sys.executable, str(VECTORS / "build_vectors.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
