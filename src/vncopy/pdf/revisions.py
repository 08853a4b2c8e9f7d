"""The objects of a PDF as they were at each of its signatures.

A later part of a file may replace any object of an earlier one. What was signed is therefore read
from the bytes that a signature covers alone, and held beside the whole file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

from vncopy.errors import MissingExtra
from vncopy.pdf.opening import SELF_FORGETTING

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from vncopy.pdf.limits import ReadingLimits

__all__ = [
    "LaterWidget",
    "ObjectId",
    "SignedRevision",
    "Snapshot",
    "read_snapshot",
]

ObjectId: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All objects of a file as it was at one signature."""

    pdf: pikepdf.Pdf = field(repr=False)
    """The open file."""
    objects: dict[ObjectId, Any] = field(repr=False)
    """Every object of the cross-reference table; bare numbers under negative ids."""
    texts: dict[ObjectId, bytes] = field(repr=False)
    """Each object spelled out; streams with the digest of their raw bytes."""


@dataclass(frozen=True, slots=True)
class LaterWidget:
    """A field that was added, signed or filled after a revision, as a box on a page."""

    page: int
    """Index of the page."""
    box: tuple[float, float, float, float]
    """Left, bottom, right, top in points."""
    signature: bool = True
    """It is a signature field; else one that was there before and may be filled."""
    added: bool = True
    """It was not there before."""
    painted: bool = False
    """It is a signature field with a look that it did not have, and that paints something."""
    holder: ObjectId | None = None
    """The object with its value, where that came after the revision."""


@dataclass(frozen=True, slots=True)
class SignedRevision:
    """The file as it was when one signature was made."""

    signature: int
    """Index of the signature."""
    data: bytes = field(repr=False)
    """The bytes that it covers, its own gap included."""
    later_widgets: tuple[LaterWidget, ...] = ()
    """Fields whose look may have changed since, in files of others."""
    filled: frozenset[ObjectId] = frozenset()
    """The objects that got a value since, in files of others."""


def read_snapshot(data: bytes, limits: ReadingLimits) -> Snapshot:
    """Read every object of ``data``.

    Args:
        data: the file up to the end of one signed part.
        limits: how many objects are looked at.

    Returns:
        The open file with its objects; the caller closes ``.pdf``.

    Raises:
        pikepdf.PdfError: not a well-formed PDF; nothing is repaired.
        ValueError: too many objects, or the reader had to warn.
    """
    pdf = pikepdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True)
    try:
        _refuse(len(pdf.objects) > limits.objects, "objects")
        objects: dict[ObjectId, Any] = {}
        texts: dict[ObjectId, bytes] = {}
        item: Any
        for place, item in enumerate(pdf.objects):
            # Numbers, booleans and null come as Python's own values, which do not know their
            # number: they are told apart by their place, so that no change of one goes unseen.
            known = isinstance(item, pikepdf.Object) and item.objgen != (0, 0)
            key = item.objgen if known else (-1 - place, 0)
            objects[key] = item
            texts[key] = _spell(item) if known else repr(item).encode()
        unknown = [text for text in pdf.get_warnings() if SELF_FORGETTING not in str(text)]
        _refuse(bool(unknown), "warnings")
    except BaseException:
        pdf.close()
        raise
    return Snapshot(pdf, objects, texts)


def _refuse(condition: bool, word: str) -> None:  # noqa: FBT001 - reads as a sentence
    if condition:
        raise ValueError(word)


def _spell(item: pikepdf.Object) -> bytes:
    if not isinstance(item, pikepdf.Stream):
        return item.unparse(resolved=True)
    raw = hashlib.sha256(item.read_raw_bytes()).hexdigest().encode()
    return item.stream_dict.unparse(resolved=True) + b" stream " + raw
