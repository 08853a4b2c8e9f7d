"""Signatures of files as facts: algorithms, limits, and the border to the engine."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from asn1crypto import cms

from support.levels import b_lta, b_t, good_token, sign_field, signed_twice
from support.pdf_copies import demo, issued, typeset_copy
from support.tokens import STAMPED, TokenPlan, algorithm_of, signature_of, token_of
from vncopy.facts.common import facts_from_json
from vncopy.facts.pdf import PDFFacts
from vncopy.pdf import cms as reading
from vncopy.pdf.cms import read_signatures
from vncopy.pdf.inspect import inspect_pdf
from vncopy.pdf.limits import DEFAULT_LIMITS
from vncopy.pdf.signed_data import MAX_CERTIFICATES
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from vncopy.facts.pdf import SignatureFacts


@cache
def attested() -> bytes:
    return sign_field(typeset_copy().pdf, "person")


def seal_of(pdf: bytes) -> SignatureFacts:
    found = inspect_pdf(pdf, diff=False).facts.signatures
    return next(each for each in found if each.field == "seal")


def sealed(data: Callable[[Any], None]) -> SignatureFacts:
    return seal_of(sign_field(attested(), "seal", data=data))


def test_what_is_read_of_a_signature_with_a_timestamp() -> None:
    facts = seal_of(b_t())
    assert facts.problem is None
    assert (facts.digest_algorithm, facts.signature_algorithm) == ("sha256", "ecdsa")
    assert facts.unsigned_attributes == ("1.2.840.113549.1.9.16.2.14",)
    (token,) = facts.timestamps
    assert token.time == STAMPED
    assert token.certificates[0] == demo().tsa.certificate


def test_what_is_read_of_a_document_timestamp() -> None:
    facts = inspect_pdf(b_lta(), diff=False).facts.signatures[-1]
    assert (facts.kind, facts.subfilter, facts.field) == ("timestamp", "ETSI.RFC3161", "timestamp")
    assert facts.claimed_at == STAMPED
    assert facts.timestamps == ()
    assert facts.certificates[0] == demo().tsa.certificate
    assert (facts.intact, facts.valid, facts.padding_zero) == (True, True, True)
    assert (facts.certifies, facts.permission) == (False, None)


def test_facts_of_every_level_survive_their_json() -> None:
    for pdf in (issued().pdf, b_t(), b_lta()):
        facts = inspect_pdf(pdf, diff=False).facts
        assert facts_from_json(facts.to_json(), PDFFacts) == facts


def test_a_weak_digest_in_the_algorithm_of_the_signature_alone() -> None:
    """The file is digested with SHA-256, and what is signed of it with SHA-1."""
    seal = demo().offices[0].seals["p256"]

    def weak(data: Any) -> None:
        info = data["signer_infos"][0]
        info["signature_algorithm"] = {"algorithm": algorithm_of(seal, "sha1")}
        info["signature"] = signature_of(seal, "sha1", info["signed_attrs"].untag().dump())

    facts = sealed(weak)
    assert facts.problem is Reason.CMS_ALGORITHM
    assert facts.digest_algorithm == "sha1"
    assert not facts.intact


def twice(data: Any) -> None:
    data["signer_infos"].append(data["signer_infos"][0].copy())


def of_another_certificate(data: Any) -> None:
    """Name another certificate as the signer's, which is embedded too."""
    other = cms.Certificate.load(demo().issuing.certificate)
    data["signer_infos"][0]["sid"] = cms.SignerIdentifier(
        "issuer_and_serial_number", {"issuer": other.issuer, "serial_number": other.serial_number}
    )


def without_certificates(data: Any) -> None:
    del data["certificates"][0]
    del data["certificates"][0]


def content_inside(data: Any) -> None:
    data["encap_content_info"] = {"content_type": "data", "content": b"something"}


def another_content_type(data: Any) -> None:
    data["encap_content_info"] = {"content_type": "digested_data"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (twice, Reason.CMS_MALFORMED),
        (of_another_certificate, Reason.SIGNING_CERTIFICATE),
        (without_certificates, Reason.SIGNING_CERTIFICATE),
        (content_inside, Reason.CMS_MALFORMED),
        (another_content_type, Reason.CMS_MALFORMED),
    ],
)
def test_what_is_wrong_with_a_cms(change: Callable[[Any], None], reason: Reason) -> None:
    facts = sealed(change)
    assert facts.problem is reason
    assert not (facts.intact and facts.valid)


def test_one_certificate_too_many() -> None:
    root = cms.Certificate.load(demo().root.certificate)

    def filled(more: int) -> Callable[[Any], None]:
        def change(data: Any) -> None:
            for _ in range(more):
                data["certificates"].append(cms.CertificateChoices("certificate", root))

        return change

    there = 2
    room = 4 * 16_384 * 2
    full = sign_field(attested(), "seal", data=filled(MAX_CERTIFICATES - there), room=room)
    assert seal_of(full).problem is None
    assert len(seal_of(full).certificates) == there + 1  # each once
    over = sign_field(attested(), "seal", data=filled(MAX_CERTIFICATES + 1 - there), room=room)
    assert inspect_pdf(over, diff=False).facts.reading.reason is Reason.LIMITS_EXCEEDED


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", issued().pdf[:-300], b"x" * 1_000])
def test_bytes_that_are_no_file_are_a_fact(data: bytes) -> None:
    found = read_signatures(data, DEFAULT_LIMITS, diff=False)
    assert found.signatures == ()
    assert found.problem in {Reason.PDF_MALFORMED, Reason.ENGINE_FAILED}
    assert found.detail


def test_an_encrypted_file() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        out = BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="x", user="", R=6))
    found = read_signatures(out.getvalue(), DEFAULT_LIMITS, diff=False)
    assert found.problem is Reason.PDF_ENCRYPTED


def test_more_signatures_than_are_looked_at() -> None:
    found = read_signatures(b_t(), replace(DEFAULT_LIMITS, signatures=1), diff=False)
    assert (found.problem, found.detail) == (Reason.LIMITS_EXCEEDED, "signatures")


def test_a_document_timestamp_that_cannot_be_read_keeps_what_was_seen() -> None:
    def broken(value: bytes) -> list[dict[str, Any]]:
        return good_token(value)

    pdf = signed_twice(seal=broken)
    assert seal_of(pdf).timestamps[0].problem is None
    plan = TokenPlan(says=lambda says: says.update(version="v2"))
    from support.levels import stamp

    facts = inspect_pdf(stamp(pdf, plan), diff=False).facts.signatures[-1]
    assert facts.problem is Reason.TIMESTAMP_MALFORMED
    assert facts.claimed_at is None
    assert facts.digest_algorithm == "sha256"
    assert facts.certificates[0] == demo().tsa.certificate


def test_the_border_lets_nothing_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the engine raises, wherever it does, is a fact that no check takes for a pass."""
    pdf = b_lta()

    def fails(*_: Any, **__: Any) -> Any:
        raise RuntimeError("quotes the file")

    for name in ("embedded_certificates", "check_signature", "check_token", "read_token"):
        with monkeypatch.context() as patch:
            patch.setattr(reading, name, fails)
            found = inspect_pdf(pdf, diff=False).facts
        problems = [each for each in found.signatures if each.problem is Reason.ENGINE_FAILED]
        assert problems, name
        assert all(each.detail == "RuntimeError" for each in problems)
        assert not any(each.intact and each.valid for each in problems)
    with monkeypatch.context() as patch:
        patch.setattr(reading, "enumerate_sig_fields", fails)
        found = inspect_pdf(pdf, diff=False).facts
    assert (found.reading.reason, found.reading.detail) == (Reason.ENGINE_FAILED, "RuntimeError")


def test_a_digest_of_the_value_of_the_signature_is_what_counts() -> None:
    """Not of the signed attributes, nor of the file."""

    def of_something_else(value: bytes) -> list[dict[str, Any]]:
        (row,) = good_token(value)
        wrong = token_of(hashlib.sha256(b"\x30" + value).digest())
        return [{"type": row["type"], "values": [cms.ContentInfo.load(wrong)]}]

    facts = seal_of(signed_twice(seal=of_something_else))
    assert facts.problem is None
    assert facts.timestamps[0].problem is Reason.CMS_DIGEST
