"""The page of rules is what the code says."""

from __future__ import annotations

import re
import subprocess
import sys

from support.sources import ROOT
from vncopy.formats.types import BUILTIN_TYPES

PAGE = ROOT / "docs" / "spec" / "rules.md"


def test_the_page_of_rules_is_up_to_date() -> None:
    tool = ROOT / "tools" / "rules_page.py"
    subprocess.run([sys.executable, str(tool), "--check"], check=True)


def test_every_rule_has_one_anchor() -> None:
    anchors = re.findall(r'<a id="([^"]+)">', PAGE.read_text(encoding="utf-8"))
    assert len(set(anchors)) == len(anchors)
    assert {rule.id for kind in BUILTIN_TYPES for rule in kind.rules} <= set(anchors)
    assert {"text.nfc", "personal_id.lost_zero", "record.duplicate", "date.form"} <= set(anchors)
