"""Keys in files: PEM and PKCS#12, and everything that may be wrong with them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from vncopy.errors import UsageError
from vncopy.pki import make_demo_pki
from vncopy.sign import SignatureAlgorithm, load_pem, load_pkcs12

PKI = make_demo_pki(seed=b"keys in files", kinds=("p256",))
SEAL = PKI.offices[0].seals["p256"]
OTHER = PKI.offices[1].seals["p256"]


@cache
def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def pem(key: object, password: bytes | None = None) -> bytes:
    protection = BestAvailableEncryption(password) if password else NoEncryption()
    made: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)  # type: ignore[attr-defined]
    return made


def self_signed(key: object) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Thử")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())  # type: ignore[attr-defined]
        .serial_number(7)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=900))
    )
    algorithm = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return builder.sign(key, algorithm)  # type: ignore[arg-type]


def rule_of(call: object, *arguments: object, **named: object) -> str:
    with pytest.raises(UsageError) as caught:
        call(*arguments, **named)  # type: ignore[operator]
    (problem,) = caught.value.problems
    assert problem.message.vi
    assert problem.message.en
    return problem.rule


def test_the_chain_begins_with_the_own_certificate_and_leaves_the_root_out() -> None:
    certificates = SEAL.chain_pem().split(b"-----BEGIN")[1:]
    shuffled = b"".join(b"-----BEGIN" + each for each in reversed(certificates))
    signer = load_pem(SEAL.key_pem(), shuffled)
    assert signer.chain == SEAL.chain[:2]
    assert signer.algorithm is SignatureAlgorithm.ES256


def test_a_key_with_password_opens_with_it_alone() -> None:
    key = SEAL.key_pem(b"mat khau")
    assert load_pem(key, SEAL.chain_pem(), password=b"mat khau").chain == SEAL.chain[:2]
    assert rule_of(load_pem, key, SEAL.chain_pem()) == "signer.password"
    assert rule_of(load_pem, key, SEAL.chain_pem(), password=b"sai") == "signer.unreadable"
    clear = SEAL.key_pem()
    assert rule_of(load_pem, clear, SEAL.chain_pem(), password=b"x") == "signer.password"


def test_the_certificate_of_another_key_is_refused() -> None:
    assert rule_of(load_pem, SEAL.key_pem(), OTHER.chain_pem()) == "signer.pair"


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        (ec.generate_private_key(ec.SECP384R1()), "signer.key_type"),
        (ec.generate_private_key(ec.SECP256K1()), "signer.key_type"),
        (ed25519.Ed25519PrivateKey.generate(), "signer.key_type"),
        (rsa.generate_private_key(65537, 1024), "signer.weak_rsa"),  # noqa: S505 - refused here
    ],
    ids=["P-384", "secp256k1", "Ed25519", "RSA-1024"],
)
def test_keys_of_other_kinds_are_refused(key: object, rule: str) -> None:
    chain = self_signed(key).public_bytes(Encoding.PEM)
    assert rule_of(load_pem, pem(key), chain) == rule


@pytest.mark.parametrize("junk", [b"", b"junk", b"-----BEGIN PRIVATE KEY-----\nAAAA\n"])
def test_junk_is_refused(junk: bytes) -> None:
    assert rule_of(load_pem, junk, SEAL.chain_pem()) == "signer.unreadable"
    assert rule_of(load_pem, SEAL.key_pem(), junk) == "signer.certificate"
    assert rule_of(load_pkcs12, junk, b"x") == "signer.unreadable"


def test_pkcs12_with_password() -> None:
    certificates = [x509.load_der_x509_certificate(each) for each in SEAL.chain]
    data = pkcs12.serialize_key_and_certificates(
        b"con dau", SEAL.key, certificates[0], certificates[1:], BestAvailableEncryption(b"mk")
    )
    assert load_pkcs12(data, b"mk").chain == SEAL.chain[:2]
    assert rule_of(load_pkcs12, data, b"sai") == "signer.unreadable"
    assert rule_of(load_pkcs12, data, None) == "signer.unreadable"


def test_pkcs12_without_key_is_refused() -> None:
    certificate = x509.load_der_x509_certificate(SEAL.certificate)
    data = pkcs12.serialize_key_and_certificates(
        None, None, certificate, None, BestAvailableEncryption(b"mk")
    )
    assert rule_of(load_pkcs12, data, b"mk") == "signer.pkcs12"


def test_rsa_signs_too_and_both_kinds_sign_the_same_bytes_twice() -> None:
    key = rsa_key()
    made = load_pem(pem(key), self_signed(key).public_bytes(Encoding.PEM))
    assert made.algorithm is SignatureAlgorithm.RS256
    for signer in (made, SEAL.signer()):
        assert signer.sign(b"message") == signer.sign(b"message")
        assert signer.sign(b"message") != signer.sign(b"another")


def test_nothing_secret_is_shown() -> None:
    signer = SEAL.signer()
    number = SEAL.key.private_numbers().private_value  # type: ignore[union-attr]
    assert repr(signer) == "LocalSigner(algorithm=<SignatureAlgorithm.ES256: 'ES256'>)"
    assert str(number) not in repr(signer)
