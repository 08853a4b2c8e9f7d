"""Small files made to cost a verifier minutes or gigabytes: each is put aside in good time."""

from __future__ import annotations

import hashlib
import time
import zlib
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from asn1crypto.cms import CertificateChoices
from asn1crypto.x509 import Certificate

from support.levels import Rows, sign_field, token_row
from support.pdf_copies import AT, BASIC, demo, issued, typeset_copy, verify
from support.tokens import TokenPlan, token_of
from vncopy.pdf.inspect import inspect_pdf
from vncopy.pdf.limits import DEFAULT_LIMITS
from vncopy.pdf.render import draw_pages, draw_pdf
from vncopy.pdf.revisions import SignedRevision
from vncopy.pdf.unpacking import unpacks_beyond
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Verdict
from vncopy.verify.image import verify_image

MOST_SECONDS = 10.0
"""Of this process's processor time, which others do not use up: twice what these take on a slow
machine; without the limits they take minutes."""


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def blank(pages: int, points: float) -> bytes:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(points, points))
    return saved(pdf)


def many_names_of_one_file(count: int) -> bytes:
    """Return a file of which one embedded stream is named by many file specifications."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    stream = pdf.make_stream(bytes(DEFAULT_LIMITS.attachment_bytes))
    files: list[Any] = [
        pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Filespec, F=str(number), EF=pikepdf.Dictionary(F=stream)
            )
        )
        for number in range(count)
    ]
    pdf.Root.AF = pikepdf.Array(files)
    return saved(pdf)


def test_one_large_stream_under_many_names() -> None:
    start = time.process_time()
    report = verify(many_names_of_one_file(20_000))
    assert time.process_time() - start < MOST_SECONDS
    assert report.check(CheckId.LIMITS).reason is Reason.LIMITS_EXCEEDED
    assert report.verdict is not Verdict.VALID


def packed(size: int, dictionary: bytes) -> bytes:
    """Return a file with one stream that unpacks to ``size`` bytes."""
    content = zlib.compress(b" " * size, 9)
    table = len(body := b"%PDF-1.7\n1 0 obj\n" + dictionary % len(content) + content)
    end = b"\nendstream\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 2>>\n"
    return body + end + b"startxref\n%d\n%%%%EOF\n" % (table + len(b"\nendstream\nendobj\n"))


def beyond(data: bytes) -> bool:
    return unpacks_beyond(data, DEFAULT_LIMITS.unpacked_bytes, DEFAULT_LIMITS.objects)


@pytest.mark.parametrize(
    "piece",
    [
        b"stream\nx\xda",
        b"stream\nx\xda" + b"\0\0\0\xff\xff" * 40,
        b"1 0 obj <<" + b"/Image" * 160 + b"(" + b"stream\n" * 140,
        b"stream\n",
    ],
    ids=["a head alone", "empty blocks inside each other", "many pictures", "nothing"],
)
def test_counting_what_streams_hold_costs_little(piece: bytes) -> None:
    file = b"%PDF-1.7\n" + piece * (DEFAULT_LIMITS.file_bytes // len(piece))
    start = time.process_time()
    assert beyond(file)
    assert time.process_time() - start < MOST_SECONDS


@pytest.mark.parametrize(
    ("dictionary", "reason"),
    [
        (b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n", True),
        (b"<</Type/XRef/W[1 4 1]/Subtype/Image/Filter/FlateDecode/Length %d>>stream\n", True),
        (b"<</Subtype/Image/F#69rst 4/N 1/Filter/FlateDecode/Length %d>>stream\r\n", True),
        (b"<</First 4/N 1/A(1 0 obj <</Subtype/Image)/Length %d>>stream\n", True),
        (b"<</Subtype/Image/Width 1/Height 1/Filter/FlateDecode/Length %d>>stream\n", False),
    ],
)
def test_a_stream_that_unpacks_to_far_more_than_the_file(
    dictionary: bytes, *, reason: bool
) -> None:
    bomb = packed(DEFAULT_LIMITS.unpacked_bytes + 1, dictionary)
    assert beyond(bomb) is reason
    if reason:
        report = verify(bomb)
        assert report.check(CheckId.LIMITS).reason is Reason.LIMITS_EXCEEDED
    small = packed(DEFAULT_LIMITS.unpacked_bytes // 100, dictionary)
    assert not beyond(small)


def test_a_signature_that_would_take_minutes_to_read() -> None:
    state = typeset_copy()
    file = sign_field(sign_field(state.pdf, "person"), "seal", room=DEFAULT_LIMITS.hex_digits)
    start = time.process_time()
    report = verify(file)
    assert time.process_time() - start < MOST_SECONDS / 10
    assert report.check(CheckId.LIMITS).reason is Reason.LIMITS_EXCEEDED
    assert report.check(CheckId.LIMITS).detail == "hexadecimal strings"


@pytest.mark.parametrize("where", ["seal", "token"])
def test_a_signature_with_thousands_of_certificates(where: str) -> None:
    certificate = Certificate.load(demo().root.certificate)
    plan = TokenPlan(data=lambda data: data["certificates"].extend([certificate] * 1_500))

    def stamped(value: bytes) -> Rows:
        return [token_row(token_of(hashlib.sha256(value).digest(), plan))]

    def many(data: Any) -> None:
        for _ in range(1_500):
            data["certificates"].append(CertificateChoices("certificate", certificate))

    page = sign_field(typeset_copy().pdf, "person")
    if where == "seal":
        file = sign_field(page, "seal", data=many, room=1_700_000)
    else:
        file = sign_field(page, "seal", stamped, room=1_700_000)
    start = time.process_time()
    report = verify(file)
    assert time.process_time() - start < MOST_SECONDS
    assert report.verdict is not Verdict.VALID
    if where == "seal":
        assert report.check(CheckId.LIMITS).reason is Reason.LIMITS_EXCEEDED
    else:
        facts = inspect_pdf(file, diff=False).facts
        assert facts.signatures[1].timestamps[0].problem is Reason.LIMITS_EXCEEDED


def test_a_scan_of_many_huge_pages_is_drawn_coarser() -> None:
    scan = blank(DEFAULT_LIMITS.pages, DEFAULT_LIMITS.page_points)
    pictures = [(page.width, page.height) for page in draw_pages(scan)]
    assert len(pictures) == DEFAULT_LIMITS.pages
    assert sum(width * height for width, height in pictures) < 1.05 * DEFAULT_LIMITS.scanned_pixels
    start = time.process_time()
    report = verify_image(scan, trust=demo().trust, at=AT, policy=BASIC)
    assert time.process_time() - start < MOST_SECONDS
    # On a busy machine the clock of the process that reads may end it before it has looked at all.
    assert report.check(CheckId.FRAMING).reason in {Reason.NO_SYMBOL, Reason.LIMITS_EXCEEDED}


def test_the_scan_of_a_copy_is_drawn_as_finely_as_ever() -> None:
    (page,) = draw_pages(issued().pdf)
    assert (page.width, page.height) == (2481, 3508)


def test_many_signed_revisions_of_many_huge_pages() -> None:
    file = blank(DEFAULT_LIMITS.pages, DEFAULT_LIMITS.page_points)
    revisions = [SignedRevision(number, file) for number in range(DEFAULT_LIMITS.signatures)]
    start = time.process_time()
    drawing = draw_pdf(file, revisions)
    assert time.process_time() - start < MOST_SECONDS
    assert drawing.step.reason is Reason.LIMITS_EXCEEDED


@pytest.mark.parametrize("points", [DEFAULT_LIMITS.page_points + 1, 14_400])
def test_a_page_that_was_huge_in_an_earlier_revision(points: float) -> None:
    drawing = draw_pdf(blank(1, 595), [SignedRevision(0, blank(1, points))])
    assert drawing.step.reason is Reason.LIMITS_EXCEEDED
