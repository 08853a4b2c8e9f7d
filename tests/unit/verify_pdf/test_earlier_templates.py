"""Copies of earlier templates: their words are kept, so that they stay provable."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from support.forgeries.tampered import exchanged_places
from support.pdf_copies import AT, BASIC, demo, issued, verify
from support.tampered import tampered
from vncopy import judge
from vncopy.errors import UsageError
from vncopy.facts.common import facts_from_json, facts_to_json
from vncopy.facts.pdf import PDFFacts
from vncopy.page_trust import KeptTemplate, parse_kept_template
from vncopy.pdf.template import Template, kept_templates, load_template
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Verdict, VerificationReport
from vncopy.trust import TrustStore
from vncopy.verify import page_pdf

BIRTH = "vncopy.pdf:templates/birth.typ"
ROOT = Path(__file__).parents[3]


def test_every_template_of_the_library_is_kept() -> None:
    """Whoever changes a template keeps the one before: `python tools/keep_templates.py`."""
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "keep_templates.py", "--check"],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert done.returncode == 0, done.stderr


def test_kept_templates_are_named_by_their_digest_and_never_changed() -> None:
    folder = ROOT / "src" / "vncopy" / "pdf" / "kept_templates"
    for file in folder.iterdir():
        _, digest, suffix = file.name.split(".")
        _, _, source = file.read_bytes().partition(b"\n")
        assert suffix == "typ"
        assert hashlib.sha256(source).hexdigest().startswith(digest)
    names = [each.template for each in kept_templates()]
    assert BIRTH in names
    assert len(names) == len(list(folder.iterdir()))


# --- a template that has changed since --------------------------------------------------------------


def later(name: str) -> Template:
    """Return the template as a later version of the library might have it."""
    today = load_template(name)
    sources = dict(today.sources)
    sources[today.entry] = sources[today.entry].replace("Giới tính".encode(), b"Gender")
    assert sources[today.entry] != dict(today.sources)[today.entry]
    return replace(today, sources=tuple(sorted(sources.items())))


def earlier() -> KeptTemplate:
    """Return the template that copies of these tests were made with."""
    (kept,) = (
        each
        for each in kept_templates()
        if each.template == BIRTH and each.source == load_template(BIRTH).sources_of_entry()
    )
    return kept


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_pdf, "load_template", later)


def lending(*templates: KeptTemplate) -> TrustStore:
    return replace(demo().trust, templates=templates)


def outcome(report: VerificationReport[Any]) -> tuple[Verdict, Reason | None, str]:
    check = report.check(CheckId.PAGE_TEXT)
    return report.verdict, check.reason, check.detail


@pytest.mark.usefixtures("changed")
def test_the_librarys_earlier_words_prove_a_page() -> None:
    report = verify(issued("birth").pdf)
    assert outcome(report) == (Verdict.VALID, None, "shapes (an earlier template)")
    facts = report.facts
    assert isinstance(facts, PDFFacts)
    assert facts.content.earlier_template == earlier().sha256
    assert not facts.content.lent_template
    assert judged(report, demo().trust) == (None, "shapes (an earlier template)")


@pytest.mark.usefixtures("changed")
def test_a_page_that_misleads_misleads_by_earlier_words_too() -> None:
    verdict, reason, detail = outcome(verify(tampered("birth", exchanged_places)))
    assert (verdict, reason) == (Verdict.UNDETERMINED, Reason.PAGE_TEXT_UNPROVEN)
    assert detail == "made with other templates"


@pytest.mark.usefixtures("changed")
def test_a_receiver_lends_the_earlier_words_of_a_deployers_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept, copy = earlier(), issued("birth").pdf
    monkeypatch.setattr(page_pdf, "kept_templates", lambda: ())
    assert outcome(verify(copy))[:2] == (Verdict.UNDETERMINED, Reason.PAGE_TEXT_UNPROVEN)
    other = replace(kept, template="vncopy.pdf:templates/death.typ")
    assert outcome(verify(copy, trust=lending(other)))[1] is Reason.PAGE_TEXT_UNPROVEN
    report = verify(copy, trust=lending(kept))
    assert outcome(report) == (Verdict.VALID, None, "shapes (an earlier template)")
    assert judged(report, lending(kept))[0] is None
    reason, detail = judged(report, lending())
    assert reason is Reason.PAGE_TEXT_UNPROVEN
    assert detail == f"template {kept.sha256} is not in the trust folder"


def test_a_template_that_is_gone_is_lent(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, copy = earlier(), issued("birth").pdf

    def gone(_: str) -> Template:
        raise UsageError.of("template", "template.missing", vi="-", en="-")

    monkeypatch.setattr(page_pdf, "load_template", gone)
    monkeypatch.setattr(page_pdf, "kept_templates", lambda: ())
    verdict, reason, detail = outcome(verify(copy))
    assert (verdict, reason, detail) == (
        Verdict.UNDETERMINED,
        Reason.PAGE_TEXT_UNPROVEN,
        "no template",
    )
    assert outcome(verify(copy, trust=lending(kept)))[0] is Verdict.VALID


@pytest.mark.usefixtures("changed")
def test_only_the_versions_that_fit_best_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = earlier()
    others = tuple(
        replace(kept, sha256=f"{number:064}", source=kept.source.replace("sinh", f"{number}"))
        for number in range(20)
    )
    compared: list[str] = []
    whole = page_pdf._flaw_in

    def spy(record: Any, shown: Any, source: str, claimed: Any) -> Any:
        compared.append(source)
        return whole(record, shown, source, claimed)

    monkeypatch.setattr(page_pdf, "_flaw_in", spy)
    assert verify(issued("birth").pdf, trust=lending(*others)).verdict is Verdict.VALID
    assert compared[1:] == [kept.source]
    compared.clear()
    monkeypatch.setattr(page_pdf, "kept_templates", lambda: ())
    verify(issued("birth").pdf, trust=lending(*others))
    assert len(compared) == 1 + page_pdf.MOST_VERSIONS


def test_a_template_that_cannot_be_read_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_pdf, "load_template", later)
    monkeypatch.setattr(page_pdf, "kept_templates", lambda: ())
    broken = replace(earlier(), source='#line("Họ tên"')
    reason = outcome(verify(issued("birth").pdf, trust=lending(broken)))[1]
    assert reason is Reason.PAGE_TEXT_UNPROVEN


def judged(report: VerificationReport[Any], trust: TrustStore) -> tuple[Reason | None, str]:
    stored = facts_from_json(facts_to_json(report.facts), PDFFacts)
    check = judge(stored, trust=trust, at=AT, policy=BASIC).check(CheckId.PAGE_TEXT)
    return check.reason, check.detail


def test_a_kept_template_says_whose_it_is() -> None:
    kept = parse_kept_template(b'// vncopy template mine:pages/a.typ\r\n#line("x")\n')
    assert kept == KeptTemplate(
        template="mine:pages/a.typ",
        sha256=hashlib.sha256(b'#line("x")\n').hexdigest(),
        source='#line("x")\n',
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'#line("x")',
        b"// vncopy template \n",
        b"// vncopy template a.typ\n",
        b"// vncopy template a:b.typ x\n",
        b"// vncopy template mine:a.typ\n\xff",
        b"// vncopy template \xff:a.typ\n",
        b"// vncopy template a:b.typ\n" + b" " * 200_000,
    ],
)
def test_anything_else_is_no_kept_template(content: bytes) -> None:
    with pytest.raises(UsageError) as caught:
        parse_kept_template(content)
    assert caught.value.problems[0].rule == "trust.template"
