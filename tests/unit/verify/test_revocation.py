from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import x25519
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import example, given, settings
from hypothesis import strategies as st

from support.chains import (
    DOCUMENT_SIGNING,
    NOW,
    YEAR,
    Made,
    authority,
    key,
    leaf,
    name,
    rebuilt,
    root,
    store,
    usage,
)
from support.der import oid, tlv
from support.evidence import DAY, WEEK, Answer, crl, entry, no_answer, responder, response
from vncopy.facts.evidence import MAX_EVIDENCE, MAX_EVIDENCE_BYTES, EvidenceKind
from vncopy.reasons import Reason
from vncopy.trust import Role, TrustAnchor, TrustStore
from vncopy.verify.algorithms import DEFAULT_ALGORITHMS, AlgorithmPolicy, Lifetime
from vncopy.verify.chain import validate_path
from vncopy.verify.crl_words import words_of_crl
from vncopy.verify.revocation import (
    CLOCK_SKEW,
    MAX_AUTHORITY_AGE,
    KnownEvidence,
    RevocationResult,
    check_revocation,
)
from vncopy.verify.words import NotAuthenticError

HOUR = timedelta(hours=1)
SHA1 = hashes.SHA1()  # noqa: S303 - to be refused
SECOND = timedelta(seconds=1)
SIGNED = NOW - 30 * DAY
"""A time that is proven, in the cases that have one."""

Piece = tuple[EvidenceKind, bytes] | tuple[EvidenceKind, bytes, datetime]


@dataclass(frozen=True, kw_only=True)
class World:
    """A path and who may speak of it."""

    top: Made
    issuing: Made
    office: Made

    @property
    def trust(self) -> TrustStore:
        return store(self.top, intermediates=(self.issuing,))

    @property
    def chain(self) -> tuple[bytes, ...]:
        return (self.office.der, self.issuing.der, self.top.der)


@cache
def world() -> World:
    top = root()
    issuing = authority(top)
    return World(top=top, issuing=issuing, office=leaf(issuing))


TOP, ISSUING, OFFICE = world().top, world().issuing, world().office
UNKNOWN_KEY = tlv(0x30, tlv(0x30, oid("1.2.3.4")), tlv(0x03, b"\0" * 9))
CA_GOOD: Piece = ("crl", crl(TOP))
"""What the root says of the issuing authority: nothing."""


def good(**changes: Any) -> Answer:
    return Answer(**{"certificate": OFFICE, "issuer": ISSUING, **changes})


def revoked(when: datetime, reason: str | None = None, **changes: Any) -> Answer:
    return good(status="revoked", revoked_at=when, reason=reason, **changes)


def ask(*pieces: Piece, of: World | None = None, **changes: Any) -> RevocationResult:
    """Check the path with evidence, by default at ``NOW`` with nothing proven."""
    place = of or world()
    at = changes.pop("at", NOW)
    proven_at = changes.pop("proven_at", None)
    return check_revocation(
        changes.pop("chain", place.chain),
        [
            KnownEvidence(kind=each[0], der=each[1], seen=each[2] if len(each) == 3 else at)
            for each in pieces
        ],
        relevant=proven_at or at,
        proven=proven_at is not None,
        at=at,
        max_age=changes.pop("max_age", DAY),
        trust=changes.pop("trust", place.trust),
        **changes,
    )


def _point(**changes: Any) -> tuple[tuple[x509.ExtensionType, bool], ...]:
    plain: dict[str, Any] = {
        "full_name": None,
        "relative_name": None,
        "only_contains_user_certs": False,
        "only_contains_ca_certs": False,
        "only_some_reasons": None,
        "indirect_crl": False,
        "only_contains_attribute_certs": False,
    }
    return ((x509.IssuingDistributionPoint(**{**plain, **changes}), True),)


def _unknown(value: bytes = b"\x05\x00", oid: str = "1.3.6.1.4.1.99999.1") -> Any:
    return x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), value)


def _url(address: str) -> x509.UniformResourceIdentifier:
    return x509.UniformResourceIdentifier(address)


def _delegated(answer: Answer | None = None, **changes: Any) -> Piece:
    by = responder(ISSUING, **changes)
    return ("ocsp", response(answer or good(), responder=by))


def _sibling() -> Made:
    """Another authority of the same name, with a key of its own."""
    return authority(TOP, label="sibling")


def _stranger() -> Made:
    return authority(root(subject=name("Elsewhere"), label="elsewhere"), label="stranger")


NONE = Reason.NO_REVOCATION_EVIDENCE
STALE = Reason.REVOCATION_STALE
MALFORMED = Reason.REVOCATION_MALFORMED

# What one piece about the office's certificate amounts to, when nothing is proven. The piece about
# the issuing authority is always there and good.
ONE_PIECE: dict[str, tuple[Piece, Reason | None]] = {
    "CRL": (("crl", crl(ISSUING)), None),
    "OCSP by the issuer": (("ocsp", response(good())), None),
    "OCSP that names the certificate by SHA-256": (("ocsp", response(good(certid="sha256"))), None),
    "OCSP by a delegate without a check": (_delegated(), None),
    "OCSP without next update": (("ocsp", response(good(life=None))), None),
    "a certificate is no evidence": (("certificate", OFFICE.der), NONE),
    "nonsense as OCSP": (("ocsp", b"nonsense"), MALFORMED),
    "nonsense as CRL": (("crl", b"nonsense"), MALFORMED),
    "nothing as OCSP": (("ocsp", b""), MALFORMED),
    "CRL as OCSP": (("ocsp", crl(ISSUING)), MALFORMED),
    "OCSP as CRL": (("crl", response(good())), MALFORMED),
    "trailing byte after the CRL": (("crl", crl(ISSUING) + b"\0"), MALFORMED),
    "trailing byte after OCSP": (("ocsp", response(good()) + b"\0"), MALFORMED),
    "responder has no answer": (("ocsp", no_answer()), NONE),
    "OCSP about nobody": (
        (
            "ocsp",
            tlv(0x30, b"\x0a\x01\x00"),
        ),
        MALFORMED,
    ),
    # Who speaks
    "CRL of another authority": (("crl", crl(_stranger(), issuer_name=name("X"))), NONE),
    "CRL of the issuer's name by a sibling": (("crl", crl(_sibling())), MALFORMED),
    "CRL of the issuer's name by a stranger": (
        ("crl", crl(ISSUING, signed_by=key("attacker"))),
        MALFORMED,
    ),
    "CRL of the issuer's key under another name": (
        ("crl", crl(ISSUING, issuer_name=name("Other"))),
        NONE,
    ),
    "CRL by the root about the office": (("crl", crl(TOP, issuer_name=name("Root"))), NONE),
    "CRL by the signer itself": (
        ("crl", crl(OFFICE, issuer_name=name("Issuing"))),
        MALFORMED,
    ),
    "OCSP by a sibling": (("ocsp", response(good(), signed_by=key("sibling"))), MALFORMED),
    "OCSP by the root": (("ocsp", response(good(), responder=TOP)), MALFORMED),
    "OCSP by the signer itself": (("ocsp", response(good(), responder=OFFICE)), MALFORMED),
    "delegate without extended usage": (_delegated(extended=None), MALFORMED),
    "delegate with another extended usage": (
        _delegated(extended=x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])),
        MALFORMED,
    ),
    "delegate with any extended usage": (
        _delegated(extended=x509.ExtendedKeyUsage([ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE])),
        MALFORMED,
    ),
    "delegate for encryption alone": (_delegated(usage=usage(key_encipherment=True)), MALFORMED),
    "delegate without key usage": (_delegated(usage=None), None),
    "delegate of a sibling": (
        ("ocsp", response(good(), responder=responder(_sibling()))),
        MALFORMED,
    ),
    "delegate of the root": (("ocsp", response(good(), responder=responder(TOP))), MALFORMED),
    "delegate appointed by a signer": (
        ("ocsp", response(good(), responder=responder(OFFICE))),
        MALFORMED,
    ),
    "delegate whose certificate is forged": (_delegated(signed_by=key("attacker")), MALFORMED),
    "delegate's certificate left out": (
        ("ocsp", response(good(), responder=responder(ISSUING), certificates=())),
        MALFORMED,
    ),
    "delegate behind other certificates": (
        (
            "ocsp",
            response(
                good(),
                responder=responder(ISSUING),
                certificates=(ISSUING, TOP, OFFICE, responder(ISSUING)),
            ),
        ),
        None,
    ),
    "delegate behind too many certificates": (
        (
            "ocsp",
            response(
                good(),
                responder=responder(ISSUING),
                certificates=(ISSUING, TOP, OFFICE, ISSUING, responder(ISSUING)),
            ),
        ),
        MALFORMED,
    ),
    "delegate expired": (_delegated(start=NOW - YEAR, end=NOW - DAY), STALE),
    "delegate not yet valid": (_delegated(start=NOW + DAY), STALE),
    "delegate with an unknown critical extension": (
        _delegated(more=((x509.OCSPNoCheck(), False), (_unknown(), True))),
        MALFORMED,
    ),
    "delegate with secp256k1": (_delegated(kind="k1"), MALFORMED),
    "delegate with Ed25519": (
        (
            "ocsp",
            response(
                good(), responder=responder(ISSUING, kind="ed25519"), signed_by=key("attacker")
            ),
        ),
        MALFORMED,
    ),
    "CRL signed with PSS in the name of an elliptic key": (
        ("crl", crl(ISSUING, signed_by=key("attacker", "rsa2048"), pss=True)),
        MALFORMED,
    ),
    "CRL signed with RSA in the name of an elliptic key": (
        ("crl", crl(ISSUING, signed_by=key("attacker", "rsa2048"))),
        MALFORMED,
    ),
    "CRL signed with Ed25519 in the name of an elliptic key": (
        ("crl", crl(ISSUING, signed_by=key("attacker", "ed25519"))),
        MALFORMED,
    ),
    "delegate of whom nothing is known": (_delegated(no_check=False), NONE),
    # About whom
    "OCSP about another serial number": (("ocsp", response(good(serial=7))), NONE),
    "OCSP with another issuer name": (("ocsp", response(good(name_hash=b"\0" * 20))), NONE),
    "OCSP with another issuer key": (("ocsp", response(good(key_hash=b"\0" * 20))), NONE),
    "OCSP with a digest that is too short": (("ocsp", response(good(name_hash=b"\0"))), NONE),
    "OCSP that names the certificate by MD5": (("ocsp", response(good(certid="md5"))), MALFORMED),
    "responder does not know it": (("ocsp", response(good(status="unknown"))), NONE),
    "OCSP about two certificates": (
        ("ocsp", response(good(), good(serial=7))),
        MALFORMED,
    ),
    "OCSP about too many certificates": (
        ("ocsp", response(good(), *(good(serial=each) for each in range(64)))),
        MALFORMED,
    ),
    "OCSP about no certificate": (("ocsp", response(good())[:0] + response(good())), None),
    "CRL with another certificate on it": (("crl", crl(ISSUING, entry(7, SIGNED))), None),
    # When
    "CRL of a day ago": (("crl", crl(ISSUING, at=NOW - DAY)), None),
    "CRL of more than a day ago": (("crl", crl(ISSUING, at=NOW - DAY - SECOND)), STALE),
    "CRL that ends now": (("crl", crl(ISSUING, at=NOW - HOUR, life=HOUR)), None),
    "CRL that has ended": (("crl", crl(ISSUING, at=NOW - HOUR, life=HOUR - SECOND)), STALE),
    "OCSP of more than a day ago": (("ocsp", response(good(at=NOW - DAY - SECOND))), STALE),
    "OCSP that has ended": (("ocsp", response(good(at=NOW - HOUR, life=SECOND))), STALE),
    "OCSP without next update of more than a day ago": (
        ("ocsp", response(good(at=NOW - DAY - SECOND, life=None))),
        STALE,
    ),
    "CRL of a clock that is ahead": (("crl", crl(ISSUING, at=NOW + CLOCK_SKEW)), None),
    "CRL from the future": (("crl", crl(ISSUING, at=NOW + CLOCK_SKEW + SECOND)), MALFORMED),
    "OCSP from the future": (("ocsp", response(good(at=NOW + HOUR))), MALFORMED),
    "OCSP said in the future": (("ocsp", response(good(), produced=NOW + HOUR)), MALFORMED),
    "OCSP said before it was known": (("ocsp", response(good(), produced=NOW - HOUR)), MALFORMED),
    "OCSP that ends before it begins": (
        ("ocsp", response(good(life=-HOUR))),
        MALFORMED,
    ),
    "OCSP made from a list of yesterday": (
        ("ocsp", response(good(at=NOW - DAY, life=WEEK), produced=NOW)),
        None,
    ),
    # With what
    "CRL signed with SHA-384": (("crl", crl(ISSUING, digest=hashes.SHA384())), None),
    "CRL signed with SHA-224": (("crl", crl(ISSUING, digest=hashes.SHA224())), MALFORMED),
    "OCSP signed with SHA-1": (
        ("ocsp", response(good(), digest="sha1")),
        Reason.ALGORITHM_OUTDATED,
    ),
    "delegate with RSA 1024": (_delegated(kind="rsa1024"), Reason.ALGORITHM_OUTDATED),
    "delegate with RSA 2048": (_delegated(kind="rsa2048"), None),
    "delegate signs with MD5": (
        (
            "ocsp",
            response(good(), responder=responder(ISSUING, kind="rsa2048"), digest="md5"),
        ),
        MALFORMED,
    ),
    "delegate signs with PSS": (
        (
            "ocsp",
            response(good(), responder=responder(ISSUING, kind="rsa2048"), pss=hashes.SHA384()),
        ),
        None,
    ),
    "delegate signs with PSS and SHA-1": (
        (
            "ocsp",
            response(good(), responder=responder(ISSUING, kind="rsa2048"), pss=SHA1),
        ),
        MALFORMED,
    ),
    "delegate whose certificate is signed with SHA-224": (
        _delegated(hash=hashes.SHA224()),
        MALFORMED,
    ),
    # What is covered
    "CRL for signers alone": (
        ("crl", crl(ISSUING, more=_point(only_contains_user_certs=True))),
        None,
    ),
    "CRL for authorities alone": (
        ("crl", crl(ISSUING, more=_point(only_contains_ca_certs=True))),
        MALFORMED,
    ),
    "CRL for attribute certificates": (
        ("crl", crl(ISSUING, more=_point(only_contains_attribute_certs=True))),
        MALFORMED,
    ),
    "CRL for some reasons": (
        (
            "crl",
            crl(
                ISSUING,
                more=_point(only_some_reasons=frozenset({x509.ReasonFlags.key_compromise})),
            ),
        ),
        MALFORMED,
    ),
    "CRL with an entry that cannot be read": (
        ("crl", crl(ISSUING, entry(7, SIGNED, more=((_unknown(b"\x05\0", "2.5.29.21"), False),)))),
        MALFORMED,
    ),
    "indirect CRL": (("crl", crl(ISSUING, more=_point(indirect_crl=True))), MALFORMED),
    "delta CRL": (("crl", crl(ISSUING, more=((x509.DeltaCRLIndicator(1), True),))), MALFORMED),
    "CRL of a part that the certificate does not name": (
        ("crl", crl(ISSUING, more=_point(full_name=[_url("http://pki.example.vn/b.crl")]))),
        MALFORMED,
    ),
    "CRL with an unknown extension, not critical": (
        ("crl", crl(ISSUING, more=((_unknown(), False),))),
        None,
    ),
    "CRL with an unknown critical extension": (
        ("crl", crl(ISSUING, more=((_unknown(), True),))),
        MALFORMED,
    ),
    "CRL with an unknown critical extension of another's entry": (
        ("crl", crl(ISSUING, entry(7, SIGNED, more=((_unknown(), True),)))),
        MALFORMED,
    ),
    "CRL with somebody else's entry": (
        (
            "crl",
            crl(
                ISSUING,
                entry(
                    7,
                    SIGNED,
                    more=((x509.CertificateIssuer([x509.DirectoryName(name("X"))]), True),),
                ),
            ),
        ),
        MALFORMED,
    ),
    "OCSP with an unknown critical extension": (
        ("ocsp", response(good(), more=(("1.3.6.1.4.1.99999.1", True, b"\x05\x00"),))),
        MALFORMED,
    ),
    "OCSP with an unknown extension, not critical": (
        ("ocsp", response(good(), more=(("1.3.6.1.4.1.99999.1", False, b"\x05\x00"),))),
        None,
    ),
    "OCSP answer with an unknown critical extension": (
        ("ocsp", response(good(more=(("1.3.6.1.4.1.99999.1", True, b"\x05\x00"),)))),
        MALFORMED,
    ),
    "OCSP with an extension twice": (
        ("ocsp", response(good(), more=(("1.3.6.1.4.1.99999.1", False, b"\x05\x00"),) * 2)),
        MALFORMED,
    ),
    "CRL too large to be looked at": (
        ("crl", crl(ISSUING, more=((_unknown(b"\x04\0" + b"0" * MAX_EVIDENCE_BYTES), False),))),
        MALFORMED,
    ),
    "OCSP too large to be looked at": (
        (
            "ocsp",
            response(
                good(),
                more=(("1.3.6.1.4.1.99999.1", False, b"0" * MAX_EVIDENCE_BYTES),),
            ),
        ),
        MALFORMED,
    ),
    # Bad news, at once
    "revoked": (("crl", crl(ISSUING, entry(OFFICE, NOW - DAY))), Reason.REVOKED_LATER),
    "revoked, by OCSP": (("ocsp", response(revoked(NOW - DAY))), Reason.REVOKED_LATER),
    "key compromised": (
        ("crl", crl(ISSUING, entry(OFFICE, NOW - DAY, "key_compromise"))),
        Reason.REVOKED_LATER,
    ),
    "on hold": (
        ("crl", crl(ISSUING, entry(OFFICE, NOW - DAY, "hold"))),
        Reason.CERTIFICATE_ON_HOLD,
    ),
    "on hold, by OCSP": (
        ("ocsp", response(revoked(NOW - DAY, "hold"))),
        Reason.CERTIFICATE_ON_HOLD,
    ),
    "revoked from tomorrow on": (
        ("crl", crl(ISSUING, entry(OFFICE, NOW + DAY))),
        Reason.REVOKED_LATER,
    ),
    "removed from the list": (
        ("crl", crl(ISSUING, entry(OFFICE, NOW - DAY, "remove"))),
        None,
    ),
    "revoked, by a stale list": (
        ("crl", crl(ISSUING, entry(OFFICE, NOW - 60 * DAY), at=NOW - 40 * DAY)),
        Reason.REVOKED_LATER,
    ),
    "revoked, by a delta list": (
        (
            "crl",
            crl(ISSUING, entry(OFFICE, NOW - DAY), more=((x509.DeltaCRLIndicator(1), True),)),
        ),
        Reason.REVOKED_LATER,
    ),
    "revoked, by a list for some reasons": (
        (
            "crl",
            crl(
                ISSUING,
                entry(OFFICE, NOW - DAY, "key_compromise"),
                more=_point(only_some_reasons=frozenset({x509.ReasonFlags.key_compromise})),
            ),
        ),
        Reason.REVOKED_LATER,
    ),
    "revoked, by an indirect list": (
        ("crl", crl(ISSUING, entry(OFFICE, NOW - DAY), more=_point(indirect_crl=True))),
        MALFORMED,
    ),
    "revoked, by OCSP about two certificates": (
        ("ocsp", response(good(serial=7), revoked(NOW - DAY))),
        Reason.REVOKED_LATER,
    ),
    "good and revoked in one response": (
        ("ocsp", response(good(), revoked(NOW - DAY))),
        Reason.REVOKED_LATER,
    ),
    "revoked and removed in one list": (
        (
            "crl",
            crl(ISSUING, entry(OFFICE, NOW - DAY), entry(OFFICE, NOW - DAY, "remove")),
        ),
        Reason.REVOKED_LATER,
    ),
    "revoked, signed with SHA-1": (
        ("ocsp", response(revoked(NOW - DAY), digest="sha1")),
        Reason.REVOKED_LATER,
    ),
    "revoked, by a delegate that has expired": (
        _delegated(revoked(NOW - DAY), start=NOW - YEAR, end=NOW - DAY),
        Reason.REVOKED_LATER,
    ),
    "revoked, says somebody who may not": (
        ("ocsp", response(revoked(NOW - DAY), responder=OFFICE)),
        MALFORMED,
    ),
    "revoked, says a sibling": (
        ("crl", crl(_sibling(), entry(OFFICE, NOW - DAY))),
        MALFORMED,
    ),
}


@pytest.mark.parametrize("case", ONE_PIECE)
def test_one_piece_amounts_to_what_it_should(case: str) -> None:
    piece, expected = ONE_PIECE[case]
    result = ask(CA_GOOD, piece)
    assert result.reason is expected
    assert result.detail == ("" if expected is None else "certificate 0")


@pytest.mark.parametrize(
    "case",
    [case for case, (_piece, reason) in ONE_PIECE.items() if reason in {NONE, STALE, MALFORMED}],
)
def test_a_piece_that_does_not_count_takes_nothing_from_one_that_does(case: str) -> None:
    piece, _expected = ONE_PIECE[case]
    assert ask(CA_GOOD, piece, ("ocsp", response(good()))).reason is None


@pytest.mark.parametrize(
    "case",
    [
        case
        for case, (_piece, reason) in ONE_PIECE.items()
        if reason in {Reason.REVOKED_LATER, Reason.CERTIFICATE_ON_HOLD}
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_no_good_word_of_the_same_hour_erases_a_bad_one(case: str, first: bool) -> None:
    piece, expected = ONE_PIECE[case]
    other: Piece = ("ocsp", response(good()))
    pieces = (other, piece) if first else (piece, other)
    if case.startswith("on hold"):
        pieces = tuple(("ocsp", response(good(at=NOW - HOUR))) if p is other else p for p in pieces)
    assert ask(CA_GOOD, *pieces).reason is expected


# --- A proven time -------------------------------------------------------------------------------


def _list(*entries: x509.RevokedCertificate, at: datetime = NOW) -> Piece:
    return ("crl", crl(ISSUING, *entries, at=at))


PROVEN: dict[str, tuple[tuple[Piece, ...], Reason | None]] = {
    "nothing": ((), NONE),
    "list of that day": ((_list(at=SIGNED - HOUR),), None),
    "list of the day before": ((_list(at=SIGNED - DAY),), None),
    "list older than that": ((_list(at=SIGNED - DAY - SECOND),), STALE),
    "list of a month later": ((_list(),), None),
    "revoked after it": ((_list(entry(OFFICE, NOW - DAY)),), None),
    "revoked a second after it": ((_list(entry(OFFICE, SIGNED + SECOND)),), None),
    "revoked at that second": ((_list(entry(OFFICE, SIGNED)),), Reason.CERTIFICATE_REVOKED),
    "revoked before it": ((_list(entry(OFFICE, SIGNED - DAY)),), Reason.CERTIFICATE_REVOKED),
    "compromised after it": ((_list(entry(OFFICE, NOW - DAY, "key_compromise")),), None),
    "compromised before it": (
        (_list(entry(OFFICE, SIGNED - DAY, "key_compromise")),),
        Reason.CERTIFICATE_REVOKED,
    ),
    **{
        f"{reason}, reaching back before it": (
            (_list(entry(OFFICE, NOW - DAY, reason, invalid_from=SIGNED - HOUR)),),
            Reason.CERTIFICATE_REVOKED,
        )
        for reason in ("key_compromise", "ca_compromise", "aa_compromise", "superseded")
    },
    "reaching back, reason not told": (
        (_list(entry(OFFICE, NOW - DAY, invalid_from=SIGNED)),),
        Reason.CERTIFICATE_REVOKED,
    ),
    "reaching back, not far enough": (
        (_list(entry(OFFICE, NOW - DAY, "key_compromise", invalid_from=SIGNED + SECOND)),),
        None,
    ),
    "invalidity date after revocation": (
        (_list(entry(OFFICE, SIGNED - HOUR, invalid_from=NOW)),),
        Reason.CERTIFICATE_REVOKED,
    ),
    "good then, revoked later": (
        (_list(at=SIGNED), _list(entry(OFFICE, NOW - DAY))),
        None,
    ),
    "good then, found compromised later": (
        (
            _list(at=SIGNED),
            _list(entry(OFFICE, NOW - DAY, "key_compromise", invalid_from=SIGNED - HOUR)),
        ),
        Reason.CERTIFICATE_REVOKED,
    ),
    "older revoked, newer good": (
        (_list(entry(OFFICE, SIGNED - DAY), at=SIGNED - HOUR), _list()),
        Reason.CERTIFICATE_REVOKED,
    ),
    "older revoked, newer removed": (
        (
            _list(entry(OFFICE, SIGNED - DAY), at=SIGNED - HOUR),
            _list(entry(OFFICE, SIGNED, "remove")),
        ),
        Reason.CERTIFICATE_REVOKED,
    ),
    "on hold then": (
        (_list(entry(OFFICE, SIGNED - DAY, "hold"), at=SIGNED - HOUR),),
        Reason.CERTIFICATE_ON_HOLD,
    ),
    "on hold then, lifted later": (
        (_list(entry(OFFICE, SIGNED - DAY, "hold"), at=SIGNED - HOUR), _list()),
        Reason.CERTIFICATE_ON_HOLD,
    ),
    "on hold, lifted before": (
        (
            _list(entry(OFFICE, SIGNED - WEEK, "hold"), at=SIGNED - 2 * DAY),
            _list(at=SIGNED - HOUR),
        ),
        None,
    ),
    "on hold, removed before": (
        (
            _list(entry(OFFICE, SIGNED - WEEK, "hold"), at=SIGNED - 2 * DAY),
            _list(entry(OFFICE, SIGNED - DAY, "remove"), at=SIGNED - HOUR),
        ),
        None,
    ),
    "on hold, good word of the same list time": (
        (
            _list(entry(OFFICE, SIGNED - WEEK, "hold"), at=SIGNED - HOUR),
            ("ocsp", response(good(at=SIGNED - HOUR))),
        ),
        Reason.CERTIFICATE_ON_HOLD,
    ),
    "on hold, lifted by a stale word": (
        (
            _list(entry(OFFICE, SIGNED - 3 * WEEK, "hold"), at=SIGNED - 2 * WEEK),
            _list(at=SIGNED - WEEK),
            _list(),
        ),
        Reason.CERTIFICATE_ON_HOLD,
    ),
    "on hold later": ((_list(entry(OFFICE, NOW - DAY, "hold")),), None),
    "on hold and then revoked before": (
        (
            _list(entry(OFFICE, SIGNED - WEEK, "hold"), at=SIGNED - DAY),
            _list(entry(OFFICE, SIGNED - HOUR, "key_compromise")),
        ),
        Reason.CERTIFICATE_REVOKED,
    ),
    "unknown to the responder": ((("ocsp", response(good(status="unknown"))),), NONE),
    "revoked later, told by a stale delegate": (
        (_delegated(revoked(NOW - DAY), end=NOW - HOUR),),
        STALE,
    ),
}


@pytest.mark.parametrize("case", PROVEN)
def test_a_proven_time_decides(case: str) -> None:
    pieces, expected = PROVEN[case]
    top: Piece = ("crl", crl(TOP, at=SIGNED))
    result = ask(top, *pieces, proven_at=SIGNED)
    assert result.reason is expected


def test_a_claimed_time_only_speaks_against_the_signer() -> None:
    bad = _list(entry(OFFICE, SIGNED))
    before, after = SIGNED - SECOND, SIGNED
    assert ask(CA_GOOD, bad, claimed=before).reason is Reason.REVOKED_LATER
    assert ask(CA_GOOD, bad, claimed=after).reason is Reason.CERTIFICATE_REVOKED
    assert ask(CA_GOOD, bad).reason is Reason.REVOKED_LATER


def test_who_claims_a_time_within_a_hold_signed_within_it() -> None:
    """A proof of time that comes after the hold was lifted changes nothing about that."""
    top: Piece = ("crl", crl(TOP, at=SIGNED))
    held = _list(entry(OFFICE, SIGNED - WEEK, "hold"), at=SIGNED - 2 * DAY)
    lifted = _list(at=SIGNED - HOUR)
    for claimed, expected in (
        (SIGNED - 2 * WEEK, None),
        (SIGNED - WEEK, Reason.CERTIFICATE_ON_HOLD),
        (SIGNED - DAY, Reason.CERTIFICATE_ON_HOLD),
        (SIGNED - HOUR, None),
    ):
        found = ask(top, held, lifted, proven_at=SIGNED, claimed=claimed)
        assert found.reason is expected


def test_a_replayed_good_response_says_nothing_about_later() -> None:
    old: Piece = ("ocsp", response(good(at=SIGNED, life=WEEK)))
    assert ask(CA_GOOD, old).reason is STALE
    assert ask(("crl", crl(TOP, at=SIGNED)), old, proven_at=SIGNED).reason is None


def test_numbers_of_lists_decide_nothing() -> None:
    """A list with a lower number and a later time is the later one, and the other way round."""
    bad: Piece = ("crl", crl(ISSUING, entry(OFFICE, NOW - DAY), number=9, at=NOW - HOUR))
    assert ask(CA_GOOD, bad, ("crl", crl(ISSUING, number=3))).reason is Reason.REVOKED_LATER
    bad = ("crl", crl(ISSUING, entry(OFFICE, NOW - DAY), number=3, at=NOW - HOUR))
    assert ask(CA_GOOD, bad, ("crl", crl(ISSUING, number=9))).reason is Reason.REVOKED_LATER


# --- When evidence existed -----------------------------------------------------------------------


def test_evidence_counts_by_when_it_provably_existed() -> None:
    """The authority expires in five years; ten years later its list counts if it was kept then."""
    then, later = NOW + HOUR, NOW + 10 * YEAR
    kept: tuple[Piece, ...] = (
        ("crl", crl(TOP), then),
        ("crl", crl(ISSUING), then),
    )
    late: tuple[Piece, ...] = (("crl", crl(TOP)), ("crl", crl(ISSUING)))
    assert ask(*kept, proven_at=NOW, at=later).reason is None
    result = ask(*late, proven_at=NOW, at=later)
    assert result.reason is STALE
    assert result.detail == "certificate 1"


def test_evidence_from_after_the_time_at_which_it_existed_is_forged() -> None:
    piece: Piece = ("crl", crl(ISSUING, at=NOW), NOW - HOUR)
    assert ask(CA_GOOD, piece, proven_at=SIGNED).reason is MALFORMED


def test_algorithms_count_by_when_evidence_existed() -> None:
    sunset = AlgorithmPolicy(
        table=(
            *(each for each in DEFAULT_ALGORITHMS.table if each.name != "secp256r1"),
            Lifetime(name="secp256r1", bits=256, until=NOW + YEAR),
        )
    )
    later = NOW + 2 * YEAR
    kept: tuple[Piece, ...] = (("crl", crl(TOP), NOW), ("crl", crl(ISSUING), NOW))
    late: tuple[Piece, ...] = (("crl", crl(TOP)), ("crl", crl(ISSUING)))
    assert ask(*kept, proven_at=NOW, at=later, algorithms=sunset).reason is None
    result = ask(*late, proven_at=NOW, at=later, algorithms=sunset)
    assert result.reason is Reason.ALGORITHM_OUTDATED


def test_authorities_forget_what_has_expired() -> None:
    """A list from after the end of a certificate no longer names it, revoked or not."""
    brief = leaf(ISSUING, end=NOW - DAY)
    place = World(top=TOP, issuing=ISSUING, office=brief)
    assert ask(CA_GOOD, _list(), of=place, proven_at=SIGNED).reason is STALE
    assert ask(CA_GOOD, _list(at=NOW - DAY), of=place, proven_at=SIGNED).reason is None
    named = _list(entry(brief, NOW - 2 * DAY))
    assert ask(CA_GOOD, named, of=place, proven_at=SIGNED).reason is None
    for since, expected in ((NOW - DAY, None), (NOW - DAY + SECOND, STALE)):
        stamp = tlv(0x18, since.strftime("%Y%m%d%H%M%SZ").encode())
        keeps: Piece = ("crl", crl(ISSUING, more=((_unknown(stamp, "2.5.29.60"), False),)))
        assert ask(CA_GOOD, keeps, of=place, proven_at=SIGNED).reason is expected
        cutoff = (("1.3.6.1.5.5.7.48.1.6", False, stamp),)
        answer = Answer(certificate=brief, issuer=ISSUING, more=cutoff)
        assert (
            ask(CA_GOOD, ("ocsp", response(answer)), of=place, proven_at=SIGNED).reason is expected
        )
    for stamp in (b"", b"\x18\x0f2026130100000Z", b"\x18\x0f20261301000000Z", b"\x05\x00"):
        odd: Piece = ("crl", crl(ISSUING, more=((_unknown(stamp, "2.5.29.60"), False),)))
        assert ask(CA_GOOD, odd, of=place, proven_at=SIGNED).reason is STALE


def test_nothing_is_known_of_a_certificate_before_it_was_issued() -> None:
    young = leaf(ISSUING, start=NOW - HOUR)
    place = World(top=TOP, issuing=ISSUING, office=young)
    assert ask(CA_GOOD, _list(at=NOW - HOUR - SECOND), of=place).reason is STALE
    assert ask(CA_GOOD, _list(at=NOW - HOUR), of=place).reason is None


def test_parts_of_a_list_speak_of_those_who_name_them() -> None:
    named = x509.CRLDistributionPoints(
        [
            x509.DistributionPoint([_url("http://pki.example.vn/a.crl")], None, None, None),
            x509.DistributionPoint(
                None,
                x509.RelativeDistinguishedName(name("part").rdns[1]),
                None,
                None,
            ),
        ]
    )
    place = World(top=TOP, issuing=ISSUING, office=leaf(ISSUING, more=((named, False),)))

    def part(address: str) -> Piece:
        return ("crl", crl(ISSUING, more=_point(full_name=[_url(address)])))

    assert ask(CA_GOOD, part("http://pki.example.vn/a.crl"), of=place).reason is None
    assert ask(CA_GOOD, part("http://pki.example.vn/b.crl"), of=place).reason is MALFORMED
    relative = _point(relative_name=name("part").rdns[1])
    assert ask(CA_GOOD, ("crl", crl(ISSUING, more=relative)), of=place).reason is MALFORMED


# --- Authorities and delegates -------------------------------------------------------------------


def test_authorities_are_asked_about_too() -> None:
    mine = _list()
    result = ask(mine)
    assert (result.reason, result.detail) == (NONE, "certificate 1")
    revoked_at = entry(ISSUING, NOW - DAY)
    result = ask(("crl", crl(TOP, revoked_at)), mine)
    assert (result.reason, result.detail) == (Reason.REVOKED_LATER, "certificate 1")
    result = ask(("crl", crl(TOP, revoked_at)), mine, claimed=NOW)
    assert (result.reason, result.detail) == (Reason.CERTIFICATE_REVOKED, "certificate 1")


def test_the_worst_that_is_said_of_any_certificate_decides() -> None:
    hold = _list(entry(OFFICE, NOW - DAY, "hold"))
    for pieces in ((("crl", crl(TOP, entry(ISSUING, NOW - DAY))), hold), (CA_GOOD, hold)):
        result = ask(*pieces)
        expected = Reason.CERTIFICATE_ON_HOLD if CA_GOOD in pieces else Reason.REVOKED_LATER
        assert result.reason is expected


def test_roots_speak_seldom() -> None:
    """A root is kept offline: what it says of an authority counts until its own end."""
    half_a_year: Piece = ("crl", crl(TOP, at=NOW - 180 * DAY, life=YEAR))
    assert ask(half_a_year, _list()).reason is None
    ended: Piece = ("crl", crl(TOP, at=NOW - 180 * DAY, life=179 * DAY))
    assert ask(ended, _list()).reason is STALE
    endless: Piece = (
        "ocsp",
        response(Answer(certificate=ISSUING, issuer=TOP, at=NOW - 2 * DAY, life=None)),
    )
    assert ask(endless, _list()).reason is STALE
    old = World(top=root(start=NOW - 4 * YEAR), issuing=ISSUING, office=OFFICE)
    ancient: Piece = ("crl", crl(old.top, at=NOW - MAX_AUTHORITY_AGE - DAY, life=3 * YEAR))
    assert ask(ancient, _list(), of=old).reason is STALE


def test_an_authority_that_was_revoked_no_longer_vouches() -> None:
    """Revoked in good order after the signature: what it said before counts, later not."""
    gone = NOW - 10 * DAY
    top: Piece = ("crl", crl(TOP, entry(ISSUING, gone, "superseded")))
    before: Piece = ("crl", crl(ISSUING, at=SIGNED), gone - SECOND)
    after: Piece = ("crl", crl(ISSUING, at=SIGNED), gone)
    assert ask(top, before, proven_at=SIGNED).reason is None
    result = ask(top, after, proven_at=SIGNED)
    assert (result.reason, result.detail) == (STALE, "certificate 0")


def test_a_renewed_anchor_is_the_same_authority() -> None:
    old = root(end=NOW + HOUR)
    new = root(start=NOW)
    chain = (OFFICE.der, ISSUING.der, old.der)
    later = NOW + DAY
    pieces: tuple[Piece, ...] = (("crl", crl(TOP)), ("crl", crl(ISSUING)))
    kept = {"chain": chain, "proven_at": NOW, "at": later}
    assert ask(*pieces, trust=store(old), **kept).reason is STALE
    assert ask(*pieces, trust=store(old, new), **kept).reason is None
    other = root(label="other-root")
    assert ask(*pieces, trust=store(old, other), **kept).reason is STALE
    strange = rebuilt(other, other, lambda parts: [*parts[:6], UNKNOWN_KEY, *parts[7:]])
    unknown = TrustStore(
        anchors=(*store(old).anchors, TrustAnchor(name="strange", certificate=strange))
    )
    assert ask(*pieces, trust=unknown, **kept).reason is STALE
    broken = TrustStore(
        anchors=(*store(old).anchors, TrustAnchor(name="broken", certificate=b"broken"))
    )
    assert ask(*pieces, trust=broken, **kept).reason is STALE


def test_an_authority_that_may_not_sign_lists_says_nothing_with_them() -> None:
    for allowed in (usage(key_cert_sign=True),):
        issuing = authority(TOP, usage=allowed)
        place = World(top=TOP, issuing=issuing, office=leaf(issuing))
        assert ask(CA_GOOD, ("crl", crl(issuing)), of=place).reason is MALFORMED


def test_a_list_signed_with_pss_counts() -> None:
    issuing = authority(TOP, kind="rsa2048", label="issuing-rsa")
    place = World(top=TOP, issuing=issuing, office=leaf(issuing))
    top: Piece = ("crl", crl(TOP))
    assert ask(top, ("crl", crl(issuing, pss=True)), of=place).reason is None
    assert ask(top, ("crl", crl(issuing)), of=place).reason is None


def test_a_delegate_is_asked_about_unless_the_issuer_spares_it() -> None:
    checked = responder(ISSUING, no_check=False)
    answer: Piece = ("ocsp", response(good(), responder=checked))
    result = ask(CA_GOOD, answer, _list(entry(7, SIGNED)))
    assert result.reason is None
    assert ask(CA_GOOD, answer).reason is NONE
    spoken: Piece = (
        "ocsp",
        response(Answer(certificate=checked, issuer=ISSUING)),
    )
    result = ask(CA_GOOD, answer, spoken)
    assert result.reason is None
    assert [each.place for each in result.used] == [1, 0, -1]


def test_a_delegate_does_not_vouch_for_itself_or_for_another() -> None:
    checked = responder(ISSUING, no_check=False)
    answer: Piece = ("ocsp", response(good(), responder=checked))
    itself: Piece = (
        "ocsp",
        response(Answer(certificate=checked, issuer=ISSUING), responder=checked),
    )
    assert ask(CA_GOOD, answer, itself).reason is NONE
    friend = responder(ISSUING, label="friend")
    by_friend: Piece = (
        "ocsp",
        response(Answer(certificate=checked, issuer=ISSUING), responder=friend),
    )
    assert ask(CA_GOOD, answer, by_friend).reason is NONE


def test_nobody_says_of_himself_that_he_was_not_revoked() -> None:
    """An authority lets a signer answer for it: not about his own key, in whatever certificate."""
    usages = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING, DOCUMENT_SIGNING])
    more = ((x509.OCSPNoCheck(), False),)
    both = leaf(ISSUING, extended=usages, more=more)
    place = World(top=TOP, issuing=ISSUING, office=both)
    about = Answer(certificate=both, issuer=ISSUING)
    assert ask(CA_GOOD, ("ocsp", response(about, responder=both)), of=place).reason is MALFORMED
    again = leaf(ISSUING, extended=usages, more=more, serial=9)
    assert ask(CA_GOOD, ("ocsp", response(about, responder=again)), of=place).reason is MALFORMED
    other = leaf(ISSUING, extended=usages, more=more, label="other")
    assert ask(CA_GOOD, ("ocsp", response(about, responder=other)), of=place).reason is None


@pytest.mark.parametrize("no_check", [True, False])
def test_a_delegate_that_was_revoked_says_nothing(no_check: bool) -> None:
    gone = responder(ISSUING, no_check=no_check)
    ours = _list(entry(gone, NOW - DAY))
    for word in (good(), revoked(NOW - DAY)):
        answer: Piece = ("ocsp", response(word, responder=gone))
        # The list that speaks of the delegate is about the office too, and good: take another.
        partial = crl(
            ISSUING,
            entry(gone, NOW - DAY),
            more=_point(only_some_reasons=frozenset({x509.ReasonFlags.key_compromise})),
        )
        assert ask(CA_GOOD, answer, ("crl", partial)).reason is MALFORMED
        assert ask(CA_GOOD, answer, ours).reason is None


def test_a_delegate_on_hold_says_nothing_for_now() -> None:
    waiting = responder(ISSUING)
    partial = crl(
        ISSUING,
        entry(waiting, NOW - DAY, "hold"),
        more=_point(only_some_reasons=frozenset({x509.ReasonFlags.certificate_hold})),
    )
    answer: Piece = ("ocsp", response(good(), responder=waiting))
    assert ask(CA_GOOD, answer, ("crl", partial)).reason is MALFORMED


def test_a_delegate_revoked_after_its_word_was_kept_spoke_in_time() -> None:
    gone = responder(ISSUING, no_check=False)
    answer: Piece = ("ocsp", response(good(at=SIGNED), responder=gone), SIGNED)
    later = _list(entry(gone, NOW - DAY))
    top: Piece = ("crl", crl(TOP, at=SIGNED))
    result = ask(top, answer, later, proven_at=SIGNED)
    assert result.reason is None


def test_a_scheme_that_cannot_be_named_signs_nothing() -> None:
    # 2a 86 48 ce 3d 04 03 02 is ecdsa-with-SHA256; .7f is nothing.
    known, nothing = bytes.fromhex("2a8648ce3d040302"), bytes.fromhex("2a8648ce3d04037f")
    for kind, der in (("ocsp", response(good())), ("crl", crl(ISSUING))):
        assert known in der
        assert ask(CA_GOOD, (kind, der.replace(known, nothing))).reason is MALFORMED


def test_a_key_that_cannot_sign_has_signed_nothing() -> None:
    agreeing = (
        x509.CertificateBuilder()
        .subject_name(ISSUING.certificate.subject)
        .issuer_name(TOP.certificate.subject)
        .public_key(x25519.X25519PrivateKey.generate().public_key())
        .serial_number(1)
        .not_valid_before(NOW)
        .not_valid_after(NOW + YEAR)
        .add_extension(usage(crl_sign=True), critical=True)
        .sign(TOP.key, hashes.SHA256())
    )
    with pytest.raises(NotAuthenticError):
        words_of_crl(crl(ISSUING), OFFICE.certificate, agreeing)


# --- What is told --------------------------------------------------------------------------------


def test_what_decided_is_told_without_names() -> None:
    mine = response(good(at=NOW - HOUR))
    result = ask(CA_GOOD, ("ocsp", mine), ("crl", crl(ISSUING)))
    assert result.reason is None
    above, own = result.used
    assert (above.place, above.kind) == (1, "crl")
    assert own.kind == "ocsp"
    assert own.place == 0
    assert own.sha256 == hashlib.sha256(mine).hexdigest()
    assert own.this_update == NOW - HOUR
    assert own.next_update == NOW - HOUR + DAY


def test_of_several_good_words_the_first_is_told() -> None:
    one, two = _list(), ("ocsp", response(good()))
    assert ask(CA_GOOD, one, two).used[-1].kind == "crl"
    assert ask(CA_GOOD, two, one).used[-1].kind == "ocsp"


def test_more_pieces_than_are_looked_at_are_too_many() -> None:
    stranger = root(subject=name("Elsewhere"), label="elsewhere")
    noise = [("crl", crl(stranger, number=each)) for each in range(MAX_EVIDENCE - 1)]
    assert ask(CA_GOOD, *noise, _list()).reason is (Reason.LIMITS_EXCEEDED)
    assert ask(CA_GOOD, *noise[:-1], _list()).reason is None
    certificates: list[Piece] = [("certificate", OFFICE.der)] * MAX_EVIDENCE
    assert ask(CA_GOOD, *certificates, _list()).reason is None


def test_an_anchor_is_not_asked_about() -> None:
    made = leaf(TOP)
    place = World(top=TOP, issuing=TOP, office=made)
    assert ask(CA_GOOD, of=place, chain=(made.der, TOP.der)).reason is None


@pytest.mark.parametrize(
    "chain",
    [
        (),
        (b"junk",),
        (TOP.der,),
        (OFFICE.der, b"junk", TOP.der),
        (OFFICE.der, ISSUING.der),
        (OFFICE.der, ISSUING.der, _sibling().der),
    ],
)
def test_what_is_no_path_has_no_status(chain: tuple[bytes, ...]) -> None:
    assert ask(CA_GOOD, _list(), chain=chain).reason is MALFORMED


# --- Mutations -----------------------------------------------------------------------------------

GOOD_PIECES: dict[str, tuple[EvidenceKind, bytes]] = {
    "crl": ("crl", crl(ISSUING, entry(7, SIGNED, "key_compromise"))),
    "ocsp": ("ocsp", response(good())),
    "delegated": ("ocsp", response(good(), responder=responder(ISSUING))),
    "rsa": ("ocsp", response(good(), responder=responder(ISSUING, kind="rsa2048"))),
}
BAD_PIECES: dict[str, tuple[EvidenceKind, bytes]] = {
    "crl": ("crl", crl(ISSUING, entry(OFFICE, NOW - DAY))),
    "ocsp": ("ocsp", response(revoked(NOW - DAY))),
    "delegated": ("ocsp", response(revoked(NOW - DAY), responder=responder(ISSUING))),
}


def _signed_part(kind: EvidenceKind, der: bytes) -> bytes | None:
    """Return what is signed of a piece, or ``None`` if it cannot be read."""
    from cryptography.x509 import ocsp

    try:
        if kind == "crl":
            return x509.load_der_x509_crl(der).tbs_certlist_bytes
        return ocsp.load_der_ocsp_response(der).tbs_response_bytes
    except (ValueError, x509.InvalidVersion):
        return None


@pytest.mark.parametrize("which", GOOD_PIECES)
@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_no_mutation_of_good_evidence_makes_it_say_good(which: str, data: st.DataObject) -> None:
    kind, der = GOOD_PIECES[which]
    mutated = bytearray(der)
    how = data.draw(st.sampled_from(["flip", "cut", "insert", "swap"]))
    place = data.draw(st.integers(0, len(der) - 1))
    if how == "flip":
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, len(der) - 1))
            mutated[at] ^= data.draw(st.integers(1, 255))
    elif how == "cut":
        del mutated[place : place + data.draw(st.integers(1, 40))]
    elif how == "insert":
        mutated[place:place] = data.draw(st.binary(min_size=1, max_size=8))
    else:
        other = data.draw(st.integers(0, len(der) - 1))
        mutated[place], mutated[other] = mutated[other], mutated[place]
    changed = bytes(mutated)
    result = ask(CA_GOOD, (kind, changed))
    if result.reason is None:
        # Only what is not signed may differ: the names of algorithms, or enclosed certificates.
        assert _signed_part(kind, changed) == _signed_part(kind, der)


@pytest.mark.parametrize("which", BAD_PIECES)
@settings(max_examples=250, deadline=None)
@given(data=st.data())
def test_no_mutation_of_bad_evidence_makes_it_say_good(which: str, data: st.DataObject) -> None:
    kind, der = BAD_PIECES[which]
    mutated = bytearray(der)
    for _ in range(data.draw(st.integers(1, 3))):
        mutated[data.draw(st.integers(0, len(der) - 1))] ^= data.draw(st.integers(1, 255))
    assert ask(CA_GOOD, (kind, bytes(mutated))).reason is not None


POOL: list[Piece] = [
    *(piece for piece, _reason in ONE_PIECE.values() if len(piece[1]) < 5000),
    *(piece for pieces, _reason in PROVEN.values() for piece in pieces),
    ("crl", crl(TOP, entry(ISSUING, NOW - DAY, "superseded"))),
    ("crl", crl(TOP, at=SIGNED)),
]
REVOKED = {Reason.CERTIFICATE_REVOKED, Reason.REVOKED_LATER}


@settings(max_examples=200, deadline=None)
@given(
    pieces=st.lists(st.sampled_from(POOL), max_size=6),
    more=st.lists(st.sampled_from(POOL), max_size=3),
    proven_at=st.sampled_from([None, SIGNED]),
    data=st.data(),
)
def test_no_order_and_no_further_piece_makes_a_revocation_unsaid(
    pieces: list[Piece], more: list[Piece], proven_at: datetime | None, data: st.DataObject
) -> None:
    first = ask(CA_GOOD, *pieces, proven_at=proven_at)
    shuffled = data.draw(st.permutations([CA_GOOD, *pieces]))
    again = ask(*shuffled, proven_at=proven_at)
    assert (again.reason, again.detail) == (first.reason, first.detail)
    if first.reason in REVOKED:
        assert ask(CA_GOOD, *pieces, *more, proven_at=proven_at).reason in REVOKED


@settings(max_examples=300, deadline=None)
@example(kind="ocsp", der=no_answer(0))
@given(kind=st.sampled_from(["ocsp", "crl"]), der=st.binary(max_size=300))
def test_no_bytes_whatever_raise(kind: EvidenceKind, der: bytes) -> None:
    assert ask((kind, der)).reason in {NONE, MALFORMED}


def test_the_path_of_these_tests_is_one() -> None:
    place = world()
    found = validate_path(place.office.der, (), trust=place.trust, at=NOW, role=Role.SEAL)
    assert found.chain == place.chain
