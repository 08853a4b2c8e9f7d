"""The public key infrastructure of thirty years that the lifetime test stands on."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from cryptography import x509
from cryptography.x509 import ocsp

from support.generations import (
    COMMUNE,
    KEYS_OF_2026,
    MERGER,
    PLAN,
    SUCCESSOR,
    TSAS,
    Knowledge,
    World,
    day,
)
from vncopy.pki import KeyKind
from vncopy.trust import KeyState, Role
from vncopy.verify.chain import validate_path

KINDS: tuple[KeyKind, ...] = ("p256", "rsa")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("label", [label for label, plan in PLAN.items() if plan.role])
def test_every_key_has_a_path_while_it_signs_and_none_after(label: str, kind: KeyKind) -> None:
    world, plan = World(kind=kind), PLAN[label]
    trust, leaf = world.trust(day(2056)), world.identity(label)
    role = plan.role or Role.TSA
    paths = [
        validate_path(leaf.certificate, (), trust=trust, at=at, role=role)
        for at in (plan.start, leaf.parsed.not_valid_after_utc, plan.end + timedelta(days=30))
    ]
    assert [each.found for each in paths] == [True, True, False]


def test_services_overlap_by_months_and_authorities_outlive_what_they_issued() -> None:
    for earlier, later in pairwise(TSAS):
        overlap = World().identity(earlier).parsed.not_valid_after_utc - PLAN[later].start
        assert timedelta(days=150) < overlap < timedelta(days=366)
    for label, plan in PLAN.items():
        if plan.issuer is not None:
            above = World().identity(plan.issuer).parsed
            assert World().identity(label).parsed.not_valid_after_utc <= above.not_valid_after_utc


def test_the_folder_knows_only_what_has_begun_and_never_forgets() -> None:
    world = World()
    early, late = world.trust(day(2026, 12)), world.trust(day(2056))
    assert {each.name for each in early.anchors} == {"root-1", "root-b"}
    assert {each.name for each in late.anchors} == {"root-1", "root-2", "root-b"}
    commune = late.office(COMMUNE.code)
    assert commune is not None
    assert commune.successor == SUCCESSOR
    assert early.office(SUCCESSOR) is None
    assert {each.state for each in commune.certificates} == {KeyState.RETIRED}
    assert not commune.names_on(MERGER.date())
    (seal,) = world.trust(
        day(2028), {"seal-2026": Knowledge(state=KeyState.REVOKED, since=day(2027))}
    ).entries_of(world.identity("seal-2026").certificate)
    assert seal[1].state_since == day(2027)


def test_the_authorities_in_force_publish() -> None:
    world = World().revoked(*KEYS_OF_2026, at=day(2028))
    lists = [x509.load_der_x509_crl(each) for each in world.evidence(day(2028, 2)).pieces]
    assert [len(list(each)) for each in lists] == [0, 0, 3, 0]
    assert len(world.evidence(day(2056, 3)).pieces) == 2
    *lists_too, answer = world.evidence(day(2028, 2), ocsp=["seal-2026"]).pieces
    assert len(lists_too) == 3
    found = ocsp.load_der_ocsp_response(answer)
    assert found.certificate_status is ocsp.OCSPCertStatus.REVOKED


def test_the_newest_service_stamps() -> None:
    years = (2026, 2032, 2040, 2048, 2056)
    expected = ["tsa-2025", "tsa-2032", "tsa-2039", "tsa-2047", "tsa-2047"]
    assert [World().tsa_at(day(year, 2)) for year in years] == expected
    stamper = World().timestamper(day(2030), "tsa-b")
    assert stamper.timestamp(bytes(32)) != stamper.timestamp(bytes(32))
