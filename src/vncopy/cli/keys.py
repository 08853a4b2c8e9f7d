"""Keys in files: PKCS#12, or PEM with the certificates in the same file or beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import vncopy
from vncopy.cli.files import read_input

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_signer"]

_PKCS12: Final = frozenset({".p12", ".pfx"})
_KEY: Final = ".key.pem"
_CHAIN: Final = ".chain.pem"


def read_signer(file: Path, password: bytes | None) -> vncopy.CopySigner:
    """Return the signer of a key file.

    Args:
        file: PKCS#12 by its suffix ``.p12`` or ``.pfx``, else PEM; the certificates of
            ``NAME.key.pem`` are in ``NAME.chain.pem``, those of any other name in the file itself.
        password: of the key, if it is encrypted.

    Raises:
        UsageError: the key or its certificates are unfit.
        UnreadableFile: a file cannot be read.
    """
    data = read_input(str(file))
    if file.suffix.lower() in _PKCS12:
        return vncopy.load_pkcs12(data, password)
    chain = data
    if file.name.endswith(_KEY):
        chain = read_input(str(file.with_name(file.name.removesuffix(_KEY) + _CHAIN)))
    return vncopy.load_pem(data, chain, password=password)
