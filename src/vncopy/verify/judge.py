"""Judging: from facts to a report, by pure functions.

The same facts, trust, time and policy always give the same report. Stored facts are untrusted:
signatures are computed again from their digests, and nothing that needs the content is believed
without it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args, overload

from vncopy.errors import UsageError
from vncopy.facts.qr import QRFacts
from vncopy.formats.base import Document, DocumentTypes
from vncopy.formats.copies import FIRST_YEAR, LAST_YEAR
from vncopy.formats.types import BUILTIN_TYPES
from vncopy.policy import VerificationPolicy
from vncopy.report import (
    QR_CHECKS,
    CarriedFields,
    Check,
    Covers,
    Issuer,
    Reveal,
    VerificationReport,
    VerifiedCopy,
)
from vncopy.trust import TrustStore
from vncopy.verify.checks import CHECKS, Situation
from vncopy.verify.collect import collect_qr, try_candidates
from vncopy.verify.situations import chains_of, find_signer, situation_of, with_evidence

if TYPE_CHECKING:
    from vncopy.facts import Facts
    from vncopy.facts.evidence import EvidenceSource

__all__ = [
    "chains_of",
    "check_arguments",
    "find_signer",
    "judge",
    "judge_qr",
    "situation_of",
    "types_of",
    "with_evidence",
]

N = TypeVar("N", bound=Document)

MAX_PURPOSE: Final = 1000
"""Characters of a purpose; it is copied into every report."""


def check_arguments(
    *,
    trust: object,
    at: object,
    policy: object,
    reveal: object = "full",
    purpose: object = None,
    evidence: object = None,
) -> None:
    """Refuse what a caller of ``verify_*`` or :func:`judge` got wrong.

    Args:
        trust: must be a :class:`TrustStore`.
        at: must be an aware time of the years 1970 to 9998.
        policy: must be a :class:`VerificationPolicy`.
        reveal: must be ``full`` or ``answer``.
        purpose: must be ``None`` or a text that can be written as UTF-8, of 1000 characters at most.
        evidence: must be ``None`` or have a method ``gather``.

    Raises:
        UsageError: one of them is not.
    """
    if not isinstance(trust, TrustStore):
        raise _wrong("trust", "một TrustStore", "a TrustStore")
    if not isinstance(at, datetime) or at.utcoffset() is None:
        raise _wrong("at", "một thời điểm có múi giờ", "an aware time")
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise _wrong("at", "thời điểm từ năm 1970 đến 9998", "a time of the years 1970 to 9998")
    if not isinstance(policy, VerificationPolicy):
        raise _wrong("policy", "một VerificationPolicy", "a VerificationPolicy")
    if reveal not in get_args(Reveal):
        raise _wrong("reveal", '"full" hoặc "answer"', '"full" or "answer"')
    if purpose is not None and not _is_text(purpose, MAX_PURPOSE):
        raise _wrong(
            "purpose", "văn bản tối đa 1000 ký tự", "a Unicode text of 1000 characters at most"
        )
    if evidence is not None and not callable(getattr(evidence, "gather", None)):
        raise _wrong("evidence", "một nguồn bằng chứng (EvidenceSource)", "a source of evidence")


def _is_text(value: object, most: int) -> bool:
    """Tell whether ``value`` is a text that a report can hold."""
    if not isinstance(value, str) or len(value) > most:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:  # a lone surrogate, as Python makes them of odd file names
        return False
    return True


def _wrong(field: str, vi: str, en: str) -> UsageError:
    return UsageError.of(field, f"argument.{field}", vi=f"phải là {vi}", en=f"must be {en}")


def types_of(expect: type[Document] | DocumentTypes) -> DocumentTypes:
    """Return the expected types as a set.

    Args:
        expect: one type or a set of types.

    Raises:
        UsageError: neither.
    """
    if isinstance(expect, DocumentTypes):
        return expect
    if isinstance(expect, type) and issubclass(expect, Document):  # type: ignore[redundant-expr]
        return DocumentTypes(expect)
    raise _wrong(
        "expect", "một loại giấy tờ hoặc DocumentTypes", "a document type or DocumentTypes"
    )


def check_qr(situation: Situation) -> tuple[Check, ...]:
    """Return every check of a symbol, in the order of :data:`vncopy.report.QR_CHECKS`."""
    return tuple(CHECKS[each](situation) for each in QR_CHECKS)


def copy_of(situation: Situation, reveal: Reveal) -> VerifiedCopy[Any] | None:
    """Return what the copy says, for a report to keep until its verdict is known.

    Args:
        situation: what was looked at.
        reveal: ``answer`` leaves content and statement out.
    """
    facts, content, signer = situation.facts, situation.content, situation.signer
    if content is None or signer is None or facts.claimed_at is None:
        return None
    restored = content.restored
    anchor = None if situation.found is None else situation.found.anchor
    shown = reveal == "full"
    carried = CarriedFields(
        format_id=restored.format_id, fields=restored.carried, digest=restored.digest or b""
    )
    return VerifiedCopy(
        content=(restored.document or carried) if shown else None,
        header=restored.statement if shown else None,
        format_id=restored.format_id,
        kind=restored.statement.kind.value,
        issuer=Issuer(
            agency_code=signer.office.agency_code,
            name=str(restored.statement.authority.name),
            vouched_by="list" if anchor is None else anchor.name,
            certificate=signer.entry.fingerprint,
        ),
        claimed_at=facts.claimed_at,
        proven_at=situation.proven_at,
        copy_id=facts.copy_id or "",
    )


def judge_qr(
    situation: Situation, *, reveal: Reveal = "full", purpose: str | None = None
) -> VerificationReport[Any]:
    """Return the report on the text of a symbol.

    Args:
        situation: what the checks look at.
        reveal: ``answer``: kind, issuer, times and copy id without content.
        purpose: why the verifier asks, for his own files.
    """
    if situation.content is None and situation.facts.rules.passed:
        covers = Covers.STORED_FACTS
    elif situation.facts.carriage == "reference":
        covers = Covers.QR_KEY_FIELDS
    else:
        covers = Covers.QR_CONTENT
    return VerificationReport(
        checks=check_qr(situation),
        expected_checks=QR_CHECKS,
        facts=situation.facts,
        at=situation.at,
        policy=situation.policy,
        covers=covers,
        reveal=reveal,
        purpose=purpose,
        candidate=copy_of(situation, reveal),
    )


@overload
def judge(
    facts: Facts,
    /,
    *,
    trust: TrustStore,
    at: datetime,
    policy: VerificationPolicy,
    expect: type[N],
    carrier: str | bytes | None = None,
    evidence: EvidenceSource | None = None,
) -> VerificationReport[N]: ...
@overload
def judge(
    facts: Facts,
    /,
    *,
    trust: TrustStore,
    at: datetime,
    policy: VerificationPolicy,
    expect: DocumentTypes = ...,
    carrier: str | bytes | None = None,
    evidence: EvidenceSource | None = None,
) -> VerificationReport[Document]: ...
def judge(
    facts: Facts,
    /,
    *,
    trust: TrustStore,
    at: datetime,
    policy: VerificationPolicy,
    expect: type[Document] | DocumentTypes = BUILTIN_TYPES,
    carrier: str | bytes | None = None,
    evidence: EvidenceSource | None = None,
) -> VerificationReport[Any]:
    """Judge stored facts again, for another time, trust folder or policy.

    Args:
        facts: as kept with an earlier report.
        trust: whom the verifier trusts.
        at: aware time for which is asked.
        policy: what is asked for.
        expect: expected document type or types.
        carrier: the copy itself: the text of the symbol, or the PDF. Without it the content is
            not available, so that the verdict can be INVALID or UNDETERMINED only.
        evidence: where further revocation evidence comes from; ``None``: only what the facts
            hold, that of an earlier report included.

    Raises:
        UsageError: a bad argument, or facts that are not about ``carrier``.
    """
    check_arguments(trust=trust, at=at, policy=policy, evidence=evidence)
    types = types_of(expect)
    if not isinstance(facts, QRFacts):
        # PDF libraries must not load with this module: found by name, only when there is a PDF.
        judge_pdf = import_module("vncopy.verify.pdf").judge_pdf
        report: VerificationReport[Any] = judge_pdf(
            facts,
            trust=trust,
            at=at,
            policy=policy,
            expect=types,
            carrier=carrier,
            evidence=evidence,
        )
        return report
    content, before = None, facts.evidence
    if carrier is None:
        facts = try_candidates(facts, trust)
    else:
        fresh, content = collect_qr(_text_of(carrier), trust=trust, types=types)
        if fresh.text_sha256 != facts.text_sha256:
            raise UsageError.of(
                "carrier",
                "facts.other_carrier",
                vi="dữ kiện không phải là của bản sao này",
                en="the facts are about another copy",
            )
        facts = replace(fresh, evidence_problem=facts.evidence_problem)
    facts = with_evidence(facts, trust=trust, source=evidence, before=before)
    situation = situation_of(facts, content, trust=trust, at=at, policy=policy, expect=types)
    return judge_qr(situation)


def _text_of(carrier: str | bytes) -> str:
    """Return the text of a symbol, also from the bytes of a file that holds it.

    Raises:
        UsageError: neither a text nor the bytes of one.
    """
    if isinstance(carrier, str):
        return carrier
    try:
        return carrier.decode("ascii").rstrip("\r\n")
    except (AttributeError, UnicodeDecodeError):
        raise _wrong("carrier", "nội dung mã QR", "the text of the symbol") from None
