"""What pyHanko, poppler's pdfsig and the EU's DSS say of forged files and of files in order.

Each judge gets every file by itself and has a time to answer; one that hangs or dies is said to, is
started anew, and goes on with the next file. No file stops the others.

All know the demonstration's root alone, ask nobody, and judge at the time of the tests. pyHanko and
DSS are handed the revocation lists of that time, so that a file without evidence of its own is not
undecided for that alone. pdfsig knows no root: what it says of trust is left out.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final, Literal

from outside import DSS, JUDGES, JudgeMissingError

from support.pdf_copies import AT, demo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

__all__ = ["JUDGE_NAMES", "Opinion", "ask_all", "versions"]

Word = Literal["accepts", "undecided", "refuses", "no signatures", "raises", "no answer"]
"""All that a judge can say of a whole file."""
JUDGE_NAMES: Final = ("pyHanko", "pdfsig", "EU DSS")
SECONDS: Final = 120
"""For one file, and once more for one that got no answer: the slowest answer takes two on two cores that
are free, and nobody is to be called silent because something else was running."""
DSS_AT_ONCE: Final = 2
"""Virtual machines of Java: DSS takes longer than all others together."""
_VALID: Final = "Signature Validation: Signature is Valid."
_UNJUDGED: Final = "Signature has not yet been verified"
"""What this poppler says of every document timestamp: it can read and not judge them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one judge says of one file."""

    says: Word
    """In one word, the same for all judges."""
    detail: str = ""
    """In his own words, without any text of the file."""
    warns: str = ""
    """What he remarks about a file that he accepts."""
    seen: int = 0
    """Signatures of which he says it; document timestamps among them where he judges those."""
    raw: bool = False
    """An exception that is none of the judge's own: nobody would expect it."""


class _Program:
    """A program that answers line by line, and is started again when it does not."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[str] | None = None

    def ask(self, line: str) -> str | None:
        """Return the answer to a line; ``None``: there is none in time, or the program died."""
        process = self._process = self._process or subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        assert process.stdin is not None
        assert process.stdout is not None
        watchdog = threading.Timer(SECONDS, process.kill)
        watchdog.start()
        try:
            process.stdin.write(line + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        finally:
            watchdog.cancel()
        if answer.endswith("\n"):
            return answer
        self.close()
        return None

    def close(self) -> None:
        """End the program."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


# --- pyHanko -------------------------------------------------------------------------------------


def ask_pyhanko(files: Sequence[Path], folder: Path) -> list[Opinion]:
    """Ask pyHanko about files.

    Args:
        files: any.
        folder: for what it is to trust.
    """
    trust = [str(each) for each in _trust(folder)]
    command = [sys.executable, str(JUDGES / "pyhanko_judge.py"), AT.isoformat(), *trust]
    return _ask_lines(command, [str(file) for file in files], of_pyhanko)


def of_pyhanko(answer: dict[str, Any]) -> Opinion:
    """Return the opinion in an answer of pyHanko's program."""
    if "error" in answer:
        return Opinion(says="raises", detail=answer["error"], raw=not answer["own"])
    rows = answer["signatures"]
    if not rows:
        return Opinion(says="no signatures")
    wrong = [row for row in rows if not row["accepted"]]
    if not wrong:
        noticed = {row["modification"] for row in rows if row.get("modification", "NONE") != "NONE"}
        told = ", ".join(sorted(noticed)).lower()
        return Opinion(says="accepts", detail=told, seen=len(rows))
    flaws: dict[str, None] = {}
    for row in wrong:
        flaws |= dict.fromkeys(_flaws(row))
    return Opinion(says="refuses", detail=", ".join(flaws), seen=len(rows))


def _flaws(row: dict[str, Any]) -> list[str]:
    """Return why pyHanko does not accept a signature."""
    found = [f"not {name}" for name in ("intact", "valid", "trusted") if not row[name]]
    if row.get("modification") == "OTHER":
        found.append("modified")
    elif not row.get("permitted", True):
        found.append("not permitted")
    return found or ["other"]


# --- pdfsig --------------------------------------------------------------------------------------


def ask_pdfsig(file: Path) -> Opinion:
    """Ask poppler about one file."""
    try:
        done = subprocess.run(
            ["pdfsig", "-nocert", str(file)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise JudgeMissingError("pdfsig is not installed") from error
    except subprocess.TimeoutExpired:
        return Opinion(says="no answer", detail=f"{SECONDS} s")
    if done.returncode < 0:
        return Opinion(says="no answer", detail=f"signal {-done.returncode}")
    return of_pdfsig(done.stdout)


def of_pdfsig(text: str) -> Opinion:
    """Return the opinion in the text of pdfsig.

    Document timestamps count for nothing: this poppler does not judge them.
    """
    fields = re.split(r"^Signature #\d+:", text, flags=re.MULTILINE)[1:]
    filled = [field for field in fields if "field is not signed" not in field]
    judged = [field for field in filled if _UNJUDGED not in field]
    if not filled:
        return Opinion(says="no signatures")
    wrong = [field for field in judged if _VALID not in field]
    if wrong or not judged:
        said = {m[1] for m in (re.search(r"Signature Validation: (.*)", f) for f in wrong) if m}
        told = ", ".join(sorted(said)) or "nothing judged"
        return Opinion(says="refuses", detail=told, seen=len(judged))
    whole = any("- Total document signed" in field for field in filled)
    told = "" if whole else "not total document signed"
    return Opinion(says="accepts", warns=told, seen=len(judged))


# --- EU DSS --------------------------------------------------------------------------------------


def ask_dss(files: Sequence[Path], folder: Path) -> list[Opinion]:
    """Ask the EU's DSS about files, by its own policy.

    Args:
        files: any.
        folder: for what it is to trust.
    """
    if not (DSS / "DssJudge.class").exists():
        raise JudgeMissingError("DSS is not in .tools: make tools")
    root, _, *crls = _trust(folder)
    command = [
        "java",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx1g",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
        "-Djava.awt.headless=true",
        "-cp",
        f"{DSS}{os.pathsep}{DSS / 'lib' / '*'}",
        "DssJudge",
        str(root),
        "verdicts",
    ]
    head = f"{int(AT.timestamp())}\t{','.join(str(crl) for crl in crls)}\t"
    return _ask_lines(command, [f"{head}{file}" for file in files], of_dss)


def of_dss(answer: dict[str, Any]) -> Opinion:
    """Return the opinion in an answer of DSS's program: that of the signature that is worst."""
    if "error" in answer:
        name = re.split(r"[:\s]", answer["error"], maxsplit=1)[0].rpartition(".")[2]
        own = answer["error"].startswith("eu.europa.esig.dss.")
        return Opinion(says="raises", detail=name, raw=not own)
    rows = answer["signatures"]
    if not rows:
        return Opinion(says="no signatures")
    order = ("TOTAL_PASSED", "INDETERMINATE", "TOTAL_FAILED", "NO_SIGNATURE_FOUND")
    worst = max(rows, key=lambda row: order.index(row["indication"]))
    words: dict[str, Word] = {"TOTAL_PASSED": "accepts", "INDETERMINATE": "undecided"}
    detail = worst["indication"]
    if worst["sub_indication"]:
        detail += f"/{worst['sub_indication']}"
    warned = {key(text) for row in rows for text in row["warnings"]}
    says = words.get(worst["indication"], "refuses")
    warns = ", ".join(sorted(warned)) if says == "accepts" else ""
    return Opinion(says=says, detail=detail, warns=warns, seen=len(rows))


def key(message: str) -> str:
    """Return what a warning of DSS is about: the key of its text."""
    return message.partition(":")[0].removesuffix("_ANS")


# --- all -----------------------------------------------------------------------------------------


def _ask_lines(
    command: Sequence[str], lines: Sequence[str], opinion: Callable[[dict[str, Any]], Opinion]
) -> list[Opinion]:
    """Ask a program line by line."""
    program = _Program(command)
    try:
        answers = [program.ask(line) or program.ask(line) for line in lines]
    finally:
        program.close()
    return [
        Opinion(says="no answer") if answer is None else opinion(json.loads(answer))
        for answer in answers
    ]


def _trust(folder: Path) -> list[Path]:
    """Write root, issuing authority and revocation lists of the tests into a folder."""
    pki = demo()
    pieces = (pki.root.certificate, pki.issuing.certificate, *pki.evidence(AT).pieces)
    paths = [folder / f"trust-{number}.der" for number in range(len(pieces))]
    for path, piece in zip(paths, pieces, strict=True):
        path.write_bytes(piece)
    return paths


def ask_all(files: Mapping[str, bytes], folder: Path) -> dict[str, dict[str, Opinion]]:
    """Ask all judges about files.

    Args:
        files: content by name.
        folder: an empty one, for scratch files.

    Returns:
        By name of the file, then by judge.

    Raises:
        JudgeMissingError: one of them is not installed.
    """
    paths = [folder / f"{number:04}.pdf" for number in range(len(files))]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_bytes(content)
    _trust(folder)
    with ThreadPoolExecutor(DSS_AT_ONCE + 1) as pool:
        pyhanko = pool.submit(ask_pyhanko, paths, folder)
        shares = [paths[start::DSS_AT_ONCE] for start in range(DSS_AT_ONCE)]
        asked = [pool.submit(ask_dss, share, folder) for share in shares]
        rows = {"pdfsig": [ask_pdfsig(path) for path in paths], "pyHanko": pyhanko.result()}
        dss: list[Opinion] = [Opinion(says="no answer")] * len(paths)
        for start, each in enumerate(asked):
            dss[start::DSS_AT_ONCE] = each.result()
        rows["EU DSS"] = dss
    return {
        name: {judge: rows[judge][number] for judge in JUDGE_NAMES}
        for number, name in enumerate(files)
    }


def versions() -> dict[str, str]:
    """Return the version of each judge."""
    text = subprocess.run(["pdfsig", "-v"], capture_output=True, text=True, check=False).stderr
    poppler = re.search(r"version (\S+)", text)
    jar = next((DSS / "lib").glob("dss-pades-[0-9]*.jar"))
    return {
        "pyHanko": version("pyhanko"),
        "pdfsig": poppler[1] if poppler else "",
        "EU DSS": jar.stem.rpartition("-")[2],
    }
