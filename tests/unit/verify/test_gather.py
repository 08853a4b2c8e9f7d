"""Evidence asked for where certificates say it is, and what hostile certificates can make of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from support.chains import LEAF_USAGE, NOW, Made, Plan, name
from support.servers import answer, serving
from support.services import DemoServices
from vncopy.facts.evidence import MAX_EVIDENCE_BYTES, Gathered
from vncopy.fetch import FetchError, FetchProblem
from vncopy.pki import make_demo_pki
from vncopy.policy import VerificationPolicy
from vncopy.reasons import Reason
from vncopy.verify.gather import MAX_OCSP, MAX_REQUESTS, FetchedEvidence, JoinedEvidence
from vncopy.verify.revocation import KnownEvidence, check_revocation

PKI = make_demo_pki(seed=b"gather", kinds=("p256",))
SEAL = PKI.offices[0].seals["p256"]
AT = datetime.fromisoformat("2026-06-01T00:00:00+00:00")
OCSP = "http://pki.example.vn/ocsp/issuing"
ISSUING = "http://pki.example.vn/crl/issuing.crl"
ROOT = "http://pki.example.vn/crl/root.crl"


def kinds_of(pieces: Sequence[bytes]) -> list[str]:
    found = []
    for piece in pieces:
        try:
            x509.load_der_x509_crl(piece)
        except ValueError:
            ocsp.load_der_ocsp_response(piece)
            found.append("ocsp")
        else:
            found.append("crl")
    return found


# The demonstration's services


@pytest.mark.parametrize(
    ("down", "asked", "kinds", "problem"),
    [
        (set(), [OCSP, ROOT], ["ocsp", "crl"], None),
        ({"ocsp"}, [OCSP, ISSUING, ROOT], ["crl", "crl"], None),
        ({"crl"}, [OCSP, ROOT], ["ocsp"], Reason.REVOCATION_UNREACHABLE),
        ({"ocsp", "crl"}, [OCSP, ISSUING, ROOT], [], Reason.REVOCATION_UNREACHABLE),
    ],
)
def test_ocsp_first_then_crls(
    down: set[str], asked: list[str], kinds: list[str], problem: Reason | None
) -> None:
    services = DemoServices(PKI, AT, frozenset(down))
    gathered = FetchedEvidence(services).gather(SEAL.chain)
    assert services.asked == asked
    assert kinds_of(gathered.pieces) == kinds
    assert gathered.problem is problem


@pytest.mark.parametrize("down", [set(), {"ocsp"}])
def test_what_comes_is_enough_to_judge(down: set[str]) -> None:
    gathered = FetchedEvidence(DemoServices(PKI, AT, frozenset(down))).gather(SEAL.chain)
    known = [
        KnownEvidence(der=piece, kind="ocsp" if kind == "ocsp" else "crl", seen=AT)
        for piece, kind in zip(gathered.pieces, kinds_of(gathered.pieces), strict=True)
    ]
    result = check_revocation(
        SEAL.chain,
        known,
        relevant=AT,
        proven=True,
        at=AT,
        max_age=VerificationPolicy.strict().max_revocation_age,
        trust=PKI.trust,
    )
    assert result.reason is None


def test_one_list_is_asked_for_once() -> None:
    chain = (SEAL.certificate, *SEAL.chain[1:])
    services = DemoServices(PKI, AT, frozenset({"ocsp"}))
    FetchedEvidence(services).gather(chain)
    assert len(services.asked) == len(set(services.asked))


@pytest.mark.parametrize(
    "problem",
    [FetchProblem.UNRESOLVED, FetchProblem.UNREACHABLE, FetchProblem.TIMEOUT, FetchProblem.TLS],
)
def test_a_host_that_is_silent_is_asked_once(problem: FetchProblem) -> None:
    services = DemoServices(PKI, AT, frozenset({"ocsp", "crl"}), problem)
    gathered = FetchedEvidence(services).gather(SEAL.chain)
    assert services.asked == [OCSP]
    assert gathered.problem is Reason.REVOCATION_UNREACHABLE


def test_over_http() -> None:
    """The fetcher, the requests and the answers, with a server of this machine in place of hosts."""
    services = DemoServices(PKI, AT)

    def reply(connection: Any) -> None:
        head, _, body = server.requests[-1].partition(b"\r\n\r\n")
        path = head.split(b" ")[1].decode()
        url = f"http://pki.example.vn{path}"
        if head.startswith(b"POST"):
            made = services.post(url, body, "application/ocsp-request", limit=MAX_OCSP)
            connection.sendall(answer(made, "Content-Type: application/ocsp-response"))
        else:
            made = services.get(url, limit=MAX_OCSP)
            connection.sendall(answer(made, "Content-Type: application/pkix-crl"))

    with serving(reply) as server:
        port = server.port
        fetcher = server.fetcher()

        class AtPort:
            """Adds the server's port to the addresses of the certificates."""

            def get(self, url: str, /, *, limit: int) -> bytes:
                return fetcher.get(url.replace(".vn/", f".vn:{port}/"), limit=limit)

            def post(self, url: str, body: bytes, kind: str, /, *, limit: int) -> bytes:
                there = url.replace(".vn/", f".vn:{port}/")
                return fetcher.post(there, body, kind, limit=limit)

        gathered = FetchedEvidence(AtPort()).gather(SEAL.chain)
    assert kinds_of(gathered.pieces) == ["ocsp", "crl"]
    assert gathered.problem is None


# Certificates made on purpose


@dataclass
class Book:
    """A fetcher that has some answers, and counts."""

    answers: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)

    def get(self, url: str, /, *, limit: int) -> bytes:
        self.asked.append((url, limit))
        if url not in self.answers or len(self.answers[url]) > limit:
            raise FetchError(FetchProblem.STATUS)
        return self.answers[url]

    def post(self, url: str, body: bytes, content_type: str, /, *, limit: int) -> bytes:
        assert ocsp.load_der_ocsp_request(body)
        assert content_type == "application/ocsp-request"
        return self.get(url, limit=limit)

    @property
    def urls(self) -> list[str]:
        return [url for url, _ in self.asked]


def uris(*urls: str) -> list[x509.GeneralName]:
    return [x509.UniformResourceIdentifier(url) for url in urls]


def access(*urls: str) -> tuple[x509.ExtensionType, bool]:
    kind = AuthorityInformationAccessOID.OCSP
    return x509.AuthorityInformationAccess(
        [x509.AccessDescription(kind, location) for location in uris(*urls)]
    ), False


def points(*urls: str, **more: Any) -> tuple[x509.ExtensionType, bool]:
    settings: dict[str, Any] = {"relative_name": None, "reasons": None, "crl_issuer": None} | more
    return x509.CRLDistributionPoints(
        [x509.DistributionPoint(full_name=uris(*urls), **settings)]
    ), False


CA = Plan(subject=name("CA"), label="gather-ca").make()


def leaf(*more: tuple[x509.ExtensionType, bool], label: str = "gather-leaf") -> Made:
    plan = Plan(subject=name("Leaf"), label=label, basic=None, usage=LEAF_USAGE, more=more)
    return plan.make(CA)


def crl(issuer: Made = CA, size: int = 0) -> bytes:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(NOW)
        .next_update(NOW + timedelta(days=1))
    )
    for number in range(size):
        entry = x509.RevokedCertificateBuilder().serial_number(2**150 + number)
        builder = builder.add_revoked_certificate(entry.revocation_date(NOW).build())
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def response(
    about: Made, *, status: str = "GOOD", responder: Made = CA, include: bool = False
) -> bytes:
    builder = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            cert=about.certificate,
            issuer=CA.certificate,
            algorithm=hashes.SHA1(),  # noqa: S303 - an identifier
            cert_status=ocsp.OCSPCertStatus[status],
            this_update=NOW,
            next_update=NOW + timedelta(days=1),
            revocation_time=NOW if status == "REVOKED" else None,
            revocation_reason=None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, responder.certificate)
    )
    if include:
        builder = builder.certificates([responder.certificate])
    return builder.sign(responder.key, hashes.SHA256()).public_bytes(Encoding.DER)


def gathered_by(book: Book, *chain: Made | bytes) -> Any:
    ders = tuple(each if isinstance(each, bytes) else each.der for each in chain)
    return FetchedEvidence(book).gather(ders)


def test_a_certificate_that_names_nobody_asks_nobody() -> None:
    book = Book()
    gathered = gathered_by(book, leaf(), CA)
    assert (gathered.pieces, gathered.problem, book.asked) == ((), None, [])


def test_other_schemes_are_passed_over() -> None:
    ldap = "ldap://pki.example.vn/cn=CA?certificateRevocationList"
    for extension in (access(ldap, "file:///etc/passwd"), points(ldap, "ftp://a.vn/x")):
        book = Book()
        gathered = gathered_by(book, leaf(extension), CA)
        assert (gathered.pieces, gathered.problem, book.asked) == ((), None, [])
    book = Book({"HTTP://a.vn/x": crl()})
    gathered = gathered_by(book, leaf(points(ldap, "HTTP://a.vn/x")), CA)
    assert gathered.pieces == (crl_of(book),)


def crl_of(book: Book) -> bytes:
    (only,) = book.answers.values()
    return only


@pytest.mark.parametrize("status", ["GOOD", "REVOKED"])
def test_an_answer_about_the_certificate_is_enough(status: str) -> None:
    made = leaf(access("http://a.vn/1", "http://a.vn/2"), points("http://a.vn/3"))
    book = Book({"http://a.vn/1": response(made, status=status)})
    gathered = gathered_by(book, made, CA)
    assert len(gathered.pieces) == 1
    assert book.asked == [("http://a.vn/1", MAX_OCSP)]


def test_the_next_address_is_asked_after_an_answer_that_says_nothing() -> None:
    made = leaf(access("http://a.vn/1", "http://a.vn/2"), points("http://a.vn/3"))
    other = leaf(label="gather-other")
    refused = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER)
    for useless in (
        refused.public_bytes(Encoding.DER),
        response(other),
        response(made, status="UNKNOWN"),
        b"",
        b"<html>",
        crl(),
    ):
        book = Book({"http://a.vn/1": useless, "http://a.vn/2": response(made)})
        assert len(gathered_by(book, made, CA).pieces) == 1
        assert book.urls == ["http://a.vn/1", "http://a.vn/2"]
        book = Book({"http://a.vn/1": useless, "http://a.vn/2": useless, "http://a.vn/3": crl()})
        gathered = gathered_by(book, made, CA)
        assert kinds_of(gathered.pieces) == ["crl"]
        assert gathered.problem is None


@pytest.mark.parametrize(
    "useless", [b"", b"<html>", b"-----BEGIN X509 CRL-----", b"\x30\x03\x0a\x01\x06"]
)
def test_a_list_that_is_none_is_not_kept(useless: bytes) -> None:
    book = Book({"http://a.vn/3": useless})
    gathered = gathered_by(book, leaf(points("http://a.vn/3")), CA)
    assert (gathered.pieces, gathered.problem) == ((), Reason.REVOCATION_UNREACHABLE)


def test_a_list_of_another_issuer_is_told_but_does_not_count() -> None:
    other = Plan(subject=name("Other CA"), label="gather-other-ca").make()
    book = Book({"http://a.vn/3": crl(other)})
    gathered = gathered_by(book, leaf(points("http://a.vn/3")), CA)
    assert gathered.problem is Reason.REVOCATION_UNREACHABLE


@pytest.mark.parametrize(
    "more",
    [
        {"reasons": frozenset({x509.ReasonFlags.key_compromise})},
        {"crl_issuer": [x509.DirectoryName(name("Somebody"))]},
    ],
)
def test_points_of_partial_and_foreign_lists_are_not_asked(more: dict[str, Any]) -> None:
    book = Book()
    assert gathered_by(book, leaf(points("http://a.vn/3", **more)), CA).problem is None
    assert book.asked == []


def test_two_addresses_of_a_kind_are_asked_at_most() -> None:
    many = [f"http://a.vn/{number}" for number in range(50)]
    book = Book()
    gathered = gathered_by(book, leaf(access(*many), points(*many)), CA)
    assert book.urls == many[:2] * 2
    assert gathered.problem is Reason.REVOCATION_UNREACHABLE


def test_a_long_path_is_asked_about_within_bounds() -> None:
    chain: list[Made] = [CA]
    for number in range(9):
        more = (access(*(f"http://a.vn/{number}/{n}" for n in "12")),)
        more += (points(*(f"http://a.vn/{number}/{n}" for n in "34")),)
        plan = Plan(subject=name(f"C{number}"), label=f"gather-{number}", more=more)
        chain.append(plan.make(chain[-1]))
    book = Book()
    gathered = gathered_by(book, *reversed(chain))
    assert len(book.asked) <= MAX_REQUESTS
    assert gathered.problem is Reason.REVOCATION_UNREACHABLE


def test_all_lists_together_are_bounded() -> None:
    big = crl(size=6000)
    assert MAX_EVIDENCE_BYTES / 2 < len(big) < MAX_EVIDENCE_BYTES
    top = Plan(subject=name("Top"), label="gather-top").make()
    middle = Plan(subject=name("CA"), label="gather-ca", more=(points("http://a.vn/top"),)).make(
        top
    )
    book = Book({"http://a.vn/3": big, "http://a.vn/top": crl(top, size=6000)})
    gathered = gathered_by(book, leaf(points("http://a.vn/3")), middle, top)
    assert gathered.pieces == (big,)
    assert gathered.problem is Reason.REVOCATION_UNREACHABLE
    assert [limit for _, limit in book.asked] == [MAX_EVIDENCE_BYTES, MAX_EVIDENCE_BYTES - len(big)]


def responder(*more: tuple[x509.ExtensionType, bool]) -> Made:
    return Plan(
        subject=name("Responder"),
        label="gather-responder",
        basic=None,
        usage=LEAF_USAGE,
        extended=x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]),
        more=more,
    ).make(CA)


@pytest.mark.parametrize(
    ("delegate", "lists", "problem"),
    [
        (responder((x509.OCSPNoCheck(), False), points("http://a.vn/r")), 0, None),
        (responder(points("http://a.vn/r")), 1, None),
        (responder(points("http://a.vn/none")), 1, Reason.REVOCATION_UNREACHABLE),
        (responder(), 0, None),
    ],
)
def test_a_responder_that_is_not_exempt_is_asked_about(
    delegate: Made, lists: int, problem: Reason | None
) -> None:
    made = leaf(access("http://a.vn/1"))
    said = response(made, responder=delegate, include=True)
    book = Book({"http://a.vn/1": said, "http://a.vn/r": crl()})
    gathered = gathered_by(book, made, CA)
    assert len(book.asked) == 1 + lists
    assert gathered.problem is problem


@pytest.mark.parametrize(
    "chain",
    [
        (b"no certificate", CA),
        (leaf(points("http://a.vn/3")), b"no certificate"),
    ],
)
def test_what_is_no_certificate_is_told(chain: tuple[Any, ...]) -> None:
    assert gathered_by(Book(), *chain).problem is Reason.REVOCATION_UNREACHABLE


@pytest.mark.parametrize("error", [RuntimeError, MemoryError, OSError, FetchError])
def test_nothing_is_raised_whatever_a_fetcher_does(error: type[Exception]) -> None:
    class Broken:
        def get(self, _url: str, /, *, limit: int) -> bytes:
            raise error(limit if error is not FetchError else FetchProblem.TLS)

        def post(self, url: str, _body: bytes, _kind: str, /, *, limit: int) -> bytes:
            return self.get(url, limit=limit)

    gathered = FetchedEvidence(Broken()).gather(SEAL.chain)
    assert (gathered.pieces, gathered.problem) == ((), Reason.REVOCATION_UNREACHABLE)


@pytest.mark.parametrize(
    "url", ["http://user:secret@a.vn/", "http://a.vn/ x", "http:///x", "http://"]
)
def test_addresses_that_are_none_are_not_asked(url: str) -> None:
    book = Book()
    assert gathered_by(book, leaf(points(url)), CA).problem is Reason.REVOCATION_UNREACHABLE
    assert book.asked == []


def test_the_shortest_paths() -> None:
    for chain in ((), (CA,)):
        gathered = gathered_by(Book(), *chain)
        assert (gathered.pieces, gathered.problem) == ((), None)


def test_several_sources_are_one() -> None:
    services = DemoServices(PKI, AT, frozenset({"crl"}))
    at_hand = PKI.evidence(AT)
    joined = JoinedEvidence((at_hand, FetchedEvidence(services), at_hand))
    gathered = joined.gather(SEAL.chain)
    assert gathered.pieces[:2] == at_hand.pieces
    assert kinds_of(gathered.pieces) == ["crl", "crl", "ocsp"]
    assert gathered.problem is Reason.REVOCATION_UNREACHABLE
    assert JoinedEvidence(()).gather(SEAL.chain) == Gathered()
