"""Document timestamps (ETSI EN 319 142-1 §5.4.3): a token of everything that the file holds so far.

The first one goes into the invisible field that every copy has from the start; each further one
into a new field without area, outside the page. A timestamp locks and certifies nothing, and no
byte before it is touched.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import MissingExtra
from vncopy.pdf.appended import fill_field, foreign_failure
from vncopy.pdf.signature_fields import FieldName

try:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import enumerate_sig_fields
    from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from vncopy.pdf.appended import TokenSource

__all__ = ["add_document_timestamp"]

_FOREIGN: Final = (PdfError, ValueError, TypeError, KeyError, AttributeError)
"""What pyHanko raises at files that it cannot read."""


def add_document_timestamp(pdf: bytes, timestamp: TokenSource) -> bytes:
    """Stamp everything that the file holds so far.

    Args:
        pdf: the file.
        timestamp: gives the token.

    Returns:
        The file with one more revision.

    Raises:
        SigningError: there is no token, or the file cannot be continued.
    """
    try:
        field, new = _next_field(pdf)
    except _FOREIGN as error:
        raise foreign_failure(error, FieldName.TIMESTAMP.value) from error
    placeholder = DocumentTimestamp(bytes_reserved=2 * timestamp.space)  # type: ignore[no-untyped-call]
    return fill_field(
        pdf,
        field=field,
        new=new,
        placeholder=placeholder,
        contents=timestamp.token,
    )


def _next_field(pdf: bytes) -> tuple[str, bool]:
    """Return the field for the next timestamp, and whether it has to be made."""
    first = FieldName.TIMESTAMP.value
    fields = {
        str(name): (value, widget.get_object())
        for name, value, widget in enumerate_sig_fields(PdfFileReader(io.BytesIO(pdf)))
    }
    if first in fields:
        value, widget = fields[first]
        if value is None and _has_no_area(widget):
            return first, False
    number = 2
    while f"{first}-{number}" in fields:
        number += 1
    return f"{first}-{number}", True


def _has_no_area(widget: Any) -> bool:  # noqa: ANN401 - a pyHanko dictionary
    """Tell whether nothing can be seen of a field; somebody else's may have any look."""
    left, bottom, right, top = (float(value) for value in widget["/Rect"])
    return left == right and bottom == top
