"""What a worker answers → reports: a worker that a file took over can lie, and can break nothing.

The first byte of an input says whose answer it is: ``C`` a copy's, ``F`` another signed file's, ``I``
a picture's. What such a worker says may be believed; no answer may be more than a report.
"""

from __future__ import annotations

import json
import struct
from functools import cache
from typing import TYPE_CHECKING, Any

from fuzz import pdf
from fuzz.harness import Harness, need, one_in, outcome, told
from fuzz.inside import outside, put
from fuzz.mutations import graft, places, spoil, strange_json
from support import levels, pdf_copies
from support.forgeries import plain
from vncopy.pdf import engine, isolated
from vncopy.pdf.codec import encode
from vncopy.pdf.jobs import ANSWER_BYTES, Answer, Ending
from vncopy.pdf.workers import Outcome
from vncopy.verify.image import verify_image
from vncopy.verify.pdf import verify_pdf
from vncopy.verify.signatures import verify_signatures

if TYPE_CHECKING:
    from random import Random

    from vncopy.report import Report

HEAD = struct.Struct(">4sII")


class Liar:
    """Stands where the workers are, and answers what it was given."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer

    def run(self, request: bytes, seconds: float) -> Outcome:
        """Answer at once."""
        need(request and seconds, "nothing was asked")
        return Outcome(ending=Ending.ANSWERED, answer=self.answer[:ANSWER_BYTES])


@cache
def files() -> dict[bytes, bytes]:
    """Return the file to each kind of answer."""
    return {b"C": pdf_copies.issued().pdf, b"F": plain.plain(), b"I": b"\x89PNG"}


@cache
def seeds() -> tuple[bytes, ...]:
    copy, foreign = files()[b"C"], files()[b"F"]
    from vncopy.pdf.readings import PaperReading

    answers = (
        b"C" + encode(Answer(pdf=engine.read_pdf(copy))),
        b"C" + encode(Answer(pdf=engine.read_pdf(levels.b_lta()))),
        b"F" + encode(Answer(pdf=engine.read_pdf(foreign, foreign=True))),
        b"I" + encode(Answer(paper=PaperReading(text=pdf_copies.issued().qr_text))),
    )
    return (answers[0], *answers)


def mutate(data: bytes, dice: Random) -> bytes:
    kind, frame = data[:1], data[1:]
    if len(frame) < HEAD.size or dice.random() < 0.1:
        return kind + spoil(frame, dice)
    _, size, _ = HEAD.unpack_from(frame)
    text, body = frame[HEAD.size : HEAD.size + size], frame[HEAD.size + size :]
    try:
        tree = json.loads(text)
        if dice.random() < 0.1:
            tree = graft(tree, dice, strange_json)
        for _ in range(dice.choice((1, 1, 1, 2))):
            container, key = dice.choice(places(tree[0]))
            donors = [there[name] for there, name in places(tree[0]) if name == key]
            change = dice.random() < 0.3 and len(donors) > 1
            container[key] = dice.choice(donors) if change else _strange(dice, container[key])
        if dice.random() < 0.1:
            body = spoil(body, dice)
        text = json.dumps(tree).encode("ascii")
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return kind + spoil(frame, dice)
    return kind + HEAD.pack(b"vncw", len(text), len(body)) + text + body


def _strange(dice: Random, value: Any) -> Any:
    """Return what is of the same type, most of the time."""
    if value is None and dice.random() < 0.5:
        return None
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return dice.choice((value + dice.choice((-1, 1, 5)), 0, -1, 10**30, -(10**30)))
    if isinstance(value, float):
        return dice.choice((value * 2, 0.0, -1.0, 1e308, float("inf"), float("nan")))
    if isinstance(value, list) and dice.random() < 0.8:
        return dice.choice((value[:-1], value[::-1], value * 2, value[:1] * 300, []))
    if isinstance(value, dict) and dice.random() < 0.8:
        return dice.choice((value, None))
    return strange_json(dice, value)


def check(data: bytes) -> str:
    kind, liar = data[:1] or b"C", Liar(data[1:])

    def lie(given: bytes, **options: Any) -> Any:
        return isolated.read_pdf(given, **options, pool=liar)  # type: ignore[arg-type]

    def show(given: bytes, **options: Any) -> Any:
        return isolated.read_paper(given, **options, pool=liar)  # type: ignore[arg-type]

    put(lie, show)
    try:
        report: Report
        if kind == b"F":
            report = verify_signatures(files()[b"F"], **pdf.ARGUMENTS)
        elif kind == b"I":
            report = verify_image(files()[b"I"], **pdf.ARGUMENTS)
        else:
            report = verify_pdf(files()[b"C"], **pdf.ARGUMENTS)
    finally:
        outside()
    if one_in(data, 8):
        told(report)
    return outcome(report)


HARNESS = Harness(name="answer", seeds=seeds, mutate=mutate, check=check, largest=300_000)
