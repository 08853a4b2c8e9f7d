"""The options that name evidence, hosts and timestamping services become values, or errors."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from vncopy.cli.app import run
from vncopy.cli.evidence import check_private, evidence_of, timestamper_of
from vncopy.cli.files import UnreadableFile
from vncopy.cli.options import clock_of
from vncopy.errors import UsageError
from vncopy.facts.evidence import MAX_EVIDENCE, StoredEvidence
from vncopy.fetch import HttpFetcher
from vncopy.pki import make_demo_pki
from vncopy.sign import LocalTimestamper, RemoteTimestamper, load_pem
from vncopy.sign.timestamps import check_token
from vncopy.verify.gather import FetchedEvidence, JoinedEvidence

PKI = make_demo_pki(seed=b"options", kinds=("p256",))
AT = datetime(2026, 6, 1, tzinfo=UTC)
CRLS = PKI.evidence(AT).pieces
OCSPS = PKI.evidence(AT, ocsp=True).pieces[1:]


def problem_of(call: Any) -> tuple[str, str]:
    with pytest.raises(UsageError) as caught:
        call()
    (problem,) = caught.value.problems
    assert problem.message.vi != problem.message.en
    return problem.field, problem.rule


def test_no_option_no_evidence() -> None:
    assert evidence_of(None, None, private=False) is None
    assert evidence_of([], [], private=False) is None


def test_files_and_folders_of_evidence(tmp_path: Path) -> None:
    pem = x509.load_der_x509_crl(CRLS[0]).public_bytes(Encoding.PEM)
    (tmp_path / "a.crl").write_bytes(b"\n" + pem)
    (tmp_path / "b.CRL").write_bytes(CRLS[1])
    (tmp_path / "c.ors").write_bytes(OCSPS[0])
    (tmp_path / "d.der").write_bytes(CRLS[0])
    (tmp_path / "README.txt").write_text("not evidence")
    (tmp_path / "sub.folder").mkdir()
    assert evidence_of([tmp_path], None, private=False) == StoredEvidence(
        (CRLS[0], CRLS[1], OCSPS[0])
    )
    single = tmp_path / "any name"
    single.write_bytes(OCSPS[1])
    found = evidence_of([single, tmp_path / "a.crl"], None, private=False)
    assert found == StoredEvidence((OCSPS[1], CRLS[0]))


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n", bytes(100)],
)
def test_a_file_that_is_no_evidence_is_named(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.crl"
    file.write_bytes(data)
    field, rule = problem_of(lambda: evidence_of([file], None, private=False))
    assert rule == "cli.evidence"
    assert field == f"--evidence {file}"


def test_a_folder_without_evidence_is_named(tmp_path: Path) -> None:
    (tmp_path / "README.txt").write_text("not evidence")
    found = problem_of(lambda: evidence_of([tmp_path], None, private=False))
    assert found == (f"--evidence {tmp_path}", "cli.evidence")


def test_more_evidence_than_is_looked_at_is_refused(tmp_path: Path) -> None:
    for number in range(MAX_EVIDENCE + 5):
        made = PKI.evidence(datetime(2026, 6, 1, number // 24, number % 24, tzinfo=UTC)).pieces[0]
        (tmp_path / f"{number}.crl").write_bytes(made)
    found = problem_of(lambda: evidence_of([tmp_path], None, private=False))
    assert found == ("evidence", "evidence.size")


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(UnreadableFile, match="absent"):
        evidence_of([Path("absent.crl")], None, private=False)


def fetcher_of(*hosts: str, private: bool = False) -> HttpFetcher:
    source = evidence_of(None, hosts, private=private)
    assert isinstance(source, FetchedEvidence)
    assert isinstance(source.fetcher, HttpFetcher)
    return source.fetcher


def test_hosts_become_a_fetcher() -> None:
    fetcher = fetcher_of("ocsp.example.vn", "CRL.example.vn:8080", ".ca.example.vn", "[2400::1]:81")
    assert fetcher.hosts == {"ocsp.example.vn", "crl.example.vn", ".ca.example.vn", "2400::1"}
    assert fetcher.ports == {80, 443, 8080, 81}
    assert fetcher.allow_private is False
    assert fetcher_of("a.vn", private=True).allow_private is True


@pytest.mark.parametrize("host", ["", "*", ".vn", "http://a.vn", "a.vn/", "a b", "a.vn:x", "a.vn:"])
def test_a_host_that_is_none(host: str) -> None:
    found = problem_of(lambda: evidence_of(None, ["a.vn", host], private=False))
    assert found == ("--fetch", "fetch.hosts")


def test_files_come_before_hosts(tmp_path: Path) -> None:
    (tmp_path / "a.crl").write_bytes(CRLS[0])
    source = evidence_of([tmp_path], ["a.vn"], private=False)
    assert isinstance(source, JoinedEvidence)
    assert source.sources[0] == StoredEvidence((CRLS[0],))
    assert isinstance(source.sources[1], FetchedEvidence)


def test_private_networks_are_for_hosts_that_are_asked() -> None:
    check_private(True, ["a.vn"])
    check_private(True, None, "http://a.vn/")
    check_private(False, None)
    assert problem_of(lambda: check_private(True, None)) == ("--allow-private", "cli.private")


# Timestamping services


def service_of(url: str | None = None, key: Path | None = None, chain: Path | None = None) -> Any:
    return timestamper_of(
        url, key, chain, password=None, private=False, clock=clock_of("2026-06-01T00:00:00Z")
    )


def test_no_option_no_service() -> None:
    assert service_of() is None


@pytest.mark.parametrize("beside", [True, False])
def test_a_key_becomes_a_service(tmp_path: Path, beside: bool) -> None:
    (tmp_path / "tsa.key.pem").write_bytes(PKI.tsa.key_pem())
    chain = tmp_path / ("tsa.chain.pem" if beside else "other.pem")
    chain.write_bytes(PKI.tsa.chain_pem())
    service = service_of(None, tmp_path / "tsa.key.pem", None if beside else chain)
    assert isinstance(service, LocalTimestamper)
    assert check_token(service.timestamp(bytes(32)), bytes(32)) == AT


def test_a_key_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "tsa.pem").write_bytes(b"nothing")
    assert problem_of(lambda: service_of(None, tmp_path / "tsa.pem"))[0] == "--tsa-key (key)"


def test_an_address_becomes_a_service() -> None:
    service = service_of("http://TSA.example.vn:318/stamp")
    assert isinstance(service, RemoteTimestamper)
    fetcher = service.fetcher
    assert isinstance(fetcher, HttpFetcher)
    assert (fetcher.hosts, fetcher.ports) == ({"tsa.example.vn"}, {318})
    assert fetcher.allow_private is False


@pytest.mark.parametrize("url", ["tsa.example.vn", "ftp://a.vn/", "http://me:word@a.vn/", ""])
def test_an_address_that_is_none(url: str) -> None:
    assert problem_of(lambda: service_of(url)) == ("--tsa-url", "cli.tsa_url")


@pytest.mark.parametrize(
    ("url", "key", "chain"),
    [("http://a.vn/", "k", None), ("http://a.vn/", None, "c"), (None, None, "c")],
)
def test_one_service_only(url: str | None, key: str | None, chain: str | None) -> None:
    paths = [None if each is None else Path(each) for each in (key, chain)]
    found = problem_of(lambda: service_of(url, *paths))
    assert found == ("--tsa-url, --tsa-key", "cli.tsa")


def test_a_clock_stands_where_the_user_says_else_it_goes() -> None:
    assert clock_of("2026-06-01T07:00:00+07:00")() == AT
    assert abs((clock_of(None)() - datetime.now(UTC)).total_seconds()) < 5
    with pytest.raises(UsageError):
        clock_of("yesterday")


@pytest.mark.parametrize("command", ["verify", "signatures", "judge", "issue", "renew"])
def test_every_command_that_may_ask_has_the_options(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, "--help"]) == 0
    told = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out)
    for option in ("--evidence", "--fetch", "--allow-private"):
        assert option in told


def test_keys_of_services_are_not_for_documents() -> None:
    signer = load_pem(PKI.tsa.key_pem(), PKI.tsa.chain_pem())
    assert signer.chain[0] == PKI.tsa.certificate
