"""How each signature of a file is explained to people, in Vietnamese or English."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from vncopy.cli.words import WORDS
from vncopy.errors import Message
from vncopy.formats.copies import VIETNAM_TIME
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from vncopy.errors import Language
    from vncopy.report import EvidenceReport, SignerReport

__all__ = ["age_text", "signer_details", "signer_lines", "signer_outcome", "signer_title"]

_BY: Final = {
    "signature": Message("dấu thời gian của chữ ký", "timestamp of the signature"),
    "document": Message("dấu thời gian của tệp", "timestamp of the file"),
}
_BEFORE: Final = Message("lập trước thời điểm xét {age}", "made {age} before the relevant time")
_AFTER: Final = Message("lập sau thời điểm xét {age}", "made {age} after the relevant time")
_SAME: Final = Message("lập đúng thời điểm xét", "made at the relevant time")
_UNITS: Final = (
    (timedelta(days=1), Message("ngày", "d")),
    (timedelta(hours=1), Message("giờ", "h")),
    (timedelta(minutes=1), Message("phút", "min")),
)


def signer_lines(signer: SignerReport, language: Language, number: int) -> Iterator[str]:
    """Yield lines about one signature: whose, its level, who vouches, its time, what is wrong.

    Args:
        signer: the row of the report.
        language: of the words.
        number: its number in the file, the first is 1: details of checks name it so.
    """
    words = WORDS[language]
    vouched = signer.vouched_by or words["none"]
    vouch = f"{words['vouched_by'].lower()}: {vouched}"
    if signer.kind == "signature":  # timestamps have no level of their own
        vouch = f"{signer.level.value if signer.level else '–'}; {vouch}"
    yield f"{number}. {signer_title(signer, language)}: {signer_outcome(signer, language)} ({vouch})"
    for label, value in signer_details(signer, language):
        yield f"    {words[label]}: {value}"


def signer_title(signer: SignerReport, language: Language) -> str:
    """Return whose signature it is."""
    words = WORDS[language]
    if signer.kind == "timestamp":
        whose = "stamped_file" if signer.role == "tsa" else "strange_service"
        return f"{words['timestamp']} {words[whose]}"
    return f"{words['signature']} {words.get(signer.role or '', words['stranger'])}"


def signer_outcome(signer: SignerReport, language: Language) -> str:
    """Return what speaks against a signature, or that nothing does."""
    # What did not run follows from another reason; it is told only where that one is not.
    told = [each for each in signer.reasons if each is not Reason.NOT_RUN] or signer.reasons
    against = "; ".join(each.text(language) for each in told)
    return against or WORDS[language]["valid"]


def signer_details(signer: SignerReport, language: Language) -> Iterator[tuple[str, str]]:
    """Yield the name of a label and the text of what else is known of a signature."""
    subject = signer.subject
    if subject is not None:
        names = dict.fromkeys((subject.name, subject.position, subject.organisation))
        yield "signed_by", ", ".join(name for name in names if name)
    if signer.office is not None:
        yield "office", f"{signer.office_name or '?'} ({signer.office})"
    if signer.claimed_at is not None:
        label = "signed_at" if signer.kind == "signature" else "stamped_at"
        yield label, _time(signer.claimed_at)
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
    return f"{', '.join(counted)}; {age_text(max(each.age for each in pieces), language)}"


def age_text(age: timedelta, language: Language) -> str:
    """Return how much older or newer evidence is, in the largest unit."""
    for unit, name in _UNITS:
        if abs(age) >= unit:
            words = _BEFORE if age > timedelta(0) else _AFTER
            return words.text(language).format(age=f"{abs(age) // unit} {name.text(language)}")
    return _SAME.text(language)


def _time(time: datetime) -> str:
    """Return a time as people in Vietnam read it."""
    return time.astimezone(VIETNAM_TIME).isoformat(sep=" ", timespec="seconds")
