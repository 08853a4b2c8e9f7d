"""Keys in files: PKCS#12, or PEM with the certificates in the same file or beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import vncopy
from vncopy.cli.files import read_input
from vncopy.errors import Problem, UsageError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_signer"]

_PKCS12: Final = frozenset({".p12", ".pfx"})
_KEY: Final = ".key.pem"
_CHAIN: Final = ".chain.pem"
_ENCRYPTED: Final = (b"BEGIN ENCRYPTED PRIVATE KEY", b"Proc-Type: 4,ENCRYPTED")
"""What an encrypted PEM key says of itself: PKCS#8 (RFC 7468 §11), traditional (RFC 1421)."""


def read_signer(
    file: Path, password: bytes | None, *, option: str, chain: Path | None = None
) -> vncopy.CopySigner:
    """Return the signer of a key file.

    Args:
        file: PKCS#12 by its suffix ``.p12`` or ``.pfx``, else PEM; the certificates of
            ``NAME.key.pem`` are in ``NAME.chain.pem``, those of any other name in the file itself.
        password: of the key, if it is encrypted; one password may serve several files of
            which some are not.
        option: what the error names beside the key, as there are up to four.
        chain: file with the certificates of a PEM key, where it has another name.

    Raises:
        UsageError: the key or its certificates are unfit.
        UnreadableFile: a file cannot be read.
    """
    try:
        return _signer(file, password, chain)
    except UsageError as error:
        named = (
            Problem(field=f"{option} ({p.field})", rule=p.rule, message=p.message)
            for p in error.problems
        )
        raise UsageError(*named) from error


def _signer(file: Path, password: bytes | None, certificates: Path | None) -> vncopy.CopySigner:
    """Return the signer of a key file; errors do not say yet which key it is."""
    data = read_input(str(file))
    if file.suffix.lower() in _PKCS12:
        return vncopy.load_pkcs12(data, password)
    chain = data
    if certificates is not None:
        chain = read_input(str(certificates))
    elif file.name.endswith(_KEY):
        chain = read_input(str(file.with_name(file.name.removesuffix(_KEY) + _CHAIN)))
    encrypted = any(mark in data for mark in _ENCRYPTED)
    return vncopy.load_pem(data, chain, password=password if encrypted else None)
