"""What the EU's DSS must say of every copy, word for word.

DSS validates with the demonstration's root as the only trusted one and nothing online, twice: by
its default policy, and by the same policy where revocation data need not be present. The copies are
of level B and carry none, so the default policy cannot come to a conclusion, and it has to say
exactly that and nothing else. A message that is new or that is gone fails the run: both are news.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from cryptography import x509
from cryptography.x509.oid import NameOID
from outside import Complaint, dss

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

JUDGE: Final = "EU DSS"
LATER: Final = 3600
"""Seconds between signing and validating: some time of which no certificate says anything."""

NO_REVOCATION_DATA: Final = "BBB_XCV_IRDPFC_ANS"
NOT_CONCLUSIVE: Final = "BBB_XCV_SUB_ANS"
NO_AUTHORITY_ACCESS: Final = "BBB_XCV_AIA_PRES_ANS"
NO_REVOCATION_ACCESS: Final = "BBB_XCV_REVOC_PRES_ANS"
VISUAL_DIFFERENCE: Final = "BBB_FC_IVDBSFR_ANS"
"""DSS draws the final file without the fields that were signed after the revision, and expects that
nothing is missing. Our fields have their appearance from the start, so it misses the seal. The
judge draws both files whole as well: `pixels_changed` must be 0."""
WARNINGS: Final = {NO_AUTHORITY_ACCESS, NO_REVOCATION_ACCESS}
"""The demonstration's certificates name no place to ask: there is none."""

ALGORITHMS: Final = {"rsa": ("RSA_SHA256", "2048"), "p256": ("ECDSA_SHA256", "256")}
MAY_FILL: Final = 2
"""DocMDP of the person's signature: only the seal and timestamps may follow."""


def common_name(certificate: bytes) -> str:
    """Return the name in a certificate by which DSS names the signer."""
    subject = x509.load_der_x509_certificate(certificate).subject
    return str(subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def judge_dss(
    root: bytes, files: Sequence[tuple[Path, int, str, Sequence[str]]], folder: Path
) -> list[Complaint]:
    """Ask DSS about all files in one run, and about one that was altered.

    Args:
        root: the trusted root, DER.
        files: of each its place, time of signing, kind of key and who signed, in order.
        folder: for scratch files.
    """
    anchor = folder / "root.der"
    anchor.write_bytes(root)
    altered = folder / "altered.pdf"
    altered.write_bytes(alter(files[0][0].read_bytes()))
    jobs = [(file, signed + LATER) for file, signed, _, _ in files]
    answers = dss(anchor, [*jobs, (altered, jobs[0][1])])
    complaints: list[Complaint] = []
    for file, _, key, signers in files:
        texts = against(answers[str(file)], key, signers)
        complaints += [Complaint(JUDGE, file.name, text) for text in texts]
    if not refused(answers[str(altered)]):
        complaints.append(Complaint(JUDGE, altered.name, "an altered file was not refused"))
    return complaints


def alter(pdf: bytes) -> bytes:
    """Return the file with one signed bit changed where it disturbs no reader: in line 2."""
    at = pdf.index(b"\n%") + 2
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def refused(answer: dict[str, Any]) -> bool:
    """Say whether every signature fails for its digest, by both policies."""
    said = [
        (signature[policy]["indication"], signature[policy]["sub_indication"])
        for signature in answer.get("signatures", [])
        for policy in ("default", "without_revocation")
    ]
    return bool(said) and set(said) == {("TOTAL_FAILED", "HASH_FAILURE")}


def against(answer: dict[str, Any], key: str, signers: Sequence[str]) -> list[str]:
    """Return what differs from what DSS should say of a copy."""
    if "error" in answer:
        return [f"gave up: {answer['error']}"]
    found = answer["signatures"]
    if len(found) != len(signers):
        return [f"found {len(found)} signatures, {len(signers)} wanted"]
    texts: list[str] = []
    for place, (signature, signer) in enumerate(zip(found, signers, strict=True)):
        wanted = expected(key, signer, first=place == 0, last=place == len(signers) - 1)
        seen = {name: shortened(signature[name]) for name in signature}
        texts += [
            f"signature {place + 1}: {name} is {json.dumps(seen.get(name), ensure_ascii=False)}, "
            f"{json.dumps(wanted.get(name), ensure_ascii=False)} wanted"
            for name in sorted(wanted.keys() | seen.keys())
            if seen.get(name) != wanted.get(name)
        ]
    return texts


def expected(key: str, signer: str, *, first: bool, last: bool) -> dict[str, Any]:
    """Return all that DSS says of a sound signature of level B."""
    algorithm, length = ALGORITHMS[key]
    warnings = sorted(WARNINGS if last else {*WARNINGS, VISUAL_DIFFERENCE})
    return {
        "field": "person" if first and not last else "seal",
        "signed_by": signer,
        "format": "PAdES-BASELINE-B",
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
        "scopes": ["FULL" if last else "PARTIAL"],
        "changed_pages": 0,
        "overlaps": 0,
        "annotation_changes": 0,
        "undefined_changes": 0,
        "pixels_changed": 0,
        "covers_to_end": last,
        "default": {
            "indication": "INDETERMINATE",
            "sub_indication": "CERTIFICATE_CHAIN_GENERAL_FAILURE",
            "errors": sorted([NO_REVOCATION_DATA, NOT_CONCLUSIVE]),
            "warnings": warnings,
            "infos": [],
        },
        "without_revocation": {
            "indication": "TOTAL_PASSED",
            "sub_indication": None,
            "errors": [],
            "warnings": warnings,
            "infos": [NO_REVOCATION_DATA],
        },
    }


def shortened(value: Any) -> Any:
    """Return a verdict with the keys of its messages alone; anything else as it is."""
    if not isinstance(value, dict):
        return value
    return {
        name: sorted(text.partition(":")[0] for text in said) if isinstance(said, list) else said
        for name, said in value.items()
    }
