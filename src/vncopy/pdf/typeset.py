"""From a template and a record to PDF/A-3a with PDF/UA-1, in one pass of typst.

What a template gets and owes (the contract of ``pdf/templates/*.typ`` and of third parties):

* It is one file of a package, named ``package:folder/file.typ``. All ``.typ`` files of its folder
  and all of ``vncopy.pdf:templates`` lie side by side in the compiler's root, so that
  ``#import "frame.typ": *`` works in both. A template reads no other file and no network.
* ``json(bytes(sys.inputs.data))`` is the one dictionary made for it, see
  :mod:`vncopy.pdf.printed`.
* Title, date and attachments are set by this module, not by the template.
* The place of a signature is an empty box inside a link with the scheme ``vncopy-field:``::

      #link("vncopy-field:person", box(width: 46mm, height: 20mm))

  Fields are called ``person`` and ``seal``; each that the kind of copy needs occurs exactly once.
  :mod:`vncopy.pdf.fields` turns these links into signature fields, which keeps their place on the
  page and in the reading order.

Compiling is a pure function of its arguments and of the recorded versions: same input, same
bytes. A warning of the compiler is an error here, since on a legal page nothing is "almost right".
"""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final, Literal

from vncopy.errors import MissingExtra, UsageError
from vncopy.pdf.template import BUILTIN_TEMPLATES, MAIN, load_template, template_folder

try:
    import typst
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("issue") from error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from vncopy.pdf.template import Template

__all__ = ["Attachment", "Stamp", "load_template", "typeset", "typeset_stamps", "typst_version"]

PAGE_STANDARDS: Final[list[Literal["a-3a", "ua-1"]]] = ["a-3a", "ua-1"]
"""What a copy claims to be (design §5)."""
STAMP_STANDARDS: Final[list[Literal["a-3b"]]] = ["a-3b"]
"""Appearances are drawings inside a tagged form element, without tags of their own."""
MAX_DATA: Final = 2_000_000
"""Characters of template data; a land record with hundreds of changes has 200 000."""

_PAGE: Final = """\
#let job = json(bytes(sys.inputs.job))
#let (year, month, day, hour, minute, second) = job.date
#set document(title: job.title, author: job.author, date: datetime(
  year: year, month: month, day: day, hour: hour, minute: minute, second: second))
#for file in job.attachments {
  pdf.attach(file.name, bytes(file.content), relationship: "data", mime-type: file.mime,
    description: file.description)
}
"""
_STAMPS: Final = """\
#let job = json(bytes(sys.inputs.job))
#let (year, month, day, hour, minute, second) = job.date
#set document(title: "-", date: datetime(
  year: year, month: month, day: day, hour: hour, minute: minute, second: second))
#set text(lang: "vi", region: "VN", fallback: false, hyphenate: false)
#set par(leading: 0.42em, justify: false)
#for stamp in job.stamps {
  page(width: stamp.width * 1pt, height: stamp.height * 1pt, margin: 0pt, fill: none,
    layout(area => {
      set text(font: stamp.font, fill: rgb(stamp.colour))
      let body(size) = block(width: area.width - 3mm,
        text(size: size, stamp.lines.join(linebreak())))
      let sizes = (9pt, 8.5pt, 8pt, 7.5pt, 7pt, 6.5pt, 6pt, 5.5pt, 5pt, 4.5pt)
      let size = sizes.find(size => measure(body(size)).height <= area.height - 2mm)
      if size == none { panic("the signature field is too small for its text") }
      block(width: 100%, height: 100%, inset: (x: 1.5mm, y: 1mm), radius: 1mm,
        stroke: 0.7pt + rgb(stamp.colour), align(left + horizon, body(size)))
    }))
}
"""
_UNSHOWN: Final = re.compile(r'the text `"(?P<text>[^"`]+)"` could not be displayed')
_HEX_ESCAPE: Final = re.compile(r"\\u\{([0-9a-fA-F]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that travels inside the copy (AFRelationship ``Data``)."""

    name: str
    """File name inside the PDF."""
    content: bytes
    """The bytes, embedded unchanged."""
    mime: str
    """Media type."""
    description: str
    """What it is, for readers' attachment lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What the appearance of a signature field says."""

    lines: tuple[str, ...]
    """Its lines."""
    colour: str
    """Colour of text and frame, ``#rrggbb``."""
    fonts: tuple[str, ...]
    """Font families, first choice first."""
    width: float
    """Width of the field in points."""
    height: float
    """Height of the field in points."""


@cache
def typst_version() -> str:
    """Return name and version of the typst binding, which pins compiler and embedded fonts."""
    return f"typst {version('typst')}"


def typeset(
    template: Template,
    data: Mapping[str, Any],
    *,
    title: str,
    author: str,
    at: datetime,
    attachments: Sequence[Attachment] = (),
    font_folder: str | None = None,
) -> bytes:
    """Typeset one copy as PDF/A-3a and PDF/UA-1.

    Args:
        template: from :func:`load_template`.
        data: what the template prints, see :mod:`vncopy.pdf.printed`.
        title: the document's title in the reader's title bar; nothing personal.
        author: the issuing office.
        at: the time of the document, aware; recorded in UTC.
        attachments: files to embed, in this order.
        font_folder: where a deployer's own fonts lie.

    Returns:
        The unsigned PDF without form fields.

    Raises:
        UsageError: a character of the record is in none of the fonts, the template is broken or
            warned, or the data is over the limit.
    """
    text = _to_json(data)
    if len(text) > MAX_DATA:
        raise UsageError.of(
            "record",
            "page.size",
            vi="nội dung quá dài để trình bày trên bản sao",
            en="the content is too long to be typeset",
        )
    job = {
        "title": title,
        "author": author,
        "date": _utc_parts(at),
        "attachments": [
            {
                "name": file.name,
                "content": list(file.content),
                "mime": file.mime,
                "description": file.description,
            }
            for file in attachments
        ],
    }
    sources = {MAIN: f'{_PAGE}#include "{template.entry}"\n'.encode(), **dict(template.sources)}
    inputs = {"data": text, "job": _to_json(job)}
    return _compile(sources, inputs, at=at, tagged=True, data=data, font_folder=font_folder)


def typeset_stamps(
    stamps: Sequence[Stamp], *, at: datetime, font_folder: str | None = None
) -> bytes:
    """Draw the appearances of signature fields: text in a thin frame, vector, on no ground.

    Args:
        stamps: what they say and how they look.
        at: the time of the document, aware.
        font_folder: where a deployer's own fonts lie.

    Returns:
        A PDF with one page a stamp, of exactly its size; they share their fonts.

    Raises:
        UsageError: a character is in none of the fonts, or a text does not fit.
    """
    job = {
        "stamps": [
            {
                "lines": stamp.lines,
                "colour": stamp.colour,
                "font": stamp.fonts,
                "width": stamp.width,
                "height": stamp.height,
            }
            for stamp in stamps
        ],
        "date": _utc_parts(at),
    }
    inputs = {"job": _to_json(job)}
    lines = {"signatures": [list(stamp.lines) for stamp in stamps]}
    return _compile(
        {MAIN: _STAMPS.encode()},
        inputs,
        at=at,
        tagged=False,
        data=lines,
        font_folder=font_folder,
    )


@dataclass(slots=True)
class _Engine:
    """The process's one compiler, kept warm (about 9 ms a page instead of 25) and guarded."""

    compiler: typst.Compiler
    lock: threading.Lock


@cache
def _engine(font_folder: str | None) -> _Engine:
    """Return the shared compiler for a folder of fonts.

    It never knows the machine's fonts, and its root is the folder of the library's own
    templates, so that a page never depends on the machine or on the folder in which the program
    was started.
    """
    root = str(template_folder(*BUILTIN_TEMPLATES))
    paths: list[Any] = [] if font_folder is None else [font_folder]
    compiler = typst.Compiler(root=root, font_paths=paths, ignore_system_fonts=True)
    return _Engine(compiler=compiler, lock=threading.Lock())


def _compile(
    sources: Mapping[str, bytes],
    inputs: dict[str, str],
    *,
    at: datetime,
    tagged: bool,
    data: Mapping[str, Any],
    font_folder: str | None,
) -> bytes:
    """Run the compiler; the one border for its errors."""
    engine = _engine(font_folder)
    standards: Any = PAGE_STANDARDS if tagged else STAMP_STANDARDS
    files: Any = dict(sources)  # the compiler takes a dictionary of sources but does not declare it
    try:
        with engine.lock:
            pdf, warnings = engine.compiler.compile_with_warnings(
                files,
                format="pdf",
                pdf_standards=standards,
                sys_inputs=inputs,
                timestamp=int(at.timestamp()),
                pdf_tags=tagged,
            )
    except typst.TypstError as error:
        # `from None`: the compiler quotes the page, and a traceback must not hold personal data.
        raise _translated(error.message, data) from None
    if warnings:
        if warnings[0].message.startswith("unknown font family"):
            raise _no_font()
        raise _broken_template(warnings[0].message)
    if not isinstance(pdf, bytes):
        raise _broken_template("no page")
    return pdf


def _translated(message: str, data: Mapping[str, Any]) -> UsageError:
    """Return the compiler's complaint as the caller's: the field whose letter no font has."""
    found = _UNSHOWN.search(message)
    if found is None:
        personal = any(len(value) > 1 and value in message for _, value in _strings("", data))
        return _broken_template("" if personal else message)
    unshown = _HEX_ESCAPE.sub(lambda m: chr(int(m.group(1), 16)), found.group("text"))
    field = next((path for path, value in _strings("", data) if unshown in value), "record")
    points = " ".join(f"U+{ord(c):04X}" for c in unshown[:4])
    return UsageError.of(
        field.removeprefix("fields."),
        "page.glyph",
        vi=f"phông chữ của bản sao không có ký tự {points}",
        en=f"the fonts of the copy lack the character {points}",
    )


def _strings(path: str, value: object) -> list[tuple[str, str]]:
    """Return every string in ``value`` with its dotted path."""
    if isinstance(value, str):
        return [(path, value)]
    if isinstance(value, dict):
        pairs = [(f"{path}.{key}" if path else str(key), inner) for key, inner in value.items()]
    elif isinstance(value, list | tuple):
        pairs = [(f"{path}.{index}", inner) for index, inner in enumerate(value)]
    else:
        return []
    return [found for inner_path, inner in pairs for found in _strings(inner_path, inner)]


def _to_json(value: object) -> str:
    """Return JSON with sorted keys: equal data, equal compiler input."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _utc_parts(at: datetime) -> list[int]:
    """Return year to second of ``at`` in UTC."""
    return list(at.astimezone(UTC).timetuple()[:6])


def _no_font() -> UsageError:
    """Return the error for a font family that is not there."""
    return UsageError.of(
        "fonts",
        "page.font",
        vi="không có phông chữ được yêu cầu; hãy chỉ rõ thư mục chứa tệp phông chữ",
        en="a font family is not there; name the folder that holds its files",
    )


def _broken_template(message: str) -> UsageError:
    """Return the error for a template that does not compile cleanly."""
    first_line = message.splitlines()[0] if message else ""
    return UsageError.of(
        "template",
        "template.broken",
        vi=f"mẫu trình bày không biên dịch được: {first_line}",
        en=f"the template does not compile cleanly: {first_line}",
    )
