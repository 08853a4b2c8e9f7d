"""What is proven of each signature of a file, and when: its time, path, revocation and level.

Everything is judged at its own proven time: the time of the earliest valid timestamp that covers
it, else the time asked for. Which timestamps are valid is the business of
:mod:`vncopy.verify.stamps`; here each signature gets what they prove.

The levels are those of ETSI EN 319 142-1, as far as they hold today: B-T with a valid timestamp of
its own; B-LT where all evidence is in the file; B-LTA where a valid document timestamp covers that
evidence. A level whose timestamps prove nothing any more is not reached any more.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vncopy.policy import PadesLevel
from vncopy.trust import Role
from vncopy.verify.algorithms import key_size
from vncopy.verify.chain import PathResult, parse_certificate, validate_path
from vncopy.verify.stamp_facts import DIGEST_BITS, Stamp, Stamps, proves
from vncopy.verify.stamps import authority_path, existed_by, judge_stamps, known_evidence

if TYPE_CHECKING:
    from datetime import datetime

    from vncopy.algorithms import AlgorithmPolicy
    from vncopy.facts.pdf import PDFFacts, SignatureFacts
    from vncopy.reasons import Reason
    from vncopy.verify.moment import Moment
    from vncopy.verify.revocation import KnownEvidence, RevocationResult

__all__ = ["FileProofs", "Proof", "prove"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What is proven of one signature."""

    proven_at: datetime | None
    """A time at which it provably existed; ``None``: nothing proves one."""
    stamps: tuple[Stamp, ...]
    """The timestamps that prove it, earliest first."""
    refused: tuple[Stamp, ...]
    """Timestamps that cover it and prove nothing."""
    path: PathResult
    """Its path at the claimed time, with algorithms that are safe at the proven one."""
    ended: Reason | None
    """Why there is no path at the proven time, else at the time asked for, though there is one at
    the claimed time."""
    revocation: RevocationResult | None
    """What evidence says of that path; ``None``: there is none."""
    renew_before: datetime | None
    """When the outermost timestamp stops to prove anything; ``None``: there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileProofs:
    """What is proven in one file."""

    facts: PDFFacts
    """What was seen."""
    moment: Moment
    """Trust, time and policy."""
    stamps: Stamps
    """Its timestamps."""

    def of(self, number: int, role: Role) -> Proof:
        """Return what is proven of one signature.

        Args:
            number: its index; it has a certificate.
            role: what its certificate signs.
        """
        signature = self.facts.signatures[number]
        stamps = self.stamps.of(number, signature.end)
        if not (signature.problem is None and signature.intact and signature.valid):
            stamps = ()  # what the timestamps prove is not this signature
        proven_at = None if not stamps else proves(stamps[0])
        path, ended = self._path(signature, number, role, proven_at)
        revocation = None
        if path.found:
            revocation = self.moment.revocation(
                path, self.stamps.evidence, proven_at=proven_at, claimed=signature.claimed_at
            )
        return Proof(
            proven_at=proven_at,
            stamps=stamps,
            refused=tuple(
                stamp
                for stamp in self.stamps.all
                if not stamp.valid and stamp.covers(number, signature.end)
            ),
            path=path,
            ended=ended,
            revocation=revocation,
            renew_before=_renew_before(stamps, self.moment.policy.algorithms),
        )

    def _path(
        self, signature: SignatureFacts, number: int, role: Role, proven_at: datetime | None
    ) -> tuple[PathResult, Reason | None]:
        """Return the path at the claimed time, and why it does not last to the proven one."""
        moment = self.moment
        claimed = signature.claimed_at or proven_at or moment.at
        pool = tuple(each.der for each in self.facts.evidence if each.kind == "certificate")
        if role is Role.TSA:
            certificates, safe = signature.certificates, moment.policy.algorithms
            return authority_path(
                certificates, pool, at=claimed, trust=moment.trust, algorithms=safe
            ), None
        leaf, *others = signature.certificates
        existed = None
        if not moment.trust.entries_of(leaf):
            existed = self._existed(signature, number, proven_at)

        def search(at: datetime, safe_at: datetime) -> PathResult:
            return validate_path(
                leaf,
                (*others, *pool),
                trust=moment.trust,
                at=at,
                role=role,
                algorithms=moment.policy.algorithms,
                algorithms_at=safe_at,
                existed=existed,
            )

        last = max(moment.at, claimed) if proven_at is None else proven_at
        path = search(claimed, last)
        if not path.found:
            return path, None
        bits = DIGEST_BITS.get(signature.digest_algorithm, 0)
        digest = moment.policy.algorithms.reason(signature.digest_algorithm, bits, last)
        if digest is not None and signature.problem is None:
            return PathResult(reason=digest, detail="digest"), None
        return path, search(last, last).reason

    def _existed(
        self, signature: SignatureFacts, number: int, proven_at: datetime | None
    ) -> dict[bytes, datetime]:
        """Return by when the certificates of a stranger's path provably existed."""
        at = self.moment.at
        around = (
            proves(each)
            for each in self.stamps.all
            if each.valid and each.kind == "document" and each.covers(number, signature.end)
        )
        embedded = dict.fromkeys(signature.certificates, min(around, default=at))
        if signature.has_signing_certificate:
            # Its own timestamp covers the value of the signature, and that covers the digest of the
            # signer's certificate. Of the others beside it a document timestamp alone says anything.
            embedded[signature.certificates[0]] = proven_at or at
        return existed_by(embedded, self.facts.evidence, self.stamps.all, self.moment)

    def level(self, number: int, proof: Proof) -> PadesLevel:
        """Return the level that one sound signature reaches.

        Args:
            number: its index.
            proof: what is proven of it.
        """
        own = [stamp for stamp in proof.stamps if stamp.kind == "signature"]
        if not own:
            return PadesLevel.B_B
        pieces = [each for each in self.facts.evidence if each.origin == "file"]
        evidence = known_evidence(pieces, self.stamps.all, self.moment.at)
        claimed = self.facts.signatures[number].claimed_at
        signer = self._used(proof.path, evidence, proven_at=proof.proven_at, claimed=claimed)
        for stamp in own:
            authority = self._used(stamp.path, evidence, proven_at=stamp.time, claimed=stamp.time)
            if signer is None or authority is None or not self._holds(number, proof, stamp):
                continue
            used = signer | authority
            ends = [each.end for each in pieces if hashlib.sha256(each.der).hexdigest() in used]
            archived = any(
                each.kind == "document" and each.end >= max(ends, default=self.facts.size)
                for each in proof.stamps
            )
            return PadesLevel.B_LTA if archived else PadesLevel.B_LT
        return PadesLevel.B_T

    def _used(
        self,
        path: PathResult | None,
        evidence: tuple[KnownEvidence, ...],
        *,
        proven_at: datetime | None,
        claimed: datetime | None,
    ) -> frozenset[str] | None:
        """Return the digests of the evidence of the file that does, or ``None`` if it does not."""
        result = (
            None
            if path is None
            else self.moment.revocation(path, evidence, proven_at=proven_at, claimed=claimed)
        )
        if result is None or result.reason is not None:
            return None
        return frozenset(each.sha256 for each in result.used)

    def _holds(self, number: int, proof: Proof, stamp: Stamp) -> bool:
        """Tell whether the file holds every certificate of two paths, the anchors aside."""
        held = {
            *self.facts.signatures[number].certificates,
            *stamp.certificates,
            *(each.der for each in self.facts.evidence if each.kind == "certificate"),
        }
        paths = (proof.path, stamp.path)
        return all(held.issuperset(path.chain[:-1]) for path in paths if path is not None)


def prove(facts: PDFFacts, moment: Moment) -> FileProofs:
    """Judge the timestamps of a file, so that it can be told what they prove of its signatures.

    Args:
        facts: what was seen.
        moment: trust, time and policy.
    """
    return FileProofs(facts=facts, moment=moment, stamps=judge_stamps(facts, moment))


def _renew_before(stamps: tuple[Stamp, ...], algorithms: AlgorithmPolicy) -> datetime | None:
    """Return when the outermost of several timestamps stops to prove anything."""
    documents = [stamp for stamp in stamps if stamp.kind == "document"]
    outermost = documents[-1:] or stamps
    ends = (_lasts_until(stamp, algorithms) for stamp in outermost)
    return max((end for end in ends if end is not None), default=None)


def _lasts_until(stamp: Stamp, algorithms: AlgorithmPolicy) -> datetime | None:
    """Return when the path of a timestamp's authority ends, or one of its algorithms."""
    chain = () if stamp.path is None else stamp.path.chain
    certificates = [parsed for der in chain if (parsed := parse_certificate(der)) is not None]
    digests = [certificate.signature_hash_algorithm for certificate in certificates]
    used = [
        (stamp.digest_algorithm, DIGEST_BITS.get(stamp.digest_algorithm, 0)),
        *(key_size(certificate.public_key()) for certificate in certificates),
        *((digest.name, digest.digest_size * 8) for digest in digests if digest is not None),
    ]
    lines = [algorithms.line(name, bits) for name, bits in used]
    ends = [certificate.not_valid_after_utc for certificate in certificates]
    ends += [line.until for line in lines if line is not None and line.until is not None]
    return min(ends, default=None)
