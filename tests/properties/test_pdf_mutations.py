"""Spoiled copies: any bytes give a report, and none whose signed bytes changed is VALID.

The fast run spoils some hundred files with a fixed seed; the long one five thousand.
"""

from __future__ import annotations

import os
import random
from functools import cache

import pytest

from support.pdf_copies import AT, BASIC, demo, issued, verify
from vncopy.pdf.byte_ranges import signed_spans
from vncopy.report import PDF_CHECKS, SIGNATURE_CHECKS, Verdict
from vncopy.verify.image import verify_image
from vncopy.verify.signatures import verify_signatures

FAST = 150
LONG = 5_000
CONTENTS = range(20)
"""How often one of the changes inside the gap of a signature is looked at."""


@cache
def original() -> bytes:
    return issued().pdf


@cache
def gaps() -> tuple[range, ...]:
    """Return where the two signature values lie: the only bytes that the seal does not cover."""
    _, spans = signed_spans(original(), 9)
    return tuple(range(span.head, span.start) for span in spans)


def spoiled(seed: int) -> bytes:
    """Change, delete, insert, repeat or cut some bytes."""
    dice = random.Random(seed)
    data = bytearray(original())
    for _ in range(dice.choice((1, 1, 1, 2, 5, 20))):
        place = dice.randrange(len(data))
        size = dice.choice((1, 1, 2, 8, 60))
        match dice.randrange(6):
            case 0 | 1:
                data[place] ^= 1 << dice.randrange(8)
            case 2:
                data[place : place + size] = dice.randbytes(size)
            case 3:
                del data[place : place + size]
            case 4:
                data[place:place] = dice.randbytes(size)
            case _:
                other = dice.randrange(len(data))
                data[place : place + size] = data[other : other + size]
    if dice.random() < 0.03:
        del data[dice.randrange(len(data)) :]
    return bytes(data)


def outside_the_last_gap(data: bytes) -> bytes:
    """Return what the seal covers, if the file still has the length it had."""
    gap = gaps()[-1]
    return data[: gap.start] + data[gap.stop :]


def check(seed: int) -> None:
    data = spoiled(seed)
    report = verify(data)
    assert tuple(each.id for each in report.checks) == PDF_CHECKS
    report.to_json()
    report.facts.to_json()
    if outside_the_last_gap(data) != outside_the_last_gap(original()):
        assert report.verdict is not Verdict.VALID, f"seed {seed}"


@pytest.mark.parametrize("start", range(0, FAST, 25))
def test_spoiled_copies_give_a_report_and_are_not_valid(start: int) -> None:
    for seed in range(start, start + 25):
        check(seed)


@pytest.mark.long
@pytest.mark.parametrize("start", range(FAST, LONG, 50))
def test_many_spoiled_copies(start: int) -> None:
    for seed in range(start, min(start + 50, LONG)):
        check(seed)


def test_the_gap_of_a_signature_hides_nothing() -> None:
    """Whatever is written over the padding behind a signature value is seen."""
    dice = random.Random(5)
    for gap in gaps():
        end = gap.stop - 1  # the closing bracket
        padding = len(original()[gap.start : end]) - len(original()[gap.start : end].rstrip(b"0"))
        if not padding:
            continue  # a signature value may end the string
        data = bytearray(original())
        data[end - 1 - dice.randrange(padding)] = ord("7")
        assert verify(bytes(data)).verdict is Verdict.INVALID


def test_a_change_inside_a_signature_value() -> None:
    dice = random.Random(6)
    gap = gaps()[-1]
    valid = 0
    for _ in CONTENTS:
        data = bytearray(original())
        place = dice.randrange(gap.start + 1, gap.stop - 1)
        digit = dice.choice(b"0123456789abcdef")
        changed = digit != data[place]
        data[place] = digit
        report = verify(bytes(data))
        if report.verdict is Verdict.VALID and changed:
            valid += 1  # the embedded certificates above the signer's own are not signed
            assert report.require().copy_id == verify(original()).require().copy_id
    assert valid < len(CONTENTS)


@pytest.mark.parametrize("seed", range(40))
def test_any_bytes_give_a_report_on_signatures_and_images(seed: int) -> None:
    arguments = {"trust": demo().trust, "at": AT, "policy": BASIC}
    dice = random.Random(seed)
    for data in (
        spoiled(seed),
        dice.randbytes(200),
        b"%PDF-1.7\n" + dice.randbytes(200),
        b"%PDF-1.7\n" + original()[dice.randrange(len(original())) :],
        b"\x89PNG\r\n\x1a\n" + dice.randbytes(80),
        b"\xff\xd8\xff\xe0" + dice.randbytes(80),
    ):
        report = verify_signatures(data, **arguments)
        assert tuple(each.id for each in report.checks) == SIGNATURE_CHECKS
        verify_image(data[:3_000], **arguments).to_json()


def test_the_files_of_a_folder_beside_the_tests() -> None:
    """More spoiled files may be given: a folder in ``VNCOPY_FUZZ_FILES``."""
    folder = os.environ.get("VNCOPY_FUZZ_FILES")
    for entry in os.scandir(folder) if folder else ():
        with open(entry.path, "rb") as file:  # noqa: PTH123 - a scan of many files
            verify(file.read()).to_json()
