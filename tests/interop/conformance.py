"""Issue the samples with both kinds of key and ask the outside judges about every copy.

    python tests/interop/conformance.py [--all] [--keep FOLDER]

One sample per type and kind of key, or all of them. veraPDF judges PDF/A-3a and PDF/UA-1, qpdf the
file's structure, pdfsig the signatures, the EU's DSS their level and validity (`eu_dss`). A reader
written for Node, fed with the specification's dictionary alone, verifies and decodes every QR text,
and reads the symbol from the page as an office printer at 300 dpi would print it. One complaint, or
one judge missing, fails the run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from eu_dss import common_name, judge_dss
from outside import ROOT, Complaint, node, pdfsig, qpdf, render, verapdf

from vncopy import Missing, Signers, issue, load_profile, parse_input, prepare
from vncopy.formats.types import BUILTIN_TYPES
from vncopy.pki import DemoOffice, DemoPki, make_demo_pki

if TYPE_CHECKING:
    from vncopy import Document, IssuedCopy
    from vncopy.pki import KeyKind

SAMPLES = ROOT / "samples"
DICTIONARY = ROOT / "docs" / "spec" / "vnc1-dictionary.bin"
SEED = b"vncopy conformance"
PAGE_KEY = "rsa"
"""The kind of key whose pages are drawn and read."""
JUDGES = 2
"""Judges that work at the same time: each is a program of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One issued copy and what the judges should find in it."""

    name: str
    file: Path
    made: IssuedCopy
    certificate: str
    key: KeyKind
    signers: tuple[str, ...]
    root: bytes
    issuer: str
    issued_at: int
    format_id: str


def type_of(sample: Path) -> type[Document]:
    """Return the type whose samples lie in the sample's folder."""
    return next(t for t in BUILTIN_TYPES if t.format_id == f"vn.{sample.parent.name}/1")


def office_of(pki: DemoPki, agency_code: str) -> DemoOffice:
    """Return the demo office with that id, or any: its keys are what is tried here."""
    known = {office.entry.agency_code: office for office in pki.offices}
    return known.get(agency_code, pki.offices[0])


def make_case(sample: Path, pki: DemoPki, key: KeyKind, folder: Path) -> Case:
    """Issue one sample with one kind of key, at the time that the sample states."""
    kind = type_of(sample)
    document, statement = parse_input(sample.read_bytes(), kind)
    at = statement.issued_at
    assert at is not None, f"{sample.name} states no time"
    code = str(statement.authority.agency_code)
    office = office_of(pki, code)
    named = not isinstance(statement.certifier, Missing)
    made = issue(
        prepare(
            document,
            statement.model_copy(update={"issued_at": None}),
            profile=load_profile(at.date()),
        ),
        signers=Signers(
            person=office.persons[key].signer() if named else None,
            seal=office.seals[key].signer(),
            qr=office.qr.signer(),
        ),
        at=at,
        carriage="auto",
    )
    signers = [office.persons[key]] if named else []
    signers.append(office.seals[key])
    name = f"{sample.parent.name}-{sample.stem}-{key}"
    file = folder / f"{name}.pdf"
    file.write_bytes(made.pdf)
    certificate = x509.load_der_x509_certificate(office.qr.certificate)
    return Case(
        name=name,
        file=file,
        made=made,
        certificate=certificate.public_bytes(Encoding.PEM).decode(),
        key=key,
        signers=tuple(common_name(signer.certificate) for signer in signers),
        root=pki.root.certificate,
        issuer=code,
        issued_at=int(at.timestamp()),
        format_id=kind.format_id,
    )


def judge_signatures(cases: list[Case]) -> list[Complaint]:
    """Ask pdfsig, which wants to know how many signatures there should be."""
    return [c for case in cases for c in pdfsig([case.file], len(case.signers))]


def judge_levels(cases: list[Case], folder: Path) -> list[Complaint]:
    """Ask the EU's DSS for the level and the validity of every signature."""
    files = [(case.file, case.issued_at, case.key, case.signers) for case in cases]
    return judge_dss(cases[0].root, files, folder)


def judge_symbols(cases: list[Case], folder: Path) -> tuple[list[Complaint], dict[str, Any]]:
    """Ask the reader written for Node about every text and every printed page."""

    def draw(case: Case) -> list[Path]:
        # both kinds of key sign the same page; reading one of the two is enough
        return render(case.file, folder) if case.name.endswith(PAGE_KEY) else []

    with ThreadPoolExecutor(JUDGES) as pool:
        pages = list(pool.map(draw, cases))
    job = {
        "dictionary": DICTIONARY.read_bytes().hex(),
        "copies": [
            {
                "name": case.name,
                "text": case.made.qr_text,
                "certificate": case.certificate,
                "pages": [str(page) for page in drawn],
            }
            for case, drawn in zip(cases, pages, strict=True)
        ],
    }
    found = {result["name"]: result for result in node(job, folder)}
    complaints = []
    for case in cases:
        result = found.get(case.name, {"copy_error": "was not judged"})
        errors = [str(result[key]) for key in ("copy_error", "page_error") if key in result]
        copy = result.get("copy")
        if copy is not None:
            seen = (copy["issuer"], copy["issued_at"], copy["copy_id"], copy["body"]["0"])
            wanted = (case.issuer, case.issued_at, case.made.copy_id, case.format_id)
            if seen != wanted:
                errors.append("decoded to something else than was issued")
        complaints += [Complaint("Node", case.file.name, error) for error in errors]
    return complaints, found


def judge(cases: list[Case], folder: Path) -> list[Complaint]:
    """Ask all judges, two at a time, and show what each took."""
    files = [case.file for case in cases]
    readings: dict[str, Any] = {}

    def symbols() -> list[Complaint]:
        complaints, found = judge_symbols(cases, folder)
        readings.update(found)
        return complaints

    questions = {
        "veraPDF PDF/A-3a": lambda: verapdf(files, "3a"),
        "veraPDF PDF/UA-1": lambda: verapdf(files, "ua1"),
        "EU DSS: PAdES-BASELINE-B": lambda: judge_levels(cases, folder),
        "Node: COSE, CBOR, page at 300 dpi": symbols,
        "qpdf --check": lambda: qpdf(files),
        "pdfsig": lambda: judge_signatures(cases),
    }

    def ask(name: str) -> tuple[list[Complaint], float]:
        start = time.perf_counter()
        complaints = questions[name]()
        return complaints, time.perf_counter() - start

    everything: list[Complaint] = []
    with ThreadPoolExecutor(JUDGES) as pool:
        for name, (complaints, seconds) in zip(questions, pool.map(ask, questions), strict=True):
            against = len({c.file for c in complaints})
            print(f"  {name:36} {len(files) - against:3} of {len(files)} in {seconds:5.1f} s")
            everything += complaints
    show_sizes(cases, readings)
    return everything


def show_sizes(cases: list[Case], readings: dict[str, Any]) -> None:
    """Print what the readers saw: bytes and version of the symbol, bytes of the file."""
    print(f"  {'copy':52} {'COSE B':>7} {'QR':>5} {'PDF B':>8}")
    for case in cases:
        result = readings.get(case.name, {})
        size = result.get("copy", {}).get("cose_bytes", "–")
        version = f"v{result['version']}" if "version" in result else "–"
        print(f"  {case.name:52} {size:>7} {version:>5} {len(case.made.pdf):>8}")


def chosen(everything: bool) -> list[Path]:
    """Return all samples, or the first of each type."""
    found: list[Path] = []
    for kind in BUILTIN_TYPES:
        folder = SAMPLES / kind.format_id.removeprefix("vn.").removesuffix("/1")
        samples = sorted(folder.glob("*.json"))
        assert samples, f"no sample in {folder.name}"
        found += samples if everything else samples[:1]
    return found


def main() -> int:
    """Issue, ask, and return 1 if any judge complains."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="every sample")
    parser.add_argument("--keep", type=Path, help="leave the copies in this folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        pki = make_demo_pki(seed=SEED)
        kinds: tuple[KeyKind, ...] = ("rsa", "p256")
        start = time.perf_counter()
        cases = [make_case(s, pki, key, folder) for s in chosen(options.all) for key in kinds]
        print(f"conformance: {len(cases)} copies issued in {time.perf_counter() - start:.1f} s")
        complaints = judge(cases, folder)
    for complaint in complaints:
        print(f"  {complaint.judge}: {complaint.file}: {complaint.text}", file=sys.stderr)
    print(f"conformance: {'FAILED' if complaints else 'passed'}, {len(complaints)} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
