"""How one declared field becomes CBOR and comes back, read off its annotation.

A class that knows its own coding (``to_wire`` and ``from_wire``) is asked; any other
:class:`~vncopy.formats.base.Part` is a map by its fields' keys; tuples are arrays; ``bool``,
``int``, ``str`` and ``bytes`` are themselves. A missing value is a negative integer, or an array
of that integer and the original's words; no present value may look like that.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import (
    TYPE_CHECKING,
    Any,
    Final,
    NamedTuple,
    Protocol,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
)

from vncopy.errors import MalformedCopy, Reason
from vncopy.formats.base import STATE_CODES, FieldState, Item, Missing, Part, Travel, items

if TYPE_CHECKING:
    from collections.abc import Callable

    from vncopy.wire.cbor import Plain, PlainMap

P = TypeVar("P", bound=Part)

_STATES: Final = {code: state for state, code in STATE_CODES.items()}
REFUSALS: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What the classes of a document type may raise for a value that is not theirs."""
# model_construct: a constant does not make the import build pydantic's validators
WITHHELD: Final = Missing.model_construct(state=FieldState.WITHHELD)
"""What a field that never travels holds after it was restored from a payload."""


class Scope:
    """Which fields travel, and what was left behind or withheld on the way (one use each).

    Args:
        reference: only the key fields travel.
        withheld: on the way back: fields that never travel may have had a value.
    """

    __slots__ = ("path", "reference", "whole", "withheld", "withheld_fields")

    def __init__(self, *, reference: bool, withheld: bool = False) -> None:
        self.reference = reference
        self.withheld = withheld
        self.whole = True
        self.withheld_fields: list[str] = []
        self.path: tuple[str, ...] = ()

    def at(self, *steps: str) -> str:
        """Return the dotted path of a field inside the part at hand."""
        return ".".join((*self.path, *steps))


class Coder(Protocol):
    """Both directions for the values of one annotation."""

    def accepts(self, value: object) -> bool:
        """Tell whether ``value`` is one of these values."""

    def encode(self, value: object, scope: Scope) -> Plain:
        """Return what travels."""

    def decode(self, plain: Plain, scope: Scope) -> object:
        """Return the value; raises ``ValueError`` or :class:`MalformedCopy`."""


class _Same(NamedTuple):
    """``bool``, ``int``, ``str`` and ``bytes`` travel as they are."""

    kind: type

    def accepts(self, value: object) -> bool:
        return type(value) is self.kind

    def encode(self, value: object, _scope: Scope) -> Plain:
        return cast("Plain", value)

    def decode(self, plain: Plain, _scope: Scope) -> object:
        if type(plain) is not self.kind:
            raise ValueError(self.kind.__name__)
        return plain


class _Wired(NamedTuple):
    """A class with a coding of its own."""

    kind: Any

    def accepts(self, value: object) -> bool:
        return isinstance(value, self.kind)

    def encode(self, value: object, _scope: Scope) -> Plain:
        return cast("Plain", cast("Any", value).to_wire())

    def decode(self, plain: Plain, _scope: Scope) -> object:
        return cast("object", self.kind.from_wire(plain))


class _Group(NamedTuple):
    """A part inside a part; in reference carriage it comes back as a mapping, being incomplete."""

    kind: type[Part]

    def accepts(self, value: object) -> bool:
        return isinstance(value, (self.kind, Mapping))

    def encode(self, value: object, scope: Scope) -> Plain:
        return encode_values(self.kind, cast("Part", value), scope)

    def decode(self, plain: Plain, scope: Scope) -> object:
        if scope.reference:
            return decode_values(self.kind, plain, scope)
        return decode_part(self.kind, plain, scope)


class _Several(NamedTuple):
    """``tuple[X, ...]``, an array."""

    entry: Coder

    def accepts(self, value: object) -> bool:
        return isinstance(value, tuple)

    def encode(self, value: object, scope: Scope) -> Plain:
        return [self.entry.encode(each, scope) for each in cast("tuple[object, ...]", value)]

    def decode(self, plain: Plain, scope: Scope) -> object:
        if not isinstance(plain, list):
            raise ValueError("array")  # noqa: TRY004 - the wire protocol says ValueError
        before = scope.path
        values: list[object] = []
        for number, each in enumerate(plain):
            scope.path = (*before, str(number))
            values.append(self.entry.decode(each, scope))
        scope.path = before
        return tuple(values)


class _Choice(NamedTuple):
    """A union, with or without :class:`Missing`; its members must differ in what travels."""

    members: tuple[Coder, ...]
    may_miss: bool

    def accepts(self, value: object) -> bool:
        return isinstance(value, Missing) or any(each.accepts(value) for each in self.members)

    def encode(self, value: object, scope: Scope) -> Plain:
        if isinstance(value, Missing):
            code = STATE_CODES[value.state]
            return code if value.text is None else [code, value.text]
        for member in self.members:
            if member.accepts(value):
                plain = member.encode(value, scope)
                if self.may_miss and _state_of(plain) is not None:
                    raise TypeError("a present value looks like a missing one")
                return plain
        raise TypeError(f"{type(value).__name__} is not among the declared types")

    def decode(self, plain: Plain, scope: Scope) -> object:
        if self.may_miss and (state := _state_of(plain)) is not None:
            return _missing(state, plain)
        path, withheld = scope.path, len(scope.withheld_fields)
        for member in self.members[:-1]:
            try:
                return member.decode(plain, scope)
            except (MalformedCopy, *REFUSALS):
                scope.path = path
                del scope.withheld_fields[withheld:]
        return self.members[-1].decode(plain, scope)


def _state_of(plain: Plain) -> int | None:
    """Return the negative integer that says why a value is missing, if ``plain`` begins with one."""
    first = plain[0] if isinstance(plain, list) and plain else plain
    return first if type(first) is int and first < 0 else None


def _missing(state: int, plain: Plain) -> Missing:
    if state not in _STATES:
        raise ValueError("state")
    if not isinstance(plain, list):
        return Missing(state=_STATES[state])
    _, text = plain
    return Missing(state=_STATES[state], text=cast("str", text))


@cache
def coder_of(annotation: Any) -> Coder:  # noqa: ANN401 - any annotation a document may have
    """Return the coder for an annotation.

    Raises:
        TypeError: VNC1 has no way to carry such values (a mistake of the type's author).
    """
    origin = get_origin(annotation)
    if hasattr(annotation, "__metadata__"):
        return coder_of(get_args(annotation)[0])
    if origin is Union or origin is types.UnionType:
        members = [each for each in get_args(annotation) if each is not type(None)]
        present = tuple(coder_of(each) for each in members if each is not Missing)
        return _Choice(present, Missing in members)
    if origin is tuple and (inner := get_args(annotation))[1:] == (...,):
        return _Several(coder_of(inner[0]))
    if isinstance(annotation, type):
        if hasattr(annotation, "to_wire") and hasattr(annotation, "from_wire"):
            return _Wired(annotation)
        if issubclass(annotation, Part):
            return _Group(annotation)
        if annotation in {bool, int, str, bytes}:
            return _Same(annotation)
    raise TypeError(f"VNC1 cannot carry {annotation!r}")


@cache
def travelling(part: type[Part], *, reference: bool) -> dict[int, Item]:
    """Return the fields of a part that travel, by key.

    In full carriage these are all but ``Travel.NEVER``. In reference carriage they are those
    declared ``Travel.REFERENCE``; of a part that declares none, all that ever travel, so that an
    office or a signer within a key field is carried whole.

    Args:
        part: the document, statement or group.
        reference: which of the two carriages.
    """
    ever = {each.key: each for each in items(part) if each.travel is not Travel.NEVER}
    keys = {key: each for key, each in ever.items() if each.travel is Travel.REFERENCE}
    return keys if reference and keys else ever


def encode_values(kind: type[Part], values: Part | Mapping[str, object], scope: Scope) -> PlainMap:
    """Return the map of a part's fields; defaults are left out.

    Args:
        kind: the document, statement or group.
        values: an instance, or what :func:`decode_values` gave.
        scope: which fields travel; ``scope.whole`` becomes false if a value was left behind.

    Raises:
        TypeError: a value that VNC1 cannot carry.
    """
    chosen = travelling(kind, reference=scope.reference)
    found: PlainMap = {}
    for each in items(kind):
        if isinstance(values, Mapping):
            value = values.get(each.name, each.default)
        else:
            value = getattr(values, each.name)
        if not each.required and value == each.default:
            continue
        if each.key in chosen:
            found[each.key] = coder_of(each.annotation).encode(value, scope)
        else:
            scope.whole = False
    return found


def decode_values(kind: type[Part], plain: Plain, scope: Scope) -> Mapping[str, object]:
    """Return the values, by name, that travel in the map of a part; defaults are filled in.

    Args:
        kind: the document, statement or group.
        plain: its map.
        scope: which fields may travel.

    Raises:
        MalformedCopy: ``unknown_field``, ``missing_field`` or ``field_value``; the detail names
            the field.
    """
    if not isinstance(plain, dict):
        raise MalformedCopy(Reason.FIELD_VALUE, scope.at())
    known = travelling(kind, reference=scope.reference)
    if not plain.keys() <= known.keys():
        raise MalformedCopy(Reason.UNKNOWN_FIELD, scope.at())
    before = scope.path
    values: dict[str, object] = {}
    for key, each in known.items():
        scope.path = (*before, each.name)
        if key in plain:
            values[each.name] = _decoded(coder_of(each.annotation).decode, plain[key], scope)
        elif each.required:
            raise MalformedCopy(Reason.MISSING_FIELD, scope.at())
        else:
            values[each.name] = each.default
    scope.path = before
    return MappingProxyType(values)


def _decoded(decode: Callable[[Plain, Scope], object], plain: Plain, scope: Scope) -> object:
    """Decode one field; the one place where refusals of the fields' classes are translated."""
    try:
        return decode(plain, scope)
    except REFUSALS:
        raise MalformedCopy(Reason.FIELD_VALUE, scope.at()) from None


def decode_part(kind: type[P], plain: Plain, scope: Scope) -> P:
    """Return the part of a map in full carriage.

    Args:
        kind: the document, statement or group.
        plain: its map.
        scope: whether fields that never travel were withheld.

    Raises:
        MalformedCopy: as :func:`decode_values`, or ``rule_broken``.
    """
    return build(kind, decode_values(kind, plain, scope), scope)


def build(kind: type[P], values: Mapping[str, object], scope: Scope) -> P:
    """Return the part made of ``values``; what never travels is ``Missing(WITHHELD)``.

    Args:
        kind: the document, statement or group.
        values: what :func:`decode_values` gave.
        scope: whether fields that never travel were withheld; their paths are noted there.

    Raises:
        MalformedCopy: ``rule_broken``.
    """
    whole = dict(values)
    for each in items(kind):
        if each.travel is Travel.NEVER and scope.withheld:
            scope.withheld_fields.append(scope.at(each.name))
            if may_miss(each):
                whole[each.name] = WITHHELD
    try:
        return kind.model_validate(whole)
    except ValueError:  # pydantic's ValidationError
        raise MalformedCopy(Reason.RULE_BROKEN, scope.at()) from None


def may_miss(field: Item) -> bool:
    """Tell whether a field may hold :class:`Missing`."""
    coder = coder_of(field.annotation)
    return isinstance(coder, _Choice) and coder.may_miss
