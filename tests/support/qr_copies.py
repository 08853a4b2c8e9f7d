"""Signed symbols for tests of the verifier, from a demo PKI that is the same in every run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from support.synthetic import Synthetic
from vncopy.formats.copies import VIETNAM_TIME
from vncopy.formats.organisations import Organisation
from vncopy.formats.record import CopyRecord
from vncopy.formats.types import BUILTIN_TYPES
from vncopy.pki import DemoIdentity, DemoOffice, DemoPki, make_demo_pki
from vncopy.policy import VerificationPolicy
from vncopy.trust import CertificateEntry, OfficeEntry, Role, TrustStore, kid_of
from vncopy.verify.checks import Situation
from vncopy.verify.collect import collect_qr
from vncopy.verify.judge import situation_of
from vncopy.wire.claims import StatusReference
from vncopy.wire.encode import encode

ISSUED = datetime(2026, 11, 21, 3, 21, 35, tzinfo=UTC)
AT = ISSUED + timedelta(days=1)
BASIC = VerificationPolicy.offline_basic()


@cache
def pki() -> DemoPki:
    """Return the demo PKI of these tests, the same in every run."""
    return make_demo_pki(seed=b"tests of the verifier", kinds=("p256",))


def commune() -> DemoOffice:
    """Return the office that signs unless a test says otherwise."""
    return pki().offices[0]


def record(name: str = "birth", seed: int = 1, office: DemoOffice | None = None) -> CopyRecord[Any]:
    """Return a synthetic record issued by one of the demo offices."""
    entry = (office or commune()).entry
    made = Synthetic(seed).record(name)
    authority = Organisation.model_validate_json(
        f'{{"name": "{entry.names[0].name}", "agency_code": "{entry.agency_code}"}}'
    )
    return with_statement(made, authority=authority, issued_at=ISSUED.astimezone(VIETNAM_TIME))


def with_statement(made: CopyRecord[Any], **changes: Any) -> CopyRecord[Any]:
    """Return the record with another statement."""
    return replace(made, statement=made.statement.model_copy(update=changes))


def sign(
    made: CopyRecord[Any],
    *,
    identity: DemoIdentity | None = None,
    carriage: Any = "full",
    status: StatusReference | None = None,
) -> str:
    """Return the text of the symbol of a record."""
    identity = identity or commune().qr
    kid = kid_of(identity.certificate)
    sign = identity.signer().sign
    return encode(made, carriage=carriage, kid=kid, sign=sign, status=status).text


@cache
def text(name: str = "birth", carriage: str = "full", seed: int = 1) -> str:
    """Return the text of a good symbol of a synthetic record."""
    return sign(record(name, seed), carriage=carriage)


def changed_office(office: OfficeEntry | None = None, **changes: Any) -> TrustStore:
    """Return the demo trust with another entry for one office."""
    old = office or commune().entry
    trust = pki().trust
    offices = tuple(
        replace(each, **changes) if each.agency_code == old.agency_code else each
        for each in trust.offices
    )
    return replace(trust, offices=offices)


def changed_key(**changes: Any) -> TrustStore:
    """Return the demo trust with another entry for the key that signs symbols."""
    entry = commune().entry
    certificates = tuple(
        changed_entry(each, **changes) if each.role is Role.QR else each
        for each in entry.certificates
    )
    return changed_office(certificates=certificates)


def changed_entry(entry: CertificateEntry, **changes: Any) -> CertificateEntry:
    """Return a certificate's entry with other values."""
    return replace(entry, **changes)


def look(
    symbol: str,
    *,
    trust: TrustStore | None = None,
    at: datetime = AT,
    policy: VerificationPolicy = BASIC,
    expect: Any = BUILTIN_TYPES,
    proven_at: datetime | None = None,
) -> Situation:
    """Return what the checks look at for a text."""
    store = trust or pki().trust
    facts, content = collect_qr(symbol, trust=store, types=expect)
    return situation_of(
        facts, content, trust=store, at=at, policy=policy, expect=expect, proven_at=proven_at
    )
