"""``renew``: the next archive timestamp, before the last one weakens.

A timestamp proves something for as long as its authority's certificates and algorithms last. In
time, somebody else has to vouch for everything that the file holds, the evidence about the last
authority included. That is done by appending; no byte before is touched.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vncopy.errors import Message, SigningError, UsageError
from vncopy.facts.pdf import PDFFacts
from vncopy.issue.evidence import find_path, gather_evidence
from vncopy.issue.own import renewal_time, stamp_times
from vncopy.issue.stamping import check_clock, measured
from vncopy.issue.states import whole_seconds
from vncopy.pdf.archive import add_document_timestamp
from vncopy.pdf.attachments import COSE_NAME
from vncopy.pdf.validation_data import ValidationData, add_validation_data
from vncopy.policy import PadesLevel, VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import Verdict
from vncopy.trust import Role
from vncopy.verify.checks_signers import find_signers
from vncopy.verify.moment import Moment
from vncopy.verify.proofs import prove
from vncopy.verify.signatures import signature_checks, verify_signatures

if TYPE_CHECKING:
    from datetime import datetime

    from vncopy.facts.evidence import EvidenceSource
    from vncopy.issue.evidence import SignerPath
    from vncopy.report import Check, SignatureReport
    from vncopy.sign.timestamps import Timestamper
    from vncopy.sign.tokens import Token
    from vncopy.trust import TrustStore
    from vncopy.verify.proofs import FileProofs

__all__ = ["RenewedCopy", "renew"]

_TOO_LATE: Final = frozenset(
    {Reason.TIMESTAMP_EXPIRED, Reason.ALGORITHM_OUTDATED, Reason.NO_PROOF_OF_EXISTENCE}
)
"""Reasons that were none while the last timestamp still held."""
_NEVER_STAMPED: Final = frozenset({Reason.NO_TRUSTED_TIME, Reason.LEVEL_TOO_LOW})
"""Reasons to look for a signature that has no timestamp of its own."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RenewedCopy:
    """A file with one more archive timestamp, verified."""

    pdf: bytes = field(repr=False)
    """The file; it begins with the one that was given."""
    level: PadesLevel
    """The level that all its signatures have now."""
    renew_before: datetime | None
    """When the new timestamp stops to prove anything: the next renewal has to come before."""

    def __repr__(self) -> str:
        """Return level and date: nothing personal."""
        return f"RenewedCopy({self.level.value}, renew_before={self.renew_before})"


def renew(
    pdf: bytes,
    /,
    *,
    tsa: Timestamper,
    trust: TrustStore,
    at: datetime,
    evidence: EvidenceSource | None = None,
) -> RenewedCopy:
    """Add the next archive timestamp, and before it whatever evidence is missing.

    Copies of level B-T and B-LT are raised to B-LTA by the same means, and so are files of others
    whose signatures have timestamps of their own.

    Args:
        pdf: the signed file.
        tsa: the timestamping service.
        trust: whom to trust; what is not proven by it is not renewed.
        at: the time, aware.
        evidence: where revocation evidence comes from that the file lacks: about the services of
            the last and of the next timestamp at least. ``None``: the file has all of it, which is
            so for as long as its last evidence is fresh.

    Returns:
        The file with one or two more revisions.

    Raises:
        UsageError: no bytes, no signature, or a signature without a timestamp of its own.
        SigningError: the file does not verify, it is too late, evidence or timestamp cannot be had,
            or the result does not verify; nothing is handed out.
    """
    moment = whole_seconds(at)
    _, before = _verified(pdf, PadesLevel.B_T, trust=trust, at=moment, evidence=evidence)
    tokens: list[Token] = []
    service = measured(tsa, at=moment).noting(tokens.append)
    now = max([moment, *stamp_times(before.facts.signatures)])
    path = find_path(Role.TSA, service.certificates, trust=trust, at=now)
    data = _joined(_in_use(before), _about(path, evidence, trust=trust, at=now))
    made = add_document_timestamp(add_validation_data(pdf, data), service.source)
    now = max([now, *(each.time for each in tokens)])
    after, _ = _verified(made, PadesLevel.B_LTA, trust=trust, at=now, evidence=None)
    for each in tokens:
        check_clock(each.time, moment)  # else it holds at that time, and not today
    return RenewedCopy(pdf=made, level=PadesLevel.B_LTA, renew_before=renewal_time(after))


def _verified(
    pdf: bytes,
    level: PadesLevel,
    *,
    trust: TrustStore,
    at: datetime,
    evidence: EvidenceSource | None,
) -> tuple[SignatureReport, FileProofs]:
    """Verify a file at a level, by the policy of archives.

    Returns:
        The report, and what is proven, with the evidence that was supplied.

    Raises:
        UsageError: no bytes, no signature, or one without a timestamp of its own.
        SigningError: it does not verify.
    """
    policy = VerificationPolicy.long_term(level=level)
    report = verify_signatures(pdf, trust=trust, at=at, policy=policy, evidence=evidence)
    facts = report.facts
    if not isinstance(facts, PDFFacts) or (facts.reading.passed and not facts.signatures):
        raise _unfit(vi="tệp không có chữ ký", en="the file has no signature")
    proofs = prove(facts, Moment(trust=trust, at=at, policy=policy))
    checks = list(report.checks)
    if any(each.name == COSE_NAME for each in facts.attachments):
        # A copy of ours has to keep the narrower rules that its receivers hold it to.
        checks += signature_checks(proofs, find_signers(proofs), foreign=False).values()
    failed = [each for each in checks if each.verdict is not Verdict.VALID]
    if failed:
        raise _refusal(min(failed, key=_weight), facts)
    return report, proofs


def _in_use(proofs: FileProofs) -> ValidationData:
    """Return all certificates of the paths in a file, and the supplied evidence that decided."""
    signers = find_signers(proofs)
    paths = [*(each.path for each in signers), *(each.path for each in proofs.stamps.all)]
    found = [each.proof.revocation for each in signers if each.proof is not None]
    found += [each.revocation for each in proofs.stamps.all]
    used = {each.sha256 for result in found if result is not None for each in result.used}
    pieces = [
        each
        for each in proofs.facts.evidence
        if each.origin == "supplied" and hashlib.sha256(each.der).hexdigest() in used
    ]
    return ValidationData(
        certificates=tuple(dict.fromkeys(der for path in paths if path for der in path.chain)),
        ocsps=tuple(each.der for each in pieces if each.kind == "ocsp"),
        crls=tuple(each.der for each in pieces if each.kind == "crl"),
    )


def _about(
    path: SignerPath, source: EvidenceSource | None, *, trust: TrustStore, at: datetime
) -> ValidationData:
    """Return what judges the service of the next timestamp, as far as there is a source.

    Raises:
        SigningError: its certificate was revoked, or the source gives nothing about it.
    """
    if source is None:
        return ValidationData(certificates=path.chain)
    return gather_evidence([path], source, trust=trust, at=at)


def _joined(one: ValidationData, other: ValidationData) -> ValidationData:
    """Return the data of both."""
    return ValidationData(
        certificates=one.certificates + other.certificates,
        ocsps=one.ocsps + other.ocsps,
        crls=one.crls + other.crls,
    )


def _unfit(*, vi: str, en: str) -> UsageError:
    """Return the error for a file that cannot be renewed by its nature."""
    return UsageError.of("pdf", "renew.file", vi=vi, en=en)


def _weight(check: Check) -> tuple[bool, bool]:
    """Order checks that did not pass: what tells most about renewing comes first."""
    return check.reason not in _TOO_LATE, check.verdict is not Verdict.INVALID


def _refusal(check: Check, facts: PDFFacts) -> UsageError | SigningError:
    """Return the error for a file that does not verify."""
    reason = check.reason or Reason.NOT_RUN
    own = [each.timestamps for each in facts.signatures if each.kind == "signature"]
    if reason in _NEVER_STAMPED and not all(own):
        return _unfit(
            vi="không gia hạn được: có chữ ký không có dấu thời gian riêng",
            en="cannot be renewed: a signature has no timestamp of its own",
        )
    code = f"{check.id.value}: {reason.value}"
    if reason in _TOO_LATE:
        message = Message(
            f"đã quá muộn để gia hạn: dấu thời gian cuối cùng không còn giá trị chứng minh ({code})",
            f"too late to renew: the last timestamp proves nothing any more ({code})",
        )
    else:
        message = Message(
            f"không gia hạn: tệp không qua được kiểm tra ({code}): {reason.text('vi')}",
            f"not renewed: the file does not verify ({code}): {reason.text('en')}",
        )
    return SigningError(message, reason=reason)
