"""``verify_qr``: the text of a symbol in, a report out. No network, no file, no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, overload

from vncopy.errors import UsageError
from vncopy.formats.base import Document
from vncopy.formats.types import BUILTIN_TYPES

if TYPE_CHECKING:
    from datetime import datetime

    from vncopy.facts.evidence import EvidenceSource
    from vncopy.formats.base import DocumentTypes
    from vncopy.policy import VerificationPolicy
    from vncopy.report import Reveal, VerificationReport
    from vncopy.trust import TrustStore

__all__ = ["verify_qr"]

N = TypeVar("N", bound=Document)


@overload
def verify_qr(
    text: str,
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
def verify_qr(
    text: str,
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
def verify_qr(
    text: str,
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
    """Verify the text of a symbol.

    The order is: framing, signature by a known key, and only then inflating and decoding. The
    verdict covers what the symbol says; a sheet that bears it must be compared by eye.

    Args:
        text: the text as the reader gave it, ``VNC1:…``; any text gives a report.
        trust: whom the verifier trusts.
        at: aware time for which is asked.
        policy: which evidence is required.
        expect: the expected document type, or a set of types; another type is INVALID.
        reveal: ``answer`` gives kind, issuer, times and copy id without content.
        purpose: why the verifier asks; goes into the report.
        evidence: where further revocation evidence comes from, asked once per path; ``None``:
            none counts, and nothing is fetched.

    Returns:
        The report; its ``require()`` gives the typed document.

    Raises:
        UsageError: an argument is wrong (a naive ``at``, no text, an unknown ``reveal``).
    """
    # The classes of statement and documents are made at the first call: a program that imports
    # this function and seldom calls it does not pay for them.
    from vncopy.verify.collect import collect_qr  # noqa: PLC0415
    from vncopy.verify.judge import (  # noqa: PLC0415
        check_arguments,
        judge_qr,
        situation_of,
        types_of,
        with_evidence,
    )

    check_arguments(
        trust=trust, at=at, policy=policy, reveal=reveal, purpose=purpose, evidence=evidence
    )
    types = types_of(expect)
    if not isinstance(text, str):
        raise UsageError.of(
            "text",
            "argument.text",
            vi="phải là chuỗi ký tự đọc từ mã QR",
            en="must be the text that was read from the symbol",
        )
    facts, content = collect_qr(text, trust=trust, types=types)
    facts = with_evidence(facts, trust=trust, source=evidence)
    situation = situation_of(facts, content, trust=trust, at=at, policy=policy, expect=types)
    return judge_qr(situation, reveal=reveal, purpose=purpose)
