"""Files in order that have much beside their pages, or in which what may change there changed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pikepdf

from support.forgeries import plain
from support.forgeries.beside import with_everything
from support.forgeries.controls_made import PYHANKO, filled, saved
from support.forgeries.kinds import ControlFile
from support.forgeries.raw import spelled
from support.forgeries.revising import look, new, revise
from support.levels import later, stamp

if TYPE_CHECKING:
    from collections.abc import Callable

_SHOWN = b"/Tx BMC BT /F1 11 Tf 0 g 2 7 Td (no objections) Tj ET EMC"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>"


@cache
def _page() -> bytes:
    return plain.page(change=with_everything)


@cache
def _signed() -> bytes:
    return plain.sign(_page())


def _packed() -> bytes:
    mode = pikepdf.ObjectStreamMode.generate
    return plain.sign(saved(_page(), object_stream_mode=mode, linearize=True))


def _by_another_program(pdf: bytes) -> bytes:
    """Write the name of a program and a time, as whoever archives does."""
    info = spelled(pdf).info
    assert info is not None

    def change(item: Any) -> None:
        item.Producer = pikepdf.String("An Archive 1.0")
        item.ModDate = pikepdf.String("D:20261121101500+07'00'")

    return revise(pdf, {info: change})


def _with_its_font(pdf: bytes) -> bytes:
    """Fill the form in a font that came with it."""
    says = spelled(pdf)

    def value(item: Any) -> None:
        item.V = pikepdf.String("no objections")
        item.DA, item.AP = pikepdf.String("/TiRo 11 Tf 0 g"), pikepdf.Dictionary(N=new(1))

    def form(item: Any) -> None:
        holder = item if says.form is not None else item.AcroForm
        holder.DR.Font.TiRo = new(0)

    holder = says.root if says.form is None else says.form
    return revise(pdf, {says.fields[plain.FIELD]: value, holder: form}, [_FONT, look(_SHOWN)])


def files() -> tuple[ControlFile, ...]:
    """Return every file."""
    rows: dict[str, Callable[[], bytes]] = {
        "bookmarks, structure, attachment": _signed,
        "bookmarks, structure, attachment, object streams, linearised, two signers": lambda: (
            plain.sign(_packed(), field="Signature2")
        ),
        "bookmarks, structure, attachment, two signers": lambda: plain.sign(
            _signed(), field="Signature2"
        ),
        "bookmarks, structure, attachment, archive timestamps": lambda: stamp(
            stamp(_signed()), later()
        ),
        "written by another program since, archive timestamp": lambda: stamp(
            _by_another_program(_signed())
        ),
        "form filled in a font that came with it, signed once more": lambda: plain.sign(
            _with_its_font(_signed()), field="Signature2"
        ),
        "certified, filling permitted, filled, archive timestamp": lambda: stamp(
            filled(plain.plain(2))
        ),
    }
    return tuple(
        ControlFile(name=name, producer=PYHANKO, build=build) for name, build in rows.items()
    )
