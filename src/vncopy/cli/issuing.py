"""``vncopy issue``: one copy from a record and the keys of a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

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
from vncopy.cli.files import UnreadableFile, check_writable, read_input, write_file
from vncopy.cli.fonts import FontFolderOption, FontOption, page_fonts
from vncopy.cli.keys import read_signer
from vncopy.cli.options import IssueAtOption, time_of
from vncopy.cli.terminal import emit, say
from vncopy.cli.types import type_of_input
from vncopy.errors import Message, UsageError
from vncopy.formats.copies import VIETNAM_TIME
from vncopy.policy import PadesLevel

if TYPE_CHECKING:
    from datetime import datetime

    from vncopy.issue import IssuedCopy
    from vncopy.pdf.fonts import PageFonts

__all__ = ["register", "write_copy"]

_VOID: Final = Message(
    "bản sao đã ký nhưng không lưu được, hãy hủy mã bản sao",
    "the copy was signed but could not be stored, void the copy id",
)
_UNTRUSTED: Final = Message(
    "chưa đối chiếu khóa và cơ quan với thư mục tin cậy; hãy dùng --trust",
    "keys and office were not compared with what receivers trust; use --trust",
)

_OWN_NOTE: Final = "vncopy: "
"""How this library's notes on errors begin; those of others might hold a value of a record."""
_OPTIONS: Final = {
    "tsa": "--tsa-url, --tsa-key",
    "evidence": "--evidence, --fetch",
    "trust": "--trust",
}
"""Which options give what a level needs, by the argument of :func:`vncopy.issue`."""


SealOption = Annotated[
    Path | None, typer.Option("--seal", help="Key of the office's seal / Khóa ký của cơ quan.")
]
QrKeyOption = Annotated[
    Path | None, typer.Option("--qr-key", help="Key of the QR code / Khóa mã QR.")
]
PersonOption = Annotated[
    Path | None, typer.Option("--person", help="Key of who signs / Khóa của người ký.")
]
ForesightOption = Annotated[
    Path | None,
    typer.Option("--trust", help="Check keys and office first / Đối chiếu khóa và cơ quan."),
]
CarriageOption = Annotated[
    Literal["full", "reference", "auto"], typer.Option("--carriage", help="What the QR holds.")
]
LevelOption = Annotated[
    PadesLevel | None,
    typer.Option("--level", help="Of the signatures; the highest if absent / Cấp độ chữ ký."),
]
DraftOption = Annotated[
    bool, typer.Option("--draft", help="Only the draft to be approved / Chỉ dự thảo.")
]


def issue(  # noqa: PLR0913 - one parameter for each option of the command
    record: Annotated[str, typer.Argument(metavar="RECORD|-", help="JSON: document, statement.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Folder for the copy / Thư mục kết quả.")],
    seal: SealOption = None,
    qr: QrKeyOption = None,
    person: PersonOption = None,
    name: Annotated[
        str | None, typer.Option("--type", help="birth, marriage, death, land; else format_id.")
    ] = None,
    at: IssueAtOption = None,
    carriage: CarriageOption = "full",
    password_file: PasswordOption = None,
    trust: ForesightOption = None,
    tsa_url: TsaUrlOption = None,
    tsa_key: TsaKeyOption = None,
    tsa_chain: TsaChainOption = None,
    level: LevelOption = None,
    evidence: EvidenceOption = None,
    fetch: FetchOption = None,
    allow_private: PrivateOption = False,
    draft_only: DraftOption = False,
    font_folder: FontFolderOption = None,
    font: FontOption = None,
) -> None:
    """Issue a copy from a record; files are named by copy id, never by a person.

    Cấp bản sao từ một bản ghi; tên tệp là mã bản sao.
    """
    check_private(allow_private, fetch, tsa_url)
    store = None if trust is None else vncopy.load_trust(trust)
    draft, moment = draft_of(read_input(record), name, at, page_fonts(font_folder, font))
    for finding in draft.findings:
        say(f"{finding.problem.text('en')}\n{finding.problem.text('vi')}", "yellow")
    if draft_only:
        emit(json.dumps({"draft": _stored_draft(draft, out)}).encode())
        return
    password = password_of(password_file)
    made = _issued(
        draft,
        out,
        signers=_keys(person, seal, qr, password),
        at=moment,
        carriage=carriage,
        trust=store,
        tsa=timestamper_of(
            tsa_url,
            tsa_key,
            tsa_chain,
            password=password,
            private=allow_private,
            clock=lambda: moment,
        ),
        evidence=evidence_of(evidence, fetch, private=allow_private),
        level=level,
    )
    emit(json.dumps(_told(made, _stored(made, out)), ensure_ascii=False, indent=1).encode())
    for notice in (*made.notices, *([_UNTRUSTED] if store is None else [])):
        say(f"{notice.en}\n{notice.vi}", "yellow")


def _stored_draft(draft: vncopy.Draft[Any], out: Path) -> str:
    """Write the draft and return the path of its file."""
    target = out / f"{draft.record.copy_id}.draft.pdf"
    write_file(target, draft.pdf)
    return str(target)


def _keys(
    person: Path | None, seal: Path | None, qr: Path | None, password: bytes | None
) -> vncopy.Signers:
    """Read the keys of the command line.

    Raises:
        UsageError: one is missing or unfit.
    """
    if seal is None or qr is None:
        raise UsageError.of(
            "--seal, --qr-key",
            "cli.keys",
            vi="cần khóa ký của cơ quan (--seal) và khóa mã QR (--qr-key)",
            en="the keys of the seal (--seal) and of the QR code (--qr-key) are needed",
        )
    return vncopy.Signers(
        person=None if person is None else read_signer(person, password, option="--person"),
        seal=read_signer(seal, password, option="--seal"),
        qr=read_signer(qr, password, option="--qr-key"),
    )


def _issued(draft: vncopy.Draft[vncopy.Document], out: Path, **asked: Any) -> IssuedCopy:
    """Issue the copy; whatever breaks the sequence, an interrupt included, tells the copy id.

    The command-line library turns an interrupt into an exit of its own, so it is said here.
    """
    check_writable(out)  # before the first signature, which spends the copy id
    try:
        return vncopy.issue(draft, **asked)
    except BaseException as error:
        for note in getattr(error, "__notes__", ()):
            if note.startswith(_OWN_NOTE):
                say(note, "red")
        if isinstance(error, UsageError) and error.problems[0].rule == "issue.level":
            raise _by_option(error) from error
        raise


def _by_option(error: UsageError) -> UsageError:
    """Return the same with the options named that give what a level needs."""
    return UsageError(*(p._replace(field=_OPTIONS.get(p.field, p.field)) for p in error.problems))


def _told(made: IssuedCopy, files: dict[str, str]) -> dict[str, Any]:
    """Return what the command says of a copy."""
    told: dict[str, Any] = {"copy_id": made.copy_id, "level": made.level.value, **files}
    if made.renew_before is not None:
        told["renew_before"] = made.renew_before.isoformat()
    return told


def _stored(made: IssuedCopy, out: Path) -> dict[str, str]:
    """Write the copy's files; if that fails, tell which copy id has to be voided."""
    try:
        return write_copy(made, out, made.copy_id)
    except UnreadableFile:
        say(f"{_VOID.en}: {made.copy_id}\n{_VOID.vi}: {made.copy_id}", "red")
        raise


def draft_of(
    data: bytes, name: str | None, at: str | None, fonts: PageFonts | None = None
) -> tuple[vncopy.Draft[vncopy.Document], datetime]:
    """Return the draft of a record's JSON under the rules of the day, and the time of issue.

    A record that states its own time of issue, as the samples do, is issued at that time.

    Args:
        data: ``{"format_id": …, "document": …, "statement": …}``.
        name: the type, where the JSON does not name it.
        at: the time of issue as written on the command line.
        fonts: what the page is set in, if not in the font that comes along.

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
    if fonts is None:
        return vncopy.prepare(document, statement, profile=profile), moment
    return vncopy.prepare(document, statement, profile=profile, fonts=fonts), moment


def write_copy(made: IssuedCopy, folder: Path, stem: str) -> dict[str, str]:
    """Write the three files of a copy, the symbol's first and the PDF last.

    Args:
        made: the copy.
        folder: where to; made if absent.
        stem: what the files are called, without a suffix.

    Returns:
        The paths by name: ``qr_text``, ``qr_png``, ``pdf``.

    Raises:
        UnreadableFile: one could not be written; the others are taken away again.
    """
    files = {
        "qr_text": (folder / f"{stem}.qr.txt", made.qr_text.encode("ascii") + b"\n"),
        "qr_png": (folder / f"{stem}.qr.png", made.qr_png()),
        "pdf": (folder / f"{stem}.pdf", made.pdf),
    }
    written: list[Path] = []
    try:
        for path, data in files.values():
            write_file(path, data)
            written.append(path)
    except UnreadableFile:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return {name: str(path) for name, (path, _) in files.items()}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(issue)
