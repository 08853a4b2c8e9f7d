"""Forged files by published classes, and files that are in order; made here, never downloaded."""

from __future__ import annotations

from importlib import import_module

from support.forgeries.kinds import AttackFile, ControlFile

__all__ = ["AttackFile", "ControlFile", "attacks", "controls"]

ATTACK_MODULES: tuple[str, ...] = (
    "certified",
    "shadow",
    "universal",
    "incremental",
    "wrapping",
    "swapped",
    "stamped",
    "messages",
    "copied_stamps",
    "whole_files",
    "reuse",
    "tampered",
    "displaced",
    "beside",
    "readings",
)
"""Modules of this folder with a function ``files() -> tuple[AttackFile, ...]``, one class of attacks
or several that belong together in each."""
CONTROL_MODULES: tuple[str, ...] = ("controls_made", "controls_beside", "controls_of_others")
"""Modules of this folder with a function ``files() -> tuple[ControlFile, ...]``."""


def attacks() -> tuple[AttackFile, ...]:
    """Return every forged file, in the order of the classes."""
    found = tuple(
        file
        for name in ATTACK_MODULES
        for file in import_module(f"support.forgeries.{name}").files()
    )
    names = [file.name for file in found]
    assert len(set(names)) == len(names), "two files of one name"
    return found


def controls() -> tuple[ControlFile, ...]:
    """Return every file that is in order."""
    return tuple(
        file
        for name in CONTROL_MODULES
        for file in import_module(f"support.forgeries.{name}").files()
    )
