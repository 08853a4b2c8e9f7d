"""What OCSP responses say (RFC 6960).

``CertID`` is an identifier and nothing more: its SHA-1 is usual and harmless, because the response
that holds it is signed with something better.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, SignatureAlgorithmOID

from vncopy.facts.evidence import MAX_EVIDENCE_BYTES
from vncopy.verify.certificates import UNREADABLE, extension_of, issued_by, key_of
from vncopy.verify.words import (
    CACHED_PIECES,
    CACHED_WORDS,
    NotAuthenticError,
    Status,
    Word,
    digest_of,
    generalized_time,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

__all__ = ["words_of_ocsp"]

MAX_RESPONDERS: Final = 4
"""Certificates of a response that are tried; responders send one, or one and its issuer."""
MAX_SINGLE_RESPONSES: Final = 64
"""Certificates of which one response may speak; responders answer what was asked: one."""

_PSS_DIGESTS: Final = (hashes.SHA256(), hashes.SHA384(), hashes.SHA512())
"""Tried in turn for RSASSA-PSS, whose parameters ``cryptography`` does not tell here."""
_CERT_ID_DIGESTS: Final = {each.name: each for each in (hashes.SHA1(), *_PSS_DIGESTS)}  # noqa: S303
"""Digests with which a certificate is named; nothing rests on their strength."""
_ARCHIVE_CUTOFF: Final = x509.ObjectIdentifier("1.3.6.1.5.5.7.48.1.6")


@lru_cache(maxsize=CACHED_WORDS)
def words_of_ocsp(
    der: bytes, certificate: x509.Certificate, issuer: x509.Certificate
) -> tuple[Word, ...]:
    """Return what a response says of a certificate.

    Args:
        der: the response.
        certificate: the certificate.
        issuer: the authority that issued it.

    Returns:
        Its words; none: it says that there is no answer, or speaks of other certificates.

    Raises:
        NotAuthenticError: it cannot be read, or is signed neither by the issuer nor by somebody
            whom the issuer appointed.
    """
    response = _read(der)
    if response is None:
        return ()
    about = [each for each in response.singles if _is_about(each, certificate, issuer)]
    if not about:
        return ()
    delegate, digest = _responder(response, issuer)
    # Of many answers the worst of each status stands for all: revoked first, and held last.
    worst: dict[Status, _Single] = {}
    for each in about:
        known = worst.get(each.status, each)
        since = [time for time in (known.since, each.since) if time is not None]
        worst[each.status] = replace(
            each,
            since=min(since, default=None),
            this_update=max(known.this_update, each.this_update),
        )
    return tuple(
        Word(
            status=each.status,
            since=each.since,
            this_update=each.this_update,
            next_update=each.next_update,
            said_at=response.produced_at,
            scheme=response.scheme,
            digest=digest,
            delegate=delegate,
            remembers=response.cutoff,
            complete=response.understood,
        )
        for each in worst.values()
    )


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
    cutoff: datetime | None
    understood: bool


@lru_cache(maxsize=CACHED_PIECES)
def _read(der: bytes) -> _Response | None:
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
        answers = tuple(islice(response.responses, MAX_SINGLE_RESPONSES + 1))
        if not 0 < len(answers) <= MAX_SINGLE_RESPONSES:
            raise NotAuthenticError
        # Extensions of single answers can be read only where there is just one; of several
        # answers the bad ones count and the good ones do not.
        alone = len(answers) == 1
        own = list(response.single_extensions) if alone else []
        singles = tuple(_single(each, own) for each in answers)
        critical = any(each.critical for each in (*response.extensions, *own))
        certificates = tuple(response.certificates)
        for each in certificates:
            _ = (each.extensions, each.subject, each.issuer, each.not_valid_after_utc)
        return _Response(
            singles=singles,
            tbs=response.tbs_response_bytes,
            signature=response.signature,
            scheme=response.signature_algorithm_oid,
            digest=digest_of(response),
            certificates=certificates,
            produced_at=response.produced_at_utc,
            cutoff=next(
                (
                    generalized_time(each.value.value)
                    for each in own
                    if isinstance(each.value, x509.UnrecognizedExtension)
                    and each.oid == _ARCHIVE_CUTOFF
                ),
                None,
            ),
            understood=alone and not critical,
        )
    except UNREADABLE as error:
        raise NotAuthenticError from error


def _single(
    single: ocsp.OCSPSingleResponse, own: Sequence[x509.Extension[x509.ExtensionType]]
) -> _Single:
    """Read one answer with its own extensions."""
    since = single.revocation_time_utc
    for each in own:
        # Entries of CRLs and answers may have the same extensions (RFC 6960 §4.4.5).
        if isinstance(each.value, x509.InvalidityDate) and since is not None:
            since = min(since, each.value.invalidity_date_utc)
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
        since=since,
        this_update=single.this_update_utc,
        next_update=single.next_update_utc,
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
    algorithm = _CERT_ID_DIGESTS[digest]
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
    pss = response.scheme == SignatureAlgorithmOID.RSASSA_PSS
    key = key_of(signer)
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
