"""A record's JSON → read, encoded, printed: a value or a ``UsageError`` that holds nothing personal.

The first byte says which of three readers it is for: ``R`` the embedded record, ``I`` what an
issuing system writes (the type is the next byte), ``B`` a record that is to travel and be printed.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from fuzz.harness import Harness, need, one_in
from fuzz.mutations import graft, spoil, strange_json
from support.qr_copies import commune, record
from support.sources import ROOT
from vncopy.errors import TooLongForQR, UsageError
from vncopy.formats.profile import load_profile
from vncopy.formats.record import CopyRecord, parse_input, parse_record, plain_json
from vncopy.formats.rules import findings
from vncopy.formats.types import BUILTIN_TYPES
from vncopy.pdf.printed import printed
from vncopy.trust import kid_of
from vncopy.wire.claims import unpack
from vncopy.wire.cose import parse_message
from vncopy.wire.encode import encode
from vncopy.wire.payload import restore

if TYPE_CHECKING:
    from random import Random

TYPES = tuple(BUILTIN_TYPES)
SECRET = "Zyqwafx"
"""Put into values now and then; no error may repeat it."""
PROFILE = load_profile(datetime(2026, 11, 21, tzinfo=UTC).date())


@cache
def seeds() -> tuple[bytes, ...]:
    names = ("birth", "marriage", "death", "land")
    records = tuple(b"R" + record(name, seed).to_json() for name in names for seed in (1, 2))
    inputs = tuple(
        b"I%d" % number + json.dumps(json.loads(path.read_bytes()), ensure_ascii=False).encode()
        for number, kind in enumerate(TYPES)
        for path in sorted((ROOT / "samples" / kind.format_id[3:-2]).glob("*.json"))
    )
    return (*records, *records, *inputs)


def mutate(data: bytes, dice: Random) -> bytes:
    size = 2 if data.startswith(b"I") else 1
    head, body = data[:size], data[size:]
    if dice.random() < 0.15:
        return head + spoil(body, dice)
    try:
        tree = graft(json.loads(body), dice, _strange)
        text = json.dumps(
            tree,
            ensure_ascii=dice.random() < 0.1,
            separators=(",", ":"),
            sort_keys=dice.random() < 0.95 and head == b"R",
        )
    except (ValueError, TypeError, IndexError, RecursionError):
        return head + spoil(body, dice)
    return head + text.encode("utf-8", "surrogatepass")


def _strange(dice: Random, value: Any) -> Any:
    if isinstance(value, str) and dice.random() < 0.1:
        return dice.choice((SECRET, value + SECRET, f"{value} {SECRET}", SECRET + "\u0301"))
    return strange_json(dice, value)


def refused(error: UsageError) -> str:
    """Look at an error: complete, in both languages, without any value."""
    need(error.problems, "an error without a problem")
    for problem in error.problems:
        need(problem.rule and problem.message.vi and problem.message.en, "half an error")
        need(SECRET not in problem.message.vi + problem.message.en, "an error repeats a value")
    need(SECRET not in error.text("vi") + error.text("en") or _in_names(error), "a value in a text")
    return f"refused {error.problems[0].rule}"


def _in_names(error: UsageError) -> bool:
    """Tell whether the word stands in names of members only, which an error may repeat."""
    return any(SECRET in problem.field for problem in error.problems)


def check(data: bytes) -> str:
    try:
        if data.startswith(b"I"):
            return _input(data)
        return _record(data[1:])
    except UsageError as error:
        return refused(error)


def _input(data: bytes) -> str:
    kind = TYPES[data[1] % len(TYPES)] if len(data) > 1 else TYPES[0]
    document, statement = parse_input(data[2:], kind)
    findings(document)
    PROFILE.problems(statement.kind, statement, document)
    PROFILE.questions(statement.kind, statement, document)
    again = json.dumps({"document": plain_json(document), "statement": plain_json(statement)})
    need(parse_input(again.encode(), kind) == (document, statement), "reads back otherwise")
    return "read input"


def _record(data: bytes) -> str:
    found = parse_record(data, BUILTIN_TYPES)
    need(found.to_json() == data, "a record that is not canonical was read")
    words = [_printed(found)]
    if one_in(data, 2):
        words += [_travels(found, carriage) for carriage in ("full", "reference")]
    return " ".join(["read record", *filter(None, words)])


def _printed(found: CopyRecord[Any]) -> str:
    try:
        printed(found)
    except UsageError as error:
        refused(error)
        return "unprintable"
    return ""


def _travels(found: CopyRecord[Any], carriage: Any) -> str:
    """Encode, read back, compare."""
    key = commune().qr
    try:
        made = encode(found, carriage=carriage, kid=kid_of(key.certificate), sign=key.signer().sign)
    except TooLongForQR:
        return "too long"
    except UsageError as error:
        refused(error)
        return "cannot travel"
    back = restore(unpack(parse_message(made.text).payload), BUILTIN_TYPES)
    need(back.format_id == found.format_id, "another type came back")
    if carriage == "full" and not back.withheld:
        need(back.document == found.document, "another document came back")
    return "travels"


HARNESS = Harness(name="record", seeds=seeds, mutate=mutate, check=check, largest=60_000)
