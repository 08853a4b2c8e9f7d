"""Files that last: verified with what they bring along, and with what the verifier supplies."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from support.generations import KEYS_OF_2026, World, day
from support.lifetime_copies import issued as long_lived
from support.pdf_copies import AT, BASIC, ISSUED, demo, issued, verify
from support.small_schema import errors
from vncopy.facts import facts_from_json
from vncopy.facts.evidence import MAX_EVIDENCE, Gathered, StoredEvidence
from vncopy.facts.pdf import PDFFacts
from vncopy.pdf.symbol import make_symbol
from vncopy.policy import CheckId, PadesLevel, VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import Verdict, VerificationReport
from vncopy.report.schema import report_schema
from vncopy.verify.image import verify_image
from vncopy.verify.judge import judge
from vncopy.verify.pdf import verify_pdf
from vncopy.verify.signatures import verify_signatures

WORLD = World()
LONG = VerificationPolicy.long_term()


@dataclass
class Source:
    """Evidence of the demo authorities, and what they were asked about."""

    stored: StoredEvidence
    asked: list[tuple[bytes, ...]] = field(default_factory=list)

    def gather(self, chain: Sequence[bytes], /) -> Gathered:
        self.asked.append(tuple(chain))
        return self.stored.gather(chain)


def seal_revoked(since: timedelta = timedelta(hours=1)) -> StoredEvidence:
    """Return what the demo authorities say of a seal that was revoked after the copy."""
    seal = demo().offices[0].seals["p256"]
    return demo().revoked(seal, at=ISSUED + since).evidence(AT)


@cache
def archived() -> bytes:
    return long_lived("p256", "B-LTA").pdf


def ask(**asked: Any) -> VerificationReport[Any]:
    at = asked.pop("at", day(2027))
    values: dict[str, Any] = {"trust": WORLD.trust(at), "at": at, "policy": LONG} | asked
    return verify_pdf(archived(), **values)


def test_every_path_of_a_file_is_asked_about_once() -> None:
    source = Source(demo().evidence(AT))
    report = verify(issued().pdf, evidence=source)
    office = demo().offices[0]
    leaves = {office.persons["p256"], office.seals["p256"], office.qr}
    assert {chain[0] for chain in source.asked} == {each.certificate for each in leaves}
    assert len(source.asked) == len(leaves)
    assert report.verdict is Verdict.VALID
    assert report.check(CheckId.REVOCATION).reason is None
    assert report.check(CheckId.TRUSTED_TIME).reason is Reason.NO_TRUSTED_TIME


def test_what_is_known_against_a_seal_counts_under_every_policy() -> None:
    report = verify(issued().pdf, evidence=seal_revoked())
    assert report.verdict is Verdict.UNDETERMINED
    assert report.check(CheckId.SIGNER_PATHS).reason is Reason.REVOKED_LATER
    before = verify(issued().pdf, evidence=seal_revoked(-timedelta(hours=1)))
    assert before.verdict is Verdict.INVALID
    of_file = verify_signatures(
        issued().pdf, trust=demo().trust, at=AT, policy=BASIC, evidence=seal_revoked()
    )
    assert of_file.verdict is Verdict.UNDETERMINED


def test_stored_facts_of_a_file_keep_what_the_verifier_supplied() -> None:
    report = verify(issued().pdf, evidence=seal_revoked())
    assert isinstance(report.facts, PDFFacts)
    stored = facts_from_json(report.facts.to_json(), PDFFacts)
    asked: dict[str, Any] = {"trust": demo().trust, "at": AT, "policy": BASIC}
    for carrier in (None, issued().pdf):
        again = judge(stored, carrier=carrier, **asked)
        assert again.check(CheckId.SIGNER_PATHS).reason is Reason.REVOKED_LATER
    bare = verify(issued().pdf)
    assert isinstance(bare.facts, PDFFacts)
    found = judge(bare.facts, carrier=issued().pdf, evidence=seal_revoked(), **asked)
    assert found.check(CheckId.SIGNER_PATHS).reason is Reason.REVOKED_LATER
    # Evidence that the facts only say the file had is not the file's.
    forged = replace(
        stored, evidence=tuple(replace(each, origin="file", end=1) for each in stored.evidence)
    )
    clean = judge(forged, carrier=issued().pdf, **asked)
    assert clean.check(CheckId.SIGNER_PATHS).reason is None


def test_more_evidence_than_is_looked_at_leaves_a_file_open() -> None:
    @dataclass
    class Endless:
        def gather(self, _chain: Sequence[bytes], /) -> Gathered:
            return Gathered(pieces=tuple(bytes([n, n]) for n in range(MAX_EVIDENCE + 1)))

    report = verify(issued().pdf, evidence=Endless())
    assert report.verdict is Verdict.UNDETERMINED
    assert report.check(CheckId.LIMITS).reason is Reason.LIMITS_EXCEEDED
    assert report.check(CheckId.KEY_STATE).reason is Reason.LIMITS_EXCEEDED


def test_a_source_that_raises_changes_nothing_but_the_reason() -> None:
    class Broken:
        def gather(self, _chain: Sequence[bytes], /) -> Gathered:
            raise RuntimeError

    report = verify(issued().pdf, evidence=Broken())
    assert report.verdict is Verdict.VALID
    assert report.check(CheckId.REVOCATION).reason is Reason.REVOCATION_UNREACHABLE


def test_pictures_are_judged_with_evidence_too() -> None:
    from io import BytesIO

    from PIL import Image

    side, pixels = make_symbol(issued().qr_text).pixels(4)
    out = BytesIO()
    Image.frombytes("L", (side, side), pixels).save(out, "PNG")
    office = demo().offices[0]
    revoked = demo().revoked(office.qr, at=ISSUED + timedelta(hours=1)).evidence(AT)
    report = verify_image(out.getvalue(), trust=demo().trust, at=AT, policy=BASIC, evidence=revoked)
    assert report.check(CheckId.KEY_STATE).reason is Reason.REVOKED_LATER


# --- files with everything in them -----------------------------------------------------------


def test_an_archived_copy_needs_nothing_from_outside() -> None:
    report = ask()
    assert report.verdict is Verdict.VALID
    copy = report.require()
    assert copy.proven_at is not None
    assert copy.proven_at - copy.claimed_at < timedelta(minutes=1)
    assert [row.level for row in report.signatures] == [PadesLevel.B_LTA, PadesLevel.B_LTA, None]
    assert [row.kind for row in report.signatures] == ["signature", "signature", "timestamp"]
    assert {row.indication[0].value for row in report.signatures} == {"TOTAL-PASSED"}


def test_its_report_keeps_to_the_published_schema() -> None:
    for report in (ask(), ask(at=day(2033, 6)), ask(policy=BASIC)):
        plain = json.loads(report.to_json())
        assert errors(plain, report_schema()) == []
    assert plain["signatures"][0]["proven_by"]


def test_the_symbol_of_a_file_shares_its_proven_time() -> None:
    at = day(2028, 6)
    stolen = WORLD.revoked(*KEYS_OF_2026, at=day(2028, 3))
    report = ask(at=at, evidence=stolen.evidence(at))
    assert report.verdict is Verdict.VALID
    assert report.check(CheckId.KEY_STATE).reason is None


def test_facts_of_an_archived_copy_are_judged_again_without_it() -> None:
    report = ask()
    assert isinstance(report.facts, PDFFacts)
    stored = facts_from_json(report.facts.to_json(), PDFFacts)
    again = judge(stored, trust=WORLD.trust(day(2027)), at=day(2027), policy=LONG)
    assert again.verdict is Verdict.UNDETERMINED  # its content is not at hand
    for check in (CheckId.TRUSTED_TIME, CheckId.REVOCATION, CheckId.LEVEL, CheckId.SIGNER_PATHS):
        assert again.check(check).reason is None
    late = judge(stored, trust=WORLD.trust(day(2034)), at=day(2034), policy=LONG)
    assert late.check(CheckId.TRUSTED_TIME).reason is Reason.TIMESTAMP_EXPIRED


@pytest.mark.parametrize("reveal", ["full", "answer"])
def test_names_of_signers_are_personal(reveal: Any) -> None:
    report = ask(reveal=reveal)
    shown = json.loads(report.to_json())["signatures"][0]["subject"]
    assert (shown is None) is (reveal == "answer")
    assert "Nguyễn" not in repr(report)
    assert "Nguyễn" not in repr(report.signatures)
