"""The docs page of reasons is what the code says."""

from __future__ import annotations

import subprocess
import sys

from support.sources import ROOT


def test_the_page_of_reasons_is_up_to_date() -> None:
    tool = ROOT / "tools" / "reasons_page.py"
    subprocess.run([sys.executable, str(tool), "--check"], check=True)
