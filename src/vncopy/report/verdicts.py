"""Checks, the fixed list of each carrier, and the verdict that follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from vncopy.policy import CheckId, VerificationPolicy
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from vncopy.errors import Language

QR_CHECKS: Final[tuple[CheckId, ...]] = (
    CheckId.FRAMING,
    CheckId.ISSUER_KNOWN,
    CheckId.SIGNATURE,
    CheckId.PAYLOAD,
    CheckId.SCHEMA,
    CheckId.RULES,
    CheckId.PATH,
    CheckId.ROLE_SCOPE,
    CheckId.OFFICES_AGREE,
    CheckId.KIND_OFFICE,
    CheckId.CLAIMED_TIME,
    CheckId.KEY_STATE,
    CheckId.TRUST_LIST,
    CheckId.STATUS,
)
"""The checks of the text of a symbol, in the order in which they run."""

SIGNATURE_CHECKS: Final[tuple[CheckId, ...]] = (
    CheckId.LIMITS,
    CheckId.SIGNATURES_INTACT,
    CheckId.COVERAGE,
    CheckId.REVISIONS,
    CheckId.SIGNER_PATHS,
    CheckId.REVOCATION,
    CheckId.TRUSTED_TIME,
    CheckId.LEVEL,
    CheckId.ACTIVE_CONTENT,
    CheckId.HIDDEN_CONTENT,
    CheckId.RENDERINGS,
)
"""The checks of the signatures of any PDF."""

PDF_CHECKS: Final[tuple[CheckId, ...]] = (
    *SIGNATURE_CHECKS,
    CheckId.SIGNER_ROLES,
    CheckId.RECORD_EMBEDDED,
    *QR_CHECKS,
    CheckId.RECORD_MATCHES_PAYLOAD,
    CheckId.PRINTED_SYMBOL,
    CheckId.PAGE_TEXT,
    CheckId.PDFA_CLAIM,
)
"""The checks of a copy in PDF: its signatures, its record, its symbol and its page."""

TOTAL_FAILED: Final = frozenset(
    {"FORMAT_FAILURE", "HASH_FAILURE", "SIG_CRYPTO_FAILURE", "REVOKED", "EXPIRED", "NOT_YET_VALID"}
)
"""Sub-indications that ETSI EN 319 102-1 §5.1.3 puts under TOTAL-FAILED."""

WARNING: Final = "warning"
"""Outcome of the reasons that change no verdict."""


class Verdict(StrEnum):
    """The answer of a check or of a report; the worst comes first."""

    INVALID = "invalid"
    """Something speaks against the copy."""
    UNDETERMINED = "undetermined"
    """Evidence is missing; unknown is never valid."""
    VALID = "valid"
    """Everything that was required holds."""

    def text(self, language: Language) -> str:
        """Return the word for people in ``vi`` or ``en``."""
        vi, en = _VERDICT_TEXTS[self]
        return vi if language == "vi" else en


_VERDICT_TEXTS: Final = {
    Verdict.INVALID: ("KHÔNG HỢP LỆ", "INVALID"),
    Verdict.UNDETERMINED: ("CHƯA XÁC ĐỊNH ĐƯỢC", "UNDETERMINED"),
    Verdict.VALID: ("HỢP LỆ", "VALID"),
}


class Covers(StrEnum):
    """What a verdict is about."""

    QR_CONTENT = "qr_content"
    """The content of the symbol; the sheet that bears it must be compared by eye."""
    QR_KEY_FIELDS = "qr_key_fields"
    """The key fields that the symbol carries; the rest of the document is not in it."""
    PDF = "pdf"
    """The file: page, record and symbol."""
    SIGNATURES = "signatures"
    """The signatures of a file, nothing about a record."""
    STORED_FACTS = "stored_facts"
    """Facts stored earlier; the copy itself was not at hand."""

    def text(self, language: Language) -> str:
        """Return the words for people in ``vi`` or ``en``."""
        vi, en = _COVERS_TEXTS[self]
        return vi if language == "vi" else en


_COVERS_TEXTS: Final = {
    Covers.QR_CONTENT: ("nội dung mã QR", "the content of the QR code"),
    Covers.QR_KEY_FIELDS: (
        "chỉ các trường chính trong mã QR",
        "only the key fields in the QR code",
    ),
    Covers.PDF: ("tệp PDF", "the PDF file"),
    Covers.SIGNATURES: ("các chữ ký số của tệp", "the signatures of the file"),
    Covers.STORED_FACTS: ("dữ kiện đã lưu", "facts stored earlier"),
}


class Indication(StrEnum):
    """Main indications of ETSI EN 319 102-1 §5.1.3."""

    TOTAL_PASSED = "TOTAL-PASSED"
    """Every check of a strict policy passed."""
    INDETERMINATE = "INDETERMINATE"
    """Something is missing, or does not meet a constraint."""
    TOTAL_FAILED = "TOTAL-FAILED"
    """The signature itself is broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check and its verdict.

    Raises:
        ValueError: verdict and reason contradict each other (a mistake of this library).
    """

    id: CheckId
    """Which check."""
    verdict: Verdict
    """Its verdict."""
    reason: Reason | None = None
    """Why it did not pass; ``None`` exactly when it passed."""
    detail: str = ""
    """A hint for engineers (field, rule, certificate digest), without any value of a record."""
    warnings: tuple[Reason, ...] = ()
    """What somebody should know although the verdict does not change by it."""

    def __post_init__(self) -> None:
        """Keep verdict, reason and warnings in step."""
        expected = "valid" if self.reason is None else self.reason.info.outcome
        if self.verdict.value != expected:
            msg = f"{self.id}: {self.verdict} does not follow from {self.reason}"
            raise ValueError(msg)
        if any(each.info.outcome != WARNING for each in self.warnings):
            msg = f"{self.id}: {self.warnings} are not warnings"
            raise ValueError(msg)

    def text(self, language: Language) -> str:
        """Return the check's sentence for people in ``vi`` or ``en``; empty when it passed."""
        if self.reason is None:
            return ""
        return self.reason.info.vi if language == "vi" else self.reason.info.en

    def to_json(self) -> dict[str, str | list[str] | None]:
        """Return the check as in the report's JSON."""
        return {
            "id": self.id.value,
            "verdict": self.verdict.value,
            "reason": None if self.reason is None else self.reason.value,
            "detail": self.detail,
            "warnings": [each.value for each in self.warnings],
        }


def passed(check: CheckId, detail: str = "", warnings: tuple[Reason, ...] = ()) -> Check:
    """Return the check as passed, with what should be known nevertheless."""
    return Check(id=check, verdict=Verdict.VALID, detail=detail, warnings=warnings)


def failed(check: CheckId, reason: Reason, detail: str = "") -> Check:
    """Return the check as failed; the reason decides between INVALID and UNDETERMINED.

    A warning decides nothing: only spoiled facts give one as what went wrong.
    """
    if reason.info.outcome == WARNING:
        reason = Reason.FACTS_MALFORMED
    return Check(id=check, verdict=Verdict(reason.info.outcome), reason=reason, detail=detail)


def worst(verdicts: tuple[Verdict, ...]) -> Verdict:
    """Return the worst verdict; nothing at all is UNDETERMINED, never valid."""
    order = tuple(Verdict)
    return min(verdicts, key=order.index, default=Verdict.UNDETERMINED)


def judge_checks(checks: tuple[Check, ...], policy: VerificationPolicy) -> Verdict:
    """Return the verdict: the worst required check, and INVALID wherever it comes from.

    Args:
        checks: all checks of a carrier.
        policy: what may be missing.
    """
    return worst(
        tuple(
            check.verdict
            for check in checks
            if check.id not in policy.waived or check.verdict is Verdict.INVALID
        )
    )


def indication_of(
    checks: tuple[Check, ...], policy: VerificationPolicy
) -> tuple[Indication, str | None]:
    """Return the indication and sub-indication of ETSI EN 319 102-1 §5.1.3.

    Args:
        checks: all checks of a carrier.
        policy: a policy that waives anything never gives ``TOTAL-PASSED``.

    Returns:
        The pair; the sub-indication is ``None`` for ``TOTAL-PASSED`` alone.
    """
    order = tuple(Verdict)

    def rank(check: Check) -> tuple[int, bool]:
        # What was not asked for decides nothing, so that it does not name the result either.
        waived = check.id in policy.waived and check.verdict is not Verdict.INVALID
        return order.index(check.verdict), waived

    reasons = [check.reason for check in sorted(checks, key=rank) if check.reason is not None]
    # "Not run" only follows another reason; it tells nothing where that one is there.
    for reason in [*(each for each in reasons if each is not Reason.NOT_RUN), *reasons]:
        return etsi_indication(reason)
    if policy.waived:
        return Indication.INDETERMINATE, "SIG_CONSTRAINTS_FAILURE"
    return Indication.TOTAL_PASSED, None


def etsi_indication(reason: Reason) -> tuple[Indication, str]:
    """Return what ETSI EN 319 102-1 calls one reason (table in ``docs/spec/etsi-mapping.md``)."""
    sub = reason.info.sub_indication
    return (Indication.TOTAL_FAILED if sub in TOTAL_FAILED else Indication.INDETERMINATE), sub
