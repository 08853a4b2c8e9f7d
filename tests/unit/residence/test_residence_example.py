"""The docs' example of a type of one's own works: one class, one template, one sample."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from support.sources import ROOT
from vncopy.errors import UsageError
from vncopy.formats.base import Document, DocumentTypes, Travel, items
from vncopy.formats.parsing import parse_document
from vncopy.formats.profile import load_profile
from vncopy.formats.record import CopyRecord, copy_id_of, parse_input, parse_record
from vncopy.formats.schema import json_schema
from vncopy.formats.types import BUILTIN_TYPES
from vncopy.issue import IssuedCopy, Signers, issue, prepare
from vncopy.pki import DemoOffice, DemoPki, make_demo_pki
from vncopy.policy import VerificationPolicy
from vncopy.verify.pdf import verify_pdf
from vncopy.verify.qr import verify_qr

FOLDER = ROOT / "docs" / "examples" / "residence"
SAMPLE = (FOLDER / "sample.json").read_bytes()
NOW = dt.datetime(2026, 11, 21, 3, 21, 35, tzinfo=dt.UTC)
POLICY = VerificationPolicy.offline_basic()


@pytest.fixture(scope="module")
def kind() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(FOLDER.parent))
        yield import_module("residence.residence").ResidenceConfirmation


@pytest.fixture(scope="module")
def pki() -> DemoPki:
    return make_demo_pki(seed=b"residence", kinds=("p256",))


@pytest.fixture(scope="module")
def office(pki: DemoPki) -> DemoOffice:
    return pki.office("H26.901")


@pytest.fixture(scope="module")
def issued(kind: type[Document], pki: DemoPki, office: DemoOffice) -> IssuedCopy:
    document, statement = parse_input(SAMPLE, kind)
    draft = prepare(document, statement, profile=load_profile(NOW.date()))
    signers = Signers(
        person=office.persons["p256"].signer(),
        seal=office.seals["p256"].signer(),
        qr=office.qr.signer(),
    )
    return issue(draft, signers=signers, at=NOW, trust=pki.trust)


def test_the_record_is_read_back(kind: type[Document]) -> None:
    document, statement = parse_input(SAMPLE, kind)
    record = CopyRecord(
        document=document, statement=statement, copy_id=copy_id_of(bytes(10)), salt=bytes(16)
    )
    assert parse_record(record.to_json(), BUILTIN_TYPES.with_type(kind)) == record
    with pytest.raises(UsageError, match=r"record\.format_id"):
        parse_record(record.to_json(), BUILTIN_TYPES)


def test_the_type_has_a_schema(kind: type[Document]) -> None:
    schema = json_schema(kind)
    assert schema["x-vncopy-format-id"] == "org.example.residence/1"
    assert set(json.loads(SAMPLE)["document"]) <= set(schema["properties"])


def test_the_rule_of_the_type_is_obeyed(kind: type[Document]) -> None:
    fields = json.loads(SAMPLE)["document"]
    with pytest.raises(UsageError, match=r"residence\.valid_until"):
        parse_document(kind, {**fields, "valid_until": "2026-10-13"})


def test_the_symbol_holds_the_whole_document(
    kind: type[Document], pki: DemoPki, issued: IssuedCopy
) -> None:
    report = verify_qr(
        issued.qr_text, trust=pki.trust, at=NOW, policy=POLICY, expect=DocumentTypes(kind)
    )
    document = report.require().document
    assert isinstance(document, kind)
    assert document == parse_input(SAMPLE, kind)[0]


def test_the_file_verifies(kind: type[Document], pki: DemoPki, issued: IssuedCopy) -> None:
    report = verify_pdf(
        issued.pdf, trust=pki.trust, at=NOW, policy=POLICY, expect=DocumentTypes(kind)
    )
    assert report.require().document == parse_input(SAMPLE, kind)[0]


def test_whoever_was_not_told_about_the_type_refuses_it(pki: DemoPki, issued: IssuedCopy) -> None:
    report = verify_qr(issued.qr_text, trust=pki.trust, at=NOW, policy=POLICY)
    reasons = {check.reason.value for check in report.checks if check.reason is not None}
    assert report.verdict.value == "invalid"
    assert "unexpected_type" in reasons


def test_reference_carriage_has_the_key_fields(
    kind: type[Document], pki: DemoPki, office: DemoOffice
) -> None:
    document, statement = parse_input(SAMPLE, kind)
    draft = prepare(document, statement, profile=load_profile(NOW.date()))
    signers = Signers(
        person=office.persons["p256"].signer(),
        seal=office.seals["p256"].signer(),
        qr=office.qr.signer(),
    )
    made = issue(draft, signers=signers, at=NOW, carriage="reference", trust=pki.trust)
    report = verify_qr(
        made.qr_text, trust=pki.trust, at=NOW, policy=POLICY, expect=DocumentTypes(kind)
    )
    keys = {each.name for each in items(kind) if each.travel is Travel.REFERENCE}
    assert "full_name" in keys
    assert "members" not in keys
    assert report.verdict.value == "valid"


def test_the_readme_s_snippet_runs(
    kind: type[Document], pki: DemoPki, office: DemoOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kind
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    (snippet,) = re.findall(r"^```py\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    keys = {"person": office.persons["p256"], "seal": office.seals["p256"], "qr": office.qr}
    names: dict[str, object] = {
        "sample": SAMPLE,
        "today": NOW.date(),
        "now": NOW,
        "trust": pki.trust,
        "policy": POLICY,
        "key_of": lambda role: keys[role].signer(),
    }
    exec(compile(snippet, "README.md", "exec"), names)  # noqa: S102 - the point
    assert capsys.readouterr().out.strip() == json.loads(SAMPLE)["document"]["full_name"]
