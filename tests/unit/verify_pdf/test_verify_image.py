"""``verify_image``: the one symbol on a photo or scan."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageFilter

from support.pdf_copies import AT, BASIC, demo, issued
from vncopy.errors import UsageError
from vncopy.pdf.pictures import UnreadableImage, open_pages, open_pictures
from vncopy.pdf.symbol import make_symbol
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Covers, Verdict, VerificationReport
from vncopy.verify.image import verify_image


def look(data: bytes, **changes: Any) -> VerificationReport[Any]:
    arguments: dict[str, Any] = {"trust": demo().trust, "at": AT, "policy": BASIC} | changes
    return verify_image(data, **arguments)


@cache
def symbol_of(name: Any = "birth", dots: int = 4) -> Image.Image:
    side, pixels = make_symbol(issued(name).qr_text).pixels(dots)
    return Image.frombytes("L", (side, side), pixels)


def saved(image: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def sheet(*symbols: tuple[Image.Image, tuple[int, int]], size: tuple[int, int]) -> Image.Image:
    paper = Image.new("L", size, 255)
    for image, place in symbols:
        paper.paste(image, place)
    return paper


@pytest.mark.parametrize(("form", "options"), [("PNG", {}), ("JPEG", {"quality": 60})])
def test_a_picture_of_the_symbol(form: str, options: dict[str, Any]) -> None:
    report = look(saved(symbol_of(), form, **options))
    assert report.verdict is Verdict.VALID
    assert report.covers is Covers.QR_CONTENT
    assert report.require().copy_id == issued().copy_id


@pytest.mark.parametrize("turn", [7, 90, 180, 271])
def test_a_turned_picture(turn: int) -> None:
    image = symbol_of().rotate(turn, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    assert look(saved(image)).verdict is Verdict.VALID


def test_a_coarse_picture_of_the_whole_page() -> None:
    """150 dpi, turned by 3 degrees, a little out of focus: read when enlarged."""
    (whole,) = open_pages(issued().pdf)
    small = whole.convert("L").reduce(2).rotate(3, expand=True, fillcolor=200)
    photo = saved(small.filter(ImageFilter.GaussianBlur(0.5)), "JPEG", quality=50)
    assert look(photo).verdict is Verdict.VALID


def test_a_picture_with_transparency() -> None:
    clear = Image.new("RGBA", symbol_of().size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=symbol_of().point(lambda value: 255 - value))
    assert look(saved(clear)).verdict is Verdict.VALID


def test_a_scan_of_the_page_as_pdf() -> None:
    (scan,) = open_pages(issued().pdf)
    report = look(saved(scan, "PDF", resolution=300))
    assert report.verdict is Verdict.VALID
    assert report.covers is Covers.QR_CONTENT


def test_identical_symbols_count_once() -> None:
    one = symbol_of()
    both = sheet((one, (0, 0)), (one, (0, one.height + 80)), size=(one.width, 2 * one.height + 80))
    assert look(saved(both)).verdict is Verdict.VALID


def test_several_different_symbols_are_invalid() -> None:
    one, two = symbol_of(), symbol_of("death")
    height = one.height + two.height + 80
    both = sheet((one, (0, 0)), (two, (0, one.height + 80)), size=(one.width + two.width, height))
    report = look(saved(both))
    assert report.verdict is Verdict.INVALID
    assert report.check(CheckId.FRAMING).reason is Reason.SEVERAL_SYMBOLS


def test_other_codes_on_the_sheet_do_not_disturb() -> None:
    import qrcode

    other = qrcode.make("https://example.org/", border=4).get_image().convert("L")
    one = symbol_of()
    both = sheet((one, (0, 0)), (other, (one.width, 0)), size=(one.width + other.width, one.height))
    assert look(saved(both)).verdict is Verdict.VALID


def test_no_symbol_is_undetermined() -> None:
    report = look(saved(Image.new("RGB", (300, 300), "white")))
    assert report.verdict is Verdict.UNDETERMINED
    assert report.check(CheckId.FRAMING).reason is Reason.NO_SYMBOL
    assert report.check(CheckId.SIGNATURE).reason is Reason.NOT_RUN


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a", b"%PDF-1.7", saved(Image.new("L", (50, 50)))[:60], b"\xff\xd8\xff\xe0junk"],
)
def test_bytes_that_are_no_picture(data: bytes) -> None:
    report = look(data)
    assert report.verdict is Verdict.INVALID
    assert report.check(CheckId.FRAMING).reason is Reason.IMAGE_MALFORMED


@pytest.mark.parametrize("side", [8_000, 10_000, 14_000])
def test_more_pixels_than_are_decoded(side: int) -> None:
    """The third size is one at which the picture library itself refuses."""
    report = look(saved(Image.new("1", (side, side))))
    assert report.verdict is Verdict.UNDETERMINED
    assert report.check(CheckId.FRAMING).reason is Reason.LIMITS_EXCEEDED


def test_more_bytes_than_are_read() -> None:
    with pytest.raises(UnreadableImage) as raised:
        list(open_pictures(b"\0" * 30_000_001))
    assert raised.value.too_large
    report = look(b"%PDF-1.7" + b"\0" * 20_000_000)
    assert report.check(CheckId.FRAMING).reason is Reason.LIMITS_EXCEEDED


def test_a_path_is_no_image() -> None:
    with pytest.raises(UsageError, match=r"arguments\.bytes"):
        look("page.png")  # type: ignore[arg-type]
