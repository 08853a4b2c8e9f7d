"""What may be asked of the process that reads files: two jobs, and how each of them ends.

Caller and worker share this module; it loads no engine.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, Literal

from vncopy.facts.common import Isolation  # noqa: TC001 - the codec reads the annotations
from vncopy.page_trust import FontTable  # noqa: TC001 - the codec reads the annotations
from vncopy.pdf.limits import ReadingLimits  # noqa: TC001 - the codec reads the annotations
from vncopy.pdf.readings import PaperReading, PDFReading  # noqa: TC001 - the codec reads them

__all__ = ["ANSWER_BYTES", "EXIT_IDLE", "TAIL", "Answer", "Ending", "Hello", "Job"]

ANSWER_BYTES: Final = 16 * 1024 * 1024
"""Longest answer: two attachments of a megabyte, the text of sixty pages, certificates."""
EXIT_IDLE: Final = 17
"""How a worker exits that nobody asked for a while: the next input gets a new one."""


class Ending(IntEnum):
    """How a job ended, as the worker's own process tells it."""

    ANSWERED = 0
    """With an answer; nothing is said about whether it can be believed."""
    TIME = 1
    """It took too long and was ended."""
    MEMORY = 2
    """It wanted more memory than it may have."""
    CRASHED = 3
    """An engine ended the process."""
    TOO_LONG = 4
    """Its answer was longer than any answer may be."""


TAIL: Final = struct.Struct(">4sBBIII")
"""Mark, ending, number of the signal that ended the process, its peak of memory in kilobytes, its
processor time in milliseconds, and the bytes of the answer, which follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One input and what is to be done with it."""

    name: Literal["read_pdf", "read_paper"]
    """The closed list of what a worker does."""
    data: bytes = field(repr=False)
    """The input, any bytes."""
    foreign: bool = False
    """For ``read_pdf``."""
    limits: ReadingLimits
    """How much is looked at."""
    fonts: tuple[FontTable, ...] = ()
    """For ``read_pdf``: outlines that the receiver's trust folder knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was seen; the one of the two that was asked for."""

    pdf: PDFReading | None = None
    """Of ``read_pdf``."""
    paper: PaperReading | None = None
    """Of ``read_paper``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """What a worker says of itself once it is ready, before it has seen any input."""

    isolation: Isolation
    """How it is shut off."""
    missing: str = ""
    """An extra of this library that is not installed."""
