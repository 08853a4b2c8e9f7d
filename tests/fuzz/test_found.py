"""What fuzzing found, each in its smallest form; every one failed before it was mended."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from support.pdf_copies import AT, BASIC, demo, issued, verify
from vncopy.reasons import Reason
from vncopy.report import Verdict
from vncopy.verify.image import verify_image


def picture(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("L", (width, height), 255).save(out, "PNG")
    return out.getvalue()


def test_a_picture_wider_than_the_reader_of_symbols_takes() -> None:
    report = verify_image(picture(65_536, 1), trust=demo().trust, at=AT, policy=BASIC)
    assert report.reasons[0] is Reason.LIMITS_EXCEEDED


def test_a_picture_that_enlarging_makes_wider_than_the_reader_takes() -> None:
    report = verify_image(picture(33_000, 8), trust=demo().trust, at=AT, policy=BASIC)
    assert report.verdict is Verdict.UNDETERMINED
    assert report.reasons[0] is Reason.NO_SYMBOL


def test_a_damaged_object_stream_is_a_malformed_file_and_no_failing_engine() -> None:
    pdf = bytearray(issued().pdf)
    end = pdf.index(b"endstream", pdf.index(b"/ObjStm"))
    pdf[end - 3] ^= 1  # in the check sum of the packed bytes
    report = verify(bytes(pdf))
    assert report.verdict is Verdict.INVALID
    assert report.reasons[0] is Reason.PDF_MALFORMED
