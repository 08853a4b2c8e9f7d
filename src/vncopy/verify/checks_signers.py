"""Who signed a PDF: the certificates behind its signatures, their roles, paths and states.

Pure functions over facts and the trust store, as in :mod:`vncopy.verify.checks_pdf`. Paths are
searched by the one validator that symbols use too (:mod:`vncopy.verify.chain`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from vncopy.policy import CheckId, PadesLevel
from vncopy.reasons import Reason
from vncopy.report import Check, SignerReport, failed, passed
from vncopy.trust import CertificateEntry, OfficeEntry, Role, TrustStore, Vouching
from vncopy.verify.chain import PathResult, parse_certificate, validate_path
from vncopy.verify.checks import key_state_reason, scope_reason
from vncopy.verify.checks_pdf import CERTIFIED_FIELDS, signature_reasons

if TYPE_CHECKING:
    from datetime import datetime

    from vncopy.facts.pdf import PDFFacts, SignatureFacts
    from vncopy.facts.qr import QRFacts
    from vncopy.policy import VerificationPolicy

__all__ = ["FileSigner", "find_signers", "signer_paths", "signer_reports", "signer_roles"]

_MOST_SIGNERS: Final = 2
"""A copy is signed by a person and by the office's seal, or by the seal alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSigner:
    """One signature with what the trust store knows of its certificate."""

    signature: SignatureFacts
    """What was seen."""
    role: Role | None
    """The role that the trust store grants; ``None``: the certificate is unknown."""
    office: OfficeEntry | None
    """The office that it belongs to."""
    entry: CertificateEntry | None
    """Its entry."""
    path: PathResult
    """Its path at the claimed time."""
    expired: bool
    """There was a path at the claimed time and there is none at the time asked for."""

    @property
    def fingerprint(self) -> str | None:
        """SHA-256 of the certificate, hexadecimal."""
        certificates = self.signature.certificates
        return hashlib.sha256(certificates[0]).hexdigest() if certificates else None


def find_signers(facts: PDFFacts, trust: TrustStore, at: datetime) -> tuple[FileSigner, ...]:
    """Look up every signature's certificate and search its path.

    Args:
        facts: what was seen.
        trust: anchors and offices.
        at: the time asked for; also the time of a signature that claims none.
    """
    last = max(
        (i for i, each in enumerate(facts.signatures) if each.kind == "signature"), default=-1
    )
    found = []
    for number, signature in enumerate(facts.signatures):
        roles: tuple[Role, ...] = (Role.PERSON, Role.SEAL)
        if signature.kind == "timestamp":
            roles = (Role.TSA,)
        elif number == last:
            roles = (Role.SEAL, Role.PERSON)  # the seal comes last
        found.append(_signer(signature, roles, trust, at))
    return tuple(found)


def _signer(
    signature: SignatureFacts, wanted: tuple[Role, ...], trust: TrustStore, at: datetime
) -> FileSigner:
    if not signature.certificates:
        missing = PathResult(reason=Reason.NOT_RUN)
        return FileSigner(
            signature=signature, role=None, office=None, entry=None, path=missing, expired=False
        )
    leaf, *others = signature.certificates
    known = sorted(
        trust.entries_of(leaf),
        key=lambda pair: wanted.index(pair[1].role) if pair[1].role in wanted else len(wanted),
    )
    office, entry = known[0] if known else (None, None)
    claimed = signature.claimed_at or at
    roles = (entry.role,) if entry is not None else wanted
    path, found = PathResult(reason=Reason.PATH_NOT_FOUND), roles[0]
    for role in roles:
        path, found = validate_path(leaf, others, trust=trust, at=claimed, role=role), role
        if path.found:
            break
    listed = entry is not None and entry.vouched_by is Vouching.LIST
    expired = (
        path.found
        and not validate_path(leaf, others, trust=trust, at=max(at, claimed), role=found).found
    )
    return FileSigner(
        signature=signature,
        role=None if entry is None else entry.role,
        office=office,
        entry=entry,
        path=PathResult(reason=Reason.NO_TRUST_LIST) if listed else path,
        expired=expired,
    )


def signer_paths(
    facts: PDFFacts, signers: tuple[FileSigner, ...], at: datetime, policy: VerificationPolicy
) -> Check:
    """Does every signer's certificate chain to an anchor at the relevant time?

    Args:
        facts: what was seen.
        signers: from :func:`find_signers`.
        at: the time asked for.
        policy: how far a claimed time may lie ahead.
    """
    check = CheckId.SIGNER_PATHS
    if not facts.reading.passed or not signers:
        return failed(check, Reason.NOT_RUN)
    for number, signer in enumerate(signers):
        reason = _path_reason(signer, at, policy)
        if reason is not None:
            return failed(check, reason, f"signature {number}; {signer.path.detail}".rstrip("; "))
    return passed(check)


def _path_reason(signer: FileSigner, at: datetime, policy: VerificationPolicy) -> Reason | None:
    """Return why one signer's path does not hold, the time he claims included."""
    claimed = signer.signature.claimed_at
    if not signer.path.found:
        return signer.path.reason
    if claimed is not None and claimed - at > policy.clock_tolerance:
        return Reason.CLAIMED_IN_FUTURE
    if signer.entry is None and signer.expired:
        # The office list says for how long keys of the past stay good; of a stranger's key
        # nothing but a trusted time says that it signed while its certificate lasted.
        return Reason.NO_PROOF_OF_EXISTENCE
    return None


def signer_roles(
    facts: PDFFacts, signers: tuple[FileSigner, ...], policy: VerificationPolicy
) -> Check:
    """Did person and seal of one office sign, with different keys, in their roles and order?

    Args:
        facts: what was seen, with the symbol's issuer, kind, type and time.
        signers: from :func:`find_signers`.
        policy: how long after the symbol the signatures may come.
    """
    check = CheckId.SIGNER_ROLES
    people = [signer for signer in signers if signer.signature.kind == "signature"]
    if not facts.reading.passed or not people:
        return failed(check, Reason.NOT_RUN)
    if len(people) > _MOST_SIGNERS:
        return failed(check, Reason.UNEXPECTED_SIGNER, f"{len(people)} signatures")
    *others, seal = people
    for signer, role, missing in (
        *((other, Role.PERSON, Reason.PERSON_MISSING) for other in others),
        (seal, Role.SEAL, Reason.SEAL_MISSING),
    ):
        reason = _role_reason(signer, role, missing) or _grant_reason(facts, signer, policy)
        if reason is not None:
            return failed(check, reason, role.value)
    person = facts.content.names_certifier
    if person is not None and person is not bool(others):
        reason = Reason.PERSON_MISSING if person else Reason.UNEXPECTED_SIGNER
        return failed(check, reason, Role.PERSON.value)
    if len({_public_key(signer) for signer in people}) != len(people):
        return failed(check, Reason.SAME_KEY)
    first = people[0].signature
    if not first.certifies or first.permission != CERTIFIED_FIELDS:
        return failed(check, Reason.SIGNATURE_FIELD, "the first signature certifies with P=2")
    if any(signer.signature.certifies for signer in people[1:]):
        return failed(check, Reason.SIGNATURE_FIELD, "certified twice")
    return passed(check)


def _role_reason(signer: FileSigner, role: Role, missing: Reason) -> Reason | None:
    if signer.entry is None:
        return Reason.SIGNER_UNKNOWN
    if signer.entry.role is role:
        return None
    return missing if signer.entry.role in {Role.PERSON, Role.SEAL} else Reason.WRONG_ROLE


def _grant_reason(facts: PDFFacts, signer: FileSigner, policy: VerificationPolicy) -> Reason | None:
    """Return why this key may not sign this copy: office, window, state, scope, time."""
    entry, office, claimed = signer.entry, signer.office, signer.signature.claimed_at
    if entry is None or office is None or claimed is None:
        return Reason.CLAIM_VALUE  # who signed is known here; when he did is not
    if not entry.signs_at(claimed):
        return Reason.CLAIMED_OUTSIDE_WINDOW
    state = key_state_reason(entry, claimed, None)
    symbol = facts.qr
    if state is not None or symbol is None or symbol.claimed_at is None:
        return state  # of a symbol that cannot be read its own checks speak
    delay = claimed - symbol.claimed_at
    if not -policy.clock_tolerance <= delay <= policy.max_timestamp_delay:
        return Reason.CLAIMED_TIME_DIFFERS
    return _copy_reason(symbol, entry, office, symbol.claimed_at)


def _copy_reason(
    symbol: QRFacts, entry: CertificateEntry, office: OfficeEntry, claimed: datetime
) -> Reason | None:
    """Return why this key may not sign what the symbol says."""
    if symbol.issuer != office.agency_code:
        return Reason.OFFICES_DIFFER
    if symbol.format_id is None or symbol.kind is None:
        return None
    return scope_reason(
        entry,
        office,
        format_id=symbol.format_id,
        kind=symbol.kind,
        area=symbol.authority_area,
        time=claimed,
    )


def _public_key(signer: FileSigner) -> bytes:
    certificate = parse_certificate(signer.signature.certificates[0])
    if certificate is None:
        return b""  # its path was not found; two of them count as one key
    return certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def signer_reports(
    signers: tuple[FileSigner, ...], at: datetime, policy: VerificationPolicy, *, foreign: bool
) -> tuple[SignerReport, ...]:
    """Return one row for each signature of the file.

    Args:
        signers: from :func:`find_signers`.
        at: the time asked for.
        policy: how far a claimed time may lie ahead.
        foreign: a file of somebody else, which need not be PAdES.
    """
    rows = []
    for signer in signers:
        reasons = list(signature_reasons(signer.signature, foreign=foreign))
        path = _path_reason(signer, at, policy)
        if path is not None:
            reasons.append(path)
        whole = not reasons and signer.signature.subfilter == "ETSI.CAdES.detached"
        rows.append(
            SignerReport(
                field=signer.signature.field,
                role=None if signer.role is None else signer.role.value,
                certificate=signer.fingerprint,
                office=None if signer.office is None else signer.office.agency_code,
                vouched_by=None if signer.path.anchor is None else signer.path.anchor.name,
                level=PadesLevel.B_B if whole else None,
                claimed_at=signer.signature.claimed_at,
                proven_at=None,
                reasons=tuple(dict.fromkeys(reasons)),
            )
        )
    return tuple(rows)
