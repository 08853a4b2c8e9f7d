"""Archived files of others: pyHanko's own B-LTA, with its own way of writing validation data."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.validation.dss import DocumentSecurityStore

from support.foreign_signed import _Service, foreign
from support.pdf_copies import ISSUED, demo
from support.timestamping import STAMPED
from vncopy.facts.common import PASSED
from vncopy.pdf.inspect import inspect_pdf
from vncopy.policy import CheckId, VerificationPolicy
from vncopy.verify.signatures import verify_signatures

if TYPE_CHECKING:
    from vncopy.facts.pdf import PDFFacts


def pieces() -> dict[str, list[Any]]:
    """Return what the demo's authorities say, as pyHanko wants it."""
    found: dict[str, list[Any]] = {"ocsps": [], "crls": [], "certs": []}
    for der in demo().evidence(STAMPED, ocsp=True).pieces:
        try:
            response = asn1_ocsp.OCSPResponse.load(der, strict=True)
            assert response["response_status"].native == "successful"
            found["ocsps"].append(response)
        except (ValueError, TypeError):
            found["crls"].append(asn1_crl.CertificateList.load(der, strict=True))
    for der in (*demo().tsa.chain, *demo().offices[0].seals["p256"].chain):
        found["certs"].append(asn1_x509.Certificate.load(der))
    return found


@cache
def with_store() -> bytes:
    """Return a file with a store whose entries are named after the signature."""
    writer = IncrementalPdfFileWriter(BytesIO(foreign()))
    contents = inspect_contents(foreign())
    DocumentSecurityStore.supply_dss_in_writer(writer, contents, **pieces())
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def inspect_contents(pdf: bytes) -> bytes:
    at = pdf.index(b"/Contents <") + 11
    return pdf[at : pdf.index(b">", at)]


@cache
def archived() -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(with_store()))
    out = signers.PdfTimeStamper(_Service()).timestamp_pdf(writer, "sha256")
    data: bytes = out.getvalue()
    return data


def facts_of(pdf: bytes) -> PDFFacts:
    return inspect_pdf(pdf).facts


@pytest.mark.parametrize("make", [with_store, archived])
def test_all_of_it_is_read(make: Any) -> None:
    pdf = make()
    facts = facts_of(pdf)
    assert facts.validation_data == PASSED
    expected = pieces()
    ders = {each.dump() for row in expected.values() for each in row}
    assert ders <= {each.der for each in facts.evidence}
    assert {each.kind for each in facts.evidence} == {"certificate", "ocsp", "crl"}
    assert {each.end for each in facts.evidence} == {len(pdf)}
    assert all(signature.problem is None for signature in facts.signatures)
    assert facts.signatures[0].timestamps[0].time == STAMPED


def test_the_verdict_of_an_archive() -> None:
    report = verify_signatures(
        archived(), trust=demo().trust, at=ISSUED, policy=VerificationPolicy.long_term()
    )
    assert report.check(CheckId.REVOCATION).reason is None
    assert report.check(CheckId.TRUSTED_TIME).reason is None
