"""What every harness has: seeds, a mutator that knows the format, and a property."""

from __future__ import annotations

import contextlib
import io
import json
import zlib
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from vncopy.cli.html import html_page
from vncopy.cli.terminal import show_report
from vncopy.report import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from vncopy.report import Report

NAMES = (
    "qr_text",
    "cose",
    "record",
    "pdf",
    "page",
    "forged",
    "image",
    "trust_folder",
    "facts",
    "answer",
)
"""The harnesses, each a module of this folder with a ``HARNESS``."""


class EscapeError(AssertionError):
    """Something that no input may bring about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Harness:
    """One way into the library."""

    name: str
    """As in :data:`NAMES`."""
    seeds: Callable[[], tuple[bytes, ...]]
    """Inputs to begin with, the same in every run as far as keys allow."""
    mutate: Callable[[bytes, Random], bytes]
    """Another input made from one, by seeded dice alone."""
    check: Callable[[bytes], str]
    """Feeds one input and returns a word for the outcome; any exception is an escape."""
    largest: int
    """Bytes of the longest input."""


def load(name: str) -> Harness:
    """Return a harness by name."""
    harness: Harness = import_module(f"fuzz.{name}").HARNESS
    return harness


def need(fact: object, what: str) -> None:
    """Refuse an outcome that must not be."""
    if not fact:
        raise EscapeError(what)


def one_in(data: bytes, count: int) -> bool:
    """Tell whether this input is among the one in ``count`` that is looked at closely."""
    return zlib.crc32(data) % count == 0


def told(report: Report) -> None:
    """Write a report in every form and language; each must be whole."""
    plain = json.loads(report.to_json())
    need(plain["verdict"] == report.verdict.value, "the JSON says another verdict")
    need(len(plain["checks"]) == len(report.expected_checks), "checks are missing")
    for language in ("vi", "en"):
        page = html_page(report, language)
        need(page.rstrip().endswith(b"</html>"), "half a page")
        page.decode()
        screen = io.StringIO()
        with contextlib.redirect_stderr(screen):
            show_report(report, language)
        need(screen.getvalue().strip(), "nothing was said")


def outcome(report: Report) -> str:
    """Return verdict and first reason of a report."""
    verdict = report.verdict
    need((verdict is Verdict.VALID) == (not report.reasons), "reasons do not fit the verdict")
    return " ".join([verdict.value, *(each.value for each in report.reasons[:1])])
