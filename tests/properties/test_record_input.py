"""Whatever a record's JSON holds, reading it gives a record or a UsageError in both languages."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.sources import ROOT
from vncopy.errors import UsageError
from vncopy.formats.base import Document
from vncopy.formats.profile import load_profile
from vncopy.formats.record import parse_input
from vncopy.formats.rules import findings
from vncopy.formats.types import BUILTIN_TYPES

SAMPLES = {
    kind.format_id: [
        json.loads(path.read_bytes())
        for path in sorted((ROOT / "samples" / kind.format_id[3:-2]).glob("*.json"))
    ]
    for kind in BUILTIN_TYPES
}
TYPES = list(BUILTIN_TYPES)

strange_texts = st.sampled_from(
    ["", " ", "\u0000", "Ð", "a\u0301", "\u202e", "1e400", "0001-01-01", "9999-12-31", "-0", "²"]
) | st.text(max_size=20)
strange = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | strange_texts
    # Copies: what a mutation adds to one of these must not be there in the next example.
    | st.sampled_from([{"state": "dash"}, {"state": "lost"}, {"state": 1, "text": 2}]).map(dict),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(strange_texts, inner, max_size=3),
    max_leaves=6,
)


def places(tree: Any) -> list[tuple[Any, Any]]:
    """Return every (container, key) below a tree."""
    keys: Any = tree.keys() if isinstance(tree, dict) else range(len(tree))
    found = [(tree, key) for key in keys]
    for container, key in list(found):
        if isinstance(container[key], dict | list):
            found += places(container[key])
    return found


def mutated(data: st.DataObject, kind: type[Document]) -> Any:
    """Return a sample of which one or two places were replaced, removed or added."""
    whole = copy.deepcopy(data.draw(st.sampled_from(SAMPLES[kind.format_id])))
    for _ in range(data.draw(st.integers(1, 2))):
        container, key = data.draw(st.sampled_from(places(whole)))
        match data.draw(st.sampled_from(["replace", "remove", "add"])):
            case "replace":
                container[key] = data.draw(strange)
            case "remove":
                del container[key]
            case "add" if isinstance(container, dict):
                container[data.draw(strange_texts)] = data.draw(strange)
            case _:
                container.append(data.draw(strange))
    return whole


def say_everything(error: UsageError) -> None:
    assert error.problems
    for problem in error.problems:
        assert problem.field
        assert problem.rule
        assert problem.message.vi
        assert problem.message.en


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.format_id)
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_mutated_record_is_read_or_refused(kind: type[Document], data: st.DataObject) -> None:
    whole = mutated(data, kind)
    text = json.dumps(whole).encode()
    try:
        document, statement = parse_input(text, kind)
    except UsageError as error:
        say_everything(error)
        return
    findings(document)
    if statement.issued_at is not None and statement.issued_at.year in range(2021, 2100):
        profile = load_profile(statement.issued_at.date())
        profile.problems(statement.kind, statement, document)
        profile.questions(statement.kind, statement, document)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.format_id)
@settings(max_examples=60, deadline=None)
@given(value=strange)
def test_any_json_and_any_mapping_is_refused(kind: type[Document], value: Any) -> None:
    with pytest.raises(UsageError):
        parse_input(json.dumps(value).encode(), kind)
    with pytest.raises(UsageError):
        parse_input(value, kind)
