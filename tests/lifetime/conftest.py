"""No network, not even this machine's; and files are read once in tests that are to be quick."""

from __future__ import annotations

import socket
from typing import Any, Final, Never

import pytest

from vncopy.verify import collect_pdf, signatures


class SocketOpenedError(BaseException):
    """A socket was opened; no `except Exception` may hide it."""


@pytest.fixture(autouse=True)
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every socket."""

    def refuse(*arguments: Any, **more: Any) -> Never:
        raise SocketOpenedError

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


_READ: Final[dict[Any, Any]] = {}
"""What reading a file gave; it follows from the bytes and from how they are looked at."""


@pytest.fixture(autouse=True)
def read_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read every file once: some thousand answers about some thirty files take seconds then."""
    if request.node.get_closest_marker("long") is not None:
        return
    for module in (collect_pdf, signatures):
        monkeypatch.setattr(module, "read_pdf", _remembering(module.read_pdf))


def _remembering(read: Any) -> Any:
    def remember(data: bytes, *, foreign: bool = False, **options: Any) -> Any:
        key = (data, foreign)
        if key not in _READ:
            _READ[key] = read(data, foreign=foreign, **options)
        return _READ[key]

    return remember
