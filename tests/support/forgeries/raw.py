"""Bytes of a signed PDF, taken apart and put together by hand: no library lets one write these files."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import pikepdf

from support.forgeries.plain import plain
from support.pdf_copies import issued

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from support.forgeries.kinds import Base

Style = Literal["table", "stream"]
_SPAN = re.compile(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\] *")
_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")


def base(kind: Base) -> bytes:
    """Return the file that is forged: a copy of ours, or the signed page of somebody else."""
    return issued().pdf if kind == "copy" else plain()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the parts of one signature dictionary stand."""

    key: int
    """Of ``/Contents``."""
    head: int
    """Of the ``<`` of its value."""
    start: int
    """After the ``>`` of its value."""
    end: int
    """After the last byte covered."""
    span: tuple[int, int]
    """Of ``/ByteRange``, the blanks after it included."""


def places(pdf: bytes) -> list[Place]:
    """Return the places of all signatures by what they cover."""
    found = []
    for match in _SPAN.finditer(pdf):
        _, head, start, rest = (int(number) for number in match.groups())
        key = pdf.rindex(b"/Contents", 0, head)
        found.append(Place(key=key, head=head, start=start, end=start + rest, span=match.span()))
    return sorted(found, key=lambda place: place.end)


def put(pdf: bytes, where: tuple[int, int], text: bytes) -> bytes:
    """Write ``text`` over a part of the file, filled with blanks; every offset stays."""
    first, last = where
    assert len(text) <= last - first, (len(text), last - first)
    return pdf[:first] + text.ljust(last - first) + pdf[last:]


def put_contents(pdf: bytes, der: bytes, place: Place | None = None) -> bytes:
    """Write other bytes into the room for the CMS, filled with zeros; every offset stays."""
    at = place or places(pdf)[-1]
    room = at.start - at.head - 2
    text = der.hex().encode()
    assert len(text) <= room, (len(text), room)
    return pdf[: at.head] + b"<" + text.ljust(room, b"0") + b">" + pdf[at.start :]


def contents(pdf: bytes, place: Place | None = None) -> bytes:
    """Return the CMS of a signature with its padding."""
    at = place or places(pdf)[-1]
    return bytes.fromhex(pdf[at.head + 1 : at.start - 1].decode())


def last_section(pdf: bytes) -> int:
    """Return where the last cross-reference section stands."""
    match = _END.search(pdf)
    assert match is not None
    return int(match[1])


def style_of(pdf: bytes) -> Style:
    """Return how the file's cross-reference sections are written."""
    return "table" if pdf[last_section(pdf) :].startswith(b"xref") else "stream"


@dataclass(frozen=True, slots=True)
class Spelled:
    """What a file says of itself."""

    root: int
    info: int | None
    size: int
    identifier: bytes
    pages: tuple[int, ...]
    form: int | None
    fields: dict[str, int]
    objects: dict[int, bytes]


@cache
def spelled(pdf: bytes) -> Spelled:
    """Return the objects of a file, each as it is written."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        trailer = opened.trailer
        form = opened.Root.get("/AcroForm")
        fields = {} if form is None else {str(each.T): each.objgen[0] for each in form.Fields}
        objects = {
            item.objgen[0]: item.unparse(resolved=True)
            for item in opened.objects
            if isinstance(item, pikepdf.Object) and not isinstance(item, pikepdf.Stream)
        }
        info = trailer.get("/Info")
        return Spelled(
            root=opened.Root.objgen[0],
            info=None if info is None else info.objgen[0],
            size=int(trailer.Size),
            identifier=trailer.ID.unparse(),
            pages=tuple(page.obj.objgen[0] for page in opened.pages),
            form=None if form is None or not form.is_indirect else form.objgen[0],
            fields=fields,
            objects=objects,
        )


def edited(pdf: bytes, number: int, change: Callable[[pikepdf.Object], None]) -> bytes:
    """Return one object as it is written after ``change``; the file stays as it is."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        item = opened.get_object((number, 0))
        change(item)
        return item.unparse(resolved=True)


def stream(content: bytes, keys: bytes = b"") -> bytes:
    """Return a stream as it is written."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), keys, content)


def object_stream(head: bytes, texts: bytes, count: int) -> bytes:
    """Return an object stream, packed, so that no search of the raw bytes finds what it holds."""
    keys = b"/Type /ObjStm /N %d /First %d /Filter /FlateDecode" % (count, len(head))
    return stream(zlib.compress(head + texts), keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What is appended, before it is put together."""

    body: bytes
    """The objects."""
    rows: dict[int, int | None]
    """Where each stands; ``None``: it is free from now on."""
    packed: dict[int, tuple[int, int]]
    """Objects inside of object streams: the stream's number, the place in it."""


def body_of(
    pdf: bytes,
    objects: Mapping[int, bytes | None],
    size: int,
    *,
    packed: bool = False,
    between: bytes = b"",
) -> Revision:
    """Return the objects of a revision, written one after the other.

    Args:
        pdf: what stands before.
        size: the first number that no object has yet.
        objects: by number; ``None``: free from now on.
        packed: put all but streams into an object stream.
        between: written before the first object.
    """
    body, rows, inside = between, {}, {}
    plain_ones = {n: t for n, t in objects.items() if t is None or b"stream" in t or not packed}
    rest = {n: t for n, t in objects.items() if n not in plain_ones and t is not None}
    if rest:
        number = max(size, *(n + 1 for n in objects))
        texts, head = b"", b""
        for place, (each, text) in enumerate(sorted(rest.items())):
            head += b"%d %d " % (each, len(texts))
            texts += text + b"\n"
            inside[each] = (number, place)
        plain_ones[number] = object_stream(head, texts, len(rest))
    for each, text in sorted(plain_ones.items()):
        if text is None:
            rows[each] = None
            continue
        rows[each] = len(pdf) + len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (each, text)
    return Revision(body=body, rows=rows, packed=inside)


def spelled_size(pdf: bytes) -> int:
    """Return the number after the last object's, as the newest trailer says it."""
    return spelled(pdf).size


def trailer_keys(says: Spelled, *, size: int, prev: bytes, root: int | None = None) -> bytes:
    """Return the entries that every trailer has."""
    info = b"" if says.info is None else b"/Info %d 0 R " % says.info
    keys = b"/Size %d /Root %d 0 R %s/ID %s" % (size, root or says.root, info, says.identifier)
    return keys + (b" /Prev " + prev if prev else b"")


def append(
    pdf: bytes,
    objects: Mapping[int, bytes | None],
    *,
    style: Style | None = None,
    packed: bool = False,
    between: bytes = b"",
    prev: bytes | None = None,
    root: int | None = None,
    extra: bytes = b"",
    shift: int = 0,
    end: bytes = b"startxref\n%d\n%%%%EOF\n",
    like: bytes | None = None,
) -> bytes:
    """Append a revision.

    Args:
        pdf: the file.
        objects: by number; ``None``: free from now on.
        style: of the cross-reference section; as the file has it if left out.
        packed: objects in an object stream.
        between: written before the first object.
        prev: value of ``/Prev``; empty: none; the section before if left out.
        root: number of the catalog, if it is another.
        extra: further entries of the trailer.
        shift: added to every offset.
        end: what follows the section; ``%d`` is where it stands.
        like: a file whose trailer counts, where that of ``pdf`` cannot be read any more.
    """
    says = spelled(like or pdf)
    prev = b"%d" % last_section(pdf) if prev is None else prev
    style = "stream" if packed else style or style_of(pdf)
    made = body_of(pdf, objects, says.size, packed=packed, between=between)
    known = {**made.rows, **made.packed}
    size = max(says.size, *(number + 1 for number in known)) if known else says.size
    at = len(pdf) + len(made.body)
    number = None if style == "table" else size
    keys = trailer_keys(says, size=size + (number is not None), prev=prev, root=root)
    section = section_of(made, at, number, keys + b" " + extra, shift)
    tail = end % at if b"%d" in end else end
    return pdf + made.body + section + tail


def section_of(made: Revision, at: int, number: int | None, keys: bytes, shift: int = 0) -> bytes:
    """Return a cross-reference section with its trailer.

    Args:
        made: the objects that it tells.
        at: where it stands.
        number: of the stream that it is; ``None``: a table.
        keys: of the trailer.
        shift: added to every offset.
    """
    if number is not None:
        return _stream_section(made, at, shift, number, keys)
    lines = b"xref\n0 1\n0000000000 65535 f \n"
    for each, offset in sorted(made.rows.items()):
        lines += b"%d 1\n" % each
        row = b"%010d 00000 n \n" % ((offset or 0) + shift)
        lines += b"0000000000 00001 f \n" if offset is None else row
    return lines + b"trailer\n<< " + keys + b" >>\n"


def _stream_section(made: Revision, at: int, shift: int, number: int, keys: bytes) -> bytes:
    """Return a cross-reference stream; it is the object ``number`` itself."""
    index, table = b"", b""
    for each in sorted({**made.rows, **made.packed}):
        index += b"%d 1 " % each
        if each in made.packed:
            holder, place = made.packed[each]
            table += b"\2" + holder.to_bytes(4) + bytes([place])
        elif made.rows[each] is None:
            table += b"\0" + bytes(4) + b"\1"
        else:
            table += b"\1" + ((made.rows[each] or 0) + shift).to_bytes(4) + b"\0"
    index += b"%d 1" % number
    table += b"\1" + at.to_bytes(4) + b"\0"
    head = b"/Type /XRef /W [1 4 1] /Index [%s] %s" % (index, keys)
    return b"%d 0 obj\n%s\nendobj\n" % (number, stream(table, head))
