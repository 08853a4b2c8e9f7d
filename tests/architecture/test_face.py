"""The public names are pinned, all of them load, and the lazy table says what the types say."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import vncopy
from support.sources import PACKAGE

FACE = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))


def typed_names() -> dict[str, str]:
    """Return name → module of the TYPE_CHECKING block."""
    block = next(node for node in FACE.body if isinstance(node, ast.If))
    return {
        alias.name: node.module or ""
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_types_and_lazy_table_agree() -> None:
    assert typed_names() == vncopy._HOME


def test_all_lists_exactly_the_table() -> None:
    assert sorted(vncopy.__all__) == sorted([*vncopy._HOME, "__version__"])
    assert set(vncopy.__all__) <= set(dir(vncopy))


@pytest.mark.parametrize("name", sorted(vncopy._HOME))
def test_a_public_name_loads(name: str) -> None:
    assert getattr(vncopy, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_like_that"):
        _ = vncopy.nothing_like_that  # type: ignore[attr-defined]


def test_issue_stays_the_function_when_its_module_is_loaded_first() -> None:
    code = "import vncopy.issue, vncopy; assert callable(vncopy.issue), vncopy.issue"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("package", "name", "extra"),
    [("pyhanko", "verify_pdf", "pdf"), ("typst", "issue", "issue")],
)
def test_a_missing_extra_says_what_to_install(package: str, name: str, extra: str) -> None:
    code = (
        f"import sys; sys.modules[{package!r}] = None\n"
        "import vncopy\n"
        f"try: vncopy.{name}\n"
        "except vncopy.MissingExtra as e:\n"
        f"    assert e.extra == {extra!r} and 'vncopy[{extra}]' in str(e), e\n"
        "else: raise SystemExit('no error')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_public_names_are_the_published_ones() -> None:
    """A name that goes or comes moves this file, and gets a line in the CHANGELOG."""
    published = (Path(__file__).parent / "public_names.txt").read_text(encoding="utf-8").split()
    assert sorted(vncopy.__all__) == published
