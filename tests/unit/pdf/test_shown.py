"""Pages read by their shapes: every sample as it is set, and each rule where it is broken."""

from __future__ import annotations

import io
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from support.forgeries.tampered import with_glyphs
from support.pages import sample, sample_names
from support.pdf_copies import issued, rewritten, typeset_copy
from support.tampered import Sheet
from vncopy.pdf.arrangement import misplaced
from vncopy.pdf.drawing_language import (
    Stroke,
    SymbolDrawing,
    TextRun,
    UnknownPhrase,
    phrases,
)
from vncopy.pdf.drawn_symbol import Look
from vncopy.pdf.glyphs import TABLE, claimed_texts, embedded_program, read_font
from vncopy.pdf.ink import Ink, cut_out, flaws_of_ink
from vncopy.pdf.layout import Line, Words, flaws_of, joined, lines_of
from vncopy.pdf.limits import DEFAULT_LIMITS, ReadingLimits
from vncopy.pdf.outlines import UnknownProgram, glyph_digests
from vncopy.pdf.page_text import compare, expected, read_template
from vncopy.pdf.printed import printed
from vncopy.pdf.readings import DrawnSymbol, ShownPage
from vncopy.pdf.render import Picture, draw_pdf
from vncopy.pdf.shown import KNOWN_MAKERS, ReadPage, read_shown
from vncopy.pdf.symbol import make_symbol
from vncopy.pdf.symbol_place import flaws_of_place
from vncopy.pdf.template import load_template
from vncopy.pdf.typeset import typeset, typst_version

if TYPE_CHECKING:
    from collections.abc import Callable

AT = sample("birth/very-long-names").statement.issued_at
PAGE = (0.0, 0.0, 595.0, 842.0)


def without_fields(pdf: pikepdf.Pdf) -> None:
    """Take the places of the signatures away, as after they have become fields without a look."""
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj.Annots


@pytest.mark.parametrize("name", sample_names())
def test_every_sample_is_read_by_its_shapes(name: str) -> None:
    record = sample(name)
    assert AT is not None
    content = printed(record).with_symbol(make_symbol("VNC1:" + "0123456789ABC" * 40).svg())
    template = load_template(record.document.template)
    page = typeset(template, content.data, title="-", author="-", at=AT)
    pdf = rewritten(page, without_fields)
    read = read_shown(pdf, limits=DEFAULT_LIMITS)
    look = Look(read)
    drawing = draw_pdf(pdf, read=look.at)
    assert [(p.unknown, p.wrong) for p in look.pages] == [((), ())] * len(read)
    wanted = expected(read_template(record.document.template), content.data)
    assert compare([p.text for p in look.pages], wanted) == ()
    assert flaws_of_place(look.pages, drawing.symbols) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"full_name": "W" * 100, "hometown": "x" * 600},
        {
            "birth_place": "https://dichvucong.gov.vn/p/home/tra-cuu-ho-so?id=1234567890 số 1.234,5 m²"
        },
        {"hometown": "Ẫ" * 60 + " (12,5 m²); 12345678901234567890123456 m²"},
    ],
    ids=["name", "address", "marks"],
)
def test_long_words_break_anywhere_and_are_read(changes: dict[str, str]) -> None:
    """The typesetter says of each of their glyphs what it stands for, besides what its font says."""
    record = sample("birth/extract-two-parents", **changes)
    assert AT is not None
    content = printed(record).with_symbol(make_symbol("VNC1:" + "0123456789ABC" * 40).svg())
    template = load_template(record.document.template)
    page = typeset(template, content.data, title="-", author="-", at=AT)
    read = read_shown(rewritten(page, without_fields), limits=DEFAULT_LIMITS)
    assert [(each.page.unknown, each.page.wrong) for each in read] == [((), ())] * len(read)
    wanted = expected(read_template(record.document.template), content.data)
    assert compare([each.page.text for each in read], wanted) == ()
    assert misplaced([each.page for each in read], wanted) == ""


SPELLED = b"q 1 0 0 -1 70 700 cm/c0 cs 0 scn\nBT%s\nET\nQ\n"
PART = b"/Span<</ActualText%s>>BDC 0 Tr/f0 13 Tf 1 0 0 -1 %d 0 Tm(\\000\\001)Tj\nEMC"


def test_a_word_spelled_out_is_one_run_and_those_that_go_on_from_it() -> None:
    parts = PART % (b"(x)", 0) + PART % (b"<FEFF0110200B>", 9)
    (run,) = phrases(SPELLED % parts)
    assert isinstance(run, TextRun)
    assert (run.said, run.x, [(each.said, each.x) for each in run.more]) == ("x", 70, [("Đ", 79)])
    (run,) = phrases(SPELLED % (PART % (b"<FEFF200B>", 0)))
    assert isinstance(run, TextRun)
    assert run.said == "\0"  # never what a glyph shows
    for text in (b"(xxxxx)", b"()", b"<0041>", b"<FEFF00>"):
        with pytest.raises(UnknownPhrase):
            phrases(SPELLED % (PART % (text, 0)))


def test_a_space_more_or_less_is_a_difference() -> None:
    record = sample("birth/very-long-names")
    content = printed(record)
    wanted = expected(read_template(record.document.template), content.data)
    pieces = [piece.text for piece in wanted.pieces()]
    assert compare("\n".join(pieces), wanted) == ()
    whole = "\n".join(pieces)
    name = str(record.document.full_name).upper()
    assert name in whole
    for changed in (name.replace(" ", "", 1), name[:1] + " " + name[1:]):
        (difference,) = compare(whole.replace(name, changed), wanted)
        assert difference.source == "full_name"
    assert compare(whole.replace(name, name.replace(" ", "\n", 1)), wanted) == ()
    for changed in (
        name[:1] + "\n" + name[1:],
        name.replace(" ", "\x1f", 1),
        name.replace(" ", "  ", 1),
    ):
        (difference,) = compare(whole.replace(name, changed), wanted)
        assert difference.source == "full_name"


def test_the_typesetter_that_is_installed_is_known() -> None:
    assert typst_version().encode() in KNOWN_MAKERS


def test_the_table_of_outlines_is_written_as_its_tool_writes_it() -> None:
    lines = resources.files("vncopy.pdf").joinpath(TABLE).read_text().splitlines()
    rows = [line.split(" ") for line in lines if not line.startswith("#")]
    assert len({row[0] for row in rows}) == len(rows) > 1200
    assert all(len(row[0]) == 24 and int(row[1]) > 0 and len(row) == 3 for row in rows)
    digits = [row for row in rows if row[2] in {f"{ord(c):04X}" for c in "0123456789"}]
    assert len(digits) == 3 * 10


# --- the language ----------------------------------------------------------------------------------

TEXT = b"q 1 0 0 -1 70 700 cm/c0 cs 0 scn\nBT 0 Tr/f0 13 Tf 1 0 0 -1 0 0 Tm%s\nET\nQ\n"


@pytest.mark.parametrize(
    ("drawn", "codes"),
    [
        (b"[(\\000\\001\\000\\002)29(\\000\\003)]TJ", ((1, 2), (3,))),
        (b"(\\000\\001)Tj", ((1,),)),
        (b"[<00010002>]TJ", ((1, 2),)),
        (b"[(\\000\\()1(\\000\\\\\\000\\))]TJ", ((40,), (92, 41))),
        (b"[(\0(\0\\n\0))]TJ", ((40, 10, 41),)),
        (
            b"[(\\0001\\b\\f\\r\\t)]TJ",
            ((0x0031, 0x080C, 0x0D09),),
        ),
    ],
)
def test_strings_of_glyphs(drawn: bytes, codes: tuple[tuple[int, ...], ...]) -> None:
    (run,) = phrases(TEXT % drawn)
    assert isinstance(run, TextRun)
    assert tuple(each for each, _ in run.strings) == codes


def test_numbers_between_strings_move_the_next_one() -> None:
    (run,) = phrases(TEXT % b"[<0001>20 9<0002>-3]TJ")
    assert isinstance(run, TextRun)
    assert [taken for _, taken in run.strings] == [29.0, -3.0]


@pytest.mark.parametrize(
    "content",
    [
        b"BT ET",
        TEXT % b"[5<0001>]TJ",
        TEXT % b"[<00>]TJ",
        TEXT % b"[(\\000\\777)]TJ",
        TEXT % b"[(\\000\\8)]TJ",
        TEXT.replace(b"0 Tr", b"3 Tr") % b"[<0001>]TJ",
        TEXT.replace(b"1 0 0 -1 0 0 Tm", b"1 0 0 -1 0 5 Tm") % b"[<0001>]TJ",
        b"/Span<</ActualText(x)>>BDC\nEMC\n",
        b"/OC/x BDC\nEMC\n",
        b"q 1 0 0 -1 0 0 cm/c0 CS 0 SCN 1 w 4 M 0 0 m 1 0 l\nf\nQ\n",
        b"EMC\n" * 20_001 + TEXT * 20_001 % ((b"[]TJ",) * 20_001),
    ],
    ids=lambda content: content[:12],
)
def test_what_the_typesetter_does_not_write(content: bytes) -> None:
    with pytest.raises(UnknownPhrase):
        phrases(content)


def symbol(across: bytes = b"2 0 0 -2", modules: bytes = b"0 0 m 7 0 l 7 7 l 0 7 l\nh\n") -> bytes:
    """Return what draws a symbol of seven modules."""
    return (
        b"q 0 100 m 100 100 l 100 0 l 0 0 l\nh\nW\nn\n"
        b"q 1 0 0 -1 0 100 cm/c0 cs 1 scn 0 0 m 100 0 l 100 100 l 0 100 l\nh\nf\nQ\n"
        b"q " + across + b" 8 92 cm/c0 cs 0 scn " + modules + b"f\nQ\nQ\n"
    )


def test_a_symbol_has_a_square_and_modules() -> None:
    (found,) = phrases(symbol())
    assert isinstance(found, SymbolDrawing)
    assert found.box == (8.0, 78.0, 22.0, 92.0)


@pytest.mark.parametrize(
    "content",
    [
        symbol(across=b"2 0 0 -3"),
        symbol(modules=b"1 0 m 7 0 l 7 7 l 1 7 l\nh\n"),
        symbol(modules=b"0 0 m 7 0 l 7 9 l 0 9 l\nh\n"),
        symbol(modules=b"0 0 m 7.5 0 l 7 7 l 0 7 l\nh\n"),
        symbol().replace(b"100 0 l 0 0 l\nh\nW", b"100 0 0 0 50 0 c\nh\nW"),
    ],
)
def test_a_symbol_of_another_shape(content: bytes) -> None:
    with pytest.raises(UnknownPhrase):
        phrases(content)


# --- outlines and fonts ------------------------------------------------------------------------------


def first_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Return the first font of the first page."""
    font: pikepdf.Object = next(iter(pdf.pages[0].Resources.Font.values()))
    return font


def program_of() -> bytes:
    """Return a font program of a copy."""
    with pikepdf.open(io.BytesIO(typeset_copy().pdf)) as pdf:
        return embedded_program(first_font(pdf))[0]


def test_each_outline_has_a_digest_of_its_own() -> None:
    digests = glyph_digests(program_of())
    assert len(set(digests)) == len(digests) > 50
    swapped = glyph_digests(with_glyphs(program_of(), {5: 6, 6: 5}))
    assert (swapped[5], swapped[6]) == (digests[6], digests[5])


def test_any_byte_of_the_program_matters_or_draws_nothing() -> None:
    """One byte changed in the tables: another digest, no digest, or names and boxes only."""
    program = program_of()
    before = glyph_digests(program)
    harmless = 0
    for at in range(300):
        changed = program[:at] + bytes([program[at] ^ 0x55]) + program[at + 1 :]
        try:
            harmless += glyph_digests(changed) == before
        except UnknownProgram:
            continue
    assert harmless < 200  # the name of the font, the notice, the number of a string, its box


@pytest.mark.parametrize("end", [0, 3, 40, 200, 500, 5_000])
def test_a_program_that_ends_too_early(end: int) -> None:
    with pytest.raises(UnknownProgram):
        glyph_digests(program_of()[:end])


def strange_font(change: Callable[[pikepdf.Object, pikepdf.Pdf], None]) -> bool:
    """Tell whether a changed font is still known."""
    with pikepdf.open(io.BytesIO(typeset_copy().pdf)) as pdf:
        font = first_font(pdf)
        change(font, pdf)
        return read_font(font).known


def set_map(text: bytes) -> Callable[[pikepdf.Object, pikepdf.Pdf], None]:
    """Return a change that gives a font another map."""
    return lambda font, pdf: setattr(font, "ToUnicode", pdf.make_stream(text))


@pytest.mark.parametrize(
    "change",
    [
        lambda font, _: setattr(font, "Encoding", pikepdf.Name("/Identity-V")),
        lambda font, _: setattr(font, "Extra", 1),
        lambda font, _: setattr(font.DescendantFonts[0], "CIDToGIDMap", pikepdf.Name.Identity),
        lambda font, _: setattr(font, "DescendantFonts", pikepdf.Array()),
        lambda font, _: setattr(font, "ToUnicode", pikepdf.Name.Identity),
        lambda font, pdf: setattr(
            font.DescendantFonts[0].FontDescriptor, "FontFile2", pdf.make_stream(b"")
        ),
        lambda font, _: setattr(font.DescendantFonts[0], "W", pikepdf.Array([1, 9, 5, 1, 1, 6])),
        set_map(b"1 beginbfrange <0001> <0002> <0041> endbfrange"),
        set_map(b"1 beginbfchar\n<0001> <0041> x\nendbfchar"),
        set_map(b"2 beginbfchar\n<0001> <0041>\n<0001> <0042>\nendbfchar"),
        set_map(b" " * 2_000_001),
    ],
)
def test_fonts_of_another_build_are_not_known(change: Any) -> None:
    assert not strange_font(change)
    assert strange_font(lambda *_: None)


def test_a_map_that_claims_nothing_makes_every_glyph_a_lie() -> None:
    with pikepdf.open(io.BytesIO(typeset_copy().pdf)) as pdf:
        font = first_font(pdf)
        font.ToUnicode = pdf.make_stream(b"")
        assert claimed_texts(font) == {}
        read = read_font(font)
        assert read.known
        assert set(read.glyphs) <= read.lies


# --- layout --------------------------------------------------------------------------------------------


def words(text: str, left: float, base: float, *, width: float = 40, size: float = 10) -> Words:
    """Return a run of text."""
    return Words(text=text, left=left, right=left + width, base=base, size=size)


def line(left: float, bottom: float, right: float, top: float, **options: Any) -> Line:
    """Return a line."""
    arguments: dict[str, Any] = {"width": 0.7, "dotted": False, "straight": True} | options
    return Line(left=left, bottom=bottom, right=right, top=top, **arguments)


def test_text_in_the_order_of_reading() -> None:
    columns = [words("a", 50, 700), words("b", 50, 685), words("c", 200, 700), words("d", 50, 600)]
    assert flaws_of(columns, (), (), PAGE) == []
    assert joined(columns) == "a\nb\x1fc\x1fd"
    assert joined([words("a", 50, 700), words("b", 90.5, 700), words("c", 134, 700)]) == "ab c"
    assert joined([words("a", 50, 700), words("b", 140, 700)]) == "a\x1fb"
    assert joined([words("a", 50, 700), words("b", 91, 699)]) == "a\x1fb"
    small = replace(words("b", 91, 700), size=7.5)
    assert joined([words("a", 50, 700), small]) == "a\x1fb"
    for wrong in ((1, 0, 2, 3), (3, 0, 1, 2)):
        assert flaws_of([columns[i] for i in wrong], (), (), PAGE) == ["order"]
    assert flaws_of([words("a", 50, 700), words("b", 80, 700)], (), (), PAGE) == ["order"]
    assert flaws_of([words("a", 50, 700), words("b", 50, 695)], (), (), PAGE) == ["order"]


@pytest.mark.parametrize(
    ("drawn", "flaw"),
    [
        (line(50, 690, 150, 690), ""),
        (line(50, 697.6, 90, 697.6, dotted=True, width=0.6), ""),
        (line(45, 500, 45, 600), ""),
        (line(50, 690, 60, 690), "short stroke"),
        (line(50, 690, 150, 690, width=2), "stroke"),
        (line(50, 690, 150, 695, straight=False), "stroke"),
        (line(50, 704, 150, 704), "stroke over text"),
        (line(60, 690, 60, 720), "stroke over text"),
        (line(50, 650, 90, 650, dotted=True), "dotted line"),
        (line(50, 697.6, 50, 720, dotted=True), "dotted line"),
        (line(310, 400, 390, 400), "stroke over symbol"),
    ],
)
def test_lines_are_those_of_a_form(drawn: Line, flaw: str) -> None:
    squares = [(300.0, 350.0, 399.0, 449.0)]
    placed = [words("a", 50, 700), words("caption", 300, 342)]
    assert flaws_of(placed, [drawn], squares, PAGE) == ([flaw] if flaw else [])


def test_strokes_are_taken_apart() -> None:
    frame = Stroke(((0, 0), (50, 0), (50, 30), (0, 30)), False, 0.7, False, "c0", (0.0,))
    assert [one.straight for one in lines_of(frame)] == [True] * 4
    single = Stroke(((0, 0), (50, 0)), False, 0.6, True, "c0", (0.0,))
    assert [one.dotted for one in lines_of(single)] == [True]
    bent = Stroke(((0, 0), (50, 0), (50, 30)), True, 0.7, False, "c0", (0.0,))
    assert not any(one.straight for one in lines_of(bent))


def test_outside_and_beside_the_symbol() -> None:
    square = (300.0, 350.0, 399.0, 449.0)
    caption = words("caption", 300, 342)
    assert flaws_of([words("a", 580, 700)], (), (), PAGE) == ["outside"]
    assert flaws_of([words("a", 350, 400), caption], (), [square], PAGE) == ["text over symbol"]
    assert flaws_of([words("a", 50, 700)], (), [square], PAGE) == ["symbol without caption"]
    outside = (500.0, 350.0, 599.0, 449.0)
    assert flaws_of([words("c", 500, 342)], (), [outside], PAGE) == ["outside"]


# --- ink -------------------------------------------------------------------------------------------------


def picture(*dark: tuple[int, int]) -> Picture:
    """Return a white picture of 20 by 10 pixels with dark points."""
    pixels = bytearray(b"\xff" * (20 * 10 * 3))
    for x, y in dark:
        pixels[(y * 20 + x) * 3] = 0
    return Picture(width=20, height=10, channels=3, pixels=bytes(pixels))


def test_ink_is_where_it_was_read() -> None:
    ink = Ink(may=((1, 1, 4, 4),), must=((1, 1, 4, 4),))
    assert flaws_of_ink(picture((5, 5)), ink, 2.0) == ()
    assert flaws_of_ink(picture(), ink, 2.0) == ("text not drawn",)
    assert flaws_of_ink(picture((5, 5), (15, 9)), ink, 2.0) == ("more drawn than read",)
    part, first, upper = cut_out(picture((5, 5)), (2, 2, 99, 99), 2.0)
    assert (part.width, part.height, first, upper) == (16, 6, 4, 4)
    assert part.pixels.index(0) == (1 * 16 + 1) * 3


def test_a_file_that_two_engines_take_apart_differently() -> None:
    """What was read is one page, what is drawn another: the drawing is believed against the text."""
    read = read_shown(issued().pdf, limits=DEFAULT_LIMITS)
    for other in (issued(seed=2).pdf, issued("marriage").pdf):
        look = Look(read)
        draw_pdf(other, read=look.at)
        assert "more drawn than read" in look.pages[0].wrong
    longer = Look(())
    assert len(draw_pdf(issued().pdf, read=longer.at).symbols) == 1


# --- the place of the symbol -------------------------------------------------------------------------------

SQUARE = (7087, 50240, 17008, 60161)
MODULES = (8336, 51489, 15759, 58912)


def shown(**changes: Any) -> ShownPage:
    """Return a page with a symbol."""
    return ShownPage(**({"squares": (SQUARE,), "modules": (MODULES,)} | changes))


def drawn(box: tuple[int, int, int, int] = MODULES, page: int = 0) -> DrawnSymbol:
    """Return a symbol that was read."""
    return DrawnSymbol(text="VNC1:", page=page, box=box)


def test_the_symbol_is_in_its_place() -> None:
    assert flaws_of_place([shown()], [drawn()]) == ()
    assert flaws_of_place([shown()], []) == ()
    assert flaws_of_place([shown(unknown=("font",))], [drawn(), drawn()]) == ()
    assert flaws_of_place([shown(squares=(), modules=())], [drawn()]) == ("0 places",)
    assert flaws_of_place([shown(), shown()], [drawn()]) == ("2 places",)
    assert flaws_of_place([shown()], [drawn(), drawn()]) == ("2 symbols",)
    assert flaws_of_place([shown()], [drawn((0, 0, 7000, 7000))]) == ("place",)
    assert flaws_of_place([shown()], [drawn(page=1)]) == ("place",)
    small = (SQUARE[0], SQUARE[1], 12000, 55000)
    assert flaws_of_place([shown(squares=(small,))], [drawn()]) == ("size",)


# --- files --------------------------------------------------------------------------------


def unknown(pdf: bytes) -> tuple[str, ...]:
    """Return what could not be read of the first page."""
    return read_shown(pdf, limits=DEFAULT_LIMITS)[0].page.unknown


def test_files_that_cannot_be_read() -> None:
    assert unknown(b"no file") == ("PdfError",)
    two = ReadingLimits(pages=1)
    assert read_shown(issued("land").pdf, limits=two) == (
        ReadPage(page=ShownPage(unknown=("pages",))),
    )


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda sheet: setattr(sheet.page(), "Contents", pikepdf.Array()), "resources"),
        (lambda sheet: setattr(sheet.page(), "UserUnit", 2), "page"),
        (lambda sheet: setattr(sheet.page().Annots[0], "Subtype", pikepdf.Name.Link), "annotation"),
        (lambda sheet: delattr(sheet.page().Resources, "ColorSpace"), "colour"),
        (lambda sheet: delattr(sheet.page().Resources, "Font"), "font"),
        (
            lambda sheet: setattr(
                sheet.page().Resources.ColorSpace, "c0", pikepdf.Array([pikepdf.Name.Lab, 0])
            ),
            "colour space",
        ),
    ],
)
def test_pages_that_are_made_otherwise(change: Callable[[Sheet], None], what: str) -> None:
    pdf = rewritten(typeset_copy().pdf, lambda opened: change(Sheet(opened)))
    assert unknown(pdf) == (what,)
