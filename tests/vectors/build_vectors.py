"""Build the vectors of the wire format, or check that they are in step (``--check``).

Every layer of a copy stands in its vector, so that a reader written in any language can be tested
from whichever layer he has got to. What zlib makes may differ between its builds: a check takes
the committed compressed bytes, inflates and compares them, and derives the layers above from them.
"""

from __future__ import annotations

import argparse
import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from support.published_keys import OTHER_KEY, VECTOR_KEY, PublishedKey  # noqa: E402
from support.rejected_vectors import rejected  # noqa: E402
from support.reuse_vectors import reuse_file  # noqa: E402
from vncopy.errors import MalformedCopy, TooLongForQR  # noqa: E402
from vncopy.formats.base import DocumentTypes  # noqa: E402
from vncopy.formats.birth import BirthRecord  # noqa: E402
from vncopy.formats.death import DeathRecord  # noqa: E402
from vncopy.formats.jcs import canonical_json  # noqa: E402
from vncopy.formats.land import LandCertificate  # noqa: E402
from vncopy.formats.marriage import MarriageRecord  # noqa: E402
from vncopy.formats.record import CopyRecord, copy_id_of, parse_input, parse_record  # noqa: E402
from vncopy.wire import claims as cwt  # noqa: E402
from vncopy.wire import cose, deflate  # noqa: E402
from vncopy.wire.claims import StatusReference  # noqa: E402
from vncopy.wire.encode import claims_of  # noqa: E402
from vncopy.wire.payload import Carriage  # noqa: E402

HERE = Path(__file__).parent
TYPES = {
    "birth": BirthRecord,
    "marriage": MarriageRecord,
    "death": DeathRecord,
    "land": LandCertificate,
}
STATUS = StatusReference(index=4711, uri="https://status.example.vn/h26/1")
"""Carried by the first vector of each type."""


def diagnostic(value: object) -> str:
    """Return ``value`` in CBOR diagnostic notation (RFC 8949 §8)."""
    if isinstance(value, bytes):
        return f"h'{value.hex()}'"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{diagnostic(k)}: {diagnostic(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(diagnostic(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def record_of(name: str, sample: Path) -> CopyRecord[Any]:
    """Return the record of a sample, its random parts derived from its name."""
    document, statement = parse_input(sample.read_bytes(), TYPES[name])
    seed = sha256(f"{name}/{sample.stem}".encode()).digest()
    return CopyRecord(
        document=document, statement=statement, copy_id=copy_id_of(seed[:10]), salt=seed[10:26]
    )


def pack(plain: bytes, committed: str | None) -> bytes:
    """Return the compressed bytes: the committed ones if they say the same."""
    if committed is not None:
        packed = bytes.fromhex(committed)
        try:
            if deflate.inflate(packed) == plain:
                return packed
        except MalformedCopy:
            pass
    return deflate.deflate(plain)


def valid(
    name: str, record: CopyRecord[Any], carriage: Carriage, known: dict[str, Any], *, status: bool
) -> dict[str, Any]:
    """Return one valid vector.

    Args:
        name: its id.
        record: what it says.
        carriage: how much of it travels.
        known: the committed vector of that id, or an empty dictionary.
        status: whether it names a status list.

    Raises:
        TooLongForQR: it does not fit.
    """
    claims = claims_of(record, carriage, status=STATUS if status else None)
    plain = cwt.to_cbor(claims)
    packed = pack(plain, known.get("deflated"))
    to_be_signed = cose.to_be_signed(VECTOR_KEY.kid, packed)
    message = cose.frame(
        VECTOR_KEY.kid, packed, cose.normalise_low_s(VECTOR_KEY.sign(to_be_signed))
    )
    if len(message) > cose.MAX_MESSAGE_SIZE:
        raise TooLongForQR(size=len(message), limit=cose.MAX_MESSAGE_SIZE)
    return {
        "id": name,
        "format_id": record.format_id,
        "carriage": carriage.value,
        "record": json.loads(record.to_json()),
        "digest": record.digest().hex(),
        "claims": {
            "iss": claims.issuer,
            "iat": claims.issued_at,
            "cti": claims.cti.hex(),
            "status": {"idx": STATUS.index, "uri": STATUS.uri} if status else None,
        },
        "body": diagnostic(claims.body),
        "cbor": plain.hex(),
        "deflated": packed.hex(),
        "to_be_signed": to_be_signed.hex(),
        "cose": message.hex(),
        "bytes": len(message),
        "text": cose.to_text(message),
    }


def committed(name: str) -> dict[str, Any]:
    """Return the committed file, or an empty one."""
    path = HERE / f"{name}.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {"vectors": []}


def records_of(name: str, *, from_samples: bool) -> dict[str, CopyRecord[Any]]:
    """Return the records of a type by the stem of their sample.

    The records inside the committed vectors are the source, so that an edited sample does not
    silently move published bytes; ``from_samples`` takes the samples anew.
    """
    vectors = committed(f"vnc1-{name}")["vectors"]
    if vectors and not from_samples:
        return {
            each["id"].split("/")[1]: parse_record(
                canonical_json(each["record"]), types=DocumentTypes(TYPES[name])
            )
            for each in vectors
        }
    samples = sorted((ROOT / "samples" / name).glob("*.json"))
    return {sample.stem: record_of(name, sample) for sample in samples}


def valid_file(name: str, records: dict[str, CopyRecord[Any]]) -> dict[str, Any]:
    """Return the file of valid vectors of a type: each record in each carriage that fits."""
    known = {each["id"]: each for each in committed(f"vnc1-{name}")["vectors"]}
    vectors: list[dict[str, Any]] = []
    for stem, record in records.items():
        for carriage in Carriage:
            identifier = f"{name}/{stem}/{carriage.value}"
            before, first = known.get(identifier, {}), not vectors
            try:
                vectors.append(valid(identifier, record, carriage, before, status=first))
            except TooLongForQR as error:
                vectors.append(
                    {
                        "id": identifier,
                        "too_long": True,
                        "bytes": error.size,
                        "record": json.loads(record.to_json()),
                    }
                )
    return {"spec": "vnc1", "vectors": vectors}


def key_of(key: PublishedKey) -> dict[str, str]:
    """Return a published key."""
    numbers = key.private.private_numbers()
    return {
        "sentence": key.sentence,
        "d": f"{numbers.private_value:064x}",
        "x": f"{numbers.public_numbers.x:064x}",
        "y": f"{numbers.public_numbers.y:064x}",
        "certificate": key.certificate.hex(),
        "kid": key.kid.hex(),
    }


def files(*, from_samples: bool) -> dict[str, dict[str, Any]]:
    """Return every file by name."""
    built: dict[str, dict[str, Any]] = {
        "vnc1-keys": {"spec": "vnc1", "keys": [key_of(VECTOR_KEY), key_of(OTHER_KEY)]}
    }
    records = {name: records_of(name, from_samples=from_samples) for name in TYPES}
    for name in TYPES:
        built[f"vnc1-{name}"] = valid_file(name, records[name])
    known = {each["id"]: each for each in committed("vnc1-rejected")["vectors"]}
    base = records["birth"]["extract-two-parents"]
    built["vnc1-rejected"] = {
        "spec": "vnc1",
        "expected_types": sorted(kind.format_id for kind in TYPES.values()),
        "vectors": rejected(base, known),
    }
    built["vnc1-reuse"] = reuse_file({e["id"]: e for e in committed("vnc1-reuse")["vectors"]})
    return built


def main() -> int:
    """Write or check the files; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    parser.add_argument("--from-samples", action="store_true", help="take samples/ anew")
    options = parser.parse_args()
    check = options.check
    stale = []
    for name, content in files(from_samples=options.from_samples).items():
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        path = HERE / f"{name}.json"
        if not path.exists() or path.read_text("utf-8") != text:
            stale.append(path.name)
            if not check:
                path.write_text(text, "utf-8")
    print("out of step: " + ", ".join(stale) if stale else "vectors are in step")
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
