"""Write docs/security/attacks.md and controls.md, what four verifiers say of forged files and good ones.

    python tools/attacks_page.py            judge all files with vncopy; of the others what was kept
    python tools/attacks_page.py --ask new  judge files that are new, and ask the others about them
    python tools/attacks_page.py --ask all  judge all files, and ask the others about all
    python tools/attacks_page.py --check    judge nothing: are the pages what was kept, of every file?
    python tools/attacks_page.py --judges few|all   ask everybody, write nothing, fail if it is news

The files are those of the tests (`tests/support/forgeries`), whose `test_catalogue.py` holds vncopy to
what the pages say of it. What everybody said is kept in `tests/attacks/verdicts.json`; the others are
installed by `make tools`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import warnings
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / each) for each in ("tests", "tests/interop", "tools")]

from attacks_words import (  # noqa: E402 - the path above
    CONTROLS_HEAD,
    DISPUTED_HEAD,
    HEAD,
    PREPARED_HEAD,
)

from support.forgeries import (  # noqa: E402 - the path above
    AttackFile,
    ControlFile,
    attacks,
    controls,
)
from support.forgeries.controls_disputed import Disputed, disputed  # noqa: E402 - the path above
from support.forgeries.judging import of_attack, of_control  # noqa: E402 - the path above
from support.forgeries.prepared import Dormant, dormant  # noqa: E402 - the path above

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ATTACKS = ROOT / "docs" / "security" / "attacks.md"
CONTROLS = ROOT / "docs" / "security" / "controls.md"
KEPT = ROOT / "tests" / "attacks" / "verdicts.json"
OURS: Final = "vncopy"
JUDGES: Final = ("pyHanko", "pdfsig", "EU DSS")
OUR_WORDS: Final = {"valid": "accepts", "undetermined": "undecided", "invalid": "refuses"}
EVERY: Final = 12
"""Of the forged files, and of those in order, one in so many is asked about in a short run."""
AT_ONCE: Final = 4
"""Files that are judged at the same time, each in a process that waits for others half of the time."""
MOST_TOLD: Final = 20
"""Flaws that are told one by one."""
_WORDS: Final = (
    "accepts", "accepts, warns", "undecided", "refuses", "no signatures", "raises",
    "raises, not its own", "no answer",
)  # fmt: skip
"""What a judge can say, from worst to most careful; an exception or silence is no verdict."""

Opinions = dict[str, dict[str, Any]]
"""What each judge says of one file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One file that is judged."""

    name: str
    """Under which answers are kept."""
    file: AttackFile | ControlFile | Disputed | Dormant
    """The file and what is said about it."""


def subjects() -> tuple[Subject, ...]:
    """Return every file."""
    return (
        *(Subject(name=f"attack: {file.name}", file=file) for file in attacks()),
        *(Subject(name=f"control: {file.name}", file=file) for file in controls()),
        *(Subject(name=f"disputed: {file.name}", file=file) for file in disputed()),
        *(Subject(name=f"prepared: {file.variant}", file=file) for file in dormant()),
    )


def ours(subject: Subject, pdf: bytes) -> dict[str, Any]:
    """Return what vncopy says of a file."""
    file = subject.file
    said = asdict(of_attack(file, pdf) if isinstance(file, AttackFile) else of_control(pdf))
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in said.items()
    }


# --- asking --------------------------------------------------------------------------------------


def kept() -> dict[str, Any]:
    """Return what everybody said when asked last."""
    if not KEPT.exists():
        return {"versions": {}, "files": {}}
    found: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def asked(files: Mapping[str, bytes]) -> dict[str, Opinions]:
    """Ask the other judges about files, by name."""
    from on_forgeries import ask_all  # noqa: PLC0415 - not there without the judges

    with tempfile.TemporaryDirectory() as folder:
        answers = ask_all(files, Path(folder))
    return {
        name: {judge: asdict(opinion) for judge, opinion in row.items()}
        for name, row in answers.items()
    }


def keep(which: str | None) -> None:
    """Judge files, ask about some, and keep the answers.

    Args:
        which: judge and ask about ``new`` ones, or ``all``; ``None``: judge all, ask nobody.
    """
    before, everything = kept(), subjects()
    rows: dict[str, Opinions] = {}
    wanted: list[Subject] = []
    for subject in everything:
        known = {} if which == "all" else before["files"].get(subject.name, {})
        keeps = which == "new" and OURS in known and not flaw(subject, known[OURS])
        row = rows[subject.name] = dict(known) if keeps else _of_others(known)
        wanted += [subject] * (len(row) <= len(JUDGES))
    built = {subject: subject.file.build() for subject in wanted}
    versions = before["versions"]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = None
        if which is not None and built:
            from on_forgeries import versions as installed  # noqa: PLC0415 - see above

            versions = installed()
            unknown = {
                subject.name: pdf
                for subject, pdf in built.items()
                if not rows[subject.name].keys() >= set(JUDGES)
            }
            answers = pool.submit(asked, unknown)
        for subject, own in zip(wanted, pool.map(ours, wanted, built.values()), strict=True):
            rows[subject.name][OURS] = own
        for name, answer in answers.result().items() if answers is not None else ():
            rows[name] |= answer
    # always in the same order, whatever came first
    files = {
        name: {judge: row[judge] for judge in (OURS, *JUDGES) if judge in row}
        for name, row in rows.items()
    }
    text = json.dumps({"versions": versions, "files": files}, indent=1, ensure_ascii=False)
    KEPT.write_text(text + "\n", encoding="utf-8", newline="\n")


def _of_others(row: Opinions) -> Opinions:
    """Return a row without our own opinion."""
    return {judge: said for judge, said in row.items() if judge != OURS}


def news(which: str) -> list[str]:
    """Return where anybody says something else than when asked last.

    Args:
        which: ask about a ``few`` files or ``all``.
    """
    chosen = subjects() if which == "all" else subjects()[::EVERY]
    known = kept()["files"]
    built = {subject.name: subject.file.build() for subject in chosen}
    answers = asked(built)
    found = [
        f"{name}: {judge} says {opinion}, kept: {known.get(name, {}).get(judge)}"
        for name, row in answers.items()
        for judge, opinion in row.items()
        if known.get(name, {}).get(judge) != opinion
    ]
    mine = {subject: ours(subject, built[subject.name]) for subject in chosen}
    return found + [f"{each.name}: {own}" for each, own in mine.items() if flaw(each, own)]


# --- the pages -----------------------------------------------------------------------------------


def word(opinion: Mapping[str, Any]) -> str:
    """Return which of the words of the summary an opinion is."""
    says = str(opinion["says"])
    if says == "raises" and opinion["raw"]:
        return "raises, not its own"
    return "accepts, warns" if says == "accepts" and opinion["warns"] else says


def shown(opinion: Mapping[str, Any] | None) -> str:
    """Return an opinion as a cell."""
    if opinion is None:
        return "–"
    says, detail, warns = (str(opinion[name]) for name in ("says", "detail", "warns"))
    if says == "accepts":
        passed = detail if detail.isupper() else says
        told = warns or ("" if detail.isupper() else detail)
        return f"**{passed}** of {opinion['seen']}{f' ({told})' if told else ''}"
    if says in {"refuses", "undecided"} and detail.isupper():
        return detail
    if says == "raises":
        return f"{says}{' raw' * opinion['raw']} {detail}"
    return f"{says} ({detail})" if detail else says


def of_ours(said: Mapping[str, Any]) -> str:
    """Return what vncopy says of a file in order as a cell."""
    words = ", ".join(f"[{word}](../reasons.md#{word})" for word in said["warns"])
    return f"{str(said['verdict']).upper()}{f' ({words})' if words else ''}"


def summary(rows: Iterable[Opinions]) -> list[str]:
    """Return the table of how often each judge said what.

    Args:
        rows: of all files.
    """
    counts = {judge: Counter[str]() for judge in (OURS, *JUDGES)}
    for row in rows:
        mine = OUR_WORDS[row[OURS]["verdict"]]
        warned = mine == "accepts" and row[OURS].get("warns")
        counts[OURS]["accepts, warns" if warned else mine] += 1
        for judge in JUDGES:
            counts[judge][word(row[judge]) if judge in row else "not asked"] += 1
    words = [each for each in (*_WORDS, "not asked") if any(c[each] for c in counts.values())]
    lines = [f"\n| | {' | '.join(words)} |\n|---|{'---:|' * len(words)}\n"]
    lines += [
        f"| {judge} | {' | '.join(str(count[each]) for each in words)} |\n"
        for judge, count in counts.items()
    ]
    return lines


def attacks_page(said: dict[str, Any]) -> str:
    """Return the page of forged files.

    Args:
        said: what was kept.
    """
    rows = {
        subject.file: said["files"][subject.name]
        for subject in subjects()
        if isinstance(subject.file, AttackFile) and subject.name in said["files"]
    }
    families = list(dict.fromkeys(file.family for file in rows))
    caught = sum(row[OURS]["caught"] for row in rows.values())
    several = sum(len(row[OURS]["refusing"]) > 1 for row in rows.values())
    parts = [
        HEAD.format(**dict.fromkeys(JUDGES, "") | said["versions"]),
        f"\n## {len(rows)} files of {len(families)} classes\n",
        *summary(rows.values()),
        f"\n{caught} are caught by the check that is meant to catch them, {several} by more than one.\n",
        *_accepted(rows),
    ]
    for family in families:
        here = {file: row for file, row in rows.items() if file.family == family}
        origin = ", ".join(dict.fromkeys(file.published for file in here if file.published))
        parts.append(f"\n## {family}\n")
        parts += [f"\nPublished: {origin}.\n"] if origin else []
        parts.append(
            f"\n| variant | of | vncopy | caught by | {' | '.join(JUDGES)} |\n|{'---|' * 7}\n"
        )
        parts += [_attack(file, row) for file, row in here.items()]
    return "".join((*parts, *_prepared(said["files"])))


def _prepared(files: Mapping[str, Opinions]) -> list[str]:
    """Return the part about files that nobody has triggered yet."""
    rows = {
        file.variant: files[f"prepared: {file.variant}"]
        for file in dormant()
        if f"prepared: {file.variant}" in files
    }
    return [
        f"\n## {len(rows)} prepared files, not yet triggered\n",
        PREPARED_HEAD,
        *summary(rows.values()),
        f"\n| what is hidden | vncopy | {' | '.join(JUDGES)} |\n|{'---|' * 5}\n",
        *(
            _line(name, of_ours(row[OURS]), *(shown(row.get(judge)) for judge in JUDGES))
            for name, row in rows.items()
        ),
    ]


def _accepted(rows: dict[AttackFile, Opinions]) -> list[str]:
    """Return how many files of each class each judge accepts, with or without a remark."""
    lines = [f"\n| accepted | files | vncopy | {' | '.join(JUDGES)} |\n|---|{'---:|' * 5}\n"]
    for family in dict.fromkeys(file.family for file in rows):
        here = [row for file, row in rows.items() if file.family == family]
        counts = [sum(row[OURS]["verdict"] == "valid" for row in here)]
        counts += [
            sum(row.get(judge, {}).get("says") == "accepts" for row in here) for judge in JUDGES
        ]
        lines.append(f"| [{family}](#{family}) | {' | '.join(map(str, (len(here), *counts)))} |\n")
    return lines


def _attack(file: AttackFile, row: Opinions) -> str:
    own = row[OURS]
    missed = "" if own["caught"] else "NOT "
    more = len(set(own["refusing"]) - {file.check.value})
    caught = f"{missed}{file.check.value}: [{file.reason.value}](../reasons.md#{file.reason.value})"
    return _line(
        file.variant,
        file.base,
        own["verdict"].upper(),
        f"{caught}{f' + {more}' if more else ''}",
        *(shown(row.get(judge)) for judge in JUDGES),
    )


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def controls_page(said: dict[str, Any]) -> str:
    """Return the page of files in order.

    Args:
        said: what was kept.
    """
    rows = {
        subject.file: said["files"][subject.name]
        for subject in subjects()
        if isinstance(subject.file, ControlFile) and subject.name in said["files"]
    }
    parts = [
        CONTROLS_HEAD,
        f"\n## {len(rows)} files\n",
        *summary(rows.values()),
        f"\n| file | page; signature | vncopy | {' | '.join(JUDGES)} |\n|{'---|' * 6}\n",
    ]
    parts += [
        _line(
            file.name,
            file.producer,
            of_ours(row[OURS]),
            *(shown(row.get(judge)) for judge in JUDGES),
        )
        for file, row in rows.items()
    ]
    return "".join((*parts, *_disputed(said["files"])))


def _disputed(files: Mapping[str, Opinions]) -> list[str]:
    """Return the part about files on which honest verifiers differ."""
    head = f"\n| file | vncopy | {' | '.join(JUDGES)} | who is right |\n|{'---|' * 6}\n"
    return [
        DISPUTED_HEAD,
        head,
        *(
            _line(
                file.name,
                files[f"disputed: {file.name}"][OURS]["verdict"].upper(),
                *(shown(files[f"disputed: {file.name}"].get(judge)) for judge in JUDGES),
                file.why,
            )
            for file in disputed()
            if f"disputed: {file.name}" in files
        ),
    ]


def flaws(said: dict[str, Any]) -> list[str]:
    """Return which files were not judged, or are judged otherwise than they should.

    Args:
        said: what was kept.
    """
    rows, known = said["files"], {subject.name for subject in subjects()}
    found = [f"{name}: not asked about" for name in known if len(rows.get(name, {})) <= len(JUDGES)]
    found += [f"{name}: no longer there" for name in rows if name not in known]
    for subject in subjects():
        own = rows.get(subject.name, {}).get(OURS)
        if own is not None and flaw(subject, own):
            found.append(f"{subject.name}: {own}")
    return found


def flaw(subject: Subject, own: Mapping[str, Any]) -> bool:
    """Tell whether vncopy says something else of a file than it should."""
    file = subject.file
    accepted = isinstance(file, ControlFile | Dormant)
    if own["verdict"] != ("valid" if accepted else "invalid"):
        return True
    if isinstance(file, AttackFile):
        return not own["caught"]
    if "warns" not in own:
        return True
    return isinstance(file, Dormant) and not {w.value for w in file.warnings} <= set(own["warns"])


def main() -> int:
    """Write, compare or ask."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true")
    mode.add_argument("--ask", choices=("new", "all"))
    mode.add_argument("--judges", choices=("few", "all"))
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # the libraries' own, about files that are wrong on purpose
    if options.judges:
        found = news(options.judges)
        print("\n".join(found) or "everybody says what was said before", file=sys.stderr)
        return 1 if found else 0
    if not options.check:
        keep(options.ask)
    said = kept()
    pages = {ATTACKS: attacks_page(said), CONTROLS: controls_page(said)}
    found = flaws(said)
    for path, text in pages.items():
        if not options.check:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            found.append(f"docs/security/{path.name} is out of date: tools/attacks_page.py")
    told = [
        *found[:MOST_TOLD],
        *([f"and {len(found) - MOST_TOLD} more"] * (len(found) > MOST_TOLD)),
    ]
    print("".join(f"{line}\n" for line in told), end="", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
