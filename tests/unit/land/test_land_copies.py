"""A land certificate with more changes than a symbol holds: the file shows all, the symbol counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from support.sources import ROOT
from vncopy.errors import TooLongForQR
from vncopy.formats.land import LandCertificate
from vncopy.formats.profile import load_profile
from vncopy.formats.record import parse_input
from vncopy.issue import IssuedCopy, Signers, issue, prepare
from vncopy.pki import DemoPki, make_demo_pki
from vncopy.policy import VerificationPolicy
from vncopy.verify.pdf import verify_pdf
from vncopy.verify.qr import verify_qr

SAMPLES = ROOT / "samples" / "land"
NOW = dt.datetime(2026, 11, 21, 3, 21, 35, tzinfo=dt.UTC)
CHANGES = 12


@pytest.fixture(scope="module")
def pki() -> DemoPki:
    return make_demo_pki(seed=b"land", kinds=("p256",))


def issued(pki: DemoPki, name: str, carriage: Any, **options: Any) -> IssuedCopy:
    document, statement = parse_input((SAMPLES / f"{name}.json").read_bytes(), LandCertificate)
    office = pki.office(str(statement.authority.agency_code))
    signers = Signers(
        person=office.persons["p256"].signer(),
        seal=office.seals["p256"].signer(),
        qr=office.qr.signer(),
    )
    bare = statement.model_copy(update={"issued_at": None})
    draft = prepare(document, bare, profile=load_profile(NOW.date()))
    return issue(draft, signers=signers, at=NOW, carriage=carriage, **options)


def test_the_file_has_every_change_and_the_symbol_their_number(pki: DemoPki) -> None:
    copy = issued(pki, "g2-many-changes", "reference", trust=pki.trust)
    asked: dict[str, Any] = {
        "trust": pki.trust,
        "at": NOW,
        "policy": VerificationPolicy.offline_basic(),
    }
    from_qr = verify_qr(copy.qr_text, **asked).require()
    assert from_qr.carried is not None
    assert from_qr.carried.fields["change_count"] == CHANGES
    from_pdf = verify_pdf(copy.pdf, **asked).require()
    assert isinstance(from_pdf.document, LandCertificate)
    assert len(from_pdf.document.changes) == CHANGES
    assert from_pdf.document.change_count == CHANGES


def test_a_land_office_needs_no_trust_store_to_copy_from_its_record(pki: DemoPki) -> None:
    copy = issued(pki, "g3-co-owners-changes-2025", "full")
    asked: dict[str, Any] = {
        "trust": pki.trust,
        "at": NOW,
        "policy": VerificationPolicy.offline_basic(),
    }
    made = verify_pdf(copy.pdf, **asked).require().document
    assert isinstance(made, LandCertificate)
    assert len(made.holders) == 2
    assert made.change_count == 1


def test_text_is_never_shortened_to_make_it_fit(pki: DemoPki) -> None:
    with pytest.raises(TooLongForQR):
        issued(pki, "g2-many-changes", "full")


def test_a_short_certificate_travels_whole(pki: DemoPki) -> None:
    copy = issued(pki, "g1-household-1999", "auto")
    report = verify_qr(
        copy.qr_text, trust=pki.trust, at=NOW, policy=VerificationPolicy.offline_basic()
    )
    document = report.require().document
    assert isinstance(document, LandCertificate)
    assert document.parcels[0].area_m2 == "1.250"
