from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from vncopy.algorithms import DEFAULT_ALGORITHMS, Lifetime
from vncopy.errors import UsageError
from vncopy.policy import (
    LONG_EVIDENCE_AGE,
    STRICT_EVIDENCE_AGE,
    WAIVABLE,
    CheckId,
    PadesLevel,
    VerificationPolicy,
)
from vncopy.report import policy_json

HOUR = timedelta(hours=1)


def test_strict_waives_nothing() -> None:
    policy = VerificationPolicy.strict()
    assert policy.waived == frozenset()
    assert policy.level is PadesLevel.B_T


def test_basic_waives_outside_evidence_alone() -> None:
    policy = VerificationPolicy.offline_basic()
    assert policy.waived == WAIVABLE
    assert policy.name == "offline-basic"


@pytest.mark.parametrize(("lists", "status"), list(product([None, HOUR], repeat=2)))
def test_offline_asks_for_what_it_is_given_an_age_for(
    lists: timedelta | None, status: timedelta | None
) -> None:
    policy = VerificationPolicy.offline(max_list_age=lists, max_status_age=status)
    assert (CheckId.TRUST_LIST in policy.waived) is (lists is None)
    assert (CheckId.STATUS in policy.waived) is (status is None)
    assert {CheckId.REVOCATION, CheckId.TRUSTED_TIME} <= policy.waived
    if lists is not None:
        assert policy.max_list_age == lists
    if status is not None:
        assert policy.max_status_age == status


@pytest.mark.parametrize("check", [each for each in CheckId if each not in WAIVABLE])
def test_no_check_of_the_copy_itself_can_be_waived(check: CheckId) -> None:
    with pytest.raises(UsageError, match="cannot be waived"):
        VerificationPolicy(name="weak", waived=frozenset({check}))


@pytest.mark.parametrize(
    "age",
    [
        "max_list_age",
        "max_status_age",
        "max_revocation_age",
        "clock_tolerance",
        "max_timestamp_delay",
    ],
)
def test_ages_are_not_negative(age: str) -> None:
    with pytest.raises(UsageError, match="negative"):
        VerificationPolicy(name="odd", **{age: -HOUR})  # type: ignore[arg-type]


@pytest.mark.parametrize("level", PadesLevel)
def test_an_archive_asks_for_what_files_prove_and_not_for_lists(level: PadesLevel) -> None:
    policy = VerificationPolicy.long_term(level=level)
    assert policy.waived == {CheckId.TRUST_LIST, CheckId.STATUS}
    assert policy.level is level
    assert VerificationPolicy.long_term().level is PadesLevel.B_LT


def test_how_old_revocation_evidence_may_be() -> None:
    assert VerificationPolicy.strict().max_revocation_age == STRICT_EVIDENCE_AGE
    for policy in (
        VerificationPolicy.long_term(),
        VerificationPolicy.offline_basic(),
        VerificationPolicy.offline(max_list_age=None, max_status_age=None),
    ):
        assert policy.max_revocation_age == LONG_EVIDENCE_AGE


def test_reports_say_which_algorithms_end_earlier_than_usual() -> None:
    assert policy_json(VerificationPolicy.strict())["sunsets"] == []
    end = Lifetime(name="rsa", bits=2048, until=datetime(2031, 1, 1, tzinfo=UTC))
    policy = replace(VerificationPolicy.strict(), algorithms=DEFAULT_ALGORITHMS.with_sunsets(end))
    assert policy_json(policy)["sunsets"] == [
        {"algorithm": "rsa", "bits": 2048, "until": "2031-01-01T00:00:00+00:00"}
    ]


def test_a_policy_is_frozen() -> None:
    policy = VerificationPolicy.strict()
    with pytest.raises((FrozenInstanceError, AttributeError)):
        policy.waived = WAIVABLE  # type: ignore[misc]


def test_levels_are_ordered() -> None:
    levels = list(PadesLevel)
    for higher, lower in product(levels, repeat=2):
        assert higher.reaches(lower) is (levels.index(higher) >= levels.index(lower))
