"""Pages as they are seen, with what they must say: for tests of where texts stand."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from support.pages import sample
from vncopy.pdf.fonts import BUILTIN_FONTS
from vncopy.pdf.limits import DEFAULT_LIMITS
from vncopy.pdf.making import signable_page
from vncopy.pdf.page_text import compare, expected, read_template
from vncopy.pdf.printed import printed
from vncopy.pdf.shown import read_shown

if TYPE_CHECKING:
    from vncopy.formats.record import CopyRecord
    from vncopy.pdf.page_text import Expected
    from vncopy.pdf.readings import ShownPage

Arranged = tuple[tuple["ShownPage", ...], "Expected"]
_SYMBOL = "VNC1:" + "0123456789ABC" * 40


def arranged(record: CopyRecord[Any]) -> Arranged:
    """Return the pages of a record, before anybody signs them, and what they must say."""
    page = signable_page(record, None, BUILTIN_FONTS, qr_text=_SYMBOL, message=b"-")
    read = read_shown(page, limits=DEFAULT_LIMITS)
    content = printed(record)
    fields = [content.stamps[name] for name in content.data["signatures"]]
    template = read_template(record.document.template)
    wanted = expected(template, content.data, fields=fields)
    pages = tuple(each.page for each in read)
    assert [(each.unknown, each.wrong) for each in pages] == [((), ())] * len(pages)
    assert compare([each.text for each in pages], wanted) == ()
    return pages, wanted


@cache
def arranged_sample(name: str) -> Arranged:
    """Return the pages of a sample, and what they must say."""
    return arranged(sample(name))
