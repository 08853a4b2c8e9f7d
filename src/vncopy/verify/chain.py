"""The one path validator, for the certificates of symbols and of PDF signatures alike.

It follows RFC 5280 §6.1 with the profile below, on ``cryptography`` alone, and says why a path
fails in words of the closed list. Two libraries with two profiles would let one copy be VALID on
paper and INVALID in its file.

The profile, stricter than RFC 5280 where that is safe:

- anchors have dates, and they count; an anchor's own key usage and constraints count too;
- keys and digests by a table with dates (:mod:`vncopy.verify.algorithms`): today RSA of 2048 bits
  or more and P-256, P-384, P-521, signatures with SHA-256, SHA-384, SHA-512 (PKCS #1 v1.5 and PSS);
- certificates are of version 3 with a positive serial number of 20 octets at most;
- issuing certificates have a name, ``basicConstraints`` and ``keyCertSign``; their extended usages,
  if they name any, must hold what the signer's role needs;
- a signer's certificate may not issue certificates, and its usages must fit its role;
- name constraints on directory names, DNS names and mail addresses are applied; other forms are
  refused when such a name occurs below the constraint;
- a critical extension that is not handled here is never passed over.

Revocation is evidence from outside and has a check of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vncopy.reasons import Reason
from vncopy.verify.algorithms import DEFAULT_ALGORITHMS
from vncopy.verify.certificates import authority_key, parse_certificate, subject_key
from vncopy.verify.path_checks import PathError, Safe, check_existed, check_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from cryptography import x509

    from vncopy.trust import Role, TrustAnchor, TrustStore
    from vncopy.verify.algorithms import AlgorithmPolicy

__all__ = ["MAX_PATH", "PathResult", "parse_certificate", "validate_path"]

MAX_PATH: Final = 6
"""Certificates of a path, leaf and anchor included; national hierarchies have three or four."""
MAX_PATHS_TRIED: Final = 32
"""Paths that are looked at; more are made on purpose."""
MAX_STEPS: Final = 256
"""Certificates that are tried as issuers while paths are searched; a real search takes ten. Made
certificates that all bear one name could otherwise be arranged in millions of ways."""
MAX_INTERMEDIATES: Final = 64
"""Certificates that are considered as issuers; a CMS may bring any number along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathResult:
    """How the search for a path ended."""

    reason: Reason | None
    """Why there is none; ``None``: there is one."""
    detail: str = ""
    """Which certificate, by its place in the path (0 = leaf); never a name."""
    anchor: TrustAnchor | None = None
    """The anchor that vouches."""
    chain: tuple[bytes, ...] = field(default=(), repr=False)
    """The path (DER), leaf first, anchor last."""

    @property
    def found(self) -> bool:
        """Whether a path was found."""
        return self.reason is None


def validate_path(
    leaf: bytes,
    intermediates: Sequence[bytes],
    *,
    trust: TrustStore,
    at: datetime,
    role: Role,
    algorithms: AlgorithmPolicy = DEFAULT_ALGORITHMS,
    algorithms_at: datetime | None = None,
    existed: Mapping[bytes, datetime] | None = None,
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
        existed: by when certificates (DER) provably existed. Whoever gets hold of an authority's key
            once it has ended can certify with it what he likes, of any date: what is not proven to be
            older than that certifies nothing. What is not named here is not asked about.

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
    nearest: PathError | None = None
    steps = iter(range(MAX_STEPS))
    for tried, (anchor, path) in enumerate(_paths([certificate], tuple(pool), anchors, steps)):
        if tried >= MAX_PATHS_TRIED:
            return PathResult(reason=Reason.PATH_TOO_COMPLEX)
        try:
            check_path(path, at, role, Safe(algorithms, algorithms_at or at))
            check_existed(path, (leaf, *(pool[each] for each in path[1:-1])), existed or {})
        except PathError as error:
            if nearest is None or nearest.reason is Reason.PATH_NOT_FOUND:
                nearest = error
        else:
            chain = (leaf, *(pool[each] for each in path[1:-1]), anchor.certificate)
            return PathResult(reason=None, anchor=anchor, chain=chain)
    return _none(nearest, ended=next(steps, None) is None)


def _none(nearest: PathError | None, *, ended: bool) -> PathResult:
    """Return why there is no path.

    Args:
        nearest: why the one that came nearest is none.
        ended: the search was ended before everything was tried.
    """
    if ended:
        return PathResult(reason=Reason.PATH_TOO_COMPLEX)
    if nearest is None:
        return PathResult(reason=Reason.PATH_NOT_FOUND)
    return PathResult(reason=nearest.reason, detail=nearest.detail)


def _paths(
    start: list[x509.Certificate],
    pool: tuple[x509.Certificate, ...],
    anchors: list[tuple[TrustAnchor, x509.Certificate]],
    steps: Iterator[int],
) -> Iterator[tuple[TrustAnchor, list[x509.Certificate]]]:
    """Yield paths that fit by name and key identifier, shortest first from each point.

    Args:
        start: the path so far, leaf first.
        pool: certificates that may continue it.
        anchors: where it may end.
        steps: one is taken for each certificate that is tried; none are left, none are tried.
    """
    last = start[-1]
    for anchor, certificate in anchors:
        if certificate not in start and _names_issuer(last, certificate):
            yield anchor, [*start, certificate]
    if len(start) < MAX_PATH - 1:
        for certificate in pool:
            fits = certificate not in start and _names_issuer(last, certificate)
            if fits and next(steps, None) is not None:
                yield from _paths([*start, certificate], pool, anchors, steps)


def _names_issuer(child: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Tell whether ``child`` names ``issuer``, and no other key of its."""
    # An authority has a name, written the same way wherever it stands (RFC 5280 §4.1.2.6).
    named, subject = child.issuer, issuer.subject
    if named != subject or not named.rdns or named.public_bytes() != subject.public_bytes():
        return False
    wanted, offered = authority_key(child), subject_key(issuer)
    return wanted is None or offered is None or wanted == offered
