"""What is searched, and what is no finding: scans, blanks, odd fields, too much of anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from support.forgeries import plain
from support.forgeries.controls_made import filled
from support.forgeries.prepared import COVER, page_with, with_widget
from support.forgeries.raw import spelled
from support.forgeries.revising import look, revise
from vncopy.facts.common import Step
from vncopy.pdf import covered, dormant, masks
from vncopy.pdf.engine import read_pdf
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from vncopy.facts.pdf import PDFFacts


def facts_of(pdf: bytes) -> PDFFacts:
    return read_pdf(pdf, foreign=True).facts


def kinds(pdf: bytes) -> list[str]:
    return [row.kind for row in facts_of(plain.sign(pdf)).dormant]


def scan(pdf: pikepdf.Pdf, *, size: bytes = b"595 0 0 842") -> None:
    """Let the page be a picture, with the text that a machine read from it."""
    image = pdf.make_stream(b"\xc8")
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent = 1, 1, 8
    image.ColorSpace = pikepdf.Name.DeviceGray
    page = pdf.pages[0].obj
    page.Resources.XObject = pikepdf.Dictionary(Im0=image)
    page.Contents = pdf.make_stream(b"q %s 0 0 cm /Im0 Do Q 3 Tr " % size + plain.PAGE)


def test_the_text_of_a_scan_is_no_finding_and_that_of_a_stamp_is() -> None:
    assert kinds(page_with(scan)) == []
    assert kinds(page_with(lambda pdf: scan(pdf, size=b"400 0 0 500"))) == ["invisible"]


def test_blanks_are_no_hidden_text() -> None:
    def blank(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(plain.PAGE + b" 1 1 1 rg BT /F1 9 Tf 9 9 Td (   ) Tj ET")

    assert kinds(page_with(blank)) == []


def test_a_field_that_shows_its_value_or_stars_is_no_finding() -> None:
    assert kinds(filled(plain.page())) == []
    shown = look(b"BT /F1 11 Tf 2 7 Td (***) Tj ET")
    secret = b"/F 4 /Ff 8192 /V (900) /AP << /N /NEW1X >>"
    assert kinds(with_widget(secret, (72, 500, 372, 524), shown)) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda widget: widget.update({"/Rect": pikepdf.Array([1, 2, 3])}),
        lambda widget: widget.update({"/Rect": pikepdf.Name.Odd}),
        lambda widget: widget.update({"/F": pikepdf.Name.Odd}),
        lambda widget: widget.update({"/Rect": pikepdf.Array([1, 2, pikepdf.Name.Odd, 4])}),
    ],
)
def test_an_odd_field_with_a_value_is_hidden_or_not_searched(change: Any) -> None:
    page = with_widget(b"/F 4 /V (900)", (72, 500, 372, 524))

    def edit(widget: pikepdf.Dictionary) -> None:
        changes: dict[str, Any] = {}
        change(changes)
        for name, value in changes.items():
            widget[name] = value

    odd = revise(page, {spelled(page).fields["extra"]: edit})
    facts = facts_of(plain.sign(odd))
    assert not facts.searching.passed or "hidden_field" in [row.kind for row in facts.dormant]


@pytest.mark.parametrize(
    ("module", "limit"),
    [
        (covered, "MOST_OBJECTS"),
        (covered, "MOST_PIXELS"),
        (covered, "MOST_ANNOTATIONS"),
        (masks, "MOST_CHARACTERS"),
        (dormant, "_MOST_FIELDS"),
    ],
)
def test_too_much_is_said_to_be_too_much(
    module: Any, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, limit, 0)
    facts = facts_of(plain.plain())
    assert facts.searching.reason is Reason.HIDDEN_UNREAD
    assert facts.drawing == Step()


def test_what_is_too_much_to_compare_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covered, "MOST_PAIRS", 0)
    cover = look(b"1 1 1 rg 0 0 300 70 re f", (300, 70))
    assert kinds(plain.page()) == []
    assert "covered" in kinds(with_widget(b"/F 4 /AP << /N /NEW1X >>", COVER, cover))
