"""Bytes of a picture or scan → ``verify_image``: a report, VALID only for the symbol that is in it."""

from __future__ import annotations

import io
import re
import struct
import zlib
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from PIL import Image

from fuzz.harness import Harness, need, one_in, outcome, told
from fuzz.inside import here
from fuzz.mutations import spoil
from fuzz.pdf import ARGUMENTS
from fuzz.pdf_mutations import mutate as mutate_pdf
from support.pdf_copies import issued
from vncopy.facts.qr import QRFacts
from vncopy.pdf.read_symbol import text_digest
from vncopy.pdf.symbol import make_symbol
from vncopy.report import QR_CHECKS, Verdict
from vncopy.verify.image import verify_image

if TYPE_CHECKING:
    from random import Random

PNG = b"\x89PNG\r\n\x1a\n"
CLOSELY = 32
FORMS = (
    ("PNG", {}),
    ("JPEG", {"quality": 50}),
    ("TIFF", {"compression": "tiff_lzw"}),
    ("WEBP", {}),
    ("GIF", {}),
)


@cache
def seeds() -> tuple[bytes, ...]:
    side, pixels = make_symbol(issued().qr_text).pixels(3)
    symbol = Image.frombytes("L", (side, side), pixels)
    blank = Image.new("RGB", (40, 30), "white")
    made: list[bytes] = []
    for picture in (
        symbol,
        symbol.convert("RGBA"),
        symbol.convert("P"),
        symbol.convert("1"),
        blank,
    ):
        for form, options in FORMS:
            out = io.BytesIO()
            with suppress(OSError):  # this form has no such kind of pixels
                picture.save(out, form, **options)
                made.append(out.getvalue())
    scan = io.BytesIO()
    symbol.save(scan, "PDF", resolution=150)
    turned = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    symbol.save(turned, "JPEG", exif=exif)
    return (*made, scan.getvalue(), turned.getvalue())


@cache
def believed() -> str:
    """Return the digest of the text that may be VALID."""
    return text_digest(issued().qr_text)


def mutate(data: bytes, dice: Random) -> bytes:
    if data.startswith(b"%PDF-") and dice.random() < 0.8:
        return mutate_pdf(data, dice)
    if data.startswith(PNG) and dice.random() < 0.8:
        with suppress(struct.error, zlib.error, IndexError, ValueError):
            return _png(data, dice)
    if dice.random() < 0.4:  # the head says how large it is and how it is packed
        cut = min(len(data), 200)
        return spoil(data[:cut], dice) + data[cut:]
    return spoil(data, dice, 20)


def _png(data: bytes, dice: Random) -> bytes:
    """Change a chunk and its length, and write the right check sum."""
    chunks: list[tuple[bytes, bytes]] = []
    at = len(PNG)
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at)
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + size]))
        at += 12 + size
    place = dice.randrange(len(chunks))
    name, body = chunks[place]
    match dice.randrange(5):
        case 0 if name == b"IDAT":
            body = zlib.compress(spoil(zlib.decompress(body), dice))
        case 1:
            name = dice.choice(
                (b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"iCCP", b"zTXt", b"acTL", b"eXIf", b"IEND")
            )
        case 2:
            chunks.insert(dice.randrange(len(chunks)), chunks[place])
        case 3 if name == b"IHDR":
            edges = (0, 1, 2**15, 2**31 - 1, 2**31, 2**32 - 1, 177, 100_000)
            body = struct.pack(">II", dice.choice(edges), dice.choice(edges)) + body[8:]
        case _:
            body = spoil(body, dice)
    chunks[place] = (name, body)
    return PNG + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def check(data: bytes) -> str:
    here()
    report = verify_image(data, **ARGUMENTS)
    need(tuple(each.id for each in report.checks) == QR_CHECKS, "other checks")
    if report.verdict is Verdict.VALID:
        facts = report.facts
        need(
            isinstance(facts, QRFacts) and facts.text_sha256 == believed(), "another text is VALID"
        )
    if one_in(data, CLOSELY):
        told(report)
    form = re.sub(rb"[^A-Za-z]", b"", data[:8])[:4].decode()
    return f"{form or 'other'} {outcome(report)}"


HARNESS = Harness(name="image", seeds=seeds, mutate=mutate, check=check, largest=300_000)
