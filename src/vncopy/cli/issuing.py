"""``vncopy issue``: one copy from a record and the keys of a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import vncopy
from vncopy.cli.files import read_input, write_file
from vncopy.cli.keys import read_signer
from vncopy.cli.options import AtOption, time_of
from vncopy.cli.terminal import emit, say
from vncopy.cli.types import type_of_input
from vncopy.errors import UsageError
from vncopy.formats.copies import VIETNAM_TIME

if TYPE_CHECKING:
    from datetime import datetime

    from vncopy.issue import IssuedCopy

__all__ = ["register", "write_copy"]


def issue(  # noqa: PLR0913 - one parameter for each option of the command
    record: Annotated[str, typer.Argument(metavar="RECORD|-", help="JSON: document, statement.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Folder for the copy / Thư mục kết quả.")],
    seal: Annotated[
        Path | None, typer.Option("--seal", help="Key of the agency's seal / Con dấu.")
    ] = None,
    qr: Annotated[
        Path | None, typer.Option("--qr-key", help="Key of the symbol / Khóa mã QR.")
    ] = None,
    person: Annotated[
        Path | None, typer.Option("--person", help="Key of who signs / Khóa của người ký.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--type", help="birth, marriage, death, land; else format_id.")
    ] = None,
    at: AtOption = None,
    carriage: Annotated[
        Literal["full", "reference", "auto"], typer.Option("--carriage", help="What the QR holds.")
    ] = "full",
    password_file: Annotated[
        Path | None, typer.Option("--password-file", help="Password of the keys / Tệp mật khẩu.")
    ] = None,
    draft_only: Annotated[
        bool, typer.Option("--draft", help="Only the draft to be approved / Chỉ dự thảo.")
    ] = False,
) -> None:
    """Issue a copy from a record; files are named by copy id, never by a person.

    Cấp bản sao từ một bản ghi; tên tệp là mã bản sao.
    """
    draft, moment = draft_of(read_input(record), name, at)
    for finding in draft.findings:
        say(f"{finding.problem.text('vi')}\n{finding.problem.text('en')}", "yellow")
    if draft_only:
        target = out / f"{draft.record.copy_id}.draft.pdf"
        write_file(target, draft.pdf)
        emit(json.dumps({"draft": str(target)}).encode())
        return
    password = None if password_file is None else read_input(str(password_file)).rstrip(b"\r\n")
    if seal is None or qr is None:
        raise UsageError.of(
            "--seal, --qr-key",
            "cli.keys",
            vi="cần khóa con dấu (--seal) và khóa mã QR (--qr-key)",
            en="the keys of the seal (--seal) and of the symbol (--qr-key) are needed",
        )
    keys = vncopy.Signers(
        person=None if person is None else read_signer(person, password),
        seal=read_signer(seal, password),
        qr=read_signer(qr, password),
    )
    made = vncopy.issue(draft, signers=keys, at=moment, carriage=carriage)
    files = write_copy(made, out, made.copy_id)
    emit(json.dumps({"copy_id": made.copy_id, **files}, ensure_ascii=False, indent=1).encode())
    for notice in made.notices:
        say(notice, "yellow")


def draft_of(
    data: bytes, name: str | None, at: str | None
) -> tuple[vncopy.Draft[vncopy.Document], datetime]:
    """Return the draft of a record's JSON under the rules of the day, and the time of issue.

    A record that states its own time of issue, as the samples do, is issued at that time.

    Args:
        data: ``{"format_id": …, "document": …, "statement": …}``.
        name: the type, where the JSON does not name it.
        at: the time of issue as written on the command line.

    Raises:
        UsageError: whatever is wrong with the record; two different times of issue.
    """
    kind = type_of_input(data, name)
    document, statement = vncopy.parse_input(data, kind)
    moment = time_of(at)
    if statement.issued_at is not None:
        if at is not None and moment != statement.issued_at:
            raise UsageError.of(
                "--at",
                "cli.at_differs",
                vi="khác với thời gian ký ghi trong bản ghi (statement.issued_at)",
                en="differs from the record's own time of issue (statement.issued_at)",
            )
        moment = statement.issued_at
        statement = statement.model_copy(update={"issued_at": None})
    profile = vncopy.load_profile(moment.astimezone(VIETNAM_TIME).date())
    return vncopy.prepare(document, statement, profile=profile), moment


def write_copy(made: IssuedCopy, folder: Path, stem: str) -> dict[str, str]:
    """Write the three files of a copy, the symbol's first and the PDF last.

    Args:
        made: the copy.
        folder: where to; made if absent.
        stem: what the files are called, without a suffix.

    Returns:
        The paths by name: ``qr_text``, ``qr_png``, ``pdf``.
    """
    files = {
        "qr_text": (folder / f"{stem}.qr.txt", made.qr_text.encode("ascii") + b"\n"),
        "qr_png": (folder / f"{stem}.qr.png", made.qr_png()),
        "pdf": (folder / f"{stem}.pdf", made.pdf),
    }
    for path, data in files.values():
        write_file(path, data)
    return {name: str(path) for name, (path, _) in files.items()}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(issue)
