"""What the raw bytes of a file say about its signatures."""

from __future__ import annotations

import pytest

from vncopy.pdf.byte_ranges import (
    SignedSpan,
    bytes_after_last_eof,
    contents_are_tight,
    has_orderly_end,
    signed_spans,
)

HEAD = b"%PDF-1.7 /ByteRange [0 "


def file_with(gap: bytes = b"<30>", tail: bytes = b" rest\n%%EOF\n", first: int = 0) -> bytes:
    text = b"%%PDF-1.7 /ByteRange [%d %03d %03d %03d ]/Contents "
    head = len(text % (first, 0, 0, 0))
    start = head + len(gap)
    return text % (first, head, start, len(tail)) + gap + tail


def spans_of(data: bytes) -> tuple[int, tuple[SignedSpan, ...]]:
    return signed_spans(data, 9)


def test_one_signature() -> None:
    count, (span,) = spans_of(file_with())
    assert count == 1
    assert span.tight
    assert span.end == len(file_with())


@pytest.mark.parametrize("end", [b"%%EOF", b"%%EOF\n", b"%%EOF\r", b"%%EOF\r\n"])
def test_every_line_end(end: bytes) -> None:
    assert spans_of(file_with(tail=b" " + end))[1][0].tight


@pytest.mark.parametrize(
    "data",
    [
        file_with(first=1),
        file_with(gap=b"<3x>"),
        file_with(gap=b"(30)"),
        file_with(gap=b"<30><31>"),
        file_with(tail=b" rest"),
        file_with(tail=b" %%EOF \n"),
        file_with()[:-3],
    ],
)
def test_ranges_that_leave_out_something_else(data: bytes) -> None:
    assert not spans_of(data)[1][0].tight


@pytest.mark.parametrize("spelling", [b"/ByteRange", b"/#42yteRang#65", b"/Byte#52ange"])
def test_other_spellings_are_counted_and_not_read(spelling: bytes) -> None:
    assert spans_of(spelling + b" 12 0 R") == (1, ())
    count, spans = spans_of(spelling + b" [1 2 3 4]")
    assert (count, len(spans)) == (1, 1)


@pytest.mark.parametrize(
    ("contents", "tight"),
    [
        ("3000", True),
        ("300000000000", True),
        ("3001ff0000", True),
        ("3001ff0001", False),
        ("3003ff", False),
        ("", False),
        ("30", False),
        ("0400", False),
        ("3080", False),
        ("3084ffffffff", False),
        ("308101ff", False),
        ("3082", False),
        ("3081" + "80" + "ff" * 128, True),
        ("3082" + "0080" + "ff" * 128, False),
        ("3082" + "0100" + "ff" * 256 + "00" * 9, True),
    ],
)
def test_what_follows_a_signature_value(contents: str, tight: bool) -> None:
    assert contents_are_tight(bytes.fromhex(contents)) is tight
    assert contents_are_tight(bytes.fromhex(contents), ber=True) is tight


@pytest.mark.parametrize(
    ("contents", "tight"),
    [
        ("3080" + "0000", True),
        ("3080" + "0000" + "000000", True),
        ("3080" + "0000" + "000001", False),
        ("3080" + "020105" + "0000" + "00", True),
        ("3080" + "020105" + "0000" + "ff", False),
        ("3080" + "3080" + "0000" + "0000", True),
        ("3080" + "3080" + "0000", False),
        ("3080" + "a080" + "2480" + "040155" + "0000" + "0000" + "0000" + "00", True),
        ("3080" + "0480" + "0000" + "0000", False),  # a primitive element has a length
        ("3080" + "0001" + "0000", False),
        ("3080" + "02", False),
        ("3080" + "0205" + "01", False),
        ("3080" + "028101" + "05" + "0000", True),
        ("3080" + "0282", False),
        ("3080" + "028400000001" + "05" + "0000", False),
        ("3080" + "1f0105" + "0000", False),
        ("3080" * 8 + "0000" * 8, True),
        ("3080" * 9 + "0000" * 9, False),
        ("3180" + "0000", False),
    ],
)
def test_what_follows_a_signature_value_of_indefinite_length(contents: str, tight: bool) -> None:
    assert contents_are_tight(bytes.fromhex(contents), ber=True) is tight
    assert contents_are_tight(bytes.fromhex(contents)) is False


@pytest.mark.parametrize(
    ("data", "rest"),
    [
        (b"", 0),
        (b"abc", 3),
        (b"x%%EOF", 0),
        (b"x%%EOF\n", 0),
        (b"x%%EOF\r\n", 0),
        (b"x%%EOF\r", 0),
        (b"x%%EOF\n\n", 1),
        (b"x%%EOF y", 2),
        (b"%%EOF x %%EOF\n", 0),
    ],
)
def test_bytes_after_the_last_end_mark(data: bytes, rest: int) -> None:
    assert bytes_after_last_eof(data) == rest


def test_a_search_for_signatures_ends() -> None:
    assert signed_spans(b"/ByteRange " * 100, 9) == (10, ())


@pytest.mark.parametrize(
    ("data", "orderly"),
    [
        (b"xref\n0 1\nstartxref\n0\n%%EOF", True),
        (b"12 0 obj\nstartxref\n0\n%%EOF\n", True),
        (b" \nxref\nstartxref 0 %%EOF", True),
        (b"xref\nstartxref\n1\n%%EOF", False),
        (b"xref\nstartxref\n99999\n%%EOF", False),
        (b"xref\nstartxref\n0\n", False),
        (b"xref\n%%EOF", False),
        (b"xref\nstartxref\n0\n%%EOF" + b" " * 2_048, False),
        (b"1" * 5_000 + b"\nstartxref\n9\n%%EOF", False),
    ],
)
def test_the_pointer_at_the_end(data: bytes, orderly: bool) -> None:
    assert has_orderly_end(data) is orderly
