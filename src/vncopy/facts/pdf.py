"""What was seen in a PDF file: digests, certificates, times and outcomes, never a field's value.

Facts are what :mod:`vncopy.pdf` observed; they judge nothing. Every judgement is made from them,
by :mod:`vncopy.verify.checks_pdf`, so that a stored report can be judged again years later.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import datetime  # noqa: TC003 - the JSON round trip reads the annotations
from typing import Literal

from vncopy.facts.common import NOT_RUN, PASSED, Facts, Isolation, Step, check_time
from vncopy.facts.evidence import EvidenceFacts  # noqa: TC001 - the JSON round trip reads the annotations
from vncopy.facts.qr import QRFacts  # noqa: TC001 - the JSON round trip reads the annotations
from vncopy.reasons import Reason  # noqa: TC001 - the JSON round trip reads the annotations

__all__ = [
    "AttachmentFacts",
    "ContentFacts",
    "Coverage",
    "HiddenFacts",
    "HiddenKind",
    "PDFFacts",
    "PageEvidence",
    "RenderingFacts",
    "RevisionFacts",
    "SignatureFacts",
    "SignatureKind",
    "TimestampFacts",
]

Coverage = Literal["entire_file", "entire_revision", "contiguous", "unclear"]
"""How much of the file a byte range holds, in pyHanko's four steps."""

SignatureKind = Literal["signature", "timestamp"]
"""A signature of somebody, or a document timestamp (``/DocTimeStamp``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimestampFacts:
    """One timestamp token (RFC 3161) inside a signature: it covers the signature's value."""

    time: datetime | None
    """``genTime``."""
    problem: Reason | None
    """Why it could not be read, or what is wrong with it; ``None`` if nothing is."""
    detail: str
    """A hint for engineers, such as the class of the engine's error."""
    intact: bool
    """Its imprint is the digest of the signature's value, and its content is what was signed."""
    valid: bool
    """Its signature is right for the certificate of the timestamping authority."""
    digest_algorithm: str
    """Such as ``sha256``: the weakest of imprint, content and signature."""
    signature_algorithm: str
    """Such as ``ecdsa``."""
    certificates: tuple[bytes, ...] = attribute(repr=False)
    """DER of the authority's certificate, then of the others embedded in the token."""
    accuracy: int = 0
    """Milliseconds that the authority says ``genTime`` may be off; 0 where it says nothing."""

    def __post_init__(self) -> None:
        """Refuse a time that no check could use: stored facts are not trusted."""
        check_time(self.time)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureFacts:
    """One signature or document timestamp of the file, in the order of what they cover."""

    field: str
    """Name of the signature field."""
    kind: SignatureKind
    """Signature or document timestamp."""
    subfilter: str
    """``/SubFilter`` without the slash, ``ETSI.CAdES.detached`` for PAdES."""
    end: int
    """Number of the byte after the last one covered; 0 where the byte range is malformed."""
    coverage: Coverage
    """What pyHanko says of the byte range."""
    problem: Reason | None
    """Why the signature could not be read, or what is wrong with it; ``None`` if nothing is."""
    detail: str
    """A hint for engineers: the class of the engine's error, or the name of an attribute."""
    intact: bool
    """The digest of the covered bytes is the signed one."""
    valid: bool
    """The signature over the signed attributes is right for the signer's certificate."""
    digest_algorithm: str
    """Such as ``sha256``: the weakest that the signature rests on; of a timestamp, the imprint's
    counts too."""
    signature_algorithm: str
    """Such as ``ecdsa`` or ``rsassa_pkcs1v15``."""
    certificates: tuple[bytes, ...] = attribute(repr=False)
    """DER of the signer's certificate, then of the others embedded in the CMS."""
    claimed_at: datetime | None
    """Signing time as the signer claims it (signed attribute, else ``/M``); of a document timestamp
    its ``genTime``, never anything else."""
    certifies: bool
    """The signature is the certifying one (``/Perms /DocMDP``)."""
    permission: int | None
    """``/P`` of its DocMDP transform: 1 nothing, 2 fields, 3 annotations."""
    padding_zero: bool
    """Only zero bytes follow the CMS inside ``/Contents``."""
    unsigned_attributes: tuple[str, ...]
    """Object ids of the unsigned attributes."""
    has_signing_certificate: bool
    """The signed attribute signing-certificate-v2 is there (PAdES wants it)."""
    modification: str
    """pyHanko's word for what came after: ``none``, ``lta_updates``, ``form_filling``,
    ``other``; empty where it was not asked."""
    timestamps: tuple[TimestampFacts, ...] = ()
    """The timestamps in its unsigned attributes; of a document timestamp none."""
    accuracy: int = 0
    """Of a document timestamp: milliseconds that its ``genTime`` may be off."""

    def __post_init__(self) -> None:
        """Refuse a time that no check could use: stored facts are not trusted."""
        check_time(self.claimed_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionFacts:
    """What was appended after one signature, up to the next one or to the end of the file."""

    after: int
    """Index of the signature that the bytes follow."""
    size: int
    """Number of bytes appended; 0 where the signature ends the file."""
    changed: int
    """Number of objects added, changed or removed."""
    forbidden: tuple[str, ...]
    """What the allow-list does not explain: kinds of change with object numbers."""
    dss: bool
    """Validation data (DSS) was added."""
    replaced: int = 0
    """Fields that had a value and have another one now."""
    unlike: int = 0
    """Fields that came or changed and may look unlike what is drawn: each viewer makes their look, they
    have another one under the pointer, or they do something."""
    loose: str = ""
    """What of the bytes themselves is not in order, in a word: such that no cross-reference section
    names, or a section that does not continue the one before; empty: nothing."""
    described: int = 0
    """Properties of the document that changed, such as title and author (files of others only)."""
    drawn: int = 0
    """Fields that were filled, and such for signing that draw something and nobody signed (files of
    others only)."""
    beside: tuple[str, ...] = ()
    """What else changed beside the pages and may not, in words (files of others only)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentFacts:
    """One embedded file."""

    name: str
    """File name if it is one of the two of a copy, else empty: a foreign name may be personal."""
    size: int
    """Bytes after decoding."""
    sha256: str
    """Digest of the decoded bytes, hexadecimal."""
    relationship: str
    """``/AFRelationship`` without the slash."""
    associated: bool
    """The catalog's ``/AF`` array names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderingFacts:
    """One signed revision drawn beside the final file."""

    signature: int
    """Index of the signature whose revision was drawn."""
    pages: int
    """Pages of that revision."""
    differing: tuple[int, ...]
    """Numbers of the pages that look different, from 1."""
    masked: int
    """Boxes of later signature fields left out of the comparison (files of others only)."""
    masked_percent: int
    """Share of the page that they cover, on the page with most."""
    overdrawn: tuple[int, ...] = ()
    """Numbers of the pages where a later field changed what was signed, text or picture, from 1."""
    unseen: int = 0
    """Fields that were filled since, and nothing of it is seen on the pages (files of others only)."""


PageEvidence = Literal["", "shapes", "made_again"]
"""What can show that the pages say what the record says."""

HiddenKind = Literal[
    "unused",
    "twice",
    "earlier",
    "covered",
    "invisible",
    "over_text",
    "hidden_field",
    "layer",
    "value",
    "printed",
    "acts",
]
"""What a file holds besides what it shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenFacts:
    """Content of one kind that a file holds without showing it, or shows over something else."""

    kind: HiddenKind
    """Which kind."""
    count: int
    """How many objects, pieces of text or fields."""
    detail: str = ""
    """Where or what, for engineers: kinds of objects, numbers of pages; nothing of the content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentFacts:
    """What comparing the carriers with each other gave; outcomes only."""

    record: Step = NOT_RUN
    """The embedded record parses, is in canonical form and complete."""
    record_matches: Step = NOT_RUN
    """The record projects to exactly the signed payload, and its salted digest is the signed one."""
    printed_symbol: Step = NOT_RUN
    """The one symbol printed on the pages is the embedded one."""
    names_certifier: bool | None = None
    """The record's statement names a person who signs; ``None``: it could not be read."""
    page_text: Step = NOT_RUN
    """The visible text is the record's printed form and nothing else."""
    page_evidence: PageEvidence = ""
    """What showed it: the shapes on the pages, or the page made again; empty: nothing did."""
    font_tables: tuple[str, ...] = ()
    """SHA-256 of the receiver's tables of fonts with which its shapes were read; without them nothing
    is known of the text."""
    earlier_template: str = ""
    """SHA-256 of the earlier template whose words the page has; empty: it is today's, or of none."""
    lent_template: bool = False
    """Whether the receiver's trust folder lent it: then it counts as long as it is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PDFFacts(Facts):
    """What was seen in one PDF file."""

    sha256: str
    """Digest of the whole file, hexadecimal; a copy is *not* identified by it."""
    size: int
    """Bytes of the file."""
    reading: Step = PASSED
    """Whether the file could be read: malformed, encrypted, over a limit."""
    isolation: Isolation = ""
    """Where it was read; empty: it was not."""
    foreign: bool = False
    """It was looked at as a file of somebody else: its signatures are judged, nothing about a record."""
    pages: int = 0
    """Number of pages."""
    byte_ranges: int = 0
    """``/ByteRange`` written in the raw bytes: none may be without a signature that was read."""
    tail: int = 0
    """Bytes after the last ``%%EOF`` and its line end."""
    signatures: tuple[SignatureFacts, ...] = ()
    """Signatures and document timestamps in the order of what they cover."""
    revisions: tuple[RevisionFacts, ...] = ()
    """What was appended after each signature."""
    attachments: tuple[AttachmentFacts, ...] = ()
    """Embedded files."""
    active: tuple[str, ...] = ()
    """Names of active content found (JavaScript, Launch, XFA …)."""
    external: tuple[str, ...] = ()
    """Names of references outside the file found (URI, GoToR, external streams …)."""
    hidden: tuple[str, ...] = ()
    """Names of hidden content found (optional content, invisible text …)."""
    dormant: tuple[HiddenFacts, ...] = ()
    """What else the file holds besides what it shows: what a later update could bring up."""
    searching: Step = NOT_RUN
    """Whether it could be searched for that."""
    pdfa: str = ""
    """The claim in the XMP metadata, such as ``3a``."""
    pdfua: str = ""
    """The PDF/UA part claimed, such as ``1``."""
    template_digest: str = ""
    """SHA-256 of the templates that the file says it was made with."""
    pdf_version: str = ""
    """Version that holds: of the header, or of the catalog where it is higher."""
    renderings: tuple[RenderingFacts, ...] = ()
    """Each signed revision compared with the final file."""
    drawing: Step = NOT_RUN
    """Whether the pages could be drawn."""
    symbols: tuple[str, ...] = ()
    """SHA-256 of the text of each different symbol read from the drawn pages."""
    fonts: tuple[str, ...] = ()
    """SHA-256 of each embedded font program, so that a text layer can be weighed later."""
    qr: QRFacts | None = None
    """What was seen of the embedded symbol text."""
    content: ContentFacts = ContentFacts()
    """What comparing the carriers gave."""
    evidence: tuple[EvidenceFacts, ...] = ()
    """Validation data of the file (``/DSS``), and what the verifier supplied."""
    validation_data: Step = PASSED
    """Whether the file's validation data could be read: malformed, over a limit. Then none of it is
    in ``evidence``: half of it could be the wrong half."""
    evidence_problem: Reason | None = None
    """Why the verifier's source could not give all; ``None``: it was not asked, or gave it."""
