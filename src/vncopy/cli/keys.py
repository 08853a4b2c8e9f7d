"""The keys of an office in a folder: ``seal``, ``qr`` and, where a person signs, ``person``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import vncopy
from vncopy.cli.files import read_input
from vncopy.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_signers"]


def read_signers(folder: Path, password: bytes | None) -> vncopy.Signers:
    """Return the signers of a folder.

    Each role is ``ROLE.p12``, or ``ROLE.key.pem`` with ``ROLE.chain.pem``.

    Args:
        folder: the folder.
        password: of all keys, if they are encrypted.

    Raises:
        UsageError: a key is missing or unfit.
        UnreadableFile: a file cannot be read.
    """
    seal, qr = (_signer(folder, role, password) for role in ("seal", "qr"))
    if seal is None or qr is None:
        role = "seal" if seal is None else "qr"
        raise UsageError.of(
            f"--signers/{role}",
            "cli.signers",
            vi=f"thư mục khóa thiếu {role}.p12 hoặc {role}.key.pem cùng {role}.chain.pem",
            en=f"the folder lacks {role}.p12, or {role}.key.pem with {role}.chain.pem",
        )
    return vncopy.Signers(person=_signer(folder, "person", password), seal=seal, qr=qr)


def _signer(folder: Path, role: str, password: bytes | None) -> vncopy.CopySigner | None:
    """Return the signer of one role, or ``None`` if the folder has none."""
    container, key = folder / f"{role}.p12", folder / f"{role}.key.pem"
    if container.exists():
        return vncopy.load_pkcs12(read_input(str(container)), password)
    if key.exists():
        chain = read_input(str(folder / f"{role}.chain.pem"))
        return vncopy.load_pem(read_input(str(key)), chain, password=password)
    return None
