"""Symbols that somebody with a lawful key, or with a true sheet, puts to another use.

Nothing here is broken: every text is framed, signed and encoded as it should be. What is wrong is who
signed, for what, when, or in which role.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from support.qr_copies import AT, ISSUED, changed_key, changed_office, commune, pki, record
from support.qr_copies import with_statement as stated
from support.reuse import ReuseCase
from vncopy.formats.copies import VIETNAM_TIME, CopyKind, SourceOfCopy
from vncopy.formats.identifiers import AgencyCode, RegisterCopyNumber
from vncopy.formats.land import LandCertificate
from vncopy.formats.text import Label
from vncopy.pki.maker import Maker
from vncopy.policy import CheckId, VerificationPolicy
from vncopy.reasons import Reason
from vncopy.report import Covers, Verdict
from vncopy.trust import KeyState, OfficeName, Role, Scope, TrustStore, kid_of
from vncopy.wire import claims as cwt
from vncopy.wire import cose
from vncopy.wire.encode import claims_of
from vncopy.wire.payload import Carriage

if TYPE_CHECKING:
    from collections.abc import Callable

    from vncopy.formats.record import CopyRecord
    from vncopy.pki import DemoIdentity, DemoOffice

SymbolCase = ReuseCase[str]
DAY = timedelta(days=1)
STRICT = VerificationPolicy.strict()
LISTED = VerificationPolicy.offline(max_list_age=7 * DAY, max_status_age=None)
BIRTH, LAND = "vn.birth/1", "vn.land/1"


class Symbols:
    """Makes the texts; how content is compressed is left to the caller."""

    def __init__(self, pack: Callable[[bytes], bytes] | None = None) -> None:
        self.pack = pack

    def packed(self, claims: cwt.Claims) -> bytes:
        """Return the compressed content of a symbol."""
        return cwt.pack(claims) if self.pack is None else self.pack(cwt.to_cbor(claims))

    def sign(
        self,
        claims: cwt.Claims,
        identity: DemoIdentity | None = None,
        *,
        kid: bytes | None = None,
    ) -> str:
        """Return a symbol, signed by anybody, under anybody's key id."""
        identity, packed = identity or commune().qr, self.packed(claims)
        kid = kid or kid_of(identity.certificate)
        signature = identity.signer().sign(cose.to_be_signed(kid, packed))
        return cose.to_text(cose.frame(kid, packed, cose.normalise_low_s(signature)))

    def text(
        self,
        made: CopyRecord[Any] | None = None,
        identity: DemoIdentity | None = None,
        *,
        carriage: Carriage = Carriage.FULL,
        **changes: Any,
    ) -> str:
        """Return the symbol of a record; the claims may say something else than its statement."""
        claims = claims_of(made or record(), carriage)
        return self.sign(replace(claims, **changes), identity)


def cases(pack: Callable[[bytes], bytes] | None = None) -> tuple[SymbolCase, ...]:
    """Return all cases, in the order of the page.

    Args:
        pack: compresses the content; ``None``: as the library does.
    """
    symbols = Symbols(pack)
    return (
        *_another_office(symbols),
        *_another_role(symbols),
        *_beyond_the_grant(symbols),
        *_another_time(symbols),
        *_pairs(symbols),
        *_less_than_asked(symbols),
        *_lawful(symbols),
    )


def _case(group: str, name: str, what: str, build: Callable[[], str], **more: Any) -> SymbolCase:
    values: dict[str, Any] = {"trust": lambda: pki().trust, "at": AT}
    return ReuseCase(group=group, name=name, what=what, build=build, **values | more)


def _other() -> DemoOffice:
    return pki().offices[1]


# --- another lawful office ------------------------------------------------------------------------


def _another_office(symbols: Symbols) -> tuple[SymbolCase, ...]:
    case = partial(_case, "Another lawful office")
    agree = CheckId.OFFICES_AGREE

    def named(name: str, code: str) -> CopyRecord[Any]:
        authority = record().statement.authority
        changes = {"name": Label(name), "agency_code": AgencyCode(code)}
        return stated(record(), authority=authority.model_copy(update=changes))

    return (
        case(
            "signed-anew",
            "signs the very content of another office's symbol with its own key",
            lambda: symbols.text(identity=_other().qr),
            check=agree,
            reason=Reason.OFFICES_DIFFER,
            alone=False,
        ),
        case(
            "own-claim",
            "does so and puts itself into the claim of the issuer",
            lambda: symbols.text(identity=_other().qr, issuer=_other().entry.agency_code),
            check=agree,
            reason=Reason.OFFICE_NAME,
        ),
        case(
            "own-code-in-the-statement",
            "puts its own code into the statement and leaves the name of the other office",
            lambda: symbols.text(named(commune().name, _other().entry.agency_code), _other().qr),
            check=agree,
            reason=Reason.OFFICE_NAME,
        ),
        case(
            "name-of-the-other",
            "an office writes another office's name beside its own code",
            lambda: symbols.text(named(_other().name, commune().entry.agency_code)),
            check=agree,
            reason=Reason.OFFICE_NAME,
        ),
        case(
            "register-of-the-other",
            "an office copies from a register that another office keeps",
            lambda: symbols.text(_from_register(_other()), _other().qr),
            trust=lambda: _holding(_other()),
            check=CheckId.KIND_OFFICE,
            reason=Reason.KIND_OFFICE,
        ),
        case(
            "register-of-nobody-known",
            "an office copies from a register of which nobody says that it keeps one",
            lambda: symbols.text(_from_nowhere()),
            verdict=Verdict.UNDETERMINED,
            check=CheckId.KIND_OFFICE,
            reason=Reason.HOLDER_UNPROVEN,
        ),
        case(
            "under-the-key-id-of-the-other",
            "signs with its own key under the key id of the other office",
            lambda: symbols.sign(
                claims_of(record(), Carriage.FULL),
                _other().qr,
                kid=kid_of(commune().qr.certificate),
            ),
            check=CheckId.SIGNATURE,
            reason=Reason.BAD_SIGNATURE,
        ),
        case(
            "successor-with-the-old-key",
            "the office that took over signs new copies with the key of the one that is gone",
            lambda: symbols.text(_by(_other()), commune().qr),
            trust=lambda: changed_office(successor=_other().entry.agency_code),
            check=agree,
            reason=Reason.OFFICES_DIFFER,
            alone=False,
        ),
        case(
            "office-that-was-dissolved",
            "a key signs in the name of an office that no longer exists",
            symbols.text,
            trust=lambda: changed_office(names=_names(until=ISSUED.date())),
            check=agree,
            reason=Reason.OFFICE_STATE,
        ),
    )


def _from_register(office: DemoOffice) -> CopyRecord[Any]:
    """Return a copy from the register of births, registered at the first commune."""
    made = stated(
        _by(office),
        kind=CopyKind.REGISTER_COPY,
        source=SourceOfCopy.PAPER_REGISTER,
        number=RegisterCopyNumber("12/2026/BS"),
    )
    return replace(
        made,
        document=made.document.model_copy(
            update={"registration_place": record().statement.authority}
        ),
    )


def _from_nowhere() -> CopyRecord[Any]:
    """Return such a copy of a document that names no agency as the one which registered it."""
    made = _from_register(commune())
    place = made.document.registration_place.model_copy(
        update={"name": Label("Ủy ban nhân dân xã cũ"), "agency_code": None}
    )
    return replace(made, document=made.document.model_copy(update={"registration_place": place}))


def _by(office: DemoOffice) -> CopyRecord[Any]:
    return record(office=office)


def _holding(office: DemoOffice) -> TrustStore:
    return changed_office(office.entry, registers=frozenset({"vn.birth"}))


def _names(**changes: Any) -> tuple[OfficeName, ...]:
    return tuple(replace(each, **changes) for each in commune().entry.names)


# --- another role ---------------------------------------------------------------------------------


def _another_role(symbols: Symbols) -> tuple[SymbolCase, ...]:
    case = partial(_case, "A key in another role")
    wrong = {"check": CheckId.ISSUER_KNOWN, "reason": Reason.WRONG_ROLE}
    keys: tuple[tuple[str, str, Callable[[], DemoIdentity]], ...] = (
        ("person", "a person signs a symbol with his own key", lambda: commune().persons["p256"]),
        ("seal", "the key of the office's seal signs a symbol", lambda: commune().seals["p256"]),
        ("timestamps", "a timestamping service signs a symbol", lambda: pki().tsa),
    )
    return (
        *(
            case(name, what, partial(lambda key: symbols.text(identity=key()), key), **wrong)
            for name, what, key in keys
        ),
        case(
            "authority",
            "the authority that issued the certificates signs a symbol itself",
            lambda: symbols.text(identity=pki().issuing),
            verdict=Verdict.UNDETERMINED,
            check=CheckId.ISSUER_KNOWN,
            reason=Reason.UNKNOWN_KEY,
        ),
        case(
            "responder",
            "the service that answers about revocation signs a symbol",
            lambda: symbols.text(identity=pki().responder),
            verdict=Verdict.UNDETERMINED,
            check=CheckId.ISSUER_KNOWN,
            reason=Reason.UNKNOWN_KEY,
        ),
        case(
            "person-under-the-right-key-id",
            "a person signs with his own key under the key id of the symbols' key",
            lambda: symbols.sign(
                claims_of(record(), Carriage.FULL),
                commune().persons["p256"],
                kid=kid_of(commune().qr.certificate),
            ),
            check=CheckId.SIGNATURE,
            reason=Reason.BAD_SIGNATURE,
        ),
        case(
            "listed-for-timestamps-only",
            "the folder lists the certificate that signed for timestamps only",
            symbols.text,
            trust=lambda: changed_key(role=Role.TSA),
            **wrong,
        ),
    )


# --- beyond what the key may sign -----------------------------------------------------------------


def _beyond_the_grant(symbols: Symbols) -> tuple[SymbolCase, ...]:
    case = partial(_case, "Beyond what the key may sign")
    scope = CheckId.ROLE_SCOPE

    def granted(**changes: Any) -> Callable[[], TrustStore]:
        values: dict[str, Any] = {
            "types": frozenset({BIRTH}),
            "kinds": frozenset({CopyKind.REGISTER_EXTRACT_COPY.value}),
        }
        return lambda: changed_key(scopes=(Scope(**values | changes),))

    return (
        case(
            "type",
            "signs a type of document that it was not granted",
            symbols.text,
            trust=granted(types=frozenset({"vn.death/1"})),
            check=scope,
            reason=Reason.SCOPE_TYPE,
        ),
        case(
            "kind",
            "signs a kind of copy that it was not granted",
            symbols.text,
            trust=granted(kinds=frozenset({CopyKind.CERTIFIED_COPY.value})),
            check=scope,
            reason=Reason.SCOPE_KIND,
        ),
        case(
            "area",
            "signs for an area that it was not granted",
            symbols.text,
            trust=granted(areas=frozenset({"01/00376"})),
            check=scope,
            reason=Reason.SCOPE_AREA,
        ),
        case(
            "period",
            "signs after the grant ended",
            symbols.text,
            trust=granted(until=ISSUED),
            check=scope,
            reason=Reason.SCOPE_PERIOD,
        ),
        case(
            "kind-without-office",
            "a commune issues what only a land registration office may issue",
            lambda: symbols.text(
                stated(
                    record("land"),
                    kind=CopyKind.REGISTER_COPY,
                    source=SourceOfCopy.PAPER_REGISTER,
                ),
                carriage=Carriage.REFERENCE,
            ),
            check=scope,
            reason=Reason.SCOPE_KIND,
            alone=False,
        ),
        case(
            "scan-as-a-copy",
            "an office signs a mere scan as if it were a copy",
            lambda: symbols.text(stated(record(), kind=CopyKind.UNCERTIFIED_SCAN)),
            trust=granted(kinds=frozenset({CopyKind.UNCERTIFIED_SCAN.value})),
            check=CheckId.KIND_OFFICE,
            reason=Reason.KIND_STATEMENT,
        ),
        case(
            "copy-of-a-copy",
            "an office certifies a copy of what is a copy itself",
            lambda: symbols.text(
                stated(
                    record("land"),
                    kind=CopyKind.CERTIFIED_COPY,
                    source=SourceOfCopy.OFFICE_COPY_SAO_Y,
                ),
                carriage=Carriage.REFERENCE,
            ),
            check=CheckId.KIND_OFFICE,
            reason=Reason.KIND_STATEMENT,
        ),
    )


# --- another time ---------------------------------------------------------------------------------


def _another_time(symbols: Symbols) -> tuple[SymbolCase, ...]:
    case = partial(_case, "Another time")
    claimed, state = CheckId.CLAIMED_TIME, CheckId.KEY_STATE

    def dated(time: datetime) -> Callable[[], str]:
        return lambda: symbols.text(stated(record(), issued_at=time.astimezone(VIETNAM_TIME)))

    return (
        case(
            "before-the-key-signed",
            "is dated to before the key signed for the office",
            symbols.text,
            trust=lambda: changed_key(signs_from=ISSUED + timedelta(seconds=1)),
            check=claimed,
            reason=Reason.CLAIMED_OUTSIDE_WINDOW,
        ),
        case(
            "before-the-certificate",
            "is dated to before the certificate was issued",
            lambda: symbols.text(identity=_young()),
            trust=lambda: changed_key(certificate=_young().certificate),
            check=CheckId.PATH,
            reason=Reason.PATH_NOT_YET_VALID,
        ),
        case(
            "after-the-key-was-retired",
            "a new copy is signed with a key that was retired",
            symbols.text,
            trust=lambda: changed_key(state=KeyState.RETIRED, signs_until=ISSUED),
            check=claimed,
            reason=Reason.CLAIMED_OUTSIDE_WINDOW,
        ),
        case(
            "after-the-key-was-revoked",
            "a new copy is signed with a key that was revoked",
            symbols.text,
            trust=lambda: changed_key(state=KeyState.REVOKED, state_since=ISSUED),
            check=state,
            reason=Reason.KEY_REVOKED,
        ),
        case(
            "back-dated-with-a-stolen-key",
            "a thief dates a new copy to before the theft",
            dated(ISSUED - 9 * DAY),
            trust=lambda: changed_key(state=KeyState.COMPROMISED, state_since=ISSUED),
            verdict=Verdict.UNDETERMINED,
            check=state,
            reason=Reason.NO_PROOF_OF_EXISTENCE,
        ),
        case(
            "dated-ahead",
            "is dated ahead, to be used when its time has come",
            dated(ISSUED + 30 * DAY),
            check=claimed,
            reason=Reason.CLAIMED_IN_FUTURE,
        ),
        case(
            "before-any-law",
            "is dated to a day for which nobody knows the law",
            dated(datetime(2009, 3, 1, tzinfo=UTC)),
            trust=_since_1990,
            check=CheckId.KIND_OFFICE,
            reason=Reason.PROFILE_UNKNOWN,
            verdict=Verdict.UNDETERMINED,
            alone=False,
        ),
    )


@cache
def _young() -> DemoIdentity:
    """Return a key of the first office whose certificate is younger than the copy."""
    maker = Maker(seed=b"a key that came later", start=ISSUED + DAY)
    return maker.leaf("young.qr", "Young", pki().issuing, kind="p256", role=Role.QR)


def _since_1990() -> TrustStore:
    """Return a folder in which office and key are older than any law that is known here."""
    start = datetime(1990, 1, 1, tzinfo=UTC)
    changed = changed_key(signs_from=start)
    (office,) = (
        each for each in changed.offices if each.agency_code == commune().entry.agency_code
    )
    others = tuple(each for each in changed.offices if each is not office)
    return replace(changed, offices=(replace(office, names=_names(since=start.date())), *others))


# --- pairs of one key id --------------------------------------------------------------------------


def _pairs(symbols: Symbols) -> tuple[SymbolCase, ...]:
    case = partial(_case, "Several keys of one key id")
    return (
        case(
            "two-offices-one-certificate",
            "two offices list one certificate, and the one that may not issues",
            lambda: symbols.text(_by(_other()), commune().qr),
            trust=lambda: _shared(Scope(types=frozenset({LAND}), kinds=frozenset({"office_copy"}))),
            check=CheckId.ROLE_SCOPE,
            reason=Reason.SCOPE_TYPE,
        ),
        case(
            "six-offices-one-certificate",
            "so many offices list one certificate that the one which issued is not among those tried",
            lambda: symbols.text(_by(_other()), commune().qr),
            trust=lambda: _crowded(before=5),
            verdict=Verdict.UNDETERMINED,
            check=CheckId.SIGNATURE,
            reason=Reason.TOO_MANY_KEYS,
        ),
        case(
            "revoked-for-the-other-office",
            "one certificate of two offices is revoked for the one that issues",
            lambda: symbols.text(_by(_other()), commune().qr),
            trust=lambda: _shared(None, state=KeyState.REVOKED, state_since=ISSUED),
            check=CheckId.KEY_STATE,
            reason=Reason.KEY_REVOKED,
        ),
    )


def _shared(scope: Scope | None, **changes: Any) -> TrustStore:
    """Return a folder in which the second office lists the first one's certificate too."""
    (entry,) = (each for each in commune().entry.certificates if each.role is Role.QR)
    if scope is not None:
        changes["scopes"] = (scope,)
    listed = (*_other().entry.certificates, replace(entry, **changes))
    return changed_office(_other().entry, certificates=listed)


def _crowded(before: int) -> TrustStore:
    """Return a folder in which further offices list the certificate before the second one does."""
    shared = _shared(None)
    first, second, *others = shared.offices
    crowd = tuple(
        replace(first, agency_code=f"H26.99{number}", certificates=first.certificates[-1:])
        for number in range(before)
    )
    return replace(shared, offices=(first, *crowd, second, *others))


# --- less than was asked for ----------------------------------------------------------------------


def _less_than_asked(symbols: Symbols) -> tuple[SymbolCase, ...]:
    case = partial(_case, "Less than what was asked for")
    return (
        case(
            "key-fields-under-a-full-page",
            "a symbol with key fields alone stands on a page that shows the whole document",
            lambda: symbols.text(carriage=Carriage.REFERENCE),
            verdict=Verdict.VALID,
            covers=Covers.QR_KEY_FIELDS,
        ),
        case(
            "true-symbol-on-any-sheet",
            "the symbol of a true copy is put on a sheet with another name",
            symbols.text,
            verdict=Verdict.VALID,
            covers=Covers.QR_CONTENT,
        ),
        case(
            "another-type",
            "a birth is shown where a land certificate is asked for",
            symbols.text,
            expect=LandCertificate,
            check=CheckId.SCHEMA,
            reason=Reason.UNEXPECTED_TYPE,
        ),
        case(
            "no-list-of-keys",
            "a list of keys is asked for, and none is at hand",
            symbols.text,
            policy=STRICT,
            verdict=Verdict.UNDETERMINED,
            check=CheckId.TRUST_LIST,
            reason=Reason.NO_TRUST_LIST,
            alone=False,
        ),
        case(
            "list-from-before-the-copy",
            "a list of keys is asked for, and the one at hand is from before the copy",
            symbols.text,
            trust=partial(_dated, ISSUED - DAY / 2),
            policy=LISTED,
            verdict=Verdict.UNDETERMINED,
            check=CheckId.TRUST_LIST,
            reason=Reason.LIST_OLDER_THAN_COPY,
        ),
        case(
            "list-from-the-future",
            "a list is dated ahead, so that it seems fresh for years",
            symbols.text,
            trust=partial(_dated, AT + 900 * DAY),
            policy=LISTED,
            verdict=Verdict.UNDETERMINED,
            check=CheckId.TRUST_LIST,
            reason=Reason.LIST_FROM_FUTURE,
        ),
        case(
            "old-list",
            "an old list is shown on which a key is not yet named as stolen",
            symbols.text,
            trust=partial(_dated, ISSUED + DAY),
            at=ISSUED + 90 * DAY,
            policy=LISTED,
            verdict=Verdict.UNDETERMINED,
            check=CheckId.TRUST_LIST,
            reason=Reason.LIST_STALE,
        ),
        case(
            "folder-that-calls-itself-fresh",
            "a folder with a fresh date, signed by nobody, is given out as the list of keys",
            symbols.text,
            trust=partial(_dated, AT),
            policy=LISTED,
            verdict=Verdict.UNDETERMINED,
            check=CheckId.TRUST_LIST,
            reason=Reason.NO_TRUST_LIST,
        ),
        case(
            "no-status",
            "the status is asked for, and the copy names no list of it",
            symbols.text,
            policy=STRICT,
            verdict=Verdict.UNDETERMINED,
            check=CheckId.STATUS,
            reason=Reason.NO_STATUS_CLAIM,
            alone=False,
        ),
    )


# --- lawful, however odd it looks -----------------------------------------------------------------


def _lawful(symbols: Symbols) -> tuple[SymbolCase, ...]:
    case = partial(
        _case, "Lawful, and to be accepted", verdict=Verdict.VALID, covers=Covers.QR_CONTENT
    )
    return (
        case(
            "retired-since",
            "a key that was retired the second after it signed",
            symbols.text,
            trust=lambda: changed_key(
                state=KeyState.RETIRED, signs_until=ISSUED + timedelta(seconds=1)
            ),
        ),
        case(
            "revoked-since",
            "a key that was withdrawn in good order the second after it signed",
            symbols.text,
            trust=lambda: changed_key(
                state=KeyState.REVOKED, state_since=ISSUED + timedelta(seconds=1)
            ),
        ),
        case(
            "expired-since",
            "a certificate that expired years ago, on an old copy",
            symbols.text,
            at=ISSUED + 20 * 365 * DAY,
        ),
        case(
            "certified-by-another-office",
            "an office certifies the land certificate that another authority issued",
            lambda: symbols.text(
                record("land", office=_other()), _other().qr, carriage=Carriage.REFERENCE
            ),
            covers=Covers.QR_KEY_FIELDS,
        ),
        case(
            "successor-with-its-own-key",
            "the office that took over a register copies from it with its own key",
            lambda: symbols.text(_from_register(_other()), _other().qr),
            trust=_succeeded,
        ),
        case(
            "two-offices-one-certificate-each-its-own",
            "two offices list one certificate, and the one that may issues",
            lambda: symbols.text(_by(_other()), commune().qr),
            trust=lambda: _shared(None),
        ),
        case(
            "four-offices-one-certificate",
            "the office that issued is the last of those that are tried",
            lambda: symbols.text(_by(_other()), commune().qr),
            trust=lambda: _crowded(before=2),
        ),
    )


def _succeeded() -> TrustStore:
    """Return a folder in which the second office took over the first one's register."""
    trust = _holding(_other())
    gone = replace(commune().entry, successor=_other().entry.agency_code)
    return replace(
        trust,
        offices=tuple(
            gone if each.agency_code == gone.agency_code else each for each in trust.offices
        ),
    )


def _dated(as_of: datetime) -> TrustStore:
    return replace(pki().trust, as_of=as_of)
