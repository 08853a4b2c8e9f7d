"""Issuing: from a record to a signed PDF and its QR text, in one call or step by step."""

from __future__ import annotations

from vncopy.issue.lasting import timestamp
from vncopy.issue.renewal import RenewedCopy, renew
from vncopy.issue.sequence import issue
from vncopy.issue.states import Draft, IssuedCopy, Signers, Step, UnsealedCopy
from vncopy.issue.steps import attest, prepare, seal, sign_qr, typeset
from vncopy.pdf.fonts import BUILTIN_FONTS, PageFonts

__all__ = [
    "BUILTIN_FONTS",
    "Draft",
    "IssuedCopy",
    "PageFonts",
    "RenewedCopy",
    "Signers",
    "Step",
    "UnsealedCopy",
    "attest",
    "issue",
    "prepare",
    "renew",
    "seal",
    "sign_qr",
    "timestamp",
    "typeset",
]
