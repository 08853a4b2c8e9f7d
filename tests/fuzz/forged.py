"""Forged files of the published classes, mutated further → as in ``pdf``.

Left out are the classes whose signatures are in order, made with good keys by whoever should not
have: judged as files of somebody they are VALID, and their bytes are nobody's but the forger's.

A mutation may cut the forgery off: a file that ends where the covered part of its last signature
ends, with the bytes that were signed, is as its signer left it, and VALID is right.
"""

from __future__ import annotations

from functools import cache

from fuzz import pdf
from fuzz.harness import EscapeError, Harness
from fuzz.pdf_mutations import mutate
from support.forgeries import attacks
from vncopy.pdf.byte_ranges import signed_spans

SIGNED_WELL = frozenset({"tampered-page", "re-use"})


@cache
def seeds() -> tuple[bytes, ...]:
    return tuple(each.build() for each in attacks() if each.family not in SIGNED_WELL)


@cache
def signed_once() -> frozenset[bytes]:
    """Return what was signed of the files before they were forged."""
    return frozenset(
        covered
        for seed in seeds()
        for covered, span in zip(pdf.covered(seed), signed_spans(seed)[1], strict=True)
        if span.end < len(seed)
    )


def cut_back(data: bytes) -> bool:
    """Tell whether nothing is left of a file but what was signed."""
    _, spans = signed_spans(data)
    ends = [span.end for span in spans]
    last = [each for each, end in zip(pdf.covered(data), ends, strict=True) if end == len(data)]
    return bool(last) and signed_once().issuperset(last)


def check(data: bytes) -> str:
    try:
        return pdf.check(data)
    except EscapeError as error:
        if str(error) == pdf.CHANGED and cut_back(data):
            return "cut back to what was signed"
        raise


HARNESS = Harness(name="forged", seeds=seeds, mutate=mutate, check=check, largest=400_000)
