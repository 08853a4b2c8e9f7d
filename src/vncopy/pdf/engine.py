"""What the engines see in one input: everything that runs foreign code on a stranger's bytes.

Two functions and what they give back. Nothing here knows keys or document types, and nothing here
judges; so that both can run in a process of their own, which may be stopped.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vncopy.facts.common import Step
from vncopy.pdf.attachments import COSE_NAME, RECORD_NAME
from vncopy.pdf.drawn_symbol import Look
from vncopy.pdf.inspect import Inspection, inspect_pdf
from vncopy.pdf.limits import DEFAULT_LIMITS, ReadingLimits
from vncopy.pdf.paper import symbols_on_paper
from vncopy.pdf.pictures import UnreadableImage, open_pages, open_pictures
from vncopy.pdf.readings import PaperReading, PDFReading
from vncopy.pdf.render import Drawing, draw_pdf
from vncopy.pdf.shown import read_shown
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vncopy.facts.pdf import PDFFacts
    from vncopy.page_trust import FontTable

__all__ = ["PDFReading", "PaperReading", "read_paper", "read_pdf"]


def read_pdf(
    data: bytes,
    *,
    foreign: bool = False,
    limits: ReadingLimits = DEFAULT_LIMITS,
    fonts: Sequence[FontTable] = (),
) -> PDFReading:
    """Look at a PDF: structure and signatures first, then the pages.

    The order is the safety of it: pages are drawn only where every signature fits its bytes.

    Args:
        data: the file, any bytes.
        foreign: a file of somebody else: its later signature fields are left out of the comparison
            of the pages, and no symbol and no text is read.
        limits: how much is looked at.
        fonts: outlines that the receiver's trust folder knows.

    Returns:
        What was seen. Raises nothing for any bytes.
    """
    # pyHanko's own analysis of differences costs as much as everything else and permits more than
    # a copy may have; the allow-list of vncopy.pdf.revisions and the drawn pages stand in for it.
    seen = inspect_pdf(data, limits=limits, diff=foreign)
    reading = PDFReading(
        facts=seen.facts, cose=_single(seen, COSE_NAME), record=_single(seen, RECORD_NAME)
    )
    if not seen.intact:
        return reading
    if foreign:
        drawing = draw_pdf(data, seen.revisions, limits=limits, mask=True)
        return replace(reading, facts=_with_drawing(seen.facts, drawing))
    read = read_shown(data, limits=limits, fonts=fonts)
    # What a page claims to say is asked only where its shapes could not be read: it proves nothing,
    # and names what is wrong.
    blind = any(each.page.unknown for each in read)
    look = Look(read)
    drawing = draw_pdf(data, seen.revisions, limits=limits, read=look.at, texts=blind)
    reading = replace(reading, facts=_with_drawing(seen.facts, drawing))
    if not drawing.step.passed:
        return reading
    # If no symbol was read, look once more in finer pictures.
    empty = not blind and not any(page.squares for page in look.pages)  # nothing is drawn there
    texts = tuple(dict.fromkeys(symbol.text for symbol in drawing.symbols))
    return replace(
        reading,
        symbols=texts
        if texts or empty
        else symbols_on_paper(lambda: open_pages(data, limits=limits)),
        places=drawing.symbols,
        texts=drawing.texts if blind else (),
        shown=look.pages,
    )


def read_paper(data: bytes, *, limits: ReadingLimits = DEFAULT_LIMITS) -> PaperReading:
    """Find the one symbol of a copy on a photo or scan.

    Args:
        data: a picture, or a PDF whose pages are scans; any bytes.
        limits: how much is looked at.

    Returns:
        The text, or why there is not one. Raises nothing for any bytes.
    """
    if data.startswith(b"%PDF-"):
        if len(data) > limits.file_bytes:
            return PaperReading(step=Step(reason=Reason.LIMITS_EXCEEDED, detail="file size"))
        if next(open_pages(data, limits=limits), None) is None:
            return PaperReading(step=Step(reason=Reason.IMAGE_MALFORMED, detail="PDF"))
        texts = symbols_on_paper(lambda: open_pages(data, limits=limits))
    else:
        try:
            texts = symbols_on_paper(lambda: open_pictures(data, limits=limits))
        except UnreadableImage as error:
            reason = Reason.LIMITS_EXCEEDED if error.too_large else Reason.IMAGE_MALFORMED
            return PaperReading(step=Step(reason=reason))
    if not texts:
        return PaperReading(step=Step(reason=Reason.NO_SYMBOL))
    if len(texts) > 1:
        step = Step(reason=Reason.SEVERAL_SYMBOLS, detail=f"{len(texts)} symbols")
        return PaperReading(step=step)
    return PaperReading(text=texts[0])


def _single(seen: Inspection, name: str) -> bytes | None:
    """Return the content of an attachment that is there exactly once."""
    count = [attachment.name for attachment in seen.facts.attachments].count(name)
    return seen.attachments.get(name) if count == 1 else None


def _with_drawing(facts: PDFFacts, drawing: Drawing) -> PDFFacts:
    """Return the facts with what drawing gave."""
    hidden = facts.hidden + (("invisible text",) if drawing.invisible else ())
    searched = facts.searching if drawing.searching.passed else drawing.searching
    return replace(
        facts,
        drawing=drawing.step,
        renderings=drawing.renderings,
        hidden=hidden,
        dormant=facts.dormant + drawing.dormant,
        searching=searched,
    )
