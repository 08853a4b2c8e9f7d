"""``offices.json``: its schema, reading and writing it."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NoReturn

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from pydantic import AfterValidator, AwareDatetime, Field, ValidationError

from vncopy.errors import UsageError
from vncopy.formats.base import Part
from vncopy.formats.copies import CopyKind
from vncopy.formats.identifiers import AgencyCode
from vncopy.formats.jcs import parse_json
from vncopy.formats.parsing import usage_error_of
from vncopy.formats.places import ProvinceCode, WardCode
from vncopy.formats.profile_parts import OfficeKind
from vncopy.formats.text import Label, broken
from vncopy.trust import CertificateEntry, KeyState, OfficeEntry, OfficeName, Role, Scope, Vouching
from vncopy.trust_folder import MAX_OFFICES_BYTES, MAX_PEM_BYTES, OFFICES_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "in_file",
    "offices_schema",
    "offices_to_json",
    "one_pem_certificate",
    "parse_offices",
    "refuse",
]


def _base64(value: str) -> str:
    """Check that a text is base64 of something."""
    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise broken(
            "trust.base64",
            vi="chứng thư phải là DER ghi bằng base64",
            en="a certificate is DER in base64",
        ) from error
    return value


_Base64 = Annotated[str, Field(min_length=4, max_length=MAX_PEM_BYTES), AfterValidator(_base64)]
_FormatId = Annotated[
    str, Field(pattern=r"^[a-z0-9]+(?:[.-][a-z0-9]+)+/[1-9][0-9]{0,2}$", max_length=60)
]
_Family = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[.-][a-z0-9]+)+$", max_length=60)]
_Area = Annotated[str, Field(pattern=r"^[0-9]{2}(?:/[0-9]{5})?$")]
_Time = Annotated[AwareDatetime, Field(strict=False)]
_Day = Annotated[date, Field(strict=False)]


class _ScopeFile(Part):
    """What a key may sign: types × kinds × area × period."""

    types: tuple[_FormatId, ...] = Field(min_length=1)
    """Document types."""
    kinds: tuple[CopyKind, ...] = Field(min_length=1)
    """Kinds of copy."""
    areas: tuple[_Area, ...] = ()
    """Province or province/commune; left out: the office's own area."""
    since: _Time | None = None
    """First instant of the grant."""
    until: _Time | None = None
    """First instant after the grant."""


class _CertificateFile(Part):
    """A certificate that an office signs or signed with."""

    certificate: _Base64
    """DER in base64."""
    role: Role = Field(strict=False)
    """What it signs."""
    signs_from: _Time
    """First instant at which it signs for the office."""
    signs_until: _Time | None = None
    """First instant at which it no longer does."""
    state: KeyState = Field(default=KeyState.ACTIVE, strict=False)
    """What is known of the key."""
    state_since: _Time | None = None
    """Since when it is revoked or compromised."""
    scopes: tuple[_ScopeFile, ...] = ()
    """What it may sign."""
    vouched_by: Vouching = Field(default=Vouching.ANCHOR, strict=False)
    """A path to an anchor, or the signed list alone."""


class _NameFile(Part):
    """A name of an office and when it bore it."""

    name: Label
    """The official name."""
    since: _Day
    """First day."""
    until: _Day | None = None
    """First day on which it no longer bore the name."""


class _OfficeFile(Part):
    """An office."""

    agency_code: AgencyCode
    """Mã định danh cơ quan."""
    names: tuple[_NameFile, ...] = Field(min_length=1)
    """Names through time."""
    kind: OfficeKind = Field(strict=False)
    """What sort of office it is."""
    registers: tuple[_Family, ...] = ()
    """Families of types whose original register it keeps for its whole area."""
    province_code: ProvinceCode | None = None
    """Province of its area."""
    ward_code: WardCode | None = None
    """Commune of its area."""
    successor: AgencyCode | None = None
    """The office that took over its registers."""
    certificates: tuple[_CertificateFile, ...] = ()
    """Every certificate it signs or signed with."""


class _OfficesFile(Part):
    """offices.json of a vncopy trust folder."""

    schema_version: Literal[1]
    """Version of this file."""
    as_of: _Time | None = None
    """Up to when it is known to be true; left out: nobody says."""
    offices: tuple[_OfficeFile, ...]
    """The offices."""


def parse_offices(data: bytes, /) -> tuple[tuple[OfficeEntry, ...], datetime | None]:
    """Return the offices of an ``offices.json``, and up to when it is known to be true.

    Args:
        data: its bytes.

    Raises:
        UsageError: not JSON, unknown or missing members, impossible values.
    """
    try:
        parse_json(data, max_bytes=MAX_OFFICES_BYTES)  # refuses doubled members, which hide entries
        file = _OfficesFile.model_validate_json(data)
    except ValidationError as error:
        raise in_file(OFFICES_FILE, usage_error_of(error)) from None
    except UsageError as error:
        raise in_file(OFFICES_FILE, error) from None
    offices: list[OfficeEntry] = []
    for place, office in enumerate(file.offices):
        try:
            offices.append(_office(office, f"offices.{place}"))
        except UsageError as error:
            raise in_file(OFFICES_FILE, error) from None
    return tuple(offices), file.as_of


def _office(file: _OfficeFile, where: str) -> OfficeEntry:
    """Return the office of its part of the file.

    Raises:
        UsageError: a period is empty, a certificate cannot be read or does not fit its role.
    """
    for number, name in enumerate(file.names):
        if name.until is not None and name.until <= name.since:
            refuse(
                f"{where}.names.{number}.until",
                "trust.period",
                "ngày kết thúc phải sau ngày bắt đầu",
                "the end must come after the beginning",
            )
    if file.ward_code is not None and file.province_code is None:
        refuse(
            f"{where}.ward_code",
            "trust.area",
            "có mã xã thì phải có mã tỉnh",
            "a commune's code needs its province's",
        )
    return OfficeEntry(
        agency_code=str(file.agency_code),
        names=tuple(
            OfficeName(name=str(each.name), since=each.since, until=each.until)
            for each in file.names
        ),
        kind=file.kind.value,
        registers=frozenset(file.registers),
        province_code=None if file.province_code is None else str(file.province_code),
        ward_code=None if file.ward_code is None else str(file.ward_code),
        successor=None if file.successor is None else str(file.successor),
        certificates=tuple(
            _certificate(each, f"{where}.certificates.{number}")
            for number, each in enumerate(file.certificates)
        ),
    )


def _certificate(file: _CertificateFile, where: str) -> CertificateEntry:
    """Return the certificate of its part of the file.

    Raises:
        UsageError: it cannot be read, its key does not fit its role, or its times cannot be.
    """
    der = base64.b64decode(file.certificate)
    certificate = _parse(der, f"{where}.certificate")
    if file.role is Role.QR and not _is_p256(certificate):
        refuse(
            f"{where}.certificate",
            "trust.qr_key",
            "khóa ký mã QR phải là P-256",
            "the key of a symbol must be P-256",
        )
    for number, scope in enumerate(file.scopes):
        if scope.since is not None and scope.until is not None and scope.until <= scope.since:
            refuse(
                f"{where}.scopes.{number}.until",
                "trust.period",
                "thời điểm kết thúc phải sau thời điểm bắt đầu",
                "the end must come after the beginning",
            )
    try:
        return CertificateEntry(
            certificate=der,
            role=file.role,
            signs_from=file.signs_from,
            signs_until=file.signs_until,
            state=file.state,
            state_since=file.state_since,
            vouched_by=file.vouched_by,
            scopes=tuple(
                Scope(
                    types=frozenset(each.types),
                    kinds=frozenset(kind.value for kind in each.kinds),
                    areas=frozenset(each.areas),
                    since=each.since,
                    until=each.until,
                )
                for each in file.scopes
            ),
        )
    except UsageError as error:
        raise in_file(where, error, separator=".") from None


def one_pem_certificate(data: bytes, where: str) -> bytes:
    """Return the DER of the one certificate of a PEM file.

    Args:
        data: the file's bytes.
        where: the file's name, for the error.

    Raises:
        UsageError: none, several, or one that cannot be read whole.
    """
    try:
        (certificate,) = x509.load_pem_x509_certificates(data)
    except (ValueError, x509.InvalidVersion):
        refuse(
            where,
            "trust.pem",
            "tệp phải chứa đúng một chứng thư dạng PEM",
            "the file must hold exactly one certificate in PEM",
        )
    der = certificate.public_bytes(Encoding.DER)
    _parse(der, where)
    return der


_SERIAL_END: Final = 1 << 159
"""RFC 5280 §4.1.2.2: at most 20 octets, the first bit of which is the sign."""


def _parse(der: bytes, where: str) -> x509.Certificate:
    """Return a certificate whose every part can be read.

    Raises:
        UsageError: it cannot, or nobody could revoke it by its serial number.
    """
    try:
        certificate = x509.load_der_x509_certificate(der)
        certificate.public_key()
        _ = (certificate.extensions, certificate.subject, certificate.issuer)
        serial = certificate.serial_number
    except Exception as error:  # the one border to foreign certificates in this module
        raise UsageError.of(
            where,
            "trust.certificate",
            vi="không đọc được chứng thư",
            en="the certificate cannot be read",
        ) from error
    # Verifying leaves such certificates aside; here their owner can still be told.
    if certificate.version is not x509.Version.v3 or not 0 < serial < _SERIAL_END:
        refuse(
            where,
            "trust.certificate_form",
            "chứng thư phải thuộc phiên bản 3, có số sê-ri dương dài tối đa 20 byte",
            "certificates need version 3 and a positive serial number of at most 20 bytes",
        )
    return certificate


def _is_p256(certificate: x509.Certificate) -> bool:
    key = certificate.public_key()
    return isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)


def in_file(name: str, error: UsageError, *, separator: str = ": ") -> UsageError:
    """Return ``error`` with the file's name before each field.

    Args:
        name: the file's name.
        error: its problems name members of the file.
        separator: what stands between the two.
    """
    problems = [
        type(each)(
            field=f"{name}{separator}{each.field}" if each.field else name,
            rule=each.rule,
            message=each.message,
        )
        for each in error.problems
    ]
    return UsageError(*problems)


def refuse(field: str, rule: str, vi: str, en: str) -> NoReturn:
    """Raise the error of one broken rule.

    Args:
        field: file, or file and member.
        rule: id of the rule.
        vi: the Vietnamese sentence.
        en: the English sentence.

    Raises:
        UsageError: always.
    """
    error = UsageError.of(field, rule, vi=vi, en=en)
    raise error


def offices_to_json(offices: Iterable[OfficeEntry], /, *, as_of: datetime | None = None) -> bytes:
    """Return the ``offices.json`` of some offices: sorted, indented, UTF-8.

    Args:
        offices: the offices, in the order in which they are written.
        as_of: aware time up to which they are known to be so.
    """
    written = [_office_json(each) for each in offices]
    frame = _without_none({"schema_version": 1, "as_of": _utc(as_of), "offices": written})
    return json.dumps(frame, ensure_ascii=False, indent=1).encode() + b"\n"


def _office_json(office: OfficeEntry) -> dict[str, Any]:
    return _without_none(
        {
            "agency_code": office.agency_code,
            "names": [
                _without_none(
                    {
                        "name": each.name,
                        "since": each.since.isoformat(),
                        "until": None if each.until is None else each.until.isoformat(),
                    }
                )
                for each in office.names
            ],
            "kind": office.kind,
            "registers": sorted(office.registers),
            "province_code": office.province_code,
            "ward_code": office.ward_code,
            "successor": office.successor,
            "certificates": [_certificate_json(each) for each in office.certificates],
        }
    )


def _certificate_json(entry: CertificateEntry) -> dict[str, Any]:
    return _without_none(
        {
            "role": entry.role.value,
            "signs_from": _utc(entry.signs_from),
            "signs_until": _utc(entry.signs_until),
            "state": entry.state.value,
            "state_since": _utc(entry.state_since),
            "vouched_by": entry.vouched_by.value,
            "scopes": [
                _without_none(
                    {
                        "types": sorted(each.types),
                        "kinds": sorted(each.kinds),
                        "areas": sorted(each.areas),
                        "since": _utc(each.since),
                        "until": _utc(each.until),
                    }
                )
                for each in entry.scopes
            ],
            "certificate": base64.b64encode(entry.certificate).decode(),
        }
    )


def _utc(time: datetime | None) -> str | None:
    return None if time is None else time.astimezone(UTC).isoformat()


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def offices_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``offices.json`` (``docs/spec/trust-folder.schema.json``)."""
    schema = _OfficesFile.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
