"""Forged files of the published classes, mutated further → as in ``pdf``.

Left out are the classes whose signatures are in order, made with good keys by whoever should not
have: judged as files of somebody they are VALID, and their bytes are nobody's but the forger's.
"""

from __future__ import annotations

from functools import cache

from fuzz.harness import Harness
from fuzz.pdf import check
from fuzz.pdf_mutations import mutate
from support.forgeries import attacks

SIGNED_WELL = frozenset({"tampered-page", "re-use"})


@cache
def seeds() -> tuple[bytes, ...]:
    return tuple(each.build() for each in attacks() if each.family not in SIGNED_WELL)


HARNESS = Harness(name="forged", seeds=seeds, mutate=mutate, check=check, largest=400_000)
