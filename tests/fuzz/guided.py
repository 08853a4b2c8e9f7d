"""Lets coverage choose the inputs of one harness: Atheris over libFuzzer, with the harness's mutator.

    python -m fuzz.guided pdf --seconds 600 --state FOLDER

Linux only, in an environment of its own (``requirements/fuzz.txt``). Inputs that reached something
new stay in ``FOLDER/pdf-corpus`` and begin the next run.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import atheris

PACKAGES = {"pdf": ("vncopy", "pyhanko"), "image": ("vncopy", "PIL")}
"""Packages whose branches guide, where it is more than our own."""
OURS = ("vncopy",)
SAVE_SECONDS = 10.0


def main() -> None:
    """Run for some seconds of the processor."""
    parser = argparse.ArgumentParser()
    parser.add_argument("harness")
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--commit", default="unknown")
    chosen = parser.parse_args()
    with atheris.instrument_imports(include=list(PACKAGES.get(chosen.harness, OURS))):
        from fuzz.harness import load
        from fuzz.loop import Beat, State, where

        harness = load(chosen.harness)

    seeds = harness.seeds()
    state = State(chosen.state, chosen.harness)
    corpus = chosen.state / f"{chosen.harness}-corpus"
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(seeds):
        harness.check(seed)
        (corpus / f"seed-{number}").write_bytes(seed)
    run = state.run(f"{chosen.commit} guided")
    outcomes, findings = Counter(run["outcomes"]), Counter(run["findings"])
    known, beat = frozenset(seeds), Beat(state.beat, harness.largest)
    begun, spent, saved = time.process_time(), run["cpu_seconds"], time.monotonic()

    def save() -> None:
        run["cpu_seconds"] = round(spent + time.process_time() - begun, 1)
        run["outcomes"], run["findings"] = dict(outcomes), dict(findings)
        state.save()

    def one(data: bytes) -> None:
        nonlocal saved
        run["inputs"] += 1
        beat.say(run["inputs"], data)
        try:
            word = harness.check(data)
            outcomes["unchanged" if data in known else word] += 1
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            findings[where(error)] += 1
            state.keep(f"guided-{run['inputs']}", data, traceback.format_exc())
        if time.monotonic() - saved > SAVE_SECONDS:
            save()
            saved = time.monotonic()
        if time.process_time() - begun > chosen.seconds:
            save()
            os._exit(0)  # libFuzzer would end in its own way, and count nothing

    def mutated(data: bytes, largest: int, seed: int) -> bytes:
        dice = Random(seed)
        if dice.random() < 0.15 or not data:
            other: Any = atheris.Mutate(data, largest)
            return bytes(other)
        return harness.mutate(data, dice)[: min(largest, harness.largest)]

    options = [f"-max_len={harness.largest}", "-timeout=3600", "-rss_limit_mb=0", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one, custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
