"""What people see: reports as text on standard error, in Vietnamese or English."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from vncopy.cli.files import UnreadableFile
from vncopy.cli.signers import signer_lines
from vncopy.cli.words import STATES, WORDS
from vncopy.formats.base import Missing, Part
from vncopy.formats.coded import CodedEnum, TextPart
from vncopy.formats.copies import VIETNAM_TIME, CopyKind
from vncopy.formats.dates import PartialDate
from vncopy.formats.times import PartialTime
from vncopy.report import (
    CHECK_TITLES,
    CarriedFields,
    Check,
    Report,
    Verdict,
    VerificationReport,
    json_value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vncopy.errors import Language
    from vncopy.report import VerifiedCopy

__all__ = ["EXIT_CODES", "console", "emit", "say", "show_report"]

EXIT_CODES: Final = {Verdict.VALID: 0, Verdict.INVALID: 1, Verdict.UNDETERMINED: 2}
"""The exit code is the verdict."""

_STYLES: Final = {
    Verdict.VALID: "green",
    Verdict.INVALID: "bold red",
    Verdict.UNDETERMINED: "yellow",
}
_MARKS: Final = {Verdict.VALID: "+", Verdict.INVALID: "x", Verdict.UNDETERMINED: "?"}
"""Letters beside the colours: terminals without colour and people who do not see it."""


class _Screen(Console):
    """A console whose broken pipe is an error like any other.

    Rich would end the process with exit code 1, which here says that a copy is invalid.
    """

    def on_broken_pipe(self) -> None:
        """Let the border of the command line choose the exit code."""
        raise BrokenPipeError


def console() -> Console:
    """Return the console for people: standard error, never an exception over its encoding."""
    if hasattr(sys.stderr, "reconfigure"):
        sys.stderr.reconfigure(errors="backslashreplace")
    return _Screen(stderr=True, highlight=False, soft_wrap=True, markup=False)


def say(text: str, style: str | None = None) -> None:
    """Write one text for people."""
    console().print(Text(text, style=style or ""))


def emit(data: bytes) -> None:
    """Write machine-readable output: standard output holds nothing else.

    Raises:
        UnreadableFile: what standard output goes into takes no more.
    """
    try:
        sys.stdout.buffer.write(data if data.endswith(b"\n") else data + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UnreadableFile("stdout", error, writing=True) from error


def show_report(report: Report, language: Language) -> None:
    """Show a report: the answer first, then the checks, then what the copy says if it is valid."""
    screen = console()
    headline = report.headline().text(language)
    screen.print(Text(headline, style=_STYLES[report.verdict]))
    screen.print(_checks(report, language))
    for signer in report.signatures:
        for line in signer_lines(signer, language):
            screen.print(Text(line))
    if isinstance(report, VerificationReport) and report.verdict is Verdict.VALID:
        copy = report.candidate
        if copy is not None:
            _show_copy(screen, copy, report.covers.value, language)


def _checks(report: Report, language: Language) -> Table:
    """Return the checks as a table: mark, id, sentence and detail."""
    table = Table(show_header=False, box=None, padding=(0, 1))
    waived = set(report.not_required)
    for check in report.checks:
        style = _STYLES[check.verdict]
        note = _sentence(check, language)
        if check.id in waived and check.verdict is not Verdict.VALID:
            note = f"({WORDS[language]['not_required']}) {note}"
            style = "dim" if check.verdict is Verdict.UNDETERMINED else style
        table.add_row(
            Text(_MARKS[check.verdict], style=style),
            Text(CHECK_TITLES[check.id].text(language)),
            Text(note, style=style),
        )
    return table


def _sentence(check: Check, language: Language) -> str:
    """Return what is to be said of a check that did not pass."""
    if check.reason is None:
        return ""
    detail = f" ({check.detail})" if check.detail else ""
    return f"{check.text(language)} [{check.reason.value}]{detail}"


def _show_copy(screen: Console, copy: VerifiedCopy[Any], covers: str, language: Language) -> None:
    """Show what a valid copy says."""
    words = WORDS[language]
    kind = CopyKind(copy.kind)
    table = Table(show_header=False, box=None, padding=(0, 1))
    proven = words["none"]
    if copy.proven_at is not None:
        proven = copy.proven_at.astimezone(VIETNAM_TIME).isoformat()
    for key, value in (
        ("copy_id", copy.copy_id),
        ("kind", kind.title_vi if language == "vi" else kind.value.replace("_", " ")),
        ("issuer", f"{copy.issuer.name} ({copy.issuer.agency_code})"),
        ("vouched_by", copy.issuer.vouched_by),
        ("claimed_at", copy.claimed_at.isoformat()),
        ("proven_at", proven),
    ):
        table.add_row(Text(words[key], style="bold"), Text(value))
    screen.print(table)
    if copy.content is None:
        return
    title = words["content"] if covers == "pdf" else words["compare"]
    if isinstance(copy.content, CarriedFields):
        title = f"{title}. {words['carried']}"
    screen.print(Text(title, style="bold"))
    lines = Table(show_header=False, box=None, padding=(0, 1))
    for label, text in _lines(copy.content, language):
        lines.add_row(Text(label, style="dim"), Text(text))
    screen.print(lines)


def _lines(value: object, language: Language, label: str = "") -> Iterator[tuple[str, str]]:
    """Yield label and text of every field of a document, in the order of its form."""
    if isinstance(value, Missing):
        yield label, value.text or f"[{STATES[value.state].text(language)}]"
    elif isinstance(value, CarriedFields):
        yield from _lines(value.fields, language, label)
    elif isinstance(value, Part):
        yield from _part_lines(value, language, label)
    elif isinstance(value, Mapping):
        for name, entry in value.items():
            yield from _lines(entry, language, _below(label, str(name)))
    elif isinstance(value, tuple | list):
        for number, entry in enumerate(value, 1):
            yield from _lines(entry, language, f"{label} {number}")
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
            yield from _lines(getattr(part, name), language, _below(label, title))


def _below(label: str, name: str) -> str:
    """Return the label of a field inside a group."""
    return f"{label} / {name}" if label else name
