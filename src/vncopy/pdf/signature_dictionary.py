"""The dictionary of a signature, held to the standard's form before anything in it is believed.

ISO 32000-1 tables 252 to 256. Engines take what they find first, or last, and go on; what is said
twice, or in another form, is said otherwise to another reader.
"""

from __future__ import annotations

from typing import Any, Final

from vncopy.errors import MissingExtra

try:
    from pyhanko.pdf_utils import generic
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

__all__ = ["byte_range", "dictionary_problem"]

_NUMBERS: Final = 4
"""Of a byte range: two parts, each with its start and its length (ISO 32000-1 §12.8.1)."""
_TRANSFORMS: Final = frozenset({"/DocMDP", "/FieldMDP", "/UR", "/UR3", "/Identity"})
"""What a signature may say of later changes (tables 253 and following); each once."""
_STRINGS: Final = (generic.ByteStringObject, generic.TextStringObject)


def dictionary_problem(sig_field: Any) -> str:  # noqa: ANN401 - a pyHanko object or reference
    """Return what is wrong with a field and its dictionary, in a word; empty: nothing.

    ISO 32000-1 table 252: ``/Contents`` is a string, ``/Filter`` a name; ``/Type`` may be left out.
    The dictionary must be an object of its own: a later part could replace no other.

    Args:
        sig_field: a signature field that has a value.
    """
    reference = sig_field.get_object().raw_get("/V")
    if not isinstance(reference, generic.IndirectObject):
        return "value"
    found: Any = reference.get_object()  # type: ignore[no-untyped-call]
    if not isinstance(found, generic.DictionaryObject):
        return "value"
    if found.get("/Type", "/Sig") not in {"/Sig", "/DocTimeStamp"}:
        return "type"
    if not isinstance(_direct(found, "/Filter"), generic.NameObject):
        return "filter"
    if not isinstance(_direct(found, "/SubFilter"), generic.NameObject):
        return "subfilter"
    if not isinstance(_direct(found, "/Contents"), _STRINGS):
        return "contents"
    return "" if _are_references(found.get("/Reference", generic.ArrayObject())) else "reference"


def _are_references(rows: object) -> bool:
    """Tell whether a signature says in a form that all read alike what may change after it.

    Of two permissions one engine takes the first, another the last.
    """
    if not isinstance(rows, generic.ArrayObject):
        return False
    seen = set()
    for row in rows:
        method = row.get("/TransformMethod") if isinstance(row, generic.DictionaryObject) else None
        if method not in _TRANSFORMS or method in seen:
            return False
        seen.add(method)
        told: Any = row.get("/TransformParams")
        if told is None:
            continue
        if not isinstance(told, generic.DictionaryObject):
            return False
        names: Any = told.get("/Fields", generic.ArrayObject())
        if not isinstance(names, generic.ArrayObject):
            return False
        if not all(isinstance(name, _STRINGS) for name in names):
            return False
    return True


def _direct(dictionary: generic.DictionaryObject, name: str) -> Any:  # noqa: ANN401 - pyHanko's
    """Return an entry as it is written, ``None`` if it is not there."""
    return dictionary.raw_get(name) if name in dictionary else None


def byte_range(sig_field: Any) -> list[int] | None:  # noqa: ANN401 - a pyHanko object or reference
    """Return the four numbers of ``/ByteRange``; ``None`` if they are written in any other way.

    Args:
        sig_field: a signature field with a dictionary in form.
    """
    written = _direct(sig_field.get_object()["/V"], "/ByteRange")
    if not isinstance(written, generic.ArrayObject) or len(written) != _NUMBERS:
        return None
    numbers = [written.raw_get(place) for place in range(_NUMBERS)]
    if not all(isinstance(number, generic.NumberObject) for number in numbers):
        return None
    first, head, start, rest = (int(number) for number in numbers)
    return [first, head, start, rest] if first == 0 and 0 < head < start and rest > 0 else None
