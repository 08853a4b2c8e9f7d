from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from support.qr_copies import AT, BASIC, ISSUED, changed_key, commune, look, pki, record, sign, text
from vncopy.errors import UsageError, VerificationFailed
from vncopy.facts import facts_from_json
from vncopy.facts.common import PASSED, Step
from vncopy.facts.qr import CandidateFacts, QRFacts
from vncopy.formats.base import DocumentTypes
from vncopy.formats.birth import BirthRecord
from vncopy.formats.marriage import MarriageRecord
from vncopy.formats.types import BUILTIN_TYPES
from vncopy.policy import CheckId, VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import CarriedFields, Covers, Indication, Verdict, VerificationReport
from vncopy.trust import KeyState, kid_of
from vncopy.verify.judge import copy_of, find_signer, judge, judge_qr, types_of
from vncopy.verify.qr import verify_qr
from vncopy.wire import claims
from vncopy.wire.cose import frame, normalise_low_s, parse_message, to_be_signed, to_text
from vncopy.wire.deflate import deflate


def verify(symbol: str, **changes: Any) -> VerificationReport[Any]:
    asked: dict[str, Any] = {"trust": pki().trust, "at": AT, "policy": BASIC, **changes}
    return verify_qr(symbol, **asked)


def again(facts: Any, **changes: Any) -> VerificationReport[Any]:
    asked: dict[str, Any] = {"trust": pki().trust, "at": AT, "policy": BASIC, **changes}
    return judge(facts, **asked)


def test_a_good_copy_gives_its_document() -> None:
    report = verify(text(), expect=BirthRecord, purpose="school")
    assert report.verdict is Verdict.VALID
    assert report.covers is Covers.QR_CONTENT
    copy = report.require()
    made = record()
    assert copy.document.full_name == made.document.full_name
    assert copy.statement.authority == made.statement.authority
    assert copy.copy_id == made.copy_id
    assert copy.claimed_at == ISSUED
    assert copy.proven_at is None
    assert copy.carried is None
    assert copy.issuer.agency_code == commune().entry.agency_code
    assert copy.issuer.vouched_by == "demo-root"
    assert report.purpose == "school"


def test_reference_carriage_gives_key_fields_and_says_so() -> None:
    report = verify(text("marriage", "reference"))
    assert report.verdict is Verdict.VALID
    assert report.covers is Covers.QR_KEY_FIELDS
    assert "key fields" in report.headline().en
    copy = report.require()
    assert isinstance(copy.carried, CarriedFields)
    assert len(copy.carried.digest) == 16
    assert copy.carried.fields
    with pytest.raises(UsageError, match="key fields only"):
        _ = copy.document


def test_answer_alone_holds_no_content() -> None:
    report = verify(text(), reveal="answer")
    copy = report.require()
    for read in ("document", "statement"):
        with pytest.raises(UsageError, match="no content"):
            getattr(copy, read)
    plain = json.loads(report.to_json())
    assert "document" not in plain
    assert "statement" not in plain
    assert plain["copy"]["kind"] == "register_extract_copy"
    assert str(record().document.full_name) not in report.to_json().decode()


def test_strict_leaves_it_undetermined_today() -> None:
    report = verify(text(), policy=VerificationPolicy.strict())
    assert report.verdict is Verdict.UNDETERMINED
    assert report.not_required == ()
    assert report.indication is Indication.INDETERMINATE
    with pytest.raises(VerificationFailed) as caught:
        report.require()
    assert caught.value.report is report
    assert caught.value.reasons == (Reason.NO_TRUST_LIST, Reason.NO_STATUS_CLAIM)


def test_what_was_not_required_is_in_the_headline_and_no_total_pass() -> None:
    report = verify(text())
    assert report.not_required == (CheckId.TRUST_LIST, CheckId.STATUS)
    assert "not required: signed trust list, copy is in force" in report.headline().en
    assert "không yêu cầu" in report.headline().vi
    assert report.indication is not Indication.TOTAL_PASSED


def test_a_caller_who_waives_lists_still_hears_of_a_revoked_key() -> None:
    trust = changed_key(state=KeyState.REVOKED, state_since=ISSUED)
    assert verify(text(), trust=trust).verdict is Verdict.INVALID
    trust = changed_key(state=KeyState.COMPROMISED, state_since=ISSUED + timedelta(days=9))
    assert verify(text(), trust=trust).verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"at": datetime(2026, 1, 1)}, "at"),  # noqa: DTZ001 - the mistake under test
        ({"at": "2026-01-01"}, "at"),
        ({"at": datetime(1969, 12, 31, tzinfo=UTC)}, "at"),
        ({"at": datetime.max.replace(tzinfo=timezone(timedelta(hours=-12)))}, "at"),
        ({"trust": "folder"}, "trust"),
        ({"policy": "strict"}, "policy"),
        ({"reveal": "everything"}, "reveal"),
        ({"expect": "birth"}, "expect"),
        ({"expect": dict}, "expect"),
    ],
)
def test_the_callers_own_mistakes(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(UsageError) as caught:
        verify(text(), **changes)
    assert [each.field for each in caught.value.problems] == [field]


def test_a_text_that_is_no_text() -> None:
    with pytest.raises(UsageError, match="text that was read"):
        verify(b"VNC1:")  # type: ignore[arg-type]


def test_expected_types_may_be_one_class_or_a_set() -> None:
    assert types_of(BUILTIN_TYPES) is BUILTIN_TYPES
    assert list(types_of(BirthRecord)) == [BirthRecord]
    other = verify(text(), expect=MarriageRecord)
    assert other.verdict is Verdict.INVALID
    assert other.check(CheckId.SCHEMA).reason is Reason.UNEXPECTED_TYPE


# --- judging stored facts ---------------------------------------------------------------------


def stored(report: VerificationReport[Any]) -> QRFacts:
    facts = report.facts
    assert isinstance(facts, QRFacts)
    return facts_from_json(facts.to_json(), QRFacts)


def test_stored_facts_with_the_copy_give_the_same_report() -> None:
    report = verify(text())
    repeated = again(stored(report), carrier=text())
    assert repeated.checks == report.checks
    assert repeated.require().document == report.require().document


def test_stored_facts_without_the_copy_never_make_it_valid() -> None:
    repeated = again(stored(verify(text())))
    assert repeated.verdict is Verdict.UNDETERMINED
    assert repeated.covers is Covers.STORED_FACTS
    assert repeated.check(CheckId.KIND_OFFICE).reason is Reason.CARRIER_MISSING
    assert repeated.check(CheckId.SIGNATURE).verdict is Verdict.VALID


def test_stored_facts_can_make_it_invalid_later() -> None:
    trust = changed_key(state=KeyState.REVOKED, state_since=ISSUED)
    assert again(stored(verify(text())), trust=trust).verdict is Verdict.INVALID


def test_a_stored_outcome_is_not_believed() -> None:
    good = stored(verify(text()))
    assert good.signature is not None
    forged = replace(good, signature=bytes(31) + b"\1" + good.signature[32:])
    assert forged.candidates[0].outcome.passed
    repeated = again(forged)
    assert repeated.check(CheckId.SIGNATURE).reason is Reason.BAD_SIGNATURE
    assert repeated.verdict is Verdict.INVALID


def test_invented_candidates_are_not_believed() -> None:
    invented = QRFacts(
        text_sha256="00",
        framing=PASSED,
        candidates=(CandidateFacts(fingerprint="x", agency_code="H26.901", outcome=PASSED),),
        payload=PASSED,
        schema=PASSED,
        rules=PASSED,
    )
    assert find_signer(invented, pki().trust) is None
    assert again(invented).check(CheckId.ISSUER_KNOWN).reason is Reason.NOT_RUN


def test_facts_about_another_copy_are_the_callers_mistake() -> None:
    facts = stored(verify(text()))
    with pytest.raises(UsageError, match="another copy"):
        again(facts, carrier=text(seed=2))
    for wrong in (b"\xff", 5):
        with pytest.raises(UsageError, match="text of the symbol"):
            again(facts, carrier=wrong)


def test_the_copy_may_come_as_the_bytes_of_its_file() -> None:
    facts = stored(verify(text()))
    assert again(facts, carrier=text().encode() + b"\n").verdict is Verdict.VALID


def test_the_type_expected_counts_when_judged_again() -> None:
    repeated = again(stored(verify(text())), expect=DocumentTypes(MarriageRecord))
    assert repeated.check(CheckId.SCHEMA).reason is Reason.UNEXPECTED_TYPE


def test_facts_of_a_pdf_are_handed_to_its_own_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys
    from types import ModuleType

    module = ModuleType("vncopy.verify.pdf")
    seen: list[Any] = []
    module.judge_pdf = lambda facts, **asked: seen.append((facts, asked)) or "report"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "vncopy.verify.pdf", module)
    facts: Any = object()
    assert again(facts, carrier=b"%PDF") == "report"
    assert seen[0][0] is facts
    assert seen[0][1]["carrier"] == b"%PDF"


# --- pieces -----------------------------------------------------------------------------------


def test_a_situation_without_content_or_signer_has_no_copy() -> None:
    situation = look(text())
    assert copy_of(situation, "full") is not None
    assert copy_of(replace(situation, content=None), "full") is None
    assert copy_of(replace(situation, signer=None), "full") is None
    bare = replace(situation, facts=replace(situation.facts, claimed_at=None))
    assert copy_of(bare, "full") is None
    unvouched = copy_of(replace(situation, found=None), "full")
    assert unvouched is not None
    assert unvouched.issuer.vouched_by == "list"


def test_a_report_on_a_text_that_is_nothing_still_has_every_check() -> None:
    report = judge_qr(look("nothing"))
    assert report.verdict is Verdict.INVALID
    assert len(report.checks) == len(report.expected_checks) == 14
    assert report.covers is Covers.QR_CONTENT


def test_a_signed_payload_that_cannot_be_read_is_invalid() -> None:
    situation = look(text())
    facts = replace(situation.facts, payload=Step(reason=Reason.NOT_CANONICAL))
    report = judge_qr(replace(situation, facts=facts))
    assert report.verdict is Verdict.INVALID
    assert report.indication is Indication.TOTAL_FAILED
    assert report.sub_indication == "FORMAT_FAILURE"


def test_a_symbol_of_another_office_of_the_folder_is_valid_for_that_office() -> None:
    other = pki().offices[1]
    report = verify(sign(record(office=other), identity=other.qr))
    assert report.require().issuer.agency_code == other.entry.agency_code


def test_one_office_cannot_sign_for_another() -> None:
    other = pki().offices[1]
    report = verify(sign(record(), identity=other.qr))
    assert report.verdict is Verdict.INVALID
    assert report.check(CheckId.OFFICES_AGREE).reason is Reason.OFFICES_DIFFER


def test_the_last_moment_of_the_calendar_is_no_time_of_issue() -> None:
    message = parse_message(text())
    content = claims.unpack(message.payload)
    late = replace(content, issued_at=claims.MAX_IAT)
    packed = deflate(claims.to_cbor(late))
    identity = commune().qr
    kid = kid_of(identity.certificate)
    signature = normalise_low_s(identity.signer().sign(to_be_signed(kid, packed)))
    check = verify(to_text(frame(kid, packed, signature))).check(CheckId.PAYLOAD)
    assert check.reason is Reason.CLAIM_VALUE
    assert check.detail == "iat"
