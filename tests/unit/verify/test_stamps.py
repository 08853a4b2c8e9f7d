"""Which timestamps prove something, judged from the outside in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.x509 import ReasonFlags

from support.generations import Knowledge, World, day
from support.proofs import (
    ARCHIVED,
    AT,
    BASIC,
    LONG,
    MINUTE,
    SIGNED,
    STAMPED,
    WORLD,
    b_b,
    b_lt,
    b_lta,
    b_t,
    chain_of,
    document,
    evidence,
    file,
    judged,
    signature,
    token,
)
from vncopy.algorithms import DEFAULT_ALGORITHMS, Lifetime
from vncopy.facts.pdf import PDFFacts
from vncopy.reasons import Reason
from vncopy.trust import KeyState, Role, TrustStore, Vouching
from vncopy.verify.moment import Moment
from vncopy.verify.stamp_facts import Stamps
from vncopy.verify.stamps import TOLERANCE, judge_stamps

RENEWED = day(2032, 6)
SECOND = timedelta(seconds=1)


def stamps(
    facts: PDFFacts, at: datetime = AT, trust: TrustStore | None = None, **asked: Any
) -> Stamps:
    policy = asked.get("policy", LONG)
    return judge_stamps(facts, Moment(trust=trust or WORLD.trust(at), at=at, policy=policy))


def reasons(*asked: Any, **more: Any) -> list[Reason | None]:
    return [each.reason for each in stamps(*asked, **more).all]


def renewed(*tsas: tuple[datetime, str]) -> PDFFacts:
    """Return an archived file that was renewed; each time with the evidence of the day."""
    rows = [document()]
    pieces = evidence(SIGNED)
    for number, (time, tsa) in enumerate(tsas):
        end = 6000 + 2000 * number
        rows.append(document(time, end, tsa))
        pieces += evidence(time, end - 1000)
    return replace(b_lta(*rows), evidence=pieces)


def test_a_file_without_timestamps_has_none() -> None:
    found = stamps(b_b())
    assert found.all == ()
    assert found.of(1, 2000) == ()


def test_a_timestamp_is_judged_at_the_time_asked_for() -> None:
    person, seal = stamps(b_t()).all
    assert person.valid
    assert seal.judged_at == AT
    assert not seal.covered
    assert seal.path is not None
    assert [each.name for each in (seal.path.anchor,) if each] == ["root-1"]


def test_what_a_document_timestamp_covers_is_judged_at_its_time() -> None:
    person, seal, last = stamps(b_lta()).all
    assert (person.judged_at, seal.judged_at, last.judged_at) == (ARCHIVED, ARCHIVED, AT)
    assert person.covered
    assert seal.covered
    assert not last.covered
    assert {each.valid for each in (person, seal, last)} == {True}


def test_timestamps_that_prove_a_signature_come_earliest_first() -> None:
    found = stamps(b_lta())
    assert [each.time for each in found.of(0, 1000)] == [STAMPED, ARCHIVED]
    assert [each.kind for each in found.of(1, 2000)] == ["signature", "document"]
    # The document timestamp covers the file up to itself, and not itself.
    assert found.of(2, 4000) == ()
    assert not found.all[2].covers(1, 4001)


@pytest.mark.parametrize("at", [day(2033, 6), day(2046), day(2056)])
def test_an_authority_that_ended_proves_nothing_any_more(at: datetime) -> None:
    assert set(reasons(b_lta(), at)) == {Reason.TIMESTAMP_EXPIRED}
    assert stamps(b_lta(), at).of(0, 1000) == ()


def test_renewals_carry_the_proof_on() -> None:
    facts = renewed((RENEWED, "tsa-2032"), (day(2039, 6), "tsa-2039"), (day(2047, 10), "tsa-2047"))
    found = stamps(facts, day(2056, 3))
    assert {each.reason for each in found.all} == {None}
    assert found.of(0, 1000)[0].time == STAMPED
    assert [each.judged_at for each in found.all[2:]] == [
        RENEWED,
        day(2039, 6),
        day(2047, 10),
        day(2056, 3),
    ]


def test_one_missed_renewal_breaks_the_chain() -> None:
    found = reasons(renewed((RENEWED, "tsa-2032")), day(2046))
    assert set(found) == {Reason.TIMESTAMP_EXPIRED}


def test_a_renewal_that_came_too_late_proves_its_own_time_alone() -> None:
    facts = renewed((day(2034), "tsa-2032"))
    found = stamps(facts, day(2035))
    assert [each.reason for each in found.all[:3]] == [Reason.TIMESTAMP_EXPIRED] * 3
    assert found.of(0, 1000) == (found.all[3],)


# --- broken, untrusted, contradicting --------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "reason", "broken"),
    [
        ({"intact": False}, Reason.TIMESTAMP_INVALID, True),
        ({"valid": False}, Reason.TIMESTAMP_INVALID, True),
        ({"problem": Reason.TIMESTAMP_MALFORMED}, Reason.TIMESTAMP_MALFORMED, True),
        ({"problem": Reason.ENGINE_FAILED}, Reason.TIMESTAMP_MALFORMED, True),
        ({"problem": Reason.CMS_ALGORITHM}, Reason.TIMESTAMP_INVALID, True),
        ({"time": None}, Reason.TIMESTAMP_MALFORMED, True),
        ({"certificates": ()}, Reason.TIMESTAMP_MALFORMED, True),
        ({"digest_algorithm": "sha1"}, Reason.ALGORITHM_OUTDATED, False),
        ({"digest_algorithm": "md5"}, Reason.TIMESTAMP_INVALID, False),
        ({"certificates": chain_of("seal-2026")}, Reason.TIMESTAMP_INVALID, False),
        ({"certificates": (b"junk",)}, Reason.TIMESTAMP_INVALID, False),
    ],
)
def test_a_timestamp_that_is_not_right(
    changes: dict[str, Any], reason: Reason, broken: bool
) -> None:
    values = {"time": STAMPED} | changes
    (found,) = stamps(file(signature("seal-2026", 2000, token(**values)))).all
    assert (found.reason, found.broken) == (reason, broken)
    assert found.revocation is None


@pytest.mark.parametrize(
    "changes", [{"intact": False}, {"valid": False}, {"coverage": "contiguous"}]
)
def test_a_document_timestamp_that_is_not_right_proves_nothing(changes: dict[str, Any]) -> None:
    found = stamps(b_lta(document(**changes)))
    assert found.all[2].broken
    assert [each.kind for each in found.of(0, 1000)] == ["signature"]
    assert found.all[0].judged_at == AT


def test_a_service_of_another_root_has_to_be_trusted() -> None:
    facts = b_t(token(tsa="tsa-b"))
    assert reasons(facts) == [None, None]
    stranger = WORLD.trust(AT, without=("root-b",))
    found = stamps(facts, trust=stranger).all[0]
    assert found.reason is Reason.TIMESTAMP_INVALID
    assert found.detail.startswith(Reason.PATH_NOT_FOUND.value)


def tsa_entry(trust: TrustStore, **changes: Any) -> TrustStore:
    """Return the trust with another entry for the services."""
    offices = tuple(
        replace(
            office,
            certificates=tuple(
                replace(each, **changes) if each.role is Role.TSA else each
                for each in office.certificates
            ),
        )
        for office in trust.offices
    )
    return replace(trust, offices=offices)


def test_a_service_that_the_folder_names_may_chain_to_any_anchor_of_it() -> None:
    trust = WORLD.trust(AT)
    people = frozenset({Role.PERSON, Role.SEAL, Role.QR})
    narrow = replace(trust, anchors=tuple(replace(each, roles=people) for each in trust.anchors))
    assert reasons(b_t(), trust=narrow) == [None, None]
    unnamed = replace(narrow, offices=())
    assert reasons(b_t(), trust=unnamed) == [Reason.TIMESTAMP_INVALID] * 2


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"vouched_by": Vouching.LIST}, Reason.NO_TRUST_LIST),
        ({"signs_from": AT}, Reason.CLAIMED_OUTSIDE_WINDOW),
        ({"signs_until": STAMPED}, Reason.CLAIMED_OUTSIDE_WINDOW),
        ({"state": KeyState.REVOKED, "state_since": STAMPED}, Reason.KEY_REVOKED),
        ({"state": KeyState.REVOKED, "state_since": STAMPED + SECOND}, None),
        ({"state": KeyState.RETIRED}, None),
        ({"state": KeyState.COMPROMISED, "state_since": AT}, Reason.NO_PROOF_OF_EXISTENCE),
    ],
)
def test_what_the_folder_says_of_a_service(changes: dict[str, Any], detail: Reason | None) -> None:
    found = stamps(b_t(), trust=tsa_entry(WORLD.trust(AT), **changes)).all[0]
    assert found.valid is (detail is None)
    if detail is not None:
        assert (found.reason, found.detail) == (Reason.TIMESTAMP_INVALID, detail.value)


def test_a_service_compromised_after_another_one_vouched_still_counts() -> None:
    at = day(2030)
    knows = {"tsa-2025": Knowledge(state=KeyState.COMPROMISED, since=day(2028))}
    trust = WORLD.trust(at, knows)
    assert reasons(renewed((day(2027), "tsa-b")), at, trust) == [None] * 4
    late = reasons(renewed((day(2029), "tsa-b")), at, trust)
    assert late == [Reason.TIMESTAMP_INVALID] * 3 + [None]


def test_timestamps_that_contradict_each_other_prove_nothing() -> None:
    early = ARCHIVED - TOLERANCE - 3 * MINUTE
    assert set(reasons(b_lta(document(early)))) == {Reason.TIMESTAMP_ORDER}
    found = stamps(b_lta(document(early)))
    assert {each.seen for each in found.evidence} == {AT}
    assert reasons(b_lta(document(STAMPED - TOLERANCE))) == [None] * 3
    vague = document(STAMPED - TOLERANCE - SECOND, accuracy=1000)
    assert reasons(b_lta(vague)) == [None] * 3
    precise = document(STAMPED - TOLERANCE - SECOND)
    assert set(reasons(b_lta(precise))) == {Reason.TIMESTAMP_ORDER}


@pytest.mark.parametrize(
    ("milliseconds", "reason"),
    [
        (0, None),
        (300_000, None),
        (300_001, Reason.TIMESTAMP_INVALID),
        (-1, Reason.TIMESTAMP_INVALID),
        (10**40, Reason.TIMESTAMP_INVALID),
    ],
)
def test_a_vague_time_is_none(milliseconds: int, reason: Reason | None) -> None:
    (found, _seal) = stamps(b_t(token(accuracy=milliseconds))).all
    assert found.reason is reason
    assert found.detail == ("" if reason is None else "accuracy")
    assert reasons(b_lta(document(accuracy=milliseconds)))[2] is reason


def test_the_stamp_of_a_later_signature_comes_after_that_of_an_earlier_one() -> None:
    facts = file(
        signature("person-2026", 1000, token(STAMPED + 2 * MINUTE)),
        signature("seal-2026", 2000, token(STAMPED)),
    )
    assert set(reasons(facts)) == {Reason.TIMESTAMP_ORDER}


def test_timestamps_of_one_signature_need_no_order() -> None:
    tokens = (token(STAMPED + 9 * MINUTE), token(STAMPED))
    assert reasons(file(signature("seal-2026", 1000, *tokens))) == [None] * 2


def test_an_untrusted_timestamp_contradicts_nobody() -> None:
    odd = document(STAMPED - 9 * MINUTE, valid=False)
    assert reasons(b_lta(odd)) == [None, None, Reason.TIMESTAMP_INVALID]


def test_a_timestamp_after_the_time_asked_for_is_not_possible() -> None:
    early = SIGNED - LONG.clock_tolerance
    assert reasons(b_t(), early + MINUTE) == [None] * 2
    assert reasons(b_t(), early + MINUTE - SECOND) == [Reason.TIMESTAMP_ORDER] * 2
    assert reasons(b_t(), early) == [Reason.TIMESTAMP_ORDER] * 2
    assert reasons(b_t(), early + 2 * MINUTE) == [None] * 2


# --- revocation of the services --------------------------------------------------------------

STOLEN = World().revoked("tsa-2025", at=day(2028, 3), reason=ReasonFlags.key_compromise)


def test_evidence_is_seen_at_the_time_of_the_timestamp_that_covers_it() -> None:
    facts = replace(b_lta(), evidence=b_lta().evidence + evidence(AT, 0))
    seen = {each.seen for each in stamps(facts).evidence}
    assert seen == {ARCHIVED, AT}
    assert {each.seen for each in stamps(b_lt()).evidence} == {AT}
    forged = tuple(replace(each, origin="supplied") for each in b_lta().evidence)
    assert {each.seen for each in stamps(replace(b_lta(), evidence=forged)).evidence} == {AT}


def test_evidence_is_seen_when_the_first_timestamp_over_it_was_made() -> None:
    facts = renewed((RENEWED, "tsa-2032"))
    # Validation data usually ends exactly where the timestamp over it begins to count.
    exact = tuple(replace(each, end={3000: 4000, 5000: 6000}[each.end]) for each in facts.evidence)
    for pieces in (facts.evidence, exact):
        seen = [each.seen for each in stamps(replace(facts, evidence=pieces), day(2033)).evidence]
        assert set(seen) == {ARCHIVED, RENEWED}
    nowhere = tuple(replace(each, end=0) for each in facts.evidence)
    found = stamps(replace(facts, evidence=nowhere), day(2033))
    assert {each.seen for each in found.evidence} == {day(2033)}


def test_certificates_of_the_file_help_to_find_a_path() -> None:
    trust = replace(WORLD.trust(AT), intermediates=())
    alone = token(certificates=chain_of("tsa-2025")[:1])
    facts = replace(b_lta(), signatures=b_t(alone).signatures)
    assert reasons(facts, trust=trust) == [None, None]
    assert reasons(b_t(alone), trust=trust) == [Reason.TIMESTAMP_INVALID] * 2


def test_missing_evidence_does_not_take_the_proof_away() -> None:
    found = stamps(b_t()).all[0]
    assert found.valid
    assert found.revocation is not None
    assert found.revocation.reason is Reason.NO_REVOCATION_EVIDENCE


def test_evidence_of_the_day_serves_a_timestamp_for_as_long_as_its_authority_lasts() -> None:
    found = stamps(b_lta(), day(2032)).all
    assert [each.revocation and each.revocation.reason for each in found] == [None] * 3


def test_what_is_known_against_a_service_counts_without_being_asked_for() -> None:
    at = day(2028, 6)
    facts = replace(b_lta(), evidence=b_lta().evidence + evidence(at, 0, STOLEN))
    assert reasons(facts, at, policy=BASIC) == [Reason.TIMESTAMP_INVALID] * 3
    assert stamps(facts, at).all[2].detail == Reason.REVOKED_LATER.value
    assert reasons(b_lta(), at) == [None] * 3


def test_a_stolen_service_is_saved_by_another_one_in_time() -> None:
    at = day(2028, 6)
    extra = evidence(at, 0, STOLEN)
    saved = renewed((day(2027), "tsa-b"))
    assert reasons(replace(saved, evidence=saved.evidence + extra), at) == [None] * 4
    late = renewed((day(2028, 5), "tsa-b"))
    found = reasons(replace(late, evidence=late.evidence + extra), at)
    assert found == [Reason.TIMESTAMP_INVALID] * 3 + [None]


def test_a_revoked_outer_service_takes_its_proof_from_the_inner_ones() -> None:
    """What the outer one proved has to be judged again without it."""
    at = day(2033, 6)
    stolen = World().revoked("tsa-2032", at=day(2033), reason=ReasonFlags.key_compromise)
    facts = renewed((RENEWED, "tsa-2032"))
    facts = replace(facts, evidence=facts.evidence + evidence(at, 0, stolen))
    assert reasons(facts, at) == [Reason.TIMESTAMP_EXPIRED] * 3 + [Reason.TIMESTAMP_INVALID]


def test_algorithms_are_judged_when_a_timestamp_was_last_proven() -> None:
    facts = b_lta(document(day(2013), digest_algorithm="sha1"))
    assert Reason.ALGORITHM_OUTDATED in reasons(facts)


def test_an_authority_with_a_key_that_is_no_longer_safe_proves_nothing_any_more() -> None:
    end = Lifetime(name="secp256r1", bits=256, until=day(2029))
    policy = replace(LONG, algorithms=DEFAULT_ALGORITHMS.with_sunsets(end))
    assert reasons(b_lta(), day(2028), policy=policy) == [None] * 3
    late = stamps(b_lta(), day(2029), policy=policy)
    assert {each.reason for each in late.all} == {Reason.ALGORITHM_OUTDATED}
    weak = Lifetime(name="sha256", bits=256, until=day(2029))
    policy = replace(LONG, algorithms=DEFAULT_ALGORITHMS.with_sunsets(weak))
    assert set(reasons(b_lta(), day(2029), policy=policy)) == {Reason.ALGORITHM_OUTDATED}
    assert reasons(b_lta(), day(2028), policy=policy) == [None] * 3


@pytest.mark.parametrize(
    "changes", [{"intact": False}, {"valid": False}, {"problem": Reason.CMS_ATTRIBUTES}]
)
def test_timestamps_of_a_broken_signature_prove_nothing_of_it(changes: dict[str, Any]) -> None:
    _proofs, (signer,) = judged(file(signature("seal-2026", 2000, token(), **changes)))
    assert signer.proven_at is None
    assert signer.proof is not None
    assert signer.proof.stamps == ()


def test_the_timestamps_that_prove_nothing_of_a_signature_are_kept_with_it() -> None:
    person = signature("person-2026", 1000, token(valid=False), token())
    seal = signature("seal-2026", 2000, token(intact=False))
    _proofs, (first, second, _last) = judged(file(person, seal, document(valid=False)))
    assert first.proof is not None
    assert second.proof is not None
    assert [each.kind for each in first.proof.refused] == ["signature", "document"]
    assert [each.signature for each in second.proof.refused] == [1, 2]
    assert [each.time for each in first.proof.stamps] == [STAMPED]
