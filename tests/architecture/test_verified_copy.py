"""The typed document is behind the check: only the judges make a `VerifiedCopy`."""

from __future__ import annotations

import ast

from support.sources import sources

MAKERS = {"verify/judge.py", "verify/judge_pdf.py", "verify/pdf.py"}


def test_only_judges_make_a_verified_copy() -> None:
    found = {
        source.name
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "VerifiedCopy"
    }
    assert found
    assert found <= MAKERS


def test_reports_are_never_used_as_booleans() -> None:
    """`if report:` would raise; the library itself must not even try."""
    found = [
        f"{source.name}:{node.lineno}"
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.If | ast.While | ast.IfExp)
        and isinstance(node.test, ast.Name)
        and node.test.id == "report"
    ]
    assert found == []
