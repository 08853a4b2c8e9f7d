"""What a file says of itself: title, author and other properties, in ``/Info`` and in its XMP metadata.

Nothing of it is drawn, and viewers show it in the title bar and the list of files; archives and
receivers file by it. Every program that signs writes some of it anew: its own name, the time, a
number for this state of the file. The rest is the author's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat

from vncopy.errors import MissingExtra
from vncopy.pdf.unpacking import decoded_stream

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from vncopy.pdf.revisions import Snapshot

__all__ = ["changed_descriptions"]

_BY_PROGRAMS: Final = frozenset({"/ModDate", "/Producer", "/Trapped"})
"""Entries of ``/Info`` that belong to the program that wrote last (ISO 32000-1 table 317)."""
_PDF: Final = "http://ns.adobe.com/pdf/1.3/ "
_XMP: Final = "http://ns.adobe.com/xap/1.0/ "
_MEDIA: Final = "http://ns.adobe.com/xap/1.0/mm/ "
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns# "
_BY_PROGRAMS_IN_XMP: Final = frozenset(
    {
        f"{_PDF}Producer", f"{_PDF}Trapped", f"{_PDF}PDFVersion", f"{_XMP}ModifyDate",
        f"{_XMP}MetadataDate", f"{_MEDIA}InstanceID", f"{_MEDIA}DocumentID", f"{_MEDIA}History",
        f"{_MEDIA}RenditionClass", f"{_MEDIA}VersionID",
    }
)  # fmt: skip
"""The same in XMP (ISO 16684-1 §8), and the numbers and steps of its history."""
_SUBJECT: Final = f"{_RDF}about"
_MOST_BYTES: Final = 1_000_000
"""Of metadata; what programs write has 3 to 60 KB, padding included."""
_MOST_DEPTH: Final = 64
_MOST_ELEMENTS: Final = 20_000
"""Elements of metadata, a tenth of a second; programs write some hundred."""


def changed_descriptions(before: Snapshot, after: Snapshot) -> int:
    """Return how many properties of a document changed.

    Args:
        before: the file at a signature.
        after: the file later.

    Returns:
        A number; metadata that came, went or cannot be read count as one each.
    """
    old, new = before.pdf.trailer.get("/Info"), after.pdf.trailer.get("/Info")
    return _of_info(old, new) + _of_metadata(
        before.pdf.Root.get("/Metadata"), after.pdf.Root.get("/Metadata")
    )


def _of_info(old: Any, new: Any) -> int:  # noqa: ANN401 - pikepdf's
    """Compare what ``/Info`` says."""
    first, second = _said(old), _said(new)
    return sum(first.get(name) != second.get(name) for name in first.keys() | second.keys())


def _said(info: Any) -> dict[str, str]:  # noqa: ANN401 - pikepdf's
    if not isinstance(info, pikepdf.Dictionary):
        return {}
    # As text: programs write the same title in one of two encodings.
    return {name: str(info.get(name)) for name in set(info.keys()) - _BY_PROGRAMS}


def _of_metadata(old: Any, new: Any) -> int:  # noqa: ANN401 - pikepdf's
    """Compare what XMP says."""
    if not isinstance(old, pikepdf.Stream) and not isinstance(new, pikepdf.Stream):
        return int(isinstance(old, pikepdf.Object) != isinstance(new, pikepdf.Object))
    texts = [_text(each) for each in (old, new)]
    if texts[0] is not None and texts[0] == texts[1]:
        return 0
    first, second = (None if text is None else _properties(text) for text in texts)
    if first is None or second is None:
        return 1
    return sum(first.get(name) != second.get(name) for name in first.keys() | second.keys())


def _text(stream: Any) -> bytes | None:  # noqa: ANN401 - pikepdf's
    """Return metadata as they are written; none at all are empty."""
    if stream is None:
        return b""
    if not isinstance(stream, pikepdf.Stream):
        return None
    try:
        return decoded_stream(stream, _MOST_BYTES)
    except ValueError:
        return None


def _properties(text: bytes) -> dict[str, str] | None:
    """Return the properties of XMP by name, spelled in one way; ``None``: they cannot be read."""
    if not text:
        return {}
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(text.rstrip(b"\0"), True)  # noqa: FBT003 - expat's own
    except (expat.ExpatError, ValueError, LookupError):  # the last: of an unknown encoding
        return None
    rows = reader.rows.items()
    return {name: "\n".join(sorted(said)) for name, said in rows if name not in _BY_PROGRAMS_IN_XMP}


@dataclass(slots=True)
class _Reader:
    """Reads properties: attributes and elements of ``rdf:Description`` say the same."""

    path: list[str] = field(default_factory=list)
    count: int = 0
    """Elements so far."""
    inside: int = 0
    """How deep inside of a property."""
    spelled: list[str] = field(default_factory=list)
    rows: dict[str, list[str]] = field(default_factory=dict)

    def refuse(self, *_: object) -> None:
        """Refuse a document type: it could define entities, and XMP has none."""
        raise ValueError("document type")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        self.path.append(name)
        self.count += 1
        if len(self.path) > _MOST_DEPTH or self.count > _MOST_ELEMENTS:
            raise ValueError("elements")
        if self.inside:
            self.inside += 1
            self.spelled.append(f"<{name} {sorted(attributes.items())}>")
        elif self.path[-3:-1] == [f"{_RDF}RDF", f"{_RDF}Description"]:
            self.inside = 1
            self.spelled = [f"{sorted(attributes.items())}"] if attributes else []
        elif name == f"{_RDF}Description":
            for each, value in attributes.items():
                if each != _SUBJECT:
                    self.rows.setdefault(each, []).append(value.strip())

    def end(self, name: str) -> None:
        """End an element."""
        self.path.pop()
        if self.inside == 1:
            self.rows.setdefault(name, []).append("".join(self.spelled))
        elif self.inside:
            self.spelled.append("</>")
        self.inside = max(0, self.inside - 1)

    def text(self, data: str) -> None:
        """Read text; blanks between elements are the writer's."""
        if self.inside and data.strip():
            self.spelled.append(data.strip())
