from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from support.qr_copies import commune, pki
from vncopy.errors import UsageError
from vncopy.trust import (
    CertificateEntry,
    KeyState,
    OfficeEntry,
    OfficeName,
    Role,
    TrustAnchor,
    TrustStore,
    area_of,
    kid_of,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
ANCHOR = TrustAnchor(name="root", certificate=b"root")


def entry(certificate: bytes = b"leaf", **changes: object) -> CertificateEntry:
    given: dict[str, object] = {"role": Role.QR, "signs_from": START, **changes}
    return CertificateEntry(certificate=certificate, **given)  # type: ignore[arg-type]


def office(
    code: str = "H26.1", *certificates: CertificateEntry, successor: str | None = None
) -> OfficeEntry:
    return OfficeEntry(
        agency_code=code,
        names=(OfficeName(name="Office", since=date(2020, 1, 1)),),
        kind="other",
        successor=successor,
        certificates=certificates,
    )


def test_the_key_id_is_the_digest_of_the_certificate() -> None:
    assert entry().fingerprint == hashlib.sha256(b"leaf").hexdigest()
    assert entry().kid == kid_of(b"leaf") == hashlib.sha256(b"leaf").digest()[:8]


def test_the_signing_window_includes_its_beginning_only() -> None:
    limited = entry(signs_until=START + DAY)
    assert limited.signs_at(START)
    assert not limited.signs_at(START - timedelta(microseconds=1))
    assert not limited.signs_at(START + DAY)
    assert entry().signs_at(START + 10000 * DAY)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"signs_from": datetime(2026, 1, 1)}, "trust.time_zone"),  # noqa: DTZ001 - the mistake
        ({"signs_until": START}, "trust.window"),
        ({"signs_until": START - DAY}, "trust.window"),
        ({"state": KeyState.REVOKED}, "trust.state_since"),
        ({"state": KeyState.COMPROMISED}, "trust.state_since"),
        ({"state_since": START}, "trust.state_since"),
        ({"state": KeyState.RETIRED, "state_since": START}, "trust.state_since"),
    ],
)
def test_impossible_entries_are_refused(changes: dict[str, object], rule: str) -> None:
    with pytest.raises(UsageError) as caught:
        entry(**changes)
    assert [each.rule for each in caught.value.problems] == [rule]


def test_names_change_from_one_day_to_the_next() -> None:
    named = replace(
        office(),
        names=(
            OfficeName(name="Old", since=date(2020, 1, 1), until=date(2025, 7, 1)),
            OfficeName(name="New", since=date(2025, 7, 1)),
        ),
    )
    assert named.names_on(date(2019, 12, 31)) == ()
    assert named.names_on(date(2025, 6, 30)) == ("Old",)
    assert named.names_on(date(2025, 7, 1)) == ("New",)


def test_areas() -> None:
    assert area_of(None, None) is None
    assert area_of("01", None) == "01"
    assert area_of("01", "00070") == "01/00070"
    assert commune().entry.area == "01/00070"


def test_a_store_needs_an_anchor_and_different_offices() -> None:
    with pytest.raises(UsageError, match="at least one trust anchor"):
        TrustStore(anchors=())
    with pytest.raises(UsageError, match="only once"):
        TrustStore(anchors=(ANCHOR,), offices=(office(), office()))


def test_a_certificate_has_one_entry_for_each_role_of_an_office() -> None:
    """Of an active and a compromised entry of one key the active one would count."""
    lost = entry(state=KeyState.COMPROMISED, state_since=START)
    for pair in ((entry(), lost), (lost, entry()), (entry(), entry())):
        with pytest.raises(UsageError, match="only once in one role"):
            TrustStore(anchors=(ANCHOR,), offices=(office("H26.1", *pair),))


def test_certificates_are_found_by_key_id_and_role() -> None:
    twice = TrustStore(
        anchors=(ANCHOR,),
        offices=(office("H26.1", entry(), entry(role=Role.SEAL)), office("H26.2", entry())),
    )
    found = twice.candidates(kid_of(b"leaf"), Role.QR)
    assert [each.agency_code for each, _ in found] == ["H26.1", "H26.2"]
    assert twice.roles_of(kid_of(b"leaf")) == {Role.QR, Role.SEAL}
    assert twice.roles_of(b"unknown.") == frozenset()
    assert len(twice.entries_of(b"leaf")) == 3
    assert twice.entries_of(b"other") == ()


def test_an_entry_is_only_found_by_its_whole_certificate() -> None:
    disguised = entry(b"another")
    object.__setattr__(disguised, "kid", kid_of(b"leaf"))
    store = TrustStore(anchors=(ANCHOR,), offices=(office("H26.1", disguised),))
    assert store.entries_of(b"leaf") == ()


def test_registers_pass_to_successors() -> None:
    store = TrustStore(
        anchors=(ANCHOR,),
        offices=(
            office("H26.1", successor="H26.2"),
            office("H26.2", successor="H26.3"),
            office("H26.3", successor="H26.9"),
        ),
    )
    assert [each.agency_code for each in store.successors("H26.1")] == ["H26.2", "H26.3"]
    assert [each.agency_code for each in store.predecessors("H26.3")] == ["H26.1", "H26.2"]
    assert store.successors("H26.9") == ()
    assert store.office("H26.9") is None


def test_successors_in_a_ring_are_refused() -> None:
    with pytest.raises(UsageError, match="ring"):
        TrustStore(
            anchors=(ANCHOR,),
            offices=(office("H26.1", successor="H26.2"), office("H26.2", successor="H26.1")),
        )


def test_stores_are_equal_by_value() -> None:
    assert replace(pki().trust) == pki().trust
    assert "_by_kid" not in repr(pki().trust)
