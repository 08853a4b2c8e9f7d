"""Copies in PDF for tests of the verifier: issued once a run from published test keys."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from support.synthetic import Synthetic
from vncopy.formats.profile import load_profile
from vncopy.issue.steps import attest_unchecked, prepare, seal_unchecked, sign_qr, typeset
from vncopy.pki import DemoOffice, DemoPki, make_demo_pki
from vncopy.policy import VerificationPolicy

if TYPE_CHECKING:
    from vncopy.issue.states import IssuedCopy
    from vncopy.wire.encode import CarriageChoice

ISSUED = datetime(2026, 11, 21, 3, 21, 35, tzinfo=UTC)
AT = ISSUED + timedelta(days=1)
BASIC = VerificationPolicy.offline_basic()
KeyName = Literal["p256", "rsa"]


@cache
def demo() -> DemoPki:
    """Return the demo PKI of the tests; the P-256 part is always the same."""
    return make_demo_pki(seed=b"tests of the PDF verifier")


def record_of(name: str, office: DemoOffice, seed: int = 1) -> tuple[Any, Any]:
    """Return document and statement of a synthetic record of one of the demo offices."""
    record = Synthetic(seed).record(name)
    authority = record.statement.authority.model_copy(
        update={"name": type(record.statement.authority.name)(office.name)}
    )
    authority = authority.model_copy(
        update={
            "agency_code": type(record.statement.authority.agency_code)(office.entry.agency_code)
        }
    )
    statement = record.statement.model_copy(update={"authority": authority, "issued_at": None})
    return record.document, statement


@cache
def issued(
    name: str = "birth", kind: KeyName = "p256", carriage: CarriageChoice = "full", seed: int = 1
) -> IssuedCopy:
    """Return a copy of a synthetic record, not yet verified."""
    office = demo().offices[0]
    document, statement = record_of(name, office, seed)
    draft = prepare(document, statement, profile=load_profile(ISSUED.date()))
    state = typeset(sign_qr(draft, signer=office.qr.signer(), at=ISSUED, carriage=carriage))
    state = attest_unchecked(state, signer=office.persons[kind].signer())
    return seal_unchecked(state, signer=office.seals[kind].signer())
