"""A second opinion: a small model of what must come out, asked about situations nobody chose.

The model knows certificates by their dates and events by what a list would tell; it reads no file.
In its world nobody who renewed a file had heard of the events. It has three rules: a timestamp
counts if its authority was in order when it was last proven to exist; what is signed is judged at
the earliest time that counts; evidence counts if its authority was in order when the evidence was
last proven to exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import pytest
from cryptography.x509 import ReasonFlags
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from support.generations import KEYS_OF_2026, PLAN, World, day
from support.lifetime import Case, Renewal, Revoke, V
from support.lifetime_copies import BASIC, ISSUED, STAMPED, ask_pdf, ask_qr, long_term
from vncopy.pki import KeyKind
from vncopy.pki.evidence import CRL_LIFE
from vncopy.report import Verdict

DECADES: Final = (
    Renewal(at=day(2032, 6), tsa="tsa-2032"),
    Renewal(at=day(2039, 6), tsa="tsa-2039"),
    Renewal(at=day(2047, 10), tsa="tsa-2047"),
)
OTHER: Final = (Renewal(at=day(2027, 6), tsa="tsa-b"),)
OTHER_LATER: Final = (Renewal(at=day(2029, 6), tsa="tsa-b"),)
FILES: Final = (
    *((level, ()) for level in ("B-B", "B-T", "B-LT", "B-LTA")),
    *(("B-LTA", DECADES[:count]) for count in (1, 2, 3)),
    ("B-LTA", OTHER),
    ("B-LTA", OTHER_LATER),
)
TIMES: Final = tuple(
    day(year, month)
    for year, month in (
        (2026, 12), (2027, 3), (2027, 9), (2028, 6), (2029, 12), (2030, 6), (2031, 6), (2032, 8),
        (2033, 6), (2034, 6), (2036, 6), (2039, 8), (2040, 6), (2041, 6), (2045, 6), (2047, 11),
        (2048, 6), (2049, 6), (2056, 3),
    )
)  # fmt: skip
PAST: Final = (day(2026, 3), day(2026, 11), *TIMES[:8], None)
TARGETS: Final = (KEYS_OF_2026, ("tsa-2025",), ("tsa-2032",), ("ca-2024",), ("ca-b",), ("tsa-b",))
REASONS: Final = (
    ReasonFlags.cessation_of_operation,
    ReasonFlags.key_compromise,
    ReasonFlags.certificate_hold,
)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Case, str]:
    """Return a situation and the level of the file that is asked about."""
    level, renewals = draw(st.sampled_from(FILES))
    at = draw(st.sampled_from(TIMES))
    assume(not renewals or at > renewals[-1].at)
    supplied = draw(st.none() | st.sampled_from([each for each in TIMES if each <= at] or [at]))
    targets = draw(st.lists(st.sampled_from(TARGETS), max_size=2, unique=True))
    events = []
    for labels in targets:
        when = draw(st.sampled_from([each for each in TIMES if PLAN[labels[0]].start < each]))
        since = draw(st.sampled_from(PAST))
        events.append(
            Revoke(
                labels=labels,
                at=when,
                # An authority that was on hold is not believed afterwards; the model has no such rule.
                reason=draw(st.sampled_from(REASONS[: 2 if labels[0].startswith("ca-") else 3])),
                invalid_from=since if since is not None and since < when else None,
            )
        )
    case = Case(
        id="drawn",
        at=at,
        says="",
        answers={level: (V, V)},
        qr=V,
        revoke=tuple(events),
        renewals=renewals,
        supplied=supplied,
    )
    return case, level


@dataclass(frozen=True)
class Model:
    """What follows from a situation."""

    case: Case
    level: str
    kind: KeyKind

    def path(self, label: str) -> list[str]:
        """Return a certificate and those above it, the root too."""
        above = PLAN[label].issuer
        return [label] if above is None else [label, *self.path(above)]

    def valid(self, labels: list[str], at: datetime) -> bool:
        """Tell whether all these certificates are within their dates."""
        world = World(kind=self.kind)
        return all(
            PLAN[each].start <= at <= world.identity(each).parsed.not_valid_after_utc
            for each in labels
        )

    def since(self, label: str) -> tuple[datetime, bool] | None:
        """Return since when a certificate is revoked, as far as the verifier heard, and if held."""
        told, issuer = self.case.supplied, PLAN[label].issuer
        if told is None or issuer is None or not self.valid([issuer], told):
            return None
        expiry = World(kind=self.kind).identity(label).parsed.not_valid_after_utc
        for each in self.case.revoke:
            if label in each.labels and each.at <= told <= expiry + CRL_LIFE:
                held = each.reason is ReasonFlags.certificate_hold
                return min(each.at, each.invalid_from or each.at), held
        return None

    def heard(self, label: str, until: datetime) -> list[tuple[datetime, bool]]:
        """Return what was heard about a path up to a time."""
        found = []
        for each in self.path(label)[:-1]:
            said = self.since(each)
            if said is not None and said[0] <= until and not (said[1] and self.lifted(each, until)):
                found.append(said)
        return found

    def lifted(self, label: str, until: datetime) -> bool:
        """Tell whether a renewal brought word, just before a time, that a hold had ended."""
        told, issuer = self.case.supplied, PLAN[label].issuer
        expiry = World(kind=self.kind).identity(label).parsed.not_valid_after_utc
        return any(
            told is not None
            and issuer is not None
            and told < each.at <= min(until, expiry)
            and until - each.at <= CRL_LIFE
            and self.valid([issuer], each.at)
            for each in self.case.renewals
        )

    def stamps(self) -> tuple[list[datetime], bool]:
        """Return the times of document timestamps that count, and whether the first ones do."""
        found = [*self.case.renewals[::-1]]
        if self.level == "B-LTA":
            found.append(Renewal(at=STAMPED, tsa="tsa-2025"))
        good: list[datetime] = []
        for each in found:
            if self.counts(each, good):
                good.append(each.at)
        own = Renewal(at=STAMPED, tsa="tsa-2025")
        return good, self.level != "B-B" and self.counts(own, good)

    def counts(self, stamp: Renewal, outer: list[datetime]) -> bool:
        """Tell whether a timestamp counts, given the times of those around it."""
        judged = min(outer, default=self.case.at)
        if not self.valid(self.path(stamp.tsa), judged):
            return False
        # What was on hold when it stamped is not saved by coming back.
        return not self.heard(stamp.tsa, judged) and not self.heard(stamp.tsa, stamp.at)

    def against(self, label: str, proven: datetime | None) -> Verdict:
        """Return what is known against somebody who signed."""
        known = self.heard(label, proven or self.case.at) + self.heard(label, ISSUED)
        if any(not held and (proven or ISSUED) >= since for since, held in known):
            return Verdict.INVALID
        return Verdict.UNDETERMINED if known else Verdict.VALID

    def served(self, label: str, relevant: datetime, *, file: datetime | None) -> bool:
        """Tell whether evidence says that nobody in a path was revoked at the relevant time.

        Args:
            label: of the signer or service.
            relevant: the time that matters.
            file: when the evidence in the file provably existed; ``None``: there is none.
        """
        path = self.path(label)
        pieces = [] if file is None else [(ISSUED, file)]
        if self.case.supplied is not None:
            pieces.append((self.case.supplied, self.case.at))
        world = World(kind=self.kind)

        def speaks(place: int, made: datetime, seen: datetime) -> bool:
            expiry = world.identity(path[place]).parsed.not_valid_after_utc
            issuer = path[place + 1 :]
            revoked = [each for each in map(self.since, issuer[:-1]) if each is not None]
            return (
                made <= expiry
                and self.valid(issuer[:1], made)
                and self.valid(issuer, seen)
                and all(since > seen for since, _held in revoked)
                and relevant - made <= CRL_LIFE
            )

        return all(
            any(speaks(place, made, seen) for made, seen in pieces)
            for place in range(len(path) - 1)
        )

    def archive(self) -> Verdict:
        """Return the verdict on the file for an archive of its level."""
        documents, own = self.stamps()
        proven = min([*documents, *([STAMPED] if own else [])], default=None)
        known = {self.against(label, proven) for label in KEYS_OF_2026}
        if Verdict.INVALID in known:
            return Verdict.INVALID
        if Verdict.UNDETERMINED in known or not own or proven != STAMPED:
            return Verdict.UNDETERMINED
        if self.level == "B-LTA" and not documents:
            return Verdict.UNDETERMINED
        lasting = self.level in {"B-LT", "B-LTA"}
        seen = min(documents, default=self.case.at) if lasting else None
        served = self.served("seal-2026", STAMPED, file=seen)
        return Verdict.VALID if served else Verdict.UNDETERMINED

    def basic(self) -> Verdict:
        """Return the verdict on the file where neither time nor evidence is required."""
        documents, own = self.stamps()
        proven = min([*documents, *([STAMPED] if own else [])], default=None)
        known = [self.against(label, proven) for label in KEYS_OF_2026]
        order = (Verdict.INVALID, Verdict.UNDETERMINED, Verdict.VALID)
        return min(known, key=order.index)

    def symbol(self) -> Verdict:
        """Return the verdict on the text of the symbol, which proves no time."""
        return self.against("qr-2026", None)


def compare(case: Case, level: str, kind: KeyKind) -> None:
    """Hold the library to the model."""
    model = Model(case, level, kind)
    answers = {
        "archive": (ask_pdf(case, kind, level, long_term(level)), model.archive()),
        "basic": (ask_pdf(case, kind, level, BASIC), model.basic()),
        "symbol": (ask_qr(case, kind, BASIC), model.symbol()),
    }
    for name, (report, expected) in answers.items():
        assert report.verdict is expected, f"{name}: {report}"
    verdicts = {report.verdict for report, _expected in answers.values()}
    assert not verdicts >= {Verdict.VALID, Verdict.INVALID}


QUIET: Final = [
    HealthCheck.too_slow,
    HealthCheck.filter_too_much,
    HealthCheck.function_scoped_fixture,
]


@settings(
    max_examples=120, deadline=timedelta(minutes=1), derandomize=True, suppress_health_check=QUIET
)
@given(situations())
def test_situations_that_nobody_chose(drawn: tuple[Case, str]) -> None:
    compare(*drawn, "p256")


@pytest.mark.long
@pytest.mark.parametrize("kind", ["p256", "rsa"])
@settings(max_examples=400, deadline=timedelta(minutes=1), suppress_health_check=QUIET)
@given(drawn=situations())
def test_many_situations_that_nobody_chose(drawn: tuple[Case, str], kind: KeyKind) -> None:
    compare(*drawn, kind)
