"""The timestamps of a file as values: what was seen of each, and what became of it.

They are judged by :mod:`vncopy.verify.stamps`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal

from vncopy.reasons import Reason

if TYPE_CHECKING:
    from datetime import datetime

    from vncopy.facts.pdf import PDFFacts
    from vncopy.verify.chain import PathResult
    from vncopy.verify.revocation import KnownEvidence, RevocationResult

__all__ = ["DIGEST_BITS", "MAX_ACCURACY", "Stamp", "Stamps", "proves", "stamps_of", "time_of"]

MAX_ACCURACY: Final = timedelta(minutes=5)
"""A timestamp that may be off by more proves no time: it would contradict nothing."""
_TOO_VAGUE: Final = timedelta.max
DIGEST_BITS: Final = {"sha1": 160, "sha256": 256, "sha384": 384, "sha512": 512}
"""Sizes of the digests of signatures, by the names that facts have."""
_UNREADABLE: Final = frozenset(
    {Reason.TIMESTAMP_MALFORMED, Reason.CMS_MALFORMED, Reason.ENGINE_FAILED, Reason.CMS_ATTRIBUTES}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """One timestamp and what it proves."""

    kind: Literal["signature", "document"]
    """Of one signature's value, or of all bytes up to it."""
    signature: int
    """Index of the signature that holds it; of a document timestamp its own."""
    end: int
    """Bytes from the start of the file that its signature covers."""
    time: datetime | None
    """``genTime``."""
    accuracy: timedelta
    """How far it may be off."""
    digest_algorithm: str
    """The weakest digest that it rests on."""
    certificates: tuple[bytes, ...] = field(repr=False)
    """DER of the authority's certificate, then of others that came along."""
    judged_at: datetime
    """The time at which it is last proven to exist, else the time asked for."""
    covered: bool = False
    """Whether another timestamp proves ``judged_at``."""
    reason: Reason | None = None
    """Why it proves nothing; ``None``: it proves its time."""
    detail: str = ""
    """A hint for engineers."""
    broken: bool = False
    """Its own signature or imprint is wrong: no matter of trust."""
    path: PathResult | None = None
    """The path of its authority at ``judged_at``; ``None``: it was not searched."""
    revocation: RevocationResult | None = None
    """What evidence says of that path at its time; ``None``: there is no path."""

    @property
    def valid(self) -> bool:
        """Whether it proves its time."""
        return self.reason is None

    def covers(self, signature: int, end: int) -> bool:
        """Tell whether it proves that a signature of the file existed.

        Args:
            signature: index of the signature.
            end: bytes that it covers.
        """
        if self.kind == "signature":
            return signature == self.signature
        return signature < self.signature and end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """All timestamps of a file."""

    all: tuple[Stamp, ...]
    """In the order of the signatures that hold them."""
    evidence: tuple[KnownEvidence, ...]
    """Revocation evidence, each piece with the time at which it provably existed."""

    def of(self, signature: int, end: int) -> tuple[Stamp, ...]:
        """Return the valid timestamps that prove one signature, earliest first."""
        valid = (stamp for stamp in self.all if stamp.valid and stamp.covers(signature, end))
        return tuple(sorted(valid, key=proves))


def time_of(stamp: Stamp) -> datetime:
    """Return the time of a timestamp; one that is valid has one."""
    return stamp.judged_at if stamp.time is None else stamp.time


def proves(stamp: Stamp) -> datetime:
    """Return the time at which a valid timestamp proves that something existed.

    Its time may be off by its accuracy: what it covers may have been made that much later.
    """
    return time_of(stamp) + stamp.accuracy


def stamps_of(facts: PDFFacts, at: datetime) -> tuple[Stamp, ...]:
    """Return the timestamps as they were seen."""
    found = []
    for number, signature in enumerate(facts.signatures):
        if signature.kind == "timestamp":
            whole = signature.coverage in {"entire_file", "entire_revision"}
            reason, detail = _flaw(
                signature.problem, fits=signature.intact and signature.valid and whole
            )
            found.append(
                Stamp(
                    kind="document",
                    signature=number,
                    end=signature.end,
                    time=signature.claimed_at,
                    accuracy=_accuracy(signature.accuracy),
                    digest_algorithm=signature.digest_algorithm,
                    certificates=signature.certificates,
                    judged_at=at,
                    reason=reason,
                    detail=detail,
                    broken=reason is not None,
                )
            )
        for token in signature.timestamps:
            reason, detail = _flaw(token.problem, fits=token.intact and token.valid)
            found.append(
                Stamp(
                    kind="signature",
                    signature=number,
                    end=signature.end,
                    time=token.time,
                    accuracy=_accuracy(token.accuracy),
                    digest_algorithm=token.digest_algorithm,
                    certificates=token.certificates,
                    judged_at=at,
                    reason=reason,
                    detail=detail,
                    broken=reason is not None,
                )
            )
    return tuple(found)


def _accuracy(milliseconds: int) -> timedelta:
    """Return the accuracy that a timestamp states; stored facts may say anything."""
    most = MAX_ACCURACY // timedelta(milliseconds=1)
    return timedelta(milliseconds=milliseconds) if 0 <= milliseconds <= most else _TOO_VAGUE


def _flaw(problem: Reason | None, *, fits: bool) -> tuple[Reason | None, str]:
    """Return what is wrong with a timestamp by itself."""
    if problem is not None:
        malformed = problem in _UNREADABLE
        reason = Reason.TIMESTAMP_MALFORMED if malformed else Reason.TIMESTAMP_INVALID
        return reason, problem.value
    return (None, "") if fits else (Reason.TIMESTAMP_INVALID, "")
