"""The checks of a symbol's text, one pure function each.

Every function looks at a :class:`Situation` and answers one question with one :class:`Check`.
What an earlier failure keeps from being asked is UNDETERMINED with ``not_run``: it never softens
the verdict, because the earlier failure counts too.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from vncopy.errors import UsageError
from vncopy.formats.copies import VIETNAM_TIME
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Check, failed, passed
from vncopy.trust import Vouching
from vncopy.verify.checks_keys import (
    PROVEN_TOLERANCE,
    REVOKED,
    key_state_reason,
    office_names_match,
    scope_reason,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from vncopy.facts.common import Step
    from vncopy.facts.qr import QRFacts
    from vncopy.formats.base import Document, DocumentTypes
    from vncopy.formats.copies import CopyStatement
    from vncopy.formats.profile import IssuingOffice
    from vncopy.policy import VerificationPolicy
    from vncopy.trust import CertificateEntry, OfficeEntry, TrustStore
    from vncopy.verify.chain import PathResult
    from vncopy.verify.collect import QRContent
    from vncopy.verify.revocation import RevocationResult

__all__ = [
    "CHECKS",
    "Signer",
    "Situation",
    "key_state_reason",
    "law_reason",
    "office_names_match",
    "scope_reason",
]


class Signer(NamedTuple):
    """The certificate that verified the signature, and its office."""

    office: OfficeEntry
    """The office that the trust folder names."""
    entry: CertificateEntry
    """Its certificate, window, state and scopes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything that the checks of a symbol look at."""

    facts: QRFacts
    """What was seen."""
    content: QRContent | None
    """What it says, if every step of reading passed and the text is at hand."""
    signer: Signer | None
    """Whose key verified the signature."""
    found: PathResult | None
    """The search for its path at the claimed time; ``None``: there was none."""
    trust: TrustStore
    """Whom the verifier trusts."""
    at: datetime
    """The time for which is asked."""
    policy: VerificationPolicy
    """What is asked for."""
    expect: DocumentTypes
    """The document types that are expected."""
    proven_at: datetime | None = None
    """A time before which the copy is proven to exist (a timestamp of its PDF)."""
    revocation: RevocationResult | None = None
    """What revocation evidence says of the path; ``None``: none is at hand."""
    evidence_problem: Reason | None = None
    """Why the verifier's evidence is incomplete."""


def framing(situation: Situation) -> Check:
    """Is the text framed in the one permitted way?"""
    return _step(CheckId.FRAMING, situation.facts.framing)


def issuer_known(situation: Situation) -> Check:
    """Does the trust folder hold a certificate with this key id, for symbols?"""
    facts = situation.facts
    if facts.kid is None:
        return _not_run(CheckId.ISSUER_KNOWN)
    if facts.candidates:
        return passed(CheckId.ISSUER_KNOWN)
    if situation.trust.roles_of(facts.kid):
        return failed(CheckId.ISSUER_KNOWN, Reason.WRONG_ROLE)
    return failed(CheckId.ISSUER_KNOWN, Reason.UNKNOWN_KEY, facts.kid.hex())


def signature(situation: Situation) -> Check:
    """Does the signature fit the compressed content?"""
    facts = situation.facts
    if not facts.candidates:
        return _not_run(CheckId.SIGNATURE)
    if situation.signer is not None:
        return passed(CheckId.SIGNATURE, situation.signer.entry.fingerprint)
    if facts.candidates_left_out:
        return failed(CheckId.SIGNATURE, Reason.TOO_MANY_KEYS)
    reasons = [each.outcome.reason for each in facts.candidates if each.outcome.reason]
    if Reason.BAD_SIGNATURE in reasons:
        return failed(CheckId.SIGNATURE, Reason.BAD_SIGNATURE)
    return failed(CheckId.SIGNATURE, reasons[0] if reasons else Reason.FACTS_MALFORMED)


def payload(situation: Situation) -> Check:
    """Is the signed content the one strict encoding?"""
    if situation.signer is None:
        return _not_run(CheckId.PAYLOAD)
    return _step(CheckId.PAYLOAD, situation.facts.payload)


def schema(situation: Situation) -> Check:
    """Is the document of an expected type, with its fields?"""
    facts = situation.facts
    if situation.signer is None:
        return _not_run(CheckId.SCHEMA)
    if facts.format_id is not None and facts.format_id not in situation.expect:
        return failed(CheckId.SCHEMA, Reason.UNEXPECTED_TYPE)
    return _step(CheckId.SCHEMA, facts.schema)


def rules(situation: Situation) -> Check:
    """Does the document break no rule of its type?"""
    if situation.signer is None:
        return _not_run(CheckId.RULES)
    return _step(CheckId.RULES, situation.facts.rules)


def path(situation: Situation) -> Check:
    """Does the certificate chain to an anchor at the claimed time?"""
    signer, found = situation.signer, situation.found
    if signer is None or situation.facts.claimed_at is None:
        return _not_run(CheckId.PATH)
    if signer.entry.vouched_by is Vouching.LIST:
        return failed(CheckId.PATH, Reason.NO_TRUST_LIST)
    if found is None:
        return _not_run(CheckId.PATH)
    if found.reason is not None:
        return failed(CheckId.PATH, found.reason, found.detail)
    return passed(CheckId.PATH, "" if found.anchor is None else found.anchor.name)


def role_scope(situation: Situation) -> Check:
    """Do type, kind, area and time lie within what the key was granted?"""
    facts, signer = situation.facts, situation.signer
    if signer is None or facts.format_id is None or facts.kind is None or facts.claimed_at is None:
        return _not_run(CheckId.ROLE_SCOPE)
    reason = scope_reason(
        signer.entry,
        signer.office,
        format_id=facts.format_id,
        kind=facts.kind,
        area=facts.authority_area,
        time=facts.claimed_at,
    )
    if reason is None:
        return passed(CheckId.ROLE_SCOPE)
    return failed(CheckId.ROLE_SCOPE, reason)


def offices_agree(situation: Situation) -> Check:
    """Do certificate, issuer claim and statement name one office, by a name of that day?"""
    facts, signer = situation.facts, situation.signer
    if signer is None or facts.authority_name is None or facts.claimed_at is None:
        return _not_run(CheckId.OFFICES_AGREE)
    office = signer.office
    if not office.agency_code == facts.issuer == facts.authority_code:
        return failed(CheckId.OFFICES_AGREE, Reason.OFFICES_DIFFER)
    names = office.names_on(facts.claimed_at.astimezone(VIETNAM_TIME).date())
    if not names:
        return failed(CheckId.OFFICES_AGREE, Reason.OFFICE_STATE)
    if not office_names_match(facts.authority_name, names):
        return failed(CheckId.OFFICES_AGREE, Reason.OFFICE_NAME)
    return passed(CheckId.OFFICES_AGREE)


def kind_office(situation: Situation) -> Check:
    """Does the law of that day let this office issue this kind of copy of this type?"""
    facts, signer, content = situation.facts, situation.signer, situation.content
    if signer is None or facts.claimed_at is None or not facts.rules.passed:
        return _not_run(CheckId.KIND_OFFICE)
    if content is None:
        return failed(CheckId.KIND_OFFICE, Reason.CARRIER_MISSING)
    # In reference carriage there is no document; the rules look at its type and its key fields.
    key_fields = dict(content.restored.carried) | {"format_id": content.restored.format_id}
    document = content.restored.document or cast("Document", SimpleNamespace(**key_fields))
    reason, detail = law_reason(
        content.restored.statement,
        document,
        signer.office,
        trust=situation.trust,
        time=facts.claimed_at,
    )
    if reason is not None:
        return failed(CheckId.KIND_OFFICE, reason, detail)
    return passed(CheckId.KIND_OFFICE, detail)


def law_reason(
    statement: CopyStatement,
    document: Document,
    office: OfficeEntry,
    *,
    trust: TrustStore,
    time: datetime,
) -> tuple[Reason | None, str]:
    """Return why the law of a day does not let an office issue a copy, as far as can be told.

    Args:
        statement: what the office states.
        document: of what.
        office: as the trust folder has it.
        trust: knows its predecessors.
        time: of issue.

    Returns:
        The reason with the rules that are broken or the questions that are open; ``None`` with the
        id of the legal profile.
    """
    from vncopy.formats.profile import load_profile  # noqa: PLC0415 - the law is read by date

    try:
        profile = load_profile(time.astimezone(VIETNAM_TIME).date())
    except UsageError:
        return Reason.PROFILE_UNKNOWN, ""
    issuer = _issuing_office(trust, office, document.format_id)
    problems = profile.problems(statement.kind, statement, document, issuer)
    if problems:
        reason = _KIND_REASONS.get(problems[0].rule, Reason.KIND_STATEMENT)
        if problems[0].rule.startswith("authority."):
            reason = Reason.KIND_OFFICE
        return reason, ", ".join(each.rule for each in problems)
    questions = profile.questions(statement.kind, statement, document, issuer)
    if questions:
        asks_holder = questions[0].id == _HOLDER_QUESTION
        reason = Reason.HOLDER_UNPROVEN if asks_holder else Reason.PROFILE_UNKNOWN
        return reason, ", ".join(each.id for each in questions)
    return None, profile.id


def claimed_time(situation: Situation) -> Check:
    """Is the claimed time possible, and inside the signing window of the key?"""
    claimed, signer = situation.facts.claimed_at, situation.signer
    if signer is None or claimed is None:
        return _not_run(CheckId.CLAIMED_TIME)
    if claimed - situation.at > situation.policy.clock_tolerance:
        return failed(CheckId.CLAIMED_TIME, Reason.CLAIMED_IN_FUTURE)
    if not signer.entry.signs_at(claimed):
        return failed(CheckId.CLAIMED_TIME, Reason.CLAIMED_OUTSIDE_WINDOW)
    proven = situation.proven_at
    if proven is not None and claimed - proven > PROVEN_TOLERANCE:
        return failed(CheckId.CLAIMED_TIME, Reason.PROVEN_BEFORE_CLAIMED)
    return passed(CheckId.CLAIMED_TIME)


def key_state(situation: Situation) -> Check:
    """Is the key neither revoked before the copy nor compromised?

    Revocation evidence is not asked for here. Where it is at hand and speaks against the key, it
    counts as the trust folder does.
    """
    claimed, signer = situation.facts.claimed_at, situation.signer
    if signer is None or claimed is None:
        return _not_run(CheckId.KEY_STATE)
    reason = key_state_reason(signer.entry, claimed, situation.proven_at)
    if reason is not None:
        return failed(CheckId.KEY_STATE, reason)
    found = situation.revocation
    if found is not None and found.reason is not None and found.reason in REVOKED:
        return failed(CheckId.KEY_STATE, found.reason, found.detail)
    if situation.evidence_problem is Reason.LIMITS_EXCEEDED:
        # Half of the evidence could be the wrong half.
        return failed(CheckId.KEY_STATE, Reason.LIMITS_EXCEEDED, "evidence")
    return passed(CheckId.KEY_STATE)


def trust_list(situation: Situation) -> Check:
    """Does a signed list, fresh enough, still carry the key? Such lists come later.

    The folder's own date is signed by nobody. It can say why what the folder holds is no such list
    for this copy, and never that it is one.
    """
    signer, claimed = situation.signer, situation.facts.claimed_at
    as_of, at = situation.trust.as_of, situation.at
    if signer is None or claimed is None:
        return _not_run(CheckId.TRUST_LIST)
    reason = Reason.NO_TRUST_LIST
    if as_of is not None and as_of - at > situation.policy.clock_tolerance:
        reason = Reason.LIST_FROM_FUTURE
    elif as_of is not None and as_of < claimed:
        reason = Reason.LIST_OLDER_THAN_COPY
    elif as_of is not None and at - as_of > situation.policy.max_list_age:
        reason = Reason.LIST_STALE
    return failed(CheckId.TRUST_LIST, reason)


def status(situation: Situation) -> Check:
    """Does a status list, fresh enough, say that the copy is in force? Such lists come later."""
    facts = situation.facts
    if situation.signer is None or facts.copy_id is None:
        return _not_run(CheckId.STATUS)
    if facts.status_uri is None:
        return failed(CheckId.STATUS, Reason.NO_STATUS_CLAIM)
    return failed(CheckId.STATUS, Reason.NO_STATUS)


CHECKS: Final[dict[CheckId, Callable[[Situation], Check]]] = {
    CheckId.FRAMING: framing,
    CheckId.ISSUER_KNOWN: issuer_known,
    CheckId.SIGNATURE: signature,
    CheckId.PAYLOAD: payload,
    CheckId.SCHEMA: schema,
    CheckId.RULES: rules,
    CheckId.PATH: path,
    CheckId.ROLE_SCOPE: role_scope,
    CheckId.OFFICES_AGREE: offices_agree,
    CheckId.KIND_OFFICE: kind_office,
    CheckId.CLAIMED_TIME: claimed_time,
    CheckId.KEY_STATE: key_state,
    CheckId.TRUST_LIST: trust_list,
    CheckId.STATUS: status,
}
"""The check of every id of :data:`vncopy.report.QR_CHECKS`."""

_KIND_REASONS: Final = {"kind.document": Reason.KIND_NOT_FOR_TYPE}
_HOLDER_QUESTION: Final = "holder.unknown"
"""The question of :mod:`vncopy.formats.profile_checks` that asks who holds the register."""


def _step(check: CheckId, step: Step) -> Check:
    """Return the check that says how a step of reading ended."""
    if not step.ran:
        return _not_run(check)
    return passed(check) if step.reason is None else failed(check, step.reason, step.detail)


def _not_run(check: CheckId) -> Check:
    return failed(check, Reason.NOT_RUN)


def _issuing_office(trust: TrustStore, office: OfficeEntry, format_id: str) -> IssuingOffice:
    """Return what the trust folder knows of the office, as the legal profile asks for it."""
    from vncopy.formats.profile import IssuingOffice, OfficeKind  # noqa: PLC0415 - see kind_office

    kinds = {each.value: each for each in OfficeKind}
    holds = format_id.partition("/")[0] in office.registers
    return IssuingOffice(
        agency_code=office.agency_code,
        kind=kinds.get(office.kind),
        formerly=tuple(each.agency_code for each in trust.predecessors(office.agency_code)),
        holds_record=True if holds else None,
    )
