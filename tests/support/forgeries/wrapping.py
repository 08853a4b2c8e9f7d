"""Signature wrapping: the signed bytes stay in the file and are moved; others stand in their place.

Between the two signed parts nothing is protected. A forger writes objects, a byte range and a
cross-reference section there, or into the zeros after the CMS, where no other byte has to move.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from support.forgeries.incremental import FALSE_PAGE, false_page
from support.forgeries.kinds import AttackFile, on_both
from support.forgeries.raw import (
    Place,
    Revision,
    append,
    base,
    contents,
    last_section,
    object_stream,
    places,
    put,
    section_of,
    spelled,
    stream,
    style_of,
    trailer_keys,
)
from support.levels import sign_field
from support.pdf_copies import typeset_copy
from vncopy.policy import CheckId
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.forgeries.kinds import Base

_PUBLISHED = "Mladenov, Mainka, Meyer zu Selhausen, Grothe, Schwenk 2019 (SWA)"
_OBJECT = re.compile(rb"(?<![0-9])([0-9]+) 0 obj")


@cache
def roomy(kind: Base) -> bytes:
    """Return a file whose last signature leaves some thousand zeros after its CMS."""
    if kind == "plain":
        return base(kind)
    attested = sign_field(typeset_copy().pdf, "person", lambda _: [])
    return sign_field(attested, "seal", lambda _: [])


def _entries(numbers: bytes) -> bytes:
    return b"\n/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached " + numbers


def _number(pdf: bytes, place: Place) -> int:
    """Return the number of the signature's dictionary."""
    return int(_OBJECT.findall(pdf, 0, place.head)[-1])


def _moved(pdf: bytes, closing: Callable[[bytes], bytes], *, packed: bool = False) -> bytes:
    """Move the second signed part to the end, and write another section where the pointer leads.

    Args:
        pdf: the file.
        closing: what stands right after ``/Contents``, from the new byte range.
        packed: the dictionary is written once more, in an object stream.
    """
    place, where, says = places(pdf)[-1], last_section(pdf), spelled(pdf)
    first, second = pdf[: place.start], pdf[place.start : place.end]
    width = 24_000
    moved = place.start + width
    rest = len(second)
    span = b"/ByteRange [0 %d %d %d]" % (place.head, moved, rest)
    rows: dict[int, int | None] = {}
    for match in _OBJECT.finditer(pdf, _revision_start(pdf, place)):
        behind = match.start() >= place.start
        rows[int(match[1])] = match.start() + (width if behind else 0)
    last = says.size + packed
    number = None if style_of(pdf) == "table" and not packed else last + 1
    if style_of(pdf) == "stream":
        rows.pop(says.size - 1)
    inside = closing(span)
    body, packed_rows = b"", {}
    tables: dict[int, bytes] = {n: t for n, t in false_page(pdf).items() if t is not None}
    if packed:
        own = _number(pdf, place)
        text = (
            b"<<" + _entries(span) + b" /Contents <" + contents(pdf, place).hex().encode() + b"> >>"
        )
        head = b"%d 0 " % own
        tables[says.size + 1] = object_stream(head, text, 1)
        packed_rows[own] = (says.size + 1, 0)
        rows.pop(own)
    start = where + 2_200
    for each, text in sorted(tables.items()):
        rows[each] = start + len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (each, text)
    made = Revision(body=body, rows=rows, packed=packed_rows)
    keys = trailer_keys(says, size=(number or last) + 1, prev=_previous(pdf))
    section = section_of(made, where, number, keys)
    between = (inside.ljust(where - place.start) + section).ljust(start - place.start) + body
    between += b")" if inside.endswith(b"(") else b""
    assert len(inside) <= where - place.start
    assert len(between) <= width, len(between)
    return first + between.ljust(width) + second


def _revision_start(pdf: bytes, place: Place) -> int:
    """Return where the revision of a signature begins."""
    return pdf.rindex(b"%%EOF", 0, place.head)


def _previous(pdf: bytes) -> bytes:
    return re.findall(rb"/Prev (\d+)", pdf)[-1]  # type: ignore[no-any-return]


def _swa(pdf: bytes) -> bytes:
    return _moved(pdf, lambda span: _entries(span) + b"\n>>\nendobj\n")


def _swa_in_a_string(pdf: bytes) -> bytes:
    """The dictionary goes on behind what was put between; both byte ranges are in it."""
    return _moved(pdf, lambda span: b"\n" + span + b" /X (")


def _swa_packed(pdf: bytes) -> bytes:
    return _moved(pdf, lambda _: b"\n/X 1 >>\nendobj\n", packed=True)


def _whole_inside(pdf: bytes) -> bytes:
    """A false file that holds the true one whole, as a stream, and points at its bytes."""
    place = places(pdf)[-1]
    head = b"%PDF-1.7\n1 0 obj\n<< /Length " + b"%d >>\nstream\n" % len(pdf)
    span = b"/ByteRange [%d %d %d %d]" % (
        len(head),
        place.head,
        len(head) + place.start,
        place.end - place.start,
    )
    cms = b" /Contents <" + contents(pdf, place).hex().encode() + b">"
    objects = [
        b"<< /Type /Catalog /Pages 3 0 R /AcroForm << /SigFlags 3 /Fields [6 0 R] >> >>",
        b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        (
            b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 595 842] /Resources << >>"
            b" /Contents 5 0 R /Annots [6 0 R] >>"
        ),
        stream(FALSE_PAGE),
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (seal) /Rect [0 0 0 0] /P 4 0 R /V 7 0 R >>",
        b"<<" + _entries(span) + cms + b" >>",
    ]
    made = head + pdf + b"\nendstream\nendobj\n"
    table = b"xref\n0 8\n0000000000 65535 f \n%010d 00000 n \n" % head.index(b"1 0 obj")
    for number, text in enumerate(objects, 2):
        table += b"%010d 00000 n \n" % len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    at = len(made)
    return made + table + b"trailer\n<< /Size 8 /Root 2 0 R >>\nstartxref\n%d\n%%%%EOF\n" % at


def _span(text: bytes) -> Callable[[bytes], bytes]:
    """Spell the byte range in other parts of the same bytes."""

    def build(pdf: bytes) -> bytes:
        place = places(pdf)[-1]
        rest = place.end - place.start
        numbers = {b"head": place.head, b"start": place.start, b"rest": rest}
        numbers |= {b"less": place.head - 100, b"rest1": rest - 50, b"start1": place.start + 50}
        return put(pdf, place.span, text % numbers)

    return build


def _again(text: bytes) -> Callable[[bytes], bytes]:
    """The dictionary in a revision of its own, with a byte range that is written otherwise."""

    def build(pdf: bytes) -> bytes:
        place = places(pdf)[-1]
        rest = place.end - place.start
        numbers = {b"head": place.head, b"start": place.start, b"rest": rest, b"less": 100}
        numbers |= {b"more": place.head - 100}
        cms = b" /Contents <" + contents(pdf, place).hex().encode() + b"> >>"
        written = b"<<" + _entries(text % numbers) + cms
        return append(pdf, {**false_page(pdf), _number(pdf, place): written})

    return build


def _again_packed(pdf: bytes) -> bytes:
    """The same dictionary, unchanged, in an object stream; the raw bytes hold one byte range."""
    place = places(pdf)[-1]
    span = pdf[place.span[0] : place.span[1]].rstrip()
    cms = b" /Contents <" + contents(pdf, place).hex().encode() + b"> >>"
    objects = {**false_page(pdf), _number(pdf, place): b"<<" + _entries(span) + cms}
    return append(pdf, objects, packed=True)


def _elsewhere_and_gap(pdf: bytes) -> bytes:
    """The CMS is read from an object stream; the gap holds what the forger likes."""
    made = _again_packed(pdf)
    place = places(pdf)[-1]
    junk = b"<" + b"4D" * ((place.start - place.head - 2) // 2) + b">"
    return put(made, (place.head, place.start), junk)


def _gap(fill: Callable[[bytes, int], bytes]) -> Callable[[bytes], bytes]:
    """Fill the gap, of the same length, from the CMS in hexadecimal and the room."""

    def build(pdf: bytes) -> bytes:
        place = places(pdf)[-1]
        digits = pdf[place.head + 1 : place.start - 1]
        length = int.from_bytes(bytes.fromhex(digits[4:8].decode()), "big") + 4
        return put(pdf, (place.head, place.start), fill(digits[: 2 * length], len(digits) + 2))

    return build


def _gap_objects(cms: bytes, room: int) -> bytes:
    """Close the dictionary after the CMS, write objects, and open one that the rest closes."""
    made = b"<" + cms + b">" + _entries(b"") + b">>\nendobj\n"
    made += b"900 0 obj\n" + stream(FALSE_PAGE) + b"\nendobj\n901 0 obj\n<< /X 1"
    return made.ljust(room)


def _gap_then_revision(pdf: bytes) -> bytes:
    """Objects in the gap, and a section at the end that names one of them."""
    made = _gap(_gap_objects)(pdf)
    at = made.index(b"900 0 obj")
    page, says = spelled(pdf).pages[0], spelled(pdf)
    text = false_page(pdf)[page]
    assert text is not None
    text = text.replace(b"/Contents %d 0 R" % says.size, b"/Contents 900 0 R")
    body = b"%d 0 obj\n%s\nendobj\n" % (page, text)
    where = len(made) + len(body)
    rows: dict[int, int | None] = {page: len(made), 900: at}
    number = None if style_of(pdf) == "table" else 950
    keys = trailer_keys(says, size=(number or 900) + 1, prev=b"%d" % last_section(pdf))
    revision = Revision(body=body, rows=rows, packed={})
    section = section_of(revision, where, number, keys)
    return made + body + section + b"startxref\n%d\n%%%%EOF\n" % where


def _literal(cms: bytes, room: int) -> bytes:
    """The same bytes as a string in parentheses."""
    binary = bytes.fromhex(cms.decode())
    escaped = re.sub(rb"([()\\\r\n])", lambda m: b"\\%03o" % m[1][0], binary)
    return (b"(" + escaped + b")").ljust(room)


_RANGE = CheckId.SIGNATURES_INTACT, Reason.BYTE_RANGE
_BROKEN = CheckId.SIGNATURES_INTACT, Reason.PDF_MALFORMED

VARIANTS: dict[str, tuple[Callable[[bytes], bytes], tuple[CheckId, Reason]]] = {
    "second-part-moved": (_swa, _RANGE),
    "second-part-moved-in-a-string": (_swa_in_a_string, _BROKEN),
    "second-part-moved-dictionary-packed": (_swa_packed, _RANGE),
    "true-file-inside-a-false-one": (_whole_inside, _RANGE),
    "six-numbers-same-bytes": (
        _span(b"/ByteRange [0 100 100 %(less)d %(start)d %(rest)d]"),
        _RANGE,
    ),
    "six-numbers-first-empty": (_span(b"/ByteRange [0 0 0 %(head)d %(start)d %(rest)d]"), _RANGE),
    "six-numbers-last-empty": (_span(b"/ByteRange [0 %(head)d %(start)d %(rest)d 0 0]"), _RANGE),
    "later-dictionary-six-numbers": (
        _again(b"/ByteRange [0 %(less)d 100 %(more)d %(start)d %(rest)d]"),
        _RANGE,
    ),
    "later-dictionary-same-range": (
        _again(b"/ByteRange [0 %(head)d %(start)d %(rest)d]"),
        _RANGE,
    ),
    "later-dictionary-packed": (_again_packed, (CheckId.COVERAGE, Reason.COVERAGE)),
    "contents-elsewhere-gap-filled": (_elsewhere_and_gap, _RANGE),
    "gap-comment": (_gap(lambda cms, _: b"<" + cms + b">%false"), _RANGE),
    "gap-blanks": (_gap(lambda cms, _: b"<" + cms + b">"), _RANGE),
    "gap-blanks-before": (_gap(lambda cms, room: (b"<" + cms + b">").rjust(room)), _RANGE),
    "gap-blanks-inside": (
        _gap(lambda cms, room: (b"<" + cms).ljust(room - 1) + b">"),
        _RANGE,
    ),
    "gap-blanks-between-digits": (
        _gap(lambda cms, room: b"<" + cms[:40] + b" " * (room - 2 - len(cms)) + cms[40:] + b">"),
        _RANGE,
    ),
    "gap-zero-bytes": (
        _gap(lambda cms, room: (b"<" + cms + b">").ljust(room, b"\0")),
        _RANGE,
    ),
    "gap-entries": (_gap(lambda cms, _: b"<" + cms + b">/Reason(false)/Location(false)"), _RANGE),
    "gap-second-contents": (_gap(lambda cms, _: b"<" + cms + b">/Contents<00>"), _BROKEN),
    "gap-first-contents": (_gap(lambda cms, _: b"<00>/Contents<" + cms + b">"), _BROKEN),
    "gap-second-range": (_gap(lambda cms, _: b"<" + cms + b">/ByteRange[0 1 2 3]"), _BROKEN),
    "gap-second-string": (_gap(lambda cms, _: b"<" + cms + b"><00>"), _BROKEN),
    "gap-objects": (_gap(_gap_objects), _RANGE),
    "gap-objects-named-later": (_gap_then_revision, _RANGE),
    "gap-literal-string": (_gap(_literal), _RANGE),
    "gap-odd-digits": (
        _gap(lambda cms, room: b"<" + cms.ljust(room - 3, b"0") + b"> "),
        _RANGE,
    ),
}
"""How the file is changed, and what must catch it."""


def files() -> tuple[AttackFile, ...]:
    """Return the files."""
    return on_both(
        "signature-wrapping", VARIANTS, lambda kind, _: roomy(kind), published=_PUBLISHED
    )
