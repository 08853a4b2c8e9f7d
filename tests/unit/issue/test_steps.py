"""Step by step: states that are stored between steps, and what a tampered state comes to."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from support.pdf_copies import ISSUED, demo, record_of
from vncopy.errors import UsageError
from vncopy.formats.base import DocumentTypes
from vncopy.formats.profile import load_profile
from vncopy.issue import Draft, Step, UnsealedCopy, attest, issue, prepare, seal, sign_qr, typeset
from vncopy.issue.states import Signers
from vncopy.pdf.seal import seal_field

PROFILE = load_profile(ISSUED.date())
OFFICE = demo().offices[0]
PERSON, SEAL, QR = (
    OFFICE.persons["p256"].signer(),
    OFFICE.seals["p256"].signer(),
    OFFICE.qr.signer(),
)


@cache
def draft(seed: int = 1) -> Draft[Any]:
    return prepare(*record_of("birth", OFFICE, seed), profile=PROFILE, entropy=bytes)


TYPES = DocumentTypes(type(draft().record.document))


@cache
def at_step(step: Step, seed: int = 1) -> UnsealedCopy[Any]:
    state = sign_qr(draft(seed), signer=QR, at=ISSUED)
    if step is not Step.QR_SIGNED:
        state = typeset(state)
    return attest(state, signer=PERSON) if step is Step.ATTESTED else state


def rule_of(call: Any) -> str:
    with pytest.raises(UsageError) as caught:
        call()
    return caught.value.problems[0].rule


def stored(state: UnsealedCopy[Any]) -> UnsealedCopy[Any]:
    return UnsealedCopy.from_json(state.to_json(), types=TYPES)


def test_steps_with_stored_states_give_the_file_of_one_call() -> None:
    kept = Draft.from_json(draft().to_json(), types=TYPES)
    assert kept == draft()
    state = stored(sign_qr(kept, signer=QR, at=ISSUED))
    state = stored(typeset(state))
    state = stored(attest(state, signer=PERSON))
    copy = seal(state, signer=SEAL, trust=demo().trust)
    signers = Signers(person=PERSON, seal=SEAL, qr=QR)
    assert copy == issue(draft(), signers=signers, at=ISSUED)


@pytest.mark.parametrize("step", list(Step))
def test_a_state_comes_back_as_it_was(step: Step) -> None:
    assert stored(at_step(step)) == at_step(step)


def test_steps_out_of_order_are_refused() -> None:
    assert rule_of(lambda: typeset(at_step(Step.TYPESET))) == "state.order"
    assert rule_of(lambda: attest(at_step(Step.QR_SIGNED), signer=PERSON)) == "state.order"
    assert rule_of(lambda: attest(at_step(Step.ATTESTED), signer=PERSON)) == "state.order"
    assert rule_of(lambda: seal(at_step(Step.TYPESET), signer=SEAL)) == "state.order"


def test_nobody_signs_a_file_that_is_not_the_records_page() -> None:
    good, other = at_step(Step.TYPESET), at_step(Step.TYPESET, seed=2)
    for changed in (
        replace(good, pdf=other.pdf),
        replace(good, record=other.record),
        replace(good, qr_text=other.qr_text),
        replace(good, pdf=good.pdf + b"%"),
        replace(good, pdf=good.pdf[:-30] + b" " + good.pdf[-29:]),
        replace(good, qr_text="VNC1:" + "0" * 60),
    ):
        assert rule_of(lambda changed=changed: attest(changed, signer=PERSON)) == "state.changed"


def test_the_agency_does_not_seal_another_page_either() -> None:
    good, other = at_step(Step.ATTESTED), at_step(Step.ATTESTED, seed=2)
    for changed in (
        replace(good, pdf=other.pdf),
        replace(good, record=other.record),
        replace(good, qr_text=other.qr_text),
        replace(good, pdf=b""),
        replace(good, pdf=good.pdf + b"\n% more\n"),
        replace(good, pdf=good.pdf.replace(b"/ByteRange [0 ", b"/ByteRange [1 ")),
    ):
        assert rule_of(lambda changed=changed: seal(changed, signer=SEAL)) == "state.changed"


@pytest.mark.parametrize(
    "change",
    [
        {"state": "draft"},
        {"state_version": 2},
        {"profile": "vn-1900"},
        {"record": 7},
        {"step": "sealed"},
        {"qr_text": None},
        {"pdf": "not base64!"},
        {"qr_chain": "x"},
        {"person_chain": [7]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_stored_bytes_that_are_no_state(change: dict[str, Any]) -> None:
    frame = {**json.loads(at_step(Step.TYPESET).to_json()), **change}
    data = json.dumps(frame, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert rule_of(lambda: UnsealedCopy.from_json(data, types=TYPES)) == "state.format"


@pytest.mark.parametrize("junk", [b"", b"{}", b"[]", b"\xff", b'{"state":"draft"}'])
def test_junk_is_no_draft(junk: bytes) -> None:
    with pytest.raises(UsageError):
        Draft.from_json(junk, types=TYPES)


def test_states_show_nothing_personal() -> None:
    state = at_step(Step.TYPESET)
    assert repr(state) == f"UnsealedCopy(typeset, vn.birth/1, {state.copy_id})"


def test_a_field_that_is_not_there_or_signed_already() -> None:
    from vncopy.errors import SigningError

    for field in ("person", "nobody"):
        with pytest.raises(SigningError):
            seal_field(
                at_step(Step.ATTESTED).pdf,
                field=field,
                chain=PERSON.chain,
                sign=PERSON.sign,
                locks=(),
                certify=False,
                at=ISSUED,
            )
