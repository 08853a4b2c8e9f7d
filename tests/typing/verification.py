"""What type checkers know of reports: the document's own class, without a cast."""

from __future__ import annotations

from datetime import datetime
from typing import assert_type

from vncopy import (
    BirthRecord,
    Document,
    DocumentTypes,
    TrustStore,
    VerificationPolicy,
    VerificationReport,
    VerifiedCopy,
    judge,
    verify_qr,
)
from vncopy.facts.qr import QRFacts
from vncopy.formats.text import PersonName


def one_type(text: str, trust: TrustStore, at: datetime) -> None:
    policy = VerificationPolicy.strict()
    report = verify_qr(text, trust=trust, at=at, policy=policy, expect=BirthRecord)
    assert_type(report, VerificationReport[BirthRecord])
    assert_type(report.require(), VerifiedCopy[BirthRecord])
    assert_type(report.require().document.full_name, PersonName)


def several_types(text: str, trust: TrustStore, at: datetime, types: DocumentTypes) -> None:
    policy = VerificationPolicy.offline_basic()
    report = verify_qr(text, trust=trust, at=at, policy=policy, expect=types)
    assert_type(report, VerificationReport[Document])
    assert_type(verify_qr(text, trust=trust, at=at, policy=policy), VerificationReport[Document])


def stored(facts: QRFacts, trust: TrustStore, at: datetime) -> None:
    policy = VerificationPolicy.strict()
    report = judge(facts, trust=trust, at=at, policy=policy, expect=BirthRecord, carrier="VNC1:")
    assert_type(report.require().document, BirthRecord)


def a_report_is_no_boolean(report: VerificationReport[BirthRecord]) -> str:
    if report:
        return "never"  # type: ignore[unreachable]
    return "nor here"  # type: ignore[unreachable]


def a_birth_record_is_a_document(report: VerificationReport[BirthRecord]) -> None:
    wider: VerificationReport[Document] = report
    assert_type(wider.require().document, Document)
