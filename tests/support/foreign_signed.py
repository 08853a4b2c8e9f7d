"""A PDF signed at B-T by somebody else's software: pyHanko's own signer, with defaults."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pikepdf
from asn1crypto import cms, keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from support.pdf_copies import ISSUED
from support.timestamping import OFFICE, STAMPED, service


class _Service(TimeStamper):
    """The demo's timestamping service as pyHanko asks for it."""

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Answer with a token; the nonce is left out, and pyHanko's check of it with it."""
        raise NotImplementedError

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Return a token."""
        assert md_algorithm == "sha256"
        return cms.ContentInfo.load(service(STAMPED).timestamp(message_digest))

    async def async_dummy_response(self, md_algorithm: str) -> cms.ContentInfo:
        """Return a token to measure."""
        return await self.async_timestamp(bytes(32), md_algorithm)


class _Signer(signers.PdfSigner):
    """pyHanko's signer at the time of the demo."""

    def init_signing_session(self, *args: Any, **options: Any) -> Any:
        """Begin to sign."""
        session = super().init_signing_session(*args, **options)
        session.system_time = ISSUED
        return session


@cache
def foreign(pages: int = 1) -> bytes:
    """Return a PDF of blank pages, signed at B-T in an invisible field."""
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(made, static_id=True)
    store = SimpleCertificateStore()
    store.register_multiple(asn1_x509.Certificate.load(der) for der in OFFICE.seals["p256"].chain)
    key = OFFICE.seals["p256"].key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(OFFICE.seals["p256"].certificate),
        signing_key=keys.PrivateKeyInfo.load(key),
        cert_registry=store,
    )
    meta = signers.PdfSignatureMetadata(
        field_name="Signature1", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    out = _Signer(meta, signer=signer, timestamper=_Service()).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(made.getvalue()))
    )
    signed: bytes = out.getvalue()
    return signed
