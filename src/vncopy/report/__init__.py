"""The report of a verification: a fixed list of checks, and one verdict that follows from them.

A report cannot say more than its checks: the verdict is computed, an incomplete list of checks
is an error, and the document is reachable through :meth:`VerificationReport.require` alone.
"""

from __future__ import annotations

from vncopy.policy import CheckId
from vncopy.report.content import CarriedFields, Issuer, VerifiedCopy, json_value
from vncopy.report.reports import (
    SCHEMA_VERSION,
    Covers,
    Report,
    Reveal,
    SignatureReport,
    VerificationReport,
    policy_json,
)
from vncopy.report.signers import EvidenceReport, SignerReport, SubjectReport, TimestampReport
from vncopy.report.titles import CHECK_TITLES
from vncopy.report.verdicts import (
    PDF_CHECKS,
    QR_CHECKS,
    SIGNATURE_CHECKS,
    TOTAL_FAILED,
    Check,
    Indication,
    Verdict,
    etsi_indication,
    failed,
    indication_of,
    judge_checks,
    passed,
    worst,
)

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
    "passed",
    "policy_json",
    "worst",
]
