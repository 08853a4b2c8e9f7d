"""What people see: reports as text on standard error, in Vietnamese or English."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from vncopy.formats.base import Missing, Part, items
from vncopy.report import CarriedFields, Check, Report, Verdict, VerificationReport, json_value

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

_WORDS: Final = {
    "vi": {
        "copy_id": "Mã bản sao",
        "kind": "Hình thức",
        "issuer": "Cơ quan cấp",
        "vouched_by": "Bảo đảm bởi",
        "claimed_at": "Thời điểm ghi trên bản sao",
        "proven_at": "Thời điểm được chứng minh",
        "none": "chưa có",
        "content": "Nội dung",
        "compare": "Nội dung mã QR: hãy so từng dòng với tờ giấy",
        "carried": "Chỉ các trường chính, không phải toàn bộ giấy tờ",
        "signature": "Chữ ký",
        "not_required": "không yêu cầu",
    },
    "en": {
        "copy_id": "Copy id",
        "kind": "Kind of copy",
        "issuer": "Issuing office",
        "vouched_by": "Vouched for by",
        "claimed_at": "Time stated by the copy",
        "proven_at": "Proven time",
        "none": "none",
        "content": "Content",
        "compare": "Content of the symbol: compare each line with the sheet",
        "carried": "Key fields only, not the whole document",
        "signature": "Signature",
        "not_required": "not required",
    },
}


def console() -> Console:
    """Return the console for people: standard error, never an exception over its encoding."""
    if hasattr(sys.stderr, "reconfigure"):
        sys.stderr.reconfigure(errors="backslashreplace")
    return Console(stderr=True, highlight=False, soft_wrap=True, markup=False)


def say(text: str, style: str | None = None) -> None:
    """Write one text for people."""
    console().print(Text(text, style=style or ""))


def emit(data: bytes) -> None:
    """Write machine-readable output: standard output holds nothing else."""
    sys.stdout.buffer.write(data if data.endswith(b"\n") else data + b"\n")
    sys.stdout.buffer.flush()


def show_report(report: Report, language: Language) -> None:
    """Show a report: the answer first, then the checks, then what the copy says if it is valid."""
    screen = console()
    headline = report.headline().text(language)
    screen.print(Text(headline, style=_STYLES[report.verdict]))
    screen.print(_checks(report, language))
    for signer in report.signatures:
        reasons = ", ".join(reason.value for reason in signer.reasons) or "+"
        level = signer.level.value if signer.level else "–"
        line = f"{_WORDS[language]['signature']} {signer.field}: {signer.role or '?'}, {level}"
        screen.print(Text(f"{line}, {signer.vouched_by or '–'}: {reasons}"))
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
            note = f"({_WORDS[language]['not_required']}) {note}"
            style = "dim" if check.verdict is Verdict.UNDETERMINED else style
        table.add_row(
            Text(_MARKS[check.verdict], style=style), Text(check.id.value), Text(note, style=style)
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
    words = _WORDS[language]
    table = Table(show_header=False, box=None, padding=(0, 1))
    proven = words["none"] if copy.proven_at is None else copy.proven_at.isoformat()
    for key, value in (
        ("copy_id", copy.copy_id),
        ("kind", copy.statement.kind.value),
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
        yield label, value.text or f"[{value.state.value}]"
    elif isinstance(value, CarriedFields):
        yield from _lines(value.fields, language, label)
    elif isinstance(value, Part):
        for each in items(type(value)):
            entry = getattr(value, each.name)
            if entry != each.default or each.required:
                title = each.title_vi if language == "vi" else each.name
                yield from _lines(entry, language, f"{label} / {title}" if label else title)
    elif isinstance(value, tuple | list):
        for number, entry in enumerate(value, 1):
            yield from _lines(entry, language, f"{label} {number}")
    elif hasattr(value, "items"):
        for name, entry in value.items():
            yield from _lines(entry, language, f"{label} / {name}" if label else str(name))
    else:
        yield label, "–" if value is None else str(json_value(value))
