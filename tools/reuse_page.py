"""Write docs/security/re-use.md, what is said of carriers put to another use; `--check` only compares.

The tables are those of the tests (`tests/support/reuse_symbols.py`, `reuse_files.py`): they say what is
expected, and `tests/attacks/test_reuse.py` holds the library to it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.reuse_files import cases as file_cases  # noqa: E402 - the path above
from support.reuse_symbols import cases as symbol_cases  # noqa: E402 - the path above

if TYPE_CHECKING:
    from collections.abc import Iterable

    from support.reuse import ReuseCase

PAGE = ROOT / "docs" / "security" / "re-use.md"

HEAD = """\
# Re-use and downgrade

Nothing on this page is broken: every text is framed, signed and encoded as it should be, and every file is
one that the library itself could have made. What is wrong is who signed, for what, in which role, when, or
what was left out. `tests/attacks/test_reuse.py` holds the library to every line; each line on symbols is a
vector in `tests/vectors/vnc1-reuse.json`, with the trust folder and the time it is asked for, so that other
readers of the format can be held to it too. Written by `tools/reuse_page.py`.

*Check* and *[reason](../reasons.md)* are what the report says. Where a verdict is VALID, what keeps the use
in bounds is what the report says that it is about (`covers`), and that it tells people to compare.
"""
MARKS = {"valid": "✓ VALID", "undetermined": "? UNDETERMINED", "invalid": "✗ INVALID"}


def table(cases: Iterable[ReuseCase[Any]]) -> list[str]:
    """Return the lines of one carrier, grouped."""
    lines: list[str] = []
    group = ""
    for case in cases:
        if case.group != group:
            group = case.group
            lines += ["", f"### {group}", "", "| case | somebody | verdict | check | reason |"]
            lines += ["|---|---|---|---|---|"]
        check = "" if case.check is None else f"`{case.check.value}`"
        reason = "" if case.reason is None else f"`{case.reason.value}`"
        if case.covers is not None:
            check = f"covers `{case.covers.value}`"
        lines.append(
            f"| {case.name} | {case.what} | {MARKS[case.verdict.value]} | {check} | {reason} |"
        )
    return lines


def page() -> str:
    """Return the page."""
    symbols, files = symbol_cases(), file_cases()
    counted = f"{len(symbols)} cases on symbols, {len(files)} on files."
    lines = [HEAD, counted, "", "## Symbols", *table(symbols), "", "## Files", *table(files)]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write or compare the page."""
    if "--check" in sys.argv[1:]:
        if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page():
            return 0
        print("docs/security/re-use.md is out of date: tools/reuse_page.py", file=sys.stderr)
        return 1
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
