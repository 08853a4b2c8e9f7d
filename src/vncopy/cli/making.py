"""``vncopy demo``, ``schema``, ``trust`` and ``pki``: everything around issuing and verifying."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

import vncopy
from vncopy.cli import fonts
from vncopy.cli.files import UnreadableFile, write_file
from vncopy.cli.issuing import write_copy
from vncopy.cli.options import IssueAtOption, LangOption, TrustOption, UserLanguage, time_of
from vncopy.cli.terminal import EXIT_CODES, console, emit, say
from vncopy.cli.types import type_named
from vncopy.errors import UsageError
from vncopy.formats.copies import VIETNAM_TIME
from vncopy.report import Verdict, worst
from vncopy.report.schema import report_schema

if TYPE_CHECKING:
    from datetime import datetime

    from vncopy.demo import DemoCopy
    from vncopy.pki import DemoPki

__all__ = ["register"]

DEMO_KEY_AGE: Final = timedelta(days=30)
"""Demo certificates are valid from so long before now on, so that a copy of today verifies."""


def demo(
    out: Annotated[Path, typer.Option("--out", help="Folder / Thư mục.")] = Path("demo-out"),
    *,
    at: IssueAtOption = None,
    lang: LangOption = UserLanguage.VI,
) -> None:
    """Make a demo PKI and one copy of each document, verify them, and show a table.

    Tạo hạ tầng khóa minh họa, cấp và kiểm tra mỗi loại giấy tờ một bản sao.
    """
    # Only this command needs typesetting and the demo PKI: the others start without them.
    from vncopy.demo import DEMO_TYPES, demo_record, issue_demo_copies  # noqa: PLC0415

    moment = time_of(at)
    vncopy.load_profile(moment.astimezone(VIETNAM_TIME).date())  # before anything is written
    pki = _write_pki(out, moment)
    made: list[DemoCopy] = []
    with Progress(console=console(), transient=True, disable=not console().is_terminal) as bar:
        task = bar.add_task("vncopy demo", total=len(DEMO_TYPES))
        for copy in issue_demo_copies(pki, at=moment):
            write_file(out / "records" / f"{copy.name}.json", demo_record(copy.name))
            write_copy(copy.made, out / "copies", copy.name)
            made.append(copy)
            bar.advance(task)
    _show_demo(made, lang)
    say(str(out))
    verdict = worst(tuple(r.verdict for copy in made for r in copy.reports.values()))
    raise typer.Exit(EXIT_CODES[verdict])


def _show_demo(made: list[DemoCopy], lang: UserLanguage) -> None:
    """Show the copies, their sizes and the verdict on each carrier."""
    table = Table()
    for title in ("", "copy id", "PDF", "PAdES", "QR", "pdf", "qr", "image"):
        table.add_column(title)
    for copy in made:
        cells = [Text(each.verdict.text(lang.code)) for each in copy.reports.values()]
        for cell, report in zip(cells, copy.reports.values(), strict=True):
            cell.stylize("green" if report.verdict is Verdict.VALID else "bold red")
        issued = copy.made
        about = f"{len(issued.pdf):,} B", issued.level.value, f"{len(issued.qr_text)}"
        table.add_row(copy.name, issued.copy_id, *about, *cells)
    console().print(table)


def _write_pki(out: Path, at: datetime) -> DemoPki:
    """Make a demo PKI and write its folders ``pki``, ``trust`` and ``evidence``."""
    from vncopy.pki import make_demo_pki, write_demo_pki  # noqa: PLC0415 - see above

    start = (at - DEMO_KEY_AGE).replace(hour=0, minute=0, second=0)
    try:
        pki = make_demo_pki(start=start)
    except OverflowError as error:
        raise UsageError.of(
            "--at",
            "cli.at",
            vi="thời điểm quá muộn: chứng thư sẽ hết hạn sau năm 9999",
            en="the time is too late: certificates would end after the year 9999",
        ) from error
    try:
        write_demo_pki(pki, out)
    except OSError as error:
        raise UnreadableFile(str(out), error, writing=True) from error
    for address, content in pki.published(at).items():
        if address.endswith(".crl"):
            write_file(out / "evidence" / address.rpartition("/")[2], content)
    return pki


def schema(
    name: Annotated[
        str, typer.Argument(metavar="TYPE|report", help="birth, marriage, death, land, report")
    ],
) -> None:
    """Print the JSON Schema of a document type's input, or of the report.

    In lược đồ JSON của một loại giấy tờ, hoặc của báo cáo kiểm tra.
    """
    made: Any = report_schema() if name == "report" else vncopy.json_schema(type_named(name))
    emit(json.dumps(made, ensure_ascii=False, indent=1).encode())


trust_app = typer.Typer(help="The trust folder / Thư mục tin cậy.", no_args_is_help=True)
pki_app = typer.Typer(help="Keys to try things out with / Khóa thử nghiệm.", no_args_is_help=True)


@trust_app.command("check")
def trust_check(folder: TrustOption) -> None:
    """Read a trust folder and say what is in it, as JSON.

    Đọc thư mục tin cậy và cho biết có gì trong đó.
    """
    store = vncopy.load_trust(folder)
    found = {
        "as_of": None if store.as_of is None else store.as_of.isoformat(),
        "anchors": [anchor.name for anchor in store.anchors],
        "offices": [
            {
                "agency_code": office.agency_code,
                "names": [entry.name for entry in office.names],
                "certificates": [
                    {"role": e.role.value, "state": e.state.value, "sha256": e.fingerprint}
                    for e in office.certificates
                ],
            }
            for office in store.offices
        ],
        "fonts": [{"name": table.name, "sha256": table.sha256} for table in store.fonts],
        "templates": [{"template": t.template, "sha256": t.sha256} for t in store.templates],
    }
    emit(json.dumps(found, ensure_ascii=False, indent=1).encode())


@pki_app.command("demo")
def pki_demo(
    out: Annotated[Path, typer.Option("--out", help="Folder / Thư mục.")],
    *,
    at: IssueAtOption = None,
) -> None:
    """Write demo keys, certificates, CRLs and the trust folder; for trying out only.

    Ghi khóa, chứng thư, danh sách thu hồi và thư mục tin cậy minh họa; chỉ để thử nghiệm.
    """
    _write_pki(out, time_of(at))
    emit(json.dumps({name: str(out / name) for name in ("pki", "trust", "evidence")}).encode())


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(demo)
    app.command()(schema)
    fonts.register(trust_app)
    app.add_typer(trust_app, name="trust")
    app.add_typer(pki_app, name="pki")
