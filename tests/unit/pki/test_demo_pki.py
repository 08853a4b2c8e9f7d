from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from support.qr_copies import pki
from vncopy.formats.profile import OfficeKind
from vncopy.pki import DEMO_START, make_demo_pki
from vncopy.sign import load_pem
from vncopy.sign.tokens import check_token
from vncopy.trust import Role
from vncopy.verify.chain import validate_path


def test_every_certificate_of_the_folder_has_a_path_in_its_role() -> None:
    trust = pki().trust
    for office in trust.offices:
        for entry in office.certificates:
            found = validate_path(
                entry.certificate,
                (),
                trust=trust,
                at=DEMO_START + timedelta(days=320),
                role=entry.role,
            )
            assert found.found, found
            assert len(found.chain) == 3


def test_timestamps_cannot_seal_and_seals_cannot_stamp() -> None:
    trust, at = pki().trust, DEMO_START + timedelta(days=1)
    seal = pki().offices[0].seals["p256"].certificate
    stamp = pki().tsa.certificate
    assert not validate_path(seal, (), trust=trust, at=at, role=Role.TSA).found
    assert not validate_path(stamp, (), trust=trust, at=at, role=Role.SEAL).found


def test_the_same_seed_gives_the_same_certificates() -> None:
    one = make_demo_pki(seed=b"one", kinds=("p256",))
    assert make_demo_pki(seed=b"one", kinds=("p256",)).trust == one.trust
    assert make_demo_pki(seed=b"two", kinds=("p256",)).trust != one.trust
    assert make_demo_pki(kinds=("p256",)).trust != make_demo_pki(kinds=("p256",)).trust


def test_keys_of_both_kinds() -> None:
    made = make_demo_pki(start=datetime(2025, 7, 1, tzinfo=UTC))
    office = made.office("H26.901")
    assert isinstance(office.seals["rsa"].key, rsa.RSAPrivateKey)
    assert isinstance(office.seals["p256"].key, ec.EllipticCurvePrivateKey)
    assert isinstance(office.qr.key, ec.EllipticCurvePrivateKey)
    assert office.seals["rsa"].key.key_size == 2048
    certificate = x509.load_der_x509_certificate(office.persons["rsa"].certificate)
    assert certificate.not_valid_before_utc == datetime(2025, 7, 1, tzinfo=UTC)
    assert office.persons["rsa"].signer().chain[0] == office.persons["rsa"].certificate


def test_person_seal_and_symbol_have_different_keys() -> None:
    certificates = [each.certificate for o in pki().trust.offices for each in o.certificates]
    keys = {
        x509.load_der_x509_certificate(each)
        .public_key()
        .public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        for each in certificates
    }
    assert len(keys) == len(certificates) == 10


def test_keys_can_be_written_with_a_password() -> None:
    identity = pki().offices[0].qr
    encrypted = identity.key_pem(b"secret")
    assert b"ENCRYPTED" in encrypted
    assert load_pem(encrypted, identity.chain_pem(), password=b"secret").chain


def test_offices_are_found_by_their_id() -> None:
    assert pki().office("H26.903").entry.kind == OfficeKind.LAND_OFFICE.value
    assert pki().office("H26.903").name == pki().offices[2].name
    with pytest.raises(KeyError):
        pki().office("H26.999")


def test_repr_shows_no_key() -> None:
    assert "key=" not in repr(pki().root)


def test_the_demo_has_a_timestamping_service() -> None:
    digest, at = sha256(b"a signature").digest(), DEMO_START + timedelta(days=9)
    token = pki().timestamper(lambda: at).timestamp(digest)
    assert check_token(token, digest) == at


def test_the_same_numbers_give_the_same_timestamps() -> None:
    digest, at = bytes(32), DEMO_START + timedelta(days=9)

    def tokens() -> list[bytes]:
        numbers = iter(range(9))
        service = pki().timestamper(lambda: at, entropy=lambda n: next(numbers).to_bytes(n))
        return [service.timestamp(digest) for _ in range(2)]

    first, second = tokens()
    assert first != second
    assert tokens() == [first, second]
    assert pki().timestamper(lambda: at).timestamp(digest) not in {first, second}
