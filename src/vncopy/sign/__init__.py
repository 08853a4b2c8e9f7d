"""Signers: whoever holds a key and signs with it or stamps, in a file, a token or a service."""

from __future__ import annotations

from vncopy.sign.local import LocalSigner, load_pem, load_pkcs12
from vncopy.sign.signer import CopySigner, SignatureAlgorithm
from vncopy.sign.timestamps import LocalTimestamper, RemoteTimestamper, Timestamper

__all__ = [
    "CopySigner",
    "LocalSigner",
    "LocalTimestamper",
    "RemoteTimestamper",
    "SignatureAlgorithm",
    "Timestamper",
    "load_pem",
    "load_pkcs12",
]
