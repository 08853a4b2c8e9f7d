"""From the bytes of a copy's PDF to facts and content; nothing here judges.

The order is the safety of it: structure and signatures first; the pages are drawn, and the symbol
on them read, only where every signature fits its bytes, so that the engines which draw see fewer
made-up files.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from vncopy.facts.common import NOT_RUN
from vncopy.facts.qr import QRFacts
from vncopy.pdf.attachments import COSE_NAME, RECORD_NAME
from vncopy.pdf.inspect import Inspection, inspect_pdf
from vncopy.pdf.limits import DEFAULT_LIMITS, ReadingLimits
from vncopy.pdf.read_symbol import symbols_in_drawing, symbols_on_paper, text_digest
from vncopy.pdf.render import Drawing, draw_pages, draw_pdf
from vncopy.verify.collect import QRContent, collect_qr
from vncopy.verify.content_pdf import Carried, compare_content
from vncopy.wire.cose import MAX_MESSAGE_SIZE, to_text

if TYPE_CHECKING:
    from vncopy.facts.pdf import PDFFacts
    from vncopy.formats.base import DocumentTypes
    from vncopy.formats.record import CopyRecord
    from vncopy.trust import TrustStore

__all__ = ["PDFContent", "collect_pdf", "with_drawing"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PDFContent:
    """What a file says; not judged yet."""

    symbol: QRContent | None = field(default=None)
    """What its symbol says, if a known key signed it and it could be read."""
    record: CopyRecord[Any] | None = field(default=None)
    """The embedded record, if it could be read."""

    def __repr__(self) -> str:
        """Return the type alone: nothing personal."""
        return "PDFContent(…)"


def collect_pdf(
    data: bytes,
    *,
    trust: TrustStore,
    types: DocumentTypes,
    limits: ReadingLimits = DEFAULT_LIMITS,
) -> tuple[PDFFacts, PDFContent]:
    """Read a copy's PDF.

    Args:
        data: the file, any bytes.
        trust: whose symbol keys are known.
        types: the document types that are expected.
        limits: how much is looked at.

    Returns:
        Facts and content. Raises nothing for any bytes.
    """
    # pyHanko's own analysis of differences costs as much as everything else and permits more than
    # a copy may have; the allow-list of vncopy.pdf.revisions and the drawn pages stand in for it.
    seen = inspect_pdf(data, limits=limits, diff=False)
    text = _embedded_text(seen)
    symbol_facts, symbol = _symbol(text, trust, types)
    drawing = None
    if seen.intact:
        drawing = draw_pdf(data, seen.revisions, limits=limits, read=symbols_in_drawing)
    symbols = (
        None if drawing is None or not drawing.step.passed else _symbols(data, drawing, limits)
    )
    carried = Carried(
        record=_single(seen, RECORD_NAME),
        qr_text=text,
        claims=None if symbol is None else symbol.claims,
        carriage=None if symbol is None else symbol.restored.carriage,
        symbols=symbols,
        texts=None if symbols is None or drawing is None else drawing.texts,
        template_digest=seen.facts.template_digest,
    )
    content, record = compare_content(carried, types)
    facts = seen.facts if drawing is None else with_drawing(seen.facts, drawing)
    facts = replace(
        facts,
        qr=symbol_facts,
        content=content,
        symbols=tuple(text_digest(each) for each in symbols or ()),
    )
    return facts, PDFContent(symbol=symbol, record=record)


def with_drawing(facts: PDFFacts, drawing: Drawing) -> PDFFacts:
    """Return the facts with what drawing gave.

    Args:
        facts: from the inspection.
        drawing: of the same file.
    """
    hidden = facts.hidden + (("invisible text",) if drawing.invisible else ())
    return replace(facts, drawing=drawing.step, renderings=drawing.renderings, hidden=hidden)


def _single(seen: Inspection, name: str) -> bytes | None:
    """Return the content of an attachment that is there exactly once."""
    count = [attachment.name for attachment in seen.facts.attachments].count(name)
    return seen.attachments.get(name) if count == 1 else None


def _embedded_text(seen: Inspection) -> str | None:
    """Return the symbol's text of the embedded COSE message."""
    message = _single(seen, COSE_NAME)
    if message is None or not 0 < len(message) <= MAX_MESSAGE_SIZE:
        return None
    return to_text(message)


def _symbol(
    text: str | None, trust: TrustStore, types: DocumentTypes
) -> tuple[QRFacts, QRContent | None]:
    if text is None:
        return QRFacts(text_sha256="", framing=NOT_RUN), None
    return collect_qr(text, trust=trust, types=types)


def _symbols(data: bytes, drawing: Drawing, limits: ReadingLimits) -> tuple[str, ...]:
    """Read the symbols of the drawn pages; if there is none, once more in finer pictures."""
    return drawing.symbols or symbols_on_paper(draw_pages(data, limits=limits))
