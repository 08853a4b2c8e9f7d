"""The pages on forged files and files in order are what was kept, and the answers are understood."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from typing import Any

import pytest

from support.sources import ROOT

SIGNATURE: dict[str, Any] = {
    "kind": "signature",
    "accepted": True,
    "intact": True,
    "valid": True,
    "trusted": True,
    "coverage": "ENTIRE_FILE",
    "modification": "NONE",
    "permitted": True,
}
FIELD = "Signature #1:\n  - Signature Validation: {}\n  - {}\n"
PASSED = {"indication": "TOTAL_PASSED", "sub_indication": None, "warnings": []}
FAILED = {"indication": "TOTAL_FAILED", "sub_indication": "HASH_FAILURE", "warnings": []}
OPEN = {"indication": "INDETERMINATE", "sub_indication": "NO_POE", "warnings": ["X_ANS: text"]}


@pytest.fixture
def judges(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the module that asks the other judges."""
    monkeypatch.syspath_prepend(str(ROOT / "tests" / "interop"))
    return import_module("on_forgeries")


def test_the_pages_on_forged_files_and_files_in_order_are_up_to_date() -> None:
    tool = ROOT / "tools" / "attacks_page.py"
    subprocess.run([sys.executable, str(tool), "--check"], check=True)


@pytest.mark.parametrize(
    ("answer", "says", "detail", "raw"),
    [
        ({"error": "KeyError", "own": False}, "raises", "KeyError", True),
        ({"error": "PdfReadError", "own": True}, "raises", "PdfReadError", False),
        ({"signatures": []}, "no signatures", "", False),
        ({"signatures": [SIGNATURE]}, "accepts", "", False),
        (
            {"signatures": [SIGNATURE, SIGNATURE | {"modification": "FORM_FILLING"}]},
            "accepts",
            "form_filling",
            False,
        ),
        (
            {"signatures": [SIGNATURE, SIGNATURE | {"accepted": False, "intact": False}]},
            "refuses",
            "not intact",
            False,
        ),
        (
            {"signatures": [SIGNATURE | {"accepted": False, "modification": "OTHER"}]},
            "refuses",
            "modified",
            False,
        ),
        (
            {"signatures": [SIGNATURE | {"accepted": False, "permitted": False}]},
            "refuses",
            "not permitted",
            False,
        ),
        ({"signatures": [SIGNATURE | {"accepted": False}]}, "refuses", "other", False),
    ],
)
def test_what_pyhanko_says(
    judges: Any, answer: dict[str, Any], says: str, detail: str, *, raw: bool
) -> None:
    opinion = judges.of_pyhanko(answer)
    assert (opinion.says, opinion.detail, opinion.raw) == (says, detail, raw)


@pytest.mark.parametrize(
    ("text", "says", "told"),
    [
        ("File 'x' does not contain any signatures", "no signatures", ""),
        ("Signature #1:\n  The signature form field is not signed.", "no signatures", ""),
        (FIELD.format("Signature is Valid.", "Total document signed"), "accepts", ""),
        (
            FIELD.format("Signature is Valid.", "Not total document signed"),
            "accepts",
            "not total document signed",
        ),
        (FIELD.format("Digest Mismatch.", "Total document signed"), "refuses", "Digest Mismatch."),
        (
            "Signature #1:\n  Signature has not yet been verified",
            "refuses",
            "nothing judged",
        ),
    ],
)
def test_what_pdfsig_says(judges: Any, text: str, says: str, told: str) -> None:
    opinion = judges.of_pdfsig(text)
    assert (opinion.says, opinion.detail or opinion.warns) == (says, told)


@pytest.mark.parametrize(
    ("answer", "says", "detail", "raw"),
    [
        ({"signatures": []}, "no signatures", "", False),
        ({"signatures": [PASSED]}, "accepts", "TOTAL_PASSED", False),
        ({"signatures": [PASSED, OPEN]}, "undecided", "INDETERMINATE/NO_POE", False),
        ({"signatures": [FAILED, PASSED]}, "refuses", "TOTAL_FAILED/HASH_FAILURE", False),
        ({"error": "java.lang.NullPointerException: x"}, "raises", "NullPointerException", True),
        ({"error": "eu.europa.esig.dss.DSSException"}, "raises", "DSSException", False),
    ],
)
def test_what_dss_says(
    judges: Any, answer: dict[str, Any], says: str, detail: str, *, raw: bool
) -> None:
    opinion = judges.of_dss(answer)
    assert (opinion.says, opinion.detail, opinion.raw) == (says, detail, raw)


def test_what_dss_remarks(judges: Any) -> None:
    warned = PASSED | {"warnings": ["BBB_FC_IAOD_ANS: text", "BBB_FC_IAOD_ANS: text"]}
    assert judges.of_dss({"signatures": [warned]}).warns == "BBB_FC_IAOD"
    assert not judges.of_dss({"signatures": [OPEN]}).warns


def test_a_judge_that_dies_is_silent_and_is_started_anew(judges: Any) -> None:
    script = (
        "import sys\n"
        "for line in sys.stdin:\n"
        "    if 'die' in line: sys.exit(3)\n"
        "    print('{\"signatures\": []}', flush=True)\n"
    )
    command = [sys.executable, "-c", script]
    found = judges._ask_lines(command, ["a", "die", "b"], judges.of_dss)
    assert [each.says for each in found] == ["no signatures", "no answer", "no signatures"]
