"""The fonts that a form's values are drawn with (``/DR``), at a signature and later.

Who fills a form may bring a font. What was there stays, and a name that a field had and no font did is
not given to one: viewers draw a value anew as soon as somebody touches its field.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import MissingExtra

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["compare_fonts"]

_PLAIN_FONT: Final = frozenset({"/Type", "/Subtype", "/BaseFont", "/Encoding", "/Name"})
"""All that a font has which viewers bring along (ISO 32000-1 table 111)."""
_NAMED: Final = re.compile(rb"/([^\s/<>()\[\]{}%]{1,127})")


def compare_fonts(
    old: pikepdf.Object, new: pikepdf.Object, fields: Iterable[Any]
) -> tuple[list[tuple[Any, Any]], bool]:
    """Return what must be the same of the resources of a form, and whether a gap was filled.

    Args:
        old: the form at a signature.
        new: the form later.
        fields: its fields at the signature.

    Returns:
        Pairs of values, and whether a font came under a name that a field had already. One that
        every viewer brings along is no matter: many forms name it and leave it out.
    """
    had, has = old.get("/DR"), new.get("/DR")
    if not isinstance(had, pikepdf.Dictionary) and had is not None:
        return [(had, has)], False
    if not isinstance(has, pikepdf.Dictionary):
        return [(had, has)], False
    had = pikepdf.Dictionary() if had is None else had
    named, pairs, filled = _names((old, *fields)), [], False
    for kind in set(had.keys()) | set(has.keys()):
        first, second = had.get(kind), has.get(kind)
        if not isinstance(first, pikepdf.Dictionary | None) or not isinstance(
            second, pikepdf.Dictionary
        ):
            pairs.append((first, second))
            continue
        first = pikepdf.Dictionary() if first is None else first
        known = set(first.keys())
        pairs += [(first.get(name), second.get(name)) for name in known]
        gaps = (set(second.keys()) - known) & named
        filled |= not all(_is_plain(second.get(name)) for name in gaps)
    return pairs, filled


def _names(items: Iterable[Any]) -> set[str]:
    """Return the fonts that a form and its fields name as theirs (``/DA``)."""
    found: set[str] = set()
    for each in items:
        text = each.get("/DA")
        if isinstance(text, pikepdf.String):
            found |= {f"/{name.decode('latin-1')}" for name in _NAMED.findall(bytes(text))}
    return found


def _is_plain(item: Any) -> bool:  # noqa: ANN401 - pikepdf's
    """Tell whether a font is one of those that every viewer has."""
    return (
        isinstance(item, pikepdf.Dictionary)
        and set(item.keys()) <= _PLAIN_FONT
        and isinstance(item.get("/Encoding", pikepdf.Name("/None")), pikepdf.Name)
    )
