"""The trust folder: the one function that reads it.

::

    trust/
      anchors/*.pem          one trusted authority each; the file's name is its name in reports
      intermediates/*.pem    certificates between offices and anchors (may be absent)
      offices.json           offices, their certificates, windows, states and scopes
      fonts/*.txt            outlines of further faces that copies are set in (may be absent)
      templates/*.typ        earlier templates of deployers' own types (may be absent)

Everything that is wrong with a folder is a :class:`UsageError` that names the file and the rule.
The schema of ``offices.json`` is in :mod:`vncopy.trust_folder.offices`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from vncopy.errors import UsageError
from vncopy.trust import TrustAnchor, TrustStore

if TYPE_CHECKING:
    from vncopy.page_trust import FontTable, KeptTemplate

__all__ = ["load_trust"]

OFFICES_FILE: Final = "offices.json"
"""The file that names the offices."""
MAX_OFFICES_BYTES: Final = 64 * 1024 * 1024
"""Largest offices file: 3,321 communes with five certificates each take 40 MiB."""
MAX_PEM_BYTES: Final = 64 * 1024
"""Largest certificate file; a certificate takes 2 KiB."""
MAX_CERTIFICATE_FILES: Final = 512
"""Certificate files of one folder."""
MAX_TEMPLATES: Final = 256
"""Earlier templates of one folder: some versions of some types."""
MAX_FONT_TABLES: Final = 64
"""Tables of fonts of one folder; a country's offices share a few."""


def load_trust(path: Path | str, /) -> TrustStore:
    """Read a trust folder.

    Args:
        path: the folder.

    Returns:
        The anchors and offices.

    Raises:
        UsageError: the folder or a file is missing, unreadable or malformed; the problem's field
            names the file, and within ``offices.json`` the member.
    """
    # The classes of the file are made at the first call, not with every import of the face.
    from vncopy.trust_folder.offices import in_file, parse_offices, refuse  # noqa: PLC0415

    try:
        folder = Path(path)
        there = folder.is_dir()
    except (OSError, TypeError, ValueError):  # too long a name, no path at all
        folder, there = Path(repr(path)), False
    if not there:
        refuse(
            str(folder),
            "trust.folder",
            "không có thư mục tin cậy này",
            "there is no such trust folder",
        )
    anchors = tuple(
        TrustAnchor(name=stem, certificate=der)
        for stem, der in _certificates(folder, "anchors", required=True)
    )
    intermediates = tuple(
        der for _stem, der in _certificates(folder, "intermediates", required=False)
    )
    offices, as_of = parse_offices(_read(folder, OFFICES_FILE, MAX_OFFICES_BYTES))
    fonts, templates = _font_tables(folder), _kept_templates(folder)
    try:
        return TrustStore(
            anchors=anchors,
            intermediates=intermediates,
            offices=offices,
            as_of=as_of,
            fonts=fonts,
            templates=templates,
        )
    except UsageError as error:
        raise in_file(OFFICES_FILE, error) from None


def _font_tables(folder: Path) -> tuple[FontTable, ...]:
    """Return the tables of fonts, in the order of names.

    Raises:
        UsageError: one is none, they contradict each other, or they are too large.
    """
    inside = folder / "fonts"
    files = sorted(inside.glob("*.txt")) if inside.is_dir() else []
    if not files:
        return ()
    # Only folders that have such tables pay for reading them.
    from vncopy.page_trust import (  # noqa: PLC0415
        MAX_FONT_BYTES,
        check_font_tables,
        parse_font_table,
    )
    from vncopy.trust_folder.offices import in_file, refuse  # noqa: PLC0415 - see above

    if len(files) > MAX_FONT_TABLES:
        refuse("fonts", "trust.too_many", "có quá nhiều bảng phông chữ", "too many tables of fonts")
    tables = []
    for file in files:
        where = _printable("fonts", file)
        data = _read(folder, where, MAX_FONT_BYTES)
        try:
            tables.append(parse_font_table(file.stem, data))
        except UsageError as error:
            raise in_file(where, error) from None
    check_font_tables(tables)
    return tuple(tables)


def _kept_templates(folder: Path) -> tuple[KeptTemplate, ...]:
    """Return the earlier templates, in the order of names.

    Raises:
        UsageError: one is none, or there are too many.
    """
    inside = folder / "templates"
    files = sorted(inside.glob("*.typ")) if inside.is_dir() else []
    if not files:
        return ()
    from vncopy.page_trust import MAX_TEMPLATE_BYTES, parse_kept_template  # noqa: PLC0415
    from vncopy.trust_folder.offices import in_file, refuse  # noqa: PLC0415 - see above

    if len(files) > MAX_TEMPLATES:
        refuse("templates", "trust.too_many", "có quá nhiều mẫu trình bày", "too many templates")
    found = []
    for file in files:
        where = _printable("templates", file)
        data = _read(folder, where, MAX_TEMPLATE_BYTES)
        try:
            found.append(parse_kept_template(data))
        except UsageError as error:
            raise in_file(where, error) from None
    return tuple(found)


def _printable(name: str, file: Path) -> str:
    """Return how a file of a sub-folder is named in reports.

    Raises:
        UsageError: it cannot be printed.
    """
    from vncopy.trust_folder.offices import refuse  # noqa: PLC0415 - see above

    if not file.name.isprintable():
        refuse(
            f"{name}/{file.name!a}",
            "trust.file_name",
            "tên tệp chỉ được gồm các ký tự in được",
            "the name of the file must be printable text",
        )
    return f"{name}/{file.name}"


def _certificates(folder: Path, name: str, *, required: bool) -> list[tuple[str, bytes]]:
    """Return file stem and DER of every certificate of a sub-folder, in the order of names."""
    from vncopy.trust_folder.offices import one_pem_certificate, refuse  # noqa: PLC0415 - see above

    inside = folder / name
    files = sorted(inside.glob("*.pem")) if inside.is_dir() else []
    if required and not files:
        refuse(
            name,
            "trust.no_anchor",
            "phải có ít nhất một tệp .pem trong anchors/",
            "anchors/ must hold at least one .pem file",
        )
    if len(files) > MAX_CERTIFICATE_FILES:
        refuse(name, "trust.too_many", "có quá nhiều tệp chứng thư", "too many certificate files")
    found: list[tuple[str, bytes]] = []
    for file in files:
        where = _printable(name, file)  # it is what reports call an anchor
        data = _read(folder, where, MAX_PEM_BYTES)
        der = one_pem_certificate(data, where)
        found.append((file.stem, der))
    return found


def _read(folder: Path, name: str, limit: int) -> bytes:
    """Return the bytes of a file of the folder.

    Raises:
        UsageError: it is missing, unreadable or larger than ``limit``.
    """
    from vncopy.trust_folder.offices import refuse  # noqa: PLC0415 - see above

    place = folder / name
    data = None
    try:
        if place.is_file() or not place.exists():  # a pipe would be waited for without end
            with place.open("rb") as stream:
                data = stream.read(limit + 1)
    except FileNotFoundError:
        refuse(name, "trust.file", "thư mục tin cậy thiếu tệp này", "the folder lacks this file")
    except OSError:
        pass  # said below, as for anything else that is no readable file
    if data is None:
        refuse(name, "trust.file", "không đọc được tệp này", "this file cannot be read")
    if len(data) > limit:
        refuse(name, "trust.size", "tệp quá lớn", "the file is too large")
    return data
