"""Write docs/spec/lifetime.md, what a copy is worth over thirty years; `--check` only compares.

The table is that of the tests (`tests/support/lifetime.py`): it says what is expected, and
`tests/lifetime` holds the library to it.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.generations import PLAN, TSAS  # noqa: E402 - the path above
from support.lifetime import GROUPS, LEVELS, Case, Cell  # noqa: E402 - the path above

PAGE = ROOT / "docs" / "spec" / "lifetime.md"

MARKS = {"valid": "✓", "undetermined": "?", "invalid": "✗"}

HEAD = """\
# What a copy is worth over thirty years

One copy, issued on 21 November 2026, at each PAdES level, asked about until 2056. `tests/lifetime` holds
the library to every cell, for RSA and P-256 alike, with sockets that cannot be opened: nothing is known but
what stands in the file, what the trust folder says at that time, and the evidence that a row names.
Written by `tools/lifetime_page.py` from `tests/support/lifetime.py`.

- **File, archive** is `--policy long-term` with the level of the copy as the lowest: revocation evidence and
  trusted time are required. **File, basic** is `--policy offline-basic`, which waives both. **Symbol** is the
  text of the QR code, by either policy.
- A cell has the verdict and, unless it is VALID, the sub-indication of ETSI EN 319 102-1 and a
  [reason](../reasons.md) that decides. VALID for an archive means as well: person's and seal's signatures are
  TOTAL-PASSED at their level, at the time that the first timestamp proves.
- No row has VALID beside INVALID. A symbol proves no time, so that it may be undetermined where the file is
  valid. (What only the file has, such as a changed page or a stolen seal, says nothing about a symbol, which
  has a key of its own.)
- `renew` was called months before the service of the last timestamp ended, with the newest service of that
  day; no byte before was changed. Copies of level B-T and B-LT become B-LTA by it.

Who is in force when:
"""


def page() -> str:
    """Return the page."""
    parts = [HEAD, *_timeline(), *_overview()]
    for title, cases in GROUPS.items():
        parts.append(f"\n## {title}\n")
        parts += map(_case, cases)
    return "".join(parts)


def _timeline() -> list[str]:
    """Return one line for each certificate that matters."""
    rows = ["\n| | from | until | below |\n|---|---|---|---|\n"]
    shown = [
        label for label, plan in PLAN.items() if plan.role is None or label in (*TSAS, "tsa-b")
    ]
    rows += [
        f"| {PLAN[label].name} | {PLAN[label].start:%m/%Y} | {PLAN[label].end:%m/%Y} |"
        f" {PLAN[PLAN[label].issuer or label].name if PLAN[label].issuer else ''} |\n"
        for label in shown
    ]
    rows.append(
        "| keys of person, seal and symbol of 2026 | 01/2026 | 12/2029 | Example CA 2024 |\n"
    )
    return rows


def _overview() -> list[str]:
    """Return all situations in one table: the file for an archive, and the symbol."""
    head = "".join(f" {level} |" for level in LEVELS)
    rows = [
        "\n## At a glance\n\nThe file, for an archive, and the symbol: ✓ valid, ? undetermined, ✗ invalid.\n",
        f"\n| | asked |{head} symbol |\n|---|---|{'---|' * len(LEVELS)}---|\n",
    ]
    for case in (case for cases in GROUPS.values() for case in cases):
        marks = (
            MARKS[case.answers[level][0].verdict] if level in case.answers else ""
            for level in LEVELS
        )
        cells = "".join(f" {mark} |" for mark in (*marks, MARKS[case.qr.verdict]))
        rows.append(f"| [{case.id}](#{case.id}) | {case.at:%Y} |{cells}\n")
    return rows


def _case(case: Case) -> str:
    """Return one situation with its answers."""
    levels = [level for level in LEVELS if level in case.answers]
    head = "".join(f" {level} |" for level in levels)
    lines = [
        f"\n### {case.id}\n\n{case.says}\n\n",
        f"Asked on {case.at:%d/%m/%Y}{_circumstances(case)}.\n\n",
        f"| |{head}\n|---|{'---|' * len(levels)}\n",
    ]
    for number, title in enumerate(("File, archive", "File, basic")):
        cells = "".join(f" {_cell(case.answers[level][number])} |" for level in levels)
        lines.append(f"| {title} |{cells}\n")
    lines.append(f"| Symbol | {_cell(case.qr)} |{' |' * (len(levels) - 1)}\n")
    return "".join(lines)


def _circumstances(case: Case) -> str:
    """Return what was renewed and what is at hand."""
    found = [f"renewed {each.at:%m/%Y} by {PLAN[each.tsa].name}" for each in case.renewals]
    if case.supplied is not None:
        kind = "OCSP responses and lists" if case.ocsp else "lists"
        found.append(f"with {kind} of {case.supplied:%d/%m/%Y}")
    return "".join(f"; {each}" for each in found)


def _cell(cell: Cell) -> str:
    """Return one answer."""
    if not cell.reason:
        return cell.verdict.upper()
    reason = f"[{cell.reason}](../reasons.md#{cell.reason})"
    return f"{cell.verdict.upper()} {cell.sub_indication} {reason}"


def main() -> int:
    """Write or compare the page."""
    if "--check" in sys.argv[1:]:
        if PAGE.read_text(encoding="utf-8") == page():
            return 0
        print("docs/spec/lifetime.md is out of date: tools/lifetime_page.py", file=sys.stderr)
        return 1
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
