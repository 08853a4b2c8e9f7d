"""Who signed a PDF: the certificates behind its signatures, their roles, paths and states.

Pure functions over facts and the trust store, as in :mod:`vncopy.verify.checks_pdf`. Paths are
searched by the one validator that symbols use too (:mod:`vncopy.verify.chain`), at the times that
:mod:`vncopy.verify.proofs` finds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Check, failed, passed
from vncopy.trust import CertificateEntry, OfficeEntry, Role, Vouching
from vncopy.verify.certificates import key_of, parse_certificate
from vncopy.verify.chain import PathResult
from vncopy.verify.checks_keys import REVOKED, key_state_reason, scope_reason
from vncopy.verify.checks_pdf import CERTIFIED_FIELDS

if TYPE_CHECKING:
    from datetime import datetime

    from vncopy.facts.pdf import PDFFacts, SignatureFacts
    from vncopy.facts.qr import QRFacts
    from vncopy.policy import VerificationPolicy
    from vncopy.verify.proofs import FileProofs, Proof

__all__ = [
    "FileSigner",
    "find_signers",
    "path_reason",
    "proven_time",
    "signer_paths",
    "signer_roles",
    "state_reason",
]

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
    proof: Proof | None = None
    """What is proven of it; ``None``: it has no certificate."""

    @property
    def proven_at(self) -> datetime | None:
        """A time at which it provably existed."""
        return None if self.proof is None else self.proof.proven_at

    @property
    def fingerprint(self) -> str | None:
        """SHA-256 of the certificate, hexadecimal."""
        certificates = self.signature.certificates
        return hashlib.sha256(certificates[0]).hexdigest() if certificates else None


def find_signers(proofs: FileProofs) -> tuple[FileSigner, ...]:
    """Look up every signature's certificate and what is proven of it.

    Args:
        proofs: from :func:`vncopy.verify.proofs.prove`.
    """
    signatures = proofs.facts.signatures
    last = max((i for i, each in enumerate(signatures) if each.kind == "signature"), default=-1)
    found = []
    for number, signature in enumerate(signatures):
        roles: tuple[Role, ...] = (Role.PERSON, Role.SEAL)
        if signature.kind == "timestamp":
            roles = (Role.TSA,)
        elif number == last:
            roles = (Role.SEAL, Role.PERSON)  # the seal comes last
        found.append(_signer(number, signature, roles, proofs))
    return tuple(found)


def _signer(
    number: int, signature: SignatureFacts, wanted: tuple[Role, ...], proofs: FileProofs
) -> FileSigner:
    if not signature.certificates:
        missing = PathResult(reason=Reason.NOT_RUN)
        return FileSigner(signature=signature, role=None, office=None, entry=None, path=missing)
    known = sorted(
        proofs.moment.trust.entries_of(signature.certificates[0]),
        key=lambda pair: wanted.index(pair[1].role) if pair[1].role in wanted else len(wanted),
    )
    office, entry = known[0] if known else (None, None)
    roles = wanted
    if entry is not None and (entry.role is Role.TSA) is (signature.kind == "timestamp"):
        # Whoever is known for timestamps signs nothing else, and nobody else makes timestamps.
        roles = (entry.role,)
    proof = proofs.of(number, roles[0])
    for role in roles[1:]:
        if not proof.path.found:
            proof = proofs.of(number, role)
    listed = entry is not None and entry.vouched_by is Vouching.LIST
    return FileSigner(
        signature=signature,
        role=None if entry is None else entry.role,
        office=office,
        entry=entry,
        path=PathResult(reason=Reason.NO_TRUST_LIST) if listed else proof.path,
        proof=proof,
    )


def proven_time(signers: tuple[FileSigner, ...]) -> datetime | None:
    """Return the proven time of the seal: all that the file says existed then.

    Args:
        signers: from :func:`find_signers`.
    """
    people = [signer for signer in signers if signer.signature.kind == "signature"]
    return people[-1].proven_at if people else None


def signer_paths(
    facts: PDFFacts,
    signers: tuple[FileSigner, ...],
    at: datetime,
    policy: VerificationPolicy,
    *,
    foreign: bool = False,
) -> Check:
    """Does every signer's certificate chain to an anchor at the relevant time?

    Of a copy, the authorities of its document timestamps too: its issuer chose them for those who
    receive it. Of a file of somebody else such a timestamp proves nothing, and no more follows.

    Args:
        facts: what was seen.
        signers: from :func:`find_signers`.
        at: the time asked for.
        policy: how far a claimed time may lie ahead.
        foreign: a file of somebody else.
    """
    check = CheckId.SIGNER_PATHS
    asked = [
        (number, signer)
        for number, signer in enumerate(signers)
        if signer.signature.kind == "signature" or not foreign
    ]
    if not facts.reading.passed or not asked:
        return failed(check, Reason.NOT_RUN)
    found = [
        (reason, f"signature {number + 1}; {signer.path.detail}".rstrip("; "))
        for number, signer in asked
        if (reason := path_reason(signer, at, policy)) is not None
    ]
    if not found:
        return passed(check)
    # What speaks against one of them counts before what is missing of another.
    return failed(check, *min(found, key=lambda pair: pair[0].info.outcome))


def path_reason(signer: FileSigner, at: datetime, policy: VerificationPolicy) -> Reason | None:
    """Return why one signer's path does not hold, the time he claims included.

    Args:
        signer: from :func:`find_signers`.
        at: the time asked for.
        policy: how far a claimed time may lie ahead, and whether trusted time is asked for.
    """
    claimed, proof = signer.signature.claimed_at, signer.proof
    if not signer.path.found or proof is None:
        return signer.path.reason
    if claimed is not None and claimed - at > policy.clock_tolerance:
        return Reason.CLAIMED_IN_FUTURE
    revoked = None if proof.revocation is None else proof.revocation.reason
    if signer.signature.kind == "signature" and revoked in REVOKED:
        # Evidence may be waived where it is missing, not where it speaks.
        return revoked
    if signer.entry is None or CheckId.TRUSTED_TIME not in policy.waived:
        # The office list says for how long keys of the past stay good. Of a stranger's key, and
        # wherever trusted time is asked for, nothing but that says that it signed while its
        # certificate lasted.
        return proof.ended
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
    state = state_reason(signer)
    symbol = facts.qr
    if state is not None or symbol is None or symbol.claimed_at is None:
        return state  # of a symbol that cannot be read its own checks speak
    delay = claimed - symbol.claimed_at
    if not -policy.clock_tolerance <= delay <= policy.max_timestamp_delay:
        return Reason.CLAIMED_TIME_DIFFERS
    return _copy_reason(symbol, entry, office, symbol.claimed_at)


def state_reason(signer: FileSigner) -> Reason | None:
    """Return why the state of a signer's key speaks against what it signed, or ``None``."""
    entry, claimed = signer.entry, signer.signature.claimed_at
    if entry is None or claimed is None:
        return None
    return key_state_reason(entry, claimed, signer.proven_at)


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
    key = None if certificate is None else key_of(certificate)
    if key is None:
        return b""  # its path was not found; two of them count as one key
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
