"""What every test runs under: no network, no unlisted skip, and the installed package if asked."""

from __future__ import annotations

import os
import re
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

ROOT = Path(__file__).parent.parent
SKIPS = ROOT / "tests" / "skips.txt"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost", "", None})


class NetworkUsedError(BaseException):
    """A test tried to leave this machine; no `except Exception` may hide it."""


def _no_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse name look-ups and connections to anything but this machine."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a path is a local socket
    else:
        return
    if host not in LOOPBACK:
        raise NetworkUsedError(event)


sys.addaudithook(_no_network)


def listed_skips() -> dict[str, str]:
    """Return the pattern of each test that may be skipped, with its reason."""
    lines = SKIPS.read_text(encoding="utf-8").splitlines()
    rows = [line.split("  ", 1) for line in lines if line and not line.startswith("#")]
    return {pattern: reason.strip() for pattern, reason in rows}


class SkipList:
    """Fails the run when a test was skipped, or expected to fail, that the list does not name."""

    def __init__(self) -> None:
        self.unlisted: list[str] = []

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, Any, None]:
        outcome = yield
        report = outcome.get_result()
        if report.skipped and not any(fnmatch(report.nodeid, p) for p in listed_skips()):
            self.unlisted.append(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.unlisted:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        for nodeid in self.unlisted:
            terminalreporter.write_line(f"SKIPPED BUT NOT LISTED in tests/skips.txt: {nodeid}")


class BaseOnly:
    """Where only the base packages are installed: leaves out test files that need an extra.

    What the base promises to do is named, and may not be left out.
    """

    PROMISED = (
        "tests/architecture/test_import_budget.py",
        "tests/unit/wire/*",
        "tests/unit/formats/*",
        "tests/unit/record/*",
        "tests/unit/profile/*",
        "tests/unit/verify/test_[cjq]*.py",
    )

    def __init__(self) -> None:
        self.left_out: list[str] = []

    @pytest.hookimpl(hookwrapper=True)
    def pytest_make_collect_report(self) -> Generator[None, Any, None]:
        outcome = yield
        report = outcome.get_result()
        promised = any(fnmatch(report.nodeid, pattern) for pattern in self.PROMISED)
        if report.failed and not promised and EXTRA_MISSING.search(str(report.longrepr)):
            report.outcome, report.longrepr, report.result = "passed", None, []
            self.left_out.append(report.nodeid)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        terminalreporter.write_line(f"{len(self.left_out)} test files need an extra: left out")


EXTRA_MISSING = re.compile(
    "MissingExtra|No module named '(pikepdf|pyhanko|asn1crypto|typst|pypdfium2|zxingcpp|qrcode|PIL"
    "|typer|rich)"
)


def _cover_the_worker() -> None:
    """Let the process that reads files be measured too, if this one is.

    It then does all jobs itself and may write files, as only a process that ends in order can hand
    over what it saw. `tests/unit/pdf/test_worker.py` looks at workers as they are otherwise.
    """
    coverage = sys.modules.get("coverage")
    if coverage is None or coverage.Coverage.current() is None:
        return
    from vncopy.pdf.pool import Pool, use_pool
    from vncopy.pdf.workers import Plan

    os.environ["COVERAGE_PROCESS_START"] = str(ROOT / "pyproject.toml")
    os.environ["COVERAGE_FILE"] = str(Path.cwd() / ".coverage")
    plan = Plan(
        fork=False,
        files=True,
        leave=60,
        prelude="import coverage; coverage.process_startup(); ",
        environment=("COVERAGE_PROCESS_START", "COVERAGE_FILE"),
    )
    use_pool(Pool(plan))


def pytest_configure(config: pytest.Config) -> None:
    """Add the skip list; under `make test`, insist on the installed package."""
    _cover_the_worker()
    config.pluginmanager.register(SkipList(), "vncopy-skip-list")
    if os.environ.get("VNCOPY_BASE_ONLY"):
        config.pluginmanager.register(BaseOnly(), "vncopy-base-only")
    if os.environ.get("VNCOPY_INSTALLED"):
        import vncopy

        where = Path(vncopy.__file__ or "")
        if "site-packages" not in where.parts:
            raise pytest.UsageError(f"vncopy comes from {where.parent}, not from the built wheel")


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that `vncopy demo` makes: records, copies, pki and trust."""
    from vncopy.cli.app import run

    folder = tmp_path_factory.mktemp("demo") / "out"
    assert run(["demo", "--out", str(folder)]) == 0
    return folder
