"""``python -m benchmarks [--rounds N] [--profile]``: the numbers of the README.

What is compared, in one process and one run:

- ``verify_qr`` with one raw P-256 verification of the same signature;
- ``issue`` of a whole copy (QR text, page, two signatures) with one bare ``sign_pdf`` of pyHanko on
  the finished page, for both kinds of key; with and without the issuer's own verification;
- ``verify_pdf``, with the time of the warm process that reads the file, with pyHanko's bare validation
  of the same two signatures in this one;
- signing a finished page up to B-LTA with pyHanko doing the same (:mod:`benchmarks.archive`).
"""

from __future__ import annotations

import argparse
import io
import itertools
import platform
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers as pyhanko_signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from benchmarks.archive import LTA_PEER, LTA_SIGNING, Setting, archive_tasks, pyhanko_signer
from benchmarks.measure import Task, measure, profile, table
from vncopy.formats.birth import BirthRecord
from vncopy.formats.profile import load_profile
from vncopy.formats.record import parse_input
from vncopy.issue import Draft, Signers, issue, prepare, sign_qr, typeset
from vncopy.issue.steps import attest_unchecked, seal_unchecked, typeset_unchecked
from vncopy.pdf.pool import Pool, use_pool
from vncopy.pki import make_demo_pki
from vncopy.policy import VerificationPolicy
from vncopy.trust import Role
from vncopy.verify.pdf import verify_pdf
from vncopy.verify.qr import verify_qr
from vncopy.wire.cose import parse_message

if TYPE_CHECKING:
    from vncopy.pdf.workers import Outcome

KeyKind = Literal["p256", "rsa"]
KINDS: tuple[KeyKind, ...] = ("p256", "rsa")
AT = datetime(2026, 11, 21, 3, 21, 35, tzinfo=UTC)
LATER = AT + timedelta(days=1)
SAMPLE = Path(__file__).parent.parent / "samples" / "birth" / "extract-two-parents.json"
PKI = make_demo_pki(seed=b"benchmarks")
BASIC = VerificationPolicy.offline_basic()


NUMBER = itertools.count(1)


class Counted(Pool):
    """A pool that adds up what its workers spend, which the caller's own clock does not see."""

    seconds = 0.0

    def run(self, request: bytes, seconds: float) -> Outcome:
        """Have a job done."""
        outcome = super().run(request, seconds)
        self.seconds += outcome.seconds
        return outcome


def make_draft() -> Draft[Any]:
    """Return a draft that was never typeset before: every one has another name and copy id."""
    document, statement = parse_input(SAMPLE.read_bytes(), BirthRecord)
    letters = "".join("abcdeghiklmnopqrstuvxy"[int(digit)] for digit in str(next(NUMBER)))
    name = type(document.full_name)(f"Nguyễn Thị {letters.capitalize()}")
    return prepare(
        document.model_copy(update={"full_name": name}),
        statement.model_copy(update={"issued_at": None}),
        profile=load_profile(AT.date()),
    )


def make_signers(code: str, kind: KeyKind) -> Signers:
    office = PKI.office(code)
    return Signers(
        person=office.persons[kind].signer(),
        seal=office.seals[kind].signer(),
        qr=office.qr.signer(),
    )


def qr_tasks(text: str) -> dict[str, Task]:
    parts = parse_message(text)
    ((_, entry),) = PKI.trust.candidates(parts.kid, Role.QR)
    key = x509.load_der_x509_certificate(entry.certificate).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    r, s = parts.signature[:32], parts.signature[32:]
    der = encode_dss_signature(int.from_bytes(r), int.from_bytes(s))
    algorithm = ec.ECDSA(hashes.SHA256())
    return {
        "raw P-256 verification": Task(
            run=lambda _: key.verify(der, parts.to_be_signed, algorithm)
        ),
        "verify_qr": Task(run=lambda _: verify_qr(text, trust=PKI.trust, at=LATER, policy=BASIC)),
    }


def pdf_tasks(kind: KeyKind, draft: Draft[Any], folder: Path) -> dict[str, Task]:
    code = str(draft.record.statement.authority.agency_code)
    signers = make_signers(code, kind)
    assert signers.person is not None
    person = signers.person
    page = typeset(sign_qr(draft, signer=signers.qr, at=AT)).pdf
    bare = pyhanko_signer(PKI.office(code).seals[kind], folder)
    copy = issue(draft, signers=signers, at=AT)
    root = asn1_x509.Certificate.load(PKI.root.certificate)
    intermediate = asn1_x509.Certificate.load(PKI.issuing.certificate)

    def sign_pdf(_: Any) -> None:
        writer = IncrementalPdfFileWriter(io.BytesIO(page))
        meta = pyhanko_signers.PdfSignatureMetadata(
            field_name="seal", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
        )
        pyhanko_signers.PdfSigner(meta, signer=bare).sign_pdf(writer)

    def make_unverified(new: Draft[Any]) -> None:
        state = typeset_unchecked(sign_qr(new, signer=signers.qr, at=AT))
        seal_unchecked(attest_unchecked(state, signer=person), signer=signers.seal)

    def validate(_: Any) -> None:
        context = ValidationContext(
            trust_roots=[root], other_certs=[intermediate], moment=LATER, allow_fetching=False
        )
        for signature in PdfFileReader(io.BytesIO(copy.pdf)).embedded_regular_signatures:
            assert validate_pdf_signature(signature, context).bottom_line

    def verify(_: Any) -> None:
        verify_pdf(copy.pdf, trust=PKI.trust, at=LATER, policy=BASIC).require()

    return {
        f"{kind}: pyHanko sign_pdf, one signature": Task(run=sign_pdf),
        f"{kind}: issue without own verification": Task(new=make_draft, run=make_unverified),
        f"{kind}: issue": Task(new=make_draft, run=lambda new: issue(new, signers=signers, at=AT)),
        f"{kind}: pyHanko validation, two signatures": Task(run=validate),
        f"{kind}: verify_pdf": Task(run=verify),
    }


def ratios(kind: KeyKind) -> dict[str, tuple[str, str]]:
    bare, checked = f"{kind}: pyHanko sign_pdf, one signature", f"{kind}: issue"
    return {
        f"{kind}: issue without own verification / sign_pdf": (
            f"{kind}: issue without own verification",
            bare,
        ),
        f"{kind}: issue / sign_pdf": (checked, bare),
        f"{kind}: verify_pdf / validation": (
            f"{kind}: verify_pdf",
            f"{kind}: pyHanko validation, two signatures",
        ),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--profile", action="store_true", help="show where the slowest task spends")
    options = parser.parse_args()
    pool = Counted()
    use_pool(pool)
    draft = make_draft()
    print(f"Python {platform.python_version()}, {platform.machine()}, medians of processor time\n")
    code = str(draft.record.statement.authority.agency_code)
    with TemporaryDirectory() as name:
        folder = Path(name)
        tasks = {kind: pdf_tasks(kind, draft, folder) for kind in KINDS}
        lasting = {
            kind: archive_tasks(
                Setting(pki=PKI, office=PKI.office(code), kind=kind, at=AT, folder=folder),
                make_draft,
            )
            for kind in KINDS
        }
    text = sign_qr(draft, signer=make_signers(code, "p256").qr, at=AT).qr_text
    small = qr_tasks(text)
    found = measure(small, rounds=20 * options.rounds)
    names = tuple(small)
    print(table(found, {"verify_qr / raw verification": (names[1], names[0])}), end="\n\n")
    slowest: tuple[float, Task] = (0.0, small["verify_qr"])
    for kind, some in tasks.items():
        results = measure(some, rounds=options.rounds, elsewhere=lambda: pool.seconds)
        print(table(results, ratios(kind)), end="\n\n")
        for name, task in some.items():
            slowest = max(slowest, (results[name].milliseconds, task), key=lambda each: each[0])
    for kind, (pair, made) in lasting.items():
        rows = {f"{kind}: ratio": (f"{kind}: {LTA_SIGNING}", f"{kind}: {LTA_PEER}")}
        print(table(measure(pair, rounds=options.rounds), rows))
        print("bytes: " + ", ".join(f"{name} {len(pdf)}" for name, pdf in made.items()), end="\n\n")
    if options.profile:
        print(profile(slowest[1], rounds=10))


if __name__ == "__main__":
    sys.exit(main())
