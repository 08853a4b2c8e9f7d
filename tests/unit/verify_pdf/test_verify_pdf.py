"""``verify_pdf``: what a good copy gives, for every caller."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from support.pdf_copies import AT, BASIC, ISSUED, demo, issued, typeset_copy, verify
from vncopy.errors import UsageError, VerificationFailed
from vncopy.facts.common import facts_from_json
from vncopy.facts.pdf import PDFFacts
from vncopy.formats.base import Document, DocumentTypes, item
from vncopy.formats.birth import BirthRecord
from vncopy.formats.death import DeathRecord
from vncopy.formats.text import FreeText
from vncopy.formats.types import BUILTIN_TYPES
from vncopy.pdf.readings import ShownPage
from vncopy.pdf.template import load_template
from vncopy.policy import CheckId, VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import PDF_CHECKS, Covers, Verdict
from vncopy.verify.collect_pdf import collect_pdf
from vncopy.verify.content_pdf import Carried, compare_content
from vncopy.verify.judge import judge
from vncopy.verify.pdf import judge_pdf


@pytest.mark.parametrize("name", ["birth", "marriage", "death", "land"])
@pytest.mark.parametrize("kind", ["p256", "rsa"])
def test_a_copy_of_each_type_is_valid(name: Any, kind: Any) -> None:
    copy = issued(name, kind)
    report = verify(copy.pdf)
    assert report.verdict is Verdict.VALID
    assert report.covers is Covers.PDF
    assert tuple(check.id for check in report.checks) == PDF_CHECKS
    verified = report.require()
    assert verified.copy_id == copy.copy_id
    assert verified.claimed_at == ISSUED
    assert verified.proven_at is None
    assert verified.issuer.agency_code == demo().offices[0].entry.agency_code
    assert [row.role for row in report.signatures] == ["person", "seal"]
    assert all(row.level == "B-B" and not row.reasons for row in report.signatures)


def test_the_document_is_the_whole_record() -> None:
    """What never travels in the symbol is in the file: the cause of a death."""
    state = typeset_copy("death")
    verified = verify(issued("death").pdf).require()
    assert verified.document == state.record.document
    assert verified.statement == state.record.statement
    assert verified.carried is None


def test_reference_carriage_gives_the_whole_document_from_the_file() -> None:
    verified = verify(issued(carriage="reference").pdf).require()
    assert verified.document == typeset_copy(carriage="reference").record.document


def test_the_answer_alone() -> None:
    verified = verify(issued().pdf, reveal="answer", purpose="enrolment").require()
    assert verified.kind == "register_extract_copy"
    with pytest.raises(UsageError):
        _ = verified.document
    report = verify(issued().pdf, reveal="answer", purpose="enrolment")
    assert report.purpose == "enrolment"


def test_the_strict_policy_asks_for_what_a_first_level_cannot_have() -> None:
    report = verify(issued().pdf, policy=VerificationPolicy.strict())
    assert report.verdict is Verdict.UNDETERMINED
    assert report.check(CheckId.LEVEL).reason is Reason.LEVEL_TOO_LOW
    assert report.check(CheckId.REVOCATION).reason is Reason.NO_REVOCATION_EVIDENCE
    assert report.check(CheckId.TRUSTED_TIME).reason is Reason.NO_TRUSTED_TIME
    with pytest.raises(VerificationFailed):
        report.require()


def test_another_type_than_expected() -> None:
    report = verify(issued().pdf, expect=DeathRecord)
    assert report.verdict is Verdict.INVALID
    assert report.check(CheckId.SCHEMA).reason is Reason.UNEXPECTED_TYPE
    assert verify(issued().pdf, expect=BirthRecord).verdict is Verdict.VALID


def test_inside_a_running_event_loop() -> None:
    async def handler() -> Verdict:
        return verify(issued().pdf).verdict

    assert asyncio.run(handler()) is Verdict.VALID


def test_from_several_threads() -> None:
    files = [issued().pdf, issued("death").pdf, b"%PDF-", issued("land").pdf] * 3
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda pdf: verify(pdf).verdict, files))
    valid, invalid = Verdict.VALID, Verdict.INVALID
    assert found == [valid, valid, invalid, valid] * 3


@pytest.mark.parametrize(
    "changes",
    [{"at": AT.replace(tzinfo=None)}, {"trust": None}, {"policy": "strict"}, {"reveal": "all"}],
)
def test_mistakes_of_the_caller(changes: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        verify(issued().pdf, **changes)


def test_a_path_is_no_file_content() -> None:
    with pytest.raises(UsageError, match=r"arguments\.bytes"):
        verify("copy.pdf")  # type: ignore[arg-type]


def test_other_kinds_of_bytes() -> None:
    assert verify(bytearray(issued().pdf)).verdict is Verdict.VALID
    assert verify(memoryview(issued().pdf)).verdict is Verdict.VALID  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-", b"%PDF-1.7\n%%EOF\n", b"PK\x03\x04", b"%PDF-1.7\n" + b"1 0 obj\n" * 50],
)
def test_bytes_that_are_no_pdf(data: bytes) -> None:
    report = verify(data)
    assert report.verdict is Verdict.INVALID
    assert report.check(CheckId.SIGNATURES_INTACT).reason is Reason.PDF_MALFORMED
    assert report.check(CheckId.PAGE_TEXT).reason is Reason.NOT_RUN


@pytest.mark.parametrize("filling", [b"1", b" ", b"\0", b"<<", b"[", b"/ByteRange [0 1 2 3]"])
def test_files_made_to_be_searched_for_long(filling: bytes) -> None:
    """Each of these once took half a minute."""
    size = 19_000_000 // len(filling)
    report = verify(b"%PDF-1.7\n" + filling * size + b"\nstartxref\n9\n%%EOF\n")
    assert report.verdict is Verdict.INVALID


def test_a_file_too_large_is_not_judged() -> None:
    report = verify(issued().pdf + b"\0" * 20_000_000)
    assert report.verdict is Verdict.UNDETERMINED
    assert report.check(CheckId.LIMITS).reason is Reason.LIMITS_EXCEEDED


def test_facts_hold_no_field_of_the_record() -> None:
    facts = verify(issued().pdf).facts
    text = facts.to_json().decode()  # type: ignore[attr-defined]
    record = typeset_copy().record
    assert str(record.document.full_name) not in text
    assert str(record.statement.certifier.full_name) not in text
    assert facts_from_json(text.encode(), PDFFacts) == facts


def test_stored_facts_judged_again() -> None:
    facts = verify(issued().pdf).facts
    arguments: dict[str, Any] = {"trust": demo().trust, "at": AT, "policy": BASIC}
    with_file = judge(facts, carrier=issued().pdf, **arguments)  # type: ignore[arg-type]
    assert with_file.require().copy_id == issued().copy_id
    alone = judge(facts, **arguments)  # type: ignore[arg-type]
    assert alone.verdict is Verdict.UNDETERMINED
    assert alone.covers is Covers.STORED_FACTS
    with pytest.raises(VerificationFailed):
        alone.require()
    bare = replace(facts, qr=None)  # type: ignore[type-var]
    assert judge(bare, **arguments).verdict is Verdict.UNDETERMINED  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="other_carrier"):
        judge(facts, carrier=issued("death").pdf, **arguments)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="facts"):
        judge_pdf("facts", expect=None, **arguments)


def test_contents_that_do_not_belong_together() -> None:
    record = typeset_copy().record
    undated = replace(record, statement=record.statement.model_copy(update={"issued_at": None}))
    facts, content = collect_pdf(issued().pdf, trust=demo().trust, types=BUILTIN_TYPES)
    assert "Content" in repr(content)
    assert facts.content.record_matches.passed
    assert content.symbol is not None
    carried = Carried(
        record=undated.to_json(),
        qr_text=issued().qr_text,
        claims=content.symbol.claims,
        carriage=content.symbol.restored.carriage,
        symbols=(issued().qr_text, "VNC1:OTHER"),
        texts=None,
    )
    found, _ = compare_content(carried, BUILTIN_TYPES)
    assert found.record_matches.reason is Reason.RECORD_DIFFERS
    assert found.printed_symbol.reason is Reason.SEVERAL_SYMBOLS
    none = replace(carried, symbols=(), record=b"{}")
    found, _ = compare_content(none, BUILTIN_TYPES)
    assert found.printed_symbol.reason is Reason.SYMBOL_MISSING
    assert found.record.reason is Reason.RECORD_MALFORMED


def test_the_type_of_somebody_else_has_no_template_at_hand() -> None:
    """A page that cannot be compared is not taken for a good one."""

    class Plain(Document, format_id="org.example.plain/1"):
        name: FreeText = item(1, "Tên")

    class Lost(Document, format_id="org.example.lost/1", template="nowhere:lost.typ"):
        name: FreeText = item(1, "Tên")

    for kind in (Plain, Lost):
        record = replace(typeset_copy().record, document=kind(name=FreeText("A")))
        carried = Carried(
            record=record.to_json(),
            qr_text=None,
            claims=None,
            carriage=None,
            symbols=None,
            texts=(),
            shown=(ShownPage(text="A"),),
        )
        facts, parsed = compare_content(carried, DocumentTypes(kind))
        assert parsed == record
        assert facts.page_text.reason is Reason.PAGE_TEXT_UNPROVEN
        assert not facts.record_matches.ran


@pytest.mark.parametrize(
    ("digest", "reason"),
    [
        ("", Reason.PAGE_TEXT_DIFFERS),
        (load_template("vncopy.pdf:templates/birth.typ").digest(), Reason.PAGE_TEXT_DIFFERS),
        ("00" * 32, Reason.PAGE_TEXT_UNPROVEN),
    ],
)
def test_a_page_of_other_templates_is_unproven_and_one_of_ours_is_wrong(
    digest: str, reason: Reason
) -> None:
    carried = Carried(
        record=typeset_copy().record.to_json(),
        qr_text=None,
        claims=None,
        carriage=None,
        symbols=None,
        texts=(),
        shown=(ShownPage(text="something else"),),
        template_digest=digest,
    )
    assert compare_content(carried, BUILTIN_TYPES)[0].page_text.reason is reason


def test_a_copy_says_which_templates_made_it() -> None:
    report = verify(issued().pdf)
    assert isinstance(report.facts, PDFFacts)
    assert report.facts.template_digest == load_template("vncopy.pdf:templates/birth.typ").digest()
