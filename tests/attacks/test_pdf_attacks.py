"""Attacks on a copy in PDF: each is refused, and for the reason that names it.

The first group needs no key: somebody who has a copy changes it. The second is made by somebody
who holds keys: of another office, of nobody we know, or the right ones.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from support.pdf_copies import (
    appended,
    demo,
    issued,
    new_page_content,
    other_appearance,
    other_attachment,
    rewritten,
    script,
    signed,
    sticker,
    typeset_copy,
    verify,
    without_form,
)
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Verdict, VerificationReport

if TYPE_CHECKING:
    from collections.abc import Callable


def reasons(report: VerificationReport[Any]) -> dict[CheckId, Reason]:
    """Return what spoke against the copy; missing evidence of the level does not count."""
    waived = report.policy.waived
    return {c.id: c.reason for c in report.checks if c.reason is not None and c.id not in waived}


def test_the_copy_itself_is_valid() -> None:
    report = verify(issued().pdf)
    assert report.verdict is Verdict.VALID
    assert reasons(report) == {}


@pytest.mark.parametrize(
    ("change", "check", "reason"),
    [
        (new_page_content, CheckId.REVISIONS, Reason.REVISION_FORBIDDEN),
        (new_page_content, CheckId.RENDERINGS, Reason.RENDERING_DIFFERS),
        (without_form, CheckId.SIGNATURES_INTACT, Reason.BYTE_RANGE),
        (other_attachment, CheckId.REVISIONS, Reason.REVISION_FORBIDDEN),
        (other_attachment, CheckId.RECORD_MATCHES_PAYLOAD, Reason.RECORD_MALFORMED),
        (other_appearance("seal"), CheckId.REVISIONS, Reason.REVISION_FORBIDDEN),
        (other_appearance("seal"), CheckId.RENDERINGS, Reason.RENDERING_DIFFERS),
        (sticker, CheckId.REVISIONS, Reason.REVISION_FORBIDDEN),
        (script, CheckId.ACTIVE_CONTENT, Reason.ACTIVE_CONTENT),
    ],
)
def test_a_revision_appended_after_the_seal(
    change: Callable[[Any], None], check: CheckId, reason: Reason
) -> None:
    report = verify(appended(issued().pdf, change))
    assert report.verdict is Verdict.INVALID
    assert reasons(report)[check] is reason


def test_the_seal_swapped_between_person_and_seal() -> None:
    """The published gap: pyHanko takes it for form filling. Structure and pixels both tell."""
    swap = other_appearance("seal")
    report = verify(signed(typeset_copy(), between=lambda pdf: appended(pdf, swap)))
    assert report.verdict is Verdict.INVALID
    assert reasons(report) == {
        CheckId.REVISIONS: Reason.REVISION_FORBIDDEN,
        CheckId.RENDERINGS: Reason.RENDERING_DIFFERS,
        CheckId.PAGE_TEXT: Reason.PAGE_TEXT_DIFFERS,
    }


def test_an_unfinished_revision_without_its_end_mark() -> None:
    pdf = issued().pdf
    page = re.search(rb"(\d+) 0 obj", pdf)
    assert page is not None
    offset = len(pdf)
    junk = b"%s 0 obj\n<< /Type /Catalog >>\nendobj\n" % page[1]
    table = b"xref\n0 1\n0000000000 65535 f \n%s 1\n%010d 00000 n \n" % (page[1], offset)
    tail = b"trailer\n<< /Size 999 /Root %s 0 R >>\nstartxref\n%d\n" % (page[1], offset + len(junk))
    report = verify(pdf + junk + table + tail)
    assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize("tail", [b"\n", b" ", b"%", b"%%EOF\n", b"\x00" * 40])
def test_bytes_after_the_end(tail: bytes) -> None:
    assert verify(issued().pdf + tail).verdict is Verdict.INVALID


def test_data_hidden_in_the_padding_of_a_signature() -> None:
    # An ECDSA signature in DER is some bytes shorter than what was reserved, but not every one is.
    copies = (bytearray(issued(seed=seed).pdf) for seed in range(1, 30))
    pdf, end = next(
        (pdf, end)
        for pdf in copies
        if pdf[(end := pdf.index(b">", pdf.rindex(b"/Contents <"))) - 2 : end] == b"00"
    )
    pdf[end - 1 : end] = b"1"
    report = verify(bytes(pdf))
    assert report.verdict is Verdict.INVALID
    assert reasons(report)[CheckId.COVERAGE] is Reason.CONTENTS_PADDING


def test_cut_off_before_the_seal() -> None:
    report = verify(issued().pdf)
    end = report.facts.signatures[0].end  # type: ignore[attr-defined]
    report = verify(issued().pdf[:end])
    assert report.verdict is Verdict.INVALID
    assert reasons(report)[CheckId.SIGNER_ROLES] is Reason.SEAL_MISSING


def test_a_page_that_nobody_signed() -> None:
    report = verify(typeset_copy().pdf)
    assert report.verdict is Verdict.INVALID
    assert reasons(report)[CheckId.SIGNATURES_INTACT] is Reason.NO_SIGNATURE


# --- with keys -------------------------------------------------------------------------------------


def test_signed_anew_by_keys_that_nobody_knows() -> None:
    stranger = demo(b"somebody else").offices[0]
    report = verify(signed(typeset_copy(), person=stranger, seal=stranger))
    assert report.verdict is not Verdict.VALID
    found = reasons(report)
    assert found[CheckId.SIGNER_PATHS] is Reason.PATH_NOT_FOUND
    assert found[CheckId.SIGNER_ROLES] is Reason.SIGNER_UNKNOWN


def test_sealed_by_another_office() -> None:
    report = verify(signed(typeset_copy(), seal=demo().offices[1]))
    assert report.verdict is Verdict.INVALID
    assert reasons(report) == {CheckId.SIGNER_ROLES: Reason.OFFICES_DIFFER}


def test_a_record_changed_and_signed_anew_by_a_stranger() -> None:
    state = typeset_copy()
    stranger = demo(b"somebody else").offices[0]
    changed = rewritten(state.pdf, other_record(typeset_copy(seed=2).record.to_json()))
    report = verify(signed(replace(state, pdf=changed), person=stranger, seal=stranger))
    assert report.verdict is Verdict.INVALID
    found = reasons(report)
    assert found[CheckId.RECORD_MATCHES_PAYLOAD] is Reason.RECORD_DIFFERS
    assert found[CheckId.SIGNER_ROLES] is Reason.SIGNER_UNKNOWN


def test_a_record_changed_and_signed_by_the_right_office() -> None:
    """The office's own mistake: everything is signed, and the parts say different things."""
    state = typeset_copy()
    changed = rewritten(state.pdf, other_record(typeset_copy(seed=2).record.to_json()))
    found = reasons(verify(signed(replace(state, pdf=changed))))
    assert found == {
        CheckId.RECORD_MATCHES_PAYLOAD: Reason.RECORD_DIFFERS,
        CheckId.PAGE_TEXT: Reason.PAGE_TEXT_DIFFERS,
    }


def test_another_copys_page_around_a_good_record() -> None:
    state, other = typeset_copy(), typeset_copy(seed=2)

    def change(pdf: pikepdf.Pdf) -> None:
        for name, content in attachments_of(state.pdf).items():
            replace_attachment(pdf, name, content)

    found = reasons(verify(signed(replace(state, pdf=rewritten(other.pdf, change)))))
    assert found == {
        CheckId.PRINTED_SYMBOL: Reason.SYMBOL_DIFFERS,
        CheckId.PAGE_TEXT: Reason.PAGE_TEXT_DIFFERS,
    }


def test_one_key_for_person_and_seal() -> None:
    office = demo().offices[0]
    twice = replace(office, seals=office.persons)
    assert reasons(verify(signed(typeset_copy(), seal=twice))) == {
        CheckId.SIGNER_ROLES: Reason.SEAL_MISSING
    }


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("/OCProperties", Reason.HIDDEN_LAYER),
        ("/OpenAction", Reason.ACTIVE_CONTENT),
        ("/AA", Reason.ACTIVE_CONTENT),
        ("/URI", Reason.EXTERNAL_REFERENCE),
    ],
)
def test_content_that_acts_or_hides(entry: str, reason: Reason) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root[entry] = pikepdf.Dictionary()

    state = typeset_copy()
    found = reasons(verify(signed(replace(state, pdf=rewritten(state.pdf, change)))))
    by_itself = {CheckId.HIDDEN_CONTENT: Reason.HIDDEN_CONTENT} if entry == "/OpenAction" else {}
    assert found == {CheckId.ACTIVE_CONTENT: reason, **by_itself}


def test_text_that_nobody_can_see() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(b"q 3 Tr BT /f0 8 Tf 90 90 Td <0003> Tj ET Q")

    state = typeset_copy()
    found = reasons(verify(signed(replace(state, pdf=rewritten(state.pdf, change)))))
    assert found[CheckId.ACTIVE_CONTENT] is Reason.HIDDEN_LAYER


@pytest.mark.parametrize(
    "painted",
    [
        b"1 g 0 0 595 842 re f",
        b"1 0 0 1 0 500 cm 1 g 90 0 300 120 re B",
        b"1 G 200 w 0 500 m 595 500 l S",
        b"300 0 0 100 100 500 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI",
        b"/Over Do",
        b"0.02 0 0 0.02 300 300 cm BT /f0 8 Tf 0 0 Td <0003> Tj ET",
        b"1 0 0 1 4000 300 cm BT /f0 8 Tf 0 0 Td <0003> Tj ET",
    ],
    ids=["sheet", "box", "line", "picture", "form", "tiny", "outside"],
)
def test_text_that_is_covered_or_out_of_sight(painted: bytes) -> None:
    """Text for machines, another picture for people: made by whoever holds the page's keys."""

    def change(pdf: pikepdf.Pdf) -> None:
        over = pdf.make_stream(b"1 g 0 0 1 1 re f")
        over.Type, over.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        over.BBox, over.Matrix = [0, 0, 1, 1], [595, 0, 0, 842, 0, 0]
        resources = pdf.pages[0].obj.Resources
        if "/XObject" not in resources:
            resources.XObject = pikepdf.Dictionary()
        resources.XObject.Over = over
        pdf.pages[0].contents_add(b"q " + painted + b" Q")

    state = typeset_copy()
    found = reasons(verify(signed(replace(state, pdf=rewritten(state.pdf, change)))))
    assert found[CheckId.ACTIVE_CONTENT] is Reason.HIDDEN_LAYER


def test_a_third_attachment() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["more.txt"] = pikepdf.AttachedFileSpec(pdf, b"more")

    state = typeset_copy()
    found = reasons(verify(signed(replace(state, pdf=rewritten(state.pdf, change)))))
    assert found == {CheckId.RECORD_EMBEDDED: Reason.ATTACHMENT_UNEXPECTED}


def a_file_written_into_the_name_tree(pdf: pikepdf.Pdf) -> None:
    inside = pikepdf.Dictionary(F=pdf.make_stream(b"more"))
    pdf.Root.Names.EmbeddedFiles.Names.append(pikepdf.String("more.exe"))
    pdf.Root.Names.EmbeddedFiles.Names.append(
        pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="more.exe", EF=inside)
    )


def a_related_file(pdf: pikepdf.Pdf) -> None:
    more = pikepdf.Array([pikepdf.String("more.exe"), pdf.make_stream(b"more")])
    pdf.Root.AF[0].RF = pikepdf.Dictionary(F=more)


@pytest.mark.parametrize("change", [a_file_written_into_the_name_tree, a_related_file])
def test_a_file_that_hangs_where_nobody_looks(change: Callable[[pikepdf.Pdf], None]) -> None:
    state = typeset_copy()
    found = reasons(verify(signed(replace(state, pdf=rewritten(state.pdf, change)))))
    assert found == {CheckId.RECORD_EMBEDDED: Reason.ATTACHMENT_UNEXPECTED}


@pytest.mark.parametrize("kind", ["Square", "FreeText", "Stamp", "Redact", "Link"])
@pytest.mark.parametrize("indirect", [True, False])
def test_an_annotation_under_the_signatures(kind: str, *, indirect: bool) -> None:
    """Without an appearance of its own each viewer draws it, or not, as it likes."""

    def change(pdf: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name(f"/{kind}"),
            Rect=[100, 500, 400, 600],
            Contents="another name",
            DA="/Helv 12 Tf 0 g",
            F=4,
        )
        pdf.pages[0].obj.Annots.append(pdf.make_indirect(note) if indirect else note)

    state = typeset_copy()
    found = reasons(verify(signed(replace(state, pdf=rewritten(state.pdf, change)))))
    assert found[CheckId.ACTIVE_CONTENT] is Reason.ACTIVE_CONTENT


def test_a_signature_of_the_person_that_does_not_certify() -> None:
    from vncopy.issue import steps
    from vncopy.pdf.seal import seal_field

    office, state = demo().offices[0], typeset_copy()
    signer = office.persons["p256"].signer()
    attested = seal_field(
        state.pdf,
        field="person",
        chain=signer.chain,
        sign=lambda message: steps.signature_for_cms(signer.algorithm, signer.sign(message)),
        locks=["person"],
        certify=False,
        at=state.record.statement.issued_at,
    )
    seal = office.seals["p256"].signer()
    done = replace(state, step=steps.Step.ATTESTED, pdf=attested)
    found = reasons(verify(steps.seal_unchecked(done, signer=seal).pdf))
    assert found == {CheckId.SIGNER_ROLES: Reason.SIGNATURE_FIELD}


# --- helpers ---------------------------------------------------------------------------------------


def other_record(content: bytes) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: replace_attachment(pdf, "record.json", content)


def replace_attachment(pdf: pikepdf.Pdf, name: str, content: bytes) -> None:
    for item in pdf.Root.AF:
        if str(item.F) == name:
            item.EF.F.write(content)


def attachments_of(data: bytes) -> dict[str, bytes]:
    found: dict[str, bytes] = {}

    def look(pdf: pikepdf.Pdf) -> None:
        for item in pdf.Root.AF:
            found[str(item.F)] = item.EF.F.read_bytes()

    rewritten(data, look)
    return found
