"""Revocation evidence and timestamps on the command line: from files, or from hosts by name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from vncopy.cli.files import UnreadableFile, read_input
from vncopy.cli.keys import read_signer
from vncopy.errors import Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from vncopy.facts.evidence import EvidenceSource
    from vncopy.fetch import HttpFetcher
    from vncopy.sign.timestamps import Timestamper

__all__ = [
    "EvidenceOption",
    "FetchOption",
    "PasswordOption",
    "PrivateOption",
    "TsaChainOption",
    "TsaKeyOption",
    "TsaUrlOption",
    "check_private",
    "evidence_of",
    "password_of",
    "timestamper_of",
]

EvidenceOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--evidence",
        metavar="FILE|FOLDER",
        help="CRLs, OCSP responses; may be repeated / Bằng chứng thu hồi.",
    ),
]
FetchOption = Annotated[
    list[str] | None,
    typer.Option(
        "--fetch",
        metavar="HOST",
        help="Ask this host for CRLs and OCSP; may be repeated / Máy chủ được phép hỏi.",
    ),
]
PrivateOption = Annotated[
    bool,
    typer.Option(
        "--allow-private", help="Hosts may be in a private network / Cho phép mạng nội bộ."
    ),
]
PasswordOption = Annotated[
    Path | None, typer.Option("--password-file", help="Password of the keys / Tệp mật khẩu.")
]
TsaUrlOption = Annotated[
    str | None,
    typer.Option("--tsa-url", metavar="URL", help="Timestamping service / Dịch vụ dấu thời gian."),
]
TsaKeyOption = Annotated[
    Path | None,
    typer.Option("--tsa-key", help="Key of one's own service / Khóa dấu thời gian của cơ quan."),
]
TsaChainOption = Annotated[
    Path | None,
    typer.Option("--tsa-chain", help="Its certificates / Chứng thư của khóa đó."),
]

SUFFIXES: Final = frozenset({".crl", ".ocsp", ".ors", ".der", ".pem"})
"""Files of a folder that are read as evidence; ``.ors`` is OpenSSL's name for OCSP responses."""
_PEM_CRL: Final = b"-----BEGIN X509 CRL-----"
_HOST: Final = re.compile(
    r"(?:\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<name>[^:\[\]/]+))(?::(?P<port>[0-9]{1,5}))?"
)


def evidence_of(
    files: Iterable[Path] | None, hosts: Iterable[str] | None, *, private: bool
) -> EvidenceSource | None:
    """Return the source of evidence that the options name, ``None`` if they name none.

    Args:
        files: files, and folders whose files end in one of :data:`SUFFIXES`.
        hosts: hosts that may be asked, each perhaps with a port.
        private: whether they may be in a private network.

    Raises:
        UsageError: a file that is no evidence, too much of it, or a host that is none.
        UnreadableFile: a file cannot be read.
    """
    # Only who asks for evidence loads what it takes.
    from vncopy.facts.evidence import StoredEvidence  # noqa: PLC0415
    from vncopy.verify.gather import FetchedEvidence, JoinedEvidence  # noqa: PLC0415

    sources: list[EvidenceSource] = []
    if files:
        sources.append(StoredEvidence(tuple(_pieces(files))))
    if hosts:
        sources.append(FetchedEvidence(_fetcher(hosts, private=private)))
    if not sources:
        return None
    return sources[0] if len(sources) == 1 else JoinedEvidence(tuple(sources))


def check_private(private: bool, hosts: Iterable[str] | None, url: str | None = None) -> None:
    """Refuse ``--allow-private`` where nothing is asked: it would seem to do something.

    Args:
        private: whether the option was given.
        hosts: what ``--fetch`` names.
        url: what ``--tsa-url`` names.

    Raises:
        UsageError: it was given for nothing.
    """
    if private and not hosts and url is None:
        raise UsageError.of(
            "--allow-private",
            "cli.private",
            vi="chỉ dùng cùng với --fetch hoặc --tsa-url",
            en="only has a meaning with --fetch or --tsa-url",
        )


def _pieces(paths: Iterable[Path]) -> list[bytes]:
    """Return the evidence in files and folders, DER."""
    from vncopy.facts.evidence import MAX_EVIDENCE  # noqa: PLC0415 - see above

    found: list[bytes] = []
    for file in (each for path in paths for each in _files(path)):
        found.append(_piece(read_input(str(file)), str(file)))
        if len(found) > MAX_EVIDENCE:  # too many by one is told by who is to hold them
            break
    return list(dict.fromkeys(found))


def _files(path: Path) -> list[Path]:
    """Return a file, or the files of a folder that may be evidence, in the order of names."""
    if not path.is_dir():
        return [path]
    try:
        inside = sorted(each for each in path.iterdir() if each.suffix.lower() in SUFFIXES)
    except OSError as error:
        raise UnreadableFile(str(path), error) from error
    if not inside:
        raise _no_evidence(str(path))
    return inside


def _piece(data: bytes, name: str) -> bytes:
    """Return one CRL or OCSP response as DER."""
    from cryptography import x509  # noqa: PLC0415 - see above
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415
    from cryptography.x509 import ocsp  # noqa: PLC0415

    try:
        if data.lstrip().startswith(_PEM_CRL):
            return x509.load_pem_x509_crl(data).public_bytes(Encoding.DER)
    except ValueError as error:
        raise _no_evidence(name) from error
    for load in (x509.load_der_x509_crl, ocsp.load_der_ocsp_response):
        try:
            load(data)
        except ValueError:
            continue
        return data
    raise _no_evidence(name)


def _no_evidence(name: str) -> UsageError:
    return UsageError.of(
        f"--evidence {name}",
        "cli.evidence",
        vi="cần danh sách thu hồi (CRL) hoặc câu trả lời OCSP, dạng DER; CRL có thể ở dạng PEM",
        en="CRLs or OCSP responses in DER are needed; a CRL may be PEM",
    )


def _fetcher(hosts: Iterable[str], *, private: bool) -> HttpFetcher:
    """Return a fetcher for hosts as the user wrote them: ``HOST`` or ``HOST:PORT``."""
    from vncopy.fetch import HttpFetcher  # noqa: PLC0415 - see above

    names: set[str] = set()
    ports = {80, 443}
    for text in hosts:
        found = _HOST.fullmatch(text)
        names.add((found["v6"] or found["name"]).lower() if found else "")
        if found and found["port"]:
            ports.add(int(found["port"]))
    try:
        return HttpFetcher(hosts=frozenset(names), ports=frozenset(ports), allow_private=private)
    except UsageError as error:
        renamed = (Problem(field="--fetch", rule=p.rule, message=p.message) for p in error.problems)
        raise UsageError(*renamed) from error


def timestamper_of(
    url: str | None,
    key: Path | None,
    chain: Path | None,
    *,
    password: bytes | None,
    private: bool,
    clock: Callable[[], datetime],
) -> Timestamper | None:
    """Return the timestamping service that the options name, ``None`` if they name none.

    Args:
        url: address of a service; its host is thereby permitted.
        key: key file of one's own service.
        chain: file with its certificates; beside the key by its name if left out.
        password: of the key, if it is encrypted.
        private: whether the service may be in a private network.
        clock: the time that one's own service puts into timestamps.

    Raises:
        UsageError: two services, certificates without key, an address or key that is none.
        UnreadableFile: a file cannot be read.
    """
    if (url is not None and key is not None) or (chain is not None and key is None):
        raise UsageError.of(
            "--tsa-url, --tsa-key",
            "cli.tsa",
            vi="chọn một trong hai: --tsa-url, hoặc --tsa-key (cùng --tsa-chain)",
            en="choose one: --tsa-url, or --tsa-key (with --tsa-chain)",
        )
    from vncopy.sign.timestamps import LocalTimestamper, RemoteTimestamper  # noqa: PLC0415

    if key is not None:
        signer = read_signer(key, password, option="--tsa-key", chain=chain)
        return LocalTimestamper(signer, clock)
    if url is None:
        return None
    from vncopy.fetch import FetchError, HttpFetcher  # noqa: PLC0415 - see above
    from vncopy.fetch.addresses import target_of  # noqa: PLC0415

    try:
        target = target_of(url)
    except FetchError as error:
        raise UsageError.of(
            "--tsa-url",
            "cli.tsa_url",
            vi="cần địa chỉ http:// hoặc https:// không kèm tài khoản",
            en="an http:// or https:// address without user name is needed",
        ) from error
    fetcher = HttpFetcher(
        hosts=frozenset({target.host}), ports=frozenset({target.port}), allow_private=private
    )
    return RemoteTimestamper(url, fetcher)


def password_of(file: Path | None) -> bytes | None:
    """Return the password that a file holds, without the line end after it.

    Raises:
        UnreadableFile: the file cannot be read.
    """
    return None if file is None else read_input(str(file)).rstrip(b"\r\n")
