"""Mutations that several harnesses share: of bytes, of lines, and of trees of plain values."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

SIZES = (1, 1, 1, 2, 4, 8, 30, 120)
"""How many bytes one change touches."""
LONG = 70_000
"""A text or count longer than sixteen bits hold."""
EDGES = (0, 1, -1, 23, 24, 127, 128, 255, 256, 65_535, 65_536, 2**31, 2**32, 2**63, 2**64, -(2**63))
"""Numbers around which readers go wrong."""
STRANGE = (
    "",
    " ",
    "\0",
    "\n",
    "\u202e",
    "a\u0301",
    "\u1ea1",
    "\ud800",
    "\U0001f600",
    "\uff21",
    "A" * 300,
    "0001-01-01",
    "9999-12-31T23:59:59+07:00",
    "1e400",
    "../../x",
    "<script>",
    "[bold]x[/bold]",
)
"""Texts around which readers go wrong."""


def spoil(data: bytes, dice: Random, most: int = 6) -> bytes:
    """Flip, replace, delete, insert, repeat, move or cut some bytes."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 1, 2, 3, most))):
        if not changed:
            return dice.randbytes(8)
        place, size = dice.randrange(len(changed)), dice.choice(SIZES)
        match dice.randrange(9):
            case 0 | 1:
                changed[place] ^= 1 << dice.randrange(8)
            case 2:
                changed[place] = dice.choice((0, 1, 32, 48, 127, 128, 255))
            case 3:
                changed[place : place + size] = dice.randbytes(size)
            case 4:
                del changed[place : place + size]
            case 5:
                changed[place:place] = dice.randbytes(size)
            case 6:
                other = dice.randrange(len(changed))
                changed[place : place + size] = changed[other : other + size]
            case 7:
                other = dice.randrange(len(changed))
                changed[place:place] = changed[other : other + size * 4]
            case _:
                if dice.random() < 0.2:
                    del changed[place:]
    return bytes(changed)


def spliced(first: bytes, second: bytes, dice: Random) -> bytes:
    """Return the beginning of one input and the end of another."""
    return first[: dice.randrange(len(first) + 1)] + second[dice.randrange(len(second) + 1) :]


def places(tree: Any) -> list[tuple[Any, Any]]:
    """Return every (container, key) below a tree of dicts and lists."""
    found: list[tuple[Any, Any]] = []
    waiting = [tree]
    while waiting:
        here = waiting.pop()
        keys: Any = here.keys() if isinstance(here, dict) else range(len(here))
        for key in keys:
            found.append((here, key))
            if isinstance(here[key], dict | list):
                waiting.append(here[key])
    return found


def graft(tree: Any, dice: Random, strange: Callable[[Random, Any], Any]) -> Any:
    """Return a tree of which some values were replaced, moved, removed, doubled or renamed.

    Args:
        tree: dicts, lists and plain values.
        dice: chooses.
        strange: returns a value to stand where the given one stood.
    """
    whole = [copy.deepcopy(tree)]
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        spots = places(whole)
        container, key = dice.choice(spots)
        if container is whole and len(spots) > 1 and dice.random() < 0.9:
            container, key = dice.choice(spots[1:])
        match dice.randrange(8):
            case 0 | 1 | 2:
                container[key] = strange(dice, container[key])
            case 3 if container is not whole:
                del container[key]
            case 4:
                other, name = dice.choice(spots)
                if name in other if isinstance(other, dict) else name < len(other):
                    container[key] = copy.deepcopy(other[name])
            case 5 if isinstance(container, dict):
                container[dice.choice((*STRANGE, key, 0, -1))] = container[key]
            case 6 if isinstance(container, list) and container is not whole:
                container.insert(key, copy.deepcopy(container[key]))
            case 7 if isinstance(container, dict) and len(container) > 1:
                names = list(container)
                one, two = dice.choice(names), dice.choice(names)
                container[one], container[two] = container[two], container[one]
            case _:
                container[key] = strange(dice, container[key])
    return whole[0]


def strange_json(dice: Random, value: Any) -> Any:
    """Return a JSON value near another one, or far from it."""
    if isinstance(value, str) and value and dice.random() < 0.6:
        letters = list(value)
        place = dice.randrange(len(letters))
        match dice.randrange(5):
            case 0:
                letters[place] = dice.choice("0123456789aZđ Ộ-./:+T\u0301\u00a0")
            case 1:
                del letters[place]
            case 2:
                letters.insert(place, dice.choice(STRANGE))
            case 3:
                letters[place:] = letters[place : place + 3] * dice.choice((1, 2, 200))
            case _:
                letters.reverse()
        return "".join(letters)
    if isinstance(value, int) and not isinstance(value, bool) and dice.random() < 0.6:
        return value + dice.choice(EDGES)
    kinds = (
        None,
        True,
        False,
        dice.choice(EDGES),
        dice.choice(STRANGE),
        [],
        {},
        [value],
        {"": value},
    )
    return copy.deepcopy(
        dice.choice((*kinds, 0.5, {"state": "dash"}, {"state": "lost", "text": "x"}))
    )
