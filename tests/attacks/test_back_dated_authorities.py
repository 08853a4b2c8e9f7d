"""Certificates made with the key of an authority that has ended, and dated to when it had not.

The forger prepares a file years before, with a service or a signer that nobody trusts, and lets honest
services stamp it. When the key of an old authority leaks he certifies what he used then, dates the
certificate back, and puts it where the honest timestamps do not reach.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from support.chains import Made, authority, leaf, name, root, tsa
from support.generations import day
from support.proofs import BASIC, LONG, document, file, signature, token
from vncopy.facts.evidence import EvidenceFacts
from vncopy.reasons import Reason
from vncopy.trust import (
    CertificateEntry,
    OfficeEntry,
    OfficeName,
    Role,
    TrustAnchor,
    TrustStore,
)
from vncopy.verify.checks_signers import find_signers, path_reason
from vncopy.verify.moment import Moment
from vncopy.verify.proofs import prove

if TYPE_CHECKING:
    from vncopy.facts.pdf import PDFFacts

PREPARED, LEAKED, ASKED = day(2028), day(2033), day(2034)
CLAIMED = day(2026)


@cache
def old_root() -> Made:
    """Return a root that lasts and sets no limit to authorities below it."""
    return root(subject=name("Old root"), label="old root", start=day(2020), end=day(2060))


@cache
def ended() -> Made:
    """Return the authority below it which ended in 2030 and whose key leaked later."""
    return authority(
        old_root(), subject=name("Ended"), label="ended", start=day(2020), end=day(2030)
    )


@cache
def forged() -> Made:
    """Return the forger's authority, certified with the leaked key and dated back."""
    return authority(ended(), subject=name("X"), label="x", start=day(2021), end=day(2029))


@cache
def honest() -> Made:
    """Return the root of honest services and signers."""
    return root(subject=name("Honest"), label="honest", start=day(2020), end=day(2060))


def service(issuer: Made, end: int) -> Made:
    """Return a timestamping service."""
    return tsa(issuer, subject=name(f"TSA {end}"), start=day(2021), end=day(end))


def signer(issuer: Made, end: int) -> Made:
    """Return somebody's certificate."""
    return leaf(issuer, subject=name(f"Signer {end}"), start=day(2021), end=day(end))


def trusted(*intermediates: Made, named: Made | None = None) -> TrustStore:
    """Return a folder that trusts both roots; it may name the forger's service."""
    offices: tuple[OfficeEntry, ...] = ()
    if named is not None:
        entry = CertificateEntry(certificate=named.der, role=Role.TSA, signs_from=day(2021))
        names = (OfficeName(name="TSA", since=day(2020).date()),)
        offices = (
            OfficeEntry(agency_code="G99.901", names=names, kind="other", certificates=(entry,)),
        )
    return TrustStore(
        anchors=tuple(
            TrustAnchor(name=label, certificate=made.der)
            for label, made in (("old", old_root()), ("honest", honest()))
        ),
        intermediates=tuple(each.der for each in intermediates),
        offices=offices,
    )


def made(*, stamped_by: Made, signed_by: Made, end: int) -> PDFFacts:
    """Return a file stamped honestly in 2028 and 2033; the pieces are there since ``end``."""
    good = service(honest(), 2050).der
    inner = signature(
        "seal-2026",
        1000,
        token(CLAIMED, certificates=(stamped_by.der,)),
        certificates=(signed_by.der,),
        claimed_at=CLAIMED,
    )
    pieces = tuple(
        EvidenceFacts(kind="certificate", der=each.der, end=end) for each in (forged(), ended())
    )
    return file(
        inner,
        document(PREPARED, 3000, certificates=(good,)),
        document(LEAKED, 6000, certificates=(good,)),
        pieces=pieces,
    )


def service_reason(facts: PDFFacts, trust: TrustStore) -> tuple[Reason | None, str]:
    """Return why the forger's timestamp proves nothing."""
    proofs = prove(facts, Moment(trust=trust, at=ASKED, policy=LONG))
    (stamp,) = (each for each in proofs.stamps.all if each.kind == "signature")
    assert [each.valid for each in proofs.stamps.all if each.kind == "document"] == [True, True]
    return stamp.reason, stamp.detail


def signer_reason(facts: PDFFacts, trust: TrustStore) -> Reason | None:
    """Return why the path of the signer does not hold."""
    proofs = prove(facts, Moment(trust=trust, at=ASKED, policy=BASIC))
    return path_reason(find_signers(proofs)[0], ASKED, BASIC)


AFTER, BEFORE = 5000, 2000
"""Bytes: put there between the two honest timestamps, or before both."""


def test_a_service_certified_with_a_leaked_key() -> None:
    facts = made(stamped_by=service(forged(), 2029), signed_by=signer(honest(), 2050), end=AFTER)
    assert service_reason(facts, trusted()) == (
        Reason.TIMESTAMP_INVALID,
        "path_unproven certificate 1",
    )


def test_a_service_whose_authority_was_there_in_time() -> None:
    facts = made(stamped_by=service(forged(), 2029), signed_by=signer(honest(), 2050), end=BEFORE)
    assert service_reason(facts, trusted()) == (None, "")


def test_what_the_folder_names_needs_no_proof() -> None:
    theirs = service(forged(), 2029)
    facts = made(stamped_by=theirs, signed_by=signer(honest(), 2050), end=AFTER)
    assert service_reason(facts, trusted(forged(), ended())) == (None, "")
    assert service_reason(facts, trusted(named=theirs)) == (None, "")


@pytest.mark.parametrize(
    ("end", "reason"), [(AFTER, Reason.PATH_UNPROVEN), (BEFORE, None)], ids=["after", "before"]
)
def test_a_signer_certified_with_a_leaked_key(end: int, reason: Reason | None) -> None:
    facts = made(stamped_by=service(honest(), 2050), signed_by=signer(forged(), 2029), end=end)
    assert signer_reason(facts, trusted()) is reason


def test_a_signer_whose_certificate_is_not_signed() -> None:
    """Without its digest among the signed attributes it may have been put there later."""
    facts = made(stamped_by=service(honest(), 2050), signed_by=signer(ended(), 2030), end=BEFORE)
    assert signer_reason(facts, trusted()) is None
    bare = replace(facts.signatures[0], has_signing_certificate=False)
    facts = replace(facts, signatures=(bare, *facts.signatures[1:]))
    assert signer_reason(facts, trusted()) is None  # the archive timestamp of 2028 covers it
    facts = replace(facts, signatures=(bare,), evidence=(), byte_ranges=1)
    assert signer_reason(facts, trusted(ended())) is Reason.PATH_UNPROVEN
