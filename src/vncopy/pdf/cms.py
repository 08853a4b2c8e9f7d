"""The signatures of a PDF as pyHanko sees them: digest, signature, coverage, later changes.

pyHanko is used as an engine for integrity alone. It is never asked whom to trust: its path
building ignores the dates of anchors, writes the names of signers to the log and may look for
evidence by itself. For that reason the synchronous functions below its asynchronous validators
are called; they have no clock, no network and no event loop, so that the caller may have one.

This module is the border for whatever pyHanko and asn1crypto raise: every foreign exception
becomes a fact that no check takes for a pass.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import MissingExtra
from vncopy.facts.pdf import Coverage, SignatureFacts, SignatureKind
from vncopy.pdf.byte_ranges import contents_are_tight
from vncopy.pdf.opening import open_strictly
from vncopy.pdf.signature_dictionary import byte_range, dictionary_problem
from vncopy.pdf.signed_data import (
    SIGNING_CERTIFICATE_V2,
    attribute_names,
    check_signature,
    embedded_certificates,
    name_of,
    other_certificate,
    refusal,
    shape_problem,
    unsigned_attributes,
    used_algorithms,
)
from vncopy.pdf.tokens import SIGNATURE_TIMESTAMP, check_token, read_token
from vncopy.reasons import Reason

try:
    from pyhanko.pdf_utils import generic
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult
    from pyhanko.sign.fields import enumerate_sig_fields
    from pyhanko.sign.validation.generic_cms import extract_self_reported_ts
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

    from vncopy.facts.pdf import TimestampFacts
    from vncopy.pdf.limits import ReadingLimits

__all__ = ["SignatureReading", "read_signatures"]

_COVERAGE: Final[dict[str, Coverage]] = {
    "ENTIRE_FILE": "entire_file",
    "ENTIRE_REVISION": "entire_revision",
    "CONTIGUOUS_BLOCK_FROM_START": "contiguous",
    "UNCLEAR": "unclear",
}
for _name_of_logger in ("pyhanko.sign.diff_analysis", "pyhanko.sign.general", "pyhanko.pdf_utils"):
    # Their warnings quote the file they are about; what they say is in the facts, without quotes.
    logging.getLogger(_name_of_logger).setLevel(logging.CRITICAL)

_NOTHING = SignatureFacts(
    field="",
    kind="signature",
    subfilter="",
    end=0,
    coverage="unclear",
    problem=Reason.ENGINE_FAILED,
    detail="",
    intact=False,
    valid=False,
    digest_algorithm="",
    signature_algorithm="",
    certificates=(),
    claimed_at=None,
    certifies=False,
    permission=None,
    padding_zero=False,
    unsigned_attributes=(),
    has_signing_certificate=False,
    modification="",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureReading:
    """What pyHanko found."""

    signatures: tuple[SignatureFacts, ...] = ()
    """By the end of what they cover."""
    spans: tuple[tuple[int, int, int], ...] = ()
    """Of each signature: bytes before the gap, first byte after it, end."""
    problem: Reason | None = None
    """Why the file could not be read by pyHanko."""
    detail: str = ""
    """A hint for engineers."""


def read_signatures(data: bytes, limits: ReadingLimits, *, diff: bool) -> SignatureReading:
    """Read all signatures of ``data`` without judging whom they belong to.

    Args:
        data: the whole file.
        limits: how many signatures are looked at.
        diff: a file of somebody else: ask pyHanko as well what was changed after each signature,
            and put up with a CMS of indefinite length.

    Returns:
        The signatures, or why there are none. Raises nothing for any bytes.
    """
    try:
        return _read(data, limits, diff=diff)
    except Exception as error:  # noqa: BLE001 - the border: any foreign exception is a fact
        return SignatureReading(problem=refusal(error, Reason.PDF_MALFORMED), detail=name_of(error))


def _read(data: bytes, limits: ReadingLimits, *, diff: bool) -> SignatureReading:
    reader = open_strictly(data)
    if reader.encrypted:
        return SignatureReading(problem=Reason.PDF_ENCRYPTED)
    certifying = _certifying(reader)
    found: list[tuple[tuple[int, int, int], SignatureFacts]] = []
    for name, _, sig_field in enumerate_sig_fields(reader, filled_status=True):
        if len(found) >= limits.signatures:
            return SignatureReading(problem=Reason.LIMITS_EXCEEDED, detail="signatures")
        span, facts = _one(reader, sig_field, str(name), certifying, limits=limits, diff=diff)
        if facts.problem is Reason.LIMITS_EXCEEDED:
            return SignatureReading(problem=Reason.LIMITS_EXCEEDED, detail=facts.detail)
        found.append((span, facts))
    found.sort(key=lambda row: (row[0][2], row[0][0]))
    return SignatureReading(
        signatures=tuple(facts for _, facts in found), spans=tuple(span for span, _ in found)
    )


def _certifying(reader: PdfFileReader) -> Any:  # noqa: ANN401 - pyHanko's reference type
    """Return the reference of the signature that certifies the file, or ``None``."""
    try:
        return reader.root["/Perms"].raw_get("/DocMDP").reference
    except (KeyError, AttributeError):
        return None


def _one(
    reader: PdfFileReader,
    sig_field: Any,  # noqa: ANN401 - a pyHanko object or reference
    name: str,
    certifying: Any,  # noqa: ANN401 - pyHanko's reference type
    *,
    limits: ReadingLimits,
    diff: bool,
) -> tuple[tuple[int, int, int], SignatureFacts]:
    facts, span = replace(_NOTHING, field=name), (0, 0, 0)
    known = Reason.SIGNATURE_FIELD
    try:
        wrong = dictionary_problem(sig_field)
        if wrong:
            return span, replace(facts, problem=known, detail=wrong)
        known = Reason.CMS_MALFORMED
        numbers = byte_range(sig_field)
        if numbers is None:
            return span, replace(facts, problem=Reason.BYTE_RANGE, detail="numbers")
        span = (numbers[1], numbers[2], numbers[2] + numbers[3])
        signature = EmbeddedPdfSignature(reader, sig_field, name)
        if not _fills_the_gap(signature, span):
            return span, replace(facts, problem=Reason.BYTE_RANGE, detail="gap")
        known = Reason.SIGNATURE_FIELD
        level = signature.docmdp_level
        known = Reason.CMS_MALFORMED
        facts = replace(
            _described(signature, facts, certifying, end=span[2], ber=diff),
            permission=None if level is None else int(level.value),
        )
        if facts.unsigned_attributes.count(SIGNATURE_TIMESTAMP) > limits.timestamps:
            return span, replace(facts, problem=Reason.LIMITS_EXCEEDED, detail="timestamps")
        facts = _checked(signature, facts)
        if diff and facts.problem is None:
            facts = replace(facts, modification=_modification(signature))
    except Exception as error:  # noqa: BLE001 - the border
        reason = refusal(error, known)
        return span, replace(
            facts, problem=reason, detail=name_of(error), intact=False, valid=False
        )
    return span, facts


def _fills_the_gap(signature: EmbeddedPdfSignature, span: tuple[int, int, int]) -> bool:
    """Tell whether what the byte range leaves out is ``/Contents`` and nothing else.

    pyHanko compares lengths alone: what is read as the signature could stand somewhere else, and the
    gap hold what nobody signed.
    """
    stream = signature.reader.stream
    stream.seek(span[0])
    gap: bytes = stream.read(span[1] - span[0])
    contents = bytes(signature.pkcs7_content)
    return gap[:1] == b"<" and gap[-1:] == b">" and gap[1:-1].lower() == contents.hex().encode()


def _described(
    signature: EmbeddedPdfSignature,
    facts: SignatureFacts,
    certifying: Any,  # noqa: ANN401 - pyHanko's reference type
    *,
    end: int,
    ber: bool,
) -> SignatureFacts:
    """Fill in what is written in the signature dictionary and the CMS."""
    kind: SignatureKind = "signature"
    if signature.sig_object_type == "/DocTimeStamp":
        kind = "timestamp"
    info = signature.signer_info
    _, certificates = embedded_certificates(signature.signed_data)
    reference = signature.sig_field.raw_get("/V")
    digest, algorithm = used_algorithms(info)
    return replace(
        facts,
        kind=kind,
        subfilter=str(signature.sig_object.get("/SubFilter", ""))[1:],
        end=end,
        digest_algorithm=digest,
        signature_algorithm=algorithm,
        certificates=certificates,
        claimed_at=None if kind == "timestamp" else _claimed_at(signature),
        certifies=certifying is not None and reference.reference == certifying,
        padding_zero=contents_are_tight(bytes(signature.pkcs7_content), ber=ber),
        unsigned_attributes=_unsigned(signature),
        has_signing_certificate=attribute_names(info).count(SIGNING_CERTIFICATE_V2) == 1,
    )


def _unsigned(signature: EmbeddedPdfSignature) -> tuple[str, ...]:
    """Return the object ids of the unsigned attributes, of each as often as it has values."""
    return tuple(
        str(row["type"].dotted)
        for row in unsigned_attributes(signature.signer_info)
        for _ in range(max(1, len(row["values"])))
    )


def _claimed_at(signature: EmbeddedPdfSignature) -> datetime | None:
    """Return the claimed signing time in UTC, ``None`` if there is none or it has no offset."""
    time = extract_self_reported_ts(signature.signer_info)
    if time is None and "/M" in signature.sig_object:
        time = generic.parse_pdf_date(signature.sig_object["/M"], strict=False)
    return None if time is None or time.tzinfo is None else time.astimezone(UTC)


def _checked(signature: EmbeddedPdfSignature, facts: SignatureFacts) -> SignatureFacts:
    """Fill in what computing gives: coverage, digest, signature, timestamps."""
    # Not compute_integrity_info(): it refuses hybrid files, which office programs write. What their
    # two kinds of sections name differently is found by vncopy.pdf.sections.
    level = signature.evaluate_signature_coverage()
    signature.coverage = level  # type: ignore[assignment]
    facts = replace(facts, coverage=_COVERAGE.get(level.name, "unclear"), problem=None)
    if facts.kind == "timestamp":
        return _stamp(signature, facts)
    facts = replace(facts, timestamps=_timestamps(signature))
    wrong = shape_problem(signature.signed_data, "data")
    if wrong is not None:
        return replace(facts, problem=wrong[0], detail=wrong[1])
    named = other_certificate(signature.signer_info, signature.signer_cert)
    if named:
        reason = Reason.CMS_ALGORITHM if named == "digest" else Reason.SIGNING_CERTIFICATE
        return replace(facts, problem=reason, detail=named)
    checked = check_signature(
        signature.signed_data, signature.signer_cert, "data", signature.compute_digest()
    )
    return replace(
        facts,
        problem=checked.problem,
        detail=checked.detail,
        intact=checked.intact,
        valid=checked.valid,
    )


def _stamp(signature: EmbeddedPdfSignature, facts: SignatureFacts) -> SignatureFacts:
    """Fill in what the token of a document timestamp says; ``/M`` says nothing."""
    token = check_token(signature.signed_data, lambda _: signature.compute_digest())
    return replace(
        facts,
        problem=token.problem,
        detail=token.detail,
        intact=token.intact,
        valid=token.valid,
        claimed_at=token.time,
        accuracy=token.accuracy,
        digest_algorithm=token.digest_algorithm or facts.digest_algorithm,
    )


def _timestamps(signature: EmbeddedPdfSignature) -> tuple[TimestampFacts, ...]:
    """Return what the timestamps of a signature say: they are about its value."""
    value = bytes(signature.signer_info["signature"])
    return tuple(
        read_token(token.dump(), lambda name: hashlib.new(name, value).digest())
        for row in unsigned_attributes(signature.signer_info)
        if row["type"].dotted == SIGNATURE_TIMESTAMP
        for token in row["values"]
    )


def _modification(signature: EmbeddedPdfSignature) -> str:
    """Return pyHanko's word for the changes after the signature."""
    result = signature.evaluate_modifications(DEFAULT_DIFF_POLICY)
    return result.modification_level.name.lower() if isinstance(result, DiffResult) else "other"
