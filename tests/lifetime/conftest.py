"""Nothing of the next thirty years is asked from the network, not even from this machine."""

from __future__ import annotations

import socket
from typing import Any, Never

import pytest


class SocketOpenedError(BaseException):
    """A socket was opened; no `except Exception` may hide it."""


@pytest.fixture(autouse=True)
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every socket."""

    def refuse(*arguments: Any, **more: Any) -> Never:
        raise SocketOpenedError

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
