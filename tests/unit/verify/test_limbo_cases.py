"""Paths, roles, windows and states of keys, one table in the manner of x509-limbo.

A row has an identifier, says what it is about, and what must be answered: ``None`` is yes, a reason
is no, and it must be the right one. The other table of paths, in ``test_chain.py``, is compared with
another validator; here are the cases that no other validator judges as we do, or can be asked about.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.name import _ASN1Type
from cryptography.x509.oid import NameOID

from support.chains import (
    DOCUMENT_SIGNING,
    NOW,
    YEAR,
    Plan,
    authority,
    key,
    leaf,
    name,
    rebuilt,
    root,
    tsa,
    usage,
)
from support.der import oid, tlv
from support.limbo import (
    ALGORITHM,
    BASIC,
    CA,
    CRITICAL,
    DAY,
    ECDSA_SHA1,
    EKU,
    FRANCE,
    GOV,
    MALFORMED,
    MD5,
    NO_CA,
    NOT_FOUND,
    OF,
    OLD,
    OUTDATED,
    P_CONSTRAINTS,
    SECOND,
    SHA1,
    USAGE,
    VIETNAM,
    Row,
    also,
    dates,
    directory,
    exclude,
    judge,
    levels,
    odd,
    permit,
    raw,
    same,
    serial,
    three,
    unknown,
    version,
)
from support.qr_copies import ISSUED, changed_key, commune, look, pki, record, sign, text
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.trust import (
    CertificateEntry,
    KeyState,
    OfficeEntry,
    OfficeName,
    Role,
    Scope,
    TrustAnchor,
    TrustStore,
)
from vncopy.verify import certificates
from vncopy.verify.algorithms import DEFAULT_ALGORITHMS, Lifetime
from vncopy.verify.certificates import MAX_CERTIFICATE_BYTES
from vncopy.verify.chain import MAX_INTERMEDIATES, MAX_PATH, validate_path
from vncopy.verify.checks import CHECKS
from vncopy.verify.checks_keys import key_state_reason, scope_reason

# --- Several paths and none ----------------------------------------------------------------------


def _cross(*, own_ends: datetime, cross_ends: datetime, both_trusted: bool) -> Reason | None:
    """Two roots; the second certified the authority of the first as well."""
    first, second = root(), root(subject=name("Second root"), label="second")
    own = authority(first, end=own_ends)
    cross = authority(second, end=cross_ends, serial=99)
    anchors = (first, second) if both_trusted else (second,)
    return judge(leaf(own), anchors=anchors, known=(own, cross))


def _bridge() -> Reason | None:
    """A bridge certifies both roots and is certified by both; only one root is trusted."""
    ours, theirs = root(), root(subject=name("Theirs"), label="theirs")
    bridge = root(subject=name("Bridge"), label="bridge")
    crossed = [
        authority(bridge, subject=name("Theirs"), label="theirs", serial=1),
        authority(bridge, subject=name("Root"), label="root", serial=2),
        authority(ours, subject=name("Bridge"), label="bridge", serial=3),
        authority(theirs, subject=name("Bridge"), label="bridge", serial=4),
    ]
    issuing = authority(theirs)
    return judge(leaf(issuing), anchors=(ours,), brought=(issuing, *crossed))


def _rollover() -> Reason | None:
    """The root's new key is certified by its old one; only the old root is trusted yet."""
    old = root()
    new = root(label="root 2")
    link = authority(old, subject=name("Root"), label="root 2")
    issuing = authority(new)
    return judge(leaf(issuing), anchors=(old,), known=(link, issuing))


def _renewed_authority(*, marked: bool) -> Reason | None:
    """Same name and key, certified twice; the older certificate has expired."""
    top = root()
    before = authority(top, start=NOW - 2 * YEAR, end=NOW - DAY, serial=1, subject_key=marked)
    after = authority(top, serial=2, subject_key=marked)
    return judge(leaf(after), anchors=(top,), known=(before, after))


def _same_name_other_keys(count: int, *, right: bool) -> Reason | None:
    """Authorities of one name without key identifiers; one of them may have signed."""
    top = root()
    many = [
        authority(top, label=f"same {number}", subject_key=False, authority_key=False)
        for number in range(count)
    ]
    signed_by = many[-1] if right else authority(top, label="absent")
    made = leaf(signed_by, authority_key=False)
    return judge(made, anchors=(top,), known=tuple(many))


def _left_out(place: int) -> Reason | None:
    """The right authority among many that a signature brings along."""
    top = root()
    noise = [
        authority(top, subject=name(f"Noise {n}"), label="noise", serial=n + 1)
        for n in range(MAX_INTERMEDIATES)
    ]
    issuing = authority(top)
    noise.insert(place, issuing)
    return judge(leaf(issuing), anchors=(top,), brought=tuple(noise))


def _maze() -> Reason | None:
    """Certificates of one name that all verify each other and lead nowhere."""
    many = [
        Plan(
            subject=name("Maze"),
            label="maze",
            serial=number + 1,
            authority_key=False,
            subject_key=False,
        ).make()
        for number in range(MAX_INTERMEDIATES)
    ]
    made = leaf(many[0], authority_key=False)
    return judge(made, anchors=(root(),), brought=tuple(many))


def _other_identifier() -> Reason | None:
    """The signer names a key of its issuer that is not the issuer's."""
    top = root()
    issuing = authority(top)
    wrong = x509.AuthorityKeyIdentifier.from_issuer_public_key(key("other").public_key())
    made = leaf(issuing, authority_key=False, more=((wrong, False),))
    return judge(made, anchors=(top,), known=(issuing,))


def _issuer_and_serial() -> Reason | None:
    """The identifier names the issuer's certificate instead of its key: only a hint."""
    top = root()
    issuing = authority(top)
    named = x509.AuthorityKeyIdentifier(None, [x509.DirectoryName(name("Nobody"))], 7)
    made = leaf(issuing, authority_key=False, more=((named, False),))
    return judge(made, anchors=(top,), known=(issuing,))


def _printable() -> Reason | None:
    """Issuer and subject say the same in two encodings of text."""
    attributes = [
        x509.NameAttribute(each.oid, str(each.value), _type=_ASN1Type.PrintableString)
        for each in name("Issuing")
    ]
    top = root()
    issuing = authority(top)
    made = leaf(issuing, issuer_name=x509.Name(attributes))
    return judge(made, anchors=(top,), known=(issuing,))


def _other_issuer_name(given: x509.Name) -> Reason | None:
    top = root()
    issuing = authority(top)
    return judge(leaf(issuing, issuer_name=given), anchors=(top,), known=(issuing,))


def _nameless_authority() -> Reason | None:
    top = root()
    issuing = authority(top, subject=x509.Name([]))
    return judge(leaf(issuing), anchors=(top,), known=(issuing,))


def _same_key_twice() -> Reason | None:
    """A signer's key certified by two authorities: each certificate has its own path."""
    first, second = root(), root(subject=name("Second root"), label="second")
    trusted, stranger = leaf(first), leaf(second)
    assert judge(trusted, anchors=(first,)) is None
    return judge(stranger, anchors=(first,), brought=(trusted,))


def _authority_is_its_own_subject() -> Reason | None:
    """A signer has the name of its issuer: self-issued, but not self-signed."""
    top = root()
    issuing = authority(top)
    made = leaf(issuing, subject=issuing.certificate.subject, serial=5)
    return judge(made, anchors=(top,), known=(issuing,))


def _wrong_signature(where: int) -> Reason | None:
    top = root()
    issuing = authority(top, **({"signed_by": key("attacker")} if where == 1 else {}))
    made = leaf(issuing, **({"signed_by": key("attacker")} if where == 0 else {}))
    return judge(made, anchors=(top,), known=(issuing,))


def _anchor_with_bad_signature() -> Reason | None:
    """What an anchor's signature of itself says is nobody's business (RFC 5280 §6.1)."""
    top = root()
    broken = Plan(subject=name("Root"), label="root").make(signed_by=key("attacker"))
    assert broken.der != top.der
    return judge(leaf(broken), anchors=(broken,))


def _issuing_anchor() -> Reason | None:
    """An issuing authority is trusted directly, its root not."""
    issuing = authority(root())
    return judge(leaf(issuing), anchors=(issuing,))


def _anchor_of_both(expired: bool) -> Reason | None:
    """Root and issuing authority are both anchors; the nearer one has expired."""
    top = root()
    issuing = authority(top, **({"start": NOW - 2 * YEAR, "end": NOW - DAY} if expired else {}))
    return judge(leaf(issuing), anchors=(issuing, top), known=(issuing,))


# fmt: off
PATHS: list[Row] = [
    Row("path/three", "root, authority, signer", None,
        three),
    Row("path/direct", "the root certifies the signer", None,
        lambda: judge(leaf(root()), anchors=(root(),))),
    Row("path/issuing-anchor", "an issuing authority as anchor", None,
        _issuing_anchor),
    Row("path/both-anchors", "authority and root are anchors", None,
        lambda: _anchor_of_both(False)),
    Row("path/both-anchors-one-expired", "an authority is over, whoever vouches", Reason.ANCHOR_DATES,
        lambda: _anchor_of_both(True)),
    Row("path/cross-signed-both", "two roots certify one authority", None,
        lambda: _cross(own_ends=NOW + YEAR, cross_ends=NOW + YEAR, both_trusted=True)),
    Row("path/cross-signed-first-expired", "one of two paths has expired", None,
        lambda: _cross(own_ends=NOW - DAY, cross_ends=NOW + YEAR, both_trusted=True)),
    Row("path/cross-signed-second-expired", "the other of two paths has expired", None,
        lambda: _cross(own_ends=NOW + YEAR, cross_ends=NOW - DAY, both_trusted=True)),
    Row("path/cross-signed-second-trusted", "only the second root is trusted", None,
        lambda: _cross(own_ends=NOW + YEAR, cross_ends=NOW + YEAR, both_trusted=False)),
    Row("path/cross-signed-none-valid", "both paths have expired", Reason.PATH_EXPIRED,
        lambda: _cross(own_ends=NOW - DAY, cross_ends=NOW - DAY, both_trusted=True)),
    Row("path/bridge", "a path over a bridge, with loops beside it", None,
        _bridge),
    Row("path/root-rollover", "the new root key is certified by the old one", None,
        _rollover),
    Row("path/renewed-authority", "an authority certified anew with its key", None,
        lambda: _renewed_authority(marked=True)),
    Row("path/renewed-authority-unmarked", "the same without key identifiers", None,
        lambda: _renewed_authority(marked=False)),
    Row("path/same-name-other-keys", "the last of eight authorities of one name signed", None,
        lambda: _same_name_other_keys(8, right=True)),
    Row("path/same-name-none-signed", "none of eight authorities of one name signed", NOT_FOUND,
        lambda: _same_name_other_keys(8, right=False)),
    Row("path/same-name-too-many", "more authorities of one name than are tried", Reason.PATH_TOO_COMPLEX,
        lambda: _same_name_other_keys(40, right=False)),
    Row("path/last-that-is-looked-at", "the authority is the last that counts", None,
        lambda: _left_out(MAX_INTERMEDIATES - 1)),
    Row("path/one-too-many", "the authority is the first that does not", NOT_FOUND,
        lambda: _left_out(MAX_INTERMEDIATES)),
    Row("path/maze", "certificates that verify each other and lead nowhere", Reason.PATH_TOO_COMPLEX,
        _maze),
    Row("path/aki-mismatch", "another key is named as the issuer's", NOT_FOUND,
        _other_identifier),
    Row("path/aki-issuer-serial", "an identifier without a key is only a hint", None,
        _issuer_and_serial),
    Row("path/no-identifiers", "no key identifiers at all", None,
        lambda: three({"subject_key": False, "authority_key": False}, {"subject_key": False,
            "authority_key": False}, {"subject_key": False, "authority_key": False})),
    Row("path/printable-utf8", "one name in two encodings is two", NOT_FOUND,
        _printable),
    Row("path/issuer-other-case", "names are compared as they stand", NOT_FOUND,
        lambda: _other_issuer_name(name("ISSUING"))),
    Row("path/issuer-other-name", "another authority is named", NOT_FOUND,
        lambda: _other_issuer_name(name("Other"))),
    Row("path/issuer-empty", "no issuer is named", NOT_FOUND,
        lambda: _other_issuer_name(x509.Name([]))),
    Row("path/authority-empty-name", "an authority without a name", NOT_FOUND,
        _nameless_authority),
    Row("path/same-key-two-certificates", "a key in a trusted and in an unknown certificate", NOT_FOUND,
        _same_key_twice),
    Row("path/signer-with-issuers-name", "a signer is called like its issuer", None,
        _authority_is_its_own_subject),
    Row("path/wrong-signature-signer", "the signer's certificate is forged", Reason.PATH_SIGNATURE,
        lambda: _wrong_signature(0)),
    Row("path/wrong-signature-authority", "the authority's certificate is forged", Reason.PATH_SIGNATURE,
        lambda: _wrong_signature(1)),
    Row("path/anchor-bad-self-signature", "an anchor's own signature is not looked at", None,
        _anchor_with_bad_signature),
    Row("path/leaf-is-anchor", "a signer listed as anchor", NOT_FOUND,
        lambda: judge(leaf(root()), anchors=(leaf(root()),))),
    Row("path/self-signed-ca-signs", "an authority that is an anchor signs itself", NOT_FOUND,
        lambda: judge(root(), anchors=(root(),))),
    Row("path/authority-signs", "an authority below an anchor signs", BASIC,
        lambda: judge(authority(root()), anchors=(root(),))),
    Row("path/deepest", "as many certificates as are permitted", None,
        lambda: levels(*[None] * (MAX_PATH - 1))),
    Row("path/too-deep", "one more", NOT_FOUND,
        lambda: levels(*[None] * MAX_PATH)),
    Row("path/anchor-for-another-role", "the anchor vouches for timestamps alone", NOT_FOUND,
        lambda: _roles_of_anchor(Role.TSA, Role.SEAL)),
    Row("path/anchor-for-the-role", "the anchor vouches for timestamps", None,
        lambda: _roles_of_anchor(Role.TSA, Role.TSA)),
]
# fmt: on


def _roles_of_anchor(granted: Role, asked: Role) -> Reason | None:
    top = root()
    anchor = TrustAnchor(name="a", certificate=top.der, roles=frozenset({granted}))
    trust = TrustStore(anchors=(anchor,))
    made = tsa(top) if asked is Role.TSA else leaf(top)
    return validate_path(made.der, (), trust=trust, at=NOW, role=asked).reason


# --- Dates ---------------------------------------------------------------------------------------

PAST, COMING = {"start": NOW - 2 * YEAR, "end": NOW - SECOND}, {"start": NOW + SECOND}

# fmt: off
DATES: list[Row] = [
    Row("dates/anchor-expired", "the anchor is over", Reason.ANCHOR_DATES,
        lambda: three(top=PAST)),
    Row("dates/anchor-not-yet", "the anchor has not begun", Reason.ANCHOR_DATES,
        lambda: three(top=COMING)),
    Row("dates/authority-expired", "the authority is over", Reason.PATH_EXPIRED,
        lambda: three(middle=PAST)),
    Row("dates/authority-not-yet", "the authority has not begun", Reason.PATH_NOT_YET_VALID,
        lambda: three(middle=COMING)),
    Row("dates/signer-expired", "the signer is over", Reason.PATH_EXPIRED,
        lambda: three(signer=PAST)),
    Row("dates/signer-not-yet", "the signer has not begun", Reason.PATH_NOT_YET_VALID,
        lambda: three(signer=COMING)),
    Row("dates/first-second", "everything begins now", None,
        lambda: three({"start": NOW}, {"start": NOW}, {"start": NOW})),
    Row("dates/last-second", "everything ends now", None,
        lambda: three({"end": NOW}, {"end": NOW}, {"end": NOW})),
    Row("dates/outlives-issuer-now", "the signer outlives its authority, both are valid", None,
        lambda: three(middle={"end": NOW + DAY}, signer={"end": NOW + 9 * YEAR})),
    Row("dates/outlives-issuer-later", "the signer outlives its authority, later", Reason.PATH_EXPIRED,
        lambda: three(middle={"end": NOW + DAY}, signer={"end": NOW + 4 * YEAR}, at=NOW + 2 * DAY)),
    Row("dates/older-than-issuer", "the signer's certificate begins before its authority's", None,
        lambda: three(middle={"start": NOW - DAY}, signer={"start": NOW - YEAR})),
    Row("dates/after-2050", "dates beyond the two-digit years", None,
        lambda: three({"end": datetime(2060, 1, 1, tzinfo=UTC)}, {"end": datetime(2060, 1, 1,
            tzinfo=UTC)}, {"end": datetime(2060, 1, 1, tzinfo=UTC)}, at=datetime(2055, 1, 1,
            tzinfo=UTC))),
    Row("dates/inverted-signer", "ends before it begins", Reason.PATH_NOT_YET_VALID,
        lambda: odd(dates("270101000000Z", "250101000000Z"))),
    Row("dates/inverted-authority", "an authority that ends before it begins", Reason.PATH_NOT_YET_VALID,
        lambda: odd(dates("270101000000Z", "250101000000Z"), where="authority")),
    Row("dates/inverted-anchor", "an anchor that ends before it begins", Reason.ANCHOR_DATES,
        lambda: odd(dates("270101000000Z", "250101000000Z"), where="anchor")),
    Row("dates/no-seconds", "a time without seconds", MALFORMED,
        lambda: odd(dates("2501010000Z", "270101000000Z"))),
    Row("dates/with-offset", "a time with an offset", MALFORMED,
        lambda: odd(dates("250101000000+0700", "270101000000Z"))),
    Row("dates/fraction", "a time with a fraction of a second", MALFORMED,
        lambda: odd(dates("20250101000000.5Z", "20270101000000Z", 0x18))),
    Row("dates/year-zero", "the year 0", MALFORMED,
        lambda: odd(dates("00000101000000Z", "20270101000000Z", 0x18))),
    Row("dates/month-13", "the thirteenth month", MALFORMED,
        lambda: odd(dates("251301000000Z", "270101000000Z"))),
    Row("dates/no-end", "the end that means none (RFC 5280 §4.1.2.5)", None,
        lambda: odd(dates("20250101000000Z", "99991231235959Z", 0x18))),
]
# fmt: on

# --- Usages --------------------------------------------------------------------------------------


def _role_usage(
    role: Role, *granted: x509.ObjectIdentifier, critical: bool = False
) -> Reason | None:
    signer: dict[str, Any] = {"extended": EKU(list(granted)) if granted else None}
    return three(signer={**signer, "extended_critical": critical}, role=role)


DOCUMENT_ROLES = (Role.PERSON, Role.SEAL, Role.QR, Role.STATUS, Role.LIST)

# fmt: off
USAGES: list[Row] = [
    *(
        Row(
            f"usage/{role}/{label}",
            f"{label} as {role}",
            expected,
            lambda role=role, granted=granted: _role_usage(role, *granted),
        )
        for role in DOCUMENT_ROLES
        for label, granted, expected in (
            ("none", (), None),
            ("document-signing", (DOCUMENT_SIGNING,), None),
            ("email", (OF.EMAIL_PROTECTION,), None),
            ("any", (OF.ANY_EXTENDED_KEY_USAGE,), None),
            ("server-and-document", (OF.SERVER_AUTH, DOCUMENT_SIGNING), None),
            ("server", (OF.SERVER_AUTH,), USAGE),
            ("code", (OF.CODE_SIGNING,), USAGE),
            ("timestamping", (OF.TIME_STAMPING,), USAGE),
            ("ocsp", (OF.OCSP_SIGNING,), USAGE),
        )
    ),
    Row("usage/tsa/critical", "timestamping, critical", None,
        lambda: _role_usage(Role.TSA, OF.TIME_STAMPING, critical=True)),
    Row("usage/tsa/not-critical", "timestamping, not critical (RFC 3161 §2.3)", USAGE,
        lambda: _role_usage(Role.TSA, OF.TIME_STAMPING)),
    Row("usage/tsa/none", "a TSA without extended usage", USAGE,
        lambda: _role_usage(Role.TSA)),
    Row("usage/tsa/any", "any usage does not make a TSA", USAGE,
        lambda: _role_usage(Role.TSA, OF.ANY_EXTENDED_KEY_USAGE, critical=True)),
    Row("usage/tsa/among-others", "a TSA that signs documents too", USAGE,
        lambda: _role_usage(Role.TSA, OF.TIME_STAMPING, DOCUMENT_SIGNING, critical=True)),
    Row("usage/tsa/documents", "a signer of documents stamps times", USAGE,
        lambda: _role_usage(Role.TSA, DOCUMENT_SIGNING, critical=True)),
    Row("usage/authority/documents-for-seal", "an authority limited to documents", None,
        lambda: three(middle={"extended": EKU([DOCUMENT_SIGNING])})),
    Row("usage/authority/servers-for-seal", "an authority limited to servers", USAGE,
        lambda: three(middle={"extended": EKU([OF.SERVER_AUTH])})),
    Row("usage/authority/any-for-seal", "an authority for any use", None,
        lambda: three(middle={"extended": EKU([OF.ANY_EXTENDED_KEY_USAGE])})),
    Row("usage/authority/stamps-for-tsa", "an authority limited to timestamps", None,
        lambda: three(middle={"extended": EKU([OF.TIME_STAMPING])}, role=Role.TSA)),
    Row("usage/authority/documents-for-tsa", "an authority limited to documents, for a TSA", USAGE,
        lambda: three(middle={"extended": EKU([DOCUMENT_SIGNING])}, role=Role.TSA)),
    Row("usage/anchor/servers-for-seal", "an anchor limited to servers", USAGE,
        lambda: three(top={"extended": EKU([OF.SERVER_AUTH])})),
    Row("usage/signer/digital-signature", "digital signature alone", None,
        lambda: three(signer={"usage": usage(digital_signature=True)})),
    Row("usage/signer/content-commitment", "content commitment alone", None,
        lambda: three(signer={"usage": usage(content_commitment=True)})),
    Row("usage/signer/encipherment", "encipherment alone", USAGE,
        lambda: three(signer={"usage": usage(key_encipherment=True)})),
    Row("usage/signer/crl", "a signer of lists", USAGE,
        lambda: three(signer={"usage": usage(crl_sign=True)})),
    Row("usage/signer/issues", "a signer that claims to issue", USAGE,
        lambda: three(signer={"usage": usage(digital_signature=True, key_cert_sign=True)})),
    Row("usage/signer/nothing", "no bit is set", USAGE,
        lambda: three(signer={"usage": None, "more": raw("2.5.29.15", b"\x03\x01\x00", critical=True)})),
    Row("usage/signer/absent", "no usage is no restriction", None,
        lambda: three(signer={"usage": None})),
    Row("usage/authority/absent", "an authority without key usage", USAGE,
        lambda: three(middle={"usage": None})),
    Row("usage/authority/lists-alone", "an authority for lists alone", USAGE,
        lambda: three(middle={"usage": usage(crl_sign=True)})),
    Row("usage/anchor/lists-alone", "an anchor for lists alone", USAGE,
        lambda: three(top={"usage": usage(crl_sign=True)})),
    Row("usage/authority/issues-alone", "an authority that may not sign lists issues", None,
        lambda: three(middle={"usage": usage(key_cert_sign=True)})),
]
# fmt: on

# --- Authorities and lengths ---------------------------------------------------------------------

# fmt: off
LENGTHS: list[Row] = [
    Row("length/anchor-0-direct", "path length 0, the anchor certifies the signer", None,
        lambda: levels(0)),
    Row("length/anchor-0", "path length 0 with an authority below", Reason.PATH_LENGTH,
        lambda: levels(0, None)),
    Row("length/anchor-1", "path length 1 with one below", None,
        lambda: levels(1, None)),
    Row("length/anchor-1-two", "path length 1 with two below", Reason.PATH_LENGTH,
        lambda: levels(1, None, None)),
    Row("length/anchor-2-two", "path length 2 with two below", None,
        lambda: levels(2, None, None)),
    Row("length/anchor-2-three", "path length 2 with three below", Reason.PATH_LENGTH,
        lambda: levels(2, None, None, None)),
    Row("length/authority-0", "an authority of length 0 above the signer", None,
        lambda: levels(None, 0)),
    Row("length/authority-0-one", "an authority of length 0 above another", Reason.PATH_LENGTH,
        lambda: levels(None, 0, None)),
    Row("length/looser-below", "a looser length below does not loosen", Reason.PATH_LENGTH,
        lambda: levels(0, 5)),
    Row("length/stricter-below", "a stricter length below counts", Reason.PATH_LENGTH,
        lambda: levels(5, 0, None)),
    Row("length/self-issued-free", "a changed key takes no step", None,
        lambda: levels(1, 1, 0, self_issued=(1,))),
    Row("length/self-issued-at-0", "a changed key of an authority of length 0", None,
        lambda: levels(0, 0, self_issued=(1,))),
    Row("length/self-issued-and-one", "a changed key and one below length 0", Reason.PATH_LENGTH,
        lambda: levels(0, None, None, self_issued=(1,))),
    Row("basic/absent", "an authority without basic constraints", BASIC,
        lambda: three(middle={"basic": None})),
    Row("basic/not-critical", "basic constraints that are not critical", None,
        lambda: three(middle={"basic_critical": False})),
    Row("basic/no-authority", "an authority that is none", BASIC,
        lambda: three(middle={"basic": NO_CA})),
    Row("basic/anchor-no-authority", "an anchor that is no authority", BASIC,
        lambda: three(top={"basic": NO_CA})),
    Row("basic/anchor-absent", "an anchor without basic constraints", BASIC,
        lambda: three(top={"basic": None})),
    Row("basic/signer-absent", "a signer without basic constraints", None,
        lambda: three(signer={"basic": None})),
    Row("basic/signer-is-authority", "a signer that is an authority", BASIC,
        lambda: three(signer={"basic": CA(), "usage": usage(digital_signature=True,
            key_cert_sign=True)})),
]
# fmt: on

# --- Names ---------------------------------------------------------------------------------------


OTHER_MAIL = x509.OtherName(x509.ObjectIdentifier("1.3.6.1.5.5.7.8.9"), b"\x0c\x04a@b.")


def _nested(outer: dict[str, Any], inner: dict[str, Any], **signer: Any) -> Reason | None:
    return three(top=outer, middle=inner, signer=signer)


def _self_issued_is_exempt() -> Reason | None:
    """A changed key of the constrained authority keeps its name, which lies outside."""
    top = root(**permit(directory((NameOID.COUNTRY_NAME, "VN"), (NameOID.COMMON_NAME, "Office"))))
    rolled = authority(top, subject=name("Root"), label="root 2")
    return judge(leaf(rolled), anchors=(top,), known=(rolled,))


# fmt: off
NAMES: list[Row] = [
    Row("names/dn-permitted", "the signer's country is permitted", None,
        lambda: three(middle=permit(VIETNAM))),
    Row("names/dn-not-permitted", "another country is permitted", P_CONSTRAINTS,
        lambda: three(middle=permit(FRANCE))),
    Row("names/dn-one-of-two", "one of two bases fits", None,
        lambda: three(middle=permit(FRANCE, VIETNAM))),
    Row("names/dn-excluded", "the signer's country is excluded", P_CONSTRAINTS,
        lambda: three(middle=exclude(VIETNAM))),
    Row("names/dn-other-excluded", "another country is excluded", None,
        lambda: three(middle=exclude(FRANCE))),
    Row("names/dn-longer-base", "the base says more than the name", P_CONSTRAINTS,
        lambda: three(middle=permit(directory((NameOID.COUNTRY_NAME, "VN"), (NameOID.COMMON_NAME,
            "Office"), (NameOID.COMMON_NAME, "More"))))),
    Row("names/dn-not-a-prefix", "the base fits, but not from the start", P_CONSTRAINTS,
        lambda: three(middle=permit(directory((NameOID.COMMON_NAME, "Office"))))),
    Row("names/dn-case-and-spaces", "case and repeated spaces do not matter", None,
        lambda: three(middle=permit(directory((NameOID.COUNTRY_NAME, "VN"), (NameOID.COMMON_NAME,
            " oFFICE "))))),
    Row("names/dn-alternative", "a directory name among the alternative names counts", P_CONSTRAINTS,
        lambda: three(middle=permit(VIETNAM), signer=also(FRANCE))),
    Row("names/dn-empty-subject", "a signer without any name breaks none", None,
        lambda: three(middle=permit(VIETNAM), signer={"subject": x509.Name([])})),
    Row("names/excluded-wins", "permitted and excluded at once", P_CONSTRAINTS,
        lambda: _nested(permit(VIETNAM), exclude(VIETNAM))),
    Row("names/anchor-counts", "the anchor's constraints count too", P_CONSTRAINTS,
        lambda: three(top=permit(FRANCE))),
    Row("names/authority-is-bound", "the authority itself lies outside", P_CONSTRAINTS,
        lambda: three(top=exclude(directory((NameOID.COUNTRY_NAME, "VN"), (NameOID.COMMON_NAME,
            "Issuing"))))),
    Row("names/nested-both", "two constraints, both kept", None,
        lambda: _nested(permit(VIETNAM), permit(GOV), **also(x509.DNSName("hanoi.gov.vn")))),
    Row("names/nested-inner-broken", "the inner of two is broken", P_CONSTRAINTS,
        lambda: _nested(permit(VIETNAM), permit(GOV), **also(x509.DNSName("example.vn")))),
    Row("names/nested-outer-broken", "the outer of two is broken", P_CONSTRAINTS,
        lambda: _nested(permit(GOV), permit(x509.DNSName("vn")), **also(x509.DNSName("example.vn")))),
    Row("names/self-issued-exempt", "a changed key of the authority is exempt", None,
        _self_issued_is_exempt),
    Row("names/dns-exact", "the base itself", None,
        lambda: three(middle=permit(GOV), signer=also(GOV))),
    Row("names/dns-below", "a name below the base", None,
        lambda: three(middle=permit(GOV), signer=also(x509.DNSName("a.b.gov.vn")))),
    Row("names/dns-look-alike", "a name that only ends like the base", P_CONSTRAINTS,
        lambda: three(middle=permit(GOV), signer=also(x509.DNSName("mygov.vn")))),
    Row("names/dns-above", "a name above the base", P_CONSTRAINTS,
        lambda: three(middle=permit(GOV), signer=also(x509.DNSName("vn")))),
    Row("names/dns-one-of-two", "one of two names lies outside", P_CONSTRAINTS,
        lambda: three(middle=permit(GOV), signer=also(GOV, x509.DNSName("example.vn")))),
    Row("names/dns-excluded-below", "a name below an excluded base", P_CONSTRAINTS,
        lambda: three(middle=exclude(GOV), signer=also(x509.DNSName("a.gov.vn")))),
    Row("names/dns-all-excluded", "the empty base is every name", P_CONSTRAINTS,
        lambda: three(middle=exclude(x509.DNSName("")), signer=also(GOV))),
    Row("names/dns-leading-dot", "a base with a leading dot", None,
        lambda: three(middle=permit(x509.DNSName(".gov.vn")), signer=also(x509.DNSName("a.gov.vn")))),
    Row("names/dns-dot-at-the-end", "an excluded name with a dot at its end", P_CONSTRAINTS,
        lambda: three(middle=exclude(GOV), signer=also(x509.DNSName("a.gov.vn.")))),
    Row("names/dns-none-there", "a constraint on names that do not occur", None,
        lambda: three(middle=permit(GOV))),
    Row("names/mail-host", "a mailbox at the permitted host", None,
        lambda: three(middle=permit(x509.RFC822Name("gov.vn")),
            signer=also(x509.RFC822Name("a@gov.vn")))),
    Row("names/mail-other-host", "a mailbox at a host below", P_CONSTRAINTS,
        lambda: three(middle=permit(x509.RFC822Name("gov.vn")),
            signer=also(x509.RFC822Name("a@x.gov.vn")))),
    Row("names/mail-domain", "a mailbox in the permitted domain", None,
        lambda: three(middle=permit(x509.RFC822Name(".gov.vn")),
            signer=also(x509.RFC822Name("a@x.gov.vn")))),
    Row("names/mail-dot-at-the-end", "an excluded host with a dot at its end", P_CONSTRAINTS,
        lambda: three(middle=exclude(x509.RFC822Name("gov.vn")), signer=also(x509.RFC822Name("a@gov.vn.")))),
    Row("names/mail-box", "another mailbox than the permitted", P_CONSTRAINTS,
        lambda: three(middle=permit(x509.RFC822Name("a@gov.vn")),
            signer=also(x509.RFC822Name("b@gov.vn")))),
    Row("names/mail-in-subject", "mail in the subject counts", P_CONSTRAINTS,
        lambda: three(middle=permit(x509.RFC822Name("gov.vn")), signer={"subject": name("Office",
            mail="a@example.vn")})),
    Row("names/mail-hidden", "mail in the subject beside a harmless alternative name", P_CONSTRAINTS,
        lambda: three(middle=permit(x509.RFC822Name("gov.vn")),
            signer={"subject": name("Office", mail="a@example.vn"), **also(GOV)})),
    Row("names/mail-beyond-ascii", "a mailbox in another form of name", P_CONSTRAINTS,
        lambda: three(middle=exclude(x509.RFC822Name("example.vn")), signer=also(OTHER_MAIL))),
    Row("names/mail-beyond-ascii-free", "the same where nothing speaks of mail", None,
        lambda: three(middle=permit(GOV), signer=also(OTHER_MAIL, GOV))),
    Row("names/uri", "addresses are not compared", P_CONSTRAINTS,
        lambda: three(middle=permit(x509.UniformResourceIdentifier("gov.vn")),
            signer=also(x509.UniformResourceIdentifier("http://gov.vn/")))),
    Row("names/ip", "networks are not compared", P_CONSTRAINTS,
        lambda: three(middle=permit(x509.IPAddress(ip_network("10.0.0.0/8"))),
            signer=also(x509.IPAddress(ip_address("10.0.0.1"))))),
    Row("names/unknown-form", "other names are not compared", P_CONSTRAINTS,
        lambda: three(middle=exclude(x509.RegisteredID(x509.ObjectIdentifier("1.2.3"))),
            signer=also(x509.RegisteredID(x509.ObjectIdentifier("1.2.4"))))),
    Row("names/not-critical", "constraints that are not critical count", P_CONSTRAINTS,
        lambda: three(middle={"more": ((x509.NameConstraints([FRANCE], None), False),)})),
]
# fmt: on

# --- Algorithms ----------------------------------------------------------------------------------


def _signed_with(
    digest: hashes.HashAlgorithm, scheme: str, *, where: str, at: datetime = NOW, **more: Any
) -> Reason | None:
    span = {"start": OLD - YEAR, "end": NOW + YEAR}
    top = root(**span)
    issuing = authority(top, **span)
    made = leaf(issuing, **span)
    if where == "anchor":
        anchor = rebuilt(top, top, same, digest=digest, scheme=scheme)
        return judge(made, anchors=(anchor,), known=(issuing,), at=at, **more)
    if where == "authority":
        weak = rebuilt(issuing, top, same, digest=digest, scheme=scheme)
        return judge(made, anchors=(top,), known=(weak,), at=at, **more)
    return judge(
        rebuilt(made, issuing, same, digest=digest, scheme=scheme),
        anchors=(top,),
        known=(issuing,),
        at=at,
        **more,
    )


def _generation(at: datetime, *, algorithms_at: datetime | None = None) -> Reason | None:
    """An authority of 2010: RSA 1024 signed with SHA-1, below a root of RSA 2048."""
    span = {"start": OLD - YEAR, "end": NOW + YEAR}
    top = root(kind="rsa2048", label="old root", **span)
    issuing = authority(top, kind="rsa1024", label="old issuing", **span)
    weak = rebuilt(issuing, top, same, digest=SHA1, scheme="1.2.840.113549.1.1.5")
    made = rebuilt(leaf(issuing, **span), issuing, same, digest=SHA1, scheme="1.2.840.113549.1.1.5")
    return judge(made, anchors=(top,), known=(weak,), at=at, algorithms_at=algorithms_at)


def _md5() -> Reason | None:
    top = root(kind="rsa2048", label="md5 root")
    made = rebuilt(leaf(top), top, same, digest=MD5, scheme="1.2.840.113549.1.1.4")
    return judge(made, anchors=(top,))


SUNSET = DEFAULT_ALGORITHMS.with_sunsets(
    Lifetime(name="secp256r1", bits=256, until=datetime(2035, 1, 1, tzinfo=UTC))
)
_LONG = {"end": NOW + 20 * YEAR}

# fmt: off
ALGORITHMS: list[Row] = [
    *(
        Row(
            f"algorithm/{kind}/{where}",
            f"{kind} as {where}",
            expected,
            lambda kind=kind, where=where: three(
                **{where: {"kind": kind, "label": f"{where} {kind}"}}
            ),
        )
        for kind, expected in (
            ("rsa1024", OUTDATED),
            ("rsa2048", None),
            ("p192", OUTDATED),
            ("p224", ALGORITHM),
            ("p384", None),
            ("p521", None),
            ("k1", ALGORITHM),
            ("brainpool", ALGORITHM),
            ("ed25519", ALGORITHM),
        )
        for where in ("top", "middle", "signer")
    ),
    Row("algorithm/dsa", "DSA", ALGORITHM,
        lambda: three(signer={"kind": "dsa"})),
    Row("algorithm/sha224", "SHA-224", ALGORITHM,
        lambda: three(signer={"hash": hashes.SHA224()})),
    Row("algorithm/sha3", "SHA3-256", ALGORITHM,
        lambda: three(signer={"hash": hashes.SHA3_256()})),
    Row("algorithm/sha384", "SHA-384", None,
        lambda: three(signer={"hash": hashes.SHA384()})),
    Row("algorithm/sha512", "SHA-512", None,
        lambda: three(middle={"hash": hashes.SHA512()})),
    Row("algorithm/pss", "RSASSA-PSS", None,
        lambda: three({"kind": "rsa2048", "label": "rsa"}, {"pss": True})),
    Row("algorithm/sha1-signer", "the signer's certificate is signed with SHA-1", OUTDATED,
        lambda: _signed_with(SHA1, ECDSA_SHA1, where="signer")),
    Row("algorithm/sha1-authority", "the authority's certificate is signed with SHA-1", OUTDATED,
        lambda: _signed_with(SHA1, ECDSA_SHA1, where="authority")),
    Row("algorithm/sha1-anchor", "an old root signed itself with SHA-1, which proves nothing", None,
        lambda: _signed_with(SHA1, ECDSA_SHA1, where="anchor")),
    Row("algorithm/sha1-proven-2012", "SHA-1 at a proven time in 2012", None,
        lambda: _signed_with(SHA1, ECDSA_SHA1, where="authority", at=OLD)),
    Row("algorithm/sha1-claimed-2012", "SHA-1 at a claimed time in 2012", OUTDATED,
        lambda: _signed_with(SHA1, ECDSA_SHA1, where="authority", at=OLD, algorithms_at=NOW)),
    Row("algorithm/sha1-other-key", "SHA-1 with RSA in the name of an elliptic key", Reason.PATH_SIGNATURE,
        lambda: _signed_with(SHA1, "1.2.840.113549.1.1.5", where="authority", at=OLD)),
    Row("algorithm/md5", "MD5", ALGORITHM,
        _md5),
    Row("algorithm/generation-2012", "a generation of 2010 at a proven time", None,
        lambda: _generation(OLD)),
    Row("algorithm/generation-today", "a generation of 2010 today", OUTDATED,
        lambda: _generation(NOW)),
    Row("algorithm/generation-claimed", "a generation of 2010 at a claimed time", OUTDATED,
        lambda: _generation(OLD, algorithms_at=NOW)),
    Row("algorithm/sunset-before", "before a deployer's own end of P-256", None,
        lambda: three(_LONG, _LONG, _LONG, algorithms=SUNSET, at=datetime(2034, 12, 31, tzinfo=UTC))),
    Row("algorithm/sunset-after", "after a deployer's own end of P-256", OUTDATED,
        lambda: three(_LONG, _LONG, _LONG, algorithms=SUNSET, at=datetime(2035, 1, 1, tzinfo=UTC))),
    Row("algorithm/inner-outer", "one algorithm is named inside, another outside", Reason.PATH_SIGNATURE,
        lambda: odd(same, outer="1.2.840.10045.4.3.3", digest=hashes.SHA256())),
    Row("algorithm/unknown-scheme", "an algorithm that nobody knows", ALGORITHM,
        lambda: odd(same, scheme="1.2.840.10045.4.3.99")),
    Row("algorithm/unknown-key", "a kind of key that nobody knows", ALGORITHM,
        lambda: odd(_unknown_key)),
    Row("algorithm/unknown-curve", "a curve that nobody knows", ALGORITHM,
        lambda: odd(_unknown_curve)),
]
# fmt: on


def _unknown_key(parts: list[bytes]) -> list[bytes]:
    return [*parts[:6], tlv(0x30, tlv(0x30, oid("1.2.3.4")), tlv(0x03, b"\0" * 9)), *parts[7:]]


def _unknown_curve(parts: list[bytes]) -> list[bytes]:
    curve = tlv(0x30, oid("1.2.840.10045.2.1"), oid("1.2.3.4"))
    return [*parts[:6], tlv(0x30, curve, tlv(0x03, b"\0\x04" + b"\1" * 64)), *parts[7:]]


# --- Encoding ------------------------------------------------------------------------------------


def _bytes_of(change: Callable[[bytes], bytes]) -> Reason | None:
    return judge(change(leaf(root()).der), anchors=(root(),))


def _doubled() -> Reason | None:
    """The alternative name becomes a second key usage."""
    made = leaf(root(), **also(GOV)).der.replace(b"\x55\x1d\x11", b"\x55\x1d\x0f")
    return judge(made, anchors=(root(),))


# fmt: off
ENCODING: list[Row] = [
    Row("encoding/empty", "nothing", MALFORMED,
        lambda: judge(b"", anchors=(root(),))),
    Row("encoding/junk", "nonsense", MALFORMED,
        lambda: judge(b"nonsense", anchors=(root(),))),
    Row("encoding/pem", "PEM instead of DER", MALFORMED,
        lambda: judge(b"-----BEGIN CERTIFICATE-----\n", anchors=(root(),))),
    Row("encoding/cut", "the last byte is missing", MALFORMED,
        lambda: _bytes_of(lambda der: der[:-1])),
    Row("encoding/trailing", "a byte after the end", MALFORMED,
        lambda: _bytes_of(lambda der: der + b"\0")),
    Row("encoding/large", "larger than any real one", MALFORMED,
        lambda: three(signer={"more": raw("1.3.6.1.4.1.99999.1", b"0" * MAX_CERTIFICATE_BYTES)})),
    Row("encoding/twice", "two certificates in one", MALFORMED,
        lambda: _bytes_of(lambda der: der + der)),
    Row("encoding/indefinite", "a length without end", MALFORMED,
        lambda: _bytes_of(lambda der: b"\x30\x80" + der[4:] + b"\0\0")),
    Row("encoding/long-length", "a length longer than needed", MALFORMED,
        lambda: _bytes_of(lambda der: b"\x30\x83\0" + der[2:])),
    Row("encoding/trailing-inside", "something after the extensions", MALFORMED,
        lambda: odd(lambda parts: [*parts, b"\x05\x00"])),
    Row("encoding/trailing-in-extension", "something after an extension's value", MALFORMED,
        lambda: three(signer={"usage": None, "more": raw("2.5.29.15", b"\x03\x02\x07\x80\0")})),
    Row("encoding/usage-nonsense", "a key usage that is none", MALFORMED,
        lambda: three(signer={"usage": None, "more": raw("2.5.29.15", b"nonsense")})),
    Row("encoding/authority-usage-nonsense", "an authority's key usage that is none", NOT_FOUND,
        lambda: three(middle={"usage": None, "more": raw("2.5.29.15", b"nonsense")})),
    Row("encoding/extension-twice", "an extension twice", MALFORMED,
        _doubled),
    Row("encoding/no-extensions", "version 3 without extensions", None,
        lambda: odd(lambda parts: parts[:-1])),
    Row("serial/negative", "a negative serial number", MALFORMED,
        lambda: odd(serial(-5))),
    Row("serial/zero", "serial number 0", MALFORMED,
        lambda: odd(serial(0))),
    Row("serial/20-octets", "the largest serial number", None,
        lambda: odd(serial((1 << 159) - 1))),
    Row("serial/21-octets", "one more", MALFORMED,
        lambda: odd(serial(1 << 159))),
    Row("serial/huge", "a huge serial number", MALFORMED,
        lambda: odd(serial(1 << 4000))),
    Row("serial/not-minimal", "a serial number with a leading zero too many", MALFORMED,
        lambda: odd(lambda parts: [parts[0], b"\x02\x02\x00\x01", *parts[2:]])),
    Row("serial/authority-zero", "an authority with serial number 0", NOT_FOUND,
        lambda: odd(serial(0), where="authority")),
    Row("serial/anchor-negative", "an anchor with a negative serial number", NOT_FOUND,
        lambda: odd(serial(-1), where="anchor")),
    Row("version/1-signer", "a signer of version 1", MALFORMED,
        lambda: odd(version(0, extensions=False))),
    Row("version/1-with-extensions", "version 1 with extensions", MALFORMED,
        lambda: odd(version(0, extensions=True))),
    Row("version/1-authority", "an authority of version 1", BASIC,
        lambda: odd(version(0, extensions=False), where="authority")),
    Row("version/1-anchor", "an anchor of version 1", BASIC,
        lambda: odd(version(0, extensions=False), where="anchor")),
    Row("version/2-signer", "a signer of version 2", MALFORMED,
        lambda: odd(version(1, extensions=False))),
    Row("version/4-signer", "a signer of version 4", MALFORMED,
        lambda: odd(version(3, extensions=True))),
    Row("extension/unknown-critical-signer", "an unknown critical extension", CRITICAL,
        lambda: three(signer={"more": unknown(True)})),
    Row("extension/unknown-critical-authority", "an authority's unknown critical extension", CRITICAL,
        lambda: three(middle={"more": unknown(True)})),
    Row("extension/unknown-critical-anchor", "an anchor's unknown critical extension", CRITICAL,
        lambda: three(top={"more": unknown(True)})),
    Row("extension/unknown", "an unknown extension", None,
        lambda: three(signer={"more": unknown(False)})),
    Row("extension/critical-points", "critical distribution points", CRITICAL,
        lambda: three(signer={"more": raw("2.5.29.31", b"\x30\x00", critical=True)})),
    Row("extension/critical-identifier", "a critical key identifier", CRITICAL,
        lambda: three(signer={"subject_key": False, "more": ((x509.SubjectKeyIdentifier(b"x"),
            True),)})),
    Row("extension/inhibit-any-policy", "policies are not processed", CRITICAL,
        lambda: three(middle={"more": ((x509.InhibitAnyPolicy(0), True),)})),
    Row("extension/empty-subject", "a signer without a name", None,
        lambda: three(signer={"subject": x509.Name([])})),
]
# fmt: on

# --- Keys of offices: roles, windows, states, scopes ---------------------------------------------


def _entry(**changes: Any) -> CertificateEntry:
    plain: dict[str, Any] = {"certificate": b"any", "role": Role.QR, "signs_from": NOW - YEAR}
    return CertificateEntry(**{**plain, **changes})


def state(which: KeyState, claimed: datetime, proven: datetime | None = None) -> Reason | None:
    """Ask what the state of a key since ``NOW`` does to what it signed."""
    since = NOW if which in {KeyState.REVOKED, KeyState.COMPROMISED} else None
    return key_state_reason(_entry(state=which, state_since=since), claimed, proven)


_OFFICE = OfficeEntry(
    agency_code="G01.001",
    names=(OfficeName(name="Office", since=NOW.date()),),
    kind="commune_committee",
    province_code="01",
    ward_code="00070",
)


def scope(*grants: Scope, **changes: Any) -> Reason | None:
    """Ask whether grants cover a certified copy of a birth record by the office."""
    plain: dict[str, Any] = {
        "format_id": "vn.birth/1",
        "kind": "certified_copy",
        "area": None,
        "time": NOW,
    }
    return scope_reason(_entry(scopes=grants), _OFFICE, **{**plain, **changes})


def grant(**changes: Any) -> Scope:
    plain: dict[str, Any] = {
        "types": frozenset({"vn.birth/1"}),
        "kinds": frozenset({"certified_copy"}),
    }
    return Scope(**{**plain, **changes})


def symbol(which: CheckId, trust: TrustStore, signed: str | None = None) -> Reason | None:
    """Ask one check about a symbol of the demo office."""
    return CHECKS[which](look(signed or text(), trust=trust)).reason


def _qr() -> CertificateEntry:
    return next(each for each in commune().entry.certificates if each.role is Role.QR)


def _office_with(*entries: CertificateEntry) -> TrustStore:
    trust = pki().trust
    code = commune().entry.agency_code
    return replace(
        trust,
        offices=tuple(
            replace(each, certificates=entries) if each.agency_code == code else each
            for each in trust.offices
        ),
    )


def _collides(entry: CertificateEntry, kid: bytes) -> CertificateEntry:
    """Force a key id that happens once in 2^64."""
    object.__setattr__(entry, "kid", kid)
    return entry


def _twin(**changes: Any) -> CertificateEntry:
    """Another certificate under the key id of the one that signs."""
    other = leaf(root(), label="twin")
    plain: dict[str, Any] = {"certificate": other.der, "signs_from": ISSUED - YEAR}
    return _collides(replace(_qr(), **{**plain, **changes}), _qr().kid)


def _unknown_kind(edit: Callable[[list[bytes]], list[bytes]]) -> Reason | None:
    """The folder names a certificate whose key cannot be read."""
    der = rebuilt(leaf(root()), root(), edit)
    entry = _collides(replace(_qr(), certificate=der), _qr().kid)
    return symbol(CheckId.SIGNATURE, _office_with(entry))


def _twin_decides(first: bool) -> Reason | None:
    """The twin is compromised; the certificate that verified is not."""
    twin = _twin(state=KeyState.COMPROMISED, state_since=ISSUED - DAY)
    return symbol(CheckId.KEY_STATE, _office_with(*((twin, _qr()) if first else (_qr(), twin))))


def _renewed_certificate(claimed_key: str) -> Reason | None:
    """One key, certified again: each certificate has its own id, window and state."""
    old = _qr()
    parsed = x509.load_der_x509_certificate(old.certificate)
    top = root()
    again = (
        x509.CertificateBuilder()
        .subject_name(parsed.subject)
        .issuer_name(top.certificate.subject)
        .public_key(parsed.public_key())
        .serial_number(7)
        .not_valid_before(ISSUED - YEAR)
        .not_valid_after(ISSUED + YEAR)
        .sign(top.key, hashes.SHA256())
    )
    der = again.public_bytes(Encoding.DER)
    new = replace(old, certificate=der, signs_from=ISSUED + DAY)
    gone = replace(old, signs_until=ISSUED - DAY)
    entries = {"old": (old, new), "new": (gone, new)}[claimed_key]
    return symbol(CheckId.CLAIMED_TIME, _office_with(*entries))


# fmt: off
OFFICES: list[Row] = [
    Row("state/active", "an active key", None,
        lambda: state(KeyState.ACTIVE, NOW)),
    Row("state/retired", "a retired key, after all", None,
        lambda: state(KeyState.RETIRED, NOW)),
    Row("state/revoked-before", "claimed before the revocation", None,
        lambda: state(KeyState.REVOKED, NOW - SECOND)),
    Row("state/revoked-at", "claimed at the revocation", Reason.KEY_REVOKED,
        lambda: state(KeyState.REVOKED, NOW)),
    Row("state/revoked-after", "claimed after the revocation", Reason.KEY_REVOKED,
        lambda: state(KeyState.REVOKED, NOW + DAY)),
    Row("state/revoked-after-proven-before", "claimed after it, though proven before", Reason.KEY_REVOKED,
        lambda: state(KeyState.REVOKED, NOW + DAY, NOW - SECOND)),
    Row("state/compromised-before", "claimed before the compromise", Reason.NO_PROOF_OF_EXISTENCE,
        lambda: state(KeyState.COMPROMISED, NOW - YEAR)),
    Row("state/compromised-after", "claimed after the compromise", Reason.NO_PROOF_OF_EXISTENCE,
        lambda: state(KeyState.COMPROMISED, NOW + DAY)),
    Row("state/compromised-proven-before", "proven before the compromise", None,
        lambda: state(KeyState.COMPROMISED, NOW - YEAR, NOW - SECOND)),
    Row("state/compromised-proven-at", "proven at the compromise", Reason.NO_PROOF_OF_EXISTENCE,
        lambda: state(KeyState.COMPROMISED, NOW - YEAR, NOW)),
    Row("state/compromised-proven-after", "proven after the compromise", Reason.NO_PROOF_OF_EXISTENCE,
        lambda: state(KeyState.COMPROMISED, NOW - YEAR, NOW + DAY)),
    Row("window/first-instant", "signed when the window opens", None,
        lambda: symbol(CheckId.CLAIMED_TIME, changed_key(signs_from=ISSUED))),
    Row("window/before", "signed before it opens", Reason.CLAIMED_OUTSIDE_WINDOW,
        lambda: symbol(CheckId.CLAIMED_TIME, changed_key(signs_from=ISSUED + SECOND))),
    Row("window/last-instant", "signed before it closes", None,
        lambda: symbol(CheckId.CLAIMED_TIME, changed_key(signs_until=ISSUED + SECOND))),
    Row("window/closed", "signed when it closes", Reason.CLAIMED_OUTSIDE_WINDOW,
        lambda: symbol(CheckId.CLAIMED_TIME, changed_key(signs_until=ISSUED))),
    Row("window/retired-inside", "a retired key, signed inside its window", None,
        lambda: symbol(CheckId.CLAIMED_TIME, changed_key(state=KeyState.RETIRED,
            signs_until=ISSUED + DAY))),
    Row("role/seal-signs-symbol", "the seal's key signs a symbol", Reason.WRONG_ROLE,
        lambda: symbol(CheckId.ISSUER_KNOWN, pki().trust, sign(record(),
            identity=commune().seals["p256"]))),
    Row("role/unknown-key", "nobody's key signs a symbol", Reason.UNKNOWN_KEY,
        lambda: symbol(CheckId.ISSUER_KNOWN, _office_with())),
    Row("kid/twin-first", "two certificates with one key id, the other one first", None,
        lambda: symbol(CheckId.SIGNATURE, _office_with(_twin(), _qr()))),
    Row("kid/twin-second", "two certificates with one key id", None,
        lambda: symbol(CheckId.SIGNATURE, _office_with(_qr(), _twin()))),
    Row("kid/twin-alone", "only the other one is known", Reason.BAD_SIGNATURE,
        lambda: symbol(CheckId.SIGNATURE, _office_with(_twin()))),
    Row("kid/twin-compromised-first", "the state of the one that verified counts", None,
        lambda: _twin_decides(True)),
    Row("kid/twin-compromised-second", "the state of the one that verified counts, again", None,
        lambda: _twin_decides(False)),
    Row("kid/unknown-kind-of-key", "a key of a kind that nobody knows", Reason.WRONG_KEY_TYPE,
        lambda: _unknown_kind(_unknown_key)),
    Row("kid/unknown-curve", "a key on a curve that nobody knows", Reason.WRONG_KEY_TYPE,
        lambda: _unknown_kind(_unknown_curve)),
    Row("kid/same-key-old", "one key in two certificates: that of the symbol counts", None,
        lambda: _renewed_certificate("old")),
    Row("kid/same-key-new", "the other certificate's window does not help", Reason.CLAIMED_OUTSIDE_WINDOW,
        lambda: _renewed_certificate("new")),
    Row("scope/granted", "type, kind, area and time are granted", None,
        lambda: scope(grant())),
    Row("scope/none", "nothing is granted", Reason.SCOPE_TYPE,
        scope),
    Row("scope/type", "another type", Reason.SCOPE_TYPE,
        lambda: scope(grant(), format_id="vn.death/1")),
    Row("scope/kind", "another kind", Reason.SCOPE_KIND,
        lambda: scope(grant(), kind="register_copy")),
    Row("scope/area", "another province", Reason.SCOPE_AREA,
        lambda: scope(grant(), area="79")),
    Row("scope/area-commune", "another commune of the province", Reason.SCOPE_AREA,
        lambda: scope(grant(), area="01/00082")),
    Row("scope/area-own", "the office's own commune", None,
        lambda: scope(grant(), area="01/00070")),
    Row("scope/early", "before the grant", Reason.SCOPE_PERIOD,
        lambda: scope(grant(since=NOW + SECOND))),
    Row("scope/late", "at the end of the grant", Reason.SCOPE_PERIOD,
        lambda: scope(grant(until=NOW))),
    Row("scope/two-grants", "one of two grants fits", None,
        lambda: scope(grant(kinds=frozenset()), grant())),
    Row("scope/no-product", "two grants do not combine", Reason.SCOPE_KIND,
        lambda: scope(grant(kinds=frozenset({"x"})), grant(types=frozenset({"y"})))),
]
# fmt: on

ROWS = [*PATHS, *DATES, *USAGES, *LENGTHS, *NAMES, *ALGORITHMS, *ENCODING, *OFFICES]


@pytest.mark.parametrize("row", ROWS, ids=[each.id for each in ROWS])
def test_limbo(row: Row) -> None:
    certificates._parse.cache_clear()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = row.ask()
    assert found is row.expected, row.what


@pytest.mark.parametrize("row", [each for each in ROWS if each.id.startswith("serial/")])
def test_odd_serial_numbers_are_refused_where_warnings_are_errors_too(row: Row) -> None:
    certificates._parse.cache_clear()
    assert row.ask() is row.expected


def test_every_row_has_a_name_of_its_own() -> None:
    assert len({each.id for each in ROWS}) == len(ROWS) >= 60
