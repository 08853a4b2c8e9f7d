from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from support.chains import leaf as make_leaf
from support.chains import root as make_root
from support.qr_copies import (
    AT,
    ISSUED,
    changed_entry,
    changed_key,
    changed_office,
    commune,
    look,
    pki,
    record,
    sign,
    text,
    with_statement,
)
from vncopy.facts.common import Step
from vncopy.formats.base import DocumentTypes
from vncopy.formats.birth import BirthRecord
from vncopy.formats.copies import CopyKind, RequesterRelation, SourceOfCopy
from vncopy.formats.dates import PartialDate
from vncopy.formats.identifiers import RegisterCopyNumber
from vncopy.formats.marriage import MarriageRecord
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import QR_CHECKS, Check, Verdict
from vncopy.trust import (
    CertificateEntry,
    KeyState,
    OfficeName,
    Role,
    Scope,
    TrustAnchor,
    TrustStore,
    Vouching,
)
from vncopy.verify.checks import (
    CHECKS,
    Situation,
    key_state_reason,
    office_names_match,
    scope_reason,
)
from vncopy.wire.claims import StatusReference
from vncopy.wire.cose import frame, parse_message, to_text

HOUR = timedelta(hours=1)


def ask(which: CheckId, situation: Situation) -> Check:
    check = CHECKS[which](situation)
    assert check.id is which
    return check


def reason(which: CheckId, situation: Situation) -> Reason | None:
    return ask(which, situation).reason


def test_there_is_one_function_for_every_check_of_a_symbol() -> None:
    assert tuple(CHECKS) == QR_CHECKS


@pytest.mark.parametrize(
    "which", [each for each in QR_CHECKS if each not in {"trust_list", "status"}]
)
def test_a_good_symbol_passes(which: CheckId) -> None:
    assert ask(which, look(text())).verdict is Verdict.VALID


@pytest.mark.parametrize("which", [each for each in QR_CHECKS if each is not CheckId.FRAMING])
def test_after_a_broken_frame_nothing_else_runs(which: CheckId) -> None:
    assert reason(which, look("VNC1:nonsense")) is Reason.NOT_RUN


def test_framing_says_what_is_wrong() -> None:
    assert reason(CheckId.FRAMING, look("hello")) is Reason.NOT_VNC1
    assert reason(CheckId.FRAMING, look("VNC1:?")) is Reason.BASE45


def test_a_key_that_nobody_knows() -> None:
    stranger = replace(pki().trust, offices=())
    check = ask(CheckId.ISSUER_KNOWN, look(text(), trust=stranger))
    assert check.reason is Reason.UNKNOWN_KEY
    assert len(check.detail) == 16
    assert reason(CheckId.SIGNATURE, look(text(), trust=stranger)) is Reason.NOT_RUN


def test_a_key_of_another_role() -> None:
    sealed = sign(record(), identity=commune().seals["p256"])
    assert reason(CheckId.ISSUER_KNOWN, look(sealed)) is Reason.WRONG_ROLE


def _forged() -> str:
    message = parse_message(text())
    other = parse_message(text(seed=2))
    return to_text(frame(message.kid, message.payload, other.signature))


def test_a_signature_of_something_else() -> None:
    situation = look(_forged())
    assert reason(CheckId.SIGNATURE, situation) is Reason.BAD_SIGNATURE
    assert situation.content is None
    for which in QR_CHECKS[3:]:
        assert reason(which, situation) is Reason.NOT_RUN


def _trust_with(*entries: CertificateEntry) -> TrustStore:
    return changed_office(certificates=entries)


def _lookalike(certificate: bytes, kid: bytes) -> CertificateEntry:
    """An entry whose key id collides with another one."""
    entry = CertificateEntry(certificate=certificate, role=Role.QR, signs_from=ISSUED - 9 * HOUR)
    object.__setattr__(entry, "kid", kid)
    return entry


def _qr_entry() -> CertificateEntry:
    return next(each for each in commune().entry.certificates if each.role is Role.QR)


def _others(count: int) -> tuple[CertificateEntry, ...]:
    """Return other certificates whose key id is that of the signing one."""
    top = make_root()
    ders = (make_leaf(top, label=f"other {number}").der for number in range(count))
    return tuple(_lookalike(der, _qr_entry().kid) for der in ders)


def test_every_certificate_with_the_key_id_is_tried() -> None:
    situation = look(text(), trust=_trust_with(*_others(3), _qr_entry()))
    assert reason(CheckId.SIGNATURE, situation) is None
    assert situation.signer is not None
    assert situation.signer.entry == _qr_entry()
    assert [each.outcome.passed for each in situation.facts.candidates] == [False] * 3 + [True]


def test_but_no_more_than_four() -> None:
    situation = look(text(), trust=_trust_with(*_others(4), _qr_entry()))
    assert reason(CheckId.SIGNATURE, situation) is Reason.TOO_MANY_KEYS


def test_certificates_that_cannot_verify_leave_the_question_open() -> None:
    kid = _qr_entry().kid
    top = make_root()
    rsa = _lookalike(make_leaf(top, kind="rsa2048", label="rsa-leaf").der, kid)
    p384 = _lookalike(make_leaf(top, kind="p384").der, kid)
    broken = _lookalike(b"broken", kid)
    strange = _lookalike(make_leaf(top, kind="ed25519").der, kid)
    for entry in (rsa, p384, strange):
        assert reason(CheckId.SIGNATURE, look(text(), trust=_trust_with(entry))) is (
            Reason.WRONG_KEY_TYPE
        )
    unreadable = look(text(), trust=_trust_with(broken))
    assert reason(CheckId.SIGNATURE, unreadable) is Reason.CERTIFICATE_MALFORMED


def test_candidates_without_an_outcome_are_no_proof() -> None:
    situation = look(text())
    (candidate,) = situation.facts.candidates
    silent = replace(situation.facts, candidates=(replace(candidate, outcome=Step(ran=False)),))
    assert reason(CheckId.SIGNATURE, replace(situation, facts=silent, signer=None)) is (
        Reason.FACTS_MALFORMED
    )


def test_of_two_offices_with_one_key_the_one_that_the_claims_name_counts() -> None:
    entry = _qr_entry()
    trust = replace(
        pki().trust,
        offices=tuple(
            replace(each, certificates=(entry,)) for each in reversed(pki().trust.offices)
        ),
    )
    situation = look(text(), trust=trust)
    assert situation.signer is not None
    assert situation.signer.office.agency_code == commune().entry.agency_code
    alone = replace(trust, offices=trust.offices[:1])
    assert reason(CheckId.OFFICES_AGREE, look(text(), trust=alone)) is Reason.OFFICES_DIFFER


def test_payload_schema_and_rules_tell_what_reading_found() -> None:
    situation = look(text())
    for which in ("payload", "schema", "rules"):
        facts = replace(situation.facts, **{which: Step(reason=Reason.FIELD_VALUE, detail="sex")})
        check = ask(CheckId(which), replace(situation, facts=facts))
        assert check.reason is Reason.FIELD_VALUE
        assert check.detail == "sex"
        facts = replace(situation.facts, **{which: Step(ran=False)})
        assert reason(CheckId(which), replace(situation, facts=facts)) is Reason.NOT_RUN


def test_a_type_that_was_not_asked_for() -> None:
    wanted = DocumentTypes(MarriageRecord)
    assert reason(CheckId.SCHEMA, look(text(), expect=wanted)) is Reason.UNEXPECTED_TYPE
    stored = replace(look(text()), expect=wanted)
    assert reason(CheckId.SCHEMA, stored) is Reason.UNEXPECTED_TYPE
    assert reason(CheckId.SCHEMA, look(text(), expect=DocumentTypes(BirthRecord))) is None


def test_the_path_is_asked_for_the_claimed_time() -> None:
    later = look(text(), at=AT + timedelta(days=365 * 30))
    assert reason(CheckId.PATH, later) is None
    elsewhere = make_root()
    trust = replace(
        pki().trust, anchors=(TrustAnchor(name="elsewhere", certificate=elsewhere.der),)
    )
    assert reason(CheckId.PATH, look(text(), trust=trust)) is Reason.PATH_NOT_FOUND
    assert ask(CheckId.PATH, look(text())).detail == "demo-root"


def test_a_certificate_that_only_the_list_vouches_for_needs_the_list() -> None:
    trust = changed_key(vouched_by=Vouching.LIST)
    assert reason(CheckId.PATH, look(text(), trust=trust)) is Reason.NO_TRUST_LIST


def test_a_path_that_was_not_searched_is_no_path() -> None:
    assert reason(CheckId.PATH, replace(look(text()), found=None)) is Reason.NOT_RUN


SCOPE = Scope(types=frozenset({"vn.birth/1"}), kinds=frozenset({"register_extract_copy"}))


def _scoped(*scopes: Scope) -> TrustStore:
    return changed_key(scopes=scopes)


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        ((SCOPE,), None),
        ((), Reason.SCOPE_TYPE),
        ((replace(SCOPE, types=frozenset({"vn.land/1"})),), Reason.SCOPE_TYPE),
        ((replace(SCOPE, kinds=frozenset({"register_copy"})),), Reason.SCOPE_KIND),
        ((replace(SCOPE, areas=frozenset({"79"})),), Reason.SCOPE_AREA),
        ((replace(SCOPE, areas=frozenset({"01"})),), None),
        ((replace(SCOPE, areas=frozenset({"01/00070"})),), None),
        ((replace(SCOPE, areas=frozenset({"01/00004"})),), Reason.SCOPE_AREA),
        ((replace(SCOPE, since=ISSUED + HOUR),), Reason.SCOPE_PERIOD),
        ((replace(SCOPE, since=ISSUED, until=ISSUED + HOUR),), None),
        ((replace(SCOPE, until=ISSUED),), Reason.SCOPE_PERIOD),
        ((replace(SCOPE, until=ISSUED), SCOPE), None),
        (
            (replace(SCOPE, kinds=frozenset()), replace(SCOPE, until=ISSUED)),
            Reason.SCOPE_PERIOD,
        ),
    ],
)
def test_scopes(scopes: tuple[Scope, ...], expected: Reason | None) -> None:
    assert reason(CheckId.ROLE_SCOPE, look(text(), trust=_scoped(*scopes))) is expected


@pytest.mark.parametrize(
    ("areas", "own", "stated", "expected"),
    [
        ((), None, None, None),
        ((), None, "01", None),
        ((), "01", "01/00070", None),
        ((), "01/00070", "01", None),
        ((), "01/00070", "79", Reason.SCOPE_AREA),
        ((), "01/00070", "01/00004", Reason.SCOPE_AREA),
        (("01",), None, None, Reason.SCOPE_AREA_UNPROVEN),
        (("01",), None, "01/00070", None),
        (("01",), None, "012", Reason.SCOPE_AREA),
        (("01/00070",), None, "01", Reason.SCOPE_AREA),
        (("01/00070",), "01/00070", "01", None),
    ],
)
def test_areas(
    areas: tuple[str, ...], own: str | None, stated: str | None, expected: Reason | None
) -> None:
    province, _, ward = (own or "").partition("/")
    office = replace(commune().entry, province_code=province or None, ward_code=ward or None)
    entry = changed_entry(_qr_entry(), scopes=(replace(SCOPE, areas=frozenset(areas)),))
    found = scope_reason(
        entry,
        office,
        format_id="vn.birth/1",
        kind="register_extract_copy",
        area=stated,
        time=ISSUED,
    )
    assert found is expected


def test_the_statement_must_name_the_office_of_the_certificate() -> None:
    situation = look(text())
    for changes in ({"issuer": "H26.999"}, {"authority_code": "H26.999"}, {"authority_code": None}):
        facts = replace(situation.facts, **changes)
        assert reason(CheckId.OFFICES_AGREE, replace(situation, facts=facts)) is (
            Reason.OFFICES_DIFFER
        )


def test_the_office_must_exist_on_the_day_and_bear_the_name() -> None:
    gone = OfficeName(name=commune().name, since=date(2020, 1, 1), until=date(2026, 11, 21))
    new = OfficeName(name=commune().name, since=date(2026, 11, 21))
    other = OfficeName(name="Ủy ban nhân dân phường Ba Đình", since=date(2020, 1, 1))
    for names, expected in (
        ((gone,), Reason.OFFICE_STATE),
        ((new,), None),
        ((other,), Reason.OFFICE_NAME),
        ((other, new), None),
    ):
        situation = look(text(), trust=changed_office(names=names))
        assert reason(CheckId.OFFICES_AGREE, situation) is expected


def test_names_of_offices_are_compared_without_case_and_spaces() -> None:
    assert office_names_match("ỦY BAN  NHÂN DÂN", ("Ủy ban nhân dân",))
    assert not office_names_match("Uỷ ban nhân dân", ("Ủy ban nhân dân",))


def test_the_office_must_be_of_a_kind_that_may_issue() -> None:
    assert ask(CheckId.KIND_OFFICE, look(text())).detail == "vn-2026-07"
    notary = look(text(), trust=changed_office(kind="notary"))
    check = ask(CheckId.KIND_OFFICE, notary)
    assert check.reason is Reason.KIND_OFFICE
    assert "authority.kind" in check.detail


def test_an_office_of_unheard_kind_is_not_refused_for_it() -> None:
    situation = look(text(), trust=changed_office(kind="something new"))
    assert reason(CheckId.KIND_OFFICE, situation) is None


def _statement(**changes: Any) -> str:
    return sign(with_statement(record(), **changes))


def test_the_statement_must_fit_the_kind() -> None:
    situation = look(_statement(source=SourceOfCopy.PAPER_ORIGINAL))
    check = ask(CheckId.KIND_OFFICE, situation)
    assert check.reason is Reason.KIND_STATEMENT
    assert check.detail == "kind.source"


def test_paper_too_says_whether_the_requester_was_entitled() -> None:
    situation = look(_statement(requester_relation=RequesterRelation.OWN_INITIATIVE))
    check = ask(CheckId.KIND_OFFICE, situation)
    assert check.reason is Reason.KIND_STATEMENT
    assert check.detail == "requester.not_entitled"


def test_the_kind_must_exist_for_the_type() -> None:
    land = record("land")
    situation = look(
        sign(with_statement(land, kind=CopyKind.REGISTER_EXTRACT_COPY), carriage="auto")
    )
    assert reason(CheckId.KIND_OFFICE, situation) is Reason.KIND_NOT_FOR_TYPE


@pytest.mark.parametrize("carriage", ["full", "reference"])
def test_who_holds_the_register_must_be_known(carriage: str) -> None:
    office = pki().offices[2]
    made = with_statement(
        record("land", office=office),
        kind=CopyKind.REGISTER_COPY,
        source=SourceOfCopy.PAPER_REGISTER,
        number=RegisterCopyNumber("12/2026/BS-VPĐK"),
        as_of=PartialDate(year=2026, month=11, day=20),
        requester_relation=RequesterRelation.SUBJECT,
    )
    symbol = sign(made, identity=office.qr, carriage=carriage)
    assert reason(CheckId.KIND_OFFICE, look(symbol)) is None
    unknown = look(symbol, trust=changed_office(office.entry, registers=frozenset()))
    check = ask(CheckId.KIND_OFFICE, unknown)
    assert check.reason is Reason.HOLDER_UNPROVEN
    assert check.detail == "holder.unknown"


def test_law_that_is_not_known_leaves_the_question_open() -> None:
    situation = look(text())
    for day in (date(2019, 1, 1), date(2027, 4, 1)):
        moved = ISSUED.replace(year=day.year, month=day.month, day=day.day)
        facts = replace(situation.facts, claimed_at=moved)
        content = situation.content
        assert content is not None
        statement = content.restored.statement.at(moved)
        restored = replace(content.restored, statement=statement)
        moved_situation = replace(
            situation, facts=facts, content=replace(content, restored=restored)
        )
        assert reason(CheckId.KIND_OFFICE, moved_situation) is Reason.PROFILE_UNKNOWN


def test_without_the_content_the_kind_cannot_be_judged() -> None:
    assert reason(CheckId.KIND_OFFICE, replace(look(text()), content=None)) is (
        Reason.CARRIER_MISSING
    )


def test_claimed_times() -> None:
    assert reason(CheckId.CLAIMED_TIME, look(text(), at=ISSUED - timedelta(days=1))) is None
    early = look(text(), at=ISSUED - timedelta(days=1, seconds=1))
    assert reason(CheckId.CLAIMED_TIME, early) is Reason.CLAIMED_IN_FUTURE
    for changes in ({"signs_from": ISSUED + HOUR}, {"signs_until": ISSUED}):
        situation = look(text(), trust=changed_key(**changes))
        assert reason(CheckId.CLAIMED_TIME, situation) is Reason.CLAIMED_OUTSIDE_WINDOW
    proven = look(text(), proven_at=ISSUED - HOUR)
    assert reason(CheckId.CLAIMED_TIME, proven) is Reason.PROVEN_BEFORE_CLAIMED
    assert reason(CheckId.CLAIMED_TIME, look(text(), proven_at=ISSUED + HOUR)) is None


@pytest.mark.parametrize(
    ("state", "since", "proven", "expected"),
    [
        (KeyState.ACTIVE, None, None, None),
        (KeyState.RETIRED, None, None, None),
        (KeyState.REVOKED, ISSUED, None, Reason.KEY_REVOKED),
        (KeyState.REVOKED, ISSUED - HOUR, None, Reason.KEY_REVOKED),
        (KeyState.REVOKED, ISSUED + HOUR, None, None),
        (KeyState.REVOKED, ISSUED + HOUR, ISSUED + 2 * HOUR, None),
        (KeyState.COMPROMISED, ISSUED + HOUR, None, Reason.NO_PROOF_OF_EXISTENCE),
        (KeyState.COMPROMISED, ISSUED - HOUR, None, Reason.NO_PROOF_OF_EXISTENCE),
        (KeyState.COMPROMISED, ISSUED + 2 * HOUR, ISSUED + HOUR, None),
        (KeyState.COMPROMISED, ISSUED + HOUR, ISSUED + HOUR, Reason.NO_PROOF_OF_EXISTENCE),
    ],
)
def test_states_of_keys(state: KeyState, since: Any, proven: Any, expected: Reason | None) -> None:
    trust = changed_key(state=state, state_since=since)
    situation = look(text(), trust=trust, proven_at=proven)
    assert reason(CheckId.KEY_STATE, situation) is expected
    entry = changed_entry(_qr_entry(), state=state, state_since=since)
    assert key_state_reason(entry, ISSUED, proven) is expected


def test_lists_and_status_are_not_there_yet() -> None:
    situation = look(text())
    assert reason(CheckId.TRUST_LIST, situation) is Reason.NO_TRUST_LIST
    assert reason(CheckId.STATUS, situation) is Reason.NO_STATUS_CLAIM
    reference = StatusReference(index=5, uri="https://status.example/1")
    situation = look(sign(record(seed=3), status=reference, carriage="auto"))
    assert situation.facts.status_index == 5
    assert reason(CheckId.STATUS, situation) is Reason.NO_STATUS
