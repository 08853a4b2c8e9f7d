"""Validation data of a PDF (``/DSS``, ETSI EN 319 142-1 §5.4.2): what its signatures are judged by.

Certificates, OCSP responses and CRLs are added to the one store of the file, each once. ``/VRI``,
which repeats per signature what the store holds for all, is optional there and is left out; what
others wrote into it stays.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import MissingExtra
from vncopy.pdf.appended import Revision, foreign_failure

try:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.misc import PdfError
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ValidationData", "add_validation_data"]

_FOREIGN: Final = (PdfError, ValueError, TypeError, KeyError, AttributeError)
"""What pyHanko raises at files that it cannot continue, and at stores that are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationData:
    """What paths are built of and judged by, DER."""

    certificates: tuple[bytes, ...] = ()
    """Certificates of all paths, anchors included."""
    ocsps: tuple[bytes, ...] = ()
    """OCSP responses (RFC 6960), whole."""
    crls: tuple[bytes, ...] = ()
    """CRLs (RFC 5280)."""


def add_validation_data(pdf: bytes, data: ValidationData) -> bytes:
    """Add what the file's store does not have yet, in a revision of its own.

    Args:
        pdf: the file.
        data: what is added; the order is kept.

    Returns:
        The file with one more revision, or the same bytes if it has everything already.

    Raises:
        SigningError: the file, or the store in it, cannot be continued.
    """
    try:
        return _added(pdf, data)
    except _FOREIGN as error:
        raise foreign_failure(error, "DSS") from error


def _added(pdf: bytes, data: ValidationData) -> bytes:
    """Add to the store, or make it."""
    writer = Revision(io.BytesIO(pdf))
    is_new = "/DSS" not in writer.root
    store: Any
    if is_new:
        store = generic.DictionaryObject({generic.pdf_name("/Type"): generic.pdf_name("/DSS")})  # type: ignore[no-untyped-call]
    else:
        store = writer.root["/DSS"]
    grown = False
    for key, pieces in (
        ("/Certs", data.certificates),
        ("/OCSPs", data.ocsps),
        ("/CRLs", data.crls),
    ):
        references = list(store[key]) if key in store else []
        known = {hashlib.sha256(each.get_object().data).digest() for each in references}
        missing = _missing(pieces, known)
        if missing:
            references += [writer.add_object(_stream(piece)) for piece in missing]
            store[generic.pdf_name(key)] = generic.ArrayObject(references)
            grown = True
    if not grown:
        return pdf
    if is_new:
        writer.root[generic.pdf_name("/DSS")] = writer.add_object(store)
        writer.update_root()  # type: ignore[no-untyped-call]
    else:
        writer.update_container(store)
    return writer.appended()


def _missing(pieces: Iterable[bytes], known: set[bytes]) -> list[bytes]:
    """Return the pieces that are not known, each once, in their order."""
    return [each for each in dict.fromkeys(pieces) if hashlib.sha256(each).digest() not in known]


def _stream(piece: bytes) -> generic.StreamObject:
    """Return a compressed stream with no other key than it needs."""
    stream = generic.StreamObject(stream_data=piece)
    stream.compress()  # type: ignore[no-untyped-call]
    return stream
