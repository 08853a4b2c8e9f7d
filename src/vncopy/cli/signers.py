"""How each signature of a file is explained to people, in Vietnamese or English."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from vncopy.cli.words import WORDS
from vncopy.errors import Message
from vncopy.formats.copies import VIETNAM_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from vncopy.errors import Language
    from vncopy.report import EvidenceReport, SignerReport

__all__ = ["signer_lines"]

_BY: Final = {
    "signature": Message("dấu thời gian của chữ ký", "timestamp of the signature"),
    "document": Message("dấu thời gian của tệp", "timestamp of the file"),
}
_BEFORE: Final = Message("cũ hơn thời điểm ký {age}", "{age} older than the signature")
_AFTER: Final = Message("mới hơn thời điểm ký {age}", "{age} newer than the signature")
_UNITS: Final = (
    (timedelta(days=1), Message("ngày", "d")),
    (timedelta(hours=1), Message("giờ", "h")),
    (timedelta(minutes=1), Message("phút", "min")),
)


def signer_lines(signer: SignerReport, language: Language) -> Iterator[str]:
    """Yield lines about one signature: whose, its level, who vouches, its time, what is wrong.

    Args:
        signer: the row of the report.
        language: of the words.
    """
    words = WORDS[language]
    whose = words.get(signer.role or "", words["stranger"])
    outcome = "; ".join(reason.text(language) for reason in signer.reasons) or words["valid"]
    vouched = signer.vouched_by or words["none"]
    level = signer.level.value if signer.level else "–"
    vouch = words["vouched_by"].lower()
    yield f"{words['signature']} {whose}: {outcome} ({level}; {vouch}: {vouched})"
    for label, value in _details(signer, language):
        yield f"    {words[label]}: {value}"


def _details(signer: SignerReport, language: Language) -> Iterator[tuple[str, str]]:
    """Yield label and text of what else is known of a signature."""
    subject = signer.subject
    if subject is not None:
        names = dict.fromkeys((subject.name, subject.position, subject.organisation))
        yield "signed_by", ", ".join(name for name in names if name)
    if signer.office is not None:
        yield "office", f"{signer.office_name or '?'} ({signer.office})"
    if signer.claimed_at is not None:
        yield "claimed_at", _time(signer.claimed_at)
    for stamp in signer.proven_by:
        kind = _BY[stamp.kind].text(language)
        yield "proven_at", f"{_time(stamp.time)} ({kind}, {stamp.authority})"
    if signer.evidence:
        yield "revocation_evidence", _evidence(signer.evidence, language)
    if signer.renew_before is not None:
        yield "renew_before", _time(signer.renew_before)


def _evidence(pieces: tuple[EvidenceReport, ...], language: Language) -> str:
    """Return what evidence there is, and how old the oldest is."""
    kinds = {each.sha256: each.kind.upper() for each in pieces}
    counted = [
        f"{list(kinds.values()).count(kind)} {kind}" for kind in dict.fromkeys(kinds.values())
    ]
    oldest = max(each.age for each in pieces)
    words = _BEFORE if oldest > timedelta(0) else _AFTER
    age = words.text(language).format(age=_age(abs(oldest), language))
    return f"{', '.join(counted)}; {age}"


def _age(age: timedelta, language: Language) -> str:
    """Return an age in its largest unit."""
    for unit, name in _UNITS:
        if age >= unit:
            return f"{age // unit} {name.text(language)}"
    return f"0 {_UNITS[-1][1].text(language)}"


def _time(time: datetime) -> str:
    """Return a time as people in Vietnam read it."""
    return time.astimezone(VIETNAM_TIME).isoformat(sep=" ", timespec="seconds")
