"""Signers: whoever holds a key and signs messages with it, in a file, a token or a service."""

from __future__ import annotations

from vncopy.sign.local import LocalSigner, load_pem, load_pkcs12
from vncopy.sign.signer import CopySigner, SignatureAlgorithm

__all__ = ["CopySigner", "LocalSigner", "SignatureAlgorithm", "load_pem", "load_pkcs12"]
