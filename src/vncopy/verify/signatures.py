"""``verify_signatures``: the signatures of any PDF, with or without a record of ours in it.

``judge_signatures`` judges what it saw again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vncopy.errors import UsageError
from vncopy.facts.pdf import PDFFacts
from vncopy.pdf.isolated import read_pdf
from vncopy.report import SIGNATURE_CHECKS, Check, Covers, SignatureReport
from vncopy.verify import checks_pdf, checks_time
from vncopy.verify.arguments import check_bytes
from vncopy.verify.checks_hidden import hidden_content
from vncopy.verify.checks_signers import FileSigner, find_signers, signer_paths
from vncopy.verify.explain import signer_reports
from vncopy.verify.judge import check_arguments
from vncopy.verify.moment import Moment
from vncopy.verify.proofs import FileProofs, prove
from vncopy.verify.supplied import gather, kept, supplied_before

if TYPE_CHECKING:
    from datetime import datetime

    from vncopy.facts import Facts
    from vncopy.facts.evidence import EvidenceSource
    from vncopy.policy import CheckId, VerificationPolicy
    from vncopy.trust import TrustStore

__all__ = ["judge_signatures", "signature_checks", "verify_signatures", "with_evidence"]


def verify_signatures(
    pdf: bytes,
    /,
    *,
    trust: TrustStore,
    at: datetime,
    policy: VerificationPolicy,
    purpose: str | None = None,
    evidence: EvidenceSource | None = None,
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
        evidence: where further revocation evidence comes from, asked once per path; ``None``:
            what the file brings along counts, and nothing is fetched.

    Returns:
        The report, whatever the bytes are.

    Raises:
        UsageError: ``pdf`` is no bytes object, or ``at`` has no time zone.
    """
    check_arguments(trust=trust, at=at, policy=policy, purpose=purpose, evidence=evidence)
    moment = Moment(trust=trust, at=at, policy=policy)
    facts = with_evidence(_look(check_bytes(pdf, "pdf")), moment, source=evidence)
    return _report(facts, moment, covers=Covers.SIGNATURES, purpose=purpose)


def judge_signatures(
    facts: Facts,
    /,
    *,
    trust: TrustStore,
    at: datetime,
    policy: VerificationPolicy,
    carrier: bytes | None = None,
    evidence: EvidenceSource | None = None,
) -> SignatureReport:
    """Judge stored facts of :func:`verify_signatures` again, for another time, trust or policy.

    Args:
        facts: as kept with an earlier report; they are believed as far as they go, so keep them where
            nobody else writes.
        trust: whom to trust.
        at: the time for which is asked, aware.
        policy: what is required.
        carrier: the file itself; without it the report covers the stored facts alone.
        evidence: where further revocation evidence comes from; ``None``: only what the facts hold,
            that of an earlier report included.

    Returns:
        The report.

    Raises:
        UsageError: a bad argument, facts of something else, or facts that are not about ``carrier``.
    """
    check_arguments(trust=trust, at=at, policy=policy, evidence=evidence)
    if not isinstance(facts, PDFFacts) or not facts.foreign:
        raise UsageError.of(
            "facts",
            "argument.facts",
            vi="phải là dữ kiện do verify_signatures lưu",
            en="must be facts that verify_signatures kept",
        )
    seen, covers = facts, Covers.STORED_FACTS
    if carrier is not None:
        seen, covers = _look(check_bytes(carrier, "carrier")), Covers.SIGNATURES
        if seen.sha256 != facts.sha256:
            raise UsageError.of(
                "carrier",
                "facts.other_carrier",
                vi="dữ kiện không phải là của tệp này",
                en="the facts are about another file",
            )
    moment = Moment(trust=trust, at=at, policy=policy)
    seen = with_evidence(seen, moment, source=evidence, before=facts)
    return _report(seen, moment, covers=covers, purpose=None)


def _look(data: bytes) -> PDFFacts:
    """Return what is seen of a file of somebody else."""
    return replace(read_pdf(data, foreign=True).facts, foreign=True)


def _report(
    facts: PDFFacts, moment: Moment, *, covers: Covers, purpose: str | None
) -> SignatureReport:
    """Run every check of the signatures of any file."""
    proofs = prove(facts, moment)
    signers = find_signers(proofs)
    checks = signature_checks(proofs, signers, foreign=True)
    return SignatureReport(
        checks=tuple(checks[each] for each in SIGNATURE_CHECKS),
        expected_checks=SIGNATURE_CHECKS,
        facts=facts,
        at=moment.at,
        policy=moment.policy,
        covers=covers,
        signatures=signer_reports(proofs, signers, foreign=True),
        purpose=purpose,
    )


def with_evidence(
    facts: PDFFacts,
    moment: Moment,
    *,
    source: EvidenceSource | None,
    before: PDFFacts | None = None,
    chains: tuple[tuple[bytes, ...], ...] = (),
) -> PDFFacts:
    """Return facts with the evidence that the verifier supplies, about every path in the file.

    Args:
        facts: what was seen.
        moment: trust, time and policy.
        source: where to ask; ``None``: nowhere.
        before: stored facts, whose supplied evidence is to be kept.
        chains: further paths to ask about, such as that of the symbol's key.
    """
    pieces, problem = facts.evidence, facts.evidence_problem
    if before is not None and (before.evidence or before.evidence_problem is not None):
        known = tuple(each for each in facts.evidence if each.origin == "file")
        pieces, problem = kept(known, supplied_before(before.evidence), before.evidence_problem)
    if source is not None:
        proofs = prove(facts, moment)
        paths = [
            *(signer.path for signer in find_signers(proofs)),
            *(stamp.path for stamp in proofs.stamps.all),
        ]
        found = tuple(path.chain for path in paths if path is not None and path.found)
        pieces, missing = gather(pieces, found + chains, source)
        problem = missing or problem
    return replace(facts, evidence=pieces, evidence_problem=problem)


def signature_checks(
    proofs: FileProofs, signers: tuple[FileSigner, ...], *, foreign: bool
) -> dict[CheckId, Check]:
    """Return the checks that every signed PDF has, by id.

    Args:
        proofs: from :func:`vncopy.verify.proofs.prove`.
        signers: from :func:`vncopy.verify.checks_signers.find_signers`.
        foreign: a file of somebody else: its own permissions count, and it need not be PAdES.
    """
    facts, at, policy = proofs.facts, proofs.moment.at, proofs.moment.policy
    checks = (
        checks_pdf.limits(facts),
        checks_pdf.signatures_intact(facts, foreign=foreign),
        checks_pdf.coverage(facts),
        checks_pdf.revisions(facts, foreign=foreign),
        signer_paths(facts, signers, at, policy, foreign=foreign),
        checks_time.revocation(facts, signers),
        checks_time.trusted_time(facts, signers, policy, foreign=foreign),
        checks_time.level(proofs, signers, foreign=foreign),
        checks_pdf.active_content(facts, foreign=foreign),
        hidden_content(facts, foreign=foreign),
        checks_pdf.renderings(facts),
    )
    return {check.id: check for check in checks}
