"""A cross-reference stream that its own table forgets may be followed by its number once more."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from pyhanko.pdf_utils import generic, xref
from pyhanko.pdf_utils.misc import PdfReadError, PdfStrictReadError

from support.raw_revisions import raw_revision
from vncopy.pdf.opening import SELF_FORGETTING, open_strictly

STRANGER = b"<< /Type /Stranger >>"


def packed() -> bytes:
    """Return a file with a cross-reference stream."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo.Title = "-"
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, static_id=True)
    return out.getvalue()


def number_of_table(pdf: bytes) -> int:
    """Return the number of the last cross-reference stream."""
    at = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    return int(pdf[at:].split()[0])


def forgetful(pdf: bytes) -> bytes:
    """Append a revision whose table does not list itself."""
    made = raw_revision(pdf, {number_of_table(pdf) + 1: STRANGER})
    own = number_of_table(made)
    start = int(made[made.rindex(b"startxref") :].split()[1])
    head = made[start:]
    index = re.search(rb"/Index \[\d+ 1 (%d 1)\]" % own, head)
    assert index is not None
    head = head[: index.start(1)] + b" " * len(index[1]) + head[index.end(1) :]
    length = re.search(rb"/Length (\d+)", head)
    assert length is not None
    row = 6
    shorter = b"%d" % (int(length[1]) - row)
    head = head[: length.start(1)] + shorter.ljust(len(length[1])) + head[length.end(1) :]
    end = head.index(b"\nendstream")
    return made[:start] + head[: end - row] + head[end:]


def test_what_is_in_order_is_read() -> None:
    assert open_strictly(packed()).total_revisions == 1


def test_the_number_of_a_forgotten_table_may_be_used_again() -> None:
    first = forgetful(packed())
    number = number_of_table(first)
    with pikepdf.open(io.BytesIO(first)) as pdf:
        assert [SELF_FORGETTING in str(text) for text in pdf.get_warnings()] == [True]
    again = raw_revision(first, {number: STRANGER})
    reader = open_strictly(again)
    assert reader.total_revisions == 3
    reference = generic.Reference(number, 0, reader)
    assert reference.get_object()["/Type"] == "/Stranger"
    assert reader.get_historical_resolver(1).is_ref_unassignable(reference)
    assert xref._check_freed_refs.__module__ == xref.__name__


def test_a_table_that_lists_itself_may_not_be_replaced() -> None:
    pdf = packed()
    with pytest.raises(PdfStrictReadError, match="clobbered"):
        open_strictly(raw_revision(pdf, {number_of_table(pdf): STRANGER}))
    assert xref._check_freed_refs.__module__ == xref.__name__


def test_everything_else_stays_refused() -> None:
    with pytest.raises(PdfReadError):
        open_strictly(b"%PDF-1.7\n")
