"""What a file makes a viewer do by itself, so that its reader sees something besides its pages.

Scripts are refused in any signed file. Other actions are not scripts and do enough: on opening, show
a file that is attached or lies elsewhere, hide a field, empty a form, switch a layer. And a file
that is a collection shows one of its attachments instead of its own pages.
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

__all__ = ["acts_alone"]

_INSIDE: Final = "/GoTo"
"""The one action that only turns to a page of the file."""
_MOST_NEXT: Final = 16
"""Actions after each other that are followed; more count as one that acts."""
_MOST_ANNOTATIONS: Final = 5_000
"""Annotations of a file that are looked at."""


def acts_alone(final: Snapshot) -> Iterator[HiddenFacts]:
    """Yield what acts when the file is opened or read, without a click.

    Args:
        final: the whole file.

    Raises:
        ValueError: there is too much to be looked at.
    """
    root = final.pdf.Root
    counts = {
        "collection": int("/Collection" in root),
        "opening": int(_acts(root.get("/OpenAction"))) + _triggers(root.get("/AA")),
        "reading": 0,
    }
    left = _MOST_ANNOTATIONS
    for page in final.pdf.pages:
        counts["reading"] += _triggers(page.obj.get("/AA"))
        listed = page.obj.get("/Annots")
        for item in listed if isinstance(listed, pikepdf.Array) else ():
            left -= 1
            if left < 0:
                raise ValueError("annotations")
            if isinstance(item, pikepdf.Dictionary):
                counts["reading"] += _triggers(item.get("/AA"))
    found = [f"{count} {word}" for word, count in counts.items() if count]
    if found:
        yield HiddenFacts(kind="acts", count=sum(counts.values()), detail=", ".join(found))


def _triggers(actions: Any) -> int:  # noqa: ANN401 - pikepdf's
    """Return how many of the actions of a dictionary of triggers act."""
    if not isinstance(actions, pikepdf.Dictionary):
        return int(actions is not None)
    return sum(_acts(actions.get(name)) for name in actions.keys())  # noqa: SIM118 - not a dict


def _acts(action: Any) -> bool:  # noqa: ANN401 - pikepdf's
    """Tell whether an action, or one after it, does more than turn to a page."""
    todo, left = [action], _MOST_NEXT
    while todo:
        left -= 1
        each = todo.pop()
        if left < 0:
            return True
        if not isinstance(each, pikepdf.Dictionary):
            continue  # a place in the file, or nothing
        if str(each.get("/S", "")) != _INSIDE:
            return True
        after = each.get("/Next")
        todo += list(after) if isinstance(after, pikepdf.Array) else [after]
    return False
