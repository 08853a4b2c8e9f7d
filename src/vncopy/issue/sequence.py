"""``issue``: all steps in one guarded sequence."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from vncopy.errors import Message, SigningError, UsageError, VncopyError
from vncopy.formats.base import Document, Missing
from vncopy.issue.foresight import check_keys, require_trust
from vncopy.issue.lasting import lengthen, wanted_level
from vncopy.issue.own import verify_own
from vncopy.issue.stamping import measured
from vncopy.issue.states import whole_seconds
from vncopy.issue.steps import (
    attest_unchecked,
    seal_unchecked,
    sign_qr,
    typeset_unchecked,
)
from vncopy.policy import PadesLevel
from vncopy.sign.signer import check_signer
from vncopy.trust import Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from cryptography import x509

    from vncopy.facts.evidence import EvidenceSource
    from vncopy.issue.stamping import MeasuredTimestamper
    from vncopy.issue.states import Draft, IssuedCopy, Signers, UnsealedCopy
    from vncopy.sign.timestamps import Timestamper
    from vncopy.sign.tokens import Token
    from vncopy.trust import TrustStore
    from vncopy.wire.encode import CarriageChoice

__all__ = ["issue"]

D = TypeVar("D", bound=Document)


def issue(
    draft: Draft[D],
    *,
    signers: Signers,
    at: datetime,
    tsa: Timestamper | None = None,
    evidence: EvidenceSource | None = None,
    level: PadesLevel | None = None,
    carriage: CarriageChoice = "full",
    trust: TrustStore | None = None,
) -> IssuedCopy:
    """Issue a copy: sign the QR text, set the page, let person and agency sign, verify the result.

    Everything that can be wrong with draft, keys, services and time is looked for before the first
    signature. A sequence that breaks after it raises with the copy id, which then has to be voided.

    Args:
        draft: from ``prepare``, approved by whoever may.
        signers: the keys; ``person`` exactly when the statement names a certifier.
        at: the time of issue, aware; fractions of a second are dropped.
        tsa: the timestamping service; ``None``: level B-B.
        evidence: where to ask whether a certificate was revoked: before anybody signs (TT
            15/2025/TT-BKHCN Art. 5), and for what is embedded from level B-LT on. Needs ``trust``.
        level: of the signatures; ``None``: B-B without ``tsa``, B-T with it, B-LTA with
            ``evidence`` too.
        carriage: ``full``, ``reference``, or ``auto`` for the first of them that fits.
        trust: what receivers trust; if left out, the result is verified with the signers' own
            certificates as trusted ones.

    Returns:
        The copy, verified at its level.

    Raises:
        UsageError: draft, keys, time, or a level without the means to it; nothing was signed.
        TooLongForQR: the record does not fit the symbol; nothing was signed.
        SigningError: a certificate may not sign (``role`` and ``reason`` say which and why), a key
            or a service failed, the level was not reached, or the result does not verify;
            ``copy_id`` is set if the QR text had been signed.
    """
    moment = whole_seconds(at)
    wanted = wanted_level(level, tsa=tsa, evidence=evidence, trust=trust)
    require_trust(trust, evidence)
    _check_signers(draft, signers, moment)
    tokens: list[Token] = []
    stamper = None if wanted is PadesLevel.B_B else _noted(tsa, moment, tokens)
    chains = _chains(signers, stamper)
    if trust is not None:
        now = None if stamper is None else stamper.time
        check_keys(draft.record, chains, trust=trust, at=moment, now=now, evidence=evidence)
    copy = sign_qr(draft, signer=signers.qr, at=moment, carriage=carriage)
    with _guarded(copy.copy_id):
        copy, made = _sealed(typeset_unchecked(copy), signers, stamper)
        if wanted.reaches(PadesLevel.B_LT) and stamper and trust and evidence:
            people = [*chains.items(), *((Role.TSA, each.certificates) for each in tokens)]
            last = max([moment, *(each.time for each in tokens)])
            made = lengthen(
                made, wanted, people, tsa=stamper, trust=trust, evidence=evidence, at=last
            )
        stamped = [each.time for each in tokens]
        return verify_own(made, copy, seal_chain=signers.seal.chain, trust=trust, stamped=stamped)


def _noted(
    tsa: Timestamper | None, at: datetime, tokens: list[Token]
) -> MeasuredTimestamper | None:
    """Return the service, measured, whose tokens are noted from now on."""
    return None if tsa is None else measured(tsa, at=at).noting(tokens.append)


def _sealed(
    copy: UnsealedCopy[D], signers: Signers, tsa: MeasuredTimestamper | None
) -> tuple[UnsealedCopy[D], IssuedCopy]:
    """Let person and agency sign; return what the agency sealed, and the sealed copy."""
    if signers.person is not None:
        copy = attest_unchecked(copy, signer=signers.person, tsa=tsa)
    return copy, seal_unchecked(copy, signer=signers.seal, tsa=tsa)


@contextmanager
def _guarded(copy_id: str) -> Iterator[None]:
    """Let nothing break the sequence without naming the copy id, which is spent.

    Raises:
        SigningError: whatever of ours stopped it; anything else goes on with a note.
    """
    try:
        yield
    except SigningError as error:
        raise SigningError(
            error.message, copy_id=copy_id, role=error.role, reason=error.reason
        ) from error
    except VncopyError as error:
        raise _broken(type(error).__name__, copy_id) from error
    except BaseException as error:
        error.add_note(f"vncopy: copy_id {copy_id} was signed but not sealed; void it")
        raise


def _check_signers(draft: Draft[D], signers: Signers, at: datetime) -> None:
    """Check the keys before any of them signs.

    Raises:
        UsageError: a key is missing, superfluous, unfit, or used twice.
    """
    named = not isinstance(draft.record.statement.certifier, Missing)
    if named is (signers.person is None):
        raise UsageError.of(
            "signers.person",
            "signers.person",
            vi="phải có khóa của người ký khi và chỉ khi bản sao ghi người ký",
            en="the person's key is needed exactly when the statement names a certifier",
        )
    certificates = [
        check_signer(signers.qr, "qr", at=at),
        check_signer(signers.seal, "seal", at=at),
    ]
    if signers.person is not None:
        certificates.append(check_signer(signers.person, "person", at=at))
    if len({_key_of(certificate) for certificate in certificates}) != len(certificates):
        raise UsageError.of(
            "signers",
            "signers.same_key",
            vi="người ký, cơ quan và mã QR phải dùng ba khóa khác nhau",
            en="person, seal and QR text need different keys",
        )


def _chains(signers: Signers, tsa: MeasuredTimestamper | None) -> dict[Role, tuple[bytes, ...]]:
    """Return the certificates of each key, and of the timestamping service, by their roles."""
    chains = {Role.QR: signers.qr.chain, Role.SEAL: signers.seal.chain}
    if signers.person is not None:
        chains[Role.PERSON] = signers.person.chain
    if tsa is not None:
        chains[Role.TSA] = tsa.certificates
    return chains


def _key_of(certificate: x509.Certificate) -> bytes:
    """Return a certificate's public key."""
    return certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _broken(what: str, copy_id: str) -> SigningError:
    """Return the error for a sequence that broke after the QR text was signed."""
    return SigningError(
        Message(
            f"việc cấp bản sao bị gián đoạn sau khi đã ký mã QR ({what}); hãy hủy mã bản sao này",
            f"issuing broke after the QR text had been signed ({what}); void this copy id",
        ),
        copy_id=copy_id,
    )
