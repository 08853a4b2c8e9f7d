"""A few inputs of every harness, the same in every run, and the parts that keep count of long runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fuzz.harness import NAMES, EscapeError, load, need
from fuzz.inside import outside
from fuzz.loop import Beat, State, input_of, last_beat, where
from fuzz.run import summary, usage, watch

pytestmark = pytest.mark.filterwarnings("ignore")  # odd input makes engines warn, as it may

INPUTS = {
    "qr_text": 400,
    "cose": 120,
    "record": 200,
    "pdf": 24,
    "page": 12,
    "image": 30,
    "trust_folder": 30,
    "facts": 80,
    "answer": 100,
}
"""How many each replays; forged files are judged one by one in ``tests/attacks``."""


@pytest.mark.parametrize("name", INPUTS)
def test_every_harness_holds_for_its_first_inputs(name: str) -> None:
    harness = load(name)
    seeds = harness.seeds()
    words = set()
    try:
        for number in range(INPUTS[name]):
            words.add(harness.check(input_of(harness, seeds, number)))
    finally:
        outside()
    assert len(words) > 2, "the mutations all end at the same place"


def test_every_harness_is_named() -> None:
    folder = Path(__file__).parent
    texts = {path.stem: path.read_text("utf-8") for path in folder.glob("*.py")}
    assert {name for name, text in texts.items() if "\nHARNESS = " in text} == set(NAMES)
    assert set(NAMES) - set(INPUTS) == {"forged"}


def test_a_number_is_always_the_same_input() -> None:
    harness = load("qr_text")
    seeds = harness.seeds()
    inputs = [input_of(harness, seeds, number) for number in range(20)]
    assert inputs == [input_of(harness, seeds, number) for number in range(20)]
    assert len(set(inputs)) == len(inputs)


def test_a_finding_is_named_by_error_and_place() -> None:
    with pytest.raises(EscapeError) as raised:
        need(fact=False, what="seen")
    assert where(raised.value).startswith("EscapeError in ")


def test_what_was_looked_at_last_can_be_read_from_outside(tmp_path: Path) -> None:
    beat = Beat(tmp_path / "beat", 100)
    beat.say(7, b"a longer one")
    beat.say(8, b"short")
    assert last_beat(tmp_path / "beat") == (8, b"short")


def test_the_use_of_the_processor_is_seen_and_an_ended_process_uses_none() -> None:
    used, memory = usage(os.getpid())
    assert used > 0
    assert memory > 1
    assert usage(2**22 + 1) == (0.0, 0.0)


class _Chosen:
    """Arguments of a run."""

    def __init__(self, state: Path, inputs: int) -> None:
        self.state, self.inputs, self.more, self.seconds, self.commit = state, inputs, 0, 0.0, "c"


def test_a_run_counts_and_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(__file__).parent.parent
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([*filter(None, sys.path), str(folder)]))
    for inputs in (20, 30):
        watch("qr_text", _Chosen(tmp_path, inputs), guided=False)  # type: ignore[arg-type]
        values = State(tmp_path, "qr_text").values
        assert values["next"] == values["runs"]["c"]["inputs"] == inputs
        assert sum(values["runs"]["c"]["outcomes"].values()) == inputs
    assert summary(tmp_path, ["qr_text"]) == 0
    assert "30 inputs" in capsys.readouterr().out


def test_an_input_that_breaks_the_process_is_kept_and_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process is stood in for by one that says an input and dies, then by one that ends well."""
    beat = str(tmp_path / "cose.beat")
    dies = f"from pathlib import Path; Beat(Path({beat!r}), 9).say(3, b'bad'); os.abort()"
    scripts = iter((f"from fuzz.loop import Beat; import os; {dies}", ""))
    real = subprocess.Popen

    def start(_: list[str]) -> subprocess.Popen[bytes]:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        return real([sys.executable, "-c", next(scripts)], env=environment)

    monkeypatch.setattr(subprocess, "Popen", start)
    watch("cose", _Chosen(tmp_path, 10), guided=False)  # type: ignore[arg-type]
    state = State(tmp_path, "cose")
    assert state.values["skip"] == [3]
    assert state.values["runs"]["c"]["findings"] == {"ended by -6": 1}
    assert (tmp_path / "cose-findings" / "3.bin").read_bytes() == b"bad"
