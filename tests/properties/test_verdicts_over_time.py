"""One copy, asked about as a file and as the text of its symbol: VALID never stands against INVALID.

All keys of the office share one fate. Whatever it is, and whatever timestamps prove, the two answers
may differ by what is not known, not by what is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from cryptography.x509 import ReasonFlags
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from support.proofs import file, signature, token
from support.qr_copies import ISSUED, commune, look, pki, text
from vncopy.facts.evidence import StoredEvidence
from vncopy.facts.pdf import PDFFacts
from vncopy.facts.qr import QRFacts
from vncopy.formats.types import BUILTIN_TYPES
from vncopy.policy import VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import Check, Verdict, judge_checks
from vncopy.trust import KeyState, TrustStore
from vncopy.verify import checks_time
from vncopy.verify.checks import Situation, claimed_time, key_state, path
from vncopy.verify.checks_signers import find_signers, proven_time, signer_paths, state_reason
from vncopy.verify.judge import situation_of
from vncopy.verify.moment import Moment
from vncopy.verify.proofs import prove
from vncopy.verify.supplied import kept

POLICIES = (VerificationPolicy.long_term(), VerificationPolicy.offline_basic())
OFFSETS = tuple(
    timedelta(minutes=each) for each in (-1500, -60, -4, -1, 0, 1, 2, 60, 1400, 1500, 90_000)
)
REASONS = (
    ReasonFlags.cessation_of_operation,
    ReasonFlags.key_compromise,
    ReasonFlags.certificate_hold,
)
AT = ISSUED + timedelta(days=90)


@cache
def published(since: timedelta, reason: ReasonFlags, invalid: timedelta | None) -> StoredEvidence:
    """Return what the authorities say on the day of the question."""
    office = commune()
    made = pki()
    from_when = None if invalid is None else ISSUED + invalid
    for identity in (office.qr, office.persons["p256"], office.seals["p256"]):
        made = made.revoked(identity, at=ISSUED + since, reason=reason, invalid_from=from_when)
    return made.evidence(AT)


@cache
def trust_with(state: KeyState, since: timedelta | None) -> TrustStore:
    """Return the folder with all keys of the office in one state."""
    trust = pki().trust
    when = None if since is None else ISSUED + since
    keys = tuple(
        replace(each, state=state, state_since=when) for each in commune().entry.certificates
    )
    office = replace(commune().entry, certificates=keys)
    others = tuple(each for each in trust.offices if each.agency_code != office.agency_code)
    return replace(trust, offices=(office, *others))


def file_of(stamped: timedelta | None) -> PDFFacts:
    """Return what is seen of the file, stamped at a time or not at all."""
    office = commune()
    tsa = pki().tsa.chain[:-1]
    tokens = () if stamped is None else (token(ISSUED + stamped, certificates=tsa),)
    who = (("person", office.persons["p256"]), ("seal", office.seals["p256"]))
    return file(
        *(
            signature(
                "person-2026",
                1000,
                *tokens,
                field=name,
                claimed_at=ISSUED,
                certificates=each.chain[:-1],
            )
            for name, each in who
        )
    )


STATES = st.one_of(
    st.tuples(st.sampled_from((KeyState.ACTIVE, KeyState.RETIRED)), st.none()),
    st.tuples(st.sampled_from((KeyState.REVOKED, KeyState.COMPROMISED)), st.sampled_from(OFFSETS)),
)
REVOKED = st.one_of(
    st.none(),
    st.tuples(
        st.sampled_from(OFFSETS),
        st.sampled_from(REASONS),
        st.one_of(st.none(), st.sampled_from(OFFSETS)),
    ),
)


def verdict(checks: tuple[Check, ...], policy: VerificationPolicy) -> Verdict:
    return judge_checks(checks, policy)


@settings(max_examples=300, deadline=None)
@given(
    stamped=st.one_of(st.none(), st.sampled_from(OFFSETS)),
    state=STATES,
    revoked=REVOKED,
    policy=st.sampled_from(POLICIES),
)
def test_a_file_and_its_symbol_never_contradict_each_other(
    stamped: timedelta | None,
    state: tuple[KeyState, timedelta | None],
    revoked: tuple[timedelta, ReasonFlags, timedelta | None] | None,
    policy: VerificationPolicy,
) -> None:
    trust = trust_with(*state)
    pieces: tuple[bytes, ...] = pki().evidence(AT).pieces
    if revoked is not None:
        since, reason, invalid = revoked
        assume(invalid is None or invalid <= since)
        pieces = published(since, reason, invalid).pieces
    supplied, _problem = kept((), pieces)

    text_alone = look(text(), trust=trust, at=AT, policy=policy)
    facts = replace(text_alone.facts, evidence=supplied)
    text_alone = _symbol(facts, trust, policy, None)
    symbol = tuple(each(text_alone) for each in (path, claimed_time, key_state))

    moment = Moment(trust=trust, at=AT, policy=policy)
    proofs = prove(replace(file_of(stamped), evidence=supplied), moment)
    signers = find_signers(proofs)
    inside = situation_of(
        facts,
        None,
        trust=trust,
        at=AT,
        policy=policy,
        expect=text_alone.expect,
        proven_at=proven_time(signers),
        evidence=proofs.stamps.evidence,
    )
    states = [state_reason(each) for each in signers]
    whole = (
        *(each(inside) for each in (path, claimed_time, key_state)),
        signer_paths(proofs.facts, signers, AT, policy),
        checks_time.revocation(proofs.facts, signers),
        checks_time.trusted_time(proofs.facts, signers, policy, foreign=False),
    )
    of_text, of_file = verdict(symbol, policy), verdict(whole, policy)
    bad_states = any(each is not None and each.info.outcome == "invalid" for each in states)
    if of_file is Verdict.VALID and not any(states):
        assert of_text is not Verdict.INVALID
    if of_text is Verdict.VALID:
        found = {each.reason for each in whole if each.verdict is Verdict.INVALID}
        # That the file is older than it claims to be, the symbol alone cannot tell.
        assert found <= {Reason.PROVEN_BEFORE_CLAIMED}
        assert not bad_states


def _symbol(
    facts: QRFacts, trust: TrustStore, policy: VerificationPolicy, proven_at: datetime | None
) -> Situation:
    return situation_of(
        facts, None, trust=trust, at=AT, policy=policy, expect=BUILTIN_TYPES, proven_at=proven_at
    )


def test_the_combinations_reach_every_verdict() -> None:
    """Else the property would hold of nothing."""
    seen = set()
    for since in OFFSETS:
        for stamped in (None, *OFFSETS):
            trust = trust_with(KeyState.COMPROMISED, since)
            proofs = prove(file_of(stamped), Moment(trust=trust, at=AT, policy=POLICIES[1]))
            signers = find_signers(proofs)
            seen.add((state_reason(signers[1]), proven_time(signers) is None))
    assert seen >= {(None, False), (Reason.NO_PROOF_OF_EXISTENCE, True)}
