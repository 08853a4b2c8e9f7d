"""The demo records are of the demo offices and stay within what a symbol should hold."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from vncopy.demo import DEMO_TYPES, demo_record, issue_demo_copies
from vncopy.pki import DEMO_START, make_demo_pki
from vncopy.policy import PadesLevel
from vncopy.report import Verdict


@pytest.mark.parametrize("key", ["p256", "rsa"])
def test_every_demo_copy_verifies_on_every_carrier(key: str) -> None:
    pki = make_demo_pki(kinds=(key,))  # type: ignore[arg-type]
    at = DEMO_START + timedelta(days=300)
    copies = list(issue_demo_copies(pki, at=at, key=key))  # type: ignore[arg-type]
    assert [copy.name for copy in copies] == list(DEMO_TYPES)
    assert {copy.made.level for copy in copies} == {PadesLevel.B_LTA}
    for copy in copies:
        assert set(copy.reports) == {"pdf", "qr", "image"}
        for carrier, report in copy.reports.items():
            assert report.verdict is Verdict.VALID, (copy.name, carrier, report.reasons)
            assert report.require().copy_id == copy.made.copy_id
        assert copy.picture.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", DEMO_TYPES)
def test_a_demo_record_names_its_type_and_no_time(name: str) -> None:
    record = json.loads(demo_record(name))
    assert record["format_id"] == f"vn.{name}/1"
    assert "issued_at" not in record["statement"]
