"""``verify_image``: a photo or a scan of paper in, a report on the symbol in it out.

The report covers the content of the symbol and never the sheet: whoever holds the paper compares
its fields by eye. A printout is evidence that can be checked, not a legal copy.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar, overload

from vncopy.facts.qr import QRFacts
from vncopy.formats.base import Document
from vncopy.formats.types import BUILTIN_TYPES
from vncopy.pdf.isolated import read_paper
from vncopy.verify.arguments import check_bytes
from vncopy.verify.collect import collect_qr
from vncopy.verify.judge import check_arguments, judge_qr, situation_of, types_of, with_evidence

if TYPE_CHECKING:
    from datetime import datetime

    from vncopy.facts.evidence import EvidenceSource
    from vncopy.formats.base import DocumentTypes
    from vncopy.policy import VerificationPolicy
    from vncopy.report import Reveal, VerificationReport
    from vncopy.trust import TrustStore

__all__ = ["verify_image"]

N = TypeVar("N", bound=Document)


@overload
def verify_image(
    image: bytes,
    /,
    *,
    trust: TrustStore,
    at: datetime,
    policy: VerificationPolicy,
    expect: type[N],
    reveal: Reveal = "full",
    purpose: str | None = None,
    evidence: EvidenceSource | None = None,
) -> VerificationReport[N]: ...
@overload
def verify_image(
    image: bytes,
    /,
    *,
    trust: TrustStore,
    at: datetime,
    policy: VerificationPolicy,
    expect: DocumentTypes = ...,
    reveal: Reveal = "full",
    purpose: str | None = None,
    evidence: EvidenceSource | None = None,
) -> VerificationReport[Document]: ...
def verify_image(
    image: bytes,
    /,
    *,
    trust: TrustStore,
    at: datetime,
    policy: VerificationPolicy,
    expect: type[Document] | DocumentTypes = BUILTIN_TYPES,
    reveal: Reveal = "full",
    purpose: str | None = None,
    evidence: EvidenceSource | None = None,
) -> VerificationReport[Any]:
    """Verify the one symbol on a photo or scan of paper.

    Identical symbols count once. Several different ones are INVALID: the caller could not know
    about which of them the report speaks. No symbol is UNDETERMINED, since a better picture may
    show one.

    Args:
        image: a PNG, JPEG, TIFF or WebP, HEIC with the extra ``heic``, or a PDF whose pages are
            scans; any bytes.
        trust: whom the verifier trusts.
        at: aware time for which is asked.
        policy: which evidence is required.
        expect: the expected document type, or a set of types; another type is INVALID.
        reveal: ``answer`` gives kind, issuer, times and copy id without content.
        purpose: why the verifier asks; goes into the report.
        evidence: where further revocation evidence comes from, asked once per path; ``None``:
            none counts, and nothing is fetched.

    Returns:
        The report; it covers what the symbol says.

    Raises:
        UsageError: an argument is wrong (a path instead of bytes, a naive ``at``).
    """
    check_arguments(
        trust=trust, at=at, policy=policy, reveal=reveal, purpose=purpose, evidence=evidence
    )
    types = types_of(expect)
    seen = read_paper(check_bytes(image, "image"))
    if seen.text is None:
        facts, content = QRFacts(text_sha256="", framing=seen.step), None
    else:
        facts, content = collect_qr(seen.text, trust=trust, types=types)
    facts = replace(facts, isolation=seen.isolation)
    facts = with_evidence(facts, trust=trust, source=evidence)
    situation = situation_of(facts, content, trust=trust, at=at, policy=policy, expect=types)
    return judge_qr(situation, reveal=reveal, purpose=purpose)
