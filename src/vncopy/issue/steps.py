"""The steps of issuing: prepare → sign_qr → typeset → attest → seal → timestamp.

Each takes a state and gives the next. Between two steps a state may be stored, sent to whoever
holds the next key and read again; a step therefore trusts nothing of what it is given: it makes
the page again from the record and signs only if the file is that page, byte for byte. Whoever
signs computes the digest from the file himself.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from vncopy.errors import MalformedCopy, UsageError
from vncopy.formats.base import Document, DocumentTypes, Missing
from vncopy.formats.record import CTI_BYTES, SALT_BYTES, CopyRecord, copy_id_of
from vncopy.issue.foresight import check_keys, require_trust
from vncopy.issue.own import stamp_times, verify_own
from vncopy.issue.pages import draft_page, notices, signable_page
from vncopy.issue.stamping import measured
from vncopy.issue.states import (
    Draft,
    IssuedCopy,
    Step,
    UnsealedCopy,
    check_law,
    whole_seconds,
    wrong_step,
)
from vncopy.pdf.cms import read_signatures
from vncopy.pdf.fonts import BUILTIN_FONTS, PageFonts
from vncopy.pdf.limits import DEFAULT_LIMITS
from vncopy.pdf.seal import is_signed_page, seal_field
from vncopy.pdf.signature_fields import FieldName, signature_fields
from vncopy.policy import PadesLevel
from vncopy.sign.signer import check_signer, sign_checked, signature_for_cms
from vncopy.trust import Role, kid_of
from vncopy.wire import base45, claims, cose, payload
from vncopy.wire.encode import encode

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from vncopy.facts.evidence import EvidenceSource
    from vncopy.formats.copies import CopyStatement
    from vncopy.formats.profile import LegalProfile
    from vncopy.issue.stamping import MeasuredTimestamper
    from vncopy.sign.signer import CopySigner, SignerRole
    from vncopy.sign.timestamps import Timestamper
    from vncopy.trust import TrustStore
    from vncopy.wire.encode import CarriageChoice

__all__ = ["attest", "prepare", "seal", "sign_qr", "typeset"]

D = TypeVar("D", bound=Document)


def prepare(
    document: D,
    statement: CopyStatement,
    *,
    profile: LegalProfile,
    fonts: PageFonts = BUILTIN_FONTS,
    entropy: Callable[[int], bytes] = os.urandom,
) -> Draft[D]:
    """Check a document and the statement of its copy, and make the draft to be approved.

    Args:
        document: what the original says.
        statement: what the office states; without time of issue, which ``issue`` sets.
        profile: the legal rules, from ``load_profile(day)``.
        fonts: what the page is set in; a deployer who has the legal font names its folder.
        entropy: where copy id and salt come from; only tests give another source.

    Returns:
        The draft with its page.

    Raises:
        UsageError: the law does not allow this copy (every problem is named), a character has no
            glyph in the fonts, or the type has no template.
    """
    if statement.issued_at is not None:
        raise UsageError.of(
            "statement.issued_at",
            "statement.issued_at",
            vi="bản dự thảo chưa có thời gian ký; thời gian được ghi khi cấp",
            en="a draft has no time of issue; it is set when the copy is issued",
        )
    check_law(document, statement, profile)
    record = CopyRecord(
        document=document,
        statement=statement,
        copy_id=copy_id_of(entropy(CTI_BYTES)),
        salt=entropy(SALT_BYTES),
    )
    page = draft_page(record, profile, fonts)
    return Draft(record=record, profile=profile, pdf=page, fonts=fonts)


def sign_qr(
    draft: Draft[D],
    *,
    signer: CopySigner,
    at: datetime,
    carriage: CarriageChoice = "full",
) -> UnsealedCopy[D]:
    """Set the time of issue and sign the QR text. From here on the copy id is spent.

    Args:
        draft: approved by whoever may.
        signer: the key of the QR text.
        at: the time of issue, aware; the legend, the QR text and both signatures state it.
        carriage: ``full``, ``reference``, or ``auto`` for the first of them that fits.

    Returns:
        The state to be typeset.

    Raises:
        UsageError: the time, the key, or the law at that time.
        TooLongForQR: the record does not fit; nothing was signed.
        SigningError: the key did not sign.
    """
    record = draft.record.at(whole_seconds(at))
    certificate = check_signer(signer, "qr", at=at)
    check_law(record.document, record.statement, draft.profile)
    encoded = encode(
        record,
        carriage=carriage,
        kid=kid_of(signer.chain[0]),
        sign=lambda message: sign_checked(signer, certificate, message, role="qr"),
    )
    return UnsealedCopy(
        step=Step.QR_SIGNED,
        record=record,
        profile=draft.profile,
        qr_text=encoded.text,
        qr_chain=signer.chain,
        fonts=draft.fonts,
    )


def typeset(copy: UnsealedCopy[D], /) -> UnsealedCopy[D]:
    """Make the page with its symbol, attachments and empty signature fields.

    Args:
        copy: after :func:`sign_qr`.

    Returns:
        The state to be attested, or sealed where the kind has no person.

    Raises:
        UsageError: the state is another, or its QR text is not the record's.
        SigningError: the symbol does not read back.
    """
    _require(copy, Step.QR_SIGNED)
    return replace(copy, step=Step.TYPESET, pdf=_page(copy))


def typeset_unchecked(copy: UnsealedCopy[D]) -> UnsealedCopy[D]:
    """Set the page as :func:`typeset` does, for a state that never left the process."""
    message = base45.decode(copy.qr_text.removeprefix(cose.PREFIX))
    page = signable_page(
        copy.record, copy.profile, copy.fonts, qr_text=copy.qr_text, message=message
    )
    return replace(copy, step=Step.TYPESET, pdf=page)


def attest(
    copy: UnsealedCopy[D],
    /,
    *,
    signer: CopySigner,
    tsa: Timestamper | None = None,
    trust: TrustStore | None = None,
    evidence: EvidenceSource | None = None,
    now: datetime | None = None,
) -> UnsealedCopy[D]:
    """Let the competent person sign; his signature certifies the file.

    Args:
        copy: after :func:`typeset`.
        signer: the person's key.
        tsa: stamps the signature (B-T); give it here if it is given to :func:`seal`.
        trust: what receivers trust; the key is held against it before it signs.
        evidence: where to ask whether the certificate was revoked; needs ``trust``.
        now: the time of this step where ``evidence`` is asked without ``tsa``, whose clock says it.

    Returns:
        The state to be sealed.

    Raises:
        UsageError: the state is another, the file is not the record's page, the kind has no
            person, or the key is unfit.
        SigningError: the certificate may not sign, or the key or the service did not.
    """
    _require(copy, Step.TYPESET)
    if copy.pdf != _page(copy):
        raise _not_its_page()
    stamper = None if tsa is None else measured(tsa)
    chains = {Role.PERSON: signer.chain}
    _check_keys(copy, chains, stamper, trust=trust, evidence=evidence, now=now)
    return attest_unchecked(copy, signer=signer, tsa=stamper)


def seal(
    copy: UnsealedCopy[D],
    /,
    *,
    signer: CopySigner,
    trust: TrustStore | None = None,
    tsa: Timestamper | None = None,
    evidence: EvidenceSource | None = None,
    now: datetime | None = None,
) -> IssuedCopy:
    """Let the agency seal, and verify the finished copy before it is handed out.

    Args:
        copy: after :func:`attest`, or after :func:`typeset` where the kind has no person.
        signer: the agency's key.
        trust: what receivers trust; the certificates found in the copy itself if left out.
        tsa: stamps the seal; the copy is of level B-T if the person's signature was stamped too.
        evidence: where to ask whether the certificate was revoked; needs ``trust``.
        now: the time of this step where ``evidence`` is asked without ``tsa``, whose clock says it.

    Returns:
        The finished copy, of level B-T or B-B; :func:`timestamp` raises it.

    Raises:
        UsageError: the state is another, the file does not begin with the record's page, or the
            key is unfit.
        SigningError: the certificate may not sign, the key or the service did not, or the result
            does not verify.
    """
    page = _page(copy)
    if copy.pdf != page and not is_signed_page(copy.pdf, page):
        raise _not_its_page()
    stamper = None if tsa is None else measured(tsa)
    chains = {Role.SEAL: signer.chain}
    _check_keys(copy, chains, stamper, trust=trust, evidence=evidence, now=now)
    finished = seal_unchecked(copy, signer=signer, tsa=stamper)
    signatures = read_signatures(finished.pdf, DEFAULT_LIMITS, diff=False).signatures
    if not all(each.timestamps for each in signatures):
        finished = replace(finished, level=PadesLevel.B_B)
    return verify_own(
        finished, copy, seal_chain=signer.chain, trust=trust, stamped=stamp_times(signatures)
    )


def attest_unchecked(
    copy: UnsealedCopy[D], *, signer: CopySigner, tsa: MeasuredTimestamper | None = None
) -> UnsealedCopy[D]:
    """Sign as :func:`attest` does, for a state that never left the process."""
    if isinstance(copy.record.statement.certifier, Missing):
        raise wrong_step("attest")
    signed = _sign_field(copy, FieldName.PERSON, signer, role="person", tsa=tsa)
    return replace(copy, step=Step.ATTESTED, pdf=signed, person_chain=signer.chain)


def seal_unchecked(
    copy: UnsealedCopy[Any], *, signer: CopySigner, tsa: MeasuredTimestamper | None = None
) -> IssuedCopy:
    """Sign as :func:`seal` does, for a state that never left the process; verifies nothing."""
    alone = isinstance(copy.record.statement.certifier, Missing)
    _require(copy, Step.TYPESET if alone else Step.ATTESTED)
    pdf = _sign_field(copy, FieldName.SEAL, signer, role="seal", tsa=tsa)
    return IssuedCopy(
        pdf=pdf,
        qr_text=copy.qr_text,
        copy_id=copy.copy_id,
        level=PadesLevel.B_B if tsa is None else PadesLevel.B_T,
        notices=notices(copy.profile, copy.fonts),
    )


def _check_keys(
    copy: UnsealedCopy[Any],
    chains: dict[Role, tuple[bytes, ...]],
    tsa: MeasuredTimestamper | None,
    *,
    trust: TrustStore | None,
    evidence: EvidenceSource | None,
    now: datetime | None,
) -> None:
    """Hold a key and the timestamping service against what receivers trust, before it signs."""
    require_trust(trust, evidence)
    at = copy.record.statement.issued_at
    if trust is None or at is None:
        return
    if tsa is not None:
        chains = {**chains, Role.TSA: tsa.certificates}
        now = tsa.time if now is None else now
    check_keys(copy.record, chains, trust=trust, at=at, now=now, evidence=evidence)


def _sign_field(
    copy: UnsealedCopy[Any],
    name: FieldName,
    signer: CopySigner,
    *,
    role: SignerRole,
    tsa: MeasuredTimestamper | None,
) -> bytes:
    """Sign one of the copy's fields at the copy's time."""
    at = copy.record.statement.issued_at
    if at is None:
        raise wrong_step(name.value)
    certificate = check_signer(signer, role, at=at)
    (field,) = (f for f in signature_fields(copy.record.statement) if f.name is name)

    def sign(message: bytes) -> bytes:
        signature = sign_checked(signer, certificate, message, role=role)
        return signature_for_cms(signer.algorithm, signature)

    return seal_field(
        copy.pdf,
        field=field.name.value,
        chain=signer.chain,
        sign=sign,
        locks=[lock.value for lock in field.locks],
        certify=field.certifies,
        at=at,
        timestamp=None if tsa is None else tsa.source,
    )


def _page(copy: UnsealedCopy[Any]) -> bytes:
    """Return the page that the copy's record and QR text must have."""
    message = _message_of(copy)
    return signable_page(
        copy.record, copy.profile, copy.fonts, qr_text=copy.qr_text, message=message
    )


def _message_of(copy: UnsealedCopy[Any]) -> bytes:
    """Return the COSE bytes of the copy's QR text, having compared it with the record.

    Raises:
        UsageError: the text is malformed or says something else than the record.
    """
    kind = type(copy.record.document)
    try:
        parts = cose.parse_message(copy.qr_text)
        signed = claims.unpack(parts.payload)
        carriage = payload.restore(signed, DocumentTypes(kind)).carriage
        body = payload.project(copy.record, carriage)
    except MalformedCopy as error:
        raise _not_its_page() from error
    statement = copy.record.statement
    time = None if statement.issued_at is None else int(statement.issued_at.timestamp())
    stated = (statement.authority.agency_code, time, copy.record.cti, body)
    if (signed.issuer, signed.issued_at, signed.cti, signed.body) != stated:
        raise _not_its_page()
    return base45.decode(copy.qr_text.removeprefix(cose.PREFIX))


def _require(copy: UnsealedCopy[Any], step: Step) -> None:
    """Refuse a state of another step."""
    if copy.step is not step:
        raise wrong_step(step.value)


def _not_its_page() -> UsageError:
    """Return the error for a state whose parts do not belong together."""
    return UsageError.of(
        "copy",
        "state.changed",
        vi="tệp hoặc mã QR không phải là của bản ghi này; không ký",
        en="file or QR text are not those of this record; nothing is signed",
    )
