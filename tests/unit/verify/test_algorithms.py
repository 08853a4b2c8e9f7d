from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import SignatureAlgorithmOID

from support.chains import NOW, YEAR, authority, key, leaf, root, store
from support.sources import ROOT
from vncopy.errors import UsageError
from vncopy.reasons import Reason
from vncopy.trust import Role
from vncopy.verify.algorithms import (
    DEFAULT_ALGORITHMS,
    AlgorithmPolicy,
    Lifetime,
    key_reason,
    signature_reason,
)
from vncopy.verify.chain import PathResult, validate_path

OLD = datetime(2012, 6, 1, tzinfo=UTC)
END = datetime(2014, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
NEVER = Reason.PATH_ALGORITHM
ONCE = Reason.ALGORITHM_OUTDATED
SUNSET = datetime(2035, 1, 1, tzinfo=UTC)

SIZES: dict[tuple[str, int], tuple[Reason | None, Reason | None]] = {
    # name, bits: what is said in 2012 and what in 2026
    ("rsa", 512): (NEVER, NEVER),
    ("rsa", 1023): (NEVER, NEVER),
    ("rsa", 1024): (None, ONCE),
    ("rsa", 1536): (None, ONCE),
    ("rsa", 2047): (None, ONCE),
    ("rsa", 2048): (None, None),
    ("rsa", 3072): (None, None),
    ("rsa", 4096): (None, None),
    ("secp192r1", 192): (None, ONCE),
    ("secp224r1", 224): (NEVER, NEVER),
    ("secp256r1", 256): (None, None),
    ("secp384r1", 384): (None, None),
    ("secp521r1", 521): (None, None),
    ("secp256k1", 256): (NEVER, NEVER),
    ("brainpoolP256r1", 256): (NEVER, NEVER),
    ("md5", 128): (NEVER, NEVER),
    ("sha1", 160): (None, ONCE),
    ("sha224", 224): (NEVER, NEVER),
    ("sha256", 256): (None, None),
    ("sha384", 384): (None, None),
    ("sha512", 512): (None, None),
    ("sha3-256", 256): (NEVER, NEVER),
    ("ed25519", 256): (NEVER, NEVER),
}


@pytest.mark.parametrize(("name", "bits"), SIZES)
def test_the_default_table_tells_what_was_safe_once_from_what_never_was(
    name: str, bits: int
) -> None:
    then, now = SIZES[name, bits]
    assert DEFAULT_ALGORITHMS.reason(name, bits, OLD) is then
    assert DEFAULT_ALGORITHMS.reason(name, bits, NOW) is now
    assert DEFAULT_ALGORITHMS.usable(name, bits, NOW) is (now is None)


@pytest.mark.parametrize("line", [("rsa", 1024), ("sha1", 160), ("secp192r1", 192)])
def test_history_ends_at_an_instant(line: tuple[str, int]) -> None:
    assert DEFAULT_ALGORITHMS.usable(*line, END - SECOND)
    assert not DEFAULT_ALGORITHMS.usable(*line, END)


def test_a_deployer_ends_an_algorithm_and_keeps_its_longer_keys() -> None:
    strict = DEFAULT_ALGORITHMS.with_sunsets(
        Lifetime(name="rsa", bits=2048, until=SUNSET), Lifetime(name="rsa", bits=3072)
    )
    for bits in (2048, 3071):
        assert strict.usable("rsa", bits, SUNSET - SECOND)
        assert strict.reason("rsa", bits, SUNSET) is ONCE
    assert strict.usable("rsa", 3072, SUNSET)
    assert not strict.usable("rsa", 1024, NOW)
    assert DEFAULT_ALGORITHMS.usable("rsa", 2048, SUNSET)


def test_a_deployer_ends_an_algorithm_with_all_its_sizes() -> None:
    strict = DEFAULT_ALGORITHMS.with_sunsets(Lifetime(name="rsa", bits=2048, until=SUNSET))
    assert not strict.usable("rsa", 4096, SUNSET)


def test_history_can_be_cut_shorter() -> None:
    strict = DEFAULT_ALGORITHMS.with_sunsets(Lifetime(name="sha1", bits=160, until=OLD))
    assert not strict.usable("sha1", 160, OLD)


@pytest.mark.parametrize(
    "line",
    [
        Lifetime(name="sha1", bits=160, until=NOW),
        Lifetime(name="sha1", bits=160),
        Lifetime(name="rsa", bits=1536, until=NOW),
        Lifetime(name="rsa", bits=512, until=OLD),
        Lifetime(name="md5", bits=128, until=OLD),
    ],
)
def test_a_table_is_never_made_looser(line: Lifetime) -> None:
    with pytest.raises(UsageError) as caught:
        DEFAULT_ALGORITHMS.with_sunsets(line)
    assert [each.rule for each in caught.value.problems] == ["algorithms.looser"]


def test_a_table_is_read_in_one_way_only() -> None:
    line = Lifetime(name="rsa", bits=2048)
    with pytest.raises(UsageError) as caught:
        AlgorithmPolicy(table=(line, Lifetime(name="rsa", bits=2048, until=NOW)))
    assert [each.rule for each in caught.value.problems] == ["algorithms.twice"]
    with pytest.raises(UsageError) as caught:
        AlgorithmPolicy(
            table=(Lifetime(name="rsa", bits=2048, until=datetime(2035, 1, 1)),)  # noqa: DTZ001
        )
    assert [each.rule for each in caught.value.problems] == ["algorithms.time_zone"]


def test_kinds_of_key_that_are_not_known_were_never_safe() -> None:
    for kind in ("ed25519", "k1", "dsa"):
        public = key("any", kind).public_key()
        assert key_reason(public, at=NOW, algorithms=DEFAULT_ALGORITHMS) is NEVER
    assert key_reason(None, at=NOW, algorithms=DEFAULT_ALGORITHMS) is NEVER


def test_schemes_count_by_their_digests() -> None:
    sha1 = hashes.SHA1()  # noqa: S303 - to be refused
    for scheme, digest, expected in (
        (SignatureAlgorithmOID.ECDSA_WITH_SHA256, hashes.SHA256(), None),
        (SignatureAlgorithmOID.RSASSA_PSS, hashes.SHA512(), None),
        (SignatureAlgorithmOID.RSASSA_PSS, sha1, ONCE),
        (SignatureAlgorithmOID.RSA_WITH_SHA1, sha1, ONCE),
        (SignatureAlgorithmOID.RSA_WITH_MD5, hashes.SHA256(), NEVER),
        (SignatureAlgorithmOID.RSASSA_PSS, None, NEVER),
        (SignatureAlgorithmOID.ED25519, None, NEVER),
    ):
        found = signature_reason(scheme, digest, at=NOW, algorithms=DEFAULT_ALGORITHMS)
        assert found is expected


# --- In a path -----------------------------------------------------------------------------------


def _path(
    at: datetime, *, algorithms_at: datetime | None = None, policy: AlgorithmPolicy | None = None
) -> PathResult:
    """Search a path of RSA 1024 keys, as an authority of 2010 gave them."""
    span = {"start": OLD - YEAR, "end": NOW + YEAR}
    top = root(**span)
    issuing = authority(top, kind="rsa1024", label="old-rsa", **span)
    made = leaf(issuing, **span)
    return validate_path(
        made.der,
        (),
        trust=store(top, intermediates=(issuing,)),
        at=at,
        role=Role.SEAL,
        algorithms=policy or DEFAULT_ALGORITHMS,
        algorithms_at=algorithms_at,
    )


def test_an_old_path_is_good_at_an_old_time_that_is_proven() -> None:
    assert _path(OLD).found


def test_an_old_path_is_never_good_today() -> None:
    assert _path(NOW).reason is ONCE


def test_nobody_claims_himself_into_an_age_in_which_a_broken_algorithm_was_safe() -> None:
    assert _path(OLD, algorithms_at=NOW).reason is ONCE


def test_a_stricter_table_is_applied_to_paths() -> None:
    strict = DEFAULT_ALGORITHMS.with_sunsets(Lifetime(name="rsa", bits=1024, until=OLD))
    assert _path(OLD, policy=strict).reason is ONCE
    assert _path(OLD - SECOND, policy=strict).found


def test_the_specification_has_the_table() -> None:
    page = (ROOT / "docs" / "spec" / "paths.md").read_text("utf-8")
    rows = re.findall(r"^\| ([a-z0-9]+) \| (\d+) \| ([\d-]*) ?\|$", page, re.MULTILINE)
    written = [
        Lifetime(
            name=name,
            bits=int(bits),
            until=datetime.fromisoformat(until).replace(tzinfo=UTC) if until else None,
        )
        for name, bits, until in rows
    ]
    assert written == list(DEFAULT_ALGORITHMS.table)
