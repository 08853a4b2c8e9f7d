"""``vncopy renew``: the next archive timestamp for a signed file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Final

import typer

import vncopy
from vncopy.cli.evidence import (
    EvidenceOption,
    FetchOption,
    PasswordOption,
    PrivateOption,
    TsaChainOption,
    TsaKeyOption,
    TsaUrlOption,
    check_private,
    evidence_of,
    password_of,
    timestamper_of,
)
from vncopy.cli.files import STDIN, check_writable, read_input, write_file
from vncopy.cli.options import AtOption, TrustOption, clock_of, time_of
from vncopy.cli.terminal import emit, say
from vncopy.errors import SigningError, UsageError
from vncopy.reasons import Outcome

__all__ = ["register"]

EXIT_BY_OUTCOME: Final[dict[Outcome, int]] = {"invalid": 1, "undetermined": 2}
"""What is not renewed because it does not verify ends with the verdict's exit code."""


def renew(  # noqa: PLR0913 - one parameter for each option of the command
    file: Annotated[str, typer.Argument(metavar="FILE|-")],
    *,
    trust: TrustOption,
    out: Annotated[Path | None, typer.Option("--out", help="File to write / Tệp kết quả.")] = None,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="Replace FILE itself / Thay chính tệp đó.")
    ] = False,
    tsa_url: TsaUrlOption = None,
    tsa_key: TsaKeyOption = None,
    tsa_chain: TsaChainOption = None,
    password_file: PasswordOption = None,
    evidence: EvidenceOption = None,
    fetch: FetchOption = None,
    allow_private: PrivateOption = False,
    at: AtOption = None,
) -> None:
    """Add the next archive timestamp to a signed PDF, before the last one weakens.

    Gia hạn: thêm dấu thời gian lưu trữ vào tệp PDF đã ký, trước khi dấu cuối cùng hết giá trị.
    """
    target = _target(file, out, in_place=in_place)
    check_private(allow_private, fetch, tsa_url)
    service = timestamper_of(
        tsa_url,
        tsa_key,
        tsa_chain,
        password=password_of(password_file),
        private=allow_private,
        clock=clock_of(at),
    )
    if service is None:
        raise UsageError.of(
            "--tsa-url, --tsa-key",
            "cli.tsa",
            vi="cần dịch vụ cấp dấu thời gian: --tsa-url hoặc --tsa-key",
            en="a timestamping service is needed: --tsa-url or --tsa-key",
        )
    source = evidence_of(evidence, fetch, private=allow_private)
    store = vncopy.load_trust(trust)
    data = read_input(file)
    check_writable(target.parent)
    try:
        made = vncopy.renew(data, tsa=service, trust=store, at=time_of(at), evidence=source)
    except SigningError as error:
        if error.reason is None:
            raise
        say(str(error), "red")
        raise typer.Exit(EXIT_BY_OUTCOME[error.reason.info.outcome]) from error
    write_file(target, made.pdf)
    before = None if made.renew_before is None else made.renew_before.isoformat()
    emit(json.dumps({"pdf": str(target), "level": made.level, "renew_before": before}).encode())


def _target(file: str, out: Path | None, *, in_place: bool) -> Path:
    """Return the file to write: never the one that is read, unless that was asked for.

    Raises:
        UsageError: no file, two of them, or the one that is read without ``--in-place``.
    """
    if (out is None) != in_place or (in_place and file == STDIN):
        raise UsageError.of(
            "--out, --in-place",
            "cli.target",
            vi="cần đúng một trong hai: --out TỆP, hoặc --in-place để thay chính tệp đã cho",
            en="exactly one is needed: --out FILE, or --in-place to replace the given file",
        )
    source = Path(file)
    if out is None:
        return source.resolve()  # of a link, the file that it leads to
    if file != STDIN and _same(source, out):
        raise UsageError.of(
            "--out",
            "cli.same_file",
            vi="trùng với tệp đã cho; nếu muốn thay tệp đó hãy dùng --in-place",
            en="this is the given file; to replace it use --in-place",
        )
    return out


def _same(one: Path, other: Path) -> bool:
    """Tell whether two names lead to one file."""
    try:
        return one.samefile(other)
    except OSError:  # one of them does not exist
        return False


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(renew)
