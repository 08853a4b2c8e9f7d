"""Files that are something else as well: encrypted, with another header, with something before it.

Offsets count from the first byte. Readers that look for the header somewhere in the first kilobyte see
another file than those that do not; an encrypted one says what its key makes of it.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import TYPE_CHECKING

import pikepdf

from support.forgeries.incremental import false_page
from support.forgeries.kinds import AttackFile, on_both
from support.forgeries.plain import PAGE, page, sign
from support.forgeries.raw import append, base, last_section, places, put, spelled
from vncopy.policy import CheckId
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable


_PUBLISHED = "polyglots: Albertini 2014; encryption: Müller et al. 2019 (PDFex)"


def _archive_before(pdf: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("false.html"), "<h1>false</h1>")
    return made.getvalue() + pdf


def _archive_after(pdf: bytes) -> bytes:
    """An archive behind the end; its comment is an end as PDFs have them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("false.html"), "<h1>false</h1>")
        archive.comment = b"\nstartxref\n%d\n%%%%EOF\n" % last_section(pdf)
    return pdf + made.getvalue()


def _page_behind(pdf: bytes) -> bytes:
    return pdf + b"<html>false</html>\nstartxref\n%d\n%%%%EOF\n" % last_section(pdf)


def _shifted(pdf: bytes) -> bytes:
    """A header of its own before everything, and a pointer that counts from it."""
    head = b"%PDF-1.4\n%false\n"
    at = pdf.rindex(b"startxref\n")
    return head + pdf[:at] + b"startxref\n%d\n%%%%EOF\n" % (last_section(pdf) + len(head))


def _two_files(pdf: bytes) -> bytes:
    """A whole unsigned file before the signed one."""
    return page(form=False) + pdf


def _signed_then_unsigned(pdf: bytes) -> bytes:
    """A whole unsigned file after the signed one, whose pointer counts from its own header."""
    return pdf + page(form=False)


def _signed_then_unsigned_shifted(pdf: bytes) -> bytes:
    """The same, with offsets that count from the first byte."""
    other = page(form=False)
    root, size = spelled(other).root, spelled(other).size
    with pikepdf.open(io.BytesIO(other)) as opened:
        first = {i.objgen[0]: i for i in opened.objects if isinstance(i, pikepdf.Object)}
        body, rows = b"", {}
        for number, item in sorted(first.items()):
            rows[number] = len(pdf) + len(body)
            text = item.unparse(resolved=True)
            if isinstance(item, pikepdf.Stream):
                data = item.read_raw_bytes()
                text = item.stream_dict.unparse() + b"\nstream\n" + data + b"\nendstream"
            body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    at = len(pdf) + len(body)
    table = b"xref\n0 1\n0000000000 65535 f \n"
    table += b"".join(b"%d 1\n%010d 00000 n \n" % row for row in sorted(rows.items()))
    table += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, at)
    return pdf + body + table


_OLD = 3
"""Standard security handler before AES."""


@cache
def _encrypted(user: str, revision: int) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(page())) as opened:
        new = revision > _OLD
        locked = pikepdf.Encryption(owner="own", user=user, R=revision, aes=new, metadata=new)  # type: ignore[arg-type]
        opened.save(made, encryption=locked, static_id=True)
    return made.getvalue()


def _encrypt_entry(pdf: bytes) -> bytes:
    """Append a trailer that says that everything was encrypted."""
    number = spelled(pdf).size
    text = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"00" * 32, b"00" * 32)
    return append(pdf, {number: text}, extra=b"/Encrypt %d 0 R" % number)


def _encrypt_nothing(pdf: bytes) -> bytes:
    return append(pdf, false_page(pdf), extra=b"/Encrypt << >>")


def _identity(pdf: bytes) -> bytes:
    """Encryption by a filter that changes nothing, and a page that is not encrypted."""
    number = spelled(pdf).size + 1
    text = b"<< /Filter /Standard /V 4 /R 4 /Length 128 /P -4 /StmF /Identity /StrF /Identity"
    text += b" /CF << >> /O <%s> /U <%s> >>" % (b"00" * 32, b"00" * 32)
    return append(pdf, {**false_page(pdf), number: text}, extra=b"/Encrypt %d 0 R" % number)


def _header(text: bytes) -> Callable[[bytes], bytes]:
    return lambda pdf: put(pdf, (0, 8), text)


def _cut(pdf: bytes) -> bytes:
    return pdf[: places(pdf)[-1].end - 200]


def _half(pdf: bytes) -> bytes:
    return pdf[: len(pdf) // 2]


def _flipped(pdf: bytes) -> bytes:
    """One bit of what is packed."""
    at = pdf.index(b"stream") + 40
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def _root_twice(pdf: bytes) -> bytes:
    """A trailer with two catalogs."""
    number = spelled(pdf).size + 1
    catalog = spelled(pdf).objects[spelled(pdf).root]
    return append(pdf, {**false_page(pdf), number: catalog}, extra=b"/Root %d 0 R" % number)


def _content_outside() -> bytes:
    """A signed page whose content is read from another file: whoever has that changes the page."""

    def change(pdf: pikepdf.Pdf) -> None:
        drawn = pdf.make_stream(PAGE)
        drawn.F = pikepdf.String("content.txt")
        pdf.pages[0].obj.Contents = drawn

    return sign(page(change=change))


_BROKEN = CheckId.SIGNATURES_INTACT, Reason.PDF_MALFORMED
_LOCKED = CheckId.SIGNATURES_INTACT, Reason.PDF_ENCRYPTED
_TAIL = CheckId.COVERAGE, Reason.TRAILING_BYTES
_LATER = CheckId.REVISIONS, Reason.REVISION_FORBIDDEN
_RANGE = CheckId.SIGNATURES_INTACT, Reason.BYTE_RANGE
_DIGEST = CheckId.SIGNATURES_INTACT, Reason.CMS_DIGEST

BOTH: dict[str, tuple[Callable[[bytes], bytes], tuple[CheckId, Reason]]] = {
    "blank-before": (lambda pdf: b"\n" + pdf, _BROKEN),
    "page-before": (lambda pdf: b"<html>false</html>\n" + pdf, _BROKEN),
    "archive-before": (_archive_before, _BROKEN),
    "picture-before": (lambda pdf: b"\xff\xd8\xff\xfe\x04\x00" + bytes(1_022) + pdf, _BROKEN),
    "mark-before": (lambda pdf: b"\xef\xbb\xbf" + pdf, _BROKEN),
    "header-before": (_shifted, _BROKEN),
    "unsigned-file-before": (_two_files, _BROKEN),
    "unsigned-file-after": (_signed_then_unsigned, _BROKEN),
    "unsigned-file-after-in-order": (_signed_then_unsigned_shifted, _RANGE),
    "archive-after": (_archive_after, _LATER),
    "page-after": (_page_behind, _LATER),
    "zeros-after": (lambda pdf: pdf + bytes(100), _TAIL),
    "blanks-after": (lambda pdf: pdf + b"\r\n\r\n", _TAIL),
    "end-mark-after": (lambda pdf: pdf + b"%%EOF\n", _BROKEN),
    "header-of-another-version": (_header(b"%PDF-1.1"), _DIGEST),
    "header-unknown-version": (_header(b"%PDF-9.9"), _DIGEST),
    "header-no-version": (_header(b"%PDF-"), _BROKEN),
    "header-postscript": (_header(b"%!PS-Ado"), _BROKEN),
    "cut-in-the-end": (_cut, _BROKEN),
    "cut-in-half": (_half, _BROKEN),
    "bit-flipped": (_flipped, _BROKEN),
    "catalogs-two": (_root_twice, _BROKEN),
    "encryption-named-later": (_encrypt_entry, _LOCKED),
    "encryption-empty": (_encrypt_nothing, _BROKEN),
    "encryption-that-changes-nothing": (_identity, _LOCKED),
}
"""On both bases."""

PLAIN: dict[str, tuple[Callable[[], bytes], tuple[CheckId, Reason]]] = {
    "encrypted-unsigned-old": (lambda: _encrypted("", 3), _LOCKED),
    "encrypted-unsigned-new": (lambda: _encrypted("", 6), _LOCKED),
    "encrypted-with-a-password": (lambda: _encrypted("secret", 6), _LOCKED),
    "content-in-another-file": (
        _content_outside,
        (CheckId.ACTIVE_CONTENT, Reason.EXTERNAL_REFERENCE),
    ),
    "never-signed": (page, (CheckId.SIGNATURES_INTACT, Reason.NO_SIGNATURE)),
    "empty": (lambda: b"", _BROKEN),
    "header-alone": (lambda: b"%PDF-1.7\n", _BROKEN),
}
"""Without a copy."""


def files() -> tuple[AttackFile, ...]:
    """Return the files."""
    both = on_both("other-file-as-well", BOTH, lambda kind, _: base(kind), published=_PUBLISHED)
    plain = tuple(
        AttackFile(
            family="other-file-as-well",
            variant=variant,
            base="plain",
            build=build,
            check=caught[0],
            reason=caught[1],
            published=_PUBLISHED,
        )
        for variant, (build, caught) in PLAIN.items()
    )
    return both + plain
