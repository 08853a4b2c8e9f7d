"""Forged files of the published classes, mutated further → as in ``pdf``."""

from __future__ import annotations

from functools import cache

from fuzz.harness import Harness
from fuzz.pdf import check
from fuzz.pdf_mutations import mutate
from support.forgeries import attacks


@cache
def seeds() -> tuple[bytes, ...]:
    return tuple(each.build() for each in attacks())


HARNESS = Harness(name="forged", seeds=seeds, mutate=mutate, check=check, largest=400_000)
