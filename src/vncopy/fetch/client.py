"""A fetcher for HTTP that goes where it may, and nowhere else, and comes back in time.

A name is resolved once, every address that comes out is checked, and the connection goes to that
very address: an answer that changes between check and use (DNS rebinding) changes nothing. Nothing
is followed, decoded, cached or remembered; proxies and passwords of the environment are not looked
at. HTTP itself is the standard library's, fed through a reader that counts bytes and seconds.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Final, cast

from vncopy.errors import UsageError
from vncopy.fetch.addresses import (
    Address,
    Target,
    check_host_rule,
    host_permitted,
    permitted,
    target_of,
)
from vncopy.fetch.fetcher import FetchError, FetchProblem

__all__ = ["HttpFetcher", "Resolver"]

Resolver = Callable[[str, int], Sequence[str]]
"""Returns the addresses of a host (name, port) as text; raises ``OSError`` if there are none."""

SECONDS: Final = 15.0
"""Time for one request, from the name to the last byte."""
MAX_BYTES: Final = 8 * 1024 * 1024
"""Bytes of any answer, whatever the caller permits: the largest CRLs in use have a few MB."""
MAX_HEAD: Final = 32 * 1024
"""Bytes of status line, headers and framing, beside the answer itself."""
MAX_BODY: Final = 64 * 1024
"""Bytes of a request; those for OCSP and timestamps have 100 or so."""
MAX_ADDRESSES: Final = 16
"""Addresses of one name that are looked at; all of them must be permitted."""
MAX_ATTEMPTS: Final = 3
"""Addresses of one name that are tried."""
OK: Final = 200
REDIRECTS: Final = range(300, 400)

ANSWERS: Final = {
    "application/ocsp-request": "application/ocsp-response",
    "application/timestamp-query": "application/timestamp-reply",
}
"""Type of the answer to each type of request (RFC 6960 App. A, RFC 3161 §3.4)."""
PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
"""What error pages and portals of guest networks answer with; CRLs come under many names, never
under these."""

LAST_PORT: Final = 65535
"""The highest number of a TCP port."""


def _resolve(host: str, port: int) -> list[str]:
    """Ask the operating system."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(row[4][0]) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpFetcher:
    """Fetches from the hosts that are named, and no others. Safe to share between threads.

    Raises:
        UsageError: a rule about hosts that says nothing or too much, or a limit below zero.
    """

    hosts: frozenset[str]
    """Names in lower case, or ends of names with a leading dot."""
    schemes: frozenset[str] = frozenset({"http", "https"})
    """CRLs and OCSP are plain HTTP by custom (RFC 5280 §8): they are signed themselves."""
    ports: frozenset[int] = frozenset({80, 443})
    """Ports."""
    seconds: float = SECONDS
    """Time for one request, from the name to the last byte."""
    max_bytes: int = MAX_BYTES
    """Bytes of any answer, whatever the caller permits."""
    allow_private: bool = False
    """Whether private and loopback addresses are permitted: for an intranet's own services."""
    tls: ssl.SSLContext | None = field(default=None, repr=False)
    """For ``https``; ``None``: the system's roots, names checked."""
    resolver: Resolver = field(default=_resolve, repr=False)
    """Where the addresses of names come from."""
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)
    """Seconds that only ever grow; measures the time of a request, tells no time of day."""

    def __post_init__(self) -> None:
        """Refuse settings that would permit everything or nothing."""
        for rule in self.hosts:
            check_host_rule(rule)
        known = self.schemes <= {"http", "https"}
        known = known and all(0 < port <= LAST_PORT for port in self.ports)
        if not known or self.seconds <= 0 or self.max_bytes <= 0:
            raise UsageError.of(
                "fetcher",
                "fetch.limits",
                vi="chỉ có http và https, cổng từ 1 đến 65535; thời gian và số byte phải lớn hơn 0",
                en="schemes are http and https, ports 1 to 65535; seconds and bytes are more than 0",
            )

    def get(self, url: str, /, *, limit: int) -> bytes:
        """Return what an address holds.

        Args:
            url: absolute.
            limit: bytes of the answer, at most.

        Raises:
            FetchError: for whatever reason there is no answer; nothing else.
        """
        return self._guarded(url, _Request(method="GET"), limit)

    def post(self, url: str, body: bytes, content_type: str, /, *, limit: int) -> bytes:
        """Return the answer to a request.

        Args:
            url: absolute.
            body: the request.
            content_type: its type, a key of ``ANSWERS``; the answer must be of the type there.
            limit: bytes of the answer, at most.

        Raises:
            FetchError: for whatever reason there is no answer; nothing else.
        """
        if content_type not in ANSWERS:
            raise FetchError(FetchProblem.CONTENT_TYPE)
        if len(body) > MAX_BODY:
            raise FetchError(FetchProblem.TOO_LARGE)
        request = _Request(method="POST", body=body, content_type=content_type)
        return self._guarded(url, request, limit)

    def _guarded(self, url: str, request: _Request, limit: int) -> bytes:
        """Fetch; turn whatever is raised underneath into the one error."""
        try:
            return self._fetch(url, request, min(limit, self.max_bytes))
        except FetchError:
            raise
        except TimeoutError as error:
            raise FetchError(FetchProblem.TIMEOUT) from error
        except ssl.SSLError as error:
            raise FetchError(FetchProblem.TLS) from error
        except http.client.IncompleteRead as error:
            raise FetchError(FetchProblem.TRUNCATED) from error
        except OSError as error:
            raise FetchError(FetchProblem.UNREACHABLE) from error
        except Exception as error:
            # http.client's own, and whatever else a hostile answer makes it raise.
            raise FetchError(FetchProblem.MALFORMED) from error

    def _fetch(self, url: str, request: _Request, limit: int) -> bytes:
        target = target_of(url)
        if target.scheme not in self.schemes or target.port not in self.ports:
            raise FetchError(FetchProblem.URL)
        if not host_permitted(target.host, self.hosts):
            raise FetchError(FetchProblem.HOST)
        left = _Deadline(self.clock, self.clock() + self.seconds)
        addresses = self._addresses(target, left)
        with closing(_connected(addresses, target.port, left)) as plain:
            if target.scheme == "http":
                return _exchange(plain, target, request, left=left, limit=limit)
            context = self.tls or ssl.create_default_context()
            plain.settimeout(left.seconds())
            secured = context.wrap_socket(
                plain, server_hostname=target.host, do_handshake_on_connect=False
            )
            with closing(secured):
                secured.settimeout(left.seconds())
                secured.do_handshake()
                return _exchange(secured, target, request, left=left, limit=limit)

    def _addresses(self, target: Target, left: _Deadline) -> tuple[Address, ...]:
        """Return the addresses of the host, all of them permitted."""
        answer = _in_time(lambda: self.resolver(target.host, target.port), left)
        if not 0 < len(answer) <= MAX_ADDRESSES:
            raise FetchError(FetchProblem.UNRESOLVED)
        # Some systems give an address once per kind of socket: each is tried once.
        found = tuple(dict.fromkeys(ipaddress.ip_address(each) for each in answer))
        # One forbidden address among others is a sign of rebinding: none of them is used.
        if not all(permitted(each, private=self.allow_private) for each in found):
            raise FetchError(FetchProblem.ADDRESS)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """What to ask a host."""

    method: str
    body: bytes = field(default=b"", repr=False)
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class _Deadline:
    """The instant at which a request ends, whatever it is doing."""

    clock: Callable[[], float]
    end: float

    def seconds(self) -> float:
        """Return the seconds that are left.

        Raises:
            FetchError: none are.
        """
        left = self.end - self.clock()
        if left <= 0:
            raise FetchError(FetchProblem.TIMEOUT)
        return left


def _in_time(ask: Callable[[], Sequence[str]], left: _Deadline) -> Sequence[str]:
    """Resolve a name; a resolver that does not come back is left behind.

    The system's resolver has no time limit that could be set. Its thread ends when it gives up.
    """
    answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def answer() -> None:
        try:
            answers.put(ask())
        except Exception as error:  # noqa: BLE001 - handed over and looked at below
            answers.put(error)

    threading.Thread(target=answer, daemon=True, name="vncopy-resolver").start()
    try:
        found = answers.get(timeout=left.seconds())
    except queue.Empty:
        raise FetchError(FetchProblem.TIMEOUT) from None
    if isinstance(found, Exception):
        raise FetchError(FetchProblem.UNRESOLVED) from found
    return found


def _connected(addresses: Sequence[Address], port: int, left: _Deadline) -> socket.socket:
    """Return a connection to the first address that answers."""
    failure: OSError | None = None
    for address in addresses[:MAX_ATTEMPTS]:
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6  # noqa: PLR2004 - IPv4
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(left.seconds())
            connection.connect((str(address), port))
        except OSError as error:
            connection.close()
            failure = error
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise failure or OSError("no address")


def _exchange(
    connection: socket.socket, target: Target, request: _Request, *, left: _Deadline, limit: int
) -> bytes:
    """Send a request and return the answer to it."""
    _send(connection, _head(target, request) + request.body, left)
    incoming = _Incoming(connection, left, limit + MAX_HEAD)
    response = http.client.HTTPResponse(cast("Any", incoming), method=request.method)
    with closing(response):
        response.begin()
        declared = _checked(response, request, limit)
        body = response.read(limit + 1)
    if len(body) > limit:
        raise FetchError(FetchProblem.TOO_LARGE)
    if declared is not None and len(body) != declared:
        raise FetchError(FetchProblem.TRUNCATED)
    return body


def _head(target: Target, request: _Request) -> bytes:
    """Return request line and headers; all parts are ASCII without line ends by construction."""
    lines = [
        f"{request.method} {target.path} HTTP/1.1",
        f"Host: {target.authority}",
        "User-Agent: vncopy",
        "Accept-Encoding: identity",
        "Connection: close",
    ]
    if request.method == "POST":
        lines.append(f"Content-Type: {request.content_type}")
        lines.append(f"Accept: {ANSWERS[request.content_type]}")
        lines.append(f"Content-Length: {len(request.body)}")
    return "\r\n".join((*lines, "", "")).encode("ascii")


def _send(connection: socket.socket, data: bytes, left: _Deadline) -> None:
    """Send all of ``data``; the standard library's ``sendall`` would start anew for each part."""
    rest = memoryview(data)
    while rest:
        connection.settimeout(left.seconds())
        rest = rest[connection.send(rest) :]


def _checked(response: http.client.HTTPResponse, request: _Request, limit: int) -> int | None:
    """Check status and headers of an answer; return the length that it declares, if it does."""
    if response.status in REDIRECTS:
        raise FetchError(FetchProblem.REDIRECT)
    if response.status != OK:
        raise FetchError(FetchProblem.STATUS)
    headers = response.headers
    if set(headers.get_all("Content-Encoding", [])) - {"identity"}:
        raise FetchError(FetchProblem.CONTENT_TYPE)
    kind = headers.get_content_type() if "Content-Type" in headers else ""
    if request.method == "POST" and kind != ANSWERS[request.content_type]:
        raise FetchError(FetchProblem.CONTENT_TYPE)
    if kind in PAGES:
        raise FetchError(FetchProblem.CONTENT_TYPE)
    lengths = set(headers.get_all("Content-Length", []))
    if not lengths:
        return None
    length = lengths.pop()
    if lengths or "Transfer-Encoding" in headers or not (length.isascii() and length.isdigit()):
        raise FetchError(FetchProblem.MALFORMED)  # two readers would see two different answers
    if len(length) > len(str(limit)) or int(length) > limit:
        raise FetchError(FetchProblem.TOO_LARGE)
    return int(length)


class _Incoming(io.RawIOBase):
    """What comes from a connection, up to a number of bytes and an instant."""

    def __init__(self, connection: socket.socket, left: _Deadline, limit: int) -> None:
        super().__init__()
        self._connection = connection
        self._left = left
        self._budget = limit

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return a buffered reader, as ``http.client`` asks a socket for it."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401 - any writable buffer
        """Read what is there."""
        self._connection.settimeout(self._left.seconds())
        count = self._connection.recv_into(buffer)
        self._budget -= count
        if self._budget < 0:
            raise FetchError(FetchProblem.TOO_LARGE)
        return count
