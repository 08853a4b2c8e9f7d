"""Copies in fonts that only the receiver's trust folder knows: what is proven, and by whose word."""

from __future__ import annotations

import struct
from dataclasses import replace
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from support.forgeries.tampered import TYPES, with_glyphs
from support.lent_fonts import FONTS, FontName, own_copy, own_sample, table_of, trusting
from support.made_font import program as font_program
from support.pdf_copies import AT, BASIC, demo, issued, verify
from support.tampered import Sheet, fields
from vncopy import judge
from vncopy.facts.common import facts_from_json, facts_to_json
from vncopy.facts.pdf import PDFFacts
from vncopy.page_trust import FONT_TABLE_HEAD, parse_font_table
from vncopy.pdf.glyphs import claimed_texts
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from vncopy.page_trust import FontTable
    from vncopy.report import VerificationReport


def outcome(pdf: bytes, *tables: FontTable) -> tuple[Verdict, Reason | None, str]:
    """Return verdict, and reason and detail of the check of the page's text."""
    report = verify(pdf, trust=trusting(*tables))
    check = report.check(CheckId.PAGE_TEXT)
    return report.verdict, check.reason, check.detail


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("name", TYPES)
def test_a_lent_table_proves_the_page(name: Any, font: FontName) -> None:
    copy = own_copy(name, font)
    assert outcome(copy) == (Verdict.UNDETERMINED, Reason.FONT_UNKNOWN, "font")
    assert outcome(copy, table_of(font)) == (Verdict.VALID, None, f"shapes (fonts: {font})")


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize(
    "name",
    [
        "birth/very-long-names",
        "death/foreigner-very-long",
        "land/g2-many-changes",
        "land/g3-commune-spouse-2025",
        "marriage/registered-again-very-long",
    ],
)
def test_long_values_wrap_in_other_faces_too(name: str, font: FontName) -> None:
    """Their letters and spaces are wider, their capitals higher than those of the own faces."""
    report = verify(own_sample(name, font), trust=trusting(table_of(font)))
    check = report.check(CheckId.PAGE_TEXT)
    assert (check.reason, check.detail) == (None, f"shapes (fonts: {font})")


def test_a_table_of_another_font_lends_nothing() -> None:
    copy = own_copy("birth", "cff")
    assert outcome(copy, table_of("truetype"))[:2] == (Verdict.UNDETERMINED, Reason.FONT_UNKNOWN)
    both = outcome(copy, table_of("truetype"), table_of("cff"))
    assert both == (Verdict.VALID, None, "shapes (fonts: cff)")


def test_the_own_faces_need_no_table_and_no_table_changes_them() -> None:
    copy = issued("birth").pdf
    assert outcome(copy, table_of("cff")) == (Verdict.VALID, None, "shapes")
    report = verify(copy, trust=trusting(table_of("cff")))
    assert isinstance(report.facts, PDFFacts)
    assert report.facts.content.font_tables == ()


# --- stored facts ----------------------------------------------------------------------------------


def judged(report: VerificationReport[Any], *tables: FontTable, **more: Any) -> Reason | None:
    stored = facts_from_json(facts_to_json(report.facts), PDFFacts)
    again = judge(stored, trust=trusting(*tables), at=AT, policy=BASIC, **more)
    return again.check(CheckId.PAGE_TEXT).reason


def test_stored_facts_count_as_long_as_their_tables_are_trusted() -> None:
    table = table_of("truetype")
    report = verify(own_copy("birth", "truetype"), trust=trusting(table))
    assert report.facts.content.font_tables == (table.sha256,)  # type: ignore[attr-defined]
    assert judged(report, table) is None
    assert judged(report, replace(table, name="renamed"), table_of("cff")) is None
    assert judged(report) is Reason.FONT_UNKNOWN
    assert judged(report, table_of("cff")) is Reason.FONT_UNKNOWN


def test_a_table_that_comes_later_needs_the_file() -> None:
    copy, table = own_copy("birth", "truetype"), table_of("truetype")
    report = verify(copy)
    assert judged(report, table) is Reason.FONT_UNKNOWN
    assert judged(report, table, carrier=copy) is None


def test_a_lie_that_only_a_table_knew_is_unknown_without_it() -> None:
    report = verify(own_copy("birth", "cff", claims_exchanged), trust=trusting(table_of("cff")))
    assert report.check(CheckId.PAGE_TEXT).reason is Reason.PAGE_TEXT_DIFFERS
    assert judged(report, table_of("cff")) is Reason.PAGE_TEXT_DIFFERS
    assert judged(report) is Reason.FONT_UNKNOWN


# --- fonts that lie --------------------------------------------------------------------------------


def digits(sheet: Sheet) -> tuple[pikepdf.Object, int, int]:
    """Return the font of a number, and the codes of two different digits in it."""
    run = sheet.find(fields("birth")["personal_id"])
    first, second = sorted(set(run.codes[run.text.find("0") :]))[:2]
    return sheet.font(run.font), first, second


def claims_exchanged(sheet: Sheet) -> None:
    """Let the font claim that two digits were each other."""
    font, first, second = digits(sheet)
    text, claims = font.ToUnicode.read_bytes(), claimed_texts(font)
    for code, other in ((first, second), (second, first)):
        was = b"<%04X> <%04X>" % (code, ord(claims[code]))
        assert was in text
        text = text.replace(was, b"<%04x> <%04X>" % (code, ord(claims[other])))
    font.ToUnicode = sheet.pdf.make_stream(text)


def outlines_exchanged(sheet: Sheet) -> None:
    """Exchange the shapes of two digits inside the font program."""
    font, first, second = digits(sheet)
    descriptor = font.DescendantFonts[0].FontDescriptor
    if "/FontFile3" in descriptor:
        stream = descriptor.FontFile3
        stream.write(with_glyphs(stream.read_bytes(), {first: second, second: first}))
        return
    stream = descriptor.FontFile2
    tables = tables_of(stream.read_bytes())
    start, size = tables[b"loca"]
    program = bytearray(stream.read_bytes())
    entry = 4 if program[tables[b"head"][0] + 51] else 2
    offsets = [
        int.from_bytes(program[start + at : start + at + entry], "big")
        for at in range(0, size, entry)
    ]
    scale = 1 if entry == 4 else 2
    glyf = tables[b"glyf"][0]
    pieces = [bytes(program[glyf + scale * a : glyf + scale * b]) for a, b in pairwise(offsets)]
    pieces[first], pieces[second] = pieces[second], pieces[first]
    place = 0
    for number, piece in enumerate(pieces):
        struct.pack_into(
            ">I" if entry == 4 else ">H", program, start + entry * number, place // scale
        )
        program[glyf + place : glyf + place + len(piece)] = piece
        place += len(piece)
    stream.write(bytes(program))


def tables_of(program: bytes) -> dict[bytes, tuple[int, int]]:
    """Return start and size of each table of a TrueType program."""
    (count,) = struct.unpack_from(">H", program, 4)
    rows = [struct.unpack_from(">4sIII", program, 12 + 16 * n) for n in range(count)]
    return {name: (start, size) for name, _, start, size in rows}


def widths_changed(sheet: Sheet) -> None:
    """Let viewers place what follows a digit half a letter further left."""
    font, first, _ = digits(sheet)
    cid = font.DescendantFonts[0]
    parts = [float(each) for each in cid.W]
    anew = []
    for low, high, width in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        for code in range(int(low), int(high) + 1):
            anew += [code, code, 250 if code == first else width]
    cid.W = pikepdf.Array(anew)


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("change", [claims_exchanged, outlines_exchanged, widths_changed])
def test_a_lent_face_that_lies_is_a_lie(change: Callable[[Sheet], None], font: FontName) -> None:
    copy = own_copy("birth", font, change)
    assert outcome(copy)[0] is not Verdict.VALID
    verdict, reason, detail = outcome(copy, table_of(font))
    if change is outlines_exchanged and font == "truetype":
        # The digest holds the side bearing too, so that a shape in another's place is unknown.
        assert (verdict, reason) in {
            (Verdict.INVALID, Reason.PAGE_TEXT_DIFFERS),
            (Verdict.UNDETERMINED, Reason.FONT_UNKNOWN),
        }
    else:
        assert (verdict, reason) == (Verdict.INVALID, Reason.PAGE_TEXT_DIFFERS)
        assert "glyph" in detail


def other_codes(cid: pikepdf.Object, pdf: pikepdf.Pdf) -> None:
    """Let codes name other glyphs: a map of two bytes for each code."""
    cid.CIDToGIDMap = pdf.make_stream(b"".join(struct.pack(">H", n ^ 1) for n in range(200)))


def no_codes(cid: pikepdf.Object, _: pikepdf.Pdf) -> None:
    del cid.CIDToGIDMap


def other_program(cid: pikepdf.Object, pdf: pikepdf.Pdf) -> None:
    """Give a second program, which some viewers take."""
    cid.FontDescriptor.FontFile3 = pdf.make_stream(
        b"\x01\x00\x04\x04", Subtype=pikepdf.Name.CIDFontType0C
    )


def program_under_another_name(cid: pikepdf.Object, pdf: pikepdf.Pdf) -> None:
    """Call TrueType outlines those of a CFF font: some viewers go by the one, some by the other."""
    descriptor = cid.FontDescriptor
    program = descriptor.FontFile2.read_bytes()
    del descriptor.FontFile2
    descriptor.FontFile3 = pdf.make_stream(program, Subtype=pikepdf.Name.CIDFontType0C)
    cid.Subtype = pikepdf.Name.CIDFontType0
    del cid.CIDToGIDMap


def upright(cid: pikepdf.Object, _: pikepdf.Pdf) -> None:
    """Add metrics of vertical writing."""
    cid.DW2 = pikepdf.Array([880, -1000])


def with_a_table(cid: pikepdf.Object, pdf: pikepdf.Pdf) -> None:
    """Add a table of outlines in colours to the program, which some viewers prefer."""
    program = cid.FontDescriptor.FontFile2.read_bytes()
    (count,) = struct.unpack_from(">H", program, 4)
    rows = [struct.unpack_from(">4sIII", program, 12 + 16 * n) for n in range(count)]
    tables = {name: program[start : start + size] for name, _, start, size in rows}
    whole = font_program({**tables, b"SVG ": b"\0" * 12})
    cid.FontDescriptor.FontFile2 = pdf.make_stream(whole)


@pytest.mark.parametrize(
    "change",
    [other_codes, no_codes, other_program, program_under_another_name, upright, with_a_table],
)
def test_a_font_of_another_build_is_unknown(
    change: Callable[[pikepdf.Object, pikepdf.Pdf], None],
) -> None:
    def spoil(sheet: Sheet) -> None:
        for font in sheet.page().Resources.Font.values():
            change(font.DescendantFonts[0], sheet.pdf)

    verdict, reason, _ = outcome(own_copy("birth", "truetype", spoil), table_of("truetype"))
    assert (verdict, reason) == (Verdict.UNDETERMINED, Reason.FONT_UNKNOWN)


@pytest.mark.parametrize("font", FONTS)
def test_a_shape_that_the_table_lacks_is_unknown_not_a_lie(font: FontName) -> None:
    """It may be of another version of the face."""
    whole = table_of(font).content.decode().splitlines()
    fewer = [row for row in whole if not row.endswith(" 0061")]
    assert len(fewer) < len(whole)
    table = parse_font_table("older", "\n".join(fewer).encode())
    verdict, reason, _ = outcome(own_copy("birth", font), table)
    assert (verdict, reason) == (Verdict.UNDETERMINED, Reason.FONT_UNKNOWN)


def test_no_table_overrules_the_library() -> None:
    """Whoever lends a table cannot call a 9 of the library's own faces a 3."""
    rows = resources.files("vncopy.pdf").joinpath("known_glyphs.txt").read_text("ascii")
    other = {"0033": "0039", "0039": "0033"}
    lines = [line.split(" ") for line in rows.splitlines() if not line.startswith("#")]
    swapped = [" ".join([d, w, *(other.get(t, t) for t in texts)]) for d, w, *texts in lines]
    table = parse_font_table("evil", "\n".join([FONT_TABLE_HEAD, *swapped]).encode())
    assert outcome(issued("birth").pdf, table) == (Verdict.VALID, None, "shapes")
    assert demo().trust.fonts == ()
