"""From a signed file to one that lasts: validation data, then an archive timestamp over it.

The order of evidence is what makes it hold. Every signature has its own timestamp. Then whatever
judges signatures and timestamps is gathered, after they were made, so that none of it is older.
Then a document timestamp covers all of it, and is renewed before its own authority ends.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vncopy.errors import MalformedCopy, UsageError
from vncopy.formats.types import BUILTIN_TYPES
from vncopy.issue.evidence import SignerPath, find_path, gather_evidence
from vncopy.issue.own import latest_time, verify_at_level
from vncopy.issue.refusals import refused
from vncopy.issue.stamping import measured
from vncopy.issue.states import whole_seconds, wrong_step
from vncopy.pdf.archive import add_document_timestamp
from vncopy.pdf.cms import read_signatures
from vncopy.pdf.limits import DEFAULT_LIMITS
from vncopy.pdf.validation_data import add_validation_data
from vncopy.policy import PadesLevel
from vncopy.reasons import Reason
from vncopy.trust import Role
from vncopy.wire import cose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from vncopy.facts.evidence import EvidenceSource
    from vncopy.facts.pdf import SignatureFacts
    from vncopy.formats.base import DocumentTypes
    from vncopy.issue.stamping import MeasuredTimestamper
    from vncopy.issue.states import IssuedCopy
    from vncopy.sign.timestamps import Timestamper
    from vncopy.trust import TrustStore

__all__ = ["lengthen", "lengthened", "timestamp", "wanted_level"]


def wanted_level(
    level: PadesLevel | None, *, tsa: object, evidence: object, trust: object
) -> PadesLevel:
    """Return the level that is asked for, having checked that the means to it are there.

    Args:
        level: as the caller says; ``None``: what his means allow.
        tsa: a timestamping service, or ``None``.
        evidence: a source of revocation evidence, or ``None``.
        trust: what receivers trust, or ``None``.

    Raises:
        UsageError: a means is missing or is none.
    """
    for name, value, method in (("tsa", tsa, "timestamp"), ("evidence", evidence, "gather")):
        if value is not None and not callable(getattr(value, method, None)):
            raise UsageError.of(
                name,
                f"issue.{name}",
                vi=f"đối tượng phải có phương thức {method}()",
                en=f"must be an object with the method {method}()",
            )
    if level is None:
        if tsa is None:
            return PadesLevel.B_B
        level = PadesLevel.B_T if evidence is None else PadesLevel.B_LTA
    needs = {
        "tsa": (tsa, PadesLevel.B_T),
        "evidence": (evidence, PadesLevel.B_LT),
        "trust": (trust, PadesLevel.B_LT),
    }
    for name, (means, first) in needs.items():
        if means is None and level.reaches(first):
            raise UsageError.of(
                name,
                "issue.level",
                vi=f"mức {level.value} cần tham số này",
                en=f"level {level.value} needs this argument",
            )
    return level


def _qr_path(qr_text: str, *, trust: TrustStore, at: datetime) -> SignerPath:
    """Return the path of the key that signed a QR text.

    Args:
        qr_text: the text.
        trust: what receivers trust; it holds the certificate, the text only names it.
        at: the time for which the path must be valid.

    Raises:
        SigningError: the key is unknown or has no path.
        UsageError: this is no QR text of a copy.
    """
    try:
        kid = cose.parse_message(qr_text).kid
    except MalformedCopy as error:
        raise UsageError.of(
            "copy",
            "state.changed",
            vi="mã QR không phải của một bản sao",
            en="the QR text is not that of a copy",
        ) from error
    known = trust.candidates(kid, Role.QR)
    if not known:
        raise refused(Role.QR, Reason.UNKNOWN_KEY)
    return find_path(Role.QR, (known[0][1].certificate,), trust=trust, at=at)


def timestamp(
    copy: IssuedCopy,
    /,
    *,
    tsa: Timestamper,
    trust: TrustStore,
    evidence: EvidenceSource,
    at: datetime,
    level: PadesLevel = PadesLevel.B_LTA,
    types: DocumentTypes = BUILTIN_TYPES,
) -> IssuedCopy:
    """Add what judges the signatures of a copy, and an archive timestamp over it.

    The copy is valid without it, so that a service that is down costs nothing but a second try.

    Args:
        copy: after :func:`seal` with ``tsa``.
        tsa: the timestamping service.
        trust: what receivers trust.
        evidence: where revocation evidence comes from.
        at: the time, aware.
        level: ``B_LT`` or ``B_LTA``.
        types: the document types that it may be of.

    Returns:
        The copy at that level, verified.

    Raises:
        UsageError: the copy is not of level B-T, or no such level is asked for.
        SigningError: evidence or timestamp cannot be had, or the result does not verify.
    """
    if copy.level is not PadesLevel.B_T or not level.reaches(PadesLevel.B_LT):
        raise wrong_step("timestamp")
    moment = whole_seconds(at)
    raised = lengthened(copy, level, tsa=measured(tsa), trust=trust, evidence=evidence, at=moment)
    return verify_at_level(raised, expect=types, trust=trust, at=moment, level=level)


def lengthened(
    copy: IssuedCopy,
    level: PadesLevel,
    *,
    tsa: MeasuredTimestamper,
    trust: TrustStore,
    evidence: EvidenceSource,
    at: datetime,
) -> IssuedCopy:
    """Return a copy with validation data as :func:`timestamp` does; verifies nothing."""
    pdf = lengthen(
        copy.pdf,
        [_qr_path(copy.qr_text, trust=trust, at=at)],
        tsa=tsa,
        trust=trust,
        evidence=evidence,
        at=at,
        archive=level is PadesLevel.B_LTA,
    )
    return replace(copy, pdf=pdf, level=level)


def lengthen(
    pdf: bytes,
    others: Iterable[SignerPath],
    *,
    tsa: MeasuredTimestamper,
    trust: TrustStore,
    evidence: EvidenceSource,
    at: datetime,
    archive: bool,
) -> bytes:
    """Add what judges the signatures of a file, and an archive timestamp over it.

    Args:
        pdf: a file that was just signed and timestamped.
        others: paths of signers outside of the file, such as that of the QR text.
        tsa: the timestamping service.
        trust: what receivers trust.
        evidence: where revocation evidence comes from.
        at: the time at which the file was signed, or later.
        archive: whether an archive timestamp follows (B-LTA) or not (B-LT).

    Returns:
        The file with one or two more revisions.

    Raises:
        SigningError: a path, evidence or a timestamp cannot be had.
    """
    signatures = read_signatures(pdf, DEFAULT_LIMITS, diff=False).signatures
    now = max(at, latest_time(signatures, at))
    paths = [
        *_paths(signatures, trust=trust, at=now),
        *others,
        find_path(Role.TSA, tsa.certificates, trust=trust, at=now),
    ]
    made = add_validation_data(pdf, gather_evidence(paths, evidence, trust=trust, at=now))
    return add_document_timestamp(made, tsa.source) if archive else made


def _paths(
    signatures: Iterable[SignatureFacts], *, trust: TrustStore, at: datetime
) -> list[SignerPath]:
    """Return the paths of all signers and timestamping services of a file.

    Raises:
        SigningError: one has none.
    """
    found = []
    for each in signatures:
        if each.kind == "timestamp":
            found.append(find_path(Role.TSA, each.certificates, trust=trust, at=at))
        else:
            role = _role(each, trust)
            found.append(find_path(role, each.certificates, trust=trust, at=at))
            found += [
                find_path(Role.TSA, stamp.certificates, trust=trust, at=at)
                for stamp in each.timestamps
            ]
    return found


def _role(signature: SignatureFacts, trust: TrustStore) -> Role:
    """Return the role in which a signature's certificate is known, the seal if it is not."""
    known = [entry.role for _office, entry in trust.entries_of(signature.certificates[0])]
    return Role.PERSON if known and Role.SEAL not in known else Role.SEAL
