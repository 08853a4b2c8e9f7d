"""Re-use and downgrade: each case has its check and its reason, on symbols and on files.

The cases are in ``tests/support/reuse_symbols.py`` and ``reuse_files.py``; the page
``docs/security/re-use.md`` shows the same table.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from support.reuse_files import cases as file_cases
from support.reuse_symbols import cases as symbol_cases
from support.reuse_vectors import PATH, from_json, trust_of
from support.sources import ROOT
from vncopy.facts.common import facts_from_json
from vncopy.facts.qr import QRFacts
from vncopy.formats.base import DocumentTypes
from vncopy.formats.types import BUILTIN_TYPES
from vncopy.policy import CheckId, VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import Report, Verdict
from vncopy.verify.judge import judge
from vncopy.verify.pdf import verify_pdf
from vncopy.verify.qr import verify_qr

if TYPE_CHECKING:
    from support.reuse import ReuseCase
    from support.reuse_files import FileCase
    from support.reuse_symbols import SymbolCase

SYMBOLS, FILES = symbol_cases(), file_cases()
VECTORS = json.loads(PATH.read_text("utf-8"))


def arguments(case: ReuseCase[Any]) -> dict[str, Any]:
    expect = BUILTIN_TYPES if case.expect is None else case.expect
    return {"trust": case.trust(), "at": case.at, "policy": case.policy, "expect": expect}


def hold(case: ReuseCase[Any], report: Report) -> None:
    """Hold a report to what the case expects."""
    told = [check for check in report.decisive if check.reason is not Reason.NOT_RUN]
    assert report.verdict is case.verdict, told
    if case.check is None:
        assert told == []
    else:
        assert report.check(case.check).reason is case.reason, told
        assert case.reason in report.reasons
    if case.alone and case.verdict is not Verdict.VALID:
        assert [check.id for check in told] == [case.check]
    if case.covers is not None:
        assert report.covers is case.covers
        assert report.headline().vi.count("; hãy so ") == 1
        assert report.headline().en.count("; compare ") == 1


@pytest.mark.qr_path
@pytest.mark.parametrize("case", SYMBOLS, ids=lambda case: case.name)
def test_a_symbol_put_to_another_use(case: SymbolCase) -> None:
    asked = arguments(case)
    report = verify_qr(case.build(), **asked)
    hold(case, report)
    assert isinstance(report.facts, QRFacts)
    stored = facts_from_json(report.facts.to_json(), QRFacts)
    assert judge(stored, **asked, carrier=case.build()).checks == report.checks
    if case.verdict is not Verdict.VALID and case.check is not CheckId.KIND_OFFICE:
        assert judge(stored, **asked).verdict is report.verdict


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.name)
def test_a_file_put_to_another_use(case: FileCase) -> None:
    hold(case, verify_pdf(case.build(), **arguments(case)))


def test_names_are_unique() -> None:
    for cases in (SYMBOLS, FILES):
        names = [case.name for case in cases]
        assert len(set(names)) == len(names)


@pytest.mark.qr_path
@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda each: each["id"])
def test_the_vectors_say_the_same_to_somebody_who_has_nothing_else(vector: dict[str, Any]) -> None:
    """Read as another implementation would: the folder, the time, the policy and the text."""
    expect: DocumentTypes = BUILTIN_TYPES
    if vector["expect"] is not None:
        expect = DocumentTypes(
            *(each for each in BUILTIN_TYPES if each.format_id == vector["expect"])
        )
    report = verify_qr(
        vector["text"],
        trust=trust_of(VECTORS, vector),
        at=from_json(vector["at"]),
        policy=VerificationPolicy(
            name="vector",
            waived=frozenset(CheckId(each) for each in vector["waived"]),
            max_list_age=from_json(vector["max_list_age_s"]),
        ),
        expect=expect,
    )
    assert report.verdict.value == vector["verdict"]
    assert report.covers.value == vector["covers"] or vector["covers"] is None
    if vector["check"] is not None:
        assert report.check(CheckId(vector["check"])).reason is Reason(vector["reason"])


def test_every_symbol_has_its_vector() -> None:
    assert [each["id"] for each in VECTORS["vectors"]] == [case.name for case in SYMBOLS]


def test_the_page_on_re_use_is_up_to_date() -> None:
    tool = ROOT / "tools" / "reuse_page.py"
    subprocess.run([sys.executable, str(tool), "--check"], check=True)
