from __future__ import annotations

import importlib.util
import json
import unicodedata
from pathlib import Path
from types import ModuleType

import pytest

from vncopy.reasons import TEXTS, Reason
from vncopy.report import Indication, etsi_indication

ROOT = Path(__file__).parents[3]

SUB_INDICATIONS = {
    "FORMAT_FAILURE",
    "HASH_FAILURE",
    "SIG_CRYPTO_FAILURE",
    "REVOKED",
    "EXPIRED",
    "NOT_YET_VALID",
    "SIG_CONSTRAINTS_FAILURE",
    "CHAIN_CONSTRAINTS_FAILURE",
    "CERTIFICATE_CHAIN_GENERAL_FAILURE",
    "CRYPTO_CONSTRAINTS_FAILURE",
    "POLICY_PROCESSING_ERROR",
    "SIGNATURE_POLICY_NOT_AVAILABLE",
    "TIMESTAMP_ORDER_FAILURE",
    "NO_SIGNING_CERTIFICATE_FOUND",
    "NO_CERTIFICATE_CHAIN_FOUND",
    "REVOKED_NO_POE",
    "REVOKED_CA_NO_POE",
    "OUT_OF_BOUNDS_NO_POE",
    "OUT_OF_BOUNDS_NOT_REVOKED",
    "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
    "NO_POE",
    "TRY_LATER",
    "SIGNED_DATA_NOT_FOUND",
}


def test_every_reason_has_its_texts_in_the_order_of_the_list() -> None:
    assert list(TEXTS) == list(Reason)


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_is_one_sentence_in_each_language(reason: Reason) -> None:
    info = reason.info
    assert reason.value == reason.name.lower()
    assert info.outcome in {"invalid", "undetermined", "warning"}
    assert info.sub_indication in ({""} if info.outcome == "warning" else SUB_INDICATIONS)
    for text in (reason.text("vi"), reason.text("en")):
        assert 10 < len(text) < 120
        assert not text.endswith(".")
        assert unicodedata.is_normalized("NFC", text)
    assert any(ord(character) > 0xFF for character in info.vi), "Vietnamese has its marks"
    assert info.en.isascii()
    assert "bản sao số" not in info.vi


def test_texts_are_not_repeated() -> None:
    assert len({each.vi for each in TEXTS.values()}) == len(TEXTS)
    assert len({each.en for each in TEXTS.values()}) == len(TEXTS)


@pytest.mark.parametrize("reason", Reason)
def test_only_reasons_against_a_copy_are_total_failures(reason: Reason) -> None:
    indication, _ = etsi_indication(reason)
    if indication is Indication.TOTAL_FAILED and reason.info.outcome != "invalid":
        # A file beyond the limits was not judged, an engine that failed judged nothing.
        assert reason.info.sub_indication == "FORMAT_FAILURE"


def _tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_reasons_is_in_step() -> None:
    page = (ROOT / "docs" / "reasons.md").read_text(encoding="utf-8")
    assert page == _tool("reasons_page").page()
    for reason in Reason:
        assert f'<a id="{reason.value}"></a>' in page


def test_the_table_of_indications_is_in_step() -> None:
    page = (ROOT / "docs" / "spec" / "etsi-mapping.md").read_text(encoding="utf-8")
    assert page == _tool("etsi_page").page(page)


@pytest.mark.parametrize("name", ["report.schema.json", "trust-folder.schema.json"])
def test_the_published_schemas_are_in_step(name: str) -> None:
    published = (ROOT / "docs" / "spec" / name).read_text(encoding="utf-8")
    tool = _tool("schemas")
    assert published == tool.written(tool.SCHEMAS[name]())
    assert json.loads(published)["$schema"].endswith("2020-12/schema")
