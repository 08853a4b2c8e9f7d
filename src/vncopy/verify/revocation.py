"""Was a certificate revoked at the time that matters? By OCSP and CRL evidence, offline.

The rules, in short (the reasons are in ADR 0026):

- evidence counts from the issuer itself or whom it appointed directly, with algorithms that were
  safe, and by a path that was valid, when the evidence provably existed (``seen``);
- a good word counts only if it is fresh for the time of the signature, complete, and given while
  the certificate had not expired: authorities forget the expired ones;
- a bad word is believed more easily: neither its age nor that of its signer makes it unsaid, and
  no good word does;
- a proven time before the revocation saves what was signed; a claimed time never does;
- a certificate on hold may come back: only a newer good word, older than the signature, lifts it.

Nothing here fetches anything, reads a clock or raises about evidence.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from cryptography import x509

from vncopy.facts.evidence import MAX_EVIDENCE
from vncopy.reasons import Reason
from vncopy.verify.algorithms import DEFAULT_ALGORITHMS, signature_reason
from vncopy.verify.certificates import extension_of, key_of, parse_certificate
from vncopy.verify.crl_words import words_of_crl
from vncopy.verify.ocsp_words import words_of_ocsp
from vncopy.verify.path_checks import certificate_reason
from vncopy.verify.words import NotAuthenticError, Status, Word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from vncopy.facts.evidence import EvidenceKind
    from vncopy.trust import TrustStore
    from vncopy.verify.algorithms import AlgorithmPolicy

__all__ = [
    "CLOCK_SKEW",
    "KnownEvidence",
    "RevocationResult",
    "UsedEvidence",
    "check_revocation",
]

CLOCK_SKEW: Final = timedelta(minutes=5)
"""By how much an authority's clock may be ahead of ours; services keep time by the network."""
MAX_AUTHORITY_AGE: Final = timedelta(days=366)
"""How old a good word about an authority may be if it names its end: roots are kept offline and
speak seldom (once a year at least, CA/Browser Forum Baseline Requirements 4.9.7)."""
_SHORTEST: Final = 2
"""Certificates of a path: a signer's and an anchor."""
_DELEGATE: Final = -1
"""The place of a certificate that is not in the path but signed evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEvidence:
    """A piece of evidence and when it provably existed."""

    der: bytes = field(repr=False)
    """The piece; nothing about it is believed yet."""
    kind: EvidenceKind
    """What it is; certificates are not looked at here."""
    seen: datetime
    """A time at which it provably existed, else the verifier's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedEvidence:
    """A piece of evidence that decided, for the report."""

    kind: EvidenceKind
    """What it is."""
    sha256: str
    """Its digest, lower-case hex."""
    this_update: datetime
    """When what it says was known to be so."""
    next_update: datetime | None
    """By when something newer was to be said."""
    place: int
    """The certificate it speaks of, by its place in the path; -1: one that signed evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationResult:
    """What the evidence amounts to."""

    reason: Reason | None
    """Why it does not do; ``None``: no certificate of the path was revoked."""
    detail: str = ""
    """Which certificate, by its place in the path (0 = leaf); never a name."""
    used: tuple[UsedEvidence, ...] = ()
    """What decided, authorities first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What is asked of every certificate of a path."""

    relevant: datetime
    proven: bool
    claimed: datetime | None
    at: datetime
    max_age: timedelta
    algorithms: AlgorithmPolicy
    evidence: tuple[KnownEvidence, ...]
    anchors: tuple[x509.Certificate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A word, the piece it comes from, and why a good word of it does not count."""

    word: Word
    piece: KnownEvidence
    problem: Reason | None
    used: tuple[UsedEvidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finding:
    """What the evidence says of one certificate."""

    reason: Reason | None
    used: tuple[UsedEvidence, ...] = ()
    since: datetime | None = None
    """The earliest time from which it is revoked or on hold, whatever the question."""


_SEVERITY: Final = (
    Reason.CERTIFICATE_REVOKED,
    Reason.REVOKED_LATER,
    Reason.CERTIFICATE_ON_HOLD,
    Reason.ALGORITHM_OUTDATED,
    Reason.REVOCATION_STALE,
    Reason.REVOCATION_MALFORMED,
    Reason.NO_REVOCATION_EVIDENCE,
)
"""Worst first; of evidence that does not do, what came nearest first."""


def check_revocation(  # noqa: PLR0913 - keywords, each a question of its own
    chain: tuple[bytes, ...],
    evidence: Sequence[KnownEvidence],
    *,
    relevant: datetime,
    proven: bool,
    at: datetime,
    max_age: timedelta,
    trust: TrustStore,
    claimed: datetime | None = None,
    algorithms: AlgorithmPolicy = DEFAULT_ALGORITHMS,
) -> RevocationResult:
    """Check that no certificate of a path was revoked at the time that matters.

    Args:
        chain: a path that :func:`vncopy.verify.chain.validate_path` found, leaf first, anchor
            last; the anchor is the deployer's own trust and is not asked about.
        evidence: what is known, 64 pieces at most: who leaves some aside may leave the bad aside.
        relevant: the proven time of the signature, or ``at`` if none is proven.
        proven: whether ``relevant`` is proven.
        at: the time for which is asked.
        max_age: how much older than ``relevant`` a good word may be.
        trust: whom the verifier trusts.
        claimed: the time that the signer claims; it can only speak against him.
        algorithms: what was safe when.

    Returns:
        The worst that is said of any certificate, else what is missing.
    """
    certificates = [parsed for each in chain if (parsed := parse_certificate(each)) is not None]
    anchored = chain[-1:] and any(chain[-1] == each.certificate for each in trust.anchors)
    if not anchored or len(chain) < _SHORTEST or len(certificates) != len(chain):
        return RevocationResult(reason=Reason.REVOCATION_MALFORMED, detail="path")
    pieces = tuple(each for each in evidence if each.kind in _READERS)
    if len(pieces) > MAX_EVIDENCE:
        return RevocationResult(reason=Reason.LIMITS_EXCEEDED, detail="evidence")
    question = _Question(
        relevant=relevant,
        proven=proven,
        claimed=claimed,
        at=at,
        max_age=max_age,
        algorithms=algorithms,
        evidence=pieces,
        anchors=tuple(
            parsed
            for each in trust.anchors
            if (parsed := parse_certificate(each.certificate)) is not None
        ),
    )
    return _worst(certificates, question)


def _worst(path: Sequence[x509.Certificate], question: _Question) -> RevocationResult:
    """Return the worst that is said of any certificate of a path, its anchor aside."""
    findings: list[tuple[int, _Finding]] = []
    until: datetime | None = None
    for place in range(len(path) - 2, -1, -1):
        finding = _find(path[place:], question, place, until)
        findings.append((place, finding))
        if finding.since is not None:
            until = finding.since if until is None else min(until, finding.since)
    used = tuple(each for _place, finding in findings for each in finding.used)
    bad = [(place, finding.reason) for place, finding in findings if finding.reason is not None]
    if not bad:
        return RevocationResult(reason=None, used=used)
    place, reason = min(bad, key=lambda pair: _SEVERITY.index(pair[1]))
    return RevocationResult(reason=reason, detail=f"certificate {place}", used=used)


def _find(
    path: Sequence[x509.Certificate],
    question: _Question,
    place: int,
    until: datetime | None,
    *,
    by_delegates: bool = True,
) -> _Finding:
    """Return what the evidence says of the first certificate of ``path``.

    Args:
        path: the certificate, its issuer, and so on to the anchor.
        question: what is asked.
        place: the place of the certificate in the path, for the report.
        until: since when an authority above is itself revoked; its later words do not count.
        by_delegates: whether others than the issuer may speak; not about each other.
    """
    said: list[_Said] = []
    missing: list[Reason] = [Reason.NO_REVOCATION_EVIDENCE]
    for piece in question.evidence:
        try:
            words = _READERS[piece.kind](piece.der, path[0], path[1])
        except NotAuthenticError:
            missing.append(Reason.REVOCATION_MALFORMED)
            continue
        for word in words:
            if word.delegate is None or by_delegates:
                each = _weigh(word, piece, path, question, place=place)
                if each is None:
                    missing.append(Reason.REVOCATION_MALFORMED)
                else:
                    said.append(_after(each, until))
    since = min((each.word.since for each in said if each.word.since is not None), default=None)
    good = [each for each in said if each.problem is None and _is_good(each.word, question)]
    bad = [
        _Finding(reason=reason, used=each.used, since=since)
        for each in said
        if (reason := _against(each.word, good, question)) is not None
    ]
    if bad:
        return min(bad, key=_severity)
    if good:
        return _Finding(reason=None, used=good[0].used, since=since)
    missing.extend(each.problem for each in said if each.problem is not None)
    return _Finding(reason=min(missing, key=_SEVERITY.index), since=since)


def _severity(finding: _Finding) -> int:
    return len(_SEVERITY) if finding.reason is None else _SEVERITY.index(finding.reason)


def _is_good(word: Word, question: _Question) -> bool:
    """Tell whether a word says that the certificate was not revoked at the relevant time."""
    if word.status is Status.GOOD:
        return True
    # "Revoked since r" says as well that it was not before.
    return question.proven and word.since is not None and word.since > question.relevant


def _against(word: Word, good: Sequence[_Said], question: _Question) -> Reason | None:
    """Return what a bad word does to the signature, or ``None``."""
    since = word.since
    if since is None or (question.proven and since > question.relevant):
        return None
    if word.status is Status.HOLD:
        until, claimed = question.relevant, question.claimed
        if claimed is not None and claimed >= since:
            # Who claims a time after the hold began signed then, by his own word.
            until = min(until, claimed)
        lifted = any(
            each.word.status is Status.GOOD and word.this_update < each.word.this_update <= until
            for each in good
        )
        return None if lifted else Reason.CERTIFICATE_ON_HOLD
    if question.proven or (question.claimed is not None and question.claimed >= since):
        return Reason.CERTIFICATE_REVOKED
    return Reason.REVOKED_LATER


def _after(said: _Said, until: datetime | None) -> _Said:
    """Take the good word from an authority that was itself revoked when it provably spoke."""
    if until is None or said.piece.seen < until:
        return said
    return replace(said, problem=said.problem or Reason.REVOCATION_STALE)


def _weigh(
    word: Word,
    piece: KnownEvidence,
    path: Sequence[x509.Certificate],
    question: _Question,
    *,
    place: int,
) -> _Said | None:
    """Return a word with what speaks against relying on it; ``None``: it is nobody's.

    Args:
        word: the word; its signature holds.
        piece: where it comes from.
        path: the certificate it is about, its issuer, and so on to the anchor.
        question: what is asked.
        place: the place of the certificate in the path.
    """
    used: tuple[UsedEvidence, ...] = (
        UsedEvidence(
            kind=piece.kind,
            sha256=hashlib.sha256(piece.der).hexdigest(),
            this_update=word.this_update,
            next_update=word.next_update,
            place=place,
        ),
    )
    problem = signature_reason(
        word.scheme, word.digest, at=piece.seen, algorithms=question.algorithms
    )
    if problem is Reason.PATH_ALGORITHM:
        return None
    problem = problem or _path_problem(path[1:], piece, question)
    if word.delegate is not None:
        if key_of(word.delegate) == key_of(path[0]):
            return None  # nobody says of himself that he was not revoked
        finding = _delegate(word.delegate, piece, path, question)
        if finding.reason is Reason.CERTIFICATE_REVOKED:
            return None
        problem, used = problem or finding.reason, used + finding.used
    problem = problem or _freshness(word, piece, path[0], question)
    return _Said(word=word, piece=piece, problem=problem, used=used)


def _path_problem(
    authorities: Sequence[x509.Certificate], piece: KnownEvidence, question: _Question
) -> Reason | None:
    """Return why the path of an issuer was not good when its evidence provably existed."""
    for number, each in enumerate(authorities):
        issuer = authorities[number + 1] if number + 1 < len(authorities) else None
        reason = certificate_reason(each, issuer, at=piece.seen, algorithms=question.algorithms)
        if reason is None:
            continue
        # An anchor with the same name and key and other dates is the same authority.
        if any(
            _same_authority(each, other)
            and not certificate_reason(other, None, at=piece.seen, algorithms=question.algorithms)
            for other in question.anchors
        ):
            return None
        return _of_evidence(reason)
    return None


def _same_authority(one: x509.Certificate, other: x509.Certificate) -> bool:
    return one.subject == other.subject and key_of(one) == key_of(other)


def _of_evidence(reason: Reason) -> Reason:
    """Return what a certificate's reason means for the evidence that it signed."""
    if reason is Reason.ALGORITHM_OUTDATED:
        return reason
    dates = {Reason.PATH_EXPIRED, Reason.PATH_NOT_YET_VALID, Reason.ANCHOR_DATES}
    return Reason.REVOCATION_STALE if reason in dates else Reason.REVOCATION_MALFORMED


def _delegate(
    delegate: x509.Certificate,
    piece: KnownEvidence,
    path: Sequence[x509.Certificate],
    question: _Question,
) -> _Finding:
    """Return why one who speaks for an issuer could not when his word provably existed."""
    reason = certificate_reason(delegate, path[1], at=piece.seen, algorithms=question.algorithms)
    finding = _find(
        [delegate, *path[1:]],
        replace(question, relevant=piece.seen, proven=True, claimed=None),
        _DELEGATE,
        None,
        by_delegates=False,
    )
    if finding.reason is Reason.CERTIFICATE_REVOKED:
        return finding
    if reason is not None:
        return _Finding(reason=_of_evidence(reason))
    if finding.reason is Reason.CERTIFICATE_ON_HOLD:
        return _Finding(reason=Reason.REVOCATION_MALFORMED)
    spared = extension_of(delegate, x509.OCSPNoCheck) is not None
    return replace(finding, reason=None) if spared else finding


def _freshness(
    word: Word, piece: KnownEvidence, certificate: x509.Certificate, question: _Question
) -> Reason | None:
    """Return why a word says nothing about the relevant time, or ``None``."""
    if word.status is Status.UNKNOWN:
        return Reason.NO_REVOCATION_EVIDENCE
    latest = min(piece.seen, question.at) + CLOCK_SKEW
    ends = word.next_update
    odd = word.said_at < word.this_update or (ends is not None and ends < word.this_update)
    if not word.complete or odd or word.said_at > latest:
        return Reason.REVOCATION_MALFORMED
    # Before it was issued nothing was said of it, and once it has expired silence says nothing.
    expired = certificate.not_valid_after_utc
    kept = word.remembers is not None and word.remembers <= expired
    forgotten = word.status is Status.GOOD and not kept
    if word.this_update < certificate.not_valid_before_utc or (
        word.this_update > expired and forgotten
    ):
        return Reason.REVOCATION_STALE
    early = question.relevant - word.this_update
    if early <= timedelta(0):
        return None
    basic = extension_of(certificate, x509.BasicConstraints)
    slow = basic is not None and basic.value.ca and ends is not None
    oldest = max(question.max_age, MAX_AUTHORITY_AGE) if slow else question.max_age
    late = ends is not None and ends < question.relevant
    return Reason.REVOCATION_STALE if late or early > oldest else None


_READERS: Final = {"ocsp": words_of_ocsp, "crl": words_of_crl}
"""Who reads which kind of evidence."""
