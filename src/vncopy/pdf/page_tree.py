"""Is the tree of pages one that all readers go through alike?

One reader trusts ``/Count`` of the root, another counts the leaves; one stops at a page that it has
seen, another shows it again. Who signs must not see fewer pages than who relies on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import MissingExtra

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from vncopy.pdf.revisions import ObjectId

__all__ = ["is_orderly_tree"]

_MOST_DEPTH: Final = 64
"""Nodes inside of each other; writers make three or four levels for ten thousand pages."""


def is_orderly_tree(pdf: pikepdf.Pdf, most: int) -> bool:
    """Tell whether every node counts its pages right and every page stands in the tree once.

    ISO 32000-1 §7.7.3.2: ``/Count`` is the number of leaves below a node.

    Args:
        pdf: the open file.
        most: pages and nodes that are looked at.
    """
    seen: set[ObjectId] = set()
    try:
        _leaves(pdf.Root.get("/Pages"), None, seen, most=most)
    except _DisorderError:
        return False
    return True


class _DisorderError(Exception):
    """Readers go through the tree as they like."""


def _leaves(
    node: Any,  # noqa: ANN401 - pikepdf's
    above: Any,  # noqa: ANN401 - pikepdf's
    seen: set[ObjectId],
    *,
    most: int,
    depth: int = 0,
) -> int:
    """Return how many pages are below a node.

    Raises:
        _DisorderError: it counts others, or something is there twice, or is neither node nor page,
            or says that it hangs elsewhere, from where it would inherit.
    """
    known = isinstance(node, pikepdf.Dictionary) and node.is_indirect
    if not known or node.objgen in seen or len(seen) >= most or depth > _MOST_DEPTH:
        raise _DisorderError
    seen.add(node.objgen)
    named = node.get("/Parent")
    if named is not None and (above is None or getattr(named, "objgen", None) != above.objgen):
        raise _DisorderError
    kind, kids = str(node.get("/Type", "")), node.get("/Kids")
    if kind == "/Page" and kids is None and depth:
        return 1
    if kind != "/Pages" or not isinstance(kids, pikepdf.Array):
        raise _DisorderError
    count = sum(_leaves(each, node, seen, most=most, depth=depth + 1) for each in kids)
    if node.get("/Count") != count:
        raise _DisorderError
    return count
