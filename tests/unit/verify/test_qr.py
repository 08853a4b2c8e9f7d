"""``verify_qr`` against the vectors: every rejected text is INVALID for its own reason."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from support.qr_copies import AT, BASIC, pki, text
from vncopy.formats.base import DocumentTypes
from vncopy.formats.types import BUILTIN_TYPES
from vncopy.policy import CheckId, VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import Verdict
from vncopy.trust import (
    CertificateEntry,
    OfficeEntry,
    OfficeName,
    Role,
    Scope,
    TrustAnchor,
    TrustStore,
)
from vncopy.verify.qr import verify_qr

pytestmark = pytest.mark.qr_path

VECTORS = Path(__file__).parents[2] / "vectors"


@cache
def vectors() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((VECTORS / "vnc1-rejected.json").read_bytes())
    return loaded


@cache
def vector_trust() -> TrustStore:
    """The published test keys as the keys of one office; their self-signed certificates."""
    keys = json.loads((VECTORS / "vnc1-keys.json").read_bytes())["keys"]
    certificates = [bytes.fromhex(each["certificate"]) for each in keys]
    entries = tuple(
        CertificateEntry(
            certificate=each,
            role=Role.QR,
            signs_from=datetime(2026, 1, 1, tzinfo=UTC),
            scopes=(
                Scope(
                    types=frozenset(kind.format_id for kind in BUILTIN_TYPES),
                    kinds=frozenset({"register_extract_copy", "certified_copy"}),
                ),
            ),
        )
        for each in certificates[:1]
    )
    office = OfficeEntry(
        agency_code="H26.901",
        names=(OfficeName(name="Ủy ban nhân dân phường Hoàn Kiếm", since=date(2025, 7, 1)),),
        kind="commune_committee",
        certificates=entries,
    )
    return TrustStore(
        anchors=(TrustAnchor(name="published", certificate=certificates[0]),), offices=(office,)
    )


def _ids() -> list[str]:
    return [each["id"] for each in vectors()["vectors"] if each["reason"] is not None]


@pytest.mark.parametrize("name", _ids())
def test_every_rejected_vector_is_invalid_for_its_reason(name: str) -> None:
    (vector,) = (each for each in vectors()["vectors"] if each["id"] == name)
    expected = vectors()["expected_types"]
    wanted = DocumentTypes(*(each for each in BUILTIN_TYPES if each.format_id in expected))
    report = verify_qr(vector["text"], trust=vector_trust(), at=AT, policy=BASIC, expect=wanted)
    assert report.verdict is Verdict.INVALID
    assert Reason(vector["reason"]) in report.reasons


def test_the_good_vector_is_read_whole() -> None:
    good = vectors()["vectors"][0]
    report = verify_qr(good["text"], trust=vector_trust(), at=AT, policy=BASIC)
    for check in (
        CheckId.FRAMING,
        CheckId.ISSUER_KNOWN,
        CheckId.SIGNATURE,
        CheckId.PAYLOAD,
        CheckId.SCHEMA,
        CheckId.RULES,
    ):
        assert report.check(check).verdict is Verdict.VALID


@pytest.mark.parametrize("name", ["birth", "marriage", "death", "land"])
@pytest.mark.parametrize("carriage", ["auto", "reference"])
def test_every_document_in_each_carriage(name: str, carriage: str) -> None:
    report = verify_qr(text(name, carriage), trust=pki().trust, at=AT, policy=BASIC)
    assert report.verdict is Verdict.VALID, report
    assert report.require().format_id == f"vn.{name}/1"


@pytest.mark.parametrize("policy", [VerificationPolicy.strict(), BASIC])
@pytest.mark.parametrize(
    "strange", ["", "VNC1:", "\x00", "\ud800", "VNC1:" + "A" * 5000, "vnc1:AAAA", "VNC1:\ud800AB"]
)
def test_strange_texts_give_reports(strange: str, policy: VerificationPolicy) -> None:
    report = verify_qr(strange, trust=pki().trust, at=AT, policy=policy)
    assert report.verdict is Verdict.INVALID


def test_nothing_is_inflated_before_the_signature_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("inflated before verified")

    symbol = text()
    monkeypatch.setattr("vncopy.verify.collect.unpack", refuse)
    nobody = TrustStore(anchors=pki().trust.anchors)
    assert verify_qr(symbol, trust=nobody, at=AT, policy=BASIC).verdict is Verdict.UNDETERMINED
    last = "0" if symbol[-1] != "0" else "1"
    changed = verify_qr(symbol[:-1] + last, trust=pki().trust, at=AT, policy=BASIC)
    assert changed.verdict is Verdict.INVALID


def test_it_runs_in_threads_and_inside_an_event_loop() -> None:
    def once(seed: int) -> Verdict:
        return verify_qr(text(seed=seed % 3 + 1), trust=pki().trust, at=AT, policy=BASIC).verdict

    async def inside() -> Verdict:
        return once(1)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(once, range(40))) == {Verdict.VALID}
    assert asyncio.run(inside()) is Verdict.VALID


def test_the_same_question_gets_the_same_answer() -> None:
    asked: dict[str, Any] = {"trust": pki().trust, "at": AT, "policy": BASIC}
    assert verify_qr(text(), **asked).to_json() == verify_qr(text(), **asked).to_json()
