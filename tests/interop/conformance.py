"""Issue the samples with both kinds of key and ask the outside judges about every copy.

    python tests/interop/conformance.py [--all] [--keep FOLDER]

One sample per type and kind of key at B-LTA, or all of them; besides, one copy of each kind of key at
every other level, and one that was renewed. veraPDF judges PDF/A-3a and PDF/UA-1, qpdf the
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
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from eu_dss import LATER, Signed, common_name, judge_dss
from outside import ROOT, Complaint, node, pdfsig, qpdf, render, verapdf

from vncopy import (
    Missing,
    PadesLevel,
    Signers,
    issue,
    load_profile,
    parse_input,
    prepare,
    renew,
    sign_qr,
)
from vncopy.formats.types import BUILTIN_TYPES
from vncopy.issue.own import own_trust
from vncopy.pki import DemoOffice, DemoPki, make_demo_pki

if TYPE_CHECKING:
    from datetime import datetime

    from vncopy import Document, Draft, IssuedCopy, TrustStore
    from vncopy.pki import KeyKind

SAMPLES = ROOT / "samples"
FIRST = SAMPLES / "birth" / "extract-two-parents.json"
"""The sample that is issued at every level and renewed."""
DICTIONARY = ROOT / "docs" / "spec" / "vnc1-dictionary.bin"
SEED = b"vncopy conformance"
PAGE_KEY = "rsa"
"""The kind of key whose pages are drawn and read."""
JUDGES = 2
"""Judges that work at the same time: each is a program of its own."""


RENEWED_AFTER = timedelta(days=365)
"""When the renewed copies got their second archive timestamp."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One issued copy and what the judges should find in it."""

    name: str
    file: Path
    made: IssuedCopy
    trust: TrustStore
    certificate: str
    key: KeyKind
    signers: tuple[str, ...]
    issuer: str
    issued_at: datetime
    format_id: str
    renewed_at: datetime | None = None

    @property
    def level(self) -> PadesLevel:
        """The level of its signatures."""
        return self.made.level

    @property
    def last(self) -> datetime:
        """When something was added last."""
        return self.renewed_at or self.issued_at

    @property
    def timestamps(self) -> int:
        """The number of its document timestamps."""
        return self.level.reaches(PadesLevel.B_LTA) + (self.renewed_at is not None)


def type_of(sample: Path) -> type[Document]:
    """Return the type whose samples lie in the sample's folder."""
    return next(t for t in BUILTIN_TYPES if t.format_id == f"vn.{sample.parent.name}/1")


def office_of(pki: DemoPki, agency_code: str) -> DemoOffice:
    """Return the demo office with that id, or any: its keys are what is tried here."""
    known = {office.entry.agency_code: office for office in pki.offices}
    return known.get(agency_code, pki.offices[0])


def make_case(
    sample: Path, pki: DemoPki, key: KeyKind, folder: Path, level: PadesLevel = PadesLevel.B_LTA
) -> Case:
    """Issue one sample with one kind of key at one level, at the time that the sample states."""
    kind = type_of(sample)
    document, statement = parse_input(sample.read_bytes(), kind)
    at = statement.issued_at
    assert at is not None, f"{sample.name} states no time"
    code = str(statement.authority.agency_code)
    office = office_of(pki, code)
    named = not isinstance(statement.certifier, Missing)
    draft = prepare(
        document,
        statement.model_copy(update={"issued_at": None}),
        profile=load_profile(at.date()),
    )
    signers = Signers(
        person=office.persons[key].signer() if named else None,
        seal=office.seals[key].signer(),
        qr=office.qr.signer(),
    )
    trust = receivers(draft, signers, pki, at)
    stamped, kept = level.reaches(PadesLevel.B_T), level.reaches(PadesLevel.B_LT)
    made = issue(
        draft,
        signers=signers,
        at=at,
        tsa=pki.timestamper(lambda: at) if stamped else None,
        evidence=pki.evidence(at) if kept else None,
        level=level,
        carriage="auto",
        trust=trust,
    )
    people = [office.persons[key]] if named else []
    people.append(office.seals[key])
    name = f"{sample.parent.name}-{sample.stem}-{level.value.replace('-', '').lower()}-{key}"
    certificate = x509.load_der_x509_certificate(office.qr.certificate)
    return written(
        Case(
            name=name,
            file=folder / f"{name}.pdf",
            made=made,
            trust=trust,
            certificate=certificate.public_bytes(Encoding.PEM).decode(),
            key=key,
            signers=tuple(common_name(each.certificate) for each in people),
            issuer=code,
            issued_at=at,
            format_id=kind.format_id,
        )
    )


def written(case: Case) -> Case:
    """Write the copy where its case says, and return the case."""
    case.file.write_bytes(case.made.pdf)
    return case


def receivers(draft: Draft[Any], signers: Signers, pki: DemoPki, at: datetime) -> TrustStore:
    """Return what receivers would trust, had the demo's keys the office that the sample names."""
    state = sign_qr(draft, signer=signers.qr, at=at, carriage="auto")
    person = () if signers.person is None else signers.person.chain
    own = own_trust(replace(state, person_chain=person), signers.seal.chain, at=at)
    return replace(own, anchors=pki.trust.anchors, intermediates=pki.trust.intermediates)


def renewed(case: Case, pki: DemoPki) -> Case:
    """Return a copy with one more archive timestamp."""
    later = case.issued_at + RENEWED_AFTER
    made = renew(
        case.made.pdf,
        tsa=pki.timestamper(lambda: later),
        trust=case.trust,
        at=later,
        evidence=pki.evidence(later),
    )
    name = f"{case.name}-renewed"
    return written(
        replace(
            case,
            name=name,
            file=case.file.with_name(f"{name}.pdf"),
            made=replace(case.made, pdf=made.pdf),
            renewed_at=later,
        )
    )


def make_cases(pki: DemoPki, folder: Path, *, everything: bool) -> list[Case]:
    """Issue the samples at B-LTA, and the first one at every other level and renewed."""
    kinds: tuple[KeyKind, ...] = ("rsa", "p256")
    samples = chosen(everything)
    cases = [make_case(each, pki, key, folder) for each in samples for key in kinds]
    firsts = [case for case in cases if case.name.startswith(f"{FIRST.parent.name}-{FIRST.stem}-")]
    lower = [level for level in PadesLevel if level is not PadesLevel.B_LTA]
    return [
        *(make_case(FIRST, pki, key, folder, level) for level in lower for key in kinds),
        *cases,
        *(renewed(case, pki) for case in firsts),
    ]


def judge_signatures(cases: list[Case]) -> list[Complaint]:
    """Ask pdfsig, which wants to know what there should be."""
    return [
        complaint
        for case in cases
        for complaint in pdfsig(
            case.file,
            signatures=len(case.signers),
            timestamps=case.timestamps,
            to_end=case.level is not PadesLevel.B_LT,
        )
    ]


def judge_levels(cases: list[Case], pki: DemoPki, folder: Path) -> list[Complaint]:
    """Ask the EU's DSS for the level and the validity of every signature."""
    files = []
    for case in cases:
        crls: list[Path] = []
        if not case.level.reaches(PadesLevel.B_LT):
            known = pki.evidence(case.last + timedelta(seconds=LATER)).pieces
            crls = [folder / f"{case.name}.{number}.crl" for number in range(len(known))]
            for file, crl in zip(crls, known, strict=True):
                file.write_bytes(crl)
        files.append(
            Signed(
                file=case.file,
                key=case.key,
                signers=case.signers,
                level=case.level,
                renewals=case.timestamps - 1 if case.timestamps else 0,
                at=case.last,
                crls=tuple(crls),
            )
        )
    return judge_dss(pki.root.certificate, files, folder)


def judge_symbols(cases: list[Case], folder: Path) -> tuple[list[Complaint], dict[str, Any]]:
    """Ask the reader written for Node about every text and every printed page."""

    def draw(case: Case) -> list[Path]:
        # both kinds of key sign the same page; reading one of the two is enough
        # and so is reading one level of them
        return render(case.file, folder) if case.name.endswith(f"blta-{PAGE_KEY}") else []

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
            issued_at = int(case.issued_at.timestamp())
            wanted = (case.issuer, issued_at, case.made.copy_id, case.format_id)
            if seen != wanted:
                errors.append("decoded to something else than was issued")
        complaints += [Complaint("Node", case.file.name, error) for error in errors]
    return complaints, found


def judge(cases: list[Case], pki: DemoPki, folder: Path) -> list[Complaint]:
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
        "EU DSS: PAdES levels": lambda: judge_levels(cases, pki, folder),
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
        # FIRST stands for births
        found += samples if everything else [FIRST] if FIRST in samples else samples[:1]
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
        start = time.perf_counter()
        cases = make_cases(pki, folder, everything=options.all)
        print(f"conformance: {len(cases)} copies issued in {time.perf_counter() - start:.1f} s")
        complaints = judge(cases, pki, folder)
    for complaint in complaints:
        print(f"  {complaint.judge}: {complaint.file}: {complaint.text}", file=sys.stderr)
    print(f"conformance: {'FAILED' if complaints else 'passed'}, {len(complaints)} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
