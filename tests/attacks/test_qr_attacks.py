"""What somebody with a printer, another office's key or a stolen one could try with a symbol."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from support.qr_copies import (
    AT,
    BASIC,
    ISSUED,
    changed_key,
    changed_office,
    commune,
    pki,
    record,
    sign,
    text,
    with_statement,
)
from vncopy.formats.copies import CopyKind, SourceOfCopy
from vncopy.formats.identifiers import AgencyCode, RegisterCopyNumber
from vncopy.formats.text import Label
from vncopy.pki import DemoIdentity, make_demo_pki
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Verdict, VerificationReport
from vncopy.trust import KeyState, Role, Scope, TrustStore, kid_of
from vncopy.verify.qr import verify_qr
from vncopy.wire import cose
from vncopy.wire.cose import frame, normalise_low_s, parse_message, to_be_signed, to_text

pytestmark = pytest.mark.qr_path

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def verify(symbol: str, trust: TrustStore | None = None) -> VerificationReport[Any]:
    return verify_qr(symbol, trust=trust or pki().trust, at=AT, policy=BASIC)


def signed(payload: bytes, identity: DemoIdentity) -> str:
    kid = kid_of(identity.certificate)
    signature = normalise_low_s(identity.signer().sign(to_be_signed(kid, payload)))
    return to_text(frame(kid, payload, signature))


def test_the_twin_of_a_signature_is_refused() -> None:
    message = parse_message(text())
    s = int.from_bytes(message.signature[32:])
    twin = message.signature[:32] + (ORDER - s).to_bytes(32)
    report = verify(to_text(frame(message.kid, message.payload, twin)))
    assert report.check(CheckId.FRAMING).reason is Reason.HIGH_S


def test_the_key_id_of_another_office_does_not_carry_the_signature_along() -> None:
    message = parse_message(text())
    other = kid_of(pki().offices[1].qr.certificate)
    report = verify(to_text(frame(other, message.payload, message.signature)))
    assert report.check(CheckId.SIGNATURE).reason is Reason.BAD_SIGNATURE


def test_another_office_cannot_sign_the_same_content() -> None:
    report = verify(signed(parse_message(text()).payload, pki().offices[1].qr))
    assert report.check(CheckId.SIGNATURE).verdict is Verdict.VALID
    assert report.check(CheckId.OFFICES_AGREE).reason is Reason.OFFICES_DIFFER
    assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize("which", ["persons", "seals"])
def test_keys_of_other_roles_do_not_sign_symbols(which: str) -> None:
    identity = getattr(commune(), which)["p256"]
    report = verify(sign(record(), identity=identity))
    assert report.check(CheckId.ISSUER_KNOWN).reason is Reason.WRONG_ROLE
    assert report.verdict is Verdict.INVALID


def test_authorities_and_timestamps_do_not_sign_symbols() -> None:
    for identity in (pki().root, pki().issuing):
        report = verify(signed(parse_message(text()).payload, identity))
        assert report.check(CheckId.ISSUER_KNOWN).reason is Reason.UNKNOWN_KEY
    report = verify(signed(parse_message(text()).payload, pki().tsa))
    assert report.check(CheckId.ISSUER_KNOWN).reason is Reason.WRONG_ROLE


def test_a_hierarchy_with_all_the_right_names_is_not_trusted() -> None:
    imitation = make_demo_pki(seed=b"imitation", kinds=("p256",))
    office = imitation.offices[0]
    assert office.name == commune().name
    report = verify(sign(record(), identity=office.qr))
    assert report.check(CheckId.ISSUER_KNOWN).reason is Reason.UNKNOWN_KEY
    smuggled = replace(imitation.trust, anchors=pki().trust.anchors)
    report = verify(sign(record(), identity=office.qr), smuggled)
    assert report.check(CheckId.PATH).verdict is not Verdict.VALID
    assert report.verdict is not Verdict.VALID


def test_a_commune_cannot_copy_from_the_land_register() -> None:
    made = with_statement(
        record("land"), kind=CopyKind.REGISTER_COPY, source=SourceOfCopy.PAPER_REGISTER
    )
    report = verify(sign(made, carriage="reference"))
    assert report.check(CheckId.ROLE_SCOPE).reason is Reason.SCOPE_KIND
    assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize("carriage", ["full", "reference"])
def test_an_office_cannot_copy_from_the_register_of_another(carriage: str) -> None:
    """Its key may sign copies from registers, and it holds such registers: its own."""
    made = with_statement(
        record(),
        kind=CopyKind.REGISTER_COPY,
        source=SourceOfCopy.PAPER_REGISTER,
        number=RegisterCopyNumber("12/2026/BS"),
    )
    scope = Scope(types=frozenset({"vn.birth/1"}), kinds=frozenset({"register_copy"}))
    entries = tuple(
        replace(each, scopes=(scope,)) if each.role is Role.QR else each
        for each in commune().entry.certificates
    )
    trust = changed_office(registers=frozenset({"vn.birth"}), certificates=entries)
    for office, outcome in ((pki().offices[0], None), (pki().offices[1], Reason.KIND_OFFICE)):
        place = made.statement.authority.model_copy(
            update={"name": Label(office.name), "agency_code": AgencyCode(office.entry.agency_code)}
        )
        document = made.document.model_copy(update={"registration_place": place})
        report = verify(sign(replace(made, document=document), carriage=carriage), trust)
        assert report.check(CheckId.KIND_OFFICE).reason is outcome


def test_the_land_office_cannot_issue_births() -> None:
    office = pki().offices[2]
    report = verify(sign(record(office=office), identity=office.qr))
    assert report.check(CheckId.ROLE_SCOPE).reason is Reason.SCOPE_TYPE
    assert report.check(CheckId.KIND_OFFICE).reason is Reason.KIND_OFFICE


@pytest.mark.parametrize(
    "source", [SourceOfCopy.ELECTRONIC_ORIGINAL, SourceOfCopy.OFFICE_COPY_SAO_Y]
)
def test_no_certified_copy_is_made_of_anything_but_the_paper_original(source: SourceOfCopy) -> None:
    made = with_statement(record("land"), kind=CopyKind.CERTIFIED_COPY, source=source)
    report = verify(sign(made, carriage="reference"))
    assert report.check(CheckId.KIND_OFFICE).reason is Reason.KIND_STATEMENT
    assert report.verdict is Verdict.INVALID


def test_an_uncertified_scan_is_never_a_copy() -> None:
    report = verify(sign(with_statement(record(), kind=CopyKind.UNCERTIFIED_SCAN)))
    assert report.verdict is Verdict.INVALID
    assert report.check(CheckId.ROLE_SCOPE).reason is Reason.SCOPE_KIND
    assert report.check(CheckId.KIND_OFFICE).reason is Reason.KIND_STATEMENT


def test_a_stolen_key_that_claims_an_older_time_is_not_believed() -> None:
    stolen = changed_key(state=KeyState.COMPROMISED, state_since=ISSUED + timedelta(days=1))
    report = verify(text(), stolen)
    assert report.check(CheckId.CLAIMED_TIME).verdict is Verdict.VALID
    assert report.check(CheckId.KEY_STATE).reason is Reason.NO_PROOF_OF_EXISTENCE
    assert report.verdict is Verdict.UNDETERMINED


def test_a_retired_key_stays_good_for_its_old_copies_and_for_no_new_ones() -> None:
    retired = changed_key(state=KeyState.RETIRED, signs_until=ISSUED + timedelta(seconds=1))
    assert verify(text(), retired).verdict is Verdict.VALID
    ended = changed_key(state=KeyState.RETIRED, signs_until=ISSUED)
    report = verify(text(), ended)
    assert report.check(CheckId.CLAIMED_TIME).reason is Reason.CLAIMED_OUTSIDE_WINDOW


def test_a_bomb_signed_by_the_office_is_not_inflated_whole() -> None:
    maker = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = maker.compress(bytes(400_000)) + maker.flush()
    report = verify(signed(bomb, commune().qr))
    assert report.check(CheckId.PAYLOAD).reason is Reason.TOO_LARGE


def test_two_messages_in_one_text_are_none() -> None:
    one = text()
    for joined in (one + one, one + one.removeprefix(cose.PREFIX), f" {one}", f"{one}\n"):
        assert verify(joined).check(CheckId.FRAMING).verdict is Verdict.INVALID


def test_the_same_copy_with_another_signature_keeps_its_identity() -> None:
    """ECDSA has many good signatures of one content: copies are told apart by id alone."""
    payload = parse_message(text()).payload
    again = signed(payload, commune().qr)
    first, second = verify(text()).require(), verify(again).require()
    assert first.copy_id == second.copy_id
