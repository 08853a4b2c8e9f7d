"""The budget of the symbol, on synthetic records that the dictionary was not made from, and on samples."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.synthetic import TYPES, Synthetic
from vncopy.formats.base import Missing
from vncopy.formats.record import CopyRecord, copy_id_of, parse_input
from vncopy.wire import claims as cwt
from vncopy.wire import cose, encode
from vncopy.wire.payload import Carriage

if TYPE_CHECKING:
    from vncopy.formats.base import Document
    from vncopy.formats.copies import CopyStatement

SAMPLES = Path(__file__).parent.parent.parent.parent / "samples"

TYPICAL, LARGEST = 425, 602
"""Version 16-M: what records without notes or changes shall fit; version 19-M: what fits at all."""


def size_of(document: Document, statement: CopyStatement) -> int:
    """Return the size of the message of a record in full carriage."""
    record = CopyRecord(
        document=document,
        statement=statement,
        copy_id=copy_id_of(bytes(range(100, 110))),
        salt=bytes(range(16)),
    )
    claims = encode.claims_of(record, Carriage.FULL)
    return len(cose.frame(bytes(8), cwt.pack(claims), bytes(64)))


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
    [("birth", 320, 397), ("marriage", 305, 360), ("death", 270, 310), ("land", 300, 335)],
)
def test_full_carriage(name: str, median: int, p95_of_long: int) -> None:
    typical, longer = (sizes(name, Carriage.FULL, long=each) for each in (False, True))
    assert statistics.median(typical) <= median
    assert longer[37] <= p95_of_long
    assert typical[-1] <= TYPICAL
    assert longer[-1] <= TYPICAL
    assert cose.MAX_MESSAGE_SIZE == LARGEST


@pytest.mark.parametrize("name", ["birth", "marriage", "death", "land"])
def test_reference_carriage(name: str) -> None:
    assert sizes(name, Carriage.REFERENCE, long=True, count=30)[-1] <= 310


BEYOND = {"birth/very-long-names", "death/foreigner-very-long"}
"""Samples without notes or changes that are larger on purpose: their names and addresses are."""
DISCLOSED = ("annotations", "notes", "changes", "encumbrances")


def is_plain(document: object) -> bool:
    """Tell whether a document has neither notes nor changes."""
    values = [getattr(document, name, ()) for name in DISCLOSED]
    return all(isinstance(each, Missing) or each in ((), "-/-", "Không") for each in values)


def test_samples_without_notes_or_changes_keep_the_budget() -> None:
    large = set()
    for name, kind in TYPES.items():
        for sample in sorted((SAMPLES / name).glob("*.json")):
            document, statement = parse_input(sample.read_bytes(), kind)
            if is_plain(document) and size_of(document, statement) > TYPICAL:
                large.add(f"{name}/{sample.stem}")
    assert large == BEYOND
