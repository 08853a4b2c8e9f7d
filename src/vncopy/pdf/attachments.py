"""The embedded files of a PDF: which there are, and the two of a copy decoded."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra
from vncopy.facts.pdf import AttachmentFacts
from vncopy.pdf.unpacking import decoded_stream

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vncopy.pdf.limits import ReadingLimits
    from vncopy.pdf.revisions import Snapshot

__all__ = ["COPY_ATTACHMENTS", "COSE_NAME", "RECORD_NAME", "STRING", "read_attachments"]

COSE_NAME: Final = "copy.vnc1"
"""File name of the embedded COSE message."""
RECORD_NAME: Final = "record.json"
"""File name of the embedded canonical record."""
COPY_ATTACHMENTS: Final = frozenset({COSE_NAME, RECORD_NAME})
"""What a copy has attached, one each and nothing else."""
STRING: Final = re.compile(rb"\((?:[^()\\]|\\.)*\)|<(?!<)[0-9a-fA-F]*>", re.DOTALL)
"""A string in the spelling of an object."""
MAX_NODES: Final = 64
"""Nodes of the tree of names that are read; a copy has one."""
_EMBEDDED: Final = re.compile(rb"/(?:EF|RF)(?![A-Za-z0-9_.\-#])")
"""Entries of a file specification that hold files."""

_UNNAMED: Final = AttachmentFacts(name="", size=0, sha256="", relationship="", associated=False)
"""An embedded file that no file specification of ours names."""


def read_attachments(
    snapshot: Snapshot, limits: ReadingLimits
) -> tuple[tuple[AttachmentFacts, ...], dict[str, bytes]]:
    """Return every embedded file of a file, wherever it hangs.

    Args:
        snapshot: the whole file.
        limits: how many, and how large they may be.

    Returns:
        What there is, and the decoded content of those that a copy has.

    Raises:
        ValueError: one cannot be decoded, or there are too many or too large ones.
    """
    associated = snapshot.pdf.Root.get("/AF")
    listed = (
        {entry.objgen for entry in associated if isinstance(entry, pikepdf.Dictionary)}
        if isinstance(associated, pikepdf.Array)
        else set()
    )
    rows: list[AttachmentFacts] = []
    contents, seen = {}, set()
    listings = _listings(snapshot.pdf)
    named = 0
    for key, item in snapshot.objects.items():
        if not isinstance(item, pikepdf.Dictionary) or "/EF" not in item:
            continue
        named += 1
        if named > limits.attachments:  # many names of one large stream cost minutes
            raise ValueError("attachments")
        # Readers go by the name tree, by either name of the entry, or by all: they must be one.
        names = {str(item.get(part)) for part in ("/F", "/UF") if part in item}
        names |= listings.get(key, {""})
        stream = _one_stream(item.get("/EF"))
        seen.add(stream.objgen)
        content = _decoded(stream, limits)
        name = names.pop() if len(names) == 1 else ""
        known = name if name in COPY_ATTACHMENTS else ""
        rows.append(
            AttachmentFacts(
                name=known,
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                relationship=str(item.get("/AFRelationship", ""))[1:],
                associated=key in listed,
            )
        )
        if known:
            contents[known] = content
    rows += _loose_files(snapshot.objects.values(), seen)
    # Written directly into another object, or as a related file: nothing of ours does that.
    written = sum(len(_EMBEDDED.findall(STRING.sub(b"", text))) for text in _with_files(snapshot))
    rows += [_UNNAMED] * min(max(0, written - named), limits.attachments)
    return tuple(rows), contents


def _listings(pdf: pikepdf.Pdf) -> dict[tuple[int, int], set[str]]:
    """Return the names under which the name tree lists each file specification."""
    found: dict[tuple[int, int], set[str]] = {}
    tree = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/EmbeddedFiles")
    nodes = [] if tree is None else [tree]
    for node in nodes:
        if len(nodes) > MAX_NODES:
            raise ValueError("attachments")
        if not isinstance(node, pikepdf.Dictionary):
            continue
        nodes += list(node.get("/Kids", ()))
        listed = list(node.get("/Names", ()))
        for name, item in zip(listed[::2], listed[1::2], strict=False):
            if isinstance(item, pikepdf.Dictionary):
                found.setdefault(item.objgen, set()).add(str(name))
    return found


def _with_files(snapshot: Snapshot) -> Iterator[bytes]:
    """Iterate over the objects that may hold embedded files."""
    return (text for text in snapshot.texts.values() if _EMBEDDED.search(text))


def _loose_files(
    objects: Iterable[pikepdf.Object], seen: set[tuple[int, int]]
) -> list[AttachmentFacts]:
    """Return embedded files that no file specification names: nothing of ours has one."""
    return [
        _UNNAMED
        for item in objects
        if isinstance(item, pikepdf.Stream)
        and str(item.get("/Type", "")) == "/EmbeddedFile"
        and item.objgen not in seen
    ]


def _one_stream(files: object) -> pikepdf.Stream:
    """Return the one stream of an ``/EF`` dictionary.

    Raises:
        ValueError: there is none, or there are several.
    """
    if isinstance(files, pikepdf.Dictionary):
        streams = [files.get(part) for part in files.keys()]  # noqa: SIM118 - not a dict
        first = streams[0] if streams else None
        if isinstance(first, pikepdf.Stream) and all(
            isinstance(each, pikepdf.Stream) and each.objgen == first.objgen for each in streams
        ):
            return first
    raise ValueError("embedded file")


def _decoded(stream: pikepdf.Stream, limits: ReadingLimits) -> bytes:
    """Decode an embedded file, up to the limit.

    Raises:
        ValueError: a filter other than Flate, damaged or too large.
    """
    content = decoded_stream(stream, limits.attachment_bytes)
    if content is None:
        raise ValueError("attachment")
    return content
