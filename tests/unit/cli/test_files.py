"""Writing is whole or not at all; reading names the file and never shows a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vncopy.cli.files import UnreadableFile, read_input, write_file


def test_a_file_is_written_and_read_back(tmp_path: Path) -> None:
    target = tmp_path / "new" / "folder" / "a.bin"
    write_file(target, b"one")
    write_file(target, b"two")
    assert read_input(str(target)) == b"two"
    assert [p.name for p in target.parent.iterdir()] == ["a.bin"]


@pytest.mark.parametrize(("private", "mode"), [(True, 0o600), (False, 0o644)])
def test_keys_are_for_their_owner_alone(tmp_path: Path, private: bool, mode: int) -> None:
    target = tmp_path / "key.pem"
    write_file(target, b"x", private=private)
    assert os.name != "posix" or target.stat().st_mode & 0o777 == mode


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnreadableFile, match="No space left") as caught:
        write_file(target, b"new")
    assert "không ghi được" in str(caught.value)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_target_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(UnreadableFile):
        write_file(tmp_path / "a", b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(UnreadableFile):
        write_file(tmp_path / "a" / "b", b"new")


def test_an_absent_file_is_named_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_input(str(tmp_path / "absent.pdf"))
    assert "absent.pdf: cannot be read" in str(caught.value)
    assert "absent.pdf: không đọc được" in str(caught.value)
