"""``verify_signatures``: the signatures of any PDF, with or without a record of ours in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vncopy.pdf.inspect import inspect_pdf
from vncopy.pdf.limits import DEFAULT_LIMITS, ReadingLimits
from vncopy.pdf.render import draw_pdf
from vncopy.report import SIGNATURE_CHECKS, Check, Covers, SignatureReport
from vncopy.verify import checks_pdf
from vncopy.verify.arguments import check_bytes
from vncopy.verify.checks_signers import FileSigner, find_signers, signer_paths, signer_reports
from vncopy.verify.collect_pdf import with_drawing
from vncopy.verify.judge import check_arguments

if TYPE_CHECKING:
    from datetime import datetime

    from vncopy.facts.pdf import PDFFacts
    from vncopy.policy import CheckId, VerificationPolicy
    from vncopy.trust import TrustStore

__all__ = ["signature_checks", "verify_signatures"]


def verify_signatures(
    pdf: bytes,
    /,
    *,
    trust: TrustStore,
    at: datetime,
    policy: VerificationPolicy,
    purpose: str | None = None,
) -> SignatureReport:
    """Verify the signatures of any signed PDF; no record is needed.

    A stranger's file may have been filled in further after a signature, as far as that signature
    permits; fields that were added later are left out of the comparison of the pages and named.

    Args:
        pdf: the file, any bytes.
        trust: whom to trust.
        at: the time for which is asked, aware.
        policy: what is required.
        purpose: why it is asked; goes into the report.

    Returns:
        The report, whatever the bytes are.

    Raises:
        UsageError: ``pdf`` is no bytes object, or ``at`` has no time zone.
    """
    check_arguments(trust=trust, at=at, policy=policy, purpose=purpose)
    data = check_bytes(pdf, "pdf")
    facts = _collect(data, DEFAULT_LIMITS)
    signers = find_signers(facts, trust, at)
    checks = signature_checks(facts, signers, at, policy, foreign=True)
    return SignatureReport(
        checks=tuple(checks[each] for each in SIGNATURE_CHECKS),
        expected_checks=SIGNATURE_CHECKS,
        facts=facts,
        at=at,
        policy=policy,
        covers=Covers.SIGNATURES,
        signatures=signer_reports(signers, at, policy, foreign=True),
        purpose=purpose,
    )


def _collect(data: bytes, limits: ReadingLimits) -> PDFFacts:
    """Look at the file; its pages are drawn only if every signature fits its bytes."""
    seen = inspect_pdf(data, limits=limits)
    if not seen.intact:
        return seen.facts
    drawing = draw_pdf(data, seen.revisions, limits=limits, mask=True)
    return with_drawing(seen.facts, drawing)


def signature_checks(
    facts: PDFFacts,
    signers: tuple[FileSigner, ...],
    at: datetime,
    policy: VerificationPolicy,
    *,
    foreign: bool,
) -> dict[CheckId, Check]:
    """Return the checks that every signed PDF has, by id.

    Args:
        facts: what was seen.
        signers: from :func:`vncopy.verify.checks_signers.find_signers`.
        at: the time asked for.
        policy: what is required.
        foreign: a file of somebody else: its own permissions count, and it need not be PAdES.
    """
    checks = (
        checks_pdf.limits(facts),
        checks_pdf.signatures_intact(facts, foreign=foreign),
        checks_pdf.coverage(facts),
        checks_pdf.revisions(facts, foreign=foreign),
        signer_paths(facts, signers, at, policy),
        checks_pdf.revocation(facts),
        checks_pdf.trusted_time(facts),
        checks_pdf.level(facts, policy),
        checks_pdf.active_content(facts, foreign=foreign),
        checks_pdf.renderings(facts),
    )
    return {check.id: check for check in checks}
