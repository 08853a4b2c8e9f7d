"""The HTML page: its order, its escaping, and what it never says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import pytest

from vncopy.cli.app import run
from vncopy.cli.html import html_page
from vncopy.cli.html_parts import COLOURS, text, value
from vncopy.cli.html_words import LEADS, PAGE
from vncopy.cli.lines import isolation_text, reason_rows
from vncopy.cli.words import ISOLATION, WORDS
from vncopy.facts.common import PASSED, Isolation
from vncopy.facts.qr import QRFacts
from vncopy.policy import CheckId, VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import (
    CHECK_TITLES,
    QR_CHECKS,
    SIGNATURE_CHECKS,
    Covers,
    EvidenceReport,
    Issuer,
    SignatureReport,
    SignerReport,
    SubjectReport,
    TimestampReport,
    Verdict,
    VerificationReport,
    VerifiedCopy,
    failed,
    next_steps,
    passed,
)

AT = datetime(2026, 11, 22, 3, tzinfo=UTC)
BASIC = ["--trust", "trust", "--policy", "offline-basic", "--format", "html"]
HOSTILE = "</title></style><script>alert(1)</script>\"' onload=x \u202egnp.\x00\udcff&amp;"
LANGUAGES: tuple[Literal["vi", "en"], ...] = ("vi", "en")
EMPTY_ELEMENTS = {"meta"}


class Page(HTMLParser):
    """A strict look at a page: every element is closed in order."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[tuple[int, str]] = []
        self.shown = ""
        self.feed(data.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs)
        if tag not in EMPTY_ELEMENTS:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.shown += data
        level, words = self.headings[-1] if self.headings else (0, "")
        if any(re.fullmatch("h[1-6]", each) for each in self.open):
            self.headings[-1] = (level, words + data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.seen if name == tag]


def checked(data: bytes, language: str) -> Page:
    """Return the page after looking for what every page must and must not have."""
    page = Page(data)
    assert page.all("html") == [{"lang": language}]
    levels = [level for level, _ in page.headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(each.get("scope") in {"row", "col"} for each in page.all("th"))
    policy = [each for each in page.all("meta") if each.get("http-equiv")]
    assert policy[0]["content"] == "default-src 'none'; style-src 'unsafe-inline'"
    allowed = {
        "html", "head", "meta", "title", "style", "body", "main", "section", "div", "span", "bdi",
        "h1", "h2", "h3", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "code",
    }  # fmt: skip
    assert {tag for tag, _ in page.seen} <= allowed
    names = {name for _, attributes in page.seen for name in attributes}
    assert names <= {
        "lang", "charset", "http-equiv", "content", "name", "class", "scope", "aria-hidden",
        "aria-label", "role",
    }  # fmt: skip
    assert not re.search(rb"https?:|url\(|@import|javascript:", data)
    return page


def report(
    *reasons: Reason, covers: Covers = Covers.QR_CONTENT, **more: Any
) -> VerificationReport[Any]:
    wrong = {
        check: failed(check, reason) for check, reason in zip(QR_CHECKS, reasons, strict=False)
    }
    return VerificationReport(
        checks=tuple(wrong.get(each) or passed(each) for each in QR_CHECKS),
        expected_checks=QR_CHECKS,
        facts=None,
        at=AT,
        policy=VerificationPolicy.strict(),
        covers=covers,
        **more,
    )


def copy(name: str = "UBND", content: Any = None) -> VerifiedCopy[Any]:
    return VerifiedCopy(
        content=content,
        header=None,
        format_id="birth-1",
        kind="register_extract_copy",
        issuer=Issuer("H26.901", name, "demo-root", "ab" * 32),
        claimed_at=AT,
        proven_at=None,
        copy_id="B25HE025ECTE0000",
    )


def signer(name: str) -> SignerReport:
    return SignerReport(
        field=name,
        role="person",
        certificate="ab" * 32,
        office=name,
        office_name=name,
        subject=SubjectReport(name=name, organisation=name, position=name),
        vouched_by=name,
        level=None,
        claimed_at=AT,
        proven_at=None,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("covers", Covers)
@pytest.mark.parametrize(
    ("reasons", "verdict"),
    [
        ((), Verdict.VALID),
        ((Reason.BAD_SIGNATURE,), Verdict.INVALID),
        ((Reason.NO_STATUS, Reason.NO_STATUS), Verdict.UNDETERMINED),
    ],
)
def test_every_verdict_comes_first_and_says_why(
    language: Literal["vi", "en"], covers: Covers, reasons: tuple[Reason, ...], verdict: Verdict
) -> None:
    asked = report(*reasons, covers=covers, candidate=copy())
    page = checked(html_page(asked, language), language)
    assert asked.verdict is verdict
    assert page.headings[0][1][2:].startswith(f"{verdict.text(language)} – ")
    assert page.headings[0][1].endswith(covers.text(language))
    titles = [words for level, words in page.headings if level == 2]
    assert (PAGE[language]["why"] in titles) is bool(reasons)
    assert (PAGE[language]["copy"] in titles) is (verdict is Verdict.VALID)
    for reason in reasons:
        assert reason.text(language) in page.shown
        assert f"[{reason.value}]" in page.shown
    steps = next_steps(asked)
    assert (WORDS[language]["steps"] in titles) is bool(steps) is bool(reasons)
    assert all(step.text(language) in page.shown for step in steps)
    assert len(page.all("li")) == len(set(reasons)) + len(steps)


def test_a_symbol_never_speaks_for_the_sheet() -> None:
    for covers in (Covers.QR_CONTENT, Covers.QR_KEY_FIELDS):
        shown = checked(html_page(report(covers=covers), "en"), "en").shown
        assert "That says nothing of the sheet" in shown
        assert "compare each line of the content with it" in shown
        assert "The sheet that bears the QR code was not verified" in shown
        assert "not itself a legal copy" in shown


def test_what_was_not_required_is_listed() -> None:
    basic = replace(report(), policy=VerificationPolicy.offline_basic())
    page = checked(html_page(basic, "vi"), "vi")
    assert PAGE["vi"]["waived"] in page.shown
    assert basic.not_required
    for check in basic.not_required:
        assert CHECK_TITLES[check].text("vi") in page.shown.partition(PAGE["vi"]["about"])[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_breaks_out_of_its_place(language: Literal["vi", "en"]) -> None:
    content = {"name": HOSTILE, HOSTILE: "x", "parts": [HOSTILE, {"deep": HOSTILE}]}
    asked = report(candidate=copy(HOSTILE, content), purpose=HOSTILE, signatures=(signer(HOSTILE),))
    checks = (failed(QR_CHECKS[0], Reason.FRAMING, HOSTILE), *asked.checks[1:])
    for each in (asked, replace(asked, checks=checks)):
        data = html_page(each, language)
        page = checked(data, language)
        assert "<script>alert(1)</script>" in page.shown  # as words
        assert b"<script" not in data
        assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", data)
        outside = re.sub("<bdi>[^<]*</bdi>", "", data.decode())
        assert "\u202e" not in outside
        assert "alert" not in outside


def test_text_is_escaped_and_values_are_isolated() -> None:
    assert text("<a href=\"x\" title='y'>&") == (
        "&lt;a href=&quot;x&quot; title=&#x27;y&#x27;&gt;&amp;"
    )
    assert text("a\x00b\ud800\x1b") == "a\ufffdb\ufffd\ufffd"
    assert value("<\u202e") == "<bdi>&lt;\u202e</bdi>"


def test_the_answer_alone_shows_no_content() -> None:
    asked = report(candidate=copy(content={"name": "Nguyễn Minh An"}), reveal="answer")
    assert "Minh An" not in html_page(asked, "vi").decode()


def test_signatures_alone() -> None:
    checks = tuple(
        failed(each, Reason.NO_TRUSTED_TIME) if each is CheckId.TRUSTED_TIME else passed(each)
        for each in SIGNATURE_CHECKS
    )
    asked = SignatureReport(
        checks=checks,
        expected_checks=SIGNATURE_CHECKS,
        facts=None,
        at=AT,
        policy=VerificationPolicy.strict(),
        covers=Covers.SIGNATURES,
        signatures=(signer("Mẫu"), replace(signer("Mẫu"), kind="timestamp", role="tsa")),
    )
    page = checked(html_page(asked, "en"), "en")
    assert [words for level, words in page.headings if level == 3] == [
        "1. Signature of the person",
        "2. Timestamp of the file",
    ]
    assert "legal copy" not in page.shown


def test_a_piece_of_evidence_is_told_once() -> None:
    stamps = (
        TimestampReport(kind="signature", time=AT, authority="TSA", certificate="11" * 32),
        TimestampReport(kind="document", time=AT, authority="TSA", certificate="11" * 32),
    )
    pieces = tuple(
        EvidenceReport(
            of="signer",
            place=place,
            kind="ocsp",
            sha256="cd" * 32,
            this_update=AT,
            next_update=None,
            age=timedelta(hours=3),
        )
        for place in (0, 1)
    )
    row = replace(signer("Mẫu"), proven_by=stamps, evidence=pieces)
    shown = checked(html_page(report(signatures=(row,)), "en"), "en").shown
    assert shown.count("11" * 32) == 1
    assert shown.count("cd" * 32 + "; made 3 h before the relevant time") == 1
    assert "(timestamp of the file, TSA)" in shown


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", COLOURS)
def test_colours_can_be_read(name: str) -> None:
    dark, light = sorted(luminance(each) for each in COLOURS[name])
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_both_languages_have_the_same_words() -> None:
    assert PAGE["vi"].keys() == PAGE["en"].keys()
    assert set(LEADS) == set(Verdict)
    assert set(LEADS[Verdict.VALID]) == set(Covers)


@pytest.fixture
def demo(demo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(demo_folder)
    return demo_folder


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", ["pdf", "qr.txt", "qr.png"])
def test_every_carrier_on_the_command_line(
    demo: Path, capfdbinary: pytest.CaptureFixture[bytes], suffix: str, language: str
) -> None:
    words = ["verify", f"copies/birth.{suffix}", *BASIC, "--lang", language]
    assert run(words) == 0
    page = checked(capfdbinary.readouterr().out, language)
    assert "Nguyễn Minh An" in page.shown
    titles = [each for level, each in page.headings if level == 2]
    assert titles[2] == WORDS[language]["stated" if suffix == "pdf" else "stated_compare"]
    assert titles[3] == WORDS[language]["content" if suffix == "pdf" else "compare"]
    assert "/TLKS-BS" in page.shown
    assert (PAGE[language]["signatures"] in titles) is (suffix == "pdf")
    assert run([*words, "--reveal", "answer"]) == 0
    page = checked(capfdbinary.readouterr().out, language)
    assert "Minh An" not in page.shown
    assert WORDS[language]["signed_by"] not in page.shown


def test_judge_signatures_and_exit_codes(
    demo: Path, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    facts = str(tmp_path / "facts.json")
    assert run(["verify", "copies/land.pdf", *BASIC, "--facts", facts]) == 0
    capfdbinary.readouterr()
    run(["judge", facts, *BASIC])
    assert "Ngọc Hân" not in checked(capfdbinary.readouterr().out, "vi").shown
    assert run(["signatures", "copies/land.pdf", *BASIC]) == 0
    assert len(checked(capfdbinary.readouterr().out, "vi").headings) > 5
    strict = ["verify", "copies/birth.pdf", "--trust", "trust", "--format", "html"]
    assert run(strict) == 2
    assert "Minh An" not in checked(capfdbinary.readouterr().out, "vi").shown
    data = bytearray((demo / "copies" / "birth.pdf").read_bytes())
    data[len(data) // 3] ^= 1
    (tmp_path / "changed.pdf").write_bytes(data)
    assert run(["verify", str(tmp_path / "changed.pdf"), *BASIC]) == 1
    assert "KHÔNG HỢP LỆ" in checked(capfdbinary.readouterr().out, "vi").headings[0][1]


def test_warnings_stand_in_the_answer_itself_and_below_it() -> None:
    warned = replace(
        report(),
        checks=tuple(
            passed(each, "covered 1", (Reason.COVERED_TEXT,))
            if each is QR_CHECKS[0]
            else passed(each)
            for each in QR_CHECKS
        ),
    )
    for language in LANGUAGES:
        page = checked(html_page(warned, language), language)
        answer, _, rest = page.shown.partition(PAGE[language]["warnings"])
        assert PAGE[language]["warned_of"] in answer
        assert Reason.COVERED_TEXT.text(language) in rest
        marked = [each for each in page.all("td") if each.get("class") == "warning"]
        assert len(marked) == 1


@pytest.mark.parametrize("where", ["process", "process_with_memory_limit", "sandbox"])
def test_the_page_says_in_what_the_file_was_read(where: Isolation) -> None:
    facts = QRFacts(text_sha256="00", framing=PASSED, isolation=where)
    for language in LANGUAGES:
        shown = checked(html_page(replace(report(), facts=facts), language), language).shown
        assert ISOLATION[where].text(language) in shown
        assert isolation_text(replace(facts, isolation=""), language) is None


def test_what_did_not_run_is_no_reason_beside_one_that_did() -> None:
    for language in LANGUAGES:
        both = report(Reason.UNKNOWN_KEY, Reason.NOT_RUN)
        assert [code for _, code, _ in reason_rows(both, language)] == ["unknown_key"]
        alone = report(Reason.NOT_RUN)
        assert [code for _, code, _ in reason_rows(alone, language)] == ["not_run"]
