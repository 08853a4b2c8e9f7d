"""The texts of options become values, or an error that names the option."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from vncopy.cli.options import PolicyName, policy_of, time_of
from vncopy.errors import UsageError
from vncopy.policy import VerificationPolicy


def test_a_time_needs_an_offset() -> None:
    assert time_of("2026-11-22T10:00:00+07:00") == datetime(2026, 11, 22, 3, tzinfo=UTC)
    for text in ("2026-11-22T10:00:00", "yesterday", "", "2026-11-22"):
        with pytest.raises(UsageError) as caught:
            time_of(text)
        assert caught.value.problems[0].field == "--at"


@pytest.mark.parametrize(
    "text",
    ["0001-01-01T00:00:00+07:00", "1969-12-31T23:59:59+00:00", "9999-12-31T23:59:59-07:00"],
)
def test_a_time_of_a_year_that_no_copy_can_have(text: str) -> None:
    with pytest.raises(UsageError, match="1970 to 9998") as caught:
        time_of(text)
    assert caught.value.problems[0].rule == "cli.at"


def test_no_time_means_now() -> None:
    assert abs(time_of(None) - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_policies_by_name() -> None:
    assert policy_of(PolicyName.STRICT) == VerificationPolicy.strict()
    assert policy_of(PolicyName.OFFLINE_BASIC) == VerificationPolicy.offline_basic()
    assert policy_of(PolicyName.OFFLINE).name == "offline"
    assert policy_of(PolicyName.LONG_TERM) == VerificationPolicy.long_term()
