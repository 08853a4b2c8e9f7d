"""What people see: reports as text on standard error, in Vietnamese or English."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from vncopy.cli.content import (
    content_lines,
    content_title,
    statement_lines,
    statement_title,
)
from vncopy.cli.files import UnreadableFile
from vncopy.cli.lines import (
    check_sentence,
    copy_lines,
    isolation_text,
    reason_rows,
)
from vncopy.cli.signers import signer_lines
from vncopy.cli.words import WORDS
from vncopy.report import CHECK_TITLES, Report, Verdict, VerificationReport, next_steps

if TYPE_CHECKING:
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
_WARNING_STYLE: Final = "yellow"
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
    """Show a report: the answer, why, then the checks, and what the copy says if it is valid."""
    screen = console()
    headline = report.headline().text(language)
    screen.print(Text(headline, style=_STYLES[report.verdict]))
    words = WORDS[language]
    reasons = [f"{says} [{code}]{where}" for says, code, where in reason_rows(report, language)]
    warnings = [f"{each.text(language)} [{each.value}]" for each in report.warnings]
    steps = [each.text(language) for each in next_steps(report)]
    told = ((words["why"], reasons), (words["steps"], steps), (words["warnings"], warnings))
    for title, lines in told:
        if lines:
            screen.print(Text("\n".join((f"{title}:", *(f"  - {line}" for line in lines)))))
    screen.print(_checks(report, language))
    for number, signer in enumerate(report.signatures, 1):
        for line in signer_lines(signer, language, number):
            screen.print(Text(line))
    read = isolation_text(report.facts, language)
    if read is not None:
        screen.print(Text(f"{words['read']} {read}"))
    if isinstance(report, VerificationReport) and report.verdict is Verdict.VALID:
        copy = report.candidate
        if copy is not None:
            _show_copy(screen, copy, report.covers.value, language)


def _checks(report: Report, language: Language) -> Table:
    """Return the checks as a table: mark, id, sentence and detail."""
    table = Table(show_header=False, box=None, padding=(0, 1))
    waived = set(report.not_required)
    for check in report.checks:
        warns = check.verdict is Verdict.VALID and bool(check.warnings)
        style = _WARNING_STYLE if warns else _STYLES[check.verdict]
        note = check_sentence(check, language)
        if check.id in waived and check.verdict is not Verdict.VALID:
            note = f"({WORDS[language]['not_required']}) {note}"
            style = "dim" if check.verdict is Verdict.UNDETERMINED else style
        table.add_row(
            Text("!" if warns else _MARKS[check.verdict], style=style),
            Text(CHECK_TITLES[check.id].text(language)),
            Text(note, style=style),
        )
    return table


def _show_copy(screen: Console, copy: VerifiedCopy[Any], covers: str, language: Language) -> None:
    """Show what a valid copy says."""
    table = Table(show_header=False, box=None, padding=(0, 1))
    for label, text in copy_lines(copy, language):
        table.add_row(Text(label, style="bold"), Text(text))
    screen.print(table)
    if copy.content is None:
        return
    for title, rows in (
        (statement_title(covers, language), statement_lines(copy, covers, language)),
        (content_title(copy, covers, language), content_lines(copy.content, language)),
    ):
        lines = Table(show_header=False, box=None, padding=(0, 1))
        for label, text in rows:
            lines.add_row(Text(label, style="dim"), Text(text))
        if lines.row_count:
            screen.print(Text(title, style="bold"))
            screen.print(lines)
