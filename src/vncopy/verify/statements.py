"""What authorities say of a certificate, read from OCSP responses (RFC 6960) and CRLs (RFC 5280).

Reading is kept apart from believing. Here an answer becomes a :class:`Word` about one certificate,
after its signature was found to be that of the certificate's own issuer, or of somebody whom this
issuer appointed directly (RFC 6960 §4.2.2.2). Whether the word counts, and what follows, is the
business of :mod:`vncopy.verify.revocation`.

``CertID`` of OCSP is an identifier and nothing more: its SHA-1 is usual and harmless, because the
response that holds it is signed with something better.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import (
    CRLEntryExtensionOID,
    ExtendedKeyUsageOID,
    ExtensionOID,
    SignatureAlgorithmOID,
)

from vncopy.facts.evidence import MAX_EVIDENCE_BYTES
from vncopy.verify.chain import UNREADABLE, extension_of, issued_by

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

__all__ = ["NotAuthenticError", "Status", "Word", "words_of"]

MAX_RESPONDERS: Final = 4
"""Certificates of a response that are tried; responders send one, or one and its issuer."""
MAX_SINGLE_RESPONSES: Final = 64
"""Certificates of which one response may speak; responders answer what was asked: one."""
CACHED_PIECES: Final = 64
"""Pieces that are kept parsed: the same CRL speaks of person, seal and authority."""

_PSS_DIGESTS: Final = (hashes.SHA256(), hashes.SHA384(), hashes.SHA512())
"""Tried in turn for OCSP with RSASSA-PSS, whose parameters ``cryptography`` does not tell."""
_CERT_ID_DIGESTS: Final = ("sha1", "sha256", "sha384", "sha512")

_CRL_HANDLED: Final = frozenset(
    {
        ExtensionOID.AUTHORITY_KEY_IDENTIFIER,
        ExtensionOID.CRL_NUMBER,
        ExtensionOID.ISSUING_DISTRIBUTION_POINT,
    }
)
"""Critical extensions of a CRL that are processed here."""
_ENTRY_HANDLED: Final = frozenset(
    {CRLEntryExtensionOID.CRL_REASON, CRLEntryExtensionOID.INVALIDITY_DATE}
)
"""Critical extensions of an entry that are processed here."""


class NotAuthenticError(Exception):
    """A piece cannot be read, or speaks of a certificate without being entitled to."""


class Status(StrEnum):
    """What is said of a certificate."""

    GOOD = "good"
    """Not revoked, as far as the authority knows."""
    REVOKED = "revoked"
    """Revoked for good."""
    HOLD = "hold"
    """Suspended: it may come back."""
    UNKNOWN = "unknown"
    """The responder does not know it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What one piece of evidence says of one certificate; the signature of the piece holds."""

    status: Status
    """What is said."""
    since: datetime | None
    """Since when it is revoked or on hold; the invalidity date if that is earlier."""
    this_update: datetime
    """When it was known to be so."""
    next_update: datetime | None
    """By when something newer will be said."""
    scheme: x509.ObjectIdentifier
    """Signature scheme of the piece."""
    digest: hashes.HashAlgorithm
    """Its digest."""
    delegate: x509.Certificate | None = None
    """Who signed for the issuer; ``None``: the issuer itself."""
    complete: bool = True
    """Whether silence means that a certificate is not revoked: not so for a CRL that covers
    other certificates or some reasons, and where something critical is not understood."""


def words_of(
    kind: str, der: bytes, certificate: x509.Certificate, issuer: x509.Certificate
) -> tuple[Word, ...]:
    """Return what a piece of evidence says of a certificate.

    Args:
        kind: ``ocsp`` or ``crl``.
        der: the piece.
        certificate: the certificate.
        issuer: the authority that issued it.

    Returns:
        Its words; none: it speaks of other certificates.

    Raises:
        NotAuthenticError: it cannot be read, or is not signed by whom it should be.
    """
    if kind == "ocsp":
        response = _read_ocsp(der)
        return () if response is None else tuple(_words_of_ocsp(response, certificate, issuer))
    revoked = _read_crl(der)
    if revoked.issuer != issuer.subject:
        return ()
    return (_word_of_crl(revoked, certificate, issuer),)


# --- OCSP ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Single:
    """One answer of a response, with the certificate it is about."""

    digest: str
    issuer_name: bytes
    issuer_key: bytes
    serial: int
    status: Status
    since: datetime | None
    this_update: datetime
    next_update: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Response:
    """A successful OCSP response."""

    singles: tuple[_Single, ...]
    tbs: bytes
    signature: bytes
    scheme: x509.ObjectIdentifier
    digest: hashes.HashAlgorithm | None
    certificates: tuple[x509.Certificate, ...]
    produced_at: datetime
    understood: bool


@lru_cache(maxsize=CACHED_PIECES)
def _read_ocsp(der: bytes) -> _Response | None:
    """Read a response whole.

    Returns:
        The response; ``None`` if it says that there is no answer.

    Raises:
        NotAuthenticError: it cannot be read.
    """
    if len(der) > MAX_EVIDENCE_BYTES:
        raise NotAuthenticError
    try:
        response = ocsp.load_der_ocsp_response(der)
        if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            return None
        singles = tuple(_single(each) for each in response.responses)
        if not 0 < len(singles) <= MAX_SINGLE_RESPONSES:
            raise NotAuthenticError
        # Extensions of single answers can be read only where there is just one.
        alone = len(singles) == 1
        critical = [each.critical for each in response.extensions]
        critical += [each.critical for each in response.single_extensions] if alone else [True]
        certificates = tuple(response.certificates)
        for each in certificates:
            _ = (each.extensions, each.subject, each.issuer, each.not_valid_after_utc)
        return _Response(
            singles=singles,
            tbs=response.tbs_response_bytes,
            signature=response.signature,
            scheme=response.signature_algorithm_oid,
            digest=_digest_of(response),
            certificates=certificates,
            produced_at=response.produced_at_utc,
            understood=not any(critical),
        )
    except UNREADABLE as error:
        raise NotAuthenticError from error


def _single(single: ocsp.OCSPSingleResponse) -> _Single:
    """Read one answer."""
    on_hold = single.revocation_reason is x509.ReasonFlags.certificate_hold
    status = {
        ocsp.OCSPCertStatus.GOOD: Status.GOOD,
        ocsp.OCSPCertStatus.UNKNOWN: Status.UNKNOWN,
        ocsp.OCSPCertStatus.REVOKED: Status.HOLD if on_hold else Status.REVOKED,
    }[single.certificate_status]
    return _Single(
        digest=single.hash_algorithm.name,
        issuer_name=single.issuer_name_hash,
        issuer_key=single.issuer_key_hash,
        serial=single.serial_number,
        status=status,
        since=single.revocation_time_utc,
        this_update=single.this_update_utc,
        next_update=single.next_update_utc,
    )


def _digest_of(
    signed: ocsp.OCSPResponse | x509.CertificateRevocationList,
) -> hashes.HashAlgorithm | None:
    """Return the digest of a signature, or ``None`` where it is not named or not known."""
    try:
        return signed.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return None


def _words_of_ocsp(
    response: _Response, certificate: x509.Certificate, issuer: x509.Certificate
) -> Iterator[Word]:
    """Yield what a response says of a certificate.

    Raises:
        NotAuthenticError: it speaks of it without being entitled to.
    """
    about = [each for each in response.singles if _is_about(each, certificate, issuer)]
    if not about:
        return
    delegate, digest = _responder(response, issuer)
    for each in about:
        yield Word(
            status=each.status,
            since=each.since,
            # What was said before it was known cannot have been: the later of both counts.
            this_update=each.this_update,
            next_update=each.next_update,
            scheme=response.scheme,
            digest=digest,
            delegate=delegate,
            complete=response.understood,
        )


def _is_about(single: _Single, certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Tell whether an answer names this certificate of this issuer, by name and by key."""
    if single.serial != certificate.serial_number or single.digest not in _CERT_ID_DIGESTS:
        return False
    name, key = _issuer_digests(issuer, single.digest)
    return single.issuer_name == name and single.issuer_key == key


@lru_cache(maxsize=CACHED_PIECES)
def _issuer_digests(issuer: x509.Certificate, digest: str) -> tuple[bytes, bytes]:
    """Return the digests of an issuer's name and key, as ``CertID`` holds them."""
    algorithm = {each.name: each for each in (*_PSS_DIGESTS, hashes.SHA1())}[digest]  # noqa: S303 - an identifier
    request = ocsp.OCSPRequestBuilder().add_certificate(issuer, issuer, algorithm).build()
    return hashlib.new(digest, issuer.subject.public_bytes()).digest(), request.issuer_key_hash


def _responder(
    response: _Response, issuer: x509.Certificate
) -> tuple[x509.Certificate | None, hashes.HashAlgorithm]:
    """Return who signed a response (``None``: the issuer) and with which digest.

    Raises:
        NotAuthenticError: neither the issuer nor somebody it appointed.
    """
    digest = _verified(response, issuer)
    if digest is not None:
        return None, digest
    for each in response.certificates[:MAX_RESPONDERS]:
        if _appointed(each, issuer):
            digest = _verified(response, each)
            if digest is not None:
                return each, digest
    raise NotAuthenticError


def _appointed(delegate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Tell whether ``issuer`` itself lets ``delegate`` sign responses (RFC 6960 §4.2.2.2)."""
    extended = extension_of(delegate, x509.ExtendedKeyUsage)
    if extended is None or ExtendedKeyUsageOID.OCSP_SIGNING not in extended.value:
        return False
    usage = extension_of(delegate, x509.KeyUsage)
    if usage is not None and not (usage.value.digital_signature or usage.value.content_commitment):
        return False
    return issued_by(delegate, issuer)


def _verified(response: _Response, signer: x509.Certificate) -> hashes.HashAlgorithm | None:
    """Return the digest with which ``signer`` signed a response, or ``None`` if it did not."""
    try:
        key = signer.public_key()
    except UNREADABLE:
        return None
    pss = response.scheme == SignatureAlgorithmOID.RSASSA_PSS
    for digest in _PSS_DIGESTS if pss else (response.digest,):
        if digest is None:
            return None
        try:
            if isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(response.signature, response.tbs, ec.ECDSA(digest))
            elif not isinstance(key, rsa.RSAPublicKey):
                return None
            elif pss:
                scheme = padding.PSS(padding.MGF1(digest), padding.PSS.AUTO)
                key.verify(response.signature, response.tbs, scheme, digest)
            else:
                key.verify(response.signature, response.tbs, padding.PKCS1v15(), digest)
        except (InvalidSignature, *UNREADABLE):
            continue
        return digest
    return None


# --- CRL -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One entry of a CRL."""

    status: Status
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Revoked:
    """A CRL."""

    crl: x509.CertificateRevocationList
    issuer: x509.Name
    entries: dict[int, tuple[_Entry, ...]]
    this_update: datetime
    next_update: datetime | None
    scheme: x509.ObjectIdentifier
    digest: hashes.HashAlgorithm | None
    point: x509.IssuingDistributionPoint | None
    understood: bool


@lru_cache(maxsize=CACHED_PIECES)
def _read_crl(der: bytes) -> _Revoked:
    """Read a CRL whole.

    Raises:
        NotAuthenticError: it cannot be read, or its entries may be about other issuers'
            certificates.
    """
    if len(der) > MAX_EVIDENCE_BYTES:
        raise NotAuthenticError
    try:
        crl = x509.load_der_x509_crl(der)
        point = None
        understood = True
        for extension in crl.extensions:
            if isinstance(extension.value, x509.IssuingDistributionPoint):
                point = extension.value
            if extension.critical and extension.oid not in _CRL_HANDLED:
                understood = False
        if point is not None and point.indirect_crl:
            raise NotAuthenticError
        entries: dict[int, tuple[_Entry, ...]] = {}
        for each in crl:
            entry, known = _entry(each)
            entries[each.serial_number] = (*entries.get(each.serial_number, ()), entry)
            understood = understood and known
        return _Revoked(
            crl=crl,
            issuer=crl.issuer,
            entries=entries,
            this_update=crl.last_update_utc,
            next_update=crl.next_update_utc,
            scheme=crl.signature_algorithm_oid,
            digest=_digest_of(crl),
            point=point,
            understood=understood,
        )
    except UNREADABLE as error:
        raise NotAuthenticError from error


def _entry(revoked: x509.RevokedCertificate) -> tuple[_Entry, bool]:
    """Return an entry, and whether everything critical in it is understood."""
    status, since, understood = Status.REVOKED, revoked.revocation_date_utc, True
    for extension in revoked.extensions:
        if isinstance(extension.value, x509.CRLReason):
            if extension.value.reason is x509.ReasonFlags.certificate_hold:
                status = Status.HOLD
            elif extension.value.reason is x509.ReasonFlags.remove_from_crl:
                status = Status.GOOD
        elif isinstance(extension.value, x509.InvalidityDate):
            # "Known or suspected … or otherwise became invalid": it counts, whatever the reason.
            since = min(since, extension.value.invalidity_date_utc)
        if extension.critical and extension.oid not in _ENTRY_HANDLED:
            understood = False
    return _Entry(status=status, since=since), understood


def _word_of_crl(
    revoked: _Revoked, certificate: x509.Certificate, issuer: x509.Certificate
) -> Word:
    """Return what a CRL of this issuer's name says of a certificate.

    Raises:
        NotAuthenticError: another key of that name signed it, or one that may not.
    """
    usage = extension_of(issuer, x509.KeyUsage)
    if revoked.digest is None or usage is None or not usage.value.crl_sign:
        raise NotAuthenticError
    try:
        authentic = revoked.crl.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    except UNREADABLE as error:
        raise NotAuthenticError from error
    if not authentic:
        raise NotAuthenticError
    entries = revoked.entries.get(certificate.serial_number, ())
    # Should a serial number stand there twice, the worst that is said of it counts.
    worst = next(
        (each for status in _WORST_FIRST for each in _by_time(entries) if each.status is status),
        None,
    )
    bad = worst is not None and worst.status is not Status.GOOD
    return Word(
        status=Status.GOOD if worst is None else worst.status,
        since=worst.since if bad and worst is not None else None,
        this_update=revoked.this_update,
        next_update=revoked.next_update,
        scheme=revoked.scheme,
        digest=revoked.digest,
        complete=revoked.understood and _covers(revoked.point, certificate),
    )


_WORST_FIRST: Final = (Status.REVOKED, Status.HOLD, Status.GOOD)


def _by_time(entries: tuple[_Entry, ...]) -> list[_Entry]:
    return sorted(entries, key=lambda entry: entry.since)


def _covers(point: x509.IssuingDistributionPoint | None, certificate: x509.Certificate) -> bool:
    """Tell whether a CRL with this scope would list ``certificate`` (RFC 5280 §6.3.3 b)."""
    if point is None:
        return True
    basic = extension_of(certificate, x509.BasicConstraints)
    is_authority = basic is not None and basic.value.ca
    if (
        point.only_contains_attribute_certs
        or point.only_some_reasons
        or point.relative_name
        or (point.only_contains_user_certs and is_authority)
        or (point.only_contains_ca_certs and not is_authority)
    ):
        return False
    if not point.full_name:
        return True
    named = extension_of(certificate, x509.CRLDistributionPoints)
    if named is None:
        return False
    # One authority may keep several CRLs: that of another part is silent about everybody here.
    names = {name for each in named.value for name in each.full_name or ()}
    return not names.isdisjoint(point.full_name)
