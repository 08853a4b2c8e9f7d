"""Run harnesses and watch over them from outside: hangs and crashes of the process are findings.

    python -m fuzz.run --state FOLDER --inputs 20000 qr_text cose    # seeded, until there were so many
    python -m fuzz.run --state FOLDER --more 2000 --seconds 60 all   # so many more, then led by coverage
    python -m fuzz.run --state FOLDER --summary all                  # what was done so far

One process at a time and harness; a run that was stopped goes on where its state says. Inputs are
timed by the processor they use, so that a busy machine makes no hang.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from fuzz.harness import NAMES
from fuzz.loop import State, last_beat

CPU_LIMIT = 20.0
"""Processor seconds one input may use: the library promises 5, of which a cold start takes some."""
WALL_LIMIT = 300.0
"""Seconds without a new input and without use of the processor: waiting for what never comes."""
MEMORY_LIMIT_MB = 3_000
"""Above it the process is ended, before the machine suffers."""
LOOK_SECONDS = 1.0
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


@dataclass
class Watched:
    """One process that feeds inputs, and the last number that it said."""

    process: subprocess.Popen[bytes]
    beat: Path
    number: int = -1
    since: float = field(default_factory=time.monotonic)
    used: float = 0.0

    def fault(self) -> str:
        """Return why the process must be ended; empty: it is well."""
        number = last_beat(self.beat)[0] if self.beat.exists() else -1
        used, memory = usage(self.process.pid)
        if number != self.number or self.number < 0:
            self.number, self.since, self.used = number, time.monotonic(), used
        if memory > MEMORY_LIMIT_MB:
            return "memory"
        if used - self.used > CPU_LIMIT:
            return "hang: processor"
        return "hang: waits" if time.monotonic() - self.since > WALL_LIMIT else ""


def usage(pid: int) -> tuple[float, float]:
    """Return processor seconds and resident megabytes of a process, zero when it has ended."""
    try:
        line = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0, 0.0
    values = line.rpartition(")")[2].split()
    return (int(values[11]) + int(values[12])) / _TICKS, int(values[21]) * _PAGE_MB


def watch(name: str, chosen: argparse.Namespace, *, guided: bool) -> None:
    """Let one harness run to its end; begin anew behind an input that broke the process."""
    options = ["--state", str(chosen.state), "--commit", chosen.commit]
    until = State(chosen.state, name).values["next"] + chosen.more if chosen.more else chosen.inputs
    if guided:
        command = ["fuzz.guided", name, "--seconds", str(chosen.seconds), *options]
    else:
        command = ["fuzz.loop", name, "--until", str(until), *options]
    while True:
        state = State(chosen.state, name)
        if not guided and state.values["next"] >= until:
            return
        state.beat.unlink(missing_ok=True)
        process = subprocess.Popen([sys.executable, "-m", *command])
        fault = ended(process, state.beat)
        if process.returncode == 0:
            return
        if not state.beat.exists():
            raise SystemExit(f"{name} did not begin")
        kind = fault or f"ended by {process.returncode}"
        number, data = last_beat(state.beat)
        state = State(chosen.state, name)  # what the process saved last
        counted = state.run(chosen.commit)["findings"]
        counted[kind] = counted.get(kind, 0) + 1
        if guided:
            state.keep(f"guided-{number}", data, kind)
        else:
            state.keep(number, data, kind)
            state.values["skip"] = [*state.values["skip"], number]
        state.save()


def ended(process: subprocess.Popen[bytes], beat: Path) -> str:
    """Wait for a process; return why it was ended, empty if it ended by itself."""
    watched = Watched(process, beat)
    while process.poll() is None:
        try:
            time.sleep(LOOK_SECONDS)
        except KeyboardInterrupt:
            process.send_signal(signal.SIGTERM)
            process.wait()
            raise
        fault = watched.fault()
        if fault:
            process.kill()
            process.wait()
            return fault
    return ""


def summary(folder: Path, names: list[str]) -> int:
    """Print one line a harness; return how much was found."""
    found = 0
    for name in names:
        for commit, run in State(folder, name).values["runs"].items():
            per_second = run["inputs"] / max(run["cpu_seconds"], 0.1)
            faults = run["findings"]
            found += sum(faults.values())
            print(
                f"{name:13} {commit[:12]:12} {run['inputs']:>10,} inputs {run['cpu_seconds']:>8,.0f} s "
                f"{per_second:>7,.0f}/s {run['peak_mb']:>5} MB  findings {json.dumps(faults)}"
            )
    return found


def table(folder: Path, names: list[str]) -> None:
    """Print the rows of the page on fuzzing: all commits of a harness together."""
    for name in names:
        runs = State(folder, name).values["runs"]
        for kind, chosen in (
            ("seeded", [run for commit, run in runs.items() if "guided" not in commit]),
            ("guided", [run for commit, run in runs.items() if "guided" in commit]),
        ):
            inputs = sum(run["inputs"] for run in chosen)
            if not inputs:
                continue
            same = sum(run["outcomes"].get("unchanged", 0) for run in chosen)
            if name == "qr_text":  # nothing else may be VALID
                same += sum(run["outcomes"].get("valid", 0) for run in chosen)
            seconds = sum(run["cpu_seconds"] for run in chosen)
            ends = len({word for run in chosen for word in run["outcomes"]})
            faults = Counter[str]()
            for run in chosen:
                faults.update(run["findings"])
            hangs = sum(number for word, number in faults.items() if word.startswith("hang"))
            print(
                f"| `{name}` | {kind} | {inputs:,} | {inputs - same:,} | {ends} | {seconds:,.0f} "
                f"| {inputs / max(seconds, 0.1):,.0f} | {hangs} | {sum(faults.values()) - hangs} |"
            )


def main() -> int:
    """Run what is named, print what came out; 1 if anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("harness", nargs="+", choices=[*NAMES, "all"])
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--inputs", type=int, default=0, help="seeded inputs in all")
    parser.add_argument("--more", type=int, default=0, help="seeded inputs beyond those of before")
    parser.add_argument("--seconds", type=float, default=0, help="processor time led by coverage")
    parser.add_argument("--commit", default="unknown")
    parser.add_argument("--summary", action="store_true", help="only tell what was done so far")
    parser.add_argument(
        "--table", action="store_true", help="the same as rows of the page on fuzzing"
    )
    chosen = parser.parse_args()
    chosen.state.mkdir(parents=True, exist_ok=True)
    names = list(NAMES) if "all" in chosen.harness else chosen.harness
    if chosen.table:
        table(chosen.state, names)
        return 0
    for name in names if not chosen.summary else ():
        if chosen.inputs or chosen.more:
            watch(name, chosen, guided=False)
        if chosen.seconds:
            watch(name, chosen, guided=True)
    return min(summary(chosen.state, names), 1)


if __name__ == "__main__":
    raise SystemExit(main())
