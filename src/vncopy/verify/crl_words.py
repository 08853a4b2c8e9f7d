"""What certificate revocation lists say (RFC 5280 §5)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.x509.oid import CRLEntryExtensionOID, ExtensionOID

from vncopy.facts.evidence import MAX_EVIDENCE_BYTES
from vncopy.verify.certificates import UNREADABLE, extension_of
from vncopy.verify.words import (
    CACHED_LISTS,
    CACHED_PIECES,
    CACHED_WORDS,
    NotAuthenticError,
    Status,
    Word,
    digest_of,
    generalized_time,
)

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography.hazmat.primitives import hashes

__all__ = ["words_of_crl"]

_EXPIRED_CERTS: Final = x509.ObjectIdentifier("2.5.29.60")
"""``expiredCertsOnCRL`` of X.509: since when the list keeps certificates that have expired."""
_CRL_HANDLED: Final = frozenset(
    {
        ExtensionOID.AUTHORITY_KEY_IDENTIFIER,
        ExtensionOID.CRL_NUMBER,
        ExtensionOID.ISSUING_DISTRIBUTION_POINT,
        _EXPIRED_CERTS,
    }
)
"""Critical extensions of a CRL that are processed here."""
_ENTRY_HANDLED: Final = frozenset(
    {CRLEntryExtensionOID.CRL_REASON, CRLEntryExtensionOID.INVALIDITY_DATE}
)
"""Critical extensions of an entry that are processed here."""


@lru_cache(maxsize=CACHED_WORDS)
def words_of_crl(
    der: bytes, certificate: x509.Certificate, issuer: x509.Certificate
) -> tuple[Word, ...]:
    """Return what a list says of a certificate.

    Args:
        der: the list.
        certificate: the certificate.
        issuer: the authority that issued it.

    Returns:
        One word, or one per status; none: the list is of another issuer.

    Raises:
        NotAuthenticError: it cannot be read, speaks for other issuers too, or is signed by another
            key of that name or by one that may not.
    """
    head = _read(der)
    if head.issuer != issuer.subject:
        return ()
    usage = extension_of(issuer, x509.KeyUsage)
    if head.digest is None or usage is None or not usage.value.crl_sign:
        raise NotAuthenticError
    try:
        authentic = head.crl.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    except UNREADABLE as error:
        raise NotAuthenticError from error
    if not authentic:
        raise NotAuthenticError
    listed = _entries(der)
    # A list that does not name the certificate says that it is not head.
    named = listed.by_serial.get(certificate.serial_number)
    entries = [_SILENCE] if named is None else list(named.values())
    understood = head.understood and listed.understood
    return tuple(
        Word(
            status=entry.status,
            since=entry.since,
            this_update=head.this_update,
            next_update=head.next_update,
            said_at=head.this_update,
            scheme=head.scheme,
            digest=head.digest,
            remembers=head.remembers,
            complete=understood and _covers(head.point, certificate),
        )
        for entry in entries
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One entry of a CRL."""

    status: Status
    since: datetime | None


_SILENCE: Final = _Entry(status=Status.GOOD, since=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entries:
    """What a CRL lists."""

    by_serial: dict[int, dict[Status, _Entry]]
    """Of each certificate the earliest entry of each status, which says most."""
    understood: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What a CRL says of itself."""

    crl: x509.CertificateRevocationList
    issuer: x509.Name
    this_update: datetime
    next_update: datetime | None
    scheme: x509.ObjectIdentifier
    digest: hashes.HashAlgorithm | None
    point: x509.IssuingDistributionPoint | None
    remembers: datetime | None
    understood: bool


@lru_cache(maxsize=CACHED_PIECES)
def _read(der: bytes) -> _Head:
    """Read a CRL but for its entries.

    Raises:
        NotAuthenticError: it cannot be read, or its entries may be about other issuers'
            certificates.
    """
    if len(der) > MAX_EVIDENCE_BYTES:
        raise NotAuthenticError
    try:
        crl = x509.load_der_x509_crl(der)
        point = remembers = None
        understood = True
        for extension in crl.extensions:
            value = extension.value
            if isinstance(value, x509.IssuingDistributionPoint):
                point = value
            elif isinstance(value, x509.UnrecognizedExtension) and value.oid == _EXPIRED_CERTS:
                remembers = generalized_time(value.value)
            if extension.critical and extension.oid not in _CRL_HANDLED:
                understood = False
        if point is not None and point.indirect_crl:
            raise NotAuthenticError
        return _Head(
            crl=crl,
            issuer=crl.issuer,
            this_update=crl.last_update_utc,
            next_update=crl.next_update_utc,
            scheme=crl.signature_algorithm_oid,
            digest=digest_of(crl),
            point=point,
            remembers=remembers,
            understood=understood,
        )
    except UNREADABLE as error:
        raise NotAuthenticError from error


@lru_cache(maxsize=CACHED_LISTS)
def _entries(der: bytes) -> _Entries:
    """Read the entries of a CRL, which takes a while: only once it is known whose it is.

    Raises:
        NotAuthenticError: one cannot be read.
    """
    by_serial: dict[int, dict[Status, _Entry]] = {}
    understood = True
    try:
        for each in x509.load_der_x509_crl(der):
            entry, known = _entry(each)
            same = by_serial.setdefault(each.serial_number, {})
            before = same.setdefault(entry.status, entry)
            if entry.since is not None and before.since is not None and entry.since < before.since:
                same[entry.status] = entry
            understood = understood and known
    except UNREADABLE as error:
        raise NotAuthenticError from error
    return _Entries(by_serial=by_serial, understood=understood)


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
    good = status is Status.GOOD
    return _Entry(status=status, since=None if good else since), understood


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
