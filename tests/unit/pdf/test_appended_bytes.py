"""What was appended after a signature is read byte by byte; nothing may lie between."""

from __future__ import annotations

import zlib

import pytest

from vncopy.pdf.appended_bytes import unexplained
from vncopy.pdf.sections import MAX_SECTIONS, hybrid_differs
from vncopy.pdf.spelling import Budget, SpellingError, entry, read_object

SIGNED = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\nstartxref\n9\n%%EOF\n"
"""Stands for what was signed; its section is said to be at 9."""
END = b"startxref\n%d\n%%%%EOF\n"


def table(body: bytes, rows: str, *, prev: int = 9, more: str = "", end: bytes = END) -> bytes:
    """Return a file with objects and a table; ``{name}`` in ``rows`` is where ``name`` begins."""
    start = len(SIGNED)
    offsets = {}
    for number in range(1, 10):
        at = body.find(b"%d 0 obj" % number)
        offsets[f"o{number}"] = f"{start + at:010d}"
    at = start + len(body)
    text = f"xref\n{rows.format(**offsets)}trailer\n<< /Size 9 /Prev {prev} {more} >>\n"
    return SIGNED + body + text.encode() + (end % at if b"%d" in end else end)


def word(data: bytes) -> str:
    """Return what is not in order after the signed part."""
    return unexplained(data, len(SIGNED), len(data))


ONE = b"2 0 obj\n<< /A (x) >>\nendobj\n"
ROW = "2 1\n{o2} 00000 n \n"


def test_nothing_appended_is_in_order() -> None:
    assert word(SIGNED) == ""


@pytest.mark.parametrize(
    "body",
    [
        ONE,
        b"\n\n" + ONE + b"  \r\n",
        b"% made by something\n" + ONE,
        b"2 0 obj null endobj\n",
        b"2 0 obj 3 0 R endobj\n",
        b"2 0 obj [ 1 2.5 -.5 (a(b)c\\)) <0aF> /N#20 true null 3 0 R << /B [] >> ] endobj\n",
        b"2 0 obj << /Length 5 >> stream\nendob\nendstream endobj\n",
        b"2 0 obj << /Length 3 >> stream\r\n%%E\r\nendstream\nendobj\n",
        b"2 0 obj << /A 1 /Length 3 >>stream\nxyzendstream endobj\n",
    ],
)
def test_objects_in_every_spelling(body: bytes) -> None:
    assert word(table(body, ROW)) == ""


def test_a_length_that_is_an_object_of_its_own() -> None:
    body = b"2 0 obj << /Length 3 0 R >> stream\nxyz\nendstream endobj\n3 0 obj 3 endobj\n"
    rows = "2 2\n{o2} 00000 n \n{o3} 00000 n \n"
    assert word(table(body, rows)) == ""
    assert word(table(body + b"3 0 obj 3 endobj\n", rows)) == "length"


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        (b"<html>" + ONE, "bytes"),
        (ONE + b"junk\n", "bytes"),
        (ONE + b"% obj\n", "bytes"),
        (ONE + b"%" + b"a" * 100 + b"\n", "bytes"),
        (b"% a\n% b\n% c\n% d\n" + ONE, "bytes"),
        (ONE + b"2 0 obj 1 endobj\n", "object unnamed"),
        (ONE + b"4 0 obj 1 endobj\n", "object unnamed"),
        (b"2 0 obj << >> << >> endobj\n", "values"),
        (b"2 0 obj endobj\n", "values"),
        (b"2 0 obj << /Length 3 >> hidden\nxyz\nendstream endobj\n", "values"),
        (b"2 0 obj << ] endobj\n", "brackets"),
        (b"2 0 obj (a endobj\n", "string"),
        (b"2 0 obj << /A % x\n 1 >> endobj\n", "word"),
        (b"2 0 obj {} endobj\n", "word"),
        (b"2 0 obj << /Length 2 >> stream\nxyz\nendstream endobj\n", "length"),
        (b"2 0 obj << /Length 3 >> stream xyz\nendstream endobj\n", "stream"),
        (b"2 0 obj << /Length 3 /Length 3 >> stream\nxyz\nendstream endobj\n", "twice"),
        (b"2 0 obj << >> stream\nxyz\nendstream endobj\n", "length"),
        (b"2 0 obj << /Length 99999999999 >> stream\nxyz\nendstream endobj\n", "length"),
        (b"2 0 obj << /Length 9 0 R >> stream\nxyz\nendstream endobj\n", "length"),
        (b"", "row"),
        (b"2 1 obj 1 endobj\n", "row"),
    ],
)
def test_objects_that_are_not_in_order(body: bytes, wrong: str) -> None:
    assert word(table(body, ROW)) == wrong


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ("2 1\n{o2} 00000 n \n2 1\n{o2} 00000 n \n", "row twice"),
        ("2 1\n{o2} 00000 f \n", "object unnamed"),
        ("2 1\n{o2} 00001 n \n", "row"),
        ("3 1\n{o2} 00000 n \n", "row"),
        ("2 1\n0000000009 00000 n \n", "row"),
        ("2 1\n{o2} 00000 x \n", "row"),
        ("2 2\n{o2} 00000 n \n", "row"),
        ("2 1\n{o2} 00000 n \n%\n", "trailer"),
    ],
)
def test_rows_that_are_not_in_order(rows: str, wrong: str) -> None:
    assert word(table(ONE, rows)) == wrong


def test_sections_that_do_not_continue_each_other() -> None:
    assert word(table(ONE, ROW, prev=8)) == "previous"
    assert word(table(ONE, ROW).replace(b"/Prev 9", b"/Prev /")) == "number"
    assert word(table(ONE, ROW).replace(b"/Prev 9", b"")) == "previous"
    assert word(table(ONE, ROW, end=b"startxref\n9\n%%EOF\n")) == "pointer"
    assert word(table(ONE, ROW, end=b"startxref\n9\n")) == "bytes"
    assert word(table(ONE, ROW) + b"junk") == "bytes"
    assert word(SIGNED + ONE + END % 9) == "pointer"
    assert unexplained(SIGNED + ONE, 9, len(SIGNED) + len(ONE)) == "previous"


def test_two_revisions_one_after_the_other() -> None:
    first = table(ONE, ROW)
    at = len(first) + len(b"3 0 obj 1 endobj\n")
    second = b"3 0 obj 1 endobj\nxref\n3 1\n%010d 00000 n \ntrailer\n<< /Prev %d >>\n"
    where = len(SIGNED) + len(ONE)
    whole = first + second % (len(first), where) + END % at
    assert word(whole) == ""
    assert word(whole.replace(b"/Prev %d" % where, b"/Prev 9")) == "previous"


def stream_file(
    rows: bytes, keys: bytes, body: bytes = ONE, *, packed: bool = False, prev: bytes = b"/Prev 9"
) -> bytes:
    """Return a file with a cross-reference stream, the object 5."""
    at = len(SIGNED) + len(body)
    rows = rows.replace(b"@@", len(SIGNED).to_bytes(2)).replace(b"!!", at.to_bytes(2))
    if packed:
        rows = zlib.compress(rows)
        keys += b" /Filter /FlateDecode"
    text = (
        b"5 0 obj\n<< /Type /XRef %s %s /Root 1 0 R /Length %d >>\nstream\n%s\nendstream\nendobj\n"
    )
    return SIGNED + body + text % (keys, prev, len(rows), rows) + END % at


KEYS = b"/W [1 2 1] /Index [2 1 5 1] /Size 6"
ROWS = b"\x01@@\x00\x01!!\x00"


@pytest.mark.parametrize("packed", [False, True])
def test_a_cross_reference_stream(*, packed: bool) -> None:
    assert word(stream_file(ROWS, KEYS, packed=packed)) == ""


def test_a_cross_reference_stream_that_does_not_name_itself() -> None:
    assert word(stream_file(b"\x01@@\x00", b"/W [1 2 1] /Index [2 1] /Size 6")) == ""
    assert word(stream_file(b"@@\x00", b"/W [0 2 1] /Index [2 1] /Size 6")) == ""


@pytest.mark.parametrize(
    ("rows", "keys", "wrong"),
    [
        (ROWS + b"\x00", KEYS, "rows"),
        (ROWS[:-1], KEYS, "rows"),
        (ROWS, b"/W [1 2] /Index [2 1 5 1] /Size 6", "widths"),
        (ROWS, b"/W [0 0 0] /Index [2 1 5 1] /Size 6", "widths"),
        (ROWS, b"/W [1 2 9] /Index [2 1 5 1] /Size 6", "widths"),
        (ROWS, b"/W [1 2 1] /Index [2 1 5] /Size 6", "index"),
        (ROWS, b"/W [1 2 1] /Index [-2 1 5 1] /Size 6", "index"),
        (ROWS, b"/W [1 2 1] /Index [2 2] /Size 6", "row"),
        (ROWS, b"/W [1 2 1] /Index [2 1 2 1] /Size 6", "row twice"),
        (ROWS, b"/W 5 /Index [2 1 5 1] /Size 6", "stream"),
        (ROWS, b"/Index [2 1 5 1]", "stream"),
        (b"\x03@@\x00\x01!!\x00", KEYS, "row"),
        (b"\x02\x00\x07\x00\x01!!\x00", KEYS, "object unnamed"),
        (b"\x00@@\x00\x01!!\x00", KEYS, "object unnamed"),
        (b"\x01@@\x00\x02\x00\x02\x00", KEYS, "row packed"),
    ],
)
def test_cross_reference_streams_that_are_not_in_order(
    rows: bytes, keys: bytes, wrong: str
) -> None:
    assert word(stream_file(rows, keys)) == wrong


def test_a_pointer_to_another_stream() -> None:
    body = b"2 0 obj << /Type /Other /Length 0 >> stream\n\nendstream endobj\n"
    file = SIGNED + body + END % len(SIGNED)
    assert word(file) == "pointer"


def test_objects_inside_of_an_object_stream_of_the_same_part() -> None:
    body = (
        b"2 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length 6 >>\nstream\n3 0 1 \nendstream\nendobj\n"
    )
    rows = b"\x01@@\x00\x02\x00\x02\x00\x01!!\x00"
    assert word(stream_file(rows, b"/W [1 2 1] /Index [2 2 5 1] /Size 6", body)) == ""


def test_a_part_with_too_many_words_is_not_read_to_its_end() -> None:
    budget = Budget(left=10)
    with pytest.raises(SpellingError):
        read_object(b"2 0 obj [" + b"1 " * 20 + b"] endobj", 0, budget)


def test_entries_of_a_dictionary() -> None:
    words = (b"/A", b"3", b"0", b"R", b"/B", b"<<", b"/C", b"/A")
    assert entry(words, b"/A") == (b"3", b"0", b"R")
    assert entry(words, b"/B") == (b"<<",)
    assert entry(words, b"/D") == ()


def hybrid(table_row: bytes, stream_row: bytes, *, kind: bytes = b"n", prev: bytes = b"") -> bytes:
    """Return a file with a table and a stream beside it, both about the object 2."""
    at = len(SIGNED)
    beside = b"5 0 obj\n<< /Type /XRef /W [1 2 1] /Index [2 1] /Size 6 /Length 4 >>\nstream\n"
    beside += stream_row + b"\nendstream\nendobj\n"
    where = at + len(beside)
    text = b"xref\n2 1\n%s 00000 %s \ntrailer\n<< /Size 6 /XRefStm %d %s >>\n"
    return SIGNED + beside + text % (table_row, kind, at, prev) + END % where


def test_hybrid_files_whose_sections_agree_and_differ() -> None:
    assert not hybrid_differs(SIGNED, len(SIGNED))
    same = hybrid(b"0000000009", b"\x01\x00\x09\x00")
    assert not hybrid_differs(same, len(same))
    hidden = hybrid(b"0000000000", b"\x02\x00\x03\x00", kind=b"f")
    assert not hybrid_differs(hidden, len(hidden))
    for row in (b"\x01\x00\x0a\x00", b"\x02\x00\x03\x00"):
        other = hybrid(b"0000000009", row)
        assert hybrid_differs(other, len(other))


def test_hybrid_files_that_cannot_be_followed() -> None:
    good = hybrid(b"0000000009", b"\x01\x00\x09\x00")
    where = good.index(b"xref\n2 1")
    loop = hybrid(b"0000000009", b"\x01\x00\x09\x00", prev=b"/Prev %d" % where)
    assert hybrid_differs(loop, len(loop))
    lost = hybrid(b"0000000009", b"\x01\x00\x09\x00", prev=b"/Prev 0")
    assert hybrid_differs(lost, len(lost))
    assert not hybrid_differs(good[:-40], len(good) - 40)
    assert MAX_SECTIONS >= 100


def hybrid_part(row: bytes) -> bytes:
    """Return a file with a table and a stream beside it in its appended part."""
    at = len(SIGNED) + len(ONE)
    beside = b"5 0 obj\n<< /Type /XRef /W [1 2 1] /Index [2 1] /Size 6 /Length 4 >>\nstream\n"
    body = ONE + beside + row + b"\nendstream\nendobj\n"
    rows = "2 1\n{o2} 00000 n \n5 1\n{o5} 00000 n \n"
    return table(body, rows, more=f"/XRefStm {at}")


def test_a_table_and_a_stream_beside_it_in_the_same_part() -> None:
    start = len(SIGNED)
    assert word(hybrid_part(b"\x01" + start.to_bytes(2) + b"\x00")) == ""
    assert word(hybrid_part(b"\x01\x00\x09\x00")) == "hybrid"
    assert word(table(ONE, ROW, more="/XRefStm 9")) == "pointer"
