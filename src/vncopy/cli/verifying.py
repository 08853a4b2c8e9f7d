"""``vncopy verify``, ``signatures`` and ``judge``: the answers."""

from __future__ import annotations

import codecs
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import typer

import vncopy
from vncopy.cli.evidence import (
    EvidenceOption,
    FetchOption,
    PrivateOption,
    check_private,
    evidence_of,
)
from vncopy.cli.files import read_input, write_file
from vncopy.cli.options import (
    AtOption,
    FormatOption,
    LangOption,
    OutputFormat,
    PolicyName,
    PolicyOption,
    TrustOption,
    UserLanguage,
    policy_of,
    time_of,
)
from vncopy.cli.terminal import EXIT_CODES, emit, show_report
from vncopy.errors import UsageError
from vncopy.facts.common import Facts, facts_from_json, facts_to_json
from vncopy.report import Report

__all__ = ["register"]

_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""First bytes of PNG and JPEG."""
_PICTURE_SUFFIXES: Final = frozenset({".png", ".jpg", ".jpeg"})
_PDF_HEADER: Final = b"%PDF-"
_PDF_HEADER_WITHIN: Final = 1024
"""Bytes in which readers look for the header (ISO 32000-1, implementation note 13)."""

_MORE_PICTURES: Final = ((0, b"II*\x00"), (0, b"MM\x00*"), (8, b"WEBP"))
"""Where and how TIFF and WebP begin."""
_PHONE_PICTURES: Final = ((4, b"ftyphei"), (4, b"ftypmif1"))
"""Where and how HEIC begins: photos of some phones."""
_OTHER_PICTURES: Final = ((0, b"GIF8"), (0, b"BM"), (4, b"ftypavif"))
"""Where and how GIF, BMP and AVIF begin."""
_TEXT_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Marks that editors and shells of Windows put before a text."""

Carrier = Literal["pdf", "image", "qr"]

RevealOption = Annotated[
    Literal["full", "answer"],
    typer.Option("--reveal", help="answer: no content / chỉ câu trả lời, không nội dung."),
]
PurposeOption = Annotated[
    str | None, typer.Option("--purpose", help="Goes into the report / Mục đích kiểm tra.")
]
FactsOption = Annotated[
    Path | None, typer.Option("--facts", help="Keep what was seen / Lưu dữ kiện để xét lại sau.")
]


def carrier_of(name: str, data: bytes) -> Carrier:
    """Return how to look at ``data``: by its first bytes, then by its name, then by its text.

    Args:
        name: the file's name, for files whose first bytes are damaged.
        data: the bytes.

    Raises:
        UsageError: it is a picture of a kind that is not read; to call that an invalid copy would
            be a wrong answer about a good sheet.
    """
    if data.startswith(_PICTURES):
        return "image"
    if _PDF_HEADER in data[:_PDF_HEADER_WITHIN]:
        return "pdf"
    suffix = Path(name).suffix.lower()
    if suffix in _PICTURE_SUFFIXES:
        return "image"
    if suffix == ".pdf":
        return "pdf"
    phone = _begins(data, _PHONE_PICTURES)
    if _begins(data, _MORE_PICTURES) or (phone and find_spec("pi_heif") is not None):
        return "image"
    if phone or _begins(data, _OTHER_PICTURES):
        raise UsageError.of(
            "FILE",
            "cli.picture",
            vi="chỉ đọc được ảnh PNG, JPEG, TIFF và WebP, HEIC khi đã cài vncopy[heic]; "
            "hãy chuyển ảnh sang một trong các dạng này",
            en="only PNG, JPEG, TIFF and WebP pictures are read, HEIC where vncopy[heic] is "
            "installed; convert the picture to one of them",
        )
    return "pdf" if _text(data) is None else "qr"


def _begins(data: bytes, marks: tuple[tuple[int, bytes], ...]) -> bool:
    return any(data.startswith(mark, start) for start, mark in marks)


def _text(data: bytes) -> str | None:
    """Return the bytes as text, without what editors put around it, or ``None`` for other bytes."""
    encoding = next((name for mark, name in _TEXT_MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text.strip()


def verify(  # noqa: PLR0913 - one parameter for each option of the command
    file: Annotated[str | None, typer.Argument(metavar="FILE|IMAGE|-", show_default=False)] = None,
    *,
    trust: TrustOption,
    qr: Annotated[
        str | None, typer.Option("--qr", help="Text of a QR code / Nội dung mã QR.")
    ] = None,
    policy: PolicyOption = PolicyName.STRICT,
    at: AtOption = None,
    lang: LangOption = UserLanguage.VI,
    output: FormatOption = OutputFormat.TEXT,
    facts: FactsOption = None,
    reveal: RevealOption = "full",
    purpose: PurposeOption = None,
    evidence: EvidenceOption = None,
    fetch: FetchOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Verify a copy: a PDF, a picture of paper, or the text of its QR code.

    Kiểm tra bản sao: tệp PDF, ảnh chụp tờ giấy, hoặc nội dung mã QR.
    """
    check_private(allow_private, fetch)
    if (file is None) == (qr is None):
        raise UsageError.of(
            "FILE",
            "cli.one_input",
            vi="cần đúng một trong hai: tệp (hoặc -) hay --qr",
            en="exactly one is needed: a file (or -), or --qr",
        )
    asked: dict[str, Any] = {
        "trust": vncopy.load_trust(trust),
        "at": time_of(at),
        "policy": policy_of(policy),
        "reveal": reveal,
        "purpose": purpose,
        "evidence": evidence_of(evidence, fetch, private=allow_private),
    }
    report: Report
    if file is None:
        report = vncopy.verify_qr((qr or "").strip(), **asked)
    else:
        data = read_input(file)
        carrier = carrier_of(file, data)
        if carrier == "pdf":
            report = vncopy.verify_pdf(data, **asked)
        elif carrier == "image":
            report = vncopy.verify_image(data, **asked)
        else:
            report = vncopy.verify_qr(_text(data) or "", **asked)
    _answer(report, output=output, lang=lang, facts=facts)


def signatures(  # noqa: PLR0913 - one parameter for each option of the command
    file: Annotated[str, typer.Argument(metavar="FILE|-")],
    *,
    trust: TrustOption,
    policy: PolicyOption = PolicyName.STRICT,
    at: AtOption = None,
    lang: LangOption = UserLanguage.VI,
    output: FormatOption = OutputFormat.TEXT,
    facts: FactsOption = None,
    evidence: EvidenceOption = None,
    fetch: FetchOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Judge the signatures of any signed PDF, whatever it is.

    Kiểm tra các chữ ký của một tệp PDF bất kỳ.
    """
    check_private(allow_private, fetch)
    report = vncopy.verify_signatures(
        read_input(file),
        trust=vncopy.load_trust(trust),
        at=time_of(at),
        policy=policy_of(policy),
        evidence=evidence_of(evidence, fetch, private=allow_private),
    )
    _answer(report, output=output, lang=lang, facts=facts)


def judge(  # noqa: PLR0913 - one parameter for each option of the command
    file: Annotated[str, typer.Argument(metavar="FACTS|-")],
    *,
    trust: TrustOption,
    policy: PolicyOption = PolicyName.STRICT,
    at: AtOption = None,
    lang: LangOption = UserLanguage.VI,
    output: FormatOption = OutputFormat.TEXT,
    carrier: Annotated[
        str | None,
        typer.Option("--carrier", help="File of the copy itself / Tệp của chính bản sao."),
    ] = None,
    evidence: EvidenceOption = None,
    fetch: FetchOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Judge stored facts again, of verify or signatures, for another time, trust folder or policy.

    Xét lại dữ kiện đã lưu, theo thời điểm, thư mục tin cậy hoặc chính sách khác.
    """
    check_private(allow_private, fetch)
    stored = _stored_facts(read_input(file))
    again = vncopy.judge_signatures if getattr(stored, "foreign", False) else vncopy.judge
    report: Report = again(
        stored,
        trust=vncopy.load_trust(trust),
        at=time_of(at),
        policy=policy_of(policy),
        carrier=None if carrier is None else read_input(carrier),
        evidence=evidence_of(evidence, fetch, private=allow_private),
    )
    _answer(report, output=output, lang=lang, facts=None)


def _stored_facts(data: bytes) -> Facts:
    """Return the facts of a file, whatever carrier they are about.

    Raises:
        UsageError: these bytes are no stored facts.
    """
    from vncopy.facts.pdf import PDFFacts  # noqa: PLC0415 - only this command reads facts
    from vncopy.facts.qr import QRFacts  # noqa: PLC0415

    try:
        carrier = json.loads(data)["carrier"]
    except (ValueError, TypeError, KeyError, RecursionError):
        carrier = None
    return facts_from_json(data, PDFFacts if carrier == "PDFFacts" else QRFacts)


def _answer(
    report: Report, *, output: OutputFormat, lang: UserLanguage, facts: Path | None
) -> None:
    """Give the report, keep the facts, and leave with the verdict's exit code."""
    if facts is not None:
        write_file(facts, facts_to_json(report.facts), private=True)
    if output is OutputFormat.JSON:
        emit(report.to_json())
    elif output is OutputFormat.HTML:
        from vncopy.cli.html import html_page  # noqa: PLC0415 - only where a page is asked for

        emit(html_page(report, lang.code))
    else:
        show_report(report, lang.code)
    raise typer.Exit(EXIT_CODES[report.verdict])


def register(app: typer.Typer) -> None:
    """Add the three commands."""
    for command in (verify, signatures, judge):
        app.command()(command)
