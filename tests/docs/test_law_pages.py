"""The docs pages of rules and of kinds of copy are what code and profiles say."""

from __future__ import annotations

import subprocess
import sys

from support.sources import ROOT


def test_the_pages_of_rules_and_kinds_are_up_to_date() -> None:
    tool = ROOT / "tools" / "law_pages.py"
    subprocess.run([sys.executable, str(tool), "--check"], check=True)
