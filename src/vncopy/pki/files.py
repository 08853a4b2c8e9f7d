"""Writes a demonstration into files: its keys, and the trust folder that a verifier needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from vncopy.trust_folder.offices import offices_to_json

if TYPE_CHECKING:
    from pathlib import Path

    from vncopy.pki.demo import DemoPki

__all__ = ["write_demo_pki"]


def write_demo_pki(pki: DemoPki, folder: Path) -> None:
    """Write ``folder/pki`` (keys and chains) and ``folder/trust`` (what a verifier needs).

    Args:
        pki: the values.
        folder: an existing or new folder; files of the same names are replaced.
    """
    keys = folder / "pki"
    keys.mkdir(parents=True, exist_ok=True)
    for identity in pki.identities:
        _write(keys / f"{identity.label}.key.pem", identity.key_pem(), private=True)
        _write(keys / f"{identity.label}.chain.pem", identity.chain_pem())
    trust = folder / "trust"
    for name, certificates in (
        ("anchors", {each.name: each.certificate for each in pki.trust.anchors}),
        ("intermediates", {"issuing": pki.issuing.certificate}),
    ):
        (trust / name).mkdir(parents=True, exist_ok=True)
        for stem, der in certificates.items():
            pem = x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)
            _write(trust / name / f"{stem}.pem", pem)
    _write(trust / "offices.json", offices_to_json(pki.trust.offices, as_of=pki.trust.as_of))


def _write(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write beside the target and rename: whole or not at all.

    Args:
        path: the target.
        data: the bytes.
        private: only the owner may read it, where the system knows owners.
    """
    beside = path.with_name(f".{path.name}.part")
    beside.unlink(missing_ok=True)
    beside.touch(mode=0o600 if private else 0o644)
    beside.write_bytes(data)
    beside.replace(path)
