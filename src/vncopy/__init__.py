"""Legally valid electronic copies of Vietnamese documents: issue and verify.

This module is the public face and nothing else. Every name is loaded when it is first used, so
that a gate scanner that only verifies QR text pays for three packages, not for thirty::

    from vncopy import VerificationPolicy, load_trust, verify_qr

    report = verify_qr(text, trust=load_trust("trust"), at=now, policy=VerificationPolicy.strict())
    copy = report.require()
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from vncopy.algorithms import DEFAULT_ALGORITHMS, AlgorithmPolicy, Lifetime
    from vncopy.errors import (
        Message,
        MissingExtra,
        Problem,
        Reason,
        SigningError,
        TooLongForQR,
        UsageError,
        VerificationFailed,
        VncopyError,
    )
    from vncopy.facts.common import Facts
    from vncopy.facts.evidence import EvidenceSource, Gathered, StoredEvidence
    from vncopy.fetch import HttpFetcher
    from vncopy.formats.base import Document, DocumentTypes, FieldState, Missing, Travel, item
    from vncopy.formats.birth import BirthRecord
    from vncopy.formats.copies import CopyKind, CopyStatement
    from vncopy.formats.death import DeathRecord
    from vncopy.formats.land import LandCertificate
    from vncopy.formats.marriage import MarriageRecord
    from vncopy.formats.parsing import parse_document
    from vncopy.formats.profile import LegalProfile, load_profile
    from vncopy.formats.record import CopyRecord, parse_input
    from vncopy.formats.schema import json_schema
    from vncopy.formats.types import BUILTIN_TYPES
    from vncopy.issue import (
        Draft,
        IssuedCopy,
        RenewedCopy,
        Signers,
        attest,
        issue,
        prepare,
        renew,
        seal,
        sign_qr,
        timestamp,
        typeset,
    )
    from vncopy.pdf.fonts import PageFonts
    from vncopy.policy import CheckId, PadesLevel, VerificationPolicy
    from vncopy.report import (
        CarriedFields,
        Check,
        SignatureReport,
        Verdict,
        VerificationReport,
        VerifiedCopy,
    )
    from vncopy.sign import (
        CopySigner,
        LocalTimestamper,
        RemoteTimestamper,
        Timestamper,
        load_pem,
        load_pkcs12,
    )
    from vncopy.trust import (
        CertificateEntry,
        OfficeEntry,
        OfficeName,
        Role,
        Scope,
        TrustAnchor,
        TrustStore,
    )
    from vncopy.trust_folder import load_trust
    from vncopy.verify.gather import FetchedEvidence, JoinedEvidence
    from vncopy.verify.image import verify_image
    from vncopy.verify.judge import judge
    from vncopy.verify.pdf import verify_pdf
    from vncopy.verify.qr import verify_qr
    from vncopy.verify.signatures import judge_signatures, verify_signatures

__all__ = [
    "BUILTIN_TYPES",
    "DEFAULT_ALGORITHMS",
    "AlgorithmPolicy",
    "BirthRecord",
    "CarriedFields",
    "CertificateEntry",
    "Check",
    "CheckId",
    "CopyKind",
    "CopyRecord",
    "CopySigner",
    "CopyStatement",
    "DeathRecord",
    "Document",
    "DocumentTypes",
    "Draft",
    "EvidenceSource",
    "Facts",
    "FetchedEvidence",
    "FieldState",
    "Gathered",
    "HttpFetcher",
    "IssuedCopy",
    "JoinedEvidence",
    "LandCertificate",
    "LegalProfile",
    "Lifetime",
    "LocalTimestamper",
    "MarriageRecord",
    "Message",
    "Missing",
    "MissingExtra",
    "OfficeEntry",
    "OfficeName",
    "PadesLevel",
    "PageFonts",
    "Problem",
    "Reason",
    "RemoteTimestamper",
    "RenewedCopy",
    "Role",
    "Scope",
    "SignatureReport",
    "Signers",
    "SigningError",
    "StoredEvidence",
    "Timestamper",
    "TooLongForQR",
    "Travel",
    "TrustAnchor",
    "TrustStore",
    "UsageError",
    "Verdict",
    "VerificationFailed",
    "VerificationPolicy",
    "VerificationReport",
    "VerifiedCopy",
    "VncopyError",
    "__version__",
    "attest",
    "issue",
    "item",
    "json_schema",
    "judge",
    "judge_signatures",
    "load_pem",
    "load_pkcs12",
    "load_profile",
    "load_trust",
    "parse_document",
    "parse_input",
    "prepare",
    "renew",
    "seal",
    "sign_qr",
    "timestamp",
    "typeset",
    "verify_image",
    "verify_pdf",
    "verify_qr",
    "verify_signatures",
]

__version__: Final = "0.1.0"

_HOMES: Final = {
    "vncopy.algorithms": "AlgorithmPolicy DEFAULT_ALGORITHMS Lifetime",
    "vncopy.errors": (
        "Message MissingExtra Problem Reason SigningError TooLongForQR UsageError "
        "VerificationFailed VncopyError"
    ),
    "vncopy.facts.common": "Facts",
    "vncopy.facts.evidence": "EvidenceSource Gathered StoredEvidence",
    "vncopy.fetch": "HttpFetcher",
    "vncopy.formats.base": "Document DocumentTypes FieldState Missing Travel item",
    "vncopy.formats.birth": "BirthRecord",
    "vncopy.formats.copies": "CopyKind CopyStatement",
    "vncopy.formats.death": "DeathRecord",
    "vncopy.formats.land": "LandCertificate",
    "vncopy.formats.marriage": "MarriageRecord",
    "vncopy.formats.parsing": "parse_document",
    "vncopy.formats.profile": "LegalProfile load_profile",
    "vncopy.formats.record": "CopyRecord parse_input",
    "vncopy.formats.schema": "json_schema",
    "vncopy.formats.types": "BUILTIN_TYPES",
    "vncopy.issue": (
        "Draft IssuedCopy RenewedCopy Signers attest issue prepare renew seal sign_qr timestamp "
        "typeset"
    ),
    "vncopy.pdf.fonts": "PageFonts",
    "vncopy.policy": "CheckId PadesLevel VerificationPolicy",
    "vncopy.report": (
        "CarriedFields Check SignatureReport Verdict VerificationReport VerifiedCopy"
    ),
    "vncopy.sign": (
        "CopySigner LocalTimestamper RemoteTimestamper Timestamper load_pem load_pkcs12"
    ),
    "vncopy.trust": ("CertificateEntry OfficeEntry OfficeName Role Scope TrustAnchor TrustStore"),
    "vncopy.trust_folder": "load_trust",
    "vncopy.verify.gather": "FetchedEvidence JoinedEvidence",
    "vncopy.verify.image": "verify_image",
    "vncopy.verify.judge": "judge",
    "vncopy.verify.pdf": "verify_pdf",
    "vncopy.verify.qr": "verify_qr",
    "vncopy.verify.signatures": "judge_signatures verify_signatures",
}
"""Where each public name lives."""
_HOME: Final = {name: home for home, names in _HOMES.items() for name in names.split()}

_EXTRA: Final = {
    "PIL": "pdf",
    "asn1crypto": "pdf",
    "pikepdf": "pdf",
    "pyhanko": "pdf",
    "pyhanko_certvalidator": "pdf",
    "pypdfium2": "pdf",
    "zxingcpp": "pdf",
    "qrcode": "issue",
    "typst": "issue",
    "rich": "cli",
    "typer": "cli",
}
"""Which extra brings a package that the base does without."""


def __getattr__(name: str) -> object:
    """Load a public name when it is first used (PEP 562).

    Raises:
        AttributeError: there is no such name.
        MissingExtra: the name needs an extra that is not installed.
    """
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        value = getattr(import_module(home), name)
    except ModuleNotFoundError as error:
        extra = _EXTRA.get((error.name or "").partition(".")[0])
        if extra is None:
            raise
        from vncopy.errors import MissingExtra  # noqa: PLC0415 - the face loads nothing by itself

        raise MissingExtra(extra) from error
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted({*__all__, *globals()})


class _Face(ModuleType):
    """Keeps ``vncopy.issue`` the function although a module of that name is loaded below it."""

    def __setattr__(self, name: str, value: object) -> None:
        """Bind a submodule only where no public name is in its way."""
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face
