"""Write docs/reasons.md, the page of all reasons with an anchor each; `--check` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from vncopy.reasons import Reason

PAGE = Path(__file__).parent.parent / "docs" / "reasons.md"

HEAD = """\
# Reasons / Các lý do

Why a check of a report did not pass. The list is closed: a code keeps its meaning for ever, new ones are
added. *Verdict* is what the reason makes of its check; *sub-indication* is how ETSI EN 319 102-1 calls it.
A *warning* changes no verdict: somebody should know of it nevertheless.
No reason ever holds a value of a record. Written by `tools/reasons_page.py`.

Vì sao một bước kiểm tra không đạt. Danh sách đóng: mã không đổi nghĩa, chỉ thêm mã mới.
"""


def page() -> str:
    """Return the page."""
    parts = [HEAD]
    for reason in Reason:
        info = reason.info
        verdict = (
            "Warning: the verdict does not change"
            if info.outcome == "warning"
            else f"Verdict: {info.outcome} · sub-indication: {info.sub_indication}"
        )
        parts.append(
            f'\n### <a id="{reason.value}"></a>`{reason.value}`\n\n'
            f"{info.vi}  \n{info.en}\n\n"
            f"{verdict}\n"
        )
    return "".join(parts)


def main() -> int:
    """Write or compare the page."""
    if "--check" in sys.argv[1:]:
        if PAGE.read_text(encoding="utf-8") == page():
            return 0
        print("docs/reasons.md is out of date: python tools/reasons_page.py", file=sys.stderr)
        return 1
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
