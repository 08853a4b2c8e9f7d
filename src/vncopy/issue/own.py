"""An issuer checks his own result with the code that receivers use, before he hands it out.

Where the caller gives what receivers trust, the copy must be VALID for them. Otherwise the
signers' own certificates stand in: then everything about the copy itself is checked, while what
only a trust folder knows (who the offices are, which registers they hold) stays open.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from cryptography import x509

from vncopy.errors import Message, SigningError
from vncopy.formats.base import DocumentTypes
from vncopy.formats.copies import VIETNAM_TIME
from vncopy.formats.profile_checks import record_holder
from vncopy.formats.profile_parts import family
from vncopy.issue.stamping import check_clock
from vncopy.pdf.face_table import own_font_table
from vncopy.pdf.fonts import BUILTIN_FONTS
from vncopy.policy import CheckId, PadesLevel, VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import Verdict
from vncopy.trust import (
    CertificateEntry,
    OfficeEntry,
    OfficeName,
    Role,
    Scope,
    TrustAnchor,
    TrustStore,
)
from vncopy.verify.pdf import verify_pdf
from vncopy.verify.qr import verify_qr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from vncopy.facts.pdf import SignatureFacts
    from vncopy.issue.states import IssuedCopy, UnsealedCopy
    from vncopy.report import SignatureReport, VerificationReport

__all__ = ["own_trust", "policy_of", "renewal_time", "stamp_times", "verify_at_level", "verify_own"]

OPEN: Final = frozenset({CheckId.PATH, CheckId.SIGNER_PATHS, CheckId.KIND_OFFICE})
"""Checks that may stay undetermined where no trust folder was given; none may fail."""


def verify_own(
    finished: IssuedCopy,
    copy: UnsealedCopy[Any],
    *,
    seal_chain: tuple[bytes, ...],
    trust: TrustStore | None,
    stamped: Sequence[datetime],
) -> IssuedCopy:
    """Verify a finished copy: its text alone, then the whole file at its level.

    Without a trust folder nobody knows the timestamping service: the file is then verified as far
    as its own signatures go.

    Args:
        finished: the copy.
        copy: the state that was sealed; its record is what the copy must say.
        seal_chain: certificates of the agency's key, DER, its own first.
        trust: what receivers trust, if the caller gave it.
        stamped: the times of its timestamps: a file is judged when its last one exists.

    Returns:
        The copy, with the time before which it has to be renewed.

    Raises:
        SigningError: it does not verify, with the first check that failed.
    """
    at = copy.record.statement.issued_at
    if at is None:  # pragma: no cover - a sealed copy has its time
        msg = "a sealed copy has its time"
        raise ValueError(msg)
    given = own_trust(copy, seal_chain, at=at) if trust is None else trust
    # Receivers may lack the table of a deployer's font; the issuer has the font, and looks.
    table = None if copy.fonts == BUILTIN_FONTS else own_font_table(copy.fonts)
    if table is not None:
        given = replace(given, fonts=(*given.fonts, table))
    expect = DocumentTypes(type(copy.record.document))
    level = PadesLevel.B_B if trust is None else finished.level
    return verify_at_level(
        finished,
        expect=expect,
        trust=given,
        at=at,
        now=max([at, *stamped]),
        level=level,
        strict=trust is not None,
        own_fonts=copy.fonts != BUILTIN_FONTS and table is None,
    )


def verify_at_level(
    finished: IssuedCopy,
    *,
    expect: DocumentTypes,
    trust: TrustStore,
    at: datetime,
    now: datetime,
    level: PadesLevel,
    strict: bool = True,
    own_fonts: bool = False,
) -> IssuedCopy:
    """Verify a finished copy at a level, without any evidence but its own.

    Args:
        finished: the copy.
        expect: the types that it may be of.
        trust: what receivers trust.
        at: the time of issue.
        now: the same, or the time of its last timestamp if that is later.
        level: the level that it must reach.
        strict: whether the trust store is one that receivers have, so that nothing may stay open.
        own_fonts: the page is set in fonts of the deployer's own whose outlines are not known here: that
            its text cannot be read by its shapes is then no mistake of the issuer.

    Returns:
        The copy, with the time before which it has to be renewed.

    Raises:
        SigningError: it does not verify, with the first check that failed, or its last timestamp
            lies in the future.
    """
    check_clock(now, at)  # a service that has gone wrong since it was measured
    text = verify_qr(
        finished.qr_text,
        trust=trust,
        at=at,
        policy=VerificationPolicy.offline_basic(),
        expect=expect,
    )
    _accept(text, finished.copy_id, strict=strict)
    file = verify_pdf(finished.pdf, trust=trust, at=now, policy=policy_of(level), expect=expect)
    _accept(file, finished.copy_id, strict=strict, own_fonts=own_fonts)
    return replace(finished, renew_before=renewal_time(file))


def renewal_time(report: VerificationReport[Any] | SignatureReport) -> datetime | None:
    """Return when the first signature of a file loses the last timestamp that proves it.

    Args:
        report: on the file.
    """
    times = [each.renew_before for each in report.signatures if each.role != Role.TSA.value]
    return min((each for each in times if each is not None), default=None)


def policy_of(level: PadesLevel) -> VerificationPolicy:
    """Return what an issuer asks of his own copy: whatever the level promises.

    Args:
        level: the level that it was made at.
    """
    basic = VerificationPolicy.offline_basic()
    if level.reaches(PadesLevel.B_LT):
        return VerificationPolicy.long_term(level=level)
    if level is PadesLevel.B_T:
        return replace(basic, waived=basic.waived - {CheckId.TRUSTED_TIME}, level=level)
    return basic


def stamp_times(signatures: Iterable[SignatureFacts]) -> list[datetime]:
    """Return the times of all timestamps of a file, as far as they can be read.

    Args:
        signatures: of the file.
    """
    times = []
    for each in signatures:
        times += [stamp.time for stamp in each.timestamps]
        times += [each.claimed_at] if each.kind == "timestamp" else []
    return [each for each in times if each is not None]


def own_trust(
    copy: UnsealedCopy[Any], seal_chain: tuple[bytes, ...], *, at: datetime
) -> TrustStore:
    """Return a trust store that knows nothing but the signers of one copy.

    The office is taken for one of a kind that may issue the copy, and for holder of the record.

    Args:
        copy: the state that was sealed, with the chains of its signers.
        seal_chain: certificates of the agency's key.
        at: time of issue.
    """
    record, statement = copy.record, copy.record.statement
    chains = {Role.QR: copy.qr_chain, Role.SEAL: seal_chain}
    if copy.person_chain:
        chains[Role.PERSON] = copy.person_chain
    scope = Scope(types=frozenset({record.format_id}), kinds=frozenset({statement.kind.value}))
    entries = tuple(
        CertificateEntry(
            certificate=chain[0],
            role=role,
            signs_from=x509.load_der_x509_certificate(chain[0]).not_valid_before_utc,
            scopes=(scope,),
        )
        for role, chain in chains.items()
    )
    kinds = copy.profile.rule(statement.kind).offices_for(record.format_id)
    office = OfficeEntry(
        agency_code=str(statement.authority.agency_code),
        names=(
            OfficeName(
                name=str(statement.authority.name), since=at.astimezone(VIETNAM_TIME).date()
            ),
        ),
        kind=kinds[0].value if kinds else "other",
        registers=frozenset({family(record.format_id)}),
        certificates=entries,
    )
    offices = (office, *_predecessor(copy, office))
    tops = dict.fromkeys(chain[-1] for chain in chains.values())
    others = dict.fromkeys(der for chain in chains.values() for der in chain[1:])
    return TrustStore(
        anchors=tuple(
            TrustAnchor(name=f"own-{number}", certificate=der) for number, der in enumerate(tops)
        ),
        offices=offices,
        intermediates=tuple(others),
    )


def _predecessor(copy: UnsealedCopy[Any], office: OfficeEntry) -> tuple[OfficeEntry, ...]:
    """Return the other office that the document names as holder, as one that was taken over."""
    holder = record_holder(copy.record.document)
    if holder is None or holder.agency_code is None:
        return ()
    code = str(holder.agency_code)
    if code == office.agency_code:
        return ()
    former = OfficeEntry(
        agency_code=code, names=office.names, kind="other", successor=office.agency_code
    )
    return (former,)


def _accept(
    report: VerificationReport[Any], copy_id: str, *, strict: bool, own_fonts: bool = False
) -> None:
    """Refuse a report that is not good enough.

    Raises:
        SigningError: naming the first check that failed and its reason.
    """
    if report.verdict is Verdict.VALID:
        return
    waived = report.policy.waived | (frozenset() if strict else OPEN)
    for check in report.checks:
        good = check.verdict is Verdict.VALID
        open_ = check.verdict is Verdict.UNDETERMINED and check.id in waived
        unread = own_fonts and check.reason is Reason.FONT_UNKNOWN
        if not (good or open_ or unread):
            raise _not_verified(check.id, check.reason, copy_id)


def _not_verified(check: CheckId, reason: object, copy_id: str) -> SigningError:
    """Return the error for a result that does not verify."""
    code = f"{check.value}: {getattr(reason, 'value', reason)}"
    return SigningError(
        Message(
            f"bản sao vừa tạo không qua được kiểm tra ({code}); không giao, hãy hủy mã bản sao",
            f"the copy just made does not verify ({code}); it is not handed out, void its id",
        ),
        copy_id=copy_id,
    )
