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
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import MissingExtra
from vncopy.facts.pdf import Coverage, SignatureFacts, SignatureKind
from vncopy.pdf.byte_ranges import contents_are_tight
from vncopy.reasons import Reason

try:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import DiffResult
    from pyhanko.sign.fields import enumerate_sig_fields
    from pyhanko.sign.general import CMSExtractionError
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.generic_cms import extract_self_reported_ts, validate_sig_integrity
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from vncopy.pdf.limits import ReadingLimits

__all__ = ["SignatureReading", "read_signatures"]

_DIGESTS: Final = frozenset({"sha256", "sha384", "sha512"})
"""Digests that ETSI TS 119 312 still recommends; SHA-1 and MD5 are refused by absence."""
_SIGNATURES: Final = frozenset({"rsassa_pkcs1v15", "rsassa_pss", "ecdsa"})
_COVERAGE: Final[dict[str, Coverage]] = {
    "ENTIRE_FILE": "entire_file",
    "ENTIRE_REVISION": "entire_revision",
    "CONTIGUOUS_BLOCK_FROM_START": "contiguous",
    "UNCLEAR": "unclear",
}
for _name_of_logger in ("pyhanko.sign.diff_analysis", "pyhanko.pdf_utils"):
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
        diff: ask pyHanko as well what was changed after each signature.

    Returns:
        The signatures, or why there are none. Raises nothing for any bytes.
    """
    try:
        return _read(data, limits, diff=diff)
    except Exception as error:  # noqa: BLE001 - the border: any foreign exception is a fact
        return SignatureReading(problem=_reason(error, Reason.PDF_MALFORMED), detail=_name(error))


def _name(error: BaseException) -> str:
    """Return the class of a foreign error; its message may quote the file."""
    return type(error).__name__


def _reason(error: Exception, known: Reason) -> Reason:
    """Return ``known`` for errors that the engine raises on purpose, else that it failed."""
    meant = (PdfError, SignatureValidationError, CMSExtractionError)
    return known if isinstance(error, meant) else Reason.ENGINE_FAILED


def _read(data: bytes, limits: ReadingLimits, *, diff: bool) -> SignatureReading:
    reader = PdfFileReader(BytesIO(data))
    if reader.encrypted:
        return SignatureReading(problem=Reason.PDF_ENCRYPTED)
    certifying = _certifying(reader)
    found: list[tuple[tuple[int, int, int], SignatureFacts]] = []
    for name, _, sig_field in enumerate_sig_fields(reader, filled_status=True):
        if len(found) >= limits.signatures:
            return SignatureReading(problem=Reason.LIMITS_EXCEEDED, detail="signatures")
        found.append(_one(reader, sig_field, str(name), certifying, diff=diff))
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
    diff: bool,
) -> tuple[tuple[int, int, int], SignatureFacts]:
    facts, span = replace(_NOTHING, field=name), (0, 0, 0)
    try:
        try:
            signature = EmbeddedPdfSignature(reader, sig_field, name)
        except Exception as error:  # noqa: BLE001 - the border
            reason = _reason(error, Reason.SIGNATURE_FIELD)
            if isinstance(error, ValueError | TypeError) and reason is Reason.ENGINE_FAILED:
                reason = Reason.CMS_MALFORMED  # asn1crypto's way of refusing bytes
            return span, replace(facts, problem=reason, detail=_name(error))
        facts, span = _described(signature, facts, certifying)
        facts = _checked(signature, facts)
        if diff and facts.problem is None:
            facts = replace(facts, modification=_modification(signature))
    except Exception as error:  # noqa: BLE001 - the border
        reason = _reason(error, Reason.CMS_MALFORMED)
        return span, replace(facts, problem=reason, detail=_name(error), intact=False, valid=False)
    return span, facts


def _described(
    signature: EmbeddedPdfSignature,
    facts: SignatureFacts,
    certifying: Any,  # noqa: ANN401 - pyHanko's reference type
) -> tuple[SignatureFacts, tuple[int, int, int]]:
    """Fill in what is written in the signature dictionary and the CMS."""
    numbers = [int(number) for number in signature.byte_range]
    span = (0, 0, 0)
    if len(numbers) == 4 and numbers[0] == 0 and min(numbers) >= 0:  # noqa: PLR2004 - ISO 32000-1 12.8.1
        span = (numbers[1], numbers[2], numbers[2] + numbers[3])
    kind: SignatureKind = "signature"
    if signature.sig_object_type == "/DocTimeStamp":
        kind = "timestamp"
    info = signature.signer_info
    leaf = signature.signer_cert
    others = (cert for cert in signature.other_embedded_certs if cert.dump() != leaf.dump())
    reference = signature.sig_field.raw_get("/V")
    level = signature.docmdp_level
    unsigned = info["unsigned_attrs"]
    return replace(
        facts,
        kind=kind,
        subfilter=str(signature.sig_object.get("/SubFilter", ""))[1:],
        end=span[2],
        digest_algorithm=str(info["digest_algorithm"]["algorithm"].native),
        signature_algorithm=str(info["signature_algorithm"].signature_algo),
        certificates=(leaf.dump(), *(cert.dump() for cert in others)),
        claimed_at=_claimed_at(signature),
        certifies=certifying is not None
        and isinstance(reference, generic.IndirectObject)
        and reference.reference == certifying,
        permission=None if level is None else int(level.value),
        padding_zero=contents_are_tight(bytes(signature.pkcs7_content)),
        unsigned_attributes=tuple(str(row["type"].dotted) for row in unsigned)
        if unsigned.native
        else (),
    ), span


def _claimed_at(signature: EmbeddedPdfSignature) -> datetime | None:
    """Return the claimed signing time in UTC, ``None`` if there is none or it has no offset."""
    time = extract_self_reported_ts(signature.signer_info)
    if time is None and "/M" in signature.sig_object:
        time = generic.parse_pdf_date(signature.sig_object["/M"], strict=False)
    return None if time is None or time.tzinfo is None else time.astimezone(UTC)


def _checked(signature: EmbeddedPdfSignature, facts: SignatureFacts) -> SignatureFacts:
    """Fill in what computing gives: coverage, digest, signature."""
    signature.compute_integrity_info(skip_diff=True)  # type: ignore[no-untyped-call]
    level: Any = signature.coverage
    facts = replace(facts, coverage=_COVERAGE.get(level.name, "unclear"))
    info = signature.signer_info
    names = [row["type"].native for row in info["signed_attrs"]]
    facts = replace(
        facts, has_signing_certificate=names.count("signing_certificate_v2") == 1, problem=None
    )
    if len(set(names)) != len(names):
        return replace(facts, problem=Reason.CMS_ATTRIBUTES, detail="twice")
    if len(signature.signed_data["signer_infos"]) != 1:
        return replace(facts, problem=Reason.CMS_MALFORMED, detail="signer infos")
    if facts.digest_algorithm not in _DIGESTS or facts.signature_algorithm not in _SIGNATURES:
        return replace(facts, problem=Reason.CMS_ALGORITHM)
    content = signature.signed_data["encap_content_info"]
    wanted = "tst_info" if facts.kind == "timestamp" else "data"
    if content["content_type"].native != wanted:
        return replace(facts, problem=Reason.CMS_MALFORMED, detail="content type")
    if facts.kind == "signature" and content["content"].native is not None:
        return replace(facts, problem=Reason.CMS_MALFORMED, detail="content inside")
    digest = signature.compute_digest()
    imprinted = True
    if facts.kind == "timestamp":
        token = content["content"].parsed
        imprinted = token["message_imprint"]["hashed_message"].native == digest
        digest = hashlib.new(facts.digest_algorithm, bytes(content["content"])).digest()
    try:
        intact, valid = validate_sig_integrity(info, signature.signer_cert, wanted, digest)
    except SignatureValidationError as error:
        reason = Reason.CMS_ATTRIBUTES
        if "certificate" in str(error).lower():
            reason = Reason.SIGNING_CERTIFICATE
        return replace(facts, problem=reason, detail=_name(error))
    intact = bool(intact and imprinted)
    facts = replace(facts, intact=intact, valid=bool(valid))
    if not intact:
        return replace(facts, problem=Reason.CMS_DIGEST)
    return facts if valid else replace(facts, problem=Reason.CMS_SIGNATURE)


def _modification(signature: EmbeddedPdfSignature) -> str:
    """Return pyHanko's word for the changes after the signature."""
    signature.compute_integrity_info()  # type: ignore[no-untyped-call]
    result: Any = signature.diff_result
    return result.modification_level.name.lower() if isinstance(result, DiffResult) else "other"
