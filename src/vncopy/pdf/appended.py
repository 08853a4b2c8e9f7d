"""Revisions appended to a PDF: only what is told, no random bytes, no byte before them touched.

pyHanko writes them. Its habit of re-writing XMP and of drawing a random file identifier is switched
off, so that the file stays what it claims to be and is made again byte for byte.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vncopy.errors import Message, MissingExtra, SigningError

try:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec
    from pyhanko.sign.general import SigningError as PyHankoSigningError
    from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.signers.cms_embedder import SigMDPSetup
    from pyhanko.sign.signers.pdf_byterange import PdfSignedData

__all__ = ["DIGEST", "Revision", "TokenSource", "fill_field", "foreign_failure"]

DIGEST: Final = "sha256"
"""The one digest of copies."""
_ID_BYTES: Final = 16
"""Length of a file identifier, as most writers make it."""
_FOREIGN: Final = (PdfError, PyHankoSigningError, ValueError, TypeError, KeyError, AttributeError)
"""What pyHanko raises at files that it cannot continue."""


@dataclass(frozen=True, slots=True)
class TokenSource:
    """Where timestamp tokens come from, and how much room one takes."""

    ask: Callable[[bytes], bytes]
    """Returns the token (CMS, DER) for a SHA-256 digest; raises ``SigningError``."""
    space: int
    """Bytes reserved for a token; what it leaves is filled with zeros."""

    def token(self, digest: bytes) -> bytes:
        """Return the token for a digest.

        Args:
            digest: SHA-256 of what is stamped.

        Raises:
            SigningError: there is none, or it is larger than the room that was reserved.
        """
        token = self.ask(digest)
        if len(token) > self.space:
            raise SigningError(
                Message(
                    f"dấu thời gian dài hơn chỗ đã dành ({len(token)} > {self.space} byte)",
                    f"the timestamp is longer than the room for it ({len(token)} > {self.space} bytes)",
                )
            )
        return token


class Revision(IncrementalPdfFileWriter):
    """A revision that changes nothing but what it is told to, and holds no random bytes."""

    def _update_meta(self) -> None:
        """Leave XMP alone: re-serialised it would no longer describe its own properties."""

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> generic.ArrayObject:
        """Return the file's first identifier and a second one derived from the bytes so far."""
        prev.stream.seek(0)
        digest = hashlib.sha256(prev.stream.read()).digest()[:_ID_BYTES]
        try:
            first = prev.trailer["/ID"][0]
        except (KeyError, IndexError):
            first = generic.ByteStringObject(digest)
        original = getattr(first, "original_bytes", None) or bytes(first)
        return generic.ArrayObject(
            [generic.ByteStringObject(original), generic.ByteStringObject(digest)]
        )

    def appended(self) -> bytes:
        """Return the file with this revision at its end."""
        out = io.BytesIO()
        self.write(out)  # type: ignore[no-untyped-call]
        return out.getvalue()


def fill_field(
    pdf: bytes,
    *,
    field: str,
    placeholder: PdfSignedData,
    contents: Callable[[bytes], bytes],
    mdp: SigMDPSetup | None = None,
    new: bool = False,
) -> bytes:
    """Put a signature or a document timestamp into a field, in a revision of its own.

    Args:
        pdf: the file.
        field: name of the field.
        placeholder: the signature dictionary with the room that it reserves.
        contents: returns the CMS for the digest of the byte range.
        mdp: what the signature locks and permits.
        new: make the field, invisible and outside the page, instead of taking an empty one.

    Returns:
        The file with one more revision.

    Raises:
        SigningError: ``contents`` failed, or the file has no such empty field.
    """
    # No area and outside the page: PDF/A-3 6.3.3 and PDF/UA-1 7.18 exempt such a widget from
    # appearance and tags, so that no object of the structure tree has to change.
    invisible = SigFieldSpec(field, invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
    embedder = PdfCMSEmbedder(new_field_spec=invisible if new else None)
    try:
        steps = embedder.write_cms(field, Revision(io.BytesIO(pdf)), existing_fields_only=not new)
        next(steps)
        steps.send(SigObjSetup(sig_placeholder=placeholder, mdp_setup=mdp))
        prepared, out = steps.send(SigIOSetup(md_algorithm=DIGEST))
    except _FOREIGN as error:
        raise foreign_failure(error, field) from error
    cms = contents(prepared.document_digest)
    try:
        steps.send(cms)
    except PyHankoSigningError as error:
        raise foreign_failure(error, field) from error
    finished: bytes = out.getvalue()
    return finished


def foreign_failure(error: Exception, what: str) -> SigningError:
    """Return the error for a revision that could not be written.

    Args:
        error: of the engine; its text may quote the file, so that only its class is named.
        what: the field, or the part of the file.
    """
    return SigningError(
        Message(
            f"không ghi được ({what}) vào tệp: {type(error).__name__}",
            f"the part ({what}) could not be written: {type(error).__name__}",
        )
    )
