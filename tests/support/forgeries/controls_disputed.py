"""Files about which honest verifiers differ: nobody attacked them, and this library refuses them.

They are no controls: nothing here has to be accepted. The page on files in order says who is right.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from support.forgeries import plain
from support.forgeries.controls_made import Way, filled, signed

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Disputed", "disputed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """One file, and who is right about it."""

    name: str
    """What is special about it."""
    build: Callable[[], bytes]
    """Makes the file."""
    why: str
    """Who is right, and why."""


def _commented(pdf: bytes) -> bytes:
    """Return the file with a note on its page, as a reader would leave one."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    name = generic.pdf_name
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject(
        {
            name("/Type"): name("/Annot"),
            name("/Subtype"): name("/Text"),
            name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (500, 780, 520, 800))),
            name("/Contents"): generic.pdf_string("Seen."),
            name("/F"): generic.NumberObject(4),
        }
    )
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page["/Annots"])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _encrypted() -> bytes:
    """Return a signed file that opens with an empty password."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain.page())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="demo", user=""))
    return signed(out.getvalue(), Way(), password="")


def disputed() -> tuple[Disputed, ...]:
    """Return every file."""
    return (
        Disputed(
            name="approval signature, form filled afterwards, and nobody signed that",
            build=lambda: filled(plain.plain()),
            why="Both. No signature says that the form may be filled, none says that it may not. What"
            " the page shows was signed by nobody, so this library refuses it; certified with P=2 or"
            " P=3, or signed once more, it is accepted.",
        ),
        Disputed(
            name="certified, comments permitted, a comment made",
            build=lambda: _commented(plain.plain(3)),
            why="pdfsig and DSS, by ISO 32000. Comments are how certified files were forged in 2021, and"
            " what one shows is up to the viewer: this library accepts none after a signature, nor does"
            " pyHanko.",
        ),
        Disputed(
            name="encrypted with an empty password",
            build=_encrypted,
            why="pdfsig and DSS, by ISO 32000. Strings of signature dictionaries are exempt from encryption"
            " and can be exchanged; PDF/A forbids encryption, and whoever has the password can save the"
            " file without it before it is signed.",
        ),
        Disputed(
            name="a line end and three blanks after the end mark",
            build=lambda: plain.plain() + b"   \n",
            why="Both. Mail gateways do that; but what follows a signature is signed by nobody, and the"
            " next byte could be anything. Taking four bytes away makes it whole.",
        ),
    )
