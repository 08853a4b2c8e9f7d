"""As many timestamps as a life is long, and one more."""

from __future__ import annotations

import pytest

from support.forgeries.plain import plain
from support.levels import stamp
from vncopy.pdf.inspect import inspect_pdf
from vncopy.pdf.limits import DEFAULT_LIMITS
from vncopy.reasons import Reason


@pytest.mark.long
def test_forty_signatures_are_read_and_the_next_is_one_too_many() -> None:
    pdf = plain()
    for _ in range(DEFAULT_LIMITS.signatures - 1):
        pdf = stamp(pdf)
    facts = inspect_pdf(pdf, diff=False).facts
    assert facts.reading.passed
    assert len(facts.signatures) == DEFAULT_LIMITS.signatures
    assert all(each.problem is None for each in facts.signatures)
    more = inspect_pdf(stamp(pdf), diff=False).facts
    assert more.reading.reason is Reason.LIMITS_EXCEEDED
