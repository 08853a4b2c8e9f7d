"""Timestamp tokens: what is read, and everything that may be wrong with one."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509

from support.pdf_copies import demo
from support.tokens import (
    STAMPED,
    TokenPlan,
    algorithm_of,
    reference,
    signature_of,
    token_of,
)
from vncopy.pdf.tokens import MAX_ACCURACY_MS, read_token, token_says
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from vncopy.facts.pdf import TimestampFacts

VALUE = b"the value of a signature"


def digest_of(name: str) -> bytes:
    return hashlib.new(name, VALUE).digest()


def read(plan: TokenPlan | None = None, value: bytes = VALUE) -> TimestampFacts:
    plan = plan or TokenPlan()
    return read_token(token_of(hashlib.new(plan.digest, value).digest(), plan), digest_of)


def test_a_token_as_it_should_be() -> None:
    facts = read()
    assert facts.problem is None
    assert facts.detail == ""
    assert facts.intact
    assert facts.valid
    assert facts.time == STAMPED
    assert facts.time.tzinfo is UTC
    assert facts.accuracy == 0
    assert (facts.digest_algorithm, facts.signature_algorithm) == ("sha256", "ecdsa")
    assert facts.certificates == demo().tsa.chain[:-1]


@pytest.mark.parametrize("name", ["sha256", "sha384", "sha512"])
def test_the_weakest_digest_is_named(name: str) -> None:
    facts = read(TokenPlan(digest=name, signed_digest="sha512"))
    assert facts.problem is None
    assert facts.digest_algorithm == name


@pytest.mark.parametrize(
    ("accuracy", "milliseconds"),
    [
        ({"seconds": 1}, 1_000),
        ({"millis": 500}, 500),
        ({"micros": 1}, 1),
        ({"seconds": 2, "millis": 3, "micros": 4}, 2_004),
        ({"seconds": MAX_ACCURACY_MS // 1000}, MAX_ACCURACY_MS),
    ],
)
def test_the_accuracy_is_told(accuracy: dict[str, int], milliseconds: int) -> None:
    facts = read(TokenPlan(says=lambda says: says.update(accuracy=accuracy)))
    assert facts.problem is None
    assert facts.accuracy == milliseconds


@pytest.mark.parametrize(
    "accuracy",
    [
        {"seconds": 61},
        {"seconds": 60, "millis": 1},
        {"seconds": -1},
        {"millis": 1_000},
        {"micros": 1_000},
        {"millis": -1},
    ],
)
def test_an_accuracy_that_proves_no_time(accuracy: dict[str, int]) -> None:
    facts = read(TokenPlan(says=lambda says: says.update(accuracy=accuracy)))
    assert facts.problem is Reason.TIMESTAMP_MALFORMED
    assert not facts.intact


def test_a_token_of_something_else() -> None:
    facts = read(value=b"another signature")
    assert facts.problem is Reason.CMS_DIGEST
    assert facts.detail == "imprint"
    assert facts.valid
    assert not facts.intact


def test_a_weak_imprint() -> None:
    facts = read(TokenPlan(digest="sha1"))
    assert (facts.problem, facts.detail) == (Reason.CMS_ALGORITHM, "imprint")
    assert facts.digest_algorithm == "sha1"


def test_a_weak_signature() -> None:
    assert read(TokenPlan(signed_digest="sha1")).problem is Reason.CMS_ALGORITHM


def weakly_signed(info: dict[str, Any]) -> None:
    """Sign with SHA-1 what is digested with SHA-256."""
    tsa = demo().tsa
    info["signature_algorithm"] = {"algorithm": algorithm_of(tsa, "sha1")}
    info["signature"] = signature_of(tsa, "sha1", info["signed_attrs"].dump())


def test_a_weak_digest_in_the_signature_alone() -> None:
    facts = read(TokenPlan(info=weakly_signed))
    assert facts.problem is Reason.CMS_ALGORITHM
    assert facts.digest_algorithm == "sha1"


def with_pss(digest: str, mask: str) -> Callable[[dict[str, Any]], None]:
    """Say that the signature is RSASSA-PSS with these digests."""

    def change(info: dict[str, Any]) -> None:
        info["signature_algorithm"] = {
            "algorithm": "rsassa_pss",
            "parameters": algos.RSASSAPSSParams(
                {
                    "hash_algorithm": {"algorithm": digest},
                    "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": {"algorithm": mask}},
                    "salt_length": 32,
                }
            ),
        }

    return change


@pytest.mark.parametrize(
    ("digest", "mask", "weakest"),
    [("sha256", "sha1", "sha1"), ("sha1", "sha256", "sha1"), ("sha512", "sha384", "sha256")],
)
def test_the_digests_inside_of_pss_count(digest: str, mask: str, weakest: str) -> None:
    plan = TokenPlan(info=with_pss(digest, mask))
    authority = demo().offices[0].seals["rsa"]
    facts = read_token(token_of(digest_of("sha256"), plan, authority=authority), digest_of)
    assert facts.digest_algorithm == weakest
    assert facts.signature_algorithm == "rsassa_pss"
    weak = weakest == "sha1"
    assert facts.problem is (Reason.CMS_ALGORITHM if weak else Reason.CMS_SIGNATURE)


def test_plain_rsa_means_the_digest_of_the_message() -> None:
    office = demo().offices[0].seals["rsa"]
    plan = TokenPlan(
        info=lambda info: info.update(signature_algorithm={"algorithm": "rsassa_pkcs1v15"})
    )
    facts = read_token(token_of(digest_of("sha256"), plan, authority=office), digest_of)
    assert facts.problem is None
    assert (facts.digest_algorithm, facts.signature_algorithm) == ("sha256", "rsassa_pkcs1v15")


def without(kind: str) -> TokenPlan:
    return TokenPlan(
        attributes=lambda rows: rows.remove(next(row for row in rows if row["type"] == kind))
    )


def added(row: dict[str, Any]) -> TokenPlan:
    return TokenPlan(attributes=lambda rows: rows.append(row))


def other_certificate(rows: list[dict[str, Any]]) -> None:
    rows[-1] = {
        "type": "signing_certificate_v2",
        "values": [reference(demo().issuing.certificate)],
    }


def no_attributes(info: dict[str, Any]) -> None:
    """Sign the content itself."""
    del info["signed_attrs"]


def more_unsigned(info: dict[str, Any]) -> None:
    info["unsigned_attrs"] = cms.CMSAttributes(
        [{"type": "1.2.3.4", "values": [core.OctetString(b"x")]}]
    )


def first_byte_changed(info: dict[str, Any]) -> None:
    signature = bytearray(info["signature"])
    signature[-1] ^= 1
    info["signature"] = bytes(signature)


def without_certificates(data: dict[str, Any]) -> None:
    data["certificates"] = [asn1_x509.Certificate.load(demo().root.certificate)]


def other_content_type(data: dict[str, Any]) -> None:
    data["encap_content_info"] = {"content_type": "data", "content": b"x"}


def no_content(data: dict[str, Any]) -> None:
    data["encap_content_info"] = {"content_type": "tst_info"}


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        (without("signing_certificate_v2"), Reason.CMS_ATTRIBUTES),
        (without("message_digest"), Reason.CMS_ATTRIBUTES),
        (without("content_type"), Reason.CMS_ATTRIBUTES),
        (added({"type": "content_type", "values": ["tst_info"]}), Reason.CMS_ATTRIBUTES),
        (TokenPlan(attributes=other_certificate), Reason.SIGNING_CERTIFICATE),
        (TokenPlan(info=no_attributes), Reason.CMS_ATTRIBUTES),
        (TokenPlan(info=more_unsigned), Reason.UNSIGNED_ATTRIBUTES),
        (TokenPlan(info=first_byte_changed), Reason.CMS_SIGNATURE),
        (TokenPlan(data=without_certificates), Reason.SIGNING_CERTIFICATE),
        (TokenPlan(data=other_content_type), Reason.CMS_MALFORMED),
        (TokenPlan(data=no_content), Reason.CMS_MALFORMED),
        (
            TokenPlan(data=lambda data: data["signer_infos"].append(data["signer_infos"][0])),
            Reason.TIMESTAMP_MALFORMED,
        ),
        (TokenPlan(data=lambda data: data["signer_infos"].clear()), Reason.TIMESTAMP_MALFORMED),
        (TokenPlan(content=lambda der: der + b"\0"), Reason.TIMESTAMP_MALFORMED),
        (TokenPlan(content=lambda _: b"\x30\x00"), Reason.TIMESTAMP_MALFORMED),
        (TokenPlan(says=lambda says: says.update(version="v2")), Reason.TIMESTAMP_MALFORMED),
        (
            TokenPlan(
                says=lambda says: says.update(
                    extensions=[{"extn_id": "1.2.3", "critical": True, "extn_value": b"x"}]
                )
            ),
            Reason.TIMESTAMP_MALFORMED,
        ),
    ],
)
def test_what_is_wrong_is_named(plan: TokenPlan, reason: Reason) -> None:
    facts = read(plan)
    assert facts.problem is reason
    assert not (facts.intact and facts.valid)


def test_an_extension_that_need_not_be_understood() -> None:
    plan = TokenPlan(
        says=lambda says: says.update(
            extensions=[{"extn_id": "1.2.3", "critical": False, "extn_value": b"x"}]
        )
    )
    assert read(plan).problem is None


def test_a_certificate_named_by_sha1_as_the_first_tokens_do() -> None:
    der = demo().tsa.certificate
    value = tsp.SigningCertificate({"certs": [{"cert_hash": hashlib.sha1(der).digest()}]})  # noqa: S324

    def older(rows: list[dict[str, Any]]) -> None:
        rows[-1] = {"type": "signing_certificate", "values": [value]}

    assert read(TokenPlan(attributes=older)).problem is None


def test_another_content_than_was_signed() -> None:
    token = token_of(digest_of("sha256"))
    place = token.index(b"20261121032200Z")
    later = token[:place] + b"20261121032100Z" + token[place + 15 :]
    facts = read_token(later, digest_of)
    assert facts.problem is Reason.CMS_DIGEST
    assert facts.detail == ""
    assert facts.time == STAMPED - timedelta(minutes=1)


@pytest.mark.parametrize("time", [b"20261121032200", b"20261121032200+0700", b"20261321032200Z"])
def test_a_time_that_is_not_in_utc(time: bytes) -> None:
    der = tsp.TSTInfo.load(tst_info())
    der["gen_time"] = core.GeneralizedTime(contents=time)
    with pytest.raises(ValueError, match=r".*"):
        token_says(der.dump())


def tst_info() -> bytes:
    token = cms.ContentInfo.load(token_of(digest_of("sha256")))
    return bytes(token["content"]["encap_content_info"]["content"])


def test_a_part_of_a_second_is_kept() -> None:
    time = datetime(2026, 11, 21, 3, 22, 0, 125_000, tzinfo=timezone.utc)  # noqa: UP017
    assert read(TokenPlan(time=time)).time == time


@pytest.mark.parametrize(
    "der",
    [
        b"",
        b"\x30",
        b"\x30\x80",
        b"\x30\x03\x02\x01\x01",
        b"\x04\x02xx",
        cms.ContentInfo({"content_type": "data", "content": b"x"}).dump(),
        token_of(digest_of("sha256")) + b"\0",
        token_of(digest_of("sha256"))[:-1],
    ],
)
def test_bytes_that_are_no_token(der: bytes) -> None:
    facts = read_token(der, digest_of)
    assert facts.problem is Reason.TIMESTAMP_MALFORMED
    assert facts.time is None
    assert not facts.intact
    assert not facts.valid


def test_an_engine_that_fails_is_no_pass() -> None:
    def fails(_: str) -> bytes:
        raise RuntimeError

    facts = read_token(token_of(digest_of("sha256")), fails)
    assert (facts.problem, facts.detail) == (Reason.ENGINE_FAILED, "RuntimeError")


def test_every_byte_counts() -> None:
    """Whatever byte is changed, the token proves nothing, or is the same token in other words."""
    whole = token_of(digest_of("sha256"))
    good = read_token(whole, digest_of)
    for place in range(len(whole)):
        changed = whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]
        facts = read_token(changed, digest_of)
        if facts.problem is None:
            assert replace(facts, certificates=()) == replace(good, certificates=()), place
            assert facts.certificates[0] == good.certificates[0]
