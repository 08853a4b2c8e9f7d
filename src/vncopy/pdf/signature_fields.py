"""The signature fields of a copy: a pure function of the statement.

Whoever checks a file needs the same names and locks as whoever makes it, so they are here for both.
What is drawn in a field is said by :mod:`vncopy.pdf.printed`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from vncopy.formats.base import Missing

if TYPE_CHECKING:
    from vncopy.formats.copies import CopyStatement

__all__ = ["TIMESTAMP_TOOLTIP", "TOOLTIPS", "FieldName", "SignatureField", "signature_fields"]

TIMESTAMP_TOOLTIP: Final = "Dấu thời gian của tài liệu"
"""What assistive technology reads at the invisible field of the document timestamp."""
_PERSON_TOOLTIP: Final = "Chữ ký số của người ký bản sao"
_SEAL_TOOLTIP: Final = "Chữ ký số của cơ quan cấp bản sao"
TOOLTIPS: Final = (_PERSON_TOOLTIP, _SEAL_TOOLTIP, TIMESTAMP_TOOLTIP)
"""Likewise at all fields."""
_PERSON_COLOUR: Final = "#1f3a93"
"""Blue, the colour of a person's signature (NĐ 30/2020/NĐ-CP Phụ lục I)."""
_SEAL_COLOUR: Final = "#b3001b"
"""Red, the colour of an agency's seal (NĐ 30/2020/NĐ-CP Phụ lục I)."""


class FieldName(StrEnum):
    """Names of the signature fields of a copy."""

    PERSON = "person"
    """The person who certifies."""
    SEAL = "seal"
    """The agency."""
    TIMESTAMP = "timestamp"
    """The document timestamp; present from the start, filled by higher levels only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureField:
    """A visible signature field."""

    name: FieldName
    """Which one."""
    tooltip: str
    """What assistive technology reads (/TU and /Alt)."""
    colour: str
    """Colour of what is drawn, ``#rrggbb``."""
    locks: tuple[FieldName, ...]
    """Fields that may not change once this one is signed (FieldMDP Include)."""
    certifies: bool
    """Whether it is the first signature, which certifies the file."""


def signature_fields(statement: CopyStatement, /) -> tuple[SignatureField, ...]:
    """Return the visible fields of a copy in the order of signing.

    Args:
        statement: of the copy.

    Returns:
        Person and seal, or the seal alone where the kind has no certifier.
    """
    if isinstance(statement.certifier, Missing):
        return (_seal(locks=(FieldName.SEAL,), certifies=True),)
    person = SignatureField(
        name=FieldName.PERSON,
        tooltip=_PERSON_TOOLTIP,
        colour=_PERSON_COLOUR,
        locks=(FieldName.PERSON,),
        certifies=True,
    )
    return (person, _seal(locks=(FieldName.PERSON, FieldName.SEAL), certifies=False))


def _seal(*, locks: tuple[FieldName, ...], certifies: bool) -> SignatureField:
    """Return the agency's field."""
    return SignatureField(
        name=FieldName.SEAL,
        tooltip=_SEAL_TOOLTIP,
        colour=_SEAL_COLOUR,
        locks=locks,
        certifies=certifies,
    )
