"""The document types that come with the library, loaded when one is first asked for.

Making the classes costs more than everything else that verifying a QR text imports; a program that
only names :data:`BUILTIN_TYPES` as a default does not pay for it.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from vncopy.formats.base import DocumentTypes

if TYPE_CHECKING:
    from vncopy.formats.base import Document

__all__ = ["BUILTIN_TYPES"]

_CLASSES: Final = {
    "vn.birth/1": ("vncopy.formats.birth", "BirthRecord"),
    "vn.marriage/1": ("vncopy.formats.marriage", "MarriageRecord"),
    "vn.death/1": ("vncopy.formats.death", "DeathRecord"),
    "vn.land/1": ("vncopy.formats.land", "LandCertificate"),
}
"""Module and class of each ``format_id``, in the order in which the types are listed."""


@cache
def _load(format_id: str) -> type[Document]:
    """Return the class of one built-in type."""
    module, name = _CLASSES[format_id]
    kind: type[Document] = getattr(import_module(module), name)
    return kind


class _BuiltinTypes(DocumentTypes):
    """The set of built-in types; a class is loaded when it is asked for."""

    __slots__ = ()

    def __init__(self) -> None:
        """Load nothing yet."""

    @property
    def _types(self) -> dict[str, type[Document]]:  # type: ignore[override]
        """All the classes by ``format_id``."""
        return {format_id: _load(format_id) for format_id in _CLASSES}

    def get(self, format_id: str, /) -> type[Document] | None:
        """Return the type with that id, or ``None``; the others are not loaded."""
        return _load(format_id) if format_id in _CLASSES else None

    def __contains__(self, format_id: object) -> bool:
        """Tell whether a type with that id is in the set."""
        return format_id in _CLASSES


BUILTIN_TYPES: Final[DocumentTypes] = _BuiltinTypes()
"""Birth, marriage, death and land-use-right certificate; ``with_type`` adds one's own."""
