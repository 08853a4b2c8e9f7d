"""Keys, services and evidence for issuing above B-B: repeatable, watched, and failing on demand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from support.pdf_copies import ISSUED, demo, record_of
from vncopy.errors import Message, SigningError
from vncopy.facts.evidence import Gathered
from vncopy.formats.profile import load_profile
from vncopy.issue import Draft, IssuedCopy, Signers, issue, prepare
from vncopy.policy import PadesLevel
from vncopy.sign import LocalTimestamper

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from vncopy.reasons import Reason
    from vncopy.sign import CopySigner

STAMPED = ISSUED + timedelta(seconds=2)
OFFICE = demo().offices[0]


@cache
def draft(name: str = "birth") -> Draft[Any]:
    """Return a draft, always the same."""
    profile = load_profile(ISSUED.date())
    return prepare(*record_of(name, OFFICE), profile=profile, entropy=bytes)


@cache
def signers(kind: Any = "p256") -> Signers:
    """Return the keys of the first demo office."""
    return Signers(
        person=OFFICE.persons[kind].signer(),
        seal=OFFICE.seals[kind].signer(),
        qr=OFFICE.qr.signer(),
    )


def service(at: datetime = STAMPED) -> LocalTimestamper:
    """Return the demo's timestamping service at a time; its tokens are always the same."""
    return LocalTimestamper(demo().tsa.signer(), lambda: at, entropy=bytes)


@cache
def issued_at(level: str, kind: str = "p256") -> IssuedCopy:
    """Return a copy at a level."""
    return issue(
        draft(),
        signers=signers(kind),
        at=ISSUED,
        tsa=service(),
        evidence=demo().evidence(STAMPED),
        level=PadesLevel(level),
        trust=demo().trust,
    )


@dataclass
class Watched:
    """A signer or a service that counts how often it was asked, and can break at one of them."""

    good: Any
    breaks_at: int = 0
    error: Exception = field(default_factory=lambda: OSError("gone"))
    asked: int = 0

    @property
    def chain(self) -> tuple[bytes, ...]:
        """As the good one."""
        return self.good.chain  # type: ignore[no-any-return]

    @property
    def algorithm(self) -> Any:
        """As the good one."""
        return self.good.algorithm

    def _count(self) -> None:
        self.asked += 1
        if self.asked == self.breaks_at:
            raise self.error

    def sign(self, message: bytes, /) -> bytes:
        """Sign, or break."""
        self._count()
        return self.good.sign(message)  # type: ignore[no-any-return]

    def timestamp(self, digest: bytes, /) -> bytes:
        """Stamp, or break."""
        self._count()
        return self.good.timestamp(digest)  # type: ignore[no-any-return]


def watched(kind: Any = "p256") -> tuple[Signers, list[Watched]]:
    """Return signers and who watches them."""
    keys = [Watched(each) for each in (signers(kind).person, signers(kind).seal, signers(kind).qr)]
    person, seal, qr = keys
    return Signers(person=person, seal=seal, qr=qr), keys


@dataclass
class Source:
    """A source of evidence that changes what it says after so many paths."""

    first: Callable[[Sequence[bytes]], Gathered]
    then: Callable[[Sequence[bytes]], Gathered]
    paths: int
    asked: int = 0

    def gather(self, chain: Sequence[bytes], /) -> Gathered:
        """Say the one thing, later the other."""
        self.asked += 1
        return (self.first if self.asked <= self.paths else self.then)(chain)


def missing(reason: Reason | None) -> Callable[[Sequence[bytes]], Gathered]:
    """Return a source that gives nothing, and why."""
    return lambda _: Gathered(problem=reason)


def refusal() -> SigningError:
    """Return what a service says that does not want to."""
    return SigningError(Message("từ chối", "refused"))


def key_of(signer: CopySigner | None) -> bytes:
    """Return a signer's certificate."""
    assert signer is not None
    return signer.chain[0]
