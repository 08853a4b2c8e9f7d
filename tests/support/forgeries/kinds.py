"""What is said of a forged file, and of a file that is in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vncopy.policy import CheckId
    from vncopy.reasons import Reason

Base = Literal["copy", "plain"]
"""A copy of ours, or a signed PDF of somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttackFile:
    """One forged file and what must catch it."""

    family: str
    """The published class, such as ``incremental-saving``."""
    variant: str
    """What this one does, such as ``no-end-mark``."""
    base: Base
    """What was forged."""
    build: Callable[[], bytes]
    """Makes the file; the same bytes at every call."""
    check: CheckId
    """The check of ``verify_signatures`` (of ``verify_pdf`` where only a copy has it) that catches it;
    others may too."""
    reason: Reason
    """Its reason."""
    published: str = ""
    """Where the class was published: authors, year."""

    @property
    def name(self) -> str:
        """Return one name for the file: class, variant, base."""
        return f"{self.family}/{self.variant}/{self.base}"


def on_both(
    family: str,
    variants: Mapping[str, tuple[Callable[[bytes], bytes], tuple[CheckId, Reason]]],
    base: Callable[[Base, str], bytes],
    *,
    published: str,
    otherwise: Mapping[tuple[str, str], tuple[CheckId, Reason]] | None = None,
) -> tuple[AttackFile, ...]:
    """Return the files of a class that is tried on copies and on signed PDFs of others alike.

    Args:
        family: the class.
        variants: by name: what is done to a file, and what must catch it.
        base: gives the file for a kind and a variant.
        published: where the class was published.
        otherwise: what must catch a variant of one kind, where it is something else.
    """

    def made(
        kind: Base,
        variant: str,
        change: Callable[[bytes], bytes],
        caught: tuple[CheckId, Reason],
    ) -> AttackFile:
        check, reason = (otherwise or {}).get((variant, kind), caught)
        return AttackFile(
            family=family,
            variant=variant,
            base=kind,
            build=lambda: change(base(kind, variant)),
            check=check,
            reason=reason,
            published=published,
        )

    kinds: tuple[Base, ...] = ("copy", "plain")
    return tuple(
        made(kind, variant, change, caught)
        for kind in kinds
        for variant, (change, caught) in variants.items()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlFile:
    """One file in order, which the signature layer must accept."""

    name: str
    """What is special about it."""
    producer: str
    """The program that made the page, and the one that signed."""
    build: Callable[[], bytes]
    """Makes the file, or reads a committed one."""
