"""Bytes of a PDF → ``verify_pdf`` and ``verify_signatures``: reports, and VALID only for signed bytes.

An input that begins with ``SIGN`` is an unsigned page, which is signed with the keys of the demo
before it is looked at: so that what lies behind the signatures is reached by nonsense too.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pypdfium2

from fuzz.harness import Harness, need, one_in, outcome, told
from fuzz.inside import here, outside
from fuzz.pdf_mutations import SIGN, mutate
from support import levels, pdf_copies
from support.forgeries import plain
from vncopy.facts import facts_from_json
from vncopy.facts.pdf import PDFFacts
from vncopy.pdf.byte_ranges import signed_spans
from vncopy.pdf.engine import read_pdf
from vncopy.report import PDF_CHECKS, SIGNATURE_CHECKS, Verdict
from vncopy.verify.judge import judge
from vncopy.verify.pdf import verify_pdf
from vncopy.verify.signatures import judge_signatures, verify_signatures

if TYPE_CHECKING:
    from vncopy.report import Report

ARGUMENTS: dict[str, Any] = {
    "trust": pdf_copies.demo().trust,
    "at": pdf_copies.AT,
    "policy": pdf_copies.BASIC,
}
CHANGED = "changed bytes are VALID"
"""What is wrong with a file that is VALID and holds what nobody signed."""
BY_WORKER = 64
"""One file in so many is read by a worker, as in use; the others in this process."""
DRAWN = 1.5
"""Pixels a point; a full stop of the page has two."""
UNSEEN = 60
"""Shades of grey, of 255, by which edges may differ."""
CLOSELY = 16
"""One report in so many is written in every form and its facts are judged again."""


@cache
def copies() -> tuple[bytes, ...]:
    """Return copies of every level and two documents."""
    return (
        pdf_copies.issued().pdf,
        pdf_copies.issued("marriage").pdf,
        levels.b_t(),
        levels.b_lt(),
        levels.b_lta(),
        levels.renewed(),
    )


@cache
def plains() -> tuple[bytes, ...]:
    """Return signed pages of somebody else, certified or not, small."""
    return tuple(plain.plain(permission) for permission in (None, 1, 2, 3))


@cache
def seeds() -> tuple[bytes, ...]:
    unsigned = (SIGN + b"P" + plain.page(), SIGN + b"C" + pdf_copies.typeset_copy().pdf)
    # the small ones more often: they are cheap, and more of each is syntax
    return (*copies(), *plains() * 3, unsigned[0], *unsigned)


def covered(pdf: bytes) -> tuple[bytes, ...]:
    """Return the digest of what each signature of a file covers, with the end of its part."""
    _, spans = signed_spans(pdf)
    return tuple(_digest(pdf, span.head, span.start, span.end) for span in spans)


def _digest(pdf: bytes, head: int, start: int, end: int) -> bytes:
    """Return a digest of the two covered parts and where they lie."""
    where = b"%d %d %d" % (head, start, end)
    return hashlib.sha256(where + pdf[:head] + pdf[start:end]).digest()


@cache
def believed() -> frozenset[bytes]:
    """Return what signatures of ours cover: only this may be VALID."""
    return frozenset(each for pdf in (*copies(), *plains()) for each in covered(pdf))


def signed_bytes_are_ours(pdf: bytes, facts: PDFFacts) -> bool:
    """Tell whether the last signature of a file covers bytes that we signed."""
    ends = [each.end for each in facts.signatures if each.kind == "signature"]
    if not ends:
        return False
    _, spans = signed_spans(pdf)
    return any(
        _digest(pdf, span.head, span.start, span.end) in believed()
        for span in spans
        if span.end == max(ends)
    )


def judged_again(report: Report, facts: PDFFacts) -> None:
    """Facts that are stored, read and judged give the same checks, or are judged less mildly."""
    read = facts_from_json(facts.to_json(), PDFFacts)
    if facts.foreign:
        need(judge_signatures(read, **ARGUMENTS).checks == report.checks, "judged otherwise")
        return
    again = judge(read, **ARGUMENTS)
    need(again.verdict is not Verdict.VALID, "facts without their file are VALID")
    if report.verdict is Verdict.INVALID:
        need(again.verdict is Verdict.INVALID, "stored facts are judged more mildly")


def signed(page: bytes, *, copy: bool) -> bytes | None:
    """Return a page signed as a copy, or as somebody else would; ``None``: nobody could."""
    try:
        if copy:
            return pdf_copies.signed(replace(pdf_copies.typeset_copy(), pdf=page))
        return plain.sign(page)
    except Exception:  # noqa: BLE001 - whatever the signing engine makes of nonsense
        return None


def drawn(pdf: bytes) -> list[tuple[tuple[int, int], bytes]]:
    """Return size and shades of every page, forms included, as PDFium draws them.

    The square of the symbol is left out: a symbol is read, and a module drawn otherwise is what its
    error correction is for. That its text is the embedded one is what VALID says.
    """
    opened = pypdfium2.PdfDocument(pdf)
    opened.init_forms()
    pages = [page.render(scale=DRAWN, grayscale=True).to_pil() for page in opened]
    opened.close()
    for number, box in squares():
        if number < len(pages):
            pages[number].paste(0, box)
    return [(page.size, page.tobytes()) for page in pages]


@cache
def squares() -> tuple[tuple[int, tuple[int, int, int, int]], ...]:
    """Return page and box in pixels of each symbol of the copy that is spoiled."""
    shown = read_pdf(pdf_copies.issued().pdf).shown or ()
    found = tuple(
        (number, tuple(round(edge / 100 * DRAWN) for edge in square))
        for number, page in enumerate(shown)
        for square in page.squares
    )
    assert len(found) == 1, "a copy has one symbol"
    return found  # type: ignore[return-value]


@cache
def issued_page() -> list[tuple[tuple[int, int], bytes]]:
    """Return how the page looks that is spoiled before it is signed."""
    page = signed(pdf_copies.typeset_copy().pdf, copy=True)
    assert page is not None
    return drawn(page)


def looks_issued(pdf: bytes) -> bool:
    """Tell whether a copy looks as it was issued, but for shades that nobody sees."""
    now, then = drawn(pdf), issued_page()
    if [size for size, _ in now] != [size for size, _ in then]:
        return False
    return all(
        abs(a - b) <= UNSEEN
        for (_, new), (_, old) in zip(now, then, strict=True)
        if new != old
        for a, b in zip(new, old, strict=True)
    )


def check(data: bytes) -> str:
    if data.startswith(SIGN):
        head = len(SIGN) + 1
        pdf = signed(data[head:], copy=data[head - 1 : head] == b"C")
        if pdf is None:
            return "unsignable"
        return "signed " + looked_at(pdf, data, ours=True)
    return looked_at(data, data, ours=False)


def looked_at(pdf: bytes, data: bytes, *, ours: bool) -> str:
    """Verify as a copy or as any signed file, by what the file seems to be."""
    is_copy = b"record.json" in pdf or b"/ObjStm" in pdf
    report: Report
    if one_in(data, BY_WORKER):
        outside()
    else:
        here()
    if is_copy != one_in(data, 5):  # now and then the other way round
        report = verify_pdf(pdf, **ARGUMENTS)
        need(tuple(each.id for each in report.checks) == PDF_CHECKS, "other checks")
        word = "copy"
    else:
        report = verify_signatures(pdf, **ARGUMENTS)
        need(tuple(each.id for each in report.checks) == SIGNATURE_CHECKS, "other checks")
        word = "signatures"
    facts = report.facts
    need(isinstance(facts, PDFFacts), "no facts")
    assert isinstance(facts, PDFFacts)
    if report.verdict is Verdict.VALID and not ours:
        need(signed_bytes_are_ours(pdf, facts), CHANGED)
    if report.verdict is Verdict.VALID and ours and word == "copy":
        need(looks_issued(pdf), "a copy is VALID whose page says something else than its record")
    if one_in(data, CLOSELY):
        told(report)
        judged_again(report, facts)
    engine = "" if facts.reading.reason is None else f" ({facts.reading.detail})"
    return f"{word} {outcome(report)}{engine}"


HARNESS = Harness(name="pdf", seeds=seeds, mutate=mutate, check=check, largest=400_000)
