"""The rows of what people read, on the terminal and on a page: label and text, nothing of layout."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from vncopy.cli.details import detail_text
from vncopy.cli.words import ISOLATION, STATES, WORDS
from vncopy.formats.base import Missing, Part
from vncopy.formats.coded import CodedEnum, TextPart
from vncopy.formats.copies import VIETNAM_TIME, CopyKind
from vncopy.formats.dates import PartialDate
from vncopy.formats.times import PartialTime
from vncopy.reasons import Reason
from vncopy.report import CarriedFields, Check, json_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vncopy.errors import Language
    from vncopy.report import Report, VerifiedCopy

__all__ = [
    "check_sentence",
    "content_lines",
    "content_title",
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
    told = [reason for reason in dict.fromkeys(report.reasons) if reason is not Reason.NOT_RUN]
    for reason in told or dict.fromkeys(report.reasons):
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
    kind = CopyKind(copy.kind)
    proven = words["none"]
    if copy.proven_at is not None:
        proven = copy.proven_at.astimezone(VIETNAM_TIME).isoformat()
    yield words["copy_id"], copy.copy_id
    yield words["kind"], kind.title_vi if language == "vi" else kind.value.replace("_", " ")
    yield words["issuer"], f"{copy.issuer.name} ({copy.issuer.agency_code})"
    yield words["vouched_by"], copy.issuer.vouched_by
    yield words["claimed_at"], copy.claimed_at.isoformat()
    yield words["proven_at"], proven


def content_title(copy: VerifiedCopy[Any], covers: str, language: Language) -> str:
    """Return what stands above the content: what a symbol says has to be compared with the sheet."""
    words = WORDS[language]
    title = words["content"] if covers == "pdf" else words["compare"]
    return f"{title}. {words['carried']}" if copy.carried is not None else title


def content_lines(value: object, language: Language, label: str = "") -> Iterator[tuple[str, str]]:
    """Yield label and text of every field of a document, in the order of its form."""
    if isinstance(value, Missing):
        yield label, value.text or f"[{STATES[value.state].text(language)}]"
    elif isinstance(value, CarriedFields):
        yield from content_lines(value.fields, language, label)
    elif isinstance(value, Part):
        yield from _part_lines(value, language, label)
    elif isinstance(value, Mapping):
        for name, entry in value.items():
            yield from content_lines(entry, language, _below(label, str(name)))
    elif isinstance(value, tuple | list):
        for number, entry in enumerate(value, 1):
            yield from content_lines(entry, language, f"{label} {number}")
    elif isinstance(value, CodedEnum) and language == "vi":
        yield label, value.title_vi
    elif isinstance(value, PartialDate | PartialTime):
        yield label, value.printed()
    elif value is not None:
        yield label, str(json_value(value))


def _part_lines(part: Part, language: Language, label: str) -> Iterator[tuple[str, str]]:
    """Yield the lines of a group of fields; one that JSON writes as a text is one line."""
    plain = json_value(part)
    if not isinstance(plain, dict):
        yield label, str(plain)
        return
    if isinstance(part, TextPart):  # the words themselves; codes beside them are on no sheet
        yield label, str(getattr(part, part.text_field))
        return
    for name, field in type(part).model_fields.items():
        if name in plain:  # what is the default needs no line
            title = field.title if language == "vi" and field.title else name.replace("_", " ")
            yield from content_lines(getattr(part, name), language, _below(label, title))


def _below(label: str, name: str) -> str:
    """Return the label of a field inside a group."""
    return f"{label} / {name}" if label else name
