"""What the EU's DSS must say of every copy, word for word.

DSS validates by its own default policy, with the demonstration's root as the only trusted one and
nothing online. Copies of the levels B-B and B-T carry no revocation data: the CRLs of the time of
validation are supplied for them, as a receiver would fetch them. Copies of B-LT and B-LTA have to
do without. A message that is new or that is gone fails the run: both are news.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cryptography import x509
from cryptography.x509.oid import NameOID
from outside import Complaint, dss

from vncopy.policy import PadesLevel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

JUDGE: Final = "EU DSS"
LATER: Final = 3600
"""Seconds between signing and validating: some time of which no certificate says anything."""

NO_REVOCATION_DATA: Final = "BBB_XCV_IRDPFC_ANS"
NOT_CONCLUSIVE: Final = "BBB_XCV_SUB_ANS"
VISUAL_DIFFERENCE: Final = "BBB_FC_IVDBSFR_ANS"
"""DSS draws the final file without the fields that were signed after the revision, and expects that
nothing is missing. Our fields have their appearance from the start, so it misses the seal. The
judge draws both files whole as well: `pixels_changed` must be 0."""
ALGORITHMS: Final = {"rsa": ("RSA_SHA256", "2048"), "p256": ("ECDSA_SHA256", "256")}
MAY_FILL: Final = 2
"""DocMDP of the person's signature: only the seal and timestamps may follow."""


def common_name(certificate: bytes) -> str:
    """Return the name in a certificate by which DSS names the signer."""
    subject = x509.load_der_x509_certificate(certificate).subject
    return str(subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One file and what DSS should find in it."""

    file: Path
    """The copy."""
    key: str
    """Kind of key of person and seal: ``rsa`` or ``p256``."""
    signers: tuple[str, ...]
    """Names in their certificates, in the order of signing."""
    level: PadesLevel
    """Level of both signatures."""
    renewals: int
    """Document timestamps after the first one."""
    at: datetime
    """When it was signed or renewed last."""
    crls: tuple[Path, ...]
    """What is supplied; empty: the file has to do."""


def judge_dss(root: bytes, files: Sequence[Signed], folder: Path) -> list[Complaint]:
    """Ask DSS about all files in one run, about one that was altered and one left alone.

    Args:
        root: the trusted root, DER.
        files: what was issued.
        folder: for scratch files.
    """
    anchor = folder / "root.der"
    anchor.write_bytes(root)
    first = files[0]
    altered, alone = folder / "altered.pdf", folder / "alone.pdf"
    altered.write_bytes(alter(first.file.read_bytes()))
    bare = next(each for each in files if each.crls)
    alone.write_bytes(bare.file.read_bytes())
    jobs = [(each.file, judged_at(each), each.crls) for each in files]
    jobs += [(altered, judged_at(first), first.crls), (alone, judged_at(bare), ())]
    answers = dss(anchor, jobs)
    complaints: list[Complaint] = []
    for each in files:
        texts = against(answers[str(each.file)], each)
        complaints += [Complaint(JUDGE, each.file.name, text) for text in texts]
    if not refused(answers[str(altered)]):
        complaints.append(Complaint(JUDGE, altered.name, "an altered file was not refused"))
    if not inconclusive(answers[str(alone)]):
        complaints.append(Complaint(JUDGE, alone.name, "passed without revocation data"))
    return complaints


def judged_at(signed: Signed) -> int:
    """Return the time to validate a file at, in seconds since 1970."""
    return int(signed.at.timestamp()) + LATER


def alter(pdf: bytes) -> bytes:
    """Return the file with one signed bit changed where it disturbs no reader: in line 2."""
    at = pdf.index(b"\n%") + 2
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def refused(answer: dict[str, Any]) -> bool:
    """Say whether every signature fails for its digest."""
    return _verdicts(answer) == {("TOTAL_FAILED", "HASH_FAILURE")}


def inconclusive(answer: dict[str, Any]) -> bool:
    """Say whether every signature lacks revocation data, and nothing else."""
    errors = {
        text.partition(":")[0]
        for signature in answer.get("signatures", [])
        for text in signature["verdict"]["errors"]
    }
    return errors == {NO_REVOCATION_DATA, NOT_CONCLUSIVE} and _verdicts(answer) == {
        ("INDETERMINATE", "CERTIFICATE_CHAIN_GENERAL_FAILURE")
    }


def _verdicts(answer: dict[str, Any]) -> set[tuple[str, str | None]]:
    return {
        (signature["verdict"]["indication"], signature["verdict"]["sub_indication"])
        for signature in answer.get("signatures", [])
    }


def against(answer: dict[str, Any], signed: Signed) -> list[str]:
    """Return what differs from what DSS should say of a copy."""
    if "error" in answer:
        return [f"gave up: {answer['error']}"]
    found, signers = answer["signatures"], signed.signers
    if len(found) != len(signers):
        return [f"found {len(found)} signatures, {len(signers)} wanted"]
    texts: list[str] = []
    for place, (signature, signer) in enumerate(zip(found, signers, strict=True)):
        wanted = expected(signed, signer, first=place == 0, last=place == len(signers) - 1)
        seen = {name: shortened(signature[name]) for name in signature}
        texts += [
            f"signature {place + 1}: {name} is {json.dumps(seen.get(name), ensure_ascii=False)}, "
            f"{json.dumps(wanted.get(name), ensure_ascii=False)} wanted"
            for name in sorted(wanted.keys() | seen.keys())
            if seen.get(name) != wanted.get(name)
        ]
    return texts


def expected(signed: Signed, signer: str, *, first: bool, last: bool) -> dict[str, Any]:
    """Return all that DSS says of a sound signature of a level."""
    algorithm, length = ALGORITHMS[signed.key]
    whole = last and not signed.level.reaches(PadesLevel.B_LT)
    return {
        "field": "person" if first and not last else "seal",
        "signed_by": signer,
        "format": f"PAdES-BASELINE-{signed.level.value.removeprefix('B-')}",
        "algorithm": algorithm,
        "key_length": length,
        "intact": True,
        "valid": True,
        "data_intact": True,
        "structure": True,
        "structure_messages": [],
        "byte_range": True,
        "dictionary_consistent": True,
        "sub_filter": "ETSI.CAdES.detached",
        "doc_mdp": MAY_FILL if first else None,
        "certificate_reference": True,
        "trusted_chain": True,
        "scopes": ["FULL" if whole else "PARTIAL"],
        "changed_pages": 0,
        "overlaps": 0,
        "annotation_changes": 0,
        "undefined_changes": 0,
        "pixels_changed": 0,
        "covers_to_end": whole,
        "timestamps": timestamps(signed),
        "verdict": {
            "indication": "TOTAL_PASSED",
            "sub_indication": None,
            "errors": [],
            "warnings": [] if last else [VISUAL_DIFFERENCE],
            "infos": [],
        },
    }


def timestamps(signed: Signed) -> list[str]:
    """Return what DSS says of the timestamps that protect a signature."""
    own = ["SIGNATURE_TIMESTAMP PASSED"] if signed.level.reaches(PadesLevel.B_T) else []
    archived = 1 + signed.renewals if signed.level.reaches(PadesLevel.B_LTA) else 0
    return own + ["DOCUMENT_TIMESTAMP PASSED"] * archived


def shortened(value: Any) -> Any:
    """Return a verdict with the keys of its messages alone; anything else as it is."""
    if not isinstance(value, dict):
        return value
    return {
        name: sorted(text.partition(":")[0] for text in said) if isinstance(said, list) else said
        for name, said in value.items()
    }
