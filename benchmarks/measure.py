"""Measuring: medians of processor time, interleaved, so that a busy machine spoils both sides alike."""

from __future__ import annotations

import cProfile
import io
import pstats
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Result", "Task", "measure", "profile", "table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to be measured, with new input for every round, so that no cache helps."""

    run: Callable[[Any], Any]
    """What is measured."""
    new: Callable[[], Any] = lambda: None
    """Makes the input of one round; not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one task took."""

    name: str
    """Its name."""
    milliseconds: float
    """Median of processor time."""
    spread: float
    """Ninth decile over median."""


def measure(
    tasks: Mapping[str, Task], *, rounds: int, elsewhere: Callable[[], float] = lambda: 0.0
) -> dict[str, Result]:
    """Return the medians of ``tasks``; each round runs every task once.

    Args:
        tasks: by name.
        rounds: how often; two more warm up.
        elsewhere: seconds of processor time that other processes spent for this one so far.
    """
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(rounds + 2):
        for name, task in tasks.items():
            given = task.new()
            others, start = elsewhere(), time.process_time_ns()
            task.run(given)
            if number >= 2:
                own = (time.process_time_ns() - start) / 1e6
                times[name].append(own + 1000 * (elsewhere() - others))
    found: dict[str, Result] = {}
    for name, taken in times.items():
        median = statistics.median(taken)
        ninth = sorted(taken)[int(len(taken) * 0.9)]
        found[name] = Result(name=name, milliseconds=median, spread=ninth / median)
    return found


def table(results: Mapping[str, Result], ratios: Mapping[str, tuple[str, str]]) -> str:
    """Return results and ratios as text.

    Args:
        results: from :func:`measure`.
        ratios: numerator and denominator, by what the ratio says.
    """
    width = max(map(len, [*results, *ratios]))
    lines = [
        f"{name:<{width}}  {each.milliseconds:9.3f} ms   p90 = {each.spread:4.2f} x median"
        for name, each in results.items()
    ]
    for name, (over, under) in ratios.items():
        quotient = results[over].milliseconds / results[under].milliseconds
        lines.append(f"{name:<{width}}  {quotient:9.2f}")
    return "\n".join(lines)


def profile(task: Task, *, rounds: int, lines: int = 25) -> str:
    """Return where the time of ``task`` goes."""
    inputs = [task.new() for _ in range(rounds)]
    profiler = cProfile.Profile()
    profiler.enable()
    for given in inputs:
        task.run(given)
    profiler.disable()
    out = io.StringIO()
    pstats.Stats(profiler, stream=out).sort_stats("cumulative").print_stats(lines)
    return out.getvalue()
