"""The checks of evidence that lasts: revocation, trusted time, and the level of the signatures.

Pure functions over what :mod:`vncopy.verify.proofs` found, as in :mod:`vncopy.verify.checks_pdf`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vncopy.policy import CheckId, PadesLevel
from vncopy.reasons import Reason
from vncopy.report import Check, failed, passed
from vncopy.verify.checks_keys import PROVEN_TOLERANCE, REVOKED
from vncopy.verify.checks_pdf import signature_reasons
from vncopy.verify.checks_signers import path_reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vncopy.facts.pdf import PDFFacts
    from vncopy.policy import VerificationPolicy
    from vncopy.verify.checks_signers import FileSigner
    from vncopy.verify.proofs import FileProofs
    from vncopy.verify.stamp_facts import Stamp

__all__ = ["level", "level_of", "revocation", "revocation_reason", "time_reason", "trusted_time"]

_MISSING: Final = frozenset({Reason.NO_REVOCATION_EVIDENCE, Reason.REVOCATION_STALE})
"""What is put down to the source of evidence where it could not give all."""
_NEAREST: Final = (
    Reason.TIMESTAMP_ORDER,
    Reason.TIMESTAMP_MALFORMED,
    Reason.ALGORITHM_OUTDATED,
    Reason.TIMESTAMP_EXPIRED,
    Reason.TIMESTAMP_INVALID,
)
"""Of several timestamps that prove nothing, what is said first."""


def _people(signers: tuple[FileSigner, ...]) -> list[tuple[int, FileSigner]]:
    """Return the signatures that are no document timestamps, with their indices."""
    return [
        (number, signer)
        for number, signer in enumerate(signers)
        if signer.signature.kind == "signature"
    ]


def _worst(reasons: Iterable[tuple[Reason, str]]) -> tuple[Reason, str] | None:
    """Return the worst of several reasons: against before missing, not run last."""
    return min(
        reasons,
        key=lambda pair: (
            REVOKED.index(pair[0]) if pair[0] in REVOKED else len(REVOKED),
            pair[0] is Reason.NOT_RUN,
        ),
        default=None,
    )


def revocation(facts: PDFFacts, signers: tuple[FileSigner, ...]) -> Check:
    """Does evidence say that no certificate was revoked: of signers, of timestamps relied upon?

    Args:
        facts: what was seen.
        signers: from :func:`vncopy.verify.checks_signers.find_signers`.
    """
    check = CheckId.REVOCATION
    people = _people(signers)
    if not facts.reading.passed or not people:
        return failed(check, Reason.NOT_RUN)
    found = []
    for number, signer in people:
        reason, detail = revocation_reason(facts, signer)
        if reason is not None:
            found.append((reason, f"signature {number + 1}; {detail}".rstrip("; ")))
    worst = _worst(found)
    return passed(check) if worst is None else failed(check, *worst)


def revocation_reason(facts: PDFFacts, signer: FileSigner) -> tuple[Reason | None, str]:
    """Return what revocation evidence says against one signature, or what of it is missing.

    Args:
        facts: what was seen.
        signer: whose paths are asked about: its own, and those of its timestamps.

    Returns:
        The worst reason with a hint.
    """
    proof = signer.proof
    if proof is None:
        return Reason.NOT_RUN, ""
    results = [("", proof.revocation)]
    results.extend((f"{stamp.kind} timestamp; ", stamp.revocation) for stamp in proof.stamps)
    found = []
    for whose, result in results:
        if result is None:
            found.append((Reason.NOT_RUN, f"{whose}no path"))
        elif result.reason is not None:
            found.append((_because(facts, result.reason), f"{whose}{result.detail}"))
    return _worst(found) or (None, "")


def _because(facts: PDFFacts, reason: Reason) -> Reason:
    """Return why evidence is missing, if its source or the file says so."""
    if reason not in _MISSING:
        return reason
    if facts.evidence_problem is not None:
        return facts.evidence_problem
    seen = facts.validation_data.reason
    if seen is None:
        return reason
    return seen if seen is Reason.LIMITS_EXCEEDED else Reason.REVOCATION_MALFORMED


def trusted_time(
    facts: PDFFacts,
    signers: tuple[FileSigner, ...],
    policy: VerificationPolicy,
    *,
    foreign: bool,
) -> Check:
    """Do timestamps prove when every signature was made, near the time that it claims?

    Args:
        facts: what was seen.
        signers: from :func:`vncopy.verify.checks_signers.find_signers`.
        policy: how far claimed and proven time may lie apart.
        foreign: a file of somebody else, of which timestamps that prove nothing are passed over
            where others prove the time.
    """
    check = CheckId.TRUSTED_TIME
    people = _people(signers)
    if not facts.reading.passed or not people:
        return failed(check, Reason.NOT_RUN)
    reasons = [
        (reason, f"signature {number + 1}; {detail}".rstrip("; "))
        for number, signer in people
        for reason, detail in (time_reason(signer, policy, foreign=foreign),)
        if reason is not None
    ]
    for reason, detail in sorted(reasons, key=lambda pair: pair[0].info.outcome):
        return failed(check, reason, detail)  # "invalid" < "undetermined"
    return passed(check)


def time_reason(
    signer: FileSigner, policy: VerificationPolicy, *, foreign: bool
) -> tuple[Reason | None, str]:
    """Return why the time of one signature is not proven, or proven wrong.

    Args:
        signer: the signature.
        policy: how far claimed and proven time may lie apart.
        foreign: a file of somebody else.

    Returns:
        The reason with a hint.
    """
    claimed, proven = signer.signature.claimed_at, signer.proven_at
    refused: tuple[Stamp, ...] = () if signer.proof is None else signer.proof.refused
    spoiled = [stamp for stamp in refused if stamp.broken or stamp.reason is Reason.TIMESTAMP_ORDER]
    if proven is None:
        return _nearest(refused) or (Reason.NO_TRUSTED_TIME, "")
    if claimed is not None and claimed - proven > PROVEN_TOLERANCE:
        return Reason.PROVEN_BEFORE_CLAIMED, ""
    if claimed is not None and proven - claimed > policy.max_timestamp_delay:
        return Reason.DELAY_TOO_LONG, ""
    return (None, "") if foreign or not spoiled else _nearest(spoiled) or (None, "")


def _nearest(stamps: Iterable[Stamp]) -> tuple[Reason, str] | None:
    """Return why timestamps prove nothing: what is worth most to know."""
    found = [(stamp.reason, stamp.detail) for stamp in stamps if stamp.reason is not None]
    return min(found, key=lambda pair: _NEAREST.index(pair[0]), default=None)


def level(proofs: FileProofs, signers: tuple[FileSigner, ...], *, foreign: bool) -> Check:
    """Do all signatures reach the level of the policy? That of the file is the lowest one.

    Args:
        proofs: what is proven in the file.
        signers: from :func:`vncopy.verify.checks_signers.find_signers`.
        foreign: a file of somebody else, which need not be PAdES.
    """
    check = CheckId.LEVEL
    wanted = proofs.moment.policy.level
    people = _people(signers)
    if not proofs.facts.reading.passed or not people:
        return failed(check, Reason.NOT_RUN)
    order = tuple(PadesLevel)
    levels = [
        level_of(number, signer, proofs, foreign=foreign) or PadesLevel.B_B
        for number, signer in people
    ]
    lowest = min(levels, key=order.index)
    if not lowest.reaches(wanted):
        return failed(check, Reason.LEVEL_TOO_LOW, f"{lowest.value} < {wanted.value}")
    return passed(check, lowest.value)


def level_of(
    number: int, signer: FileSigner, proofs: FileProofs, *, foreign: bool
) -> PadesLevel | None:
    """Return the level that one signature reaches; ``None``: it is not sound, or no PAdES.

    Args:
        number: its index.
        signer: the signature.
        proofs: what is proven in the file.
        foreign: a file of somebody else.
    """
    signature, moment = signer.signature, proofs.moment
    if signature.kind != "signature" or signature.subfilter != "ETSI.CAdES.detached":
        return None
    unsound = signature_reasons(signature, foreign=foreign)
    if unsound or signer.proof is None or path_reason(signer, moment.at, moment.policy) is not None:
        return None
    return proofs.level(number, signer.proof)
