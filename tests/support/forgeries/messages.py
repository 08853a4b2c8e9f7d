"""Forged CMS messages: what stands in ``/Contents`` is another SignedData than was signed.

No signature covers the message itself, only its signed attributes and, through them, the file. Anybody
can change the rest: certificates, algorithms, unsigned attributes, a second signer, the padding.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from asn1crypto import algos, cms, core

from support.forgeries.kinds import AttackFile, on_both
from support.forgeries.raw import contents, put_contents
from support.forgeries.wrapping import roomy
from support.pdf_copies import demo
from vncopy.policy import CheckId
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable


_PUBLISHED = "Mladenov et al. 2019; Rohlmann et al. 2021; EU DSS and pyHanko issues"


_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
"""The object id of a SignedData."""


def _length(der: bytes) -> int:
    return int.from_bytes(der[2:4], "big") + 4


def _message(pdf: bytes) -> bytes:
    found = contents(pdf)
    return found[: _length(found)]


def _parsed(pdf: bytes) -> Any:
    return cms.ContentInfo.load(_message(pdf))


def _data(change: Callable[[Any], None]) -> Callable[[bytes], bytes]:
    """Change the SignedData of the last signature."""

    def build(pdf: bytes) -> bytes:
        message = _parsed(pdf)
        change(message["content"])
        return put_contents(pdf, message.dump(force=True))

    return build


def _info(change: Callable[[Any], None]) -> Callable[[bytes], bytes]:
    """Change its one SignerInfo."""
    return _data(lambda data: change(data["signer_infos"][0]))


def _bytes(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda pdf: put_contents(pdf, change(_message(pdf)))


def _no_certificates(data: Any) -> None:
    data["certificates"] = cms.CertificateSet([])


def _certificates_gone(data: Any) -> None:
    del data["certificates"]


def _only_authorities(data: Any) -> None:
    serial = data["signer_infos"][0]["sid"].chosen["serial_number"].native
    kept = [each for each in data["certificates"] if each.chosen.serial_number != serial]
    data["certificates"] = cms.CertificateSet(kept)


def _anothers_certificate(data: Any) -> None:
    der = demo().offices[1].seals["p256"].certificate
    data["certificates"] = cms.CertificateSet([cms.CertificateChoices.load(der)])


def _many_certificates(data: Any) -> None:
    first = data["certificates"][0]
    data["certificates"] = cms.CertificateSet([first.copy() for _ in range(70)])


def _no_signers(data: Any) -> None:
    data["signer_infos"] = cms.SignerInfos([])


def _twice(data: Any) -> None:
    info = data["signer_infos"][0]
    data["signer_infos"] = cms.SignerInfos([info, info.copy()])


def _second_signer(data: Any) -> None:
    """A second signer, whose signature is none: some readers look at the first, some at the last."""
    info = data["signer_infos"][0]
    other = info.copy()
    other["signature"] = b"\x30\x06\x02\x01\x01\x02\x01\x01"
    data["signer_infos"] = cms.SignerInfos([other, info])


def _content_inside(data: Any) -> None:
    data["encap_content_info"] = {"content_type": "data", "content": b"false"}


def _other_content_type(data: Any) -> None:
    data["encap_content_info"] = {"content_type": "digested_data"}


def _no_signed_attributes(info: Any) -> None:
    del info["signed_attrs"]


def _without(name: str) -> Callable[[Any], None]:
    def change(info: Any) -> None:
        kept = [row for row in info["signed_attrs"] if row["type"].native != name]
        info["signed_attrs"] = cms.CMSAttributes(kept)

    return change


def _doubled(name: str) -> Callable[[Any], None]:
    def change(info: Any) -> None:
        rows = list(info["signed_attrs"])
        rows += [row.copy() for row in rows if row["type"].native == name]
        info["signed_attrs"] = cms.CMSAttributes(rows)

    return change


def _two_values(info: Any) -> None:
    for row in info["signed_attrs"]:
        if row["type"].native == "message_digest":
            row["values"] = cms.SetOfOctetString([row["values"][0].native, bytes(32)])


def _digest_of_nothing(info: Any) -> None:
    for row in info["signed_attrs"]:
        if row["type"].native == "message_digest":
            row["values"] = cms.SetOfOctetString([hashlib.sha256(b"").digest()])


def _digest(name: str) -> Callable[[Any], None]:
    def change(info: Any) -> None:
        info["digest_algorithm"] = algos.DigestAlgorithm({"algorithm": name})

    return change


def _signature(name: str) -> Callable[[Any], None]:
    def change(info: Any) -> None:
        info["signature_algorithm"] = algos.SignedDigestAlgorithm({"algorithm": name})

    return change


def _value(value: bytes) -> Callable[[Any], None]:
    def change(info: Any) -> None:
        info["signature"] = value

    return change


def _other_signer(info: Any) -> None:
    der = demo().offices[1].seals["p256"].certificate
    other = cms.CertificateChoices.load(der).chosen
    info["sid"] = cms.SignerIdentifier(
        {
            "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                {"issuer": other.issuer, "serial_number": other.serial_number}
            )
        }
    )


def _by_key_id(info: Any) -> None:
    info["sid"] = cms.SignerIdentifier({"subject_key_identifier": core.OctetString(bytes(20))})


def _unsigned(rows: Callable[[Any], list[Any]]) -> Callable[[Any], None]:
    def change(info: Any) -> None:
        info["unsigned_attrs"] = cms.CMSAttributes(rows(info))

    return change


def _row(kind: str, *values: Any) -> dict[str, Any]:
    return {"type": kind, "values": list(values)}


def _longer_length(der: bytes) -> bytes:
    return der[:1] + b"\x83\0" + der[2:4] + der[4:]


_MALFORMED = CheckId.SIGNATURES_INTACT, Reason.CMS_MALFORMED
_DIGEST = CheckId.SIGNATURES_INTACT, Reason.CMS_DIGEST
_WRONG = CheckId.SIGNATURES_INTACT, Reason.CMS_SIGNATURE
_ATTRIBUTES = CheckId.SIGNATURES_INTACT, Reason.CMS_ATTRIBUTES
_CERTIFICATE = CheckId.SIGNATURES_INTACT, Reason.SIGNING_CERTIFICATE
_PADDING = CheckId.COVERAGE, Reason.CONTENTS_PADDING
_LOOSE = CheckId.COVERAGE, Reason.UNSIGNED_ATTRIBUTES

VARIANTS: dict[str, tuple[Callable[[bytes], bytes], tuple[CheckId, Reason]]] = {
    "certificates-empty": (_data(_no_certificates), _CERTIFICATE),
    "certificates-missing": (_data(_certificates_gone), _CERTIFICATE),
    "certificate-of-the-signer-missing": (_data(_only_authorities), _CERTIFICATE),
    "certificate-of-somebody-else": (_data(_anothers_certificate), _CERTIFICATE),
    "signers-none": (_data(_no_signers), _MALFORMED),
    "signer-twice": (_data(_twice), _MALFORMED),
    "signers-two": (_data(_second_signer), _MALFORMED),
    "signer-of-another-certificate": (_info(_other_signer), _CERTIFICATE),
    "signer-by-key-id": (_info(_by_key_id), _CERTIFICATE),
    "content-inside": (_data(_content_inside), _MALFORMED),
    "content-of-another-type": (_data(_other_content_type), _MALFORMED),
    "attributes-missing": (_info(_no_signed_attributes), _ATTRIBUTES),
    "attribute-digest-missing": (_info(_without("message_digest")), _ATTRIBUTES),
    "attribute-type-missing": (_info(_without("content_type")), _ATTRIBUTES),
    "attribute-certificate-missing": (_info(_without("signing_certificate_v2")), _WRONG),
    "attribute-digest-twice": (_info(_doubled("message_digest")), _ATTRIBUTES),
    "attribute-digest-two-values": (_info(_two_values), _ATTRIBUTES),
    "attribute-digest-of-nothing": (_info(_digest_of_nothing), _DIGEST),
    "digest-sha512": (_info(_digest("sha512")), _DIGEST),
    "signature-rsa": (_info(_signature("sha256_rsa")), _WRONG),
    "signature-empty": (_info(_value(b"")), _WRONG),
    "signature-zeros": (_info(_value(b"\x30\x06\x02\x01\0\x02\x01\0")), _WRONG),
    "signature-no-sequence": (_info(_value(bytes(64))), _WRONG),
    "unsigned-unknown": (
        _info(_unsigned(lambda _: [_row("1.2.3.4.5", core.Null())])),
        _LOOSE,
    ),
    "unsigned-empty-value-set": (
        _info(_unsigned(lambda _: [_row("1.2.3.4.5")])),
        _LOOSE,
    ),
    "padding-text": (
        lambda pdf: put_contents(pdf, contents(pdf)[: _length(contents(pdf))] + b"false"),
        _PADDING,
    ),
    "padding-last-byte": (
        lambda pdf: put_contents(pdf, contents(pdf)[:-1] + b"\x01"),
        _PADDING,
    ),
    "padding-second-message": (
        lambda pdf: put_contents(pdf, _message(pdf) + _message(pdf)[:1_000]),
        _PADDING,
    ),
    "message-long-length": (_bytes(_longer_length), _PADDING),
    "message-cut": (_bytes(lambda der: der[:-40]), _WRONG),
    "message-shorter-than-it-says": (_bytes(lambda der: der[:200]), _MALFORMED),
    "message-of-another-type": (
        _bytes(lambda der: der.replace(_SIGNED_DATA, _SIGNED_DATA[:-1] + b"\x05", 1)),
        _MALFORMED,
    ),
    "message-a-number": (_bytes(lambda _: b"\x02\x01\x00"), _MALFORMED),
    "message-an-empty-sequence": (_bytes(lambda _: b"\x30\x00"), _MALFORMED),
}
"""How the message is changed, and what must catch it."""


def files() -> tuple[AttackFile, ...]:
    """Return the files."""
    return on_both("forged-message", VARIANTS, lambda kind, _: roomy(kind), published=_PUBLISHED)
