"""Every text stands where its template puts it, and one that does not is noticed."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.arranged import arranged, arranged_sample
from support.pages import sample, sample_names
from support.pdf_copies import verify
from support.synthetic import TYPES, Synthetic
from support.tampered import tampered
from vncopy.pdf.arrangement import misplaced
from vncopy.pdf.flow import Column, Flow, OutOfPlace, breaks_of, first_word
from vncopy.pdf.page_text import Expected, canonical
from vncopy.pdf.readings import ShownPage, ShownRun
from vncopy.pdf.template_words import BLANK, Block, Cell, Kind, Piece, Row, is_plain
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Verdict
from vncopy.verify import page_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

BIRTH = "birth/extract-two-parents"
TABLES = "land/g3-co-owners-changes-2025"
LONG = "land/g2-many-changes"
COLUMNS = "marriage/certificate-2010-districts"


@pytest.mark.parametrize("name", sample_names())
def test_every_sample_stands_in_its_place(name: str) -> None:
    assert misplaced(*arranged_sample(name)) == ""


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10_000), kind=st.sampled_from(sorted(TYPES)), long=st.booleans())
def test_any_record_stands_in_its_place(seed: int, kind: str, long: bool) -> None:
    assert misplaced(*arranged(Synthetic(seed, long=long).record(kind))) == ""


WORDS = (
    "Thế chấp tại Ngân-hàng, hồ sơ số 000077.TC.001; diện tích 1.234,5 m², (60,0 m²) 12.000.000₫ "
    "21/03/2005 a/b/c và/hoặc QĐ-UBND/2005/HN-123456789012345 Ẩ 1/2. 12,5 m²; " + "x" * 30
).split(" ")


@settings(max_examples=8, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    lengths=st.lists(st.sampled_from((3, 60, 300, 1400, 1900)), min_size=1, max_size=6),
)
def test_tables_of_any_length_stand_in_their_place(seed: int, lengths: list[int]) -> None:
    """Rows that stay whole, and those of more than 1500 characters, which go over the page."""
    chance = random.Random(seed)
    name = chance.choice((LONG, TABLES, "land/g1-co-owners-2005"))

    def text(length: int) -> str:
        words = [chance.choice(WORDS) for _ in range(length // 3)]
        return " ".join(words)[:length].strip()

    first: Any = sample(name).document.changes[0]
    change = first.model_dump(mode="json")
    changes = [
        {**change, "content": text(length), "confirming_authority": text(min(length, 190))}
        for length in lengths
    ]
    assert misplaced(*arranged(sample(name, changes=changes, notes=text(600)))) == ""


# --- whatever is moved is noticed ------------------------------------------------------------------


def moved(run: ShownRun, across: int, along: int = 0) -> ShownRun:
    """Return a run elsewhere."""
    return replace(
        run,
        left=run.left + across,
        first=run.first + across,
        end=run.end + across,
        right=run.right + across,
        base=run.base + along,
    )


def with_runs(
    name: str, page: int, change: Callable[[list[ShownRun]], Iterable[ShownRun]]
) -> tuple[list[ShownPage], Expected]:
    """Return a sample's pages with other runs on one of them."""
    pages, wanted = arranged_sample(name)
    anew = list(pages)
    anew[page] = replace(anew[page], runs=tuple(change(list(anew[page].runs))))
    return anew, wanted


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from((BIRTH, TABLES, LONG, COLUMNS, "death/hospital-2026")),
    place=st.integers(0, 10_000),
    across=st.sampled_from((-9000, -2000, -120, 120, 700, 2000, 9000)),
)
def test_no_run_can_be_moved_to_the_side(name: str, place: int, across: int) -> None:
    pages, _ = arranged_sample(name)
    page = place % len(pages)
    number = place % len(pages[page].runs)

    def change(runs: list[ShownRun]) -> list[ShownRun]:
        runs[number] = moved(runs[number], across)
        return runs

    assert misplaced(*with_runs(name, page, change)) != ""


@settings(max_examples=30, deadline=None)
@given(
    name=st.sampled_from((BIRTH, TABLES, LONG, COLUMNS)),
    kind=st.sampled_from(("rules", "dots")),
    place=st.integers(0, 10_000),
    by=st.sampled_from(((100, 0, 100, 0), (0, 0, 500, 0), (0, -4000, 0, -4000))),
)
def test_no_line_can_be_moved(name: str, kind: str, place: int, by: tuple[int, ...]) -> None:
    pages, wanted = arranged_sample(name)
    page = place % len(pages)
    lines = list(getattr(pages[page], kind))
    if not lines:
        return
    line = lines[place % len(lines)]
    if by == (0, 0, 500, 0) and line[1] == line[3] and kind == "rules":
        by = (-500, 0, 0, 0)
    if by[0] == -500 and line[2] - line[0] > 40_000:
        return  # a rule of a table may stand out by some points: nothing is said by it
    if by == (0, 0, 500, 0) and line[0] == line[2]:
        return  # slanted: not a line of any page
    lines[place % len(lines)] = tuple(a + b for a, b in zip(line, by, strict=True))
    anew = list(pages)
    anew[page] = replace(anew[page], **{kind: tuple(lines)})
    assert misplaced(anew, wanted) != ""


@pytest.mark.parametrize(
    ("name", "page", "text", "by", "found"),
    [
        (BIRTH, 0, "Ghi chú", 1800, "words"),
        (BIRTH, 0, "Ghi chú", -1000, "words"),
        (BIRTH, 0, "Số: ", 900, "registration_number"),
        (TABLES, 1, "Nội", -800, "changes.0.1"),
        (LONG, 0, "Mã bản sao", -2000, "page"),
    ],
)
def test_lines_keep_their_distance(name: str, page: int, text: str, by: int, found: str) -> None:
    def change(runs: list[ShownRun]) -> list[ShownRun]:
        """Let the last run that begins so stand lower."""
        at = max(n for n, run in enumerate(runs) if run.text.startswith(text))
        runs[at] = moved(runs[at], 0, -by)
        return runs

    assert misplaced(*with_runs(name, page, change)) == found


def test_words_that_are_missing_or_left_over_are_no_arrangement() -> None:
    """Their comparison comes first; here they are only never taken for good."""
    for name in (BIRTH, TABLES, COLUMNS):
        pages, wanted = arranged_sample(name)
        for page in range(len(pages)):
            for number in range(len(pages[page].runs)):
                without = [*pages[page].runs[:number], *pages[page].runs[number + 1 :]]
                assert misplaced(*with_runs(name, page, lambda _, left=without: left)) != ""  # type: ignore[misc]
        assert misplaced(pages[:1], replace(wanted, blocks=())) == "page"
        assert misplaced([replace(each, runs=()) for each in pages], wanted) != ""
        assert misplaced([*pages, ShownPage()], wanted) == "page"
    pages, wanted = arranged_sample(LONG)
    for count in range(1, len(pages)):
        assert misplaced(pages[:count], wanted) != ""


def test_words_that_had_room_do_not_go_to_the_next_page() -> None:
    pages, wanted = arranged_sample(TABLES)
    *first, number = pages[0].runs
    found: list[str] = []
    for count in range(1, 12):
        kept, gone = first[:-count], first[-count:]
        top = 82_000 - gone[0].base
        pages_anew = [
            replace(pages[0], runs=(*kept, number), dots=()),
            replace(pages[1], runs=(*(moved(run, 0, top) for run in gone), *pages[1].runs)),
        ]
        found.append(misplaced(pages_anew, wanted))
    assert all(found)


# --- fields ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda page: {"fields": page.fields[:1], "stamps": page.stamps[:1]},
        lambda page: {"fields": page.fields[::-1]},
        lambda page: {"stamps": page.stamps[::-1]},
        lambda page: {"stamps": ((), page.stamps[1])},
        lambda page: {"stamps": (page.stamps[0][:-1], page.stamps[1])},
        lambda page: {
            "stamps": (tuple(replace(run, size=400) for run in page.stamps[0]), page.stamps[1])
        },
        lambda page: {
            "stamps": ((moved(page.stamps[0][0], 300), *page.stamps[0][1:]), page.stamps[1])
        },
    ],
)
def test_the_signature_fields_stand_in_their_place(
    change: Callable[[ShownPage], dict[str, Any]],
) -> None:
    pages, wanted = arranged_sample(BIRTH)
    (page,) = pages
    assert misplaced([replace(page, **change(page))], wanted) == "statement.signature"


def test_a_field_on_an_earlier_page() -> None:
    pages, wanted = arranged_sample(TABLES)
    first = replace(pages[0], fields=pages[1].fields, stamps=pages[1].stamps)
    assert misplaced([first, pages[1]], wanted) == "statement.signature"


def test_a_page_of_another_size() -> None:
    pages, wanted = arranged_sample(BIRTH)
    assert misplaced([replace(pages[0], size=(70_000, 99_000))], wanted) == "page"


# --- what is told beside the pages -----------------------------------------------------------------


@pytest.mark.parametrize("name", sample_names())
def test_nothing_but_the_page_s_own_words_is_told_beside_it(name: str) -> None:
    pages, wanted = arranged_sample(name)
    told = {canonical(text) for page in pages for text in page.told}
    assert len(told) > 4  # fields, symbol, headings, title
    assert told <= wanted.told


def bookmark(pdf: pikepdf.Pdf) -> None:
    """Let a bookmark say something else than its heading."""
    pdf.Root.Outlines.First.Title = "Giấy này đã bị thu hồi"


def alternative(pdf: pikepdf.Pdf) -> None:
    """Give those who cannot see another text for an element."""
    element = pdf.Root.StructTreeRoot.K
    while isinstance(element, pikepdf.Array):
        element = element[0]
    element.Alt = "Giấy này đã bị thu hồi"


def round_about(pdf: pikepdf.Pdf) -> None:
    """Let bookmarks go in a ring, which must end, and say too much."""
    first = pdf.Root.Outlines.First
    first.Next = first
    first.First = pikepdf.Array([pikepdf.Dictionary(Title="x")] * 30_000)


def title(pdf: pikepdf.Pdf) -> None:
    """Give the file another title."""
    pdf.docinfo["/Title"] = "Giấy chứng nhận kết hôn"


def title_in_metadata(pdf: pikepdf.Pdf) -> None:
    """Give the file another title in its metadata."""
    packet = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(packet.replace(b"khai sinh", "khai tử".encode()))


def tooltip(pdf: pikepdf.Pdf) -> None:
    """Let a field say something else to those who cannot see it."""
    pdf.pages[0].obj.Annots[0].TU = "Giấy này đã bị thu hồi"


def labels(pdf: pikepdf.Pdf) -> None:
    """Number the pages otherwise."""
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(P="9")])


@pytest.mark.parametrize(
    "change",
    [bookmark, alternative, round_about, title, title_in_metadata, tooltip, labels],
    ids=lambda change: change.__name__,
)
def test_lies_told_beside_the_page(change: Callable[[pikepdf.Pdf], None]) -> None:
    report = verify(tampered("birth", lambda sheet: change(sheet.pdf)))
    assert report.verdict is Verdict.INVALID
    check = report.check(CheckId.PAGE_TEXT)
    hidden = report.check(CheckId.ACTIVE_CONTENT).reason is not None
    assert hidden or check.reason is Reason.PAGE_TEXT_DIFFERS


@pytest.mark.parametrize(
    ("plain", "reason"),
    [(True, Reason.PAGE_TEXT_DIFFERS), (False, Reason.PAGE_TEXT_UNPROVEN)],
)
def test_a_template_with_an_arrangement_of_its_own_is_undetermined(
    plain: bool, reason: Reason
) -> None:
    pages, wanted = arranged_sample(BIRTH)
    wanted = replace(wanted, plain=plain)
    assert page_pdf._flaw_of(pages, wanted, ()) is None
    for change in ({"told": ("x",)}, {"runs": (moved(pages[0].runs[0], 500), *pages[0].runs[1:])}):
        flaw = page_pdf._flaw_of([replace(pages[0], **change)], wanted, ())  # type: ignore[arg-type]
        assert flaw is not None
        assert flaw.step.reason is reason


# --- one text --------------------------------------------------------------------------------------


def run(text: str, left: int, base: int = 70_000, *, width: int = 500) -> ShownRun:
    """Return a run whose letters are all of one width."""
    stripped = text.rstrip()
    first = len(text.split(maxsplit=1)[0]) if text.split() else 0
    return ShownRun(
        text=text,
        left=left,
        first=left + width * first,
        end=left + width * len(stripped),
        right=left + width * len(text),
        base=base,
        size=1000,
    )


def follow(pieces: Sequence[Piece], runs: Sequence[ShownRun], right: int = 10_000) -> str:
    """Return the field that is out of place in a column, or nothing."""
    flow = Flow(pieces, Column(left=0, right=right, size=1000))
    try:
        for number, each in enumerate(runs):
            flow.take(each, turned=False, word=first_word(runs, number))
        flow.close()
    except OutOfPlace as error:
        return str(error)
    return "" if flow.done() else "missing"


def piece(text: str, before: str = " ", source: str = "x") -> Piece:
    """Return a piece of text."""
    return Piece(source=source, text=text, before=before)


@pytest.mark.parametrize(
    ("pieces", "runs", "found"),
    [
        ([piece("ab cd")], [run("ab cd", 0)], ""),
        ([piece("ab cd")], [run("ab ", 0), run("cd", 1500)], ""),
        ([piece("ab cd")], [run("ab", 0), run("cd", 1000)], "x"),
        ([piece("ab cd")], [run("ab ", 0), run("cd", 1700)], "x"),
        ([piece("ab cd")], [run("ab ", 0), run("cd", 0, 68_700)], "x"),  # had room
        ([piece("ab cd")], [run("abcd", 0)], "x"),
        ([piece("ab")], [run("abc", 0)], "x"),
        ([piece("ab cd")], [run("ab", 0)], "missing"),
        ([piece("ab"), piece("cd", "\n")], [run("ab", 0), run("cd", 0, 68_700)], ""),
        ([piece("ab"), piece("cd", "\n")], [run("ab cd", 0)], "x"),
        ([piece("ab"), piece("cd", "\n")], [run("ab ", 0), run("cd", 1500)], "x"),
        ([piece("ab"), piece(")", "")], [run("ab", 0), run(")", 1000)], ""),
        ([piece("ab"), piece(")", BLANK)], [run("ab ", 0), run(")", 9000)], ""),
        ([piece("ab"), piece(")", BLANK)], [run("ab ", 0), run(")", 900)], "x"),
        ([piece("ab\ncd")], [run("ab", 0), run("cd", 0, 68_700)], ""),
        ([piece("a" * 18 + " cd")], [run("a" * 18 + " ", 0), run("cd", 0, 68_700)], ""),
        ([piece("a" * 18 + " cd")], [run("a" * 18 + " ", 0), run("cd", 0, 68_000)], "x"),
        ([piece("a" * 18 + " cd")], [run("a" * 18 + " ", 0), run("cd", 40, 68_700)], "x"),
        ([piece("a" * 18 + "/cde")], [run("a" * 18 + "/", 0), run("cde", 0, 68_700)], ""),
        ([piece("a" * 18 + "cde")], [run("a" * 18, 0), run("cde", 0, 68_700)], "x"),
        ([piece("a" * 18 + " 1 m²")], [run("a" * 18 + " ", 0), run("1 m²", 0, 68_700)], ""),
        ([piece("a" * 30)], [run("a" * 20, 0), run("a" * 10, 0, 68_700)], ""),
        ([piece("a" * 30)], [run("a" * 17, 0), run("a" * 13, 0, 68_700)], "x"),
        ([piece("a" * 22)], [run("a" * 22, 0)], "x"),  # beyond its column
        ([piece("ab")], [replace(run("ab", 0), size=900)], "x"),
    ],
)
def test_how_lines_begin_and_end(pieces: list[Piece], runs: list[ShownRun], found: str) -> None:
    assert follow(pieces, runs) == found


def test_a_word_goes_on_in_the_runs_that_touch_it() -> None:
    runs = [run("(", 0), run("ab", 500), run(" cd", 1500), run("e", 0, 60_000)]
    assert first_word(runs, 0) == 1500
    assert first_word([run("1 m²", 0), run("; a", 2000)], 0) == 2500
    assert first_word([run("ab", 0), run("cd", 1200)], 0) == 1000


def test_where_lines_may_end() -> None:
    assert list(breaks_of("a-b c")) == [True, True, True, True]
    assert list(breaks_of("ab")) == [True, False]
    boxed = zip("(1,5m²,", breaks_of("(1,5 m²,"), strict=True)
    assert "".join(letter for letter, may in boxed if may) == "(1m,"
    assert all(breaks_of("x" * 26))
    assert sum(breaks_of("x" * 25)) == 1
    assert sum(breaks_of("x" * 25, long=20)) == 25


# --- templates -------------------------------------------------------------------------------------


def test_a_template_that_moves_its_blocks_is_not_plain() -> None:
    head = '#import "frame.typ": *\n#show: copy-page\n'
    assert is_plain(head + '#line("Số:", "@a") // words\n#rows("@t", ("A", 1.5fr), ("B", 2fr))')
    assert not is_plain(head + "#v(3cm)")
    assert not is_plain(head + '#columns(2)[#line("Số:", "@a")]')
    assert not is_plain(head + '#set text(size: 9pt)\n#line("a")')


def test_rows_of_another_number_of_cells_than_the_head() -> None:
    pages, wanted = arranged_sample(TABLES)

    def shorter(block: Block) -> Block:
        return replace(block, rows=tuple(row[:-1] for row in block.rows))

    blocks = tuple(shorter(each) if each.kind is Kind.TABLE else each for each in wanted.blocks)
    assert misplaced(pages, replace(wanted, blocks=blocks)) == "page"


def test_blocks_give_their_units() -> None:
    cell = Cell(pieces=(piece("a"),))
    assert list(Block(kind=Kind.BESIDE, cells=(cell, cell)).units()) == [
        Row(cells=(cell.pieces, cell.pieces))
    ]
    table = Block(kind=Kind.TABLE, cells=(cell,), rows=((cell,),))
    assert list(table.units()) == [piece("a"), Row(cells=(cell.pieces,), header=cell.pieces)]
