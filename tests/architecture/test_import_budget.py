"""Verifying QR text stays cheap to import and loads nothing beyond the three base packages."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING

from support.qr_copies import AT, BASIC, pki, text

if TYPE_CHECKING:
    from pathlib import Path

BASE = (
    "import cbor2, cryptography.x509\nfrom pydantic import BaseModel, Field\n"
    "from cryptography.hazmat.primitives.asymmetric import ec"
)
"""The three base packages, as far as any program that declares a model and verifies a signature
needs them (pydantic loads its parts when they are first named)."""
QR_PATH = "from vncopy import VerificationPolicy, load_trust, verify_qr"
ENGINE = "import vncopy.verify.collect, vncopy.verify.judge"
"""What the first ``verify_qr`` loads before it looks at a text."""
BUDGET = 1.35
"""Importing the QR path costs at most this many times its base packages, and so does the path with
its engine. Out of it stay what the copy at hand decides: the class of its document type and the law
of its day. docs/measurements.md has all the numbers."""
ROUNDS = 40
"""Fresh interpreters per statement at most; the fastest of each counts, since noise only ever adds.
A calm machine shows it after a few, a busy one needs more."""

LATER = frozenset(
    {
        # the document type of the copy, a birth, with its rules and lists
        "birth", "birth_rules", "civil", "civil_rules", "codes.countries", "codes.ethnicities",
        "codes.paper_issuers", "date_words", "identity_papers", "listed", "normalising", "notes",
        "office_rules", "people", "places", "codes.provinces", "rules", "words",
        # the law of its day
        "procedures", "profile", "profile_checks", "profile_parts",
    }
)  # fmt: skip
"""Modules of ``vncopy.formats`` that are loaded for the copy at hand."""

CLOSURE = frozenset(
    {
        "pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection",
        "cbor2", "cryptography", "cffi", "_cffi_backend", "vncopy",
    }
)  # fmt: skip
"""The base packages with their own dependencies."""


def timed(statement: str, bytecode: Path) -> float:
    """Return the seconds of processor time that `statement` takes in a fresh interpreter.

    Args:
        statement: what is imported.
        bytecode: a folder for compiled modules: an installed package is not compiled again.
    """
    code = (
        f"import time\nstart = time.process_time()\n{statement}\nprint(time.process_time() - start)"
    )
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(bytecode)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, env=environment,
    )  # fmt: skip
    return float(done.stdout)


def test_the_qr_path_and_its_engine_are_within_their_import_budget(tmp_path: Path) -> None:
    statements = {
        "base": BASE,
        "path": f"{BASE}\n{QR_PATH}",
        "engine": f"{BASE}\n{QR_PATH}\n{ENGINE}",
    }
    for statement in statements.values():
        timed(statement, tmp_path)  # compiles
    taken: dict[str, float] = dict.fromkeys(statements, float("inf"))
    ratios: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, statement in statements.items():
            taken[name] = min(taken[name], timed(statement, tmp_path))
        ratios = {name: round(each / taken["base"], 3) for name, each in taken.items()}
        if max(ratios.values()) <= BUDGET:
            return
    raise AssertionError(ratios)


def test_the_engine_is_all_but_the_document_type_and_the_law(tmp_path: Path) -> None:
    """One verification loads nothing of ours beyond the engine that the budget does not know of."""
    case = tmp_path / "case"
    case.write_bytes(pickle.dumps((text("birth"), pki().trust, AT, BASIC)))
    code = (
        f"{QR_PATH}\n{ENGINE}\n"
        "import json, pickle, sys\n"
        f"text, trust, at, policy = pickle.load(open({str(case)!r}, 'rb'))\n"
        "before = set(sys.modules)\n"
        "verify_qr(text, trust=trust, at=at, policy=policy).require()\n"
        "print(json.dumps([m for m in set(sys.modules) - before if m.startswith('vncopy.')]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {name.removeprefix("vncopy.formats.") for name in json.loads(done.stdout)} == LATER


def test_the_qr_path_loads_no_other_package() -> None:
    code = (
        f"{QR_PATH}\n"
        "import json, sys\n"
        "print(json.dumps(sorted({m.partition('.')[0] for m in sys.modules})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name for name in json.loads(done.stdout) if not name.startswith(("__", "_"))}
    foreign = loaded - sys.stdlib_module_names - CLOSURE
    # what the interpreter's own start-up files load is none of our business
    started = subprocess.run(
        [sys.executable, "-c", "import json, sys; print(json.dumps(sorted(sys.modules)))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    foreign -= {name.partition(".")[0] for name in json.loads(started.stdout)}
    assert foreign == set()


def test_importing_the_face_alone_loads_nothing_of_ours() -> None:
    code = (
        "import sys, vncopy\n"
        "print([m for m in sys.modules if m.startswith('vncopy.') or m == 'pydantic'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
