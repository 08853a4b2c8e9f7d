"""Inputs made to cost a verifier minutes or gigabytes, small on disk as far as their kind allows.

Those that must get past the structure to do harm are signed by a lawful office, since pages are drawn
only where every signature is right.
"""

from __future__ import annotations

import io
import random
import struct
import zlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from support.forgeries.plain import page, sign
from support.pdf_copies import issued

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Bomb", "bombs"]

Kind = Literal["pdf", "image"]
_BIG = 1 << 30
"""A gigabyte: what some of them unpack to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bomb:
    """One costly input."""

    name: str
    """Its class and what is special about it."""
    kind: Kind
    """For ``verify_pdf`` and ``verify_signatures``, or for ``verify_image``."""
    build: Callable[[], bytes]
    """Makes it."""


# Raw files


def raw(*objects: bytes, trailer: bytes = b"<</Size 9999/Root 1 0 R>>", xref: bytes = b"") -> bytes:
    """Return a file of numbered objects with a right table, or with another one."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    starts = []
    for number, each in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    table = len(out)
    if xref:
        out += xref
    else:
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(starts) + 1)
        out += b"".join(b"%010d 00000 n \n" % start for start in starts)
        out += b"trailer\n" + trailer + b"\n"
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<" + entries + b"/Length %d>>\nstream\n" % len(data) + data + b"\nendstream"


def repeated(block: bytes, count: int) -> bytes:
    """Return a zlib stream that unpacks to ``block`` so many times, without unpacking anything."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(count):
        check = zlib.adler32(block, check)
    return b"\x78\xda" + one * count + b"\x03\x00" + check.to_bytes(4)


@cache
def deflated(size: int, times: int = 1) -> bytes:
    """Return ``size`` spaces, deflated so many times."""
    data = repeated(b" " * (1 << 20), size >> 20)
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def flate(size: int, times: int = 1, entries: bytes = b"") -> bytes:
    filters = b"/Filter[" + b"/FlateDecode" * times + b"]"
    return raw(CATALOG, ONE_PAGE, PAGE, stream(deflated(size, times), filters + entries))


def odd_filters() -> bytes:
    data = b"\x80 " * 500_000 + b"\x80"
    return raw(CATALOG, ONE_PAGE, PAGE, stream(data, b"/Filter[/RunLengthDecode/RunLengthDecode]"))


def lzw() -> bytes:
    return raw(CATALOG, ONE_PAGE, PAGE, stream(bytes(5_000_000), b"/Filter/LZWDecode"))


def predictor() -> bytes:
    parameters = b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 32>>"
    return raw(CATALOG, ONE_PAGE, PAGE, stream(zlib.compress(bytes(1 << 20)), parameters))


def table_of(text: bytes) -> bytes:
    return raw(CATALOG, ONE_PAGE, PAGE, stream(b""), xref=text)


def long_table() -> bytes:
    return table_of(
        b"xref\n0 999999999\n" + b"0000000015 00000 n \n" * 5 + b"trailer\n<</Root 1 0 R>>\n"
    )


def many_tables() -> bytes:
    parts = b"".join(b"%d 1\n0000000015 00000 n \n" % (7 * number) for number in range(400_000))
    return table_of(b"xref\n" + parts + b"trailer\n<</Size 9/Root 1 0 R>>\n")


def xref_stream(entries: bytes, data: bytes) -> bytes:
    body = stream(zlib.compress(data, 9), b"/Type/XRef/Root 1 0 R/Filter/FlateDecode" + entries)
    return table_of(b"9 0 obj\n" + body + b"\nendobj\n")


def wide_xref_stream() -> bytes:
    return xref_stream(b"/Size 99999999/W[1 8 8]/Index[0 99999999]", bytes(17 * 1_000_000))


def negative_xref_stream() -> bytes:
    return xref_stream(b"/Size 2147483647/W[0 0 0]/Index[0 2147483647]", b"")


def previous_loop() -> bytes:
    file = raw(
        CATALOG, ONE_PAGE, PAGE, stream(b""), trailer=b"<</Size 5/Root 1 0 R/Prev 9999999999>>"
    )
    table = file.rindex(b"xref\n0 5")
    return file.replace(b"/Prev 9999999999", b"/Prev %010d" % table)


def previous_chain() -> bytes:
    """Return tens of thousands of revisions, each pointing to the one before."""
    out = bytearray(raw(CATALOG, ONE_PAGE, PAGE, stream(b"")))
    last = out.rindex(b"xref\n0 5")
    for _ in range(60_000):
        now = len(out)
        out += b"xref\n0 0\ntrailer\n<</Size 5/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
            last,
            now,
        )
        last = now
    return bytes(out)


def object_stream(entries: bytes, data: bytes) -> bytes:
    return raw(CATALOG, ONE_PAGE, PAGE, stream(b""), stream(data, b"/Type/ObjStm" + entries))


def crowded_object_stream() -> bytes:
    head = b"".join(b"%d %d " % (number, 0) for number in range(10, 400_000))
    return object_stream(b"/N 399990/First %d" % len(head), head + b"null")


def extending_object_stream() -> bytes:
    return object_stream(b"/N 1/First 4/Extends 5 0 R", b"9 0 null")


# Page trees, references, nesting


def tree_loop() -> bytes:
    return raw(CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2147483647>>")


def deep_tree() -> bytes:
    levels = 20_000
    nodes = [
        b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (number + 1, number + 3)
        for number in range(1, levels)
    ]
    return raw(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", *nodes, PAGE)


def wide_tree() -> bytes:
    kids = b"3 0 R " * 200_000
    return raw(CATALOG, b"<</Type/Pages/Kids[" + kids + b"]/Count 200000>>", PAGE, stream(b""))


def shared_tree() -> bytes:
    """Return a tree whose every node is named twice by the one above: 2^40 pages."""
    nodes = [
        b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count 1099511627776>>" % (number, number)
        for number in range(3, 43)
    ]
    return raw(CATALOG, *nodes, PAGE)


def nested(opening: bytes, closing: bytes, depth: int = 400_000) -> bytes:
    value = opening * depth + closing * depth
    return raw(CATALOG[:-2] + b"/Deep 5 0 R>>", ONE_PAGE, PAGE, stream(b""), value)


def self_length() -> bytes:
    return raw(CATALOG, ONE_PAGE, PAGE, b"<</Length 4 0 R>>\nstream\nq\nendstream")


def loops() -> bytes:
    catalog = (
        b"<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R/Names 6 0 R/Outlines 7 0 R/AF 8 0 R"
        b"/StructTreeRoot 9 0 R/DSS 10 0 R/Perms 11 0 R>>"
    )
    return raw(
        catalog, ONE_PAGE, PAGE, stream(b""),
        b"<</Fields[5 0 R 12 0 R]/SigFlags 3/Kids[5 0 R]>>",
        b"<</EmbeddedFiles 6 0 R/Kids[6 0 R 6 0 R]>>",
        b"<</First 7 0 R/Next 7 0 R/Last 7 0 R>>",
        b"[8 0 R 8 0 R]",
        b"<</K 9 0 R/P 9 0 R>>",
        b"<</Certs 10 0 R/VRI 10 0 R>>",
        b"<</DocMDP 11 0 R/Reference 11 0 R>>",
        b"<</FT/Sig/T(a)/Parent 12 0 R/Kids[12 0 R 12 0 R]/V 12 0 R/ByteRange 12 0 R>>",
    )  # fmt: skip


def form_of_many_fields() -> bytes:
    fields = b"".join(b"%d 0 R " % number for number in range(6, 30_006))
    return raw(
        CATALOG[:-2] + b"/AcroForm 5 0 R>>", ONE_PAGE, PAGE, stream(b""),
        b"<</Fields[" + fields + b"]>>",
        *(b"<</FT/Sig/T(f)/V 4 0 R>>" for _ in range(30_000)),
    )  # fmt: skip


def text_of(piece: bytes, size: int) -> bytes:
    """Return a file filled up with one thing again and again."""
    filler = piece * (size // len(piece))
    return raw(CATALOG, ONE_PAGE, PAGE, stream(b""), b"null\n" + filler)


# Signed pages that cost much to draw


def drawn(content: bytes, change: Callable[[pikepdf.Pdf, Any], None] | None = None) -> bytes:
    """Return a signed page that draws ``content``."""

    def prepare(pdf: pikepdf.Pdf) -> None:
        only = pdf.pages[0].obj
        only.Contents = pdf.make_stream(content)
        if change is not None:
            change(pdf, only)

    return sign(page(form=False, change=prepare))


def form_object(pdf: pikepdf.Pdf, content: bytes, **inside: Any) -> Any:
    made = pdf.make_stream(content)
    made.Type, made.Subtype, made.BBox = Name.XObject, Name.Form, [0, 0, 595, 842]
    made.Resources = Dictionary(XObject=Dictionary(**inside))
    return pdf.make_indirect(made)


def laughs(pdf: pikepdf.Pdf, only: Any) -> None:
    """Give the page a form that draws ten forms that draw ten forms …"""
    last = form_object(pdf, b"0 0 500 700 re f")
    for _ in range(12):
        last = form_object(pdf, b"/A Do " * 10, A=last)
    only.Resources.XObject = Dictionary(A=last)


def circle(pdf: pikepdf.Pdf, only: Any) -> None:
    first = form_object(pdf, b"/A Do /A Do")
    first.Resources.XObject.A = first
    only.Resources.XObject = Dictionary(A=first)


def picture(pdf: pikepdf.Pdf, only: Any, width: int, height: int, **more: Any) -> None:
    made = pdf.make_stream(deflated(width * height // 8))
    made.Type, made.Subtype, made.Filter = Name.XObject, Name.Image, Name.FlateDecode
    made.Width, made.Height, made.BitsPerComponent = width, height, 1
    made.ColorSpace = Name.DeviceGray
    for key, value in more.items():
        made[f"/{key}"] = value
    only.Resources.XObject = Dictionary(A=pdf.make_indirect(made))


def large_picture(pdf: pikepdf.Pdf, only: Any) -> None:
    picture(pdf, only, 60_000, 60_000)


def masked_picture(pdf: pikepdf.Pdf, only: Any) -> None:
    picture(pdf, only, 20_000, 20_000)
    only.Resources.XObject.A.SMask = only.Resources.XObject.A


def claimed_picture(pdf: pikepdf.Pdf, only: Any) -> None:
    picture(pdf, only, 1 << 10, 1 << 10)
    only.Resources.XObject.A.Width = only.Resources.XObject.A.Height = (1 << 31) - 1


def jpeg_2000(pdf: pikepdf.Pdf, only: Any) -> None:
    """Add a picture whose head claims 60,000 by 60,000 points."""
    size = struct.pack(">HHIIIIIIIIH", 47, 0, 60_000, 60_000, 0, 0, 60_000, 60_000, 0, 0, 3)
    head = b"\xff\x4f\xff\x51" + size + b"\x07\x01\x01" * 3
    rest = (
        b"\xff\x52\x00\x0c\x00\x00\x00\x01\x00\x05\x04\x04\x00\x01\xff\x93"
        + bytes(5_000)
        + b"\xff\xd9"
    )
    picture(pdf, only, 8, 8)
    only.Resources.XObject.A.write(head + rest, filter=Name.JPXDecode)
    only.Resources.XObject.A.Width = only.Resources.XObject.A.Height = 60_000


def fax(pdf: pikepdf.Pdf, only: Any) -> None:
    picture(pdf, only, 8, 8)
    made = only.Resources.XObject.A
    made.write(bytes(2_000_000), filter=Name.CCITTFaxDecode)
    made.DecodeParms = Dictionary(K=-1, Columns=60_000, Rows=60_000)
    made.Width = made.Height = 60_000


def tiles(pdf: pikepdf.Pdf, only: Any) -> None:
    tile = pdf.make_stream(b"0 0 1 1 re f")
    tile.Type, tile.PatternType, tile.PaintType, tile.TilingType = Name.Pattern, 1, 1, 1
    tile.BBox, tile.XStep, tile.YStep = (
        [0, 0, 1, 1],
        pikepdf.Object.parse(b"0.001"),
        pikepdf.Object.parse(b"0.001"),
    )
    tile.Resources = Dictionary()
    only.Resources.Pattern = Dictionary(P=pdf.make_indirect(tile))


def mesh(pdf: pikepdf.Pdf, only: Any) -> None:
    shade = pdf.make_stream(random.Random(1).randbytes(4_000_000))
    shade.ShadingType, shade.ColorSpace = 7, Name.DeviceRGB
    shade.BitsPerCoordinate, shade.BitsPerComponent, shade.BitsPerFlag = 8, 8, 8
    shade.Decode = [0, 595, 0, 842, 0, 1, 0, 1, 0, 1]
    only.Resources.Shading = Dictionary(S=pdf.make_indirect(shade))


def calculator(pdf: pikepdf.Pdf, only: Any) -> None:
    program = pdf.make_stream(b"{ " + b"sin cos " * 20_000 + b"dup dup }")
    program.FunctionType, program.Domain, program.Range = 4, [0, 1], [0, 1, 0, 1, 0, 1]
    shade = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 595, 842], Extend=[True, True],
        Function=pdf.make_indirect(program),
    )  # fmt: skip
    only.Resources.Shading = Dictionary(S=shade)


def groups(pdf: pikepdf.Pdf, only: Any) -> None:
    """Add transparency groups inside each other, each of which needs a picture of its own."""
    last = form_object(pdf, b"0 0 500 700 re f")
    for _ in range(200):
        last = form_object(pdf, b"/G gs /A Do", A=last)
        last.Group = Dictionary(S=Name.Transparency, I=True, K=True)
        last.Resources.ExtGState = Dictionary(G=Dictionary(ca=0.5, BM=Name.Luminosity))
    only.Resources.XObject = Dictionary(A=last)


def own_font(pdf: pikepdf.Pdf, only: Any) -> None:
    """Add a Type 3 font whose letters are written in itself."""
    letter = pdf.make_indirect(pdf.make_stream(b"1000 0 d0 BT /F1 900 Tf (aaaaaaaaaa) Tj ET"))
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], FirstChar=97, LastChar=97,
        FontMatrix=pikepdf.Object.parse(b"[0.001 0 0 0.001 0 0]"), Widths=[1000],
        CharProcs=Dictionary(a=letter),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])),
    )  # fmt: skip
    font = pdf.make_indirect(font)
    font.Resources = Dictionary(Font=Dictionary(F1=font))
    only.Resources.Font = Dictionary(F1=font)


def mapped_font(pdf: pikepdf.Pdf, only: Any) -> None:
    """Add a font whose ``/ToUnicode`` and widths never end."""
    ranges = b"100 beginbfrange\n" + b"<0000> <FFFF> <0041>\n" * 100 + b"endbfrange\n"
    unicode = pdf.make_stream(b"/CIDInit /ProcSet findresource begin begincmap\n" + ranges * 2_000)
    below = pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Helvetica,
            W=Array([0, 2_000_000_000, 500] * 50_000),
            CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
            FontDescriptor=Dictionary(Type=Name.FontDescriptor, FontName=Name.Helvetica, Flags=4),
        )
    )  # fmt: skip
    only.Resources.Font = Dictionary(
        F1=pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Helvetica,
                Encoding=Name("/Identity-H"), DescendantFonts=Array([below]),
                ToUnicode=pdf.make_indirect(unicode),
            )
        )
    )  # fmt: skip


def broken_font(pdf: pikepdf.Pdf, only: Any) -> None:
    """Add a TrueType program of nonsense, as large as one may be."""
    program = pdf.make_stream(b"\0\1\0\0\0\x40" + random.Random(2).randbytes(8_000_000))
    only.Resources.Font.F1 = pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Bomb, FirstChar=32, LastChar=126,
            Widths=[500] * 95,
            FontDescriptor=pdf.make_indirect(
                Dictionary(
                    Type=Name.FontDescriptor, FontName=Name.Bomb, Flags=32, FontFile2=program,
                    FontBBox=[0, 0, 1000, 1000], ItalicAngle=0, Ascent=800, Descent=-200, StemV=80,
                    CapHeight=700,
                )
            ),
        )
    )  # fmt: skip


def many_annotations(pdf: pikepdf.Pdf, only: Any) -> None:
    look = form_object(pdf, b"0 0 500 700 re f")
    only.Annots = Array(
        [
            pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Stamp,
                    Rect=[0, 0, 595, 842],
                    F=4,
                    AP=Dictionary(N=look),
                )
            )
            for _ in range(20_000)
        ]
    )


@cache
def many_pages() -> bytes:
    """Return sixty large pages with the same dear drawing, signed."""

    def prepare(pdf: pikepdf.Pdf) -> None:
        content = pdf.make_stream(b"0 0 1990 1990 re f\n" * 200)
        for _ in range(59):
            pdf.add_blank_page(page_size=(1_990, 1_990))
        for each in pdf.pages:
            each.obj.Contents = content

    return sign(page(form=False, change=prepare))


LETTERS = b"BT /F1 8 Tf 72 700 Td (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET"


# Pictures


def png(width: int, height: int, *, chunks: bytes = b"", bits: int = 1) -> bytes:
    """Return a picture of white points, made without holding it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    row = b"\0" + b"\xff" * ((width * bits + 7) // 8)
    data = repeated(row * 100, height // 100) if height >= 100 else zlib.compress(row * height)
    head = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunks
        + chunk(b"IDAT", data)
        + chunk(b"IEND", b"")
    )


def png_text() -> bytes:
    data = b"Comment\0\0" + deflated(_BIG)
    body = (
        struct.pack(">I", len(data))
        + b"zTXt"
        + data
        + struct.pack(">I", zlib.crc32(b"zTXt" + data))
    )
    return png(64, 64, chunks=body)


def saved_picture(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def noise(width: int, height: int) -> Image.Image:
    return Image.frombytes("L", (width, height), random.Random(3).randbytes(width * height))


def finders() -> bytes:
    """Return a picture full of the corner marks of symbols."""
    mark = Image.new("L", (9, 9), 255)
    mark.paste(0, (1, 1, 8, 8))
    mark.paste(255, (2, 2, 7, 7))
    mark.paste(0, (3, 3, 6, 6))
    image = Image.new("L", (3_600, 3_600), 255)
    for x in range(0, 3_600, 18):
        for y in range(0, 3_600, 18):
            image.paste(mark.resize((18, 18), Image.Resampling.NEAREST), (x, y))
    return saved_picture(image, "PNG")


def many_symbols() -> bytes:
    """Return a picture with some hundred copies of a symbol."""
    symbol = Image.open(io.BytesIO(issued().qr_png())).convert("L")
    image = Image.new("L", (8 * symbol.width, 8 * symbol.height), 255)
    for x in range(8):
        for y in range(8):
            image.paste(symbol, (x * symbol.width, y * symbol.height))
    while image.width * image.height > 50_000_000:
        image = image.reduce(2)
    return saved_picture(image, "PNG")


def progressive() -> bytes:
    """Return a JPEG that repeats its last scan thousands of times."""
    whole = saved_picture(Image.new("L", (4_000, 4_000), 200), "JPEG", progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * 3_000 + whole[-2:]


def _pdf_bombs() -> dict[str, Callable[[], bytes]]:
    return {
        "deflate: a gigabyte in one stream": lambda: flate(_BIG),
        "deflate: a gigabyte, deflated twice": lambda: flate(_BIG, 2),
        "deflate: called a picture": lambda: flate(_BIG, 1, b"/Subtype/Image"),
        "filters: run lengths of run lengths": odd_filters,
        "filters: LZW": lzw,
        "filters: a predictor of 2^31 columns": predictor,
        "xref: a table of a thousand million": long_table,
        "xref: 400,000 tables": many_tables,
        "xref: a stream of a hundred million": wide_xref_stream,
        "xref: a stream of entries without bytes": negative_xref_stream,
        "xref: /Prev names itself": previous_loop,
        "xref: 60,000 revisions": previous_chain,
        "object stream: a gigabyte": lambda: object_stream(
            b"/N 1/First 4/Filter/FlateDecode", deflated(_BIG)
        ),
        "object stream: 400,000 objects": crowded_object_stream,
        "object stream: extends itself": extending_object_stream,
        "object stream: claims 2^31 objects": lambda: object_stream(
            b"/N 2147483647/First 4", b"9 0 null"
        ),
        "page tree: contains itself": tree_loop,
        "page tree: 20,000 levels": deep_tree,
        "page tree: one page 200,000 times": wide_tree,
        "page tree: 2^40 pages": shared_tree,
        "nesting: 400,000 arrays": lambda: nested(b"[", b"]"),
        "nesting: 400,000 dictionaries": lambda: nested(b"<</A", b">>"),
        "nesting: 400,000 open brackets": lambda: nested(b"(", b")"),
        "references: a length that names itself": self_length,
        "references: everything names itself": loops,
        "form: 30,000 signature fields": form_of_many_fields,
        "size: 19 MB of comments": lambda: text_of(b"%\n", 19_000_000),
        "size: 19 MB of objects": lambda: text_of(b"9 0 obj\nendobj\n", 19_000_000),
        "size: 19 MB of byte ranges": lambda: text_of(b"/ByteRange[0 1 2 3]", 19_000_000),
        "size: 19 MB of end marks": lambda: text_of(b"startxref\n0\n%%EOF\n", 19_000_000),
        "size: 19 MB of hexadecimal": lambda: text_of(b"<00112233445566778899>", 19_000_000),
        "size: 100 MB": lambda: text_of(b"q ", 100_000_000),
        "drawing: 10^12 forms": lambda: drawn(b"/A Do", laughs),
        "drawing: a form that draws itself": lambda: drawn(b"/A Do", circle),
        "drawing: two million lines": lambda: drawn(b"0 0 m 595 842 l S\n" * 2_000_000),
        "drawing: 300,000 filled pages": lambda: drawn(b"0 0 595 842 re f\n" * 300_000),
        "drawing: a million saved states": lambda: drawn(b"q " * 1_000_000),
        "drawing: dashes of nothing": lambda: drawn(
            b"[0.0001 0.0001] 0 d 9 w 0 0 m 595 842 l S\n" * 2_000
        ),
        "drawing: 300,000 letters": lambda: drawn(LETTERS * 7_000),
        "drawing: tiles of a thousandth": lambda: drawn(
            b"/Pattern cs /P scn 0 0 595 842 re f", tiles
        ),
        "drawing: a mesh of 4 MB": lambda: drawn(b"/S sh", mesh),
        "drawing: a function of 40,000 steps": lambda: drawn(b"/S sh", calculator),
        "drawing: 200 groups": lambda: drawn(b"/A Do", groups),
        "drawing: 20,000 annotations": lambda: drawn(b"", many_annotations),
        "drawing: 60 large pages": many_pages,
        "picture: 60,000 by 60,000 points": lambda: drawn(
            b"595 0 0 842 0 0 cm /A Do", large_picture
        ),
        "picture: masked by itself": lambda: drawn(b"595 0 0 842 0 0 cm /A Do", masked_picture),
        "picture: claims 2^31 points a side": lambda: drawn(
            b"595 0 0 842 0 0 cm /A Do", claimed_picture
        ),
        "picture: JPEG 2000 of 60,000 by 60,000": lambda: drawn(
            b"595 0 0 842 0 0 cm /A Do", jpeg_2000
        ),
        "picture: fax of 60,000 by 60,000": lambda: drawn(b"595 0 0 842 0 0 cm /A Do", fax),
        "font: letters written in itself": lambda: drawn(LETTERS, own_font),
        "font: 200,000 ranges of 65,536": lambda: drawn(LETTERS, mapped_font),
        "font: 8 MB of nonsense": lambda: drawn(LETTERS, broken_font),
    }


def _pictures() -> dict[str, Callable[[], bytes]]:
    return {
        "flood: 100,000 by 100,000 points": lambda: png(100_000, 100_000),
        "flood: 7,700 by 7,700 points": lambda: png(7_700, 7_700),
        "flood: 7,700 by 7,700 points of noise": lambda: saved_picture(noise(5_000, 5_000), "PNG"),
        "flood: one row of 50 million": lambda: png(50_000_000, 1),
        "flood: a gigabyte of comment": png_text,
        "flood: corner marks of symbols": finders,
        "flood: 64 symbols": many_symbols,
        "flood: JPEG of 3,000 scans": progressive,
        "flood: JPEG of noise": lambda: saved_picture(noise(5_000, 5_000), "JPEG"),
        "flood: scan of 60 large pages": many_pages,
        "flood: scan with a picture of 60,000 by 60,000": lambda: drawn(
            b"595 0 0 842 0 0 cm /A Do", large_picture
        ),
        "size: 100 MB": lambda: b"\x89PNG\r\n\x1a\n" + bytes(100_000_000),
    }


def bombs() -> tuple[Bomb, ...]:
    """Return every costly input."""
    files = [Bomb(name=name, kind="pdf", build=build) for name, build in _pdf_bombs().items()]
    images = [Bomb(name=name, kind="image", build=build) for name, build in _pictures().items()]
    return (*files, *images)
