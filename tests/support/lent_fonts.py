"""Copies in a deployer's own fonts, honest ones and such whose fonts lie, and tables for receivers."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from support.made_font import FAMILY, write_font
from support.pages import sample
from support.pdf_copies import ISSUED, demo, record_of, signed
from support.tampered import changed_copy
from vncopy.formats.profile import load_profile
from vncopy.issue.steps import prepare, sign_qr, typeset
from vncopy.page_trust import FontTable, parse_font_table
from vncopy.pdf.face_table import font_table
from vncopy.pdf.fonts import PageFonts

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.pdf_copies import TypeName
    from support.tampered import Sheet
    from vncopy.issue.states import UnsealedCopy
    from vncopy.trust import TrustStore

FontName = Literal["cff", "truetype"]
FONTS: Final[tuple[FontName, ...]] = ("cff", "truetype")


@cache
def own_fonts(name: FontName) -> PageFonts:
    """Return a font that the library's table does not know, of either kind of outlines."""
    if name == "cff":
        return PageFonts(families=("New Computer Modern",))  # the typesetter brings it
    folder = Path(tempfile.mkdtemp(prefix="vncopy-font-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return PageFonts(families=(FAMILY,), folder=str(write_font(folder)))


@cache
def table_of(name: FontName) -> FontTable:
    """Return the table of a font."""
    return parse_font_table(name, font_table(own_fonts(name)))


def trusting(*tables: FontTable) -> TrustStore:
    """Return the demo trust with tables of fonts."""
    return replace(demo().trust, fonts=tables)


@cache
def own_state(name: TypeName, font: FontName) -> UnsealedCopy[Any]:
    """Return the page of a copy in such a font before anybody signed it."""
    return _state(*record_of(name, demo().offices[0]), font)


@cache
def own_sample(name: str, font: FontName) -> bytes:
    """Return the copy of a sample in such a font."""
    record = sample(name)
    _, statement = record_of(name.partition("/")[0], demo().offices[0])
    if record.statement.kind is not statement.kind:
        changed = {"authority": statement.authority, "issued_at": None}
        statement = record.statement.model_copy(update=changed)
    return signed(_state(record.document, statement, font))


def _state(document: Any, statement: Any, font: FontName) -> UnsealedCopy[Any]:
    office = demo().offices[0]
    numbers = iter(range(10, 19))
    draft = prepare(
        document,
        statement,
        profile=load_profile(ISSUED.date()),
        fonts=own_fonts(font),
        entropy=lambda size: bytes([next(numbers)]) * size,
    )
    return typeset(sign_qr(draft, signer=office.qr.signer(), at=ISSUED, carriage="auto"))


def own_copy(
    name: TypeName, font: FontName, change: Callable[[Sheet], None] | None = None
) -> bytes:
    """Return a copy in such a font; ``change`` may spoil its page before the office signs it."""
    state = own_state(name, font)
    return signed(state) if change is None else changed_copy(state, change)
