"""Each check of a PDF by itself: facts in, one verdict with its reason out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from support.chains import leaf, rebuilt, root
from support.der import oid, tlv
from support.pdf_copies import AT, BASIC, ISSUED, demo, issued, verify
from support.proofs import token
from vncopy.facts.common import NOT_RUN, PASSED, Step
from vncopy.facts.pdf import (
    AttachmentFacts,
    ContentFacts,
    PDFFacts,
    RenderingFacts,
    SignatureFacts,
)
from vncopy.policy import VerificationPolicy
from vncopy.reasons import Reason
from vncopy.trust import CertificateEntry, KeyState, Role, Scope, TrustStore, Vouching
from vncopy.verify import checks_pdf, checks_time
from vncopy.verify.checks_signers import find_signers, signer_paths, signer_roles
from vncopy.verify.explain import signer_reports
from vncopy.verify.moment import Moment
from vncopy.verify.proofs import FileProofs, prove

UNREAD = Step(reason=Reason.PDF_MALFORMED)


@cache
def good() -> PDFFacts:
    facts = verify(issued().pdf).facts
    assert isinstance(facts, PDFFacts)
    return facts


def with_seal(**changes: Any) -> PDFFacts:
    person, seal = good().signatures
    return replace(good(), signatures=(person, replace(seal, **changes)))


def timestamp(**changes: Any) -> SignatureFacts:
    seal = good().signatures[1]
    values = {"kind": "timestamp", "subfilter": "ETSI.RFC3161"} | changes
    return replace(seal, **values)


def proofs(
    facts: PDFFacts,
    trust: TrustStore | None = None,
    at: Any = AT,
    policy: VerificationPolicy = BASIC,
) -> FileProofs:
    return prove(facts, Moment(trust=trust or demo().trust, at=at, policy=policy))


def level(facts: PDFFacts, policy: VerificationPolicy = BASIC) -> Any:
    found = proofs(facts, policy=policy)
    return checks_time.level(found, find_signers(found), foreign=False)


EVERY = (
    checks_pdf.coverage,
    checks_pdf.revisions,
    lambda facts: checks_time.revocation(facts, find_signers(proofs(facts))),
    lambda facts: checks_time.trusted_time(
        facts, find_signers(proofs(facts)), BASIC, foreign=False
    ),
    checks_pdf.active_content,
    checks_pdf.record_embedded,
    checks_pdf.pdfa_claim,
    level,
)


@pytest.mark.parametrize("number", range(len(EVERY)))
def test_nothing_is_judged_in_a_file_that_was_not_read(number: int) -> None:
    assert EVERY[number](replace(good(), reading=UNREAD)).reason is Reason.NOT_RUN


def test_limits() -> None:
    assert checks_pdf.limits(good()).reason is None
    over = Step(reason=Reason.LIMITS_EXCEEDED, detail="pages")
    assert checks_pdf.limits(replace(good(), reading=over)).reason is Reason.LIMITS_EXCEEDED
    assert checks_pdf.limits(replace(good(), drawing=over)).detail == "pages"
    intact = checks_pdf.signatures_intact(replace(good(), reading=over))
    assert intact.reason is Reason.NOT_RUN
    assert checks_pdf.renderings(replace(good(), drawing=over)).reason is Reason.NOT_RUN


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (good, None),
        (lambda: replace(good(), reading=UNREAD), Reason.PDF_MALFORMED),
        (lambda: replace(good(), byte_ranges=3), Reason.BYTE_RANGE),
        (lambda: replace(good(), byte_ranges=0), Reason.BYTE_RANGE),
        (lambda: replace(good(), signatures=(), byte_ranges=0), Reason.NO_SIGNATURE),
        (lambda: replace(good(), signatures=(timestamp(),), byte_ranges=1), Reason.NO_SIGNATURE),
        (lambda: with_seal(problem=Reason.CMS_ALGORITHM), Reason.CMS_ALGORITHM),
        (lambda: with_seal(intact=False), Reason.CMS_DIGEST),
        (lambda: with_seal(valid=False), Reason.CMS_SIGNATURE),
        (lambda: with_seal(subfilter="adbe.pkcs7.detached"), Reason.SIGNATURE_FIELD),
        (lambda: with_seal(has_signing_certificate=False), Reason.CMS_ATTRIBUTES),
        (lambda: with_seal(kind="timestamp", subfilter="ETSI.RFC3161"), None),
        (lambda: with_seal(kind="timestamp"), Reason.SIGNATURE_FIELD),
    ],
)
def test_signatures_intact(facts: Any, reason: Reason | None) -> None:
    assert checks_pdf.signatures_intact(facts()).reason is reason


def test_a_strangers_signature_need_not_be_pades() -> None:
    facts = with_seal(subfilter="adbe.pkcs7.detached", has_signing_certificate=False)
    assert checks_pdf.signatures_intact(facts, foreign=True).reason is None
    assert checks_pdf.signature_reasons(facts.signatures[1], foreign=True) == ()


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (good, None),
        (lambda: replace(good(), signatures=()), Reason.NOT_RUN),
        (lambda: replace(good(), tail=1), Reason.TRAILING_BYTES),
        (lambda: with_seal(padding_zero=False), Reason.CONTENTS_PADDING),
        (lambda: with_seal(unsigned_attributes=("1.2.3",)), Reason.UNSIGNED_ATTRIBUTES),
        (lambda: with_seal(unsigned_attributes=("1.2.840.113549.1.9.16.2.14",)), None),
        (lambda: with_seal(coverage="contiguous"), Reason.COVERAGE),
    ],
)
def test_coverage(facts: Any, reason: Reason | None) -> None:
    assert checks_pdf.coverage(facts()).reason is reason


def with_revision(number: int, **changes: Any) -> PDFFacts:
    rows = list(good().revisions)
    rows[number] = replace(rows[number], **changes)
    return replace(good(), revisions=tuple(rows))


@pytest.mark.parametrize(
    ("facts", "foreign", "reason"),
    [
        (good, False, None),
        (lambda: replace(good(), signatures=()), False, Reason.NOT_RUN),
        (lambda: replace(good(), revisions=()), False, Reason.REVISION_UNEXPLAINED),
        (lambda: with_seal(modification="other"), True, Reason.REVISION_FORBIDDEN),
        (lambda: with_seal(modification="annotations"), True, Reason.REVISION_FORBIDDEN),
        (lambda: with_seal(modification="form_filling"), True, None),
        (
            lambda: with_seal(modification="form_filling", permission=1),
            True,
            Reason.REVISION_FORBIDDEN,
        ),
        (lambda: with_seal(modification="lta_updates", permission=1), True, None),
        (lambda: with_revision(0, forbidden=("page 1",)), False, Reason.REVISION_FORBIDDEN),
        (lambda: with_revision(0, forbidden=("page 1",)), True, None),
        (lambda: with_revision(1, size=9, dss=False), False, Reason.REVISION_FORBIDDEN),
        (lambda: with_revision(1, size=9, dss=True), False, Reason.REVISION_FORBIDDEN),
        (lambda: with_revision(1, size=9, dss=True), True, None),
        (
            lambda: with_revision(1, size=9, dss=True, forbidden=("x",)),
            True,
            Reason.REVISION_FORBIDDEN,
        ),
        (
            lambda: replace(good(), signatures=(timestamp(), good().signatures[1])),
            False,
            Reason.REVISION_FORBIDDEN,
        ),
    ],
)
def test_revisions(facts: Any, foreign: bool, reason: Reason | None) -> None:
    assert checks_pdf.revisions(facts(), foreign=foreign).reason is reason


def test_level() -> None:
    assert level(good()).reason is None
    assert level(good(), VerificationPolicy.strict()).reason is Reason.LEVEL_TOO_LOW
    assert level(replace(good(), signatures=())).reason is Reason.NOT_RUN


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"active": ("Launch",)}, Reason.ACTIVE_CONTENT),
        ({"external": ("GoToR",)}, Reason.EXTERNAL_REFERENCE),
        ({"hidden": ("OCG",)}, Reason.HIDDEN_LAYER),
    ],
)
def test_active_content(changes: dict[str, Any], reason: Reason | None) -> None:
    assert checks_pdf.active_content(replace(good(), **changes)).reason is reason


def test_links_and_layers_of_strangers_are_named_and_scripts_are_not_passed() -> None:
    facts = replace(good(), active=("AA",), external=("URI",), hidden=("OCG",))
    assert checks_pdf.active_content(facts, foreign=True).detail == "AA, URI, OCG"
    facts = replace(good(), active=("JS", "JavaScript"))
    assert checks_pdf.active_content(facts, foreign=True).reason is Reason.ACTIVE_CONTENT


def rendering(**changes: Any) -> tuple[RenderingFacts, ...]:
    return (replace(good().renderings[0], **changes),)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"drawing": NOT_RUN}, Reason.NOT_RUN),
        ({"drawing": Step(reason=Reason.RENDERING_FAILED)}, Reason.RENDERING_FAILED),
        ({"renderings": ()}, Reason.RENDERING_FAILED),
        ({"pages": 2}, Reason.RENDERING_DIFFERS),
    ],
)
def test_renderings(changes: dict[str, Any], reason: Reason | None) -> None:
    assert checks_pdf.renderings(replace(good(), **changes)).reason is reason


def test_renderings_that_differ_or_were_masked() -> None:
    def judged(**changes: Any) -> Any:
        return checks_pdf.renderings(replace(good(), renderings=rendering(**changes)))

    assert judged(differing=(1,)).reason is Reason.RENDERING_DIFFERS
    assert judged(masked=1, masked_percent=3).detail == "1 later fields not compared"
    assert judged(masked=1, masked_percent=60).reason is Reason.FOREIGN_WIDGET


def attached(*names: str, **changes: Any) -> PDFFacts:
    model = good().attachments[0]
    rows: list[AttachmentFacts] = [replace(model, name=name, **changes) for name in names]
    return replace(good(), attachments=tuple(rows))


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (good, None),
        (lambda: attached("copy.vnc1"), Reason.RECORD_MISSING),
        (lambda: attached("record.json"), Reason.RECORD_MISSING),
        (lambda: attached("copy.vnc1", "record.json", "record.json"), Reason.RECORD_TWICE),
        (lambda: attached("copy.vnc1", "record.json", ""), Reason.ATTACHMENT_UNEXPECTED),
        (
            lambda: attached("copy.vnc1", "record.json", associated=False),
            Reason.ATTACHMENT_UNEXPECTED,
        ),
        (
            lambda: attached("copy.vnc1", "record.json", relationship="Source"),
            Reason.ATTACHMENT_UNEXPECTED,
        ),
    ],
)
def test_record_embedded(facts: Any, reason: Reason | None) -> None:
    assert checks_pdf.record_embedded(facts()).reason is reason


def test_outcomes_of_comparing_the_content() -> None:
    differs = Step(reason=Reason.RECORD_DIFFERS)
    malformed = Step(reason=Reason.RECORD_MALFORMED, detail="salt: salt.length")
    for content, reason in (
        (ContentFacts(), Reason.NOT_RUN),
        (ContentFacts(record=malformed), Reason.RECORD_MALFORMED),
        (ContentFacts(record=PASSED), Reason.NOT_RUN),
        (ContentFacts(record=PASSED, record_matches=differs), Reason.RECORD_DIFFERS),
        (ContentFacts(record=PASSED, record_matches=PASSED), None),
    ):
        facts = replace(good(), content=content)
        assert checks_pdf.record_matches_payload(facts).reason is reason
    missing = ContentFacts(printed_symbol=Step(reason=Reason.SYMBOL_MISSING))
    facts = replace(good(), content=missing)
    assert checks_pdf.printed_symbol(facts).reason is Reason.SYMBOL_MISSING
    assert checks_pdf.page_text(facts, demo().trust).reason is Reason.NOT_RUN


@pytest.mark.parametrize(
    "changes", [{"pdfa": "3b"}, {"pdfa": ""}, {"pdfua": ""}, {"pdf_version": "2.0"}]
)
def test_pdfa_claim(changes: dict[str, Any]) -> None:
    assert checks_pdf.pdfa_claim(good()).reason is None
    assert checks_pdf.pdfa_claim(replace(good(), **changes)).reason is Reason.PDFA_CLAIM


# --- signers ---------------------------------------------------------------------------------------


def trust_with(role: Role, /, **changes: Any) -> TrustStore:
    """Return the demo trust with another entry for the certificate of a role."""
    trust = demo().trust
    used = {signature.certificates[0] for signature in good().signatures}

    def changed(entry: CertificateEntry) -> CertificateEntry:
        if entry.role is not role or entry.certificate not in used:
            return entry
        return replace(entry, **changes)

    offices = tuple(
        replace(office, certificates=tuple(changed(entry) for entry in office.certificates))
        for office in trust.offices
    )
    return TrustStore(anchors=trust.anchors, offices=offices, intermediates=trust.intermediates)


def roles_reason(facts: PDFFacts, trust: TrustStore | None = None) -> Reason | None:
    signers = find_signers(proofs(facts, trust))
    return signer_roles(facts, signers, BASIC).reason


@pytest.mark.parametrize(
    ("role", "changes", "reason"),
    [
        (Role.SEAL, {"signs_until": ISSUED}, Reason.CLAIMED_OUTSIDE_WINDOW),
        (Role.PERSON, {"signs_from": AT}, Reason.CLAIMED_OUTSIDE_WINDOW),
        (Role.SEAL, {"state": KeyState.RETIRED}, None),
        (Role.SEAL, {"state": KeyState.REVOKED, "state_since": ISSUED}, Reason.KEY_REVOKED),
        (Role.SEAL, {"state": KeyState.REVOKED, "state_since": AT}, None),
        (
            Role.PERSON,
            {"state": KeyState.COMPROMISED, "state_since": AT},
            Reason.NO_PROOF_OF_EXISTENCE,
        ),
        (Role.SEAL, {"scopes": ()}, Reason.SCOPE_TYPE),
        (
            Role.SEAL,
            {"scopes": (Scope(types=frozenset({"vn.birth/1"}), kinds=frozenset()),)},
            Reason.SCOPE_KIND,
        ),
        (Role.SEAL, {"role": Role.TSA}, Reason.WRONG_ROLE),
        (Role.SEAL, {"role": Role.PERSON}, Reason.SEAL_MISSING),
        (Role.PERSON, {"role": Role.SEAL}, Reason.PERSON_MISSING),
    ],
)
def test_what_the_trust_folder_says_of_a_signer(
    role: Role, changes: dict[str, Any], reason: Reason | None
) -> None:
    assert roles_reason(good(), trust_with(role, **changes)) is reason


def test_roles_of_the_signers() -> None:
    person, seal = good().signatures
    assert roles_reason(replace(good(), reading=UNREAD)) is Reason.NOT_RUN
    assert roles_reason(replace(good(), signatures=())) is Reason.NOT_RUN
    three = replace(good(), signatures=(person, person, seal))
    assert roles_reason(three) is Reason.UNEXPECTED_SIGNER
    alone = replace(good(), signatures=(replace(seal, certifies=True, permission=2),))
    assert roles_reason(alone) is Reason.PERSON_MISSING
    nobody = replace(good().content, names_certifier=False)
    assert roles_reason(replace(alone, content=nobody)) is None
    assert roles_reason(replace(good(), content=nobody)) is Reason.UNEXPECTED_SIGNER
    unknown = replace(good().content, names_certifier=None)
    assert roles_reason(replace(good(), content=unknown)) is None
    twice = replace(good(), signatures=(person, replace(seal, certifies=True)))
    assert roles_reason(twice) is Reason.SIGNATURE_FIELD
    strict = replace(good(), signatures=(replace(person, permission=1), seal))
    assert roles_reason(strict) is Reason.SIGNATURE_FIELD
    assert roles_reason(with_seal(certificates=())) is Reason.SIGNER_UNKNOWN
    assert roles_reason(with_seal(claimed_at=None)) is Reason.CLAIM_VALUE


def test_signatures_made_at_another_time_than_the_symbol() -> None:
    later = ISSUED + BASIC.max_timestamp_delay + timedelta(seconds=1)
    assert roles_reason(with_seal(claimed_at=later)) is Reason.CLAIMED_TIME_DIFFERS


def test_symbols_that_say_too_little() -> None:
    assert roles_reason(replace(good(), qr=None)) is None
    assert good().qr is not None
    for changes in ({"claimed_at": None}, {"format_id": None}, {"kind": None}):
        symbol = replace(good().qr, **changes)  # type: ignore[type-var]
        assert roles_reason(replace(good(), qr=symbol)) is None


def test_a_symbol_of_another_office() -> None:
    assert good().qr is not None
    symbol = replace(good().qr, issuer="H26.902")  # type: ignore[type-var]
    assert roles_reason(replace(good(), qr=symbol)) is Reason.OFFICES_DIFFER


def test_a_key_in_wrong_hands_is_good_where_a_time_before_is_proven() -> None:
    trust = trust_with(Role.SEAL, state=KeyState.COMPROMISED, state_since=AT)
    assert roles_reason(good(), trust) is Reason.NO_PROOF_OF_EXISTENCE
    tsa = demo().tsa.chain[:-1]
    stamped = with_seal(timestamps=(token(ISSUED, certificates=tsa),))
    assert roles_reason(stamped, trust) is None
    late = with_seal(timestamps=(token(AT, certificates=tsa),))
    assert roles_reason(late, trust) is Reason.NO_PROOF_OF_EXISTENCE


def test_one_key_in_two_roles() -> None:
    """The trust folder may list one certificate twice; the signatures still need two keys."""
    trust = demo().trust
    person, seal = good().signatures
    office = trust.offices[0]
    both = [
        replace(entry, role=role)
        for entry in office.certificates
        if entry.certificate == person.certificates[0]
        for role in (Role.PERSON, Role.SEAL)
    ]
    store = TrustStore(
        anchors=trust.anchors,
        offices=(replace(office, certificates=tuple(both)), *trust.offices[1:]),
        intermediates=trust.intermediates,
    )
    doubled = replace(seal, certificates=person.certificates)
    facts = replace(good(), signatures=(person, doubled))
    assert roles_reason(facts, store) is Reason.SAME_KEY


def _with_key_of_nobody(number: int) -> bytes:
    """A certificate whose key is of a kind that nobody knows."""
    key = tlv(0x30, tlv(0x30, oid("1.2.3.4")), tlv(0x03, bytes([0, number])))
    return rebuilt(leaf(root()), root(), lambda parts: [*parts[:6], key, *parts[7:]])


@pytest.mark.parametrize(
    "unread",
    [
        {Role.PERSON: b"person", Role.SEAL: b"seal"},
        {Role.PERSON: _with_key_of_nobody(1), Role.SEAL: _with_key_of_nobody(2)},
    ],
)
def test_certificates_that_cannot_be_read_are_not_two_keys(unread: dict[Role, bytes]) -> None:
    trust = demo().trust
    office = trust.offices[0]
    entries = tuple(
        replace(entry, certificate=unread[role])
        for role, entry in {entry.role: entry for entry in office.certificates}.items()
        if role in {Role.PERSON, Role.SEAL}
    )
    store = TrustStore(
        anchors=trust.anchors, offices=(replace(office, certificates=entries), *trust.offices[1:])
    )
    person, seal = good().signatures
    facts = replace(
        good(),
        signatures=(
            replace(person, certificates=(unread[Role.PERSON],)),
            replace(seal, certificates=(unread[Role.SEAL],)),
        ),
    )
    assert roles_reason(facts, store) is Reason.SAME_KEY


def paths_reason(facts: PDFFacts, trust: TrustStore | None = None, at: Any = AT) -> Reason | None:
    return signer_paths(facts, find_signers(proofs(facts, trust, at)), at, BASIC).reason


def test_paths_of_the_signers() -> None:
    assert paths_reason(good()) is None
    assert paths_reason(replace(good(), reading=UNREAD)) is Reason.NOT_RUN
    assert paths_reason(replace(good(), signatures=())) is Reason.NOT_RUN
    assert paths_reason(with_seal(certificates=(b"junk",))) is Reason.CERTIFICATE_MALFORMED
    assert paths_reason(with_seal(certificates=())) is Reason.NOT_RUN
    assert paths_reason(good(), at=ISSUED - timedelta(days=2)) is Reason.CLAIMED_IN_FUTURE
    listed = trust_with(Role.SEAL, vouched_by=Vouching.LIST)
    assert paths_reason(good(), listed) is Reason.NO_TRUST_LIST


def test_a_known_key_stays_good_after_its_certificate_ended_and_a_strangers_does_not() -> None:
    later = ISSUED + timedelta(days=365 * 60)
    assert paths_reason(good(), at=later) is None
    trust = demo().trust
    strangers = TrustStore(anchors=trust.anchors, intermediates=trust.intermediates)
    assert paths_reason(good(), strangers) is None
    # An authority that has ended may have leaked since: nothing proves that the certificate is older.
    assert paths_reason(good(), strangers, later) is Reason.PATH_UNPROVEN


def test_one_row_for_each_signature() -> None:
    facts = with_seal(padding_zero=False, certificates=(), claimed_at=None)
    found = proofs(facts)
    rows = signer_reports(found, find_signers(found), foreign=False)
    assert rows[0].reasons == ()
    assert rows[1].reasons == (Reason.CONTENTS_PADDING, Reason.NOT_RUN)
    assert rows[1].level is None
    assert rows[1].certificate is None


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"loose": "comment"}, "bytes: comment"),
        ({"unlike": 1}, "look of a field"),
        ({"forbidden": ("unreadable",)}, "unreadable"),
    ],
)
def test_what_no_appended_part_may_have_whoever_made_the_file(
    change: dict[str, Any], detail: str
) -> None:
    facts = good()
    revisions = (replace(facts.revisions[0], **change), *facts.revisions[1:])
    for foreign in (True, False):
        found = checks_pdf.revisions(replace(facts, revisions=revisions), foreign=foreign)
        assert (found.reason, found.detail) == (Reason.REVISION_FORBIDDEN, detail)


def test_a_page_of_a_stranger_that_lies_in_another_file() -> None:
    found = checks_pdf.active_content(replace(good(), external=("stream 7",)), foreign=True)
    assert (found.reason, found.detail) == (Reason.EXTERNAL_REFERENCE, "stream 7")
