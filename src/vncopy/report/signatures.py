"""The report on the signatures of any PDF."""

from __future__ import annotations

from dataclasses import dataclass

from vncopy.errors import VerificationFailed
from vncopy.report.reports import Report
from vncopy.report.verdicts import Verdict

__all__ = ["SignatureReport"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SignatureReport(Report):
    """The report on the signatures of any PDF; there is no copy behind it."""

    def require(self) -> None:
        """Return if every required check passed.

        Raises:
            VerificationFailed: the verdict is not VALID.
        """
        if self.verdict is not Verdict.VALID:
            raise VerificationFailed(self, self.reasons)
