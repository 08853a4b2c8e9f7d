"""Files that somebody with lawful keys, a stolen one or another true copy puts to another use.

Every signature in them fits its bytes and every page is what the library itself would make. What is
wrong is who signed, in which role, when, or what belongs to which copy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from support.levels import stamp
from support.pdf_copies import AT, ISSUED, demo, typeset_copy
from support.reuse import ReuseCase
from support.tokens import TokenPlan, token_of
from vncopy.issue.pages import signable_page
from vncopy.pdf.appended import TokenSource
from vncopy.pdf.seal import seal_field
from vncopy.pdf.validation_data import ValidationData, add_validation_data
from vncopy.policy import CheckId, PadesLevel, VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import Verdict
from vncopy.sign.signer import signature_for_cms
from vncopy.trust import KeyState, Role, TrustStore
from vncopy.wire import base45, cose

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from vncopy.formats.record import CopyRecord
    from vncopy.issue.states import UnsealedCopy
    from vncopy.pki import DemoIdentity, DemoOffice, DemoPki

FileCase = ReuseCase[bytes]
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
ROOM = 8192
"""Bytes kept for a timestamp."""


@dataclass(frozen=True, kw_only=True)
class By:
    """Who signs a field, and how."""

    identity: DemoIdentity
    """Whose key."""
    at: datetime = ISSUED
    """The time that he claims."""
    stamped: datetime | None = None
    """The time of the timestamp over his signature."""
    plan: TokenPlan | None = None
    """What else the timestamp says."""


def first() -> DemoOffice:
    """Return the office whose copies are re-used."""
    return demo().offices[0]


def second() -> DemoOffice:
    """Return another lawful office."""
    return demo().offices[1]


def person(office: DemoOffice | None = None, **changes: Any) -> By:
    """Return the person of an office."""
    return By(identity=(office or first()).persons["p256"], **changes)


def seal(office: DemoOffice | None = None, **changes: Any) -> By:
    """Return the seal of an office."""
    return By(identity=(office or first()).seals["p256"], **changes)


def signed(pdf: bytes, field: str, by: By) -> bytes:
    """Sign a prepared field as a copy is signed, whoever does so."""
    signer = by.identity.signer()
    source = None
    if by.stamped is not None:
        plan = replace(by.plan or TokenPlan(), time=by.stamped)
        source = TokenSource(partial(token_of, plan=plan), ROOM)
    return seal_field(
        pdf,
        field=field,
        chain=signer.chain,
        sign=lambda message: signature_for_cms(signer.algorithm, signer.sign(message)),
        locks=["person"] if field == "person" else ["person", "seal"],
        certify=field == "person",
        at=by.at,
        timestamp=source,
    )


def copy(*, by: By | None = None, sealed: By | None = None, page: bytes | None = None) -> bytes:
    """Return a copy of the first office, signed by anybody."""
    attested = signed(page or typeset_copy().pdf, "person", by or person())
    return signed(attested, "seal", sealed or seal())


def page_of(record: CopyRecord[Any], state: UnsealedCopy[Any], qr_text: str) -> bytes:
    """Return the page of a record with any symbol on it and in it."""
    message = base45.decode(qr_text.removeprefix(cose.PREFIX))
    return signable_page(record, state.profile, state.fonts, qr_text=qr_text, message=message)


def listed(which: DemoIdentity, **changes: Any) -> TrustStore:
    """Return the demo's folder with another entry for one certificate."""
    trust = demo().trust
    offices = tuple(
        replace(
            office,
            certificates=tuple(
                replace(each, **changes) if each.certificate == which.certificate else each
                for each in office.certificates
            ),
        )
        for office in trust.offices
    )
    return replace(trust, offices=offices)


def cases() -> tuple[FileCase, ...]:
    """Return all cases, in the order of the page."""
    return (
        *_another_office(),
        *_another_role(),
        *_another_time(),
        *_other_words(),
        *_another_copy(),
        *_lawful(),
    )


def _case(group: str, name: str, what: str, build: Callable[[], bytes], **more: Any) -> FileCase:
    values: dict[str, Any] = {"trust": lambda: demo().trust, "at": AT}
    return ReuseCase(group=group, name=name, what=what, build=cache(build), **values | more)


# --- another lawful office ------------------------------------------------------------------------


def _another_office() -> tuple[FileCase, ...]:
    case = partial(_case, "Another lawful office", check=CheckId.SIGNER_ROLES)
    differ = {"reason": Reason.OFFICES_DIFFER}
    return (
        case(
            "sealed",
            "another office seals a copy that the first one attested",
            lambda: copy(sealed=seal(second())),
            **differ,
        ),
        case(
            "attested",
            "a person of another office attests",
            lambda: copy(by=person(second())),
            **differ,
        ),
        case(
            "signed-anew",
            "another office takes the page and lets its own person and seal sign",
            lambda: copy(by=person(second()), sealed=seal(second())),
            **differ,
        ),
        case(
            "signed-anew-with-its-symbol",
            "it also signs the content of the symbol anew, with its own key",
            lambda: copy(
                by=person(second()), sealed=seal(second()), page=_with_symbol_of(second())
            ),
            check=CheckId.OFFICES_AGREE,
            alone=False,
            **differ,
        ),
        case(
            "land-office",
            "the land registration office seals a copy of a birth",
            lambda: copy(by=person(demo().offices[2]), sealed=seal(demo().offices[2])),
            **differ,
        ),
    )


def _with_symbol_of(office: DemoOffice) -> bytes:
    """Return the page of the first office's copy with the same content signed by another one."""
    from vncopy.trust import kid_of

    state = typeset_copy()
    content = cose.parse_message(state.qr_text).payload
    kid = kid_of(office.qr.certificate)
    signature = office.qr.signer().sign(cose.to_be_signed(kid, content))
    text = cose.to_text(cose.frame(kid, content, cose.normalise_low_s(signature)))
    return page_of(state.record, state, text)


# --- another role ---------------------------------------------------------------------------------


def _another_role() -> tuple[FileCase, ...]:
    case = partial(_case, "A key in another role", check=CheckId.SIGNER_ROLES)
    office = first()
    return (
        case(
            "one-certificate-for-person-and-seal",
            "one certificate signs for the person and as the seal",
            lambda: copy(sealed=person()),
            reason=Reason.SEAL_MISSING,
        ),
        case(
            "one-certificate-listed-for-both",
            "the folder lists one certificate as a person's and as the seal",
            lambda: copy(by=seal()),
            trust=_both_roles,
            reason=Reason.SAME_KEY,
        ),
        case(
            "one-key-in-two-certificates",
            "person and seal have certificates of their own over one key",
            lambda: copy(by=By(identity=_twin())),
            trust=_with_twin,
            reason=Reason.SAME_KEY,
        ),
        case(
            "swapped",
            "the seal signs in the person's place, and the person in the seal's",
            lambda: copy(by=seal(), sealed=person()),
            reason=Reason.PERSON_MISSING,
        ),
        case(
            "seal-alone",
            "the seal signs twice where a person has to sign",
            lambda: copy(by=seal()),
            reason=Reason.PERSON_MISSING,
        ),
        case(
            "symbols-key-as-seal",
            "the key of the symbols seals the file",
            lambda: copy(sealed=By(identity=office.qr)),
            reason=Reason.WRONG_ROLE,
        ),
        case(
            "timestamps-as-seal",
            "a timestamping service seals the file",
            lambda: copy(sealed=By(identity=demo().tsa)),
            check=CheckId.SIGNER_PATHS,
            reason=Reason.PATH_KEY_USAGE,
            alone=False,
        ),
        case(
            "authority-as-seal",
            "the authority that issued the certificates seals the file",
            lambda: copy(sealed=By(identity=demo().issuing)),
            check=CheckId.SIGNER_PATHS,
            reason=Reason.PATH_BASIC_CONSTRAINTS,
            alone=False,
        ),
        case(
            "responder-as-person",
            "the service that answers about revocation signs as a person",
            lambda: copy(by=By(identity=demo().responder)),
            check=CheckId.SIGNER_PATHS,
            reason=Reason.PATH_KEY_USAGE,
            alone=False,
        ),
        case(
            "stranger-below-a-trusted-authority",
            "somebody of whom no office knows has a certificate of a trusted authority",
            lambda: copy(by=By(identity=_stranger())),
            verdict=Verdict.UNDETERMINED,
            reason=Reason.SIGNER_UNKNOWN,
        ),
    )


def _both_roles() -> TrustStore:
    """Return a folder in which the seal's certificate is a person's too."""
    trust, certificate = demo().trust, first().seals["p256"].certificate
    office, *others = trust.offices
    (entry,) = (each for each in office.certificates if each.certificate == certificate)
    both = (*office.certificates, replace(entry, role=Role.PERSON))
    return replace(trust, offices=(replace(office, certificates=both), *others))


@cache
def _twin() -> DemoIdentity:
    """Return a person's certificate over the key of the seal."""
    of, over = first().persons["p256"], first().seals["p256"]
    return replace(of, key=over.key, chain=(_certified(of, over), *of.chain[1:]))


def _certified(of: DemoIdentity, over: DemoIdentity) -> bytes:
    """Return a certificate that names one and certifies the key of another."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding

    old = of.parsed
    builder = (
        x509.CertificateBuilder()
        .subject_name(old.subject)
        .issuer_name(old.issuer)
        .public_key(over.key.public_key())
        .serial_number(77)
        .not_valid_before(old.not_valid_before_utc)
        .not_valid_after(old.not_valid_after_utc)
    )
    for each in old.extensions:
        if not isinstance(each.value, x509.SubjectKeyIdentifier):
            builder = builder.add_extension(each.value, each.critical)
    made = builder.sign(demo().issuing.key, hashes.SHA256(), ecdsa_deterministic=True)
    return made.public_bytes(Encoding.DER)


def _with_twin() -> TrustStore:
    return listed(first().persons["p256"], certificate=_twin().certificate)


@cache
def _stranger() -> DemoIdentity:
    from vncopy.pki.maker import Maker

    maker = Maker(seed=b"a stranger", start=demo().issuing.parsed.not_valid_before_utc)
    return maker.leaf("stranger", "Somebody", demo().issuing, kind="p256")


# --- another time ---------------------------------------------------------------------------------


def _another_time() -> tuple[FileCase, ...]:
    case = partial(_case, "Another time")
    roles, time = CheckId.SIGNER_ROLES, CheckId.TRUSTED_TIME
    key = first().seals["p256"]
    stamps = {"by": person(stamped=ISSUED + SECOND)}
    basic = VerificationPolicy.offline_basic()
    timed = replace(basic, waived=basic.waived - {time})
    stolen = partial(listed, key, state=KeyState.COMPROMISED, state_since=ISSUED + DAY / 2)
    return (
        case(
            "sealed-before-the-symbol",
            "the seal claims a time from before the copy was issued",
            lambda: copy(sealed=seal(at=ISSUED - 3 * DAY)),
            check=roles,
            reason=Reason.CLAIMED_TIME_DIFFERS,
        ),
        case(
            "sealed-much-later",
            "an attested draft is sealed days later, with the old time on its page",
            lambda: copy(sealed=seal(at=ISSUED + 3 * DAY)),
            at=ISSUED + 9 * DAY,
            check=roles,
            reason=Reason.CLAIMED_TIME_DIFFERS,
        ),
        case(
            "sealed-ahead",
            "the seal claims a time in the future",
            lambda: copy(sealed=seal(at=ISSUED + 3 * DAY)),
            check=CheckId.SIGNER_PATHS,
            reason=Reason.CLAIMED_IN_FUTURE,
            alone=False,
        ),
        case(
            "after-the-seal-was-retired",
            "a retired seal is used once more",
            copy,
            trust=partial(listed, key, state=KeyState.RETIRED, signs_until=ISSUED),
            check=roles,
            reason=Reason.CLAIMED_OUTSIDE_WINDOW,
        ),
        case(
            "after-the-seal-was-revoked",
            "a revoked seal is used once more",
            copy,
            trust=partial(listed, key, state=KeyState.REVOKED, state_since=ISSUED),
            check=roles,
            reason=Reason.KEY_REVOKED,
        ),
        case(
            "back-dated-with-a-stolen-seal",
            "a thief seals with a time from before the theft; no timestamp says when",
            copy,
            trust=stolen,
            verdict=Verdict.UNDETERMINED,
            check=roles,
            reason=Reason.NO_PROOF_OF_EXISTENCE,
        ),
        case(
            "back-dated-and-stamped",
            "he adds timestamps, which say when he really did so",
            lambda: copy(
                by=person(stamped=ISSUED + 2 * DAY), sealed=seal(stamped=ISSUED + 2 * DAY)
            ),
            at=ISSUED + 9 * DAY,
            policy=timed,
            verdict=Verdict.UNDETERMINED,
            check=time,
            reason=Reason.DELAY_TOO_LONG,
        ),
        case(
            "stolen-and-stamped-within-the-delay",
            "he is quick, and the timestamps are of the day of the claim but after the theft",
            lambda: copy(
                by=person(stamped=ISSUED + DAY * 0.6), sealed=seal(stamped=ISSUED + DAY * 0.6)
            ),
            trust=stolen,
            at=ISSUED + 9 * DAY,
            policy=timed,
            verdict=Verdict.UNDETERMINED,
            check=roles,
            reason=Reason.NO_PROOF_OF_EXISTENCE,
        ),
        case(
            "stolen-in-the-minute-of-the-timestamp",
            "he is so quick that the timestamp may be off by more than the time since the theft",
            lambda: copy(
                by=person(stamped=ISSUED + 30 * SECOND),
                sealed=seal(stamped=ISSUED + 30 * SECOND, plan=_vague()),
            ),
            trust=partial(
                listed, key, state=KeyState.COMPROMISED, state_since=ISSUED + 31 * SECOND
            ),
            policy=timed,
            verdict=Verdict.UNDETERMINED,
            check=roles,
            reason=Reason.NO_PROOF_OF_EXISTENCE,
        ),
        case(
            "stamped-before-the-claim",
            "the timestamp is older than the time that the seal claims",
            lambda: copy(sealed=seal(at=ISSUED + DAY / 2, stamped=ISSUED + SECOND), **stamps),
            policy=timed,
            check=time,
            reason=Reason.PROVEN_BEFORE_CLAIMED,
        ),
        case(
            "below-the-level-asked-for",
            "the timestamps are left out so that nothing says when it was signed",
            copy,
            policy=replace(basic, level=PadesLevel.B_T),
            check=CheckId.LEVEL,
            verdict=Verdict.UNDETERMINED,
            reason=Reason.LEVEL_TOO_LOW,
        ),
        case(
            "stamped-by-the-seal-itself",
            "the office stamps its own file with the key of its seal",
            lambda: stamp(copy(), authority=first().seals["p256"]),
            check=CheckId.SIGNER_PATHS,
            reason=Reason.PATH_KEY_USAGE,
            alone=False,
        ),
    )


def _vague() -> TokenPlan:
    """Return a timestamp that may be off by two seconds."""
    return TokenPlan(says=lambda says: says.update(accuracy={"seconds": 2}))


# --- words about revocation -----------------------------------------------------------------------


def _other_words() -> tuple[FileCase, ...]:
    lasting = VerificationPolicy.long_term(level=PadesLevel.B_T)
    case = partial(
        _case, "Words of another time about revocation", policy=lasting, check=CheckId.REVOCATION
    )
    return (
        case(
            "no-words",
            "nothing is said of revocation, and it is asked for",
            _stamped,
            verdict=Verdict.UNDETERMINED,
            reason=Reason.NO_REVOCATION_EVIDENCE,
        ),
        case(
            "words-from-before",
            "lists from long before the copy are brought along",
            lambda: _with_words(ISSUED - 300 * DAY),
            verdict=Verdict.UNDETERMINED,
            reason=Reason.REVOCATION_STALE,
        ),
        case(
            "words-from-the-future",
            "lists are brought along that are dated ahead",
            lambda: _with_words(ISSUED + 30 * DAY),
            verdict=Verdict.UNDETERMINED,
            reason=Reason.REVOCATION_MALFORMED,
        ),
        case(
            "words-of-a-stranger",
            "lists of another authority of the same name are brought along",
            lambda: _with_words(ISSUED, pki=demo(b"somebody else")),
            verdict=Verdict.UNDETERMINED,
            reason=Reason.REVOCATION_MALFORMED,
        ),
        case(
            "old-words-beside-newer-ones",
            "a list from before the theft is put beside the one that names it",
            lambda: _with_words(ISSUED - DAY, ISSUED + DAY / 2, pki=_robbed()),
            reason=Reason.CERTIFICATE_REVOKED,
            alone=False,
        ),
    )


def _stamped(stamped: datetime = ISSUED + SECOND) -> bytes:
    return copy(by=person(stamped=stamped), sealed=seal(stamped=stamped))


def _with_words(*times: datetime, pki: DemoPki | None = None) -> bytes:
    """Return a copy at B-T with what the authorities said of revocation at some times."""
    lists = {piece for time in times for piece in (pki or demo()).evidence(time).pieces}
    held = (demo().issuing.certificate, demo().root.certificate)
    return add_validation_data(
        _stamped(), ValidationData(certificates=held, crls=tuple(sorted(lists)))
    )


def _robbed() -> DemoPki:
    """Return the demo in which the seal was stolen before the copy was issued."""
    return demo().revoked(first().seals["p256"], at=ISSUED - DAY / 4)


# --- parts of another copy ------------------------------------------------------------------------


def _another_copy() -> tuple[FileCase, ...]:
    case = partial(_case, "Parts of another copy")
    return (
        case(
            "symbol-of-another-copy",
            "the page and record of one person bear the symbol of another one's true copy",
            lambda: copy(page=_page_with(typeset_copy(seed=2).qr_text)),
            check=CheckId.RECORD_MATCHES_PAYLOAD,
            reason=Reason.RECORD_DIFFERS,
        ),
        case(
            "other-record-under-a-reference-symbol",
            "a true symbol with key fields alone stands on the page of a record that was changed elsewhere",
            lambda: copy(page=_reference_page(key=False)),
            check=CheckId.RECORD_MATCHES_PAYLOAD,
            reason=Reason.DIGEST_DIFFERS,
        ),
        case(
            "other-key-field-under-a-reference-symbol",
            "the same, and one of the key fields was changed",
            lambda: copy(page=_reference_page(key=True)),
            check=CheckId.RECORD_MATCHES_PAYLOAD,
            reason=Reason.RECORD_DIFFERS,
        ),
        case(
            "other-salt",
            "the record is salted anew, to fit a digest by trial",
            lambda: copy(page=_salted()),
            check=CheckId.RECORD_MATCHES_PAYLOAD,
            reason=Reason.DIGEST_DIFFERS,
        ),
    )


# --- lawful, however odd it looks -----------------------------------------------------------------


def _lawful() -> tuple[FileCase, ...]:
    case = partial(_case, "Lawful, and to be accepted", verdict=Verdict.VALID, at=ISSUED + 9 * DAY)
    key = first().seals["p256"]
    stolen = partial(listed, key, state=KeyState.COMPROMISED, state_since=ISSUED + DAY / 2)
    return (
        case("plain", "nobody did anything", copy),
        case(
            "retired-since",
            "the seal was retired since",
            copy,
            trust=partial(listed, key, state=KeyState.RETIRED, signs_until=ISSUED + SECOND),
        ),
        case(
            "stolen-after-the-timestamp",
            "the seal was stolen after a timestamp had proven when it sealed",
            lambda: _stamped(ISSUED + SECOND),
            trust=stolen,
        ),
        case(
            "stolen-just-after-the-timestamp-and-what-it-may-be-off-by",
            "the theft was a second later than the timestamp can possibly be",
            lambda: copy(
                by=person(stamped=ISSUED + 30 * SECOND),
                sealed=seal(stamped=ISSUED + 30 * SECOND, plan=_vague()),
            ),
            trust=partial(
                listed, key, state=KeyState.COMPROMISED, state_since=ISSUED + 33 * SECOND
            ),
        ),
        case(
            "sealed-the-next-morning",
            "the seal follows half a day after the symbol",
            lambda: copy(sealed=seal(at=ISSUED + DAY / 2)),
        ),
        case(
            "words-of-the-day",
            "the authorities' lists of that day are brought along",
            lambda: _with_words(ISSUED),
            at=AT,
            policy=VerificationPolicy.long_term(level=PadesLevel.B_T),
        ),
    )


def _page_with(qr_text: str) -> bytes:
    state = typeset_copy()
    return page_of(state.record, state, qr_text)


def _reference_page(*, key: bool) -> bytes:
    """Return the page of a changed record with the true symbol of the one before."""
    state = typeset_copy("birth", "reference")
    other = typeset_copy(seed=2).record.document
    changes = {"full_name": other.full_name} if key else {"birth_place": other.birth_place}
    document = state.record.document.model_copy(update=changes)
    assert document != state.record.document
    return page_of(replace(state.record, document=document), state, state.qr_text)


def _salted() -> bytes:
    state = typeset_copy("birth", "reference")
    return page_of(replace(state.record, salt=bytes(16)), state, state.qr_text)
