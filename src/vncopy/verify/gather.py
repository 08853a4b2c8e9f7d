"""Evidence asked for where certificates say it is: OCSP first, then CRLs. For callers who want it.

Whatever comes is handed on and judged like evidence from anywhere else; nothing here believes it.
What is looked at is only whether an answer is of the right kind and about the right certificate,
so that the next address is asked where it is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID

from vncopy.facts.evidence import MAX_EVIDENCE_BYTES, Gathered
from vncopy.fetch.addresses import target_of
from vncopy.fetch.fetcher import FetchError, FetchProblem
from vncopy.reasons import Reason
from vncopy.verify.certificates import UNREADABLE, extension_of, parse_certificate
from vncopy.verify.chain import MAX_PATH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vncopy.facts.evidence import EvidenceSource
    from vncopy.fetch.fetcher import Fetcher

__all__ = ["FetchedEvidence", "JoinedEvidence"]

MAX_OCSP: Final = 32 * 1024
"""Bytes of an OCSP response: 1 to 5 kB with the responder's certificates."""
MAX_ADDRESSES: Final = 2
"""Addresses of one kind that are asked for one certificate; the others are mirrors."""
MAX_REQUESTS: Final = 16
"""Requests for one path: two for each certificate of the longest one, and a few mirrors."""
MAX_RESPONDERS: Final = 2
"""Certificates inside a response about which a CRL is asked for."""
_OCSP_QUERY: Final = "application/ocsp-request"
_SILENT: Final = frozenset(
    {FetchProblem.UNRESOLVED, FetchProblem.UNREACHABLE, FetchProblem.TIMEOUT, FetchProblem.TLS}
)
"""After these a host is not asked again for the same path: it would take as long once more."""


@dataclass(frozen=True, slots=True)
class FetchedEvidence:
    """A source of evidence that asks the revocation services named in certificates.

    Which of them may be asked at all is the fetcher's business. Those that are not on its list,
    and addresses that are not HTTP (LDAP), count as not reached.
    """

    fetcher: Fetcher = field(repr=False)
    """Asks, within its own limits."""

    def gather(self, chain: Sequence[bytes], /) -> Gathered:
        """Return what the services say of the certificates of a path.

        Args:
            chain: certificates in DER, the signer's own first, the anchor last.

        Returns:
            OCSP responses and CRLs; ``revocation_unreachable`` if for some certificate neither
            could be had although it names where to ask. Raises nothing.
        """
        errand = _Errand(self.fetcher)
        try:
            path = [parse_certificate(der) for der in chain[:MAX_PATH]]
            for certificate, issuer in pairwise(path):
                if certificate is None or issuer is None:
                    errand.missed = True
                else:
                    errand.ask_about(certificate, issuer)
        except Exception:  # noqa: BLE001 - the contract: whatever it is, it is told, not raised
            errand.missed = True
        return Gathered(
            pieces=tuple(errand.pieces),
            problem=Reason.REVOCATION_UNREACHABLE if errand.missed else None,
        )


class _Errand:
    """One round of asking, about one path."""

    def __init__(self, fetcher: Fetcher) -> None:
        self.fetcher = fetcher
        self.pieces: list[bytes] = []
        self.missed = False
        self._requests = 0
        self._silent: set[str] = set()
        self._lists: dict[str, x509.CertificateRevocationList | None] = {}

    def ask_about(self, certificate: x509.Certificate, issuer: x509.Certificate) -> None:
        """Add what can be had about a certificate, one good answer of the first kind that has it."""
        services = _services(certificate)
        points = _points(certificate)
        if not services and not points:
            return  # it names nobody who could be asked; what is missing shows when it is judged
        if self._by_ocsp(certificate, issuer, services):
            return
        if not self._by_crl(certificate, points):
            self.missed = True

    def _by_ocsp(
        self, certificate: x509.Certificate, issuer: x509.Certificate, urls: Iterable[str]
    ) -> bool:
        # RFC 9654 and RFC 5019 §2.1.1: every responder knows SHA-1 here, many know nothing else.
        # It names the issuer and protects nothing. No nonce: answers are kept and shown to others.
        builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA1())  # noqa: S303
        request = builder.build().public_bytes(Encoding.DER)
        for url in urls:
            answer = self._fetched(url, MAX_OCSP, request)
            response = None if answer is None else _response(answer, certificate)
            if answer is not None and response is not None:
                self._keep(answer)
                self._about_responders(response, issuer)
                return True
        return False

    def _about_responders(self, response: ocsp.OCSPResponse, issuer: x509.Certificate) -> None:
        """Ask about responders that are not exempt (RFC 6960 §4.2.2.2.1), by CRL alone."""
        for each in response.certificates[:MAX_RESPONDERS]:
            if (
                each.issuer == issuer.subject
                and each != issuer
                and extension_of(each, x509.OCSPNoCheck) is None
                and (points := _points(each))
                and not self._by_crl(each, points)
            ):
                self.missed = True

    def _by_crl(self, certificate: x509.Certificate, urls: Iterable[str]) -> bool:
        for url in urls:
            if url not in self._lists:
                self._lists[url] = self._list(url)
            found = self._lists[url]
            if found is not None and found.issuer == certificate.issuer:
                return True
        return False

    def _list(self, url: str) -> x509.CertificateRevocationList | None:
        answer = self._fetched(url, MAX_EVIDENCE_BYTES)
        if answer is None:
            return None
        try:
            found = x509.load_der_x509_crl(answer)
        except UNREADABLE:
            return None
        self._keep(answer)
        return found

    def _keep(self, piece: bytes) -> None:
        if piece not in self.pieces:
            self.pieces.append(piece)

    def _fetched(self, url: str, limit: int, request: bytes | None = None) -> bytes | None:
        """Return an answer, or ``None`` if there is none within the limits."""
        try:
            host = target_of(url).authority
        except FetchError:  # not an address that could be asked
            return None
        if host in self._silent or self._requests >= MAX_REQUESTS:
            return None
        limit = min(limit, MAX_EVIDENCE_BYTES - sum(map(len, self.pieces)))
        self._requests += 1
        try:
            if request is None:
                return self.fetcher.get(url, limit=limit)
            return self.fetcher.post(url, request, _OCSP_QUERY, limit=limit)
        except FetchError as error:
            if error.problem in _SILENT:
                self._silent.add(host)
            return None


def _services(certificate: x509.Certificate) -> list[str]:
    """Return the addresses of OCSP services that a certificate names."""
    access = extension_of(certificate, x509.AuthorityInformationAccess)
    if access is None:
        return []
    return _http(
        each.access_location
        for each in access.value
        if each.access_method == AuthorityInformationAccessOID.OCSP
    )


def _points(certificate: x509.Certificate) -> list[str]:
    """Return the addresses of complete CRLs that a certificate names.

    Points with reasons of their own or with another issuer hold lists that prove nothing here.
    """
    points = extension_of(certificate, x509.CRLDistributionPoints)
    if points is None:
        return []
    return _http(
        name
        for point in points.value
        if point.reasons is None and point.crl_issuer is None
        for name in point.full_name or ()
    )


def _http(names: Iterable[x509.GeneralName]) -> list[str]:
    """Return the first addresses among names that are HTTP."""
    found = [
        name.value
        for name in names
        if isinstance(name, x509.UniformResourceIdentifier)
        and name.value.lower().startswith(("http://", "https://"))
    ]
    return list(dict.fromkeys(found))[:MAX_ADDRESSES]


def _response(answer: bytes, certificate: x509.Certificate) -> ocsp.OCSPResponse | None:
    """Return an OCSP response if it is one, says something, and is about a certificate."""
    try:
        response = ocsp.load_der_ocsp_response(answer)
        if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            return None
        about = any(
            each.serial_number == certificate.serial_number
            and each.certificate_status is not ocsp.OCSPCertStatus.UNKNOWN
            for each in response.responses
        )
        _ = response.certificates
    except UNREADABLE:
        return None
    return response if about else None


@dataclass(frozen=True, slots=True)
class JoinedEvidence:
    """Several sources as one: files at hand first, then whoever can be asked."""

    sources: tuple[EvidenceSource, ...]
    """Asked one after the other."""

    def gather(self, chain: Sequence[bytes], /) -> Gathered:
        """Return what all of them have; the first problem, if any has one."""
        found = [_asked(source, chain) for source in self.sources]
        return Gathered(
            pieces=tuple(dict.fromkeys(piece for each in found for piece in each.pieces)),
            problem=next((each.problem for each in found if each.problem is not None), None),
        )


def _asked(source: EvidenceSource, chain: Sequence[bytes]) -> Gathered:
    """Return what one source has; what it raises takes nothing away from the others."""
    try:
        answer: object = source.gather(chain)
    except Exception:  # noqa: BLE001 - the border: whatever a caller's source raises
        answer = None
    if isinstance(answer, Gathered):
        return answer
    return Gathered(problem=Reason.REVOCATION_UNREACHABLE)
