"""Which certificate may sign what, and signatures that do not fit their certificate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from vncopy.errors import SigningError, UsageError
from vncopy.pki import DEMO_START, make_demo_pki
from vncopy.reasons import Reason
from vncopy.sign import CopySigner, SignatureAlgorithm, load_pem
from vncopy.sign.signer import check_signer, sign_checked, signature_for_cms

PKI = make_demo_pki(seed=b"roles", kinds=("p256", "rsa"))
SEAL = PKI.offices[0].seals["p256"]
AT = DEMO_START + timedelta(days=100)


def rule_of(signer: CopySigner, role: Any, at: datetime = AT) -> str:
    with pytest.raises(UsageError) as caught:
        check_signer(signer, role, at=at)
    (problem,) = caught.value.problems
    assert problem.field == f"signers.{role}"
    return problem.rule


def certified(*extensions: x509.ExtensionType) -> CopySigner:
    """Return a signer whose certificate has these extensions."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Thử")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(SEAL.key.public_key())
        .serial_number(7)
        .not_valid_before(DEMO_START)
        .not_valid_after(DEMO_START + timedelta(days=900))
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=True)
    made = builder.sign(SEAL.key, hashes.SHA256())
    return load_pem(SEAL.key_pem(), made.public_bytes(Encoding.PEM))


def usage(**bits: bool) -> x509.KeyUsage:
    names = [
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    ]
    return x509.KeyUsage(**{name: bits.get(name, False) for name in names})


@dataclass(frozen=True)
class Foreign:
    """A signer from outside, as a token's driver would give it."""

    chain: tuple[bytes, ...]
    algorithm: SignatureAlgorithm
    answer: Any

    def sign(self, _message: bytes, /) -> bytes:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer  # type: ignore[no-any-return]


@pytest.mark.parametrize("role", ["person", "seal", "qr"])
def test_a_certificate_for_documents_may_sign(role: Any) -> None:
    check_signer(SEAL.signer(), role, at=AT)


def test_the_symbol_is_signed_with_p256_only() -> None:
    signer = PKI.offices[0].seals["rsa"].signer()
    check_signer(signer, "seal", at=AT)
    assert rule_of(signer, "qr") == "signer.qr_key"


@pytest.mark.parametrize(
    ("days", "reason"), [(-1, Reason.PATH_NOT_YET_VALID), (5 * 365 + 1, Reason.PATH_EXPIRED)]
)
def test_not_yet_or_no_longer_valid(days: int, reason: Reason) -> None:
    with pytest.raises(SigningError) as caught:
        check_signer(SEAL.signer(), "seal", at=DEMO_START + timedelta(days=days))
    assert (caught.value.role, caught.value.reason) == ("seal", reason)


@pytest.mark.parametrize(
    "extension",
    [
        x509.BasicConstraints(ca=True, path_length=None),
        usage(key_cert_sign=True),
        usage(key_encipherment=True),
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]),
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]),
    ],
)
def test_certificates_made_for_other_uses(extension: x509.ExtensionType) -> None:
    assert rule_of(certified(extension), "seal") == "signer.usage"


@pytest.mark.parametrize(
    "extensions",
    [
        (),
        (usage(content_commitment=True),),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]),),
    ],
)
def test_certificates_that_may_sign_documents(
    extensions: tuple[x509.ExtensionType, ...],
) -> None:
    check_signer(certified(*extensions), "seal", at=AT)


def test_foreign_signers_are_checked_like_ours() -> None:
    es256 = SignatureAlgorithm.ES256
    assert rule_of(Foreign((), es256, b""), "seal") == "signer.certificate"
    assert rule_of(Foreign((b"junk",), es256, b""), "seal") == "signer.certificate"
    wrong = Foreign(SEAL.chain, SignatureAlgorithm.RS256, b"")
    assert rule_of(wrong, "seal") == "signer.algorithm"


@pytest.mark.parametrize(
    "answer",
    [b"", b"\0" * 64, b"x" * 72, None, OSError("thẻ đã bị rút")],
    ids=["nothing", "zeros", "wrong form", "None", "card removed"],
)
def test_a_signature_that_does_not_fit_is_never_used(answer: Any) -> None:
    signer = Foreign(SEAL.chain, SignatureAlgorithm.ES256, answer)
    certificate = x509.load_der_x509_certificate(SEAL.certificate)
    with pytest.raises(SigningError) as caught:
        sign_checked(signer, certificate, b"message", role="seal")
    assert "thẻ" not in caught.value.message.en


def test_a_signer_with_the_key_of_another_certificate_is_caught() -> None:
    mine, other = SEAL.signer(), PKI.offices[1].seals["p256"]
    mixed = replace(mine, chain=other.chain)
    certificate = x509.load_der_x509_certificate(other.certificate)
    with pytest.raises(SigningError):
        sign_checked(mixed, certificate, b"message", role="seal")


def test_what_a_signer_says_itself_is_passed_on() -> None:
    from vncopy.errors import Message

    error = SigningError(Message("sai mã PIN", "wrong PIN"))
    signer = Foreign(SEAL.chain, SignatureAlgorithm.ES256, error)
    with pytest.raises(SigningError) as caught:
        sign_checked(signer, x509.load_der_x509_certificate(SEAL.certificate), b"m", role="seal")
    assert caught.value is error


def test_cms_wants_der_for_ecdsa() -> None:
    raw = SEAL.signer().sign(b"message")
    der = signature_for_cms(SignatureAlgorithm.ES256, raw)
    assert der[0] == 0x30
    assert signature_for_cms(SignatureAlgorithm.RS256, b"as it is") == b"as it is"


def test_validity_is_asked_in_any_time_zone() -> None:
    check_signer(SEAL.signer(), "seal", at=AT.astimezone(UTC))
