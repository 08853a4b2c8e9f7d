"""The report of a verification: a fixed list of checks, and one verdict that follows from them.

A report cannot say more than its checks: the verdict is computed, an incomplete list of checks
is an error, and the document is reachable through :meth:`VerificationReport.require` alone.
What only reports on a PDF hold, and what to do next, is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from vncopy.policy import CheckId
from vncopy.report.content import CarriedFields, Issuer, VerifiedCopy, json_value
from vncopy.report.reports import (
    SCHEMA_VERSION,
    Report,
    Reveal,
    VerificationReport,
    policy_json,
)
from vncopy.report.titles import CHECK_TITLES
from vncopy.report.verdicts import (
    PDF_CHECKS,
    QR_CHECKS,
    SIGNATURE_CHECKS,
    TOTAL_FAILED,
    Check,
    Covers,
    Indication,
    Verdict,
    etsi_indication,
    failed,
    indication_of,
    judge_checks,
    passed,
    worst,
)

if TYPE_CHECKING:
    from vncopy.report.signatures import SignatureReport
    from vncopy.report.signers import EvidenceReport, SignerReport, SubjectReport, TimestampReport
    from vncopy.report.steps import next_steps

__all__ = [
    "CHECK_TITLES",
    "PDF_CHECKS",
    "QR_CHECKS",
    "SCHEMA_VERSION",
    "SIGNATURE_CHECKS",
    "TOTAL_FAILED",
    "CarriedFields",
    "Check",
    "CheckId",
    "Covers",
    "EvidenceReport",
    "Indication",
    "Issuer",
    "Report",
    "Reveal",
    "SignatureReport",
    "SignerReport",
    "SubjectReport",
    "TimestampReport",
    "Verdict",
    "VerificationReport",
    "VerifiedCopy",
    "etsi_indication",
    "failed",
    "indication_of",
    "json_value",
    "judge_checks",
    "next_steps",
    "passed",
    "policy_json",
    "worst",
]

_HOME: Final = {
    "EvidenceReport": "vncopy.report.signers",
    "SignatureReport": "vncopy.report.signatures",
    "SignerReport": "vncopy.report.signers",
    "SubjectReport": "vncopy.report.signers",
    "TimestampReport": "vncopy.report.signers",
    "next_steps": "vncopy.report.steps",
}
"""Where the names live that are loaded when they are first used."""


def __getattr__(name: str) -> object:
    """Load a name that not every report needs (PEP 562).

    Raises:
        AttributeError: there is no such name.
    """
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value
