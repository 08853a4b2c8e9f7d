"""Counts through seeded mutations of one harness: number n is always the same input.

    python -m fuzz.loop qr_text --until 10000000 --state FOLDER

The state is written every few seconds, so that a run may be stopped and taken up again; what
fails is kept as a file beside it. ``fuzz.run`` watches over this process from outside.
"""

from __future__ import annotations

import argparse
import json
import mmap
import os
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from fuzz.harness import load
from fuzz.mutations import spliced

if TYPE_CHECKING:
    from fuzz.harness import Harness

SAVE_SECONDS = 10.0
MAX_KEPT = 200
"""Findings of which the input is kept; above it they are only counted."""


class State:
    """How far a harness has come; one JSON file."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / f"{name}.json"
        self.findings = folder / f"{name}-findings"
        self.beat = folder / f"{name}.beat"
        self.values: dict[str, Any] = {"harness": name, "next": 0, "skip": [], "runs": {}}
        if self.path.exists():
            self.values = json.loads(self.path.read_text(encoding="utf-8"))

    def save(self) -> None:
        """Write the file, whole or not at all."""
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(self.values, indent=1, sort_keys=True), encoding="utf-8")
        new.replace(self.path)

    def run(self, commit: str) -> dict[str, Any]:
        """Return the counters of one commit."""
        fresh = {"inputs": 0, "cpu_seconds": 0.0, "peak_mb": 0, "outcomes": {}, "findings": {}}
        entry: dict[str, Any] = self.values["runs"].setdefault(commit, fresh)
        return entry

    def keep(self, number: int | str, data: bytes, why: str) -> None:
        """Keep an input that must not have done what it did."""
        self.findings.mkdir(exist_ok=True)
        if len(list(self.findings.glob("*.bin"))) < MAX_KEPT:
            (self.findings / f"{number}.bin").write_bytes(data)
            (self.findings / f"{number}.txt").write_text(why, encoding="utf-8")


class Beat:
    """The number and the bytes of the input at hand, in a file that another process reads."""

    def __init__(self, path: Path, largest: int) -> None:
        size = 16 + largest
        path.write_bytes(bytes(size))
        with path.open("r+b") as file:
            self.map = mmap.mmap(file.fileno(), size)

    def say(self, number: int, data: bytes) -> None:
        """Put down what is looked at from now on."""
        self.map[8 : 16 + len(data)] = len(data).to_bytes(8, "little") + data
        self.map[:8] = number.to_bytes(8, "little")


def last_beat(path: Path) -> tuple[int, bytes]:
    """Return number and bytes of the input that was looked at last."""
    content = path.read_bytes()
    size = int.from_bytes(content[8:16], "little")
    return int.from_bytes(content[:8], "little"), content[16 : 16 + size]


def input_of(harness: Harness, seeds: tuple[bytes, ...], number: int) -> bytes:
    """Return input ``number``: one seed, mutated once or a few times."""
    dice = Random(number)
    data = dice.choice(seeds)
    if dice.random() < 0.02:
        data = spliced(data, dice.choice(seeds), dice)
    for _ in range(dice.choice((1, 1, 1, 1, 2, 3))):
        data = harness.mutate(data, dice)
    return data[: harness.largest]


def where(error: BaseException) -> str:
    """Return the error and the last place in the library, as a name for what was found."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "vncopy" in frame.filename] or frames
    last = own[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.name}"


def main() -> None:
    """Run until the number, or until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("harness")
    parser.add_argument("--until", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--commit", default="unknown")
    chosen = parser.parse_args()
    harness, state = load(chosen.harness), State(chosen.state, chosen.harness)
    stopping: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stopping.append(number))
    seeds = harness.seeds()
    for seed in seeds:
        harness.check(seed)  # what is cached is made before anything is measured
    known = frozenset(seeds)
    run = state.run(chosen.commit)
    outcomes, findings = Counter(run["outcomes"]), Counter(run["findings"])
    skip = set(state.values["skip"])
    beat = Beat(state.beat, harness.largest)
    begun, saved = time.process_time(), time.monotonic()
    number = first = state.values["next"]
    cpu, inputs = run["cpu_seconds"], run["inputs"]
    skipped = 0

    def save() -> None:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        run["inputs"] = inputs + number - first - skipped
        run["cpu_seconds"] = round(
            cpu + time.process_time() - begun + children.ru_utime + children.ru_stime, 1
        )
        run["peak_mb"] = max(run["peak_mb"], usage.ru_maxrss // 1024)
        run["outcomes"], run["findings"] = dict(outcomes), dict(findings)
        state.values["next"] = number
        state.save()

    while number < chosen.until and not stopping:
        if number in skip:
            skipped += 1
        else:
            data = input_of(harness, seeds, number)
            beat.say(number, data)
            try:
                outcomes["unchanged" if data in known else harness.check(data)] += 1
            except Exception as error:  # noqa: BLE001 - this is what is looked for
                findings[where(error)] += 1
                state.keep(number, data, traceback.format_exc())
        number += 1
        if time.monotonic() - saved > SAVE_SECONDS:
            save()
            saved = time.monotonic()
    save()
    sys.stdout.flush()
    os._exit(0)  # helpers of the engines need not be waited for


if __name__ == "__main__":
    main()
