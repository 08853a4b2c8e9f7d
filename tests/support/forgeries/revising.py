"""A revision by its objects: what is changed, what is new, and how the new is named."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

import pikepdf
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.stamp import BaseStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from support.forgeries import plain
from support.forgeries.raw import append, edited, spelled, spelled_size, stream
from support.pdf_copies import ISSUED, demo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = [
    "LOOK",
    "annotated",
    "drawn_field",
    "filled_by",
    "look",
    "new",
    "page_of",
    "revise",
    "sign_existing",
    "sign_locking",
]


LOOK = b"1 1 1 rg 0 0 300 24 re f 0 g BT /F1 14 Tf 2 7 Td (Pay to: Somebody Else) Tj ET"
"""An opaque look that says something else than the page beneath it."""


def new(number: int) -> pikepdf.Name:
    """Return the place-holder for the new object with this place in the list."""
    return pikepdf.Name(f"/NEW{number}X")


def look(
    content: bytes = LOOK,
    size: tuple[int, int] = (300, 24),
    matrix: tuple[int, ...] = (1, 0, 0, 1, 0, 0),
) -> bytes:
    """Return a form XObject with a font of its own."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 %d %d] /Matrix [%d %d %d %d %d %d] "
    fonts = b"/Resources << /Font << /F1 %s >> >>" % font
    return stream(content, entries % (*size, *matrix) + fonts)


def revise(
    pdf: bytes,
    edits: Mapping[int, Callable[[Any], None]],
    added: Sequence[bytes] = (),
    *,
    written: Mapping[int, bytes | None] | None = None,
    **options: Any,
) -> bytes:
    """Append a revision.

    Args:
        pdf: the file.
        edits: changes of objects, by their number.
        added: new objects as they are written; :func:`new` names them.
        written: objects written anew, by number; ``None``: free from now on.
        options: of :func:`support.forgeries.raw.append`.
    """
    first = spelled_size(pdf)

    def named(text: bytes) -> bytes:
        for place in range(len(added)):
            text = text.replace(b"/NEW%dX" % place, b"%d 0 R" % (first + place))
        return text

    objects: dict[int, bytes | None] = {
        number: named(edited(pdf, number, change)) for number, change in edits.items()
    }
    objects |= {first + place: named(text) for place, text in enumerate(added)}
    objects |= written or {}
    return append(pdf, objects, **options)


def page_of(pdf: bytes) -> int:
    """Return the number of the first page."""
    return spelled(pdf).pages[0]


def annotated(*added: int) -> Callable[[Any], None]:
    """Return the change of a page that gets further annotations."""

    def change(page: Any) -> None:
        listed = list(page.get("/Annots", pikepdf.Array()))
        page.Annots = pikepdf.Array([*listed, *(new(number) for number in added)])

    return change


def drawn_field(
    pdf: bytes,
    box: tuple[int, int, int, int],
    content: bytes,
    size: tuple[int, int] | None = None,
    matrix: tuple[int, ...] = (1, 0, 0, 1, 0, 0),
    *,
    entries: bytes | None = None,
    flags: int = 132,
) -> bytes:
    """Add an empty signature field ``Approval`` with a picture.

    Args:
        pdf: any file with a form.
        box: of the field.
        content: what its picture draws; empty: it has none.
        size: of the picture's own box.
        matrix: of the picture.
        entries: what stands in the field instead of its picture, which is ``/NEW1X``.
        flags: of the field.
    """
    says = spelled(pdf)
    rect = b"/Rect [%d %d %d %d]" % box
    picture = b"/AP << /N /NEW1X >> " if content else b""
    picture = picture if entries is None else entries
    widget = b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Approval) /F %d %s %s/P %d 0 R >>" % (
        flags, rect, picture, says.pages[0],
    )  # fmt: skip
    drawn = look(content, size or (box[2] - box[0], box[3] - box[1]), matrix)
    edits = {says.pages[0]: annotated(0)}

    def form(item: Any) -> None:
        holder = item if says.form is not None else item.AcroForm
        holder.Fields = pikepdf.Array([*holder.Fields, new(0)])
        holder.SigFlags = 3

    edits[says.root if says.form is None else says.form] = form
    return revise(pdf, edits, [widget, *([drawn] if content else [])])


class _Bold(signers.PdfSigner):
    """pyHanko's signer at the time of the demo, who signs where he may not."""

    def init_signing_session(self, *args: Any, **options: Any) -> Any:
        """Begin to sign."""
        session = super().init_signing_session(*args, **options)
        session.system_time = ISSUED
        return session

    def _enforce_certification_constraints(self, reader: Any) -> None:
        """Refuse nothing."""


class _NoStamp(BaseStampStyle):
    """Leaves the picture of a field as it is."""

    def create_stamp(self, *_: Any, **__: Any) -> Any:
        """Draw nothing."""
        return None


@cache
def _signer(office: int) -> signers.SimpleSigner:
    identity = demo().offices[office].seals["p256"]
    store = SimpleCertificateStore()
    store.register_multiple(asn1_x509.Certificate.load(der) for der in identity.chain)
    key = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(identity.certificate),
        signing_key=keys.PrivateKeyInfo.load(key),
        cert_registry=store,
    )


def sign_existing(pdf: bytes, field: str, *, permission: int | None = None) -> bytes:
    """Sign as another office in a field that is there, and leave its picture alone.

    Args:
        pdf: any file.
        field: name of the field.
        permission: certify with this ``/P``.
    """
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=permission is not None,
        docmdp_permissions=MDPPerm(permission or 2),
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer._update_meta = lambda: None  # type: ignore[method-assign]
    signer = _Bold(meta, signer=_signer(1), stamp_style=_NoStamp())
    made: bytes = signer.sign_pdf(writer, existing_fields_only=True).getvalue()
    return made


def sign_locking(
    pdf: bytes, lock: FieldMDPSpec | None, permission: int | None, update: MDPPerm | None = None
) -> bytes:
    """Sign in a new invisible field that locks others.

    Args:
        pdf: any file.
        lock: which fields.
        permission: certify with this ``/P``.
        update: what the field itself permits from now on.
    """
    meta = signers.PdfSignatureMetadata(
        field_name="Signature1",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=permission is not None,
        docmdp_permissions=MDPPerm(permission or 2),
    )
    spec = SigFieldSpec("Signature1", field_mdp_spec=lock, doc_mdp_update_value=update)
    signer = _Bold(meta, signer=_signer(0), new_field_spec=spec)
    made: bytes = signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf))).getvalue()
    return made


def filled_by(
    pdf: bytes, *, value: str | None = None, content: bytes | None = None, field: str = plain.FIELD
) -> bytes:
    """Change the value of a field, its look, or both, each without the other if left out."""

    def change(widget: Any) -> None:
        if value is not None:
            widget.V = pikepdf.String(value)
        if content is not None:
            widget.AP = pikepdf.Dictionary(N=new(0))

    added = [] if content is None else [look(content)]
    return revise(pdf, {spelled(pdf).fields[field]: change}, added)
