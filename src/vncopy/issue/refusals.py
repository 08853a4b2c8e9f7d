"""What an issuer is told when a certificate may not sign: whose, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vncopy.errors import Message, SigningError
from vncopy.trust import Role

if TYPE_CHECKING:
    from vncopy.reasons import Reason

__all__ = ["refused"]

_WHO: Final = {
    Role.PERSON: Message("người ký", "the person"),
    Role.SEAL: Message("cơ quan", "the office's seal"),
    Role.QR: Message("khóa mã QR", "the QR key"),
    Role.TSA: Message("dịch vụ cấp dấu thời gian", "the timestamping service"),
}


def refused(role: Role, reason: Reason, detail: str = "") -> SigningError:
    """Return the error for a certificate that may not be relied on.

    Args:
        role: what it signs: one of person, seal, QR text, timestamps.
        reason: why.
        detail: a hint for engineers, such as the place in the path; never a name.
    """
    who, hint = _WHO[role], f" ({detail})" if detail else ""
    return SigningError(
        Message(
            f"chứng thư chữ ký số của {who.vi} không dùng được: {reason.text('vi')}{hint}",
            f"the certificate of {who.en} cannot be used: {reason.text('en')}{hint}",
        ),
        role=role.value,
        reason=reason,
    )
