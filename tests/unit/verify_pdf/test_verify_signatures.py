"""``verify_signatures``: PDFs of anybody, signed by plain pyHanko."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from support.pdf_copies import (
    AT,
    BASIC,
    appended,
    demo,
    issued,
    new_page_content,
    sticker,
    without_form,
)
from vncopy.errors import VerificationFailed
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import SIGNATURE_CHECKS, Covers, SignatureReport, Verdict
from vncopy.verify.signatures import verify_signatures

if TYPE_CHECKING:
    from vncopy.pki import DemoIdentity


def look(data: bytes, **changes: Any) -> SignatureReport:
    arguments: dict[str, Any] = {"trust": demo().trust, "at": AT, "policy": BASIC} | changes
    return verify_signatures(data, **arguments)


@cache
def blank() -> bytes:
    """Return a file of two pages that knows nothing of copies."""
    with pikepdf.new() as pdf:
        for _ in range(2):
            page = pdf.add_blank_page(page_size=(595, 842))
            page.Contents = pdf.make_stream(b"1 0 0 rg 100 600 200 100 re f")
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


def signer_of(identity: DemoIdentity) -> signers.SimpleSigner:
    key = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store = SimpleCertificateStore()
    store.register_multiple([asn1_x509.Certificate.load(each) for each in identity.chain[1:]])
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(identity.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(key),
        cert_registry=store,
    )


def sign(
    data: bytes,
    identity: DemoIdentity,
    name: str,
    *,
    box: tuple[int, int, int, int] = (50, 50, 250, 120),
    **options: Any,
) -> bytes:
    """Sign in a new visible field, in one of the ways that are met."""
    values = {"md_algorithm": "sha256", "subfilter": fields.SigSeedSubFilter.PADES} | options
    out = signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name=name, **values),
        signer=signer_of(identity),
        new_field_spec=fields.SigFieldSpec(name, on_page=0, box=box),
    ).sign_pdf(IncrementalPdfFileWriter(BytesIO(data)))
    signed: bytes = out.getvalue()
    return signed


@cache
def once(kind: Any = "p256") -> bytes:
    return sign(blank(), demo().offices[0].persons[kind], "First")


@pytest.mark.parametrize("kind", ["p256", "rsa"])
def test_a_file_signed_once(kind: Any) -> None:
    report = look(once(kind), purpose="audit")
    assert report.verdict is Verdict.VALID
    assert report.covers is Covers.SIGNATURES
    assert report.purpose == "audit"
    assert tuple(check.id for check in report.checks) == SIGNATURE_CHECKS
    assert [row.field for row in report.signatures] == ["First"]
    report.require()


def test_an_older_form_of_signature() -> None:
    old = fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    report = look(sign(blank(), demo().offices[0].seals["rsa"], "Old", subfilter=old))
    assert report.verdict is Verdict.VALID
    assert report.signatures[0].level is None


def test_a_copy_of_ours() -> None:
    assert look(issued().pdf).verdict is Verdict.VALID


def test_a_second_visible_signature_is_masked_and_said() -> None:
    twice = sign(once(), demo().offices[1].seals["p256"], "Second", box=(300, 50, 500, 120))
    report = look(twice)
    assert report.verdict is Verdict.VALID
    assert report.check(CheckId.RENDERINGS).detail == "1 later fields not compared"


def test_a_second_signature_over_half_the_page_is_not_passed_over() -> None:
    twice = sign(once(), demo().offices[1].seals["p256"], "Second", box=(0, 200, 595, 800))
    report = look(twice)
    assert report.verdict is Verdict.UNDETERMINED
    assert report.check(CheckId.RENDERINGS).reason is Reason.FOREIGN_WIDGET


def test_a_signature_after_one_that_allows_nothing() -> None:
    closed = sign(
        blank(),
        demo().offices[0].persons["p256"],
        "First",
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    assert look(closed).verdict is Verdict.VALID
    report = look(appended(closed, sticker))
    assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize("change", [new_page_content, sticker, without_form])
def test_a_change_after_signing(change: Any) -> None:
    twice = sign(once(), demo().offices[1].seals["p256"], "Second", box=(300, 50, 500, 120))
    report = look(appended(twice, change))
    assert report.verdict is Verdict.INVALID
    with pytest.raises(VerificationFailed):
        report.require()


def test_a_signer_that_nobody_knows() -> None:
    report = look(once(), trust=demo(b"somebody else").trust)
    assert report.verdict is Verdict.UNDETERMINED
    assert report.check(CheckId.SIGNER_PATHS).reason is Reason.PATH_NOT_FOUND


def test_a_weak_digest() -> None:
    weak = sign(blank(), demo().offices[0].persons["rsa"], "Weak", md_algorithm="sha1")
    report = look(weak)
    assert report.verdict is not Verdict.VALID
    assert report.check(CheckId.SIGNATURES_INTACT).reason is Reason.CMS_ALGORITHM


def test_an_encrypted_file() -> None:
    with pikepdf.open(BytesIO(blank())) as pdf:
        out = BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    report = look(out.getvalue())
    assert report.verdict is Verdict.INVALID
    assert report.check(CheckId.SIGNATURES_INTACT).reason is Reason.PDF_ENCRYPTED


@pytest.mark.parametrize(("pages", "side"), [(61, 100), (1, 3_000)])
def test_more_than_is_drawn(pages: int, side: int) -> None:
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(side, side))
        out = BytesIO()
        pdf.save(out)
    once_signed = sign(
        out.getvalue(), demo().offices[0].persons["p256"], "First", box=(1, 1, 45, 40)
    )
    twice = sign(once_signed, demo().offices[0].seals["p256"], "Second", box=(50, 1, 95, 40))
    report = look(twice)
    assert report.verdict is Verdict.UNDETERMINED
    assert report.check(CheckId.LIMITS).reason is Reason.LIMITS_EXCEEDED
