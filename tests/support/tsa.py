"""Timestamping services made to measure, and tokens as other software writes them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from asn1crypto import algos, cms, core, tsp
from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID

from support.chains import LEAF_USAGE, NOW, YEAR, Made, Plan, key, name
from vncopy.sign import LocalSigner, load_pem

DIGEST = hashlib.sha256(b"something that existed").digest()
STAMPS = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])


@cache
def root() -> Made:
    """Return the root above all services."""
    return Plan(subject=name("Stamp Root"), label="stamp-root").make()


def service(kind: str = "p256", **changes: Any) -> Made:
    """Return a service's certificate, right unless changed."""
    plan: dict[str, Any] = {
        "subject": name("Stamps"),
        "label": "stamps",
        "kind": kind,
        "basic": None,
        "usage": LEAF_USAGE,
        "extended": STAMPS,
        "extended_critical": True,
    }
    return Plan(**plan | changes).make(root())


@cache
def empty_list() -> bytes:
    """Return a CRL of the root."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(root().certificate.subject)
    made = builder.last_update(NOW).next_update(NOW + YEAR).sign(root().key, hashes.SHA256())
    return made.public_bytes(Encoding.DER)


def signer_of(made: Made) -> LocalSigner:
    """Return a signer with that key."""
    pem = made.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return load_pem(pem, made.certificate.public_bytes(Encoding.PEM))


@dataclass(frozen=True, kw_only=True)
class Foreign:
    """How a token of another service is to be; the defaults are right."""

    made: Made = field(default_factory=service)
    digest: bytes = DIGEST
    imprint_algorithm: str = "sha256"
    algorithm: str = "sha256"
    signature: dict[str, Any] | None = None
    """Algorithm of the signature, where it is not the usual one."""
    signs: Callable[[bytes], bytes] | None = None
    by_key_id: bool = False
    info: dict[str, Any] = field(default_factory=dict)
    """Fields of the TSTInfo that differ."""
    content_type: str = "tst_info"
    attributes: tuple[Any, ...] = ()
    """Attributes instead of the usual ones of the same type; a name alone leaves one out."""
    certificates: tuple[bytes, ...] | None = None
    signers: int = 1
    eku_hash: str | None = None
    unsigned: bool = False
    """Adds an attribute that is not signed."""
    lists: bool = False
    """Adds a CRL, which nobody asked for."""

    def token(self) -> bytes:
        """Return the token, written by asn1crypto."""
        info = self._info()
        kind = getattr(hashes, self.algorithm.upper())()
        attributes = cms.CMSAttributes(self._attributes(info.dump()))
        raw = attributes.dump()
        value = self.signs(raw) if self.signs else self._sign(raw, kind)
        own = asn1_x509.Certificate.load(self.made.der)
        by_serial = cms.IssuerAndSerialNumber(
            {"issuer": own.issuer, "serial_number": own.serial_number}
        )
        identifier = (
            cms.SignerIdentifier("subject_key_identifier", own.key_identifier)
            if self.by_key_id
            else cms.SignerIdentifier("issuer_and_serial_number", by_serial)
        )
        signer = cms.SignerInfo(
            {
                "version": "v3" if self.by_key_id else "v1",
                "sid": identifier,
                "digest_algorithm": {"algorithm": self.algorithm},
                "signed_attrs": attributes,
                "signature_algorithm": self.signature or self._usual(),
                "signature": value,
            }
        )
        if self.unsigned:
            signer["unsigned_attrs"] = [
                cms.CMSAttribute({"type": "1.2.3.4", "values": [core.Null()]})
            ]
        ders = (self.made.der, root().der) if self.certificates is None else self.certificates
        signed = cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [{"algorithm": self.algorithm}],
                "encap_content_info": {
                    "content_type": self.content_type,
                    "content": core.ParsableOctetString(info.dump()),
                },
                "certificates": [asn1_x509.Certificate.load(each) for each in ders],
                "signer_infos": [signer] * self.signers,
            }
        )
        if self.lists:
            signed["crls"] = [
                cms.RevocationInfoChoice("crl", asn1_crl.CertificateList.load(empty_list()))
            ]
        content = cms.ContentInfo({"content_type": "signed_data", "content": signed})
        written: bytes = content.dump()
        return written

    def _info(self) -> Any:
        values: dict[str, Any] = {
            "version": "v1",
            "policy": "1.3.6.1.4.1.99999.1",
            "message_imprint": {
                "hash_algorithm": {"algorithm": self.imprint_algorithm},
                "hashed_message": self.digest,
            },
            "serial_number": 7,
            "gen_time": NOW,
        }
        values.update(self.info)
        return tsp.TSTInfo({k: v for k, v in values.items() if v is not None})

    def _attributes(self, info: bytes) -> list[Any]:
        algorithm = self.eku_hash or "sha256"
        reference = tsp.ESSCertIDv2(
            {
                "hash_algorithm": algos.DigestAlgorithm({"algorithm": algorithm}),
                "cert_hash": hashlib.new(algorithm, self.made.der).digest(),
            }
        )
        usual = {
            "content_type": cms.CMSAttribute(
                {"type": "content_type", "values": [self.content_type]}
            ),
            "message_digest": cms.CMSAttribute(
                {
                    "type": "message_digest",
                    "values": [hashlib.new(self.algorithm, info).digest()],
                }
            ),
            "signing_certificate_v2": cms.CMSAttribute(
                {
                    "type": "signing_certificate_v2",
                    "values": [tsp.SigningCertificateV2({"certs": [reference]})],
                }
            ),
        }
        extra = []
        for each in self.attributes:
            if isinstance(each, str):
                del usual[each]
            else:
                usual.pop(each["type"].native, None)
                extra.append(each)
        return [*usual.values(), *extra]

    def _usual(self) -> dict[str, Any]:
        if isinstance(self.made.key, ec.EllipticCurvePrivateKey):
            return {"algorithm": f"{self.algorithm}_ecdsa"}
        return {"algorithm": "rsassa_pkcs1v15"}  # rsaEncryption, as OpenSSL writes it

    def _sign(self, message: bytes, kind: Any) -> bytes:
        own: Any = self.made.key
        if isinstance(own, ec.EllipticCurvePrivateKey):
            return own.sign(message, ec.ECDSA(kind))
        signed: bytes = own.sign(message, padding.PKCS1v15(), kind)
        return signed


def utc(*parts: int) -> datetime:
    """Return a time in UTC."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


__all__ = ["DIGEST", "STAMPS", "Foreign", "key", "root", "service", "signer_of", "utc"]
