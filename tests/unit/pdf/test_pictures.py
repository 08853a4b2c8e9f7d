"""Files of pictures: which are decoded, how much of them, and what is said of the others."""

from __future__ import annotations

import math
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import qrcode
from PIL import Image

from vncopy.pdf import pictures
from vncopy.pdf.engine import read_paper
from vncopy.pdf.limits import DEFAULT_LIMITS
from vncopy.pdf.pictures import UnreadableImage, open_pictures
from vncopy.pdf.render import draw_pages
from vncopy.reasons import Reason

TEXT = "VNC1:A PICTURE OF A PHONE"
HEIC = Path(__file__).parent / "pictures" / "symbol.heic"
ORIENTATION = 0x0112


def symbol(text: str = TEXT) -> Image.Image:
    image = qrcode.make(text, border=4, box_size=5).get_image()
    assert isinstance(image, Image.Image)
    return image.convert("L")


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "WEBP"])
@pytest.mark.parametrize("mode", ["1", "L", "RGB", "P", "RGBA", "LA", "CMYK", "I;16"])
def test_kinds_of_picture(form: str, mode: str) -> None:
    image = symbol()
    if mode == "I;16":
        image = image.convert("I").point(lambda level: level * 255).convert("I;16")
    else:
        image = image.convert(mode)
    try:
        data = saved(image, form)
    except (OSError, KeyError, ValueError):  # this form has no such kind
        data = saved(image.convert("RGB") if mode != "I;16" else symbol(), form)
    assert read_paper(data).text == TEXT


@pytest.mark.parametrize("lightest", [1.0, 4095.0, 65535.0])
def test_shades_of_scanners_that_are_wider_than_a_byte(lightest: float) -> None:
    """Fractions of one, and twelve bits of sixteen: nearly black for who divides by the width."""
    shades = symbol().convert("F").point(lambda level: level * (lightest / 255))
    assert read_paper(saved(shades, "TIFF")).text == TEXT
    if lightest > 1:
        assert read_paper(saved(shades.convert("I").convert("I;16"), "PNG")).text == TEXT


def test_shades_that_are_no_numbers() -> None:
    blank = Image.new("F", (40, 40), 0.5)
    assert read_paper(saved(blank, "TIFF")).step.reason is Reason.NO_SYMBOL
    blank.putpixel((3, 4), math.inf)
    assert read_paper(saved(blank, "TIFF")).step.reason is Reason.IMAGE_MALFORMED


def test_transparent_parts_are_paper() -> None:
    clear = Image.new("RGBA", symbol().size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=symbol().point(lambda level: 255 - level))
    assert read_paper(saved(clear, "PNG")).text == TEXT
    palette = symbol().convert("P", palette=Image.Palette.ADAPTIVE, colors=2)
    light = palette.tobytes()[0]
    assert read_paper(saved(palette, "PNG", transparency=light)).text == TEXT


@pytest.mark.parametrize("held", range(1, 9))
def test_a_picture_is_read_however_the_camera_was_held(held: int) -> None:
    """The note of the camera is not read; mirrored pictures are symbols too."""
    turn = Image.Transpose(held - 2) if held > 1 else None
    image = symbol() if turn is None else symbol().transpose(turn)
    note = Image.Exif()
    note[ORIENTATION] = held
    assert read_paper(saved(image, "JPEG", exif=note)).text == TEXT


def test_the_second_page_of_a_tiff() -> None:
    blank = Image.new("L", (300, 200), 255)
    data = saved(blank, "TIFF", save_all=True, append_images=[symbol(), blank])
    assert len(list(open_pictures(data))) == 3
    assert read_paper(data).text == TEXT


def test_different_symbols_on_two_pages() -> None:
    data = saved(symbol(), "TIFF", save_all=True, append_images=[symbol("VNC1:ANOTHER ONE")])
    assert read_paper(data).step.reason is Reason.SEVERAL_SYMBOLS


def test_a_jpeg_of_two_pictures() -> None:
    data = saved(symbol(), "MPO", save_all=True, append_images=[Image.new("L", (80, 80))])
    assert read_paper(data).text == TEXT


def test_heic_where_its_decoder_is_installed() -> None:
    seen = read_paper(HEIC.read_bytes())
    if pictures.pi_heif is None:
        assert seen.step.reason is Reason.IMAGE_MALFORMED
    else:  # pragma: no cover - the extra is not part of what is tested everywhere
        assert seen.text == TEXT


@pytest.mark.parametrize("form", ["GIF", "BMP", "PPM"])
def test_other_forms_are_not_decoded(form: str) -> None:
    assert read_paper(saved(symbol(), form)).step.reason is Reason.IMAGE_MALFORMED


@pytest.mark.parametrize("resolution", [72, 150, 300])
def test_a_scan_whose_page_is_as_many_points_as_it_has_pixels(resolution: int) -> None:
    """Programs that do not know the resolution of a scan write 72 dpi: a page of 88 by 124 cm."""
    sheet = Image.new("L", (2481, 3508), 255)
    sheet.paste(symbol(), (300, 500))
    assert read_paper(saved(sheet, "PDF", resolution=resolution)).text == TEXT
    for page in draw_pages(saved(sheet, "PDF", resolution=resolution)):
        assert page.width * page.height < 1.01 * DEFAULT_LIMITS.scanned_page_pixels


def test_more_pages_than_are_read() -> None:
    dot = Image.new("1", (8, 8))
    data = saved(dot, "TIFF", save_all=True, append_images=[dot] * 4)
    few = replace(DEFAULT_LIMITS, pages=4)
    assert read_paper(data, limits=few).step.reason is Reason.LIMITS_EXCEEDED
    assert read_paper(data).step.reason is Reason.NO_SYMBOL


def test_more_pixels_in_all_than_are_read() -> None:
    page = Image.new("1", (100, 100))
    data = saved(page, "TIFF", save_all=True, append_images=[page] * 4)
    few = replace(DEFAULT_LIMITS, scanned_pixels=40_000)
    assert read_paper(data, limits=few).step.reason is Reason.LIMITS_EXCEEDED


def test_a_page_that_is_cut_off() -> None:
    data = saved(Image.new("L", (300, 200), 255), "TIFF", save_all=True, append_images=[symbol()])
    assert read_paper(data[:-3000]).step.reason is Reason.IMAGE_MALFORMED


def test_a_large_picture_is_halved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_KEPT", 50_000)
    large = symbol().resize((400, 400))
    for data in (
        saved(large, "PNG"),
        saved(large, "JPEG"),
        saved(large.convert("RGBA"), "PNG"),
    ):
        (seen,) = open_pictures(data)
        assert seen.size == (200, 200)
        assert read_paper(data).text == TEXT


def test_more_bytes_than_are_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_DECODED", 50_000)
    page = Image.new("L", (200, 200))
    assert len(list(open_pictures(saved(page, "PNG")))) == 1
    with pytest.raises(UnreadableImage) as raised:
        list(open_pictures(saved(page.convert("RGB"), "PNG")))
    assert raised.value.too_large


def test_want_of_memory_is_not_called_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr(pictures.Image, "open", fail)
    with pytest.raises(MemoryError):
        list(open_pictures(b"any"))
