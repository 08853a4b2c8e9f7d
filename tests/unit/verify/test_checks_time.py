"""Revocation, trusted time and level: facts in, one verdict with its reason out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.x509 import ReasonFlags

from support.generations import KEYS_OF_2026, World, day
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
    document,
    evidence,
    file,
    judged,
    signature,
    token,
)
from vncopy.algorithms import DEFAULT_ALGORITHMS, Lifetime
from vncopy.facts.common import Step
from vncopy.facts.evidence import EvidenceFacts
from vncopy.facts.pdf import PDFFacts
from vncopy.policy import CheckId, PadesLevel, VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import Check, SignerReport
from vncopy.trust import TrustStore, Vouching
from vncopy.verify import checks_time
from vncopy.verify.checks_pdf import limits, signatures_intact
from vncopy.verify.checks_signers import proven_time, signer_paths
from vncopy.verify.explain import signer_reports

STRICT = VerificationPolicy.strict()
UNREAD = Step(reason=Reason.PDF_MALFORMED)
SPRING = day(2028, 3)
SUMMER = day(2028, 6)


def revocation(facts: PDFFacts, **asked: Any) -> Check:
    proofs, signers = judged(facts, **asked)
    return checks_time.revocation(proofs.facts, signers)


def trusted_time(facts: PDFFacts, *, foreign: bool = False, **asked: Any) -> Check:
    proofs, signers = judged(facts, **asked)
    policy = proofs.moment.policy
    return checks_time.trusted_time(proofs.facts, signers, policy, foreign=foreign)


def level(facts: PDFFacts, *, foreign: bool = False, **asked: Any) -> str:
    """Return the level that a file reaches."""
    policy = replace(LONG, level=PadesLevel.B_B)
    proofs, signers = judged(facts, policy=policy, **asked)
    return checks_time.level(proofs, signers, foreign=foreign).detail


def paths(facts: PDFFacts, *, foreign: bool = False, **asked: Any) -> Reason | None:
    proofs, signers = judged(facts, **asked)
    moment = proofs.moment
    check = signer_paths(proofs.facts, signers, moment.at, moment.policy, foreign=foreign)
    return check.reason


def rows(
    facts: PDFFacts, *, foreign: bool = False, reveal: Any = "full", **asked: Any
) -> tuple[SignerReport, ...]:
    proofs, signers = judged(facts, **asked)
    return signer_reports(proofs, signers, foreign=foreign, reveal=reveal)


def knowing(facts: PDFFacts, at: datetime, world: World) -> PDFFacts:
    """Return facts with what the verifier has from the authorities."""
    return replace(facts, evidence=facts.evidence + evidence(at, 0, world))


def revoked(
    since: datetime = SPRING,
    reason: ReasonFlags = ReasonFlags.cessation_of_operation,
    invalid_from: datetime | None = None,
    labels: tuple[str, ...] = KEYS_OF_2026,
) -> World:
    return World().revoked(*labels, at=since, reason=reason, invalid_from=invalid_from)


# --- levels ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "expected"),
    [(b_b(), "B-B"), (b_t(), "B-T"), (b_lt(), "B-LT"), (b_lta(), "B-LTA")],
)
def test_the_four_levels(facts: PDFFacts, expected: str) -> None:
    assert level(facts) == expected
    assert level(facts, foreign=True) == expected
    assert level(facts, at=day(2033, 6)) == "B-B"


def test_the_level_of_a_file_is_its_lowest() -> None:
    person, seal = b_t().signatures
    assert level(file(replace(person, timestamps=()), seal)) == "B-B"
    assert level(file(person, replace(seal, timestamps=()))) == "B-B"


def test_a_document_timestamp_alone_makes_no_level() -> None:
    bare = b_b().signatures
    facts = file(*bare, document(), pieces=evidence(SIGNED))
    assert level(facts) == "B-B"
    assert trusted_time(facts).reason is None


def test_evidence_that_the_verifier_brings_makes_no_level() -> None:
    facts = knowing(b_t(), AT, WORLD)
    assert revocation(facts).reason is None
    assert level(facts) == "B-T"


def test_every_piece_has_to_be_there() -> None:
    whole = b_lta()
    for kind in ("crl", "certificate"):
        rest = tuple(each for each in whole.evidence if each.kind != kind)
        bare = [
            replace(
                each,
                certificates=each.certificates[:1],
                timestamps=tuple(
                    replace(one, certificates=one.certificates[:1]) for one in each.timestamps
                ),
            )
            for each in whole.signatures
        ]
        facts = replace(whole, signatures=tuple(bare), evidence=rest)
        assert level(facts) == "B-T", kind


def test_the_evidence_of_signer_and_of_authority_both_have_to_be_there() -> None:
    other = b_t(token(tsa="tsa-b"))
    pieces = [each for each in evidence(SIGNED) if each.kind == "crl"]
    held = tuple(each for each in evidence(SIGNED) if each.kind == "certificate")
    of_root_b = set(WORLD.evidence(SIGNED).pieces[1:2] + WORLD.evidence(SIGNED).pieces[3:])
    of_signer = tuple(each for each in pieces if each.der not in of_root_b)
    of_authority = tuple(each for each in pieces if each.der in of_root_b)
    assert level(replace(other, evidence=(*held, *of_signer, *of_authority))) == "B-LT"
    assert level(replace(other, evidence=(*held, *of_signer))) == "B-T"
    assert level(replace(other, evidence=(*held, *of_authority))) == "B-T"


def test_certificates_in_the_validation_data_are_in_the_file() -> None:
    bare = [
        replace(each, certificates=each.certificates[:1], timestamps=tokens)
        for each in b_t().signatures
        for tokens in (tuple(replace(t, certificates=t.certificates[:1]) for t in each.timestamps),)
    ]
    assert level(file(*bare, document(), pieces=evidence(SIGNED))) == "B-LTA"
    trust = replace(WORLD.trust(AT), intermediates=())
    assert level(file(*bare, document(), pieces=evidence(SIGNED)), trust=trust) == "B-LTA"


def test_one_piece_after_the_document_timestamp_is_not_archived() -> None:
    for number, piece in enumerate(evidence(SIGNED)):
        late = [
            replace(each, end=5000) if index == number else each
            for index, each in enumerate(evidence(SIGNED))
        ]
        found = level(replace(b_lta(), evidence=tuple(late), size=5000))
        used = piece.der in {WORLD.evidence(SIGNED).pieces[n] for n in (0, 2)}
        assert found == ("B-LT" if used else "B-LTA")


def test_evidence_after_the_document_timestamp_is_not_archived() -> None:
    late = tuple(replace(each, end=5000) for each in evidence(SIGNED))
    facts = replace(b_lta(), evidence=late, size=5000)
    assert level(facts) == "B-LT"


def test_a_level_is_compared_with_what_is_asked_for() -> None:
    for facts, policy, reason in (
        (b_lt(), LONG, None),
        (b_t(), LONG, Reason.LEVEL_TOO_LOW),
        (b_lt(), VerificationPolicy.long_term(level=PadesLevel.B_LTA), Reason.LEVEL_TOO_LOW),
        (b_t(), STRICT, None),
        (file(document()), LONG, Reason.NOT_RUN),
        (replace(b_lt(), reading=UNREAD), LONG, Reason.NOT_RUN),
    ):
        proofs, signers = judged(facts, policy=policy)
        assert checks_time.level(proofs, signers, foreign=False).reason is reason


def test_what_is_not_sound_reaches_no_level() -> None:
    for changes in (
        {"valid": False},
        {"subfilter": "adbe.pkcs7.detached"},
        {"certificates": ()},
        {"certificates": (b"junk",)},
    ):
        facts = file(signature("person-2026", 1000, token(), **changes))
        assert rows(facts)[0].level is None
        assert level(facts) == "B-B"


# --- revocation ------------------------------------------------------------------------------


def test_evidence_of_the_file_does_for_decades() -> None:
    assert revocation(b_lta()).reason is None
    assert revocation(b_lta(), at=day(2032)).reason is None
    assert revocation(b_t()).reason is Reason.NO_REVOCATION_EVIDENCE
    assert revocation(b_b()).reason is Reason.NO_REVOCATION_EVIDENCE


def test_without_a_proven_time_evidence_has_to_be_of_today() -> None:
    facts = replace(b_b(), evidence=evidence(SIGNED))
    assert revocation(facts).reason is None
    assert revocation(facts, at=SUMMER).reason is Reason.REVOCATION_STALE


def test_the_timestamps_relied_upon_are_asked_about_too() -> None:
    facts = b_lta(document(tsa="tsa-b"))
    assert revocation(facts).reason is None
    rest = tuple(each for each in facts.evidence if each.kind == "certificate")
    without = [
        each
        for each in evidence(SIGNED)
        if each.kind == "crl" and each.der not in WORLD.evidence(SIGNED).pieces[-1:]
    ]
    found = revocation(replace(facts, evidence=(*rest, *without)))
    assert found.reason is Reason.NO_REVOCATION_EVIDENCE
    assert "document timestamp" in found.detail


def test_revoked_after_the_proven_time_is_good_and_without_one_it_is_open() -> None:
    known = revoked()
    assert revocation(knowing(b_lta(), SUMMER, known), at=SUMMER).reason is None
    bare = knowing(b_b(), SUMMER, known)
    assert revocation(bare, at=SUMMER).reason is Reason.REVOKED_LATER
    # Evidence may be waived where it is missing, not where it speaks.
    assert paths(bare, at=SUMMER, policy=BASIC) is Reason.REVOKED_LATER
    assert paths(knowing(b_lta(), SUMMER, known), at=SUMMER) is None


def test_a_theft_before_the_proven_time_is_never_good() -> None:
    known = revoked(reason=ReasonFlags.key_compromise, invalid_from=day(2026, 6))
    for facts in (b_b(), b_t(), b_lta()):
        found = revocation(knowing(facts, SUMMER, known), at=SUMMER)
        assert found.reason is Reason.CERTIFICATE_REVOKED
        assert paths(knowing(facts, SUMMER, known), at=SUMMER) is Reason.CERTIFICATE_REVOKED


def test_the_worst_of_person_and_seal_is_said() -> None:
    known = revoked(labels=("seal-2026",), since=day(2026, 6))
    found = revocation(knowing(b_b(), SUMMER, known), at=SUMMER)
    assert found.reason is Reason.CERTIFICATE_REVOKED
    assert found.detail == "signature 2; certificate 0"


def test_why_evidence_is_missing() -> None:
    unreachable = Reason.REVOCATION_UNREACHABLE
    facts = replace(b_t(), evidence_problem=unreachable)
    assert revocation(facts).reason is unreachable
    assert revocation(replace(b_lta(), evidence_problem=unreachable)).reason is None
    for seen, expected in (
        (Reason.LIMITS_EXCEEDED, Reason.LIMITS_EXCEEDED),
        (Reason.PDF_MALFORMED, Reason.REVOCATION_MALFORMED),
    ):
        spoiled = replace(b_t(), validation_data=Step(reason=seen))
        assert revocation(spoiled).reason is expected
    junk = EvidenceFacts(kind="crl", der=b"junk", end=3000)
    bad = replace(b_lta(), evidence=(junk,), evidence_problem=unreachable)
    assert revocation(bad).reason in {Reason.REVOCATION_MALFORMED, unreachable}


def test_too_much_evidence_is_a_limit_that_nobody_can_waive() -> None:
    facts = replace(b_lta(), evidence_problem=Reason.LIMITS_EXCEEDED)
    assert limits(facts).reason is Reason.LIMITS_EXCEEDED
    assert limits(b_lta()).reason is None


def test_where_nobody_signed_nothing_is_asked() -> None:
    for facts in (file(document()), replace(b_lta(), reading=UNREAD)):
        assert revocation(facts).reason is Reason.NOT_RUN
        assert trusted_time(facts).reason is Reason.NOT_RUN
    nobody = file(signature("seal-2026", 1000, certificates=()))
    assert revocation(nobody).reason is Reason.NOT_RUN
    pathless = file(signature("seal-2026", 1000, certificates=(b"junk",)))
    assert revocation(pathless).reason is Reason.NOT_RUN
    both = file(*pathless.signatures, signature("seal-2026", 2000))
    assert revocation(both).reason is Reason.NO_REVOCATION_EVIDENCE


# --- trusted time ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (b_t(), None),
        (b_lta(), None),
        (b_b(), Reason.NO_TRUSTED_TIME),
        (b_t(token(SIGNED - 5 * MINUTE)), None),
        (b_t(token(SIGNED - 6 * MINUTE)), Reason.PROVEN_BEFORE_CLAIMED),
        (b_t(token(SIGNED + LONG.max_timestamp_delay)), None),
        (b_t(token(SIGNED + LONG.max_timestamp_delay + MINUTE)), Reason.DELAY_TOO_LONG),
        (b_t(token(tsa="seal-2026")), Reason.TIMESTAMP_INVALID),
        (b_t(token(time=None)), Reason.TIMESTAMP_MALFORMED),
        (b_t(token(valid=False), token(digest_algorithm="sha1")), Reason.ALGORITHM_OUTDATED),
        (b_lta(document(SIGNED - 9 * MINUTE)), Reason.TIMESTAMP_ORDER),
        (file(signature("seal-2026", 1000, certificates=())), Reason.NO_TRUSTED_TIME),
    ],
)
def test_trusted_time(facts: PDFFacts, reason: Reason | None) -> None:
    for foreign in (False, True):
        assert trusted_time(facts, at=AT + timedelta(days=2), foreign=foreign).reason is reason


def test_person_and_seal_both_need_their_time() -> None:
    person, seal = b_t().signatures
    found = trusted_time(file(person, replace(seal, timestamps=())))
    assert (found.reason, found.detail) == (Reason.NO_TRUSTED_TIME, "signature 2")
    found = trusted_time(file(replace(person, timestamps=()), seal))
    assert (found.reason, found.detail) == (Reason.NO_TRUSTED_TIME, "signature 1")


def test_what_speaks_against_a_time_comes_before_what_is_missing() -> None:
    person = signature("person-2026", 1000)
    early = signature("seal-2026", 2000, token(SIGNED - 9 * MINUTE))
    found = trusted_time(file(person, early))
    assert (found.reason, found.detail) == (Reason.PROVEN_BEFORE_CLAIMED, "signature 2")


def test_an_expired_timestamp_is_said_to_be_expired() -> None:
    assert trusted_time(b_lta(), at=day(2033, 6)).reason is Reason.TIMESTAMP_EXPIRED


def test_a_broken_timestamp_of_a_copy_is_never_passed_over() -> None:
    broken = b_t(token(), token(intact=False))
    assert trusted_time(broken).reason is Reason.TIMESTAMP_INVALID
    assert trusted_time(broken, foreign=True).reason is None
    assert signatures_intact(broken).reason is Reason.TIMESTAMP_INVALID
    # Of somebody else's file too: a token about something else was put there by nobody honest.
    assert signatures_intact(broken, foreign=True).reason is Reason.TIMESTAMP_INVALID
    assert rows(broken, foreign=True)[0].reasons == (
        Reason.TIMESTAMP_INVALID,
        Reason.NO_REVOCATION_EVIDENCE,
    )
    assert rows(broken, foreign=True, policy=BASIC)[0].reasons == (Reason.TIMESTAMP_INVALID,)
    odd = b_t(token(problem=Reason.CMS_MALFORMED))
    found = signatures_intact(odd)
    assert (found.reason, found.detail) == (Reason.TIMESTAMP_MALFORMED, "cms_malformed")
    # One of an old kind in a stranger's file proves nothing, and no more; one of another signature
    # was put there.
    assert signatures_intact(odd, foreign=True).reason is None
    moved = b_t(token(problem=Reason.CMS_DIGEST))
    found = signatures_intact(moved, foreign=True)
    assert (found.reason, found.detail) == (Reason.TIMESTAMP_MALFORMED, "cms_digest")


def test_a_timestamp_of_a_stranger_beside_a_good_one_changes_nothing() -> None:
    facts = b_t(token(), token(tsa="seal-2026"))
    assert trusted_time(facts).reason is None
    assert signatures_intact(facts).reason is None


def test_the_seal_proves_the_time_of_the_symbol() -> None:
    person = signature("person-2026", 1000, token(SIGNED))
    seal = signature("seal-2026", 2000, token())
    assert proven_time(judged(file(person, seal))[1]) == STAMPED
    assert proven_time(judged(file(person, signature("seal-2026", 2000)))[1]) is None
    assert proven_time(judged(file(document()))[1]) is None
    assert proven_time(judged(b_lta())[1]) == STAMPED
    late = file(*b_b().signatures, document())
    assert proven_time(judged(late)[1]) == ARCHIVED


# --- paths -----------------------------------------------------------------------------------


def stranger(trust: TrustStore) -> TrustStore:
    """Return a trust that knows authorities and no office."""
    return replace(trust, offices=())


@pytest.mark.parametrize("policy", [LONG, BASIC])
def test_an_expired_certificate_is_good_where_it_is_proven_to_have_signed_before(
    policy: VerificationPolicy,
) -> None:
    at = day(2030, 6)
    assert paths(b_t(), at=at, policy=policy) is None
    assert paths(b_t(), at=at, policy=policy, trust=stranger(WORLD.trust(at))) is None
    bare = {"facts": b_b(), "at": at, "policy": policy}
    assert paths(**bare, trust=stranger(WORLD.trust(at))) is Reason.PATH_EXPIRED
    # An office's keys of the past stay good for who does not ask for trusted time.
    assert paths(**bare) is (None if policy is BASIC else Reason.PATH_EXPIRED)


def test_a_signature_that_claims_no_time_has_the_proven_one() -> None:
    facts = file(signature("seal-2026", 1000, token(), claimed_at=None))
    assert paths(facts, at=day(2030, 6), policy=BASIC) is None
    assert paths(facts, at=day(2030, 6)) is None
    bare = file(signature("seal-2026", 1000, claimed_at=None))
    assert paths(bare, at=day(2030, 6), policy=BASIC) is Reason.PATH_EXPIRED


def test_a_time_proven_after_the_end_of_a_certificate_does_not_save_it() -> None:
    late = day(2030, 3)
    facts = b_t(token(late))
    assert paths(facts, at=day(2030, 6)) is Reason.PATH_EXPIRED
    assert paths(facts, at=day(2030, 6), policy=BASIC) is None


def test_a_weak_digest_is_good_only_where_it_is_proven_to_be_old_enough() -> None:
    weak = file(signature("seal-2026", 1000, digest_algorithm="sha1"))
    assert paths(weak) is Reason.ALGORITHM_OUTDATED
    unknown = file(signature("seal-2026", 1000, digest_algorithm="md5"))
    assert paths(unknown) is Reason.PATH_ALGORITHM
    broken = file(
        signature("seal-2026", 1000, digest_algorithm="md5", problem=Reason.CMS_ALGORITHM)
    )
    assert paths(broken) is None  # the check of integrity says it


def test_a_key_that_only_a_list_vouches_for() -> None:
    trust = WORLD.trust(AT)
    office = trust.offices[0]
    listed = tuple(replace(each, vouched_by=Vouching.LIST) for each in office.certificates)
    store = replace(trust, offices=(replace(office, certificates=listed), *trust.offices[1:]))
    assert paths(b_t(), trust=store) is Reason.NO_TRUST_LIST


# --- rows of the report ----------------------------------------------------------------------


def test_a_row_explains_who_and_how() -> None:
    person, seal, last = rows(b_lta())
    assert person.role == "person"
    assert person.office == "H26.901"
    assert person.office_name is not None
    assert person.office_name.startswith("Ủy ban nhân dân")
    assert person.vouched_by == "root-1"
    assert person.level is PadesLevel.B_LTA
    assert (person.claimed_at, person.proven_at) == (SIGNED, STAMPED)
    assert [(each.kind, each.time, each.authority) for each in person.proven_by] == [
        ("signature", STAMPED, "TSA 1"),
        ("document", ARCHIVED, "TSA 1"),
    ]
    assert {each.of for each in person.evidence} == {
        "signer",
        "signature_timestamp",
        "document_timestamp",
    }
    signer = [each for each in person.evidence if each.of == "signer"]
    assert {each.place for each in signer} == {0, 1}
    assert {each.age for each in signer} == {MINUTE}
    assert person.renew_before == WORLD.identity("tsa-2025").parsed.not_valid_after_utc
    assert person.reasons == ()
    assert person.indication[0].value == "TOTAL-PASSED"
    assert seal.subject is not None
    assert (last.role, last.level, last.proven_by, last.renew_before) == ("tsa", None, (), None)


@pytest.mark.parametrize("line", [("secp256r1", 256), ("sha256", 256)], ids=["key", "digest"])
def test_the_end_of_an_algorithm_is_an_end_of_the_timestamp_too(line: tuple[str, int]) -> None:
    name, bits = line
    end = Lifetime(name=name, bits=bits, until=day(2029))
    policy = replace(LONG, algorithms=DEFAULT_ALGORITHMS.with_sunsets(end))
    assert rows(b_lta(), policy=policy)[0].renew_before == day(2029)
    # Proven before the end, by an authority that has not ended: a renewal with something newer.
    assert rows(b_t(), policy=policy)[0].renew_before == day(2029)
    assert rows(b_b(), policy=policy)[0].renew_before is None


def test_the_outermost_timestamp_says_when_to_renew() -> None:
    def ends(tsa: str) -> datetime:
        return WORLD.identity(tsa).parsed.not_valid_after_utc

    assert ends("tsa-2025") < ends("tsa-b")
    for outermost in ("tsa-2025", "tsa-b"):
        assert rows(b_lta(document(tsa=outermost)))[0].renew_before == ends(outermost)
        assert rows(b_t(token(tsa=outermost)))[0].renew_before == ends(outermost)
    twice = b_lta(document(tsa="tsa-b"), document(ARCHIVED + MINUTE, 6000))
    assert rows(twice)[0].renew_before == ends("tsa-2025")


def test_names_of_people_are_shown_only_where_the_answer_alone_does_not_do() -> None:
    person = rows(b_lta())[0]
    assert person.subject is not None
    name = person.subject.name
    assert name is not None
    assert name not in repr(person)
    assert name not in repr(person.subject)
    assert rows(b_lta(), reveal="answer")[0].subject is None
    spoiled = file(signature("person-2026", 1000, intact=False))
    assert rows(spoiled)[0].subject is None


def test_reasons_that_the_policy_waives_are_left_out_and_no_total_pass_is_claimed() -> None:
    (person, _seal), waived = rows(b_b()), rows(b_b(), policy=BASIC)[0]
    assert person.reasons == (Reason.NO_REVOCATION_EVIDENCE, Reason.NO_TRUSTED_TIME)
    assert person.indication[1] == "TRY_LATER"
    assert waived.reasons == ()
    assert waived.indication == ("INDETERMINATE", "SIG_CONSTRAINTS_FAILURE")
    early = b_t(token(SIGNED - 9 * MINUTE))
    assert Reason.PROVEN_BEFORE_CLAIMED in rows(early, policy=BASIC)[0].reasons


def test_a_timestamp_of_an_authority_that_nobody_trusts() -> None:
    """Of a copy its issuer chose it badly; of somebody else's file it proves nothing."""
    trust = WORLD.trust(AT, without=("root-b",))
    facts = b_lta(document(tsa="tsa-b"))
    asked: dict[str, Any] = {"trust": trust, "policy": BASIC}
    assert paths(facts, **asked) is Reason.PATH_NOT_FOUND
    assert paths(facts, foreign=True, **asked) is None
    assert Reason.TIMESTAMP_INVALID in rows(facts, foreign=True, **asked)[2].reasons
    assert rows(facts, foreign=True, **asked)[0].reasons == ()
    assert trusted_time(facts, foreign=True, trust=trust).reason is None


def test_what_speaks_against_one_signer_counts_before_what_is_missing_of_another() -> None:
    early = signature("seal-2026", 2000, claimed_at=day(2025, 12))
    facts = file(signature("person-2026", 1000, claimed_at=day(2031)), early)
    assert paths(facts, at=day(2032), policy=BASIC) is Reason.PATH_NOT_YET_VALID


def test_the_row_of_a_timestamp_says_why_it_proves_nothing() -> None:
    for policy in (LONG, BASIC):
        last = rows(b_lta(), at=day(2033, 6), policy=policy)[2]
        assert last.reasons == (Reason.TIMESTAMP_EXPIRED,)


def test_strangers_without_names() -> None:
    trust = stranger(WORLD.trust(AT))
    (row,) = rows(file(signature("seal-2026", 1000, token())), trust=trust)
    assert (row.role, row.office, row.office_name) == (None, None, None)
    assert row.vouched_by == "root-1"
    nobody = rows(file(signature("seal-2026", 1000, certificates=())))[0]
    assert (nobody.certificate, nobody.proven_by, nobody.evidence) == (None, (), ())
    old = file(signature("seal-2026", 1000, claimed_at=day(2025, 1)))
    assert rows(old)[0].office_name is None


def test_the_report_of_a_signature_as_json() -> None:
    plain = rows(b_lta())[0].to_json()
    assert plain["renew_before"].startswith("2032-12-")
    assert plain["proven_by"][0]["kind"] == "signature"
    assert plain["evidence"][0]["age_s"] == 60
    assert plain["subject"].keys() == {"name", "organisation", "position"}
    assert CheckId.REVOCATION in BASIC.waived
