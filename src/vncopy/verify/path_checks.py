"""What every certificate of a path must satisfy, each in its place (RFC 5280 §6.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from vncopy.reasons import Reason
from vncopy.trust import Role
from vncopy.verify.algorithms import key_reason, signature_reason
from vncopy.verify.certificates import authority_key, extension_of, issued_by, key_of, subject_key
from vncopy.verify.names import breaks_constraints, names_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from vncopy.verify.algorithms import AlgorithmPolicy

__all__ = ["PathError", "Safe", "certificate_reason", "check_existed", "check_path"]

_HANDLED: Final = frozenset(
    {
        ExtensionOID.BASIC_CONSTRAINTS,
        ExtensionOID.KEY_USAGE,
        ExtensionOID.EXTENDED_KEY_USAGE,
        ExtensionOID.NAME_CONSTRAINTS,
        ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
        # Any policy is acceptable to us, so that naming one changes nothing (RFC 5280 §6.1.1 c).
        ExtensionOID.CERTIFICATE_POLICIES,
    }
)
"""Critical extensions that are processed here."""

_DOCUMENT_SIGNING: Final = frozenset(
    {
        ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,
        ExtendedKeyUsageOID.EMAIL_PROTECTION,
        ExtendedKeyUsageOID.CLIENT_AUTH,
        x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"),  # documentSigning, RFC 9336
        x509.ObjectIdentifier("1.3.6.1.4.1.311.10.3.12"),  # Microsoft document signing
        x509.ObjectIdentifier("1.2.840.113583.1.1.5"),  # Adobe authentic documents
    }
)
"""Extended usages of which one must be there if the certificate names any."""


_TIMESTAMPING: Final = frozenset(
    {ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE, ExtendedKeyUsageOID.TIME_STAMPING}
)
"""Extended usages of which one must be there if an authority above a TSA names any."""


class PathError(Exception):
    """One path is not good; it never leaves the search for one.

    Attributes:
        reason: why.
        detail: which certificate, by its place in the path (0 = leaf), and which part of it.
    """

    def __init__(self, reason: Reason, place: int, hint: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.detail = f"certificate {place}{': ' if hint else ''}{hint}"


class Safe(NamedTuple):
    """What has to be safe when."""

    algorithms: AlgorithmPolicy
    """What was safe when."""
    at: datetime
    """The instant that is asked about."""


def certificate_reason(
    certificate: x509.Certificate,
    issuer: x509.Certificate | None,
    *,
    at: datetime,
    algorithms: AlgorithmPolicy,
) -> Reason | None:
    """Return why one certificate cannot be relied on at a time, usages aside.

    Args:
        certificate: an authority's, or that of one who speaks for it.
        issuer: whose signature it bears; ``None``: it is an anchor.
        at: the time, such as that at which evidence existed.
        algorithms: what was safe when.

    Returns:
        A reason about its dates, key, critical extensions or signature; ``None``: there is none.
    """
    safe = Safe(algorithms, at)
    try:
        _check_dates(certificate, at, 0, is_anchor=issuer is None)
        _check_key(certificate, 0, safe)
        _check_critical(certificate, 0)
        if issuer is not None:
            _check_signature(certificate, issuer, 0, safe)
    except PathError as error:
        return error.reason
    return None


def check_path(path: list[x509.Certificate], at: datetime, role: Role, safe: Safe) -> None:
    """Check every certificate of a path, anchor first, as RFC 5280 §6.1 goes.

    Args:
        path: leaf first, anchor last.
        at: the time at which every certificate must be valid.
        role: what the leaf signs.
        safe: what has to be safe when.

    Raises:
        PathError: with the first reason against it.
    """
    for place in range(len(path) - 1, -1, -1):
        certificate = path[place]
        _check_dates(certificate, at, place, is_anchor=place == len(path) - 1)
        _check_key(certificate, place, safe)
        _check_critical(certificate, place)
        if place < len(path) - 1:
            _check_signature(certificate, path[place + 1], place, safe)
        if place > 0:
            _check_issuing(path, place, role)
    _check_leaf(path[0], role)


def check_existed(
    path: list[x509.Certificate], ders: Sequence[bytes], existed: Mapping[bytes, datetime]
) -> None:
    """Check that every certificate is proven to be from before the end of the one above it.

    Args:
        path: leaf first, anchor last.
        ders: the same without the anchor, DER.
        existed: by when certificates provably existed; others are not asked about.

    Raises:
        PathError: ``path_unproven``.
    """
    for place, der in enumerate(ders):
        time = existed.get(der)
        if time is not None and time > path[place + 1].not_valid_after_utc:
            raise PathError(Reason.PATH_UNPROVEN, place)


def _check_dates(
    certificate: x509.Certificate, at: datetime, place: int, *, is_anchor: bool
) -> None:
    """Check the validity period, the anchor's like every other.

    Raises:
        PathError: ``path_not_yet_valid``, ``path_expired`` or ``anchor_dates``.
    """
    early = at < certificate.not_valid_before_utc
    if not early and at <= certificate.not_valid_after_utc:
        return
    if is_anchor:
        raise PathError(Reason.ANCHOR_DATES, place)
    raise PathError(Reason.PATH_NOT_YET_VALID if early else Reason.PATH_EXPIRED, place)


def _check_key(certificate: x509.Certificate, place: int, safe: Safe) -> None:
    """Check kind and length of the certified key.

    Raises:
        PathError: ``path_algorithm`` or ``algorithm_outdated``.
    """
    reason = key_reason(key_of(certificate), at=safe.at, algorithms=safe.algorithms)
    if reason is not None:
        raise PathError(reason, place, "key")


def _check_critical(certificate: x509.Certificate, place: int) -> None:
    """Refuse critical extensions that are not processed here (RFC 5280 §4.2).

    Raises:
        PathError: ``path_critical_extension``.
    """
    for extension in certificate.extensions:
        if extension.critical and extension.oid not in _HANDLED:
            raise PathError(Reason.PATH_CRITICAL_EXTENSION, place, extension.oid.dotted_string)


def _check_signature(
    child: x509.Certificate, issuer: x509.Certificate, place: int, safe: Safe
) -> None:
    """Check that ``issuer`` signed ``child`` with an algorithm that was safe.

    Raises:
        PathError: ``path_algorithm`` or ``algorithm_outdated``; ``path_signature`` if the key
            identifiers agree, else ``path_not_found``, because another key of the same name may
            have signed.
    """
    try:
        digest = child.signature_hash_algorithm
    except (ValueError, UnsupportedAlgorithm):
        digest = None
    reason = signature_reason(
        child.signature_algorithm_oid, digest, at=safe.at, algorithms=safe.algorithms
    )
    if reason is not None:
        raise PathError(reason, place, "signature")
    if not issued_by(child, issuer):
        known = authority_key(child)
        same_key = known is not None and known == subject_key(issuer)
        raise PathError(Reason.PATH_SIGNATURE if same_key else Reason.PATH_NOT_FOUND, place)


def _check_issuing(path: list[x509.Certificate], place: int, role: Role) -> None:
    """Check that the certificate at ``place`` may issue those below it.

    Raises:
        PathError: ``path_basic_constraints``, ``path_length``, ``path_key_usage`` or
            ``path_name_constraints``.
    """
    issuer, below = path[place], path[:place]
    basic = extension_of(issuer, x509.BasicConstraints)
    if issuer.version is not x509.Version.v3 or basic is None or not basic.value.ca:
        raise PathError(Reason.PATH_BASIC_CONSTRAINTS, place)
    # Self-issued certificates (a changed key of one authority) do not count (RFC 5280 §6.1.4 l).
    counted = [each for each in below[1:] if each.subject != each.issuer]
    limit = basic.value.path_length
    if limit is not None and len(counted) > limit:
        raise PathError(Reason.PATH_LENGTH, place)
    usage = extension_of(issuer, x509.KeyUsage)
    if usage is None or not usage.value.key_cert_sign:
        raise PathError(Reason.PATH_KEY_USAGE, place, "keyCertSign")
    # An authority that is limited to other uses cannot grant these: not in RFC 5280, but usual.
    extended = extension_of(issuer, x509.ExtendedKeyUsage)
    granted = _TIMESTAMPING if role is Role.TSA else _DOCUMENT_SIGNING
    if extended is not None and granted.isdisjoint(extended.value):
        raise PathError(Reason.PATH_KEY_USAGE, place, "extendedKeyUsage")
    constraints = extension_of(issuer, x509.NameConstraints)
    if constraints is None:
        return
    for number, each in enumerate(below):
        exempt = number > 0 and each.subject == each.issuer
        if not exempt and breaks_constraints(constraints.value, names_of(each)):
            raise PathError(Reason.PATH_NAME_CONSTRAINTS, number)


def _check_leaf(leaf: x509.Certificate, role: Role) -> None:
    """Check that a signer's certificate may sign what its role signs.

    Raises:
        PathError: ``certificate_malformed``, ``path_basic_constraints`` or ``path_key_usage``.
    """
    if leaf.version is not x509.Version.v3:
        raise PathError(Reason.CERTIFICATE_MALFORMED, 0, "version")
    basic = extension_of(leaf, x509.BasicConstraints)
    if basic is not None and basic.value.ca:
        raise PathError(Reason.PATH_BASIC_CONSTRAINTS, 0)
    usage = extension_of(leaf, x509.KeyUsage)
    # No usage at all is no restriction (RFC 5280 §4.2.1.3).
    if usage is not None and not (usage.value.digital_signature or usage.value.content_commitment):
        raise PathError(Reason.PATH_KEY_USAGE, 0, "digitalSignature")
    if usage is not None and usage.value.key_cert_sign:
        raise PathError(Reason.PATH_KEY_USAGE, 0, "keyCertSign")
    extended = extension_of(leaf, x509.ExtendedKeyUsage)
    if role is Role.TSA:
        # RFC 3161 §2.3: exactly this usage, and critical.
        only = [ExtendedKeyUsageOID.TIME_STAMPING]
        if extended is None or not extended.critical or list(extended.value) != only:
            raise PathError(Reason.PATH_KEY_USAGE, 0, "timeStamping")
    elif extended is not None and _DOCUMENT_SIGNING.isdisjoint(extended.value):
        raise PathError(Reason.PATH_KEY_USAGE, 0, "extendedKeyUsage")
