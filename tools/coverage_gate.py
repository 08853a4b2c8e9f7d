"""Hold branch coverage to its floors: all of what decides, 95 % of the rest."""

from __future__ import annotations

import io
import json
import sys
import tempfile
from pathlib import Path

import coverage

WHOLE = (
    "wire/",
    "verify/checks",
    "verify/judge",
    "verify/proofs",
    "verify/situations",
    "verify/stamp",
    "verify/supplied",
)
"""Where every branch is to be tested: here a wrong answer would be believed."""
FLOOR = 95.0
"""Per cent of lines and branches of everything else, together."""


def main() -> int:
    """Print what falls short; return 1 if anything does."""
    cov = coverage.Coverage()
    cov.load()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "coverage.json"
        cov.json_report(outfile=str(target))
        files = json.loads(target.read_text(encoding="utf-8"))["files"]

    short: list[str] = []
    done = wanted = 0
    for path, entry in sorted(files.items()):
        name = path.replace("\\", "/").rpartition("vncopy/")[2]
        summary = entry["summary"]
        have = summary["covered_lines"] + summary["covered_branches"]
        want = summary["num_statements"] + summary["num_branches"]
        if name.startswith(WHOLE):
            if have < want:
                lines = ", ".join(map(str, entry["missing_lines"][:20]))
                branches = ", ".join(f"{a}→{b}" for a, b in entry["missing_branches"][:20])
                short.append(f"{name}: {have} of {want}; lines {lines or '–'}; {branches or '–'}")
        else:
            done, wanted = done + have, wanted + want
    rest = 100 * done / wanted if wanted else 100.0
    if rest < FLOOR:
        table = io.StringIO()
        cov.report(show_missing=True, skip_covered=True, file=table)
        print(table.getvalue())
        short.append(f"everything else: {rest:.1f} % of lines and branches, {FLOOR:.0f} % wanted")
    for line in short:
        print(f"coverage: {line}", file=sys.stderr)
    print(f"coverage: {rest:.1f} % of what need not be whole, {len(short)} shortfalls")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
