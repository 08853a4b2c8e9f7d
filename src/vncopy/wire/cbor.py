"""Deterministic CBOR (RFC 8949 §4.2.1) of the few types that VNC1 uses, strict in both directions.

Whatever :func:`decode` accepts, :func:`encode` gives back byte for byte. Accepted are integers of
64 bits, byte strings, text strings, arrays, maps with integer or text keys, ``true`` and
``false``. Floats, ``null``, ``undefined``, other simple values, tags and indefinite lengths are not.
"""

from __future__ import annotations

from typing import Any, Final, NoReturn, TypeAlias, Union, cast

import cbor2

from vncopy.errors import MalformedCopy, Reason

Plain: TypeAlias = Union[int, str, bytes, bool, "list[Plain]", "PlainMap"]
"""What a VNC1 payload is made of."""
PlainMap: TypeAlias = "dict[int | str, Plain]"
"""A map of the payload."""

MAX_DEPTH: Final = 9
"""Arrays and maps inside each other. A land certificate needs all: claims, body, document, holders,
holder, persons, person, identity paper, and a date with the original's words."""

_MAX_UNSIGNED: Final = 2**64 - 1
_MIN_NEGATIVE: Final = -(2**64)


class _TagError(Exception):
    """A tag was met."""


def _refuse_tag(*_: object) -> NoReturn:
    raise _TagError


# Tags for which cbor2 has decoders of its own; some of these build patterns, messages or shared
# and cyclic values, so none may run. All other tags come to the hook and are refused there.
_BUILT_IN_TAGS: Final = (
    *(0, 1, 2, 3, 4, 5, 25, 28, 29, 30, 35, 36, 37, 52, 54, 100, 256, 258, 260, 261, 1004),
    *(43000, 55799),
)
_NO_TAGS: Final = dict.fromkeys(_BUILT_IN_TAGS, _refuse_tag)


def _ordered(value: Any, depth: int) -> Any:  # noqa: ANN401 - any foreign value may come in
    """Return ``value`` with its maps sorted, having checked types, ranges and depth.

    Raises:
        MalformedCopy: ``cbor_type`` or ``too_deep``.
    """
    kind = type(value)
    if kind is str or kind is bytes or kind is bool:
        return value
    if kind is int and _MIN_NEGATIVE <= value <= _MAX_UNSIGNED:
        return value
    if kind is not list and kind is not dict:
        raise MalformedCopy(Reason.CBOR_TYPE, kind.__name__)
    if depth >= MAX_DEPTH:
        raise MalformedCopy(Reason.TOO_DEEP)
    if kind is list:
        return [_ordered(entry, depth + 1) for entry in value]
    if not all(type(key) is int or type(key) is str for key in value):
        raise MalformedCopy(Reason.CBOR_TYPE, "map key")
    # Sorted by the encoded bytes of the key, not by their length first (RFC 8949 §4.2.1).
    return {
        _ordered(key, depth + 1): _ordered(value[key], depth + 1)
        for key in sorted(value, key=cbor2.dumps)
    }


def encode(value: object) -> bytes:
    """Return the one encoding of ``value``.

    Raises:
        TypeError: a type that VNC1 does not use, an integer beyond 64 bits, or nesting deeper
            than :data:`MAX_DEPTH` (a mistake of a document type's author).
    """
    try:
        return cbor2.dumps(_ordered(value, 0))
    except MalformedCopy as error:
        msg = f"cannot travel in VNC1: {error}"
        raise TypeError(msg) from None


def decode(data: bytes) -> Plain:
    """Return the value of ``data``, which must be its one deterministic encoding.

    Raises:
        MalformedCopy: ``cbor_malformed``, ``cbor_type`` or ``too_deep``; ``trailing_data``;
            ``cbor_not_deterministic`` if it could have been encoded shorter, sorted, with definite
            lengths or without duplicate keys.
    """
    try:
        # Indefinite lengths and duplicate keys pass here and fail the comparison below.
        value = cbor2.loads(data, tag_hook=_refuse_tag, semantic_decoders=_NO_TAGS)
    except cbor2.CBORError as error:
        reason = _reason_of(error)
        raise MalformedCopy(reason, type(error).__name__) from None
    again = cbor2.dumps(_ordered(value, 0))
    if again != data:
        rest = data.startswith(again)
        raise MalformedCopy(Reason.TRAILING_DATA if rest else Reason.CBOR_NOT_DETERMINISTIC)
    return cast("Plain", value)


def _reason_of(error: BaseException) -> Reason:
    if isinstance(error.__cause__, _TagError):
        return Reason.CBOR_TYPE
    return Reason.TOO_DEEP if "depth" in str(error) else Reason.CBOR_MALFORMED
