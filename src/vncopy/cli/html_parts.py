"""The bricks of the HTML page: escaped text, elements, tables and the one style sheet.

Only :func:`text` turns a string into markup, and it escapes. mypy refuses a plain string anywhere
else, so that no name of a certificate or of a record can become an element or an attribute.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final, NewType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vncopy.errors import Language

__all__ = [
    "COLOURS",
    "Markup",
    "bullets",
    "element",
    "page",
    "rows_table",
    "section",
    "text",
    "value",
]

Markup = NewType("Markup", str)
"""What is markup already."""

COLOURS: Final = {
    "valid": ("#14532d", "#ecfdf3"),
    "invalid": ("#8b0000", "#fff1f0"),
    "undetermined": ("#5c3d00", "#fff8e1"),
    "warning": ("#5c3d00", "#fff8e1"),
    "page": ("#1a1a1a", "#ffffff"),
}
"""Foreground and background; each pair has a contrast of at least 4.5 (WCAG 2.2, 1.4.3)."""

_NOT_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Controls, lone surrogates and non-characters: not permitted in HTML, or not in UTF-8."""

_SECURITY: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""Nothing is loaded and nothing runs, even if a mistake here let markup through."""

_LAYOUT: Final = """
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:60rem;font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{margin:0;font-size:1.6rem;line-height:1.25}
h2{margin:1.75rem 0 .5rem;font-size:1.25rem}
h3{margin:1.25rem 0 .25rem;font-size:1.05rem}
h1,h2,h3{break-after:avoid}
p,ul{margin:.4rem 0}
ul{padding-left:1.25rem}
.verdict{padding:1rem;border:.2rem solid;border-radius:.4rem}
.verdict p{margin-bottom:0}
table{width:100%;table-layout:fixed;border-collapse:collapse}
th,td{padding:.35rem .5rem .35rem 0;border-bottom:1px solid #8a8a8a;text-align:left;vertical-align:top}
th{font-weight:600}
.rows th{width:38%}
.checks th:nth-child(1){width:36%}
.checks th:nth-child(2){width:18%}
code{font:.9em ui-monospace,monospace}
tr,li,.verdict{break-inside:avoid}
thead{display:table-header-group}
@media (max-width:30rem){
body{padding:.5rem}
.checks,.checks thead,.checks tbody{display:block}
.checks tr{display:grid;grid-template-columns:1fr 8.5rem;border-bottom:1px solid #8a8a8a}
.checks th,.checks td{border:0}
.checks td:nth-child(3),.checks th:nth-child(3){grid-column:1/3}
.checks th:nth-child(1),.checks th:nth-child(2){width:auto}
.checks td:empty{display:none}
.checks thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.rows,.rows tbody,.rows tr,.rows th,.rows td{display:block;width:auto}
.rows th{border:0;padding-bottom:0}
}
@page{size:A4;margin:15mm}
@media print{body{padding:0;max-width:none;font-size:10pt}}
"""


def _style() -> Markup:
    colours = "".join(
        f".{name}{{color:{front};background:{back}}}" for name, (front, back) in COLOURS.items()
    )
    return Markup(f"{colours}{_LAYOUT}")


def text(words: str) -> Markup:
    """Return words as markup: escaped, and without what no page may hold."""
    return Markup(html.escape(_NOT_TEXT.sub("\ufffd", words), quote=True))


def value(words: str) -> Markup:
    """Return a value from outside: escaped, and its direction of writing kept to itself."""
    return element("bdi", text(words))


def element(tag: str, *inside: Markup, **attributes: str) -> Markup:
    """Return an element.

    Args:
        tag: its name; a constant of this room.
        inside: what it holds, markup already.
        attributes: their values are escaped; ``class_`` stands for ``class``, and ``_`` for ``-``.
    """
    given = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{text(each)}"' for name, each in attributes.items()
    )
    return Markup(f"<{tag}{given}>{''.join(inside)}</{tag}>")


def section(title: str, *inside: Markup) -> Markup:
    """Return a section under a heading of the second level, or nothing where it would be empty."""
    if not any(inside):
        return Markup("")
    return Markup(element("section", element("h2", text(title)), *inside) + "\n")


def bullets(items: Iterable[Markup]) -> Markup:
    """Return a list, or nothing where there is nothing to list."""
    lines = [element("li", each) for each in items]
    return element("ul", *lines) if lines else Markup("")


def rows_table(rows: Iterable[tuple[str, str]], caption: str) -> Markup:
    """Return label and value in two columns; each label is the header of its row.

    Args:
        rows: labels are words of this library or of a form, values come from outside.
        caption: what the table holds, for people who hear the page.
    """
    # On narrow screens label and value are laid out one above the other: roles keep them a row.
    lines = [
        Markup(
            element(
                "tr",
                element("th", value(label), scope="row", role="rowheader"),
                element("td", value(shown), role="cell"),
                role="row",
            )
            + "\n"
        )
        for label, shown in rows
    ]
    if not lines:
        return Markup("")
    return element(
        "table", element("tbody", *lines), class_="rows", aria_label=caption, role="table"
    )


def page(title: str, language: Language, *inside: Markup) -> bytes:
    """Return the whole page in UTF-8: it loads nothing and runs nothing.

    Args:
        title: of the window.
        language: of the words.
        inside: the sections.
    """
    head = element(
        "head",
        Markup('<meta charset="utf-8">\n'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{text(_SECURITY)}">\n'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">\n'),
        Markup('<meta name="referrer" content="no-referrer">\n'),
        element("title", text(title)),
        element("style", _style()),
    )
    body = element("body", element("main", *inside), class_="page")
    return f"<!DOCTYPE html>\n{element('html', head, body, lang=language)}\n".encode()
