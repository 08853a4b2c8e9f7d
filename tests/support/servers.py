"""Servers on this machine that answer as a script says: well, wrongly, slowly, or never."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from vncopy.fetch import HttpFetcher

HERE = "127.0.0.1"
NAME = "pki.example.vn"
"""Resolved to this machine by the fetchers below, and by nothing else."""


@dataclass
class Serving:
    """A server while it runs."""

    port: int
    requests: list[bytes] = field(default_factory=list)
    """What was asked, head and body."""

    def url(self, path: str = "/a", scheme: str = "http") -> str:
        return f"{scheme}://{NAME}:{self.port}{path}"

    def fetcher(self, **changes: Any) -> HttpFetcher:
        """Return a fetcher that may ask this server."""
        settings: dict[str, Any] = {
            "hosts": frozenset({NAME}),
            "ports": frozenset({self.port}),
            "allow_private": True,
            "resolver": lambda _host, _port: [HERE],
            "seconds": 5.0,
        }
        return HttpFetcher(**settings | changes)


Script = Callable[[socket.socket], None]


@contextmanager
def serving(script: Script | bytes, *, tls: ssl.SSLContext | None = None) -> Iterator[Serving]:
    """Run a server; ``script`` gets each connection after its request was read, or is the answer."""
    listener = socket.create_server((HERE, 0))
    state = Serving(listener.getsockname()[1])
    over = threading.Event()

    def talk(connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(10)
            secured = connection if tls is None else tls.wrap_socket(connection, server_side=True)
            with secured:
                state.requests.append(read_request(secured))
                if isinstance(script, bytes):
                    secured.sendall(script)
                else:
                    script(secured)

    def accept() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        over.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def read_request(connection: socket.socket) -> bytes:
    """Return one request with its body."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(4096)
        if not part:
            return data
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    while len(body) < length:
        body += connection.recv(4096)
    return head + b"\r\n\r\n" + body


def answer(body: bytes = b"ok", *headers: str, status: str = "200 OK") -> bytes:
    """Return an answer with its length, unless a header gives another."""
    lines = [f"HTTP/1.1 {status}", *headers]
    if not any(h.lower().startswith(("content-length", "transfer-encoding")) for h in headers):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join((*lines, "", "")).encode("latin-1") + body
