"""The page of a copy, spoiled and then signed with the right keys → as in ``pdf``.

Record and symbol stay as they were, so that VALID is right only where the page still looks the same.
"""

from __future__ import annotations

from fuzz.harness import Harness
from fuzz.pdf import check
from fuzz.pdf_mutations import SIGN, mutate
from support.pdf_copies import typeset_copy


def seeds() -> tuple[bytes, ...]:
    return (SIGN + b"C" + typeset_copy().pdf,)


HARNESS = Harness(name="page", seeds=seeds, mutate=mutate, check=check, largest=400_000)
