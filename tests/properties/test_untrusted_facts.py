"""Stored facts are untrusted input: whatever they say, judging them again gives a report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from support.generations import day
from support.proofs import AT, BASIC, LONG, WORLD, b_lta, document, evidence, judged, token
from vncopy.errors import UsageError
from vncopy.facts import facts_from_json
from vncopy.facts.evidence import EvidenceFacts
from vncopy.facts.pdf import PDFFacts, SignatureFacts, TimestampFacts
from vncopy.reasons import Reason
from vncopy.report import PDF_CHECKS, Verdict
from vncopy.verify.judge import judge

GOOD = b_lta()
TIMES = st.one_of(
    st.none(),
    st.datetimes(timezones=st.just(UTC)),
    st.sampled_from([AT, day(2026, 11, 21), day(2040)]),
)
REASONS = st.one_of(
    st.none(), st.sampled_from([each for each in Reason if each.info.outcome != "warning"])
)
"""A warning is a judgement, which facts never hold (`tests/unit/facts`)."""
NUMBERS = st.one_of(st.integers(-5, 5000), st.just(10**30), st.just(-(10**30)))
CERTIFICATES = st.one_of(
    st.sampled_from([each.certificates for each in GOOD.signatures]),
    st.just(()),
    st.just((b"junk",)),
    st.just(tuple(WORLD.identity("root-1").chain)),
)
NAMES = st.sampled_from(["sha256", "sha1", "md5", "", "ecdsa"])

TOKENS = st.builds(
    lambda changes: (token, changes),
    st.fixed_dictionaries(
        {},
        optional={
            "time": TIMES,
            "problem": REASONS,
            "intact": st.booleans(),
            "valid": st.booleans(),
            "digest_algorithm": NAMES,
            "certificates": CERTIFICATES,
            "accuracy": NUMBERS,
        },
    ),
)
SIGNATURES = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["signature", "timestamp"]),
        "end": NUMBERS,
        "coverage": st.sampled_from(["entire_file", "entire_revision", "unclear"]),
        "problem": REASONS,
        "intact": st.booleans(),
        "valid": st.booleans(),
        "digest_algorithm": NAMES,
        "certificates": CERTIFICATES,
        "claimed_at": TIMES,
        "accuracy": NUMBERS,
        "subfilter": st.sampled_from(["ETSI.RFC3161", "ETSI.CAdES.detached", ""]),
    },
)
PIECES = st.builds(
    EvidenceFacts,
    kind=st.sampled_from(["certificate", "ocsp", "crl"]),
    der=st.one_of(st.binary(max_size=9), st.sampled_from([each.der for each in GOOD.evidence])),
    end=NUMBERS,
    origin=st.sampled_from(["file", "supplied"]),
)


def made(
    rows: list[tuple[dict[str, Any], list[Any]]], pieces: list[EvidenceFacts], problem: Any
) -> PDFFacts | None:
    """Return facts as somebody may have written them; ``None``: reading them refuses them."""
    signatures: list[SignatureFacts] = []
    base = [*GOOD.signatures, document()]
    try:
        for number, (changes, tokens) in enumerate(rows):
            stamps: list[TimestampFacts] = [make(**values) for make, values in tokens]
            signatures.append(
                replace(base[number % len(base)], timestamps=tuple(stamps), **changes)
            )
    except UsageError:
        return None
    return replace(
        GOOD, signatures=tuple(signatures), evidence=tuple(pieces), evidence_problem=problem
    )


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.tuples(SIGNATURES, st.lists(TOKENS, max_size=2)), max_size=4),
    pieces=st.lists(PIECES, max_size=5),
    problem=REASONS,
    at=st.sampled_from([AT, day(1971), day(2056), datetime(9998, 12, 31, tzinfo=UTC)]),
    policy=st.sampled_from([LONG, BASIC]),
)
def test_judging_any_facts_gives_a_report_that_is_not_valid(
    rows: list[tuple[dict[str, Any], list[Any]]],
    pieces: list[EvidenceFacts],
    problem: Reason | None,
    at: datetime,
    policy: Any,
) -> None:
    facts = made(rows, pieces, problem)
    if facts is None:
        return
    report = judge(facts, trust=WORLD.trust(day(2027)), at=at, policy=policy)
    assert tuple(each.id for each in report.checks) == PDF_CHECKS
    assert report.verdict is not Verdict.VALID
    report.to_json()
    read = facts_from_json(facts.to_json(), PDFFacts)
    again = judge(read, trust=WORLD.trust(day(2027)), at=at, policy=policy)
    assert again.checks == report.checks


@settings(max_examples=80, deadline=None)
@given(
    dropped=st.sets(st.integers(0, 40), min_size=1),
    at=st.sampled_from([AT, day(2028), day(2033, 6)]),
)
def test_less_evidence_never_proves_more(dropped: set[int], at: datetime) -> None:
    """What somebody leaves out of a file can only be missed."""
    whole = replace(GOOD, evidence=GOOD.evidence + evidence(at, 0))
    pieces = tuple(each for number, each in enumerate(whole.evidence) if number not in dropped)
    _proofs, with_all = judged(whole, at=at)
    _proofs, with_less = judged(replace(whole, evidence=pieces), at=at)
    for more, less in zip(with_all, with_less, strict=True):
        assert less.proven_at == more.proven_at
        if more.proof is not None and more.proof.revocation is not None:
            reason = more.proof.revocation.reason
            if reason is not None and less.proof is not None and less.proof.revocation is not None:
                assert less.proof.revocation.reason is not None
