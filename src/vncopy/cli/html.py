"""A report as one page of HTML: the answer first, then why, then everything that was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vncopy import __version__
from vncopy.cli.content import (
    content_lines,
    content_title,
    statement_lines,
    statement_title,
)
from vncopy.cli.details import detail_text
from vncopy.cli.html_parts import Markup, bullets, element, page, rows_table, section, text, value
from vncopy.cli.html_words import ABOUT, LEADS, MARKS, PAGE, PRINTOUT
from vncopy.cli.lines import (
    check_sentence,
    copy_lines,
    isolation_text,
    reason_rows,
)
from vncopy.cli.signers import age_text, signer_details, signer_outcome, signer_title
from vncopy.cli.words import WORDS
from vncopy.formats.copies import VIETNAM_TIME
from vncopy.policy import CheckId
from vncopy.report import CHECK_TITLES, Covers, Report, Verdict, VerificationReport, next_steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vncopy.errors import Language
    from vncopy.report import Check, SignerReport

__all__ = ["html_page"]

_TELLING: Final = frozenset({CheckId.PATH, CheckId.LEVEL, CheckId.KIND_OFFICE, CheckId.PAGE_TEXT})
"""Checks which say by what they passed: which anchor, level, law, evidence."""


def html_page(report: Report, language: Language) -> bytes:
    """Return a report as one self-contained page in UTF-8.

    Args:
        report: of a copy or of mere signatures. Content is shown only of a VALID one of which
            everything was asked for.
        language: of the words.
    """
    words = PAGE[language]
    verdict = report.verdict.text(language)
    return page(
        f"{verdict} – {words['report']}",
        language,
        _verdict(report, language),
        section(words["why"], _reasons(report, language)),
        section(WORDS[language]["steps"], _steps(report, language)),
        section(words["warnings"], _warnings(report, language)),
        _about(report, language),
        *_copy(report, language),
        section(
            words["signatures"],
            *(_signer(number, each, language) for number, each in enumerate(report.signatures, 1)),
        ),
        section(words["checks"], _checks(report, language)),
        section(words["technical"], _technical(report, language)),
    )


def _mark(verdict: Verdict) -> Markup:
    """Return the symbol beside the word; it is not read aloud."""
    return element("span", text(MARKS[verdict]), aria_hidden="true")


def _verdict(report: Report, language: Language) -> Markup:
    """Return the answer, and what it means for somebody who knows nothing of signatures."""
    title = element(
        "h1",
        _mark(report.verdict),
        text(f" {report.verdict.text(language)} – {report.covers.text(language)}"),
    )
    words, lead = PAGE[language], LEADS[report.verdict]
    covers = report.covers if report.covers in lead else None
    lines = [lead[covers].text(language)]
    if report.warnings:  # whoever reads no further has to know that there is more
        lines.append(words["warned_of"])
    if report.not_required and report.verdict is not Verdict.INVALID:  # nothing is vouched for
        titles = ", ".join(CHECK_TITLES[each].text(language) for each in report.not_required)
        lines.append(f"{words['waived']}: {titles}.")
    said = (element("p", text(line)) for line in lines)
    return element("div", title, *said, class_=f"verdict {report.verdict.value}")


def _about(report: Report, language: Language) -> Markup:
    """Return what the answer is about, and what it leaves open."""
    about = [ABOUT[report.covers]] if report.covers in ABOUT else []
    if report.covers is not Covers.SIGNATURES:
        about.append(PRINTOUT)
    said = (element("p", text(each.text(language))) for each in about)
    return section(PAGE[language]["about"], *said)


def _reasons(report: Report, language: Language) -> Markup:
    """Return every reason once, in words, with its code and where it was met."""
    return bullets(_named(says, code, where) for says, code, where in reason_rows(report, language))


def _steps(report: Report, language: Language) -> Markup:
    """Return what somebody at a counter can do next."""
    return bullets(text(each.text(language)) for each in next_steps(report))


def _warnings(report: Report, language: Language) -> Markup:
    """Return every warning once."""
    return bullets(_named(each.text(language), each.value) for each in report.warnings)


def _named(says: str, code: str, where: str = "") -> Markup:
    """Return a sentence with its code, by which the page of all reasons has it."""
    parts = text(f"{says} ") + element("code", text(f"[{code}]"))
    return Markup(parts + (value(where) if where else ""))


def _copy(report: Report, language: Language) -> Iterator[Markup]:
    """Yield the copy and what it says, of a VALID report alone."""
    words = PAGE[language]
    if not isinstance(report, VerificationReport) or report.verdict is not Verdict.VALID:
        return
    copy = report.candidate
    if copy is None:
        return
    yield section(words["copy"], rows_table(copy_lines(copy, language), words["copy"]))
    if copy.content is not None and report.reveal == "full":
        covers = report.covers.value
        title = statement_title(covers, language)
        yield section(title, rows_table(statement_lines(copy, covers, language), title))
        title = content_title(copy, covers, language)
        yield section(title, rows_table(content_lines(copy.content, language), title))


def _signer(number: int, signer: SignerReport, language: Language) -> Markup:
    """Return one signature: whose, what it is worth, when, until when, and by which evidence."""
    words, labels = PAGE[language], WORDS[language]
    title = f"{number}. {signer_title(signer, language)}"
    rows = [(words["result"], signer_outcome(signer, language))]
    if signer.kind == "signature":
        rows.append((words["level"], signer.level.value if signer.level else labels["none"]))
    rows.append((labels["vouched_by"], signer.vouched_by or labels["none"]))
    rows += [(labels[label], shown) for label, shown in signer_details(signer, language)]
    return Markup(element("h3", text(title)) + rows_table(rows, title))


def _checks(report: Report, language: Language) -> Markup:
    """Return all checks, also those that passed."""
    words = PAGE[language]
    heads = (words["check"], words["result"], words["remark"])
    # On narrow screens a row is laid out as a grid: roles keep it a row for people who hear it.
    titles = (element("th", text(each), scope="col", role="columnheader") for each in heads)
    head = element("tr", *titles, role="row")
    waived = frozenset(report.not_required)
    lines = [_check(each, language, waived=each.id in waived) for each in report.checks]
    return element(
        "table", element("thead", head), element("tbody", *lines),
        class_="checks", aria_label=words["checks"], role="table",
    )  # fmt: skip


def _check(check: Check, language: Language, *, waived: bool) -> Markup:
    """Return the row of one check; what was not required says so."""
    words = PAGE[language]
    note = check_sentence(check, language) or _passed_by(check, language)
    if waived and check.verdict is not Verdict.VALID:
        note = f"({WORDS[language]['not_required']}) {note}"
    warns = check.verdict is Verdict.VALID and bool(check.warnings)
    said = (
        f"{words[check.verdict.value]}, {words['warned']}" if warns else words[check.verdict.value]
    )
    mark = element("span", text("!"), aria_hidden="true") if warns else _mark(check.verdict)
    result = Markup(mark + text(f" {said}"))
    row = element(
        "tr",
        element("th", text(CHECK_TITLES[check.id].text(language)), scope="row", role="rowheader"),
        element("td", result, class_="warning" if warns else check.verdict.value, role="cell"),
        element("td", value(note) if note else Markup(""), role="cell"),
        role="row",
    )
    return Markup(row + "\n")


def _passed_by(check: Check, language: Language) -> str:
    """Return by what a check passed, where that tells people something."""
    return detail_text(check.detail, language) if check.id in _TELLING else ""


def _technical(report: Report, language: Language) -> Markup:
    """Return what an engineer or an auditor asks for: times, policy, digests and versions."""
    rows = dict.fromkeys(_technical_rows(report, language))  # one piece may serve several paths
    return rows_table(rows, PAGE[language]["technical"])


def _technical_rows(report: Report, language: Language) -> Iterator[tuple[str, str]]:
    words = PAGE[language]
    sub = f" / {report.sub_indication}" if report.sub_indication else ""
    yield words["at"], report.at.astimezone(VIETNAM_TIME).isoformat()
    yield words["policy"], f"{report.policy.name} ({report.policy.level.value})"
    yield words["indication"], f"{report.indication.value}{sub}"
    if report.purpose is not None:
        yield words["purpose"], report.purpose
    for name in ("sha256", "text_sha256"):
        if digest := getattr(report.facts, name, None):
            yield f"{words[name]} (SHA-256)", str(digest)
    copy = report.candidate if isinstance(report, VerificationReport) else None
    if copy is not None:
        yield words["format"], copy.format_id
        yield f"{words['qr_certificate']} (SHA-256)", copy.issuer.certificate
    if (read := isolation_text(report.facts, language)) is not None:
        yield words["read"], read
    for number, signer in enumerate(report.signatures, 1):
        yield from _digests(number, signer, language)
    yield words["version"], f"vncopy {__version__}"


def _digests(number: int, signer: SignerReport, language: Language) -> Iterator[tuple[str, str]]:
    """Yield the certificates and the evidence that one signature rests on."""
    words = PAGE[language]
    if signer.certificate is not None:
        label = words["certificate" if signer.kind == "signature" else "stamp_certificate"]
        yield f"{number}. {label} (SHA-256)", signer.certificate
    for stamp in signer.proven_by:
        yield f"{number}. {words['stamp_certificate']} (SHA-256)", stamp.certificate
    for piece in signer.evidence:
        age = age_text(piece.age, language)
        yield f"{number}. {piece.kind.upper()} (SHA-256)", f"{piece.sha256}; {age}"
