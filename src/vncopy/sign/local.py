"""Signers whose key lies in a file: PEM, or PKCS#12 as certification services hand it out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    pkcs12,
)

from vncopy.errors import UsageError
from vncopy.sign.signer import P256_BYTES, SignatureAlgorithm, algorithm_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

__all__ = ["LocalSigner", "load_pem", "load_pkcs12"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalSigner:
    """A signer that holds its key in memory; made by :func:`load_pem` or :func:`load_pkcs12`."""

    chain: tuple[bytes, ...] = field(repr=False)
    """Certificates in DER, the signer's own first."""
    algorithm: SignatureAlgorithm
    """Follows from the key."""
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = field(repr=False)
    """The private key."""

    def sign(self, message: bytes, /) -> bytes:
        """Return the signature; ES256 as r ‖ s with the nonce of RFC 6979.

        The nonce is derived from key and message, so a weak random generator cannot leak the key
        and the same input gives the same file.
        """
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(message, padding.PKCS1v15(), hashes.SHA256())
        r, s = decode_dss_signature(self.key.sign(message, _deterministic()))
        return r.to_bytes(P256_BYTES) + s.to_bytes(P256_BYTES)


def _deterministic() -> ec.ECDSA:
    """Return ECDSA after RFC 6979, or with random nonces where OpenSSL is older than 3.2."""
    try:
        return ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
    except UnsupportedAlgorithm:  # pragma: no cover - distributions with an old OpenSSL
        return ec.ECDSA(hashes.SHA256())


def load_pem(key: bytes, chain: bytes, *, password: bytes | None = None) -> LocalSigner:
    """Return the signer of a PEM key and its certificates.

    Args:
        key: the private key in PEM (PKCS#8 or traditional), encrypted or not.
        chain: certificates in PEM, in any order; the key's own must be among them.
        password: of the key, if it is encrypted.

    Raises:
        UsageError: unreadable input, wrong password, unfit key, or no certificate of this key.
    """
    try:
        private = load_pem_private_key(key, password)
    except TypeError as error:
        raise _wrong_password("key") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _unreadable("key", password=password) from error
    try:
        certificates = x509.load_pem_x509_certificates(chain)
    except (ValueError, x509.InvalidVersion) as error:
        raise UsageError.of(
            "chain",
            "signer.certificate",
            vi="không đọc được chứng thư chữ ký số dạng PEM",
            en="there is no readable PEM certificate",
        ) from error
    return _signer(private, certificates)


def load_pkcs12(data: bytes, password: bytes | None) -> LocalSigner:
    """Return the signer of a PKCS#12 file (.p12, .pfx).

    Args:
        data: the file's bytes.
        password: of the file.

    Raises:
        UsageError: unreadable input, wrong password, unfit key, or no certificate of this key.
    """
    try:
        private, certificate, others = pkcs12.load_key_and_certificates(data, password)
    except (ValueError, UnsupportedAlgorithm) as error:
        if password is None:  # nothing tells an encrypted file from a damaged one
            raise UsageError.of(
                "data",
                "signer.unreadable",
                vi="không đọc được khóa; tệp PKCS#12 thường cần mật khẩu",
                en="the key cannot be read; PKCS#12 files mostly need a password",
            ) from error
        raise _unreadable("data", password=password) from error
    if private is None or certificate is None:
        raise UsageError.of(
            "data",
            "signer.pkcs12",
            vi="tệp PKCS#12 không có khóa bí mật kèm chứng thư chữ ký số",
            en="the PKCS#12 file holds no private key with its certificate",
        )
    return _signer(private, [certificate, *others])


def _signer(key: PrivateKeyTypes, certificates: Sequence[x509.Certificate]) -> LocalSigner:
    """Return the signer; its certificates from the key's own upwards."""
    own = next(
        (c for c in certificates if _public(c.public_key()) == _public(key.public_key())), None
    )
    if own is None:
        raise UsageError.of(
            "chain",
            "signer.pair",
            vi="chứng thư chữ ký số không phải của khóa bí mật này",
            en="no certificate belongs to this private key",
        )
    algorithm = algorithm_of(own, field="key")
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):  # pragma: no cover
        raise _unreadable("key", password=None)  # excluded by algorithm_of
    return LocalSigner(chain=_ordered(own, certificates), algorithm=algorithm, key=key)


def _ordered(own: x509.Certificate, certificates: Sequence[x509.Certificate]) -> tuple[bytes, ...]:
    """Return ``own`` and its issuers, as far as they are there, the self-signed root left out."""
    chain = [own]
    while chain[-1].issuer != chain[-1].subject:
        issuer = next(
            (c for c in certificates if c.subject == chain[-1].issuer and c not in chain), None
        )
        if issuer is None or issuer.issuer == issuer.subject:
            break
        chain.append(issuer)
    return tuple(certificate.public_bytes(Encoding.DER) for certificate in chain)


def _public(key: object) -> bytes:
    """Return a public key's bytes for comparison."""
    encoded: bytes = key.public_bytes(  # type: ignore[attr-defined]
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )
    return encoded


def _unreadable(field: str, *, password: bytes | None) -> UsageError:
    """Return the error for input that cannot be opened."""
    hint_vi, hint_en = (" hoặc mật khẩu sai", " or the password is wrong") if password else ("", "")
    return UsageError.of(
        field,
        "signer.unreadable",
        vi=f"không đọc được khóa{hint_vi}",
        en=f"the key cannot be read{hint_en}",
    )


def _wrong_password(field: str) -> UsageError:
    """Return the error for a password that is missing or superfluous."""
    return UsageError.of(
        field,
        "signer.password",
        vi="khóa cần mật khẩu mà không được cho, hoặc không mã hóa mà lại cho mật khẩu",
        en="the key needs a password that was not given, or has none and one was given",
    )
