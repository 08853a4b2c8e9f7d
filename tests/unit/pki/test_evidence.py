"""What the demonstration's authorities say about revocation, as others read it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from support.qr_copies import pki
from vncopy.pki import DEMO_START, DemoIdentity, DemoPki, Revocation, make_demo_pki
from vncopy.pki.evidence import make_crl, make_ocsp
from vncopy.pki.maker import ADDRESS, Maker

AT = DEMO_START + timedelta(days=320, microseconds=7)
SECOND = AT.replace(microsecond=0)
REASON = x509.ReasonFlags.key_compromise


def of_root(made: DemoPki, **changes: bool) -> x509.CertificateRevocationList:
    return x509.load_der_x509_crl(made.evidence(AT, **changes).pieces[0])


def of_issuing(made: DemoPki) -> x509.CertificateRevocationList:
    return x509.load_der_x509_crl(made.evidence(AT).pieces[1])


def answers(made: DemoPki) -> dict[int, ocsp.OCSPResponse]:
    found = (ocsp.load_der_ocsp_response(e) for e in made.evidence(AT, ocsp=True).pieces[1:])
    return {each.serial_number: each for each in found}


def test_lists_are_signed_by_their_authorities_and_say_their_times() -> None:
    made = pki()
    for authority, found in ((made.root, of_root(made)), (made.issuing, of_issuing(made))):
        assert found.is_signature_valid(authority.parsed.public_key())  # type: ignore[arg-type]
        assert found.issuer == authority.parsed.subject
        assert found.last_update_utc == SECOND
        assert found.next_update_utc == SECOND + timedelta(days=7)
        assert list(found) == []
    assert sum(len(each) for each in made.evidence(AT).pieces) < 1000


def test_a_revocation_is_on_the_list_of_its_authority_from_its_time_on() -> None:
    seal = pki().offices[0].seals["p256"]
    early = AT - timedelta(days=9)
    made = pki().revoked(seal, at=SECOND, reason=REASON, invalid_from=early)
    assert list(of_root(made)) == []
    (entry,) = of_issuing(made)
    assert entry.serial_number == seal.parsed.serial_number
    assert entry.revocation_date_utc == SECOND
    assert entry.extensions.get_extension_for_class(x509.CRLReason).value.reason is REASON
    since = entry.extensions.get_extension_for_class(x509.InvalidityDate).value
    assert since.invalidity_date_utc == early.replace(microsecond=0)
    before = x509.load_der_x509_crl(made.evidence(AT - timedelta(seconds=1)).pieces[1])
    assert list(before) == []


def test_a_list_forgets_what_expired() -> None:
    seal = pki().offices[0].seals["p256"]
    made = pki().revoked(seal, at=AT)
    expiry = seal.parsed.not_valid_after_utc
    lists = [made.evidence(expiry + timedelta(days=n)).pieces[1] for n in (-1, 6, 8)]
    assert [len(list(x509.load_der_x509_crl(each))) for each in lists] == [1, 1, 0]


def test_no_reason_is_said_by_saying_none() -> None:
    made = pki().revoked(pki().issuing, at=AT)
    (entry,) = of_root(made)
    assert not list(entry.extensions)
    tsa = pki().revoked(pki().tsa, at=AT)
    assert answers(tsa)[pki().tsa.parsed.serial_number].revocation_reason is None


def test_every_certificate_of_the_issuing_authority_has_its_answer() -> None:
    made = pki()
    found = answers(made)
    asked = [each for each in made.identities if len(each.chain) == 3 and each != made.responder]
    assert set(found) == {each.parsed.serial_number for each in asked}
    assert len(of_root(made, ocsp=True).signature) in range(64, 73)
    for each in found.values():
        assert each.certificate_status is ocsp.OCSPCertStatus.GOOD
        assert each.produced_at_utc == each.this_update_utc == SECOND
        assert each.next_update_utc == SECOND + timedelta(days=1)
        (delegate,) = each.certificates
        public = delegate.public_key()
        assert isinstance(public, ec.EllipticCurvePublicKey)
        public.verify(each.signature, each.tbs_response_bytes, ec.ECDSA(hashes.SHA256()))
        delegate.verify_directly_issued_by(made.issuing.parsed)
        usage = delegate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        assert list(usage) == [ExtendedKeyUsageOID.OCSP_SIGNING]
        assert delegate.extensions.get_extension_for_class(x509.OCSPNoCheck)


def test_an_answer_says_when_and_why_a_certificate_was_revoked() -> None:
    seal = pki().offices[0].seals["p256"]
    made = pki().revoked(seal, at=AT - timedelta(days=1), reason=REASON)
    found = answers(made)[seal.parsed.serial_number]
    assert found.certificate_status is ocsp.OCSPCertStatus.REVOKED
    assert found.revocation_time_utc == SECOND - timedelta(days=1)
    assert found.revocation_reason is REASON
    others = {each.certificate_status for n, each in answers(made).items()}
    assert others == {ocsp.OCSPCertStatus.GOOD, ocsp.OCSPCertStatus.REVOKED}


def test_an_authority_can_answer_for_itself_with_either_kind_of_key() -> None:
    maker = Maker(seed=None, start=DEMO_START)
    root = maker.authority("root", "Root", None, path_length=0, kind="rsa")
    leaf = maker.leaf("leaf", "Leaf", root, kind="p256")
    found = ocsp.load_der_ocsp_response(make_ocsp(leaf, root, at=AT))
    assert found.certificates == []
    public = root.key.public_key()
    public.verify(  # type: ignore[call-arg]
        found.signature, found.tbs_response_bytes, padding.PKCS1v15(), hashes.SHA256()
    )
    listed = x509.load_der_x509_crl(
        make_crl(root, [Revocation(identity=leaf, at=AT)], at=AT, life=timedelta(days=30))
    )
    assert listed.is_signature_valid(public)
    assert listed.next_update_utc == SECOND + timedelta(days=30)
    assert len(listed) == 1


@pytest.mark.parametrize("ocsp_too", [False, True])
def test_the_same_seed_and_time_give_the_same_evidence(ocsp_too: bool) -> None:
    one, same = (make_demo_pki(seed=b"evidence", kinds=("p256",)) for _ in range(2))
    assert one.evidence(AT, ocsp=ocsp_too) == same.evidence(AT, ocsp=ocsp_too)
    assert one.evidence(AT, ocsp=ocsp_too) != one.evidence(SECOND + timedelta(1), ocsp=ocsp_too)


def places_of(identity: DemoIdentity) -> dict[str, str]:
    extensions = identity.parsed.extensions
    access = extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    names = {
        AuthorityInformationAccessOID.CA_ISSUERS: "issuer",
        AuthorityInformationAccessOID.OCSP: "ocsp",
    }
    found = {names[each.access_method]: each.access_location.value for each in access}
    (point,) = extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    assert point.full_name is not None
    found["crl"] = point.full_name[0].value
    return found


def test_certificates_name_where_their_issuer_publishes() -> None:
    made = pki()
    assert places_of(made.offices[0].qr) == places_of(made.tsa)
    assert places_of(made.tsa) == {
        "issuer": f"{ADDRESS}/ca/issuing.cer",
        "ocsp": f"{ADDRESS}/ocsp/issuing",
        "crl": f"{ADDRESS}/crl/issuing.crl",
    }
    assert set(places_of(made.issuing)) == {"issuer", "crl"}  # the root is not asked online
    for silent in (made.root, made.responder):
        oids = {each.oid for each in silent.parsed.extensions}
        assert x509.CRLDistributionPoints.oid not in oids


def test_what_is_published_lies_where_the_certificates_say() -> None:
    made = pki()
    published = made.published(AT)
    for identity in (made.tsa, made.issuing):
        places = places_of(identity)
        assert published[places["issuer"]] == identity.chain[1]
        assert published[places["crl"]] in made.evidence(AT).pieces
    assert len(published) == 4
