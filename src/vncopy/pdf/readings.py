"""What the engines give back of one input: plain values, which may come from another process.

Every field is of a type that :mod:`vncopy.pdf.codec` carries: bytes, text, numbers, times, enums,
tuples and frozen dataclasses of these. Loading this module loads no engine.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from vncopy.facts.common import PASSED, Step
from vncopy.facts.pdf import PDFFacts  # noqa: TC001 - the codec reads the annotations

__all__ = ["PDFReading", "PaperReading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PDFReading:
    """What was seen in a PDF file."""

    facts: PDFFacts
    """The facts, without those of the record and its symbol."""
    cose: bytes | None = field(default=None, repr=False)
    """The embedded COSE message, if there is exactly one."""
    record: bytes | None = field(default=None, repr=False)
    """The embedded record, if there is exactly one."""
    symbols: tuple[str, ...] | None = field(default=None, repr=False)
    """Texts of the symbols read from the drawn pages; ``None``: not drawn."""
    texts: tuple[str, ...] | None = field(default=None, repr=False)
    """Text of each page; ``None``: not drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReading:
    """What was seen on a photo or scan."""

    text: str | None = field(default=None, repr=False)
    """Text of the one symbol of a copy."""
    step: Step = PASSED
    """Why there is no text."""
