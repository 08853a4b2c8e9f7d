"""Something that no cross-reference section names, under a genuine document timestamp.

Anybody can buy a timestamp over a file to which he appended something. A reader that follows the last
section sees an orderly renewal; others rebuild the table, or take the file for a page or an archive.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from support.forgeries.incremental import false_page
from support.forgeries.kinds import AttackFile, on_both
from support.forgeries.plain import plain
from support.forgeries.raw import (
    Revision,
    append,
    last_section,
    object_stream,
    section_of,
    spelled,
    stream,
    trailer_keys,
)
from support.levels import b_lta, b_t, later, stamp
from vncopy.policy import CheckId
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.forgeries.kinds import Base

_PUBLISHED = "of our own; polyglots: Albertini 2014 and later"


def _pointer(pdf: bytes) -> bytes:
    return b"startxref\n%d\n%%%%EOF\n" % last_section(pdf)


def _between(junk: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Put something before a genuine revision with a timestamp."""
    return lambda pdf: stamp(pdf + junk(pdf) + _pointer(pdf), later())


def _objects(pdf: bytes) -> bytes:
    return b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (number, text)
        for number, text in sorted(false_page(pdf).items())
        if text is not None
    )


def _objects_of_generation_one(pdf: bytes) -> bytes:
    return _objects(pdf).replace(b" 0 obj", b" 1 obj")


def _skipped(pdf: bytes) -> bytes:
    """Append a whole revision; the genuine one continues the section before it."""
    return append(pdf, false_page(pdf))[len(pdf) :]


def _skipped_packed(pdf: bytes) -> bytes:
    return append(pdf, false_page(pdf), packed=True)[len(pdf) :]


def _page_for_browsers(_: bytes) -> bytes:
    return b"\n<html><body><h1>false</h1><script>document.title='false'</script></body></html>\n"


def _comment(_: bytes) -> bytes:
    return b"%% another file could stand here\n"


def _long_comment(_: bytes) -> bytes:
    return b"%" + b"A" * 5_000 + b"\n"


def _zeros(_: bytes) -> bytes:
    return bytes(512) + b"\n"


def _whole_file(_: bytes) -> bytes:
    """A whole unsigned file, its own end mark included."""
    from support.forgeries.plain import page

    return page(form=False)


def _archive(pdf: bytes) -> bytes:
    """An archive whose comment is the genuine revision: a file for two kinds of programs."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("false.html"), "<h1>false</h1>")
    packed = made.getvalue()
    # The last two bytes are the length of the comment that follows.
    done = stamp(pdf + b"%" + packed + b"\n" + _pointer(pdf), later())
    size = len(done) - len(pdf) - 1 - len(packed)
    first = len(pdf) + len(packed) - 1
    directory = done.rindex(b"PK\x05\x06")
    assert first == directory + 20
    assert size < 1 << 16
    return stamp(
        pdf + b"%" + packed[:-2] + size.to_bytes(2, "little") + b"\n" + _pointer(pdf), later()
    )


def _stamped(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Append a revision made by hand, and a genuine one with a timestamp after it."""
    return lambda pdf: stamp(change(pdf), later())


def _store(pdf: bytes, number: int) -> bytes:
    """Return the catalog with validation data that are empty."""
    text = spelled(pdf).objects[spelled(pdf).root]
    text = re.sub(rb"/DSS (?:<<[^<>]*>>|\d+ 0 R)", b"", text)
    return text[: text.rindex(b">>")] + b"/DSS %d 0 R >>" % number


def _with_store(more: Callable[[bytes], tuple[bytes, bytes]]) -> Callable[[bytes], bytes]:
    """Append validation data, and something else with its revision.

    ``more`` returns what stands before its objects, and further entries of the trailer.
    """

    def change(pdf: bytes) -> bytes:
        number, root = spelled(pdf).size, spelled(pdf).root
        before, extra = more(pdf)
        objects = {number: b"<< /Type /DSS >>", root: _store(pdf, number)}
        return append(pdf, objects, between=before, extra=extra)

    return change


def _beside(*, both: bool) -> Callable[[bytes], bytes]:
    """A table, and beside it a stream that names the false page: ``/XRefStm``.

    With ``both`` the table names the page too, as it was signed.
    """

    def change(pdf: bytes) -> bytes:
        number, root, page = spelled(pdf).size, spelled(pdf).root, spelled(pdf).pages[0]
        drawn, false = false_page(pdf)[number], false_page(pdf)[page]
        assert drawn is not None
        assert false is not None
        made, places = b"", {}
        parts = [
            ("true", page, spelled(pdf).objects[page]),
            ("false", page, false),
            ("drawn", number, drawn),
            ("store", number + 1, b"<< /Type /DSS >>"),
            ("catalog", root, _store(pdf, number + 1)),
        ]
        for name, each, text in parts:
            if name != "true" or both:
                places[name] = len(pdf) + len(made)
                made += b"%d 0 obj\n%s\nendobj\n" % (each, text)
        beside = len(pdf) + len(made)
        keys = trailer_keys(spelled(pdf), size=number + 3, prev=b"%d" % last_section(pdf))
        hidden: dict[int, int | None] = {page: places["false"], number: places["drawn"]}
        made += section_of(Revision(body=b"", rows=hidden, packed={}), beside, number + 2, keys)
        at = len(pdf) + len(made)
        told: dict[int, int | None] = {root: places["catalog"], number + 1: places["store"]}
        told |= {number + 2: beside} | ({page: places["true"]} if both else {})
        extra = keys + b" /XRefStm %d" % beside
        made += section_of(Revision(body=b"", rows=told, packed={}), at, None, extra)
        return pdf + made + b"startxref\n%d\n%%%%EOF\n" % at

    return change


def _with_rows(pdf: bytes, rows: bytes) -> bytes:
    """Return the file with more rows in its last table."""
    at = pdf.rindex(b"trailer\n")
    return pdf[:at] + rows + pdf[at:]


def _two_rows(pdf: bytes) -> bytes:
    """A table that names the page twice, and what it names stands there twice."""
    number, root, page = spelled(pdf).size, spelled(pdf).root, spelled(pdf).pages[0]
    old = b"%d 0 obj\n%s\nendobj\n" % (page, spelled(pdf).objects[page])
    made = append(
        pdf, {number: b"<< /Type /DSS >>", root: _store(pdf, number)}, style="table", between=old
    )
    row = b"%d 1\n%010d 00000 n \n" % (page, len(pdf))
    false = b"%d 0 obj\n%s\nendobj\n" % (page, false_page(pdf)[page])
    at = made.rindex(b"xref\n0 1\n")
    moved = made[:at] + false + made[at:]
    where = at + len(false)
    second = b"%d 1\n%010d 00000 n \n" % (page, at)
    moved = _with_rows(moved, second + row)
    return re.sub(rb"startxref\n\d+\n%%EOF\n\Z", b"startxref\n%d\n%%%%EOF\n" % where, moved)


def _row_into_a_stream(pdf: bytes) -> bytes:
    """The page's row leads into the data of a stream, where a false one is written."""
    number, root, page = spelled(pdf).size, spelled(pdf).root, spelled(pdf).pages[0]
    objects = {n: t for n, t in false_page(pdf).items() if t is not None}
    inside = b"%d 0 obj\n%s\nendobj\n" % (page, objects[page])
    texts: dict[int, bytes | None] = {
        number: objects[number],
        number + 1: stream(inside),
        number + 2: b"<< /Type /DSS /Certs [%d 0 R] >>" % (number + 1),
        root: _store(pdf, number + 2),
    }
    made = append(pdf, texts, style="table")
    at = made.index(inside, len(pdf))
    return _with_rows(made, b"%d 1\n%010d 00000 n \n" % (page, at))


def _row_into_the_signed_part(pdf: bytes) -> bytes:
    """The catalog's row leads back to where an earlier one stands."""
    root = spelled(pdf).root
    first = re.search(rb"(?<![0-9])%d 0 obj" % root, pdf)
    number = spelled(pdf).size
    made = append(pdf, {number: b"<< /Type /DSS >>"}, style="table")
    at = 0 if first is None else first.start()
    return _with_rows(made, b"%d 1\n%010d 00000 n \n" % (root, at))


def _twice_in_a_stream(*, last: bool) -> Callable[[bytes], bytes]:
    """Write the catalog twice into one object stream; readers take the first, the named or the last.

    With ``last`` the false one stands behind the one that is named, else before the next.
    """

    def change(pdf: bytes) -> bytes:
        number, root = spelled(pdf).size, spelled(pdf).root
        true = _store(pdf, number)
        false = true[: true.rindex(b">>")] + b"/PageLayout /TwoColumnLeft >>"
        order = [true, false] if last else [true, false, true]
        objects = [(number, b"<< /Type /DSS >>"), *((root, text) for text in order)]
        head, texts = b"", b""
        for each, text in objects:
            head += b"%d %d " % (each, len(texts))
            texts += text + b"\n"
        holder = object_stream(head, texts, len(objects))
        body = b"%d 0 obj\n%s\nendobj\n" % (number + 1, holder)
        made = Revision(
            body=body,
            rows={number + 1: len(pdf)},
            packed={number: (number + 1, 0), root: (number + 1, 1)},
        )
        at = len(pdf) + len(body)
        keys = trailer_keys(spelled(pdf), size=number + 3, prev=b"%d" % last_section(pdf))
        return (
            pdf + body + section_of(made, at, number + 2, keys) + (b"startxref\n%d\n%%%%EOF\n" % at)
        )

    return change


_LATER = CheckId.REVISIONS, Reason.REVISION_FORBIDDEN
_BROKEN = CheckId.SIGNATURES_INTACT, Reason.PDF_MALFORMED

VARIANTS: dict[str, tuple[Callable[[bytes], bytes], tuple[CheckId, Reason]]] = {
    "second-pointer": (_between(lambda _: b""), _LATER),
    "comment": (_between(_comment), _LATER),
    "long-comment": (_between(_long_comment), _LATER),
    "zeros": (_between(_zeros), _LATER),
    "page-for-browsers": (_between(_page_for_browsers), _LATER),
    "archive": (_archive, _LATER),
    "whole-file": (_between(_whole_file), _LATER),
    "objects": (_between(_objects), _LATER),
    "objects-of-generation-one": (_between(_objects_of_generation_one), _LATER),
    "skipped-revision": (_between(_skipped), _LATER),
    "skipped-revision-packed": (_between(_skipped_packed), _LATER),
    "objects-in-a-revision": (_stamped(_with_store(lambda pdf: (_objects(pdf), b""))), _LATER),
    "page-in-a-revision": (
        _stamped(_with_store(lambda pdf: (_page_for_browsers(pdf), b""))),
        _LATER,
    ),
    "hybrid-stream-alone": (_beside(both=False), _LATER),
    "hybrid-table-and-stream-differ": (_beside(both=True), _BROKEN),
    "row-twice": (_stamped(_two_rows), _LATER),
    "row-into-a-stream": (_stamped(_row_into_a_stream), _LATER),
    "object-twice-in-a-stream": (_stamped(_twice_in_a_stream(last=True)), _LATER),
    "object-thrice-in-a-stream": (_stamped(_twice_in_a_stream(last=False)), _LATER),
    "row-into-the-signed-part": (_stamped(_row_into_the_signed_part), _LATER),
}
"""How the file is changed, and what must catch it."""

OTHERWISE: dict[tuple[str, str], tuple[CheckId, Reason]] = {
    # That catalog knows no signature field yet.
    ("row-into-the-signed-part", "plain"): (CheckId.SIGNATURES_INTACT, Reason.BYTE_RANGE),
}
"""Where it is another for one of the two bases."""


def _base(kind: Base, variant: str) -> bytes:
    if kind == "plain":
        return plain()
    return b_lta() if variant in {"skipped-revision", "objects"} else b_t()


def files() -> tuple[AttackFile, ...]:
    """Return the files."""
    return on_both("unexplained-bytes", VARIANTS, _base, published=_PUBLISHED, otherwise=OTHERWISE)
