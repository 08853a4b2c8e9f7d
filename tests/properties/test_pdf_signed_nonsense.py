"""Nonsense that is properly signed: deeper readers see it, and still only a report comes back.

Random spoiling breaks a signature nearly always, so that nothing behind the signatures is
reached. Here an unsigned page is spoiled first and then signed with the right keys.
"""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from support.pdf_copies import signed, typeset_copy, verify
from vncopy.report import PDF_CHECKS, Verdict

FAST = 24
LONG = 600
VALUES: tuple[Any, ...] = (
    0,
    -1,
    10**9,
    True,
    pikepdf.Name("/X"),
    pikepdf.String("x"),
    pikepdf.Array(),
    pikepdf.Dictionary(),
)
UNCHANGED = frozenset({"/AcroForm", "/Fields", "/FT", "/T"})
"""Without these nobody could sign the file."""


def nonsense(seed: int) -> bytes:
    """Return the unsigned page with some values replaced, removed or pointed elsewhere."""
    dice = random.Random(seed)
    with pikepdf.open(BytesIO(typeset_copy().pdf)) as pdf:
        holders = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream)
            and item.get("/Type") != "/StructElem"  # most objects, and nobody sees them
        ]
        for _ in range(dice.choice((1, 1, 2, 4))):
            item = dice.choice(holders)
            names = [name for name in item.keys() if name not in UNCHANGED | {"/Length"}]  # noqa: SIM118
            if not names:
                continue
            name = dice.choice(names)
            choice = dice.random()
            with suppress(pikepdf.PdfError, ValueError, KeyError, TypeError):
                if choice < 0.2:
                    del item[name]
                elif choice < 0.5:
                    item[name] = dice.choice(holders)
                elif choice < 0.6 and isinstance(item, pikepdf.Stream):
                    item.write(dice.randbytes(200))
                else:
                    item[name] = dice.choice(VALUES)
        out = BytesIO()
        pdf.save(out, deterministic_id=True, fix_metadata_version=False)
        return out.getvalue()


def check(seed: int) -> Verdict | None:
    state = typeset_copy()
    try:
        pdf = signed(replace(state, pdf=nonsense(seed)))
    except Exception:  # noqa: BLE001 - whatever the signing engine makes of nonsense
        return None  # not even signed
    report = verify(pdf)
    assert tuple(each.id for each in report.checks) == PDF_CHECKS
    report.to_json()
    report.facts.to_json()
    return report.verdict


@pytest.mark.parametrize("start", range(0, FAST, 6))
def test_signed_nonsense_gives_a_report(start: int) -> None:
    for seed in range(start, start + 6):
        check(seed)


@pytest.mark.long
@pytest.mark.parametrize("start", range(FAST, LONG, 24))
def test_much_signed_nonsense(start: int) -> None:
    assert any(check(seed) is not None for seed in range(start, start + 24))
