"""The reports: a list of checks, one computed verdict, and the content behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, Never

from vncopy.algorithms import DEFAULT_ALGORITHMS
from vncopy.errors import Message, VerificationFailed
from vncopy.reasons import Reason
from vncopy.report.content import D_co, VerifiedCopy, copy_json, json_value
from vncopy.report.titles import CHECK_TITLES
from vncopy.report.verdicts import (
    Check,
    Covers,
    Indication,
    Verdict,
    indication_of,
    judge_checks,
)

if TYPE_CHECKING:
    from datetime import datetime

    from vncopy.policy import CheckId, VerificationPolicy
    from vncopy.report.signers import SignerReport

SCHEMA_VERSION: Final = 1
"""Version of the report's JSON; its schema is ``docs/spec/report.schema.json``."""

Reveal = Literal["full", "answer"]
"""What a verifier wants to see: everything, or kind, issuer, times and copy id alone."""


_COMPARE: Final = {
    Covers.QR_CONTENT: Message(
        "; hãy so từng trường với tờ giấy", "; compare each field with the sheet"
    ),
    Covers.QR_KEY_FIELDS: Message(
        "; hãy so các trường này với tờ giấy, các mục khác chưa được bảo đảm",
        "; compare them with the sheet, nothing vouches for the others",
    ),
}
"""Said of a valid symbol: any other gives nothing to compare."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Report:
    """What the reports on a copy and on mere signatures have in common.

    Raises:
        ValueError: checks are missing, doubled or unknown to the carrier (a mistake of this
            library).
    """

    checks: tuple[Check, ...]
    """Every check of the carrier, in a fixed order."""
    expected_checks: tuple[CheckId, ...]
    """The carrier's fixed list: :data:`QR_CHECKS`, :data:`PDF_CHECKS` or :data:`SIGNATURE_CHECKS`."""
    facts: object
    """What was seen, to be stored and judged again: ``QrFacts`` or ``PdfFacts``."""
    at: datetime
    """The time for which was asked."""
    policy: VerificationPolicy
    """What was asked for."""
    covers: Covers
    """What the verdict is about."""
    signatures: tuple[SignerReport, ...] = ()
    """The signatures of a PDF, each with its own indication."""
    purpose: str | None = None
    """Why the verifier asked, in his own words, for his own files."""

    def __post_init__(self) -> None:
        """Refuse an incomplete list of checks."""
        if not self.checks or tuple(check.id for check in self.checks) != self.expected_checks:
            msg = "a report holds every check of its carrier exactly once, in order"
            raise ValueError(msg)

    def __repr__(self) -> str:
        """Return the verdict and the reasons: nothing personal."""
        reasons = ", ".join(sorted({each.value for each in self.reasons}))
        return f"{type(self).__name__}({self.verdict.value}; {reasons})"

    def __bool__(self) -> Never:
        """Refuse to be a boolean.

        Raises:
            TypeError: always; read ``.verdict`` or call ``.require()``.
        """
        msg = "a report is no boolean: read .verdict or call .require()"
        raise TypeError(msg)

    @property
    def verdict(self) -> Verdict:
        """VALID, INVALID or UNDETERMINED."""
        return judge_checks(self.checks, self.policy)

    @property
    def indication(self) -> Indication:
        """The main indication of ETSI EN 319 102-1."""
        return indication_of(self.checks, self.policy)[0]

    @property
    def sub_indication(self) -> str | None:
        """The sub-indication of ETSI EN 319 102-1, if the indication has one."""
        return indication_of(self.checks, self.policy)[1]

    @property
    def not_required(self) -> tuple[CheckId, ...]:
        """The checks of this carrier that the policy waived."""
        return tuple(each for each in self.expected_checks if each in self.policy.waived)

    @property
    def decisive(self) -> tuple[Check, ...]:
        """The checks that decided a verdict other than VALID, in their order; waived ones left out."""
        verdict = self.verdict
        return tuple(
            check
            for check in self.checks
            if check.reason is not None
            and check.verdict is verdict
            and (verdict is Verdict.INVALID or check.id not in self.policy.waived)
        )

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons of the decisive checks; empty exactly for VALID."""
        return tuple(check.reason for check in self.decisive if check.reason is not None)

    @property
    def why(self) -> tuple[Reason, ...]:
        """The reasons for people, each once: what did not run follows from another, where there is one."""
        each = dict.fromkeys(self.reasons)
        return tuple(reason for reason in each if reason is not Reason.NOT_RUN) or tuple(each)

    @property
    def warnings(self) -> tuple[Reason, ...]:
        """What somebody should know whatever the verdict is, each once, in the order of the checks."""
        return tuple(dict.fromkeys(each for check in self.checks for each in check.warnings))

    def check(self, which: CheckId) -> Check:
        """Return one check.

        Raises:
            KeyError: the carrier has no such check.
        """
        for check in self.checks:
            if check.id is which:
                return check
        raise KeyError(which.value)

    def headline(self) -> Message:
        """Return one sentence for people: verdict, what it covers, warnings, what was not required."""
        more = Message("", "")
        if self.verdict is Verdict.VALID:
            more = _COMPARE.get(self.covers, more)
        vi = f"{self.verdict.text('vi')} ({self.covers.text('vi')}{more.vi})"
        en = f"{self.verdict.text('en')} ({self.covers.text('en')}{more.en})"
        if self.warnings:
            vi += f"; cảnh báo: {'; '.join(each.text('vi') for each in self.warnings)}"
            en += f"; warning: {'; '.join(each.text('en') for each in self.warnings)}"
        if self.not_required:
            titles = [CHECK_TITLES[each] for each in self.not_required]
            vi += f"; không yêu cầu: {', '.join(each.vi for each in titles)}"
            en += f"; not required: {', '.join(each.en for each in titles)}"
        return Message(vi, en)

    def to_json(self) -> bytes:
        """Return the report as one JSON object in UTF-8 (``docs/spec/report.schema.json``)."""
        import json  # noqa: PLC0415 - only where a report is written

        return json.dumps(self.to_plain(), ensure_ascii=False, indent=1).encode()

    def to_plain(self) -> dict[str, Any]:
        """Return the report as plain values, the members of its JSON."""
        from vncopy.report.steps import next_steps  # noqa: PLC0415 - only where a report is written

        indication, sub_indication = indication_of(self.checks, self.policy)
        headline = self.headline()
        return {
            "schema_version": SCHEMA_VERSION,
            "verdict": self.verdict.value,
            "headline": {"vi": headline.vi, "en": headline.en},
            "indication": indication.value,
            "sub_indication": sub_indication,
            "reasons": [_told(each) for each in self.why],
            "warnings": [_told(each) for each in self.warnings],
            "next_steps": [{"vi": each.vi, "en": each.en} for each in next_steps(self)],
            "not_required": [each.value for each in self.not_required],
            "checks": [check.to_json() for check in self.checks],
            "signatures": [each.to_json() for each in self.signatures],
            "covers": self.covers.value,
            "isolation": getattr(self.facts, "isolation", "") or None,
            "copy": None,
            "at": self.at.astimezone(UTC).isoformat(),
            "policy": policy_json(self.policy),
            "purpose": self.purpose,
        }


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VerificationReport(Report, Generic[D_co]):
    """The report on one copy; the document is reachable through :meth:`require` alone."""

    reveal: Reveal = "full"
    """``full``, or ``answer``: kind, issuer, times and copy id without content."""
    candidate: VerifiedCopy[D_co] | None = field(default=None, compare=False)
    """For :meth:`require`; ``None`` unless the verdict is VALID."""

    def __post_init__(self) -> None:
        """Let go of what was read where the verdict does not vouch for it."""
        Report.__post_init__(self)
        if self.verdict is not Verdict.VALID:
            object.__setattr__(self, "candidate", None)

    def require(self) -> VerifiedCopy[D_co]:
        """Return the verified copy.

        Raises:
            VerificationFailed: the verdict is not VALID, or the copy itself was not at hand.
        """
        if self.verdict is not Verdict.VALID:
            raise VerificationFailed(self, self.reasons)
        if self.candidate is None:
            raise VerificationFailed(self, (Reason.CARRIER_MISSING,))
        return self.candidate

    def to_plain(self) -> dict[str, Any]:
        """Return the report as plain values; ``document`` and ``statement`` only when VALID."""
        plain = Report.to_plain(self)
        copy = self.candidate
        if copy is None:
            return plain
        plain["copy"] = copy_json(copy)
        if copy.content is not None:
            plain["statement"] = json_value(copy.header)
            plain["document"] = json_value(copy.content)
        return plain


def _told(reason: Reason) -> dict[str, str]:
    """Return a reason as in the report's JSON, with its sentences: programs need no table of them."""
    return {"reason": reason.value, "vi": reason.text("vi"), "en": reason.text("en")}


def policy_json(policy: VerificationPolicy) -> dict[str, Any]:
    """Return the policy as in the report's JSON; ages in whole seconds.

    Of algorithms only what differs from the default table is told.
    """
    return {
        "name": policy.name,
        "waived": sorted(each.value for each in policy.waived),
        "max_list_age_s": int(policy.max_list_age.total_seconds()),
        "max_status_age_s": int(policy.max_status_age.total_seconds()),
        "max_revocation_age_s": int(policy.max_revocation_age.total_seconds()),
        "clock_tolerance_s": int(policy.clock_tolerance.total_seconds()),
        "max_timestamp_delay_s": int(policy.max_timestamp_delay.total_seconds()),
        "level": policy.level.value,
        "sunsets": [
            {
                "algorithm": line.name,
                "bits": line.bits,
                "until": None if line.until is None else line.until.astimezone(UTC).isoformat(),
            }
            for line in policy.algorithms.table
            if line not in DEFAULT_ALGORITHMS.table
        ],
    }
