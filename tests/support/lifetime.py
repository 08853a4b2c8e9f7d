"""What a copy of 2026 is worth in every situation of the next thirty years: the expected answers.

The answers were reasoned out from RFC 3161, RFC 5280, ETSI EN 319 102-1 and the rules of
``docs/spec/etsi-mapping.md``; none was copied from what the library said. The test and
the page ``docs/spec/lifetime.md`` are made from this table.

All copies were issued on 21 November 2026, at 03:21:35 UTC, with keys of January 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal

from cryptography.x509 import ReasonFlags

from support.generations import KEYS_OF_2026, Knowledge, World, day
from vncopy.algorithms import Lifetime
from vncopy.pki import KeyKind
from vncopy.policy import VerificationPolicy
from vncopy.trust import KeyState, TrustStore

LEVELS: Final = ("B-B", "B-T", "B-LT", "B-LTA")

Verdict = Literal["valid", "undetermined", "invalid"]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One expected answer."""

    verdict: Verdict
    reason: str = ""
    """One of the reasons that decide, the first where nothing else is to be shown; empty for ``valid``."""
    sub_indication: str = ""
    """That of ETSI EN 319 102-1 for the whole report; empty for ``valid``."""


V: Final = Cell(verdict="valid")
NO_TIME: Final = Cell(verdict="undetermined", reason="no_trusted_time", sub_indication="NO_POE")
NO_EVIDENCE: Final = Cell(
    verdict="undetermined", reason="no_revocation_evidence", sub_indication="TRY_LATER"
)
UNREACHABLE: Final = Cell(
    verdict="undetermined", reason="revocation_unreachable", sub_indication="TRY_LATER"
)
EXPIRED: Final = Cell(
    verdict="undetermined", reason="path_expired", sub_indication="OUT_OF_BOUNDS_NO_POE"
)
ROOT_EXPIRED: Final = Cell(
    verdict="undetermined", reason="anchor_dates", sub_indication="OUT_OF_BOUNDS_NO_POE"
)
STALE: Final = Cell(verdict="undetermined", reason="revocation_stale", sub_indication="TRY_LATER")
ENDED: Final = Cell(
    verdict="undetermined", reason="timestamp_expired", sub_indication="OUT_OF_BOUNDS_NO_POE"
)
LATER: Final = Cell(verdict="undetermined", reason="revoked_later", sub_indication="REVOKED_NO_POE")
ON_HOLD: Final = Cell(
    verdict="undetermined", reason="certificate_on_hold", sub_indication="TRY_LATER"
)
UNPROVEN: Final = Cell(
    verdict="undetermined", reason="no_proof_of_existence", sub_indication="REVOKED_NO_POE"
)
BAD_STAMP: Final = Cell(verdict="undetermined", reason="timestamp_invalid", sub_indication="NO_POE")
NO_PATH: Final = Cell(
    verdict="undetermined", reason="path_not_found", sub_indication="NO_CERTIFICATE_CHAIN_FOUND"
)
OUTDATED: Final = Cell(
    verdict="undetermined",
    reason="algorithm_outdated",
    sub_indication="CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
)
REVOKED: Final = Cell(verdict="invalid", reason="certificate_revoked", sub_indication="REVOKED")
KEY_REVOKED: Final = Cell(verdict="invalid", reason="key_revoked", sub_indication="REVOKED")


@dataclass(frozen=True, kw_only=True)
class Revoke:
    """Certificates that an authority revokes."""

    labels: tuple[str, ...]
    at: datetime
    reason: ReasonFlags = ReasonFlags.cessation_of_operation
    invalid_from: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Renewal:
    """One archive timestamp added later."""

    at: datetime
    tsa: str
    """Label of the service."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One situation and its answers."""

    id: str
    at: datetime
    """The time for which is asked."""
    says: str
    """The situation and why the answer is so, one sentence of English."""
    answers: Mapping[str, tuple[Cell, Cell]]
    """By level: under ``long_term`` of that level, and under ``offline_basic``."""
    qr: Cell
    """Of the text of the symbol, under ``offline_basic``."""
    revoke: tuple[Revoke, ...] = ()
    knows: Mapping[str, Knowledge] = field(default_factory=dict)
    """What the trust folder says of keys."""
    renewals: tuple[Renewal, ...] = ()
    supplied: datetime | None = None
    """When the evidence was made that the verifier supplies; ``None``: he has none."""
    ocsp: tuple[str, ...] = ()
    """Keys of which OCSP speaks in that evidence, instead of the list of their authority."""
    unreachable: bool = False
    """The verifier's source of evidence is out of reach."""
    thrown_away: tuple[str, ...] = ()
    """Anchors that are no longer in the trust folder."""
    ended: datetime | None = None
    """When keys of the kind in use stopped to be safe, as the verifier's policy says."""

    def world(self, world: World) -> World:
        """Return the world in which this happens."""
        for each in self.revoke:
            world = world.revoked(
                *each.labels, at=each.at, reason=each.reason, invalid_from=each.invalid_from
            )
        return world

    def trust(self, kind: KeyKind) -> TrustStore:
        """Return the trust folder of the verifier."""
        return World(kind=kind).trust(self.at, self.knows, without=self.thrown_away)

    def asked(self, policy: VerificationPolicy, kind: KeyKind) -> VerificationPolicy:
        """Return a policy that knows which algorithms have ended."""
        if self.ended is None:
            return policy
        names = {"p256": ("secp256r1", 256), "rsa": ("rsa", 2048)}
        name, bits = names[kind]
        end = Lifetime(name=name, bits=bits, until=self.ended)
        return replace(policy, algorithms=policy.algorithms.with_sunsets(end))

    def with_answer(self, level: str, answer: tuple[Cell, Cell]) -> Case:
        """Return the same with another expected answer at a level."""
        return replace(self, answers={**self.answers, level: answer})


def _rows(
    bb: tuple[Cell, Cell], bt: tuple[Cell, Cell], lt: tuple[Cell, Cell], lta: tuple[Cell, Cell]
) -> dict[str, tuple[Cell, Cell]]:
    return dict(zip(LEVELS, (bb, bt, lt, lta), strict=True))


def _all(long: Cell, basic: Cell) -> dict[str, tuple[Cell, Cell]]:
    return dict.fromkeys(LEVELS, (long, basic))


def _archived(long: Cell, basic: Cell) -> dict[str, tuple[Cell, Cell]]:
    return {"B-LTA": (long, basic)}


_BARE: Final = _rows((NO_EVIDENCE, V), (NO_EVIDENCE, V), (V, V), (V, V))
"""Nothing is known but what the file brings: only B-LT and B-LTA bring all."""
_BARE_EXPIRED: Final = _rows((EXPIRED, V), (NO_EVIDENCE, V), (V, V), (V, V))
"""The same after the signers' certificates expired: B-B does not prove that it is older."""
_ONLINE: Final = _rows((NO_TIME, V), (V, V), (V, V), (V, V))
"""The verifier has the evidence that B-T lacks."""
_ENDED: Final = _rows((EXPIRED, V), (ENDED, V), (ENDED, V), (ENDED, V))
"""No timestamp proves anything any more."""
_ENDED_WITH_ROOT: Final = _rows((ROOT_EXPIRED, V), (ENDED, V), (ENDED, V), (ENDED, V))
"""The same after the root expired."""

_1: Final = Renewal(at=day(2032, 6), tsa="tsa-2032")
_2: Final = Renewal(at=day(2039, 6), tsa="tsa-2039")
_3: Final = Renewal(at=day(2047, 10), tsa="tsa-2047")
_OTHER: Final = Renewal(at=day(2027, 6), tsa="tsa-b")
_OTHER_LATER: Final = Renewal(at=day(2029, 6), tsa="tsa-b")

_SPRING: Final = day(2028, 3)
"""When things go wrong."""
_SUMMER: Final = day(2028, 6)
"""When somebody asks."""
_BEFORE: Final = day(2026, 6)
"""Half a year before the copies were issued."""


def _keys(
    state: KeyState, since: datetime, labels: tuple[str, ...] = KEYS_OF_2026
) -> dict[str, Knowledge]:
    return {label: Knowledge(state=state, since=since) for label in labels}


def _stolen(since: datetime | None = None) -> tuple[Revoke, ...]:
    return (
        Revoke(
            labels=KEYS_OF_2026,
            at=_SPRING,
            reason=ReasonFlags.key_compromise,
            invalid_from=since,
        ),
    )


UNTROUBLED: Final = (
    Case(
        id="next-day",
        at=day(2026, 11, 22),
        says="A day later, without network: B-B proves no time, B-T brings no revocation evidence,"
        " B-LT and B-LTA bring all that is asked for.",
        answers=_BARE,
        qr=V,
    ),
    Case(
        id="next-year",
        at=day(2027, 11, 21),
        says="A year later, without network: nothing has changed, because evidence made at the time"
        " of signing does not grow stale for it.",
        answers=_BARE,
        qr=V,
    ),
    Case(
        id="next-year-online",
        at=day(2027, 11, 21),
        supplied=day(2027, 11, 21),
        says="A year later, with today's revocation lists at hand: they also serve a B-T copy.",
        answers=_ONLINE,
        qr=V,
    ),
    Case(
        id="next-year-unreachable",
        at=day(2027, 11, 21),
        unreachable=True,
        says="A year later, and the authorities cannot be reached: this is said of a B-T copy, and"
        " the others do not need them.",
        answers=_rows((UNREACHABLE, V), (UNREACHABLE, V), (V, V), (V, V)),
        qr=V,
    ),
    Case(
        id="next-year-old-lists",
        at=day(2027, 11, 21),
        supplied=day(2026, 3),
        says="A year later, with lists from before the signature: they say nothing about it.",
        answers=_rows((STALE, V), (STALE, V), (V, V), (V, V)),
        qr=V,
    ),
    Case(
        id="signer-expired",
        at=day(2030, 6),
        says="The signers' certificates expired in 2029: the timestamp proves that the copy is"
        " older, and for a symbol the claimed time counts (chain model).",
        answers=_BARE_EXPIRED,
        qr=V,
    ),
    Case(
        id="signer-expired-online",
        at=day(2030, 6),
        supplied=day(2030, 6),
        says="The same with today's lists: they no longer speak of expired certificates, so that"
        " their silence proves nothing for a B-T copy.",
        answers=_rows((EXPIRED, V), (STALE, V), (V, V), (V, V)),
        qr=V,
    ),
    Case(
        id="signer-expired-kept-lists",
        at=day(2030, 6),
        supplied=day(2029, 6),
        says="The same with lists that the verifier kept from 2029, when the certificates were"
        " still valid: they serve the B-T copy.",
        answers=_rows((EXPIRED, V), (V, V), (V, V), (V, V)),
        qr=V,
    ),
    Case(
        id="office-merged",
        at=day(2031, 12),
        says="The commune became part of another in July 2031: what it signed while it existed"
        " stays good.",
        answers=_BARE_EXPIRED,
        qr=V,
    ),
    Case(
        id="tsa-expired",
        at=day(2033, 6),
        says="The timestamping service's certificate expired in 2032 and nobody renewed: no time"
        " is proven any more.",
        answers=_ENDED,
        qr=V,
    ),
    Case(
        id="tsa-expired-renewed",
        at=day(2033, 6),
        renewals=(_1,),
        says="The same, renewed in June 2032: the new timestamp proves that the old one existed"
        " while it was good.",
        answers=_archived(V, V),
        qr=V,
    ),
    Case(
        id="ca-expired",
        at=day(2035, 6),
        says="The issuing authority expired in 2033 too, and nobody renewed.",
        answers=_ENDED,
        qr=V,
    ),
    Case(
        id="ca-expired-renewed",
        at=day(2035, 6),
        renewals=(_1,),
        says="The same, renewed in 2032: signers, their authority and the first service are judged"
        " at times that are proven.",
        answers=_archived(V, V),
        qr=V,
    ),
    Case(
        id="root-expired",
        at=day(2046, 6),
        says="The root expired in 2044, and nobody renewed.",
        answers=_ENDED_WITH_ROOT,
        qr=V,
    ),
    Case(
        id="root-expired-renewed-once",
        at=day(2046, 6),
        renewals=(_1,),
        says="The same, renewed in 2032 alone: that timestamp's service expired in 2039, and a gap"
        " cannot be closed later.",
        answers=_archived(ENDED, V),
        qr=V,
    ),
    Case(
        id="root-expired-renewed",
        at=day(2046, 6),
        renewals=(_1, _2),
        says="The same, renewed in 2032 and, under the new root, in 2039: the old root is judged"
        " in 2039, when it was valid.",
        answers=_archived(V, V),
        qr=V,
    ),
    Case(
        id="root-thrown-away",
        at=day(2046, 6),
        renewals=(_1, _2),
        thrown_away=("root-1",),
        says="The same, but the verifier removed the expired root from his folder: without it"
        " nobody vouches for the keys of 2026.",
        answers=_archived(NO_PATH, NO_PATH),
        qr=NO_PATH,
    ),
    Case(
        id="thirty-years",
        at=day(2056, 3),
        says="Thirty years later, never renewed: the file proves no time, its symbol is still"
        " genuine.",
        answers=_ENDED_WITH_ROOT,
        qr=V,
    ),
    Case(
        id="thirty-years-one-missed",
        at=day(2056, 3),
        renewals=(_1, _2),
        says="Thirty years later, the renewal of 2047 was missed.",
        answers=_archived(ENDED, V),
        qr=V,
    ),
    Case(
        id="thirty-years-renewed",
        at=day(2056, 3),
        renewals=(_1, _2, _3),
        says="Thirty years later, renewed in 2032, 2039 and 2047, each time by the service of the"
        " day: as good as on the first day, without network.",
        answers=_archived(V, V),
        qr=V,
    ),
)
"""Nothing goes wrong but time."""

REVOKED_CASES: Final = (
    Case(
        id="revoked-unheard",
        at=_SUMMER,
        revoke=(Revoke(labels=KEYS_OF_2026, at=_SPRING),),
        says="The office's certificates were revoked in March 2028 without compromise, and the"
        " verifier has heard nothing: he answers as before.",
        answers=_BARE,
        qr=V,
    ),
    Case(
        id="revoked",
        at=_SUMMER,
        supplied=_SUMMER,
        revoke=(Revoke(labels=KEYS_OF_2026, at=_SPRING),),
        says="The same with today's lists: a proven time before the revocation keeps the copy good;"
        " without one, anybody could claim to have signed before.",
        answers=_rows((LATER, LATER), (V, V), (V, V), (V, V)),
        qr=LATER,
    ),
    Case(
        id="on-hold",
        at=_SUMMER,
        supplied=_SUMMER,
        revoke=(
            Revoke(
                labels=KEYS_OF_2026,
                at=_SPRING,
                reason=ReasonFlags.certificate_hold,
            ),
        ),
        says="The certificates are on hold since March 2028: a copy proven to be older is not"
        " touched, of others it is open.",
        answers=_rows((ON_HOLD, ON_HOLD), (V, V), (V, V), (V, V)),
        qr=ON_HOLD,
    ),
    Case(
        id="compromised-after",
        at=_SUMMER,
        supplied=_SUMMER,
        revoke=_stolen(),
        says="The keys were stolen and revoked in March 2028: proven times before that hold.",
        answers=_rows((LATER, LATER), (V, V), (V, V), (V, V)),
        qr=LATER,
    ),
    Case(
        id="compromised-since-2027",
        at=_SUMMER,
        supplied=_SUMMER,
        revoke=_stolen(day(2027, 6)),
        says="The same, and the list dates the theft back to June 2027: still after the proven"
        " time.",
        answers=_rows((LATER, LATER), (V, V), (V, V), (V, V)),
        qr=LATER,
    ),
    Case(
        id="compromised-before",
        at=_SUMMER,
        supplied=_SUMMER,
        revoke=_stolen(_BEFORE),
        says="The list dates the theft back to June 2026, before the copy: whoever signed may have"
        " been the thief.",
        answers=_all(REVOKED, REVOKED),
        qr=REVOKED,
    ),
    Case(
        id="compromised-before-unheard",
        at=_SUMMER,
        revoke=_stolen(_BEFORE),
        says="The same, and the verifier has heard nothing: what nobody tells him he cannot know.",
        answers=_BARE,
        qr=V,
    ),
    Case(
        id="compromised-before-by-ocsp",
        at=_SUMMER,
        supplied=_SUMMER,
        ocsp=(*KEYS_OF_2026, "tsa-2025"),
        revoke=_stolen(_BEFORE),
        says="The same, told by OCSP: its responses have no date of the theft, only that of the"
        " revocation in March 2028. Lists say more.",
        answers=_rows((LATER, LATER), (V, V), (V, V), (V, V)),
        qr=LATER,
    ),
    Case(
        id="compromised-tsa-expired",
        at=day(2033, 6),
        supplied=_SUMMER,
        revoke=_stolen(),
        says="The keys were stolen in 2028, and in 2033 no timestamp proves any more that the copy"
        " is older.",
        answers=_all(LATER, LATER),
        qr=LATER,
    ),
    Case(
        id="compromised-tsa-expired-renewed",
        at=day(2033, 6),
        supplied=_SUMMER,
        revoke=_stolen(),
        renewals=(_1,),
        says="The same, renewed in 2032: it is still proven.",
        answers=_archived(V, V),
        qr=LATER,
    ),
)
"""Authorities revoke the keys of person, seal and symbol."""

FOLDER_CASES: Final = (
    Case(
        id="folder-revoked",
        at=_SUMMER,
        knows=_keys(KeyState.REVOKED, _SPRING),
        says="The trust folder says that the office withdrew its keys in good order in March 2028:"
        " what claims to be older is believed.",
        answers=_BARE,
        qr=V,
    ),
    Case(
        id="folder-revoked-before",
        at=_SUMMER,
        knows=_keys(KeyState.REVOKED, _BEFORE),
        says="The trust folder says that the keys were withdrawn in June 2026, before the copy.",
        answers=_all(KEY_REVOKED, KEY_REVOKED),
        qr=KEY_REVOKED,
    ),
    Case(
        id="folder-compromised",
        at=_SUMMER,
        knows=_keys(KeyState.COMPROMISED, _SPRING),
        says="The trust folder says that the keys are in wrong hands since March 2028: only a"
        " proven time helps.",
        answers=_rows((NO_EVIDENCE, UNPROVEN), (NO_EVIDENCE, V), (V, V), (V, V)),
        qr=UNPROVEN,
    ),
    Case(
        id="folder-compromised-before",
        at=_SUMMER,
        knows=_keys(KeyState.COMPROMISED, _BEFORE),
        says="The trust folder says that the keys are in wrong hands since June 2026: no time helps"
        " that is proven later.",
        answers=_rows(
            (NO_EVIDENCE, UNPROVEN),
            (NO_EVIDENCE, UNPROVEN),
            (UNPROVEN, UNPROVEN),
            (UNPROVEN, UNPROVEN),
        ),
        qr=UNPROVEN,
    ),
    Case(
        id="folder-compromised-tsa-expired",
        at=day(2033, 6),
        knows=_keys(KeyState.COMPROMISED, _SPRING),
        says="Keys in wrong hands since 2028, asked in 2033, never renewed: nothing proves that the"
        " copy is older.",
        answers=_rows((EXPIRED, UNPROVEN), (ENDED, UNPROVEN), (ENDED, UNPROVEN), (ENDED, UNPROVEN)),
        qr=UNPROVEN,
    ),
    Case(
        id="folder-compromised-renewed",
        at=day(2056, 3),
        knows=_keys(KeyState.COMPROMISED, _SPRING),
        renewals=(_1, _2, _3),
        says="The same in 2056, renewed each time: the file is good, its symbol alone is not.",
        answers=_archived(V, V),
        qr=UNPROVEN,
    ),
    Case(
        id="symbol-key-compromised",
        at=_SUMMER,
        knows=_keys(KeyState.COMPROMISED, _SPRING, ("qr-2026",)),
        says="Only the key of the symbols is in wrong hands: paper is undetermined, and a file with"
        " a timestamp proves that its symbol is older.",
        answers=_rows((NO_EVIDENCE, UNPROVEN), (NO_EVIDENCE, V), (V, V), (V, V)),
        qr=UNPROVEN,
    ),
    Case(
        id="symbol-key-compromised-before",
        at=_SUMMER,
        knows=_keys(KeyState.COMPROMISED, _BEFORE, ("qr-2026",)),
        says="The key of the symbols was in wrong hands before the copy: every file holds such a"
        " symbol.",
        answers=_rows(
            (NO_EVIDENCE, UNPROVEN),
            (NO_EVIDENCE, UNPROVEN),
            (UNPROVEN, UNPROVEN),
            (UNPROVEN, UNPROVEN),
        ),
        qr=UNPROVEN,
    ),
    Case(
        id="symbol-key-revoked",
        at=_SUMMER,
        knows=_keys(KeyState.REVOKED, _SPRING, ("qr-2026",)),
        says="Only the key of the symbols was withdrawn, in good order and later.",
        answers=_BARE,
        qr=V,
    ),
    Case(
        id="seal-key-compromised",
        at=_SUMMER,
        knows=_keys(KeyState.COMPROMISED, _SPRING, ("seal-2026",)),
        says="Only the key of the seal is in wrong hands: the symbol has another key.",
        answers=_rows((NO_EVIDENCE, UNPROVEN), (NO_EVIDENCE, V), (V, V), (V, V)),
        qr=V,
    ),
)
"""The trust folder knows something about the office's keys."""

_TSA_STOLEN: Final = (Revoke(labels=("tsa-2025",), at=_SPRING, reason=ReasonFlags.key_compromise),)
_CA_STOLEN: Final = (
    Revoke(labels=("ca-2024",), at=day(2030, 3), reason=ReasonFlags.ca_compromise),
)

AUTHORITY_CASES: Final = (
    Case(
        id="tsa-compromised",
        at=_SUMMER,
        supplied=_SUMMER,
        revoke=_TSA_STOLEN,
        says="The key of the timestamping service was stolen in March 2028: its timestamps, which"
        " nothing else proves to be older, prove nothing any more.",
        answers=_rows((NO_TIME, V), (BAD_STAMP, V), (BAD_STAMP, V), (BAD_STAMP, V)),
        qr=V,
    ),
    Case(
        id="tsa-compromised-renewed",
        at=_SUMMER,
        supplied=_SUMMER,
        revoke=_TSA_STOLEN,
        renewals=(_OTHER,),
        says="The same, renewed in 2027 by another service: it proves that the first timestamp is"
        " older than the theft.",
        answers=_archived(V, V),
        qr=V,
    ),
    Case(
        id="tsa-compromised-renewed-later",
        at=day(2035, 6),
        supplied=day(2030, 6),
        revoke=_TSA_STOLEN,
        renewals=(_1,),
        says="The same, renewed only in 2032, after the theft: too late. What is proven is that the"
        " copy existed in 2032, when the signers' certificates had expired.",
        answers=_archived(EXPIRED, V),
        qr=V,
    ),
    Case(
        id="tsa-compromised-keys-changed",
        at=day(2033, 6),
        supplied=_SUMMER,
        revoke=(*_TSA_STOLEN, Revoke(labels=KEYS_OF_2026, at=_SPRING)),
        renewals=(_1,),
        says="The same, and the office changed its keys in the same month: what is proven is 2032,"
        " after they were revoked. The design counts a proof that comes too late as the signer's risk;"
        " ETSI EN 319 102-1 would leave it open (REVOKED_NO_POE).",
        answers=_archived(REVOKED, REVOKED),
        qr=LATER,
    ),
    Case(
        id="tsa-closed",
        at=_SUMMER,
        supplied=_SUMMER,
        revoke=(Revoke(labels=("tsa-2025",), at=_SPRING),),
        says="The timestamping service was closed and its certificate revoked without compromise:"
        " RFC 3161 §4 would still believe its timestamps, ETSI EN 319 102-1 and vncopy do not"
        " unless another one proves them to be older.",
        answers=_rows((NO_TIME, V), (BAD_STAMP, V), (BAD_STAMP, V), (BAD_STAMP, V)),
        qr=V,
    ),
    Case(
        id="folder-tsa-closed",
        at=_SUMMER,
        knows=_keys(KeyState.REVOKED, _SPRING, ("tsa-2025",)),
        says="The trust folder says that the service was closed in good order in March 2028: its"
        " earlier timestamps are believed.",
        answers=_BARE,
        qr=V,
    ),
    Case(
        id="folder-tsa-compromised",
        at=_SUMMER,
        knows=_keys(KeyState.COMPROMISED, _SPRING, ("tsa-2025",)),
        says="The trust folder says that the service's key is in wrong hands since March 2028: a"
        " timestamp proves its own age no better than any other signature, and without a proven time"
        " evidence of 2026 is stale.",
        answers=_rows((NO_EVIDENCE, V), (NO_EVIDENCE, V), (STALE, V), (STALE, V)),
        qr=V,
    ),
    Case(
        id="folder-tsa-compromised-renewed",
        at=_SUMMER,
        knows=_keys(KeyState.COMPROMISED, _SPRING, ("tsa-2025",)),
        renewals=(_OTHER,),
        says="The same, renewed in 2027 by another service.",
        answers=_archived(V, V),
        qr=V,
    ),
    Case(
        id="ca-compromised",
        at=day(2030, 6),
        supplied=day(2030, 6),
        revoke=_CA_STOLEN,
        says="The issuing authority of signers and timestamping service was itself compromised in"
        " March 2030: nothing below it proves anything by itself.",
        answers=_all(LATER, LATER),
        qr=LATER,
    ),
    Case(
        id="ca-compromised-renewed",
        at=day(2030, 6),
        supplied=day(2030, 6),
        revoke=_CA_STOLEN,
        renewals=(_OTHER_LATER,),
        says="The same, renewed in 2029 by a service under another root: all of it is proven to be"
        " older.",
        answers=_archived(V, V),
        qr=LATER,
    ),
)
"""Authorities themselves fail."""

ALGORITHM_CASES: Final = (
    Case(
        id="algorithm-ends-later",
        at=day(2030, 6),
        ended=day(2031),
        says="Keys of this kind stop to be safe in 2031, as the verifier's policy says: until then"
        " nothing changes.",
        answers=_BARE_EXPIRED,
        qr=V,
    ),
    Case(
        id="algorithm-ended",
        at=day(2031, 6),
        ended=day(2031),
        says="They are no longer safe: whoever can forge a signature can forge its claimed time and"
        " its timestamp too.",
        answers=_all(OUTDATED, OUTDATED),
        qr=OUTDATED,
    ),
    Case(
        id="algorithm-ended-renewed",
        at=day(2031, 6),
        ended=day(2031),
        renewals=(_OTHER_LATER,),
        says="The same, renewed in 2029 by a service with keys of the other kind: it proves that"
        " everything was made while it was safe. A symbol cannot be renewed.",
        answers=_archived(V, V),
        qr=OUTDATED,
    ),
)
"""Algorithms end."""

GROUPS: Final[Mapping[str, tuple[Case, ...]]] = {
    "Time alone": UNTROUBLED,
    "Certificates are revoked": REVOKED_CASES,
    "The trust folder knows more": FOLDER_CASES,
    "Authorities fail": AUTHORITY_CASES,
    "Algorithms end": ALGORITHM_CASES,
}
CASES: Final = tuple(case for group in GROUPS.values() for case in group)
