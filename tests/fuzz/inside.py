"""Reading in the process of the fuzzer: what a worker would hide is seen, and coverage leads.

In use, strangers' files are read by a process of their own, which may crash or be ended and still
gives a report. Here an engine's exception or crash is a finding. Every reading goes through the
codec all the same, and must come back as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fuzz.harness import need
from vncopy.pdf import engine
from vncopy.pdf.codec import decode, encode, read_frame
from vncopy.pdf.jobs import Answer
from vncopy.pdf.limits import DEFAULT_LIMITS
from vncopy.verify import collect_pdf, image, signatures

if TYPE_CHECKING:
    from vncopy.page_trust import FontTable
    from vncopy.pdf.limits import ReadingLimits
    from vncopy.pdf.readings import PaperReading, PDFReading

OUTSIDE = {
    (collect_pdf, "read_pdf"): collect_pdf.read_pdf,
    (signatures, "read_pdf"): signatures.read_pdf,
    (image, "read_paper"): image.read_paper,
}
"""What the verifier calls when nobody changes it."""


def read_pdf(
    data: bytes,
    *,
    foreign: bool = False,
    limits: ReadingLimits = DEFAULT_LIMITS,
    fonts: tuple[FontTable, ...] = (),
) -> PDFReading:
    """Look at a PDF here."""
    reading = engine.read_pdf(data, foreign=foreign, limits=limits, fonts=fonts)
    again = sent(Answer(pdf=reading)).pdf
    need(again == reading, "the codec changed a reading")
    return reading


def read_paper(data: bytes, *, limits: ReadingLimits = DEFAULT_LIMITS) -> PaperReading:
    """Look at a picture here."""
    reading = engine.read_paper(data, limits=limits)
    again = sent(Answer(paper=reading)).paper
    need(again == reading, "the codec changed a reading")
    return reading


def sent(answer: Answer) -> Answer:
    """Return an answer as it arrives."""
    frame = memoryview(encode(answer))
    at = 0

    def read(size: int) -> bytes:
        nonlocal at
        at += size
        return bytes(frame[at - size : at])

    return decode(Answer, *read_frame(read))


def here() -> None:
    """From now on the verifier reads in this process."""
    put(read_pdf, read_paper)


def put(pdf: Any, paper: Any) -> None:
    """From now on the verifier reads with these two functions."""
    for module, name in OUTSIDE:
        setattr(module, name, pdf if name == "read_pdf" else paper)


def outside() -> None:
    """From now on the verifier reads with a worker again."""
    for (module, name), function in OUTSIDE.items():
        setattr(module, name, function)
