"""Pages signed by the right office that show something else than their record.

The files that are INVALID stand in the catalogue of forgeries (`support.forgeries.tampered`). Here is
what surrounds them: files of which nothing can be said, and copies in order, which stay VALID.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from support.forgeries import tampered as forged
from support.pdf_copies import issued, verify
from support.tampered import Sheet, fields, tampered
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Verdict, VerificationReport
from vncopy.verify import page_pdf

if TYPE_CHECKING:
    from collections.abc import Callable


def claiming(change: Callable[[Sheet], None], **properties: tuple[str, str]) -> bytes:
    """Return a tampered birth whose file says other things of its making."""

    def both(sheet: Sheet) -> None:
        change(sheet)
        stream = sheet.pdf.Root.Metadata
        packet = stream.read_bytes()
        for before, after in properties.values():
            assert before.encode() in packet
            packet = packet.replace(before.encode(), after.encode())
        stream.write(packet)

    return tampered("birth", both)


def page_text(report: VerificationReport[Any]) -> Reason | None:
    """Return why the page does not say the record."""
    return report.check(CheckId.PAGE_TEXT).reason


@pytest.mark.parametrize("name", forged.TYPES)
def test_a_copy_in_order_is_proven_by_its_shapes(name: Any) -> None:
    report = verify(issued(name).pdf)
    assert report.verdict is Verdict.VALID
    assert report.check(CheckId.PAGE_TEXT).detail == "shapes"
    assert report.facts.content.page_evidence == "shapes"  # type: ignore[attr-defined]


def test_a_page_written_anew_with_its_own_glyphs_stays_valid() -> None:
    """The tools of these tests leave nothing behind that would be refused by itself.

    Digits, since these tools do not kern: letters would end elsewhere than the dots below them.
    """

    def same(sheet: Sheet) -> None:
        sheet.write(sheet.find(fields("birth")["personal_id"]))

    report = verify(tampered("birth", same))
    assert report.verdict is Verdict.VALID


OTHER_MAKER = ("typst 0.15.2<", "typst 0.99.0<")


@pytest.mark.parametrize(
    "change",
    [forged.clipped, forged.picture, forged.cropped, forged.other_ink, forged.private_data],
    ids=lambda change: change.__name__,
)
def test_drawing_of_an_unknown_typesetter_proves_nothing(change: Callable[[Sheet], None]) -> None:
    """Who names another typesetter gets no further than UNDETERMINED."""
    report = verify(claiming(change, maker=OTHER_MAKER))
    assert report.verdict is not Verdict.VALID
    assert page_text(report) is not None


@pytest.mark.parametrize("change", [forged.exchanged_places, forged.struck_out])
def test_a_page_of_other_templates_is_undetermined(change: Callable[[Sheet], None]) -> None:
    digest = (
        "<vncopy:templateDigest>",
        "<vncopy:templateDigest>" + 64 * "0" + "</vncopy:templateDigest><vncopy:x>",
    )
    closing = ("</vncopy:templateDigest>", "</vncopy:templateDigest>")
    report = verify(claiming(change, digest=digest, closing=closing))
    assert report.verdict is Verdict.UNDETERMINED
    assert page_text(report) is Reason.PAGE_TEXT_UNPROVEN


def test_shapes_that_lie_are_a_lie_whoever_made_the_page() -> None:
    report = verify(claiming(forged.swapped_outlines, maker=OTHER_MAKER))
    assert report.verdict is Verdict.INVALID
    assert page_text(report) is Reason.PAGE_TEXT_DIFFERS


def strange_faces(sheet: Sheet) -> None:
    """Spoil every outline of the page's faces a little, so that no face is known any more."""
    for font in sheet.page().Resources.Font.values():
        program = font.DescendantFonts[0].FontDescriptor.FontFile3
        content = program.read_bytes()
        at = content.rindex(b"\x0c\x0b")  # the last stroke of the private dictionary
        program.write(content[: at - 1] + bytes([content[at - 1] ^ 1]) + content[at:])


def test_fonts_that_nobody_knows() -> None:
    """Fonts of a deployer's own are possible, and then the text layer proves nothing."""
    own = (
        "<vncopy:typesetter>",
        "<vncopy:fontFilesDigest>00</vncopy:fontFilesDigest><vncopy:typesetter>",
    )
    report = verify(claiming(strange_faces, own=own))
    assert report.verdict is Verdict.UNDETERMINED
    assert page_text(report) is Reason.FONT_UNKNOWN
    report = verify(tampered("birth", strange_faces))
    assert report.verdict is Verdict.INVALID
    assert page_text(report) is Reason.PAGE_TEXT_DIFFERS


def test_the_page_made_again_is_the_strongest_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where shapes prove nothing, a file that begins with the re-made page does."""
    blind = page_pdf.PageEvidence(step=page_pdf.Step(reason=Reason.FONT_UNKNOWN))
    monkeypatch.setattr(page_pdf, "_by_shapes", lambda *_: blind)
    for name in forged.TYPES:
        report = verify(issued(name).pdf)
        assert report.verdict is Verdict.VALID
        assert report.check(CheckId.PAGE_TEXT).detail == "made again"
    report = verify(tampered("birth", forged.pale))
    assert report.verdict is Verdict.UNDETERMINED
    assert page_text(report) is Reason.FONT_UNKNOWN
