"""The command itself: what it says without its extra, and as a module."""

from __future__ import annotations

import sys

import pytest

from vncopy import __main__ as command


def test_a_missing_cli_extra_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [n for n in sys.modules if n.startswith("vncopy.cli")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "typer", None)
    assert command.main() == 64
    said = capsys.readouterr().err
    assert 'pip install "vncopy[cli]"' in said
    assert "cần cài đặt thêm" in said


def test_another_missing_module_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vncopy.cli.app", None)
    with pytest.raises(ModuleNotFoundError):
        command.main()
