"""How the cases in the manner of x509-limbo are made and asked about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from support.chains import (
    NOW,
    Made,
    authority,
    leaf,
    name,
    rebuilt,
    root,
    tsa,
)
from support.der import integer, tlv
from vncopy.reasons import Reason
from vncopy.trust import (
    Role,
    TrustAnchor,
    TrustStore,
)
from vncopy.verify.algorithms import DEFAULT_ALGORITHMS, AlgorithmPolicy
from vncopy.verify.chain import MAX_PATH, validate_path

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
OLD = datetime(2012, 6, 1, tzinfo=UTC)
SHA1 = hashes.SHA1()  # noqa: S303 - to be refused
MD5 = hashes.MD5()  # noqa: S303 - to be refused
ECDSA_SHA1 = "1.2.840.10045.4.1"
EKU = x509.ExtendedKeyUsage
OF = ExtendedKeyUsageOID
NO_CA = x509.BasicConstraints(ca=False, path_length=None)


def CA(length: int | None = None) -> x509.BasicConstraints:  # noqa: N802 - reads like a constant
    return x509.BasicConstraints(ca=True, path_length=length)


class Row(NamedTuple):
    """One case."""

    id: str
    what: str
    expected: Reason | None
    ask: Callable[[], Reason | None]


# --- How paths are asked about -------------------------------------------------------------------


def judge(
    signer: Made | bytes,
    *,
    anchors: tuple[Made | bytes, ...],
    known: tuple[Made | bytes, ...] = (),
    brought: tuple[Made | bytes, ...] = (),
    role: Role = Role.SEAL,
    at: datetime = NOW,
    algorithms: AlgorithmPolicy = DEFAULT_ALGORITHMS,
    algorithms_at: datetime | None = None,
) -> Reason | None:
    """Ask for the path of a signer, and look at what is told beside the reason."""
    trust = TrustStore(
        anchors=tuple(
            TrustAnchor(name=f"anchor {number}", certificate=_der(each))
            for number, each in enumerate(anchors)
        ),
        intermediates=tuple(_der(each) for each in known),
    )
    result = validate_path(
        _der(signer),
        [_der(each) for each in brought],
        trust=trust,
        at=at,
        role=role,
        algorithms=algorithms,
        algorithms_at=algorithms_at,
    )
    if result.reason is None:
        assert result.anchor is not None
        assert result.chain[0] == _der(signer)
        assert result.chain[-1] == result.anchor.certificate
        assert len(set(result.chain)) == len(result.chain) <= MAX_PATH
    else:
        assert result.chain == ()
        assert result.anchor is None
        assert "Office" not in result.detail
    return result.reason


def _der(each: Made | bytes) -> bytes:
    return each if isinstance(each, bytes) else each.der


def three(
    top: dict[str, Any] | None = None,
    middle: dict[str, Any] | None = None,
    signer: dict[str, Any] | None = None,
    **changes: Any,
) -> Reason | None:
    """Ask about root, issuing authority and signer, each changed as told."""
    anchor = root(**(top or {}))
    issuing = authority(anchor, **(middle or {}))
    made = tsa if changes.get("role") is Role.TSA else leaf
    return judge(made(issuing, **(signer or {})), anchors=(anchor,), known=(issuing,), **changes)


def levels(*lengths: int | None, self_issued: tuple[int, ...] = ()) -> Reason | None:
    """Ask about authorities with these path lengths, anchor first, and a signer below."""
    made = [root(basic=CA(lengths[0]))]
    for number, length in enumerate(lengths[1:], start=1):
        subject = made[-1].certificate.subject if number in self_issued else name(f"Level {number}")
        made.append(authority(made[-1], subject=subject, label=f"level {number}", basic=CA(length)))
    return judge(leaf(made[-1]), anchors=(made[0],), known=tuple(made[1:]))


def odd(
    edit: Callable[[list[bytes]], list[bytes]], *, where: str = "signer", **changes: Any
) -> Reason | None:
    """Ask about a path in which one certificate is as no library would make it."""
    top = root()
    if where == "anchor":
        return judge(leaf(top), anchors=(rebuilt(top, top, edit),))
    issuing = authority(top)
    if where == "authority":
        return judge(leaf(issuing), anchors=(top,), known=(rebuilt(issuing, top, edit, **changes),))
    return judge(rebuilt(leaf(issuing), issuing, edit, **changes), anchors=(top,), known=(issuing,))


def same(parts: list[bytes]) -> list[bytes]:
    return parts


def serial(number: int) -> Callable[[list[bytes]], list[bytes]]:
    return lambda parts: [parts[0], integer(number), *parts[2:]]


def dates(start: str, end: str, tag: int = 0x17) -> Callable[[list[bytes]], list[bytes]]:
    span = tlv(0x30, tlv(tag, start.encode()), tlv(tag, end.encode()))
    return lambda parts: [*parts[:4], span, *parts[5:]]


def version(number: int, *, extensions: bool) -> Callable[[list[bytes]], list[bytes]]:
    head = [tlv(0xA0, integer(number))] if number else []
    return lambda parts: [*head, *(parts[1:] if extensions else parts[1:-1])]


def unknown(critical: bool) -> tuple[tuple[x509.ExtensionType, bool], ...]:
    kind = x509.ObjectIdentifier("1.3.6.1.4.1.99999.1")
    return ((x509.UnrecognizedExtension(kind, b"\x05\x00"), critical),)


def raw(kind: str, value: bytes, critical: bool = False) -> Any:
    return ((x509.UnrecognizedExtension(x509.ObjectIdentifier(kind), value), critical),)


def permit(*bases: x509.GeneralName) -> dict[str, Any]:
    limits = x509.NameConstraints(permitted_subtrees=list(bases), excluded_subtrees=None)
    return {"more": ((limits, True),)}


def exclude(*bases: x509.GeneralName) -> dict[str, Any]:
    limits = x509.NameConstraints(permitted_subtrees=None, excluded_subtrees=list(bases))
    return {"more": ((limits, True),)}


def also(*names: x509.GeneralName) -> dict[str, Any]:
    return {"more": ((x509.SubjectAlternativeName(list(names)), False),)}


def directory(*values: tuple[x509.ObjectIdentifier, str]) -> x509.DirectoryName:
    return x509.DirectoryName(x509.Name([x509.NameAttribute(*each) for each in values]))


VIETNAM = directory((NameOID.COUNTRY_NAME, "VN"))
FRANCE = directory((NameOID.COUNTRY_NAME, "FR"))
GOV = x509.DNSName("gov.vn")
P_CONSTRAINTS = Reason.PATH_NAME_CONSTRAINTS
USAGE = Reason.PATH_KEY_USAGE
BASIC = Reason.PATH_BASIC_CONSTRAINTS
NOT_FOUND = Reason.PATH_NOT_FOUND
MALFORMED = Reason.CERTIFICATE_MALFORMED
ALGORITHM = Reason.PATH_ALGORITHM
OUTDATED = Reason.ALGORITHM_OUTDATED
CRITICAL = Reason.PATH_CRITICAL_EXTENSION
