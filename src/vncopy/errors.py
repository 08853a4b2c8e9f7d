"""What vncopy raises, and the two languages in which it says why.

Tree::

    VncopyError
    ├── UsageError(ValueError)      the caller's own mistake: a bad record, key, folder or argument
    ├── MalformedCopy               inside only: bytes that are not a copy; becomes a check of the report
    ├── VerificationFailed          raised by ``report.require()`` alone; carries the report
    ├── SigningError                a key or token did not do its work, nothing was written
    ├── TooLongForQR                the record does not fit the symbol; nothing was shortened
    └── MissingExtra(ImportError)   an optional part is not installed

No message of this module ever holds a value of a record: field names and rules only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Language",
    "MalformedCopy",
    "Message",
    "MissingExtra",
    "Problem",
    "Reason",
    "SigningError",
    "TooLongForQR",
    "UsageError",
    "VerificationFailed",
    "VncopyError",
]

Language = Literal["vi", "en"]
"""The languages in which every message for people exists."""


class Message(NamedTuple):
    """One sentence for people, in Vietnamese and in English."""

    vi: str
    """The Vietnamese sentence."""
    en: str
    """The English sentence."""

    def text(self, language: Language) -> str:
        """Return the sentence in ``language``."""
        return self.vi if language == "vi" else self.en


class Problem(NamedTuple):
    """One thing that is wrong with an input: where, which rule, and why in both languages."""

    field: str
    """Dotted path of the field (``mother.birth_date``), or the name of the argument or file."""
    rule: str
    """Id of the rule that was broken, such as ``name.letters`` (see the docs page of rules)."""
    message: Message
    """The reason, without the value itself."""

    def text(self, language: Language) -> str:
        """Return ``field: sentence [rule]`` in ``language``."""
        return f"{self.field}: {self.message.text(language)} [{self.rule}]"


class VncopyError(Exception):
    """The base of everything that vncopy raises on purpose."""


class UsageError(VncopyError, ValueError):
    """The caller's own mistake: a bad record, key, trust folder, argument or file.

    Attributes:
        problems: every problem found, at least one, in the order of the input.
    """

    def __init__(self, *problems: Problem) -> None:
        self.problems: tuple[Problem, ...] = problems
        super().__init__("\n".join(f"{p.text('en')}\n{p.text('vi')}" for p in problems))

    @classmethod
    def of(cls, field: str, rule: str, *, vi: str, en: str) -> UsageError:
        """Return the error for one problem: its field, its rule and the two sentences."""
        return cls(Problem(field=field, rule=rule, message=Message(vi, en)))

    def text(self, language: Language) -> str:
        """Return all problems, a line each, in ``language``."""
        return "\n".join(p.text(language) for p in self.problems)


class MalformedCopy(VncopyError):
    """Bytes that are not a well-formed copy. Never leaves ``verify_*``: it becomes a check.

    Attributes:
        reason: the code of the closed list.
        detail: a hint for engineers, without any value of the record.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)


class VerificationFailed(VncopyError):
    """The copy is not VALID; raised by ``report.require()`` alone.

    Attributes:
        report: the whole report (``VerificationReport`` or ``SignatureReport``).
    """

    def __init__(self, report: object, reasons: Sequence[Reason] = ()) -> None:
        self.report = report
        self.reasons = tuple(reasons)
        super().__init__(", ".join(r.value for r in self.reasons) or "not valid")


class SigningError(VncopyError):
    """A key, token or certificate could not sign; nothing was written.

    Attributes:
        message: why, in both languages.
        copy_id: the copy id to be voided when the QR had been signed already, else ``None``.
        role: whose certificate stood in the way (``person``, ``seal``, ``qr``, ``tsa``), if one did.
        reason: why, in a word of the closed list, if there is one.
    """

    def __init__(
        self,
        message: Message,
        *,
        copy_id: str | None = None,
        role: str | None = None,
        reason: Reason | None = None,
    ) -> None:
        self.message = message
        self.copy_id = copy_id
        self.role = role
        self.reason = reason
        suffix = f" (copy_id {copy_id})" if copy_id else ""
        super().__init__(f"{message.en}{suffix}\n{message.vi}{suffix}")


class TooLongForQR(VncopyError):
    """The signed content does not fit the printed symbol (design: 602 bytes, version 19-M).

    Attributes:
        size: bytes of the COSE message that was built.
        limit: bytes that fit.
    """

    def __init__(self, *, size: int, limit: int) -> None:
        self.size = size
        self.limit = limit
        super().__init__(
            f"the signed content has {size} bytes, the symbol holds {limit}; "
            'choose carriage="reference" or "auto"\n'
            f"nội dung ký dài {size} byte, mã QR chứa được {limit} byte; "
            'hãy chọn carriage="reference" hoặc "auto"'
        )


class MissingExtra(VncopyError, ImportError):
    """An optional part of vncopy is not installed.

    Attributes:
        extra: its name (``pdf``, ``issue``, ``cli``).
    """

    def __init__(self, extra: str) -> None:
        self.extra = extra
        super().__init__(
            f'this needs: pip install "vncopy[{extra}]"\n'
            f'cần cài đặt thêm: pip install "vncopy[{extra}]"'
        )
