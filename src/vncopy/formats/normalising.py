"""Cleaning texts of old systems and of character recognition before they become a record."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

__all__ = ["Normalised", "normalise_text"]


class Normalised(NamedTuple):
    """What :func:`normalise_text` made of a raw text."""

    text: str
    """The cleaned text, which may still be refused by a stricter class."""
    changes: tuple[str, ...]
    """Codes of what was changed: ``nfc``, ``space``, ``look_alike``, ``dropped``."""


_LOOK_ALIKES = str.maketrans(
    {
        "\u00d0": "\u0110",  # Eth
        "\u0189": "\u0110",  # African D
        "\u00f0": "\u0111",  # eth
        "\u02bc": "'",
        "\u2018": "'",
        "\u2019": "'",
        "\u2010": "-",
        "\u2011": "-",
        "\u2212": "-",
    }
)
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u3000\t\r\n", " "))
_DROPPED = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", None))


def normalise_text(raw: str) -> Normalised:
    """Clean a text of an old system or of character recognition, and say what was changed.

    Composes (NFC), turns other spaces into one space, drops zero-width characters, and maps the
    look-alikes of Đ, of the apostrophe and of the hyphen. It never moves a tone mark (Hòa, Hoà)
    nor changes i and y: these are spellings of the original.

    Args:
        raw: any text.

    Returns:
        The text and the codes of the changes, in a fixed order.
    """
    changes: list[str] = []
    steps = (
        ("nfc", lambda s: unicodedata.normalize("NFC", s)),
        ("dropped", lambda s: s.translate(_DROPPED)),
        ("space", lambda s: " ".join(part for part in s.translate(_SPACES).split(" ") if part)),
        ("look_alike", lambda s: s.translate(_LOOK_ALIKES)),
    )
    text = raw
    for code, step in steps:
        if (new := step(text)) != text:
            changes.append(code)
            text = new
    return Normalised(text=text, changes=tuple(changes))
