"""An issuer looks at his pages in a font of his own as at any others."""

from __future__ import annotations

from typing import Any

import pytest

from support.lent_fonts import FONTS, FontName, own_fonts, own_state
from support.pdf_copies import ISSUED, demo, record_of
from vncopy.errors import SigningError, UsageError
from vncopy.formats.profile import load_profile
from vncopy.issue import own
from vncopy.issue.steps import attest, prepare, seal
from vncopy.page_trust import FontTable, parse_font_table
from vncopy.pdf import face_table
from vncopy.pdf.fonts import PageFonts


def finished(font: FontName, *, trust: Any) -> bytes:
    """Return the copy as issuing hands it out."""
    office = demo().offices[0]
    state = own_state("birth", font)
    state = attest(state, signer=office.persons["p256"].signer(), trust=trust)
    return seal(state, signer=office.seals["p256"].signer(), trust=trust).pdf


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("known", [True, False])
def test_a_page_in_own_fonts_is_read_before_it_is_handed_out(
    font: FontName, known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables: list[tuple[FontTable, ...]] = []

    def spy(pdf: bytes, **asked: Any) -> Any:
        tables.append(asked["trust"].fonts)
        return own_verify(pdf, **asked)

    own_verify = own.verify_pdf
    monkeypatch.setattr(own, "verify_pdf", spy)
    assert finished(font, trust=demo().trust if known else None)
    assert tables == [(face_table.own_font_table(own_fonts(font)),)]


def test_a_table_that_does_not_fit_the_font_stops_the_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    other = face_table.own_font_table(own_fonts("cff"))
    monkeypatch.setattr(own, "own_font_table", lambda _: other)
    with pytest.raises(SigningError, match="page_text: font_unknown"):
        finished("truetype", trust=demo().trust)


def test_shapes_that_the_table_lacks_are_found_before_anything_is_signed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = demo().offices[0]
    document, statement = record_of("birth", office)
    asked: dict[str, Any] = {"profile": load_profile(ISSUED.date()), "fonts": own_fonts("truetype")}
    assert prepare(document, statement, **asked)
    table = face_table.own_font_table(own_fonts("truetype"))
    assert table is not None
    rows = [row for row in table.content.splitlines() if not row.endswith(b" 0061")]
    fewer = parse_font_table("fewer", b"\n".join(rows))
    for other in (fewer, face_table.own_font_table(own_fonts("cff"))):
        monkeypatch.setattr(face_table, "own_font_table", lambda _, table=other: table)
        with pytest.raises(UsageError) as caught:
            prepare(document, statement, **asked)
        assert caught.value.problems[0].rule == "page.font_shapes"
    monkeypatch.setattr(face_table, "own_font_table", lambda _: None)
    assert prepare(document, statement, **asked)


def test_a_font_of_an_unreadable_form_is_left_to_the_receivers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(own, "own_font_table", lambda _: None)
    assert finished("truetype", trust=demo().trust)
    assert face_table.own_font_table(PageFonts(families=("No such font",))) is None
