"""Templates: the sources that a page is set from, read from installed packages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from vncopy.errors import UsageError
from vncopy.page_trust import parse_kept_template

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from vncopy.page_trust import KeptTemplate

__all__ = [
    "BUILTIN_TEMPLATES",
    "KEPT",
    "MAIN",
    "Template",
    "kept_templates",
    "load_template",
    "template_folder",
]

BUILTIN_TEMPLATES: Final = ("vncopy.pdf", "templates")
"""Package and folder of the library's own templates and of the common frame."""
KEPT: Final = ("vncopy.pdf", "kept_templates")
"""Package and folder of every version that the library's own templates ever had
(`tools/keep_templates.py`)."""
MAIN: Final = "main.typ"
"""Name under which the compiler starts; no template may be called so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A page template with every source it may import."""

    id: str
    """``package:folder/file.typ``."""
    entry: str
    """Name of its file in the compiler's root."""
    sources: tuple[tuple[str, bytes], ...]
    """All sources in the root, sorted by name."""

    def sources_of_entry(self) -> str:
        """Return the source of the template itself, without its companions."""
        return dict(self.sources)[self.entry].decode("utf-8")

    def digest(self) -> str:
        """Return SHA-256 (hex) over all that a page's words and look depend on.

        These are names and sources of the templates, and of the modules that print values: a page
        of another digest may differ from what would be printed today without being wrong.
        """
        total = hashlib.sha256()
        for name, source in (*self.sources, *_printing_sources()):
            total.update(f"{name}\0{len(source)}\0".encode())
            total.update(source)
        return total.hexdigest()


@cache
def _printing_sources() -> tuple[tuple[str, bytes], ...]:
    """Return names and sources of the modules that turn values into printed words."""
    found = (
        (file.name, file.read_bytes())
        for file in resources.files("vncopy.pdf").iterdir()
        if file.name.startswith("printed") and file.name.endswith(".py")
    )
    return tuple(sorted(found))


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
            for file in template_folder(*place).iterdir():
                if file.name.endswith(".typ"):
                    if file.name in sources:
                        raise _name_taken(template)
                    sources[file.name] = file.read_bytes()
    except (ModuleNotFoundError, FileNotFoundError, NotADirectoryError) as error:
        raise _no_template(template) from error
    if entry not in sources:
        raise _no_template(template)
    return Template(id=template, entry=entry, sources=tuple(sorted(sources.items())))


@cache
def kept_templates() -> tuple[KeptTemplate, ...]:
    """Return all versions of the library's own templates, the present ones among them."""
    files = sorted(template_folder(*KEPT).iterdir(), key=lambda file: file.name)
    return tuple(
        parse_kept_template(file.read_bytes()) for file in files if file.name.endswith(".typ")
    )


def template_folder(package: str, folder: str) -> Traversable:
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
