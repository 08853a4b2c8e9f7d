"""From the bytes of a copy's PDF to facts and content; nothing here judges."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from vncopy.facts.common import NOT_RUN
from vncopy.facts.qr import QRFacts
from vncopy.pdf.isolated import read_pdf
from vncopy.pdf.limits import DEFAULT_LIMITS, ReadingLimits
from vncopy.pdf.readings import text_digest
from vncopy.verify.collect import QRContent, collect_qr
from vncopy.verify.content_pdf import Carried, compare_content
from vncopy.wire.cose import MAX_MESSAGE_SIZE, to_text

if TYPE_CHECKING:
    from vncopy.facts.pdf import PDFFacts
    from vncopy.formats.base import DocumentTypes
    from vncopy.formats.record import CopyRecord
    from vncopy.trust import TrustStore

__all__ = ["PDFContent", "collect_pdf"]


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
        trust: whose symbol keys and tables of fonts and earlier templates are known.
        types: the document types that are expected.
        limits: how much is looked at.

    Returns:
        Facts and content. Raises nothing for any bytes.
    """
    seen = read_pdf(data, limits=limits, fonts=trust.fonts)
    text = _embedded_text(seen.cose)
    symbol_facts, symbol = _symbol(text, trust, types)
    carried = Carried(
        record=seen.record,
        qr_text=text,
        claims=None if symbol is None else symbol.claims,
        carriage=None if symbol is None else symbol.restored.carriage,
        symbols=seen.symbols,
        texts=seen.texts,
        shown=seen.shown,
        places=seen.places,
        message=None if text is None else seen.cose,
        file=data,
        template_digest=seen.facts.template_digest,
        templates=trust.templates,
    )
    content, record = compare_content(carried, types)
    facts = replace(
        seen.facts,
        qr=symbol_facts,
        content=content,
        symbols=tuple(text_digest(each) for each in seen.symbols or ()),
    )
    return facts, PDFContent(symbol=symbol, record=record)


def _embedded_text(message: bytes | None) -> str | None:
    """Return the symbol's text of the embedded COSE message."""
    if message is None or not 0 < len(message) <= MAX_MESSAGE_SIZE:
        return None
    return to_text(message)


def _symbol(
    text: str | None, trust: TrustStore, types: DocumentTypes
) -> tuple[QRFacts, QRContent | None]:
    if text is None:
        return QRFacts(text_sha256="", framing=NOT_RUN), None
    return collect_qr(text, trust=trust, types=types)
