"""Timestamps: tokens of a key at hand, and what is never embedded."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from support.chains import CA_USAGE, NOW, YEAR, usage
from support.servers import answer, serving
from support.tsa import DIGEST, Foreign, root, service, signer_of
from vncopy.errors import SigningError, UsageError
from vncopy.fetch import FetchError, FetchProblem
from vncopy.fetch.fetcher import PROBLEMS
from vncopy.pdf.tokens import MAX_ACCURACY_MS
from vncopy.pdf.tokens import read_token as verifiers_token
from vncopy.reasons import Reason
from vncopy.sign import SignatureAlgorithm
from vncopy.sign.der import (
    INTEGER,
    OCTETS,
    SEQUENCE,
    MalformedDER,
    der,
    der_integer,
    der_oid,
    parse,
)
from vncopy.sign.timestamps import (
    MAX_TOKEN,
    LocalTimestamper,
    RemoteTimestamper,
    Timestamper,
    check_token,
    read_token,
)
from vncopy.sign.token_info import MAX_ACCURACY_SECONDS, _check_accuracy, algorithm_oid

OTHER = hashlib.sha256(b"something else").digest()
KINDS = ("p256", "rsa2048")


def stamper(made: Any = None, **changes: Any) -> LocalTimestamper:
    settings: dict[str, Any] = {"clock": lambda: NOW} | changes
    return LocalTimestamper(signer_of(made or service()), **settings)


def why_not(token: bytes, digest: bytes = DIGEST) -> str:
    with pytest.raises(SigningError) as caught:
        check_token(token, digest)
    assert caught.value.message.vi.startswith("không dùng được dấu thời gian: ")
    return caught.value.message.en.removeprefix("no usable timestamp: ")


# A key at hand


@pytest.mark.parametrize("kind", KINDS)
def test_a_local_token_says_what_it_should(kind: str) -> None:
    numbers = itertools.count(1)
    made = service(kind)
    local = stamper(made, entropy=lambda size: next(numbers).to_bytes(size), policy="1.2.840.7")
    assert isinstance(local, Timestamper)
    token = local.timestamp(DIGEST)
    assert check_token(token, DIGEST) == NOW
    assert read_token(token, DIGEST).certificates == (made.der,)
    info = cms.ContentInfo.load(token, strict=True)["content"]["encap_content_info"]["content"]
    read = info.parsed.native
    assert read["version"] == "v1"
    assert read["policy"] == "1.2.840.7"
    assert read["message_imprint"]["hashed_message"] == DIGEST
    assert read["serial_number"] == 2**126 + 1
    assert read["gen_time"] == NOW
    assert read["accuracy"]["seconds"] == 1
    assert read["nonce"] is None


@pytest.mark.parametrize("kind", KINDS)
def test_pyhanko_finds_a_local_token_intact(kind: str) -> None:
    made = service(kind)
    signed = cms.ContentInfo.load(stamper(made).timestamp(DIGEST), strict=True)["content"]
    content = bytes(signed["encap_content_info"]["content"])
    answer = validate_sig_integrity(
        signed["signer_infos"][0],
        asn1_x509.Certificate.load(made.der),
        "tst_info",
        hashlib.sha256(content).digest(),
    )
    assert answer == (True, True)
    assert signed["version"].native == "v3"


def test_a_local_token_is_der_throughout() -> None:
    token = stamper().timestamp(DIGEST)
    read = cms.ContentInfo.load(token, strict=True)
    assert read.dump(force=True) == token


def test_no_two_tokens_have_the_same_number() -> None:
    local = stamper()
    tokens = {local.timestamp(DIGEST) for _ in range(8)}
    numbers = {
        cms.ContentInfo.load(t)["content"]["encap_content_info"]["content"]
        .parsed["serial_number"]
        .native
        for t in tokens
    }
    assert len(numbers) == 8
    assert {number.bit_length() for number in numbers} == {127}


def test_the_time_is_cut_to_seconds_and_told_in_utc() -> None:
    hanoi = datetime.fromisoformat("2026-06-01T07:00:00.9+07:00")
    token = stamper(clock=lambda: hanoi).timestamp(DIGEST)
    assert check_token(token, DIGEST) == datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"end": NOW - timedelta(seconds=1)}, "not valid at that time"),
        ({"start": NOW + timedelta(seconds=1)}, "not valid at that time"),
        ({"extended": None}, "timestamps alone"),
        ({"extended_critical": False}, "timestamps alone"),
        (
            {
                "extended": x509.ExtendedKeyUsage(
                    [ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING]
                )
            },
            "timestamps alone",
        ),
        ({"usage": usage(key_encipherment=True)}, "timestamps alone"),
        ({"basic": x509.BasicConstraints(ca=True, path_length=0)}, "timestamps alone"),
        ({"usage": CA_USAGE}, "timestamps alone"),
    ],
)
def test_a_certificate_that_is_not_for_timestamps_now_stamps_nothing(
    changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(SigningError, match=words):
        stamper(service(**changes)).timestamp(DIGEST)


def test_a_foreign_token_with_such_a_certificate_is_not_used_either() -> None:
    assert "timestamps alone" in why_not(Foreign(made=service(extended=None)).token())
    assert "not valid" in why_not(Foreign(made=service(end=NOW - YEAR / 2)).token())
    assert "too weak" in why_not(Foreign(made=service("rsa1024")).token())
    assert "too weak" in why_not(Foreign(made=service("k1")).token())


@pytest.mark.parametrize("length", [0, 20, 31, 33, 64])
def test_only_sha256_is_stamped(length: int) -> None:
    with pytest.raises(SigningError, match="SHA-256"):
        stamper().timestamp(bytes(length))


def test_a_clock_without_offset_stamps_nothing() -> None:
    with pytest.raises(SigningError, match="offset"):
        stamper(clock=lambda: datetime(2026, 6, 1)).timestamp(DIGEST)  # noqa: DTZ001 - meant


def test_a_signer_that_does_not_fit_its_certificate_stamps_nothing() -> None:
    good = signer_of(service())
    for bad, words in (
        (replace(good, algorithm=SignatureAlgorithm.RS256), "does not fit"),
        (replace(good, chain=(service(label="another").der,)), "does not fit"),
        (replace(good, chain=()), "cannot be read"),
        (replace(good, chain=(b"no certificate",)), "cannot be read"),
        (replace(good, chain=(service("p384").der,)), "P-256 or RSA"),
    ):
        with pytest.raises(SigningError, match=words):
            LocalTimestamper(bad, lambda: NOW).timestamp(DIGEST)


@pytest.mark.parametrize("policy", ["", "1", "1.", "1.40", "3.1", "0.-1", "1.2.-3", "a.b", "2.5.x"])
def test_a_policy_is_an_object_identifier(policy: str) -> None:
    with pytest.raises(UsageError) as caught:
        stamper(policy=policy)
    assert caught.value.problems[0].rule == "timestamp.policy"


# Tokens of others


GOOD = [
    Foreign(),
    Foreign(made=service("rsa2048")),
    Foreign(made=service("rsa2048"), algorithm="sha512"),
    Foreign(made=service("rsa2048"), signature={"algorithm": "sha256_rsa"}),
    Foreign(made=service("p384"), algorithm="sha384"),
    Foreign(by_key_id=True),
    Foreign(info={"accuracy": {"millis": 5}, "ordering": True, "nonce": 5}),
    Foreign(info={"accuracy": {"seconds": 59, "millis": 999, "micros": 999}}),
    Foreign(info={"accuracy": {"seconds": 60}}),
    Foreign(lists=True),
    Foreign(info={"tsa": {"directory_name": asn1_x509.Name.build({"common_name": "A"})}}),
    Foreign(eku_hash="sha384"),
    Foreign(certificates=(root().der, service().der)),
]


@pytest.mark.parametrize("foreign", GOOD)
def test_tokens_as_other_software_writes_them_are_read(foreign: Foreign) -> None:
    token = foreign.token()
    assert check_token(token, DIGEST) == NOW
    read = read_token(token, DIGEST)
    assert read.certificates[0] == foreign.made.der
    assert read.nonce == foreign.info.get("nonce")


def test_pss_is_read() -> None:
    made = service("rsa2048")
    kind = hashes.SHA256()
    foreign = Foreign(
        made=made,
        signature={
            "algorithm": "rsassa_pss",
            "parameters": {"hash_algorithm": {"algorithm": "sha256"}, "salt_length": 32},
        },
        signs=lambda raw: made.key.sign(raw, padding.PSS(padding.MGF1(kind), 32), kind),
    )
    assert check_token(foreign.token(), DIGEST) == NOW


def test_fractions_of_a_second_are_read() -> None:
    for fraction in (500_000, 123_456):
        time = NOW.replace(microsecond=fraction)
        assert check_token(Foreign(info={"gen_time": time}).token(), DIGEST) == time


REFERENCE = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(root().der).digest()})


def attribute(kind: str, *values: Any) -> Any:
    return cms.CMSAttribute({"type": kind, "values": list(values)})


BAD: list[tuple[Foreign, str]] = [
    (Foreign(digest=OTHER), "about something else"),
    (Foreign(imprint_algorithm="sha384"), "about something else"),
    (Foreign(signs=bytes), "signature is wrong"),
    (Foreign(made=service("rsa2048"), signature={"algorithm": "sha256_ecdsa"}), "not fit"),
    (Foreign(signature={"algorithm": "rsassa_pkcs1v15"}), "not fit"),
    (Foreign(signature={"algorithm": "sha1_ecdsa"}), "not permitted"),
    (Foreign(signature={"algorithm": "sha384_ecdsa"}), "not permitted"),
    (Foreign(algorithm="sha1", signature={"algorithm": "sha256_ecdsa"}), "not permitted"),
    (Foreign(certificates=()), "not in it"),
    (Foreign(certificates=(root().der,)), "not in it"),
    (Foreign(certificates=(service().der,) * 17), "wrong structure"),
    (Foreign(signers=2), "wrong structure"),
    (Foreign(content_type="data"), "not a timestamp"),
    (Foreign(attributes=("content_type",)), "attribute is missing"),
    (Foreign(attributes=("message_digest",)), "attribute is missing"),
    (Foreign(attributes=("signing_certificate_v2",)), "attribute is missing"),
    (Foreign(attributes=(attribute("content_type", "data"),)), "content type"),
    (Foreign(attributes=(attribute("message_digest", OTHER),)), "was changed"),
    (Foreign(attributes=(attribute("message_digest", OTHER, OTHER),)), "wrong structure"),
    (
        Foreign(
            attributes=(
                attribute(
                    "signing_certificate_v2", tsp.SigningCertificateV2({"certs": [REFERENCE]})
                ),
            )
        ),
        "another certificate",
    ),
    (Foreign(eku_hash="sha1"), "another certificate"),
    (Foreign(info={"version": 2}), "version"),
    (
        Foreign(
            info={
                "extensions": [
                    {"extn_id": "2.5.29.17", "critical": True, "extn_value": b"\x05\x00"}
                ]
            }
        ),
        "critical extension",
    ),
    (Foreign(info={"accuracy": {"seconds": 61}}), "off by more than a minute"),
    (Foreign(info={"accuracy": {"seconds": 60, "micros": 1}}), "off by more than a minute"),
    (Foreign(info={"accuracy": {"millis": 1000}}), "accuracy"),
    (Foreign(info={"accuracy": {"seconds": -1}}), "accuracy"),
    (Foreign(unsigned=True), "7 elements instead of 6"),
    (Foreign(certificates=(b"\x30\x00", service().der)), "unreadable"),
    (Foreign(info={"gen_time": "20261301000000Z"}), "unreadable"),
    (Foreign(info={"gen_time": "20260601000000.50Z"}), "time"),
    (Foreign(info={"gen_time": "20260601000000+0700"}), "time"),
]


@pytest.mark.parametrize(("foreign", "words"), BAD)
def test_what_is_never_embedded(foreign: Foreign, words: str) -> None:
    assert words in why_not(foreign.token())


def test_an_attribute_may_not_stand_twice() -> None:
    twice = attribute("signing_time", cms.Time({"utc_time": NOW}))
    assert "twice" in why_not(Foreign(attributes=(twice, twice)).token())


def test_a_token_has_a_greatest_length() -> None:
    token = stamper().timestamp(DIGEST)
    assert "trailing" in why_not(token + b"\0")
    assert "longer" in why_not(token + bytes(MAX_TOKEN))


@pytest.mark.parametrize(
    "token",
    [
        b"",
        b"0",
        b"\x30\x00",
        b"\x30\x80\x00\x00",
        b"\x30\x81\x05\x01",
        b"\x30\x82\x00\x05\x01\x01\x01\x01\x01",
        b"\x30\x85\x00\x00\x00\x00\x00",
        b"\x30\x82",
        b"\x1f\x81\x01\x00",
        b"\x30\x05\x04\x01\x00",
        b"\x04\x02\x30\x00",
        der(0x30, der_oid("1.2.840.113549.1.7.2")),
        der(0x30, der_oid("1.2.840.113549.1.7.2"), b"\x04\x00"),
        der(0x30, der_oid("1.2.840.113549.1.7.1"), b"\xa0\x00"),
    ],
)
def test_what_is_no_token_is_an_error_of_ours(token: bytes) -> None:
    assert "wrong structure" in why_not(token)


@pytest.mark.parametrize("kind", KINDS)
def test_no_change_of_one_byte_makes_another_token(kind: str) -> None:
    """Some bytes of a CMS are not signed; a change there may pass, but never says anything else."""
    token = stamper(service(kind)).timestamp(DIGEST)
    wrong = read_token(token, DIGEST)
    passed = 0
    for place in range(0, len(token), 3):
        for flip in (0x01, 0x80):
            changed = bytearray(token)
            changed[place] ^= flip
            try:
                read = read_token(bytes(changed), DIGEST)
            except SigningError:
                continue
            passed += 1
            assert read == wrong
    assert passed < 20


def test_pieces_of_der_are_told_apart() -> None:
    assert parse(b"\x02\x02\x00\x80", INTEGER).integer() == 128
    for wrong in (b"\x02\x02\x00\x7f", b"\x02\x02\xff\x80", b"\x02\x00"):
        with pytest.raises(MalformedDER):
            parse(wrong, INTEGER).integer()
    with pytest.raises(MalformedDER):
        parse(b"\x04\x00", OCTETS).children()
    with pytest.raises(MalformedDER):
        _check_accuracy(parse(b"\x30\x02\x04\x00", SEQUENCE))
    with pytest.raises(MalformedDER):
        algorithm_oid(parse(b"\x30\x00", SEQUENCE))
    oid = der_oid("2.16.840.1.101.3.4.2.1")
    for good in (b"", b"\x05\x00"):
        assert algorithm_oid(parse(der(SEQUENCE, oid, good), SEQUENCE)) == oid
    for wrong in (b"\x04\x00", b"\x05\x00\x05\x00", b"\x30\x00"):
        with pytest.raises(MalformedDER):
            algorithm_oid(parse(der(SEQUENCE, oid, wrong), SEQUENCE))
    for number in (0, 1, 127, 128, -1, -128, -129, 2**64):
        assert core.Integer(number).dump() == der_integer(number)
    for dotted in ("0.0", "1.39", "2.999.3161.1", "1.2.840.113549.1.9.16.1.4", "2.5.29.15"):
        assert core.ObjectIdentifier(dotted).dump() == der_oid(dotted)
    for size in (0, 127, 128, 255, 256, 70_000):
        assert core.OctetString(bytes(size)).dump() == der(OCTETS, bytes(size))


def test_every_shortened_token_is_refused() -> None:
    token = stamper().timestamp(DIGEST)
    for end in range(0, len(token), 7):
        why_not(token[:end])


# A service behind an address

URL = "http://tsa.example.vn/stamp"
Reply = Callable[[Any], bytes]


@dataclass
class Service:
    """A fetcher in front of a service that answers as a script says."""

    reply: Reply
    asked: list[Any] = field(default_factory=list)

    def get(self, url: str, /, *, limit: int) -> bytes:
        raise AssertionError(url, limit)

    def post(self, url: str, body: bytes, content_type: str, /, *, limit: int) -> bytes:
        assert (url, content_type, limit) == (URL, "application/timestamp-query", MAX_TOKEN)
        self.asked.append(tsp.TimeStampReq.load(body, strict=True))
        assert self.asked[-1].dump(force=True) == body
        return self.reply(self.asked[-1])


def granted(token: bytes, status: str = "granted") -> bytes:
    made: bytes = tsp.TimeStampResp(
        {"status": {"status": status}, "time_stamp_token": cms.ContentInfo.load(token)}
    ).dump()
    return made


def good(request: Any, **changes: Any) -> bytes:
    info = {"nonce": request["nonce"].native}
    digest = request["message_imprint"]["hashed_message"].native
    return Foreign(**{"info": info, "digest": digest} | changes).token()


def refusal(reply: Reply) -> str:
    with pytest.raises(SigningError) as caught:
        RemoteTimestamper(URL, Service(reply)).timestamp(DIGEST)
    return caught.value.message.en.removeprefix("no usable timestamp: ")


def test_a_service_is_asked_for_digest_nonce_and_certificate() -> None:
    service_there = Service(lambda request: granted(good(request)))
    remote = RemoteTimestamper(URL, service_there)
    assert isinstance(remote, Timestamper)
    tokens = [remote.timestamp(DIGEST) for _ in range(2)]
    assert all(check_token(token, DIGEST) == NOW for token in tokens)
    for request in service_there.asked:
        read = request.native
        assert read["version"] == "v1"
        assert read["message_imprint"]["hash_algorithm"]["algorithm"] == "sha256"
        assert read["message_imprint"]["hashed_message"] == DIGEST
        assert read["cert_req"] is True
        assert read["req_policy"] is None
    nonces = [request["nonce"].native for request in service_there.asked]
    assert len(set(nonces)) == 2
    assert min(nonces) >= 0


@pytest.mark.parametrize("entropy", [bytes(8), b"\xff" * 8, b"\0" * 7 + b"\x80"])
def test_any_nonce_is_written_and_read(entropy: bytes) -> None:
    service_there = Service(lambda request: granted(good(request), "granted_with_mods"))
    remote = RemoteTimestamper(URL, service_there, entropy=lambda _size: entropy)
    assert check_token(remote.timestamp(DIGEST), DIGEST) == NOW
    assert service_there.asked[0]["nonce"].native == int.from_bytes(entropy)


def test_the_token_is_embedded_as_the_service_wrote_it() -> None:
    written: list[bytes] = []

    def reply(request: Any) -> bytes:
        written.append(good(request))
        return granted(written[-1])

    assert RemoteTimestamper(URL, Service(reply)).timestamp(DIGEST) == written[0]


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (lambda _: granted(Foreign(digest=DIGEST).token()), "another request"),
        (lambda request: granted(good(request, info={"nonce": 5})), "another request"),
        (lambda request: granted(good(request, digest=OTHER)), "about something else"),
        (lambda request: granted(good(request, made=service(extended=None))), "timestamps alone"),
        (lambda request: granted(good(request, signs=bytes)), "signature is wrong"),
        (lambda request: granted(good(request, certificates=())), "not in it"),
        (good, "wrong structure"),
        (lambda _: b"", "wrong structure"),
        (lambda _: b"<html>", "wrong structure"),
        (lambda _: b"\x30\x00", "wrong structure"),
        (lambda _: b"\x30\x02\x30\x00", "wrong structure"),
        (lambda request: granted(good(request)) + b"\0", "wrong structure"),
        (lambda _: b"\x30\x05\x30\x03\x02\x01\x00", "holds no token"),
        (lambda request: granted(good(request), "rejection"), "refused the request (status 2)"),
        (lambda request: granted(good(request), "waiting"), "refused the request (status 3)"),
        (lambda _: b"\x30\x05\x30\x03\x02\x01\x02", "refused the request (status 2)"),
        (lambda _: der(0x30, der(0x30, der(0x02, b"\x7f" * 9000))), "(status unknown)"),
        (lambda _: b"\x30\x05\x30\x03\x02\x01\xff", "(status unknown)"),
    ],
)
def test_answers_that_are_not_embedded(reply: Reply, words: str) -> None:
    assert words in refusal(reply)


@pytest.mark.parametrize("problem", FetchProblem)
def test_a_service_that_cannot_be_reached_is_a_signing_error(problem: FetchProblem) -> None:
    def reply(_request: Any) -> bytes:
        raise FetchError(problem)

    assert refusal(reply) == PROBLEMS[problem].en


def test_a_service_is_asked_about_digests_only() -> None:
    remote = RemoteTimestamper(URL, Service(lambda _: b""))
    with pytest.raises(SigningError, match="SHA-256"):
        remote.timestamp(b"a whole record")
    assert "Service" not in repr(remote)


def test_a_service_over_http() -> None:
    def reply(connection: Any) -> None:
        request = tsp.TimeStampReq.load(server.requests[-1].partition(b"\r\n\r\n")[2])
        kind = "Content-Type: application/timestamp-reply"
        connection.sendall(answer(granted(good(request)), kind))

    with serving(reply) as server:
        remote = RemoteTimestamper(server.url(), server.fetcher())
        assert check_token(remote.timestamp(DIGEST), DIGEST) == NOW


# The second reader: what is embedded must not be refused when it is verified


def verified(token: bytes) -> Reason | None:
    return verifiers_token(token, {"sha256": DIGEST}.__getitem__).problem


@pytest.mark.parametrize("foreign", [*GOOD, *(bad for bad, _ in BAD)])
def test_the_verifier_takes_every_token_that_would_be_embedded(foreign: Foreign) -> None:
    token = foreign.token()
    try:
        check_token(token, DIGEST)
    except SigningError:
        return
    assert verified(token) is None


@pytest.mark.parametrize("kind", KINDS)
def test_the_verifier_takes_local_tokens(kind: str) -> None:
    assert verified(stamper(service(kind)).timestamp(DIGEST)) is None


def test_the_verifier_takes_every_changed_token_that_would_be_embedded() -> None:
    chance = random.Random(5)
    tokens = [stamper(service(kind)).timestamp(DIGEST) for kind in KINDS]
    taken = 0
    for _ in range(3000):
        changed = bytearray(chance.choice(tokens))
        changed[chance.randrange(len(changed))] = chance.randrange(256)
        with contextlib.suppress(SigningError):
            check_token(bytes(changed), DIGEST)
            assert verified(bytes(changed)) is None
            taken += 1
    assert taken > 10  # unchanged ones, and bytes that nobody signs


def test_the_verifier_writes_nothing_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    import vncopy.pdf.cms  # noqa: F401 - where pyHanko's loggers are told to be quiet

    assert verified(Foreign(by_key_id=True).token()) is None
    assert caplog.records == []


def test_both_readers_want_the_same_accuracy() -> None:
    assert MAX_ACCURACY_SECONDS * 1000 == MAX_ACCURACY_MS
