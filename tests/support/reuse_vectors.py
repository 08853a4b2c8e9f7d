"""Cases of re-use as vectors: each text with the folder, the time and the policy that it is asked for."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from support.rejected_vectors import Packer
from support.reuse_symbols import SymbolCase, cases
from vncopy.trust import TrustAnchor, TrustStore
from vncopy.trust_folder.offices import offices_to_json, parse_offices

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH = Path(__file__).parent.parent / "vectors" / "vnc1-reuse.json"


def reuse_file(known: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the whole file.

    Args:
        known: the committed vectors by id; their compressed bytes are kept where they say the same.
    """
    rows = cases(Packer(dict(known)))
    first = rows[0].trust()
    offices: dict[str, Any] = {}
    return {
        "spec": "vnc1",
        "anchors": {each.name: _base64(each.certificate) for each in first.anchors},
        "intermediates": [_base64(each) for each in first.intermediates],
        "vectors": [_vector(case, offices) for case in rows],
        "offices": offices,
    }


def _vector(case: SymbolCase, offices: dict[str, Any]) -> dict[str, Any]:
    trust = case.trust()
    file = json.loads(offices_to_json(trust.offices, as_of=trust.as_of))
    names = [_name(each) for each in file["offices"]]
    offices.update(zip(names, file["offices"], strict=True))
    return {
        "id": case.name,
        "group": case.group,
        "what": case.what,
        "as_of": file.get("as_of"),
        "offices": names,
        "at": case.at.astimezone(UTC).isoformat(),
        "waived": sorted(each.value for each in case.policy.waived),
        "max_list_age_s": int(case.policy.max_list_age.total_seconds()),
        "expect": None if case.expect is None else case.expect.format_id,
        "verdict": case.verdict.value,
        "check": None if case.check is None else case.check.value,
        "reason": None if case.reason is None else case.reason.value,
        "covers": None if case.covers is None else case.covers.value,
        "text": case.build(),
    }


def _name(office: dict[str, Any]) -> str:
    """Return a name for an entry of ``offices.json``: its agency code and a digest of all of it."""
    digest = hashlib.sha256(json.dumps(office, sort_keys=True).encode()).hexdigest()
    return f"{office['agency_code']}/{digest[:8]}"


def _base64(der: bytes) -> str:
    return base64.b64encode(der).decode()


def trust_of(file: Mapping[str, Any], vector: Mapping[str, Any]) -> TrustStore:
    """Return the trust folder of a vector, as ``load_trust`` would read it."""
    written: dict[str, Any] = {"schema_version": 1}
    if vector["as_of"] is not None:
        written["as_of"] = vector["as_of"]
    written["offices"] = [file["offices"][name] for name in vector["offices"]]
    offices, as_of = parse_offices(json.dumps(written).encode())
    return TrustStore(
        anchors=tuple(
            TrustAnchor(name=name, certificate=base64.b64decode(der))
            for name, der in file["anchors"].items()
        ),
        intermediates=tuple(map(base64.b64decode, file["intermediates"])),
        offices=offices,
        as_of=as_of,
    )


@overload
def from_json(value: str) -> datetime: ...
@overload
def from_json(value: int) -> timedelta: ...
def from_json(value: str | int) -> datetime | timedelta:
    """Return a time of the vectors, or a length of time."""
    return timedelta(seconds=value) if isinstance(value, int) else datetime.fromisoformat(value)
