"""Which timestamps of a file prove something: each judged at its own proven time, outside in.

The last document timestamp is judged at the time asked for. What it covers existed at its time and
is judged then: the timestamp before it, and so on inwards, until each signature's own timestamps.
Nobody has to believe a certificate that ended since, as long as somebody else vouched in time.

A timestamp proves nothing if it is broken, of an authority that nobody here trusts, of one whose
certificate had ended, was revoked or stood for a broken algorithm when the timestamp was last proven
to exist, or if it contradicts another. Missing revocation evidence does not take its proof away: the
check of revocation asks for it. What is *known* against its authority does.

Pure functions over facts and trust.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from vncopy.algorithms import DEFAULT_ALGORITHMS
from vncopy.reasons import Reason
from vncopy.trust import Role, TrustStore, Vouching
from vncopy.verify.chain import validate_path
from vncopy.verify.checks_keys import REVOKED, key_state_reason
from vncopy.verify.revocation import KnownEvidence
from vncopy.verify.stamp_facts import (
    DIGEST_BITS,
    MAX_ACCURACY,
    Stamp,
    Stamps,
    proves,
    stamps_of,
    time_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from vncopy.algorithms import AlgorithmPolicy
    from vncopy.facts.evidence import EvidenceFacts
    from vncopy.facts.pdf import PDFFacts
    from vncopy.trust import CertificateEntry
    from vncopy.verify.chain import PathResult
    from vncopy.verify.moment import Moment

__all__ = ["authority_path", "existed_by", "judge_stamps", "known_evidence"]

TOLERANCE: Final = timedelta(minutes=1)
"""How far the clocks of two timestamping authorities may differ, besides the accuracy that they
state: ETSI EN 319 421 asks for one second."""


def judge_stamps(facts: PDFFacts, moment: Moment) -> Stamps:
    """Judge every timestamp of a file.

    Args:
        facts: what was seen.
        moment: trust, time and policy.
    """
    refused: dict[int, tuple[Reason, str]] = {}
    found = stamps_of(facts, moment.at)
    while True:
        stamps = _outside_in(found, refused, facts.evidence, moment)
        evidence = known_evidence(facts.evidence, stamps, moment.at)
        stamps = tuple(_with_revocation(stamp, evidence, moment) for stamp in stamps)
        known = {}
        for number, stamp in enumerate(stamps):
            said = None if stamp.revocation is None else stamp.revocation.reason
            if stamp.valid and said is not None and said in REVOKED:
                known[number] = (Reason.TIMESTAMP_INVALID, said.value)
        if not known:
            break
        # What it proved has to be judged again without it. Every turn refuses one at least.
        refused |= known
    if _contradict(stamps):
        # One of them lies, and nobody can say which: none is believed.
        stamps = tuple(
            replace(each, reason=Reason.TIMESTAMP_ORDER) if each.valid else each for each in stamps
        )
        evidence = known_evidence(facts.evidence, stamps, moment.at)
    return Stamps(all=stamps, evidence=evidence)


def known_evidence(
    pieces: Iterable[EvidenceFacts], stamps: Iterable[Stamp], at: datetime
) -> tuple[KnownEvidence, ...]:
    """Return revocation evidence with the time at which each piece provably existed.

    Args:
        pieces: of the file and of the verifier.
        stamps: timestamps; the earliest valid one of the document that covers a piece counts.
        at: the time of pieces that nothing proves.
    """
    proofs = [each for each in stamps if each.valid and each.kind == "document"]
    return tuple(
        KnownEvidence(der=piece.der, kind=piece.kind, seen=_seen(piece, proofs, at))
        for piece in pieces
        if piece.kind != "certificate"
    )


def _seen(piece: EvidenceFacts, proofs: Iterable[Stamp], at: datetime) -> datetime:
    """Return when a piece of the file provably existed, else ``at``."""
    inside = piece.origin == "file" and piece.end > 0
    times = (proves(stamp) for stamp in proofs if inside and piece.end <= stamp.end)
    return min(times, default=at)


def existed_by(
    embedded: Mapping[bytes, datetime],
    pieces: Iterable[EvidenceFacts],
    stamps: Iterable[Stamp],
    moment: Moment,
) -> dict[bytes, datetime]:
    """Return by when the certificates provably existed that a file brings along for one path.

    Args:
        embedded: by when those (DER) existed that are beside the signature or in the timestamp.
        pieces: validation data of the file and of the verifier.
        stamps: timestamps that may prove it.
        moment: trust and time. Certificates of the trust folder are not asked about.
    """
    proofs = [each for each in stamps if each.valid and each.kind == "document"]
    known = dict(embedded)
    for piece in pieces:
        if piece.kind == "certificate":
            seen = _seen(piece, proofs, moment.at)
            known[piece.der] = min(seen, known.get(piece.der, seen))
    for der in (*moment.trust.intermediates, *(each.certificate for each in moment.trust.anchors)):
        known.pop(der, None)
    return known


def _outside_in(
    found: tuple[Stamp, ...],
    refused: dict[int, tuple[Reason, str]],
    pieces: tuple[EvidenceFacts, ...],
    moment: Moment,
) -> tuple[Stamp, ...]:
    """Judge paths, keys and algorithms, the last timestamp of the document first."""
    # A document timestamp covers everything before it; a signature's own covers no other one.
    order = sorted(
        range(len(found)),
        key=lambda number: (found[number].kind == "document", found[number].signature),
        reverse=True,
    )
    judged = list(found)
    outer: list[Stamp] = []
    for number in order:
        stamp = found[number]
        times = [proves(each) for each in outer if each.covers(stamp.signature, stamp.end)]
        stamp = replace(stamp, judged_at=min(times, default=moment.at), covered=bool(times))
        if stamp.valid and number in refused:
            reason, detail = refused[number]
            stamp = replace(stamp, reason=reason, detail=detail)
        elif stamp.valid:
            embedded = dict.fromkeys(stamp.certificates, stamp.judged_at)
            existed = existed_by(embedded, pieces, outer, moment)
            stamp = _judged(stamp, pieces, existed, moment)
        if stamp.valid and stamp.kind == "document":
            outer.append(stamp)
        judged[number] = stamp
    return tuple(judged)


def _judged(
    stamp: Stamp,
    pieces: tuple[EvidenceFacts, ...],
    existed: dict[bytes, datetime],
    moment: Moment,
) -> Stamp:
    """Return one timestamp with what path, key and algorithms say of it."""
    time = stamp.time
    if time is None or not stamp.certificates:
        return replace(stamp, reason=Reason.TIMESTAMP_MALFORMED, broken=True)
    if time - moment.at > moment.policy.clock_tolerance:
        return replace(stamp, reason=Reason.TIMESTAMP_ORDER, detail="after the time asked for")
    if stamp.accuracy > MAX_ACCURACY:
        return replace(stamp, reason=Reason.TIMESTAMP_INVALID, detail="accuracy")
    safe = moment.policy.algorithms
    digest = safe.reason(
        stamp.digest_algorithm, DIGEST_BITS.get(stamp.digest_algorithm, 0), stamp.judged_at
    )
    if digest is not None:
        outdated = digest is Reason.ALGORITHM_OUTDATED
        reason = digest if outdated else Reason.TIMESTAMP_INVALID
        return replace(stamp, reason=reason, detail="digest")

    def search(at: datetime) -> PathResult:
        pool = tuple(each.der for each in pieces if each.kind == "certificate")
        trust = moment.trust
        return authority_path(
            stamp.certificates, pool, at=at, trust=trust, algorithms=safe, existed=existed
        )

    path = search(stamp.judged_at)
    if not path.found:
        return _without_path(stamp, path, search(time))
    proven = stamp.judged_at if stamp.covered else None
    for entry in _entries(stamp.certificates[0], moment.trust):
        state = key_state_reason(entry, time, proven)
        if entry.vouched_by is Vouching.LIST:
            state = Reason.NO_TRUST_LIST
        elif not entry.signs_at(time):
            state = Reason.CLAIMED_OUTSIDE_WINDOW
        if state is not None:
            return replace(stamp, reason=Reason.TIMESTAMP_INVALID, detail=state.value, path=path)
    return replace(stamp, path=path)


def authority_path(
    certificates: tuple[bytes, ...],
    pool: tuple[bytes, ...],
    *,
    at: datetime,
    trust: TrustStore,
    algorithms: AlgorithmPolicy = DEFAULT_ALGORITHMS,
    existed: Mapping[bytes, datetime] | None = None,
) -> PathResult:
    """Return the path of a timestamping authority at one time.

    Args:
        certificates: DER of its certificate, then of others that came along.
        pool: further certificates of the file.
        at: the time.
        trust: whom the verifier trusts.
        algorithms: what was safe when.
        existed: by when certificates provably existed; of an authority that the folder names it is
            not asked.
    """
    leaf, *others = certificates
    brought = (*others, *pool)
    named = bool(_entries(leaf, trust))
    path = validate_path(
        leaf,
        brought,
        trust=trust,
        at=at,
        role=Role.TSA,
        algorithms=algorithms,
        existed=None if named else existed,
    )
    if path.found or not named:
        return path
    # The folder itself names this certificate for timestamps: any anchor of the folder will do.
    anchors = tuple(replace(each, roles=each.roles | {Role.TSA}) for each in trust.anchors)
    wider = TrustStore(anchors=anchors, intermediates=trust.intermediates)
    return validate_path(leaf, brought, trust=wider, at=at, role=Role.TSA, algorithms=algorithms)


def _entries(certificate: bytes, trust: TrustStore) -> list[CertificateEntry]:
    """Return the entries that the folder has for an authority's certificate."""
    known = trust.entries_of(certificate)
    return [entry for _office, entry in known if entry.role is Role.TSA]


def _without_path(stamp: Stamp, path: PathResult, then: PathResult) -> Stamp:
    """Return a timestamp without a path: never trusted, or not any more."""
    if not then.found:
        reason, why = Reason.TIMESTAMP_INVALID, then
    elif path.reason is Reason.ALGORITHM_OUTDATED:
        reason, why = Reason.ALGORITHM_OUTDATED, path
    else:
        reason, why = Reason.TIMESTAMP_EXPIRED, path
    named = "" if why.reason is None else why.reason.value
    return replace(stamp, reason=reason, detail=f"{named} {why.detail}".strip(), path=path)


def _with_revocation(stamp: Stamp, evidence: tuple[KnownEvidence, ...], moment: Moment) -> Stamp:
    """Return a timestamp with what revocation evidence says of its authority.

    Whoever steals its key later can make timestamps of any time. So the evidence must be fresh for
    the moment at which the timestamp is last proven to exist: whoever renewed a file brought it
    along (ETSI EN 319 102-1 gets there by sliding the time of validation). For the outermost
    timestamp this moment is now, of which nothing in a file can speak: there evidence does that was
    fresh when it was made, unless something is known against it.
    """
    if not stamp.valid or stamp.path is None:
        return stamp
    last = moment.revocation(
        stamp.path,
        evidence,
        proven_at=stamp.judged_at if stamp.covered else None,
        claimed=stamp.time,
    )
    if not (stamp.covered or last.reason is None or last.reason in REVOKED):
        last = moment.revocation(stamp.path, evidence, proven_at=time_of(stamp), claimed=stamp.time)
    return replace(stamp, revocation=last)


def _contradict(stamps: tuple[Stamp, ...]) -> bool:
    """Tell whether a valid timestamp is later than one that covers it."""
    valid = [stamp for stamp in stamps if stamp.valid]
    return any(
        inner.signature < outer.signature
        and inner.end <= outer.end
        and time_of(inner) - time_of(outer) > TOLERANCE + inner.accuracy + outer.accuracy
        for outer in valid
        for inner in valid
    )
