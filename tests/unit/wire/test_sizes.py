"""The budget of the symbol, on synthetic records that the dictionary was not made from."""

from __future__ import annotations

import statistics

import pytest

from support.synthetic import Synthetic
from vncopy.wire import cose, encode
from vncopy.wire.payload import Carriage

TYPICAL, LARGEST = 425, 602
"""Version 16-M: what records without notes or changes shall fit; version 19-M: what fits at all."""


def sizes(name: str, carriage: Carriage, *, long: bool, count: int = 40) -> list[int]:
    """Return the sizes of the messages of ``count`` records, ascending."""
    source = Synthetic(2026, long=long)
    return sorted(
        len(
            encode.encode(
                source.record(name),
                carriage=carriage.value,
                kid=bytes(8),
                sign=lambda _: (1).to_bytes(32, "big") * 2,
            ).message
        )
        for _ in range(count)
    )


@pytest.mark.parametrize(
    ("name", "median", "p95_of_long"),
    [("birth", 345, 420), ("marriage", 345, 400), ("death", 300, 345), ("land", 340, 380)],
)
def test_full_carriage(name: str, median: int, p95_of_long: int) -> None:
    typical, longer = (sizes(name, Carriage.FULL, long=each) for each in (False, True))
    assert statistics.median(typical) <= median
    assert longer[37] <= p95_of_long
    assert typical[-1] <= TYPICAL
    assert longer[-1] <= LARGEST == cose.MAX_MESSAGE_SIZE


@pytest.mark.parametrize("name", ["birth", "marriage", "death", "land"])
def test_reference_carriage(name: str) -> None:
    assert sizes(name, Carriage.REFERENCE, long=True, count=30)[-1] <= 340
