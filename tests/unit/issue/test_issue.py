"""Issuing in one call: what comes out, what is refused before signing, and what a break reports."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from support.pdf_copies import ISSUED, demo, record_of
from vncopy.errors import SigningError, TooLongForQR, UsageError
from vncopy.formats.base import NOT_ON_FORM, DocumentTypes, Missing
from vncopy.formats.copies import CopyKind, SourceOfCopy
from vncopy.formats.dates import PartialDate
from vncopy.formats.identifiers import PersonalId
from vncopy.formats.profile import load_profile
from vncopy.formats.record import parse_record
from vncopy.issue import Draft, IssuedCopy, PageFonts, Signers, issue, prepare, steps
from vncopy.issue import sequence as module
from vncopy.pdf.metadata import read_properties
from vncopy.policy import VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import Verdict
from vncopy.trust import KeyState, Role, TrustStore
from vncopy.verify.pdf import verify_pdf
from vncopy.verify.qr import verify_qr

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = load_profile(ISSUED.date())
OFFICE = demo().offices[0]


def zeros(size: int) -> bytes:
    """Stand in for chance, so that two drafts are the same."""
    return bytes(size)


@cache
def draft(name: str = "birth") -> Draft[Any]:
    return prepare(*record_of(name, OFFICE), profile=PROFILE, entropy=zeros)


@cache
def sealed_only() -> Draft[Any]:
    """Return the draft of a kind that may do without a person."""
    document, statement = record_of("birth", OFFICE)
    changed = statement.model_copy(
        update={
            "kind": CopyKind.DIGITISED_RESULT,
            "certifier": NOT_ON_FORM,
            "number": NOT_ON_FORM,
            "source": SourceOfCopy.PAPER_REGISTER,
        }
    )
    return prepare(document, changed, profile=PROFILE, entropy=zeros)


@cache
def signers(kind: Any = "p256") -> Signers:
    return Signers(
        person=OFFICE.persons[kind].signer(),
        seal=OFFICE.seals[kind].signer(),
        qr=OFFICE.qr.signer(),
    )


def rules_of(call: Any) -> list[str]:
    with pytest.raises(UsageError) as caught:
        call()
    assert all(each.message.vi and each.message.en for each in caught.value.problems)
    return [each.rule for each in caught.value.problems]


def fields_of(copy: IssuedCopy) -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(copy.pdf)) as pdf:
        return {str(each.T): "/V" in each for each in pdf.Root.AcroForm.Fields}


@pytest.mark.parametrize("kind", ["p256", "rsa"])
@pytest.mark.parametrize("name", ["birth", "marriage", "death", "land"])
def test_every_type_and_kind_of_key_is_issued_and_valid(name: str, kind: str) -> None:
    copy = issue(draft(name), signers=signers(kind), at=ISSUED, trust=demo().trust)
    policy = VerificationPolicy.offline_basic()
    later = ISSUED + timedelta(days=400)
    qr = verify_qr(copy.qr_text, trust=demo().trust, at=later, policy=policy)
    pdf = verify_pdf(copy.pdf, trust=demo().trust, at=later, policy=policy)
    assert (qr.verdict, pdf.verdict) == (Verdict.VALID, Verdict.VALID)
    assert qr.require().copy_id == pdf.require().copy_id == copy.copy_id
    assert len(copy.pdf) <= 90_000
    assert copy.pdf.startswith(b"%PDF-1.7")


def test_without_a_trust_folder_the_signers_own_certificates_stand_in() -> None:
    copy = issue(draft(), signers=signers(), at=ISSUED)
    assert fields_of(copy) == {"person": True, "seal": True, "timestamp": False}


def test_a_kind_without_person_is_sealed_only_and_the_seal_certifies() -> None:
    only = Signers(seal=signers().seal, qr=signers().qr)
    copy = issue(sealed_only(), signers=only, at=ISSUED, trust=demo().trust)
    assert fields_of(copy) == {"seal": True, "timestamp": False}
    with pikepdf.open(io.BytesIO(copy.pdf)) as pdf:
        (field,) = (each for each in pdf.Root.AcroForm.Fields if str(each.T) == "seal")
        assert pdf.Root.Perms.DocMDP.objgen == field.V.objgen
        assert str(field.V.SubFilter) == "/ETSI.CAdES.detached"


@pytest.mark.parametrize("kind", ["p256", "rsa"])
def test_the_same_draft_keys_and_time_give_the_same_file(kind: str) -> None:
    first = issue(draft(), signers=signers(kind), at=ISSUED)
    assert issue(draft(), signers=signers(kind), at=ISSUED).pdf == first.pdf


def test_the_record_and_its_making_are_in_the_file() -> None:
    copy = issue(draft(), signers=signers(), at=ISSUED)
    with pikepdf.open(io.BytesIO(copy.pdf)) as pdf:
        files = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
        making = read_properties(pdf)
        signed_at = {str(each.V.M) for each in pdf.Root.AcroForm.Fields if "/V" in each}
    assert set(files) == {"copy.vnc1", "record.json"}
    document = draft().record.document
    record = parse_record(files["record.json"], DocumentTypes(type(document)))
    assert record.document == document
    assert record.statement.issued_at == ISSUED
    assert signed_at == {"D:20261121102135+07'00'"}
    assert making["copyId"] == copy.copy_id
    assert making["formatId"] == "vn.birth/1"
    assert {"templateDigest", "symbolVersion", "symbolMask", "typesetter", "fonts"} <= set(making)


def test_fractions_of_a_second_are_dropped_and_any_offset_is_taken() -> None:
    at = ISSUED.astimezone(UTC).replace(microsecond=999_999)
    assert (
        issue(draft(), signers=signers(), at=at).pdf
        == issue(draft(), signers=signers(), at=ISSUED).pdf
    )


def test_the_issuer_is_told_that_the_legal_font_is_missing() -> None:
    (notice,) = issue(draft(), signers=signers(), at=ISSUED).notices
    assert "thay cho Times New Roman" in notice.vi
    assert "instead of Times New Roman" in notice.en


def test_a_deployers_fonts_are_recorded_and_needed_again(tmp_path: Path) -> None:
    (tmp_path / "own.ttf").write_bytes(b"no font, but counted")
    fonts = PageFonts(families=("New Computer Modern",), folder=str(tmp_path))
    made = prepare(*record_of("birth", OFFICE), profile=PROFILE, entropy=zeros, fonts=fonts)
    copy = issue(made, signers=signers(), at=ISSUED, trust=demo().trust)
    with pikepdf.open(io.BytesIO(copy.pdf)) as pdf:
        making = read_properties(pdf)
    assert any("font_unknown" in notice.en for notice in copy.notices)
    assert making["fontFilesDigest"] == fonts.digest()
    assert "NewCM" in making["fonts"]
    assert "Libertinus" not in making["fonts"]
    types = DocumentTypes(type(made.record.document))
    assert Draft.from_json(made.to_json(), types=types, fonts=fonts) == made
    assert Draft.from_json(made.to_json(), types=types).pdf != made.pdf


def test_fonts_that_are_not_there(tmp_path: Path) -> None:
    absent = PageFonts(families=("Times New Roman",))
    document, statement = record_of("birth", OFFICE)
    made = lambda fonts: prepare(document, statement, profile=PROFILE, fonts=fonts)  # noqa: E731
    assert rules_of(lambda: made(absent)) == ["page.font"]
    empty = PageFonts(families=("Libertinus Serif",), folder=str(tmp_path))
    assert rules_of(lambda: made(empty)) == ["page.font"]


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"at": ISSUED.replace(tzinfo=None)}, ["time.aware"]),
        ({"at": ISSUED.isoformat()}, ["time.aware"]),
        ({"at": ISSUED.date()}, ["time.aware"]),
        ({"at": datetime.min.replace(tzinfo=UTC)}, ["time.years"]),
        ({"at": datetime.max.replace(tzinfo=UTC)}, ["time.years"]),
        ({"at": datetime(2026, 1, 2, tzinfo=UTC)}, ["profile.period"]),
        ({"tsa": "http://tsa.example"}, ["issue.tsa"]),
        ({"signers": Signers(seal=signers().seal, qr=signers().qr)}, ["signers.person"]),
        ({"signers": replace(signers(), seal=signers().person)}, ["signers.same_key"]),
        ({"signers": replace(signers(), seal=signers().qr)}, ["signers.same_key"]),
        ({"signers": replace(signers(), qr=signers("rsa").seal)}, ["signer.qr_key"]),
    ],
    ids=[
        "naive",
        "text",
        "day",
        "first year",
        "last year",
        "law",
        "tsa",
        "no person",
        "same key",
        "QR key seals",
        "RSA for QR",
    ],
)
def test_what_is_wrong_is_said_before_anything_is_signed(
    changes: dict[str, Any], rules: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    signed: list[bytes] = []
    monkeypatch.setattr(steps, "sign_checked", lambda *_, **__: signed.append(b""))
    arguments = {"signers": signers(), "at": ISSUED, **changes}
    assert rules_of(lambda: issue(draft(), **arguments)) == rules
    assert not signed


def test_a_person_too_many_is_refused() -> None:
    assert rules_of(lambda: issue(sealed_only(), signers=signers(), at=ISSUED)) == [
        "signers.person"
    ]


def test_a_record_that_does_not_fit_is_refused_unsigned() -> None:
    document, statement = record_of("birth", OFFICE)
    words = " ".join(f"Số {number} ngõ {number * 7919 % 1000}" for number in range(200))
    place = document.birth_place.model_copy(
        update={"text": type(document.birth_place.text)(words[:1900].strip())}
    )
    long = document.model_copy(update={"birth_place": place})
    made = prepare(long, statement, profile=PROFILE)
    with pytest.raises(TooLongForQR):
        issue(made, signers=signers(), at=ISSUED)
    assert issue(made, signers=signers(), at=ISSUED, carriage="auto").qr_text


class Failing:
    """A signer whose card is removed at the moment of signing."""

    def __init__(self, good: Any) -> None:
        self.chain, self.algorithm = good.chain, good.algorithm

    def sign(self, _message: bytes, /) -> bytes:
        raise OSError("card removed")


@pytest.mark.parametrize("who", ["person", "seal"])
def test_a_key_that_fails_after_the_qr_was_signed_reports_the_copy_id(who: str) -> None:
    broken = replace(signers(), **{who: Failing(getattr(signers(), who))})
    with pytest.raises(SigningError) as caught:
        issue(draft(), signers=broken, at=ISSUED)
    assert caught.value.copy_id == draft().record.copy_id
    assert caught.value.copy_id in str(caught.value)


def test_a_qr_key_that_fails_has_spent_nothing() -> None:
    broken = replace(signers(), qr=Failing(signers().qr))
    with pytest.raises(SigningError) as caught:
        issue(draft(), signers=broken, at=ISSUED)
    assert caught.value.copy_id is None


@pytest.mark.parametrize("failure", [UsageError.of("x", "x", vi="x", en="x"), MemoryError()])
def test_any_other_break_names_the_copy_id_too(
    failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: Any, **__: Any) -> Any:
        raise failure

    monkeypatch.setattr(module, "typeset_unchecked", stop)
    copy_id = draft().record.copy_id
    expected = SigningError if isinstance(failure, UsageError) else MemoryError
    with pytest.raises(expected) as caught:
        issue(draft(), signers=signers(), at=ISSUED)
    notes = " ".join(getattr(caught.value, "__notes__", ()))
    assert copy_id in str(caught.value) + notes


def changed_trust(role: Role, /, **changes: Any) -> TrustStore:
    """Return the demo's trust in which one of the office's entries is another."""
    entry = OFFICE.entry
    certificates = tuple(
        replace(each, **changes) if each.role is role else each for each in entry.certificates
    )
    offices = (replace(entry, certificates=certificates), *demo().trust.offices[1:])
    return replace(demo().trust, offices=offices)


@pytest.mark.parametrize(
    ("trust", "role", "reason"),
    [
        (replace(demo().trust, offices=demo().trust.offices[1:]), "qr", "unknown_key"),
        (changed_trust(Role.SEAL, role=Role.STATUS), "seal", "unknown_key"),
        (changed_trust(Role.PERSON, scopes=()), "person", "scope_type"),
        (changed_trust(Role.QR, signs_until=ISSUED), "qr", "claimed_outside_window"),
        (
            changed_trust(Role.SEAL, state=KeyState.REVOKED, state_since=ISSUED),
            "seal",
            "key_revoked",
        ),
    ],
    ids=["unknown", "role", "scope", "window", "revoked"],
)
def test_keys_that_receivers_do_not_accept_are_refused_before_they_sign(
    trust: TrustStore, role: str, reason: str
) -> None:
    with pytest.raises(SigningError) as caught:
        issue(draft(), signers=signers(), at=ISSUED, trust=trust)
    assert (caught.value.role, caught.value.reason) == (role, reason)
    assert caught.value.copy_id is None
    assert Reason(reason).text("vi") in caught.value.message.vi
    assert Reason(reason).text("en") in caught.value.message.en


@pytest.mark.parametrize(
    ("at", "kind", "rule"),
    [
        (ISSUED, "land_office", "law.kind_office"),
        (datetime(2027, 3, 2, tzinfo=UTC), OFFICE.entry.kind, "law.profile_unknown"),
    ],
    ids=["not of this office", "not written yet"],
)
def test_what_receivers_will_ask_of_the_law_is_asked_before_anybody_signs(
    at: datetime, kind: str, rule: str
) -> None:
    offices = (replace(OFFICE.entry, kind=kind), *demo().trust.offices[1:])
    trust = replace(demo().trust, offices=offices)
    with pytest.raises(UsageError) as caught:
        issue(draft(), signers=signers(), at=at, trust=trust)
    assert [each.rule for each in caught.value.problems] == [rule]


def test_the_keys_of_another_office_are_refused_before_they_sign() -> None:
    other = demo().offices[1]
    theirs = replace(signers(), seal=other.seals["p256"].signer())
    with pytest.raises(SigningError) as caught:
        issue(draft(), signers=theirs, at=ISSUED, trust=demo().trust)
    assert (caught.value.role, caught.value.reason) == ("seal", Reason.OFFICES_DIFFER)


def test_a_result_that_receivers_do_not_accept_is_not_handed_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "check_keys", lambda *_, **__: None)
    elsewhere = replace(demo().trust, offices=demo().trust.offices[1:])
    with pytest.raises(SigningError) as caught:
        issue(draft(), signers=signers(), at=ISSUED, trust=elsewhere)
    assert "issuer_known" in caught.value.message.en
    assert caught.value.copy_id == draft().record.copy_id


def test_a_draft_that_the_law_forbids_names_every_problem() -> None:
    document, statement = record_of("birth", OFFICE)
    bad = statement.model_copy(
        update={"certifier": NOT_ON_FORM, "source": SourceOfCopy.PAPER_ORIGINAL}
    )
    rules = rules_of(lambda: prepare(document, bad, profile=PROFILE))
    assert set(rules) == {"certifier.required", "kind.source"}


def test_a_draft_has_no_time_yet() -> None:
    document, statement = record_of("birth", OFFICE)
    timed = statement.at(ISSUED)
    assert rules_of(lambda: prepare(document, timed, profile=PROFILE)) == ["statement.issued_at"]


def test_a_draft_says_so_on_its_page_and_cannot_be_signed() -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(draft().pdf) as pdf:
        assert "DỰ THẢO" in pdf[0].get_textpage().get_text_bounded()
    with pikepdf.open(io.BytesIO(draft().pdf)) as file:
        assert "/AcroForm" not in file.Root
        assert not file.attachments


def test_nothing_personal_is_shown() -> None:
    copy = issue(draft(), signers=signers(), at=ISSUED)
    name = str(draft().record.document.full_name)
    shown = repr(draft()) + repr(copy) + repr(signers())
    assert name not in shown
    assert "0000" in shown
    assert not isinstance(draft().record.statement.certifier, Missing)


def test_the_symbol_is_given_as_a_picture() -> None:
    assert issue(draft(), signers=signers(), at=ISSUED).qr_png().startswith(b"\x89PNG")


def test_threads_and_a_running_event_loop_issue_the_same_file() -> None:
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    expected = issue(draft(), signers=signers(), at=ISSUED).pdf

    async def inside_a_loop() -> bytes:
        return issue(draft(), signers=signers(), at=ISSUED).pdf

    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(issue, draft(), signers=signers(), at=ISSUED) for _ in range(4)]
        made = {job.result().pdf for job in jobs}
    assert made | {asyncio.run(inside_a_loop())} == {expected}


def test_another_process_makes_the_same_page() -> None:
    import subprocess
    import sys

    script = (
        "import hashlib, sys; sys.path[:0] = sys.argv[1:];"
        "from support.pdf_copies import ISSUED, demo, record_of;"
        "from vncopy.formats.profile import load_profile; from vncopy.issue import prepare;"
        "p = load_profile(ISSUED.date());"
        "d = prepare(*record_of('birth', demo().offices[0]), profile=p, entropy=bytes);"
        "print(hashlib.sha256(d.pdf).hexdigest())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, *sys.path],
        capture_output=True,
        text=True,
        check=True,
    )
    import hashlib

    assert ran.stdout.strip() == hashlib.sha256(draft().pdf).hexdigest()


def test_a_draft_names_what_is_implausible_and_is_made_all_the_same() -> None:
    assert draft("birth").findings == ()
    document, statement = record_of("birth", OFFICE)
    odd = document.model_copy(update={"personal_id": PersonalId("001019004512")})
    made = prepare(odd, statement, profile=PROFILE, entropy=zeros)
    assert {each.level for each in made.findings} == {"warning"}
    assert "civil.personal_id_gender" in {each.problem.rule for each in made.findings}


def test_nothing_is_issued_on_a_day_before_what_it_copies() -> None:
    document, statement = record_of("birth", OFFICE)
    ahead = document.model_copy(update={"registration_date": PartialDate.parse("2026-12-31")})
    made = prepare(ahead, statement, profile=PROFILE, entropy=zeros)
    rules = rules_of(lambda: issue(made, signers=signers("p256"), at=ISSUED))
    assert rules == ["document.future_date"]
