"""Issuing at the levels of PAdES: what each holds, what is asked beforehand, what a break leaves."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pikepdf
import pytest
from cryptography.x509 import ReasonFlags

from support.pdf_copies import ISSUED, demo
from support.timestamping import (
    OFFICE,
    STAMPED,
    Source,
    Watched,
    draft,
    issued_at,
    missing,
    refusal,
    service,
    signers,
    watched,
)
from vncopy.errors import SigningError, UsageError
from vncopy.facts.evidence import StoredEvidence
from vncopy.formats.base import DocumentTypes
from vncopy.issue import (
    IssuedCopy,
    Signers,
    UnsealedCopy,
    attest,
    issue,
    seal,
    sign_qr,
    timestamp,
    typeset,
)
from vncopy.issue.own import policy_of
from vncopy.issue.stamping import TOKEN_MARGIN, MeasuredTimestamper, measured
from vncopy.policy import CheckId, PadesLevel, VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import Verdict
from vncopy.trust import KeyState, Role, TrustStore
from vncopy.verify.pdf import verify_pdf

LEVELS = [each.value for each in PadesLevel]
KINDS = ["p256", "rsa"]
TYPES = DocumentTypes(type(draft().record.document))
GOOD = demo().evidence(STAMPED)
MOST_BYTES = {"B-B": 72_000, "B-T": 80_000, "B-LT": 86_000, "B-LTA": 92_000}


def issued(**changes: Any) -> IssuedCopy:
    """Issue at B-LTA unless something else is said."""
    arguments: dict[str, Any] = {
        "signers": signers(),
        "at": ISSUED,
        "tsa": service(),
        "evidence": GOOD,
        "trust": demo().trust,
        **changes,
    }
    return issue(draft(), **arguments)


def rule_of(call: Any) -> tuple[str, str]:
    with pytest.raises(UsageError) as caught:
        call()
    (problem,) = caught.value.problems
    return problem.field, problem.rule


# --- what comes out ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("level", LEVELS)
def test_a_copy_reaches_its_level_for_its_receivers(level: str, kind: str) -> None:
    copy = issued_at(level, kind)
    assert copy.level.value == level
    later = ISSUED + timedelta(days=300)
    lasting = PadesLevel(level).reaches(PadesLevel.B_LT)
    policy = (
        VerificationPolicy.long_term(level=PadesLevel(level))
        if lasting
        else VerificationPolicy.offline_basic()
    )
    report = verify_pdf(copy.pdf, trust=demo().trust, at=later, policy=policy, expect=TYPES)
    assert report.verdict is Verdict.VALID, report.reasons
    people = [each for each in report.signatures if each.role != "tsa"]
    assert [each.level for each in people] == [PadesLevel(level)] * 2
    assert len(copy.pdf) <= MOST_BYTES[level]


@pytest.mark.parametrize("level", LEVELS[:-1])
def test_a_copy_does_not_pass_for_the_next_level(level: str) -> None:
    higher = PadesLevel(LEVELS[LEVELS.index(level) + 1])
    policy = replace(VerificationPolicy.offline_basic(), level=higher)
    copy = issued_at(level)
    report = verify_pdf(copy.pdf, trust=demo().trust, at=STAMPED, policy=policy, expect=TYPES)
    assert report.verdict is Verdict.UNDETERMINED
    assert Reason.LEVEL_TOO_LOW in report.reasons


@pytest.mark.parametrize("kind", KINDS)
def test_each_level_only_appends_to_the_one_below(kind: str) -> None:
    b_t, b_lt, b_lta = (issued_at(level, kind).pdf for level in LEVELS[1:])
    assert b_lt.startswith(b_t)
    assert b_lta.startswith(b_lt)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_arguments_give_the_same_file(kind: str) -> None:
    assert issued(signers=signers(kind)).pdf == issued_at("B-LTA", kind).pdf


def test_nothing_but_the_level_can_be_seen_of_it() -> None:
    import pypdfium2

    pictures = []
    for level in LEVELS:
        with pypdfium2.PdfDocument(issued_at(level).pdf) as pdf:
            pdf.init_forms()
            pictures.append(pdf[0].render(scale=1.5).to_pil().tobytes())
    assert pictures[0].count(b"\0") > 1_000
    assert pictures == pictures[:1] * 4


def test_the_store_holds_every_path_and_what_decided_each_piece_once() -> None:
    with pikepdf.open(io.BytesIO(issued_at("B-LTA").pdf)) as pdf:
        store = pdf.Root.DSS
        assert set(store.keys()) == {"/Type", "/Certs", "/CRLs"}
        certificates = [each.read_bytes() for each in store.Certs]
        lists = [each.read_bytes() for each in store.CRLs]
        keys = {frozenset(each.keys()) for each in [*store.Certs, *store.CRLs]}
    wanted = {
        each.certificate
        for each in (
            OFFICE.persons["p256"], OFFICE.seals["p256"], OFFICE.qr,
            demo().tsa, demo().issuing, demo().root,
        )
    }  # fmt: skip
    assert set(certificates) == wanted
    assert len(certificates) == len(wanted)
    assert sorted(lists) == sorted(GOOD.pieces)
    assert keys == {frozenset({"/Length", "/Filter"})}


def test_answers_about_each_certificate_are_kept_and_others_are_not() -> None:
    answers = demo().evidence(STAMPED, ocsp=True)
    copy = issued(evidence=answers)
    with pikepdf.open(io.BytesIO(copy.pdf)) as pdf:
        kept = [each.read_bytes() for each in pdf.Root.DSS.OCSPs]
        assert [each.read_bytes() for each in pdf.Root.DSS.CRLs] == list(answers.pieces[:1])
    assert len(kept) == 4, "person, seal, QR key and timestamping service"
    assert set(kept) < set(answers.pieces)


def test_the_level_follows_from_the_means() -> None:
    assert issued(tsa=None, evidence=None).level is PadesLevel.B_B
    assert issued(tsa=None).level is PadesLevel.B_B
    assert issued(evidence=None).level is PadesLevel.B_T
    assert issued().level is PadesLevel.B_LTA
    assert issued(level=PadesLevel.B_LT).level is PadesLevel.B_LT


def test_no_service_is_asked_for_a_level_without_timestamps() -> None:
    watch = Watched(service())
    assert issued(tsa=watch, level=PadesLevel.B_B).level is PadesLevel.B_B
    assert watch.asked == 0


def test_without_a_trust_folder_signatures_are_stamped_all_the_same() -> None:
    copy = issued(trust=None, evidence=None)
    assert copy.level is PadesLevel.B_T
    assert copy.pdf == issued_at("B-T").pdf


def test_a_copy_says_when_to_renew_it() -> None:
    ends = demo().tsa.parsed.not_valid_after_utc
    assert issued_at("B-LTA").renew_before == ends
    assert issued_at("B-B").renew_before is None


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"tsa": None, "level": PadesLevel.B_T}, "tsa", "issue.level"),
        ({"evidence": None, "level": PadesLevel.B_LT}, "evidence", "issue.level"),
        ({"trust": None, "level": PadesLevel.B_LTA}, "trust", "issue.level"),
        ({"trust": None}, "trust", "issue.level"),
        ({"trust": None, "level": PadesLevel.B_B}, "trust", "issue.trust"),
        ({"trust": "trust"}, "trust", "issue.trust"),
        ({"level": "B-LTA"}, "level", "issue.level"),
        ({"tsa": "http://tsa.example"}, "tsa", "issue.tsa"),
        ({"evidence": b"a CRL"}, "evidence", "issue.evidence"),
    ],
)
def test_a_level_without_the_means_to_it(changes: dict[str, Any], field: str, rule: str) -> None:
    keys, watches = watched()
    assert rule_of(lambda: issued(signers=keys, **changes)) == (field, rule)
    assert not any(each.asked for each in watches)


def test_everything_that_a_level_lacks_is_named_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        issued(tsa=None, evidence=None, trust=None, level=PadesLevel.B_LTA)
    assert [each.field for each in caught.value.problems] == ["tsa", "evidence", "trust"]


# --- asked before anybody signs ------------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("who", "role"),
    [
        ("person", "person"),
        ("seal", "seal"),
        ("qr", "qr"),
        ("tsa", "tsa"),
        ("issuing", "qr"),
    ],
)
@pytest.mark.parametrize(
    ("why", "reason"),
    [
        (ReasonFlags.unspecified, Reason.CERTIFICATE_REVOKED),
        (ReasonFlags.key_compromise, Reason.CERTIFICATE_REVOKED),
        (ReasonFlags.certificate_hold, Reason.CERTIFICATE_ON_HOLD),
    ],
)
def test_nobody_signs_with_a_certificate_that_was_revoked(
    who: str, role: str, why: ReasonFlags, reason: Reason, level: str
) -> None:
    if who == "tsa" and level == "B-B":
        role, level = "tsa", "B-T"  # there is no service at B-B
    identity = {
        "person": OFFICE.persons["p256"],
        "seal": OFFICE.seals["p256"],
        "qr": OFFICE.qr,
        "tsa": demo().tsa,
        "issuing": demo().issuing,
    }[who]
    revoked = demo().revoked(identity, at=ISSUED - timedelta(days=3), reason=why)
    keys, watches = watched()
    with pytest.raises(SigningError) as caught:
        issued(signers=keys, evidence=revoked.evidence(STAMPED), level=PadesLevel(level))
    error = caught.value
    assert (error.role, error.reason, error.copy_id) == (role, reason, None)
    assert reason.text("vi") in error.message.vi
    assert reason.text("en") in error.message.en
    assert not any(each.asked for each in watches)


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        (StoredEvidence(()), Reason.NO_REVOCATION_EVIDENCE),
        (StoredEvidence((b"junk", b"\x30\x03\x0a\x01\x00")), Reason.REVOCATION_MALFORMED),
        (demo().evidence(ISSUED - timedelta(days=200)), Reason.REVOCATION_STALE),
        (
            Source(missing(Reason.REVOCATION_UNREACHABLE), missing(None), 9),
            Reason.REVOCATION_UNREACHABLE,
        ),
    ],
    ids=["none", "junk", "stale", "unreachable"],
)
def test_nobody_signs_while_nothing_says_that_he_was_not_revoked(
    evidence: Any, reason: Reason
) -> None:
    keys, watches = watched()
    with pytest.raises(SigningError) as caught:
        issued(signers=keys, evidence=evidence, level=PadesLevel.B_B)
    assert caught.value.reason is reason
    assert caught.value.copy_id is None
    assert not any(each.asked for each in watches)


class Raising:
    """A source that keeps to no contract."""

    def gather(self, _chain: object, /) -> Any:
        raise RuntimeError("of the source")


def test_a_source_that_raises_is_one_that_cannot_be_reached() -> None:
    keys, watches = watched()
    with pytest.raises(SigningError) as caught:
        issued(signers=keys, evidence=Raising())
    assert caught.value.reason is Reason.REVOCATION_UNREACHABLE
    assert not any(each.asked for each in watches)


def test_nobody_signs_with_an_expired_certificate() -> None:
    keys, watches = watched()
    later = datetime(2031, 6, 1, tzinfo=UTC)
    with pytest.raises(SigningError) as caught:
        issued(signers=keys, at=later, level=PadesLevel.B_B, tsa=None, evidence=None)
    assert caught.value.reason is Reason.PATH_EXPIRED
    assert not any(each.asked for each in watches)


def changed_trust(role: Role, **changes: Any) -> TrustStore:
    """Return the demo's trust in which one kind of key is entered otherwise."""
    trust = demo().trust
    offices = tuple(
        replace(
            office,
            certificates=tuple(
                replace(each, **changes) if each.role is role else each
                for each in office.certificates
            ),
        )
        for office in trust.offices
    )
    return replace(trust, offices=offices)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"state": KeyState.RETIRED}, Reason.CLAIMED_OUTSIDE_WINDOW),
        ({"signs_until": ISSUED}, Reason.CLAIMED_OUTSIDE_WINDOW),
        ({"state": KeyState.REVOKED, "state_since": ISSUED}, Reason.KEY_REVOKED),
        (
            {"state": KeyState.COMPROMISED, "state_since": STAMPED + timedelta(days=1)},
            Reason.NO_PROOF_OF_EXISTENCE,
        ),
    ],
)
@pytest.mark.parametrize("role", [Role.PERSON, Role.SEAL, Role.QR, Role.TSA])
def test_nobody_signs_whose_key_receivers_have_given_up(
    role: Role, changes: dict[str, Any], reason: Reason
) -> None:
    keys, watches = watched()
    with pytest.raises(SigningError) as caught:
        issued(signers=keys, trust=changed_trust(role, **changes))
    assert (caught.value.role, caught.value.reason) == (role.value, reason)
    assert not any(each.asked for each in watches)


def test_a_service_that_nobody_trusts_is_found_out_in_time() -> None:
    trust = demo().trust
    anchors = tuple(replace(each, roles=each.roles - {Role.TSA}) for each in trust.anchors)
    without = replace(trust, anchors=anchors, offices=trust.offices[:-1])
    keys, watches = watched()
    with pytest.raises(SigningError) as caught:
        issued(signers=keys, trust=without)
    assert (caught.value.role, caught.value.reason) == ("tsa", Reason.PATH_NOT_FOUND)
    assert not any(each.asked for each in watches)
    listed = replace(trust, anchors=anchors)
    assert issued(trust=listed).level is PadesLevel.B_LTA, "the folder names the service itself"


# --- services that fail ----------------------------------------------------------------------------


@pytest.mark.parametrize("error", [OSError("gone"), refusal()], ids=["foreign", "own"])
def test_a_service_that_is_down_is_found_out_before_anybody_signs(error: Exception) -> None:
    keys, watches = watched()
    with pytest.raises(SigningError) as caught:
        issued(signers=keys, tsa=Watched(service(), breaks_at=1, error=error))
    assert caught.value.copy_id is None
    assert not any(each.asked for each in watches)


@pytest.mark.parametrize(
    ("off", "reason"),
    [
        (timedelta(minutes=-6), Reason.PROVEN_BEFORE_CLAIMED),
        (timedelta(days=1, seconds=1), Reason.DELAY_TOO_LONG),
    ],
)
def test_a_service_with_another_time_is_found_out_before_anybody_signs(
    off: timedelta, reason: Reason
) -> None:
    """Also the record of last week that is issued today with the old time left in it."""
    keys, watches = watched()
    with pytest.raises(SigningError) as caught:
        issued(signers=keys, tsa=demo().timestamper(lambda: ISSUED + off))
    error = caught.value
    assert (error.role, error.reason, error.copy_id) == ("tsa", reason, None)
    assert not any(each.asked for each in watches)


@pytest.mark.parametrize("breaks_at", [2, 3, 4])
def test_a_service_that_goes_down_later_costs_the_copy_id(breaks_at: int) -> None:
    with pytest.raises(SigningError) as caught:
        issued(tsa=Watched(service(), breaks_at=breaks_at))
    assert caught.value.copy_id == draft().record.copy_id


def test_evidence_that_cannot_be_had_any_more_costs_the_copy_id() -> None:
    source = Source(GOOD.gather, missing(Reason.REVOCATION_UNREACHABLE), paths=4)
    with pytest.raises(SigningError) as caught:
        issued(evidence=source)
    assert caught.value.copy_id == draft().record.copy_id
    assert caught.value.reason is Reason.REVOCATION_UNREACHABLE


def test_what_is_embedded_was_gathered_after_the_signatures() -> None:
    newer = demo().evidence(STAMPED + timedelta(seconds=30))
    copy = issued(evidence=Source(GOOD.gather, newer.gather, paths=4))
    with pikepdf.open(io.BytesIO(copy.pdf)) as pdf:
        assert {each.read_bytes() for each in pdf.Root.DSS.CRLs} == set(newer.pieces)


class Longer:
    """A service whose tokens grow."""

    def __init__(self, times: int) -> None:
        self.left = times

    def timestamp(self, digest: bytes, /) -> bytes:
        self.left -= 1
        signer = demo().tsa.signer()
        if self.left < 0:
            more = (signer.chain[0], *signer.chain[1:], OFFICE.seals["rsa"].certificate)
            signer = replace_chain(signer, more)
        from vncopy.sign import LocalTimestamper

        return LocalTimestamper(signer, lambda: STAMPED, entropy=bytes).timestamp(digest)


def replace_chain(signer: Any, chain: tuple[bytes, ...]) -> Any:
    watch = Watched(signer)

    class Other:
        algorithm = watch.algorithm
        sign = watch.sign

    other: Any = Other()
    other.chain = chain
    return other


def test_a_token_that_outgrows_its_room_is_refused() -> None:
    with pytest.raises(SigningError) as caught:
        issued(tsa=Longer(1), evidence=None)
    assert "longer than the room" in caught.value.message.en
    assert caught.value.copy_id == draft().record.copy_id


def test_a_service_is_measured_once_by_whoever_issues_many() -> None:
    watch = Watched(service())
    known = measured(watch)
    assert isinstance(known, MeasuredTimestamper)
    assert measured(known) is known
    for _ in range(2):
        assert issued(tsa=known).pdf == issued_at("B-LTA").pdf
    assert watch.asked == 1 + 2 * 3
    digest = hashlib.sha256(b"x").digest()
    assert len(known.timestamp(digest)) <= known.source.space
    assert known.source.space - len(known.timestamp(digest)) <= TOKEN_MARGIN + 4


class Mistaken:
    """A service that stamps something else."""

    def timestamp(self, _digest: bytes, /) -> bytes:
        return service().timestamp(bytes(32))


def test_a_token_about_something_else_is_never_used() -> None:
    with pytest.raises(SigningError):
        measured(Mistaken())


# --- step by step ----------------------------------------------------------------------------------


def stored(state: UnsealedCopy[Any]) -> UnsealedCopy[Any]:
    return UnsealedCopy.from_json(state.to_json(), types=TYPES)


def sealed(**changes: Any) -> IssuedCopy:
    """Go through the steps with a timestamping service."""
    asked: dict[str, Any] = {"trust": demo().trust, "evidence": GOOD, "tsa": service()} | changes
    state = stored(typeset(sign_qr(draft(), signer=signers().qr, at=ISSUED)))
    person = signers().person
    assert person is not None
    state = stored(attest(state, signer=person, **asked))
    return seal(state, signer=signers().seal, **asked)


def test_steps_with_stored_states_give_the_file_of_one_call() -> None:
    copy = sealed()
    assert copy == issued_at("B-T")
    kept = IssuedCopy.from_json(copy.to_json())
    assert kept == copy
    for level in (PadesLevel.B_LT, PadesLevel.B_LTA):
        raised = timestamp(
            kept, tsa=service(), trust=demo().trust, evidence=GOOD, at=ISSUED, level=level
        )
        assert raised == issued_at(level.value)
        assert IssuedCopy.from_json(raised.to_json()) == raised


def test_a_step_does_not_pass_over_evidence_that_it_cannot_judge() -> None:
    assert rule_of(lambda: sealed(trust=None)) == ("trust", "issue.trust")


def test_the_level_is_that_of_the_weaker_signature() -> None:
    state = typeset(sign_qr(draft(), signer=signers().qr, at=ISSUED))
    person = signers().person
    assert person is not None
    state = attest(state, signer=person)
    copy = seal(state, signer=signers().seal, tsa=service(), trust=demo().trust)
    assert copy.level is PadesLevel.B_B


@pytest.mark.parametrize("tsa", [True, False], ids=["its clock", "told"])
def test_a_step_may_come_hours_later(tsa: bool) -> None:
    later = ISSUED + timedelta(hours=7)
    fresh = demo().evidence(later)
    asked: dict[str, Any] = {"evidence": fresh}
    asked |= {"tsa": service(later)} if tsa else {"tsa": None, "now": later}
    assert sealed(**asked).level is (PadesLevel.B_T if tsa else PadesLevel.B_B)
    with pytest.raises(SigningError) as caught:
        sealed(evidence=fresh, tsa=None)
    assert caught.value.reason is Reason.REVOCATION_MALFORMED, "evidence of the future"


@pytest.mark.parametrize("who", ["person", "seal"])
def test_a_step_holds_its_key_against_what_receivers_trust(who: str) -> None:
    identity = {"person": OFFICE.persons["p256"], "seal": OFFICE.seals["p256"]}[who]
    revoked = demo().revoked(identity, at=ISSUED - timedelta(days=3)).evidence(STAMPED)
    with pytest.raises(SigningError) as caught:
        sealed(evidence=revoked)
    assert (caught.value.role, caught.value.reason) == (who, Reason.CERTIFICATE_REVOKED)


@pytest.mark.parametrize(
    ("level", "wanted"), [("B-B", "B-LTA"), ("B-LT", "B-LTA"), ("B-LTA", "B-LTA"), ("B-T", "B-T")]
)
def test_only_stamped_copies_get_an_archive_timestamp(level: str, wanted: str) -> None:
    def go() -> IssuedCopy:
        return timestamp(
            issued_at(level),
            tsa=service(),
            trust=demo().trust,
            evidence=GOOD,
            at=ISSUED,
            level=PadesLevel(wanted),
        )

    assert rule_of(go) == ("copy", "state.order")


def raised(copy: IssuedCopy, **changes: Any) -> IssuedCopy:
    arguments: dict[str, Any] = {
        "tsa": service(),
        "trust": demo().trust,
        "evidence": GOOD,
        "at": ISSUED,
    }
    return timestamp(copy, **(arguments | changes))


def test_a_changed_copy_gets_no_archive_timestamp() -> None:
    copy = issued_at("B-T")
    assert rule_of(lambda: raised(replace(copy, qr_text="VNC1:0"))) == ("copy", "state.changed")
    cut = replace(copy, pdf=copy.pdf.replace(b"/ByteRange [0 ", b"/ByteRange [1 "))
    with pytest.raises(SigningError):
        raised(cut)
    with pytest.raises(SigningError):
        raised(replace(copy, pdf=b"%PDF-1.7"))
    unknown = replace(demo().trust, offices=demo().trust.offices[1:])
    with pytest.raises(SigningError) as caught:
        raised(copy, trust=unknown)
    assert (caught.value.role, caught.value.reason) == ("qr", Reason.UNKNOWN_KEY)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "unsealed"},
        {"state_version": 2},
        {"qr_text": 7},
        {"copy_id": None},
        {"level": "B-X"},
        {"pdf": "?"},
        {"notices": {}},
        {"notices": [{"vi": "x"}]},
        {"renew_before": "soon"},
        {"renew_before": "2030-01-01T00:00:00"},
    ],
)
def test_stored_bytes_that_are_no_copy(change: dict[str, Any]) -> None:
    import json

    frame = {**json.loads(issued_at("B-LTA").to_json()), **change}
    data = json.dumps(frame, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert rule_of(lambda: IssuedCopy.from_json(data))[1] == "state.format"


def test_an_issuer_asks_of_his_copy_what_its_level_promises() -> None:
    assert CheckId.TRUSTED_TIME in policy_of(PadesLevel.B_B).waived
    assert CheckId.TRUSTED_TIME not in policy_of(PadesLevel.B_T).waived
    assert CheckId.REVOCATION in policy_of(PadesLevel.B_T).waived
    assert CheckId.REVOCATION not in policy_of(PadesLevel.B_LT).waived
    assert [policy_of(each).level for each in PadesLevel] == list(PadesLevel)


def test_a_kind_without_person_reaches_the_highest_level_too() -> None:
    from vncopy.formats.base import NOT_ON_FORM
    from vncopy.formats.copies import CopyKind, SourceOfCopy
    from vncopy.formats.profile import load_profile
    from vncopy.issue import prepare

    record = draft().record
    statement = record.statement.model_copy(
        update={
            "kind": CopyKind.DIGITISED_RESULT,
            "certifier": NOT_ON_FORM,
            "number": NOT_ON_FORM,
            "source": SourceOfCopy.PAPER_REGISTER,
        }
    )
    alone = prepare(record.document, statement, profile=load_profile(ISSUED.date()), entropy=bytes)
    keys = Signers(seal=signers().seal, qr=signers().qr)
    copy = issue(alone, signers=keys, at=ISSUED, tsa=service(), evidence=GOOD, trust=demo().trust)
    assert copy.level is PadesLevel.B_LTA
