"""An issuer checks his own result with the code that receivers use, before he hands it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vncopy.formats.record import CopyRecord
    from vncopy.issue.states import IssuedCopy
    from vncopy.trust import TrustStore

__all__ = ["verify_own"]


def verify_own(copy: IssuedCopy, record: CopyRecord[Any], *, trust: TrustStore | None) -> None:
    """Verify a finished copy."""
