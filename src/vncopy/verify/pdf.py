"""``verify_pdf``: a copy in PDF in, a report out; callable from threads and running event loops."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar, overload

from vncopy.errors import UsageError
from vncopy.facts.common import NOT_RUN
from vncopy.facts.pdf import PDFFacts
from vncopy.facts.qr import QRFacts
from vncopy.formats.base import Document
from vncopy.formats.types import BUILTIN_TYPES
from vncopy.report import PDF_CHECKS, Check, CheckId, Covers, VerificationReport
from vncopy.verify import checks_pdf
from vncopy.verify.arguments import check_bytes
from vncopy.verify.checks_signers import FileSigner, find_signers, proven_time, signer_roles
from vncopy.verify.collect import try_candidates
from vncopy.verify.collect_pdf import PDFContent, collect_pdf
from vncopy.verify.explain import signer_reports
from vncopy.verify.judge import (
    chains_of,
    check_arguments,
    check_qr,
    copy_of,
    situation_of,
    types_of,
)
from vncopy.verify.moment import Moment
from vncopy.verify.proofs import FileProofs, prove
from vncopy.verify.signatures import signature_checks, with_evidence

if TYPE_CHECKING:
    from datetime import datetime

    from vncopy.facts.evidence import EvidenceSource
    from vncopy.formats.base import DocumentTypes
    from vncopy.policy import VerificationPolicy
    from vncopy.report import Reveal, VerifiedCopy
    from vncopy.trust import TrustStore
    from vncopy.verify.checks import Situation

__all__ = ["judge_pdf", "verify_pdf"]

N = TypeVar("N", bound=Document)


@overload
def verify_pdf(
    pdf: bytes,
    /,
    *,
    trust: TrustStore,
    at: datetime,
    policy: VerificationPolicy,
    expect: type[N],
    reveal: Reveal = "full",
    purpose: str | None = None,
    evidence: EvidenceSource | None = None,
) -> VerificationReport[N]: ...
@overload
def verify_pdf(
    pdf: bytes,
    /,
    *,
    trust: TrustStore,
    at: datetime,
    policy: VerificationPolicy,
    expect: DocumentTypes = ...,
    reveal: Reveal = "full",
    purpose: str | None = None,
    evidence: EvidenceSource | None = None,
) -> VerificationReport[Document]: ...
def verify_pdf(
    pdf: bytes,
    /,
    *,
    trust: TrustStore,
    at: datetime,
    policy: VerificationPolicy,
    expect: type[Document] | DocumentTypes = BUILTIN_TYPES,
    reveal: Reveal = "full",
    purpose: str | None = None,
    evidence: EvidenceSource | None = None,
) -> VerificationReport[Any]:
    """Verify a copy in PDF: its signatures, its record, its symbol and what its pages show.

    Args:
        pdf: the file, any bytes.
        trust: whom the verifier trusts.
        at: aware time for which is asked.
        policy: which evidence is required.
        expect: the expected document type, or a set of types; another type is INVALID.
        reveal: ``answer`` gives kind, issuer, times and copy id without content.
        purpose: why the verifier asks; goes into the report.
        evidence: where further revocation evidence comes from, asked once per path; ``None``:
            what the file brings along counts, and nothing is fetched.

    Returns:
        The report, whatever the bytes are; its ``require()`` gives the typed document with all
        fields, those that never travel in the symbol too.

    Raises:
        UsageError: an argument is wrong (a path instead of bytes, a naive ``at``).
    """
    check_arguments(
        trust=trust, at=at, policy=policy, reveal=reveal, purpose=purpose, evidence=evidence
    )
    types = types_of(expect)
    facts, content = collect_pdf(check_bytes(pdf, "pdf"), trust=trust, types=types)
    moment = Moment(trust=trust, at=at, policy=policy)
    facts = with_evidence(facts, moment, source=evidence, chains=_symbol_chains(facts, moment))
    return _report(facts, content, moment, types, reveal=reveal, purpose=purpose)


def judge_pdf(
    facts: object,
    /,
    *,
    trust: TrustStore,
    at: datetime,
    policy: VerificationPolicy,
    expect: DocumentTypes,
    carrier: object = None,
    evidence: EvidenceSource | None = None,
) -> VerificationReport[Any]:
    """Judge stored facts of a PDF again; called by :func:`vncopy.verify.judge.judge`.

    Args:
        facts: as kept with an earlier report.
        trust: whom the verifier trusts.
        at: aware time for which is asked.
        policy: what is asked for.
        expect: expected document types.
        carrier: the file itself; without it the document is not available.
        evidence: where further revocation evidence comes from.

    Returns:
        The report.

    Raises:
        UsageError: these are no facts of a PDF, or they are not about ``carrier``.
    """
    if not isinstance(facts, PDFFacts) or facts.foreign:
        raise UsageError.of(
            "facts",
            "argument.facts",
            vi="phải là dữ kiện của mã QR hoặc bản sao PDF; của chữ ký thì dùng judge_signatures",
            en="must be the facts of a symbol or a copy; those of signatures: judge_signatures",
        )
    content: PDFContent | None = None
    before = facts
    if carrier is None:
        symbol = facts.qr or _no_symbol()
        facts = replace(facts, qr=try_candidates(symbol, trust))
    else:
        fresh, content = collect_pdf(check_bytes(carrier, "carrier"), trust=trust, types=expect)
        if fresh.sha256 != facts.sha256:
            raise UsageError.of(
                "carrier",
                "facts.other_carrier",
                vi="dữ kiện không phải là của bản sao này",
                en="the facts are about another copy",
            )
        facts = fresh
    moment = Moment(trust=trust, at=at, policy=policy)
    chains = _symbol_chains(facts, moment)
    facts = with_evidence(facts, moment, source=evidence, before=before, chains=chains)
    return _report(facts, content, moment, expect, reveal="full", purpose=None)


def _no_symbol() -> QRFacts:
    return QRFacts(text_sha256="", framing=NOT_RUN)


def _symbol_chains(facts: PDFFacts, moment: Moment) -> tuple[tuple[bytes, ...], ...]:
    """Return the path of the key of the embedded symbol."""
    return () if facts.qr is None else chains_of(facts.qr, moment.trust)


def _situation(
    content: PDFContent | None,
    proofs: FileProofs,
    signers: tuple[FileSigner, ...],
    expect: DocumentTypes,
) -> Situation:
    """Return what the checks of the embedded symbol look at: the seal proves its time."""
    facts, moment = proofs.facts, proofs.moment
    return situation_of(
        replace(facts.qr or _no_symbol(), evidence_problem=facts.evidence_problem),
        None if content is None else content.symbol,
        trust=moment.trust,
        at=moment.at,
        policy=moment.policy,
        expect=expect,
        proven_at=proven_time(signers),
        evidence=proofs.stamps.evidence,
    )


def _report(
    facts: PDFFacts,
    content: PDFContent | None,
    moment: Moment,
    expect: DocumentTypes,
    *,
    reveal: Reveal,
    purpose: str | None,
) -> VerificationReport[Any]:
    """Run every check of a PDF and put them in their fixed order."""
    proofs = prove(facts, moment)
    signers = find_signers(proofs)
    situation = _situation(content, proofs, signers, expect)
    checks: dict[CheckId, Check] = signature_checks(proofs, signers, foreign=False)
    for check in (
        signer_roles(facts, signers, moment.policy),
        checks_pdf.record_embedded(facts),
        *check_qr(situation),
        checks_pdf.record_matches_payload(facts),
        checks_pdf.printed_symbol(facts),
        checks_pdf.page_text(facts, moment.trust),
        checks_pdf.pdfa_claim(facts),
    ):
        checks[check.id] = check
    return VerificationReport(
        checks=tuple(checks[each] for each in PDF_CHECKS),
        expected_checks=PDF_CHECKS,
        facts=facts,
        at=moment.at,
        policy=moment.policy,
        covers=Covers.STORED_FACTS if content is None else Covers.PDF,
        signatures=signer_reports(proofs, signers, foreign=False, reveal=reveal),
        purpose=purpose,
        reveal=reveal,
        candidate=None if content is None else _candidate(content, situation, reveal),
    )


def _candidate(
    content: PDFContent, situation: Situation, reveal: Reveal
) -> VerifiedCopy[Any] | None:
    """Return what the copy says: the embedded record, which has what the symbol leaves out."""
    copy = copy_of(situation, reveal)
    if copy is None or content.record is None or reveal != "full":
        return copy
    return replace(copy, content=content.record.document, header=content.record.statement)
