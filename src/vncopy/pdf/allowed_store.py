"""Which changes of validation data (``/DSS``) may come after a signature.

It may grow and do nothing else: what a list held stays in it, an entry for one signature stays as it
was, a stream is never replaced. A new piece is a stream of its own, made for this, that is one DER
element: nothing that the file had before, and nothing that a page could draw, becomes evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from vncopy.errors import MissingExtra
from vncopy.facts.evidence import MAX_EVIDENCE_BYTES
from vncopy.pdf.byte_ranges import is_one_element
from vncopy.pdf.unpacking import decoded_stream
from vncopy.pdf.validation_facts import MAX_LISTED

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from vncopy.pdf.revisions import ObjectId, Snapshot

__all__ = ["explained_store", "same_value"]

_STORE_KEYS: Final = frozenset({"/Type", "/VRI", "/Certs", "/OCSPs", "/CRLs"})
_STORE_LISTS: Final = ("/Certs", "/OCSPs", "/CRLs")
_ENTRY_KEYS: Final = frozenset({"/Type", "/Cert", "/CRL", "/OCSP", "/TU"})
"""``/TS`` is left out: a timestamp belongs into the signature, where it is looked at."""
_ENTRY_LISTS: Final = ("/Cert", "/OCSP", "/CRL")
_STREAM_KEYS: Final = frozenset({"/Length", "/Filter"})
_ENTRY_NAME: Final = re.compile(r"/[0-9A-F]{40}")
"""SHA-1 of the signature that an entry is about (ETSI EN 319 142-1 §5.4.2.3)."""

_Role: TypeAlias = Literal["store", "entries", "entry", "list", "evidence"]


@dataclass(slots=True)
class _Store:
    """A store, taken apart."""

    roles: dict[ObjectId, _Role] = field(default_factory=dict)
    """What each of its objects is for."""
    lists: dict[str, frozenset[ObjectId]] = field(default_factory=dict)
    """The streams of each list."""
    entries: dict[str, tuple[object, ...]] = field(default_factory=dict)
    """Entries for single signatures: spelled out, and the streams of their lists."""
    listed: int = 0
    """Entries of all lists together."""


class _FormError(Exception):
    """Not in the form that a store may have."""


def same_value(old: object, new: object) -> bool:
    """Compare two values of a dictionary or array; references as references.

    Args:
        old: before.
        new: after.
    """
    if isinstance(old, pikepdf.Object) and isinstance(new, pikepdf.Object):
        return old.unparse() == new.unparse()
    return type(old) is type(new) and old == new  # pikepdf turns numbers into Python's own


def explained_store(before: Snapshot, after: Snapshot, changed: set[ObjectId]) -> set[ObjectId]:
    """Return the changed objects that are explained by validation data that grew.

    Args:
        before: the objects at a signature.
        after: the objects at the next one, or at the end.
        changed: objects that are new or other than before.

    Returns:
        Objects of the store and the catalog; empty if there is anything else about them.
    """
    old_store, store = before.pdf.Root.get("/DSS"), after.pdf.Root.get("/DSS")
    if store is None:
        return set()
    try:
        known = _Store() if old_store is None else _taken_apart(old_store)
        found = _taken_apart(store)
        _grew(known, found)
    except _FormError:
        return set()
    for key, role in found.roles.items():
        new = key not in before.texts
        if not new and (known.roles.get(key) != role or (role == "evidence" and key in changed)):
            return set()  # it was there for something else, or it was replaced
        if new and role == "evidence" and not _is_piece(after.objects[key]):
            return set()
    return (found.roles.keys() & changed) | _catalog(before, after, changed)


def _is_piece(stream: pikepdf.Stream) -> bool:
    """Tell whether a stream holds one DER element; one that is too large is refused elsewhere."""
    try:
        der = decoded_stream(stream, MAX_EVIDENCE_BYTES)
    except ValueError:
        return False
    return der is None or is_one_element(der)


def _grew(old: _Store, new: _Store) -> None:
    """Refuse a store in which a list lost a piece or an entry changed.

    Raises:
        _FormError: it did.
    """
    if any(not streams <= new.lists[name] for name, streams in old.lists.items()):
        raise _FormError
    if any(new.entries.get(name) != entry for name, entry in old.entries.items()):
        raise _FormError


def _catalog(before: Snapshot, after: Snapshot, changed: set[ObjectId]) -> set[ObjectId]:
    """Return the catalog if it changed in nothing but that it has validation data now."""
    old, new = before.pdf.Root, after.pdf.Root
    if new.objgen != old.objgen or new.objgen not in changed:
        return set()
    names = (set(old.keys()) | set(new.keys())) - {"/DSS"}
    same = all(
        name in old and name in new and same_value(old.get(name), new.get(name)) for name in names
    )
    return {new.objgen} if same else set()


def _taken_apart(store: Any) -> _Store:  # noqa: ANN401 - pikepdf's
    """Return the parts of a store.

    Raises:
        _FormError: it has another form, or an object has two uses in it.
    """
    found = _Store()
    _dictionary(store, _STORE_KEYS, "/DSS")
    _note(store, "store", found)
    for name in _STORE_LISTS:
        found.lists[name] = _list(store.get(name), found)
    entries = store.get("/VRI")
    if entries is None:
        return found
    if not isinstance(entries, pikepdf.Dictionary):
        raise _FormError
    _note(entries, "entries", found)
    for name in entries.keys():  # noqa: SIM118 - not a dict
        entry: Any = entries.get(name)
        if _ENTRY_NAME.fullmatch(name) is None:
            raise _FormError
        _dictionary(entry, _ENTRY_KEYS, "/VRI")
        _note(entry, "entry", found)
        if not isinstance(entry.get("/TU", pikepdf.String("")), pikepdf.String):
            raise _FormError
        held = [_list(entry.get(part), found) for part in _ENTRY_LISTS]
        found.entries[name] = (entry.unparse(resolved=True), *held)
    return found


def _dictionary(item: Any, keys: frozenset[str], kind: str) -> None:  # noqa: ANN401 - pikepdf's
    """Refuse anything but a dictionary with these keys."""
    if not isinstance(item, pikepdf.Dictionary) or not set(item.keys()) <= keys:
        raise _FormError
    if str(item.get("/Type", kind)) != kind:
        raise _FormError


def _list(listed: Any, found: _Store) -> frozenset[ObjectId]:  # noqa: ANN401 - pikepdf's
    """Return the streams of one list, noted; it need not be there."""
    if listed is None:
        return frozenset()
    if not isinstance(listed, pikepdf.Array):
        raise _FormError
    found.listed += len(listed)
    if found.listed > MAX_LISTED:
        raise _FormError
    _note(listed, "list", found)
    streams = set()
    for stream in listed:
        if not isinstance(stream, pikepdf.Stream) or not set(stream.keys()) <= _STREAM_KEYS:
            raise _FormError
        _note(stream, "evidence", found)
        streams.add(stream.objgen)
    return frozenset(streams)


def _note(item: pikepdf.Object, role: _Role, found: _Store) -> None:
    """Note what an object is for.

    Raises:
        _FormError: it is for something else as well.
    """
    if item.is_indirect and found.roles.setdefault(item.objgen, role) != role:
        raise _FormError
