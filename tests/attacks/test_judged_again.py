"""Stored facts give the verdict that the file gave: over every forged file and every one in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from support.forgeries import attacks, controls
from support.forgeries.plain import judged, plain
from support.pdf_copies import AT, BASIC, demo, issued, verify
from vncopy.errors import UsageError
from vncopy.facts.common import facts_from_json
from vncopy.facts.pdf import PDFFacts
from vncopy.facts.qr import QRFacts
from vncopy.policy import CheckId
from vncopy.report import Check, Covers, Verdict
from vncopy.verify.judge import judge
from vncopy.verify.signatures import judge_signatures

if TYPE_CHECKING:
    from support.forgeries import AttackFile, ControlFile
    from vncopy.report import SignatureReport

ASKED = {"trust": demo().trust, "at": AT, "policy": BASIC}


def stored(facts: object) -> PDFFacts:
    """Return facts as they come back from a file."""
    assert isinstance(facts, PDFFacts)
    return facts_from_json(facts.to_json(), PDFFacts)


def hold_signatures(report: SignatureReport) -> None:
    """Hold what stored facts of signatures say to what the file said."""
    again = judge_signatures(stored(report.facts), **ASKED)
    assert again.checks == report.checks
    assert again.signatures == report.signatures
    assert (again.verdict, again.covers) == (report.verdict, Covers.STORED_FACTS)


FORGED, IN_ORDER = attacks(), controls()
EVERY: Final = 12
"""Of the files one in so many is judged again in the short run: all are read there once already."""


@pytest.mark.parametrize("file", FORGED[::EVERY], ids=lambda file: file.name)
def test_a_forged_file_stays_invalid(file: AttackFile) -> None:
    stays_invalid(file)


@pytest.mark.parametrize("file", IN_ORDER[::EVERY], ids=lambda file: file.name)
def test_a_file_in_order_stays_valid(file: ControlFile) -> None:
    hold_signatures(judged(file.build()))


@pytest.mark.long
def test_every_forged_file_stays_invalid_and_every_one_in_order_valid() -> None:
    for forged in FORGED:
        stays_invalid(forged)
    for control in IN_ORDER:
        hold_signatures(judged(control.build()))


def stays_invalid(file: AttackFile) -> None:
    """Hold what stored facts of a forged file say to what the file said."""
    pdf = file.build()
    if file.base == "plain":
        hold_signatures(judged(pdf))
        return
    report = verify(pdf)
    again = judge(stored(report.facts), **ASKED)
    assert _but_law(again.checks) == _but_law(report.checks)
    assert again.verdict is report.verdict is Verdict.INVALID


def _but_law(checks: tuple[Check, ...]) -> list[Check]:
    """Leave out the check that has to read the document: whether the law lets the office issue it."""
    return [check for check in checks if check.id is not CheckId.KIND_OFFICE]


def test_a_copy_is_never_valid_by_its_facts_alone() -> None:
    """Whoever can write facts could write better ones; the content would be missing anyway."""
    pdf = issued().pdf
    report = verify(pdf)
    assert report.verdict is Verdict.VALID
    again = judge(stored(report.facts), **ASKED)
    assert again.verdict is Verdict.UNDETERMINED
    assert [reason.value for reason in again.reasons] == ["carrier_missing"]
    assert judge(stored(report.facts), **ASKED, carrier=pdf).checks == report.checks


def test_facts_of_signatures_and_of_copies_are_not_taken_for_each_other() -> None:
    of_copy, of_signatures = verify(issued().pdf).facts, judged(plain()).facts
    assert isinstance(of_copy, PDFFacts)
    assert isinstance(of_signatures, PDFFacts)
    with pytest.raises(UsageError, match=r"argument\.facts"):
        judge_signatures(of_copy, **ASKED)
    with pytest.raises(UsageError, match=r"argument\.facts"):
        judge_signatures(QRFacts(text_sha256="00", framing=of_copy.reading), **ASKED)
    with pytest.raises(UsageError, match=r"argument\.facts"):
        judge(of_signatures, **ASKED)


def test_the_file_itself_beside_facts_of_its_signatures() -> None:
    report = judged(plain())
    facts = stored(report.facts)
    again = judge_signatures(facts, **ASKED, carrier=plain())
    assert (again.checks, again.covers) == (report.checks, Covers.SIGNATURES)
    with pytest.raises(UsageError, match=r"facts\.other_carrier"):
        judge_signatures(facts, **ASKED, carrier=plain(2))
    with pytest.raises(UsageError, match=r"arguments\.bytes"):
        judge_signatures(facts, **ASKED, carrier="a path")  # type: ignore[arg-type]
