"""Every published class of forgery, as files made here, and every file that is in order.

The signature layer is measured alone: plain signed PDFs of somebody else and copies of ours go
through ``verify_signatures``, copies through ``verify_pdf`` as well. A forged file must be INVALID,
and the check that is meant to catch it must have caught it, for the reason that names what is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from support.forgeries import AttackFile, ControlFile, attacks, controls
from support.forgeries.plain import judged
from support.pdf_copies import verify
from vncopy.report import SIGNATURE_CHECKS, Verdict

if TYPE_CHECKING:
    from vncopy.policy import CheckId
    from vncopy.reasons import Reason
    from vncopy.report import SignatureReport, VerificationReport


OF_A_COPY = frozenset({"tampered-page", "re-use", "described-otherwise"})
"""Signed in good order, by keys that may sign something, or changed as files of others may be: only who
knows what a copy is can tell."""


def found(report: SignatureReport | VerificationReport[Any]) -> dict[CheckId, Reason]:
    """Return what spoke against the file, waived evidence left out."""
    waived = report.policy.waived
    return {
        check.id: check.reason
        for check in report.checks
        if check.reason is not None and check.id not in waived
    }


@pytest.mark.parametrize("file", attacks(), ids=lambda file: file.name)
def test_a_forged_file_is_invalid_for_the_reason_that_names_it(file: AttackFile) -> None:
    pdf = file.build()
    assert len(pdf) <= 200_000
    report = judged(pdf)
    if file.base == "copy":
        copy = verify(pdf)
        assert copy.verdict is Verdict.INVALID, found(copy)
        assert found(copy).get(file.check) is file.reason, found(copy)
        if file.family in OF_A_COPY or file.check not in SIGNATURE_CHECKS:
            return  # what a page and its record say is not the signature layer's question
    else:
        assert found(report).get(file.check) is file.reason, found(report)
    assert report.verdict is Verdict.INVALID, found(report)


@pytest.mark.parametrize("file", controls(), ids=lambda file: file.name)
def test_a_file_in_order_is_accepted_by_the_signature_layer(file: ControlFile) -> None:
    report = judged(file.build())
    assert report.verdict is Verdict.VALID, found(report)


def test_every_class_is_there() -> None:
    families = {file.family for file in attacks()}
    assert families >= {
        "universal-forgery",
        "incremental-saving",
        "signature-wrapping",
        "swapped-signature",
        "unexplained-bytes",
        "forged-message",
        "copied-timestamp",
        "other-file-as-well",
    }
