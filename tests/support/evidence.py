"""Revocation evidence made to measure, right and wrong in one respect each."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from support.chains import NOW, Made, leaf, usage
from support.der import integer, oid, time, tlv

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
CRL_REASONS = {
    "unspecified": 0,
    "key_compromise": 1,
    "ca_compromise": 2,
    "affiliation_changed": 3,
    "superseded": 4,
    "cessation": 5,
    "hold": 6,
    "remove": 8,
    "privilege": 9,
    "aa_compromise": 10,
}
REASON_FLAGS = {
    "key_compromise": x509.ReasonFlags.key_compromise,
    "ca_compromise": x509.ReasonFlags.ca_compromise,
    "affiliation_changed": x509.ReasonFlags.affiliation_changed,
    "superseded": x509.ReasonFlags.superseded,
    "cessation": x509.ReasonFlags.cessation_of_operation,
    "hold": x509.ReasonFlags.certificate_hold,
    "remove": x509.ReasonFlags.remove_from_crl,
    "privilege": x509.ReasonFlags.privilege_withdrawn,
    "aa_compromise": x509.ReasonFlags.aa_compromise,
}


def entry(
    certificate: Made | int,
    when: datetime,
    reason: str | None = None,
    *,
    invalid_from: datetime | None = None,
    more: tuple[tuple[x509.ExtensionType, bool], ...] = (),
) -> x509.RevokedCertificate:
    """Return an entry of a CRL."""
    serial = certificate if isinstance(certificate, int) else certificate.certificate.serial_number
    builder = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(when)
    if reason is not None:
        builder = builder.add_extension(x509.CRLReason(REASON_FLAGS[reason]), critical=False)
    if invalid_from is not None:
        builder = builder.add_extension(x509.InvalidityDate(invalid_from), critical=False)
    for extension, critical in more:
        builder = builder.add_extension(extension, critical)
    return builder.build()


def crl(
    issuer: Made,
    *entries: x509.RevokedCertificate,
    at: datetime = NOW,
    life: timedelta = WEEK,
    number: int = 1,
    issuer_name: x509.Name | None = None,
    signed_by: Any = None,
    digest: hashes.HashAlgorithm | None = None,
    more: tuple[tuple[x509.ExtensionType, bool], ...] = (),
    pss: bool = False,
) -> bytes:
    """Return the CRL of an authority."""
    digest = digest or hashes.SHA256()
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer_name or issuer.certificate.subject)
        .last_update(at)
        .next_update(at + life)
        .add_extension(x509.CRLNumber(number), critical=False)
    )
    for each in entries:
        builder = builder.add_revoked_certificate(each)
    for extension, critical in more:
        builder = builder.add_extension(extension, critical)
    signing = signed_by or issuer.key
    deterministic = True if isinstance(signing, ec.EllipticCurvePrivateKey) else None
    rsa_padding = padding.PSS(padding.MGF1(digest), 32) if pss else None
    wanted = None if isinstance(signing, ed25519.Ed25519PrivateKey) else digest
    made = builder.sign(signing, wanted, rsa_padding=rsa_padding, ecdsa_deterministic=deterministic)
    return made.public_bytes(Encoding.DER)


def extensions(*listed: tuple[str, bool, bytes]) -> bytes:
    """Return Extensions."""
    return tlv(
        0x30,
        *(
            tlv(0x30, oid(name), b"\x01\x01\xff" if critical else b"", tlv(0x04, value))
            for name, critical, value in listed
        ),
    )


DIGESTS = {
    "sha1": "1.3.14.3.2.26",
    "sha256": "2.16.840.1.101.3.4.2.1",
    "md5": "1.2.840.113549.2.5",
}
ALGORITHMS = {
    "sha256": hashes.SHA256(),
    "sha1": hashes.SHA1(),  # noqa: S303 - to be refused
    "md5": hashes.MD5(),  # noqa: S303 - to be refused
}
_ECDSA = {"sha1": "1.2.840.10045.4.1", "sha256": "1.2.840.10045.4.3.2"}
_RSA = {
    "md5": "1.2.840.113549.1.1.4",
    "sha1": "1.2.840.113549.1.1.5",
    "sha256": "1.2.840.113549.1.1.11",
}
_PSS = "1.2.840.113549.1.1.10"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer of a response."""

    certificate: Made
    issuer: Made
    status: str = "good"
    at: datetime = NOW
    life: timedelta | None = DAY
    revoked_at: datetime | None = None
    reason: str | None = None
    certid: str = "sha1"
    serial: int | None = None
    name_hash: bytes | None = None
    key_hash: bytes | None = None
    more: tuple[tuple[str, bool, bytes], ...] = ()

    def der(self) -> bytes:
        """Return SingleResponse."""
        issuer = self.issuer.certificate
        name_hash = hashlib.new(self.certid, issuer.subject.public_bytes()).digest()
        bits = x509.SubjectKeyIdentifier.from_public_key(issuer.public_key()).digest
        if self.certid != "sha1":
            key = issuer.public_key()
            from cryptography.hazmat.primitives.serialization import PublicFormat

            point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
            bits = hashlib.new(self.certid, point).digest()
        certid = tlv(
            0x30,
            tlv(0x30, oid(DIGESTS[self.certid]), b"\x05\x00"),
            tlv(0x04, self.name_hash or name_hash),
            tlv(0x04, self.key_hash or bits),
            integer(
                self.certificate.certificate.serial_number if self.serial is None else self.serial
            ),
        )
        if self.status == "good":
            status = b"\x80\x00"
        elif self.status == "unknown":
            status = b"\x82\x00"
        else:
            code = CRL_REASONS[self.reason] if self.reason else None
            reason = b"" if code is None else tlv(0xA0, tlv(0x0A, bytes([code])))
            status = tlv(0xA1, time(self.revoked_at or NOW), reason)
        until = b"" if self.life is None else tlv(0xA0, time(self.at + self.life))
        more = tlv(0xA1, extensions(*self.more)) if self.more else b""
        return tlv(0x30, certid, status, time(self.at), until, more)


def response(
    *answers: Answer,
    responder: Made | None = None,
    signed_by: Any = None,
    certificates: tuple[Made, ...] | None = None,
    produced: datetime | None = None,
    digest: str = "sha256",
    pss: hashes.HashAlgorithm | None = None,
    more: tuple[tuple[str, bool, bytes], ...] = (),
) -> bytes:
    """Return an OCSP response; without a responder the issuer of the first answer signs."""
    signer = responder or answers[0].issuer
    tbs = tlv(
        0x30,
        tlv(0xA1, signer.certificate.subject.public_bytes()),
        time(produced or max(each.at for each in answers)),
        tlv(0x30, *(each.der() for each in answers)),
        tlv(0xA1, extensions(*more)) if more else b"",
    )
    signing = signed_by or signer.key
    algorithm = ALGORITHMS[digest]
    if isinstance(signing, ec.EllipticCurvePrivateKey):
        scheme = tlv(0x30, oid(_ECDSA[digest]))
        signature = signing.sign(tbs, ec.ECDSA(algorithm, deterministic_signing=True))
    elif pss is not None:
        # Parameters are left out: nobody here may rely on them.
        scheme = tlv(0x30, oid(_PSS))
        signature = signing.sign(tbs, padding.PSS(padding.MGF1(pss), pss.digest_size), pss)
    else:
        scheme = tlv(0x30, oid(_RSA[digest]), b"\x05\x00")
        signature = signing.sign(tbs, padding.PKCS1v15(), algorithm)
    enclosed = certificates if certificates is not None else (responder,) if responder else ()
    certs = tlv(0xA0, tlv(0x30, *(each.der for each in enclosed))) if enclosed else b""
    basic = tlv(0x30, tbs, scheme, tlv(0x03, b"\0" + signature), certs)
    kind = oid("1.3.6.1.5.5.7.48.1.1")
    return tlv(0x30, b"\x0a\x01\x00", tlv(0xA0, tlv(0x30, kind, tlv(0x04, basic))))


def no_answer(status: int = 3) -> bytes:
    """Return a response that says that there is no answer (3: try later)."""
    return tlv(0x30, bytes([0x0A, 1, status]))


def responder(issuer: Made, *, no_check: bool = True, **changes: Any) -> Made:
    """Return the certificate of somebody whom an authority lets answer for it."""
    more = ((x509.OCSPNoCheck(), False),) if no_check else ()
    return leaf(
        issuer,
        **{
            "label": "responder",
            "usage": usage(digital_signature=True),
            "extended": x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]),
            "more": more,
            **changes,
        },
    )
