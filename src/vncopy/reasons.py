"""The closed list of reasons why a check did not pass, each with its text in Vietnamese and English."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Codes of the closed list; the texts are in :data:`TEXTS`."""

    NOT_VNC1 = "not_vnc1"
