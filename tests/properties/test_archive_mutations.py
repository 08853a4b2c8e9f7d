"""Spoiled archives: a B-LTA copy proves what it proves with its own bytes only.

The policy is that of an archive, so that timestamps and validation data have to hold as well.
"""

from __future__ import annotations

import random
from datetime import timedelta
from functools import cache

import pytest
from asn1crypto import cms

from support.pdf_copies import ISSUED, verify
from support.timestamping import issued_at
from vncopy.pdf.byte_ranges import signed_spans
from vncopy.policy import PadesLevel, VerificationPolicy
from vncopy.report import Verdict, VerificationReport

FAST = 60
LONG = 2_000
LATER = ISSUED + timedelta(days=400)
ARCHIVE = VerificationPolicy.long_term(level=PadesLevel.B_LTA)


@cache
def original() -> bytes:
    return issued_at("B-LTA").pdf


@cache
def gaps() -> tuple[range, ...]:
    """Return where the values of person, seal and timestamp lie."""
    _, spans = signed_spans(original(), 9)
    return tuple(range(span.head, span.start) for span in spans)


def ask(pdf: bytes) -> VerificationReport[object]:
    return verify(pdf, at=LATER, policy=ARCHIVE)


def test_the_archive_itself_is_valid() -> None:
    report = ask(original())
    assert report.verdict is Verdict.VALID
    assert {each.level for each in report.signatures if each.level} == {PadesLevel.B_LTA}


def spoiled(seed: int) -> bytes:
    """Change some bytes; half of the time where the values and the validation data lie."""
    dice = random.Random(seed)
    data = bytearray(original())
    for _ in range(dice.choice((1, 1, 2, 6))):
        low = gaps()[0].start if dice.random() < 0.5 else 0
        place = dice.randrange(low, len(data))
        size = dice.choice((1, 1, 2, 8))
        match dice.randrange(5):
            case 0 | 1:
                data[place] ^= 1 << dice.randrange(8)
            case 2:
                data[place : place + size] = dice.randbytes(size)
            case 3:
                other = dice.randrange(low, len(data))
                data[place : place + size] = data[other : other + size]
            case _:
                data[place:place] = dice.randbytes(size)
    return bytes(data)


def outside(data: bytes) -> bytes:
    """Return what the last timestamp covers."""
    gap = gaps()[-1]
    return data[: gap.start] + data[gap.stop :]


def check(seed: int) -> None:
    data = spoiled(seed)
    report = ask(data)
    report.to_json()
    report.facts.to_json()
    if outside(data) != outside(original()):
        assert report.verdict is not Verdict.VALID, f"seed {seed}"


@pytest.mark.parametrize("start", range(0, FAST, 20))
def test_spoiled_archives_are_not_valid(start: int) -> None:
    for seed in range(start, start + 20):
        check(seed)


@pytest.mark.long
@pytest.mark.parametrize("start", range(FAST, LONG, 97))
def test_many_spoiled_archives(start: int) -> None:
    for seed in range(start, min(start + 97, LONG)):
        check(seed)


def test_cut_off_after_each_part() -> None:
    """What is left is a copy of a lower level, and never one of this."""
    _, spans = signed_spans(original(), 9)
    for span in spans[:-1]:
        assert ask(original()[: span.end]).verdict is not Verdict.VALID
    store = original().index(b"%%EOF", spans[1].end) + len(b"%%EOF\n")
    assert ask(original()[:store]).verdict is not Verdict.VALID


@pytest.mark.parametrize("seed", range(25))
def test_a_change_inside_the_last_token(seed: int) -> None:
    """Only certificates above the authority's own are in nobody's signature there."""
    dice = random.Random(seed)
    start, end = gaps()[-1].start + 1, gaps()[-1].stop - 1
    token = cms.ContentInfo.load(bytes.fromhex(original()[start:end].decode()))
    place = start + dice.randrange(2 * len(token.dump()))
    data = bytearray(original())
    data[place] = dice.choice([each for each in b"0123456789abcdef" if each != data[place]])
    report = ask(bytes(data))
    if report.verdict is Verdict.VALID:
        first, second = (ask(each).signatures[-1] for each in (original(), bytes(data)))
        assert (first.proven_at, first.level) == (second.proven_at, second.level)
