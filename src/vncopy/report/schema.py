"""The JSON Schema of reports, published as ``docs/spec/report.schema.json``."""

from __future__ import annotations

from typing import Any, get_args

from vncopy.facts.common import Isolation
from vncopy.policy import CheckId, PadesLevel
from vncopy.reasons import TEXTS, Reason
from vncopy.report.reports import SCHEMA_VERSION
from vncopy.report.verdicts import WARNING, Covers, Indication, Verdict

__all__ = ["report_schema"]

_TIME = {"type": "string", "format": "date-time"}
_WORDS = {"vi": {"type": "string"}, "en": {"type": "string"}}
_SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def report_schema() -> dict[str, Any]:
    """Return the schema (JSON Schema 2020-12); every object is closed."""
    sub_indications = sorted({info.sub_indication for info in TEXTS.values()} - {""})
    warnings = [each.value for each in Reason if each.info.outcome == WARNING]
    reasons = [each.value for each in Reason if each.info.outcome != WARNING]
    checks = [each.value for each in CheckId]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "vncopy report",
        "$defs": {
            "verdict": {"enum": [each.value for each in Verdict]},
            "reason": {"enum": reasons},
            "warning": {"enum": warnings},
            "check_id": {"enum": checks},
            "indication": {"enum": [each.value for each in Indication]},
            "sub_indication": {"enum": [*sub_indications, None]},
            "check": _closed(
                {
                    "id": {"$ref": "#/$defs/check_id"},
                    "verdict": {"$ref": "#/$defs/verdict"},
                    "reason": {"oneOf": [{"$ref": "#/$defs/reason"}, {"type": "null"}]},
                    "detail": {"type": "string"},
                    "warnings": {"type": "array", "items": {"$ref": "#/$defs/warning"}},
                }
            ),
            "signature": _signature(),
            "copy": _copy(),
            "policy": _policy(),
        },
        **_closed(
            _members(),
            optional=("statement", "document"),
        ),
        # Content only stands beside the verdict that it may be believed.
        "if": {"anyOf": [{"required": ["document"]}, {"required": ["statement"]}]},
        "then": {"properties": {"verdict": {"const": Verdict.VALID.value}}},
    }


def _members() -> dict[str, Any]:
    """Return the members of a report, in their order."""
    return {
        "schema_version": {"const": SCHEMA_VERSION},
        "verdict": {"$ref": "#/$defs/verdict"},
        "headline": _closed(_WORDS),
        "indication": {"$ref": "#/$defs/indication"},
        "sub_indication": {"$ref": "#/$defs/sub_indication"},
        "reasons": _told("reason"),
        "warnings": _told("warning"),
        "next_steps": {"type": "array", "items": _closed(_WORDS)},
        "not_required": {"type": "array", "items": {"$ref": "#/$defs/check_id"}},
        "checks": {
            "type": "array",
            "minItems": 1,
            "items": {"$ref": "#/$defs/check"},
        },
        "signatures": {"type": "array", "items": {"$ref": "#/$defs/signature"}},
        "covers": {"enum": [each.value for each in Covers]},
        "isolation": {"enum": [*(get_args(Isolation)[1:]), None]},
        "copy": {"oneOf": [{"$ref": "#/$defs/copy"}, {"type": "null"}]},
        "at": _TIME,
        "policy": {"$ref": "#/$defs/policy"},
        "purpose": {"type": ["string", "null"]},
        "statement": {"type": "object"},
        "document": {"type": "object"},
    }


def _closed(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the schema of an object without other members."""
    return {
        "type": "object",
        "properties": properties,
        "required": [each for each in properties if each not in optional],
        "additionalProperties": False,
    }


def _told(kind: str) -> dict[str, Any]:
    """Return the schema of a list of reasons or warnings with their sentences."""
    one = _closed({"reason": {"$ref": f"#/$defs/{kind}"}, **_WORDS})
    return {"type": "array", "items": one}


def _optional(schema: dict[str, Any]) -> dict[str, Any]:
    return {"oneOf": [schema, {"type": "null"}]}


def _signature() -> dict[str, Any]:
    return _closed(
        {
            "field": {"type": "string"},
            "kind": {"enum": ["signature", "timestamp"]},
            "role": {"type": ["string", "null"]},
            "certificate": _optional(_SHA256),
            "office": {"type": ["string", "null"]},
            "office_name": {"type": ["string", "null"]},
            "subject": _optional(
                _closed(
                    {
                        "name": {"type": ["string", "null"]},
                        "organisation": {"type": ["string", "null"]},
                        "position": {"type": ["string", "null"]},
                    }
                )
            ),
            "vouched_by": {"type": ["string", "null"]},
            "level": {"enum": [*(each.value for each in PadesLevel), None]},
            "claimed_at": _optional(_TIME),
            "proven_at": _optional(_TIME),
            "proven_by": {"type": "array", "items": _timestamp()},
            "evidence": {"type": "array", "items": _evidence()},
            "renew_before": _optional(_TIME),
            "indication": {"$ref": "#/$defs/indication"},
            "sub_indication": {"$ref": "#/$defs/sub_indication"},
            "reasons": {"type": "array", "items": {"$ref": "#/$defs/reason"}},
        }
    )


def _timestamp() -> dict[str, Any]:
    return _closed(
        {
            "kind": {"enum": ["signature", "document"]},
            "time": _TIME,
            "authority": {"type": "string"},
            "certificate": _SHA256,
        }
    )


def _evidence() -> dict[str, Any]:
    return _closed(
        {
            "of": {"enum": ["signer", "signature_timestamp", "document_timestamp"]},
            "place": {"type": "integer", "minimum": -1},
            "kind": {"enum": ["ocsp", "crl"]},
            "sha256": _SHA256,
            "this_update": _TIME,
            "next_update": _optional(_TIME),
            "age_s": {"type": "integer"},
        }
    )


def _copy() -> dict[str, Any]:
    return _closed(
        {
            "copy_id": {"type": "string", "pattern": "^[0-9A-HJKMNP-TV-Z]{16}$"},
            "format_id": {"type": "string"},
            "kind": {"type": "string"},
            "carried_only": {"type": "boolean"},
            "issuer": _closed(
                {
                    "agency_code": {"type": "string"},
                    "name": {"type": "string"},
                    "vouched_by": {"type": "string"},
                    "certificate": _SHA256,
                }
            ),
            "claimed_at": _TIME,
            "proven_at": _optional(_TIME),
        }
    )


def _policy() -> dict[str, Any]:
    seconds = {"type": "integer", "minimum": 0}
    return _closed(
        {
            "name": {"type": "string"},
            "waived": {"type": "array", "items": {"$ref": "#/$defs/check_id"}},
            "max_list_age_s": seconds,
            "max_status_age_s": seconds,
            "max_revocation_age_s": seconds,
            "clock_tolerance_s": seconds,
            "max_timestamp_delay_s": seconds,
            "level": {"enum": [each.value for each in PadesLevel]},
            "sunsets": {
                "type": "array",
                "items": _closed(
                    {
                        "algorithm": {"type": "string"},
                        "bits": {"type": "integer", "minimum": 1},
                        "until": _optional(_TIME),
                    }
                ),
            },
        }
    )
