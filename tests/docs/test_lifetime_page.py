"""The page on thirty years shows the table that the tests hold the library to."""

from __future__ import annotations

import subprocess
import sys

from support.sources import ROOT


def test_the_page_on_thirty_years_is_up_to_date() -> None:
    tool = ROOT / "tools" / "lifetime_page.py"
    subprocess.run([sys.executable, str(tool), "--check"], check=True)
