"""The one path validator, for the certificates of symbols and of PDF signatures alike.

It follows RFC 5280 §6.1 with the profile below, on ``cryptography`` alone, and says why a path
fails in words of the closed list. Two libraries with two profiles would let one copy be VALID on
paper and INVALID in its file.

The profile, stricter than RFC 5280 where that is safe:

- anchors have dates, and they count; an anchor's own key usage and constraints count too;
- keys and digests by a table with dates (:mod:`vncopy.verify.algorithms`): today RSA of 2048 bits
  or more and P-256, P-384, P-521, signatures with SHA-256, SHA-384, SHA-512 (PKCS #1 v1.5 and PSS);
- issuing certificates are version 3 with ``basicConstraints`` and ``keyCertSign``;
- a signer's certificate may not issue certificates, and its usages must fit its role;
- name constraints on directory names, DNS names and mail addresses are applied; other forms are
  refused when such a name occurs below the constraint;
- a critical extension that is not handled here is never passed over.

Revocation is evidence from outside and has a check of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from vncopy.reasons import Reason
from vncopy.trust import Role
from vncopy.verify.algorithms import DEFAULT_ALGORITHMS, key_reason, signature_reason
from vncopy.verify.names import breaks_constraints, names_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from vncopy.trust import TrustAnchor, TrustStore
    from vncopy.verify.algorithms import AlgorithmPolicy

E = TypeVar("E", bound=x509.ExtensionType)

__all__ = [
    "MAX_PATH",
    "UNREADABLE",
    "PathResult",
    "certificate_reason",
    "extension_of",
    "issued_by",
    "parse_certificate",
    "validate_path",
]

MAX_PATH: Final = 6
"""Certificates of a path, leaf and anchor included; national hierarchies have three or four."""
MAX_PATHS_TRIED: Final = 32
"""Paths that are looked at; more are made on purpose."""
MAX_INTERMEDIATES: Final = 64
"""Certificates that are considered as issuers; a CMS may bring any number along."""
CACHED_SIGNATURES: Final = 4096
"""Certificate signatures remembered: a verifier sees the same few authorities again and again."""

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

UNREADABLE: Final = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
    Warning,  # about odd certificates, where the application turns warnings into errors
)
"""What ``cryptography`` raises for a certificate, or evidence, that it cannot read."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class PathResult:
    """How the search for a path ended."""

    reason: Reason | None
    """Why there is none; ``None``: there is one."""
    detail: str = ""
    """Which certificate, by its place in the path (0 = leaf); never a name."""
    anchor: TrustAnchor | None = None
    """The anchor that vouches."""
    chain: tuple[bytes, ...] = ()
    """The path (DER), leaf first, anchor last."""

    @property
    def found(self) -> bool:
        """Whether a path was found."""
        return self.reason is None


class _PathError(Exception):
    """One path is not good; caught in this module."""

    def __init__(self, reason: Reason, place: int, hint: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.detail = f"certificate {place}{': ' if hint else ''}{hint}"


def validate_path(
    leaf: bytes,
    intermediates: Sequence[bytes],
    *,
    trust: TrustStore,
    at: datetime,
    role: Role,
    algorithms: AlgorithmPolicy = DEFAULT_ALGORITHMS,
    algorithms_at: datetime | None = None,
) -> PathResult:
    """Search a path from ``leaf`` to an anchor and validate it.

    Args:
        leaf: the signer's certificate, DER.
        intermediates: further certificates (DER) that a signature brought along; untrusted.
        trust: anchors, and certificates between them and the offices'.
        at: the time at which every certificate of the path must be valid.
        role: what the leaf signs.
        algorithms: what was safe when.
        algorithms_at: the time at which keys and digests must have been safe. Nobody may claim
            himself into an age in which a broken algorithm was safe: where ``at`` is only
            claimed, this is the verifier's own time. ``None``: ``at``, which is proven.

    Returns:
        The first good path, or why there is none: of several failures the one that came nearest.
    """
    certificate = parse_certificate(leaf)
    if certificate is None:
        return PathResult(reason=Reason.CERTIFICATE_MALFORMED, detail="certificate 0")
    pool = {
        parsed: der
        for der in (*trust.intermediates, *intermediates[:MAX_INTERMEDIATES])
        if (parsed := parse_certificate(der)) is not None
    }
    anchors = [
        (anchor, parsed)
        for anchor in trust.anchors
        if role in anchor.roles and (parsed := parse_certificate(anchor.certificate)) is not None
    ]
    nearest: _PathError | None = None
    for tried, (anchor, path) in enumerate(_paths([certificate], tuple(pool), anchors)):
        if tried >= MAX_PATHS_TRIED:
            return PathResult(reason=Reason.PATH_TOO_COMPLEX)
        try:
            _validate(path, at, role, _Safe(algorithms, algorithms_at or at))
        except _PathError as error:
            if nearest is None or nearest.reason is Reason.PATH_NOT_FOUND:
                nearest = error
        else:
            chain = (leaf, *(pool[each] for each in path[1:-1]), anchor.certificate)
            return PathResult(reason=None, anchor=anchor, chain=chain)
    if nearest is not None:
        return PathResult(reason=nearest.reason, detail=nearest.detail)
    return PathResult(reason=Reason.PATH_NOT_FOUND)


@lru_cache(maxsize=CACHED_SIGNATURES)
def parse_certificate(der: bytes) -> x509.Certificate | None:
    """Return the certificate of ``der``, or ``None`` if it cannot be read whole.

    Certificates are immutable, so that remembering them changes nothing but the time it takes.
    """
    try:
        certificate = x509.load_der_x509_certificate(der)
        names_of(certificate)
        # All of it is parsed lazily; what cannot be read must show here, not later.
        _ = (certificate.issuer, certificate.version, certificate.signature_algorithm_oid)
    except UNREADABLE:
        return None
    return certificate


def _paths(
    start: list[x509.Certificate],
    pool: tuple[x509.Certificate, ...],
    anchors: list[tuple[TrustAnchor, x509.Certificate]],
) -> Iterator[tuple[TrustAnchor, list[x509.Certificate]]]:
    """Yield paths that fit by name and key identifier, shortest first from each point."""
    last = start[-1]
    for anchor, certificate in anchors:
        if certificate not in start and _names_issuer(last, certificate):
            yield anchor, [*start, certificate]
    if len(start) < MAX_PATH - 1:
        for certificate in pool:
            if certificate not in start and _names_issuer(last, certificate):
                yield from _paths([*start, certificate], pool, anchors)


def _names_issuer(child: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Tell whether ``child`` names ``issuer``, and no other key of its."""
    if child.issuer != issuer.subject:
        return False
    wanted, offered = _authority_key(child), _subject_key(issuer)
    return wanted is None or offered is None or wanted == offered


def _authority_key(certificate: x509.Certificate) -> bytes | None:
    extension = extension_of(certificate, x509.AuthorityKeyIdentifier)
    return None if extension is None else extension.value.key_identifier


def _subject_key(certificate: x509.Certificate) -> bytes | None:
    extension = extension_of(certificate, x509.SubjectKeyIdentifier)
    return None if extension is None else extension.value.digest


def extension_of(certificate: x509.Certificate, kind: type[E]) -> x509.Extension[E] | None:
    """Return one extension of a certificate, or ``None``."""
    try:
        return certificate.extensions.get_extension_for_class(kind)
    except x509.ExtensionNotFound:
        return None


class _Safe(NamedTuple):
    """What has to be safe when."""

    algorithms: AlgorithmPolicy
    at: datetime


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
    safe = _Safe(algorithms, at)
    try:
        _check_dates(certificate, at, 0, is_anchor=issuer is None)
        _check_key(certificate, 0, safe)
        _check_critical(certificate, 0)
        if issuer is not None:
            _check_signature(certificate, issuer, 0, safe)
    except _PathError as error:
        return error.reason
    return None


def _validate(path: list[x509.Certificate], at: datetime, role: Role, safe: _Safe) -> None:
    """Check every certificate of a path, anchor first, as RFC 5280 §6.1 goes.

    Raises:
        _PathError: with the first reason against it.
    """
    for place in range(len(path) - 1, -1, -1):
        certificate = path[place]
        _check_dates(certificate, at, place, is_anchor=place == len(path) - 1)
        _check_key(certificate, place, safe)
        _check_critical(certificate, place)
        if place < len(path) - 1:
            _check_signature(certificate, path[place + 1], place, safe)
        if place > 0:
            _check_issuing(path, place)
    _check_leaf(path[0], role)


def _check_dates(
    certificate: x509.Certificate, at: datetime, place: int, *, is_anchor: bool
) -> None:
    """Check the validity period, the anchor's like every other.

    Raises:
        _PathError: ``path_not_yet_valid``, ``path_expired`` or ``anchor_dates``.
    """
    early = at < certificate.not_valid_before_utc
    if not early and at <= certificate.not_valid_after_utc:
        return
    if is_anchor:
        raise _PathError(Reason.ANCHOR_DATES, place)
    raise _PathError(Reason.PATH_NOT_YET_VALID if early else Reason.PATH_EXPIRED, place)


def _check_key(certificate: x509.Certificate, place: int, safe: _Safe) -> None:
    """Check kind and length of the certified key.

    Raises:
        _PathError: ``path_algorithm`` or ``algorithm_outdated``.
    """
    try:
        key = certificate.public_key()
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _PathError(Reason.PATH_ALGORITHM, place, "key") from error
    reason = key_reason(key, at=safe.at, algorithms=safe.algorithms)
    if reason is not None:
        raise _PathError(reason, place, "key")


def _check_critical(certificate: x509.Certificate, place: int) -> None:
    """Refuse critical extensions that are not processed here (RFC 5280 §4.2).

    Raises:
        _PathError: ``path_critical_extension``.
    """
    for extension in certificate.extensions:
        if extension.critical and extension.oid not in _HANDLED:
            raise _PathError(Reason.PATH_CRITICAL_EXTENSION, place, extension.oid.dotted_string)


def _check_signature(
    child: x509.Certificate, issuer: x509.Certificate, place: int, safe: _Safe
) -> None:
    """Check that ``issuer`` signed ``child`` with an algorithm that was safe.

    Raises:
        _PathError: ``path_algorithm`` or ``algorithm_outdated``; ``path_signature`` if the key
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
        raise _PathError(reason, place, "signature")
    if not issued_by(child, issuer):
        known = _authority_key(child)
        same_key = known is not None and known == _subject_key(issuer)
        raise _PathError(Reason.PATH_SIGNATURE if same_key else Reason.PATH_NOT_FOUND, place)


@lru_cache(maxsize=CACHED_SIGNATURES)
def issued_by(child: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Tell whether the signature of ``child`` verifies with the key of ``issuer``."""
    try:
        child.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True


def _check_issuing(path: list[x509.Certificate], place: int) -> None:
    """Check that the certificate at ``place`` may issue those below it.

    Raises:
        _PathError: ``path_basic_constraints``, ``path_length``, ``path_key_usage`` or
            ``path_name_constraints``.
    """
    issuer, below = path[place], path[:place]
    basic = extension_of(issuer, x509.BasicConstraints)
    if issuer.version is not x509.Version.v3 or basic is None or not basic.value.ca:
        raise _PathError(Reason.PATH_BASIC_CONSTRAINTS, place)
    # Self-issued certificates (a changed key of one authority) do not count (RFC 5280 §6.1.4 l).
    counted = [each for each in below[1:] if each.subject != each.issuer]
    limit = basic.value.path_length
    if limit is not None and len(counted) > limit:
        raise _PathError(Reason.PATH_LENGTH, place)
    usage = extension_of(issuer, x509.KeyUsage)
    if usage is None or not usage.value.key_cert_sign:
        raise _PathError(Reason.PATH_KEY_USAGE, place, "keyCertSign")
    constraints = extension_of(issuer, x509.NameConstraints)
    if constraints is None:
        return
    for number, each in enumerate(below):
        exempt = number > 0 and each.subject == each.issuer
        if not exempt and breaks_constraints(constraints.value, names_of(each)):
            raise _PathError(Reason.PATH_NAME_CONSTRAINTS, number)


def _check_leaf(leaf: x509.Certificate, role: Role) -> None:
    """Check that a signer's certificate may sign what its role signs.

    Raises:
        _PathError: ``path_basic_constraints`` or ``path_key_usage``.
    """
    basic = extension_of(leaf, x509.BasicConstraints)
    if basic is not None and basic.value.ca:
        raise _PathError(Reason.PATH_BASIC_CONSTRAINTS, 0)
    usage = extension_of(leaf, x509.KeyUsage)
    # No usage at all is no restriction (RFC 5280 §4.2.1.3).
    if usage is not None and not (usage.value.digital_signature or usage.value.content_commitment):
        raise _PathError(Reason.PATH_KEY_USAGE, 0, "digitalSignature")
    extended = extension_of(leaf, x509.ExtendedKeyUsage)
    if role is Role.TSA:
        # RFC 3161 §2.3: exactly this usage, and critical.
        only = [ExtendedKeyUsageOID.TIME_STAMPING]
        if extended is None or not extended.critical or list(extended.value) != only:
            raise _PathError(Reason.PATH_KEY_USAGE, 0, "timeStamping")
    elif extended is not None and _DOCUMENT_SIGNING.isdisjoint(extended.value):
        raise _PathError(Reason.PATH_KEY_USAGE, 0, "extendedKeyUsage")
