"""The docs page of the kinds of copy is what the legal profiles say."""

from __future__ import annotations

import subprocess
import sys

from support.sources import ROOT


def test_the_page_of_kinds_is_up_to_date() -> None:
    tool = ROOT / "tools" / "kinds_page.py"
    subprocess.run([sys.executable, str(tool), "--check"], check=True)
