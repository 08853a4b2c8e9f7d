"""Time is an argument: only the command line reads a clock."""

from __future__ import annotations

import ast

import pytest

from support.sources import Source, sources

CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "localtime", "gmtime"}
OWNERS = {"datetime", "date", "time", "dt"}
EXEMPT = ("cli/", "cli.py")


def clock_reads(tree: ast.Module) -> list[int]:
    """Return the lines that call `datetime.now()`, `date.today()`, `time.time()` and the like."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and (
            (isinstance(node.func.value, ast.Name) and node.func.value.id in OWNERS)
            or (isinstance(node.func.value, ast.Attribute) and node.func.value.attr in OWNERS)
        )
    ]


def test_the_search_finds_what_it_looks_for() -> None:
    text = "datetime.now(UTC)\ndatetime.datetime.utcnow()\nvalue.time()\ntime.time()\n"
    assert clock_reads(ast.parse(text)) == [1, 2, 4]


@pytest.mark.parametrize(
    "source", [s for s in sources() if not s.name.startswith(EXEMPT)], ids=lambda s: s.name
)
def test_no_clock_is_read(source: Source) -> None:
    assert clock_reads(source.tree) == []
