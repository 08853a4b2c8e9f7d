"""One PAdES B-B signature: what its CMS holds, what its revision changes, and what outsiders say."""

from __future__ import annotations

import hashlib
import io
import subprocess
from functools import cache
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from support.pdf_copies import ISSUED, demo, issued
from vncopy.pdf.seal import is_signed_page, signed_data
from vncopy.sign.signer import signature_for_cms

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ["p256", "rsa"]


def contents(pdf: bytes) -> dict[str, bytes]:
    """Return the CMS of each signature, by field."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return {
            str(field.T): bytes(field.V.Contents)
            for field in file.Root.AcroForm.Fields
            if "/V" in field
        }


@cache
def revisions(kind: Any) -> tuple[bytes, bytes, bytes]:
    """Return the page, the file after the person and the sealed file."""
    sealed = issued("birth", kind).pdf
    ends = [at + 6 for at in range(len(sealed)) if sealed.startswith(b"%%EOF\n", at)]
    assert len(ends) == 3
    return sealed[: ends[0]], sealed[: ends[1]], sealed


@pytest.mark.parametrize("kind", KINDS)
def test_the_cms_has_exactly_what_the_baseline_demands(kind: Any) -> None:
    for name, raw in contents(issued("birth", kind).pdf).items():
        info = cms.ContentInfo.load(raw)
        der = info.dump()
        assert raw.rstrip(b"\0") == der.rstrip(b"\0")
        assert len(raw) - len(der) <= 4, "room for the longest ECDSA signature and no more"
        data = info["content"]
        (signer,) = data["signer_infos"]
        attributes = {each["type"].native: each["values"] for each in signer["signed_attrs"]}
        assert set(attributes) == {"content_type", "message_digest", "signing_certificate_v2"}
        assert signer["unsigned_attrs"].native is None
        assert data["encap_content_info"]["content"].native is None
        office = demo().offices[0]
        identity = (office.persons if name == "person" else office.seals)[kind]
        (reference,) = attributes["signing_certificate_v2"]
        (identifier,) = reference["certs"]
        assert identifier["cert_hash"].native == hashlib.sha256(identity.certificate).digest()
        serial = identifier["issuer_serial"]["serial_number"].native
        assert serial == x509.load_der_x509_certificate(identity.certificate).serial_number
        embedded = {each.chosen.dump() for each in data["certificates"]}
        assert embedded == set(identity.chain[:2])


@pytest.mark.parametrize("kind", KINDS)
def test_openssl_verifies_the_signature(kind: Any, tmp_path: Path) -> None:
    _, attested, sealed = revisions(kind)
    with pikepdf.open(io.BytesIO(sealed)) as file:
        (field,) = (f for f in file.Root.AcroForm.Fields if str(f.T) == "seal")
        _, first, second, rest = (int(number) for number in field.V.ByteRange)
        (tmp_path / "cms").write_bytes(bytes(field.V.Contents))
    (tmp_path / "content").write_bytes(sealed[:first] + sealed[second : second + rest])
    root = x509.load_der_x509_certificate(demo().root.certificate)
    (tmp_path / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
    ran = subprocess.run(
        f"openssl cms -verify -cades -inform DER -in cms -content content -binary -CAfile root.pem "
        f"-purpose any -attime {int(ISSUED.timestamp())} -out /dev/null".split(),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert len(attested) < first


@pytest.mark.parametrize("kind", KINDS)
def test_pyhanko_accepts_both_signatures_and_their_order(kind: Any) -> None:
    from asn1crypto import x509 as asn1

    roots = [asn1.Certificate.load(demo().root.certificate)]
    reader = PdfFileReader(io.BytesIO(issued("birth", kind).pdf))
    person, seal = (
        validate_pdf_signature(
            each, ValidationContext(trust_roots=roots, moment=ISSUED, allow_fetching=False)
        )
        for each in reader.embedded_regular_signatures
    )
    assert person.bottom_line
    assert seal.bottom_line
    assert person.modification_level is ModificationLevel.FORM_FILLING
    assert person.docmdp_ok
    assert seal.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert seal.modification_level is ModificationLevel.NONE


@pytest.mark.parametrize("kind", KINDS)
def test_a_revision_changes_its_field_the_catalogue_once_and_nothing_else(kind: Any) -> None:
    page, attested, sealed = revisions(kind)
    changed: list[set[str]] = []
    for before, after in ((page, attested), (attested, sealed)):
        with pikepdf.open(io.BytesIO(before)) as old, pikepdf.open(io.BytesIO(after)) as new:
            known = {each.objgen: each.unparse(resolved=True) for each in old.objects}
            changed.append(
                {
                    str(each.get("/Type", "?"))
                    for each in new.objects
                    if isinstance(each, pikepdf.Dictionary)
                    and known.get(each.objgen) != each.unparse(resolved=True)
                }
            )
            assert old.Root.Metadata.read_bytes() == new.Root.Metadata.read_bytes()
            assert "/Version" not in new.Root
            assert str(new.Root.Extensions.keys()) == str(old.Root.Extensions.keys())
    assert changed == [{"/Catalog", "/Annot", "/Sig"}, {"/Annot", "/Sig"}]


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_signature_certifies_and_both_lock_what_they_should(kind: Any) -> None:
    with pikepdf.open(io.BytesIO(issued("birth", kind).pdf)) as pdf:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        person, seal = fields["person"].V, fields["seal"].V
        assert pdf.Root.Perms.DocMDP.objgen == person.objgen
        transforms = {
            name: {str(each.TransformMethod): each.TransformParams for each in value.Reference}
            for name, value in (("person", person), ("seal", seal))
        }
    assert set(transforms["person"]) == {"/DocMDP", "/FieldMDP"}
    assert set(transforms["seal"]) == {"/FieldMDP"}
    assert int(transforms["person"]["/DocMDP"].P) == 2


def test_one_signature_over_the_whole_page_is_recognised() -> None:
    page, attested, sealed = revisions("p256")
    assert is_signed_page(attested, page)
    assert not is_signed_page(page, page)
    assert not is_signed_page(sealed, page)
    assert not is_signed_page(sealed, attested)
    assert not is_signed_page(attested + b"\n", page)
    assert not is_signed_page(attested, page[:-1] + b" ")


def test_long_certificates_and_long_lengths_are_der() -> None:
    identity = demo().offices[0].seals["rsa"]
    signer = identity.signer()
    chain = (*signer.chain, *(bytes(identity.certificate) for _ in range(120)))
    made = signed_data(
        chain, bytes(32), lambda message: signature_for_cms(signer.algorithm, signer.sign(message))
    )
    info = cms.ContentInfo.load(made, strict=True)
    assert len(made) > 0xFFFF
    assert info.dump(force=True) == made
