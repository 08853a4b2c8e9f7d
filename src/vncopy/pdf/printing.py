"""What a printer gets and the screen does not, or the other way round.

The format lets a file choose by the device: another picture for the printer, notes that are shown and
not printed, programs for PostScript printers, functions that exchange dark and light on paper. Who
signs looks at a screen, and whoever relies on it may have the sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import MissingExtra
from vncopy.facts.pdf import HiddenFacts

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vncopy.pdf.revisions import Snapshot

__all__ = ["other_in_print"]

_PRINTED: Final = 4
"""Flag of annotations that are printed (ISO 32000-1 table 165)."""
_UNSEEN: Final = 1 | 2 | 32
"""Flags of annotations that are not shown; those have a warning of their own."""
_DRAWN: Final = frozenset(
    {
        "/FreeText", "/Stamp", "/Square", "/Circle", "/Line", "/Polygon", "/PolyLine", "/Ink",
        "/Redact", "/Watermark", "/PrinterMark", "/TrapNet", "/Widget",
    }
)  # fmt: skip
"""Annotations that draw something of their own on the page; notes and links only mark a place."""
_FOR_PRINTERS: Final = frozenset({"/Watermark", "/PrinterMark", "/TrapNet"})
"""Those that are made for printing, with sizes or colours that the screen does not have."""
_MOST_NESTED: Final = 4
"""Dictionaries inside of each other that are looked into."""
_MOST_ANNOTATIONS: Final = 5_000
"""Annotations of a file that are looked at."""


def other_in_print(final: Snapshot) -> Iterator[HiddenFacts]:
    """Yield what may look unlike on paper and on the screen.

    Args:
        final: the whole file.

    Raises:
        ValueError: there is too much to be looked at.
    """
    counts = {"pictures": 0, "programs": 0, "functions": 0, "notes": _notes(final)}
    for key, item in final.objects.items():
        if isinstance(item, pikepdf.Stream):
            counts["pictures"] += "/Alternates" in item
            counts["programs"] += (
                "/PS" in (str(item.get("/Subtype", "")), str(item.get("/Subtype2", "")))
                or "/PS" in item
            )
        if b"/TR" in final.texts[key]:
            held = item.stream_dict if isinstance(item, pikepdf.Stream) else item
            counts["functions"] += _exchanges(held, 0)
    found = [f"{count} {word}" for word, count in counts.items() if count]
    if found:
        yield HiddenFacts(kind="printed", count=sum(counts.values()), detail=", ".join(found))


def _notes(final: Snapshot) -> int:
    """Return how many annotations are shown and not printed, or made for printing."""
    count, left = 0, _MOST_ANNOTATIONS
    for page in final.pdf.pages:
        listed = page.obj.get("/Annots")
        for item in listed if isinstance(listed, pikepdf.Array) else ():
            left -= 1
            if left < 0:
                raise ValueError("annotations")
            if not isinstance(item, pikepdf.Dictionary) or not _paints(item):
                continue
            kind, flags = str(item.get("/Subtype", "")), item.get("/F", 0)
            shown = isinstance(flags, int) and not flags & _UNSEEN
            count += kind in _FOR_PRINTERS or (
                kind in _DRAWN and shown and not int(flags) & _PRINTED
            )
    return count


def _paints(item: pikepdf.Dictionary) -> bool:
    """Tell whether an annotation has a look with something in it."""
    looks = item.get("/AP")
    normal = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    if isinstance(normal, pikepdf.Dictionary) and not isinstance(normal, pikepdf.Stream):
        normal = normal.get(str(item.get("/AS", "/Off")))
    return isinstance(normal, pikepdf.Stream) and len(normal.read_raw_bytes()) > 0


def _exchanges(item: Any, depth: int) -> bool:  # noqa: ANN401 - pikepdf's
    """Tell whether a graphics state, or a dictionary with some, has a transfer function."""
    if depth > _MOST_NESTED or not isinstance(item, pikepdf.Dictionary):
        return False
    if any(_is_function(item.get(name)) for name in ("/TR", "/TR2")) and "/S" not in item:
        return True
    return any(
        _exchanges(item.get(name), depth + 1)
        for name in item.keys()  # noqa: SIM118 - not a dict
        if not getattr(item.get(name), "is_indirect", True)
    )


def _is_function(value: Any) -> bool:  # noqa: ANN401 - pikepdf's
    if isinstance(value, pikepdf.Array):
        return any(_is_function(each) for each in value)
    return isinstance(value, pikepdf.Dictionary | pikepdf.Stream) and "/FunctionType" in value
