"""Copies that somebody with lawful keys puts to another use; the demo's folder alone says so."""

from __future__ import annotations

from support.forgeries.kinds import AttackFile
from support.pdf_copies import AT, BASIC, demo
from support.reuse_files import cases
from vncopy.report import Verdict


def files() -> tuple[AttackFile, ...]:
    """Return the files which are INVALID for whoever has the demo's folder, a day later."""
    rows = []
    for case in cases():
        ordinary = case.at == AT and case.policy == BASIC and case.trust() == demo().trust
        if case.verdict is Verdict.INVALID and ordinary and case.check and case.reason:
            rows.append(
                AttackFile(
                    family="re-use",
                    variant=case.name,
                    base="copy",
                    build=case.build,
                    check=case.check,
                    reason=case.reason,
                )
            )
    return tuple(rows)
