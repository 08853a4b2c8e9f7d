"""``python -m benchmarks.cost [--write]``: what hostile files cost, in time and memory.

Every forged file, every file in order and every bomb of the tests is verified as a caller would do
it, with a warm worker. Counted is processor time, of the caller and of the process that reads the
file together, since a busy machine would spoil any other; and memory at its peak, of both. The page
``docs/security/cost.md`` is written from it.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.bombs import bombs  # noqa: E402 - the path is set just above
from support.forgeries import attacks, controls  # noqa: E402
from support.pdf_copies import AT, BASIC, demo, issued  # noqa: E402
from vncopy.pdf import workers  # noqa: E402
from vncopy.pdf.jobs import Ending  # noqa: E402
from vncopy.pdf.pool import Pool, use_pool  # noqa: E402
from vncopy.verify.image import verify_image  # noqa: E402
from vncopy.verify.pdf import verify_pdf  # noqa: E402
from vncopy.verify.signatures import verify_signatures  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vncopy.pdf.workers import Outcome

PAGE = ROOT / "docs" / "security" / "cost.md"
MEGABYTE = 1_000_000
WALL = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one file cost."""

    name: str
    seconds: float
    bytes: int
    ending: Ending
    verdict: str


class Watched(Pool):
    """A pool that keeps what its workers told of each job."""

    told: list[Outcome]

    def run(self, request: bytes, seconds: float) -> Outcome:
        """Have a job done."""
        outcome = super().run(request, seconds)
        self.told.append(outcome)
        return outcome


def measured(
    pool: Watched, name: str, build: Callable[[], bytes], verify: Callable[..., Any]
) -> Cost:
    data = build()
    pool.told = []
    start = time.process_time()
    report = verify(data, trust=demo().trust, at=AT, policy=BASIC)
    own = time.process_time() - start
    told = pool.told[-1] if pool.told else None
    return Cost(
        name=name,
        seconds=own + (told.seconds if told else 0.0),
        bytes=told.peak_bytes if told else 0,
        ending=told.ending if told else Ending.ANSWERED,
        verdict=report.verdict.value,
    )


def row(title: str, costs: list[Cost]) -> str:
    seconds = sorted(each.seconds for each in costs)
    worst = max(costs, key=lambda each: each.seconds)
    largest = max(costs, key=lambda each: each.bytes)
    ended = [each.ending for each in costs]
    return (
        f"| {title} | {len(costs)} | {statistics.median(seconds):.2f} | {worst.seconds:.2f} "
        f"| {statistics.median(each.bytes for each in costs) / MEGABYTE:.0f} "
        f"| {largest.bytes / MEGABYTE:.0f} | {ended.count(Ending.TIME)} | {ended.count(Ending.MEMORY)} "
        f"| {ended.count(Ending.CRASHED)} |"
    )


def lines(groups: dict[str, list[Cost]], every: int) -> Iterable[str]:
    yield "# What hostile files cost"
    yield ""
    yield "Made by `python -m benchmarks.cost --write`. Processor time of the caller and of the process that"
    yield "reads the file, together; memory at its peak, of that process alone, 30 MB of it code that it"
    yield "shares. A caller that does nothing else has 70 to 90 MB. The worker was warm: starting it costs"
    yield "0.7 s once. Whatever the file, a report came back, and the next file was read."
    yield ""
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    share = "" if every == 1 else f" Of the forged files one in {every} was taken."
    yield f"Python {platform.python_version()}, {system}, other programs running.{share}"
    yield ""
    yield (
        "| files | number | s, median | s, worst | MB, median | MB, worst | ended for time "
        "| for memory | crashed |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for title, costs in groups.items():
        yield row(title, costs)
    yield ""
    yield "A process is ended after 4.5 s of processor time, or 9 s on the clock if others compute besides,"
    yield "and gets no more than 386 MB of its own. Then the report says UNDETERMINED, `limits_exceeded`."
    yield ""
    yield "## Each bomb"
    yield ""
    yield "What a bomb of a drawing costs beyond its limit is not known: the verdict of one that is VALID is"
    yield "right, since a lawful office signed it, and it was drawn to its end."
    yield ""
    yield "| bomb | s | MB | ended | verdict |"
    yield "|---|---|---|---|---|"
    for title, costs in groups.items():
        if title.startswith("bombs"):
            for each in costs:
                how = "" if each.ending is Ending.ANSWERED else each.ending.name.lower()
                size = f"{each.bytes / MEGABYTE:.0f}" if each.bytes else "not handed over"
                yield f"| {each.name} | {each.seconds:.2f} | {size} | {how} | {each.verdict} |"


def main() -> None:
    """Measure, print, and write the page if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cost")
    parser.add_argument("--write", action="store_true", help="write docs/security/cost.md")
    parser.add_argument("--only", default="", help="of the names of files; prints alone")
    parser.add_argument("--every", type=int, default=1, help="every so many of the forged files")
    options = parser.parse_args()
    # The clock on the wall is given more time than ever, so that a busy machine ends nothing.
    workers.WALL = WALL  # type: ignore[misc]
    plan = workers.Plan(prelude=f"import vncopy.pdf.confinement as c; c.WALL = {WALL}; ")
    pool = Watched(plan)
    pool.told = []
    use_pool(pool)
    copy = issued()
    verify_pdf(copy.pdf, trust=demo().trust, at=AT, policy=BASIC).require()
    forged = attacks()[:: options.every]
    plans: dict[str, list[tuple[str, Callable[[], bytes], Callable[..., Any]]]] = {
        "an ordinary copy, all checks": [("copy", lambda: copy.pdf, verify_pdf)] * 15,
        "forged copies": [(a.name, a.build, verify_pdf) for a in forged if a.base == "copy"],
        "forged files of others": [
            (a.name, a.build, verify_signatures) for a in forged if a.base == "plain"
        ],
        "files in order": [(c.name, c.build, verify_signatures) for c in controls()],
        "bombs: PDF": [(b.name, b.build, verify_signatures) for b in bombs() if b.kind == "pdf"],
        "bombs: pictures": [(b.name, b.build, verify_image) for b in bombs() if b.kind == "image"],
    }
    groups: dict[str, list[Cost]] = {}
    for title, files in plans.items():
        chosen = [each for each in files if options.only in each[0]]
        groups[title] = [measured(pool, *each) for each in chosen]
        print(title, len(chosen), file=sys.stderr, flush=True)
    found = {title: costs for title, costs in groups.items() if costs}
    text = "\n".join(lines(found, options.every)) + "\n"
    if options.write and not options.only:
        PAGE.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
