"""Do the parts of a copy's PDF say the same: record, signed payload, printed symbol, page?

Four comparisons of what the file carries. Each gives a step (an outcome without values), which
goes into the facts, so that stored facts can be judged without the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from vncopy.errors import MalformedCopy, UsageError
from vncopy.facts.common import NOT_RUN, PASSED, Step
from vncopy.facts.pdf import ContentFacts
from vncopy.formats.base import Missing
from vncopy.formats.record import CopyRecord, parse_record
from vncopy.pdf.symbol_place import flaws_of_place
from vncopy.reasons import Reason
from vncopy.verify.page_pdf import Pages, page_says
from vncopy.wire.claims import to_cbor
from vncopy.wire.encode import claims_of
from vncopy.wire.payload import DIGEST

if TYPE_CHECKING:
    from vncopy.formats.base import Document, DocumentTypes
    from vncopy.page_trust import KeptTemplate
    from vncopy.pdf.readings import DrawnSymbol, ShownPage
    from vncopy.wire.claims import Claims
    from vncopy.wire.payload import Carriage

__all__ = ["Carried", "compare_content"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What the carriers of one file hold, before anything is believed."""

    record: bytes | None = field(repr=False)
    """The embedded ``record.json``, if there is exactly one."""
    qr_text: str | None = field(repr=False)
    """The text of the embedded COSE message."""
    claims: Claims | None = field(repr=False)
    """Its claims, if its signature was right and they could be read."""
    carriage: Carriage | None
    """How much of the document they hold."""
    symbols: tuple[str, ...] | None = field(repr=False)
    """Texts of the symbols read from the drawn pages; ``None``: not drawn."""
    texts: tuple[str, ...] | None = field(repr=False)
    """Text of each page by the file's own claims; ``None``: not drawn."""
    shown: tuple[ShownPage, ...] | None = field(default=None, repr=False)
    """The pages as they are seen; ``None``: not looked at."""
    places: tuple[DrawnSymbol, ...] = field(default=(), repr=False)
    """The symbols where they were read on the drawn pages."""
    template_digest: str = ""
    """What the file says of the templates it was made with; empty: nothing."""
    message: bytes | None = field(default=None, repr=False)
    """The embedded COSE message."""
    file: bytes = field(default=b"", repr=False)
    """The file itself."""
    templates: tuple[KeptTemplate, ...] = ()
    """Earlier templates that the receiver lends."""


def compare_content(
    carried: Carried, types: DocumentTypes
) -> tuple[ContentFacts, CopyRecord[Document] | None]:
    """Compare record, payload, printed symbol and page.

    Args:
        carried: what the file holds.
        types: the document types that are expected.

    Returns:
        The outcomes, and the record if it could be read.
    """
    record, reading = _read_record(carried.record, types)
    pages = Pages(
        shown=carried.shown,
        claimed=carried.texts or (),
        template_digest=carried.template_digest,
        message=carried.message,
        file=carried.file,
        templates=carried.templates,
    )
    page = page_says(record, pages)
    facts = ContentFacts(
        record=reading,
        record_matches=_matches(record, carried),
        printed_symbol=_printed_symbol(carried),
        page_text=page.step,
        page_evidence=page.evidence,
        font_tables=page.lenders,
        earlier_template="" if page.earlier is None else page.earlier.sha256,
        lent_template=page.lent,
        names_certifier=None
        if record is None
        else not isinstance(record.statement.certifier, Missing),
    )
    return facts, record


def _read_record(
    data: bytes | None, types: DocumentTypes
) -> tuple[CopyRecord[Document] | None, Step]:
    if data is None:
        return None, NOT_RUN
    try:
        return parse_record(data, types), PASSED
    except UsageError as error:
        problem = error.problems[0]
        return None, Step(reason=Reason.RECORD_MALFORMED, detail=f"{problem.field}: {problem.rule}")


def _matches(record: CopyRecord[Any] | None, carried: Carried) -> Step:
    """Project the record anew and compare it with the signed payload, byte for byte.

    The digest of what does not travel is part of the projection, so that it is compared too. Where it
    alone differs, the symbol stands on a record that was changed where the symbol does not reach.
    """
    if record is None or carried.claims is None or carried.carriage is None:
        return NOT_RUN
    try:
        again = claims_of(record, carried.carriage, status=carried.claims.status)
        same = to_cbor(again) == to_cbor(carried.claims)
        body = {**again.body, DIGEST: carried.claims.body.get(DIGEST, b"")}
        travels = to_cbor(replace(again, body=body)) == to_cbor(carried.claims)
    except (UsageError, MalformedCopy, TypeError) as error:
        return Step(reason=Reason.RECORD_DIFFERS, detail=type(error).__name__)
    if same:
        return PASSED
    return Step(reason=Reason.DIGEST_DIFFERS if travels else Reason.RECORD_DIFFERS)


def _printed_symbol(carried: Carried) -> Step:
    if carried.symbols is None or carried.qr_text is None:
        return NOT_RUN
    if not carried.symbols:
        return Step(reason=Reason.SYMBOL_MISSING)
    if len(carried.symbols) > 1:
        return Step(reason=Reason.SEVERAL_SYMBOLS)
    if carried.symbols != (carried.qr_text,):
        return Step(reason=Reason.SYMBOL_DIFFERS)
    flaws = flaws_of_place(carried.shown or (), carried.places)
    return Step(reason=Reason.SYMBOL_DIFFERS, detail=", ".join(flaws)) if flaws else PASSED
