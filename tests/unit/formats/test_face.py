"""The public face of the formats: every name loads, nothing else is there."""

from __future__ import annotations

import pytest

from vncopy import formats


@pytest.mark.parametrize("name", formats.__all__)
def test_a_public_name_loads(name: str) -> None:
    formats.__dict__.pop(name, None)
    assert getattr(formats, name) is not None
    assert getattr(formats, name) is formats.__dict__[name]


def test_names_are_listed_once_and_sorted_out() -> None:
    assert len(set(formats.__all__)) == len(formats.__all__)
    assert set(formats.__all__) == set(formats._HOME) == set(dir(formats))


def test_another_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="no_such_thing"):
        formats.no_such_thing  # noqa: B018
