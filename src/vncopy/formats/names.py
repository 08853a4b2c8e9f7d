"""Comparing names: where the tone mark stands and capitals do not matter, spelling does.

Papers print names in capitals or in title case, and write Hòa or Hoà for one name. A copy keeps
what its paper has; a comparison with a register must not stumble over it.
"""

from __future__ import annotations

import unicodedata

__all__ = ["name_key", "same_name"]

_TONES = {"\u0300": "2", "\u0301": "1", "\u0303": "4", "\u0309": "3", "\u0323": "5"}
"""Combining tone marks → a digit that is put at the end of the syllable."""


def name_key(name: str) -> str:
    """Return a key that is equal for two writings of one name.

    Folds capitals and the place of the tone mark (``HOÀ``, ``Hòa``). Keeps i and y apart: Lý and
    Lí are different legal spellings.

    Args:
        name: a name or any text.

    Returns:
        Small letters in NFC without tone marks, each syllable followed by the digit of its tone.
    """
    return " ".join(_syllable(part) for part in name.casefold().split())


def same_name(one: str, other: str) -> bool:
    """Tell whether two texts are writings of one name."""
    return name_key(one) == name_key(other)


def _syllable(text: str) -> str:
    letters: list[str] = []
    tones: list[str] = []
    for character in unicodedata.normalize("NFD", text):
        if character in _TONES:
            tones.append(_TONES[character])
        else:
            letters.append(character)
    return unicodedata.normalize("NFC", "".join(letters)) + "".join(tones)
