"""From a signed file to one that lasts: validation data, then an archive timestamp over it.

The order of evidence is what makes it hold. Every signature has its own timestamp. Then whatever
judges signatures and timestamps is gathered, after they were made, so that none of it is older.
Then a document timestamp covers all of it, and is renewed before its own authority ends.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vncopy.errors import MalformedCopy, Message, Problem, UsageError
from vncopy.formats.types import BUILTIN_TYPES
from vncopy.issue.evidence import find_path, gather_evidence
from vncopy.issue.own import stamp_times, verify_at_level
from vncopy.issue.refusals import refused
from vncopy.issue.stamping import check_means, measured
from vncopy.issue.states import whole_seconds, wrong_step
from vncopy.pdf.archive import add_document_timestamp
from vncopy.pdf.cms import read_signatures
from vncopy.pdf.limits import DEFAULT_LIMITS
from vncopy.pdf.validation_data import add_validation_data
from vncopy.policy import PadesLevel
from vncopy.reasons import Reason
from vncopy.trust import Role, TrustStore
from vncopy.wire import cose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from vncopy.facts.evidence import EvidenceSource
    from vncopy.facts.pdf import SignatureFacts
    from vncopy.formats.base import DocumentTypes
    from vncopy.issue.stamping import MeasuredTimestamper
    from vncopy.issue.states import IssuedCopy
    from vncopy.sign.timestamps import Timestamper
    from vncopy.sign.tokens import Token

__all__ = ["lengthen", "timestamp", "wanted_level"]


def wanted_level(level: object, *, tsa: object, evidence: object, trust: object) -> PadesLevel:
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
        if value is not None:
            check_means(name, value, method)
    if not isinstance(level, PadesLevel | None):
        raise _no_value("level", "PadesLevel")
    if not isinstance(trust, TrustStore | None):
        raise _no_value("trust", "TrustStore")
    if level is None:
        if tsa is None:
            return PadesLevel.B_B
        level = PadesLevel.B_T if evidence is None else PadesLevel.B_LTA
    needs = {
        "tsa": (tsa, PadesLevel.B_T),
        "evidence": (evidence, PadesLevel.B_LT),
        "trust": (trust, PadesLevel.B_LT),
    }
    said = Message(
        f"cấp độ {level.value} cần tham số này", f"level {level.value} needs this argument"
    )
    missing = [
        Problem(field=name, rule="issue.level", message=said)
        for name, (means, first) in needs.items()
        if means is None and level.reaches(first)
    ]
    if missing:
        raise UsageError(*missing)
    return level


def _no_value(name: str, kind: str) -> UsageError:
    """Return the error for an argument of another type, such as a name or a folder."""
    return UsageError.of(name, f"issue.{name}", vi=f"phải là một {kind}", en=f"must be a {kind}")


def _qr_certificate(qr_text: str, trust: TrustStore) -> tuple[Role, Sequence[bytes]]:
    """Return the certificate of the key that signed a QR text, which only names it.

    Raises:
        SigningError: nobody knows the key.
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
    return Role.QR, (known[0][1].certificate,)


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
    tokens: list[Token] = []
    service = measured(tsa, at=moment).noting(tokens.append)
    signatures = read_signatures(copy.pdf, DEFAULT_LIMITS, diff=False).signatures
    now = max([moment, *stamp_times(signatures)])
    raised = lengthen(
        copy,
        level,
        [*_certificates(signatures, trust), _qr_certificate(copy.qr_text, trust)],
        tsa=service,
        trust=trust,
        evidence=evidence,
        at=now,
    )
    now = max([now, *(each.time for each in tokens)])
    # In which fonts the page is set is not known here any more; it was read when it was sealed.
    return verify_at_level(
        raised, expect=types, trust=trust, at=moment, now=now, level=level, own_fonts=True
    )


def lengthen(
    copy: IssuedCopy,
    level: PadesLevel,
    signers: Iterable[tuple[Role, Sequence[bytes]]],
    *,
    tsa: MeasuredTimestamper,
    trust: TrustStore,
    evidence: EvidenceSource,
    at: datetime,
) -> IssuedCopy:
    """Add what judges the signatures of a copy, and for B-LTA an archive timestamp over it.

    Args:
        copy: a copy whose signatures have timestamps.
        level: B-LT or B-LTA.
        signers: whoever signed or stamped: the role, and the certificates, their own first.
        tsa: the timestamping service.
        trust: what receivers trust.
        evidence: where revocation evidence comes from.
        at: the time of the last timestamp, or later.

    Returns:
        The copy with one or two more revisions; verifies nothing.

    Raises:
        SigningError: a path, evidence or a timestamp cannot be had.
    """
    everybody = [*signers, (Role.TSA, tsa.certificates)]
    paths = dict.fromkeys(find_path(*each, trust=trust, at=at) for each in everybody)
    pdf = add_validation_data(copy.pdf, gather_evidence(paths, evidence, trust=trust, at=at))
    if level is PadesLevel.B_LTA:
        pdf = add_document_timestamp(pdf, tsa.source)
    return replace(copy, pdf=pdf, level=level)


def _certificates(
    signatures: Iterable[SignatureFacts], trust: TrustStore
) -> Iterator[tuple[Role, Sequence[bytes]]]:
    """Yield the certificates of all signers and timestamping services of a file."""
    for each in signatures:
        if each.certificates:
            yield _role(each, trust), each.certificates
        for stamp in each.timestamps:
            yield Role.TSA, stamp.certificates


def _role(signature: SignatureFacts, trust: TrustStore) -> Role:
    """Return the role in which a signature's certificate is known, the seal if it is not."""
    known = [entry.role for _office, entry in trust.entries_of(signature.certificates[0])]
    return Role.PERSON if known and Role.SEAL not in known else Role.SEAL
