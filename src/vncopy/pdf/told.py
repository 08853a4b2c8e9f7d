"""What a copy tells of itself beside its pages: bookmarks, alternative texts, tooltips, its title.

Who cannot see the page goes by these, and viewers show some of them to everybody. All are words of
the page or of the frame; anything else was put there by somebody else.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra
from vncopy.pdf.unpacking import decoded_stream

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["UNREAD", "told_beside"]

UNREAD: Final = "\0"
"""Stands for what could not be read; no copy tells it."""
MAX_NODES: Final = 20_000
"""Elements of structure, bookmarks and fields that are looked at; a copy of ten pages has 2000."""
MAX_PACKET: Final = 200_000
"""Decoded bytes of the metadata; a copy has 5000."""
_TITLE: Final = re.compile(rb"<dc:title>(.*?)</dc:title>", re.DOTALL)
_TAG: Final = re.compile(r"<[^<>]*>")
_TEXTS: Final = ("/Alt", "/ActualText", "/E", "/T", "/Title")
"""Entries of structure elements and bookmarks whose text people are told."""
_FURTHER: Final = ("/First", "/Next", "/K")
"""Where bookmarks and structure go on."""


def told_beside(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """Return what a file tells beside its pages, each text once.

    Args:
        pdf: the open file.
    """
    root = pdf.Root
    found: dict[str, None] = {}
    for text in _texts([root.get("/Outlines"), root.get("/StructTreeRoot")]):
        found[text] = None
    if "/PageLabels" in root:
        found[UNREAD] = None
    for page in pdf.pages:
        for item in page.obj.get("/Annots", ()):
            if _is_unseen_field(item):
                continue
            for name in ("/TU", "/Contents"):
                if name in item:
                    found[str(item[name])] = None
    if "/Title" in pdf.docinfo:
        found[str(pdf.docinfo["/Title"])] = None
    packet = root.get("/Metadata")
    content = decoded_stream(packet, MAX_PACKET) if isinstance(packet, pikepdf.Stream) else b""
    for title in _TITLE.findall(content or b""):
        found[unescape(_TAG.sub("", title.decode("utf-8", "replace")))] = None
    return tuple(found)


def _is_unseen_field(item: pikepdf.Object) -> bool:
    """Tell whether an annotation is a signature field that takes no room, so that nobody points at it.

    Whoever renews a copy adds one for each timestamp, with a tooltip in the words of his program.
    """
    left, bottom, right, top = (float(edge) for edge in item.Rect)
    field = item.get("/FT") == pikepdf.Name.Sig and "/Contents" not in item
    return field and left == right and bottom == top


def _texts(starts: list[pikepdf.Object | None]) -> Iterator[str]:
    """Iterate over the texts of trees of bookmarks and structure."""
    queue = [each for each in starts if each is not None]
    seen: set[tuple[int, int]] = set()
    count = 0
    while queue:
        each = queue.pop()
        count += 1
        if count > MAX_NODES:
            yield UNREAD
            return
        if isinstance(each, pikepdf.Array):
            queue += list(each)
            continue
        if not isinstance(each, pikepdf.Dictionary) or each.get("/Type") == pikepdf.Name.OBJR:
            continue
        if each.is_indirect:
            if each.objgen in seen:
                continue
            seen.add(each.objgen)
        for name in _TEXTS:
            if name in each:
                yield str(each[name])
        queue += [each[name] for name in _FURTHER if name in each]
