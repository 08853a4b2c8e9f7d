"""Copies of 2026 in every situation of thirty years: `support/lifetime.py` says what must come out.

Every file is read once here (see ``conftest.py``). ``-m long`` reads it for every answer, with
evidence by OCSP in the files.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, get_args

import pytest

from support.lifetime import CASES, LEVELS, Case, Cell
from support.lifetime_copies import BASIC, ISSUED, PROVEN, STAMPED, ask_pdf, ask_qr, long_term
from vncopy.pki import KeyKind
from vncopy.policy import CheckId
from vncopy.report import Verdict
from vncopy.trust import Role
from vncopy.verify.judge import judge

if TYPE_CHECKING:
    from vncopy.policy import VerificationPolicy
    from vncopy.report import VerificationReport

KINDS: tuple[KeyKind, ...] = get_args(KeyKind)
Ask = Callable[[str, "VerificationPolicy"], "VerificationReport[Any]"]


def differences(case: Case, kind: KeyKind, *, ocsp: bool = False) -> list[str]:
    """Return every answer to a situation that is not the expected one."""
    found = []
    verdicts: set[Verdict] = set()

    def compare(name: str, report: VerificationReport[Any], cell: Cell) -> None:
        reasons = [each.value for each in report.reasons]
        right = report.verdict.value == cell.verdict
        if cell.reason:
            right &= cell.reason in reasons and report.sub_indication == cell.sub_indication
        if not right:
            found.append(
                f"{name}: {cell.verdict} {cell.reason} {cell.sub_indication} expected, got "
                f"{report.verdict.value} {reasons} {report.sub_indication}"
            )
        verdicts.add(report.verdict)

    compare("symbol", ask_qr(case, kind, BASIC), case.qr)
    compare("symbol, long term", ask_qr(case, kind, long_term("B-LT")), case.qr)
    for level, (archive, basic) in case.answers.items():
        report = ask_pdf(case, kind, level, long_term(level), ocsp=ocsp)
        compare(f"{level}, long term", report, archive)
        if archive.verdict == "valid":
            found += flaws_of_valid(report, level)
        report = ask_pdf(case, kind, level, BASIC, ocsp=ocsp)
        compare(f"{level}, basic", report, basic)
    if verdicts >= {Verdict.VALID, Verdict.INVALID}:
        found.append("VALID stands against INVALID")
    return found


def flaws_of_valid(report: VerificationReport[Any], level: str) -> list[str]:
    """Return what a report that is VALID for an archive should say and does not."""
    found = []
    for each in report.signatures:
        who = f"{level} {each.role}"
        if each.indication != ("TOTAL-PASSED", None):
            found.append(f"{who}: {each.indication}")
        if each.role in {Role.PERSON.value, Role.SEAL.value}:
            if each.level is None or each.level.value != level:
                found.append(f"{who}: level {each.level}")
            if each.proven_at != PROVEN or each.claimed_at != ISSUED:
                found.append(f"{who}: proven at {each.proven_at}")
    if not {CheckId.REVOCATION, CheckId.TRUSTED_TIME, CheckId.LEVEL}.isdisjoint(
        report.not_required
    ):
        found.append("waived")
    copy = report.require()
    if copy.proven_at != PROVEN:
        found.append(f"copy proven at {copy.proven_at}")
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_copy_of_2026(case: Case, kind: KeyKind) -> None:
    assert differences(case, kind) == []


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_copy_of_2026_with_evidence_by_ocsp(case: Case, kind: KeyKind) -> None:
    assert differences(case, kind, ocsp=True) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_stored_facts_never_make_a_copy_valid_nor_save_it(case: Case) -> None:
    kind: KeyKind = "p256"
    for level in case.answers:
        policy = long_term(level)
        report = ask_pdf(case, kind, level, policy)
        store = case.trust(kind)
        # What the verifier supplied is among the facts: who judges again need not have it.
        again = judge(report.facts, trust=store, at=case.at, policy=report.policy)  # type: ignore[call-overload]
        assert (again.verdict is Verdict.INVALID) == (report.verdict is Verdict.INVALID)
        assert again.verdict is not Verdict.VALID
        for check in (CheckId.REVOCATION, CheckId.TRUSTED_TIME, CheckId.SIGNER_PATHS):
            assert again.check(check) == report.check(check)


def test_situations_have_names_of_their_own_and_ask_after_the_copy_was_issued() -> None:
    assert len({case.id for case in CASES}) == len(CASES)
    for case in CASES:
        assert set(case.answers) <= set(LEVELS)
        assert case.at > STAMPED
        assert all(renewal.at < case.at for renewal in case.renewals)
        assert case.supplied is None or case.supplied <= case.at
        # A file can be renewed only from level B-T on, and the table follows archived ones.
        assert not case.renewals or set(case.answers) == {"B-LTA"}


def test_the_table_would_notice() -> None:
    """An answer that is wrong in verdict, reason or sub-indication is found."""
    case = CASES[0]
    for wrong in (
        Cell(verdict="invalid"),
        Cell(verdict="undetermined", reason="path_expired", sub_indication="TRY_LATER"),
        Cell(verdict="undetermined", reason="no_revocation_evidence", sub_indication="NO_POE"),
    ):
        changed = case.with_answer("B-B", (wrong, case.answers["B-B"][1]))
        assert len(differences(changed, "p256")) == 1
