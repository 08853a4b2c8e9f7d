"""From a template and a record to PDF/A-3a with PDF/UA-1, in one pass of typst.

What a template gets and owes (the contract of ``pdf/templates/*.typ`` and of third parties):

* It is one file of a package, named ``package:folder/file.typ``. All ``.typ`` files of its folder
  and all of ``vncopy.pdf:templates`` lie side by side in the compiler's root, so that
  ``#import "/frame.typ": *`` works in both. A template reads no other file and no network.
* Its inputs are those described in :mod:`vncopy.pdf.printed`: ``data``, ``symbol``,
  ``attachments``. The frame embeds the attachments and sets title and date.

Compiling is a pure function of its arguments and of the recorded versions: same input, same
bytes. A warning of the compiler is an error here, since on a legal page nothing is "almost right".
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, Literal

from vncopy.errors import MissingExtra, UsageError

try:
    import typst
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("issue") from error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from importlib.resources.abc import Traversable

__all__ = ["Attachment", "Template", "load_template", "typeset", "typeset_stamp", "typst_version"]

BUILTIN_TEMPLATES: Final = ("vncopy.pdf", "templates")
"""Package and folder of the library's own templates and of the common frame."""
STAMP: Final = "stamp.typ"
"""The template of a signature field's appearance."""
MAIN: Final = "vncopy-main.typ"
"""Name under which the compiler starts; the prefix keeps it out of the way of templates."""
PAGE_STANDARDS: Final[list[Literal["a-3a", "ua-1"]]] = ["a-3a", "ua-1"]
"""What a copy claims to be (design §5)."""
STAMP_STANDARDS: Final[list[Literal["a-3b"]]] = ["a-3b"]
"""Appearances are drawings inside a tagged form element, without tags of their own."""
MAX_DATA: Final = 2_000_000
"""Characters of template data; a land record with hundreds of changes has 200 000."""

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
class Template:
    """A page template with every source it may import."""

    id: str
    """``package:folder/file.typ``."""
    entry: str
    """Name of its file in the compiler's root."""
    sources: tuple[tuple[str, bytes], ...]
    """All sources in the root, sorted by name."""

    def digest(self) -> str:
        """Return SHA-256 (hex) over all names and sources: what the page's look depends on."""
        total = hashlib.sha256()
        for name, source in self.sources:
            total.update(f"{name}\0{len(source)}\0".encode())
            total.update(source)
        return total.hexdigest()


def typst_version() -> str:
    """Return the version of the typst binding; it pins the compiler and the embedded fonts."""
    return str(typst.__version__)


@cache
def load_template(template: str) -> Template:
    """Read a template and its companions from an installed package.

    Args:
        template: ``package:folder/file.typ``, as declared by a document class.

    Returns:
        The template; the same object for the same name as long as the process lives.

    Raises:
        UsageError: there is no such package or file, or two sources have one name.
    """
    package, separator, path = template.partition(":")
    folder_name, _, entry = path.rpartition("/")
    if not (package and separator and entry.endswith(".typ")) or entry == MAIN:
        raise _no_template(template)
    sources: dict[str, bytes] = {}
    own = (package, folder_name)
    try:
        for place in dict.fromkeys((BUILTIN_TEMPLATES, own)):
            for file in _folder(*place).iterdir():
                if file.name.endswith(".typ"):
                    if file.name in sources:
                        raise _name_taken(template)
                    sources[file.name] = file.read_bytes()
    except (ModuleNotFoundError, FileNotFoundError, NotADirectoryError) as error:
        raise _no_template(template) from error
    if entry not in sources:
        raise _no_template(template)
    return Template(id=template, entry=entry, sources=tuple(sorted(sources.items())))


def typeset(
    template: Template,
    data: Mapping[str, Any],
    *,
    at: datetime,
    symbol: str = "",
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Typeset one copy as PDF/A-3a and PDF/UA-1.

    Args:
        template: from :func:`load_template`.
        data: what the template prints, see :mod:`vncopy.pdf.printed`.
        at: the time of the document, aware.
        symbol: SVG of the QR symbol; empty for a draft.
        attachments: files to embed, in this order.

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
    files = [
        {
            "name": file.name,
            "hex": file.content.hex(),
            "mime": file.mime,
            "relationship": "data",
            "description": file.description,
        }
        for file in attachments
    ]
    inputs = {"data": text, "symbol": symbol, "attachments": _to_json(files)}
    return _compile(template, inputs, at=at, tagged=True, data=data)


def typeset_stamp(data: Mapping[str, Any], *, at: datetime) -> bytes:
    """Draw the appearance of a signature field: text, vector, on no ground.

    Args:
        data: input of ``stamp.typ``: ``lines``, ``width_pt``, ``height_pt``, ``colour``, ``font``.
        at: the time of the document, aware.

    Returns:
        A one-page PDF of exactly that size.

    Raises:
        UsageError: a character is in none of the fonts.
    """
    package, folder = BUILTIN_TEMPLATES
    template = load_template(f"{package}:{folder}/{STAMP}")
    return _compile(template, {"data": _to_json(data)}, at=at, tagged=False, data=data)


@dataclass(slots=True)
class _Engine:
    """The process's one compiler, kept warm (about 9 ms a page instead of 25) and guarded."""

    compiler: typst.Compiler
    lock: threading.Lock


@cache
def _engine() -> _Engine:
    """Return the shared compiler: library fonts only, so that every machine gives the same page."""
    return _Engine(typst.Compiler(ignore_system_fonts=True), threading.Lock())


def _compile(
    template: Template,
    inputs: dict[str, str],
    *,
    at: datetime,
    tagged: bool,
    data: Mapping[str, Any],
) -> bytes:
    """Run the compiler; the one border for its errors."""
    engine = _engine()
    standards: Any = PAGE_STANDARDS if tagged else STAMP_STANDARDS
    # A dictionary of sources is an input that the compiler takes but does not declare.
    sources: Any = {MAIN: f'#include "/{template.entry}"'.encode(), **dict(template.sources)}
    try:
        with engine.lock:
            pdf, warnings = engine.compiler.compile_with_warnings(
                sources,
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


def _folder(package: str, folder: str) -> Traversable:
    """Return the folder of a package that holds the templates."""
    place: Traversable = resources.files(package)
    for part in folder.split("/") if folder else []:
        place = place / part
    return place


def _no_template(template: str) -> UsageError:
    """Return the error for a template that cannot be found."""
    return UsageError.of(
        "template",
        "template.missing",
        vi=f"không tìm thấy mẫu trình bày {template!r}; viết dạng gói:thư_mục/tệp.typ",
        en=f"there is no template {template!r}; write package:folder/file.typ",
    )


def _name_taken(template: str) -> UsageError:
    """Return the error for a template folder that hides a file of the library."""
    return UsageError.of(
        "template",
        "template.name_taken",
        vi=f"thư mục của mẫu {template!r} có tệp trùng tên với tệp của thư viện",
        en=f"the folder of {template!r} has a file named like one of the library",
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
