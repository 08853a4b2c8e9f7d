"""Signed PDFs of somebody else, to be forged: one page, one form, one signer, no record."""

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
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from support.pdf_copies import AT, BASIC, ISSUED, demo
from vncopy.verify.signatures import verify_signatures

if TYPE_CHECKING:
    from collections.abc import Callable

    from vncopy.report import SignatureReport

PAGE = (
    b"BT /F1 14 Tf 72 760 Td (Contract of sale 12/2026) Tj 0 -40 Td (Pay to: Tran Van Binh) Tj "
    b"0 -24 Td (Amount: 100 000 000 dong) Tj ET"
)
"""What the page says."""
FIELD = "comment"
"""The one text field, empty when signed."""


def page(*, form: bool = True, change: Callable[[pikepdf.Pdf], None] | None = None) -> bytes:
    """Return the page before anybody signed it.

    Args:
        form: with an empty text field.
        change: what is prepared before the signature.
    """
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        only = pdf.pages[0].obj
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        helvetica = pdf.make_indirect(font)
        only.Contents = pdf.make_stream(PAGE)
        only.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=helvetica))
        if form:
            look = pdf.make_stream(b"/Tx BMC EMC")
            look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            look.BBox = [0, 0, 300, 24]
            widget = pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Widget,
                    FT=pikepdf.Name.Tx,
                    T=FIELD,
                    V="",
                    Rect=[72, 600, 372, 624],
                    DA="/Helv 11 Tf 0 g",
                    F=4,
                    AP=pikepdf.Dictionary(N=look),
                    P=only,
                )
            )
            only.Annots = pikepdf.Array([widget])
            pdf.Root.AcroForm = pikepdf.Dictionary(
                Fields=pikepdf.Array([widget]),
                DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=helvetica)),
                DA="/Helv 11 Tf 0 g",
            )
        if change is not None:
            change(pdf)
        pdf.save(out, static_id=True)
    return out.getvalue()


class _Signer(signers.PdfSigner):
    """pyHanko's signer at the time of the demo."""

    def init_signing_session(self, *args: Any, **options: Any) -> Any:
        """Begin to sign."""
        session = super().init_signing_session(*args, **options)
        session.system_time = ISSUED
        return session


def sign(pdf: bytes, *, permission: int | None = None, field: str = "Signature1") -> bytes:
    """Sign in a new invisible field with a seal of the demo.

    Args:
        pdf: any page.
        permission: certify with this ``/P``; ``None``: an approval signature.
        field: name of the field.
    """
    seal = demo().offices[0].seals["p256"]
    store = SimpleCertificateStore()
    store.register_multiple(asn1_x509.Certificate.load(der) for der in seal.chain)
    key = seal.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(seal.certificate),
        signing_key=keys.PrivateKeyInfo.load(key),
        cert_registry=store,
    )
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=permission is not None,
        docmdp_permissions=MDPPerm(permission or 2),
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    out = _Signer(meta, signer=signer, new_field_spec=SigFieldSpec(field)).sign_pdf(writer)
    signed: bytes = out.getvalue()
    return signed


@cache
def plain(permission: int | None = None, *, form: bool = True) -> bytes:
    """Return the signed page; the same bytes within one run."""
    return sign(page(form=form), permission=permission)


def judged(pdf: bytes) -> SignatureReport:
    """Verify the signatures of any PDF with the demo trust, a day later."""
    return verify_signatures(pdf, trust=demo().trust, at=AT, policy=BASIC)
