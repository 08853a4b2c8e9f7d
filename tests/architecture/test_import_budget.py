"""Verifying QR text stays cheap to import and loads nothing beyond the three base packages."""

from __future__ import annotations

import json
import subprocess
import sys

BASE = (
    "import cbor2, cryptography.x509\nfrom pydantic import BaseModel, Field\n"
    "from cryptography.hazmat.primitives.asymmetric import ec"
)
"""The three base packages, as far as any program that declares a model and verifies a signature
needs them (pydantic loads its parts when they are first named)."""
QR_PATH = "from vncopy import VerificationPolicy, load_trust, verify_qr"
BUDGET = 1.35
"""Importing the QR path costs at most this many times its base packages. The engine, which is loaded
at the first call, is not in it: docs/measurements.md has the ratios with it and over bare imports."""
ROUNDS = 7
"""Pairs of fresh interpreters; the fastest of each counts, since noise only ever adds."""

CLOSURE = frozenset(
    {
        "pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection",
        "cbor2", "cryptography", "cffi", "_cffi_backend", "vncopy",
    }
)  # fmt: skip
"""The base packages with their own dependencies."""


def timed(statement: str) -> float:
    """Return the seconds of processor time that `statement` takes in a fresh interpreter."""
    code = (
        f"import time\nstart = time.process_time()\n{statement}\nprint(time.process_time() - start)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def test_the_qr_path_is_within_its_import_budget() -> None:
    base, path = [], []
    for _ in range(ROUNDS):
        base.append(timed(BASE))
        path.append(timed(f"{BASE}\n{QR_PATH}"))
    ratio = min(path) / min(base)
    assert ratio <= BUDGET, f"{min(path) * 1000:.0f} ms over {min(base) * 1000:.0f} ms: {ratio:.2f}"


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
