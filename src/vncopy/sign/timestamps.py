"""Timestamping services: one with a key at hand, one behind an address (RFC 3161)."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from cryptography import x509

from vncopy.errors import Message, SigningError, UsageError
from vncopy.fetch.fetcher import FetchError
from vncopy.sign.der import (
    BOOLEAN,
    OCTETS,
    SEQUENCE,
    MalformedDER,
    der,
    der_integer,
    der_oid,
    parse,
)
from vncopy.sign.signer import algorithm_of, sign_checked, signature_for_cms
from vncopy.sign.token_info import unusable
from vncopy.sign.token_writer import SHA256_IDENTIFIER, make_token
from vncopy.sign.tokens import (
    MAX_TOKEN,
    Token,
    check_timestamp_certificate,
    check_token,
    read_token,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from vncopy.fetch.fetcher import Fetcher
    from vncopy.sign.signer import CopySigner

__all__ = [
    "EXAMPLE_POLICY",
    "MAX_TOKEN",
    "LocalTimestamper",
    "RemoteTimestamper",
    "Timestamper",
    "Token",
    "check_token",
    "read_token",
]

EXAMPLE_POLICY: Final = "2.999.3161.1"
"""Below the arc that is set aside for examples: a service of one's own has its own policy."""
SERIAL_BYTES: Final = 16
"""Random bytes of a token's number, so that two never meet and none tells how many there were."""
NONCE_BYTES: Final = 8
"""Random bytes of a request's nonce, so that an old answer cannot be given again."""
QUERY: Final = "application/timestamp-query"
"""RFC 3161 §3.4."""
_TRUE: Final = der(BOOLEAN, b"\xff")
_GRANTED: Final = frozenset({0, 1})
"""PKIStatus granted and grantedWithMods."""
_STATUSES: Final = range(6)
"""All of RFC 3161; any other number could have thousands of digits."""


@runtime_checkable
class Timestamper(Protocol):
    """Whoever can prove that something existed at a time."""

    def timestamp(self, digest: bytes, /) -> bytes:
        """Return a timestamp.

        Args:
            digest: SHA-256 of what is to be stamped.

        Returns:
            TimeStampToken (CMS ContentInfo) in DER.

        Raises:
            SigningError: there is none that could be used.
        """
        ...


@dataclass(frozen=True, slots=True)
class LocalTimestamper:
    """A timestamping service in this process: for an agency's own service, demonstrations and tests.

    It proves as much as the world believes whoever holds its key: verifiers trust it only where
    their trust folder names its certificate in the role ``tsa``.

    Raises:
        UsageError: ``policy`` is no object identifier.
    """

    signer: CopySigner
    """The key; its certificate must be made for timestamps alone."""
    clock: Callable[[], datetime] = field(repr=False)
    """Returns the time, aware."""
    policy: str = EXAMPLE_POLICY
    """Object identifier, with dots, of the policy under which it issues."""
    entropy: Callable[[int], bytes] = field(default=secrets.token_bytes, repr=False)
    """Returns so many random bytes, for the numbers of tokens."""

    def __post_init__(self) -> None:
        """Refuse a policy that could not be written."""
        try:
            der_oid(self.policy)
        except ValueError as error:
            raise UsageError.of(
                "policy",
                "timestamp.policy",
                vi="chính sách cấp dấu thời gian phải là mã OID dạng số có dấu chấm",
                en="the timestamping policy must be an object identifier, numbers with dots",
            ) from error

    def timestamp(self, digest: bytes, /) -> bytes:
        """Return a timestamp.

        Args:
            digest: SHA-256 of what is to be stamped.

        Returns:
            TimeStampToken in DER; it went through :func:`check_token`.

        Raises:
            SigningError: a digest of another length, a clock without offset, a certificate that is
                not valid now or not one for timestamps, or a key that did not sign.
        """
        if len(digest) != hashlib.sha256().digest_size:
            raise unusable("cần giá trị băm SHA-256", "a SHA-256 digest is needed")
        time = self.clock()
        if time.tzinfo is None:
            raise unusable("đồng hồ không có múi giờ", "the clock's time has no offset")
        certificate = self._certificate()
        check_timestamp_certificate(certificate, at=time)
        token = make_token(
            digest,
            chain=self.signer.chain,
            sign=lambda message: signature_for_cms(
                self.signer.algorithm,
                sign_checked(self.signer, certificate, message, role="tsa"),
            ),
            time=time,
            serial=_serial(self.entropy(SERIAL_BYTES)),
            policy=self.policy,
        )
        check_token(token, digest)
        return token

    def _certificate(self) -> x509.Certificate:
        """Return the service's certificate; key and algorithm must fit."""
        try:
            certificate = x509.load_der_x509_certificate(self.signer.chain[0])
            fits = self.signer.algorithm is algorithm_of(certificate, field="tsa")
        except UsageError as error:
            raise SigningError(error.problems[0].message) from error
        except (ValueError, IndexError) as error:
            raise SigningError(
                Message(
                    "không đọc được chứng thư của dịch vụ cấp dấu thời gian",
                    "the certificate of the timestamping service cannot be read",
                )
            ) from error
        if not fits:
            raise unusable("thuật toán không hợp với khóa", "its algorithm does not fit its key")
        return certificate


def _serial(entropy: bytes) -> int:
    """Return a positive number that always takes the same space."""
    top = 1 << (8 * SERIAL_BYTES - 2)
    return int.from_bytes(entropy) % top | top


@dataclass(frozen=True, slots=True)
class RemoteTimestamper:
    """A timestamping service behind an address (RFC 3161 over HTTP)."""

    url: str
    """Address of the service."""
    fetcher: Fetcher = field(repr=False)
    """Asks it, and decides where a request may go."""
    entropy: Callable[[int], bytes] = field(default=secrets.token_bytes, repr=False)
    """Returns so many random bytes, for nonces."""

    def timestamp(self, digest: bytes, /) -> bytes:
        """Return a timestamp.

        Args:
            digest: SHA-256 of what is to be stamped; nothing else leaves the process.

        Returns:
            TimeStampToken in DER, as the service wrote it; it went through :func:`check_token` and
            carries the nonce of this request.

        Raises:
            SigningError: a digest of another length, a service that cannot be reached or refuses,
                or an answer that could not be used.
        """
        if len(digest) != hashlib.sha256().digest_size:
            raise unusable("cần giá trị băm SHA-256", "a SHA-256 digest is needed")
        nonce = int.from_bytes(self.entropy(NONCE_BYTES))
        request = der(
            SEQUENCE,
            der_integer(1),
            der(SEQUENCE, SHA256_IDENTIFIER, der(OCTETS, digest)),
            der_integer(nonce),
            _TRUE,  # certReq: a token without its certificate cannot be verified later
        )
        try:
            answer = self.fetcher.post(self.url, request, QUERY, limit=MAX_TOKEN)
        except FetchError as error:
            raise unusable(error.message.vi, error.message.en) from error
        token = _granted(answer)
        if read_token(token, digest).nonce != nonce:
            raise unusable("trả lời cho yêu cầu khác", "it answers another request")
        return token


def _granted(answer: bytes) -> bytes:
    """Return the token of a TimeStampResp (RFC 3161 §2.4.2)."""
    try:
        status, *tokens = parse(answer, SEQUENCE).children()
        code = status.expect(SEQUENCE).children()[0].integer()
    except (MalformedDER, ValueError, IndexError) as error:
        raise unusable("câu trả lời sai cấu trúc", "the answer has a wrong structure") from error
    if code not in _GRANTED:
        vi, en = (code, code) if code in _STATUSES else ("lạ", "unknown")
        raise unusable(
            f"dịch vụ từ chối (mã {vi})", f"the service refused the request (status {en})"
        )
    if len(tokens) != 1:
        raise unusable("câu trả lời không có dấu thời gian", "the answer holds no token")
    return tokens[0].raw
