"""Write the table at the end of docs/spec/etsi-mapping.md; `--check` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from vncopy.reasons import Reason

PAGE = Path(__file__).parent.parent / "docs" / "spec" / "etsi-mapping.md"
HEADER = "| sub-indication | reasons |\n|---|---|\n"


def table() -> str:
    """Return the rows: each sub-indication with its reasons, in the order of the list."""
    rows: dict[str, list[str]] = {}
    for reason in Reason:
        if reason.info.outcome == "warning":  # no verdict follows, so no indication does
            continue
        link = f"[{reason.value}](../reasons.md#{reason.value})"
        rows.setdefault(reason.info.sub_indication, []).append(link)
    return "".join(f"| {name} | {', '.join(links)} |\n" for name, links in sorted(rows.items()))


def page(text: str) -> str:
    """Return the page with its table written anew."""
    before, _, _ = text.partition(HEADER)
    return before + HEADER + table()


def main() -> int:
    """Write or compare the page."""
    text = PAGE.read_text(encoding="utf-8")
    if "--check" in sys.argv[1:]:
        if text == page(text):
            return 0
        print("docs/spec/etsi-mapping.md is out of date: tools/etsi_page.py", file=sys.stderr)
        return 1
    PAGE.write_text(page(text), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
