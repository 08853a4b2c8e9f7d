"""One row of the report for each signature: who, who vouched, which level, proven how and by what."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from cryptography.x509.oid import NameOID

from vncopy.formats.copies import VIETNAM_TIME
from vncopy.policy import CheckId
from vncopy.report import EvidenceReport, SignerReport, SubjectReport, TimestampReport
from vncopy.verify.chain import parse_certificate
from vncopy.verify.checks_pdf import signature_reasons
from vncopy.verify.checks_signers import path_reason, state_reason
from vncopy.verify.checks_time import level_of, revocation_reason, time_reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import Literal

    from cryptography.x509 import ObjectIdentifier

    from vncopy.reasons import Reason
    from vncopy.report import Reveal
    from vncopy.verify.checks_signers import FileSigner
    from vncopy.verify.proofs import FileProofs, Proof
    from vncopy.verify.revocation import RevocationResult
    from vncopy.verify.stamp_facts import Stamp

__all__ = ["signer_reports"]


def signer_reports(
    proofs: FileProofs,
    signers: tuple[FileSigner, ...],
    *,
    foreign: bool,
    reveal: Reveal = "full",
) -> tuple[SignerReport, ...]:
    """Return one row for each signature of the file.

    Args:
        proofs: what is proven in the file.
        signers: from :func:`vncopy.verify.checks_signers.find_signers`.
        foreign: a file of somebody else, which need not be PAdES.
        reveal: ``answer`` leaves out whom certificates name.
    """
    return tuple(
        _row(number, signer, proofs, foreign=foreign, reveal=reveal)
        for number, signer in enumerate(signers)
    )


def _row(
    number: int, signer: FileSigner, proofs: FileProofs, *, foreign: bool, reveal: Reveal
) -> SignerReport:
    signature, proof, moment = signer.signature, signer.proof, proofs.moment
    sound = not signature_reasons(signature, foreign=foreign) and signer.path.found
    when = signer.proven_at or signature.claimed_at or moment.at
    return SignerReport(
        field=signature.field,
        kind=signature.kind,
        role=None if signer.role is None else signer.role.value,
        certificate=signer.fingerprint,
        office=None if signer.office is None else signer.office.agency_code,
        office_name=_office_name(signer, when),
        subject=_subject(signer) if sound and reveal == "full" else None,
        vouched_by=None if signer.path.anchor is None else signer.path.anchor.name,
        level=level_of(number, signer, proofs, foreign=foreign),
        claimed_at=signature.claimed_at,
        proven_at=signer.proven_at,
        proven_by=() if proof is None else tuple(map(_stamp, proof.stamps)),
        evidence=() if proof is None else tuple(_evidence(proof, proof.proven_at or moment.at)),
        renew_before=None if proof is None else proof.renew_before,
        reasons=tuple(dict.fromkeys(_reasons(number, signer, proofs, foreign=foreign))),
        waived=not moment.policy.waived.isdisjoint({CheckId.REVOCATION, CheckId.TRUSTED_TIME}),
    )


def _reasons(
    number: int, signer: FileSigner, proofs: FileProofs, *, foreign: bool
) -> Iterator[Reason]:
    """Yield everything that speaks against one signature."""
    signature, moment = signer.signature, proofs.moment
    waived = moment.policy.waived
    yield from signature_reasons(signature, foreign=foreign)
    found: list[tuple[CheckId | None, Reason | None]] = [
        (CheckId.SIGNER_PATHS, path_reason(signer, moment.at, moment.policy)),
        (CheckId.SIGNER_ROLES, state_reason(signer)),
    ]
    if signature.kind == "signature":
        found += [
            (CheckId.REVOCATION, revocation_reason(proofs.facts, signer)[0]),
            (CheckId.TRUSTED_TIME, time_reason(signer, moment.policy, foreign=foreign)[0]),
        ]
        refused = () if signer.proof is None else signer.proof.refused
        # A broken timestamp is told whatever is asked for, one that proves nothing if time is.
        found += [(None if each.broken else CheckId.TRUSTED_TIME, each.reason) for each in refused]
    else:
        found += [(None, each.reason) for each in proofs.stamps.all if each.signature == number]
    for check, reason in found:
        if reason is not None and (check not in waived or reason.info.outcome == "invalid"):
            yield reason


def _office_name(signer: FileSigner, when: datetime) -> str | None:
    """Return the name that the signer's office bore on the day."""
    if signer.office is None:
        return None
    names = signer.office.names_on(when.astimezone(VIETNAM_TIME).date())
    return names[0] if names else None


def _subject(signer: FileSigner) -> SubjectReport:
    """Return whom the signer's certificate names."""
    certificate = signer.signature.certificates[0]
    return SubjectReport(
        name=_name(certificate, NameOID.COMMON_NAME),
        organisation=_name(certificate, NameOID.ORGANIZATION_NAME),
        position=_name(certificate, NameOID.TITLE),
    )


def _name(certificate: bytes, which: ObjectIdentifier) -> str | None:
    """Return one attribute of a certificate's subject."""
    parsed = parse_certificate(certificate)
    found = [] if parsed is None else parsed.subject.get_attributes_for_oid(which)
    return str(found[0].value) if found else None


def _stamp(stamp: Stamp) -> TimestampReport:
    certificate = stamp.certificates[0]
    organisation = _name(certificate, NameOID.ORGANIZATION_NAME)
    authority = _name(certificate, NameOID.COMMON_NAME) or organisation or "?"
    return TimestampReport(
        kind=stamp.kind,
        time=stamp.time or stamp.judged_at,
        authority=authority,
        certificate=hashlib.sha256(certificate).hexdigest(),
    )


def _evidence(proof: Proof, relevant: datetime) -> Iterator[EvidenceReport]:
    """Yield the evidence that decided, of the signer first."""
    yield from _used(proof.revocation, "signer", relevant)
    for stamp in proof.stamps:
        of: Literal["signature_timestamp", "document_timestamp"] = (
            "signature_timestamp" if stamp.kind == "signature" else "document_timestamp"
        )
        yield from _used(stamp.revocation, of, stamp.time or stamp.judged_at)


def _used(
    result: RevocationResult | None,
    of: Literal["signer", "signature_timestamp", "document_timestamp"],
    relevant: datetime,
) -> Iterator[EvidenceReport]:
    for each in () if result is None else result.used:
        yield EvidenceReport(
            of=of,
            place=each.place,
            kind=each.kind,
            sha256=each.sha256,
            this_update=each.this_update,
            next_update=each.next_update,
            age=relevant - each.this_update,
        )
