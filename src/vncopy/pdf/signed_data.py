"""What a CMS SignedData (RFC 5652) says, and whether its signature is right.

Signatures of people and agencies, document timestamps and the timestamps inside of signatures are
all SignedData; they are looked at here, once. pyHanko compares the digest and computes the
signature; whom to trust is nobody's question yet. What pyHanko and asn1crypto raise is turned into
facts by the callers (:mod:`vncopy.pdf.cms`, :mod:`vncopy.pdf.tokens`).
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from vncopy.errors import MissingExtra
from vncopy.reasons import Reason

try:
    from asn1crypto import cms, core
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import CMSExtractionError
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.generic_cms import (
        extract_certs_for_validation,
        validate_sig_integrity,
    )
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from asn1crypto import x509 as asn1_x509

__all__ = [
    "DIGESTS",
    "MAX_CERTIFICATES",
    "SIGNING_CERTIFICATE",
    "SIGNING_CERTIFICATE_V2",
    "Checked",
    "TooMuchError",
    "attribute_names",
    "check_signature",
    "embedded_certificates",
    "foreign_reason",
    "name_of",
    "other_certificate",
    "refusal",
    "shape_problem",
    "signer_info",
    "unsigned_attributes",
    "used_algorithms",
]

DIGESTS: Final = ("sha256", "sha384", "sha512")
"""Digests that ETSI TS 119 312 still recommends, from weak to strong; SHA-1 and MD5 are refused by
absence."""
_SIGNATURES: Final = frozenset({"rsassa_pkcs1v15", "rsassa_pss", "ecdsa"})
SIGNING_CERTIFICATE: Final = "signing_certificate"
"""The signed attribute that names the certificate by SHA-1 (RFC 2634), which tokens may use."""
SIGNING_CERTIFICATE_V2: Final = "signing_certificate_v2"
"""The same by any digest (RFC 5035)."""
MAX_CERTIFICATES: Final = 64
"""Certificates inside of one SignedData: as many as a path may bring along
(:mod:`vncopy.verify.chain`). asn1crypto reads 300 in a second."""
_REFUSED: Final = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
)
"""The ways of asn1crypto and pyHanko to refuse bytes besides errors of their own: files made by hand
reach all of them, and no file in order reaches any."""
_ONE_VALUE: Final = frozenset(
    {
        "content_type", "message_digest", "signing_time", SIGNING_CERTIFICATE,
        SIGNING_CERTIFICATE_V2, "cms_algorithm_protection",
    }
)  # fmt: skip
"""Signed attributes with exactly one value."""
_TRAILER: Final = 1
"""The one trailer field of RSA-PSS."""
ContentType = Literal["data", "tst_info"]
"""What is signed: bytes that lie elsewhere, or the TSTInfo inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What computing gave."""

    problem: Reason | None = None
    """What is wrong; ``None``: nothing."""
    detail: str = ""
    """A hint for engineers."""
    intact: bool = False
    """The signed digest is the one that was computed."""
    valid: bool = False
    """The signature is right for the certificate."""


class TooMuchError(Exception):
    """More than is looked at."""


def name_of(error: BaseException) -> str:
    """Return the class of a foreign error; its message may quote the file."""
    return type(error).__name__


def foreign_reason(error: Exception, known: Reason) -> Reason:
    """Return ``known`` for errors that the engine raises on purpose, else that it failed.

    Args:
        error: of pyHanko or asn1crypto.
        known: what such an error means where it was raised.
    """
    if isinstance(error, TooMuchError):
        return Reason.LIMITS_EXCEEDED
    if isinstance(error, SignatureValidationError):
        return Reason.SIGNING_CERTIFICATE if "certificate" in str(error).lower() else known
    if isinstance(error, PdfError | CMSExtractionError | zlib.error):  # zlib's: of a damaged stream
        return known
    return Reason.ENGINE_FAILED


def refusal(error: Exception, known: Reason) -> Reason:
    """Return ``known`` also for what the engines raise where a file is not what they expect.

    Args:
        error: of pyHanko or asn1crypto.
        known: what is wrong with the file where it was raised.
    """
    reason = foreign_reason(error, known)
    return known if reason is Reason.ENGINE_FAILED and isinstance(error, _REFUSED) else reason


def signer_info(signed_data: cms.SignedData) -> cms.SignerInfo:
    """Return the one signer info.

    Raises:
        ValueError: there is none, or there are several.
    """
    infos = signed_data["signer_infos"]
    if len(infos) != 1:
        raise ValueError("signer infos")
    return infos[0]


def attribute_names(info: cms.SignerInfo) -> list[str]:
    """Return the names of the signed attributes, as asn1crypto has them."""
    return [str(row["type"].native) for row in info["signed_attrs"]]


def unsigned_attributes(info: cms.SignerInfo) -> tuple[cms.CMSAttribute, ...]:
    """Return the unsigned attributes."""
    rows = info["unsigned_attrs"]
    return () if isinstance(rows, core.Void) else tuple(rows)


def embedded_certificates(
    signed_data: cms.SignedData,
) -> tuple[asn1_x509.Certificate, tuple[bytes, ...]]:
    """Return the signer's certificate, and the DER of all: the signer's first, each once.

    Raises:
        SignatureValidationError: the signer's is not embedded, or the attribute names another.
        TooMuchError: there are too many.
    """
    if len(signed_data["certificates"]) > MAX_CERTIFICATES:
        raise TooMuchError
    found = extract_certs_for_validation(signed_data)
    leaf = found.signer_cert
    rows = [leaf.dump(), *(cert.dump() for cert in found.other_certs)]
    return leaf, tuple(dict.fromkeys(rows))


def used_algorithms(info: cms.SignerInfo, *more: str) -> tuple[str, str]:
    """Return the weakest digest that a signature rests on, and the kind of the signature.

    Args:
        info: the signer info.
        more: digests that matter besides, such as that of an imprint.
    """
    algorithm = info["signature_algorithm"]
    digest = str(info["digest_algorithm"]["algorithm"].native)
    kind = str(algorithm.signature_algo)
    names = [*more, digest, *_signature_digests(algorithm, kind, digest)]
    unknown = [name for name in names if name not in DIGESTS]
    return (unknown[0] if unknown else min(names, key=DIGESTS.index)), kind


def _signature_digests(algorithm: Any, kind: str, digest: str) -> list[str]:  # noqa: ANN401 - asn1crypto's
    """Return the digests inside the signature's own algorithm, which may be others."""
    if kind == "rsassa_pss":
        parameters = algorithm["parameters"]
        mask = parameters["mask_gen_algorithm"]["parameters"]["algorithm"].native
        return [str(parameters["hash_algorithm"]["algorithm"].native), str(mask)]
    if str(algorithm["algorithm"].native) == kind:
        return [digest]  # plain RSA: the digest of the message is meant
    return [str(algorithm.hash_algo)]


def check_signature(
    signed_data: cms.SignedData,
    leaf: asn1_x509.Certificate,
    content_type: ContentType,
    digest: bytes,
) -> Checked:
    """Compute the one signature of a SignedData.

    Args:
        signed_data: with one signer info; its algorithms were found strong enough.
        leaf: the certificate of the signer.
        content_type: what is signed.
        digest: of what is signed, by the digest algorithm of the signer info.

    Returns:
        Whether digest and signature are right.
    """
    info = signer_info(signed_data)
    try:
        intact, valid = validate_sig_integrity(info, leaf, content_type, digest)
    except SignatureValidationError as error:
        reason = foreign_reason(error, Reason.CMS_ATTRIBUTES)
        return Checked(problem=reason, detail=name_of(error))
    except _REFUSED as error:  # a value or an algorithm that is none for this key
        return Checked(problem=Reason.CMS_SIGNATURE, detail=name_of(error))
    if not intact:
        return Checked(problem=Reason.CMS_DIGEST, valid=bool(valid))
    if not valid:
        return Checked(problem=Reason.CMS_SIGNATURE, intact=True)
    return Checked(intact=True, valid=True)


def shape_problem(
    signed_data: cms.SignedData, content_type: ContentType
) -> tuple[Reason, str] | None:
    """Return what is wrong with attributes, algorithms or content before anything is computed.

    Args:
        signed_data: with one signer info.
        content_type: what has to be signed.
    """
    info = signer_info(signed_data)
    names = attribute_names(info)
    if not names:
        return Reason.CMS_ATTRIBUTES, "none"
    if len(set(names)) != len(names):
        return Reason.CMS_ATTRIBUTES, "twice"
    wrong = _values_problem(info)
    if wrong:
        return Reason.CMS_ATTRIBUTES, wrong
    digest, kind = used_algorithms(info)
    if digest not in DIGESTS or kind not in _SIGNATURES or _is_unknown_padding(info, kind):
        return Reason.CMS_ALGORITHM, ""
    content = signed_data["encap_content_info"]
    if content["content_type"].native != content_type:
        return Reason.CMS_MALFORMED, "content type"
    inside = not isinstance(content["content"], core.Void) and content["content"].native is not None
    if inside != (content_type == "tst_info"):
        return Reason.CMS_MALFORMED, "content inside"
    return None


def _values_problem(info: cms.SignerInfo) -> str:
    """Return what is wrong with the values of the signed attributes, in a word; empty: nothing.

    RFC 5652 §11 and RFC 5035 §5.4: these have one value, and of two each reader takes another one.
    """
    for row in _apart(info):
        count, name = len(row["values"]), str(row["type"].native)
        if not count or (count > 1 and name in _ONE_VALUE):
            return "values"
    return ""


def _apart(info: cms.SignerInfo) -> cms.CMSAttributes:
    """Return the signed attributes, parsed anew: asn1crypto sorts those that it was asked about.

    Some signers do not sort them, and sign what they wrote.
    """
    return cms.SignerInfo.load(info.dump())["signed_attrs"]


def _is_unknown_padding(info: cms.SignerInfo, kind: str) -> bool:
    """Tell whether RSA-PSS is asked for with other parameters than RFC 4055 §3.1 has."""
    if kind != "rsassa_pss":
        return False
    parameters = info["signature_algorithm"]["parameters"]
    mask = parameters["mask_gen_algorithm"]["algorithm"].native
    return mask != "mgf1" or int(parameters["trailer_field"]) != _TRAILER


def other_certificate(info: cms.SignerInfo, leaf: asn1_x509.Certificate) -> str:
    """Return what is wrong with the attributes that name the signer's certificate; empty: nothing.

    pyHanko looks at the newer one. Both may be there, and then both must name it; and a digest
    for which somebody can make two certificates names neither.

    Args:
        info: the signer info.
        leaf: the certificate with which it was checked.
    """
    for row in _apart(info):
        name = str(row["type"].native)
        if name not in {SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2}:
            continue
        named = row["values"][0]["certs"][0]
        digest = "sha1"
        if name == SIGNING_CERTIFICATE_V2:
            digest = str(named["hash_algorithm"]["algorithm"].native)
            if digest not in DIGESTS:
                return "digest"
        if hashlib.new(digest, leaf.dump()).digest() != bytes(named["cert_hash"]):
            return "another"
    return ""
