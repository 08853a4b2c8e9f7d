"""``vncopy issue`` on what goes wrong at a counter: foreign keys, passwords, folders, disks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)

from vncopy.cli import issuing
from vncopy.cli.app import run
from vncopy.cli.files import check_writable
from vncopy.errors import Message


@pytest.fixture
def demo(demo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(demo_folder)
    return demo_folder


def words(out: Path, record: str = "records/birth.json", **keys: str) -> list[str]:
    """Return the command for a record, by default with the keys of its own office."""
    names = {"person": "commune-1.person.p256", "seal": "commune-1.seal.p256"} | keys
    return [
        *("issue", record, "--out", str(out), "--qr-key", "pki/commune-1.qr.key.pem"),
        *(f"--{name}={key if '/' in key else f'pki/{key}.key.pem'}" for name, key in names.items()),
    ]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("record", "person"),
    [
        ("records/birth.json", "commune-2.person.p256"),  # somebody of another office
        ("records/land.json", "commune-1.person.p256"),  # a commune holds no land register
    ],
)
def test_foreign_keys_are_refused_when_receivers_trust_is_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], record: str, person: str
) -> None:
    out = tmp_path / "new"
    assert run([*words(out, record, person=person), "--trust", "trust"]) == 64
    assert not out.exists()
    assert run([*words(out, person="commune-1.person.p256"), "--trust", "trust"]) == 0
    assert "--trust" not in capsys.readouterr().err


@pytest.mark.usefixtures("demo")
def test_without_a_trust_folder_the_user_is_told_what_was_not_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words(tmp_path)) == 0
    told = capsys.readouterr().err
    assert "hãy dùng --trust" in told
    assert "use --trust" in told
    assert "instead of Times New Roman" in told


@pytest.mark.usefixtures("demo")
def test_an_error_says_which_of_the_keys_it_is_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words(tmp_path / "new", seal="pki/commune-1.seal.p256.chain.pem")) == 64
    assert "--seal (key): the key cannot be read" in capsys.readouterr().err


def test_one_password_serves_an_encrypted_key_among_plain_ones(demo: Path, tmp_path: Path) -> None:
    for part in ("chain", "key"):
        data = (demo / "pki" / f"commune-1.seal.p256.{part}.pem").read_bytes()
        if part == "key":
            data = load_pem_private_key(data, None).private_bytes(
                Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"mot hai ba")
            )
        (tmp_path / f"seal.{part}.pem").write_bytes(data)
    seal = str(tmp_path / "seal.key.pem")
    for password, code in (("mot hai ba\n", 0), ("bon\n", 64)):
        (tmp_path / "password").write_text(password, encoding="utf-8")
        asked = ["--password-file", str(tmp_path / "password")]
        assert run([*words(tmp_path / "new", seal=seal), *asked]) == code
    assert run(words(tmp_path / "new", seal=seal)) == 64


def test_a_key_file_without_its_password_says_what_is_missing(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = (demo / "pki" / "commune-1.seal.p256.key.pem").read_bytes()
    certificate = (demo / "pki" / "commune-1.seal.p256.chain.pem").read_bytes()
    (tmp_path / "seal.p12").write_bytes(
        pkcs12.serialize_key_and_certificates(
            None,
            load_pem_private_key(data, None),
            x509.load_pem_x509_certificates(certificate)[0],
            None,
            BestAvailableEncryption(b"mot hai ba"),
        )
    )
    assert run(words(tmp_path / "new", seal=str(tmp_path / "seal.p12"))) == 64
    told = capsys.readouterr().err
    assert "--seal (data): không đọc được khóa; tệp PKCS#12 thường cần mật khẩu" in told


@pytest.mark.usefixtures("demo")
def test_a_folder_that_takes_no_file_is_found_before_anything_is_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(issuing.vncopy, "issue", pytest.fail, raising=False)
    assert run(words(tmp_path / "file")) == 74
    assert run(words(tmp_path / "file" / "below")) == 74


@pytest.mark.usefixtures("demo")
def test_a_full_disk_leaves_nothing_and_names_the_copy_id_to_void(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = []

    def full(_: int) -> None:
        calls.append(1)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert run(words(tmp_path)) == 74
    told = capsys.readouterr()
    assert "hãy hủy mã bản sao: " in told.err
    assert "ổ đĩa đã đầy" in told.err
    assert (told.out, list(tmp_path.iterdir())) == ("", [])


@pytest.mark.usefixtures("demo")
def test_an_interrupted_sequence_names_the_copy_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        error = KeyboardInterrupt()
        error.add_note("vncopy: copy_id 0123 was signed but not sealed; void it")
        error.add_note("a secret")
        raise error

    monkeypatch.setattr(issuing.vncopy, "issue", interrupted, raising=False)
    assert run(words(tmp_path)) == 130
    told = capsys.readouterr().err
    assert "copy_id 0123" in told
    assert "a secret" not in told


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "dữ liệu trống"), (b" \r\n", "dữ liệu trống"), (b"\xef\xbb\xbf{}", "BOM")],
)
def test_what_editors_do_to_a_record_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes, said: str
) -> None:
    (tmp_path / "record.json").write_bytes(data)
    assert run(["issue", str(tmp_path / "record.json"), "--out", str(tmp_path), "--draft"]) == 64
    assert said in capsys.readouterr().err


def test_a_folder_yet_to_be_made_is_tried_without_making_it(tmp_path: Path) -> None:
    check_writable(tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []


def test_messages_are_in_both_languages() -> None:
    for each in vars(issuing).values():
        if isinstance(each, Message):
            assert each.vi != each.en
