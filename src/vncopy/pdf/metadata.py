"""What a copy records about its own making, in its XMP metadata.

In thirty years somebody must be able to make the page again from the record and compare: he needs
to know with which template, fonts and programs it was made. PDF/A demands that properties of one's
own are described in the file (ISO 19005-3, 6.6.2.3.3); that description is made here as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from vncopy.errors import MissingExtra

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["NAMESPACE", "PROPERTIES", "describe", "fonts_of", "read_properties", "writer_version"]

NAMESPACE: Final = "urn:vncopy:making:1#"
"""Namespace of the properties."""
PREFIX: Final = "vncopy"
"""Its prefix."""
PROPERTIES: Final[Mapping[str, str]] = {
    "copyId": "Identifier of the copy",
    "formatId": "Type and version of the document",
    "templateId": "Template of the page",
    "templateDigest": "SHA-256 of the sources of template and printed values",
    "symbolVersion": "Version of the QR symbol",
    "symbolMask": "Mask of the QR symbol",
    "typesetter": "Program that set the page",
    "fileWriter": "Program that wrote the file",
    "fonts": "Fonts of the page",
    "fontFilesDigest": "SHA-256 of the font files that the deployer gave",
}
"""Every property with its description."""

_SCHEMAS_END: Final = "</rdf:Bag></pdfaExtension:schemas>"
_DESCRIPTION_END: Final = "</rdf:Description>"


def writer_version() -> str:
    """Return the versions of the library and of the engine that write the file."""
    return f"pikepdf {pikepdf.__version__}, qpdf {pikepdf.__libqpdf_version__}"


def fonts_of(pdf: pikepdf.Pdf) -> str:
    """Return the names of the embedded fonts without their subset tags, sorted."""
    names: set[str] = set()
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == pikepdf.Name(
            "/FontDescriptor"
        ):
            names.add(str(thing.FontName).lstrip("/").split("+", 1)[-1])
    return ", ".join(sorted(names))


def describe(pdf: pikepdf.Pdf, properties: Mapping[str, str]) -> None:
    """Write ``properties`` into the file's XMP, with the description that PDF/A demands.

    The packet is extended as text: re-serialising it would lose the typesetter's own extension
    descriptions, and every byte of it is signed later.

    Args:
        pdf: the open file, as typst made it.
        properties: values by name; names of :data:`PROPERTIES`. Fonts and writer are added here.

    Raises:
        ValueError: a name is unknown, or the packet is not one that typst writes.
    """
    values = {**properties, "fileWriter": writer_version(), "fonts": fonts_of(pdf)}
    if unknown := set(values) - set(PROPERTIES):
        msg = f"unknown properties {sorted(unknown)}"
        raise ValueError(msg)
    packet = pdf.Root.Metadata.read_bytes().decode()
    if packet.count(_SCHEMAS_END) != 1 or packet.count(_DESCRIPTION_END) != 1:
        msg = "the XMP packet is not of the expected shape"
        raise ValueError(msg)
    described = "".join(
        '<rdf:li rdf:parseType="Resource">'
        "<pdfaProperty:category>internal</pdfaProperty:category>"
        f"<pdfaProperty:description>{PROPERTIES[name]}</pdfaProperty:description>"
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType></rdf:li>"
        for name in values
    )
    schema = (
        '<rdf:li rdf:parseType="Resource">'
        "<pdfaSchema:schema>Making of an electronic copy</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{PREFIX}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{described}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )
    stated = "".join(
        f"<{PREFIX}:{name}>{escape(value)}</{PREFIX}:{name}>" for name, value in values.items()
    )
    packet = packet.replace(_SCHEMAS_END, schema + _SCHEMAS_END)
    # A description of its own carries the namespace; the typesetter's one stays as it is.
    own = f'<rdf:Description rdf:about="" xmlns:{PREFIX}="{NAMESPACE}">{stated}{_DESCRIPTION_END}'
    packet = packet.replace(_DESCRIPTION_END, _DESCRIPTION_END + own)
    pdf.Root.Metadata.write(packet.encode())


def read_properties(pdf: pikepdf.Pdf) -> dict[str, str]:
    """Return what a file says about its making; untrusted like everything in a file.

    Args:
        pdf: any open file.

    Returns:
        The properties found, possibly none.
    """
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        found = {name: metadata.get(f"{{{NAMESPACE}}}{name}") for name in PROPERTIES}
    return {name: str(value) for name, value in found.items() if value}
