"""Timestamp tokens (RFC 3161): what one says, and whether it fits what it is about.

A token is a SignedData over a TSTInfo. Document timestamps are tokens over a part of the file, the
timestamps inside of signatures are tokens over the value of a signature; both are read here.
Whether the authority may be trusted, and which of several times counts, is judged elsewhere.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import MissingExtra
from vncopy.facts.pdf import TimestampFacts
from vncopy.pdf.signed_data import (
    DIGESTS,
    SIGNING_CERTIFICATE,
    SIGNING_CERTIFICATE_V2,
    Checked,
    attribute_names,
    check_signature,
    embedded_certificates,
    name_of,
    refusal,
    shape_problem,
    signer_info,
    unsigned_attributes,
    used_algorithms,
)
from vncopy.reasons import Reason

try:
    from asn1crypto import cms, core, tsp
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SIGNATURE_TIMESTAMP", "TokenSays", "check_token", "read_token", "token_says"]

SIGNATURE_TIMESTAMP: Final = "1.2.840.113549.1.9.16.2.14"
"""The unsigned attribute signature-time-stamp (RFC 3161 appendix A)."""
MAX_ACCURACY_MS: Final = 60_000
"""An authority whose clock may be off by more than a minute proves no time: ETSI EN 319 421 wants
one second."""
_TST_INFO_VERSION: Final = "v1"
_MILLI: Final = 1_000
_REFUSED: Final = (ValueError, TypeError, KeyError, OverflowError)
"""asn1crypto's ways of refusing bytes."""

_NOTHING: Final = TimestampFacts(
    time=None,
    problem=Reason.TIMESTAMP_MALFORMED,
    detail="",
    intact=False,
    valid=False,
    digest_algorithm="",
    signature_algorithm="",
    certificates=(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenSays:
    """The content of a TSTInfo."""

    time: datetime
    """``genTime`` in UTC."""
    accuracy: int
    """Milliseconds that ``genTime`` may be off; 0 where nothing is said."""
    imprint_algorithm: str
    """Digest of the imprint."""
    imprint: bytes
    """The digest that was stamped."""


def read_token(der: bytes, digest_of: Callable[[str], bytes]) -> TimestampFacts:
    """Read a token of the unsigned attributes of a signature.

    Args:
        der: ContentInfo in DER.
        digest_of: returns the digest of what has to be stamped, by the name of the algorithm; it
            is asked for strong ones only.

    Returns:
        What it says and what is wrong with it. Raises nothing for any bytes.
    """
    try:
        message = cms.ContentInfo.load(der, strict=True)
        if message["content_type"].native != "signed_data":
            return replace(_NOTHING, detail="content type")
        return check_token(message["content"], digest_of)
    except Exception as error:  # noqa: BLE001 - the border: any foreign exception is a fact
        reason = refusal(error, Reason.TIMESTAMP_MALFORMED)
        return replace(_NOTHING, problem=reason, detail=name_of(error))


def check_token(signed_data: cms.SignedData, digest_of: Callable[[str], bytes]) -> TimestampFacts:
    """Look at a token's SignedData.

    Args:
        signed_data: of a token.
        digest_of: as for :func:`read_token`.

    Returns:
        What it says and what is wrong with it.

    Raises:
        Exception: whatever asn1crypto and pyHanko raise for bytes that are no token; the callers
            are the border.
    """
    info = signer_info(signed_data)
    leaf, certificates = embedded_certificates(signed_data)
    digest, kind = used_algorithms(info)
    facts = replace(
        _NOTHING, certificates=certificates, digest_algorithm=digest, signature_algorithm=kind
    )
    wrong = shape_problem(signed_data, "tst_info")
    if wrong is not None:
        return replace(facts, problem=wrong[0], detail=wrong[1])
    content = signed_data["encap_content_info"]["content"]
    try:
        says = token_says(bytes(content))
    except _REFUSED as error:
        return replace(facts, problem=Reason.TIMESTAMP_MALFORMED, detail=name_of(error))
    weakest, _ = used_algorithms(info, says.imprint_algorithm)
    facts = replace(facts, time=says.time, accuracy=says.accuracy, digest_algorithm=weakest)
    if says.imprint_algorithm not in DIGESTS:
        return replace(facts, problem=Reason.CMS_ALGORITHM, detail="imprint")
    names = attribute_names(info)
    if not {SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2} & set(names):
        return replace(facts, problem=Reason.CMS_ATTRIBUTES, detail=SIGNING_CERTIFICATE)
    if unsigned_attributes(info):
        return replace(facts, problem=Reason.UNSIGNED_ATTRIBUTES)
    signed = hashlib.new(info["digest_algorithm"]["algorithm"].native, bytes(content)).digest()
    checked = check_signature(signed_data, leaf, "tst_info", signed)
    if checked.problem is None and digest_of(says.imprint_algorithm) != says.imprint:
        checked = Checked(problem=Reason.CMS_DIGEST, detail="imprint", valid=True)
    return replace(
        facts,
        problem=checked.problem,
        detail=checked.detail,
        intact=checked.intact,
        valid=checked.valid,
    )


def token_says(content: bytes) -> TokenSays:
    """Return what a TSTInfo says.

    Args:
        content: TSTInfo in DER.

    Raises:
        ValueError: it is none, says what RFC 3161 does not allow, or what is not understood.
    """
    parsed = tsp.TSTInfo.load(content, strict=True)
    if parsed["version"].native != _TST_INFO_VERSION:
        raise ValueError("version")
    extensions = parsed["extensions"]
    if not isinstance(extensions, core.Void) and any(row["critical"].native for row in extensions):
        raise ValueError("critical extension")
    imprint = parsed["message_imprint"]
    return TokenSays(
        time=_time(parsed["gen_time"]),
        accuracy=_accuracy(parsed["accuracy"]),
        imprint_algorithm=str(imprint["hash_algorithm"]["algorithm"].native),
        imprint=bytes(imprint["hashed_message"]),
    )


def _time(value: Any) -> datetime:  # noqa: ANN401 - asn1crypto's GeneralizedTime
    """Return ``genTime``; RFC 3161 §2.4.2 has it end in ``Z``."""
    if not bytes(value.contents).endswith(b"Z"):
        raise ValueError("time zone")
    time = value.native
    if not isinstance(time, datetime):
        raise ValueError("time")  # noqa: TRY004 - asn1crypto's own class for years it cannot hold
    return time.astimezone(UTC)


def _accuracy(value: Any) -> int:  # noqa: ANN401 - asn1crypto's Accuracy
    """Return the accuracy in milliseconds, rounded up."""
    if isinstance(value, core.Void):
        return 0
    seconds, millis, micros = (value[part].native or 0 for part in ("seconds", "millis", "micros"))
    if seconds < 0 or not 0 <= millis < _MILLI or not 0 <= micros < _MILLI:
        raise ValueError("accuracy")
    total: int = seconds * _MILLI + millis + (1 if micros else 0)
    if total > MAX_ACCURACY_MS:
        raise ValueError("accuracy")
    return total
