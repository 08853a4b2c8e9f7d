"""The rows of what people read, on the terminal and on a page: label and text, nothing of layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vncopy.cli.content import value_text
from vncopy.cli.details import detail_text
from vncopy.cli.words import ISOLATION, WORDS
from vncopy.formats.copies import VIETNAM_TIME, CopyKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vncopy.errors import Language
    from vncopy.report import Check, Report, VerifiedCopy

__all__ = [
    "check_sentence",
    "copy_lines",
    "isolation_text",
    "reason_rows",
]


def check_sentence(check: Check, language: Language) -> str:
    """Return what is to be said of a check that did not pass, or that warns; else nothing."""
    told = [reason for reason in (check.reason, *check.warnings) if reason is not None]
    if not told:
        return ""
    return "; ".join(f"{each.text(language)} [{each.value}]" for each in told) + _behind(
        check, language
    )


def reason_rows(report: Report, language: Language) -> Iterator[tuple[str, str, str]]:
    """Yield why a report is not VALID: each reason once, its code, and where it was met.

    A check that could not run says so in its own row. It is a reason only where there is no other.
    """
    decisive = {check.reason: check for check in reversed(report.decisive)}
    for reason in report.why:
        yield reason.text(language), reason.value, _behind(decisive[reason], language)


def _behind(check: Check, language: Language) -> str:
    return f" ({detail_text(check.detail, language)})" if check.detail else ""


def isolation_text(facts: object, language: Language) -> str | None:
    """Return in what a stranger's file was read, or ``None`` where none was.

    Args:
        facts: of the report.
        language: of the words.
    """
    where = getattr(facts, "isolation", "")
    return ISOLATION[where].text(language) if where in ISOLATION else None


def copy_lines(copy: VerifiedCopy[Any], language: Language) -> Iterator[tuple[str, str]]:
    """Yield label and text of what is known of a valid copy, its content left out."""
    words = WORDS[language]
    proven = words["none"]
    if copy.proven_at is not None:
        proven = copy.proven_at.astimezone(VIETNAM_TIME).isoformat()
    yield words["copy_id"], copy.copy_id
    yield words["kind"], value_text(CopyKind(copy.kind), language)
    yield words["issuer"], f"{copy.issuer.name} ({copy.issuer.agency_code})"
    yield words["vouched_by"], copy.issuer.vouched_by
    yield words["claimed_at"], copy.claimed_at.isoformat()
    yield words["proven_at"], proven
