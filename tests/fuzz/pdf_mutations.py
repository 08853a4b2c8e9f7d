"""Mutations that know what a PDF is made of: tokens, objects, tables, revisions, byte ranges, CMS."""

from __future__ import annotations

import io
import re
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pikepdf

from fuzz.mutations import spoil
from support.raw_revisions import raw_revision

if TYPE_CHECKING:
    from random import Random

SIGN = b"%SIGN"
"""Begins an unsigned page that is to be signed first; ``C`` or ``P`` follows, for a copy or a page of
somebody else."""
TOKEN = re.compile(
    rb"/[A-Za-z0-9.#+_-]+|\d+ \d+ R|-?\d+(?:\.\d+)?|<<|>>|\[|\]|\bobj\b|\bendobj\b|\bstream\b"
    rb"|\bendstream\b|\bxref\b|\btrailer\b|\bstartxref\b|\btrue\b|\bfalse\b|\bnull\b|%%EOF"
    rb"|\((?:[^()\\]|\\.){0,200}\)|<[0-9A-Fa-f]{2,64}>"
)
OBJECT = re.compile(rb"(?:^|[\r\n])(\d+) (\d+) obj\b(.{0,20000}?)endobj", re.DOTALL)
TABLE = re.compile(rb"[\r\n](xref\s|\d+ 0 obj\s*<<[^>]{0,300}/XRef)")
NUMBERS = (
    b"0 1 -1 2 3 255 65535 65536 2147483647 2147483648 -2147483648 4294967296 9999999999 "
    b"99999999999999999999 1.5 -0 1e9 . 00000000001 "
).split()
NAMES = tuple(
    b"/" + each
    for each in (
        b"Type Subtype Sig DocTimeStamp ByteRange Contents Filter SubFilter FlateDecode LZWDecode "
        b"ASCIIHexDecode DCTDecode Crypt Length Kids Count Parent Prev XRefStm Root Size ID W Index N "
        b"First Extends Annots AcroForm Fields SigFlags V FT T Rect AP Perms DocMDP P Lock Reference "
        b"TransformParams DSS Certs OCSPs CRLs VRI Names EmbeddedFiles AF EF UF Metadata OCProperties "
        b"OpenAction AA JavaScript Encrypt Font ToUnicode CIDToGIDMap W2 DW Widths Resources XObject "
        b"Form MediaBox UserUnit #42yteRange "
    ).split()
)
TEXTS = (
    b"()",
    b"(\\377\\376)",
    b"<>",
    b"<FEFF>",
    b"(D:20261121102135+07'00')",
    b"(D:99999999999999Z)",
    b"(x)",
)
OTHERS = (
    b"null",
    b"true",
    b"[ ]",
    b"<< >>",
    b"[ [ [ [ ] ] ] ]",
    b"endobj",
    b"%%EOF\n",
    b"stream\n",
    b"<<",
    b"]",
)
NEVER = ("/Length",)


def mutate(data: bytes, dice: Random) -> bytes:
    """Return another file made from one."""
    if data.startswith(SIGN):
        head = len(SIGN) + 1
        change = dice.choice((_nonsense, _nonsense, _drawing, _drawing, _tokens))
        return data[:head] + change(data[head:], dice)
    choice = dice.choice(CHANGES)
    try:
        changed = choice(data, dice)
        return mended(changed) if len(changed) != len(data) and dice.random() < 0.6 else changed
    except (ValueError, IndexError, OverflowError, zlib.error):
        return spoil(data, dice)  # no longer what the change needs


def mended(data: bytes) -> bytes:
    """Let the last pointer point to the last table or stream of places again."""
    tables = [*TABLE.finditer(data)]
    cut = data.rfind(b"startxref")
    if not tables or cut < 0:
        return data
    return data[:cut] + b"startxref\n%d\n%%%%EOF\n" % tables[-1].start(1)


def _bytes(data: bytes, dice: Random) -> bytes:
    return spoil(data, dice, 20)


def _tokens(data: bytes, dice: Random) -> bytes:
    """Replace words of the syntax by others of their kind, or of another."""
    for _ in range(dice.choice((1, 1, 2, 4))):
        place = dice.randrange(len(data))
        found = TOKEN.search(data, place) or TOKEN.search(data)
        if found is None:
            return spoil(data, dice)
        new = _other_token(found.group(), data, dice)
        if dice.random() < 0.5 and len(new) < len(found.group()):
            new = new.ljust(len(found.group()))  # what follows stays where tables say it is
        data = data[: found.start()] + new + data[found.end() :]
    return data


def _other_token(old: bytes, data: bytes, dice: Random) -> bytes:
    if dice.random() < 0.15:
        return dice.choice((*NUMBERS, *NAMES, *TEXTS, *OTHERS, b""))
    if old.startswith(b"/"):
        return dice.choice(NAMES)
    if old.endswith(b"R"):
        most = data.count(b" obj") * 2 + 2
        return b"%d %d R" % (dice.randrange(most), dice.choice((0, 0, 0, 1, 65535)))
    if old[:1].isdigit() or old.startswith(b"-"):
        if dice.random() < 0.5 and old.lstrip(b"-").isdigit():
            return b"%d" % (int(old[:12]) + dice.choice((-1, 1, -2, 10, 256)))
        return dice.choice(NUMBERS)
    if old[:1] in b"(<":
        return dice.choice(TEXTS)
    return dice.choice(OTHERS)


def _objects(data: bytes, dice: Random) -> bytes:
    """Swap, double, remove or renumber whole objects where they lie."""
    found = [*OBJECT.finditer(data)]
    one, two = dice.choice(found), dice.choice(found)
    match dice.randrange(4):
        case 0:
            first, second = sorted((one, two), key=lambda each: each.start())
            if first.end() > second.start():
                return spoil(data, dice)
            middle = data[first.end() : second.start()]
            return (
                data[: first.start()]
                + second.group()
                + middle
                + first.group()
                + data[second.end() :]
            )
        case 1:
            place = dice.choice((two.start(), len(data)))
            return data[:place] + one.group() + data[place:]
        case 2:
            return data[: one.start()] + b" " * len(one.group()) + data[one.end() :]
        case _:
            return data[: one.start(1)] + two.group(1) + data[one.end(1) :]


def _revision(data: bytes, dice: Random) -> bytes:
    """Append a revision that replaces objects by mutated ones."""
    found = [*OBJECT.finditer(data)]
    changes: dict[int, bytes | None] = {}
    for _ in range(dice.choice((1, 1, 2, 5))):
        one = dice.choice(found)
        body = one.group(3)
        if dice.random() < 0.7:
            body = _tokens(body, dice)
        number = dice.choice((int(one.group(1)), dice.randrange(1, 400)))
        changes[number] = None if dice.random() < 0.1 else body
    extra = dice.choice((b"", b"", b"/Encrypt << >>", b"/Root 1 0 R", b"/Prev 0", b"/Size 1"))
    return _with_table(data, changes, extra, dice)


def _with_table(data: bytes, changes: dict[int, bytes | None], extra: bytes, dice: Random) -> bytes:
    """Append objects with a table or a stream of their places, now and then a wrong one."""
    if b"/Type /XRef" in data[-3_000:] and dice.random() < 0.6:
        return raw_revision(data, changes, extra)
    previous = data[data.rindex(b"startxref") :].split()[1]
    root = re.findall(rb"/Root (\d+ 0 R)", data)[-1]
    body, table = b"\n", b""
    for number, content in sorted(changes.items()):
        if content is None:
            table += b"%d 1\n0000000000 00001 f \n" % number
            continue
        place = len(data) + len(body) + (0 if dice.random() < 0.9 else dice.choice((-1, 1, 50)))
        table += b"%d 1\n%010d 00000 n \n" % (number, max(place, 0))
        body += b"%d 0 obj%sendobj\n" % (number, content)
    at = len(data) + len(body)
    size = max(changes) + 1 + dice.choice((0, 500))
    trailer = b"<< /Size %d /Root %s /Prev %s %s >>" % (size, root, previous, extra)
    end = dice.choice((b"%%EOF\n", b"%%EOF\n", b"%%EOF", b"", b"%%EOF\n\n", b"%EOF\n"))
    return (
        data + body + b"xref\n" + table + b"trailer\n" + trailer + b"\nstartxref\n%d\n" % at + end
    )


def _earlier(data: bytes, dice: Random) -> bytes:
    """End the file at an earlier end mark, or put parts of it after each other again."""
    ends = [each.end() for each in re.finditer(rb"%%EOF\r?\n?", data)]
    cut = dice.choice(ends)
    match dice.randrange(3):
        case 0:
            return data[:cut]
        case 1:
            return data[:cut] + data[dice.choice(ends) :]
        case _:
            return data + data[cut:]


def _ranges(data: bytes, dice: Random) -> bytes:
    """Write other byte ranges, in their place or once more."""
    found = [*re.finditer(rb"/ByteRange\s*\[[^\]]*\]", data)]
    one = dice.choice(found)
    numbers = [int(each) for each in re.findall(rb"-?\d+", one.group())]
    for _ in range(dice.choice((1, 1, 2))):
        place = dice.randrange(len(numbers))
        numbers[place] = max(
            -(10**9), numbers[place] + dice.choice((-1, 1, 2, -2, 100, -100, 10**6, -(10**10)))
        )
    if dice.random() < 0.2:
        numbers = dice.choice((numbers[:3], numbers * 2, numbers[::-1], [], [*numbers, 0, 0]))
    new = b"/ByteRange [%s]" % b" ".join(b"%d" % each for each in numbers)
    if dice.random() < 0.2:
        return data[: one.start()] + new + b" " + data[one.start() :]
    return data[: one.start()] + new.ljust(len(one.group())) + data[one.end() :]


def _signature(data: bytes, dice: Random) -> bytes:
    """Change the DER of a signature or token inside of its gap."""
    found = [*re.finditer(rb"<([0-9A-Fa-f]{200,})>", data)]
    one = dice.choice(found)
    digits = one.group(1)
    padding = len(digits) - len(digits.rstrip(b"0"))
    content = bytes.fromhex(digits[: len(digits) - padding + padding % 2].decode())
    changed = der(content, dice).hex().encode()
    if dice.random() < 0.9:
        changed = changed[: len(digits)].ljust(len(digits), b"0")
    return data[: one.start(1)] + changed + data[one.end(1) :]


def der(content: bytes, dice: Random) -> bytes:
    """Change values, types or lengths of DER, keeping the lengths around them right now and then."""
    elements = [*_elements(content, 0, len(content), 0)]
    if not elements or dice.random() < 0.2:
        return spoil(content, dice)
    start, head, end, _ = dice.choice(elements)
    changed = bytearray(content)
    match dice.randrange(6):
        case 0:
            changed[start] = dice.choice(
                (2, 3, 4, 5, 6, 12, 19, 22, 23, 24, 48, 49, 160, 161, 128, 0, 31, 255)
            )
        case 1:
            changed[start + 1] = dice.choice((0, 127, 128, 129, 130, 132, 255))
        case 2 if end > head:
            place = dice.randrange(head, end)
            changed[place] = dice.randrange(256)
        case 3:
            _, other_head, other_end, _ = dice.choice(elements)
            size = min(end - head, other_end - other_head)
            changed[head : head + size] = content[other_head : other_head + size]
        case 4:
            return _resized(content, start, b"", end)
        case _:
            other_start, _, other_end, _ = dice.choice(elements)
            return _resized(content, start, content[other_start:other_end], end)
    return bytes(changed)


def _resized(content: bytes, start: int, new: bytes, end: int) -> bytes:
    """Replace an element and mend the lengths of everything around it."""
    around = [
        each
        for each in _elements(content, 0, len(content), 0)
        if each[0] < start and each[2] >= end
    ]
    for outer_start, outer_head, outer_end, _ in sorted(around, reverse=True):
        inside = content[outer_head:start] + new + content[end:outer_end]
        new, start, end = (
            content[outer_start : outer_start + 1] + length(len(inside)) + inside,
            outer_start,
            outer_end,
        )
    return content[:start] + new + content[end:]


def length(size: int) -> bytes:
    """Return a DER length."""
    if size < 128:
        return bytes((size,))
    width = (size.bit_length() + 7) // 8
    return bytes((0x80 + width,)) + size.to_bytes(width)


def _elements(content: bytes, at: int, end: int, depth: int) -> Any:
    """Yield (start, start of the value, end, depth) of every element that DER names."""
    while at + 2 <= end:
        head, size = at + 2, content[at + 1]
        if size >= 0x80:
            width = size - 0x80
            size = int.from_bytes(content[head : head + width])
            head += width
            if not 0 < width < 5:
                return
        if head + size > end:
            return
        yield at, head, head + size, depth
        if content[at] & 0x20 and depth < 30:
            yield from _elements(content, head, head + size, depth + 1)
        at = head + size


def _streams(data: bytes, dice: Random) -> bytes:
    """Inflate a stream, change what is in it, and deflate it again."""
    found = [*re.finditer(rb"stream\r?\n", data)]
    one = dice.choice(found)
    end = data.index(b"endstream", one.end())
    packed = data[one.end() : end]
    with suppress(zlib.error):
        plain = zlib.decompress(packed)
        plain = _tokens(plain, dice) if dice.random() < 0.5 else spoil(plain, dice)
        again = zlib.compress(plain, 9)
        return data[: one.end()] + again.ljust(len(packed), b"\n") + data[end:]
    return data[: one.end()] + spoil(packed, dice) + data[end:]


def _end(data: bytes, dice: Random) -> bytes:
    """Change what stands at the end: pointer, mark, trailer."""
    cut = max(len(data) - dice.choice((40, 300, 2_000)), 0)
    tail = data[cut:]
    return data[:cut] + (_tokens(tail, dice) if dice.random() < 0.7 else spoil(tail, dice))


def _nonsense(page: bytes, dice: Random) -> bytes:
    """Replace, remove or point elsewhere some values of an unsigned page."""
    values: tuple[Any, ...] = (
        0, -1, 10**9, 3.5, True, pikepdf.Name("/X"), pikepdf.String("x"), pikepdf.Array(),
        pikepdf.Dictionary(), pikepdf.Array([0, 0, 0, 0]), pikepdf.Array([10**6, -5, 2, 1]),
        pikepdf.String("\ufeff"),
    )  # fmt: skip
    try:
        with pikepdf.open(io.BytesIO(page)) as pdf:
            holders = [
                each
                for each in pdf.objects
                if isinstance(each, pikepdf.Dictionary | pikepdf.Stream)
            ]
            spread = [each for each in holders if each.get("/Type") != "/StructElem"]
            for _ in range(dice.choice((1, 1, 2, 4))):
                item = dice.choice(spread)
                while dice.random() < 0.4:  # deeper
                    inner = [v for v in item.values() if isinstance(v, pikepdf.Dictionary)]
                    if not inner:
                        break
                    item = dice.choice(inner)
                _changed(item, dice, values, holders)
            out = io.BytesIO()
            pdf.save(out, static_id=True, fix_metadata_version=False)
            return out.getvalue()
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, RecursionError, IndexError):
        return _tokens(page, dice)


def _drawing(page: bytes, dice: Random) -> bytes:
    """Change a few words of what draws the page: its content, forms, fonts and their maps."""
    try:
        with pikepdf.open(io.BytesIO(page)) as pdf:
            streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
            drawing = [each for each in streams if str(each.get("/Type", "")) in {"", "/XObject"}]
            item = dice.choice(drawing)
            plain = item.read_bytes()
            for _ in range(dice.choice((1, 1, 2, 5))):
                plain = _tokens(plain, dice) if dice.random() < 0.8 else spoil(plain, dice)
            item.write(plain)
            out = io.BytesIO()
            pdf.save(out, static_id=True, fix_metadata_version=False)
            return out.getvalue()
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, IndexError):
        return _nonsense(page, dice)


def _changed(item: Any, dice: Random, values: tuple[Any, ...], holders: list[Any]) -> None:
    names = [name for name in item.keys() if name not in NEVER]  # noqa: SIM118 - pikepdf's own
    if not names:
        return
    name, choice = dice.choice(names), dice.random()
    with suppress(pikepdf.PdfError, ValueError, KeyError, TypeError):
        if choice < 0.15:
            del item[name]
        elif choice < 0.4:
            item[name] = dice.choice(holders)
        elif choice < 0.5 and isinstance(item, pikepdf.Stream):
            item.write(spoil(item.read_bytes(), dice))
        elif choice < 0.6:
            item[pikepdf.Name(dice.choice(NAMES).decode().replace("#42", "B"))] = dice.choice(
                values
            )
        else:
            item[name] = dice.choice(values)


CHANGES = (
    _bytes, _bytes, _tokens, _tokens, _tokens, _objects, _revision, _revision, _revision, _earlier, _ranges,
    _signature, _signature, _signature, _streams, _end,
)  # fmt: skip
"""Ways to change a signed file, the more telling ones more often."""
