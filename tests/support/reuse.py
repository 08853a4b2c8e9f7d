"""What re-use and downgrade are here: everything is well made, and it is not what it is used as."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from vncopy.policy import VerificationPolicy
from vncopy.report import Covers, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from vncopy.formats.base import Document
    from vncopy.policy import CheckId
    from vncopy.reasons import Reason
    from vncopy.trust import TrustStore

C = TypeVar("C", str, bytes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReuseCase(Generic[C]):
    """One carrier that somebody puts to another use, and what has to be said of it."""

    group: str
    """The kind of re-use."""
    name: str
    """Which one; unique among the cases of one carrier."""
    what: str
    """What somebody did, in one sentence."""
    build: Callable[[], C]
    """Returns the text of the symbol, or the file."""
    trust: Callable[[], TrustStore]
    """Whom the verifier trusts."""
    at: datetime
    """For when he asks."""
    verdict: Verdict = Verdict.INVALID
    """The verdict."""
    check: CheckId | None = None
    """The check that says why; ``None``: the verdict is VALID."""
    reason: Reason | None = None
    """Its reason."""
    covers: Covers | None = None
    """What the report must say that it is about, where this is what keeps the use in bounds."""
    policy: VerificationPolicy = field(default_factory=VerificationPolicy.offline_basic)
    """What is asked for."""
    expect: type[Document] | None = None
    """The one type that is expected; ``None``: any of the built-in ones."""
    alone: bool = True
    """Nothing else speaks against it: without this check it would be accepted."""
