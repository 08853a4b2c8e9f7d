"""Typeset a record and read its pages again, for the tests of templates."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2

from support.synthetic import TYPES
from vncopy.formats.copies import VIETNAM_TIME
from vncopy.formats.record import CopyRecord, copy_id_of, parse_input
from vncopy.pdf.page_text import compare, expected, read_template
from vncopy.pdf.printed import PrintedCopy, printed
from vncopy.pdf.typeset import load_template, typeset

if TYPE_CHECKING:
    from vncopy.pdf.page_text import Difference, Expected

AT = datetime(2026, 11, 21, 10, 21, 35, tzinfo=VIETNAM_TIME)
SAMPLES = Path(__file__).parent.parent.parent / "samples"
SYMBOL = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="35mm" height="35mm" viewBox="0 0 9 9">'
    '<path d="M4 4h1v1h-1z"/></svg>'
)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A typeset copy."""

    pdf: bytes
    texts: tuple[str, ...]
    content: PrintedCopy
    wanted: Expected

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What the pages say otherwise than the record."""
        return compare(self.texts, self.wanted)


def sample_names() -> list[str]:
    """Return ``land/g1-household-1999`` and so on, for the four built-in types."""
    files = [path for name in TYPES for path in (SAMPLES / name).glob("*.json")]
    return sorted(f"{path.parent.name}/{path.stem}" for path in files)


def sample(name: str, **changes: Any) -> CopyRecord[Any]:
    """Return the record of a sample, with some of its document's fields changed."""
    raw = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    raw["document"].update(changes)
    document, statement = parse_input(raw, TYPES[name.partition("/")[0]])
    if statement.issued_at is None:
        statement = statement.at(AT)
    return CopyRecord(
        document=document, statement=statement, copy_id=copy_id_of(bytes(range(10))), salt=bytes(16)
    )


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """Return the text of each page as pdfium extracts it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def set_page(record: CopyRecord[Any], **options: Any) -> Page:
    """Typeset ``record``; ``options`` go to ``printed``."""
    content = printed(record, **options).with_symbol(SYMBOL)
    name = record.document.template
    pdf = typeset(
        load_template(name), content.data, title=content.title, author=content.author, at=AT
    )
    return Page(
        pdf=pdf,
        texts=page_texts(pdf),
        content=content,
        wanted=expected(read_template(name), content.data),
    )
