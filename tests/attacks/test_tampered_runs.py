"""Pages signed by the right office whose words are the record's, drawn so that people read others.

No glyph is exchanged here and nothing is covered: digits change places within a run, stand far from
their number, are pushed into each other, or lose the marks above them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest

from support.pdf_copies import verify
from support.tampered import Run, Sheet, fields, tampered
from vncopy.pdf.limits import DEFAULT_LIMITS
from vncopy.pdf.shown import read_shown
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def value(sheet: Sheet, name: str = "personal_id") -> Run:
    """Return the run of a value."""
    return sheet.find(fields("birth")[name])


def string(codes: Sequence[int]) -> bytes:
    """Return glyphs as a page names them."""
    return b"<" + b"".join(b"%04X" % code for code in codes) + b">"


def run(
    at: Run, shown: bytes, *, x: str = "", down: float = 0.0, size: str = "", font: str = ""
) -> bytes:
    """Return a run of text in the typesetter's own phrase."""
    place = b"%s %f" % ((x or at.x).encode(), float(at.y) - down)
    face = b"%s %s" % ((font or at.font).encode(), (size or at.size).encode())
    head = b"q 1 0 0 -1 %s cm/c0 cs 0 scn\nBT 0 Tr/%s Tf 1 0 0 -1 0 0 Tm" % (place, face)
    return head + b"[" + shown + b"]TJ\nET\nQ"


def exchanged_by_empty_strings(sheet: Sheet) -> None:
    """Exchange two digits by many small gaps between strings that hold nothing."""
    at = value(sheet)
    *first, last, end = at.codes
    on = b"()".join([b"-80"] * 6)
    back = b"()".join([b"160"] * 6)
    sheet.put(at, run(at, string(first) + on + string([last]) + back + string([end]) + on))


def digit_beside(sheet: Sheet, *, down: float = 0.0, size: str = "", x: str = "540") -> None:
    """Write the last two digits of a number elsewhere."""
    at = value(sheet)
    rest = run(at, string(at.codes[-2:]), x=x, down=down, size=size)
    sheet.put(at, run(at, string(at.codes[:-2])) + b"\n" + rest)


def digit_far_to_the_right(sheet: Sheet) -> None:
    """Write the last two digits of a number at the end of the line, a hair lower."""
    digit_beside(sheet, down=0.4)


def digit_on_the_next_line(sheet: Sheet) -> None:
    """End a line within a number."""
    digit_beside(sheet, down=16.0, x=value(sheet).x)


def small_digit(sheet: Sheet) -> None:
    """Write the last two digits small beside the others."""
    at = value(sheet)
    digit_beside(
        sheet, size="7.5", x=f"{float(at.x) + 0.514 * float(at.size) * (len(at.codes) - 2)}"
    )


def digits_pushed_together(sheet: Sheet) -> None:
    """Push the digits of a number into each other, as letters are kerned."""
    at = value(sheet)
    sheet.put(at, run(at, b"100".join(string([code]) for code in at.codes)))


def words_parted_by_many_spaces(sheet: Sheet) -> None:
    """Move the end of a name away from it."""
    at = value(sheet, "full_name")
    place = at.text.rindex(" ")
    space = at.codes[place : place + 1]
    sheet.put(at, run(at, string(at.codes[:place] + 40 * space + at.codes[place + 1 :])))


def marks_under_a_bar(sheet: Sheet) -> None:
    """Hide the marks above capitals under a black bar of thin lines."""
    at = value(sheet, "full_name")
    first = float(at.y) + 0.75 * float(at.size) + 0.4
    bar = b"\nq 1 0 0 -1 %s %f cm/c0 CS 0 SCN 0.75 w 4 M 0 0 m 150 0 l\nS\nQ"
    lines = b"".join(bar % (at.x.encode(), first + 0.6 * step) for step in range(5))
    sheet.put(at, run(at, string(at.codes)) + lines)


def width_given_twice(sheet: Sheet) -> None:
    """Give a digit no width first and its true one afterwards: viewers take the one or the other."""
    at = value(sheet)
    font = pikepdf.Dictionary(dict(sheet.font(at.font).items()))
    cid = pikepdf.Dictionary(dict(font.DescendantFonts[0].items()))
    cid.W = pikepdf.Array([at.codes[-2], at.codes[-2], 0, 0, 4000, 514])
    font.DescendantFonts = pikepdf.Array([sheet.pdf.make_indirect(cid)])
    sheet.page().Resources.Font["/f99"] = sheet.pdf.make_indirect(font)
    sheet.put(at, run(at, string(at.codes), font="f99"))


def colours_cut_off(sheet: Sheet) -> None:
    """Let the colour space cut black off to grey."""
    sheet.page().Resources.ColorSpace["/c0"][1].Range = pikepdf.Array([0.9, 1])


CHANGES: tuple[Callable[[Sheet], None], ...] = (
    exchanged_by_empty_strings,
    digit_far_to_the_right,
    digit_on_the_next_line,
    small_digit,
    digits_pushed_together,
    words_parted_by_many_spaces,
    marks_under_a_bar,
    width_given_twice,
    colours_cut_off,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_the_same_words_drawn_so_that_others_are_read(change: Callable[[Sheet], None]) -> None:
    report = verify(tampered("birth", change))
    assert report.verdict is Verdict.INVALID
    assert report.check(CheckId.PAGE_TEXT).reason is Reason.PAGE_TEXT_DIFFERS


def test_the_same_run_written_by_these_tools_stays_valid() -> None:
    def same(sheet: Sheet) -> None:
        at = value(sheet)
        sheet.put(at, run(at, string(at.codes)))

    assert verify(tampered("birth", same)).verdict is Verdict.VALID


def test_a_tree_of_pages_is_looked_at_to_its_top() -> None:
    """What lies higher than was looked at could crop and turn its pages."""

    def deep(sheet: Sheet) -> None:
        page, node = sheet.page(), sheet.pdf.Root.Pages
        for _ in range(9):
            inner = pikepdf.Dictionary(Type=pikepdf.Name.Pages, Count=1, Parent=node)
            node.Kids = pikepdf.Array([sheet.pdf.make_indirect(inner)])
            node = node.Kids[0]
        node.Kids, page.Parent = pikepdf.Array([page]), node

    (read,) = read_shown(tampered("birth", deep), limits=DEFAULT_LIMITS)
    assert read.page.unknown == ("page tree",)
