"""The states of a copy on its way, each a value that can be stored as JSON between two steps.

A draft may be shown to anybody who may see the record. An :class:`UnsealedCopy` holds a signed QR
text: it never leaves the issuing system, and when its sequence breaks its copy id is voided.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from vncopy.errors import Message, UsageError
from vncopy.formats.base import Document
from vncopy.formats.copies import FIRST_YEAR, LAST_YEAR
from vncopy.formats.rules import findings
from vncopy.issue.pages import draft_page
from vncopy.issue.stored import (
    bad_state,
    from_base64,
    read_certificates,
    read_frame,
    read_notices,
    read_record,
    read_time,
    record_members,
    to_base64,
    write_frame,
)
from vncopy.pdf.fonts import BUILTIN_FONTS, PageFonts
from vncopy.policy import PadesLevel

if TYPE_CHECKING:
    from vncopy.formats.base import DocumentTypes
    from vncopy.formats.copies import CopyStatement
    from vncopy.formats.profile import LegalProfile
    from vncopy.formats.record import CopyRecord
    from vncopy.formats.rules import Finding
    from vncopy.sign.signer import CopySigner

__all__ = [
    "Draft",
    "IssuedCopy",
    "Signers",
    "Step",
    "UnsealedCopy",
    "check_law",
    "whole_seconds",
    "wrong_step",
]

D = TypeVar("D", bound=Document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signers:
    """The three keys of a copy: different keys, held by whoever holds them."""

    person: CopySigner | None = field(default=None, repr=False)
    """The competent person; ``None`` for kinds that are only sealed."""
    seal: CopySigner = field(repr=False)
    """The agency."""
    qr: CopySigner = field(repr=False)
    """The key of the QR text, P-256."""


class Step(StrEnum):
    """The last step that an unsealed copy has gone through."""

    QR_SIGNED = "qr_signed"
    """The QR text is signed; there is no page yet."""
    TYPESET = "typeset"
    """The page is made, with empty signature fields."""
    ATTESTED = "attested"
    """The person has signed."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Draft(Generic[D]):
    """A record that was checked and can be shown, but is not yet issued."""

    record: CopyRecord[D]
    """The record; its statement has no time yet."""
    profile: LegalProfile
    """The legal rules it was checked against."""
    pdf: bytes
    """The page to be shown to whoever approves: no QR code, DỰ THẢO across it, no fields."""
    fonts: PageFonts = BUILTIN_FONTS
    """What the page is set in; given again when a stored draft is read."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What whoever approves should look at: the implausible, which is not forbidden."""
        return findings(self.record.document)

    def __repr__(self) -> str:
        """Return type and copy id: nothing personal."""
        return f"Draft({self.record.format_id}, {self.record.copy_id})"

    def to_json(self) -> bytes:
        """Return the draft as JSON; the page is left out, it is made again when it is read."""
        return write_frame("draft", record_members(self.record, self.profile))

    @classmethod
    def from_json(
        cls,
        data: bytes,
        /,
        *,
        types: DocumentTypes,
        profiles: tuple[LegalProfile, ...] | None = None,
        fonts: PageFonts = BUILTIN_FONTS,
    ) -> Draft[Document]:
        """Read a stored draft and make its page again.

        Args:
            data: from :meth:`to_json`.
            types: the document types that are expected.
            profiles: profiles to look the name up in; those of the library if left out.
            fonts: what the page is set in.

        Raises:
            UsageError: these bytes are no draft, or its law does not allow the copy.
        """
        frame = read_frame("draft", data)
        record, profile = read_record(frame, types, profiles)
        # A state of which this version knows nothing more must hold nothing more.
        if record.statement.issued_at is not None or frame.keys() != {"profile", "record"}:
            raise bad_state("record")
        check_law(record.document, record.statement, profile)
        page = draft_page(record, profile, fonts)
        return Draft(record=record, profile=profile, pdf=page, fonts=fonts)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class UnsealedCopy(Generic[D]):
    """A copy whose QR text is signed and which is not sealed yet: to be guarded."""

    step: Step
    """How far it is."""
    record: CopyRecord[D]
    """The record with its time of issue."""
    profile: LegalProfile
    """The legal rules it was checked against."""
    qr_text: str
    """The signed text."""
    qr_chain: tuple[bytes, ...]
    """Certificates of the QR text's key in DER, its own first."""
    pdf: bytes = b""
    """The file so far; empty before typesetting."""
    person_chain: tuple[bytes, ...] = ()
    """Certificates of the person's key, once he has signed."""
    fonts: PageFonts = BUILTIN_FONTS
    """What the page is set in; given again when a stored state is read."""

    def __repr__(self) -> str:
        """Return step, type and copy id: nothing personal."""
        return f"UnsealedCopy({self.step}, {self.record.format_id}, {self.record.copy_id})"

    @property
    def copy_id(self) -> str:
        """The id to be voided if the sequence breaks."""
        return self.record.copy_id

    def to_json(self) -> bytes:
        """Return the state as JSON; store it where signed documents are stored."""
        return write_frame(
            "unsealed",
            {
                **record_members(self.record, self.profile),
                "step": self.step.value,
                "qr_text": self.qr_text,
                "qr_chain": [to_base64(der) for der in self.qr_chain],
                "pdf": to_base64(self.pdf),
                "person_chain": [to_base64(der) for der in self.person_chain],
            },
        )

    @classmethod
    def from_json(
        cls,
        data: bytes,
        /,
        *,
        types: DocumentTypes,
        profiles: tuple[LegalProfile, ...] | None = None,
        fonts: PageFonts = BUILTIN_FONTS,
    ) -> UnsealedCopy[Document]:
        """Read a stored state; the next step checks that page and QR text are the record's.

        Args:
            data: from :meth:`to_json`.
            types: the document types that are expected.
            profiles: profiles to look the name up in; those of the library if left out.
            fonts: what the page is set in.

        Raises:
            UsageError: these bytes are no such state.
        """
        frame = read_frame("unsealed", data)
        record, profile = read_record(frame, types, profiles)
        step, text = frame.get("step"), frame.get("qr_text")
        if step not in set(Step) or not isinstance(text, str):
            raise bad_state("step")
        return UnsealedCopy(
            step=Step(str(step)),
            record=record,
            profile=profile,
            qr_text=text,
            qr_chain=read_certificates(frame, "qr_chain"),
            pdf=from_base64(frame.get("pdf"), "pdf"),
            person_chain=read_certificates(frame, "person_chain"),
            fonts=fonts,
        )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class IssuedCopy:
    """A finished copy that was verified before it was handed out."""

    pdf: bytes
    """The signed file."""
    qr_text: str
    """The text of its symbol, for a wallet or a label printer."""
    copy_id: str
    """16 characters; the name under which the copy is known everywhere."""
    level: PadesLevel = PadesLevel.B_B
    """The level that its signatures have, and were verified at."""
    renew_before: datetime | None = None
    """When its outermost timestamp stops to prove anything (:func:`vncopy.renew`); ``None``: it has
    no timestamp of a service that was known when it was verified."""
    notices: tuple[Message, ...] = ()
    """What the issuer should know, such as that the legal font was not used."""

    def __repr__(self) -> str:
        """Return the copy id: nothing personal."""
        return f"IssuedCopy({self.copy_id})"

    def to_json(self) -> bytes:
        """Return the copy as JSON, to go on with it later (:func:`vncopy.timestamp`)."""
        return write_frame(
            "issued",
            {
                "copy_id": self.copy_id,
                "level": self.level.value,
                "notices": [{"vi": each.vi, "en": each.en} for each in self.notices],
                "pdf": to_base64(self.pdf),
                "qr_text": self.qr_text,
                "renew_before": None
                if self.renew_before is None
                else self.renew_before.astimezone(UTC).isoformat(),
            },
        )

    @classmethod
    def from_json(cls, data: bytes, /) -> IssuedCopy:
        """Read a stored copy; whoever goes on with it verifies it again.

        Args:
            data: from :meth:`to_json`.

        Raises:
            UsageError: these bytes are no such copy.
        """
        frame = read_frame("issued", data)
        text, copy_id, level = (frame.get(name) for name in ("qr_text", "copy_id", "level"))
        if not isinstance(text, str) or not isinstance(copy_id, str):
            raise bad_state("copy_id")
        if level not in set(PadesLevel):
            raise bad_state("level")
        return cls(
            pdf=from_base64(frame.get("pdf"), "pdf"),
            qr_text=text,
            copy_id=copy_id,
            level=PadesLevel(str(level)),
            renew_before=read_time(frame.get("renew_before"), "renew_before"),
            notices=read_notices(frame.get("notices")),
        )

    def qr_png(self) -> bytes:
        """Return the symbol as PNG for a screen, 8 pixels a module, black and white.

        Raises:
            MissingExtra: the extra ``issue`` is not installed.
        """
        from vncopy.pdf.symbol import make_symbol  # noqa: PLC0415 - stored copies need no engine

        return make_symbol(self.qr_text).png()


def check_law(document: Document, statement: CopyStatement, profile: LegalProfile) -> None:
    """Refuse what the law does not allow, and what lies ahead of the copy's own day.

    Raises:
        UsageError: every problem found.
    """
    problems = list(profile.problems(statement.kind, statement, document))
    if statement.issued_at is not None:
        on = statement.issued_at.date()
        found = findings(document, on=on)
        problems += [each.problem for each in found if each.level == "error"]
    if problems:
        raise UsageError(*problems)


def whole_seconds(at: object) -> datetime:
    """Return ``at`` without fractions of a second, which no carrier of a copy holds.

    Raises:
        UsageError: it is no time, has no offset, or lies in a year that no carrier or calendar holds.
    """
    if not isinstance(at, datetime) or at.utcoffset() is None:
        raise UsageError.of(
            "at",
            "time.aware",
            vi="thời điểm phải có múi giờ",
            en="the time needs an offset from UTC",
        )
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise UsageError.of(
            "at",
            "time.years",
            vi=f"thời điểm phải từ năm {FIRST_YEAR} đến {LAST_YEAR}",
            en=f"the time must be of the years {FIRST_YEAR} to {LAST_YEAR}",
        )
    return at.replace(microsecond=0)


def wrong_step(step: str) -> UsageError:
    """Return the error for a step out of order."""
    return UsageError.of(
        "copy",
        "state.order",
        vi=f"bước này không đúng thứ tự cấp bản sao ({step})",
        en=f"this step is out of the order of issuing ({step})",
    )
