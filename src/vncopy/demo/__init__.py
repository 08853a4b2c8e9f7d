"""The demonstration: one copy of each document from a demo PKI, issued and verified.

Everything is a value; the command line reads the clock and writes the files. Offices, people and
numbers are invented.
"""

from __future__ import annotations

from vncopy.demo.copies import DEMO_TYPES, DemoCopy, demo_record, issue_demo_copies

__all__ = ["DEMO_TYPES", "DemoCopy", "demo_record", "issue_demo_copies"]
