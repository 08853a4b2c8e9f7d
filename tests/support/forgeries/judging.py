"""What vncopy says of a forged file, by the call that a receiver would make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from support.forgeries.plain import judged
from support.pdf_copies import verify
from vncopy.report import Verdict

if TYPE_CHECKING:
    from support.forgeries.kinds import AttackFile

__all__ = ["Ours", "of_attack", "of_control"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """What vncopy says of one file."""

    layer: str
    """The verdict of ``verify_signatures``, for which every file is a signed PDF and nothing else."""
    verdict: str
    """The verdict of ``verify_pdf`` on a forged copy; of other files the same as ``layer``."""
    caught: bool
    """Whether the check that is named for the file failed for the reason that is named."""
    refusing: tuple[str, ...]
    """Every check that refuses the file."""
    undecided: tuple[str, ...]
    """Every required check that could not decide."""
    warns: tuple[str, ...]
    """What it remarks besides, whatever the verdict."""


def of_attack(file: AttackFile, pdf: bytes) -> Ours:
    """Return what is said of a forged file.

    Args:
        file: what is said about it in the list.
        pdf: the file itself.
    """
    layer = judged(pdf)
    report = verify(pdf) if file.base == "copy" else layer
    caught = any(each.id is file.check and each.reason is file.reason for each in report.checks)
    return _ours(report, layer.verdict, caught=caught)


def of_control(pdf: bytes) -> Ours:
    """Return what is said of a file in order.

    Args:
        pdf: the file.
    """
    layer = judged(pdf)
    return _ours(layer, layer.verdict, caught=False)


def _ours(report: Any, layer: Verdict, *, caught: bool) -> Ours:
    required = [each for each in report.checks if each.id not in report.policy.waived]
    return Ours(
        layer=layer.value,
        verdict=report.verdict.value,
        caught=caught,
        refusing=tuple(each.id.value for each in required if each.verdict is Verdict.INVALID),
        undecided=tuple(each.id.value for each in required if each.verdict is Verdict.UNDETERMINED),
        warns=tuple(dict.fromkeys(word.value for each in report.checks for word in each.warnings)),
    )
