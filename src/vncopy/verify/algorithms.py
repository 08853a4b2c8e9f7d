"""Whether a key or the algorithm of a signature was safe at an instant.

The table is :mod:`vncopy.algorithms`; here it is put to what ``cryptography`` reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import SignatureAlgorithmOID

from vncopy.algorithms import DEFAULT_ALGORITHMS, AlgorithmPolicy, Lifetime
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

__all__ = [
    "DEFAULT_ALGORITHMS",
    "AlgorithmPolicy",
    "Lifetime",
    "key_reason",
    "key_size",
    "signature_reason",
]

_SIGNATURES: Final = frozenset(
    {
        SignatureAlgorithmOID.ECDSA_WITH_SHA1,
        SignatureAlgorithmOID.ECDSA_WITH_SHA256,
        SignatureAlgorithmOID.ECDSA_WITH_SHA384,
        SignatureAlgorithmOID.ECDSA_WITH_SHA512,
        SignatureAlgorithmOID.RSA_WITH_SHA1,
        SignatureAlgorithmOID.RSA_WITH_SHA256,
        SignatureAlgorithmOID.RSA_WITH_SHA384,
        SignatureAlgorithmOID.RSA_WITH_SHA512,
        SignatureAlgorithmOID.RSASSA_PSS,
    }
)
"""Schemes that are known; the digest decides how long they were safe."""


def key_size(key: object) -> tuple[str, int]:
    """Return name and size of a public key, as the table has them; an unknown kind has no name.

    Args:
        key: a public key of ``cryptography``.
    """
    if isinstance(key, rsa.RSAPublicKey):
        return "rsa", key.key_size
    if isinstance(key, ec.EllipticCurvePublicKey):
        return key.curve.name, key.curve.key_size
    return "", 0


def key_reason(key: object, *, at: datetime, algorithms: AlgorithmPolicy) -> Reason | None:
    """Return why a public key cannot be relied on at an instant, or ``None``.

    Args:
        key: a public key of ``cryptography``; kinds that are not known were never accepted.
        at: a time that is proven, or the verifier's own.
        algorithms: what was safe when.
    """
    return algorithms.reason(*key_size(key), at)


def signature_reason(
    scheme: x509.ObjectIdentifier,
    digest: hashes.HashAlgorithm | None,
    *,
    at: datetime,
    algorithms: AlgorithmPolicy,
) -> Reason | None:
    """Return why the algorithm of a signature cannot be relied on at an instant, or ``None``.

    Args:
        scheme: its identifier.
        digest: the digest it uses; ``None``: one that is not known.
        at: a time that is proven, or the verifier's own.
        algorithms: what was safe when.
    """
    if scheme not in _SIGNATURES or digest is None:
        return Reason.PATH_ALGORITHM
    return algorithms.reason(digest.name, digest.digest_size * 8, at)
