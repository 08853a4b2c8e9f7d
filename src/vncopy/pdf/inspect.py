"""From the bytes of a PDF to facts: everything that is looked at before the pages are drawn.

Three readers look at the same bytes: a plain search (:mod:`vncopy.pdf.byte_ranges`), pyHanko for
the signatures (:mod:`vncopy.pdf.cms`) and qpdf, by way of pikepdf, for the objects. What one of
them sees and another does not is a fact of its own. For any bytes there is a result, never an
exception: this module and :mod:`vncopy.pdf.cms` are the border for what the engines raise.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import Final

from vncopy.errors import MissingExtra
from vncopy.facts.common import Step
from vncopy.facts.pdf import PDFFacts, RevisionFacts, SignatureFacts
from vncopy.pdf.allowed_changes import compare_revisions
from vncopy.pdf.appended_bytes import unexplained
from vncopy.pdf.attachments import STRING, read_attachments
from vncopy.pdf.byte_ranges import (
    bytes_after_last_eof,
    has_orderly_end,
    long_hex_digits,
    signed_spans,
)
from vncopy.pdf.cms import read_signatures
from vncopy.pdf.dormant import find_dormant
from vncopy.pdf.later_fields import filled_values, later_widgets
from vncopy.pdf.limits import DEFAULT_LIMITS, ReadingLimits
from vncopy.pdf.page_tree import is_orderly_tree
from vncopy.pdf.revisions import SignedRevision, Snapshot, read_snapshot
from vncopy.pdf.sections import hybrid_differs
from vncopy.pdf.signed_data import refusal
from vncopy.pdf.unpacking import unpacks_beyond
from vncopy.pdf.validation_facts import read_evidence
from vncopy.reasons import Reason

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

__all__ = ["Inspection", "inspect_pdf"]

_ACTIVE: Final = (
    "JavaScript", "JS", "Launch", "AA", "OpenAction", "XFA", "SubmitForm", "ImportData", "ResetForm",
    "Rendition", "RichMedia", "Movie", "Sound", "Screen", "3D", "GoTo3DView", "Trans", "SetOCGState",
    "Hide", "Named", "PresSteps", "NeedAppearances", "NeedsRendering",
)  # fmt: skip
"""Names of entries, actions and annotations that do something when the file is opened or used."""
_EXTERNAL: Final = ("URI", "GoToR", "GoToE", "Thread", "Ref", "OPI", "FFilter", "FDecodeParms")
"""Names of entries and actions that point outside the file."""
_HIDDEN: Final = ("OCProperties", "OC", "OCG", "OCMD", "Collection", "Alternates", "ActualText")
"""Names of optional content, portfolios, alternate images, and of text that replaces what is drawn."""
_ANY_NAME: Final = re.compile(
    rb"/(" + "|".join((*_ACTIVE, *_EXTERNAL, *_HIDDEN)).encode() + rb")(?![A-Za-z0-9_.\-#])"
)
_ANNOTATION: Final = "annotation"
"""What facts call an annotation other than a signature field; viewers draw some as they like."""
_PDFA: Final = re.compile(
    rb"pdfaid:(part|conformance)\s*(?:=\s*[\"']([^\"'<]{1,4})[\"']|>\s*([^<\s]{1,4})\s*<)"
)
_TEMPLATE: Final = re.compile(rb"<vncopy:templateDigest>([0-9a-f]{64})<")
_PDFUA: Final = re.compile(rb"pdfuaid:part\s*(?:=\s*[\"'](\d)[\"']|>\s*(\d)\s*<)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What was seen in a file, and the content that facts must not hold."""

    facts: PDFFacts
    """The facts; without anything of the record."""
    attachments: dict[str, bytes] = field(default_factory=dict, repr=False)
    """The decoded embedded files of a copy, by name."""
    revisions: tuple[SignedRevision, ...] = field(default=(), repr=False)
    """The file as it was at each signature that does not end it."""

    @property
    def intact(self) -> bool:
        """Every signature is right for its bytes; only then it is worth drawing pages."""
        found = self.facts.signatures
        return (
            self.facts.reading.passed
            and bool(found)
            and all(s.intact and s.valid and s.problem is None for s in found)
        )


def inspect_pdf(
    data: bytes, *, limits: ReadingLimits = DEFAULT_LIMITS, diff: bool = True
) -> Inspection:
    """Look at a PDF without trusting anybody.

    Args:
        data: the file, any bytes.
        limits: how much is looked at.
        diff: ask pyHanko's own difference analysis too.

    Returns:
        Facts and content. Raises nothing for any bytes.
    """
    start = PDFFacts(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    if len(data) > limits.file_bytes:
        return _stopped(start, Reason.LIMITS_EXCEEDED, "file size")
    if not data.startswith(b"%PDF-"):
        return _stopped(start, Reason.PDF_MALFORMED, "header")
    if not has_orderly_end(data):
        return _stopped(start, Reason.PDF_MALFORMED, "end")
    count, spans = signed_spans(data, limits.revisions)
    facts = replace(start, byte_ranges=count, tail=bytes_after_last_eof(data))
    if count > limits.revisions:
        return _stopped(facts, Reason.LIMITS_EXCEEDED, "revisions")
    beyond = _beyond(data, limits)
    if beyond:
        return _stopped(facts, Reason.LIMITS_EXCEEDED, beyond)
    if hybrid_differs(data, len(data)):
        return _stopped(facts, Reason.PDF_MALFORMED, "hybrid")
    reading = read_signatures(data, limits, diff=diff)
    facts = replace(facts, signatures=reading.signatures)
    if reading.problem is not None:
        return _stopped(facts, reading.problem, reading.detail)
    tight = {(span.head, span.start, span.end) for span in spans if span.tight}
    facts = replace(
        facts,
        signatures=tuple(
            signature if span in tight and reading.spans.count(span) == 1 else _loose(signature)
            for signature, span in zip(reading.signatures, reading.spans, strict=True)
        ),
    )
    return _objects(data, facts, limits, foreign=diff)


def _beyond(data: bytes, limits: ReadingLimits) -> str:
    """Return which limit the packed and the long parts of a file exceed, empty: none."""
    if unpacks_beyond(data, limits.unpacked_bytes, limits.objects):
        return "unpacked"
    return "hexadecimal strings" if long_hex_digits(data) > limits.hex_digits else ""


def _loose(signature: SignatureFacts) -> SignatureFacts:
    """Return the facts of a signature whose byte range is not what it must be, or not its own.

    Its digest cannot be right then, or is right for something else: the range is what to name.
    """
    known = signature.problem not in {None, Reason.CMS_DIGEST, Reason.CMS_SIGNATURE}
    return signature if known else replace(signature, problem=Reason.BYTE_RANGE, end=0)


def _stopped(facts: PDFFacts, problem: Reason, detail: str) -> Inspection:
    return Inspection(facts=replace(facts, reading=Step(reason=problem, detail=detail)))


def _objects(data: bytes, facts: PDFFacts, limits: ReadingLimits, *, foreign: bool) -> Inspection:
    """Read the objects of every signed part with qpdf."""
    snapshots: list[Snapshot] = []
    ends = [signature.end for signature in facts.signatures]
    try:
        cuts = sorted({end for end in ends if 0 < end <= len(data)} | {len(data)})
        by_end = {}
        for cut in cuts:
            by_end[cut] = read_snapshot(data[:cut], limits)
            snapshots.append(by_end[cut])
        final = by_end[len(data)]
        readable = [end for end in ends if end in by_end]
        chain = [by_end[end] for end in readable]
        if readable and readable[-1] != len(data):
            chain.append(final)
        borders = [*readable, len(data)]
        compared = compare_revisions(chain, readable, len(data), foreign=foreign)
        revisions = tuple(
            replace(row, loose=unexplained(data, borders[place], borders[place + 1]))
            for place, row in enumerate(compared)
        )
        return _described(data, facts, limits, earlier=by_end, revisions=revisions)
    except pikepdf.PasswordError:
        return _stopped(facts, Reason.PDF_ENCRYPTED, "")
    except (pikepdf.PdfError, ValueError) as error:
        over = str(error) in {"objects", "attachment", "attachments", "pages"}
        reason = Reason.LIMITS_EXCEEDED if over else Reason.PDF_MALFORMED
        return _stopped(facts, reason, str(error) if over else type(error).__name__)
    except Exception as error:  # noqa: BLE001 - the border: any foreign exception is a fact
        return _stopped(facts, refusal(error, Reason.PDF_MALFORMED), type(error).__name__)
    finally:
        for snapshot in snapshots:
            snapshot.pdf.close()


def _described(
    data: bytes,
    facts: PDFFacts,
    limits: ReadingLimits,
    *,
    earlier: dict[int, Snapshot],
    revisions: tuple[RevisionFacts, ...],
) -> Inspection:
    final = earlier[len(data)]
    pdf = final.pdf
    if pdf.is_encrypted:
        return _stopped(facts, Reason.PDF_ENCRYPTED, "")
    if len(pdf.pages) > limits.pages:
        raise ValueError("pages")
    if not is_orderly_tree(pdf, limits.objects):
        return _stopped(facts, Reason.PDF_MALFORMED, "page tree")
    names = _found_names(final)
    attachments, contents = read_attachments(final, limits)
    metadata = _metadata(pdf)
    evidence, validation_data = read_evidence(earlier, len(data))
    dormant, searching = find_dormant(
        data, earlier, [each.end for each in facts.signatures], limits
    )
    facts = replace(
        facts,
        evidence=evidence,
        validation_data=validation_data,
        pages=len(pdf.pages),
        revisions=revisions,
        attachments=attachments,
        active=(*(name for name in _ACTIVE if name in names), *_annotations(pdf)),
        external=tuple([name for name in _EXTERNAL if name in names] + _outside_files(final)),
        hidden=tuple(name for name in _HIDDEN if name in names),
        dormant=dormant,
        searching=searching,
        pdfa=_pdfa(metadata),
        pdfua=_pdfua(metadata),
        template_digest=_template_digest(metadata),
        pdf_version=str(pdf.pdf_version),
        fonts=_fonts(final),
    )
    cut = tuple(
        SignedRevision(
            signature=index,
            data=data[: signature.end],
            later_widgets=later_widgets(earlier[signature.end], final),
            filled=filled_values(earlier[signature.end], final),
        )
        for index, signature in enumerate(facts.signatures)
        if signature.kind == "signature" and 0 < signature.end < len(data)
    )
    return Inspection(facts=facts, attachments=contents, revisions=cut)


def _found_names(snapshot: Snapshot) -> set[str]:
    """Return which of the names of the three lists occur, strings and streams left out."""
    found: set[str] = set()
    for text in snapshot.texts.values():
        if _ANY_NAME.search(text):
            found |= {name.decode() for name in _ANY_NAME.findall(STRING.sub(b"", text))}
    return found


def _annotations(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """Return a word for it if a page has an annotation that is no signature field."""
    for page in pdf.pages:
        listed = page.obj.get("/Annots")
        for item in listed if isinstance(listed, pikepdf.Array) else ():
            if not isinstance(item, pikepdf.Dictionary) or (
                str(item.get("/Subtype", "")),
                str(item.get("/FT", "")),
            ) != ("/Widget", "/Sig"):
                return (_ANNOTATION,)
    return ()


def _outside_files(snapshot: Snapshot) -> list[str]:
    """Return the streams whose data lie in another file (``/F`` of a stream dictionary)."""
    return [
        f"stream {key[0]}"
        for key, item in snapshot.objects.items()
        if isinstance(item, pikepdf.Stream) and "/F" in item
    ]


def _metadata(pdf: pikepdf.Pdf) -> bytes:
    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream) or "/Filter" in stream:
        return b""  # PDF/A forbids a filter here
    return stream.read_raw_bytes()


def _pdfa(metadata: bytes) -> str:
    claim = {m[1]: (m[2] or m[3]).decode("ascii", "replace") for m in _PDFA.finditer(metadata)}
    return (claim.get(b"part", "") + claim.get(b"conformance", "")).lower()


def _template_digest(metadata: bytes) -> str:
    match = _TEMPLATE.search(metadata)
    return "" if match is None else match[1].decode()


def _pdfua(metadata: bytes) -> str:
    match = _PDFUA.search(metadata)
    return (match[1] or match[2]).decode() if match else ""


def _fonts(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the digests of the embedded font programs."""
    digests = set()
    for item in snapshot.objects.values():
        if isinstance(item, pikepdf.Dictionary) and str(item.get("/Type", "")) == "/FontDescriptor":
            for name in ("/FontFile", "/FontFile2", "/FontFile3"):
                program = item.get(name)
                if isinstance(program, pikepdf.Stream):
                    digests.add(hashlib.sha256(program.read_raw_bytes()).hexdigest())
    return tuple(sorted(digests))
