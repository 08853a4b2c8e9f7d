"""Signing one finished page up to B-LTA, by vncopy and by pyHanko, with one local timestamping key.

Both make a certifying signature and an approval signature with a timestamp each, the validation data
and an archive timestamp, of the same keys, CRLs and fields. Timestamps are made in this process, so
that what is compared is not somebody's network.
"""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers as pyhanko_signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from benchmarks.measure import Task
from vncopy.issue import sign_qr
from vncopy.issue.lasting import lengthen
from vncopy.issue.stamping import measured
from vncopy.issue.steps import attest_unchecked, seal_unchecked, typeset_unchecked
from vncopy.policy import PadesLevel
from vncopy.trust import Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from vncopy.issue import Draft
    from vncopy.pki import DemoIdentity, DemoOffice, DemoPki, KeyKind
    from vncopy.sign.timestamps import Timestamper

__all__ = ["LTA_PEER", "LTA_SIGNING", "Setting", "archive_tasks", "pyhanko_signer"]

# It warns that nothing is fetched, once a round; that nothing is fetched is the point here.
logging.getLogger("pyhanko.sign.signers.pdf_signer").setLevel(logging.ERROR)
LTA_PEER = "pyHanko, two signatures to B-LTA"
LTA_SIGNING = "vncopy, two signatures to B-LTA"


class _Service(TimeStamper):
    """The same timestamping service as pyHanko wants it; its own local one knows RSA alone."""

    def __init__(self, service: Timestamper) -> None:
        super().__init__()
        self._service = service

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        assert md_algorithm == "sha256"
        return cms.ContentInfo.load(self._service.timestamp(message_digest))


def pyhanko_signer(identity: DemoIdentity, folder: Path) -> Any:
    """Return pyHanko's own signer, its key and certificates loaded."""
    files = [folder / "key.pem", *(folder / f"{n}.crt" for n in range(len(identity.chain)))]
    for file, data in zip(files, (identity.key_pem(), *identity.chain), strict=True):
        file.write_bytes(data)
    certificates = [load_cert_from_pemder(str(file)) for file in files[1:]]
    registry = SimpleCertificateStore()
    registry.register_multiple(certificates[1:])
    return pyhanko_signers.SimpleSigner(
        signing_cert=certificates[0],
        signing_key=load_private_key_from_pemder(str(files[0]), passphrase=None),
        cert_registry=registry,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Who signs with what, and when."""

    pki: DemoPki
    """Root, services and revocation lists."""
    office: DemoOffice
    """Whose keys sign."""
    kind: KeyKind
    """Kind of key of person and seal."""
    at: datetime
    """Time of signing and of every timestamp."""
    folder: Path
    """For the files that pyHanko reads keys from."""


def archive_tasks(
    setting: Setting, make_draft: Callable[[], Draft[Any]]
) -> tuple[dict[str, Task], dict[str, bytes]]:
    """Return both tasks for one kind of key, and what each of them makes."""
    pki, office, kind, at = setting.pki, setting.office, setting.kind, setting.at
    person, seal = office.persons[kind].signer(), office.seals[kind].signer()
    qr = office.qr.signer()
    people = [(Role.PERSON, person.chain), (Role.SEAL, seal.chain), (Role.QR, qr.chain)]
    stamper, evidence = measured(pki.timestamper(lambda: at)), pki.evidence(at)

    def typeset_page() -> Any:
        return typeset_unchecked(sign_qr(make_draft(), signer=qr, at=at))

    def sign(state: Any) -> bytes:
        attested = attest_unchecked(state, signer=person, tsa=stamper)
        sealed = seal_unchecked(attested, signer=seal, tsa=stamper)
        return lengthen(
            sealed, PadesLevel.B_LTA, people, tsa=stamper, trust=pki.trust, evidence=evidence, at=at
        ).pdf

    peer = _peer(setting)
    tasks = {
        f"{kind}: {LTA_PEER}": Task(new=typeset_page, run=lambda state: peer(state.pdf)),
        f"{kind}: {LTA_SIGNING}": Task(new=typeset_page, run=sign),
    }
    state = typeset_page()
    return tasks, {LTA_PEER: peer(state.pdf), LTA_SIGNING: sign(state)}


def _peer(setting: Setting) -> Callable[[bytes], bytes]:
    """Return what signs a page by pyHanko."""
    pki, office, at = setting.pki, setting.office, setting.at
    person = pyhanko_signer(office.persons[setting.kind], setting.folder)
    seal = pyhanko_signer(office.seals[setting.kind], setting.folder)
    service = _Service(pki.timestamper(lambda: at))
    crls = pki.evidence(at).pieces
    tsa = asn1_x509.Certificate.load(pki.tsa.certificate)
    root = asn1_x509.Certificate.load(pki.root.certificate)
    intermediate = asn1_x509.Certificate.load(pki.issuing.certificate)

    def sign(page: bytes) -> bytes:
        context = ValidationContext(
            trust_roots=[root],
            other_certs=[intermediate, tsa],
            crls=list(crls),
            moment=at,
            allow_fetching=False,
            revocation_mode="require",
        )
        first = pyhanko_signers.PdfSignatureMetadata(
            field_name="person",
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.FILL_FORMS,
        )
        out = pyhanko_signers.PdfSigner(first, signer=person, timestamper=service).sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(page))
        )
        second = pyhanko_signers.PdfSignatureMetadata(
            field_name="seal",
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            validation_context=context,
            embed_validation_info=True,
            use_pades_lta=True,
            timestamp_field_name="timestamp",
        )
        done = pyhanko_signers.PdfSigner(second, signer=seal, timestamper=service).sign_pdf(
            IncrementalPdfFileWriter(out)
        )
        finished: bytes = done.getvalue()
        return finished

    return sign
