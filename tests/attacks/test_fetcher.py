"""The fetcher against servers, names and networks that want something else than to answer."""

from __future__ import annotations

import datetime as dt
import gzip
import ipaddress
import itertools
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from support.servers import HERE, NAME, answer, serving
from vncopy.errors import UsageError
from vncopy.fetch import FetchError, FetchProblem, HttpFetcher
from vncopy.fetch import client as client_module
from vncopy.fetch.client import MAX_BODY, MAX_HEAD, _resolve
from vncopy.fetch.fetcher import PROBLEMS

LIMIT = 1000
OCSP = "application/ocsp-request"
OCSP_ANSWER = "Content-Type: application/ocsp-response"


def problem_of(ask: Callable[[], bytes]) -> FetchProblem:
    """Return why nothing was fetched; any other exception fails the test."""
    with pytest.raises(FetchError) as caught:
        ask()
    assert NAME not in str(caught.value)
    return caught.value.problem


def problem_with(script: Any, **changes: Any) -> FetchProblem:
    with serving(script) as server:
        fetcher = server.fetcher(**changes)
        return problem_of(lambda: fetcher.get(server.url(), limit=LIMIT))


# What works


def test_every_problem_has_its_sentences() -> None:
    assert set(PROBLEMS) == set(FetchProblem)
    assert all(message.vi != message.en for message in PROBLEMS.values())


def test_a_good_answer_is_returned_and_the_request_says_little() -> None:
    with serving(answer(b"crl", "Content-Type: application/pkix-crl")) as server:
        assert server.fetcher().get(server.url("/a?b=c"), limit=3) == b"crl"
    (request,) = server.requests
    assert request.split(b"\r\n") == [
        b"GET /a?b=c HTTP/1.1",
        f"Host: {NAME}:{server.port}".encode(),
        b"User-Agent: vncopy",
        b"Accept-Encoding: identity",
        b"Connection: close",
        b"",
        b"",
    ]


def test_a_request_with_a_body() -> None:
    with serving(answer(b"yes", OCSP_ANSWER)) as server:
        body = bytes(range(256))
        assert server.fetcher().post(server.url(), body, OCSP, limit=LIMIT) == b"yes"
    head, _, sent = server.requests[0].partition(b"\r\n\r\n")
    assert sent == body
    assert b"\r\nContent-Type: application/ocsp-request\r\n" in head
    assert b"\r\nAccept: application/ocsp-response\r\n" in head


@pytest.mark.parametrize(
    "whole",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
        b"HTTP/1.0 200 OK\r\n\r\nabcde",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde",
        answer(b"abcde", "Content-Encoding: identity"),
    ],
)
def test_ways_of_answering_well(whole: bytes) -> None:
    with serving(whole) as server:
        assert server.fetcher().get(server.url(), limit=5) == b"abcde"


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://10.9.8.7:3128")
    with serving(answer()) as server:
        assert server.fetcher().get(server.url(), limit=LIMIT) == b"ok"


# Where to


@pytest.mark.parametrize(
    "url",
    [
        "http://other.example.vn/",
        "http://pki.example.vn.evil.example/",
        "http://xpki.example.vn/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f.1/",
    ],
)
def test_only_named_hosts_are_asked(url: str) -> None:
    def no(_host: str, _port: int) -> list[str]:
        raise AssertionError

    fetcher = HttpFetcher(hosts=frozenset({NAME}), resolver=no, allow_private=True)
    assert problem_of(lambda: fetcher.get(url, limit=LIMIT)) is FetchProblem.HOST


@pytest.mark.parametrize(
    ("url", "changes"),
    [
        (f"http://{NAME}:22/", {}),
        (f"http://{NAME}:8080/", {}),
        (f"http://{NAME}/", {"schemes": frozenset({"https"})}),
        (f"ldap://{NAME}/", {}),
        (f"http://me:secret@{NAME}/", {}),
    ],
)
def test_other_ports_and_schemes_are_refused(url: str, changes: dict[str, Any]) -> None:
    fetcher = HttpFetcher(hosts=frozenset({NAME}), **changes)
    assert problem_of(lambda: fetcher.get(url, limit=LIMIT)) is FetchProblem.URL


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"],
        ["10.0.0.8"],
        ["169.254.169.254"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["fe80::1%eth0"],
        ["64:ff9b::7f00:1"],
        ["2002:7f00:1::"],
        ["93.184.216.34", "127.0.0.1"],
        ["127.0.0.1", "93.184.216.34"],
        ["93.184.216.34", "2400::1", "fd00::1"],
        ["0.0.0.0"],  # noqa: S104 - an address to refuse
    ],
)
def test_a_name_that_leads_inside_is_refused_before_anything_connects(
    answers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no(*_: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr(client_module.socket, "socket", no)
    fetcher = HttpFetcher(hosts=frozenset({NAME}), resolver=lambda _host, _port: answers)
    assert problem_of(lambda: fetcher.get(f"http://{NAME}/", limit=9)) is FetchProblem.ADDRESS


def test_link_local_addresses_are_refused_even_where_private_ones_are_permitted() -> None:
    fetcher = HttpFetcher(
        hosts=frozenset({NAME}),
        allow_private=True,
        resolver=lambda _host, _port: [HERE, "169.254.169.254"],
    )
    assert problem_of(lambda: fetcher.get(f"http://{NAME}/", limit=9)) is FetchProblem.ADDRESS


def test_a_name_is_resolved_once_and_the_connection_goes_to_that_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """DNS rebinding: the second answer leads inside, and is never asked for."""
    asked: list[str] = []
    answers = iter([["93.184.216.34"], [HERE]])
    connected: list[Any] = []

    class Recorded:
        def __init__(self, family: int, kind: int) -> None:
            self.family = (family, kind)

        def settimeout(self, _seconds: float) -> None: ...

        def close(self) -> None: ...

        def connect(self, address: Any) -> None:
            connected.append((self.family, address))
            raise ConnectionRefusedError

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    monkeypatch.setattr(client_module.socket, "socket", Recorded)
    fetcher = HttpFetcher(hosts=frozenset({NAME}), resolver=resolve)
    assert problem_of(lambda: fetcher.get(f"http://{NAME}/", limit=9)) is FetchProblem.UNREACHABLE
    assert asked == [NAME]
    assert connected == [((socket.AF_INET, socket.SOCK_STREAM), ("93.184.216.34", 80))]


def test_three_addresses_are_tried_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    class Dead:
        def __init__(self, *_: int) -> None: ...

        def settimeout(self, _seconds: float) -> None: ...

        def close(self) -> None: ...

        def connect(self, address: Any) -> None:
            tried.append(address[0])
            raise OSError

    monkeypatch.setattr(client_module.socket, "socket", Dead)
    many = ["2400::1", "93.184.216.34", "93.184.216.34", "93.184.216.35", "93.184.216.36"]
    fetcher = HttpFetcher(hosts=frozenset({NAME}), resolver=lambda _host, _port: many)
    assert problem_of(lambda: fetcher.get(f"http://{NAME}/", limit=9)) is FetchProblem.UNREACHABLE
    assert tried == ["2400::1", "93.184.216.34", "93.184.216.35"]


def test_the_next_address_is_tried_when_one_is_dead() -> None:
    with serving(answer()) as server:
        fetcher = server.fetcher(resolver=lambda _host, _port: ["127.0.0.2", HERE])
        with pytest.MonkeyPatch.context() as patch:
            real = socket.socket.connect

            def connect(self: socket.socket, address: Any) -> None:
                if address[0] == "127.0.0.2":
                    raise ConnectionRefusedError
                real(self, address)

            patch.setattr(client_module.socket.socket, "connect", connect)
            assert fetcher.get(server.url(), limit=LIMIT) == b"ok"


@pytest.mark.parametrize(
    "resolver",
    [
        lambda _host, _port: [],
        lambda _host, _port: ["93.184.216.34"] * 17,
        lambda _host, _port: (_ for _ in ()).throw(socket.gaierror()),
        lambda _host, _port: (_ for _ in ()).throw(RuntimeError()),
    ],
)
def test_a_name_without_addresses(resolver: Any) -> None:
    fetcher = HttpFetcher(hosts=frozenset({NAME}), resolver=resolver)
    assert problem_of(lambda: fetcher.get(f"http://{NAME}/", limit=9)) is FetchProblem.UNRESOLVED


def test_a_resolver_that_gives_nonsense() -> None:
    fetcher = HttpFetcher(hosts=frozenset({NAME}), resolver=lambda _host, _port: ["pki"])
    assert problem_of(lambda: fetcher.get(f"http://{NAME}/", limit=9)) is FetchProblem.MALFORMED


def test_a_resolver_that_never_comes_back_is_left_behind() -> None:
    over = threading.Event()

    def never(_host: str, _port: int) -> list[str]:
        over.wait(20)
        return []

    fetcher = HttpFetcher(hosts=frozenset({NAME}), resolver=never, seconds=0.3)
    start = time.monotonic()
    assert problem_of(lambda: fetcher.get(f"http://{NAME}/", limit=9)) is FetchProblem.TIMEOUT
    assert time.monotonic() - start < 3
    over.set()


def test_the_system_resolves_this_machine() -> None:
    assert set(_resolve("localhost", 80)) <= {"127.0.0.1", "::1"}


# What comes back


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temp", "308 Perm"])
@pytest.mark.parametrize("to", ["http://127.0.0.1/", "http://169.254.169.254/", f"http://{NAME}/b"])
def test_redirects_are_never_followed(status: str, to: str) -> None:
    with serving(answer(b"", f"Location: {to}", status=status)) as server:
        fetcher = server.fetcher()
        assert problem_of(lambda: fetcher.get(server.url(), limit=9)) is FetchProblem.REDIRECT
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", ["204 None", "206 Part", "401 No", "404 No", "500 No", "999 X"])
def test_only_status_200_is_an_answer(status: str) -> None:
    assert problem_with(answer(status=status)) is FetchProblem.STATUS


@pytest.mark.parametrize(
    "whole",
    [
        answer(b"x" * 1001),
        answer(b"x", "Content-Length: 999999999999999999999999"),
        answer(b"x", "Content-Length: " + "9" * 5000),
        b"HTTP/1.0 200 OK\r\n\r\n" + b"x" * 1001,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"2000\r\n" + b"x" * 9000,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + (b"80\r\n" + b"x" * 128 + b"\r\n") * 8
        + b"0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 100_000,
    ],
    ids=lambda whole: whole[:60].decode(),
)
def test_answers_that_are_too_large(whole: bytes) -> None:
    assert problem_with(whole) is FetchProblem.TOO_LARGE


def test_no_more_than_the_limit_is_read() -> None:
    sent = 0

    def endless(connection: socket.socket) -> None:
        nonlocal sent
        connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
        while True:
            sent += connection.send(bytes(65536))

    assert problem_with(endless) is FetchProblem.TOO_LARGE
    assert sent < 8 * 1024 * 1024  # what fits into the buffers of the system, not a stream


def test_the_fetchers_own_limit_counts_too() -> None:
    assert problem_with(answer(b"12345"), max_bytes=4) is FetchProblem.TOO_LARGE


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"X-%d: " + b"y" * 100 + b"\r\n", FetchProblem.MALFORMED),
        (b"X-%d: " + b"y" * 9000 + b"\r\n", FetchProblem.TOO_LARGE),
        (b" y%d" * 100, FetchProblem.TOO_LARGE),
    ],
)
def test_endless_headers(line: bytes, problem: FetchProblem) -> None:
    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        for number in itertools.count():
            connection.sendall(line.replace(b"%d", b"%d" % number))

    assert problem_with(endless) is problem


def test_endless_interim_answers() -> None:
    def endless(connection: socket.socket) -> None:
        while True:
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)

    assert problem_with(endless) is FetchProblem.TOO_LARGE


def test_headers_have_room_beside_the_answer() -> None:
    rows = [f"X-{number}: {'y' * 1000}" for number in range(MAX_HEAD // 1100)]
    with serving(answer(b"12345", *rows)) as server:
        assert server.fetcher().get(server.url(), limit=5) == b"12345"


SLOW: dict[str, tuple[bytes, bytes]] = {
    "status": (b"", b"H"),
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X"),
    "interim": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "body": (b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", b"x"),
    "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "until closed": (b"HTTP/1.0 200 OK\r\n\r\n", b"x"),
}


@pytest.mark.parametrize("place", SLOW)
def test_a_slow_drip_does_not_stretch_the_time(place: str) -> None:
    start, drop = SLOW[place]

    def drip(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(drop)
            time.sleep(0.05)

    began = time.monotonic()
    assert problem_with(drip, seconds=0.5) is FetchProblem.TIMEOUT
    assert time.monotonic() - began < 3


def test_a_server_that_says_nothing() -> None:
    def silent(connection: socket.socket) -> None:
        connection.recv(1)

    assert problem_with(silent, seconds=0.3) is FetchProblem.TIMEOUT


def test_a_server_that_does_not_read() -> None:
    """The request is larger than the buffers of the system, so that sending it blocks."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    listener.bind((HERE, 0))
    listener.listen()
    port = listener.getsockname()[1]

    class Narrow(socket.socket):
        def send(self, data: Any, flags: int = 0) -> int:
            self.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1024)
            return super().send(data[:512], flags)

    fetcher = HttpFetcher(
        hosts=frozenset({NAME}),
        ports=frozenset({port}),
        allow_private=True,
        resolver=lambda _host, _port: [HERE],
        seconds=0.5,
    )
    with listener, pytest.MonkeyPatch.context() as patch:
        patch.setattr(client_module.socket, "socket", Narrow)
        url = f"http://{NAME}:{port}/"
        found = problem_of(lambda: fetcher.post(url, bytes(MAX_BODY), OCSP, limit=9))
    assert found is FetchProblem.TIMEOUT


def test_the_clock_of_a_request_is_an_argument() -> None:
    ticks = itertools.count(0, 3)
    with serving(answer()) as server:
        fetcher = server.fetcher(clock=lambda: float(next(ticks)), seconds=10.0)
        assert problem_of(lambda: fetcher.get(server.url(), limit=9)) is FetchProblem.TIMEOUT


def test_the_time_may_run_out_before_connecting() -> None:
    ticks = iter([0.0, 0.0, 99.0])
    with serving(answer()) as server:
        fetcher = server.fetcher(clock=lambda: next(ticks))
        assert problem_of(lambda: fetcher.get(server.url(), limit=9)) is FetchProblem.TIMEOUT
    assert server.requests == []


def test_the_client_is_loaded_when_it_is_named() -> None:
    import vncopy.fetch

    assert vncopy.fetch.HttpFetcher is HttpFetcher
    with pytest.raises(AttributeError, match="nothing"):
        _ = vncopy.fetch.nothing


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def half(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nxxx")
    time.sleep(0.1)
    reset(connection)


def test_connections_that_break() -> None:
    assert problem_with(reset) is FetchProblem.UNREACHABLE
    assert problem_with(half) in {FetchProblem.UNREACHABLE, FetchProblem.TRUNCATED}


def test_nobody_listens() -> None:
    with serving(b"") as server:
        pass
    fetcher = server.fetcher()
    found = problem_of(lambda: fetcher.get(server.url(), limit=LIMIT))
    assert found is FetchProblem.UNREACHABLE


@pytest.mark.parametrize(
    ("whole", "problem"),
    [
        (answer(b"short", "Content-Length: 9"), FetchProblem.TRUNCATED),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nshort",
            FetchProblem.TRUNCATED,
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n",
            FetchProblem.TRUNCATED,
        ),
        (answer(b"ok", "Content-Length: 2", "Content-Length: 1"), FetchProblem.MALFORMED),
        (answer(b"ok", "Content-Length: 2, 2"), FetchProblem.MALFORMED),
        (answer(b"ok", "Content-Length: -2"), FetchProblem.MALFORMED),
        (answer(b"ok", "Content-Length: +2"), FetchProblem.MALFORMED),
        (answer(b"ok", "Content-Length: ²"), FetchProblem.MALFORMED),
        (
            answer(b"2\r\nok\r\n0\r\n\r\n", "Content-Length: 2", "Transfer-Encoding: chunked"),
            FetchProblem.MALFORMED,
        ),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok", FetchProblem.TRUNCATED),
        (b"", FetchProblem.UNREACHABLE),
        (b"\0" * 100, FetchProblem.MALFORMED),
        (b"SSH-2.0-OpenSSH_9\r\n", FetchProblem.MALFORMED),
        (b"HTTP/1.1 20x OK\r\n\r\n", FetchProblem.MALFORMED),
        (b"HTTP/9.9 200 OK\r\n\r\nok", FetchProblem.MALFORMED),
        (b"<html>hello</html>", FetchProblem.MALFORMED),
    ],
    ids=lambda value: value[-40:].decode("latin-1") if isinstance(value, bytes) else value.value,
)
def test_answers_that_are_not_proper(whole: bytes, problem: FetchProblem) -> None:
    assert problem_with(whole) is problem


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "identity, gzip"])
def test_nothing_is_unpacked(coding: str) -> None:
    packed = gzip.compress(bytes(10**6))
    found = problem_with(answer(packed, f"Content-Encoding: {coding}"))
    assert found is FetchProblem.CONTENT_TYPE


@pytest.mark.parametrize("kind", ["text/html", "text/html; charset=utf-8", "application/xhtml+xml"])
def test_a_page_is_not_a_list(kind: str) -> None:
    assert problem_with(answer(b"<p>", f"Content-Type: {kind}")) is FetchProblem.CONTENT_TYPE


@pytest.mark.parametrize("kind", ["text/html", "application/timestamp-reply", "application/json"])
def test_a_request_gets_the_answer_that_belongs_to_it(kind: str) -> None:
    for headers in ([f"Content-Type: {kind}"], []):
        with serving(answer(b"x", *headers)) as server:
            fetcher = server.fetcher()
            found = problem_of(lambda f=fetcher, s=server: f.post(s.url(), b"x", OCSP, limit=9))  # type: ignore[misc]
        assert found is FetchProblem.CONTENT_TYPE


def test_requests_that_are_never_sent() -> None:
    with serving(answer()) as server:
        fetcher = server.fetcher()
        for body, kind, problem in (
            (b"x", "text/plain", FetchProblem.CONTENT_TYPE),
            (b"x", "application/ocsp-request\r\nX: y", FetchProblem.CONTENT_TYPE),
            (bytes(MAX_BODY + 1), OCSP, FetchProblem.TOO_LARGE),
        ):
            with pytest.raises(FetchError) as caught:
                fetcher.post(server.url(), body, kind, limit=9)
            assert caught.value.problem is problem
    assert server.requests == []


# TLS


def certified(tmp: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return contexts of a server with that name and of a client that trusts it."""
    own = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(own.public_key())
        .serial_number(5)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(own, hashes.SHA256())
    )
    pem = made.public_bytes(Encoding.PEM)
    key = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp / "server.pem").write_bytes(key + pem)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(tmp / "server.pem")
    return server, ssl.create_default_context(cadata=pem.decode())


def test_tls_with_a_known_root(tmp_path: Path) -> None:
    server_side, client_side = certified(tmp_path, NAME)
    with serving(answer(b"safe"), tls=server_side) as server:
        fetcher = server.fetcher(tls=client_side)
        assert fetcher.get(server.url(scheme="https"), limit=9) == b"safe"


def test_tls_that_is_not_secure(tmp_path: Path) -> None:
    server_side, client_side = certified(tmp_path, "other.example.vn")
    with serving(answer(), tls=server_side) as server:
        url = server.url(scheme="https")
        wrong_name, unknown_root = server.fetcher(tls=client_side), server.fetcher()
        assert problem_of(lambda: wrong_name.get(url, limit=9)) is FetchProblem.TLS
        assert problem_of(lambda: unknown_root.get(url, limit=9)) is FetchProblem.TLS


def test_tls_that_is_none() -> None:
    with serving(answer()) as server:
        fetcher = server.fetcher(seconds=0.5)
        url = server.url(scheme="https")
        assert problem_of(lambda: fetcher.get(url, limit=9)) in {
            FetchProblem.TLS,
            FetchProblem.UNREACHABLE,
            FetchProblem.TIMEOUT,
        }


def test_a_handshake_that_drips_does_not_stretch_the_time() -> None:
    listener = socket.create_server((HERE, 0))
    port = listener.getsockname()[1]

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            try:
                connection.sendall(b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xfb")
                while True:
                    connection.sendall(b"\0")
                    time.sleep(0.05)
            except OSError:
                return

    threading.Thread(target=drip, daemon=True).start()
    fetcher = HttpFetcher(
        hosts=frozenset({NAME}),
        ports=frozenset({port}),
        allow_private=True,
        resolver=lambda _host, _port: [HERE],
        seconds=0.5,
    )
    began = time.monotonic()
    with listener:
        found = problem_of(lambda: fetcher.get(f"https://{NAME}:{port}/", limit=9))
    assert found in {FetchProblem.TIMEOUT, FetchProblem.TLS}
    assert time.monotonic() - began < 3


# Settings


@pytest.mark.parametrize(
    "changes",
    [
        {"schemes": frozenset({"ftp"})},
        {"seconds": 0},
        {"seconds": -1},
        {"max_bytes": 0},
        {"ports": frozenset({443, 0})},
        {"ports": frozenset({99999})},
        {"hosts": frozenset({"*"})},
        {"hosts": frozenset({NAME, ".vn"})},
    ],
)
def test_settings_that_permit_everything_or_nothing(changes: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        HttpFetcher(**{"hosts": frozenset({NAME})} | changes)


def test_private_addresses_are_off_unless_asked_for() -> None:
    fetcher = HttpFetcher(hosts=frozenset({NAME}))
    assert fetcher.allow_private is False
    assert fetcher.ports == {80, 443}
    assert all(ipaddress.ip_address(HERE).is_loopback for _ in fetcher.hosts)
