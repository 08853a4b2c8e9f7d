"""Copies whose page or parts say something else than their record, signed by the right office.

No signature is wrong here and no key: only comparing what is seen with what was recorded helps.
Each file leaves record and symbol as they were issued, unless they are what it changes.
"""

from __future__ import annotations

import re
import struct
from functools import partial
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import pikepdf

from support.forgeries.kinds import AttackFile
from support.pdf_copies import typeset_copy
from support.tampered import Run, Sheet, fields, tampered
from vncopy.pdf.glyphs import claimed_texts
from vncopy.policy import CheckId
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.pdf_copies import TypeName

FAMILY = "tampered-page"
TYPES: tuple[TypeName, ...] = ("birth", "marriage", "death", "land")


def values() -> dict[str, tuple[TypeName, str]]:
    """Return a name, a date, a number and the like of each type, as printed."""
    birth, marriage, death, land = (fields(name) for name in TYPES)
    return {
        "name-birth": ("birth", birth["full_name"]),
        "date-birth": ("birth", birth["birth_date"]),
        "number-birth": ("birth", birth["personal_id"]),
        "parent-birth": ("birth", birth["mother.full_name"]),
        "book-birth": ("birth", birth["registration_number"]),
        "name-marriage": ("marriage", marriage["husband.full_name"]),
        "date-marriage": ("marriage", marriage["wife.birth_date"]),
        "place-marriage": ("marriage", marriage["registration_place"]),
        "name-death": ("death", death["full_name"]),
        "date-death": ("death", death["death_date.long"]),
        "hour-death": ("death", death["death_time"]),
        "area-land": ("land", land["parcels"][0]["area"]),
        "parcel-land": ("land", land["parcels"][0]["parcel_no"]),
        "serial-land": ("land", land["serial"]),
        "holder-land": ("land", land["holders"][0]["text"][0]),
    }


# --- fonts that lie --------------------------------------------------------------------------------


def number(name: TypeName) -> str:
    """Return a number on the first page of a type's copy, as it is printed."""
    paths = {
        "birth": "personal_id",
        "marriage": "wife.birth_date",
        "death": "personal_id",
        "land": "serial",
    }
    return str(fields(name)[paths[name]])


def lying_map(sheet: Sheet, name: TypeName = "birth") -> None:
    """Exchange two digits wherever they are drawn, and let the font say that nothing changed."""
    run = sheet.find(number(name))
    old = run.codes[-1]
    new = sheet.other(run, len(run.codes) - 1)
    _swap_claims(sheet, sheet.font(run.font), old, new)
    swap = {old: new, new: old}
    for index in range(len(sheet.runs())):
        each = sheet.runs()[index]
        if each.font == run.font:
            sheet.write(each, tuple(swap.get(code, code) for code in each.codes))


def _swap_claims(sheet: Sheet, font: pikepdf.Object, old: int, new: int) -> None:
    text = font.ToUnicode.read_bytes()
    claims = claimed_texts(font)
    for code, other in ((old, new), (new, old)):
        was = b"<%04X> <%04X>" % (code, ord(claims[code]))
        text = text.replace(was, b"<%04x> <%04X>" % (code, ord(claims[other])))
    font.ToUnicode = sheet.pdf.make_stream(text)


def swapped_outlines(sheet: Sheet, name: TypeName = "birth") -> None:
    """Exchange the shapes of two digits inside the font program; text and maps stay as they were."""
    run = sheet.find(number(name))
    first, second = sorted(set(_digits(run)))[:2]
    stream = sheet.font(run.font).DescendantFonts[0].FontDescriptor.FontFile3
    stream.write(with_glyphs(stream.read_bytes(), {first: second, second: first}))
    stream.Subtype = pikepdf.Name.CIDFontType0C


def _digits(run: Run) -> list[int]:
    """Return the glyphs of a run that are digits."""
    return [code for code, text in zip(run.codes, run.text, strict=True) if text.isdigit()]


def foreign_outline(sheet: Sheet, name: TypeName = "birth") -> None:
    """Draw one digit with a shape that is in no font."""
    run = sheet.find(number(name))
    code = _digits(run)[0]
    stream = sheet.font(run.font).DescendantFonts[0].FontDescriptor.FontFile3
    box = bytes([139, 239, 21, 239, 6, 239, 7, 39, 6, 14])  # a square of 100 units
    stream.write(with_glyphs(stream.read_bytes(), {code: box}))


def with_glyphs(program: bytes, changes: dict[int, int | bytes]) -> bytes:
    """Return a font program with other outlines for some glyphs; every table keeps its place."""
    at = _charstrings(program)
    (count,) = struct.unpack_from(">H", program, at)
    size = program[at + 2]
    first = at + 3
    offsets = [
        int.from_bytes(program[first + i * size : first + (i + 1) * size], "big")
        for i in range(count + 1)
    ]
    base = first + (count + 1) * size - 1
    glyphs = [program[base + a : base + b] for a, b in pairwise(offsets)]
    anew = list(glyphs)
    for code, what in changes.items():
        anew[code] = glyphs[what] if isinstance(what, int) else what
    total = sum(map(len, glyphs))
    # What became free is filled with a number that the last glyph leaves on its stack.
    anew[0] = b"\x8b" * (total - sum(map(len, anew))) + anew[0]
    ends = [1]
    for glyph in anew:
        ends.append(ends[-1] + len(glyph))
    index = program[at:first] + b"".join(end.to_bytes(size, "big") for end in ends) + b"".join(anew)
    return program[:at] + index + program[at + len(index) :]


def _charstrings(program: bytes) -> int:
    """Return where the outlines begin: operator 17 of the top dictionary, a number of five bytes."""
    match = re.search(rb"\x1d(.{4})\x11", program[:400], re.DOTALL)
    assert match is not None
    return int.from_bytes(match[1], "big")


def lying_widths(sheet: Sheet, name: TypeName = "birth") -> None:
    """Let a digit take no space, so that the next one stands on it."""
    run = sheet.find(number(name))
    code = _digits(run)[0]
    cid = sheet.font(run.font).DescendantFonts[0]
    cid.W = pikepdf.Array([*cid.W, code, code, 0])


def real_text(sheet: Sheet) -> None:
    """Show another digit and say in the structure what it should have been."""
    run, _, _ = sheet.exchange(fields("birth")["personal_id"])
    content = sheet.content()
    at = content.rindex(b"/Span<<", 0, run.start)
    sheet.draw(content[:at] + b"/Span<</ActualText(001317681098)" + content[at + 7 :])


def said_otherwise(sheet: Sheet) -> None:
    """Leave what is seen, and give those who cannot see it another number."""
    run = sheet.find(fields("birth")["personal_id"])
    content = sheet.content()
    at = content.rindex(b"/Span<<", 0, run.start)
    sheet.draw(content[:at] + b"/Span<</ActualText(001317681099)" + content[at + 7 :])


def replaced_in_the_structure(sheet: Sheet) -> None:
    """Leave what is seen, and let the structure tree say something else to those who cannot see it."""
    element = sheet.pdf.Root.StructTreeRoot.K
    while isinstance(element, pikepdf.Array):
        element = element[0]
    element.ActualText = pikepdf.String("TRIỆU THỊ LAM")


def other_kind_of_font(sheet: Sheet) -> None:
    """Draw the page in a font of the viewer's own."""
    run = sheet.find(fields("birth")["personal_id"])
    sheet.page().Resources.Font[f"/{run.font}"] = sheet.pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )


# --- text out of sight or out of place -------------------------------------------------------------


def over(sheet: Sheet, drawn: bytes) -> None:
    """Draw something right after a value."""
    run = sheet.find(fields("birth")["personal_id"])
    content = sheet.content()
    sheet.draw(content[: run.end] + b"\n" + drawn + content[run.end :])


def around(sheet: Sheet, before: bytes, after: bytes = b"") -> None:
    """Draw a value between two things."""
    run = sheet.find(fields("birth")["personal_id"])
    content = sheet.content()
    inner = content[run.start : run.end]
    sheet.draw(content[: run.start] + before + inner + after + content[run.end :])


def place(sheet: Sheet) -> tuple[float, float]:
    """Return where the value begins that the next functions cover."""
    run = sheet.find(fields("birth")["personal_id"])
    return float(run.x), float(run.y)


def covered(sheet: Sheet) -> None:
    """Paint a white box over a value and other digits over that."""
    x, y = place(sheet)
    run = sheet.find(fields("birth")["personal_id"])
    over(sheet, b"q /c0 cs 1 scn %f %f 120 12 re f Q" % (x, y - 3))
    sheet.write(run, tuple(reversed(run.codes)))


def clipped(sheet: Sheet) -> None:
    """Cut a value off, so that nothing of it is seen."""
    around(sheet, b"q 0 0 1 1 re W n\n", b"\nQ")


def clipped_like_the_symbol(sheet: Sheet) -> None:
    """Hide a value in the one phrase that cuts off."""
    around(sheet, b"q 0 0 m 1 0 l 1 1 l 0 1 l\nh\nW\nn\n", b"\nQ\n")


def unseen(mode: int) -> Callable[[Sheet], None]:
    """Show a value in a mode that paints nothing, and draw other digits."""

    def change(sheet: Sheet) -> None:
        run = sheet.find(fields("birth")["personal_id"])
        content = sheet.content()
        drawn = content[run.start : run.end].replace(b"0 Tr", b"%d Tr" % mode)
        sheet.put(run, drawn)

    return change


def pale(sheet: Sheet) -> None:
    """Print a value in white."""
    run = sheet.find(fields("birth")["personal_id"])
    content = sheet.content()
    sheet.put(run, content[run.start : run.end].replace(b"cs 0 scn", b"cs 1 scn"))


def tiny(sheet: Sheet) -> None:
    """Print a value so small that nobody sees it."""
    run = sheet.find(fields("birth")["personal_id"])
    content = sheet.content()
    sheet.put(run, content[run.start : run.end].replace(b" %s Tf" % run.size.encode(), b" 1 Tf"))


def off_the_page(sheet: Sheet) -> None:
    """Print a value beside the page."""
    run = sheet.find(fields("birth")["personal_id"])
    sheet.write(run, x="700")


def piled_up(sheet: Sheet) -> None:
    """Print two digits on the same spot, so that one is read."""
    run = sheet.find(fields("birth")["personal_id"])
    content = sheet.content()
    digits = b"".join(b"%04X" % code for code in run.codes)
    drawn = re.sub(
        rb"Tm ?\[.*\]TJ",
        lambda _: b"Tm[<" + digits[:-4] + b">465<" + digits[-4:] + b">]TJ",
        content[run.start : run.end],
        flags=re.DOTALL,
    )
    sheet.put(run, drawn)


def parted(sheet: Sheet) -> None:
    """Part a number in two by a gap that no space of the font makes."""
    run = sheet.find(fields("birth")["personal_id"])
    content = sheet.content()
    digits = b"".join(b"%04X" % code for code in run.codes)
    drawn = re.sub(
        rb"Tm ?\[.*\]TJ",
        lambda _: b"Tm[<" + digits[:-16] + b">-400<" + digits[-16:] + b">]TJ",
        content[run.start : run.end],
        flags=re.DOTALL,
    )
    sheet.put(run, drawn)


def exchanged_places(sheet: Sheet) -> None:
    """Let mother and father stand in each other's place, in the order of the form as before."""
    mother = sheet.find(fields("birth")["mother.full_name"])
    father = sheet.find(fields("birth")["father.full_name"])
    sheet.write(father, x=mother.x, y=mother.y)
    mother = sheet.find(fields("birth")["mother.full_name"])
    sheet.write(mother, x=father.x, y=father.y)


def moved_up(sheet: Sheet) -> None:
    """Put a value beside the label above."""
    run = sheet.find(fields("birth")["father.full_name"])
    sheet.write(run, x="400", y=f"{float(run.y) + 18.8:.4f}")


def turned(sheet: Sheet) -> None:
    """Turn the whole page upside down."""
    sheet.page().Rotate = 180


def turned_by_the_tree(sheet: Sheet) -> None:
    """Turn all pages, by what they inherit."""
    sheet.pdf.Root.Pages.Rotate = 180


def cropped(sheet: Sheet) -> None:
    """Show the lower half of the page only."""
    sheet.page().CropBox = pikepdf.Array([0, 0, 595, 500])


def cropped_by_the_tree(sheet: Sheet) -> None:
    """Show the lower half of all pages, by what they inherit."""
    sheet.pdf.Root.Pages.CropBox = pikepdf.Array([0, 0, 595, 500])


def private_data(sheet: Sheet) -> None:
    """Hang a program's private data to the page."""
    data = sheet.pdf.make_stream(b"another page")
    sheet.page().PieceInfo = pikepdf.Dictionary(
        Editor=pikepdf.Dictionary(LastModified="D:20261121000000Z", Private=data)
    )


def other_ink(sheet: Sheet) -> None:
    """Keep every number of the page and let the colour profile turn black into white."""
    space = sheet.page().Resources.ColorSpace["/c0"]
    profile = bytearray(space[1].read_bytes())
    profile[-4:] = b"\0\0\0\0"
    stream = sheet.pdf.make_stream(bytes(profile))
    stream.N = 1
    stream.Range = pikepdf.Array([0, 1])
    sheet.page().Resources.ColorSpace["/c0"] = pikepdf.Array([pikepdf.Name.ICCBased, stream])


# --- strokes and pictures --------------------------------------------------------------------------


def stroke(points: str, *, pen: str = "0.7", dotted: bool = False) -> Callable[[Sheet], None]:
    """Draw a line beside or over a value; points count from its first letter."""

    def change(sheet: Sheet) -> None:
        x, y = place(sheet)
        dots = b"1 J[0.4 1.9]0 d " if dotted else b""
        over(
            sheet,
            b"q 1 0 0 -1 %f %f cm/c0 CS 0 SCN %s w 4 M %s%s\nS\nQ"
            % (x, y, pen.encode(), dots, points.encode()),
        )

    return change


def filled(sheet: Sheet) -> None:
    """Draw a further digit as a black shape before a number."""
    x, y = place(sheet)
    over(sheet, b"q 1 0 0 -1 %f %f cm/c0 cs 0 scn -4 -8 m -3 -8 l -3 0 l -4 0 l\nh\nf\nQ" % (x, y))


def picture(sheet: Sheet) -> None:
    """Put a picture over a value."""
    x, y = place(sheet)
    image = sheet.pdf.make_stream(b"\xff" * 64)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width = image.Height = image.BitsPerComponent = 8
    image.ColorSpace = pikepdf.Name.DeviceGray
    sheet.page().Resources.XObject = pikepdf.Dictionary(Im1=image)
    over(sheet, b"q 100 0 0 12 %f %f cm /Im1 Do Q" % (x, y - 3))


def inline_picture(sheet: Sheet) -> None:
    """Put a picture that is written into the page over a value."""
    x, y = place(sheet)
    over(sheet, b"q 60 0 0 12 %f %f cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q" % (x, y - 3))


def see_through(sheet: Sheet) -> None:
    """Make a value invisible by a state of transparency."""
    sheet.page().Resources.ExtGState = pikepdf.Dictionary(
        G0=pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, ca=0)
    )
    around(sheet, b"q /G0 gs ", b" Q")


def shading(sheet: Sheet) -> None:
    """Pour white over a value."""
    x, y = place(sheet)
    sheet.page().Resources.Shading = pikepdf.Dictionary(
        S0=pikepdf.Dictionary(
            ShadingType=2,
            ColorSpace=pikepdf.Name.DeviceGray,
            Coords=[0, 0, 1, 0],
            Function=pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[1], N=1),
            Extend=[True, True],
        )
    )
    over(sheet, b"q %f %f 100 12 re W n /S0 sh Q" % (x, y - 3))


def drawn_form(sheet: Sheet) -> None:
    """Draw other digits by a form beside the page's own content."""
    form = sheet.pdf.make_stream(b"0 0 m 8 8 l S")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, 100, 20])
    sheet.page().Resources.XObject = pikepdf.Dictionary(Fm1=form)
    x, y = place(sheet)
    over(sheet, b"q 1 0 0 1 %f %f cm /Fm1 Do Q" % (x, y))


def second_stream(sheet: Sheet) -> None:
    """Draw the page from two streams, the second of which adds a word."""
    more = sheet.pdf.make_stream(b"q 0 0 m 300 300 l S Q")
    page = sheet.page()
    page.Contents = pikepdf.Array([page.Contents, more])


def further_page(sheet: Sheet) -> None:
    """Add an empty page."""
    sheet.pdf.add_blank_page(page_size=(595, 842))


def further_words(sheet: Sheet) -> None:
    """Write a word more than the form has, with glyphs of the page."""
    run = sheet.find(fields("birth")["full_name"])
    content = sheet.content()
    again = content[run.start : run.end].replace(run.y.encode(), b"30.5")
    sheet.draw(content + b"\n" + again)


# --- the fields of the signatures --------------------------------------------------------------------


def in_the_field(sheet: Sheet) -> None:
    """Let the look of the seal's field name another office."""
    form = sheet.page().Annots[0].AP.N
    content = form.read_bytes()
    at = content.index(b"[(") + 2
    form.write(content[:at] + content[at + 8 : at + 16] + content[at + 8 :])


def squeezed_field(sheet: Sheet) -> None:
    """Let the look of the person's field shrink to nothing."""
    form = sheet.page().Annots[1].AP.N
    form.BBox = pikepdf.Array([0, 0, 13000, 6800])


def field_over_text(sheet: Sheet) -> None:
    """Lay the seal's field over a line of the form."""
    widget = sheet.page().Annots[0]
    height = 68.03149
    widget.Rect = pikepdf.Array([100, 600, 230.39369, 600 + height])


def struck_out_in_the_field(sheet: Sheet) -> None:
    """Strike out what the seal's field says, with the pen of its frame."""
    form = sheet.page().Annots[0].AP.N
    content = form.read_bytes()
    frame = re.search(rb"q 1 0 0 -1 0 [\d.]+ cm/c0 CS [\d. ]+ SCN 0\.7 w 4 M ", content)
    assert frame is not None
    form.write(content.rstrip() + b"\n" + frame[0] + b"10 25 m 110 25 l S\nQ\n")


def bent_frame(sheet: Sheet) -> None:
    """Let the frame of the person's field bend across its text."""
    form = sheet.page().Annots[1].AP.N
    content, found = re.subn(
        rb"c\n?(?=S\nQ)", b"c 5 30 60 50 120 20 c ", form.read_bytes(), count=1
    )
    assert found
    form.write(content)


# --- the symbol --------------------------------------------------------------------------------------


_SQUARE = re.compile(rb"q (?:[\d.]+ [\d.]+ [ml] ?)+\nh\nW\nn\n.*?\nf\*?\nQ\nQ\n", re.DOTALL)


def symbol_of(sheet: Sheet) -> bytes:
    """Return what draws the symbol."""
    match = _SQUARE.search(sheet.content())
    assert match is not None
    return match[0]


def symbol_of_another(sheet: Sheet) -> None:
    """Print the symbol of another person's copy."""
    other: list[bytes] = []
    with pikepdf.open(BytesIO(typeset_copy("birth", seed=2).pdf)) as pdf:
        other.append(symbol_of(Sheet(pdf)))
    sheet.draw(sheet.content().replace(symbol_of(sheet), other[0]))


def second_symbol(sheet: Sheet) -> None:
    """Print the same symbol once more at the top of the page."""
    symbol = symbol_of(sheet)
    sheet.draw(sheet.content() + b"\nq 1 0 0 1 0 480 cm\n" + symbol + b"Q\n")


def no_symbol(sheet: Sheet) -> None:
    """Print no symbol."""
    sheet.draw(sheet.content().replace(symbol_of(sheet), b""))


def moved_symbol(sheet: Sheet) -> None:
    """Print the symbol in the empty corner at the end of the page."""
    symbol = symbol_of(sheet)
    sheet.draw(sheet.content().replace(symbol, _shifted(symbol, 250.0, -220.0)))


def small_symbol(sheet: Sheet) -> None:
    """Print the symbol at half its size, in its own phrase."""
    symbol = symbol_of(sheet)
    half = re.sub(
        rb"([\d.]+) 0 0 -([\d.]+) ",
        lambda m: b"%f 0 0 -%f " % (float(m[1]) / 2, float(m[2]) / 2),
        symbol,
    )
    numbers = [float(n) for n in re.findall(rb"[\d.]+", symbol)[:8]]
    left, top, right, _, _, bottom = numbers[:6]
    right, bottom = (left + right) / 2, (top + bottom) / 2
    inner = b"%f %f m %f %f l %f %f l %f %f l" % (
        left,
        top,
        right,
        top,
        right,
        bottom,
        left,
        bottom,
    )
    half = b"q " + inner + half[half.index(b"\nh\nW") :]
    quiet = re.findall(rb"([\d.]+) ([\d.]+) cm", half)
    moved = b"%f %f cm" % (
        left + (float(quiet[1][0]) - left) / 2,
        top + (float(quiet[1][1]) - top) / 2,
    )
    half = half.replace(b"%s %s cm" % quiet[1], moved)
    sheet.draw(sheet.content().replace(symbol, half))


def symbol_struck_out(sheet: Sheet) -> None:
    """Draw a line across the symbol, which readers correct."""
    line = b"q 1 0 0 -1 71 290 cm/c0 CS 0 SCN 0.7 w 4 M 0 0 m 99 0 l\nS\nQ\n"
    sheet.draw(sheet.content() + b"\n" + line)


def text_in_the_symbol(sheet: Sheet) -> None:
    """Write a word of the form over the symbol."""
    run = sheet.find("Mã bản sao")
    sheet.write(run, x="90", y="290")


def _shifted(symbol: bytes, across: float, along: float) -> bytes:
    """Return what draws the symbol elsewhere."""
    head, _, tail = symbol.partition(b"\nW\nn\n")
    numbers = [float(n) for n in re.findall(rb"[\d.]+", head)]
    moved = [n + (across if i % 2 == 0 else along) for i, n in enumerate(numbers)]
    corners = b" ".join(
        b"%f %f %s" % (moved[i], moved[i + 1], b"ml"[i > 0 : (i > 0) + 1]) for i in (0, 2, 4, 6)
    )

    def matrix(match: re.Match[bytes]) -> bytes:
        return b"%s 0 0 %s %f %f cm" % (
            match[1],
            match[2],
            float(match[3]) + across,
            float(match[4]) + along,
        )

    body = re.sub(rb"([\d.]+) 0 0 (-[\d.]+) ([\d.]+) ([\d.]+) cm", matrix, tail)
    return b"q " + corners + b"\nh\nW\nn\n" + body


# --- what is attached ----------------------------------------------------------------------------------


def exchanged_names(sheet: Sheet) -> None:
    """Let each of the two attachments bear the other's name."""
    names = {"copy.vnc1": "record.json", "record.json": "copy.vnc1"}
    for entry in sheet.pdf.Root.AF:
        name = names[str(entry.F)]
        entry.F, entry.UF = pikepdf.String(name), pikepdf.String(name)


def exchanged_keys(sheet: Sheet) -> None:
    """Let readers that go by the name tree find each attachment under the other's name."""
    tree = sheet.pdf.Root.Names.EmbeddedFiles
    names = tree.Names if "/Names" in tree else tree.Kids[0].Names
    names[1], names[3] = names[3], names[1]


def other_names(sheet: Sheet) -> None:
    """Let an attachment have one name for old readers and one for new ones."""
    for entry in sheet.pdf.Root.AF:
        if str(entry.F) == "record.json":
            entry.UF = pikepdf.String("copy.vnc1")


def other_record(sheet: Sheet) -> None:
    """Attach the record of another person."""
    _attach(sheet, "record.json", typeset_copy("birth", seed=2).record.to_json())


def changed_record(sheet: Sheet) -> None:
    """Attach the record with another name in it."""
    record = typeset_copy("birth").record.to_json()
    name = str(typeset_copy("birth").record.document.full_name)
    word = name.split(maxsplit=1)[0]
    _attach(sheet, "record.json", record.replace(word.encode(), word[::-1].encode(), 1))


def other_message(sheet: Sheet) -> None:
    """Attach the signed symbol of another copy."""
    other = typeset_copy("birth", seed=2)
    with pikepdf.open(BytesIO(other.pdf)) as pdf:
        content = next(
            entry.EF.F.read_bytes() for entry in pdf.Root.AF if str(entry.F) == "copy.vnc1"
        )
    _attach(sheet, "copy.vnc1", content)


def _attach(sheet: Sheet, name: str, content: bytes) -> None:
    for entry in sheet.pdf.Root.AF:
        if str(entry.F) == name:
            entry.EF.F.write(content)
            entry.EF.UF = entry.EF.F


def _value(value: str, sheet: Sheet) -> None:
    sheet.exchange(value)


_PAGE = (CheckId.PAGE_TEXT, Reason.PAGE_TEXT_DIFFERS)
_SYMBOL = (CheckId.PRINTED_SYMBOL, Reason.SYMBOL_DIFFERS)
_NO_SYMBOL = (CheckId.PRINTED_SYMBOL, Reason.SYMBOL_MISSING)
_RECORD = (CheckId.RECORD_MATCHES_PAYLOAD, Reason.RECORD_DIFFERS)
_HIDDEN = (CheckId.ACTIVE_CONTENT, Reason.HIDDEN_LAYER)
_NAMES = (CheckId.RECORD_EMBEDDED, Reason.RECORD_MISSING)

_CHANGES: tuple[tuple[tuple[CheckId, Reason], tuple[Callable[[Sheet], None], ...]], ...] = (
    (
        _PAGE,
        (
            lying_map, swapped_outlines, foreign_outline, lying_widths, real_text, said_otherwise,
            other_kind_of_font, covered, clipped, clipped_like_the_symbol, pale, tiny, off_the_page,
            piled_up, parted, exchanged_places, moved_up, turned, turned_by_the_tree, cropped,
            cropped_by_the_tree, private_data, other_ink, filled, picture, inline_picture, see_through,
            shading, drawn_form, second_stream, further_page, further_words, in_the_field,
            squeezed_field, field_over_text, struck_out_in_the_field, bent_frame, second_symbol,
            text_in_the_symbol, symbol_struck_out, moved_symbol,
        ),
    ),
    (_SYMBOL, (symbol_of_another, other_message, small_symbol)),
    (_NO_SYMBOL, (no_symbol,)),
    (_HIDDEN, (replaced_in_the_structure,)),
    (_RECORD, (changed_record, other_record)),
    (_NAMES, (exchanged_names, exchanged_keys, other_names)),
)  # fmt: skip
struck_out = stroke("0 -4 m 90 -4 l")
_STROKES: dict[str, Callable[[Sheet], None]] = {
    "unseen-mode-3": unseen(3),
    "unseen-mode-7": unseen(7),
    "outlined-mode-1": unseen(1),
    "struck-out": struck_out,
    "stroke-makes-another-letter": stroke("2 -6 m 2 0 l"),
    "short-stroke-after-a-number": stroke("86 -3 m 90 -3 l"),
    "thick-stroke": stroke("0 3 m 90 3 l", pen="4"),
    "slanted-stroke": stroke("0 0 m 90 -9 l"),
    "dotted-stroke-through": stroke("0 -4 m 90 -4 l", pen="0.6", dotted=True),
}


def files() -> tuple[AttackFile, ...]:
    """Return every tampered page."""
    rows: list[tuple[str, TypeName, Callable[[Sheet], None], tuple[CheckId, Reason]]] = [
        (f"glyph-{variant}", name, partial(_value, value), _PAGE)
        for variant, (name, value) in values().items()
    ]
    rows += [
        (change.__name__.replace("_", "-"), "birth", change, outcome)
        for outcome, changes in _CHANGES
        for change in changes
    ]
    rows += [(variant, "birth", change, _PAGE) for variant, change in _STROKES.items()]
    rows += [
        (f"{change.__name__.replace('_', '-')}-{name}", name, partial(change, name=name), _PAGE)
        for name in TYPES[1:]
        for change in (lying_map, swapped_outlines, foreign_outline, lying_widths)
    ]
    return tuple(
        AttackFile(
            family=FAMILY,
            variant=variant,
            base="copy",
            build=partial(tampered, name, change),
            check=check,
            reason=reason,
        )
        for variant, name, change, (check, reason) in rows
    )
