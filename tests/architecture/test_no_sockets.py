"""No verification opens a socket, resolves a name or starts a program, unless it is given a fetcher.

An audit hook sees every socket that Python code or an extension opens through the interpreter, in
any thread. What it raises is no `Exception`, so that no border in the library can hide it. One
program is started, our own interpreter that reads the file; there the system itself refuses sockets
and programs (`tests/unit/pdf/test_worker.py`).
"""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest

from support.pdf_copies import ISSUED, demo, record_of
from support.servers import HERE, NAME
from vncopy import (
    FetchedEvidence,
    HttpFetcher,
    IssuedCopy,
    PadesLevel,
    Signers,
    StoredEvidence,
    Verdict,
    VerificationPolicy,
    issue,
    judge,
    load_profile,
    prepare,
    renew,
    verify_image,
    verify_pdf,
    verify_qr,
    verify_signatures,
)
from vncopy.pdf.pool import shared_pool

LATER = ISSUED + timedelta(days=300)
FORBIDDEN = ("socket.", "http.", "urllib.", "ftplib.", "subprocess.", "os.system", "os.exec")
_blocked = False
_seen: list[str] = []


class SocketOpenedError(BaseException):
    """A socket, a look-up or a program; no `except Exception` may hide it."""


def _is_worker(event: str, arguments: tuple[Any, ...]) -> bool:
    """Tell whether this starts the process that reads files, exactly as the library does."""
    if event != "subprocess.Popen":
        return False
    command = list(arguments[1])
    return command[:-1] == shared_pool().plan.command()[:-1]  # the last one says where modules lie


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _blocked and event.startswith(FORBIDDEN) and not _is_worker(event, arguments):
        _seen.append(event)
        raise SocketOpenedError(event)


sys.addaudithook(_watch)


@contextmanager
def blocked() -> Iterator[None]:
    """Let nothing out, and fail if anything tried, even where the error was swallowed."""
    global _blocked  # noqa: PLW0603 - a hook cannot be taken away again
    _seen.clear()
    _blocked = True
    try:
        yield
    finally:
        _blocked = False
    assert _seen == []


@cache
def copy_at(level: PadesLevel) -> IssuedCopy:
    """Return a copy at a level; nothing that makes it opens a socket either."""
    office = demo().offices[0]
    draft = prepare(*record_of("birth", office), profile=load_profile(ISSUED.date()))
    signers = Signers(
        person=office.persons["p256"].signer(),
        seal=office.seals["p256"].signer(),
        qr=office.qr.signer(),
    )
    with blocked():
        return issue(
            draft,
            signers=signers,
            at=ISSUED,
            tsa=demo().timestamper(lambda: ISSUED),
            evidence=demo().evidence(ISSUED, ocsp=True),
            level=level,
            trust=demo().trust,
        )


def evidence() -> StoredEvidence:
    return demo().evidence(LATER)


CALLS: dict[str, Callable[[IssuedCopy, dict[str, Any]], Any]] = {
    "qr": lambda copy, asked: verify_qr(copy.qr_text, **asked),
    "pdf": lambda copy, asked: verify_pdf(copy.pdf, **asked),
    "image": lambda copy, asked: verify_image(copy.qr_png(), **asked),
    "signatures": lambda copy, asked: verify_signatures(copy.pdf, **asked),
    "judge": lambda copy, asked: judge(
        verify_pdf(copy.pdf, **asked).facts, carrier=copy.pdf, **asked
    ),
    "judge without the copy": lambda copy, asked: judge(
        verify_pdf(copy.pdf, **asked).facts, **asked
    ),
}
POLICIES = {
    "strict": VerificationPolicy.strict(),
    "long-term": VerificationPolicy.long_term(),
}


def asked(policy: str, *, source: Any = None, at: datetime = LATER) -> dict[str, Any]:
    return {"trust": demo().trust, "at": at, "policy": POLICIES[policy], "evidence": source}


@pytest.mark.parametrize("with_evidence", [False, True])
@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("level", [PadesLevel.B_B, PadesLevel.B_LTA], ids=str)
def test_no_verification_opens_a_socket(
    level: PadesLevel, call: str, policy: str, with_evidence: bool
) -> None:
    copy = copy_at(level)
    source = evidence() if with_evidence else None
    with blocked():
        report = CALLS[call](copy, asked(policy, source=source))
    assert report.verdict is not Verdict.INVALID, report.checks


def test_a_copy_that_lasts_is_valid_without_any_socket() -> None:
    copy = copy_at(PadesLevel.B_LTA)
    with blocked():
        report = verify_pdf(copy.pdf, **asked("long-term"))
    assert report.verdict is Verdict.VALID, report.checks


def test_renewing_with_a_key_at_hand_opens_none() -> None:
    copy = copy_at(PadesLevel.B_LTA)
    with blocked():
        made = renew(
            copy.pdf,
            tsa=demo().timestamper(lambda: LATER),
            trust=demo().trust,
            at=LATER,
            evidence=evidence(),
        )
    assert made.level is PadesLevel.B_LTA


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"VNC1:ABC"])
def test_nonsense_opens_none(data: bytes) -> None:
    with blocked():
        assert verify_pdf(data, **asked("strict")).verdict is not Verdict.VALID
        assert verify_image(data, **asked("strict")).verdict is not Verdict.VALID
        text = data.decode("ascii")
        assert verify_qr(text, **asked("strict")).verdict is not Verdict.VALID


# The hook sees what it is there to see


@pytest.mark.parametrize(
    "attempt",
    [
        socket.socket,
        lambda: socket.create_connection((HERE, 9)),
        lambda: socket.getaddrinfo("localhost", 80),
        lambda: socket.gethostbyname("localhost"),
        lambda: subprocess.run(["true"], check=True),
    ],
)
def test_the_hook_stops_what_it_should(attempt: Callable[[], Any]) -> None:
    with pytest.raises(SocketOpenedError), blocked():
        attempt()


def test_an_attempt_that_was_swallowed_is_told() -> None:
    with pytest.raises(AssertionError), blocked(), suppress(BaseException):
        socket.socket()


def test_only_a_fetcher_opens_sockets() -> None:
    """The same call with a source that fetches is stopped: the tests above are not blind."""
    fetcher = HttpFetcher(
        hosts=frozenset({NAME}), allow_private=True, resolver=lambda _host, _port: [HERE]
    )
    copy = copy_at(PadesLevel.B_T)
    with pytest.raises(SocketOpenedError), blocked():
        verify_pdf(copy.pdf, **asked("strict", source=FetchedEvidence(fetcher)))
    assert _seen == ["socket.__new__"]
