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

_CLASSES: Final = (
    ("vncopy.formats.birth", "BirthRecord"),
    ("vncopy.formats.marriage", "MarriageRecord"),
    ("vncopy.formats.death", "DeathRecord"),
    ("vncopy.formats.land", "LandCertificate"),
)
"""Module and class of each type, in the order in which they are listed."""


@cache
def _load() -> dict[str, type[Document]]:
    """Return the built-in classes by ``format_id``."""
    classes = [getattr(import_module(module), name) for module, name in _CLASSES]
    return {kind.format_id: kind for kind in classes}


class _BuiltinTypes(DocumentTypes):
    """The set of built-in types."""

    __slots__ = ()

    def __init__(self) -> None:
        """Load nothing yet."""

    @property
    def _types(self) -> dict[str, type[Document]]:  # type: ignore[override]
        """The classes, loaded at first use."""
        return _load()


BUILTIN_TYPES: Final[DocumentTypes] = _BuiltinTypes()
"""Birth, marriage, death and land-use-right certificate; ``with_type`` adds one's own."""
