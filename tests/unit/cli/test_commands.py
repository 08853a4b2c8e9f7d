"""The commands end to end: exit codes, one JSON object on standard output, clear errors."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from vncopy.cli import app as app_module
from vncopy.cli import verifying
from vncopy.cli.app import run
from vncopy.cli.verifying import carrier_of
from vncopy.cli.words import STATES
from vncopy.errors import UsageError
from vncopy.formats.base import FieldState

TYPES = ["birth", "marriage", "death", "land"]
BASIC = ["--policy", "offline-basic"]


@pytest.fixture
def demo(demo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(demo_folder)
    return demo_folder


class Out:
    """What one run left behind."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str]) -> Any:
    def call(*words: str) -> Out:
        capfd.readouterr()
        code = run(words)
        text = capfd.readouterr()
        assert "Traceback" not in text.err
        return Out(code, text.out, text.err)

    return call


@pytest.mark.parametrize("kind", TYPES)
def test_the_demo_folder_holds_what_the_docs_promise(demo: Path, kind: str) -> None:
    for name in (
        f"records/{kind}.json",
        *(f"copies/{kind}.{s}" for s in ("pdf", "qr.txt", "qr.png")),
    ):
        assert (demo / name).stat().st_size > 0, name
    assert list((demo / "trust" / "anchors").glob("*.pem"))
    assert not list(demo.rglob("*.part"))


@pytest.mark.parametrize("suffix", ["pdf", "qr.txt", "qr.png"])
@pytest.mark.parametrize("kind", TYPES)
def test_every_carrier_of_every_copy_is_valid(demo: Path, cli: Any, kind: str, suffix: str) -> None:
    done = cli("verify", f"copies/{kind}.{suffix}", "--trust", "trust", *BASIC, "--format", "json")
    assert (done.code, done.json["verdict"]) == (0, "valid")
    assert done.json["document"]
    assert done.err == ""


def test_strict_is_undetermined_and_shows_no_document(demo: Path, cli: Any) -> None:
    done = cli("verify", "copies/birth.pdf", "--trust", "trust", "--format", "json")
    assert (done.code, done.json["verdict"]) == (2, "undetermined")
    assert "document" not in done.json


def test_a_changed_file_is_invalid(demo: Path, cli: Any, tmp_path: Path) -> None:
    data = bytearray((demo / "copies" / "birth.pdf").read_bytes())
    data[len(data) // 3] ^= 1
    (tmp_path / "changed.pdf").write_bytes(data)
    done = cli("verify", str(tmp_path / "changed.pdf"), "--trust", "trust", *BASIC)
    assert done.code == 1
    assert done.out == ""


@pytest.mark.parametrize(
    ("lang", "words"),
    [("vi", ["HỢP LỆ", "Nguyễn Minh An", "Họ, chữ đệm, tên", "04/04/2018", "không yêu cầu"]),
     ("en", ["VALID", "Nguyễn Minh An", "full name", "not required", "Issuing office"])],
)  # fmt: skip
def test_text_is_for_people_and_leaves_standard_output_empty(
    demo: Path, cli: Any, lang: str, words: list[str]
) -> None:
    done = cli("verify", "copies/birth.pdf", "--trust", "trust", *BASIC, "--lang", lang)
    assert done.code == 0
    assert done.out == ""
    assert all(word in done.err for word in words), done.err


def test_the_answer_alone_shows_no_content(demo: Path, cli: Any) -> None:
    done = cli("verify", "copies/birth.qr.txt", "--trust", "trust", *BASIC, "--reveal", "answer")
    assert done.code == 0
    assert "Minh An" not in done.err
    assert "bản sao trích lục" in done.err


def test_a_text_by_option_and_by_standard_input(
    demo: Path, cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = Path("copies/death.qr.txt").read_text(encoding="ascii")
    assert cli("verify", "--qr", text, "--trust", "trust", *BASIC).code == 0
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert cli("verify", "-", "--trust", "trust", *BASIC).code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["verify", "--trust", "trust"], 64, "đúng một trong hai"),
        (["verify", "x.pdf", "--qr", "y", "--trust", "trust"], 64, "exactly one"),
        (["verify", "copies/birth.pdf"], 64, "--trust"),
        (["verify", "absent.pdf", "--trust", "trust"], 74, "không đọc được"),
        (["verify", "copies/birth.pdf", "--trust", "absent"], 64, "trust folder"),
        (["verify", "copies/birth.pdf", "--trust", "trust", "--format", "xml"], 64, "--format"),
        (["verify", "copies/birth.pdf", "--trust", "trust", "--at", "2026-11-22"], 64, "--at"),
        (["verify", "copies/birth.pdf", "--trust", "trust", "--policy", "lax"], 64, "--policy"),
        (["verify", "copies", "--trust", "trust"], 74, "cannot be read"),
        (["signatures", "absent.pdf", "--trust", "trust"], 74, "absent.pdf"),
        (["judge", "records/birth.json", "--trust", "trust"], 64, "facts"),
        (["schema", "passport"], 64, "birth, marriage, death, land"),
        (["trust", "check", "--trust", "absent"], 64, "absent"),
        (["issue", "records/birth.json", "--out", "new"], 64, "--seal"),
        (["issue", "copies/birth.qr.txt", "--out", "new"], 64, "JSON"),
        (["issue", "absent.json", "--out", "new"], 74, "absent.json"),
        (["nothing"], 64, "sai cách dùng: không có lệnh nothing"),
        (["verify", "copies/birth.pdf"], 64, "sai cách dùng: thiếu tùy chọn --trust"),
        (["schema"], 64, "thiếu đối số TYPE|report"),
        (["schema", "birth", "more"], 64, "thừa đối số: more"),
        (["schema", "--depth"], 64, "không có tùy chọn --depth"),
        (["schema", "birth", "--depth"], 64, "không có tùy chọn --depth"),
        (["verify", "--trust"], 64, "--trust cần một giá trị"),
        (["verify", "x", "--trust", "t", "--lang", "fr"], 64, "--lang chỉ nhận một trong: 'vi'"),
        (["verify", "absent.pdf", "--trust", "trust"], 74, "không có tệp hoặc thư mục này"),
        (["issue", "trust/offices.json", "--out", "new", "--trust", "absent"], 64, "absent"),
        ([], 64, ""),
    ],
)
def test_mistakes_have_their_exit_code_and_a_line(
    demo: Path, cli: Any, words: list[str], code: int, said: str
) -> None:
    done = cli(*words)
    assert done.code == code
    assert said in done.err
    assert not Path("new").exists()


def test_facts_are_kept_and_judged_again(demo: Path, cli: Any, tmp_path: Path) -> None:
    for name in ("copies/land.pdf", "copies/land.qr.txt"):
        facts = tmp_path / "facts.json"
        asked = ["--trust", "trust", *BASIC, "--format", "json"]
        assert cli("verify", name, *asked, "--facts", str(facts)).code == 0
        assert "Ngọc Hân" not in facts.read_text(encoding="utf-8")
        assert cli("judge", str(facts), *asked).json["verdict"] != "invalid"
        again = cli("judge", str(facts), *asked, "--carrier", name)
        assert (again.code, again.json["verdict"]) == (0, "valid"), name


def test_signatures_of_a_copy(demo: Path, cli: Any) -> None:
    done = cli("signatures", "copies/land.pdf", "--trust", "trust", *BASIC, "--format", "json")
    assert done.code == 0
    assert [s["role"] for s in done.json["signatures"]] == ["person", "seal", "tsa"]


@pytest.mark.parametrize("key", ["p256", "rsa"])
def test_a_copy_is_issued_and_verifies(demo: Path, cli: Any, tmp_path: Path, key: str) -> None:
    pki = demo / "pki"
    done = cli(
        "issue", "records/marriage.json", "--out", str(tmp_path),
        "--person", str(pki / f"commune-1.person.{key}.key.pem"),
        "--seal", str(pki / f"commune-1.seal.{key}.key.pem"),
        "--qr-key", str(pki / "commune-1.qr.key.pem"),
    )  # fmt: skip
    assert done.code == 0, done.err
    made = done.json
    assert {p.name for p in tmp_path.iterdir()} == {
        f"{made['copy_id']}.{suffix}" for suffix in ("pdf", "qr.txt", "qr.png")
    }
    assert cli("verify", made["pdf"], "--trust", "trust", *BASIC).code == 0


def test_a_draft_needs_no_key(demo: Path, cli: Any, tmp_path: Path) -> None:
    done = cli("issue", "records/death.json", "--out", str(tmp_path), "--draft")
    assert done.code == 0
    assert Path(done.json["draft"]).read_bytes().startswith(b"%PDF-")


def test_a_wrong_key_leaves_nothing_behind(demo: Path, cli: Any, tmp_path: Path) -> None:
    key = str(demo / "pki" / "commune-1.seal.p256.key.pem")
    done = cli(
        "issue", "records/birth.json", "--out", str(tmp_path / "new"),
        "--person", key, "--seal", key, "--qr-key", str(demo / "pki" / "commune-1.qr.key.pem"),
    )  # fmt: skip
    assert done.code == 64
    assert not (tmp_path / "new").exists()


def test_the_type_may_be_named_or_missing(demo: Path, cli: Any, tmp_path: Path) -> None:
    record = json.loads(Path("records/birth.json").read_text(encoding="utf-8"))
    del record["format_id"]
    bare = tmp_path / "bare.json"
    bare.write_text(json.dumps(record), encoding="utf-8")
    out = ["--out", str(tmp_path / "new"), "--draft"]
    assert "--type" in cli("issue", str(bare), *out).err
    assert cli("issue", str(bare), *out, "--type", "birth").code == 0
    assert cli("issue", str(bare), *out, "--type", "death").code == 64


@pytest.mark.parametrize("name", [*TYPES, "report"])
def test_schemas_are_json(cli: Any, name: str) -> None:
    done = cli("schema", name)
    assert done.code == 0
    assert done.json["$schema"].startswith("https://json-schema.org/")


def test_pki_and_trust_check(cli: Any, tmp_path: Path) -> None:
    done = cli("pki", "demo", "--out", str(tmp_path))
    assert done.code == 0
    found = cli("trust", "check", "--trust", done.json["trust"]).json
    assert found["anchors"] == ["demo-root"]
    assert len(found["offices"]) == 4
    assert sorted(each.name for each in Path(done.json["evidence"]).iterdir()) == [
        "issuing.crl",
        "root.crl",
    ]


@pytest.mark.parametrize("command", [["demo"], ["pki", "demo"]])
def test_a_demo_of_a_time_that_cannot_be_writes_nothing(
    command: list[str], cli: Any, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert cli(*command, "--out", str(out), "--at", "9998-01-01T00:00:00Z").code == 64
    assert cli("demo", "--out", str(out), "--at", "1990-01-01T00:00:00Z").code == 64
    assert not out.exists()


@pytest.mark.usefixtures("demo")
def test_a_level_without_means_names_the_options(cli: Any, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = cli(
        "issue", "records/birth.json", "--out", str(out), "--level", "B-LTA",
        "--person", "pki/commune-1.person.p256.key.pem",
        "--seal", "pki/commune-1.seal.p256.key.pem",
        "--qr-key", "pki/commune-1.qr.key.pem",
    )  # fmt: skip
    assert done.code == 64
    for options in ("--tsa-url, --tsa-key: ", "--evidence, --fetch: ", "--trust: "):
        assert f"{options}level B-LTA needs this argument [issue.level]" in done.err
        assert f"{options}cấp độ B-LTA cần tham số này [issue.level]" in done.err
    assert not out.exists()


def test_a_folder_that_cannot_be_written_is_74(cli: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert cli("pki", "demo", "--out", str(tmp_path / "file")).code == 74
    assert cli("demo", "--out", str(tmp_path / "file")).code == 74


@pytest.mark.parametrize(
    ("error", "code"),
    [(ZeroDivisionError("a secret"), 70), (KeyboardInterrupt(), 130), (BrokenPipeError(), 74)],
)
def test_nothing_gets_past_the_border(
    cli: Any, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(
        app_module.typer.main, "get_command", lambda _: type("C", (), {"main": broken})()
    )
    done = cli("schema", "birth")
    assert done.code == code
    assert "a secret" not in done.err


@pytest.mark.parametrize(
    ("name", "data", "carrier"),
    [
        ("a", b"\x89PNG\r\n\x1a\n", "image"),
        ("a", b"\xff\xd8\xff\xe0", "image"),
        ("a", b"junk %PDF-1.7", "pdf"),
        ("a.PDF", b"junk", "pdf"),
        ("a.jpeg", b"junk", "image"),
        ("a", b"\x00\xff", "pdf"),
        ("a", b"VNC1:ABC", "qr"),
        ("a", b"\xef\xbb\xbfVNC1:ABC", "qr"),
        ("a", "VNC1:ABC".encode("utf-16"), "qr"),
        ("a", b"\xff\xfe\x00", "pdf"),
        ("a", "Giấy khai sinh".encode(), "qr"),
        ("a.pdf", b"GIF89a", "pdf"),
    ],
)
def test_the_carrier_is_seen_from_the_first_bytes(name: str, data: bytes, carrier: str) -> None:
    assert carrier_of(name, data) == carrier


@pytest.mark.parametrize("data", [b"RIFF\x00\x00\x00\x00WEBPVP8 ", b"II*\x00", b"MM\x00*"])
def test_other_kinds_of_picture_that_are_read(data: bytes) -> None:
    assert carrier_of("photo", data) == "image"


@pytest.mark.parametrize("installed", [False, True])
def test_a_phones_picture_is_read_where_the_extra_is(
    installed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b"\x00\x00\x00\x18ftypheic"
    monkeypatch.setattr(verifying, "find_spec", lambda _: object() if installed else None)
    if installed:
        assert carrier_of("photo", data) == "image"
    else:
        with pytest.raises(UsageError, match=r"cli\.picture"):
            carrier_of("photo", data)


@pytest.mark.parametrize("data", [b"GIF89a", b"\x00\x00\x00\x18ftypavif", b"BM"])
def test_a_picture_of_another_kind_is_no_invalid_copy(
    demo: Path, cli: Any, tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "photo").write_bytes(data)
    done = cli("verify", str(tmp_path / "photo"), "--trust", "trust")
    assert done.code == 64
    assert "[cli.picture]" in done.err


@pytest.mark.parametrize("command", ["verify", "signatures"])
@pytest.mark.parametrize("data", [b"", b"\r\n"])
def test_an_empty_file_has_a_report_like_any_bytes(
    demo: Path, cli: Any, tmp_path: Path, command: str, data: bytes
) -> None:
    (tmp_path / "copy.pdf").write_bytes(data)
    done = cli(command, str(tmp_path / "copy.pdf"), "--trust", "trust", "--format", "json")
    assert done.code == 1
    assert json.loads(done.out)["verdict"] == "invalid"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_text_saved_by_an_editor_of_windows_is_read(
    demo: Path, cli: Any, tmp_path: Path, encoding: str
) -> None:
    text = Path("copies/birth.qr.txt").read_text(encoding="ascii").strip()
    (tmp_path / "qr.txt").write_text(f" {text}\r\n", encoding=encoding)
    assert cli("verify", str(tmp_path / "qr.txt"), "--trust", "trust", *BASIC).code == 0


def test_a_full_standard_output_is_no_mistake_of_the_library(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Full(io.BytesIO):
        def write(self, _data: object) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(Full(), write_through=True))
    assert run(["schema", "birth"]) == 74
    assert "stdout: không ghi được (ổ đĩa đã đầy)" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr("sys.stderr", Gone())
    assert run(["schema", "nothing"]) == 74


def test_a_record_with_its_own_time_is_issued_at_that_time(
    demo: Path, cli: Any, tmp_path: Path
) -> None:
    record = json.loads((demo / "records" / "birth.json").read_bytes())
    record["statement"]["issued_at"] = "2026-11-21T10:21:35+07:00"
    (tmp_path / "timed.json").write_text(json.dumps(record), encoding="utf-8")
    words = ["issue", str(tmp_path / "timed.json"), "--type", "birth", "--out", str(tmp_path)]
    words.append("--draft")
    assert cli(*words).code == 0
    other = cli(*words, "--at", "2026-11-21T10:21:36+07:00")
    assert other.code == 64
    assert "cli.at_differs" in other.err


def test_a_missing_value_is_said_in_words(demo: Path, cli: Any) -> None:
    assert set(STATES) == set(FieldState)
    words = ["verify", "copies/death.qr.txt", "--trust", "trust", *BASIC]
    assert "[không có trong mã QR]" in cli(*words, "--lang", "vi").err
    assert "[not carried by the QR code]" in cli(*words, "--lang", "en").err


def test_only_what_stands_on_the_sheet_is_shown(demo: Path, cli: Any) -> None:
    said = cli("verify", "copies/birth.qr.txt", "--trust", "trust", *BASIC).err
    assert "Nơi sinh " in said
    assert "mã tỉnh" not in said  # a code of the record, on no sheet
