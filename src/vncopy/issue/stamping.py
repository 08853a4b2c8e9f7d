"""A timestamping service as an issuer needs it: tried before anybody signs, and measured.

The room of a token is part of what is signed, so its length must be known before it exists. One
token is therefore asked for beforehand. It also shows that the service answers, and with which
certificate, while nothing has been signed yet.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime  # noqa: TC003 - of a public value
from typing import TYPE_CHECKING, Final

from vncopy.errors import Message, SigningError, UsageError
from vncopy.pdf.appended import TokenSource
from vncopy.policy import MAX_TIMESTAMP_DELAY
from vncopy.reasons import Reason
from vncopy.sign.tokens import read_token
from vncopy.trust import Role
from vncopy.verify.checks_keys import PROVEN_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from vncopy.sign.timestamps import Timestamper
    from vncopy.sign.tokens import Token

__all__ = ["MeasuredTimestamper", "check_clock", "check_means", "measured"]

TOKEN_MARGIN: Final = 32
"""Bytes by which tokens of one service differ: ECDSA signatures 2 for each, fractions of a second 7,
serial numbers up to 19."""
_TRIAL: Final = hashlib.sha256(b"vncopy: how long is a token?").digest()


@dataclass(frozen=True, slots=True)
class MeasuredTimestamper:
    """A service whose tokens were seen; whoever issues many copies measures once."""

    service: Timestamper = field(repr=False)
    """The service."""
    source: TokenSource = field(repr=False)
    """Its tokens, checked, with the room for one."""
    certificates: tuple[bytes, ...] = field(repr=False)
    """DER of its certificate, then of the others that its tokens bring along."""
    time: datetime
    """What time it was, by its own clock, when it was measured."""

    def timestamp(self, digest: bytes, /) -> bytes:
        """Return a timestamp that was checked.

        Args:
            digest: SHA-256 of what is to be stamped.

        Raises:
            SigningError: there is none, or it is no good.
        """
        return self.source.token(digest)

    def noting(self, seen: Callable[[Token], None]) -> MeasuredTimestamper:
        """Return the same service, which tells of every token that it gives from now on.

        Args:
            seen: is told what each token says.
        """

        def ask(digest: bytes) -> bytes:
            token = self.source.ask(digest)
            seen(read_token(token, digest))
            return token

        return replace(self, source=TokenSource(ask, self.source.space))


def measured(service: Timestamper, *, at: datetime | None = None) -> MeasuredTimestamper:
    """Ask a service for one token, over a digest that says nothing to anybody.

    Args:
        service: a timestamping service, or one measured before.
        at: the time that signatures are going to state, or of now; a service that tells another one
            would make a file that nobody accepts. Not asked of one measured before.

    Returns:
        The service with the room that its tokens need.

    Raises:
        UsageError: it is no service.
        SigningError: it gives no usable token, or another time.
    """
    if isinstance(service, MeasuredTimestamper):
        return service
    check_means("tsa", service, "timestamp")
    token = _asked(service, _TRIAL)
    trial = read_token(token, _TRIAL)
    if at is not None:
        check_clock(trial.time, at)
    return MeasuredTimestamper(
        service=service,
        source=TokenSource(lambda digest: _asked(service, digest), len(token) + TOKEN_MARGIN),
        certificates=trial.certificates,
        time=trial.time,
    )


def check_means(name: str, value: object, method: str) -> None:
    """Refuse a service or source that is none, such as its address.

    Args:
        name: of the argument.
        value: what was given.
        method: what it has to have.

    Raises:
        UsageError: it has not.
    """
    if not callable(getattr(value, method, None)):
        raise UsageError.of(
            name,
            f"issue.{name}",
            vi=f"đối tượng phải có phương thức {method}()",
            en=f"must be an object with the method {method}()",
        )


def check_clock(stamped: datetime, at: datetime) -> None:
    """Refuse a service that proves another time than the one that was given.

    Args:
        stamped: what it proves.
        at: the time that was given.

    Raises:
        SigningError: its time lies before ``at``, or later than verifiers accept.
    """
    if at - stamped > PROVEN_TOLERANCE:
        reason = Reason.PROVEN_BEFORE_CLAIMED
    elif stamped - at > MAX_TIMESTAMP_DELAY:
        reason = Reason.DELAY_TOO_LONG
    else:
        return
    raise SigningError(
        Message(
            "thời gian của dịch vụ cấp dấu thời gian khác với thời điểm đã cho (at)",
            "the timestamping service's time is another than the given one (at)",
        ),
        role=Role.TSA.value,
        reason=reason,
    )


def _asked(service: Timestamper, digest: bytes) -> bytes:
    """Return a token that is about ``digest`` and holds together.

    Raises:
        SigningError: there is none.
    """
    try:
        token = service.timestamp(digest)
    except SigningError:
        raise
    except Exception as error:
        # The border to foreign services: they raise whatever their transport raises.
        raise SigningError(
            Message(
                f"không lấy được dấu thời gian: {type(error).__name__}",
                f"no timestamp could be had: {type(error).__name__}",
            )
        ) from error
    read_token(token, digest)
    return token
