"""What an authority says of one certificate, whether in an OCSP response or in a CRL.

Reading is kept apart from believing. :mod:`vncopy.verify.ocsp_words` and
:mod:`vncopy.verify.crl_words` turn an answer into :class:`Word` values about one certificate, after
its signature was found to be that of the certificate's own issuer, or of somebody whom this issuer
appointed directly. Whether a word counts, and what follows from it, is the business of
:mod:`vncopy.verify.revocation`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import UnsupportedAlgorithm

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509 import ocsp

__all__ = [
    "CACHED_LISTS",
    "CACHED_PIECES",
    "CACHED_WORDS",
    "NotAuthenticError",
    "Status",
    "Word",
    "digest_of",
    "generalized_time",
]

CACHED_PIECES: Final = 64
"""Pieces that are kept parsed, as many as one file may have: the same CRL speaks of person, seal
and authority. All are asked again about each delegate. Made to measure, they take 32 MB."""
CACHED_LISTS: Final = 8
"""CRLs whose entries are kept; those of a large one take 2 MB."""
CACHED_WORDS: Final = 128
"""Words that are remembered: a file asks for the same ones for each of its signatures and levels,
and every answer costs a signature."""

_TIME: Final = "\x18\x0f%Y%m%d%H%M%SZ"
"""Tag, length and the fifteen characters of a GeneralizedTime."""


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
    said_at: datetime
    """When it was said: later than ``this_update`` where answers are made from a list."""
    scheme: x509.ObjectIdentifier
    """Signature scheme of the piece."""
    digest: hashes.HashAlgorithm
    """Its digest."""
    delegate: x509.Certificate | None = None
    """Who signed for the issuer; ``None``: the issuer itself."""
    remembers: datetime | None = None
    """Certificates that expired since then are still spoken of; ``None``: only those that have
    not (RFC 5280 §3.3, X.509 ``expiredCertsOnCRL``, RFC 6960 §4.4.4 archive cutoff)."""
    complete: bool = True
    """Whether silence means that a certificate is not revoked: not so for a CRL that covers
    other certificates or some reasons, and where something critical is not understood."""


def digest_of(
    signed: ocsp.OCSPResponse | x509.CertificateRevocationList,
) -> hashes.HashAlgorithm | None:
    """Return the digest of a signature, or ``None`` where it is not named or not known."""
    try:
        return signed.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return None


def generalized_time(der: bytes) -> datetime | None:
    """Return the time of a DER GeneralizedTime (RFC 5280 §4.1.2.5.2), or ``None``.

    Args:
        der: tag, length and the fifteen characters of ``YYYYMMDDHHMMSSZ``.
    """
    try:
        text = der.decode("ascii")
        time = datetime.strptime(text, _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
    # Reading is lenient about digits that are missing; what is read must be written the same way.
    return time if time.strftime(_TIME) == text else None
