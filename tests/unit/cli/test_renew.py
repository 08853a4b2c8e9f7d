"""Copies that last, by the command line: issued at a level, verified with evidence, renewed."""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms, tsp

from support.chains import Made
from support.servers import answer, serving
from support.services import DemoServices
from support.tsa import Foreign
from vncopy.cli import evidence as evidence_module
from vncopy.cli.app import run
from vncopy.demo import demo_record
from vncopy.fetch import FetchProblem
from vncopy.pki import DemoPki, make_demo_pki, write_demo_pki

ISSUED = datetime.fromisoformat("2026-11-21T10:21:35+07:00")
LATER = ISSUED + timedelta(days=400)
KEYS = [
    *("--person", "pki/commune-1.person.p256.key.pem"),
    *("--seal", "pki/commune-1.seal.p256.key.pem"),
    *("--qr-key", "pki/commune-1.qr.key.pem"),
]
TSA = ["--tsa-key", "pki/tsa.key.pem", "--tsa-chain", "pki/tsa.chain.pem"]
TRUST = ["--trust", "trust"]
ISSUE = ["issue", "birth.json", *KEYS, "--at", ISSUED.isoformat()]
LONG = ["--policy", "long-term"]


@dataclass
class World:
    """A folder with keys, trust, a record, evidence of two days, and one copy that lasts."""

    folder: Path
    pki: DemoPki
    lasting: Path


def evidence(pki: DemoPki, folder: Path, at: datetime) -> None:
    folder.mkdir()
    for number, piece in enumerate(pki.evidence(at).pieces):
        (folder / f"{number}.crl").write_bytes(piece)


@pytest.fixture(scope="module")
def made_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("world")
    pki = make_demo_pki(start=ISSUED - timedelta(days=30), kinds=("p256",))
    write_demo_pki(pki, folder)
    (folder / "birth.json").write_bytes(demo_record("birth"))
    evidence(pki, folder / "evidence", ISSUED)
    evidence(pki, folder / "later", LATER)
    before = Path.cwd()
    os.chdir(folder)
    try:
        assert run([*ISSUE, "--out", "copies", *TRUST, *TSA, "--evidence", "evidence"]) == 0
    finally:
        os.chdir(before)
    (copy,) = (folder / "copies").glob("*.pdf")
    return World(folder, pki, copy)


@pytest.fixture
def world(made_world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.chdir(made_world.folder)
    return made_world


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str]) -> Any:
    def call(*words: Any, code: int = 0) -> tuple[Any, str]:
        capfd.readouterr()
        assert run([str(word) for word in words]) == code, capfd.readouterr().err
        text = capfd.readouterr()
        assert "Traceback" not in text.err
        return (json.loads(text.out) if text.out else None), text.err

    return call


# Issuing at a level


@pytest.mark.parametrize(
    ("options", "level"),
    [
        ([], "B-B"),
        (TSA, "B-T"),
        ([*TSA, "--evidence", "evidence"], "B-LTA"),
        ([*TSA, "--evidence", "evidence", "--level", "B-LT"], "B-LT"),
        ([*TSA, "--evidence", "evidence", "--level", "B-T"], "B-T"),
        (["--evidence", "evidence"], "B-B"),
    ],
)
def test_a_copy_is_issued_at_the_level_of_its_means(
    world: World, cli: Any, tmp_path: Path, options: list[str], level: str
) -> None:
    told, _ = cli(*ISSUE, "--out", tmp_path, *TRUST, *options)
    assert told["level"] == level
    assert ("renew_before" in told) == (level != "B-B")
    policy = LONG if level in {"B-LT", "B-LTA"} else ["--policy", "offline-basic"]
    at = ["--at", (ISSUED + timedelta(hours=1)).isoformat()]
    report, _ = cli("verify", told["pdf"], *TRUST, *policy, *at, "--format", "json")
    assert report["verdict"] == "valid"
    assert world.folder.exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--level", "B-T"], "level B-T needs this argument"),
        ([*TSA, "--level", "B-LTA"], "level B-LTA needs this argument"),
        ([*TSA, "--tsa-url", "http://tsa.example.vn/"], "choose one"),
        (["--allow-private"], "--fetch or --tsa-url"),
        (["--level", "B-X"], "B-X"),
        ([*TSA, "--evidence", "later"], "revo"),  # from a time after the signing
        (["--tsa-key", "pki/commune-1.seal.p256.key.pem"], "timestamps alone"),
    ],
)
@pytest.mark.usefixtures("world")
def test_a_level_without_its_means_signs_nothing(
    cli: Any, tmp_path: Path, options: list[str], said: str
) -> None:
    words = [*ISSUE, "--out", tmp_path / "new", *TRUST, *options]
    _, err = cli(*words, code=64)
    assert said in err
    assert not (tmp_path / "new").exists()


def stamps(pki: DemoPki, server: Any, at: datetime) -> Any:
    """Return what a service answers whose key is the demonstration's."""
    made = Made(key=pki.tsa.key, certificate=pki.tsa.parsed)

    def reply(connection: Any) -> None:
        body = server[0].requests[-1].partition(b"\r\n\r\n")[2]
        request = tsp.TimeStampReq.load(body)
        token = Foreign(
            made=made,
            digest=request["message_imprint"]["hashed_message"].native,
            info={"nonce": request["nonce"].native, "gen_time": at.astimezone(UTC)},
            certificates=pki.tsa.chain[:2],
        ).token()
        whole = {"status": {"status": "granted"}, "time_stamp_token": cms.ContentInfo.load(token)}
        kind = "Content-Type: application/timestamp-reply"
        connection.sendall(answer(tsp.TimeStampResp(whole).dump(), kind))

    return reply


def test_a_service_by_address(world: World, cli: Any, tmp_path: Path) -> None:
    box: list[Any] = []
    with serving(stamps(world.pki, box, ISSUED)) as server:
        box.append(server)
        url = f"http://127.0.0.1:{server.port}/"
        words = [*ISSUE, "--out", tmp_path, *TRUST, "--tsa-url", url]
        _, err = cli(*words, code=64)
        assert "leads to a private or special address" in err
        assert list(tmp_path.iterdir()) == []
        assert server.requests == []
        told, _ = cli(*words, "--allow-private", "--evidence", "evidence")
    assert told["level"] == "B-LTA"
    assert len(server.requests) >= 3


def test_a_service_that_is_gone_signs_nothing(world: World, cli: Any, tmp_path: Path) -> None:
    with serving(b"") as server:
        pass
    url = f"http://127.0.0.1:{server.port}/"
    words = [*ISSUE, "--out", tmp_path, "--tsa-url", url, "--allow-private"]
    _, err = cli(*words, code=64)
    assert "không kết nối được với máy chủ" in err
    assert "the host cannot be reached" in err
    assert list(tmp_path.iterdir()) == []
    assert world.lasting.exists()


# Verifying with evidence


def test_evidence_by_file_makes_a_plain_timestamp_enough(
    world: World, cli: Any, tmp_path: Path
) -> None:
    told, _ = cli(*ISSUE, "--out", tmp_path, *TRUST, *TSA)
    at = ["--at", (ISSUED + timedelta(hours=1)).isoformat()]
    words = [told["pdf"], *TRUST, *at, "--format", "json"]
    for command, code in (("verify", 2), ("signatures", 0)):  # a copy lacks its status as well
        bare, _ = cli(command, *words, code=2)
        with_it, _ = cli(command, *words, "--evidence", "evidence", code=code)
        without = {check["id"]: check["verdict"] for check in bare["checks"]}
        checks = {check["id"]: check["verdict"] for check in with_it["checks"]}
        assert (without["revocation"], checks["revocation"]) == ("undetermined", "valid")
    cli("verify", *words, "--facts", tmp_path / "facts.json", code=2)
    words = ["judge", tmp_path / "facts.json", "--carrier", told["pdf"], *words[1:]]
    judged, _ = cli(*words, "--evidence", "evidence", code=2)
    checks = {check["id"]: check["verdict"] for check in judged["checks"]}
    assert checks["revocation"] == "valid"
    assert world.lasting.exists()


def test_evidence_by_host(
    world: World, cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = DemoServices(world.pki, ISSUED + timedelta(hours=1))
    named: list[tuple[list[str], bool]] = []

    def fetcher(hosts: list[str], *, private: bool) -> DemoServices:
        named.append((hosts, private))
        return services

    monkeypatch.setattr(evidence_module, "_fetcher", fetcher)
    told, _ = cli(*ISSUE, "--out", tmp_path, *TRUST, *TSA)
    assert services.asked == []
    at = ["--at", (ISSUED + timedelta(hours=1)).isoformat()]
    words = ["verify", told["pdf"], *TRUST, *at, "--format", "json", "--fetch", "pki.example.vn"]
    report, _ = cli(*words, code=2)
    checks = {check["id"]: check for check in report["checks"]}
    assert checks["revocation"]["verdict"] == "valid"
    assert services.asked
    assert named == [(["pki.example.vn"], False)]
    services.down, services.problem = frozenset({"ocsp", "crl"}), FetchProblem.TIMEOUT
    report, _ = cli(*words, code=2)
    checks = {check["id"]: check for check in report["checks"]}
    assert checks["revocation"]["reason"] == "revocation_unreachable"


# Renewing


def renew(world: World, *more: Any, at: datetime = LATER) -> list[Any]:
    return ["renew", world.lasting, *TRUST, *TSA, "--at", at.isoformat(), *more]


def test_a_copy_is_renewed_into_another_file(world: World, cli: Any, tmp_path: Path) -> None:
    before = world.lasting.read_bytes()
    told, err = cli(*renew(world, "--evidence", "later", "--out", tmp_path / "a" / "new.pdf"))
    made = tmp_path / "a" / "new.pdf"
    assert err == ""
    assert told["pdf"] == str(made)
    assert told["level"] == "B-LTA"
    assert datetime.fromisoformat(told["renew_before"]) > LATER
    assert world.lasting.read_bytes() == before
    assert made.read_bytes().startswith(before)
    assert [each.name for each in made.parent.iterdir()] == ["new.pdf"]
    report, _ = cli("verify", made, *TRUST, *LONG, "--at", LATER.isoformat(), "--format", "json")
    assert report["verdict"] == "valid"


def test_a_copy_is_renewed_in_its_place_on_request_only(
    world: World, cli: Any, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(world.lasting.read_bytes())
    link = tmp_path / "link.pdf"
    link.symlink_to(copy)
    words = ["renew", link, *TRUST, *TSA, "--at", LATER.isoformat(), "--evidence", "later"]
    for out in (copy, link, tmp_path / "." / "copy.pdf"):
        _, err = cli(*words, "--out", out, code=64)
        assert "--in-place" in err
    assert copy.read_bytes() == world.lasting.read_bytes()
    told, _ = cli(*words, "--in-place")
    assert told["pdf"] == str(copy)
    assert link.is_symlink()
    assert copy.read_bytes().startswith(world.lasting.read_bytes())
    assert len(copy.read_bytes()) > len(world.lasting.read_bytes())


def test_a_copy_from_standard_input(
    world: World, cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = renew(world, "--evidence", "later")
    words[1] = "-"
    _, err = cli(*words, "--in-place", code=64)
    assert "exactly one is needed" in err
    stream = io.TextIOWrapper(io.BytesIO(world.lasting.read_bytes()))
    monkeypatch.setattr(sys, "stdin", stream)
    told, _ = cli(*words, "--out", tmp_path / "new.pdf")
    assert told["level"] == "B-LTA"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([], "exactly one is needed"),
        (["--out", "x.pdf", "--in-place"], "exactly one is needed"),
        (["--out", "x.pdf", "--tsa-url", "http://a.vn/"], "choose one"),
        (["--out", "x.pdf", "--allow-private"], "--fetch or --tsa-url"),
        (["--out", "x.pdf", "--evidence", "pki"], "CRLs or OCSP responses"),
    ],
)
def test_renewing_with_the_wrong_words(world: World, cli: Any, more: list[str], said: str) -> None:
    _, err = cli(*renew(world, *more), code=64)
    assert said in err
    assert not Path("x.pdf").exists()


def test_a_service_that_is_gone_renews_nothing(world: World, cli: Any, tmp_path: Path) -> None:
    with serving(b"") as server:
        pass
    url = ["--tsa-url", f"http://127.0.0.1:{server.port}/", "--allow-private"]
    at = ["--at", LATER.isoformat()]
    words = ["renew", world.lasting, *TRUST, *url, *at, "--out", tmp_path / "new.pdf"]
    _, err = cli(*words, code=64)
    assert "the host cannot be reached" in err
    assert list(tmp_path.iterdir()) == []


def test_renewing_needs_a_service(world: World, cli: Any) -> None:
    words = ["renew", world.lasting, *TRUST, "--out", "x.pdf"]
    _, err = cli(*words, code=64)
    assert "a timestamping service is needed" in err


def test_what_does_not_verify_is_not_renewed_and_ends_with_the_verdict(
    world: World, cli: Any, tmp_path: Path
) -> None:
    data = bytearray(world.lasting.read_bytes())
    data[len(data) // 4] ^= 1
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(data)
    words = renew(world, "--evidence", "later", "--out", tmp_path / "new.pdf")
    words[1] = changed
    _, err = cli(*words, code=1)
    assert "không gia hạn" in err
    assert "not renewed" in err
    late = ISSUED + timedelta(days=365 * 6)
    _, err = cli(*renew(world, "--out", tmp_path / "new.pdf", at=late), code=2)
    assert "too late to renew" in err
    assert "đã quá muộn để gia hạn" in err
    assert not (tmp_path / "new.pdf").exists()
    (tmp_path / "text.pdf").write_bytes(b"hello")
    words[1] = tmp_path / "text.pdf"
    cli(*words, code=1)


def test_a_folder_that_takes_no_file_is_found_before_a_timestamp_is_spent(
    world: World, cli: Any, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    cli(*renew(world, "--evidence", "later", "--out", tmp_path / "file" / "x.pdf"), code=74)
    cli("renew", "absent.pdf", *TRUST, *TSA, "--out", tmp_path / "x.pdf", code=74)
