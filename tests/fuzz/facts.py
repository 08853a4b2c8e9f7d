"""Stored facts → ``judge``: a report or a ``UsageError``, twice the same, and never VALID alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from fuzz import pdf, qr_text
from fuzz.harness import Harness, need, one_in, outcome, told
from fuzz.mutations import graft, places, spoil, strange_json
from fuzz.pdf_mutations import der
from support import levels, pdf_copies, qr_copies
from vncopy.errors import UsageError
from vncopy.facts import Facts, facts_from_json
from vncopy.facts.pdf import PDFFacts
from vncopy.facts.qr import QRFacts
from vncopy.policy import PadesLevel, VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import PDF_CHECKS, QR_CHECKS, SIGNATURE_CHECKS, Verdict
from vncopy.verify.judge import judge
from vncopy.verify.signatures import judge_signatures

if TYPE_CHECKING:
    from random import Random

    from vncopy.report import Report

TIMES = (
    pdf_copies.AT,
    pdf_copies.AT + timedelta(days=400),
    datetime(1971, 1, 1, tzinfo=UTC),
    datetime(2056, 1, 1, tzinfo=UTC),
    datetime(9998, 12, 31, tzinfo=UTC),
)
POLICIES = (
    VerificationPolicy.offline_basic(),
    VerificationPolicy.strict(),
    VerificationPolicy.long_term(level=PadesLevel.B_LTA),
)
CLOSELY = 16
REASONS = [each.value for each in Reason]


@cache
def seeds() -> tuple[bytes, ...]:
    symbols = tuple(
        qr_text.verify(each).facts.to_json()  # type: ignore[attr-defined]
        for each in (qr_text.signed()[0], qr_text.signed()[-1], qr_text.signed()[0][:-4] + "0000")
    )
    files = (pdf_copies.issued().pdf, levels.b_lta(), levels.renewed())
    copies = tuple(pdf_copies.verify(each).facts.to_json() for each in files)  # type: ignore[attr-defined]
    foreign = pdf.plain.judged(pdf.plains()[0]).facts.to_json()
    return (*symbols, *copies, foreign)


def mutate(data: bytes, dice: Random) -> bytes:
    if dice.random() < 0.1:
        return spoil(data, dice)
    try:
        tree = json.loads(data)
        if dice.random() < 0.15:
            tree = graft(tree, dice, _strange)
        for _ in range(dice.choice((1, 1, 2, 5))):
            container, key = dice.choice(places(tree["facts"]))
            container[key] = _strange(dice, container[key])
        # the one form in which facts are written; anything else is refused at once
        return json.dumps(tree, ensure_ascii=False, sort_keys=True, indent=1).encode(
            "utf-8", "surrogatepass"
        )
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, AttributeError):
        return spoil(data, dice)


def _strange(dice: Random, value: Any) -> Any:
    """Return what stays of the type of a fact, most of the time."""
    if value is None or dice.random() < 0.1:
        return dice.choice(
            (None, dice.choice(REASONS), "00" * 8, "2026-11-21T03:21:35+00:00", 1, True)
        )
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        if len(value) > 15 and len(value) % 2 == 0 and not value.strip("0123456789abcdef"):
            content = bytes.fromhex(value)
            return (der(content, dice) if dice.random() < 0.7 else spoil(content, dice)).hex()
        if value in REASONS:
            return dice.choice((*REASONS, None))
        if value[:2] in {"20", "19"} and "T" in value:
            moment = datetime.fromisoformat(value)
            days = dice.choice((-1, 1, 365, -365, 3650, -20_000, 20_000))
            return (moment + timedelta(days=days, seconds=dice.randrange(-60, 61))).isoformat()
    if type(value) is int and dice.random() < 0.9:
        return value + dice.choice((-1, 1, 10, -1000, 1000, 10**6, 10**30, -value, -2 * value))
    if isinstance(value, list) and dice.random() < 0.8:
        return dice.choice((value[:-1], value[::-1], value * 2, value[:1], []))
    return value if isinstance(value, dict) and dice.random() < 0.8 else strange_json(dice, value)


def check(data: bytes) -> str:
    kind: type[Facts] = QRFacts if b'"QRFacts"' in data[:60] else PDFFacts
    try:
        facts = facts_from_json(data, kind)
    except UsageError as error:
        need(error.problems[0].rule == "facts.malformed", "another rule")
        return "refused"
    trust = qr_copies.pki().trust if kind is QRFacts else pdf_copies.demo().trust
    number = len(data) + data.count(b"0")
    arguments: dict[str, Any] = {
        "trust": trust,
        "at": TIMES[number % 7 if number % 7 < len(TIMES) else 0],
        "policy": POLICIES[number // 7 % len(POLICIES)],
    }
    foreign = isinstance(facts, PDFFacts) and facts.foreign
    again = judge_signatures if foreign else judge
    report: Report = again(facts, **arguments)
    expected = SIGNATURE_CHECKS if foreign else QR_CHECKS if kind is QRFacts else PDF_CHECKS
    need(tuple(each.id for each in report.checks) == expected, "other checks")
    if not foreign:  # of mere signatures the stored facts are believed, and the report says so
        need(report.verdict is not Verdict.VALID, "facts without their copy are VALID")
    if one_in(data, CLOSELY):
        told(report)
        read = facts_from_json(facts.to_json(), kind)
        need(again(read, **arguments).checks == report.checks, "judged twice, two answers")
    return f"{kind.__name__} {outcome(report)}"


HARNESS = Harness(name="facts", seeds=seeds, mutate=mutate, check=check, largest=400_000)
