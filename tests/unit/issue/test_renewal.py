"""Renewing: what is appended, what is refused, and files of others."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pikepdf
import pytest
from cryptography.x509 import ReasonFlags
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from support.foreign_signed import foreign
from support.pdf_copies import ISSUED, demo, typeset_copy
from support.timestamping import Source, Watched, issued_at, missing, service
from vncopy.errors import SigningError, UsageError
from vncopy.facts.evidence import StoredEvidence
from vncopy.issue import RenewedCopy, renew
from vncopy.issue.stamping import measured
from vncopy.pdf.appended import fill_field
from vncopy.pdf.seal import signed_data
from vncopy.policy import PadesLevel, VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import Verdict
from vncopy.sign.signer import signature_for_cms
from vncopy.verify.pdf import verify_pdf
from vncopy.verify.signatures import verify_signatures

YEAR = timedelta(days=365)
LATER = ISSUED + YEAR
LAST = demo().tsa.parsed.not_valid_after_utc
LASTING = VerificationPolicy.long_term(level=PadesLevel.B_LTA)


def renewed(pdf: bytes, at: datetime = LATER, **changes: Any) -> RenewedCopy:
    """Renew with the demo's service and fresh evidence."""
    arguments: dict[str, Any] = {
        "tsa": service(at),
        "trust": demo().trust,
        "at": at,
        "evidence": demo().evidence(at),
        **changes,
    }
    return renew(pdf, **arguments)


@cache
def once(level: str = "B-LTA", kind: str = "p256") -> RenewedCopy:
    return renewed(issued_at(level, kind).pdf)


def fields_of(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return [str(each.T) for each in file.Root.AcroForm.Fields]


def refused(pdf: bytes, **changes: Any) -> SigningError:
    with pytest.raises(SigningError) as caught:
        renewed(pdf, **changes)
    assert caught.value.copy_id is None
    return caught.value


# --- what comes out ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["p256", "rsa"])
@pytest.mark.parametrize("level", ["B-T", "B-LT", "B-LTA"])
def test_what_has_timestamps_becomes_an_archive_copy(level: str, kind: str) -> None:
    before, after = issued_at(level, kind).pdf, once(level, kind)
    assert after.pdf.startswith(before)
    assert after.level is PadesLevel.B_LTA
    assert after.renew_before == LAST
    for at in (LATER, LAST - timedelta(days=1)):
        report = verify_pdf(after.pdf, trust=demo().trust, at=at, policy=LASTING)
        assert report.verdict is Verdict.VALID, report.reasons


def test_a_file_that_was_not_renewed_weakens() -> None:
    at = LAST + timedelta(days=1)
    report = verify_pdf(issued_at("B-LTA").pdf, trust=demo().trust, at=at, policy=LASTING)
    assert report.verdict is Verdict.UNDETERMINED


def test_renewals_follow_each_other_in_fields_that_nobody_sees() -> None:
    first = once()
    second = renewed(first.pdf, LATER + YEAR)
    third = renewed(second.pdf, LATER + 2 * YEAR)
    assert third.pdf.startswith(second.pdf)
    made = ["person", "seal", "timestamp"]
    assert fields_of(issued_at("B-LTA").pdf) == made
    assert fields_of(third.pdf) == [*made, "timestamp-2", "timestamp-3", "timestamp-4"]
    with pikepdf.open(io.BytesIO(third.pdf)) as file:
        for field in list(file.Root.AcroForm.Fields)[3:]:
            assert set(field.keys()) <= {
                "/FT",
                "/T",
                "/Type",
                "/Subtype",
                "/F",
                "/Rect",
                "/P",
                "/V",
            }
            assert len({float(each) for each in field.Rect}) == 1
            assert int(field.F) & 4, "PDF/A wants the print flag"
            assert str(field.V.SubFilter) == "/ETSI.RFC3161"
            assert "/Reference" not in field.V
    with (
        pikepdf.open(io.BytesIO(issued_at("B-B").pdf)) as old,
        pikepdf.open(io.BytesIO(third.pdf)) as new,
    ):
        assert old.Root.Metadata.read_raw_bytes() == new.Root.Metadata.read_raw_bytes()
        assert "/Version" not in new.Root
    report = verify_pdf(third.pdf, trust=demo().trust, at=LATER + 2 * YEAR, policy=LASTING)
    assert report.verdict is Verdict.VALID, report.reasons


def test_nothing_can_be_seen_of_renewals() -> None:
    import pypdfium2

    pictures = []
    for data in (issued_at("B-B").pdf, once().pdf):
        with pypdfium2.PdfDocument(data) as pdf:
            pdf.init_forms()
            pictures.append(pdf[0].render(scale=1.5).to_pil().tobytes())
    assert pictures[0] == pictures[1]


def test_soon_after_the_last_time_a_file_has_all_the_evidence_that_it_needs() -> None:
    soon = ISSUED + timedelta(hours=1)
    for level in ("B-LT", "B-LTA"):
        before = issued_at(level).pdf
        again = renewed(before, soon, evidence=None)
        assert again.level is PadesLevel.B_LTA
        with (
            pikepdf.open(io.BytesIO(before)) as old,
            pikepdf.open(io.BytesIO(again.pdf)) as new,
        ):
            assert old.Root.DSS.unparse(resolved=True) == new.Root.DSS.unparse(resolved=True)


def test_later_it_needs_evidence_about_the_service_of_the_day() -> None:
    assert refused(issued_at("B-LTA").pdf, evidence=None).reason is Reason.REVOCATION_STALE


def test_the_result_shows_nothing_personal() -> None:
    assert repr(once()) == f"RenewedCopy(B-LTA, renew_before={LAST})"


# --- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["B-T", "B-LT", "B-LTA"])
def test_it_is_too_late_when_the_last_timestamp_has_ended(level: str) -> None:
    error = refused(issued_at(level).pdf, at=LAST + timedelta(days=1), tsa=service(LATER))
    assert error.reason is Reason.TIMESTAMP_EXPIRED
    assert "too late" in error.message.en
    assert "quá muộn" in error.message.vi


def test_a_signature_without_a_timestamp_of_its_own_cannot_be_renewed() -> None:
    with pytest.raises(UsageError) as caught:
        renewed(issued_at("B-B").pdf)
    assert caught.value.problems[0].rule == "renew.file"
    assert "timestamp of its own" in caught.value.text("en")


def test_a_file_without_signatures_cannot_be_renewed() -> None:
    with pytest.raises(UsageError) as caught:
        renewed(typeset_copy().pdf)
    assert caught.value.problems[0].rule == "renew.file"
    assert "no signature" in caught.value.text("en")


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7", b"\x00" * 200], ids=["empty", "head", "zeros"])
def test_what_is_no_pdf_cannot_be_renewed(junk: bytes) -> None:
    error = refused(junk)
    assert "does not verify" in error.message.en


def test_a_path_is_no_file() -> None:
    with pytest.raises(UsageError):
        renewed("copy.pdf")  # type: ignore[arg-type]


def test_a_changed_file_is_not_renewed() -> None:
    pdf = issued_at("B-LTA").pdf
    changed = pdf.replace(b"<pdfuaid:part>1", b"<pdfuaid:part>2")
    assert changed != pdf
    error = refused(changed)
    assert error.reason is Reason.CMS_DIGEST


def one_more_signature(pdf: bytes) -> bytes:
    """Let another office sign in a new field that nobody sees, with a timestamp."""
    signer = demo().offices[1].seals["p256"].signer()
    token = measured(service()).source
    return fill_field(
        pdf,
        field="other",
        new=True,
        placeholder=SignatureObject(
            timestamp=ISSUED, subfilter=SigSeedSubFilter.PADES, bytes_reserved=16_384
        ),
        contents=lambda digest: signed_data(
            signer.chain,
            digest,
            lambda message: signature_for_cms(signer.algorithm, signer.sign(message)),
            token.token,
        ),
    )


def test_a_copy_of_ours_is_held_to_its_own_rules() -> None:
    pdf = one_more_signature(issued_at("B-T").pdf)
    policy = VerificationPolicy.long_term(level=PadesLevel.B_T)
    report = verify_signatures(
        pdf, trust=demo().trust, at=LATER, policy=policy, evidence=demo().evidence(LATER)
    )
    assert report.verdict is Verdict.VALID, "a stranger's file may be signed once more"
    assert refused(pdf).reason is Reason.REVISION_FORBIDDEN


@pytest.mark.parametrize("at", [LATER, LATER + YEAR])
def test_missing_evidence_is_named(at: datetime) -> None:
    error = refused(issued_at("B-T").pdf, at=at, evidence=None)
    assert error.reason is Reason.NO_REVOCATION_EVIDENCE
    error = refused(issued_at("B-T").pdf, at=at, evidence=StoredEvidence(()))
    assert error.reason is Reason.NO_REVOCATION_EVIDENCE
    unreachable = Source(missing(Reason.REVOCATION_UNREACHABLE), missing(None), paths=99)
    error = refused(issued_at("B-T").pdf, at=at, evidence=unreachable)
    assert error.reason is Reason.REVOCATION_UNREACHABLE


def test_a_signer_who_was_revoked_before_is_not_made_good_by_renewing() -> None:
    office = demo().offices[0]
    revoked = demo().revoked(
        office.seals["p256"], at=ISSUED - timedelta(days=1), reason=ReasonFlags.key_compromise
    )
    error = refused(issued_at("B-T").pdf, evidence=revoked.evidence(LATER))
    assert error.reason is Reason.CERTIFICATE_REVOKED


def test_a_signer_who_was_revoked_afterwards_does_not_matter() -> None:
    office = demo().offices[0]
    revoked = demo().revoked(office.seals["p256"], at=LATER - timedelta(days=1))
    made = renewed(issued_at("B-T").pdf, evidence=revoked.evidence(LATER))
    assert made.level is PadesLevel.B_LTA


def test_a_service_that_was_revoked_stamps_nothing() -> None:
    revoked = demo().revoked(demo().tsa, at=LATER - timedelta(days=1))
    watch = Watched(service(LATER))
    error = refused(issued_at("B-LTA").pdf, tsa=watch, evidence=revoked.evidence(LATER))
    assert error.reason in {Reason.CERTIFICATE_REVOKED, Reason.TIMESTAMP_INVALID}
    assert watch.asked <= 1


@pytest.mark.parametrize("breaks_at", [1, 2])
def test_a_service_that_is_down_is_an_error(breaks_at: int) -> None:
    watch = Watched(service(LATER), breaks_at=breaks_at)
    assert "OSError" in refused(issued_at("B-LTA").pdf, tsa=watch).message.en


def test_a_service_whose_clock_is_behind_is_found_out() -> None:
    watch = Watched(service(ISSUED))
    error = refused(once().pdf, at=LATER + YEAR, tsa=watch)
    assert (error.role, error.reason) == ("tsa", Reason.PROVEN_BEFORE_CLAIMED)
    assert watch.asked == 1
    # One that was measured before is not asked again: the result shows it.
    known = measured(service(ISSUED))
    assert refused(once().pdf, at=LATER + YEAR, tsa=known).reason is Reason.TIMESTAMP_ORDER


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(UsageError):
        renewed(issued_at("B-LTA").pdf, at=datetime(2027, 1, 1), tsa=service(LATER))  # noqa: DTZ001


# --- files of others -------------------------------------------------------------------------------


@pytest.mark.parametrize("pages", [1, 2])
def test_a_file_of_somebody_else_is_archived_too(pages: int) -> None:
    pdf = foreign(pages=pages)
    made = renewed(pdf)
    assert made.pdf.startswith(pdf)
    assert made.level is PadesLevel.B_LTA
    again = renewed(made.pdf, LATER + YEAR)
    at = datetime(2029, 1, 1, tzinfo=UTC)
    report = verify_signatures(again.pdf, trust=demo().trust, at=at, policy=LASTING)
    assert report.verdict is Verdict.VALID, report.reasons
    assert fields_of(again.pdf) == ["Signature1", "timestamp-2", "timestamp-3"]


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"tsa": None}, "tsa", "issue.tsa"),
        ({"tsa": "http://tsa.example"}, "tsa", "issue.tsa"),
        ({"at": "2027-11-21"}, "at", "time.aware"),
        ({"at": datetime.max.replace(tzinfo=UTC)}, "at", "time.years"),
        ({"trust": "trust"}, "trust", "argument.trust"),
        ({"evidence": b"a CRL"}, "evidence", "argument.evidence"),
    ],
)
def test_arguments_of_another_kind(changes: dict[str, Any], field: str, rule: str) -> None:
    arguments = {"tsa": service(LATER), "trust": demo().trust, "at": LATER, **changes}
    with pytest.raises(UsageError) as caught:
        renew(issued_at("B-LTA").pdf, **arguments)
    (problem,) = caught.value.problems
    assert (problem.field, problem.rule) == (field, rule)
    assert problem.message.vi != problem.message.en
