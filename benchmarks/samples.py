"""``python -m benchmarks.samples``: how large each sample's QR text and PDF are, as a table.

Sizes follow from the records and the format, not from the machine. Each sample is issued at B-B
with P-256 keys for all three signers, in full carriage where it fits and in reference carriage
where it does not, as ``carriage="auto"`` does.
"""

from __future__ import annotations

import io
import sys
from hashlib import shake_256
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf

from vncopy.errors import TooLongForQR
from vncopy.formats.base import Missing
from vncopy.formats.profile import load_profile
from vncopy.formats.record import parse_input
from vncopy.formats.types import BUILTIN_TYPES
from vncopy.issue import IssuedCopy, Signers, issue, prepare
from vncopy.pdf.symbol import make_symbol
from vncopy.pki import DemoPki, make_demo_pki

if TYPE_CHECKING:
    from vncopy.wire.encode import CarriageChoice

SAMPLES = Path(__file__).parent.parent / "samples"


def issued(sample: Path, pki: DemoPki, carriage: CarriageChoice) -> IssuedCopy:
    """Return one sample as a copy, issued at the time that it states.

    Args:
        sample: its JSON.
        pki: whose keys sign.
        carriage: how much travels in the symbol.
    """
    kind = next(each for each in BUILTIN_TYPES if each.format_id == f"vn.{sample.parent.name}/1")
    document, statement = parse_input(sample.read_bytes(), kind)
    at = statement.issued_at
    if at is None:
        sys.exit(f"{sample.name} states no time of issue")
    offices = {office.entry.agency_code: office for office in pki.offices}
    office = offices.get(str(statement.authority.agency_code), pki.offices[0])
    named = not isinstance(statement.certifier, Missing)
    draft = prepare(
        document,
        statement.model_copy(update={"issued_at": None}),
        profile=load_profile(at.date()),
        entropy=shake_256(sample.stem.encode()).digest,  # zeros would be compressed
    )
    signers = Signers(
        person=office.persons["p256"].signer() if named else None,
        seal=office.seals["p256"].signer(),
        qr=office.qr.signer(),
    )
    return issue(draft, signers=signers, at=at, carriage=carriage)


def row(sample: Path, pki: DemoPki) -> str:
    """Return one line of the table."""
    try:
        copy, carriage = issued(sample, pki, "full"), "full"
    except TooLongForQR as error:
        copy, carriage = issued(sample, pki, "reference"), f"reference (full: {error.size})"
    with pikepdf.open(io.BytesIO(copy.pdf)) as pdf:
        pages = len(pdf.pages)
        size = len(pdf.attachments["copy.vnc1"].get_file().read_bytes())
    version = make_symbol(copy.qr_text).version
    name = f"{sample.parent.name}/{sample.stem}"
    return f"| {name} | {size} | {version} | {carriage} | {pages} | {len(copy.pdf):,} |"


def main() -> None:
    """Print the table."""
    pki = make_demo_pki(seed=b"benchmarks")
    print("| sample | QR bytes | version | carriage | pages | PDF bytes |")
    print("|---|---:|---:|---|---:|---:|")
    for folder in ("birth", "marriage", "death", "land"):
        for sample in sorted((SAMPLES / folder).glob("*.json")):
            print(row(sample, pki))


if __name__ == "__main__":
    main()
