"""The options that several commands share, and how their texts become values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from vncopy.errors import Language, UsageError
from vncopy.formats.copies import FIRST_YEAR, LAST_YEAR
from vncopy.policy import VerificationPolicy

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "AtOption",
    "FormatOption",
    "IssueAtOption",
    "LangOption",
    "OutputFormat",
    "PolicyName",
    "PolicyOption",
    "TrustOption",
    "UserLanguage",
    "clock_of",
    "policy_of",
    "time_of",
]

OFFLINE_LIST_AGE: Final = timedelta(days=7)
"""``--policy offline``: a counter fetches the trust list at least once a week."""
OFFLINE_STATUS_AGE: Final = timedelta(days=7)
"""``--policy offline``: and the status lists with it."""


class PolicyName(StrEnum):
    """The policies that have a name on the command line."""

    STRICT = "strict"
    OFFLINE = "offline"
    OFFLINE_BASIC = "offline-basic"
    LONG_TERM = "long-term"


class OutputFormat(StrEnum):
    """How a report is given."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


class UserLanguage(StrEnum):
    """The language of texts for people."""

    VI = "vi"
    EN = "en"

    @property
    def code(self) -> Language:
        """The language as the library names it."""
        return "vi" if self is UserLanguage.VI else "en"


TrustOption = Annotated[
    Path, typer.Option("--trust", help="Trust folder / Thư mục tin cậy (anchors/, offices.json).")
]
PolicyOption = Annotated[
    PolicyName, typer.Option("--policy", help="What evidence is required / Bằng chứng bắt buộc.")
]
AtOption = Annotated[
    str | None,
    typer.Option("--at", metavar="ISO", help="Time to judge for; now if absent / Thời điểm xét."),
]
IssueAtOption = Annotated[
    str | None,
    typer.Option("--at", metavar="ISO", help="Time of issue; now if absent / Thời điểm cấp."),
]
LangOption = Annotated[UserLanguage, typer.Option("--lang", help="Language / Ngôn ngữ.")]
FormatOption = Annotated[
    OutputFormat,
    typer.Option(
        "--format", help="text to stderr, json or html to stdout / văn bản, JSON hoặc HTML."
    ),
]


def policy_of(name: PolicyName) -> VerificationPolicy:
    """Return the policy of that name."""
    if name is PolicyName.STRICT:
        return VerificationPolicy.strict()
    if name is PolicyName.OFFLINE:
        return VerificationPolicy.offline(
            max_list_age=OFFLINE_LIST_AGE, max_status_age=OFFLINE_STATUS_AGE
        )
    if name is PolicyName.LONG_TERM:
        return VerificationPolicy.long_term()
    return VerificationPolicy.offline_basic()


def time_of(text: str | None) -> datetime:
    """Return the time that the user gave, or now: the one clock of the library.

    Args:
        text: ISO 8601 with an offset, or ``None``.

    Returns:
        An aware time in whole seconds.

    Raises:
        UsageError: the text is no such time, or one of a year that no copy can have.
    """
    if text is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        time = None
    if time is None or time.utcoffset() is None:
        raise UsageError.of(
            "--at",
            "cli.at",
            vi="thời điểm phải theo ISO 8601 và có múi giờ, ví dụ 2026-11-22T10:00:00+07:00",
            en="the time must be ISO 8601 with an offset, e.g. 2026-11-22T10:00:00+07:00",
        )
    if not FIRST_YEAR <= time.year <= LAST_YEAR:
        raise UsageError.of(
            "--at",
            "cli.at",
            vi=f"thời điểm phải từ năm {FIRST_YEAR} đến {LAST_YEAR}",
            en=f"the time must be of the years {FIRST_YEAR} to {LAST_YEAR}",
        )
    return time.replace(microsecond=0)


def clock_of(text: str | None) -> Callable[[], datetime]:
    """Return a clock that stands at the time that the user gave, or one that goes.

    Args:
        text: as for :func:`time_of`.

    Raises:
        UsageError: the text is no such time.
    """
    if text is None:
        return lambda: datetime.now(UTC)
    moment = time_of(text)
    return lambda: moment
