"""Timestamp tokens as no honest authority would make them, for tests of what reads them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding

from support.pdf_copies import demo

if TYPE_CHECKING:
    from collections.abc import Callable

    from vncopy.pki import DemoIdentity

STAMPED = datetime(2026, 11, 21, 3, 22, 0, tzinfo=UTC)
TOKEN_ATTRIBUTE = "1.2.840.113549.1.9.16.2.14"
Fields = dict[str, Any]


def _nothing(_: Any) -> None:
    """Change nothing."""


@dataclass(frozen=True, kw_only=True)
class TokenPlan:
    """A token, and what is wrong with it."""

    time: datetime = STAMPED
    digest: str = "sha256"
    """Of the imprint."""
    signed_digest: str = "sha256"
    """Of the content and of the signature."""
    says: Callable[[Fields], None] = _nothing
    """Changes the TSTInfo."""
    attributes: Callable[[list[Fields]], None] = _nothing
    """Changes the signed attributes."""
    info: Callable[[Fields], None] = _nothing
    """Changes the signer info after signing."""
    data: Callable[[Fields], None] = _nothing
    """Changes the SignedData."""
    content: Callable[[bytes], bytes] = field(default=bytes)
    """Changes the DER of the TSTInfo."""


def token_of(
    digest: bytes, plan: TokenPlan | None = None, *, authority: DemoIdentity | None = None
) -> bytes:
    """Return a token (ContentInfo, DER) whose imprint is ``digest``."""
    plan = plan or TokenPlan()
    authority = authority or demo().tsa
    certificate = asn1_x509.Certificate.load(authority.certificate)
    says: Fields = {
        "version": "v1",
        "policy": "1.3.6.1.4.1.99999.1",
        "message_imprint": {
            "hash_algorithm": {"algorithm": plan.digest},
            "hashed_message": digest,
        },
        "serial_number": 7,
        "gen_time": plan.time,
    }
    plan.says(says)
    content = plan.content(tsp.TSTInfo(says).dump())
    attributes: list[Fields] = [
        {"type": "content_type", "values": ["tst_info"]},
        {
            "type": "message_digest",
            "values": [hashlib.new(plan.signed_digest, content).digest()],
        },
        {"type": "signing_certificate_v2", "values": [reference(authority.certificate)]},
    ]
    plan.attributes(attributes)
    signed = cms.CMSAttributes(attributes)
    info: Fields = {
        "version": "v1",
        "sid": {
            "issuer_and_serial_number": {
                "issuer": certificate.issuer,
                "serial_number": certificate.serial_number,
            }
        },
        "digest_algorithm": {"algorithm": plan.signed_digest},
        "signed_attrs": signed,
        "signature_algorithm": {"algorithm": algorithm_of(authority, plan.signed_digest)},
        "signature": signature_of(authority, plan.signed_digest, signed.dump()),
    }
    plan.info(info)
    data: Fields = {
        "version": "v3",
        "digest_algorithms": [algos.DigestAlgorithm({"algorithm": plan.signed_digest})],
        "encap_content_info": {
            "content_type": "tst_info",
            "content": core.ParsableOctetString(content),
        },
        "certificates": [asn1_x509.Certificate.load(each) for each in authority.chain[:-1]],
        "signer_infos": [cms.SignerInfo(info)],
    }
    plan.data(data)
    message = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(data)})
    dumped: bytes = message.dump()
    return dumped


def reference(certificate: bytes, digest: str = "sha256") -> tsp.SigningCertificateV2:
    """Return the value of signing-certificate-v2."""
    return tsp.SigningCertificateV2(
        {
            "certs": [
                {
                    "hash_algorithm": {"algorithm": digest},
                    "cert_hash": hashlib.new(digest, certificate).digest(),
                }
            ]
        }
    )


def algorithm_of(identity: DemoIdentity, digest: str) -> str:
    """Return the name of the signature algorithm."""
    kind = "ecdsa" if isinstance(identity.key, ec.EllipticCurvePrivateKey) else "rsa"
    return f"{digest}_{kind}"


def signature_of(identity: DemoIdentity, digest: str, message: bytes) -> bytes:
    """Sign, with any digest."""
    kind = {"sha1": hashes.SHA1, "sha256": hashes.SHA256, "sha512": hashes.SHA512}[digest]()
    key = identity.key
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(message, ec.ECDSA(kind))
    return key.sign(message, padding.PKCS1v15(), kind)
