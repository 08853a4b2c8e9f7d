from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import timedelta
from itertools import product

import pytest

from vncopy.errors import UsageError
from vncopy.policy import WAIVABLE, CheckId, PadesLevel, VerificationPolicy

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
    "age", ["max_list_age", "max_status_age", "clock_tolerance", "max_timestamp_delay"]
)
def test_ages_are_not_negative(age: str) -> None:
    with pytest.raises(UsageError, match="negative"):
        VerificationPolicy(name="odd", **{age: -HOUR})  # type: ignore[arg-type]


def test_a_policy_is_frozen() -> None:
    policy = VerificationPolicy.strict()
    with pytest.raises((FrozenInstanceError, AttributeError)):
        policy.waived = WAIVABLE  # type: ignore[misc]


def test_levels_are_ordered() -> None:
    levels = list(PadesLevel)
    for higher, lower in product(levels, repeat=2):
        assert higher.reaches(lower) is (levels.index(higher) >= levels.index(lower))
