"""Opens a PDF with pyHanko, strictly, and puts up with one habit of good writers.

PDFBox, and with it the EU's DSS, leave a cross-reference stream out of its own table. What they
append later takes the number, which nobody used. Nothing is hidden by it: what no table lists cannot be
referred to. pyHanko refuses such files all the same, by its own words for the sake of encrypted ones,
which are refused here anyway. Everything else that its strict reading asks for is asked for, and a
stream that its table lists may not be replaced.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from threading import Lock
from typing import Any, Final

from vncopy.errors import MissingExtra

try:
    from pyhanko.pdf_utils import xref
    from pyhanko.pdf_utils.misc import PdfStrictReadError
    from pyhanko.pdf_utils.reader import PdfFileReader
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

__all__ = ["SELF_FORGETTING", "open_strictly"]

SELF_FORGETTING: Final = "xref entry for the xref stream itself is missing"
"""How qpdf warns of the same habit; it reads such files as everybody does."""
_REUSED: Final = "XRef stream objects must not be clobbered in strict mode."
_CHECK: Final = "_check_freed_refs"
_ONE_AT_A_TIME: Final = Lock()


def open_strictly(data: bytes) -> PdfFileReader:
    """Return a reader of the file.

    Args:
        data: the whole file.

    Raises:
        Exception: whatever pyHanko raises at files that are not in order.
    """
    try:
        return PdfFileReader(BytesIO(data))
    except PdfStrictReadError as error:
        if str(error) != _REUSED:
            raise
    original: Any = getattr(xref, _CHECK)

    def without_stream(index: int, section: Any, sections: Any) -> None:  # noqa: ANN401 - pyHanko's
        """Check a section whose table forgets itself as if the table were no object, and keep it so."""
        meta, stream = section.meta_info, section.meta_info.stream_ref
        if stream is not None and (stream.idnum, stream.generation) not in (
            section.xref_data.explicit_refs_in_revision
        ):
            size = meta.size - (stream.idnum == meta.size - 1)
            section = replace(section, meta_info=replace(meta, stream_ref=None, size=size))
            sections[index] = section
        original(index, section, sections)

    with _ONE_AT_A_TIME:
        setattr(xref, _CHECK, without_stream)
        try:
            return PdfFileReader(BytesIO(data))
        finally:
            setattr(xref, _CHECK, original)
