from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from types import MappingProxyType
from typing import Any

import pytest

from support.qr_copies import AT, BASIC, pki, text
from support.small_schema import errors
from vncopy.errors import VerificationFailed
from vncopy.formats.base import FieldState, Missing
from vncopy.formats.dates import PartialDate
from vncopy.policy import WAIVABLE, CheckId, PadesLevel, VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import (
    CHECK_TITLES,
    PDF_CHECKS,
    QR_CHECKS,
    SIGNATURE_CHECKS,
    CarriedFields,
    Check,
    Covers,
    Indication,
    SignatureReport,
    SignerReport,
    Verdict,
    VerificationReport,
    failed,
    indication_of,
    json_value,
    judge_checks,
    passed,
    worst,
)
from vncopy.report.schema import report_schema
from vncopy.verify.qr import verify_qr

STRICT = VerificationPolicy.strict()


def report(*wrong: Check, policy: VerificationPolicy = STRICT) -> VerificationReport[Any]:
    by_id = {each.id: each for each in wrong}
    return VerificationReport(
        checks=tuple(by_id.get(each) or passed(each) for each in QR_CHECKS),
        expected_checks=QR_CHECKS,
        facts=None,
        at=AT,
        policy=policy,
        covers=Covers.QR_CONTENT,
    )


def test_every_check_belongs_to_a_carrier() -> None:
    assert set(PDF_CHECKS) == set(CheckId)
    assert len(PDF_CHECKS) == len(set(PDF_CHECKS))
    assert set(QR_CHECKS) <= set(PDF_CHECKS)
    assert set(SIGNATURE_CHECKS) <= set(PDF_CHECKS)


def test_a_verdict_follows_from_the_reason() -> None:
    for reason in Reason:
        found = failed(CheckId.PATH, reason)
        if reason.info.outcome == "warning":  # spoiled facts only: a warning decides nothing
            assert found.reason is Reason.FACTS_MALFORMED
        else:
            assert found.verdict.value == reason.info.outcome


def test_warnings_change_no_verdict_and_stand_in_the_headline() -> None:
    warning = passed(CheckId.RULES, "", (Reason.COVERED_TEXT, Reason.COVERED_TEXT))
    checks = tuple(warning if each.id is CheckId.RULES else each for each in report().checks)
    warned = replace(report(), checks=checks)
    assert warned.verdict is Verdict.VALID
    assert warned.reasons == ()
    assert warned.warnings == (Reason.COVERED_TEXT,)
    assert "; warning: text lies beneath a picture" in warned.headline().en
    assert "; cảnh báo: " in warned.headline().vi
    assert warning.to_json()["warnings"] == ["covered_text", "covered_text"]


def test_only_warnings_are_warnings() -> None:
    with pytest.raises(ValueError, match="are not warnings"):
        passed(CheckId.RULES, "", (Reason.COVERAGE,))
    with pytest.raises(ValueError, match="does not follow"):
        Check(id=CheckId.RULES, verdict=Verdict.UNDETERMINED, reason=Reason.COVERED_TEXT)
    with pytest.raises(ValueError, match="does not follow"):
        Check(id=CheckId.PATH, verdict=Verdict.VALID, reason=Reason.PATH_EXPIRED)
    with pytest.raises(ValueError, match="does not follow"):
        Check(id=CheckId.PATH, verdict=Verdict.INVALID)
    with pytest.raises(ValueError, match="does not follow"):
        Check(id=CheckId.PATH, verdict=Verdict.UNDETERMINED, reason=Reason.BAD_SIGNATURE)


@pytest.mark.parametrize("verdicts", list(product(Verdict, repeat=3)))
def test_the_worst_verdict_wins(verdicts: tuple[Verdict, ...]) -> None:
    found = worst(verdicts)
    if Verdict.INVALID in verdicts:
        assert found is Verdict.INVALID
    elif Verdict.UNDETERMINED in verdicts:
        assert found is Verdict.UNDETERMINED
    else:
        assert found is Verdict.VALID


def test_no_checks_are_not_valid() -> None:
    assert worst(()) is Verdict.UNDETERMINED
    assert judge_checks((), STRICT) is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    "checks", [(), QR_CHECKS[:-1], (*QR_CHECKS, CheckId.LIMITS), QR_CHECKS[::-1]]
)
def test_an_incomplete_list_of_checks_is_an_error(checks: tuple[CheckId, ...]) -> None:
    with pytest.raises(ValueError, match="every check"):
        replace(report(), checks=tuple(passed(each) for each in checks))


@pytest.mark.parametrize("check", QR_CHECKS)
def test_missing_evidence_counts_unless_it_is_waived(check: CheckId) -> None:
    wrong = failed(check, Reason.NOT_RUN)
    assert report(wrong).verdict is Verdict.UNDETERMINED
    expected = Verdict.VALID if check in WAIVABLE else Verdict.UNDETERMINED
    assert report(wrong, policy=BASIC).verdict is expected


@pytest.mark.parametrize("check", QR_CHECKS)
def test_evidence_against_a_copy_counts_even_where_it_is_waived(check: CheckId) -> None:
    wrong = failed(check, Reason.STATUS_INVALID)
    assert report(wrong).verdict is Verdict.INVALID
    assert report(wrong, policy=BASIC).verdict is Verdict.INVALID


def test_a_report_is_no_boolean() -> None:
    with pytest.raises(TypeError, match=r"\.require\(\)"):
        bool(report())


def test_a_valid_report_without_a_copy_gives_none() -> None:
    with pytest.raises(VerificationFailed) as caught:
        report().require()
    assert caught.value.reasons == (Reason.CARRIER_MISSING,)


def test_checks_are_found_by_id() -> None:
    assert report().check(CheckId.PATH).verdict is Verdict.VALID
    with pytest.raises(KeyError):
        report().check(CheckId.LIMITS)


def test_check_texts() -> None:
    wrong = failed(CheckId.PATH, Reason.PATH_EXPIRED)
    assert wrong.text("vi") == Reason.PATH_EXPIRED.text("vi")
    assert wrong.text("en") == Reason.PATH_EXPIRED.text("en")
    assert passed(CheckId.PATH).text("vi") == ""


@pytest.mark.parametrize(
    ("wrong", "policy", "expected"),
    [
        ((), STRICT, (Indication.TOTAL_PASSED, None)),
        ((), BASIC, (Indication.INDETERMINATE, "SIG_CONSTRAINTS_FAILURE")),
        (
            (Reason.NO_STATUS, Reason.BAD_SIGNATURE),
            STRICT,
            (Indication.TOTAL_FAILED, "SIG_CRYPTO_FAILURE"),
        ),
        ((Reason.NO_STATUS,), STRICT, (Indication.INDETERMINATE, "TRY_LATER")),
        ((Reason.SCOPE_KIND,), BASIC, (Indication.INDETERMINATE, "SIG_CONSTRAINTS_FAILURE")),
        (
            (Reason.NOT_RUN, Reason.UNKNOWN_KEY),
            STRICT,
            (Indication.INDETERMINATE, "NO_SIGNING_CERTIFICATE_FOUND"),
        ),
        ((Reason.NOT_RUN,), STRICT, (Indication.INDETERMINATE, "SIG_CONSTRAINTS_FAILURE")),
    ],
)
def test_indications(
    wrong: tuple[Reason, ...],
    policy: VerificationPolicy,
    expected: tuple[Indication, str | None],
) -> None:
    checks = tuple(failed(each, reason) for each, reason in zip(QR_CHECKS, wrong, strict=False))
    assert indication_of(checks, policy) == expected
    found = report(*checks, policy=policy)
    assert (found.indication, found.sub_indication) == expected


def test_what_was_waived_does_not_name_the_result_of_what_was_not() -> None:
    checks = (
        failed(CheckId.REVOCATION, Reason.NO_REVOCATION_EVIDENCE),
        failed(CheckId.KEY_STATE, Reason.NO_PROOF_OF_EXISTENCE),
    )
    assert indication_of(checks, STRICT)[1] == "TRY_LATER"
    assert indication_of(checks, BASIC)[1] == "REVOKED_NO_POE"
    assert indication_of(checks[:1], BASIC)[1] == "TRY_LATER"
    revoked = failed(CheckId.REVOCATION, Reason.CERTIFICATE_REVOKED)
    assert indication_of((revoked, checks[1]), BASIC)[1] == "REVOKED"


def test_headlines_name_verdict_cover_and_what_was_not_required() -> None:
    assert report().headline().en == (
        "VALID (the content of the QR code; compare each field with the sheet)"
    )
    assert report().headline().vi.startswith("HỢP LỆ (nội dung mã QR")
    assert "not required: signed trust list, copy is in force" in report(policy=BASIC).headline().en
    assert Verdict.INVALID.text("vi") == "KHÔNG HỢP LỆ"
    bad = failed(QR_CHECKS[0], Reason.NOT_VNC1)  # nothing to be compared with any sheet
    assert report(bad).headline().en == "INVALID (the content of the QR code)"


# --- JSON -------------------------------------------------------------------------------------


def asked(symbol: str, **changes: Any) -> VerificationReport[Any]:
    given: dict[str, Any] = {"trust": pki().trust, "at": AT, "policy": BASIC, **changes}
    return verify_qr(symbol, **given)


def _signatures() -> SignatureReport:
    return signature_report()


@pytest.mark.parametrize(
    "found",
    [
        lambda: asked(text()),
        lambda: asked(text(), reveal="answer", purpose="nhập học"),
        lambda: asked(text("land", "reference")),
        lambda: asked(text("death", "auto"), policy=STRICT),
        lambda: asked("nothing"),
        report,
        _signatures,
    ],
)
def test_reports_fit_their_schema(found: Any) -> None:
    plain = json.loads(found().to_json())
    assert errors(plain, report_schema()) == []


def test_the_schema_refuses_content_beside_another_verdict() -> None:
    plain = json.loads(asked(text()).to_json())
    plain["verdict"] = "invalid"
    assert errors(plain, report_schema())
    plain = json.loads(asked(text()).to_json())
    assert errors({**plain, "more": 1}, report_schema())


def test_the_document_is_in_the_json_only_when_valid() -> None:
    valid = json.loads(asked(text()).to_json())
    assert valid["document"]["full_name"]
    assert valid["statement"]["kind"] == valid["copy"]["kind"]
    undetermined = json.loads(asked(text(), policy=STRICT).to_json())
    assert "document" not in undetermined
    assert undetermined["copy"] is None
    assert set(valid) - set(undetermined) == {"document", "statement"}


def test_the_json_says_in_words_why_and_what_to_do() -> None:
    plain = json.loads(asked(text(), policy=STRICT).to_json())
    codes = [each["reason"] for each in plain["reasons"]]
    assert codes == ["no_trust_list", "no_status_claim"]
    assert plain["reasons"][0]["vi"] == Reason.NO_TRUST_LIST.text("vi")
    assert plain["next_steps"][0]["en"].startswith("This version reads neither")
    plain = json.loads(asked("nothing").to_json())
    assert [each["reason"] for each in plain["reasons"]] == ["not_vnc1"]
    valid = json.loads(asked(text()).to_json())
    assert valid["reasons"] == valid["next_steps"] == valid["warnings"] == []


def test_key_fields_are_in_the_json_as_in_the_record() -> None:
    plain = json.loads(asked(text("land", "reference")).to_json())
    assert plain["copy"]["carried_only"] is True
    assert plain["document"]


def test_typed_values_become_plain_json() -> None:
    carried = CarriedFields(
        format_id="vn.birth/1",
        fields=MappingProxyType(
            {
                "date": PartialDate(year=1990),
                "gone": Missing(state=FieldState.DASH),
                "group": {"flag": True, "none": None, "number": 3},
                "list": ("a", 5),
                "time": datetime(2026, 1, 1, tzinfo=UTC),
            }
        ),
        digest=bytes(16),
    )
    assert json.loads(json.dumps(json_value(carried))) == {
        "date": "1990",
        "gone": {"state": "dash"},
        "group": {"flag": True, "none": None, "number": 3},
        "list": ["a", 5],
        "time": "2026-01-01T00:00:00Z",
    }
    assert repr(carried) == "CarriedFields(vn.birth/1)"


def test_repr_shows_nothing_personal() -> None:
    found = asked(text())
    name = str(found.require().document.full_name)
    assert name not in repr(found)
    assert name not in repr(found.require())
    assert found.require().copy_id in repr(found.require())
    assert "VerificationReport(valid" in repr(found)


# --- signatures -------------------------------------------------------------------------------


def signer(*reasons: Reason) -> SignerReport:
    return SignerReport(
        field="seal",
        role="seal",
        certificate="ab" * 32,
        office="H26.901",
        vouched_by="demo-root",
        level=PadesLevel.B_B,
        claimed_at=AT,
        proven_at=None,
        reasons=reasons,
    )


def signature_report(*wrong: Check) -> SignatureReport:
    by_id = {each.id: each for each in wrong}
    bare = replace(signer(Reason.SIGNER_UNKNOWN), role=None, certificate=None, level=None)
    return SignatureReport(
        checks=tuple(by_id.get(each) or passed(each) for each in SIGNATURE_CHECKS),
        expected_checks=SIGNATURE_CHECKS,
        facts=None,
        at=AT,
        policy=STRICT,
        covers=Covers.SIGNATURES,
        signatures=(signer(), replace(bare, claimed_at=None, proven_at=AT)),
    )


def test_each_signature_has_its_own_indication() -> None:
    assert signer().indication == (Indication.TOTAL_PASSED, None)
    assert signer(Reason.PATH_EXPIRED, Reason.CMS_DIGEST).indication == (
        Indication.TOTAL_FAILED,
        "HASH_FAILURE",
    )


def test_a_report_on_signatures_has_no_copy() -> None:
    assert signature_report().require() is None  # type: ignore[func-returns-value]
    with pytest.raises(VerificationFailed):
        signature_report(failed(CheckId.COVERAGE, Reason.COVERAGE)).require()
    assert "document" not in json.loads(signature_report().to_json())


def test_every_check_has_a_title_in_both_languages() -> None:
    assert set(CHECK_TITLES) == set(CheckId)
    assert all(title.vi and title.en for title in CHECK_TITLES.values())


def test_only_what_decided_the_verdict_is_a_reason() -> None:
    no_list = failed(CheckId.TRUST_LIST, Reason.NO_TRUST_LIST)
    not_run = failed(CheckId.RULES, Reason.NOT_RUN)
    bad = failed(CheckId.SIGNATURE, Reason.BAD_SIGNATURE)
    assert report(no_list, policy=BASIC).reasons == ()
    assert report(no_list, not_run, policy=BASIC).reasons == (Reason.NOT_RUN,)
    assert report(no_list, not_run).reasons == (Reason.NOT_RUN, Reason.NO_TRUST_LIST)
    assert report(no_list, not_run, bad).decisive == (bad,)
