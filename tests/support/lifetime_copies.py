"""The copies of 2026 that the lifetime test asks about, and the asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from support.generations import COMMUNE, KEYS_OF_2026, PLAN, TSAS, World
from support.lifetime import Case, Renewal
from support.synthetic import Synthetic
from vncopy.facts.evidence import EvidenceSource, Gathered, StoredEvidence
from vncopy.formats.profile import load_profile
from vncopy.issue import Signers, issue, prepare
from vncopy.issue.renewal import renew
from vncopy.pki import KeyKind
from vncopy.policy import PadesLevel, VerificationPolicy
from vncopy.reasons import Reason
from vncopy.verify.pdf import verify_pdf
from vncopy.verify.qr import verify_qr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vncopy.issue import Draft, IssuedCopy
    from vncopy.report import VerificationReport

ISSUED: Final = datetime(2026, 11, 21, 3, 21, 35, tzinfo=UTC)
STAMPED: Final = ISSUED + timedelta(seconds=2)
PROVEN: Final = STAMPED + timedelta(seconds=1)
"""What the service says may be off by a second."""
"""What the clock of the timestamping service says."""
SIGNERS: Final = (*KEYS_OF_2026, *TSAS, "tsa-b")
"""Whoever signs something in these files."""
BASIC: Final = VerificationPolicy.offline_basic()


@dataclass(frozen=True)
class Unreachable:
    """A source of evidence behind a cable that was pulled."""

    def gather(self, chain: Sequence[bytes], /) -> Gathered:  # noqa: ARG002 - for all
        """Return nothing, and why."""
        return Gathered(problem=Reason.REVOCATION_UNREACHABLE)


@cache
def draft(
    name: str = COMMUNE.names[0], code: str = COMMUNE.code, at: datetime = ISSUED
) -> Draft[Any]:
    """Return the draft of a synthetic birth certificate's copy.

    Args:
        name: of the office.
        code: of the office.
        at: when it is to be issued; the law of the day counts.
    """
    made = Synthetic(1).record("birth")
    stated = made.statement.authority
    authority = stated.model_copy(
        update={
            "name": type(stated.name)(name),
            "agency_code": type(stated.agency_code)(code),
        }
    )
    statement = made.statement.model_copy(update={"authority": authority, "issued_at": None})
    numbers = iter(range(9))
    return prepare(
        made.document,
        statement,
        profile=load_profile(at.date()),
        entropy=lambda size: bytes([next(numbers)]) * size,
    )


def published(world: World, at: datetime, *, ocsp: bool) -> StoredEvidence:
    """Return what authorities publish at a time, by lists or about signers by OCSP."""
    asked = [
        label
        for label in SIGNERS
        if PLAN[label].start <= at <= world.identity(label).parsed.not_valid_after_utc
    ]
    return world.evidence(at, ocsp=asked if ocsp else ())


@cache
def issued(kind: KeyKind, level: str, *, ocsp: bool = False) -> IssuedCopy:
    """Return the copy at a level.

    Args:
        kind: of all keys but that of the symbol.
        level: one of :data:`LEVELS`.
        ocsp: whether the evidence in it is by OCSP.
    """
    world = World(kind=kind)
    wanted = PadesLevel(level)
    lasting = wanted.reaches(PadesLevel.B_LT)
    return issue(
        draft(),
        signers=Signers(
            person=world.signer("person-2026"),
            seal=world.signer("seal-2026"),
            qr=world.signer("qr-2026"),
        ),
        at=ISSUED,
        tsa=None if wanted is PadesLevel.B_B else world.timestamper(STAMPED),
        evidence=published(world, ISSUED, ocsp=ocsp) if lasting else None,
        level=wanted,
        trust=world.trust(ISSUED),
        carriage="auto",
    )


@cache
def renewed(
    kind: KeyKind, level: str, renewals: tuple[Renewal, ...], *, ocsp: bool = False
) -> bytes:
    """Return the file of a copy after some renewals, each with what was known then.

    Args:
        kind: of all keys but that of the symbol.
        level: one of :data:`LEVELS`.
        renewals: in their order.
        ocsp: whether the evidence in it is by OCSP.
    """
    if not renewals:
        return issued(kind, level, ocsp=ocsp).pdf
    world, last = World(kind=kind), renewals[-1]
    return renew(
        renewed(kind, level, renewals[:-1], ocsp=ocsp),
        tsa=world.timestamper(last.at, last.tsa),
        trust=world.trust(last.at),
        at=last.at,
        evidence=published(world, last.at, ocsp=ocsp),
    ).pdf


def evidence_of(case: Case, kind: KeyKind) -> EvidenceSource | None:
    """Return what the verifier supplies in a situation."""
    if case.unreachable:
        return Unreachable()
    if case.supplied is None:
        return None
    return case.world(World(kind=kind)).evidence(case.supplied, ocsp=case.ocsp)


def ask_pdf(
    case: Case, kind: KeyKind, level: str, policy: VerificationPolicy, *, ocsp: bool = False
) -> VerificationReport[Any]:
    """Verify the file of a copy in a situation."""
    return verify_pdf(
        renewed(kind, level, case.renewals, ocsp=ocsp),
        trust=case.trust(kind),
        at=case.at,
        policy=case.asked(policy, kind),
        evidence=evidence_of(case, kind),
    )


def ask_qr(case: Case, kind: KeyKind, policy: VerificationPolicy) -> VerificationReport[Any]:
    """Verify the text of the symbol in a situation; it is the same at every level."""
    return verify_qr(
        issued(kind, "B-B").qr_text,
        trust=case.trust(kind),
        at=case.at,
        policy=case.asked(policy, kind),
        evidence=evidence_of(case, kind),
    )


def long_term(level: str) -> VerificationPolicy:
    """Return the policy of an archive that asks for a level."""
    return VerificationPolicy.long_term(level=PadesLevel(level))
